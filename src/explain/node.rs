//! A set of changes that does not suffice: which further changes touch what proves it, and how far
//! each has to go.
//!
//! Where a resident has no career, that is the proof, and only what is said of them and the minima can
//! touch it. Where prices prove it, every change moves one side of them: seats what is offered, all else
//! what single residents pay. Residents alike in all that careers depend on are interchangeable here, so
//! only the first of them is offered.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::asker::without_career;
use super::change::{Change, Lever, changed};
use super::proof::MonthPrices;
use super::statement::Minimum;
use crate::itineraries::{Itineraries, has_career};
use crate::scenario::{CourseIx, FacilityIx, Lock, ResidentIx, Role, Scenario, Stay, SupervisorRounding};

/// Seats, supervisors or units of a rule that one change moves, at most.
const STEPS_MAX: u32 = 40;

pub struct Node<'n> {
    scenario: &'n Scenario,
    changes: &'n [Change],
    /// The scenario after the changes.
    now: Scenario,
    /// Its residents, as they are numbered in `scenario`.
    residents: Vec<ResidentIx>,
    proof: Proof,
}

enum Proof {
    /// The first resident without a career, by their place in `now`.
    Stuck(usize),
    Prices {
        prices: MonthPrices,
        /// Per resident of `now`.
        least: Vec<i128>,
        bound: i128,
    },
    /// By cases: nothing to measure by.
    Cases,
}

/// What careers depend on.
type Alike<'s> = (i32, Option<CourseIx>, &'s [Stay], &'s [Lock]);

impl<'n> Node<'n> {
    /// `None` if the careers cannot be listed.
    pub fn new(
        scenario: &'n Scenario,
        changes: &'n [Change],
        now: Scenario,
        prices: Option<MonthPrices>,
    ) -> Option<Self> {
        let itineraries = Itineraries::of(&now, &|| false).ok()?;
        let stuck = without_career(&now, &itineraries).next();
        let proof = match (stuck, prices) {
            (Some(resident), _) => Proof::Stuck(resident.0),
            (None, Some(prices)) => {
                let of_sets: Vec<i128> = itineraries.sets.iter().map(|set| prices.least(set)).collect();
                let least: Vec<i128> =
                    itineraries.set_of.iter().filter_map(|&set| of_sets.get(set).copied()).collect();
                let bound = least.iter().sum::<i128>() - prices.offered(&now)?;
                Proof::Prices { prices, least, bound }
            }
            (None, None) => Proof::Cases,
        };
        let gone: BTreeSet<ResidentIx> = changes.iter().flat_map(gone).collect();
        let residents = scenario.resident_ixs().filter(|resident| !gone.contains(resident)).collect();
        Some(Self { scenario, changes, now, residents, proof })
    }

    /// The sets with one change more, or one that goes further.
    pub fn more(&self, shared: bool) -> Vec<Vec<Change>> {
        let mut sets = Vec::new();
        for (position, &resident) in self.residents.iter().enumerate() {
            if !self.concerns(position) {
                continue;
            }
            let person = &self.now.residents[position];
            if person.course.is_some() {
                self.one_of_a_resident(position, Change::OpenCourse { resident }, &mut sets);
            }
            let locks: BTreeSet<Lock> = person.locks.iter().copied().collect();
            for lock in locks {
                self.one_of_a_resident(position, Change::ReleaseLock { resident, lock }, &mut sets);
            }
        }
        for year in self.intakes() {
            self.fewer_residents(year, shared, &mut sets);
        }
        for minimum in Minimum::ALL {
            self.lower(minimum, shared, &mut sets);
        }
        if !matches!(self.proof, Proof::Stuck(_)) {
            let placeable = |f: &FacilityIx| self.scenario.facility(*f).role != Role::Associated;
            for facility in self.scenario.facility_ixs().filter(placeable) {
                if let Some(from) = self.first_year(Some(facility)) {
                    let (from, least) = match self.old(Lever::Seats(facility)) {
                        // The same seats, earlier, come first.
                        Some(Change::Seats { from: old, by, .. }) if from < *old => (from, *by),
                        Some(Change::Seats { from, by, .. }) => (*from, by + 1),
                        _ => (from, 1),
                    };
                    let step = |by| Change::Seats { facility, from, by };
                    self.further(least, &step, shared, &mut sets);
                }
            }
            if let Some(from) = self.first_year(None).filter(|_| self.is_pooled()) {
                let (from, least) = match self.old(Lever::Supervisors) {
                    Some(Change::Supervisors { from: old, by }) if from < *old => (from, *by),
                    Some(Change::Supervisors { from, by }) => (*from, by + 1),
                    _ => (from, 1),
                };
                self.further(least, &|by| Change::Supervisors { from, by }, shared, &mut sets);
            }
            let least = self.now.rules.residents_per_supervisor + 1;
            self.further(least, &|to| Change::Ratio { to }, shared, &mut sets);
        }
        sets
    }

