//! Ways out in words: what to change in the tables, from what to what.

use super::statements::{listed, rule_words, statement, with_facility};
use crate::explain::apply::changed;
use crate::explain::change::{Change, share};
use crate::explain::statement::Statement;
use crate::explain::stretch::{self, Stretch};
use crate::language::Message;
use crate::scenario::{End, Resident, RuleIx, Scenario};

/// Several changes as one sentence. A seat more comes on top of what another ratio gives.
pub fn changes(scenario: &Scenario, changes: &[Change]) -> Message {
    let is_ratio = |change: &&Change| matches!(change, Change::Ratio { .. });
    let ratio: Vec<Change> = changes.iter().filter(is_ratio).cloned().collect();
    let with_ratio = changed(scenario, &ratio);
    listed(changes.iter().map(|one| match one {
        Change::Seats { .. } => change(&with_ratio, one),
        _ => change(scenario, one),
    }))
}

/// The change in words, against the scenario it changes.
pub fn change(scenario: &Scenario, change: &Change) -> Message {
    match change {
        Change::ReleaseLock { resident, lock } => {
            let lock = statement(scenario, Statement::Lock { resident: *resident, lock: *lock });
            Message::new("explain-change-lock").message("lock", lock)
        }
        Change::OpenCourse { resident } => {
            let person = scenario.resident(*resident);
            let course = person.course.map(|course| scenario.course(course).id.as_str());
            let message = match person.anonymous {
                true => Message::new("explain-change-course-mix"),
                false => Message::new("explain-change-course"),
            };
            message.text("resident", &person.id).text("course", course.unwrap_or_default())
        }
        Change::NoLeave { resident, leave } => {
            let words = statement(scenario, Statement::Leave { resident: *resident, leave: *leave });
            let start = scenario.start();
            let message = match leave.span.start < start {
                // What lies behind has happened.
                true => Message::new("explain-change-leave-rest").text("from", start),
                false => Message::new("explain-change-leave"),
            };
            message.message("leave", words)
        }
        Change::Seats { facility, from, by } => {
            let stretches = stretch::of_seats(scenario, *facility, *from, *by);
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
            with_facility(message, scenario, *facility).number("by", i64::from(*by))
        }
        Change::Supervisors { from, by } => {
            Message::new("explain-change-supervisors").text("from", from).number("by", i64::from(*by))
        }
        Change::Intake { year, without } => {
            let before = scenario.residents.iter().filter(|r| r.entry_year == *year).count() as i64;
            let named = without.iter().filter(|r| !scenario.resident(**r).anonymous);
            let mut named: Vec<&str> = named.map(|r| scenario.resident(*r).id.as_str()).collect();
            named.sort_unstable();
            let message = match named.is_empty() {
                true => Message::new("explain-change-intake"),
                false => Message::new("explain-change-intake-named").text("residents", named.join(", ")),
            };
            let message = message
                .text("year", year)
                .number("to", before - without.len() as i64)
                .number("before", before);
            // An anonymous resident has no row, but other tables may name them.
            let is_told_of = |resident: &&Resident| {
                resident.anonymous && !(resident.locks.is_empty() && resident.leaves.is_empty())
            };
            let about = without.iter().map(|&resident| scenario.resident(resident)).filter(is_told_of);
            let mut about: Vec<&str> = about.map(|resident| resident.id.as_str()).collect();
            about.sort_unstable();
            match about.is_empty() {
                true => message,
                false => Message::new("explain-change-intake-about")
                    .message("change", message)
                    .text("residents", about.join(", ")),
            }
        }
        Change::Minimum { minimum, to } => {
            Message::new(minimum.reached().map_or("", |reached| reached.lowered))
                .number("to", i64::from(*to))
                .number("before", i64::from(minimum.of(&scenario.rules)))
        }
        Change::Ratio { to } => Message::new("explain-change-ratio")
            .number("to", i64::from(*to))
            .number("before", i64::from(scenario.rules.residents_per_supervisor)),
        Change::Bound { bound, to } => Message::new(match (bound.row, bound.end) {
            (RuleIx::Section(_) | RuleIx::CourseIntake(..), _) => "explain-change-places",
            (_, End::Min) => "explain-change-min",
            (_, End::Max) => "explain-change-max",
        })
        .message("rule", rule_words(scenario, bound.row))
        .number("to", i64::from(*to))
        .number("before", i64::from(bound.get(scenario).unwrap_or(*to))),
        Change::Target { case, to } => Message::new("explain-change-target")
            .text("case", &scenario.case(*case).name)
            .number("to", i64::from(*to))
            .number("before", i64::from(scenario.case(*case).target)),
        Change::Volume { case, facility, from, by } => {
            let stretches = stretch::of_volume(scenario, *case, *facility, *from, *by);
            let message = match &stretches[..] {
                [one] => Message::new("explain-change-volume")
                    .text("from", one.from)
                    .text("to", one.after.normalize())
                    .text("before", one.before.normalize()),
                _ => Message::new("explain-change-volume-dated")
                    .message("stretches", listed_stretches(&stretches)),
            };
            with_facility(message, scenario, *facility)
                .text("case", &scenario.case(*case).name)
                .number("by", i64::from(*by))
        }
        Change::Share { case, to } => Message::new("explain-change-share")
            .text("case", &scenario.case(*case).name)
            .text("to", share(*to).normalize())
            .text("before", scenario.case(*case).trainee_share.normalize()),
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
