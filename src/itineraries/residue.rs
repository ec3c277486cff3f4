//! What an amount leaves, divided by a number, on all careers of a resident that are within a cost.
//!
//! Months of a stay times a place come in steps: of whole years only, every sum is a multiple of 12. One career with a part of
//! four months makes that 4, whoever may take it; under prices most often nobody can who is in a plan that matters. The number
//! is the greatest that divides all differences between what careers have. Where few careers are within the cost, each
//! is looked at; where they are many, what paths of the diagram bring, each amount with the least that a path of it costs.

use std::collections::BTreeMap;

use super::career_set::Step;
use super::costs::{Amount, Costs, Term, of_course};
use super::diagram::{Diagram, END, Leg};
use super::oracle::{Careers, Form, Pick};
use super::search::Search;

/// More careers are not looked at one by one; whoever checks what they leave can look at each as well.
const CAREERS_MAX: usize = 2_000;

/// More amounts are not followed along a diagram.
const AMOUNTS_MAX: usize = 1 << 18;

type Stopped<'s> = &'s (dyn Fn() -> bool + Sync);

/// All of some numbers are `rest` and a multiple of `modulus`; of modulus 0 they are all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Residue {
    modulus: i64,
    rest: i64,
}

impl Residue {
    /// Nothing is 0, as a sum.
    pub const NOTHING: Self = Self { modulus: 0, rest: 0 };

    /// What all of them leave; `None` if there is none.
    fn of(mut numbers: impl Iterator<Item = i64>) -> Option<Self> {
        let rest = numbers.next()?;
        Some(Self { modulus: numbers.fold(0, |modulus, number| gcd(modulus, number - rest)), rest })
    }

    /// Of sums of one number of each kind, the other one so many times.
    pub fn plus(self, other: Self, times: i64) -> Self {
        Self { modulus: gcd(self.modulus, other.modulus), rest: self.rest + other.rest * times }
    }

    /// Whether they come in steps that are no wider than those of a grid.
    pub fn divides(self, grid: i64) -> bool {
        self.modulus != 0 && grid % self.modulus == 0
    }

    /// The least number from `bound` on that is one of them; `None` if there is none.
    pub fn next(self, bound: i64) -> Option<i64> {
        match self.modulus {
            0 => (self.rest >= bound).then_some(self.rest),
            modulus => bound.checked_add((self.rest - bound).rem_euclid(modulus)),
        }
    }
}

/// An amount that a career within the cost may have, and a stay of it whose value is no multiple of a number.
type Found = (i64, Option<u32>);

impl Careers {
    /// What an amount leaves on the careers that cost at most so much; `None` if there is none, if it is not known, or if
    /// `stopped`.
    pub fn residue(&self, within: (&Costs, i64), amount: &Amount, stopped: Stopped<'_>) -> Option<Residue> {
        let found = self.amounts(within, amount, 1, stopped)?;
        Residue::of(found.into_iter().map(|(amount, _)| amount))
    }

    /// A stay on one of these careers whose value is no multiple of `wanted`, where the amounts differ by what is none
    /// either; `None` if there is none or it is not known.
    pub fn stray(
        &self,
        within: (&Costs, i64),
        amount: &Amount,
        wanted: i64,
        stopped: Stopped<'_>,
    ) -> Option<Step> {
        let found = self.amounts(within, amount, wanted, stopped)?;
        let first = found.first()?.0;
        let differ = found.iter().any(|(amount, _)| (amount - first) % wanted != 0);
        let stray = found.iter().filter(|_| differ).find_map(|(_, stray)| *stray);
        stray.map(|stay| self.set().stays[stay as usize])
    }

