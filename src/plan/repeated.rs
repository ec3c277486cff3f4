//! The columns of `placements.csv` that repeat what the scenario or the rest of the row says.
//!
//! A plan is read from `resident`, `facility`, `start` and `months` alone. Whoever moves a resident in
//! a spreadsheet by writing another `facility_name` and forgets `facility` has changed nothing, and
//! has to be told.

use super::Placement;
use crate::diagnostic::{Findings, Severity};
use crate::language::Message;
use crate::scenario::table::Row;
use crate::scenario::value::normal;
use crate::scenario::{Role, Scenario, code};

pub const COLUMNS: [&str; 6] =
    ["name", "entry_year", "training_year", "academic_year", "facility_name", "role"];

/// Remarks on every cell that contradicts what the placement is; empty cells say nothing.
pub fn remark(row: Row<'_>, placement: &Placement, scenario: &Scenario, findings: &mut Findings) {
    let resident = scenario.resident(placement.resident);
    let facility = scenario.facility(placement.facility);
    let academic_year = scenario.calendar.year_of(placement.span.start);
    let training_year = academic_year - resident.entry_year + 1;
    // A name may be written in either language, or be the id where the tables have none.
    says(row, "name", &[&resident.name, &resident.id], findings);
    says(row, "facility_name", &[&facility.name, &facility.name_en, &facility.id], findings);
    says(row, "entry_year", &[&resident.entry_year.to_string()], findings);
    says(row, "academic_year", &[&academic_year.to_string()], findings);
    says(row, "training_year", &[&training_year.to_string()], findings);
    // Any other word is no role and contradicts nothing.
    if Role::ALL.iter().any(|role| normal(row.cell("role").text()) == role.id()) {
        says(row, "role", &[facility.role.id()], findings);
    }
}

/// The cell, unless empty, says one of `right`.
fn says(row: Row<'_>, column: &'static str, right: &[&str], findings: &mut Findings) {
    let cell = row.cell(column);
    if cell.is_empty() || right.iter().any(|right| normal(right) == normal(cell.text())) {
        return;
    }
    let message = Message::new(code::PLACEMENT_CONTRADICTS)
        .text("column", column)
        .text("text", cell.text())
        .text("expected", right.first().copied().unwrap_or_default())
        .text("resident", row.cell("resident").text())
        .text("facility", row.cell("facility").text());
    findings.push(Severity::Warning, cell.place(), message);
}
