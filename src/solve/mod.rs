//! One itinerary for each resident: the best plan, goal after goal, with proof.
//!
//! `formulation` states the problem, `search` settles one quantity at a time with bounds from
//! `prices` (proved in `bound`) and plans from `integral`; `goals` turns the scenario's goals into
//! such quantities; `certificate` writes down what proves the result, `spread` chooses among equals. `backend` is the only file
//! that knows a solver library.

mod backend;
mod bound;
mod branching;
mod certificate;
mod classes;
mod confirm;
mod cuts;
mod dive;
mod ejection;
mod formulation;
mod goals;
mod grid;
mod integral;
#[cfg(test)]
mod lies;
mod neighbourhood;
mod no_career;
mod patience;
mod polish;
mod pool;
mod price_problem;
mod prices;
mod rounding;
mod rows;
mod search;
mod simplex;
mod spread;
#[cfg(test)]
mod traps;
mod warm;
mod witness;

use std::time::Duration;

use crate::cases::{Supplies, margins, quotas};
use crate::itineraries::{Itineraries, LABELS_MAX, TooMany, Unlisted};
use crate::plan::certificate::Cut;
use crate::plan::{Answer, GoalResult, GoalValue, Placement, Plan, Reason, Status, TooManyCareers};
use crate::scenario::{Goal, GoalKind, ResidentIx, Scenario};
use bound::Quantity;
use formulation::Formulation;
use integral::Chosen;
use pool::Context;
use search::{Existence, Search};

pub use backend::Backend;
pub use no_career::obstacles;
pub use warm::Warm;

/// What a caller can see of a solve under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Place of the goal in the order, from 0, and how many there are.
    pub position: usize,
    pub goals: usize,
    /// `None` while it is settled whether any plan exists at all.
    pub goal: Option<Goal>,
    pub incumbent: Option<GoalValue>,
    pub bound: Option<GoalValue>,
    /// How often a plan was found that left somebody short of cases.
    pub case_rounds: usize,
    /// What these plans overdrew: each a demand on every plan since.
    pub case_cuts: Vec<Cut>,
}

/// What the caller decides about a solve. This module has no clock and reads no files.
pub struct Control<'a> {
    pub backend: Backend,
    /// The plan that the goal `stability` compares with.
    pub base: Option<&'a Plan>,
    /// Time left; `None` is no limit, zero means stop now with what there is.
    pub time_left: &'a (dyn Fn() -> Option<Duration> + Sync),
    pub progress: &'a mut dyn FnMut(&Progress),
}

/// The reason there is no answer where somebody's careers depend on too much.
pub fn too_many_careers(too_many: &TooMany) -> TooManyCareers {
    TooManyCareers { limit: LABELS_MAX, resident: too_many.resident }
}

/// Solves a scenario: every goal in its order, each kept while the next is settled.
pub fn solve(scenario: &Scenario, control: Control<'_>) -> Answer {
    let mut answer = solve_from(scenario, control, None);
    if let Some(plan) = &answer.plan {
        answer.quotas = quotas(scenario, &Supplies::of(scenario), plan);
    }
    answer
}

/// As [`solve`], starting from the answer to a scenario that is nearly the same, and without quotas,
/// which only the tables of a plan ask for. Values, bounds and proofs are the same; of several equally
/// good plans another one may be found.
pub fn solve_from(scenario: &Scenario, control: Control<'_>, warm: Option<Warm<'_>>) -> Answer {
    answer(scenario, control, warm, false)
}

/// As [`solve_from`] from nothing, for an answer that others are to start from: where a bound suffices
/// for the answer itself, the best bound there is is proved, so that it still suffices elsewhere.
pub fn solve_for_others(scenario: &Scenario, control: Control<'_>) -> Answer {
    answer(scenario, control, None, true)
}

