//! What all sheets have in common: names that Excel takes, print set-up, plain tables.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Format, FormatAlign, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::look;
use super::page::Page;
use crate::output::csv_cells::Cell;
use crate::output::grid::printable;

/// Names of sheets, each once.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

/// Units of UTF-16 in the name of a sheet.
const NAME_MAX: usize = 31;

impl Names {
    /// A name that is near the title, that Excel takes and that no other sheet has.
    pub fn free(&mut self, title: &str) -> String {
        let allowed = |c: char| if "[]:*?/\\".contains(c) || c.is_control() { '_' } else { c };
        let title: String = title.chars().map(allowed).collect();
        let title = title.trim_matches(['\'', ' ']).to_string();
        let title = if title.is_empty() { "_".to_string() } else { title };
        let numbered = (2..).map(|number| format!(" ({number})"));
        let with = |end: String| cut(&title, NAME_MAX - end.len()) + &end;
        let all = std::iter::once(String::new()).chain(numbered).map(with);
        // Excel keeps the name of its list of changes for itself.
        let is_free =
            |name: &String| name.to_lowercase() != "history" && !self.0.contains(&name.to_lowercase());
        let name = all.into_iter().find(is_free).unwrap_or_default();
        self.0.insert(name.to_lowercase());
        name
    }
}

/// As much of a text as fits.
fn cut(text: &str, units: usize) -> String {
    let mut left = units;
    text.chars().take_while(|c| left.checked_sub(c.len_utf16()).map(|rest| left = rest).is_some()).collect()
}

/// Characters that a cell takes; no text of a plan is near it.
const TEXT_MAX: usize = 8000;

/// A text as a cell takes it.
pub(super) fn text(text: &str) -> String {
    printable(text).chars().take(TEXT_MAX).collect()
}

/// Sizes of paper as spreadsheets number them.
pub(super) const A4: u8 = 9;
pub(super) const A3: u8 = 8;

/// A sheet for paper: its width is one page, and every page says which it is.
pub(super) fn print(sheet: &mut Page, paper: u8, landscape: bool) {
    sheet.set_paper_size(paper);
    if landscape {
        sheet.set_landscape();
    }
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.2, 0.2);
    sheet.set_footer("&L&8&A&R&8&P / &N");
}

/// Cells from `first` to `last` of a row as one.
pub(super) fn across(
    sheet: &mut Page,
    row: u32,
    (first, last): (u16, u16),
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match first == last {
        true => sheet.write_string_with_format(row, first, text(words), format)?,
        false => sheet.merge_range(row, first, row, last, &text(words), format)?,
    };
    Ok(())
}

/// Widths of columns in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 6..=60;

/// A plain table: headings and rows.
pub(super) struct Table {
    pub headings: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Writes the table from a row on, into columns of these widths; the first row below it.
    pub fn write(&self, sheet: &mut Page, top: u32, widths: &[f64]) -> Result<u32, XlsxError> {
        let heading = look::heading();
        let words = look::plain().set_text_wrap().set_align(FormatAlign::Top);
        let number = look::plain().set_align(FormatAlign::Top);
        for (column, words) in (0..).zip(&self.headings) {
            sheet.write_string_with_format(top, column, text(words), &heading)?;
        }
        let mut row = top + 1;
        for cells in &self.rows {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Number(figure) if figure.parse::<f64>().is_ok() => {
                        let value: f64 = figure.parse().unwrap_or_default();
                        sheet.write_number_with_format(row, column, value, &number)?;
                    }
                    Cell::Number(words_of) | Cell::Text(words_of) => {
                        sheet.write_string_with_format(row, column, text(words_of), &words)?;
                    }
                }
            }
            // Not every spreadsheet makes rows as high as their texts.
            let lines = cells.iter().zip(widths).map(|(cell, width)| lines(said(cell), *width)).max();
            if let Some(lines) = lines.filter(|lines| *lines > 1) {
                sheet.set_row_height(row, LINE_HEIGHT * lines as f64)?;
            }
            row += 1;
        }
        Ok(row)
    }

    /// The widths that its columns need.
    pub fn widths(&self) -> Vec<f64> {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column)).map(said);
            let lines = cells.chain(self.headings.get(column).map(String::as_str)).flat_map(str::lines);
            let widest = lines.map(UnicodeWidthStr::width).max().unwrap_or(0) + 2;
            widest.clamp(*WIDTHS.start(), *WIDTHS.end()) as f64
        };
        (0..self.headings.len()).map(width).collect()
    }
}

fn said(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) | Cell::Number(text) => text,
    }
}

/// Sets the widths of columns, each the widest that any of some tables asks for.
pub(super) fn set_widths(sheet: &mut Page, tables: &[&Table]) -> Result<Vec<f64>, XlsxError> {
    let mut widest: Vec<f64> = Vec::new();
    for table in tables {
        let widths = table.widths();
        widest.resize(widest.len().max(widths.len()), 0.0);
        widest.iter_mut().zip(widths).for_each(|(widest, width)| *widest = widest.max(width));
    }
    for (column, width) in (0..).zip(&widest) {
        sheet.set_column_width(column, *width)?;
    }
    Ok(widest)
}

/// The height of a line of text.
pub(super) const LINE_HEIGHT: f64 = 18.0;

/// Lines that a text takes in a width.
pub(super) fn lines(text: &str, width: f64) -> usize {
    let lines = text.lines().map(|line| (line.width() as f64 / width.max(1.0)).ceil().max(1.0) as usize);
    lines.sum::<usize>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_that_excel_takes_each_once() {
        let mut names = Names::default();
        let long = "東京都立広尾病院".repeat(5);
        let made: Vec<String> = ["A/B", "a/b", "", "History", "'x'", &long, &long, "𠮷".repeat(40).as_str()]
            .map(|title| names.free(title))
            .to_vec();
        assert_eq!(made[..5], ["A_B", "a_b (2)", "_", "History (2)", "x"]);
        for name in &made {
            assert!(name.encode_utf16().count() <= NAME_MAX, "{name}");
            rust_xlsxwriter::utility::check_sheet_name(name).unwrap();
        }
        assert_ne!(made[5], made[6]);
    }
}
