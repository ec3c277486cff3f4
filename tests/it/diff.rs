//! Differences between plans: exact, as few chains as can be, and none where nothing changed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};

use crate::common::brute;
use crate::common::generate::generate;
use crate::common::seeds::seeds;
use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::diff::{Chain, Diff, Move, Who, chains, diff, moves, whereabouts};
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::plan::{Answer, GoalValue, Plan, Status};
use kenshu::internal::scenario::{FacilityIx, Goal, GoalKind, Measure, ResidentIx, Scenario, default_goals};
use rand::prelude::*;

fn answer(scenario: &Scenario, base: Option<&Plan>) -> Answer {
    solve(scenario, base, &Session::default())
}

type At = BTreeMap<(ResidentIx, Month), FacilityIx>;

fn apply<P: Copy + Ord>(at: &mut BTreeMap<(P, Month), FacilityIx>, one: &Move<P>, span: Span) {
    for month in span.iter() {
        assert_eq!(at.get(&(one.resident, month)).copied(), one.from, "the move starts where they are");
        match one.to {
            Some(to) => _ = at.insert((one.resident, month), to),
            None => _ = at.remove(&(one.resident, month)),
        }
    }
}

/// Two plans at random: people at facilities or nowhere, months alike in places.
fn random_plans(random: &mut StdRng) -> (At, At) {
    let start = Month::new(2020, 4).unwrap();
    let (people, facilities) = (random.random_range(1..=7), random.random_range(2..=4));
    let mut plan = || {
        let mut at = At::new();
        for person in 0..people {
            let mut month = 0;
            while month < 6 {
                let months = random.random_range(1..=6);
                let facility = FacilityIx(random.random_range(0..=facilities));
                for later in month..(month + months).min(6) {
                    if facility.0 < facilities {
                        at.insert((ResidentIx(person), start.plus(later)), facility);
                    }
                }
                month += months;
            }
        }
        at
    };
    (plan(), plan())
}

/// The fewest chains by trying every way to let those who arrive take the seats of those who leave.
fn fewest_chains(moves: &[Move]) -> usize {
    fn links(moves: &[Move], at: usize, taken: &mut BTreeSet<usize>) -> usize {
        let Some(one) = moves.get(at) else { return 0 };
        let mut most = links(moves, at + 1, taken);
        for (other, next) in moves.iter().enumerate() {
            if one.to.is_some() && next.from == one.to && taken.insert(other) {
                most = most.max(1 + links(moves, at + 1, taken));
                taken.remove(&other);
            }
        }
        most
    }
    // Every move without a successor ends a chain; a ring has none.
    moves.len() - links(moves, 0, &mut BTreeSet::new())
}

fn visits_no_place_twice<P>(chain: &Chain<P>) -> bool {
    let mut froms = BTreeSet::new();
    chain.moves.iter().filter_map(|one| one.from).all(|from| froms.insert(from))
}

#[test]
fn chains_are_the_moves_and_as_few_as_can_be() {
    let mut random = StdRng::seed_from_u64(4);
    let (mut rings, mut open) = (0, 0);
    for round in 0..4000 {
        let (before, after) = random_plans(&mut random);
        let moves = moves(&before, &after);
        let mut by_moves = before.clone();
        moves.iter().for_each(|one| apply(&mut by_moves, one, one.span));
        assert_eq!(by_moves, after, "round {round}");
        let chains = chains(&moves, None);
        let mut by_chains = before.clone();
        for chain in &chains {
            for one in &chain.moves {
                assert!(moves.contains(one), "round {round}");
                assert_eq!(one.span.intersection(chain.span), chain.span, "round {round}");
                apply(&mut by_chains, one, chain.span);
            }
            for pair in chain.moves.windows(2) {
                assert!(pair[0].to.is_some() && pair[0].to == pair[1].from, "round {round}: a broken chain");
            }
            let (first, last) = (&chain.moves[0], chain.moves.last().unwrap());
            assert_eq!(chain.is_ring, first.from.is_some() && first.from == last.to, "round {round}");
            assert!(visits_no_place_twice(chain), "round {round}: {chain:?}");
            *(if chain.is_ring { &mut rings } else { &mut open }) += 1;
        }
        assert_eq!(by_chains, after, "round {round}");
        let in_chains: u32 = chains.iter().map(|c| c.span.months * c.moves.len() as u32).sum();
        assert_eq!(in_chains, moves.iter().map(|one| one.span.months).sum::<u32>(), "round {round}");
        for month in Span::new(Month::new(2020, 4).unwrap(), 6).iter() {
            let present: Vec<Move> = moves.iter().copied().filter(|m| m.span.contains(month)).collect();
            let found = chains.iter().filter(|c| c.span.contains(month) && !c.is_ring).count();
            assert_eq!(found, fewest_chains(&present), "round {round}, {month}");
        }
    }
    println!("{rings} rings and {open} chains");
    assert!(rings > 500 && open > 500);
}

