//! The search for one plan after another: bound, choose, prove, keep.
//!
//! State: the careers still in the game, the holds of the goals settled so far, the best plan, and
//! the steps that prove what was settled. Each step asks for the least of one quantity:
//!
//! 1. prices give a bound (`prices`); rounded up it is the target;
//! 2. if the plan at hand meets the target, the step is proved;
//! 3. else the master over the careers that a plan of that value can use at all is solved
//!    (`integral`); a plan found is counted afresh and becomes the plan at hand; if there is none,
//!    the target rises by one, on the library's word, which is passed on only if `branching` proves it
//!    or another library says so too;
//!    A plan found that leaves somebody short of cases is none: what it overdraws becomes a cut
//!    (`cuts`), held from then on, and the whole question is asked again;
//! 4. careers that no plan of the settled value can use leave the game (reduced-cost fixing), and
//!    the quantity is held.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::backend::Outcome;
use super::bound::{Hold, Prices, Quantity, ResidentGoal, rounded_up};
use super::branching::{self, Claim, Proof as Cases};
use super::classes::Class;
use super::formulation::Formulation;
use super::grid;
use super::integral::{Chosen, Master, Taken, is_plan, measure};
use super::patience::patiently;
use super::pool::{AFFORDABLE_MAX, Context, Pool};
use super::prices::{Aim, Proved};
use super::warm::{Hint, Last};
use crate::itineraries::Careers;
use crate::plan::Proof;

/// A quantity settled as far as the time went.
#[derive(Debug, Clone)]
pub struct Step {
    pub quantity: Option<Quantity>,
    /// Holds in force at the time; the prices of holds belong to them.
    pub holds: Vec<Hold>,
    /// What proves the bound, unless there are `cases`; what later steps may leave out rests on them.
    pub prices: Prices,
    /// Where the prices leave a gap.
    pub cases: Option<Cases>,
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

/// The values a goal can have for a resident.
pub struct Levels {
    /// Those that occur for anybody, ascending.
    pub occurring: Vec<i64>,
    /// The least that the worst-off resident can have, whoever takes which seat.
    pub least_worst: i64,
}

pub struct Search<'a> {
    pub context: Context<'a>,
    pub pool: Pool,
    pub holds: Vec<Hold>,
    pub incumbent: Chosen,
    /// Prices worth trying before any are looked for.
    pub hints: Vec<Hint>,
    /// What the last question came to; the next starts from it.
    last: Option<Last>,
    /// Whether to prove as much as can be where less would do, for neighbours that start from here.
    pub thorough: bool,
}

/// Careers beyond this many are first tried in part: most often the touched ones already hold a plan.
const MASTER_CAREERS: usize = 3_000;

/// Careers up to which it is tried to reach at once what carried-over prices prove; among more a library
/// may take longer than better prices do.
const LEAP_CAREERS: usize = 1_000;

impl<'a> Search<'a> {
    pub fn new(context: Context<'a>) -> Self {
        let pool = Pool::new(context.formulation);
        Self {
            context,
            pool,
            holds: Vec::new(),
            incumbent: Vec::new(),
            hints: Vec::new(),
            last: None,
            thorough: false,
        }
    }

    pub fn formulation(&self) -> &'a Formulation<'a> {
        self.context.formulation
    }

    pub fn stopped(&self) -> bool {
        self.context.stopped()
    }

    /// Looks for any plan; the first incumbent.
    pub fn find_any(&mut self) -> Existence {
        loop {
            if let Some(existence) = self.try_to_find_any() {
                return existence;
            }
        }
    }

