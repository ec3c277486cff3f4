//! Reading a scenario and placements from where they lie, without telling anybody: what was found goes with them.

use std::path::Path;

use super::folder;
use crate::diagnostic::{Findings, Place, code};
use crate::language::Message;
use crate::scenario::{self, Scenario, Sources};
use crate::tables::catalogue::{PLACEMENTS, TableSpec};
use crate::tables::workbook::{self, Book, Places};

/// A scenario with the files it was read from.
pub struct Read {
    pub scenario: Scenario,
    pub sources: Sources,
    /// Of a workbook: where the lines of the files are in it.
    pub places: Option<Places>,
    /// Remarks that did not stop the reading.
    pub findings: Findings,
}

/// Tables as they were loaded, and what they are.
pub struct Loaded {
    /// `None`: the findings say why not.
    pub scenario: Option<Scenario>,
    pub sources: Sources,
    pub places: Option<Places>,
    pub findings: Findings,
}

/// Reads a scenario, a folder or a workbook, without telling anything; the findings say why there is none.
pub fn scenario(path: &Path) -> Result<Read, Findings> {
    match load(path)? {
        Loaded { scenario: Some(scenario), sources, places, findings } => {
            Ok(Read { scenario, sources, places, findings })
        }
        Loaded { findings, .. } => Err(findings),
    }
}

/// Loads the tables of a folder or a workbook, whatever is wrong with what they say.
///
/// # Errors
/// Why the files, or cells of the workbook, cannot be loaded.
pub fn load(path: &Path) -> Result<Loaded, Findings> {
    let (sources, places, mut findings) = match workbook(path)? {
        Some((book, findings)) => {
            let files = book.files.into_iter().filter(|(name, _)| scenario::is_table(name)).collect();
            (Sources { files, ..Sources::default() }, Some(book.places), findings)
        }
        None => (folder::load(path)?, None, Findings::default()),
    };
    let (scenario, mut more) = scenario::read(&sources);
    if let Some(places) = &places {
        places.relocate(&mut more);
    }
    let is_whole = !findings.has_errors();
    findings.list.append(&mut more.list);
    // What of a workbook has no table is nobody's to mend there, so everything is told of the workbook.
    if !is_whole {
        return Err(findings);
    }
    let scenario = scenario.filter(|_| !findings.has_errors());
    Ok(Loaded { scenario, sources, places, findings })
}

/// The workbook at a path with what is odd about it; nothing where the path is no workbook.
fn workbook(path: &Path) -> Result<Option<(Book, Findings)>, Findings> {
    let is_called_so = path
        .extension()
        .is_some_and(|ending| ["xlsx", "xlsm", "xls"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
    if !path.is_file() || !(is_called_so || folder::starts(path, workbook::is_workbook)) {
        return Ok(None);
    }
    let bytes = folder::load_file(path)?;
    match workbook::read(&path.display().to_string(), &bytes) {
        (Some(book), findings) => Ok(Some((book, findings))),
        (None, findings) => Err(findings),
    }
}

/// A table as its file would have it: a file of its own, or a sheet of a workbook.
///
/// # Errors
/// Why there is no such table.
pub fn table(path: &Path, spec: &TableSpec) -> Result<Vec<u8>, Findings> {
    match workbook(path)? {
        Some((_, findings)) if findings.has_errors() => Err(findings),
        Some((book, findings)) => Ok(sheet(path, spec, book, findings)?.0),
        None => folder::load_file(path),
    }
}

/// The table of a workbook that was read, with where it lies and what was odd.
fn sheet(
    path: &Path,
    spec: &TableSpec,
    mut book: Book,
    mut findings: Findings,
) -> Result<(Vec<u8>, Places, Findings), Findings> {
    match book.files.remove(spec.file) {
        Some(bytes) => Ok((bytes, book.places, findings)),
        None => {
            let sheet = Message::new(code::SHEET_MISSING).message("sheet", Message::new(spec.key));
            findings.error(Place { file: path.display().to_string(), ..Place::default() }, sheet);
            Err(findings)
        }
    }
}

/// A table of placements: a file of its own, or a sheet of a workbook.
pub struct Placements {
    /// As findings call it before they are moved to a workbook.
    pub file: String,
    pub bytes: Vec<u8>,
    places: Option<Places>,
    findings: Findings,
}

impl Placements {
    /// Loads what lies at a path.
    ///
    /// # Errors
    /// Why there is no such table.
    pub fn load(path: &Path) -> Result<Self, Findings> {
        let Some((book, findings)) = workbook(path)? else {
            let (file, bytes) = (path.display().to_string(), folder::load_file(path)?);
            return Ok(Self { file, bytes, places: None, findings: Findings::default() });
        };
        let (bytes, places, findings) = sheet(path, &PLACEMENTS, book, findings)?;
        Ok(Self { file: PLACEMENTS.file.to_string(), bytes, places: Some(places), findings })
    }

    /// What a reader found, with what was odd before.
    pub fn told(self, mut more: Findings) -> Findings {
        if let Some(places) = &self.places {
            places.relocate(&mut more);
        }
        let mut findings = self.findings;
        findings.list.append(&mut more.list);
        findings
    }
}
