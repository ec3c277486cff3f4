//! Which totals plans can have that are better than a step claims: what theirs leave, divided by some number.
//!
//! A plan below the claim uses no career that costs more, beyond its resident's least, than the greatest value below the
//! claim leaves above the bound. Divided by the greatest number that divides all differences between the values of these
//! careers, of any one resident, all totals leave the same; where none that does lies between bound and claim, there is
//! no such plan.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::limits::Limit;
use super::priced::Priced;
use super::search::Decided;
use super::values::values_within;
use super::{Branch, Checker, Left, SPARE_MAX};
use crate::plan::certificate::{Quantity, ResidentGoal, Step};

/// The greatest number that divides both; 0 is divided by every number.
fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// All of some totals differ by multiples of `apart` from `one` of them; by nothing where it is 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Residue {
    apart: u64,
    one: i128,
}

impl Residue {
    fn of(values: &[i64]) -> Option<Self> {
        let one = *values.first()?;
        let apart = values.iter().fold(0, |apart, value| divisor(apart, one.abs_diff(*value)));
        Some(Self { apart, one: i128::from(one) })
    }

    /// Of so many whose totals are added up.
    pub fn times(self, members: u32) -> Self {
        Self { one: self.one * i128::from(members), ..self }
    }

    /// The greatest of them below a number; `None` if there is none.
    pub fn greatest_below(self, number: i64) -> Option<i128> {
        let last = i128::from(number) - 1;
        match self.apart {
            0 => (self.one <= last).then_some(self.one),
            apart => Some(last - (last - self.one).rem_euclid(i128::from(apart))),
        }
    }
}

impl AddAssign for Residue {
    fn add_assign(&mut self, other: Self) {
        self.apart = divisor(self.apart, other.apart);
        self.one += other.one;
    }
}

impl Checker<'_> {
    /// Whether a bound in units proves what the step claims, by itself or by what the careers left to better plans add up to.
    pub(super) fn reaches_by_residues(
        &self,
        step: &Step,
        bound: Option<i128>,
        left: &Left<'_>,
        priced: &Priced,
        branch: &Branch,
    ) -> Result<bool, Limit> {
        let Some(bound) = bound.filter(|_| !self.reaches(step, bound)) else { return Ok(true) };
        let residue = self.residue_below(step, bound, left, priced, branch)?;
        let is_excluded = |total: i128| bound > total * i128::from(self.unit);
        Ok(residue.is_some_and(|residue| residue.greatest_below(step.bound).is_none_or(is_excluded)))
    }

    /// What the totals of all plans leave that are below what the step claims; `None` where it is not known.
    fn residue_below(
        &self,
        step: &Step,
        bound: i128,
        left: &Left<'_>,
        priced: &Priced,
        branch: &Branch,
    ) -> Result<Option<Residue>, Limit> {
        let Some(quantity @ Quantity::Total(ResidentGoal::FacilityWishes)) = step.quantity else {
            return Ok(None);
        };
        // Who pays for the largest value has prices of their own.
        if priced.payers().next().is_some() {
            return Ok(None);
        }
        // The greatest value below the claim that there can be at all.
        let apart = self.problem.multiples(quantity);
        let last = (step.bound - 1).div_euclid(apart) * apart;
        let spare = i128::from(last) * i128::from(self.unit) - bound;
        let Some(spare) = i64::try_from(spare).ok().filter(|spare| *spare < SPARE_MAX) else {
            return Ok(None);
        };
        let under = left.under(branch);
        let mut decisions: BTreeMap<usize, Vec<(Decided, bool)>> = BTreeMap::new();
        for &(resident, decided, wanted) in &branch.residents {
            decisions.entry(resident).or_default().push((decided, wanted));
        }
        let mut members: Vec<u32> = self.problem.classes.iter().map(|class| class.members).collect();
        decisions.keys().for_each(|&resident| members[self.problem.class_of[resident]] -= 1);
        let of = |class: usize, decisions: &[(Decided, bool)]| -> Result<Option<Residue>, Limit> {
            let least = self.least_of(&under, priced, class, decisions)?.cost;
            let Some(least) = least else { return Ok(None) };
            self.asked(&under, priced, class, decisions, |question| {
                let most = least.saturating_add(spare);
                let class = &self.problem.classes[class];
                let values = values_within(self.problem, class, question, most, self.meter)?;
                Ok(values.and_then(|values| Residue::of(&values)))
            })
        };
        let of_classes = (0..members.len()).into_par_iter().map(|class| match members[class] {
            0 => Ok(Some(Residue::default())),
            members => Ok(of(class, &[])?.map(|residue| residue.times(members))),
        });
        let mut all = of_classes.collect::<Result<Vec<_>, Limit>>()?;
        for (resident, decisions) in &decisions {
            all.push(of(self.problem.class_of[*resident], decisions)?);
        }
        let mut sum = Residue::default();
        for residue in all {
            let Some(residue) = residue else { return Ok(None) };
            sum += residue;
        }
        Ok(Some(sum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_leave_what_their_parts_leave() {
        let years = Residue { apart: 12, one: 24 };
        assert_eq!([12, 13, 0].map(|below| years.greatest_below(below)), [0, 12, -12].map(Some));
        let fixed = Residue { apart: 0, one: 4 };
        assert_eq!([4, 5, 99].map(|below| fixed.greatest_below(below)), [None, Some(4), Some(4)]);
        let mut all = years.times(3);
        all += fixed.times(2);
        assert_eq!(all.greatest_below(20), Some(8));
        all += Residue { apart: 8, one: 0 };
        assert_eq!(all.greatest_below(20), Some(16));
    }

    #[test]
    fn values_leave_the_same_by_what_divides_their_differences() {
        let of = |values: &[i64]| Residue::of(values).map(|residue| (residue.apart, residue.one));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[7]), Some((0, 7)));
        assert_eq!(of(&[28, 4, 16, 4]), Some((12, 28)));
        assert_eq!(of(&[28, 4, 15]), Some((1, 28)));
    }
}
