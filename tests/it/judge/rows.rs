//! Rules that tables say: each at its limit and beyond, on open plans, with history, and as a goal.

use kenshu::internal::audit::{audit, goal_values, resident_values, verdict};
use kenshu::internal::plan::{GoalValue, Plan};
use kenshu::internal::regulation::Rule;
use kenshu::internal::scenario::{
    Accreditation, Count, Force, Goal, GoalKind, Leave, LeaveKind, Measure, Model, Role, Scenario, Window,
};

use crate::common::program::{course, empty, facility, resident, row, span, stay};
use crate::common::rules::{order_rule, requirement, selector, staffing, stay_rule, who};
use crate::judge::{english, judge, no_defects};

/// One resident at core, east, west and north for three months each, in that order.
fn year() -> (Scenario, Plan) {
    let mut scenario = empty(12);
    let model = scenario.unchecked_mut();
    model.facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "4"),
        facility("east", Role::Affiliate, Accreditation::Training, "4"),
        facility("west", Role::Affiliate, Accreditation::Training, "4"),
        facility("north", Role::Affiliate, Accreditation::Special, "4"),
    ];
    model.facilities[2].tags = vec!["rural".into()];
    model.facilities[3].tags = vec!["rural".into()];
    model.rules.comprehensive_months_min = 0;
    model.rules.core_months_min = 0;
    model.courses = vec![course("A", &["core:3 affiliate:3 affiliate:3 affiliate:3"])];
    model.residents = vec![resident("a", 2020)];
    let stays = [("core", "2020-04"), ("east", "2020-07"), ("west", "2020-10"), ("north", "2021-01")];
    let plan = Plan::from(stays.map(|(at, start)| row(&scenario, "a", "A", at, start, 3)).to_vec());
    (scenario, plan)
}

