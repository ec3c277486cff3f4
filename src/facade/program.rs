//! A program that was read, and what is wrong with one that cannot be.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::Severity;
use crate::calendar::Month;
use crate::diagnostic::{Diagnostic, Findings};
use crate::files::load;
use crate::language::{Catalogue, Language, Message};
use crate::output::diagnostics;
use crate::scenario::{self, Scenario, Sources};

/// A program of rotations: read from tables, found valid, and never changed.
///
/// ```
/// use kenshu::{Language, Program};
///
/// let program = Program::shipped("keio-2019-steady").ok_or("not shipped")?;
/// assert_eq!(program.residents().count(), 60);
/// let core = program.facilities().next().ok_or("no facility")?;
/// assert_eq!((core.id(), core.name(Language::En)), ("keio", "Keio University Hospital"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Program {
    pub(super) scenario: Arc<Scenario>,
    pub(super) sources: Arc<Sources>,
    pub(super) remarks: Vec<Finding>,
}

impl Program {
    /// Reads a folder of tables or a workbook.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    ///
    /// ```
    /// let error = kenshu::Program::open("no/such/folder").unwrap_err();
    /// assert_eq!(error.findings()[0].code(), "folder-missing");
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let read = load::scenario(path.as_ref()).map_err(Error::findings_of)?;
        Ok(Self::of(read.scenario, read.sources, &read.findings))
    }

    /// Reads tables in memory, by file name.
    ///
    /// # Errors
    /// Everything that is wrong with them, at once.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use kenshu::{Language, Program};
    ///
    /// let toml = "[program]\nid = 3\n".as_bytes().to_vec();
    /// let error = Program::read(BTreeMap::from([("program.toml".to_string(), toml)])).unwrap_err();
    /// let finding = &error.findings()[0];
    /// assert_eq!((finding.code(), finding.file()), ("missing-key", "program.toml"));
    /// assert!(!finding.message(Language::Ja).is_empty());
    /// ```
    pub fn read(files: BTreeMap<String, Vec<u8>>) -> Result<Self, Error> {
        Self::of_sources(Sources { files, ..Sources::default() })
    }

    /// A program that comes with the library, such as `keio-2019-steady`.
    pub fn shipped(name: &str) -> Option<Self> {
        Self::of_sources(scenario::shipped(name)?).ok()
    }

    pub(super) fn of_sources(sources: Sources) -> Result<Self, Error> {
        match scenario::read(&sources) {
            (Some(scenario), findings) => Ok(Self::of(scenario, sources, &findings)),
            (None, findings) => Err(Error::findings_of(findings)),
        }
    }

    fn of(scenario: Scenario, sources: Sources, remarks: &Findings) -> Self {
        let remarks = remarks.list.iter().cloned().map(Finding).collect();
        Self { scenario: Arc::new(scenario), sources: Arc::new(sources), remarks }
    }

    /// The id of `[program]`.
    pub fn id(&self) -> &str {
        &self.scenario.id
    }

    /// The name of `[program]`.
    pub fn name(&self) -> &str {
        &self.scenario.name
    }

    /// SHA-256 over the tables, in hexadecimal: the same for the same tables only.
    pub fn hash(&self) -> &str {
        &self.scenario.hash
    }

    /// In the order of entry.
    pub fn residents(&self) -> impl Iterator<Item = Resident<'_>> {
        self.scenario.residents.iter().map(Resident)
    }

    /// In the order of the table.
    pub fn facilities(&self) -> impl Iterator<Item = Facility<'_>> {
        self.scenario.facilities.iter().map(Facility)
    }

    /// What was remarked while it was read; nothing of it has to change.
    pub fn remarks(&self) -> &[Finding] {
        &self.remarks
    }
}

/// A resident of a [`Program`].
#[derive(Debug, Clone, Copy)]
pub struct Resident<'p>(&'p scenario::Resident);

impl<'p> Resident<'p> {
    /// The id of the table, or that of an anonymous resident such as `Y2019-01`.
    pub fn id(&self) -> &'p str {
        &self.0.id
    }

    /// The id, where the table gives no name.
    pub fn name(&self) -> &'p str {
        &self.0.name
    }

    /// The first month of the training.
    pub fn entry(&self) -> Month {
        self.0.entry
    }
}

/// A facility of a [`Program`].
#[derive(Debug, Clone, Copy)]
pub struct Facility<'p>(&'p scenario::Facility);

impl<'p> Facility<'p> {
    /// The id of the table.
    pub fn id(&self) -> &'p str {
        &self.0.id
    }

    /// The name as the language writes it; else the other one, else the id.
    pub fn name(&self, language: Language) -> &'p str {
        match language {
            Language::Ja => &self.0.name,
            Language::En => &self.0.name_en,
        }
    }
}

/// Something wrong with a table, or worth knowing of it.
#[derive(Debug, Clone)]
pub struct Finding(Diagnostic);

impl Finding {
    /// Stable from version to version, such as `unknown-column`.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// Only an `Error` keeps a table from being read.
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// The file or sheet, as the user knows it.
    pub fn file(&self) -> &str {
        &self.0.place.file
    }

    /// From 1, as an editor counts.
    pub fn line(&self) -> Option<usize> {
        self.0.place.line
    }

    /// A column of a table or a dotted key of `program.toml`.
    pub fn column(&self) -> Option<&str> {
        self.0.place.column.as_deref()
    }

    /// A cell as a spreadsheet names it, such as `C7`.
    pub fn cell(&self) -> Option<&str> {
        self.0.place.cell.as_deref()
    }

    /// What is wrong.
    pub fn message(&self, language: Language) -> String {
        diagnostics::said(&self.0, &Catalogue::new(language))
    }

    /// What to write instead, where that is known.
    pub fn remedy(&self, language: Language) -> Option<String> {
        diagnostics::remedy(&self.0, &Catalogue::new(language))
    }
}

/// Why something could not be done. It displays itself in English.
#[derive(Debug, Clone)]
pub struct Error {
    message: Message,
    findings: Vec<Finding>,
}

impl Error {
    pub(super) fn new(message: Message) -> Self {
        Self { message, findings: Vec::new() }
    }

    pub(super) fn findings_of(findings: Findings) -> Self {
        let errors = findings.list.iter().filter(|finding| finding.severity == Severity::Error);
        let first = errors.map(|finding| finding.message.clone()).next();
        let message = first.unwrap_or_else(|| Message::new("facade-unreadable"));
        Self { message, findings: findings.list.into_iter().map(Finding).collect() }
    }

    /// Of tables: everything that is wrong with them, and what was remarked besides.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What went wrong; of tables the first thing.
    pub fn message(&self, language: Language) -> String {
        Catalogue::new(language).say(&self.message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

impl std::error::Error for Error {}
