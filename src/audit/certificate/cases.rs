//! Case cuts of a certificate, resolved against the tables, and careers that cannot reach a target.

use std::collections::{BTreeMap, BTreeSet};

use super::careers::Careers;
use crate::audit::case_figures::{Site, case_is_assessed, case_need, most, offer};
use crate::audit::training_months::{Training, horizon};
use crate::calendar::YEARS;
use crate::plan::certificate::Cut;
use crate::scenario::{CaseIx, ResidentIx, Scenario};

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
        let assessed: Vec<CaseIx> =
            scenario.case_ixs().filter(|&case| case_is_assessed(scenario, case)).collect();
        let item = |&case: &CaseIx| Item {
            needs: scenario.resident_ixs().map(|resident| need(scenario, case, resident)).collect(),
            reach: allowed(scenario, lists, case, &BTreeSet::new()),
        };
        let horizon = horizon(scenario);
        let resolve = |cut: &Cut| {
            let item = assessed.iter().position(|&case| scenario.case(case).id == cut.case)?;
            let case = *assessed.get(item)?;
            let mut sites = BTreeSet::new();
            for (id, year) in &cut.sites {
                let facility = scenario.facility_ixs().find(|&f| scenario.facility(f).id == *id)?;
                YEARS.contains(year).then_some(())?;
                let decided = scenario.calendar.span_of(*year).intersection(horizon);
                (!decided.is_empty()).then(|| sites.insert((*year, facility)))?;
            }
            let offers = sites.iter().map(|&site| Some(i128::from(offer(scenario, case, site)?)));
            let offer = i64::try_from(offers.sum::<Option<i128>>()?).ok()?;
            Some(Resolved { item, offer, elsewhere: allowed(scenario, lists, case, &sites) })
        };
        let items = assessed.iter().map(item).collect();
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

/// What a resident has to experience in the decided months; nothing where none are.
fn need(scenario: &Scenario, case: CaseIx, resident: ResidentIx) -> i64 {
    match Training::of(scenario, scenario.resident(resident)).span().end() <= scenario.start() {
        true => 0,
        false => i64::from(case_need(scenario, case, resident)),
    }
}

/// Per list and career the cases that the decided months allow at all sites but `without`.
fn allowed(scenario: &Scenario, lists: &[Careers], case: CaseIx, without: &BTreeSet<Site>) -> Vec<Vec<i64>> {
    let mut offers: BTreeMap<Site, u64> = BTreeMap::new();
    let mut most_at = |site: Site, months: u32| {
        let offer = offers.entry(site).or_insert_with(|| offer(scenario, case, site).unwrap_or(0));
        i64::try_from(most(*offer, months)).unwrap_or(i64::MAX)
    };
    let mut of_career = |list: &Careers, career: usize| {
        let mut months: BTreeMap<Site, u32> = BTreeMap::new();
        for (month, facility) in list.seats(career) {
            if month.month >= scenario.start() && month.has_cases(&scenario.rules.leave) {
                *months.entry((scenario.calendar.year_of(month.month), facility)).or_default() += 1;
            }
        }
        let counted = months.into_iter().filter(|(site, _)| !without.contains(site));
        counted.map(|(site, months)| most_at(site, months)).fold(0, i64::saturating_add)
    };
    lists.iter().map(|list| (0..list.list.len()).map(|career| of_career(list, career)).collect()).collect()
}
