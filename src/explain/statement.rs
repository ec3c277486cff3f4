//! Statements: what a user wrote in the tables and can change, one by one.
//!
//! A conflict names statements, a way out changes them ([`super::change`]). A statement narrows what a plan may
//! be; to leave it out (`relax`) only ever allows more. Facilities with their roles, the patterns of the courses,
//! the calendar and everybody's leave are no statements: they are what the program is.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::audit;
use crate::calendar::Month;
use crate::regulation::Minimum;
use crate::scenario::{
    Bound, CaseIx, CourseIx, End, FacilityIx, Leave, Lock, ResidentIx, Role, RuleIx, Scenario,
    SupervisorRounding,
};

/// Something a user wrote and can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statement {
    /// A row of `locks.csv`.
    Lock {
        resident: ResidentIx,
        lock: Lock,
    },
    /// The resident's course is fixed.
    Course {
        resident: ResidentIx,
        course: CourseIx,
    },
    /// The resident's rows of `history.csv`.
    History {
        resident: ResidentIx,
    },
    /// A leave of `leaves.csv`. It is not among [`statements`], which a conflict is searched in: without it
    /// the resident is somewhere in those months and finishes earlier, which does not only allow more
    /// (`conflict::with_leaves`).
    Leave {
        resident: ResidentIx,
        leave: Leave,
    },
    /// The seats of a facility in an academic year, or in all: its own and what its supervisors allow.
    Seats {
        facility: FacilityIx,
        year: Option<i32>,
    },
    /// All supervisors together in an academic year, or in all, where they are read as one pool.
    Pool {
        year: Option<i32>,
    },
    /// The residents who enter in a year.
    Intake {
        year: i32,
    },
    Minimum(Minimum),
    /// Residents per supervisor.
    Ratio,
    /// A row of `requirements.csv`, `stays.csv`, `order.csv` or `staffing.csv` that has to be kept, the seats of a
    /// section, or those of a course.
    Rule(RuleIx),
    /// One bound of such a row.
    Bound(Bound),
    /// The target of a case item, or the least of a part.
    Target(CaseIx),
    /// The cases of an item a year at a facility.
    Volume {
        case: CaseIx,
        facility: FacilityIx,
    },
    /// The part of the volumes of an item and its parts that trainees may take, in hundredths.
    Share(CaseIx),
}

/// The statements of a scenario that can matter at all, the least particular first.
pub fn statements(scenario: &Scenario) -> Vec<Statement> {
    let mut list = vec![Statement::Ratio];
    let asked = |minimum: &Minimum| minimum.of(&scenario.rules) > minimum.least();
    list.extend(Minimum::all().filter(asked).map(Statement::Minimum));
    list.extend(RuleIx::all(scenario).into_iter().map(Statement::Rule));
    list.extend(targets(scenario).into_iter().map(Statement::Target));
    let years: Vec<i32> =
        scenario.calendar.split(scenario.horizon()).into_iter().map(|(year, _)| year).collect();
    let placeable = |facility: &FacilityIx| scenario.facility(*facility).role != Role::Associated;
    for facility in scenario.facility_ixs().filter(placeable) {
        let binding = |year: &i32| {
            let mut months = scenario.calendar.span_of(*year).iter();
            months.any(|month| {
                let seats = audit::seat_limit(scenario, facility, month);
                seats.is_some_and(|seats| (seats as usize) < in_training(scenario, month))
            })
        };
        let years = years.iter().copied().filter(binding);
        list.extend(years.map(|year| Statement::Seats { facility, year: Some(year) }));
    }
    if scenario.rules.supervisor_rounding == SupervisorRounding::Pooled {
        list.extend(years.iter().map(|&year| Statement::Pool { year: Some(year) }));
    }
    let entering: BTreeSet<i32> = scenario.residents.iter().map(|resident| resident.entry_year).collect();
    let entering = entering.into_iter().filter(|year| *year >= scenario.first_year);
    list.extend(entering.map(|year| Statement::Intake { year }));
    for resident in scenario.resident_ixs() {
        let person = scenario.resident(resident);
        if !person.history.is_empty() {
            list.push(Statement::History { resident });
        }
        list.extend(fixed_course(scenario, resident));
        // A row that stands twice says one thing.
        let locks: BTreeSet<Lock> = person.locks.iter().copied().collect();
        list.extend(locks.into_iter().map(|lock| Statement::Lock { resident, lock }));
    }
    list
}

