//! `training-complete`: the months that are counted make a complete training (§9.2 \[21,53\]).
//!
//! What leave does not count is made up for by an extension, and its months have to be placed like any
//! other. One finding per resident. Whoever resigns need not complete the training.

use super::presence::{Presence, about, last_month, runs};
use super::{Finding, Rule};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in presence.undecided().filter(|career| !career.calendar.resigned) {
        let extension = career.due().map(|(month, _)| month).filter(|month| month.is_extension());
        let missing: Vec<_> = extension.filter(|month| career.claims(month.month).is_empty()).collect();
        let Some(first) = missing.first() else { continue };
        let calendar = &career.calendar;
        let all: u64 = calendar.months.iter().map(|month| month.credit).sum();
        let unplaced: u64 = missing.iter().map(|month| month.credit).sum();
        let credited = calendar.in_months(all - unplaced);
        let spans = runs(missing.iter().map(|month| (month.month, ())));
        let spans = spans.iter().map(|(span, ())| format!("{}–{}", span.start, last_month(*span)));
        let spans: Vec<String> = spans.collect();
        let message = about(scenario, "audit-training-complete", career.resident)
            .text("credited", &credited)
            .number("required", i64::from(calendar.length))
            .name("missing", spans.join("、"), spans.join(", "))
            .number("months", missing.len() as i64)
            .text("last", last_month(career.training));
        findings.push(
            Finding::error(Rule::TrainingComplete, message)
                .resident(career.resident)
                .month(scenario, first.month)
                .figures(credited, calendar.length),
        );
    }
    findings
}
