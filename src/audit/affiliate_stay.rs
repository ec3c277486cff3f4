//! `affiliate-stay`: no contiguous stay at an affiliate is too short (§7.1 \[16,25,30\]: 3 months).
//!
//! A stay is a maximal run of months at one facility, across rows, parts, training years and the
//! boundary of history. Months of leave without a seat do not part it: whoever comes back to the same
//! facility goes on with the stay. Free months do. Open months beside it may yet become part of it, so a stay is too
//! short only if it would be even with all of them. The last stay of a resident who resigns may be short.

use std::collections::BTreeSet;

use super::presence::{Career, Presence, Spot, about, facility_names};
use super::training_months::TrainingMonth;
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{FacilityIx, Role, Scenario};

/// A stay at an affiliate, as far as it is known.
pub(super) struct AffiliateStay {
    pub first: Month,
    pub facility: FacilityIx,
    /// The months of it that count.
    pub months: u32,
    /// How many would count if every open month beside it became part of it.
    pub reach: u32,
}

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let required = scenario.rules.affiliate_stay_months_min;
    let mut findings = Vec::new();
    for career in presence.undecided() {
        let counts = |seat: &TrainingMonth| seat.counts_at_facility(&scenario.rules.leave);
        for stay in stays(scenario, career, counts).into_iter().filter(|stay| stay.reach < required) {
            let message = about(scenario, "audit-affiliate-stay", career.resident)
                .text("from", stay.first)
                .number("months", i64::from(stay.months))
                .number("required", i64::from(required));
            let message = facility_names(scenario, message, "facility", [stay.facility]);
            findings.push(
                Finding::error(Rule::AffiliateStay, message)
                    .resident(career.resident)
                    .facility(Some(stay.facility))
                    .month(scenario, stay.first)
                    .figures(stay.months, required),
            );
        }
    }
    findings
}

/// The stays at affiliates that have to be long enough, in order of time.
pub(super) fn stays(
    scenario: &Scenario,
    career: &Career,
    counts: impl Fn(&TrainingMonth) -> bool,
) -> Vec<AffiliateStay> {
    let seats: Vec<(&TrainingMonth, Spot)> = career.spots().filter(|(month, _)| month.has_seat).collect();
    let visited: BTreeSet<FacilityIx> = seats.iter().filter_map(|(_, spot)| spot.facility()).collect();
    let affiliates = visited.into_iter().filter(|ix| scenario.facility(*ix).role == Role::Affiliate);
    let mut list = Vec::new();
    for facility in affiliates {
        let could_be_here = |spot: Spot| spot == Spot::Open || spot.facility() == Some(facility);
        let mut seen = 0;
        for run in seats.chunk_by(|(_, a), (_, b)| could_be_here(*a) == could_be_here(*b)) {
            seen += run.len();
            let cut_short = career.calendar.resigned && seen == seats.len();
            let here =
                || run.iter().filter(|(_, spot)| spot.facility() == Some(facility)).map(|(seat, _)| *seat);
            let Some(first) = here().next().filter(|_| !cut_short) else { continue };
            list.push(AffiliateStay {
                first: first.month,
                facility,
                months: here().filter(|seat| counts(seat)).count() as u32,
                reach: run.iter().filter(|(seat, _)| counts(seat)).count() as u32,
            });
        }
    }
    list.sort_unstable_by_key(|stay| (stay.first, stay.facility));
    list
}
