//! What proves that a set of changes does not suffice, and whether it still stands after further ones.

use super::apply::changed;
use super::change::Change;
use super::proof::{Careers, Prices};
use crate::itineraries::has_career;
use crate::scenario::{ResidentIx, Scenario};

/// What proves that there is no plan.
pub enum Proof {
    /// The first resident without a career, by their place in the scenario it is about.
    Stuck(usize),
    Prices {
        prices: Prices,
        /// Per resident.
        least: Vec<i128>,
        bound: i128,
        careers: Careers,
    },
    /// By cases: nothing to measure by.
    Cases,
}

/// What became of a proof.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It still shows that there is no plan, by so much.
    Holds(i128),
    Broken,
    /// It does not tell.
    Open,
}

impl Standing {
    fn of(bound: Option<i128>) -> Self {
        match bound {
            Some(bound) if bound > 0 => Self::Holds(bound),
            _ => Self::Broken,
        }
    }
}

impl Proof {
    /// The proof that a scenario has no plan; `None` if its careers cannot be listed or a priced seat
    /// has no limit.
    pub fn of(scenario: &Scenario, prices: Option<Prices>) -> Option<Self> {
        let careers = Careers::of(scenario, &|| false).ok()?;
        let stuck = careers.without().next();
        Some(match (stuck, prices) {
            (Some(resident), _) => Self::Stuck(resident.0),
            (None, Some(prices)) => {
                let least = prices.paid(&careers)?;
                let bound = least.iter().sum::<i128>() - prices.offered(scenario, &careers.supplies)?;
                match bound > 0 {
                    true => Self::Prices { prices, least, bound, careers },
                    false => Self::Cases,
                }
            }
            (None, None) => Self::Cases,
        })
    }

    /// By how much the proof shows it.
    pub fn bound(&self) -> Option<i128> {
        match self {
            Self::Prices { bound, .. } => Some(*bound),
            Self::Stuck(_) | Self::Cases => None,
        }
    }

    /// Whether it is nearer to its end than in the beginning.
    pub fn is_nearer(&self, standing: Standing) -> bool {
        matches!((standing, self.bound()), (Standing::Holds(left), Some(before)) if left < before)
    }

    /// The proof in a scenario with the same residents.
    pub fn standing(&self, then: &Scenario) -> Standing {
        match self {
            Self::Stuck(stuck) => match has_career(then, ResidentIx(*stuck), &|| false) {
                true => Standing::Broken,
                false => Standing::Holds(1),
            },
            Self::Cases => Standing::Open,
            Self::Prices { prices, .. } => match Careers::of(then, &|| false) {
                Ok(careers) => standing(prices, then, &careers),
                Err(_) => Standing::Open,
            },
        }
    }

    /// The same after changes of cases alone, which leave the careers as they are.
    pub fn standing_of_cases(&self, then: &Scenario) -> Standing {
        match self {
            Self::Prices { prices, careers, .. } => match careers.with_cases_of(then, &|| false) {
                Some(careers) => standing(prices, then, &careers),
                None => Standing::Open,
            },
            Self::Stuck(_) | Self::Cases => self.standing(then),
        }
    }

    /// The same after changes that leave every career and every need as it is.
    pub fn standing_of_seats(&self, then: &Scenario) -> Standing {
        match self {
            Self::Stuck(_) => Standing::Holds(1),
            Self::Cases => Standing::Open,
            Self::Prices { prices, least, .. } => {
                let supplies = crate::cases::Supplies::of(then);
                let offered = prices.offered(then, &supplies);
                Standing::of(offered.map(|offered| least.iter().sum::<i128>() - offered))
            }
        }
    }

    /// How far a change has to go until the proof falls, between what it went before and the most it
    /// could, in steps of its weight; with `shared`, else as far as it brings the proof nearer to its end.
    pub fn extent(
        &self,
        scenario: &Scenario,
        change: &Change,
        (before, most): (u32, u32),
        shared: bool,
        set: &dyn Fn(u32) -> Vec<Change>,
    ) -> Option<u32> {
        if most <= before {
            return None;
        }
        let standing = |extent| {
            let then = changed(scenario, &set(extent));
            if change.of.is_about_cases() { self.standing_of_cases(&then) } else { self.standing(&then) }
        };
        let at_most = standing(most);
        let enough = |standing: Standing| match (at_most, standing) {
            (Standing::Holds(most), Standing::Holds(left)) => left <= most,
            (_, standing) => standing == at_most,
        };
        match at_most {
            Standing::Open => return Some(before.saturating_mul(2).clamp(before + 1, most)),
            // Together with something else it may.
            Standing::Holds(_) if matches!(self, Self::Stuck(_)) => return Some(most),
            Standing::Holds(_) if !(shared && self.is_nearer(at_most)) => return None,
            Standing::Holds(_) | Standing::Broken => {}
        }
        // Further is easier, so the least number of steps that does is found by doubling, then halving.
        let step = change.of.step(scenario).max(1);
        let after = |steps: u32| before.saturating_add(step.saturating_mul(steps)).min(most);
        let (mut short, mut far) = (0, 1);
        while after(far) < most && !enough(standing(after(far))) {
            short = far;
            far = far.saturating_mul(2);
        }
        while far - short > 1 {
            let middle = short + (far - short) / 2;
            match enough(standing(after(middle))) {
                true => far = middle,
                false => short = middle,
            }
        }
        Some(after(far))
    }
}

fn standing(prices: &Prices, then: &Scenario, careers: &Careers) -> Standing {
    // Without a career for somebody there is no plan either.
    match careers.without().next() {
        Some(_) => Standing::Holds(i128::MAX),
        None => Standing::of(prices.bound(then, careers)),
    }
}
