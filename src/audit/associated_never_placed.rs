//! `associated-never-placed`: nobody is placed at an associated facility, which serves part-time
//! training only (§7.1, §2.1).

use super::presence::{Presence, about, facility_names, runs};
use super::{Finding, Rule};
use crate::scenario::Role;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let associated: Vec<_> =
        scenario.facility_ixs().filter(|ix| scenario.facility(*ix).role == Role::Associated).collect();
    let mut findings = Vec::new();
    for career in presence.undecided() {
        for facility in &associated {
            let there = career.due().map(|(month, _)| month.month);
            let there = there.filter(|month| career.claims(*month).contains(facility));
            for (span, ()) in runs(there.map(|month| (month, ()))) {
                let message = about(scenario, "audit-associated-never-placed", career.resident)
                    .text("from", span.start)
                    .number("months", i64::from(span.months));
                let message = facility_names(scenario, message, "facility", [*facility]);
                findings.push(
                    Finding::error(Rule::AssociatedNeverPlaced, message)
                        .resident(career.resident)
                        .facility(Some(*facility))
                        .month(scenario, span.start)
                        .figures(span.months, 0),
                );
            }
        }
    }
    findings
}
