//! The master problem: one career for each resident, seats for all.
//!
//! ```text
//! minimise    the goals, one after another
//! subject to  Σ_c x[i][c] = 1                                   for every resident i
//!             Σ x over careers present in row r ≤ capacity[r]   for every seat row r
//!             short[r] ≥ min[r] − Σ x over careers at work      for every row r that asks for somebody
//!             Σ demand of careers on cut k ≤ offer[k]           for every case cut k found so far
//!             x whole, ≥ 0
//! ```
//!
//! Residents a question cannot tell apart are taken together later (`classes`). What a *row* is, `rows` says.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::cuts::Cuts;
use super::rows::{Row, mark_implied, rows, rows_met, rows_of_courses};
use crate::calendar::Month;
use crate::itineraries::{About, Amount, CareerSet, Careers, Itineraries, Step};
use crate::plan::Plan;
use crate::plan::certificate::ResidentGoal;
use crate::regulation::Unlisted;
use crate::scenario::{
    CourseIx, Earns, FacilityIx, GoalKind, Meanings, Resident, ResidentIx, Role, Scenario, Stay,
};

/// What a resident's careers are worth to them.
#[derive(Debug, Clone)]
pub struct Values {
    /// Position in [`Formulation::sets`].
    pub set: usize,
    /// Whether anything is decided about them; else they have no part in a goal, not even as a zero.
    pub has_part: bool,
    course_places: Vec<i64>,
    /// Per stay of the set.
    facility_values: Arc<Vec<i64>>,
    stability_values: Arc<Vec<i64>>,
    /// Per course of the scenario, 1 where the base plan has the resident on another one.
    course_changes: Arc<Vec<i64>>,
    /// Units short of requirements of kind `wish`.
    shortfalls: Arc<Vec<i64>>,
    /// Points got, and on the first stay the best there are, as the goal counts them.
    points: Arc<Vec<i64>>,
}

/// The master problem of a scenario.
#[derive(Debug)]
pub struct Formulation<'a> {
    pub scenario: &'a Scenario,
    pub sets: Vec<Arc<CareerSet>>,
    /// Per resident, as in the scenario.
    pub values: Vec<Values>,
    pub rows: Vec<Row>,
    /// Per set and stay: the rows it is present in.
    pub rows_of: Vec<Vec<Vec<u32>>>,
    /// Per set and course of the scenario: the rows that its residents on the course are in.
    pub rows_of_course: Vec<Vec<Vec<u32>>>,
    /// Per resident the careers of the set that are theirs.
    pub careers_of: Vec<Arc<Careers>>,
    pub cuts: Cuts,
}

impl Values {
    /// Per stay of the set, for goals whose value adds up over stays.
    pub fn values_of_stays(&self, kind: ResidentGoal) -> &[i64] {
        match kind {
            ResidentGoal::FacilityWishes => &self.facility_values,
            ResidentGoal::Stability => &self.stability_values,
            ResidentGoal::CourseWishes | ResidentGoal::Repeats => &[],
            ResidentGoal::Requirements => &self.shortfalls,
            ResidentGoal::Points => &self.points,
        }
    }

    /// Whether every career is worth as much to both in a goal, given that both have the same careers.
    pub fn counts_alike(&self, other: &Self, kind: ResidentGoal) -> bool {
        self.values_of_stays(kind) == other.values_of_stays(kind)
            && self.values_of_courses(kind) == other.values_of_courses(kind)
    }

    /// A goal's value as an amount of a career; `None` where it depends on the course alone.
    pub fn amount(&self, kind: ResidentGoal) -> Option<Amount> {
        let over_stays = |values: &Arc<Vec<i64>>| Some(Amount::Stays(Arc::clone(values), Arc::default()));
        match kind {
            ResidentGoal::CourseWishes => None,
            ResidentGoal::FacilityWishes => over_stays(&self.facility_values),
            ResidentGoal::Stability => {
                Some(Amount::Stays(Arc::clone(&self.stability_values), Arc::clone(&self.course_changes)))
            }
            ResidentGoal::Repeats => Some(Amount::Repeats),
            ResidentGoal::Requirements => over_stays(&self.shortfalls),
            ResidentGoal::Points => over_stays(&self.points),
        }
    }

    /// Per course of the scenario what it adds to a goal; nothing to most of them.
    pub fn values_of_courses(&self, kind: ResidentGoal) -> &[i64] {
        match kind {
            ResidentGoal::CourseWishes => &self.course_places,
            ResidentGoal::Stability => &self.course_changes,
            ResidentGoal::FacilityWishes
            | ResidentGoal::Repeats
            | ResidentGoal::Requirements
            | ResidentGoal::Points => &[],
        }
    }
}

