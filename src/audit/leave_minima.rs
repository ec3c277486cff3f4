//! `leave-minima`: a minimum (§7.1 \[16,25,30\]) that is met, but only thanks to months of leave that count at
//! the facility. The standard does not say whether that is enough (§10 \[33\]), so it is a warning.

use super::affiliate_stay::too_short;
use super::comprehensive_months::{is_comprehensive, is_core, too_few};
use super::presence::{Presence, about};
use super::training_months::TrainingMonth;
use super::{Finding, Rule};
use crate::diagnostic::Severity;
use crate::scenario::LeaveKind;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let rules = &scenario.rules;
    let counts = |this: &TrainingMonth| this.at_facility;
    let counts_worked = |this: &TrainingMonth| this.at_facility && !is_leave(this);
    let mut findings = Vec::new();
    for career in presence.completing() {
        let mut warn = |rule: Rule, measured: u32, required: u32| {
            let message = about(scenario, "audit-leave-minima", career.resident)
                .text("rule", rule.id())
                .text("clause", rule.clause())
                .number("months", measured.into())
                .number("required", required.into());
            findings.push(
                Finding::new(Rule::LeaveMinima, Severity::Warning, message)
                    .resident(career.resident)
                    .figures(measured, required),
            );
        };
        for (rule, required, at) in [
            (Rule::ComprehensiveMonths, rules.comprehensive_months_min, is_comprehensive as super::At),
            (Rule::CoreMonths, rules.core_months_min, is_core as super::At),
        ] {
            let with = too_few(scenario, career, required, at, counts);
            if let (None, Some(worked)) = (with, too_few(scenario, career, required, at, counts_worked)) {
                warn(rule, worked, required);
            }
        }
        let with = too_short(scenario, career, counts);
        if with.is_empty() {
            for (_, _, months) in too_short(scenario, career, counts_worked) {
                warn(Rule::AffiliateStay, months, rules.affiliate_stay_months_min);
            }
        }
    }
    findings
}

/// Leave in which the resident is not, or not fully, at work.
fn is_leave(this: &TrainingMonth) -> bool {
    this.leave.is_some_and(|kind| kind != LeaveKind::GraduateSchoolClinical)
}
