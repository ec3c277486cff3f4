//! A table as rows of cells, written back with every row in the line it had, and every byte that no edit touches
//! as it was: encoding, line ends, quotation marks, blank lines.

use std::ops::Range;

use crate::diagnostic::Findings;

use crate::tables::catalogue::{self, Headings};
use crate::tables::formula;
use crate::tables::records::records;
use crate::tables::text::{Style, Text};
use crate::tables::value::normal;

/// A table while it is being changed.
pub(super) struct Sheet {
    /// The header first.
    rows: Vec<Row>,
    /// Rows that were taken out, in the order they had.
    gone: Vec<Range<usize>>,
    /// The headings of the table, in either language.
    headings: Option<Headings>,
    /// The text it was read from.
    content: String,
}

struct Row {
    /// Counted from 1; `None`: a new row, after all others.
    line: Option<usize>,
    /// Where it stands in the text; nowhere for a new row.
    range: Option<Range<usize>>,
    cells: Vec<Cell>,
}

struct Cell {
    value: String,
    /// As it stands in the text, quotation marks included; nowhere once it was changed.
    written: Option<Range<usize>>,
    is_quoted: bool,
}

impl Cell {
    fn new(value: &str) -> Self {
        Self { value: value.to_string(), written: None, is_quoted: false }
    }
}

impl Sheet {
    /// `None` if there is not even a header; why is in `findings`.
    pub fn read(text: &Text, findings: &mut Findings) -> Option<Self> {
        let is_quoted = |range: &Range<usize>| {
            text.content.get(range.clone()).is_some_and(|written| written.starts_with('"'))
        };
        let rows: Vec<Row> = records(text, findings)?
            .into_iter()
            .map(|record| {
                let ends = record.cells.first().zip(record.cells.last());
                let range = ends.map(|(first, last)| first.range.start..last.range.end);
                Row {
                    line: range.as_ref().map(|range| text.line_of(range.start)),
                    range,
                    cells: record
                        .cells
                        .into_iter()
                        .map(|cell| Cell {
                            is_quoted: is_quoted(&cell.range),
                            value: cell.value,
                            written: Some(cell.range),
                        })
                        .collect(),
                }
            })
            .collect();
        let headings = catalogue::table_of_file(&text.file).map(Headings::of);
        let content = text.content.clone();
        (!rows.is_empty()).then_some(Self { rows, gone: Vec::new(), headings, content })
    }

    /// The positions of the rows below the header.
    pub fn rows(&self) -> Range<usize> {
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
        let typed = cells.iter().position(|heading| normal(&heading.value).to_lowercase() == wanted);
        let headings = self.headings.as_ref();
        let meant = |heading: &str| headings?.find(heading).map(|column| column.id);
        typed.or_else(|| cells.iter().position(|heading| meant(&heading.value) == Some(name)))
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
        self.rows.get(row).and_then(|row| row.cells.get(column)).map_or("", |cell| cell.value.as_str())
    }

    pub fn set(&mut self, row: usize, column: usize, value: &str) {
        let Some(row) = self.rows.get_mut(row) else { return };
        if row.cells.len() <= column {
            row.cells.resize_with(column + 1, || Cell::new(""));
        }
        if let Some(cell) = row.cells.get_mut(column).filter(|cell| cell.value != value) {
            (cell.value, cell.written) = (value.to_string(), None);
        }
    }

    /// The rows with their lines, the header first.
    pub fn into_rows(self) -> Vec<(usize, Vec<String>)> {
        let cells = |row: Row| row.cells.into_iter().map(|cell| cell.value).collect();
        self.rows.into_iter().map(|row| (row.line.unwrap_or_default(), cells(row))).collect()
    }

    /// Adds a row at the end and returns its position.
    pub fn push(&mut self) -> usize {
        let width = self.rows.first().map_or(0, |header| header.cells.len());
        self.rows.push(Row { line: None, range: None, cells: (0..width).map(|_| Cell::new("")).collect() });
        self.rows.len() - 1
    }

    /// Keeps the header and the rows that pass.
    pub fn retain(&mut self, keep: impl Fn(&Self, usize) -> bool) -> usize {
        let kept: Vec<bool> = (0..self.rows.len()).map(|row| row == 0 || keep(self, row)).collect();
        let before = self.rows.len();
        let out = self.rows.iter().zip(&kept).filter(|(_, kept)| !**kept);
        self.gone.extend(out.filter_map(|(row, _)| row.range.clone()));
        self.gone.sort_by_key(|range| range.start);
        let mut kept = kept.into_iter();
        self.rows.retain(|_| kept.next().unwrap_or(true));
        before - self.rows.len()
    }

