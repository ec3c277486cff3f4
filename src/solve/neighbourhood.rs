//! A better plan near the one at hand: some residents choose again together, everybody else stays.
//!
//! Where no whole plan has the value that prices prove, diving ends with nothing, and an integer program over everybody
//! is large. What a plan has above the bound is paid by single residents, whose careers cost more than their cheapest
//! under the prices. So one of them is taken, with those who hold the seats that their cheaper careers need, and with
//! those who hold the seats that these would take in turn; the integer program over so few is small (large neighbourhood
//! search: Shaw 1998). Ends after some programs, never after some time, so the same plan is found on every machine; what is
//! not found proves nothing.

use std::collections::VecDeque;

use super::bound::{PricedCosts, Quantity, UNIT};
use super::classes::Class;
use super::dive::ROUNDING_STEPS;
use super::integral::{Master, Taken, measure, present};
use super::prices::Proved;
use super::search::{Chance, Search};

/// Classes that choose again together, try by try.
const CHOOSING: [usize; 2] = [16, 32];

/// Careers of a class that are looked at, the cheapest.
const CHOICE: usize = 24;

/// Nodes of each integer program.
const NODES_MAX: u32 = 60;

/// Tries without a better plan after which to give up.
const TRIES_MAX: usize = 30;

impl Search<'_> {
    /// Improves the plan at hand in a quantity that is known to be at least `target`. [`Chance::Found`]: the last of
    /// the better plans, which is the one at hand now.
    pub(super) fn improve(
        &mut self,
        objective: Quantity,
        target: i64,
        classes: &[Class],
        proved: &Proved,
    ) -> Chance {
        let mut found = Chance::None;
        for step in ROUNDING_STEPS {
            let value = measure(self.formulation(), objective, &self.incumbent);
            match self.round_in(Some(objective), value - 1, classes, proved, step) {
                Chance::Found { chosen, best } => {
                    if measure(self.formulation(), objective, &chosen) < value {
                        self.incumbent.clone_from(&chosen);
                        found = Chance::Found { chosen, best };
                    }
                }
                Chance::Short => return Chance::Short,
                Chance::None | Chance::Stopped => {}
            }
        }
        let mut tries = 0;
        while tries < TRIES_MAX * CHOOSING.len() && !self.stopped() {
            let value = measure(self.formulation(), objective, &self.incumbent);
            if value <= target {
                break;
            }
            let choosing = CHOOSING[tries / TRIES_MAX];
            let Some(near) = self.near(objective, value, classes, proved, (choosing, tries % TRIES_MAX))
            else {
                tries = (tries / TRIES_MAX + 1) * TRIES_MAX;
                continue;
            };
            let Near { careers, taken } = near;
            let chance = self.choose_from(self.context, classes, |formulation, holds| {
                let objective = Some(objective);
                let mut master =
                    Master::new(formulation, objective, target, holds, classes, &careers, &taken);
                master.program.nodes_max = Some(NODES_MAX);
                master
            });
            match chance {
                Chance::Found { chosen, .. } if measure(self.formulation(), objective, &chosen) < value => {
                    self.incumbent = chosen.clone();
                    found = Chance::Found { chosen, best: false };
                    tries = 0;
                }
                Chance::Short => return Chance::Short,
                Chance::Found { .. } | Chance::None | Chance::Stopped => tries += 1,
            }
        }
        found
    }

    /// The `number`th neighbourhood of the plan at hand; `None` if there are no more.
    fn near(
        &self,
        objective: Quantity,
        value: i64,
        classes: &[Class],
        proved: &Proved,
        (choosing, number): (usize, usize),
    ) -> Option<Near> {
        let formulation = self.formulation();
        let costs = PricedCosts::new(formulation, classes, Some(objective), &self.holds, &proved.prices);
        let above = |class: usize, career: u32| costs.of(formulation, class, career) - proved.least[class];
        let paid = |class: usize| -> i64 {
            classes[class].residents.iter().map(|&resident| above(class, self.incumbent[resident])).sum()
        };
        let mut payers: Vec<(i64, usize)> = (0..classes.len()).map(|class| (paid(class), class)).collect();
        payers.retain(|&(paid, _)| paid > 0);
        payers.sort_unstable_by_key(|&(paid, class)| (std::cmp::Reverse(paid), class));
        let &(_, first) = payers.get(number)?;
        let spare = i128::from(value) * i128::from(UNIT) - proved.bound;
        let touched = self.pool.touched_of(classes);
        let cheap = |class: usize| -> Vec<u32> {
            let mut near: Vec<(i64, u32)> =
                touched[class].iter().map(|&career| (above(class, career), career)).collect();
            near.retain(|&(above, _)| i128::from(above) <= spare);
            near.sort_unstable();
            near.truncate(CHOICE);
            near.into_iter().map(|(_, career)| career).collect()
        };
        let present = present(formulation, &self.incumbent);
        let is_full = |row: usize| formulation.rows[row].seats().is_some_and(|seats| present[row] >= seats);
        // Per row the classes whose residents are in it.
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); formulation.rows.len()];
        for (number, class) in classes.iter().enumerate() {
            for &resident in &class.residents {
                for row in formulation.rows_of_career(resident, self.incumbent[resident] as usize) {
                    holders[row].push(number);
                }
            }
        }
        let mut careers: Vec<Vec<u32>> = vec![Vec::new(); classes.len()];
        let mut waiting = VecDeque::from([first]);
        let mut chosen = 0;
        while chosen < choosing
            && let Some(class) = waiting.pop_front()
        {
            if !careers[class].is_empty() {
                continue;
            }
            chosen += 1;
            careers[class] = cheap(class);
            let resident = classes[class].representative();
            let wanted = careers[class]
                .iter()
                .flat_map(|&career| formulation.rows_of_career(resident, career as usize));
            waiting.extend(wanted.filter(|&row| is_full(row)).flat_map(|row| &holders[row]));
            careers[class].extend(classes[class].residents.iter().map(|&resident| self.incumbent[resident]));
            careers[class].sort_unstable();
            careers[class].dedup();
        }
        let stays = classes.iter().enumerate().filter(|(number, _)| careers[*number].is_empty());
        let taken = stays.flat_map(|(number, class)| {
            class.residents.iter().map(move |&resident| (number, self.incumbent[resident], 1))
        });
        Some(Near { taken: Taken { careers: taken.collect() }, careers })
    }
}

/// Who chooses again, and from what; and what everybody else keeps.
struct Near {
    careers: Vec<Vec<u32>>,
    taken: Taken,
}
