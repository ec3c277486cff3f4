//! What was solved, judged; and whether the two agree.
//!
//! The judge shares nothing with the solver. If it finds a placement rule broken in a plan of ours, or
//! counts a goal differently, one of the two is wrong: then nothing of the answer may be handed out.

use crate::audit::{self, Audit, Finding};
use crate::language::Message;
use crate::plan::{Answer, Plan, Status};
use crate::regulation::Subject;
use crate::scenario::Scenario;

/// What the judge holds against an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A plan is promised and missing, or there is one where none is promised.
    Status(Status),
    /// A rule about who is where is broken.
    Rule(Box<Finding>),
    /// The planned cases are not what everybody needs.
    Cases(Message),
    /// A goal is counted differently.
    Goals,
}

/// The judgement of an answer; without a plan, of what the scenario itself brings.
pub fn judge(scenario: &Scenario, answer: &Answer, base: Option<&Plan>) -> Audit {
    match &answer.plan {
        Some(plan) => audit::audit(scenario, plan, base),
        None => Audit { findings: audit::audit_program(scenario), goals: Vec::new() },
    }
}

/// What the judge holds against placements and goals, if anything.
pub fn fault(answer: &Answer, audit: &Audit) -> Option<Fault> {
    let promised = matches!(answer.status, Status::Optimal | Status::Feasible);
    if promised != answer.plan.is_some() {
        return Some(Fault::Status(answer.status));
    }
    if let Some(finding) = audit.violations(Subject::Placement).next() {
        return Some(Fault::Rule(Box::new(finding.clone())));
    }
    let claimed = answer.goals.iter().map(|result| (result.goal, &result.value));
    let counted = audit.goals.iter().map(|(goal, value)| (*goal, value));
    (promised && !claimed.eq(counted)).then_some(Fault::Goals)
}

/// What the judge holds against the planned cases, if anything.
pub fn fault_of_quotas(scenario: &Scenario, answer: &Answer) -> Option<Fault> {
    let plan = answer.plan.as_ref()?;
    audit::check_quotas(scenario, plan, &answer.quotas).into_iter().next().map(Fault::Cases)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;
    use crate::plan::{GoalResult, GoalValue, Proof};
    use crate::regulation::Rule;

    fn answer(value: i64) -> Answer {
        let goal = sample::scenario().goals[0];
        let value = GoalValue::Number(value);
        Answer {
            plan: Some(sample::plan()),
            goals: vec![GoalResult { goal, value: value.clone(), bound: value, proof: Proof::Certified }],
            ..Answer::without_plan(Status::Optimal, None)
        }
    }

    fn audit(broken: &[Rule]) -> Audit {
        let findings = broken.iter().map(|rule| sample::finding(*rule)).collect();
        Audit { findings, goals: vec![(sample::scenario().goals[0], GoalValue::Number(8))] }
    }

    #[test]
    fn a_plan_the_judge_agrees_with_is_no_fault() {
        assert_eq!(fault(&answer(8), &audit(&[])), None);
        assert_eq!(fault(&answer(8), &audit(&[Rule::IntakeCap])), None, "the scenario's own doing");
    }

    #[test]
    fn a_broken_rule_or_another_count_is_a_fault() {
        let broken = fault(&answer(8), &audit(&[Rule::CoreMonths]));
        assert!(matches!(broken, Some(Fault::Rule(finding)) if finding.rule == Rule::CoreMonths));
        assert_eq!(fault(&answer(7), &audit(&[])), Some(Fault::Goals));
        let nothing = Answer { plan: None, ..answer(8) };
        assert_eq!(fault(&nothing, &audit(&[])), Some(Fault::Status(Status::Optimal)));
    }

    #[test]
    fn planned_cases_that_are_not_enough_are_a_fault() {
        let scenario = sample::with_cases();
        let of = |quotas| fault_of_quotas(&scenario, &Answer { quotas, ..answer(8) });
        assert_eq!(of(sample::quotas()), None);
        assert!(matches!(of(sample::quotas()[1..].to_vec()), Some(Fault::Cases(_))));
        assert!(matches!(of(Vec::new()), Some(Fault::Cases(_))));
    }
}
