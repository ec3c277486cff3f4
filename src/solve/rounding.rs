//! From the relaxed master's choice to a whole one: the surest are settled, the rest is priced again.
//!
//! Where many residents' choices are in fractions at once, an integer program over all of them is large.
//! Instead those nearest to a decision are decided, new prices are found for the others with the careers
//! that these bring in, and so on until everybody has one career or the target is out of reach.

use super::bound::Prices;
use super::price_problem::PriceProblem;
use super::prices::{PIVOTS, Question, Touched, add, evaluate};
use super::simplex::Ended;
use crate::itineraries::Effort;

/// Rounds of new careers after each decision.
const ROUNDS: usize = 4;

/// A share from here on is whole.
const WHOLE: f64 = 0.999;

/// How far a price may go: an overbooked seat costs more than any career.
const FAR: f64 = 1e4;

/// One career for each class, all of one resident, with no more than `target` of the objective as far as
/// floating point can tell; in each step one of `step` undecided residents is decided. `None` if that fails
/// or time is up.
pub fn round(
    question: &Question<'_>,
    touched: &Touched,
    efforts: &mut [Effort],
    (prices, target, step): (&Prices, i64, usize),
) -> Option<Vec<u32>> {
    if question.classes.iter().any(|class| class.len() != 1) {
        return None;
    }
    let (_, cheapest) = evaluate(question, prices.clone(), efforts)?;
    let mut problem = PriceProblem::new(question);
    add(&mut problem, &cheapest);
    for (class, careers) in touched.iter().enumerate() {
        careers.iter().for_each(|&career| _ = problem.add(class, career));
    }
    problem.start();
    problem.set_box(prices, 1.0);
    problem.run(PIVOTS);
    problem.set_box(prices, FAR);
    let mut is_settled = vec![false; question.classes.len()];
    loop {
        for _ in 0..ROUNDS {
            if (question.stopped)() || problem.run(PIVOTS) == Ended::Lost {
                return None;
            }
            let (_, mut cheapest) = evaluate(question, problem.prices(), efforts)?;
            for (careers, settled) in cheapest.iter_mut().zip(&is_settled) {
                careers.truncate(if *settled { 0 } else { usize::MAX });
            }
            if add(&mut problem, &cheapest) == 0 {
                break;
            }
        }
        if problem.run(PIVOTS) != Ended::Optimal || problem.worth() > target as f64 + 1e-4 {
            return None;
        }
        let mut surest: Vec<Option<(f64, u32)>> = vec![None; question.classes.len()];
        for (class, career, share) in problem.shares() {
            let known = &mut surest[class];
            if known.is_none_or(|(most, _)| share > most) {
                *known = Some((share, career));
            }
        }
        let surest: Vec<(f64, u32)> = surest.into_iter().collect::<Option<_>>()?;
        let mut open: Vec<usize> = (0..surest.len()).filter(|&class| surest[class].0 < WHOLE).collect();
        if open.is_empty() {
            return Some(surest.into_iter().map(|(_, career)| career).collect());
        }
        open.retain(|&class| !is_settled[class]);
        open.sort_by(|&a, &b| surest[b].0.total_cmp(&surest[a].0));
        open.truncate(open.len().div_ceil(step));
        if open.is_empty() {
            return None;
        }
        for class in open {
            is_settled[class] = true;
            problem.settle(class, surest[class].1);
        }
    }
}
