//! Ways out: the cheapest changes after which a plan exists, each with that plan.
//!
//! Best first over sets of changes (conflict-directed search). What leaves a known proof standing
//! leaves no plan, so to a set that does not suffice only those changes are added that touch its proof,
//! each by as much as the proof asks for (`node`). The first sets under which a plan is found are the
//! cheapest of this kind; a set that moves all that an earlier one moves says nothing new. Only if too
//! few are found, several changes share what a proof asks for.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::apply::changed;
use super::asker::{Asker, Existence, is_legal};
use super::change::{Change, Lever};
use super::node::Node;
use crate::plan::Plan;
use crate::scenario::Scenario;

/// Changes that suffice together.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    pub changes: Vec<Change>,
    /// Their weights, added up.
    pub cost: i64,
    /// A plan of the changed scenario, accepted by the judge.
    pub plan: Plan,
}

/// Ways out, cheapest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Repairs {
    pub list: Vec<Repair>,
    /// The search came to its end, not to its limits.
    pub complete: bool,
}

/// Sets of changes looked at in each search, and questions put to the solver, at most.
const SETS_MAX: usize = 400;
const ASKED_MAX: usize = 80;
/// Changes together, at most: more is no advice.
const CHANGES_MAX: usize = 8;
/// Different kinds of change together, at most.
const KINDS_MAX: usize = 4;

/// Looks for the `wanted` cheapest ways out of a scenario without a plan.
pub fn repairs(scenario: &Scenario, wanted: usize, asker: &mut Asker<'_>) -> Repairs {
    let mut found = Repairs { list: Vec::new(), complete: true };
    for shared in [false, true] {
        if found.list.len() < wanted {
            found.complete = true;
            search(scenario, wanted, shared, &mut found, asker);
        }
    }
    found.list.sort_by_key(|repair| repair.cost);
    found
}

/// One search; with `shared`, changes may do a part of what a proof asks for.
fn search(scenario: &Scenario, wanted: usize, shared: bool, found: &mut Repairs, asker: &mut Asker<'_>) {
    let mut known: BTreeSet<Vec<Change>> = BTreeSet::from([Vec::new()]);
    let mut heap = BinaryHeap::from([Reverse((0i64, 0usize, Vec::new()))]);
    let (mut looked_at, asked_before) = (0, asker.asked);
    while let Some(Reverse((cost, _, changes))) = heap.pop() {
        if found.list.len() >= wanted {
            return;
        }
        looked_at += 1;
        if looked_at > SETS_MAX || asker.asked - asked_before > ASKED_MAX || asker.stopped() {
            found.complete = false;
            return;
        }
        if found.list.iter().any(|repair| is_covered(repair, &changes)) {
            continue;
        }
        let now = changed(scenario, &changes);
        match asker.exists(&now) {
            Existence::Plan(plan) if is_legal(&now, &plan) => {
                let repair = spared(scenario, Repair { changes, cost, plan }, asker);
                found.list.push(tightened(scenario, repair, asker));
            }
            Existence::Plan(_) | Existence::Unknown(_) => found.complete = false,
            Existence::Nothing(prices) => {
                let Some(node) = Node::new(scenario, &changes, now, prices) else {
                    found.complete = false;
                    continue;
                };
                for more in node.more(shared) {
                    if more.len() > CHANGES_MAX || kinds(&more) > KINDS_MAX {
                        found.complete = false;
                    } else if known.insert(more.clone()) {
                        let cost = more.iter().map(|change| change.cost(scenario)).sum();
                        heap.push(Reverse((cost, more.len(), more)));
                    }
                }
            }
        }
    }
}

/// Whether the changes move all that a repair found before moves.
fn is_covered(repair: &Repair, changes: &[Change]) -> bool {
    let levers: BTreeSet<Lever> = changes.iter().map(Change::lever).collect();
    repair.changes.iter().all(|change| levers.contains(&change.lever()))
}

fn kinds(changes: &[Change]) -> usize {
    changes.iter().map(Change::kind).collect::<BTreeSet<_>>().len()
}

/// The repair without the changes that it can do without: one that went a part of the way may have
/// become needless by another that came later.
fn spared(scenario: &Scenario, repair: Repair, asker: &mut Asker<'_>) -> Repair {
    let mut spared = repair;
    let mut position = 0;
    while spared.changes.len() > 1 && position < spared.changes.len() {
        let mut changes = spared.changes.clone();
        changes.remove(position);
        let now = changed(scenario, &changes);
        match asker.exists(&now) {
            Existence::Plan(plan) if is_legal(&now, &plan) => {
                let cost = changes.iter().map(|change| change.cost(scenario)).sum();
                spared = Repair { changes, cost, plan };
            }
            _ => position += 1,
        }
    }
    spared
}

/// The repair with each change that has an extent going no further than it has to beside the others.
fn tightened(scenario: &Scenario, repair: Repair, asker: &mut Asker<'_>) -> Repair {
    let mut tight = repair;
    for position in 0..tight.changes.len() {
        // Further is easier, so the least extent that suffices is found by halving.
        let mut short = 0;
        while let Some(change) = tight.changes.get(position)
            && let Some(enough) = change.extent(scenario)
            && enough - short > 1
        {
            let middle = short + (enough - short) / 2;
            let mut changes = tight.changes.clone();
            changes[position] = change.to_extent(scenario, middle);
            let now = changed(scenario, &changes);
            match asker.exists(&now) {
                Existence::Plan(plan) if is_legal(&now, &plan) => {
                    let cost = changes.iter().map(|change| change.cost(scenario)).sum();
                    tight = Repair { changes, cost, plan };
                }
                _ => short = middle,
            }
        }
    }
    tight
}
