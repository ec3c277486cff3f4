//! `section-step`: an unbroken time in a section is a multiple of the section's step.
//!
//! What is open beside it may be part of it, what was over before anything is decided is as it is, and what
//! resignation cuts off may be anything.

use super::presence::{Presence, about, place_name};
use super::visits::visits_in;
use super::{Finding, Rule};
use crate::scenario::Place;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let stepped: Vec<(Place, u32)> = scenario
        .section_ixs()
        .map(|ix| (scenario.section(ix), ix))
        .filter(|(section, _)| section.step_months > 1)
        .map(|(section, ix)| (Place { facility: section.facility, section: Some(ix) }, section.step_months))
        .collect();
    let mut findings = Vec::new();
    for career in presence.undecided() {
        for &(place, step) in &stepped {
            for visit in visits_in(career, place) {
                let is_settled = visit.is_begun && visit.is_over && visit.lasts && !visit.is_cut;
                if !is_settled || visit.months % step == 0 {
                    continue;
                }
                let message = about(scenario, "audit-section-step", career.resident)
                    .text("from", visit.first)
                    .number("months", i64::from(visit.months))
                    .number("step", i64::from(step));
                findings.push(
                    Finding::error(Rule::SectionStep, place_name(scenario, message, "place", place))
                        .resident(career.resident)
                        .facility(Some(place.facility))
                        .month(scenario, visit.first)
                        .figures(visit.months, step),
                );
            }
        }
    }
    findings
}
