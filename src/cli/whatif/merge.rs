//! `kenshu whatif merge DIR…`, `kenshu sweep-programs merge DIR…`: the parts of a run become one, or it is said
//! what is missing.

use std::path::{Path, PathBuf};

use super::super::console::Console;
use super::super::results::{Found, Manifest, Results, Rows};
use super::super::{Exit, Failure, sweep_programs};
use crate::language::Message;
use crate::whatif::result::VariantResult;

/// Unites the folders into `out`, or into the first of them.
pub fn run(rows: Rows, folders: &[PathBuf], out: Option<&Path>, console: &Console) -> Result<Exit, Failure> {
    let mut parts: Vec<(&Path, Results)> = Vec::new();
    let mut of: Option<Manifest> = None;
    for folder in folders {
        let results = Results::of(folder, rows);
        let manifest = results.manifest()?.ok_or_else(|| {
            let message = Message::new("whatif-merge-nothing").text("path", folder.display());
            Failure::usage(message.text("file", rows.manifest()))
        })?;
        match &of {
            Some(first) if !first.same_run(&manifest) => {
                let message = Message::new("whatif-merge-other").text("path", folder.display());
                return Err(Failure::usage(message.text("first", folders[0].display())));
            }
            _ => of = Some(manifest),
        }
        parts.push((folder, results));
    }
    let (Some(manifest), Some(first)) = (of, folders.first()) else {
        return Err(Failure::usage(Message::new("usage-missing").text("argument", "DIR")));
    };
    let answered = united(&manifest, &parts, console)?;
    let out = out.unwrap_or(first);
    let results = Results::open(out, rows, &manifest)?;
    results.begin(&manifest)?;
    for (key, result) in manifest.variants.iter().zip(&answered) {
        if !matches!(results.find(key)?, Found::Whole(_)) {
            results.keep(key, result, 0)?;
        }
    }
    match rows {
        Rows::Variants => super::conclude(&manifest, &results, &answered, console)?,
        Rows::Programs => sweep_programs::conclude(&manifest, &results, &answered, console)?,
    }
    console.tell(&Message::new("whatif-written").text("path", out.display()));
    Ok(super::exit(&answered))
}

/// All answers in their order. Corrupt files, answers that contradict each other and missing ones are
/// told, all of them, and stop the merge.
fn united(
    manifest: &Manifest,
    parts: &[(&Path, Results)],
    console: &Console,
) -> Result<Vec<VariantResult>, Failure> {
    let mut answered = Vec::new();
    let (mut missing, mut corrupt, mut contradicting, mut double) = (0i64, 0i64, 0i64, 0i64);
    for (position, key) in manifest.variants.iter().enumerate() {
        let mut found: Option<VariantResult> = None;
        for (path, results) in parts {
            // Parts may have answered one scenario under different labels.
            let result = match results.find(key)? {
                Found::Nothing => continue,
                Found::Corrupt => {
                    corrupt += 1;
                    let message = Message::new("whatif-merge-corrupt").text("path", path.display());
                    console.tell(&message.text("key", key));
                    continue;
                }
                Found::Whole(result) => manifest.labelled(position, *result),
            };
            match &found {
                None => found = Some(result),
                Some(first) if result == *first => double += 1,
                Some(_) => {
                    contradicting += 1;
                    let message = Message::new("whatif-merge-contradiction").text("path", path.display());
                    console.tell(&message.text("key", key));
                }
            }
        }
        missing += i64::from(found.is_none());
        answered.extend(found);
    }
    if double > 0 {
        console.tell(&Message::new("whatif-merge-double").number("count", double));
    }
    if missing + corrupt + contradicting > 0 {
        let message = Message::new("whatif-merge-failed")
            .number("missing", missing)
            .number("corrupt", corrupt)
            .number("contradicting", contradicting);
        return Err(Failure::usage(message));
    }
    Ok(answered)
}
