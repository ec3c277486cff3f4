//! The columns of `placements.csv` that repeat what the scenario or the rest of the row says.
//!
//! A plan is read from `resident`, `facility`, `start` and `months` alone. Whoever moves a resident in
//! a spreadsheet by writing another `facility_name` and forgets `facility` has changed nothing, and
//! has to be told.

use super::Placement;
use crate::calendar::Span;
use crate::diagnostic::{Findings, Severity};
use crate::language::Message;
use crate::scenario::{LeaveKind, Role, Scenario, Service, code};
use crate::tables::table::Row;
use crate::tables::value::{self, normal};

/// Remarks on every cell that contradicts what the placement is; empty cells say nothing.
///
/// Of an `earlier` plan nothing is said about training years and leaves: they may have changed since.
pub fn remark(
    row: Row<'_>,
    placement: &Placement,
    scenario: &Scenario,
    earlier: bool,
    findings: &mut Findings,
) {
    let resident = scenario.resident(placement.resident);
    let facility = scenario.facility(placement.facility);
    let academic_year = scenario.calendar.year_of(placement.span.start);
    // A name may be written in either language, or be the id where the tables have none.
    says(row, "name", &[&resident.name, &resident.id], findings);
    says(row, "facility_name", &[&facility.name, &facility.name_en, &facility.id], findings);
    says(row, "entry_year", &[&resident.entry_year.to_string()], findings);
    says(row, "academic_year", &[&academic_year.to_string()], findings);
    if !earlier {
        let service = scenario.service(placement.resident);
        let training_year = service.training_year(placement.span.start);
        says(row, "training_year", &[&training_year.to_string()], findings);
        let leave = leave_cell(&service, placement.span);
        if with_ids(row.cell("leave").text()) != leave {
            says(row, "leave", &[&leave], findings);
        }
    }
    // Any other word is no role and contradicts nothing.
    if value::word(row.cell("role").text(), &Role::ALL, Role::id).is_ok_and(|role| role != facility.role) {
        says(row, "role", &[facility.role.id()], findings);
    }
}

/// A cell of leaves with the words of files, in whichever language it was written.
fn with_ids(cell: &str) -> String {
    let piece = |(_, piece): (usize, &str)| {
        let piece = normal(piece);
        let (word, months) = match piece.find(" 1").or_else(|| piece.find(" 2")) {
            Some(at) => piece.split_at(at),
            None => (piece.as_str(), ""),
        };
        match value::word(word, &LeaveKind::ALL, LeaveKind::id) {
            Ok(kind) => format!("{}{months}", kind.id()),
            Err(_) => piece.clone(),
        }
    };
    value::pieces(cell, |_| false).into_iter().map(piece).collect::<Vec<_>>().join("; ")
}

/// The leaves in some months as a cell says them: `childbirth`, or `childbirth 2020-06..2020-08` where it is
/// not all of these months; several separated by `;`.
pub fn leave_cell(service: &Service, span: Span) -> String {
    let mut leaves: Vec<(LeaveKind, Span)> = Vec::new();
    for month in span.iter() {
        let Some(kind) = service.at(month).and_then(|this| this.leave) else { continue };
        match leaves.last_mut() {
            Some((last, span)) if *last == kind && span.end() == month => span.months += 1,
            _ => leaves.push((kind, Span::new(month, 1))),
        }
    }
    let words = leaves.into_iter().map(|(kind, part)| match part == span {
        true => kind.id().to_string(),
        false => format!("{} {}..{}", kind.id(), part.start, part.end().minus(1)),
    });
    words.collect::<Vec<_>>().join("; ")
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
        .text("expected", right.first().filter(|right| !right.is_empty()).unwrap_or(&"–"))
        .text("resident", row.cell("resident").text())
        .text("facility", row.cell("facility").text());
    findings.push(Severity::Warning, cell.place(), message);
}
