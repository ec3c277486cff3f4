//! Ways out: the cheapest changes after which a plan exists, each with that plan.
//!
//! Best first over sets of changes (conflict-directed search). What leaves a known proof standing
//! leaves no plan, so to a set that does not suffice only those changes are added that touch its proof,
//! each by as much as the proof asks for (`node`). The first sets under which a plan is found are the
//! cheapest of this kind; a set that moves all that an earlier one moves says nothing new. If that search
//! comes to its limits with too few, every statement is tried alone (`single`). Only then several changes share
//! what a proof asks for; and the rest is found step by step (`dive`), each leaving something untouched of
//! every way out known, or going half the way of one and on by something else.
//!
//! Whether changes suffice is asked of the scenario they make when they are written as tables and read
//! again (`edits`): what is handed out holds in the tables. Which changes come next, and how far, is
//! judged by the changed scenario in memory (`apply`), which is nearly the same and quicker.
//!
//! A question that stays open for a while is left: whether a plan exists is hardest to tell where it
//! only just does, and a way out that only just is one is no good advice.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::time::Duration;

use super::asker::{Asker, Existence, is_legal};
use super::change::Change;
use super::dive::{dive, further};
use super::edits::tried;
use super::node::Node;
use super::single::alone;
use super::statement::Statement;
use crate::plan::Plan;
use crate::scenario::{Bound, Scenario};

/// Changes that suffice together.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    pub changes: Vec<Change>,
    /// Their weights, added up.
    pub cost: i64,
    /// A plan of the scenario that the changed tables are, accepted by the judge.
    pub plan: Plan,
}

/// Ways out, cheapest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Repairs {
    pub list: Vec<Repair>,
    /// How many were asked for.
    pub wanted: usize,
    /// The search came to its end, not to its limits.
    pub complete: bool,
}

/// Sets of changes looked at in each search, and questions put to the solver, at most.
const SETS_MAX: usize = 400;
const ASKED_MAX: usize = 80;
/// Changes together, at most: more is no advice.
const CHANGES_MAX: usize = 12;
/// Different kinds of change together, at most.
const KINDS_MAX: usize = 4;
/// Dives, at most.
const DIVES_MAX: usize = 12;

/// How long one question may stay open, and how long the searches may take, where there is a clock: all
/// together less than somebody waits who wants three ways out.
pub const PATIENCE: Duration = Duration::from_millis(700);
const SEARCH: Duration = Duration::from_millis(2000);
const SINGLE: Duration = Duration::from_millis(5500);
const SHARED: Duration = Duration::from_millis(1000);
const ALL: Duration = Duration::from_millis(6500);

/// Looks for the `wanted` cheapest ways out of a scenario without a plan.
pub fn repairs(scenario: &Scenario, wanted: usize, asker: &mut Asker<'_>) -> Repairs {
    let mut found = Repairs { list: Vec::new(), wanted, complete: true };
    // Fewer residents under a mix have other courses, which no proof about these residents foresees.
    let is_dealt = !scenario.course_mix.is_empty() && scenario.residents.iter().any(|r| r.anonymous);
    let started = asker.elapsed();
    search(scenario, wanted, false, started + SEARCH, &mut found, asker);
    if found.list.len() < wanted && !found.complete {
        single_statements(scenario, wanted, started + SINGLE, &mut found, asker);
    }
    if found.list.len() < wanted {
        found.complete = true;
        search(scenario, wanted, true, asker.elapsed().max(started + SEARCH) + SHARED, &mut found, asker);
    }
    if found.list.len() < wanted && !found.complete {
        dives(scenario, wanted, started + ALL, &mut found, asker);
    }
    if found.list.len() < wanted && !found.complete {
        mixes(scenario, wanted, started + ALL, &mut found, asker);
    }
    found.complete &= !is_dealt;
    found.list.sort_by_key(|repair| repair.cost);
    found
}

