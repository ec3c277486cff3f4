//! The rows of the master problem: what residents are counted at, in months that nothing tells apart.
//!
//! A *row* is a place (a facility, a section, or, for pooled supervisors, the whole program), a row of staffing, or the
//! residents of an intake year on a course, in a span of months that no stay and no limit tells apart. It has a
//! most, a least, or both. A row of seats is one of coverage too, except at a place where somebody can be on leave
//! in a seat: there coverage has rows of its own. What may be missed at a cost names the quantity that counts it;
//! all else has to be kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::bound::Quantity;
use crate::calendar::{Month, Span};
use crate::itineraries::{About, CareerSet, Step};
use crate::scenario::{
    CourseIx, FacilityIx, Force, Meanings, Place, ResidentIx, Scenario, SectionIx, Staffing,
    SupervisorRounding,
};

/// What a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// All facilities together (pooled supervisors).
    Program,
    Facility(FacilityIx),
    Section(SectionIx),
    /// Position in `Scenario::staffing`.
    Staffing(usize),
    /// Residents on a course who enter in a year.
    Intake(CourseIx, i32),
}

impl Of {
    pub fn facility(self) -> Option<FacilityIx> {
        match self {
            Self::Facility(facility) => Some(facility),
            _ => None,
        }
    }

    /// Whether it is a place that holds people; spreading them is about these.
    pub fn is_place(self) -> bool {
        matches!(self, Self::Facility(_) | Self::Section(_))
    }
}

/// Residents in months that nothing tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub of: Of,
    pub span: Span,
    /// `None`: no limit.
    pub capacity: Option<i64>,
    /// What each resident beyond the capacity adds to, for each month; `None`: there may be none.
    pub excess: Option<Quantity>,
    /// Residents asked for; 0 where and when nobody is.
    pub min: i64,
    /// What each missing resident adds to, for each month; `None`: none may be missing.
    pub lack: Option<Quantity>,
    /// Whoever is on leave in a seat is not in the row: it is about a minimum alone.
    pub at_work: bool,
    /// The capacity follows from another row's: whoever is present here is present there, and that
    /// one holds no more.
    pub implied: bool,
}

impl Row {
    fn new(of: Of, span: Span) -> Self {
        Self {
            of,
            span,
            capacity: None,
            excess: None,
            min: 0,
            lack: Some(Quantity::Coverage),
            at_work: false,
            implied: false,
        }
    }

    /// The most that a plan may have here; `None`: any number.
    pub fn seats(&self) -> Option<i64> {
        self.capacity.filter(|_| self.excess.is_none())
    }

    /// The least that a plan has to have here.
    pub fn floor(&self) -> i64 {
        if self.lack.is_none() { self.min } else { 0 }
    }

    /// Whether so many may be here.
    pub fn allows(&self, present: i64) -> bool {
        self.seats().is_none_or(|seats| present <= seats) && present >= self.floor()
    }

    /// What a row adds to a quantity where so many are present.
    pub fn missed(&self, quantity: Quantity, present: i64) -> i64 {
        let lacking = if self.lack == Some(quantity) { (self.min - present).max(0) } else { 0 };
        let most = self.capacity.filter(|_| self.excess == Some(quantity));
        let beyond = most.map_or(0, |most| (present - most).max(0));
        (lacking + beyond) * i64::from(self.span.months)
    }
}

