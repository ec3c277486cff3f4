//! The value of a seat: for every facility and year, one seat more and one fewer.
//!
//! A seat more is one resident more who may be present in every month of the academic year, whichever
//! limit holds today: the explicit seats are raised, and the supervisors to the least number that
//! allows it. Whoever pools supervisors has seats only where the scenario names them.

use crate::audit::seat_limit;
use crate::calendar::Month;
use crate::explain::apply::supervisors_for;
use crate::scenario::edit::Edit;
use crate::scenario::{FacilityIx, Role, Scenario};

use super::lift::set;
use super::sweep::Variant;

/// The columns of the variants.
pub const COLUMNS: [&str; 3] = ["facility", "academic_year", "seats"];
/// How the variant without a change is labelled.
const PRESENT: &str = "0";
pub const MORE: &str = "+1";
pub const FEWER: &str = "-1";

/// The present first, then every facility and year; `sets` hold in all.
pub fn variants(scenario: &Scenario, sets: &[Edit]) -> Vec<Variant> {
    let variant = |id: &str, year: String, seats: &str, changes: Vec<Edit>| Variant {
        labels: vec![id.to_string(), year, seats.to_string()],
        changes: sets.iter().cloned().chain(changes).collect(),
    };
    let mut variants = vec![variant("", String::new(), PRESENT, Vec::new())];
    for facility in scenario.facility_ixs() {
        let of = scenario.facility(facility);
        for year in years(scenario).filter(|_| of.role != Role::Associated) {
            for (label, delta) in [(MORE, 1), (FEWER, -1)] {
                if let Some(changes) = moved(scenario, facility, year, delta) {
                    variants.push(variant(&of.id, year.to_string(), label, changes));
                }
            }
        }
    }
    variants
}

/// The academic years in which somebody is to be placed.
pub fn years(scenario: &Scenario) -> std::ops::RangeInclusive<i32> {
    let horizon = scenario.horizon();
    let last = if horizon.is_empty() {
        scenario.first_year - 1
    } else {
        scenario.calendar.year_of(horizon.end().minus(1))
    };
    scenario.first_year..=last
}

/// The changes; `None` where there is no limit to move, or no seat to take.
fn moved(scenario: &Scenario, facility: FacilityIx, year: i32, delta: i64) -> Option<Vec<Edit>> {
    let of = scenario.facility(facility);
    let span = scenario.calendar.span_of(year);
    let dates = |month: &Month| {
        of.seats.changes.iter().any(|(from, _)| from == month)
            || of.supervisors.changes.iter().any(|(from, _)| from == month)
    };
    let mut changes = Vec::new();
    for month in span.iter().filter(|month| *month == span.start || dates(month)) {
        let seats = i64::from(seat_limit(scenario, facility, month)?) + delta;
        let seats = u32::try_from(seats).ok()?;
        changes.push(set(&of.id, "seats", Some(month), seats.to_string()));
        let supervisors = (*of.supervisors.at(month)).max(supervisors_for(&scenario.rules, seats));
        changes.push(set(&of.id, "supervisors", Some(month), supervisors.normalize().to_string()));
    }
    let end = span.end();
    if !of.seats.changes.iter().any(|(from, _)| *from == end) {
        let seats = of.seats.at(end).map_or(String::new(), |seats| seats.to_string());
        changes.push(set(&of.id, "seats", Some(end), seats));
    }
    if !of.supervisors.changes.iter().any(|(from, _)| *from == end) {
        changes.push(set(&of.id, "supervisors", Some(end), of.supervisors.at(end).to_string()));
    }
    Some(changes)
}
