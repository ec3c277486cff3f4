//! Scenarios in which some statements are left out.
//!
//! Relaxing allows more and forbids nothing: every plan of a scenario, without the residents who then
//! no longer enter, is a plan of each of its relaxations.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::statement::Statement;
use crate::audit;
use crate::calendar::{Month, Span};
use crate::scenario::{Dated, Leave, Resident, ResidentIx, Scenario, SupervisorRounding};

/// More supervisors than anybody could need.
const SUPERVISORS_ENOUGH: u32 = 100_000;
/// More residents per supervisor than a scenario has residents.
const RATIO_ENOUGH: u32 = 1_000_000;

/// The scenario without some statements. Of an intake that is left out only the residents in `kept`
/// still enter.
pub fn relaxed<'s>(
    scenario: &Scenario,
    without: impl IntoIterator<Item = &'s Statement>,
    kept: &BTreeSet<ResidentIx>,
) -> Scenario {
    let mut relaxed = scenario.clone();
    // Existence is all that is asked of it.
    relaxed.goals.clear();
    keep_unassessed(scenario, &mut relaxed);
    let mut gone = BTreeSet::new();
    for statement in without {
        match *statement {
            Statement::Lock { resident, lock } => {
                relaxed.residents[resident.0].locks.retain(|other| *other != lock);
            }
            Statement::Course { resident, .. } => relaxed.residents[resident.0].course = None,
            Statement::History { resident } => relaxed.residents[resident.0].history.clear(),
            Statement::Leave { resident, leave } => without_leave(&mut relaxed.residents[resident.0], leave),
            Statement::Seats { facility, year } => {
                let year = scenario.calendar.span_of(year);
                let facility = &mut relaxed.facilities[facility.0];
                set_within(&mut facility.seats, year, |_| None);
                // Pooled supervisors are not the facility's own limit.
                if scenario.rules.supervisor_rounding != SupervisorRounding::Pooled {
                    set_within(&mut facility.supervisors, year, |_| Decimal::from(SUPERVISORS_ENOUGH));
                }
            }
            Statement::Pool { year } => {
                if let Some(facility) = relaxed.facilities.first_mut() {
                    let year = scenario.calendar.span_of(year);
                    set_within(&mut facility.supervisors, year, |_| Decimal::from(SUPERVISORS_ENOUGH));
                }
            }
            Statement::Intake { year } => {
                gone.extend(scenario.resident_ixs().filter(|resident| {
                    scenario.resident(*resident).entry_year == year && !kept.contains(resident)
                }));
            }
            Statement::Minimum(minimum) => minimum.set(&mut relaxed.rules, minimum.least()),
            Statement::Target(case) => relaxed.cases[case.0].target = 0,
            Statement::Ratio => relaxed.rules.residents_per_supervisor = RATIO_ENOUGH,
        }
    }
    remove(&mut relaxed, &gone);
    relaxed
}

/// As if a leave were not taken. What history and locks say of other months stays.
pub fn without_leave(resident: &mut Resident, leave: Leave) {
    resident.leaves.retain(|other| *other != leave);
}

/// The scenario with this person alone, who is asked for the cases that they are asked for among all.
pub fn alone(scenario: &Scenario, person: Resident) -> Scenario {
    Apart::of(scenario).with(person)
}

/// A scenario to put single persons into, one after another.
pub struct Apart(Scenario);

impl Apart {
    pub fn of(scenario: &Scenario) -> Self {
        let mut apart = scenario.clone();
        apart.residents.clear();
        keep_unassessed(scenario, &mut apart);
        Self(apart)
    }

    /// As [`alone`].
    pub fn with(&self, person: Resident) -> Scenario {
        let mut alone = self.0.clone();
        alone.residents = vec![person];
        alone
    }
}

/// Asks for nothing of an item that is not assessed. Fewer residents have fewer years of training, in
/// which a volume may be known that is not known in all; leaving something out must not ask for more.
fn keep_unassessed(scenario: &Scenario, fewer: &mut Scenario) {
    for case in scenario.case_ixs().filter(|&case| !audit::case_is_assessed(scenario, case)) {
        fewer.cases[case.0].target = 0;
    }
}

/// Takes residents out; everybody after them moves up.
pub fn remove(scenario: &mut Scenario, gone: &BTreeSet<ResidentIx>) {
    for resident in gone {
        let year = scenario.residents[resident.0].entry_year;
        if let Some(count) = scenario.intake.get_mut(&year) {
            *count = count.saturating_sub(1);
        }
    }
    let mut position = 0..;
    scenario.residents.retain(|_| !position.next().is_some_and(|at| gone.contains(&ResidentIx(at))));
}

/// Changes a dated value within a span only.
pub fn set_within<T: Clone + PartialEq>(value: &mut Dated<T>, span: Span, change: impl Fn(&T) -> T) {
    let mut months: BTreeSet<Month> = value.changes.iter().map(|(month, _)| *month).collect();
    months.insert(span.start);
    months.insert(span.end());
    let old = value.clone();
    let at = |month: Month| match span.contains(month) {
        true => change(old.at(month)),
        false => old.at(month).clone(),
    };
    value.changes = months.into_iter().map(|month| (month, at(month))).collect();
    // What repeats the value before it changes nothing.
    let mut before = value.initial.clone();
    value.changes.retain(|(_, now)| std::mem::replace(&mut before, now.clone()) != *now);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_value_changes_within_the_span_only(
            changes in proptest::collection::btree_map(0u32..60, 0u32..4, 0..5),
            start in 0u32..50,
            months in 1u32..20,
        ) {
            let zero = Month::new(2000, 1).unwrap();
            let changes = changes.into_iter().map(|(month, value)| (zero.plus(month), value)).collect();
            let old = Dated { initial: 1, changes };
            let mut new = old.clone();
            let span = Span::new(zero.plus(start), months);
            set_within(&mut new, span, |value| value + 7);
            for month in Span::new(zero, 90).iter() {
                let expected = old.at(month) + if span.contains(month) { 7 } else { 0 };
                prop_assert_eq!(*new.at(month), expected);
            }
            prop_assert!(new.changes.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
