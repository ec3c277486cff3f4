//! What a career costs one resident under given prices.
//!
//! Most of a cost adds up over stays. What does not is a *term*: it charges an amount that adds up along the
//! career (months in an earlier training year's affiliate, a goal's value, cases that can be reached) by
//! whether it comes to a level or how much it falls short of a need. A term without a price forbids. All of
//! it is whole; a bound on what terms charge (`Resource`) is what the search for the cheapest career rests on.

use std::sync::Arc;

use super::career_set::{Career, CareerSet};
use crate::cases::{Item, Presence, Site};
use crate::scenario::CourseIx;

/// What something forbidden costs: more than any career, and room to add in 64 bits.
pub const FORBIDDEN: i64 = i64::MAX / 8;

/// Sites up to which a table of them needs no memory of its own.
const SITES_AT_HAND: usize = 128;

/// Months of an academic year.
const YEAR_MONTHS: i64 = 12;

/// The cost of every career of a set for one resident.
#[derive(Debug, Clone, Default)]
pub struct Costs {
    /// Per stay of the set.
    pub per_stay: Vec<i64>,
    /// Per course of the scenario; [`FORBIDDEN`] takes a course out.
    pub per_course: Vec<i64>,
    /// Per repeated month; ≥ 0.
    pub per_repeat: i64,
    pub terms: Vec<Term>,
}

/// An amount of a career and what is charged for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub amount: Amount,
    pub charge: Charge,
}

/// What adds up along a career.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// A value of each stay, and one of the course it is on (none where that is empty).
    Stays(Arc<Vec<i64>>, Arc<Vec<i64>>),
    /// Repeated months.
    Repeats,
    /// Cases that can be reached.
    Cases(Arc<Reach>),
}

/// What is charged for an amount. Prices are ≥ 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// The price, once, if the amount is `level` or more; `None`: such careers are out.
    AtLeast { level: i64, price: Option<i64> },
    /// The price for each that the amount falls short of `need`; `None`: it may not.
    Short { need: i64, price: Option<i64> },
}

impl Charge {
    pub fn of(self, amount: i64) -> i64 {
        match self {
            Self::AtLeast { level, .. } if amount < level => 0,
            Self::AtLeast { price, .. } => price.unwrap_or(FORBIDDEN),
            Self::Short { need, .. } if amount >= need => 0,
            Self::Short { need, price } => price.map_or(FORBIDDEN, |price| price * (need - amount)),
        }
    }
}

/// The cases of an item that a career allows at some sites, whatever others need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Per stay the sites that count (as positions in `offers`) and its months there.
    sites: Vec<Vec<(u32, u32)>>,
    /// Cases a year.
    offers: Vec<u32>,
}

impl Reach {
    /// `presence`: per stay of a set its months by site.
    pub fn of(item: &Item, presence: &[Presence], counts: impl Fn(Site) -> bool) -> Self {
        let mut known: Vec<Site> = Vec::new();
        let mut reach = Self { sites: Vec::new(), offers: Vec::new() };
        let mut place = std::collections::HashMap::new();
        for of_stay in presence {
            let of_stay = item.at(of_stay);
            let counted = of_stay.iter().filter(|&&(site, _)| counts(site) && item.offer(site) > 0);
            let sites = counted.map(|&(site, months)| {
                let at = *place.entry(site).or_insert_with(|| {
                    known.push(site);
                    reach.offers.push(item.offer(site));
                    known.len() as u32 - 1
                });
                (at, months)
            });
            reach.sites.push(sites.collect());
        }
        reach
    }

    /// Cases that a sequence of stays allows: of each site's cases the share of the year spent there, rounded
    /// down.
    pub fn cases(&self, stays: &[u32]) -> i64 {
        let visits = || stays.iter().flat_map(|&stay| &self.sites[stay as usize]);
        let mut few = [0; SITES_AT_HAND];
        let mut many = Vec::new();
        let months: &mut [u32] = match few.get_mut(..self.offers.len()) {
            Some(few) => few,
            None => {
                many.resize(self.offers.len(), 0);
                &mut many
            }
        };
        let mut cases = 0;
        for &(site, of_stay) in visits() {
            let (offer, before) = (i64::from(self.offers[site as usize]), months[site as usize]);
            let share = |months: u32| offer * i64::from(months).min(YEAR_MONTHS) / YEAR_MONTHS;
            months[site as usize] += of_stay;
            cases += share(before + of_stay) - share(before);
        }
        // As counts of cases are kept elsewhere.
        cases.min(i64::from(u32::MAX))
    }

    /// Months of a sequence of stays by site, ascending: all that its cases depend on, now and later.
    pub(super) fn months(&self, stays: &[u32]) -> Vec<(u32, u32)> {
        let mut months: Vec<(u32, u32)> =
            stays.iter().flat_map(|&stay| self.sites[stay as usize].iter().copied()).collect();
        months.sort_unstable();
        months.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        months
    }

    /// Twelfths of a case that a stay allows, nothing rounded.
    fn twelfths(&self) -> Vec<i64> {
        let of = |&(site, months): &(u32, u32)| i64::from(self.offers[site as usize]) * i64::from(months);
        self.sites.iter().map(|sites| sites.iter().map(of).sum()).collect()
    }

    /// Per stay its share of the cases, each site's rounded down: together no more than the career allows.
    pub(super) fn rounded_down(&self) -> Vec<i64> {
        self.shares(0)
    }

