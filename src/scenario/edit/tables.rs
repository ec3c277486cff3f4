//! The changes a what-if makes in tables: a cell, a row more, rows gone.

use super::sheet::Sheet;
use crate::language::spelling;
use crate::scenario::LockKind;
use crate::tables::value::{month, normal, pieces, word};

/// Whether the cell of a row names the id.
fn names(sheet: &Sheet, row: usize, column: usize, id: &str) -> bool {
    normal(sheet.cell(row, column)) == id
}

/// Sets a cell of the row with an id.
pub(super) fn set(sheet: &mut Sheet, key: &str, id: &str, column: &str, text: &str) {
    let Some(key) = sheet.column(key) else { return };
    let Some(row) = sheet.rows().find(|&row| names(sheet, row, key, id)) else { return };
    let column = sheet.column_or_new(column);
    sheet.set(row, column, text);
}

/// The row of the section with an id, whatever its facility is called; names are folded.
fn section(sheet: &Sheet, facility: &[String], id: &str) -> Option<usize> {
    let (at, key) = (sheet.column("facility")?, sheet.column("id")?);
    let is_there = |row: usize| facility.contains(&spelling::folded(sheet.cell(row, at)));
    sheet.rows().find(|&row| names(sheet, row, key, id) && is_there(row))
}

/// The cell of a section.
pub(super) fn cell_in_section(
    sheet: &mut Sheet,
    facility: &[String],
    id: &str,
    column: &str,
) -> Option<String> {
    let row = section(sheet, facility, id)?;
    Some(sheet.cell(row, sheet.column(column)?).to_string())
}

/// Sets a cell of a section.
pub(super) fn set_in_section(sheet: &mut Sheet, facility: &[String], id: &str, column: &str, text: &str) {
    let Some(row) = section(sheet, facility, id) else { return };
    let column = sheet.column_or_new(column);
    sheet.set(row, column, text);
}

/// Sets a cell of the row of a number, counted from 1.
pub(super) fn set_in_numbered(sheet: &mut Sheet, number: usize, column: &str, text: &str) {
    if sheet.rows().contains(&number) {
        let column = sheet.column_or_new(column);
        sheet.set(number, column, text);
    }
}

/// The cell of the row with an id.
pub(super) fn cell(sheet: &mut Sheet, key: &str, id: &str, column: &str) -> Option<String> {
    let (key, column) = (sheet.column(key)?, sheet.column(column)?);
    let row = sheet.rows().find(|&row| names(sheet, row, key, id))?;
    Some(sheet.cell(row, column).to_string())
}

/// All cells of a column.
pub(super) fn column(sheet: &mut Sheet, column: &str) -> Vec<String> {
    let Some(column) = sheet.column(column) else { return Vec::new() };
    sheet.rows().map(|row| sheet.cell(row, column).to_string()).collect()
}

/// Adds a row; columns that the table lacks come with it.
pub(super) fn add(sheet: &mut Sheet, cells: &[(String, String)]) {
    let row = sheet.push();
    for (column, cell) in cells {
        let column = sheet.column_or_new(column);
        sheet.set(row, column, cell);
    }
}

/// Takes all rows about an id out; how many there were.
pub(super) fn remove(sheet: &mut Sheet, key: &str, id: &str) -> usize {
    let Some(key) = sheet.column(key) else { return 0 };
    sheet.retain(|sheet, row| !names(sheet, row, key, id))
}

/// As [`remove`], with the rows about sections of the facility, called `facility/section`.
pub(super) fn remove_with_sections(sheet: &mut Sheet, key: &str, id: &str) -> usize {
    let Some(key) = sheet.column(key) else { return 0 };
    sheet.retain(|sheet, row| {
        let place = normal(sheet.cell(row, key));
        let facility = place.rsplit_once('/').map_or(place.as_str(), |(facility, _)| facility);
        place != id && facility != id
    })
}

