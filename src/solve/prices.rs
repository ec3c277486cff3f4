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
//! so of tens of thousands some hundreds are ever touched. Trial prices are pulled towards the
//! best ones so far (Wentges smoothing), which keeps them from swinging between rounds. The prices
//! *are* the certificate: the library's answer is rounded to fractions and the bound computed
//! afresh and exactly (`bound`), so a wrong answer costs time, never truth.

use std::collections::{BTreeSet, BinaryHeap};

use super::backend::{Outcome, Program};
use super::bound::{
    Alive, CAREERS_UNTIMED, Costed, Hold, PricedCosts, Prices, Quantity, UNIT, bound, cheapest, rounded_up,
};
use super::classes::Class;
use super::formulation::Formulation;
use super::price_problem::PriceProblem;

/// Careers whose constraints are in the price problem, per class.
pub type Touched = Vec<BTreeSet<u32>>;

/// A gap between price problem and proved bound that is taken for closed, in units of the goal.
/// It only decides when to stop looking for better prices.
const CLOSED: f64 = 1e-6;

/// Share of the best prices in the trial prices, in quarters.
const SMOOTHING_QUARTERS: i64 = 2;

/// Where prices were carried over, so many of the cheapest careers are taken in at once: such prices are
/// near the best, and finding what they lack one round at a time costs more than a program of this size.
const FEW_CAREERS: usize = 250;

/// Careers taken in per round because the library's prices break their constraints most. More of them make
/// the program larger than the rounds they save are worth.
const WORST_CAREERS: usize = 30;

/// Careers up to which a look at all of them costs far less than a round of the library: where no more are
/// in the game, every round looks at the library's prices too.
const LOOK_CAREERS: usize = 50_000;

/// What is to be bounded.
pub struct Question<'q> {
    pub formulation: &'q Formulation<'q>,
    /// `None`: whether any plan exists; seats may then be overbooked at a price of 1.
    pub objective: Option<Quantity>,
    pub holds: &'q [Hold],
    pub classes: &'q [Class],
    pub alive: &'q Alive,
    pub aim: Aim,
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
    /// Whether the search ended because no better prices exist or are needed.
    pub complete: bool,
}

fn evaluate(question: &Question<'_>, mut prices: Prices) -> Option<(Proved, Vec<Vec<Costed>>)> {
    prices.repair(question.formulation, question.objective, question.holds);
    let Question { formulation, objective, holds, classes, alive, .. } = *question;
    let costs = PricedCosts::new(formulation, classes, objective, holds, &prices);
    let cheapest = cheapest(formulation, classes, alive, &costs, question.stopped)?;
    let bound = bound(formulation, classes, holds, &prices, &cheapest);
    Some((Proved { prices, bound, complete: false }, cheapest))
}

