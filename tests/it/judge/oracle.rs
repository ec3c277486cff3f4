//! The brute-force oracle and the generator, tested before anything is tested with them.

use std::collections::BTreeSet;

use kenshu::internal::audit::audit;
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{Goal, GoalKind};

use crate::common::seeds::seeds;
use crate::common::{brute, generate::generate};

#[test]
fn both_ways_of_trying_all_careers_find_the_same() {
    let mut compared = 0;
    for seed in seeds(200) {
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
    for seed in seeds(80) {
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
    assert!(feasible >= 25 && infeasible >= 10 && large <= 15, "{feasible} {infeasible} {large}");
    assert!(broken.len() >= 6, "{broken:?}");
}

/// Where tables say rules: enough plans, enough without one, and every kind of rule among what the judge refuses.
#[test]
fn the_scenarios_with_rules_are_worth_testing_with() {
    use crate::common::brute_places::{self, Found};
    use crate::common::ruled::with_rules;
    use kenshu::internal::scenario::ResidentIx;
    let (mut feasible, mut infeasible, mut large) = (0, 0, 0);
    for seed in 0..60 {
        let generated = with_rules(seed);
        match brute_places::best(&generated.scenario, generated.base.as_ref()) {
            Found::TooMany => large += 1,
            Found::Best(None) => infeasible += 1,
            Found::Best(Some(values)) => {
                let stability = |goal: &&Goal| goal.kind != GoalKind::Stability || generated.base.is_some();
                assert_eq!(values.len(), generated.scenario.goals.iter().filter(stability).count());
                feasible += 1;
            }
        }
    }
    // Rules are met by somebody wherever they are.
    let mut broken = BTreeSet::new();
    for seed in seeds(100) {
        let scenario = with_rules(seed).scenario;
        let places = scenario.places();
        let mut plan = kenshu::internal::plan::Plan::default();
        for resident in scenario.resident_ixs() {
            let spots = scenario.due(resident).enumerate();
            let spots =
                spots.map(|(at, _)| Some(places[(at / 2 + seed as usize + resident.0) % places.len()]));
            let career = (kenshu::internal::scenario::CourseIx(0), spots.collect());
            plan.rows.extend(brute_places::rows(&scenario, ResidentIx(resident.0), &career));
        }
        broken.extend(audit(&scenario, &plan, None).violations(Subject::Placement).map(|f| f.rule.id()));
    }
    for rule in ["section-step", "section-seats", "requirement", "stay-rule", "order", "staffing"] {
        assert!(broken.contains(rule), "{rule}: {broken:?}");
    }
    assert!(feasible >= 15 && infeasible >= 15 && large <= 20, "{feasible} {infeasible} {large}");
}
