//! A set of changes that does not suffice: which further changes touch what proves it, and how far
//! each has to go.
//!
//! Where a resident has no career, that is the proof, and only what is said of them and the minima can
//! touch it. Where prices prove it, every change moves one side of them: seats what is offered, all else
//! what single residents pay. Residents alike in all that careers depend on are interchangeable here, so
//! only the first of them is offered. What can be done about cases is in `cases`.

mod cases;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::apply::changed;
use super::change::{Change, Extent};
use super::extent::as_tables_say;
use super::proof::{Careers, Prices};
use super::relax::alone;
use super::standing::{Proof, Standing};
use super::statement::{Statement, targets};
use crate::calendar::{Month, Span};
use crate::regulation::Minimum;
use crate::scenario::{
    Bound, CourseIx, FacilityIx, Leave, Lock, Resident, ResidentIx, Role, Scenario, Stay, SupervisorRounding,
};

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

/// What careers and needs depend on.
type Away<'s> = (&'s [Leave], Option<Month>, &'s [String]);
type Alike<'s> = (i32, Option<CourseIx>, &'s [Stay], &'s [Lock], &'s [u32], Away<'s>);

impl<'n> Node<'n> {
    /// `None` if the careers cannot be listed, or it is not clear who is who after the changes.
    pub fn new(
        scenario: &'n Scenario,
        changes: &'n [Change],
        now: Scenario,
        prices: Option<Prices>,
    ) -> Option<Self> {
        let proof = Proof::of(&now, prices)?;
        let gone: BTreeSet<ResidentIx> = changes.iter().flat_map(Change::without).copied().collect();
        let stay = scenario.resident_ixs().filter(|resident| !gone.contains(resident));
        let residents: Vec<ResidentIx> = stay.collect();
        if residents.len() != now.residents.len() {
            return None;
        }
        Some(Self { scenario, changes, now, residents, proof })
    }

    /// The sets with one change more, or one that goes further, of the statements `asked` for.
    pub fn more(&self, shared: bool, asked: &dyn Fn(Statement) -> bool) -> Vec<Vec<Change>> {
        let mut sets = Vec::new();
        for (position, &resident) in self.residents.iter().enumerate() {
            if !self.concerns(position) {
                continue;
            }
            let person = &self.now.residents[position];
            let opened = person.course.and_then(|_| Change::course_opened(self.scenario, resident));
            if let Some(opened) = opened.filter(|change| asked(change.of)) {
                self.one_of_a_resident(position, opened, &mut sets);
            }
            let locks: BTreeSet<Lock> = person.locks.iter().copied().collect();
            // What is over by now has happened.
            let now = self.scenario.now();
            let ahead = locks.into_iter().filter(|lock| lock.stay.span.end() > now);
            let released = ahead.map(|lock| Change::lock_released(resident, lock));
            for change in released.filter(|change| asked(change.of)) {
                self.one_of_a_resident(position, change, &mut sets);
            }
            let ahead = person.leaves.iter().filter(|leave| leave.span.end() > now);
            let chosen = ahead.filter(|leave| leave.kind.is_chosen());
            let not_taken = chosen.map(|leave| Change::leave_not_taken(resident, *leave));
            for change in not_taken.filter(|change| asked(change.of)) {
                self.one_of_a_resident(position, change, &mut sets);
            }
        }
        for year in self.intakes().into_iter().filter(|&year| asked(Statement::Intake { year })) {
            self.fewer_residents(year, shared, &mut sets);
        }
        // How many may be somewhere has no part in a proof by careers, nor in prices of facilities' seats.
        let by_cases = matches!(self.proof, Proof::Cases);
        let bounds = Bound::all(self.scenario).into_iter().filter(|bound| by_cases || !bound.row.is_of_all());
        let numbers = Minimum::all().map(Statement::Minimum).chain(bounds.map(Statement::Bound));
        for number in numbers.filter(|&number| asked(number)) {
            self.as_far(Change::of_number(number, 0), number.most(self.scenario), shared, &mut sets);
        }
        for case in targets(&self.now) {
            self.cases(case, shared, asked, &mut sets);
        }
        if !matches!(self.proof, Proof::Stuck(_)) {
            let placeable = |f: &FacilityIx| self.scenario.facility(*f).role != Role::Associated;
            let placeable = self.scenario.facility_ixs().filter(placeable);
            for facility in placeable {
                self.more_since(
                    Statement::Seats { facility, year: None },
                    Some(facility),
                    shared,
                    asked,
                    &mut sets,
                );
            }
            if self.scenario.rules.supervisor_rounding == SupervisorRounding::Pooled {
                self.more_since(Statement::Pool { year: None }, None, shared, asked, &mut sets);
            }
            if asked(Statement::Ratio) {
                let before = self.old(Statement::Ratio).and_then(Change::by).unwrap_or(0);
                self.further(before + 1, &|by| Change::of_number(Statement::Ratio, by), shared, &mut sets);
            }
        }
        sets
    }