    /// The file, `bytes` being what it was read from.
    pub fn written(&self, bytes: &[u8]) -> Vec<u8> {
        let pieces = self.pieces();
        let style = Style::of(bytes);
        if let Some(origins) = style.origins(bytes).filter(|origins| origins.len() == self.content.len() + 1)
            && let Some(written) = pieces.iter().try_fold(style.mark().to_vec(), |mut all, piece| {
                match piece {
                    Piece::Kept(range) => {
                        all.extend(bytes.get(*origins.get(range.start)?..*origins.get(range.end)?)?)
                    }
                    Piece::End => all.extend(style.line_end().as_bytes()),
                    Piece::New(text) => all.extend(style.encoded(text)?),
                }
                Some(all)
            })
        {
            return written;
        }
        // What was typed has no place in the encoding of the file.
        let text = pieces.iter().map(|piece| match piece {
            Piece::Kept(range) => self.content.get(range.clone()).unwrap_or_default(),
            Piece::End => "\n",
            Piece::New(text) => text.as_str(),
        });
        style.written(&text.collect::<String>())
    }

    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for row in &self.rows {
            let Some(range) = &row.range else { continue };
            self.between(at..range.start, false, &mut pieces);
            self.row(row, range, &mut pieces);
            at = range.end;
        }
        self.between(at..self.content.len(), true, &mut pieces);
        let mut is_open = !self.content.ends_with('\n') && !self.content.is_empty();
        for row in self.rows.iter().filter(|row| row.range.is_none()) {
            if std::mem::take(&mut is_open) {
                pieces.push(Piece::End);
            }
            let cells: Vec<String> = row.cells.iter().map(|cell| quoted(&cell.value, false)).collect();
            pieces.extend([Piece::New(cells.join(",")), Piece::End]);
        }
        pieces
    }

    /// What stands between two rows, or after the last. Of a row that was taken out its lines stay where rows follow,
    /// since findings name the lines of the user's file.
    fn between(&self, range: Range<usize>, is_end: bool, pieces: &mut Vec<Piece>) {
        let mut at = range.start;
        for gone in self.gone.iter().filter(|gone| range.start <= gone.start && gone.end <= range.end) {
            pieces.push(Piece::Kept(at..gone.start));
            if is_end {
                let has_end = self.content.get(gone.end..).is_some_and(|rest| rest.starts_with('\n'));
                at = gone.end + usize::from(has_end);
            } else {
                pieces.extend((0..self.breaks(gone)).map(|_| Piece::End));
                at = gone.end;
            }
        }
        pieces.push(Piece::Kept(at..range.end));
    }

    fn row(&self, row: &Row, range: &Range<usize>, pieces: &mut Vec<Piece>) {
        if row.cells.iter().all(|cell| cell.written.is_some()) {
            pieces.push(Piece::Kept(range.clone()));
            return;
        }
        let mut breaks = 0;
        for (number, cell) in row.cells.iter().enumerate() {
            if number > 0 {
                pieces.push(Piece::New(",".to_string()));
            }
            match &cell.written {
                Some(written) => {
                    breaks += self.breaks(written);
                    pieces.push(Piece::Kept(written.clone()));
                }
                None => {
                    breaks += cell.value.matches('\n').count();
                    pieces.push(Piece::New(quoted(&cell.value, cell.is_quoted)));
                }
            }
        }
        pieces.extend((breaks..self.breaks(range)).map(|_| Piece::End));
    }

    /// Line breaks within a range of the text.
    fn breaks(&self, range: &Range<usize>) -> usize {
        self.content.get(range.clone()).unwrap_or_default().matches('\n').count()
    }
}

/// A piece of the file that is written.
enum Piece {
    /// What stood there before.
    Kept(Range<usize>),
    New(String),
    /// A line end.
    End,
}

