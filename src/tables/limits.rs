//! The bounds of any table and of the single values in it, whatever the table is about.
//!
//! They keep the work small: no file, however odd, keeps the reader busy for long, and every number
//! that was read fits what counts with it later.

use std::ops::RangeInclusive;

/// Academic years of entry and of decisions. Narrower than [`crate::calendar::YEARS`], so that a
/// whole training fits behind any of them.
pub const ENTRY_YEARS: RangeInclusive<i32> = 1960..=2130;
/// Cases a year at one facility, cases per new resident, and printed totals.
pub const VOLUME_MAX: u32 = 1_000_000_000;
/// Months of one row of history, lock or plan: at most a whole training.
pub const STAY_MONTHS: RangeInclusive<u32> = 1..=120;
/// Hours of part-time work a week, and in a whole leave.
pub const HOURS_PER_WEEK_MAX: u32 = 168;
pub const HOURS: RangeInclusive<u32> = 0..=100_000;
pub const SUPERVISORS_MAX: u32 = 1000;
pub const SEATS: RangeInclusive<u32> = 0..=10_000;
/// Cases of an item per resident: targets, supplements, logged cases.
pub const CASES: RangeInclusive<u32> = 0..=100_000;
/// Months, stays, facilities or places of one career.
pub const AMOUNTS: RangeInclusive<u32> = 0..=120;
/// Points of one row, on either side of 0.
pub const POINTS_MAX: u32 = 1_000_000;
/// Training years of the longest training.
pub const TRAINING_YEARS: RangeInclusive<u32> = 1..=10;
/// Prorated figures are printed with one or two decimals; six leave room.
pub const FRACTION_DIGITS_MAX: usize = 6;
/// Bytes of one file: the tables of the largest program are below one megabyte.
pub const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Entries of one list of `program.toml`.
pub const LIST_MAX: usize = 500;
/// Rows of one table.
pub const ROWS_MAX: usize = 50_000;
/// Columns of one table.
pub const COLUMNS_MAX: usize = 200;
/// Characters of one cell or text.
pub const TEXT_CHARS_MAX: usize = 1000;
