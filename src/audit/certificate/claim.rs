//! A whole `plan.json` against the tables: is it of this scenario, does it count right, is it proved, and
//! do its planned cases give everybody what they need?

use super::{Limit, Limits, Verdict, verify};
use crate::audit::{case_is_assessed, check_quotas, goal_values};
use crate::language::Message;
use crate::plan::claims::{self, Claims, GoalClaim};
use crate::plan::{GoalValue, Plan, Proof, Status};
use crate::scenario::{Goal, Scenario};

/// What became of one claim; for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimVerdict {
    pub about: About,
    pub outcome: Outcome,
    pub message: Message,
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The answer as a whole.
    Whole,
    Goal(Goal),
    /// Months of the base plan that the rules freeze.
    Frozen,
    /// Who is to experience which cases where.
    Cases,
}

/// How a claim fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Re-checked and true.
    Holds,
    /// Not re-established: not claimed to be certified, or beyond the limits of the re-check.
    Open,
    Rejected,
}

/// Checks every claim of a `plan.json`; without a plan, that none exists.
pub fn check(
    scenario: &Scenario,
    plan: Option<&Plan>,
    base: Option<&Plan>,
    claims: &Claims,
    limits: &Limits<'_>,
) -> Vec<ClaimVerdict> {
    let whole = |outcome, key| ClaimVerdict { about: About::Whole, outcome, message: Message::new(key) };
    if claims.scenario_hash != scenario.hash {
        return vec![whole(Outcome::Rejected, "claim-other-scenario")];
    }
    let Some(status) = Status::ALL.into_iter().find(|status| status.id() == claims.status) else {
        return vec![whole(Outcome::Rejected, "claim-status-unknown")];
    };
    let plan = match (status, plan) {
        (Status::Unknown | Status::Infeasible, _) if !claims.goals.is_empty() => {
            return vec![whole(Outcome::Rejected, "claim-status-goals")];
        }
        (Status::Unknown, _) => return vec![whole(Outcome::Open, "claim-nothing")],
        (Status::Infeasible, _) => {
            return vec![match verify(scenario, None, base, &claims.certificate, limits) {
                Err(limit) => whole(Outcome::Open, not_checked(limit)),
                Ok(verification) if verification.no_plan => whole(Outcome::Holds, "claim-no-plan-proved"),
                Ok(_) => whole(Outcome::Rejected, "claim-no-plan-not-proved"),
            }];
        }
        (Status::Optimal | Status::Feasible, None) => {
            return vec![whole(Outcome::Rejected, "claim-placements-needed")];
        }
        (Status::Optimal | Status::Feasible, Some(plan)) => plan,
    };
    let mut verdicts = match verify(scenario, Some(plan), base, &claims.certificate, limits) {
        // That a value is wrong can be told all the same.
        Err(limit) => {
            let counted = goal_values(scenario, plan, base).into_iter();
            goals(claims, status, counted.map(|(goal, value)| (goal, value, Err(limit))).collect())
        }
        Ok(verification) => {
            let proved = verification.goals.into_iter();
            goals(claims, status, proved.map(|(goal, value, verdict)| (goal, value, Ok(verdict))).collect())
        }
    };
    // Cases are checked by counting, whatever a proof takes.
    verdicts.extend(cases(scenario, plan, claims));
    verdicts
}

/// Says which limit ended the re-check.
fn not_checked(limit: Limit) -> &'static str {
    match limit {
        Limit::Time => "claim-limit-time",
        Limit::Steps => "claim-limit-steps",
        Limit::Memory => "claim-limit-memory",
    }
}

/// The claims about goals, against what was counted and, where that could be re-checked, proved.
fn goals(
    claims: &Claims,
    status: Status,
    counted: Vec<(Goal, GoalValue, Result<Verdict, Limit>)>,
) -> Vec<ClaimVerdict> {
    let mut verdicts = Vec::new();
    if claims.goals.len() != counted.len() {
        let message = Message::new("claim-goals-differ");
        verdicts.push(ClaimVerdict { about: About::Whole, outcome: Outcome::Rejected, message });
    }
    for (claim, (goal, value, verdict)) in claims.goals.iter().zip(counted) {
        let (outcome, message) = one_goal(claim, status, goal, &value, verdict);
        verdicts.push(ClaimVerdict { about: About::Goal(goal), outcome, message });
    }
    verdicts
}

fn one_goal(
    claim: &GoalClaim,
    status: Status,
    goal: Goal,
    value: &GoalValue,
    verdict: Result<Verdict, Limit>,
) -> (Outcome, Message) {
    let rejected = |key| (Outcome::Rejected, Message::new(key));
    let Some(proof) = Proof::ALL.into_iter().find(|proof| proof.id() == claim.proof) else {
        return rejected("claim-proof-unknown");
    };
    if claim.goal != goal.kind.id() || claim.measure != goal.measure.id() {
        return rejected("claim-goals-differ");
    }
    if !claim.value.is(value) {
        return rejected("claim-value-differs");
    }
    if !claim.bound_is_below(value) {
        return rejected("claim-bound-above");
    }
    // "Optimal" says that every goal is settled.
    if status == Status::Optimal && !claim.bound.is(value) {
        return rejected("claim-optimal-bound");
    }
    if proof != Proof::Certified {
        return (Outcome::Open, Message::new("claim-not-certified"));
    }
    match verdict {
        Err(limit) => (Outcome::Open, Message::new(not_checked(limit))),
        Ok(Verdict::Proved) if claim.bound.is(value) => (Outcome::Holds, Message::new("claim-proved")),
        Ok(Verdict::Proved) => rejected("claim-bound-differs"),
        Ok(Verdict::NotProved(reasons)) => match reasons.into_iter().next() {
            Some(reason) => (Outcome::Rejected, Message::new("claim-refused").message("reason", reason)),
            None => rejected("claim-not-proved"),
        },
    }
}

/// The planned cases against tables and plan; `None` where nothing is planned and nothing is to be.
fn cases(scenario: &Scenario, plan: &Plan, claims: &Claims) -> Option<ClaimVerdict> {
    let verdict = |outcome, message| Some(ClaimVerdict { about: About::Cases, outcome, message });
    if scenario.cases.is_empty() && claims.quotas.is_empty() {
        return None;
    }
    let wrong = match claims::quotas(scenario, &claims.quotas) {
        Ok(quotas) => check_quotas(scenario, plan, &quotas),
        Err(_) => vec![Message::new("quota-foreign")],
    };
    if let Some(first) = wrong.first() {
        let message = Message::new("claim-cases-refused").number("count", wrong.len() as i64);
        return verdict(Outcome::Rejected, message.message("reason", first.clone()));
    }
    let open = scenario.case_ixs().filter(|case| !case_is_assessed(scenario, *case)).count();
    if open == scenario.cases.len() {
        return verdict(Outcome::Open, Message::new("claim-cases-not-assessed"));
    }
    let message = Message::new("claim-cases-hold")
        .number("quotas", claims.quotas.len() as i64)
        .number("open", open as i64);
    verdict(Outcome::Holds, message)
}
