//! `stay-rule`: what stays at certain places are like (`stays.csv`): how long, in which steps, when they may begin,
//! how far apart they are and how many there are.
//!
//! A stay that was over before anything is decided is as it is, one that lasts longer is held to its rules, and
//! what resignation cuts off may be short. Where something open lies beside a stay it may be longer than it looks.

use super::course_pattern::possible_courses;
use super::presence::{Career, Presence, about, place_name};
use super::requirements::{applies, clause};
use super::visits::{Visit, visits};
use super::{Figure, Finding, Rule};
use crate::scenario::{Scenario, StayRule};

/// What is wrong with a stay.
struct Fault {
    key: &'static str,
    measured: u32,
    required: u32,
}

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    if scenario.stay_rules.is_empty() {
        return findings;
    }
    for career in presence.undecided() {
        let courses = possible_courses(scenario, career);
        for row in scenario.stay_rules.iter().filter(|row| applies(scenario, career, &courses, &row.who)) {
            let all = visits(scenario, career, row.place);
            for (number, visit) in all.iter().enumerate() {
                for fault in faults(scenario, row, &all[..number], visit) {
                    findings.push(finding(scenario, career, row, visit, &fault));
                }
            }
        }
    }
    findings
}

fn faults(scenario: &Scenario, row: &StayRule, before: &[Visit], visit: &Visit) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |key, measured, required| faults.push(Fault { key, measured, required });
    // Its length is settled, and nothing excuses it.
    let is_whole = visit.is_begun && visit.is_over && visit.lasts && !visit.is_cut;
    if let Some(min) = row.months_min.filter(|min| is_whole && visit.months < *min) {
        add("audit-stay-short", visit.months, min);
    }
    if let Some(max) = row.months_max.filter(|max| visit.is_decided && visit.months > *max) {
        add("audit-stay-long", visit.months, max);
    }
    if let Some(step) =
        row.step_months.filter(|step| is_whole && *step > 1 && !visit.months.is_multiple_of(*step))
    {
        add("audit-stay-step", visit.months, step);
    }
    if visit.begins_decided && visit.is_begun && !row.starts.is_empty() {
        let month = month_of_year(scenario, visit);
        if !row.starts.contains(&month) {
            add("audit-stay-start", month, row.starts.first().copied().unwrap_or(0));
        }
    }
    if visit.begins_decided && !visit.may_go_on {
        let gap = before.last().map(|last| visit.from - last.until);
        if let Some((gap, required)) = gap.zip(row.gap_months).filter(|(gap, required)| gap < required) {
            add("audit-stay-gap", gap, required);
        }
        // Stays that may be one are counted as one.
        let number = before.iter().chain([visit]).filter(|visit| !visit.may_go_on).count() as u32;
        if let Some(max) = row.visits_max.filter(|max| number > *max) {
            add("audit-stay-visits", number, max);
        }
    }
    faults
}

/// The month of the academic year in which the stay begins, from 1.
fn month_of_year(scenario: &Scenario, visit: &Visit) -> u32 {
    let year = scenario.calendar.year_of(visit.first);
    u32::try_from(visit.first.since(scenario.calendar.start_of(year))).unwrap_or(0) + 1
}

fn finding(scenario: &Scenario, career: &Career, row: &StayRule, visit: &Visit, fault: &Fault) -> Finding {
    let starts: Vec<String> = row.starts.iter().map(u32::to_string).collect();
    let mut message = about(scenario, fault.key, career.resident)
        .text("from", visit.first)
        .message("clause", clause(&row.clause));
    message = match fault.key {
        "audit-stay-start" => message.text("starts", starts.join(", ")),
        _ => {
            message.number("months", i64::from(fault.measured)).number("required", i64::from(fault.required))
        }
    };
    let required: Figure = match fault.key {
        "audit-stay-start" => starts.join(", ").into(),
        _ => fault.required.into(),
    };
    Finding::error(Rule::StayRule, place_name(scenario, message, "place", visit.place))
        .resident(career.resident)
        .facility(Some(visit.place.facility))
        .month(scenario, visit.first)
        .of_row(&row.clause)
        .figures(fault.measured, required)
}
