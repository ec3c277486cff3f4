//! The judge's re-check of certificates: genuine ones hold, false claims never do.

#![allow(clippy::panic, reason = "a test that cannot go on has failed")]

use std::cmp::Ordering;
use std::path::Path;

use kenshu::internal::audit::certificate::claim::{self, About, Outcome};
use kenshu::internal::audit::certificate::{Limit, Limits, Verdict, Verification, verify};
use kenshu::internal::audit::{audit, goal_values, seat_limit};
use kenshu::internal::calendar::Span;
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::files::folder::load;
use kenshu::internal::plan::certificate::{
    Certificate, Hold, Prices, Quantity, ResidentGoal, RowPrice, Step,
};
use kenshu::internal::plan::claims::{Claims, GoalClaim};
use kenshu::internal::plan::{Answer, GoalValue, Plan, Proof, Reason, Status, Window};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{
    Accreditation, CourseIx, Dated, FacilityIx, Goal, GoalKind, Lock, LockKind, Measure, Model, Role,
    Scenario, Stay, read,
};
use rand::prelude::*;

use crate::common::brute;
use crate::common::brute_places;
use crate::common::forger;
use crate::common::generate::generate;
use crate::common::program::{course, empty, facility, good_plan, program as small, resident};
use crate::common::programs::{Shape, program};
use crate::common::seeds::count;

fn answer(scenario: &Scenario, base: Option<&Plan>) -> Answer {
    solve(scenario, base, &Session::default())
}

fn all_proved(verification: &Verification) -> bool {
    verification.goals.iter().all(|(_, _, verdict)| *verdict == Verdict::Proved)
}

fn check(scenario: &Scenario, base: Option<&Plan>, answer: &Answer) -> Verification {
    verify(scenario, answer.plan.as_ref(), base, &answer.certificate, &Limits::default()).unwrap()
}

