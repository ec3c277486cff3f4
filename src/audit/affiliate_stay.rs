//! `affiliate-stay`: no contiguous stay at an affiliate is too short (§7.1 \[16,25,30\]: 3 months).
//!
//! A stay is a maximal run of months with a seat at one facility, across rows, parts, training years and the
//! boundary of history; leave without a seat interrupts it, and it goes on if the resident comes back. Its
//! length counts the months that count at the facility. Open months beside it may yet become part of it, so
//! a stay is too short only if it would be even with all of them. Whoever leaves may cut the last one short.

use std::collections::BTreeSet;

use super::presence::{Career, Presence, about, facility_names};
use super::training_months::TrainingMonth;
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{FacilityIx, Role, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let required = scenario.rules.affiliate_stay_months_min;
    let mut findings = Vec::new();
    for career in presence.undecided() {
        for (first, facility, months) in too_short(scenario, career, |this| this.at_facility) {
            let message = about(scenario, "audit-affiliate-stay", career.resident)
                .text("from", first)
                .number("months", i64::from(months))
                .number("required", i64::from(required));
            let message = facility_names(scenario, message, "facility", [facility]);
            findings.push(
                Finding::error(Rule::AffiliateStay, message)
                    .resident(career.resident)
                    .facility(Some(facility))
                    .month(scenario, first)
                    .figures(months, required),
            );
        }
    }
    findings
}

/// The stays that are too short: first month, facility, and the months that count.
pub(super) fn too_short(
    scenario: &Scenario,
    career: &Career,
    counts: impl Fn(&TrainingMonth) -> bool,
) -> Vec<(Month, FacilityIx, u32)> {
    let required = scenario.rules.affiliate_stay_months_min;
    let months: Vec<(&TrainingMonth, Option<FacilityIx>)> = career.months().collect();
    let visited: BTreeSet<FacilityIx> = career.known.iter().copied().flatten().collect();
    let mut short = Vec::new();
    for facility in visited.into_iter().filter(|ix| scenario.facility(*ix).role == Role::Affiliate) {
        let could_be_here = |known: Option<FacilityIx>| known.is_none_or(|ix| ix == facility);
        let mut end = 0;
        for stay in months.chunk_by(|a, b| could_be_here(a.1) == could_be_here(b.1)) {
            end += stay.len();
            let mut here = stay.iter().filter(|(_, known)| *known == Some(facility));
            let Some((first, _)) = here.clone().next() else { continue };
            let reach = stay.iter().filter(|(this, _)| counts(this)).count() as u32;
            let cut_off = end == months.len() && career.months_of_training.resigns;
            if reach < required && !cut_off {
                let own = here.by_ref().filter(|(this, _)| counts(this)).count() as u32;
                short.push((first.month, facility, own));
            }
        }
    }
    short.sort_unstable();
    short
}
