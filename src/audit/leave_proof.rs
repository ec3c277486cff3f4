//! `leave-proof`: a childbirth or illness leave that counts needs a document (§10 \[33\] (1), (2)). A
//! note per leave, so that nobody forgets to collect it.

use super::presence::{Career, Presence, about, last_month};
use super::training_months::leaves_of;
use super::{Figure, Finding, Rule};
use crate::calendar::Span;
use crate::diagnostic::Severity;
use crate::scenario::{LeaveKind, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let of = |career| {
        let kinds = [
            (LeaveKind::Childbirth, "audit-leave-proof-childbirth"),
            (LeaveKind::Illness, "audit-leave-proof-illness"),
        ];
        kinds.into_iter().flat_map(move |(kind, key)| notes(scenario, career, kind, key))
    };
    presence.undecided().flat_map(of).collect()
}

fn notes(scenario: &Scenario, career: &Career, kind: LeaveKind, key: &'static str) -> Vec<Finding> {
    let note = |leave: Span| {
        let months = career.calendar.months.iter();
        let counted = months.filter(|month| leave.contains(month.month) && month.credit > 0).count();
        let leave = leave.intersection(career.training);
        if counted == 0 {
            return None;
        }
        let message = about(scenario, key, career.resident)
            .text("from", leave.start)
            .text("to", last_month(leave))
            .number("counted", counted as i64);
        Some(
            Finding::new(Rule::LeaveProof, Severity::Note, message)
                .resident(career.resident)
                .month(scenario, leave.start)
                .figures(counted, Figure::None),
        )
    };
    leaves_of(scenario.resident(career.resident), kind).into_iter().filter_map(note).collect()
}
