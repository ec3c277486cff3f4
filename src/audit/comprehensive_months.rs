//! `comprehensive-months`: enough months at facilities that are comprehensive institutions in those
//! very months (§7.1 \[16,25,30\]: 12).

use super::presence::{Career, Presence, about};
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{Accreditation, FacilityIx, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let comprehensive = |facility: FacilityIx, month: Month| {
        *scenario.facility(facility).accreditation.at(month) == Accreditation::Comprehensive
    };
    presence
        .undecided()
        .filter_map(|career| {
            let required = scenario.rules.comprehensive_months_min;
            too_few(scenario, career, Rule::ComprehensiveMonths, required, comprehensive)
        })
        .collect()
}

/// The finding about a career with too few months that count, even if every open month counted.
pub(super) fn too_few(
    scenario: &Scenario,
    career: &Career,
    rule: Rule,
    required: u32,
    counts: impl Fn(FacilityIx, Month) -> bool,
) -> Option<Finding> {
    let counted = career.months().filter(|(month, facility)| facility.is_some_and(|ix| counts(ix, *month)));
    let counted = counted.count() as u32;
    let open = career.open_months();
    if counted + open >= required {
        return None;
    }
    let key = match rule {
        Rule::CoreMonths => "audit-core-months",
        _ => "audit-comprehensive-months",
    };
    let message = about(scenario, key, career.resident)
        .number("months", i64::from(counted))
        .number("open", i64::from(open))
        .number("required", i64::from(required));
    Some(Finding::error(rule, message).resident(career.resident).figures(counted, required))
}
