//! The search for one plan after another: bound, choose, prove, keep.
//!
//! State: the careers still in the game, the holds of the goals settled so far, the best plan, and
//! the steps that prove what was settled. Each step asks for the least of one quantity:
//!
//! 1. prices give a bound (`prices`); rounded up it is the target;
//! 2. if the plan at hand meets the target, the step is proved;
//! 3. else the master over the careers that a plan of that value can use at all is solved
//!    (`integral`); a plan found is counted afresh and becomes the plan at hand; if there is none,
//!    the target rises by one, on the library's word;
//! 4. careers that no plan of the settled value can use leave the game (reduced-cost fixing), and
//!    the quantity is held.

use std::collections::BTreeSet;
use std::sync::mpsc;
use std::time::Duration;

use super::backend::{self, Backend, Outcome, Program};
use super::bound::{Alive, Hold, PricedCosts, Prices, Quantity, UNIT, cheapest, rounded_up};
use super::classes::{Class, classes};
use super::formulation::Formulation;
use super::integral::{Chosen, Master, is_plan, measure};
use super::prices::{self, Proved, Question, Touched};
use crate::plan::Proof;
use crate::scenario::GoalKind;

/// A quantity settled as far as the time went.
#[derive(Debug, Clone)]
pub struct Step {
    pub quantity: Option<Quantity>,
    /// Holds in force at the time; the prices of holds belong to them.
    pub holds: Vec<Hold>,
    pub prices: Prices,
    pub value: i64,
    pub bound: i64,
    pub proof: Proof,
}

impl Step {
    pub fn is_proved(&self) -> bool {
        self.bound == self.value
    }
}

/// Whether there is a plan at all.
#[derive(Debug)]
pub enum Existence {
    Found,
    /// Proved by prices: with every career's cost 0 the bound is above 0.
    Impossible(Box<Step>),
    /// A resident without any legal career.
    NoCareer(usize),
    /// The library found none, but nothing proves it.
    Doubtful,
    Stopped,
}

pub struct Search<'a> {
    pub formulation: &'a Formulation<'a>,
    pub backend: Backend,
    pub time_left: &'a dyn Fn() -> Option<Duration>,
    pub alive: Alive,
    pub holds: Vec<Hold>,
    pub incumbent: Chosen,
    touched: Touched,
}

/// Careers beyond this many are first tried in part: most often the touched ones already hold a plan.
const MASTER_CAREERS: usize = 3_000;

impl<'a> Search<'a> {
    pub fn new(
        formulation: &'a Formulation<'a>,
        backend: Backend,
        time_left: &'a dyn Fn() -> Option<Duration>,
    ) -> Self {
        let all = |resident| (0..formulation.set(resident).len() as u32).collect();
        Self {
            formulation,
            backend,
            time_left,
            alive: (0..formulation.values.len()).map(all).collect(),
            holds: Vec::new(),
            incumbent: Vec::new(),
            touched: vec![Default::default(); formulation.values.len()],
        }
    }

    pub fn stopped(&self) -> bool {
        (self.time_left)().is_some_and(|left| left.is_zero())
    }

    /// Looks for any plan; the first incumbent.
    pub fn find_any(&mut self) -> Existence {
        if let Some(resident) = self.alive.iter().position(Vec::is_empty) {
            return Existence::NoCareer(resident);
        }
        let classes = self.classes(None);
        let proved = match self.prices(None, Some(1), &classes) {
            Some(proved) if proved.bound > 0 => {
                return Existence::Impossible(Box::new(Step {
                    quantity: None,
                    holds: self.holds.clone(),
                    prices: proved.prices,
                    value: 0,
                    bound: 1,
                    proof: Proof::Certified,
                }));
            }
            Some(proved) => proved,
            None => return Existence::Stopped,
        };
        let affordable = self.affordable(None, &classes, &proved, 0);
        for careers in [self.touched_of(&classes), affordable] {
            match self.choose(None, 0, &classes, &careers) {
                Chance::Found(chosen) => {
                    self.incumbent = chosen;
                    return Existence::Found;
                }
                Chance::None => {}
                Chance::Stopped => return Existence::Stopped,
            }
        }
        Existence::Doubtful
    }

