//! A solve under way: in words for a terminal, as a line of JSON for a program.

use schemars::JsonSchema;
use serde::Serialize;

use super::goals;
use super::plan_json::meaning;
use crate::language::{Catalogue, Message};
use crate::plan::GoalValue;
use crate::solve::Progress;

/// What the solve is at, in one sentence.
pub fn words(progress: &Progress) -> Message {
    let Some(goal) = progress.goal else {
        return Message::new("progress-feasibility");
    };
    let value = |value: &Option<GoalValue>| match value {
        Some(value) => goals::value(goal.kind, value),
        None => Message::new("progress-unknown"),
    };
    Message::new("progress-goal")
        .number("position", progress.position as i64 + 1)
        .number("goals", progress.goals as i64)
        .message("goal", goals::name(goal))
        .message("incumbent", value(&progress.incumbent))
        .message("bound", value(&progress.bound))
        .number("rounds", progress.case_rounds as i64)
}

#[derive(JsonSchema, Serialize)]
pub struct Line<'a> {
    progress: Step<'a>,
}

#[derive(JsonSchema, Serialize)]
struct Step<'a> {
    /// From 1; goal, measure, value and bound are null while it is settled whether any plan exists.
    position: usize,
    goals: usize,
    goal: Option<&'static str>,
    measure: Option<&'static str>,
    value: Option<&'a GoalValue>,
    bound: Option<&'a GoalValue>,
    case_rounds: usize,
    /// What each cut found so far says.
    case_cuts: Vec<String>,
}

/// The same as one line of JSON, an object with the single key `progress`.
pub fn json_line(progress: &Progress, catalogue: &Catalogue) -> String {
    let step = Step {
        position: progress.position + 1,
        goals: progress.goals,
        goal: progress.goal.map(|goal| goal.kind.id()),
        measure: progress.goal.map(|goal| goal.measure.id()),
        value: progress.incumbent.as_ref(),
        bound: progress.bound.as_ref(),
        case_rounds: progress.case_rounds,
        case_cuts: progress.case_cuts.iter().map(|cut| catalogue.say(&meaning(cut))).collect(),
    };
    // Strings and whole numbers always have a form in JSON.
    serde_json::to_string(&Line { progress: step }).map(|line| line + "\n").unwrap_or_default()
}
