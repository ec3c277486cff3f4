//! `leave-credit`: which leaves do not count in full, and what that does to the end of the training
//! (§10 \[33\]). A note per resident and kind of leave: a plan can do nothing about it.

use super::presence::{Career, Presence, about, last_month};
use super::training_months::TrainingMonth;
use super::{Finding, Rule};
use crate::calendar::Span;
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::scenario::{LeaveKind, LeaveRules, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let careers = presence.undecided();
    let each =
        |career| LeaveKind::ALL.into_iter().filter_map(move |kind| note(presence.scenario, career, kind));
    careers.flat_map(each).collect()
}

/// The note about a resident's leaves of one kind, if not everything of them counts.
fn note(scenario: &Scenario, career: &Career, kind: LeaveKind) -> Option<Finding> {
    let calendar = &career.calendar;
    let months: Vec<&TrainingMonth> =
        calendar.months.iter().filter(|month| month.leave == Some(kind)).collect();
    let first = months.iter().find(|month| month.credit < calendar.unit)?;
    let counted = calendar.in_months(months.iter().map(|month| month.credit).sum());
    let planned = Span::new(calendar.start, calendar.length);
    let end = match calendar.resigned {
        true => Message::new("audit-leave-end-resigned"),
        false => Message::new("audit-leave-end").text("planned", last_month(planned)),
    };
    let message = about(scenario, "audit-leave-credit", career.resident)
        .message("leave", Message::new(kind.key()))
        .number("months", months.len() as i64)
        .text("counted", &counted)
        .message("allowance", allowance(&scenario.rules.leave, kind))
        .message("end", end.text("last", last_month(career.training)));
    Some(
        Finding::new(Rule::LeaveCredit, Severity::Note, message)
            .resident(career.resident)
            .month(scenario, first.month)
            .figures(counted, months.len()),
    )
}

fn allowance(rules: &LeaveRules, kind: LeaveKind) -> Message {
    let months = match kind {
        LeaveKind::Childbirth => {
            let message = Message::new("audit-leave-allowance-childbirth")
                .number("months", i64::from(rules.childbirth_months_max))
                .number("leaves", i64::from(rules.childbirth_leaves_max));
            return common(rules, message);
        }
        LeaveKind::Illness => rules.illness_months_max,
        LeaveKind::PartTime => rules.part_time_months_max,
        LeaveKind::Abroad | LeaveKind::GraduateSchoolClinical | LeaveKind::GraduateSchoolResearch => {
            return Message::new("audit-leave-allowance-none");
        }
    };
    common(rules, Message::new("audit-leave-allowance").number("months", i64::from(months)))
}

/// The allowance together with the common limit, where the scenario sets one.
fn common(rules: &LeaveRules, own: Message) -> Message {
    match rules.leave_months_max {
        None => own,
        Some(limit) => Message::new("audit-leave-allowance-common")
            .message("own", own)
            .number("common", i64::from(limit)),
    }
}
