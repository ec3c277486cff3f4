//! `history-kept`: a row about a month before `first_year` says what history says.
//!
//! Rows are for decided months; one that repeats history does no harm and is passed over.

use super::presence::{Presence, about, facility_names, last_month, runs};
use super::{Finding, Rule};
use crate::scenario::FacilityIx;

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
            let others: Vec<_> = career.places(month).filter(|place| Some(*place) != past).collect();
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
