//! The standard's minima over a whole training (§7.1 \[16,25,30\]): months at comprehensive institutions and at the
//! core, and different facilities. How long each stay is to be is the judge's business.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::whereabouts::{SeatMonth, Whereabouts};
use super::{About, Item, State, Why};
use crate::calendar::Month;
use crate::regulation::{Minimum, Rule};
use crate::scenario::{Accreditation, FacilityIx, Role};

pub(super) fn items(at: &Whereabouts<'_>) -> Vec<Item> {
    let of = |minimum: Minimum| {
        let asked = minimum.of(&at.scenario.rules);
        if asked <= minimum.least() {
            return None;
        }
        let tally = match minimum.rule()? {
            Rule::ComprehensiveMonths => months(at, asked, |facility, month| {
                *at.scenario.facility(facility).accreditation.at(month) == Accreditation::Comprehensive
            }),
            Rule::CoreMonths => {
                months(at, asked, |facility, _| at.scenario.facility(facility).role == Role::Core)
            }
            Rule::SeveralFacilities => facilities(at, asked),
            _ => return None,
        };
        Some(tally.item(at, minimum, asked))
    };
    Minimum::all().filter_map(of).collect()
}

/// What counts towards a minimum.
#[derive(Default)]
struct Tally {
    so_far: Decimal,
    /// At the end, as history and plan have it.
    expected: Decimal,
    /// What months could add that nobody has placed.
    open: Decimal,
    /// What months to come could add that the plan has elsewhere.
    elsewhere: Decimal,
    when: Option<Month>,
}

fn months(at: &Whereabouts<'_>, asked: u32, counts: impl Fn(FacilityIx, Month) -> bool) -> Tally {
    let asked = u64::from(asked) * u64::from(at.service.unit);
    let (mut so_far, mut expected, mut open, mut elsewhere) = (0, 0, 0, 0);
    let mut when = None;
    for SeatMonth { month, service, facility } in at.seats() {
        // A part-time month counts at its facility as much as it counts at all.
        let credit = if service.at_facility { u64::from(service.counted) } else { 0 };
        match facility {
            Some(facility) if counts(facility, month) => {
                expected += credit;
                if month < at.as_of {
                    so_far += credit;
                }
                if expected >= asked && when.is_none() {
                    when = Some(month);
                }
            }
            Some(_) if month >= at.as_of => elsewhere += credit,
            Some(_) => {}
            None => open += credit,
        }
    }
    let [so_far, expected, open, elsewhere] =
        [so_far, expected, open, elsewhere].map(|units| at.in_months(units));
    Tally { so_far, expected, open, elsewhere, when }
}

fn facilities(at: &Whereabouts<'_>, asked: u32) -> Tally {
    let (mut so_far, mut all) = (BTreeSet::new(), BTreeSet::new());
    let (mut open, mut elsewhere) = (0u32, 0u32);
    let mut when = None;
    for SeatMonth { month, facility, .. } in at.seats() {
        let Some(facility) = facility else {
            open += 1;
            continue;
        };
        all.insert(facility);
        if month < at.as_of {
            so_far.insert(facility);
        } else {
            elsewhere += 1;
        }
        if all.len() as u64 >= u64::from(asked) && when.is_none() {
            when = Some(month);
        }
    }
    let count = |facilities: BTreeSet<FacilityIx>| Decimal::from(facilities.len());
    let (open, elsewhere) = (open.into(), elsewhere.into());
    Tally { so_far: count(so_far), expected: count(all), open, elsewhere, when }
}

impl Tally {
    fn item(self, at: &Whereabouts<'_>, minimum: Minimum, asked: u32) -> Item {
        let asked = Decimal::from(asked);
        let possible = self.expected + self.open + self.elsewhere;
        let (state, why) = if self.so_far >= asked {
            (State::Met, None)
        } else if self.expected >= asked {
            (State::OnCourse, None)
        } else if possible < asked {
            (State::Impossible, Some(Why::Lacking(asked - possible)))
        } else if !at.has_plan {
            (State::NotKnown, Some(Why::NoPlan))
        } else {
            let lacking = asked - self.expected;
            let from = at.as_of.max(at.scenario.start());
            (State::AtRisk, Some(Why::Unreached { lacking, from, helped_by: Vec::new() }))
        };
        Item {
            about: About::Minimum(minimum),
            state,
            so_far: self.so_far,
            expected: at.has_plan.then_some(self.expected),
            asked,
            when: self.when,
            why,
            is_goal: false,
        }
    }
}
