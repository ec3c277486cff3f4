//! Who moves from where to where, and whose seat each takes.

use schemars::JsonSchema;
use serde::Serialize;

use crate::calendar::Span;
use crate::diff;
use crate::scenario::{CourseIx, FacilityIx, ResidentIx, Scenario};

/// A move; months only where they are not those of its chain.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Move<'a> {
    resident: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

impl<'a> Move<'a> {
    /// A move in these months; `id` names whoever moves.
    pub fn within<P: Copy>(
        scenario: &'a Scenario,
        one: &diff::Move<P>,
        span: Span,
        id: &dyn Fn(P) -> &'a str,
    ) -> Self {
        let (start, months) = (Some(span.start.to_string()), Some(span.months));
        Self { start, months, ..Self::step(scenario, one, id) }
    }

    /// A move in the months of its chain.
    pub fn step<P: Copy>(scenario: &'a Scenario, one: &diff::Move<P>, id: &dyn Fn(P) -> &'a str) -> Self {
        let place = |at: Option<FacilityIx>| at.map(|at| scenario.facility(at).id.as_str());
        Self {
            resident: id(one.resident),
            start: None,
            months: None,
            from: place(one.from),
            to: place(one.to),
        }
    }
}

/// A change of section within a facility, its places called `facility/section`.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Shift<'a> {
    resident: &'a str,
    start: String,
    months: u32,
    from: String,
    to: String,
}

impl<'a> Shift<'a> {
    pub fn of(scenario: &'a Scenario, shift: &diff::Shift) -> Self {
        Self {
            resident: &scenario.resident(shift.resident).id,
            start: shift.span.start.to_string(),
            months: shift.span.months,
            from: scenario.place_id(shift.from),
            to: scenario.place_id(shift.to),
        }
    }
}

/// Moves that follow from each other; months only where its moves have none.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Chain<'a> {
    ring: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
    moves: Vec<Move<'a>>,
}

impl<'a> Chain<'a> {
    /// A chain with its months.
    pub fn of<P: Copy>(scenario: &'a Scenario, chain: &diff::Chain<P>, id: &dyn Fn(P) -> &'a str) -> Self {
        Self {
            ring: chain.is_ring,
            start: Some(chain.span.start.to_string()),
            months: Some(chain.span.months),
            moves: chain.moves.iter().map(|one| Move::step(scenario, one, id)).collect(),
        }
    }

    /// A chain whose moves have its months.
    pub fn of_moves<P: Copy>(
        scenario: &'a Scenario,
        chain: &diff::Chain<P>,
        id: &dyn Fn(P) -> &'a str,
    ) -> Self {
        let moves = chain.moves.iter().map(|one| Move::within(scenario, one, chain.span, id)).collect();
        Self { ring: chain.is_ring, start: None, months: None, moves }
    }
}

/// A resident on another course.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Course<'a> {
    resident: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

impl<'a> Course<'a> {
    pub fn changed(
        scenario: &'a Scenario,
        (resident, before, after): &(ResidentIx, Option<CourseIx>, Option<CourseIx>),
    ) -> Self {
        let course = |course: &Option<CourseIx>| course.map(|course| scenario.course(course).id.as_str());
        let resident = &scenario.resident(*resident).id;
        Self { resident, before: course(before), after: course(after) }
    }
}
