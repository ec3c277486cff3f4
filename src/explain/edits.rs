//! Changes as edits of the tables: what a director would write for a way out, and the scenario that comes
//! of it. A change that leaves no scenario (a history that no longer fits, a lock that then lies outside
//! the training, a target below the sum of its parts) is refused by the reader, as it would be by hand.

use rust_decimal::Decimal;

use super::apply::supervisors_for;
use super::change::{Change, share};
use super::statement::Statement;
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
        changes.iter().partition(|change| change.of == Statement::Ratio);
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
    let by = change.by().unwrap_or(0);
    let from = change.since().unwrap_or(scenario.start());
    let to = change.to(scenario);
    match change.of {
        Statement::Lock { resident, lock } => vec![Edit::release(scenario, resident, lock)],
        Statement::Course { resident, .. } => open_course(scenario, resident),
        Statement::Leave { resident, leave } => {
            Edit::no_leave(scenario, resident, leave).into_iter().collect()
        }
        Statement::Seats { facility, .. } => more_seats(
            scenario,
            facility,
            from,
            by,
            |month| audit::seat_limit(scenario, facility, month),
            |seats| supervisors_for(&scenario.rules, seats),
        ),
        Statement::Pool { .. } => {
            let Some(first) = scenario.facilities.first() else { return Vec::new() };
            let more = |now: &Decimal| Some((*now + Decimal::from(by)).normalize().to_string());
            from_month_on(&first.id, "supervisors", &first.supervisors, from, |_, now| more(now))
        }
        Statement::Intake { .. } => not_taken(scenario, change.without()),
        Statement::Minimum(_) | Statement::Ratio => {
            to.map(|to| Edit::rule(change.of.kind(), to)).into_iter().collect()
        }
        Statement::Bound(bound) => to.map(|to| Edit::bound(scenario, bound, to)).into_iter().collect(),
        Statement::Target(case) => to.map(|to| Edit::target(scenario, case, to)).into_iter().collect(),
        Statement::Volume { case, facility } => {
            let (item, of) = (scenario.case(case), scenario.facility(facility));
            let Some(volumes) = of.volumes.get(item.volume) else { return Vec::new() };
            let unknown = scenario.rules.unknown_volumes_are_zero.then_some(Decimal::ZERO);
            let more = |now: &Option<Decimal>| {
                Some(((*now).or(unknown)? + Decimal::from(by)).normalize().to_string())
            };
            let column = &scenario.volumes[item.volume];
            from_month_on(&of.id, column, volumes, from, |_, now| more(now))
        }
        Statement::Share(case) => {
            to.map(|to| Edit::trainee_share(scenario, case, share(to))).into_iter().collect()
        }
        // What has happened, and whole rows, no way out changes.
        Statement::History { .. } | Statement::Rule(_) => Vec::new(),
    }
}
