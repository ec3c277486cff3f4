//! `one-place`: no month of a resident stands in two rows.
//!
//! Two rows at the same facility are an overlap as well: one of them is a slip, and nobody but the
//! director knows which.

use std::collections::BTreeSet;

use super::presence::{Presence, about, facility_names, last_month, runs};
use super::{Finding, Rule};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in &presence.careers {
        let doubled = career.row_months().filter(|month| career.claims(*month).len() > 1);
        for (span, ()) in runs(doubled.map(|month| (month, ()))) {
            let most = span.iter().map(|month| career.claims(month).len()).max().unwrap_or(0);
            let places: BTreeSet<_> = span.iter().flat_map(|month| career.places(month)).collect();
            let key = if places.len() == 1 { "audit-one-place-twice" } else { "audit-one-place" };
            let message =
                about(scenario, key, career.resident).text("from", span.start).text("to", last_month(span));
            let message = facility_names(scenario, message, "facilities", places.iter().copied());
            let only = places.first().copied().filter(|_| places.len() == 1);
            findings.push(
                Finding::error(Rule::OnePlace, message)
                    .resident(career.resident)
                    .facility(only)
                    .month(scenario, span.start)
                    .figures(most, 1),
            );
        }
    }
    findings
}
