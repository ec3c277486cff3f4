//! The months of a base plan that stay as they are because they are past or near.
//!
//! Such months become locks. Where not all of them can stay, a plan is sought that gives up the fewest
//! resident-months of them; those it gives up are lifted, the others locked. The locks alone then never
//! leave a scenario without a plan, and a scenario that has none has none without them.

use std::collections::BTreeSet;
use std::time::Duration;

use super::impossible::{Cannot, alone};
use crate::calendar::{Month, Span, runs};
use crate::diff::whereabouts;
use crate::itineraries::Itineraries;
use crate::plan::{Answer, Placement, Plan};
use crate::scenario::{Goal, GoalKind, Lock, LockKind, Measure, ResidentIx, Scenario, Stay};
use crate::solve::{Backend, Control, solve};

use super::Impossible;

/// What stays of a base plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frozen {
    pub stays: Vec<(ResidentIx, Stay)>,
    /// Rows whose frozen months could not all stay.
    pub lifted: Vec<Impossible>,
    /// Whether no plan gives up fewer months.
    pub is_least: bool,
}

/// Settles which months of the base plan stay.
///
/// # Errors
/// Without any plan there is nothing to settle: the answer that says so.
pub fn freeze(
    scenario: &Scenario,
    base: &Plan,
    itineraries: Option<&Itineraries>,
    time_left: &(dyn Fn() -> Option<Duration> + Sync),
) -> Result<Frozen, Box<Answer>> {
    let Some(window) = scenario.frozen() else { return Ok(Frozen { is_least: true, ..Frozen::default() }) };
    let cut = |(position, row): (usize, &Placement)| {
        let span = row.span.intersection(window).intersection(scenario.decided(row.resident));
        (!span.is_empty()).then(|| (position, Placement { span, ..row.clone() }))
    };
    let held: Vec<(usize, Placement)> = base.rows.iter().enumerate().filter_map(cut).collect();
    if held.is_empty() {
        return Ok(Frozen { is_least: true, ..Frozen::default() });
    }
    // Months are frozen, not courses.
    let month_only = |(_, row): &(usize, Placement)| Placement { course: None, ..row.clone() };
    let near = Plan::from(held.iter().map(month_only).collect::<Vec<_>>());
    let goals = vec![Goal { kind: GoalKind::Stability, measure: Measure::Sum }];
    let question = scenario.with_goals(goals);
    let control =
        Control { backend: Backend::default(), base: Some(&near), time_left, progress: &mut |_| () };
    let answer = solve(&question, control);
    let Some(plan) = &answer.plan else { return Err(Box::new(answer)) };
    let at = whereabouts(plan);
    let mut frozen =
        Frozen { is_least: answer.goals.iter().all(|goal| goal.is_settled()), ..Frozen::default() };
    for (position, row) in held {
        let mut first_lost = None;
        let mut kept: Vec<Month> = Vec::new();
        // A month of leave without a seat is lost to nobody; that it cannot stay is told as such.
        let service = scenario.service(row.resident);
        for month in row.span.iter().filter(|month| service.has_seat(*month)) {
            if at.get(&(row.resident, month)) != Some(&row.facility) {
                first_lost.get_or_insert(month);
                continue;
            }
            kept.push(month);
        }
        let facility = row.facility;
        frozen.stays.extend(
            runs(kept).into_iter().map(|span| (row.resident, Stay { facility, span, section: None })),
        );
        if let Some(month) = first_lost {
            let stopped = || time_left().is_some_and(|left| left.is_zero());
            let stay = Stay { facility, span: row.span, section: None };
            let why = alone(scenario, row.resident, stay, itineraries, &stopped).unwrap_or(Cannot::Together);
            let (resident, lifted) = (row.resident, Some(month));
            frozen.lifted.push(Impossible { row: position, resident, stay, lifted, why });
        }
    }
    Ok(frozen)
}

/// The scenario in which these months stay.
pub fn locked(scenario: &Scenario, stays: &[(ResidentIx, Stay)]) -> Scenario {
    scenario.with_locks(stays.iter().map(|&(resident, stay)| (resident, Lock { stay, kind: LockKind::Must })))
}

impl Frozen {
    /// What has happened before `as_of` stays, whether there is a plan with it or not: it cannot be given up as an
    /// announced month can.
    pub fn hold_passed(&mut self, scenario: &Scenario, as_of: Month) {
        for row in self.lifted.iter().filter(|row| row.lifted.is_some_and(|month| month < as_of)) {
            let service = scenario.service(row.resident);
            let of_row = |(resident, stay): &(ResidentIx, Stay)| {
                *resident == row.resident
                    && stay.facility == row.stay.facility
                    && row.stay.span.contains(stay.span.start)
            };
            let kept = self.stays.iter().filter(|stay| of_row(stay)).flat_map(|(_, stay)| stay.span.iter());
            let passed = row.stay.span.iter().filter(|month| *month < as_of && service.has_seat(*month));
            let months: BTreeSet<Month> = kept.chain(passed).collect();
            self.stays.retain(|stay| !of_row(stay));
            let stays = runs(months).into_iter().map(|span| (row.resident, Stay { span, ..row.stay }));
            self.stays.extend(stays);
        }
    }
}

/// The first of the stays that is not the base plan's, or not of months that the rules freeze.
pub fn unfounded(
    scenario: &Scenario,
    base: &Plan,
    stays: &[(ResidentIx, Stay)],
) -> Option<(ResidentIx, Stay)> {
    let window = scenario.frozen().unwrap_or(Span::new(scenario.start(), 0));
    let at = whereabouts(base);
    let founded = |(resident, stay): &&(ResidentIx, Stay)| {
        let as_planned = |month| at.get(&(*resident, month)) == Some(&stay.facility);
        stay.span.iter().all(|month| window.contains(month) && as_planned(month))
    };
    stays.iter().find(|stay| !founded(stay)).copied()
}
