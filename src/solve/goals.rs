//! The scenario's goals as quantities to settle, one after another.
//!
//! - `sum`: the quantity itself.
//! - `worst`: the least level that nobody has to exceed, by bisection over the levels that occur;
//!   each trial asks whether zero residents can be above a level.
//! - `worst-first` (leximin): for levels from the worst down, the least number of residents at that
//!   level or above. Comparing descending vectors is comparing these numbers from the top.

use super::bound::{Quantity, ResidentGoal};
use super::search::{Levels, Search, Step};
use super::{Progress, integral};
use crate::plan::{GoalResult, GoalValue, Proof};
use crate::scenario::{Goal, GoalKind, Measure};

/// Steps with the position of the goal they belong to.
pub type Steps = Vec<(Option<usize>, Step)>;

/// Settles the goals in order; what time does not allow gets its value from the plan at hand.
pub fn settle(
    search: &mut Search<'_>,
    goals: &[Goal],
    steps: &mut Steps,
    progress: &mut dyn FnMut(&Progress),
) -> Vec<GoalResult> {
    let mut results: Vec<GoalResult> = Vec::new();
    let mut open = false;
    let formulation = search.formulation();
    for (position, &goal) in goals.iter().enumerate() {
        let result = if open || search.stopped() {
            open = true;
            None
        } else {
            let mut task = Task {
                goal,
                position,
                steps,
                tell: &mut |incumbent: GoalValue, bound: GoalValue| {
                    progress(&Progress {
                        position,
                        goals: goals.len(),
                        goal: Some(goal),
                        incumbent: Some(incumbent),
                        bound: Some(bound),
                        case_rounds: formulation.cuts.rounds(),
                        case_cuts: formulation.cuts.written(formulation.scenario),
                    });
                },
            };
            Some(match (goal.measure, resident_goal(goal.kind)) {
                (Measure::Worst, Some(kind)) => task.worst(search, kind),
                (Measure::WorstFirst, Some(kind)) => task.worst_first(search, kind),
                (measure, Some(kind)) => task.sum(search, sum_of(measure, kind)),
                (_, None) => task.sum(search, quantity_of_places(goal.kind)),
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

/// What a goal without values of residents counts.
pub fn quantity_of_places(kind: GoalKind) -> Quantity {
    if kind == GoalKind::Staffing { Quantity::Staffing } else { Quantity::Coverage }
}

fn sum_of(measure: Measure, kind: ResidentGoal) -> Quantity {
    if measure == Measure::SumPlusWorst { Quantity::TotalAndWorst(kind) } else { Quantity::Total(kind) }
}

/// The goal as one with a value for each resident; `None` for those that count heads.
pub fn resident_goal(kind: GoalKind) -> Option<ResidentGoal> {
    match kind {
        GoalKind::Coverage | GoalKind::Staffing => None,
        GoalKind::CourseWishes => Some(ResidentGoal::CourseWishes),
        GoalKind::FacilityWishes => Some(ResidentGoal::FacilityWishes),
        GoalKind::Repeats => Some(ResidentGoal::Repeats),
        GoalKind::Stability => Some(ResidentGoal::Stability),
        GoalKind::Requirements => Some(ResidentGoal::Requirements),
        GoalKind::Points => Some(ResidentGoal::Points),
    }
}

fn value_at_hand(search: &Search<'_>, goal: Goal) -> GoalValue {
    match (goal.measure, resident_goal(goal.kind)) {
        (Measure::Worst, Some(kind)) => GoalValue::Number(search.values(kind).first().copied().unwrap_or(0)),
        (Measure::WorstFirst, Some(kind)) => vector(&search.values(kind)),
        (measure, kind) => {
            let quantity = kind.map_or(quantity_of_places(goal.kind), |kind| sum_of(measure, kind));
            GoalValue::Number(integral::measure(search.formulation(), quantity, &search.incumbent))
        }
    }
}

/// A goal nothing was proved about: every goal is at least 0.
fn untouched(search: &Search<'_>, goal: Goal) -> GoalResult {
    let value = value_at_hand(search, goal);
    let bound = match goal.measure {
        Measure::Sum | Measure::Worst | Measure::SumPlusWorst => GoalValue::Number(0),
        Measure::WorstFirst => vector(&vec![0; search.values(ResidentGoal::CourseWishes).len()]),
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

/// The weaker of two proofs.
fn weaker(a: Proof, b: Proof) -> Proof {
    match (a, b) {
        (Proof::None, _) | (_, Proof::None) => Proof::None,
        (Proof::Solver, _) | (_, Proof::Solver) => Proof::Solver,
        (Proof::Certified, Proof::Certified) => Proof::Certified,
    }
}

/// One goal being settled.
struct Task<'t> {
    goal: Goal,
    position: usize,
    steps: &'t mut Steps,
    tell: &'t mut dyn FnMut(GoalValue, GoalValue),
}

impl Task<'_> {
    fn note(&mut self, step: Step) {
        self.steps.push((Some(self.position), step));
    }

    fn sum(&mut self, search: &mut Search<'_>, quantity: Quantity) -> GoalResult {
        let tell = &mut self.tell;
        let step =
            search.minimise(quantity, None, &mut |v, b| tell(GoalValue::Number(v), GoalValue::Number(b)));
        if step.is_proved() {
            search.hold(quantity, step.value);
        }
        let (value, bound) = (GoalValue::Number(step.value), GoalValue::Number(step.bound));
        let result = GoalResult { goal: self.goal, value, bound, proof: step.proof };
        self.note(step);
        result
    }

    fn worst(&mut self, search: &mut Search<'_>, kind: ResidentGoal) -> GoalResult {
        let worst_of = |search: &Search<'_>| search.values(kind).first().copied().unwrap_or(0);
        let Some(Levels { occurring: levels, least_worst }) = search.levels(kind) else {
            return untouched(search, self.goal);
        };
        if worst_of(search) > least_worst && !search.has_hints() {
            let worst = |search: &Search<'_>, chosen: &integral::Chosen| {
                search.values_in(kind, chosen).first().copied().unwrap_or(0)
            };
            let known = worst_of(search);
            search.scout(Quantity::Total(kind), |search, chosen| worst(search, chosen) < known);
        }
        let (mut bound, mut value) = (least_worst, worst_of(search));
        let mut proof = Proof::Certified;
        let open = |bound: i64, value: i64| -> Vec<i64> {
            levels.iter().copied().filter(|&level| bound <= level && level < value).collect()
        };
        let above = |level: i64| Quantity::AtLeast(kind, level + 1);
        // The highest level that another answer's prices refuted, and whether they refute it here at once.
        let hinted = open(bound, value).into_iter().rfind(|&level| search.has_hint(above(level)));
        if hinted.is_some() {
            self.leave_out_above(search, kind, value);
        }
        let mut refutable = hinted.filter(|&level| search.hint_refutes(above(level)));
        let mut refuted_by_hint = false;
        while bound < value {
            (self.tell)(GoalValue::Number(value), GoalValue::Number(bound));
            let open = open(bound, value);
            // What can be refuted at once goes first, and then the least that is left: most often it is the
            // value here too. A level that was refuted elsewhere is worth asking for when it is the next.
            // Else what is open is halved.
            let place = match refutable.take() {
                Some(level) => {
                    refuted_by_hint = true;
                    open.partition_point(|&other| other < level)
                }
                None if std::mem::take(&mut refuted_by_hint) => 0,
                None if open.last().copied() == hinted => open.len().saturating_sub(1),
                None => open.len() / 2,
            };
            let Some(&trial) = open.get(place) else { break };
            let step = search.minimise(Quantity::AtLeast(kind, trial + 1), Some(1), &mut |_, _| ());
            let refuted = step.value > 0 && step.bound >= 1;
            if step.value == 0 {
                value = worst_of(search);
            } else if refuted {
                proof = weaker(proof, step.proof);
                // The next level that occurs is the least the worst-off resident can have.
                bound = levels.iter().copied().find(|&level| level > trial).unwrap_or(value).min(value);
            }
            let undecided = step.value > 0 && !refuted;
            self.note(step);
            if undecided {
                proof = Proof::None;
                break;
            }
        }
        if bound == value {
            search.pool.limit(search.context, kind, value);
        }
        let (value, bound) = (GoalValue::Number(value), GoalValue::Number(bound));
        GoalResult { goal: self.goal, value, bound, proof }
    }

    /// Takes out of the game the careers worse than what the plan at hand has for anybody. Prices that
    /// refuted a level did so without them, and prove less where they are about.
    fn leave_out_above(&mut self, search: &mut Search<'_>, kind: ResidentGoal, value: i64) {
        let step = search.minimise(Quantity::AtLeast(kind, value + 1), Some(1), &mut |_, _| ());
        self.note(step);
    }

    fn worst_first(&mut self, search: &mut Search<'_>, kind: ResidentGoal) -> GoalResult {
        let everyone = search.values(kind).len();
        let mut proof = Proof::Certified;
        // Descending values of the residents settled so far; everyone else is below the last level.
        let mut settled: Vec<i64> = Vec::new();
        loop {
            let values = search.values(kind);
            let Some(&level) = values.get(settled.len()) else { break };
            // Nobody else has to be above this level: the plan at hand shows it.
            match settled.len() as i64 {
                0 => search.pool.limit(search.context, kind, level),
                above => search.hold(Quantity::AtLeast(kind, level + 1), above),
            }
            if level == 0 {
                break;
            }
            let mut bounds = settled.clone();
            bounds.resize(everyone, 0);
            let before = settled.len() as i64;
            let quantity = Quantity::AtLeast(kind, level);
            let tell = &mut self.tell;
            let step = search.minimise(quantity, None, &mut |_, _| tell(vector(&values), vector(&bounds)));
            let done = step.is_proved();
            proof = weaker(proof, step.proof);
            if done {
                settled.resize(step.value.max(before) as usize, level);
                if step.value == 0 {
                    search.pool.limit(search.context, kind, level - 1);
                } else {
                    search.hold(quantity, step.value);
                }
            } else {
                let least = usize::try_from(step.bound).unwrap_or(0).clamp(settled.len(), everyone);
                settled.resize(least, level);
            }
            self.note(step);
            if !done {
                settled.resize(everyone, 0);
                let value = vector(&search.values(kind));
                return GoalResult { goal: self.goal, value, bound: vector(&settled), proof: Proof::None };
            }
        }
        let value = vector(&search.values(kind));
        GoalResult { goal: self.goal, value: value.clone(), bound: value, proof }
    }
}
