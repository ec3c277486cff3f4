//! A set of careers as a diagram: an acyclic graph in which each path is one career, and each career one
//! path.
//!
//! Arcs are *stays* (a facility for a span of months between which no career changes anything), layers
//! follow time, and whatever the rules count of the past is in the node (`states`). So the number of nodes
//! grows with what the rules can tell apart, not with the careers: counting, the least of any sum over
//! stays, and what every arc is good for are one pass over the arcs.
//!
//! Node 0 is the end. Every other node has arcs, all of them to smaller nodes, ascending by stay and no
//! two with the same stay.

use crate::scenario::CourseIx;

/// An arc: a stay, and what is left after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leg {
    /// Position in [`super::CareerSet::stays`].
    pub stay: u32,
    pub to: u32,
}

/// Careers as paths from a course's root to the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// `legs[first[n]..first[n + 1]]` are the arcs of node `n`.
    first: Vec<u32>,
    legs: Vec<Leg>,
    /// Ascending by course, at most one for each.
    roots: Vec<(CourseIx, u32)>,
}

/// The end of every career.
pub const END: u32 = 0;

impl Diagram {
    /// Nothing but the end; every course of `courses` is there at once.
    pub fn ended(courses: impl IntoIterator<Item = CourseIx>) -> Self {
        let roots = courses.into_iter().map(|course| (course, END)).collect();
        Self { first: vec![0, 0], legs: Vec::new(), roots }
    }

    pub fn nodes(&self) -> usize {
        self.first.len() - 1
    }

    pub fn arcs(&self) -> usize {
        self.legs.len()
    }

    pub fn roots(&self) -> &[(CourseIx, u32)] {
        &self.roots
    }

    pub fn legs(&self, node: u32) -> &[Leg] {
        &self.legs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// All arcs, by node.
    pub fn all_legs(&self) -> &[Leg] {
        &self.legs
    }

    /// Where a node's arcs are among all.
    pub fn range(&self, node: u32) -> std::ops::Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    /// Adds a node; its arcs lead to nodes that are there.
    pub fn push(&mut self, legs: &[Leg]) -> u32 {
        debug_assert!(legs.iter().all(|leg| (leg.to as usize) < self.nodes()));
        debug_assert!(legs.windows(2).all(|pair| pair[0].stay < pair[1].stay));
        self.legs.extend_from_slice(legs);
        self.first.push(self.legs.len() as u32);
        self.nodes() as u32 - 1
    }

    pub fn root(&mut self, course: CourseIx, node: u32) {
        self.roots.push((course, node));
    }

    /// Numbers the stays that arcs have without gaps, in the same order; of `stays` the new numbers.
    pub fn rename_stays(&mut self, stays: usize) -> Vec<Option<u32>> {
        let mut renamed = vec![None; stays];
        self.legs.iter().for_each(|leg| renamed[leg.stay as usize] = Some(0));
        renamed.iter_mut().flatten().zip(0..).for_each(|(name, number)| *name = number);
        for leg in &mut self.legs {
            leg.stay = renamed[leg.stay as usize].unwrap_or_default();
        }
        renamed
    }

    /// How many careers there are; saturating.
    pub fn careers(&self) -> u128 {
        let mut count: Vec<u128> = Vec::with_capacity(self.nodes());
        for node in 0..self.nodes() as u32 {
            let after = self.legs(node).iter().map(|leg| count[leg.to as usize]);
            count.push(if node == END { 1 } else { after.fold(0, u128::saturating_add) });
        }
        self.roots.iter().map(|&(_, root)| count[root as usize]).fold(0, u128::saturating_add)
    }

    /// Where a career of a course leads; `None` if it is not among these.
    pub fn holds(&self, course: CourseIx, stays: &[u32]) -> bool {
        let Some(&(_, root)) = self.roots.iter().find(|(of, _)| *of == course) else { return false };
        let end = stays.iter().try_fold(root, |node, &stay| {
            let legs = self.legs(node);
            legs.binary_search_by_key(&stay, |leg| leg.stay).ok().map(|at| legs[at].to)
        });
        end == Some(END)
    }

    /// The careers all of whose arcs `keeps` keeps, on the courses that `takes` takes; every arc left is
    /// on one of them.
    pub fn filtered(&self, takes: impl Fn(CourseIx) -> bool, keeps: impl Fn(usize, Leg) -> bool) -> Self {
        let mut reached = vec![false; self.nodes()];
        let roots: Vec<(CourseIx, u32)> = self.roots.iter().copied().filter(|(of, _)| takes(*of)).collect();
        roots.iter().for_each(|&(_, root)| reached[root as usize] = true);
        for node in (0..self.nodes() as u32).rev().filter(|&node| node != END) {
            if reached[node as usize] {
                let legs = self.range(node).map(|at| (at, self.legs[at]));
                legs.filter(|&(at, leg)| keeps(at, leg)).for_each(|(_, leg)| reached[leg.to as usize] = true);
            }
        }
        let mut kept = Self::ended([]);
        let mut place: Vec<Option<u32>> = vec![None; self.nodes()];
        place[END as usize] = Some(END);
        let mut legs = Vec::new();
        for node in (1..self.nodes() as u32).filter(|&node| reached[node as usize]) {
            legs.clear();
            let own = self.range(node).map(|at| (at, self.legs[at])).filter(|&(at, leg)| keeps(at, leg));
            legs.extend(own.filter_map(|(_, leg)| Some(Leg { to: place[leg.to as usize]?, ..leg })));
            if !legs.is_empty() {
                place[node as usize] = Some(kept.push(&legs));
            }
        }
        kept.roots = roots.iter().filter_map(|&(of, root)| Some((of, place[root as usize]?))).collect();
        kept
    }
}