    /// `None`: a plan was found that is short of cases; ask again.
    fn try_to_find_any(&mut self) -> Option<Existence> {
        if let Some(resident) = self.pool.alive.iter().position(|careers| careers.is_empty()) {
            return Some(Existence::NoCareer(resident));
        }
        let classes = self.classes(None);
        let proved = match self.prices(None, Some(1), &classes) {
            Some(proved) if proved.bound > 0 => {
                return Some(Existence::Impossible(Box::new(self.impossible(proved.prices, None))));
            }
            Some(proved) => proved,
            None => return Some(Existence::Stopped),
        };
        if self.tighten(None, &classes) {
            return None;
        }
        match self.dive(None, 0, &classes, &proved) {
            Chance::Found { chosen, .. } => {
                self.incumbent = chosen;
                return Some(Existence::Found);
            }
            Chance::Short => return None,
            Chance::None | Chance::Stopped => {}
        }
        let Some(affordable) = self.affordable(None, &classes, &proved, 0) else {
            return Some(Existence::Stopped);
        };
        for careers in [self.pool.touched_of(&classes), affordable] {
            match self.choose(None, 0, &classes, &careers) {
                Chance::Found { chosen, .. } => {
                    self.incumbent = chosen;
                    return Some(Existence::Found);
                }
                Chance::None => {}
                Chance::Short => return None,
                Chance::Stopped => return Some(Existence::Stopped),
            }
        }
        // Nothing is left but to look for a plan and for a proof in turn, each time twice as long.
        for effort in 0..u32::from(u16::MAX) {
            match self.eject(None, 0, &classes, &proved, effort) {
                Chance::Found { chosen, .. } => {
                    self.incumbent = chosen;
                    return Some(Existence::Found);
                }
                Chance::Short => return None,
                Chance::None | Chance::Stopped => {}
            }
            let claim = Claim { objective: None, holds: &self.holds, at_least: 1, grid: 1 };
            if let Some(cases) = branching::prove(self.context, &claim, self.pool.clone(), effort) {
                return Some(Existence::Impossible(Box::new(self.impossible(proved.prices, Some(cases)))));
            }
            if self.stopped() {
                return Some(Existence::Stopped);
            }
        }
        Some(Existence::Doubtful)
    }

    fn impossible(&self, prices: Prices, cases: Option<Cases>) -> Step {
        Step {
            quantity: None,
            holds: self.holds.clone(),
            prices,
            cases,
            value: 0,
            bound: 1,
            proof: Proof::Certified,
        }
    }

    /// Settles the least of a quantity. With `enough`, a bound of that much ends the step early:
    /// then all that is known is that the value is at least `enough`.
    pub fn minimise(
        &mut self,
        quantity: Quantity,
        enough: Option<i64>,
        report: &mut dyn FnMut(i64, i64),
    ) -> Step {
        loop {
            if let Some(step) = self.try_to_minimise(quantity, enough, report) {
                return step;
            }
        }
    }

