//! Changes a director can make, each to one number or row of the tables, and what they weigh.
//!
//! Weights rank the ways out, cheapest first: what only the director decided (a lock, a fixed course)
//! before what has to be found (a seat, a supervisor), that before taking fewer residents, and last what
//! the national standard sets. They are whole numbers without a unit. How far a change goes is in `extent`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::calendar::Month;
use crate::regulation::Minimum;
use crate::scenario::{Bound, CaseIx, FacilityIx, Leave, Lock, ResidentIx, RuleIx, Scenario};

/// One change of the tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    ReleaseLock {
        resident: ResidentIx,
        lock: Lock,
    },
    OpenCourse {
        resident: ResidentIx,
    },
    /// A leave is not taken; only of a kind that is a plan, not a fate.
    NoLeave {
        resident: ResidentIx,
        leave: Leave,
    },
    /// `by` more seats at the facility from the month on.
    Seats {
        facility: FacilityIx,
        from: Month,
        by: u32,
    },
    /// `by` more supervisors anywhere, where they are read as one pool.
    Supervisors {
        from: Month,
        by: u32,
    },
    /// These residents of the year are not taken.
    Intake {
        year: i32,
        without: Vec<ResidentIx>,
    },
    Minimum {
        minimum: Minimum,
        to: u32,
    },
    Ratio {
        to: u32,
    },
    /// A bound that a row of `requirements.csv` or `staffing.csv` sets, or the seats of a section.
    Bound {
        bound: Bound,
        to: u32,
    },
    /// The target of a case item, or the least of a part.
    Target {
        case: CaseIx,
        to: u32,
    },
    /// `by` more cases of the item's volume a year at the facility from the month on.
    Volume {
        case: CaseIx,
        facility: FacilityIx,
        from: Month,
        by: u32,
    },
    /// The part of the volumes of an item and its parts that trainees may take, in hundredths.
    Share {
        case: CaseIx,
        to: u32,
    },
}

const LOCK: i64 = 2;
const COURSE: i64 = 3;
const SEAT: i64 = 4;
const SUPERVISOR: i64 = 5;
const RESIDENT: i64 = 6;
const LEAVE: i64 = 7;
const MINIMUM: i64 = 8;
/// For each unit of a requirement of one's own: month, stay, place.
const REQUIREMENT: i64 = 8;
/// For each resident that staffing asks for, or keeps away.
const STAFFING: i64 = 5;
const RATIO: i64 = 16;
/// For each tenth of the part that trainees may take.
const SHARE: i64 = 3;
/// For as many cases more a year as one resident's target, or a part of it.
const VOLUME: i64 = 5;
/// For each tenth of the target, or a part of it.
const TARGET: i64 = 12;

/// What a change changes, whatever by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lever {
    Lock(ResidentIx, Lock),
    Course(ResidentIx),
    Leave(ResidentIx, Leave),
    Seats(FacilityIx),
    Supervisors,
    Intake(i32),
    Minimum(Minimum),
    Ratio,
    Bound(Bound),
    Target(CaseIx),
    Volume(CaseIx, FacilityIx),
    Share(CaseIx),
}

impl Change {
    pub fn lever(&self) -> Lever {
        match self {
            Self::ReleaseLock { resident, lock } => Lever::Lock(*resident, *lock),
            Self::OpenCourse { resident } => Lever::Course(*resident),
            Self::NoLeave { resident, leave } => Lever::Leave(*resident, *leave),
            Self::Seats { facility, .. } => Lever::Seats(*facility),
            Self::Supervisors { .. } => Lever::Supervisors,
            Self::Intake { year, .. } => Lever::Intake(*year),
            Self::Minimum { minimum, .. } => Lever::Minimum(*minimum),
            Self::Ratio { .. } => Lever::Ratio,
            Self::Bound { bound, .. } => Lever::Bound(*bound),
            Self::Target { case, .. } => Lever::Target(*case),
            Self::Volume { case, facility, .. } => Lever::Volume(*case, *facility),
            Self::Share { case, .. } => Lever::Share(*case),
        }
    }

    /// A bound as it is.
    pub fn bound(scenario: &Scenario, bound: Bound) -> Self {
        Self::Bound { bound, to: bound.get(scenario).unwrap_or(0) }
    }

    /// The weight in the ranking.
    pub fn cost(&self, scenario: &Scenario) -> i64 {
        match self {
            Self::ReleaseLock { .. } => LOCK,
            Self::OpenCourse { .. } => COURSE,
            Self::NoLeave { .. } => LEAVE,
            Self::Seats { by, .. } => SEAT * i64::from(*by),
            Self::Supervisors { by, .. } => SUPERVISOR * i64::from(*by),
            Self::Intake { without, .. } => RESIDENT * without.len() as i64,
            Self::Minimum { minimum, to } => {
                MINIMUM * i64::from(minimum.of(&scenario.rules).saturating_sub(*to))
            }
            Self::Ratio { to } => {
                RATIO * i64::from(to.saturating_sub(scenario.rules.residents_per_supervisor))
            }
            Self::Bound { bound, to } => {
                let unit = match bound.row {
                    RuleIx::Section(_) | RuleIx::CourseIntake(..) => SEAT,
                    RuleIx::Staffing(_) => STAFFING,
                    _ => REQUIREMENT,
                };
                unit * i64::from(bound.get(scenario).unwrap_or(*to).abs_diff(*to))
            }
            Self::Target { case, to } => {
                let before = scenario.case(*case).target;
                TARGET * i64::from((before.saturating_sub(*to) * 10).div_ceil(before.max(1)))
            }
            Self::Volume { case, by, .. } => {
                VOLUME * i64::from(by.div_ceil(scenario.case(*case).target.max(1)))
            }
            Self::Share { case, to } => {
                SHARE * i64::from(to.saturating_sub(hundredths(scenario, *case)).div_ceil(10))
            }
        }
    }

    /// Whether it leaves what residents may do as it is, but for the cases they need.
    pub fn is_about_cases(&self) -> bool {
        matches!(self, Self::Target { .. } | Self::Volume { .. } | Self::Share { .. })
    }

    /// The word for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ReleaseLock { .. } => "lock",
            Self::OpenCourse { .. } => "course",
            Self::NoLeave { .. } => "leave",
            Self::Seats { .. } => "seats",
            Self::Supervisors { .. } => "supervisors",
            Self::Intake { .. } => "intake",
            Self::Minimum { minimum, .. } => minimum.id(),
            Self::Ratio { .. } => "residents_per_supervisor",
            Self::Bound { bound, .. } => bound.row.kind(),
            Self::Target { .. } => "target",
            Self::Volume { .. } => "volume",
            Self::Share { .. } => "trainee_share",
        }
    }
}

/// The part of an item's volumes that trainees may take, in whole hundredths.
pub fn hundredths(scenario: &Scenario, case: CaseIx) -> u32 {
    (scenario.case(case).trainee_share * Decimal::ONE_HUNDRED).floor().to_u32().unwrap_or(0)
}

pub fn share(hundredths: u32) -> Decimal {
    Decimal::new(i64::from(hundredths), 2)
}