#[test]
fn genuine_certificates_hold() {
    let (mut optimal, mut infeasible) = (0, 0);
    for seed in 0..500 {
        let generated = generate(seed);
        let (scenario, base) = (&generated.scenario, generated.base.as_ref());
        let answer = answer(scenario, base);
        let verification = check(scenario, base, &answer);
        match answer.status {
            Status::Optimal => {
                assert!(answer.goals.iter().all(|goal| goal.proof == Proof::Certified), "seed {seed}");
                assert!(all_proved(&verification), "seed {seed}: {verification:?}");
                assert!(!verification.no_plan, "seed {seed}");
                optimal += 1;
            }
            Status::Infeasible => {
                assert!(verification.no_plan, "seed {seed}");
                infeasible += 1;
            }
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    assert!(optimal > 200 && infeasible > 50, "{optimal} optimal, {infeasible} infeasible");
}

#[test]
fn certificates_of_programs_of_real_size_hold() {
    for seed in 0..6 {
        let scenario =
            program(Shape { seed, intake: 11, years: 3, sites: 18, seats_percent: 36 + 2 * seed as u32 });
        let answer = answer(&scenario, None);
        assert!(all_proved(&check(&scenario, None, &answer)), "seed {seed}");
    }
}

fn shipped(name: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    read(&load(&folder).expect("a folder")).0.expect("a scenario")
}

/// Every goal of every shipped scenario is proved, and the judge finds it so: of the sections, whose careers take
/// seconds without optimisation, where `KENSHU_SCENARIOS` asks for more than the usual.
#[test]
fn certificates_of_shipped_scenarios_hold() {
    let folders = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")).unwrap();
    let mut names: Vec<String> =
        folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 10, "{names:?}");
    names.retain(|name| name != "keio-2019-sections" || count(1) > 1);
    for name in names {
        let scenario = shipped(&name);
        let answer = answer(&scenario, None);
        assert_eq!(answer.status, Status::Optimal, "{name}");
        assert!(all_proved(&check(&scenario, None, &answer)), "{name}");
    }
}

fn proves_no_plan(scenario: &Scenario, step: Step, unit: i64) -> bool {
    let certificate = Certificate { unit, cuts: Vec::new(), steps: vec![step] };
    verify(scenario, None, None, &certificate, &Limits::default()).unwrap().no_plan
}

fn no_plan(holds: Vec<Hold>, prices: Prices) -> Step {
    let proof = "certified".to_string();
    Step { goal: None, quantity: None, holds, value: 0, bound: 1, proof, prices, cases: None }
}

/// Three products of 2^126 wrap a sum of 128 bits; a price far from any reason is refused before that.
#[test]
fn sums_do_not_wrap() {
    let mut scenario = small();
    assert!(!audit(&scenario, &good_plan(&scenario), None).has_violations(Subject::Placement));
    scenario.unchecked_mut().goals.retain(|goal| goal.kind == GoalKind::Coverage);
    for number in [i64::MAX, i64::MAX / 2, 1 << 60, 1_000_000_000_000_000] {
        for count in 1..5 {
            let hold = Hold { quantity: Quantity::Cases(0), at_most: number };
            let prices = Prices { holds: vec![number; count], ..Prices::default() };
            assert!(!proves_no_plan(&scenario, no_plan(vec![hold; count], prices), 1), "{number} {count}");
        }
        let row = |months| RowPrice(Some("core".into()), "2020-04".into(), months, number);
        for rows in [vec![row(12)], vec![row(1), row(1)], vec![row(12), row(12), row(12)]] {
            let prices = Prices { seats: rows, ..Prices::default() };
            assert!(!proves_no_plan(&scenario, no_plan(Vec::new(), prices), number));
        }
    }
}

/// Seats bind decided months only: two people where one seat is now were there in 2018 without harm.
#[test]
fn rows_lie_where_they_bind() {
    let mut scenario = small();
    scenario.unchecked_mut().facilities[0].seats.initial = Some(1);
    let at = |facility: Option<&str>, month: &str, months| {
        let row = RowPrice(facility.map(String::from), month.into(), months, 720_720);
        let prices = Prices { seats: vec![row], ..Prices::default() };
        proves_no_plan(&scenario, no_plan(Vec::new(), prices), 720_720)
    };
    assert!(!at(Some("core"), "2018-04", 12) && !at(Some("core"), "2019-04", 12));
    assert!(!at(Some("core"), "2019-10", 12), "half of it lies in the past");
    assert!(!at(Some("core"), "2030-04", 12) && !at(Some("core"), "2020-04", 1_200), "nobody is left");
    assert!(!at(Some("elsewhere"), "2020-04", 12) && !at(Some("clinic"), "2020-04", 12));
    assert!(!at(None, "2020-04", 12), "no pool without that reading");
    assert!(!at(Some("core"), "2020-04", 0) && !at(Some("core"), "2020-04", u32::MAX));
    // Where it does bind, the same price proves it: r3, r5 and others must be at the core in 2020.
    assert!(at(Some("core"), "2020-04", 12));
}

/// What is claimed without proof is open or rejected, never re-established.
#[test]
fn claims_without_proof_do_not_hold() {
    let scenario = shipped("keio-2019-steady");
    let answer = answer(&scenario, None);
    let plan = answer.plan.as_ref();
    let genuine = claims(&scenario, plan, None, answer.certificate.clone());
    assert!(passes(&scenario, plan, None, &genuine));
    let fails = |what: &str, change: &dyn Fn(&mut Claims)| {
        let mut claims = genuine.clone();
        change(&mut claims);
        assert!(!passes(&scenario, plan, None, &claims), "{what}");
    };
    fails("no steps", &|claims| claims.certificate.steps.clear());
    fails("no steps, no proof", &|claims| {
        claims.certificate.steps.clear();
        claims.status = "feasible".into();
        claims.goals.iter_mut().for_each(|goal| goal.proof = "none".into());
    });
    for status in ["OPTIMAL", "unknown", "infeasible", "", "best"] {
        fails(status, &|claims| claims.status = status.into());
    }
    for proof in ["none", "solver", "CERTIFIED", ""] {
        fails(proof, &|claims| claims.goals[1].proof = proof.into());
    }
    fails("a bound above the value", &|claims| {
        claims.goals[0].proof = "none".into();
        claims.goals[0].bound = GoalValue::Number(1_000);
    });
    fails("a bound below the value", &|claims| claims.goals[3].bound = GoalValue::Number(0));
    fails("another value", &|claims| claims.goals[3].value = GoalValue::Number(0));
    fails("a goal less", &|claims| _ = claims.goals.pop());
    fails("a goal more", &|claims| claims.goals.push(claims.goals[0].clone()));
    fails("no goals", &|claims| claims.goals.clear());
    fails("another order", &|claims| claims.goals.swap(0, 4));
    fails("another program", &|claims| claims.scenario_hash.push('0'));
    assert!(!passes(&scenario, None, None, &genuine), "no placements");
}

/// Two years of six months at the core and six single months at any of 17 affiliates: some 10^16 careers, of
/// which a search sees what it needs to.
#[test]
fn careers_beyond_counting_are_not_listed() {
    let no_plan = |change: &dyn Fn(&mut Model)| {
        let mut scenario = empty(24);
        let model = scenario.unchecked_mut();
        model.facilities = vec![facility("core", Role::Core, Accreditation::Comprehensive, "9")];
        for number in 0..17 {
            let id = format!("a{number:02}");
            model.facilities.push(facility(&id, Role::Affiliate, Accreditation::Training, "9"));
        }
        let year = "core:6 affiliate:1 affiliate:1 affiliate:1 affiliate:1 affiliate:1 affiliate:1";
        model.courses = vec![course("A", &[&format!("{year}/{year}")])];
        model.residents = vec![resident("r1", 2020), resident("r2", 2021)];
        change(model);
        let nothing = Certificate { unit: 1, ..Certificate::default() };
        let limits = Limits { steps: 1_000_000, ..Limits::default() };
        verify(&scenario, None, None, &nothing, &limits).map(|verification| verification.no_plan)
    };
    assert_eq!(no_plan(&|_| ()), Ok(false));
    assert_eq!(no_plan(&|model| model.rules.affiliate_stay_months_min = 12), Ok(false));
    assert_eq!(no_plan(&|model| model.rules.affiliate_stay_months_min = 13), Ok(true));
    assert_eq!(no_plan(&|model| model.rules.core_months_min = 12), Ok(false));
    assert_eq!(no_plan(&|model| model.rules.comprehensive_months_min = 13), Ok(true));
    assert_eq!(no_plan(&|model| model.rules.facilities_min = 5), Ok(false));
    assert_eq!(no_plan(&|model| model.rules.facilities_min = 7), Ok(true));
}

/// However long a certificate is, looking through it ends.
#[test]
fn a_re_check_ends_at_its_limits() {
    let scenario = shipped("keio-2019-steady");
    let answer = answer(&scenario, None);
    let mut certificate = answer.certificate.clone();
    let step = certificate.steps[certificate.steps.len() - 1].clone();
    certificate.steps.extend(std::iter::repeat_n(step, 2_000));
    let plan = answer.plan.as_ref();
    let ended = |limits: Limits<'_>| verify(&scenario, plan, None, &certificate, &limits).err();
    assert_eq!(ended(Limits { stopped: &|| true, ..Limits::default() }), Some(Limit::Time));
    assert_eq!(ended(Limits { steps: 10_000_000, ..Limits::default() }), Some(Limit::Steps));
    assert_eq!(ended(Limits { bytes: 1_000_000, ..Limits::default() }), Some(Limit::Memory));
}

/// How many forged claims are tried; the long run asks for 100,000.
fn forged_claims() -> usize {
    count(1_000)
}

/// Legal plans that are worse than the best.
fn worse_plans(
    scenario: &Scenario,
    base: Option<&Plan>,
    best: &[GoalValue],
    random: &mut StdRng,
) -> Vec<Plan> {
    let careers: Vec<Vec<brute::Career>> =
        scenario.resident_ixs().map(|ix| brute::careers(scenario, ix).into_iter().collect()).collect();
    let mut plans = Vec::new();
    for _ in 0..12 {
        let mut plan = Plan::default();
        for resident in scenario.resident_ixs() {
            if let Some(career) = careers[resident.0].choose(random) {
                plan.rows.extend(brute::rows(scenario, resident, career));
            }
        }
        let values = values(scenario, &plan, base);
        let legal = !audit(scenario, &plan, base).has_violations(Subject::Placement);
        if legal && brute::compare(&values, best) == Ordering::Greater {
            plans.push(plan);
        }
    }
    plans
}

fn values(scenario: &Scenario, plan: &Plan, base: Option<&Plan>) -> Vec<GoalValue> {
    goal_values(scenario, plan, base).into_iter().map(|(_, value)| value).collect()
}

/// What a `plan.json` would say of the plan, were it the best; without one, that there is none.
fn claims(scenario: &Scenario, plan: Option<&Plan>, base: Option<&Plan>, certificate: Certificate) -> Claims {
    let of = |(goal, value): (Goal, GoalValue)| GoalClaim {
        goal: goal.kind.id().into(),
        measure: goal.measure.id().into(),
        bound: value.clone(),
        value,
        proof: "certified".into(),
    };
    let goals = plan.map(|plan| goal_values(scenario, plan, base).into_iter().map(of).collect());
    Claims {
        scenario_hash: scenario.hash.clone(),
        status: if plan.is_some() { "optimal" } else { "infeasible" }.into(),
        goals: goals.unwrap_or_default(),
        quotas: Vec::new(),
        certificate,
        frozen: Vec::new(),
        nowhere: Vec::new(),
    }
}

/// Leaves claims as they are, mostly; else changes what is said beside the certificate.
fn forge_words(claims: &mut Claims, random: &mut StdRng) {
    let word = |random: &mut StdRng| {
        *["optimal", "OPTIMAL", "feasible", "infeasible", "unknown", "", "certified", "none", "solver"]
            .choose(random)
            .unwrap()
    };
    let number =
        |random: &mut StdRng| GoalValue::Number(*[0, -1, 1, i64::MAX, i64::MIN].choose(random).unwrap());
    match random.random_range(0..14) {
        0 => claims.status = word(random).into(),
        1 => claims.goals.clear(),
        2 => _ = claims.goals.pop(),
        3 => claims.goals.reverse(),
        4 => claims.goals.extend(claims.goals.clone()),
        5 => claims.goals.iter_mut().for_each(|goal| goal.proof = word(random).into()),
        6 => claims.goals.iter_mut().for_each(|goal| goal.bound = number(random)),
        7 => claims.goals.iter_mut().for_each(|goal| goal.value = number(random)),
        _ => {}
    }
}

/// Whether `audit` would end in exit code 0 as far as claims go.
fn passes(scenario: &Scenario, plan: Option<&Plan>, base: Option<&Plan>, claims: &Claims) -> bool {
    let verdicts = claim::check(scenario, plan, base, claims, &Limits::default());
    let about_proofs = verdicts.iter().filter(|verdict| verdict.about != About::Cases);
    about_proofs.into_iter().all(|verdict| verdict.outcome() == Outcome::Holds)
}

/// Whatever is forged, no worse plan is proved best and no program with a plan is proved to have none.
#[test]
fn no_forged_claim_passes() {
    let mut random = StdRng::seed_from_u64(11);
    let (mut tried, mut scenarios, mut true_claims, mut true_passed) = (0, 0, 0, 0);
    for seed in 0.. {
        if tried >= forged_claims() {
            break;
        }
        let generated = generate(seed);
        let (scenario, base) = (&generated.scenario, generated.base.as_ref());
        if brute::combinations(scenario) > 2_000 {
            continue;
        }
        let answer = answer(scenario, base);
        let Some(best) = &answer.plan else { continue };
        let worse = worse_plans(scenario, base, &values(scenario, best, base), &mut random);
        scenarios += 1;
        for round in 0..60 {
            let plan = if round % 3 == 0 { None } else { worse.choose(&mut random) };
            let forged = forger::certificate(&mut random, scenario, plan, base, &answer.certificate);
            let mut claims = claims(scenario, plan, base, forged);
            // A plan said to be there can hardly be claimed not to exist, but it is tried.
            forge_words(&mut claims, &mut random);
            let shown = if plan.is_none() && round % 2 == 0 { Some(best) } else { plan };
            if claims.status == "infeasible" || plan.is_some() {
                let passed = passes(scenario, shown, base, &claims);
                assert!(!passed, "seed {seed}, round {round}: {claims:#?}");
                tried += 1;
            }
            if round % 10 == 0 {
                // True claims with forged proofs may pass or not; that the best plan is none never does.
                let forged =
                    forger::certificate(&mut random, scenario, Some(best), base, &answer.certificate);
                let verification = verify(scenario, Some(best), base, &forged, &Limits::default()).unwrap();
                assert!(!verification.no_plan, "seed {seed}: {forged:#?}");
                true_claims += 1;
                true_passed += usize::from(all_proved(&verification));
            }
        }
    }
    println!(
        "{tried} false claims over {scenarios} scenarios, none passed; {true_passed} of {true_claims} true \
         claims with forged proofs were proved all the same"
    );
    assert!(true_passed > 0 && true_passed < true_claims, "the forger stays near the truth");
}

/// The scenario whose best plan needs cuts: however they are changed, no worse plan is proved best.
#[test]
fn no_cut_however_changed_proves_a_worse_plan_best() {
    let scenario = shipped("keio-2019-scarce");
    let best = answer(&scenario, None);
    assert!(!best.certificate.cuts.is_empty() && all_proved(&check(&scenario, None, &best)));
    let best_values: Vec<GoalValue> = best.goals.iter().map(|goal| goal.value.clone()).collect();
    let mut random = StdRng::seed_from_u64(23);
    let (mut worse, mut tried) = (0, 0);
    for _ in 0..8 {
        let mut locked = scenario.clone();
        for _ in 0..4 {
            // Kept from the facility they wish for most.
            let number = random.random_range(0..locked.residents.len());
            let resident = &mut locked.unchecked_mut().residents[number];
            let Some(&facility) = resident.facility_wishes.first() else { continue };
            let span = Span::new(scenario.start(), 60);
            resident
                .locks
                .push(Lock { stay: Stay { facility, span, section: None }, kind: LockKind::MustNot });
        }
        let Some(plan) = answer(&locked, None).plan else { continue };
        let values: Vec<GoalValue> = values(&scenario, &plan, None);
        if brute::compare(&values, &best_values) != Ordering::Greater {
            continue;
        }
        worse += 1;
        let mut certificate = best.certificate.clone();
        claim(&mut certificate, &scenario, &plan, None);
        for _ in 0..12 {
            let wild = [0, 1, -1, i64::MAX, i64::MIN][random.random_range(0..5)];
            mutilate_cut(&mut certificate, wild, &mut random);
            let verification =
                verify(&scenario, Some(&plan), None, &certificate, &Limits::default()).unwrap();
            assert!(!all_proved(&verification) && !verification.no_plan);
            tried += 1;
            if certificate.cuts.is_empty() {
                certificate.cuts.clone_from(&best.certificate.cuts);
            }
        }
    }
    assert!(worse >= 4 && tried >= 48, "{worse} worse plans, {tried} tried");
}

/// Claims of another plan what was proved of the best.
fn claim(certificate: &mut Certificate, scenario: &Scenario, plan: &Plan, base: Option<&Plan>) {
    for step in &mut certificate.steps {
        if let Some(quantity) = step.quantity {
            step.value = forger::count(scenario, plan, base, quantity);
            step.bound = step.value;
            for hold in &mut step.holds {
                // What a cut's sites offer is a matter of the tables, whatever the plan.
                if !matches!(hold.quantity, Quantity::Cases(_)) {
                    hold.at_most = forger::count(scenario, plan, base, hold.quantity);
                }
            }
        }
    }
}

/// Changes one thing of a shared case volume that the certificate names.
fn mutilate_cut(certificate: &mut Certificate, wild: i64, random: &mut StdRng) {
    if certificate.cuts.is_empty() {
        return;
    }
    let number = random.random_range(0..certificate.cuts.len());
    let other = certificate.cuts[random.random_range(0..certificate.cuts.len())].clone();
    let cut = &mut certificate.cuts[number];
    match random.random_range(0..7) {
        0 => cut.offer = wild,
        1 => cut.case = other.case,
        2 => cut.case.push('x'),
        3 => cut.sites = other.sites,
        4 => cut.sites.clear(),
        5 => cut.sites.iter_mut().for_each(|(_, year)| *year += 1),
        _ => _ = certificate.cuts.remove(number),
    }
}

/// What is said of an infeasible scenario is true by counting, over careers found without the solver.
#[test]
fn a_count_that_shows_there_is_no_plan_is_true() {
    let (mut counted, mut by_years, mut no_career, mut infeasible) = (0, 0, 0, 0);
    for seed in 0..700 {
        let generated = generate(seed);
        let (scenario, base) = (&generated.scenario, generated.base.as_ref());
        let answer = answer(scenario, base);
        if answer.status != Status::Infeasible {
            continue;
        }
        infeasible += 1;
        let count = match &answer.reason {
            Some(Reason::Seats(count)) => count,
            reason => {
                no_career += i32::from(matches!(reason, Some(Reason::NoCareer { .. })));
                continue;
            }
        };
        assert!(count.needed > count.offered, "seed {seed}");
        let Window::Months(span) = count.window else {
            assert!(check(scenario, base, &answer).no_plan, "seed {seed}");
            by_years += 1;
            continue;
        };
        // Of supervisors in one pool nobody has to be anywhere in particular.
        if count.facilities.is_empty() {
            continue;
        }
        counted += 1;
        let facilities = &count.facilities;
        assert_eq!(count.residents.len() as i64, count.needed, "seed {seed}");
        for month in span.iter() {
            let seats: Option<u32> = facilities.iter().map(|&f| seat_limit(scenario, f, month)).sum();
            assert_eq!(seats.map(i64::from), Some(count.offered), "seed {seed}, {month}");
            for &resident in &count.residents {
                let careers = brute::careers(scenario, resident);
                let at = scenario.due(resident).position(|due| due == month).expect("a month with a seat");
                assert!(careers.iter().all(|(_, places)| facilities.contains(&places[at])), "seed {seed}");
            }
        }
    }
    println!(
        "{infeasible} infeasible: {counted} by a month, {by_years} by years, {no_career} without a career"
    );
    assert!(
        counted > 50 && by_years > 10 && no_career > 10,
        "{counted}, {by_years}, {no_career} of {infeasible}"
    );
}

/// Where tables say rules: whatever prices a step names, no worse plan is proved the best, and no program with a
/// plan proved to have none.
#[test]
fn no_forged_proof_about_rules_of_tables_passes() {
    use crate::common::ruled::with_rules;
    let mut random = StdRng::seed_from_u64(17);
    let (mut worse, mut proved) = (0, 0);
    for seed in 0..120 {
        let generated = with_rules(seed);
        let (scenario, base) = (&generated.scenario, generated.base.as_ref());
        let Some(mut plans) = brute_places::plans(scenario, base) else { continue };
        plans.sort_by(|(one, _), (other, _)| brute::compare(one, other));
        let Some((best, _)) = plans.first().cloned() else { continue };
        for _ in 0..4 {
            let (values, plan) = plans.choose(&mut random).unwrap().clone();
            // The first goal in which something better is known, all before being equal.
            let beaten = values.iter().zip(&best).position(|(own, best)| own != best);
            worse += usize::from(beaten.is_some());
            for _ in 0..8 {
                let forged =
                    forger::certificate(&mut random, scenario, Some(&plan), base, &Certificate::default());
                let limits = Limits::default();
                let checked = verify(scenario, Some(&plan), base, &forged, &limits).unwrap();
                assert!(!checked.no_plan, "seed {seed}: {forged:?}");
                let is_proved = |goal: usize| checked.goals[goal].2 == Verdict::Proved;
                assert!(!beaten.is_some_and(is_proved), "seed {seed}: {forged:?}");
                proved += (0..values.len()).filter(|goal| is_proved(*goal)).count();
            }
        }
    }
    assert!(worse > 50 && proved > 100, "{worse} worse plans, {proved} goals proved");
}

/// Residents on a year at an affiliate or on four months there, who wish for few of three: totals come in fours, and in
/// twelves where whoever is there for four months is at their first.
fn in_parts(random: &mut StdRng) -> Scenario {
    let mut scenario = empty(24);
    let model = scenario.unchecked_mut();
    model.goals = vec![Goal { kind: GoalKind::FacilityWishes, measure: Measure::Sum }];
    model.facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "4"),
        facility("one", Role::Affiliate, Accreditation::Training, "1"),
        facility("two", Role::Affiliate, Accreditation::Training, "1"),
        facility("three", Role::Affiliate, Accreditation::Training, "2"),
    ];
    for (at, facility) in model.facilities.iter_mut().enumerate().skip(1) {
        facility.seats = Dated::constant(Some(if at == 3 { 4 } else { 1 }));
    }
    model.courses =
        vec![course("A", &["core:12/affiliate:12"]), course("B", &["core:12/core:8 affiliate:4"])];
    for number in 0..random.random_range(3..=4) {
        let mut resident = resident(&format!("r{number}"), 2020);
        resident.course = Some(CourseIx(usize::from(random.random_bool(0.4))));
        let mut wishes: Vec<FacilityIx> = [1, 2, 3].map(FacilityIx).into();
        if random.random_bool(0.5) {
            wishes.shuffle(random);
        }
        wishes.truncate(random.random_range(1..=3));
        resident.facility_wishes = wishes;
        model.residents.push(resident);
    }
    scenario
}

