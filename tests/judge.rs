//! The judge on plans made by hand: what is legal, what is just not, and a good plan spoilt in one
//! way at a time, each of which must give exactly the findings that name the defect.

mod common;

use common::program::{
    course_ix, decimal, facility_ix, good_plan, month, pattern, program, resident_ix, row, span, stay,
};
use common::{brute, generate::generate, keio::keio};
use kenshu::audit::{
    Audit, Finding, audit, audit_program, coverage_shortfall, goal_values, program_limit, resident_values,
    seat_limit,
};
use kenshu::diagnostic::Severity;
use kenshu::language::{Catalogue, Language};
use kenshu::plan::{GoalValue, Placement, Plan};
use kenshu::regulation::{Rule, Subject};
use kenshu::scenario::{
    Accreditation, CourseIx, Dated, FacilityIx, Goal, GoalKind, IntakeCap, Lock, LockKind, MeanRounding,
    Measure, ResidentIx, Role, Scenario, SupervisorRounding, TotalsSource,
};
use proptest::prelude::*;

/// Who, where and when of errors and warnings: `rule resident facility month`, sorted.
fn defects(scenario: &Scenario, audit: &Audit) -> Vec<String> {
    let mut list: Vec<String> = audit
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| {
            let who = finding.resident.map_or("-", |ix| &scenario.resident(ix).id);
            let place = finding.facility.map_or("-", |ix| &scenario.facility(ix).id);
            let when = finding.month.map_or("-".to_string(), |month| month.to_string());
            format!("{} {who} {place} {when}", finding.rule.id())
        })
        .collect();
    list.sort();
    list
}

fn judge(scenario: &Scenario, plan: &Plan) -> Vec<String> {
    let audit = audit(scenario, plan, None);
    for finding in &audit.findings {
        speak(finding);
    }
    defects(scenario, &audit)
}

/// Both languages have words for the finding, with every argument filled in.
fn speak(finding: &Finding) -> [String; 2] {
    [Language::Ja, Language::En].map(|language| {
        let catalogue = Catalogue::new(language);
        let text = catalogue.say(&finding.message);
        assert_ne!(text, finding.message.key, "no entry");
        assert!(!text.contains("{$") && !text.contains("audit-"), "{text}");
        text
    })
}

fn english(finding: &Finding) -> String {
    let [_, english] = speak(finding);
    english
}

/// Removes the rows at a facility from a month on and puts others there.
fn replace(plan: &mut Plan, old: &Placement, new: Vec<Placement>) {
    let position = plan.rows.iter().position(|row| row == old).expect("the row is in the good plan");
    plan.rows.splice(position..=position, new);
}

