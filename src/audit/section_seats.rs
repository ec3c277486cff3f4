//! `section-seats`: a section holds no more residents than its own seats; the facility's limits hold besides.

use super::crowding::over_limit;
use super::presence::Presence;
use super::{Finding, Rule};
use crate::scenario::Place;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let sections = scenario.section_ixs();
    sections
        .flat_map(|ix| {
            let section = scenario.section(ix);
            let place = Place { facility: section.facility, section: Some(ix) };
            let rule = (Rule::SectionSeats, "audit-section-seats");
            over_limit(scenario, rule, Some(place), presence.at(place), |month| *section.seats.at(month))
        })
        .collect()
}
