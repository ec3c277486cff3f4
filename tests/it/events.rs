//! What happens in the year of a published plan: a birth, an illness, study abroad, a supervisor lost, a
//! resignation, a lock. Each is answered with the least change, and that it is the least is proved.
//!
//! On a program of 15 residents; `KENSHU_EVENTS_INTAKE=12 cargo test --release events::` takes one of
//! 36, with as many events.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use crate::common::brute;
use crate::common::generate::generate;
use crate::common::programs::{Shape, program};
use crate::common::seeds::seeds;
use kenshu::internal::audit::audit;
use kenshu::internal::audit::certificate::{Limits, Verdict, verify};
use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::diff::{Who, diff, whereabouts};
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::plan::{Answer, GoalValue, Plan, Proof, Status};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{
    Dated, FacilityIx, Goal, GoalKind, Leave, LeaveKind, Lock, LockKind, Measure, ResidentIx, Role, Scenario,
    Stay, default_goals,
};
use rand::prelude::*;
use rust_decimal::Decimal;

/// Events that have an answer.
const EVENTS: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Birth,
    Illness,
    Abroad,
    SupervisorLost,
    Resignation,
    Lock,
}

impl Event {
    const ALL: [Self; 6] =
        [Self::Birth, Self::Illness, Self::Abroad, Self::SupervisorLost, Self::Resignation, Self::Lock];
}

fn answer(scenario: &Scenario, base: Option<&Plan>) -> Answer {
    solve(scenario, base, &Session::default())
}

/// The scenario after an event; `None` if there is nothing it could happen to.
fn after(scenario: &Scenario, plan: &Plan, event: Event, random: &mut StdRng) -> Option<Scenario> {
    let mut changed = scenario.clone();
    let resident = ResidentIx(random.random_range(0..scenario.residents.len()));
    let decided = scenario.decided(resident);
    if decided.months < 2 {
        return None;
    }
    let month = decided.start.plus(random.random_range(1..decided.months));
    let person = &mut changed.unchecked_mut().residents[resident.0];
    let mut away = |kind, most: u32| {
        let months = random.random_range(1..=most).min(decided.end().since(month).unsigned_abs());
        person.leaves =
            vec![Leave { kind, span: Span::new(month, months), hours_per_week: None, hours: None }];
    };
    match event {
        Event::Birth => away(LeaveKind::Childbirth, 9),
        Event::Illness => away(LeaveKind::Illness, 9),
        Event::Abroad => away(LeaveKind::Abroad, 12),
        Event::Resignation => person.resigned_from = Some(month),
        Event::SupervisorLost => lose_supervisor(&mut changed, plan, month, random)?,
        Event::Lock => {
            let affiliates: Vec<FacilityIx> = scenario
                .facility_ixs()
                .filter(|facility| scenario.facility(*facility).role == Role::Affiliate)
                .collect();
            let facility = *affiliates.choose(random)?;
            let span = scenario.calendar.span_of(scenario.calendar.year_of(month)).intersection(decided);
            person.locks = vec![Lock { stay: Stay { facility, span, section: None }, kind: LockKind::Must }];
        }
    }
    // A leave ends with the training at the latest, and no lock lies in it.
    let person = changed.resident(resident);
    let within = person.leaves.iter().all(|leave| leave.span.end() <= changed.training(resident).end());
    within.then_some(changed)
}

/// A facility that the plan fills in the month loses a supervisor, and the seats that go with one.
fn lose_supervisor(scenario: &mut Scenario, plan: &Plan, month: Month, random: &mut StdRng) -> Option<()> {
    let at = whereabouts(plan);
    let there = at.iter().filter(|((_, when), _)| *when == month).map(|(_, facility)| *facility);
    let facility = *there.collect::<Vec<_>>().choose(random)?;
    let here = at.iter().filter(|((_, when), place)| *when == month && **place == facility).count() as u32;
    let facility = &mut scenario.unchecked_mut().facilities[facility.0];
    facility.supervisors.changes =
        vec![(month, (facility.supervisors.initial - Decimal::ONE).max(Decimal::ZERO))];
    facility.seats = Dated { initial: facility.seats.initial, changes: vec![(month, Some(here - 1))] };
    Some(())
}

fn stability_of(answer: &Answer) -> (i64, Proof, bool) {
    let goal = answer.goals.iter().find(|goal| goal.goal.kind == GoalKind::Stability).expect("the goal");
    let GoalValue::Number(value) = goal.value else { panic!("a sum") };
    (value, goal.proof, goal.value == goal.bound)
}

