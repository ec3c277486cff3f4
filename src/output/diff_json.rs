//! What differs between two plans, for programs; as `diff.json` it also says which tables lie beside it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::diff::{headline, limits};
use super::plan_json::{TOOL, ValueJson, pretty};
use crate::diff::{Diff, Move, SeatYear, Who};
use crate::language::Catalogue;
use crate::scenario::{CourseIx, FacilityIx, Scenario};

#[derive(Serialize)]
struct DiffJson<'a> {
    tool: &'static str,
    tool_version: &'static str,
    scenario: &'a str,
    scenario_hash: &'a str,
    /// The whole, to hold the sums of the parts against.
    residents: usize,
    resident_months: u32,
    /// Those in a plan who are not in the scenario.
    gone: Vec<&'a str>,
    moves: Vec<MoveJson<'a>>,
    chains: Vec<ChainJson<'a>>,
    courses: Vec<CourseJson<'a>>,
    goals: Vec<GoalJson<'a>>,
    seats: Vec<SeatJson<'a>>,
    words: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    files: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct MoveJson<'a> {
    resident: &'a str,
    start: String,
    months: u32,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

#[derive(Serialize)]
struct ChainJson<'a> {
    ring: bool,
    start: String,
    months: u32,
    moves: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    resident: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

#[derive(Serialize)]
struct CourseJson<'a> {
    resident: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

#[derive(Serialize)]
struct GoalJson<'a> {
    goal: &'static str,
    measure: &'static str,
    before: ValueJson<'a>,
    after: ValueJson<'a>,
}

#[derive(Serialize)]
struct SeatJson<'a> {
    facility: &'a str,
    academic_year: i32,
    before: u32,
    departures: u32,
    arrivals: u32,
    after: u32,
    residents_max_before: u32,
    residents_max_after: u32,
    seats: String,
}

/// The difference; `files` are the tables written with it and their SHA-256, if any are.
pub fn json(
    scenario: &Scenario,
    diff: &Diff,
    files: &BTreeMap<String, String>,
    catalogue: &Catalogue,
) -> String {
    let course = |course: Option<CourseIx>| course.map(|course| scenario.course(course).id.as_str());
    pretty(&DiffJson {
        tool: TOOL,
        tool_version: env!("CARGO_PKG_VERSION"),
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        residents: diff.people(),
        resident_months: diff.moved_months(),
        gone: diff.gone.iter().map(|(id, _)| id.as_str()).collect(),
        moves: diff.moves.iter().map(|one| move_json(scenario, diff, one)).collect(),
        chains: diff
            .chains
            .iter()
            .map(|chain| ChainJson {
                ring: chain.is_ring,
                start: chain.span.start.to_string(),
                months: chain.span.months,
                moves: chain.moves.iter().map(|one| step_json(scenario, diff, one)).collect(),
            })
            .collect(),
        courses: diff
            .courses
            .iter()
            .map(|(resident, before, after)| CourseJson {
                resident: &scenario.resident(*resident).id,
                before: course(*before),
                after: course(*after),
            })
            .collect(),
        goals: diff
            .goals
            .iter()
            .map(|(goal, before, after)| GoalJson {
                goal: goal.kind.id(),
                measure: goal.measure.id(),
                before: ValueJson(before),
                after: ValueJson(after),
            })
            .collect(),
        seats: diff.seats.iter().map(|year| seat_json(scenario, year)).collect(),
        words: catalogue.say(&headline(diff)),
        files,
    })
}

fn id(scenario: &Scenario, facility: Option<FacilityIx>) -> Option<&str> {
    facility.map(|facility| scenario.facility(facility).id.as_str())
}

fn move_json<'a>(scenario: &'a Scenario, diff: &'a Diff, one: &Move<Who>) -> MoveJson<'a> {
    MoveJson {
        resident: diff.person(scenario, one.resident).0,
        start: one.span.start.to_string(),
        months: one.span.months,
        from: id(scenario, one.from),
        to: id(scenario, one.to),
    }
}

fn step_json<'a>(scenario: &'a Scenario, diff: &'a Diff, one: &Move<Who>) -> StepJson<'a> {
    StepJson {
        resident: diff.person(scenario, one.resident).0,
        from: id(scenario, one.from),
        to: id(scenario, one.to),
    }
}

fn seat_json<'a>(scenario: &'a Scenario, year: &SeatYear) -> SeatJson<'a> {
    SeatJson {
        facility: &scenario.facility(year.facility).id,
        academic_year: year.academic_year,
        before: year.before,
        departures: year.departures,
        arrivals: year.arrivals,
        after: year.after,
        residents_max_before: year.most_before,
        residents_max_after: year.most_after,
        seats: limits(scenario, year),
    }
}
