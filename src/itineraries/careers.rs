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

use super::course_time::{CourseMonth, CourseTime};
use super::graph::{CareerGraph, Node};
use crate::calendar::{Month, Span};
use crate::scenario::{Accreditation, CourseIx, FacilityIx, Role, Scenario, Stay};

/// All careers of residents who are alike in entry, fixed course, history and locks.
#[derive(Debug, Clone, Default)]
pub struct CareerSet {
    /// The different stays, decided months only; contiguous months at one facility are one stay.
    pub stays: Vec<Stay>,
    courses: Vec<CourseIx>,
    /// Value of the goal `repeats`: decided months at an affiliate already seen in an earlier
    /// training year.
    repeats: Vec<u32>,
    /// Months with a seat in which no cases accrue: the same for all careers.
    pub without_cases: Vec<Month>,
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

    /// Careers on which the resident is never anywhere: one for each of these courses.
    fn nowhere(courses: Vec<CourseIx>) -> Self {
        let (repeats, first) = (vec![0; courses.len()], vec![0; courses.len() + 1]);
        Self { courses, repeats, first, ..Self::default() }
    }

    /// `None` if `stopped` said so on the way.
    pub(super) fn walk(
        scenario: &Scenario,
        graph: &CareerGraph,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        if graph.time.is_over {
            // Whatever the past was like, there is one way to go on.
            return Some(Self::nowhere(vec![CourseIx(0)]));
        }
        if graph.time.months.is_empty() {
            // Away from entry until they leave: the pattern of no course ever begins.
            return Some(Self::nowhere(graph.courses.clone()));
        }
        let own: Vec<Labels> =
            graph.graph.node_weights().map(|&node| labels_of(scenario, &graph.time, node)).collect();
        let mut walk = Walk {
            scenario,
            graph,
            time: &graph.time,
            reach: Reach::of(graph, &own),
            own,
            hasher: RandomState::new(),
            known: HashTable::new(),
            ids_of: HashMap::new(),
            stay_ids: HashMap::new(),
            ids: Vec::new(),
            visits: 0,
            stopped,
            ended: false,
            set: Self { first: vec![0], without_cases: graph.time.without_cases.clone(), ..Self::default() },
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

/// What a part of a career adds to what the rules count.
#[derive(Clone, Copy, Default)]
struct Labels {
    /// Units of months: a part-time month counts as much as its hours do.
    comprehensive: u32,
    core: u32,
    /// Months with a seat.
    present: u32,
    /// Months that count as a stay at the facility.
    stay_months: u32,
}

impl Labels {
    fn plus(self, other: Self) -> Self {
        Self {
            comprehensive: self.comprehensive + other.comprehensive,
            core: self.core + other.core,
            present: self.present + other.present,
            stay_months: self.stay_months + other.stay_months,
        }
    }
}

/// Per node the most units of either kind on any path from it to the end, itself included.
struct Reach {
    comprehensive: Vec<u32>,
    core: Vec<u32>,
}

impl Reach {
    fn of(graph: &CareerGraph, own: &[Labels]) -> Self {
        let nodes = graph.graph.node_count();
        let mut reach = Self { comprehensive: vec![0; nodes], core: vec![0; nodes] };
        // Where the extension is spent follows from the path; at best all of it counts.
        let extension: u32 = graph.time.extension().iter().map(|month| month.counted).sum();
        // Successors have smaller indices (see `CareerGraph::paths`).
        for node in graph.graph.node_indices() {
            let own = own[node.index()];
            let best =
                |of: &[u32]| graph.graph.neighbors(node).map(|n| of[n.index()]).max().unwrap_or(extension);
            let (comprehensive, core) = (best(&reach.comprehensive), best(&reach.core));
            reach.comprehensive[node.index()] = comprehensive + own.comprehensive;
            reach.core[node.index()] = core + own.core;
        }
        reach
    }
}

/// What a month at a facility adds.
fn labels_of_month(scenario: &Scenario, facility: FacilityIx, month: &CourseMonth) -> Labels {
    let facility = scenario.facility(facility);
    let counts = month.seat && month.at_facility;
    let comprehensive = *facility.accreditation.at(month.month) == Accreditation::Comprehensive;
    Labels {
        comprehensive: if comprehensive { month.counted } else { 0 },
        core: if facility.role == Role::Core { month.counted } else { 0 },
        present: u32::from(month.seat),
        stay_months: u32::from(counts),
    }
}

/// What a node adds.
fn labels_of(scenario: &Scenario, time: &CourseTime, node: Node) -> Labels {
    let months = time.between(node.from, node.until).iter();
    months.map(|month| labels_of_month(scenario, node.facility, month)).fold(Labels::default(), Labels::plus)
}

/// What of a path is spent at one facility without being elsewhere in between.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Visit {
    facility: FacilityIx,
    /// Positions of course time.
    from: u32,
    until: u32,
    /// Months that count as a stay.
    stay_months: u32,
}

struct Walk<'a> {
    scenario: &'a Scenario,
    graph: &'a CareerGraph,
    time: &'a CourseTime,
    reach: Reach,
    /// Per node what it adds to the labels.
    own: Vec<Labels>,
    hasher: RandomState,
    /// Positions in `set` of the careers found so far.
    known: HashTable<u32>,
    /// The stays that a visit is, decided months only.
    ids_of: HashMap<Visit, Vec<u32>>,
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
    /// Goes on from `path` (history included) to `node`.
    fn visit(&mut self, course: CourseIx, node: NodeIndex, path: &mut Vec<Visit>, labels: Labels) {
        self.visits = (self.visits + 1) % VISITS_UNTIMED;
        self.ended = self.ended || (self.visits == 0 && (self.stopped)());
        if self.ended {
            return;
        }
        let rules = &self.scenario.rules;
        if !self.time.resigns
            && (labels.comprehensive + self.reach.comprehensive[node.index()]
                < rules.comprehensive_months_min * self.time.unit
                || labels.core + self.reach.core[node.index()] < rules.core_months_min * self.time.unit)
        {
            return;
        }
        let own = self.own[node.index()];
        let Node { facility, from, until } = self.graph.graph[node];
        let until = until.min(self.time.pattern_end());
        let visit = Visit { facility, from, until, stay_months: own.stay_months };
        let length = path.len();
        let before = path.last().copied();
        // A part without a month at its facility is no stay there.
        if own.present > 0 && !self.join(path, visit) {
            return;
        }
        let labels = labels.plus(own);
        let mut end = true;
        let graph = self.graph;
        for next in graph.graph.neighbors(node) {
            end = false;
            self.visit(course, next, path, labels);
        }
        if end {
            self.end(course, path, labels);
        }
        path.truncate(length);
        if let (Some(last), Some(before)) = (path.last_mut(), before) {
            *last = before;
        }
    }

    /// Adds a visit to a path; `false`, and nothing is changed, if that leaves a stay too short.
    fn join(&self, path: &mut Vec<Visit>, visit: Visit) -> bool {
        match path.last_mut() {
            Some(last) if last.facility == visit.facility => {
                last.until = visit.until;
                last.stay_months += visit.stay_months;
            }
            Some(&mut last) if self.too_short(last) => return false,
            _ => path.push(visit),
        }
        true
    }

    /// Ends a path with the months of its extension, and keeps it if it is legal.
    fn end(&mut self, course: CourseIx, path: &[Visit], labels: Labels) {
        let extension = self.time.extension();
        if extension.is_empty() {
            // Nearly everybody; there can be millions of careers.
            if self.legal_end(path, labels) {
                self.keep(course, path);
            }
            return;
        }
        let (mut whole, mut labels) = (path.to_vec(), labels);
        for (position, month) in (self.time.pattern_months..).zip(extension).filter(|(_, month)| month.seat) {
            // Whoever was nowhere all the time has no last facility.
            let Some(last) = whole.last() else { return };
            let facility = month.extends(last.facility);
            let own = labels_of_month(self.scenario, facility, month);
            let visit = Visit { facility, from: position, until: position + 1, stay_months: own.stay_months };
            if !month.allows(facility) || !self.join(&mut whole, visit) {
                return;
            }
            labels = labels.plus(own);
        }
        if self.legal_end(&whole, labels) {
            self.keep(course, &whole);
        }
    }

    /// §7.1 \[16,25,30\]: no stay at an affiliate shorter than the minimum.
    fn too_short(&self, visit: Visit) -> bool {
        self.scenario.facility(visit.facility).role == Role::Affiliate
            && visit.stay_months < self.scenario.rules.affiliate_stay_months_min
    }

    /// The rules that only a complete path can be held against. Whoever leaves the program has none to
    /// fulfil, and may cut the last stay short.
    fn legal_end(&self, path: &[Visit], labels: Labels) -> bool {
        if self.time.resigns {
            return true;
        }
        let rules = &self.scenario.rules;
        // The first visit to each facility; a path is short, so looking back beats a set.
        let first = |at: usize| path[..at].iter().all(|earlier| earlier.facility != path[at].facility);
        let facilities = (0..path.len()).filter(|&at| first(at)).count();
        facilities >= rules.facilities_min as usize
            && labels.comprehensive >= rules.comprehensive_months_min * self.time.unit
            && labels.core >= rules.core_months_min * self.time.unit
            && path.last().is_none_or(|&last| !self.too_short(last))
    }

    fn keep(&mut self, course: CourseIx, path: &[Visit]) {
        let mut ids = std::mem::take(&mut self.ids);
        ids.clear();
        for visit in path {
            match self.ids_of.get(visit) {
                Some(known) => ids.extend_from_slice(known),
                None => {
                    let found = self.stays_of(*visit);
                    ids.extend_from_slice(&found);
                    self.ids_of.insert(*visit, found);
                }
            }
        }
        self.keep_once(course, &ids, path);
        self.ids = ids;
    }

    /// The decided months of a visit as stays: leave without a seat may lie between them.
    fn stays_of(&mut self, visit: Visit) -> Vec<u32> {
        let mut spans: Vec<Span> = Vec::new();
        let months = self.time.between(visit.from, visit.until).iter();
        for this in months.filter(|this| this.seat && this.decided) {
            match spans.last_mut() {
                Some(last) if last.end() == this.month => last.months += 1,
                _ => spans.push(Span::new(this.month, 1)),
            }
        }
        let mut id_of = |span| {
            let next = self.stay_ids.len() as u32;
            let stay = Stay { facility: visit.facility, span };
            let id = *self.stay_ids.entry(stay).or_insert(next);
            if id == next {
                self.set.stays.push(stay);
            }
            id
        };
        spans.into_iter().map(&mut id_of).collect()
    }

    fn keep_once(&mut self, course: CourseIx, ids: &[u32], path: &[Visit]) {
        let (set, hasher) = (&self.set, &self.hasher);
        let hash = hasher.hash_one((course, ids));
        let hash_of =
            |&career: &u32| hasher.hash_one((set.courses[career as usize], set.stays_of(career as usize)));
        let known = self.known.entry(hash, |&career| set.holds(career as usize, course, ids), hash_of);
        let Entry::Vacant(place) = known else { return };
        place.insert(set.len() as u32);
        let repeats = self.repeats_of(path);
        self.set.list.extend_from_slice(ids);
        self.set.first.push(self.set.list.len() as u32);
        self.set.courses.push(course);
        self.set.repeats.push(repeats);
    }

    /// Decided months at an affiliate where the resident already was in an earlier training year.
    fn repeats_of(&self, path: &[Visit]) -> u32 {
        let present = |visit: &Visit| {
            let months = self.time.between(visit.from, visit.until).iter();
            (visit.from..).zip(months).filter(|(_, month)| month.seat)
        };
        let mut repeated = 0;
        for (at, visit) in path.iter().enumerate() {
            if self.scenario.facility(visit.facility).role != Role::Affiliate {
                continue;
            }
            let same = path[..=at].iter().filter(|earlier| earlier.facility == visit.facility);
            let first = same.filter_map(|earlier| present(earlier).next()).next();
            let first_year = first.map_or(0, |(position, _)| self.time.year_of(position));
            let later = present(visit)
                .filter(|(position, month)| month.decided && self.time.year_of(*position) > first_year);
            repeated += later.count() as u32;
        }
        repeated
    }
}
