//! What forbids a wish, what it costs and who moves.

use std::collections::BTreeSet;
use std::ops::Range;

use kenshu::internal::audit::{audit, goal_values};
use kenshu::internal::calendar::Month;
use kenshu::internal::diff::{Move, chains, whereabouts};
use kenshu::internal::explain::asker::Asker;
use kenshu::internal::explain::relax::relaxed;
use kenshu::internal::explain::statement::{Statement, statements};
use kenshu::internal::explain::why_not::{AtHand, Price, WhyNot, Wish, forced, is_granted, why_not};
use kenshu::internal::plan::{Answer, GoalValue, Plan, Status};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{
    Goal, GoalKind, Lock, LockKind, Measure, Place, ResidentIx, Role, Scenario, Stay,
};

use crate::common::brute;
use crate::common::generate::{Generated, generate};
use crate::common::ruled::with_rules;
use crate::common::seeds::seeds;
use crate::explain::{answer, known, leaves_if_named};

/// Everything that can be asked of a plan: each facility and section in each year, and each course.
fn wishes(scenario: &Scenario, resident: ResidentIx) -> Vec<Wish> {
    let mut list: Vec<Wish> = scenario.course_ixs().map(Wish::Course).collect();
    for (_, span) in scenario.calendar.split(scenario.decided(resident)) {
        let whole = scenario.facility_ixs().map(|facility| Place { facility, section: None });
        let sections = scenario.facility_ixs().flat_map(|facility| {
            scenario.sections_of(facility).map(move |section| Place { facility, section: Some(section) })
        });
        list.extend(whole.chain(sections).map(|place| Wish::At { place, span }));
    }
    list
}

/// The scenario with the wish written into the tables by hand, as a `must` row of `locks.csv` or as a
/// fixed course; `None` where the tables already say something else of it.
fn by_hand(scenario: &Scenario, resident: ResidentIx, wish: Wish) -> Option<Scenario> {
    let mut edited = scenario.clone();
    let person = &mut edited.unchecked_mut().residents[resident.0];
    match wish {
        Wish::Course(course) if person.course.is_none_or(|fixed| fixed == course) => {
            person.course = Some(course);
        }
        Wish::At { place: Place { facility, section }, span } => {
            let free = |lock: &Lock| lock.stay.span.intersection(span).is_empty();
            if scenario.facility(facility).role == Role::Associated || !person.locks.iter().all(free) {
                return None;
            }
            person.locks.push(Lock { stay: Stay { facility, span, section }, kind: LockKind::Must });
        }
        Wish::Course(_) => return None,
    }
    Some(edited)
}

/// What was answered: granted, for nothing, at a price, forbidden.
type Answered = [u32; 4];

