//! The cheapest career where visits are left to the search, best first, with no more of them remembered than matter.
//!
//! A path of a diagram is a career if it goes nowhere twice and nowhere too early (`once`). Remembering everything makes a label
//! for each set of places; remembering nothing, the cheapest path is seldom a career. So some classes are remembered, at
//! first none; the cheapest path is found; and the classes that it visits twice, or should have visited before, are remembered
//! from then on (*decremental state-space relaxation*: Boland, Dethridge and Dumitrescu 2006; Righini and Salani 2008).
//! What the cheapest path costs is a bound. With prices of visits (`multipliers`) it is less than what its career costs
//! where a class that has a price is not visited; such a class is remembered, too, and then counts for what it is. The search is over
//! once nothing promises less than a career that is known. What had to be remembered once will have to be again when
//! costs have changed a little, so it is handed on with the prices of visits.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::career_set::Career;
use super::diagram::END;
use super::multipliers;
use super::once::Marks;
use super::search::{Harvest, Search, Wanted, to_taste};
use crate::scenario::CourseIx;

/// Labels made between two looks at the time.
const LABELS_UNTIMED: usize = 1 << 12;

/// A beginning of a path.
struct Label {
    node: u32,
    /// The remembered classes that were visited and still matter.
    seen: u64,
    cost: i64,
    depth: u32,
    /// The last stay, and the label before it.
    stay: u32,
    before: u32,
}

/// A label to go on from: what a path through it costs at least, of equals the deepest first, then the order of its leg,
/// and its position.
type Open = Reverse<(i64, Reverse<u32>, u32, u32)>;

/// What the cheapest path is.
enum Path {
    Found(i64, Vec<u32>),
    /// None costs as little as is wanted.
    None,
    /// Nothing that was not looked at costs less.
    CutShort(i64),
}

impl Search<'_> {
    /// The cheapest career of a course, where nothing but cost and marks tells paths apart. After so many labels as are
    /// wanted visits it says how far it came.
    pub(super) fn refined(&mut self, root: (CourseIx, u32), mut wanted: Wanted) -> Harvest {
        let mut bound = self.of_course(root);
        let mut best: Option<(i64, Career)> = None;
        let mut left = wanted.visits_max;
        loop {
            let (cost, stays) = match self.cheapest_path(root, wanted, &mut left) {
                Path::Found(cost, stays) => (cost, stays),
                // Nothing costs less than what was found.
                Path::None => {
                    bound = best.as_ref().map_or(bound, |(cost, _)| *cost);
                    return Harvest { found: best.into_iter().collect(), is_complete: true, bound };
                }
                Path::CutShort(least) => {
                    let bound = bound.max(least);
                    return Harvest { found: best.into_iter().collect(), is_complete: false, bound };
                }
            };
            bound = bound.max(cost);
            let (seen, broken) = self.visited(&stays);
            if broken == 0 {
                let career = Career { course: root.0, stays: stays.into() };
                let cost = self.costs.of(self.set, &career);
                if cost <= wanted.at_most {
                    wanted.at_most = cost - 1;
                    best = Some((cost, career));
                }
            }
            self.remembered |= broken | (self.reach[root.1 as usize] & self.priced & !seen);
        }
    }

    /// The classes that a path visits, and those that it visits again or should have visited before.
    fn visited(&self, stays: &[u32]) -> (u64, u64) {
        let (mut seen, mut broken) = (0, 0);
        for &stay in stays {
            let Marks { once, needs } = self.marks(stay);
            broken |= once & seen | needs & !seen;
            seen |= once;
        }
        (seen, broken)
    }

    /// The cheapest path that visits no remembered class twice or too early, with the prices of visits and without those of
    /// one visit of each class that is not remembered.
    fn cheapest_path(&self, (course, root): (CourseIx, u32), wanted: Wanted, left: &mut u64) -> Path {
        let first = self.costs.per_course[course.0] - self.given(root);
        let mut labels: Vec<Label> = Vec::new();
        let mut open: BinaryHeap<Open> = BinaryHeap::new();
        let mut reached: FxHashMap<(u32, u64), i64> = FxHashMap::default();
        let bound = first + self.least[root as usize];
        if bound > wanted.at_most {
            return Path::None;
        }
        labels.push(Label { node: root, seen: 0, cost: first, depth: 0, stay: 0, before: 0 });
        open.push(Reverse((bound, Reverse(0), 0, 0)));
        let mut untimed = 0;
        while let Some(Reverse((bound, Reverse(depth), _, at))) = open.pop() {
            let Label { node, seen, cost, .. } = labels[at as usize];
            if node == END {
                return Path::Found(bound, path(&labels, at));
            }
            // A cheaper way to the same was found since.
            if reached.get(&(node, seen)).is_some_and(|&known| known < cost) {
                continue;
            }
            let legs = self.diagram.legs(node);
            untimed += legs.len();
            if *left == 0 || (untimed >= LABELS_UNTIMED && (self.stopped)()) {
                return Path::CutShort(bound);
            }
            *left -= 1;
            untimed %= LABELS_UNTIMED;
            for leg in legs {
                let marks = self.marks(leg.stay);
                if marks.once & seen != 0 || marks.needs & self.remembered & !seen != 0 {
                    continue;
                }
                // What was not visited and cannot be any more is not given back.
                let after = seen | marks.once;
                let gone =
                    self.reach[node as usize] & !self.reach[leg.to as usize] & self.remembered & !after;
                let cost =
                    cost + self.per_stay[leg.stay as usize] + multipliers::sum(&self.multipliers, gone);
                let bound = cost + self.least[leg.to as usize];
                if bound > wanted.at_most {
                    continue;
                }
                let seen = after & self.remembered & self.matters[leg.to as usize];
                let known = reached.entry((leg.to, seen)).or_insert(i64::MAX);
                if *known <= cost {
                    continue;
                }
                *known = cost;
                let order = to_taste(wanted.taste, leg.stay);
                open.push(Reverse((bound, Reverse(depth + 1), order, labels.len() as u32)));
                let (depth, before) = (depth + 1, at);
                labels.push(Label { node: leg.to, seen, cost, depth, stay: leg.stay, before });
            }
        }
        Path::None
    }
}

/// The stays that lead to a label.
fn path(labels: &[Label], at: u32) -> Vec<u32> {
    let mut stays = Vec::new();
    let mut label = &labels[at as usize];
    while label.depth > 0 {
        stays.push(label.stay);
        label = &labels[label.before as usize];
    }
    stays.reverse();
    stays
}
