//! How far changes go: seats by how many, a minimum down to what.

use std::cmp::Reverse;

use super::change::{Change, Extent};
use super::statement::Statement;
use crate::scenario::{CaseIx, End, ResidentIx, Scenario};

/// All of a facility's cases, in hundredths.
const SHARE_MOST: u32 = 100;
/// Cases more a year at one facility, at most, in targets: more is no advice.
const VOLUME_TARGETS_MAX: u32 = 40;

impl Statement {
    /// The greatest extent there is to a change of it; of seats and the like what is enough for everybody.
    pub fn most(self, scenario: &Scenario) -> u32 {
        let everybody = u32::try_from(scenario.residents.len()).unwrap_or(u32::MAX);
        let number = self.number(scenario).unwrap_or(0);
        match self {
            Self::Seats { .. } | Self::Pool { .. } | Self::Ratio => everybody,
            Self::Minimum(minimum) => number.saturating_sub(minimum.least()),
            Self::Bound(bound) => match bound.end {
                End::Min => number,
                End::Max if bound.row.is_of_all() => everybody,
                // No career counts more of anything than it has months.
                End::Max => scenario.training_months.saturating_sub(number),
            },
            Self::Target(case) => least_target(scenario, case).map_or(0, |least| number - least),
            Self::Volume { case, .. } => scenario.case(case).target.saturating_mul(VOLUME_TARGETS_MAX),
            Self::Share(_) => SHARE_MOST.saturating_sub(number),
            Self::Intake { .. }
            | Self::Lock { .. }
            | Self::Course { .. }
            | Self::History { .. }
            | Self::Leave { .. }
            | Self::Rule(_) => 0,
        }
    }

    /// How much of the extent weighs more: less than that is as dear.
    pub fn step(self, scenario: &Scenario) -> u32 {
        match self {
            Self::Target(case) => scenario.case(case).target.div_ceil(10).max(1),
            Self::Volume { case, .. } => scenario.case(case).target.max(1),
            Self::Share(_) => 10,
            _ => 1,
        }
    }
}

impl Change {
    /// The same change to another extent.
    pub fn to_extent(&self, extent: u32) -> Self {
        let mut other = self.clone();
        match &mut other.extent {
            Extent::Gone => {}
            Extent::By(by) | Extent::Since(_, by) => *by = extent,
            Extent::Without(residents) => residents.truncate(extent as usize),
        }
        other
    }

    /// The same change a step further; `None` where there is no further. Who else is not taken would
    /// have to be chosen, so fewer residents are no step of this kind.
    pub fn further(&self, scenario: &Scenario) -> Option<Self> {
        let extent = self.by()?;
        let most = self.of.most(scenario);
        let step = match self.of {
            Statement::Volume { .. } => self.of.step(scenario).max(extent / 2),
            _ => self.of.step(scenario),
        };
        (extent < most).then(|| self.to_extent(extent.saturating_add(step).min(most)))
    }

    /// The same change as far as it can go.
    pub fn farthest(&self, scenario: &Scenario) -> Self {
        let Statement::Intake { year } = self.of else { return self.to_extent(self.of.most(scenario)) };
        let without = scenario.resident_ixs().filter(|r| scenario.resident(*r).entry_year == year);
        let mut without: Vec<ResidentIx> = without.collect();
        first_to_go(scenario, &mut without);
        Self::fewer_residents(year, without)
    }

    /// [`Change::farthest`], from the first decided month on.
    pub fn earliest(&self, scenario: &Scenario) -> Self {
        let mut earliest = self.farthest(scenario);
        if let Extent::Since(from, _) = &mut earliest.extent {
            *from = scenario.start();
        }
        earliest
    }
}

/// The least that an item's target can be: what its parts ask for, or what may be supplemented. `None`
/// if that is more than the target.
fn least_target(scenario: &Scenario, case: CaseIx) -> Option<u32> {
    let parts = scenario.cases.iter().filter(|part| part.part_of == Some(case));
    let least = parts.map(|part| part.target).sum::<u32>().max(scenario.case(case).supplement_max);
    (least <= scenario.case(case).target).then_some(least)
}

/// Residents who are not taken as tables can say it: of those without a name only how many, and then the
/// last of the year are no more.
pub fn as_tables_say(scenario: &Scenario, year: i32, without: Vec<ResidentIx>) -> Vec<ResidentIx> {
    let is_anonymous = |resident: &ResidentIx| scenario.resident(*resident).anonymous;
    let (anonymous, mut without): (Vec<_>, Vec<_>) = without.into_iter().partition(is_anonymous);
    let of_year = |resident: &ResidentIx| scenario.resident(*resident).entry_year == year;
    let mut last: Vec<ResidentIx> = scenario.resident_ixs().filter(of_year).filter(is_anonymous).collect();
    last.reverse();
    without.extend(last.into_iter().take(anonymous.len()));
    first_to_go(scenario, &mut without);
    without
}

/// Puts residents of a year in the order in which they are not taken: who has no name yet first, of
/// several the last.
fn first_to_go(scenario: &Scenario, residents: &mut [ResidentIx]) {
    residents.sort_by_key(|&resident| (!scenario.resident(resident).anonymous, Reverse(resident)));
}
