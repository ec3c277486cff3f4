//! `logged_cases.csv`: what residents under way have experienced before the first decided month.
//!
//! Nothing else tells what the past was worth: without a row a resident's need counts in full.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::diagnostic::{Findings, Place, Severity};
use crate::language::Message;

use super::facilities::Facilities;
use super::model::{CaseIx, Resident};
use super::program::Program;
use super::residents::Entrant;
use super::{Opened, Tables, bounds, code, files};
use crate::tables::catalogue;
use crate::tables::table::{Cell, Columns, Table};
use crate::tables::value;

/// Residents named in a finding; the rest are counted.
const NAMED_MAX: usize = 5;

/// A count and where it stands.
struct Logged {
    count: u32,
    line: usize,
    place: Place,
}

/// Reads the table, if there is one, into the residents.
pub(crate) fn read(file: Opened, tables: Tables<'_>, residents: &mut [Entrant], findings: &mut Findings) {
    let Tables { program, residents: names, .. } = tables;
    for entrant in residents.iter_mut() {
        entrant.resident.logged = vec![0; program.cases.items.len()];
    }
    let mut rows: BTreeMap<(usize, usize), Logged> = BTreeMap::new();
    let mut readable = !matches!(file, Opened::Broken);
    if let Opened::Text(text) = file {
        let errors_before = findings.errors();
        let columns = Columns::of(&catalogue::LOGGED_CASES);
        if let Some(table) = Table::read(text, &columns, findings) {
            table.each_row(findings, |row, findings| {
                let resident = row.cell("resident").find(findings, names, code::UNKNOWN_RESIDENT);
                let case = row.cell("case").find(findings, &program.cases.names, code::UNKNOWN_CASE);
                let count = row.cell("count").read(findings, |text| value::whole(text, bounds::CASES));
                let (Some(resident), Some(case), Some(count)) = (resident, case, count) else { return };
                if refuse_newcomer(row.cell("resident"), residents.get(resident), program, findings) {
                    return;
                }
                let place = row.cell("count").place();
                if let Some(earlier) = rows.get(&(resident, case)) {
                    let message = Message::new(code::LOGGED_DUPLICATE).text("line", earlier.line);
                    findings.error(row.cell("case").place(), message);
                    return;
                }
                rows.insert((resident, case), Logged { count, line: row.line(), place });
            });
        }
        readable &= findings.errors() == errors_before;
    }
    for (&(resident, case), logged) in &rows {
        let Some(entrant) = residents.get_mut(resident) else { continue };
        if let Some(count) = entrant.resident.logged.get_mut(case) {
            *count = logged.count;
        }
    }
    refuse_impossible(&rows, tables, residents, findings);
    if readable {
        warn_of_silence(&rows, program, residents, findings);
    }
}

/// Nobody has experienced anything here before they came.
fn refuse_newcomer(
    cell: Cell<'_>,
    entrant: Option<&Entrant>,
    program: &Program,
    findings: &mut Findings,
) -> bool {
    let (Some(entrant), Some(first_year)) = (entrant, program.first_year) else { return false };
    let is_newcomer = entrant.resident.entry_year >= first_year;
    if is_newcomer {
        let message = Message::new(code::LOGGED_NEWCOMER).text("resident", &entrant.resident.id);
        findings.error(cell.place(), message.number("year", first_year.into()));
    }
    is_newcomer
}

/// Counts that no facility of the resident's past can have had, and parts that exceed their item.
fn refuse_impossible(
    rows: &BTreeMap<(usize, usize), Logged>,
    tables: Tables<'_>,
    residents: &[Entrant],
    findings: &mut Findings,
) {
    let Tables { program, facilities, .. } = tables;
    for (&(resident, case), logged) in rows {
        let (Some(entrant), Some(item)) = (residents.get(resident), program.cases.items.get(case)) else {
            continue;
        };
        let resident = &entrant.resident;
        if let Some(most) = most_in_the_past(resident, &item.id, program, facilities)
            && Decimal::from(logged.count) > most
        {
            let message = Message::new(code::LOGGED_ABOVE_VOLUME)
                .text("resident", &resident.id)
                .number("most", most.floor().to_i64().unwrap_or(i64::MAX));
            findings.error(logged.place.clone(), message);
        }
        let parts = program.cases.items.iter().zip(&resident.logged);
        let parts: u64 = parts
            .filter(|(part, _)| part.part_of == Some(CaseIx(case)))
            .map(|(_, &count)| u64::from(count))
            .sum();
        if parts > u64::from(logged.count) {
            let message = Message::new(code::LOGGED_PARTS).text("resident", &resident.id);
            findings.error(logged.place.clone(), message.number("sum", parts as i64));
        }
    }
}

/// All cases of the years and facilities of a resident's history; `None` if a volume is not known.
fn most_in_the_past(
    resident: &Resident,
    column: &str,
    program: &Program,
    facilities: &Facilities,
) -> Option<Decimal> {
    let volume = facilities.volumes.iter().position(|name| name == column)?;
    let mut most = Decimal::ZERO;
    for stay in &resident.history {
        let facility = facilities.list.get(stay.facility.0)?;
        for (_, span) in program.calendar.split(stay.span) {
            most += (*facility.volumes.get(volume)?.at(span.start))?;
        }
    }
    (!resident.history.is_empty()).then_some(most)
}

/// Residents under way of whom the table says nothing: their needs count in full.
fn warn_of_silence(
    rows: &BTreeMap<(usize, usize), Logged>,
    program: &Program,
    residents: &[Entrant],
    findings: &mut Findings,
) {
    let Some(first_year) = program.first_year.filter(|_| !program.cases.items.is_empty()) else { return };
    let silent: Vec<&str> = residents
        .iter()
        .enumerate()
        .filter(|(_, entrant)| entrant.resident.entry_year < first_year)
        .filter(|(position, _)| rows.range((*position, 0)..=(*position, usize::MAX)).next().is_none())
        .map(|(_, entrant)| entrant.resident.id.as_str())
        .collect();
    if silent.is_empty() {
        return;
    }
    let message = Message::new(code::LOGGED_MISSING)
        .number("count", silent.len() as i64)
        .text("residents", silent[..silent.len().min(NAMED_MAX)].join(", "))
        .number("others", silent.len().saturating_sub(NAMED_MAX) as i64);
    let place = Place { file: files::LOGGED_CASES.to_string(), ..Place::default() };
    findings.push(Severity::Warning, place, message);
}
