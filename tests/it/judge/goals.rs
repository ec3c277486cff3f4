//! What every goal is worth, counted by hand beside the judge.

use kenshu::internal::audit::{audit, coverage_shortfall, goal_values, resident_values};
use kenshu::internal::plan::{GoalValue, Plan};
use kenshu::internal::regulation::Unlisted;
use kenshu::internal::scenario::{Dated, Goal, GoalKind, Leave, LeaveKind, Measure, Place, Scenario};

use crate::common::program::{
    course_ix, facility_ix, good_plan, month, program, resident, resident_ix, span,
};
use crate::judge::{judge, no_defects};

#[test]
fn goals_are_counted_month_by_month() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    let ix = |id| facility_ix(&scenario, id);
    let (east, west, north, south) = (ix("east"), ix("west"), ix("north"), ix("south"));
    let (a, c) = (course_ix(&scenario, "A"), course_ix(&scenario, "C"));
    scenario.unchecked_mut().residents[3].course_wishes = vec![c, a];
    scenario.unchecked_mut().residents[5].course_wishes = vec![a];
    scenario.unchecked_mut().residents[3].facility_wishes = vec![north, west];
    scenario.unchecked_mut().residents[5].facility_wishes = vec![east];
    scenario.unchecked_mut().residents[2].facility_wishes = vec![north];
    scenario.unchecked_mut().facilities[west.0].min_residents = Dated::constant(1);
    scenario.unchecked_mut().facilities[south.0].min_residents =
        Dated { initial: 0, changes: vec![(month("2021-10"), 2)] };
    let values = |kind| resident_values(&scenario, &plan, None, kind);
    assert_eq!(values(GoalKind::CourseWishes), [0, 0, 0, 1, 0, 1]);
    assert_eq!(values(GoalKind::FacilityWishes), [0, 0, 0, 4, 0, 12]);
    assert_eq!(values(GoalKind::Repeats), [0; 6]);
    assert_eq!(values(GoalKind::Stability), [] as [i64; 0], "no base plan");
    // west: two in 2020, nobody in 2021 but for r4's last four months; south lacks one from October.
    let missing = coverage_shortfall(&scenario, &plan);
    let at = |facility| Place { facility, section: None };
    let expected = [((at(west), 2020), 0), ((at(west), 2021), 8), ((at(south), 2021), 6)];
    assert_eq!(missing, expected.into_iter().collect());
    let goals = goal_values(&scenario, &plan, None);
    let of = |kind, measure| &goals.iter().find(|(goal, _)| *goal == Goal { kind, measure }).unwrap().1;
    assert_eq!(of(GoalKind::Coverage, Measure::Sum), &GoalValue::Number(14));
    assert_eq!(of(GoalKind::CourseWishes, Measure::WorstFirst), &GoalValue::Vector(vec![(1, 2), (0, 4)]));
    assert_eq!(of(GoalKind::FacilityWishes, Measure::Worst), &GoalValue::Number(12));
    assert_eq!(of(GoalKind::FacilityWishes, Measure::Sum), &GoalValue::Number(16));
    assert!(goals.iter().all(|(goal, _)| goal.kind != GoalKind::Stability));
    assert_eq!(goals, audit(&scenario, &plan, None).goals);
}

/// Who is ill or has a child is at the hospital in name only; who works part-time or studies there works.
#[test]
fn months_of_leave_do_not_staff_a_hospital() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    let (r6, north) = (resident_ix(&scenario, "r6"), facility_ix(&scenario, "north"));
    let others = plan.rows.iter().filter(|row| row.facility == north && row.resident != r6);
    let others = others.filter(|row| row.span.contains(month("2021-06"))).count() as u32;
    scenario.unchecked_mut().facilities[north.0].min_residents =
        Dated { initial: 0, changes: vec![(month("2021-06"), others + 1), (month("2021-12"), 0)] };
    let missing = |scenario: &Scenario| {
        coverage_shortfall(scenario, &plan).get(&(Place { facility: north, section: None }, 2021)).copied()
    };
    assert_eq!(missing(&scenario), Some(0));
    for (kind, lacking) in [
        (LeaveKind::Childbirth, 4),
        (LeaveKind::Illness, 4),
        (LeaveKind::PartTime, 0),
        (LeaveKind::GraduateSchoolClinical, 0),
    ] {
        let hours_per_week = (kind == LeaveKind::PartTime).then(|| 30.into());
        let leave = Leave { kind, span: span("2021-06", 4), hours_per_week, hours: None };
        scenario.unchecked_mut().residents[r6.0].leaves = vec![leave];
        assert_eq!(missing(&scenario), Some(lacking), "{kind:?}");
        assert_eq!(judge(&scenario, &plan), no_defects(), "{kind:?}: the seat is kept");
        scenario.unchecked_mut().rules.leave.covered_by_leave = true;
        assert_eq!(missing(&scenario), Some(0), "{kind:?}");
        scenario.unchecked_mut().rules.leave.covered_by_leave = false;
    }
}

