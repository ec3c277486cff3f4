//! CSV as spreadsheets want it, and cells that stay text when a spreadsheet opens them.
//!
//! Excel takes a CSV file for UTF-8 only if it starts with a byte order mark, and runs any cell
//! that looks like a formula, whoever typed it. Names and ids come from other people's tables, so
//! a text that a spreadsheet might run is written with a leading apostrophe. Numbers that this
//! program counted itself are written as they are, negative ones included. Lines end with CRLF,
//! line breaks inside cells too; quoting follows RFC 4180.

use csv::{Terminator, Writer, WriterBuilder};

use super::headings::heading;
use crate::audit::Figure;
use crate::language::Catalogue;
use crate::tables::formula;

/// The mark that makes Excel read UTF-8.
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text from a table or a catalogue; made harmless where a spreadsheet might run it.
    Text(String),
    /// A number counted here; written as it is.
    Number(String),
}

impl Cell {
    pub fn text(value: impl std::fmt::Display) -> Self {
        Self::Text(value.to_string())
    }

    pub fn number(value: impl std::fmt::Display) -> Self {
        Self::Number(value.to_string())
    }

    /// A cell with nothing in it.
    pub fn empty() -> Self {
        Self::Text(String::new())
    }

    /// A figure that arrives as text: a number if it is one, else text.
    pub fn figure(value: &str) -> Self {
        match value.parse::<rust_decimal::Decimal>() {
            Ok(_) => Self::number(value),
            Err(_) => Self::text(value),
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Number(number) => number.clone(),
            Self::Text(text) => harmless(text),
        }
    }
}

impl From<&Figure> for Cell {
    fn from(figure: &Figure) -> Self {
        match figure {
            Figure::Number(number) => Self::number(number),
            Figure::None | Figure::Text(_) => Self::text(figure),
        }
    }
}

/// A text as it is written: line breaks as CRLF, and nothing a spreadsheet would run.
fn harmless(text: &str) -> String {
    formula::harmless(&text.replace("\r\n", "\n").replace(['\r', '\n'], "\r\n"))
}

/// A table on its way to a spreadsheet.
pub struct Sheet {
    writer: Writer<Vec<u8>>,
}

impl Sheet {
    pub fn new<T: AsRef<str>>(header: &[T]) -> Self {
        let writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .flexible(true)
            .from_writer(BYTE_ORDER_MARK.to_vec());
        let mut sheet = Self { writer };
        sheet.row(&header.iter().map(|name| Cell::text(name.as_ref())).collect::<Vec<_>>());
        sheet
    }

    /// A table whose columns have these ids, headed in the reader's language.
    pub fn headed(columns: &[&str], catalogue: &Catalogue) -> Self {
        Self::new(&columns.iter().map(|id| heading(id, catalogue)).collect::<Vec<_>>())
    }

    pub fn row(&mut self, cells: &[Cell]) {
        // Writing to memory has no way to fail: rows may differ in length, and a Vec takes all.
        let written = self.writer.write_record(cells.iter().map(Cell::written));
        debug_assert!(written.is_ok());
    }

    pub fn into_bytes(self) -> Vec<u8> {
        // The same here: flushing into a Vec cannot fail.
        self.writer.into_inner().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(cells: &[Cell]) -> String {
        let mut sheet = Sheet::new(&["a"]);
        sheet.row(cells);
        String::from_utf8(sheet.into_bytes()).unwrap()
    }

    #[test]
    fn starts_with_the_mark_and_ends_lines_with_crlf() {
        let bytes = written(&[Cell::text("慶應"), Cell::text("a,\"b\"")]);
        assert_eq!(bytes, "\u{feff}a\r\n慶應,\"a,\"\"b\"\"\"\r\n");
    }

    #[test]
    fn line_breaks_inside_cells_are_crlf() {
        for text in ["x\ny", "x\ry", "x\r\ny"] {
            assert_eq!(written(&[Cell::text(text)]), "\u{feff}a\r\n\"x\r\ny\"\r\n", "{text:?}");
        }
    }

    #[test]
    fn formulas_become_text_and_own_numbers_stay_numbers() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "　=1", "＝1", "－1", "＋1", "＠1",
        ] {
            assert!(harmless(text).trim_start().starts_with('\''), "{text:?}");
        }
        for text in ["", "1-2", "a=b", "2019-04", "慶應", "'x"] {
            assert_eq!(harmless(text), text);
        }
        assert_eq!(Cell::number(-3).written(), "-3");
        assert_eq!(Cell::figure("-11.8").written(), "-11.8");
        assert_eq!(Cell::figure("-11.8 人").written(), "'-11.8 人");
    }

    proptest! {
        #[test]
        fn whatever_is_written_reads_back_as_the_same_cells(cells in prop::collection::vec(".*", 1..5)) {
            let bytes = written(&cells.iter().map(Cell::text).collect::<Vec<_>>());
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_bytes());
            let read: Vec<_> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(read.len(), 1);
            let expected: Vec<String> = cells.iter().map(|cell| harmless(cell)).collect();
            prop_assert_eq!(read[0].iter().collect::<Vec<_>>(), expected);
        }
    }
}
