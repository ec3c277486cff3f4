//! What the judge says of a certificate, as a table and as JSON rows.

use schemars::JsonSchema;
use serde::Serialize;

use super::goals;
use super::grid::{Align, Grid};
use crate::audit::certificate::Limit;
use crate::audit::certificate::claim::{About, ClaimVerdict, Outcome};
use crate::audit::certificate::ground::{FrozenMonths, Ground, Refusal, RefusedStep};
use crate::language::{Catalogue, Message};

/// The claims and their verdicts.
pub fn table(verdicts: &[ClaimVerdict], catalogue: &Catalogue, width: Option<usize>) -> String {
    let mut grid = Grid::new(vec![
        (catalogue.word("column-claim"), Align::Left),
        (catalogue.word("column-verdict"), Align::Left),
        (catalogue.word("column-finding"), Align::Left),
    ]);
    for verdict in verdicts {
        grid.push(vec![
            claim(verdict, catalogue),
            catalogue.word(outcome_key(verdict.outcome())),
            catalogue.say(&words(&verdict.ground)),
        ]);
    }
    grid.render_within(width)
}

/// One verdict as JSON.
#[derive(JsonSchema, Serialize)]
pub struct VerdictJson {
    /// `whole`, `goal`, `frozen` or `cases`.
    about: &'static str,
    goal: Option<&'static str>,
    measure: Option<&'static str>,
    outcome: &'static str,
    message: String,
}

pub fn json(verdicts: &[ClaimVerdict], catalogue: &Catalogue) -> Vec<VerdictJson> {
    let of = |verdict: &ClaimVerdict| {
        let (about, goal) = match verdict.about {
            About::Whole => ("whole", None),
            About::Goal(goal) => ("goal", Some(goal)),
            About::Frozen => ("frozen", None),
            About::Cases => ("cases", None),
        };
        VerdictJson {
            about,
            goal: goal.map(|goal| goal.kind.id()),
            measure: goal.map(|goal| goal.measure.id()),
            outcome: outcome_id(verdict.outcome()),
            message: catalogue.say(&words(&verdict.ground)),
        }
    };
    verdicts.iter().map(of).collect()
}

/// A claim and what became of it, in words.
#[derive(Serialize)]
pub struct VerdictRow {
    claim: String,
    /// `holds`, `open` or `rejected`.
    outcome: &'static str,
    verdict: String,
    finding: String,
}

pub fn rows(verdicts: &[ClaimVerdict], catalogue: &Catalogue) -> Vec<VerdictRow> {
    let row = |verdict: &ClaimVerdict| VerdictRow {
        claim: claim(verdict, catalogue),
        outcome: outcome_id(verdict.outcome()),
        verdict: catalogue.word(outcome_key(verdict.outcome())),
        finding: catalogue.say(&words(&verdict.ground)),
    };
    verdicts.iter().map(row).collect()
}

fn outcome_id(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Holds => "holds",
        Outcome::Open => "open",
        Outcome::Rejected => "rejected",
    }
}

fn claim(verdict: &ClaimVerdict, catalogue: &Catalogue) -> String {
    match verdict.about {
        About::Goal(goal) => catalogue.say(&goals::name(goal)),
        About::Whole => catalogue.word("claim-whole"),
        About::Frozen => catalogue.word("claim-frozen"),
        About::Cases => catalogue.word("claim-cases"),
    }
}

fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Holds => "outcome-holds",
        Outcome::Open => "outcome-open",
        Outcome::Rejected => "outcome-rejected",
    }
}

/// Why a claim holds, is open or is rejected.
pub fn words(ground: &Ground) -> Message {
    Message::new(match ground {
        Ground::OtherScenario => "claim-other-scenario",
        Ground::StatusUnknown => "claim-status-unknown",
        Ground::StatusWithGoals => "claim-status-goals",
        Ground::NothingClaimed => "claim-nothing",
        Ground::NoPlanProved => "claim-no-plan-proved",
        Ground::NoPlanNotProved => "claim-no-plan-not-proved",
        Ground::PlacementsNeeded => "claim-placements-needed",
        Ground::NotChecked(Limit::Time) => "claim-limit-time",
        Ground::NotChecked(Limit::Steps) => "claim-limit-steps",
        Ground::NotChecked(Limit::Memory) => "claim-limit-memory",
        Ground::GoalsDiffer => "claim-goals-differ",
        Ground::ProofUnknown => "claim-proof-unknown",
        Ground::ValueDiffers => "claim-value-differs",
        Ground::BoundAbove => "claim-bound-above",
        Ground::OptimalBound => "claim-optimal-bound",
        Ground::NotCertified => "claim-not-certified",
        Ground::Proved => "claim-proved",
        Ground::BoundDiffers => "claim-bound-differs",
        Ground::NotProved(None) => "claim-not-proved",
        Ground::NotProved(Some(refused)) => {
            return Message::new("claim-refused").message("reason", refused_step(*refused));
        }
        Ground::FrozenWithoutBase => "claim-frozen-no-base",
        Ground::FrozenKept(frozen) => return of_frozen("claim-frozen-kept", *frozen),
        Ground::FrozenNotChecked(frozen) => return of_frozen("claim-frozen-limit", *frozen),
        Ground::FrozenLeast(frozen) => return of_frozen("claim-frozen-least", *frozen),
        Ground::FrozenOpen(frozen, least) => {
            return of_frozen("claim-frozen-open", *frozen).number("least", *least);
        }
        Ground::FrozenChanged(frozen, least) => {
            return of_frozen("claim-frozen-changed", *frozen).number("least", *least);
        }
        Ground::CasesRefused(count, first) => {
            let message = Message::new("claim-cases-refused").number("count", *count as i64);
            return message.message("reason", first.clone());
        }
        Ground::CasesNotAssessed => "claim-cases-not-assessed",
        Ground::CasesHold { quotas, open } => {
            let message = Message::new("claim-cases-hold").number("quotas", *quotas as i64);
            return message.number("open", *open as i64);
        }
    })
}

fn of_frozen(key: &'static str, frozen: FrozenMonths) -> Message {
    let message = Message::new(key).number("months", frozen.months as i64);
    message.number("changed", frozen.changed as i64)
}

fn refused_step(refused: RefusedStep) -> Message {
    let reason = match refused.refusal {
        Refusal::Unit => "certificate-unit",
        Refusal::HoldPrices => "certificate-hold-prices",
        Refusal::Number => "certificate-number",
        Refusal::Sign => "certificate-sign",
        Refusal::Row => "certificate-row",
        Refusal::RowLimit => "certificate-row-limit",
        Refusal::RowTwice => "certificate-row-twice",
        Refusal::CoveragePrice => "certificate-coverage-price",
        Refusal::Goal => "certificate-goal",
        Refusal::Hold => "certificate-hold",
        Refusal::Cut => "certificate-cut",
        Refusal::Bound => "certificate-bound",
        Refusal::NoCareer => "certificate-no-career",
        Refusal::Depth => "certificate-depth",
        Refusal::Name => "certificate-name",
    };
    let message = Message::new("certificate-step-refused").number("step", refused.step as i64);
    message.message("reason", Message::new(reason))
}
