//! `comprehensive-months`: enough months at facilities that are comprehensive institutions in those
//! very months (§7.1 \[16,25,30\]: 12).

use super::presence::{Career, Presence, about};
use super::training_months::{Training, TrainingMonth};
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::language::Message;
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

/// What counts towards a minimum, in units of [`super::training_months::Training::unit`]: what is settled,
/// and what is still open. A part-time month counts at its facility as much as it counts at all.
pub(super) fn tally(
    career: &Career,
    there: impl Fn(FacilityIx, Month) -> bool,
    credit: impl Fn(&TrainingMonth) -> u64,
) -> (u64, u64) {
    let (mut counted, mut open) = (0, 0);
    for (seat, known) in career.seats() {
        match known {
            Some(facility) if there(facility, seat.month) => counted += credit(seat),
            Some(_) => {}
            None => open += credit(seat),
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
    let calendar = &career.calendar;
    let (counted, open) = tally(career, there, |seat| seat.credit_at_facility(&scenario.rules.leave));
    if counted + open >= u64::from(required) * calendar.unit || calendar.resigned {
        return None;
    }
    let key = match rule {
        Rule::CoreMonths => "audit-core-months",
        _ => "audit-comprehensive-months",
    };
    let message = with_months(about(scenario, key, career.resident), "months", calendar, counted)
        .number("required", i64::from(required));
    let message = with_months(message, "open", calendar, open);
    Some(
        Finding::error(rule, message)
            .resident(career.resident)
            .figures(calendar.in_months(counted), required),
    )
}

/// Adds units as months: a number where they are whole, so that a language can choose its form.
pub(super) fn with_months(message: Message, name: &'static str, calendar: &Training, units: u64) -> Message {
    match units.checked_rem(calendar.unit) {
        Some(0) => message.number(name, i64::try_from(units / calendar.unit).unwrap_or(i64::MAX)),
        _ => message.text(name, calendar.in_months(units)),
    }
}
