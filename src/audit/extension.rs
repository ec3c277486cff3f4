//! `extension`: the months that extend a training (§9.2 \[21,53\]) are at the last facility, unless a lock of
//! the director says otherwise.
//!
//! "Last" is the facility of the month with a seat before; where that is open nothing is said.

use super::presence::{Career, Presence, about, facility_names, last_month, runs};
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{FacilityIx, LockKind, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in presence.undecided() {
        for (span, (here, last)) in runs(elsewhere(scenario, career)) {
            let message = about(scenario, "audit-extension", career.resident)
                .text("from", span.start)
                .text("to", last_month(span));
            let message = facility_names(scenario, message, "facility", [here]);
            let message = facility_names(scenario, message, "last", [last]);
            findings.push(
                Finding::error(Rule::Extension, message)
                    .resident(career.resident)
                    .facility(Some(here))
                    .month(scenario, span.start)
                    .figures(&scenario.facility(here).id, &scenario.facility(last).id),
            );
        }
    }
    findings
}

/// Decided months of the extension that are not where they should be: where, and where they should.
fn elsewhere(scenario: &Scenario, career: &Career) -> Vec<(Month, (FacilityIx, FacilityIx))> {
    let locks = &scenario.resident(career.resident).locks;
    let is_locked = |month: Month, here: FacilityIx| {
        locks.iter().any(|lock| {
            lock.kind == LockKind::Must && lock.stay.facility == here && lock.stay.span.contains(month)
        })
    };
    let pairs = career.months().zip(career.months().skip(1));
    pairs
        .filter(|(_, (this, _))| {
            career.months_of_training.is_extension(this) && career.decided.contains(this.month)
        })
        .filter_map(|((_, last), (this, here))| {
            let (last, here) = (last?, here?);
            (here != last && !is_locked(this.month, here)).then_some((this.month, (here, last)))
        })
        .collect()
}
