//! What every goal is worth, counted from the placements month by month (DESIGN 3).
//!
//! Decided months with a seat only. A plan that breaks rules is counted as it stands: a month without a row adds
//! nothing, a month at two facilities counts at both (once for `stability`, which counts months).

use std::collections::{BTreeMap, BTreeSet};

use super::certificate::attainable_points;
use super::course_pattern::follows;
use super::presence::{Career, Presence};
use super::training_months::TrainingMonth;
use super::{points, requirements, staffing};
use crate::plan::{GoalValue, Plan};
use crate::regulation::Unlisted;
use crate::scenario::{CourseIx, FacilityIx, Goal, GoalKind, Measure, Place, ResidentIx, Role, Scenario};

/// The value of every goal of the scenario, in its order.
///
/// `stability` is left out without a base plan: there is nothing to compare with.
pub fn goal_values(scenario: &Scenario, plan: &Plan, base: Option<&Plan>) -> Vec<(Goal, GoalValue)> {
    count(&Presence::new(scenario, plan), base, None)
}

/// All that is counted of a plan.
pub(super) struct Counted {
    pub goals: Vec<(Goal, GoalValue)>,
    pub coverage: i64,
    pub staffing: i64,
    /// Per resident goal the residents' values, as [`resident_values`] has them.
    of_residents: Vec<(GoalKind, Vec<i64>)>,
}

impl Counted {
    pub fn of(&self, kind: GoalKind) -> Vec<i64> {
        let known = self.of_residents.iter().find(|(of, _)| *of == kind);
        known.map(|(_, values)| values.clone()).unwrap_or_default()
    }
}

/// Counts a plan where the best attainable points are known.
pub(super) fn goals_given(scenario: &Scenario, plan: &Plan, base: Option<&Plan>, best: &[i64]) -> Counted {
    let presence = Presence::new(scenario, plan);
    let of_base = base.map(|base| Presence::new(scenario, base));
    let of = |kind| (kind, per_resident(&presence, of_base.as_ref(), kind, Some(best)));
    Counted {
        goals: count(&presence, base, Some(best)),
        coverage: shortfall(&presence).values().sum(),
        staffing: staffing::short_of_wishes(&presence),
        of_residents: GoalKind::ALL.into_iter().map(of).collect(),
    }
}

/// What a goal counts for each resident, in the scenario's order; 0 for residents with nothing to
/// decide. Empty for `coverage`, which is no resident's, and for `stability` without a base plan.
pub fn resident_values(scenario: &Scenario, plan: &Plan, base: Option<&Plan>, kind: GoalKind) -> Vec<i64> {
    let base = base.map(|base| Presence::new(scenario, base));
    per_resident(&Presence::new(scenario, plan), base.as_ref(), kind, None)
}

/// How many resident-months every facility, and every section, lacks of its `min_residents`, per academic year
/// that `coverage` counts; years in which it asks for nobody are left out. A facility as such is a place without a
/// section.
pub fn coverage_shortfall(scenario: &Scenario, plan: &Plan) -> BTreeMap<(Place, i32), i64> {
    shortfall(&Presence::new(scenario, plan))
}

/// `best`: the best attainable points, where they are known.
pub(super) fn count(
    presence: &Presence<'_>,
    base: Option<&Plan>,
    best: Option<&[i64]>,
) -> Vec<(Goal, GoalValue)> {
    let scenario = presence.scenario;
    let stability = scenario.goals.iter().any(|goal| goal.kind == GoalKind::Stability);
    let base = base.filter(|_| stability).map(|base| Presence::new(scenario, base));
    let counted = scenario.goals.iter().filter(|goal| goal.kind != GoalKind::Stability || base.is_some());
    counted.map(|goal| (*goal, value(presence, base.as_ref(), *goal, best))).collect()
}

