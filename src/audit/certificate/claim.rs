//! A whole `plan.json` against the tables: is it of this scenario, does it count right, is it proved, and
//! do its planned cases give everybody what they need?

use super::ground::Ground;
use super::{Limit, Limits, Verdict, verify};
use crate::audit::quotas::foreign_quota;
use crate::audit::{case_is_assessed, check_quotas, goal_values};
use crate::plan::claims::{self, Claims, GoalClaim};
use crate::plan::{GoalValue, Plan, Proof, Status};
use crate::scenario::{Goal, Scenario};

/// What became of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimVerdict {
    pub about: About,
    pub ground: Ground,
}

impl ClaimVerdict {
    pub fn outcome(&self) -> Outcome {
        self.ground.outcome()
    }
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
    let whole = |ground| vec![ClaimVerdict { about: About::Whole, ground }];
    if claims.scenario_hash != scenario.hash {
        return whole(Ground::OtherScenario);
    }
    let Some(status) = Status::ALL.into_iter().find(|status| status.id() == claims.status) else {
        return whole(Ground::StatusUnknown);
    };
    let plan = match (status, plan) {
        (Status::Unknown | Status::Infeasible, _) if !claims.goals.is_empty() => {
            return whole(Ground::StatusWithGoals);
        }
        (Status::Unknown, _) => return whole(Ground::NothingClaimed),
        (Status::Infeasible, _) => {
            return whole(match verify(scenario, None, base, &claims.certificate, limits) {
                Err(limit) => Ground::NotChecked(limit),
                Ok(verification) if verification.no_plan => Ground::NoPlanProved,
                Ok(_) => Ground::NoPlanNotProved,
            });
        }
        (Status::Optimal | Status::Feasible, None) => {
            return whole(Ground::PlacementsNeeded);
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

/// The claims about goals, against what was counted and, where that could be re-checked, proved.
fn goals(
    claims: &Claims,
    status: Status,
    counted: Vec<(Goal, GoalValue, Result<Verdict, Limit>)>,
) -> Vec<ClaimVerdict> {
    let mut verdicts = Vec::new();
    if claims.goals.len() != counted.len() {
        verdicts.push(ClaimVerdict { about: About::Whole, ground: Ground::GoalsDiffer });
    }
    for (claim, (goal, value, verdict)) in claims.goals.iter().zip(counted) {
        let ground = one_goal(claim, status, goal, &value, verdict);
        verdicts.push(ClaimVerdict { about: About::Goal(goal), ground });
    }
    verdicts
}

fn one_goal(
    claim: &GoalClaim,
    status: Status,
    goal: Goal,
    value: &GoalValue,
    verdict: Result<Verdict, Limit>,
) -> Ground {
    let Some(proof) = Proof::ALL.into_iter().find(|proof| proof.id() == claim.proof) else {
        return Ground::ProofUnknown;
    };
    if claim.goal != goal.kind.id() || claim.measure != goal.measure.id() {
        return Ground::GoalsDiffer;
    }
    if claim.value != *value {
        return Ground::ValueDiffers;
    }
    if !claim.bound_is_below(value) {
        return Ground::BoundAbove;
    }
    // "Optimal" says that every goal is settled.
    if status == Status::Optimal && claim.bound != *value {
        return Ground::OptimalBound;
    }
    if proof != Proof::Certified {
        return Ground::NotCertified;
    }
    match verdict {
        Err(limit) => Ground::NotChecked(limit),
        Ok(Verdict::Proved) if claim.bound == *value => Ground::Proved,
        Ok(Verdict::Proved) => Ground::BoundDiffers,
        Ok(Verdict::NotProved(refused)) => Ground::NotProved(refused.into_iter().next()),
    }
}

/// The planned cases against tables and plan; `None` where nothing is planned and nothing is to be.
fn cases(scenario: &Scenario, plan: &Plan, claims: &Claims) -> Option<ClaimVerdict> {
    let verdict = |ground| Some(ClaimVerdict { about: About::Cases, ground });
    if scenario.cases.is_empty() && claims.quotas.is_empty() {
        return None;
    }
    let wrong = match claims::quotas(scenario, &claims.quotas) {
        Ok(quotas) => check_quotas(scenario, plan, &quotas),
        Err(_) => vec![foreign_quota()],
    };
    if let Some(first) = wrong.first() {
        return verdict(Ground::CasesRefused(wrong.len(), first.clone()));
    }
    let open = scenario.case_ixs().filter(|case| !case_is_assessed(scenario, *case)).count();
    if open == scenario.cases.len() {
        return verdict(Ground::CasesNotAssessed);
    }
    verdict(Ground::CasesHold { quotas: claims.quotas.len(), open })
}
