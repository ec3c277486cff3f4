//! Random small scenarios, each from a seed, valid as the reader would accept them.
//!
//! Two sizes. *Short*: training of 3–9 months in one training year, parts of any length. *Long*: a
//! full year and 3–6 months more, parts in blocks of three months or more, with residents who bring
//! history. Everything that a rule or a goal looks at varies: courses with split years and
//! alternatives, dated changes, locks, wishes, all readings of the supervisor rule; `case_items` and
//! `leaves` add what is drawn from random numbers of its own.

use std::collections::BTreeMap;

use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::regulation::Unlisted;
use kenshu::internal::scenario::{
    Accreditation, Course, CourseIx, Dated, Facility, FacilityIx, Goal, GoalKind, Lock, LockKind, Measure,
    Part, Pattern, Resident, ResidentIx, Role, Scenario, Stay, SupervisorRounding,
};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};

use super::program::{default_goals, empty, facility, resident};
use super::{case_items, leaves};

/// A scenario and, for some, a base plan for the goal `stability`.
pub struct Generated {
    pub scenario: Scenario,
    pub base: Option<Plan>,
}

/// The scenario of a seed.
pub fn generate(seed: u64) -> Generated {
    let mut rng = StdRng::seed_from_u64(seed);
    let rng = &mut rng;
    let long = rng.random_bool(0.4);
    let mut scenario = empty(if long { *choose(rng, &[15, 16, 18]) } else { rng.random_range(3..=9) });
    scenario.unchecked_mut().id = format!("generated-{seed}");
    scenario.unchecked_mut().hash = scenario.id.clone();
    scenario.unchecked_mut().calendar.starts_in_month =
        if rng.random_bool(0.8) { 4 } else { rng.random_range(1..=12) };
    let shift = |month: u32| scenario.calendar.start_of(2020).plus(month);
    scenario.unchecked_mut().facilities = facilities(rng, &|rng: &mut StdRng| shift(rng.random_range(0..24)));
    let blocks = if long { 3 } else { 1 };
    scenario.unchecked_mut().courses =
        (0..rng.random_range(1..=3)).map(|n| course(rng, &scenario, n, blocks)).collect();
    rules(rng, &mut scenario);
    residents(rng, &mut scenario, long);
    let mut base = rng.random_bool(0.4).then(|| base_plan(rng, &scenario));
    scenario.unchecked_mut().goals = goals(rng);
    case_items::add(&mut scenario, seed);
    leaves::add(&mut scenario, &mut base, seed);
    readings(&mut scenario, seed);
    kept(&mut scenario, seed);
    Generated { scenario, base }
}

/// Now and then a course is kept for those who need it or wish for it, and some others. From random numbers of
/// its own.
fn kept(scenario: &mut Scenario, seed: u64) {
    let rng = &mut StdRng::seed_from_u64(seed ^ 0x0_4E97);
    let course = CourseIx(rng.random_range(0..scenario.courses.len()));
    let nameless = scenario.residents.iter().any(|one| one.anonymous && one.course == Some(course));
    if scenario.courses.len() == 1 || nameless || rng.random_bool(0.75) {
        return;
    }
    scenario.unchecked_mut().courses[course.0].who = vec!["kept".into()];
    for one in &mut scenario.unchecked_mut().residents {
        let needs =
            one.course == Some(course) || one.course_wishes.contains(&course) || !one.history.is_empty();
        if !one.anonymous && (needs || rng.random_bool(0.4)) {
            one.tags = vec!["kept".into()];
        }
    }
}

/// How wishes and coverage are counted, from random numbers of its own.
fn readings(scenario: &mut Scenario, seed: u64) {
    let rng = &mut StdRng::seed_from_u64(seed ^ 0x0071_5435);
    let rules = &mut scenario.unchecked_mut().rules;
    rules.unlisted = *choose(rng, &[Unlisted::Own, Unlisted::Own, Unlisted::Longest]);
    rules.wishes_count_history = rng.random_bool(0.3);
    rules.leave.covered_by_leave = rng.random_bool(0.3);
}

fn choose<'a, T>(rng: &mut StdRng, list: &'a [T]) -> &'a T {
    list.choose(rng).expect("a list with entries")
}

