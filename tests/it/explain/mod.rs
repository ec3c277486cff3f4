//! Why not, and what would help: every reason and every way out of generated infeasible scenarios is
//! checked by arithmetic, by brute force, or by solving again.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod counts;
mod edits;
mod infeasible;
mod one;
mod rules;
mod tables;
mod why_not;

use crate::common::folder::sources;
use crate::common::generate::generate;
use kenshu::internal::audit::audit;
use kenshu::internal::audit::certificate::{Limits, verify};
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::explain::Statement;
use kenshu::internal::explain::asker::Asker;
use kenshu::internal::explain::infeasible::{Explained, Explanation, explain};
use kenshu::internal::plan::{Answer, Plan, Status};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{Dated, ResidentIx, Scenario, SupervisorRounding, read};
use rust_decimal::Decimal;

fn answer(scenario: &Scenario, base: Option<&Plan>) -> Answer {
    solve(scenario, base, &Session::default())
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
    let all = (0u64..).filter_map(|seed| {
        let mut scenario = generate(seed).scenario;
        if seed.is_multiple_of(8) {
            few_pooled_supervisors(&mut scenario);
        }
        // As it is read, if it is a scenario: ways out are made in tables.
        Some((seed, read(&sources(&scenario)).0?))
    });
    all.filter(|(_, scenario)| {
        let mut plain = scenario.clone();
        plain.unchecked_mut().goals.clear();
        answer(&plain, None).status == Status::Infeasible
    })
    .take(count)
}

/// Supervisors of all facilities together, fewer than the residents need, and room enough at each.
fn few_pooled_supervisors(scenario: &mut Scenario) {
    scenario.unchecked_mut().rules.supervisor_rounding = SupervisorRounding::Pooled;
    for facility in &mut scenario.unchecked_mut().facilities {
        facility.supervisors = Dated::constant(Decimal::new(2, 1));
        facility.seats = Dated::constant(None);
    }
}

/// Leaves of the decided months are statements where a set names one, else they are what the program is.
fn leaves_if_named(scenario: &Scenario, set: &[Statement]) -> Vec<Statement> {
    if !set.iter().any(|statement| matches!(statement, Statement::Leave { .. })) {
        return Vec::new();
    }
    let start = scenario.horizon().start;
    let of = |resident: ResidentIx| {
        let leaves = scenario.resident(resident).leaves.iter().filter(|leave| leave.span.start >= start);
        leaves.map(move |&leave| Statement::Leave { resident, leave }).collect::<Vec<_>>()
    };
    scenario.resident_ixs().flat_map(of).collect()
}

/// Whether a plan exists: by a legal plan, or by a certificate that the judge accepts.
fn exists(scenario: &Scenario) -> bool {
    known(scenario).unwrap_or_else(|| panic!("{}", scenario.id))
}

/// The same; `None` where planning and judge do not agree.
fn known(scenario: &Scenario) -> Option<bool> {
    let mut plain = scenario.clone();
    plain.unchecked_mut().goals.clear();
    let answer = answer(&plain, None);
    match &answer.plan {
        Some(plan) => (!audit(&plain, plan, None).has_violations(Subject::Placement)).then_some(true),
        None => {
            assert_eq!(answer.status, Status::Infeasible, "{}", scenario.id);
            let verification = verify(&plain, None, None, &answer.certificate, &Limits::default()).unwrap();
            verification.no_plan.then_some(false)
        }
    }
}
