//! How everybody stands towards completion, for programs; as `completion.json` it also says which tables lie beside it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::completion::{clause, id, reason, subject};
use super::diff_json::{self, DiffJson};
use super::dto::{TOOL, pretty};
use super::explanation_json::{self, ExplainedJson};
use super::ledger::months;
use super::ways_out::WaysOut;
use crate::completion::{Item, Progress, Standing, State, Why};
use crate::language::Catalogue;
use crate::scenario::Scenario;

#[derive(JsonSchema, Serialize)]
pub struct ProgressJson<'a> {
    tool: &'static str,
    tool_version: &'static str,
    scenario: &'a str,
    scenario_hash: &'a str,
    /// The months before it have passed.
    as_of: String,
    with_plan: bool,
    residents: Vec<StandingJson<'a>>,
    /// Where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    ways_out: Option<WaysOutJson<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    files: &'a BTreeMap<String, String>,
}

/// What can be done about what is lacking at hospitals.
#[derive(JsonSchema, Serialize)]
struct WaysOutJson<'a> {
    /// `not-needed`, `plan`, `no-plan` or `unknown`.
    status: &'static str,
    /// What the nearest plan that lacks nothing changes.
    plan: Option<DiffJson<'a>>,
    /// Why there is no such plan.
    no_plan: Option<ExplainedJson<'a>>,
}

/// What may be a part of a month is text.
#[derive(JsonSchema, Serialize)]
struct StandingJson<'a> {
    resident: &'a str,
    /// `null`: the resident leaves the program.
    verdict: Option<&'static str>,
    counted: String,
    worked: u32,
    missing: String,
    end: Option<String>,
    items: Vec<ItemJson<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct ItemJson<'a> {
    subject: &'static str,
    item: &'a str,
    state: &'static str,
    so_far: String,
    expected: Option<String>,
    required: String,
    month: Option<String>,
    goal: bool,
    clause: String,
    /// What it is about: the months in which something is overdue, the facilities that offer most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    overdue: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    helped_by: Vec<&'a str>,
    why: Option<String>,
}

/// The standing; `files` are the tables written with it and their SHA-256, if any are.
pub fn json(
    scenario: &Scenario,
    progress: &Progress,
    ways_out: Option<&WaysOut>,
    files: &BTreeMap<String, String>,
    catalogue: &Catalogue,
) -> String {
    let none = BTreeMap::new();
    let residents = progress.residents.iter().map(|one| standing(scenario, one, catalogue)).collect();
    pretty(&ProgressJson {
        tool: TOOL,
        tool_version: env!("CARGO_PKG_VERSION"),
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        as_of: progress.as_of.to_string(),
        with_plan: progress.has_plan,
        residents,
        ways_out: ways_out.map(|ways| {
            let (plan, no_plan) = match ways {
                WaysOut::Plan(planned, diff) => {
                    (Some(diff_json::form(&planned.scenario, diff, &none, catalogue)), None)
                }
                WaysOut::NoPlan { scenario, explained } => {
                    (None, Some(explanation_json::form(scenario, explained, catalogue)))
                }
                WaysOut::NotNeeded | WaysOut::Unknown => (None, None),
            };
            WaysOutJson { status: ways.id(), plan, no_plan }
        }),
        files,
    })
}

fn standing<'a>(scenario: &'a Scenario, standing: &Standing, catalogue: &Catalogue) -> StandingJson<'a> {
    StandingJson {
        resident: &scenario.resident(standing.resident).id,
        verdict: standing.verdict.map(State::id),
        counted: months(standing.counted),
        worked: standing.worked,
        missing: months(standing.missing),
        end: standing.end.map(|end| end.to_string()),
        items: standing.items.iter().map(|one| item(scenario, one, catalogue)).collect(),
    }
}

fn item<'a>(scenario: &'a Scenario, item: &Item, catalogue: &Catalogue) -> ItemJson<'a> {
    let overdue = match &item.why {
        Some(Why::Overdue(overdue)) => overdue.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    let helped_by = match &item.why {
        Some(Why::Unreached { helped_by, .. }) => {
            helped_by.iter().map(|ix| scenario.facility(*ix).id.as_str()).collect()
        }
        _ => Vec::new(),
    };
    ItemJson {
        subject: subject(item.about),
        item: id(scenario, item.about),
        state: item.state.id(),
        so_far: months(item.so_far),
        expected: item.expected.map(months),
        required: months(item.asked),
        month: item.when.map(|month| month.to_string()),
        goal: item.is_goal,
        clause: clause(scenario, item.about),
        overdue,
        helped_by,
        why: item.why.as_ref().map(|why| catalogue.say(&reason(scenario, why, catalogue))),
    }
}
