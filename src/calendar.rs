//! Calendar months, half-open spans of months, and academic years.
//!
//! Time in the whole crate is counted in calendar months: the training standard speaks of months
//! and years only, never of days. A month is one integer, so adding, comparing and counting are
//! integer arithmetic and no date can be half valid.

use std::fmt;

/// One calendar month, counted from January of year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// The first and last calendar years a scenario may speak of; anything outside is a typing error.
pub const YEARS: std::ops::RangeInclusive<i32> = 1950..=2150;

impl Month {
    /// The month `month` (1–12) of the calendar year `year`, if both are within sane bounds.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        if !YEARS.contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        Some(Self(year * 12 + month as i32 - 1))
    }

    /// Reads `YYYY-MM` (also `YYYY/MM`, which Excel likes to make of it).
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once(['-', '/'])?;
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !digits(year) || month.len() > 2 || !digits(month) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1–12.
    pub fn month_of_year(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The month `months` later.
    pub fn plus(self, months: u32) -> Self {
        Self(self.0 + months as i32)
    }

    /// The month `months` earlier.
    pub fn minus(self, months: u32) -> Self {
        Self(self.0 - months as i32)
    }

    /// Months from `earlier` to `self`; negative if `self` is the earlier one.
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month_of_year())
    }
}

/// A half-open span of months: `start` is the first month, `end()` the first month after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: Month,
    /// Length in months.
    pub months: u32,
}

impl Span {
    pub fn new(start: Month, months: u32) -> Self {
        Self { start, months }
    }

    /// The span from `start` up to, not including, `end`; empty if `end` is not after `start`.
    pub fn between(start: Month, end: Month) -> Self {
        Self::new(start, end.since(start).max(0) as u32)
    }

    /// The first month after the span.
    pub fn end(self) -> Month {
        self.start.plus(self.months)
    }

    pub fn is_empty(self) -> bool {
        self.months == 0
    }

    pub fn contains(self, month: Month) -> bool {
        self.start <= month && month < self.end()
    }

    /// The months both spans have; empty if they have none.
    pub fn intersection(self, other: Self) -> Self {
        Self::between(self.start.max(other.start), self.end().min(other.end()))
    }

    /// The months of the span, in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Month> + Clone {
        (0..self.months).map(move |i| self.start.plus(i))
    }
}

/// Academic years (年度): twelve months from a fixed month, named by the calendar year they start in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcademicCalendar {
    /// The month of the year (1–12) in which an academic year starts; April in Japan.
    pub starts_in_month: u32,
}

impl AcademicCalendar {
    /// The first month of the academic year `year`.
    ///
    /// Years outside [`YEARS`] saturate at its ends: the reader has refused them long before.
    pub fn start_of(self, year: i32) -> Month {
        Month(year.clamp(*YEARS.start(), *YEARS.end()) * 12 + self.starts_in_month as i32 - 1)
    }

    /// The twelve months of the academic year `year`.
    pub fn span_of(self, year: i32) -> Span {
        Span::new(self.start_of(year), 12)
    }

    /// The academic year `month` belongs to.
    pub fn year_of(self, month: Month) -> i32 {
        (month.0 - (self.starts_in_month as i32 - 1)).div_euclid(12)
    }

    /// Cuts a span at the boundaries of academic years: (academic year, piece), in order.
    pub fn split(self, span: Span) -> Vec<(i32, Span)> {
        if span.is_empty() {
            return Vec::new();
        }
        let last = self.year_of(span.end().minus(1));
        (self.year_of(span.start)..=last).map(|year| (year, span.intersection(self.span_of(year)))).collect()
    }
}

/// Months in their order as spans without a gap.
pub fn runs(months: impl IntoIterator<Item = Month>) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for month in months {
        match runs.last_mut() {
            Some(last) if last.end() == month => last.months += 1,
            _ => runs.push(Span::new(month, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    #[test]
    fn reads_and_writes_months() {
        assert_eq!(month("2019-04").to_string(), "2019-04");
        assert_eq!(month("2019/4"), month("2019-04"));
        for wrong in ["2019-13", "2019-00", "19-04", "2019", "2019-4x", "", "-", "２０１９-04", "9999-01"]
        {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_academic_year_starts_in_april() {
        let april = AcademicCalendar { starts_in_month: 4 };
        assert_eq!(april.year_of(month("2020-03")), 2019);
        assert_eq!(april.year_of(month("2020-04")), 2020);
        assert_eq!(april.start_of(2019), month("2019-04"));
    }

    proptest! {
        #[test]
        fn runs_have_every_month_and_a_gap_between_them(present in proptest::collection::vec(any::<bool>(), 0..40)) {
            let all = month("1990-01");
            let months: Vec<Month> =
                (0u32..).zip(present).filter(|(_, is)| *is).map(|(at, _)| all.plus(at)).collect();
            let runs = runs(months.iter().copied());
            let glued: Vec<Month> = runs.iter().flat_map(|run| run.iter()).collect();
            prop_assert_eq!(glued, months);
            prop_assert!(runs.windows(2).all(|pair| pair[0].end() < pair[1].start));
        }

        #[test]
        fn splitting_loses_and_doubles_no_month(start in 0i32..600, months in 0u32..80, first in 1u32..=12) {
            let span = Span::new(month("1990-01").plus(start as u32), months);
            let calendar = AcademicCalendar { starts_in_month: first };
            let pieces = calendar.split(span);
            let glued: Vec<Month> = pieces.iter().flat_map(|(_, piece)| piece.iter()).collect();
            prop_assert_eq!(glued, span.iter().collect::<Vec<_>>());
            for (year, piece) in pieces {
                prop_assert!(!piece.is_empty());
                prop_assert!(piece.iter().all(|m| calendar.year_of(m) == year));
            }
        }
    }
}
