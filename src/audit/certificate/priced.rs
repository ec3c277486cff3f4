//! Prices of a certificate, resolved against the tables and refused unless they are sound.
//!
//! A row's price stands for one inequality per month of the row, all the same: whoever is in the row
//! is there in all its months, and its limit never changes. Both are checked here, not believed, so
//! the bound below is weak duality and nothing else. All sums are 128-bit: prices and values are
//! 64-bit and there are fewer than 2^32 terms, so nothing can overflow.

use super::problem::Problem;
use crate::audit::{program_limit, seat_limit};
use crate::calendar::{Month, Span};
use crate::plan::certificate::{Hold, Prices, Quantity, RowPrice};
use crate::scenario::FacilityIx;

/// Why prices or a step are refused; the words are in the catalogues under `certificate-…`.
pub type Refusal = &'static str;

/// Sound prices of one step: what each career pays, and the constant of the bound.
pub struct Priced<'p> {
    problem: &'p Problem<'p>,
    unit: i64,
    quantity: Option<Quantity>,
    holds: &'p [Hold],
    hold_prices: &'p [i64],
    /// Per list and career, what its rows cost.
    row_costs: Vec<Vec<i128>>,
    constant: i128,
}

impl<'p> Priced<'p> {
    pub fn new(
        problem: &'p Problem<'p>,
        unit: i64,
        quantity: Option<Quantity>,
        holds: &'p [Hold],
        prices: &'p Prices,
    ) -> Result<Self, Refusal> {
        if unit <= 0 {
            return Err("certificate-unit");
        }
        if prices.holds.len() != holds.len() {
            return Err("certificate-hold-prices");
        }
        let rows = || prices.seats.iter().chain(&prices.coverage);
        if prices.holds.iter().any(|&price| price < 0) || rows().any(|row| row.3 < 0) {
            return Err("certificate-sign");
        }
        let mut priced = Self {
            problem,
            unit,
            quantity,
            holds,
            hold_prices: &prices.holds,
            row_costs: problem.lists.iter().map(|list| vec![0; list.list.len()]).collect(),
            constant: 0,
        };
        for (hold, &price) in holds.iter().zip(&prices.holds) {
            priced.constant -= i128::from(price) * i128::from(hold.at_most);
        }
        for row in &prices.seats {
            priced.seat(row)?;
        }
        priced.coverage(&prices.coverage)?;
        Ok(priced)
    }

    fn seat(&mut self, row: &RowPrice) -> Result<(), Refusal> {
        let (facility, span) = self.resolve(row)?;
        let limit = |month| match facility {
            Some(facility) => seat_limit(self.problem.scenario, facility, month),
            None => program_limit(self.problem.scenario, month),
        };
        let limit = the_same(span, limit).flatten().ok_or("certificate-row-limit")?;
        self.constant -= i128::from(row.3) * i128::from(limit);
        self.charge(facility, span, i128::from(row.3))
    }

    fn coverage(&mut self, rows: &[RowPrice]) -> Result<(), Refusal> {
        let mut missing = if self.quantity == Some(Quantity::Coverage) { i128::from(self.unit) } else { 0 };
        for (hold, &price) in self.holds.iter().zip(self.hold_prices) {
            if hold.quantity == Quantity::Coverage {
                missing += i128::from(price);
            }
        }
        let scenario = self.problem.scenario;
        let counted = scenario.coverage_months();
        let mut spans: Vec<(FacilityIx, Span)> = Vec::new();
        for row in rows {
            let (facility, span) = self.resolve(row)?;
            let facility = facility.ok_or("certificate-row")?;
            if span.intersection(counted) != span || i128::from(row.3) > missing * i128::from(span.months) {
                return Err("certificate-coverage-price");
            }
            let min = |month| *scenario.facility(facility).min_residents.at(month);
            let min = the_same(span, min).ok_or("certificate-row-limit")?;
            spans.push((facility, span));
            self.constant += i128::from(row.3) * i128::from(min);
            self.charge(Some(facility), span, -i128::from(row.3))?;
        }
        // Two prices for one missing resident could together exceed what that one costs.
        spans.sort_unstable();
        let overlap =
            |pair: &[(FacilityIx, Span)]| pair[0].0 == pair[1].0 && pair[1].1.start < pair[0].1.end();
        if spans.windows(2).any(overlap) { Err("certificate-coverage-price") } else { Ok(()) }
    }

    fn resolve(&self, row: &RowPrice) -> Result<(Option<FacilityIx>, Span), Refusal> {
        let scenario = self.problem.scenario;
        let facility = match &row.0 {
            Some(id) => {
                let known = scenario.facility_ixs().find(|&f| scenario.facility(f).id == *id);
                Some(known.ok_or("certificate-row")?)
            }
            None => None,
        };
        let start = Month::parse(&row.1).ok_or("certificate-row")?;
        if row.2 == 0 || row.2 > 1_200 {
            return Err("certificate-row");
        }
        Ok((facility, Span::new(start, row.2)))
    }

    /// Charges every career that is in the row; refuses rows that a career is in only partly.
    fn charge(&mut self, facility: Option<FacilityIx>, span: Span, price: i128) -> Result<(), Refusal> {
        for (list, costs) in self.problem.lists.iter().zip(&mut self.row_costs) {
            for (career, cost) in costs.iter_mut().enumerate() {
                let here = |month| {
                    list.at(career, month).is_some_and(|at| facility.is_none_or(|facility| facility == at))
                };
                match the_same(span, here) {
                    Some(true) => *cost += price,
                    Some(false) => {}
                    None => return Err("certificate-row-mixed"),
                }
            }
        }
        Ok(())
    }

    /// The priced cost of a career, in units.
    pub fn cost(&self, resident: usize, career: usize) -> i128 {
        let share = |quantity| i128::from(self.problem.share(quantity, resident, career));
        let mut cost = self.row_costs[self.problem.list_of[resident]][career];
        cost += self.quantity.map_or(0, |quantity| share(quantity) * i128::from(self.unit));
        for (hold, &price) in self.holds.iter().zip(self.hold_prices) {
            if price != 0 {
                cost += i128::from(price) * share(hold.quantity);
            }
        }
        cost
    }

    /// The least priced cost of each resident among the careers left; `None` for one without any.
    pub fn least(&self, left: &Left) -> Vec<Option<i128>> {
        let of = |(resident, careers): (usize, &Vec<bool>)| {
            let left = careers.iter().enumerate().filter(|(_, left)| **left);
            left.map(|(career, _)| self.cost(resident, career)).min()
        };
        left.iter().enumerate().map(of).collect()
    }

    /// The bound the prices prove over the careers left, in units; `None` if somebody has no career:
    /// then there is no plan at all and any bound holds.
    pub fn bound(&self, least: &[Option<i128>]) -> Option<i128> {
        least.iter().copied().try_fold(self.constant, |sum, cost| Some(sum + cost?))
    }
}

/// Per resident and career whether it is still considered.
pub type Left = Vec<Vec<bool>>;

/// The value that is the same in all months of a span, if it is.
fn the_same<T: PartialEq>(span: Span, of: impl Fn(Month) -> T) -> Option<T> {
    let mut months = span.iter();
    let first = of(months.next()?);
    months.all(|month| of(month) == first).then_some(first)
}
