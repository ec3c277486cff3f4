//! Why not, and what would help: every reason and every way out of generated infeasible scenarios is
//! checked by arithmetic, by brute force, or by solving again.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;
#[path = "common/programs.rs"]
mod programs;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use common::brute;
use common::generate::generate;
use kenshu::audit::certificate::verify;
use kenshu::audit::{audit, case_need, program_limit, seat_limit};
use kenshu::calendar::{Month, Span};
use kenshu::cases::Site;
use kenshu::explain::alone::Whereabouts;
use kenshu::explain::apply::changed;
use kenshu::explain::asker::Asker;
use kenshu::explain::change::{Change, hundredths};
use kenshu::explain::conflict::{Question, conflict};
use kenshu::explain::counting::CasesAt;
use kenshu::explain::infeasible::{Explained, Explanation, Reason, explain, stuck};
use kenshu::explain::moves::{Move, chains, whereabouts};
use kenshu::explain::one::{facility_facts, resident_facts};
use kenshu::explain::relax::relaxed;
use kenshu::explain::statement::{Minimum, Statement, statements, targets};
use kenshu::explain::why_not::{Price, WhyNot, Wish, forced, is_granted, why_not};
use kenshu::explain::{Count, Repair};
use kenshu::language::{Arg, Message};
use kenshu::plan::{Answer, GoalValue, Plan, Status};
use kenshu::regulation::Subject;
use kenshu::scenario::{
    CaseIx, CourseIx, FacilityIx, Goal, GoalKind, Lock, LockKind, Measure, ResidentIx, Role, Scenario, Stay,
    SupervisorRounding,
};
use kenshu::solve::{Backend, Control, solve};
use programs::Shape;
use rand::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

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

const SCENARIOS: usize = 300;

#[test]
fn every_reason_and_way_out_of_300_scenarios_is_true() {
    let (mut counts, mut conflicts, mut with_three, mut together) = (0, 0, 0, 0);
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    for (seed, scenario) in infeasible(SCENARIOS) {
        let explanation = explained(&scenario).unwrap_or_else(|| panic!("seed {seed} has a plan"));
        match &explanation.reason {
            Reason::Count(count) => {
                counted_by_hand(seed, &scenario, count);
                counts += 1;
            }
            Reason::Conflict(conflict) => {
                let kept = conflict.resident.into_iter().collect();
                irreducible(seed, &scenario, &conflict.statements, kept);
                kinds.extend(conflict.statements.iter().map(|statement| statement.kind()));
                conflicts += 1;
            }
            Reason::Proved => panic!("seed {seed}: not explained"),
        }
        let repairs = &explanation.repairs.list;
        with_three += usize::from(repairs.len() == 3);
        together += usize::from(repairs.iter().any(|repair| repair.changes.len() > 1));
        kinds.extend(repairs.iter().flat_map(|repair| &repair.changes).map(Change::kind));
        assert!(repairs.is_sorted_by_key(|repair| repair.cost), "seed {seed}");
        for repair in repairs {
            let after = changed(&scenario, &repair.changes);
            assert!(exists(&after), "seed {seed}: {:?}", repair.changes);
            let audit = audit(&after, &repair.plan, None);
            assert!(!audit.has_violations(Subject::Placement), "seed {seed}: the plan handed out");
            for left_out in 0..repair.changes.len() {
                let mut fewer = repair.changes.clone();
                fewer.remove(left_out);
                assert!(!exists(&changed(&scenario, &fewer)), "seed {seed}: {:?} suffice", fewer);
            }
        }
        let cheapest = repairs.first().map_or(i64::MAX, |repair| repair.cost);
        for change in single_changes(&scenario) {
            let cheaper = change.cost(&scenario) < cheapest;
            assert!(
                !cheaper || !exists(&changed(&scenario, std::slice::from_ref(&change))),
                "seed {seed}: {change:?}"
            );
        }
    }
    println!(
        "{counts} counts, {conflicts} conflicts, {with_three} with three ways out, \
         {together} with changes together, kinds {kinds:?}"
    );
    assert!(counts > 60 && conflicts > 60 && with_three > 150, "{counts}, {conflicts}, {with_three}");
    assert!(together > 5, "{together}");
}

