//! Every legal career of every resident: the columns the solver chooses from.
//!
//! A career depends on the resident's entry, fixed course, history, locks and leaves only, not on wishes;
//! residents alike in these share one [`CareerSet`]. `course_time` says which months there are, `graph` draws the layered graph of a set,
//! `careers` walks it and keeps the paths that obey the per-resident rules. Rules of the group
//! (seats) are the business of `solve`.

mod careers;
mod course_time;
mod graph;
mod sufficient;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::calendar::Month;
use crate::cases::{Item, Supplies};
use crate::scenario::{CourseIx, Leave, Lock, ResidentIx, Scenario, Stay};

pub use careers::CareerSet;

/// The most paths through the graphs of one scenario that are walked; more is a [`TooMany`].
///
/// Ten million careers of some six stays are 400 MB and half a minute: beyond it an answer would
/// come too late to be one.
pub const CAREERS_MAX: u128 = 10_000_000;

/// There are more careers than can be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooMany {
    /// Of all residents together, those alike counted once.
    pub careers: u128,
    /// The resident (of those alike the first) with the most careers.
    pub resident: ResidentIx,
    pub careers_of_resident: u128,
}

/// Why the careers were not listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlisted {
    TooMany(TooMany),
    /// The caller's time was up.
    Stopped,
}

/// The careers of all residents of a scenario.
#[derive(Debug, Clone)]
pub struct Itineraries {
    pub sets: Vec<CareerSet>,
    /// The set of each resident.
    pub set_of: Vec<usize>,
    /// Per resident the careers of the set that are theirs: those on which they can reach their case
    /// targets (source §6.2 \[8,9,10,15\]) if nobody else takes a case. Ascending; residents alike
    /// share a list.
    pub careers_of: Vec<Arc<Vec<u32>>>,
}

/// What a resident's careers depend on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    entry_year: i32,
    course: Option<CourseIx>,
    history: Vec<Stay>,
    locks: Vec<Lock>,
    leaves: Vec<Leave>,
    resigned_from: Option<Month>,
}

impl Itineraries {
    /// Lists the careers of all residents; `stopped` is asked on the way whether to give up.
    ///
    /// # Errors
    /// [`Unlisted::TooMany`] if the graphs hold more than [`CAREERS_MAX`] paths; found by counting,
    /// before any path is walked. [`Unlisted::Stopped`] if `stopped` said so.
    pub fn of(scenario: &Scenario, stopped: &(dyn Fn() -> bool + Sync)) -> Result<Self, Unlisted> {
        let Groups { first_of_set, set_of } = Groups::of(scenario);
        let graphs: Vec<_> = first_of_set.iter().map(|&r| graph::CareerGraph::of(scenario, r)).collect();
        too_many(&graphs, &first_of_set).map_or(Ok(()), |too_many| Err(Unlisted::TooMany(too_many)))?;
        let sets: Option<Vec<CareerSet>> =
            graphs.into_par_iter().map(|graph| CareerSet::walk(scenario, &graph, stopped)).collect();
        let sets = sets.ok_or(Unlisted::Stopped)?;
        let careers_of =
            sufficient::careers_of(scenario, &sets, &set_of, stopped).ok_or(Unlisted::Stopped)?;
        Ok(Self { sets, set_of, careers_of })
    }

    /// `careers_of` in a scenario that differs from this one in nothing but cases; `None` if `stopped`.
    pub fn sufficient(
        &self,
        scenario: &Scenario,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Arc<Vec<u32>>>> {
        sufficient::careers_of(scenario, &self.sets, &self.set_of, stopped)
    }
}

/// Whether a resident has any legal career; `false` too if there are more than can be listed or if
/// `stopped` said to give up.
pub fn has_career(scenario: &Scenario, resident: ResidentIx, stopped: &(dyn Fn() -> bool + Sync)) -> bool {
    let graph = graph::CareerGraph::of(scenario, resident);
    if graph.paths() > CAREERS_MAX {
        return false;
    }
    let Some(set) = CareerSet::walk(scenario, &graph, stopped) else { return false };
    let supplies = Supplies::of(scenario);
    let careers = sufficient::careers(&supplies, &set, &sufficient::needs(&supplies, resident), stopped);
    careers.is_some_and(|careers| !careers.is_empty())
}

/// The most cases of an item that any of a resident's careers allows, whatever others need; `None`
/// if they have no career by the other rules, if there are more than can be listed, or if `stopped`
/// said to give up.
pub fn most_cases(
    scenario: &Scenario,
    item: &Item,
    resident: ResidentIx,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<u32> {
    let graph = graph::CareerGraph::of(scenario, resident);
    if graph.paths() > CAREERS_MAX {
        return None;
    }
    let set = CareerSet::walk(scenario, &graph, stopped)?;
    let supplies = Supplies::of(scenario);
    sufficient::most(&supplies, item, &set)
}

/// Whether a scenario has more careers than can be listed; found by counting alone.
pub fn more_than_can_be_listed(scenario: &Scenario) -> Option<TooMany> {
    let firsts = Groups::of(scenario).first_of_set;
    let graphs: Vec<_> = firsts.iter().map(|&r| graph::CareerGraph::of(scenario, r)).collect();
    too_many(&graphs, &firsts)
}

fn too_many(graphs: &[graph::CareerGraph], firsts: &[ResidentIx]) -> Option<TooMany> {
    let counts: Vec<u128> = graphs.iter().map(graph::CareerGraph::paths).collect();
    let careers = counts.iter().fold(0u128, |sum, &n| sum.saturating_add(n));
    let worst = (0..counts.len()).rev().max_by_key(|&i| counts[i])?;
    (careers > CAREERS_MAX).then(|| TooMany {
        careers,
        resident: firsts[worst],
        careers_of_resident: counts[worst],
    })
}

/// Residents whose careers are the same.
struct Groups {
    first_of_set: Vec<ResidentIx>,
    set_of: Vec<usize>,
}

impl Groups {
    fn of(scenario: &Scenario) -> Self {
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
                leaves: resident.leaves.clone(),
                resigned_from: resident.resigned_from,
            };
            let next = residents_of.len();
            let set = *residents_of.entry(signature).or_insert(next);
            if set == next {
                first_of_set.push(ResidentIx(number));
            }
            set_of.push(set);
        }
        Self { first_of_set, set_of }
    }
}
