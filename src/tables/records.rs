//! CSV text to records, each cell with its bytes and each record with its spreadsheet row.
//!
//! The lexer is `csv-core`, driven field by field, because a finding needs the byte range of the
//! very cell, which the row-wise reader of `csv` does not tell. A spreadsheet row is a record or a
//! blank line, so the row is what the user sees in a spreadsheet also where cells hold line breaks.
//!
//! Records in which every cell is empty are left out: Excel leaves them where rows were deleted.

use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::diagnostic::{Findings, Severity};
use crate::language::Message;

use super::formula::as_typed;
use super::limits;
use super::text::Text;
use crate::diagnostic::code;

/// One record with at least one value.
pub(crate) struct Record {
    /// Row of the spreadsheet, counted from 1.
    pub sheet_row: usize,
    pub cells: Vec<RawCell>,
}

pub(crate) struct RawCell {
    /// Without quotes, trimmed.
    pub value: String,
    /// As written, with quotes.
    pub range: Range<usize>,
}

/// Splits the text into records without the empty ones.
pub(crate) fn records(text: &Text, findings: &mut Findings) -> Option<Vec<Record>> {
    let input = text.content.as_bytes();
    let mut lexer = ReaderBuilder::new().terminator(csv_core::Terminator::Any(b'\n')).build();
    let mut buffer = vec![0; input.len() + 1];
    let mut records = Vec::new();
    let mut cells: Vec<RawCell> = Vec::new();
    let (mut at, mut written, mut start) = (0, 0, 0);
    // Line breaks inside cells so far: they make lines, but no rows of the spreadsheet.
    let mut inner_breaks = 0;
    let mut broken = false;
    loop {
        let (result, read, wrote) =
            lexer.read_field(input.get(at..).unwrap_or_default(), buffer.get_mut(written..)?);
        at += read;
        written += wrote;
        match result {
            ReadFieldResult::InputEmpty => continue,
            // The buffer is as long as the input, and a value is never longer than what is written.
            ReadFieldResult::OutputFull | ReadFieldResult::End => break,
            ReadFieldResult::Field { record_end } => {
                let range = trimmed_range(input, start..at, cells.is_empty());
                let value =
                    as_typed(String::from_utf8_lossy(buffer.get(..written)?).trim()).trim().to_string();
                match quoting(text.content.get(range.clone()).unwrap_or_default()) {
                    Quoting::Open => {
                        findings.error(text.place(range), Message::new(code::QUOTE_OPEN));
                        return None;
                    }
                    Quoting::Stray(inside) => {
                        let stray = range.start + inside.start..range.start + inside.end;
                        findings.error(text.place(stray), Message::new(code::QUOTE_STRAY));
                        broken = true;
                    }
                    Quoting::Closed => {
                        let columns =
                            records.first().map_or(usize::MAX, |header: &Record| header.cells.len());
                        if looks_like_rows(&value, columns) {
                            let message = Message::new(code::QUOTE_SPANS_ROWS)
                                .number("lines", value.lines().count() as i64);
                            findings.push(Severity::Warning, text.place(range.clone()), message);
                        }
                    }
                    Quoting::None => {}
                }
                cells.push(RawCell { value, range });
                (start, written) = (at, 0);
                if record_end {
                    let record = std::mem::take(&mut cells);
                    let first = record.first().map_or(0, |cell| cell.range.start);
                    let sheet_row = text.line_of(first).saturating_sub(inner_breaks);
                    let breaks = |cell: &RawCell| {
                        let written = input.get(cell.range.clone()).unwrap_or_default();
                        written.iter().filter(|byte| **byte == b'\n').count()
                    };
                    inner_breaks += record.iter().map(breaks).sum::<usize>();
                    if record.iter().any(|cell| !cell.value.is_empty()) {
                        records.push(Record { sheet_row, cells: record });
                    }
                }
            }
        }
        if !within_bounds(text, &records, &cells, findings) {
            return None;
        }
    }
    (!broken).then_some(records)
}

/// Refuses what no table of a program holds, before it costs memory.
fn within_bounds(text: &Text, records: &[Record], cells: &[RawCell], findings: &mut Findings) -> bool {
    if records.len() > limits::ROWS_MAX + 1 || cells.len() > limits::COLUMNS_MAX {
        let message = Message::new(code::TABLE_TOO_LARGE)
            .number("rows", limits::ROWS_MAX as i64)
            .number("columns", limits::COLUMNS_MAX as i64);
        findings.error(text.whole(), message);
        return false;
    }
    let long = |cell: &&RawCell| {
        cell.value.len() > limits::TEXT_CHARS_MAX && cell.value.chars().count() > limits::TEXT_CHARS_MAX
    };
    let last = cells.last().or_else(|| records.last().and_then(|record| record.cells.last()));
    if let Some(cell) = last.filter(long) {
        let limit = limits::TEXT_CHARS_MAX as i64;
        let message = Message::new(code::TEXT_TOO_LONG).number("limit", limit);
        let start = cell.range.start;
        findings.error(text.place(start..start + 1), message);
        return false;
    }
    true
}

