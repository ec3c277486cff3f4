//! What can be done about a plan that fails somebody: who would move in the nearest plan that does not, or why there is
//! none and what would have to give.

use std::path::Path;

use super::{diff, explanation};
use crate::calendar::Month;
use crate::diff::Diff;
use crate::engine::Planned;
use crate::explain::infeasible::Explained;
use crate::language::{Catalogue, Message};
use crate::scenario::Scenario;

/// The answer.
#[derive(Debug)]
pub enum WaysOut {
    /// Other places would help nobody.
    NotNeeded,
    /// The nearest plan, and what it changes.
    Plan(Box<Planned>, Box<Diff>),
    /// Why, of the scenario with what has passed as locks.
    NoPlan { scenario: Box<Scenario>, explained: Explained },
    /// Not known within the limits.
    Unknown,
}

impl WaysOut {
    pub fn id(&self) -> &'static str {
        match self {
            Self::NotNeeded => "not-needed",
            Self::Plan(..) => "plan",
            Self::NoPlan { .. } => "no-plan",
            Self::Unknown => "unknown",
        }
    }
}

/// The answer for the plan at `path`, whose months before `as_of` have passed.
pub fn text(
    scenario: &Scenario,
    ways: &WaysOut,
    (path, as_of): (&Path, Month),
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let say = |key| catalogue.say(&Message::new(key).text("path", path.display()));
    let (first, rest) = match ways {
        WaysOut::NotNeeded => (say("completion-nothing-to-mend"), String::new()),
        WaysOut::Plan(planned, diff) => {
            let passed = as_of > scenario.start();
            // Where the rules say so already, the command alone does it.
            let said = scenario.rules.changed_from.is_some_and(|month| month >= as_of);
            let how = Message::new("completion-mended-how").text("path", path.display());
            let how = how.text("month", as_of).number("changed", (passed && !said).into());
            let lines = [say("completion-mended"), catalogue.say(&how)].join("\n");
            (lines, diff::text(&planned.scenario, diff, catalogue, width))
        }
        WaysOut::NoPlan { scenario, explained } => {
            let lines = explanation::lines(scenario, explained);
            (say("completion-not-mended"), explanation::text(&lines, catalogue))
        }
        WaysOut::Unknown => (say("completion-mended-unknown"), String::new()),
    };
    match rest.is_empty() {
        true => format!("\n{first}\n"),
        false => format!("\n{first}\n\n{rest}"),
    }
}