/// Where fewer than three ways out are found, trying all changes alone and in pairs finds no other.
#[test]
fn no_way_out_is_missed() {
    let (mut few, mut tried) = (0, 0);
    for (seed, scenario) in infeasible(SCENARIOS) {
        let explanation = explained(&scenario).unwrap_or_else(|| panic!("seed {seed} has a plan"));
        let found = &explanation.repairs.list;
        if found.len() >= 3 || !explanation.repairs.complete {
            continue;
        }
        few += 1;
        let says_new = |changes: &[Change]| {
            let covered = |repair: &Repair| {
                repair.changes.iter().all(|c| changes.iter().any(|other| other.lever() == c.lever()))
            };
            !found.iter().any(covered)
        };
        let single = single_changes(&scenario);
        let mut sets: Vec<Vec<Change>> = single.iter().map(|change| vec![change.clone()]).collect();
        for (number, one) in single.iter().enumerate() {
            let others = single[number + 1..].iter().filter(|other| other.lever() != one.lever());
            sets.extend(others.map(|other| vec![one.clone(), other.clone()]));
        }
        for set in sets.iter().filter(|set| says_new(set)) {
            assert!(!exists(&changed(&scenario, set)), "seed {seed}: {set:?} was missed");
            tried += 1;
        }
    }
    println!("{few} with fewer than three ways out, {tried} other changes tried");
    assert!(few > 30 && tried > 1000, "{few}, {tried}");
}

/// The irreducible sets where counting would have been enough, too.
#[test]
fn sets_of_statements_are_irreducible() {
    let mut sizes = Vec::new();
    for (seed, scenario) in infeasible(150) {
        let mut plain = scenario.clone();
        plain.goals.clear();
        let (never, statements) = (|| None, statements(&plain));
        let mut asker = Asker::new(&never);
        let kept: BTreeSet<ResidentIx> = stuck(&plain, &asker).into_iter().take(1).collect();
        let question = Question { scenario: &plain, statements: &statements, kept: kept.clone() };
        let set = conflict(&question, &mut asker).unwrap_or_else(|| panic!("seed {seed}: none found"));
        irreducible(seed, &plain, &set, kept);
        sizes.push(set.len());
    }
    assert!(sizes.iter().any(|&size| size > 3) && sizes.contains(&1), "{sizes:?}");
}

fn irreducible(seed: u64, scenario: &Scenario, set: &[Statement], kept: BTreeSet<ResidentIx>) {
    let all = statements(scenario);
    let alone = |set: &[Statement]| {
        let without = all.iter().filter(|statement| !set.contains(statement));
        relaxed(scenario, without, &kept)
    };
    assert!(!exists(&alone(set)), "seed {seed}: {set:?} leave a plan");
    for left_out in 0..set.len() {
        let mut fewer = set.to_vec();
        fewer.remove(left_out);
        assert!(exists(&alone(&fewer)), "seed {seed}: {fewer:?} suffice");
    }
}

/// A count holds by arithmetic alone, over careers listed by brute force.
fn counted_by_hand(seed: u64, scenario: &Scenario, count: &Count) {
    if let Some(cases) = &count.cases {
        return cases_counted_by_hand(seed, scenario, count, cases);
    }
    let from = Month::parse(&text(&count.message, "from")).expect("a month");
    let over_years = count.message.key == "solve-infeasible-months";
    let window = match over_years {
        true => Span::between(from, Month::parse(&text(&count.message, "until")).expect("a month").plus(1)),
        false => Span::new(from, 1),
    };
    let counts = |facility: &FacilityIx| count.facilities.is_empty() || count.facilities.contains(facility);
    let least = |scenario: &Scenario, resident| least(scenario, resident, window, &counts);
    let needed = groups_by_hand(seed, scenario, count, &least);
    let seats = |month| -> u32 {
        match count.facilities.is_empty() {
            true => program_limit(scenario, month).expect("a pool"),
            false => count.facilities.iter().map(|&f| seat_limit(scenario, f, month).expect("seats")).sum(),
        }
    };
    let offered: i64 = window.iter().map(|month| i64::from(seats(month))).sum();
    assert_eq!((needed, offered), (count.needed, count.offered), "seed {seed}");
    assert!(needed > offered, "seed {seed}");
}

