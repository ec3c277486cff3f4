//! `seats`: the explicit seats of a facility, which the director sets below the supervisor rule.
//!
//! A placement at an associated facility is refused as such and not judged again here.

use super::crowding::over_limit;
use super::presence::Presence;
use super::supervisor_ratio::facility_limit;
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{FacilityIx, Place, Role, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    scenario
        .facility_ixs()
        .filter(|facility| scenario.facility(*facility).role != Role::Associated)
        .flat_map(|facility| {
            let place = Place { facility, section: None };
            let rule = (Rule::Seats, "audit-seats");
            over_limit(scenario, rule, Some(place), presence.at(place), |month| {
                *scenario.facility(facility).seats.at(month)
            })
        })
        .collect()
}

/// How many residents the facility may hold in the month: the lesser of its explicit seats and what
/// its supervisors can guide. `None` if the facility by itself has no limit.
pub fn seat_limit(scenario: &Scenario, facility: FacilityIx, month: Month) -> Option<u32> {
    let explicit = *scenario.facilities.get(facility.0)?.seats.at(month);
    [explicit, facility_limit(scenario, facility, month)].into_iter().flatten().min()
}
