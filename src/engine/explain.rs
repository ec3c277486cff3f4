//! Why there is no plan, why somebody is not elsewhere, and what would help.

use super::session::Session;
use crate::explain::asker::Asker;
use crate::explain::infeasible::{self, Explained};
use crate::explain::why::{self, Alternative};
use crate::explain::why_not::{self, AtHand, WhyNot, Wish};
use crate::scenario::{ResidentIx, Scenario};

/// Why a scenario has no plan, and up to `wanted` ways out.
pub fn infeasible(scenario: &Scenario, wanted: usize, session: &Session<'_>) -> Explained {
    let (time_left, elapsed) = (|| session.time_left(), || session.elapsed());
    infeasible::explain(scenario, wanted, &mut Asker::new(&time_left).with_clock(&elapsed))
}

/// Why a plan does not grant a wish, or what it would cost.
pub fn why_not(
    scenario: &Scenario,
    at_hand: AtHand<'_>,
    resident: ResidentIx,
    wish: Wish,
    session: &Session<'_>,
) -> WhyNot {
    let time_left = || session.time_left();
    why_not::why_not(scenario, at_hand, resident, wish, &mut Asker::new(&time_left))
}

/// What a resident wished for more than what they have, and why they have none of it.
pub fn why(
    scenario: &Scenario,
    at_hand: AtHand<'_>,
    resident: ResidentIx,
    session: &Session<'_>,
) -> Vec<Alternative> {
    let time_left = || session.time_left();
    why::why(scenario, at_hand, resident, &mut Asker::new(&time_left))
}
