//! Sections: named, stepped, within their seats; locks, coverage and cases of sections.

use kenshu::internal::audit::{audit, coverage_shortfall, goal_values};
use kenshu::internal::plan::{GoalValue, Plan};
use kenshu::internal::scenario::{
    CaseItem, Dated, FacilityIx, Goal, GoalKind, Lock, LockKind, Measure, Place, Scenario, SectionIx,
};
use rust_decimal::Decimal;

use crate::common::program::{course, empty, facility, resident, row, span, stay};
use crate::common::rules::section;
use crate::judge::{judge, no_defects};
use kenshu::internal::scenario::{Accreditation, Role};

/// Two residents for a year at a core of two sections and an affiliate of none.
fn divided() -> (Scenario, Plan) {
    let mut scenario = empty(12);
    let model = scenario.unchecked_mut();
    model.facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "4"),
        facility("east", Role::Affiliate, Accreditation::Training, "4"),
    ];
    section(model, "core", "ct");
    section(model, "core", "ivr");
    model.rules.comprehensive_months_min = 0;
    model.courses = vec![course("A", &["core:8 affiliate:4"])];
    model.residents = vec![resident("a", 2020), resident("b", 2020)];
    let mut plan = Plan::default();
    for (who, sections) in [("a", [0, 1]), ("b", [1, 0])] {
        for (section, start) in sections.into_iter().zip(["2020-04", "2020-08"]) {
            let mut row = row(&scenario, who, "A", "core", start, 4);
            row.section = Some(SectionIx(section));
            plan.rows.push(row);
        }
        plan.rows.push(row(&scenario, who, "A", "east", "2020-12", 4));
    }
    (scenario, plan)
}

#[test]
fn a_plan_in_sections_is_good() {
    let (scenario, plan) = divided();
    assert_eq!(judge(&scenario, &plan), no_defects());
}

type Change = fn(&mut Scenario, &mut Plan);

#[test]
fn each_defect_of_a_section_is_found_once() {
    let table: [(&str, Change, &[&str]); 15] = [
        ("no section", |_, p| p.rows[0].section = None, &["section-named a core 2020-04"]),
        (
            "a section of a facility without any",
            |s, p| {
                s.unchecked_mut().sections[1].facility = FacilityIx(1);
                p.rows
                    .iter_mut()
                    .filter(|row| row.facility.0 == 0)
                    .for_each(|row| row.section = Some(SectionIx(0)));
                p.rows[2].section = Some(SectionIx(0));
                p.rows[5].section = Some(SectionIx(1));
            },
            &["section-named a east 2020-12"],
        ),
        ("a step that is kept", |s, _| s.unchecked_mut().sections[0].step_months = 2, &[]),
        (
            "a step that is not",
            |s, _| s.unchecked_mut().sections[0].step_months = 3,
            &["section-step a core 2020-04", "section-step b core 2020-08"],
        ),
        (
            "an open month may make it whole",
            |s, p| {
                s.unchecked_mut().sections[0].step_months = 3;
                p.rows[1].span = span("2020-09", 3);
                p.rows[4].span = span("2020-08", 4);
            },
            // Two open months would make it six; one month alone is not placed.
            &["section-step b core 2020-08", "whole-career a - 2020-08"],
        ),
        (
            "what resignation cuts off is as it is",
            |s, p| {
                s.unchecked_mut().sections[0].step_months = 3;
                s.unchecked_mut().residents.remove(1);
                s.unchecked_mut().residents[0].resigned_from = Some(span("2020-06", 1).start);
                p.rows.truncate(1);
                p.rows[0].span.months = 2;
            },
            &[],
        ),
        ("seats that suffice", |s, _| seats(s, 1), &[]),
        (
            "seats that do not",
            |s, p| {
                seats(s, 1);
                (p.rows[3].section, p.rows[4].section) = (Some(SectionIx(0)), Some(SectionIx(1)));
            },
            &["section-seats - core 2020-04", "section-seats - core 2020-08"],
        ),
        ("a lock to a section", |s, _| lock(s, 0, LockKind::Must), &[]),
        ("a lock to another section", |s, _| lock(s, 1, LockKind::Must), &["lock a core 2020-04"]),
        ("a lock that forbids a section", |s, _| lock(s, 0, LockKind::MustNot), &["lock a core 2020-04"]),
        ("a lock that forbids another section", |s, _| lock(s, 1, LockKind::MustNot), &[]),
        (
            "an open section keeps any lock",
            |s, p| {
                lock(s, 1, LockKind::Must);
                p.rows[0].section = None;
            },
            &["section-named a core 2020-04"],
        ),
        (
            "a lock to a facility holds in whichever section",
            |s, _| {
                let stay = stay(s, "core", "2020-04", 8);
                s.unchecked_mut().residents[0].locks = vec![Lock { stay, kind: LockKind::Must }];
            },
            &[],
        ),
        (
            "a row in two sections at once",
            |_, p| p.rows[0].span.months = 5,
            &["one-place a core 2020-08", "section-named a core 2020-08"],
        ),
    ];
    for (name, change, expected) in table {
        let (mut scenario, mut plan) = divided();
        change(&mut scenario, &mut plan);
        assert_eq!(judge(&scenario, &plan), expected, "{name}");
    }
}

fn seats(scenario: &mut Scenario, seats: u32) {
    scenario.unchecked_mut().sections.iter_mut().for_each(|one| one.seats = Dated::constant(Some(seats)));
}

fn lock(scenario: &mut Scenario, section: usize, kind: LockKind) {
    let mut stay = stay(scenario, "core", "2020-04", 4);
    stay.section = Some(SectionIx(section));
    scenario.unchecked_mut().residents[0].locks = vec![Lock { stay, kind }];
}

#[test]
fn coverage_counts_sections_too() {
    let (mut scenario, plan) = divided();
    let model = scenario.unchecked_mut();
    model.goals = vec![Goal { kind: GoalKind::Coverage, measure: Measure::Sum }];
    model.facilities[0].min_residents = Dated::constant(2);
    model.sections[0].min_residents = Dated::constant(1);
    // Nobody is at the core for four months: two are missing there, and one in the section.
    let short = coverage_shortfall(&scenario, &plan);
    let at = |section| Place { facility: FacilityIx(0), section };
    assert_eq!((short[&(at(None), 2020)], short[&(at(Some(SectionIx(0))), 2020)]), (8, 4));
    assert_eq!(goal_values(&scenario, &plan, None)[0].1, GoalValue::Number(12));
}

#[test]
fn cases_are_met_where_a_section_names_them() {
    let (mut scenario, plan) = divided();
    let model = scenario.unchecked_mut();
    model.volumes = vec!["ivr".into()];
    model.facilities.iter_mut().for_each(|one| one.volumes = vec![Dated::constant(Some(Decimal::from(60)))]);
    model.cases = vec![CaseItem {
        id: "ivr".into(),
        name: "IVR".into(),
        volume: 0,
        target: 40,
        supplement_max: 0,
        trainee_share: Decimal::ONE,
        part_of: None,
        by_year: Vec::new(),
    }];
    // Four months in the section and four at the other facility are 20 cases each.
    for (target, sections, short) in [(40, true, 0), (41, true, 2), (41, false, 0)] {
        scenario.unchecked_mut().cases[0].target = target;
        scenario.unchecked_mut().sections[1].cases =
            if sections { vec![kenshu::internal::scenario::CaseIx(0)] } else { Vec::new() };
        let audit = audit(&scenario, &plan, None);
        let found = audit.violations(kenshu::internal::regulation::Subject::Placement).count();
        assert_eq!(found, short, "{target} {sections}");
    }
}
