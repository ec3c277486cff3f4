//! Changes of a scenario for a what-if: KEY = VALUE, applied to the files and read again.
//!
//! A change is made where a person would make it: in a line of `program.toml`, a cell, a row. The
//! changed files then go through the same reader as any others, so a change is validated exactly like
//! the tables, is reported like them, and a variant *is* the scenario edited by hand. All lines that a
//! change does not touch keep their numbers.

mod document;
mod key;
mod sheet;
mod tables;

use serde::Serialize;

use crate::diagnostic::{Findings, Place};
use crate::language::Message;

use super::Sources;
use super::code;
use super::files::{FACILITIES, FACILITY_CHANGES, HISTORY, LEAVES, LOCKS, LOGGED_CASES, PROGRAM, RESIDENTS};
use super::text::Text;
use super::value::{hint, normal};
use document::Document;
pub use key::{Key, Known};
use sheet::Sheet;

/// What a key is set to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Value {
    Text(String),
    /// A row that is added: columns and their cells.
    Row(Vec<(String, String)>),
    /// A file put in another's place.
    File(Vec<u8>),
}

/// One change of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub key: Key,
    pub value: Value,
}

impl Change {
    /// A change as it is written on a command line; `columns=cells,…` where a row is added.
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

/// The files with all changes made: rows go and come first, then single values in the order given.
///
/// # Errors
/// Changes that the files have no place for; whether the values themselves can be used, `read` says.
pub fn apply(sources: &Sources, changes: &[Change]) -> Result<Sources, Findings> {
    let mut desk = Desk { sources: sources.clone(), program: None, findings: Findings::default() };
    let is_row = |change: &&Change| change.key.is_row();
    for change in changes.iter().filter(is_row).chain(changes.iter().filter(|change| !is_row(change))) {
        desk.make(change);
    }
    desk.close()
}

/// The files while they are being changed.
struct Desk {
    sources: Sources,
    program: Option<Document>,
    findings: Findings,
}

impl Desk {
    fn make(&mut self, change: &Change) {
        match (&change.key, &change.value) {
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
            // `Change::of` pairs keys with their kind of value.
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
        self.sources.files.insert(name.to_string(), sheet.written().into_bytes());
        edited
    }

    fn in_table_or<T: Default>(&mut self, name: &str, head: &str, edit: impl FnOnce(&mut Sheet) -> T) -> T {
        let text = self.sources.files.get(name).map(|bytes| String::from_utf8_lossy(bytes).trim().is_empty());
        if text != Some(false) {
            self.sources.files.insert(name.to_string(), head.as_bytes().to_vec());
        }
        self.in_table(name, edit)
    }

    /// One more enters, so the year's intake grows with the row.
    fn add_resident(&mut self, cells: &[(String, String)]) {
        self.in_table_or(RESIDENTS, "id,entry_year\n", |sheet| tables::add(sheet, cells));
        let year = cells.iter().find(|(column, _)| column == "entry_year").map(|(_, year)| normal(year));
        if let Some(year) = year {
            self.in_program(|program| program.move_intake(&year, 1));
        }
    }

    /// A facility goes with its changes and with the wishes for it; a past or a lock there stays, and is
    /// an error.
    fn remove_facility(&mut self, id: &str) {
        let id = normal(id);
        if !self.in_table(FACILITIES, |sheet| tables::remove(sheet, "id", &id) > 0) {
            self.unknown(FACILITIES, code::UNKNOWN_FACILITY, &id);
            return;
        }
        self.in_table(FACILITY_CHANGES, |sheet| tables::remove(sheet, "facility", &id));
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
        for name in [HISTORY, LOCKS, LEAVES, LOGGED_CASES] {
            self.in_table(name, |sheet| tables::remove(sheet, "resident", &id));
        }
        if let Some(year) = year {
            self.in_program(|program| program.move_intake(&normal(&year), -1));
        }
    }

    fn unknown(&mut self, file: &str, code: &'static str, id: &str) {
        let ids = self.in_table(file, |sheet| tables::column(sheet, "id"));
        let hint = hint(id, ids.iter().map(String::as_str));
        let place = Place { file: file.to_string(), ..Place::default() };
        self.findings.error(place, Message::new(code).text("text", id).message("hint", hint));
    }

    fn close(mut self) -> Result<Sources, Findings> {
        if let Some(program) = self.program {
            self.sources.files.insert(PROGRAM.to_string(), program.written().into_bytes());
        }
        if self.findings.has_errors() { Err(self.findings) } else { Ok(self.sources) }
    }
}
