//! The cheapest careers of a diagram, in order of a bound that no career beats.
//!
//! A backward pass gives each node the least that can follow; a depth-first walk takes the cheapest branch
//! first and leaves a branch as soon as what it has cost and the least that can follow exceed what is
//! wanted. Where costs add up over stays the bound is exact, so the first walk down ends at the cheapest
//! career and every branch that is entered holds one that is wanted. A term's amount (`costs`) is bounded
//! by itself, and together with the cost by a *frontier*: the pairs of cost and amount of which neither can
//! be had for less. Repeated months are charged as they come; where they count and one career is wanted, a
//! branch is left too if the node was reached before for no more, with nothing known that is not known now and with
//! the same months wherever cases are counted (*dominance*, which is exact since whatever follows costs no less). What
//! is handed out is costed afresh from the whole career. Memory is the length of a career, and of the labels that dominate, whatever the
//! number of careers.

use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::career_set::{Career, CareerSet};
use super::costs::{Amount, Charge, Costs, FORBIDDEN, Resource, Term, resources};
use super::diagram::{Diagram, END, Leg};
use super::multipliers::{self, Multipliers};
use super::once::Marks;
use crate::scenario::{CourseIx, FacilityIx};

/// A bound from here on says that everything that follows is forbidden.
const OUT: i64 = FORBIDDEN / 2;

/// Pairs of a frontier that are kept apart; beyond it neighbours are taken together, which bounds less well
/// and is right all the same.
const FRONTIER_MAX: usize = 32;

/// Nodes visited in one search; some seconds. What a search has not come to by then it says so.
pub(super) const VISITS_MAX: u64 = 4_000_000;

/// How far prices of visits are looked for.
struct Trials {
    /// Times that they are moved: from nothing, and from known ones.
    moves: usize,
    moves_from_known: usize,
    /// Nodes visited by each trial.
    visits: u64,
}

const TRIALS: Trials = Trials { moves: 30, moves_from_known: 6, visits: 200 };

/// The same where a cheap career is enough.
const ROUGH_TRIALS: Trials = Trials { moves: 15, moves_from_known: 2, visits: 60 };

/// Labels of a node that others are compared with; further ones are followed without.
const LABELS_OF_NODE_MAX: usize = 200;

/// Nodes visited where any career that is cheap is enough.
pub(super) const VISITS_OF_ROUGH: u64 = 1_000;

/// Nodes visited between two looks at the time.
const VISITS_UNTIMED: u64 = 1 << 12;

/// What is wanted of a search.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Careers dearer than this are not.
    pub at_most: i64,
    /// So many of the cheapest, or, with `all`, every one unless there are more.
    pub count: usize,
    pub all: bool,
    /// Which of the branches that promise the same comes first.
    pub taste: u32,
    /// Nodes visited before the search gives up.
    pub visits_max: u64,
}

/// An order of numbers that is another one for each taste.
pub(super) fn to_taste(taste: u32, number: u32) -> u32 {
    (number ^ taste.wrapping_add(1).wrapping_mul(0x9E37_79B9)).wrapping_mul(0x85EB_CA6B)
}

/// What a search came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Harvest {
    /// Cheapest first, of equals the first met.
    pub found: Vec<(i64, Career)>,
    /// Nothing that was wanted is missing.
    pub is_complete: bool,
    /// No career costs less, found or not.
    pub bound: i64,
}

/// A diagram under given costs.
pub(super) struct Search<'s> {
    pub(super) set: &'s CareerSet,
    pub(super) diagram: &'s Diagram,
    pub(super) costs: &'s Costs,
    /// Amounts of which a career has only an upper bound until it is whole.
    rounded: Vec<&'s Term>,
    on_repeats: Vec<Charge>,
    resources: Vec<Resource>,
    /// Per resource and node the least of it that can follow.
    to_go: Vec<Vec<i64>>,
    /// Per resource the frontiers of what can follow.
    frontiers: Vec<Frontiers>,
    /// Per node the least that can follow, terms aside.
    pub(super) least: Vec<i64>,
    /// Per stay the cost and the prices of its marks.
    pub(super) per_stay: Vec<i64>,
    /// Prices of visits, none where no stay has a mark, and per node what can still be visited.
    pub(super) multipliers: Multipliers,
    /// The classes that have one.
    pub(super) priced: u64,
    pub(super) reach: Vec<u64>,
    /// Per node the classes that can still be visited or asked for, and those that are remembered (`refined`).
    pub(super) matters: Vec<u64>,
    pub(super) remembered: u64,
    pub(super) stopped: &'s (dyn Fn() -> bool + Sync),
}

