//! Changes as edits of the tables: what a director would write for a way out, and the scenario that comes
//! of it. A change that leaves no scenario (a history that no longer fits, a lock that then lies outside
//! the training, a target below the sum of its parts) is refused by the reader, as it would be by hand.

use rust_decimal::Decimal;

use super::apply::supervisors_for;
use super::change::{Change, share};
use crate::audit;
use crate::diagnostic::Findings;
use crate::scenario::edit::{Edit, apply, from_month_on, more_seats, not_taken, open_course};
use crate::scenario::{Scenario, Sources, read, write};

/// The tables of a scenario with changes made that each name something else. `tables`: those it was read
/// from, or is written as.
///
/// # Errors
/// What has no place in the tables, or what the reader says of them on the way.
pub fn in_tables(tables: &Sources, scenario: &Scenario, changes: &[Change]) -> Result<Sources, Findings> {
    // More residents per supervisor give seats of their own; a seat more comes on top of them.
    let (ratio, others): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| matches!(change, Change::Ratio { .. }));
    let of = |scenario: &Scenario, changes: &[&Change]| {
        changes.iter().flat_map(|change| edits(scenario, change)).collect::<Vec<_>>()
    };
    if ratio.is_empty() {
        return apply(tables, &of(scenario, &others));
    }
    let tables = apply(tables, &of(scenario, &ratio))?;
    let (base, findings) = read(&tables);
    apply(&tables, &of(&base.ok_or(findings)?, &others))
}

/// The scenario after changes, by way of its tables.
///
/// # Errors
/// What the reader says of the changed tables.
pub fn written(scenario: &Scenario, changes: &[Change]) -> Result<Scenario, Findings> {
    let (written, findings) = read(&in_tables(&write(scenario), scenario, changes)?);
    written.ok_or(findings)
}

/// The same without goals, as only existence is asked; `None` where it is no scenario.
pub fn tried(scenario: &Scenario, changes: &[Change]) -> Option<Scenario> {
    let tried = if changes.is_empty() { scenario.clone() } else { written(scenario, changes).ok()? };
    Some(tried.with_goals(Vec::new()))
}

/// One change as edits.
pub fn edits(scenario: &Scenario, change: &Change) -> Vec<Edit> {
    match change {
        Change::ReleaseLock { resident, lock } => vec![Edit::release(scenario, *resident, *lock)],
        Change::OpenCourse { resident } => open_course(scenario, *resident),
        Change::NoLeave { resident, leave } => {
            Edit::no_leave(scenario, *resident, *leave).into_iter().collect()
        }
        Change::Seats { facility, from, by } => more_seats(
            scenario,
            *facility,
            *from,
            *by,
            |month| audit::seat_limit(scenario, *facility, month),
            |seats| supervisors_for(&scenario.rules, seats),
        ),
        Change::Supervisors { from, by } => {
            let Some(first) = scenario.facilities.first() else { return Vec::new() };
            let more = |now: &Decimal| Some((*now + Decimal::from(*by)).normalize().to_string());
            from_month_on(&first.id, "supervisors", &first.supervisors, *from, |_, now| more(now))
        }
        Change::Intake { without, .. } => not_taken(scenario, without),
        Change::Minimum { minimum, to } => vec![Edit::rule(minimum.id(), to)],
        Change::Ratio { to } => vec![Edit::rule("residents_per_supervisor", to)],
        Change::Bound { bound, to } => vec![Edit::bound(scenario, *bound, *to)],
        Change::Target { case, to } => vec![Edit::target(scenario, *case, *to)],
        Change::Volume { case, facility, from, by } => {
            let (item, of) = (scenario.case(*case), scenario.facility(*facility));
            let Some(volumes) = of.volumes.get(item.volume) else { return Vec::new() };
            let unknown = scenario.rules.unknown_volumes_are_zero.then_some(Decimal::ZERO);
            let more = |now: &Option<Decimal>| {
                Some(((*now).or(unknown)? + Decimal::from(*by)).normalize().to_string())
            };
            let column = &scenario.volumes[item.volume];
            from_month_on(&of.id, column, volumes, *from, |_, now| more(now))
        }
        Change::Share { case, to } => vec![Edit::trainee_share(scenario, *case, share(*to))],
    }
}
