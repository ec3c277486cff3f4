//! Changes a director can make, each to one number or row of the tables, and what they weigh.
//!
//! Weights rank the ways out, cheapest first: what only the director decided (a lock, a fixed course)
//! before what has to be found (a seat, a supervisor), that before taking fewer residents, and last what
//! the national standard sets. They are whole numbers without a unit. How far a change goes is in `extent`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::apply::supervisors_for;
use super::statement::{Minimum, Statement};
use super::words::{listed, with_facility};
use crate::audit;
use crate::language::Message;
use crate::scenario::{CaseIx, FacilityIx, Leave, Lock, ResidentIx, Scenario};

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
    /// `by` more seats at the facility from the academic year on.
    Seats {
        facility: FacilityIx,
        from: i32,
        by: u32,
    },
    /// `by` more supervisors anywhere, where they are read as one pool.
    Supervisors {
        from: i32,
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
    /// The target of a case item, or the least of a part.
    Target {
        case: CaseIx,
        to: u32,
    },
    /// `by` more cases of the item's volume a year at the facility from the academic year on.
    Volume {
        case: CaseIx,
        facility: FacilityIx,
        from: i32,
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
            Self::Target { case, .. } => Lever::Target(*case),
            Self::Volume { case, facility, .. } => Lever::Volume(*case, *facility),
            Self::Share { case, .. } => Lever::Share(*case),
        }
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
            Self::Target { .. } => "target",
            Self::Volume { .. } => "volume",
            Self::Share { .. } => "trainee_share",
        }
    }

    /// The change in words, against the scenario it changes.
    pub fn words(&self, scenario: &Scenario) -> Message {
        match self {
            Self::ReleaseLock { resident, lock } => {
                let lock = Statement::Lock { resident: *resident, lock: *lock }.words(scenario);
                Message::new("explain-change-lock").message("lock", lock)
            }
            Self::OpenCourse { resident } => {
                let course = scenario.resident(*resident).course.map(|c| scenario.course(c).id.as_str());
                Message::new("explain-change-course")
                    .text("resident", &scenario.resident(*resident).id)
                    .text("course", course.unwrap_or_default())
            }
            Self::NoLeave { resident, leave } => {
                let leave = Statement::Leave { resident: *resident, leave: *leave }.words(scenario);
                Message::new("explain-change-leave").message("leave", leave)
            }
            Self::Seats { facility, from, by } => {
                let seats = audit::seat_limit(scenario, *facility, scenario.calendar.start_of(*from));
                let (before, start) = (seats.unwrap_or(0), scenario.calendar.start_of(*from));
                let seats = before + by;
                let needed = supervisors_for(&scenario.rules, seats);
                // Who reads it has to know what to write where.
                let message = match *scenario.facility(*facility).supervisors.at(start) < needed {
                    true => Message::new("explain-change-seats-supervisors").text("supervisors", needed),
                    false => Message::new("explain-change-seats"),
                };
                with_facility(message, scenario, *facility)
                    .text("from", start)
                    .number("by", i64::from(*by))
                    .number("seats", i64::from(seats))
                    .number("before", i64::from(before))
            }
            Self::Supervisors { from, by } => Message::new("explain-change-supervisors")
                .text("from", scenario.calendar.start_of(*from))
                .number("by", i64::from(*by)),
            Self::Intake { year, without } => {
                let before = scenario.residents.iter().filter(|r| r.entry_year == *year).count() as i64;
                let named = without.iter().filter(|r| !scenario.resident(**r).anonymous);
                let mut named: Vec<&str> = named.map(|r| scenario.resident(*r).id.as_str()).collect();
                named.sort_unstable();
                let message = match named.is_empty() {
                    true => Message::new("explain-change-intake"),
                    false => Message::new("explain-change-intake-named").text("residents", named.join(", ")),
                };
                message
                    .text("year", year)
                    .number("to", before - without.len() as i64)
                    .number("before", before)
            }
            Self::Minimum { minimum, to } => Message::new(match minimum {
                Minimum::ComprehensiveMonths => "explain-change-comprehensive",
                Minimum::CoreMonths => "explain-change-core",
                Minimum::AffiliateStay => "explain-change-stay",
                Minimum::Facilities => "explain-change-facilities",
            })
            .number("to", i64::from(*to))
            .number("before", i64::from(minimum.of(&scenario.rules))),
            Self::Ratio { to } => Message::new("explain-change-ratio")
                .number("to", i64::from(*to))
                .number("before", i64::from(scenario.rules.residents_per_supervisor)),
            Self::Target { case, to } => Message::new("explain-change-target")
                .text("case", &scenario.case(*case).name)
                .number("to", i64::from(*to))
                .number("before", i64::from(scenario.case(*case).target)),
            Self::Volume { case, facility, from, by } => {
                let item = scenario.case(*case);
                let start = scenario.calendar.start_of(*from);
                let volumes = scenario.facility(*facility).volumes.get(item.volume);
                let before = volumes.and_then(|volumes| *volumes.at(start)).unwrap_or_default();
                with_facility(Message::new("explain-change-volume"), scenario, *facility)
                    .text("case", &item.name)
                    .text("from", start)
                    .number("by", i64::from(*by))
                    .text("to", (before + Decimal::from(*by)).normalize())
                    .text("before", before.normalize())
            }
            Self::Share { case, to } => Message::new("explain-change-share")
                .text("case", &scenario.case(*case).name)
                .text("to", share(*to).normalize())
                .text("before", scenario.case(*case).trainee_share.normalize()),
        }
    }
}

/// Several changes as one sentence.
pub fn words(changes: &[Change], scenario: &Scenario) -> Message {
    listed(changes.iter().map(|change| change.words(scenario)))
}

/// The part of an item's volumes that trainees may take, in whole hundredths.
pub fn hundredths(scenario: &Scenario, case: CaseIx) -> u32 {
    (scenario.case(case).trainee_share * Decimal::ONE_HUNDRED).floor().to_u32().unwrap_or(0)
}

pub fn share(hundredths: u32) -> Decimal {
    Decimal::new(i64::from(hundredths), 2)
}