/// Every statement alone that touches the proof, the cheapest first.
fn single_statements(
    scenario: &Scenario,
    wanted: usize,
    until: Duration,
    found: &mut Repairs,
    asker: &mut Asker<'_>,
) {
    let Existence::Nothing(prices) = asker.exists_soon(scenario, PATIENCE) else { return };
    let node = Node::new(scenario, &[], scenario.clone(), prices);
    let touching = node.map(|node| node.more(true, &|_| !is_late(asker, until))).unwrap_or_default();
    let mut singles: Vec<Change> = touching.into_iter().filter_map(|mut set| set.pop()).collect();
    // No proof is at hand that a bound on how many may be somewhere touches; there are few.
    let bounds = Bound::all(scenario).into_iter().map(Statement::Bound);
    singles.extend(bounds.map(|bound| Change::of_number(bound, 1)));
    singles.sort_by_cached_key(|change| change.cost(scenario));
    let mut tried: BTreeSet<Statement> = BTreeSet::new();
    for change in &singles {
        let statement = change.of;
        let is_known = found.list.iter().any(|repair| repair.changes.iter().all(|c| c.of == statement));
        if found.list.len() >= wanted || is_late(asker, until) {
            return;
        }
        if !is_known && tried.insert(statement) {
            found.list.extend(alone(scenario, change, until, asker));
        }
    }
}

/// Dives that each leave untouched a statement of every way out found before, the heaviest first.
fn dives(scenario: &Scenario, wanted: usize, until: Duration, found: &mut Repairs, asker: &mut Asker<'_>) {
    let mut tried: BTreeSet<BTreeSet<Statement>> = BTreeSet::new();
    for _ in 0..DIVES_MAX {
        let next =
            untouched(scenario, &found.list).into_iter().find(|statements| !tried.contains(statements));
        let Some(statements) = next.filter(|_| found.list.len() < wanted) else { return };
        if let Some(repair) =
            dive(scenario, Vec::new(), &|statement| !statements.contains(&statement), Some(until), asker)
        {
            let repair = spared(scenario, repair, asker);
            found.list.push(tightened(scenario, repair, asker));
        }
        tried.insert(statements);
    }
}

/// Ways out known with one change half as far, and something else instead of the rest.
fn mixes(scenario: &Scenario, wanted: usize, until: Duration, found: &mut Repairs, asker: &mut Asker<'_>) {
    let known: Vec<Vec<Change>> = found.list.iter().map(|repair| repair.changes.clone()).collect();
    for (changes, at) in known.iter().flat_map(|changes| (0..changes.len()).map(move |at| (changes, at))) {
        let whole = &changes[at];
        let Some(extent) = whole.by().filter(|&extent| extent > 1) else { continue };
        if found.list.len() >= wanted || is_late(asker, until) {
            return;
        }
        let mut start = changes.clone();
        start[at] = whole.to_extent(extent / 2);
        let others = |statement| statement != whole.of;
        if let Some(repair) = dive(scenario, start, &others, Some(until), asker) {
            let repair = tightened(scenario, spared(scenario, repair, asker), asker);
            if !found.list.iter().any(|known| goes_as_far(&repair, known)) {
                found.list.push(repair);
            }
        }
    }
}

/// Whether a way out moves all that another one does, and as far.
fn goes_as_far(repair: &Repair, other: &Repair) -> bool {
    other.changes.iter().all(|change| {
        let of_it = repair.changes.iter().find(|known| known.of == change.of);
        of_it.is_some_and(|known| known.by() >= change.by())
    })
}

/// Sets of statements of which every way out known moves one: those with the heaviest first.
fn untouched(scenario: &Scenario, known: &[Repair]) -> Vec<BTreeSet<Statement>> {
    let mut sets: Vec<BTreeSet<Statement>> = vec![BTreeSet::new()];
    for repair in known {
        let mut changes: Vec<&Change> = repair.changes.iter().collect();
        changes.sort_by_key(|change| Reverse(change.cost(scenario)));
        let with = |set: &BTreeSet<Statement>| {
            let statements = changes.iter().map(|change| change.of);
            statements.map(|statement| set.iter().copied().chain([statement]).collect()).collect::<Vec<_>>()
        };
        sets = sets.iter().flat_map(with).take(DIVES_MAX).collect();
    }
    sets
}