/// The fixed course of a resident, if it could be left open: courses of one length are open to them.
pub fn fixed_course(scenario: &Scenario, resident: ResidentIx) -> Option<Statement> {
    let person = scenario.resident(resident);
    let open = scenario.course_ixs().filter(|course| scenario.course(*course).is_open_to(person));
    let lengths: BTreeSet<u32> = open.map(|course| scenario.training_months_on(course)).collect();
    person.course.filter(|_| lengths.len() < 2).map(|course| Statement::Course { resident, course })
}

/// The case items of which somebody still has to experience something.
pub fn targets(scenario: &Scenario) -> Vec<CaseIx> {
    let needed = |case: &CaseIx| {
        let mut planned = scenario.resident_ixs().filter(|&r| scenario.completes(r));
        planned.any(|resident| audit::case_need(scenario, *case, resident) > 0)
    };
    let assessed = |case: &CaseIx| audit::case_is_assessed(scenario, *case);
    scenario.case_ixs().filter(needed).filter(assessed).collect()
}

/// Residents in training in a month.
pub fn in_training(scenario: &Scenario, month: Month) -> usize {
    scenario.resident_ixs().filter(|&resident| scenario.training(resident).contains(month)).count()
}

impl Statement {
    /// The word for programs.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Lock { .. } => "lock",
            Self::Course { .. } => "course",
            Self::History { .. } => "history",
            Self::Leave { .. } => "leave",
            Self::Seats { .. } => "seats",
            Self::Pool { .. } => "supervisors",
            Self::Intake { .. } => "intake",
            Self::Minimum(minimum) => minimum.id(),
            Self::Ratio => "residents_per_supervisor",
            Self::Rule(rule) => rule.kind(),
            Self::Bound(bound) => bound.row.kind(),
            Self::Target(_) => "target",
            Self::Volume { .. } => "volume",
            Self::Share(_) => "trainee_share",
        }
    }

    /// The number that it sets, if it sets one: months, residents, cases, hundredths.
    pub fn number(self, scenario: &Scenario) -> Option<u32> {
        match self {
            Self::Minimum(minimum) => Some(minimum.of(&scenario.rules)),
            Self::Ratio => Some(scenario.rules.residents_per_supervisor),
            Self::Bound(bound) => bound.get(scenario),
            Self::Target(case) => Some(scenario.case(case).target),
            Self::Share(case) => (scenario.case(case).trainee_share * Decimal::ONE_HUNDRED).floor().to_u32(),
            _ => None,
        }
    }

    /// Whether a lower number allows more.
    pub fn asks_for_at_least(self) -> bool {
        matches!(self, Self::Minimum(_) | Self::Target(_) | Self::Bound(Bound { end: End::Min, .. }))
    }

    /// Whether it leaves what residents may do as it is, but for the cases they need.
    pub fn is_about_cases(self) -> bool {
        matches!(self, Self::Target(_) | Self::Volume { .. } | Self::Share(_))
    }

    /// The resident it is about, if it is about one.
    pub fn resident(self) -> Option<ResidentIx> {
        match self {
            Self::Lock { resident, .. }
            | Self::Course { resident, .. }
            | Self::History { resident }
            | Self::Leave { resident, .. } => Some(resident),
            _ => None,
        }
    }

    /// The same said of another resident; what is about nobody stays.
    pub fn about(self, resident: ResidentIx) -> Self {
        match self {
            Self::Lock { lock, .. } => Self::Lock { resident, lock },
            Self::Course { course, .. } => Self::Course { resident, course },
            Self::History { .. } => Self::History { resident },
            Self::Leave { leave, .. } => Self::Leave { resident, leave },
            other => other,
        }
    }

    pub fn facility(self) -> Option<FacilityIx> {
        match self {
            Self::Lock { lock, .. } => Some(lock.stay.facility),
            Self::Seats { facility, .. } | Self::Volume { facility, .. } => Some(facility),
            _ => None,
        }
    }

    pub fn case(self) -> Option<CaseIx> {
        match self {
            Self::Target(case) | Self::Volume { case, .. } | Self::Share(case) => Some(case),
            _ => None,
        }
    }

    pub fn year(self) -> Option<i32> {
        match self {
            Self::Seats { year, .. } | Self::Pool { year } => year,
            Self::Intake { year } => Some(year),
            _ => None,
        }
    }
}
