//! A sheet as a CSV file with every row in its line and every column in its place.

use super::sheet::Located;
use crate::tables::formula::harmless;

/// The file, and the row of the sheet (from 1) by line.
pub(super) fn file(table: &Located) -> (String, Vec<usize>) {
    let mut csv = Csv { text: String::new(), rows: Vec::new(), at: 0 };
    let names = table.columns.iter().map(|heading| (heading.at, heading.name.as_str()));
    csv.row(table.header, names);
    for row in &table.rows {
        let cells = table.columns.iter().zip(&row.cells).map(|(heading, cell)| (heading.at, cell.as_str()));
        csv.row(row.at, cells);
    }
    (csv.text, csv.rows)
}

struct Csv {
    text: String,
    rows: Vec<usize>,
    /// The row that comes next, counted from 0.
    at: u32,
}

impl Csv {
    fn row<'a>(&mut self, at: u32, cells: impl Iterator<Item = (u32, &'a str)>) {
        while self.at < at {
            self.line(self.at, "");
            self.at += 1;
        }
        let mut line = String::new();
        let mut column = 0;
        for (position, cell) in cells {
            while column < position {
                line.push(',');
                column += 1;
            }
            line.push_str(&quoted(&harmless(cell)));
        }
        self.line(at, &line);
        self.at = at + 1;
    }

    fn line(&mut self, row: u32, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.rows.extend(std::iter::repeat_n(row as usize + 1, line.matches('\n').count() + 1));
    }
}

/// A cell as CSV has it: in quotation marks where something in it could be taken for more.
pub(crate) fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\t', ';']) || cell.trim() != cell {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_string(),
    }
}
