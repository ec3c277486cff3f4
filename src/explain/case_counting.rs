//! A count of cases that shows that no plan exists.
//!
//! Everybody is taken to be everywhere they could be on any career, each site giving the most it could:
//! where even that flow falls short of the needs, its minimum cut names sites. Then the residents are
//! counted again career by career: what each needs of these sites at least is the need less what a
//! career gives elsewhere. If that is more than the sites offer, there is no plan. Where one resident
//! needs more than any career gives them, the count is theirs alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::asker::is_proved_impossible;
use super::counting::{CasesAt, Count, Counted, Group, because, groups, nameless, needed};
use super::proof::{Careers, CutPrice, Prices};
use super::statement::Statement;
use crate::cases::{Item, Presence, Site, demands, maximum_flow};
use crate::itineraries::{Amount, most_cases};
use crate::plan::certificate::{self, Certificate, Hold, Quantity, Step};
use crate::plan::{Answer, Proof};
use crate::scenario::{FacilityIx, Resident, ResidentIx, Scenario};

/// A count of cases, if counting them shows that there is no plan: that of one resident, else the one
/// over the fewest sites.
/// `None` too if `stopped` said to give up.
pub fn count_cases(
    scenario: &Scenario,
    answer: &Answer,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Count> {
    let careers = Careers::of(scenario, stopped).ok()?;
    if careers.without().next().is_some() {
        // Of residents alike one is asked.
        let mut asked: Vec<Resident> = Vec::new();
        return careers.without().find_map(|resident| {
            let person = nameless(scenario.resident(resident));
            if asked.contains(&person) || stopped() {
                return None;
            }
            asked.push(person);
            of_one(scenario, &careers, resident, stopped)
        });
    }
    let mut counts: Vec<Count> = Vec::new();
    for item in &careers.supplies.items {
        let mut tried: BTreeSet<BTreeSet<Site>> = minimum_cuts(&careers, item);
        let proved = Prices::of(scenario, &answer.certificate).unwrap_or_default().cuts;
        tried.extend(proved.into_iter().filter(|cut| cut.case == item.case).map(|cut| cut.sites));
        counts
            .extend(tried.into_iter().filter_map(|sites| at_sites(scenario, &careers, item, sites, stopped)));
    }
    let size = |count: &Count| {
        let residents: usize = count.groups.iter().map(|group| group.residents.len()).sum();
        (count.cases().map_or(0, |cases| cases.sites.len()), residents)
    };
    counts.into_iter().min_by_key(size)
}

/// The sites of the minimum cuts where everybody takes the most of every site that any career gives.
fn minimum_cuts(careers: &Careers, item: &Item) -> BTreeSet<BTreeSet<Site>> {
    let mut known: BTreeMap<*const crate::itineraries::Careers, Presence> = BTreeMap::new();
    let mut presence = Vec::new();
    for (number, own) in careers.of_residents().iter().enumerate() {
        let key = Arc::as_ptr(own);
        let of_resident = known.entry(key).or_insert_with(|| most_present(careers, ResidentIx(number)));
        presence.push(of_resident.clone());
    }
    let (sites, demands, offers) = demands(item, &item.needs, &presence);
    let flow = maximum_flow(&demands, &offers);
    let cut = |resident: usize| {
        let side = flow.reached_from(&demands, &offers, &[resident]);
        (0..sites.len()).filter(|&place| side.places[place]).map(|place| sites[place]).collect()
    };
    flow.short(&demands).map(cut).collect()
}

/// Per site the most months there on any career of the resident.
fn most_present(careers: &Careers, resident: ResidentIx) -> Presence {
    let Some(own) = careers.of_resident(resident) else { return Presence::new() };
    let set = own.set();
    let of_stays = set.presence(&careers.supplies);
    let sites: BTreeSet<Site> = of_stays.iter().flatten().map(|&(site, _)| site).collect();
    let months_at = |site: Site| {
        let at = |presence: &Presence| {
            presence.iter().filter(|(of, _)| *of == site).map(|of| i64::from(of.1)).sum()
        };
        own.range(&Amount::of_stays(of_stays.iter().map(at).collect())).1
    };
    let most = sites.into_iter().map(|site| (site, u32::try_from(months_at(site)).unwrap_or(0)));
    most.filter(|(_, months)| *months > 0).collect()
}

/// The count at some sites, if it shows that there is no plan and the judge agrees.
fn at_sites(
    scenario: &Scenario,
    careers: &Careers,
    item: &Item,
    sites: BTreeSet<Site>,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Count> {
    let cut = CutPrice { case: item.case, sites, price: 1 };
    let sites: Vec<Site> = cut.sites.iter().copied().collect();
    let prices = Prices { cuts: vec![cut], ..Prices::default() };
    let offered = i64::try_from(prices.offered(scenario, &careers.supplies)?).ok()?;
    let paid: i128 = prices.paid(careers)?.iter().sum();
    if sites.is_empty() || paid <= i128::from(offered) {
        return None;
    }
    let groups = groups(scenario, careers, &prices, stopped)?;
    let needed = needed(&groups);
    if !is_proved_impossible(scenario, &certificate(scenario, item, &sites, needed, offered)) {
        return None;
    }
    let facilities: BTreeSet<FacilityIx> = sites.iter().map(|site| site.facility).collect();
    let facilities = facilities.into_iter().collect();
    let sites = sites.into_iter().map(|site| (site, item.offer(site))).collect();
    let of = Counted::Cases(CasesAt { case: item.case, sites });
    Some(Count { of, facilities, groups, needed, offered })
}

/// The count in the words of a certificate.
fn certificate(scenario: &Scenario, item: &Item, sites: &[Site], needed: i64, offered: i64) -> Certificate {
    let site = |site: &Site| (scenario.facility(site.facility).id.clone(), site.academic_year);
    let cut = certificate::Cut {
        case: scenario.case(item.case).id.clone(),
        sites: sites.iter().map(site).collect(),
        offer: offered,
    };
    let step = Step {
        goal: None,
        quantity: None,
        holds: vec![Hold { quantity: Quantity::Cases(0), at_most: offered }],
        value: 0,
        bound: needed - offered,
        proof: Proof::Certified.id().to_string(),
        prices: certificate::Prices { holds: vec![1], ..certificate::Prices::default() },
        cases: None,
    };
    Certificate { unit: 1, cuts: vec![cut], steps: vec![step] }
}

/// The count of a resident without a career, if no career by the other rules gives enough of one item.
fn of_one(
    scenario: &Scenario,
    careers: &Careers,
    resident: ResidentIx,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Count> {
    let most_of = |scenario: &Scenario, item: &Item| most_cases(scenario, item, resident, stopped);
    careers.supplies.items.iter().find_map(|item| {
        let need = *item.needs.get(resident.0)?;
        let most = most_of(scenario, item)?;
        if most >= need || !is_proved_impossible(scenario, &Certificate::default()) {
            return None;
        }
        // What else is said of them keeps them from more; without all of it the target would be reached.
        let holds = |relaxed: &Scenario| {
            relaxed.case(item.case).target > 0 && most_of(relaxed, item).is_some_and(|most| most < need)
        };
        let because: Vec<Statement> = because(scenario, resident, &holds);
        Some(Count {
            of: Counted::Cases(CasesAt { case: item.case, sites: Vec::new() }),
            facilities: Vec::new(),
            groups: vec![Group { residents: vec![resident], each: i64::from(need), because }],
            needed: i64::from(need),
            offered: i64::from(most),
        })
    })
}
