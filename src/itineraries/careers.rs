//! Walking the graph: the careers that obey every per-resident rule, stored compactly.
//!
//! The walk is depth first and carries the labels that the rules need (months at comprehensive
//! institutions and at the core, the run at the present facility, the facilities seen). A branch is
//! left as soon as the months that remain cannot reach a minimum any more. Different paths may be
//! the same career (equal parts next to each other at one facility); each career is kept once, found
//! again by a hash of what the set already holds, so that millions of careers cost their stays only.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use petgraph::graph::NodeIndex;

use super::graph::CareerGraph;
use crate::calendar::Span;
use crate::scenario::{Accreditation, CourseIx, ResidentIx, Role, Scenario, Stay};

/// All careers of residents who are alike in entry, fixed course, history and locks.
#[derive(Debug, Clone, Default)]
pub struct CareerSet {
    /// The different stays, decided months only; contiguous months at one facility are one stay.
    pub stays: Vec<Stay>,
    courses: Vec<CourseIx>,
    /// Value of the goal `repeats`: decided months at an affiliate already seen in an earlier
    /// training year.
    repeats: Vec<u32>,
    /// `list[first[c]..first[c + 1]]` are the positions in `stays` of career `c`.
    first: Vec<u32>,
    list: Vec<u32>,
}

impl CareerSet {
    pub fn len(&self) -> usize {
        self.courses.len()
    }

    pub fn is_empty(&self) -> bool {
        self.courses.is_empty()
    }

    pub fn course(&self, career: usize) -> CourseIx {
        self.courses[career]
    }

    pub fn repeats(&self, career: usize) -> i64 {
        i64::from(self.repeats[career])
    }

    /// The stays of a career in order of time, as positions in [`CareerSet::stays`].
    pub fn stays_of(&self, career: usize) -> &[u32] {
        &self.list[self.first[career] as usize..self.first[career + 1] as usize]
    }

    /// `None` if `stopped` said so on the way.
    pub(super) fn walk(
        scenario: &Scenario,
        resident: ResidentIx,
        graph: &CareerGraph,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let own: Vec<Labels> = graph.graph.node_weights().map(|&stay| months_of(scenario, stay)).collect();
        let mut walk = Walk {
            scenario,
            resident,
            graph,
            reach: Reach::of(graph, &own),
            own,
            hasher: RandomState::new(),
            known: HashTable::new(),
            stay_ids: HashMap::new(),
            ids: Vec::new(),
            visits: 0,
            stopped,
            ended: false,
            set: Self { first: vec![0], ..Self::default() },
        };
        for &(course, root) in &graph.roots {
            walk.visit(course, root, &mut Vec::new(), Labels::default());
        }
        (!walk.ended).then_some(walk.set)
    }

    fn holds(&self, career: usize, course: CourseIx, stays: &[u32]) -> bool {
        self.courses[career] == course && self.stays_of(career) == stays
    }
}

/// The labels of a path up to and including its last stay.
#[derive(Clone, Copy, Default)]
struct Labels {
    comprehensive_months: u32,
    core_months: u32,
}

/// Per node the most months of either kind on any path from it to the end, itself included.
struct Reach {
    comprehensive: Vec<u32>,
    core: Vec<u32>,
}

impl Reach {
    fn of(graph: &CareerGraph, own: &[Labels]) -> Self {
        let nodes = graph.graph.node_count();
        let mut reach = Self { comprehensive: vec![0; nodes], core: vec![0; nodes] };
        // Successors have smaller indices (see `CareerGraph::paths`).
        for node in graph.graph.node_indices() {
            let own = own[node.index()];
            let best = |of: &[u32]| graph.graph.neighbors(node).map(|n| of[n.index()]).max().unwrap_or(0);
            let (comprehensive, core) = (best(&reach.comprehensive), best(&reach.core));
            reach.comprehensive[node.index()] = comprehensive + own.comprehensive_months;
            reach.core[node.index()] = core + own.core_months;
        }
        reach
    }
}

/// What a stay adds to the labels.
fn months_of(scenario: &Scenario, stay: Stay) -> Labels {
    let facility = scenario.facility(stay.facility);
    let comprehensive =
        stay.span.iter().filter(|&m| *facility.accreditation.at(m) == Accreditation::Comprehensive).count();
    Labels {
        comprehensive_months: comprehensive as u32,
        core_months: if facility.role == Role::Core { stay.span.months } else { 0 },
    }
}

struct Walk<'a> {
    scenario: &'a Scenario,
    resident: ResidentIx,
    graph: &'a CareerGraph,
    reach: Reach,
    /// Per node what it adds to the labels.
    own: Vec<Labels>,
    hasher: RandomState,
    /// Positions in `set` of the careers found so far.
    known: HashTable<u32>,
    stay_ids: HashMap<Stay, u32>,
    /// The career being kept; here only to be allocated once.
    ids: Vec<u32>,
    visits: u32,
    stopped: &'a (dyn Fn() -> bool + Sync),
    /// The time was up; what was found is not all there is.
    ended: bool,
    set: CareerSet,
}

