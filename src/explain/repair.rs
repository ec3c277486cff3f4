//! Ways out: the cheapest changes after which a plan exists, each with that plan.
//!
//! Best first over sets of changes. Whatever leaves a known proof standing leaves no plan, so from a
//! set that does not suffice only those changes are added that touch its proof, by as much as the proof
//! asks for (conflict-directed search). The first sets at which a plan is found are the cheapest; a set
//! that contains one found before says nothing new.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::asker::{Asker, Existence, is_legal, without_career};
use super::change::{Change, Lever, changed};
use super::proof::MonthPrices;
use super::statement::Minimum;
use crate::itineraries::Itineraries;
use crate::plan::Plan;
use crate::scenario::{Lock, ResidentIx, Role, Scenario, SupervisorRounding};

/// Changes that suffice together.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    pub changes: Vec<Change>,
    /// Their weights, added up.
    pub cost: i64,
    /// A plan of the changed scenario, accepted by the judge.
    pub plan: Plan,
}

/// Ways out, cheapest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Repairs {
    pub list: Vec<Repair>,
    /// The search came to its end, not to its limits.
    pub complete: bool,
}

/// Sets of changes looked at, at most.
const SETS_MAX: usize = 600;
/// Changes together, at most: more is no advice.
const CHANGES_MAX: usize = 4;
/// Seats, supervisors, residents or units of a rule that one change moves, at most.
const STEPS_MAX: u32 = 30;

/// Looks for the `wanted` cheapest ways out of a scenario without a plan. Locks in `fixed` are not
/// released: they are the question.
pub fn repairs(
    scenario: &Scenario,
    wanted: usize,
    fixed: &BTreeSet<(ResidentIx, Lock)>,
    asker: &mut Asker<'_>,
) -> Repairs {
    let mut found = Repairs { list: Vec::new(), complete: true };
    let mut known: BTreeSet<Vec<Change>> = BTreeSet::from([Vec::new()]);
    let mut heap = BinaryHeap::from([Reverse((0i64, 0usize, Vec::new()))]);
    let mut looked_at = 0;
    while let Some(Reverse((cost, _, changes))) = heap.pop() {
        if found.list.len() >= wanted {
            break;
        }
        looked_at += 1;
        if looked_at > SETS_MAX || asker.stopped() {
            found.complete = false;
            break;
        }
        let levers: BTreeSet<Lever> = changes.iter().map(Change::lever).collect();
        let covered = |repair: &Repair| repair.changes.iter().all(|change| levers.contains(&change.lever()));
        if found.list.iter().any(covered) {
            continue;
        }
        let now = changed(scenario, &changes);
        match asker.exists(&now) {
            Existence::Plan(plan) if is_legal(&now, &plan) => {
                found.list.push(tightened(scenario, Repair { changes, cost, plan }, asker));
            }
            Existence::Plan(_) | Existence::Unknown(_) => found.complete = false,
            Existence::Nothing(prices) => {
                let Ok(itineraries) = Itineraries::of(&now, &|| asker.stopped()) else {
                    found.complete = false;
                    continue;
                };
                let node = Node { scenario, changes: &changes, fixed, prices: prices.as_ref() };
                for more in node.more(&now, &itineraries) {
                    if more.len() > CHANGES_MAX {
                        found.complete = false;
                    } else if known.insert(more.clone()) {
                        let cost = more.iter().map(|change| change.cost(scenario)).sum();
                        heap.push(Reverse((cost, more.len(), more)));
                    }
                }
            }
        }
    }
    found.list.sort_by_key(|repair| repair.cost);
    found
}

