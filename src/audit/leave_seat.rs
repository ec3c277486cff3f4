//! `leave-seat`: nobody is placed in a month of leave without a seat (§10 \[33\]).
//!
//! Such a row is wrong as such, and no other rule looks at it.

use super::presence::{Presence, about, facility_names, last_month, runs};
use super::{Finding, Rule};
use crate::language::Message;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in &presence.careers {
        let decided = career.months_of_training.months.iter();
        let away = decided.filter(|this| !this.seat && career.decided.contains(this.month));
        let placed = away.filter_map(|this| {
            let facility = career.places(this.month).next()?;
            Some((this.month, (facility, this.leave?)))
        });
        for (span, (facility, kind)) in runs(placed) {
            let message = about(scenario, "audit-leave-seat", career.resident)
                .text("from", span.start)
                .text("to", last_month(span))
                .number("months", span.months.into())
                .message("leave", Message::new(kind.key()));
            findings.push(
                Finding::error(Rule::LeaveSeat, facility_names(scenario, message, "facility", [facility]))
                    .resident(career.resident)
                    .facility(Some(facility))
                    .month(scenario, span.start)
                    .figures(span.months, 0),
            );
        }
    }
    findings
}
