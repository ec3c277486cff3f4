//! The careers still in the game, and which of them have mattered so far.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::backend::Backend;
use super::bound::{
    Alive, Costed, Hold, LeastWorst, PricedCosts, Prices, Quantity, ResidentGoal, UNIT, cheapest,
};
use super::classes::{Class, classes};
use super::formulation::Formulation;
use super::prices::{self, Aim, Proved, Question, Touched};
use super::rounding;
use crate::itineraries::{Careers, Effort, FORBIDDEN, Residue, Step};

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
    pub least_worst: LeastWorst,
    /// Per resident what the next search for their cheapest career starts from.
    efforts: Vec<Effort>,
}

impl Pool {
    pub fn new(formulation: &Formulation) -> Self {
        let alive: Alive = formulation.careers_of.clone();
        Self {
            touched: vec![BTreeSet::new(); alive.len()],
            efforts: vec![Effort::default(); alive.len()],
            alive,
            least_worst: LeastWorst::new(),
        }
    }

    /// Takes the careers out of the game on which a resident's value of a goal is more than `at_most`.
    /// Without time to look, some stay, which is no error.
    pub fn limit(&mut self, context: Context<'_>, kind: ResidentGoal, at_most: i64) {
        let formulation = context.formulation;
        // Residents who share their careers and values go on sharing.
        let mut known: Vec<(usize, Arc<Careers>, Arc<Careers>)> = Vec::new();
        for resident in 0..self.alive.len() {
            let (of, careers) = (&formulation.values[resident], Arc::clone(&self.alive[resident]));
            let is_alike = |other: usize| formulation.values[other].counts_alike(of, kind);
            let alike = known.iter().find(|(other, from, _)| Arc::ptr_eq(from, &careers) && is_alike(*other));
            let left = match (alike, of.amount(kind)) {
                (Some((.., left)), _) => Arc::clone(left),
                (None, Some(amount)) => match careers.limited(amount, at_most, &|| context.stopped()) {
                    Some(left) => Arc::new(left),
                    None => return,
                },
                (None, None) => {
                    let places = of.values_of_courses(kind);
                    Arc::new(careers.keeping(|course| places[course.0] <= at_most, |_| true))
                }
            };
            // Who loses nothing goes on sharing with those of other values.
            let left = if *left == *careers { Arc::clone(&careers) } else { left };
            known.push((resident, careers, Arc::clone(&left)));
            self.alive[resident] = left;
        }
    }

    /// Takes careers out of the game that no plan with at most `value` of the objective can use.
    pub fn exclude(
        &mut self,
        context: Context<'_>,
        objective: Option<Quantity>,
        holds: &[Hold],
        classes: &[Class],
        proved: &Proved,
        value: i64,
    ) {
        let Some(limits) = self.affordable_costs(context, objective, holds, classes, proved, value) else {
            return;
        };
        for ((number, class), at_most) in classes.iter().enumerate().zip(limits.at_most) {
            let costs = limits.costs.of_class(number);
            let careers = &self.alive[class.representative()];
            // Without time to look, everything stays in the game, which is no error.
            let Some(left) = careers.restricted(costs, at_most, &|| context.stopped()) else { return };
            let left = Arc::new(left);
            for &resident in &class.residents {
                self.alive[resident] = Arc::clone(&left);
            }
        }
    }

    /// What careers of each class may cost in a plan of value `target`: their cost above the cheapest is no
    /// more than what the target leaves above the bound. `None` if time is up.
    fn affordable_costs(
        &self,
        context: Context<'_>,
        objective: Option<Quantity>,
        holds: &[Hold],
        classes: &[Class],
        proved: &Proved,
        target: i64,
    ) -> Option<Affordable> {
        let formulation = context.formulation;
        let costs = PricedCosts::new(formulation, classes, objective, holds, &proved.prices);
        let mut efforts = self.efforts_of(classes);
        efforts.iter_mut().for_each(|effort| effort.is_rough = false);
        let cheapest = cheapest(classes, &self.alive, &costs, &mut efforts, &|| context.stopped())?;
        let spare = i128::from(target) * i128::from(UNIT) - proved.bound;
        let at_most = |careers: &Vec<Costed>| {
            let most = i128::from(careers.first().map_or(0, |of| of.1)) + spare;
            most.clamp(i128::from(i64::MIN), i128::from(FORBIDDEN)) as i64
        };
        Some(Affordable { at_most: cheapest.iter().map(at_most).collect(), costs })
    }

    /// What a total of at most `value` leaves, divided by a number, in every plan: what all that such a plan can use leaves.
    /// `None` if that is not known, or if it comes in no wider steps than `grid`.
    pub fn residue(
        &self,
        context: Context<'_>,
        (kind, holds): (ResidentGoal, &[Hold]),
        classes: &[Class],
        proved: &Proved,
        (value, grid): (i64, i64),
    ) -> Option<Residue> {
        let objective = Some(Quantity::Total(kind));
        let limits = self.affordable_costs(context, objective, holds, classes, proved, value)?;
        let classes = classes.iter().enumerate().zip(limits.at_most);
        classes.into_iter().try_fold(Residue::NOTHING, |sum, ((number, class), at_most)| {
            let within = (limits.costs.of_class(number), at_most);
            let amount = context.formulation.values[class.representative()].amount(kind)?;
            let careers = &self.alive[class.representative()];
            let sum = sum.plus(careers.residue(within, &amount, &|| context.stopped())?, class.len());
            (!sum.divides(grid)).then_some(sum)
        })
    }

