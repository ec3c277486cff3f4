//! The brute-force oracle and the generator, tested before anything is tested with them.

use std::collections::BTreeSet;

use kenshu::audit::audit;
use kenshu::regulation::Subject;
use kenshu::scenario::{Goal, GoalKind};

use crate::common::{brute, generate::generate};

#[test]
fn both_ways_of_trying_all_careers_find_the_same() {
    let mut compared = 0;
    for seed in 0..400 {
        let scenario = generate(seed).scenario;
        for resident in scenario.resident_ixs() {
            let months = scenario.due(resident).count() as u32;
            if scenario.facilities.len().pow(months) > 1100 {
                continue;
            }
            let plainly = brute::careers_plainly(&scenario, resident);
            assert_eq!(brute::careers(&scenario, resident), plainly, "seed {seed}, {resident:?}");
            compared += usize::from(!plainly.is_empty());
        }
    }
    assert!(compared >= 50, "only {compared} residents with careers");
}

#[test]
fn the_generated_scenarios_are_worth_testing_with() {
    let (mut feasible, mut infeasible, mut large) = (0, 0, 0);
    let mut broken = BTreeSet::new();
    for seed in 0..150 {
        let generated = generate(seed);
        let scenario = &generated.scenario;
        for resident in scenario.resident_ixs() {
            let person = scenario.resident(resident);
            let past: u32 = person.history.iter().map(|stay| stay.span.months).sum();
            let due = scenario.due(resident).count() as u32;
            let seats = scenario.service(resident).months.iter().filter(|month| month.seat).count() as u32;
            assert_eq!(past + due, seats, "seed {seed}");
            if person.leaves.is_empty() && person.resigned_from.is_none() {
                assert_eq!(seats, scenario.training_months, "seed {seed}");
            }
        }
        for (position, goal) in scenario.goals.iter().enumerate() {
            assert!(!scenario.goals[..position].contains(goal), "seed {seed}");
        }
        for course in &scenario.courses {
            for pattern in &course.patterns {
                let months: u32 = pattern.entries.iter().flatten().map(|part| part.months).sum();
                assert_eq!(months, scenario.training_months, "seed {seed}");
            }
        }
        if let Some(base) = &generated.base {
            broken.extend(audit(scenario, base, None).violations(Subject::Placement).map(|f| f.rule.id()));
        }
        if brute::combinations(scenario) > brute::PLANS_MAX {
            large += 1;
            continue;
        }
        match brute::best(scenario, generated.base.as_ref()) {
            None => infeasible += 1,
            Some((values, plans)) => {
                assert!(plans > 0);
                let stability = |goal: &&Goal| goal.kind != GoalKind::Stability || generated.base.is_some();
                assert_eq!(values.len(), scenario.goals.iter().filter(stability).count());
                feasible += 1;
            }
        }
    }
    assert!(feasible >= 50 && infeasible >= 20 && large <= 30, "{feasible} {infeasible} {large}");
    assert!(broken.len() >= 6, "{broken:?}");
}
