//! `kenshu convert SCENARIO FOLDER|FILE.xlsx`: a folder as a workbook, a workbook as a folder.
//!
//! What is made is read again before it is written: if it does not say what the scenario says, nothing is.

use std::path::PathBuf;

use super::console::Console;
use super::{Exit, Failure, input};
use crate::files::target::{Content, Target};
use crate::language::Message;
use crate::scenario::{self, Scenario, Sources};
use crate::tables::workbook;

#[derive(Debug, clap::Args)]
pub struct ConvertOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(value_name = "FOLDER|FILE.xlsx")]
    target: PathBuf,
}

pub fn run(options: &ConvertOptions, console: &Console) -> Result<Exit, Failure> {
    let target = Target::free(&options.target)?;
    let read = input::scenario_or_stop(&options.scenario, console)?;
    make(&target, &read.sources, &read.scenario, console)?;
    console.tell(&Message::new("target-written").text("path", target.path().display()));
    Ok(Exit::Good)
}

/// Writes a scenario where it is to go.
pub fn make(
    target: &Target,
    sources: &Sources,
    scenario: &Scenario,
    console: &Console,
) -> Result<(), Failure> {
    let content = content(target, sources, scenario, console)?;
    if !says_the_same(&content, scenario) {
        return Err(Failure::inside(Message::new("target-lossy")));
    }
    target.write(&content)
}

fn content(
    target: &Target,
    sources: &Sources,
    scenario: &Scenario,
    console: &Console,
) -> Result<Content, Failure> {
    match target {
        Target::Folder(_) => Ok(Content::Folder(scenario::folder_files(sources, scenario))),
        Target::Workbook(path) => {
            let grids = scenario::grids(sources, scenario, &console.catalogue);
            let bytes = workbook::write(&grids, &console.catalogue).map_err(|error| {
                let message = Message::new("target-unwritable").text("path", path.display());
                Failure::inside(message.text("reason", error))
            })?;
            Ok(Content::Workbook(bytes))
        }
    }
}

fn says_the_same(content: &Content, scenario: &Scenario) -> bool {
    match content {
        Content::Folder(files) => {
            let (again, _) = scenario::read(&Sources { files: files.clone(), ..Sources::default() });
            again.is_some_and(|again| scenario::write(&again) == scenario::write(scenario))
        }
        Content::Workbook(bytes) => scenario::says(bytes, scenario),
    }
}
