//! The price problem: prices that prove the best bound the relaxation has.
//!
//! The dual of the master's relaxation has one value u_g per class and one price per row and hold
//! as its variables, and one constraint per career: u_g may not exceed the career's priced cost.
//!
//! ```text
//! maximise  Σ_g residents_g u_g − Σ_r y_r capacity_r + Σ_r z_r min_r − Σ_k λ_k at_most_k
//! s.t.      u_g ≤ objective_gc + Σ_k λ_k value_k,gc + Σ_{r of c} (y_r − z_r)   for every career c of g
//! ```
//!
//! Careers enter only when a search for the cheapest one under trial prices finds them violated,
//! so of tens of thousands some hundreds are ever touched. The master over these is kept warm
//! (`price_problem`, `simplex`): prices are looked for in a box around the best ones so far, which
//! keeps them from swinging between rounds and moves with them. The prices *are* the certificate:
//! they are rounded to fractions and the bound computed afresh and exactly (`bound`), so an error of
//! floating point costs time, never truth.

use std::collections::BTreeSet;

use super::bound::{
    Alive, Costed, Hold, LeastWorst, PricedCosts, Prices, Quantity, UNIT, bound, cheapest, rounded_up,
};
use super::classes::Class;
use super::formulation::Formulation;
use super::price_problem::PriceProblem;
use super::simplex::Ended;
use crate::itineraries::Effort;

/// Careers that matter, per class.
pub type Touched = Vec<BTreeSet<u32>>;

/// A gap between price problem and proved bound that is taken for closed, in units of the goal.
/// It only decides when to stop looking for better prices.
const CLOSED: f64 = 1e-6;

/// The same where a better bound would be no better once it is rounded up: prices are rounded to fractions, so where there are
/// many of them the gap never closes wholly.
const NEAR: f64 = 1e-2;

/// A box wider than this has no walls that matter.
const PRICES_APART: f64 = 1e6;

/// Pivots after which trial prices are looked at, optimal or not.
pub const PIVOTS: usize = 20_000;

/// How often the simplex method may begin again where rounding errors got the better of it.
const STARTS_MAX: usize = 8;

/// What is to be bounded.
pub struct Question<'q> {
    pub formulation: &'q Formulation<'q>,
    /// `None`: whether any plan exists; seats may then be overbooked at a price of 1.
    pub objective: Option<Quantity>,
    pub holds: &'q [Hold],
    pub classes: &'q [Class],
    pub alive: &'q Alive,
    pub aim: Aim,
    pub least_worst: &'q LeastWorst,
    /// Whether the time is up.
    pub stopped: &'q (dyn Fn() -> bool + Sync),
}

/// What a search for prices starts from, and when it is enough.
#[derive(Debug, Clone, Default)]
pub struct Aim {
    /// A value known to be reachable: a bound that meets it ends the search.
    pub reached: Option<i64>,
    /// Prices worth trying first.
    pub hint: Option<Prices>,
}

/// The best prices found and what they prove.
#[derive(Debug, Clone)]
pub struct Proved {
    pub prices: Prices,
    /// In [`UNIT`]ths.
    pub bound: i128,
    /// Per class the priced cost of its cheapest career.
    pub least: Vec<i64>,
    /// (class, career, residents who take it) in the choice that belongs to the prices, in fractions.
    pub shares: Vec<(usize, u32, f64)>,
    /// Whether the search ended because no better prices exist or are needed.
    pub complete: bool,
}

/// The bound that prices prove, and what is cheapest under them; `None` if time is up or a class has no
/// career left.
pub fn evaluate(
    question: &Question<'_>,
    mut prices: Prices,
    efforts: &mut [Effort],
) -> Option<(Proved, Vec<Vec<Costed>>)> {
    prices.repair(question.formulation, question.objective, question.holds);
    let Question { formulation, objective, holds, classes, alive, least_worst, .. } = *question;
    let costs = PricedCosts::new(formulation, classes, objective, holds, &prices);
    let cheapest = cheapest(classes, alive, &costs, efforts, question.stopped)?;
    let bound = bound(formulation, classes, (objective, holds), least_worst, &prices, &cheapest);
    let least = cheapest.iter().map(|careers| careers.first().map_or(0, |&(_, cost)| cost)).collect();
    Some((Proved { prices, bound, least, shares: Vec::new(), complete: false }, cheapest))
}