/// Per node the pairs of cost and amount of what can follow of which neither can be had for less.
#[derive(Default)]
struct Frontiers {
    /// Where the pairs of each node end.
    ends: Vec<usize>,
    pairs: Vec<(i64, i64)>,
}

impl Frontiers {
    fn of(&self, node: u32) -> &[(i64, i64)] {
        let first = node.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.pairs[first..self.ends[node as usize]]
    }
}

/// Where a walk is.
struct Walk {
    course: CourseIx,
    path: Vec<u32>,
    known: Vec<(FacilityIx, u32)>,
    /// Per resource so far.
    sums: Vec<i64>,
    /// Per depth the branches and their bounds; kept to be allocated once.
    branches: Vec<Vec<(i64, u32, u32)>>,
    kept: BinaryHeap<(i64, u64, Career)>,
    /// Per node the labels it was reached with; empty where nothing is compared.
    labels: Vec<Vec<Label>>,
    /// The marks of the stays so far, and the prices of all there can be, which costs are without.
    seen: u64,
    given: i64,
    /// Where only cost and marks tell paths to a node apart: the least cost it was reached for.
    reached: FxHashMap<(u32, u64), i64>,
    wanted: Wanted,
    met: u64,
    visits: u64,
    ended: bool,
}

/// How a node was reached: of everything that what follows depends on, how much.
struct Label {
    cost: i64,
    repeats: i64,
    sums: Vec<i64>,
    /// Per amount that is rounded what it will be rounded from; `None` once there is enough.
    rounded: Vec<Option<Vec<(u32, u32)>>>,
    known: Vec<(FacilityIx, u32)>,
    seen: u64,
}

impl Label {
    /// Whether whatever can follow the other costs no less than after this one.
    fn dominates(&self, other: &Self) -> bool {
        // A facility known later, or not at all, repeats less.
        let knows_no_more = |(facility, year): &(FacilityIx, u32)| {
            other.known.iter().any(|(of, known)| of == facility && known <= year)
        };
        self.cost <= other.cost
            && self.repeats <= other.repeats
            && self.seen == other.seen
            && self.rounded == other.rounded
            && self.sums.iter().zip(&other.sums).all(|(own, other)| own <= other)
            && self.known.iter().all(knows_no_more)
    }
}

impl Walk {
    /// What a career may cost to be of use.
    fn limit(&self) -> i64 {
        match self.kept.peek() {
            Some((worst, ..)) if !self.wanted.all && self.kept.len() >= self.wanted.count => worst - 1,
            _ => self.wanted.at_most,
        }
    }

    fn keep(&mut self, cost: i64) {
        if self.kept.len() >= self.wanted.count {
            if self.wanted.all {
                self.ended = true;
                return;
            }
            self.kept.pop();
        }
        self.met += 1;
        self.kept.push((cost, self.met, Career { course: self.course, stays: self.path.as_slice().into() }));
    }
}

impl<'s> Search<'s> {
    /// `limits` are terms that hold whatever the costs are.
    pub fn new(
        set: &'s CareerSet,
        diagram: &'s Diagram,
        costs: &'s Costs,
        limits: &'s [Term],
        (multipliers, remembered): (&[i64], u64),
        stopped: &'s (dyn Fn() -> bool + Sync),
    ) -> Self {
        let terms = || costs.terms.iter().chain(limits);
        let on_repeats =
            terms().filter(|term| term.amount == Amount::Repeats).map(|term| term.charge).collect();
        let mut search = Self {
            set,
            diagram,
            costs,
            rounded: terms().filter(|term| matches!(term.amount, Amount::Cases(_))).collect(),
            on_repeats,
            resources: resources(terms()),
            to_go: Vec::new(),
            frontiers: Vec::new(),
            least: Vec::new(),
            per_stay: Vec::new(),
            multipliers: Multipliers::new(),
            priced: 0,
            reach: Vec::new(),
            matters: Vec::new(),
            remembered,
            stopped,
        };
        if !set.marks.is_empty() {
            (search.reach, search.matters) = multipliers::reach(set, diagram);
        }
        let mut known = multipliers.to_vec();
        known.resize(if set.marks.is_empty() { 0 } else { u64::BITS as usize }, 0);
        search.set_multipliers(known);
        // What charges nobody anything need not be looked at.
        search.resources.retain(|resource| {
            let most = least(diagram, &resource.per_stay.iter().map(|of| -of).collect::<Vec<_>>());
            let most_on = |course, root: u32| resource.of_course(course) - most[root as usize];
            diagram.roots().iter().any(|&(course, root)| resource.charge(most_on(course, root)) > 0)
        });
        search.to_go = search.resources.iter().map(|of| least(diagram, &of.per_stay)).collect();
        search.frontiers = search.resources.iter().map(|of| search.frontiers(&of.per_stay)).collect();
        search
    }

