//! Each rule at its limit and just beyond it, on incomplete and disordered plans, and what is said.

use kenshu::internal::audit::audit;
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::regulation::Rule;
use kenshu::internal::scenario::{Dated, Lock, LockKind, Role, Scenario};

use crate::common::program::{
    course, decimal, facility_ix, good_plan, month, pattern, program, resident, resident_ix, row, span, stay,
};
use crate::judge::{english, judge, no_defects, speak};

type Change = fn(&mut Scenario);

/// Puts other rows in the place of one.
fn replace(plan: &mut Plan, old: &Placement, new: Vec<Placement>) {
    let position = plan.rows.iter().position(|row| row == old).expect("the row is in the good plan");
    plan.rows.splice(position..=position, new);
}

#[test]
fn the_numbers_of_the_rules_are_limits_that_may_be_met() {
    let boundary: [(&str, Change); 6] = [
        ("comprehensive months", |s| s.unchecked_mut().rules.comprehensive_months_min = 20),
        ("core months", |s| s.unchecked_mut().rules.core_months_min = 12),
        ("affiliate stay", |s| s.unchecked_mut().rules.affiliate_stay_months_min = 4),
        ("facilities", |s| s.unchecked_mut().rules.facilities_min = 2),
        ("seats", |s| s.unchecked_mut().facilities[2].seats = Dated::constant(Some(2))),
        ("residents per supervisor", |s| s.unchecked_mut().rules.residents_per_supervisor = 3),
    ];
    for (name, set) in boundary {
        let mut scenario = program();
        set(&mut scenario);
        assert_eq!(judge(&scenario, &good_plan(&scenario)), no_defects(), "{name}");
    }
    let beyond: [(&str, Change, &[&str]); 5] = [
        (
            "core months",
            |s| s.unchecked_mut().rules.core_months_min = 13,
            &["core-months r2 - -", "core-months r3 - -", "core-months r6 - -"],
        ),
        (
            "facilities",
            |s| s.unchecked_mut().rules.facilities_min = 3,
            &["several-facilities r1 - -", "several-facilities r5 - -"],
        ),
        (
            "seats",
            |s| s.unchecked_mut().facilities[2].seats = Dated::constant(Some(1)),
            &["seats - west 2020-04"],
        ),
        (
            "supervisors",
            |s| s.unchecked_mut().facilities[4].supervisors = Dated::constant(decimal("0.333333")),
            &["supervisor-ratio - south 2021-04"],
        ),
        (
            "seats that shrink within a year",
            |s| s.unchecked_mut().facilities[2].seats.changes.push((month("2020-07"), Some(1))),
            &["seats - west 2020-07"],
        ),
    ];
    for (name, set, expected) in beyond {
        let mut scenario = program();
        set(&mut scenario);
        assert_eq!(judge(&scenario, &good_plan(&scenario)), expected, "{name}");
    }
}

#[test]
fn a_finding_says_what_was_measured_and_what_is_required() {
    let mut scenario = program();
    let mut plan = good_plan(&scenario);
    plan.rows[6].span.months = 7;
    plan.rows[7].span = span("2021-11", 5);
    plan.rows[2].facility = facility_ix(&scenario, "north");
    scenario.unchecked_mut().rules.comprehensive_months_min = 24;
    let audit = audit(&scenario, &plan, None);
    let pattern = audit.of(Rule::CoursePattern).next().unwrap();
    assert_eq!(pattern.measured.to_string(), "core 12 / core 7 + affiliate 5 / affiliate 12");
    assert!(pattern.required.to_string().contains("A: core 12 / core 8 + affiliate 4 / affiliate 12"));
    assert!(
        pattern.required.to_string().contains(" | "),
        "r4 has no fixed course, the rows name A: two patterns"
    );
    let text = english(pattern);
    assert!(text.contains("Training year 2 of resident r4"), "{text}");
    assert!(text.contains("asks for \"core 8 + affiliate 4\" in any order."), "the nearer of two: {text}");
    let seats = audit.of(Rule::Seats).next().unwrap();
    assert_eq!((&*seats.measured.to_string(), &*seats.required.to_string()), ("3", "2"));
    assert!(english(seats).contains("north hospital") && english(seats).contains("r2, r3, r6"));
    assert!(speak(seats)[0].contains("north病院") && speak(seats)[0].contains("r2、r3、r6"));
    let comprehensive: Vec<_> = audit.of(Rule::ComprehensiveMonths).map(|f| f.measured.to_string()).collect();
    assert_eq!(comprehensive, ["12", "19"], "r2 lost the comprehensive east, r4 a month at the core");
}