#[test]
fn an_exchange_is_one_ring_and_a_free_seat_ends_a_chain() {
    let at = |places: &[Option<usize>]| -> At {
        let month = Month::new(2020, 4).unwrap();
        let place = |(person, facility): (usize, &Option<usize>)| {
            facility.map(|facility| ((ResidentIx(person), month), FacilityIx(facility)))
        };
        places.iter().enumerate().filter_map(place).collect()
    };
    // 0 and 1 exchange; 2 takes the seat of 3, who takes that of 4, who leaves.
    let before = at(&[Some(0), Some(1), Some(0), Some(1), Some(2)]);
    let after = at(&[Some(1), Some(0), Some(1), Some(2), None]);
    let who = |chain: &Chain| chain.moves.iter().map(|one| one.resident.0).collect::<Vec<_>>();
    let found = chains(&moves(&before, &after), None);
    let seen: Vec<_> = found.iter().map(|chain| (who(chain), chain.is_ring)).collect();
    assert_eq!(seen, [(vec![0, 1], true), (vec![2, 3, 4], false)]);
    let asked = chains(&moves(&before, &after), Some(ResidentIx(3)));
    assert_eq!(who(&asked[0]), [2, 3, 4], "the chain of whoever is asked about leads");
}

/// The parts of a difference make the whole.
fn adds_up(scenario: &Scenario, old: &Plan, new: &Plan, diff: &Diff) {
    let mut at: BTreeMap<(Who, Month), FacilityIx> =
        whereabouts(old).into_iter().map(|((r, m), f)| ((Who::Resident(r), m), f)).collect();
    diff.moves.iter().for_each(|one| apply(&mut at, one, one.span));
    let new: BTreeMap<_, _> =
        whereabouts(new).into_iter().map(|((r, m), f)| ((Who::Resident(r), m), f)).collect();
    assert_eq!(at, new, "{}", scenario.id);
    let in_chains: u32 = diff.chains.iter().map(|c| c.span.months * c.moves.len() as u32).sum();
    assert_eq!(in_chains, diff.months());
    for year in &diff.seats {
        assert_eq!(year.before + year.arrivals, year.after + year.departures, "{year:?}");
        assert!(year.departures <= year.before && year.most_after <= year.after);
    }
    let sum = |of: fn(&kenshu::internal::diff::SeatYear) -> u32| diff.seats.iter().map(of).sum::<u32>();
    let placed = |from: bool| -> u32 {
        let counted = diff.moves.iter().filter(|one| if from { one.from } else { one.to }.is_some());
        counted.map(|one| one.span.months).sum()
    };
    assert_eq!((sum(|y| y.departures), sum(|y| y.arrivals)), (placed(true), placed(false)));
    assert_eq!(sum(|y| y.after), new.len() as u32);
}

