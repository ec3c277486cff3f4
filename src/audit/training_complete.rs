//! `training-complete`: what leave leaves missing is made up for by an extension (§9.2 \[21,53\]), so every
//! month of it has a row.
//!
//! One finding per resident. Whoever leaves the program completes nothing and is not asked.

use super::presence::{Presence, about, last_month};
use super::{Finding, Rule};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in presence.completing() {
        let training = &career.months_of_training;
        let open = |this: &&super::training_months::TrainingMonth| {
            training.is_extension(this) && career.claims(this.month).is_empty()
        };
        let missing: Vec<_> = career.due().filter(open).collect();
        let Some(first) = missing.first() else { continue };
        let lost: u64 = missing.iter().map(|this| this.credit).sum();
        let counted = training.in_months(training.credited() - lost);
        let message = about(scenario, "audit-training-complete", career.resident)
            .number("months", missing.len() as i64)
            .text("from", first.month)
            .text("end", last_month(career.training))
            .text("counted", counted)
            .number("required", scenario.training_months.into());
        findings.push(
            Finding::error(Rule::TrainingComplete, message)
                .resident(career.resident)
                .month(scenario, first.month)
                .figures(counted, scenario.training_months),
        );
    }
    findings
}
