//! A plan by ejection: residents take turns to choose the career that disturbs the least, until nothing is disturbed.
//!
//! Everybody begins with a career. Whoever is in a row with too many, or has a part in a quantity of which there is too
//! much, chooses again: the cheapest career under the prices that prove the bound, and under what it would disturb. What
//! is disturbed for long grows dearer, so that somebody else makes room who has another choice (weights that break out of
//! local minima: Morris 1993). Each choice is exact over all careers, which is what makes few of them enough; where
//! residents are alike, an integer program would try the same plan under every name. Ends after some choices, never after
//! some time, so the same plan is found on every machine. What is not found proves nothing.

use super::bound::{Hold, PRICE_MAX, Prices, Quantity, UNIT, add, share};
use super::formulation::Formulation;
use super::integral::{Chosen, is_plan};
use super::pool::{Context, Pool};
use super::rows::Row;
use crate::itineraries::{Costs, Effort};

/// What a search by ejection starts from and aims at.
pub struct Start<'s> {
    /// With no more of it than so much; `None`: any plan.
    pub objective: Option<(Quantity, i64)>,
    pub holds: &'s [Hold],
    pub prices: &'s Prices,
    /// A career for each resident.
    pub chosen: Chosen,
    /// Another number, other choices among equals.
    pub taste: u64,
    /// Choices after which to give up.
    pub choices: usize,
}

/// A plan, or `None` if none was found in so many choices or time is up.
pub fn eject(context: Context<'_>, pool: &Pool, start: Start<'_>) -> Option<Chosen> {
    let mut ejection = Ejection::new(context.formulation, start)?;
    for _ in 0..ejection.choices {
        let disturbed = ejection.disturbed();
        if disturbed.is_empty() {
            return is_plan(ejection.formulation, ejection.holds, &ejection.chosen)
                .then_some(ejection.chosen);
        }
        if context.stopped() {
            return None;
        }
        let at = disturbed[ejection.random.below(disturbed.len())];
        let resident = ejection.somebody_in(at);
        let moved = resident.is_some_and(|resident| ejection.choose_again(resident, pool, &context));
        if !moved {
            disturbed.into_iter().for_each(|at| ejection.make_dearer(at));
        }
    }
    None
}

/// What can be disturbed.
#[derive(Debug, Clone, Copy)]
enum Limit {
    /// More in a row than there may be.
    Most(usize),
    /// Fewer.
    Least(usize),
    /// Too much of a quantity; position in `Ejection::kept`.
    Kept(usize),
}

/// A quantity and the most that there may be.
struct Kept {
    quantity: Quantity,
    at_most: i64,
    total: i64,
    price: i64,
}

struct Ejection<'e> {
    formulation: &'e Formulation<'e>,
    holds: &'e [Hold],
    prices: &'e Prices,
    chosen: Chosen,
    present: Vec<i64>,
    kept: Vec<Kept>,
    /// Per row what one too many, or too few, costs.
    most: Vec<i64>,
    least: Vec<i64>,
    random: Random,
    choices: usize,
    /// Per resident; a career that disturbs little is enough.
    efforts: Vec<Effort>,
}

impl<'e> Ejection<'e> {
    /// `None` where a quantity is asked for that does not add up over residents.
    fn new(formulation: &'e Formulation<'e>, start: Start<'e>) -> Option<Self> {
        let Start { objective, holds, prices, chosen, taste, choices } = start;
        let own = objective.map(|(quantity, at_most)| (quantity, at_most, UNIT));
        let held = holds.iter().zip(&prices.holds).map(|(hold, &price)| (hold.quantity, hold.at_most, price));
        let kept: Vec<Kept> = own
            .into_iter()
            .chain(held)
            .map(|(quantity, at_most, price)| Kept { quantity, at_most, total: 0, price })
            .collect();
        if kept.iter().any(|kept| matches!(kept.quantity, Quantity::TotalAndWorst(_))) {
            return None;
        }
        let rows = formulation.rows.len();
        let efforts = vec![Effort::rough(); chosen.len()];
        let mut ejection = Self {
            formulation,
            holds,
            prices,
            chosen,
            present: vec![0; rows],
            kept,
            most: vec![UNIT; rows],
            least: vec![UNIT; rows],
            random: Random(taste),
            choices,
            efforts,
        };
        for resident in 0..ejection.chosen.len() {
            ejection.count(resident, 1);
        }
        Some(ejection)
    }

