//! `comprehensive-months`: enough months at facilities that are comprehensive institutions in those
//! very months (§7.1 \[16,25,30\]: 12).

use super::presence::{Career, Presence, about};
use super::training_months::TrainingMonth;
use super::{At, Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{Accreditation, FacilityIx, Role, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let required = presence.scenario.rules.comprehensive_months_min;
    find(presence, (Rule::ComprehensiveMonths, "audit-comprehensive-months"), required, is_comprehensive)
}

pub(super) fn is_comprehensive(scenario: &Scenario, facility: FacilityIx, month: Month) -> bool {
    *scenario.facility(facility).accreditation.at(month) == Accreditation::Comprehensive
}

pub(super) fn is_core(scenario: &Scenario, facility: FacilityIx, _: Month) -> bool {
    scenario.facility(facility).role == Role::Core
}

/// The findings about careers with too few months of a kind.
pub(super) fn find(
    presence: &Presence<'_>,
    (rule, key): (Rule, &'static str),
    required: u32,
    at: At,
) -> Vec<Finding> {
    let scenario = presence.scenario;
    let finding = |career: &Career| {
        let counted = too_few(scenario, career, required, at, |this| this.at_facility)?;
        let message = about(scenario, key, career.resident)
            .number("months", i64::from(counted))
            .number("open", i64::from(career.open_months()))
            .number("required", i64::from(required));
        Some(Finding::error(rule, message).resident(career.resident).figures(counted, required))
    };
    presence.completing().filter_map(finding).collect()
}

/// The months that count in a career with too few of them, even if every open month counted.
pub(super) fn too_few(
    scenario: &Scenario,
    career: &Career,
    required: u32,
    at: At,
    counts: impl Fn(&TrainingMonth) -> bool,
) -> Option<u32> {
    let counting = || career.months().filter(|(this, _)| counts(this));
    let here = counting().filter(|(this, facility)| facility.is_some_and(|ix| at(scenario, ix, this.month)));
    let counted = here.count() as u32;
    let open = counting().filter(|(_, facility)| facility.is_none()).count() as u32;
    (counted + open < required).then_some(counted)
}
