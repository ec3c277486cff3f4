//! `section-named`: where a facility is divided, a row says in which of its sections the resident is.
//!
//! One finding per run of months at a facility. Other rules take such months for open as to the section.

use super::presence::{Presence, Spot, about, facility_names, last_month, runs};
use super::{Finding, Rule};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in &presence.careers {
        let unnamed = career.spots().filter_map(|(month, spot)| match spot {
            Spot::Within(facility) if career.decided.contains(month.month) => Some((month.month, facility)),
            _ => None,
        });
        for (span, facility) in runs(unnamed) {
            let sections = scenario.sections_of(facility).map(|ix| scenario.section(ix).id.as_str());
            let sections: Vec<&str> = sections.collect();
            let message = about(scenario, "audit-section-named", career.resident)
                .text("from", span.start)
                .text("to", last_month(span))
                .text("sections", sections.join(", "));
            findings.push(
                Finding::error(Rule::SectionNamed, facility_names(scenario, message, "facility", [facility]))
                    .resident(career.resident)
                    .facility(Some(facility))
                    .month(scenario, span.start)
                    .figures(0, span.months),
            );
        }
    }
    findings
}
