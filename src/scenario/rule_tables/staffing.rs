//! `staffing.csv`: how many residents of a kind are at certain places in each month.

use super::super::conditions::Staffing;
use super::super::selectors::Selectors;
use super::super::{bounds, code};
use super::{Context, Told, force, id, name, refuse_crossed, rows};
use crate::diagnostic::Findings;
use crate::language::Message;
use crate::tables::catalogue;
use crate::tables::table::Row;
use crate::tables::text::Text;
use crate::tables::value::{self, Names};

/// Reads the table.
pub(super) fn read(
    text: Text,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Vec<Told<Staffing>> {
    let mut seen = Names::default();
    rows(text, &catalogue::STAFFING, findings, |row, findings| {
        let id = id(row, &mut seen, findings);
        let (id, staffing) = id.zip(staffing(row, context, selectors, findings))?;
        let staffing = Staffing { name: name(row, &id), id, ..staffing };
        Some(Told { row: staffing, line: row.line(), place: row.cell("id").place() })
    })
}

/// Everything of the row but its names.
fn staffing(
    row: Row<'_>,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Option<Staffing> {
    let errors = findings.errors();
    let place = context.place(row, "where", selectors, findings);
    let who = context.people.cell(row.cell("who"), true, findings);
    let from = row.cell("from").read_if_any(findings, value::month);
    let until = row.cell("until").read_if_any(findings, value::month);
    let number = |column, findings: &mut Findings| {
        row.cell(column).read_if_any(findings, |text| value::whole(text, bounds::SEATS))
    };
    let (min, max) = (number("min", findings), number("max", findings));
    let force = force(row, findings);
    if findings.errors() > errors {
        return None;
    }
    if min.is_none() && max.is_none() {
        findings.error(row.cell("min").place(), Message::new(code::REQUIREMENT_UNBOUNDED));
    }
    refuse_crossed(min, max, row.cell("min"), findings);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        let message = Message::new(code::STAFFING_UNTIL).text("from", from).text("until", until);
        findings.error(row.cell("until").place(), message);
    }
    Some(Staffing {
        id: String::new(),
        name: String::new(),
        place: place?,
        who: who?,
        from,
        until,
        min,
        max,
        force: force?,
        clause: row.cell("clause").text().to_string(),
    })
}