fn value(
    presence: &Presence<'_>,
    base: Option<&Presence<'_>>,
    goal: Goal,
    best: Option<&[i64]>,
) -> GoalValue {
    if goal.kind == GoalKind::Coverage {
        return GoalValue::Number(shortfall(presence).values().sum());
    }
    if goal.kind == GoalKind::Staffing {
        return GoalValue::Number(staffing::short_of_wishes(presence));
    }
    // Residents with nothing to decide have no part in a goal, not even as zeros of a vector.
    let all = per_resident(presence, base, goal.kind, best);
    let values: Vec<i64> = presence
        .careers
        .iter()
        .zip(all)
        .filter(|(career, _)| !career.decided.is_empty())
        .map(|(_, value)| value)
        .collect();
    match goal.measure {
        Measure::Sum => GoalValue::Number(values.iter().sum()),
        Measure::Worst => GoalValue::Number(values.into_iter().max().unwrap_or(0)),
        Measure::SumPlusWorst => {
            GoalValue::Number(values.iter().sum::<i64>() + values.iter().max().copied().unwrap_or(0))
        }
        Measure::WorstFirst => {
            let mut counts: BTreeMap<i64, u32> = BTreeMap::new();
            for value in values {
                *counts.entry(value).or_default() += 1;
            }
            GoalValue::Vector(counts.into_iter().rev().collect())
        }
    }
}

fn per_resident(
    presence: &Presence<'_>,
    base: Option<&Presence<'_>>,
    kind: GoalKind,
    best: Option<&[i64]>,
) -> Vec<i64> {
    let scenario = presence.scenario;
    let each = |value: &dyn Fn(&Career) -> i64| {
        let value = |career: &Career| if career.decided.is_empty() { 0 } else { value(career) };
        presence.careers.iter().map(value).collect()
    };
    match kind {
        GoalKind::Coverage | GoalKind::Staffing => Vec::new(),
        GoalKind::Requirements => each(&|career| requirements::short_of_wishes(scenario, career)),
        GoalKind::Points => {
            let best = best.map_or_else(|| attainable_points(scenario), <[i64]>::to_vec);
            each(&|career| (best[career.resident.0] - points::earned(scenario, career)).max(0))
        }
        GoalKind::CourseWishes => each(&|career| course_place(scenario, career)),
        GoalKind::FacilityWishes => each(&|career| facility_places(scenario, career)),
        GoalKind::Repeats => each(&|career| repeats(scenario, career)),
        GoalKind::Stability => match base {
            None => Vec::new(),
            Some(base) => {
                let pairs = presence.careers.iter().zip(&base.careers);
                let of = |(now, then): (&Career, &Career)| match now.decided.is_empty() {
                    true => 0,
                    false => moves(scenario, now, then),
                };
                pairs.map(of).collect()
            }
        },
    }
}

/// What an entry costs that is not in a list of so many wishes: 0 if there are none.
fn unlisted<'a>(scenario: &Scenario, own: usize, all: impl Iterator<Item = &'a usize>) -> i64 {
    match scenario.rules.unlisted {
        Unlisted::Longest if own > 0 => all.copied().max().unwrap_or(own) as i64,
        Unlisted::Own | Unlisted::Longest => own as i64,
    }
}

/// What a course costs that is not among the resident's wishes.
pub(super) fn unlisted_course(scenario: &Scenario, resident: ResidentIx) -> i64 {
    let lengths: Vec<usize> = scenario.residents.iter().map(|one| one.course_wishes.len()).collect();
    unlisted(scenario, lengths[resident.0], lengths.iter())
}

/// What a facility costs that is not among the resident's wishes.
pub(super) fn unlisted_facility(scenario: &Scenario, resident: ResidentIx) -> i64 {
    let lengths: Vec<usize> = scenario.residents.iter().map(|one| one.facility_wishes.len()).collect();
    unlisted(scenario, lengths[resident.0], lengths.iter())
}

/// The 0-based place of an entry in a list of wishes.
pub(super) fn place<T: PartialEq>(wishes: &[T], entry: &T, unlisted: i64) -> i64 {
    wishes.iter().position(|wish| wish == entry).map_or(unlisted, |place| place as i64)
}

/// `course-wishes`: the place of the resident's course in their list.
///
/// The course is the one the rows name (of several, the least wished: `course-fixed` reports them);
/// if they name none, the fixed one; if none is fixed, the best wished that the placements follow,
/// since naming it would change nothing else.
fn course_place(scenario: &Scenario, career: &Career) -> i64 {
    let resident = scenario.resident(career.resident);
    let unlisted = unlisted_course(scenario, career.resident);
    let place = |course: CourseIx| place(&resident.course_wishes, &course, unlisted);
    if resident.course_wishes.is_empty() {
        return 0;
    }
    if let Some(named) = career.courses.iter().map(|course| place(*course)).max() {
        return named;
    }
    if let Some(fixed) = resident.course {
        return place(fixed);
    }
    let open = scenario.course_ixs().filter(|course| scenario.course(*course).is_open_to(resident));
    let followed = open.filter(|course| follows(scenario, career, *course));
    followed.map(place).min().unwrap_or(unlisted)
}

