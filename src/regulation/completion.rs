//! What completion needs besides placements and cases, and until when it is kept: records by kind, how often each is
//! due, and how many (§8 \[41,44,46\], §9.1 \[17,49,50\], §9.2 \[19–22,53\]).
//!
//! The standard's kinds are rows here; `[completion]` of `program.toml` changes their numbers and adds kinds of its
//! own. No checks: `completion` holds records against them.

use std::ops::RangeInclusive;

/// When something is due in a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// In the first month.
    Start,
    /// In every month at a facility.
    Month,
    /// In the sixth month of the academic year.
    MidYear,
    /// Right after the academic year, or after the training.
    YearEnd,
    /// At both.
    HalfYear,
    /// So many for every academic year begun, all years together.
    Year,
    /// So many by the end of the training.
    Training,
    /// In the last month: March of the third year, in an extension its last month.
    End,
}

impl Due {
    pub const ALL: [Self; 8] = [
        Self::Start,
        Self::Month,
        Self::MidYear,
        Self::YearEnd,
        Self::HalfYear,
        Self::Year,
        Self::Training,
        Self::End,
    ];

    /// The word used in `program.toml`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Month => "month",
            Self::MidYear => "mid-year",
            Self::YearEnd => "year-end",
            Self::HalfYear => "half-year",
            Self::Year => "year",
            Self::Training => "training",
            Self::End => "end",
        }
    }
}

/// A kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordKind {
    pub id: String,
    /// `None`: one of the standard's, whose name is in the catalogues.
    pub name: Option<String>,
    pub due: Due,
    /// How many each time; 0 asks for none.
    pub count: u32,
    /// Something to strive for, which completion does not depend on.
    pub is_goal: bool,
    /// Part of the experience of which [`Completion::experience_percent_min`] suffices.
    pub is_experience: bool,
    /// As printed; empty for a kind of the program's own.
    pub clause: String,
}

/// `[completion]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The standard's kinds, then the program's own.
    pub kinds: Vec<RecordKind>,
    /// §6.2: the share of areas, disease groups and cases that suffices.
    pub experience_percent_min: u32,
    /// §8 \[44,46\]: academic records are kept for so many years after the training.
    pub keep_years: u32,
}

/// How many records of a kind, and for how many years something is kept.
pub const COUNTS: RangeInclusive<u32> = 0..=10_000;
pub const PERCENT: RangeInclusive<u32> = 0..=100;
pub const KEEP_YEARS: RangeInclusive<u32> = 0..=50;

struct Row {
    id: &'static str,
    due: Due,
    count: u32,
    is_goal: bool,
    is_experience: bool,
    clause: &'static str,
}

const fn row(id: &'static str, due: Due, count: u32, clause: &'static str) -> Row {
    Row { id, due, count, is_goal: false, is_experience: false, clause }
}

const fn goal(id: &'static str, count: u32) -> Row {
    Row { is_goal: true, ..row(id, Due::Year, count, "§7.3") }
}

const fn experience(id: &'static str, count: u32) -> Row {
    Row { is_experience: true, ..row(id, Due::Training, count, "§6.2 [8,9,10,15]") }
}

const STANDARD: [Row; 12] = [
    // Reported to the society when the training starts.
    row("registration", Due::Start, 1, "§8 [41]"),
    // The supervisor's feedback, signed about once a month.
    row("signature", Due::Month, 1, "§9.1 [17,49,50]"),
    // Resident, supervisor, facility and program; in the middle of the year and right after it.
    row("mid-year-report", Due::MidYear, 1, "§9.1, §9.2(4) [22]"),
    row("year-end-report", Due::YearEnd, 1, "§9.1, §9.2(4) [22]"),
    row("multi-profession", Due::HalfYear, 1, "§9.1, §9.2(4) [22]"),
    // As first author; two a year and one a year are goals.
    goal("talk", 2),
    goal("paper", 1),
    // Certificates are handed in; no number is printed, so there is to be one at least.
    row("lecture", Due::Training, 1, "§8 [44,46]"),
    experience("area", 11),
    experience("disease-group", 80),
    experience("disease-case", 100),
    row("assessment", Due::End, 1, "§9.2 [19,53]"),
];

impl Default for Completion {
    /// The standard's.
    fn default() -> Self {
        let kind = |row: &Row| RecordKind {
            id: row.id.to_owned(),
            name: None,
            due: row.due,
            count: row.count,
            is_goal: row.is_goal,
            is_experience: row.is_experience,
            clause: row.clause.to_owned(),
        };
        Self { kinds: STANDARD.iter().map(kind).collect(), experience_percent_min: 90, keep_years: 5 }
    }
}

impl Completion {
    /// How many of a kind suffice each time.
    pub fn asked(&self, kind: &RecordKind) -> u32 {
        if !kind.is_experience {
            return kind.count;
        }
        let share = u64::from(kind.count) * u64::from(self.experience_percent_min);
        // At most the count itself: the share is at most all.
        share.div_ceil(100) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_tenths_of_the_experience_suffice() {
        let standard = Completion::default();
        let asked = |id: &str| {
            let kind = standard.kinds.iter().find(|kind| kind.id == id).unwrap();
            standard.asked(kind)
        };
        assert_eq!((asked("area"), asked("disease-group"), asked("disease-case")), (10, 72, 90));
        assert_eq!((asked("signature"), asked("talk")), (1, 2));
    }
}
