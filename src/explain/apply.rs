//! The tables after changes.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};

use super::change::{Change, share};
use super::relax::{remove, set_within, without_leave};
use crate::audit;
use crate::calendar::{Month, Span};
use crate::scenario::bounds::FRACTION_DIGITS_MAX;
use crate::scenario::{CaseIx, FacilityIx, Rules, Scenario, SupervisorRounding};

/// The scenario after changes that each name something else; without goals, as only existence is asked.
pub fn changed(scenario: &Scenario, changes: &[Change]) -> Scenario {
    let mut changed = scenario.clone();
    changed.goals.clear();
    // More residents per supervisor give seats of their own; a seat more comes on top of them.
    for change in changes {
        if let Change::Ratio { to } = change {
            changed.rules.residents_per_supervisor = *to;
        }
    }
    let mut gone = BTreeSet::new();
    for change in changes {
        match change {
            Change::ReleaseLock { resident, lock } => {
                changed.residents[resident.0].locks.retain(|other| other != lock);
            }
            Change::OpenCourse { resident } => changed.residents[resident.0].course = None,
            Change::NoLeave { resident, leave } => {
                without_leave(&mut changed.residents[resident.0], *leave);
            }
            Change::Seats { facility, from, by } => more_seats(&mut changed, *facility, *from, *by),
            Change::Supervisors { from, by } => {
                let span = from_year_on(&changed, *from);
                if let Some(facility) = changed.facilities.first_mut() {
                    set_within(&mut facility.supervisors, span, |now| *now + Decimal::from(*by));
                }
            }
            Change::Intake { without, .. } => gone.extend(without.iter().copied()),
            Change::Minimum { minimum, to } => minimum.set(&mut changed.rules, *to),
            Change::Ratio { .. } => {}
            Change::Target { case, to } => changed.cases[case.0].target = *to,
            Change::Volume { case, facility, from, by } => {
                let span = from_year_on(&changed, *from);
                let unknown_is_zero = changed.rules.unknown_volumes_are_zero.then_some(Decimal::ZERO);
                let column = changed.case(*case).volume;
                if let Some(volumes) = changed.facilities[facility.0].volumes.get_mut(column) {
                    set_within(volumes, span, |now| Some((*now).or(unknown_is_zero)? + Decimal::from(*by)));
                }
            }
            // A part has the share of its item.
            Change::Share { case, to } => {
                for item in (0..changed.cases.len()).map(CaseIx) {
                    if item == *case || changed.case(item).part_of == Some(*case) {
                        changed.cases[item.0].trainee_share = share(*to);
                    }
                }
            }
        }
    }
    remove(&mut changed, &gone);
    changed
}

/// From the beginning of an academic year to the end of the last one that is decided.
fn from_year_on(scenario: &Scenario, year: i32) -> Span {
    let start = scenario.calendar.start_of(year);
    let last = scenario.calendar.year_of(scenario.horizon().end().minus(1));
    Span::between(start, scenario.calendar.start_of(last.max(year) + 1))
}

/// Raises the facility's own seats and its supervisors as far as either stands in the way.
fn more_seats(scenario: &mut Scenario, facility: FacilityIx, from: i32, by: u32) {
    let span = from_year_on(scenario, from);
    let limits: Vec<(Month, u32)> = span
        .iter()
        .filter_map(|month| Some((month, audit::seat_limit(scenario, facility, month)? + by)))
        .collect();
    let (rules, facility) = (&scenario.rules, &mut scenario.facilities[facility.0]);
    for (month, seats) in limits {
        let month = Span::new(month, 1);
        set_within(&mut facility.seats, month, |own| own.map(|own| own.max(seats)));
        set_within(&mut facility.supervisors, month, |&now| now.max(supervisors_for(rules, seats)));
    }
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
