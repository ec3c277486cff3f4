//! `several-facilities`: enough different facilities over the training (§7.1 \[16,25,30\]: 2).
//!
//! Every open month could be at yet another facility, so it counts as one. Whoever resigns before the
//! training is complete need not get so far.

use std::collections::BTreeSet;

use super::presence::{Presence, about};
use super::{Finding, Rule};
use crate::scenario::FacilityIx;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let required = scenario.rules.facilities_min;
    presence
        .undecided()
        .filter(|career| !career.calendar.resigned)
        .filter_map(|career| {
            let visited: BTreeSet<FacilityIx> = career.seats().filter_map(|(_, known)| known).collect();
            let found = visited.len() as u32;
            let open = career.seats().filter(|(_, known)| known.is_none()).count() as u32;
            if found + open >= required {
                return None;
            }
            let message = about(scenario, "audit-several-facilities", career.resident)
                .number("facilities", i64::from(found))
                .number("required", i64::from(required));
            Some(
                Finding::error(Rule::SeveralFacilities, message)
                    .resident(career.resident)
                    .figures(found, required),
            )
        })
        .collect()
}
