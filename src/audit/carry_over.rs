//! Carrying an excess of new residents over into the next year (§4 \[27,28\], "adjusted across
//! years"): it is deducted from the following year's cap, and must be gone by the last intake year.
//!
//! Counted in whole units, one resident or a fraction of one, so that an exact mean such as 59 / 5
//! is carried over exactly.

/// A year's new residents against the cap that is left for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    pub academic_year: i32,
    pub hired: i64,
    /// The cap of the year by itself.
    pub cap: i64,
    /// The cap less the excess of the year before.
    pub left: i64,
    /// What is carried over to the next year.
    pub excess: i64,
}

/// The accounts of (academic year, hired, cap), which come in the order of the years.
pub(super) fn accounts(years: impl IntoIterator<Item = (i32, i64, i64)>) -> Vec<Account> {
    let mut carried = 0;
    years
        .into_iter()
        .map(|(academic_year, hired, cap)| {
            let left = cap - carried;
            carried = (hired - left).max(0);
            Account { academic_year, hired, cap, left, excess: carried }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excesses(hired: &[i64], cap: i64) -> Vec<i64> {
        let years = hired.iter().zip(2019..).map(|(hired, year)| (year, *hired, cap));
        accounts(years).iter().map(|account| account.excess).collect()
    }

    #[test]
    fn an_excess_is_deducted_from_the_next_years_cap() {
        assert_eq!(excesses(&[12, 12, 12], 12), [0, 0, 0]);
        assert_eq!(excesses(&[14, 10, 12], 12), [2, 0, 0]);
        assert_eq!(excesses(&[14, 11, 12], 12), [2, 1, 1]);
        assert_eq!(excesses(&[14, 3, 13], 12), [2, 0, 1]);
        assert_eq!(excesses(&[40, 0, 0], 12), [28, 16, 4]);
    }
}
