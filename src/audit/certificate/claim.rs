//! A whole `plan.json` against the tables: is it of this scenario, does it count right, is it proved?

use super::{Verdict, verify};
use crate::language::Message;
use crate::plan::Plan;
use crate::plan::claims::Claims;
use crate::scenario::{Goal, Scenario};

/// What became of one claim; for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimVerdict {
    /// `None`: a claim about the answer as a whole.
    pub goal: Option<Goal>,
    pub outcome: Outcome,
    pub message: Message,
}

/// How a claim fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Re-checked and true.
    Holds,
    /// Not claimed to be certified, so nothing to reject.
    Open,
    Rejected,
}

/// Checks every claim of a `plan.json`; without a plan, that none exists.
pub fn check(
    scenario: &Scenario,
    plan: Option<&Plan>,
    base: Option<&Plan>,
    claims: &Claims,
) -> Vec<ClaimVerdict> {
    let whole = |outcome, key| ClaimVerdict { goal: None, outcome, message: Message::new(key) };
    if claims.scenario_hash != scenario.hash {
        return vec![whole(Outcome::Rejected, "claim-other-scenario")];
    }
    let plan = plan.filter(|_| claims.status != "infeasible");
    let Some(verification) = verify(scenario, plan, base, &claims.certificate) else {
        return vec![whole(Outcome::Open, "claim-too-many-careers")];
    };
    if claims.status == "infeasible" {
        return vec![match verification.no_plan {
            true => whole(Outcome::Holds, "claim-no-plan-proved"),
            false => whole(Outcome::Rejected, "claim-no-plan-not-proved"),
        }];
    }
    if plan.is_none() {
        return vec![whole(Outcome::Rejected, "claim-placements-needed")];
    }
    let mut verdicts = Vec::new();
    if claims.goals.len() != verification.goals.len() {
        verdicts.push(whole(Outcome::Rejected, "claim-goals-differ"));
    }
    for (claim, (goal, counted, verdict)) in claims.goals.iter().zip(&verification.goals) {
        let (outcome, message) = if claim.goal != goal.kind.id() || claim.measure != goal.measure.id() {
            (Outcome::Rejected, Message::new("claim-goals-differ"))
        } else if !claim.value.is(counted) {
            (Outcome::Rejected, Message::new("claim-value-differs"))
        } else if claim.proof != "certified" {
            (Outcome::Open, Message::new("claim-not-certified"))
        } else {
            match verdict {
                Verdict::Proved if claim.bound.is(counted) => (Outcome::Holds, Message::new("claim-proved")),
                Verdict::Proved => (Outcome::Rejected, Message::new("claim-bound-differs")),
                Verdict::NotProved(reasons) => match reasons.first() {
                    Some(reason) => {
                        (Outcome::Rejected, Message::new("claim-refused").message("reason", reason.clone()))
                    }
                    None => (Outcome::Rejected, Message::new("claim-not-proved")),
                },
            }
        };
        verdicts.push(ClaimVerdict { goal: Some(*goal), outcome, message });
    }
    // "Optimal" says that every goal is settled.
    let settled = verdicts.iter().all(|verdict| verdict.outcome == Outcome::Holds);
    if claims.status == "optimal" && !settled && !verdicts.iter().any(|v| v.outcome == Outcome::Rejected) {
        verdicts.push(whole(Outcome::Open, "claim-optimal-open"));
    }
    verdicts
}