impl<'a> Formulation<'a> {
    pub fn new(scenario: &'a Scenario, itineraries: Itineraries, base: Option<&Plan>) -> Self {
        let meanings = Meanings::of(scenario);
        let points = points(&meanings, &itineraries);
        let Itineraries { sets, set_of, careers_of, .. } = itineraries;
        let values = values(scenario, &sets, &set_of, base, points);
        let firsts: Vec<ResidentIx> = (0..sets.len())
            .map(|set| ResidentIx(set_of.iter().position(|of| *of == set).unwrap_or(0)))
            .collect();
        let mut rows = rows(&meanings, &sets, &firsts);
        let with_first = || sets.iter().zip(&firsts);
        let rows_of: Vec<Vec<Vec<u32>>> =
            with_first().map(|(set, first)| rows_met(&meanings, &rows, set, *first)).collect();
        let rows_of_course = firsts.iter().map(|first| rows_of_courses(scenario, &rows, *first)).collect();
        mark_implied(&mut rows, &rows_of);
        let cuts = Cuts::new(scenario, &sets);
        Self { scenario, sets, values, rows, rows_of, rows_of_course, careers_of, cuts }
    }

    pub fn set(&self, resident: usize) -> &CareerSet {
        &self.sets[self.values[resident].set]
    }

    /// The rows a career is present in, with repetition for none.
    pub fn rows_of_career(&self, resident: usize, career: usize) -> impl Iterator<Item = usize> + '_ {
        let set = self.values[resident].set;
        let of_stays = self.sets[set]
            .stays_of(career)
            .iter()
            .flat_map(move |&stay| self.rows_of[set][stay as usize].iter().map(|&r| r as usize));
        let of_course = &self.rows_of_course[set][self.sets[set].course(career).0];
        of_stays.chain(of_course.iter().map(|&r| r as usize))
    }

    /// What a career is worth to a resident in a goal.
    pub fn value(&self, kind: ResidentGoal, resident: usize, career: usize) -> i64 {
        let (of, set) = (&self.values[resident], self.set(resident));
        let over_stays = |values: &[i64]| set.stays_of(career).iter().map(|&s| values[s as usize]).sum();
        match kind {
            ResidentGoal::CourseWishes => of.course_places[set.course(career).0],
            ResidentGoal::FacilityWishes => over_stays(&of.facility_values),
            ResidentGoal::Stability => {
                over_stays(&of.stability_values) + of.course_changes[set.course(career).0]
            }
            ResidentGoal::Requirements => over_stays(&of.shortfalls),
            ResidentGoal::Points => over_stays(&of.points),
            ResidentGoal::Repeats => set.repeats(career),
        }
    }
}

/// The place of `item` in a list of wishes; no list counts as 0, what is not listed as the length of the
/// resident's own list or, if the scenario says so, of the `longest`.
fn place<T: PartialEq>(scenario: &Scenario, wishes: &[T], item: &T, longest: usize) -> i64 {
    let unlisted = match scenario.rules.unlisted {
        _ if wishes.is_empty() => 0,
        Unlisted::Own => wishes.len(),
        Unlisted::Longest => longest,
    };
    wishes.iter().position(|wish| wish == item).unwrap_or(unlisted) as i64
}

fn values(
    scenario: &Scenario,
    sets: &[Arc<CareerSet>],
    set_of: &[usize],
    base: Option<&Plan>,
    points: Vec<Vec<i64>>,
) -> Vec<Values> {
    let longest_of = |list: fn(&Resident) -> usize| scenario.residents.iter().map(list).max().unwrap_or(0);
    let longest_courses = longest_of(|resident| resident.course_wishes.len());
    let longest_facilities = longest_of(|resident| resident.facility_wishes.len());
    let of_resident = |(ix, points): (ResidentIx, Vec<i64>)| {
        let resident = scenario.resident(ix);
        let base_months = base_months(scenario, ix, base);
        let set = set_of[ix.0];
        let facility_value = |stay: &Stay| match scenario.facility(stay.facility).role {
            Role::Affiliate => {
                let place = place(scenario, &resident.facility_wishes, &stay.facility, longest_facilities);
                place * i64::from(stay.span.months)
            }
            Role::Core | Role::Associated => 0,
        };
        let stability_value = |stay: &Step| {
            let moved = |month: &Month, facility: FacilityIx| {
                stay.span.contains(*month) && stay.facility().is_some_and(|here| here != facility)
            };
            base_months.iter().filter(|&(month, &facility)| moved(month, facility)).count() as i64
        };
        let has_part = !scenario.decided(ix).is_empty();
        let course_place = |c: CourseIx| match has_part {
            true => place(scenario, &resident.course_wishes, &c, longest_courses),
            false => 0,
        };
        let past = resident.history.iter().filter(|_| scenario.rules.wishes_count_history);
        let past: i64 = past.map(facility_value).sum();
        // Every career has exactly one of the stays that begin in the first month to be filled: what history
        // is worth stands there, whichever it is.
        let first = sets[set].stays.first().map(|stay| stay.span.start);
        let with_past = |step: &Step| {
            let own = step.stay().map_or(0, |stay| facility_value(&stay));
            own + if Some(step.span.start) == first { past } else { 0 }
        };
        Values {
            set,
            has_part,
            course_places: scenario.course_ixs().map(course_place).collect(),
            facility_values: Arc::new(sets[set].stays.iter().map(with_past).collect()),
            stability_values: Arc::new(sets[set].stays.iter().map(stability_value).collect()),
            course_changes: Arc::new(course_changes(scenario, ix, base)),
            shortfalls: Arc::new(sets[set].about.iter().map(|about| i64::from(about.short)).collect()),
            points: Arc::new(points),
        }
    };
    scenario.resident_ixs().zip(points).map(of_resident).collect()
}

