//! `facility_changes.csv`: values of a facility that change at the start of a month.
//!
//! A supervisor leaves, a site joins (0 seats before), a volume becomes known. What defines a
//! facility (id, role) never changes: a site in another role is another facility.

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::diagnostic::{Findings, Place, Severity};
use crate::language::Message;

use super::code;
use super::facilities::{self, Facilities};
use super::model::{Dated, FacilityIx, SectionIx};
use super::sections::Sections;
use crate::tables::catalogue::{self, Headings};
use crate::tables::table::{Cell, Columns, Table};
use crate::tables::text::Text;
use crate::tables::value::{self, hint, normal};

/// The columns of `sections.csv` that may change.
const CHANGING_IN_SECTIONS: [&str; 2] = ["seats", "min_residents"];

/// A change that was read, and where it stands.
pub(crate) struct Told {
    pub from: Month,
    pub place: Place,
}

/// Changes from a month on in which nobody is in training any more do nothing.
pub(crate) fn warn_of_late(changes: &[Told], end: Month, findings: &mut Findings) {
    for change in changes.iter().filter(|change| change.from >= end) {
        let message =
            Message::new(code::CHANGE_TOO_LATE).text("from", change.from).text("last", end.minus(1));
        findings.push(Severity::Warning, change.place.clone(), message);
    }
}

/// Reads the changes into the facilities.
pub(crate) fn read(
    text: Text,
    facilities: &mut Facilities,
    sections: &mut Sections,
    findings: &mut Findings,
) -> Vec<Told> {
    let mut told = Vec::new();
    let columns = Columns::of(&catalogue::FACILITY_CHANGES);
    let Some(table) = Table::read(text, &columns, findings) else { return told };
    let mut seen: BTreeMap<(Changing, String, Month), usize> = BTreeMap::new();
    table.each_row(findings, |row, findings| {
        let changing = changing(row.cell("facility"), facilities, sections, findings);
        let from = row.cell("from").read(findings, value::month);
        let column = row.cell("column").read(findings, |text| changing_column(text, changing, facilities));
        let (Some(changing), Some(from), Some(column)) = (changing, from, column) else { return };
        if let Some(line) = seen.insert((changing, column.clone(), from), row.line()) {
            let message = Message::new(code::CHANGE_DUPLICATE).text("line", line).text("column", &column);
            findings.error(row.cell("from").place(), message);
            return;
        }
        match changing {
            Changing::Facility(facility) => {
                apply(facilities, facility, &column, from, row.cell("value"), findings)
            }
            Changing::Section(section) => {
                apply_to_section(sections, section, &column, from, row.cell("value"), findings);
            }
        }
        told.push(Told { from, place: row.cell("from").place() });
    });
    told
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Changing {
    Facility(usize),
    Section(SectionIx),
}

/// The facility, or the section called `facility/section`, that a cell names.
fn changing(
    cell: Cell<'_>,
    facilities: &Facilities,
    sections: &Sections,
    findings: &mut Findings,
) -> Option<Changing> {
    if let Some((facility, section)) = cell.text().rsplit_once(['/', '／'])
        && !facilities.names.knows(cell.text())
        && let Ok(facility) = facilities.names.find(facility, code::UNKNOWN_FACILITY)
    {
        return match sections.find(FacilityIx(facility), section) {
            Ok(section) => Some(Changing::Section(section)),
            Err(message) => {
                message.into_iter().for_each(|message| findings.error(cell.place(), message));
                None
            }
        };
    }
    cell.find(findings, &facilities.names, code::UNKNOWN_FACILITY).map(Changing::Facility)
}

fn changing_column(
    text: &str,
    changing: Option<Changing>,
    facilities: &Facilities,
) -> Result<String, Message> {
    let wanted = normal(text).to_lowercase();
    if let Some(Changing::Section(_)) = changing {
        let headings = Headings::of(&catalogue::SECTIONS);
        let meant = headings.find(text).map_or(wanted.as_str(), |column| column.id);
        let found = CHANGING_IN_SECTIONS.into_iter().find(|column| *column == meant);
        return found.map(str::to_string).ok_or_else(|| {
            let hint = hint(&wanted, CHANGING_IN_SECTIONS);
            Message::new(code::CHANGE_COLUMN).text("text", text).message("hint", hint)
        });
    }
    if facilities.list.is_empty() {
        // Which volumes there are is not known: facilities.csv could not be read.
        return Ok(wanted);
    }
    let known =
        || catalogue::CHANGING_COLUMNS.iter().copied().chain(facilities.volumes.iter().map(String::as_str));
    let typed = known().find(|column| column.to_lowercase() == wanted);
    let meant = || {
        let column = Headings::of(&catalogue::FACILITIES).find(text)?;
        known().find(|known| *known == column.id)
    };
    let found = typed.or_else(meant).map(str::to_string);
    found.ok_or_else(|| {
        let names: Vec<&str> = known().collect();
        let hint = hint(&wanted, names.iter().copied());
        Message::new(code::CHANGE_COLUMN).text("text", text).message("hint", hint)
    })
}

/// Enters one change. An empty value takes a limit away or makes a volume unknown; for the other
/// columns it says nothing and is an error.
fn apply(
    facilities: &mut Facilities,
    facility: usize,
    column: &str,
    from: Month,
    value: Cell<'_>,
    findings: &mut Findings,
) {
    let volume = facilities.volumes.iter().position(|name| name == column);
    let Some(facility) = facilities.list.get_mut(facility) else { return };
    match (column, volume) {
        ("supervisors", _) => {
            enter(&mut facility.supervisors, from, value.read(findings, facilities::supervisors))
        }
        ("min_residents", _) => {
            enter(&mut facility.min_residents, from, value.read(findings, facilities::seats_number));
        }
        ("accreditation", _) => {
            enter(&mut facility.accreditation, from, value.read(findings, facilities::accreditation));
        }
        ("seats", _) => {
            let seats = value.read_if_any(findings, facilities::seats).flatten();
            enter(&mut facility.seats, from, Some(seats));
        }
        (_, Some(volume)) => {
            let cases = value.read_if_any(findings, facilities::volume).flatten();
            if let Some(dated) = facility.volumes.get_mut(volume) {
                enter(dated, from, Some(cases));
            }
        }
        // `changing_column` let no other name pass.
        (_, None) => {}
    }
}

/// As [`apply`], of a section.
fn apply_to_section(
    sections: &mut Sections,
    section: SectionIx,
    column: &str,
    from: Month,
    value: Cell<'_>,
    findings: &mut Findings,
) {
    let Some(section) = sections.list.get_mut(section.0) else { return };
    if column == "seats" {
        let seats = value.read_if_any(findings, facilities::seats).flatten();
        enter(&mut section.seats, from, Some(seats));
    } else {
        enter(&mut section.min_residents, from, value.read(findings, facilities::seats_number));
    }
}

/// Keeps the changes ascending by month.
fn enter<T>(dated: &mut Dated<T>, from: Month, value: Option<T>) {
    let Some(value) = value else { return };
    let position = dated.changes.partition_point(|(earlier, _)| *earlier < from);
    dated.changes.insert(position, (from, value));
}
