//! Why a resident has no career: what of it, left out alone, would leave one.

use crate::cases::Supplies;
use crate::itineraries::{has_career, most_cases};
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
    let cases = Supplies::of(scenario).items.into_iter().filter_map(|item| {
        let mut relaxed = scenario.clone();
        relaxed.cases[item.case.0].target = 0;
        let most = most_cases(scenario, &item, resident, stopped)?;
        has_career(&relaxed, resident, stopped).then(|| {
            Message::new("solve-relax-case")
                .text("case", &scenario.case(item.case).name)
                .number("need", i64::from(item.needs[resident.0]))
                .number("most", i64::from(most))
        })
    });
    let either = named
        .chain(cases)
        .reduce(|all, one| Message::new("solve-relax-or").message("all", all).message("one", one));
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
