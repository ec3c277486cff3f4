//! The same question asked in different ways must get the same answer: the solver against the oracle,
//! the judge, the other library, and copies of the scenario that differ in nothing that matters.
//!
//! A longer run: `KENSHU_SCENARIOS=100000 cargo test --release differential:: -- --nocapture`
//! (also `20000..40000`). Every difference is shrunk to the smallest scenario that still shows it and
//! written as a folder, whose path the failure names.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::common::brute_places::{self, Found};
use crate::common::copies::{Case, later, permuted, renamed, scaled};
use crate::common::generate::{Generated, generate};
use crate::common::ruled::{with_a_silent_past, with_rules, with_rules_and_cases};
use crate::common::seeds::seeds;
use crate::common::shrink::{is_readable, shrink};
use crate::common::{brute, folder};
use kenshu::internal::audit::certificate::{Limits, Verdict, verify};
use kenshu::internal::audit::{audit, check_quotas};
use kenshu::internal::engine::{Session, solve_with};
use kenshu::internal::plan::{Answer, GoalValue, Proof, Status};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{GoalKind, Resident, read};
use kenshu::internal::solve::Backend;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rayon::prelude::*;

/// What the answer is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The best of all plans, tried one by one.
    Oracle,
    /// The judge's own count of the plan, and its re-check of the certificate.
    Judge,
    #[cfg(feature = "highs")]
    Highs,
    Renamed,
    Permuted,
    Scaled,
    Later,
}

const KINDS: &[Kind] = &[
    Kind::Oracle,
    Kind::Judge,
    #[cfg(feature = "highs")]
    Kind::Highs,
    Kind::Renamed,
    Kind::Permuted,
    Kind::Scaled,
    Kind::Later,
];

fn answer((scenario, base): &Case, backend: Backend) -> Answer {
    let base = base.as_ref();
    solve_with(backend, scenario, base, &Session::default())
}

type Said = (Status, Vec<GoalValue>);

fn said(answer: &Answer) -> Said {
    (answer.status, answer.goals.iter().map(|goal| goal.value.clone()).collect())
}

fn same(one: &Said, other: &Said) -> Result<bool, String> {
    if one == other { Ok(true) } else { Err(format!("{one:?} is not {other:?}")) }
}

/// Whether a comparison was made; an error is a difference.
fn compare(kind: Kind, case: &Case, original: &Answer, seed: u64) -> Result<bool, String> {
    let mut random = StdRng::seed_from_u64(seed);
    let copy = |copy: Case| same(&said(&answer(&copy, Backend::default())), &said(original));
    match kind {
        Kind::Oracle if brute::combinations(&case.0) > brute::PLANS_MAX => Ok(false),
        Kind::Oracle => {
            let best = match brute::best(&case.0, case.1.as_ref()) {
                Some((values, _)) => (Status::Optimal, values),
                None => (Status::Infeasible, Vec::new()),
            };
            same(&said(original), &best)
        }
        Kind::Judge => judged(case, original),
        #[cfg(feature = "highs")]
        Kind::Highs => same(&said(&answer(case, Backend::Highs)), &said(original)),
        Kind::Renamed => copy(renamed(case)),
        Kind::Permuted => copy(permuted(case, &mut random)),
        Kind::Scaled => copy(scaled(case, &mut random)),
        Kind::Later => copy(later(case, &mut random)),
    }
}

/// The judge finds nothing wrong, counts the same values and finds every goal proved.
fn judged((scenario, base): &Case, answer: &Answer) -> Result<bool, String> {
    let (plan, base) = (answer.plan.as_ref(), base.as_ref());
    let checked = verify(scenario, plan, base, &answer.certificate, &Limits::default())
        .map_err(|limit| format!("{limit:?}"))?;
    let Some(plan) = plan else {
        return if checked.no_plan { Ok(true) } else { Err("no plan, but not proved".into()) };
    };
    let judgement = audit(scenario, plan, base);
    if judgement.has_violations(Subject::Placement) {
        return Err(format!("the plan breaks rules: {:?}", judgement.findings));
    }
    let claimed: Vec<_> = answer.goals.iter().map(|goal| (goal.goal, goal.value.clone())).collect();
    if judgement.goals != claimed {
        return Err(format!("{:?} is not {claimed:?}", judgement.goals));
    }
    let quotas = check_quotas(scenario, plan, &answer.quotas);
    if !quotas.is_empty() {
        return Err(format!("the quotas do not fit: {quotas:?}"));
    }
    let proved = |goal: &(_, _, Verdict)| goal.2 == Verdict::Proved;
    if !checked.goals.iter().all(proved) || answer.goals.iter().any(|goal| goal.proof != Proof::Certified) {
        return Err(format!("not proved: {:?}, {:?}", checked.goals, answer.goals));
    }
    Ok(true)
}

