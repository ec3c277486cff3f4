//! What changes make of a scenario, in memory: the search tries many. What it hands out is written as
//! tables (`edits`).

use rust_decimal::{Decimal, RoundingStrategy};

use super::change::{Change, share};
use crate::audit;
use crate::calendar::{Month, Span};
use crate::scenario::bounds::FRACTION_DIGITS_MAX;
use crate::scenario::edit::Loosening;
use crate::scenario::{FacilityIx, Rules, Scenario, SupervisorRounding};

/// The scenario after changes that each name something else; without goals, as only existence is asked.
pub fn changed(scenario: &Scenario, changes: &[Change]) -> Scenario {
    // More residents per supervisor give seats of their own; a seat more comes on top of them.
    let ratio = changes.iter().filter_map(|change| match change {
        Change::Ratio { to } => Some(Loosening::RatioTo(*to)),
        _ => None,
    });
    let base = scenario.with_goals(Vec::new()).loosened(ratio);
    base.loosened(changes.iter().flat_map(|change| loosenings(&base, change)))
}

fn loosenings(base: &Scenario, change: &Change) -> Vec<Loosening> {
    vec![match change {
        Change::ReleaseLock { resident, lock } => Loosening::Lock(*resident, *lock),
        Change::OpenCourse { resident } => Loosening::Course(*resident),
        Change::NoLeave { resident, leave } => Loosening::Leave(*resident, *leave),
        Change::Seats { facility, from, by } => return more_seats(base, *facility, *from, *by),
        Change::Supervisors { from, by } => Loosening::Supervisors {
            facility: FacilityIx(0),
            span: from_month_on(base, *from),
            by: Decimal::from(*by),
        },
        Change::Intake { without, .. } => Loosening::Without(without.iter().copied().collect()),
        Change::Minimum { minimum, to } => Loosening::Minimum(*minimum, *to),
        Change::Ratio { to } => Loosening::RatioTo(*to),
        Change::Bound { bound, to } => Loosening::BoundTo(*bound, *to),
        Change::Target { case, to } => Loosening::Target(*case, *to),
        Change::Volume { case, facility, from, by } => Loosening::Volume {
            case: *case,
            facility: *facility,
            span: from_month_on(base, *from),
            by: Decimal::from(*by),
        },
        Change::Share { case, to } => Loosening::Share(*case, share(*to)),
    }]
}

/// From a month to the end of the last academic year that is decided.
fn from_month_on(scenario: &Scenario, from: Month) -> Span {
    let last = scenario.calendar.year_of(scenario.horizon().end().minus(1).max(from));
    Span::between(from, scenario.calendar.start_of(last + 1))
}

/// Raises the facility's own seats and its supervisors as far as either stands in the way.
fn more_seats(scenario: &Scenario, facility: FacilityIx, from: Month, by: u32) -> Vec<Loosening> {
    let months = from_month_on(scenario, from).iter();
    let more = |month| {
        let seats = audit::seat_limit(scenario, facility, month)? + by;
        let supervisors = supervisors_for(&scenario.rules, seats);
        Some(Loosening::SeatsTo { facility, span: Span::new(month, 1), seats, supervisors })
    };
    months.filter_map(more).collect()
}

/// The least supervisors that allow so many residents, to as many digits as the tables have; 0 where they
/// are read as one pool and limit no facility.
pub fn supervisors_for(rules: &Rules, seats: u32) -> Decimal {
    let needed = Decimal::from(seats) / Decimal::from(rules.residents_per_supervisor.max(1));
    match rules.supervisor_rounding {
        SupervisorRounding::FacilityFloor => {
            let rounded =
                needed.round_dp_with_strategy(FRACTION_DIGITS_MAX as u32, RoundingStrategy::AwayFromZero);
            rounded.normalize()
        }
        SupervisorRounding::SupervisorFloor => needed.ceil(),
        SupervisorRounding::Pooled => Decimal::ZERO,
    }
}