/// A field's own bytes: without the separator after it and the line ends before its record.
fn trimmed_range(input: &[u8], range: Range<usize>, first: bool) -> Range<usize> {
    let mut range = range;
    if first {
        while range.start < range.end && input.get(range.start) == Some(&b'\n') {
            range.start += 1;
        }
    }
    if range.start < range.end && matches!(input.get(range.end - 1), Some(b',' | b'\n')) {
        range.end -= 1;
    }
    range
}

/// How a cell uses quotation marks.
#[derive(Debug, PartialEq, Eq)]
enum Quoting {
    None,
    /// From the first to the last character.
    Closed,
    /// A quotation that never ends, or ends lines later in the middle of other text: the mark that should
    /// have closed it is missing.
    Open,
    /// Text of the cell that stands outside its quotation marks.
    Stray(Range<usize>),
}

fn quoting(cell: &str) -> Quoting {
    let blank = |c: char| c == ' ' || c == '\t';
    let trimmed = cell.trim_start_matches(blank);
    let before = cell.len() - trimmed.len();
    let Some(inside) = trimmed.strip_prefix('"') else { return Quoting::None };
    let mut marks = inside.match_indices('"').map(|(at, _)| at).peekable();
    let mut close = None;
    while let Some(at) = marks.next() {
        // Two in a row are one mark of the text.
        if marks.next_if_eq(&(at + 1)).is_none() {
            close = Some(at);
            break;
        }
    }
    let Some(close) = close else { return Quoting::Open };
    let rest = inside.get(close + 1..).unwrap_or_default();
    if !rest.trim_matches(blank).is_empty() {
        if inside.get(..close).is_some_and(|quoted| quoted.contains('\n')) {
            return Quoting::Open;
        }
        let start = before + 1 + close + 1;
        return Quoting::Stray(start..start + rest.len());
    }
    // A quotation after a blank is none to any reader of CSV: its commas would part cells.
    if before > 0 { Quoting::Stray(0..before) } else { Quoting::Closed }
}

/// Whether a cell holds lines that would be rows of the table: a mark is missing before, and one more is
/// somewhere after.
fn looks_like_rows(value: &str, columns: usize) -> bool {
    columns > 1 && value.contains('\n') && value.lines().any(|line| line.matches(',').count() + 1 >= columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &str) -> (Option<usize>, Vec<(&'static str, Option<usize>)>) {
        let mut findings = Findings::default();
        let text = Text::decode("t.csv", content.as_bytes(), &mut findings).unwrap();
        let rows = records(&text, &mut findings).map(|records| records.len());
        (rows, findings.list.iter().map(|finding| (finding.code(), finding.place.line)).collect())
    }

    #[test]
    fn a_quotation_that_is_not_closed_where_it_should_be_is_told() {
        let open = |line| (None, vec![(code::QUOTE_OPEN, Some(line))]);
        assert_eq!(read("id,y,name\np,2025,\"Aoki\nq,2025,\nr,2025,\n"), open(2));
        assert_eq!(read("id,y,name\np,2025,\"Aoki\nq,2025,\"Baba\"\nr,2025,\n"), open(2));
        assert_eq!(read("id,y,name\np,2025,\"Aoki\"\"\nq,2025,x\n"), open(2));
        let swallowed = read("id,y,name\np,2025,\"Aoki\nq,2025,Baba\nr,2025,Chiba\"\n");
        assert_eq!(swallowed, (Some(2), vec![(code::QUOTE_SPANS_ROWS, Some(2))]));
    }

    #[test]
    fn text_outside_the_marks_is_told() {
        let stray = |line| (None, vec![(code::QUOTE_STRAY, Some(line))]);
        assert_eq!(read("id,y,name\np,2025,\"Aoki\" Ken\n"), stray(2));
        assert_eq!(read("id,y,name\np, \"2025\",x\n"), stray(2));
        let two = read("id,y,name\np,2025,\"Aoki\"x\nq,\"2025\"y,x\n");
        assert_eq!(two, stray(2), "the second is told with the first");
    }

    #[test]
    fn quotations_as_they_should_be_are_no_finding() {
        for content in [
            "id,name\n1,\"a\"\"b\"\n",
            "id,name\n1,\"a,b\" \n",
            "id,name\n1,\"two\nlines\"\n",
            "id,name\n1,5\" pipe\n",
            "id,name\n\"1\",\"\"\n",
        ] {
            assert_eq!(read(content), (Some(2), Vec::new()), "{content}");
        }
    }
}