    /// How much nearer to its end a set with one change more or further brings the proof, in parts of
    /// all there is to it; `None` if that is nothing.
    pub fn progress(&self, set: &[Change]) -> Option<i128> {
        let whole = match &self.proof {
            Proof::Prices { bound, .. } => *bound,
            Proof::Stuck(_) | Proof::Cases => 1,
        };
        let new = set.iter().find(|change| !self.changes.contains(change))?;
        let without = new.without();
        let left = match (new.of, &self.proof) {
            (Statement::Seats { .. } | Statement::Pool { .. } | Statement::Ratio, _) => {
                self.proof.standing_of_seats(&changed(self.scenario, set))
            }
            // Who is not taken pays nothing.
            (Statement::Intake { .. }, Proof::Prices { least, bound, .. }) => {
                let gone = self.residents.iter().zip(least).filter(|(r, _)| without.contains(r));
                match bound - gone.map(|(_, least)| least).sum::<i128>() {
                    left if left > 0 => Standing::Holds(left),
                    _ => Standing::Broken,
                }
            }
            (Statement::Intake { .. }, Proof::Stuck(stuck)) => {
                match self.residents.get(*stuck).is_some_and(|stuck| without.contains(stuck)) {
                    true => Standing::Broken,
                    false => Standing::Holds(whole),
                }
            }
            _ => self.proof.standing(&changed(self.scenario, set)),
        };
        match left {
            Standing::Broken | Standing::Open => Some(whole),
            Standing::Holds(left) => (left < whole).then(|| whole - left),
        }
    }

    /// More of what is dated, from when the proof first asks for it; the same, earlier, comes first.
    fn more_since(
        &self,
        of: Statement,
        facility: Option<FacilityIx>,
        shared: bool,
        asked: &dyn Fn(Statement) -> bool,
        sets: &mut Vec<Vec<Change>>,
    ) {
        let Some(first) = self.first_month(facility).filter(|_| asked(of)) else { return };
        let (from, least) = match self.old(of).map(|old| &old.extent) {
            Some(&Extent::Since(old, by)) if first < old => (first, by),
            Some(&Extent::Since(old, by)) => (old, by + 1),
            _ => (first, 1),
        };
        self.further(least, &|by| Change { of, extent: Extent::Since(from, by) }, shared, sets);
    }

    fn old(&self, statement: Statement) -> Option<&Change> {
        self.changes.iter().find(|change| change.of == statement)
    }

    /// The changes with this one in the place of what it goes further than.
    fn with(&self, change: Change) -> Vec<Change> {
        let others = self.changes.iter().filter(|other| other.of != change.of);
        let mut set: Vec<Change> = others.cloned().collect();
        set.push(change);
        set.sort();
        set
    }

    /// From when on the proof first asks for a place at a facility (`None`: of the pool): the beginning of the
    /// academic year, or of what the tables say of its seats since, if they change within the year.
    fn first_month(&self, facility: Option<FacilityIx>) -> Option<Month> {
        let Proof::Prices { prices, .. } = &self.proof else { return Some(self.scenario.start()) };
        let priced = prices.seats.iter().filter(|((of, _), price)| *of == facility && **price != 0);
        let first = priced.map(|((_, month), _)| *month).min()?;
        let year = self.scenario.calendar.start_of(self.scenario.calendar.year_of(first));
        let of = facility.map(|facility| self.scenario.facility(facility));
        let changes = of.iter().flat_map(|of| {
            let supervisors = of.supervisors.changes.iter().map(|(month, _)| *month);
            supervisors.chain(of.seats.changes.iter().map(|(month, _)| *month))
        });
        changes.filter(|month| (year..=first).contains(month)).max().or(Some(year))
    }

