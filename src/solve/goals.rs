//! The scenario's goals as quantities to settle, one after another.
//!
//! - `sum`: the quantity itself.
//! - `worst`: the least level that nobody has to exceed, by bisection over the levels that occur;
//!   each trial asks whether zero residents can be above a level.
//! - `worst-first` (leximin): for levels from the worst down, the least number of residents at that
//!   level or above. Comparing descending vectors is comparing these numbers from the top.

use super::bound::Quantity;
use super::search::{Search, Step};
use super::{Progress, integral};
use crate::plan::{GoalResult, GoalValue, Proof};
use crate::scenario::{Goal, GoalKind, Measure};

/// Steps with the goal they belong to.
pub type Steps = Vec<(Option<Goal>, Step)>;

/// Settles the goals in order; what time does not allow gets its value from the plan at hand.
pub fn settle(
    search: &mut Search<'_>,
    goals: &[Goal],
    steps: &mut Steps,
    progress: &mut dyn FnMut(&Progress),
) -> Vec<GoalResult> {
    let mut results: Vec<GoalResult> = Vec::new();
    let mut open = false;
    for (position, &goal) in goals.iter().enumerate() {
        let result = if open || search.stopped() {
            open = true;
            None
        } else {
            let mut tell = |incumbent: GoalValue, bound: GoalValue| {
                progress(&Progress {
                    position,
                    goals: goals.len(),
                    goal: Some(goal),
                    incumbent: Some(incumbent),
                    bound: Some(bound),
                });
            };
            Some(match goal.measure {
                Measure::Sum => sum(search, goal, steps, &mut tell),
                Measure::Worst => worst(search, goal, steps, &mut tell),
                Measure::WorstFirst => worst_first(search, goal, steps, &mut tell),
            })
        };
        // A goal that is not settled is not held either: those after it would rest on nothing.
        open |= result.as_ref().is_some_and(|r| !r.is_settled());
        results.push(result.unwrap_or_else(|| untouched(search, goal)));
    }
    // The plan may have changed after an unsettled goal was measured.
    for result in results.iter_mut().filter(|result| !result.is_settled()) {
        result.value = value_at_hand(search, result.goal);
    }
    results
}

fn quantity_of(kind: GoalKind) -> Quantity {
    match kind {
        GoalKind::Coverage => Quantity::Coverage,
        kind => Quantity::Total(kind),
    }
}

fn value_at_hand(search: &Search<'_>, goal: Goal) -> GoalValue {
    match goal.measure {
        Measure::Sum => GoalValue::Number(integral::measure(
            search.formulation(),
            quantity_of(goal.kind),
            &search.incumbent,
        )),
        Measure::Worst => GoalValue::Number(search.values(goal.kind).first().copied().unwrap_or(0)),
        Measure::WorstFirst => vector(&search.values(goal.kind)),
    }
}

/// A goal nothing was proved about: every goal is at least 0.
fn untouched(search: &Search<'_>, goal: Goal) -> GoalResult {
    let value = value_at_hand(search, goal);
    let bound = match goal.measure {
        Measure::Sum | Measure::Worst => GoalValue::Number(0),
        Measure::WorstFirst => vector(&vec![0; search.formulation().scenario.residents.len()]),
    };
    let proof = if value == bound { Proof::Certified } else { Proof::None };
    GoalResult { goal, value, bound, proof }
}

/// (value, residents) from a descending list.
fn vector(descending: &[i64]) -> GoalValue {
    let mut pairs: Vec<(i64, u32)> = Vec::new();
    for &value in descending {
        match pairs.last_mut() {
            Some((last, residents)) if *last == value => *residents += 1,
            _ => pairs.push((value, 1)),
        }
    }
    GoalValue::Vector(pairs)
}

fn sum(
    search: &mut Search<'_>,
    goal: Goal,
    steps: &mut Steps,
    tell: &mut dyn FnMut(GoalValue, GoalValue),
) -> GoalResult {
    let quantity = quantity_of(goal.kind);
    let step = search.minimise(quantity, None, &mut |v, b| tell(GoalValue::Number(v), GoalValue::Number(b)));
    if step.is_proved() {
        search.hold(quantity, step.value);
    }
    let result = GoalResult {
        goal,
        value: GoalValue::Number(step.value),
        bound: GoalValue::Number(step.bound),
        proof: step.proof,
    };
    steps.push((Some(goal), step));
    result
}

