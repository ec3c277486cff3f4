//! What sites offer, what residents need, and who is present where for how long.
//!
//! Where a section of a facility names an item, the item is met in the naming sections only; what the facility offers
//! of it is one supply all the same. So presence is kept by section there, and each item makes of it what counts
//! ([`Item::at`]).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::calendar::{AcademicCalendar, Month, Span};
use crate::plan::Plan;
use crate::scenario::{CaseItem, CaseIx, FacilityIx, ResidentIx, Role, Scenario, SectionIx, Stay};

/// Months of an academic year.
const YEAR_MONTHS: u32 = 12;

/// A facility in an academic year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    pub academic_year: i32,
    pub facility: FacilityIx,
    /// Of presence where some item is met in some sections only; what offers and what is needed have none.
    section: Option<SectionIx>,
}

impl Site {
    pub fn of(academic_year: i32, facility: FacilityIx) -> Self {
        Self { academic_year, facility, section: None }
    }
}

/// Months of presence per site, ascending.
pub type Presence = Vec<(Site, u32)>;

/// An assessed item: every placeable facility's volume is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub case: CaseIx,
    /// Cases per site; sites that offer none are left out.
    offers: BTreeMap<Site, u32>,
    /// The facilities where it is met in some sections only, and these.
    sections: BTreeMap<FacilityIx, BTreeSet<SectionIx>>,
    /// Per resident the cases still to be reached; 0 for residents with nothing to decide.
    pub needs: Vec<u32>,
}

impl Item {
    /// The presence that counts for the item, by site.
    pub fn at<'p>(&self, presence: &'p Presence) -> Cow<'p, Presence> {
        if presence.iter().all(|(site, _)| site.section.is_none()) {
            return Cow::Borrowed(presence);
        }
        let mut here = Presence::new();
        for &(site, months) in presence {
            let named = self.sections.get(&site.facility);
            if named.is_none_or(|named| site.section.is_some_and(|section| named.contains(&section))) {
                add(&mut here, (Site::of(site.academic_year, site.facility), months));
            }
        }
        here.sort_unstable();
        Cow::Owned(here)
    }

    /// The cases that residents may take at a site in the whole year.
    pub fn offer(&self, site: Site) -> u32 {
        self.offers.get(&site).copied().unwrap_or(0)
    }

    /// The most cases that one resident can take who is at the site for so many months of the year.
    pub fn most(&self, site: Site, months: u32) -> u32 {
        (u64::from(self.offer(site)) * u64::from(months) / u64::from(YEAR_MONTHS)) as u32
    }

    /// The most cases a resident can reach with this presence if nobody else takes any, at the sites
    /// that `counts` names.
    pub fn reach(&self, presence: &Presence, counts: impl Fn(Site) -> bool) -> u32 {
        let most = |&(site, months): &(Site, u32)| if counts(site) { self.most(site, months) } else { 0 };
        self.at(presence).iter().map(most).fold(0, u32::saturating_add)
    }
}

/// The case items of a scenario, as far as they can be assessed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supplies {
    pub items: Vec<Item>,
    calendar: Option<AcademicCalendar>,
    /// Facilities where some item is met in some sections only.
    divided: BTreeSet<FacilityIx>,
}

impl Supplies {
    pub fn of(scenario: &Scenario) -> Self {
        let items = scenario.case_ixs().filter_map(|case| {
            let offers = offers(scenario, case)?;
            let needs = scenario.resident_ixs().map(|resident| need(scenario, case, resident)).collect();
            Some(Item { case, offers, needs, sections: sections(scenario, case) })
        });
        let items: Vec<Item> = items.collect();
        let divided = items.iter().flat_map(|item| item.sections.keys().copied()).collect();
        Self { items, calendar: Some(scenario.calendar), divided }
    }

    /// The months of a stay by site; cases do not accrue in the months `without`.
    pub fn sites_of(&self, stay: Stay, without: &[Month]) -> Presence {
        let years = self.calendar.map(|calendar| calendar.split(stay.span)).unwrap_or_default();
        let site = |(academic_year, span): (i32, Span)| {
            let idle = without.iter().filter(|month| span.contains(**month)).count() as u32;
            let section = stay.section.filter(|_| self.divided.contains(&stay.facility));
            (Site { academic_year, facility: stay.facility, section }, span.months - idle)
        };
        years.into_iter().map(site).filter(|(_, months)| *months > 0).collect()
    }
}

