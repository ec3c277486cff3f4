//! Why a scenario has no plan: a ladder that stops at the first rung that explains.

use super::asker::{Asker, Existence};
use super::case_counting::count_cases;
use super::conflict::{Conflict, Question, conflict, is_irreducible, with_leaves};
use super::counting::{Count, count};
use super::proof::Careers;
use super::repair::{Repairs, repairs};
use super::statement::{Statement, statements};
use crate::plan::{self, Answer, Status};
use crate::scenario::{ResidentIx, Scenario};

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Counting shows it.
    Count(Count),
    /// Statements that cannot all stand; verified.
    Conflict(Conflict),
    /// Proved, but not explained within the time.
    Proved,
}

/// Why there is no plan, and what would help.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    pub reason: Reason,
    /// Residents without a single career; the reason is about the first of them.
    pub without_career: Vec<ResidentIx>,
    pub repairs: Repairs,
}

/// What became of the question why there is no plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Explained {
    /// There is one.
    Feasible,
    Infeasible(Box<Explanation>),
    /// Neither is established, and why.
    Unknown(Option<plan::Reason>),
}

/// Explains why a scenario has no plan and looks for `wanted` ways out.
pub fn explain(scenario: &Scenario, wanted: usize, asker: &mut Asker<'_>) -> Explained {
    let plain = scenario.with_goals(Vec::new());
    let answer = asker.solve(&plain, None);
    match answer.status {
        Status::Infeasible => {
            let mut explanation = reason(scenario, answer, asker);
            explanation.repairs = repairs(&plain, wanted, asker);
            Explained::Infeasible(Box::new(explanation))
        }
        _ => match asker.learn(&plain, answer) {
            Existence::Unknown(why) => Explained::Unknown(why),
            Existence::Plan(_) | Existence::Nothing(_) => Explained::Feasible,
        },
    }
}

/// Why a scenario has no plan, after the answer that it has none; no ways out.
pub fn reason(scenario: &Scenario, answer: Answer, asker: &mut Asker<'_>) -> Explanation {
    let plain = scenario.with_goals(Vec::new());
    let time_left = asker.time_left;
    let stopped = || time_left().is_some_and(|left| left.is_zero());
    let counted = count(&plain, &answer, &stopped).or_else(|| count_cases(&plain, &answer, &stopped));
    asker.learn(&plain, answer);
    let without_career = stuck(&plain, asker);
    let reason = match counted {
        Some(count) => {
            // It says best what would help: the solver's own proof may rest on seats as well.
            if let Some(at) = count.cases().filter(|at| !at.sites.is_empty()) {
                asker.know(at.prices());
            }
            Reason::Count(count)
        }
        None => in_conflict(&plain, without_career.first().copied(), asker),
    };
    Explanation { reason, without_career, repairs: Repairs::default() }
}

/// The residents without a career.
pub fn stuck(scenario: &Scenario, asker: &Asker<'_>) -> Vec<ResidentIx> {
    match Careers::of(scenario, &|| asker.stopped()) {
        Ok(careers) => careers.without().collect(),
        Err(_) => Vec::new(),
    }
}

/// The statements in conflict, about a resident who has no career if there is one.
fn in_conflict(scenario: &Scenario, resident: Option<ResidentIx>, asker: &mut Asker<'_>) -> Reason {
    let statements: Vec<Statement> = statements(scenario);
    // What is found about one resident says nothing about all of them.
    let mut about_one = Asker::new(asker.time_left);
    let asker = if resident.is_some() { &mut about_one } else { asker };
    let kept = resident.into_iter().collect();
    let question = Question { scenario, statements: &statements, kept, alone: resident };
    match conflict(&question, asker) {
        Some(set) if is_irreducible(&question, &set, asker) => {
            let set = with_leaves(&question, &set, asker).unwrap_or(set);
            Reason::Conflict(Conflict { statements: set, resident })
        }
        _ => Reason::Proved,
    }
}
