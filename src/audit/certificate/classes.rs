//! Residents whom no certificate can tell apart, and what months at facilities are worth to them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc as Shared, OnceLock};

use super::cases::Cases;
use super::limits::{Limit, Meter};
use super::relaxed::Relaxed;
use super::tracks::{Counts, RowId, Tracks};
use super::unfolded::Unfolded;
use super::ways::{self, Arc, Leg, NOWHERE, Ways, is_somewhere};
use crate::audit::goals::{place, unlisted_course, unlisted_facility};
use crate::calendar::{Month, Span};
use crate::plan::Plan;
use crate::scenario::{CourseIx, GoalKind, Leave, Lock, ResidentIx, Role, Scenario, Stay};

/// Residents alike in everything that decides where they can be and what it is worth to them.
pub struct Class<'s> {
    scenario: &'s Scenario,
    /// The first of them.
    pub resident: ResidentIx,
    /// Position among the [`Ways`].
    pub ways: usize,
    pub members: u32,
    /// Per course its place in the list of wishes.
    pub course_places: Vec<i64>,
    /// Per facility what a month there adds to `facility-wishes`.
    pub facility_places: Vec<i64>,
    /// What the months before the first decided one add to it, if they count.
    past: i64,
    /// The first month to be filled, in months since the first decided one; every career is somewhere in it.
    first: Option<u32>,
    /// Per month of the training the facility of the base plan, if the month is decided and has one.
    base: Vec<u32>,
    /// The courses that the base plan names for them.
    base_courses: BTreeSet<CourseIx>,
    /// Per assessed case item what has to be experienced in the decided months.
    pub needs: Vec<i64>,
    /// Per course the rows of tables that concern them on it; `None` where none do.
    pub tracks: Vec<Option<Tracks<'s>>>,
    /// The ways with what the rows remember, once it was made; one for all with the same ways and rows.
    pub unfolded: Shared<OnceLock<Result<Option<Unfolded>, Limit>>>,
    /// Whether a search along the ways alone had to be given up.
    pub is_unfolded: AtomicBool,
    /// The ways with the rows that are not light, once it was made.
    pub relaxed: OnceLock<Result<Option<Relaxed>, Limit>>,
    /// Per arc the most points its months can earn; empty where nothing does.
    pub points_most: Vec<i64>,
    /// The best attainable points.
    pub points_best: i64,
}

/// From when on somebody is gone, and from when on nothing is planned for them.
type Away = (Option<Month>, Option<Month>);
/// What decides where somebody can be.
type Alike<'s> = (Month, Option<CourseIx>, &'s [Stay], &'s [Lock], &'s [Leave], Away, Vec<CourseIx>);
/// What rows of tables may ask about somebody: year of entry, tags, rows of points of their own.
type Named<'s> = (i32, &'s [String], Vec<usize>);
/// What, besides, decides what it is worth.
type Wishes<'s> = (usize, &'s [CourseIx], Vec<i64>, i64, i64, Base, Vec<i64>, Named<'s>);
/// Where the base plan has somebody, per month of the training, and on which courses.
type Base = (Vec<u32>, BTreeSet<CourseIx>);

/// The ways of everybody, the classes, and which is whose.
pub type Everybody<'s> = (Vec<Ways>, Vec<Class<'s>>, Vec<usize>);

