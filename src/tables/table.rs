//! One CSV table: cells with their place, columns found by name.
//!
//! A finding in a table names the cell as a spreadsheet does (`C7`), the line as an editor does, and
//! the bytes of the offending text, be it one item of a list in the cell.

use std::ops::Range;

use crate::diagnostic::{Findings, Place, Severity, nearest};
use crate::language::Message;

use super::catalogue::{Headings, TableSpec};
use super::records::{RawCell, Record, records};
use super::text::Text;
use super::value::{normal, pieces};
use crate::diagnostic::code;
use crate::language::spelling;

/// A table whose columns are known.
pub(crate) struct Table {
    text: Text,
    /// Per physical column the known name it carries; `None` where the header is empty.
    headers: Vec<Option<String>>,
    header_end: usize,
    rows: Vec<Record>,
}

/// The columns a table may have.
pub(crate) struct Columns<'a> {
    spec: &'static TableSpec,
    headings: Headings,
    /// Further columns that `program.toml` declares (case volumes).
    declared: &'a [String],
}

impl Columns<'static> {
    /// Those of the catalogue.
    pub fn of(spec: &'static TableSpec) -> Self {
        Self::with_declared(spec, &[])
    }
}

impl<'a> Columns<'a> {
    pub fn with_declared(spec: &'static TableSpec, declared: &'a [String]) -> Self {
        Self { spec, headings: Headings::of(spec), declared }
    }

    /// A name, or another spelling of one, that the heading of no known column likely means.
    fn near(&self, heading: &str) -> Option<&str> {
        /// Of two letters one that differs makes another word.
        const LETTERS_MIN: usize = 3;
        let plain = spelling::folded(heading);
        if plain.chars().count() < LETTERS_MIN {
            return None;
        }
        let declared = self.declared.iter().map(String::as_str);
        nearest(&plain, declared.chain(self.headings.spellings()))
            .map(|near| self.headings.find(near).map_or(near, |column| column.id))
    }

    /// The known name a header means, in either language.
    fn find(&self, header: &str) -> Option<&str> {
        let wanted = normal(header).to_lowercase();
        let declared = || self.declared.iter().map(String::as_str).find(|name| name.to_lowercase() == wanted);
        let typed = self.spec.columns.iter().map(|column| column.id).find(|id| *id == wanted);
        typed.or_else(declared).or_else(|| Some(self.headings.find(header)?.id))
    }
}

impl Table {
    /// Reads a table. `None` if its columns do not allow reading any row; why is in `findings`.
    pub fn read(text: Text, columns: &Columns<'_>, findings: &mut Findings) -> Option<Self> {
        let mut records = records(&text, findings)?.into_iter();
        let Some(header) = records.next() else {
            let list = columns.spec.required_columns().collect::<Vec<_>>().join(",");
            findings.error(text.whole(), Message::new(code::TABLE_NO_HEADER).text("columns", list));
            return None;
        };
        let rows: Vec<Record> = records.collect();
        let headers = resolve(&text, &header, &rows, columns, findings)?;
        let header_end = header.cells.last().map_or(0, |cell| cell.range.end);
        let table = Self { text, headers, header_end, rows };
        table.refuse_long_rows(findings);
        Some(table)
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as a whole.
    pub fn place(&self) -> Place {
        self.text.whole()
    }

    /// The end of the line of headings, where a column is missing.
    pub fn header_place(&self) -> Place {
        self.text.place(self.header_end..self.header_end)
    }

    /// The known names of the columns there are, from left to right.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().flatten().map(String::as_str)
    }

    /// The rows; ends early when no further finding would be kept.
    pub fn each_row(&self, findings: &mut Findings, mut read: impl FnMut(Row<'_>, &mut Findings)) {
        for record in &self.rows {
            if findings.is_full() {
                return;
            }
            read(Row { table: self, record }, findings);
        }
    }

    /// Cells beyond the header belong to no column; empty ones are harmless.
    fn refuse_long_rows(&self, findings: &mut Findings) {
        for record in &self.rows {
            let extra = record.cells.iter().enumerate().skip(self.headers.len());
            if let Some((column, cell)) = extra.into_iter().find(|(_, cell)| !cell.value.is_empty()) {
                let message = Message::new(code::ROW_TOO_LONG)
                    .text("text", &cell.value)
                    .number("columns", self.headers.len() as i64);
                let place = Place {
                    cell: Some(cell_name(column, record.sheet_row)),
                    ..self.text.place(cell.range.clone())
                };
                findings.error(place, message);
            }
        }
    }
}

/// One row with at least one value.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    table: &'a Table,
    record: &'a Record,
}

