//! The judge's word on a plan, for a page: what is broken, what each rule came to, and what each goal is worth.

use serde::Serialize;

use super::dto;
use super::goals;
use crate::audit::{self, Audit};
use crate::language::Catalogue;
use crate::plan::careers::Career;
use crate::regulation::Rule;
use crate::scenario::Scenario;

/// The judgement of a plan as it stands.
#[derive(Debug, Serialize)]
pub struct Verdict<'a> {
    /// Findings that break a rule; the others are remarks.
    pub broken: usize,
    pub findings: Vec<dto::Finding<'a>>,
    pub rules: Vec<RuleVerdict>,
    pub goals: Vec<GoalWords>,
}

#[derive(Debug, Serialize)]
pub struct RuleVerdict {
    pub id: &'static str,
    pub name: String,
    pub clause: String,
    /// `kept`, `broken` or `not-checked`.
    pub verdict: &'static str,
}

/// A goal and what the plan is worth by it, in words.
#[derive(Debug, Serialize)]
pub struct GoalWords {
    pub name: String,
    pub value: String,
}

pub fn verdict<'a>(
    scenario: &'a Scenario,
    audit: &'a Audit,
    careers: &[Career],
    catalogue: &Catalogue,
) -> Verdict<'a> {
    let rule = |rule: &Rule| RuleVerdict {
        id: rule.id(),
        name: catalogue.say(&audit::rule_of(scenario, *rule)),
        clause: rule.clause(),
        verdict: audit::verdict(scenario, *rule, &audit.findings).id(),
    };
    let findings: Vec<dto::Finding<'a>> =
        audit.findings.iter().map(|finding| dto::Finding::of(scenario, finding, catalogue)).collect();
    Verdict {
        broken: findings.iter().filter(|finding| finding.severity == "error").count(),
        findings,
        rules: Rule::ALL.iter().map(rule).collect(),
        goals: audit
            .goals
            .iter()
            .map(|(goal, worth)| GoalWords {
                name: catalogue.say(&goals::name(*goal)),
                value: catalogue.say(&goals::result(scenario, *goal, worth, careers)),
            })
            .collect(),
    }
}