fn as_written(generated: fn(u64) -> Generated, seeds: Range<u64>) -> Answered {
    let (mut prices, mut free, mut forbidden, mut granted, mut better) = (0, 0, 0, 0, 0);
    for seed in seeds {
        let generated = generated(seed);
        let (scenario, base) = (&generated.scenario, generated.base.as_ref());
        let planned = answer(scenario, base);
        let Some(plan) = &planned.plan else { continue };
        // With the proof at hand and without it the answer is the same.
        let certificate = (seed % 3 > 0).then_some(&planned.certificate);
        let at_hand = AtHand { plan, base, certificate };
        for resident in scenario.resident_ixs() {
            for wish in wishes(scenario, resident) {
                let mut asker = Asker::new(&|| None);
                let answered = why_not(scenario, at_hand, resident, wish, &mut asker);
                let written = by_hand(scenario, resident, wish);
                let again = written.as_ref().map(|edited| answer(edited, base));
                // The best attainable points are those of the tables, so what is written there changes them, and
                // with them who is the worst off.
                let is_moved = |goal: &Goal| goal.kind == GoalKind::Points && goal.measure != Measure::Sum;
                let as_good = |plan: &Plan| {
                    let written = written.as_ref().filter(|_| !scenario.goals.iter().any(is_moved));
                    written.zip(again.as_ref()).is_none_or(|(written, again)| {
                        let counted = goal_values(written, plan, base).into_iter().map(|of| of.1);
                        counted.eq(values(again))
                    })
                };
                match answered {
                    WhyNot::Granted => {
                        granted += 1;
                        assert!(as_good(plan), "seed {seed}: {wish:?}");
                    }
                    WhyNot::Price(price) => {
                        let before: Vec<GoalValue> = price.goals.iter().map(|g| g.1.clone()).collect();
                        assert_eq!(before, values(&planned), "seed {seed}");
                        assert!(as_good(&price.plan), "seed {seed}: {resident:?} {wish:?}");
                        assert!(
                            price.is_best && is_granted(scenario, &price.plan, resident, wish),
                            "seed {seed}"
                        );
                        // Elsewhere in an extension is whom a lock has there.
                        let is_extended = scenario.service(resident).ledger().extension > 0;
                        let written = forced(scenario, resident, wish).filter(|_| is_extended);
                        let audit = audit(written.as_ref().unwrap_or(scenario), &price.plan, base);
                        assert!(!audit.has_violations(Subject::Placement), "seed {seed}");
                        moved_as_said(seed, plan, &price, resident);
                        match price.first_difference() {
                            Some((_, true)) => prices += 1,
                            Some((_, false)) => better += u32::from(!is_extended),
                            None => free += 1,
                        }
                    }
                    WhyNot::Forbidden(set) => {
                        forbidden += 1;
                        let infeasible = |again: &Answer| again.status == Status::Infeasible;
                        assert!(again.as_ref().is_none_or(infeasible), "seed {seed}: {wish:?}");
                        forbidden_by(seed, scenario, resident, wish, &set);
                    }
                    other => panic!("seed {seed}: {wish:?} {other:?}"),
                }
            }
        }
    }
    println!("{granted} granted, {free} free, {prices} at a price, {forbidden} forbidden");
    assert_eq!(better, 0, "the plans were the best ones");
    [granted, free, prices, forbidden]
}

#[test]
fn a_price_is_that_of_a_plan_with_the_wish_written_into_the_tables() {
    let [granted, free, prices, forbidden] = as_written(generate, seeds(100));
    assert!(granted > 25 && free > 10 && prices > 50 && forbidden > 50);
}

#[test]
fn so_it_is_with_sections_and_tables_of_rules() {
    let [granted, free, prices, forbidden] = as_written(with_rules, seeds(30));
    assert!(granted > 5 && free > 5 && prices > 5 && forbidden > 5);
}

fn values(answer: &Answer) -> Vec<GoalValue> {
    answer.goals.iter().map(|goal| goal.value.clone()).collect()
}

/// The set and the wish together leave no plan; the wish and all but one of the set do.
fn forbidden_by(seed: u64, scenario: &Scenario, resident: ResidentIx, wish: Wish, set: &[Statement]) {
    let Some(forced) = forced(scenario, resident, wish) else {
        let course = scenario.resident(resident).course.expect("another course is fixed");
        assert_eq!(set, [Statement::Course { resident, course }], "seed {seed}");
        return;
    };
    let all: Vec<Statement> = statements(scenario)
        .into_iter()
        // What says no more than the question does.
        .filter(|statement| match (statement, wish) {
            (Statement::Course { resident: of, .. }, Wish::Course(_)) => *of != resident,
            (Statement::Lock { resident: of, lock }, Wish::At { place: Place { facility, .. }, span }) => {
                let says_less = lock.kind == LockKind::MustNot && lock.stay.facility != facility;
                *of != resident || lock.stay.span != span || !says_less
            }
            _ => true,
        })
        .chain(leaves_if_named(scenario, set))
        .collect();
    let told: Vec<Statement> =
        all.iter().copied().filter(|of| !matches!(of, Statement::History { .. })).collect();
    // Of a past that is left out as well, it is not always clear what can follow.
    let is_irreducible = |all: &[Statement]| {
        let known = |set: &[Statement]| {
            let without = all.iter().filter(|statement| !set.contains(statement));
            known(&relaxed(&forced, without, &BTreeSet::from([resident])))
        };
        let mut fewer = (0..set.len()).map(|left_out| {
            let mut fewer = set.to_vec();
            fewer.remove(left_out);
            fewer
        });
        known(set) == Some(false) && fewer.all(|fewer| known(&fewer) == Some(true))
    };
    assert!(is_irreducible(&all) || is_irreducible(&told), "seed {seed}: {wish:?} with {set:?}");
}

