//! The tables as they are typed, with what the reader says of their cells; and what changes from some to others.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Findings};
use crate::language::Catalogue;
use crate::output::findings_json;
use crate::scenario::edit::rows;
use crate::scenario::{PROGRAM, Sources};
use crate::tables::catalogue::{Headings, TABLES, TableSpec, table_of_file};
use crate::tables::text::Text;
use crate::tables::workbook::Places;

/// A file that a program may have, by name.
pub fn file(name: &str) -> Option<&'static str> {
    std::iter::once(PROGRAM).chain(TABLES.iter().map(|table| table.file)).find(|known| *known == name)
}

/// All tables: headings, rows with their lines, and the findings of the reader, which name file, line and column.
pub fn tables(
    sources: &Sources,
    findings: &Findings,
    places: Option<&Places>,
    catalogue: &Catalogue,
) -> Value {
    let text =
        sources.files.get(PROGRAM).and_then(|bytes| Text::decode(PROGRAM, bytes, &mut Findings::default()));
    let table = |spec: &&'static TableSpec| {
        let mut rows = rows(sources, spec.file).into_iter();
        let headings = Headings::of(spec);
        let header = rows.next().map(|(_, cells)| cells).unwrap_or_else(|| all_columns(spec));
        let heading = |cell: &String| match headings.find(cell) {
            Some(column) => json!({ "id": column.id, "name": catalogue.word(column.key) }),
            None => json!({ "id": cell, "name": cell }),
        };
        json!({
            "file": spec.file,
            "title": catalogue.word(spec.key),
            "columns": header.iter().map(heading).collect::<Vec<_>>(),
            "rows": rows.map(|(line, cells)| json!({ "line": line, "cells": cells })).collect::<Vec<_>>(),
        })
    };
    json!({
        "program": text.map(|text| text.content),
        "tables": TABLES.iter().map(table).collect::<Vec<_>>(),
        "findings": told(findings, places, catalogue),
    })
}

/// The headings that a table gets with its first row.
fn all_columns(spec: &TableSpec) -> Vec<String> {
    spec.columns.iter().map(|column| column.id.to_string()).collect()
}

/// The heading of a column, as it is typed in the table or as the table would get it.
pub fn heading(sources: &Sources, file: &str, column: usize) -> Option<String> {
    let typed = rows(sources, file).into_iter().next().map(|(_, cells)| cells);
    let all = typed.or_else(|| table_of_file(file).map(all_columns))?;
    all.get(column).cloned()
}

/// The reader's findings with file, line and column, by which the page finds the cell; `place` is where people look:
/// the same, or of a workbook the sheet and the cell, as `kenshu check` tells them.
fn told(findings: &Findings, places: Option<&Places>, catalogue: &Catalogue) -> Vec<Value> {
    let one = |finding: &Diagnostic| {
        let alone = |finding: &Diagnostic| {
            let mut alone = Findings::default();
            alone.list.push(finding.clone());
            alone
        };
        let json = |finding: &Diagnostic| {
            let text = findings_json::check(&alone(finding), None, catalogue);
            let json: Value = serde_json::from_str(&text).unwrap_or_default();
            json["diagnostics"][0].clone()
        };
        let mut moved = alone(finding);
        if let Some(places) = places {
            places.relocate(&mut moved);
        }
        let (mut here, there) = (json(finding), json(moved.list.first()?));
        here["message"] = there["message"].clone();
        here["place"] = json!({
            "file": there["file"], "line": there["line"], "column": there["column"],
            "cell": places.map(|_| &there["cell"]),
        });
        Some(here)
    };
    findings.list.iter().filter_map(one).collect()
}

