//! `affiliate-stay`: no contiguous stay at an affiliate is too short (§7.1 \[16,25,30\]: 3 months).
//!
//! A stay is a maximal run of months at one facility, across rows, parts, training years and the
//! boundary of history. Open months beside it may yet become part of it, so a stay is too short only
//! if it would be even with all of them.

use std::collections::BTreeSet;

use super::presence::{Presence, about, facility_names, runs};
use super::{Finding, Rule};
use crate::scenario::{FacilityIx, Role};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let required = scenario.rules.affiliate_stay_months_min;
    let mut findings = Vec::new();
    for career in presence.undecided() {
        let mut short = Vec::new();
        let visited: BTreeSet<FacilityIx> = career.known.iter().copied().flatten().collect();
        let affiliates = visited.into_iter().filter(|ix| scenario.facility(*ix).role == Role::Affiliate);
        for facility in affiliates {
            let could_be_here = career.months().filter(|(_, known)| known.is_none_or(|ix| ix == facility));
            for (reach, ()) in runs(could_be_here.map(|(month, _)| (month, ()))) {
                let here: Vec<_> = career
                    .months()
                    .filter(|(month, known)| reach.contains(*month) && *known == Some(facility))
                    .map(|(month, _)| month)
                    .collect();
                if let Some(first) = here.first().filter(|_| reach.months < required) {
                    short.push((*first, facility, here.len()));
                }
            }
        }
        short.sort_unstable();
        for (first, facility, months) in short {
            let message = about(scenario, "audit-affiliate-stay", career.resident)
                .text("from", first)
                .number("months", months as i64)
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
