//! The bounds of sane input, in one place.
//!
//! They are far beyond any real program and exist for two reasons: a number outside them is a slip
//! of the pen (a decimal point lost, a year with a digit too many), and everything after the reader
//! may count in machine integers without asking whether they overflow. Bounds of any table, which limit
//! the work, are in `tables::limits`.

use std::ops::RangeInclusive;

pub use crate::tables::limits::*;

/// Months of a complete training.
pub const TRAINING_MONTHS: RangeInclusive<u32> = 1..=120;
/// Leaves end before this academic year, so that a whole training fits behind any of them.
pub const LEAVE_YEAR_MAX: i32 = 2135;
/// Months of one part of a pattern: at most a whole training.
pub const PART_MONTHS: RangeInclusive<u32> = 1..=120;
pub const MONTH_OF_YEAR: RangeInclusive<u32> = 1..=12;

/// The part of a facility's volume that residents may take.
pub const SHARE_MAX: u32 = 1;

/// Residents who enter in one year.
pub const INTAKE: RangeInclusive<u32> = 0..=500;
/// Residents of a scenario.
pub const RESIDENTS_MAX: usize = 2000;
/// Facilities of a scenario: each may follow each in a career.
pub const FACILITIES_MAX: usize = 2000;
/// Sections of a scenario, for the same reason.
pub const SECTIONS_MAX: usize = 2000;
pub const COURSE_WEIGHTS: RangeInclusive<u32> = 0..=1_000_000;