/// What differs between two states of the tables, row by row: cells that change, rows that come and go. Of
/// `program.toml` a row is a line.
pub fn changes(before: &Sources, after: &Sources, catalogue: &Catalogue) -> Vec<Value> {
    let mut told = Vec::new();
    let lines = |sources: &Sources| -> Vec<Vec<String>> {
        let text = sources.files.get(PROGRAM);
        let text = text.and_then(|bytes| Text::decode(PROGRAM, bytes, &mut Findings::default()));
        let content = text.map(|text| text.content.to_string()).unwrap_or_default();
        content.lines().map(|line| vec![line.trim().to_string()]).collect()
    };
    for (before, after) in replaced(&lines(before), &lines(after)) {
        let line = |row: Option<&Vec<String>>| row.and_then(|row| row.first()).cloned().unwrap_or_default();
        told.push(
            json!({ "file": PROGRAM, "row": "", "column": "", "before": line(before), "after": line(after) }),
        );
    }
    for spec in TABLES {
        let headings = Headings::of(spec);
        let read = |sources: &Sources| {
            let mut rows = rows(sources, spec.file).into_iter().map(|(_, cells)| cells);
            let header = rows.next().unwrap_or_default();
            (header, rows.collect::<Vec<_>>())
        };
        let ((columns, old), (new_columns, new)) = (read(before), read(after));
        let cell = |columns: &[String], row: Option<&Vec<String>>, column: &String| {
            let at = columns.iter().position(|known| known == column);
            row.zip(at).and_then(|(row, at)| row.get(at)).cloned().unwrap_or_default()
        };
        let all = || new_columns.iter().chain(columns.iter().filter(|column| !new_columns.contains(column)));
        // Rows are compared as they stand under the columns of both.
        let wide = |columns: &[String], rows: &[Vec<String>]| -> Vec<Vec<String>> {
            rows.iter().map(|row| all().map(|column| cell(columns, Some(row), column)).collect()).collect()
        };
        for (before, after) in replaced(&wide(&columns, &old), &wide(&new_columns, &new)) {
            let row = before.or(after).and_then(|row| row.first()).cloned().unwrap_or_default();
            for (at, column) in all().enumerate() {
                let value =
                    |row: Option<&Vec<String>>| row.and_then(|row| row.get(at)).cloned().unwrap_or_default();
                let (before, after) = (value(before), value(after));
                if before != after {
                    let name =
                        headings.find(column).map_or(column.clone(), |known| catalogue.word(known.key));
                    told.push(json!({
                        "file": spec.file, "title": catalogue.word(spec.key), "row": row, "column": name,
                        "before": before, "after": after,
                    }));
                }
            }
        }
    }
    told
}

/// A row before and after; of one that comes or goes only one of them.
type Replaced<'r> = (Option<&'r Vec<String>>, Option<&'r Vec<String>>);

/// Rows that are not in both lists, in their order: what stands in the place of what, else what comes or goes.
fn replaced<'r>(before: &'r [Vec<String>], after: &'r [Vec<String>]) -> Vec<Replaced<'r>> {
    let (height, width) = (before.len(), after.len());
    // How many rows the rest of both lists can have in common.
    let mut common = vec![vec![0u32; width + 1]; height + 1];
    for i in (0..height).rev() {
        for j in (0..width).rev() {
            common[i][j] = match before[i] == after[j] {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    let (mut gone, mut new): (Vec<&Vec<String>>, Vec<&Vec<String>>) = (Vec::new(), Vec::new());
    while i < height || j < width {
        if i < height && j < width && before[i] == after[j] {
            pair(&mut pairs, &mut gone, &mut new);
            (i, j) = (i + 1, j + 1);
        } else if j == width || (i < height && common[i + 1][j] >= common[i][j + 1]) {
            gone.push(&before[i]);
            i += 1;
        } else {
            new.push(&after[j]);
            j += 1;
        }
    }
    pair(&mut pairs, &mut gone, &mut new);
    pairs
}

/// Rows between two that stay, each with what stands in its place.
fn pair<'r>(pairs: &mut Vec<Replaced<'r>>, gone: &mut Vec<&'r Vec<String>>, new: &mut Vec<&'r Vec<String>>) {
    for at in 0..gone.len().max(new.len()) {
        pairs.push((gone.get(at).copied(), new.get(at).copied()));
    }
    gone.clear();
    new.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn told(before: &str, after: &str) -> Vec<(String, String, String)> {
        let sources = |text: &str| {
            let mut sources = Sources::default();
            sources.files.insert("facilities.csv".to_string(), text.as_bytes().to_vec());
            sources
        };
        let changes = changes(&sources(before), &sources(after), &Catalogue::new(Language::En));
        let text = |value: &Value| value.as_str().unwrap().to_string();
        changes.iter().map(|one| (text(&one["row"]), text(&one["before"]), text(&one["after"]))).collect()
    }

    fn of(told: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        told.iter().map(|(a, b, c)| (a.to_string(), b.to_string(), c.to_string())).collect()
    }

    #[test]
    fn a_cell_a_row_and_a_column_are_told() {
        let before = "id,supervisors\na,1\nb,2\nc,3\n";
        assert_eq!(told(before, before), []);
        assert_eq!(told(before, "id,supervisors\na,1\nb,5\nc,3\n"), of(&[("b", "2", "5")]));
        assert_eq!(told(before, "id,supervisors\na,1\nc,3\n"), of(&[("b", "b", ""), ("b", "2", "")]));
        assert_eq!(told(before, "id,supervisors,seats\na,1,\nb,2,7\nc,3,\n"), of(&[("b", "", "7")]));
    }
}
