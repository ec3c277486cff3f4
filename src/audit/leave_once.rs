//! `leave-once`: a childbirth leave that counts nothing, since earlier ones have used the allowance
//! (§10 \[33\] (1): once). A warning: it may come as a surprise, but nothing is wrong with the plan.

use super::presence::{Presence, about, last_month};
use super::training_months::{is_lost, leaves_of};
use super::{Finding, Rule};
use crate::diagnostic::Severity;
use crate::scenario::LeaveKind;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let most = scenario.rules.leave.childbirth_leaves_max;
    let mut findings = Vec::new();
    // Where no childbirth leave ever counts, no earlier one is to blame; `leave-credit` says the rest.
    for career in presence.undecided().filter(|_| most > 0) {
        let leaves = leaves_of(scenario.resident(career.resident), LeaveKind::Childbirth);
        let counting = leaves.into_iter().filter(|leave| !is_lost(&scenario.rules.leave, *leave));
        for (number, leave) in (1_u32..).zip(counting).skip(most as usize) {
            let leave = leave.intersection(career.training);
            if leave.is_empty() {
                continue;
            }
            let message = about(scenario, "audit-leave-once", career.resident)
                .text("from", leave.start)
                .text("to", last_month(leave))
                .number("months", i64::from(leave.months))
                .number("number", i64::from(number))
                .number("most", i64::from(most));
            findings.push(
                Finding::new(Rule::LeaveOnce, Severity::Warning, message)
                    .resident(career.resident)
                    .month(scenario, leave.start)
                    .figures(number, most),
            );
        }
    }
    findings
}