    /// Whether the proof has to do with the resident, and they are the first of those alike.
    fn concerns(&self, position: usize) -> bool {
        let alike = |at: usize| -> Alike<'_> {
            let person = &self.now.residents[at];
            let away = (&person.leaves[..], person.ends_early(), &person.tags[..]);
            (person.entry_year, person.course, &person.history, &person.locks, &person.logged, away)
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
                let now = self.scenario.now();
                freed.leaves.retain(|leave| !leave.kind.is_chosen() || leave.span.start < now);
                for leave in freed.leaves.iter_mut().filter(|leave| leave.kind.is_chosen()) {
                    leave.span = leave.span.intersection(Span::between(leave.span.start, now));
                }
                self.least_of(prices, freed).is_none_or(|freed| freed < least[position])
            }
        };
        if touches {
            sets.push(self.with(change));
        }
    }

    /// What a resident of another kind would pay; `None` without a career.
    fn least_of(&self, prices: &Prices, person: Resident) -> Option<i128> {
        prices.least(&Careers::of(&alone(&self.now, person), &|| false).ok()?, ResidentIx(0))
    }

    /// Years whose intake could be less.
    fn intakes(&self) -> BTreeSet<i32> {
        let years = self.now.residents.iter().map(|resident| resident.entry_year);
        let is_ahead = |year: &i32| self.scenario.calendar.start_of(*year) >= self.scenario.now();
        years.filter(is_ahead).collect()
    }

    /// Fewer residents of a year: those without a career, or as many as the proof asks for. Who has no
    /// name yet goes first, of several the last.
    fn fewer_residents(&self, year: i32, shared: bool, sets: &mut Vec<Vec<Change>>) {
        let mut entering: Vec<usize> =
            (0..self.residents.len()).filter(|&at| self.now.residents[at].entry_year == year).collect();
        let mut suffices = true;
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
                suffices = enough.is_some();
                // If all of them together do not suffice, one may do with something else.
                enough.map_or(usize::from(shared), |last| last + 1)
            }
        };
        let mut counts = BTreeSet::from([count]);
        if shared && count > 1 {
            counts.insert(1);
        }
        // All of a year who have to do with it, where even they do not suffice; how many of them are
        // needed beside other changes is found in the end.
        if shared && !suffices {
            counts.insert(entering.len());
        }
        for count in counts.into_iter().filter(|count| (1..=entering.len()).contains(count)) {
            let mut without =
                self.old(Statement::Intake { year }).map(Change::without).unwrap_or_default().to_vec();
            without.extend(entering.iter().take(count).map(|&at| self.residents[at]));
            let without = as_tables_say(self.scenario, year, without);
            sets.push(self.with(Change::fewer_residents(year, without)));
        }
    }

    /// A change that goes as far as the proof asks for; given as going nowhere.
    fn as_far(&self, change: Change, most: u32, shared: bool, sets: &mut Vec<Vec<Change>>) {
        let before = self.old(change.of).and_then(Change::by).unwrap_or(0);
        let set = |extent| self.with(change.to_extent(extent));
        let extent = self.proof.extent(self.scenario, &change, (before, most), shared, &set);
        sets.extend(extent.map(set));
    }

    /// Seats, supervisors or the ratio, step by step until the proof falls.
    fn further(&self, least: u32, step: &dyn Fn(u32) -> Change, shared: bool, sets: &mut Vec<Vec<Change>>) {
        let mut partly = None;
        for number in least..least + STEPS_MAX {
            let set = self.with(step(number));
            match self.proof.standing_of_seats(&changed(self.scenario, &set)) {
                Standing::Open | Standing::Broken => {
                    sets.push(set);
                    break;
                }
                Standing::Holds(left) => {
                    if self.proof.is_nearer(Standing::Holds(left)) && partly.is_none() {
                        partly = Some(set);
                    }
                }
            }
        }
        sets.extend(partly.filter(|_| shared));
    }
}
