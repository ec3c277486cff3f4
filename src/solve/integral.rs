//! Whole careers for whole residents: the master problem over a few chosen careers.
//!
//! Prices that prove a bound also tell which careers a plan of value `target` can use at all: each
//! career's priced cost above its class's cheapest is paid in full, so no more than target − bound
//! of it is affordable. Over those careers the master is small enough for branch and bound, and
//! what it finds is counted afresh in whole numbers before it is believed.

use std::collections::BTreeMap;

use super::backend::{Column, Constraint, Outcome, Program};
use super::bound::{Hold, Quantity, ResidentGoal, share};
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
    if matches!(quantity, Quantity::Coverage | Quantity::Staffing) {
        let rows = formulation.rows.iter().zip(present(formulation, chosen));
        return rows.map(|(row, present)| row.missed(quantity, present)).sum();
    }
    let shares = chosen.iter().enumerate();
    let shares = shares.map(|(resident, &career)| share(quantity, formulation, resident, career as usize));
    match quantity {
        Quantity::TotalAndWorst(_) => {
            let (sum, worst) = shares.fold((0, 0), |(sum, worst), of| (sum + of, of.max(worst)));
            sum + worst
        }
        _ => shares.sum(),
    }
}

/// Whether a choice is a plan: no row has too many or too few, every hold is kept.
pub fn is_plan(formulation: &Formulation, holds: &[Hold], chosen: &Chosen) -> bool {
    formulation.rows.iter().zip(present(formulation, chosen)).all(|(row, present)| row.allows(present))
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
    /// (quantity, months, variable of residents too few or too many in a row).
    missed: Vec<(Quantity, f64, usize)>,
    /// Per goal the variable of the worst value.
    worst: BTreeMap<ResidentGoal, usize>,
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
        let asked: Vec<Quantity> =
            objective.into_iter().chain(holds.iter().map(|hold| hold.quantity)).collect();
        builder.seats(objective, &asked);
        builder.minima(objective, &asked);
        for quantity in &asked {
            if let Quantity::TotalAndWorst(goal) = *quantity {
                builder.worst(goal);
            }
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
        let (missed, worst) = (Vec::new(), BTreeMap::new());
        Self { formulation, classes, taken, program, careers: list, settled, present, missed, worst }
    }

    /// A variable for residents too few or too many in a row; `None` if nothing asks for it.
    fn missing(
        &mut self,
        quantity: Quantity,
        months: u32,
        most: f64,
        objective: Option<Quantity>,
        asked: &[Quantity],
    ) -> Option<usize> {
        if !asked.contains(&quantity) {
            return None;
        }
        let months = f64::from(months);
        let weight = if objective == Some(quantity) { months } else { 0.0 };
        let column = self.program.column(Column { min: 0.0, max: most, weight, whole: false });
        self.missed.push((quantity, months, column));
        Some(column)
    }

    fn seats(&mut self, objective: Option<Quantity>, asked: &[Quantity]) {
        for at in 0..self.formulation.rows.len() {
            let row = &self.formulation.rows[at];
            let Some(capacity) = row.capacity.filter(|_| !row.implied) else { continue };
            let capacity = capacity - self.settled[at];
            let most: f64 = self.present[at].iter().map(|&column| self.program.columns[column].max).sum();
            if most <= capacity as f64 {
                continue;
            }
            let mut terms: Vec<(usize, f64)> = self.present[at].iter().map(|&column| (column, 1.0)).collect();
            if let Some(quantity) = row.excess {
                let most = (most - capacity as f64).max(0.0);
                match self.missing(quantity, row.span.months, most, objective, asked) {
                    Some(column) => terms.push((column, -1.0)),
                    None => continue,
                }
            }
            self.program.constraints.push(Constraint { terms, at_most: capacity as f64, equal: false });
        }
    }

    fn minima(&mut self, objective: Option<Quantity>, asked: &[Quantity]) {
        for at in 0..self.formulation.rows.len() {
            let row = &self.formulation.rows[at];
            let min = row.min - self.settled[at];
            if row.min == 0 || min <= 0 {
                continue;
            }
            let mut terms: Vec<(usize, f64)> = self.present[at].iter().map(|&c| (c, -1.0)).collect();
            if let Some(quantity) = row.lack {
                match self.missing(quantity, row.span.months, min as f64, objective, asked) {
                    Some(column) => terms.push((column, -1.0)),
                    None => continue,
                }
            }
            self.program.constraints.push(Constraint { terms, at_most: -(min as f64), equal: false });
        }
    }

    /// A variable that is no less than anybody's value of a goal.
    fn worst(&mut self, goal: ResidentGoal) {
        if self.worst.contains_key(&goal) {
            return;
        }
        let value = |class: usize, career: u32| {
            let resident = self.classes[class].representative();
            self.formulation.value(goal, resident, career as usize) as f64
        };
        let known = self.taken.careers.iter().map(|&(class, career, _)| value(class, career));
        let least = known.fold(0.0, f64::max);
        let mut terms: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.classes.len()];
        let mut most = least;
        for (column, &(class, career)) in self.careers.iter().enumerate() {
            let value = value(class, career);
            most = most.max(value);
            if value > least {
                terms[class].push((column, value));
            }
        }
        let column = self.program.column(Column { min: least, max: most, weight: 0.0, whole: false });
        for mut terms in terms.into_iter().filter(|terms| !terms.is_empty()) {
            terms.push((column, -1.0));
            self.program.constraints.push(Constraint { terms, at_most: 0.0, equal: false });
        }
        self.worst.insert(goal, column);
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
        if matches!(quantity, Quantity::Coverage | Quantity::Staffing) {
            let missed = self.missed.iter().filter(|(of, ..)| *of == quantity);
            return missed.map(|&(_, months, column)| (column, months)).collect();
        }
        let value = |&(class, career): &(usize, u32)| {
            share(quantity, self.formulation, self.classes[class].representative(), career as usize)
        };
        let valued = self.careers.iter().map(value).enumerate();
        let mut terms: Vec<(usize, f64)> =
            valued.filter(|&(_, value)| value != 0).map(|(column, value)| (column, value as f64)).collect();
        if let Quantity::TotalAndWorst(goal) = quantity {
            terms.extend(self.worst.get(&goal).map(|&column| (column, 1.0)));
        }
        terms
    }
}
