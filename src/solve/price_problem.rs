//! The price problem (`prices`) over some careers as a program for a library, and its answer as prices.

use std::collections::BTreeSet;

use super::backend::{Column, Constraint, Program};
use super::bound::{CAREERS_UNTIMED, Hold, PRICE_MAX, Prices, Quantity, UNIT, share};
use super::prices::{Question, Touched};

/// Slack below which a constraint counts as tight; it only steers which careers are looked at.
const TIGHT: f64 = 1e-7;

/// Rounds without being tight after which a career leaves the price problem.
const IDLE_ROUNDS: u32 = 5;

/// The price problem over the touched careers, and which variable is which.
pub struct PriceProblem {
    pub program: Program,
    /// Per class.
    least: Vec<usize>,
    /// Per row; absent where no price can help.
    seat: Vec<Option<usize>>,
    coverage: Vec<Option<usize>>,
    hold: Vec<usize>,
    /// What each constraint from the `fixed`-th on stands for.
    careers: Vec<Entry>,
    fixed: usize,
    /// Careers that left once. Who comes back stays: a search in which the same ones left and came
    /// back for ever would not end.
    left: BTreeSet<(usize, u32)>,
}

/// A career's constraint.
struct Entry {
    class: usize,
    career: u32,
    /// Rounds since it last was tight.
    idle: u32,
}

impl PriceProblem {
    pub fn new(question: &Question<'_>) -> Self {
        let formulation = question.formulation;
        let mut program = Program::default();
        let most = PRICE_MAX as f64;
        let price_max = if question.objective.is_none() { 1.0 } else { most };
        let least = question
            .classes
            .iter()
            .map(|class| program.column(continuous(-most * 10.0, most * 10.0, -(class.len() as f64))))
            .collect();
        let most_present = most_present(question);
        let seat: Vec<Option<usize>> = formulation
            .rows
            .iter()
            .zip(&most_present)
            .map(|(row, &present)| {
                let capacity = row.capacity.filter(|&capacity| capacity < present && !row.implied)?;
                Some(program.column(continuous(0.0, price_max, capacity as f64)))
            })
            .collect();
        let hold: Vec<usize> = question
            .holds
            .iter()
            .map(|hold| program.column(continuous(0.0, price_max, hold.at_most as f64)))
            .collect();
        let counts_coverage = question.objective == Some(Quantity::Coverage)
            || question.holds.iter().any(|hold| hold.quantity == Quantity::Coverage);
        let coverage = formulation
            .rows
            .iter()
            .map(|row| {
                (row.min > 0 && counts_coverage)
                    .then(|| program.column(continuous(0.0, most, -(row.min as f64))))
            })
            .collect();
        let mut problem = Self {
            program,
            least,
            seat,
            coverage,
            hold,
            careers: Vec::new(),
            fixed: 0,
            left: BTreeSet::new(),
        };
        problem.cap_coverage(question);
        problem.fixed = problem.program.constraints.len();
        problem
    }

    /// A coverage price is at most what a missing resident costs: z ≤ months · (objective + holds). Where
    /// nobody may be missing, that can be as much as any price needs, and `read` says how much it is.
    fn cap_coverage(&mut self, question: &Question<'_>) {
        if question.holds.iter().any(is_free) {
            return;
        }
        let own = if question.objective == Some(Quantity::Coverage) { 1.0 } else { 0.0 };
        for (row, column) in question.formulation.rows.iter().zip(&self.coverage) {
            let Some(column) = *column else { continue };
            let months = f64::from(row.span.months);
            let mut terms = vec![(column, 1.0)];
            for (hold, &price) in question.holds.iter().zip(&self.hold) {
                if hold.quantity == Quantity::Coverage {
                    terms.push((price, -months));
                }
            }
            self.program.constraints.push(Constraint { terms, at_most: months * own, equal: false });
        }
    }

    pub fn add(&mut self, question: &Question<'_>, class: usize, career: u32) {
        let constraint = self.constraint(question, class, career);
        self.program.constraints.push(constraint);
        self.careers.push(Entry { class, career, idle: 0 });
    }