/// r4 wished for two hospitals and is at neither for some months, r6 for one; the longest list has three.
#[test]
fn what_is_not_listed_can_cost_everybody_the_same() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    let ix = |id| facility_ix(&scenario, id);
    let (east, west, north) = (ix("east"), ix("west"), ix("north"));
    let (a, c) = (course_ix(&scenario, "A"), course_ix(&scenario, "C"));
    let residents = &mut scenario.unchecked_mut().residents;
    residents[5].course_wishes = vec![a];
    residents[2].course_wishes = vec![a, c];
    residents[5].facility_wishes = vec![east];
    residents[2].facility_wishes = vec![north, east, west];
    let values = |scenario: &Scenario, kind| resident_values(scenario, &plan, None, kind);
    // r6 is at north for a year; with the list's own length that costs 1 a month, with the longest's 3.
    assert_eq!(values(&scenario, GoalKind::FacilityWishes)[5], 12);
    assert_eq!(values(&scenario, GoalKind::CourseWishes)[5], 1);
    scenario.unchecked_mut().rules.unlisted = Unlisted::Longest;
    assert_eq!(values(&scenario, GoalKind::FacilityWishes)[5], 36);
    assert_eq!(values(&scenario, GoalKind::CourseWishes)[5], 2);
    assert_eq!(values(&scenario, GoalKind::FacilityWishes)[3], 0, "no list, no wish");
}

/// r3 was at east before anything is decided.
#[test]
fn wishes_can_count_the_whole_training() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    let (r3, west) = (resident_ix(&scenario, "r3"), facility_ix(&scenario, "west"));
    let (east, core) = (facility_ix(&scenario, "east"), facility_ix(&scenario, "core"));
    scenario.unchecked_mut().residents[r3.0].facility_wishes = vec![west];
    let history = scenario.resident(r3).history.iter();
    let at_east: u32 =
        history.clone().filter(|stay| stay.facility == east).map(|stay| stay.span.months).sum();
    assert!(at_east > 0 && history.clone().all(|stay| [east, core].contains(&stay.facility)));
    let value = |scenario: &Scenario| resident_values(scenario, &plan, None, GoalKind::FacilityWishes)[r3.0];
    let before = value(&scenario);
    scenario.unchecked_mut().rules.wishes_count_history = true;
    assert_eq!(value(&scenario), before + i64::from(at_east));
}

#[test]
fn a_repeat_is_a_later_training_year_at_an_affiliate_history_included() {
    let scenario = program();
    let mut plan = good_plan(&scenario);
    // r3 was at east before first_year; r6 twice at north, not in neighbouring years.
    plan.rows[4].facility = facility_ix(&scenario, "east");
    plan.rows[14].facility = facility_ix(&scenario, "north");
    assert_eq!(resident_values(&scenario, &plan, None, GoalKind::Repeats), [0, 0, 12, 0, 0, 12]);
}

#[test]
fn stability_counts_months_at_another_facility_than_the_base_plan() {
    let scenario = program();
    let base = good_plan(&scenario);
    let mut plan = base.clone();
    plan.rows[4].facility = facility_ix(&scenario, "west");
    plan.rows[7].span.months = 2;
    let values = |base| resident_values(&scenario, &plan, Some(base), GoalKind::Stability);
    assert_eq!(values(&base), [0, 0, 12, 0, 0, 0], "a hole is no other facility");
    let mut half = base.clone();
    half.rows[4].span.months = 5;
    assert_eq!(values(&half), [0, 0, 5, 0, 0, 0], "months the base plan leaves open do not count");
    let goal = (Goal { kind: GoalKind::Stability, measure: Measure::Sum }, GoalValue::Number(12));
    assert!(goal_values(&scenario, &plan, Some(&base)).contains(&goal));
}

#[test]
fn a_resident_whose_rows_name_no_course_has_the_best_wished_one_that_fits() {
    let mut scenario = program();
    let mut plan = good_plan(&scenario);
    let wishes = ["G", "D", "C", "A"].map(|id| course_ix(&scenario, id)).to_vec();
    let r6 = resident_ix(&scenario, "r6");
    scenario.unchecked_mut().residents[r6.0].course_wishes = wishes;
    plan.rows.iter_mut().for_each(|row| row.course = None);
    let value = |plan: &Plan| resident_values(&scenario, plan, None, GoalKind::CourseWishes)[r6.0];
    assert_eq!(value(&plan), 2, "the placements follow C");
    plan.rows[12].course = Some(course_ix(&scenario, "A"));
    assert_eq!(value(&plan), 3, "what a row names counts");
}

#[test]
fn residents_who_have_finished_have_no_part_in_goals_or_findings() {
    let mut scenario = program();
    scenario.unchecked_mut().residents.insert(0, resident("r0", 2017));
    let plan = good_plan(&scenario);
    assert_eq!(judge(&scenario, &plan), no_defects());
    let goals = goal_values(&scenario, &plan, None);
    let vector = goals.iter().find(|(goal, _)| goal.measure == Measure::WorstFirst).unwrap();
    assert_eq!(vector.1, GoalValue::Vector(vec![(0, 6)]), "six residents, not seven");
}

/// The months stay the same, and the resident is told another course: that is a change too.
#[test]
fn stability_counts_a_changed_course_once() {
    let scenario = program();
    let base = good_plan(&scenario);
    let mut plan = base.clone();
    let resident = plan.rows[0].resident;
    let other = scenario.course_ixs().find(|course| Some(*course) != plan.rows[0].course);
    let own = |plan: &mut Plan, course| {
        plan.rows.iter_mut().filter(|row| row.resident == resident).for_each(|row| row.course = course);
    };
    own(&mut plan, other);
    let values = |plan, base| resident_values(&scenario, plan, Some(base), GoalKind::Stability);
    let mut wanted = vec![0; scenario.residents.len()];
    assert_eq!(values(&base, &base), wanted);
    let mut unnamed = base.clone();
    own(&mut unnamed, None);
    assert_eq!(values(&plan, &unnamed), wanted, "a course that the base plan does not name has not changed");
    wanted[resident.0] = 1;
    assert_eq!(values(&plan, &base), wanted);
}
