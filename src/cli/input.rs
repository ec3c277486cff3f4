//! Reading what the arguments name, and telling everything that is wrong with it at once.

use std::path::Path;

use super::Failure;
use super::console::Console;
use crate::diagnostic::{Findings, Severity};
use crate::files::load::{Placements, Read, scenario};
use crate::language::Message;
use crate::output::{diagnostics, findings_json};
use crate::plan::earlier::{self, Earlier};
use crate::plan::{self, Plan};
use crate::scenario::Scenario;

/// Reads a scenario folder and tells all findings; an error in it stops the command.
pub fn scenario_or_stop(path: &Path, console: &Console) -> Result<Read, Failure> {
    match scenario(path) {
        Ok(read) => {
            tell(&read.findings, console);
            Ok(read)
        }
        Err(findings) => Err(stop(&findings, path, console)),
    }
}

/// A plan with what was remarked while it was read.
pub struct ReadPlan {
    pub plan: Plan,
    pub findings: Findings,
}

/// Reads a table of placements and tells all findings; an error in it stops the command.
pub fn plan_or_stop(path: &Path, scenario: &Scenario, console: &Console) -> Result<ReadPlan, Failure> {
    let table = Placements::load(path).map_err(|findings| stop(&findings, path, console))?;
    let (plan, findings) = plan::read(&table.file, &table.bytes, scenario);
    let findings = table.told(findings);
    match plan {
        Some(plan) if !findings.has_errors() => {
            tell(&findings, console);
            Ok(ReadPlan { plan, findings })
        }
        _ => Err(stop(&findings, path, console)),
    }
}

/// A plan from before with the bytes it was read from.
pub struct ReadEarlier {
    pub plan: Earlier,
    pub bytes: Vec<u8>,
}

/// Reads a plan from before, which the scenario may have outlived; an error in it stops the command.
pub fn earlier_or_stop(path: &Path, scenario: &Scenario, console: &Console) -> Result<ReadEarlier, Failure> {
    let table = Placements::load(path).map_err(|findings| stop(&findings, path, console))?;
    let (plan, findings) = earlier::read(&table.file, &table.bytes, scenario);
    let bytes = table.bytes.clone();
    let findings = table.told(findings);
    match plan {
        Some(plan) if !findings.has_errors() => {
            tell(&findings, console);
            Ok(ReadEarlier { plan, bytes })
        }
        _ => Err(stop(&findings, path, console)),
    }
}

pub fn tell(findings: &Findings, console: &Console) {
    if !findings.list.is_empty() {
        console.styled(&diagnostics::render(findings, &console.catalogue, console.colour()));
    }
}

/// Tells the findings, to programs too, and makes them the reason to stop.
pub fn stop(findings: &Findings, path: &Path, console: &Console) -> Failure {
    tell(findings, console);
    if console.json
        && let Err(failure) = console.out(&findings_json::check(findings, None, &console.catalogue))
    {
        return failure;
    }
    let errors = findings.list.iter().filter(|finding| finding.severity == Severity::Error).count();
    Failure::usage(Message::new("input-errors").text("path", path.display()).number("count", errors as i64))
}
