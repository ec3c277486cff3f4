//! `whole-career`: every decided month of the training with a seat has a row, and no row lies before
//! entry or after the end of the training.
//!
//! Months of an extension without a row are `training-complete`'s finding, but of whoever resigns in the
//! extension, who need not complete anything and yet has to be somewhere until then; rows in months of
//! leave without a seat are `leave-seat`'s.

use super::presence::{Presence, about, last_month, runs};
use super::{Finding, Rule};
use crate::language::Message;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in &presence.careers {
        let training = career.training;
        let resigned = career.calendar.resigned;
        let due = career.due().filter(|(month, _)| resigned || !month.is_extension());
        let due = due.map(|(month, _)| month.month);
        let missing = due.filter(|month| career.claims(*month).is_empty());
        let outside = career.row_months().filter(|month| !training.contains(*month));
        let holes = missing.map(|month| (month, "audit-whole-career-hole"));
        let strays = outside.map(|month| {
            let key = match career.calendar.resigned {
                _ if month < training.start => "audit-whole-career-before",
                true => "audit-whole-career-resigned",
                false => "audit-whole-career-after",
            };
            (month, key)
        });
        for (span, key) in runs(holes).into_iter().chain(runs(strays)) {
            let message = about(scenario, key, career.resident)
                .text("from", span.start)
                .text("to", last_month(span))
                .number("months", i64::from(span.months));
            findings.push(
                Finding::error(Rule::WholeCareer, message)
                    .resident(career.resident)
                    .month(scenario, span.start)
                    .figures(span.months, 0),
            );
        }
    }
    // A plan made for another scenario: its indices mean nothing here, and silence would be wrong.
    if !presence.foreign.is_empty() {
        let rows = presence.foreign.len();
        let message = Message::new("audit-whole-career-foreign").number("rows", rows as i64);
        findings.push(Finding::error(Rule::WholeCareer, message).figures(rows, 0));
    }
    findings
}
