//! What changes make of a scenario, in memory: the search tries many. What it hands out is written as
//! tables (`edits`).

use rust_decimal::{Decimal, RoundingStrategy};

use super::change::{Change, share};
use super::statement::Statement;
use crate::audit;
use crate::calendar::{Month, Span};
use crate::scenario::bounds::FRACTION_DIGITS_MAX;
use crate::scenario::edit::Loosening;
use crate::scenario::{FacilityIx, Rules, Scenario, SupervisorRounding};

/// The scenario after changes that each name something else; without goals, as only existence is asked.
pub fn changed(scenario: &Scenario, changes: &[Change]) -> Scenario {
    // More residents per supervisor give seats of their own; a seat more comes on top of them.
    let ratio = changes.iter().filter(|change| change.of == Statement::Ratio);
    let ratio = ratio.filter_map(|change| change.to(scenario)).map(Loosening::RatioTo);
    let base = scenario.with_goals(Vec::new()).loosened(ratio);
    let others = changes.iter().filter(|change| change.of != Statement::Ratio);
    base.loosened(others.flat_map(|change| loosenings(&base, change)))
}

fn loosenings(base: &Scenario, change: &Change) -> Vec<Loosening> {
    let by = change.by().unwrap_or(0);
    let from = change.since().unwrap_or(base.start());
    let to = || change.to(base);
    let one = match change.of {
        Statement::Lock { resident, lock } => Some(Loosening::Lock(resident, lock)),
        Statement::Course { resident, .. } => Some(Loosening::Course(resident)),
        Statement::History { resident } => Some(Loosening::History(resident)),
        Statement::Leave { resident, leave } => Some(Loosening::Leave(resident, leave)),
        Statement::Seats { facility, .. } => return more_seats(base, facility, from, by),
        Statement::Pool { .. } => Some(Loosening::Supervisors {
            facility: FacilityIx(0),
            span: from_month_on(base, from),
            by: Decimal::from(by),
        }),
        Statement::Intake { .. } => Some(Loosening::Without(change.without().iter().copied().collect())),
        Statement::Minimum(minimum) => to().map(|to| Loosening::Minimum(minimum, to)),
        Statement::Ratio => to().map(Loosening::RatioTo),
        Statement::Rule(rule) => Some(Loosening::Rule(rule)),
        Statement::Bound(bound) => to().map(|to| Loosening::BoundTo(bound, to)),
        Statement::Target(case) => to().map(|to| Loosening::Target(case, to)),
        Statement::Volume { case, facility } => {
            let span = from_month_on(base, from);
            Some(Loosening::Volume { case, facility, span, by: Decimal::from(by) })
        }
        Statement::Share(case) => to().map(|to| Loosening::Share(case, share(to))),
    };
    one.into_iter().collect()
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
