//! `kenshu progress … --ways-out`: asks for the nearest plan that fails nobody or, where there is none, why not and what
//! would have to give.

use super::{Failure, explain};
use crate::completion::{Progress, Why};
use crate::diff::diff;
use crate::engine::Session;
use crate::engine::replan::{Mended, mended};
use crate::language::Message;
use crate::output::remarks;
use crate::output::ways_out::WaysOut;
use crate::plan::Plan;
use crate::plan::earlier::Earlier;
use crate::scenario::Scenario;

/// Whether other places would help anybody: not where records are missing.
fn are_needed(progress: &Progress) -> bool {
    let of_places = |why: &Why| {
        matches!(why, Why::Unreached { .. } | Why::Shared(_) | Why::Unplaced(_) | Why::Lacking(_))
    };
    let items = progress.residents.iter().flat_map(|standing| &standing.items);
    items.filter(|item| !item.is_goal).filter_map(|item| item.why.as_ref()).any(of_places)
}

/// Which residents would move where, or why no plan does without.
pub fn ways_out(
    scenario: &Scenario,
    plan: &Plan,
    progress: &Progress,
    session: &Session<'_>,
) -> Result<WaysOut, Failure> {
    if !are_needed(progress) {
        return Ok(WaysOut::NotNeeded);
    }
    match mended(scenario, plan, progress.as_of, explain::WAYS_OUT, session) {
        Ok(Mended::Plan(planned)) => {
            let new = Earlier::from(planned.answer.plan.clone().unwrap_or_default());
            let diff = diff(&planned.scenario, &Earlier::from(plan.clone()), &new);
            Ok(WaysOut::Plan(planned, Box::new(diff)))
        }
        Ok(Mended::NoPlan { scenario, explained }) => Ok(WaysOut::NoPlan { scenario, explained }),
        Ok(Mended::Unknown) => Ok(WaysOut::Unknown),
        Err(faulty) => {
            let message = Message::new("completion-mended-fault");
            Err(Failure::inside(message.message("fault", remarks::fault(&faulty.fault))))
        }
    }
}
