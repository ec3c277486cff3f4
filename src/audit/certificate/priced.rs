//! Prices of a certificate, resolved against the tables and refused unless they are sound.
//!
//! A row's price is shared out over the row's months, as evenly as whole numbers go; each month's share is
//! the price of that month's inequality alone. So the bound below is weak duality and nothing else,
//! whether a career is in the row in all its months (as those of a genuine certificate are) or in some.
//!
//! Rows lie where they bind. Seats are taken in decided months only: nobody's past takes one. Coverage
//! counts in the months of its goal, and whoever is on leave in a seat covers nothing. No two rows of a kind share a month at a facility.
//!
//! Numbers are 64-bit and [`NUMBER_MAX`](crate::plan::certificate::NUMBER_MAX) at most; sums are 128-bit
//! and checked, and what a career can cost at most has to leave room in 64 bits, or the step is refused.

use std::collections::BTreeSet;

use super::classes::Class;
use super::ground::Refusal;
use super::problem::Problem;
use super::ways::{NOWHERE, Ways};
use crate::audit::training_months::horizon;
use crate::audit::{program_limit, seat_limit};
use crate::calendar::{Month, Span};
use crate::plan::certificate::{Hold, Prices, Quantity, ResidentGoal, RowPrice};
use crate::scenario::{FacilityIx, Role};

/// No career costs more, up or down: sums of a few such costs stay within 64 bits.
const COST_MAX: i128 = 1 << 58;

/// Sound prices of one step: what careers pay, and the constant of the bound.
#[derive(Default)]
pub struct Priced {
    /// Per facility, and last for all together, the sums of the months' prices up to each month since the
    /// first decided one; empty where nothing is priced.
    sums: Vec<Vec<i64>>,
    /// Likewise of coverage, which is staffed in months at work alone; ≤ 0.
    staffed: Vec<Vec<i64>>,
    /// Price of a unit of these, for each resident.
    pub courses: i64,
    facilities: i64,
    pub repeats: i64,
    stability: i64,
    /// (goal, level, price): paid by whoever has at least so much.
    pub levels: Vec<(ResidentGoal, i64, i64)>,
    /// (cut, price of a case demanded).
    pub cuts: Vec<(usize, i64)>,
    pub constant: i128,
}

impl Priced {
    /// # Errors
    /// What is unsound about the prices.
    pub fn new(
        problem: &Problem<'_>,
        unit: i64,
        quantity: Option<Quantity>,
        holds: &[Hold],
        prices: &Prices,
    ) -> Result<Self, Refusal> {
        if unit <= 0 {
            return Err(Refusal::Unit);
        }
        if prices.holds.len() != holds.len() {
            return Err(Refusal::HoldPrices);
        }
        let rows = || prices.seats.iter().chain(&prices.coverage);
        if prices.holds.iter().any(|&price| price < 0) || rows().any(|row| row.3 < 0) {
            return Err(Refusal::Sign);
        }
        let mut priced = Self::default();
        let terms = holds.iter().zip(&prices.holds).map(|(hold, &price)| (hold.quantity, price));
        priced.charge(problem, quantity.map(|quantity| (quantity, unit)).into_iter().chain(terms))?;
        for (hold, &price) in holds.iter().zip(&prices.holds) {
            priced.add(-i128::from(price), i128::from(hold.at_most))?;
        }
        let unknown = prices.staffing_max.len() + prices.staffing_min.len() + prices.intake.len();
        if unknown + prices.worst.len() > 0 {
            return Err(Refusal::RowLimit);
        }
        let mut rows = Rows::new(problem);
        for row in &prices.seats {
            let (facility, span) = rows.seats(row)?;
            let limit = |month| match facility {
                Some(facility) => seat_limit(problem.scenario, facility, month),
                None => program_limit(problem.scenario, month),
            };
            let limit = the_same(span, limit).flatten().ok_or(Refusal::RowLimit)?;
            priced.add(-i128::from(row.3), i128::from(limit))?;
            rows.price(SEATS, facility, span, row.3);
        }
        let coverage = |(quantity, price)| if quantity == Quantity::Coverage { i128::from(price) } else { 0 };
        let holds = holds.iter().zip(&prices.holds).map(|(hold, &price)| (hold.quantity, price));
        let missing = quantity.map(|quantity| (quantity, unit)).into_iter().chain(holds).map(coverage).sum();
        for row in &prices.coverage {
            let (facility, span) = rows.coverage(row, missing)?;
            let min = |month| *problem.scenario.facility(facility).min_residents.at(month);
            let min = the_same(span, min).ok_or(Refusal::RowLimit)?;
            priced.add(i128::from(row.3), i128::from(min))?;
            rows.price(COVERAGE, Some(facility), span, -row.3);
        }
        [priced.sums, priced.staffed] = rows.sums();
        Ok(priced)
    }

