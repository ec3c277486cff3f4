//! Why a resident has no career: what of it, left out alone, would leave one.

use crate::itineraries::has_career;
use crate::language::Message;
use crate::scenario::{ResidentIx, Rules, Scenario};

/// A change of what is said of a resident or of the rules, and its name in the catalogues.
type Relaxation = (&'static str, fn(&mut Scenario, ResidentIx));

/// What a user wrote and can take back, the most particular first.
const RELAXATIONS: [Relaxation; 6] = [
    ("solve-relax-locks", |scenario, resident| scenario.residents[resident.0].locks.clear()),
    ("solve-relax-course", |scenario, resident| scenario.residents[resident.0].course = None),
    ("solve-relax-comprehensive", |scenario, _| scenario.rules.comprehensive_months_min = 0),
    ("solve-relax-core", |scenario, _| scenario.rules.core_months_min = 0),
    ("solve-relax-stay", |scenario, _| scenario.rules.affiliate_stay_months_min = 0),
    ("solve-relax-facilities", |scenario, _| scenario.rules.facilities_min = 0),
];

/// Says of a resident without a career which single statements stand in the way; each was tried.
pub fn explain(scenario: &Scenario, resident: ResidentIx, stopped: &(dyn Fn() -> bool + Sync)) -> Message {
    let helps = |&&(_, relax): &&Relaxation| {
        let mut relaxed = scenario.clone();
        relax(&mut relaxed, resident);
        has_career(&relaxed, resident, stopped)
    };
    let named = RELAXATIONS.iter().filter(helps).map(|&(key, _)| named(key, &scenario.rules));
    let either =
        named.reduce(|all, one| Message::new("solve-relax-or").message("all", all).message("one", one));
    let message = match either {
        Some(either) => Message::new("solve-no-career").message("either", either),
        None => Message::new("solve-no-career-at-all"),
    };
    message.text("resident", &scenario.resident(resident).id)
}

fn named(key: &'static str, rules: &Rules) -> Message {
    let number = match key {
        "solve-relax-comprehensive" => rules.comprehensive_months_min,
        "solve-relax-core" => rules.core_months_min,
        "solve-relax-stay" => rules.affiliate_stay_months_min,
        "solve-relax-facilities" => rules.facilities_min,
        _ => return Message::new(key),
    };
    Message::new(key).number("number", i64::from(number))
}
