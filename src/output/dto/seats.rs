//! How full a facility is in two plans.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff;
use crate::output::diff::limits;
use crate::scenario::Scenario;

/// Resident-months of an academic year: before − departures + arrivals = after.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct SeatYear<'a> {
    pub facility: &'a str,
    pub academic_year: i32,
    pub before: u32,
    pub departures: u32,
    pub arrivals: u32,
    pub after: u32,
    pub residents_max_before: u32,
    pub residents_max_after: u32,
    pub seats: String,
}

impl<'a> SeatYear<'a> {
    pub fn of(scenario: &'a Scenario, year: &diff::SeatYear) -> Self {
        Self {
            facility: &scenario.facility(year.facility).id,
            academic_year: year.academic_year,
            before: year.before,
            departures: year.departures,
            arrivals: year.arrivals,
            after: year.after,
            residents_max_before: year.most_before,
            residents_max_after: year.most_after,
            seats: limits(scenario, year),
        }
    }
}
