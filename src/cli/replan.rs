//! What `plan --base` has to say of the base plan, and what of it must stay.

use super::Failure;
use super::console::Console;
use super::input;
use super::progress::Clock;
use crate::diagnostic::{Findings, Severity};
use crate::diff::course_changes;
use crate::itineraries::Itineraries;
use crate::language::Message;
use crate::plan::claims::{self, Claims};
use crate::plan::earlier::Earlier;
use crate::plan::{Answer, Plan};
use crate::replan::freeze::unfounded;
use crate::replan::{Impossible, freeze, impossible};
use crate::scenario::{CourseIx, GoalKind, ResidentIx, Scenario, Stay, default_goals};

/// Tells which rows of the base plan cannot stay, and returns the months that must; or the answer, where
/// there is no plan at all.
pub fn near(
    scenario: &Scenario,
    base: &Earlier,
    clock: &Clock,
    console: &Console,
) -> (Vec<(ResidentIx, Stay)>, Option<Answer>) {
    let stopped = || clock.time_left().is_some_and(|left| left.is_zero());
    // Too many careers to list is the solver's to tell.
    let itineraries = Itineraries::of(scenario, &stopped).ok();
    tell(&impossible(scenario, &base.plan, itineraries.as_ref()), base, console);
    let frozen = match freeze(scenario, &base.plan, itineraries.as_ref(), &|| clock.time_left()) {
        Ok(frozen) => frozen,
        Err(answer) => return (Vec::new(), Some(*answer)),
    };
    tell(&frozen.lifted, base, console);
    if let Some(window) = scenario.frozen() {
        let months: u32 = frozen.stays.iter().map(|(_, stay)| stay.span.months).sum();
        let message = Message::new("base-frozen").number("months", months.into());
        console.tell(&message.text("end", window.end()));
    }
    if !frozen.is_least {
        console.tell(&Message::new("base-lifted-not-least"));
    }
    (frozen.stays, None)
}

fn tell(rows: &[Impossible], base: &Earlier, console: &Console) {
    let mut findings = Findings::default();
    for Impossible { row, reason } in rows {
        let place = base.places.get(*row).cloned().unwrap_or_default();
        findings.push(Severity::Warning, place, reason.clone());
    }
    input::tell(&findings, console);
}

/// What was asked for and has no effect.
pub fn remarks(scenario: &Scenario, with_base: bool) -> Vec<Message> {
    let stability = scenario.goals.iter().any(|goal| goal.kind == GoalKind::Stability);
    // The default order has the goal for whenever there is a base plan; nobody asked for it.
    let asked_for = stability && scenario.goals != default_goals();
    let mut remarks = Vec::new();
    if !with_base && asked_for {
        remarks.push(Message::new("base-missing-for-goal"));
    }
    if !with_base && scenario.frozen().is_some() {
        remarks.push(Message::new("base-missing-for-freeze"));
    }
    if with_base && !stability {
        remarks.push(Message::new("base-without-goal"));
    }
    remarks
}

/// Residents who are on another course than in the base plan: each is a change, and they are counted.
pub fn changes_of_course(scenario: &Scenario, base: Option<&Plan>, plan: Option<&Plan>) -> Vec<Message> {
    let (Some(base), Some(plan)) = (base, plan) else { return Vec::new() };
    let changes = course_changes(scenario, base, plan);
    let id = |course: Option<CourseIx>| course.map_or("–", |course| scenario.course(course).id.as_str());
    let said = changes.iter().map(|(resident, before, after)| {
        Message::new("explain-course-change")
            .text("resident", &scenario.resident(*resident).id)
            .text("before", id(*before))
            .text("after", id(*after))
    });
    let count =
        (!changes.is_empty()).then(|| Message::new("base-courses").number("count", changes.len() as i64));
    count.into_iter().chain(said).collect()
}

/// The months that a `plan.json` says had to stay; they have to be those of the base plan.
pub fn claimed(
    scenario: &Scenario,
    base: Option<&Plan>,
    claims: &Claims,
) -> Result<Vec<(ResidentIx, Stay)>, Failure> {
    if claims.frozen.is_empty() {
        return Ok(Vec::new());
    }
    let Some(base) = base else { return Err(Failure::usage(Message::new("claims-frozen-no-base"))) };
    let refused = |resident: &str, start: String| {
        let message = Message::new("claims-frozen-unfounded").text("resident", resident);
        Err(Failure::usage(message.text("start", start)))
    };
    let frozen = match claims::frozen(scenario, &claims.frozen) {
        Ok(frozen) => frozen,
        Err(claim) => return refused(&claim.resident, claim.start.clone()),
    };
    match unfounded(scenario, base, &frozen) {
        Some((resident, stay)) => refused(&scenario.resident(resident).id, stay.span.start.to_string()),
        None => Ok(frozen),
    }
}
