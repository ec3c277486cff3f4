//! Case volumes as cuts: shared supplies that plans were found to overdraw.
//!
//! Whether a plan gives everybody their cases is a flow (`cases`); where it falls short, the minimum
//! cut names an item and sites. A resident's *demand* on these sites is the need less what the career
//! allows elsewhere, at least 0: it depends on the career alone, and no sufficient plan has demands
//! that add up to more than the sites offer. So a cut is a row of the master like any other, with a
//! price of its own, and it never removes a sufficient plan. Plans are checked as they are found and
//! the question asked again with the new cuts; there are finitely many, so this ends, and a plan that
//! comes out is sufficient.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::formulation::Formulation;
use super::integral::Chosen;
use crate::cases::{Demand, Flow, Item, Presence, Site, Supplies, maximum_flow, reach};
use crate::itineraries::CareerSet;
use crate::plan::certificate;
use crate::scenario::Scenario;

/// The cuts found so far; they are only ever added, so a position stays what it is.
#[derive(Debug)]
pub struct Cuts {
    supplies: Supplies,
    /// Per set and stay the months by site.
    sites: Vec<Vec<Presence>>,
    found: boxcar::Vec<Cut>,
    /// How often a plan was found that left somebody short of cases.
    rounds: AtomicUsize,
}

/// An item and the sites that plans have overdrawn.
#[derive(Debug)]
pub struct Cut {
    /// Position among the assessed items.
    item: usize,
    pub sites: BTreeSet<Site>,
    /// Cases that the sites offer together.
    pub offer: i64,
    /// Per set and career the cases that the career allows elsewhere.
    elsewhere: Vec<Vec<u32>>,
}

impl Cuts {
    pub fn new(scenario: &Scenario, sets: &[CareerSet]) -> Self {
        let supplies = Supplies::of(scenario);
        let sites = match supplies.items.is_empty() {
            true => Vec::new(),
            false => sets
                .iter()
                .map(|set| set.stays.iter().map(|&stay| supplies.sites_of(stay)).collect())
                .collect(),
        };
        Self { supplies, sites, found: boxcar::Vec::new(), rounds: AtomicUsize::new(0) }
    }

    pub fn supplies(&self) -> &Supplies {
        &self.supplies
    }

    pub fn rounds(&self) -> usize {
        self.rounds.load(Ordering::Relaxed)
    }

    pub fn offer(&self, cut: usize) -> i64 {
        self.found[cut].offer
    }

    /// What a resident needs of the cut's item.
    pub fn need(&self, cut: usize, resident: usize) -> u32 {
        self.item(&self.found[cut]).needs[resident]
    }

    /// What a resident on a career needs from the cut's sites.
    pub fn demand(&self, cut: usize, set: usize, resident: usize, career: usize) -> i64 {
        let cut = &self.found[cut];
        i64::from(self.item(cut).needs[resident].saturating_sub(cut.elsewhere[set][career]))
    }

    fn item(&self, cut: &Cut) -> &Item {
        &self.supplies.items[cut.item]
    }

    /// Looks for shortages of a plan and adds a cut for each; the positions of the new ones. None:
    /// everybody can reach every target.
    pub fn separate(&self, formulation: &Formulation, chosen: &Chosen) -> Vec<usize> {
        let items = self.supplies.items.iter().enumerate();
        let presence = self.presence_of_all(formulation, chosen);
        let cuts = items.filter_map(|(number, item)| {
            let sites = shortage(item, &presence)?;
            Some(self.found.push(self.cut(formulation, number, sites)))
        });
        let cuts: Vec<usize> = cuts.collect();
        self.rounds.fetch_add(usize::from(!cuts.is_empty()), Ordering::Relaxed);
        cuts
    }

    /// Moves a resident to another career unless that leaves somebody short of cases; whether they
    /// moved.
    pub fn allow(&self, formulation: &Formulation, chosen: &mut Chosen, resident: usize, to: u32) -> bool {
        let from = std::mem::replace(&mut chosen[resident], to);
        if from != to && !self.is_sufficient(formulation, chosen) {
            chosen[resident] = from;
        }
        chosen[resident] != from
    }

    /// Whether everybody can reach every target at once.
    fn is_sufficient(&self, formulation: &Formulation, chosen: &Chosen) -> bool {
        let presence = self.presence_of_all(formulation, chosen);
        self.supplies.items.iter().all(|item| shortage(item, &presence).is_none())
    }

    fn presence_of_all(&self, formulation: &Formulation, chosen: &Chosen) -> Vec<Presence> {
        if self.supplies.items.is_empty() {
            return Vec::new();
        }
        let of = |(resident, &career): (usize, &u32)| {
            let set = formulation.values[resident].set;
            let stays = formulation.sets[set].stays_of(career as usize);
            let mut presence = Presence::new();
            reach(stays.iter().map(|&stay| &self.sites[set][stay as usize]), &mut presence);
            presence
        };
        chosen.iter().enumerate().map(of).collect()
    }

    fn cut(&self, formulation: &Formulation, number: usize, sites: BTreeSet<Site>) -> Cut {
        let item = &self.supplies.items[number];
        let mut presence = Presence::new();
        let of_set = |(set, of_stays): (&CareerSet, &Vec<Presence>)| {
            (0..set.len())
                .map(|career| {
                    reach(set.stays_of(career).iter().map(|&stay| &of_stays[stay as usize]), &mut presence);
                    item.reach(&presence, |site| !sites.contains(&site))
                })
                .collect()
        };
        let elsewhere = formulation.sets.iter().zip(&self.sites).map(of_set).collect();
        let offer = sites.iter().map(|&site| i64::from(item.offer(site))).sum();
        Cut { item: number, sites, offer, elsewhere }
    }

    /// The cuts in the certificate's words.
    pub fn written(&self, scenario: &Scenario) -> Vec<certificate::Cut> {
        let write = |(_, cut): (usize, &Cut)| certificate::Cut {
            case: scenario.case(self.item(cut).case).id.clone(),
            sites: cut
                .sites
                .iter()
                .map(|site| (scenario.facility(site.facility).id.clone(), site.academic_year))
                .collect(),
            offer: cut.offer,
        };
        self.found.iter().map(write).collect()
    }
}

/// The sites of the minimum cut where the needs of an item cannot all be met; `None` if they can.
fn shortage(item: &Item, presence: &[Presence]) -> Option<BTreeSet<Site>> {
    let (sites, demands, offers) = crate::cases::demands(item, presence);
    if is_plenty(&demands, &offers) {
        return None;
    }
    let Flow { value, places, .. } = maximum_flow(&demands, &offers);
    let needed: u128 = demands.iter().map(|demand| demand.need).sum();
    let exhausted = sites.into_iter().zip(places).filter(|&(_, inside)| inside);
    (value < needed).then(|| exhausted.map(|(site, _)| site).collect())
}

/// A quick look that spares most flows: every site holds enough for all who are there, and everybody
/// is at enough sites.
fn is_plenty(demands: &[Demand], offers: &[u128]) -> bool {
    let mut asked = vec![0; offers.len()];
    for demand in demands {
        if demand.most.iter().map(|&(_, most)| most).sum::<u128>() < demand.need {
            return false;
        }
        for &(place, most) in &demand.most {
            asked[place] += most.min(demand.need);
        }
    }
    asked.iter().zip(offers).all(|(asked, offer)| asked <= offer)
}