/// Written as tables and read back, a difference is the same; a plan and itself have none.
#[test]
fn a_difference_applied_to_the_old_plan_is_the_new_one() {
    let (mut compared, mut with_leave) = (0, 0);
    for seed in 0..400 {
        let generated = generate(seed);
        let (scenario, Some(base)) = (&generated.scenario, &generated.base) else { continue };
        let Some(plan) = answer(scenario, Some(base)).plan else { continue };
        let found = diff(scenario, &base.clone().into(), &plan.clone().into());
        adds_up(scenario, base, &plan, &found);
        let itself = diff(scenario, &plan.clone().into(), &plan.clone().into());
        assert!(itself.is_empty() && itself.chains.is_empty(), "seed {seed}");
        let stability = audit_stability(scenario, base, &plan);
        let away = found.moves.iter().filter(|one| one.from.is_some() && one.to.is_some());
        let is_decided = |(resident, ..): &&(ResidentIx, _, _)| !scenario.decided(*resident).is_empty();
        let courses = found.courses.iter().filter(is_decided).filter(|(_, before, _)| before.is_some());
        let away = away.map(|one| i64::from(one.span.months)).sum::<i64>();
        assert_eq!(stability, away + courses.count() as i64, "seed {seed}");
        compared += 1;
        with_leave += usize::from(is_with_leave(scenario));
    }
    println!("{compared} plans compared, {with_leave} with leave");
    assert!(compared > 40 && with_leave > 10);
}

fn is_with_leave(scenario: &Scenario) -> bool {
    scenario.residents.iter().any(|person| !person.leaves.is_empty() || person.resigned_from.is_some())
}

fn audit_stability(scenario: &Scenario, base: &Plan, plan: &Plan) -> i64 {
    kenshu::internal::audit::resident_values(scenario, plan, Some(base), GoalKind::Stability).iter().sum()
}

/// With the default goals nothing moves where nothing changed, and no course does.
#[test]
fn an_unchanged_scenario_is_planned_as_before() {
    let (mut planned, mut with_leave) = (0, 0);
    for seed in 0..400 {
        let mut scenario = generate(seed).scenario;
        scenario.unchecked_mut().goals = default_goals();
        let Some(plan) = answer(&scenario, None).plan else { continue };
        let again = answer(&scenario, Some(&plan));
        assert_eq!(again.status, Status::Optimal, "seed {seed}");
        let found = diff(&scenario, &plan.into(), &again.plan.unwrap().into());
        assert!(found.is_empty(), "seed {seed}: {:?} {:?}", found.moves, found.courses);
        planned += 1;
        with_leave += usize::from(is_with_leave(&scenario));
    }
    println!("{planned} planned again, {with_leave} with leave");
    assert!(planned > 100 && with_leave > 30, "only {planned}, {with_leave} with leave");
}

/// After one event no plan moves fewer resident-months and changes fewer courses: brute force over all plans agrees.
#[test]
fn a_plan_is_mended_with_the_fewest_moves() {
    let (mut mended, mut with_leave) = (0, 0);
    for seed in seeds(250) {
        let mut scenario = generate(seed).scenario;
        scenario.unchecked_mut().goals = vec![Goal { kind: GoalKind::Stability, measure: Measure::Sum }];
        let Some(plan) = answer(&scenario, None).plan else { continue };
        // One seat is lost somewhere in the middle.
        let facility = seed as usize % scenario.facilities.len();
        let month = scenario.start().plus(scenario.training_months / 2);
        let seats = &mut scenario.unchecked_mut().facilities[facility].seats;
        seats.changes.retain(|(from, _)| *from < month);
        seats.changes.push((month, Some(seed as u32 % 2)));
        if brute::combinations(&scenario) > 5_000 {
            continue;
        }
        let again = answer(&scenario, Some(&plan));
        let Some((best, _)) = brute::best(&scenario, Some(&plan)) else {
            assert_eq!(again.status, Status::Infeasible, "seed {seed}");
            continue;
        };
        let found = diff(&scenario, &plan.into(), &again.plan.unwrap().into());
        let changed = i64::from(found.moved_months()) + found.courses.len() as i64;
        assert_eq!(best, [GoalValue::Number(changed)], "seed {seed}");
        mended += usize::from(!found.is_empty());
        with_leave += usize::from(!found.is_empty() && is_with_leave(&scenario));
    }
    println!("{mended} plans mended, {with_leave} with leave");
    assert!(mended > 10 && with_leave > 1, "only {mended}, {with_leave} with leave");
}
