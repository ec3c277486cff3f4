//! From the states of a resident's careers to their diagram: what leads nowhere is left out, states from which the
//! same can follow become one, and ways through months that are not decided are taken together.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::career_set::CareerSet;
use super::diagram::{Diagram, END, Leg};
use super::remainder::Rest;
use super::states::Builder;
use crate::scenario::CourseIx;

impl Builder<'_> {
    /// The diagram of the states that lead to an end, with states of which the same can follow taken together.
    pub(super) fn finish(mut self, firsts: &[(CourseIx, Vec<Rest>)]) -> (CareerSet, Diagram) {
        // Stays are numbered as they were met, which is in order of time within a course only.
        let mut order: Vec<usize> = (0..self.stays.len()).collect();
        order.sort_by_key(|&at| (self.stays[at].span.start, self.stays[at].place, self.about[at]));
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(to, &from)| place[from] = to as u32);

        // Later positions come later in `open`, but states are numbered when they are first met, so a
        // state's successors need not have greater numbers: by depth first then.
        let mut diagram = Diagram::ended([]);
        let mut joined = Joined::default();
        let mut node_of: Vec<Option<Option<u32>>> = vec![None; self.steps.len()];
        let roots: Vec<u32> = (0..firsts.len())
            .map(|course| {
                let first = self.first(course, &firsts[course].1);
                self.number(0, first)
            })
            .collect();
        for &root in &roots {
            let mut waiting = vec![root];
            while let Some(&state) = waiting.last() {
                let steps = &self.steps[state as usize];
                let before = waiting.len();
                if node_of[state as usize].is_none() {
                    waiting
                        .extend(steps.iter().map(|&(_, to)| to).filter(|&to| node_of[to as usize].is_none()));
                }
                if waiting.len() > before {
                    continue;
                }
                waiting.pop();
                if node_of[state as usize].is_some() {
                    continue;
                }
                let mut legs: Vec<Leg> = Vec::with_capacity(steps.len());
                // What follows where nothing is decided, on any way there is through these months.
                let mut same = if self.ends[state as usize] { Some(END) } else { None };
                for &(stay, to) in steps {
                    let Some(to) = node_of[to as usize].flatten() else { continue };
                    match stay {
                        Some(stay) => legs.push(Leg { stay: place[stay as usize], to }),
                        None => same = Some(same.map_or(to, |other| joined.join(&mut diagram, other, to))),
                    }
                }
                legs.sort_unstable();
                node_of[state as usize] = Some(match same {
                    Some(node) => Some(node),
                    None if legs.is_empty() => None,
                    None => Some(joined.node(&mut diagram, legs)),
                });
            }
        }
        for ((course, _), &root) in firsts.iter().zip(&roots) {
            if let Some(node) = node_of[root as usize].flatten() {
                diagram.root(*course, node);
            }
        }
        // What only states had that lead nowhere is no stay of anybody.
        let renamed = diagram.rename_stays(order.len());
        let used = order.iter().zip(&renamed).filter(|(_, renamed)| renamed.is_some());
        let (mut stays, mut about, mut repeatable) = (Vec::new(), Vec::new(), Vec::new());
        let mut marks = Vec::new();
        for (&at, _) in used {
            marks.push(self.marks(at));
            stays.push(self.stays[at]);
            about.push(self.about[at]);
            repeatable.push(std::mem::take(&mut self.repeatable[at]));
        }
        let past = self.past.into_iter().collect();
        let (without_cases, not_at_work) = (self.time.without_cases.clone(), self.time.not_at_work.clone());
        let set = CareerSet::of_stays((stays, about, marks), repeatable, past, without_cases, not_at_work);
        (set, diagram)
    }
}

/// Nodes by what follows, so that the same follows from one node only.
#[derive(Default)]
struct Joined {
    nodes: FxHashMap<Vec<Leg>, u32>,
    /// Nodes taken together.
    pairs: FxHashMap<(u32, u32), u32>,
}

impl Joined {
    fn node(&mut self, diagram: &mut Diagram, legs: Vec<Leg>) -> u32 {
        if let Some(&known) = self.nodes.get(&legs) {
            return known;
        }
        let node = diagram.push(&legs);
        self.nodes.insert(legs, node);
        node
    }

    /// The node from which whatever follows from either can follow, each career once.
    fn join(&mut self, diagram: &mut Diagram, one: u32, other: u32) -> u32 {
        let pair = (one.min(other), one.max(other));
        // Careers end together, so whoever is at the end is there with both.
        if pair.0 == pair.1 || pair.0 == END {
            return pair.1;
        }
        if let Some(&known) = self.pairs.get(&pair) {
            return known;
        }
        let mut to_of: BTreeMap<u32, u32> = BTreeMap::new();
        let legs: Vec<Leg> = [pair.0, pair.1].iter().flat_map(|&node| diagram.legs(node)).copied().collect();
        for Leg { stay, to } in legs {
            let joined = match to_of.get(&stay) {
                Some(&known) => self.join(diagram, known, to),
                None => to,
            };
            to_of.insert(stay, joined);
        }
        let node = self.node(diagram, to_of.into_iter().map(|(stay, to)| Leg { stay, to }).collect());
        self.pairs.insert(pair, node);
        node
    }
}
