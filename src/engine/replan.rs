//! What of an earlier plan cannot stay, and what must.

use super::session::Session;
use crate::itineraries::Itineraries;
use crate::plan::{Answer, Plan};
use crate::replan::{Frozen, Impossible, freeze, impossible};
use crate::scenario::Scenario;

/// An earlier plan held against the scenario.
#[derive(Debug, Clone)]
pub struct Near<'a> {
    pub base: &'a Plan,
    /// Rows that cannot stay, frozen or not.
    pub impossible: Vec<Impossible>,
    pub frozen: Frozen,
    /// The answer, where there is no plan at all.
    pub ended: Option<Answer>,
}

/// Holds an earlier plan against the scenario.
pub fn near<'a>(scenario: &Scenario, base: &'a Plan, session: &Session<'_>) -> Near<'a> {
    // Too many careers to list is the solver's to tell.
    let itineraries = Itineraries::of(scenario, &|| session.is_over()).ok();
    let impossible = impossible(scenario, base, itineraries.as_ref(), &|| session.is_over());
    let (frozen, ended) = match freeze(scenario, base, itineraries.as_ref(), &|| session.time_left()) {
        Ok(frozen) => (frozen, None),
        Err(answer) => (Frozen::default(), Some(*answer)),
    };
    Near { base, impossible, frozen, ended }
}
