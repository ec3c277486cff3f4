//! Exact bounds from prices: the arithmetic a proof rests on.
//!
//! For any seat prices y ≥ 0, coverage prices z ≥ 0 and hold prices λ ≥ 0, every plan satisfies
//!
//! ```text
//! objective ≥ Σ_i min_c ( objective_ic + Σ_k λ_k value_k,ic + μ_i value_ic + Σ_{r of c} (y_r − z_r) )
//!             − Σ_r y_r capacity_r + Σ_r z_r min_r − Σ_k λ_k at_most_k + (τ − Σ_i μ_i) least
//! ```
//!
//! as long as z_r and y_r do not exceed what a resident too few or too many costs in row r, where that may be. Of
//! a sum and worst value together (`TotalAndWorst`) the worst is t: μ_i ≥ 0 is the price of the resident's
//! value being at most t, τ that of t (1 of the objective, λ of a hold), Σ μ_i ≤ τ, and `least` what t is known to be
//! at least. That is weak duality; it holds whatever the prices are and wherever they came from. Prices are whole numbers of
//! [`UNIT`]ths, so the bound is a whole number of `UNIT`ths too and nothing is ever rounded here.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::classes::Class;
use super::formulation::Formulation;
use crate::itineraries::{Careers, Charge, Cheapest, Costs, Effort, Term};
pub use crate::plan::certificate::{Hold, Quantity, ResidentGoal};

/// Prices are multiples of 1/720720 = 1/lcm(1, …, 16): the dual solutions of programs this shape
/// are fractions with small denominators, which this holds without rounding.
pub const UNIT: i64 = 720_720;

/// A price beyond this (in whole units) is cut off; the bound stays valid, and sums stay far
/// within 64 bits.
pub const PRICE_MAX: i64 = 1_000_000;

/// How much of a quantity a resident with the given career adds.
pub fn share(quantity: Quantity, formulation: &Formulation, resident: usize, career: usize) -> i64 {
    match quantity {
        Quantity::Coverage | Quantity::Staffing => 0,
        Quantity::Cases(cut) => formulation.cuts.demand(formulation, cut, resident, career),
        Quantity::Total(goal) | Quantity::TotalAndWorst(goal) => formulation.value(goal, resident, career),
        Quantity::AtLeast(goal, level) => i64::from(formulation.value(goal, resident, career) >= level),
    }
}

/// Prices in [`UNIT`]ths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// Per row, ≥ 0; 0 where the row has no capacity limit.
    pub seats: Vec<i64>,
    /// Per row, ≥ 0; 0 where nobody is asked for.
    pub coverage: Vec<i64>,
    /// Per hold, ≥ 0.
    pub holds: Vec<i64>,
    /// (goal, resident), > 0: of the resident's value being at most the worst one; ascending.
    pub worst: BTreeMap<(ResidentGoal, usize), i64>,
}

/// What is known of the worst value of goals: it is at least so much.
pub type LeastWorst = BTreeMap<ResidentGoal, i64>;

impl Prices {
    pub fn zero(rows: usize, holds: usize) -> Self {
        Self { seats: vec![0; rows], coverage: vec![0; rows], holds: vec![0; holds], worst: BTreeMap::new() }
    }

    /// What a unit of a quantity costs, in the objective and in the holds.
    pub fn of_quantity(&self, quantity: Quantity, objective: Option<Quantity>, holds: &[Hold]) -> i64 {
        let own = if objective == Some(quantity) { UNIT } else { 0 };
        let held = holds.iter().zip(&self.holds).filter(|(hold, _)| hold.quantity == quantity);
        own + held.map(|(_, price)| price).sum::<i64>()
    }