    /// Counts a resident in (1) or out (-1).
    fn count(&mut self, resident: usize, sign: i64) {
        let career = self.chosen[resident] as usize;
        for row in self.formulation.rows_of_career(resident, career) {
            self.present[row] += sign;
        }
        for kept in &mut self.kept {
            kept.total += sign * share(kept.quantity, self.formulation, resident, career);
        }
    }

    fn disturbed(&self) -> Vec<Limit> {
        let rows = self.formulation.rows.iter().zip(&self.present).enumerate();
        let of_rows = rows.filter_map(|(at, (row, &present))| {
            if row.seats().is_some_and(|seats| present > seats) {
                Some(Limit::Most(at))
            } else {
                (present < row.floor()).then_some(Limit::Least(at))
            }
        });
        let too_much = |(at, kept): (usize, &Kept)| {
            let total = match kept.quantity {
                of @ (Quantity::Coverage | Quantity::Staffing) => self.missed(of),
                _ => kept.total,
            };
            (total > kept.at_most).then_some(Limit::Kept(at))
        };
        of_rows.chain(self.kept.iter().enumerate().filter_map(too_much)).collect()
    }

    fn missed(&self, quantity: Quantity) -> i64 {
        let rows = self.formulation.rows.iter().zip(&self.present);
        rows.map(|(row, &present)| row.missed(quantity, present)).sum()
    }

    /// Somebody who has a part in what is disturbed.
    fn somebody_in(&mut self, limit: Limit) -> Option<usize> {
        let formulation = self.formulation;
        let is_in = |resident: &usize| {
            let career = self.chosen[*resident] as usize;
            match limit {
                Limit::Most(row) => formulation.rows_of_career(*resident, career).any(|of| of == row),
                Limit::Least(row) => formulation.rows_of_career(*resident, career).all(|of| of != row),
                Limit::Kept(at) => match self.kept[at].quantity {
                    Quantity::Coverage | Quantity::Staffing => true,
                    quantity => share(quantity, formulation, *resident, career) > 0,
                },
            }
        };
        let those: Vec<usize> = (0..self.chosen.len()).filter(is_in).collect();
        (!those.is_empty()).then(|| those[self.random.below(those.len())])
    }

    /// Gives a resident the career that disturbs the least; whether it is another one.
    fn choose_again(&mut self, resident: usize, pool: &Pool, context: &Context<'_>) -> bool {
        self.count(resident, -1);
        let costs = self.costs(resident);
        let careers = &pool.alive[resident];
        let taste = self.random.next() as u32;
        let effort = &mut self.efforts[resident];
        let found = careers.cheapest_with(&costs, taste, effort, &|| context.stopped());
        let old = self.chosen[resident];
        if let Some(cheapest) = found.as_ref().and_then(|found| found.first()) {
            self.chosen[resident] = careers.number(&cheapest.pick);
        }
        self.count(resident, 1);
        self.chosen[resident] != old
    }

    /// What careers cost a resident who is not counted: the prices, and what one more disturbs.
    fn costs(&self, resident: usize) -> Costs {
        let of = &self.formulation.values[resident];
        let rows = self.formulation.rows.iter().enumerate();
        let of_row: Vec<i64> = rows.map(|(at, row)| self.cost_of_row(at, row)).collect();
        let sum = |rows: &Vec<u32>| rows.iter().map(|&row| of_row[row as usize]).sum();
        let mut costs = Costs {
            per_stay: self.formulation.rows_of[of.set].iter().map(sum).collect(),
            per_course: self.formulation.rows_of_course[of.set].iter().map(sum).collect(),
            per_repeat: 0,
            terms: Vec::new(),
        };
        for kept in self.kept.iter().filter(|kept| kept.price > 0) {
            add(&mut costs, self.formulation, resident, kept.quantity, kept.price);
        }
        costs
    }

    fn cost_of_row(&self, at: usize, row: &Row) -> i64 {
        let present = self.present[at];
        let mut cost = self.prices.seats[at] - self.prices.coverage[at];
        if row.seats().is_some_and(|seats| present >= seats) {
            cost += self.most[at];
        }
        if present < row.floor() {
            cost -= self.least[at];
        }
        cost
    }

    fn make_dearer(&mut self, limit: Limit) {
        let price = match limit {
            Limit::Most(row) => &mut self.most[row],
            Limit::Least(row) => &mut self.least[row],
            Limit::Kept(at) => &mut self.kept[at].price,
        };
        *price = (*price + UNIT).min(PRICE_MAX * UNIT);
    }
}

/// Numbers that look random, the same in every run (SplitMix64: Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}