    /// Settles the least of a quantity. With `enough`, a bound of that much ends the step early:
    /// then all that is known is that the value is at least `enough`.
    pub fn minimise(
        &mut self,
        quantity: Quantity,
        enough: Option<i64>,
        report: &mut dyn FnMut(i64, i64),
    ) -> Step {
        let mut value = measure(self.formulation, quantity, &self.incumbent);
        let classes = self.classes(Some(quantity));
        let trivial = prices::trivial(&self.question(Some(quantity), None, &classes));
        let mut step = Step {
            quantity: Some(quantity),
            holds: self.holds.clone(),
            prices: Prices::zero(self.formulation.rows.len(), self.holds.len()),
            value,
            bound: trivial.as_ref().map_or(0, |proved| rounded_up(proved.bound)).max(0),
            proof: Proof::Certified,
        };
        report(value, step.bound);
        let reached = enough.unwrap_or(value).min(value);
        let Some(proved) = self.prices(Some(quantity), Some(reached), &classes) else {
            step.proof = if step.is_proved() { Proof::Certified } else { Proof::None };
            return step;
        };
        step.bound = rounded_up(proved.bound).clamp(0, value);
        step.prices = proved.prices.clone();
        let mut target = step.bound;
        while target < value && enough.is_none_or(|enough| target < enough) {
            report(value, target);
            let affordable = self.affordable(Some(quantity), &classes, &proved, target);
            let count: usize = affordable.iter().map(Vec::len).sum();
            let mut sets = Vec::new();
            if count > MASTER_CAREERS {
                sets.push(intersection(&affordable, &self.touched_of(&classes)));
            }
            sets.push(affordable);
            let mut found = false;
            let mut exhausted = false;
            for careers in &sets {
                match self.choose(Some(quantity), target, &classes, careers) {
                    Chance::Found(chosen) => {
                        let reached = measure(self.formulation, quantity, &chosen);
                        if reached < value {
                            self.incumbent = chosen;
                            value = reached;
                        }
                        if value <= target {
                            found = true;
                            break;
                        }
                    }
                    Chance::None => {}
                    Chance::Stopped => {
                        exhausted = true;
                        break;
                    }
                }
            }
            if found {
                break;
            }
            if exhausted {
                step.value = value;
                step.bound = target;
                step.proof = Proof::None;
                return step;
            }
            // No plan of the target's value over all careers such a plan could use.
            target += 1;
            step.proof = Proof::Solver;
        }
        step.value = value;
        step.bound = target.min(value);
        if step.is_proved() {
            self.exclude(quantity, &classes, &proved, step.value);
        }
        report(step.value, step.bound);
        step
    }

    /// Holds a settled quantity for the rest of the search, unless no career left could break it.
    pub fn hold(&mut self, quantity: Quantity, at_most: i64) {
        if quantity == Quantity::Coverage || self.most(quantity) > at_most {
            self.holds.push(Hold { quantity, at_most });
        }
    }

    /// The most of a quantity over the careers left, seats aside.
    fn most(&self, quantity: Quantity) -> i64 {
        let most = |(resident, careers): (usize, &Vec<u32>)| {
            careers.iter().map(|&c| quantity.of(self.formulation, resident, c as usize)).max().unwrap_or(0)
        };
        self.alive.iter().enumerate().map(most).sum()
    }

    /// The values a goal can have for a resident among the careers left, ascending.
    pub fn levels(&self, kind: GoalKind) -> BTreeSet<i64> {
        let careers = self.alive.iter().enumerate().flat_map(|(i, cs)| cs.iter().map(move |&c| (i, c)));
        careers.map(|(resident, career)| self.formulation.value(kind, resident, career as usize)).collect()
    }

    /// The least that the worst-off resident can have, whoever takes which seat.
    pub fn least_worst(&self, kind: GoalKind) -> i64 {
        let least = |(resident, careers): (usize, &Vec<u32>)| {
            careers.iter().map(|&c| self.formulation.value(kind, resident, c as usize)).min().unwrap_or(0)
        };
        self.alive.iter().enumerate().map(least).max().unwrap_or(0)
    }

    /// The residents' values of a goal in the plan at hand, descending.
    pub fn values(&self, kind: GoalKind) -> Vec<i64> {
        let chosen = self.incumbent.iter().enumerate();
        let mut values: Vec<i64> =
            chosen.map(|(resident, &c)| self.formulation.value(kind, resident, c as usize)).collect();
        values.sort_unstable_by(|a, b| b.cmp(a));
        values
    }

    /// Takes the careers out of the game that fail `keep`.
    pub fn retain(&mut self, keep: impl Fn(usize, usize) -> bool) {
        for (resident, careers) in self.alive.iter_mut().enumerate() {
            careers.retain(|&career| keep(resident, career as usize));
        }
    }

    fn classes(&self, objective: Option<Quantity>) -> Vec<Class> {
        classes(self.formulation, objective, &self.holds, &self.alive)
    }

