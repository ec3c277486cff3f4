//! Cells that a spreadsheet would run, and how they are made harmless and read back.
//!
//! A spreadsheet runs a cell that starts like a formula, whoever typed it; some fold full-width forms
//! and skip blanks or invisible characters before they look, and some cut a cell at `;` or a tab. An
//! apostrophe before the formula keeps it text. [`as_typed`] takes away exactly what [`harmless`]
//! adds, so a table says the same before and after.

use super::value::is_invisible;

/// What makes spreadsheets take a cell for a formula, when it comes first.
const STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Where a spreadsheet may cut a text into cells.
const CUTS: [char; 4] = [';', '\t', '\n', '\r'];

/// The text with an apostrophe before everything a spreadsheet might run.
pub(crate) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for piece in text.split_inclusive(CUTS) {
        if runs(piece.trim_start_matches('\'')) {
            out.push('\'');
        }
        out.push_str(piece);
    }
    out
}

/// The text without the apostrophes that keep a spreadsheet from running it.
pub(crate) fn as_typed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(CUTS) {
        match piece.strip_prefix('\'') {
            Some(rest) if runs(rest.trim_start_matches('\'')) => out.push_str(rest),
            _ => out.push_str(piece),
        }
    }
    out
}

fn runs(piece: &str) -> bool {
    piece
        .trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c) || c.is_control())
        .starts_with(STARTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_way_into_a_formula_is_closed() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("x;=1+1", "x;'=1+1"),
            ("x\t@SUM(A1)", "x\t'@SUM(A1)"),
            ("\u{200B}=1", "'\u{200B}=1"),
            ("\u{FEFF}=1", "'\u{FEFF}=1"),
            ("\u{00AD}＋1", "'\u{00AD}＋1"),
            ("a; -1; b", "a;' -1; b"),
            ("'=1", "''=1"),
            ("2019-04", "2019-04"),
            ("'x", "'x"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), expected);
            assert_eq!(as_typed(expected), text);
        }
        assert_eq!(as_typed("'=1"), "=1", "as people type it in a spreadsheet");
    }

    proptest! {
        #[test]
        fn what_is_made_harmless_reads_back(text in "[a;='+\\-@\t ＝\u{200B}\u{FEFF}\n]{0,12}") {
            prop_assert_eq!(as_typed(&harmless(&text)), text);
        }
    }
}
