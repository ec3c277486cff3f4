//! `residents.csv`: who is known by row, with course, wishes and graduate school.
//!
//! Years are those of the academic calendar. What a row lacks is filled in by `intake`; past and
//! locks come from their own tables.

use std::collections::BTreeSet;

use crate::calendar::{AcademicCalendar, Month};
use crate::diagnostic::{Findings, Place};
use crate::language::Message;

use super::facilities::Facilities;
use super::model::{CourseIx, FacilityIx, Resident, Role};
use super::program::Program;
use super::service::Service;
use super::{bounds, code};
use crate::tables::catalogue;
use crate::tables::table::{Cell, Columns, Row, Table};
use crate::tables::text::Text;
use crate::tables::value::{self, Names};

/// A resident and where the row's id stands, for findings about the resident.
pub(crate) struct Entrant {
    pub resident: Resident,
    pub place: Place,
    /// Where the year of entry stands.
    pub entry_place: Place,
}

/// What could be read of `residents.csv`.
#[derive(Default)]
pub(crate) struct Rows {
    /// In the order of the table.
    pub entrants: Vec<Entrant>,
    /// Rows of which the id is known, but not the year of entry.
    pub yearless: Vec<String>,
    /// A row is missing from `entrants`: their number says nothing about an intake.
    pub incomplete: bool,
}

/// Reads the rows; `None` if the table has no readable ones.
pub(crate) fn read(
    text: Text,
    program: &Program,
    facilities: &Facilities,
    findings: &mut Findings,
) -> Option<Rows> {
    let columns = Columns::of(&catalogue::RESIDENTS);
    let table = Table::read(text, &columns, findings)?;
    if !table.columns().any(|column| ["entry_year", "entry"].contains(&column)) {
        let message = Message::new(code::MISSING_COLUMN).text("column", "entry_year");
        findings.error(Place { column: Some("entry_year".to_string()), ..table.header_place() }, message);
        return None;
    }
    let mut rows = Rows::default();
    let mut ids = BTreeSet::new();
    table.each_row(findings, |row, findings| {
        let resident = resident(row, program, facilities, findings);
        let Some(id) = row.cell("id").read(findings, value::id) else {
            rows.incomplete = true;
            return;
        };
        let place = row.cell("id").place();
        if !ids.insert(id.clone()) {
            findings.error(place, Message::new(code::DUPLICATE_ID).text("text", &id));
            rows.incomplete = true;
            return;
        }
        let Some(resident) = resident else {
            rows.yearless.push(id);
            rows.incomplete = true;
            return;
        };
        let name = if resident.name.is_empty() { id.clone() } else { resident.name.clone() };
        rows.entrants.push(Entrant {
            resident: Resident { id, name, ..resident },
            place,
            entry_place: row
                .cell(if row.cell("entry_year").is_empty() { "entry" } else { "entry_year" })
                .place(),
        });
    });
    Some(rows)
}

/// Everything of the row but the id; `None` without a usable entry year.
fn resident(
    row: Row<'_>,
    program: &Program,
    facilities: &Facilities,
    findings: &mut Findings,
) -> Option<Resident> {
    let entry = entry(row, program.calendar, findings);
    let course = row.cell("course");
    let course = (!course.is_empty())
        .then(|| course.find(findings, &program.course_names, code::UNKNOWN_COURSE))
        .flatten();
    let course_wishes =
        wishes(row.cell("course_wishes"), &program.course_names, code::UNKNOWN_COURSE, findings);
    let facility_wishes = facility_wishes(row.cell("facility_wishes"), facilities, findings);
    let longest = program.courses.iter().filter_map(|course| course.training_months);
    let longest = longest.chain(program.training_months).max();
    let years = longest.unwrap_or(*bounds::TRAINING_MONTHS.end()).div_ceil(12);
    let graduate_school_from =
        row.cell("graduate_school_from").read_if_any(findings, |text| value::whole(text, 1..=years));
    let tags = row.cell("tags").list(|_| false).into_iter().map(|(text, _)| value::normal(text)).collect();
    let (entry_year, entry) = entry?;
    Some(Resident {
        id: String::new(),
        name: row.cell("name").text().to_string(),
        anonymous: false,
        entry_year,
        entry,
        course: course.map(CourseIx),
        course_wishes: course_wishes.into_iter().map(|(course, _)| CourseIx(course)).collect(),
        facility_wishes,
        graduate_school_from,
        tags,
        history: Vec::new(),
        locks: Vec::new(),
        leaves: Vec::new(),
        resigned_from: None,
        set_aside_from: None,
        logged: Vec::new(),
        records: Vec::new(),
    })
}

