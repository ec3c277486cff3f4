//! Every legal career of every resident: the columns the solver chooses from.
//!
//! A career depends on the resident's entry, fixed course, history and locks only, not on wishes;
//! residents alike in these share one [`CareerSet`]. `graph` draws the layered graph of a set,
//! `careers` walks it and keeps the paths that obey the per-resident rules. Rules of the group
//! (seats) are the business of `solve`.

mod careers;
mod graph;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::scenario::{CourseIx, Lock, ResidentIx, Scenario, Stay};

pub use careers::CareerSet;

/// The most paths through the graphs of one scenario that are walked; more is a [`TooMany`].
///
/// Ten million careers of some six stays are 400 MB and half a minute: beyond it an answer would
/// come too late to be one.
pub const CAREERS_MAX: u128 = 10_000_000;

/// There are more careers than can be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooMany {
    /// The resident (of those alike the first) with the most careers.
    pub resident: ResidentIx,
    pub careers: u128,
}

/// The careers of all residents of a scenario.
#[derive(Debug, Clone)]
pub struct Itineraries {
    pub sets: Vec<CareerSet>,
    /// The set of each resident.
    pub set_of: Vec<usize>,
}

/// What a resident's careers depend on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    entry_year: i32,
    course: Option<CourseIx>,
    history: Vec<Stay>,
    locks: Vec<Lock>,
}

impl Itineraries {
    /// Lists the careers of all residents.
    ///
    /// # Errors
    /// [`TooMany`] if the graphs hold more than [`CAREERS_MAX`] paths; found by counting, before
    /// any path is walked.
    pub fn of(scenario: &Scenario) -> Result<Self, TooMany> {
        let mut residents_of: BTreeMap<Signature, usize> = BTreeMap::new();
        let mut first_of_set = Vec::new();
        let mut set_of = Vec::with_capacity(scenario.residents.len());
        for (number, resident) in scenario.residents.iter().enumerate() {
            let mut locks = resident.locks.clone();
            locks.sort_unstable();
            let signature = Signature {
                entry_year: resident.entry_year,
                course: resident.course,
                history: resident.history.clone(),
                locks,
            };
            let next = residents_of.len();
            let set = *residents_of.entry(signature).or_insert(next);
            if set == next {
                first_of_set.push(ResidentIx(number));
            }
            set_of.push(set);
        }
        let graphs: Vec<_> = first_of_set.iter().map(|&r| graph::CareerGraph::of(scenario, r)).collect();
        let counts: Vec<u128> = graphs.iter().map(graph::CareerGraph::paths).collect();
        if counts.iter().fold(0u128, |sum, &n| sum.saturating_add(n)) > CAREERS_MAX {
            let worst = (0..counts.len()).rev().max_by_key(|&i| counts[i]).unwrap_or(0);
            return Err(TooMany { resident: first_of_set[worst], careers: counts[worst] });
        }
        let sets = graphs
            .into_par_iter()
            .zip(&first_of_set)
            .map(|(graph, &resident)| CareerSet::walk(scenario, resident, &graph))
            .collect();
        Ok(Self { sets, set_of })
    }
}
