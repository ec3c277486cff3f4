//! The price problem (`prices`) over some careers: the relaxed master as the simplex method takes it, and
//! its answer as prices.

use std::collections::{BTreeMap, BTreeSet};

use super::bound::{Hold, PRICE_MAX, Prices, Quantity, ResidentGoal, UNIT, share};
use super::prices::{Question, Touched};
use super::rows::Row as RowOf;
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
    /// Per goal of which a sum and worst value together is asked for, per class: of the value being at most the
    /// worst.
    worst: BTreeMap<ResidentGoal, Vec<usize>>,
    /// What the objective has whatever is chosen.
    constant: f64,
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
            let is_counted = of.excess.is_none_or(|quantity| is_asked(question, |asked| asked == quantity));
            is_counted.then(|| row(capacity, most))
        });
        let seat: Vec<Option<usize>> = seat.collect();
        // What the worst value is known to be at least is no part of its variable.
        let least = |goal: ResidentGoal| question.least_worst.get(&goal).copied().unwrap_or(0);
        let above = |hold: &Hold| match hold.quantity {
            Quantity::TotalAndWorst(goal) => hold.at_most - least(goal),
            _ => hold.at_most,
        };
        let hold = |hold: &Hold| (!is_free(hold)).then(|| row(above(hold), most));
        let hold: Vec<Option<usize>> = question.holds.iter().map(hold).collect();
        let counts = |quantity: Option<Quantity>| match quantity {
            None => true,
            Some(_) => is_asked(question, |of| Some(of) == quantity),
        };
        let coverage = formulation.rows.iter().map(|of| {
            let most = if of.lack.is_none() { most } else { PRICE_MAX as f64 };
            (of.min > 0 && counts(of.lack)).then(|| row(-of.min, most))
        });
        let coverage = coverage.collect();
        let mut worst = BTreeMap::new();
        let mut constant = 0.0;
        for goal in ResidentGoal::ALL {
            if is_asked(question, |of| of == Quantity::TotalAndWorst(goal)) {
                let rows = question.classes.iter().map(|_| row(least(goal), most));
                worst.insert(goal, rows.collect());
            }
            if question.objective == Some(Quantity::TotalAndWorst(goal)) {
                constant = least(goal) as f64;
            }
        }
        let simplex = Simplex::new(rows, question.classes.iter().map(|class| class.len() as f64));
        let known = vec![BTreeSet::new(); question.classes.len()];
        let careers = Vec::new();
        let mut problem =
            Self { question, simplex, seat, coverage, hold, worst, constant, most, careers, known };
        problem.add_missing();
        problem.add_worst();
        problem
    }

    /// A resident too few or too many costs what the goal and the holds say, unless there may be none.
    fn add_missing(&mut self) {
        for quantity in [Quantity::Coverage, Quantity::Staffing] {
            let of_quantity = |hold: &&Hold| hold.quantity == quantity;
            if self.question.holds.iter().filter(of_quantity).any(is_free) {
                continue;
            }
            let own = if self.question.objective == Some(quantity) { 1.0 } else { 0.0 };
            let holds = self.holds_of(quantity);
            for (at, of) in self.question.formulation.rows.iter().enumerate() {
                let lack = self.coverage[at].filter(|_| of.lack == Some(quantity));
                let excess = self.seat[at].filter(|_| of.excess == Some(quantity));
                for row in lack.into_iter().chain(excess) {
                    let months = f64::from(of.span.months);
                    let held = holds.iter().map(|&hold| (hold as u32, months));
                    self.simplex.add(None, months * own, std::iter::once((row as u32, -1.0)).chain(held));
                    self.careers.push(None);
                }
            }
        }
    }

    /// The worst value of a goal, as far as it is above what it is known to be at least.
    fn add_worst(&mut self) {
        for (&goal, rows) in &self.worst {
            let quantity = Quantity::TotalAndWorst(goal);
            let own = if self.question.objective == Some(quantity) { 1.0 } else { 0.0 };
            let held = self.holds_of(quantity).into_iter().map(|hold| (hold as u32, 1.0));
            let entries: Vec<(u32, f64)> = rows.iter().map(|&row| (row as u32, -1.0)).chain(held).collect();
            self.simplex.add(None, own, entries.into_iter());
            self.careers.push(None);
        }
    }

    fn holds_of(&self, quantity: Quantity) -> Vec<usize> {
        let holds = self.question.holds.iter().zip(&self.hold);
        holds.filter_map(|(hold, row)| row.filter(|_| hold.quantity == quantity)).collect()
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
        for (&goal, rows) in &self.worst {
            let value = formulation.value(goal, resident, number);
            entries.extend((value != 0).then_some((rows[class] as u32, value as f64)));
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

    /// Begins again with all careers, after rounding errors.
    pub fn start_again(&mut self) {
        self.simplex.start_again();
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
        for (&goal, rows) in &self.worst {
            for (&row, class) in rows.iter().zip(self.question.classes) {
                let known = around.worst.get(&(goal, class.representative())).copied().unwrap_or(0);
                let (low, high) = within(price(known), far, most);
                self.simplex.set_box(row, low, high);
            }
        }
    }

    pub fn run(&mut self, pivots: usize) -> Ended {
        self.simplex.run(pivots)
    }

    pub fn worth(&self) -> f64 {
        self.simplex.worth() + self.constant
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
            worst: BTreeMap::new(),
        };
        for (&goal, rows) in &self.worst {
            let of_class = self.question.classes.iter().zip(rows);
            let priced = of_class.map(|(class, &row)| ((goal, class.representative()), rounded(row)));
            prices.worst.extend(priced.filter(|(_, price)| *price > 0));
        }
        for (number, hold) in self.question.holds.iter().enumerate().filter(|(_, hold)| is_free(hold)) {
            let missed = |(at, row): (usize, &RowOf)| {
                let lack = if row.lack == Some(hold.quantity) { prices.coverage[at] } else { 0 };
                let excess = if row.excess == Some(hold.quantity) { prices.seats[at] } else { 0 };
                let months = i64::from(row.span.months.max(1));
                (lack.max(excess) + months - 1) / months
            };
            let rows = self.question.formulation.rows.iter().enumerate();
            prices.holds[number] = rows.map(missed).max().unwrap_or(0);
        }
        prices
    }
}

/// Whether the price of the hold costs nothing and is in no career's cost.
fn is_free(hold: &Hold) -> bool {
    matches!(hold.quantity, Quantity::Coverage | Quantity::Staffing) && hold.at_most == 0
}

/// Whether the objective or a hold is such a quantity.
fn is_asked(question: &Question<'_>, is_it: impl Fn(Quantity) -> bool) -> bool {
    question.objective.into_iter().chain(question.holds.iter().map(|hold| hold.quantity)).any(is_it)
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
        let of_courses = &formulation.rows_of_course[formulation.values[resident].set];
        for course in question.alive[resident].courses() {
            of_courses[course.0].iter().for_each(|&row| meets[row as usize] = true);
        }
        for (row, meets) in meets.into_iter().enumerate() {
            if meets {
                most[row] += class.len();
            }
        }
    }
    most
}