fn no_defects() -> Vec<String> {
    Vec::new()
}

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
    ("a row is missing", |_, p| drop(p.rows.remove(0)), &["whole-career r1 - 2020-04"]),
    (
        "the first month is missing",
        |_, p| p.rows[0].span = span("2020-05", 11),
        &["whole-career r1 - 2020-04"],
    ),
    ("a stay ends early", |_, p| p.rows[7].span.months = 2, &["whole-career r4 - 2022-02"]),
    ("a stay begins late", |_, p| p.rows[7].span = span("2022-01", 3), &["whole-career r4 - 2021-12"]),
    (
        "a whole year is missing between two others",
        |_, p| drop(p.rows.remove(10)),
        &["whole-career r5 - 2021-04"],
    ),
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
        |s, _| s.rules.comprehensive_months_min = 21,
        &["comprehensive-months r4 - -"],
    ),
    (
        "an accreditation lost half-way",
        |s, _| {
            s.rules.comprehensive_months_min = 20;
            s.facilities[1].accreditation.changes.push((month("2023-10"), Accreditation::Training));
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
        |s, _| s.rules.affiliate_stay_months_min = 5,
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
        |s, _| s.facilities[2].supervisors.changes.push((month("2020-10"), decimal("0.3"))),
        &["supervisor-ratio - west 2020-10", "supervisor-ratio - west 2021-12"],
    ),
    (
        "supervisors rounded down first",
        |s, _| s.rules.supervisor_rounding = SupervisorRounding::SupervisorFloor,
        &["supervisor-ratio - south 2021-04"],
    ),
    (
        "too few supervisors in the pool",
        |s, _| {
            s.rules.supervisor_rounding = SupervisorRounding::Pooled;
            s.facilities.iter_mut().for_each(|f| f.supervisors = Dated::constant(decimal("0.26")));
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
            s.facilities[2].seats = Dated { initial: Some(0), changes: vec![(month("2021-04"), None)] };
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
        |s, _| s.rules.intake_cap = Some(cap_of_supervisors("4.45")),
        &[],
    ),
    (
        "more new residents than the cap, carried over and left at the end",
        |s, _| s.rules.intake_cap = Some(cap_of_supervisors("4.46")),
        &["intake-cap - - -", "intake-cap - - -"],
    ),
    (
        "more new residents than the past mean, carried over and left at the end",
        |s, _| {
            s.rules.intake_cap = Some(IntakeCap { past_hires: Some(7), ..cap_of_supervisors("1") });
        },
        &["urban-cap - - -", "urban-cap - - -"],
    ),
    (
        "a printed total that is not the sum",
        |s, _| drop(s.printed_totals.insert("supervisors".into(), decimal("9"))),
        &["printed-totals - - -"],
    ),
];

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
    for rule in Rule::ALL {
        let named = |defect: &&str| defect.split(' ').next() == Some(rule.id());
        let broken = CORRUPTIONS.iter().any(|(_, _, expected)| expected.iter().any(|defect| named(&defect)));
        assert!(broken, "{}", rule.id());
    }
}

