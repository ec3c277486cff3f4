//! A workbook that says something new: what changed in its tables is laid into its cells, the rest stays as it is.
//!
//! Sheets of the user's own, formats, notes, formulas and the order of columns are theirs; only cells whose content
//! differs between the tables before and after are written (`part`). Rows that are gone leave blank rows, which
//! readers pass over, so nothing beside them moves. Whoever calls reads the result again before it is trusted.

use std::collections::BTreeMap;

use super::cells;
use super::part::{Content, Edit, with_cells};
use super::sheet::{Located, locate};
use super::write::{Grid, Heading, cell, may_be_number, number};
use crate::diagnostic::Findings;
use crate::language::Language;

/// The workbook whose tables are those of `after`, where they were those of `before`; `None` where a table has no
/// sheet yet, or where it cannot be done with single cells.
pub fn patched(bytes: &[u8], before: &[Grid], after: &[Grid], language: Language) -> Option<Vec<u8>> {
    let sheets = cells::sheets(bytes).ok()?;
    let mut edits = BTreeMap::new();
    for grid in after {
        let was = before.iter().find(|was| std::ptr::eq(was.spec, grid.spec))?;
        let rows = rows_under(was, &grid.columns);
        let gone: Vec<&Heading> = was.columns.iter().filter(|own| !has(&grid.columns, own)).collect();
        let come = grid.columns.iter().any(|own| matches!(own, Heading::Own(_)) && !has(&was.columns, own));
        if rows == grid.rows && gone.is_empty() && !come {
            continue;
        }
        let named = sheets.iter().filter(|sheet| !sheet.name.starts_with('_'));
        let sheet = named.into_iter().find(|sheet| grid.spec.is_called(&sheet.name))?;
        let table = locate(sheet, grid.spec, "", &mut Findings::default())?;
        let mut edit = changes(&table, &rows, grid, language)?;
        for column in gone.iter().filter_map(|heading| column_in_sheet(&table, heading)) {
            let rows = table.rows.iter().map(|row| row.at).chain([table.header]);
            edit.cells.extend(rows.map(|row| ((row, column), Content::Blank)));
        }
        edits.insert(sheet.name.clone(), edit);
    }
    if edits.is_empty() { Some(bytes.to_vec()) } else { with_cells(bytes, &edits) }
}

fn has(columns: &[Heading], heading: &Heading) -> bool {
    columns.iter().any(|own| own.name() == heading.name())
}

/// The rows of a table with other columns.
fn rows_under(grid: &Grid, columns: &[Heading]) -> Vec<Vec<String>> {
    let position = |heading: &Heading| grid.columns.iter().position(|own| own.name() == heading.name());
    let positions: Vec<Option<usize>> = columns.iter().map(position).collect();
    let text =
        |row: &Vec<String>, at: &Option<usize>| at.and_then(|at| row.get(at).cloned()).unwrap_or_default();
    grid.rows.iter().map(|row| positions.iter().map(|at| text(row, at)).collect()).collect()
}

fn changes(table: &Located, before: &[Vec<String>], grid: &Grid, language: Language) -> Option<Edit> {
    let mut edit = Edit { header: table.header, ..Edit::default() };
    let after = &grid.rows;
    let rows = rows_in_sheet(table, before, grid)?;
    let last = table.rows.last().map_or(table.header, |row| row.at);
    let same = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    // Only where rows go: a row that comes between others moves those behind it, since their order may mean something.
    let same_behind = match after.len() < before.len() {
        true => {
            let tails = before[same..].iter().rev().zip(after[same..].iter().rev());
            tails.take_while(|(old, new)| old == new).count()
        }
        false => 0,
    };
    let old = &before[same..before.len() - same_behind];
    let new = &after[same..after.len() - same_behind];
    let columns = columns(table, grid, new, language, &mut edit);
    let mut free = last;
    let empty = Vec::new();
    for position in 0..old.len().max(new.len()) {
        let (was, is) = (old.get(position).unwrap_or(&empty), new.get(position).unwrap_or(&empty));
        let row = match rows.get(same + position).copied().flatten().filter(|_| position < old.len()) {
            Some(row) => row,
            None => {
                free += 1;
                free
            }
        };
        for (at, (heading, column)) in grid.columns.iter().zip(&columns).enumerate() {
            let text = is.get(at).map_or("", String::as_str);
            if was.get(at).map_or("", String::as_str) == text {
                continue;
            }
            let text = cell(grid, heading, Some(&text.to_string()), language);
            let content = match number(&text).filter(|_| may_be_number(heading)) {
                _ if text.is_empty() => Content::Blank,
                Some(_) => Content::Number(text),
                None => Content::Text(text),
            };
            edit.cells.insert((row, (*column)?), content);
        }
    }
    Some(edit)
}

/// The row of the sheet that each row of a table was read from: by its key where there is one, for the sheet may
/// lack what has its standard value; else in the same order.
fn rows_in_sheet(table: &Located, before: &[Vec<String>], grid: &Grid) -> Option<Vec<Option<u32>>> {
    let Some(key) = grid.columns.iter().position(|heading| heading.name() == "key") else {
        let rows = table.rows.iter().map(|row| Some(row.at)).collect::<Vec<_>>();
        return (rows.len() == before.len()).then_some(rows);
    };
    let with_key = |key: &str| table.rows.iter().find(|row| table.cell(row, "key") == key).map(|row| row.at);
    Some(before.iter().map(|row| with_key(row.get(key)?)).collect())
}

/// The column of the sheet for each of a table; those that it lacks and that something is to stand in get a
/// heading.
fn columns(
    table: &Located,
    grid: &Grid,
    rows: &[Vec<String>],
    language: Language,
    edit: &mut Edit,
) -> Vec<Option<u32>> {
    let mut free = table.columns.last().map_or(0, |heading| heading.at + 1);
    let mut columns = Vec::new();
    for (at, heading) in grid.columns.iter().enumerate() {
        let there = column_in_sheet(table, heading);
        let is_filled = || rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
        // A volume that nobody knows yet is a column too.
        let is_needed = || matches!(heading, Heading::Own(_)) || is_filled();
        if there.is_none() && is_needed() {
            edit.cells.insert((table.header, free), Content::Text(heading.written(language)));
            columns.push(Some(free));
            free += 1;
        } else {
            columns.push(there);
        }
    }
    columns
}

fn column_in_sheet(table: &Located, heading: &Heading) -> Option<u32> {
    let is_it = |own: &&super::sheet::Heading| match heading {
        Heading::Known(column) => own.column.is_some_and(|own| own.id == column.id),
        Heading::Own(name) => own.column.is_none() && own.name.to_lowercase() == name.to_lowercase(),
    };
    table.columns.iter().find(is_it).map(|heading| heading.at)
}
