//! `leave-seat`: nobody is placed in a month of leave without a seat (§10 \[33\]).
//!
//! One finding per run of such months of one kind of leave. Other rules pass these months over.

use std::collections::BTreeSet;

use super::leave_credit::kind_name;
use super::presence::{Presence, about, facility_names, last_month, runs};
use super::{Finding, Rule};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in &presence.careers {
        let seatless = career.calendar.months.iter().filter(|month| !month.has_seat);
        let placed = seatless
            .filter(|month| career.decided.contains(month.month) && !career.claims(month.month).is_empty())
            .filter_map(|month| Some((month.month, month.leave?)));
        for (span, kind) in runs(placed) {
            let places: BTreeSet<_> = span.iter().flat_map(|month| career.places(month)).collect();
            let message = about(scenario, "audit-leave-seat", career.resident)
                .message("leave", kind_name(kind))
                .text("from", span.start)
                .text("to", last_month(span))
                .number("months", i64::from(span.months));
            let message = facility_names(scenario, message, "facilities", places.iter().copied());
            findings.push(
                Finding::error(Rule::LeaveSeat, message)
                    .resident(career.resident)
                    .facility(places.first().copied().filter(|_| places.len() == 1))
                    .month(scenario, span.start)
                    .figures(span.months, 0),
            );
        }
    }
    findings
}
