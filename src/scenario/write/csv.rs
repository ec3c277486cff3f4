//! A table as CSV text: cells in their columns, quoted where they have to be.

use crate::tables::formula;

/// A table while it is being written.
pub(super) struct Csv {
    text: String,
    is_empty: bool,
}

impl Csv {
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut table = Self { text: String::new(), is_empty: true };
        table.record(columns);
        table
    }

    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        self.is_empty = false;
        self.record(cells);
    }

    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    fn record<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (number, cell) in cells.into_iter().enumerate() {
            if number > 0 {
                self.text.push(',');
            }
            self.cell(cell);
        }
        self.text.push('\n');
    }

    /// A spreadsheet would run what looks like a formula; the reader takes the apostrophe away again.
    fn cell(&mut self, cell: &str) {
        let cell = formula::harmless(cell);
        if cell.contains([',', '"', '\n', '\r']) {
            self.text.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            self.text.push_str(&cell);
        }
    }
}

/// A number that may be missing, as a cell.
pub(super) fn any<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
