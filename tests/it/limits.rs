//! What happens when there is too much to do or no time left.

use std::time::{Duration, Instant};

use crate::common::programs::{Shape, program};
use kenshu::internal::audit::audit;
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::itineraries::{LIST_MAX, careers_of};
use kenshu::internal::plan::{GoalValue, Proof, Status};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{Dated, Part, Pattern, ResidentIx, Role, Scenario};

fn parts(role: Role, months: u32, count: usize) -> Vec<Part> {
    vec![Part::of_role(role, months); count]
}

/// Two residents with a single course of these years, and no wish but a few hospitals.
fn with_years(sites: usize, years: Vec<Vec<Part>>) -> Scenario {
    let mut scenario = program(Shape { seed: 1, intake: 2, years: 1, sites, seats_percent: 100 });
    let model = scenario.unchecked_mut();
    model.rules.core_months_min = 0;
    model.rules.comprehensive_months_min = 0;
    model.courses.truncate(1);
    model.courses[0].patterns = vec![Pattern { entries: years }];
    model.residents.iter_mut().for_each(|resident| resident.course_wishes.clear());
    scenario
}

/// Parts as small as these make careers astronomically many; what has to be looked at stays small.
#[test]
fn careers_beyond_number_are_planned() {
    let half_years = vec![parts(Role::Affiliate, 6, 2); 3];
    let quarters = vec![parts(Role::Affiliate, 3, 4); 3];
    for (sites, years, careers, labels) in
        [(12, half_years, 11_u128.pow(6) - 11, 700), (9, quarters, 8_u128.pow(12) - 8, 800)]
    {
        let scenario = with_years(sites, years);
        let drawn = careers_of(&scenario, ResidentIx(0), LIST_MAX, &|| false).unwrap();
        assert_eq!(drawn.count(), careers, "all but those at one hospital only");
        assert!(drawn.size() <= labels, "{} labels", drawn.size());
        let answer = solve(&scenario, None, &Session::default());
        assert_eq!(answer.status, Status::Optimal, "{:?}", answer.goals);
        assert!(answer.goals.iter().all(|goal| goal.proof == Proof::Certified), "{:?}", answer.goals);
        let judgement = audit(&scenario, answer.plan.as_ref().unwrap(), None);
        assert!(!judgement.has_violations(Subject::Placement));
        for ((goal, counted), claimed) in judgement.goals.iter().zip(&answer.goals) {
            assert_eq!((goal, counted), (&claimed.goal, &claimed.value));
        }
    }
}

/// Two years of quarters at ten and twelve hospitals: 10^8 and 12^8 ways to fill them, of which a least stay
/// leaves few.
#[test]
fn only_legal_careers_count() {
    for (hospitals, stay_months_min, careers) in [(10, 12, 100), (12, 6, 25_356)] {
        let core = parts(Role::Core, 12, 1);
        let quarters = parts(Role::Affiliate, 3, 4);
        let mut scenario = with_years(hospitals + 1, vec![core, quarters.clone(), quarters]);
        scenario.unchecked_mut().rules.affiliate_stay_months_min = stay_months_min;
        let drawn = careers_of(&scenario, ResidentIx(0), LIST_MAX, &|| false).unwrap();
        assert_eq!(drawn.count(), careers);
    }
}

/// What takes longer than this beyond its limit does not look at the clock; no measure of speed.
const HANGING: Duration = Duration::from_secs(60);

/// Solves with a limit; the answer must come, and be honest.
fn with_limit(scenario: &Scenario, limit: Duration) -> Status {
    let start = Instant::now();
    let answer = solve(scenario, None, &Session::new(Some(limit)));
    let elapsed = start.elapsed();
    assert!(elapsed <= limit + HANGING, "{elapsed:?} with a limit of {limit:?}");
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
    let beside = tempfile::tempdir().unwrap();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_kenshu"));
    // It took over 200 s once; what hangs like that ends without an exit code.
    let command = command.env("LC_ALL", "C").timeout(HANGING);
    let output = command.arg("plan").arg(desk.path()).arg("--out").arg(beside.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("500 residents"), "{said}");
}

/// Three years of a core half and two quarters anywhere: millions of careers, shared by all residents.
#[test]
fn a_time_limit_holds_while_millions_of_careers_are_looked_through() {
    let mut scenario = program(Shape { seed: 1, intake: 12, years: 1, sites: 18, seats_percent: 100 });
    let part = |role, months| Part::of_role(role, months);
    let split = vec![part(Role::Core, 6), part(Role::Affiliate, 3), part(Role::Affiliate, 3)];
    let whole = vec![part(Role::Affiliate, 12)];
    scenario.unchecked_mut().courses[0].patterns =
        vec![Pattern { entries: vec![split.clone(), split, whole] }];
    scenario.unchecked_mut().courses.truncate(1);
    for resident in &mut scenario.unchecked_mut().residents {
        resident.course = None;
        resident.course_wishes.clear();
    }
    for milliseconds in [50, 400, 1500] {
        with_limit(&scenario, Duration::from_millis(milliseconds));
    }
}