/// A claim that nothing is better than the plan, by prices of seats at two affiliates in the three parts of the year.
fn claimed(value: i64, prices: [[i64; 3]; 2]) -> Certificate {
    let row = |at: usize, part: usize| {
        let (facility, from) = (["one", "two"][at], ["2021-04", "2021-08", "2021-12"][part]);
        RowPrice(Some(facility.into()), from.into(), 4, prices[at][part])
    };
    let rows = (0..2).flat_map(|at| (0..3).map(move |part| (at, part)));
    let seats = rows.map(|(at, part)| row(at, part)).filter(|row| row.3 > 0).collect();
    let step = Step {
        goal: Some(0),
        quantity: Some(Quantity::Total(ResidentGoal::FacilityWishes)),
        holds: Vec::new(),
        value,
        bound: value,
        proof: "certified".into(),
        prices: Prices { seats, ..Prices::default() },
        cases: None,
    };
    Certificate { unit: 1, cuts: Vec::new(), steps: vec![step] }
}

/// Two are at most at their first affiliate, which has one seat, so one is a year at the second: 12. Prices of 5 prove 5 and
/// say that whoever is there for four months is at their own first affiliate in every plan of less than 12: no
/// such plan is worth 4 or 8.
#[test]
fn what_careers_leave_proves_the_next_total() {
    let mut random = StdRng::seed_from_u64(0);
    let mut scenario = in_parts(&mut random);
    let model = scenario.unchecked_mut();
    model.facilities[1].seats = Dated::constant(Some(1));
    model.facilities[2].seats = Dated::constant(Some(4));
    model.residents = ["r1", "r2", "r3"].map(|id| resident(id, 2020)).into();
    for (resident, (course, wishes)) in
        model.residents.iter_mut().zip([(0, [1, 2, 3]), (0, [1, 2, 3]), (1, [3, 1, 2])])
    {
        resident.course = Some(CourseIx(course));
        resident.facility_wishes = wishes.map(FacilityIx).into();
    }
    let mut plans = brute_places::plans(&scenario, None).unwrap();
    plans.sort_by(|(one, _), (other, _)| brute::compare(one, other));
    let of_value = |value: i64| plans.iter().find(|(values, _)| values[0] == GoalValue::Number(value));
    assert_eq!(plans[0].0, [GoalValue::Number(12)]);
    let is_proved = |value: i64, prices: [[i64; 3]; 2]| {
        let plan = &of_value(value).expect("a plan of this value").1;
        let certificate = claimed(value, prices);
        all_proved(&verify(&scenario, Some(plan), None, &certificate, &Limits::default()).unwrap())
    };
    assert!(is_proved(12, [[0, 5, 0], [0; 3]]), "by what is left under these prices");
    assert!(is_proved(12, [[3, 3, 3], [0; 3]]), "by the bound alone");
    // Whoever is there for four months may be elsewhere, as far as these prices know.
    assert!(!is_proved(12, [[0, 3, 0], [0; 3]]));
    assert!(!is_proved(12, [[0; 3]; 2]));
    // Nor is more proved than there is.
    assert!(!is_proved(20, [[0, 5, 0], [0; 3]]));
    assert!(!is_proved(24, [[0, 5, 0], [0; 3]]));
}