    /// u ≤ the career's priced cost.
    fn constraint(&self, question: &Question<'_>, class: usize, career: u32) -> Constraint {
        let formulation = question.formulation;
        let (resident, career) = (question.classes[class].representative(), career as usize);
        let mut terms = vec![(self.least[class], 1.0)];
        for row in formulation.rows_of_career(resident, career) {
            terms.extend(self.seat[row].map(|column| (column, -1.0)));
            terms.extend(self.coverage[row].map(|column| (column, 1.0)));
        }
        for (hold, &column) in question.holds.iter().zip(&self.hold) {
            let value = share(hold.quantity, formulation, resident, career);
            if value != 0 {
                terms.push((column, -(value as f64)));
            }
        }
        let cost = question.objective.map_or(0, |quantity| share(quantity, formulation, resident, career));
        Constraint { terms, at_most: cost as f64, equal: false }
    }

    pub fn violates(&self, question: &Question<'_>, class: usize, career: u32, values: &[f64]) -> bool {
        slack(&self.constraint(question, class, career), values) < -TIGHT
    }

    /// What the library says the cheapest career of each class costs.
    pub fn least(&self, values: &[f64]) -> Vec<i64> {
        self.least.iter().map(|&column| (values[column] * UNIT as f64).round() as i64).collect()
    }

    /// Takes constraints out that have not mattered for some rounds: the library's time grows with
    /// the square of their number, and one that matters again is found again.
    pub fn drop_idle(&mut self, values: &[f64], touched: &mut Touched) {
        let kept = self.program.constraints.split_off(self.fixed);
        let entries = std::mem::take(&mut self.careers);
        for (constraint, mut entry) in kept.into_iter().zip(entries) {
            entry.idle = if slack(&constraint, values) > TIGHT { entry.idle + 1 } else { 0 };
            if entry.idle < IDLE_ROUNDS || self.left.contains(&(entry.class, entry.career)) {
                self.program.constraints.push(constraint);
                self.careers.push(entry);
            } else {
                touched[entry.class].remove(&entry.career);
                self.left.insert((entry.class, entry.career));
            }
        }
    }

    /// The prices said, rounded to fractions, and the value the library claims for them.
    pub fn read(&self, question: &Question<'_>, values: &[f64]) -> (Prices, f64) {
        let rounded =
            |column: usize| (values[column].clamp(0.0, PRICE_MAX as f64) * UNIT as f64).round() as i64;
        let optional = |columns: &[Option<usize>]| columns.iter().map(|c| c.map_or(0, rounded)).collect();
        let mut prices = Prices {
            seats: optional(&self.seat),
            coverage: optional(&self.coverage),
            holds: self.hold.iter().map(|&column| rounded(column)).collect(),
        };
        let months = question.formulation.rows.iter().map(|row| i64::from(row.span.months.max(1)));
        let missing = prices.coverage.iter().zip(months).map(|(price, months)| (price + months - 1) / months);
        let missing = missing.max().unwrap_or(0);
        for (hold, price) in question.holds.iter().zip(&mut prices.holds) {
            *price = if is_free(hold) { missing } else { *price };
        }
        debug_assert_eq!(prices.seats.len(), question.formulation.rows.len());
        let worth = self.program.columns.iter().zip(values).map(|(c, v)| -c.weight * v).sum();
        (prices, worth)
    }
}

/// Whether the price of the hold costs nothing and is in no career's cost.
fn is_free(hold: &Hold) -> bool {
    hold.quantity == Quantity::Coverage && hold.at_most == 0
}

/// What is left of a constraint; negative: violated.
fn slack(constraint: &Constraint, values: &[f64]) -> f64 {
    constraint.at_most - constraint.terms.iter().map(|&(column, c)| c * values[column]).sum::<f64>()
}

fn continuous(min: f64, max: f64, weight: f64) -> Column {
    Column { min, max, weight, whole: false }
}

/// Per row the most residents that could be present at once, whatever is chosen. When time is up the
/// count may be too low, which leaves prices out and proves less, but nothing wrong.
fn most_present(question: &Question<'_>) -> Vec<i64> {
    let formulation = question.formulation;
    let mut most = vec![0; formulation.rows.len()];
    for class in question.classes {
        let resident = class.representative();
        let set = formulation.set(resident);
        let mut taken = vec![false; set.stays.len()];
        for careers in question.alive[resident].chunks(CAREERS_UNTIMED) {
            if (question.stopped)() {
                return most;
            }
            for &career in careers {
                set.stays_of(career as usize).iter().for_each(|&stay| taken[stay as usize] = true);
            }
        }
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
