//! A goal with what is known of it.

use serde::Serialize;
use serde::ser::Serializer;

use crate::plan::{GoalResult, GoalValue};
use crate::scenario;

/// A goal's value as the contract has it: an integer, or pairs [value, residents] from the worst down.
#[derive(Debug, Clone, Copy)]
pub struct Value<'a>(pub &'a GoalValue);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            GoalValue::Number(number) => number.serialize(serializer),
            GoalValue::Vector(pairs) => pairs.serialize(serializer),
        }
    }
}

/// A goal; what is not known of it is not there.
#[derive(Debug, Clone, Serialize)]
pub struct Goal<'a> {
    goal: &'static str,
    measure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Value<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<Value<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Value<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Value<'a>>,
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
            value: Some(Value(&result.value)),
            bound: Some(Value(&result.bound)),
            proof: Some(result.proof.id()),
            ..Self::named(result.goal)
        }
    }

    /// What was counted in a plan, with the words for it.
    pub fn counted(goal: scenario::Goal, value: &'a GoalValue, words: String) -> Self {
        Self { value: Some(Value(value)), words: Some(words), ..Self::named(goal) }
    }

    /// The same goal in two plans.
    pub fn compared((goal, before, after): &'a (scenario::Goal, GoalValue, GoalValue)) -> Self {
        Self { before: Some(Value(before)), after: Some(Value(after)), ..Self::named(*goal) }
    }
}
