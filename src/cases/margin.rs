//! The margin: by what factor all targets of an item could be raised with a plan.
//!
//! With targets λ times as high the needs are λ·target − logged − supplement. A set of residents with
//! the sites they exhaust bounds λ: it is at most what the sites offer, what the residents can reach
//! elsewhere and what they have already, by their targets. Starting from all residents, each minimum cut
//! gives a smaller bound until the flow meets the needs (Newton's method on cuts); the last one is
//! exact, and its sites are what binds. The cases of such a flow may be fractions.

use super::network::{Demand, maximum_flow};
use super::quotas::demands;
use super::supply::{Item, Presence, Supplies, presence_of_all};
use crate::plan::{Margin, Plan};
use crate::scenario::{ResidentIx, Scenario};

/// The margin of every assessed item that anybody needs, in the scenario's order.
pub fn margins(scenario: &Scenario, supplies: &Supplies, plan: &Plan) -> Vec<Margin> {
    let presence = presence_of_all(scenario, supplies, plan);
    supplies.items.iter().filter_map(|item| margin(scenario, item, &presence)).collect()
}

fn margin(scenario: &Scenario, item: &Item, presence: &[Presence]) -> Option<Margin> {
    let target = u128::from(scenario.case(item.case).target);
    let (sites, demands, offers) = demands(item, &item.needs, presence);
    let planned = |resident: &usize| scenario.completes(ResidentIx(*resident));
    let residents: Vec<usize> = (0..demands.len()).filter(planned).collect();
    if target == 0 || residents.is_empty() {
        return None;
    }
    // What a resident has without any quota: logged cases and supplement.
    let had: Vec<u128> = (0..demands.len())
        .map(|resident| {
            let logged = scenario.residents[resident].logged.get(item.case.0).copied().unwrap_or(0);
            u128::from(logged) + u128::from(scenario.case(item.case).supplement())
        })
        .collect();
    let mut bound = Bound::of(&demands, &offers, &had, target, &residents, &[]);
    loop {
        let (numerator, denominator) = bound.factor;
        // Everything times the denominator is whole.
        let raised: Vec<Demand> = demands
            .iter()
            .enumerate()
            .map(|(resident, demand)| Demand {
                need: match residents.binary_search(&resident) {
                    Ok(_) => (numerator * target).saturating_sub(had[resident] * denominator),
                    Err(_) => 0,
                },
                most: demand.most.iter().map(|&(site, most)| (site, most * denominator)).collect(),
            })
            .collect();
        let raised_offers: Vec<u128> = offers.iter().map(|offer| offer * denominator).collect();
        let flow = maximum_flow(&raised, &raised_offers);
        let needed: u128 = raised.iter().map(|demand| demand.need).sum();
        if flow.value >= needed {
            return Some(Margin {
                case: item.case,
                factor: bound.factor,
                sites: bound.places.iter().map(|&p| (sites[p].academic_year, sites[p].facility)).collect(),
                residents: bound.residents.iter().map(|&resident| ResidentIx(resident)).collect(),
            });
        }
        let short: Vec<usize> = flow.short(&raised).collect();
        let cut = flow.reached_from(&raised, &raised_offers, &short);
        let inside = |list: &[bool]| (0..list.len()).filter(|&at| list[at]).collect::<Vec<_>>();
        let next = Bound::of(&demands, &offers, &had, target, &inside(&cut.residents), &inside(&cut.places));
        // Each cut lies below the needs at the bound before it, so the bounds fall.
        if next.residents.is_empty() || next.is_at_least(&bound) {
            return None;
        }
        bound = next;
    }
}

/// A set of residents, the places they exhaust, and how high that lets the factor be.
struct Bound {
    residents: Vec<usize>,
    places: Vec<usize>,
    factor: (u128, u128),
}

impl Bound {
    fn of(
        demands: &[Demand],
        offers: &[u128],
        had: &[u128],
        target: u128,
        residents: &[usize],
        places: &[usize],
    ) -> Self {
        let mut supply: u128 = places.iter().map(|&place| offers[place]).sum();
        for &resident in residents {
            let elsewhere = demands[resident].most.iter().filter(|(place, _)| !places.contains(place));
            supply += had[resident] + elsewhere.map(|&(_, most)| most).sum::<u128>();
        }
        let wanted = target * residents.len() as u128;
        let divisor = gcd(supply, wanted).max(1);
        let factor = (supply / divisor, wanted / divisor);
        Self { residents: residents.to_vec(), places: places.to_vec(), factor }
    }

    fn is_at_least(&self, other: &Self) -> bool {
        self.factor.0 * other.factor.1 >= other.factor.0 * self.factor.1
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