/// Takes residents together.
pub fn of_all<'s>(
    scenario: &'s Scenario,
    base: Option<&Plan>,
    cases: &Cases,
    meter: &Meter<'_>,
) -> Result<Everybody<'s>, Limit> {
    let mut ways_of: BTreeMap<Alike<'_>, usize> = BTreeMap::new();
    let mut known: BTreeMap<Wishes<'_>, usize> = BTreeMap::new();
    let mut unfolded: BTreeMap<(usize, Vec<Vec<RowId>>), Shared<OnceLock<_>>> = BTreeMap::new();
    let (mut all_ways, mut classes, mut class_of) = (Vec::new(), Vec::<Class<'s>>::new(), Vec::new());
    let mut base_rows: BTreeMap<ResidentIx, Vec<(Span, u32)>> = BTreeMap::new();
    let mut base_courses: BTreeMap<ResidentIx, BTreeSet<CourseIx>> = BTreeMap::new();
    for row in base.into_iter().flat_map(|plan| &plan.rows) {
        base_rows.entry(row.resident).or_default().push((row.span, row.facility.0 as u32));
        base_courses.entry(row.resident).or_default().extend(row.course);
    }
    for ix in scenario.resident_ixs() {
        let resident = scenario.resident(ix);
        let alike: Alike<'_> = (
            resident.entry,
            resident.course,
            &resident.history,
            &resident.locks,
            &resident.leaves,
            (resident.resigned_from, resident.set_aside_from),
            ways::open_courses(scenario, ix),
        );
        let own = match ways_of.get(&alike) {
            Some(&own) => own,
            None => {
                all_ways.push(Ways::new(scenario, ix, meter)?);
                ways_of.insert(alike, all_ways.len() - 1);
                all_ways.len() - 1
            }
        };
        let rows = base_rows.get(&ix).map_or(&[][..], Vec::as_slice);
        let base = base_months(scenario, &all_ways[own], rows);
        let on_course = base_courses.remove(&ix).unwrap_or_default();
        let needs = cases.needs(scenario, ix, all_ways[own].is_gone);
        let facility_places = facility_places(scenario, ix);
        let past = past(scenario, ix, &facility_places);
        let unlisted = unlisted_course(scenario, ix);
        let places = facility_places.clone();
        let named = named(scenario, ix);
        let of_base = (base.clone(), on_course.clone());
        let wishes =
            (own, &resident.course_wishes[..], places, unlisted, past, of_base, needs.clone(), named);
        let class = *known.entry(wishes).or_insert(classes.len());
        if class == classes.len() {
            meter.keep(2 * facility_places.len() + base.len())?;
            let course_places = course_places(scenario, ix, &all_ways[own]);
            let first = first(scenario, &all_ways[own]);
            let tracks = tracks(scenario, ix, &all_ways[own]);
            let points_most = points_most(&all_ways[own], &tracks);
            meter.keep(points_most.len())?;
            let rows = tracks.iter().map(|of| of.as_ref().map(Tracks::rows).unwrap_or_default()).collect();
            let unfolded = Shared::clone(unfolded.entry((own, rows)).or_default());
            classes.push(Class {
                scenario,
                resident: ix,
                ways: own,
                members: 0,
                course_places,
                facility_places,
                past,
                first,
                base,
                base_courses: on_course,
                needs,
                tracks,
                unfolded,
                is_unfolded: AtomicBool::new(false),
                relaxed: OnceLock::new(),
                points_most,
                points_best: 0,
            });
        }
        classes[class].members += 1;
        class_of.push(class);
    }
    Ok((all_ways, classes, class_of))
}

fn named(scenario: &Scenario, ix: ResidentIx) -> Named<'_> {
    let resident = scenario.resident(ix);
    let own = scenario.points.iter().enumerate().filter(|(_, row)| row.resident == Some(ix));
    (resident.entry_year, &resident.tags[..], own.map(|(position, _)| position).collect())
}

/// Per course the rows that concern a resident on it.
fn tracks<'s>(scenario: &'s Scenario, ix: ResidentIx, ways: &Ways) -> Vec<Option<Tracks<'s>>> {
    // Who is gone before anything is decided is not judged.
    if ways.is_gone {
        return Vec::new();
    }
    let asks = |kind| scenario.goals.iter().any(|goal| goal.kind == kind);
    let counts = Counts { requirements: asks(GoalKind::Requirements), points: asks(GoalKind::Points) };
    let roots: BTreeSet<CourseIx> = ways.roots.iter().map(|(course, _)| *course).collect();
    let of = |course: CourseIx| {
        roots.contains(&course).then(|| Tracks::of(scenario, ix, &ways.calendar, course, counts)).flatten()
    };
    scenario.course_ixs().map(of).collect()
}

