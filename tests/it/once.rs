//! Places that may be visited once: a diagram that leaves visits to the search has to answer as one that remembers
//! them.
//!
//! Generated instances of the benchmark for medical students, drawn both ways: the careers are the same, and so is the cheapest
//! one, what is within a cost, and what is left. The plans of instances that are drawn the forgetful way are the best
//! of all schedules tried one by one (`mss`).

use std::collections::{BTreeMap, BTreeSet};

use kenshu::internal::calendar::Month;
use kenshu::internal::itineraries::{Career, Careers, Costs, FORBIDDEN, Pick, drawn};
use kenshu::internal::scenario::{Meanings, Place, Scenario, Stay, read};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::common::mss::instance::Instance;
use crate::common::mss::tables::Tables;
use crate::mss::{best_if_few, planned};

fn go_on() -> bool {
    false
}

/// An instance with more disciplines than visits are remembered of.
fn instance(rng: &mut StdRng, students: usize) -> Instance {
    let (disciplines, hospitals) = (rng.random_range(7..10), rng.random_range(1..3));
    let (periods, duration) = [(4, 1), (5, 1), (6, 2), (8, 2)][rng.random_range(0..4)];
    let table = |rng: &mut StdRng, rows: usize, columns: usize, share: f64| -> Vec<Vec<bool>> {
        (0..rows).map(|_| (0..columns).map(|_| rng.random_bool(share)).collect()).collect()
    };
    let numbers = |rng: &mut StdRng, rows: usize, columns: usize, most: i64| -> Vec<Vec<i64>> {
        (0..rows).map(|_| (0..columns).map(|_| rng.random_range(0..=most)).collect()).collect()
    };
    let attended = |rng: &mut StdRng| vec![rng.random_range(0..3), rng.random_range(0..2)];
    let before = |rng: &mut StdRng, of: usize| {
        if of > 2 && rng.random_bool(0.2) { vec![rng.random_range(0..of)] } else { Vec::new() }
    };
    let seats = |rng: &mut StdRng| -> Vec<Vec<u32>> {
        (0..disciplines).map(|_| (0..periods).map(|_| rng.random_range(1..3)).collect()).collect()
    };
    Instance {
        students,
        disciplines,
        hospitals,
        periods,
        duration,
        disciplines_per_hospital_max: rng.random_range(1..4),
        group: (0..disciplines).map(|of| of % 2).collect(),
        attended: (0..students).map(|_| attended(rng)).collect(),
        allowed: table(rng, students, disciplines, 0.8),
        before: (0..disciplines).map(|of| before(rng, of)).collect(),
        available: table(rng, students, periods, 0.9),
        able: (0..students).map(|_| table(rng, hospitals, disciplines, 0.7)).collect(),
        most: (0..hospitals).map(|_| seats(rng)).collect(),
        least: vec![vec![vec![0; periods]; disciplines]; hospitals],
        weights: numbers(rng, students, 4, 3).iter().map(|of| [of[0], of[1], -of[2], -of[3]]).collect(),
        likes_discipline: numbers(rng, students, disciplines, 5),
        likes_hospital: numbers(rng, students, hospitals, 5),
        manager_likes: numbers(rng, 1, disciplines, 5).remove(0),
    }
}

fn scenario(instance: &Instance) -> Scenario {
    let (scenario, findings) = read(&Tables::of(instance).sources);
    scenario.unwrap_or_else(|| panic!("{findings:?}"))
}

/// Costs by place and month, so that they are the same however careers are drawn.
fn costs(careers: &Careers, prices: &mut dyn FnMut(Option<Place>, Month) -> i64) -> Costs {
    let mut costs = careers.no_costs();
    for (cost, stay) in costs.per_stay.iter_mut().zip(&careers.set().stays) {
        *cost = stay.span.iter().map(|month| prices(stay.place, month)).sum();
    }
    costs
}

fn stays(careers: &Careers, pick: &Pick) -> Vec<Stay> {
    let of = |career: &Career| careers.set().merged(&career.stays);
    match pick {
        Pick::Numbered(number) => of(careers.set().career(*number as usize)),
        Pick::Drawn(career) => of(career),
    }
}

fn within(careers: &Careers, costs: &Costs, at_most: i64) -> BTreeSet<(i64, Vec<Stay>)> {
    let within = careers.within(costs, at_most, usize::MAX, &go_on);
    assert!(within.is_complete);
    let found: BTreeSet<_> = within.picks.iter().map(|(cost, pick)| (*cost, stays(careers, pick))).collect();
    assert_eq!(found.len(), within.picks.len(), "each career once");
    found
}

#[test]
fn forgotten_visits_change_no_answer() {
    let (mut marked, mut asked) = (0, 0);
    for seed in 0..60 {
        let mut rng = StdRng::seed_from_u64(seed);
        let scenario = scenario(&instance(&mut rng, 2));
        let meanings = Meanings::of(&scenario);
        for resident in scenario.resident_ixs() {
            let of = |remembered| drawn(&meanings, resident, (0, remembered), &go_on).expect("few states");
            let (remembering, forgetting) = (of(usize::MAX), of(0));
            marked += usize::from(forgetting.count() > remembering.count());
            assert_eq!(remembering.is_empty(), forgetting.is_empty(), "seed {seed}");
            if remembering.is_empty() {
                continue;
            }
            let mut known: BTreeMap<(Option<Place>, Month), i64> = BTreeMap::new();
            let mut price =
                |place, month| *known.entry((place, month)).or_insert_with(|| rng.random_range(-3..9));
            let (a, b) = (costs(&remembering, &mut price), costs(&forgetting, &mut price));
            assert_eq!(
                within(&remembering, &a, FORBIDDEN),
                within(&forgetting, &b, FORBIDDEN),
                "seed {seed}"
            );
            let bound = |careers: &Careers, costs| careers.cheapest(costs, 0, &go_on).map(|of| of[0].bound);
            let least = bound(&remembering, &a);
            assert_eq!(least, bound(&forgetting, &b), "seed {seed}");
            let at_most = least.unwrap_or(0) + 4;
            let (left, left_b) =
                (remembering.restricted(&a, at_most, &go_on), forgetting.restricted(&b, at_most, &go_on));
            let (left, left_b) = (left.expect("time"), left_b.expect("time"));
            assert_eq!(within(&left, &a, at_most), within(&left_b, &b, at_most), "seed {seed}");
            asked += 1;
        }
    }
    assert!(marked > 20 && asked > 60, "{marked} {asked}");
}

#[test]
fn plans_are_the_best_where_visits_are_forgotten() {
    let mut tried = 0;
    for seed in 0..40 {
        let mut rng = StdRng::seed_from_u64(seed);
        let instance = instance(&mut rng, 2);
        let Some(best) = best_if_few(&instance, 200_000) else { continue };
        assert_eq!(planned(&instance).map(|(value, _)| value), best, "seed {seed}");
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
}
