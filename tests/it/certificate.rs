//! The judge's re-check of certificates: genuine ones hold, false claims never do.

#![allow(clippy::panic, reason = "a test that cannot go on has failed")]

use std::cmp::Ordering;
use std::path::Path;

use crate::common::brute;
use crate::common::generate::generate;
use crate::common::programs::{Shape, program};
use kenshu::audit::certificate::{Verdict, Verification, verify};
use kenshu::audit::seat_limit;
use kenshu::calendar::Span;
use kenshu::cli::folder::load;
use kenshu::engine::{Session, solve};
use kenshu::plan::certificate::{Cases, Certificate, Quantity, RowPrice};
use kenshu::plan::{Answer, GoalValue, Plan, Proof, Reason, Status, Window};
use kenshu::scenario::{Lock, LockKind, Scenario, Stay, read};
use rand::prelude::*;

fn answer(scenario: &Scenario, base: Option<&Plan>) -> Answer {
    solve(scenario, base, &Session::default())
}

fn all_proved(verification: &Verification) -> bool {
    verification.goals.iter().all(|(_, _, verdict)| *verdict == Verdict::Proved)
}

fn check(scenario: &Scenario, base: Option<&Plan>, answer: &Answer) -> Verification {
    verify(scenario, answer.plan.as_ref(), base, &answer.certificate).expect("few careers")
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

/// Whatever is done to a certificate, it never proves a plan best that is not.
#[test]
fn no_certificate_proves_a_worse_plan_best() {
    let mut random = StdRng::seed_from_u64(11);
    let (mut tried, mut refused) = (0, 0);
    for seed in 0..250 {
        let generated = generate(seed);
        let (scenario, base) = (&generated.scenario, generated.base.as_ref());
        if brute::combinations(scenario) > 2_000 {
            continue;
        }
        let answer = answer(scenario, base);
        let Some(best) = &answer.plan else { continue };
        let best_values: Vec<GoalValue> = answer.goals.iter().map(|goal| goal.value.clone()).collect();
        for _ in 0..20 {
            let other = another_plan(scenario, &mut random);
            let values: Vec<GoalValue> =
                kenshu::audit::goal_values(scenario, &other, base).into_iter().map(|(_, v)| v).collect();
            let legal = !kenshu::audit::audit(scenario, &other, base)
                .has_violations(kenshu::regulation::Subject::Placement);
            if !legal || brute::compare(&values, &best_values) != Ordering::Greater {
                continue;
            }
            // The genuine certificate, claimed for the worse plan, and mutilated in any way.
            let mut certificate = answer.certificate.clone();
            claim(&mut certificate, scenario, &other, base);
            for _ in 0..3 {
                mutilate(&mut certificate, &mut random);
                let verification = verify(scenario, Some(&other), base, &certificate).expect("few careers");
                assert!(!all_proved(&verification), "seed {seed}: {certificate:?}");
                assert!(!verification.no_plan, "seed {seed}");
                tried += 1;
                refused += verification
                    .goals
                    .iter()
                    .filter(|(_, _, verdict)| matches!(verdict, Verdict::NotProved(_)))
                    .count();
            }
        }
        // Mutilated certificates of the true optimum may fail, but never prove that there is no plan.
        let mut certificate = answer.certificate.clone();
        for _ in 0..20 {
            mutilate(&mut certificate, &mut random);
            let verification = verify(scenario, Some(best), base, &certificate).expect("few careers");
            assert!(!verification.no_plan, "seed {seed}");
        }
    }
    assert!(tried > 500 && refused >= tried, "{tried} tried");
}

/// The scenario whose best plan needs cuts: however they are changed, no worse plan is proved best.
#[test]
fn no_cut_however_changed_proves_a_worse_plan_best() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/keio-2019-scarce");
    let scenario = read(&load(&folder).expect("a folder")).0.expect("a scenario");
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
            resident.locks.push(Lock { stay: Stay { facility, span }, kind: LockKind::MustNot });
        }
        let Some(plan) = answer(&locked, None).plan else { continue };
        let values: Vec<GoalValue> =
            kenshu::audit::goal_values(&scenario, &plan, None).into_iter().map(|(_, v)| v).collect();
        if brute::compare(&values, &best_values) != Ordering::Greater {
            continue;
        }
        worse += 1;
        let mut certificate = best.certificate.clone();
        claim(&mut certificate, &scenario, &plan, None);
        for _ in 0..12 {
            let wild = [0, 1, -1, i64::MAX, i64::MIN][random.random_range(0..5)];
            mutilate_cut(&mut certificate, wild, &mut random);
            let verification = verify(&scenario, Some(&plan), None, &certificate).expect("few careers");
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
            step.value = count(scenario, plan, base, quantity);
            step.bound = step.value;
            for hold in &mut step.holds {
                // What a cut's sites offer is a matter of the tables, whatever the plan.
                if !matches!(hold.quantity, Quantity::Cases(_)) {
                    hold.at_most = count(scenario, plan, base, hold.quantity);
                }
            }
        }
    }
}