#[test]
fn the_numbers_of_the_rules_are_limits_that_may_be_met() {
    let boundary: [(&str, fn(&mut Scenario)); 6] = [
        ("comprehensive months", |s| s.rules.comprehensive_months_min = 20),
        ("core months", |s| s.rules.core_months_min = 12),
        ("affiliate stay", |s| s.rules.affiliate_stay_months_min = 4),
        ("facilities", |s| s.rules.facilities_min = 2),
        ("seats", |s| s.facilities[2].seats = Dated::constant(Some(2))),
        ("residents per supervisor", |s| s.rules.residents_per_supervisor = 3),
    ];
    for (name, set) in boundary {
        let mut scenario = program();
        set(&mut scenario);
        assert_eq!(judge(&scenario, &good_plan(&scenario)), no_defects(), "{name}");
    }
    let beyond: [(&str, fn(&mut Scenario), &[&str]); 5] = [
        (
            "core months",
            |s| s.rules.core_months_min = 13,
            &["core-months r2 - -", "core-months r3 - -", "core-months r6 - -"],
        ),
        (
            "facilities",
            |s| s.rules.facilities_min = 3,
            &["several-facilities r1 - -", "several-facilities r5 - -"],
        ),
        ("seats", |s| s.facilities[2].seats = Dated::constant(Some(1)), &["seats - west 2020-04"]),
        (
            "supervisors",
            |s| s.facilities[4].supervisors = Dated::constant(decimal("0.333333")),
            &["supervisor-ratio - south 2021-04"],
        ),
        (
            "seats that shrink within a year",
            |s| s.facilities[2].seats.changes.push((month("2020-07"), Some(1))),
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
    scenario.rules.comprehensive_months_min = 24;
    let audit = audit(&scenario, &plan, None);
    let pattern = audit.of(Rule::CoursePattern).next().unwrap();
    assert_eq!(pattern.measured, "core 12 / core 7 + affiliate 5 / affiliate 12");
    assert!(pattern.required.contains("A: core 12 / core 8 + affiliate 4 / affiliate 12"));
    assert!(pattern.required.contains(" | "), "r4 has no fixed course, the rows name A: two patterns");
    assert!(english(pattern).contains("Training year 2 of resident r4"), "{}", english(pattern));
    let seats = audit.of(Rule::Seats).next().unwrap();
    assert_eq!((seats.measured.as_str(), seats.required.as_str()), ("3", "2"));
    assert!(english(seats).contains("north hospital") && english(seats).contains("r2, r3, r6"));
    assert!(speak(seats)[0].contains("north病院") && speak(seats)[0].contains("r2、r3、r6"));
    let comprehensive: Vec<_> = audit.of(Rule::ComprehensiveMonths).map(|f| f.measured.as_str()).collect();
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
    let defects = judge(&scenario, &Plan { rows });
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
    scenario.first_year = 2020;
    scenario.rules.affiliate_stay_months_min = 12;
    scenario.courses =
        vec![common::program::course("A", &["core:10 affiliate:2/affiliate:10 core:2/core:12"])];
    scenario.residents = vec![common::program::resident("r1", 2019)];
    scenario.residents[0].history =
        vec![stay(&scenario, "core", "2019-04", 10), stay(&scenario, "west", "2020-02", 2)];
    let rows = vec![
        row(&scenario, "r1", "A", "west", "2020-04", 10),
        row(&scenario, "r1", "A", "core", "2021-02", 2),
        row(&scenario, "r1", "A", "core", "2021-04", 12),
    ];
    let mut plan = Plan { rows };
    assert_eq!(judge(&scenario, &plan), no_defects());
    scenario.rules.affiliate_stay_months_min = 13;
    assert_eq!(judge(&scenario, &plan), ["affiliate-stay r1 west 2020-02"]);
    scenario.rules.affiliate_stay_months_min = 3;
    plan.rows[0].facility = facility_ix(&scenario, "east");
    assert_eq!(judge(&scenario, &plan), ["affiliate-stay r1 west 2020-02"]);
}

#[test]
fn a_lock_is_one_finding_and_holes_do_not_break_it() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    let must = |stay| Lock { stay, kind: LockKind::Must };
    let r4 = resident_ix(&scenario, "r4");
    scenario.residents[r4.0].locks =
        vec![must(stay(&scenario, "west", "2021-10", 4)), must(stay(&scenario, "core", "2020-04", 3))];
    assert_eq!(judge(&scenario, &plan), ["lock r4 west 2021-10"]);
    let audit = audit(&scenario, &plan, None);
    let lock = audit.of(Rule::Lock).next().unwrap();
    assert_eq!((lock.measured.as_str(), lock.required.as_str()), ("2", "4"));
    let without: Vec<_> = plan.rows.iter().filter(|row| row.resident != r4).cloned().collect();
    assert_eq!(judge(&scenario, &Plan { rows: without }), ["whole-career r4 - 2020-04"]);
}

#[test]
fn neighbouring_parts_may_be_at_one_facility() {
    let mut scenario = program();
    scenario.courses[0].patterns.push(pattern("core:12/core:12/affiliate:6 affiliate:6"));
    let mut plan = good_plan(&scenario);
    assert_eq!(judge(&scenario, &plan), no_defects());
    plan.rows[0].span.months = 6;
    plan.rows.push(row(&scenario, "r1", "A", "south", "2020-10", 6));
    assert_eq!(judge(&scenario, &plan), no_defects());
}

#[test]
fn the_three_readings_of_the_supervisor_rule_give_161_162_and_159_seats() {
    let mut scenario = keio(&[(2019, 12)]);
    let april = month("2019-04");
    let seats = |scenario: &Scenario| -> u32 {
        scenario.facility_ixs().map(|ix| seat_limit(scenario, ix, april).unwrap()).sum()
    };
    let each: Vec<u32> =
        scenario.facility_ixs().map(|ix| seat_limit(&scenario, ix, april).unwrap()).collect();
    assert_eq!(each, [33, 9, 9, 12, 4, 6, 6, 12, 6, 3, 9, 6, 6, 10, 15, 3, 3, 9]);
    assert_eq!(seats(&scenario), 161);
    assert_eq!(program_limit(&scenario, april), None);
    scenario.rules.supervisor_rounding = SupervisorRounding::SupervisorFloor;
    assert_eq!(seats(&scenario), 159);
    scenario.rules.supervisor_rounding = SupervisorRounding::Pooled;
    assert_eq!(program_limit(&scenario, april), Some(162));
    assert_eq!(seat_limit(&scenario, FacilityIx(0), april), None);
    scenario.facilities[0].seats = Dated::constant(Some(7));
    assert_eq!(seat_limit(&scenario, FacilityIx(0), april), Some(7));
    assert_eq!(seat_limit(&scenario, FacilityIx(99), april), None);
}

/// (measured, required) of the notes of a rule about a year.
fn notes(findings: &[Finding], rule: Rule, year: i32) -> Vec<(&str, &str)> {
    let about = findings.iter().filter(|f| f.rule == rule && f.academic_year == Some(year));
    about
        .filter(|f| f.severity == Severity::Note)
        .map(|f| (f.measured.as_str(), f.required.as_str()))
        .collect()
}

#[test]
fn the_intake_cap_is_46_on_printed_totals_and_47_on_the_rows() {
    let mut scenario = keio(&[(2019, 12)]);
    let findings = audit_program(&scenario);
    assert_eq!(notes(&findings, Rule::IntakeCap, 2019), [("12", "46"), ("12", "47")]);
    let text = english(&findings[0]);
    assert!(text.contains("set by ivr with 46.85"), "{text}");
    assert!(text.contains("supervisors 54.30, ct 104.56, ivr 46.85, radiotherapy 57.09"), "{text}");
    assert!(text.contains("resting on the printed totals"), "{text}");
    assert!(english(&findings[1]).contains("set by ivr with 47.07"));
    scenario.rules.intake_cap.as_mut().unwrap().totals = TotalsSource::Rows;
    let findings = audit_program(&scenario);
    assert_eq!(notes(&findings, Rule::IntakeCap, 2019), [("12", "47"), ("12", "46")]);
    assert!(english(&findings[0]).contains("resting on the sums of the rows"));
    assert!(findings.iter().all(|finding| finding.severity != Severity::Error));
}

#[test]
fn an_intake_at_the_cap_passes_and_one_more_does_not() {
    let broken = |intake: &[(i32, u32)]| -> Vec<(i32, Severity, String, String)> {
        let mut scenario = keio(intake);
        scenario.rules.intake_cap.as_mut().unwrap().past_hires = None;
        let findings = audit_program(&scenario).into_iter();
        findings
            .filter(|f| f.rule == Rule::IntakeCap && f.severity != Severity::Note)
            .map(|f| (f.academic_year.unwrap(), f.severity, f.measured, f.required))
            .collect()
    };
    assert_eq!(broken(&[(2019, 46), (2020, 46)]), []);
    let over = |year, severity, hired: &str, left: &str| (year, severity, hired.into(), left.into());
    assert_eq!(broken(&[(2019, 47)]), [over(2019, Severity::Error, "47", "46")]);
    assert_eq!(broken(&[(2019, 47), (2020, 45)]), [over(2019, Severity::Warning, "47", "46")]);
    assert_eq!(
        broken(&[(2019, 47), (2020, 46)]),
        [over(2019, Severity::Warning, "47", "46"), over(2020, Severity::Error, "46", "45")]
    );
}

#[test]
fn an_unknown_volume_is_not_assessed_rather_than_passed() {
    let mut scenario = keio(&[(2019, 12), (2020, 12)]);
    scenario.facilities[9].volumes[1] = Dated::constant(None);
    let printed = audit_program(&scenario);
    assert_eq!(notes(&printed, Rule::IntakeCap, 2019), [("12", "46"), ("12", "54")]);
    scenario.rules.intake_cap.as_mut().unwrap().totals = TotalsSource::Rows;
    let rows = audit_program(&scenario);
    let gaps: Vec<_> = rows.iter().filter(|f| f.message.key == "audit-intake-cap-not-assessed").collect();
    assert_eq!(gaps.len(), 1, "said once, not for every year");
    assert_eq!((gaps[0].severity, gaps[0].facility), (Severity::Warning, Some(FacilityIx(9))));
    assert!(english(gaps[0]).contains("ivr") && english(gaps[0]).contains("hino hospital"));
    assert_eq!(notes(&rows, Rule::IntakeCap, 2020)[0], ("12", "54"), "supervisors bind among the rest");
    let totals: Vec<_> = rows.iter().filter(|f| f.rule == Rule::PrintedTotals).collect();
    assert!(totals.iter().any(|f| f.message.key == "audit-printed-totals-not-assessed"));
}

#[test]
fn the_urban_mean_of_59_in_5_years_in_its_four_roundings() {
    let with = |rounding, intake: &[(i32, u32)]| {
        let mut scenario = keio(intake);
        scenario.rules.intake_cap.as_mut().unwrap().mean_rounding = rounding;
        audit_program(&scenario).into_iter().filter(|f| f.rule == Rule::UrbanCap).collect::<Vec<_>>()
    };
    let worst = |rounding, intake: &[(i32, u32)]| {
        with(rounding, intake).iter().map(|finding| finding.severity).max().unwrap()
    };
    let half_up = with(MeanRounding::HalfUp, &[(2019, 12)]);
    assert_eq!((half_up[0].measured.as_str(), half_up[0].required.as_str()), ("11.8", "12"));
    assert_eq!(
        notes(&half_up, Rule::UrbanCap, 2019),
        [("12", "11.8")],
        "12 passes, said with the exact mean"
    );
    assert!(english(&half_up[1]).contains("11.8"));
    assert_eq!(worst(MeanRounding::HalfUp, &[(2019, 12)]), Severity::Note);
    assert_eq!(worst(MeanRounding::HalfUp, &[(2019, 13)]), Severity::Error);
    assert_eq!(worst(MeanRounding::Ceil, &[(2019, 12)]), Severity::Note);
    assert_eq!(worst(MeanRounding::Exact, &[(2019, 12)]), Severity::Error);
    assert_eq!(worst(MeanRounding::Exact, &[(2019, 11)]), Severity::Note);
    assert_eq!(worst(MeanRounding::Floor, &[(2019, 12)]), Severity::Error);
    // Exactly: 12 is 0.2 too many and leaves 11.6, which 11 meets; rounded down it leaves 10.
    assert_eq!(worst(MeanRounding::Exact, &[(2019, 12), (2020, 11)]), Severity::Warning);
    assert_eq!(worst(MeanRounding::Floor, &[(2019, 12), (2020, 11)]), Severity::Error);
    let exact = with(MeanRounding::Exact, &[(2019, 12), (2020, 12)]);
    let last = exact.last().unwrap();
    assert_eq!((last.measured.as_str(), last.required.as_str()), ("12", "11.6"));
}

#[test]
fn the_urban_cap_is_for_urban_cores_only() {
    let mut scenario = keio(&[(2019, 40)]);
    scenario.facilities[0].prefecture = "栃木県".into();
    let findings = audit_program(&scenario);
    assert!(findings.iter().all(|f| f.rule != Rule::UrbanCap || f.severity == Severity::Note));
    assert!(findings.iter().any(|f| f.message.key == "audit-urban-cap-not-urban"));
    scenario.rules.intake_cap = None;
    let findings = audit_program(&scenario);
    assert!(findings.iter().any(|f| f.message.key == "audit-intake-cap-absent"), "every output says so");
}

#[test]
fn printed_totals_are_compared_exactly() {
    let findings = audit_program(&keio(&[(2019, 12)]));
    let totals: Vec<_> = findings.iter().filter(|f| f.rule == Rule::PrintedTotals).collect();
    let figures: Vec<_> = totals.iter().map(|f| (f.measured.as_str(), f.required.as_str())).collect();
    assert_eq!(figures, [("313689.7", "311993.9"), ("2811", "2824")]);
    assert!(totals.iter().all(|f| f.severity == Severity::Warning));
    assert!(english(totals[0]).contains("+1695.8") && english(totals[1]).contains("difference -13"));
}

#[test]
fn goals_are_counted_month_by_month() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    let ix = |id| facility_ix(&scenario, id);
    let (east, west, north, south) = (ix("east"), ix("west"), ix("north"), ix("south"));
    let (a, c) = (course_ix(&scenario, "A"), course_ix(&scenario, "C"));
    scenario.residents[3].course_wishes = vec![c, a];
    scenario.residents[5].course_wishes = vec![a];
    scenario.residents[3].facility_wishes = vec![north, west];
    scenario.residents[5].facility_wishes = vec![east];
    scenario.residents[2].facility_wishes = vec![north];
    scenario.facilities[west.0].min_residents = Dated::constant(1);
    scenario.facilities[south.0].min_residents = Dated { initial: 0, changes: vec![(month("2021-10"), 2)] };
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
    scenario.residents[r6.0].course_wishes = wishes;
    plan.rows.iter_mut().for_each(|row| row.course = None);
    let value = |plan: &Plan| resident_values(&scenario, plan, None, GoalKind::CourseWishes)[r6.0];
    assert_eq!(value(&plan), 2, "the placements follow C");
    plan.rows[12].course = Some(course_ix(&scenario, "A"));
    assert_eq!(value(&plan), 3, "what a row names counts");
}

