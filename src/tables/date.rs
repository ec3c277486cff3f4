//! Months as people type them and spreadsheets turn them into.
//!
//! Only months count in a program, so a whole date is read as its month if it is the first of one, and
//! refused otherwise: whoever means another day would be misunderstood. Nothing is guessed: a form
//! that two countries read differently (`4/1/2025`) is no month.

use std::ops::RangeInclusive;

use crate::calendar::Month;
use crate::diagnostic::code;

/// Day numbers of spreadsheets that lie within the years a program may speak of. Day 1 is the first of
/// January 1900; the 29th of February 1900, which never was, is counted.
const SERIALS: RangeInclusive<i64> = 18_264..=91_676;

/// From this year on a year of two digits belongs to the century before.
const TWO_DIGITS_PIVOT: i32 = 70;

/// Years before the first of an era: 令和元年 is 2019.
const ERAS: [(&str, char, i32); 3] = [("令和", 'r', 2018), ("平成", 'h', 1988), ("昭和", 's', 1925)];

const ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month a text names.
///
/// # Errors
/// The code of what is wrong: no month, or a day that is not the first of one.
pub(super) fn month(text: &str) -> Result<Month, &'static str> {
    let plain = super::value::typed(text).to_lowercase();
    let (year, month, day) = parts(without_midnight(&plain)).ok_or(code::MONTH_MALFORMED)?;
    let found = Month::new(year, month).ok_or(code::MONTH_MALFORMED)?;
    match day {
        1 => Ok(found),
        2..=31 => Err(code::MONTH_DAY),
        _ => Err(code::MONTH_MALFORMED),
    }
}

/// The month that a date lies in.
///
/// # Errors
/// The code of what is wrong: no date.
pub(super) fn month_of_day(text: &str) -> Result<Month, &'static str> {
    let plain = super::value::typed(text).to_lowercase();
    let (year, month, day) = parts(without_midnight(&plain)).ok_or(code::MONTH_MALFORMED)?;
    let found = Month::new(year, month).ok_or(code::MONTH_MALFORMED)?;
    if (1..=days_of_month(year, month)).contains(&i64::from(day)) {
        Ok(found)
    } else {
        Err(code::MONTH_MALFORMED)
    }
}

/// A date cell written by a program: `2025-04-01 00:00:00`, `2025-04-01T00:00:00`.
fn without_midnight(text: &str) -> &str {
    let midnight =
        |rest: &str| ["0:00", "00:00", "0:00:00", "00:00:00"].contains(&rest.trim_end_matches(".000"));
    match text.split_once([' ', 't']) {
        Some((date, time)) if midnight(time) => date,
        _ => text,
    }
}

/// Year, month and day; the first where only a month is named.
fn parts(text: &str) -> Option<(i32, u32, u32)> {
    if let Ok(number) = text.strip_suffix(".0").unwrap_or(text).parse::<i64>() {
        return of_digits(text, number);
    }
    english(text).or_else(|| japanese(text)).or_else(|| separated(text))
}

/// `202504`, `20250401`, or the day number of a spreadsheet.
fn of_digits(text: &str, number: i64) -> Option<(i32, u32, u32)> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let part = |divisor: i64, modulus: i64| u32::try_from(number / divisor % modulus).ok();
    match text.len() {
        6 if digits => Some((i32::try_from(number / 100).ok()?, part(1, 100)?, 1)),
        8 if digits => Some((i32::try_from(number / 10_000).ok()?, part(100, 100)?, part(1, 100)?)),
        _ if SERIALS.contains(&number) => of_serial(number),
        _ => None,
    }
}

/// The date of a spreadsheet's day number.
fn of_serial(serial: i64) -> Option<(i32, u32, u32)> {
    /// The number of the first of January 1970, and the days of 400 years from there.
    const EPOCH: i64 = 25_569;
    let mut left = serial - EPOCH;
    let mut year = 1970;
    let days_of_year = |year: i32| if is_leap(year) { 366 } else { 365 };
    while left < 0 {
        year -= 1;
        left += days_of_year(year);
    }
    while left >= days_of_year(year) {
        left -= days_of_year(year);
        year += 1;
    }
    for month in 1..=12 {
        let days = days_of_month(year, month);
        if left < days {
            return Some((year, month, u32::try_from(left).ok()? + 1));
        }
        left -= days;
    }
    None
}

