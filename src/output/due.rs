//! `due.csv`: what is due when and where, a row each, in order of time.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::csv_cells::{Cell, Sheet};
use super::dto::{TOOL, pretty};
use super::{facility_name, headings, record_name};
use crate::completion::{DueDate, DueKind, DueState};
use crate::language::{Catalogue, Message};
use crate::regulation::Rule;
use crate::scenario::Scenario;

/// The name of the table.
pub const DUE: &str = "due.csv";

const HEADER: [&str; 10] = [
    "month",
    "resident",
    "name",
    "facility",
    "facility_name",
    "item",
    "item_name",
    "required",
    "status",
    "clause",
];

pub fn csv(scenario: &Scenario, dates: &[DueDate], catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(&HEADER, catalogue);
    for date in dates {
        let person = scenario.resident(date.resident);
        let facility = date.facility.map(|facility| scenario.facility(facility));
        sheet.row(&[
            Cell::text(date.month),
            Cell::text(&person.id),
            Cell::text(&person.name),
            facility.map_or(Cell::empty(), |facility| Cell::text(&facility.id)),
            facility.map_or(Cell::empty(), |facility| Cell::text(facility_name(facility, catalogue))),
            Cell::text(id(scenario, date.kind)),
            Cell::text(catalogue.say(&name(scenario, date.kind))),
            Cell::number(date.count),
            Cell::text(headings::word(status(date), catalogue)),
            Cell::text(clause(scenario, date.kind)),
        ]);
    }
    sheet.into_bytes()
}

#[derive(JsonSchema, Serialize)]
pub struct DueJson<'a> {
    tool: &'static str,
    tool_version: &'static str,
    scenario: &'a str,
    scenario_hash: &'a str,
    due: Vec<DateJson<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    files: &'a BTreeMap<String, String>,
}

#[derive(JsonSchema, Serialize)]
struct DateJson<'a> {
    month: String,
    resident: &'a str,
    facility: Option<&'a str>,
    item: &'a str,
    required: u32,
    status: &'static str,
    clause: String,
}

/// The dates; `files` are the tables written with it and their SHA-256, if any are.
pub fn json(scenario: &Scenario, dates: &[DueDate], files: &BTreeMap<String, String>) -> String {
    let date = |date: &DueDate| DateJson {
        month: date.month.to_string(),
        resident: &scenario.resident(date.resident).id,
        facility: date.facility.map(|facility| scenario.facility(facility).id.as_str()),
        item: id(scenario, date.kind),
        required: date.count,
        status: status(date),
        clause: clause(scenario, date.kind),
    };
    let due = dates.iter().map(date).collect();
    pretty(&DueJson {
        tool: TOOL,
        tool_version: env!("CARGO_PKG_VERSION"),
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        due,
        files,
    })
}

fn status(date: &DueDate) -> &'static str {
    match date.state {
        DueState::Done => "done",
        DueState::Open => "open",
        DueState::NotKnown => "not-known",
    }
}

fn id(scenario: &Scenario, kind: DueKind) -> &str {
    match kind {
        DueKind::Record(kind) => &scenario.record_kind(kind).id,
        DueKind::ExtensionEnd => "extension-end",
        DueKind::KeepUntil => "keep-until",
    }
}

/// What people call it.
pub fn name(scenario: &Scenario, kind: DueKind) -> Message {
    match kind {
        DueKind::Record(kind) => record_name(scenario.record_kind(kind)),
        DueKind::ExtensionEnd => Message::new("due-extension-end"),
        DueKind::KeepUntil => Message::new("due-keep-until"),
    }
}

fn clause(scenario: &Scenario, kind: DueKind) -> String {
    match kind {
        DueKind::Record(kind) => scenario.record_kind(kind).clause.clone(),
        DueKind::ExtensionEnd => Rule::Extension.clause(),
        DueKind::KeepUntil => "§8 [44,46]".to_string(),
    }
}
