//! The master problem: one career for each resident, seats for all.
//!
//! ```text
//! minimise    the goals, one after another
//! subject to  Σ_c x[i][c] = 1                                   for every resident i
//!             Σ x over careers present in row r ≤ capacity[r]   for every seat row r
//!             short[r] ≥ min[r] − Σ x over careers at work      for every coverage row r
//!             Σ demand of careers on cut k ≤ offer[k]           for every case cut k found so far
//!             x whole, ≥ 0
//! ```
//!
//! Residents a question cannot tell apart are taken together later (`classes`). A *row* is a facility (or, for pooled supervisors, the
//! whole program) in a span of months that no stay and no limit tells apart. A row of seats is one of coverage
//! too, except at a facility where somebody can be on leave in a seat: there coverage has rows of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::cuts::Cuts;
use crate::calendar::{Month, Span};
use crate::itineraries::{Amount, CareerSet, Careers, Itineraries};
use crate::plan::Plan;
use crate::plan::certificate::ResidentGoal;
use crate::regulation::Unlisted;
use crate::scenario::{CourseIx, FacilityIx, Resident, ResidentIx, Role, Scenario, Stay, SupervisorRounding};

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
    /// Units short of requirements of kind `wish`.
    shortfalls: Arc<Vec<i64>>,
    /// Points got, and on the first stay the best there are, as the goal counts them.
    points: Arc<Vec<i64>>,
}

/// A facility, or the whole program, in months that nothing tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `None`: all facilities together (pooled supervisors).
    pub facility: Option<FacilityIx>,
    pub span: Span,
    /// `None`: no limit.
    pub capacity: Option<i64>,
    /// Residents the facility counts on; 0 outside the months the goal `coverage` counts.
    pub min: i64,
    /// Whoever is on leave in a seat is not in the row: it is about coverage alone.
    pub at_work: bool,
    /// The capacity follows from another row's: whoever is present here is present there, and that
    /// one holds no more.
    pub implied: bool,
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

    /// A goal's value as an amount of a career; `None` where it depends on the course alone.
    pub fn amount(&self, kind: ResidentGoal) -> Option<Amount> {
        match kind {
            ResidentGoal::CourseWishes => None,
            ResidentGoal::FacilityWishes => Some(Amount::Stays(Arc::clone(&self.facility_values))),
            ResidentGoal::Stability => Some(Amount::Stays(Arc::clone(&self.stability_values))),
            ResidentGoal::Repeats => Some(Amount::Repeats),
            ResidentGoal::Requirements => Some(Amount::Stays(Arc::clone(&self.shortfalls))),
            ResidentGoal::Points => Some(Amount::Stays(Arc::clone(&self.points))),
        }
    }

    /// Per course of the scenario, the value of the goal `course-wishes`.
    pub fn values_of_courses(&self) -> &[i64] {
        &self.course_places
    }
}

impl<'a> Formulation<'a> {
    pub fn new(scenario: &'a Scenario, itineraries: Itineraries, base: Option<&Plan>) -> Self {
        let Itineraries { sets, set_of, careers_of, .. } = itineraries;
        let values = values(scenario, &sets, &set_of, base);
        let mut rows = rows(scenario, &sets);
        let rows_of: Vec<Vec<Vec<u32>>> = sets.iter().map(|set| rows_met(&rows, set)).collect();
        mark_implied(&mut rows, &rows_of);
        let cuts = Cuts::new(scenario, &sets);
        Self { scenario, sets, values, rows, rows_of, careers_of, cuts }
    }

    pub fn set(&self, resident: usize) -> &CareerSet {
        &self.sets[self.values[resident].set]
    }