/// The repair with its minima as high as they may stay.
fn tightened(scenario: &Scenario, repair: Repair, asker: &mut Asker<'_>) -> Repair {
    let mut tight = repair;
    for position in 0..tight.changes.len() {
        while let Some(Change::Minimum { minimum, to }) = tight.changes.get(position) {
            let mut changes = tight.changes.clone();
            changes[position] = Change::Minimum { minimum: *minimum, to: to + 1 };
            if to + 1 >= minimum.of(&scenario.rules) {
                break;
            }
            let now = changed(scenario, &changes);
            match asker.exists(&now) {
                Existence::Plan(plan) if is_legal(&now, &plan) => {
                    let cost = changes.iter().map(|change| change.cost(scenario)).sum();
                    tight = Repair { changes, cost, plan };
                }
                _ => break,
            }
        }
    }
    tight
}

/// A set of changes that does not suffice, and what proves it.
struct Node<'n> {
    scenario: &'n Scenario,
    changes: &'n [Change],
    fixed: &'n BTreeSet<(ResidentIx, Lock)>,
    /// `None`: a resident has no career, or the proof goes by cases.
    prices: Option<&'n MonthPrices>,
}

impl Node<'_> {
    /// The sets with one change more, or one that goes further, that touch the proof.
    fn more(&self, now: &Scenario, itineraries: &Itineraries) -> Vec<Vec<Change>> {
        let stuck: BTreeSet<ResidentIx> = without_career(now, itineraries).collect();
        let stuck: BTreeSet<ResidentIx> = stuck.into_iter().map(|r| self.original(r)).collect();
        let mut sets = Vec::new();
        for lever in self.levers(&stuck) {
            sets.extend(self.pulled(lever, now, itineraries, &stuck));
        }
        sets
    }

    /// A resident of the changed scenario as one of the original.
    fn original(&self, resident: ResidentIx) -> ResidentIx {
        let gone: BTreeSet<ResidentIx> = self.gone();
        let mut left = self.scenario.resident_ixs().filter(|resident| !gone.contains(resident));
        left.nth(resident.0).unwrap_or(resident)
    }

    fn gone(&self) -> BTreeSet<ResidentIx> {
        let of = |change: &Change| match change {
            Change::Intake { without, .. } => without.clone(),
            _ => Vec::new(),
        };
        self.changes.iter().flat_map(of).collect()
    }

    /// What can be moved at all; where somebody has no career, only what concerns them.
    fn levers(&self, stuck: &BTreeSet<ResidentIx>) -> Vec<Lever> {
        let scenario = self.scenario;
        let gone = self.gone();
        let concerned = |resident: &ResidentIx| {
            !gone.contains(resident) && (stuck.is_empty() || stuck.contains(resident))
        };
        let mut levers = Vec::new();
        for resident in scenario.resident_ixs().filter(concerned) {
            let person = scenario.resident(resident);
            levers.extend(person.course.map(|_| Lever::Course(resident)));
            let locks: BTreeSet<Lock> = person.locks.iter().copied().collect();
            let free = locks.into_iter().filter(|lock| !self.fixed.contains(&(resident, *lock)));
            levers.extend(free.map(|lock| Lever::Lock(resident, lock)));
        }
        let years: BTreeSet<i32> = scenario
            .resident_ixs()
            .filter(concerned)
            .map(|resident| scenario.resident(resident).entry_year)
            .filter(|year| *year >= scenario.first_year)
            .collect();
        levers.extend(years.into_iter().map(Lever::Intake));
        levers.extend(Minimum::ALL.into_iter().map(Lever::Minimum));
        if stuck.is_empty() {
            let priced = |facility| match self.prices {
                Some(prices) => prices.prices.keys().any(|(of, _)| *of == Some(facility)),
                None => scenario.facility(facility).role != Role::Associated,
            };
            levers.extend(scenario.facility_ixs().filter(|f| priced(*f)).map(Lever::Seats));
            if scenario.rules.supervisor_rounding == SupervisorRounding::Pooled {
                levers.push(Lever::Supervisors);
            }
            levers.push(Lever::Ratio);
        }
        levers.retain(|lever| !self.is_spent(*lever));
        levers
    }

    /// Whether nothing more can be had of a lever.
    fn is_spent(&self, lever: Lever) -> bool {
        match lever {
            Lever::Lock(..) | Lever::Course(_) => self.changes.iter().any(|c| c.lever() == lever),
            Lever::Minimum(minimum) => self.minimum(minimum) <= minimum.least(),
            _ => false,
        }
    }

    fn minimum(&self, minimum: Minimum) -> u32 {
        let lowered = self.changes.iter().find_map(|change| match change {
            Change::Minimum { minimum: of, to } if *of == minimum => Some(*to),
            _ => None,
        });
        lowered.unwrap_or(minimum.of(&self.scenario.rules))
    }

    /// The set with the lever pulled one step further, and as far as the proof asks for; nothing if it
    /// does not touch the proof.
    fn pulled(
        &self,
        lever: Lever,
        now: &Scenario,
        itineraries: &Itineraries,
        stuck: &BTreeSet<ResidentIx>,
    ) -> Vec<Vec<Change>> {
        let before = self.standing(now, itineraries, stuck);
        let mut sets: Vec<Vec<Change>> = Vec::new();
        let mut furthest = None;
        for step in 1..=STEPS_MAX {
            let Some(set) = self.with(lever, step, itineraries) else { break };
            let then = changed(self.scenario, &set);
            let standing = match lever {
                // Careers stay as they are.
                Lever::Seats(_) | Lever::Supervisors | Lever::Ratio => {
                    self.standing(&then, itineraries, stuck)
                }
                _ => match Itineraries::of(&then, &|| false) {
                    Ok(careers) => self.standing(&then, &careers, stuck),
                    Err(_) => return sets,
                },
            };
            match standing {
                // Decided by asking: there is nothing to measure by.
                Standing::Open => return vec![set],
                Standing::Broken => {
                    sets.push(set);
                    return sets;
                }
                Standing::Holds(left) => {
                    // A step that brings nearer may do together with something else.
                    let nearer = matches!(before, Standing::Holds(bound) if left < bound);
                    if nearer && sets.is_empty() {
                        sets.push(set.clone());
                    }
                    // A rule may be eased for a while before any career or seat gains by it.
                    let slow = matches!(lever, Lever::Minimum(_) | Lever::Ratio);
                    if !nearer && !slow && !self.may_help_others(lever, stuck) {
                        return sets;
                    }
                    furthest = Some(set);
                }
            }
        }
        // Nothing alone, but perhaps with something else said of the same resident.
        if sets.is_empty() && self.may_help_others(lever, stuck) {
            sets.extend(furthest);
        }
        sets
    }

    /// Whether a lever that changes nothing by itself may count together with another one: where
    /// somebody has no career, or where the same resident is held by more than one statement.
    fn may_help_others(&self, lever: Lever, stuck: &BTreeSet<ResidentIx>) -> bool {
        let held_twice = |resident: ResidentIx| {
            let person = self.scenario.resident(resident);
            person.locks.len() + usize::from(person.course.is_some()) > 1
        };
        match lever {
            Lever::Lock(resident, _) | Lever::Course(resident) => !stuck.is_empty() || held_twice(resident),
            Lever::Minimum(_) => !stuck.is_empty(),
            _ => false,
        }
    }

    /// How the proof stands in a changed scenario.
    fn standing(&self, now: &Scenario, itineraries: &Itineraries, stuck: &BTreeSet<ResidentIx>) -> Standing {
        let without: BTreeSet<ResidentIx> = without_career(now, itineraries).collect();
        if !stuck.is_empty() {
            return match without.len() < stuck.len() {
                true => Standing::Broken,
                false => Standing::Holds(without.len() as i128),
            };
        }
        match self.prices {
            None => Standing::Open,
            Some(prices) => match prices.bound(now, itineraries) {
                Some(bound) if bound > 0 => Standing::Holds(bound),
                _ => Standing::Broken,
            },
        }
    }

    /// The changes with the lever pulled `step` further; `None` at its end.
    fn with(&self, lever: Lever, step: u32, itineraries: &Itineraries) -> Option<Vec<Change>> {
        let scenario = self.scenario;
        let mut set: Vec<Change> = self.changes.iter().filter(|c| c.lever() != lever).cloned().collect();
        let old = self.changes.iter().find(|change| change.lever() == lever);
        let first_priced = |of: &dyn Fn(Option<crate::scenario::FacilityIx>) -> bool| {
            let prices = self.prices.iter().flat_map(|prices| prices.prices.keys());
            let year = prices.filter(|(facility, _)| of(*facility)).map(|(_, month)| *month).min();
            year.map_or(scenario.first_year, |month| scenario.calendar.year_of(month))
        };
        let change = match lever {
            Lever::Lock(resident, lock) => (step == 1).then_some(Change::ReleaseLock { resident, lock })?,
            Lever::Course(resident) => (step == 1).then_some(Change::OpenCourse { resident })?,
            Lever::Seats(facility) => {
                let priced = first_priced(&|of| of == Some(facility));
                match old {
                    // The same seats, earlier, are the first step.
                    Some(&Change::Seats { from, by, .. }) if priced < from => {
                        Change::Seats { facility, from: priced, by: by + step - 1 }
                    }
                    Some(&Change::Seats { from, by, .. }) => Change::Seats { facility, from, by: by + step },
                    _ => Change::Seats { facility, from: priced, by: step },
                }
            }
            Lever::Supervisors => {
                let priced = first_priced(&|of| of.is_none());
                match old {
                    Some(&Change::Supervisors { from, by }) if priced < from => {
                        Change::Supervisors { from: priced, by: by + step - 1 }
                    }
                    Some(&Change::Supervisors { from, by }) => Change::Supervisors { from, by: by + step },
                    _ => Change::Supervisors { from: priced, by: step },
                }
            }
            Lever::Intake(year) => {
                let gone = self.gone();
                let mut without = match old {
                    Some(Change::Intake { without, .. }) => without.clone(),
                    _ => Vec::new(),
                };
                let mut entering: Vec<ResidentIx> = scenario
                    .resident_ixs()
                    .filter(|r| scenario.resident(*r).entry_year == year && !gone.contains(r))
                    .collect();
                // Nobody has been promised anything who has no name yet; else who needs most goes.
                let left: Vec<ResidentIx> = scenario.resident_ixs().filter(|r| !gone.contains(r)).collect();
                let need = |resident: &ResidentIx| {
                    let position = left.iter().position(|other| other == resident)?;
                    let set = itineraries.sets.get(*itineraries.set_of.get(position)?)?;
                    let stuck = set.is_empty();
                    Some((stuck, self.prices.map(|prices| prices.least(set))))
                };
                entering.sort_by_cached_key(|r| {
                    let without_name = scenario.resident(*r).anonymous;
                    let (stuck, price) = need(r).unwrap_or_default();
                    Reverse((stuck, price.is_none_or(|price| price > 0), without_name, price, *r))
                });
                without.extend(entering.get(..step as usize)?);
                without.sort();
                Change::Intake { year, without }
            }
            Lever::Minimum(minimum) => {
                let to = self.minimum(minimum).checked_sub(step).filter(|to| *to >= minimum.least())?;
                Change::Minimum { minimum, to }
            }
            Lever::Ratio => {
                let from = match old {
                    Some(Change::Ratio { to }) => *to,
                    _ => scenario.rules.residents_per_supervisor,
                };
                Change::Ratio { to: from + step }
            }
        };
        set.push(change);
        set.sort();
        Some(set)
    }
}

/// What became of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It still shows that there is no plan, by so much.
    Holds(i128),
    Broken,
    /// It does not tell.
    Open,
}