/// The points are those of everybody on whatever course, so any will do.
fn points_most(ways: &Ways, tracks: &[Option<Tracks<'_>>]) -> Vec<i64> {
    let Some(tracks) = tracks.iter().flatten().next() else { return Vec::new() };
    let most = |arc: &Arc| {
        let months = ways.legs[arc.leg as usize].places.clone();
        match arc.facility {
            NOWHERE => 0,
            _ => tracks.points_most(months, |month| ways.here(arc, month)),
        }
    };
    let all: Vec<i64> = ways.arcs.iter().map(most).collect();
    if all.iter().all(|points| *points == 0) { Vec::new() } else { all }
}

/// Where the base plan has somebody, per month of the training.
fn base_months(scenario: &Scenario, ways: &Ways, rows: &[(Span, u32)]) -> Vec<u32> {
    let at = |month: Month| {
        let row = rows.iter().find(|(span, _)| span.contains(month)).filter(|_| month >= scenario.start());
        row.map_or(NOWHERE, |(_, facility)| *facility)
    };
    let months: Vec<u32> = ways.calendar.months.iter().map(|month| at(month.month)).collect();
    if months.iter().all(|facility| *facility == NOWHERE) { Vec::new() } else { months }
}

/// What history adds to `facility-wishes`.
fn past(scenario: &Scenario, ix: ResidentIx, facility_places: &[i64]) -> i64 {
    let history = scenario.resident(ix).history.iter().filter(|_| scenario.rules.wishes_count_history);
    history.map(|stay| facility_places[stay.facility.0] * i64::from(stay.span.months)).sum()
}

fn first(scenario: &Scenario, ways: &Ways) -> Option<u32> {
    let since = |month: Month| u32::try_from(month.since(scenario.start())).ok();
    ways.calendar.months.iter().filter(|month| month.has_seat).find_map(|month| since(month.month))
}

fn course_places(scenario: &Scenario, ix: ResidentIx, ways: &Ways) -> Vec<i64> {
    let wishes = &scenario.resident(ix).course_wishes;
    // Whoever is gone before anything is decided has no part in a goal.
    let unlisted = unlisted_course(scenario, ix);
    let of = |course| match ways.is_gone {
        true => 0,
        false => place(wishes, &course, unlisted),
    };
    scenario.course_ixs().map(of).collect()
}

fn facility_places(scenario: &Scenario, ix: ResidentIx) -> Vec<i64> {
    let wishes = &scenario.resident(ix).facility_wishes;
    let unlisted = unlisted_facility(scenario, ix);
    let of = |facility| match scenario.facility(facility).role {
        Role::Affiliate => place(wishes, &facility, unlisted),
        Role::Core | Role::Associated => 0,
    };
    scenario.facility_ixs().map(of).collect()
}

impl Class<'_> {
    pub fn entry_year(&self) -> i32 {
        self.scenario.resident(self.resident).entry_year
    }

    /// Whether anything is decided of them.
    pub fn is_judged(&self) -> bool {
        !self.tracks.is_empty()
    }

    /// The rows of tables that concern them on a course.
    pub fn tracks(&self, course: CourseIx) -> Option<&Tracks<'_>> {
        self.tracks.get(course.0)?.as_ref()
    }

    /// Whether a resident of the class on an arc counts for a row of staffing in a month, given in months since the
    /// first decided one. Where no course is given, whether they do on any, or on all.
    pub fn staffs(
        &self,
        ways: &Ways,
        arc: &Arc,
        row: usize,
        since: u32,
        course: Option<CourseIx>,
        on_any: bool,
    ) -> bool {
        let scenario = self.scenario;
        let month = scenario.start().plus(since);
        let Some(this) = ways.calendar.at(month) else { return false };
        let row = &scenario.staffing[row];
        if !ways.here(arc, this).is_some_and(|place| scenario.selects(row.place, place, month)) {
            return false;
        }
        let resident = scenario.resident(self.resident);
        let year = ways.calendar.year(this).unwrap_or(0);
        let means = |course: CourseIx| row.who.means(resident, course, year);
        let mut courses = ways.roots.iter().map(|(course, _)| *course);
        match course {
            Some(course) => means(course),
            None if on_any => courses.any(means),
            None => courses.all(means),
        }
    }

    /// The most points the months of an arc can earn.
    pub fn points_most(&self, arc: usize) -> i64 {
        self.points_most.get(arc).copied().unwrap_or(0)
    }

    /// What a leg at a facility adds to `facility-wishes`; the past stands where every career begins.
    pub fn wishes(&self, leg: &Leg, facility: u32) -> i64 {
        let place = self.facility_places.get(facility as usize).copied().unwrap_or(0);
        let is_first = leg.decided.first().is_some_and(|months| Some(months.start) == self.first);
        place * i64::from(leg.months()) + if is_first { self.past } else { 0 }
    }

    /// Decided months with a seat of the leg in which the base plan has the resident elsewhere.
    pub fn moved(&self, ways: &Ways, leg: &Leg, facility: u32) -> i64 {
        let Some(base) = self.base.get(leg.places.clone()).filter(|_| is_somewhere(facility)) else {
            return 0;
        };
        let months = ways.calendar.months[leg.places.clone()].iter().zip(base);
        months.filter(|(month, base)| month.has_seat && **base != NOWHERE && **base != facility).count()
            as i64
    }

    /// What a course adds to `stability`: 1 where the base plan has somebody on another one.
    pub fn changes_course(&self, course: CourseIx) -> i64 {
        // Whoever is gone before anything is decided has no part in a goal.
        i64::from(self.is_judged() && !self.base_courses.is_empty() && !self.base_courses.contains(&course))
    }

    /// Where the base plan has the resident in a month of the training.
    #[cfg(test)]
    pub fn base_at(&self, place: usize) -> Option<u32> {
        self.base.get(place).copied().filter(|facility| *facility != NOWHERE)
    }

    /// Whether the base plan has the resident anywhere.
    pub fn has_base(&self) -> bool {
        !self.base.is_empty()
    }
}