/// The difference of one kind that a case shows; a panic is one too.
fn difference(kind: Kind, case: &Case, seed: u64) -> Option<String> {
    let made = || compare(kind, case, &answer(case, Backend::default()), seed);
    catch_unwind(AssertUnwindSafe(made)).unwrap_or_else(|_| Err("a panic".into())).err()
}

#[derive(Debug, Default)]
struct Tally {
    scenarios: usize,
    solved: usize,
    infeasible: usize,
    certified_goals: usize,
    /// Scenarios in which a plan short of cases was met on the way.
    short_of_cases: usize,
    /// Scenarios in which somebody is on leave or resigns, and those of them with a plan.
    with_leave: usize,
    solved_with_leave: usize,
    /// Scenarios with leave and a base plan that brute force was compared on.
    stability_with_leave: usize,
    comparisons: BTreeMap<Kind, usize>,
    differences: Vec<(u64, Kind)>,
}

impl Tally {
    fn and(mut self, other: Self) -> Self {
        self.scenarios += other.scenarios;
        self.solved += other.solved;
        self.infeasible += other.infeasible;
        self.certified_goals += other.certified_goals;
        self.short_of_cases += other.short_of_cases;
        self.with_leave += other.with_leave;
        self.solved_with_leave += other.solved_with_leave;
        self.stability_with_leave += other.stability_with_leave;
        for (kind, count) in other.comparisons {
            *self.comparisons.entry(kind).or_default() += count;
        }
        self.differences.extend(other.differences);
        self
    }
}

fn case(seed: u64) -> Case {
    let generated = generate(seed);
    (generated.scenario, generated.base)
}

fn examine(seed: u64) -> Tally {
    let case = case(seed);
    let mut tally = Tally { scenarios: 1, ..Tally::default() };
    let made = catch_unwind(AssertUnwindSafe(|| {
        let original = answer(&case, Backend::default());
        tally.solved = usize::from(original.status == Status::Optimal);
        tally.infeasible = usize::from(original.status == Status::Infeasible);
        tally.certified_goals = original.goals.iter().filter(|g| g.proof == Proof::Certified).count();
        tally.short_of_cases = usize::from(original.case_rounds > 0);
        let away = |person: &Resident| !person.leaves.is_empty() || person.resigned_from.is_some();
        let with_leave = case.0.residents.iter().any(away);
        let stability = original.goals.iter().any(|goal| goal.goal.kind == GoalKind::Stability);
        tally.with_leave = usize::from(with_leave);
        tally.solved_with_leave = tally.solved * tally.with_leave;
        for &kind in KINDS {
            match compare(kind, &case, &original, seed) {
                Ok(made) => {
                    *tally.comparisons.entry(kind).or_default() += usize::from(made);
                    let is_base = with_leave && stability && kind == Kind::Oracle;
                    tally.stability_with_leave += usize::from(made && is_base);
                }
                Err(_) => tally.differences.push((seed, kind)),
            }
        }
    }));
    if made.is_err() {
        let panics = KINDS.iter().filter(|&&kind| difference(kind, &case, seed).is_some());
        tally.differences = panics.map(|&kind| (seed, kind)).collect();
    }
    tally
}

/// Writes the smallest case that shows a fault; returns its folder.
fn keep(name: &str, case: &Case, fault: &dyn Fn(&Case) -> bool) -> PathBuf {
    let (scenario, base) = shrink(case, fault);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("differences").join(name);
    folder::write(&folder, &scenario, base.as_ref()).expect("a folder that can be written");
    folder
}

