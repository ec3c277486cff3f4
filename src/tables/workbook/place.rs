//! Where in a workbook a finding is: readers see files, people see sheets and cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Findings, Place, code};
use crate::language::{Language, Message, spelling};
use crate::tables::catalogue::{self, PROGRAM_FILE, TableSpec};

/// What stands in the lines of the files that were made of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The workbook as the user knows it.
    pub(super) file: String,
    /// By file: its sheet, and the row of the sheet by line.
    pub(super) tables: BTreeMap<&'static str, TablePlaces>,
    /// By line of `program.toml`.
    pub(super) program: Vec<Option<Origin>>,
    /// Sheets and cells of which it has been said why they cannot be read: they seem empty to readers.
    pub(super) unreadable: BTreeSet<(String, String)>,
}

/// The sheet of a CSV file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TablePlaces {
    pub sheet: String,
    pub rows: Vec<usize>,
    /// By line where cells are no columns of the file; else empty.
    pub origins: Vec<Option<Origin>>,
}

/// A row of a sheet that made a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub sheet: String,
    /// Counted from 1.
    pub row: usize,
    /// Key, column counted from 0, and text; the first is meant where no key tells.
    pub cells: Vec<(String, u32, String)>,
}

/// A sheet of a workbook as findings name it.
pub(super) fn shown(file: &str, sheet: &str) -> String {
    format!("{file} [{sheet}]")
}

impl Places {
    /// The language of the sheets' names.
    pub fn language(&self) -> Language {
        let is_japanese = |name: &str| !name.is_ascii();
        let program = self.program.iter().flatten().map(|origin| origin.sheet.as_str());
        let names = self.tables.values().map(|table| table.sheet.as_str()).chain(program);
        if names.into_iter().any(is_japanese) { Language::Ja } else { Language::En }
    }

    /// Forgets the tables that do not pass.
    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.tables.retain(|file, _| keep(file));
        if !keep(PROGRAM_FILE) {
            self.program.clear();
        }
    }

    /// Moves every finding from the file it was read in to the sheet and cell it came from.
    pub fn relocate(&self, findings: &mut Findings) {
        for finding in &mut findings.list {
            if finding.code() == code::FILE_MISSING
                && let Some(table) = table_of(&finding.place.file)
            {
                finding.message = Message::new(code::SHEET_MISSING).message("sheet", Message::new(table.key));
                finding.place.file = self.file.clone();
            }
            self.move_to_sheet(&mut finding.place);
            finding.further.iter_mut().for_each(|place| self.move_to_sheet(place));
        }
        let is_unreadable = |place: &Place| {
            place
                .cell
                .as_ref()
                .is_some_and(|cell| self.unreadable.contains(&(place.file.clone(), cell.clone())))
        };
        findings.list.retain(|finding| {
            finding.code() != code::VALUE_EMPTY
                || !std::iter::once(&finding.place).chain(&finding.further).all(is_unreadable)
        });
    }

    fn move_to_sheet(&self, place: &mut Place) {
        if let Some(table) = self.tables.get(place.file.as_str()) {
            place.file = shown(&self.file, &table.sheet);
            place.is_sheet = true;
            if !table.origins.is_empty() {
                let line = place.line.take().and_then(|line| line.checked_sub(1));
                put(place, line.and_then(|line| table.origins.get(line)?.as_ref()));
                return;
            }
            let line = place.line.and_then(|line| table.rows.get(line.checked_sub(1)?).copied());
            place.line = place.cell.as_deref().and_then(row_of).or(line);
            return;
        }
        if place.file != PROGRAM_FILE {
            // A table that has no sheet, or an empty one.
            if let Some(table) = catalogue::table_of_file(&place.file) {
                place.file = shown(&self.file, &spelling::written(self.language(), table.key));
                (place.is_sheet, place.line, place.cell, place.excerpt) = (true, None, None, None);
            }
            return;
        }
        place.file = self.file.clone();
        place.is_sheet = true;
        let line = place.line.take().and_then(|line| line.checked_sub(1));
        let origin = line.and_then(|line| self.program.get(line)?.as_ref());
        if let Some(origin) = origin {
            place.file = shown(&self.file, &origin.sheet);
        }
        put(place, origin);
    }
}

/// Names the cell that a place came from: that of its column, or the first.
fn put(place: &mut Place, origin: Option<&Origin>) {
    let Some(origin) = origin else {
        (place.cell, place.excerpt) = (None, None);
        return;
    };
    place.line = Some(origin.row);
    let key = place.column.as_deref().and_then(|path| path.rsplit('.').next()).unwrap_or_default();
    let cell = origin.cells.iter().find(|(own, ..)| own == key).or(origin.cells.first());
    place.cell = cell.map(|(_, column, _)| cell_name(*column, origin.row));
    place.excerpt = cell.map(|(.., text)| excerpt(text));
}

/// The first line of a cell, as what is shown of it.
pub(super) fn excerpt(text: &str) -> (String, std::ops::Range<usize>) {
    let text = text.lines().next().unwrap_or_default().to_string();
    let length = text.len();
    (text, 0..length)
}

fn table_of(file: &str) -> Option<&'static TableSpec> {
    if file == PROGRAM_FILE { Some(&catalogue::PROGRAM) } else { catalogue::table_of_file(file) }
}

fn row_of(cell: &str) -> Option<usize> {
    cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
}

/// The name of a cell: column counted from 0, row from 1.
pub(super) fn cell_name(column: u32, row: usize) -> String {
    crate::tables::table::cell_name(column as usize, row)
}
