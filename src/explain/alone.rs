//! Who could be elsewhere while everybody else stays where the plan has them.

use std::collections::{BTreeMap, BTreeSet};

use super::proof::Careers;
use super::relax;
use crate::audit;
use crate::calendar::Month;
use crate::cases::{Demand, Item, Presence, Site, Supplies, demands, maximum_flow, presence_of_all, reach};
use crate::diff::whereabouts;
use crate::plan::Plan;
use crate::scenario::{FacilityIx, ResidentIx, Scenario, Stay};

/// Where residents are, with room to ask who could be elsewhere.
pub struct Whereabouts<'s> {
    scenario: &'s Scenario,
    pub at: BTreeMap<(ResidentIx, Month), FacilityIx>,
    present: BTreeMap<(FacilityIx, Month), u32>,
    supplies: Supplies,
    /// Per resident; nobody knows what somebody with an open month will take.
    presence: Vec<Presence>,
}

impl<'s> Whereabouts<'s> {
    pub fn of(scenario: &'s Scenario, plan: &Plan) -> Self {
        let at = whereabouts(plan);
        let mut present = BTreeMap::new();
        for ((_, month), facility) in &at {
            *present.entry((*facility, *month)).or_insert(0) += 1;
        }
        let supplies = Supplies::of(scenario);
        let mut presence = presence_of_all(scenario, &supplies, plan);
        for resident in scenario.resident_ixs() {
            if scenario.due(resident).any(|month| !at.contains_key(&(resident, month))) {
                presence[resident.0].clear();
            }
        }
        Self { scenario, at, present, supplies, presence }
    }

    /// The decided months of every career that the resident could have alone; `None` if there are too
    /// many to list.
    pub fn alone(&self, resident: ResidentIx) -> Option<Vec<Vec<Stay>>> {
        let alone = relax::alone(self.scenario, self.scenario.resident(resident).clone());
        let careers = Careers::of(&alone, &|| false).ok()?;
        let own = careers.of_resident(ResidentIx(0))?;
        let own = own.keeping(|_| true, |step| step.stay().is_none_or(|stay| self.has_room(resident, stay)));
        let set = own.set();
        let within = own.within(&own.no_costs(), 0, LISTED_MAX, &|| false);
        if !within.is_complete {
            return None;
        }
        let sites = set.presence(&self.supplies);
        let others: Vec<Others> =
            self.supplies.items.iter().map(|item| self.others(item, resident)).collect();
        let mut known: BTreeMap<Presence, bool> = BTreeMap::new();
        let mut free = Vec::new();
        for number in within.picks.iter().map(|(_, pick)| own.number(pick)) {
            let stays = set.stays_of(number as usize);
            let mut presence = Presence::new();
            reach(stays.iter().map(|&stay| &sites[stay as usize]), &mut presence);
            let is_enough =
                *known.entry(presence).or_insert_with_key(|own| others.iter().all(|o| o.leave(own)));
            if is_enough {
                free.push(set.merged(stays));
            }
        }
        Some(free)
    }

    fn has_room(&self, resident: ResidentIx, stay: Stay) -> bool {
        stay.span.iter().all(|month| {
            let there = self.at.get(&(resident, month)) == Some(&stay.facility);
            let present = self.present.get(&(stay.facility, month)).copied().unwrap_or(0);
            let others = present - u32::from(there);
            audit::seat_limit(self.scenario, stay.facility, month).is_none_or(|seats| others < seats)
        })
    }

    /// How many decided months the resident is at a facility.
    pub fn months(&self, resident: ResidentIx, facility: FacilityIx) -> u32 {
        let months = self.scenario.decided(resident).iter();
        months.filter(|month| self.at.get(&(resident, *month)) == Some(&facility)).count() as u32
    }

    /// Where the resident is in an academic year.
    pub fn in_year(&self, resident: ResidentIx, year: i32) -> BTreeSet<FacilityIx> {
        let months = self.scenario.calendar.span_of(year).iter();
        months.filter_map(|month| self.at.get(&(resident, month)).copied()).collect()
    }

    /// What everybody but one takes of an item.
    fn others<'i>(&self, item: &'i Item, resident: ResidentIx) -> Others<'i> {
        let mut presence = self.presence.clone();
        presence[resident.0].clear();
        let (sites, demands, offers) = demands(item, &item.needs, &presence);
        let flow = maximum_flow(&demands, &offers);
        let mut left: BTreeMap<Site, u128> = sites.iter().copied().zip(offers.iter().copied()).collect();
        for (demand, given) in demands.iter().zip(&flow.given) {
            for (&(place, _), &given) in demand.most.iter().zip(given) {
                left.entry(sites[place]).and_modify(|left| *left -= given);
            }
        }
        Others { item, resident, presence, left, taken: flow.value }
    }
}

/// Careers with room that are listed for one resident; with more nothing is said of them.
const LISTED_MAX: usize = 1_000_000;

/// What everybody but one takes of an item.
struct Others<'i> {
    item: &'i Item,
    resident: ResidentIx,
    presence: Vec<Presence>,
    /// What one way of sharing leaves.
    left: BTreeMap<Site, u128>,
    taken: u128,
}

impl Others<'_> {
    /// Whether the resident with this presence can have what they need and nobody else has less.
    fn leave(&self, own: &Presence) -> bool {
        let need = u128::from(self.item.needs[self.resident.0]);
        let of_site = |&(site, months): &(Site, u32)| {
            let most = u128::from(self.item.most(site, months));
            self.left.get(&site).map_or(most, |&left| left.min(most))
        };
        // Most of the time what is left over suffices, and nobody has to be asked.
        if self.item.at(own).iter().map(of_site).sum::<u128>() >= need {
            return true;
        }
        let mut presence = self.presence.clone();
        presence[self.resident.0].clone_from(own);
        let (_, demands, offers): (_, Vec<Demand>, _) = demands(self.item, &self.item.needs, &presence);
        maximum_flow(&demands, &offers).value >= self.taken + need
    }
}
