//! A whole `plan.json` against the tables: is it of this scenario, does it count right, is it proved, and
//! do its planned cases give everybody what they need?

use super::{Verdict, verify};
use crate::audit::{case_is_assessed, check_quotas};
use crate::language::Message;
use crate::plan::Plan;
use crate::plan::claims::{self, Claims};
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
    /// Who is to experience which cases where.
    Cases,
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
    let whole = |outcome, key| ClaimVerdict { about: About::Whole, outcome, message: Message::new(key) };
    if claims.scenario_hash != scenario.hash {
        return vec![whole(Outcome::Rejected, "claim-other-scenario")];
    }
    let plan = plan.filter(|_| claims.status != "infeasible");
    // Cases are checked by counting, however many careers there are.
    let cases = plan.and_then(|plan| cases(scenario, plan, claims));
    let Some(verification) = verify(scenario, plan, base, &claims.certificate) else {
        let mut verdicts = vec![whole(Outcome::Open, "claim-too-many-careers")];
        verdicts.extend(cases);
        return verdicts;
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
        verdicts.push(ClaimVerdict { about: About::Goal(*goal), outcome, message });
    }
    // "Optimal" says that every goal is settled.
    let settled = verdicts.iter().all(|verdict| verdict.outcome == Outcome::Holds);
    if claims.status == "optimal" && !settled && !verdicts.iter().any(|v| v.outcome == Outcome::Rejected) {
        verdicts.push(whole(Outcome::Open, "claim-optimal-open"));
    }
    verdicts.extend(cases);
    verdicts
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
