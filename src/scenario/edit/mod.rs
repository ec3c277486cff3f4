//! Edits of a scenario, the only way to change one: applied to the tables, which are then read again.
//!
//! An edit is made where a person would make it: in a line of `program.toml`, a cell, a row. The edited
//! tables then go through the same reader as any others, so an edit is validated exactly like the tables,
//! is reported like them, and the outcome *is* the scenario edited by hand. All lines that an edit does not
//! touch keep their numbers.
//!
//! Whoever has the user's tables edits those ([`apply`]); whoever has only a scenario edits the tables it
//! is written as ([`Scenario::edited`]). `make` has the edits that take more than one line: what a director
//! writes so that a leave is not taken, somebody does not enter, a facility has a seat more.

mod document;
mod key;
mod make;
mod next;
mod question;
mod sheet;
mod tables;

use serde::Serialize;

use crate::diagnostic::{Findings, Place};
use crate::language::{Message, spelling};

use super::code;
use super::files::{
    FACILITIES, FACILITY_CHANGES, HISTORY, LEAVES, LOCKS, LOGGED_CASES, POINTS, PROGRAM, RECORDS, RESIDENTS,
    SECTIONS,
};
use super::{Scenario, Sources, read, write};
use crate::tables::catalogue;
use crate::tables::text::{Style, Text};
use crate::tables::value::{hint, normal};
use document::Document;
pub use key::{Key, Known, RuleRow};
pub use make::{from_month_on, more_seats, not_taken, open_course};
pub use next::{Passed, Turn, next, without_rows};
pub use question::Loosening;
use sheet::Sheet;

/// What a key is set to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Value {
    Text(String),
    /// A row that is added: columns and their cells.
    Row(Vec<(String, String)>),
    /// A file put in another's place.
    File(Vec<u8>),
    /// The rows that the key names go.
    Gone,
}

/// One edit of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    pub key: Key,
    pub value: Value,
}

impl Edit {
    /// An edit as it is written on a command line; `columns=cells,…` where a row is added.
    ///
    /// # Errors
    /// A row whose parts are not `column=cell`.
    pub fn of(key: Key, text: &str) -> Result<Self, Message> {
        let value = match key {
            Key::AddFacility | Key::AddResident => Value::Row(cells(text)?),
            _ => Value::Text(text.trim().to_string()),
        };
        Ok(Self { key, value })
    }
}

fn cells(text: &str) -> Result<Vec<(String, String)>, Message> {
    let pair = |part: &str| {
        let (column, cell) = part.split_once('=')?;
        Some((normal(column), cell.trim().to_string()))
    };
    let cells: Option<Vec<_>> = text.split(',').map(pair).collect();
    cells.ok_or_else(|| Message::new("whatif-row-malformed").text("text", text))
}

impl Scenario {
    /// The scenario after edits: written as tables, edited there, and read with all checks.
    ///
    /// # Errors
    /// What is wrong with the edited tables: they are no scenario.
    pub fn edited(&self, edits: &[Edit]) -> Result<Self, Findings> {
        let (scenario, findings) = read(&apply(&write(self), edits)?);
        scenario.ok_or(findings)
    }
}

/// The files with all edits made: rows go and come first, then single values in the order given.
///
/// # Errors
/// Edits that the files have no place for; whether the values themselves can be used, `read` says.
pub fn apply(sources: &Sources, edits: &[Edit]) -> Result<Sources, Findings> {
    let mut desk = Desk { sources: sources.clone(), program: None, findings: Findings::default() };
    let is_row = |edit: &&Edit| edit.key.is_row();
    for edit in edits.iter().filter(is_row).chain(edits.iter().filter(|edit| !is_row(edit))) {
        desk.make(edit);
    }
    desk.close()
}

/// A table as it is typed: the lines of its rows, from 1, and their cells; the header first. Empty where there is
/// no such table or it cannot be read.
pub fn rows(sources: &Sources, file: &str) -> Vec<(usize, Vec<String>)> {
    let mut findings = Findings::default();
    let text = sources.files.get(file).and_then(|bytes| Text::decode(file, bytes, &mut findings));
    let sheet = text.and_then(|text| Sheet::read(&text, &mut findings));
    sheet.map(Sheet::into_rows).unwrap_or_default()
}

/// The files while they are being changed.
struct Desk {
    sources: Sources,
    program: Option<Document>,
    findings: Findings,
}