/// The academic year of entry and the first month of training: the year's first one, or that in `entry`.
fn entry(row: Row<'_>, calendar: AcademicCalendar, findings: &mut Findings) -> Option<(i32, Month)> {
    let (year, month) = (row.cell("entry_year"), row.cell("entry"));
    if month.is_empty() {
        let year = year.read(findings, value::year)?;
        return Some((year, calendar.start_of(year)));
    }
    let errors = findings.errors();
    let given = year.read_if_any(findings, value::year);
    let entry = month.read(findings, value::month)?;
    let of_month = month.read(findings, |_| value::year(&calendar.year_of(entry).to_string()))?;
    if given.is_some_and(|given| given != of_month) {
        let message = Message::new(code::ENTRY_CONTRADICTS).text("entry", entry).text("year", of_month);
        findings.error(month.place(), message);
    }
    (findings.errors() == errors).then_some((of_month, entry))
}

/// A list of different known names, each with its place.
fn wishes(
    cell: Cell<'_>,
    names: &Names,
    unknown: &'static str,
    findings: &mut Findings,
) -> Vec<(usize, Place)> {
    let mut wishes: Vec<(usize, Place)> = Vec::new();
    for (text, place) in cell.list(|text| names.knows(text)) {
        match names.find(text, unknown) {
            Ok(wish) if wishes.iter().any(|(earlier, _)| *earlier == wish) => {
                findings.error(place, Message::new(code::WISH_DUPLICATE).text("text", text));
            }
            Ok(wish) => wishes.push((wish, place)),
            Err(Some(message)) => findings.error(place, message),
            Err(None) => {}
        }
    }
    wishes
}

/// Only affiliates can be wished for: the months at the core come with the course.
fn facility_wishes(cell: Cell<'_>, facilities: &Facilities, findings: &mut Findings) -> Vec<FacilityIx> {
    let mut affiliates = Vec::new();
    for (wish, place) in wishes(cell, &facilities.names, code::UNKNOWN_FACILITY, findings) {
        match facilities.list.get(wish) {
            Some(facility) if facility.role == Role::Affiliate => affiliates.push(FacilityIx(wish)),
            Some(facility) => {
                let message = Message::new(code::WISH_NOT_AFFILIATE)
                    .text("text", &facility.id)
                    .message("role", Message::new(role_key(facility.role)));
                findings.error(place, message);
            }
            None => {}
        }
    }
    affiliates
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Core => "role-core",
        Role::Affiliate => "role-affiliate",
        Role::Associated => "role-associated",
    }
}

/// Nothing is left to decide about someone whose training ended before the first decided month. Those who
/// have left are expected to stay in the table.
pub(super) fn refuse_finished(residents: &[Entrant], program: &Program, findings: &mut Findings) {
    let Some(first_year) = program.first_year else { return };
    let start = program.calendar.start_of(first_year);
    for Entrant { resident, entry_place, .. } in residents {
        let Some(months) = program.training_months_of(resident) else { return };
        let training = Service::new(months, &program.rules.leave, resident).span();
        if training.end() <= start && resident.resigned_from.is_none() {
            let message = Message::new(code::TRAINING_OVER)
                .text("text", resident.entry_year)
                .text("end", training.end().minus(1))
                .text("first_year", first_year);
            findings.error(entry_place.clone(), message);
        }
    }
}
