//! `facilities.csv`: the sites, their supervisors and their case volumes (source §2.1, §2.3).
//!
//! A volume column is one that `program.toml` names; any other unknown header is an error, so that
//! a misspelt `supervisers` cannot pass for a volume.

use rust_decimal::Decimal;

use crate::diagnostic::{Findings, Place, Severity};
use crate::language::Message;

use super::model::{Accreditation, Dated, Facility, Role, SelectorIx};
use super::program::Program;
use super::{bounds, code};
use crate::tables::table::{Cell, Columns, Row, Table};
use crate::tables::text::Text;
use crate::tables::value::{self, Names, hint};
use crate::tables::{catalogue, prefectures};

/// The facilities with the names of their volumes.
#[derive(Default)]
pub(crate) struct Facilities {
    pub list: Vec<Facility>,
    pub names: Names,
    /// In the order of the table's columns.
    pub volumes: Vec<String>,
}

pub(crate) fn read(text: Text, program: &Program, findings: &mut Findings) -> Facilities {
    let declared = declared_volumes(program, findings);
    let columns = Columns::with_declared(&catalogue::FACILITIES, &declared);
    let Some(table) = Table::read(text, &columns, findings) else {
        return Facilities::default();
    };
    let mut facilities = Facilities {
        volumes: table
            .columns()
            .filter(|name| declared.iter().any(|d| d == name))
            .map(str::to_string)
            .collect(),
        ..Facilities::default()
    };
    need_volume_columns(program, &declared, &table, findings);
    if table.is_empty() {
        findings.error(table.place(), Message::new(code::TABLE_EMPTY));
    }
    table.each_row(findings, |row, findings| {
        let facility = facility(row, &facilities.volumes, findings);
        let Some(id) = row.cell("id").read(findings, value::id) else { return };
        if facilities.names.get(&id).is_some() {
            findings.error(row.cell("id").place(), Message::new(code::DUPLICATE_ID).text("text", &id));
            return;
        }
        facilities.names.insert(&id, facilities.list.len());
        let facility = named(facility, id);
        facilities.names.call(&facility.id, &facility.name);
        facilities.names.call(&facility.id, &facility.name_en);
        facilities.list.push(facility);
    });
    if facilities.list.len() > bounds::FACILITIES_MAX {
        let message = Message::new(code::TOO_MANY_FACILITIES)
            .number("facilities", facilities.list.len() as i64)
            .number("limit", bounds::FACILITIES_MAX as i64);
        findings.error(table.place(), message);
    }
    let asks_for_core = |course: &super::Course| {
        course
            .patterns
            .iter()
            .flat_map(|pattern| pattern.entries.iter().flatten())
            .any(|p| p.place == Some(SelectorIx(Role::Core as usize)))
    };
    if !facilities.list.is_empty()
        && !facilities.list.iter().any(|facility| facility.role == Role::Core)
        && program.courses.iter().any(asks_for_core)
    {
        findings.push(Severity::Warning, table.place(), Message::new(code::NO_CORE_FACILITY));
    }
    // The standard knows one core per program (§2.1 [23,24,31,35]); the rules count all alike.
    let cores: Vec<&str> =
        facilities.list.iter().filter(|f| f.role == Role::Core).map(|f| f.id.as_str()).collect();
    if cores.len() > 1 {
        let message = Message::new(code::SEVERAL_CORES).text("ids", cores.join(", "));
        findings.push(Severity::Warning, table.place(), message);
    }
    facilities
}

/// The names `program.toml` gives to volumes, without those that are columns of another meaning.
fn declared_volumes(program: &Program, findings: &mut Findings) -> Vec<String> {
    let mut declared: Vec<String> = Vec::new();
    for (name, place) in &program.volumes {
        let taken = catalogue::FACILITIES.column(&name.to_lowercase()).is_some();
        if taken {
            findings.error(place.clone(), Message::new(code::VOLUME_NAME_TAKEN).text("text", name));
        } else if !declared.contains(name) {
            declared.push(name.clone());
        }
    }
    declared
}

/// A volume that a cap or a total counts on must be there, be it with empty cells.
fn need_volume_columns(program: &Program, declared: &[String], table: &Table, findings: &mut Findings) {
    let mut missing: Vec<(&String, &Place)> = Vec::new();
    for (name, place) in &program.volumes {
        let known = !declared.contains(name) || table.columns().any(|column| column == name);
        if !known && !missing.iter().any(|(other, _)| *other == name) {
            missing.push((name, place));
        }
    }
    let columns: Vec<&str> = table.columns().collect();
    for (name, place) in missing {
        let hint = hint(name, columns.iter().copied());
        let message = Message::new(code::VOLUME_COLUMN_MISSING).text("text", name).message("hint", hint);
        findings.error(place.clone(), message);
    }
}

/// Everything of the row but the id; what cannot be read is reported and replaced.
fn facility(row: Row<'_>, volumes: &[String], findings: &mut Findings) -> Facility {
    let role = row.cell("role").read(findings, role);
    let accreditation = row.cell("accreditation").read(findings, accreditation);
    let supervisors = row.cell("supervisors").read(findings, supervisors);
    let prefecture = row.cell("prefecture").read_if_any(findings, prefectures::prefecture);
    let seats = row.cell("seats").read_if_any(findings, seats);
    let min_residents = row.cell("min_residents").read_if_any(findings, seats_number);
    let volumes = volumes.iter().map(|name| row.cell(name).read_if_any(findings, volume)).collect::<Vec<_>>();
    Facility {
        id: String::new(),
        name: row.cell("name").text().to_string(),
        name_en: row.cell("name_en").text().to_string(),
        prefecture: prefecture.unwrap_or_default(),
        role: role.unwrap_or(Role::Affiliate),
        accreditation: Dated::constant(accreditation.unwrap_or(Accreditation::None)),
        supervisors: Dated::constant(supervisors.unwrap_or_default()),
        seats: Dated::constant(seats.flatten()),
        min_residents: Dated::constant(min_residents.unwrap_or(0)),
        volumes: volumes.into_iter().map(|volume| Dated::constant(volume.flatten())).collect(),
        tags: tags(row.cell("tags")),
        source: row.cell("source").text().to_string(),
    }
}

/// Words of the user's own, as they are compared; each once.
pub(super) fn tags(cell: Cell<'_>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in cell.list(|_| false).into_iter().map(|(text, _)| value::normal(text)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// Gives the facility its id, which stands for names the table leaves out.
fn named(facility: Facility, id: String) -> Facility {
    let name = if facility.name.is_empty() { id.clone() } else { facility.name };
    let name_en = if facility.name_en.is_empty() { name.clone() } else { facility.name_en };
    Facility { id, name, name_en, ..facility }
}

fn role(text: &str) -> Result<Role, Message> {
    value::word(text, &Role::ALL, Role::id)
}

// The readers of values that may change over time serve `facility_changes.csv` too.

pub(super) fn accreditation(text: &str) -> Result<Accreditation, Message> {
    value::word(text, &Accreditation::ALL, Accreditation::id)
}

pub(super) fn supervisors(text: &str) -> Result<Decimal, Message> {
    value::decimal(text, bounds::SUPERVISORS_MAX)
}

pub(super) fn seats(text: &str) -> Result<Option<u32>, Message> {
    seats_number(text).map(Some)
}

pub(super) fn seats_number(text: &str) -> Result<u32, Message> {
    value::whole(text, bounds::SEATS)
}

pub(super) fn volume(text: &str) -> Result<Option<Decimal>, Message> {
    value::decimal(text, bounds::VOLUME_MAX).map(Some)
}
