//! The cells of a workbook, as calamine reads them.
//!
//! Cells are taken one by one and only those that hold something are kept: a range as a whole is as large as
//! its farthest cells are apart. A number is printed as the spreadsheet shows it, with 15 digits, so that an
//! id is `7` and not `7.0` and a sum is `0.3` and not `0.30000000000000004`.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, Xlsx};

use super::archive::{self, broken};
use crate::diagnostic::code;
use crate::language::Message;
use crate::tables::limits;

/// Row and column, counted from 0.
pub(super) type Position = (u32, u32);

/// A sheet with the cells that hold something.
pub(super) struct Sheet {
    pub name: String,
    pub cells: BTreeMap<Position, Value>,
    /// Merged cells: the first and the last.
    pub merged: Vec<(Position, Position)>,
    /// Whether days are counted from 1904.
    pub from_1904: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    /// A number that is shown as a date or time.
    Date(ExcelDateTime),
    /// A formula whose result is an error, such as `#N/A`.
    Error(String),
    /// A formula without a result: the program that wrote it does not calculate.
    NotCalculated,
}

/// Characters of all cells together; a text that many cells share counts in each.
const TEXT_MAX: usize = 16 * 1024 * 1024;
/// Cells that hold something.
const CELLS_MAX: usize = 1_000_000;
/// Sheets of one workbook.
const SHEETS_MAX: usize = 300;
/// Rows that a table may reach down to, blank ones included.
const ROW_MAX: u32 = 2 * limits::ROWS_MAX as u32;

/// The worksheets of a workbook, in their order.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Message> {
    archive::check(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = names.map(|sheet| sheet.name.clone()).collect();
    if names.len() > SHEETS_MAX {
        let what = Message::new("workbook-sheets").number("limit", SHEETS_MAX as i64);
        return Err(Message::new(code::WORKBOOK_TOO_LARGE).message("what", what));
    }
    let mut left = Left { cells: CELLS_MAX, text: TEXT_MAX };
    names.into_iter().map(|name| sheet(&mut book, name, &mut left)).collect()
}

/// What may still be read.
struct Left {
    cells: usize,
    text: usize,
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String, left: &mut Left) -> Result<Sheet, Message> {
    let in_sheet = |error: calamine::XlsxError| broken(format!("{name}: {error}"));
    let mut cells = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(&name).map_err(in_sheet)?;
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(in_sheet)? {
        let value = match value(record.value) {
            Some(value) => value,
            None if record.formula.is_some() => Value::NotCalculated,
            None => continue,
        };
        let (row, column) = record.pos;
        if row > ROW_MAX || column as usize >= limits::COLUMNS_MAX {
            // A blank typed by accident far away is no reason to refuse a sheet.
            if matches!(&value, Value::Text(text) if text.trim().is_empty()) {
                continue;
            }
            let message = Message::new(code::WORKBOOK_TOO_LARGE);
            let what = Message::new("workbook-range").text("sheet", &name);
            let what = what.number("rows", ROW_MAX.into()).number("columns", limits::COLUMNS_MAX as i64);
            return Err(message.message("what", what));
        }
        let length = if let Value::Text(text) = &value { text.len() } else { 0 };
        left.text = left.text.checked_sub(length).ok_or_else(too_much)?;
        left.cells = left.cells.checked_sub(1).ok_or_else(too_much)?;
        cells.insert((row, column), value);
    }
    drop(reader);
    let merged = book.merge_cells_by_sheet_name(&name).map_err(in_sheet)?;
    let merged = merged.into_iter().map(|range| (range.start, range.end)).collect();
    Ok(Sheet { name, cells, merged, from_1904: book.has_1904_epoch() })
}

fn too_much() -> Message {
    let what = Message::new("workbook-cells").number("limit", CELLS_MAX as i64);
    Message::new(code::WORKBOOK_TOO_LARGE).message("what", what)
}

fn value(value: DataRef<'_>) -> Option<Value> {
    match value {
        DataRef::Empty => None,
        DataRef::String(text) => some_text(&text),
        DataRef::SharedString(text) => some_text(text),
        DataRef::Int(number) => Some(Value::Number(number as f64)),
        DataRef::Float(number) => Some(Value::Number(number)),
        DataRef::Bool(flag) => Some(Value::Text(flag.to_string())),
        DataRef::DateTime(date) => Some(Value::Date(date)),
        DataRef::DateTimeIso(text) => {
            // The first of a month is a month.
            let date = text.split('T').next().unwrap_or_default();
            some_text(date.strip_suffix("-01").filter(|month| month.len() == 7).unwrap_or(date))
        }
        DataRef::DurationIso(text) => some_text(&text),
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
    }
}

/// Characters that no table holds are shown as such; line ends are those of Unix.
fn some_text(text: &str) -> Option<Value> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let odd = |c: char| (c.is_control() && !matches!(c, '\t' | '\n')) || c == '\u{FFFE}';
    let text = if text.contains(odd) { text.replace(odd, "\u{FFFD}") } else { text };
    (!text.is_empty()).then_some(Value::Text(text))
}

/// A number as a spreadsheet shows it.
pub(super) fn plain(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // No minus before nothing.
    format!("{}", if shown == 0.0 { 0.0 } else { shown })
}

/// A day as a table writes it: a month if it is the first of one.
pub(super) fn day(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) != (0, 0, 0) || date.is_duration() {
        return format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}");
    }
    if day == 1 { format!("{year:04}-{month:02}") } else { format!("{year:04}-{month:02}-{day:02}") }
}

/// The day a number means in the calendar of a workbook that counts from 1904.
pub(super) fn day_since_1904(number: f64) -> String {
    day(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_the_spreadsheet_shows() {
        for (number, shown) in [
            (7.0, "7"),
            (0.1 + 0.2, "0.3"),
            (54.3, "54.3"),
            (-0.0, "0"),
            (2025.0, "2025"),
            (1e15, "1000000000000000"),
            (0.000001, "0.000001"),
        ] {
            assert_eq!(plain(number), shown);
        }
    }

    #[test]
    fn days_are_months_where_they_can_be() {
        let date = |serial, from_1904| ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, from_1904);
        assert_eq!(day(&date(45_748.0, false)), "2025-04");
        assert_eq!(day(&date(45_749.0, false)), "2025-04-02");
        assert_eq!(day(&date(45_748.5, false)), "2025-04-01 12:00");
        assert_eq!(day(&date(44_286.0, true)), "2025-04");
        assert_eq!(day_since_1904(44_286.0), "2025-04");
    }
}
