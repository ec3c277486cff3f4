//! `kenshu due SCENARIO [PLAN-DIR] [--from YYYY-MM] [--until YYYY-MM]`: the calendar of what is due, on stdout, or with
//! `--out` as files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::completion::plan_if_any;
use super::console::Console;
use super::out_folder::{DUE_JSON, OF_DUE, OutFolder};
use super::{Exit, Failure, input};
use crate::completion;
use crate::files::switch::sha256;
use crate::language::Message;
use crate::output::{due, due_calendars};
use crate::tables::value;

#[derive(Debug, clap::Args)]
pub struct DueOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(id = "passed_plan", value_name = "PLAN-DIR")]
    plan: Option<PathBuf>,
    #[arg(id = "due_from", long = "from", value_name = "YYYY-MM")]
    from: Option<String>,
    #[arg(id = "due_until", long = "until", value_name = "YYYY-MM")]
    until: Option<String>,
    #[arg(id = "tables", long = "out", value_name = "DIR")]
    out: Option<PathBuf>,
}

pub fn run(options: &DueOptions, console: &Console) -> Result<Exit, Failure> {
    let month = |text: &Option<String>| {
        text.as_deref().map(|text| value::month(text).map_err(Failure::usage)).transpose()
    };
    let (from, until) = (month(&options.from)?, month(&options.until)?);
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let scenario = &read.scenario;
    let plan = plan_if_any(options.plan.as_deref(), scenario, console)?;
    let out = options.out.as_deref();
    let folder = out.map(|out| OutFolder::examine_for(&OF_DUE, out, &options.scenario)).transpose()?;
    let mut dates = completion::due(scenario, plan.as_ref());
    let is_asked = |month| from.is_none_or(|from| from <= month) && until.is_none_or(|until| month <= until);
    dates.retain(|date| is_asked(date.month));
    let table = due::csv(scenario, &dates, &console.catalogue);
    let Some(folder) = folder else {
        match console.json {
            true => console.out(&due::json(scenario, &dates, &BTreeMap::new()))?,
            // A terminal and a pipe want neither a mark before the table nor two characters behind a line.
            false => {
                let text = String::from_utf8_lossy(&table).replace("\r\n", "\n");
                console.out(text.trim_start_matches('\u{feff}'))?;
            }
        }
        return Ok(Exit::Good);
    };
    let mut files = due_calendars::files(scenario, &dates, &console.catalogue);
    let calendars = files.len() as i64;
    files.insert(due::DUE.to_string(), table);
    let hashes = files.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect();
    let json = due::json(scenario, &dates, &hashes);
    files.insert(DUE_JSON.to_string(), json.clone().into_bytes());
    folder.replace(&files)?;
    let message = Message::new("due-written").text("path", folder.path().display());
    console.tell(&message.number("calendars", calendars));
    if console.json {
        console.out(&json)?;
    }
    Ok(Exit::Good)
}
