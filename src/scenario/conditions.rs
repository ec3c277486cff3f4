//! Rules that tables say (DESIGN 4b): requirements of careers, limits on stays, order, staffing, points.
//!
//! They are data; what they mean is said here once in words, and twice in code: constructively in
//! `itineraries` and `solve`, declaratively in `audit`.
//!
//! *Training time* runs with the course pattern: position 0 is the first month of training, months that suspend it have no
//! position, and an extension lies behind the last training year and belongs to it. A *stay* at places of a selector is
//! an unbroken time at one of them in training time; where the selector names no section, at one facility, whatever
//! the sections. It is as long as its months with a seat; leave without a seat does not end it if it goes on at the
//! same place afterwards, a free month does.
//!
//! History counts like everything else; in months whose section nobody wrote down for no section: they are no
//! stay by section and no place among `places`. It is never a violation by itself: a maximum that the past exceeds
//! allows just what the past has, a stay that was over before the first decided month is as it is, and one that
//! lasts up to it is held to its rules (but to `starts`). What resignation cuts off may be short and no multiple.
//!
//! Whether a selector means a stay is asked of its first month. An extension is spent at the last facility (§9.2
//! \[21,53\]), in whichever of its sections. History without a section fits every part of a pattern that some section of
//! the facility fits; a lock without one means any section (must) or all of them (must-not).

use super::model::{CourseIx, Resident, ResidentIx, SelectorIx};
use super::place::Term;
use super::service::training_year;
use crate::calendar::Month;

/// Whether a rule has to be kept, or is worth a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Force {
    Must,
    Wish,
}

impl Force {
    pub const ALL: [Self; 2] = [Self::Must, Self::Wish];

    /// The word used in tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Wish => "wish",
        }
    }
}

/// What a name in a selector of residents means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhoName {
    /// The course of the plan.
    Course(CourseIx),
    /// A tag of the resident, normalised.
    Tag(String),
    /// The training year of the month asked about, from 1; in `staffing.csv` only.
    Year(u32),
}

/// `who`: any of several conjunctions of names; without any: everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Who {
    /// As it was written; empty for everybody.
    pub text: String,
    pub any: Vec<Vec<Term<WhoName>>>,
}

impl Who {
    /// Whether a resident on the course is meant, in a month of the training year.
    pub fn means(&self, resident: &Resident, course: CourseIx, training_year: u32) -> bool {
        let means = |name: &WhoName| match name {
            WhoName::Course(ix) => *ix == course,
            WhoName::Tag(tag) => resident.tags.contains(tag),
            WhoName::Year(year) => *year == training_year,
        };
        let holds = |term: &Term<WhoName>| means(&term.name) != term.not;
        self.any.is_empty() || self.any.iter().any(|all| all.iter().all(holds))
    }
}

/// `when`: a part of training time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Window {
    /// From the first month to the last, an extension included.
    #[default]
    Whole,
    /// `year1`, `year1-2`: training years, both included; an extension belongs to the last year there is.
    Years { first: u32, last: u32 },
    /// `first24`: so many months from the beginning.
    First(u32),
    /// `last12`: so many months before the end of the pattern, and an extension.
    Last(u32),
}

impl Window {
    /// Whether a position of training time lies in it.
    pub fn contains(self, position: u32, training_months: u32) -> bool {
        match self {
            Self::Whole => true,
            Self::Years { first, last } => (first..=last).contains(&training_year(position, training_months)),
            Self::First(months) => position < months,
            Self::Last(months) => position + months >= training_months,
        }
    }
}

/// What a requirement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// Months that count at the facility, as for the minima of the standard (part-time by its hours).
    Months,
    /// Stays that begin in the window.
    Stays,
    /// Different facilities with a month in the window.
    Facilities,
    /// Different places with a month in the window.
    Places,
}

impl Count {
    pub const ALL: [Self; 4] = [Self::Months, Self::Stays, Self::Facilities, Self::Places];

    /// The word used in tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::Months => "months",
            Self::Stays => "stays",
            Self::Facilities => "facilities",
            Self::Places => "places",
        }
    }
}

/// One row of `requirements.csv`: a bound on what one career holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    pub id: String,
    /// The id if the table gives none.
    pub name: String,
    pub who: Who,
    pub place: SelectorIx,
    pub when: Window,
    pub count: Count,
    pub min: Option<u32>,
    pub max: Option<u32>,
    /// With n here the minimum is floor(min × min(1, C / n)), C = the resident's decided months with a seat at
    /// the facilities of `place` plus those that history gives by section, all of them in the window.
    pub of_months: Option<u32>,
    pub force: Force,
    pub clause: String,
}

/// One row of `stays.csv`: what stays at certain places are like. Always kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayRule {
    pub who: Who,
    pub place: SelectorIx,
    pub months_min: Option<u32>,
    pub months_max: Option<u32>,
    /// Stays are multiples of so many months.
    pub step_months: Option<u32>,
    /// Months of the academic year in which a stay may begin, 1 being its first month; empty: any.
    pub starts: Vec<u32>,
    /// Months of training time between the end of a stay at one of the places and the beginning of the next, at
    /// whichever of them.
    pub gap_months: Option<u32>,
    /// Stays at all the places together in the whole training.
    pub visits_max: Option<u32>,
    pub clause: String,
}

/// One row of `order.csv`: nobody is at `then` before so many months with a seat at `first`. Of a wish the
/// decided months that are too early are its shortfall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRule {
    pub who: Who,
    pub first: SelectorIx,
    pub months: u32,
    pub then: SelectorIx,
    pub force: Force,
    pub clause: String,
}

/// One row of `staffing.csv`: how many residents of a kind are at certain places in each month.
///
/// A minimum counts who works there, as the goal `coverage` does, and without `until` ends with the last intake
/// year, as it does; a maximum counts who holds a seat there, in all decided months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staffing {
    pub id: String,
    /// The id if the table gives none.
    pub name: String,
    pub place: SelectorIx,
    pub who: Who,
    /// `None`: from the first decided month on.
    pub from: Option<Month>,
    /// The last month.
    pub until: Option<Month>,
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub force: Force,
    pub clause: String,
}

/// What earns points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Earns {
    /// A decided month at a place.
    Month(SelectorIx),
    /// `@stay:SELECTOR`: a stay that begins in a decided month.
    Stay(SelectorIx),
    /// `@change`: a change of facility from one stay to the next, the latter decided, whatever lies between them.
    Change,
    /// `@idle`: a decided month at no place, before the end of the last stay.
    Idle,
}

/// One row of `points.csv`. Rows that meet the same month add up.
///
/// The best attainable points of a resident, against which the goal counts, are those of the best career that breaks
/// no rule about a single resident, whoever else is where and targets of cases aside; without any such career, none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points {
    /// `None`: everybody.
    pub resident: Option<ResidentIx>,
    pub earns: Earns,
    pub points: i32,
}
