//! A sheet as a table: the row of its headings, its columns by name, its rows as text.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{self, Sheet, Value};
use super::place::{cell_name, excerpt, shown};
use crate::diagnostic::{Findings, Place, Severity, code};
use crate::language::Message;
use crate::tables::catalogue::{Column, Headings, Kind, PROGRAM_FILE, TableSpec};
use crate::tables::value::normal;

/// A sheet whose headings were found.
pub(super) struct Located {
    pub spec: &'static TableSpec,
    pub sheet: String,
    /// Row of the headings, counted from 0.
    pub header: u32,
    /// From left to right.
    pub columns: Vec<Heading>,
    pub rows: Vec<Row>,
}

/// A column under a heading.
pub(super) struct Heading {
    /// Position in the sheet, counted from 0.
    pub at: u32,
    /// The column's id, or the heading as it stands.
    pub name: String,
    pub column: Option<&'static Column>,
}

/// A row below the headings that holds something.
pub(super) struct Row {
    /// Counted from 0.
    pub at: u32,
    /// By position in `columns`.
    pub cells: Vec<String>,
}

/// Rows of a sheet that belongs to `program.toml`.
const KEYS_MAX: usize = 2000;
/// Rows above the headings that are looked at: a title, a remark.
const ROWS_ABOVE: usize = 20;

