//! The solver against the oracle: careers, optima, proofs, on generated small scenarios.
//!
//! The oracle tries everything on the judge and knows no solver; the solver knows no judge. Where
//! they meet, both are right or both misread the rule in the same way, which the judge's own tests
//! of each rule guard against.

mod common;

use std::collections::BTreeSet;

use common::brute;
use common::generate::generate;
use kenshu::audit::audit;
use kenshu::diagnostic::Severity;
use kenshu::itineraries::Itineraries;
use kenshu::plan::{Answer, Plan, Proof, Status};
use kenshu::regulation::{Rule, Subject};
use kenshu::scenario::{FacilityIx, Scenario};
use kenshu::solve::{Backend, Control, solve};

/// The first seeds, or those `KENSHU_SCENARIOS` names: `20000`, or `20000..40000`.
fn seeds(usual: u64) -> std::ops::Range<u64> {
    let asked = std::env::var("KENSHU_SCENARIOS").unwrap_or_default();
    let number = |text: &str| text.parse::<u64>().ok();
    match asked.split_once("..") {
        Some((from, to)) => number(from).zip(number(to)).map_or(0..usual, |(from, to)| from..to),
        None => 0..number(&asked).unwrap_or(usual),
    }
}

fn answer(scenario: &Scenario, base: Option<&Plan>, backend: Backend) -> Answer {
    let control = Control { backend, base, time_left: &|| None, progress: &mut |_| () };
    solve(scenario, control)
}

#[test]
fn careers_are_those_the_judge_accepts() {
    let mut careers = 0;
    for seed in seeds(600) {
        let scenario = generate(seed).scenario;
        let itineraries = Itineraries::of(&scenario, &|| false).expect("few careers");
        for resident in scenario.resident_ixs() {
            let set = &itineraries.sets[itineraries.set_of[resident.0]];
            let of = |career: usize| -> brute::Career {
                let stays = set.stays_of(career).iter().map(|&stay| set.stays[stay as usize]);
                let months = stays.flat_map(|stay| stay.span.iter().map(move |_| stay.facility));
                (set.course(career), months.collect::<Vec<FacilityIx>>())
            };
            let listed: BTreeSet<brute::Career> = (0..set.len()).map(of).collect();
            assert_eq!(listed.len(), set.len(), "seed {seed}: a career is listed twice");
            assert_eq!(listed, brute::careers(&scenario, resident), "seed {seed}, resident {resident:?}");
            careers += listed.len();
        }
    }
    println!("{careers} careers, all as the oracle says");
    assert!(careers > 0, "the generator gave no careers");
}

#[test]
fn every_goal_is_as_good_as_the_best_of_all_plans() {
    let (mut solved, mut infeasible) = (0, 0);
    for seed in seeds(400) {
        let generated = generate(seed);
        let (scenario, base) = (&generated.scenario, generated.base.as_ref());
        if brute::combinations(scenario) > brute::PLANS_MAX {
            continue;
        }
        for &backend in Backend::ALL {
            let answer = answer(scenario, base, backend);
            let Some((best, _)) = brute::best(scenario, base) else {
                assert_eq!(answer.status, Status::Infeasible, "seed {seed}, {backend:?}");
                infeasible += 1;
                continue;
            };
            assert_eq!(answer.status, Status::Optimal, "seed {seed}, {backend:?}");
            let values: Vec<_> = answer.goals.iter().map(|goal| goal.value.clone()).collect();
            assert_eq!(values, best, "seed {seed}, {backend:?}");
            for goal in &answer.goals {
                assert_eq!(goal.bound, goal.value, "seed {seed}");
                assert_eq!(goal.proof, Proof::Certified, "seed {seed}: {goal:?}");
            }
            judge(scenario, base, &answer, seed);
            solved += 1;
        }
    }
    println!("{solved} solved, {infeasible} infeasible, all as the oracle says");
    assert!(solved > 0 && infeasible > 0, "{solved} solved, {infeasible} infeasible");
}

/// The judge finds nothing wrong with the plan and counts the same values.
fn judge(scenario: &Scenario, base: Option<&Plan>, answer: &Answer, seed: u64) {
    let plan = answer.plan.as_ref().expect("an optimal answer has a plan");
    let judgement = audit(scenario, plan, base);
    let broken: Vec<Rule> = judgement
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Error && f.rule.subject() == Subject::Placement)
        .map(|f| f.rule)
        .collect();
    assert_eq!(broken, [], "seed {seed}");
    let counted: Vec<_> = judgement.goals.iter().map(|(goal, value)| (*goal, value.clone())).collect();
    let claimed: Vec<_> = answer.goals.iter().map(|goal| (goal.goal, goal.value.clone())).collect();
    assert_eq!(counted, claimed, "seed {seed}");
}
