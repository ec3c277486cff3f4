//! Every legal career of a resident, listed: what `ways` and `search` are held against in tests.
//!
//! Deliberately plain: for every course, pattern and order of parts, every facility of the right role
//! in every part, laid over the calendar by what each month of the training is, an extension added, and
//! at the end each per-resident rule counted month by month. Residents alike in entry, fixed course,
//! history, locks, leaves and resignation share a list. It knows nothing of the solver's graph.
//!
//! A part of which nobody would see a single month (all of it leave without a seat, or after a
//! resignation) is nowhere, so that it makes no careers that differ in nothing.

use std::collections::BTreeSet;

use crate::audit::training_months::{Standing, Training, TrainingMonth};
use crate::calendar::Month;
use crate::scenario::{
    Accreditation, CourseIx, FacilityIx, LockKind, Part, Pattern, ResidentIx, Role, Scenario,
};

/// A career: the course and per month of the training the facility, `None` without a seat.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Career {
    pub course: CourseIx,
    pub months: Vec<Option<FacilityIx>>,
}

/// The careers of residents who are alike.
#[derive(Debug)]
pub struct Careers {
    /// What the months of the training are.
    pub calendar: Training,
    pub list: Vec<Career>,
}

impl Careers {
    /// Where a career is in a month; `None` outside the training and without a seat.
    pub fn at(&self, career: usize, month: Month) -> Option<FacilityIx> {
        let position = usize::try_from(month.since(self.calendar.start)).ok()?;
        self.list[career].months.get(position).copied().flatten()
    }

    /// The months of a career with a seat, and where it is then.
    pub fn seats(&self, career: usize) -> impl Iterator<Item = (&TrainingMonth, FacilityIx)> {
        let months = self.calendar.months.iter().zip(&self.list[career].months);
        months.filter_map(|(month, facility)| Some((month, (*facility)?)))
    }
}

/// The careers of a resident; `None` if there are more than `most`.
pub fn of(scenario: &Scenario, resident: ResidentIx, most: usize) -> Option<Careers> {
    let calendar = Training::of(scenario, scenario.resident(resident));
    if calendar.span().end() <= scenario.start() {
        // Gone before anything is decided: whatever the past was like, there is one way to go on.
        let nowhere = Career { course: CourseIx(0), months: vec![None; calendar.months.len()] };
        return Some(Careers { calendar, list: vec![nowhere] });
    }
    let mut pattern_months = vec![None; calendar.length as usize];
    for (place, month) in calendar.months.iter().enumerate() {
        if let Standing::Pattern(position) = month.standing {
            pattern_months[position as usize] = Some(place);
        }
    }
    let mut walk = Walk {
        scenario,
        resident,
        calendar: &calendar,
        pattern_months,
        most,
        run: Vec::new(),
        found: BTreeSet::new(),
    };
    let fixed = scenario.resident(resident).course;
    let is_open = |course: &CourseIx| scenario.course(*course).is_open_to(scenario.resident(resident));
    let open = scenario.course_ixs().filter(is_open);
    for course in open.filter(|&course| fixed.is_none_or(|fixed| fixed == course)) {
        for pattern in &scenario.course(course).patterns {
            walk.year(course, pattern, 0)?;
        }
    }
    let list = walk.found.into_iter().collect();
    Some(Careers { calendar, list })
}

struct Walk<'a> {
    scenario: &'a Scenario,
    resident: ResidentIx,
    calendar: &'a Training,
    /// Per position of the pattern its place among the months of the training, if it is reached.
    pattern_months: Vec<Option<usize>>,
    most: usize,
    /// Per position so far the facility of its part; `None` where the part is nowhere.
    run: Vec<Option<FacilityIx>>,
    found: BTreeSet<Career>,
}