/// Visits of a node between two looks at the time; some tenths of a millisecond.
const VISITS_UNTIMED: u32 = 1 << 12;

impl Walk<'_> {
    /// Goes on from `path` (merged stays, history included) to `node`.
    fn visit(&mut self, course: CourseIx, node: NodeIndex, path: &mut Vec<Stay>, labels: Labels) {
        self.visits = (self.visits + 1) % VISITS_UNTIMED;
        self.ended = self.ended || (self.visits == 0 && (self.stopped)());
        if self.ended {
            return;
        }
        let rules = &self.scenario.rules;
        if labels.comprehensive_months + self.reach.comprehensive[node.index()]
            < rules.comprehensive_months_min
            || labels.core_months + self.reach.core[node.index()] < rules.core_months_min
        {
            return;
        }
        let stay = self.graph.graph[node];
        let joins = path.last().is_some_and(|last| last.facility == stay.facility);
        if !joins && path.last().is_some_and(|&last| self.too_short(last)) {
            return;
        }
        let before = path.last().copied();
        match path.last_mut() {
            Some(last) if joins => last.span.months += stay.span.months,
            _ => path.push(stay),
        }
        let own = self.own[node.index()];
        let labels = Labels {
            comprehensive_months: labels.comprehensive_months + own.comprehensive_months,
            core_months: labels.core_months + own.core_months,
        };
        let mut end = true;
        let graph = self.graph;
        for next in graph.graph.neighbors(node) {
            end = false;
            self.visit(course, next, path, labels);
        }
        if end && self.legal_end(path) {
            self.keep(course, path);
        }
        match before {
            Some(last) if joins => {
                path.pop();
                path.push(last);
            }
            _ => {
                path.pop();
            }
        }
    }

    /// §7.1 \[16,25,30\]: no stay at an affiliate shorter than the minimum.
    fn too_short(&self, stay: Stay) -> bool {
        self.scenario.facility(stay.facility).role == Role::Affiliate
            && stay.span.months < self.scenario.rules.affiliate_stay_months_min
    }

    /// The rules that only a complete path can be held against (the minima were held on the way).
    fn legal_end(&self, path: &[Stay]) -> bool {
        // The first stay at each facility; a path is short, so looking back beats a set.
        let first = |at: usize| path[..at].iter().all(|earlier| earlier.facility != path[at].facility);
        let facilities = (0..path.len()).filter(|&at| first(at)).count();
        facilities >= self.scenario.rules.facilities_min as usize
            && path.last().is_some_and(|&last| !self.too_short(last))
    }

    fn keep(&mut self, course: CourseIx, path: &[Stay]) {
        let decided = self.scenario.decided(self.resident);
        let mut ids = std::mem::take(&mut self.ids);
        ids.clear();
        for stay in path {
            let span = stay.span.intersection(decided);
            if !span.is_empty() {
                let next = self.stay_ids.len() as u32;
                let stay = Stay { facility: stay.facility, span };
                let id = *self.stay_ids.entry(stay).or_insert(next);
                if id == next {
                    self.set.stays.push(stay);
                }
                ids.push(id);
            }
        }
        self.keep_once(course, &ids, path, decided);
        self.ids = ids;
    }

    fn keep_once(&mut self, course: CourseIx, ids: &[u32], path: &[Stay], decided: Span) {
        let (set, hasher) = (&self.set, &self.hasher);
        let hash = hasher.hash_one((course, ids));
        let hash_of =
            |&career: &u32| hasher.hash_one((set.courses[career as usize], set.stays_of(career as usize)));
        let known = self.known.entry(hash, |&career| set.holds(career as usize, course, ids), hash_of);
        let Entry::Vacant(place) = known else { return };
        place.insert(set.len() as u32);
        let repeats = self.repeats_of(path, decided);
        self.set.list.extend_from_slice(ids);
        self.set.first.push(self.set.list.len() as u32);
        self.set.courses.push(course);
        self.set.repeats.push(repeats);
    }

    /// Decided months at an affiliate where the resident already was in an earlier training year.
    fn repeats_of(&self, path: &[Stay], decided: Span) -> u32 {
        let start = self.scenario.training(self.resident).start;
        let year_of = |month: crate::calendar::Month| month.since(start) / 12;
        let mut months = 0;
        for (at, stay) in path.iter().enumerate() {
            if self.scenario.facility(stay.facility).role != Role::Affiliate {
                continue;
            }
            let first_year = path[..=at]
                .iter()
                .filter(|earlier| earlier.facility == stay.facility)
                .map(|earlier| year_of(earlier.span.start))
                .min()
                .unwrap_or(0);
            let repeated =
                stay.span.intersection(decided).iter().filter(|&m| year_of(m) > first_year).count();
            months += repeated as u32;
        }
        months
    }
}
