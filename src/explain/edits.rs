//! Changes as edits of the tables: what a director would write for a way out, and the scenario that comes
//! of it. A change that leaves no scenario (a history that no longer fits, a lock that then lies outside
//! the training, a target below the sum of its parts) is refused by the reader, as it would be by hand.

use super::apply::supervisors_for;
use super::change::{Change, share};
use crate::audit;
use crate::diagnostic::Findings;
use crate::scenario::Scenario;
use crate::scenario::edit::{Edit, from_month_on, more_seats, not_taken, open_course};

use rust_decimal::Decimal;

/// The scenario after changes that each name something else, by way of its tables.
///
/// # Errors
/// What the reader says of the changed tables.
pub fn written(scenario: &Scenario, changes: &[Change]) -> Result<Scenario, Findings> {
    // More residents per supervisor give seats of their own; a seat more comes on top of them.
    let is_ratio = |change: &&Change| matches!(change, Change::Ratio { .. });
    let ratio: Vec<Edit> =
        changes.iter().filter(is_ratio).flat_map(|change| edits(scenario, change)).collect();
    let base = if ratio.is_empty() { None } else { Some(scenario.edited(&ratio)?) };
    let base = base.as_ref().unwrap_or(scenario);
    let others = changes.iter().filter(|change| !is_ratio(change));
    base.edited(&others.flat_map(|change| edits(base, change)).collect::<Vec<_>>())
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
            scenario.calendar.start_of(*from),
            *by,
            |month| audit::seat_limit(scenario, *facility, month),
            |seats| supervisors_for(&scenario.rules, seats),
        ),
        Change::Supervisors { from, by } => {
            let Some(first) = scenario.facilities.first() else { return Vec::new() };
            let more = |now: &Decimal| Some((*now + Decimal::from(*by)).normalize().to_string());
            let start = scenario.calendar.start_of(*from);
            from_month_on(&first.id, "supervisors", &first.supervisors, start, |_, now| more(now))
        }
        Change::Intake { without, .. } => not_taken(scenario, without),
        Change::Minimum { minimum, to } => vec![Edit::rule(minimum.id(), to)],
        Change::Ratio { to } => vec![Edit::rule("residents_per_supervisor", to)],
        Change::Target { case, to } => vec![Edit::target(scenario, *case, *to)],
        Change::Volume { case, facility, from, by } => {
            let (item, of) = (scenario.case(*case), scenario.facility(*facility));
            let Some(volumes) = of.volumes.get(item.volume) else { return Vec::new() };
            let unknown = scenario.rules.unknown_volumes_are_zero.then_some(Decimal::ZERO);
            let more = |now: &Option<Decimal>| {
                Some(((*now).or(unknown)? + Decimal::from(*by)).normalize().to_string())
            };
            let column = &scenario.volumes[item.volume];
            from_month_on(&of.id, column, volumes, scenario.calendar.start_of(*from), |_, now| more(now))
        }
        Change::Share { case, to } => vec![Edit::trainee_share(scenario, *case, share(*to))],
    }
}