    /// Prices of quantities alone.
    pub fn of(problem: &Problem<'_>, quantity: Quantity) -> Self {
        let mut priced = Self::default();
        // A price of 1 is far below every bound.
        let _ = priced.charge(problem, std::iter::once((quantity, 1)));
        priced
    }

    fn charge(
        &mut self,
        problem: &Problem<'_>,
        terms: impl Iterator<Item = (Quantity, i64)>,
    ) -> Result<(), Refusal> {
        let mut most: i128 = 0;
        for (quantity, price) in terms.filter(|(_, price)| *price != 0) {
            most += i128::from(price) * i128::from(problem.share_max(quantity));
            if most > COST_MAX {
                return Err(Refusal::Number);
            }
            match quantity {
                // What a resident adds to these is not known here yet: no step with them is accepted.
                Quantity::Coverage
                | Quantity::Staffing
                | Quantity::TotalAndWorst(_)
                | Quantity::Total(ResidentGoal::Requirements | ResidentGoal::Points) => {}
                Quantity::Total(ResidentGoal::CourseWishes) => self.courses += price,
                Quantity::Total(ResidentGoal::FacilityWishes) => self.facilities += price,
                Quantity::Total(ResidentGoal::Repeats) => self.repeats += price,
                Quantity::Total(ResidentGoal::Stability) => self.stability += price,
                Quantity::AtLeast(goal, level) => self.levels.push((goal, level, price)),
                Quantity::Cases(cut) if problem.cases.offer(cut).is_some() => self.cuts.push((cut, price)),
                Quantity::Cases(_) => {}
            }
        }
        Ok(())
    }

    /// Adds a product to the constant of the bound.
    fn add(&mut self, price: i128, number: i128) -> Result<(), Refusal> {
        let sum = price.checked_mul(number).and_then(|product| self.constant.checked_add(product));
        self.constant = sum.ok_or(Refusal::Number)?;
        Ok(())
    }

    /// What of the priced cost adds up over the arcs of a career.
    pub fn cost(&self, class: &Class, ways: &Ways, arc: usize) -> i64 {
        let of = &ways.arcs[arc];
        if of.facility == NOWHERE {
            return 0;
        }
        let leg = &ways.legs[of.leg as usize];
        let mut cost = 0;
        let in_all = self.sums.last().map(|sums| (sums, &leg.decided));
        let seats = self.sums.get(of.facility as usize).map(|sums| (sums, &leg.decided));
        let staffed = self.staffed.get(of.facility as usize).map(|sums| (sums, &leg.at_work));
        for (sums, months) in [in_all, seats, staffed].into_iter().flatten() {
            if !sums.is_empty() {
                let of_span =
                    |months: &std::ops::Range<u32>| sums[months.end as usize] - sums[months.start as usize];
                cost += months.iter().map(of_span).sum::<i64>();
            }
        }
        if self.facilities != 0 {
            cost += self.facilities * class.wishes(leg, of.facility);
        }
        if self.stability != 0 && class.has_base() {
            cost += self.stability * class.moved(ways, leg, of.facility);
        }
        cost
    }

    /// The price of one month at a facility, at work or not, given in months since the first decided one.
    #[cfg(test)]
    pub fn of_month(&self, facility: u32, month: usize, at_work: bool) -> i64 {
        let staffed = self.staffed.get(facility as usize).filter(|_| at_work);
        let sums = [self.sums.get(facility as usize), self.sums.last(), staffed].into_iter().flatten();
        sums.filter(|sums| !sums.is_empty()).map(|sums| sums[month + 1] - sums[month]).sum()
    }

    /// The prices of all resident goals, by [`ResidentGoal`].
    #[cfg(test)]
    pub fn of_goals(&self) -> [i64; ResidentGoal::ALL.len()] {
        [self.courses, self.facilities, self.repeats, self.stability, 0, 0]
    }

    /// What the course of a career costs.
    pub fn of_course(&self, place: i64) -> i64 {
        self.courses * place
    }

    /// The most that depends on a path as a whole: repeats in every month, every level, every case.
    pub fn more_at_most(&self, class: &Class, months: usize) -> i64 {
        let levels = self.levels.iter().map(|(_, _, price)| price);
        let cuts = self.cuts.iter().map(|(_, price)| price * class.needs.iter().max().unwrap_or(&0));
        self.repeats * months as i64 + levels.sum::<i64>() + cuts.sum::<i64>()
    }

    /// Whether no career costs anything.
    pub fn is_free(&self) -> bool {
        let terms = [self.courses, self.facilities, self.repeats, self.stability, 0, 0];
        terms == [0; ResidentGoal::ALL.len()]
            && self.levels.is_empty()
            && self.cuts.is_empty()
            && self.sums.iter().chain(&self.staffed).flatten().all(|sum| *sum == 0)
    }

