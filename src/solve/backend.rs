//! The linear and integer programs a library solves for us; the only place that imports good_lp.
//!
//! Numbers leave this file as floating point and are believed by nobody: prices are rounded to
//! fractions and proved afresh in `bound`, plans are counted afresh from their careers. A status
//! is passed on only in the words of [`Outcome`], which keeps apart what libraries mix up
//! (unbounded and infeasible, out of time and failed).

use std::time::Duration;

use good_lp::solvers::SolutionStatus;
use good_lp::{
    Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, WithTimeLimit,
    constraint, variable,
};

/// Which library solves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backend {
    /// Pure Rust, always there.
    #[default]
    Microlp,
    /// Cargo feature `highs`.
    #[cfg(feature = "highs")]
    Highs,
    /// A library that lies as a test tells it to.
    #[cfg(test)]
    Lying(&'static super::lies::Liar),
}

impl Backend {
    /// All that were built in.
    pub const ALL: &'static [Self] = &[
        Self::Microlp,
        #[cfg(feature = "highs")]
        Self::Highs,
    ];

    /// A library that shares nothing with this one, where one was built in.
    pub(super) fn other(self) -> Option<Self> {
        match self {
            #[cfg(feature = "highs")]
            Self::Microlp => Some(Self::Highs),
            #[cfg(not(feature = "highs"))]
            Self::Microlp => None,
            #[cfg(feature = "highs")]
            Self::Highs => Some(Self::Microlp),
            #[cfg(test)]
            Self::Lying(liar) => liar.confirmed_by,
        }
    }
}

/// A variable: bounds and weight in the objective.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub min: f64,
    pub max: f64,
    pub weight: f64,
    pub whole: bool,
}

/// Σ coefficient · variable ≤ `at_most` (or = `at_most`).
#[derive(Debug, Clone)]
pub struct Constraint {
    pub terms: Vec<(usize, f64)>,
    pub at_most: f64,
    pub equal: bool,
}

impl Constraint {
    /// Whether no variable counts in it; coefficients of one variable may cancel each other.
    fn is_empty(&self) -> bool {
        let of = |column: usize| self.terms.iter().filter(|t| t.0 == column).map(|t| t.1).sum::<f64>();
        self.terms.iter().all(|&(column, coefficient)| coefficient == 0.0 || of(column) == 0.0)
    }
}

/// Minimise Σ weight · variable under the constraints.
#[derive(Debug, Clone, Default)]
pub struct Program {
    pub columns: Vec<Column>,
    pub constraints: Vec<Constraint>,
    /// Nodes of a branch and bound after which the library gives up, the same on every machine.
    pub nodes_max: Option<u32>,
}

impl Program {
    /// Adds a variable; returns its position.
    pub fn column(&mut self, column: Column) -> usize {
        self.columns.push(column);
        self.columns.len() - 1
    }
}

/// What a library said; a claim, not a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Values of the variables, said to be optimal.
    Optimal(Vec<f64>),
    /// Values of the variables, found when the time was up.
    Feasible(Vec<f64>),
    Infeasible,
    /// Time was up without any values.
    Stopped,
    /// Anything else, unboundedness included: our programs are bounded.
    Failed(String),
}

impl Program {
    /// Whether every number is one that libraries agree about: infinite bounds make programs
    /// unbounded, which some report as infeasible.
    fn is_finite(&self) -> bool {
        let columns = self.columns.iter().flat_map(|column| [column.min, column.max, column.weight]);
        let terms = self.constraints.iter().flat_map(|row| row.terms.iter().map(|&(_, c)| c));
        columns.chain(terms).chain(self.constraints.iter().map(|row| row.at_most)).all(f64::is_finite)
    }
}

/// Solves a program within `time`.
pub fn solve(backend: Backend, program: &Program, time: Option<Duration>) -> Outcome {
    if !program.is_finite() {
        return Outcome::Failed("a number of the program is not finite".into());
    }
    // An empty row never reaches the library: some drop it, whatever its right-hand side says.
    for row in program.constraints.iter().filter(|row| row.is_empty()) {
        if row.at_most < 0.0 || (row.equal && row.at_most != 0.0) {
            return Outcome::Infeasible;
        }
    }
    match said(backend, program, time) {
        Outcome::Optimal(values) | Outcome::Feasible(values)
            if values.len() != program.columns.len() || !values.iter().all(|value| value.is_finite()) =>
        {
            Outcome::Failed("a value is missing or not finite".into())
        }
        outcome => outcome,
    }
}

