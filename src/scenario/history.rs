//! `history.csv`: where residents were before the first decided year.
//!
//! Every resident who entered before `first_year` has a place in every month until then but months of
//! leave without a seat. Whoever's whole past is not the beginning of at least one pattern of a course they may
//! still be on is set aside: nothing is planned for them, and the others are planned as if they were not there.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Month, Span, runs};
use crate::diagnostic::{Findings, Place, Severity};
use crate::language::Message;
use crate::regulation::Rule;

use super::beginning::Past as Done;
use super::facilities::Facilities;
use super::model::{Course, FacilityIx, Resident, Role, SectionIx, Stay};
use super::place::Place as Whereabouts;
use super::program::Program;
use super::residents::Entrant;
use super::service::Service;
use super::{Opened, Tables, bounds, code};
use crate::tables::catalogue;
use crate::tables::table::{Cell, Columns, Row, Table};
use crate::tables::value::{self, Names};

/// A row of the table.
struct Past {
    stay: Stay,
    line: usize,
    place: Place,
}

/// Reads the table, if there is one, into the residents, and checks that nobody's past is missing.
pub(crate) fn read(file: Opened, tables: Tables<'_>, residents: &mut [Entrant], findings: &mut Findings) {
    let Tables { program, .. } = tables;
    let mut readable = !matches!(file, Opened::Broken);
    let mut rows: BTreeMap<usize, Vec<Past>> = BTreeMap::new();
    if let Opened::Text(text) = file {
        let columns = Columns::of(&catalogue::HISTORY);
        let errors_before = findings.errors();
        if let Some(table) = Table::read(text, &columns, findings) {
            table.each_row(findings, |row, findings| match past(row, tables, findings) {
                Some((resident, past)) => rows.entry(resident).or_default().push(past),
                None => readable = false,
            });
        }
        readable &= findings.errors() == errors_before;
    }
    let Some(first_year) = program.first_year else { return };
    let start = program.calendar.start_of(first_year);
    for (position, entrant) in residents.iter_mut().enumerate() {
        let mut past = rows.remove(&position).unwrap_or_default();
        past.sort_by_key(|row| (row.stay.span, row.line));
        let months = program.training_months_of(&entrant.resident);
        let months = months.unwrap_or(*bounds::TRAINING_MONTHS.end());
        let service = Service::new(months, &program.rules.leave, &entrant.resident);
        // After an unreadable row every gap may be its doing.
        let complete = readable && is_complete(&past, &service, (program, start), entrant, findings);
        entrant.resident.history = past.iter().map(|row| row.stay).collect();
        // Whatever is wrong elsewhere may be the reason that no course fits.
        if complete && !past.is_empty() && !findings.has_errors() {
            set_aside_if_no_course(&past, &service, start, entrant, tables, findings);
        }
    }
}

fn past(row: Row<'_>, tables: Tables<'_>, findings: &mut Findings) -> Option<(usize, Past)> {
    let resident = row.cell("resident").find(findings, tables.residents, code::UNKNOWN_RESIDENT);
    let stay = stay(row, tables, findings);
    if let Some(stay) = stay {
        refuse_associated(row.cell("facility"), stay, tables.facilities, findings);
    }
    Some((resident?, Past { stay: stay?, line: row.line(), place: row.cell("start").place() }))
}

/// The columns `facility`, `section`, `start`, `months` that history, locks and plans have in common.
pub(crate) fn stay(row: Row<'_>, tables: Tables<'_>, findings: &mut Findings) -> Option<Stay> {
    let section = |at, cell: Cell<'_>, findings: &mut Findings| tables.sections.cell(at, cell, findings);
    stay_among(row, &tables.facilities.names, section, findings)
}