/// Everybody's presence in a plan; what lies outside the decided months does not count.
pub fn presence_of_all(scenario: &Scenario, supplies: &Supplies, plan: &Plan) -> Vec<Presence> {
    let mut months: Vec<Presence> = vec![Presence::new(); scenario.residents.len()];
    for row in &plan.rows {
        let span = row.span.intersection(scenario.decided(row.resident));
        let service = scenario.service(row.resident);
        let idle: Vec<Month> =
            service.iter().filter(|(_, this)| !this.cases).map(|(month, _)| month).collect();
        for stay in supplies.sites_of(Stay { facility: row.facility, span, section: row.section }, &idle) {
            add(&mut months[row.resident.0], stay);
        }
    }
    months.iter_mut().for_each(|presence| presence.sort_unstable());
    months
}

/// Adds months at a site; two stays of one year at one facility are taken together.
fn add(presence: &mut Presence, (site, months): (Site, u32)) {
    match presence.iter_mut().find(|(known, _)| *known == site) {
        Some((_, sum)) => *sum = (*sum + months).min(YEAR_MONTHS),
        None => presence.push((site, months)),
    }
}

/// The presence that some stays make together.
pub fn reach<'s>(stays: impl Iterator<Item = &'s Presence>, into: &mut Presence) {
    into.clear();
    stays.flatten().for_each(|&stay| add(into, stay));
}

/// What a resident still needs of an item: target less logged cases less supplement.
fn need(scenario: &Scenario, case: CaseIx, resident: ResidentIx) -> u32 {
    // Whoever leaves the program completes nothing.
    if !scenario.completes(resident) {
        return 0;
    }
    let item = scenario.case(case);
    let logged = scenario.resident(resident).logged.get(case.0).copied().unwrap_or(0);
    item.target.saturating_sub(logged).saturating_sub(item.supplement())
}

/// What every site offers; `None` if a facility's volume is not known.
fn offers(scenario: &Scenario, case: CaseIx) -> Option<BTreeMap<Site, u32>> {
    let item = scenario.case(case);
    let horizon = scenario.horizon();
    let years: Vec<(i32, Span)> = scenario.calendar.split(horizon);
    let mut offers = BTreeMap::new();
    for facility in scenario.facility_ixs() {
        if scenario.facility(facility).role == Role::Associated {
            continue;
        }
        for &(academic_year, _) in &years {
            let offer = offer(scenario, item, facility, scenario.calendar.span_of(academic_year))?;
            if offer > 0 {
                offers.insert(Site::of(academic_year, facility), offer);
            }
        }
    }
    Some(offers)
}

/// The sections that name a case, by facility.
fn sections(scenario: &Scenario, case: CaseIx) -> BTreeMap<FacilityIx, BTreeSet<SectionIx>> {
    let mut sections: BTreeMap<FacilityIx, BTreeSet<SectionIx>> = BTreeMap::new();
    for ix in scenario.section_ixs().filter(|&ix| scenario.section(ix).cases.contains(&case)) {
        sections.entry(scenario.section(ix).facility).or_default().insert(ix);
    }
    sections
}

/// floor(volume × trainee share), the volume being the mean of the year's months.
fn offer(scenario: &Scenario, item: &CaseItem, facility: FacilityIx, year: Span) -> Option<u32> {
    let volumes = scenario.facility(facility).volumes.get(item.volume)?;
    let mut sum = Decimal::ZERO;
    for month in year.iter() {
        match volumes.at(month) {
            Some(volume) => sum += volume,
            None if scenario.rules.unknown_volumes_are_zero => {}
            None => return None,
        }
    }
    let twelvefold = sum * item.trainee_share;
    let whole = (twelvefold / Decimal::from(YEAR_MONTHS)).floor();
    // A quotient just below a whole number may have been rounded up to it.
    let whole = if whole * Decimal::from(YEAR_MONTHS) > twelvefold { whole - Decimal::ONE } else { whole };
    whole.to_u32()
}