    /// `None`: a plan was found that is short of cases; ask again.
    fn try_to_minimise(
        &mut self,
        quantity: Quantity,
        enough: Option<i64>,
        report: &mut dyn FnMut(i64, i64),
    ) -> Option<Step> {
        let classes = self.classes(Some(quantity));
        if self.leap(quantity, &classes) {
            return None;
        }
        let mut value = measure(self.formulation(), quantity, &self.incumbent);
        let mut step = Step {
            quantity: Some(quantity),
            holds: self.holds.clone(),
            prices: Prices::zero(self.formulation().rows.len(), self.holds.len()),
            cases: None,
            value,
            bound: 0,
            proof: Proof::Certified,
        };
        report(value, step.bound);
        let reached = enough.unwrap_or(value).min(value);
        let grid = grid::of_tables(self.formulation().scenario, quantity);
        let aim = if self.thorough { value } else { reached - (grid - 1) };
        let Some(proved) = self.prices(Some(quantity), Some(aim), &classes) else {
            step.proof = if step.is_proved() { Proof::Certified } else { Proof::None };
            return Some(step);
        };
        step.bound = self.lifted(quantity, (grid, value), &classes, &proved).clamp(0, value);
        step.prices = proved.prices.clone();
        if step.bound < reached && self.tighten(Some(quantity), &classes) {
            return None;
        }
        let aim = self.on_grid(quantity, step.bound).min(value);
        if target_is_open(aim, value, enough) {
            match self.dive(Some(quantity), aim, &classes, &proved) {
                Chance::Found { chosen, .. } => {
                    let reached = measure(self.formulation(), quantity, &chosen);
                    if reached < value {
                        self.incumbent = chosen;
                        value = reached;
                    }
                }
                Chance::Short => return None,
                Chance::None | Chance::Stopped => {}
            }
        }
        if target_is_open(aim, value, enough) && self.is_large(quantity, value, &classes, &proved) {
            match self.improve(quantity, aim, &classes, &proved) {
                Chance::Short => return None,
                Chance::Found { .. } => value = measure(self.formulation(), quantity, &self.incumbent),
                Chance::None | Chance::Stopped => {}
            }
            if let Some(cases) = self.prove_large(quantity, (value, grid), &classes, &proved) {
                (step.cases, step.value, step.bound) = (Some(cases), value, value);
                self.exclude(quantity, &classes, &proved, value);
                report(value, value);
                return Some(step);
            }
        }
        // No plan has less than the target; careers are looked at that a plan of the level can use.
        let mut target = if enough.is_none() { aim } else { step.bound };
        let mut level = target;
        if target > step.bound {
            step.proof = Proof::Solver;
        }
        while target_is_open(target, value, enough) {
            report(value, target);
            let mut sets = Vec::new();
            if let Some(affordable) = self.affordable(Some(quantity), &classes, &proved, level) {
                if count(&affordable) > MASTER_CAREERS {
                    sets.push(intersection(&affordable, &self.pool.touched_of(&classes)));
                }
                sets.push(affordable);
            }
            let mut found = false;
            let mut exhausted = sets.is_empty();
            for (number, careers) in sets.iter().enumerate() {
                match self.choose(Some(quantity), target, &classes, careers) {
                    Chance::Found { chosen, best } => {
                        let reached = measure(self.formulation(), quantity, &chosen);
                        if reached < value {
                            self.incumbent = chosen;
                            value = reached;
                        }
                        if value <= target {
                            found = true;
                            break;
                        }
                        // Cut short: that there is none of the target's value nobody has said.
                        if !best {
                            exhausted = true;
                            break;
                        }
                        // The best of all that a plan as good as it could use.
                        if number + 1 == sets.len() && value <= level {
                            level = value - 1;
                        }
                    }
                    Chance::None => {}
                    Chance::Short => return None,
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
                // Where the target has risen it did so on the library's word alone.
                step.bound = step.bound.min(value);
                // Too many careers for a library need not be too many for prices.
                let claim = Claim { objective: step.quantity, holds: &self.holds, at_least: value, grid };
                let cases = (!step.is_proved() && enough.is_none())
                    .then(|| branching::prove(self.context, &claim, self.pool.clone(), 0));
                if let Some(cases) = cases.flatten() {
                    (step.bound, step.cases) = (value, Some(cases));
                }
                step.proof = if step.is_proved() { Proof::Certified } else { Proof::None };
                return Some(step);
            }
            // No plan of the level's value over all careers such a plan could use. All that could do
            // better than the plan at hand are looked at together where they are few.
            target = level + 1;
            step.proof = Proof::Solver;
            let better = self.affordable(Some(quantity), &classes, &proved, value - 1);
            let few = better.is_some_and(|careers| count(&careers) <= MASTER_CAREERS);
            level = if few { value - 1 } else { target };
        }
        step.value = value;
        if step.proof == Proof::Solver {
            let at_least = target.min(value);
            let claim = Claim { objective: step.quantity, holds: &self.holds, at_least, grid };
            if let Some(cases) = branching::prove(self.context, &claim, self.pool.clone(), 0) {
                step.cases = Some(cases);
                step.bound = at_least;
                step.proof = Proof::Certified;
            } else if self.is_confirmed(quantity, &classes, &proved, at_least)? {
                step.bound = at_least;
            } else {
                // The other library may have found a better plan.
                step.value = measure(self.formulation(), quantity, &self.incumbent);
                step.proof = if step.is_proved() { Proof::Certified } else { Proof::None };
            }
        } else {
            step.bound = target.min(value);
        }
        // A trial that failed settles nothing: later plans may have more of the quantity than this one.
        if step.is_proved() && enough.is_none_or(|enough| step.value < enough) {
            self.exclude(quantity, &classes, &proved, step.value);
        }
        report(step.value, step.bound);
        Some(step)
    }

    /// Whether the master over all that a better total than `value` can use is large.
    fn is_large(&self, quantity: Quantity, value: i64, classes: &[Class], proved: &Proved) -> bool {
        let better = || self.affordable(Some(quantity), classes, proved, value - 1);
        matches!(quantity, Quantity::Total(_)) && better().is_some_and(|all| count(&all) > MASTER_CAREERS)
    }

    /// A proof by cases that the plan at hand is the best, where little is missing and the master over all that could be
    /// better is large.
    fn prove_large(
        &self,
        quantity: Quantity,
        (value, grid): (i64, i64),
        classes: &[Class],
        proved: &Proved,
    ) -> Option<Cases> {
        let bound = self.lifted(quantity, (grid, value), classes, proved);
        let is_next = bound < value && value <= self.on_grid(quantity, bound + 1);
        if !is_next || !self.is_large(quantity, value, classes, proved) {
            return None;
        }
        let claim = Claim { objective: Some(quantity), holds: &self.holds, at_least: value, grid };
        branching::prove(self.context, &claim, self.pool.clone(), 0)
    }

    /// Looks for a plan with little of a quantity that is not settled yet: where the worst-off resident is
    /// asked about next, a plan that is good for everybody is seldom bad for one, and it is found sooner.
    pub fn scout(&mut self, quantity: Quantity, is_better: impl Fn(&Self, &Chosen) -> bool) {
        let classes = self.classes(Some(quantity));
        let Some(proved) = self.prices(Some(quantity), None, &classes) else { return };
        let target = self.on_grid(quantity, rounded_up(proved.bound));
        if let Chance::Found { chosen, .. } = self.dive(Some(quantity), target, &classes, &proved)
            && is_better(self, &chosen)
        {
            self.incumbent = chosen;
        }
    }

    /// The least value up to `value` that prices leave.
    fn lifted(
        &self,
        quantity: Quantity,
        (grid, value): (i64, i64),
        classes: &[Class],
        proved: &Proved,
    ) -> i64 {
        grid::lifted(self.context, &self.pool, (quantity, &self.holds), classes, proved, (grid, value))
    }

    /// The least value from `bound` on that the quantity can have.
    fn on_grid(&self, quantity: Quantity, bound: i64) -> i64 {
        grid::on_grid(grid::of_stays(self.formulation(), quantity), bound)
    }

    /// Looks for a plan of the value that carried-over prices prove to be the least there can be: most often
    /// they prove what can be reached, and only the plan is missing. Whether a plan was found that is short
    /// of cases.
    fn leap(&mut self, quantity: Quantity, classes: &[Class]) -> bool {
        if self.thorough || !self.has_hint(quantity) {
            return false;
        }
        // Any bound is enough, so no price is looked for.
        let Some(proved) = self.prices(Some(quantity), Some(i64::MIN), classes) else { return false };
        let value = measure(self.formulation(), quantity, &self.incumbent);
        let target = self.on_grid(quantity, rounded_up(proved.bound));
        // Where they prove less than half, they have little to do with this scenario.
        if target <= 0 || target >= value || target < value / 2 {
            return false;
        }
        let Some(careers) = self.affordable(Some(quantity), classes, &proved, target) else { return false };
        if careers.iter().map(Vec::len).sum::<usize>() > LEAP_CAREERS {
            return false;
        }
        match self.choose(Some(quantity), target, classes, &careers) {
            Chance::Found { chosen, .. } if measure(self.formulation(), quantity, &chosen) < value => {
                self.incumbent = chosen;
                false
            }
            Chance::Short => true,
            Chance::Found { .. } | Chance::None | Chance::Stopped => false,
        }
    }

    /// Holds a settled quantity for the rest of the search, unless no career left could break it.
    pub fn hold(&mut self, quantity: Quantity, at_most: i64) {
        if matches!(quantity, Quantity::Coverage | Quantity::Staffing) || self.most(quantity) > at_most {
            self.holds.push(Hold { quantity, at_most });
        }
    }

    /// Looks for cuts that the relaxed master breaks; whether there are new ones. Nothing is looked for
    /// until some plan was short of cases: in most programs none ever is.
    fn tighten(&mut self, objective: Option<Quantity>, classes: &[Class]) -> bool {
        let formulation = self.formulation();
        if formulation.cuts.rounds() == 0 || self.stopped() {
            return false;
        }
        let careers = self.pool.touched_of(classes);
        let master = Master::relaxed(formulation, objective, &self.holds, classes, &careers);
        let shares = patiently(self.context, &master.program).and_then(|outcome| master.shares(&outcome));
        let Some(shares) = shares else { return false };
        let cuts = formulation.cuts.separate_shares(formulation, classes, &shares);
        self.hold_cuts(&cuts);
        !cuts.is_empty()
    }

    /// Holds new cuts; whether one is the first of its item.
    pub(super) fn hold_cuts(&mut self, cuts: &[usize]) -> bool {
        let formulation = self.formulation();
        let items = formulation.cuts.items(&self.holds).len();
        let hold =
            |&cut: &usize| Hold { quantity: Quantity::Cases(cut), at_most: formulation.cuts.offer(cut) };
        self.holds.extend(cuts.iter().map(hold));
        formulation.cuts.items(&self.holds).len() > items
    }

    /// The most of a quantity over the careers left, seats aside.
    fn most(&self, quantity: Quantity) -> i64 {
        let most = |(resident, careers): (usize, &Arc<Careers>)| {
            let of = &self.formulation().values[resident];
            let of_goal = |kind: ResidentGoal| match of.amount(kind) {
                Some(amount) => careers.range(&amount).1,
                None => careers.courses().iter().map(|c| of.values_of_courses(kind)[c.0]).max().unwrap_or(0),
            };
            match quantity {
                Quantity::Coverage | Quantity::Staffing => 0,
                Quantity::Total(kind) => of_goal(kind),
                Quantity::TotalAndWorst(kind) => of_goal(kind).saturating_mul(2),
                Quantity::AtLeast(kind, level) => i64::from(of_goal(kind) >= level),
                Quantity::Cases(cut) => {
                    let cuts = &self.formulation().cuts;
                    let least = careers.range(&cuts.elsewhere(cut, of.set)).0;
                    (i64::from(cuts.need(cut, resident)) - least).max(0)
                }
            }
        };
        // Without time to look, anything is possible.
        let each = self.pool.alive.iter().enumerate().map(|of| (!self.stopped()).then(|| most(of)));
        each.sum::<Option<i64>>().unwrap_or(i64::MAX)
    }

    /// The values a goal can have for the residents among the careers left; `None` if time is up.
    pub fn levels(&self, kind: ResidentGoal) -> Option<Levels> {
        let mut occurring = BTreeSet::new();
        let mut least_worst = 0;
        for (resident, careers) in self.pool.alive.iter().enumerate() {
            if self.stopped() {
                return None;
            }
            let of = &self.formulation().values[resident];
            let least = match of.amount(kind) {
                Some(amount) => {
                    occurring.extend(careers.occurring(&amount));
                    careers.least(&amount, &|| self.stopped())
                }
                None => {
                    let values = of.values_of_courses(kind);
                    let places = careers.courses().into_iter().map(|course| values[course.0]);
                    let places: BTreeSet<i64> = places.collect();
                    occurring.extend(&places);
                    places.first().copied()
                }
            };
            least_worst = least_worst.max(least.unwrap_or(0));
        }
        Some(Levels { occurring: occurring.into_iter().collect(), least_worst })
    }

    /// The residents' values of a goal in the plan at hand, descending.
    pub fn values(&self, kind: ResidentGoal) -> Vec<i64> {
        self.values_in(kind, &self.incumbent)
    }

    /// The residents' values of a goal in a plan, descending.
    pub fn values_in(&self, kind: ResidentGoal, chosen: &Chosen) -> Vec<i64> {
        let has_part = |&(resident, _): &(usize, &u32)| self.formulation().values[resident].has_part;
        let chosen = chosen.iter().enumerate().filter(has_part);
        let mut values: Vec<i64> =
            chosen.map(|(resident, &c)| self.formulation().value(kind, resident, c as usize)).collect();
        values.sort_unstable_by(|a, b| b.cmp(a));
        values
    }

    fn classes(&self, objective: Option<Quantity>) -> Vec<Class> {
        self.pool.classes(self.formulation(), objective, &self.holds)
    }

    /// Whether the search starts from another answer.
    pub fn has_hints(&self) -> bool {
        !self.hints.is_empty()
    }

    /// Whether prices are known that elsewhere proved the quantity to be more than nothing.
    pub fn has_hint(&self, quantity: Quantity) -> bool {
        self.hints.iter().any(|hint| hint.bounds(quantity))
    }

    /// Whether carried-over prices prove at once that there is some of the quantity.
    pub fn hint_refutes(&mut self, quantity: Quantity) -> bool {
        let classes = self.classes(Some(quantity));
        // Any bound is enough, so no price is looked for.
        let proved = self.prices(Some(quantity), Some(i64::MIN), &classes);
        proved.is_some_and(|proved| proved.bound > 0)
    }

    fn prices(
        &mut self,
        objective: Option<Quantity>,
        reached: Option<i64>,
        classes: &[Class],
    ) -> Option<Proved> {
        self.pool.touch(&self.incumbent);
        let hint = self.hints.iter().find_map(|hint| hint.for_question(objective, &self.holds));
        let last = || self.last.as_ref().map(|last| last.for_question(objective, &self.holds));
        let aim = Aim { reached, hint: hint.or_else(last) };
        let proved = self.pool.prices(self.context, objective, &self.holds, aim, classes)?;
        let (holds, prices) = (self.holds.clone(), proved.prices.clone());
        self.last = Some(Last { objective, holds, prices });
        Some(proved)
    }

    pub(super) fn affordable(
        &self,
        objective: Option<Quantity>,
        classes: &[Class],
        proved: &Proved,
        target: i64,
    ) -> Option<Vec<Vec<u32>>> {
        self.pool.affordable(self.context, objective, &self.holds, classes, proved, target)
    }

    /// Takes out of the game what no plan with at most `value` of the quantity can use.
    fn exclude(&mut self, quantity: Quantity, classes: &[Class], proved: &Proved, value: i64) {
        let context = self.context;
        self.pool.exclude(context, Some(quantity), &self.holds, classes, proved, value);
    }

    fn choose(
        &mut self,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        careers: &[Vec<u32>],
    ) -> Chance {
        self.choose_with(self.context, objective, target, classes, careers)
    }

    pub(super) fn choose_with(
        &mut self,
        context: Context<'_>,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        careers: &[Vec<u32>],
    ) -> Chance {
        if careers.iter().any(Vec::is_empty) {
            return Chance::None;
        }
        if count(careers) > AFFORDABLE_MAX {
            return Chance::Stopped;
        }
        let taken = Taken::default();
        self.choose_from(context, classes, |formulation, holds| {
            Master::new(formulation, objective, target, holds, classes, careers, &taken)
        })
    }

    /// Solves a master, again with the cuts that its plans turn out to break.
    pub(super) fn choose_from(
        &mut self,
        context: Context<'_>,
        classes: &[Class],
        master: impl Fn(&Formulation<'_>, &[Hold]) -> Master,
    ) -> Chance {
        let mut short = false;
        loop {
            let master = master(self.formulation(), &self.holds);
            let Some(outcome) = patiently(context, &master.program) else {
                return Chance::Stopped;
            };
            match master.read(self.formulation(), classes, &outcome) {
                Some(chosen) if is_plan(self.formulation(), &self.holds, &chosen) => {
                    let cuts = self.formulation().cuts.separate(self.formulation(), &chosen);
                    if cuts.is_empty() {
                        return Chance::Found { chosen, best: matches!(outcome, Outcome::Optimal(_)) };
                    }
                    // The careers are still all that such a plan can use, so only this choice is made
                    // again, unless the classes take residents together whom the cut tells apart.
                    if self.hold_cuts(&cuts) {
                        return Chance::Short;
                    }
                    short = true;
                }
                Some(_) => return Chance::Stopped,
                None if outcome == Outcome::Infeasible && short => return Chance::Short,
                None if outcome == Outcome::Infeasible => return Chance::None,
                None => return Chance::Stopped,
            }
        }
    }
}

/// What the master over some careers gave.
pub(super) enum Chance {
    /// `best`: said to be the best of these careers.
    Found {
        chosen: Chosen,
        best: bool,
    },
    /// A plan that leaves somebody short of cases; what it overdraws is held now.
    Short,
    None,
    Stopped,
}

/// Whether a plan as good as the target is still to be looked for.
fn target_is_open(target: i64, value: i64, enough: Option<i64>) -> bool {
    target < value && enough.is_none_or(|enough| target < enough)
}

fn count(careers: &[Vec<u32>]) -> usize {
    careers.iter().map(Vec::len).sum()
}

fn intersection(affordable: &[Vec<u32>], touched: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let of = |(careers, touched): (&Vec<u32>, &Vec<u32>)| {
        careers.iter().copied().filter(|career| touched.binary_search(career).is_ok()).collect()
    };
    affordable.iter().zip(touched).map(of).collect()
}
