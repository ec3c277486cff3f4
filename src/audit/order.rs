//! `order`: nobody is at one selection of places before so many months at another (`order.csv`).
//!
//! Months with a seat count, history included; only decided months can come too early. Open months before could
//! have been spent as asked. Of a row of kind `wish` nothing is found: what is too early counts in the goal
//! `requirements`.

use super::course_pattern::possible_courses;
use super::presence::{Career, Presence, Spot, about, place_name};
use super::requirements::{applies, clause};
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{Force, OrderRule, Place, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let musts = || scenario.order_rules.iter().filter(|row| row.force == Force::Must);
    let mut findings = Vec::new();
    if musts().next().is_none() {
        return findings;
    }
    for career in presence.undecided() {
        let courses = possible_courses(scenario, career);
        for row in musts().filter(|row| applies(scenario, career, &courses, &row.who)) {
            let early = early(scenario, career, row);
            let Some((first, before)) = early.first() else { continue };
            let place = match career.spot(*first) {
                Spot::At(place) => place,
                Spot::Within(facility) => Place { facility, section: None },
                Spot::Free | Spot::Open => continue,
            };
            let message = about(scenario, "audit-order", career.resident)
                .text("from", first)
                .number("months", early.len() as i64)
                .number("before", i64::from(*before))
                .number("required", i64::from(row.months))
                .text("first", &scenario.selector(row.first).text)
                .message("clause", clause(&row.clause));
            findings.push(
                Finding::error(Rule::Order, place_name(scenario, message, "place", place))
                    .resident(career.resident)
                    .facility(Some(place.facility))
                    .month(scenario, *first)
                    .of_row(&row.clause)
                    .figures(*before, row.months),
            );
        }
    }
    findings
}

/// The decided months that come too early, each with the months at `first` before it (open ones included).
pub(super) fn early(scenario: &Scenario, career: &Career, row: &OrderRule) -> Vec<(Month, u32)> {
    let mut before = 0;
    let mut early = Vec::new();
    for (month, spot) in career.spots().filter(|(month, _)| month.has_seat) {
        let is_decided = career.decided.contains(month.month);
        if is_decided && before < row.months && spot.is_at(scenario, row.then, month.month) {
            early.push((month.month, before));
        }
        before += u32::from(spot.may_be_at(scenario, row.first, month.month));
    }
    early
}
