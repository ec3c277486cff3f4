//! `kenshu progress SCENARIO [PLAN-DIR] [--as-of YYYY-MM] [--ways-out]`: who will complete the training, who not, and why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::console::Console;
use super::out_folder::{COMPLETION_JSON, OF_PROGRESS, OutFolder};
use super::progress::interruptible;
use super::ways_out::ways_out;
use super::{Exit, Failure, input, usage};
use crate::completion::{known_until, progress};
use crate::files::switch::sha256;
use crate::language::Message;
use crate::output::{self, completion, completion_json};
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::tables::value;

#[derive(Debug, clap::Args)]
pub struct ProgressOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(id = "passed_plan", value_name = "PLAN-DIR")]
    plan: Option<PathBuf>,
    #[arg(long, value_name = "YYYY-MM", allow_hyphen_values = true)]
    as_of: Option<String>,
    #[arg(id = "tables", long = "out", value_name = "DIR")]
    out: Option<PathBuf>,
    #[arg(long, requires = "passed_plan")]
    ways_out: bool,
    #[arg(id = "ways_limit", long = "time-limit", value_name = "S", requires = "ways_out", value_parser = usage::seconds, allow_hyphen_values = true)]
    ways_limit: Option<Duration>,
}

/// Exit code 1: somebody cannot complete the training any more.
pub fn run(options: &ProgressOptions, console: &Console) -> Result<Exit, Failure> {
    let as_of =
        options.as_of.as_deref().map(|text| value::month(text).map_err(Failure::usage)).transpose()?;
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let scenario = &read.scenario;
    let plan = plan_if_any(options.plan.as_deref(), scenario, console)?;
    let out = options.out.as_deref();
    let folder = out.map(|out| OutFolder::examine_for(&OF_PROGRESS, out, &options.scenario)).transpose()?;
    let progress = progress(scenario, plan.as_ref(), as_of.unwrap_or_else(|| known_until(scenario)));
    let ways = match &plan {
        Some(plan) if options.ways_out => {
            Some(ways_out(scenario, plan, &progress, &interruptible(options.ways_limit))?)
        }
        _ => None,
    };
    let catalogue = &console.catalogue;
    if let Some(folder) = folder {
        let table = completion::csv(scenario, &progress, catalogue);
        let hashes = BTreeMap::from([(completion::COMPLETION.to_string(), sha256(&table))]);
        let json = completion_json::json(scenario, &progress, ways.as_ref(), &hashes, catalogue).into_bytes();
        let files = [(completion::COMPLETION, table), (COMPLETION_JSON, json)];
        let files = BTreeMap::from(files.map(|(name, bytes)| (name.to_string(), bytes)));
        folder.replace(&files)?;
        let message = Message::new("out-written").text("path", folder.path().display());
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        console.tell(&message.text("files", names.join(", ")));
    }
    if console.json {
        let files = BTreeMap::new();
        console.out(&completion_json::json(scenario, &progress, ways.as_ref(), &files, catalogue))?;
    } else {
        console.out(&completion::text(scenario, &progress, catalogue, console.width()))?;
        if let (Some(ways), Some(path)) = (&ways, &options.plan) {
            let about = (path.as_path(), progress.as_of);
            console.out(&output::ways_out::text(scenario, ways, about, catalogue, console.width()))?;
        }
    }
    Ok(if progress.is_impossible_for_somebody() { Exit::Negative } else { Exit::Good })
}

/// The plan in a folder that `plan` wrote, or in a table of its own.
pub fn plan_if_any(
    path: Option<&Path>,
    scenario: &Scenario,
    console: &Console,
) -> Result<Option<Plan>, Failure> {
    let Some(path) = path else { return Ok(None) };
    Ok(Some(input::plan_in_or_stop(path, scenario, "plan-beside-edited", console)?.1))
}
