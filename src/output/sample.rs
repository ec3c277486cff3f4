//! A small program and a plan for it, for the tests of this part only.
//!
//! One core, two affiliates, three residents: one with a year of history and a split year, one who
//! got the second wish, one anonymous. Made by hand, so that what the tables show can be counted
//! on the fingers, and so that these tests need neither the reader nor the solver.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{Audit, Figure, Finding};
use crate::calendar::{AcademicCalendar, Month, Span};
use crate::diagnostic::Severity;
use crate::engine::Planned;
use crate::language::Message;
use crate::plan::{Answer, Placement, Plan, Quota, Status};
use crate::regulation::{self, Completion, Rule};
use crate::scenario::{
    Accreditation, CaseItem, CaseIx, Course, CourseIx, Dated, Facility, FacilityIx, Goal, GoalKind, Leave,
    LeaveKind, Lifted, Measure, Model, Part, Pattern, Resident, ResidentIx, Role, Scenario, Section,
    SectionIx, Selector, Stay,
};

pub(crate) const CORE: FacilityIx = FacilityIx(0);
pub(crate) const AFFILIATE_X: FacilityIx = FacilityIx(1);
pub(crate) const AFFILIATE_Y: FacilityIx = FacilityIx(2);
const A: CourseIx = CourseIx(0);
const B: CourseIx = CourseIx(1);

pub(crate) fn scenario() -> Scenario {
    Scenario::unchecked(Model {
        id: "sample".to_string(),
        name: "見本の研修プログラム".to_string(),
        training_months: 36,
        calendar: AcademicCalendar { starts_in_month: 4 },
        first_year: 2019,
        intake: BTreeMap::from([(2019, 2)]),
        course_mix: Vec::new(),
        rules: regulation::default_rules(),
        lifted: Lifted::default(),
        printed_totals: BTreeMap::new(),
        courses: vec![
            course("A", "基本コース", &[&[(Role::Core, 12)], &[(Role::Core, 12)], &[(Role::Affiliate, 12)]]),
            course(
                "B",
                "連携コース",
                &[&[(Role::Core, 12)], &[(Role::Affiliate, 12)], &[(Role::Affiliate, 12)]],
            ),
        ],
        goals: vec![
            Goal { kind: GoalKind::Coverage, measure: Measure::Sum },
            Goal { kind: GoalKind::CourseWishes, measure: Measure::WorstFirst },
        ],
        cases: Vec::new(),
        volumes: Vec::new(),
        facilities: vec![
            facility("keio", "慶應義塾大学病院", "Keio University Hospital", Role::Core, 11, 0),
            facility("ashikaga", "足利赤十字病院", "Ashikaga Red Cross Hospital", Role::Affiliate, 3, 1),
            facility("keiyu", "けいゆう病院", "Keiyu Hospital", Role::Affiliate, 1, 0),
        ],
        sections: Vec::new(),
        selectors: Role::ALL.map(Selector::of_role).into(),
        requirements: Vec::new(),
        stay_rules: Vec::new(),
        order_rules: Vec::new(),
        staffing: Vec::new(),
        points: Vec::new(),
        not_stated: Vec::new(),
        completion: Completion::default(),
        residents: vec![
            Resident {
                history: vec![Stay { facility: CORE, span: span("2018-04", 12), section: None }],
                ..resident("2018-01", 2018, None, &[A])
            },
            resident("2019-01", 2019, None, &[A, B]),
            Resident { anonymous: true, ..resident("2019-02", 2019, Some(A), &[]) },
        ],
        hash: "0123456789abcdef".repeat(4),
    })
}

/// The same with somebody ill for three months at [`AFFILIATE_X`] and somebody working part-time at [`CORE`].
pub(crate) fn with_leave() -> Scenario {
    let mut scenario = scenario();
    let leave = |kind, start, months, hours_per_week| Leave {
        kind,
        span: span(start, months),
        hours_per_week,
        hours: None,
    };
    let residents = &mut scenario.unchecked_mut().residents;
    residents[0].leaves = vec![leave(LeaveKind::Illness, "2019-12", 3, None)];
    residents[2].leaves = vec![leave(LeaveKind::PartTime, "2019-05", 2, Some(Decimal::from(30)))];
    scenario
}

/// The scenario planned as [`plan`] has it, with nothing said of goals.
pub(crate) fn planned() -> Planned {
    let answer = Answer { plan: Some(plan()), ..Answer::without_plan(Status::Optimal, None) };
    Planned::new(scenario(), answer, Audit { findings: Vec::new(), goals: Vec::new() })
}

/// A broken rule.
pub(crate) fn finding(rule: Rule) -> Finding {
    Finding {
        rule,
        severity: Severity::Error,
        resident: None,
        facility: None,
        academic_year: None,
        month: None,
        measured: Figure::None,
        required: Figure::None,
        clause: rule.clause(),
        message: Message::new("list-empty"),
    }
}

