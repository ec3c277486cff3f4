//! Exact bounds from prices: the arithmetic a proof rests on.
//!
//! For any seat prices y ≥ 0, coverage prices z ≥ 0 and hold prices λ ≥ 0, every plan satisfies
//!
//! ```text
//! objective ≥ Σ_i min_c ( objective_ic + Σ_k λ_k value_k,ic + Σ_{r of c} (y_r − z_r) )
//!             − Σ_r y_r capacity_r + Σ_r z_r min_r − Σ_k λ_k at_most_k
//! ```
//!
//! as long as z_r does not exceed what a missing resident costs in row r. That is weak duality; it
//! holds whatever the prices are and wherever they came from. Prices are whole numbers of
//! [`UNIT`]ths, so the bound is a whole number of `UNIT`ths too and nothing is ever rounded here.

use std::sync::Arc;

use rayon::prelude::*;

use super::classes::Class;
use super::formulation::Formulation;
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
        Quantity::Coverage => 0,
        Quantity::Cases(cut) => {
            formulation.cuts.demand(cut, formulation.values[resident].set, resident, career)
        }
        Quantity::Total(goal) => formulation.value(goal, resident, career),
        Quantity::AtLeast(goal, level) => i64::from(formulation.value(goal, resident, career) >= level),
    }
}

/// Prices in [`UNIT`]ths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// Per row, ≥ 0; 0 where the row has no capacity limit.
    pub seats: Vec<i64>,
    /// Per row, ≥ 0; 0 where nobody is counted on.
    pub coverage: Vec<i64>,
    /// Per hold, ≥ 0.
    pub holds: Vec<i64>,
}

impl Prices {
    pub fn zero(rows: usize, holds: usize) -> Self {
        Self { seats: vec![0; rows], coverage: vec![0; rows], holds: vec![0; holds] }
    }

    /// Makes the signs right and cuts coverage prices to what a missing resident costs.
    pub fn repair(&mut self, formulation: &Formulation, objective: Option<Quantity>, holds: &[Hold]) {
        let most = PRICE_MAX * UNIT;
        for price in self.holds.iter_mut().chain(&mut self.seats).chain(&mut self.coverage) {
            *price = (*price).clamp(0, most);
        }
        let mut missing = if objective == Some(Quantity::Coverage) { UNIT } else { 0 };
        for (hold, price) in holds.iter().zip(&self.holds) {
            if hold.quantity == Quantity::Coverage {
                missing += price;
            }
        }
        for (at, row) in formulation.rows.iter().enumerate() {
            if row.capacity.is_none() {
                self.seats[at] = 0;
            }
            let cost = if row.min > 0 { missing * i64::from(row.span.months) } else { 0 };
            self.coverage[at] = self.coverage[at].min(cost);
        }
    }
}

/// The priced cost of careers under given prices: objective + holds + rows, in [`UNIT`]ths.
///
/// What adds up over stays, over the course and over repeats is put into tables once, so a career
/// costs a handful of additions.
pub struct PricedCosts {
    per_class: Vec<ClassCosts>,
}

struct ClassCosts {
    /// The resident who stands for the class.
    resident: usize,
    per_stay: Vec<i64>,
    per_course: Vec<i64>,
    per_repeat: i64,
    /// (goal, level, price) of counting quantities that no table holds.
    counts: Vec<(ResidentGoal, i64, i64)>,
    /// (position, price) of case cuts.
    cuts: Vec<(usize, i64)>,
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
        let per_class = classes
            .iter()
            .map(|class| {
                let resident = class.representative();
                let mut costs = ClassCosts {
                    resident,
                    per_stay: by_set[formulation.values[resident].set].clone(),
                    per_course: vec![0; formulation.scenario.courses.len()],
                    per_repeat: 0,
                    counts: Vec::new(),
                    cuts: Vec::new(),
                };
                for &(quantity, price) in &terms {
                    costs.add(formulation, quantity, price);
                }
                costs
            })
            .collect();
        Self { per_class }
    }

    /// The priced cost of a career for a resident of the class.
    pub fn of(&self, formulation: &Formulation, class: usize, career: usize) -> i64 {
        let costs = &self.per_class[class];
        let set = formulation.set(costs.resident);
        let mut cost = costs.per_course[set.course(career).0];
        for &stay in set.stays_of(career) {
            cost += costs.per_stay[stay as usize];
        }
        if costs.per_repeat != 0 {
            cost += costs.per_repeat * set.repeats(career);
        }
        for &(kind, level, price) in &costs.counts {
            if formulation.value(kind, costs.resident, career) >= level {
                cost += price;
            }
        }
        for &(cut, price) in &costs.cuts {
            cost += price * share(Quantity::Cases(cut), formulation, costs.resident, career);
        }
        cost
    }
}

