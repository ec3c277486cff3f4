//! A small program made by hand: one core, four affiliates, an associated clinic, the five courses
//! of the source and two more, six residents of whom three have history, and a good plan for them.
//!
//! Numbers sit at the edge of the rules on purpose: resident r4 has exactly 20 months at
//! comprehensive institutions, `north` is full in 2021, `south` holds one resident.

use std::collections::BTreeMap;

use kenshu::internal::calendar::{AcademicCalendar, Month, Span};
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::regulation::{Completion, default_rules};
use kenshu::internal::scenario::{
    Accreditation, Course, CourseIx, Dated, Facility, FacilityIx, Goal, GoalKind, Lifted, Lock, LockKind,
    Measure, Model, Part, Pattern, Resident, ResidentIx, Role, Scenario, Selector, Stay,
};
use rust_decimal::Decimal;

pub fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

pub fn span(start: &str, months: u32) -> Span {
    Span::new(month(start), months)
}

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A facility with nothing but a role, an accreditation and supervisors.
pub fn facility(id: &str, role: Role, accreditation: Accreditation, supervisors: &str) -> Facility {
    Facility {
        id: id.into(),
        name: format!("{id}病院"),
        name_en: format!("{id} hospital"),
        prefecture: "東京都".into(),
        role,
        accreditation: Dated::constant(accreditation),
        supervisors: Dated::constant(decimal(supervisors)),
        seats: Dated::constant(None),
        min_residents: Dated::constant(0),
        volumes: Vec::new(),
        tags: Vec::new(),
        source: String::new(),
    }
}

/// A pattern as in `program.toml`, years separated by `/`: `core:12 / core:8 affiliate:4`.
pub fn pattern(text: &str) -> Pattern {
    let part = |piece: &str| {
        let (role, months) = piece.split_once(':').unwrap();
        let role = Role::ALL.into_iter().find(|known| known.id() == role).unwrap();
        Part::of_role(role, months.parse().unwrap())
    };
    let years = text.split('/').map(|year| year.split_whitespace().map(part).collect());
    Pattern { entries: years.collect() }
}

pub fn course(id: &str, patterns: &[&str]) -> Course {
    Course {
        id: id.into(),
        name: format!("コース{id}"),
        patterns: patterns.iter().map(|text| pattern(text)).collect(),
        tags: Vec::new(),
        who: Vec::new(),
        training_months: None,
        intake_max: BTreeMap::new(),
    }
}

/// A resident without course, wishes, history or locks.
pub fn resident(id: &str, entry_year: i32) -> Resident {
    Resident::entering(id, entry_year, Month::new(entry_year, 4).unwrap())
}

/// The goals in the default order.
pub fn default_goals() -> Vec<Goal> {
    [
        (GoalKind::Coverage, Measure::Sum),
        (GoalKind::Stability, Measure::Sum),
        (GoalKind::CourseWishes, Measure::WorstFirst),
        (GoalKind::FacilityWishes, Measure::Worst),
        (GoalKind::FacilityWishes, Measure::Sum),
        (GoalKind::Repeats, Measure::Sum),
    ]
    .map(|(kind, measure)| Goal { kind, measure })
    .to_vec()
}

/// An empty program with the standard's rules, from 2020 on.
pub fn empty(training_months: u32) -> Scenario {
    Scenario::unchecked(Model {
        id: "test".into(),
        name: "試験用プログラム".into(),
        training_months,
        calendar: AcademicCalendar { starts_in_month: 4 },
        first_year: 2020,
        intake: BTreeMap::new(),
        course_mix: Vec::new(),
        rules: default_rules(),
        lifted: Lifted::default(),
        printed_totals: BTreeMap::new(),
        courses: Vec::new(),
        goals: default_goals(),
        cases: Vec::new(),
        volumes: Vec::new(),
        facilities: Vec::new(),
        sections: Vec::new(),
        selectors: Role::ALL.map(Selector::of_role).into(),
        requirements: Vec::new(),
        stay_rules: Vec::new(),
        order_rules: Vec::new(),
        staffing: Vec::new(),
        points: Vec::new(),
        not_stated: Vec::new(),
        completion: Completion::default(),
        residents: Vec::new(),
        hash: String::new(),
    })
}

pub fn facility_ix(scenario: &Scenario, id: &str) -> FacilityIx {
    FacilityIx(scenario.facilities.iter().position(|f| f.id == id).unwrap())
}

