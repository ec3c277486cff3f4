//! Case items for a generated scenario: small volumes, so that they bind now and then.
//!
//! Drawn from random numbers of their own, so that everything else of a seed's scenario stays what it
//! is without them.

use kenshu::internal::scenario::{CaseItem, CaseIx, Dated, Role, Scenario};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rust_decimal::Decimal;

/// Gives about two of three scenarios case items and the volumes they speak of.
pub fn add(scenario: &mut Scenario, seed: u64) {
    let random = &mut StdRng::seed_from_u64(seed ^ 0xCA5E);
    if random.random_bool(0.35) {
        return;
    }
    let items = random.random_range(1..=2);
    for number in 0..items {
        let part_of = (number == 1 && random.random_bool(0.5)).then_some(CaseIx(0));
        let target = match part_of {
            Some(parent) => random.random_range(0..=scenario.case(parent).target),
            None => random.random_range(0..=8),
        };
        let own = *[Decimal::ONE, Decimal::ONE, Decimal::new(5, 1), Decimal::new(33, 2)]
            .choose(random)
            .expect("some shares");
        let share = part_of.map_or(own, |parent| scenario.case(parent).trainee_share);
        scenario.unchecked_mut().volumes.push(format!("case-{number}"));
        scenario.unchecked_mut().cases.push(CaseItem {
            id: format!("case-{number}"),
            name: format!("症例{number}"),
            volume: number,
            target,
            supplement_max: if part_of.is_none() && random.random_bool(0.2) {
                random.random_range(0..=3)
            } else {
                0
            },
            trainee_share: share,
            part_of,
            by_year: Vec::new(),
        });
    }
    scenario.unchecked_mut().rules.unknown_volumes_are_zero = random.random_bool(0.3);
    let known = random.random_bool(0.9);
    // Scarce: about what one resident needs, so that two at a time have to share.
    let scarce = random.random_bool(0.5);
    let enough_for_one = |item: usize| {
        let target = scenario.cases[item].target + 1;
        i64::from(target * 12 / scenario.training_months.min(12)) * 10
    };
    let enough_for_one: Vec<i64> = (0..items).map(enough_for_one).collect();
    let start = scenario.start();
    for facility in &mut scenario.unchecked_mut().facilities {
        for &one in &enough_for_one {
            let volume = |random: &mut StdRng, role: Role| {
                let unknown = (role == Role::Associated && random.random_bool(0.3))
                    || (!known && random.random_bool(0.2));
                let most = if role == Role::Core { 60 } else { 40 };
                (!unknown).then(|| match random.random_bool(0.2) {
                    true => Decimal::ZERO,
                    false if scarce => Decimal::new(random.random_range(one..=one * 2), 1),
                    false => Decimal::new(random.random_range(0..most * 10), 1),
                })
            };
            let mut dated = Dated::constant(volume(random, facility.role));
            if random.random_bool(0.15) {
                let from = start.plus(random.random_range(0..30));
                dated.changes.push((from, volume(random, facility.role)));
            }
            facility.volumes.push(dated);
        }
    }
    let (first_year, cases) = (scenario.first_year, scenario.cases.clone());
    for resident in &mut scenario.unchecked_mut().residents {
        let log = |random: &mut StdRng, item: &CaseItem| match resident.entry_year < first_year {
            true => random.random_range(0..=item.target),
            false => 0,
        };
        resident.logged = cases.iter().map(|item| log(random, item)).collect();
        // A part's case is one of its item's.
        for (at, item) in cases.iter().enumerate() {
            if let Some(CaseIx(parent)) = item.part_of {
                resident.logged[at] = resident.logged[at].min(resident.logged[parent]);
            }
        }
    }
}
