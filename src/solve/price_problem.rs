//! The price problem (`prices`) over some careers: the relaxed master as the simplex method takes it, and
//! its answer as prices.

use std::collections::BTreeSet;

use super::bound::{Hold, PRICE_MAX, Prices, Quantity, UNIT, share};
use super::prices::{Question, Touched};
use super::simplex::{Ended, Row, Simplex};

/// Careers whose reduced cost is at most this, in units of the goal, stay in the pool.
const NEAR: f64 = 24.0;

/// A share below this is none.
const SHARE_MIN: f64 = 1e-4;

/// The relaxed master over the touched careers, and which row is which.
pub struct PriceProblem<'q> {
    question: &'q Question<'q>,
    simplex: Simplex,
    /// Per row of the formulation; absent where no price can help.
    seat: Vec<Option<usize>>,
    coverage: Vec<Option<usize>>,
    hold: Vec<Option<usize>>,
    /// The most a price can be.
    most: f64,
    /// Class and career of each column; coverage's own columns have none.
    careers: Vec<Option<(usize, u32)>>,
    known: Touched,
}

impl<'q> PriceProblem<'q> {
    pub fn new(question: &'q Question<'q>) -> Self {
        let formulation = question.formulation;
        let most = if question.objective.is_none() { 1.0 } else { PRICE_MAX as f64 };
        let mut rows = Vec::new();
        let mut row = |at_most: i64, high: f64| {
            rows.push(Row { at_most: at_most as f64, low: 0.0, high });
            rows.len() - 1
        };
        let most_present = most_present(question);
        let seat = formulation.rows.iter().zip(&most_present).map(|(of, &present)| {
            let capacity = of.capacity.filter(|&capacity| capacity < present && !of.implied)?;
            Some(row(capacity, most))
        });
        let seat: Vec<Option<usize>> = seat.collect();
        let hold = |hold: &Hold| (!is_free(hold)).then(|| row(hold.at_most, most));
        let hold: Vec<Option<usize>> = question.holds.iter().map(hold).collect();
        let counts_coverage = question.objective == Some(Quantity::Coverage)
            || question.holds.iter().any(|hold| hold.quantity == Quantity::Coverage);
        let coverage = formulation.rows.iter();
        let coverage = coverage
            .map(|of| (of.min > 0 && counts_coverage).then(|| row(-of.min, PRICE_MAX as f64)))
            .collect();
        let simplex = Simplex::new(rows, question.classes.iter().map(|class| class.len() as f64));
        let known = vec![BTreeSet::new(); question.classes.len()];
        let mut problem = Self { question, simplex, seat, coverage, hold, most, careers: Vec::new(), known };
        problem.add_missing();
        problem
    }

    /// A missing resident costs what the goal and the holds say, unless nobody may be missing.
    fn add_missing(&mut self) {
        if self.question.holds.iter().any(is_free) {
            return;
        }
        let own = if self.question.objective == Some(Quantity::Coverage) { 1.0 } else { 0.0 };
        let of_coverage =
            |(hold, row): (&Hold, &Option<usize>)| row.filter(|_| hold.quantity == Quantity::Coverage);
        let holds: Vec<usize> = self.question.holds.iter().zip(&self.hold).filter_map(of_coverage).collect();
        for (of, row) in self.question.formulation.rows.iter().zip(&self.coverage) {
            let Some(row) = *row else { continue };
            let months = f64::from(of.span.months);
            let held = holds.iter().map(|&hold| (hold as u32, months));
            self.simplex.add(None, months * own, std::iter::once((row as u32, -1.0)).chain(held));
            self.careers.push(None);
        }
    }

    /// Adds a career unless it is there; whether it was not.
    pub fn add(&mut self, class: usize, career: u32) -> bool {
        if !self.known[class].insert(career) {
            return false;
        }
        let Question { formulation, objective, holds, classes, .. } = *self.question;
        let (resident, number) = (classes[class].representative(), career as usize);
        let mut entries: Vec<(u32, f64)> = Vec::new();
        for row in formulation.rows_of_career(resident, number) {
            entries.extend(self.seat[row].map(|row| (row as u32, 1.0)));
            entries.extend(self.coverage[row].map(|row| (row as u32, -1.0)));
        }
        for (hold, row) in holds.iter().zip(&self.hold) {
            let value = share(hold.quantity, formulation, resident, number);
            entries.extend(row.filter(|_| value != 0).map(|row| (row as u32, value as f64)));
        }
        let cost = objective.map_or(0, |quantity| share(quantity, formulation, resident, number));
        self.simplex.add(Some(class), cost as f64, entries.into_iter());
        self.careers.push(Some((class, career)));
        true
    }

