//! Why a resident has no career: what of it, left out alone, would leave one.

use crate::cases::Supplies;
use crate::itineraries::{has_career, most_cases};
use crate::plan::Obstacle;
use crate::scenario::{ResidentIx, Scenario};

/// What a user wrote and can take back, and how it is left out; the most particular first.
type Relaxation = (Obstacle, fn(&mut Scenario, ResidentIx));

fn relaxations(scenario: &Scenario) -> [Relaxation; 6] {
    let rules = &scenario.rules;
    [
        (Obstacle::Locks, |scenario, resident| scenario.residents[resident.0].locks.clear()),
        (Obstacle::Course, |scenario, resident| scenario.residents[resident.0].course = None),
        (Obstacle::ComprehensiveMonths(rules.comprehensive_months_min), |scenario, _| {
            scenario.rules.comprehensive_months_min = 0;
        }),
        (Obstacle::CoreMonths(rules.core_months_min), |scenario, _| scenario.rules.core_months_min = 0),
        (Obstacle::AffiliateStay(rules.affiliate_stay_months_min), |scenario, _| {
            scenario.rules.affiliate_stay_months_min = 0;
        }),
        (Obstacle::Facilities(rules.facilities_min), |scenario, _| scenario.rules.facilities_min = 0),
    ]
}

/// Which single statements stand in the way of a resident without a career; each was tried.
pub fn obstacles(
    scenario: &Scenario,
    resident: ResidentIx,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Vec<Obstacle> {
    let helps = |relax: fn(&mut Scenario, ResidentIx)| {
        let mut relaxed = scenario.clone();
        relax(&mut relaxed, resident);
        has_career(&relaxed, resident, stopped)
    };
    let written = relaxations(scenario).into_iter();
    let written = written.filter_map(|(obstacle, relax)| helps(relax).then_some(obstacle));
    let targets = Supplies::of(scenario).items.into_iter().filter_map(|item| {
        let mut relaxed = scenario.clone();
        relaxed.cases[item.case.0].target = 0;
        let most = most_cases(scenario, &item, resident, stopped)?;
        let need = item.needs[resident.0];
        has_career(&relaxed, resident, stopped).then_some(Obstacle::Target { case: item.case, need, most })
    });
    written.chain(targets).collect()
}
