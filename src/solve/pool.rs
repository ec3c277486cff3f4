//! The careers still in the game, and which of them have mattered so far.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::backend::{Backend, Program};
use super::bound::{Alive, Hold, PricedCosts, Quantity, UNIT, cheapest};
use super::classes::{Class, classes};
use super::formulation::Formulation;
use super::patience::patiently;
use super::prices::{self, Aim, Proved, Question, Touched};

/// What a search works with throughout.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub formulation: &'a Formulation<'a>,
    pub backend: Backend,
    /// Time left; `None` is no limit.
    pub time_left: &'a (dyn Fn() -> Option<Duration> + Sync),
}

impl Context<'_> {
    /// Whether the time is up. Once it is, it stays so.
    pub fn stopped(&self) -> bool {
        (self.time_left)().is_some_and(|left| left.is_zero())
    }
}

/// The careers in the game.
#[derive(Debug, Clone)]
pub struct Pool {
    pub alive: Alive,
    /// Per resident, careers that mattered in the question before.
    touched: Touched,
}

impl Pool {
    pub fn new(formulation: &Formulation) -> Self {
        let alive: Alive = formulation.careers_of.clone();
        Self { touched: vec![BTreeSet::new(); alive.len()], alive }
    }

    /// Takes the careers out of the game that fail `keep`.
    pub fn retain(&mut self, keep: impl Fn(usize, usize) -> bool) {
        for (resident, careers) in self.alive.iter_mut().enumerate() {
            let kept: Vec<u32> =
                careers.iter().copied().filter(|&career| keep(resident, career as usize)).collect();
            // Residents who lose nothing go on sharing their list.
            if kept.len() < careers.len() {
                *careers = Arc::new(kept);
            }
        }
    }

    pub fn classes(
        &self,
        formulation: &Formulation,
        objective: Option<Quantity>,
        holds: &[Hold],
    ) -> Vec<Class> {
        classes(formulation, objective, holds, &self.alive)
    }

    /// Marks careers, one per resident, as mattering.
    pub fn touch(&mut self, chosen: &[u32]) {
        for (touched, &career) in self.touched.iter_mut().zip(chosen) {
            touched.insert(career);
        }
    }

    /// The best prices for a question (`prices::search`); `None` if time is up or a class has no
    /// career left.
    pub fn prices(
        &mut self,
        context: Context<'_>,
        objective: Option<Quantity>,
        holds: &[Hold],
        aim: Aim,
        classes: &[Class],
    ) -> Option<Proved> {
        let mut touched: Touched =
            self.touched_of(classes).into_iter().map(|careers| careers.into_iter().collect()).collect();
        let (alive, stopped) = (&self.alive, || context.stopped());
        let question = Question {
            formulation: context.formulation,
            objective,
            holds,
            classes,
            alive,
            aim,
            stopped: &stopped,
        };
        let proved = prices::search(&question, &mut touched);
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
    pub fn touched_of(&self, classes: &[Class]) -> Vec<Vec<u32>> {
        let of = |class: &Class| {
            let touched = |career: &u32| class.residents.iter().any(|&i| self.touched[i].contains(career));
            self.alive[class.representative()].iter().copied().filter(touched).collect()
        };
        classes.iter().map(of).collect()
    }

    /// Per class the careers that a plan of value `target` can use: their cost above the cheapest is
    /// no more than what the target leaves above the bound. `None` if time is up.
    pub fn affordable(
        &self,
        context: Context<'_>,
        objective: Option<Quantity>,
        holds: &[Hold],
        classes: &[Class],
        proved: &Proved,
        target: i64,
    ) -> Option<Vec<Vec<u32>>> {
        let formulation = context.formulation;
        let costs = PricedCosts::new(formulation, classes, objective, holds, &proved.prices);
        let stopped = || context.stopped();
        let cheapest = cheapest(formulation, classes, &self.alive, &costs, &stopped)?;
        let spare = i128::from(target) * i128::from(UNIT) - proved.bound;
        let least: Vec<i64> = cheapest.iter().map(|careers| careers.first().map_or(0, |c| c.1)).collect();
        let within = |class: usize, career: u32| {
            i128::from(costs.of(formulation, class, career as usize) - least[class]) <= spare
        };
        let of = |(number, class): (usize, &Class)| {
            let careers = self.alive[class.representative()].iter().copied();
            (!stopped()).then(|| careers.filter(|&career| within(number, career)).collect())
        };
        classes.iter().enumerate().map(of).collect()
    }
}
