//! Every legal career of a resident, listed by the judge itself.
//!
//! Deliberately plain: for every course, pattern and order of parts, every facility of the right role
//! in every part; then, where leave leaves something missing, the months of the extension at the last
//! facility or where a lock wants them; and at the end each per-resident rule counted month by month.
//! Residents alike in entry, fixed course, history, locks and leaves share a list. It knows nothing of the
//! solver's graph.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::training_months::{Training, TrainingMonth};
use crate::calendar::Month;
use crate::scenario::{
    Accreditation, CourseIx, FacilityIx, Leave, Lock, LockKind, Part, Pattern, ResidentIx, Role, Scenario,
    Stay,
};

/// More careers than this are not listed again; the certificate is then not checked.
pub const CAREERS_MAX: usize = 2_000_000;

/// A career: the course and the facility of every month of the training, `None` without a seat.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Career {
    pub course: CourseIx,
    pub months: Vec<Option<FacilityIx>>,
}

/// The careers of residents who are alike.
#[derive(Debug)]
pub struct Careers {
    /// What the months of their training are.
    pub(super) training: Training,
    pub list: Vec<Career>,
}

impl Careers {
    /// Where a career is in a month; `None` outside the training and without a seat.
    pub fn at(&self, career: usize, month: Month) -> Option<FacilityIx> {
        let position = usize::try_from(month.since(self.training.start)).ok()?;
        self.list[career].months.get(position).copied().flatten()
    }
}

/// The lists of a scenario and which one is whose; `None` if there are too many careers.
pub fn of_all(scenario: &Scenario) -> Option<(Vec<Careers>, Vec<usize>)> {
    type Alike<'s> = (i32, Option<CourseIx>, &'s [Stay], &'s [Lock], (&'s [Leave], Option<Month>));
    let mut known: BTreeMap<Alike<'_>, usize> = BTreeMap::new();
    let (mut lists, mut list_of, mut total) = (Vec::new(), Vec::new(), 0);
    for ix in scenario.resident_ixs() {
        let resident = scenario.resident(ix);
        let away = (&resident.leaves[..], resident.resigned_from);
        let alike: Alike<'_> =
            (resident.entry_year, resident.course, &resident.history, &resident.locks, away);
        let next = lists.len();
        let list = *known.entry(alike).or_insert(next);
        if list == next {
            let careers = of(scenario, ix, CAREERS_MAX - total)?;
            total += careers.list.len();
            lists.push(careers);
        }
        list_of.push(list);
    }
    Some((lists, list_of))
}

fn of(scenario: &Scenario, resident: ResidentIx, most: usize) -> Option<Careers> {
    let training = Training::of(scenario, scenario.resident(resident));
    let runs = |this: &&TrainingMonth| this.position.is_some() && !training.is_extension(this);
    let pattern: Vec<TrainingMonth> = training.months.iter().filter(runs).copied().collect();
    let mut walk = Walk {
        scenario,
        resident,
        training: &training,
        pattern: &pattern,
        most,
        months: Vec::new(),
        found: BTreeSet::new(),
    };
    let fixed = scenario.resident(resident).course;
    for course in scenario.course_ixs().filter(|&course| fixed.is_none_or(|fixed| fixed == course)) {
        for pattern in &scenario.course(course).patterns {
            walk.year(course, pattern, 0)?;
        }
    }
    let list = walk.found.into_iter().collect();
    Some(Careers { training, list })
}

struct Walk<'a> {
    scenario: &'a Scenario,
    resident: ResidentIx,
    training: &'a Training,
    /// The months in which the pattern runs; fewer than it has where the resident leaves.
    pattern: &'a [TrainingMonth],
    most: usize,
    /// The facility of each of them so far.
    months: Vec<FacilityIx>,
    found: BTreeSet<Career>,
}

