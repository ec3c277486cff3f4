//! A proof that no plan exists, kept as prices so that it can be tried on other scenarios.
//!
//! In each priced month every facility's capacity is one row of the master problem, whatever careers
//! there are; a priced cut says that nobody can demand more of the cases of some sites than these offer.
//! So Σ over residents of the least price of a career − Σ price × what there is bounds the cost of any
//! plan from below; nothing costs anything here, so a bound above 0 means there is none (weak duality,
//! `plan/certificate.rs`). All numbers are whole.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::statement::Statement;
use crate::audit;
use crate::calendar::Month;
use crate::cases::{Item, Site, Supplies};
use crate::itineraries::{self, Amount, CareerSet, Charge, Itineraries, Reach, Shelf, Term, Unlisted};
use crate::plan::certificate::{self, Certificate, Quantity};
use crate::scenario::{CaseIx, FacilityIx, ResidentIx, Scenario};

/// The careers of a scenario, each resident's being those on which they can reach their case targets.
pub struct Careers {
    listed: Arc<Itineraries>,
    /// As in [`Itineraries::careers_of`].
    careers_of: Vec<Arc<itineraries::Careers>>,
    pub supplies: Supplies,
}

impl Careers {
    /// # Errors
    /// As [`Itineraries::of`].
    pub fn of(scenario: &Scenario, stopped: &(dyn Fn() -> bool + Sync)) -> Result<Self, Unlisted> {
        Ok(Self::new(scenario, Itineraries::of(scenario, stopped)?))
    }

    /// The same; what is on the shelf is not drawn again.
    ///
    /// # Errors
    /// As [`Itineraries::of`].
    pub fn with_shelf(
        scenario: &Scenario,
        shelf: &Shelf,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Unlisted> {
        Ok(Self::new(scenario, Itineraries::with_shelf(scenario, Some(shelf), stopped)?))
    }

    fn new(scenario: &Scenario, listed: Itineraries) -> Self {
        let careers_of = listed.careers_of.clone();
        Self { listed: Arc::new(listed), careers_of, supplies: Supplies::of(scenario) }
    }

    /// Those in a scenario that differs in nothing but cases: none has to be listed again. `None` if
    /// `stopped`.
    pub fn with_cases_of(&self, scenario: &Scenario, stopped: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let careers_of = self.listed.sufficient(scenario, stopped)?;
        Some(Self { listed: Arc::clone(&self.listed), careers_of, supplies: Supplies::of(scenario) })
    }

    pub fn sets(&self) -> &[Arc<CareerSet>] {
        &self.listed.sets
    }

    /// Per resident their careers; residents alike share them.
    pub fn of_residents(&self) -> &[Arc<itineraries::Careers>] {
        &self.careers_of
    }

    /// The careers of one resident.
    pub fn of_resident(&self, resident: ResidentIx) -> Option<&itineraries::Careers> {
        self.careers_of.get(resident.0).map(Arc::as_ref)
    }

    /// The residents without a single career.
    pub fn without(&self) -> impl Iterator<Item = ResidentIx> + '_ {
        let careers = self.careers_of.iter().enumerate();
        careers.filter(|(_, careers)| careers.is_empty()).map(|(resident, _)| ResidentIx(resident))
    }

    /// The item as it is assessed; `None` if it is not.
    pub fn item(&self, case: CaseIx) -> Option<&Item> {
        self.supplies.items.iter().find(|item| item.case == case)
    }
}

/// Sites whose cases are priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutPrice {
    pub case: CaseIx,
    pub sites: BTreeSet<Site>,
    /// For one case.
    pub price: i64,
}

/// Prices of a facility (`None`: the whole program) in single months, and of the cases of sites.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prices {
    pub seats: BTreeMap<(Option<FacilityIx>, Month), i64>,
    pub cuts: Vec<CutPrice>,
}

impl Prices {
    /// The prices of a certificate that needs no proof by cases; `None` if it has none.
    pub fn of(scenario: &Scenario, certificate: &Certificate) -> Option<Self> {
        let step = certificate.steps.iter().find(|step| step.quantity.is_none() && step.cases.is_none())?;
        let facility = |id: &String| scenario.facility_ixs().find(|&f| scenario.facility(f).id == *id);
        let certificate::Prices { staffing_max, staffing_min, intake, worst, .. } = &step.prices;
        if !(staffing_max.is_empty() && staffing_min.is_empty() && intake.is_empty() && worst.is_empty()) {
            return None;
        }
        let mut prices = Self::default();
        for row in &step.prices.seats {
            let facility = match &row.0 {
                None => None,
                Some(id) => Some(facility(id)?),
            };
            // Whoever is in one month of a row is in all of them, so its first month stands for it.
            *prices.seats.entry((facility, Month::parse(&row.1)?)).or_insert(0) += row.3;
        }
        for (hold, &price) in step.holds.iter().zip(&step.prices.holds).filter(|(_, price)| **price != 0) {
            let Quantity::Cases(cut) = hold.quantity else { return None };
            let cut = certificate.cuts.get(cut)?;
            let case = scenario.case_ixs().find(|&case| scenario.case(case).id == cut.case)?;
            let site = |(id, academic_year): &(String, i32)| Some(Site::of(*academic_year, facility(id)?));
            let sites: Option<BTreeSet<Site>> = cut.sites.iter().map(site).collect();
            prices.cuts.push(CutPrice { case, sites: sites?, price });
        }
        Some(prices)
    }

