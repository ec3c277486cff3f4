//! Case volumes end to end: what cuts claim, what more cases do, and the scarce scenario.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;

use crate::common::brute::compare;
use crate::common::generate::generate;
use crate::common::seeds::seeds;
use kenshu::internal::audit::{audit, check_quotas};
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::files::folder::load;
use kenshu::internal::plan::{Answer, GoalValue, Plan, Status};
use kenshu::internal::regulation::{Rule, Subject};
use kenshu::internal::scenario::{CaseItem, Facility, FacilityIx, Model, ResidentIx, Role, Scenario, read};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

fn answer(scenario: &Scenario, base: Option<&Plan>) -> Answer {
    solve(scenario, base, &Session::default())
}

fn values(answer: &Answer) -> Vec<GoalValue> {
    answer.goals.iter().map(|goal| goal.value.clone()).collect()
}

fn scenario(name: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let (scenario, findings) = read(&load(&folder).expect("a folder"));
    scenario.unwrap_or_else(|| unreachable!("{name}: {:?}", findings.list))
}

/// More cases at one facility, from some month on or always.
fn with_more_cases(scenario: &Scenario, random: &mut StdRng) -> Scenario {
    let mut richer = scenario.clone();
    let facility = random.random_range(0..richer.facilities.len());
    let volume = random.random_range(0..richer.volumes.len());
    let more = Decimal::from(random.random_range(1..60));
    let dated = &mut richer.unchecked_mut().facilities[facility].volumes[volume];
    for value in std::iter::once(&mut dated.initial).chain(dated.changes.iter_mut().map(|(_, value)| value)) {
        // An unknown volume stays one: otherwise the item would begin to be assessed.
        *value = value.map(|value| value + more);
    }
    richer
}

#[test]
fn more_cases_never_make_a_plan_worse() {
    let (mut better, mut same) = (0, 0);
    for seed in seeds(800) {
        let generated = generate(seed);
        if generated.scenario.cases.is_empty() {
            continue;
        }
        let mut random = StdRng::seed_from_u64(seed);
        let richer = with_more_cases(&generated.scenario, &mut random);
        let base = generated.base.as_ref();
        let (before, after) = (answer(&generated.scenario, base), answer(&richer, base));
        match (before.status, after.status) {
            (Status::Optimal, Status::Optimal) => match compare(&values(&after), &values(&before)) {
                Ordering::Less => better += 1,
                Ordering::Equal => same += 1,
                Ordering::Greater => panic!("seed {seed}: more cases made it worse"),
            },
            (Status::Infeasible, Status::Optimal) => better += 1,
            (Status::Infeasible, Status::Infeasible) => {}
            (before, after) => panic!("seed {seed}: {before:?}, then {after:?}"),
        }
    }
    println!("{better} better, {same} the same");
    assert!(better > 10 && same > 100, "{better} better, {same} the same");
}

/// What a facility offers in an academic year, written down once more from the rule.
fn offer(scenario: &Scenario, item: &CaseItem, facility: FacilityIx, year: i32) -> i64 {
    let volume = &scenario.facility(facility).volumes[item.volume];
    let months = scenario.calendar.span_of(year).iter();
    let sum: Decimal = months.map(|month| volume.at(month).unwrap_or_default()).sum();
    (sum * item.trainee_share).floor().to_i64().expect("a small number").div_euclid(12)
}

