//! Why a resident has no career, or none with a certain stay: what, left out alone, would leave one.

use crate::cases::Supplies;
use crate::itineraries::{has_career, most_cases};
use crate::plan::Obstacle;
use crate::regulation::Minimum;
use crate::scenario::edit::Loosening;
use crate::scenario::{Lock, LockKind, ResidentIx, Scenario, Stay};

/// What a user wrote and can take back, and how it is left out; the most particular first.
fn relaxations(scenario: &Scenario, resident: ResidentIx) -> Vec<(Obstacle, Loosening)> {
    let minimum = |minimum: Minimum| {
        (Obstacle::Minimum(minimum, minimum.of(&scenario.rules)), Loosening::Minimum(minimum, 0))
    };
    let own =
        [(Obstacle::Locks, Loosening::Locks(resident)), (Obstacle::Course, Loosening::Course(resident))];
    own.into_iter().chain(Minimum::all().map(minimum)).collect()
}

/// Which single statements stand in the way of a resident without a career, or without one that has the stay;
/// each was tried.
pub fn obstacles(
    scenario: &Scenario,
    resident: ResidentIx,
    stay: Option<Stay>,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Vec<Obstacle> {
    let must = stay.map(|stay| (resident, Lock { stay, kind: LockKind::Must }));
    let helps = |loosening| {
        let loosened = scenario.loosened([loosening]).with_locks(must);
        has_career(&loosened, resident, stopped)
    };
    let written = relaxations(scenario, resident).into_iter();
    let written = written.filter_map(|(obstacle, loosening)| helps(loosening).then_some(obstacle));
    let targets = Supplies::of(scenario).items.into_iter().filter_map(|item| {
        let most = most_cases(&scenario.with_locks(must), &item, resident, stopped)?;
        let need = item.needs[resident.0];
        helps(Loosening::Target(item.case, 0)).then_some(Obstacle::Target { case: item.case, need, most })
    });
    written.chain(targets).collect()
}
