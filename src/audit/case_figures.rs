//! What facilities offer of a case item, what residents need of it, and what nobody knows: the figures
//! behind `case-volume` (§6.2 \[8,9,10,15\]) and behind the check of quotas.
//!
//! A facility offers the whole part of its volume of an academic year × the trainees' share; a volume
//! that changes within the year counts as the mean of the twelve months. Whoever is there for m months
//! of that year can take at most the whole part of the offer × m / 12, since cases come all year round.
//!
//! Associated facilities stand nowhere here. Nobody is ever placed there, and what they could supply
//! part-time falls within the supplement, which a need is already free of in full.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::presence::{Career, Spot};
use super::training_months::{horizon, resigns};
use crate::calendar::Month;
use crate::scenario::{CaseIx, FacilityIx, Place, ResidentIx, Role, Scenario, SectionIx};

const MONTHS_OF_YEAR: u32 = 12;

/// A facility in an academic year, by year first.
pub(super) type Site = (i32, FacilityIx);

/// The academic years in which somebody is to be decided; the first year if nobody is.
fn years(scenario: &Scenario) -> std::ops::RangeInclusive<i32> {
    let horizon = horizon(scenario);
    let last = match horizon.is_empty() {
        true => scenario.first_year,
        false => scenario.calendar.year_of(horizon.end().minus(1)),
    };
    scenario.first_year..=last
}

/// The facilities where residents are placed and experience cases.
pub(super) fn placeable(scenario: &Scenario) -> impl Iterator<Item = FacilityIx> + '_ {
    scenario.facility_ixs().filter(|ix| scenario.facility(*ix).role != Role::Associated)
}

/// The facilities whose volume of the item is unknown in some month of the years that are decided.
/// The item is *assessed* if there are none; else nothing is said about it, least of all that it holds.
pub fn case_lacking(scenario: &Scenario, case: CaseIx) -> Vec<FacilityIx> {
    let known = |facility, year| volume_months(scenario, case, facility, year).is_some();
    let years = years(scenario);
    placeable(scenario).filter(|&facility| !years.clone().all(|year| known(facility, year))).collect()
}

/// Whether the item's volume is unknown at every facility that could supply it.
pub fn case_lacks_everywhere(scenario: &Scenario, lacking: &[FacilityIx]) -> bool {
    placeable(scenario).count() == lacking.len()
}

/// Whether the volumes of the item are known wherever they are needed.
pub fn case_is_assessed(scenario: &Scenario, case: CaseIx) -> bool {
    case_lacking(scenario, case).is_empty()
}

/// The cases of the target that courses or e-learning are counted on to replace for the resident: all
/// they may, as far as logged cases leave anything to replace.
pub fn case_supplement(scenario: &Scenario, case: CaseIx, resident: ResidentIx) -> u32 {
    let item = scenario.case(case);
    item.supplement().min(item.target.saturating_sub(case_logged(scenario, case, resident)))
}

/// The cases a resident brings along from before `first_year`.
pub fn case_logged(scenario: &Scenario, case: CaseIx, resident: ResidentIx) -> u32 {
    scenario.resident(resident).logged.get(case.0).copied().unwrap_or(0)
}

/// The cases a resident has to experience in the decided months.
///
/// What was done before `first_year` counts through logged cases only: nobody knows better. Whoever
/// resigns before the training is complete has to reach nothing.
pub fn case_need(scenario: &Scenario, case: CaseIx, resident: ResidentIx) -> u32 {
    if resigns(scenario, scenario.resident(resident)) {
        return 0;
    }
    let item = scenario.case(case);
    let unlogged = item.target.saturating_sub(case_logged(scenario, case, resident));
    unlogged.saturating_sub(item.supplement())
}

/// What the facility offers to all residents together in the academic year; `None` if unknown.
pub(super) fn offer(scenario: &Scenario, case: CaseIx, (year, facility): Site) -> Option<u64> {
    let twelvefold = volume_months(scenario, case, facility, year)?;
    // The reader's limits on digits keep the product exact, and the whole part of a twelfth is that of
    // a twelfth of the whole part.
    let whole = twelvefold.saturating_mul(scenario.case(case).trainee_share).floor();
    let whole = u128::try_from(whole).unwrap_or(0) / u128::from(MONTHS_OF_YEAR);
    Some(u64::try_from(whole).unwrap_or(u64::MAX))
}

/// The most that one resident can take of an offer in so many months of the year.
pub(super) fn most(offer: u64, months: u32) -> u64 {
    let part = u128::from(offer) * u128::from(months) / u128::from(MONTHS_OF_YEAR);
    u64::try_from(part).unwrap_or(u64::MAX)
}

/// Twelve times the facility's volume of the item in the academic year: the sum over its months of
/// cases a year. `None` if one of them is unknown and does not count as 0.
pub(super) fn volume_months(
    scenario: &Scenario,
    case: CaseIx,
    facility: FacilityIx,
    year: i32,
) -> Option<Decimal> {
    let unknown = scenario.rules.unknown_volumes_are_zero.then_some(Decimal::ZERO);
    let volume = scenario.facility(facility).volumes.get(scenario.case(case).volume);
    let at = |month: Month| volume.and_then(|dated| *dated.at(month)).or(unknown);
    let mut months = scenario.calendar.span_of(year).iter();
    months.try_fold(Decimal::ZERO, |sum, month| Some(sum.saturating_add(at(month)?)))
}

/// The months a career is at each site and experiences cases of the item, all stays of a year together; decided
/// months only.
pub(super) fn months_at(scenario: &Scenario, career: &Career, case: CaseIx) -> BTreeMap<Site, u32> {
    months_until(scenario, career, case, u32::MAX)
}

/// The same up to the end of a training year.
pub(super) fn months_until(
    scenario: &Scenario,
    career: &Career,
    case: CaseIx,
    year: u32,
) -> BTreeMap<Site, u32> {
    let mut sites = BTreeMap::new();
    let decided = career.spots().filter(|(month, _)| career.decided.contains(month.month));
    let decided = decided.filter(|(month, _)| career.calendar.year(month).is_none_or(|of| of <= year));
    for (month, spot) in decided.filter(|(month, _)| month.has_cases(&scenario.rules.leave)) {
        if let Some(facility) = spot.facility().filter(|_| is_met(scenario, case, spot)) {
            *sites.entry((scenario.calendar.year_of(month.month), facility)).or_insert(0) += 1;
        }
    }
    sites
}

/// Whether the item is met where the resident is: everywhere at a facility, or in those of its sections that
/// name it, if any does.
fn is_met(scenario: &Scenario, case: CaseIx, spot: Spot) -> bool {
    let names = |ix: SectionIx| scenario.section(ix).cases.contains(&case);
    let is_named = |facility| scenario.sections_of(facility).any(names);
    match spot {
        Spot::At(Place { facility, section }) => section.is_some_and(names) || !is_named(facility),
        // In which section is another rule's finding.
        Spot::Within(_) => true,
        Spot::Free | Spot::Open => false,
    }
}
