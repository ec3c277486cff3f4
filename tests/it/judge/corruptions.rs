//! A good plan spoilt in one way at a time: each defect gets exactly the findings that name it.

use kenshu::internal::audit::audit;
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::regulation::{Rule, Subject};
use kenshu::internal::scenario::{
    Accreditation, Count, Dated, IntakeCap, LeaveKind, MeanRounding, ResidentIx, Scenario,
    SupervisorRounding, TotalsSource,
};

use crate::common::program::{course_ix, decimal, facility_ix, good_plan, month, program, row, span};
use crate::common::rules::{order_rule, requirement, section, staffing, stay_rule};
use crate::judge::cases::with_ivr;
use crate::judge::leave::{half_a_year_of_part_time, leave};
use crate::judge::{judge, no_defects};

#[test]
fn the_good_plan_is_good() {
    let scenario = program();
    let plan = good_plan(&scenario);
    assert_eq!(judge(&scenario, &plan), no_defects());
    let audit = audit(&scenario, &plan, None);
    assert!(!audit.has_violations(Subject::Placement) && !audit.has_violations(Subject::Program));
}

type Corruption = (&'static str, fn(&mut Scenario, &mut Plan), &'static [&'static str]);

/// One defect each, and all that the judge may say about it.
const CORRUPTIONS: &[Corruption] = &[
    ("a row is missing", |_, p| remove(p, 0), &["whole-career r1 - 2020-04"]),
    (
        "the first month is missing",
        |_, p| p.rows[0].span = span("2020-05", 11),
        &["whole-career r1 - 2020-04"],
    ),
    ("a stay ends early", |_, p| p.rows[7].span.months = 2, &["whole-career r4 - 2022-02"]),
    ("a stay begins late", |_, p| p.rows[7].span = span("2022-01", 3), &["whole-career r4 - 2021-12"]),
    ("a whole year is missing between two others", |_, p| remove(p, 10), &["whole-career r5 - 2021-04"]),
    ("a row stands there twice", |_, p| p.rows.push(p.rows[7].clone()), &["one-place r4 west 2021-12"]),
    (
        "a row reaches into the next one at another facility",
        |_, p| p.rows[6].span.months = 9,
        &["one-place r4 - 2021-12"],
    ),
    (
        "two facilities in the middle of a year",
        |s, p| p.rows.push(row(s, "r1", "A", "core", "2020-06", 2)),
        &["one-place r1 - 2020-06"],
    ),
    (
        "placed before entry",
        |s, p| p.rows.push(row(s, "r6", "C", "core", "2021-01", 3)),
        &["whole-career r6 - 2021-01"],
    ),
    ("placed after the end", |_, p| p.rows[0].span.months = 14, &["whole-career r1 - 2021-04"]),
    (
        "history told otherwise",
        |s, p| p.rows.push(row(s, "r1", "A", "east", "2019-04", 12)),
        &["history-kept r1 east 2019-04"],
    ),
    ("history repeated does no harm", |s, p| p.rows.push(row(s, "r1", "A", "core", "2019-04", 12)), &[]),
    (
        "not where a lock demands",
        |s, p| p.rows[10].facility = facility_ix(s, "west"),
        &["lock r5 south 2021-04"],
    ),
    ("where a lock forbids", |s, p| p.rows[1].facility = facility_ix(s, "north"), &["lock r2 north 2020-04"]),
    (
        "another course than the fixed one",
        |s, p| (3..=4).for_each(|row| p.rows[row].course = Some(course_ix(s, "A"))),
        &["course-fixed r3 - -"],
    ),
    (
        "another course than the fixed one in one row",
        |s, p| p.rows[3].course = Some(course_ix(s, "A")),
        &["course-fixed r3 - -"],
    ),
    ("two courses", |s, p| p.rows[12].course = Some(course_ix(s, "B")), &["course-fixed r6 - -"]),
    ("no course named anywhere", |_, p| p.rows.iter_mut().for_each(|row| row.course = None), &[]),
    (
        "a course that the placements do not follow",
        |s, p| (12..=14).for_each(|row| p.rows[row].course = Some(course_ix(s, "A"))),
        &["course-pattern r6 - 2021-04"],
    ),
    (
        "an affiliate instead of the core",
        |s, p| p.rows[11].facility = facility_ix(s, "west"),
        &["course-pattern r5 - 2022-04"],
    ),
    (
        "a split year of 7 and 5",
        |_, p| {
            p.rows[6].span.months = 7;
            p.rows[7].span = span("2021-11", 5);
        },
        &["course-pattern r4 - 2021-04"],
    ),
    (
        "a split year in three pieces",
        |s, p| {
            p.rows[6].span.months = 4;
            p.rows[7].span = span("2021-08", 4);
            p.rows.push(row(s, "r4", "A", "core", "2021-12", 4));
        },
        &["course-pattern r4 - 2021-04"],
    ),
    (
        "a split year the other way round is as good",
        |_, p| {
            p.rows[6].span = span("2021-08", 8);
            p.rows[7].span = span("2021-04", 4);
        },
        &[],
    ),
    (
        "a year at two affiliates, one of them briefly",
        |s, p| {
            p.rows[0].span.months = 10;
            p.rows.push(row(s, "r1", "A", "south", "2021-02", 2));
        },
        &["affiliate-stay r1 south 2021-02", "course-pattern r1 - 2020-04"],
    ),
    (
        "a year at two affiliates",
        |s, p| {
            p.rows[0].span.months = 6;
            p.rows.push(row(s, "r1", "A", "south", "2020-10", 6));
        },
        &["course-pattern r1 - 2020-04"],
    ),
    (
        "a month more at comprehensive institutions asked for than there is",
        |s, _| s.unchecked_mut().rules.comprehensive_months_min = 21,
        &["comprehensive-months r4 - -"],
    ),
    (
        "an accreditation lost half-way",
        |s, _| {
            s.unchecked_mut().rules.comprehensive_months_min = 20;
            s.unchecked_mut().facilities[1]
                .accreditation
                .changes
                .push((month("2023-10"), Accreditation::Training));
        },
        &["comprehensive-months r6 - -"],
    ),
    (
        "never at the core",
        |s, p| {
            (12..=14).for_each(|row| p.rows[row].course = Some(course_ix(s, "F")));
            p.rows[13].facility = facility_ix(s, "west");
        },
        &["core-months r6 - -"],
    ),
    (
        "a stay shorter than the rule asks for",
        |s, _| s.unchecked_mut().rules.affiliate_stay_months_min = 5,
        &["affiliate-stay r4 west 2021-12"],
    ),
    (
        "always at one facility",
        |s, p| {
            (12..=14).for_each(|row| {
                p.rows[row].course = Some(course_ix(s, "G"));
                p.rows[row].facility = facility_ix(s, "core");
            });
        },
        &["several-facilities r6 - -"],
    ),
    (
        "at an associated facility",
        |s, p| p.rows[0].facility = facility_ix(s, "clinic"),
        &["associated-never-placed r1 clinic 2020-04"],
    ),
    (
        "more residents than the supervisors can guide",
        |s, p| p.rows[12].facility = facility_ix(s, "south"),
        &["supervisor-ratio - south 2021-04"],
    ),
    (
        "a supervisor leaves",
        |s, _| s.unchecked_mut().facilities[2].supervisors.changes.push((month("2020-10"), decimal("0.3"))),
        &["supervisor-ratio - west 2020-10", "supervisor-ratio - west 2021-12"],
    ),
    (
        "supervisors rounded down first",
        |s, _| s.unchecked_mut().rules.supervisor_rounding = SupervisorRounding::SupervisorFloor,
        &["supervisor-ratio - south 2021-04"],
    ),
    (
        "too few supervisors in the pool",
        |s, _| {
            s.unchecked_mut().rules.supervisor_rounding = SupervisorRounding::Pooled;
            s.unchecked_mut()
                .facilities
                .iter_mut()
                .for_each(|f| f.supervisors = Dated::constant(decimal("0.26")));
        },
        &["supervisor-ratio - - 2020-04", "supervisor-ratio - - 2021-04"],
    ),
    (
        "more residents than seats",
        |s, p| p.rows[2].facility = facility_ix(s, "north"),
        &["seats - north 2021-04"],
    ),
    (
        "a facility that joins later",
        |s, _| {
            s.unchecked_mut().facilities[2].seats =
                Dated { initial: Some(0), changes: vec![(month("2021-04"), None)] };
        },
        &["seats - west 2020-04"],
    ),
    (
        "a row of another scenario",
        |_, p| p.rows.push(Placement { resident: ResidentIx(99), ..p.rows[0].clone() }),
        &["whole-career - - -"],
    ),
    (
        "as many new residents as the cap is no excess",
        |s, _| s.unchecked_mut().rules.intake_cap = Some(cap_of_supervisors("4.45")),
        &[],
    ),
    (
        "more new residents than the cap, carried over and left at the end",
        |s, _| s.unchecked_mut().rules.intake_cap = Some(cap_of_supervisors("4.46")),
        &["intake-cap - - -", "intake-cap - - -"],
    ),
    (
        "more new residents than the past mean, carried over and left at the end",
        |s, _| {
            s.unchecked_mut().rules.intake_cap =
                Some(IntakeCap { past_hires: Some(7), ..cap_of_supervisors("1") });
        },
        &["urban-cap - - -", "urban-cap - - -"],
    ),
    (
        "fewer cases than a resident needs who is nowhere else",
        |s, _| {
            *s = with_ivr();
            s.unchecked_mut().cases[0].target = 21;
        },
        &["case-volume r1 - -"],
    ),
    (
        "placed while leave takes the seat away",
        |s, p| {
            s.unchecked_mut().residents[5].leaves =
                vec![leave(LeaveKind::GraduateSchoolResearch, "2024-01", 2)];
            p.rows[14].span.months = 14;
        },
        &["leave-seat r6 east 2024-01"],
    ),
    (
        "a second childbirth leave",
        |s, p| {
            let birth = |start| leave(LeaveKind::Childbirth, start, 3);
            s.unchecked_mut().residents[5].leaves = vec![birth("2021-06"), birth("2024-01")];
            p.rows[14].span.months = 9;
            p.rows.push(row(s, "r6", "C", "east", "2024-04", 3));
        },
        &["leave-once r6 - 2024-01"],
    ),
    (
        "a stay that is long enough only by a month of illness",
        |s, _| {
            s.unchecked_mut().rules.affiliate_stay_months_min = 4;
            s.unchecked_mut().residents[3].leaves = vec![leave(LeaveKind::Illness, "2022-01", 1)];
        },
        &["leave-minima r4 west 2021-12"],
    ),
    (
        "part-time work not made up for",
        |s, _| s.unchecked_mut().residents[5].leaves = vec![half_a_year_of_part_time()],
        &["training-complete r6 - 2024-04"],
    ),
    (
        "an extension elsewhere",
        |s, p| {
            s.unchecked_mut().residents[5].leaves = vec![half_a_year_of_part_time()];
            p.rows.push(row(s, "r6", "C", "south", "2024-04", 3));
        },
        &["extension r6 south 2024-04"],
    ),
    (
        "a resignation that the plan does not know of",
        |s, _| s.unchecked_mut().residents[5].resigned_from = Some(month("2023-06")),
        &["whole-career r6 - 2023-06"],
    ),
    (
        "a past that no course continues, and no rows for it",
        |s, p| {
            s.unchecked_mut().residents[2].set_aside_from = Some(month("2020-04"));
            p.rows.retain(|row| row.resident != ResidentIx(2));
        },
        &["history-course r3 - -"],
    ),
    (
        "in no section of a divided facility",
        |s, _| {
            section(s.unchecked_mut(), "south", "ward");
        },
        &["section-named r5 south 2021-04"],
    ),
    (
        "twelve months in steps of five",
        |s, p| {
            in_section(s, p);
            s.unchecked_mut().sections[0].step_months = 5;
        },
        &["section-step r5 south 2021-04"],
    ),
    (
        "a section without seats",
        |s, p| {
            in_section(s, p);
            s.unchecked_mut().sections[0].seats = Dated::constant(Some(0));
        },
        &["section-seats - south 2021-04"],
    ),
    (
        "a month too many of a requirement",
        |s, _| {
            let row = requirement(s.unchecked_mut(), "south", Count::Months, None, Some(11));
            s.unchecked_mut().requirements.push(row);
        },
        &["requirement r5 - -"],
    ),
    (
        "a stay that is too long",
        |s, _| {
            let mut row = stay_rule(s.unchecked_mut(), "south");
            row.months_max = Some(11);
            s.unchecked_mut().stay_rules.push(row);
        },
        &["stay-rule r5 south 2021-04"],
    ),
    (
        "what should come before has not",
        |s, _| {
            let row = order_rule(s.unchecked_mut(), "east", 1, "south");
            s.unchecked_mut().order_rules.push(row);
        },
        &["order r5 south 2021-04"],
    ),
    (
        "more staff than allowed",
        |s, _| {
            let row = staffing(s.unchecked_mut(), "south", None, Some(0));
            s.unchecked_mut().staffing.push(row);
        },
        &["staffing - - 2021-04"],
    ),
    (
        "a course that takes nobody that year",
        |s, _| {
            s.unchecked_mut().courses[4].intake_max.insert(2020, 0);
        },
        &["course-intake - - -"],
    ),
    (
        "a printed total that is not the sum",
        |s, _| s.unchecked_mut().printed_totals.extend([("supervisors".to_string(), decimal("9"))]),
        &["printed-totals - - -"],
    ),
];

/// Divides `south` into one section, in which everybody there is.
fn in_section(scenario: &mut Scenario, plan: &mut Plan) {
    let south = facility_ix(scenario, "south");
    let ward = section(scenario.unchecked_mut(), "south", "ward");
    plan.rows.iter_mut().filter(|row| row.facility == south).for_each(|row| row.section = Some(ward));
}

/// Takes a row out.
fn remove(plan: &mut Plan, row: usize) {
    plan.rows.remove(row);
}

/// A cap on supervisors alone; the program has 8.9 of them.
fn cap_of_supervisors(per_resident: &str) -> IntakeCap {
    IntakeCap {
        supervisors_per_resident: decimal(per_resident),
        volume_per_resident: Vec::new(),
        totals: TotalsSource::Rows,
        past_hires: None,
        past_years: 5,
        mean_rounding: MeanRounding::HalfUp,
    }
}

#[test]
fn a_good_plan_spoilt_in_one_way_gets_exactly_that_finding() {
    assert!(CORRUPTIONS.len() >= 25);
    for (name, corrupt, expected) in CORRUPTIONS {
        let mut scenario = program();
        let mut plan = good_plan(&scenario);
        corrupt(&mut scenario, &mut plan);
        assert_eq!(judge(&scenario, &plan), *expected, "{name}");
    }
}

#[test]
fn every_rule_is_broken_by_some_corruption() {
    // These only ever take note of something; `leave` and `rows` test them.
    let notes = [Rule::LeaveCredit, Rule::LeaveProof, Rule::NotStated];
    for rule in Rule::ALL.iter().filter(|rule| !notes.contains(rule)) {
        let named = |defect: &&str| defect.split(' ').next() == Some(rule.id());
        let broken = CORRUPTIONS.iter().any(|(_, _, expected)| expected.iter().any(named));
        assert!(broken, "{}", rule.id());
    }
}