#[test]
fn residents_who_have_finished_have_no_part_in_goals_or_findings() {
    let mut scenario = program();
    scenario.residents.insert(0, common::program::resident("r0", 2017));
    let plan = good_plan(&scenario);
    assert_eq!(judge(&scenario, &plan), no_defects());
    let goals = goal_values(&scenario, &plan, None);
    let vector = goals.iter().find(|(goal, _)| goal.measure == Measure::WorstFirst).unwrap();
    assert_eq!(vector.1, GoalValue::Vector(vec![(0, 6)]), "six residents, not seven");
}

#[test]
fn every_rule_has_words_in_both_languages() {
    for language in [Language::Ja, Language::En] {
        let catalogue = Catalogue::new(language);
        for rule in Rule::ALL {
            let message = kenshu::language::Message::new(rule.key());
            assert_ne!(catalogue.say(&message), rule.key());
            for attribute in ["requirement", "reading"] {
                assert!(catalogue.say_attribute(&message, attribute).is_some(), "{} {attribute}", rule.id());
            }
        }
    }
}

#[test]
fn both_ways_of_trying_all_careers_find_the_same() {
    let mut compared = 0;
    for seed in 0..400 {
        let scenario = generate(seed).scenario;
        for resident in scenario.resident_ixs() {
            let months = scenario.decided(resident).months;
            if scenario.facilities.len().pow(months) > 1100 {
                continue;
            }
            let plainly = brute::careers_plainly(&scenario, resident);
            assert_eq!(brute::careers(&scenario, resident), plainly, "seed {seed}, {resident:?}");
            compared += usize::from(!plainly.is_empty());
        }
    }
    assert!(compared >= 50, "only {compared} residents with careers");
}