#[test]
fn however_it_is_asked_the_answer_is_the_same() {
    let seeds = seeds(120);
    let mut tally = Tally::default();
    let mut from = seeds.start;
    while from < seeds.end {
        let to = (from + 5_000).min(seeds.end);
        tally = tally.and((from..to).into_par_iter().map(examine).reduce(Tally::default, Tally::and));
        println!("seeds {}..{to}: {tally:?}", seeds.start);
        from = to;
    }
    let mut folders = Vec::new();
    for &(seed, kind) in tally.differences.iter().take(5) {
        let fault = |case: &Case| difference(kind, case, seed).is_some();
        let folder = keep(&format!("{seed}-{kind:?}"), &case(seed), &fault);
        folders.push(format!("seed {seed}, {kind:?}: {}", folder.display()));
    }
    assert!(
        folders.is_empty(),
        "{} differences; smallest scenarios:\n{}",
        tally.differences.len(),
        folders.join("\n")
    );
    assert!(tally.solved > 0 && tally.infeasible > 0, "{tally:?}");
    assert_eq!(tally.solved + tally.infeasible, tally.scenarios, "{tally:?}");
    assert!(KINDS.iter().all(|kind| tally.comparisons[kind] > 0), "{tally:?}");
    assert!(tally.solved_with_leave > 0 && tally.stability_with_leave > 0, "{tally:?}");
}

/// What is wrong with the answer where tables say rules, if anything; whether all plans could be tried.
fn ruled(case: &Case) -> Result<bool, String> {
    let original = answer(case, Backend::default());
    let tried = match brute_places::best(&case.0, case.1.as_ref()) {
        Found::TooMany => false,
        Found::Best(None) => same(&said(&original), &(Status::Infeasible, Vec::new()))?,
        Found::Best(Some(values)) => same(&said(&original), &(Status::Optimal, values))?,
    };
    judged(case, &original)?;
    Ok(tried)
}

/// Sections, requirements, stays, order, staffing, points, free months: the best of all plans, and proved.
#[test]
fn where_tables_say_rules_the_answer_is_the_best_and_proved() {
    as_tried(with_rules, seeds(14));
}

/// The same where residents need cases, some of them met in some sections only.
#[test]
fn where_tables_say_rules_and_cases_are_needed_the_answer_is_the_best_and_proved() {
    as_tried(with_rules_and_cases, seeds(14));
}

/// What history does not tell was a free month where a course has them, for the plan and the judge alike.
#[test]
fn a_past_that_is_not_told_was_free() {
    let silent = |seed: &u64| with_a_silent_past(*seed).is_some();
    as_tried(|seed| with_a_silent_past(seed).expect("it was chosen"), seeds(100).filter(silent));
}

fn as_tried(generated: fn(u64) -> Generated, seeds: impl Iterator<Item = u64>) {
    let examine = |seed: u64| {
        let Generated { scenario, base } = generated(seed);
        let case = (scenario, base);
        let made = catch_unwind(AssertUnwindSafe(|| ruled(&case)));
        (seed, made.unwrap_or_else(|_| Err("a panic".into())))
    };
    let results: Vec<(u64, Result<bool, String>)> =
        seeds.collect::<Vec<u64>>().into_par_iter().map(examine).collect();
    let wrong: Vec<String> = results
        .iter()
        .filter_map(|(seed, result)| Some(format!("seed {seed}: {}", result.as_ref().err()?)))
        .collect();
    let tried = results.iter().filter(|(_, result)| *result == Ok(true)).count();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), results.len(), wrong.join("\n"));
    assert!(2 * tried > results.len(), "{tried} of {} tried", results.len());
}

/// The tables written are read back as the same scenario.
#[test]
fn a_written_scenario_is_the_same_when_read() {
    let (mut same, mut refused, mut leaves, mut resigned) = (0, 0, 0, 0);
    for seed in seeds(100) {
        let (mut scenario, _) = case(seed);
        let (read, findings) = read(&folder::sources(&scenario));
        let Some(mut read) = read else {
            println!("seed {seed}: {:?}", findings.list.first().map(|f| f.message.key));
            refused += 1;
            continue;
        };
        read.unchecked_mut().hash.clone_from(&scenario.hash);
        scenario.unchecked_mut().residents.iter_mut().for_each(|resident| resident.anonymous = false);
        assert_eq!(read, scenario, "seed {seed}");
        same += 1;
        leaves += scenario.residents.iter().map(|resident| resident.leaves.len()).sum::<usize>();
        resigned += scenario.residents.iter().filter(|resident| resident.resigned_from.is_some()).count();
    }
    println!("{same} the same, {refused} refused by the reader; {leaves} leaves, {resigned} resigned");
    assert!(leaves > 50 && resigned > 5, "{leaves} leaves, {resigned} resigned");
    assert!(same > 50, "{same} the same, {refused} refused");
}