/// What the library says.
fn said(backend: Backend, program: &Program, time: Option<Duration>) -> Outcome {
    let mut variables = ProblemVariables::new();
    let handles: Vec<Variable> = program
        .columns
        .iter()
        .map(|column| {
            let definition = variable().min(column.min).max(column.max);
            variables.add(if column.whole { definition.integer() } else { definition })
        })
        .collect();
    let objective: Expression =
        program.columns.iter().zip(&handles).map(|(column, &handle)| column.weight * handle).sum();
    let problem = variables.minimise(objective);
    match backend {
        Backend::Microlp if program.nodes_max.is_some() => within_nodes(program, time),
        Backend::Microlp => run(good_lp::microlp(problem), program, &handles, time),
        #[cfg(feature = "highs")]
        Backend::Highs => {
            let mut model = good_lp::highs(problem).set_threads(1);
            model = model.set_option("mip_rel_gap", 0.0).set_option("mip_abs_gap", 0.0);
            if let Some(nodes) = program.nodes_max.and_then(|nodes| i32::try_from(nodes).ok()) {
                model = model.set_option("mip_max_nodes", nodes);
            }
            run(model, program, &handles, time)
        }
        #[cfg(test)]
        Backend::Lying(liar) => liar.answer(program, time),
    }
}

/// The same by the library's own interface: good_lp has no word for a limit on nodes.
fn within_nodes(program: &Program, time: Option<Duration>) -> Outcome {
    let mut problem = microlp::Problem::new(microlp::OptimizationDirection::Minimize);
    let variables: Vec<microlp::Variable> = program
        .columns
        .iter()
        .map(|column| match column.whole {
            true => problem.add_integer_var(column.weight, (column.min as i32, column.max as i32)),
            false => problem.add_var(column.weight, (column.min, column.max)),
        })
        .collect();
    for row in program.constraints.iter().filter(|row| !row.is_empty()) {
        let mut left = microlp::LinearExpr::empty();
        row.terms.iter().for_each(|&(column, coefficient)| left.add(variables[column], coefficient));
        let order = if row.equal { microlp::ComparisonOp::Eq } else { microlp::ComparisonOp::Le };
        problem.add_constraint(left, order, row.at_most);
    }
    let mut options = microlp::SolveOptions::default();
    (options.node_limit, options.time_limit) = (program.nodes_max.map(u64::from), time);
    match problem.solve_with(options) {
        Ok(microlp::SolveOutcome::Solution(solution)) => {
            let values = variables.iter().map(|&variable| solution.var_value(variable)).collect();
            match solution.status() {
                microlp::SolutionStatus::Optimal => Outcome::Optimal(values),
                _ => Outcome::Feasible(values),
            }
        }
        Ok(microlp::SolveOutcome::Interrupted(_)) => Outcome::Stopped,
        Err(microlp::Error::Infeasible) => Outcome::Infeasible,
        Err(other) => Outcome::Failed(other.to_string()),
    }
}

fn run<M>(mut model: M, program: &Program, handles: &[Variable], time: Option<Duration>) -> Outcome
where
    M: SolverModel<Error = ResolutionError> + WithTimeLimit,
{
    for row in program.constraints.iter().filter(|row| !row.is_empty()) {
        let left: Expression =
            row.terms.iter().map(|&(column, coefficient)| coefficient * handles[column]).sum();
        model.add_constraint(if row.equal {
            constraint!(left == row.at_most)
        } else {
            constraint!(left <= row.at_most)
        });
    }
    if let Some(time) = time {
        model = model.with_time_limit(time.as_secs_f64());
    }
    match model.solve() {
        Ok(solution) => {
            let values: Vec<f64> = handles.iter().map(|&handle| solution.value(handle)).collect();
            match solution.status() {
                SolutionStatus::Optimal => Outcome::Optimal(values),
                // Also what good_lp makes of limits on iterations and memory.
                SolutionStatus::TimeLimit | SolutionStatus::GapLimit => Outcome::Feasible(values),
            }
        }
        Err(ResolutionError::Infeasible) => Outcome::Infeasible,
        Err(ResolutionError::Other(reason)) if reason.contains("ime limit") => Outcome::Stopped,
        Err(other) => Outcome::Failed(other.to_string()),
    }
}