fn is_affiliate(scenario: &Scenario, facility: FacilityIx) -> bool {
    scenario.facility(facility).role == Role::Affiliate
}

/// `facility-wishes`: over decided months at affiliates, the place of the facility in the list; over all
/// months of the training if history counts.
fn facility_places(scenario: &Scenario, career: &Career) -> i64 {
    let wishes = &scenario.resident(career.resident).facility_wishes;
    let unlisted = unlisted_facility(scenario, career.resident);
    let decided = career.due().flat_map(|(month, _)| career.places(month.month));
    let before = career.seats().filter(|(month, _)| !career.decided.contains(month.month));
    // Whoever has no month to be filled has nothing that could make up for the past.
    let is_due = |month: &TrainingMonth| month.has_seat && career.decided.contains(month.month);
    let has_due = career.calendar.months.iter().any(is_due);
    let before = before.filter(|_| scenario.rules.wishes_count_history && has_due);
    let places = decided.chain(before.filter_map(|(month, _)| career.past(month.month)));
    let affiliates = places.filter(|facility| is_affiliate(scenario, *facility));
    affiliates.map(|facility| place(wishes, &facility, unlisted)).sum()
}

/// `repeats`: decided months at an affiliate where the resident was in an earlier training year.
fn repeats(scenario: &Scenario, career: &Career) -> i64 {
    let mut earlier: BTreeSet<FacilityIx> = BTreeSet::new();
    let mut this_year: BTreeSet<FacilityIx> = BTreeSet::new();
    let mut repeated = 0;
    let mut year = None;
    for (seat, _) in career.seats() {
        if career.calendar.year(seat) != year {
            year = career.calendar.year(seat);
            earlier.append(&mut this_year);
        }
        if !career.decided.contains(seat.month) {
            this_year.extend(career.past(seat.month));
            continue;
        }
        for facility in career.places(seat.month).filter(|facility| is_affiliate(scenario, *facility)) {
            repeated += i64::from(earlier.contains(&facility));
            this_year.insert(facility);
        }
    }
    repeated
}

/// `stability`: decided months in which the resident is somewhere the base plan does not place them,
/// among the months in which the base plan places them at all; and one more if the course is another one.
fn moves(scenario: &Scenario, now: &Career, then: &Career) -> i64 {
    let moved = now.due().filter(|(month, _)| {
        let before = then.claims(month.month);
        !before.is_empty() && now.places(month.month).any(|facility| !before.contains(&facility))
    });
    moved.count() as i64 + i64::from(changes_course(scenario, now, then))
}

/// Whether the course is none of those the base plan names; one that nobody names is no change.
fn changes_course(scenario: &Scenario, now: &Career, then: &Career) -> bool {
    let fixed = scenario.resident(now.resident).course.filter(|_| now.courses.is_empty());
    !then.courses.is_empty() && now.courses.iter().chain(&fixed).any(|course| !then.courses.contains(course))
}

/// `coverage`, per place and academic year.
fn shortfall(presence: &Presence<'_>) -> BTreeMap<(Place, i32), i64> {
    let scenario = presence.scenario;
    let facilities = scenario
        .facility_ixs()
        .map(|facility| (Place { facility, section: None }, &scenario.facility(facility).min_residents));
    let sections = scenario.section_ixs().map(|ix| {
        let section = scenario.section(ix);
        (Place { facility: section.facility, section: Some(ix) }, &section.min_residents)
    });
    let mut missing = BTreeMap::new();
    for (place, min_residents) in facilities.chain(sections) {
        for month in scenario.coverage_months().iter() {
            let wanted = *min_residents.at(month);
            if wanted == 0 {
                continue;
            }
            let lacking = i64::from(wanted.saturating_sub(presence.at_work(place, month)));
            *missing.entry((place, scenario.calendar.year_of(month))).or_default() += lacking;
        }
    }
    missing
}
