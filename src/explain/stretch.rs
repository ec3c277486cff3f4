//! What a change of a dated value comes to in the tables: where the value changes later, the change does
//! too, and every stretch is told.

use rust_decimal::Decimal;

use super::apply::supervisors_for;
use crate::audit;
use crate::calendar::Month;
use crate::scenario::{CaseIx, FacilityIx, Scenario};

/// Months over which a value is the same.
pub struct Stretch {
    pub from: Month,
    pub before: Decimal,
    pub after: Decimal,
    /// How many supervisors it takes, where there are fewer.
    pub supervisors: Option<Decimal>,
}

/// `by` more seats at a facility from a month on.
pub fn of_seats(scenario: &Scenario, facility: FacilityIx, from: Month, by: u32) -> Vec<Stretch> {
    let of = scenario.facility(facility);
    let changes = of.seats.changes.iter().map(|(month, _)| *month);
    let changes = changes.chain(of.supervisors.changes.iter().map(|(month, _)| *month));
    let stretch = |month| {
        let before = audit::seat_limit(scenario, facility, month)?;
        let needed = supervisors_for(&scenario.rules, before + by);
        let supervisors = (*of.supervisors.at(month) < needed).then_some(needed);
        Some(Stretch { from: month, before: before.into(), after: (before + by).into(), supervisors })
    };
    stretches(scenario, from, changes, stretch)
}

/// `by` more cases of an item at a facility from a month on.
pub fn of_volume(
    scenario: &Scenario,
    case: CaseIx,
    facility: FacilityIx,
    from: Month,
    by: u32,
) -> Vec<Stretch> {
    let Some(volumes) = scenario.facility(facility).volumes.get(scenario.case(case).volume) else {
        return Vec::new();
    };
    let unknown = scenario.rules.unknown_volumes_are_zero.then_some(Decimal::ZERO);
    let stretch = |month| {
        let before = (*volumes.at(month)).or(unknown)?;
        Some(Stretch { from: month, before, after: before + Decimal::from(by), supervisors: None })
    };
    stretches(scenario, from, volumes.changes.iter().map(|(month, _)| *month), stretch)
}

/// From a month on, and from every later change before the last month that is decided.
fn stretches(
    scenario: &Scenario,
    from: Month,
    changes: impl Iterator<Item = Month>,
    stretch: impl Fn(Month) -> Option<Stretch>,
) -> Vec<Stretch> {
    let end = scenario.horizon().end();
    let mut months: Vec<Month> = changes.filter(|month| *month > from && *month < end).collect();
    months.push(from);
    months.sort_unstable();
    let mut list: Vec<Stretch> = months.into_iter().filter_map(stretch).collect();
    // What repeats the stretch before it changes nothing.
    list.dedup_by(|next, before| next.before == before.before && next.supervisors == before.supervisors);
    list
}