/// A cell that reads back as the same value; the reader takes away the apostrophe before a formula.
fn quoted(cell: &str, always: bool) -> String {
    let cell = formula::harmless(cell);
    match always || cell.contains([',', '"', '\n']) {
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

    fn written(sheet: &Sheet) -> String {
        String::from_utf8(sheet.written(sheet.content.as_bytes())).unwrap()
    }

    /// A file of an office: a mark of its encoding, CRLF, cells quoted without need, blanks, a row of empty cells.
    const OFFICE: &str = "id,\"name\",note\r\n1,\"川崎\", x \r\n,,\r\n\r\n2,\"a, b\",\"\"\r\n3,髙,~\r\n";

    fn encoded(text: &str, is_cp932: bool) -> Vec<u8> {
        match is_cp932 {
            true => encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
            false => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        }
    }

    fn read(bytes: &[u8]) -> Sheet {
        let mut findings = Findings::default();
        let text = Text::decode("t.csv", bytes, &mut findings).unwrap();
        Sheet::read(&text, &mut findings).unwrap()
    }

    #[test]
    fn a_cell_that_is_changed_changes_its_own_bytes() {
        for is_cp932 in [false, true] {
            let bytes = encoded(OFFICE, is_cp932);
            assert_eq!(read(&bytes).written(&bytes), bytes, "{is_cp932}");
            for (row, column, value, before, after) in [
                (1, 1, "横浜", "\"川崎\"", "\"横浜\""),
                (1, 0, "9", "\r\n1,", "\r\n9,"),
                (2, 1, "c", "\"a, b\"", "\"c\""),
                (3, 2, "p, q", "~", "\"p, q\""),
                (3, 1, "髙い", "髙", "髙い"),
            ] {
                let mut sheet = read(&bytes);
                sheet.set(row, column, value);
                let expected = encoded(&OFFICE.replacen(before, after, 1), is_cp932);
                assert_eq!(sheet.written(&bytes), expected, "{is_cp932}, {value}");
            }
        }
    }

    #[test]
    fn bytes_that_mean_one_character_stay_those_that_were_there() {
        // Two spellings of one character in CP932; a library writes one of them.
        let bytes = [b"id,name\n1,".as_slice(), &[0xFA, 0x5B], b"\r\n2,", &[0x81, 0xE6], b"\r3,x\n"].concat();
        let mut sheet = read(&bytes);
        sheet.set(3, 1, "y");
        let expected = [&bytes[..bytes.len() - 2], b"y\n"].concat();
        assert_eq!(sheet.written(&bytes), expected);
    }

    #[test]
    fn rows_come_and_go_in_the_files_own_line_ends() {
        let bytes = encoded("id,name\r\n1,a\r\n2,b", true);
        let mut sheet = read(&bytes);
        sheet.retain(|sheet, row| sheet.cell(row, 0) != "1");
        let row = sheet.push();
        sheet.set(row, 0, "3");
        assert_eq!(sheet.written(&bytes), b"id,name\r\n\r\n2,b\r\n3,\r\n");
    }

    #[test]
    fn what_an_encoding_has_no_place_for_is_written_in_one_that_has() {
        let bytes = encoded("id,name\r\n1,川崎\r\n", true);
        let mut sheet = read(&bytes);
        sheet.set(1, 1, "Zoë");
        assert_eq!(sheet.written(&bytes), encoded("id,name\r\n1,Zoë\r\n", false));
    }

    #[test]
    fn rows_keep_their_lines() {
        let content = "id,name\n\n1,\"a\nb\"\n2,\"x, \"\"y\"\"\"\n3,c\n";
        assert_eq!(written(&sheet(content)), content);
        let mut sheet = sheet(content);
        let id = sheet.column("ID").unwrap();
        assert_eq!(sheet.retain(|sheet, row| sheet.cell(row, id) != "1"), 1);
        assert_eq!(written(&sheet), "id,name\n\n\n\n2,\"x, \"\"y\"\"\"\n3,c\n");
    }

    #[test]
    fn a_row_that_comes_and_goes_leaves_nothing() {
        let content = "id\n1\n";
        let mut more = sheet(content);
        let row = more.push();
        more.set(row, 0, "2");
        let mut back = sheet(&written(&more));
        back.retain(|sheet, row| sheet.cell(row, 0) != "2");
        assert_eq!(written(&back), content);
    }

    #[test]
    fn columns_and_rows_are_added() {
        let mut sheet = sheet("id\n1\n");
        let seats = sheet.column_or_new("seats");
        sheet.set(1, seats, "3");
        let row = sheet.push();
        sheet.set(row, 0, "2");
        assert_eq!(written(&sheet), "id,seats\n1,3\n2,\n");
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
            let second = sheet(&written(&first));
            for (number, cell) in cells.iter().enumerate() {
                prop_assert_eq!(second.cell(1, number + 1), cell.trim());
            }
        }
    }
}