/// Finds the headings and reads the rows; `None` where the sheet holds nothing.
pub(super) fn locate(
    sheet: &Sheet,
    spec: &'static TableSpec,
    file: &str,
    findings: &mut Findings,
) -> Option<Located> {
    let headings = Headings::of(spec);
    let header = header(sheet, spec, &headings)?;
    let heading = |(position, value): (&(u32, u32), &Value)| {
        let Value::Text(text) = value else {
            return Heading { at: position.1, name: plain(value), column: None };
        };
        let name = normal(text);
        let typed = spec.columns.iter().find(|column| column.id == name.to_lowercase());
        let column = typed.or_else(|| headings.find(text));
        Heading { at: position.1, name: column.map_or(name, |column| column.id.to_string()), column }
    };
    let mut columns: Vec<Heading> =
        sheet.cells.range((header, 0)..=(header, u32::MAX)).map(heading).collect();
    // Cells under no heading: the reader says so.
    let below = sheet.cells.range((header + 1, 0)..);
    let used: BTreeSet<u32> = below.map(|((_, column), _)| *column).collect();
    let named: BTreeSet<u32> = columns.iter().map(|column| column.at).collect();
    let bare = used.difference(&named).map(|at| Heading { at: *at, name: String::new(), column: None });
    columns.extend(bare);
    columns.sort_by_key(|column| column.at);
    let positions: BTreeMap<u32, usize> =
        columns.iter().enumerate().map(|(position, heading)| (heading.at, position)).collect();
    let mut rows: Vec<Row> = Vec::new();
    for ((row, column), value) in sheet.cells.range((header + 1, 0)..) {
        let Some(&position) = positions.get(column) else { continue };
        if rows.last().is_none_or(|last| last.at != *row) {
            rows.push(Row { at: *row, cells: vec![String::new(); columns.len()] });
        }
        let heading = &columns[position];
        let text = text(value, heading.column, spec, sheet.from_1904).unwrap_or_else(|message| {
            let place = Place {
                is_sheet: true,
                file: shown(file, &sheet.name),
                line: Some(*row as usize + 1),
                column: Some(heading.name.clone()),
                cell: Some(cell_name(*column, *row as usize + 1)),
                excerpt: Some(excerpt(&plain(value))),
            };
            findings.error(place, message);
            String::new()
        });
        if let Some(cell) = rows.last_mut().and_then(|row| row.cells.get_mut(position)) {
            *cell = text;
        }
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    if spec.file == PROGRAM_FILE && rows.len() > KEYS_MAX {
        let place = Place { file: shown(file, &sheet.name), ..Place::default() };
        let message = Message::new(code::TOO_MANY_ENTRIES).text("key", spec.id);
        findings.error(place, message.number("count", rows.len() as i64).number("limit", KEYS_MAX as i64));
        rows.truncate(KEYS_MAX);
    }
    tell_merged(sheet, header, file, findings);
    Some(Located { spec, sheet: sheet.name.clone(), header, columns, rows })
}

/// The row with the most known headings among the first; the first of those with as many.
fn header(sheet: &Sheet, spec: &TableSpec, headings: &Headings) -> Option<u32> {
    let known = |value: &Value| match value {
        Value::Text(text) => {
            headings.find(text).is_some() || spec.columns.iter().any(|column| column.id == normal(text))
        }
        _ => false,
    };
    let mut rows: Vec<(u32, usize)> = Vec::new();
    for ((row, _), value) in &sheet.cells {
        if rows.last().is_none_or(|(last, _)| last != row) {
            if rows.len() == ROWS_ABOVE {
                break;
            }
            rows.push((*row, 0));
        }
        if let Some((_, count)) = rows.last_mut().filter(|_| known(value)) {
            *count += 1;
        }
    }
    let most = rows.iter().map(|(_, count)| *count).max()?;
    rows.into_iter().find(|(_, count)| *count == most).map(|(row, _)| row)
}

/// Merged cells below the headings: only the first of them holds the value.
fn tell_merged(sheet: &Sheet, header: u32, file: &str, findings: &mut Findings) {
    for (first, last) in &sheet.merged {
        let Some(value) = sheet.cells.get(first).filter(|_| first.0 > header && first != last) else {
            continue;
        };
        let [from, to] = [first, last].map(|corner| cell_name(corner.1, corner.0 as usize + 1));
        let message = Message::new(code::CELL_MERGED).text("range", format!("{from}:{to}"));
        let place = Place {
            is_sheet: true,
            file: shown(file, &sheet.name),
            line: Some(first.0 as usize + 1),
            cell: Some(from),
            column: None,
            excerpt: Some(excerpt(&plain(value))),
        };
        findings.push(Severity::Warning, place, message);
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => cells::plain(*number),
        Value::Date(date) => cells::day(date),
        Value::Error(text) => text.clone(),
        Value::NotCalculated => "=…".to_string(),
    }
}

/// A value as the text that a table would have in its place.
fn text(
    value: &Value,
    column: Option<&Column>,
    spec: &TableSpec,
    from_1904: bool,
) -> Result<String, Message> {
    let kind = column.map(|column| &column.kind);
    // Whoever types 3 where a date was before sees 1900-01-03.
    let is_number = match kind {
        Some(kind) => matches!(kind, Kind::Year | Kind::Whole(_) | Kind::Integer(_) | Kind::Decimal(_)),
        None => spec.has_volumes,
    };
    match value {
        Value::Error(error) => Err(Message::new(code::CELL_ERROR).text("text", error)),
        Value::NotCalculated => Err(Message::new(code::CELL_NOT_CALCULATED)),
        Value::Date(date) if is_number => Ok(cells::plain(date.as_f64())),
        // The number of a day, in a workbook that counts them otherwise than the reader does.
        Value::Number(number)
            if from_1904
                && matches!(kind, Some(Kind::Month | Kind::Date))
                && (10_000.0..100_000.0).contains(number) =>
        {
            Ok(cells::day_since_1904(*number))
        }
        value => Ok(plain(value)),
    }
}

impl Located {
    pub fn position(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|heading| heading.column.is_some_and(|column| column.id == id))
    }

    /// The trimmed text of a row under a column; empty if there is none.
    pub fn cell<'a>(&'a self, row: &'a Row, id: &str) -> &'a str {
        self.position(id).and_then(|position| row.cells.get(position)).map_or("", |cell| cell.trim())
    }
}
