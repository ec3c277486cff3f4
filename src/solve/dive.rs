//! A plan from the relaxed master's choice: what is whole is taken, the rest is a small integer program.
//!
//! The choice that belongs to the best prices is whole for most residents. They keep it, and the others
//! choose among careers that a plan as good as the bound can use. Where that finds nothing, fractions are
//! rounded one after another (`rounding`), or residents make room for one another (`ejection`), and then a part of
//! those who were settled choose again too.
//! Whatever is found is counted afresh, and what is not found proves nothing: then the search goes on with
//! the master over everybody. Integer programs give up after some nodes, never after some time, so the same
//! plan is found on every machine.

use super::bound::{PricedCosts, Quantity, UNIT};
use super::classes::{Class, deal};
use super::ejection::{Start, eject};
use super::formulation::Formulation;
use super::integral::{Chosen, Master, Taken, is_plan};
use super::prices::Proved;
use super::search::{Chance, Search};

/// Of a hundred settled residents so many choose again, try by try.
const FREED_PERCENT: [usize; 3] = [0, 10, 30];

/// A share this near to a whole number is one.
const NEARLY_WHOLE: f64 = 1e-3;

/// Careers of a class that its residents choose from, the cheapest.
const CHOICE: usize = 40;

/// Nodes of each integer program.
const NODES_MAX: u32 = 300;

/// Of so many undecided residents one is decided at a time when fractions are rounded, try by try.
pub(super) const ROUNDING_STEPS: [usize; 2] = [4, 16];

/// Tries to let residents make room for one another, and choices of each; further efforts make twice as many.
const ATTEMPTS: u64 = 2;
const CHOICES: usize = 500;

/// Classes below which the master over everybody is small, and says more.
const ROUNDED_MIN: usize = 24;

/// Careers beyond which the integer program is no longer small.
const CAREERS_MAX: usize = 4_000;

impl Search<'_> {
    /// Looks for a plan with no more than `target` of the objective (without one: any plan).
    pub(super) fn dive(
        &mut self,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        proved: &Proved,
    ) -> Chance {
        if !proved.complete || proved.shares.is_empty() || self.stopped() {
            return Chance::None;
        }
        let choices = self.choices(objective, target, classes, proved);
        for percent in FREED_PERCENT {
            let taken = settled(classes, &proved.shares, percent);
            let chance = self.choose_rest(objective, target, classes, &choices, &taken);
            if !matches!(chance, Chance::None | Chance::Stopped) || self.stopped() {
                return chance;
            }
            if percent == 0 && classes.len() >= ROUNDED_MIN {
                let chance = self.round(objective, target, classes, proved);
                if !matches!(chance, Chance::None) {
                    return chance;
                }
            }
            if percent == 0 {
                let chance = self.eject(objective, target, classes, proved, 0);
                if !matches!(chance, Chance::None) {
                    return chance;
                }
            }
        }
        Chance::None
    }

    /// The integer program over those who are not settled.
    fn choose_rest(
        &mut self,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        choices: &[Vec<u32>],
        taken: &Taken,
    ) -> Chance {
        let open = taken.open(classes);
        let of = |(careers, open): (&Vec<u32>, &i64)| if *open > 0 { careers.clone() } else { Vec::new() };
        let careers: Vec<Vec<u32>> = choices.iter().zip(&open).map(of).collect();
        let has_none = careers.iter().zip(&open).any(|(careers, open)| *open > 0 && careers.is_empty());
        if has_none || careers.iter().map(Vec::len).sum::<usize>() > CAREERS_MAX {
            return Chance::None;
        }
        self.choose_from(self.context, classes, |formulation, holds| {
            let mut master = Master::new(formulation, objective, target, holds, classes, &careers, taken);
            if let Some(objective) = objective {
                master.at_most(formulation, objective, classes, target);
            }
            master.program.nodes_max = Some(NODES_MAX);
            master
        })
    }

    /// Lets residents make room for one another until it is a plan (`ejection`), beginning with the relaxed choice.
    pub(super) fn eject(
        &mut self,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        proved: &Proved,
        effort: u32,
    ) -> Chance {
        let formulation = self.formulation();
        let Some(chosen) = dealt(formulation, classes, &proved.shares) else { return Chance::None };
        for attempt in 0..ATTEMPTS {
            let start = Start {
                objective: objective.map(|objective| (objective, target)),
                holds: &self.holds,
                prices: &proved.prices,
                chosen: chosen.clone(),
                taste: u64::from(effort) * ATTEMPTS + attempt,
                choices: CHOICES << effort.min(40),
            };
            if let Some(chosen) = eject(self.context, &self.pool, start) {
                return self.taken_as_plan(chosen);
            }
        }
        Chance::None
    }

    /// Rounds the relaxed choice.
    fn round(
        &mut self,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        proved: &Proved,
    ) -> Chance {
        for step in ROUNDING_STEPS {
            let chance = self.round_in(objective, target, classes, proved, step);
            if !matches!(chance, Chance::None) {
                return chance;
            }
        }
        Chance::None
    }

    /// The same where of so many undecided residents one is decided at a time.
    pub(super) fn round_in(
        &mut self,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        proved: &Proved,
        step: usize,
    ) -> Chance {
        let prices = (&proved.prices, target, step);
        let rounded = self.pool.round(self.context, objective, &self.holds, classes, prices);
        let Some(careers) = rounded else { return Chance::None };
        let careers: Vec<Vec<u32>> = careers.into_iter().map(|career| vec![career]).collect();
        let formulation = self.formulation();
        match deal(formulation, classes, &careers) {
            Some(chosen) if is_plan(formulation, &self.holds, &chosen) => self.taken_as_plan(chosen),
            _ => Chance::None,
        }
    }

    /// What a choice is that breaks no limit: a plan, unless it leaves somebody short of cases.
    fn taken_as_plan(&mut self, chosen: Chosen) -> Chance {
        let cuts = self.formulation().cuts.separate(self.formulation(), &chosen);
        if cuts.is_empty() {
            return Chance::Found { chosen, best: false };
        }
        self.hold_cuts(&cuts);
        Chance::Short
    }

    /// Per class the careers at hand that a plan of the target can use, the cheapest first.
    fn choices(
        &self,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        proved: &Proved,
    ) -> Vec<Vec<u32>> {
        let formulation = self.formulation();
        let costs = PricedCosts::new(formulation, classes, objective, &self.holds, &proved.prices);
        let spare = i128::from(target) * i128::from(UNIT) - proved.bound;
        let mut choices = Vec::with_capacity(classes.len());
        for (class, touched) in self.pool.touched_of(classes).iter().enumerate() {
            let above = |&career: &u32| costs.of(formulation, class, career) - proved.least[class];
            let mut near: Vec<(i64, u32)> = touched.iter().map(|career| (above(career), *career)).collect();
            near.retain(|&(above, _)| i128::from(above) <= spare);
            near.sort_unstable();
            near.truncate(CHOICE);
            choices.push(near.into_iter().map(|(_, career)| career).collect());
        }
        choices
    }
}

