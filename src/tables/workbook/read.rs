//! A workbook as the files of a folder.

use std::collections::BTreeMap;

use super::cells::{self, Sheet};
use super::place::{Places, TablePlaces, shown};
use super::sheet::{Located, locate};
use super::{csv, plan, program};
use crate::diagnostic::{Findings, Place, Severity, code, nearest};
use crate::language::{Language, Message, spelling};
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
    let mut unread: Vec<&Sheet> = Vec::new();
    for sheet in sheets {
        // Lists for drop-downs, and sheets that somebody keeps apart.
        if sheet.name.starts_with('_') || sheet.cells.is_empty() || is_guide(&sheet.name) {
            continue;
        }
        let Some(spec) = known().find(|spec| spec.is_called(&sheet.name)) else {
            unread.push(sheet);
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
    let absent: Vec<&TableSpec> =
        known().filter(|spec| !tables.iter().any(|table| std::ptr::eq(table.spec, *spec))).collect();
    tell_unread(file, &unread, &absent, findings);
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

/// The table that a sheet of another name would be by its headings: the one with the most of them, if it has all that
/// it needs and is nowhere else in the workbook.
fn alike(sheet: &Sheet, absent: &[&'static TableSpec]) -> Option<&'static TableSpec> {
    /// Two headings are no table yet: names and numbers stand in many.
    const HEADINGS_MIN: usize = 3;
    let named = |spec: &&'static TableSpec| {
        let located = locate(sheet, spec, "", &mut Findings::default())?;
        let has = |id: &str| located.position(id).is_some();
        let count = spec.columns.iter().filter(|column| has(column.id)).count();
        (count >= HEADINGS_MIN && spec.required_columns().all(has)).then_some((count, *spec))
    };
    absent.iter().filter_map(named).max_by_key(|(count, _)| *count).map(|(_, spec)| spec)
}

/// Sheets that are no table: those near a table, by name or by headings, each; all others at once.
fn tell_unread(file: &str, sheets: &[&Sheet], absent: &[&'static TableSpec], findings: &mut Findings) {
    let titles: Vec<String> = known()
        .flat_map(|spec| std::iter::once(spec.id.to_string()).chain(spelling::all(spec.key)))
        .collect();
    let near = |sheet: &Sheet| {
        let name = sheet.name.as_str();
        let by_name = nearest(name, titles.iter().map(String::as_str)).filter(|_| name.chars().count() > 2);
        let language = if name.is_ascii() { Language::En } else { Language::Ja };
        let by_headings = || Some(spelling::written(language, alike(sheet, absent)?.key));
        by_name.map(str::to_string).or_else(by_headings)
    };
    let mut others = Vec::new();
    for sheet in sheets {
        let name = &sheet.name;
        match near(sheet) {
            Some(near) => {
                let place = Place { file: shown(file, name), ..Place::default() };
                let message = Message::new(code::SHEET_UNKNOWN).text("sheet", name);
                let hint = Message::new("hint-nearest").text("name", near);
                findings.push(Severity::Warning, place, message.message("hint", hint));
            }
            None => others.push(name.as_str()),
        }
    }
    if !others.is_empty() {
        let place = Place { file: file.to_string(), ..Place::default() };
        let message = Message::new(code::SHEET_UNREAD).text("sheets", others.join(", "));
        findings.push(Severity::Note, place, message);
    }
}