impl Desk {
    fn make(&mut self, edit: &Edit) {
        match (&edit.key, &edit.value) {
            (Key::Program(path), Value::Text(text)) => self.in_program(|program| program.set(path, text)),
            (Key::Case { id, field }, Value::Text(text)) => {
                self.in_program(|program| program.set_case(id, field, text));
            }
            (Key::Goals, Value::Text(text)) => self.in_program(|program| program.set_goals(text)),
            (Key::Facility { id, column, from: None }, Value::Text(text)) => {
                self.in_table(FACILITIES, |sheet| tables::set(sheet, "id", id, column, text));
            }
            (Key::Facility { id, column, from: Some(from) }, Value::Text(text)) => {
                let row = [("facility", id), ("from", from), ("column", column), ("value", text)];
                let head = "facility,from,column,value\n";
                self.in_table_or(FACILITY_CHANGES, head, |sheet| tables::set_change(sheet, row));
            }
            (Key::Resident { id, column }, Value::Text(text)) => {
                self.in_table(RESIDENTS, |sheet| tables::set(sheet, "id", id, column, text));
            }
            (Key::Section { facility, id, column, from: None }, Value::Text(text)) => {
                let mut names = self.names_of(FACILITIES, facility);
                names.push(spelling::folded(facility));
                self.in_table(SECTIONS, |sheet| tables::set_in_section(sheet, &names, id, column, text));
            }
            (Key::Section { facility, id, column, from: Some(from) }, Value::Text(text)) => {
                let place = format!("{facility}/{id}");
                let row = [("facility", &place), ("from", from), ("column", column), ("value", text)];
                let head = "facility,from,column,value\n";
                self.in_table_or(FACILITY_CHANGES, head, |sheet| tables::set_change(sheet, row));
            }
            (Key::Rule { file, row: RuleRow::Id(id), column }, Value::Text(text)) => {
                self.in_table(file, |sheet| tables::set(sheet, "id", id, column, text));
            }
            (Key::Rule { file, row: RuleRow::Number(number), column }, Value::Text(text)) => {
                self.in_table(file, |sheet| tables::set_in_numbered(sheet, *number, column, text));
            }
            (Key::AddFacility, Value::Row(cells)) => {
                self.in_table(FACILITIES, |sheet| tables::add(sheet, cells));
            }
            (Key::AddResident, Value::Row(cells)) => self.add_resident(cells),
            (Key::RemoveFacility, Value::Text(ids)) => ids.split(';').for_each(|id| self.remove_facility(id)),
            (Key::RemoveResident, Value::Text(ids)) => ids.split(';').for_each(|id| self.remove_resident(id)),
            (Key::Anonymous, Value::Row(cells)) => {
                let head = "id,entry_year\n";
                self.in_table_or(RESIDENTS, head, |sheet| tables::add(sheet, cells));
            }
            (Key::Locks, Value::File(bytes)) => {
                self.sources.files.insert(LOCKS.to_string(), bytes.clone());
            }
            (Key::Locks, _) => {
                self.sources.files.remove(LOCKS);
            }
            (Key::Cell { file, row, column }, Value::Text(text)) => {
                self.in_table(file, |sheet| sheet.set(*row, *column, text.trim()));
            }
            (Key::AddRow(file), Value::Row(cells)) => {
                let table = catalogue::table_of_file(file);
                let ids = table.into_iter().flat_map(|table| table.columns).map(|column| column.id);
                let head = ids.collect::<Vec<_>>().join(",") + "\n";
                self.in_table_or(file, &head, |sheet| tables::add(sheet, cells));
            }
            (Key::RemoveRow { file, row }, Value::Gone) => {
                self.in_table(file, |sheet| sheet.retain(|_, other| other != *row));
            }
            (Key::File(file), Value::Text(text)) => {
                let style = Style::of(self.sources.files.get(*file).map_or(b"", Vec::as_slice));
                self.sources.files.insert(file.to_string(), style.written(text));
            }
            (Key::AddLock, Value::Row(cells)) => {
                let head = "resident,facility,start,months,kind\n";
                self.in_table_or(LOCKS, head, |sheet| tables::add(sheet, cells));
            }
            (Key::Lock { resident, facility, section, start, months, kind }, Value::Gone) => {
                let facilities = self.names_of(FACILITIES, facility);
                let mut all = facilities.clone();
                all.push(spelling::folded(facility));
                let lock = tables::LockRow {
                    resident: (resident, self.names_of(RESIDENTS, resident)),
                    section: (section, self.section_names(&all, section)),
                    facility: (facility, facilities),
                    span: [start, months],
                    kind,
                };
                self.in_table(LOCKS, |sheet| tables::remove_lock(sheet, &lock));
            }
            (Key::Leave { .. }, Value::Row(cells)) => {
                let head = "resident,kind,start,months\n";
                self.in_table_or(LEAVES, head, |sheet| tables::add(sheet, cells));
            }
            (Key::Leave { resident, start }, value) => {
                for resident in self.called(resident) {
                    let row = [("resident", resident.as_str()), ("start", start)];
                    self.in_table(LEAVES, |sheet| match value {
                        Value::Text(months) => tables::set_in_row(sheet, &row, "months", months),
                        _ => tables::remove_row(sheet, &row),
                    });
                }
            }
            (Key::About(id), Value::Gone) => self.remove_about(id),
            // `Edit::of` pairs keys with their kind of value.
            (_, _) => {}
        }
    }

    fn in_program(&mut self, edit: impl FnOnce(&mut Document)) {
        if self.program.is_none() {
            let text = self.text(PROGRAM);
            self.program = text.and_then(|text| Document::parse(&text));
        }
        if let Some(program) = &mut self.program {
            edit(program);
        }
    }

    fn text(&mut self, name: &str) -> Option<Text> {
        Text::decode(name, self.sources.files.get(name)?, &mut self.findings)
    }

