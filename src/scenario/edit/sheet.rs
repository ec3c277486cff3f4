//! A table as rows of cells, written back with every row in the line it had.

use crate::diagnostic::Findings;

use crate::tables::catalogue::{self, Headings};
use crate::tables::formula;
use crate::tables::records::records;
use crate::tables::text::Text;
use crate::tables::value::normal;

/// A table while it is being changed.
pub(super) struct Sheet {
    /// The header first.
    rows: Vec<Row>,
    /// The headings of the table, in either language.
    headings: Option<Headings>,
}

struct Row {
    /// Counted from 1; `None`: a new row, after all others.
    line: Option<usize>,
    cells: Vec<String>,
}

impl Sheet {
    /// `None` if there is not even a header; why is in `findings`.
    pub fn read(text: &Text, findings: &mut Findings) -> Option<Self> {
        let rows: Vec<Row> = records(text, findings)?
            .into_iter()
            .map(|record| Row {
                line: record.cells.first().map(|cell| text.line_of(cell.range.start)),
                cells: record.cells.into_iter().map(|cell| cell.value).collect(),
            })
            .collect();
        let headings = catalogue::table_of_file(&text.file).map(Headings::of);
        (!rows.is_empty()).then_some(Self { rows, headings })
    }

    /// The positions of the rows below the header.
    pub fn rows(&self) -> std::ops::Range<usize> {
        1..self.rows.len()
    }

    /// The line of a row in the file it was read from.
    pub fn line(&self, row: usize) -> Option<usize> {
        self.rows.get(row)?.line
    }

    /// The position of a column, however its heading is spelt.
    pub fn column(&self, name: &str) -> Option<usize> {
        let wanted = name.to_lowercase();
        let cells = &self.rows.first()?.cells;
        let typed = cells.iter().position(|heading| normal(heading).to_lowercase() == wanted);
        let headings = self.headings.as_ref();
        let meant = |heading: &str| headings?.find(heading).map(|column| column.id);
        typed.or_else(|| cells.iter().position(|heading| meant(heading) == Some(name)))
    }

    /// As [`Self::column`]; a column that is not there is added.
    pub fn column_or_new(&mut self, name: &str) -> usize {
        if let Some(column) = self.column(name) {
            return column;
        }
        let column = self.rows.first().map_or(0, |header| header.cells.len());
        self.set(0, column, name);
        column
    }

    /// Empty where the row does not reach the column.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.cells.get(column)).map_or("", String::as_str)
    }

    pub fn set(&mut self, row: usize, column: usize, value: &str) {
        let Some(row) = self.rows.get_mut(row) else { return };
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = row.cells.get_mut(column) {
            *cell = value.to_string();
        }
    }

    /// The rows with their lines, the header first.
    pub fn into_rows(self) -> Vec<(usize, Vec<String>)> {
        self.rows.into_iter().map(|row| (row.line.unwrap_or_default(), row.cells)).collect()
    }

    /// Adds a row at the end and returns its position.
    pub fn push(&mut self) -> usize {
        let cells = vec![String::new(); self.rows.first().map_or(0, |header| header.cells.len())];
        self.rows.push(Row { line: None, cells });
        self.rows.len() - 1
    }

    /// Keeps the header and the rows that pass.
    pub fn retain(&mut self, keep: impl Fn(&Self, usize) -> bool) -> usize {
        let kept: Vec<bool> = (0..self.rows.len()).map(|row| row == 0 || keep(self, row)).collect();
        let before = self.rows.len();
        let mut kept = kept.into_iter();
        self.rows.retain(|_| kept.next().unwrap_or(true));
        before - self.rows.len()
    }

    pub fn written(&self) -> String {
        let mut text = String::new();
        let mut line = 1;
        for row in &self.rows {
            // Blank lines stand where rows were taken out: findings name the lines of the user's file.
            while row.line.is_some_and(|own| line < own) {
                text.push('\n');
                line += 1;
            }
            let cells: Vec<String> = row.cells.iter().map(|cell| quoted(cell)).collect();
            let record = cells.join(",");
            line += record.matches('\n').count() + 1;
            text.push_str(&record);
            text.push('\n');
        }
        text
    }
}

/// A cell that reads back as the same value; the reader takes away the apostrophe before a formula.
fn quoted(cell: &str) -> String {
    let cell = formula::harmless(cell);
    match cell.contains([',', '"', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(content: &str) -> Sheet {
        let mut findings = Findings::default();
        let text = Text::decode("t.csv", content.as_bytes(), &mut findings).unwrap();
        Sheet::read(&text, &mut findings).unwrap()
    }

    #[test]
    fn rows_keep_their_lines() {
        let content = "id,name\n\n1,\"a\nb\"\n2,\"x, \"\"y\"\"\"\n3,c\n";
        assert_eq!(sheet(content).written(), content);
        let mut sheet = sheet(content);
        let id = sheet.column("ID").unwrap();
        assert_eq!(sheet.retain(|sheet, row| sheet.cell(row, id) != "1"), 1);
        assert_eq!(sheet.written(), "id,name\n\n\n\n2,\"x, \"\"y\"\"\"\n3,c\n");
    }

    #[test]
    fn columns_and_rows_are_added() {
        let mut sheet = sheet("id\n1\n");
        let seats = sheet.column_or_new("seats");
        sheet.set(1, seats, "3");
        let row = sheet.push();
        sheet.set(row, 0, "2");
        assert_eq!(sheet.written(), "id,seats\n1,3\n2,\n");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(cells in prop::collection::vec("[a-z,\"'=;\n ]{0,6}", 1..6)) {
            let mut first = sheet("id\n");
            let row = first.push();
            first.set(row, 0, "x");
            for (number, cell) in cells.iter().enumerate() {
                first.set(row, number + 1, cell.trim());
            }
            let second = sheet(&first.written());
            for (number, cell) in cells.iter().enumerate() {
                prop_assert_eq!(second.cell(1, number + 1), cell.trim());
            }
        }
    }
}