impl Walk<'_> {
    fn year(&mut self, course: CourseIx, pattern: &Pattern, year: usize) -> Option<()> {
        match pattern.entries.get(year) {
            Some(parts) => self.parts(course, pattern, year, parts),
            None => self.lay_out(course),
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
            let before = self.run.len();
            let months = before..before + part.months as usize;
            let somewhere = months.clone().any(|position| self.seat_at(position).is_some());
            for facility in self.places(part, somewhere) {
                self.run.resize(months.end, facility);
                let seats = months.clone().filter_map(|position| self.seat_at(position));
                if facility.is_none_or(|facility| seats.into_iter().all(|seat| self.allows(facility, seat))) {
                    self.parts(course, pattern, year, &rest)?;
                }
                self.run.truncate(before);
            }
        }
        Some(())
    }

    /// Where a part of this role can be; nowhere if it has no month with a seat.
    fn places(&self, part: &Part, somewhere: bool) -> Vec<Option<FacilityIx>> {
        if !somewhere {
            return vec![None];
        }
        let of_role = |&facility: &FacilityIx| {
            let role = self.scenario.facility(facility).role;
            role != Role::Associated && self.scenario.role_of(part) == Some(role)
        };
        self.scenario.facility_ixs().filter(of_role).map(Some).collect()
    }

    /// The month at this position of the pattern, if the resident has a seat in it.
    fn seat_at(&self, position: usize) -> Option<&TrainingMonth> {
        let place = self.pattern_months.get(position).copied().flatten()?;
        self.calendar.months.get(place).filter(|month| month.has_seat)
    }

    /// Whether history and locks allow the facility in the month.
    fn allows(&self, here: FacilityIx, TrainingMonth { month, .. }: &TrainingMonth) -> bool {
        let person = self.scenario.resident(self.resident);
        person.history.iter().all(|stay| !stay.span.contains(*month) || stay.facility == here)
            && person.locks.iter().all(|lock| {
                let same = lock.stay.facility == here;
                !lock.stay.span.contains(*month) || same == (lock.kind == LockKind::Must)
            })
    }

    /// Lays the pattern over the months of the training, month after month.
    fn lay_out(&mut self, course: CourseIx) -> Option<()> {
        let mut careers = vec![Vec::new()];
        for month in &self.calendar.months {
            let longer = |career: Vec<Option<FacilityIx>>| {
                let next: Vec<Option<FacilityIx>> = match month.standing {
                    _ if !month.has_seat => vec![None],
                    Standing::Pattern(position) => vec![self.run[position as usize]],
                    _ => self.goes_on(month, career.iter().rev().copied().flatten().next()),
                };
                next.into_iter().map(move |facility| {
                    let mut career = career.clone();
                    career.push(facility);
                    career
                })
            };
            careers = careers.into_iter().flat_map(longer).collect();
        }
        careers.into_iter().try_for_each(|months| self.keep(course, months))
    }

    /// Where a resident is in a month of an extension: where history has them or a lock demands them,
    /// else where they were last; anywhere if they were nowhere before.
    fn goes_on(&self, month: &TrainingMonth, last: Option<FacilityIx>) -> Vec<Option<FacilityIx>> {
        let person = self.scenario.resident(self.resident);
        let past = person.history.iter().filter(|stay| stay.span.contains(month.month));
        let musts = person.locks.iter().filter(|lock| lock.kind == LockKind::Must);
        let demanded = musts.map(|lock| &lock.stay).filter(|stay| stay.span.contains(month.month));
        let settled = past.chain(demanded).map(|stay| stay.facility).next().or(last);
        let anywhere = self.scenario.facility_ixs();
        anywhere
            .filter(|facility| self.scenario.facility(*facility).role != Role::Associated)
            .filter(|facility| settled.is_none_or(|settled| settled == *facility))
            .filter(|facility| self.allows(*facility, month))
            .map(Some)
            .collect()
    }

    /// Keeps the career if it obeys the rules about whole careers; `None` if there are too many.
    fn keep(&mut self, course: CourseIx, months: Vec<Option<FacilityIx>>) -> Option<()> {
        let rules = &self.scenario.rules;
        let role = |facility: FacilityIx| self.scenario.facility(facility).role;
        let seats: Vec<(&TrainingMonth, FacilityIx)> = self
            .calendar
            .months
            .iter()
            .zip(&months)
            .filter_map(|(month, facility)| Some((month, (*facility)?)))
            .collect();
        let counts = |month: &TrainingMonth| month.counts_at_facility(&rules.leave);
        // Units, not months: a part-time month counts as much as its hours do.
        let credit = |there: &dyn Fn(&TrainingMonth, FacilityIx) -> bool| -> u64 {
            let seats = seats.iter().filter(|(month, facility)| there(month, *facility));
            seats.map(|(month, _)| month.credit_at_facility(&rules.leave)).sum()
        };
        let comprehensive = credit(&|month, facility| {
            *self.scenario.facility(facility).accreditation.at(month.month) == Accreditation::Comprehensive
        });
        let core = credit(&|_, facility| role(facility) == Role::Core);
        let unit = self.calendar.unit;
        let different: BTreeSet<FacilityIx> = seats.iter().map(|(_, facility)| *facility).collect();
        let minima = comprehensive >= u64::from(rules.comprehensive_months_min) * unit
            && core >= u64::from(rules.core_months_min) * unit
            && different.len() >= rules.facilities_min as usize;
        // A run of months at one facility is one stay, wherever years, history and leave meet.
        let stays: Vec<_> = seats.chunk_by(|(_, a), (_, b)| a == b).collect();
        // What a resignation cuts off may be short.
        let whole = stays.len() - usize::from(self.calendar.resigned && !stays.is_empty());
        let short_stay = stays[..whole].iter().any(|stay| {
            let months = stay.iter().filter(|(month, _)| counts(month)).count();
            role(stay[0].1) == Role::Affiliate && months < rules.affiliate_stay_months_min as usize
        });
        if (minima || self.calendar.resigned) && !short_stay {
            self.found.insert(Career { course, months });
        }
        (self.found.len() <= self.most).then_some(())
    }
}
