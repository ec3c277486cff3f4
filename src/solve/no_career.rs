//! Why a resident has no career: what of it, left out alone, would leave one.

use crate::cases::Supplies;
use crate::itineraries::{has_career, most_cases};
use crate::plan::Obstacle;
use crate::scenario::edit::Loosening;
use crate::scenario::{ResidentIx, Scenario};

/// What a user wrote and can take back, and how it is left out; the most particular first.
fn relaxations(scenario: &Scenario, resident: ResidentIx) -> [(Obstacle, Loosening); 6] {
    let rules = &scenario.rules;
    let minimum = |key| Loosening::Minimum(key, 0);
    [
        (Obstacle::Locks, Loosening::Locks(resident)),
        (Obstacle::Course, Loosening::Course(resident)),
        (Obstacle::ComprehensiveMonths(rules.comprehensive_months_min), minimum("comprehensive_months_min")),
        (Obstacle::CoreMonths(rules.core_months_min), minimum("core_months_min")),
        (Obstacle::AffiliateStay(rules.affiliate_stay_months_min), minimum("affiliate_stay_months_min")),
        (Obstacle::Facilities(rules.facilities_min), minimum("facilities_min")),
    ]
}

/// Which single statements stand in the way of a resident without a career; each was tried.
pub fn obstacles(
    scenario: &Scenario,
    resident: ResidentIx,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Vec<Obstacle> {
    let helps = |loosening| has_career(&scenario.loosened([loosening]), resident, stopped);
    let written = relaxations(scenario, resident).into_iter();
    let written = written.filter_map(|(obstacle, loosening)| helps(loosening).then_some(obstacle));
    let targets = Supplies::of(scenario).items.into_iter().filter_map(|item| {
        let most = most_cases(scenario, &item, resident, stopped)?;
        let need = item.needs[resident.0];
        helps(Loosening::Target(item.case, 0)).then_some(Obstacle::Target { case: item.case, need, most })
    });
    written.chain(targets).collect()
}