impl<'a> Row<'a> {
    /// The cell under a column; empty if the table or the row does not reach it.
    pub fn cell(self, column: &'a str) -> Cell<'a> {
        let position = self.table.headers.iter().position(|header| header.as_deref() == Some(column));
        let raw = position.and_then(|position| self.record.cells.get(position));
        Cell { row: self, column, position, raw }
    }

    /// The line the row starts in.
    pub fn line(self) -> usize {
        self.record.cells.first().map_or(1, |cell| self.table.text.line_of(cell.range.start))
    }
}

/// A cell of a row.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    row: Row<'a>,
    column: &'a str,
    position: Option<usize>,
    raw: Option<&'a RawCell>,
}

impl<'a> Cell<'a> {
    /// The value, trimmed; empty if there is none.
    pub fn text(self) -> &'a str {
        self.raw.map_or("", |raw| raw.value.as_str())
    }

    pub fn is_empty(self) -> bool {
        self.text().is_empty()
    }

    pub fn place(self) -> Place {
        let end = self.row.record.cells.last().map_or(0, |cell| cell.range.end);
        self.place_of_range(self.raw.map_or(end..end, |raw| raw.range.clone()))
    }

    /// The values of a list, each with its place (see `value::pieces`).
    pub fn list(self, known: impl Fn(&str) -> bool) -> Vec<(&'a str, Place)> {
        let Some(raw) = self.raw.filter(|raw| !raw.value.is_empty()) else {
            return Vec::new();
        };
        // Where the cell stands in the file as its value says (no doubled quotes), a part of the
        // value is a part of the line.
        let written = self.row.table.text.content.get(raw.range.clone()).unwrap_or_default();
        let start = written.find(raw.value.as_str()).map(|offset| raw.range.start + offset);
        let mut parts = Vec::new();
        for (at, item) in pieces(&raw.value, known) {
            let trimmed = item.trim();
            let offset = at + (item.len() - item.trim_start().len());
            if trimmed.is_empty() {
                continue;
            }
            let range = start.map(|start| start + offset..start + offset + trimmed.len());
            parts.push((trimmed, self.place_of_range(range.unwrap_or(raw.range.clone()))));
        }
        parts
    }

    /// Reads the value, reporting at this cell what is wrong.
    pub fn read<T>(
        self,
        findings: &mut Findings,
        read: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        if self.is_empty() {
            findings.error(self.place(), Message::new(code::VALUE_EMPTY));
            return None;
        }
        read(self.text()).map_err(|message| findings.error(self.place(), message)).ok()
    }

    /// As [`Self::read`], but an empty cell is no value.
    pub fn read_if_any<T>(
        self,
        findings: &mut Findings,
        read: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        if self.is_empty() { None } else { self.read(findings, read) }
    }

    /// The position of the id in the cell, reporting an unknown one (see `Names::find`).
    pub fn find(
        self,
        findings: &mut Findings,
        names: &super::value::Names,
        unknown: &'static str,
    ) -> Option<usize> {
        match names.find_or_restore(self.text(), unknown) {
            Ok(found) => {
                if let Some(id) = found.restored {
                    let message = Message::new(code::ID_WAS_DATE).text("text", self.text()).text("id", id);
                    findings.once_per_file(Severity::Warning, self.place(), message);
                }
                Some(found.position)
            }
            Err(message) => {
                if let Some(message) = message {
                    findings.error(self.place(), message);
                }
                None
            }
        }
    }

    fn place_of_range(self, range: Range<usize>) -> Place {
        let cell = self.position.map(|column| cell_name(column, self.row.record.sheet_row));
        Place { column: Some(self.column.to_string()), cell, ..self.row.table.text.place(range) }
    }
}

