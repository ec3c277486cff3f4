//! Case volumes as cuts: shared supplies that plans were found to overdraw.
//!
//! Whether a plan gives everybody their cases is a flow (`cases`); where it falls short, the minimum
//! cut names an item and sites. A resident's *demand* on these sites is the need less what the career
//! allows elsewhere, at least 0: it depends on the career alone, and no sufficient plan has demands
//! that add up to more than the sites offer. So a cut is a row of the master like any other, with a
//! price of its own, and it never removes a sufficient plan. Plans are checked as they are found and
//! the question asked again with the new cuts; there are finitely many, so this ends, and a plan that
//! comes out is sufficient.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::bound::{Hold, Quantity};
use super::classes::Class;
use super::formulation::Formulation;
use super::integral::Chosen;
use crate::cases::{Demand, Item, Presence, Side, Site, Supplies, demands, maximum_flow, reach};
use crate::itineraries::{Amount, CareerSet, Careers, Reach};
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
    /// Per set the cases that careers allow elsewhere.
    elsewhere: Vec<Arc<Reach>>,
}

impl Cuts {
    pub fn new(scenario: &Scenario, sets: &[Arc<CareerSet>]) -> Self {
        let supplies = Supplies::of(scenario);
        let sites = match supplies.items.is_empty() {
            true => Vec::new(),
            false => sets.iter().map(|set| set.presence(&supplies)).collect(),
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

    /// The cases that the careers of a set allow elsewhere than at the cut's sites.
    pub fn elsewhere(&self, cut: usize, set: usize) -> Amount {
        Amount::Cases(Arc::clone(&self.found[cut].elsewhere[set]))
    }

    /// What a resident on a career needs from the cut's sites.
    pub fn demand(&self, formulation: &Formulation, cut: usize, resident: usize, career: usize) -> i64 {
        let elsewhere = &self.found[cut].elsewhere[formulation.values[resident].set];
        let allowed = elsewhere.cases(formulation.set(resident).stays_of(career));
        (i64::from(self.need(cut, resident)) - allowed).max(0)
    }

    fn item(&self, cut: &Cut) -> &Item {
        &self.supplies.items[cut.item]
    }

    /// Looks for shortages of a plan and adds a cut for each; the positions of the new ones. None:
    /// everybody can reach every target.
    pub fn separate(&self, formulation: &Formulation, chosen: &Chosen) -> Vec<usize> {
        let presence = self.presence_of_all(formulation, chosen);
        let mut added = Vec::new();
        for (number, item) in self.supplies.items.iter().enumerate() {
            let (sites, demands, offers) = demands(item, &item.needs, &presence);
            for cut in shortages(&demands, &offers, 0) {
                let cut = cut.into_iter().map(|place| sites[place]).collect();
                let others = self.in_other_years(formulation, &cut);
                added.extend(std::iter::once(cut).chain(others).filter_map(|cut| self.add(number, cut)));
            }
        }
        self.rounds.fetch_add(usize::from(!added.is_empty()), Ordering::Relaxed);
        added
    }

    /// The same for a plan in fractions: (class, career, residents who take it). Each career taken is a
    /// client of its own, with its share of the need and of what it allows.
    pub fn separate_shares(
        &self,
        formulation: &Formulation,
        classes: &[Class],
        shares: &[(usize, u32, f64)],
    ) -> Vec<usize> {
        let taken = shares.iter().map(|&(class, career, share)| {
            // What a library said can be anything.
            let share = share.clamp(0.0, classes[class].len() as f64);
            let parts = (share * PARTS as f64).round() as u128;
            (classes[class].representative(), career, parts)
        });
        let taken: Vec<(usize, u32, u128)> = taken.filter(|&(_, _, parts)| parts > 0).collect();
        let presence: Vec<Presence> =
            taken.iter().map(|&(resident, career, _)| self.presence(formulation, resident, career)).collect();
        let mut added = Vec::new();
        for (number, item) in self.supplies.items.iter().enumerate() {
            let needs: Vec<u32> = taken.iter().map(|&(resident, ..)| item.needs[resident]).collect();
            let (sites, mut demands, mut offers) = demands(item, &needs, &presence);
            for (demand, &(_, _, parts)) in demands.iter_mut().zip(&taken) {
                demand.need *= parts;
                demand.most.iter_mut().for_each(|(_, most)| *most *= parts);
            }
            offers.iter_mut().for_each(|offer| *offer *= PARTS);
            let cuts = shortages(&demands, &offers, PARTS / 1_000);
            added.extend(
                cuts.into_iter()
                    .filter_map(|cut| self.add(number, cut.into_iter().map(|place| sites[place]).collect())),
            );
        }
        added
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
    pub fn is_sufficient(&self, formulation: &Formulation, chosen: &Chosen) -> bool {
        let presence = self.presence_of_all(formulation, chosen);
        self.supplies.items.iter().all(|item| {
            let (_, demands, offers) = demands(item, &item.needs, &presence);
            shortages(&demands, &offers, 0).is_empty()
        })
    }

    fn presence_of_all(&self, formulation: &Formulation, chosen: &Chosen) -> Vec<Presence> {
        if self.supplies.items.is_empty() {
            return Vec::new();
        }
        let chosen = chosen.iter().enumerate();
        chosen.map(|(resident, &career)| self.presence(formulation, resident, career)).collect()
    }

    fn presence(&self, formulation: &Formulation, resident: usize, career: u32) -> Presence {
        let set = formulation.values[resident].set;
        let stays = formulation.sets[set].stays_of(career as usize);
        let mut presence = Presence::new();
        reach(stays.iter().map(|&stay| &self.sites[set][stay as usize]), &mut presence);
        presence
    }

    /// The same facilities in each other year: if they are short in one, they soon are in the next.
    fn in_other_years(&self, formulation: &Formulation, cut: &BTreeSet<Site>) -> Vec<BTreeSet<Site>> {
        let years: BTreeSet<i32> = cut.iter().map(|site| site.academic_year).collect();
        if years.len() > 1 {
            return Vec::new();
        }
        let scenario = formulation.scenario;
        let all = scenario.calendar.split(scenario.horizon()).into_iter().map(|(year, _)| year);
        let in_year = |academic_year| cut.iter().map(|site| Site::of(academic_year, site.facility)).collect();
        all.filter(|year| !years.contains(year)).map(in_year).collect()
    }

    /// The items that cuts among the holds are about.
    pub fn items(&self, holds: &[Hold]) -> BTreeSet<usize> {
        let item = |hold: &Hold| match hold.quantity {
            Quantity::Cases(cut) => Some(self.found[cut].item),
            _ => None,
        };
        holds.iter().filter_map(item).collect()
    }

    /// Takes over cuts of another answer, as far as this scenario has their items and sites; the positions of
    /// those that some plan could overdraw here too.
    pub fn take_over(&self, formulation: &Formulation, cuts: &[certificate::Cut]) -> BTreeSet<usize> {
        let mut taken = BTreeSet::new();
        for (item, sites) in cuts.iter().filter_map(|cut| self.read(formulation.scenario, cut)) {
            if let Some(cut) = self.add(item, sites)
                && self.most(formulation, cut) > self.offer(cut)
            {
                taken.insert(cut);
            }
        }
        taken
    }

    /// Where a cut of another answer is among these.
    pub fn position(&self, scenario: &Scenario, cut: &certificate::Cut) -> Option<usize> {
        let (item, sites) = self.read(scenario, cut)?;
        let is_same = |known: &Cut| known.item == item && known.sites == sites;
        self.found.iter().find(|(_, known)| is_same(known)).map(|(at, _)| at)
    }

    /// Item and sites of a written cut; `None` if the scenario has not all of them.
    fn read(&self, scenario: &Scenario, cut: &certificate::Cut) -> Option<(usize, BTreeSet<Site>)> {
        let site = |(id, academic_year): &(String, i32)| {
            let facility = scenario.facility_ixs().find(|&f| scenario.facility(f).id == *id)?;
            Some(Site::of(*academic_year, facility))
        };
        let of_case = |item: &Item| scenario.case(item.case).id == cut.case;
        let item = self.supplies.items.iter().position(of_case)?;
        Some((item, cut.sites.iter().map(site).collect::<Option<_>>()?))
    }

    /// No plan demands more of a cut's sites, seats aside.
    fn most(&self, formulation: &Formulation, cut: usize) -> i64 {
        let mut least: BTreeMap<*const Careers, i64> = BTreeMap::new();
        let mut sum = 0;
        for (resident, careers) in formulation.careers_of.iter().enumerate() {
            let need = i64::from(self.need(cut, resident));
            if need > 0 {
                let elsewhere = self.elsewhere(cut, formulation.values[resident].set);
                let known = least.entry(Arc::as_ptr(careers));
                sum += (need - *known.or_insert_with(|| careers.range(&elsewhere).0)).max(0);
            }
        }
        sum
    }

    /// Adds a cut, unless it is there already.
    fn add(&self, item: usize, sites: BTreeSet<Site>) -> Option<usize> {
        let known = self.found.iter().any(|(_, known)| known.item == item && known.sites == sites);
        (!known).then(|| self.found.push(self.cut(item, sites)))
    }

    fn cut(&self, number: usize, sites: BTreeSet<Site>) -> Cut {
        let item = &self.supplies.items[number];
        let of_set =
            |of_stays: &Vec<Presence>| Arc::new(Reach::of(item, of_stays, |site| !sites.contains(&site)));
        let elsewhere = self.sites.iter().map(of_set).collect();
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

/// A resident in fractions: a career may be taken by so many of these.
const PARTS: u128 = 1_000_000;

/// The places of every shortage of more than `tolerance`, each once; none if all needs can be met.
fn shortages(demands: &[Demand], offers: &[u128], tolerance: u128) -> BTreeSet<Vec<usize>> {
    if is_plenty(demands, offers) {
        return BTreeSet::new();
    }
    let flow = maximum_flow(demands, offers);
    let needed: u128 = demands.iter().map(|demand| demand.need).sum();
    if flow.value + tolerance >= needed {
        return BTreeSet::new();
    }
    let places = |resident: usize| {
        let Side { places, .. } = flow.reached_from(demands, offers, &[resident]);
        (0..places.len()).filter(|&place| places[place]).collect()
    };
    flow.short(demands).map(places).collect()
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
