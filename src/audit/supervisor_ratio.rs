//! `supervisor-ratio`: at most so many residents per supervisor (§2 \[26,27,36\]: 3).
//!
//! Supervisors are prorated decimals; how they become whole seats is one of three readings
//! ([`SupervisorRounding`]). All of it is exact decimal arithmetic.
//!
//! A placement at an associated facility is refused as such and not judged again here.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::crowding::over_limit;
use super::presence::Presence;
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{FacilityIx, Place, ResidentIx, Role, Scenario, SupervisorRounding};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    if scenario.rules.supervisor_rounding == SupervisorRounding::Pooled {
        let mut all: BTreeMap<Month, Vec<ResidentIx>> = BTreeMap::new();
        for career in &presence.careers {
            let due = career.due().map(|(month, _)| month.month);
            for month in due.filter(|month| !career.claims(*month).is_empty()) {
                all.entry(month).or_default().push(career.resident);
            }
        }
        let present = all.iter().map(|(month, residents)| (*month, residents.as_slice()));
        let rule = (Rule::SupervisorRatio, "audit-supervisor-ratio-pooled");
        return over_limit(scenario, rule, None, present, |month| program_limit(scenario, month));
    }
    scenario
        .facility_ixs()
        .filter(|facility| scenario.facility(*facility).role != Role::Associated)
        .flat_map(|facility| {
            let place = Place { facility, section: None };
            let rule = (Rule::SupervisorRatio, "audit-supervisor-ratio");
            over_limit(scenario, rule, Some(place), presence.at(place), |month| {
                facility_limit(scenario, facility, month)
            })
        })
        .collect()
}

/// How many residents the facility's supervisors can guide; `None` if only the program is limited.
pub(super) fn facility_limit(scenario: &Scenario, facility: FacilityIx, month: Month) -> Option<u32> {
    let supervisors = *scenario.facilities.get(facility.0)?.supervisors.at(month);
    if scenario.lifted.supervisors_in(facility, month) {
        return None;
    }
    match scenario.rules.supervisor_rounding {
        SupervisorRounding::FacilityFloor => guided(scenario, supervisors),
        SupervisorRounding::SupervisorFloor => guided(scenario, supervisors.floor()),
        SupervisorRounding::Pooled => None,
    }
}

/// How many residents all supervisors together can guide; `None` unless they are read as one pool.
pub fn program_limit(scenario: &Scenario, month: Month) -> Option<u32> {
    let is_pooled = scenario.rules.supervisor_rounding == SupervisorRounding::Pooled;
    if !is_pooled || scenario.lifted.pool_in(month) {
        return None;
    }
    let supervisors = scenario.facilities.iter().map(|facility| *facility.supervisors.at(month));
    let all = supervisors.fold(Decimal::ZERO, Decimal::saturating_add);
    guided(scenario, all)
}

/// How many residents so many supervisors can guide; `None`: any number.
fn guided(scenario: &Scenario, supervisors: Decimal) -> Option<u32> {
    let ratio = Decimal::from(scenario.rules.residents_per_supervisor);
    let is_limited = supervisors.is_zero() || !scenario.lifted.ratio;
    is_limited.then(|| whole(ratio.saturating_mul(supervisors)))
}

/// The whole seats in a number of seats.
fn whole(seats: Decimal) -> u32 {
    seats.max(Decimal::ZERO).floor().to_u32().unwrap_or(u32::MAX)
}
