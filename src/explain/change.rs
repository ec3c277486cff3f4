//! Changes a director can make, each of one statement of the tables, and what they weigh.
//!
//! Weights rank the ways out, cheapest first: what only the director decided (a lock, a fixed course)
//! before what has to be found (a seat, a supervisor), that before taking fewer residents, and last what
//! the national standard sets. They are whole numbers without a unit. How far a change can go is in `extent`.

use rust_decimal::Decimal;

use super::statement::Statement;
use crate::calendar::Month;
use crate::scenario::{Bound, FacilityIx, Leave, Lock, ResidentIx, RuleIx, Scenario};

/// One statement changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    pub of: Statement,
    pub extent: Extent,
}

/// How far a change goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// What is said no longer holds. Of leaves only of a kind that is a plan, not a fate.
    Gone,
    /// The number is so much lower or higher, whichever allows more.
    By(u32),
    /// So many more from the month on: seats, supervisors, cases a year.
    Since(Month, u32),
    /// These residents of the year are not taken.
    Without(Vec<ResidentIx>),
}

const LOCK: i64 = 2;
const COURSE: i64 = 3;
/// For each seat of a facility, a section or a course.
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

impl Statement {
    /// What one step of changing it weighs.
    fn weight(self) -> i64 {
        match self {
            Self::Lock { .. } => LOCK,
            Self::Course { .. } => COURSE,
            Self::Leave { .. } => LEAVE,
            Self::Seats { .. } => SEAT,
            Self::Pool { .. } => SUPERVISOR,
            // No way out changes what has happened; to leave somebody's past out is to do without them.
            Self::Intake { .. } | Self::History { .. } => RESIDENT,
            Self::Minimum(_) => MINIMUM,
            Self::Ratio => RATIO,
            Self::Rule(row) | Self::Bound(Bound { row, .. }) => match row {
                RuleIx::Section(_) | RuleIx::CourseIntake(..) => SEAT,
                RuleIx::Staffing(_) => STAFFING,
                RuleIx::Requirement(_) | RuleIx::Stays(_) | RuleIx::Order(_) => REQUIREMENT,
            },
            Self::Target(_) => TARGET,
            Self::Volume { .. } => VOLUME,
            Self::Share(_) => SHARE,
        }
    }
}

impl Change {
    pub fn lock_released(resident: ResidentIx, lock: Lock) -> Self {
        Self { of: Statement::Lock { resident, lock }, extent: Extent::Gone }
    }

    /// The resident's course is no longer fixed; `None` where it is not.
    pub fn course_opened(scenario: &Scenario, resident: ResidentIx) -> Option<Self> {
        let course = scenario.resident(resident).course?;
        Some(Self { of: Statement::Course { resident, course }, extent: Extent::Gone })
    }

    pub fn leave_not_taken(resident: ResidentIx, leave: Leave) -> Self {
        Self { of: Statement::Leave { resident, leave }, extent: Extent::Gone }
    }

    pub fn more_seats(facility: FacilityIx, from: Month, by: u32) -> Self {
        Self { of: Statement::Seats { facility, year: None }, extent: Extent::Since(from, by) }
    }

    /// More supervisors anywhere, where they are read as one pool.
    pub fn more_supervisors(from: Month, by: u32) -> Self {
        Self { of: Statement::Pool { year: None }, extent: Extent::Since(from, by) }
    }

    pub fn fewer_residents(year: i32, without: Vec<ResidentIx>) -> Self {
        Self { of: Statement::Intake { year }, extent: Extent::Without(without) }
    }

    /// A number lower or higher, whichever allows more.
    pub fn of_number(of: Statement, by: u32) -> Self {
        Self { of, extent: Extent::By(by) }
    }

    /// By how much it goes, where it can go further or less far: its own steps, from 1 on.
    pub fn by(&self) -> Option<u32> {
        match &self.extent {
            Extent::Gone => None,
            Extent::By(by) | Extent::Since(_, by) => Some(*by),
            // Any part of those who are not taken.
            Extent::Without(residents) => u32::try_from(residents.len()).ok(),
        }
    }

    /// The number that stands in the tables then, where there is one.
    pub fn to(&self, scenario: &Scenario) -> Option<u32> {
        let (before, by) = (self.of.number(scenario)?, self.by()?);
        Some(if self.of.asks_for_at_least() { before.saturating_sub(by) } else { before.saturating_add(by) })
    }

    /// Who does not enter.
    pub fn without(&self) -> &[ResidentIx] {
        match &self.extent {
            Extent::Without(residents) => residents,
            _ => &[],
        }
    }

    /// From when on it holds, where it is dated.
    pub fn since(&self) -> Option<Month> {
        match self.extent {
            Extent::Since(from, _) => Some(from),
            _ => None,
        }
    }

    /// The weight in the ranking.
    pub fn cost(&self, scenario: &Scenario) -> i64 {
        let by = self.by().unwrap_or(1);
        let steps = match self.of {
            Statement::Target(case) => by.saturating_mul(10).div_ceil(scenario.case(case).target.max(1)),
            Statement::Volume { case, .. } => by.div_ceil(scenario.case(case).target.max(1)),
            Statement::Share(_) => by.div_ceil(10),
            _ => by,
        };
        self.of.weight().saturating_mul(i64::from(steps))
    }
}

/// A part in hundredths as the tables have it.
pub fn share(hundredths: u32) -> Decimal {
    Decimal::new(i64::from(hundredths), 2)
}