    /// Changes the prices of visits.
    fn set_multipliers(&mut self, multipliers: Multipliers) {
        self.per_stay = multipliers::priced(self.set, &self.costs.per_stay, &multipliers);
        self.least = least(self.diagram, &self.per_stay);
        if !self.frontiers.is_empty() {
            self.frontiers = self.resources.iter().map(|of| self.frontiers(&of.per_stay)).collect();
        }
        let priced = multipliers.iter().zip(0..).filter(|(price, _)| **price > 0);
        self.priced = priced.fold(0, |all, (_, class)| all | 1 << class);
        self.multipliers = multipliers;
    }

    /// The prices of visits, and the classes that had to be remembered.
    pub fn into_multipliers(self) -> (Multipliers, u64) {
        (self.multipliers, self.remembered)
    }

    /// What careers from the root can be given back of the prices of visits.
    pub(super) fn given(&self, root: u32) -> i64 {
        self.reach.get(root as usize).map_or(0, |&reach| multipliers::sum(&self.multipliers, reach))
    }

    /// Moves the prices of visits towards the best bound of a root, as far as it helps to find its cheapest career: that
    /// career if a trial proved it to be, or, of a rough search, if one found any.
    pub fn tighten(&mut self, root: (CourseIx, u32), wanted: Wanted, is_rough: bool) -> Option<Harvest> {
        let trials = if is_rough { ROUGH_TRIALS } else { TRIALS };
        let reach = self.reach.get(root.1 as usize).copied().filter(|&reach| reach != 0)?;
        // With terms each trial is long, and it is the terms that decide.
        if is_rough && !self.is_simple(wanted) {
            return None;
        }
        let is_known = self.multipliers.iter().any(|&price| price > 0);
        let moves = if is_known { trials.moves_from_known } else { trials.moves };
        let mut best: Option<(i64, Career)> = None;
        let mut tightest = (i64::MIN, Multipliers::new());
        let mut share = 1;
        for number in 0..=moves {
            let bound = self.of_course(root);
            if bound > tightest.0 {
                tightest = (bound, self.multipliers.clone());
                let at_most = best.as_ref().map_or(wanted.at_most, |(cost, _)| cost - 1);
                let visits_max = trials.visits.min(wanted.visits_max);
                let trial =
                    self.of_root(root, Wanted { at_most, count: 1, all: false, visits_max, ..wanted });
                best = trial.found.into_iter().next().or(best);
                if trial.is_complete {
                    let bound = best.as_ref().map_or(bound, |(cost, _)| *cost);
                    return Some(Harvest { found: best.into_iter().collect(), is_complete: true, bound });
                }
            } else {
                share *= 2;
            }
            if number == moves || (self.stopped)() {
                break;
            }
            let known = best.as_ref().map_or(bound.saturating_add(bound.abs() / 8), |(cost, _)| *cost);
            let visits = multipliers::visits(self.set, self.diagram, &self.per_stay, &self.least, root.1);
            let mut moved = self.multipliers.clone();
            let distance = known.min(OUT).saturating_sub(bound).max(0) / share;
            if distance == 0 || !multipliers::moved(&mut moved, &visits, reach, distance) {
                break;
            }
            self.set_multipliers(moved);
        }
        let (bound, multipliers) = tightest;
        self.set_multipliers(multipliers);
        let found: Vec<(i64, Career)> = best.into_iter().collect();
        (is_rough && !found.is_empty()).then_some(Harvest { found, is_complete: false, bound })
    }

