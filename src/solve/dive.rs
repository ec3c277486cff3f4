//! A plan from the relaxed master's choice: what is whole is taken, the rest is a small integer program.
//!
//! The choice that belongs to the best prices is whole for most residents. They keep it, and the others
//! choose among careers that a plan as good as the bound can use. Where that finds nothing, fractions are
//! rounded one after another (`rounding`), and then a part of those who were settled choose again too.
//! Whatever is found is counted afresh, and what is not found proves nothing: then the search goes on with
//! the master over everybody. Integer programs give up after some nodes, never after some time, so the same
//! plan is found on every machine.

use super::bound::{PricedCosts, Quantity, UNIT};
use super::classes::{Class, deal};
use super::integral::{Master, Taken, is_plan};
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
const ROUNDING_STEPS: [usize; 2] = [4, 16];

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

    /// Rounds the relaxed choice.
    fn round(
        &mut self,
        objective: Option<Quantity>,
        target: i64,
        classes: &[Class],
        proved: &Proved,
    ) -> Chance {
        for step in ROUNDING_STEPS {
            let rounded = self.pool.round(
                self.context,
                objective,
                &self.holds,
                classes,
                (&proved.prices, target, step),
            );
            let Some(careers) = rounded else { continue };
            let careers: Vec<Vec<u32>> = careers.into_iter().map(|career| vec![career]).collect();
            let formulation = self.formulation();
            let Some(chosen) = deal(formulation, classes, &careers) else { continue };
            if !is_plan(formulation, &self.holds, &chosen) {
                continue;
            }
            let cuts = formulation.cuts.separate(formulation, &chosen);
            if cuts.is_empty() {
                return Chance::Found { chosen, best: false };
            }
            self.hold_cuts(&cuts);
            return Chance::Short;
        }
        Chance::None
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
