//! A way out step by step, where the search for the cheapest has come to its limits.
//!
//! Starting from nothing or from a part of what suffices, to what does not suffice the change is added that brings its proof nearest to
//! the end for its weight, until a plan exists; then what can be spared is spared. That asks a dozen
//! questions where the search for the cheapest may ask hundreds. Only some statements are moved, so that what is
//! found differs from what was found before.

use std::time::Duration;

use super::asker::{Asker, Existence, is_legal};
use super::change::Change;
use super::edits::tried;
use super::node::Node;
use super::repair::{PATIENCE, Repair, cost, is_advice};
use super::statement::Statement;
use crate::scenario::Scenario;

/// Steps of one dive, at most.
const STEPS_MAX: usize = 24;
/// Sets weighed against each other in one step, the cheapest first.
const WEIGHED_MAX: usize = 40;

/// A way out from some changes on that moves only statements `asked` for further; `None` if none was found in
/// time.
pub fn dive(
    scenario: &Scenario,
    start: Vec<Change>,
    asked: &dyn Fn(Statement) -> bool,
    until: Option<Duration>,
    asker: &mut Asker<'_>,
) -> Option<Repair> {
    let mut changes = start;
    for _ in 0..STEPS_MAX {
        if asker.stopped() || until.is_some_and(|until| asker.elapsed() >= until) {
            return None;
        }
        let now = tried(scenario, &changes)?;
        changes = match asker.exists_soon(&now, PATIENCE) {
            Existence::Plan(plan) => {
                let cost = cost(scenario, &changes);
                return is_legal(&now, &plan).then_some(Repair { changes, cost, plan });
            }
            // Near the edge a question can be too hard; further from it there is more room.
            Existence::Unknown(_) => further(scenario, &changes)?,
            Existence::Nothing(prices) => {
                let node = Node::new(scenario, &changes, now, prices)?;
                let late = || asker.stopped() || until.is_some_and(|until| asker.elapsed() >= until);
                let mut sets = node.more(true, &|statement| asked(statement) && !late());
                sets.retain(|set| is_advice(set));
                sets.sort_by_cached_key(|set| cost(scenario, set));
                best(scenario, &node, &changes, &sets)?.clone()
            }
        };
    }
    None
}

/// All changes a step further; `None` if none of them can go further.
pub fn further(scenario: &Scenario, changes: &[Change]) -> Option<Vec<Change>> {
    let steps: Vec<Option<Change>> = changes.iter().map(|change| change.further(scenario)).collect();
    let moved = steps.iter().any(Option::is_some);
    let sets = changes.iter().zip(steps).map(|(change, step)| step.unwrap_or_else(|| change.clone()));
    moved.then(|| sets.collect())
}

/// The set that brings the proof furthest for what it adds to the weight; of equals the heaviest.
fn best<'s>(
    scenario: &Scenario,
    node: &Node<'_>,
    changes: &[Change],
    sets: &'s [Vec<Change>],
) -> Option<&'s Vec<Change>> {
    let before = cost(scenario, changes);
    let mut best: Option<(&Vec<Change>, i128, i128)> = None;
    for set in sets.iter().take(WEIGHED_MAX) {
        let Some(progress) = node.progress(set) else { continue };
        let weight = i128::from((cost(scenario, set) - before).max(1));
        // More progress a weight; of equals what goes further, which takes fewer steps.
        let is_better = best.is_none_or(|(_, known, known_weight)| {
            progress.saturating_mul(known_weight) >= known.saturating_mul(weight)
        });
        if is_better {
            best = Some((set, progress, weight));
        }
    }
    best.map(|(set, _, _)| set)
}