    /// Makes the signs right, cuts prices of what may be missed to what that costs, and those of residents to the
    /// price of the worst.
    pub fn repair(&mut self, formulation: &Formulation, objective: Option<Quantity>, holds: &[Hold]) {
        let most = PRICE_MAX * UNIT;
        for price in self.holds.iter_mut().chain(&mut self.seats).chain(&mut self.coverage) {
            *price = (*price).clamp(0, most);
        }
        let missed = [Quantity::Coverage, Quantity::Staffing]
            .map(|quantity| (quantity, self.of_quantity(quantity, objective, holds)));
        for (at, row) in formulation.rows.iter().enumerate() {
            let cost = |of: Option<Quantity>| match of {
                None => most,
                Some(of) => {
                    let price = missed.iter().find(|(quantity, _)| *quantity == of).map_or(0, |of| of.1);
                    price.saturating_mul(i64::from(row.span.months))
                }
            };
            let seat = if row.capacity.is_some() { cost(row.excess) } else { 0 };
            self.seats[at] = self.seats[at].min(seat);
            let lack = if row.min > 0 { cost(row.lack) } else { 0 };
            self.coverage[at] = self.coverage[at].min(lack);
        }
        for goal in ResidentGoal::ALL {
            let of_goal = |(key, price): (&(ResidentGoal, usize), &mut i64)| {
                *price = (*price).clamp(0, most);
                if key.0 == goal { i128::from(*price) } else { 0 }
            };
            let sum: i128 = self.worst.iter_mut().map(of_goal).sum();
            let budget = i128::from(self.of_quantity(Quantity::TotalAndWorst(goal), objective, holds));
            if sum > budget {
                let scaled = |price: i64| (i128::from(price) * budget / sum) as i64;
                let own = self.worst.iter_mut().filter(|(key, _)| key.0 == goal);
                own.for_each(|(_, price)| *price = scaled(*price));
            }
        }
        self.worst.retain(|_, price| *price > 0);
    }
}

/// The priced cost of careers under given prices: objective + holds + rows, in [`UNIT`]ths; one table for
/// each class.
pub struct PricedCosts {
    per_class: Vec<Costs>,
    /// Per class.
    sets: Vec<usize>,
}

impl PricedCosts {
    pub fn new(
        formulation: &Formulation,
        classes: &[Class],
        objective: Option<Quantity>,
        holds: &[Hold],
        prices: &Prices,
    ) -> Self {
        let terms: Vec<(Quantity, i64)> = objective
            .map(|quantity| (quantity, UNIT))
            .into_iter()
            .chain(holds.iter().zip(&prices.holds).map(|(hold, &price)| (hold.quantity, price)))
            .filter(|&(_, price)| price != 0)
            .collect();
        let by_set: Vec<Vec<i64>> = formulation
            .rows_of
            .iter()
            .map(|stays| {
                stays
                    .iter()
                    .map(|rows| {
                        rows.iter().map(|&r| prices.seats[r as usize] - prices.coverage[r as usize]).sum()
                    })
                    .collect()
            })
            .collect();
        let of_class = |class: &Class| {
            let of = &formulation.values[class.representative()];
            let mut costs = Costs {
                per_stay: by_set[of.set].clone(),
                per_course: vec![0; formulation.scenario.courses.len()],
                per_repeat: 0,
                terms: Vec::new(),
            };
            terms.iter().for_each(|&(quantity, price)| {
                add(&mut costs, formulation, class.representative(), quantity, price);
            });
            for goal in ResidentGoal::ALL {
                if let Some(&price) = prices.worst.get(&(goal, class.representative())) {
                    add(&mut costs, formulation, class.representative(), Quantity::Total(goal), price);
                }
            }
            for (cost, rows) in costs.per_course.iter_mut().zip(&formulation.rows_of_course[of.set]) {
                *cost += rows.iter().map(|&row| prices.seats[row as usize]).sum::<i64>();
            }
            costs
        };
        let set = |class: &Class| formulation.values[class.representative()].set;
        Self { per_class: classes.iter().map(of_class).collect(), sets: classes.iter().map(set).collect() }
    }

    /// The priced cost of a career for the residents of a class.
    pub fn of(&self, formulation: &Formulation, class: usize, career: u32) -> i64 {
        self.per_class[class].of_number(&formulation.sets[self.sets[class]], career)
    }

    /// The costs of a class's careers.
    pub fn of_class(&self, class: usize) -> &Costs {
        &self.per_class[class]
    }
}

