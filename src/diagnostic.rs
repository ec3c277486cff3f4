//! Findings in the user's files: what is wrong, where, and what to write instead.
//!
//! Readers collect findings instead of stopping at the first one, so a director mends a table in
//! one go. A finding carries its place and the offending text, but no words: its [`Message`] key
//! doubles as the stable code, and the catalogue entry's attribute `.remedy` says what to do.

use crate::language::Message;

pub mod code;

/// How bad a finding is, from a remark to something that must not stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something worth knowing; nothing has to change.
    Note,
    /// Something a director should look at; the answer stands.
    Warning,
    /// A rule is broken (in a plan) or a file cannot be used (in input).
    Error,
}

impl Severity {
    /// The word used in files, the same in every language.
    pub fn id(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where in a file a finding is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// File name as the user knows it, relative to the scenario folder.
    pub file: String,
    /// Line, counted from 1 as an editor does; `None`: the file as a whole.
    pub line: Option<usize>,
    /// Header name of the column (CSV) or dotted key (TOML).
    pub column: Option<String>,
    /// Spreadsheet cell such as `C7`.
    pub cell: Option<String>,
    /// The line itself and the byte range of the offending text in it, for the excerpt.
    pub excerpt: Option<(String, std::ops::Range<usize>)>,
}

/// One finding in the user's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub place: Place,
    /// The message; its key is the stable code of the finding.
    pub message: Message,
}

impl Diagnostic {
    /// The stable code, e.g. `unknown-column`.
    pub fn code(&self) -> &'static str {
        self.message.key
    }
}

/// The findings of one reading, in the order of files and lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    pub list: Vec<Diagnostic>,
}

impl Findings {
    /// The most findings one reading keeps. A file of another kind under a table's name has a
    /// finding in every cell; nobody reads them all, and they would fill the memory.
    pub const LIMIT: usize = 1000;

    /// Adds a finding. The last one kept is `too-many-findings`; all after it are dropped.
    pub fn push(&mut self, severity: Severity, place: Place, message: Message) {
        if self.is_full() {
            return;
        }
        if self.list.len() + 1 == Self::LIMIT {
            let message = Message::new("too-many-findings").number("limit", Self::LIMIT as i64);
            let place = Place { file: place.file, ..Place::default() };
            self.list.push(Diagnostic { severity: Severity::Error, place, message });
            return;
        }
        self.list.push(Diagnostic { severity, place, message });
    }

    /// No further finding is kept: whoever reads on does so in vain.
    pub fn is_full(&self) -> bool {
        self.list.len() >= Self::LIMIT
    }

    pub fn error(&mut self, place: Place, message: Message) {
        self.push(Severity::Error, place, message);
    }

    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }
}

/// The known name nearest to `name`, if one is near enough to be a likely slip of the pen.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let length = lower.chars().count();
    let tolerance = |candidate: &str| (candidate.chars().count().max(length) / 3).max(1);
    known
        .into_iter()
        // The distance is never below the difference in length; this spares long cells the matrix.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= tolerance(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= tolerance(candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_name_is_near() {
        let known = ["supervisors", "seats", "role"];
        assert_eq!(nearest("supervisers", known), Some("supervisors"));
        assert_eq!(nearest("Seat", known), Some("seats"));
        assert_eq!(nearest("comment", known), None);
    }
}
