//! Changes a director can make, each to one number or row of the tables, and what they weigh.
//!
//! Weights rank the ways out, cheapest first: what only the director decided (a lock, a fixed course)
//! before what has to be found (a seat, a supervisor), that before taking fewer residents, and last what
//! the national standard sets. They are whole numbers without a unit.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

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

/// All of a facility's cases, in hundredths.
pub const SHARE_MOST: u32 = 100;
/// Cases more a year at one facility, at most, in targets: more is no advice.
const VOLUME_TARGETS_MAX: u32 = 40;

/// Cases of an item more a year at one facility, at most.
pub fn volume_most(scenario: &Scenario, case: CaseIx) -> u32 {
    scenario.case(case).target.saturating_mul(VOLUME_TARGETS_MAX)
}

/// The least that an item's target can be: what its parts ask for, or what may be supplemented. `None`
/// if that is more than the target.
fn least_target(scenario: &Scenario, case: CaseIx) -> Option<u32> {
    let parts = scenario.cases.iter().filter(|part| part.part_of == Some(case));
    let least = parts.map(|part| part.target).sum::<u32>().max(scenario.case(case).supplement_max);
    (least <= scenario.case(case).target).then_some(least)
}

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

    /// How far a change goes that can go further or less far, in its own steps from 1 on.
    pub fn extent(&self, scenario: &Scenario) -> Option<u32> {
        match self {
            Self::Minimum { minimum, to } => Some(minimum.of(&scenario.rules).saturating_sub(*to)),
            Self::Target { case, to } => Some(scenario.case(*case).target.saturating_sub(*to)),
            Self::Volume { by, .. } => Some(*by),
            Self::Share { case, to } => Some(to.saturating_sub(hundredths(scenario, *case))),
            Self::Seats { by, .. } | Self::Supervisors { by, .. } => Some(*by),
            Self::Ratio { to } => Some(to.saturating_sub(scenario.rules.residents_per_supervisor)),
            // Any part of those who are not taken.
            Self::Intake { without, .. } => u32::try_from(without.len()).ok(),
            Self::ReleaseLock { .. } | Self::OpenCourse { .. } | Self::NoLeave { .. } => None,
        }
    }

    /// The same change to another extent.
    pub fn to_extent(&self, scenario: &Scenario, extent: u32) -> Self {
        let mut other = self.clone();
        match &mut other {
            Self::Minimum { minimum, to } => *to = minimum.of(&scenario.rules).saturating_sub(extent),
            Self::Target { case, to } => *to = scenario.case(*case).target.saturating_sub(extent),
            Self::Volume { by, .. } => *by = extent,
            Self::Share { case, to } => *to = hundredths(scenario, *case) + extent,
            Self::Seats { by, .. } | Self::Supervisors { by, .. } => *by = extent,
            Self::Ratio { to } => *to = scenario.rules.residents_per_supervisor + extent,
            Self::Intake { without, .. } => without.truncate(extent as usize),
            Self::ReleaseLock { .. } | Self::OpenCourse { .. } | Self::NoLeave { .. } => {}
        }
        other
    }

    /// The same change a step further; `None` where there is no further. Who else is not taken would
    /// have to be chosen, so fewer residents are no step of this kind.
    pub fn further(&self, scenario: &Scenario) -> Option<Self> {
        let extent = self.extent(scenario)?;
        let most = self.most(scenario);
        let step = match self {
            Self::Volume { .. } => self.step(scenario).max(extent / 2),
            _ => self.step(scenario),
        };
        (extent < most).then(|| self.to_extent(scenario, extent.saturating_add(step).min(most)))
    }

    /// The same change as far as it can go.
    pub fn farthest(&self, scenario: &Scenario) -> Self {
        if let Self::Intake { year, .. } = self {
            let without = scenario.resident_ixs().filter(|r| scenario.resident(*r).entry_year == *year);
            let mut without: Vec<ResidentIx> = without.collect();
            first_to_go(scenario, &mut without);
            return Self::Intake { year: *year, without };
        }
        self.to_extent(scenario, self.most(scenario))
    }

    /// [`Change::farthest`], from the first academic year on.
    pub fn earliest(&self, scenario: &Scenario) -> Self {
        let mut earliest = self.farthest(scenario);
        match &mut earliest {
            Self::Seats { from, .. } | Self::Supervisors { from, .. } | Self::Volume { from, .. } => {
                *from = scenario.first_year;
            }
            _ => {}
        }
        earliest
    }

    /// The greatest extent there is; of seats and the like what is enough for everybody.
    fn most(&self, scenario: &Scenario) -> u32 {
        match self {
            Self::Seats { .. } | Self::Supervisors { .. } | Self::Ratio { .. } => {
                u32::try_from(scenario.residents.len()).unwrap_or(u32::MAX)
            }
            Self::Minimum { minimum, .. } => minimum.of(&scenario.rules).saturating_sub(minimum.least()),
            Self::Target { case, .. } => {
                least_target(scenario, *case).map_or(0, |least| scenario.case(*case).target - least)
            }
            Self::Volume { case, .. } => volume_most(scenario, *case),
            Self::Share { case, .. } => SHARE_MOST.saturating_sub(hundredths(scenario, *case)),
            Self::Intake { .. }
            | Self::ReleaseLock { .. }
            | Self::OpenCourse { .. }
            | Self::NoLeave { .. } => 0,
        }
    }

    /// How much of the extent weighs more: less than that is as dear.
    pub fn step(&self, scenario: &Scenario) -> u32 {
        match self {
            Self::Target { case, .. } => scenario.case(*case).target.div_ceil(10).max(1),
            Self::Volume { case, .. } => scenario.case(*case).target.max(1),
            Self::Share { .. } => 10,
            _ => 1,
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
                let seats = i64::from(seats.unwrap_or(0));
                with_facility(Message::new("explain-change-seats"), scenario, *facility)
                    .text("from", scenario.calendar.start_of(*from))
                    .number("by", i64::from(*by))
                    .number("seats", seats + i64::from(*by))
                    .number("before", seats)
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

/// Puts residents of a year in the order in which they are not taken: who has no name yet first, of
/// several the last.
pub fn first_to_go(scenario: &Scenario, residents: &mut [ResidentIx]) {
    residents.sort_by_key(|&resident| (!scenario.resident(resident).anonymous, Reverse(resident)));
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