#[test]
fn the_generated_scenarios_are_worth_testing_with() {
    let (mut feasible, mut infeasible, mut large) = (0, 0, 0);
    let mut broken = std::collections::BTreeSet::new();
    for seed in 0..150 {
        let generated = generate(seed);
        let scenario = &generated.scenario;
        for resident in scenario.resident_ixs() {
            let past: u32 = scenario.resident(resident).history.iter().map(|stay| stay.span.months).sum();
            assert_eq!(past + scenario.decided(resident).months, scenario.training_months, "seed {seed}");
        }
        for (position, goal) in scenario.goals.iter().enumerate() {
            assert!(!scenario.goals[..position].contains(goal), "seed {seed}");
        }
        for course in &scenario.courses {
            for pattern in &course.patterns {
                let months: u32 = pattern.years.iter().flatten().map(|part| part.months).sum();
                assert_eq!(months, scenario.training_months, "seed {seed}");
            }
        }
        if let Some(base) = &generated.base {
            broken.extend(audit(scenario, base, None).violations(Subject::Placement).map(|f| f.rule.id()));
        }
        if brute::combinations(scenario) > brute::PLANS_MAX {
            large += 1;
            continue;
        }
        match brute::best(scenario, generated.base.as_ref()) {
            None => infeasible += 1,
            Some((values, plans)) => {
                assert!(plans > 0);
                let stability = |goal: &&Goal| goal.kind != GoalKind::Stability || generated.base.is_some();
                assert_eq!(values.len(), scenario.goals.iter().filter(stability).count());
                feasible += 1;
            }
        }
    }
    assert!(feasible >= 50 && infeasible >= 20 && large <= 30, "{feasible} {infeasible} {large}");
    assert!(broken.len() >= 6, "{broken:?}");
}

