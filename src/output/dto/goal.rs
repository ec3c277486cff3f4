//! A goal with what is known of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::plan::{GoalResult, GoalValue};
use crate::scenario;

/// A goal's value as JSON has it: `12`, `[[1,2],[0,34]]`.
pub fn written(value: &GoalValue) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A goal; what is not known of it is not there.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Goal<'a> {
    goal: &'static str,
    measure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a GoalValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<&'a GoalValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a GoalValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a GoalValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
}

impl<'a> Goal<'a> {
    fn named(goal: scenario::Goal) -> Self {
        Self {
            goal: goal.kind.id(),
            measure: goal.measure.id(),
            value: None,
            bound: None,
            proof: None,
            before: None,
            after: None,
            words: None,
        }
    }

    /// What was solved and proved.
    pub fn solved(result: &'a GoalResult) -> Self {
        Self {
            value: Some(&result.value),
            bound: Some(&result.bound),
            proof: Some(result.proof.id()),
            ..Self::named(result.goal)
        }
    }

    /// What was counted in a plan, with the words for it.
    pub fn counted(goal: scenario::Goal, value: &'a GoalValue, words: String) -> Self {
        Self { value: Some(value), words: Some(words), ..Self::named(goal) }
    }

    /// The same goal in two plans.
    pub fn compared((goal, before, after): &'a (scenario::Goal, GoalValue, GoalValue)) -> Self {
        Self { before: Some(before), after: Some(after), ..Self::named(*goal) }
    }
}