/// Gives every column its known name, or reports all that have none.
fn resolve(
    text: &Text,
    header: &Record,
    rows: &[Record],
    columns: &Columns<'_>,
    findings: &mut Findings,
) -> Option<Vec<Option<String>>> {
    let place = |position: usize, raw: &RawCell| Place {
        cell: Some(cell_name(position, header.sheet_row)),
        column: Some(raw.value.clone()),
        ..text.place(raw.range.clone())
    };
    if let [only] = header.cells.as_slice()
        && only.value.contains([';', '\t', '；', '，'])
    {
        findings.error(place(0, only), Message::new(code::TABLE_SEPARATOR));
        return None;
    }
    let mut headers: Vec<Option<String>> = Vec::new();
    let mut unread = Vec::new();
    for (position, raw) in header.cells.iter().enumerate() {
        let known = columns.find(&raw.value);
        match known {
            None if raw.value.is_empty() => {
                let values = rows.iter().filter_map(|row| row.cells.get(position));
                if values.into_iter().any(|cell| !cell.value.is_empty()) {
                    findings.error(place(position, raw), Message::new(code::HEADER_EMPTY));
                }
            }
            None => match columns.near(&raw.value) {
                // Whoever misspells a column must not lose it.
                Some(near) => {
                    let hint = Message::new("hint-nearest").text("name", near);
                    let message = Message::new(code::UNKNOWN_COLUMN).text("text", &raw.value);
                    findings.error(place(position, raw), message.message("hint", hint));
                }
                None => unread.push((position, raw)),
            },
            Some(name) if headers.iter().any(|earlier| earlier.as_deref() == Some(name)) => {
                let message = Message::new(code::DUPLICATE_COLUMN).text("text", &raw.value);
                findings.error(place(position, raw), message);
            }
            Some(_) => {}
        }
        headers.push(known.map(str::to_string));
    }
    if let Some((position, raw)) = unread.first() {
        let names: Vec<&str> = unread.iter().map(|(_, raw)| raw.value.as_str()).collect();
        // Only facilities have columns whose names the program gives.
        let volumes = if columns.spec.has_volumes { "yes" } else { "no" };
        let message =
            Message::new(code::COLUMN_UNREAD).text("columns", names.join(", ")).text("volumes", volumes);
        findings.push(Severity::Note, place(*position, raw), message);
    }
    let mut complete = true;
    for required in columns.spec.required_columns() {
        if !headers.iter().any(|header| header.as_deref() == Some(required)) {
            complete = false;
            let end = header.cells.last().map_or(0, |cell| cell.range.end);
            let line = Place { column: Some(required.to_string()), ..text.place(end..end) };
            findings.error(line, Message::new(code::MISSING_COLUMN).text("column", required));
        }
    }
    complete.then_some(headers)
}

/// The name of a cell in a spreadsheet: column letters and row number.
pub(super) fn cell_name(column: usize, row: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::{Column, Kind};
    use super::*;

    static SPEC: TableSpec = TableSpec {
        id: "t",
        file: "t.csv",
        key: "",
        has_volumes: false,
        required: false,
        columns: &[
            Column { id: "id", key: "heading-resident-id", kind: Kind::Id, required: true, example: "" },
            Column {
                id: "name",
                key: "heading-resident-name",
                kind: Kind::Text,
                required: false,
                example: "",
            },
            Column {
                id: "wishes",
                key: "heading-course-wishes",
                kind: Kind::Text,
                required: false,
                example: "",
            },
        ],
    };

    fn table(content: &str) -> (Option<Table>, Findings) {
        let mut findings = Findings::default();
        let text = Text::decode("t.csv", content.as_bytes(), &mut findings).unwrap();
        (Table::read(text, &Columns::of(&SPEC), &mut findings), findings)
    }

    fn cells(content: &str, column: &str) -> Vec<(String, Option<usize>, Option<String>)> {
        let (table, mut findings) = table(content);
        let mut seen = Vec::new();
        table.unwrap().each_row(&mut findings, |row, _| {
            let cell = row.cell(column);
            seen.push((cell.text().to_string(), cell.place().line, cell.place().cell));
        });
        assert_eq!(findings, Findings::default());
        seen
    }

    #[test]
    fn lines_are_the_editors_and_cells_the_spreadsheets() {
        let content = "\n ID ,ｎａｍｅ,\r\n1,\"a\r\nb\",\r\n\r\n,,\r\n2,c,\r\n";
        let expected = [
            ("a\nb".to_string(), Some(3), Some("B3".to_string())),
            ("c".to_string(), Some(7), Some("B6".to_string())),
        ];
        assert_eq!(cells(content, "name"), expected);
        assert_eq!(cells("id\n1\n", "name"), [(String::new(), Some(2), None)]);
    }

    #[test]
    fn a_list_knows_where_its_parts_are() {
        let (table, mut findings) = table("wishes,id\n\" a ;bb； ;c\",1\n");
        table.unwrap().each_row(&mut findings, |row, _| {
            let parts = row.cell("wishes").list(|_| false);
            let seen: Vec<&str> = parts.iter().map(|(part, _)| *part).collect();
            assert_eq!(seen, ["a", "bb", "c"]);
            for (part, place) in parts {
                let (line, range) = place.excerpt.unwrap();
                assert_eq!(&line[range], part);
            }
        });
    }

    #[test]
    fn cell_names() {
        assert_eq!(cell_name(0, 1), "A1");
        assert_eq!(cell_name(25, 2), "Z2");
        assert_eq!(cell_name(26, 3), "AA3");
        assert_eq!(cell_name(701, 4), "ZZ4");
        assert_eq!(cell_name(702, 4), "AAA4");
    }

    #[test]
    fn an_open_quote_is_found() {
        assert_eq!(table("id,name\n1,\"a\n2,b\n").1.list[0].code(), code::QUOTE_OPEN);
        assert_eq!(table("id,name\n1,\"a\"\"\"\n").1, Findings::default());
    }
}
