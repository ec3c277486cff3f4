//! Places of courses where residents may be on several: kept if and only if some choice keeps all limits.

use std::collections::BTreeSet;

use kenshu::internal::audit::audit;
use kenshu::internal::plan::Plan;
use kenshu::internal::regulation::{Rule, Subject};
use kenshu::internal::scenario::{CourseIx, Part, Pattern, ResidentIx, Scenario};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use crate::common::program::{course, empty, facility, resident};
use crate::common::seeds::seeds;
use kenshu::internal::scenario::{Accreditation, Role};

/// Up to five residents without a row, each with a course of their own or open to those that their tags allow.
fn program(random: &mut StdRng) -> Scenario {
    let mut scenario = empty(12);
    let model = scenario.unchecked_mut();
    model.facilities = vec![facility("core", Role::Core, Accreditation::Comprehensive, "9")];
    for id in ["A", "B", "C"] {
        let mut one = course(id, &["core:12"]);
        if random.random_bool(0.8) {
            one.intake_max.insert(2020, random.random_range(0..=2));
        }
        if random.random_bool(0.4) {
            one.who = vec!["kept".into()];
        }
        model.courses.push(one);
    }
    for number in 0..random.random_range(1..=5) {
        let mut one = resident(&format!("r{number}"), 2020);
        if random.random_bool(0.5) {
            one.tags.push("kept".into());
        }
        let open: Vec<CourseIx> =
            model.course_ixs().filter(|ix| model.course(*ix).is_open_to(&one)).collect();
        one.course = open.choose(random).copied().filter(|_| random.random_bool(0.3));
        model.residents.push(one);
    }
    scenario
}

/// Whether some choice of courses keeps all limits, by trying all.
fn is_possible(scenario: &Scenario) -> bool {
    let choices: Vec<Vec<CourseIx>> = scenario
        .residents
        .iter()
        .map(|one| match one.course {
            Some(course) => vec![course],
            None => scenario.course_ixs().filter(|ix| scenario.course(*ix).is_open_to(one)).collect(),
        })
        .collect();
    let count: usize = choices.iter().map(Vec::len).product();
    (0..count).any(|number| {
        let mut rest = number;
        let mut on = vec![0; scenario.courses.len()];
        for choice in &choices {
            on[choice[rest % choice.len()].0] += 1;
            rest /= choice.len();
        }
        let limit = |at: usize| scenario.courses[at].intake_max.get(&2020);
        (0..on.len()).all(|at| limit(at).is_none_or(|&limit| on[at] <= limit))
    })
}

#[test]
fn there_is_a_finding_if_and_only_if_no_choice_keeps_all_limits() {
    let (mut kept, mut broken, mut several) = (0, 0, 0);
    for seed in seeds(400) {
        let scenario = program(&mut StdRng::seed_from_u64(seed));
        // Somebody may be open to no course at all, which is another finding.
        let open = |one| scenario.course_ixs().any(|ix| scenario.course(ix).is_open_to(one));
        if !scenario.residents.iter().all(open) {
            continue;
        }
        let audit = audit(&scenario, &Plan::default(), None);
        let found: Vec<_> = audit.of(Rule::CourseIntake).collect();
        assert_eq!(found.is_empty(), is_possible(&scenario), "seed {seed}: {found:?}");
        let count = |figure: &kenshu::internal::audit::Figure| figure.to_string().parse::<u32>().unwrap();
        // What is told is a count that anybody can check.
        assert!(found.iter().all(|one| count(&one.measured) > count(&one.required)), "seed {seed}");
        kept += usize::from(found.is_empty());
        broken += usize::from(!found.is_empty());
        several += usize::from(found.len() > 1);
    }
    println!("{kept} kept, {broken} broken, {several} at several courses");
    assert!(kept > 50 && broken > 50 && several > 0, "{kept} {broken} {several}");
}

/// A plan that says the course of somebody who is placed nowhere is held to it.
#[test]
fn the_course_of_who_is_placed_nowhere_is_judged() {
    let mut scenario = empty(12);
    let model = scenario.unchecked_mut();
    model.facilities = vec![facility("core", Role::Core, Accreditation::Comprehensive, "9")];
    model.rules.comprehensive_months_min = 0;
    model.rules.core_months_min = 0;
    model.rules.facilities_min = 0;
    let mut free = course("F", &["core:12"]);
    free.patterns = vec![Pattern { entries: vec![vec![Part { place: None, months: 12, step: None }]] }];
    model.courses = vec![course("A", &["core:12"]), free];
    model.residents = vec![resident("r", 2020)];
    let broken = |scenario: &Scenario, course: usize| {
        let plan = Plan { nowhere: vec![(ResidentIx(0), CourseIx(course))], ..Plan::default() };
        let audit = audit(scenario, &plan, None);
        let rules: BTreeSet<Rule> =
            audit.violations(Subject::Placement).map(|finding| finding.rule).collect();
        rules
    };
    assert_eq!(broken(&scenario, 1), BTreeSet::new());
    assert!(!broken(&scenario, 0).is_empty(), "course A has no free months");
    scenario.unchecked_mut().courses[1].intake_max.insert(2020, 0);
    assert_eq!(broken(&scenario, 1), BTreeSet::from([Rule::CourseIntake]));
}
