//! What the judge says of a certificate, as a table and as JSON rows.

use serde::Serialize;

use super::goals;
use super::grid::{Align, Grid};
use crate::audit::certificate::claim::{About, ClaimVerdict, Outcome};
use crate::language::Catalogue;

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
            catalogue.word(outcome_key(verdict.outcome)),
            catalogue.say(&verdict.message),
        ]);
    }
    grid.render_within(width)
}

/// One verdict as JSON.
#[derive(Serialize)]
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
            outcome: match verdict.outcome {
                Outcome::Holds => "holds",
                Outcome::Open => "open",
                Outcome::Rejected => "rejected",
            },
            message: catalogue.say(&verdict.message),
        }
    };
    verdicts.iter().map(of).collect()
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
