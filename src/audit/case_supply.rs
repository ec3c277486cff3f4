//! What a facility offers of a case item in an academic year, and what a resident still needs: the
//! judge's own arithmetic (source §6.2 \[8,9,10,15\]).
//!
//! A facility offers floor(volume × trainee share) cases, where the volume changes within the year the
//! mean of its months; whoever is there for m months takes at most floor(that × m / 12). What was done
//! before the first decided month counts through logged cases only. What associated facilities could
//! supply falls within the supplement, which is deducted in full.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::calendar::Month;
use crate::scenario::{CaseIx, FacilityIx, ResidentIx, Role, Scenario};

/// Months of an academic year.
const YEAR: i64 = 12;

/// What facilities offer of one item, by academic year.
pub(super) type Offers = BTreeMap<(FacilityIx, i32), i64>;

/// The offers of an item in all years in which somebody is to be decided.
///
/// # Errors
/// The core and affiliate facilities whose volume is not known throughout: the item cannot be
/// assessed.
pub(super) fn offers(scenario: &Scenario, case: CaseIx) -> Result<Offers, Vec<FacilityIx>> {
    let mut offers = Offers::new();
    let mut lacking = Vec::new();
    let placeable = |f: &FacilityIx| scenario.facility(*f).role != Role::Associated;
    for facility in scenario.facility_ixs().filter(placeable) {
        for (year, _) in scenario.calendar.split(scenario.horizon()) {
            match offer(scenario, case, facility, year) {
                Some(offer) => {
                    offers.insert((facility, year), offer);
                }
                None if lacking.last() == Some(&facility) => {}
                None => lacking.push(facility),
            }
        }
    }
    if lacking.is_empty() { Ok(offers) } else { Err(lacking) }
}

/// `None`: the volume of some month is unknown and unknown is not zero.
fn offer(scenario: &Scenario, case: CaseIx, facility: FacilityIx, year: i32) -> Option<i64> {
    let item = scenario.case(case);
    let volume = scenario.facility(facility).volumes.get(item.volume)?;
    let unknown = scenario.rules.unknown_volumes_are_zero.then_some(Decimal::ZERO);
    let months = scenario.calendar.span_of(year).iter().map(|month| volume.at(month).or(unknown));
    let sum: Decimal = months.sum::<Option<Decimal>>()?;
    // In twelfths, which `floor` leaves whole: no division of decimals.
    let twelfths = sum.checked_mul(item.trainee_share)?;
    twelfths.floor().to_i64().map(|whole| whole.div_euclid(YEAR))
}

/// The most one resident can take in so many months of a year in which so much is offered.
pub(super) fn most(offer: i64, months: i64) -> i64 {
    (offer * months).div_euclid(YEAR)
}

/// What the resident still needs of the item in the decided months.
pub(super) fn need(scenario: &Scenario, case: CaseIx, resident: ResidentIx) -> i64 {
    if scenario.decided(resident).is_empty() {
        return 0;
    }
    let item = scenario.case(case);
    let logged = scenario.resident(resident).logged.get(case.0).copied().unwrap_or(0);
    (i64::from(item.target) - i64::from(logged) - i64::from(item.supplement())).max(0)
}

/// The months of some whereabouts by facility and academic year.
pub(super) fn months_by_year(
    scenario: &Scenario,
    whereabouts: impl Iterator<Item = (Month, FacilityIx)>,
) -> BTreeMap<(FacilityIx, i32), i64> {
    let mut months = BTreeMap::new();
    for (month, facility) in whereabouts {
        *months.entry((facility, scenario.calendar.year_of(month))).or_insert(0) += 1;
    }
    months
}
