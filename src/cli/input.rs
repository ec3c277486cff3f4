//! Reading what the arguments name, and telling everything that is wrong with it at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Failure;
use super::console::Console;
use super::out_folder::{PLACEMENTS, WORKBOOK, is_as_listed};
use crate::calendar::Month;
use crate::diagnostic::{self, Findings, Severity};
use crate::files::load::{Loaded, Placements, Read, load};
use crate::language::Message;
use crate::output::{diagnostics, findings_json};
use crate::plan::earlier::{self, Earlier};
use crate::plan::{self, Plan};
use crate::scenario::{Place, ResidentIx, Scenario};
use crate::tables::workbook::Places;

/// Reads a scenario, a folder or a workbook, and tells all findings; an error in it stops the command.
pub fn scenario_or_stop(path: &Path, console: &Console) -> Result<Read, Failure> {
    let read = scenario(path, console)?;
    tell(&read.findings, console);
    Ok(read)
}

/// The same without telling what does not stop it. From here on tables are called what they are called there.
pub fn scenario(path: &Path, console: &Console) -> Result<Read, Failure> {
    let catalogue = &console.catalogue;
    catalogue.speak_of_sheets(path.is_file().then(|| catalogue.language()));
    let loaded = load(path).map_err(|findings| stop(&findings, path, console))?;
    let Loaded { scenario, sources, places, findings } = loaded;
    catalogue.speak_of_sheets(places.as_ref().map(Places::language));
    match scenario {
        Some(scenario) => Ok(Read { scenario, sources, places, findings }),
        None => Err(stop(&findings, path, console)),
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

/// Reads the plan in a folder that `plan` wrote, or in a table or workbook of its own, and says where it was read.
/// Whoever edited the workbook in such a folder is told, by the message of this key, that it is not what is read.
pub fn plan_in_or_stop(
    path: &Path,
    scenario: &Scenario,
    beside: &'static str,
    console: &Console,
) -> Result<(PathBuf, Plan), Failure> {
    if !path.is_dir() {
        return Ok((path.to_path_buf(), plan_or_stop(path, scenario, console)?.plan));
    }
    let (table, workbook) = (path.join(PLACEMENTS), path.join(WORKBOOK));
    let plan = plan_or_stop(&table, scenario, console)?.plan;
    if workbook.is_file() && !is_as_listed(path, WORKBOOK) && says_otherwise(&workbook, scenario, &plan) {
        let mut findings = Findings::default();
        let place = diagnostic::Place { file: workbook.display().to_string(), ..Default::default() };
        let message =
            Message::new(beside).text("workbook", workbook.display()).text("table", table.display());
        findings.push(Severity::Warning, place, message);
        tell(&findings, console);
    }
    Ok((table, plan))
}

/// Whether somebody edited the plan in a workbook so that it is another one, or none at all.
fn says_otherwise(workbook: &Path, scenario: &Scenario, plan: &Plan) -> bool {
    let (other, findings) = match Placements::load(workbook) {
        Ok(table) => {
            let (plan, findings) = plan::read(&table.file, &table.bytes, scenario);
            (plan, table.told(findings))
        }
        Err(findings) => (None, findings),
    };
    let edited = ["plan-read-calendar", "plan-read-placements", "plan-edited-twice"];
    let is_edited = findings.list.iter().any(|finding| edited.contains(&finding.code()));
    is_edited && other.is_none_or(|other| whereabouts(&other) != whereabouts(plan))
}

/// Who is where month by month, sections included.
fn whereabouts(plan: &Plan) -> BTreeMap<(ResidentIx, Month), Place> {
    let months = plan.rows.iter().flat_map(|row| row.span.iter().map(move |month| (row, month)));
    let place = |row: &plan::Placement| Place { facility: row.facility, section: row.section };
    months.map(|(row, month)| ((row.resident, month), place(row))).collect()
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
