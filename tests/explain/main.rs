//! Why not, and what would help: every reason and every way out of generated infeasible scenarios is
//! checked by arithmetic, by brute force, or by solving again.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;

mod counts;
mod infeasible;
mod one;
mod why_not;

use common::generate::generate;
use kenshu::audit::audit;
use kenshu::audit::certificate::verify;
use kenshu::explain::asker::Asker;
use kenshu::explain::infeasible::{Explained, Explanation, explain};
use kenshu::plan::{Answer, Plan, Status};
use kenshu::regulation::Subject;
use kenshu::scenario::Scenario;
use kenshu::solve::{Backend, Control, solve};

fn answer(scenario: &Scenario, base: Option<&Plan>) -> Answer {
    let control = Control { backend: Backend::default(), base, time_left: &|| None, progress: &mut |_| () };
    solve(scenario, control)
}

fn explained(scenario: &Scenario) -> Option<Explanation> {
    match explain(scenario, 3, &mut Asker::new(&|| None)) {
        Explained::Infeasible(explanation) => Some(*explanation),
        Explained::Feasible => None,
        Explained::Unknown(why) => panic!("{}: {why:?}", scenario.id),
    }
}

/// Generated scenarios without a plan, with their seeds.
fn infeasible(count: usize) -> impl Iterator<Item = (u64, Scenario)> {
    let all = (0u64..).map(|seed| (seed, generate(seed).scenario));
    all.filter(|(_, scenario)| {
        let mut plain = scenario.clone();
        plain.goals.clear();
        answer(&plain, None).status == Status::Infeasible
    })
    .take(count)
}

/// Whether a plan exists: by a legal plan, or by a certificate that the judge accepts.
fn exists(scenario: &Scenario) -> bool {
    let mut plain = scenario.clone();
    plain.goals.clear();
    let answer = answer(&plain, None);
    match &answer.plan {
        Some(plan) => {
            assert!(!audit(&plain, plan, None).has_violations(Subject::Placement), "{}", scenario.id);
            true
        }
        None => {
            assert_eq!(answer.status, Status::Infeasible, "{}", scenario.id);
            let verification = verify(&plain, None, None, &answer.certificate).expect("few careers");
            assert!(verification.no_plan, "{}", scenario.id);
            false
        }
    }
}