#[test]
fn an_incomplete_plan_is_judged_as_far_as_it_goes() {
    let scenario = program();
    assert_eq!(
        judge(&scenario, &Plan::default()),
        [
            "whole-career r1 - 2020-04",
            "whole-career r2 - 2020-04",
            "whole-career r3 - 2020-04",
            "whole-career r4 - 2020-04",
            "whole-career r5 - 2020-04",
            "whole-career r6 - 2021-04",
        ]
    );
    // r6 at three affiliates cannot become a career C any more, whatever fills the rest; two months
    // at `west` with another facility on both sides cannot become three.
    let rows = vec![
        row(&scenario, "r6", "C", "north", "2021-04", 12),
        row(&scenario, "r6", "C", "south", "2022-04", 1),
        row(&scenario, "r4", "", "core", "2020-04", 4),
        row(&scenario, "r4", "", "west", "2020-08", 2),
        row(&scenario, "r4", "", "core", "2020-10", 1),
    ];
    let defects = judge(&scenario, &Plan::from(rows));
    let beyond_holes: Vec<_> = defects.iter().filter(|defect| !defect.starts_with("whole-career")).collect();
    assert_eq!(
        beyond_holes,
        ["affiliate-stay r4 west 2020-08", "course-pattern r4 - 2020-04", "course-pattern r6 - 2022-04"]
    );
}

#[test]
fn holes_overlaps_and_disorder_at_once() {
    let scenario = program();
    let mut plan = good_plan(&scenario);
    replace(
        &mut plan,
        &row(&scenario, "r1", "A", "west", "2020-04", 12),
        vec![
            row(&scenario, "r1", "A", "west", "2020-12", 4),
            row(&scenario, "r1", "A", "west", "2020-04", 5),
        ],
    );
    plan.rows.insert(0, row(&scenario, "r5", "E", "west", "2021-08", 3));
    plan.rows.reverse();
    assert_eq!(judge(&scenario, &plan), ["one-place r5 - 2021-08", "whole-career r1 - 2020-09"]);
}

#[test]
fn a_stay_goes_on_across_history_years_and_parts() {
    let mut scenario = program();
    // Two months at the end of history and ten in the plan are one stay of twelve.
    scenario.unchecked_mut().first_year = 2020;
    scenario.unchecked_mut().rules.affiliate_stay_months_min = 12;
    scenario.unchecked_mut().courses =
        vec![course("A", &["core:10 affiliate:2/affiliate:10 core:2/core:12"])];
    scenario.unchecked_mut().residents = vec![resident("r1", 2019)];
    scenario.unchecked_mut().residents[0].history =
        vec![stay(&scenario, "core", "2019-04", 10), stay(&scenario, "west", "2020-02", 2)];
    let rows = vec![
        row(&scenario, "r1", "A", "west", "2020-04", 10),
        row(&scenario, "r1", "A", "core", "2021-02", 2),
        row(&scenario, "r1", "A", "core", "2021-04", 12),
    ];
    let mut plan = Plan::from(rows);
    assert_eq!(judge(&scenario, &plan), no_defects());
    scenario.unchecked_mut().rules.affiliate_stay_months_min = 13;
    assert_eq!(judge(&scenario, &plan), ["affiliate-stay r1 west 2020-02"]);
    scenario.unchecked_mut().rules.affiliate_stay_months_min = 3;
    plan.rows[0].facility = facility_ix(&scenario, "east");
    assert_eq!(judge(&scenario, &plan), ["affiliate-stay r1 west 2020-02"]);
}

#[test]
fn a_lock_is_one_finding_and_holes_do_not_break_it() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    let must = |stay| Lock { stay, kind: LockKind::Must };
    let r4 = resident_ix(&scenario, "r4");
    scenario.unchecked_mut().residents[r4.0].locks =
        vec![must(stay(&scenario, "west", "2021-10", 4)), must(stay(&scenario, "core", "2020-04", 3))];
    assert_eq!(judge(&scenario, &plan), ["lock r4 west 2021-10"]);
    let audit = audit(&scenario, &plan, None);
    let lock = audit.of(Rule::Lock).next().unwrap();
    assert_eq!((&*lock.measured.to_string(), &*lock.required.to_string()), ("2", "4"));
    let without: Vec<_> = plan.rows.iter().filter(|row| row.resident != r4).cloned().collect();
    assert_eq!(judge(&scenario, &Plan::from(without)), ["whole-career r4 - 2020-04"]);
}

#[test]
fn neighbouring_parts_may_be_at_one_facility() {
    let mut scenario = program();
    scenario.unchecked_mut().courses[0].patterns.push(pattern("core:12/core:12/affiliate:6 affiliate:6"));
    let mut plan = good_plan(&scenario);
    assert_eq!(judge(&scenario, &plan), no_defects());
    plan.rows[0].span.months = 6;
    plan.rows.push(row(&scenario, "r1", "A", "south", "2020-10", 6));
    assert_eq!(judge(&scenario, &plan), no_defects());
}

#[test]
fn the_role_of_a_facility_is_all_that_the_pattern_asks() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    scenario.unchecked_mut().facilities[4].role = Role::Core;
    assert_eq!(judge(&scenario, &plan), ["course-pattern r5 - 2021-04"]);
}