    fn frontiers(&self, amounts: &[i64]) -> Frontiers {
        let mut frontiers = Frontiers::default();
        let mut pairs: Vec<(i64, i64)> = Vec::new();
        for node in 0..self.diagram.nodes() as u32 {
            pairs.clear();
            if node == END {
                pairs.push((0, 0));
            }
            for leg in self.diagram.legs(node) {
                let (cost, amount) = (self.per_stay[leg.stay as usize], amounts[leg.stay as usize]);
                pairs.extend(frontiers.of(leg.to).iter().map(|&(c, a)| (c + cost, a + amount)));
            }
            pairs.sort_unstable();
            let mut least_amount = i64::MAX;
            pairs.retain(|&(_, amount)| {
                let is_less = amount < least_amount;
                least_amount = least_amount.min(amount);
                is_less
            });
            while pairs.len() > FRONTIER_MAX {
                pairs = pairs.chunks(2).map(|two| (two[0].0, two[two.len() - 1].1)).collect();
            }
            frontiers.pairs.extend_from_slice(&pairs);
            frontiers.ends.push(frontiers.pairs.len());
        }
        frontiers
    }

    /// No career that goes on from the node costs less, with so much cost, amounts and repeats so far.
    fn bound(&self, node: u32, cost: i64, sums: &[i64], added: Option<u32>, repeats: i64) -> i64 {
        let mut base = cost + self.costs.per_repeat * repeats;
        for charge in &self.on_repeats {
            base = base.saturating_add(charge.of(repeats));
        }
        let least = self.least[node as usize];
        if self.resources.is_empty() {
            return base + least;
        }
        let so_far = |k: usize| sums[k] + added.map_or(0, |stay| self.resources[k].per_stay[stay as usize]);
        // Each amount by itself, and what the best of them gains together with the cost.
        let (mut apart, mut gain) = (0_i64, 0_i64);
        for (k, resource) in self.resources.iter().enumerate() {
            let sum = so_far(k);
            let alone = resource.charge(sum + self.to_go[k][node as usize]);
            apart = apart.saturating_add(alone);
            if alone >= OUT {
                return FORBIDDEN;
            }
            let together = self.frontiers[k]
                .of(node)
                .iter()
                .map(|&(cost, amount)| resource.charge(sum + amount).saturating_add(cost))
                .min();
            gain = gain.max(together.map_or(FORBIDDEN, |together| together - least - alone));
        }
        base.saturating_add(least).saturating_add(apart).saturating_add(gain)
    }

    /// The cheapest careers of the course whose root this is.
    pub fn of_root(&mut self, root: (CourseIx, u32), wanted: Wanted) -> Harvest {
        let visits_max = if self.is_simple(wanted) { VISITS_OF_ROUGH } else { u64::MAX };
        let walked = self.walked(root, Wanted { visits_max: wanted.visits_max.min(visits_max), ..wanted });
        if walked.is_complete || wanted.visits_max <= visits_max {
            return walked;
        }
        // What going down does not settle soon has many paths that promise the same.
        let at_most = walked.found.first().map_or(wanted.at_most, |(cost, _)| cost - 1);
        let refined = self.refined(root, Wanted { at_most, ..wanted });
        let found = if refined.found.is_empty() { walked.found } else { refined.found };
        let least = found.first().filter(|_| refined.is_complete).map(|(cost, _)| *cost);
        Harvest { found, bound: least.unwrap_or(walked.bound.max(refined.bound)), ..refined }
    }

    /// The same, depth first.
    fn walked(&self, (course, root): (CourseIx, u32), wanted: Wanted) -> Harvest {
        let given = self.given(root);
        let cost = self.costs.per_course[course.0] - given;
        let mut walk = Walk {
            course,
            path: Vec::new(),
            known: self.set.past.clone(),
            sums: self.at_root(course),
            branches: Vec::new(),
            kept: BinaryHeap::new(),
            labels: self.labels(wanted),
            seen: 0,
            given,
            reached: FxHashMap::default(),
            wanted: Wanted { at_most: wanted.at_most.min(OUT), ..wanted },
            met: 0,
            visits: 0,
            ended: false,
        };
        let bound = self.bound(root, cost, &walk.sums, None, 0);
        if bound <= walk.limit() {
            // With no room for any, nobody can say that there is none.
            walk.ended = wanted.count == 0;
            self.visit(&mut walk, root, cost, 0);
        }
        let kept = walk.kept.into_sorted_vec();
        let found: Vec<(i64, Career)> = kept.into_iter().map(|(cost, _, career)| (cost, career)).collect();
        let is_complete = !walk.ended;
        let bound = found.first().filter(|_| is_complete).map_or(bound, |(least, _)| *least);
        Harvest { found, is_complete, bound }
    }

