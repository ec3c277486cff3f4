//! Rows of a base plan that cannot stay as they are, each with the reason.
//!
//! Some are impossible by themselves: no seats, a lock, no career of the resident that has them. Others
//! only together: more residents at a facility than it now holds. Such rows are not taken back from
//! anybody here; the goal `stability` decides who moves. They are told so that nobody is surprised.

use crate::audit;
use crate::calendar::Month;
use crate::itineraries::Itineraries;
use crate::plan::{Obstacle, Plan};
use crate::scenario::{LeaveKind, LockKind, ResidentIx, Role, Scenario, Stay};
use crate::solve::obstacles;

/// A row of a base plan that cannot stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Position in the base plan.
    pub row: usize,
    pub resident: ResidentIx,
    pub stay: Stay,
    /// The first month of it that was frozen all the same and is given up.
    pub lifted: Option<Month>,
    pub why: Cannot,
}

/// Why a row cannot stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cannot {
    /// The facility is an associated one.
    Associated,
    /// Leave without a seat, from the first to the last such month.
    Leave { kind: LeaveKind, first: Month, last: Month },
    /// The facility has no seat in the month.
    NoSeats(Month),
    /// A lock says otherwise from the month on.
    Lock(Month),
    /// No career of the resident has it; each of these, left out alone, would give one that does.
    NoCareer(Vec<Obstacle>),
    /// More residents than seats in the month.
    Full { month: Month, present: i64, seats: i64 },
    /// Not together with everything else that is frozen.
    Together,
}

/// All rows that cannot stay, in the plan's order; `itineraries` where the careers could be listed. Once
/// `stopped` says so, what stands in the way of a career is no longer looked for.
pub fn impossible(
    scenario: &Scenario,
    base: &Plan,
    itineraries: Option<&Itineraries>,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Vec<Impossible> {
    let found = base.rows.iter().enumerate().filter_map(|(row, placement)| {
        let stay = Stay { facility: placement.facility, span: placement.span, section: None };
        let by_itself = alone(scenario, placement.resident, stay, itineraries, stopped);
        let why = by_itself.or_else(|| together(scenario, base, stay))?;
        Some(Impossible { row, resident: placement.resident, stay, lifted: None, why })
    });
    found.collect()
}

/// Why a resident cannot be at a facility in these months, whatever becomes of everybody else.
pub fn alone(
    scenario: &Scenario,
    resident: ResidentIx,
    stay: Stay,
    itineraries: Option<&Itineraries>,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Cannot> {
    if scenario.facility(stay.facility).role == Role::Associated {
        return Some(Cannot::Associated);
    }
    let service = scenario.service(resident);
    let away = |month| Some((month, service.at(month).filter(|this| !this.seat)?.leave?));
    if let Some((first, kind)) = stay.span.iter().find_map(away) {
        let last = stay.span.iter().rev().find_map(away).map_or(first, |(last, _)| last);
        return Some(Cannot::Leave { kind, first, last });
    }
    let closed = |month: &Month| audit::seat_limit(scenario, stay.facility, *month) == Some(0);
    if let Some(month) = stay.span.iter().find(closed) {
        return Some(Cannot::NoSeats(month));
    }
    let locks = scenario.resident(resident).locks.iter();
    let against = locks.filter(|lock| (lock.kind == LockKind::Must) != (lock.stay.facility == stay.facility));
    if let Some(month) =
        against.map(|lock| lock.stay.span.intersection(stay.span)).find(|both| !both.is_empty())
    {
        return Some(Cannot::Lock(month.start));
    }
    let itineraries = itineraries?;
    let own = itineraries.careers_of.get(resident.0)?;
    // What lies beyond the training is nobody's, and what is history is in no career.
    let is_past = stay.span.iter().any(|month| month < scenario.start() && service.has_seat(month));
    let there = own.keeping(
        |_| !is_past,
        |other| {
            let is_there = other.stay().is_some_and(|other| {
                other.facility == stay.facility && (stay.section.is_none() || stay.section == other.section)
            });
            is_there || other.span.intersection(stay.span).is_empty()
        },
    );
    // Without any career nothing is possible, and that is told elsewhere.
    (!own.is_empty() && there.is_empty())
        .then(|| Cannot::NoCareer(obstacles(scenario, resident, Some(stay), stopped)))
}

/// Why not everybody whom the plan has at a facility can be there.
fn together(scenario: &Scenario, base: &Plan, stay: Stay) -> Option<Cannot> {
    let present = |month: Month| {
        let there = base.rows.iter().filter(|row| row.facility == stay.facility && row.span.contains(month));
        there.count() as i64
    };
    let over = |month: Month| {
        let seats = i64::from(audit::seat_limit(scenario, stay.facility, month)?);
        let present = present(month);
        (present > seats).then_some(Cannot::Full { month, present, seats })
    };
    stay.span.iter().find_map(over)
}