    fn question<'q>(
        &'q self,
        objective: Option<Quantity>,
        reached: Option<i64>,
        classes: &'q [Class],
    ) -> Question<'q> {
        let (holds, alive) = (&self.holds[..], &self.alive);
        Question { formulation: self.formulation, objective, holds, classes, alive, reached }
    }

    fn prices(
        &mut self,
        objective: Option<Quantity>,
        reached: Option<i64>,
        classes: &[Class],
    ) -> Option<Proved> {
        for (touched, &career) in self.touched.iter_mut().zip(&self.incumbent) {
            touched.insert(career);
        }
        let mut touched: Touched =
            self.touched_of(classes).into_iter().map(|careers| careers.into_iter().collect()).collect();
        let (backend, time_left) = (self.backend, self.time_left);
        let mut solve = |program: &Program| patiently(backend, program, time_left);
        let proved = prices::search(&self.question(objective, reached, classes), &mut touched, &mut solve);
        // Each resident of a class keeps a share: the next question tells them apart, and all careers
        // for all of them would be a crowd of ties.
        for (class, careers) in classes.iter().zip(&touched) {
            for &resident in &class.residents {
                self.touched[resident].clear();
            }
            for (&career, &resident) in careers.iter().zip(class.residents.iter().cycle()) {
                self.touched[resident].insert(career);
            }
        }
        proved
    }

    /// Per class the touched careers that are still in the game, ascending.
    fn touched_of(&self, classes: &[Class]) -> Vec<Vec<u32>> {
        let of = |class: &Class| {
            let touched = |career: &u32| class.residents.iter().any(|&i| self.touched[i].contains(career));
            self.alive[class.representative()].iter().copied().filter(touched).collect()
        };
        classes.iter().map(of).collect()
    }

    /// Per class the careers that a plan of value `target` can use: their cost above the cheapest is
    /// no more than what the target leaves above the bound.
    fn affordable(
        &self,
        objective: Option<Quantity>,
        classes: &[Class],
        proved: &Proved,
        target: i64,
    ) -> Vec<Vec<u32>> {
        let costs = PricedCosts::new(self.formulation, classes, objective, &self.holds, &proved.prices);
        let Some(cheapest) = cheapest(self.formulation, classes, &self.alive, &costs) else {
            return vec![Vec::new(); classes.len()];
        };
        let spare = i128::from(target) * i128::from(UNIT) - proved.bound;
        let least: Vec<i64> = cheapest.iter().map(|careers| careers.first().map_or(0, |c| c.1)).collect();
        let within = |class: usize, career: u32| {
            i128::from(costs.of(self.formulation, class, career as usize) - least[class]) <= spare
        };
        let of = |(number, class): (usize, &Class)| {
            let careers = self.alive[class.representative()].iter().copied();
            careers.filter(|&career| within(number, career)).collect()
        };
        classes.iter().enumerate().map(of).collect()
    }

    /// Takes out of the game what no plan with at most `value` of the quantity can use.
    fn exclude(&mut self, quantity: Quantity, classes: &[Class], proved: &Proved, value: i64) {
        let affordable = self.affordable(Some(quantity), classes, proved, value);
        for (class, careers) in classes.iter().zip(affordable) {
            for &resident in &class.residents {
                self.alive[resident].clone_from(&careers);
            }
        }
    }

    fn choose(
        &self,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        careers: &[Vec<u32>],
    ) -> Chance {
        if careers.iter().any(Vec::is_empty) {
            return Chance::None;
        }
        let master = Master::new(self.formulation, objective, target, &self.holds, classes, careers);
        let Some(outcome) = patiently(self.backend, &master.program, self.time_left) else {
            return Chance::Stopped;
        };
        match master.read(self.formulation, classes, &outcome) {
            Some(chosen) if is_plan(self.formulation, &self.holds, &chosen) => Chance::Found(chosen),
            Some(_) => Chance::Stopped,
            None if outcome == Outcome::Infeasible => Chance::None,
            None => Chance::Stopped,
        }
    }
}

/// What the master over some careers gave.
enum Chance {
    Found(Chosen),
    None,
    Stopped,
}

fn intersection(affordable: &[Vec<u32>], touched: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let of = |(careers, touched): (&Vec<u32>, &Vec<u32>)| {
        careers.iter().copied().filter(|career| touched.binary_search(career).is_ok()).collect()
    };
    affordable.iter().zip(touched).map(of).collect()
}

/// Programs with fewer constraints and no whole variables are solved on the spot.
const QUICK_CONSTRAINTS: usize = 5_000;

/// Solves a program, but returns `None` as soon as no time is left: the library runs on a thread
/// of its own and is left behind, since it cannot be interrupted.
fn patiently(
    backend: Backend,
    program: &Program,
    time_left: &dyn Fn() -> Option<Duration>,
) -> Option<Outcome> {
    let left = time_left();
    if left.is_some_and(|left| left.is_zero()) {
        return None;
    }
    let whole = program.columns.iter().any(|column| column.whole);
    if !whole && program.constraints.len() < QUICK_CONSTRAINTS {
        return Some(backend::solve(backend, program, left));
    }
    let (sender, receiver) = mpsc::channel();
    let copy = program.clone();
    std::thread::spawn(move || {
        let _ = sender.send(backend::solve(backend, &copy, left));
    });
    loop {
        match receiver.recv_timeout(Duration::from_millis(10)) {
            Ok(outcome) => return Some(outcome),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Some(Outcome::Failed("the library stopped without an answer".into()));
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                if time_left().is_some_and(|left| left.is_zero()) {
                    return None;
                }
            }
        }
    }
}
