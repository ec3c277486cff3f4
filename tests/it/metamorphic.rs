//! Changes of a scenario whose effect on the answer is known without solving it.

use std::cmp::Ordering;

use crate::common::brute::compare;
use crate::common::copies::{permuted, renamed};
use crate::common::generate::generate;
use crate::common::programs::{Shape, program};
use kenshu::internal::calendar::Span;
use kenshu::internal::engine::{Session, solve_with};
use kenshu::internal::plan::{Answer, GoalValue, Plan, Status};
use kenshu::internal::scenario::{Dated, Facility, Leave, LeaveKind, Role, Scenario};
use kenshu::internal::solve::Backend;
use rand::prelude::*;
use rust_decimal::Decimal;

fn answer(scenario: &Scenario, base: Option<&Plan>, backend: Backend) -> Answer {
    solve_with(backend, scenario, base, &Session::default())
}

/// Status and goal values; nothing else has to survive a change of names.
fn outcome(scenario: &Scenario, base: Option<&Plan>) -> (Status, Vec<GoalValue>) {
    let answer = answer(scenario, base, Backend::default());
    (answer.status, answer.goals.into_iter().map(|goal| goal.value).collect())
}

/// Small scenarios with their base plans, and some programs of real size.
fn samples() -> Vec<(Scenario, Option<Plan>)> {
    let small = (0..150).map(|seed| {
        let generated = generate(seed);
        (generated.scenario, generated.base)
    });
    let large = (0..3).map(|seed| {
        let shape = Shape { seed, intake: 10, years: 3, sites: 18, seats_percent: 40 };
        (program(shape), None)
    });
    small.chain(large).collect()
}

#[test]
fn other_names_change_nothing() {
    for (scenario, base) in samples() {
        let (renamed, base) = renamed(&(scenario.clone(), base));
        assert_eq!(outcome(&renamed, base.as_ref()), outcome(&scenario, base.as_ref()), "{}", scenario.id);
    }
}

#[test]
fn another_order_of_rows_changes_nothing() {
    let mut random = StdRng::seed_from_u64(7);
    for (scenario, base) in samples() {
        let (shuffled, base_shuffled) = permuted(&(scenario.clone(), base.clone()), &mut random);
        assert_eq!(
            outcome(&shuffled, base_shuffled.as_ref()),
            outcome(&scenario, base.as_ref()),
            "{}",
            scenario.id
        );
    }
}

#[test]
fn more_seats_never_make_it_worse() {
    let mut better = 0;
    for (scenario, base) in samples() {
        let (status, values) = outcome(&scenario, base.as_ref());
        for facility in 0..scenario.facilities.len().min(4) {
            let mut roomier = scenario.clone();
            let of = &mut roomier.unchecked_mut().facilities[facility];
            of.supervisors.initial += Decimal::ONE;
            of.supervisors.changes.iter_mut().for_each(|(_, s)| *s += Decimal::ONE);
            let more = |seats: &mut Option<u32>| *seats = seats.map(|seats| seats + 1);
            more(&mut of.seats.initial);
            of.seats.changes.iter_mut().for_each(|(_, seats)| more(seats));
            let (new_status, new_values) = outcome(&roomier, base.as_ref());
            if status == Status::Optimal {
                assert_eq!(new_status, Status::Optimal, "{}", scenario.id);
                let order = compare(&new_values, &values);
                assert_ne!(order, Ordering::Greater, "{}: {values:?} → {new_values:?}", scenario.id);
                better += usize::from(order == Ordering::Less);
            }
        }
    }
    assert!(better > 0, "no seat ever mattered: the samples test nothing");
}

#[test]
fn a_facility_without_supervisors_changes_nothing() {
    for (scenario, base) in samples() {
        let mut larger = scenario.clone();
        larger.unchecked_mut().facilities.push(Facility {
            id: "useless".into(),
            name: "useless".into(),
            name_en: "useless".into(),
            prefecture: String::new(),
            role: Role::Affiliate,
            accreditation: Dated::constant(kenshu::internal::scenario::Accreditation::Training),
            supervisors: Dated::constant(Decimal::ZERO),
            seats: Dated::constant(Some(0)),
            min_residents: Dated::constant(0),
            volumes: scenario.volumes.iter().map(|_| Dated::constant(Some(Decimal::ZERO))).collect(),
            tags: Vec::new(),
            source: String::new(),
        });
        assert_eq!(outcome(&larger, base.as_ref()), outcome(&scenario, base.as_ref()), "{}", scenario.id);
    }
}

/// Rows that continue each other are one leave. Part-time is left whole: its hours belong to the row.
#[test]
fn a_leave_told_in_two_rows_changes_nothing() {
    let mut split = 0;
    for (scenario, base) in samples() {
        let mut told = scenario.clone();
        for resident in &mut told.unchecked_mut().residents {
            let halves = |leave: Leave| match leave.span.months {
                months if months > 1 && leave.kind != LeaveKind::PartTime => {
                    let first = Span::new(leave.span.start, months / 2);
                    let rest = Span::between(first.end(), leave.span.end());
                    vec![Leave { span: first, ..leave }, Leave { span: rest, ..leave }]
                }
                _ => vec![leave],
            };
            resident.leaves = resident.leaves.iter().copied().flat_map(halves).collect();
        }
        split += usize::from(told != scenario);
        assert_eq!(outcome(&told, base.as_ref()), outcome(&scenario, base.as_ref()), "{}", scenario.id);
    }
    assert!(split > 20, "{split} scenarios with a leave that can be split");
}

#[test]
fn the_same_input_gives_the_same_answer() {
    for (scenario, base) in samples().into_iter().rev().take(40) {
        let first = answer(&scenario, base.as_ref(), Backend::default());
        assert_eq!(answer(&scenario, base.as_ref(), Backend::default()), first, "{}", scenario.id);
    }
}

#[test]
fn all_backends_agree_on_programs_of_real_size() {
    for seed in 0..4 {
        let scenario = program(Shape { seed, intake: 12, years: 3, sites: 18, seats_percent: 40 });
        let values = |backend| {
            let answer = answer(&scenario, None, backend);
            assert_eq!(answer.status, Status::Optimal, "{backend:?}, seed {seed}");
            answer.goals.into_iter().map(|goal| goal.value).collect::<Vec<_>>()
        };
        let all: Vec<_> = Backend::ALL.iter().map(|&backend| values(backend)).collect();
        assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "seed {seed}: {all:?}");
    }
}
