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
    /// Whether the file is the sheet of a workbook.
    pub is_sheet: bool,
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
    /// How often it was found; equal findings of a column are one.
    pub count: usize,
    /// Where it was found after `place`, as far as places are told.
    pub further: Vec<Place>,
}

impl Diagnostic {
    fn new(severity: Severity, place: Place, message: Message) -> Self {
        Self { severity, place, message, count: 1, further: Vec::new() }
    }

    /// The stable code, e.g. `unknown-column`.
    pub fn code(&self) -> &'static str {
        self.message.key
    }
}

/// The findings of one reading, in the order of files and lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    pub list: Vec<Diagnostic>,
    /// Errors found so far, each as often as it was found.
    errors: usize,
}

impl Findings {
    /// The most findings one reading keeps. A file of another kind under a table's name has a
    /// finding in every cell; nobody reads them all, and they would fill the memory.
    pub const LIMIT: usize = 1000;

    /// Places told of equal findings: the first ones.
    pub const PLACES: usize = 3;

    /// Adds a finding; one equal to an earlier one of the same column is counted there. The last one kept is
    /// `too-many-findings`; all after it are dropped.
    pub fn push(&mut self, severity: Severity, place: Place, message: Message) {
        if severity == Severity::Error {
            self.errors += 1;
        }
        if self.is_full() {
            return;
        }
        let equal = |earlier: &&mut Diagnostic| {
            earlier.severity == severity
                && (&earlier.place.file, &earlier.place.column) == (&place.file, &place.column)
                && earlier.message == message
        };
        if let Some(earlier) = self.list.iter_mut().find(equal) {
            earlier.count += 1;
            if earlier.further.len() + 1 < Self::PLACES {
                earlier.further.push(place);
            }
            return;
        }
        if self.list.len() + 1 == Self::LIMIT {
            let message = Message::new("too-many-findings").number("limit", Self::LIMIT as i64);
            let place = Place { file: place.file, ..Place::default() };
            self.list.push(Diagnostic::new(Severity::Error, place, message));
            return;
        }
        self.list.push(Diagnostic::new(severity, place, message));
    }

    /// Adds a remark of which one in a file is enough.
    pub fn once_per_file(&mut self, severity: Severity, place: Place, message: Message) {
        let told = |earlier: &&mut Diagnostic| {
            earlier.code() == message.key
                && earlier.place.file == place.file
                && earlier.place.column == place.column
        };
        match self.list.iter_mut().find(told) {
            Some(earlier) => {
                earlier.count += 1;
                if earlier.further.len() + 1 < Self::PLACES {
                    earlier.further.push(place);
                }
            }
            None => self.push(severity, place, message),
        }
    }

    /// How many errors were found so far: whoever asks before and after learns whether what was read between
    /// could be used.
    pub fn errors(&self) -> usize {
        self.errors
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
    fn equal_findings_are_told_once_with_their_first_places() {
        let mut findings = Findings::default();
        let at = |line, column: &str| Place {
            line: Some(line),
            column: Some(column.to_string()),
            ..Place::default()
        };
        let message = || Message::new("value-empty");
        for line in 2..=9 {
            findings.error(at(line, "role"), message());
            findings.error(at(line, "seats"), message());
        }
        findings.push(Severity::Note, at(10, "role"), message());
        let told: Vec<_> = findings.list.iter().map(|finding| (finding.place.line, finding.count)).collect();
        assert_eq!(told, [(Some(2), 8), (Some(2), 8), (Some(10), 1)]);
        let further: Vec<_> = findings.list[0].further.iter().map(|place| place.line).collect();
        assert_eq!(further, [Some(3), Some(4)]);
        assert_eq!(findings.errors(), 16);
    }

    #[test]
    fn nearest_name_is_near() {
        let known = ["supervisors", "seats", "role"];
        assert_eq!(nearest("supervisers", known), Some("supervisors"));
        assert_eq!(nearest("Seat", known), Some("seats"));
        assert_eq!(nearest("comment", known), None);
    }
}
