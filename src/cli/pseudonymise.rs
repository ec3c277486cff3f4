//! `kenshu pseudonymise SCENARIO [PLAN-DIR] --out DIR --key FILE`: everything without names, for whoever is
//! to see the program and not its people. `--unlink` destroys the key, and with it the way back.

use std::path::{Path, PathBuf};

use super::completion::plan_if_any;
use super::console::Console;
use super::key_file::KeyFile;
use super::out_folder::{PLACEMENTS, resolved};
use super::{Exit, Failure, input};
use crate::engine::{self, NotPseudonymised, Pseudonymised, SmallGroup};
use crate::files::target::{Content, Target};
use crate::language::Message;
use crate::output::placements;
use crate::plan::careers::careers;
use crate::scenario::{self, Scenario};

#[derive(Debug, clap::Args)]
pub struct PseudonymiseOptions {
    #[arg(value_name = "SCENARIO", required_unless_present = "unlink", requires = "target")]
    scenario: Option<PathBuf>,
    #[arg(id = "passed_plan", value_name = "PLAN-DIR")]
    plan: Option<PathBuf>,
    #[arg(id = "target", long = "out", value_name = "DIR", requires = "scenario")]
    target: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    #[arg(long)]
    unlink: bool,
}

/// The folder beside the tables that the plan goes to.
const PLAN: &str = "plan";
/// Groups that are told one by one; the rest are counted.
const TOLD_MAX: usize = 10;

pub fn run(options: &PseudonymiseOptions, console: &Console) -> Result<Exit, Failure> {
    if let (Some(scenario), Some(target)) = (&options.scenario, &options.target) {
        write(options, scenario, target, console)?;
    }
    if options.unlink {
        // Without an output there has to be something to destroy.
        match KeyFile::open(&options.key)? {
            file if !file.is_new() => file.destroy()?,
            _ if options.scenario.is_some() => {}
            _ => return Err(Failure::usage(told("key-missing", &options.key))),
        }
        console.tell(&told("key-destroyed", &options.key));
    }
    Ok(Exit::Good)
}

fn write(
    options: &PseudonymiseOptions,
    scenario: &Path,
    target: &Path,
    console: &Console,
) -> Result<(), Failure> {
    let target = Target::free(target)?;
    // A workbook explains its columns by examples, which are names of hospitals.
    if matches!(target, Target::Workbook(_)) {
        return Err(Failure::usage(Message::new("pseudonymise-workbook")));
    }
    if resolved(&options.key).starts_with(resolved(target.path())) {
        return Err(Failure::usage(told("key-in-output", &options.key)));
    }
    let mut key = KeyFile::open(&options.key)?;
    let read = input::scenario_or_stop(scenario, console)?;
    let plan = plan_if_any(options.plan.as_deref(), &read.scenario, console)?;
    let done = engine::pseudonymise(&read.scenario, plan.as_ref(), &key.key);
    let done = done.map_err(|reason| match reason {
        NotPseudonymised::Collision => Failure::usage(told("key-collision", &options.key)),
        NotPseudonymised::Lossy => Failure::inside(Message::new("target-lossy")),
    })?;
    // Nothing is handed out that cannot be linked, unless that is what was asked for.
    if !(options.unlink && key.is_new()) {
        key.keep(&done.links)?;
        console.tell(&told("key-written", &options.key));
    }
    hand_out(&target, &done, console)?;
    console.tell(&told("target-written", target.path()));
    tell_small_groups(&read.scenario, &done.small_groups, console);
    Ok(())
}

fn told(key: &'static str, path: &Path) -> Message {
    Message::new(key).text("path", path.display())
}

fn hand_out(target: &Target, done: &Pseudonymised, console: &Console) -> Result<(), Failure> {
    let mut files = scenario::folder_files(&done.sources, &done.scenario);
    if let Some(plan) = &done.plan {
        let careers = careers(&done.scenario, plan);
        let table = placements::csv(&done.scenario, &careers, &console.catalogue);
        files.insert(format!("{PLAN}/{PLACEMENTS}"), table);
    }
    target.write(&Content::Folder(files))
}

fn tell_small_groups(scenario: &Scenario, groups: &[SmallGroup], console: &Console) {
    if groups.is_empty() {
        return;
    }
    console.tell(&Message::new("pseudonymise-groups").number("count", groups.len() as i64));
    for group in groups.iter().take(TOLD_MAX) {
        let course = group.course.map_or("-", |course| scenario.course(course).id.as_str());
        let message = Message::new("pseudonymise-group")
            .text("year", group.entry_year)
            .text("course", course)
            .text("facility", &scenario.facility(group.facility).id);
        console.tell(&message.number("residents", group.residents.len() as i64));
    }
    let others = groups.len().saturating_sub(TOLD_MAX);
    if others > 0 {
        console.tell(&Message::new("pseudonymise-groups-more").number("count", others as i64));
    }
}
