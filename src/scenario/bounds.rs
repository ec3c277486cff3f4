//! The bounds of sane input, in one place.
//!
//! They are far beyond any real program and exist for two reasons: a number outside them is a slip
//! of the pen (a decimal point lost, a year with a digit too many), and everything after the reader
//! may count in machine integers without asking whether they overflow. The last part bounds the
//! work: no file, however odd, keeps the reader busy for long.

use std::ops::RangeInclusive;

/// Academic years of entry and of decisions. Narrower than [`crate::calendar::YEARS`], so that a
/// whole training fits behind any of them.
pub const ENTRY_YEARS: RangeInclusive<i32> = 1960..=2130;
/// Months of a complete training.
pub const TRAINING_MONTHS: RangeInclusive<u32> = 1..=120;
/// Months of one row of history, lock or plan: at most a whole training.
pub const STAY_MONTHS: RangeInclusive<u32> = 1..=120;
/// Leaves end before this academic year, so that a whole training fits behind any of them.
pub const LEAVE_YEAR_MAX: i32 = 2135;
/// Hours of part-time work a week, and in a whole leave.
pub const HOURS_PER_WEEK_MAX: u32 = 168;
pub const HOURS: RangeInclusive<u32> = 0..=100_000;
/// Months of one part of a training year.
pub const PART_MONTHS: RangeInclusive<u32> = 1..=12;
pub const MONTH_OF_YEAR: RangeInclusive<u32> = 1..=12;

pub const SUPERVISORS_MAX: u32 = 1000;
pub const SEATS: RangeInclusive<u32> = 0..=10_000;
/// Cases a year at one facility, cases per new resident, and printed totals.
pub const VOLUME_MAX: u32 = 1_000_000_000;
/// Cases of an item per resident: targets, supplements, logged cases.
pub const CASES: RangeInclusive<u32> = 0..=100_000;
/// The part of a facility's volume that residents may take.
pub const SHARE_MAX: u32 = 1;
/// Prorated figures are printed with one or two decimals; six leave room.
pub const FRACTION_DIGITS_MAX: usize = 6;

/// Residents who enter in one year.
pub const INTAKE: RangeInclusive<u32> = 0..=500;
/// Residents of a scenario.
pub const RESIDENTS_MAX: usize = 2000;
pub const COURSE_WEIGHTS: RangeInclusive<u32> = 0..=1_000_000;

/// Bytes of one file: the tables of the largest program are below one megabyte.
pub const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Rows of one table.
pub const ROWS_MAX: usize = 50_000;
/// Columns of one table.
pub const COLUMNS_MAX: usize = 200;
/// Characters of one cell or text.
pub const TEXT_CHARS_MAX: usize = 1000;
