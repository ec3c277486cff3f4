//! Case cuts of a certificate, resolved against the tables, and careers that cannot reach a target.

use std::collections::BTreeSet;

use super::careers::Careers;
use crate::audit::case_supply::{self, Offers};
use crate::plan::certificate::Cut;
use crate::scenario::{FacilityIx, Scenario};

/// What the case items ask of careers.
pub struct Cases {
    /// Per assessed item.
    items: Vec<Item>,
    /// `None`: the cut names what is not there, or an item that is not assessed.
    cuts: Vec<Option<Resolved>>,
}

struct Item {
    /// Per resident.
    needs: Vec<i64>,
    /// Per list and career what the career allows everywhere.
    reach: Vec<Vec<i64>>,
}

struct Resolved {
    item: usize,
    offer: i64,
    /// Per list and career what the career allows elsewhere.
    elsewhere: Vec<Vec<i64>>,
}

impl Cases {
    pub fn new(scenario: &Scenario, lists: &[Careers], cuts: &[Cut]) -> Self {
        let (mut items, mut assessed) = (Vec::new(), Vec::new());
        for case in scenario.case_ixs() {
            let Ok(offers) = case_supply::offers(scenario, case) else { continue };
            let needs = scenario.resident_ixs().map(|r| case_supply::need(scenario, case, r)).collect();
            items.push(Item { needs, reach: allowed(scenario, lists, &offers, &BTreeSet::new()) });
            assessed.push((case, offers));
        }
        let resolve = |cut: &Cut| {
            let item = assessed.iter().position(|(case, _)| scenario.case(*case).id == cut.case)?;
            let offers = &assessed[item].1;
            let mut sites = BTreeSet::new();
            for (id, year) in &cut.sites {
                let facility = scenario.facility_ixs().find(|&f| scenario.facility(f).id == *id)?;
                sites.insert((facility, *year));
            }
            let offer = sites.iter().map(|site| offers.get(site).copied()).sum::<Option<i64>>()?;
            Some(Resolved { item, offer, elsewhere: allowed(scenario, lists, offers, &sites) })
        };
        let cuts = cuts.iter().map(resolve).collect();
        Self { items, cuts }
    }

    /// What the cut's sites offer.
    pub fn offer(&self, cut: usize) -> Option<i64> {
        Some(self.cuts.get(cut)?.as_ref()?.offer)
    }

    /// What a resident on a career cannot take anywhere but at the cut's sites.
    pub fn demand(&self, cut: usize, resident: usize, list: usize, career: usize) -> i64 {
        let Some(Some(cut)) = self.cuts.get(cut) else { return 0 };
        (self.items[cut.item].needs[resident] - cut.elsewhere[list][career]).max(0)
    }

    pub fn is_sufficient(&self, resident: usize, list: usize, career: usize) -> bool {
        self.items.iter().all(|item| item.reach[list][career] >= item.needs[resident])
    }
}

/// Per list and career the cases that the decided months allow at all sites but `without`.
fn allowed(
    scenario: &Scenario,
    lists: &[Careers],
    offers: &Offers,
    without: &BTreeSet<(FacilityIx, i32)>,
) -> Vec<Vec<i64>> {
    let of_career = |list: &Careers, career: usize| -> i64 {
        let whereabouts = (0..).map(|n| list.start.plus(n)).zip(list.list[career].months.iter().copied());
        let decided = whereabouts.filter(|(month, _)| *month >= scenario.start());
        let months = case_supply::months_by_year(scenario, decided);
        let counted = months.into_iter().filter(|(site, _)| !without.contains(site));
        counted.map(|(site, months)| case_supply::most(offers.get(&site).copied().unwrap_or(0), months)).sum()
    };
    lists.iter().map(|list| (0..list.list.len()).map(|career| of_career(list, career)).collect()).collect()
}
