//! The files of a scenario folder: their names, their order, their hash.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Findings, Place, Severity};
use crate::language::Message;

use super::code;
use crate::language::{Language, spelling};
use crate::tables::catalogue::{self, TableSpec};
use crate::tables::value::{hint, normal};

/// The files of a scenario folder, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    pub files: BTreeMap<String, Vec<u8>>,
    /// Names of other files that lie there: none is read, and some may be meant for a table.
    pub unread: BTreeSet<String>,
}

pub const PROGRAM: &str = "program.toml";
pub(super) const FACILITIES: &str = catalogue::FACILITIES.file;
pub(super) const SECTIONS: &str = catalogue::SECTIONS.file;
pub(super) const FACILITY_CHANGES: &str = catalogue::FACILITY_CHANGES.file;
pub(super) const RESIDENTS: &str = catalogue::RESIDENTS.file;
pub(super) const HISTORY: &str = catalogue::HISTORY.file;
pub(super) const LOCKS: &str = catalogue::LOCKS.file;
pub(super) const LEAVES: &str = catalogue::LEAVES.file;
pub(super) const LOGGED_CASES: &str = catalogue::LOGGED_CASES.file;
pub(super) const REQUIREMENTS: &str = catalogue::REQUIREMENTS.file;
pub(super) const STAYS: &str = catalogue::STAYS.file;
pub(super) const ORDER: &str = catalogue::ORDER.file;
pub(super) const STAFFING: &str = catalogue::STAFFING.file;
pub(super) const POINTS: &str = catalogue::POINTS.file;
pub(super) const RECORDS: &str = catalogue::RECORDS.file;

/// All files a scenario may have, in the order in which findings are told.
fn known() -> impl Iterator<Item = &'static str> + Clone {
    std::iter::once(PROGRAM).chain(catalogue::TABLES.iter().map(|table| table.file))
}

/// Files that `kenshu` writes. Among the input they are harmless, but they are not read.
const OUTPUT: [&str; 9] = [
    "placements.csv",
    "by_resident.csv",
    "by_facility.csv",
    "ledger.csv",
    "cases.csv",
    "case_totals.csv",
    "completion.csv",
    "audit.csv",
    "whatif.csv",
];

/// Whether a scenario may have a file of this name.
pub fn is_table(name: &str) -> bool {
    known().any(|known| known == name)
}

fn whole(file: &str) -> Place {
    Place { file: file.to_string(), ..Place::default() }
}

/// Reports files that are missing, and tables that nobody reads: likely a misspelt name.
pub(super) fn check_names(sources: &Sources, findings: &mut Findings) {
    for required in [PROGRAM, FACILITIES] {
        if !sources.files.contains_key(required) {
            findings.error(whole(required), Message::new(code::FILE_MISSING).text("file", required));
        }
    }
    for name in sources.files.keys().filter(|name| !is_table(name)).chain(&sources.unread) {
        if let Some(table) = meant(name) {
            let message = Message::new(code::FILE_NOT_READ).text("file", name).text("table", table);
            findings.push(Severity::Warning, whole(name), message);
        } else if OUTPUT.contains(&name.as_str()) {
            let message = Message::new(code::FILE_IS_OUTPUT).text("file", name);
            findings.push(Severity::Note, whole(name), message);
        } else if has_ending_of_table(name) {
            let hint = hint(name, known());
            let message = Message::new(code::FILE_UNKNOWN).text("file", name).message("hint", hint);
            findings.push(Severity::Warning, whole(name), message);
        }
    }
}

/// Whether a file looks like a table at all: others may lie in a folder without a remark.
fn has_ending_of_table(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ["csv", "toml"].contains(&ending.as_str()))
}

/// The table that a file is meant for whose name is longer, in other letters, or has another ending:
/// `locks.xlsx`, `locks.csv.txt`, `Locks.CSV`, `locks (1).csv`, `固定.csv`.
fn meant(name: &str) -> Option<&'static str> {
    let name = normal(name).to_lowercase();
    let stems = |table: &'static TableSpec| {
        let titles = Language::ALL.map(|language| spelling::written(language, table.key).to_lowercase());
        std::iter::once(table.id.to_string()).chain(titles).map(move |stem| (stem, table.file))
    };
    let known = catalogue::TABLES.into_iter().flat_map(stems).chain([("program".to_string(), PROGRAM)]);
    let is_start = |stem: &str| {
        let next = name.strip_prefix(stem).and_then(|rest| rest.chars().next());
        next.is_some_and(|next| !next.is_alphanumeric() && next != '_')
    };
    known.filter(|(stem, _)| is_start(stem)).max_by_key(|(stem, _)| stem.len()).map(|(_, file)| file)
}

/// Brings the findings into the order of files and lines.
pub(super) fn sort(findings: &mut Findings) {
    let rank = |file: &str| known().position(|known| known == file).unwrap_or(usize::MAX);
    findings.list.sort_by(|a, b| {
        let last = |finding: &Diagnostic| finding.code() == code::TOO_MANY_FINDINGS;
        let (at, bt) = (&a.place, &b.place);
        (last(a), rank(&at.file), &at.file, at.line).cmp(&(last(b), rank(&bt.file), &bt.file, bt.line))
    });
}

/// SHA-256 over the known files: name, length and content of each, so that no two folders with
/// other content have the same input to the hash.
pub(super) fn hash(sources: &Sources) -> String {
    let mut hasher = Sha256::new();
    for (name, bytes) in sources.files.iter().filter(|(name, _)| is_table(name)) {
        hasher.update(format!("{name}\n{}\n", bytes.len()));
        hasher.update(bytes);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