fn facilities(rng: &mut StdRng, some_month: &dyn Fn(&mut StdRng) -> Month) -> Vec<Facility> {
    const SUPERVISORS: [&str; 8] = ["0.3", "0.7", "1", "1", "1.4", "1.5", "2", "2.4"];
    const ACCREDITATIONS: [Accreditation; 4] = [
        Accreditation::Comprehensive,
        Accreditation::Comprehensive,
        Accreditation::Training,
        Accreditation::Special,
    ];
    let count = rng.random_range(2..=4);
    let with_associated = count > 2 && rng.random_bool(0.2);
    let mut list = Vec::new();
    for n in 0..count {
        let role = match n {
            0 => Role::Core,
            _ if with_associated && n == count - 1 => Role::Associated,
            _ => Role::Affiliate,
        };
        let accreditation = if n == 0 { Accreditation::Comprehensive } else { *choose(rng, &ACCREDITATIONS) };
        let supervisors = if n == 0 { "2.7" } else { *choose(rng, &SUPERVISORS) };
        let mut one = facility(&format!("f{n}"), role, accreditation, supervisors);
        if rng.random_bool(0.2) {
            one.seats = Dated::constant(Some(rng.random_range(1..=3)));
        }
        if role == Role::Affiliate && rng.random_bool(0.6) {
            one.min_residents = Dated::constant(rng.random_range(1..=2));
        }
        // What changes, from a month on: somebody leaves, a site joins, an accreditation is lost.
        if rng.random_bool(0.2) {
            let fewer = choose(rng, &SUPERVISORS).parse().expect("a decimal");
            one.supervisors.changes.push((some_month(rng), fewer));
        }
        if rng.random_bool(0.2) {
            one.seats.changes.push((some_month(rng), rng.random_bool(0.7).then(|| rng.random_range(0..=2))));
        }
        if rng.random_bool(0.2) {
            one.accreditation.changes.push((some_month(rng), *choose(rng, &ACCREDITATIONS)));
        }
        if rng.random_bool(0.2) {
            one.min_residents.changes.push((some_month(rng), rng.random_range(0..=2)));
        }
        list.push(one);
    }
    list
}

fn course(rng: &mut StdRng, scenario: &Scenario, number: usize, blocks: u32) -> Course {
    let mut patterns: Vec<Pattern> = Vec::new();
    for _ in 0..rng.random_range(1..=2) {
        let first = scenario.training_months.min(12);
        let rest = scenario.training_months - first;
        let mut years = vec![year(rng, first, blocks)];
        if rest > 0 {
            years.push(year(rng, rest, blocks));
        }
        let sorted = |pattern: &Pattern| {
            let mut years = pattern.entries.clone();
            years.iter_mut().for_each(|parts| parts.sort());
            years
        };
        let pattern = Pattern { entries: years };
        if patterns.iter().all(|other| sorted(other) != sorted(&pattern)) {
            patterns.push(pattern);
        }
    }
    let id = ["A", "B", "C"][number].to_string();
    Course {
        name: format!("コース{id}"),
        id,
        patterns,
        tags: Vec::new(),
        who: Vec::new(),
        training_months: None,
        intake_max: BTreeMap::new(),
    }
}

/// The parts of one training year: one to three, of at least `block` months, multiples of it but
/// for what is left over.
fn year(rng: &mut StdRng, months: u32, block: u32) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut left = months;
    while left > 0 {
        let role = if rng.random_bool(0.5) { Role::Core } else { Role::Affiliate };
        let is_last = parts.len() == 2 || left < 2 * block || rng.random_bool(0.25);
        let length = if is_last { left } else { block * rng.random_range(1..=(left / block - 1).max(1)) };
        parts.push(Part::of_role(role, length));
        left -= length;
    }
    parts
}

fn rules(rng: &mut StdRng, scenario: &mut Scenario) {
    let months = scenario.training_months;
    scenario.unchecked_mut().rules.residents_per_supervisor = rng.random_range(1..=3);
    scenario.unchecked_mut().rules.supervisor_rounding = *choose(
        rng,
        &[
            SupervisorRounding::FacilityFloor,
            SupervisorRounding::FacilityFloor,
            SupervisorRounding::Pooled,
            SupervisorRounding::SupervisorFloor,
        ],
    );
    scenario.unchecked_mut().rules.comprehensive_months_min = rng.random_range(0..=months / 3);
    scenario.unchecked_mut().rules.core_months_min = rng.random_range(0..=months / 5);
    scenario.unchecked_mut().rules.affiliate_stay_months_min = *choose(rng, &[1, 1, 2, 3]);
    scenario.unchecked_mut().rules.facilities_min = *choose(rng, &[1, 1, 1, 2]);
}

fn residents(rng: &mut StdRng, scenario: &mut Scenario, long: bool) {
    let count = rng.random_range(1..=4);
    for _ in 0..count {
        let entry_year = if long { rng.random_range(2019..=2021) } else { rng.random_range(2020..=2021) };
        let anonymous = entry_year >= 2020 && rng.random_bool(0.2);
        let entry = scenario.calendar.start_of(entry_year);
        scenario.unchecked_mut().residents.push(Resident { anonymous, entry, ..resident("", entry_year) });
    }
    scenario.unchecked_mut().residents.sort_by_key(|resident| (resident.entry_year, resident.anonymous));
    for position in 0..scenario.residents.len() {
        let ix = ResidentIx(position);
        let mut one = scenario.resident(ix).clone();
        one.id = format!("r{}", position + 1);
        one.name = one.id.clone();
        let course = CourseIx(rng.random_range(0..scenario.courses.len()));
        one.course = rng.random_bool(0.4).then_some(course);
        if !one.anonymous {
            one.course_wishes = some_of(rng, scenario.course_ixs());
            let affiliates =
                scenario.facility_ixs().filter(|f| scenario.facility(*f).role == Role::Affiliate);
            one.facility_wishes = some_of(rng, affiliates);
            let past = Span::between(scenario.training(ix).start, scenario.start());
            let past = past.intersection(scenario.training(ix));
            let career = some_career(rng, scenario, ix, course);
            one.history = merge(career.iter().map(|stay| cut(stay, past)));
            one.locks = locks(rng, scenario, ix, &career);
        }
        scenario.unchecked_mut().residents[position] = one;
    }
    for year in scenario.first_year..=scenario.last_intake_year() {
        let entering = scenario.residents.iter().filter(|r| r.entry_year == year).count();
        scenario.unchecked_mut().intake.insert(year, entering as u32);
    }
}

