//! The cases of one resident or one facility, as lines and for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::statements::{listed, with_facility};
use crate::explain::one_cases::{FacilityCase, ResidentCase};
use crate::language::Message;
use crate::scenario::Scenario;

fn item(message: Message) -> Option<Message> {
    Some(Message::new("explain-item").message("item", message))
}

/// The items of a resident line by line; nothing without items.
pub fn resident_lines(scenario: &Scenario, cases: &[ResidentCase]) -> Vec<Option<Message>> {
    let mut lines = Vec::new();
    if !cases.is_empty() {
        lines.push(Some(Message::new("explain-cases")));
    }
    for one in cases {
        let figures = Message::new("explain-case-figures")
            .text("case", &scenario.case(one.case).name)
            .number("target", i64::from(one.target))
            .number("logged", i64::from(one.logged))
            .number("supplement", i64::from(one.supplement))
            .number("need", i64::from(one.need));
        let rest = match (one.reach, &one.planned) {
            (None, _) => Message::new("explain-case-not-assessed"),
            (Some(_), None) => Message::new("explain-case-unshared"),
            (Some(_), Some(planned)) if planned.is_empty() => Message::new("explain-case-none"),
            (Some(reach), Some(planned)) => {
                let places = planned.iter().map(|&(year, facility, number)| {
                    with_facility(Message::new("explain-case-place"), scenario, facility)
                        .text("year", year)
                        .number("planned", i64::from(number))
                });
                Message::new("explain-case-planned")
                    .message("places", listed(places))
                    .number("reach", i64::from(reach))
            }
        };
        lines.push(item(Message::new("explain-case").message("figures", figures).message("rest", rest)));
    }
    lines
}

/// The cases of a facility line by line; nothing without items.
pub fn facility_lines(scenario: &Scenario, cases: &[FacilityCase]) -> Vec<Option<Message>> {
    let mut lines = Vec::new();
    if !cases.is_empty() {
        lines.push(Some(Message::new("explain-facility-cases")));
    }
    for one in cases {
        let message = match &one.planned {
            None => Message::new("explain-facility-case-unshared"),
            Some(planned) => {
                let sum = planned.iter().map(|(_, number)| i64::from(*number)).sum();
                let each = planned.iter().map(|&(resident, number)| {
                    Message::new("explain-case-resident")
                        .text("resident", &scenario.resident(resident).id)
                        .number("planned", i64::from(number))
                });
                Message::new("explain-facility-case").number("planned", sum).message("each", listed(each))
            }
        };
        lines.push(item(
            message
                .text("case", &scenario.case(one.case).name)
                .text("year", one.year)
                .number("offer", i64::from(one.offer)),
        ));
    }
    lines
}

#[derive(JsonSchema, Serialize)]
pub struct ResidentCaseJson<'a> {
    case: &'a str,
    target: u32,
    logged: u32,
    supplement: u32,
    need: u32,
    /// Absent where the item is not assessed.
    reach: Option<u32>,
    planned: Option<Vec<PlannedJson<'a>>>,
}

#[derive(JsonSchema, Serialize)]
struct PlannedJson<'a> {
    academic_year: i32,
    facility: &'a str,
    planned: u32,
}

pub fn resident_json<'a>(scenario: &'a Scenario, cases: &[ResidentCase]) -> Vec<ResidentCaseJson<'a>> {
    let planned = |&(academic_year, facility, planned): &(i32, _, u32)| PlannedJson {
        academic_year,
        facility: &scenario.facility(facility).id,
        planned,
    };
    let one = |one: &ResidentCase| ResidentCaseJson {
        case: &scenario.case(one.case).id,
        target: one.target,
        logged: one.logged,
        supplement: one.supplement,
        need: one.need,
        reach: one.reach,
        planned: one.planned.as_ref().map(|list| list.iter().map(planned).collect()),
    };
    cases.iter().map(one).collect()
}

#[derive(JsonSchema, Serialize)]
pub struct FacilityCaseJson<'a> {
    case: &'a str,
    academic_year: i32,
    offer: u32,
    planned: Option<Vec<(&'a str, u32)>>,
}

pub fn facility_json<'a>(scenario: &'a Scenario, cases: &[FacilityCase]) -> Vec<FacilityCaseJson<'a>> {
    let one = |one: &FacilityCase| FacilityCaseJson {
        case: &scenario.case(one.case).id,
        academic_year: one.year,
        offer: one.offer,
        planned: one.planned.as_ref().map(|list| {
            list.iter().map(|&(resident, n)| (scenario.resident(resident).id.as_str(), n)).collect()
        }),
    };
    cases.iter().map(one).collect()
}
