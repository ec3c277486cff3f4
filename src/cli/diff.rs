//! `kenshu diff SCENARIO old.csv new.csv`: who moves, whose seat each takes, and what it does to the goals.
//!
//! The tables go to stdout, and with `--out` also to files. Plans that differ are no bad answer: the exit
//! code is 0 either way.

use std::collections::BTreeMap;

use super::console::Console;
use super::out_folder::{DIFF_JSON, OF_DIFF, OutFolder};
use super::{DiffOptions, Exit, Failure, input};
use crate::diff::diff;
use crate::files::switch::sha256;
use crate::language::Message;
use crate::output::{self, diff_csv, diff_json};

pub fn run(options: &DiffOptions, console: &Console) -> Result<Exit, Failure> {
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let scenario = &read.scenario;
    let old = input::earlier_or_stop(&options.old, scenario, console)?;
    let new = input::earlier_or_stop(&options.new, scenario, console)?;
    let out = options.out.as_deref();
    let folder = out.map(|out| OutFolder::examine_for(&OF_DIFF, out, &options.scenario)).transpose()?;

    let diff = diff(scenario, &old.plan, &new.plan);
    let catalogue = &console.catalogue;
    if let Some(folder) = folder {
        let tables = diff_csv::tables(scenario, &diff, catalogue).into_iter();
        let mut files: BTreeMap<String, Vec<u8>> =
            tables.map(|(name, bytes)| (name.to_string(), bytes)).collect();
        let hashes = files.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect();
        files
            .insert(DIFF_JSON.to_string(), diff_json::json(scenario, &diff, &hashes, catalogue).into_bytes());
        folder.replace(&files)?;
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let message = Message::new("out-written").text("path", folder.path().display());
        console.tell(&message.text("files", names.join(", ")));
    }
    if console.json {
        console.out(&diff_json::json(scenario, &diff, &BTreeMap::new(), catalogue))?;
    } else {
        console.out(&output::diff::text(scenario, &diff, catalogue, console.width()))?;
    }
    Ok(Exit::Good)
}