type Change = fn(&mut Model, &mut Plan);
type Row = (&'static str, Change, &'static [&'static str]);

fn try_all(table: &[Row]) {
    for (name, change, expected) in table {
        let (mut scenario, mut plan) = year();
        change(scenario.unchecked_mut(), &mut plan);
        assert_eq!(judge(&scenario, &plan), *expected, "{name}");
    }
}

fn ask(model: &mut Model, place: &str, count: Count, min: Option<u32>, max: Option<u32>) {
    let row = requirement(model, place, count, min, max);
    model.requirements.push(row);
}

fn ask_when(model: &mut Model, place: &str, when: Window, min: Option<u32>, max: Option<u32>) {
    let row = requirement(model, place, Count::Months, min, max);
    model.requirements.push(kenshu::internal::scenario::Requirement { when, ..row });
}

const SHORT: &[&str] = &["requirement a - -"];
const FINE: &[&str] = &[];

#[test]
fn requirements_hold_at_their_limits_and_not_beyond() {
    use Count::{Facilities, Months, Places, Stays};
    try_all(&[
        ("months", |m, _| ask(m, "rural", Months, Some(6), Some(6)), FINE),
        ("a month short", |m, _| ask(m, "rural", Months, Some(7), None), SHORT),
        ("a month too many", |m, _| ask(m, "rural", Months, None, Some(5)), SHORT),
        ("stays", |m, _| ask(m, "affiliate", Stays, Some(3), Some(3)), FINE),
        ("a stay short", |m, _| ask(m, "affiliate", Stays, Some(4), None), SHORT),
        ("a stay too many", |m, _| ask(m, "affiliate", Stays, None, Some(2)), SHORT),
        ("facilities", |m, _| ask(m, "any", Facilities, Some(4), Some(4)), FINE),
        ("a facility short", |m, _| ask(m, "any", Facilities, Some(5), None), SHORT),
        ("a place too many", |m, _| ask(m, "any", Places, None, Some(3)), SHORT),
        ("not rural", |m, _| ask(m, "affiliate&!rural", Months, None, Some(3)), FINE),
        ("either", |m, _| ask(m, "core;rural", Months, None, Some(8)), SHORT),
        ("accreditation", |m, _| ask(m, "special", Months, Some(4), None), SHORT),
        ("the first months", |m, _| ask_when(m, "affiliate", Window::First(4), Some(1), Some(1)), FINE),
        ("one more of them", |m, _| ask_when(m, "affiliate", Window::First(5), None, Some(1)), SHORT),
        ("the last months", |m, _| ask_when(m, "rural", Window::Last(6), Some(6), None), FINE),
        (
            "the second year is empty",
            |m, _| ask_when(m, "any", Window::Years { first: 2, last: 2 }, Some(1), None),
            SHORT,
        ),
        (
            "others are not meant",
            |m, _| {
                let mut row = requirement(m, "rural", Months, Some(12), None);
                row.who = who(m, "elsewhere");
                m.requirements.push(row);
            },
            FINE,
        ),
        (
            "a course is meant",
            |m, p| {
                let mut row = requirement(m, "rural", Months, Some(12), None);
                row.who = who(m, "A");
                m.requirements.push(row);
                p.rows.iter_mut().for_each(|row| row.course = None);
            },
            SHORT,
        ),
        (
            "open months may be anywhere",
            |m, p| {
                ask(m, "rural", Months, Some(9), None);
                p.rows.remove(0);
            },
            &["whole-career a - 2020-04"],
        ),
        (
            "who leaves owes no minimum but keeps a maximum",
            |m, p| {
                ask(m, "rural", Months, Some(6), None);
                ask(m, "core", Months, None, Some(2));
                m.residents[0].resigned_from = Some(span("2020-08", 1).start);
                p.rows.truncate(2);
                p.rows[1].span.months = 1;
            },
            SHORT,
        ),
        (
            "of so many months: 3 of 6",
            |m, _| {
                let row = requirement(m, "rural", Months, Some(12), None);
                m.requirements.push(kenshu::internal::scenario::Requirement { of_months: Some(12), ..row });
            },
            FINE,
        ),
    ]);
}

#[test]
fn what_the_past_exceeds_by_itself_is_no_violation() {
    let (mut scenario, mut plan) = year();
    let before = stay(&scenario, "core", "2019-04", 12);
    let model = scenario.unchecked_mut();
    model.training_months = 24;
    model.courses = vec![course("A", &["core:12/core:3 affiliate:3 affiliate:3 affiliate:3"])];
    model.residents[0].entry_year = 2019;
    model.residents[0].entry = span("2019-04", 1).start;
    model.residents[0].history = vec![before];
    ask(model, "core", Count::Months, None, Some(10));
    assert_eq!(judge(&scenario, &plan), ["requirement a - -"]);
    // Twelve months are past; none of the rest is at the core.
    plan.rows[0].facility = plan.rows[1].facility;
    scenario.unchecked_mut().courses =
        vec![course("A", &["core:12/affiliate:3 affiliate:3 affiliate:3 affiliate:3"])];
    assert_eq!(judge(&scenario, &plan), no_defects());
}

fn stays(model: &mut Model, place: &str, change: fn(&mut kenshu::internal::scenario::StayRule)) {
    let mut row = stay_rule(model, place);
    change(&mut row);
    model.stay_rules.push(row);
}

#[test]
fn stays_are_as_their_rules_ask() {
    try_all(&[
        ("long enough", |m, _| stays(m, "affiliate", |r| r.months_min = Some(3)), FINE),
        ("too short", |m, _| stays(m, "west", |r| r.months_min = Some(4)), &["stay-rule a west 2020-10"]),
        ("too long", |m, _| stays(m, "core", |r| r.months_max = Some(2)), &["stay-rule a core 2020-04"]),
        ("steps", |m, _| stays(m, "any", |r| r.step_months = Some(3)), FINE),
        ("no step", |m, _| stays(m, "north", |r| r.step_months = Some(2)), &["stay-rule a north 2021-01"]),
        ("starts", |m, _| stays(m, "any", |r| r.starts = vec![1, 4, 7, 10]), FINE),
        ("no start", |m, _| stays(m, "east", |r| r.starts = vec![1, 7]), &["stay-rule a east 2020-07"]),
        ("a gap", |m, _| stays(m, "east;north", |r| r.gap_months = Some(3)), FINE),
        (
            "a gap too small",
            |m, _| stays(m, "east;north", |r| r.gap_months = Some(4)),
            &["stay-rule a north 2021-01"],
        ),
        ("visits", |m, _| stays(m, "rural", |r| r.visits_max = Some(2)), FINE),
        (
            "a visit too many",
            |m, _| stays(m, "affiliate", |r| r.visits_max = Some(2)),
            &["stay-rule a north 2021-01"],
        ),
        (
            "open months may make it longer",
            |m, p| {
                stays(m, "west", |r| r.months_min = Some(4));
                p.rows.remove(3);
            },
            &["whole-career a - 2021-01"],
        ),
        (
            "resignation may cut it short",
            |m, p| {
                stays(m, "east", |r| (r.months_min, r.step_months) = (Some(3), Some(3)));
                m.residents[0].resigned_from = Some(span("2020-08", 1).start);
                p.rows.truncate(2);
                p.rows[1].span.months = 1;
            },
            FINE,
        ),
        (
            "leave abroad does not end a stay",
            |m, p| {
                stays(m, "east", |r| (r.months_min, r.visits_max) = (Some(3), Some(1)));
                let span = span("2020-08", 2);
                m.residents[0].leaves =
                    vec![Leave { kind: LeaveKind::Abroad, span, hours_per_week: None, hours: None }];
                p.rows[1].span.months = 1;
                let mut rest = p.rows[1].clone();
                rest.span = kenshu::internal::calendar::Span::new(span.end(), 2);
                p.rows.insert(2, rest);
                for row in &mut p.rows[3..] {
                    row.span.start = row.span.start.plus(2);
                }
            },
            FINE,
        ),
    ]);
}

#[test]
fn one_thing_comes_before_another() {
    fn order(model: &mut Model, first: &str, months: u32, then: &str) {
        let row = order_rule(model, first, months, then);
        model.order_rules.push(row);
    }
    try_all(&[
        ("in order", |m, _| order(m, "core", 3, "rural"), FINE),
        ("too few before", |m, _| order(m, "core", 4, "north"), &["order a north 2021-01"]),
        ("the other way round", |m, _| order(m, "north", 1, "east"), &["order a east 2020-07"]),
        (
            "open months may have been there",
            |m, p| {
                order(m, "north", 3, "east");
                p.rows.remove(0);
            },
            &["whole-career a - 2020-04"],
        ),
    ]);
    let (mut scenario, plan) = year();
    order(scenario.unchecked_mut(), "core", 5, "east");
    let said = audit(&scenario, &plan, None).of(Rule::Order).map(english).next().unwrap();
    assert!(said.contains("after 3 months at core, too early for 3 months; 5 have to come before"), "{said}");
}

#[test]
fn staffing_counts_residents_month_by_month() {
    fn staff(model: &mut Model, place: &str, min: Option<u32>, max: Option<u32>) {
        let row = staffing(model, place, min, max);
        model.staffing.push(row);
    }
    try_all(&[
        ("somebody is always there", |m, _| staff(m, "any", Some(1), Some(1)), FINE),
        ("nobody", |m, _| staff(m, "any", None, Some(0)), &["staffing - - 2020-04"]),
        (
            "from and until",
            |m, _| {
                staff(m, "rural", Some(1), None);
                m.staffing[0].from = Some(span("2020-10", 1).start);
            },
            FINE,
        ),
        (
            "not before",
            |m, _| {
                staff(m, "rural", Some(1), None);
                m.staffing[0].from = Some(span("2020-09", 1).start);
            },
            &["staffing - - 2020-09"],
        ),
        (
            "until the month, which is the last",
            |m, _| {
                staff(m, "core", Some(1), None);
                m.staffing[0].until = Some(span("2020-07", 1).start);
            },
            &["staffing - - 2020-07"],
        ),
        (
            "of the second year there is nobody",
            |m, _| {
                staff(m, "any", None, Some(0));
                m.staffing[0].who = who(m, "year2");
            },
            FINE,
        ),
    ]);
}

#[test]
fn wishes_are_goals_and_no_violations() {
    let (mut scenario, plan) = year();
    let model = scenario.unchecked_mut();
    model.goals = [(GoalKind::Requirements, Measure::Sum), (GoalKind::Staffing, Measure::Sum)]
        .map(|(kind, measure)| Goal { kind, measure })
        .into();
    ask(model, "rural", Count::Months, Some(8), None);
    ask(model, "core", Count::Months, None, Some(2));
    model.requirements.iter_mut().for_each(|row| row.force = Force::Wish);
    let mut early = order_rule(model, "core", 4, "east");
    early.force = Force::Wish;
    model.order_rules.push(early);
    let mut few = staffing(model, "core", Some(1), None);
    few.force = Force::Wish;
    model.staffing.push(few);
    assert_eq!(judge(&scenario, &plan), no_defects());
    let values: Vec<GoalValue> = goal_values(&scenario, &plan, None).into_iter().map(|(_, v)| v).collect();
    // Two months short, one too many, three too early; nobody at the core for nine months.
    assert_eq!(values, [GoalValue::Number(6), GoalValue::Number(9)]);
    assert_eq!(resident_values(&scenario, &plan, None, GoalKind::Requirements), [6]);
}

#[test]
fn a_course_takes_no_more_of_a_year_than_its_intake() {
    let (mut scenario, mut plan) = year();
    scenario.unchecked_mut().residents.push(resident("b", 2020));
    let second: Vec<_> = ["core", "east", "west", "north"]
        .into_iter()
        .zip(["2020-04", "2020-07", "2020-10", "2021-01"])
        .map(|(at, start)| row(&scenario, "b", "A", at, start, 3))
        .collect();
    plan.rows.extend(second);
    scenario.unchecked_mut().courses[0].intake_max.insert(2020, 2);
    assert_eq!(judge(&scenario, &plan), no_defects());
    scenario.unchecked_mut().courses[0].intake_max.insert(2020, 1);
    assert_eq!(judge(&scenario, &plan), ["course-intake - - -"]);
    scenario.unchecked_mut().courses[0].intake_max = [(2021, 0)].into();
    assert_eq!(judge(&scenario, &plan), no_defects());
}

#[test]
fn a_row_is_named_with_its_clause_and_what_cannot_be_said_is_not_checked() {
    let (mut scenario, plan) = year();
    let model = scenario.unchecked_mut();
    let mut row = requirement(model, "rural", Count::Months, Some(7), None);
    (row.name, row.clause) = ("地域研修".into(), "§5.1".into());
    model.requirements.push(row);
    model.not_stated = vec!["一日の当直は 12 時間まで".into()];
    let audit = audit(&scenario, &plan, None);
    let finding = audit.of(Rule::Requirement).next().unwrap();
    assert_eq!(finding.clause, "§5.1");
    assert_eq!(english(finding), "Resident a has 6 months of \"地域研修\" (§5.1), short of 7.");
    let not_checked = |rule| verdict(&scenario, rule, &audit.findings).id() == "not-checked";
    assert!(not_checked(Rule::NotStated) && not_checked(Rule::Order) && !not_checked(Rule::Requirement));
    let said = audit.of(Rule::NotStated).map(english).collect::<Vec<_>>();
    assert_eq!(said, ["Not checked: 一日の当直は 12 時間まで"]);
}

#[test]
fn selectors_of_tests_mean_what_they_say() {
    let (mut scenario, _) = year();
    let ix = selector(scenario.unchecked_mut(), "core;affiliate&!rural");
    let means = |n: usize| {
        let place = kenshu::internal::scenario::Place {
            facility: kenshu::internal::scenario::FacilityIx(n),
            section: None,
        };
        scenario.selects(ix, place, scenario.start())
    };
    assert_eq!([0, 1, 2, 3].map(means), [true, true, false, false]);
}