/// For any sites whatever: in a plan that gives everybody their cases, what residents need beyond what
/// they can get elsewhere is no more than the sites offer. So no cut removes a sufficient plan.
#[test]
fn no_cut_removes_a_sufficient_plan() {
    let (mut cuts, mut tight) = (0, 0);
    for seed in seeds(1_200) {
        let generated = generate(seed);
        let scenario = &generated.scenario;
        let Some(plan) = answer(scenario, None).plan else { continue };
        if scenario.cases.is_empty() {
            continue;
        }
        let mut months: BTreeMap<(usize, FacilityIx, i32), i64> = BTreeMap::new();
        for row in &plan.rows {
            let service = scenario.service(row.resident);
            // Cases do not accrue in leave.
            for month in row.span.iter().filter(|month| service.at(*month).is_some_and(|this| this.cases)) {
                let year = scenario.calendar.year_of(month);
                *months.entry((row.resident.0, row.facility, year)).or_default() += 1;
            }
        }
        let unassessed = |item: &CaseItem| {
            let known = |facility: &Facility| {
                let volume = &facility.volumes[item.volume];
                let values = std::iter::once(&volume.initial).chain(volume.changes.iter().map(|(_, v)| v));
                facility.role == Role::Associated || values.into_iter().all(Option::is_some)
            };
            !scenario.rules.unknown_volumes_are_zero && !scenario.facilities.iter().all(known)
        };
        let mut random = StdRng::seed_from_u64(seed);
        for (case, item) in scenario.cases.iter().enumerate().filter(|(_, item)| !unassessed(item)) {
            for _ in 0..8 {
                let years: Vec<i32> =
                    scenario.calendar.split(scenario.horizon()).into_iter().map(|(year, _)| year).collect();
                let sites: Vec<(FacilityIx, i32)> = scenario
                    .facility_ixs()
                    .flat_map(|facility| years.iter().map(move |&year| (facility, year)))
                    .filter(|_| random.random_bool(0.5))
                    .collect();
                let offered: i64 = sites
                    .iter()
                    .filter(|(f, _)| scenario.facility(*f).role != Role::Associated)
                    .map(|&(facility, year)| offer(scenario, item, facility, year))
                    .sum();
                let demanded: i64 = (0..scenario.residents.len())
                    .filter(|&r| scenario.completes(ResidentIx(r)))
                    .map(|resident| {
                        let logged = scenario.residents[resident].logged[case];
                        let need = i64::from(item.target) - i64::from(logged) - i64::from(item.supplement());
                        let elsewhere: i64 = months
                            .iter()
                            .filter(|((of, facility, year), _)| {
                                *of == resident && !sites.contains(&(*facility, *year))
                            })
                            .map(|((_, facility, year), m)| {
                                (offer(scenario, item, *facility, *year) * m).div_euclid(12)
                            })
                            .sum();
                        (need - elsewhere).max(0)
                    })
                    .sum();
                assert!(demanded <= offered, "seed {seed}: {demanded} of {offered} at {sites:?}");
                cuts += 1;
                tight += usize::from(demanded > 0 && demanded == offered);
            }
        }
    }
    println!("{cuts} sets of sites, {tight} used up");
    assert!(cuts > 2_000 && tight > 0, "{cuts} sets of sites, {tight} used up");
}

#[test]
fn scarce_radiotherapy_decides_who_goes_where() {
    let scarce = scenario("keio-2019-scarce");
    let with = answer(&scarce, None);
    let plan = with.plan.as_ref().expect("a plan");
    assert_eq!(with.status, Status::Optimal);
    assert!(with.case_rounds > 0, "the first plans were short of cases");
    assert!(!audit(&scarce, plan, None).has_violations(Subject::Placement));
    assert_eq!(check_quotas(&scarce, plan, &with.quotas), Vec::new());
    assert!(with.margins.iter().all(|margin| margin.factor.0 >= margin.factor.1));

    let careless = Scenario::unchecked(Model { cases: Vec::new(), ..Model::clone(&scarce) });
    let without = answer(&careless, None);
    assert_eq!(without.status, Status::Optimal);
    assert_eq!(compare(&values(&without), &values(&with)), Ordering::Less, "cases cost wishes here");
    let judgement = audit(&scarce, without.plan.as_ref().expect("a plan"), None);
    let broken: Vec<Rule> = judgement.violations(Subject::Placement).map(|finding| finding.rule).collect();
    assert!(!broken.is_empty() && broken.iter().all(|rule| *rule == Rule::CaseVolume), "{broken:?}");
}

/// At the margin's factor the plan still suffices; at any more it does not. Targets are whole, so this
/// is shown where the factor times the target is whole.
#[test]
fn a_margin_is_what_raised_targets_say() {
    let mut shown = 0;
    for seed in seeds(1_000) {
        let scenario = generate(seed).scenario;
        let answer = answer(&scenario, None);
        let Some(plan) = &answer.plan else { continue };
        for margin in &answer.margins {
            let item = &scenario.cases[margin.case.0];
            let (numerator, denominator) = margin.factor;
            let raised = u128::from(item.target) * numerator / denominator;
            let is_short = |target: u128| {
                let mut other = scenario.clone();
                let supplement = item.supplement();
                other.unchecked_mut().cases[margin.case.0].target =
                    u32::try_from(target).expect("a small number");
                other.unchecked_mut().cases[margin.case.0].supplement_max = supplement;
                let judgement = audit(&other, plan, None);
                judgement.of(Rule::CaseVolume).any(|f| f.severity == Severity::Error)
            };
            if raised >= u128::from(item.supplement()) {
                assert!(!is_short(raised), "seed {seed}: {margin:?}");
            }
            assert!(is_short(raised + 1), "seed {seed}: {margin:?}");
            shown += 1;
        }
    }
    assert!(shown > 150, "{shown} margins");
}