fn answer(scenario: &Scenario, control: Control<'_>, warm: Option<Warm<'_>>, thorough: bool) -> Answer {
    let stopped = || (control.time_left)().is_some_and(|left| left.is_zero());
    let itineraries = match Itineraries::with_shelf(scenario, warm.and_then(|warm| warm.careers), &stopped) {
        Ok(itineraries) => itineraries,
        Err(Unlisted::TooMany(too_many)) => {
            return unknown(Reason::TooManyCareers(too_many_careers(&too_many)));
        }
        Err(Unlisted::Stopped) => return unknown(Reason::StoppedWithoutPlan),
    };
    let formulation = Formulation::new(scenario, itineraries, control.base);
    let context =
        Context { formulation: &formulation, backend: control.backend, time_left: control.time_left };
    let mut search = Search::new(context);
    search.thorough = thorough;
    let goals: Vec<Goal> = scenario
        .goals
        .iter()
        .copied()
        .filter(|goal| goal.kind != GoalKind::Stability || control.base.is_some())
        .collect();
    let start = Progress {
        position: 0,
        goals: goals.len(),
        goal: None,
        incumbent: None,
        bound: None,
        case_rounds: 0,
        case_cuts: Vec::new(),
    };
    (control.progress)(&start);
    let mut steps = Vec::new();
    if let Some(warm) = warm {
        for cut in formulation.cuts.take_over(&formulation, warm.cuts) {
            search.hold(Quantity::Cases(cut), formulation.cuts.offer(cut));
        }
        search.hints = warm::hints(&formulation, warm);
    }
    let existence = match warm.and_then(|warm| warm::plan(&formulation, warm, &goals, &stopped)) {
        Some(plan) => {
            search.incumbent = plan;
            Existence::Found
        }
        None => search.find_any(),
    };
    let (status, reason) = match existence {
        Existence::Found => (Status::Feasible, None),
        Existence::Impossible(mut step) => {
            let witness = witness::witness(&formulation, &search.pool, &stopped);
            let reason = match witness {
                Some(witness) => {
                    (step.prices, step.cases) = (witness.prices, None);
                    Reason::Seats(witness.count)
                }
                None => Reason::Prices,
            };
            steps.push((None, *step));
            (Status::Infeasible, Some(reason))
        }
        Existence::NoCareer(resident) => {
            let resident = ResidentIx(resident);
            let either = obstacles(scenario, resident, None, &stopped);
            (Status::Infeasible, Some(Reason::NoCareer { resident, either }))
        }
        Existence::Doubtful => (Status::Unknown, Some(Reason::Doubtful)),
        Existence::Stopped => (Status::Unknown, Some(Reason::StoppedWithoutPlan)),
    };
    let mut answer = Answer::without_plan(status, reason);
    if status == Status::Feasible {
        polish::polish(&formulation, &goals, &mut search.incumbent, &stopped);
        answer.goals = goals::settle(&mut search, &goals, &mut steps, control.progress);
        if answer.goals.iter().all(GoalResult::is_settled) {
            answer.status = Status::Optimal;
        } else {
            answer.reason = Some(Reason::StoppedWithPlan);
        }
        if answer.status == Status::Optimal {
            spread::spread(&formulation, &search.pool.alive, &mut search.incumbent, &stopped);
        }
        let plan = plan(&formulation, &search.incumbent);
        answer.margins = margins(scenario, formulation.cuts.supplies(), &plan);
        answer.plan = Some(plan);
    }
    answer.certificate = certificate::certificate(&formulation, &steps);
    answer.case_rounds = formulation.cuts.rounds();
    answer
}

/// No answer, and why.
fn unknown(why: Reason) -> Answer {
    Answer::without_plan(Status::Unknown, Some(why))
}

/// The chosen careers as placements, a row per stay and academic year.
fn plan(formulation: &Formulation<'_>, chosen: &Chosen) -> Plan {
    let scenario = formulation.scenario;
    let (mut rows, mut nowhere) = (Vec::new(), Vec::new());
    for (resident, &career) in scenario.resident_ixs().zip(chosen) {
        let (set, career) = (formulation.set(resident.0), career as usize);
        let stays = set.merged(set.stays_of(career));
        if stays.is_empty() && !scenario.decided(resident).is_empty() {
            nowhere.push((resident, set.course(career)));
        }
        for stay in stays {
            for (_, span) in scenario.calendar.split(stay.span) {
                let course = Some(set.course(career));
                rows.push(Placement {
                    resident,
                    course,
                    facility: stay.facility,
                    section: stay.section,
                    span,
                    line: None,
                });
            }
        }
    }
    Plan { rows, nowhere }
}
