//! Headings and words of the CSV files that are handed out, in the reader's language.
//!
//! In English they are the ids that programs read. In Japanese those of the catalogue of tables, so that
//! what was written is read back; columns that no table has are named here.

use crate::language::{Catalogue, Language, spelling};
use crate::tables::catalogue::{LEAVE_KINDS, PLACEMENTS, ROLES, Word};

/// Columns that only outputs have, and the keys of their headings.
const OWN: [(&str, &str); 28] = [
    ("planned", "heading-planned"),
    ("worked", "heading-worked"),
    ("leave_counted", "heading-leave-counted"),
    ("counted", "heading-counted"),
    ("missing", "heading-missing"),
    ("extension", "heading-extension"),
    ("end", "heading-end"),
    ("status", "heading-status"),
    ("leaves", "heading-leave"),
    ("case", "heading-case"),
    ("target", "heading-target"),
    ("logged", "heading-logged"),
    ("supplement", "heading-supplement"),
    ("assessed", "heading-assessed"),
    ("rule", "heading-rule"),
    ("clause", "heading-clause"),
    ("severity", "heading-severity"),
    ("month", "heading-month"),
    ("measured", "heading-measured"),
    ("required", "heading-required"),
    ("message", "heading-message"),
    ("residents", "heading-residents"),
    ("residents_max", "heading-residents-max"),
    ("seats", "heading-seats"),
    ("shortfall_months", "heading-shortfall-months"),
    ("leave_months", "heading-leave-months"),
    ("part_time_months", "heading-part-time-months"),
    ("graduate_school_from", "heading-graduate-school-from"),
];

/// Words that only outputs have, and their keys.
const OWN_WORDS: [Word; 7] = [
    Word { id: "true", key: "word-yes" },
    Word { id: "false", key: "word-no" },
    Word { id: "training", key: "word-in-training" },
    Word { id: "error", key: "word-broken" },
    Word { id: "warning", key: "word-warning" },
    Word { id: "note", key: "word-remark" },
    Word { id: "not-checked", key: "word-not-checked" },
];

/// The heading of a column.
pub fn heading(id: &str, catalogue: &Catalogue) -> String {
    written(id, key_of(id), catalogue)
}

/// The heading of a column for people: no id in English either.
pub fn spoken(id: &str, catalogue: &Catalogue) -> String {
    key_of(id).map_or(id.to_string(), |key| spelling::written(catalogue.language(), key))
}

fn key_of(id: &str) -> Option<&'static str> {
    let own = || OWN.iter().find(|(own, _)| *own == id).map(|(_, key)| *key);
    PLACEMENTS.column(id).map(|column| column.key).or_else(own)
}

/// The heading of a column that programs read as `id` in one file, and that tables call otherwise.
pub fn heading_as(id: &str, column: &str, catalogue: &Catalogue) -> String {
    match catalogue.language() {
        Language::En => id.to_string(),
        Language::Ja => heading(column, catalogue),
    }
}

/// The heading of a column of one academic year; without `id` the year itself.
pub fn heading_of_year(id: &str, year: i32, catalogue: &Catalogue) -> String {
    match (catalogue.language(), id) {
        (Language::En, "") => year.to_string(),
        (Language::En, id) => format!("{id}_{year}"),
        (Language::Ja, "") => format!("{year}年度"),
        (Language::Ja, id) => format!("{year}年度 {}", heading(id, catalogue)),
    }
}

/// A word of the tables: a role, a kind of leave, a severity, true or false.
pub fn word(id: &str, catalogue: &Catalogue) -> String {
    let key = ROLES.iter().chain(LEAVE_KINDS).chain(&OWN_WORDS).find(|word| word.id == id);
    written(id, key.map(|word| word.key), catalogue)
}

/// A cell of leaves (`plan::leave_cell`): kinds, each with its months where it is not all of them.
pub fn leaves(cell: &str, catalogue: &Catalogue) -> String {
    let one = |leave: &str| match leave.split_once(' ') {
        Some((kind, months)) => format!("{} {months}", word(kind, catalogue)),
        None => word(leave, catalogue),
    };
    cell.split("; ").map(one).collect::<Vec<_>>().join("; ")
}

fn written(id: &str, key: Option<&'static str>, catalogue: &Catalogue) -> String {
    match (catalogue.language(), key) {
        (Language::Ja, Some(key)) => spelling::written(Language::Ja, key),
        _ => id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_and_word_is_said_in_japanese_and_none_twice() {
        let catalogue = Catalogue::new(Language::Ja);
        let said = |text: &str| !text.is_ascii();
        for (id, _) in OWN {
            assert!(said(&heading(id, &catalogue)), "{id}");
        }
        for own in OWN_WORDS {
            assert!(said(&word(own.id, &catalogue)), "{}", own.id);
        }
        let headings: std::collections::BTreeSet<String> =
            PLACEMENTS.columns.iter().map(|column| heading(column.id, &catalogue)).collect();
        assert_eq!(headings.len(), PLACEMENTS.columns.len());
    }

    #[test]
    fn leaves_keep_their_months() {
        let japanese = Catalogue::new(Language::Ja);
        assert_eq!(leaves("childbirth 2020-06..2020-08; abroad", &japanese), "出産 2020-06..2020-08; 留学");
        assert_eq!(leaves("", &japanese), "");
        let english = Catalogue::new(Language::En);
        assert_eq!(
            leaves("childbirth 2020-06..2020-08; abroad", &english),
            "childbirth 2020-06..2020-08; abroad"
        );
    }
}
