//! How full each facility is before and after, and how many months come and go.

use std::collections::BTreeMap;

use super::moves::Whereabouts;
use crate::calendar::Month;
use crate::scenario::{FacilityIx, Scenario};

/// One facility in one academic year, in resident-months:
/// `before - departures + arrivals = after`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatYear {
    pub facility: FacilityIx,
    pub academic_year: i32,
    pub before: u32,
    /// Months of people who are there before and not after.
    pub departures: u32,
    /// Months of people who are there after and not before.
    pub arrivals: u32,
    pub after: u32,
    /// Residents in the fullest month.
    pub most_before: u32,
    pub most_after: u32,
}

impl SeatYear {
    pub fn is_changed(&self) -> bool {
        self.departures + self.arrivals > 0
    }
}

/// Residents in a month.
#[derive(Default)]
struct Count {
    before: u32,
    departures: u32,
    arrivals: u32,
    after: u32,
}

/// Every facility and academic year in which anybody is there before or after, in their order.
pub fn seats<P: Ord>(scenario: &Scenario, before: &Whereabouts<P>, after: &Whereabouts<P>) -> Vec<SeatYear> {
    let mut counts: BTreeMap<(FacilityIx, i32), BTreeMap<Month, Count>> = BTreeMap::new();
    let mut each = |at: &Whereabouts<P>, other: &Whereabouts<P>, add: fn(&mut Count, bool)| {
        for (key, facility) in at {
            let year = scenario.calendar.year_of(key.1);
            let count = counts.entry((*facility, year)).or_default().entry(key.1).or_default();
            add(count, other.get(key) != Some(facility));
        }
    };
    each(before, after, |count, moves| {
        count.before += 1;
        count.departures += u32::from(moves);
    });
    each(after, before, |count, moves| {
        count.after += 1;
        count.arrivals += u32::from(moves);
    });
    let year = |((facility, academic_year), months): ((FacilityIx, i32), BTreeMap<Month, Count>)| {
        let sum = |of: fn(&Count) -> u32| months.values().map(of).sum();
        let most = |of: fn(&Count) -> u32| months.values().map(of).max().unwrap_or(0);
        SeatYear {
            facility,
            academic_year,
            before: sum(|count| count.before),
            departures: sum(|count| count.departures),
            arrivals: sum(|count| count.arrivals),
            after: sum(|count| count.after),
            most_before: most(|count| count.before),
            most_after: most(|count| count.after),
        }
    };
    counts.into_iter().map(year).collect()
}
