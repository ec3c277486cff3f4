//! Whole careers for whole residents: the master problem over a few chosen careers.
//!
//! Prices that prove a bound also tell which careers a plan of value `target` can use at all: each
//! career's priced cost above its class's cheapest is paid in full, so no more than target − bound
//! of it is affordable. Over those careers the master is small enough for branch and bound, and
//! what it finds is counted afresh in whole numbers before it is believed.

use super::backend::{Column, Constraint, Outcome, Program};
use super::bound::{Hold, Quantity, share};
use super::classes::{Class, deal};
use super::formulation::Formulation;

/// A career for every resident.
pub type Chosen = Vec<u32>;

/// Residents present per row.
pub fn present(formulation: &Formulation, chosen: &Chosen) -> Vec<i64> {
    let mut present = vec![0; formulation.rows.len()];
    for (resident, &career) in chosen.iter().enumerate() {
        for row in formulation.rows_of_career(resident, career as usize) {
            present[row] += 1;
        }
    }
    present
}

/// How much of a quantity a choice has.
pub fn measure(formulation: &Formulation, quantity: Quantity, chosen: &Chosen) -> i64 {
    if quantity == Quantity::Coverage {
        let missing = |(row, present): (&super::formulation::Row, i64)| {
            (row.min - present).max(0) * i64::from(row.span.months)
        };
        return formulation.rows.iter().zip(present(formulation, chosen)).map(missing).sum();
    }
    chosen.iter().enumerate().map(|(i, &career)| share(quantity, formulation, i, career as usize)).sum()
}

/// Whether a choice is a plan: no row is overbooked, every hold is kept.
pub fn is_plan(formulation: &Formulation, holds: &[Hold], chosen: &Chosen) -> bool {
    formulation
        .rows
        .iter()
        .zip(present(formulation, chosen))
        .all(|(row, present)| row.capacity.is_none_or(|capacity| present <= capacity))
        && holds.iter().all(|hold| measure(formulation, hold.quantity, chosen) <= hold.at_most)
}

/// What is decided before a master is stated: careers that so many residents of a class take.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// (class, career, residents).
    pub careers: Vec<(usize, u32, i64)>,
}

impl Taken {
    /// Per class the residents that are left to decide about.
    pub fn open(&self, classes: &[Class]) -> Vec<i64> {
        let mut open: Vec<i64> = classes.iter().map(Class::len).collect();
        self.careers.iter().for_each(|&(class, _, residents)| open[class] -= residents);
        open
    }

    /// How much of a quantity these have; of coverage, which counts who is missing, none.
    fn share(&self, quantity: Quantity, formulation: &Formulation, classes: &[Class]) -> i64 {
        let of = |&(class, career, residents): &(usize, u32, i64)| {
            residents * share(quantity, formulation, classes[class].representative(), career as usize)
        };
        self.careers.iter().map(of).sum()
    }
}

/// The master over chosen careers, and which variable is which.
pub struct Master {
    pub program: Program,
    /// (class, career) of the first variables.
    careers: Vec<(usize, u32)>,
    taken: Taken,
}

impl Master {
    /// The best plan over `careers` for `objective`, which is known to be at least `target`.
    pub fn new(
        formulation: &Formulation,
        objective: Option<Quantity>,
        target: i64,
        holds: &[Hold],
        classes: &[Class],
        careers: &[Vec<u32>],
        taken: &Taken,
    ) -> Self {
        let mut builder = Builder::stated(formulation, objective, holds, classes, careers, taken);
        if let Some(objective) = objective {
            // The first plan that reaches the proved bound ends the search.
            let terms =
                builder.terms(objective).into_iter().map(|(column, weight)| (column, -weight)).collect();
            let left = target - taken.share(objective, formulation, classes);
            builder.program.constraints.push(Constraint { terms, at_most: -(left as f64), equal: false });
        }
        Self { program: builder.program, careers: builder.careers, taken: taken.clone() }
    }

    /// No more of the objective than `most`; only a plan that good is looked for.
    pub fn at_most(&mut self, formulation: &Formulation, objective: Quantity, classes: &[Class], most: i64) {
        let weighted = self.program.columns.iter().enumerate().filter(|(_, column)| column.weight != 0.0);
        let terms = weighted.map(|(number, column)| (number, column.weight)).collect();
        let left = most - self.taken.share(objective, formulation, classes);
        self.program.constraints.push(Constraint { terms, at_most: left as f64, equal: false });
    }

    /// The same without whole numbers and without a target.
    pub fn relaxed(
        formulation: &Formulation,
        objective: Option<Quantity>,
        holds: &[Hold],
        classes: &[Class],
        careers: &[Vec<u32>],
    ) -> Self {
        let taken = Taken::default();
        let mut builder = Builder::stated(formulation, objective, holds, classes, careers, &taken);
        for column in &mut builder.program.columns {
            column.whole = false;
        }
        Self { program: builder.program, careers: builder.careers, taken }
    }

    /// (class, career, share) of the relaxed master.
    pub fn shares(&self, outcome: &Outcome) -> Option<Vec<(usize, u32, f64)>> {
        let Outcome::Optimal(values) = outcome else { return None };
        Some(
            self.careers
                .iter()
                .zip(values)
                .map(|(&(class, career), &share)| (class, career, share))
                .collect(),
        )
    }