    /// Residents and stays that a plan of a total of at most `value` can use and after which the total may be no multiple of
    /// `wanted`; one for each class that has any.
    pub fn strays(
        &self,
        context: Context<'_>,
        (kind, holds): (ResidentGoal, &[Hold]),
        classes: &[Class],
        proved: &Proved,
        (value, wanted): (i64, i64),
    ) -> Vec<(usize, Step)> {
        let objective = Some(Quantity::Total(kind));
        let limits = self.affordable_costs(context, objective, holds, classes, proved, value);
        let Some(limits) = limits else { return Vec::new() };
        let of_class = |((number, class), at_most): ((usize, &Class), i64)| {
            let resident = class.representative();
            let amount = context.formulation.values[resident].amount(kind)?;
            let within = (limits.costs.of_class(number), at_most);
            let stay = self.alive[resident].stray(within, &amount, wanted, &|| context.stopped())?;
            Some((resident, stay))
        };
        classes.iter().enumerate().zip(limits.at_most.iter().copied()).filter_map(of_class).collect()
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
            least_worst: &self.least_worst,
            stopped: &stopped,
        };
        let mut efforts = self.efforts_of(classes);
        let proved = prices::search(&question, &mut touched, &mut efforts);
        for (class, effort) in classes.iter().zip(efforts) {
            self.efforts[class.representative()] = effort;
        }
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

    /// The relaxed choice rounded (`rounding::round`): by prices, towards a target, in steps.
    pub fn round(
        &self,
        context: Context<'_>,
        objective: Option<Quantity>,
        holds: &[Hold],
        classes: &[Class],
        (prices, target, step): (&Prices, i64, usize),
    ) -> Option<Vec<u32>> {
        let stopped = || context.stopped();
        let question = Question {
            formulation: context.formulation,
            objective,
            holds,
            classes,
            alive: &self.alive,
            aim: Aim::default(),
            least_worst: &self.least_worst,
            stopped: &stopped,
        };
        let touched = self.touched_of(classes).into_iter();
        let touched: Touched = touched.map(|careers| careers.into_iter().collect()).collect();
        rounding::round(&question, &touched, &mut self.efforts_of(classes), (prices, target, step))
    }

    /// What the search for each class's cheapest career starts from.
    fn efforts_of(&self, classes: &[Class]) -> Vec<Effort> {
        classes.iter().map(|class| self.efforts[class.representative()].clone()).collect()
    }

    /// Per class the touched careers that are still in the game, ascending.
    pub fn touched_of(&self, classes: &[Class]) -> Vec<Vec<u32>> {
        let of = |class: &Class| {
            let touched: BTreeSet<u32> =
                class.residents.iter().flat_map(|&i| &self.touched[i]).copied().collect();
            let careers = &self.alive[class.representative()];
            touched.into_iter().filter(|&career| careers.holds(career)).collect()
        };
        classes.iter().map(of).collect()
    }

    /// Per class the careers that a plan of value `target` can use. Beyond [`AFFORDABLE_MAX`] careers in all
    /// no more are looked for: that many are nothing for a library. `None` if time is up or there is too much
    /// to look at.
    pub fn affordable(
        &self,
        context: Context<'_>,
        objective: Option<Quantity>,
        holds: &[Hold],
        classes: &[Class],
        proved: &Proved,
        target: i64,
    ) -> Option<Vec<Vec<u32>>> {
        let limits = self.affordable_costs(context, objective, holds, classes, proved, target)?;
        let mut left = AFFORDABLE_MAX;
        let touched = self.touched_of(classes);
        let mut all = Vec::with_capacity(classes.len());
        for (((number, class), at_most), touched) in
            classes.iter().enumerate().zip(limits.at_most).zip(touched)
        {
            let costs = limits.costs.of_class(number);
            let careers = &self.alive[class.representative()];
            let within = careers.within(costs, at_most, left + 1, &|| context.stopped());
            // Cut short before there were too many, nobody could say that the rest does not matter.
            if context.stopped() || (!within.is_complete && within.picks.len() <= left) {
                return None;
            }
            let mut numbers: Vec<u32> = within.picks.iter().map(|(_, pick)| careers.number(pick)).collect();
            if !within.is_complete {
                // The ones that mattered are among them all the same.
                let set = careers.set();
                numbers.extend(touched.into_iter().filter(|&of| costs.of_number(set, of) <= at_most));
            }
            numbers.sort_unstable();
            numbers.dedup();
            left = if within.is_complete { left.saturating_sub(numbers.len()) } else { 0 };
            all.push(numbers);
        }
        Some(all)
    }
}

/// Costs of careers, and what they may cost in each class.
struct Affordable {
    costs: PricedCosts,
    at_most: Vec<i64>,
}

/// Careers beyond this many are not handed to a library at all: stating the master alone would take
/// gigabytes, and no library at hand ends on it in any patience.
pub const AFFORDABLE_MAX: usize = 200_000;