    /// How many numbers are kept.
    pub fn size(&self) -> usize {
        self.sums.iter().chain(&self.staffed).map(Vec::len).sum::<usize>()
            + 3 * (self.levels.len() + self.cuts.len())
    }
}

/// The kinds of rows.
const SEATS: usize = 0;
const COVERAGE: usize = 1;

/// Rows of one step, priced month by month.
struct Rows<'p> {
    problem: &'p Problem<'p>,
    /// From the first decided month to the last in which anybody is decided.
    decided: Span,
    /// Of seats and of coverage: per facility, and last for all together, the prices of the months; empty where
    /// there are none.
    months: [Vec<Vec<i64>>; 2],
    /// Months of seat rows and of coverage rows that are taken.
    taken: [BTreeSet<(usize, Month)>; 2],
    total: i128,
}

impl<'p> Rows<'p> {
    fn new(problem: &'p Problem<'p>) -> Self {
        let scenario = problem.scenario;
        let end = horizon(scenario).end().max(scenario.coverage_months().end());
        Self {
            problem,
            decided: Span::between(scenario.start(), end),
            months: [SEATS, COVERAGE].map(|_| vec![Vec::new(); scenario.facilities.len() + 1]),
            taken: Default::default(),
            total: 0,
        }
    }

    fn seats(&mut self, row: &RowPrice) -> Result<(Option<FacilityIx>, Span), Refusal> {
        let (facility, span) = self.resolve(row, self.decided)?;
        let scenario = self.problem.scenario;
        if facility.is_some_and(|facility| scenario.facility(facility).role == Role::Associated) {
            return Err(Refusal::Row);
        }
        self.take(SEATS, facility, span, row.3)?;
        Ok((facility, span))
    }

    /// `missing`: what one resident missing for one month costs.
    fn coverage(&mut self, row: &RowPrice, missing: i128) -> Result<(FacilityIx, Span), Refusal> {
        let (facility, span) = self.resolve(row, self.decided)?;
        let facility = facility.ok_or(Refusal::Row)?;
        let counted = self.problem.scenario.coverage_months();
        if span.intersection(counted) != span || i128::from(row.3) > missing * i128::from(span.months) {
            return Err(Refusal::CoveragePrice);
        }
        // Two prices for one missing resident could together exceed what that one costs.
        self.take(COVERAGE, Some(facility), span, row.3)?;
        Ok((facility, span))
    }

    fn resolve(&self, row: &RowPrice, within: Span) -> Result<(Option<FacilityIx>, Span), Refusal> {
        let facility = match &row.0 {
            Some(id) => Some(self.problem.facility(id).ok_or(Refusal::Row)?),
            None => None,
        };
        let start = Month::parse(&row.1).ok_or(Refusal::Row)?;
        // No longer than one too many, so that no month is beyond the calendar.
        let span = Span::new(start, row.2.min(within.months + 1));
        if span.is_empty() || span.intersection(within) != span {
            return Err(Refusal::Row);
        }
        Ok((facility, span))
    }

    fn take(
        &mut self,
        kind: usize,
        facility: Option<FacilityIx>,
        span: Span,
        price: i64,
    ) -> Result<(), Refusal> {
        let at = self.place(facility);
        if !span.iter().all(|month| self.taken[kind].insert((at, month))) {
            return Err(Refusal::RowTwice);
        }
        self.total += i128::from(price);
        if self.total > COST_MAX { Err(Refusal::Number) } else { Ok(()) }
    }

    fn place(&self, facility: Option<FacilityIx>) -> usize {
        facility.map_or(self.months[SEATS].len() - 1, |facility| facility.0)
    }

    /// Shares a price out over months; those of a coverage price never exceed what a month's missing
    /// resident costs, since that is whole.
    fn price(&mut self, kind: usize, facility: Option<FacilityIx>, span: Span, price: i64) {
        let at = self.place(facility);
        let months = &mut self.months[kind][at];
        months.resize(self.decided.months as usize, 0);
        let from = span.start.since(self.decided.start) as usize;
        let (each, over) = (price / i64::from(span.months), price % i64::from(span.months));
        for (number, month) in months[from..].iter_mut().take(span.months as usize).enumerate() {
            *month += each + if (number as i64) < over.abs() { over.signum() } else { 0 };
        }
    }

    fn sums(self) -> [Vec<Vec<i64>>; 2] {
        let running = |months: Vec<i64>| match months.is_empty() {
            true => months,
            false => std::iter::once(0)
                .chain(months.into_iter().scan(0, |sum, price| {
                    *sum += price;
                    Some(*sum)
                }))
                .collect(),
        };
        self.months.map(|of_kind| of_kind.into_iter().map(running).collect())
    }
}

/// The value that is the same in all months of a span, if it is.
fn the_same<T: PartialEq>(span: Span, of: impl Fn(Month) -> T) -> Option<T> {
    let mut months = span.iter();
    let first = of(months.next()?);
    months.all(|month| of(month) == first).then_some(first)
}
