//! One resident or one facility, for programs.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::dto::pretty;
use super::explanation::said;
use super::ledger::months;
use super::one::{facility_lines, resident_lines};
use super::one_cases;
use crate::explain::one::{FacilityFacts, Presence, ResidentFacts, Slack};
use crate::language::Catalogue;
use crate::scenario::{FacilityIx, Lock, LockKind, ResidentIx, Scenario, Stay};

#[derive(JsonSchema, Serialize)]
struct StayJson<'a> {
    facility: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    start: String,
    months: u32,
}

/// As a row of `ledger.csv`; what may be a part of a month is text.
#[derive(JsonSchema, Serialize)]
struct LedgerJson {
    planned: u32,
    worked: u32,
    leave: u32,
    leave_counted: String,
    counted: String,
    missing: String,
    extension: u32,
    end: Option<String>,
}

#[derive(JsonSchema, Serialize)]
struct SlackJson {
    rule: &'static str,
    measured: Option<u32>,
    required: u32,
    slack: Option<i64>,
}

#[derive(JsonSchema, Serialize)]
struct LockJson<'a> {
    resident: &'a str,
    facility: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    start: String,
    months: u32,
    kind: &'static str,
    kept: bool,
}

#[derive(JsonSchema, Serialize)]
struct WishJson<'a> {
    facility: &'a str,
    months: u32,
}

#[derive(JsonSchema, Serialize)]
pub struct ResidentJson<'a> {
    scenario: &'a str,
    scenario_hash: &'a str,
    resident: &'a str,
    course: Option<&'a str>,
    course_wish: Option<usize>,
    courses_possible: Vec<&'a str>,
    /// Absent for whoever has no leave and stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<LedgerJson>,
    stays: Vec<StayJson<'a>>,
    rules: Vec<SlackJson>,
    locks: Vec<LockJson<'a>>,
    facility_wishes: Vec<WishJson<'a>>,
    cases: Vec<one_cases::ResidentCaseJson<'a>>,
    could_be_alone: BTreeMap<i32, Vec<&'a str>>,
    words: Vec<String>,
}

fn facility_id(scenario: &Scenario, facility: FacilityIx) -> &str {
    &scenario.facility(facility).id
}

fn section_id<'a>(scenario: &'a Scenario, stay: &Stay) -> Option<&'a str> {
    stay.section.map(|section| scenario.section(section).id.as_str())
}

fn lock_json(scenario: &Scenario, resident: ResidentIx, lock: Lock, kept: bool) -> LockJson<'_> {
    LockJson {
        resident: &scenario.resident(resident).id,
        facility: facility_id(scenario, lock.stay.facility),
        section: section_id(scenario, &lock.stay),
        start: lock.stay.span.start.to_string(),
        months: lock.stay.span.months,
        kind: match lock.kind {
            LockKind::Must => "must",
            LockKind::MustNot => "must-not",
        },
        kept,
    }
}

/// A resident for programs.
pub fn resident_json(scenario: &Scenario, facts: &ResidentFacts, catalogue: &Catalogue) -> String {
    let stay = |stay: &Stay| StayJson {
        facility: facility_id(scenario, stay.facility),
        section: section_id(scenario, stay),
        start: stay.span.start.to_string(),
        months: stay.span.months,
    };
    let slack = |slack: &Slack| SlackJson {
        rule: slack.minimum.id(),
        measured: slack.measured,
        required: slack.required,
        slack: slack.measured.map(|measured| i64::from(measured) - i64::from(slack.required)),
    };
    let locks = facts.locks.iter().map(|&(lock, kept)| lock_json(scenario, facts.resident, lock, kept));
    let wishes = facts.wishes.iter();
    let alone = facts.could_be.iter().map(|(year, facilities)| {
        (*year, facilities.iter().map(|&facility| facility_id(scenario, facility)).collect())
    });
    pretty(&ResidentJson {
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        resident: &scenario.resident(facts.resident).id,
        course: facts.course.map(|course| scenario.course(course).id.as_str()),
        course_wish: facts.course_place,
        courses_possible: facts.courses.iter().map(|&course| scenario.course(course).id.as_str()).collect(),
        months: facts.ledger.map(|ledger| LedgerJson {
            planned: ledger.planned,
            worked: ledger.worked,
            leave: ledger.leave,
            leave_counted: months(ledger.leave_counted),
            counted: months(ledger.counted),
            missing: months(ledger.missing),
            extension: ledger.extension,
            end: ledger.end.map(|end| end.to_string()),
        }),
        stays: facts.stays.iter().map(stay).collect(),
        rules: facts.slack.iter().map(slack).collect(),
        locks: locks.collect(),
        facility_wishes: wishes
            .map(|&(facility, months)| WishJson { facility: facility_id(scenario, facility), months })
            .collect(),
        cases: one_cases::resident_json(scenario, &facts.cases),
        could_be_alone: alone.collect(),
        words: said(&resident_lines(scenario, facts), catalogue),
    })
}

