//! Why a solve ended as it did, as facts: who, where, when and how many. Words are made in `output`.

use crate::calendar::Span;
use crate::regulation::Minimum;
use crate::scenario::{CaseIx, FacilityIx, ResidentIx};

/// Why there is no plan, or what was left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No plan: more residents than seats, which counting shows.
    Seats(SeatCount),
    /// No plan: the prices of the certificate prove it, and no count was found.
    Prices,
    /// No plan: a resident has no career; each of these, left out alone, would leave one.
    NoCareer { resident: ResidentIx, either: Vec<Obstacle> },
    /// Not known: somebody's careers depend on too much.
    TooManyCareers(TooManyCareers),
    /// Not known: a library says that there is no plan, and nothing proves it.
    Doubtful,
    /// Not known: stopped before a plan was found.
    StoppedWithoutPlan,
    /// There is a plan; stopped before every goal was settled.
    StoppedWithPlan,
}

/// The months that a count of seats is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Residents in each of these months.
    Months(Span),
    /// Resident-months in all of these academic years together.
    Years(Span),
}

/// Residents who have to be at some facilities, which hold fewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatCount {
    pub window: Window,
    /// Empty: all facilities together (pooled supervisors).
    pub facilities: Vec<FacilityIx>,
    /// Ascending.
    pub residents: Vec<ResidentIx>,
    /// In months residents, in years resident-months.
    pub needed: i64,
    pub offered: i64,
}

/// What a user wrote that stands in the way of one resident, with the number it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    Locks,
    Course,
    Minimum(Minimum, u32),
    /// The target of a case item: what the resident still needs, and the most any career gives.
    Target {
        case: CaseIx,
        need: u32,
        most: u32,
    },
}

/// A resident's careers depend on more combinations of month, place and what the rules count than are
/// looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooManyCareers {
    pub limit: usize,
    /// The first of those alike.
    pub resident: ResidentIx,
}