/// What the groups need together; `least` is what each resident needs on any career.
fn groups_by_hand(
    seed: u64,
    scenario: &Scenario,
    count: &Count,
    least: &dyn Fn(&Scenario, ResidentIx) -> i64,
) -> i64 {
    let mut needed = 0;
    let mut seen = BTreeSet::new();
    for group in &count.groups {
        for &resident in &group.residents {
            assert!(seen.insert(resident), "seed {seed}: counted twice");
            assert_eq!(least(scenario, resident), group.each, "seed {seed}");
            needed += group.each;
            // What is given as the reason is enough for it, and nothing of it can be spared.
            let own = own_statements(scenario, resident);
            let because: Vec<Statement> = group.because.iter().map(|s| of(*s, resident, scenario)).collect();
            let under = |because: &[Statement]| {
                let without = own.iter().filter(|statement| !because.contains(statement));
                least(&relaxed(scenario, without, &BTreeSet::new()), resident)
            };
            assert_eq!(under(&because), group.each, "seed {seed}: {because:?}");
            for left_out in 0..because.len() {
                let mut fewer = because.clone();
                fewer.remove(left_out);
                assert!(under(&fewer) < group.each, "seed {seed}: {fewer:?}");
            }
        }
    }
    needed
}

/// A count of cases: what careers give elsewhere, and what the sites offer, by the tables alone.
fn cases_counted_by_hand(seed: u64, scenario: &Scenario, count: &Count, cases: &CasesAt) {
    let CasesAt { case, sites } = cases;
    if sites.is_empty() {
        let [group] = count.groups.as_slice() else { panic!("seed {seed}: of one resident") };
        let &[resident] = group.residents.as_slice() else { panic!("seed {seed}: of one resident") };
        assert_eq!(count.needed, i64::from(case_need(scenario, *case, resident)), "seed {seed}");
        // The most that any career of the other rules gives.
        let most = |scenario: &Scenario| {
            let mut other_rules = scenario.clone();
            other_rules.cases.iter_mut().for_each(|item| item.target = 0);
            let careers = brute::careers(&other_rules, resident);
            let given = careers.iter().map(|(_, places)| given(scenario, *case, resident, places, &|_| true));
            given.max().expect("a career by the other rules")
        };
        assert_eq!(most(scenario), count.offered, "seed {seed}");
        assert!(count.needed > count.offered, "seed {seed}");
        let least = |scenario: &Scenario, _: ResidentIx| match scenario.case(*case).target {
            0 => 0,
            _ if most(scenario) < count.needed => count.needed,
            _ => 0,
        };
        groups_by_hand(seed, scenario, count, &least);
        return;
    }
    let elsewhere = |site: Site| !sites.contains(&site);
    let least = |scenario: &Scenario, resident: ResidentIx| {
        let need = i64::from(case_need(scenario, *case, resident));
        let careers = brute::careers(scenario, resident);
        let given = |places: &Vec<FacilityIx>| given(scenario, *case, resident, places, &elsewhere);
        careers.iter().map(|(_, places)| (need - given(places)).max(0)).min().unwrap_or(0)
    };
    let needed = groups_by_hand(seed, scenario, count, &least);
    let offered: i64 = sites.iter().map(|site| offer(scenario, *case, *site)).sum();
    assert_eq!((needed, offered), (count.needed, count.offered), "seed {seed}");
    assert!(needed > offered, "seed {seed}");
}

/// The cases that months at some sites give if nobody else takes any.
fn given(
    scenario: &Scenario,
    case: CaseIx,
    resident: ResidentIx,
    places: &[FacilityIx],
    counts: &dyn Fn(Site) -> bool,
) -> i64 {
    let mut months: BTreeMap<Site, i64> = BTreeMap::new();
    for (month, &facility) in scenario.decided(resident).iter().zip(places) {
        let site = Site { academic_year: scenario.calendar.year_of(month), facility };
        *months.entry(site).or_default() += 1;
    }
    let counted = months.into_iter().filter(|(site, _)| counts(*site));
    counted.map(|(site, months)| offer(scenario, case, site) * months / 12).sum()
}

/// What a site offers: the whole part of its volume in the year times the trainees' share.
fn offer(scenario: &Scenario, case: CaseIx, site: Site) -> i64 {
    let item = scenario.case(case);
    let volumes = &scenario.facility(site.facility).volumes[item.volume];
    let months = scenario.calendar.span_of(site.academic_year).iter();
    let twelvefold: Decimal = months.map(|month| volumes.at(month).unwrap_or_default()).sum();
    // In thousandths, so that only whole numbers are divided.
    let thousandths = (twelvefold * item.trainee_share * Decimal::from(1000)).floor().to_i64().unwrap();
    thousandths / 12_000
}

