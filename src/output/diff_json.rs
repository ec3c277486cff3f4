//! What differs between two plans, for programs; as `diff.json` it also says which tables lie beside it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::diff::headline;
use super::dto::{self, TOOL, pretty};
use crate::diff::{Diff, Who};
use crate::language::Catalogue;
use crate::scenario::Scenario;

#[derive(JsonSchema, Serialize)]
pub struct DiffJson<'a> {
    tool: &'static str,
    tool_version: &'static str,
    scenario: &'a str,
    scenario_hash: &'a str,
    /// How many move; who is new does not.
    residents: usize,
    /// The whole, to hold the sums of the parts against.
    resident_months: u32,
    /// Those whom the old plan has nowhere.
    new: Vec<&'a str>,
    /// Those in a plan who are not in the scenario.
    gone: Vec<&'a str>,
    moves: Vec<dto::Move<'a>>,
    chains: Vec<dto::Chain<'a>>,
    /// Who is in another section of the same facility.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<dto::Shift<'a>>,
    courses: Vec<dto::Course<'a>>,
    goals: Vec<dto::Goal<'a>>,
    seats: Vec<dto::SeatYear<'a>>,
    words: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    files: &'a BTreeMap<String, String>,
}

/// The difference; `files` are the tables written with it and their SHA-256, if any are.
pub fn json(
    scenario: &Scenario,
    diff: &Diff,
    files: &BTreeMap<String, String>,
    catalogue: &Catalogue,
) -> String {
    pretty(&form(scenario, diff, files, catalogue))
}

/// The difference as a part of another answer.
pub fn form<'a>(
    scenario: &'a Scenario,
    diff: &'a Diff,
    files: &'a BTreeMap<String, String>,
    catalogue: &Catalogue,
) -> DiffJson<'a> {
    let id = |who: Who| diff.person(scenario, who).0;
    DiffJson {
        tool: TOOL,
        tool_version: env!("CARGO_PKG_VERSION"),
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        residents: diff.people(),
        resident_months: diff.months(),
        new: diff.new.iter().map(|resident| scenario.resident(*resident).id.as_str()).collect(),
        gone: diff.gone.iter().map(|(id, _)| id.as_str()).collect(),
        moves: diff.moves.iter().map(|one| dto::Move::within(scenario, one, one.span, &id)).collect(),
        chains: diff.chains.iter().map(|chain| dto::Chain::of(scenario, chain, &id)).collect(),
        sections: diff.shifts.iter().map(|shift| dto::Shift::of(scenario, shift)).collect(),
        courses: diff.courses.iter().map(|change| dto::Course::changed(scenario, change)).collect(),
        goals: diff.goals.iter().map(dto::Goal::compared).collect(),
        seats: diff.seats.iter().map(|year| dto::SeatYear::of(scenario, year)).collect(),
        words: catalogue.say(&headline(diff)),
        files,
    }
}
