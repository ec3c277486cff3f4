//! Tells a release build which commit it is made from, for `kenshu --version`.
//!
//! Without git, or where the sources lie in somebody else's repository, there is nothing to tell. Other builds
//! are not asked: every commit would compile them anew.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let made_from = if is_release { commit().unwrap_or_default() } else { String::new() };
    println!("cargo:rustc-env=KENSHU_COMMIT={made_from}");
}

/// ` (0123456789ab, 2026-11-30)`, with a `+` behind a commit whose files were changed since.
fn commit() -> Option<String> {
    let sources = std::env::var("CARGO_MANIFEST_DIR").ok()?;
    if Path::new(&git(&["rev-parse", "--show-toplevel"])?).canonicalize().ok()?
        != Path::new(&sources).canonicalize().ok()?
    {
        return None;
    }
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let date = git(&["show", "--no-patch", "--format=%cs", "HEAD"])?;
    let built = ["src", "Cargo.toml", "Cargo.lock", "build.rs"];
    let changed = git(&[&["status", "--porcelain", "--"], &built[..]].concat())?;
    built.iter().for_each(|path| println!("cargo:rerun-if-changed={path}"));
    // What moves with a commit, a checkout and a branch.
    for moving in ["HEAD", "logs/HEAD"] {
        let path = git(&["rev-parse", "--git-path", moving])?;
        if Path::new(&path).exists() {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    let mark = if changed.is_empty() { "" } else { "+" };
    Some(format!(" ({commit}{mark}, {date})"))
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_string())
}