    /// The choice a library's answer means, if it means one.
    pub fn read(&self, formulation: &Formulation, classes: &[Class], outcome: &Outcome) -> Option<Chosen> {
        let (Outcome::Optimal(values) | Outcome::Feasible(values)) = outcome else { return None };
        let mut chosen = vec![Vec::new(); classes.len()];
        for &(class, career, residents) in &self.taken.careers {
            chosen[class].extend(std::iter::repeat_n(career, usize::try_from(residents).unwrap_or(0)));
        }
        for (&(class, career), value) in self.careers.iter().zip(values) {
            let times = value.round().clamp(0.0, classes[class].len() as f64) as usize;
            chosen[class].extend(std::iter::repeat_n(career, times));
        }
        deal(formulation, classes, &chosen)
    }
}

struct Builder<'b> {
    formulation: &'b Formulation<'b>,
    classes: &'b [Class],
    taken: &'b Taken,
    program: Program,
    careers: Vec<(usize, u32)>,
    /// Per row the residents present whose careers are decided.
    settled: Vec<i64>,
    /// Per row the variables of careers present in it.
    present: Vec<Vec<usize>>,
    /// Per row the variable of missing residents.
    short: Vec<Option<usize>>,
}

impl<'b> Builder<'b> {
    fn stated(
        formulation: &'b Formulation<'b>,
        objective: Option<Quantity>,
        holds: &[Hold],
        classes: &'b [Class],
        careers: &[Vec<u32>],
        taken: &'b Taken,
    ) -> Self {
        let mut builder = Self::new(formulation, classes, careers, taken);
        builder.seats();
        let counts_coverage = objective == Some(Quantity::Coverage)
            || holds.iter().any(|hold| hold.quantity == Quantity::Coverage);
        if counts_coverage {
            builder.coverage(objective == Some(Quantity::Coverage));
        }
        for hold in holds {
            let left = hold.at_most - taken.share(hold.quantity, formulation, classes);
            let (terms, at_most) = (builder.terms(hold.quantity), left as f64);
            if matches!(hold.quantity, Quantity::Cases(_)) && builder.most(&terms) <= at_most {
                continue; // No choice of these careers overdraws it.
            }
            builder.program.constraints.push(Constraint { terms, at_most, equal: false });
        }
        for (column, weight) in objective.map(|quantity| builder.terms(quantity)).unwrap_or_default() {
            builder.program.columns[column].weight = weight;
        }
        builder
    }

    fn new(
        formulation: &'b Formulation,
        classes: &'b [Class],
        careers: &[Vec<u32>],
        taken: &'b Taken,
    ) -> Self {
        let mut program = Program::default();
        let mut settled = vec![0; formulation.rows.len()];
        for &(class, career, residents) in &taken.careers {
            for row in formulation.rows_of_career(classes[class].representative(), career as usize) {
                settled[row] += residents;
            }
        }
        let mut list = Vec::new();
        let mut present = vec![Vec::new(); formulation.rows.len()];
        let open = taken.open(classes);
        for (number, (class, careers)) in classes.iter().zip(careers).enumerate() {
            let (resident, count) = (class.representative(), open[number] as f64);
            if open[number] == 0 {
                continue;
            }
            let first = program.columns.len();
            for &career in careers {
                let column = program.column(Column { min: 0.0, max: count, weight: 0.0, whole: true });
                list.push((number, career));
                for row in formulation.rows_of_career(resident, career as usize) {
                    present[row].push(column);
                }
            }
            let terms = (first..program.columns.len()).map(|column| (column, 1.0)).collect();
            program.constraints.push(Constraint { terms, at_most: count, equal: true });
        }
        let short = vec![None; formulation.rows.len()];
        Self { formulation, classes, taken, program, careers: list, settled, present, short }
    }

    fn seats(&mut self) {
        for ((row, present), settled) in self.formulation.rows.iter().zip(&self.present).zip(&self.settled) {
            let Some(capacity) = row.capacity.filter(|_| !row.implied) else { continue };
            let capacity = capacity - settled;
            let most: f64 = present.iter().map(|&column| self.program.columns[column].max).sum();
            if most > capacity as f64 {
                let terms = present.iter().map(|&column| (column, 1.0)).collect();
                self.program.constraints.push(Constraint { terms, at_most: capacity as f64, equal: false });
            }
        }
    }

    fn coverage(&mut self, objective: bool) {
        for (at, row) in self.formulation.rows.iter().enumerate().filter(|(_, row)| row.min > 0) {
            let min = row.min - self.settled[at];
            if min <= 0 {
                continue;
            }
            let weight = if objective { f64::from(row.span.months) } else { 0.0 };
            let column = self.program.column(Column { min: 0.0, max: min as f64, weight, whole: false });
            let mut terms: Vec<(usize, f64)> = self.present[at].iter().map(|&c| (c, -1.0)).collect();
            terms.push((column, -1.0));
            self.program.constraints.push(Constraint { terms, at_most: -(min as f64), equal: false });
            self.short[at] = Some(column);
        }
    }

    /// The most that terms come to when every class takes its largest.
    fn most(&self, terms: &[(usize, f64)]) -> f64 {
        let mut most = vec![0.0_f64; self.classes.len()];
        for &(column, weight) in terms {
            let (class, _) = self.careers[column];
            most[class] = most[class].max(weight);
        }
        most.iter().zip(self.taken.open(self.classes)).map(|(most, open)| most * open as f64).sum()
    }

    fn terms(&self, quantity: Quantity) -> Vec<(usize, f64)> {
        if quantity == Quantity::Coverage {
            let rows = self.formulation.rows.iter().zip(&self.short);
            return rows.filter_map(|(row, &c)| Some((c?, f64::from(row.span.months)))).collect();
        }
        let value = |&(class, career): &(usize, u32)| {
            share(quantity, self.formulation, self.classes[class].representative(), career as usize)
        };
        let valued = self.careers.iter().map(value).enumerate();
        valued.filter(|&(_, value)| value != 0).map(|(column, value)| (column, value as f64)).collect()
    }
}
