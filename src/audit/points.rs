//! The points a plan earns (`points.csv`), as the goal `points` counts them: what is short of the best attainable.
//!
//! Decided months only: a month at a place, a stay that begins in one, a change of facility to one, and a free month
//! before the end of the last stay.

use super::presence::{Career, Spot};
use super::visits::visits;
use crate::scenario::{Earns, FacilityIx, Scenario};

/// What a career earns.
pub(super) fn earned(scenario: &Scenario, career: &Career) -> i64 {
    let rows = scenario.points.iter();
    let own = rows.filter(|row| row.resident.is_none_or(|resident| resident == career.resident));
    let times = |earns: Earns| match earns {
        Earns::Month(selector) => career
            .spots()
            .filter(|(month, spot)| {
                let is_decided = career.decided.contains(month.month);
                month.has_seat && is_decided && spot.is_at(scenario, selector, month.month)
            })
            .count(),
        Earns::Stay(selector) => {
            visits(scenario, career, selector).iter().filter(|visit| visit.begins_decided).count()
        }
        Earns::Change => changes(career),
        Earns::Idle => idle(career),
    };
    own.map(|row| i64::from(row.points) * times(row.earns) as i64).sum()
}

/// Decided months at another facility than the last before.
fn changes(career: &Career) -> usize {
    let known = career.spots().filter(|(month, _)| month.has_seat);
    let known = known.filter_map(|(month, spot)| Some((month.month, spot.facility()?)));
    let mut last: Option<FacilityIx> = None;
    let is_change = |(month, facility)| {
        let before = last.replace(facility);
        before.is_some_and(|before| before != facility) && career.decided.contains(month)
    };
    known.map(is_change).filter(|is_change| *is_change).count()
}

/// Decided free months before the end of the last stay.
fn idle(career: &Career) -> usize {
    let is_free = |spot: Spot| spot == Spot::Free;
    let months: Vec<_> = career.spots().filter(|(month, _)| month.has_seat).collect();
    let end = months.iter().rposition(|(_, spot)| spot.facility().is_some()).unwrap_or(0);
    let before = months.iter().take(end);
    before.filter(|(month, spot)| is_free(*spot) && career.decided.contains(month.month)).count()
}
