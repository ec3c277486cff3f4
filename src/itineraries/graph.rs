//! The layered graph of one resident's careers.
//!
//! A node is a part of the pattern done at one facility in given months; an arc leads to a node
//! that may follow. Layers are the parts in calendar time. Because the parts of a split year may
//! come in any order, a node also knows which parts of its year are still to come: two orders that
//! have the same parts left share everything after. Nodes that history or a lock forbids are never
//! made, and nodes from which the end cannot be reached are not either, so each path from a root
//! is one complete career.
//!
//! Per-resident minima (months at the core, length of a stay, …) depend on the whole path; they
//! are labels of the walk in `careers`, not of the graph.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::calendar::{Month, Span};
use crate::scenario::{CourseIx, LockKind, Part, Pattern, ResidentIx, Role, Scenario, Stay};

/// The careers of one resident as paths from the roots to nodes without successors.
#[derive(Debug)]
pub struct CareerGraph {
    pub graph: DiGraph<Stay, ()>,
    /// The first nodes of every course and pattern.
    pub roots: Vec<(CourseIx, NodeIndex)>,
}

impl CareerGraph {
    pub fn of(scenario: &Scenario, resident: ResidentIx) -> Self {
        let builder = Builder::new(scenario, resident);
        let mut graph = DiGraph::new();
        let mut roots = Vec::new();
        let courses: Vec<CourseIx> = match scenario.resident(resident).course {
            Some(course) => vec![course],
            None => scenario.course_ixs().collect(),
        };
        for course in courses {
            for pattern in &scenario.course(course).patterns {
                let firsts = builder.pattern(&mut graph, pattern);
                roots.extend(firsts.into_iter().map(|node| (course, node)));
            }
        }
        Self { graph, roots }
    }

    /// How many paths there are, by counting backwards; saturating.
    pub fn paths(&self) -> u128 {
        // A node is made after all its successors, so ascending indices see successors first.
        let mut count = vec![0u128; self.graph.node_count()];
        for node in self.graph.node_indices() {
            let after = self.graph.neighbors(node).fold(0u128, |sum, n| sum.saturating_add(count[n.index()]));
            count[node.index()] =
                if self.graph.first_edge(node, petgraph::Outgoing).is_some() { after } else { 1 };
        }
        self.roots.iter().fold(0u128, |sum, (_, node)| sum.saturating_add(count[node.index()]))
    }
}

/// What months of the resident's training allow, ready for quick tests of a node.
struct Builder<'a> {
    scenario: &'a Scenario,
    training: Span,
    /// Per month of the training: the only facility possible, by history or a must-lock.
    only: Vec<Option<crate::scenario::FacilityIx>>,
    /// (month of training, facility) pairs that a lock forbids.
    never: Vec<Vec<crate::scenario::FacilityIx>>,
}

impl<'a> Builder<'a> {
    fn new(scenario: &'a Scenario, resident: ResidentIx) -> Self {
        let training = scenario.training(resident);
        let months = training.months as usize;
        let mut only = vec![None; months];
        let mut never = vec![Vec::new(); months];
        let position = |month: Month| month.since(training.start) as usize;
        let person = scenario.resident(resident);
        for stay in &person.history {
            for month in stay.span.intersection(training).iter() {
                only[position(month)] = Some(stay.facility);
            }
        }
        for lock in &person.locks {
            for month in lock.stay.span.intersection(training).iter() {
                match lock.kind {
                    LockKind::Must => only[position(month)] = Some(lock.stay.facility),
                    LockKind::MustNot => never[position(month)].push(lock.stay.facility),
                }
            }
        }
        Self { scenario, training, only, never }
    }

    fn allows(&self, stay: Stay) -> bool {
        stay.span.iter().all(|month| {
            let at = month.since(self.training.start) as usize;
            self.only.get(at).is_some_and(|only| only.is_none_or(|f| f == stay.facility))
                && !self.never[at].contains(&stay.facility)
        })
    }

    /// Adds a pattern's nodes and arcs; returns its first nodes.
    fn pattern(&self, graph: &mut DiGraph<Stay, ()>, pattern: &Pattern) -> Vec<NodeIndex> {
        let mut year_end = self.training.end();
        let mut after: Vec<NodeIndex> = Vec::new();
        let mut last = true;
        for year in pattern.years.iter().rev() {
            let months: u32 = year.iter().map(|part| part.months).sum();
            let mut parts = year.clone();
            parts.sort_unstable();
            let mut memo = Vec::new();
            after = self.year(graph, &parts, year_end, if last { None } else { Some(&after) }, &mut memo);
            if after.is_empty() {
                return after;
            }
            last = false;
            year_end = year_end.minus(months);
        }
        after
    }

    /// The first nodes of what is left of a year: `parts`, done by `end`, followed by `after`
    /// (`None`: the training ends there). Equal remainders of a year are made once (`memo`).
    fn year(
        &self,
        graph: &mut DiGraph<Stay, ()>,
        parts: &[Part],
        end: Month,
        after: Option<&[NodeIndex]>,
        memo: &mut Vec<(Vec<Part>, Vec<NodeIndex>)>,
    ) -> Vec<NodeIndex> {
        if let Some((_, nodes)) = memo.iter().find(|(known, _)| known == parts) {
            return nodes.clone();
        }
        let start = end.minus(parts.iter().map(|part| part.months).sum());
        let mut nodes = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 && parts[at - 1] == *part {
                continue; // the same part first: the same careers
            }
            let mut rest = parts.to_vec();
            rest.remove(at);
            let following =
                if rest.is_empty() { None } else { Some(self.year(graph, &rest, end, after, memo)) };
            let successors: Option<&[NodeIndex]> = following.as_deref().or(after);
            if successors.is_some_and(<[NodeIndex]>::is_empty) {
                continue;
            }
            for facility in self.scenario.facility_ixs() {
                let stay = Stay { facility, span: Span::new(start, part.months) };
                if self.scenario.facility(facility).role == part.role
                    && part.role != Role::Associated
                    && self.allows(stay)
                {
                    let node = graph.add_node(stay);
                    for &successor in successors.unwrap_or_default() {
                        graph.add_edge(node, successor, ());
                    }
                    nodes.push(node);
                }
            }
        }
        memo.push((parts.to_vec(), nodes.clone()));
        nodes
    }
}