#[derive(JsonSchema, Serialize)]
struct PresenceJson<'a> {
    start: String,
    months: u32,
    residents: Vec<&'a str>,
    /// Those of the residents who are on leave or work part-time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    on_leave: Vec<OnLeaveJson<'a>>,
    seats: Option<u32>,
    counts_on: u32,
    /// Residents at work fewer than it counts on.
    missing: u32,
}

/// A section of the facility.
#[derive(JsonSchema, Serialize)]
struct SectionJson<'a> {
    section: &'a str,
    presence: Vec<PresenceJson<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct OnLeaveJson<'a> {
    resident: &'a str,
    kind: &'static str,
}

#[derive(JsonSchema, Serialize)]
struct WishedJson<'a> {
    resident: &'a str,
    /// Among their wishes, from 1.
    place: usize,
    months: u32,
}

#[derive(JsonSchema, Serialize)]
pub struct FacilityJson<'a> {
    scenario: &'a str,
    scenario_hash: &'a str,
    facility: &'a str,
    presence: Vec<PresenceJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<SectionJson<'a>>,
    cases: Vec<one_cases::FacilityCaseJson<'a>>,
    wishes: Vec<WishedJson<'a>>,
    locks: Vec<LockJson<'a>>,
    /// Absent where nobody asked who could come or go.
    #[serde(skip_serializing_if = "Option::is_none")]
    could_come_alone: Option<BTreeMap<i32, Vec<&'a str>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    could_go_alone: Option<BTreeMap<i32, Vec<&'a str>>>,
    words: Vec<String>,
}

/// A facility for programs.
pub fn facility_json(scenario: &Scenario, facts: &FacilityFacts, catalogue: &Catalogue) -> String {
    let id = |resident: &ResidentIx| scenario.resident(*resident).id.as_str();
    let per_year = |years: &BTreeMap<i32, BTreeSet<ResidentIx>>| {
        years.iter().map(|(year, residents)| (*year, residents.iter().map(id).collect())).collect()
    };
    let wishes = facts.wishes.iter().map(|&(resident, place, months)| WishedJson {
        resident: &scenario.resident(resident).id,
        place,
        months,
    });
    let locks = facts.locks.iter().map(|&(resident, lock, kept)| lock_json(scenario, resident, lock, kept));
    let presence = |presence: &Presence| PresenceJson {
        start: presence.span.start.to_string(),
        months: presence.span.months,
        residents: presence.residents.iter().map(id).collect(),
        on_leave: presence
            .on_leave
            .iter()
            .map(|(resident, kind)| OnLeaveJson { resident: id(resident), kind: kind.id() })
            .collect(),
        seats: presence.seats,
        counts_on: presence.counts_on,
        missing: presence.counts_on.saturating_sub(presence.at_work),
    };
    let sections = facts.sections.iter().map(|(section, months)| SectionJson {
        section: &scenario.section(*section).id,
        presence: months.iter().map(presence).collect(),
    });
    pretty(&FacilityJson {
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        facility: facility_id(scenario, facts.facility),
        presence: facts.months.iter().map(presence).collect(),
        sections: sections.collect(),
        cases: one_cases::facility_json(scenario, &facts.cases),
        wishes: wishes.collect(),
        locks: locks.collect(),
        could_come_alone: facts.could.as_ref().map(|could| per_year(&could.come)),
        could_go_alone: facts.could.as_ref().map(|could| per_year(&could.go)),
        words: said(&facility_lines(scenario, facts), catalogue),
    })
}