    /// The same rounded up: together no less than the career allows.
    pub(super) fn rounded_up(&self) -> Vec<i64> {
        self.shares(YEAR_MONTHS - 1)
    }

    fn shares(&self, more: i64) -> Vec<i64> {
        let of = |&(site, months): &(u32, u32)| {
            (i64::from(self.offers[site as usize]) * i64::from(months) + more) / YEAR_MONTHS
        };
        self.sites.iter().map(|sites| sites.iter().map(of).sum()).collect()
    }
}

impl Amount {
    /// A value of each stay of a set, whatever the course.
    pub fn of_stays(per_stay: Vec<i64>) -> Self {
        Self::Stays(Arc::new(per_stay), Arc::default())
    }

    /// What a career has of it; `repeats` are its repeated months.
    fn of(&self, course: CourseIx, stays: &[u32], repeats: impl Fn() -> i64) -> i64 {
        match self {
            Self::Stays(per_stay, per_course) => {
                let of_stays: i64 = stays.iter().map(|&stay| per_stay[stay as usize]).sum();
                of_stays + of_course(per_course, course)
            }
            Self::Repeats => repeats(),
            Self::Cases(reach) => reach.cases(stays),
        }
    }

    /// What a career of the set has of it.
    pub fn of_career(&self, set: &CareerSet, number: u32) -> i64 {
        let Career { course, stays } = set.career(number as usize);
        self.of(*course, stays, || set.repeats(number as usize))
    }
}

impl Term {
    /// What is charged for a career.
    pub fn of(&self, set: &CareerSet, course: CourseIx, stays: &[u32]) -> i64 {
        self.charge.of(self.amount.of(course, stays, || i64::from(set.repeats_of(stays))))
    }
}

/// The value of a course where not every amount has one.
pub(super) fn of_course(per_course: &[i64], course: CourseIx) -> i64 {
    per_course.get(course.0).copied().unwrap_or(0)
}

impl Costs {
    /// Nothing costs anything.
    pub fn nothing(set: &CareerSet, courses: usize) -> Self {
        Self { per_stay: vec![0; set.stays.len()], per_course: vec![0; courses], ..Self::default() }
    }

    /// The cost of a career.
    pub fn of(&self, set: &CareerSet, career: &Career) -> i64 {
        self.with_repeats(career, || i64::from(set.repeats_of(&career.stays)))
    }

    /// The cost of a career that has a number.
    pub fn of_number(&self, set: &CareerSet, number: u32) -> i64 {
        self.with_repeats(set.career(number as usize), || set.repeats(number as usize))
    }

    fn with_repeats(&self, career: &Career, repeats: impl Fn() -> i64) -> i64 {
        let mut cost = self.per_course[career.course.0];
        for &stay in &career.stays {
            cost += self.per_stay[stay as usize];
        }
        if self.per_repeat != 0 {
            cost += self.per_repeat * repeats();
        }
        for Term { amount, charge } in &self.terms {
            cost = cost
                .saturating_add(charge.of(amount.of(career.course, &career.stays, &repeats)))
                .min(FORBIDDEN);
        }
        cost
    }
}

/// An amount as a sum over stays, and of the course, to be kept small, and what terms charge for it at least: never less where
/// there is more of it, never more than they really charge.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub per_stay: Vec<i64>,
    per_course: Vec<i64>,
    charges: Vec<Charge>,
    /// The sum is the negative of twelfths of a case.
    is_cases: bool,
}

impl Resource {
    /// Whether what is charged at the end can be more than what the sum says.
    pub fn is_rounded(&self) -> bool {
        self.is_cases
    }

    /// What a career on the course begins with.
    pub fn of_course(&self, course: CourseIx) -> i64 {
        of_course(&self.per_course, course)
    }

    pub fn charge(&self, sum: i64) -> i64 {
        let amount = if self.is_cases { (-sum).div_euclid(YEAR_MONTHS) } else { sum };
        self.charges.iter().fold(0, |all: i64, charge| all.saturating_add(charge.of(amount)).min(FORBIDDEN))
    }
}

/// The amounts that terms charge, those of the same amount together; repeats are not among them.
pub(super) fn resources<'t>(terms: impl Iterator<Item = &'t Term>) -> Vec<Resource> {
    let mut known: Vec<(&Amount, Resource)> = Vec::new();
    for term in terms {
        let same = |of: &Amount| match (of, &term.amount) {
            (Amount::Stays(a, on_a), Amount::Stays(b, on_b)) => {
                (Arc::ptr_eq(a, b) || a == b) && (Arc::ptr_eq(on_a, on_b) || on_a == on_b)
            }
            (Amount::Cases(a), Amount::Cases(b)) => Arc::ptr_eq(a, b) || a == b,
            _ => false,
        };
        if let Some((_, resource)) = known.iter_mut().find(|(of, _)| same(of)) {
            resource.charges.push(term.charge);
            continue;
        }
        let (per_stay, per_course, is_cases) = match &term.amount {
            Amount::Stays(per_stay, per_course) => (per_stay.to_vec(), per_course.to_vec(), false),
            Amount::Cases(reach) => (reach.twelfths().into_iter().map(|of| -of).collect(), Vec::new(), true),
            Amount::Repeats => continue,
        };
        let charges = vec![term.charge];
        known.push((&term.amount, Resource { per_stay, per_course, charges, is_cases }));
    }
    known.into_iter().map(|(_, resource)| resource).collect()
}
