//! The sheets of a plan that are for people only: what was written in them, so that a reader can say that somebody
//! worked where nothing is read.
//!
//! Of a sheet every text and number is remembered with its cell, and how far the cell reaches where it is merged:
//! that is all a person changes who moves or renames a stay there. Formats, widths and what formulas come to are left
//! out, because programs that merely save a file again write those anew.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::cells::{Position, Sheet, plain};
use crate::tables::value::normal;

/// What stands in a sheet, cell by cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aside {
    cells: BTreeMap<Position, String>,
    /// First and last cell of what is merged.
    merged: BTreeMap<Position, Position>,
}

impl Aside {
    /// A cell with a text.
    pub fn text(&mut self, row: u32, column: u32, text: &str) {
        self.cells.insert((row, column), text.to_string());
    }

    /// A cell with a number.
    pub fn number(&mut self, row: u32, column: u32, number: f64) {
        self.cells.insert((row, column), plain(number));
    }

    /// Cells that are one.
    pub fn merge(&mut self, first: (u32, u32), last: (u32, u32)) {
        self.merged.insert(first, last);
    }

    /// The sheet as it is read.
    pub(super) fn of(sheet: &Sheet) -> Self {
        let mut aside = Self::default();
        for ((row, column), value) in &sheet.cells {
            aside.text(*row, *column, &super::plan::said(value));
        }
        sheet.merged.iter().for_each(|(first, last)| aside.merge(*first, *last));
        aside
    }

    /// One text for all of it.
    pub fn digest(&self) -> String {
        let line = |(at, text): (&Position, &String)| {
            // Line ends and blanks are not the same in every program.
            let text = normal(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let (row, column) = self.merged.get(at).unwrap_or(at);
            (!text.is_empty()).then(|| format!("{}\t{}\t{row}\t{column}\t{text}", at.0, at.1))
        };
        digest(self.cells.iter().filter_map(line))
    }
}

/// A digest of lines.
pub(super) fn digest(lines: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    let mut hasher = Sha256::new();
    lines.into_iter().for_each(|line| hasher.update(format!("{line}\n")));
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The sheets that hold something else than what is remembered of them, and those that nobody wrote. `read` are
/// the sheets that are read; a name that begins with `_` is that of a sheet somebody keeps apart.
pub(super) fn worked_in<'a>(
    sheets: &'a [Sheet],
    remembered: &BTreeMap<String, String>,
    read: &BTreeSet<&str>,
) -> Vec<&'a str> {
    if remembered.is_empty() {
        return Vec::new();
    }
    let is_as_written = |sheet: &Sheet| {
        let digest = Aside::of(sheet).digest();
        match remembered.get(&sheet.name) {
            Some(known) => *known == digest,
            // Nothing, or one under another name.
            None => sheet.cells.is_empty() || remembered.values().any(|known| *known == digest),
        }
    };
    let others = sheets.iter().filter(|sheet| !sheet.name.starts_with('_'));
    let others = others.filter(|sheet| !read.contains(sheet.name.as_str()));
    others.filter(|sheet| !is_as_written(sheet)).map(|sheet| sheet.name.as_str()).collect()
}
