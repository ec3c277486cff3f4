//! How far changes go: seats by how many, a minimum down to what.

use std::cmp::Reverse;

use super::change::{Change, hundredths};
use crate::scenario::{CaseIx, End, ResidentIx, Scenario};

/// All of a facility's cases, in hundredths.
const SHARE_MOST: u32 = 100;
/// Cases more a year at one facility, at most, in targets: more is no advice.
const VOLUME_TARGETS_MAX: u32 = 40;

impl Change {
    /// How far a change goes that can go further or less far, in its own steps from 1 on.
    pub fn extent(&self, scenario: &Scenario) -> Option<u32> {
        match self {
            Self::Minimum { minimum, to } => Some(minimum.of(&scenario.rules).saturating_sub(*to)),
            Self::Target { case, to } => Some(scenario.case(*case).target.saturating_sub(*to)),
            Self::Volume { by, .. } => Some(*by),
            Self::Share { case, to } => Some(to.saturating_sub(hundredths(scenario, *case))),
            Self::Seats { by, .. } | Self::Supervisors { by, .. } => Some(*by),
            Self::Ratio { to } => Some(to.saturating_sub(scenario.rules.residents_per_supervisor)),
            Self::Bound { bound, to } => Some(bound.get(scenario)?.abs_diff(*to)),
            // Any part of those who are not taken.
            Self::Intake { without, .. } => u32::try_from(without.len()).ok(),
            Self::ReleaseLock { .. } | Self::OpenCourse { .. } | Self::NoLeave { .. } => None,
        }
    }

    /// The same change to another extent.
    pub fn to_extent(&self, scenario: &Scenario, extent: u32) -> Self {
        let mut other = self.clone();
        match &mut other {
            Self::Minimum { minimum, to } => *to = minimum.of(&scenario.rules).saturating_sub(extent),
            Self::Target { case, to } => *to = scenario.case(*case).target.saturating_sub(extent),
            Self::Volume { by, .. } => *by = extent,
            Self::Share { case, to } => *to = hundredths(scenario, *case) + extent,
            Self::Seats { by, .. } | Self::Supervisors { by, .. } => *by = extent,
            Self::Ratio { to } => *to = scenario.rules.residents_per_supervisor + extent,
            Self::Bound { bound, to } => {
                let before = bound.get(scenario).unwrap_or(*to);
                *to = match bound.end {
                    End::Min => before.saturating_sub(extent),
                    End::Max => before.saturating_add(extent),
                };
            }
            Self::Intake { without, .. } => without.truncate(extent as usize),
            Self::ReleaseLock { .. } | Self::OpenCourse { .. } | Self::NoLeave { .. } => {}
        }
        other
    }

    /// The same change a step further; `None` where there is no further. Who else is not taken would
    /// have to be chosen, so fewer residents are no step of this kind.
    pub fn further(&self, scenario: &Scenario) -> Option<Self> {
        let extent = self.extent(scenario)?;
        let most = self.most(scenario);
        let step = match self {
            Self::Volume { .. } => self.step(scenario).max(extent / 2),
            _ => self.step(scenario),
        };
        (extent < most).then(|| self.to_extent(scenario, extent.saturating_add(step).min(most)))
    }

    /// The same change as far as it can go.
    pub fn farthest(&self, scenario: &Scenario) -> Self {
        if let Self::Intake { year, .. } = self {
            let without = scenario.resident_ixs().filter(|r| scenario.resident(*r).entry_year == *year);
            let mut without: Vec<ResidentIx> = without.collect();
            first_to_go(scenario, &mut without);
            return Self::Intake { year: *year, without };
        }
        self.to_extent(scenario, self.most(scenario))
    }

    /// [`Change::farthest`], from the first decided month on.
    pub fn earliest(&self, scenario: &Scenario) -> Self {
        let mut earliest = self.farthest(scenario);
        match &mut earliest {
            Self::Seats { from, .. } | Self::Supervisors { from, .. } | Self::Volume { from, .. } => {
                *from = scenario.start();
            }
            _ => {}
        }
        earliest
    }

    /// The greatest extent there is; of seats and the like what is enough for everybody.
    pub fn most(&self, scenario: &Scenario) -> u32 {
        match self {
            Self::Seats { .. } | Self::Supervisors { .. } | Self::Ratio { .. } => {
                u32::try_from(scenario.residents.len()).unwrap_or(u32::MAX)
            }
            Self::Minimum { minimum, .. } => minimum.of(&scenario.rules).saturating_sub(minimum.least()),
            Self::Bound { bound, .. } => match (bound.end, bound.row) {
                (End::Min, _) => bound.get(scenario).unwrap_or(0),
                (End::Max, row) if row.is_of_all() => {
                    u32::try_from(scenario.residents.len()).unwrap_or(u32::MAX)
                }
                // No career counts more of anything than it has months.
                (End::Max, _) => scenario.training_months.saturating_sub(bound.get(scenario).unwrap_or(0)),
            },
            Self::Target { case, .. } => {
                least_target(scenario, *case).map_or(0, |least| scenario.case(*case).target - least)
            }
            Self::Volume { case, .. } => scenario.case(*case).target.saturating_mul(VOLUME_TARGETS_MAX),
            Self::Share { case, .. } => SHARE_MOST.saturating_sub(hundredths(scenario, *case)),
            Self::Intake { .. }
            | Self::ReleaseLock { .. }
            | Self::OpenCourse { .. }
            | Self::NoLeave { .. } => 0,
        }
    }

    /// How much of the extent weighs more: less than that is as dear.
    pub fn step(&self, scenario: &Scenario) -> u32 {
        match self {
            Self::Target { case, .. } => scenario.case(*case).target.div_ceil(10).max(1),
            Self::Volume { case, .. } => scenario.case(*case).target.max(1),
            Self::Share { .. } => 10,
            _ => 1,
        }
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
