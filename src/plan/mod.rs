//! The answer as plain data: placements, what each goal is worth, and how that was proved.
//!
//! A [`Plan`] is rows as in `placements.csv`, whether the solver made them or a person typed them:
//! it may overlap, have holes, or break every rule. Judging is the business of `audit`. This module
//! knows neither solver nor judge.

pub mod careers;
mod cases;
pub mod certificate;
pub mod claims;
pub mod earlier;
mod placements;
mod reason;
mod repeated;

pub use cases::{Margin, Quota};
pub use placements::read;
pub use reason::{Obstacle, Reason, SeatCount, TooManyCareers, Window};
pub use repeated::leave_cell;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Span;
use crate::plan::certificate::Certificate;
use crate::scenario::{CourseIx, FacilityIx, Goal, ResidentIx, SectionIx};

/// One row of a plan: a resident at a facility for some months of the decided time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    pub resident: ResidentIx,
    /// The course the row names, if it does.
    pub course: Option<CourseIx>,
    pub facility: FacilityIx,
    /// The section, where the facility has some and the row says which.
    pub section: Option<SectionIx>,
    pub span: Span,
    /// Line in the file it was read from; `None` for a plan made here.
    pub line: Option<usize>,
}

/// A plan; rows in the order of residents and time if made here, in the file's order if read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub rows: Vec<Placement>,
    /// The courses of those who are placed nowhere in the decided months (free months, or leave until they leave the
    /// program), which no row can say. Of a plan read from a table it is not known.
    pub nowhere: Vec<(ResidentIx, CourseIx)>,
}

impl Plan {
    /// The course of a resident, as far as the plan says it: the first that a row names.
    pub fn course_of(&self, resident: ResidentIx) -> Option<CourseIx> {
        let named = self.rows.iter().filter(|row| row.resident == resident).find_map(|row| row.course);
        let nowhere = || self.nowhere.iter().find(|(who, _)| *who == resident).map(|(_, course)| *course);
        named.or_else(nowhere)
    }
}

impl From<Vec<Placement>> for Plan {
    fn from(rows: Vec<Placement>) -> Self {
        Self { rows, nowhere: Vec::new() }
    }
}

/// What is known about a scenario after solving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Every goal's value equals its proved bound.
    Optimal,
    /// A plan that breaks no rule; at least one goal's bound is below its value.
    Feasible,
    /// Proved that no plan exists.
    Infeasible,
    /// Neither a plan nor a proof within the limits.
    Unknown,
}

impl Status {
    pub const ALL: [Self; 4] = [Self::Optimal, Self::Feasible, Self::Infeasible, Self::Unknown];

    /// The word used in `plan.json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::Feasible => "feasible",
            Self::Infeasible => "infeasible",
            Self::Unknown => "unknown",
        }
    }
}

/// How a bound was established.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// By exact arithmetic over prices; needs no solver to be believed.
    Certified,
    /// By a solver's word.
    Solver,
    /// The bound is only the trivial one, or does not meet the value.
    None,
}

impl Proof {
    pub const ALL: [Self; 3] = [Self::Certified, Self::Solver, Self::None];

    /// The word used in `plan.json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Certified => "certified",
            Self::Solver => "solver",
            Self::None => "none",
        }
    }
}

/// The value of a goal or a lower bound of it; in files as the contract has it: an integer, or pairs
/// [value, residents] from the worst down.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(untagged)]
pub enum GoalValue {
    /// For the measures `sum` and `worst`.
    Number(i64),
    /// For `worst-first`: (value, how many residents have it), from the worst down, zeros included.
    Vector(Vec<(i64, u32)>),
}

/// One goal of an answered scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalResult {
    pub goal: Goal,
    pub value: GoalValue,
    pub bound: GoalValue,
    pub proof: Proof,
}

impl GoalResult {
    /// Whether the value is proved to be the best.
    pub fn is_settled(&self) -> bool {
        self.value == self.bound
    }
}

/// The answer to a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: Status,
    /// Present for `Optimal` and `Feasible`.
    pub plan: Option<Plan>,
    /// Who is to experience which cases where, in ascending order; only of items that are assessed.
    pub quotas: Vec<Quota>,
    /// How far the plan is from a shortage, per assessed item that anybody needs.
    pub margins: Vec<Margin>,
    /// How often a plan was found on the way that left somebody short of cases; each time added to the
    /// certificate's cuts.
    pub case_rounds: usize,
    pub goals: Vec<GoalResult>,
    /// What proves the bounds, for whoever wants to check them.
    pub certificate: Certificate,
    /// Why there is no plan, or what was left open; `None` where nothing is.
    pub reason: Option<Reason>,
}

impl Answer {
    /// An answer without a plan.
    pub fn without_plan(status: Status, reason: Option<Reason>) -> Self {
        Self {
            status,
            plan: None,
            goals: Vec::new(),
            quotas: Vec::new(),
            margins: Vec::new(),
            case_rounds: 0,
            certificate: Certificate::default(),
            reason,
        }
    }
}