/// The relaxed choice as a career for each resident: shares are dealt out in order, and each resident takes the career
/// that covers the middle of their part. `None` if a class has none.
fn dealt(formulation: &Formulation<'_>, classes: &[Class], shares: &[(usize, u32, f64)]) -> Option<Chosen> {
    let of_class = |(number, class): (usize, &Class)| -> Option<Vec<u32>> {
        let own: Vec<(u32, f64)> = shares
            .iter()
            .filter(|share| share.0 == number)
            .map(|&(_, career, share)| (career, share))
            .collect();
        let &(last, _) = own.last()?;
        let (mut at, mut covered) = (0, own[0].1);
        let mut careers = Vec::with_capacity(class.residents.len());
        for place in 0..class.residents.len() {
            while covered < place as f64 + 0.5 && at + 1 < own.len() {
                at += 1;
                covered += own[at].1;
            }
            careers.push(own.get(at).map_or(last, |of| of.0));
        }
        Some(careers)
    };
    let careers: Vec<Vec<u32>> = classes.iter().enumerate().map(of_class).collect::<Option<_>>()?;
    deal(formulation, classes, &careers)
}

/// What is whole in the relaxed choice, but for a share of the classes that choose again.
fn settled(classes: &[Class], shares: &[(usize, u32, f64)], freed_percent: usize) -> Taken {
    let freed = |class: usize| {
        // Spread over all classes, the same in every run.
        let mixed = (class as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        (mixed % 100) < freed_percent as u64
    };
    let mut open: Vec<i64> = classes.iter().map(Class::len).collect();
    let mut careers = Vec::new();
    for &(class, career, share) in shares.iter().filter(|&&(class, ..)| !freed(class)) {
        let whole = ((share + NEARLY_WHOLE).floor() as i64).min(open[class]);
        if whole > 0 {
            open[class] -= whole;
            careers.push((class, career, whole));
        }
    }
    Taken { careers }
}