    /// What a plan costs at least; above 0 there is none. `None`: a priced seat has no limit, or
    /// somebody has no career.
    pub fn bound(&self, scenario: &Scenario, careers: &Careers) -> Option<i128> {
        Some(self.paid(careers)?.iter().sum::<i128>() - self.offered(scenario, &careers.supplies)?)
    }

    /// What each resident pays at least; `None`: somebody has no career.
    pub fn paid(&self, careers: &Careers) -> Option<Vec<i128>> {
        // Who has the same careers and needs pays the same.
        let mut known: BTreeMap<(*const itineraries::Careers, Vec<u32>), i128> = BTreeMap::new();
        let mut paid = Vec::new();
        for (number, own) in careers.of_residents().iter().enumerate() {
            let needs = self.cuts.iter().map(|cut| need(careers.item(cut.case), number)).collect();
            let key = (Arc::as_ptr(own), needs);
            let least = match known.get(&key) {
                Some(&least) => least,
                None => {
                    let least = self.least(careers, ResidentIx(number))?;
                    known.insert(key, least);
                    least
                }
            };
            paid.push(least);
        }
        Some(paid)
    }

    /// What there is is worth; `None`: a priced seat has no limit.
    pub fn offered(&self, scenario: &Scenario, supplies: &Supplies) -> Option<i128> {
        let mut offered = 0;
        for (&(facility, month), &price) in self.seats.iter().filter(|(_, price)| **price != 0) {
            let seats = match facility {
                Some(facility) => audit::seat_limit(scenario, facility, month)?,
                None => audit::program_limit(scenario, month)?,
            };
            offered += i128::from(price) * i128::from(seats);
        }
        for cut in &self.cuts {
            let item = supplies.items.iter().find(|item| item.case == cut.case);
            let offers = cut.sites.iter().filter_map(|&site| Some(i128::from(item?.offer(site))));
            offered += i128::from(cut.price) * offers.sum::<i128>();
        }
        Some(offered)
    }

    /// The least a resident pays on any of their careers; `None` without one.
    pub fn least(&self, careers: &Careers, resident: ResidentIx) -> Option<i128> {
        let own = careers.of_resident(resident)?;
        let set = own.set();
        let priced = |stay: &itineraries::Step| -> i64 {
            let Some(facility) = stay.facility() else { return 0 };
            let own = (Some(facility), stay.span.start)..(Some(facility), stay.span.end());
            let all = (None, stay.span.start)..(None, stay.span.end());
            let prices = self.seats.range(own).chain(self.seats.range(all));
            prices.map(|(_, &price)| price).sum()
        };
        let mut costs = own.no_costs();
        costs.per_stay = set.stays.iter().map(priced).collect();
        // What is not assessed asks for nothing.
        let cuts = self.cuts.iter().filter_map(|cut| Some((cut, careers.item(cut.case)?)));
        costs.terms.extend(cuts.map(|(cut, item)| {
            let presence = set.presence(&careers.supplies);
            let reach = Reach::of(item, &presence, |site| !cut.sites.contains(&site));
            let charge = Charge::Short { need: i64::from(item.needs[resident.0]), price: Some(cut.price) };
            Term { amount: Amount::Cases(Arc::new(reach)), charge }
        }));
        own.cheapest(&costs, 0, &|| false)?.first().map(|cheapest| i128::from(cheapest.bound))
    }

    /// Whether the proof rests on what a statement is about; `true` where that is not known.
    pub fn rests_on(&self, scenario: &Scenario, statement: Statement) -> bool {
        let year_of = |month: Month| scenario.calendar.year_of(month);
        let mut priced = self.seats.iter().filter(|(_, price)| **price != 0).map(|(row, _)| *row);
        match statement {
            Statement::Seats { facility, year } => priced
                .any(|(of, month)| of == Some(facility) && year.is_none_or(|year| year_of(month) == year)),
            Statement::Pool { year } => {
                priced.any(|(of, month)| of.is_none() && year.is_none_or(|year| year_of(month) == year))
            }
            _ => true,
        }
    }
}

fn need(item: Option<&Item>, resident: usize) -> u32 {
    item.and_then(|item| item.needs.get(resident)).copied().unwrap_or(0)
}
