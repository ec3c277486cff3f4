//! Totals of the group: the sums of the facilities' rows beside the totals that a document prints.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::calendar::Month;
use crate::scenario::{FacilityIx, Scenario};

/// The name of the supervisors' column, and of their printed total.
pub(super) const SUPERVISORS: &str = "supervisors";

/// One column of `facilities.csv` over the whole group.
pub(super) struct Total<'a> {
    pub name: &'a str,
    /// The sum of the rows in force in the month; `None` while some row is unknown.
    pub rows: Option<Decimal>,
    /// The facilities whose row is unknown.
    pub lacking: Vec<FacilityIx>,
    pub printed: Option<Decimal>,
}

impl<'a> Total<'a> {
    pub fn supervisors(scenario: &'a Scenario, month: Month) -> Self {
        Self::of(scenario, SUPERVISORS, |facility| {
            scenario.facilities.get(facility.0).map(|f| *f.supervisors.at(month))
        })
    }

    /// The total of a volume, if the scenario has such a volume.
    pub fn volume(scenario: &'a Scenario, volume: usize, month: Month) -> Option<Self> {
        let name = scenario.volumes.get(volume)?;
        Some(Self::of(scenario, name, |facility| {
            let volumes = &scenario.facilities.get(facility.0)?.volumes;
            volumes.get(volume).and_then(|dated| *dated.at(month))
        }))
    }

    fn of(scenario: &'a Scenario, name: &'a str, row: impl Fn(FacilityIx) -> Option<Decimal>) -> Self {
        let mut sum = Decimal::ZERO;
        let mut lacking = Vec::new();
        for facility in scenario.facility_ixs() {
            match row(facility) {
                Some(value) => sum = sum.saturating_add(value),
                None => lacking.push(facility),
            }
        }
        let rows = lacking.is_empty().then_some(sum);
        Self { name, rows, lacking, printed: scenario.printed_totals.get(name).copied() }
    }
}

/// A number as a table prints it: without trailing zeros.
pub(super) fn plain(value: Decimal) -> Decimal {
    value.normalize()
}

/// A quotient as people compare it: half up to two decimals, to more where two would show a whole
/// number that the quotient does not reach (103.998 is not 104.00 residents).
pub(super) fn two_decimals(value: Decimal) -> Decimal {
    let rounded = |digits| value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    let digits = (2..=10).find(|&digits| rounded(digits).floor() <= value.floor()).unwrap_or(10);
    let mut shown = rounded(digits);
    shown.rescale(digits);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotient_never_shows_a_whole_number_it_does_not_reach() {
        let shown = |value| two_decimals(value).to_string();
        assert_eq!(shown(Decimal::new(4_706_667, 5)), "47.07");
        assert_eq!(shown(Decimal::new(1_039_979_667, 7)), "103.998");
        assert_eq!(shown(Decimal::from(54)), "54.00");
    }
}