pub fn resident_ix(scenario: &Scenario, id: &str) -> ResidentIx {
    ResidentIx(scenario.residents.iter().position(|r| r.id == id).unwrap())
}

pub fn course_ix(scenario: &Scenario, id: &str) -> CourseIx {
    CourseIx(scenario.courses.iter().position(|c| c.id == id).unwrap())
}

pub fn stay(scenario: &Scenario, id: &str, start: &str, months: u32) -> Stay {
    Stay { facility: facility_ix(scenario, id), span: span(start, months), section: None }
}

/// A row; an empty course is a row that names none.
pub fn row(scenario: &Scenario, who: &str, course: &str, at: &str, start: &str, months: u32) -> Placement {
    Placement {
        resident: resident_ix(scenario, who),
        course: (!course.is_empty()).then(|| course_ix(scenario, course)),
        facility: facility_ix(scenario, at),
        section: None,
        span: span(start, months),
        line: None,
    }
}

/// The program.
pub fn program() -> Scenario {
    let mut scenario = empty(36);
    scenario.unchecked_mut().facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "4"),
        facility("east", Role::Affiliate, Accreditation::Comprehensive, "1.5"),
        facility("west", Role::Affiliate, Accreditation::Training, "1"),
        facility("north", Role::Affiliate, Accreditation::Training, "1"),
        facility("south", Role::Affiliate, Accreditation::Training, "0.4"),
        facility("clinic", Role::Associated, Accreditation::None, "1"),
    ];
    scenario.unchecked_mut().facilities[3].seats = Dated::constant(Some(2));
    scenario.unchecked_mut().courses = vec![
        course("A", &["core:12/core:12/affiliate:12", "core:12/core:8 affiliate:4/affiliate:12"]),
        course("B", &["core:12/affiliate:12/affiliate:12"]),
        course("C", &["affiliate:12/core:12/affiliate:12"]),
        course("D", &["core:12/core:12/affiliate:12"]),
        course("E", &["core:12/affiliate:12/core:12"]),
        course("F", &["affiliate:12/affiliate:12/affiliate:12"]),
        course("G", &["core:12/core:12/core:12"]),
    ];
    scenario.unchecked_mut().residents = vec![
        resident("r1", 2018),
        resident("r2", 2019),
        resident("r3", 2019),
        resident("r4", 2020),
        resident("r5", 2020),
        resident("r6", 2021),
    ];
    scenario.unchecked_mut().intake = BTreeMap::from([(2020, 2), (2021, 1)]);
    for (who, course) in [("r1", "A"), ("r2", "B"), ("r3", "C"), ("r5", "E")] {
        let course = course_ix(&scenario, course);
        let who = resident_ix(&scenario, who);
        scenario.unchecked_mut().residents[who.0].course = Some(course);
    }
    scenario.unchecked_mut().residents[0].history = vec![stay(&scenario, "core", "2018-04", 24)];
    scenario.unchecked_mut().residents[1].history = vec![stay(&scenario, "core", "2019-04", 12)];
    scenario.unchecked_mut().residents[2].history = vec![stay(&scenario, "east", "2019-04", 12)];
    let lock = |stay, kind| vec![Lock { stay, kind }];
    scenario.unchecked_mut().residents[1].locks =
        lock(stay(&scenario, "north", "2020-04", 12), LockKind::MustNot);
    scenario.unchecked_mut().residents[4].locks =
        lock(stay(&scenario, "south", "2021-04", 6), LockKind::Must);
    scenario
}

/// A plan for [`program`] that breaks no rule.
pub fn good_plan(scenario: &Scenario) -> Plan {
    let row = |who, course, at, start, months| row(scenario, who, course, at, start, months);
    Plan::from(vec![
        row("r1", "A", "west", "2020-04", 12),
        row("r2", "B", "west", "2020-04", 12),
        row("r2", "B", "east", "2021-04", 12),
        row("r3", "C", "core", "2020-04", 12),
        row("r3", "C", "north", "2021-04", 12),
        row("r4", "A", "core", "2020-04", 12),
        row("r4", "A", "core", "2021-04", 8),
        row("r4", "A", "west", "2021-12", 4),
        row("r4", "A", "north", "2022-04", 12),
        row("r5", "E", "core", "2020-04", 12),
        row("r5", "E", "south", "2021-04", 12),
        row("r5", "E", "core", "2022-04", 12),
        row("r6", "C", "north", "2021-04", 12),
        row("r6", "C", "core", "2022-04", 12),
        row("r6", "C", "east", "2023-04", 12),
    ])
}