/// The weaker of two proofs.
fn weaker(a: Proof, b: Proof) -> Proof {
    match (a, b) {
        (Proof::None, _) | (_, Proof::None) => Proof::None,
        (Proof::Solver, _) | (_, Proof::Solver) => Proof::Solver,
        (Proof::Certified, Proof::Certified) => Proof::Certified,
    }
}

fn worst(
    search: &mut Search<'_>,
    goal: Goal,
    steps: &mut Steps,
    tell: &mut dyn FnMut(GoalValue, GoalValue),
) -> GoalResult {
    let kind = goal.kind;
    let worst_of = |search: &Search<'_>| search.values(kind).first().copied().unwrap_or(0);
    let levels: Vec<i64> = search.levels(kind).into_iter().collect();
    let (mut bound, mut value) = (search.least_worst(kind), worst_of(search));
    let mut proof = Proof::Certified;
    while bound < value {
        tell(GoalValue::Number(value), GoalValue::Number(bound));
        let open: Vec<i64> = levels.iter().copied().filter(|&l| bound <= l && l < value).collect();
        let Some(&trial) = open.get(open.len() / 2) else { break };
        let step = search.minimise(Quantity::AtLeast(kind, trial + 1), Some(1), &mut |_, _| ());
        if step.value == 0 {
            value = worst_of(search);
        } else if step.bound >= 1 {
            proof = weaker(proof, step.proof);
            // The next level that occurs is the least the worst-off resident can have.
            bound = levels.iter().copied().find(|&level| level > trial).unwrap_or(value).min(value);
        } else {
            proof = Proof::None;
            steps.push((Some(goal), step));
            break;
        }
        steps.push((Some(goal), step));
    }
    if bound == value {
        let formulation = search.formulation();
        search.pool.retain(|resident, career| formulation.value(kind, resident, career) <= value);
    }
    GoalResult { goal, value: GoalValue::Number(value), bound: GoalValue::Number(bound), proof }
}

fn worst_first(
    search: &mut Search<'_>,
    goal: Goal,
    steps: &mut Steps,
    tell: &mut dyn FnMut(GoalValue, GoalValue),
) -> GoalResult {
    let (kind, formulation) = (goal.kind, search.formulation());
    let everyone = formulation.scenario.residents.len();
    let mut proof = Proof::Certified;
    // Descending values of the residents settled so far; everyone else is below the last level.
    let mut settled: Vec<i64> = Vec::new();
    loop {
        let values = search.values(kind);
        let Some(&level) = values.get(settled.len()).filter(|&&level| level > 0) else { break };
        // Nobody else has to be above this level: the plan at hand shows it.
        match settled.len() as i64 {
            0 => search.pool.retain(|resident, career| formulation.value(kind, resident, career) <= level),
            above => search.hold(Quantity::AtLeast(kind, level + 1), above),
        }
        let mut bounds = settled.clone();
        bounds.resize(everyone, 0);
        let before = settled.len() as i64;
        let quantity = Quantity::AtLeast(kind, level);
        let step = search.minimise(quantity, None, &mut |_, _| tell(vector(&values), vector(&bounds)));
        let done = step.is_proved();
        proof = weaker(proof, step.proof);
        if done {
            settled.resize(step.value.max(before) as usize, level);
            if step.value == 0 {
                search.pool.retain(|resident, career| formulation.value(kind, resident, career) < level);
            } else {
                search.hold(quantity, step.value);
            }
        } else {
            let least = usize::try_from(step.bound).unwrap_or(0).clamp(settled.len(), everyone);
            settled.resize(least, level);
        }
        steps.push((Some(goal), step));
        if !done {
            settled.resize(everyone, 0);
            let value = vector(&search.values(kind));
            return GoalResult { goal, value, bound: vector(&settled), proof: Proof::None };
        }
    }
    let value = vector(&search.values(kind));
    GoalResult { goal, value: value.clone(), bound: value, proof }
}
