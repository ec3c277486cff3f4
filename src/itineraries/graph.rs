//! The layered graph of one resident's careers.
//!
//! A node is a part of the pattern done at one facility at given positions of course time; an arc leads to
//! a node that may follow. Layers are the parts in the order of time. Because the parts of a split year may
//! come in any order, a node also knows which parts of its year are still to come: two orders that
//! have the same parts left share everything after. Nodes that history or a lock forbids are never
//! made, and nodes from which the end cannot be reached are not either, so each path from a root
//! is one complete career, but for the extension, which follows from the last node. Whoever leaves the
//! program has no nodes from then on.
//!
//! Per-resident minima (months at the core, length of a stay, …) depend on the whole path; they
//! are labels of the walk in `careers`, not of the graph.

use petgraph::graph::{DiGraph, NodeIndex};

use super::course_time::CourseTime;
use crate::scenario::{CourseIx, FacilityIx, Part, Pattern, ResidentIx, Role, Scenario};

/// A part of the pattern done at a facility, in positions of course time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    pub facility: FacilityIx,
    pub from: u32,
    /// The position after the last.
    pub until: u32,
}

/// The careers of one resident as paths from the roots to nodes without successors.
#[derive(Debug)]
pub struct CareerGraph {
    pub graph: DiGraph<Node, ()>,
    /// The courses the resident may be on.
    pub courses: Vec<CourseIx>,
    /// The first nodes of every course and pattern.
    pub roots: Vec<(CourseIx, NodeIndex)>,
    pub time: CourseTime,
}

impl CareerGraph {
    pub fn of(scenario: &Scenario, resident: ResidentIx) -> Self {
        let time = CourseTime::of(scenario, resident);
        let builder = Builder { scenario, time: &time };
        let mut graph = DiGraph::new();
        let mut roots = Vec::new();
        let courses: Vec<CourseIx> = match scenario.resident(resident).course {
            Some(course) => vec![course],
            None => scenario.course_ixs().collect(),
        };
        for &course in &courses {
            for pattern in &scenario.course(course).patterns {
                let firsts = builder.pattern(&mut graph, pattern);
                roots.extend(firsts.into_iter().map(|node| (course, node)));
            }
        }
        Self { graph, courses, roots, time }
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

struct Builder<'a> {
    scenario: &'a Scenario,
    time: &'a CourseTime,
}

impl Builder<'_> {
    fn allows(&self, node: Node) -> bool {
        self.time.between(node.from, node.until).iter().all(|month| month.allows(node.facility))
    }

    /// Adds a pattern's nodes and arcs; returns its first nodes.
    fn pattern(&self, graph: &mut DiGraph<Node, ()>, pattern: &Pattern) -> Vec<NodeIndex> {
        let mut year_end = self.time.pattern_months;
        let mut after: Vec<NodeIndex> = Vec::new();
        for year in pattern.years.iter().rev() {
            let months: u32 = year.iter().map(|part| part.months).sum();
            let start = year_end.saturating_sub(months);
            // Whoever leaves before that has no such year.
            if start < self.time.pattern_end() {
                let mut parts = year.clone();
                parts.sort_unstable();
                after = self.year(graph, &parts, year_end, &after, &mut Vec::new());
                if after.is_empty() {
                    return after;
                }
            }
            year_end = start;
        }
        after
    }

    /// The first nodes of what is left of a year: `parts`, done by `end`, followed by `after`, which is
    /// empty where nothing follows. Equal remainders of a year are made once (`memo`).
    fn year(
        &self,
        graph: &mut DiGraph<Node, ()>,
        parts: &[Part],
        end: u32,
        after: &[NodeIndex],
        memo: &mut Vec<(Vec<Part>, Vec<NodeIndex>)>,
    ) -> Vec<NodeIndex> {
        if let Some((_, nodes)) = memo.iter().find(|(known, _)| known == parts) {
            return nodes.clone();
        }
        let from = end.saturating_sub(parts.iter().map(|part| part.months).sum());
        let mut nodes = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 && parts[at - 1] == *part {
                continue; // the same part first: the same careers
            }
            let until = from + part.months;
            let mut rest = parts.to_vec();
            rest.remove(at);
            let is_last = until >= self.time.pattern_end();
            let following;
            let successors: &[NodeIndex] = match is_last {
                true => &[],
                false if rest.is_empty() => after,
                false => {
                    following = self.year(graph, &rest, end, after, memo);
                    &following
                }
            };
            if successors.is_empty() && !is_last {
                continue;
            }
            for facility in self.scenario.facility_ixs() {
                let node = Node { facility, from, until };
                if self.scenario.facility(facility).role == part.role
                    && part.role != Role::Associated
                    && self.allows(node)
                {
                    let node = graph.add_node(node);
                    for &successor in successors {
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
