//! Every legal career of a resident, listed by the judge itself.
//!
//! Deliberately plain: for every course, pattern and order of parts, every facility of the right role
//! in every part, and at the end each per-resident rule counted month by month. Residents alike in
//! entry, fixed course, history and locks share a list. It knows nothing of the solver's graph.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Month;
use crate::scenario::{
    Accreditation, CourseIx, FacilityIx, Lock, LockKind, Part, Pattern, ResidentIx, Role, Scenario, Stay,
};

/// More careers than this are not listed again; the certificate is then not checked.
pub const CAREERS_MAX: usize = 2_000_000;

/// A career: the course and the facility of every month of the training.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Career {
    pub course: CourseIx,
    pub months: Vec<FacilityIx>,
}

/// The careers of residents who are alike.
#[derive(Debug)]
pub struct Careers {
    /// First month of the training.
    pub start: Month,
    pub list: Vec<Career>,
}

impl Careers {
    /// Where a career is in a month; `None` outside the training.
    pub fn at(&self, career: usize, month: Month) -> Option<FacilityIx> {
        let position = usize::try_from(month.since(self.start)).ok()?;
        self.list[career].months.get(position).copied()
    }
}

/// The lists of a scenario and which one is whose; `None` if there are too many careers.
pub fn of_all(scenario: &Scenario) -> Option<(Vec<Careers>, Vec<usize>)> {
    type Alike<'s> = (i32, Option<CourseIx>, &'s [Stay], &'s [Lock]);
    let mut known: BTreeMap<Alike<'_>, usize> = BTreeMap::new();
    let (mut lists, mut list_of, mut total) = (Vec::new(), Vec::new(), 0);
    for ix in scenario.resident_ixs() {
        let resident = scenario.resident(ix);
        let alike: Alike<'_> = (resident.entry_year, resident.course, &resident.history, &resident.locks);
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
    let start = scenario.training(resident).start;
    let mut walk = Walk { scenario, resident, start, most, months: Vec::new(), found: BTreeSet::new() };
    let fixed = scenario.resident(resident).course;
    for course in scenario.course_ixs().filter(|&course| fixed.is_none_or(|fixed| fixed == course)) {
        for pattern in &scenario.course(course).patterns {
            walk.year(course, pattern, 0)?;
        }
    }
    Some(Careers { start, list: walk.found.into_iter().collect() })
}

struct Walk<'a> {
    scenario: &'a Scenario,
    resident: ResidentIx,
    start: Month,
    most: usize,
    months: Vec<FacilityIx>,
    found: BTreeSet<Career>,
}

impl Walk<'_> {
    fn year(&mut self, course: CourseIx, pattern: &Pattern, year: usize) -> Option<()> {
        match pattern.years.get(year) {
            Some(parts) => self.parts(course, pattern, year, parts),
            None => self.keep(course),
        }
    }

    /// All orders of what is left of a year, then the years after.
    fn parts(&mut self, course: CourseIx, pattern: &Pattern, year: usize, left: &[Part]) -> Option<()> {
        if left.is_empty() {
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
                self.months.extend(std::iter::repeat_n(facility, part.months as usize));
                if self.keeps_history_and_locks(before) {
                    self.parts(course, pattern, year, &rest)?;
                }
                self.months.truncate(before);
            }
        }
        Some(())
    }

    fn keeps_history_and_locks(&self, from: usize) -> bool {
        let person = self.scenario.resident(self.resident);
        (from..self.months.len()).all(|position| {
            let (month, here) = (self.start.plus(position as u32), self.months[position]);
            person.history.iter().all(|stay| !stay.span.contains(month) || stay.facility == here)
                && person.locks.iter().all(|lock| {
                    let same = lock.stay.facility == here;
                    !lock.stay.span.contains(month) || same == (lock.kind == LockKind::Must)
                })
        })
    }

    /// Keeps the career if it obeys the rules about whole careers; `None` if there are too many.
    fn keep(&mut self, course: CourseIx) -> Option<()> {
        let rules = &self.scenario.rules;
        let months = || (0u32..).map(|n| self.start.plus(n)).zip(&self.months);
        let comprehensive = months().filter(|(month, facility)| {
            *self.scenario.facility(**facility).accreditation.at(*month) == Accreditation::Comprehensive
        });
        let core = self.months.iter().filter(|&&f| self.scenario.facility(f).role == Role::Core);
        let different: BTreeSet<_> = self.months.iter().collect();
        // A run of months at one facility is one stay, wherever years and history meet.
        let short_stay = self.months.chunk_by(|a, b| a == b).any(|stay| {
            self.scenario.facility(stay[0]).role == Role::Affiliate
                && stay.len() < rules.affiliate_stay_months_min as usize
        });
        if comprehensive.count() >= rules.comprehensive_months_min as usize
            && core.count() >= rules.core_months_min as usize
            && different.len() >= rules.facilities_min as usize
            && !short_stay
        {
            self.found.insert(Career { course, months: self.months.clone() });
        }
        (self.found.len() <= self.most).then_some(())
    }
}
