//! Careers on which a resident can reach every case target, as far as it depends on them alone.
//!
//! What others need of the same volumes is the business of `solve`. Most scenarios leave nobody out
//! here, so residents alike go on sharing one list.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::careers::CareerSet;
use crate::cases::{Item, Presence, Supplies, reach};
use crate::scenario::{ResidentIx, Scenario};

/// Careers looked at between two looks at the time.
const CAREERS_UNTIMED: usize = 1 << 14;

/// Per resident the careers of their set on which every need can be reached; `None` if `stopped`.
pub fn careers_of(
    scenario: &Scenario,
    sets: &[CareerSet],
    set_of: &[usize],
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Arc<Vec<u32>>>> {
    let supplies = Supplies::of(scenario);
    let mut known: BTreeMap<(usize, Vec<u32>), Arc<Vec<u32>>> = BTreeMap::new();
    let mut lists = Vec::with_capacity(set_of.len());
    for (resident, &set) in scenario.resident_ixs().zip(set_of) {
        let needs = needs(&supplies, resident);
        let list = match known.get(&(set, needs.clone())) {
            Some(list) => Arc::clone(list),
            None => {
                let careers = careers(&supplies, &sets[set], &needs, stopped)?;
                // Residents with other needs and the same careers share them.
                let alike = known.iter().find(|((of, _), list)| *of == set && ***list == careers);
                let list = alike.map_or_else(|| Arc::new(careers), |(_, list)| Arc::clone(list));
                known.insert((set, needs), Arc::clone(&list));
                list
            }
        };
        lists.push(list);
    }
    Some(lists)
}

/// What a resident needs of each item.
pub fn needs(supplies: &Supplies, resident: ResidentIx) -> Vec<u32> {
    supplies.items.iter().map(|item| item.needs[resident.0]).collect()
}

/// The careers on which these needs can be reached; `None` if `stopped` said to give up.
pub fn careers(
    supplies: &Supplies,
    set: &CareerSet,
    needs: &[u32],
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<u32>> {
    let sites: Vec<Presence> =
        set.stays.iter().map(|&stay| supplies.sites_of(stay, &set.without_cases)).collect();
    let asked: Vec<(&Item, u32)> =
        supplies.items.iter().zip(needs.iter().copied()).filter(|&(_, need)| need > 0).collect();
    let mut presence = Presence::new();
    let mut kept = Vec::with_capacity(set.len());
    for career in 0..set.len() {
        if career.is_multiple_of(CAREERS_UNTIMED) && stopped() {
            return None;
        }
        if !asked.is_empty() {
            reach(set.stays_of(career).iter().map(|&stay| &sites[stay as usize]), &mut presence);
        }
        if asked.iter().all(|(item, need)| item.reach(&presence, |_| true) >= *need) {
            kept.push(career as u32);
        }
    }
    Some(kept)
}

/// The most cases of an item on any career of the set.
pub fn most(supplies: &Supplies, item: &Item, set: &CareerSet) -> Option<u32> {
    let sites: Vec<Presence> =
        set.stays.iter().map(|&stay| supplies.sites_of(stay, &set.without_cases)).collect();
    let mut presence = Presence::new();
    let of = |career| {
        reach(set.stays_of(career).iter().map(|&stay| &sites[stay as usize]), &mut presence);
        item.reach(&presence, |_| true)
    };
    (0..set.len()).map(of).max()
}
