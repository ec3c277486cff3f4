//! Generated programs of real size: the Keio group's facilities (as often as asked), random wishes, seats cut
//! at will.

use std::collections::BTreeMap;

use kenshu::internal::calendar::{AcademicCalendar, Month};
use kenshu::internal::regulation::{Completion, default_rules};
use kenshu::internal::scenario::{
    Accreditation, Course, CourseIx, Dated, Facility, FacilityIx, Goal, GoalKind, Lifted, Measure, Model,
    Part, Pattern, Resident, Role, Scenario, Selector,
};
use rand::prelude::*;
use rust_decimal::Decimal;

/// Supervisors in tenths, comprehensive or not, of the 18 facilities (2019 document, §2.1, §2.3).
const FACILITIES: [(i64, bool); 18] = [
    (110, true),
    (30, true),
    (30, false),
    (40, false),
    (15, false),
    (20, false),
    (20, false),
    (40, false),
    (20, false),
    (10, false),
    (30, false),
    (20, false),
    (20, false),
    (35, true),
    (50, false),
    (10, false),
    (10, false),
    (33, true),
];

/// A program to generate.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub seed: u64,
    /// Residents a year, and years of intake.
    pub intake: u32,
    pub years: i32,
    /// Facilities: one core, which grows with the intake where there are more than the group's 18, and
    /// affiliates like those of the group, over and over.
    pub sites: usize,
    /// Seats of every facility in percent of what its supervisors allow.
    pub seats_percent: u32,
}

fn part(role: Role, months: u32) -> Part {
    Part::of_role(role, months)
}

fn course(id: &str, patterns: Vec<Vec<Vec<Part>>>) -> Course {
    let patterns = patterns.into_iter().map(|years| Pattern { entries: years }).collect();
    Course {
        id: id.into(),
        name: id.into(),
        patterns,
        tags: Vec::new(),
        who: Vec::new(),
        training_months: None,
        intake_max: BTreeMap::new(),
    }
}

/// Courses A–E of the source (§7.2 \[30\]), course A with its 8 + 4 months.
pub fn courses() -> Vec<Course> {
    let core = || vec![part(Role::Core, 12)];
    let affiliate = || vec![part(Role::Affiliate, 12)];
    let split = vec![part(Role::Core, 8), part(Role::Affiliate, 4)];
    vec![
        course("A", vec![vec![core(), core(), affiliate()], vec![core(), split, affiliate()]]),
        course("B", vec![vec![core(), affiliate(), affiliate()]]),
        course("C", vec![vec![affiliate(), core(), affiliate()]]),
        course("D", vec![vec![core(), core(), affiliate()]]),
        course("E", vec![vec![core(), affiliate(), core()]]),
    ]
}

/// The default order of goals (without a base plan).
pub fn goals() -> Vec<Goal> {
    [
        (GoalKind::Coverage, Measure::Sum),
        (GoalKind::CourseWishes, Measure::WorstFirst),
        (GoalKind::FacilityWishes, Measure::Worst),
        (GoalKind::FacilityWishes, Measure::Sum),
        (GoalKind::Repeats, Measure::Sum),
    ]
    .map(|(kind, measure)| Goal { kind, measure })
    .to_vec()
}

pub fn program(shape: Shape) -> Scenario {
    let mut random = StdRng::seed_from_u64(shape.seed);
    let group = FACILITIES.len();
    // In a larger program the core has supervisors for as many a year as the group's has, 12.
    let times = if shape.sites > group { shape.intake.div_ceil(12) } else { 1 };
    let cores_tenths = FACILITIES[0].0 * i64::from(times);
    let of_site = |number: usize| match number {
        0 => (cores_tenths, FACILITIES[0].1),
        _ => FACILITIES[(number - 1) % (group - 1) + 1],
    };
    let facilities: Vec<Facility> = (0..shape.sites)
        .map(|number| {
            let (tenths, comprehensive) = of_site(number);
            let full = 3 * tenths / 10;
            let seats = (full as u32 * shape.seats_percent).div_ceil(100);
            Facility {
                id: format!("f{number:02}"),
                name: format!("f{number:02}"),
                name_en: format!("f{number:02}"),
                prefecture: "東京都".into(),
                role: if number == 0 { Role::Core } else { Role::Affiliate },
                accreditation: Dated::constant(if comprehensive {
                    Accreditation::Comprehensive
                } else {
                    Accreditation::Training
                }),
                supervisors: Dated::constant(Decimal::new(tenths, 1)),
                seats: Dated::constant((shape.seats_percent < 100).then_some(seats)),
                min_residents: Dated::constant(u32::from(number > 0 && number % 5 != 0)),
                volumes: Vec::new(),
                tags: Vec::new(),
                source: String::new(),
            }
        })
        .collect();
    let mut intake = BTreeMap::new();
    let mut residents = Vec::new();
    for year in 2019..2019 + shape.years {
        intake.insert(year, shape.intake);
        for number in 1..=shape.intake {
            let mut courses: Vec<usize> = (0..5).collect();
            courses.shuffle(&mut random);
            courses.truncate(random.random_range(2..=5));
            // Some hospitals are wished for by many: the shuffle leans towards low numbers.
            let mut affiliates: Vec<usize> = (1..shape.sites).collect();
            let spread = 40 * shape.sites / group;
            affiliates.sort_by_cached_key(|&f| random.random_range(0..spread) + f * 2);
            affiliates.truncate(random.random_range(3..=6));
            let entry = Month::new(year, 4).expect("April is a month");
            residents.push(Resident {
                course_wishes: courses.into_iter().map(CourseIx).collect(),
                facility_wishes: affiliates.into_iter().map(FacilityIx).collect(),
                ..Resident::entering(format!("{year}-{number:02}"), year, entry)
            });
        }
    }
    Scenario::unchecked(Model {
        id: format!("generated-{}", shape.seed),
        name: "generated".into(),
        training_months: 36,
        calendar: AcademicCalendar { starts_in_month: 4 },
        first_year: 2019,
        intake,
        course_mix: Vec::new(),
        rules: default_rules(),
        lifted: Lifted::default(),
        printed_totals: BTreeMap::new(),
        courses: courses(),
        goals: goals(),
        cases: Vec::new(),
        volumes: Vec::new(),
        facilities,
        sections: Vec::new(),
        selectors: Role::ALL.map(Selector::of_role).into(),
        requirements: Vec::new(),
        stay_rules: Vec::new(),
        order_rules: Vec::new(),
        staffing: Vec::new(),
        points: Vec::new(),
        not_stated: Vec::new(),
        completion: Completion::default(),
        residents,
        hash: String::new(),
    })
}
