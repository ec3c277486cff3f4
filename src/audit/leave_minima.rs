//! `leave-minima`: a minimum of months that is met only thanks to months of leave (§10 \[33\] does not
//! say whether they count there). A warning: a stricter reading would not be satisfied.
//!
//! Open months are given the benefit of the doubt as in the rules about the minima themselves.

use super::affiliate_stay::stays;
use super::comprehensive_months::{is_comprehensive, tally, with_months};
use super::presence::{Career, Presence, about, facility_names};
use super::training_months::TrainingMonth;
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::scenario::{FacilityIx, Role, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let rules = &scenario.rules;
    let mut findings = Vec::new();
    for career in presence.undecided() {
        let is_core = |facility: FacilityIx, _| scenario.facility(facility).role == Role::Core;
        let comprehensive = |facility, month| is_comprehensive(scenario, facility, month);
        let required = rules.comprehensive_months_min;
        findings.extend(months(
            scenario,
            career,
            "audit-leave-minima-comprehensive",
            required,
            comprehensive,
        ));
        findings.extend(months(scenario, career, "audit-leave-minima-core", rules.core_months_min, is_core));
        findings.extend(of_stays(scenario, career));
    }
    findings
}

/// The warning about a number of months over the whole training.
fn months(
    scenario: &Scenario,
    career: &Career,
    key: &'static str,
    required: u32,
    there: impl Fn(FacilityIx, Month) -> bool,
) -> Option<Finding> {
    let calendar = &career.calendar;
    let worked = |seat: &TrainingMonth| if is_work(scenario, seat) { seat.credit } else { 0 };
    let (counted, open) = tally(career, &there, |seat| seat.credit_at_facility(&scenario.rules.leave));
    let (without, open_without) = tally(career, &there, worked);
    let least = u64::from(required) * calendar.unit;
    if counted + open < least || without + open_without >= least || calendar.resigned {
        return None;
    }
    Some(warning(career, about(scenario, key, career.resident), counted, without, required))
}

/// The warnings about stays at affiliates.
fn of_stays(scenario: &Scenario, career: &Career) -> Vec<Finding> {
    let required = scenario.rules.affiliate_stay_months_min;
    let with = stays(scenario, career, |seat| seat.counts_at_facility(&scenario.rules.leave));
    let without = stays(scenario, career, |seat| is_work(scenario, seat));
    let pairs = with.iter().zip(&without);
    let only_by_leave = pairs.filter(|(with, without)| with.reach >= required && without.reach < required);
    let found = only_by_leave.map(|(with, without)| {
        let message = about(scenario, "audit-leave-minima-stay", career.resident).text("from", with.first);
        let message = facility_names(scenario, message, "facility", [with.facility]);
        let unit = career.calendar.unit;
        let (with_leave, worked) = (u64::from(with.months) * unit, u64::from(without.months) * unit);
        warning(career, message, with_leave, worked, required)
            .facility(Some(with.facility))
            .month(scenario, with.first)
    });
    found.collect()
}

/// Whether the month counts at its facility without being leave.
fn is_work(scenario: &Scenario, seat: &TrainingMonth) -> bool {
    seat.counts_at_facility(&scenario.rules.leave) && !seat.is_absence()
}

/// `counted` and `without` leave, in units.
fn warning(career: &Career, message: Message, counted: u64, without: u64, required: u32) -> Finding {
    let message = with_months(message, "months", &career.calendar, counted);
    let message = with_months(message, "leave", &career.calendar, counted.saturating_sub(without))
        .number("required", i64::from(required));
    Finding::new(Rule::LeaveMinima, Severity::Warning, message)
        .resident(career.resident)
        .figures(career.calendar.in_months(without), required)
}