    fn amounts(
        &self,
        within: (&Costs, i64),
        amount: &Amount,
        wanted: i64,
        stopped: Stopped<'_>,
    ) -> Option<Vec<Found>> {
        let Amount::Stays(per_stay, per_course) = amount else { return None };
        let (costs, at_most) = within;
        let (set, values) = (self.set(), (&per_stay[..], &per_course[..]));
        let few = self.within(costs, at_most, CAREERS_MAX, stopped);
        if few.is_complete {
            let of_pick = |(_, pick): (i64, Pick)| {
                let career = match &pick {
                    Pick::Numbered(number) => set.career(*number as usize),
                    Pick::Drawn(career) => career,
                };
                let of_stays: i64 = career.stays.iter().map(|&stay| per_stay[stay as usize]).sum();
                let stray = career.stays.iter().copied().find(|&stay| per_stay[stay as usize] % wanted != 0);
                (of_stays + of_course(per_course, career.course), stray)
            };
            return Some(few.picks.into_iter().map(of_pick).collect());
        }
        let Form::Drawn { diagram, limits } = &self.form else { return None };
        let through = Search::new(set, diagram, costs, limits, (&[], 0), stopped).through();
        let keeps = |at: usize| through[at] <= at_most;
        let charges: Vec<&Term> =
            costs.terms.iter().chain(limits).filter(|term| term.amount == *amount).collect();
        let charged =
            |of: i64| charges.iter().fold(0, |all: i64, term: &&Term| all.saturating_add(term.charge.of(of)));
        (!stopped()).then(|| along(diagram, within, (values, wanted), keeps, charged)).flatten()
    }
}

/// What paths bring to the end, those of the same amount as one with the least that any of them costs. `None` if they
/// are too many.
fn along(
    diagram: &Diagram,
    (costs, at_most): (&Costs, i64),
    ((per_stay, per_course), wanted): ((&[i64], &[i64]), i64),
    keeps: impl Fn(usize) -> bool,
    charged: impl Fn(i64) -> i64,
) -> Option<Vec<Found>> {
    let legs = |node: u32| diagram.range(node).map(|at| (at, diagram.all_legs()[at]));
    let mut to_go: Vec<Option<i64>> = vec![None; diagram.nodes()];
    to_go[END as usize] = Some(0);
    // Legs lead to lower nodes.
    for node in 1..diagram.nodes() as u32 {
        let of_leg = |(at, leg): (usize, Leg)| {
            Some(costs.per_stay[leg.stay as usize] + to_go[leg.to as usize].filter(|_| keeps(at))?)
        };
        to_go[node as usize] = legs(node).filter_map(of_leg).min();
    }
    let mut brought: BTreeMap<u32, BTreeMap<i64, (i64, Option<u32>)>> = BTreeMap::new();
    let mut left = AMOUNTS_MAX;
    let bring = |to: &mut BTreeMap<i64, (i64, Option<u32>)>, amount: i64, cost: i64, stray| {
        let known = to.entry(amount).or_insert((cost, stray));
        known.0 = known.0.min(cost);
    };
    for &(course, root) in diagram.roots() {
        let amount = of_course(per_course, course);
        bring(brought.entry(root).or_default(), amount, costs.per_course[course.0], None);
    }
    while let Some((node, amounts)) = brought.pop_last() {
        if node == END {
            let within = amounts
                .into_iter()
                .filter(|(amount, (cost, _))| cost.saturating_add(charged(*amount)) <= at_most);
            return Some(within.map(|(amount, (_, stray))| (amount, stray)).collect());
        }
        for (_, leg) in legs(node).filter(|(at, _)| keeps(*at)) {
            let Some(to_go) = to_go[leg.to as usize] else { continue };
            left = left.checked_sub(amounts.len())?;
            let (value, step) = (per_stay[leg.stay as usize], costs.per_stay[leg.stay as usize]);
            for (&amount, &(cost, stray)) in &amounts {
                if cost + step + to_go <= at_most {
                    let stray = stray.or((value % wanted != 0).then_some(leg.stay));
                    bring(brought.entry(leg.to).or_default(), amount + value, cost + step, stray);
                }
            }
        }
    }
    Some(Vec::new())
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_add_up_and_say_which_number_is_next() {
        let of = |numbers: &[i64]| Residue::of(numbers.iter().copied()).unwrap();
        let years = of(&[24, 0, 12]);
        assert_eq!((years.next(1), years.next(12), years.next(-11)), (Some(12), Some(12), Some(0)));
        let one = of(&[4]);
        assert_eq!((one.next(4), one.next(5)), (Some(4), None));
        let both = Residue::NOTHING.plus(years, 5).plus(one, 2);
        assert_eq!((both.next(1), both.next(9)), (Some(8), Some(20)));
        let parts = of(&[8, 4]);
        assert_eq!(both.plus(parts, 1).next(9), Some(12));
        assert_eq!(Residue::of(std::iter::empty()), None);
    }
}
