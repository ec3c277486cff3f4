//! `[completion]` of `program.toml`: the numbers of the standard's kinds of records, and kinds of the program's own.
//!
//! `talk = 3` changes a number; `safety = { per = "year", count = 2, name = "医療安全講習" }` is a kind of its own, which
//! rows of `records.csv` can name by key or by name.

use crate::diagnostic::Findings;
use crate::language::Message;
use crate::regulation::{self, Completion, Due, RecordKind};

use super::code;
use crate::tables::document::{Entry, Section};
use crate::tables::value::hint;

const PERCENT: &str = "experience_percent_min";
const KEEP: &str = "keep_years";

/// The numbers and kinds; the standard's where the file says nothing.
pub(crate) fn read(root: &Section<'_>, findings: &mut Findings) -> Completion {
    let mut completion = Completion::default();
    let section = root.get("completion").and_then(|entry| entry.section(findings));
    for (key, place, entry) in section.iter().flat_map(Section::entries) {
        let standard = completion.kinds.iter_mut().find(|kind| kind.id == key);
        match (key.as_str(), standard) {
            (PERCENT, _) => {
                set(&mut completion.experience_percent_min, entry.whole(regulation::PERCENT, findings));
            }
            (KEEP, _) => set(&mut completion.keep_years, entry.whole(regulation::KEEP_YEARS, findings)),
            (_, Some(kind)) => set(&mut kind.count, entry.whole(regulation::RECORD_COUNTS, findings)),
            (_, None) if entry.is_table() => completion.kinds.extend(own(key, &entry, findings)),
            (_, None) => {
                let known = completion.kinds.iter().map(|kind| kind.id.as_str()).chain([PERCENT, KEEP]);
                let message = Message::new(code::UNKNOWN_KEY).text("text", &key);
                findings.error(place, message.message("hint", hint(&key, known)));
            }
        }
    }
    completion
}

fn set(number: &mut u32, read: Option<u32>) {
    if let Some(read) = read {
        *number = read;
    }
}

/// A kind of the program's own.
fn own(id: String, entry: &Entry<'_>, findings: &mut Findings) -> Option<RecordKind> {
    let section = entry.section(findings)?;
    section.only(&["per", "count", "name", "goal"], findings);
    let due = section.need("per", findings).and_then(|entry| entry.word(&Due::ALL, Due::id, findings));
    let count = section.need("count", findings);
    let count = count.and_then(|entry| entry.whole(regulation::RECORD_COUNTS, findings));
    let name = section.get("name").and_then(|entry| entry.string(findings));
    let goal = section.get("goal").and_then(|entry| entry.flag(findings));
    Some(RecordKind {
        name: Some(name.unwrap_or_else(|| id.clone())),
        id,
        due: due?,
        count: count?,
        is_goal: goal.unwrap_or(false),
        is_experience: false,
        clause: String::new(),
    })
}
