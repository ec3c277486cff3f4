//! CSV text to records, each cell with its bytes and each record with its spreadsheet row.
//!
//! The lexer is `csv-core`, driven field by field, because a finding needs the byte range of the
//! very cell, which the row-wise reader of `csv` does not tell. A spreadsheet row is a record or a
//! blank line, so the row is what the user sees in a spreadsheet also where cells hold line breaks.
//!
//! Records in which every cell is empty are left out: Excel leaves them where rows were deleted.

use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::diagnostic::Findings;
use crate::language::Message;

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
                let value = as_typed(String::from_utf8_lossy(buffer.get(..written)?).trim()).to_string();
                if at == input.len() && quote_is_open(input.get(range.clone()).unwrap_or_default()) {
                    findings.error(text.place(range), Message::new(code::QUOTE_OPEN));
                    return None;
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
    Some(records)
}

/// A value without the apostrophe that keeps a spreadsheet from running it: tables of this program
/// are written so (`output::csv_cells`), and have to read back as what they were written from.
pub(crate) fn as_typed(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) => rest,
        _ => value,
    }
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

/// Whether the last field of a file starts a quotation that never ends.
fn quote_is_open(field: &[u8]) -> bool {
    field.first() == Some(&b'"') && field.iter().filter(|byte| **byte == b'"').count() % 2 == 1
}