/// A made-up fault: two residents whose first wish is the same facility, and a goal about wishes.
fn made_up(case: &Case) -> bool {
    let (scenario, _) = case;
    let first = |n: usize| scenario.residents[n].facility_wishes.first();
    let pairs = (1..scenario.residents.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    scenario.goals.iter().any(|goal| goal.kind == GoalKind::FacilityWishes)
        && pairs.into_iter().any(|(a, b)| first(a).is_some() && first(a) == first(b))
}

#[test]
fn a_fault_is_shrunk_to_what_it_needs() {
    let mut shrunk = 0;
    for seed in (0..2_000).filter(|&seed| made_up(&case(seed)) && is_readable(&case(seed))).take(10) {
        let small = shrink(&case(seed), &made_up);
        let (scenario, base) = &small;
        assert!(made_up(&small) && is_readable(&small), "seed {seed}");
        let wishes: usize = scenario.residents.iter().map(|r| r.facility_wishes.len()).sum();
        assert_eq!((scenario.residents.len(), scenario.goals.len(), wishes), (2, 1, 2), "seed {seed}");
        assert_eq!((scenario.courses.len(), scenario.courses[0].patterns.len()), (1, 1), "seed {seed}");
        assert!(base.is_none() && scenario.residents.iter().all(|r| r.locks.is_empty()), "seed {seed}");
        // The facility wished for, and at most what the course needs beside it.
        assert!(scenario.facilities.len() <= 2, "seed {seed}: {:?}", scenario.facilities);
        let folder = keep(&format!("made-up-{seed}"), &case(seed), &made_up);
        let written = |name: &str| std::fs::read(folder.join(name)).ok();
        assert_eq!(written("residents.csv"), folder::sources(scenario).files.remove("residents.csv"));
        std::fs::remove_dir_all(folder).expect("a folder that was written");
        shrunk += 1;
    }
    assert!(shrunk > 3, "{shrunk} shrunk");
}

/// A scenario without a plan whose proof needs more cases the worse its tables are ordered.
#[test]
fn a_proof_with_many_cases_does_not_depend_on_the_order() {
    assert!(case(91_651).0.residents.iter().all(|resident| resident.leaves.is_empty()));
    assert_eq!(difference(Kind::Permuted, &case(91_651), 91_651), None);
}

/// A question in which HiGHS proposed the same prices in turns, and careers left and came back for ever.
#[cfg(feature = "highs")]
#[test]
fn a_search_for_prices_ends() {
    assert!(case(1_629).0.residents.iter().all(|resident| resident.leaves.is_empty()));
    assert_eq!(difference(Kind::Highs, &case(1_629), 1_629), None);
}

/// Programs of which the answer was wrong once: pieces and stays in a section that the past names in some months only,
/// and courses of residents who are placed nowhere, under an intake of the course, with a plan from before.
#[test]
fn unnamed_sections_and_courses_without_a_placement_are_as_tried() {
    let sections = [1966, 6067, 10189, 11514, 19861, 31180, 73897];
    let courses = [1848, 1928, 8709, 8748, 24283, 24376, 25019, 30764, 36095, 37498, 37652];
    for seed in sections.into_iter().chain(courses) {
        let Generated { scenario, base } = with_rules(seed);
        assert!(is_readable(&(scenario.clone(), base.clone())), "seed {seed}");
        assert_eq!(ruled(&(scenario, base)).err(), None, "seed {seed}");
    }
}

/// Two alike, one of whom pays for the worst value in a step: what the step leaves out holds for both.
#[test]
fn what_one_of_several_alike_pays_is_proved_again() {
    let Generated { scenario, base } = with_rules(90_415);
    assert_eq!(ruled(&(scenario, base)).err(), None);
}
