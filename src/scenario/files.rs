//! The files of a scenario folder: their names, their order, their hash.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Findings, Place, Severity};
use crate::language::Message;

use super::code;
use crate::tables::catalogue;
use crate::tables::value::hint;

/// The files of a scenario folder, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    pub files: BTreeMap<String, Vec<u8>>,
}

pub const PROGRAM: &str = "program.toml";
pub(super) const FACILITIES: &str = catalogue::FACILITIES.file;
pub(super) const FACILITY_CHANGES: &str = catalogue::FACILITY_CHANGES.file;
pub(super) const RESIDENTS: &str = catalogue::RESIDENTS.file;
pub(super) const HISTORY: &str = catalogue::HISTORY.file;
pub(super) const LOCKS: &str = catalogue::LOCKS.file;
pub(super) const LEAVES: &str = catalogue::LEAVES.file;
pub(super) const LOGGED_CASES: &str = catalogue::LOGGED_CASES.file;

/// All files a scenario may have, in the order in which findings are told.
fn known() -> impl Iterator<Item = &'static str> + Clone {
    std::iter::once(PROGRAM).chain(catalogue::TABLES.iter().map(|table| table.file))
}

/// Files that `kenshu` writes. Among the input they are harmless, but they are not read.
const OUTPUT: [&str; 8] = [
    "placements.csv",
    "by_resident.csv",
    "by_facility.csv",
    "ledger.csv",
    "cases.csv",
    "case_totals.csv",
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
    for name in sources.files.keys().filter(|name| !is_table(name)) {
        if OUTPUT.contains(&name.as_str()) {
            let message = Message::new(code::FILE_IS_OUTPUT).text("file", name);
            findings.push(Severity::Note, whole(name), message);
        } else {
            let message =
                Message::new(code::FILE_UNKNOWN).text("file", name).message("hint", hint(name, known()));
            findings.push(Severity::Warning, whole(name), message);
        }
    }
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
