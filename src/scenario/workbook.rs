//! A workbook that says what a scenario has become, in the place of the one it was read from.

use rust_xlsxwriter::XlsxError;

use super::{Scenario, Sources, grids, read, write};
use crate::language::Catalogue;
use crate::tables::workbook;

/// A workbook for a place where there was one.
pub struct Again {
    pub bytes: Vec<u8>,
    /// Whether all that is no table of ours stayed: sheets, formats, notes, formulas. Else it was written anew, and
    /// whoever puts it in its place keeps the one before.
    pub is_kept: bool,
}

/// The workbook `bytes`, which was read as `before`, saying `after`. The words of new cells are the catalogue's.
///
/// # Errors
/// What the library says where the workbook is written anew.
pub fn workbook_again(
    bytes: &[u8],
    before: (&Sources, &Scenario),
    after: (&Sources, &Scenario),
    catalogue: &Catalogue,
) -> Result<Again, XlsxError> {
    let grids_of = |(sources, scenario): (&Sources, &Scenario)| grids(sources, scenario, catalogue);
    let after_grids = grids_of(after);
    let patched = workbook::patched(bytes, &grids_of(before), &after_grids, catalogue.language());
    match patched.filter(|patched| says(patched, after.1)) {
        Some(bytes) => Ok(Again { bytes, is_kept: true }),
        None => Ok(Again { bytes: workbook::write(&after_grids, catalogue)?, is_kept: false }),
    }
}

/// Whether a workbook is read as this scenario.
pub fn says(bytes: &[u8], scenario: &Scenario) -> bool {
    let (Some(book), findings) = workbook::read("", bytes) else { return false };
    let (again, _) = read(&Sources { files: book.files, ..Sources::default() });
    !findings.has_errors() && again.is_some_and(|again| write(&again) == write(scenario))
}
