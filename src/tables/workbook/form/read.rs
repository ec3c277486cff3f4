//! A form that came back, as its cells stand.

use std::collections::BTreeMap;

use super::super::cells::{self, Sheet, Value};
use super::super::place::{cell_name, excerpt, shown};
use super::{Asked, Cell, Filled, HIDDEN, LEAVE_CELLS, MARK, VERSION};
use crate::diagnostic::Place;
use crate::language::Message;

/// Why a workbook is not read as a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoForm {
    /// It cannot be read at all.
    Unreadable(Message),
    /// It is another workbook.
    Other,
    /// It is a form of another version of this program.
    Version(String),
}

/// Reads the workbook that the user knows as `file`.
///
/// # Errors
/// Why it is no form; what is in its cells, whoever knows the program judges.
pub fn read(file: &str, bytes: &[u8]) -> Result<Filled, NoForm> {
    let sheets = cells::sheets(bytes).map_err(NoForm::Unreadable)?;
    let hidden = sheets.iter().find(|sheet| sheet.name == HIDDEN).ok_or(NoForm::Other)?;
    let mut said = rows(hidden).map(|(row, _)| [text(hidden, row, 0), text(hidden, row, 1)]);
    match said.next() {
        Some([mark, version]) if mark == MARK && version == VERSION => {}
        Some([mark, version]) if mark == MARK => return Err(NoForm::Version(version)),
        _ => return Err(NoForm::Other),
    }
    let mut filled = Filled { file: file.to_string(), ..Filled::default() };
    for [key, value] in said {
        match key.as_str() {
            "program" => filled.program = value,
            // The key of the resident is shared with the row that shows the id.
            "resident" => filled.resident = value,
            key => {
                if let Some(asked) = Asked::ALL.into_iter().find(|asked| asked.key() == key) {
                    filled.before.insert(asked, value);
                }
            }
        }
    }
    for sheet in sheets.iter().filter(|sheet| sheet.name != HIDDEN) {
        for (row, key) in rows(sheet) {
            let Some(asked) = Asked::ALL.into_iter().find(|asked| asked.key() == key) else { continue };
            let width = if asked == Asked::Leave { LEAVE_CELLS } else { 1 };
            let cells = (0..width).map(|at| cell(sheet, file, row, at as u32 + super::write::FIRST));
            filled.rows.entry(asked).or_default().push(cells.collect());
        }
    }
    filled.shown = filled.rows.remove(&Asked::Resident).into_iter().flatten().flatten().next();
    Ok(filled)
}

/// The rows with a key, and the key.
fn rows(sheet: &Sheet) -> impl Iterator<Item = (u32, &str)> {
    let first: BTreeMap<u32, &str> = sheet
        .cells
        .iter()
        .filter(|((_, column), _)| *column == 0)
        .filter_map(|((row, _), value)| match value {
            Value::Text(text) => Some((*row, text.as_str())),
            _ => None,
        })
        .collect();
    first.into_iter()
}

fn text(sheet: &Sheet, row: u32, column: u32) -> String {
    sheet.cells.get(&(row, column)).map(plain).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Error(text) => text.trim().to_string(),
        Value::Number(number) => cells::plain(*number),
        Value::Date(date) => cells::day(date),
        // Nobody knows what it would have been.
        Value::NotCalculated => "=…".to_string(),
    }
}

fn cell(sheet: &Sheet, file: &str, row: u32, column: u32) -> Cell {
    let text = text(sheet, row, column);
    let line = row as usize + 1;
    let place = Place {
        is_sheet: true,
        file: shown(file, &sheet.name),
        line: Some(line),
        // What the row is called, for whoever looks for it.
        column: Some(self::text(sheet, row, 1)).filter(|label| !label.is_empty()),
        cell: Some(cell_name(column, line)),
        excerpt: Some(excerpt(&text)),
    };
    Cell { text, place }
}