/// The most residents a facility may hold in a month, by its own supervisors and seats.
fn capacity(scenario: &Scenario, facility: FacilityIx, month: Month) -> Option<i64> {
    let ratio = i64::from(scenario.rules.residents_per_supervisor);
    let of = scenario.facility(facility);
    let supervisors = *of.supervisors.at(month);
    // §2 [26,27,36], with the reading the scenario chose.
    let counted = match scenario.rules.supervisor_rounding {
        SupervisorRounding::FacilityFloor => Some(supervisors),
        SupervisorRounding::SupervisorFloor => Some(supervisors.floor()),
        SupervisorRounding::Pooled => None,
    };
    let counted = counted.filter(|_| !scenario.lifted.supervisors_in(facility, month));
    let counted = counted.filter(|counted| counted.is_zero() || !scenario.lifted.ratio);
    let by_supervisors = counted.and_then(|counted| (Decimal::from(ratio) * counted).floor().to_i64());
    let by_seats = of.seats.at(month).map(i64::from);
    match (by_supervisors, by_seats) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The most residents all facilities together may hold in a month; `None` unless pooled.
fn pooled_capacity(scenario: &Scenario, month: Month) -> Option<i64> {
    let is_pooled = scenario.rules.supervisor_rounding == SupervisorRounding::Pooled;
    if !is_pooled || scenario.lifted.pool_in(month) {
        return None;
    }
    let supervisors: Decimal = scenario.facilities.iter().map(|f| *f.supervisors.at(month)).sum();
    if scenario.lifted.ratio && !supervisors.is_zero() {
        return None;
    }
    (Decimal::from(scenario.rules.residents_per_supervisor) * supervisors).floor().to_i64()
}

/// The rows of every place and of the pool, each place's months cut where a stay starts or
/// ends or a number changes; then those of staffing, and of courses. `firsts`: somebody of each set.
pub(super) fn rows(meanings: &Meanings<'_>, sets: &[Arc<CareerSet>], firsts: &[ResidentIx]) -> Vec<Row> {
    let scenario = meanings.scenario();
    let steps = steps(sets);
    // A short training may end before the last month that `coverage` counts.
    let counted = scenario.coverage_months();
    let horizon = Span::between(scenario.start(), scenario.horizon().end().max(counted.end()));
    let mut rows = Vec::new();
    for facility in scenario.facility_ixs() {
        let min = |m: Month| i64::from(*scenario.facility(facility).min_residents.at(m));
        let seats = |m: Month| capacity(scenario, facility, m);
        let here = |step: &Step| step.is_at(facility);
        rows.extend(rows_of_place(
            Of::Facility(facility),
            (horizon, counted),
            (sets, &steps),
            &here,
            &seats,
            &min,
        ));
    }
    for section in scenario.section_ixs() {
        let of = scenario.section(section);
        let min = |m: Month| i64::from(*of.min_residents.at(m));
        let seats = |m: Month| of.seats.at(m).map(i64::from);
        let here = |step: &Step| step.place.is_some_and(|place| place.section == Some(section));
        rows.extend(rows_of_place(
            Of::Section(section),
            (horizon, counted),
            (sets, &steps),
            &here,
            &seats,
            &min,
        ));
    }
    let stays = steps.iter().map(|step| step.span);
    for (span, capacity) in pieces(horizon, stays, |m| pooled_capacity(scenario, m)) {
        if capacity.is_some() {
            rows.push(Row { capacity, ..Row::new(Of::Program, span) });
        }
    }
    for number in 0..scenario.staffing.len() {
        rows.extend(rows_of_staffing(meanings, number, (sets, &steps), firsts));
    }
    for course in scenario.course_ixs() {
        for (&year, &most) in &scenario.course(course).intake_max {
            let span = scenario.calendar.span_of(year);
            rows.push(Row { capacity: Some(i64::from(most)), ..Row::new(Of::Intake(course, year), span) });
        }
    }
    rows
}

fn rows_of_place(
    of: Of,
    (horizon, counted): (Span, Span),
    (sets, steps): (&[Arc<CareerSet>], &BTreeSet<Step>),
    here: &dyn Fn(&Step) -> bool,
    seats: &dyn Fn(Month) -> Option<i64>,
    min: &dyn Fn(Month) -> i64,
) -> Vec<Row> {
    let stays = || steps.iter().filter(|step| here(step)).map(|step| step.span);
    let min = |m: Month| if counted.contains(m) { min(m) } else { 0 };
    let mut rows = Vec::new();
    let away = leave_in_seats(sets, here, &min);
    if away.is_empty() {
        for (span, (capacity, min)) in pieces(horizon, stays(), |m| (seats(m), min(m))) {
            rows.push(Row { capacity, min, ..Row::new(of, span) });
        }
        return rows;
    }
    for (span, capacity) in pieces(horizon, stays(), seats) {
        rows.push(Row { capacity, ..Row::new(of, span) });
    }
    // Where a leave begins or ends, coverage changes; a stay that is all leave has no part in it.
    for (span, min) in pieces(horizon, stays().chain(away), min).into_iter().filter(|(_, min)| *min > 0) {
        rows.push(Row { min, at_work: true, ..Row::new(of, span) });
    }
    rows
}

/// The months in which somebody can be on leave in a seat of a place that counts on residents then.
fn leave_in_seats(
    sets: &[Arc<CareerSet>],
    here: &dyn Fn(&Step) -> bool,
    min: &dyn Fn(Month) -> i64,
) -> Vec<Span> {
    let of_set = |set: &Arc<CareerSet>| {
        let could_be = |m: Month| set.stays.iter().any(|step| here(step) && step.span.contains(m));
        let months = set.not_at_work.iter().copied().filter(|&m| min(m) > 0 && could_be(m));
        months.map(|m| Span::new(m, 1)).collect::<Vec<_>>()
    };
    sets.iter().flat_map(of_set).collect()
}

/// The rows of one row of staffing: its minimum and its maximum apart, since they count different months and
/// residents.
fn rows_of_staffing(
    meanings: &Meanings<'_>,
    number: usize,
    (sets, steps): (&[Arc<CareerSet>], &BTreeSet<Step>),
    firsts: &[ResidentIx],
) -> Vec<Row> {
    let scenario = meanings.scenario();
    let staffing = &scenario.staffing[number];
    let from = staffing.from.unwrap_or(scenario.start()).max(scenario.start());
    let span = |until: Month| {
        let until = staffing.until.map_or(until, |last| last.plus(1));
        Span::between(from, until.max(from))
    };
    let places = scenario.places();
    let selected = |m: Month| -> Vec<bool> {
        places.iter().map(|&place| meanings.selects(staffing.place, place, m)).collect()
    };
    let mut stays: Vec<Span> = Vec::new();
    let everybody = staffing.who.any.is_empty();
    if everybody {
        stays.extend(steps.iter().filter(|step| is_staffed(meanings, staffing, step)).map(|step| step.span));
    }
    for (set, &first) in sets.iter().zip(firsts).filter(|_| !everybody) {
        let steps = set.stays.iter().zip(&set.about);
        let meant = steps.filter(|(step, about)| is_of_staffing(meanings, staffing, step, about, first));
        stays.extend(meant.map(|(step, _)| step.span));
    }
    let soft = (staffing.force == Force::Wish).then_some(Quantity::Staffing);
    let row = |span: Span| Row { excess: soft, lack: soft, ..Row::new(Of::Staffing(number), span) };
    let mut rows = Vec::new();
    if let Some(max) = staffing.max {
        let months = span(scenario.horizon().end().max(scenario.start()));
        for (span, _) in pieces(months, stays.iter().copied(), selected) {
            rows.push(Row { capacity: Some(i64::from(max)), ..row(span) });
        }
    }
    if let Some(min) = staffing.min.filter(|min| *min > 0) {
        let away = |m: Month| -> Vec<bool> {
            sets.iter().map(|set| set.not_at_work.binary_search(&m).is_ok()).collect()
        };
        let months = span(scenario.coverage_months().end());
        for (span, _) in pieces(months, stays.iter().copied(), |m| (selected(m), away(m))) {
            rows.push(Row { min: i64::from(min), at_work: true, ..row(span) });
        }
    }
    rows
}

/// Whether somebody of a set is counted by a row of staffing in some month of a stay, as far as place and person go.
fn is_of_staffing(
    meanings: &Meanings<'_>,
    staffing: &Staffing,
    step: &Step,
    about: &About,
    first: ResidentIx,
) -> bool {
    let person = meanings.scenario().resident(first);
    is_staffed(meanings, staffing, step) && staffing.who.means(person, about.course, about.year)
}

/// Whether a row of staffing means the place of a stay in some month.
fn is_staffed(meanings: &Meanings<'_>, staffing: &Staffing, step: &Step) -> bool {
    let is_there =
        |place: Place| step.span.iter().any(|month| meanings.selects(staffing.place, place, month));
    step.place.is_some_and(is_there)
}

/// Where and when anybody can be, each once.
fn steps(sets: &[Arc<CareerSet>]) -> BTreeSet<Step> {
    // Stays of a set are in order of time and place, so those alike are neighbours.
    let of_set = |set: &Arc<CareerSet>| {
        let mut steps = set.stays.clone();
        steps.dedup();
        steps
    };
    sets.iter().flat_map(of_set).collect()
}

/// Cuts `horizon` where a stay starts or ends and where `at` changes.
fn pieces<T: PartialEq>(
    horizon: Span,
    stays: impl Iterator<Item = Span>,
    at: impl Fn(Month) -> T,
) -> Vec<(Span, T)> {
    // A row of staffing has months of its own, which stays reach beyond.
    let is_within = |cut: &Month| (horizon.start..=horizon.end()).contains(cut);
    let mut cuts: BTreeSet<Month> =
        stays.flat_map(|span| [span.start, span.end()]).filter(is_within).collect();
    cuts.insert(horizon.start);
    cuts.insert(horizon.end());
    for month in horizon.iter().skip(1) {
        if at(month) != at(month.minus(1)) {
            cuts.insert(month);
        }
    }
    let cuts: Vec<Month> = cuts.into_iter().collect();
    cuts.windows(2).map(|pair| (Span::between(pair[0], pair[1]), at(pair[0]))).collect()
}

/// Per stay of a set the rows it is present in, ascending; `first` is somebody of the set.
pub(super) fn rows_met(
    meanings: &Meanings<'_>,
    rows: &[Row],
    set: &CareerSet,
    first: ResidentIx,
) -> Vec<Vec<u32>> {
    let scenario = meanings.scenario();
    let mut known: BTreeMap<Of, Vec<u32>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        known.entry(row.of).or_default().push(at as u32);
    }
    // Of each place the rows of staffing that can mean it.
    let mut staffed: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for place in set.stays.iter().filter_map(|step| step.place) {
        let can_mean = |&number: &usize| {
            let selector = scenario.staffing[number].place;
            !meanings.is_constant(selector) || meanings.selects(selector, place, scenario.start())
        };
        staffed.entry(place).or_insert_with(|| (0..scenario.staffing.len()).filter(can_mean).collect());
    }
    let met =
        |step: &Step, about: &About| {
            let Some(place) = step.place else { return Vec::new() };
            let section = place.section.map(Of::Section);
            let near = [Some(Of::Facility(place.facility)), section, Some(Of::Program)].into_iter().flatten();
            let staffing =
                staffed.get(&place).into_iter().flatten().copied().filter(|&number| {
                    is_of_staffing(meanings, &scenario.staffing[number], step, about, first)
                });
            let near: BTreeSet<Of> = near.chain(staffing.map(Of::Staffing)).collect();
            let meets = |row: &u32| {
                let Row { of, span, at_work, .. } = rows[*row as usize];
                let common = span.intersection(step.span);
                let is_meant = match of {
                    Of::Staffing(number) => {
                        meanings.selects(scenario.staffing[number].place, place, common.start)
                    }
                    _ => true,
                };
                !common.is_empty() && is_meant && !(at_work && set.not_at_work.contains(&span.start))
            };
            let mut met: Vec<u32> =
                near.iter().filter_map(|of| known.get(of)).flatten().copied().filter(meets).collect();
            met.sort_unstable();
            met
        };
    let mut all: Vec<Vec<u32>> = Vec::with_capacity(set.stays.len());
    let mut last: Option<(Step, CourseIx, u32)> = None;
    for (step, about) in set.stays.iter().zip(&set.about) {
        // What else tells stays apart is in no row.
        let key = Some((*step, about.course, about.year));
        let again = all.last().filter(|_| key == last).cloned();
        all.push(again.unwrap_or_else(|| met(step, about)));
        last = key;
    }
    all
}