/// Adds a quantity at a price to what careers cost a resident.
pub fn add(costs: &mut Costs, formulation: &Formulation, resident: usize, quantity: Quantity, price: i64) {
    let of = &formulation.values[resident];
    match quantity {
        Quantity::Coverage | Quantity::Staffing => {}
        Quantity::TotalAndWorst(kind) => add(costs, formulation, resident, Quantity::Total(kind), price),
        Quantity::Cases(cut) => {
            let charge =
                Charge::Short { need: i64::from(formulation.cuts.need(cut, resident)), price: Some(price) };
            costs.terms.push(Term { amount: formulation.cuts.elsewhere(cut, of.set), charge });
        }
        Quantity::Total(
            kind @ (ResidentGoal::CourseWishes
            | ResidentGoal::FacilityWishes
            | ResidentGoal::Stability
            | ResidentGoal::Requirements
            | ResidentGoal::Points),
        ) => {
            for (cost, value) in costs.per_stay.iter_mut().zip(of.values_of_stays(kind)) {
                *cost += price * value;
            }
            for (cost, value) in costs.per_course.iter_mut().zip(of.values_of_courses(kind)) {
                *cost += price * value;
            }
        }
        Quantity::AtLeast(kind @ ResidentGoal::CourseWishes, level) => {
            for (cost, &value) in costs.per_course.iter_mut().zip(of.values_of_courses(kind)) {
                *cost += if value >= level { price } else { 0 };
            }
        }
        Quantity::Total(ResidentGoal::Repeats) => costs.per_repeat += price,
        Quantity::AtLeast(kind, level) => {
            let charge = Charge::AtLeast { level, price: Some(price) };
            costs.terms.extend(of.amount(kind).map(|amount| Term { amount, charge }));
        }
    }
}

/// The careers still in the game, per resident; residents alike share them.
pub type Alive = Vec<Arc<Careers>>;

/// Careers looked at between two looks at the time; some milliseconds.
pub const CAREERS_UNTIMED: usize = 1 << 16;

/// A career and its priced cost.
pub type Costed = (u32, i64);

/// For every class the cheapest career of each course, cheapest course first; `None` if a class has no
/// career left or time is up. One effort per class. Of equals classes take different ones, the same in every run: they compete
/// for the same seats.
pub fn cheapest(
    classes: &[Class],
    alive: &Alive,
    costs: &PricedCosts,
    efforts: &mut [Effort],
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Vec<Costed>>> {
    let careers = |class: usize| &alive[classes[class].representative()];
    let of_class = |(class, effort): (usize, &mut Effort)| {
        let taste = classes[class].representative() as u32;
        careers(class).cheapest_with(costs.of_class(class), taste, effort, stopped)
    };
    let work: usize = (0..classes.len()).map(|class| careers(class).size()).sum();
    let found: Option<Vec<Vec<Cheapest>>> = if work > 50_000 {
        efforts.par_iter_mut().enumerate().map(of_class).collect()
    } else {
        efforts.iter_mut().enumerate().map(of_class).collect()
    };
    // Numbers are given in the order of the classes, so they are the same in every run.
    let number = |(class, found): (usize, Vec<Cheapest>)| {
        found.iter().map(|of| (careers(class).number(&of.pick), of.bound)).collect()
    };
    Some(found?.into_iter().enumerate().map(number).collect())
}

/// The lower bound that prices prove, in [`UNIT`]ths, from the cheapest career of each class.
pub fn bound(
    formulation: &Formulation,
    classes: &[Class],
    (objective, holds): (Option<Quantity>, &[Hold]),
    least_worst: &LeastWorst,
    prices: &Prices,
    cheapest: &[Vec<Costed>],
) -> i128 {
    let mut bound: i128 = 0;
    for (class, careers) in classes.iter().zip(cheapest) {
        bound += i128::from(class.len()) * careers.first().map_or(0, |&(_, cost)| i128::from(cost));
    }
    for (at, row) in formulation.rows.iter().enumerate() {
        bound -= i128::from(prices.seats[at]) * i128::from(row.capacity.unwrap_or(0));
        bound += i128::from(prices.coverage[at]) * i128::from(row.min);
    }
    for (hold, &price) in holds.iter().zip(&prices.holds) {
        bound -= i128::from(price) * i128::from(hold.at_most);
    }
    for (&goal, &least) in least_worst {
        let all = prices.of_quantity(Quantity::TotalAndWorst(goal), objective, holds);
        let given: i64 = prices.worst.iter().filter(|(key, _)| key.0 == goal).map(|(_, price)| price).sum();
        bound += i128::from(all - given) * i128::from(least);
    }
    bound
}

/// The least whole number that is not below `bound` (given in [`UNIT`]ths).
pub fn rounded_up(bound: i128) -> i64 {
    let unit = i128::from(UNIT);
    i64::try_from((bound + unit - 1).div_euclid(unit)).unwrap_or(i64::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_towards_the_stronger_whole_number() {
        let unit = i128::from(UNIT);
        assert_eq!(rounded_up(3 * unit), 3);
        assert_eq!(rounded_up(3 * unit + 1), 4);
        assert_eq!(rounded_up(3 * unit - 1), 3);
        assert_eq!(rounded_up(-1), 0);
        assert_eq!(rounded_up(-unit), -1);
    }
}
