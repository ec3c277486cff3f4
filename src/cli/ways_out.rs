//! `kenshu progress … --ways-out`: what can be done about a plan that fails somebody. The nearest plan that does not, or,
//! where there is none, why not and what would have to give.

use std::path::Path;

use super::console::Console;
use super::{Failure, explain};
use crate::calendar::Month;
use crate::completion::{Progress, Why};
use crate::diff::diff;
use crate::engine::Session;
use crate::engine::replan::{Mended, mended};
use crate::language::Message;
use crate::output::{self, explanation, remarks};
use crate::plan::Plan;
use crate::plan::earlier::Earlier;
use crate::scenario::Scenario;

/// Whether other places would help anybody: not where records are missing.
pub fn are_asked_for(progress: &Progress) -> bool {
    let of_places = |why: &Why| {
        matches!(why, Why::Unreached { .. } | Why::Shared(_) | Why::Unplaced(_) | Why::Lacking(_))
    };
    let items = progress.residents.iter().flat_map(|standing| &standing.items);
    items.filter(|item| !item.is_goal).filter_map(|item| item.why.as_ref()).any(of_places)
}

/// Says which residents would move where, or why no plan does without.
pub fn tell(
    scenario: &Scenario,
    (path, plan): (&Path, &Plan),
    as_of: Month,
    session: &Session<'_>,
    console: &Console,
) -> Result<(), Failure> {
    let catalogue = &console.catalogue;
    let heading = |key| format!("\n{}\n\n", catalogue.say(&Message::new(key).text("path", path.display())));
    let told = match mended(scenario, plan, as_of, explain::WAYS_OUT, session) {
        Ok(Mended::Plan(planned)) => {
            let new = Earlier::from(planned.answer.plan.clone().unwrap_or_default());
            let diff = diff(&planned.scenario, &Earlier::from(plan.clone()), &new);
            let text = output::diff::text(&planned.scenario, &diff, catalogue, console.width());
            heading("completion-mended") + &text
        }
        Ok(Mended::NoPlan(explained)) => {
            let lines = explanation::lines(scenario, &explained);
            heading("completion-not-mended") + &explanation::text(&lines, catalogue)
        }
        Ok(Mended::Unknown) => heading("completion-mended-unknown"),
        Err(faulty) => {
            let message = Message::new("completion-mended-fault");
            return Err(Failure::inside(message.message("fault", remarks::fault(&faulty.fault))));
        }
    };
    console.out(&told)
}
