//! What of an earlier plan cannot stay, and what must.

use super::plan::{Faulty, Planned, plan};
use super::session::Session;
use crate::calendar::Month;
use crate::explain::infeasible::Explained;
use crate::itineraries::Itineraries;
use crate::plan::{Answer, Plan, Status};
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

/// What can be done about a plan that fails somebody.
#[derive(Debug)]
pub enum Mended {
    /// The plan nearest to it that breaks no rule.
    Plan(Box<Planned>),
    /// There is none: why, and up to so many ways out.
    NoPlan {
        /// With what has passed, as locks.
        scenario: Box<Scenario>,
        explained: Explained,
    },
    /// Not known within the limits.
    Unknown,
}

/// Plans near a plan that fails somebody; its months before `as_of` have happened.
///
/// # Errors
/// The judge does not agree with the answer.
pub fn mended(
    scenario: &Scenario,
    base: &Plan,
    as_of: Month,
    ways: usize,
    session: &Session<'_>,
) -> Result<Mended, Box<Faulty>> {
    let scenario = scenario.changed_from(as_of);
    let mut near = near(&scenario, base, session);
    near.frozen.hold_passed(&scenario, as_of);
    let planned = plan(&scenario, Some(near), session)?;
    Ok(match planned.answer.status {
        Status::Infeasible => {
            let explained = super::explain::infeasible(&planned.scenario, ways, session);
            Mended::NoPlan { scenario: Box::new(planned.scenario), explained }
        }
        _ if planned.answer.plan.is_some() => Mended::Plan(Box::new(planned)),
        _ => Mended::Unknown,
    })
}
