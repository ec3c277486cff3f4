//! Case items and the cuts of a certificate, resolved against the tables.
//!
//! What a career allows of an item is a whole number per site and academic year, rounded down. On the way
//! along a path it is counted in twelfths, which add up over months and never promise too little.

use std::collections::{BTreeMap, BTreeSet};

use super::ways::{Arc, Leg, Stretch, is_somewhere};
use crate::audit::case_figures::{Site, case_is_assessed, case_need, most, offer};
use crate::audit::training_months::horizon;
use crate::calendar::YEARS;
use crate::plan::certificate::Cut;
use crate::scenario::{CaseIx, FacilityIx, ResidentIx, Scenario, SectionIx};

/// What the case items ask of careers.
pub struct Cases {
    items: Vec<Item>,
    /// `None`: the cut names what is not there, or an item that is not assessed.
    cuts: Vec<Option<Resolved>>,
}

/// An item that is assessed.
struct Item {
    case: CaseIx,
    offers: BTreeMap<Site, u64>,
    /// The sections that name it, by number, and the facilities that have such.
    sections: BTreeSet<u32>,
    divided: BTreeSet<u32>,
}

struct Resolved {
    item: usize,
    sites: BTreeSet<Site>,
    offer: i64,
}

impl Cases {
    pub fn new(scenario: &Scenario, cuts: &[Cut]) -> Self {
        let horizon = horizon(scenario);
        let years = || {
            let last = scenario.calendar.year_of(horizon.end());
            scenario.first_year..=last
        };
        let sites = |facility| years().map(move |year| (year, facility));
        let item = |case| {
            let offers = scenario.facility_ixs().flat_map(sites);
            let offers = offers.filter_map(|site| Some((site, offer(scenario, case, site)?))).collect();
            let names = |ix: &SectionIx| scenario.section(*ix).cases.contains(&case);
            let naming: Vec<SectionIx> = scenario.section_ixs().filter(names).collect();
            let divided = naming.iter().map(|ix| scenario.section(*ix).facility.0 as u32).collect();
            Item { case, offers, sections: naming.iter().map(|ix| ix.0 as u32).collect(), divided }
        };
        let assessed = scenario.case_ixs().filter(|&case| case_is_assessed(scenario, case));
        let items: Vec<Item> = assessed.map(item).collect();
        let resolve = |cut: &Cut| {
            let item = items.iter().position(|item| scenario.case(item.case).id == cut.case)?;
            let mut sites = BTreeSet::new();
            for (id, year) in &cut.sites {
                let facility = scenario.facility_ixs().find(|&f| scenario.facility(f).id == *id)?;
                YEARS.contains(year).then_some(())?;
                let decided = scenario.calendar.span_of(*year).intersection(horizon);
                (!decided.is_empty()).then(|| sites.insert((*year, facility)))?;
            }
            let mut offers = sites.iter().map(|site| items[item].offers.get(site).copied());
            let offer = offers.try_fold(0_u64, |sum, offer| sum.checked_add(offer?))?;
            Some(Resolved { item, sites, offer: i64::try_from(offer).ok()? })
        };
        let cuts = cuts.iter().map(resolve).collect();
        Self { items, cuts }
    }

    /// Per item what a resident has to experience in the decided months; nothing where none are.
    pub fn needs(&self, scenario: &Scenario, resident: ResidentIx, is_gone: bool) -> Vec<i64> {
        let need = |item: &Item| match is_gone {
            true => 0,
            false => i64::from(case_need(scenario, item.case, resident)),
        };
        self.items.iter().map(need).collect()
    }

    /// What the sites of a cut offer; `None` if the cut names what is not there.
    pub fn offer(&self, cut: usize) -> Option<i64> {
        Some(self.cut(cut)?.offer)
    }

    /// What the sites of a cut are about.
    pub fn item_of(&self, cut: usize) -> Option<usize> {
        Some(self.cut(cut)?.item)
    }

