//! What every goal is worth, counted by hand beside the judge.

use kenshu::audit::{audit, coverage_shortfall, goal_values, resident_values};
use kenshu::plan::{GoalValue, Plan};
use kenshu::scenario::{Dated, Goal, GoalKind, Measure};

use crate::common::program::{course_ix, facility_ix, good_plan, month, program, resident, resident_ix};
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
    let expected = [((west, 2020), 0), ((west, 2021), 8), ((south, 2021), 6)];
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