/// The same with an item of which all volumes are known and one of which nobody knows any.
pub(crate) fn with_cases() -> Scenario {
    let mut scenario = scenario();
    scenario.unchecked_mut().volumes = vec!["ivr".to_string(), "us".to_string()];
    for (facility, ivr) in scenario.unchecked_mut().facilities.iter_mut().zip([24, 12, 6]) {
        facility.volumes = vec![Dated::constant(Some(Decimal::from(ivr))), Dated::constant(None)];
    }
    scenario.unchecked_mut().cases = vec![case("ivr", "IVR", 0, 20, 2), case("us", "超音波", 1, 120, 0)];
    scenario.unchecked_mut().residents[0].logged = vec![6, 0];
    scenario.unchecked_mut().residents[2].logged = vec![19];
    scenario
}

fn case(id: &str, name: &str, volume: usize, target: u32, supplement_max: u32) -> CaseItem {
    CaseItem {
        id: id.to_string(),
        name: name.to_string(),
        volume,
        target,
        supplement_max,
        trainee_share: Decimal::ONE,
        part_of: None,
        by_year: Vec::new(),
    }
}

/// Planned cases for [`plan`]: exactly what everybody needs.
pub(crate) fn quotas() -> Vec<Quota> {
    let quota = |resident, academic_year, facility, planned| Quota {
        resident: ResidentIx(resident),
        case: CaseIx(0),
        academic_year,
        facility,
        planned,
    };
    vec![
        quota(0, 2019, CORE, 6),
        quota(0, 2019, AFFILIATE_X, 2),
        quota(0, 2020, AFFILIATE_Y, 4),
        quota(1, 2019, CORE, 10),
        quota(1, 2020, AFFILIATE_X, 8),
    ]
}

/// The scenario with two sections at the core, and the plan in which everybody spends four months of it in the
/// second.
pub(crate) fn with_sections() -> (Scenario, Plan) {
    let mut scenario = scenario();
    let section = |id: &str, name: &str, seats, min_residents| Section {
        facility: CORE,
        id: id.to_string(),
        name: name.to_string(),
        name_en: id.to_uppercase(),
        seats: Dated::constant(seats),
        min_residents: Dated::constant(min_residents),
        step_months: 1,
        cases: Vec::new(),
        source: String::new(),
    };
    let model = scenario.unchecked_mut();
    model.sections = vec![section("ct", "CT部門", None, 0), section("ivr", "IVR部門", Some(3), 1)];
    model.not_stated = vec!["宿直は月 4 回まで".to_string()];
    let mut rows = Vec::new();
    for row in plan().rows {
        if row.facility != CORE {
            rows.push(row);
            continue;
        }
        let ivr = Span::new(row.span.start, 4);
        let ct = Span::between(ivr.end(), row.span.end());
        rows.push(Placement { section: Some(SectionIx(1)), span: ivr, ..row.clone() });
        rows.push(Placement { section: Some(SectionIx(0)), span: ct, ..row });
    }
    (scenario, Plan::from(rows))
}

pub(crate) fn plan() -> Plan {
    let row = |resident, course, facility, start, months| Placement {
        resident: ResidentIx(resident),
        course: Some(course),
        facility,
        section: None,
        span: span(start, months),
        line: None,
    };
    Plan::from(vec![
        row(0, A, CORE, "2019-04", 8),
        row(0, A, AFFILIATE_X, "2019-12", 4),
        row(0, A, AFFILIATE_Y, "2020-04", 12),
        row(1, B, CORE, "2019-04", 12),
        row(1, B, AFFILIATE_X, "2020-04", 12),
        row(1, B, AFFILIATE_Y, "2021-04", 12),
        row(2, A, CORE, "2019-04", 24),
        row(2, A, AFFILIATE_X, "2021-04", 12),
    ])
}

fn span(start: &str, months: u32) -> Span {
    Span::new(Month::parse(start).unwrap(), months)
}

fn course(id: &str, name: &str, years: &[&[(Role, u32)]]) -> Course {
    let parts =
        |year: &&[(Role, u32)]| year.iter().map(|&(role, months)| Part::of_role(role, months)).collect();
    Course {
        id: id.to_string(),
        name: name.to_string(),
        patterns: vec![Pattern { entries: years.iter().map(parts).collect() }],
        tags: Vec::new(),
        who: Vec::new(),
        training_months: None,
        intake_max: BTreeMap::new(),
    }
}

fn facility(
    id: &str,
    name: &str,
    name_en: &str,
    role: Role,
    supervisors: i64,
    min_residents: u32,
) -> Facility {
    Facility {
        id: id.to_string(),
        name: name.to_string(),
        name_en: name_en.to_string(),
        prefecture: String::new(),
        role,
        accreditation: Dated::constant(Accreditation::Training),
        supervisors: Dated::constant(Decimal::from(supervisors)),
        seats: Dated::constant(None),
        min_residents: Dated::constant(min_residents),
        volumes: Vec::new(),
        tags: Vec::new(),
        source: String::new(),
    }
}

fn resident(id: &str, entry_year: i32, course: Option<CourseIx>, course_wishes: &[CourseIx]) -> Resident {
    let entry = Month::new(entry_year, 4).unwrap();
    Resident { course, course_wishes: course_wishes.to_vec(), ..Resident::entering(id, entry_year, entry) }
}
