//! A workbook as the files of a folder.

use std::collections::BTreeMap;

use super::cells::{self, Sheet};
use super::place::{Places, TablePlaces, shown};
use super::sheet::{Located, locate};
use super::{csv, plan, program};
use crate::diagnostic::{Findings, Place, Severity, code, nearest};
use crate::language::{Message, spelling};
use crate::tables::catalogue::{PLACEMENTS, PROGRAM_FILE, PROGRAM_SHEETS, TABLES, TableSpec};

/// What a workbook holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// As a folder would have them.
    pub files: BTreeMap<String, Vec<u8>>,
    pub places: Places,
}

/// All tables that may be sheets.
fn known() -> impl Iterator<Item = &'static TableSpec> {
    PROGRAM_SHEETS.into_iter().chain(TABLES).chain([&PLACEMENTS])
}

/// Reads a workbook, which the user knows as `file`. `None` if it cannot be read; why is in the findings,
/// as is all that is odd about its sheets and cells.
pub fn read(file: &str, bytes: &[u8]) -> (Option<Book>, Findings) {
    let mut findings = Findings::default();
    match cells::sheets(bytes) {
        Ok(sheets) => {
            let plan = plan::book(file, &sheets, &mut findings);
            (Some(plan.unwrap_or_else(|| book(file, &sheets, &mut findings))), findings)
        }
        Err(message) => {
            findings.error(Place { file: file.to_string(), ..Place::default() }, message);
            (None, findings)
        }
    }
}

fn book(file: &str, sheets: &[Sheet], findings: &mut Findings) -> Book {
    let mut tables: Vec<Located> = Vec::new();
    let mut unread = Vec::new();
    for sheet in sheets {
        // Lists for drop-downs, and sheets that somebody keeps apart.
        if sheet.name.starts_with('_') || sheet.cells.is_empty() || is_guide(&sheet.name) {
            continue;
        }
        let Some(spec) = known().find(|spec| spec.is_called(&sheet.name)) else {
            unread.push(sheet.name.as_str());
            continue;
        };
        let Some(table) = locate(sheet, spec, file, findings) else { continue };
        match tables.iter().find(|other| std::ptr::eq(other.spec, spec)) {
            Some(other) => {
                let place = Place { file: shown(file, &sheet.name), ..Place::default() };
                let message = Message::new(code::SHEET_TWICE).text("other", &other.sheet);
                findings.error(place, message.message("table", Message::new(spec.key)));
            }
            None => tables.push(table),
        }
    }
    let mut book = Book::default();
    book.places.file = file.to_string();
    let unreadable = findings
        .list
        .iter()
        .filter(|finding| [code::CELL_ERROR, code::CELL_NOT_CALCULATED].contains(&finding.code()));
    let places = unreadable.flat_map(|finding| std::iter::once(&finding.place).chain(&finding.further));
    book.places.unreadable =
        places.filter_map(|place| Some((place.file.clone(), place.cell.clone()?))).collect();
    tell_unread(file, &unread, findings);
    if tables.iter().any(|table| table.spec.file == PROGRAM_FILE) {
        let written = program::write(&tables, file, findings);
        book.files.insert(PROGRAM_FILE.to_string(), written.text.into_bytes());
        book.places.program = written.lines;
    }
    for table in tables.iter().filter(|table| table.spec.file != PROGRAM_FILE) {
        // Headings alone are a table that nobody has filled in.
        if table.rows.is_empty() && !table.spec.required {
            continue;
        }
        let (text, rows) = csv::file(table);
        book.files.insert(table.spec.file.to_string(), text.into_bytes());
        book.places
            .tables
            .insert(table.spec.file, TablePlaces { sheet: table.sheet.clone(), rows, origins: Vec::new() });
    }
    book
}

fn is_guide(name: &str) -> bool {
    spelling::all(super::write::GUIDE).iter().any(|title| spelling::folded(title) == spelling::folded(name))
}

/// Sheets that are no table: those near a table's name each, all others at once.
fn tell_unread(file: &str, names: &[&str], findings: &mut Findings) {
    let titles: Vec<String> = known()
        .flat_map(|spec| std::iter::once(spec.id.to_string()).chain(spelling::all(spec.key)))
        .collect();
    let near = |name: &str| {
        nearest(name, titles.iter().map(String::as_str))
            .filter(|_| name.chars().count() > 2)
            .map(str::to_string)
    };
    let mut others = Vec::new();
    for name in names {
        match near(name) {
            Some(near) => {
                let place = Place { file: shown(file, name), ..Place::default() };
                let message = Message::new(code::SHEET_UNKNOWN).text("sheet", name);
                let hint = Message::new("hint-nearest").text("name", near);
                findings.push(Severity::Warning, place, message.message("hint", hint));
            }
            None => others.push(*name),
        }
    }
    if !others.is_empty() {
        let place = Place { file: file.to_string(), ..Place::default() };
        let message = Message::new(code::SHEET_UNREAD).text("sheets", others.join(", "));
        findings.push(Severity::Note, place, message);
    }
}
