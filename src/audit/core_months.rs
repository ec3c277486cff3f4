//! `core-months`: enough months at the core (§7.1 \[16,25,30\]: 6).

use super::comprehensive_months::too_few;
use super::presence::Presence;
use super::{Finding, Rule};
use crate::scenario::Role;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let required = scenario.rules.core_months_min;
    presence
        .undecided()
        .filter_map(|career| {
            too_few(scenario, career, Rule::CoreMonths, required, |facility, _| {
                scenario.facility(facility).role == Role::Core
            })
        })
        .collect()
}
