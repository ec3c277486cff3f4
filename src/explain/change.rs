//! Changes a director can make, each to one number or row of the tables, and what they weigh.
//!
//! Weights rank the ways out, cheapest first: what only the director decided (a lock, a fixed course)
//! before what has to be found (a seat, a supervisor), that before taking fewer residents, and last what
//! the national standard sets. They are whole numbers without a unit.

use rust_decimal::Decimal;

use super::relax::{remove, set_within};
use super::statement::{Minimum, Statement, listed, with_facility};
use crate::audit;
use crate::calendar::{Month, Span};
use crate::language::Message;
use crate::scenario::{FacilityIx, Lock, ResidentIx, Scenario, SupervisorRounding};

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
}

const LOCK: i64 = 2;
const COURSE: i64 = 3;
const SEAT: i64 = 4;
const SUPERVISOR: i64 = 5;
const RESIDENT: i64 = 6;
const MINIMUM: i64 = 8;
const RATIO: i64 = 16;

/// What a change changes, whatever by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lever {
    Lock(ResidentIx, Lock),
    Course(ResidentIx),
    Seats(FacilityIx),
    Supervisors,
    Intake(i32),
    Minimum(Minimum),
    Ratio,
}

impl Change {
    pub fn lever(&self) -> Lever {
        match self {
            Self::ReleaseLock { resident, lock } => Lever::Lock(*resident, *lock),
            Self::OpenCourse { resident } => Lever::Course(*resident),
            Self::Seats { facility, .. } => Lever::Seats(*facility),
            Self::Supervisors { .. } => Lever::Supervisors,
            Self::Intake { year, .. } => Lever::Intake(*year),
            Self::Minimum { minimum, .. } => Lever::Minimum(*minimum),
            Self::Ratio { .. } => Lever::Ratio,
        }
    }

    /// The weight in the ranking.
    pub fn cost(&self, scenario: &Scenario) -> i64 {
        match self {
            Self::ReleaseLock { .. } => LOCK,
            Self::OpenCourse { .. } => COURSE,
            Self::Seats { by, .. } => SEAT * i64::from(*by),
            Self::Supervisors { by, .. } => SUPERVISOR * i64::from(*by),
            Self::Intake { without, .. } => RESIDENT * without.len() as i64,
            Self::Minimum { minimum, to } => {
                MINIMUM * i64::from(minimum.of(&scenario.rules).saturating_sub(*to))
            }
            Self::Ratio { to } => {
                RATIO * i64::from(to.saturating_sub(scenario.rules.residents_per_supervisor))
            }
        }
    }

    /// The word for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ReleaseLock { .. } => "lock",
            Self::OpenCourse { .. } => "course",
            Self::Seats { .. } => "seats",
            Self::Supervisors { .. } => "supervisors",
            Self::Intake { .. } => "intake",
            Self::Minimum { minimum, .. } => minimum.id(),
            Self::Ratio { .. } => "residents_per_supervisor",
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
                let named: Vec<&str> = named.map(|r| scenario.resident(*r).id.as_str()).collect();
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
        }
    }
}

/// Several changes as one sentence.
pub fn words(changes: &[Change], scenario: &Scenario) -> Message {
    listed(changes.iter().map(|change| change.words(scenario)))
}

/// The scenario after changes that each name something else; without goals, as only existence is asked.
pub fn changed(scenario: &Scenario, changes: &[Change]) -> Scenario {
    let mut changed = scenario.clone();
    changed.goals.clear();
    // More residents per supervisor give seats of their own; a seat more comes on top of them.
    for change in changes {
        if let Change::Ratio { to } = change {
            changed.rules.residents_per_supervisor = *to;
        }
    }
    let mut gone = std::collections::BTreeSet::new();
    for change in changes {
        match change {
            Change::ReleaseLock { resident, lock } => {
                changed.residents[resident.0].locks.retain(|other| other != lock);
            }
            Change::OpenCourse { resident } => changed.residents[resident.0].course = None,
            Change::Seats { facility, from, by } => more_seats(&mut changed, *facility, *from, *by),
            Change::Supervisors { from, by } => {
                let span = from_year_on(&changed, *from);
                if let Some(facility) = changed.facilities.first_mut() {
                    set_within(&mut facility.supervisors, span, |now| *now + Decimal::from(*by));
                }
            }
            Change::Intake { without, .. } => gone.extend(without.iter().copied()),
            Change::Minimum { minimum, to } => minimum.set(&mut changed.rules, *to),
            Change::Ratio { .. } => {}
        }
    }
    remove(&mut changed, &gone);
    changed
}

fn from_year_on(scenario: &Scenario, year: i32) -> Span {
    let start = scenario.calendar.start_of(year);
    Span::between(start, scenario.horizon().end().max(scenario.calendar.start_of(year + 1)))
}

/// Raises the facility's own seats and its supervisors as far as either stands in the way.
fn more_seats(scenario: &mut Scenario, facility: FacilityIx, from: i32, by: u32) {
    let span = from_year_on(scenario, from);
    let limits: Vec<(Month, u32)> = span
        .iter()
        .filter_map(|month| Some((month, audit::seat_limit(scenario, facility, month)? + by)))
        .collect();
    let (rules, facility) = (&scenario.rules, &mut scenario.facilities[facility.0]);
    for (month, seats) in limits {
        let month = Span::new(month, 1);
        set_within(&mut facility.seats, month, |own| own.map(|own| own.max(seats)));
        set_within(&mut facility.supervisors, month, |&now| {
            now.max(supervisors_for(seats, rules.residents_per_supervisor, rules.supervisor_rounding))
        });
    }
}

/// The least supervisors whose seats are `seats`, to six digits.
fn supervisors_for(seats: u32, ratio: u32, rounding: SupervisorRounding) -> Decimal {
    let (seats, ratio) = (u64::from(seats), u64::from(ratio.max(1)));
    match rounding {
        SupervisorRounding::FacilityFloor => {
            Decimal::new((seats * 1_000_000).div_ceil(ratio) as i64, 6).normalize()
        }
        SupervisorRounding::SupervisorFloor => Decimal::from(seats.div_ceil(ratio)),
        SupervisorRounding::Pooled => Decimal::ZERO,
    }
}