/// Per resident and stay of their set the goal `points`: the best attainable, on the stays of the first month, less
/// what is got.
fn points(meanings: &Meanings<'_>, itineraries: &Itineraries) -> Vec<Vec<i64>> {
    let scenario = meanings.scenario();
    let is_counted = scenario.goals.iter().any(|goal| goal.kind == GoalKind::Points);
    let of_resident = |(ix, &set): (ResidentIx, &usize)| {
        let CareerSet { stays, about, .. } = &*itineraries.sets[set];
        let rows = scenario.points.iter().filter(|row| row.resident.is_none_or(|of| of == ix));
        let rows: Vec<_> = rows.filter(|_| is_counted).collect();
        let earned = |(step, about): (&Step, &About)| -> i64 {
            let months = i64::from(step.span.months);
            let of_row = |earns: Earns| match (earns, step.place) {
                (Earns::Month(selector), Some(place)) => {
                    step.span.iter().filter(|&month| meanings.selects(selector, place, month)).count() as i64
                }
                (Earns::Stay(selector), Some(place)) => {
                    let by_section = scenario.selector(selector).names_sections();
                    let begins = if by_section { about.begins } else { about.begins_at_facility };
                    i64::from(begins && meanings.selects(selector, place, step.span.start))
                }
                (Earns::Change, _) => i64::from(about.changes),
                (Earns::Idle, _) => {
                    if about.idle {
                        months
                    } else {
                        0
                    }
                }
                (_, None) => 0,
            };
            rows.iter().map(|row| i64::from(row.points) * of_row(row.earns)).sum()
        };
        let lost: Vec<i64> = stays.iter().zip(about).map(|of| -earned(of)).collect();
        let least = match rows.is_empty() {
            true => 0,
            false => itineraries.least(set, &Amount::of_stays(lost.clone())).unwrap_or(0),
        };
        let first = stays.first().map(|step| step.span.start);
        let best_on_first = |step: &Step| if Some(step.span.start) == first { least } else { 0 };
        lost.iter().zip(stays).map(|(lost, step)| lost - best_on_first(step)).collect()
    };
    let residents: Vec<(ResidentIx, &usize)> = scenario.resident_ixs().zip(&itineraries.set_of).collect();
    residents.into_par_iter().map(of_resident).collect()
}

/// Per course whether it is another one than those the base plan names for the resident; no change where it names
/// none or nothing is decided any more.
fn course_changes(scenario: &Scenario, resident: ResidentIx, base: Option<&Plan>) -> Vec<i64> {
    let rows = base.iter().flat_map(|plan| &plan.rows).filter(|row| row.resident == resident);
    let before: Vec<CourseIx> = rows.filter_map(|row| row.course).collect();
    let is_open = !before.is_empty() && !scenario.decided(resident).is_empty();
    scenario.course_ixs().map(|course| i64::from(is_open && !before.contains(&course))).collect()
}

/// Where the base plan has the resident in the months that are decided now.
fn base_months(
    scenario: &Scenario,
    resident: ResidentIx,
    base: Option<&Plan>,
) -> BTreeMap<Month, FacilityIx> {
    let decided = scenario.decided(resident);
    let mut months = BTreeMap::new();
    for row in base.iter().flat_map(|plan| &plan.rows).filter(|row| row.resident == resident) {
        for month in row.span.intersection(decided).iter() {
            months.entry(month).or_insert(row.facility);
        }
    }
    months
}
