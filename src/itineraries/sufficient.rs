//! Careers on which a resident can reach every case target, as far as it depends on them alone.
//!
//! What others need of the same volumes is the business of `solve`. Most scenarios leave nobody out
//! here, so residents alike go on sharing their careers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::alike::Signature;
use super::costs::{Amount, Charge, Costs, Reach, Term};
use super::oracle::Careers;
use super::shelf::Shelf;
use crate::cases::{Item, Presence, Supplies};
use crate::scenario::{ResidentIx, Scenario};

/// More than any career allows of an item.
const PLENTY: i64 = 1 << 40;

/// Per resident the careers of their set on which every need can be reached; `None` if `stopped`. With a shelf, what
/// the careers of each set depend on.
pub fn careers_of(
    scenario: &Scenario,
    of_sets: &[Arc<Careers>],
    set_of: &[usize],
    shelf: Option<(&Shelf, &[(Signature, ResidentIx)])>,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Arc<Careers>>> {
    let supplies = Supplies::of(scenario);
    let mut known: BTreeMap<(usize, Vec<u32>), Arc<Careers>> = BTreeMap::new();
    let mut all = Vec::with_capacity(set_of.len());
    for (resident, &set) in scenario.resident_ixs().zip(set_of) {
        let needs = needs(&supplies, resident);
        let careers = match known.get(&(set, needs.clone())) {
            Some(careers) => Arc::clone(careers),
            None => {
                let on_shelf = shelf.map(|(shelf, alike)| (shelf, &alike[set].0));
                let kept = on_shelf.and_then(|(shelf, of)| shelf.sufficient(of, &needs, &of_sets[set]));
                let careers = match kept {
                    Some(careers) => careers,
                    None => {
                        let careers = careers(&supplies, &of_sets[set], &needs, stopped)?;
                        // Residents with other needs and the same careers share them.
                        let mut shared =
                            known.iter().filter(|((of, _), _)| *of == set).map(|(_, careers)| careers);
                        let alike = shared.find(|known| ***known == careers).or(Some(&of_sets[set]));
                        let alike = alike.filter(|known| ***known == careers);
                        let careers = alike.map_or_else(|| Arc::new(careers), Arc::clone);
                        if let Some((shelf, of)) = on_shelf {
                            shelf.keep_sufficient(of, &needs, &of_sets[set], &careers);
                        }
                        careers
                    }
                };
                known.insert((set, needs), Arc::clone(&careers));
                careers
            }
        };
        all.push(careers);
    }
    Some(all)
}

/// What a resident needs of each item.
pub fn needs(supplies: &Supplies, resident: ResidentIx) -> Vec<u32> {
    supplies.items.iter().map(|item| item.needs[resident.0]).collect()
}

/// The careers on which these needs can be reached; `None` if `stopped` said to give up.
pub fn careers(
    supplies: &Supplies,
    careers: &Careers,
    needs: &[u32],
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Careers> {
    let presence = presence(supplies, careers);
    let asked = supplies.items.iter().zip(needs).filter(|&(_, &need)| need > 0);
    let limits = asked.map(|(item, &need)| {
        let reach = Reach::of(item, &presence, |_| true);
        let charge = Charge::Short { need: i64::from(need), price: None };
        Term { amount: Amount::Cases(Arc::new(reach)), charge }
    });
    let limits: Vec<Term> = limits.collect();
    if limits.is_empty() { Some(careers.clone()) } else { careers.meeting(limits, stopped) }
}

/// The most cases of an item on any of the careers.
pub fn most(
    supplies: &Supplies,
    item: &Item,
    careers: &Careers,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<u32> {
    let reach = Reach::of(item, &presence(supplies, careers), |_| true);
    let charge = Charge::Short { need: PLENTY, price: Some(1) };
    let term = Term { amount: Amount::Cases(Arc::new(reach)), charge };
    let costs = Costs { terms: vec![term], ..careers.no_costs() };
    let least = careers.nearest(&costs, PLENTY, 1, stopped);
    let (cost, _) = least.picks.first().filter(|_| least.is_complete)?;
    u32::try_from(PLENTY - cost).ok()
}

fn presence(supplies: &Supplies, careers: &Careers) -> Vec<Presence> {
    careers.set().presence(supplies)
}
