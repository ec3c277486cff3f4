//! What can be taken along: the files that `kenshu plan` writes, of the plan on the desk.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::desk::Snapshot;
use crate::audit;
use crate::cases::{self, Supplies};
use crate::engine::Planned;
use crate::language::Catalogue;
use crate::output::occupancy::Occupancy;
use crate::output::report::{self, Report};
use crate::output::workbook::{self, Content};
use crate::output::{
    audit_csv, by_facility, by_resident, calendars, case_totals, ledger, placements, remarks,
};
use crate::plan::careers::careers;
use crate::plan::{Answer, GoalResult, GoalValue, Proof, Status};
use crate::regulation::Subject;

const CSV: &str = "text/csv; charset=utf-8";

/// A file by its name: its kind and its bytes. There is none of this name, or a plan that breaks rules has none.
pub fn file(
    name: &str,
    snapshot: &Snapshot,
    path: &std::path::Path,
    catalogue: &Catalogue,
) -> Option<(&'static str, Vec<u8>)> {
    let Snapshot { scenario, plan, .. } = snapshot;
    let careers = careers(scenario, plan);
    let csv = |bytes| Some((CSV, bytes));
    match name {
        "placements.csv" => csv(placements::csv(scenario, &careers, catalogue)),
        "by_resident.csv" => csv(by_resident::csv(scenario, &careers, catalogue)),
        "by_facility.csv" => csv(by_facility::csv(scenario, &Occupancy::new(scenario, plan), catalogue)),
        "ledger.csv" => csv(ledger::csv(scenario, catalogue)),
        "case_totals.csv" => {
            let quotas = cases::quotas(scenario, &Supplies::of(scenario), plan);
            csv(case_totals::csv(scenario, &quotas, catalogue))
        }
        "audit.csv" => csv(audit_csv::csv(scenario, &audit::audit(scenario, plan, None).findings, catalogue)),
        "calendars.zip" => {
            let bytes = zipped(calendars::files(scenario, &careers, catalogue)).ok()?;
            Some(("application/zip", bytes))
        }
        "report.html" => {
            let planned = planned(snapshot)?;
            let remarks = remarks::remarks(&planned, path);
            let (planned, careers, remarks) = (&planned, &careers[..], &remarks[..]);
            let bytes = report::html(&Report { planned, plan, careers, remarks, diff: None, catalogue });
            Some(("text/html; charset=utf-8", bytes))
        }
        "plan.xlsx" => {
            let planned = planned(snapshot)?;
            let remarks = remarks::remarks(&planned, path);
            let content = Content { planned: &planned, careers: &careers, remarks: &remarks, diff: None };
            let bytes = workbook::workbook(&content, catalogue).ok()?;
            Some(("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes))
        }
        _ => None,
    }
}

/// The plan as an answer: the one it was found with, else what the judge counts, of which nothing is proved. `None`
/// for a plan that breaks a rule: no answer has that.
fn planned(snapshot: &Snapshot) -> Option<Planned> {
    if let Some(planned) = &snapshot.answer {
        return Some((**planned).clone());
    }
    let Snapshot { scenario, plan, .. } = snapshot;
    let audit = audit::audit(scenario, plan, None);
    if audit.has_violations(Subject::Placement) {
        return None;
    }
    let supplies = Supplies::of(scenario);
    // No goal is below zero, so that much is known of every plan.
    let least = |value: &GoalValue| match value {
        GoalValue::Number(_) => GoalValue::Number(0),
        GoalValue::Vector(pairs) => GoalValue::Vector(vec![(0, pairs.iter().map(|(_, count)| count).sum())]),
    };
    let goal = |(goal, value): &(_, GoalValue)| GoalResult {
        goal: *goal,
        value: value.clone(),
        bound: least(value),
        proof: Proof::None,
    };
    let answer = Answer {
        plan: Some((**plan).clone()),
        goals: audit.goals.iter().map(goal).collect(),
        quotas: cases::quotas(scenario, &supplies, plan),
        margins: cases::margins(scenario, &supplies, plan),
        ..Answer::without_plan(Status::Feasible, None)
    };
    Some(Planned::new((**scenario).clone(), answer, audit))
}

fn zipped(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
