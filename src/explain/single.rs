//! A way out by one statement alone: whether it can do at all, and how far it has to go then.
//!
//! That it can do is asked at its far end first: where there is room enough a plan is soon found, and where
//! even that leaves none, one question was enough. Then it goes as far as the proof asks for, twice as far,
//! and so on until a plan exists, and what lies between is halved. A question that stays open counts as
//! too little.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::time::Duration;

use super::asker::{Asker, Existence, is_legal};
use super::change::Change;
use super::edits::tried;
use super::repair::{PATIENCE, Repair, cost};
use crate::scenario::Scenario;

/// Questions about one statement that may stay open: what lies so near the edge is not worth more.
const OPEN_MAX: usize = 1;

/// The way out that moves nothing but the change's statement, no further than it has to; `None` if none was
/// found in time.
pub fn alone(scenario: &Scenario, change: &Change, until: Duration, asker: &mut Asker<'_>) -> Option<Repair> {
    // From the first year on is more than from when the proof asks for it.
    let starts = BTreeSet::from([Reverse(change.farthest(scenario)), Reverse(change.earliest(scenario))]);
    let mut found = starts.into_iter().find_map(|Reverse(far)| by(scenario, far, asker).ok())?;
    let late = |asker: &Asker<'_>| asker.stopped() || asker.elapsed() >= until;
    let (mut short, mut trial) = (0, change.by().unwrap_or(0).max(1));
    while trial < extent(&found) {
        if late(asker) {
            // That there is some extent to it is no advice.
            return None;
        }
        match by(scenario, first(&found)?.to_extent(trial), asker) {
            Ok(nearer) => found = nearer,
            Err(_) => {
                short = trial;
                trial = trial.saturating_mul(2);
            }
        }
    }
    let mut open = 0;
    while extent(&found).saturating_sub(short) > 1 && open <= OPEN_MAX && !late(asker) {
        let middle = short + (extent(&found) - short) / 2;
        match by(scenario, first(&found)?.to_extent(middle), asker) {
            Ok(nearer) => found = nearer,
            Err(is_open) => {
                short = middle;
                open += usize::from(is_open);
            }
        }
    }
    Some(found)
}

fn first(repair: &Repair) -> Option<&Change> {
    repair.changes.first()
}

/// How far it goes; 0 for what has no extent.
fn extent(repair: &Repair) -> u32 {
    first(repair).and_then(|change| change.by()).unwrap_or(0)
}

/// The change as a way out; if it is none, whether that is only not known.
fn by(scenario: &Scenario, change: Change, asker: &mut Asker<'_>) -> Result<Repair, bool> {
    let changes = vec![change];
    let now = tried(scenario, &changes).ok_or(false)?;
    match asker.exists_soon(&now, PATIENCE / 2) {
        Existence::Plan(plan) if is_legal(&now, &plan) => {
            let cost = cost(scenario, &changes);
            Ok(Repair { changes, cost, plan })
        }
        Existence::Plan(_) | Existence::Unknown(_) => Err(true),
        Existence::Nothing(_) => Err(false),
    }
}