impl Walk<'_> {
    fn year(&mut self, course: CourseIx, pattern: &Pattern, year: usize) -> Option<()> {
        match pattern.years.get(year).filter(|_| self.months.len() < self.pattern.len()) {
            Some(parts) => self.parts(course, pattern, year, parts),
            None => self.keep(course),
        }
    }

    /// All orders of what is left of a year, then the years after.
    fn parts(&mut self, course: CourseIx, pattern: &Pattern, year: usize, left: &[Part]) -> Option<()> {
        if left.is_empty() || self.months.len() >= self.pattern.len() {
            return self.year(course, pattern, year + 1);
        }
        for (position, part) in left.iter().enumerate() {
            if left[..position].contains(part) {
                continue;
            }
            let mut rest = left.to_vec();
            rest.remove(position);
            for facility in self.scenario.facility_ixs() {
                let role = self.scenario.facility(facility).role;
                if role != part.role || role == Role::Associated {
                    continue;
                }
                let before = self.months.len();
                let months = (part.months as usize).min(self.pattern.len() - before);
                self.months.extend(std::iter::repeat_n(facility, months));
                let possible = |this: &TrainingMonth| !this.seat || self.may_be(facility, this.month);
                if self.pattern[before..before + months].iter().all(possible) {
                    self.parts(course, pattern, year, &rest)?;
                }
                self.months.truncate(before);
            }
        }
        Some(())
    }

    /// Whether history and locks allow the facility in the month.
    fn may_be(&self, here: FacilityIx, month: Month) -> bool {
        let person = self.scenario.resident(self.resident);
        person.history.iter().all(|stay| !stay.span.contains(month) || stay.facility == here)
            && person.locks.iter().all(|lock| {
                let same = lock.stay.facility == here;
                !lock.stay.span.contains(month) || same == (lock.kind == LockKind::Must)
            })
    }

    /// The facility of every month of the training; `None` if the extension cannot be where it has to.
    fn whole(&self) -> Option<Vec<Option<FacilityIx>>> {
        let person = self.scenario.resident(self.resident);
        let mut along = self.months.iter().copied();
        let mut last = None;
        let mut whole = Vec::with_capacity(self.training.months.len());
        for this in &self.training.months {
            let here = if this.position.is_none() {
                None
            } else if self.training.is_extension(this) {
                let past = person.history.iter().find(|stay| stay.span.contains(this.month));
                let demanded = person
                    .locks
                    .iter()
                    .find(|lock| lock.kind == LockKind::Must && lock.stay.span.contains(this.month));
                let told = past.map(|stay| stay.facility).or(demanded.map(|lock| lock.stay.facility));
                told.or(last)
            } else {
                along.next()
            };
            if !this.seat {
                whole.push(None);
                continue;
            }
            let here = here?;
            if !self.may_be(here, this.month) {
                return None;
            }
            whole.push(Some(here));
            last = Some(here);
        }
        Some(whole)
    }

    /// Keeps the career if it obeys the rules about whole careers; `None` if there are too many.
    fn keep(&mut self, course: CourseIx) -> Option<()> {
        if let Some(months) = self.whole().filter(|months| self.is_legal(months)) {
            self.found.insert(Career { course, months });
        }
        (self.found.len() <= self.most).then_some(())
    }

    fn is_legal(&self, months: &[Option<FacilityIx>]) -> bool {
        let rules = &self.scenario.rules;
        let seats: Vec<(&TrainingMonth, FacilityIx)> = self
            .training
            .months
            .iter()
            .zip(months)
            .filter_map(|(this, here)| here.map(|here| (this, here)))
            .collect();
        let role = |facility: FacilityIx| self.scenario.facility(facility).role;
        // A run of months at one facility is one stay, wherever years, history and leave meet.
        let is_short = |stay: &[(&TrainingMonth, FacilityIx)]| {
            let counted = stay.iter().filter(|(this, _)| this.at_facility).count();
            role(stay[0].1) == Role::Affiliate && counted < rules.affiliate_stay_months_min as usize
        };
        let stays: Vec<&[(&TrainingMonth, FacilityIx)]> = seats.chunk_by(|a, b| a.1 == b.1).collect();
        if self.training.resigns {
            // Nothing has to be reached, and the last stay may be cut short.
            return stays.iter().rev().skip(1).all(|stay| !is_short(stay));
        }
        let counting = || seats.iter().filter(|(this, _)| this.at_facility);
        let comprehensive = counting().filter(|(this, facility)| {
            *self.scenario.facility(*facility).accreditation.at(this.month) == Accreditation::Comprehensive
        });
        let core = counting().filter(|(_, facility)| role(*facility) == Role::Core);
        let different: BTreeSet<FacilityIx> = seats.iter().map(|(_, facility)| *facility).collect();
        comprehensive.count() >= rules.comprehensive_months_min as usize
            && core.count() >= rules.core_months_min as usize
            && different.len() >= rules.facilities_min as usize
            && !stays.iter().any(|stay| is_short(stay))
    }
}
