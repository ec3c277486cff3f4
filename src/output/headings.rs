//! Headings and words of the CSV files that are handed out, in the reader's language.
//!
//! In English they are the ids that programs read. In Japanese those of the catalogue of tables, so that
//! what was written is read back; columns that no table has are named here.

use crate::language::{Catalogue, Language, spelling};
use crate::tables::catalogue::{GOAL_WORDS, LEAVE_KINDS, MEASURES, PLACEMENTS, ROLES, Word};

/// Columns that only outputs have, and the keys of their headings.
const OWN: &[(&str, &str)] = &[
    ("verdict", "heading-verdict"),
    ("subject", "heading-subject"),
    ("item", "heading-item"),
    ("item_name", "heading-item-name"),
    ("state", "heading-state"),
    ("so_far", "heading-so-far"),
    ("expected", "heading-expected"),
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
    ("from", "heading-moved-from"),
    ("from_name", "heading-moved-from-name"),
    ("to", "heading-moved-to"),
    ("to_name", "heading-moved-to-name"),
    ("chain", "heading-chain"),
    ("kind", "heading-chain-kind"),
    ("position", "heading-position"),
    ("goal", "heading-goal-asked"),
    ("measure", "heading-goal-measure"),
    ("before", "heading-before"),
    ("after", "heading-after"),
    ("departures", "heading-departures"),
    ("arrivals", "heading-arrivals"),
    ("residents_max_before", "heading-residents-max-before"),
    ("residents_max_after", "heading-residents-max-after"),
    ("placeable", "heading-placeable"),
    ("within_caps", "heading-within-caps"),
    ("binding", "heading-binding"),
    ("first_course", "heading-first-course"),
    ("first_three_facilities", "heading-first-three-facilities"),
    ("worst_course_choice", "heading-worst-course-choice"),
    ("unplaced", "heading-unplaced"),
    ("unplaced_entry_year", "heading-unplaced-entry-year"),
    ("first_change", "heading-first-change"),
    ("question", "heading-question"),
    ("key", "heading-varied-key"),
    ("path", "heading-path"),
    ("program", "heading-program-id"),
    ("program_name", "heading-program-name"),
    ("facilities", "heading-facilities"),
    ("why", "heading-why"),
    ("largest", "heading-largest"),
    ("smallest", "heading-smallest"),
    ("next", "heading-next-value"),
    ("lift_facility", "heading-lift-facility"),
    ("lift_column", "heading-lift-column"),
    ("holes", "heading-holes"),
    ("no_scenario", "heading-no-scenario"),
    ("open", "heading-open-values"),
];

/// Words that only outputs have, and their keys.
const OWN_WORDS: &[Word] = &[
    Word { id: "met", key: "word-met" },
    Word { id: "on-course", key: "word-on-course" },
    Word { id: "not-known", key: "word-not-known" },
    Word { id: "at-risk", key: "word-at-risk" },
    Word { id: "impossible", key: "word-impossible" },
    Word { id: "time", key: "word-subject-time" },
    Word { id: "minimum", key: "word-subject-minimum" },
    Word { id: "case", key: "word-subject-case" },
    Word { id: "record", key: "word-subject-record" },
    Word { id: "done", key: "word-done" },
    Word { id: "open", key: "word-open" },
    Word { id: "true", key: "word-yes" },
    Word { id: "false", key: "word-no" },
    Word { id: "training", key: "word-in-training" },
    Word { id: "error", key: "word-broken" },
    Word { id: "warning", key: "word-warning" },
    Word { id: "note", key: "word-remark" },
    Word { id: "not-checked", key: "word-not-checked" },
    Word { id: "unknown", key: "word-unknown" },
    Word { id: "optimal", key: "word-optimal" },
    Word { id: "feasible", key: "word-feasible" },
    Word { id: "infeasible", key: "word-infeasible" },
    Word { id: "invalid", key: "word-invalid" },
    Word { id: "certified", key: "word-certified" },
    Word { id: "solver", key: "word-solver" },
    Word { id: "none", key: "word-no-proof" },
    Word { id: "chain", key: "word-chain" },
    Word { id: "ring", key: "word-ring" },
    Word { id: "better", key: "word-better" },
    Word { id: "same", key: "word-same" },
    Word { id: "worse", key: "word-worse" },
];

/// What else is said of a goal in a column beside it.
const OWN_PARTS: [Word; 3] = [
    Word { id: "bound", key: "heading-bound" },
    Word { id: "proof", key: "heading-proof" },
    Word { id: "change", key: "heading-change" },
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

/// The heading of a goal's column, such as `coverage.sum`, and of those that belong to it: `coverage.sum.bound`.
pub fn heading_of_goal(name: &str, part: &str, catalogue: &Catalogue) -> String {
    let (goal, measure) = name.split_once('.').unwrap_or((name, ""));
    match (catalogue.language(), part) {
        (Language::En, "") => name.to_string(),
        (Language::En, part) => format!("{name}.{part}"),
        (Language::Ja, part) => {
            let name = format!("{}（{}）", word(goal, catalogue), word(measure, catalogue));
            let part = OWN_PARTS.iter().find(|own| own.id == part);
            let part = part.map(|own| spelling::written(Language::Ja, own.key));
            std::iter::once(name).chain(part).collect::<Vec<_>>().join(" ")
        }
    }
}

/// The heading of how far the targets of a case item could grow.
pub fn heading_of_margin(case: &str, catalogue: &Catalogue) -> String {
    match catalogue.language() {
        Language::En => format!("margin.{case}"),
        Language::Ja => format!("{case} {}", spelling::written(Language::Ja, "heading-margin")),
    }
}

/// A word of the tables: a role, a kind of leave, a severity, true or false.
pub fn word(id: &str, catalogue: &Catalogue) -> String {
    let key = ROLES
        .iter()
        .chain(LEAVE_KINDS)
        .chain(OWN_WORDS)
        .chain(GOAL_WORDS)
        .chain(MEASURES)
        .find(|word| word.id == id);
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
