//! The careers of residents who are alike: the stays they are made of, and those that were met, by number.
//!
//! A career is a course and a sequence of *stays*, each a place (or none, where a course leaves months free) in a
//! span of months within which no career of the set begins or ends a part there; two stays next to each other at
//! one place are one to the world. So a career has one sequence, and what adds up over months adds up over stays.
//! Where something counts that depends on what was before (whether a stay begins, what a requirement is short of
//! when its window is over), stays at one place in one span are told apart by it ([`About`]). There can be far
//! more careers than memory: a career gets a number when something first wants to remember it, and keeps
//! it.

use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::once::Marks;
use crate::calendar::{Month, Span};
use crate::cases::{Presence, Supplies};
use crate::scenario::{CourseIx, FacilityIx, Place, Stay};

/// Some months of a career.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    pub span: Span,
    /// `None`: nowhere, in training all the same.
    pub place: Option<Place>,
}

impl Step {
    pub fn facility(self) -> Option<FacilityIx> {
        self.place.map(|place| place.facility)
    }

    pub fn is_at(self, facility: FacilityIx) -> bool {
        self.facility() == Some(facility)
    }

    /// As a stay; `None` for free months.
    pub fn stay(self) -> Option<Stay> {
        let Place { facility, section } = self.place?;
        Some(Stay { facility, span: self.span, section })
    }
}

/// What tells stays apart that are alike in place and time; only what something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct About {
    /// Stands for the courses that no rule of staffing tells apart.
    pub course: CourseIx,
    /// The training year of its first month.
    pub year: u32,
    /// A stay at the place, and one at the facility, begins with it.
    pub begins: bool,
    pub begins_at_facility: bool,
    /// The stay before was at another facility.
    pub changes: bool,
    /// Free months with a stay after them.
    pub idle: bool,
    /// Units short of requirements of kind `wish` that are counted here.
    pub short: u32,
}

/// A career, whether it has a number or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Career {
    pub course: CourseIx,
    /// In order of time, as positions in [`CareerSet::stays`].
    pub stays: Box<[u32]>,
}

/// What the goal `repeats` looks at in a stay.
#[derive(Debug, Clone, Default)]
pub(super) struct Repeatable {
    /// (training year, months in it), ascending; none unless the facility is an affiliate.
    pub years: Vec<(u32, u32)>,
}

/// The careers of residents who are alike in entry, fixed course, history, locks and leaves.
#[derive(Debug, Default)]
pub struct CareerSet {
    /// The stays careers are made of, decided months only, ascending by first month.
    pub stays: Vec<Step>,
    /// One per stay.
    pub about: Vec<About>,
    /// Months with a seat in which no cases accrue: the same for all careers.
    pub without_cases: Vec<Month>,
    /// Months with a seat in which nobody can count on the resident: the same for all careers, ascending.
    pub not_at_work: Vec<Month>,
    /// One per stay: what a path of a diagram has to look at to be a career. Nothing where every path is one.
    pub(super) marks: Vec<Marks>,
    pub(super) repeatable: Vec<Repeatable>,
    /// Affiliates known from before the decided months, and the training year they were first known in.
    pub(super) past: Vec<(FacilityIx, u32)>,
    met: boxcar::Vec<Met>,
    numbers: Mutex<HashTable<u32>>,
}

#[derive(Debug)]
struct Met {
    career: Career,
    repeats: u32,
}

impl CareerSet {
    pub(super) fn of_stays(
        (stays, about, marks): (Vec<Step>, Vec<About>, Vec<Marks>),
        repeatable: Vec<Repeatable>,
        past: Vec<(FacilityIx, u32)>,
        without_cases: Vec<Month>,
        not_at_work: Vec<Month>,
    ) -> Self {
        let marks = if marks.iter().all(|of| *of == Marks::default()) { Vec::new() } else { marks };
        Self { stays, about, marks, repeatable, past, without_cases, not_at_work, ..Self::default() }
    }

    /// The same stays, and no career met yet.
    pub(super) fn unnumbered(&self) -> Self {
        Self {
            stays: self.stays.clone(),
            about: self.about.clone(),
            without_cases: self.without_cases.clone(),
            not_at_work: self.not_at_work.clone(),
            marks: self.marks.clone(),
            repeatable: self.repeatable.clone(),
            past: self.past.clone(),
            ..Self::default()
        }
    }

