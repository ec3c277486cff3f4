//! Ways out in words: what to change in the tables, from what to what.

use super::statements::{listed, rule_words, statement, with_facility};
use crate::explain::apply::changed;
use crate::explain::change::{Change, share};
use crate::explain::statement::Statement;
use crate::explain::stretch::{self, Stretch};
use crate::language::Message;
use crate::scenario::{End, Resident, ResidentIx, RuleIx, Scenario};

/// Several changes as one sentence. A seat more comes on top of what another ratio gives.
pub fn changes(scenario: &Scenario, changes: &[Change]) -> Message {
    let ratio: Vec<Change> = changes.iter().filter(|one| one.of == Statement::Ratio).cloned().collect();
    let with_ratio = changed(scenario, &ratio);
    listed(changes.iter().map(|one| match one.of {
        Statement::Seats { .. } => change(&with_ratio, one),
        _ => change(scenario, one),
    }))
}

/// The change in words, against the scenario it changes.
pub fn change(scenario: &Scenario, change: &Change) -> Message {
    let by = change.by().unwrap_or(0);
    let from = change.since().unwrap_or(scenario.start());
    // From what to what, where it is one number.
    let numbers = |key: &'static str| {
        let before = change.of.number(scenario).unwrap_or(0);
        let to = change.to(scenario).unwrap_or(before);
        Message::new(key).number("to", i64::from(to)).number("before", i64::from(before))
    };
    match change.of {
        Statement::Lock { .. } => {
            Message::new("explain-change-lock").message("lock", statement(scenario, change.of))
        }
        Statement::Course { resident, course } => {
            let person = scenario.resident(resident);
            let message = match person.anonymous {
                true => Message::new("explain-change-course-mix"),
                false => Message::new("explain-change-course"),
            };
            message.text("resident", &person.id).text("course", &scenario.course(course).id)
        }
        Statement::Leave { leave, .. } => {
            let start = scenario.start();
            let message = match leave.span.start < start {
                // What lies behind has happened.
                true => Message::new("explain-change-leave-rest").text("from", start),
                false => Message::new("explain-change-leave"),
            };
            message.message("leave", statement(scenario, change.of))
        }
        Statement::Seats { facility, .. } => {
            let stretches = stretch::of_seats(scenario, facility, from, by);
            let message = match &stretches[..] {
                // Who reads it has to know what to write where.
                [one] => match one.supervisors {
                    Some(needed) => {
                        Message::new("explain-change-seats-supervisors").text("supervisors", needed)
                    }
                    None => Message::new("explain-change-seats"),
                }
                .text("from", one.from)
                .text("seats", one.after)
                .text("before", one.before),
                _ => Message::new("explain-change-seats-dated")
                    .message("stretches", listed_stretches(&stretches)),
            };
            with_facility(message, scenario, facility).number("by", i64::from(by))
        }
        Statement::Pool { .. } => {
            Message::new("explain-change-supervisors").text("from", from).number("by", i64::from(by))
        }
        Statement::Intake { year } => fewer_residents(scenario, year, change.without()),
        Statement::Minimum(minimum) => numbers(minimum.reached().map_or("", |reached| reached.lowered)),
        Statement::Ratio => numbers("explain-change-ratio"),
        Statement::Bound(bound) => numbers(match (bound.row, bound.end) {
            (RuleIx::Section(_) | RuleIx::CourseIntake(..), _) => "explain-change-places",
            (_, End::Min) => "explain-change-min",
            (_, End::Max) => "explain-change-max",
        })
        .message("rule", rule_words(scenario, bound.row)),
        Statement::Target(case) => numbers("explain-change-target").text("case", &scenario.case(case).name),
        Statement::Volume { case, facility } => {
            let stretches = stretch::of_volume(scenario, case, facility, from, by);
            let message = match &stretches[..] {
                [one] => Message::new("explain-change-volume")
                    .text("from", one.from)
                    .text("to", one.after.normalize())
                    .text("before", one.before.normalize()),
                _ => Message::new("explain-change-volume-dated")
                    .message("stretches", listed_stretches(&stretches)),
            };
            with_facility(message, scenario, facility)
                .text("case", &scenario.case(case).name)
                .number("by", i64::from(by))
        }
        Statement::Share(case) => Message::new("explain-change-share")
            .text("case", &scenario.case(case).name)
            .text("to", share(change.to(scenario).unwrap_or(0)).normalize())
            .text("before", scenario.case(case).trainee_share.normalize()),
        // No way out changes these.
        Statement::History { .. } | Statement::Rule(_) => statement(scenario, change.of),
    }
}

/// Who of a year is not taken: how many are left, and the names of those who have one.
fn fewer_residents(scenario: &Scenario, year: i32, without: &[ResidentIx]) -> Message {
    let ids = |counts: &dyn Fn(&Resident) -> bool| {
        let residents = without.iter().map(|&resident| scenario.resident(resident));
        let mut ids: Vec<&str> = residents.filter(|one| counts(one)).map(|one| one.id.as_str()).collect();
        ids.sort_unstable();
        ids.join(", ")
    };
    let before = scenario.residents.iter().filter(|r| r.entry_year == year).count() as i64;
    let named = ids(&|resident| !resident.anonymous);
    let message = match named.is_empty() {
        true => Message::new("explain-change-intake"),
        false => Message::new("explain-change-intake-named").text("residents", named),
    };
    let message =
        message.text("year", year).number("to", before - without.len() as i64).number("before", before);
    // An anonymous resident has no row, but other tables may name them.
    let about = ids(&|one| one.anonymous && !(one.locks.is_empty() && one.leaves.is_empty()));
    match about.is_empty() {
        true => message,
        false => {
            Message::new("explain-change-intake-about").message("change", message).text("residents", about)
        }
    }
}

/// Where a value changes later, a change of it does too.
fn listed_stretches(stretches: &[Stretch]) -> Message {
    listed(stretches.iter().map(|stretch| {
        let message = match stretch.supervisors {
            Some(needed) => Message::new("explain-change-stretch-supervisors").text("supervisors", needed),
            None => Message::new("explain-change-stretch"),
        };
        message
            .text("from", stretch.from)
            .text("to", stretch.after.normalize())
            .text("before", stretch.before.normalize())
    }))
}