/// Whatever prices are named, no plan is proved best that brute force can better by what careers are said to leave.
#[test]
fn no_worse_plan_is_proved_best_by_what_careers_leave() {
    let mut random = StdRng::seed_from_u64(23);
    let (mut worse, mut proved) = (0, 0);
    for _ in 0..count(60).max(60) {
        let scenario = in_parts(&mut random);
        let Some(mut plans) = brute_places::plans(&scenario, None) else { continue };
        plans.sort_by(|(one, _), (other, _)| brute::compare(one, other));
        let Some((best, _)) = plans.first().cloned() else { continue };
        for number in 0..40 {
            let (values, plan) = match number % 4 {
                1.. => &plans[0],
                _ => plans.choose(&mut random).unwrap(),
            };
            let [GoalValue::Number(value)] = values[..] else { panic!("{values:?}") };
            let prices = [(); 2].map(|()| match random.random_range(0..=12) {
                all if random.random_bool(0.5) => [0, all, 0],
                all => [all / 3, all - all / 3 * 2, all / 3],
            });
            let certificate = claimed(value, prices);
            let checked = verify(&scenario, Some(plan), None, &certificate, &Limits::default()).unwrap();
            let is_proved = all_proved(&checked);
            assert!(!is_proved || *values == best, "{best:?}: {certificate:#?} {scenario:#?}");
            worse += usize::from(*values != best);
            proved += usize::from(is_proved && value > 0);
        }
    }
    println!("{worse} worse plans, {proved} proved");
    assert!(worse > 300 && proved > 100, "{worse} worse plans, {proved} proved");
}