/// Per course of the scenario the rows that somebody of the set is in who is on it.
pub(super) fn rows_of_courses(scenario: &Scenario, rows: &[Row], first: ResidentIx) -> Vec<Vec<u32>> {
    let entry_year = scenario.resident(first).entry_year;
    // Whoever is on leave in all decided months is on a course still; whoever is gone before them is not counted.
    let is_counted = !scenario.decided(first).is_empty();
    let of = |course: CourseIx| {
        let is_it = |row: &Row| is_counted && row.of == Of::Intake(course, entry_year);
        (0..rows.len() as u32).filter(|&row| is_it(&rows[row as usize])).collect()
    };
    scenario.course_ixs().map(of).collect()
}

/// Marks rows whose capacity another row implies (of two that imply each other the later).
pub(super) fn mark_implied(rows: &mut [Row], rows_of: &[Vec<Vec<u32>>]) {
    // Per row the stays present in it, as (set, stay), ascending.
    let mut stays: Vec<Vec<(usize, usize)>> = vec![Vec::new(); rows.len()];
    for (set, of_stays) in rows_of.iter().enumerate() {
        for (stay, met) in of_stays.iter().enumerate() {
            for &row in met {
                stays[row as usize].push((set, stay));
            }
        }
    }
    let within =
        |a: &[(usize, usize)], b: &[(usize, usize)]| a.iter().all(|stay| b.binary_search(stay).is_ok());
    for row in 0..rows.len() {
        let Some(capacity) = rows[row].seats() else { continue };
        // Only a row that all these stays share can imply this one.
        let candidates = stays[row].first().map_or(&[][..], |&(set, stay)| &rows_of[set][stay][..]);
        rows[row].implied = candidates.iter().map(|&other| other as usize).any(|other| {
            other != row
                && !rows[other].implied
                && rows[other].of == rows[row].of
                && rows[other].seats().is_some_and(|least| least <= capacity)
                && within(&stays[row], &stays[other])
        });
    }
}