fn is_leap(year: i32) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_of_month(year: i32, month: u32) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `Apr-25`, `Apr-2025`, `April 2025`, `1-Apr-25`.
fn english(text: &str) -> Option<(i32, u32, u32)> {
    let pieces: Vec<&str> = text.split(['-', ' ', '/', '.', ',']).filter(|piece| !piece.is_empty()).collect();
    let (day, name, year) = match pieces[..] {
        [name, year] => (1, name, year),
        [day, name, year] => (whole(day, 2)?, name, year),
        _ => return None,
    };
    Some((year_of(year)?, named(name)?, day))
}

/// The number of a month by its English name, in small letters: the whole of it, or the first three or four.
pub(super) fn named(name: &str) -> Option<u32> {
    let is_it = |full: &&str| **full == *name || ((3..=4).contains(&name.len()) && full.starts_with(name));
    let position = ENGLISH.iter().position(is_it)?;
    u32::try_from(position + 1).ok()
}

/// `2025年4月`, `2025年4月1日`, `令和7年4月`, `R7.4.1`.
fn japanese(text: &str) -> Option<(i32, u32, u32)> {
    let era = ERAS.iter().find_map(|(name, letter, before)| {
        let rest = text.strip_prefix(name).or_else(|| text.strip_prefix(*letter))?;
        Some((rest, *before))
    });
    let (rest, before) = era.unwrap_or((text, 0));
    if era.is_none() && !rest.contains('年') {
        return None;
    }
    let rest = rest.replacen('年', "-", 1).replacen('月', "-", 1).replace('日', "");
    let rest = rest.trim_end_matches('-').replace(' ', "");
    let pieces: Vec<&str> = rest.split(['-', '.', '/']).collect();
    let (year, month, day) = match pieces[..] {
        [year, month] => (year, month, 1),
        [year, month, day] => (year, month, whole(day, 2)?),
        _ => return None,
    };
    let year = match (before, year) {
        (0, year) => year_of(year)?,
        (before, "元") => before + 1,
        (before, year) => before + i32::try_from(whole(year, 2)?).ok()?,
    };
    Some((year, whole(month, 2)?, day))
}

/// `2025-04`, `2025/4`, `2025.4`, `2025/4/1`.
fn separated(text: &str) -> Option<(i32, u32, u32)> {
    let separator = text.chars().find(|c| ['-', '/', '.'].contains(c))?;
    let pieces: Vec<&str> = text.split(separator).collect();
    let (year, month, day) = match pieces[..] {
        [year, month] => (year, month, 1),
        [year, month, day] => (year, month, whole(day, 2)?),
        _ => return None,
    };
    if year.len() != 4 {
        return None;
    }
    Some((year_of(year)?, whole(month, 2)?, day))
}

