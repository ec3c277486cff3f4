//! Tests that no library can make the solver say something false: lies at every call in turn, and
//! the traps that real libraries are known to hold.

#[path = "../../tests/it/common/mod.rs"]
mod common;

use std::time::Duration;

use common::brute::compare_value;
use common::generate::generate;
use rayon::prelude::*;

use super::backend::{Backend, Column, Constraint, Outcome, Program, solve as ask};
use super::lies::{Liar, Lie, When};
use super::{Control, solve};
use crate::audit::audit;
use crate::audit::certificate::{Limits, Verdict, verify};
use crate::plan::{Answer, Plan, Proof, Status};
use crate::regulation::Subject;
use crate::scenario::Scenario;

fn answer(scenario: &Scenario, base: Option<&Plan>, backend: Backend) -> Answer {
    let control = Control { backend, base, time_left: &|| None, progress: &mut |_| () };
    solve(scenario, control)
}

/// What came of the lies told.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    optimal: usize,
    feasible: usize,
    infeasible: usize,
    unknown: usize,
    /// Answers for which the library was asked at all.
    asked: usize,
}

impl Seen {
    fn and(self, other: Self) -> Self {
        Self {
            optimal: self.optimal + other.optimal,
            feasible: self.feasible + other.feasible,
            infeasible: self.infeasible + other.infeasible,
            unknown: self.unknown + other.unknown,
            asked: self.asked + other.asked,
        }
    }
}

/// An answer is the truth, or claims no more than holds, and the judge can re-check what it claims.
fn examine(scenario: &Scenario, base: Option<&Plan>, truth: &Answer, said: &Answer, lie: &Liar) -> Seen {
    let told = format!("{}, {:?} {:?}", scenario.id, lie.lie, lie.when);
    let mut seen = Seen { asked: usize::from(lie.calls() > 0), ..Seen::default() };
    match said.status {
        Status::Optimal => seen.optimal = 1,
        Status::Feasible => seen.feasible = 1,
        Status::Infeasible => seen.infeasible = 1,
        Status::Unknown => seen.unknown = 1,
    }
    if said.status == Status::Infeasible {
        assert_eq!(truth.status, Status::Infeasible, "{told}: a false infeasible");
    }
    let Some(plan) = &said.plan else {
        assert!(matches!(said.status, Status::Infeasible | Status::Unknown), "{told}: no plan");
        return seen;
    };
    assert!(!audit(scenario, plan, base).has_violations(Subject::Placement), "{told}: not a plan");
    let verified =
        verify(scenario, Some(plan), base, &said.certificate, &Limits::default()).expect("a small proof");
    let mut open = false;
    for ((best, claimed), (_, counted, verdict)) in truth.goals.iter().zip(&said.goals).zip(&verified.goals) {
        assert_eq!(&claimed.value, counted, "{told}");
        let settled = claimed.value == claimed.bound;
        assert_eq!(settled, claimed.proof != Proof::None, "{told}: {claimed:?}");
        if said.status == Status::Optimal {
            assert!(settled, "{told}: {claimed:?}");
        }
        // Behind an open goal the plan may be better than the best, and only trivial bounds are left.
        if !open {
            assert!(compare_value(&claimed.bound, &best.value).is_le(), "{told}: {claimed:?}, best {best:?}");
            assert!(!settled || claimed.value == best.value, "{told}: {claimed:?}, best {best:?}");
            if claimed.proof == Proof::Certified {
                assert_eq!(*verdict, Verdict::Proved, "{told}: {claimed:?}");
            }
            if lie.confirmed_by.is_none() {
                assert_ne!(claimed.proof, Proof::Solver, "{told}: one library's word");
            }
        }
        open |= !settled;
    }
    seen
}

/// Tells all lies about one scenario.
fn tell_all(seed: u64) -> Seen {
    let generated = generate(seed);
    let (scenario, base) = (&generated.scenario, generated.base.as_ref());
    let truth = answer(scenario, base, Backend::Microlp);
    let (honest, counter) = Liar::backend(Lie::Infeasible, When::Never, None);
    assert_eq!(answer(scenario, base, honest), truth, "seed {seed}: honest, but another answer");
    let calls = || 0..counter.calls();
    let times = calls().map(When::Call).chain(calls().map(When::From)).chain([When::Whole, When::Always]);
    let mut seen = Seen::default();
    for when in times {
        for lie in Lie::ALL {
            // Alone, beside an honest library, and beside one that tells the same lie.
            let mut others = vec![None];
            if matches!(when, When::Whole) {
                others.push(Some(Backend::Microlp));
            }
            for other in others {
                let (backend, liar) = Liar::backend(lie, when, other);
                seen = seen.and(examine(scenario, base, &truth, &answer(scenario, base, backend), liar));
            }
        }
    }
    seen
}

/// How often the library is asked about a scenario.
fn library_calls(seed: u64) -> usize {
    let generated = generate(seed);
    let (honest, counter) = Liar::backend(Lie::Infeasible, When::Never, None);
    answer(&generated.scenario, generated.base.as_ref(), honest);
    counter.calls()
}

#[test]
fn no_lie_makes_a_false_answer() {
    let asked = std::env::var("KENSHU_SCENARIOS").ok().and_then(|count| count.parse().ok());
    let first = asked.unwrap_or(40);
    // Most small programs need a library for their first plan only, if at all.
    let others = (first..11 * first).into_par_iter().filter(|&seed| library_calls(seed) > 1);
    let seen = (0..first).into_par_iter().chain(others).map(tell_all).reduce(Seen::default, Seen::and);
    println!("{seen:?}, none of them false");
    // The lies were told. Most answers are complete all the same: plans are found and proofs made without the library.
    assert!(seen.optimal > 0 && seen.infeasible > 0 && seen.asked > 100, "{seen:?}");
}