    fn visit(&self, walk: &mut Walk, node: u32, cost: i64, repeats: i64) {
        walk.visits += 1;
        if walk.visits >= walk.wanted.visits_max
            || (walk.visits.is_multiple_of(VISITS_UNTIMED) && (self.stopped)())
        {
            walk.ended = true;
        }
        if walk.ended {
            return;
        }
        if node == END {
            return self.end(walk, cost, repeats);
        }
        if !walk.labels.is_empty() && self.is_dominated(walk, node, cost, repeats) {
            return;
        }
        if self.is_simple(walk.wanted) {
            let known = walk.reached.entry((node, walk.seen)).or_insert(i64::MAX);
            if *known <= cost {
                return;
            }
            *known = cost;
        }
        let depth = walk.path.len();
        if walk.branches.len() <= depth {
            walk.branches.push(Vec::new());
        }
        let mut branches = std::mem::take(&mut walk.branches[depth]);
        branches.clear();
        let limit = walk.limit();
        let adds_up = self.resources.is_empty() && !self.counts_repeats();
        for (at, leg) in self.diagram.legs(node).iter().enumerate() {
            if !self.may_come(walk.seen, leg.stay) {
                continue;
            }
            let cost = cost + self.per_stay[leg.stay as usize];
            let bound = if adds_up {
                cost + self.least[leg.to as usize]
            } else {
                let repeats = repeats + self.repeats(&walk.known, leg.stay);
                self.bound(leg.to, cost, &walk.sums, Some(leg.stay), repeats)
            };
            if bound <= limit {
                let order = if walk.wanted.all { 0 } else { to_taste(walk.wanted.taste, leg.stay) };
                branches.push((bound, order, at as u32));
            }
        }
        if !walk.wanted.all {
            branches.sort_unstable();
        }
        let known = walk.known.len();
        for &(bound, _, at) in &branches {
            if walk.ended || (bound > walk.limit() && !walk.wanted.all) {
                break;
            }
            let Leg { stay, to } = self.diagram.legs(node)[at as usize];
            let mut repeats = repeats;
            if self.counts_repeats() {
                repeats += i64::from(self.set.repeats_after(&mut walk.known, stay));
            }
            walk.path.push(stay);
            let seen = walk.seen;
            walk.seen |= self.marks(stay).once;
            for (sum, resource) in walk.sums.iter_mut().zip(&self.resources) {
                *sum += resource.per_stay[stay as usize];
            }
            self.visit(walk, to, cost + self.per_stay[stay as usize], repeats);
            walk.seen = seen;
            for (sum, resource) in walk.sums.iter_mut().zip(&self.resources) {
                *sum -= resource.per_stay[stay as usize];
            }
            walk.path.pop();
            walk.known.truncate(known);
        }
        walk.branches[depth] = branches;
    }

    fn end(&self, walk: &mut Walk, cost: i64, repeats: i64) {
        let mut cost = cost + self.costs.per_repeat * repeats;
        cost += walk.given - multipliers::sum(&self.multipliers, walk.seen);
        for charge in &self.on_repeats {
            cost = cost.saturating_add(charge.of(repeats));
        }
        for (sum, resource) in walk.sums.iter().zip(&self.resources).filter(|(_, of)| !of.is_rounded()) {
            cost = cost.saturating_add(resource.charge(*sum));
        }
        for term in &self.rounded {
            cost = cost.saturating_add(term.of(self.set, walk.course, &walk.path));
        }
        if cost <= walk.limit() {
            walk.keep(cost);
        }
    }

    /// Room for labels where they help.
    fn labels(&self, wanted: Wanted) -> Vec<Vec<Label>> {
        let compares = self.counts_repeats() || (!self.set.marks.is_empty() && !self.is_simple(wanted));
        let compares = compares && !wanted.all && wanted.count == 1;
        let nodes = if compares { self.diagram.nodes() } else { 0 };
        (0..nodes).map(|_| Vec::new()).collect()
    }

    /// Whether the node was reached before with a label that dominates; if not, it is one from now on.
    fn is_dominated(&self, walk: &mut Walk, node: u32, cost: i64, repeats: i64) -> bool {
        let repeats_charged = if self.on_repeats.is_empty() { 0 } else { repeats };
        let cost = cost + self.costs.per_repeat * repeats;
        let rounded = self.rounded.iter().filter_map(|term| match (&term.amount, term.charge) {
            (Amount::Cases(reach), Charge::Short { need, .. }) if reach.cases(&walk.path) >= need => {
                Some(None)
            }
            (Amount::Cases(reach), _) => Some(Some(reach.months(&walk.path))),
            (Amount::Stays(..) | Amount::Repeats, _) => None,
        });
        let label = Label {
            cost,
            repeats: repeats_charged,
            sums: walk.sums.clone(),
            rounded: rounded.collect(),
            known: walk.known.clone(),
            seen: walk.seen,
        };
        let labels = &mut walk.labels[node as usize];
        if labels.iter().any(|known| known.dominates(&label)) {
            return true;
        }
        if labels.len() < LABELS_OF_NODE_MAX {
            labels.push(label);
        }
        false
    }