/// The least months within the window at the facilities that count, over all careers.
fn least(
    scenario: &Scenario,
    resident: ResidentIx,
    window: Span,
    counts: &dyn Fn(&FacilityIx) -> bool,
) -> i64 {
    let decided = scenario.decided(resident);
    let there = |places: &[FacilityIx]| {
        let months = decided.iter().zip(places);
        months.filter(|(month, facility)| window.contains(*month) && counts(facility)).count() as i64
    };
    brute::careers(scenario, resident).iter().map(|(_, places)| there(places)).min().unwrap_or(0)
}

fn own_statements(scenario: &Scenario, resident: ResidentIx) -> Vec<Statement> {
    let own = |statement: &Statement| {
        statement.resident() == Some(resident)
            || matches!(statement, Statement::Minimum(_) | Statement::Target(_))
    };
    statements(scenario).into_iter().filter(own).collect()
}

/// A statement about the first of a group, said of another of it.
fn of(statement: Statement, resident: ResidentIx, scenario: &Scenario) -> Statement {
    match statement {
        Statement::Lock { lock, .. } => Statement::Lock { resident, lock },
        Statement::Course { .. } => {
            let course = scenario.resident(resident).course.expect("a fixed course");
            Statement::Course { resident, course }
        }
        Statement::History { .. } => Statement::History { resident },
        other => other,
    }
}

/// Every single change by up to two steps, listed without any proof to go by.
fn single_changes(scenario: &Scenario) -> Vec<Change> {
    let mut list = Vec::new();
    let years: Vec<i32> =
        scenario.calendar.split(scenario.horizon()).into_iter().map(|(year, _)| year).collect();
    for resident in scenario.resident_ixs() {
        let person = scenario.resident(resident);
        list.extend(person.course.map(|_| Change::OpenCourse { resident }));
        list.extend(person.locks.iter().map(|&lock| Change::ReleaseLock { resident, lock }));
        if person.entry_year >= scenario.first_year {
            list.push(Change::Intake { year: person.entry_year, without: vec![resident] });
        }
    }
    for by in 1..=2 {
        for &from in &years {
            let placeable =
                scenario.facility_ixs().filter(|f| scenario.facility(*f).role != Role::Associated);
            list.extend(placeable.map(|facility| Change::Seats { facility, from, by }));
            if scenario.rules.supervisor_rounding == SupervisorRounding::Pooled {
                list.push(Change::Supervisors { from, by });
            }
        }
        for minimum in Minimum::ALL {
            let to = minimum.of(&scenario.rules).checked_sub(by).filter(|to| *to >= minimum.least());
            list.extend(to.map(|to| Change::Minimum { minimum, to }));
        }
        list.push(Change::Ratio { to: scenario.rules.residents_per_supervisor + by });
        for case in targets(scenario) {
            let parts = scenario.cases.iter().filter(|part| part.part_of == Some(case));
            let item = scenario.case(case);
            let least = parts.map(|part| part.target).sum::<u32>().max(item.supplement_max);
            let to = item.target.checked_sub(by).filter(|&to| to >= least);
            list.extend(to.map(|to| Change::Target { case, to }));
            let placeable =
                scenario.facility_ixs().filter(|f| scenario.facility(*f).role != Role::Associated);
            let from = scenario.first_year;
            list.extend(placeable.map(|facility| Change::Volume { case, facility, from, by: by * 10 }));
            let to = hundredths(scenario, case) + by * 25;
            list.extend((item.part_of.is_none() && to <= 100).then_some(Change::Share { case, to }));
        }
    }
    list
}

fn text(message: &Message, name: &str) -> String {
    match message.args.iter().find(|(known, _)| *known == name) {
        Some((_, Arg::Text(text))) => text.clone(),
        other => panic!("{other:?}"),
    }
}

// ------------------------------------------------------------------------------------------ why not

/// Everything that can be asked of a plan: each facility in each year, and each course.
fn wishes(scenario: &Scenario, resident: ResidentIx) -> Vec<Wish> {
    let mut list: Vec<Wish> = scenario.course_ixs().map(Wish::Course).collect();
    for (_, span) in scenario.calendar.split(scenario.decided(resident)) {
        list.extend(scenario.facility_ixs().map(|facility| Wish::At { facility, span }));
    }
    list
}