    /// The number of a career, given now if it has none yet.
    ///
    /// Numbers follow the order of the calls, so calls must come in an order that is the same in every run.
    pub fn number(&self, career: &Career) -> u32 {
        let hash = FxBuildHasher.hash_one(career);
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |&number: &u32| self.met[number as usize].career == *career;
        if let Some(&known) = numbers.find(hash, is_it) {
            return known;
        }
        let repeats = self.repeats_of(&career.stays);
        let number = self.met.push(Met { career: career.clone(), repeats }) as u32;
        numbers
            .insert_unique(hash, number, |&other| FxBuildHasher.hash_one(&self.met[other as usize].career));
        number
    }

    /// The number of a career that has one.
    pub fn known(&self, career: &Career) -> Option<u32> {
        let numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |&number: &u32| self.met[number as usize].career == *career;
        numbers.find(FxBuildHasher.hash_one(career), is_it).copied()
    }

    /// How many careers have a number.
    pub fn numbered(&self) -> usize {
        self.met.count()
    }

    pub fn career(&self, number: usize) -> &Career {
        &self.met[number].career
    }

    pub fn course(&self, number: usize) -> CourseIx {
        self.met[number].career.course
    }

    /// The stays of a numbered career in order of time, as positions in [`CareerSet::stays`].
    pub fn stays_of(&self, number: usize) -> &[u32] {
        &self.met[number].career.stays
    }

    /// Value of the goal `repeats`: decided months at an affiliate where the resident already was in an
    /// earlier training year.
    pub fn repeats(&self, number: usize) -> i64 {
        i64::from(self.met[number].repeats)
    }

    /// The same of a sequence of stays.
    pub fn repeats_of(&self, stays: &[u32]) -> u32 {
        let mut known = self.past.clone();
        stays.iter().map(|&stay| self.repeats_after(&mut known, stay)).sum()
    }

    /// Months of a stay at an affiliate known from an earlier training year.
    pub(super) fn repeats_of_next(&self, known: &[(FacilityIx, u32)], stay: u32) -> u32 {
        let Repeatable { years } = &self.repeatable[stay as usize];
        let Some(&(own_first, _)) = years.first() else { return 0 };
        let Some(facility) = self.stays[stay as usize].facility() else { return 0 };
        let first = known.iter().find(|(of, _)| *of == facility).map_or(own_first, |&(_, first)| first);
        years.iter().filter(|(year, _)| *year > first).map(|(_, months)| months).sum()
    }

    /// The same; `known` learns of the stay.
    pub(super) fn repeats_after(&self, known: &mut Vec<(FacilityIx, u32)>, stay: u32) -> u32 {
        let repeats = self.repeats_of_next(known, stay);
        let first = self.repeatable[stay as usize].years.first();
        if let (Some(&(first, _)), Some(facility)) = (first, self.stays[stay as usize].facility())
            && known.iter().all(|(of, _)| *of != facility)
        {
            known.push((facility, first));
        }
        repeats
    }

    /// Whether a sequence of stays keeps what diagrams of the set leave to the search.
    pub(super) fn is_career(&self, stays: &[u32]) -> bool {
        let mut seen = 0;
        self.marks.is_empty()
            || stays.iter().all(|&stay| {
                let Marks { once, needs } = self.marks[stay as usize];
                let may_come = once & seen == 0 && needs & !seen == 0;
                seen |= once;
                may_come
            })
    }

    /// Per stay the months that can be repeated ones.
    pub(super) fn repeatable_months(&self) -> Vec<i64> {
        let months = |of: &Repeatable| of.years.iter().map(|&(_, months)| i64::from(months)).sum();
        self.repeatable.iter().map(months).collect()
    }

    /// Per stay its months by site.
    pub fn presence(&self, supplies: &Supplies) -> Vec<Presence> {
        let of = |step: &Step| {
            step.stay().map_or_else(Presence::new, |stay| supplies.sites_of(stay, &self.without_cases))
        };
        self.stays.iter().map(of).collect()
    }

    /// A sequence of stays as a person sees it: what follows at the same place is one stay, free months are none.
    pub fn merged(&self, stays: &[u32]) -> Vec<Stay> {
        let mut merged: Vec<Stay> = Vec::new();
        for &stay in stays {
            let Some(stay) = self.stays[stay as usize].stay() else { continue };
            match merged.last_mut() {
                Some(last) if last.place() == stay.place() && last.span.end() == stay.span.start => {
                    last.span = Span::new(last.span.start, last.span.months + stay.span.months);
                }
                _ => merged.push(stay),
            }
        }
        merged
    }
}