/// Finds the best prices. `touched` grows by the careers that mattered. `None`: a class has no
/// career left, so there is no plan, or time is up.
pub fn search(
    question: &Question<'_>,
    touched: &mut Touched,
    solve: &mut dyn FnMut(&Program) -> Option<Outcome>,
) -> Option<Proved> {
    let nothing = || Prices::zero(question.formulation.rows.len(), question.holds.len());
    let (mut best, mut first) = evaluate(question, question.aim.hint.clone().unwrap_or_else(nothing))?;
    if question.aim.hint.is_some() && best.bound < 0 {
        (best, first) = evaluate(question, nothing())?;
    }
    let enough = |best: &Proved| question.aim.reached.is_some_and(|value| rounded_up(best.bound) >= value);
    if enough(&best) {
        best.complete = true;
        return Some(best);
    }
    for (class, careers) in first.iter().enumerate() {
        touched[class].extend(careers.first().map(|&(career, _)| career));
    }
    if question.aim.hint.is_some() {
        let least: Vec<i64> = first.iter().map(|careers| careers.first().map_or(0, |c| c.1)).collect();
        // Nothing dearer is in a plan as good as the one that is known.
        let spare =
            question.aim.reached.map_or(i128::MAX, |value| i128::from(value) * i128::from(UNIT) - best.bound);
        let spare = i64::try_from(spare).unwrap_or(i64::MAX);
        for (class, career) in nearest(question, &best.prices, &least, spare, FEW_CAREERS) {
            touched[class].insert(career);
        }
    }
    let looks_twice = alive_careers(question) <= LOOK_CAREERS;
    let mut problem = PriceProblem::new(question);
    for (class, careers) in touched.iter().enumerate() {
        for &career in careers {
            problem.add(question, class, career);
        }
    }
    loop {
        let Some(outcome) = solve(&problem.program) else { return Some(best) };
        let values = match outcome {
            Outcome::Optimal(values) => values,
            Outcome::Feasible(_) | Outcome::Stopped | Outcome::Infeasible | Outcome::Failed(_) => {
                return Some(best);
            }
        };
        let (said, worth) = problem.read(question, &values);
        let least = problem.least(&values);
        problem.drop_idle(&values, touched);
        let mut added = false;
        let mut add = |class: usize, career: u32| {
            if problem.violates(question, class, career, &values) && touched[class].insert(career) {
                problem.add(question, class, career);
                added = true;
            }
            added
        };
        // Smoothed prices keep from swinging, but are right only by halves; the library's own prove all there
        // is to prove as soon as they are right.
        for trial in [mix(&best.prices, &said), said.clone()] {
            let Some((proved, cheapest)) = evaluate(question, trial) else { return Some(best) };
            if proved.bound > best.bound {
                best = proved;
            }
            let mut reveals = false;
            for (class, careers) in cheapest.iter().enumerate() {
                for &(career, _) in careers {
                    reveals = add(class, career);
                }
            }
            if reveals && !looks_twice {
                break;
            }
        }
        if looks_twice {
            for (class, career) in nearest(question, &said, &least, 0, WORST_CAREERS) {
                add(class, career);
            }
        }
        let closed = worth - best.bound as f64 / UNIT as f64 <= CLOSED;
        if closed || !added || enough(&best) {
            best.complete = true;
            return Some(best);
        }
    }
}

/// How many careers are in the game, residents alike counted once.
fn alive_careers(question: &Question<'_>) -> usize {
    question.classes.iter().map(|class| question.alive[class.representative()].len()).sum()
}

/// The careers, at most `count`, whose priced cost is least above that of their class, and no more than
/// `spare` above it.
fn nearest(
    question: &Question<'_>,
    prices: &Prices,
    least: &[i64],
    spare: i64,
    count: usize,
) -> Vec<(usize, u32)> {
    let Question { formulation, objective, holds, classes, alive, .. } = *question;
    let costs = PricedCosts::new(formulation, classes, objective, holds, prices);
    // The dearest on top, to give way; there can be millions of careers.
    let mut near: BinaryHeap<(i64, usize, u32)> = BinaryHeap::new();
    for (number, (class, least)) in classes.iter().zip(least).enumerate() {
        for careers in alive[class.representative()].chunks(CAREERS_UNTIMED) {
            if (question.stopped)() {
                break;
            }
            for &career in careers {
                // What a library said can be anything.
                let above = costs.of(formulation, number, career as usize).saturating_sub(*least);
                let nearer = near.len() < count || near.peek().is_some_and(|dearest| above < dearest.0);
                if above <= spare && nearer {
                    near.push((above, number, career));
                    if near.len() > count {
                        near.pop();
                    }
                }
            }
        }
    }
    near.into_sorted_vec().into_iter().map(|(_, class, career)| (class, career)).collect()
}

fn mix(best: &Prices, said: &Prices) -> Prices {
    let mix = |a: &[i64], b: &[i64]| {
        a.iter().zip(b).map(|(a, b)| (a * SMOOTHING_QUARTERS + b * (4 - SMOOTHING_QUARTERS)) / 4).collect()
    };
    Prices {
        seats: mix(&best.seats, &said.seats),
        coverage: mix(&best.coverage, &said.coverage),
        holds: mix(&best.holds, &said.holds),
    }
}