impl ClassCosts {
    fn add(&mut self, formulation: &Formulation, quantity: Quantity, price: i64) {
        let of = &formulation.values[self.resident];
        match quantity {
            Quantity::Coverage => {}
            Quantity::Cases(cut) => self.cuts.push((cut, price)),
            Quantity::Total(kind @ (ResidentGoal::FacilityWishes | ResidentGoal::Stability)) => {
                for (cost, value) in self.per_stay.iter_mut().zip(of.values_of_stays(kind)) {
                    *cost += price * value;
                }
            }
            Quantity::Total(ResidentGoal::CourseWishes) => {
                for (cost, value) in self.per_course.iter_mut().zip(of.values_of_courses()) {
                    *cost += price * value;
                }
            }
            Quantity::AtLeast(ResidentGoal::CourseWishes, level) => {
                for (cost, &value) in self.per_course.iter_mut().zip(of.values_of_courses()) {
                    *cost += if value >= level { price } else { 0 };
                }
            }
            Quantity::Total(ResidentGoal::Repeats) => self.per_repeat += price,
            Quantity::AtLeast(kind, level) => self.counts.push((kind, level, price)),
        }
    }
}

/// The careers still in the game, per resident, ascending; residents alike share a list.
pub type Alive = Vec<Arc<Vec<u32>>>;

/// Careers looked at between two looks at the time; some milliseconds.
pub const CAREERS_UNTIMED: usize = 1 << 16;

/// A career and its priced cost.
pub type Costed = (u32, i64);

/// For every class the cheapest career of each course, cheapest course first; `None` if a class has no
/// career left or time is up. Of equals classes take different ones, the same in every run: they compete
/// for the same seats.
pub fn cheapest(
    formulation: &Formulation,
    classes: &[Class],
    alive: &Alive,
    costs: &PricedCosts,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Vec<Costed>>> {
    let of_class = |class: usize| {
        let resident = classes[class].representative();
        let own = (resident as u32 + 1).wrapping_mul(0x9E37_79B9);
        let mut best: Vec<Option<(i64, u32, u32)>> = vec![None; formulation.scenario.courses.len()];
        for careers in alive[resident].chunks(CAREERS_UNTIMED) {
            if stopped() {
                return None;
            }
            for &career in careers {
                let order = (career ^ own).wrapping_mul(0x85EB_CA6B);
                let costed = (costs.of(formulation, class, career as usize), order, career);
                let of_course = &mut best[formulation.set(resident).course(career as usize).0];
                if of_course.is_none_or(|known| costed < known) {
                    *of_course = Some(costed);
                }
            }
        }
        let mut best: Vec<(i64, u32, u32)> = best.into_iter().flatten().collect();
        best.sort_unstable();
        let best: Vec<Costed> = best.into_iter().map(|(cost, _, career)| (career, cost)).collect();
        (!best.is_empty()).then_some(best)
    };
    let work: usize = classes.iter().map(|class| alive[class.representative()].len()).sum();
    if work > 50_000 {
        (0..classes.len()).into_par_iter().map(of_class).collect()
    } else {
        (0..classes.len()).map(of_class).collect()
    }
}

/// The lower bound that prices prove, in [`UNIT`]ths, from the cheapest career of each class.
pub fn bound(
    formulation: &Formulation,
    classes: &[Class],
    holds: &[Hold],
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
