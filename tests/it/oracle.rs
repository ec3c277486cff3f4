//! Careers drawn against careers listed: every question the solver asks must get the same answer.
//!
//! The list is what the judge accepts (`solver.rs` holds that); here it is costed career by career.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::common::generate::generate;
use kenshu::internal::cases::Supplies;
use kenshu::internal::itineraries::{
    Amount, Career, Careers, Charge, Costs, FORBIDDEN, Pick, Reach, Term, careers_of,
};
use kenshu::internal::scenario::{CourseIx, ResidentIx, Scenario};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const SEEDS: std::ops::Range<u64> = 0..400;

fn go_on() -> bool {
    false
}

fn career(careers: &Careers, pick: &Pick) -> Career {
    match pick {
        Pick::Numbered(number) => careers.set().career(*number as usize).clone(),
        Pick::Drawn(career) => career.clone(),
    }
}

/// Careers with their costs, every one that costs at most so much.
fn all(careers: &Careers, costs: &Costs, at_most: i64) -> BTreeSet<(i64, Career)> {
    let within = careers.within(costs, at_most, usize::MAX, &go_on);
    assert!(within.is_complete);
    within.picks.iter().map(|(cost, pick)| (*cost, career(careers, pick))).collect()
}

/// A value of each stay; every other time one of the course too.
fn values(rng: &mut StdRng, scenario: &Scenario, per_stay: Vec<i64>) -> Amount {
    let with_course = rng.random_bool(0.5);
    let courses = scenario.course_ixs().filter(|_| with_course);
    Amount::Stays(Arc::new(per_stay), Arc::new(courses.map(|_| rng.random_range(0..6)).collect()))
}

/// Costs of every shape: by stay, course and repeats, and charges for amounts of all kinds.
fn costs(rng: &mut StdRng, scenario: &Scenario, resident: ResidentIx, careers: &Careers) -> Costs {
    let set = careers.set();
    let per_stay = |rng: &mut StdRng, least: i64| -> Vec<i64> {
        set.stays.iter().map(|_| rng.random_range(least..10)).collect()
    };
    let mut costs = Costs {
        per_stay: per_stay(rng, -6),
        per_course: scenario.course_ixs().map(|_| rng.random_range(0..4)).collect(),
        per_repeat: rng.random_range(0..3),
        terms: Vec::new(),
    };
    let price = |rng: &mut StdRng| rng.random_bool(0.7).then(|| rng.random_range(0..9));
    for _ in 0..rng.random_range(0..3) {
        let per_stay = per_stay(rng, 0);
        let values = values(rng, scenario, per_stay);
        for _ in 0..rng.random_range(1..3) {
            let charge = Charge::AtLeast { level: rng.random_range(1..25), price: price(rng) };
            costs.terms.push(Term { amount: values.clone(), charge });
        }
    }
    if rng.random_bool(0.3) {
        let charge = Charge::AtLeast { level: rng.random_range(1..5), price: price(rng) };
        costs.terms.push(Term { amount: Amount::Repeats, charge });
    }
    let supplies = Supplies::of(scenario);
    let presence = set.presence(&supplies);
    for item in &supplies.items {
        let (need, price) = (i64::from(item.needs[resident.0]), price(rng));
        let left_out = rng.random_range(0..scenario.facilities.len());
        let reach = Reach::of(item, &presence, |site| site.facility.0 != left_out);
        let amount = Amount::Cases(Arc::new(reach));
        costs.terms.push(Term { amount, charge: Charge::Short { need, price } });
    }
    costs
}

fn each_resident(mut check: impl FnMut(&mut StdRng, &Scenario, ResidentIx, &Careers, &Careers)) {
    let mut careers = 0;
    for seed in SEEDS {
        let scenario = generate(seed).scenario;
        let mut rng = StdRng::seed_from_u64(seed);
        for resident in scenario.resident_ixs() {
            let listed = careers_of(&scenario, resident, usize::MAX, &go_on).expect("few careers");
            let drawn = careers_of(&scenario, resident, 0, &go_on).expect("few careers");
            assert!(listed.list().is_some(), "seed {seed}, {resident:?}");
            assert!(drawn.list().is_none() || drawn.is_empty(), "seed {seed}, {resident:?}");
            assert_eq!(listed.count(), drawn.count(), "seed {seed}, {resident:?}");
            careers += listed.count();
            check(&mut rng, &scenario, resident, &listed, &drawn);
        }
    }
    assert!(careers > 5_000, "the generator gave {careers} careers");
}