/// The scenario with the wish written into the tables by hand, as a `must` row of `locks.csv` or as a
/// fixed course; `None` where the tables already say something else of it.
fn by_hand(scenario: &Scenario, resident: ResidentIx, wish: Wish) -> Option<Scenario> {
    let mut edited = scenario.clone();
    let person = &mut edited.residents[resident.0];
    match wish {
        Wish::Course(course) if person.course.is_none_or(|fixed| fixed == course) => {
            person.course = Some(course);
        }
        Wish::At { facility, span } => {
            let free = |lock: &Lock| lock.stay.span.intersection(span).is_empty();
            if scenario.facility(facility).role == Role::Associated || !person.locks.iter().all(free) {
                return None;
            }
            person.locks.push(Lock { stay: Stay { facility, span }, kind: LockKind::Must });
        }
        Wish::Course(_) => return None,
    }
    Some(edited)
}

#[test]
fn a_price_is_that_of_a_plan_with_the_wish_written_into_the_tables() {
    let (mut prices, mut free, mut forbidden, mut granted, mut better) = (0, 0, 0, 0, 0);
    for seed in 0..200 {
        let generated = generate(seed);
        let (scenario, base) = (&generated.scenario, generated.base.as_ref());
        let planned = answer(scenario, base);
        let Some(plan) = &planned.plan else { continue };
        for resident in scenario.resident_ixs() {
            for wish in wishes(scenario, resident) {
                let mut asker = Asker::new(&|| None);
                let answered = why_not(scenario, plan, base, resident, wish, &mut asker);
                let again = by_hand(scenario, resident, wish).map(|edited| answer(&edited, base));
                match answered {
                    WhyNot::Granted => {
                        granted += 1;
                        let same = |again: &Answer| values(again) == values(&planned);
                        assert!(again.as_ref().is_none_or(same), "seed {seed}: {wish:?}");
                    }
                    WhyNot::Price(price) => {
                        let before: Vec<GoalValue> = price.goals.iter().map(|g| g.1.clone()).collect();
                        let after: Vec<GoalValue> = price.goals.iter().map(|g| g.2.clone()).collect();
                        assert_eq!(before, values(&planned), "seed {seed}");
                        if let Some(again) = &again {
                            assert_eq!(after, values(again), "seed {seed}: {resident:?} {wish:?}");
                        }
                        assert!(price.is_best && is_granted(&price.plan, resident, wish), "seed {seed}");
                        let audit = audit(scenario, &price.plan, base);
                        assert!(!audit.has_violations(Subject::Placement), "seed {seed}");
                        moved_as_said(seed, plan, &price, resident);
                        match price.first_difference() {
                            Some((_, true)) => prices += 1,
                            Some((_, false)) => better += 1,
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
    assert!(granted > 50 && free > 20 && prices > 100 && forbidden > 100);
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
            (Statement::Lock { resident: of, lock }, Wish::At { facility, span }) => {
                let says_less = lock.kind == LockKind::MustNot && lock.stay.facility != facility;
                *of != resident || lock.stay.span != span || !says_less
            }
            _ => true,
        })
        .collect();
    let alone = |set: &[Statement]| {
        let without = all.iter().filter(|statement| !set.contains(statement));
        relaxed(&forced, without, &BTreeSet::from([resident]))
    };
    assert!(!exists(&alone(set)), "seed {seed}: {wish:?} with {set:?}");
    for left_out in 0..set.len() {
        let mut fewer = set.to_vec();
        fewer.remove(left_out);
        assert!(exists(&alone(&fewer)), "seed {seed}: {wish:?} with {fewer:?}");
    }
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
    for seed in 0..600 {
        let mut scenario = generate(seed).scenario;
        scenario.goals.retain(|goal| goal.kind != GoalKind::Stability);
        if brute::combinations(&scenario) > 3_000 {
            continue;
        }
        let Some(plan) = answer(&scenario, None).plan else { continue };
        for resident in scenario.resident_ixs() {
            for wish in wishes(&scenario, resident).into_iter().step_by(3) {
                let answered = why_not(&scenario, &plan, None, resident, wish, &mut Asker::new(&|| None));
                let WhyNot::Price(price) = answered else { continue };
                let mut close = forced(&scenario, resident, wish).unwrap();
                close.goals.push(Goal { kind: GoalKind::Stability, measure: Measure::Sum });
                let Some((best, _)) = brute::best(&close, Some(&plan)) else { panic!("seed {seed}") };
                let moved: i64 = price.moves.iter().map(|m| i64::from(m.span.months)).sum();
                assert_eq!(best.last(), Some(&GoalValue::Number(moved)), "seed {seed}: {wish:?}");
                compared += 1;
            }
        }
    }
    println!("{compared} compared");
    assert!(compared > 100, "{compared}");
}

// ------------------------------------------------------------------------------ one of many

/// Who could be elsewhere alone: the careers that the judge accepts in the place of the present one.
#[test]
fn what_one_could_do_alone_is_what_the_judge_accepts() {
    let (mut careers, mut refused) = (0, 0);
    for seed in 0..200 {
        let scenario = generate(seed).scenario;
        let Some(plan) = answer(&scenario, None).plan else { continue };
        let at = Whereabouts::of(&scenario, &plan);
        for resident in scenario.resident_ixs() {
            let mut accepted = BTreeSet::new();
            for career in brute::careers(&scenario, resident) {
                let mut other = plan.clone();
                other.rows.retain(|row| row.resident != resident);
                other.rows.extend(brute::rows(&scenario, resident, &career));
                match audit(&scenario, &other, None).has_violations(Subject::Placement) {
                    false => _ = accepted.insert(career.1),
                    true => refused += 1,
                }
            }
            let months = |stays: &Vec<Stay>| -> Vec<FacilityIx> {
                stays.iter().flat_map(|stay| stay.span.iter().map(|_| stay.facility)).collect()
            };
            let alone: BTreeSet<Vec<FacilityIx>> = at.alone(resident).unwrap().iter().map(months).collect();
            assert_eq!(alone, accepted, "seed {seed}: {resident:?}");
            careers += alone.len();
            for (year, facilities) in &resident_facts(&scenario, &plan, resident).could_be {
                for facility in scenario.facility_ixs() {
                    let facts = facility_facts(&scenario, &plan, facility);
                    let comes = facts.could_come.get(year).is_some_and(|who| who.contains(&resident));
                    assert_eq!(comes, facilities.contains(&facility), "seed {seed}: {facility:?} {year}");
                }
            }
        }
    }
    assert!(careers > 500 && refused > 100, "{careers}, {refused}");
}

/// Slack is never negative in a plan that breaks no rule, and one unit more than it breaks the rule.
#[test]
fn slack_is_what_a_rule_can_be_tightened_by() {
    let mut tightened = 0;
    for seed in 0..200 {
        let scenario = generate(seed).scenario;
        let Some(plan) = answer(&scenario, None).plan else { continue };
        for resident in scenario.resident_ixs() {
            for slack in resident_facts(&scenario, &plan, resident).slack {
                let Some(measured) = slack.measured else { continue };
                assert!(measured >= slack.required, "seed {seed}: {slack:?}");
                let broken = |number: u32| {
                    let mut tighter = scenario.clone();
                    slack.minimum.set(&mut tighter.rules, number);
                    let audit = audit(&tighter, &plan, None);
                    audit.violations(Subject::Placement).any(|f| f.resident == Some(resident))
                };
                assert!(!broken(measured) && broken(measured + 1), "seed {seed}: {slack:?}");
                tightened += 1;
            }
        }
    }
    assert!(tightened > 500, "{tightened}");
}

/// Programs of 60 residents and 18 facilities without a plan, of one cause each.
fn infeasible_programs(count: u64) -> impl Iterator<Item = (u64, &'static str, Scenario)> {
    let program = |seed: u64| {
        let mut random = StdRng::seed_from_u64(seed);
        let percent = if seed.is_multiple_of(6) { random.random_range(14..28) } else { 40 };
        let mut scenario = programs::program(Shape { seed, intake: 12, years: 5, seats_percent: percent });
        let year = random.random_range(2019..=2023);
        let somebody = |random: &mut StdRng| ResidentIx(random.random_range(0..60));
        let cause = match seed % 6 {
            0 => "seats",
            1 => {
                // A favourite for whom more are locked than there is room.
                let facility = FacilityIx(random.random_range(1..18));
                for number in 0..8 {
                    let entered = scenario.residents.iter().position(|r| r.entry_year == year.min(2021));
                    let resident = &mut scenario.residents[entered.unwrap() + number];
                    let span = scenario.calendar.span_of(year.min(2021) + 2);
                    let lock = Lock { stay: Stay { facility, span }, kind: LockKind::Must };
                    resident.locks = vec![lock];
                }
                "locks"
            }
            2 => {
                // A lock in the affiliate year of somebody fixed to courses without one then.
                let resident = somebody(&mut random);
                let start = scenario.training(resident).start;
                let stay = Stay { facility: FacilityIx(3), span: Span::new(start, 12) };
                scenario.residents[resident.0].locks = vec![Lock { stay, kind: LockKind::Must }];
                scenario.residents[resident.0].course = Some(CourseIx(random.random_range(3..5)));
                "lock and course"
            }
            3 => {
                // The core loses its supervisors.
                let from = scenario.calendar.start_of(year.min(2021));
                scenario.facilities[0].supervisors.changes = vec![(from, "1.5".parse().unwrap())];
                "supervisors"
            }
            4 => {
                for resident in scenario.residents.iter_mut().filter(|r| r.entry_year == year) {
                    resident.course = Some(CourseIx(0));
                }
                scenario.facilities[0].seats.initial = Some(random.random_range(8..11));
                "courses"
            }
            _ => {
                scenario.rules.core_months_min = 36;
                "rules"
            }
        };
        (seed, cause, scenario)
    };
    (0..count).map(program)
}

/// The figures of the README: `cargo test --release --test explain -- --ignored --nocapture figures`.
#[test]
#[ignore = "figures, not a check"]
fn figures_of_explanations() {
    let mut times: Vec<(f64, f64, &str)> = Vec::new();
    let count = std::env::var("KENSHU_PROGRAMS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    for (seed, cause, scenario) in infeasible_programs(count) {
        if exists_quickly(&scenario) {
            continue;
        }
        let started = Instant::now();
        let reason = explain(&scenario, 0, &mut Asker::new(&|| None));
        let first = started.elapsed().as_secs_f64();
        let Explained::Infeasible(first_only) = reason else { panic!("{reason:?}") };
        let started = Instant::now();
        let explanation = explained(&scenario).expect("infeasible");
        let all = started.elapsed().as_secs_f64();
        let kind = match &first_only.reason {
            Reason::Count(_) => "count",
            Reason::Conflict(_) => "conflict",
            Reason::Proved => "proved only",
        };
        println!(
            "{seed:3} {cause:16} {kind:12} {first:7.3} s, with {} ways out {all:7.3} s: {:?}",
            explanation.repairs.list.len(),
            explanation.repairs.list.iter().map(|repair| repair.cost).collect::<Vec<_>>()
        );
        times.push((first, all, cause));
    }
    let of = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
        format!("median {:.3} s, 95 % {:.3} s, most {:.3} s", at(50), at(95), at(100))
    };
    println!("{} programs", times.len());
    println!("first explanation: {}", of(times.iter().map(|t| t.0).collect()));
    println!("with ways out: {}", of(times.iter().map(|t| t.1).collect()));
}

fn exists_quickly(scenario: &Scenario) -> bool {
    let mut plain = scenario.clone();
    plain.goals.clear();
    answer(&plain, None).plan.is_some()
}

#[test]
#[ignore = "figures, not a check"]
fn figures_of_why_not() {
    let mut times = Vec::new();
    let count: u64 = std::env::var("KENSHU_PROGRAMS").ok().and_then(|n| n.parse().ok()).unwrap_or(10);
    for seed in 0..count {
        let scenario = programs::program(Shape { seed, intake: 12, years: 5, seats_percent: 40 });
        let Some(plan) = answer(&scenario, None).plan else { continue };
        let mut random = StdRng::seed_from_u64(seed);
        for _ in 0..6 {
            let resident = ResidentIx(random.random_range(0..scenario.residents.len()));
            let all = wishes(&scenario, resident);
            let wish = all[random.random_range(0..all.len())];
            let started = Instant::now();
            let answered = why_not(&scenario, &plan, None, resident, wish, &mut Asker::new(&|| None));
            let seconds = started.elapsed().as_secs_f64();
            let what = match &answered {
                WhyNot::Price(price) => {
                    format!("price, {} others move, {:?}", price.others(resident).len(), price.is_best)
                }
                WhyNot::Forbidden(set) => format!("forbidden by {}", set.len()),
                other => format!("{other:?}"),
            };
            println!("{seed:3} {seconds:7.3} s {wish:?} {what}");
            if !matches!(answered, WhyNot::Granted) {
                times.push(seconds);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    println!(
        "{} questions: median {:.3} s, 95 % {:.3} s, most {:.3} s",
        times.len(),
        times[times.len() / 2],
        times[times.len() * 95 / 100],
        times[times.len() - 1]
    );
}
