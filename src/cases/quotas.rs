//! Quotas: who is to experience how many cases where, so that everybody reaches every target.
//!
//! A resident's need is first divided over their sites in proportion to the months at those that
//! offer the item. Where that asks too much of a site, a flow moves as little as it can: it starts
//! from this division and goes on only for what is missing.

use std::borrow::Cow;

use super::network::{Demand, maximum_flow};
use super::supply::{Item, Presence, Site, Supplies, presence_of_all};
use crate::plan::{Plan, Quota};
use crate::scenario::{ResidentIx, Scenario};

/// The quotas of a plan that is sufficient in every assessed item, ascending.
pub fn quotas(scenario: &Scenario, supplies: &Supplies, plan: &Plan) -> Vec<Quota> {
    let presence = presence_of_all(scenario, supplies, plan);
    let mut quotas: Vec<Quota> = Vec::new();
    for item in &supplies.items {
        let (sites, given) = divide(item, &presence);
        for (resident, given) in given.into_iter().enumerate() {
            let planned = given.into_iter().filter(|&(_, planned)| planned > 0);
            quotas.extend(planned.map(|(site, planned)| Quota {
                resident: ResidentIx(resident),
                case: item.case,
                academic_year: sites[site].academic_year,
                facility: sites[site].facility,
                planned: planned as u32,
            }));
        }
    }
    quotas.sort_unstable();
    quotas
}

/// The sites anybody is at, and per resident what each of theirs (by number) gives.
type Divided = (Vec<Site>, Vec<Vec<(usize, u128)>>);

fn divide(item: &Item, presence: &[Presence]) -> Divided {
    let (sites, demands, offers) = demands(item, &item.needs, presence);
    let in_proportion: Vec<Demand> = demands
        .iter()
        .zip(presence)
        .map(|(demand, presence)| {
            let months: Vec<u128> = months_at(&sites, demand, &item.at(presence));
            let shares = proportional(demand.need, &months);
            let most = demand.most.iter().zip(shares).map(|(&(site, most), share)| (site, share.min(most)));
            Demand { need: demand.need, most: most.collect() }
        })
        .collect();
    let first = maximum_flow(&in_proportion, &offers);
    let mut given: Vec<Vec<(usize, u128)>> = demands
        .iter()
        .zip(&first.given)
        .map(|(demand, given)| {
            demand.most.iter().zip(given).map(|(&(site, _), &given)| (site, given)).collect()
        })
        .collect();
    complete(&demands, &offers, &mut given);
    (sites, given)
}

/// Who needs what and could take how much where, by number of the site.
pub fn demands(item: &Item, needs: &[u32], presence: &[Presence]) -> (Vec<Site>, Vec<Demand>, Vec<u128>) {
    let presence: Vec<_> = presence.iter().map(|presence| item.at(presence)).collect();
    let mut sites: Vec<Site> = presence.iter().flat_map(|of| of.iter()).map(|&(site, _)| site).collect();
    sites.retain(|&site| item.offer(site) > 0);
    sites.sort_unstable();
    sites.dedup();
    let demand = |(need, presence): (&u32, &Cow<'_, Presence>)| {
        let most = presence.iter().filter_map(|&(site, months)| {
            let number = sites.binary_search(&site).ok()?;
            Some((number, u128::from(item.most(site, months)))).filter(|&(_, most)| most > 0)
        });
        Demand { need: u128::from(*need), most: most.collect() }
    };
    let demands = needs.iter().zip(&presence).map(demand).collect();
    let offers = sites.iter().map(|&site| u128::from(item.offer(site))).collect();
    (sites, demands, offers)
}

fn months_at(sites: &[Site], demand: &Demand, presence: &Presence) -> Vec<u128> {
    let months = |site: Site| presence.iter().find(|(at, _)| *at == site).map_or(0, |&(_, months)| months);
    demand.most.iter().map(|&(site, _)| u128::from(months(sites[site]))).collect()
}

/// Divides a whole number in proportion to weights: largest remainders, the first of equals.
fn proportional(whole: u128, weights: &[u128]) -> Vec<u128> {
    let sum: u128 = weights.iter().sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let mut shares: Vec<u128> = weights.iter().map(|weight| whole * weight / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(whole * weights[at] % sum));
    let left = whole - shares.iter().sum::<u128>();
    for &at in order.iter().take(left as usize) {
        shares[at] += 1;
    }
    shares
}

/// Gives what is missing without taking more back than has to move: a flow in what the division so
/// far leaves open, where a case given may also move to another site or another resident.
fn complete(demands: &[Demand], offers: &[u128], given: &mut [Vec<(usize, u128)>]) {
    let mut left: Vec<u128> = offers.to_vec();
    for &(site, planned) in given.iter().flatten() {
        left[site] -= planned;
    }
    for resident in 0..demands.len() {
        let has: u128 = given[resident].iter().map(|&(_, planned)| planned).sum();
        for _ in has..demands[resident].need {
            let mut tried = vec![false; offers.len()];
            if !take_one(demands, resident, given, &mut left, &mut tried) {
                break;
            }
        }
    }
}

/// One more case for a resident, if need be by moving others; depth first, each site tried once.
fn take_one(
    demands: &[Demand],
    resident: usize,
    given: &mut [Vec<(usize, u128)>],
    left: &mut [u128],
    tried: &mut [bool],
) -> bool {
    // The site least used of what it could give comes first, so that what moves is spread too.
    let mut order: Vec<usize> = (0..demands[resident].most.len()).collect();
    order.sort_by_key(|&at| given[resident][at].1 * 1_000 / demands[resident].most[at].1.max(1));
    for at in order {
        let (site, most) = demands[resident].most[at];
        if given[resident][at].1 >= most || tried[site] {
            continue;
        }
        tried[site] = true;
        let free = left[site] > 0 || {
            let others: Vec<(usize, usize)> = (0..given.len())
                .filter_map(|other| {
                    Some((other, given[other].iter().position(|&(s, g)| s == site && g > 0)?))
                })
                .collect();
            others.into_iter().any(|(other, place)| {
                let moved = other != resident && take_one(demands, other, given, left, tried);
                if moved {
                    given[other][place].1 -= 1;
                    left[site] += 1;
                }
                moved
            })
        };
        if free {
            left[site] -= 1;
            given[resident][at].1 += 1;
            return true;
        }
    }
    false
}