#[test]
fn cheapest_and_within_are_those_of_the_list() {
    let (mut forbidden, mut charged) = (0, 0);
    each_resident(|rng, scenario, resident, listed, drawn| {
        for _ in 0..3 {
            let costs = costs(rng, scenario, resident, listed);
            let everyone = all(listed, &costs, FORBIDDEN / 4);
            assert_eq!(everyone, all(drawn, &costs, FORBIDDEN / 4), "{resident:?}: {costs:?}");
            forbidden += usize::from(everyone.len() < listed.count() as usize);
            charged += usize::from(!costs.terms.is_empty());
            let Some(&(least, _)) = everyone.first() else { continue };
            let spare = least + rng.random_range(0..6);
            assert_eq!(all(listed, &costs, spare), all(drawn, &costs, spare), "{resident:?}: {costs:?}");
            let room = rng.random_range(0..=everyone.len());
            let few = drawn.within(&costs, FORBIDDEN / 4, room, &go_on);
            assert!(few.picks.len() <= room && (!few.is_complete || few.picks.len() == everyone.len()));
            for count in [1, 3] {
                let nearest = |careers: &Careers| -> Vec<i64> {
                    let nearest = careers.nearest(&costs, FORBIDDEN / 4, count, &go_on);
                    assert!(nearest.is_complete);
                    nearest.picks.iter().map(|(cost, _)| *cost).collect()
                };
                assert_eq!(nearest(listed), nearest(drawn), "{resident:?}: {costs:?}");
            }
            let cheapest = |careers: &Careers| -> Vec<(CourseIx, i64)> {
                let cheapest = careers.cheapest(&costs, 7, &go_on).expect("a career");
                for of_course in &cheapest {
                    let found = career(careers, &of_course.pick);
                    assert_eq!(found.course, of_course.course);
                    assert_eq!(costs.of(careers.set(), &found), of_course.bound, "the argument costs it");
                }
                let costed = cheapest.iter().map(|of_course| (of_course.course, of_course.bound));
                costed.filter(|(_, cost)| *cost < FORBIDDEN / 4).collect()
            };
            assert_eq!(cheapest(listed), cheapest(drawn), "{resident:?}: {costs:?}");
        }
    });
    assert!(forbidden > 50 && charged > 50, "{forbidden} forbid something, {charged} charge something");
}

/// What a drawn set leaves out costs too much; what the list keeps it keeps.
#[test]
fn restricting_keeps_whatever_is_affordable() {
    let (mut left_out, mut kept_too_many) = (0, 0);
    each_resident(|rng, scenario, resident, listed, drawn| {
        let costs = costs(rng, scenario, resident, listed);
        let Some(cheapest) = listed.cheapest(&costs, 7, &go_on) else { return };
        let at_most = cheapest[0].bound + rng.random_range(0..8);
        if at_most >= FORBIDDEN / 4 {
            return;
        }
        let nothing = Costs::nothing(listed.set(), scenario.courses.len());
        let exact = all(&listed.restricted(&costs, at_most, &go_on).expect("time"), &nothing, 0);
        let left = drawn.restricted(&costs, at_most, &go_on).expect("time");
        let arcs = all(&left, &nothing, 0);
        assert!(exact.is_subset(&arcs), "{resident:?}: {costs:?}");
        assert_eq!(all(&left, &costs, at_most), all(listed, &costs, at_most), "{resident:?}: {costs:?}");
        left_out += drawn.count() as usize - arcs.len();
        kept_too_many += arcs.len() - exact.len();
        for (stay, is_taken) in left.taken().into_iter().enumerate() {
            let takes = |(_, career): &(i64, Career)| career.stays.contains(&(stay as u32));
            assert_eq!(is_taken, arcs.iter().any(takes), "{resident:?}, stay {stay}");
        }
    });
    assert!(left_out > 10 * kept_too_many, "{left_out} left out, {kept_too_many} more could have been");
}

#[test]
fn limits_and_decisions_leave_the_same_careers() {
    each_resident(|rng, scenario, resident, listed, drawn| {
        let set = listed.set();
        let nothing = Costs::nothing(set, scenario.courses.len());
        let per_stay = set.stays.iter().map(|_| rng.random_range(0..9)).collect();
        let values = values(rng, scenario, per_stay);
        let level = rng.random_range(0..20);
        let limited = |careers: &Careers| {
            let once = careers.limited(values.clone(), level + 3, &go_on).expect("time");
            let twice = once.limited(values.clone(), level, &go_on).expect("time");
            twice.limited(Amount::Repeats, 4, &go_on).expect("time")
        };
        let (from_list, from_drawing) = (limited(listed), limited(drawn));
        assert_eq!(all(&from_list, &nothing, 0), all(&from_drawing, &nothing, 0), "{resident:?}");
        assert_eq!(from_list.is_empty(), from_drawing.is_empty());
        for amount in [values.clone(), Amount::Repeats] {
            assert!(from_list.occurring(&amount).is_subset(&from_drawing.occurring(&amount)));
            let (exact, outer) = (from_list.range(&amount), from_drawing.range(&amount));
            assert!(from_list.is_empty() || (outer.0 <= exact.0 && exact.1 <= outer.1), "{resident:?}");
            assert_eq!(from_list.least(&amount, &go_on), from_drawing.least(&amount, &go_on));
        }
        for (_, career) in all(listed, &nothing, 0) {
            let number = |careers: &Careers| careers.number(&Pick::Drawn(career.clone()));
            let held = from_list.holds(number(listed));
            assert_eq!(held, from_drawing.holds(number(drawn)), "{resident:?}: {career:?}");
        }
        if let Some(&stay) = set.stays.get(rng.random_range(0..=set.stays.len())) {
            let course = CourseIx(rng.random_range(0..scenario.courses.len()));
            let decided = |careers: &Careers| {
                let left = careers.keeping(
                    |of| of != course,
                    |of| of.facility() == stay.facility() || of.span.intersection(stay.span).is_empty(),
                );
                assert!(left.courses().iter().all(|of| *of != course));
                all(&left, &nothing, 0)
            };
            assert_eq!(decided(listed), decided(drawn), "{resident:?}: {stay:?}");
        }
    });
}