/// The moves make the one plan of the other, and the chains are the moves.
fn moved_as_said(seed: u64, before: &Plan, price: &Price, asked: ResidentIx) {
    let mut at = whereabouts(before);
    for one in &price.moves {
        assert_ne!(one.from, one.to, "seed {seed}");
        for month in one.span.iter() {
            assert_eq!(at.get(&(one.resident, month)).copied(), one.from, "seed {seed}");
            match one.to {
                Some(to) => _ = at.insert((one.resident, month), to),
                None => _ = at.remove(&(one.resident, month)),
            }
        }
    }
    assert_eq!(at, whereabouts(&price.plan), "seed {seed}");
    let of_moves = |moves: &[Move]| -> BTreeSet<(ResidentIx, Month)> {
        moves.iter().flat_map(|m| m.span.iter().map(|month| (m.resident, month))).collect()
    };
    let mut in_chains = BTreeSet::new();
    for chain in chains(&price.moves, Some(asked)) {
        for pair in chain.moves.windows(2) {
            assert_eq!(pair[0].to, pair[1].from, "seed {seed}: a chain is broken");
        }
        let closes = chain.moves[0].from == chain.moves.last().unwrap().to;
        assert_eq!(chain.is_ring, closes && chain.moves[0].from.is_some(), "seed {seed}");
        for one in &chain.moves {
            for month in chain.span.iter() {
                assert!(one.span.contains(month), "seed {seed}");
                assert!(in_chains.insert((one.resident, month)), "seed {seed}: in two chains");
            }
        }
    }
    assert_eq!(in_chains, of_moves(&price.moves), "seed {seed}");
}

/// Without a base plan nobody moves without need: as few months as any plan as good has.
#[test]
fn nobody_moves_without_need() {
    let mut compared = 0;
    for seed in seeds(100) {
        let mut scenario = generate(seed).scenario;
        scenario.unchecked_mut().goals.retain(|goal| goal.kind != GoalKind::Stability);
        if brute::combinations(&scenario) > 3_000 {
            continue;
        }
        let planned = answer(&scenario, None);
        let Some(plan) = &planned.plan else { continue };
        let at_hand = AtHand { plan, base: None, certificate: Some(&planned.certificate) };
        for resident in scenario.resident_ixs() {
            for wish in wishes(&scenario, resident).into_iter().step_by(3) {
                let answered = why_not(&scenario, at_hand, resident, wish, &mut Asker::new(&|| None));
                let WhyNot::Price(price) = answered else { continue };
                let mut close = forced(&scenario, resident, wish).unwrap();
                close.unchecked_mut().goals.push(Goal { kind: GoalKind::Stability, measure: Measure::Sum });
                let Some((best, _)) = brute::best(&close, Some(plan)) else { panic!("seed {seed}") };
                let moved: i64 = price.moves.iter().map(|m| i64::from(m.span.months)).sum();
                let changed = moved + price.course_changes.len() as i64;
                assert_eq!(best.last(), Some(&GoalValue::Number(changed)), "seed {seed}: {wish:?}");
                compared += 1;
            }
        }
    }
    println!("{compared} compared");
    assert!(compared > 15, "{compared}");
}