    /// The rows a career is present in, with repetition for none.
    pub fn rows_of_career(&self, resident: usize, career: usize) -> impl Iterator<Item = usize> + '_ {
        let set = self.values[resident].set;
        self.sets[set]
            .stays_of(career)
            .iter()
            .flat_map(move |&stay| self.rows_of[set][stay as usize].iter().map(|&r| r as usize))
    }

    /// What a career is worth to a resident in a goal.
    pub fn value(&self, kind: ResidentGoal, resident: usize, career: usize) -> i64 {
        let (of, set) = (&self.values[resident], self.set(resident));
        let over_stays = |values: &[i64]| set.stays_of(career).iter().map(|&s| values[s as usize]).sum();
        match kind {
            ResidentGoal::CourseWishes => of.course_places[set.course(career).0],
            ResidentGoal::FacilityWishes => over_stays(&of.facility_values),
            ResidentGoal::Stability => over_stays(&of.stability_values),
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
) -> Vec<Values> {
    let longest_of = |list: fn(&Resident) -> usize| scenario.residents.iter().map(list).max().unwrap_or(0);
    let longest_courses = longest_of(|resident| resident.course_wishes.len());
    let longest_facilities = longest_of(|resident| resident.facility_wishes.len());
    let of_resident = |ix: ResidentIx| {
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
        let stability_value = |stay: &Stay| {
            base_months.iter().filter(|(m, f)| stay.span.contains(**m) && **f != stay.facility).count() as i64
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
        let with_past =
            |stay: &Stay| facility_value(stay) + if Some(stay.span.start) == first { past } else { 0 };
        Values {
            set,
            has_part,
            course_places: scenario.course_ixs().map(course_place).collect(),
            facility_values: Arc::new(sets[set].stays.iter().map(with_past).collect()),
            stability_values: Arc::new(sets[set].stays.iter().map(stability_value).collect()),
            shortfalls: Arc::new(vec![0; sets[set].stays.len()]),
            points: Arc::new(vec![0; sets[set].stays.len()]),
        }
    };
    scenario.resident_ixs().map(of_resident).collect()
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

/// The rows of every facility and of the pool, each facility's months cut where a stay starts or
/// ends or a number changes.
fn rows(scenario: &Scenario, sets: &[Arc<CareerSet>]) -> Vec<Row> {
    // A short training may end before the last month that `coverage` counts.
    let counted = scenario.coverage_months();
    let horizon = Span::between(scenario.start(), scenario.horizon().end().max(counted.end()));
    let mut rows = Vec::new();
    for facility in scenario.facility_ixs() {
        let stays = || sets.iter().flat_map(|set| &set.stays).filter(|stay| stay.facility == facility);
        let min = |m: Month| match counted.contains(m) {
            true => i64::from(*scenario.facility(facility).min_residents.at(m)),
            false => 0,
        };
        let row = Row {
            facility: Some(facility),
            span: horizon,
            capacity: None,
            min: 0,
            at_work: false,
            implied: false,
        };
        let away = leave_in_seats(sets, facility, &min);
        if away.is_empty() {
            let at = |m: Month| (capacity(scenario, facility, m), min(m));
            for (span, (capacity, min)) in pieces(horizon, stays(), at) {
                rows.push(Row { span, capacity, min, ..row.clone() });
            }
            continue;
        }
        for (span, capacity) in pieces(horizon, stays(), |m| capacity(scenario, facility, m)) {
            rows.push(Row { span, capacity, ..row.clone() });
        }
        // Where a leave begins or ends, coverage changes; a stay that is all leave has no part in it.
        for (span, min) in pieces(horizon, stays().chain(&away), min).into_iter().filter(|(_, min)| *min > 0)
        {
            rows.push(Row { span, min, at_work: true, ..row.clone() });
        }
    }
    let stays = sets.iter().flat_map(|set| &set.stays);
    for (span, capacity) in pieces(horizon, stays, |m| pooled_capacity(scenario, m)) {
        if capacity.is_some() {
            rows.push(Row { facility: None, span, capacity, min: 0, at_work: false, implied: false });
        }
    }
    rows
}

/// The months in which somebody can be on leave in a seat of a facility that counts on residents then.
fn leave_in_seats(sets: &[Arc<CareerSet>], facility: FacilityIx, min: &dyn Fn(Month) -> i64) -> Vec<Stay> {
    let of_set = |set: &Arc<CareerSet>| {
        let could_be = |m: Month| set.stays.iter().any(|s| s.facility == facility && s.span.contains(m));
        let months = set.not_at_work.iter().copied().filter(|&m| min(m) > 0 && could_be(m));
        months.map(|m| Stay { facility, span: Span::new(m, 1), section: None }).collect::<Vec<_>>()
    };
    sets.iter().flat_map(of_set).collect()
}

/// Cuts `horizon` where a stay starts or ends and where `at` changes.
fn pieces<'s, T: PartialEq>(
    horizon: Span,
    stays: impl Iterator<Item = &'s Stay>,
    at: impl Fn(Month) -> T,
) -> Vec<(Span, T)> {
    let mut cuts: BTreeSet<Month> = stays.flat_map(|stay| [stay.span.start, stay.span.end()]).collect();
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

/// Per stay the rows it is present in, ascending.
fn rows_met(rows: &[Row], set: &CareerSet) -> Vec<Vec<u32>> {
    let mut of_facility: BTreeMap<Option<FacilityIx>, Vec<u32>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        of_facility.entry(row.facility).or_default().push(at as u32);
    }
    let met = |stay: &Stay| {
        let near = [Some(stay.facility), None].into_iter().filter_map(|of| of_facility.get(&of)).flatten();
        let meets = |row: &u32| {
            let Row { span, at_work, .. } = rows[*row as usize];
            !span.intersection(stay.span).is_empty() && (!at_work || !set.not_at_work.contains(&span.start))
        };
        near.copied().filter(meets).collect()
    };
    set.stays.iter().map(met).collect()
}

/// Marks rows whose capacity another row implies (of two that imply each other the later).
fn mark_implied(rows: &mut [Row], rows_of: &[Vec<Vec<u32>>]) {
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
        let Some(capacity) = rows[row].capacity else { continue };
        // Only a row that all these stays share can imply this one.
        let candidates = stays[row].first().map_or(&[][..], |&(set, stay)| &rows_of[set][stay][..]);
        rows[row].implied = candidates.iter().map(|&other| other as usize).any(|other| {
            other != row
                && !rows[other].implied
                && rows[other].facility == rows[row].facility
                && rows[other].capacity.is_some_and(|least| least <= capacity)
                && within(&stays[row], &stays[other])
        });
    }
}