/// A year of four digits, or of two in the century it likely is of.
fn year_of(text: &str) -> Option<i32> {
    let year = i32::try_from(whole(text, 4)?).ok()?;
    match text.len() {
        4 => Some(year),
        2 if year >= TWO_DIGITS_PIVOT => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn whole(text: &str, digits_max: usize) -> Option<u32> {
    let digits =
        !text.is_empty() && text.len() <= digits_max && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Whether a spreadsheet that takes one of two texts for a date or a number may show it as the other: `2019-01`
/// is `Jan-19` afterwards, `2019/1/1` or `43466`; `007` is `7`.
pub(super) fn same_after_a_spreadsheet(one: &str, other: &str) -> bool {
    let number = |text: &str| {
        let plain = super::value::typed(text);
        let is_number = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| plain.trim_start_matches('0').to_string())
    };
    if number(one).is_some_and(|one| number(other) == Some(one)) {
        return true;
    }
    let date = |text: &str| {
        let plain = super::value::typed(text).to_lowercase();
        let date = parts(without_midnight(&plain)).or_else(|| short(&plain));
        date.filter(|(_, month, day)| (1..=12).contains(month) && (1..=31).contains(day))
    };
    match (date(one), date(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// `19-1`: the first of January 2019 to a spreadsheet, since there is no 19th month.
fn short(text: &str) -> Option<(i32, u32, u32)> {
    let (year, month) = text.split_once(['-', '/'])?;
    let (year, month) = (whole(year, 2)?, whole(month, 2)?);
    (year > 12).then_some((2000 + i32::try_from(year).ok()?, month, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_month_is_read() {
        for text in [
            "2025-04",
            "2025/4",
            "2025/04",
            "2025/4/1",
            "2025-04-01",
            "2025.4",
            "2025.04.01",
            "202504",
            "20250401",
            "2025年4月",
            "2025年04月",
            "2025年4月1日",
            "2025 年 4 月",
            "R7.4.1",
            "R7.4",
            "r7/4/1",
            "Ｒ７．４．１",
            "令和7年4月",
            "令和７年４月１日",
            "平成37年4月",
            "H37.4.1",
            "Apr-25",
            "Apr-2025",
            "apr 2025",
            "April 2025",
            "1-Apr-25",
            "01-Apr-2025",
            "45748",
            "45748.0",
            "2025-04-01 00:00:00",
            "2025-04-01T00:00:00",
            "2025/4/1 0:00",
            "２０２５－０４",
            "２０２５／４／１",
            "２０２５年４月",
            "４５７４８",
            "2025−04",
            "2025‐04",
            "2025ー04",
            " 2025-04 ",
            "2025-\u{200B}04",
        ] {
            assert_eq!(month(text).map(|month| month.to_string()), Ok("2025-04".to_string()), "{text}");
        }
        assert_eq!(month("令和元年5月"), Ok(Month::new(2019, 5).unwrap()));
        assert_eq!(month("S64.1.1"), Ok(Month::new(1989, 1).unwrap()));
        assert_eq!(month("Jan-99"), Ok(Month::new(1999, 1).unwrap()));
    }

    #[test]
    fn another_day_than_the_first_is_refused() {
        for text in ["2025/4/15", "2025-04-30", "20250402", "45749", "R7.4.2", "令和7年4月2日", "15-Apr-25"]
        {
            assert_eq!(month(text), Err(code::MONTH_DAY), "{text}");
        }
    }

    #[test]
    fn whatever_may_mean_something_else_is_no_month() {
        for text in [
            "",
            "-",
            "2025",
            "25-04",
            "4/1/2025",
            "2025-13",
            "2025-00",
            "2025-4x",
            "202513",
            "2025²-04",
            "2025年",
            "4月",
            "R.4.1",
            "Apr",
            "Foo-25",
            "9999-01",
            "1",
            "100000",
            "2025-04-01 12:30",
            "2025-04-01-01",
            "R7",
            "ap-25",
            "2025-04-32",
            "2025-004",
            "x2025-04",
            "25-Apr",
        ] {
            assert_eq!(month(text), Err(code::MONTH_MALFORMED), "{text}");
        }
    }

    #[test]
    fn day_numbers_are_those_of_spreadsheets() {
        for (serial, date) in [
            (18_264, (1950, 1, 1)),
            (25_569, (1970, 1, 1)),
            (36_526, (2000, 1, 1)),
            (43_466, (2019, 1, 1)),
            (45_351, (2024, 2, 29)),
        ] {
            assert_eq!(of_serial(serial), Some(date));
        }
        let mut last = of_serial(*SERIALS.start()).unwrap();
        for serial in SERIALS.skip(1) {
            let date = of_serial(serial).unwrap();
            assert!(date > last, "{serial}");
            last = date;
        }
    }

    #[test]
    fn ids_are_known_again_after_a_spreadsheet() {
        for (id, shown) in [
            ("2019-01", "Jan-19"),
            ("2019-1", "2019/1/1"),
            ("2019-01", "43466"),
            ("19-1", "Jan-19"),
            ("2019-12", "2019年12月1日"),
            ("007", "7"),
            ("00", "0"),
        ] {
            assert!(same_after_a_spreadsheet(id, shown), "{id} {shown}");
        }
        for (id, shown) in
            [("2019-01", "Feb-19"), ("R1", "Jan-19"), ("Y2019-01", "Jan-19"), ("keio", "keio"), ("007", "70")]
        {
            assert!(!same_after_a_spreadsheet(id, shown), "{id} {shown}");
        }
    }
}