#[test]
fn after_a_single_event_the_fewest_moves_are_proved() {
    let intake = std::env::var("KENSHU_EVENTS_INTAKE").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let mut scenario = program(Shape { seed: 4, intake, years: 3, sites: 18, seats_percent: 40 });
    let plan = answer(&scenario, None).plan.expect("a plan to publish");
    scenario.unchecked_mut().goals = default_goals();
    let mut random = StdRng::seed_from_u64(20);
    let mut of_kind: BTreeMap<Event, (usize, usize, i64)> = BTreeMap::new();
    let mut answered = 0;
    for number in 0.. {
        if answered == EVENTS {
            break;
        }
        let event = Event::ALL[number % Event::ALL.len()];
        let Some(changed) = after(&scenario, &plan, event, &mut random) else { continue };
        let again = answer(&changed, Some(&plan));
        let checked =
            verify(&changed, again.plan.as_ref(), Some(&plan), &again.certificate, &Limits::default());
        let checked = checked.expect("few careers");
        let (count, impossible, moved) = of_kind.entry(event).or_default();
        let Some(new) = &again.plan else {
            assert_eq!(again.status, Status::Infeasible, "{event:?}, event {number}");
            assert!(checked.no_plan, "{event:?}, event {number}: not proved");
            *impossible += 1;
            continue;
        };
        let judged = audit(&changed, new, Some(&plan));
        assert!(
            !judged.has_violations(Subject::Placement),
            "{event:?}, event {number}: {:?}",
            judged.findings
        );
        let (value, proof, settled) = stability_of(&again);
        assert_eq!((proof, settled), (Proof::Certified, true), "{event:?}, event {number}");
        let verdicts = checked.goals.iter().filter(|(goal, _, _)| goal.kind == GoalKind::Stability);
        let verdicts: Vec<_> = verdicts.map(|(_, _, verdict)| verdict.clone()).collect();
        assert_eq!(verdicts, [Verdict::Proved], "{event:?}, event {number}");
        // The difference says the same: it leads from the old plan to the new, and as many months move and courses change.
        let found = diff(&changed, &plan.clone().into(), &new.clone().into());
        let mut at: BTreeMap<(Who, Month), FacilityIx> =
            whereabouts(&plan).into_iter().map(|((r, m), f)| ((Who::Resident(r), m), f)).collect();
        for one in &found.moves {
            for month in one.span.iter() {
                match one.to {
                    Some(to) => _ = at.insert((one.resident, month), to),
                    None => _ = at.remove(&(one.resident, month)),
                }
            }
        }
        let expected: BTreeMap<_, _> =
            whereabouts(new).into_iter().map(|((r, m), f)| ((Who::Resident(r), m), f)).collect();
        assert_eq!(at, expected, "{event:?}, event {number}");
        let elsewhere = found.moves.iter().filter(|one| one.from.is_some() && one.to.is_some());
        let months: i64 = elsewhere.map(|one| i64::from(one.span.months)).sum();
        assert_eq!(months + found.courses.len() as i64, value, "event {number}");
        *count += 1;
        *moved += value;
        answered += 1;
    }
    for (event, (count, impossible, moved)) in &of_kind {
        println!("{event:?}: {count} answered, {moved} months moved; {impossible} proved to have no plan");
    }
    assert!(of_kind.len() == Event::ALL.len() && of_kind.values().all(|(count, ..)| *count > 0));
    assert!(of_kind.values().any(|(_, _, moved)| *moved > 0), "nothing ever had to move");
}

/// The same on tiny programs, where every plan can be tried.
#[test]
fn after_a_single_event_no_plan_moves_fewer_months() {
    let mut random = StdRng::seed_from_u64(6);
    let mut of_kind: BTreeMap<Event, (usize, usize)> = BTreeMap::new();
    for seed in seeds(250) {
        let mut scenario = generate(seed).scenario;
        scenario.unchecked_mut().goals = vec![Goal { kind: GoalKind::Stability, measure: Measure::Sum }];
        let Some(plan) = answer(&scenario, None).plan else { continue };
        let event = Event::ALL[seed as usize % 6];
        scenario.unchecked_mut().residents.iter_mut().for_each(|resident| resident.locks.clear());
        let at_peace = |resident: ResidentIx| {
            let person = scenario.resident(resident);
            person.leaves.is_empty() && person.resigned_from.is_none() && person.history.is_empty()
        };
        if !scenario.resident_ixs().all(at_peace) {
            continue;
        }
        let Some(changed) = after(&scenario, &plan, event, &mut random) else { continue };
        if brute::combinations(&changed) > 3_000 {
            continue;
        }
        let again = answer(&changed, Some(&plan));
        let Some((best, _)) = brute::best(&changed, Some(&plan)) else {
            assert_eq!(again.status, Status::Infeasible, "seed {seed}, {event:?}");
            continue;
        };
        let (value, proof, _) = stability_of(&again);
        assert_eq!(
            (best, proof),
            (vec![GoalValue::Number(value)], Proof::Certified),
            "seed {seed}, {event:?}"
        );
        let (count, moved) = of_kind.entry(event).or_default();
        *count += 1;
        *moved += usize::from(value > 0);
    }
    println!("(answered, with moves): {of_kind:?}");
    assert!(of_kind.len() == Event::ALL.len() && of_kind.values().all(|(count, _)| *count > 1));
    assert!(of_kind.values().map(|(_, moved)| moved).sum::<usize>() > 3);
}
