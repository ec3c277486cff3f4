//! `kenshu explain …`: why not, what would help, who would move.
//!
//! The explanation is what was asked for, so it goes to stdout, as text or as JSON.

use std::path::Path;

use super::console::Console;
use super::progress::Clock;
use super::{Exit, ExplainCommand, Failure, input};
use crate::explain::asker::Asker;
use crate::explain::infeasible::{Explained, explain};
use crate::report::explanation;

/// Ways out that are looked for.
const WAYS_OUT: usize = 3;

pub fn run(command: &ExplainCommand, console: &Console) -> Result<Exit, Failure> {
    match command {
        ExplainCommand::Infeasible { scenario, time_limit } => {
            infeasible(scenario, &Clock::start(*time_limit), console)
        }
    }
}

/// Exit code: as `plan` has it, good where there is a plan, negative where there is none.
fn infeasible(path: &Path, clock: &Clock, console: &Console) -> Result<Exit, Failure> {
    let read = input::scenario_or_stop(path, console)?;
    let scenario = &read.scenario;
    let time_left = || clock.time_left();
    let explained = explain(scenario, WAYS_OUT, &mut Asker::new(&time_left));
    if console.json {
        console.out(&explanation::json(scenario, &explained, &console.catalogue))?;
    } else {
        let lines = explanation::lines(scenario, &explained);
        console.out(&explanation::text(&lines, &console.catalogue))?;
    }
    Ok(match explained {
        Explained::Feasible => Exit::Good,
        Explained::Infeasible(_) => Exit::Negative,
        Explained::Unknown(_) => Exit::Failure,
    })
}
