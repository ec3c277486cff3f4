//! The judge: every rule of the catalogue, checked on any plan, over scenario and plan only.
//!
//! The judge shares no code with the solver's side (`itineraries`, `solve`, `cases`): a mistake
//! made there must not be repeated here. It imports only `calendar`, `diagnostic`, `language`,
//! `scenario`, `regulation` and `plan`. One file per rule.

use crate::calendar::Month;
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::plan::{GoalValue, Plan};
use crate::regulation::Rule;
use crate::scenario::{FacilityIx, Goal, ResidentIx, Scenario};

/// One finding of the judge. What it does not concern is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    pub severity: Severity,
    pub resident: Option<ResidentIx>,
    pub facility: Option<FacilityIx>,
    pub academic_year: Option<i32>,
    pub month: Option<Month>,
    /// What was found, as a number with its unit or a short name.
    pub measured: String,
    /// What the rule asks for, in the same unit.
    pub required: String,
    pub message: Message,
}

/// The judgement of one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    pub findings: Vec<Finding>,
    /// The value of every goal, counted from the placements alone.
    pub goals: Vec<(Goal, GoalValue)>,
}

/// Judges a plan: all placement rules and all program rules, and counts every goal.
///
/// `base` is the plan that the goal `stability` compares with; without one that goal is left out.
pub fn audit(_scenario: &Scenario, _plan: &Plan, _base: Option<&Plan>) -> Audit {
    Audit { findings: Vec::new(), goals: Vec::new() }
}

/// Judges what the scenario itself brings: intake caps and printed totals.
pub fn audit_program(_scenario: &Scenario) -> Vec<Finding> {
    Vec::new()
}
