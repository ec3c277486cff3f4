//! What proofs cost, over many generated programs of 20–60 residents. Not in the usual run:
//! `KENSHU_SCENARIOS=300 cargo test --release certifying:: -- --nocapture`
//! prints the share of goals certified and how long the judge takes to verify a certificate.

use std::time::{Duration, Instant};

use crate::common::programs::{Shape, program};
use crate::common::seeds::seeds;
use kenshu::internal::audit::certificate::{Limits, Verdict, verify};
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::plan::{Proof, Status};
use kenshu::internal::scenario::{Goal, GoalKind, Measure};
use rand::prelude::*;

/// Seconds a program may take; what is open then is counted as not certified.
const LIMIT: Duration = Duration::from_secs(60);

/// Intakes, years, seats and goals vary; tight seats are the rule.
fn shape(seed: u64) -> Shape {
    let mut random = StdRng::seed_from_u64(seed);
    let years = random.random_range(2..=5);
    let residents = random.random_range(20..=60);
    Shape {
        seed,
        intake: u32::max(residents / years as u32, 20_u32.div_ceil(years as u32)),
        years,
        sites: 18,
        seats_percent: *[36, 38, 40, 45, 50, 60, 100].choose(&mut random).expect("some percentages"),
    }
}

struct Times(Vec<Duration>);

impl Times {
    fn tell(&mut self, what: &str) {
        self.0.sort_unstable();
        let (Some(max), Some(median)) = (self.0.last(), self.0.get(self.0.len() / 2)) else { return };
        println!("{what}: median {median:?}, most {max:?}, {:?} in all", self.0.iter().sum::<Duration>());
    }
}

#[test]
fn nearly_every_goal_is_certified() {
    let programs = seeds(0);
    let (mut goals, mut certified, mut verified, mut by_cases, mut infeasible) = (0, 0, 0, 0, 0);
    let (mut solving, mut verifying) = (Times(Vec::new()), Times(Vec::new()));
    for seed in programs.clone() {
        let mut scenario = program(shape(seed));
        if seed % 3 == 0 {
            scenario
                .unchecked_mut()
                .goals
                .insert(3, Goal { kind: GoalKind::FacilityWishes, measure: Measure::WorstFirst });
        }
        let start = Instant::now();
        let answer = solve(&scenario, None, &Session::new(Some(LIMIT)));
        solving.0.push(start.elapsed());
        let start = Instant::now();
        let checked = verify(&scenario, answer.plan.as_ref(), None, &answer.certificate, &Limits::default())
            .expect("few careers");
        verifying.0.push(start.elapsed());
        by_cases += answer.certificate.steps.iter().filter(|step| step.cases.is_some()).count();
        match answer.status {
            Status::Infeasible => {
                assert!(checked.no_plan, "seed {seed}");
                infeasible += 1;
            }
            Status::Unknown => goals += scenario.goals.len(),
            Status::Optimal | Status::Feasible => {
                goals += answer.goals.len();
                for (claimed, (_, _, verdict)) in answer.goals.iter().zip(&checked.goals) {
                    let proved = *verdict == Verdict::Proved;
                    certified += usize::from(claimed.proof == Proof::Certified);
                    verified += usize::from(proved && claimed.proof == Proof::Certified);
                }
                if answer.status == Status::Feasible {
                    println!("seed {seed}, {:?}: {:?}", shape(seed), answer.goals);
                }
            }
        }
        if (seed + 1) % 50 == 0 {
            println!("{} programs: {certified} of {goals} goals certified", seed + 1);
        }
    }
    println!(
        "{programs:?}, {infeasible} infeasible (proved); {certified} of {goals} goals certified, \
         {verified} re-checked by the judge; {by_cases} steps by cases"
    );
    solving.tell("solving");
    verifying.tell("verifying");
    assert_eq!(certified, verified, "the judge finds every certified goal proved");
    assert!(100 * certified >= 95 * goals, "{certified} of {goals} goals certified");
}
