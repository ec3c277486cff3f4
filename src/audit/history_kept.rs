//! `history-kept`: a row about a month before `first_year` says what history says.
//!
//! Rows are for decided months; one that repeats history does no harm and is passed over.

use std::collections::BTreeSet;

use super::presence::{Presence, about, facility_names, last_month, runs};
use super::{Finding, Rule};
use crate::scenario::{FacilityIx, Place};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let ids = |list: &[FacilityIx]| {
        let ids: Vec<&str> = list.iter().map(|ix| scenario.facility(*ix).id.as_str()).collect();
        ids.join(", ")
    };
    let mut findings = Vec::new();
    for career in &presence.careers {
        let contradictions = career.row_months().filter_map(|month| {
            if !career.training.contains(month) || career.decided.contains(month) {
                return None;
            }
            let past = career.past(month);
            let section = career.past_place(month).and_then(|place| place.section);
            let is_other = |place: &&Place| {
                let other_section = place.section.zip(section).is_some_and(|(said, was)| said != was);
                Some(place.facility) != past || other_section
            };
            let others: BTreeSet<FacilityIx> =
                career.claimed_places(month).iter().filter(is_other).map(|place| place.facility).collect();
            let others: Vec<FacilityIx> = others.into_iter().collect();
            (!others.is_empty()).then_some((month, (others, past)))
        });
        for (span, (others, past)) in runs(contradictions) {
            let key = if past.is_some() { "audit-history-kept" } else { "audit-history-kept-absent" };
            let message =
                about(scenario, key, career.resident).text("from", span.start).text("to", last_month(span));
            let message = facility_names(scenario, message, "facilities", others.iter().copied());
            let message = match past {
                Some(past) => facility_names(scenario, message, "past", [past]),
                None => message,
            };
            findings.push(
                Finding::error(Rule::HistoryKept, message)
                    .resident(career.resident)
                    .facility(others.first().copied())
                    .month(scenario, span.start)
                    .figures(ids(&others), ids(past.as_slice())),
            );
        }
    }
    findings
}