/// Half of the time no list, else some of the entries in some order.
fn some_of<T>(rng: &mut StdRng, all: impl Iterator<Item = T>) -> Vec<T> {
    if rng.random_bool(0.3) {
        return Vec::new();
    }
    let mut list: Vec<T> = all.collect();
    list.shuffle(rng);
    list.truncate(rng.random_range(1..=3));
    list
}

/// A career along a pattern of the course, at facilities taken at random.
fn some_career(rng: &mut StdRng, scenario: &Scenario, resident: ResidentIx, course: CourseIx) -> Vec<Stay> {
    let pattern = choose(rng, &scenario.course(course).patterns).clone();
    let mut stays = Vec::new();
    let mut start = scenario.training(resident).start;
    for mut parts in pattern.entries {
        parts.shuffle(rng);
        for part in parts {
            let of_role: Vec<FacilityIx> = scenario
                .facility_ixs()
                .filter(|f| scenario.role_of(&part) == Some(scenario.facility(*f).role))
                .collect();
            stays.push(Stay {
                facility: *choose(rng, &of_role),
                span: Span::new(start, part.months),
                section: None,
            });
            start = start.plus(part.months);
        }
    }
    stays
}

fn cut(stay: &Stay, within: Span) -> Stay {
    Stay { span: stay.span.intersection(within), ..*stay }
}

/// The non-empty stays, neighbours at one facility made one.
fn merge(stays: impl Iterator<Item = Stay>) -> Vec<Stay> {
    let mut merged: Vec<Stay> = Vec::new();
    for stay in stays.filter(|stay| !stay.span.is_empty()) {
        match merged.last_mut() {
            Some(last) if last.facility == stay.facility => last.span.months += stay.span.months,
            _ => merged.push(stay),
        }
    }
    merged
}

/// Up to two locks on different months, mostly such that the given career keeps them.
fn locks(rng: &mut StdRng, scenario: &Scenario, resident: ResidentIx, career: &[Stay]) -> Vec<Lock> {
    let decided = scenario.decided(resident);
    let mut locks: Vec<Lock> = Vec::new();
    for _ in 0..rng.random_range(0..=2) {
        let start = decided.start.plus(rng.random_range(0..decided.months));
        let span = Span::new(start, rng.random_range(1..=4)).intersection(decided);
        if locks.iter().any(|other| !other.stay.span.intersection(span).is_empty()) {
            continue;
        }
        let placeable: Vec<FacilityIx> =
            scenario.facility_ixs().filter(|f| scenario.facility(*f).role != Role::Associated).collect();
        let there = career.iter().find(|stay| stay.span.contains(start));
        let facility = *choose(rng, &placeable);
        let lock = match there {
            Some(stay) if rng.random_bool(0.6) => Lock { stay: cut(stay, span), kind: LockKind::Must },
            Some(stay) if stay.facility == facility && rng.random_bool(0.7) => continue,
            _ => Lock { stay: Stay { facility, span, section: None }, kind: LockKind::MustNot },
        };
        locks.push(lock);
    }
    locks.sort_by_key(|lock| lock.stay.span);
    locks
}

/// The default order, or goals and measures at random.
fn goals(rng: &mut StdRng) -> Vec<Goal> {
    if rng.random_bool(0.5) {
        return default_goals();
    }
    let mut all = vec![Goal { kind: GoalKind::Coverage, measure: Measure::Sum }];
    let kinds = GoalKind::ALL.into_iter().filter(|kind| *kind != GoalKind::Coverage);
    all.extend(kinds.flat_map(|kind| Measure::ALL.map(|measure| Goal { kind, measure })));
    all.shuffle(rng);
    all.truncate(rng.random_range(1..=6));
    all
}

/// A plan from before: careers along patterns with some stays missing; it may break rules.
fn base_plan(rng: &mut StdRng, scenario: &Scenario) -> Plan {
    let mut rows = Vec::new();
    for resident in scenario.resident_ixs() {
        let course = CourseIx(rng.random_range(0..scenario.courses.len()));
        let decided = scenario.decided(resident);
        for stay in some_career(rng, scenario, resident, course) {
            let span = stay.span.intersection(decided);
            if !span.is_empty() && rng.random_bool(0.9) {
                let facility = stay.facility;
                rows.push(Placement {
                    resident,
                    course: Some(course),
                    facility,
                    section: None,
                    span,
                    line: None,
                });
            }
        }
    }
    Plan::from(rows)
}
