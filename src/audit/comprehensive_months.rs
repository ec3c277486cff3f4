//! `comprehensive-months`: enough months at facilities that are comprehensive institutions in those
//! very months (§7.1 \[16,25,30\]: 12).

use super::presence::{Career, Presence, about};
use super::training_months::TrainingMonth;
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{Accreditation, FacilityIx, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let required = scenario.rules.comprehensive_months_min;
    presence
        .undecided()
        .filter_map(|career| {
            too_few(scenario, career, Rule::ComprehensiveMonths, required, |facility, month| {
                is_comprehensive(scenario, facility, month)
            })
        })
        .collect()
}

/// Whether the facility is a comprehensive institution in the month.
pub(super) fn is_comprehensive(scenario: &Scenario, facility: FacilityIx, month: Month) -> bool {
    *scenario.facility(facility).accreditation.at(month) == Accreditation::Comprehensive
}

/// The months that count towards a minimum: those settled, and those still open.
pub(super) fn tally(
    career: &Career,
    there: impl Fn(FacilityIx, Month) -> bool,
    counts: impl Fn(&TrainingMonth) -> bool,
) -> (u32, u32) {
    let (mut counted, mut open) = (0, 0);
    for (seat, known) in career.seats().filter(|(seat, _)| counts(seat)) {
        match known {
            Some(facility) => counted += u32::from(there(facility, seat.month)),
            None => open += 1,
        }
    }
    (counted, open)
}

/// The finding about a career with too few months that count, even if every open month counted.
/// Whoever resigns before the training is complete need not have them.
pub(super) fn too_few(
    scenario: &Scenario,
    career: &Career,
    rule: Rule,
    required: u32,
    there: impl Fn(FacilityIx, Month) -> bool,
) -> Option<Finding> {
    let (counted, open) = tally(career, there, |seat| seat.counts_at_facility(&scenario.rules.leave));
    if counted + open >= required || career.calendar.resigned {
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