fn column(max: f64, weight: f64, whole: bool) -> Column {
    Column { min: 0.0, max, weight, whole }
}

fn at_most(terms: &[(usize, f64)], at_most: f64) -> Constraint {
    Constraint { terms: terms.to_vec(), at_most, equal: false }
}

#[test]
fn what_has_no_bounds_is_not_called_infeasible() {
    for &backend in Backend::ALL {
        let columns = vec![column(f64::INFINITY, -1.0, false), column(f64::INFINITY, -1.0, true)];
        let constraints = vec![at_most(&[(0, 1.0), (1, -1.0)], 1.0)];
        let outcome = ask(backend, &Program { columns, constraints, nodes_max: None }, None);
        assert!(matches!(outcome, Outcome::Failed(_)), "{backend:?}: {outcome:?}");
    }
}

#[test]
fn numbers_that_are_none_are_refused() {
    let fine = || Program {
        columns: vec![column(4.0, -1.0, true), column(4.0, -1.0, false)],
        constraints: vec![at_most(&[(0, 1.0), (1, 2.0)], 5.0)],
        nodes_max: None,
    };
    for &backend in Backend::ALL {
        assert!(matches!(ask(backend, &fine(), None), Outcome::Optimal(_)), "{backend:?}");
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let spoils: [fn(&mut Program, f64); 5] = [
                |program, odd| program.columns[1].min = odd,
                |program, odd| program.columns[0].max = odd,
                |program, odd| program.columns[0].weight = odd,
                |program, odd| program.constraints[0].terms[1].1 = odd,
                |program, odd| program.constraints[0].at_most = odd,
            ];
            for (number, spoil) in spoils.iter().enumerate() {
                let mut program = fine();
                spoil(&mut program, odd);
                let outcome = ask(backend, &program, None);
                assert!(matches!(outcome, Outcome::Failed(_)), "{backend:?}, {number}, {odd}: {outcome:?}");
            }
        }
    }
}

#[test]
fn a_row_without_variables_still_counts() {
    let row = |terms: &[(usize, f64)], limit, equal| Constraint { equal, ..at_most(terms, limit) };
    let cases = [
        (row(&[], -1.0, false), false),
        (row(&[], 0.0, false), true),
        (row(&[], 1.0, true), false),
        (row(&[(0, 0.0)], -1.0, false), false),
        (row(&[(0, 0.0)], 0.0, true), true),
        (row(&[(0, 1.0), (0, -1.0)], -1.0, false), false),
        (row(&[(0, 1.0), (0, -1.0)], 1.0, false), true),
    ];
    for &backend in Backend::ALL {
        for (constraint, feasible) in &cases {
            let columns = vec![column(1.0, 1.0, true)];
            let outcome = ask(
                backend,
                &Program { columns, constraints: vec![constraint.clone()], nodes_max: None },
                None,
            );
            let expected = if *feasible { Outcome::Optimal(vec![0.0]) } else { Outcome::Infeasible };
            assert_eq!(outcome, expected, "{backend:?}: {constraint:?}");
        }
    }
}

/// A knapsack whose good solutions differ by less than usual gaps (1e-4 of the value) let pass.
fn knapsack(things: usize) -> (Program, Vec<f64>) {
    let sizes: Vec<f64> = (0..things).map(|n| (100_000 + (n * n * 7919) % 997) as f64).collect();
    let columns = sizes.iter().map(|&size| column(1.0, -size, true)).collect();
    let terms: Vec<(usize, f64)> = sizes.iter().copied().enumerate().collect();
    let room = (sizes.iter().sum::<f64>() / 2.0).floor();
    (Program { columns, constraints: vec![at_most(&terms, room)], nodes_max: None }, sizes)
}

#[test]
fn optimal_means_a_gap_of_nothing() {
    let (program, sizes) = knapsack(13);
    let room = program.constraints[0].at_most;
    let taken = |subset: u32| -> f64 {
        sizes.iter().enumerate().filter(|(n, _)| subset >> n & 1 == 1).map(|(_, size)| size).sum()
    };
    let best = (0..1u32 << sizes.len()).map(taken).filter(|sum| *sum <= room).fold(0.0, f64::max);
    for &backend in Backend::ALL {
        let Outcome::Optimal(values) = ask(backend, &program, None) else { unreachable!("{backend:?}") };
        let found: f64 = values.iter().zip(&sizes).map(|(value, size)| value.round() * size).sum();
        assert_eq!(found, best, "{backend:?}");
    }
}

#[test]
fn out_of_time_is_not_called_optimal_or_infeasible() {
    // Far too large to finish: equal to half an odd sum, which only counting everything refutes.
    let (mut program, sizes) = knapsack(60);
    for (thing, size) in program.constraints[0].terms.iter_mut().zip(&sizes) {
        thing.1 = size * 2.0;
    }
    program.constraints[0].at_most =
        sizes.iter().sum::<f64>() + f64::from(sizes.iter().sum::<f64>() % 2.0 == 0.0);
    program.constraints[0].equal = true;
    for &backend in Backend::ALL {
        let outcome = ask(backend, &program, Some(Duration::from_millis(100)));
        let honest = match &outcome {
            // Presolving may see the parity; then it is the truth.
            Outcome::Infeasible | Outcome::Stopped | Outcome::Failed(_) => true,
            Outcome::Optimal(_) | Outcome::Feasible(_) => false,
        };
        assert!(honest, "{backend:?}: {outcome:?}");
    }
}