    fn is_pooled(&self) -> bool {
        self.scenario.rules.supervisor_rounding == SupervisorRounding::Pooled
    }

    fn old(&self, lever: Lever) -> Option<&Change> {
        self.changes.iter().find(|change| change.lever() == lever)
    }

    /// The changes with this one in the place of what it goes further than.
    fn with(&self, change: Change) -> Vec<Change> {
        let others = self.changes.iter().filter(|other| other.lever() != change.lever());
        let mut set: Vec<Change> = others.cloned().collect();
        set.push(change);
        set.sort();
        set
    }

    /// The academic year in which the proof first asks for a place at a facility (`None`: of the pool).
    fn first_year(&self, facility: Option<FacilityIx>) -> Option<i32> {
        match &self.proof {
            Proof::Prices { prices, .. } => {
                let priced = prices.prices.iter().filter(|((of, _), price)| *of == facility && **price != 0);
                priced.map(|((_, month), _)| self.scenario.calendar.year_of(*month)).min()
            }
            Proof::Stuck(_) | Proof::Cases => Some(self.scenario.first_year),
        }
    }

    /// Whether the proof has to do with the resident, and they are the first of those alike.
    fn concerns(&self, position: usize) -> bool {
        let alike = |at: usize| -> Alike<'_> {
            let person = &self.now.residents[at];
            (person.entry_year, person.course, &person.history, &person.locks)
        };
        match &self.proof {
            Proof::Stuck(stuck) => position == *stuck,
            Proof::Prices { least, .. } if least[position] == 0 => false,
            _ => (0..position).all(|earlier| alike(earlier) != alike(position)),
        }
    }

    /// A change of what is said of one resident.
    fn one_of_a_resident(&self, position: usize, change: Change, sets: &mut Vec<Vec<Change>>) {
        let person = &self.now.residents[position];
        let touches = match &self.proof {
            // Several together may be needed for a career.
            Proof::Stuck(_) | Proof::Cases => true,
            Proof::Prices { prices, least, .. } => {
                // Where more than one statement holds a resident, the first may give nothing yet.
                let mut freed = person.clone();
                freed.course = None;
                freed.locks.clear();
                self.least_of(prices, freed).is_none_or(|freed| freed < least[position])
            }
        };
        if touches {
            sets.push(self.with(change));
        }
    }

    /// What a resident of another kind would pay; `None` without a career.
    fn least_of(&self, prices: &MonthPrices, person: crate::scenario::Resident) -> Option<i128> {
        let mut alone = self.now.clone();
        alone.residents = vec![person];
        let itineraries = Itineraries::of(&alone, &|| false).ok()?;
        itineraries.sets.first().filter(|set| !set.is_empty()).map(|set| prices.least(set))
    }

    /// Years whose intake could be less.
    fn intakes(&self) -> BTreeSet<i32> {
        let years = self.now.residents.iter().map(|resident| resident.entry_year);
        years.filter(|year| *year >= self.scenario.first_year).collect()
    }

    /// Fewer residents of a year: those without a career, or as many as the proof asks for. Who has no
    /// name yet goes first, of several the last.
    fn fewer_residents(&self, year: i32, shared: bool, sets: &mut Vec<Vec<Change>>) {
        let mut entering: Vec<usize> =
            (0..self.residents.len()).filter(|&at| self.now.residents[at].entry_year == year).collect();
        let count = match &self.proof {
            Proof::Stuck(stuck) => {
                entering.retain(|at| at == stuck);
                entering.len()
            }
            Proof::Cases => 1,
            Proof::Prices { least, bound, .. } => {
                entering.retain(|&at| least[at] > 0);
                entering.sort_by_key(|&at| Reverse((least[at], self.now.residents[at].anonymous, at)));
                let mut left = *bound;
                let enough = entering.iter().position(|&at| {
                    left -= least[at];
                    left <= 0
                });
                // If all of them together do not suffice, one may do with something else.
                enough.map_or(usize::from(shared), |last| last + 1)
            }
        };
        let mut counts = BTreeSet::from([count]);
        if shared && count > 1 {
            counts.insert(1);
        }
        for count in counts.into_iter().filter(|count| (1..=entering.len()).contains(count)) {
            let mut without = match self.old(Lever::Intake(year)) {
                Some(Change::Intake { without, .. }) => without.clone(),
                _ => Vec::new(),
            };
            without.extend(entering.iter().take(count).map(|&at| self.residents[at]));
            without.sort();
            sets.push(self.with(Change::Intake { year, without }));
        }
    }

    /// A minimum lowered until the proof falls; if it never does but comes nearer, as far as it goes.
    fn lower(&self, minimum: Minimum, shared: bool, sets: &mut Vec<Vec<Change>>) {
        let (high, least) = (minimum.of(&self.now.rules), minimum.least());
        if high <= least {
            return;
        }
        let set = |to| self.with(Change::Minimum { minimum, to });
        let standing = |to| self.standing(&changed(self.scenario, &set(to)));
        let at_least = standing(least);
        match (&at_least, self.before()) {
            (Standing::Broken, _) => {
                // Lower is easier, so the highest number that does is found by halving.
                let (mut broken, mut holds) = (least, high);
                while holds - broken > 1 {
                    let middle = broken + (holds - broken) / 2;
                    match standing(middle) {
                        Standing::Broken => broken = middle,
                        _ => holds = middle,
                    }
                }
                sets.push(set(broken));
            }
            (Standing::Open, _) => sets.push(set(least)),
            // Together with something else it may.
            (Standing::Holds(_), _) if matches!(self.proof, Proof::Stuck(_)) => sets.push(set(least)),
            (Standing::Holds(left), before) if shared && before.is_some_and(|before| *left < before) => {
                sets.push(set(least));
            }
            (Standing::Holds(_), _) => {}
        }
    }

    /// Seats, supervisors or the ratio, step by step until the proof falls.
    fn further(&self, least: u32, step: &dyn Fn(u32) -> Change, shared: bool, sets: &mut Vec<Vec<Change>>) {
        let mut partly = None;
        for number in least..least + STEPS_MAX {
            let set = self.with(step(number));
            match self.standing_of_seats(&changed(self.scenario, &set)) {
                Standing::Open | Standing::Broken => {
                    sets.push(set);
                    break;
                }
                Standing::Holds(left) => {
                    let nearer = self.before().is_some_and(|before| left < before);
                    if nearer && partly.is_none() {
                        partly = Some(set);
                    }
                }
            }
        }
        sets.extend(partly.filter(|_| shared));
    }

    fn before(&self) -> Option<i128> {
        match &self.proof {
            Proof::Prices { bound, .. } => Some(*bound),
            Proof::Stuck(_) | Proof::Cases => None,
        }
    }

    /// The proof after changes that leave every career as it is.
    fn standing_of_seats(&self, then: &Scenario) -> Standing {
        match &self.proof {
            Proof::Stuck(_) => Standing::Holds(1),
            Proof::Cases => Standing::Open,
            Proof::Prices { prices, least, .. } => {
                Standing::of(prices.offered(then).map(|offered| least.iter().sum::<i128>() - offered))
            }
        }
    }

    /// The proof in a scenario with the same residents.
    fn standing(&self, then: &Scenario) -> Standing {
        match &self.proof {
            Proof::Stuck(stuck) => match has_career(then, ResidentIx(*stuck), &|| false) {
                true => Standing::Broken,
                false => Standing::Holds(1),
            },
            Proof::Cases => Standing::Open,
            Proof::Prices { prices, .. } => match Itineraries::of(then, &|| false) {
                Ok(itineraries) => Standing::of(prices.bound(then, &itineraries)),
                Err(_) => Standing::Open,
            },
        }
    }
}

fn gone(change: &Change) -> Vec<ResidentIx> {
    match change {
        Change::Intake { without, .. } => without.clone(),
        _ => Vec::new(),
    }
}

/// What became of a proof.
enum Standing {
    /// It still shows that there is no plan, by so much.
    Holds(i128),
    Broken,
    /// It does not tell.
    Open,
}

impl Standing {
    fn of(bound: Option<i128>) -> Self {
        match bound {
            Some(bound) if bound > 0 => Self::Holds(bound),
            _ => Self::Broken,
        }
    }
}
