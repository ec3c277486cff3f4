//! Remarks on leaves as such (§10 \[33\]): `leave-credit`, what of a leave does not count; `leave-once`, a
//! childbirth leave after the allowance is used; `leave-proof`, documents that a counted leave needs.
//!
//! They concern residents with something to decide, and none of them is a violation: what does not count
//! extends the training, and the extension has rules of its own.

use super::presence::{Career, Presence, about, last_month};
use super::training_months::childbirths;
use super::{Finding, Rule};
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::scenario::LeaveKind;

/// Per resident and kind, how much counts of a leave that does not count in full.
pub(super) fn credit(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let rules = &scenario.rules.leave;
    let mut findings = Vec::new();
    for career in presence.undecided() {
        let training = &career.months_of_training;
        for kind in LeaveKind::ALL {
            let months = || training.months.iter().filter(|this| this.leave == Some(kind));
            let count = months().count() as u64;
            let counted: u64 = months().map(|this| this.credit).sum();
            if counted == count * training.unit {
                continue;
            }
            let allowance = match kind {
                LeaveKind::Childbirth => rules.childbirth_months_max,
                LeaveKind::Illness => rules.illness_months_max,
                LeaveKind::PartTime => rules.part_time_months_max,
                _ => 0,
            };
            let counted = training.in_months(counted);
            let key = match training.resigns {
                true => "audit-leave-credit-resigned",
                false => "audit-leave-credit",
            };
            let message = about(scenario, key, career.resident)
                .message("leave", Message::new(kind.key()))
                .number("months", count as i64)
                .text("counted", counted)
                .text("end", last_month(career.training));
            let first = months().next().map_or(training.start, |this| this.month);
            findings.push(
                Finding::new(Rule::LeaveCredit, Severity::Note, message)
                    .resident(career.resident)
                    .month(scenario, first)
                    .figures(counted, allowance),
            );
        }
    }
    findings
}

/// Childbirth leaves beyond those that count.
pub(super) fn once(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let allowed = scenario.rules.leave.childbirth_leaves_max;
    let mut findings = Vec::new();
    for career in presence.undecided() {
        let leaves = childbirths(scenario.resident(career.resident));
        for (number, leave) in leaves.iter().enumerate().skip(allowed as usize) {
            let message = about(scenario, "audit-leave-once", career.resident)
                .text("from", leave.start)
                .text("to", last_month(*leave))
                .number("allowed", allowed.into());
            findings.push(
                Finding::new(Rule::LeaveOnce, Severity::Warning, message)
                    .resident(career.resident)
                    .month(scenario, leave.start)
                    .figures(number + 1, allowed),
            );
        }
    }
    findings
}

/// The documents that §10 (1) and (2) ask for.
pub(super) fn proof(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let asks = |career: &Career, kind: LeaveKind, key: &'static str| {
        let months = career.months_of_training.months.iter();
        let first = months
            .filter(|this| this.leave == Some(kind) && this.credit > 0)
            .map(|this| this.month)
            .next()?;
        let message = about(scenario, key, career.resident).text("from", first);
        Some(
            Finding::new(Rule::LeaveProof, Severity::Note, message)
                .resident(career.resident)
                .month(scenario, first),
        )
    };
    presence
        .undecided()
        .flat_map(|career| {
            let birth = asks(career, LeaveKind::Childbirth, "audit-leave-proof-childbirth");
            birth.into_iter().chain(asks(career, LeaveKind::Illness, "audit-leave-proof-illness"))
        })
        .collect()
}
