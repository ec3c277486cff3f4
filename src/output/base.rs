//! What is told of a base plan: what of it cannot stay, what must, and what has no effect.

use super::reasons;
use super::statements::{with_facility, with_span};
use crate::engine::Planned;
use crate::language::Message;
use crate::replan::{Cannot, Impossible};
use crate::scenario::{CourseIx, GoalKind, ResidentIx, Scenario, default_goals};

/// Why a row cannot stay.
pub fn impossible(scenario: &Scenario, row: &Impossible) -> Message {
    let why = match &row.why {
        Cannot::Associated => Message::new("base-associated"),
        &Cannot::Leave { kind, first, last } => Message::new("base-leave")
            .text("month", first)
            .text("last", last)
            .message("leave", Message::new(kind.key())),
        Cannot::NoSeats(month) => Message::new("base-no-seats").text("month", month),
        Cannot::Lock(month) => Message::new("base-lock").text("month", month),
        Cannot::NoCareer(obstacles) => match reasons::either(scenario, obstacles) {
            Some(either) => Message::new("base-no-career-but").message("either", either),
            None => Message::new("base-no-career"),
        },
        &Cannot::Full { month, present, seats } => {
            Message::new("base-full").text("month", month).number("present", present).number("seats", seats)
        }
        Cannot::Together => Message::new("base-together"),
    };
    let why = why.text("resident", &scenario.resident(row.resident).id);
    let why = with_span(with_facility(why, scenario, row.stay.facility), row.stay.span);
    match row.lifted {
        Some(month) => Message::new("base-lifted").message("reason", why).text("month", month),
        None => why,
    }
}

/// What was asked for and has no effect.
pub fn without_effect(scenario: &Scenario, has_base: bool) -> Vec<Message> {
    let stability = scenario.goals.iter().any(|goal| goal.kind == GoalKind::Stability);
    // The default order has the goal for whenever there is a base plan; nobody asked for it.
    let asked_for = stability && scenario.goals != default_goals();
    let mut remarks = Vec::new();
    if !has_base && asked_for {
        remarks.push(Message::new("base-missing-for-goal"));
    }
    if !has_base && scenario.frozen().is_some() {
        remarks.push(Message::new("base-missing-for-freeze"));
    }
    if has_base && !stability {
        remarks.push(Message::new("base-without-goal"));
    }
    remarks
}

/// Residents who are on another course than in the base plan: each is a change, and they are counted.
pub fn changes_of_course(planned: &Planned) -> Vec<Message> {
    let said = planned.courses.iter().map(|change| course_change(&planned.scenario, change));
    let count = (!planned.courses.is_empty())
        .then(|| Message::new("base-courses").number("count", planned.courses.len() as i64));
    count.into_iter().chain(said).collect()
}

/// A resident on another course: (resident, before, after).
pub fn course_change(
    scenario: &Scenario,
    (resident, before, after): &(ResidentIx, Option<CourseIx>, Option<CourseIx>),
) -> Message {
    let id = |course: &Option<CourseIx>| course.map_or("–", |course| scenario.course(course).id.as_str());
    Message::new("explain-course-change")
        .text("resident", &scenario.resident(*resident).id)
        .text("before", id(before))
        .text("after", id(after))
}
