//! Tests of the judge's own careers: with leave, resignations, history and locks of all kinds they are
//! the careers its rules accept, found by trying every facility in every month, and worth the same.

#[allow(clippy::duplicate_mod, reason = "the tests of `solve` share it in the same way")]
#[path = "../../../tests/it/common/mod.rs"]
mod common;

use std::collections::BTreeSet;

use common::program::{course, empty, facility, resident};
use rand::prelude::*;

use super::careers::of_all;
use super::problem::{Problem, kind};
use crate::audit::goals::resident_values;
use crate::audit::training_months::Training;
use crate::audit::{audit, goal_values};
use crate::calendar::{Month, Span};
use crate::plan::certificate::ResidentGoal;
use crate::plan::{Placement, Plan};
use crate::regulation::{Rule, Subject};
use crate::scenario::{
    Accreditation, ChildbirthExcess, CourseIx, FacilityIx, Leave, LeaveKind, LeaveRules, Lock, LockKind,
    ResidentIx, Role, Scenario, Stay,
};

/// More ways to be placed than this are not tried.
const WAYS_MAX: usize = 3_000;

/// One resident in a program of six months, with whatever can happen to them.
fn generate(seed: u64) -> Scenario {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut scenario = empty(6);
    scenario.unchecked_mut().facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "9"),
        facility("east", Role::Affiliate, Accreditation::Comprehensive, "9"),
        facility("west", Role::Affiliate, Accreditation::Training, "9"),
    ];
    let all = [
        course("A", &["core:3 affiliate:3"]),
        course("B", &["core:6", "core:4 affiliate:2"]),
        course("C", &["core:2 affiliate:2 affiliate:2", "affiliate:6"]),
        course("D", &["core:1 affiliate:5"]),
    ];
    scenario.unchecked_mut().courses = all.sample(&mut rng, 2).cloned().collect();
    let rules = &mut scenario.unchecked_mut().rules;
    rules.comprehensive_months_min = rng.random_range(0..5);
    rules.core_months_min = rng.random_range(0..3);
    rules.affiliate_stay_months_min = rng.random_range(1..4);
    rules.facilities_min = rng.random_range(1..3);
    rules.leave = LeaveRules {
        childbirth_months_max: rng.random_range(0..3),
        childbirth_excess: *ChildbirthExcess::ALL.choose(&mut rng).unwrap(),
        illness_months_max: rng.random_range(0..3),
        part_time_months_max: rng.random_range(0..3),
        part_time_hours: rng.random_range(1..30),
        leave_months_max: rng.random_bool(0.3).then(|| rng.random_range(0..4)),
        counted_leave_keeps_seat: rng.random_bool(0.6),
        leave_counts_at_facility: rng.random_bool(0.6),
        ..rules.leave.clone()
    };
    let before = rng.random_bool(0.3);
    let mut person = resident("r", if before { 2019 } else { 2020 });
    person.course_wishes = vec![CourseIx(rng.random_range(0..2))];
    person.facility_wishes = vec![FacilityIx(rng.random_range(1..3))];
    let mut next = scenario.calendar.start_of(person.entry_year);
    if before {
        // Abroad until the first decided year or beyond, so that something is left to decide.
        let start = next.plus(rng.random_range(0..4));
        let until = scenario.start().plus(rng.random_range(0..2));
        let span = Span::between(start, until);
        person.leaves.push(Leave { kind: LeaveKind::Abroad, span, hours_per_week: None, hours: None });
        next = span.end();
    }
    for _ in 0..rng.random_range(0..3) {
        // Part-time is what extends a training, so it comes up often.
        let any = *LeaveKind::ALL.choose(&mut rng).unwrap();
        let kind = if rng.random_bool(0.4) { LeaveKind::PartTime } else { any };
        let span = Span::new(next.plus(rng.random_range(0..3)), rng.random_range(1..4));
        next = span.end();
        let hours = (kind == LeaveKind::PartTime).then(|| rng.random_range(0..40));
        person.leaves.push(Leave { kind, span, hours_per_week: None, hours });
    }
    if rng.random_bool(0.25) {
        person.resigned_from = Some(scenario.start().plus(rng.random_range(1..8)));
    }
    let training = Training::of(&scenario, &person);
    let first = FacilityIx(rng.random_range(0..3));
    let past = training.months.iter().filter(|month| month.has_seat && month.month < scenario.start());
    person.history = past.map(|m| Stay { facility: first, span: Span::new(m.month, 1) }).collect();
    let due = due(&scenario, &training);
    if let Some(&start) = due.choose(&mut rng).filter(|_| rng.random_bool(0.5)) {
        let stay = Stay {
            facility: FacilityIx(rng.random_range(0..3)),
            span: Span::new(start, rng.random_range(1..4)),
        };
        let kind = if rng.random_bool(0.5) { LockKind::Must } else { LockKind::MustNot };
        person.locks.push(Lock { stay, kind });
    }
    scenario.unchecked_mut().residents = vec![person];
    scenario
}