    /// Changes a table; nothing happens where there is none.
    fn in_table<T: Default>(&mut self, name: &str, edit: impl FnOnce(&mut Sheet) -> T) -> T {
        let Some(text) = self.text(name) else { return T::default() };
        let Some(mut sheet) = Sheet::read(&text, &mut self.findings) else { return T::default() };
        let edited = edit(&mut sheet);
        if let Some(bytes) = self.sources.files.get_mut(name) {
            *bytes = sheet.written(bytes);
        }
        edited
    }

    fn in_table_or<T: Default>(&mut self, name: &str, head: &str, edit: impl FnOnce(&mut Sheet) -> T) -> T {
        let text = self.sources.files.get(name).map(|bytes| String::from_utf8_lossy(bytes).trim().is_empty());
        if text != Some(false) {
            self.sources.files.insert(name.to_string(), head.as_bytes().to_vec());
        }
        self.in_table(name, edit)
    }

    /// What a resident may be called in other tables: the id, and the name of the row.
    fn called(&mut self, id: &str) -> Vec<String> {
        let name = self.in_table(RESIDENTS, |sheet| tables::cell(sheet, "id", id, "name"));
        let name = name.map(|name| normal(&name)).filter(|name| !name.is_empty() && name != id);
        std::iter::once(id.to_string()).chain(name).collect()
    }

    /// The names by which other tables may call a facility or a resident, folded.
    fn names_of(&mut self, file: &str, id: &str) -> Vec<String> {
        let name = |column, desk: &mut Self| {
            let name = desk.in_table(file, |sheet| tables::cell(sheet, "id", id, column));
            name.map(|name| spelling::folded(&name)).filter(|name| !name.is_empty())
        };
        [name("name", self), name("name_en", self)].into_iter().flatten().collect()
    }

    /// The same of a section of a facility, for which `facility` has all that it may be called.
    fn section_names(&mut self, facility: &[String], id: &str) -> Vec<String> {
        let name = |column, desk: &mut Self| {
            let name = desk.in_table(SECTIONS, |sheet| tables::cell_in_section(sheet, facility, id, column));
            name.map(|name| spelling::folded(&name)).filter(|name| !name.is_empty())
        };
        [name("name", self), name("name_en", self)].into_iter().flatten().collect()
    }

    /// One more enters, so the year's intake grows with the row.
    fn add_resident(&mut self, cells: &[(String, String)]) {
        self.in_table_or(RESIDENTS, "id,entry_year\n", |sheet| tables::add(sheet, cells));
        let year = cells.iter().find(|(column, _)| column == "entry_year").map(|(_, year)| normal(year));
        if let Some(year) = year {
            self.in_program(|program| program.move_intake(&year, 1));
        }
    }

    /// A facility goes with its changes, its sections and the wishes for it; a past or a lock there stays, and is
    /// an error.
    fn remove_facility(&mut self, id: &str) {
        let id = normal(id);
        if !self.in_table(FACILITIES, |sheet| tables::remove(sheet, "id", &id) > 0) {
            self.unknown(FACILITIES, code::UNKNOWN_FACILITY, &id);
            return;
        }
        self.in_table(FACILITY_CHANGES, |sheet| tables::remove_with_sections(sheet, "facility", &id));
        self.in_table(SECTIONS, |sheet| tables::remove(sheet, "facility", &id));
        self.in_table(RESIDENTS, |sheet| tables::remove_wish(sheet, "facility_wishes", &id));
    }

    /// A resident goes with their past, cases, locks and leaves, and the year's intake is one less.
    fn remove_resident(&mut self, id: &str) {
        let id = normal(id);
        let year = self.in_table(RESIDENTS, |sheet| tables::cell(sheet, "id", &id, "entry_year"));
        if self.in_table(RESIDENTS, |sheet| tables::remove(sheet, "id", &id)) == 0 {
            self.unknown(RESIDENTS, code::UNKNOWN_RESIDENT, &id);
            return;
        }
        self.remove_about(&id);
        if let Some(year) = year {
            self.in_program(|program| program.move_intake(&normal(&year), -1));
        }
    }

    /// Everything that other tables say of a resident goes.
    fn remove_about(&mut self, id: &str) {
        for name in [HISTORY, LOCKS, LEAVES, LOGGED_CASES, POINTS, RECORDS] {
            self.in_table(name, |sheet| tables::remove(sheet, "resident", id));
        }
    }

    fn unknown(&mut self, file: &str, code: &'static str, id: &str) {
        let ids = self.in_table(file, |sheet| tables::column(sheet, "id"));
        let hint = hint(id, ids.iter().map(String::as_str));
        let place = Place { file: file.to_string(), ..Place::default() };
        self.findings.error(place, Message::new(code).text("text", id).message("hint", hint));
    }

    fn close(mut self) -> Result<Sources, Findings> {
        if let (Some(program), Some(bytes)) = (self.program, self.sources.files.get_mut(PROGRAM)) {
            *bytes = Style::of(bytes).written(&program.written());
        }
        if self.findings.has_errors() { Err(self.findings) } else { Ok(self.sources) }
    }
}