/// As [`stay`], with the facilities' names and a way to find a section alone.
pub(crate) fn stay_among(
    row: Row<'_>,
    facilities: &Names,
    section: impl Fn(FacilityIx, Cell<'_>, &mut Findings) -> Option<SectionIx>,
    findings: &mut Findings,
) -> Option<Stay> {
    let facility = row.cell("facility").find(findings, facilities, code::UNKNOWN_FACILITY).map(FacilityIx);
    let section = facility.and_then(|facility| section(facility, row.cell("section"), findings));
    let start = row.cell("start").read(findings, value::month);
    let months = row.cell("months").read(findings, |text| value::whole(text, bounds::STAY_MONTHS));
    Some(Stay { facility: facility?, span: Span::new(start?, months?), section })
}

/// Source §7.1: nobody is ever placed at an associated facility.
pub(crate) fn refuse_associated(
    cell: Cell<'_>,
    stay: Stay,
    facilities: &Facilities,
    findings: &mut Findings,
) {
    let facility = facilities.list.get(stay.facility.0);
    if facility.is_some_and(|facility| facility.role == Role::Associated) {
        let clause = Rule::AssociatedNeverPlaced.clause();
        let message = Message::new(code::ASSOCIATED_PLACED).text("text", cell.text()).text("clause", clause);
        findings.error(cell.place(), message);
    }
}

/// Whether the rows, in order of time, cover exactly the months with a seat before `start`; each fault is
/// reported.
fn is_complete(
    past: &[Past],
    service: &Service,
    (program, start): (&Program, Month),
    entrant: &Entrant,
    findings: &mut Findings,
) -> bool {
    let resident = entrant.resident.id.as_str();
    // Months at no place are training on some courses; whether they fit, the pattern says.
    let may_be_free = possible_courses(program, &entrant.resident).any(Course::has_free_months);
    let say = |code: &'static str| Message::new(code).text("resident", resident);
    let due = service.span().intersection(Span::between(service.start, start));
    let newcomer = service.start >= start;
    if newcomer {
        for row in past {
            let message = say(code::HISTORY_NEWCOMER).text("year", entrant.resident.entry_year);
            findings.error(row.place.clone(), message);
        }
        return past.is_empty();
    }
    let with_seat = || due.iter().filter(|month| service.has_seat(*month));
    let Some(last) = past.last() else {
        let (Some(first), Some(last)) = (with_seat().next(), with_seat().next_back()) else { return true };
        if may_be_free {
            return true;
        }
        let message = say(code::HISTORY_MISSING).text("first", first).text("last", last);
        findings.error(entrant.place.clone(), message);
        return false;
    };
    let mut complete = true;
    for row in past {
        let span = row.stay.span;
        if span.intersection(due) != span {
            complete = false;
            let message =
                say(code::HISTORY_OUTSIDE).text("first", due.start).text("last", due.end().minus(1));
            findings.error(row.place.clone(), message);
        }
        let away = span.intersection(due).iter().find(|month| !service.has_seat(*month));
        if let Some(month) = away {
            complete = false;
            findings.error(row.place.clone(), say(code::HISTORY_IN_LEAVE).text("month", month));
        }
    }
    let covered: BTreeSet<Month> = past.iter().flat_map(|row| row.stay.span.iter()).collect();
    for missing in runs(with_seat().filter(|month| !may_be_free && !covered.contains(month))) {
        complete = false;
        let message = say(code::HISTORY_GAP)
            .text("first", missing.start)
            .text("last", missing.end().minus(1))
            .number("months", missing.months.into());
        // Told where the gap ends, since there something may be missing before.
        let behind = past.iter().find(|row| row.stay.span.start >= missing.end()).unwrap_or(last);
        findings.error(behind.place.clone(), message);
    }
    let mut until = (service.start, 0);
    for row in past {
        if row.stay.span.start < until.0 && until.1 > 0 {
            complete = false;
            let message = say(code::HISTORY_OVERLAP).text("line", until.1);
            findings.error(row.place.clone(), message.text("month", row.stay.span.start));
        }
        if row.stay.span.end() > until.0 {
            until = (row.stay.span.end(), row.line);
        }
    }
    complete
}

/// The courses a resident may still be on.
fn possible_courses<'a>(program: &'a Program, resident: &'a Resident) -> impl Iterator<Item = &'a Course> {
    let possible = |(position, course): &(usize, &Course)| {
        resident.course.is_none_or(|fixed| fixed.0 == *position) && course.is_open_to(resident)
    };
    program.courses.iter().enumerate().filter(possible).map(|(_, course)| course)
}

/// A past that begins no pattern of the resident's courses can never become a career: that one is not planned.
fn set_aside_if_no_course(
    past: &[Past],
    service: &Service,
    start: Month,
    entrant: &mut Entrant,
    tables: Tables<'_>,
    findings: &mut Findings,
) {
    let done = |month: Month| match past.iter().find(|row| row.stay.span.contains(month)) {
        Some(row) => Done::At(row.stay.place(), month),
        None if service.has_seat(month) => Done::Free,
        None => Done::Away,
    };
    let before = service.iter().take_while(|(month, _)| *month < start);
    let months: Vec<Done> = before
        .filter(|(_, this)| this.position.is_some_and(|position| position < service.training_months))
        .map(|(month, _)| done(month))
        .collect();
    let selects = |selector, place: Whereabouts, month| {
        let selector = tables.selectors.get(selector);
        let (facilities, sections) = (&tables.facilities.list, &tables.sections.list);
        selector.is_some_and(|selector| selector.means(facilities, sections, place, month))
    };
    let possible: Vec<&Course> = possible_courses(tables.program, &entrant.resident).collect();
    let begins = |course: &&Course| course.patterns.iter().any(|way| way.begins_with(&months, &selects));
    if possible.iter().any(begins) {
        return;
    }
    let courses: Vec<&str> = possible.iter().map(|course| course.id.as_str()).collect();
    let message = Message::new(code::HISTORY_NO_COURSE)
        .text("resident", &entrant.resident.id)
        .text("courses", courses.join(", "));
    let place = past.first().map(|row| row.place.clone()).unwrap_or_default();
    findings.push(Severity::Warning, place, message);
    entrant.resident.set_aside_from = Some(start);
}