/// A random combination of legal careers.
fn another_plan(scenario: &Scenario, random: &mut StdRng) -> Plan {
    let mut plan = Plan::default();
    for resident in scenario.resident_ixs() {
        let careers: Vec<_> = brute::careers(scenario, resident).into_iter().collect();
        if let Some(career) = careers.choose(random) {
            plan.rows.extend(brute::rows(scenario, resident, career));
        }
    }
    plan
}

fn count(scenario: &Scenario, plan: &Plan, base: Option<&Plan>, quantity: Quantity) -> i64 {
    use kenshu::plan::certificate::ResidentGoal as Of;
    use kenshu::scenario::GoalKind as Kind;
    let values = |of| {
        let kind = match of {
            Of::CourseWishes => Kind::CourseWishes,
            Of::FacilityWishes => Kind::FacilityWishes,
            Of::Repeats => Kind::Repeats,
            Of::Stability => Kind::Stability,
        };
        kenshu::audit::resident_values(scenario, plan, base, kind)
    };
    match quantity {
        Quantity::Coverage => kenshu::audit::coverage_shortfall(scenario, plan).values().sum(),
        Quantity::Total(of) => values(of).iter().sum(),
        Quantity::Cases(_) => unreachable!("no goal counts cases"),
        Quantity::AtLeast(of, level) => values(of).iter().filter(|&&v| v >= level).count() as i64,
    }
}

/// Changes one thing at random, from a subtle price to a senseless number.
fn mutilate(certificate: &mut Certificate, random: &mut StdRng) {
    let steps = certificate.steps.len();
    if steps == 0 {
        return;
    }
    let number = random.random_range(0..steps);
    let other = certificate.steps[random.random_range(0..steps)].clone();
    let wild = [0, 1, -1, 720_720, i64::MAX, i64::MIN, 3_000_000][random.random_range(0..7)];
    if random.random_bool(0.1) {
        mutilate_cut(certificate, wild, random);
        return;
    }
    let step = &mut certificate.steps[number];
    match random.random_range(0..16) {
        0 => certificate.unit = wild,
        1 => step.goal = other.goal,
        2 => step.quantity = other.quantity,
        3 => step.holds = other.holds,
        4 => step.holds.iter_mut().for_each(|hold| hold.at_most = wild),
        5 => step.bound = wild,
        6 => step.value = wild,
        7 => step.prices = other.prices,
        8 => step.prices.holds.iter_mut().for_each(|price| *price = wild),
        9 => step.prices.seats.iter_mut().for_each(|RowPrice(_, _, _, price)| *price = wild),
        10 => step.prices.coverage.iter_mut().for_each(|RowPrice(_, _, _, price)| *price = wild),
        11 => step.prices.seats.iter_mut().for_each(|RowPrice(_, _, months, _)| *months += 1),
        12 => step.prices.coverage.push(RowPrice(Some("f1".into()), "2020-04".into(), 12, wild)),
        13 => step.cases = Some(Box::new(Cases::NoCareer("r1".into()))),
        14 => step.quantity = None,
        _ => certificate.steps.swap(0, number),
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
