//! Ways out in words: what to change in the tables, from what to what.

use rust_decimal::Decimal;

use super::statements::{listed, statement, with_facility};
use crate::audit;
use crate::explain::apply::supervisors_for;
use crate::explain::change::{Change, share};
use crate::explain::statement::Statement;
use crate::language::Message;
use crate::scenario::Scenario;

/// Several changes as one sentence.
pub fn changes(scenario: &Scenario, changes: &[Change]) -> Message {
    listed(changes.iter().map(|one| change(scenario, one)))
}

/// The change in words, against the scenario it changes.
pub fn change(scenario: &Scenario, change: &Change) -> Message {
    match change {
        Change::ReleaseLock { resident, lock } => {
            let lock = statement(scenario, Statement::Lock { resident: *resident, lock: *lock });
            Message::new("explain-change-lock").message("lock", lock)
        }
        Change::OpenCourse { resident } => {
            let course = scenario.resident(*resident).course.map(|c| scenario.course(c).id.as_str());
            Message::new("explain-change-course")
                .text("resident", &scenario.resident(*resident).id)
                .text("course", course.unwrap_or_default())
        }
        Change::NoLeave { resident, leave } => {
            let leave = statement(scenario, Statement::Leave { resident: *resident, leave: *leave });
            Message::new("explain-change-leave").message("leave", leave)
        }
        Change::Seats { facility, from, by } => {
            let seats = audit::seat_limit(scenario, *facility, scenario.calendar.start_of(*from));
            let (before, start) = (seats.unwrap_or(0), scenario.calendar.start_of(*from));
            let seats = before + by;
            let needed = supervisors_for(&scenario.rules, seats);
            // Who reads it has to know what to write where.
            let message = match *scenario.facility(*facility).supervisors.at(start) < needed {
                true => Message::new("explain-change-seats-supervisors").text("supervisors", needed),
                false => Message::new("explain-change-seats"),
            };
            with_facility(message, scenario, *facility)
                .text("from", start)
                .number("by", i64::from(*by))
                .number("seats", i64::from(seats))
                .number("before", i64::from(before))
        }
        Change::Supervisors { from, by } => Message::new("explain-change-supervisors")
            .text("from", scenario.calendar.start_of(*from))
            .number("by", i64::from(*by)),
        Change::Intake { year, without } => {
            let before = scenario.residents.iter().filter(|r| r.entry_year == *year).count() as i64;
            let named = without.iter().filter(|r| !scenario.resident(**r).anonymous);
            let mut named: Vec<&str> = named.map(|r| scenario.resident(*r).id.as_str()).collect();
            named.sort_unstable();
            let message = match named.is_empty() {
                true => Message::new("explain-change-intake"),
                false => Message::new("explain-change-intake-named").text("residents", named.join(", ")),
            };
            message.text("year", year).number("to", before - without.len() as i64).number("before", before)
        }
        Change::Minimum { minimum, to } => {
            Message::new(minimum.reached().map_or("", |reached| reached.lowered))
                .number("to", i64::from(*to))
                .number("before", i64::from(minimum.of(&scenario.rules)))
        }
        Change::Ratio { to } => Message::new("explain-change-ratio")
            .number("to", i64::from(*to))
            .number("before", i64::from(scenario.rules.residents_per_supervisor)),
        Change::Target { case, to } => Message::new("explain-change-target")
            .text("case", &scenario.case(*case).name)
            .number("to", i64::from(*to))
            .number("before", i64::from(scenario.case(*case).target)),
        Change::Volume { case, facility, from, by } => {
            let item = scenario.case(*case);
            let start = scenario.calendar.start_of(*from);
            let volumes = scenario.facility(*facility).volumes.get(item.volume);
            let before = volumes.and_then(|volumes| *volumes.at(start)).unwrap_or_default();
            with_facility(Message::new("explain-change-volume"), scenario, *facility)
                .text("case", &item.name)
                .text("from", start)
                .number("by", i64::from(*by))
                .text("to", (before + Decimal::from(*by)).normalize())
                .text("before", before.normalize())
        }
        Change::Share { case, to } => Message::new("explain-change-share")
            .text("case", &scenario.case(*case).name)
            .text("to", share(*to).normalize())
            .text("before", scenario.case(*case).trainee_share.normalize()),
    }
}
