//! How far a variant without a plan is from having one: the fewest residents of one entry year who
//! would have to stay out so that all others can be placed.
//!
//! A director who asks for two residents too many wants to hear "two", so residents are taken out of one
//! year at a time: those without a name first, then rows of the table from the last one up. Fewer
//! residents never make placing harder, so the number is found by bisection, and both sides of it are
//! solved, never inferred. Of several years the one with the fewest is told; of these, the latest,
//! whose intake is the easiest to change.

use std::collections::BTreeSet;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boundary;
use crate::explain::asker::{Asker, Existence, is_legal};
use crate::scenario::edit::Loosening;
use crate::scenario::{ResidentIx, Scenario};

/// So many residents of one entry year would have to stay out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Unplaced {
    pub entry_year: i32,
    pub residents: u32,
}

/// The fewest; `None` where not even a whole year less would do, or the time is over.
pub fn fewest(scenario: &Scenario, time_left: &(dyn Fn() -> Option<Duration> + Sync)) -> Option<Unplaced> {
    // Existence is all that is asked.
    let bare = scenario.with_goals(Vec::new());
    let mut asker = Asker::new(time_left);
    let mut best: Option<Unplaced> = None;
    let years: BTreeSet<i32> = scenario.residents.iter().map(|resident| resident.entry_year).collect();
    for entry_year in years.into_iter().rev() {
        let order = leaving(scenario, entry_year);
        // More than another year needs is of no interest.
        let most = best.map_or(order.len(), |best| order.len().min(best.residents as usize - 1));
        let mut lacks = |out: usize| -> Option<bool> {
            let rest = bare.loosened([Loosening::Without(order.iter().take(out).copied().collect())]);
            match asker.exists(&rest) {
                Existence::Plan(plan) => is_legal(&rest, &plan).then_some(false),
                Existence::Nothing(_) => Some(true),
                Existence::Unknown(_) => None,
            }
        };
        // A year that does not suffice as a whole is not worth a search.
        if most == 0 || lacks(most)? {
            continue;
        }
        let found = boundary::find(most, 1, &mut lacks)?;
        let residents = found.next.unwrap_or(most) as u32;
        best = Some(Unplaced { entry_year, residents });
    }
    best
}

/// The residents of a year in the order in which they would stay out. Who has begun has a past, and is
/// not sent away.
fn leaving(scenario: &Scenario, entry_year: i32) -> Vec<ResidentIx> {
    let of_year = |ix: &ResidentIx| {
        let resident = scenario.resident(*ix);
        resident.entry_year == entry_year && resident.history.is_empty()
    };
    let mut order: Vec<ResidentIx> = scenario.resident_ixs().filter(of_year).collect();
    order.sort_by_key(|ix| (!scenario.resident(*ix).anonymous, std::cmp::Reverse(*ix)));
    order
}
