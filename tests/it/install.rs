//! What surrounds the program: completions, pages for `man`, the version, licences.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::desk::Desk;

#[test]
fn every_shell_has_its_completions_in_either_language() {
    let desk = Desk::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        for lang in ["ja", "en"] {
            let ended = desk.run(&["completions", shell, "--lang", lang]);
            assert_eq!(ended.code, 0, "{}", ended.stderr);
            for command in ["plan", "whatif", "why-not", "pseudonymise"] {
                assert!(ended.stdout.contains(command), "{shell}: {command}");
            }
        }
    }
    // What can be tried here: the script is one that bash takes.
    let script = desk.run(&["completions", "bash"]).stdout;
    let bash = Command::new("bash").args(["-n", "-c", &script]).status();
    assert!(bash.is_ok_and(|status| status.success()));
    assert_eq!(desk.run(&["completions", "cmd"]).code, 2);
}

#[test]
fn every_command_has_a_page_for_man() {
    let desk = Desk::empty();
    assert_eq!(desk.run(&["man", "pages"]).code, 0);
    let names = desk.names("pages");
    for page in ["kenshu.1", "kenshu-plan.1", "kenshu-explain-why-not.1", "kenshu-completions.1"] {
        assert!(names.iter().any(|name| name == page), "{page} in {names:?}");
    }
    let page = desk.read("pages/kenshu-plan.1");
    assert!(page.contains(".TH kenshu-plan 1") && page.contains("\\-\\-time\\-limit"), "{page}");
    // What is there stays.
    assert_eq!(desk.run(&["man", "pages"]).code, 2);
}

#[test]
fn the_version_begins_with_that_of_the_crate() {
    let ended = Desk::empty().run(&["--version"]);
    let version = concat!("kenshu ", env!("CARGO_PKG_VERSION"));
    assert!(ended.stdout.starts_with(version), "{}", ended.stdout);
}

/// Licences that let everybody use, change and pass on the binary, as long as their texts go with it.
const LICENCES: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Whether a choice of the expression is on the list: `AND` binds before `OR`, as in SPDX.
fn is_free(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], " ").replace('/', " OR ");
    let listed = |licence: &str| LICENCES.contains(&licence.trim());
    // In brackets only choices stand in what is used here, so that all of them together are asked for at worst.
    match expression.contains('(') {
        true => plain.split(" AND ").all(|part| part.split(" OR ").any(listed)),
        false => plain.split(" OR ").any(|choice| choice.split(" AND ").all(listed)),
    }
}

/// Libraries as `cargo tree` names them: `name version`.
fn linked(target: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--edges", "normal", "--prefix", "none", "--locked", "--offline", "--target", target])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    let words = tree.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let libraries =
        words.filter_map(|words| Some(format!("{} {}", words.first()?, words.get(1)?.strip_prefix('v')?)));
    libraries.filter(|name| !name.starts_with("kenshu ")).collect()
}

#[test]
fn the_licences_of_every_library_go_with_the_binary() {
    let told = Desk::empty().run(&["licences"]).stdout;
    assert!(told.contains("Permission is hereby granted") && told.contains("TERMS AND CONDITIONS"));
    let libraries = linked("x86_64-unknown-linux-gnu");
    assert!(libraries.len() > 100, "{libraries:?}");
    // What is linked for another system is held by the run that writes the file (`.ci/run`).
    let is_told = |name: &String| {
        told.lines().any(|line| {
            line.strip_prefix("- ").is_some_and(|line| line == name || line.starts_with(&format!("{name};")))
        })
    };
    let missing: Vec<&String> = libraries.iter().filter(|name| !is_told(name)).collect();
    assert!(missing.is_empty(), "run .ci/third_party.py: {missing:?}");
}

#[test]
fn every_library_in_the_binary_has_a_licence_on_the_list() {
    assert!(
        is_free("(MIT OR GPL-3.0) AND Unicode-3.0")
            && is_free("Unlicense OR MIT")
            && is_free("MIT/Apache-2.0")
    );
    assert!(!is_free("GPL-3.0") && !is_free("MIT AND GPL-3.0") && !is_free(""));
    let platform = ["--filter-platform", "x86_64-unknown-linux-gnu"];
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(platform)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let others: Vec<String> = packages
        .iter()
        .filter(|package| !is_free(package["license"].as_str().unwrap_or_default()))
        .map(|package| format!("{} {}", package["name"], package["license"]))
        .collect();
    assert!(packages.len() > 100 && others.is_empty(), "{others:#?}");
}
