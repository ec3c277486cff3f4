//! `course-pattern` beyond roles: selectors, steps, free months, entries over several years, lengths, entry months.

use kenshu::internal::audit::audit;
use kenshu::internal::plan::Plan;
use kenshu::internal::regulation::Rule;
use kenshu::internal::scenario::{Accreditation, Model, Part, Pattern, Role, Scenario, SectionIx};

use crate::common::program::{course, empty, facility, resident, row, span};
use crate::common::rules::{section, selector};
use crate::judge::{english, judge, no_defects};

/// A pattern as in `program.toml`: `any:36/3`, `free:2/1`, `core/ct:4`; entries separated by ` / `.
fn pattern(model: &mut Model, text: &str) -> Pattern {
    let mut part = |piece: &str| {
        let (place, length) = piece.split_once(':').unwrap();
        let (months, step) = match length.split_once('/') {
            Some((months, step)) => (months, Some(step.parse().unwrap())),
            None => (length, None),
        };
        let place = (place != "free").then(|| selector(model, place));
        Part { place, months: months.parse().unwrap(), step }
    };
    Pattern { entries: text.split(" / ").map(|entry| entry.split(' ').map(&mut part).collect()).collect() }
}

/// One resident for a year among a divided core and two affiliates.
fn program(pattern_text: &str) -> Scenario {
    let mut scenario = empty(12);
    let model = scenario.unchecked_mut();
    model.facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "4"),
        facility("east", Role::Affiliate, Accreditation::Training, "4"),
        facility("west", Role::Affiliate, Accreditation::Training, "4"),
    ];
    section(model, "core", "ct");
    section(model, "core", "ivr");
    model.rules.comprehensive_months_min = 0;
    model.rules.core_months_min = 0;
    model.rules.affiliate_stay_months_min = 1;
    model.rules.facilities_min = 1;
    let mut only = course("A", &[]);
    only.patterns = vec![pattern(model, pattern_text)];
    model.courses = vec![only];
    model.residents = vec![resident("a", 2020)];
    scenario
}

/// A plan from `core/ct 4, east 4, - 2`: places and months in order, `-` for nowhere.
fn plan(scenario: &Scenario, text: &str) -> Plan {
    let mut start = scenario.residents[0].entry;
    let mut plan = Plan::default();
    for piece in text.split(", ") {
        let (place, months) = piece.split_once(' ').unwrap();
        let months: u32 = months.parse().unwrap();
        let (facility, id) = place.split_once('/').map_or((place, None), |(f, s)| (f, Some(s)));
        if facility != "-" {
            let mut row = row(scenario, "a", "A", facility, &start.to_string(), months);
            let ix = |id| SectionIx(scenario.sections.iter().position(|one| one.id == id).unwrap());
            row.section = id.map(ix);
            plan.rows.push(row);
        }
        start = start.plus(months);
    }
    plan
}

#[test]
fn what_patterns_allow_and_what_they_do_not() {
    const PATTERN: &[&str] = &["course-pattern a - 2020-04"];
    const FINE: &[&str] = &[];
    for (pattern, placed, expected) in [
        ("any:12/3", "core/ct 3, east 6, core/ivr 3", FINE),
        ("any:12/3", "core/ct 4, east 5, core/ivr 3", PATTERN),
        ("any:12/3", "core/ct 2, core/ivr 1, east 9", PATTERN),
        ("any:12", "core/ct 2, core/ivr 10", FINE),
        ("any:12", "core/ct 2, east 10", PATTERN),
        ("core/ivr:4 any:8/4", "east 4, core/ivr 4, west 4", FINE),
        ("core/ivr:4 any:8/4", "east 4, core/ct 4, west 4", PATTERN),
        ("core/ivr;core/ct:4 affiliate:8", "core/ivr 3, core/ct 1, west 8", FINE),
        ("core/ivr:4 affiliate:8", "core/ivr 3, core/ct 1, west 8", PATTERN),
        ("*/ct:6/2 affiliate:6/2", "core/ct 2, east 2, core/ct 2, east 4, core/ct 2", FINE),
        ("*/ct:6/2 affiliate:6/2", "core/ct 2, east 3, core/ct 2, east 3, core/ct 2", PATTERN),
        ("any:10/1 free:2/1", "east 5, - 1, west 5, - 1", FINE),
        ("any:10/1 free:2", "east 5, - 2, west 5", FINE),
        ("any:10/1 free:2", "east 5, - 1, west 5, - 1", PATTERN),
        ("any:10/1 free:2/1", "east 5, - 3, west 4", PATTERN),
        ("any:10/1 free:2/1", "east 12", PATTERN),
        ("any:6 / any:6", "east 6, west 6", FINE),
    ] {
        let scenario = program(pattern);
        let found = judge(&scenario, &plan(&scenario, placed));
        // In which month a later entry deviates is told apart.
        assert_eq!(found, expected, "{pattern}: {placed}");
    }
}

#[test]
fn an_entry_may_span_several_years() {
    let mut scenario = program("any:24/3");
    scenario.unchecked_mut().training_months = 24;
    let good = plan(&scenario, "core/ct 9, east 6, west 9");
    assert_eq!(judge(&scenario, &good), no_defects());
    let bad = plan(&scenario, "core/ct 9, east 5, west 10");
    let audit = audit(&scenario, &bad, None);
    let said = audit.of(Rule::CoursePattern).map(english).next().unwrap();
    assert_eq!(
        said,
        "Training years 1 to 2 of resident a (from 2020-04) are \"core/ct 9 + east 5 + west 10\"; the nearest \
         pattern, of course A, asks for \"any 24/3\"."
    );
}

#[test]
fn a_course_has_its_own_length_and_a_resident_a_month_of_entry() {
    let mut scenario = program("any:12");
    scenario.unchecked_mut().residents[0].entry = span("2020-10", 1).start;
    assert_eq!(judge(&scenario, &plan(&scenario, "east 12")), no_defects());
    assert_eq!(judge(&scenario, &plan(&scenario, "east 13")), ["whole-career a - 2021-10"]);
    let text = pattern(scenario.unchecked_mut(), "any:6");
    scenario.unchecked_mut().courses[0].patterns = vec![text];
    scenario.unchecked_mut().courses[0].training_months = Some(6);
    assert_eq!(judge(&scenario, &plan(&scenario, "east 6")), no_defects());
    assert_eq!(judge(&scenario, &plan(&scenario, "east 12")), ["whole-career a - 2021-04"]);
}
