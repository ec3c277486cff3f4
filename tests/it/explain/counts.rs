//! Counts, counted again by the tables alone.

use std::collections::{BTreeMap, BTreeSet};

use kenshu::internal::audit::{case_need, program_limit, seat_limit};
use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::cases::Site;
use kenshu::internal::explain::Count;
use kenshu::internal::explain::counting::{CasesAt, Counted};
use kenshu::internal::explain::relax::relaxed;
use kenshu::internal::explain::statement::{Statement, statements};
use kenshu::internal::plan::Window;
use kenshu::internal::scenario::{CaseIx, FacilityIx, LeaveKind, ResidentIx, Scenario};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::common::brute;

/// A count holds by arithmetic alone, over careers listed by brute force.
pub fn counted_by_hand(seed: u64, scenario: &Scenario, count: &Count) {
    let window = match &count.of {
        Counted::Cases(cases) => return cases_counted_by_hand(seed, scenario, count, cases),
        Counted::Seats(window) => *window,
    };
    // A count of months is that of the first of them.
    let counted = match window {
        Window::Years(span) => span,
        Window::Months(span) => Span::new(span.start, 1),
    };
    let counts = |facility: &FacilityIx| count.facilities.is_empty() || count.facilities.contains(facility);
    let least = |scenario: &Scenario, resident| least(scenario, resident, counted, &counts);
    let needed = groups_by_hand(seed, scenario, count, &least);
    let seats = |month| -> u32 {
        match count.facilities.is_empty() {
            true => program_limit(scenario, month).expect("a pool"),
            false => count.facilities.iter().map(|&f| seat_limit(scenario, f, month).expect("seats")).sum(),
        }
    };
    // What is said of a span of months is true of each of them.
    if let Window::Months(span) = window {
        for month in span.iter() {
            assert_eq!(i64::from(seats(month)), count.offered, "seed {seed}: {month}");
            for resident in count.groups.iter().flat_map(|group| &group.residents) {
                let there = self::least(scenario, *resident, Span::new(month, 1), &counts);
                assert_eq!(there, 1, "seed {seed}: {resident:?} {month}");
            }
        }
    }
    let offered: i64 = counted.iter().map(|month| i64::from(seats(month))).sum();
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
            other_rules.unchecked_mut().cases.iter_mut().for_each(|item| item.target = 0);
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
    let elsewhere = |site: Site| sites.iter().all(|(counted, _)| *counted != site);
    let least = |scenario: &Scenario, resident: ResidentIx| {
        let need = i64::from(case_need(scenario, *case, resident));
        let careers = brute::careers(scenario, resident);
        let given = |places: &Vec<FacilityIx>| given(scenario, *case, resident, places, &elsewhere);
        careers.iter().map(|(_, places)| (need - given(places)).max(0)).min().unwrap_or(0)
    };
    let needed = groups_by_hand(seed, scenario, count, &least);
    let offered: i64 = sites.iter().map(|(site, _)| offer(scenario, *case, *site)).sum();
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
    let accrue = |(month, _): &(Month, _)| cases_accrue(scenario, resident, *month);
    for (month, &facility) in scenario.due(resident).zip(places).filter(accrue) {
        let site = Site::of(scenario.calendar.year_of(month), facility);
        *months.entry(site).or_default() += 1;
    }
    let counted = months.into_iter().filter(|(site, _)| counts(*site));
    counted.map(|(site, months)| offer(scenario, case, site) * months / 12).sum()
}

/// Cases do not accrue in leave, but at a clinical graduate school and, if the rules say so, in part-time.
fn cases_accrue(scenario: &Scenario, resident: ResidentIx, month: Month) -> bool {
    let leave = scenario.resident(resident).leaves.iter().find(|leave| leave.span.contains(month));
    leave.is_none_or(|leave| match leave.kind {
        LeaveKind::GraduateSchoolClinical => true,
        LeaveKind::PartTime => scenario.rules.leave.part_time_cases,
        _ => false,
    })
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
    let due: Vec<Month> = scenario.due(resident).collect();
    let there = |places: &[FacilityIx]| {
        let months = due.iter().zip(places);
        months.filter(|(month, facility)| window.contains(**month) && counts(facility)).count() as i64
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