    /// The sites of a cut, by id.
    #[cfg(test)]
    pub fn sites(&self, scenario: &Scenario, cut: usize) -> Vec<(String, i32)> {
        let sites = self.cut(cut).into_iter().flat_map(|cut| &cut.sites);
        sites.map(|&(year, facility)| (scenario.facility(facility).id.clone(), year)).collect()
    }

    fn cut(&self, cut: usize) -> Option<&Resolved> {
        self.cuts.get(cut)?.as_ref()
    }

    fn is_met(&self, item: usize, arc: &Arc) -> bool {
        self.is_met_at(item, arc.facility, arc.section)
    }

    /// Whether an item is met at a place: in the sections that name it, where any of the facility does.
    fn is_met_at(&self, item: usize, facility: u32, section: u32) -> bool {
        let item = &self.items[item];
        item.sections.contains(&section) || !item.divided.contains(&facility)
    }

    /// Twelve times what a leg at a facility allows of an item, not rounded; with a cut, what it allows
    /// elsewhere than at the cut's sites.
    pub fn twelfths(&self, item: usize, cut: Option<usize>, arc: &Arc, leg: &Leg) -> i64 {
        if !is_somewhere(arc.facility) || !self.is_met(item, arc) {
            return 0;
        }
        let facility = FacilityIx(arc.facility as usize);
        let without = cut.and_then(|cut| self.cut(cut)).map(|cut| &cut.sites);
        let twelfths = |&(year, months): &(i32, u32)| {
            let site = (year, facility);
            let counted = without.is_none_or(|sites| !sites.contains(&site));
            let offer = self.items[item].offers.get(&site).copied().filter(|_| counted).unwrap_or(0);
            i64::try_from(offer.saturating_mul(u64::from(months))).unwrap_or(i64::MAX >> 8)
        };
        leg.cases.iter().map(twelfths).fold(0, i64::saturating_add)
    }

    /// What a whole career allows of an item, all stays of a year at a site together.
    pub fn allowed<'l>(
        &self,
        item: usize,
        cut: Option<usize>,
        path: impl Iterator<Item = (Stretch, &'l Leg)>,
    ) -> i64 {
        self.taken(item, &self.months(item, cut, path))
    }

    /// The months by site from which the item is taken; `None` once they allow what is needed.
    pub fn pending<'l>(
        &self,
        item: usize,
        cut: Option<usize>,
        need: i64,
        path: impl Iterator<Item = (Stretch, &'l Leg)>,
    ) -> Option<BTreeMap<Site, u32>> {
        let months = self.months(item, cut, path);
        // It only grows with the months to come.
        (self.taken(item, &months) < need).then_some(months)
    }

    /// Months by site that offers something of an item, but for the sites of a cut.
    fn months<'l>(
        &self,
        item: usize,
        cut: Option<usize>,
        path: impl Iterator<Item = (Stretch, &'l Leg)>,
    ) -> BTreeMap<Site, u32> {
        let without = cut.and_then(|cut| self.cut(cut)).map(|cut| &cut.sites);
        let offers = &self.items[item].offers;
        let mut months: BTreeMap<Site, u32> = BTreeMap::new();
        for ((facility, section), leg) in path {
            if !is_somewhere(facility) || !self.is_met_at(item, facility, section) {
                continue;
            }
            for &(year, cases) in &leg.cases {
                let site = (year, FacilityIx(facility as usize));
                let is_counted = without.is_none_or(|sites| !sites.contains(&site));
                if is_counted && offers.get(&site).is_some_and(|offer| *offer > 0) {
                    *months.entry(site).or_default() += cases;
                }
            }
        }
        months
    }

    fn taken(&self, item: usize, months: &BTreeMap<Site, u32>) -> i64 {
        let offers = &self.items[item].offers;
        let taken = months.iter().map(|(site, &months)| most(offers.get(site).copied().unwrap_or(0), months));
        i64::try_from(taken.fold(0, u64::saturating_add)).unwrap_or(i64::MAX >> 8)
    }
}