    /// Whether one career is wanted, and cost and marks are all that tells paths to a node apart.
    fn is_simple(&self, wanted: Wanted) -> bool {
        !self.set.marks.is_empty()
            && !wanted.all
            && wanted.count == 1
            && self.resources.is_empty()
            && self.rounded.is_empty()
            && !self.counts_repeats()
    }

    pub(super) fn marks(&self, stay: u32) -> Marks {
        self.set.marks.get(stay as usize).copied().unwrap_or_default()
    }

    /// Whether a stay can come after others with these marks.
    fn may_come(&self, seen: u64, stay: u32) -> bool {
        let Marks { once, needs } = self.marks(stay);
        once & seen == 0 && needs & !seen == 0
    }

    fn counts_repeats(&self) -> bool {
        self.costs.per_repeat != 0 || !self.on_repeats.is_empty()
    }

    /// Repeated months of a stay.
    fn repeats(&self, known: &[(FacilityIx, u32)], stay: u32) -> i64 {
        if self.counts_repeats() { i64::from(self.set.repeats_of_next(known, stay)) } else { 0 }
    }

    /// Per arc a cost that no career through it stays below.
    pub fn through(&self) -> Vec<i64> {
        let (nodes, amounts) = (self.diagram.nodes(), self.resources.len());
        // From the roots on, the least cost, `None` where nobody comes, and the least of each amount.
        let mut least: Vec<Option<i64>> = vec![None; nodes];
        let mut least_sums = vec![i64::MAX; nodes * amounts];
        let reach = |known: &mut Option<i64>, known_sums: &mut [i64], cost: i64, sums: &[i64]| {
            *known = Some(known.map_or(cost, |known| known.min(cost)));
            known_sums.iter_mut().zip(sums).for_each(|(known, sum)| *known = (*known).min(*sum));
        };
        let of = |node: u32| node as usize * amounts..(node as usize + 1) * amounts;
        for &(course, root) in self.diagram.roots() {
            let (cost, sums) = (self.costs.per_course[course.0] - self.given(root), self.at_root(course));
            reach(&mut least[root as usize], &mut least_sums[of(root)], cost, &sums);
        }
        let mut through = vec![FORBIDDEN; self.diagram.arcs()];
        let (mut sums, mut after) = (vec![0; amounts], vec![0; amounts]);
        for node in (1..nodes as u32).rev() {
            let Some(cost) = least[node as usize] else { continue };
            sums.copy_from_slice(&least_sums[of(node)]);
            for at in self.diagram.range(node) {
                let Leg { stay, to } = self.diagram.all_legs()[at];
                let cost = cost + self.per_stay[stay as usize];
                through[at] = self.bound(to, cost, &sums, Some(stay), 0);
                for ((after, sum), resource) in after.iter_mut().zip(&sums).zip(&self.resources) {
                    *after = sum + resource.per_stay[stay as usize];
                }
                reach(&mut least[to as usize], &mut least_sums[of(to)], cost, &after);
            }
        }
        through
    }

    /// A cost that no career of the course stays below.
    pub fn of_course(&self, (course, root): (CourseIx, u32)) -> i64 {
        self.bound(root, self.costs.per_course[course.0] - self.given(root), &self.at_root(course), None, 0)
    }

    /// Of each resource what a career on the course begins with.
    fn at_root(&self, course: CourseIx) -> Vec<i64> {
        self.resources.iter().map(|resource| resource.of_course(course)).collect()
    }
}

/// Per node the least sum that can follow.
pub(super) fn least(diagram: &Diagram, per_stay: &[i64]) -> Vec<i64> {
    let mut least: Vec<i64> = Vec::with_capacity(diagram.nodes());
    for node in 0..diagram.nodes() as u32 {
        let after = diagram.legs(node).iter().map(|leg| per_stay[leg.stay as usize] + least[leg.to as usize]);
        least.push(after.min().unwrap_or(0));
    }
    least
}
