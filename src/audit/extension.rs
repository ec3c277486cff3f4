//! `extension`: the months that extend a training are spent where it was last, unless a lock of the
//! director demands another facility (§9.2 \[21,53\]).
//!
//! Compared with the month before, so that one move is one finding. Where it is not known where the
//! resident was, nothing is said.

use super::presence::{Career, Presence, about, facility_names};
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{FacilityIx, LockKind, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in presence.undecided() {
        // Free months are passed over: where the resident was before them counts.
        let before = career.seats().map(|(_, known)| known);
        for ((seat, known), last) in career.seats().skip(1).zip(before) {
            let (Some(here), Some(last)) = (known, last) else { continue };
            let judged = seat.is_extension() && career.decided.contains(seat.month) && here != last;
            if !judged || is_demanded(scenario, career, here, seat.month) {
                continue;
            }
            let message = about(scenario, "audit-extension", career.resident).text("month", seat.month);
            let message = facility_names(scenario, message, "facility", [here]);
            let message = facility_names(scenario, message, "last", [last]);
            let ids = [here, last].map(|ix| &scenario.facility(ix).id);
            findings.push(
                Finding::error(Rule::Extension, message)
                    .resident(career.resident)
                    .facility(Some(here))
                    .month(scenario, seat.month)
                    .figures(ids[0].clone(), ids[1].clone()),
            );
        }
    }
    findings
}

/// Whether a lock demands that the resident be there.
fn is_demanded(scenario: &Scenario, career: &Career, facility: FacilityIx, month: Month) -> bool {
    scenario.resident(career.resident).locks.iter().any(|lock| {
        lock.kind == LockKind::Must && lock.stay.facility == facility && lock.stay.span.contains(month)
    })
}
