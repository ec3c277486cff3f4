//! A proof that no plan exists, kept as prices of single months so that it can be tried on other
//! scenarios.
//!
//! In each priced month every facility's capacity is one row of the master problem, whatever careers
//! there are, so Σ over residents of the least price of a career − Σ price × capacity bounds the cost
//! of any plan from below; nothing costs anything here, so a bound above 0 means there is none (weak
//! duality, `plan/certificate.rs`). All numbers are whole.

use std::collections::BTreeMap;

use super::statement::Statement;
use crate::audit;
use crate::calendar::Month;
use crate::itineraries::{CareerSet, Itineraries};
use crate::plan::certificate::Certificate;
use crate::scenario::{FacilityIx, Scenario};

/// Prices of a facility (`None`: the whole program) in single months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPrices {
    pub prices: BTreeMap<(Option<FacilityIx>, Month), i64>,
}

impl MonthPrices {
    /// The prices of a certificate that needs no cases; `None` if it has none.
    pub fn of(scenario: &Scenario, certificate: &Certificate) -> Option<Self> {
        let step = certificate.steps.iter().find(|step| step.quantity.is_none() && step.cases.is_none())?;
        let mut prices = BTreeMap::new();
        for row in &step.prices.seats {
            let facility = match &row.0 {
                None => None,
                Some(id) => Some(scenario.facility_ixs().find(|&f| scenario.facility(f).id == *id)?),
            };
            // Whoever is in one month of a row is in all of them, so its first month stands for it.
            *prices.entry((facility, Month::parse(&row.1)?)).or_insert(0) += row.3;
        }
        Some(Self { prices })
    }

    /// What a plan costs at least; above 0 there is none. `None`: a priced seat has no limit.
    pub fn bound(&self, scenario: &Scenario, itineraries: &Itineraries) -> Option<i128> {
        Some(self.paid(itineraries) - self.offered(scenario)?)
    }

    /// What the residents pay at least, together.
    pub fn paid(&self, itineraries: &Itineraries) -> i128 {
        let least: Vec<i128> = itineraries.sets.iter().map(|set| self.least(set)).collect();
        itineraries.set_of.iter().filter_map(|&set| least.get(set)).sum()
    }

    /// What the seats are worth; `None`: a priced seat has no limit.
    pub fn offered(&self, scenario: &Scenario) -> Option<i128> {
        let mut offered = 0;
        for (&(facility, month), &price) in self.prices.iter().filter(|(_, price)| **price != 0) {
            let seats = match facility {
                Some(facility) => audit::seat_limit(scenario, facility, month)?,
                None => audit::program_limit(scenario, month)?,
            };
            offered += i128::from(price) * i128::from(seats);
        }
        Some(offered)
    }

    /// The least price of any career.
    pub fn least(&self, set: &CareerSet) -> i128 {
        let priced = |stay: &crate::scenario::Stay| -> i128 {
            let own = (Some(stay.facility), stay.span.start)..(Some(stay.facility), stay.span.end());
            let all = (None, stay.span.start)..(None, stay.span.end());
            let prices = self.prices.range(own).chain(self.prices.range(all));
            prices.map(|(_, &price)| i128::from(price)).sum()
        };
        let of_stays: Vec<i128> = set.stays.iter().map(priced).collect();
        let of_career =
            |career: usize| set.stays_of(career).iter().map(|&stay| of_stays[stay as usize]).sum::<i128>();
        (0..set.len()).map(of_career).min().unwrap_or(0)
    }

    /// Whether the proof rests on the seats that a statement is about.
    pub fn rests_on(&self, scenario: &Scenario, statement: Statement) -> bool {
        let year_of = |month: Month| scenario.calendar.year_of(month);
        let mut priced = self.prices.iter().filter(|(_, price)| **price != 0).map(|(row, _)| *row);
        match statement {
            Statement::Seats { facility, year } => {
                priced.any(|(of, month)| of == Some(facility) && year_of(month) == year)
            }
            Statement::Pool { year } => priced.any(|(of, month)| of.is_none() && year_of(month) == year),
            _ => true,
        }
    }
}