/// Arbitrary rows over the program, also outside of any training.
fn arbitrary_rows() -> impl Strategy<Value = Vec<Placement>> {
    let one =
        (0usize..8, prop::option::of(0usize..9), 0usize..7, 0u32..120, prop_oneof![0u32..30, any::<u32>()]);
    let placement = one.prop_map(|(resident, course, facility, start, months)| Placement {
        resident: ResidentIx(resident),
        course: course.map(CourseIx),
        facility: FacilityIx(facility),
        span: kenshu::calendar::Span::new(month("2016-01").plus(start), months),
        line: None,
    });
    prop::collection::vec(placement, 0..12)
}

/// The good plan with one row exchanged for two arbitrary ones: broken, but not beyond recognition.
fn spoilt_rows() -> impl Strategy<Value = Vec<Placement>> {
    (arbitrary_rows(), 0usize..15).prop_map(|(extra, gone)| {
        let mut rows = good_plan(&program()).rows;
        rows.remove(gone);
        rows.extend(extra.into_iter().take(2));
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_rows_make_the_judge_panic(rows in arbitrary_rows()) {
        let scenario = program();
        let plan = Plan { rows };
        let first = audit(&scenario, &plan, Some(&plan));
        prop_assert_eq!(&first, &audit(&scenario, &plan, Some(&plan)));
        let stability = Goal { kind: GoalKind::Stability, measure: Measure::Sum };
        prop_assert!(first.goals.contains(&(stability, GoalValue::Number(0))), "a plan is its own base");
    }

    #[test]
    fn the_order_of_rows_makes_no_difference(
        (rows, shuffled) in spoilt_rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let scenario = program();
        let base = good_plan(&scenario);
        let judged = |rows| audit(&scenario, &Plan { rows }, Some(&base));
        prop_assert_eq!(judged(rows), judged(shuffled));
    }

    #[test]
    fn a_stay_in_two_rows_is_the_same_stay(rows in spoilt_rows(), which in 0usize..15, at in 0u32..12) {
        let scenario = program();
        let base = good_plan(&scenario);
        let mut split = rows.clone();
        if let Some(row) = split.get(which).cloned() {
            let first = row.span.months.min(at);
            split[which].span.months = first;
            let span = kenshu::calendar::Span::new(row.span.start.plus(first), row.span.months - first);
            split.push(Placement { span, ..row });
        }
        let mut one = audit(&scenario, &Plan { rows }, Some(&base));
        let mut two = audit(&scenario, &Plan { rows: split }, Some(&base));
        // Only the count of rows that belong to another scenario is about rows as such.
        for audit in [&mut one, &mut two] {
            audit.findings.retain(|finding| finding.message.key != "audit-whole-career-foreign");
        }
        prop_assert_eq!(one, two);
    }

    #[test]
    fn filling_a_hole_mends_nothing_but_the_hole(rows in spoilt_rows(), gone in 0usize..15) {
        let scenario = program();
        let career_rules = |plan: &Plan| -> Vec<(Rule, Option<ResidentIx>)> {
            let audit = audit(&scenario, plan, None);
            let kept = audit.violations(Subject::Placement).filter(|f| f.rule != Rule::WholeCareer);
            let mut list: Vec<_> = kept.map(|finding| (finding.rule, finding.resident)).collect();
            list.sort();
            list.dedup();
            list
        };
        let whole = Plan { rows };
        let mut holed = whole.clone();
        if gone < holed.rows.len() {
            holed.rows.remove(gone);
        }
        // A row that doubles another one hides what the other says, so only clean plans compare.
        prop_assume!(audit(&scenario, &whole, None).of(Rule::OnePlace).next().is_none());
        let after = career_rules(&whole);
        for finding in career_rules(&holed) {
            prop_assert!(after.contains(&finding), "{finding:?}");
        }
    }
}

#[test]
fn the_role_of_a_facility_is_all_that_the_pattern_asks() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    scenario.facilities[4].role = Role::Core;
    assert_eq!(judge(&scenario, &plan), ["course-pattern r5 - 2021-04"]);
}
