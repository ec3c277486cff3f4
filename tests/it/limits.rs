//! What happens when there is too much to do or no time left.

use std::time::{Duration, Instant};

use crate::common::programs::{Shape, program};
use kenshu::audit::audit;
use kenshu::engine::{Session, solve};
use kenshu::plan::{GoalValue, Proof, Reason, Status};
use kenshu::regulation::Subject;
use kenshu::scenario::{Dated, Part, Pattern, Role, Scenario};

#[test]
fn more_careers_than_can_be_listed_are_refused_at_once() {
    let mut scenario = program(Shape { seed: 1, intake: 2, years: 1, sites: 18, seats_percent: 100 });
    let half = Part { role: Role::Affiliate, months: 6 };
    scenario.unchecked_mut().rules.core_months_min = 0;
    scenario.unchecked_mut().courses[0].patterns = vec![Pattern { years: vec![vec![half, half]; 3] }];
    let start = Instant::now();
    let answer = solve(&scenario, None, &Session::default());
    assert_eq!((answer.status, answer.plan), (Status::Unknown, None), "17^6 careers");
    assert!(matches!(answer.reason, Some(Reason::TooManyCareers(_))));
    assert!(start.elapsed() < Duration::from_secs(2), "counting took {:?}", start.elapsed());
}

/// Solves with a limit; the answer must come within it and two seconds more, and be honest.
fn with_limit(scenario: &Scenario, limit: Duration) -> Status {
    let start = Instant::now();
    let answer = solve(scenario, None, &Session::new(Some(limit)));
    let elapsed = start.elapsed();
    assert!(elapsed <= limit + Duration::from_secs(2), "{elapsed:?} with a limit of {limit:?}");
    if let Some(plan) = &answer.plan {
        let judgement = audit(scenario, plan, None);
        assert!(!judgement.has_violations(Subject::Placement), "a plan cut short still breaks no rule");
        for ((goal, counted), claimed) in judgement.goals.iter().zip(&answer.goals) {
            assert_eq!((goal, counted), (&claimed.goal, &claimed.value));
            if let (GoalValue::Number(bound), GoalValue::Number(value)) = (&claimed.bound, &claimed.value) {
                assert!(bound <= value);
            }
            assert_eq!(claimed.bound == claimed.value, claimed.proof != Proof::None, "{claimed:?}");
        }
    }
    answer.status
}

#[test]
fn a_time_limit_gives_the_best_plan_so_far() {
    let mut scenario = program(Shape { seed: 3, intake: 12, years: 12, sites: 18, seats_percent: 40 });
    for facility in &mut scenario.unchecked_mut().facilities[1..] {
        facility.min_residents = Dated::constant(1);
    }
    let mut seen = Vec::new();
    for milliseconds in [0, 20, 300, 1000, 2000] {
        seen.push(with_limit(&scenario, Duration::from_millis(milliseconds)));
    }
    assert_eq!(seen[0], Status::Unknown, "no time, no answer");
    assert!(seen.contains(&Status::Feasible), "{seen:?}");
    assert!(!seen.contains(&Status::Infeasible), "{seen:?}");
}

/// 500 residents a year on 161 seats: the reason is sought with the same residents in view, over and over.
#[test]
fn why_there_is_no_plan_takes_no_longer_for_many_residents() {
    let text = std::fs::read_to_string("scenarios/keio-2019-steady/program.toml").unwrap();
    let text: Vec<String> = text
        .lines()
        .map(|line| match line.split_once(" = 12 ").filter(|(year, _)| year.parse::<u32>().is_ok()) {
            Some((year, _)) => format!("{year} = 500"),
            None => line.to_string(),
        })
        .collect();
    let desk = tempfile::tempdir().unwrap();
    for name in ["facilities.csv", "history.csv", "logged_cases.csv", "residents.csv"] {
        let from = std::path::Path::new("scenarios/keio-2019-steady").join(name);
        std::fs::copy(from, desk.path().join(name)).unwrap();
    }
    std::fs::write(desk.path().join("program.toml"), text.join("\n")).unwrap();
    let start = Instant::now();
    let beside = tempfile::tempdir().unwrap();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_kenshu"));
    let output =
        command.env("LC_ALL", "C").arg("plan").arg(desk.path()).arg("--out").arg(beside.path()).output();
    let output = output.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("500 residents"), "{said}");
    assert!(start.elapsed() < Duration::from_secs(20), "over 200 s before: {:?}", start.elapsed());
}

/// Three years of a core half and two quarters anywhere: a few careers below what can be listed, so
/// that every phase has its most to do, shared by all residents.
#[test]
fn a_time_limit_holds_while_millions_of_careers_are_listed_and_looked_through() {
    let mut scenario = program(Shape { seed: 1, intake: 12, years: 1, sites: 18, seats_percent: 100 });
    let part = |role, months| Part { role, months };
    let split = vec![part(Role::Core, 6), part(Role::Affiliate, 3), part(Role::Affiliate, 3)];
    let whole = vec![part(Role::Affiliate, 12)];
    scenario.unchecked_mut().courses[0].patterns = vec![Pattern { years: vec![split.clone(), split, whole] }];
    scenario.unchecked_mut().courses.truncate(1);
    for resident in &mut scenario.unchecked_mut().residents {
        resident.course = None;
        resident.course_wishes.clear();
    }
    for milliseconds in [50, 400, 1500] {
        with_limit(&scenario, Duration::from_millis(milliseconds));
    }
}