/// One search; with `shared`, changes may do a part of what a proof asks for.
fn search(
    scenario: &Scenario,
    wanted: usize,
    shared: bool,
    until: Duration,
    found: &mut Repairs,
    asker: &mut Asker<'_>,
) {
    let mut known: BTreeSet<Vec<Change>> = BTreeSet::from([Vec::new()]);
    let mut heap = BinaryHeap::from([Reverse((0i64, 0usize, Vec::new()))]);
    let (mut looked_at, asked_before) = (0, asker.asked);
    while let Some(Reverse((cost, _, changes))) = heap.pop() {
        if found.list.len() >= wanted {
            return;
        }
        looked_at += 1;
        if looked_at > SETS_MAX || asker.asked - asked_before > ASKED_MAX || is_late(asker, until) {
            found.complete = false;
            return;
        }
        if found.list.iter().any(|repair| is_covered(repair, &changes)) {
            continue;
        }
        let Some(now) = tried(scenario, &changes) else {
            // With other changes it might be one; these alone are no advice.
            found.complete = false;
            continue;
        };
        match asker.exists_soon(&now, PATIENCE) {
            Existence::Plan(plan) if is_legal(&now, &plan) => {
                let repair = spared(scenario, Repair { changes, cost, plan }, asker);
                found.list.push(tightened(scenario, repair, asker));
            }
            Existence::Plan(_) | Existence::Unknown(_) => {
                found.complete = false;
                if let Some(more) = further(scenario, &changes).filter(|more| known.insert(more.clone())) {
                    heap.push(Reverse((self::cost(scenario, &more), more.len(), more)));
                }
            }
            Existence::Nothing(prices) => {
                let Some(node) = Node::new(scenario, &changes, now, prices) else {
                    found.complete = false;
                    continue;
                };
                let sets = node.more(shared, &|_| !is_late(asker, until));
                found.complete &= !is_late(asker, until);
                for more in sets {
                    if !is_advice(&more) {
                        found.complete = false;
                    } else if known.insert(more.clone()) {
                        heap.push(Reverse((self::cost(scenario, &more), more.len(), more)));
                    }
                }
            }
        }
    }
}

fn is_late(asker: &Asker<'_>, until: Duration) -> bool {
    asker.elapsed() > until || asker.stopped()
}

/// Whether the changes move all that a repair found before moves.
fn is_covered(repair: &Repair, changes: &[Change]) -> bool {
    let statements: BTreeSet<Statement> = changes.iter().map(|change| change.of).collect();
    repair.changes.iter().all(|change| statements.contains(&change.of))
}

/// Whether changes are few enough to be advice.
pub fn is_advice(changes: &[Change]) -> bool {
    let kinds = changes.iter().map(|change| change.of.kind()).collect::<BTreeSet<_>>().len();
    changes.len() <= CHANGES_MAX && kinds <= KINDS_MAX
}

/// What changes weigh together.
pub fn cost(scenario: &Scenario, changes: &[Change]) -> i64 {
    changes.iter().map(|change| change.cost(scenario)).sum()
}

/// The repair without the changes that it can do without: one that went a part of the way may have
/// become needless by another that came later.
fn spared(scenario: &Scenario, repair: Repair, asker: &mut Asker<'_>) -> Repair {
    let mut spared = repair;
    let mut position = 0;
    while spared.changes.len() > 1 && position < spared.changes.len() {
        let mut changes = spared.changes.clone();
        changes.remove(position);
        let Some(now) = tried(scenario, &changes) else {
            position += 1;
            continue;
        };
        match asker.exists_soon(&now, PATIENCE / 2) {
            Existence::Plan(plan) if is_legal(&now, &plan) => {
                let cost = cost(scenario, &changes);
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
            && let Some(enough) = change.by()
            && enough - short > 1
        {
            let middle = short + (enough - short) / 2;
            let mut changes = tight.changes.clone();
            changes[position] = change.to_extent(middle);
            let Some(now) = tried(scenario, &changes) else {
                short = middle;
                continue;
            };
            match asker.exists_soon(&now, PATIENCE / 2) {
                Existence::Plan(plan) if is_legal(&now, &plan) => {
                    let cost = cost(scenario, &changes);
                    tight = Repair { changes, cost, plan };
                }
                _ => short = middle,
            }
        }
    }
    tight
}