/// Finds the best prices. `touched` becomes the careers that matter. `None`: a class has no
/// career left, so there is no plan, or time is up.
pub fn search(question: &Question<'_>, touched: &mut Touched, efforts: &mut [Effort]) -> Option<Proved> {
    efforts.iter_mut().for_each(|effort| effort.is_rough = true);
    let nothing = || Prices::zero(question.formulation.rows.len(), question.holds.len());
    let hint = question.aim.hint.clone();
    let (mut best, mut cheapest) = evaluate(question, hint.unwrap_or_else(nothing), efforts)?;
    // Prices that prove nothing may still be near those that prove most.
    let mut centre = best.prices.clone();
    if question.aim.hint.is_some() && best.bound < 0 {
        let (none, careers) = evaluate(question, nothing(), efforts)?;
        best = none;
        cheapest.iter_mut().zip(careers).for_each(|(known, more)| known.extend(more));
    }
    let enough = |best: &Proved| question.aim.reached.is_some_and(|value| rounded_up(best.bound) >= value);
    if enough(&best) {
        best.complete = true;
        return Some(best);
    }
    let mut problem = PriceProblem::new(question);
    add(&mut problem, &cheapest);
    for (class, careers) in touched.iter().enumerate() {
        careers.iter().for_each(|&career| _ = problem.add(class, career));
    }
    problem.start();
    let mut far = width(question);
    let mut starts_left = STARTS_MAX;
    while !(question.stopped)() {
        problem.set_box(&centre, far);
        let mut ended = problem.run(PIVOTS);
        if ended == Ended::Lost && starts_left > 0 {
            starts_left -= 1;
            problem.start_again();
            ended = problem.run(PIVOTS);
        }
        let worth = problem.worth();
        let Some((proved, cheapest)) = evaluate(question, problem.prices(), efforts) else { break };
        if proved.bound > best.bound {
            best = proved;
            centre.clone_from(&best.prices);
        }
        let added = add(&mut problem, &cheapest);
        let presses = problem.presses();
        if enough(&best) {
            best.complete = true;
            break;
        }
        // What better prices could add to a bound that is near would be lost in rounding it up.
        let gap = worth - best.bound as f64 / UNIT as f64;
        let is_lost = gap <= NEAR && (worth - CLOSED).ceil() as i64 <= rounded_up(best.bound);
        let closed = gap <= CLOSED || is_lost;
        if !closed && added > 0 {
            continue;
        }
        if !closed && efforts.iter().any(|effort| effort.is_rough) {
            efforts.iter_mut().for_each(|effort| effort.is_rough = false);
            continue;
        }
        if !presses {
            best.complete = ended == Ended::Optimal;
            break;
        }
        far *= 2.0;
        if far > PRICES_APART || ended == Ended::Lost {
            break;
        }
    }
    *touched = problem.near();
    best.shares = problem.shares();
    Some(best)
}

/// Adds careers that were found; how many of them are new.
pub fn add(problem: &mut PriceProblem<'_>, found: &[Vec<Costed>]) -> usize {
    let found = found.iter().enumerate();
    let careers = found.flat_map(|(class, careers)| careers.iter().map(move |&(career, _)| (class, career)));
    careers.filter(|&(class, career)| problem.add(class, career)).count()
}

/// How far from known prices others are looked for at first. What a career costs is months times places
/// in a sum; where residents are counted, it is no more than one.
fn width(question: &Question<'_>) -> f64 {
    match question.objective {
        Some(Quantity::AtLeast(..)) | None => 1.0,
        Some(_) => 8.0,
    }
}