    /// Begins with the careers that were added first.
    pub fn start(&mut self) {
        self.simplex.start();
    }

    /// Keeps prices within `far` of known ones.
    pub fn set_box(&mut self, around: &Prices, far: f64) {
        let most = self.most;
        let price = |price: i64| price as f64 / UNIT as f64;
        let within = |known: f64, far: f64, most: f64| ((known - far).max(0.0), (known + far).min(most));
        for (row, &known) in self.seat.iter().zip(&around.seats) {
            if let Some(row) = *row {
                let (low, high) = within(price(known), far, most);
                self.simplex.set_box(row, low, high);
            }
        }
        for (row, &known) in self.coverage.iter().zip(&around.coverage) {
            if let Some(row) = *row {
                let (low, high) = within(price(known), far, PRICE_MAX as f64);
                self.simplex.set_box(row, low, high);
            }
        }
        for (row, &known) in self.hold.iter().zip(&around.holds) {
            if let Some(row) = *row {
                let (low, high) = within(price(known), far, most);
                self.simplex.set_box(row, low, high);
            }
        }
    }

    pub fn run(&mut self, pivots: usize) -> Ended {
        self.simplex.run(pivots)
    }

    pub fn worth(&self) -> f64 {
        self.simplex.worth()
    }

    /// Whether a price would go on if the box let it.
    pub fn presses(&self) -> bool {
        let can_go_on = |(row, above): (usize, bool)| !above || self.simplex.row(row).high < self.most;
        self.simplex.walls().any(can_go_on)
    }

    /// The careers of each class that are chosen or cheap.
    pub fn near(&self) -> Touched {
        let of = |class: usize| {
            let near = self.simplex.near(class, NEAR);
            near.filter_map(|(column, _)| self.careers[column as usize].map(|(_, career)| career)).collect()
        };
        (0..self.known.len()).map(of).collect()
    }

    /// A class of one resident takes this career.
    pub fn settle(&mut self, class: usize, career: u32) {
        let column = self.careers.iter().position(|of| *of == Some((class, career)));
        if let Some(column) = column {
            self.simplex.settle(class, column as u32);
        }
    }

    /// (class, career, residents who take it), in fractions.
    pub fn shares(&self) -> Vec<(usize, u32, f64)> {
        let of = |(column, career): (usize, &Option<(usize, u32)>)| {
            let (class, career) = (*career)?;
            let share = self.simplex.value(column as u32);
            (share > SHARE_MIN).then_some((class, career, share))
        };
        self.careers.iter().enumerate().filter_map(of).collect()
    }

    /// The prices, rounded to fractions.
    pub fn prices(&self) -> Prices {
        let rounded =
            |row: usize| (self.simplex.price(row).clamp(0.0, PRICE_MAX as f64) * UNIT as f64).round() as i64;
        let optional = |rows: &[Option<usize>]| rows.iter().map(|row| row.map_or(0, rounded)).collect();
        let mut prices = Prices {
            seats: optional(&self.seat),
            coverage: optional(&self.coverage),
            holds: optional(&self.hold),
        };
        let months = self.question.formulation.rows.iter().map(|row| i64::from(row.span.months.max(1)));
        let missing = prices.coverage.iter().zip(months).map(|(price, months)| (price + months - 1) / months);
        let missing = missing.max().unwrap_or(0);
        for (hold, price) in self.question.holds.iter().zip(&mut prices.holds) {
            *price = if is_free(hold) { missing } else { *price };
        }
        prices
    }
}

/// Whether the price of the hold costs nothing and is in no career's cost.
fn is_free(hold: &Hold) -> bool {
    hold.quantity == Quantity::Coverage && hold.at_most == 0
}

/// Per row the most residents that could be present at once, whatever is chosen. When time is up the
/// count may be too low, which leaves prices out and proves less, but nothing wrong.
fn most_present(question: &Question<'_>) -> Vec<i64> {
    let formulation = question.formulation;
    let mut most = vec![0; formulation.rows.len()];
    for class in question.classes {
        let resident = class.representative();
        let taken = question.alive[resident].taken();
        let mut meets = vec![false; formulation.rows.len()];
        let of_stay = &formulation.rows_of[formulation.values[resident].set];
        for (rows, _) in of_stay.iter().zip(&taken).filter(|&(_, &taken)| taken) {
            rows.iter().for_each(|&row| meets[row as usize] = true);
        }
        for (row, meets) in meets.into_iter().enumerate() {
            if meets {
                most[row] += class.len();
            }
        }
    }
    most
}