fn due(scenario: &Scenario, training: &Training) -> Vec<Month> {
    let months = training.months.iter().filter(|month| month.has_seat && month.month >= scenario.start());
    months.map(|month| month.month).collect()
}

fn placed(course: CourseIx, months: &[Month], at: impl Fn(usize) -> FacilityIx) -> Plan {
    let row = |(position, month): (usize, &Month)| Placement {
        resident: ResidentIx(0),
        course: Some(course),
        facility: at(position),
        span: Span::new(*month, 1),
        line: None,
    };
    Plan { rows: months.iter().enumerate().map(row).collect() }
}

type Listed = (CourseIx, Vec<FacilityIx>);

/// Every way of placing the resident that breaks no rule; `None` if there are too many to try.
fn accepted(scenario: &Scenario, months: &[Month]) -> Option<BTreeSet<Listed>> {
    let facilities = scenario.facilities.len();
    let count = facilities.checked_pow(months.len() as u32).filter(|count| *count <= WAYS_MAX)?;
    let mut found = BTreeSet::new();
    for course in scenario.course_ixs() {
        for number in 0..count {
            let digit = |position: usize| number / facilities.pow(position as u32) % facilities;
            let plan = placed(course, months, |position| FacilityIx(digit(position)));
            if !audit(scenario, &plan, None).has_violations(Subject::Placement) {
                found.insert((course, plan.rows.iter().map(|row| row.facility).collect()));
            }
        }
    }
    Some(found)
}

#[test]
fn the_careers_listed_are_those_the_rules_accept_and_worth_the_same() {
    let (mut compared, mut with, mut extended, mut resigned) = (0, 0, 0, 0);
    for seed in 0..600 {
        let scenario = generate(seed);
        let training = Training::of(&scenario, &scenario.residents[0]);
        let months = due(&scenario, &training);
        // Where nothing is decided the rules say nothing, and rows name no course.
        let Some(accepted) = accepted(&scenario, &months).filter(|_| !months.is_empty()) else { continue };
        let (lists, list_of) = of_all(&scenario).unwrap();
        assert_eq!(list_of, [0]);
        let careers = || (0..lists[0].list.len()).map(|career| (career, lists[0].list[career].course));
        let facilities = |career| -> Vec<FacilityIx> {
            months.iter().map(|month| lists[0].at(career, *month).unwrap()).collect()
        };
        let listed: Vec<Listed> = careers().map(|(career, course)| (course, facilities(career))).collect();
        assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), accepted, "seed {seed}: {scenario:#?}");
        assert_eq!(listed.len(), accepted.len(), "seed {seed}: a career is listed twice");
        let base = placed(CourseIx(0), &months, |position| FacilityIx((position + seed as usize) % 3));
        for (career, course) in careers() {
            let plan = placed(course, &months, |position| facilities(career)[position]);
            let problem = Problem::new(&scenario, Some(&plan), Some(&base), &[]).unwrap();
            for goal in [
                ResidentGoal::CourseWishes,
                ResidentGoal::FacilityWishes,
                ResidentGoal::Repeats,
                ResidentGoal::Stability,
            ] {
                let counted = resident_values(&scenario, &plan, Some(&base), kind(goal));
                assert_eq!(problem.value(goal, 0, career), counted[0], "seed {seed}, {goal:?}");
            }
            assert_eq!(problem.goals, goal_values(&scenario, &plan, Some(&base)));
        }
        compared += 1;
        with += usize::from(!accepted.is_empty());
        extended += usize::from(training.months.iter().any(|month| month.is_extension()));
        resigned += usize::from(training.resigned && !accepted.is_empty());
    }
    assert!(
        compared >= 300 && with >= 150 && extended >= 50 && resigned >= 30,
        "{compared} {with} {extended} {resigned}"
    );
}

#[test]
fn residents_share_a_list_only_with_the_same_leaves_and_resignation() {
    let mut scenario = empty(6);
    scenario.unchecked_mut().facilities =
        vec![facility("core", Role::Core, Accreditation::Comprehensive, "9")];
    scenario.unchecked_mut().courses = vec![course("A", &["core:6"])];
    scenario.unchecked_mut().residents = ["a", "b", "c", "d"].map(|id| resident(id, 2020)).into();
    let span = Span::new(scenario.start().plus(1), 1);
    let abroad = Leave { kind: LeaveKind::Abroad, span, hours_per_week: None, hours: None };
    scenario.unchecked_mut().residents[1].leaves = vec![abroad];
    scenario.unchecked_mut().residents[2].resigned_from = Some(scenario.start().plus(2));
    let (lists, list_of) = of_all(&scenario).unwrap();
    assert_eq!((lists.len(), list_of), (3, vec![0, 1, 2, 0]));
    assert_eq!(lists[1].calendar.months.len(), 7);
    assert_eq!(lists[1].list.len(), 0, "one facility alone: the rules about minima hold");
    assert_eq!(lists[2].list.len(), 1, "and do not hold for whoever resigns");
    let plan = Plan::default();
    assert_eq!(audit(&scenario, &plan, None).of(Rule::WholeCareer).count(), 5);
}