/// Whether a row has all these cells; a month may be written in any way.
fn says(sheet: &Sheet, row: usize, cells: &[(&str, &str)]) -> bool {
    cells.iter().all(|(column, wanted)| {
        let cell = sheet.column(column).map_or("", |column| sheet.cell(row, column));
        normal(cell) == *wanted
            || matches!((month(cell), month(wanted)), (Ok(one), Ok(other)) if one == other)
    })
}

/// A lock: the ids of its resident and its place, with the names they may have instead, folded.
pub(super) struct LockRow<'a> {
    pub resident: (&'a str, Vec<String>),
    pub facility: (&'a str, Vec<String>),
    /// An empty id: the whole facility.
    pub section: (&'a str, Vec<String>),
    /// First month and months.
    pub span: [&'a str; 2],
    pub kind: &'a str,
}

/// Takes the rows that ask for a lock out, however they write it; how many there were.
pub(super) fn remove_lock(sheet: &mut Sheet, lock: &LockRow<'_>) -> usize {
    let [start, months] = lock.span;
    let is_it = |sheet: &Sheet, row: usize| {
        let cell = |column| sheet.column(column).map_or("", |column| sheet.cell(row, column));
        // Ids differ in signs that names may leave out.
        let is = |column, (id, names): &(&str, Vec<String>)| {
            normal(cell(column)) == *id || names.contains(&spelling::folded(cell(column)))
        };
        is("resident", &lock.resident)
            && is("facility", &lock.facility)
            && is("section", &lock.section)
            && says(sheet, row, &[("start", start), ("months", months)])
            && word(cell("kind"), &LockKind::ALL, LockKind::id).is_ok_and(|kind| kind.id() == lock.kind)
    };
    sheet.retain(|sheet, row| !is_it(sheet, row))
}

/// Takes all rows with these cells out; how many there were.
pub(super) fn remove_row(sheet: &mut Sheet, cells: &[(&str, &str)]) -> usize {
    sheet.retain(|sheet, row| !says(sheet, row, cells))
}

/// Sets a cell of the rows with these cells; how many there are.
pub(super) fn set_in_row(sheet: &mut Sheet, cells: &[(&str, &str)], column: &str, text: &str) -> usize {
    let column = sheet.column_or_new(column);
    let rows: Vec<usize> = sheet.rows().filter(|&row| says(sheet, row, cells)).collect();
    rows.iter().for_each(|&row| sheet.set(row, column, text));
    rows.len()
}

/// Takes an id out of all lists of a column.
pub(super) fn remove_wish(sheet: &mut Sheet, column: &str, id: &str) {
    let Some(column) = sheet.column(column) else { return };
    for row in sheet.rows() {
        let pieces = pieces(sheet.cell(row, column), |_| false);
        let wishes: Vec<&str> = pieces.into_iter().map(|(_, wish)| wish.trim()).collect();
        if wishes.iter().any(|wish| normal(wish) == id) {
            let kept: Vec<&str> = wishes.into_iter().filter(|wish| normal(wish) != id).collect();
            let kept = kept.join(";");
            sheet.set(row, column, &kept);
        }
    }
}

/// Enters a change of a facility, in the place of one of the same column and month.
pub(super) fn set_change(sheet: &mut Sheet, row: [(&str, &String); 4]) {
    let columns = row.map(|(column, _)| sheet.column_or_new(column));
    let values = row.map(|(_, value)| value);
    let same = |sheet: &Sheet, row: usize| {
        let cells = columns.iter().zip(values).take(3);
        cells.into_iter().all(|(&column, value)| {
            normal(sheet.cell(row, column)).to_lowercase() == normal(value).to_lowercase()
        })
    };
    let known = sheet.rows().find(|&row| same(sheet, row));
    let row = known.unwrap_or_else(|| sheet.push());
    for (column, value) in columns.into_iter().zip(values) {
        sheet.set(row, column, value);
    }
}
