//! Leave for a generated scenario: of every kind, at any time, up to several for one resident, and now and
//! then somebody who leaves the program.
//!
//! Drawn from random numbers of its own, so that everything else of a seed's scenario stays what it is
//! without it. Of whoever is away, history and locks are drawn again, since they follow the months with a
//! seat, and half of the time what the base plan says of them.

use std::collections::BTreeMap;

use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::scenario::{
    ChildbirthExcess, CourseIx, FacilityIx, Leave, LeaveKind, LeaveRules, Lock, LockKind, Resident,
    ResidentIx, Role, Scenario, Service, Stay,
};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Trainings up to so many months are tiny: so are the leaves of them.
const TINY_MONTHS: u32 = 9;

/// Gives about half of the scenarios leave.
pub fn add(scenario: &mut Scenario, base: &mut Option<Plan>, seed: u64) {
    let random = &mut StdRng::seed_from_u64(seed ^ 0x1EA7E);
    if random.random_bool(0.5) {
        return;
    }
    scenario.unchecked_mut().rules.leave = rules(random);
    for resident in scenario.resident_ixs() {
        if random.random_bool(0.35) {
            continue;
        }
        let mut one = scenario.resident(resident).clone();
        (one.leaves, one.resigned_from) = leaves(random, scenario, &one);
        (one.history, one.locks) = (Vec::new(), Vec::new());
        scenario.unchecked_mut().residents[resident.0] = one;
        let course = scenario.resident(resident).course;
        let course = course.unwrap_or_else(|| CourseIx(random.random_range(0..scenario.courses.len())));
        let career = some_career(random, scenario, resident, course);
        let start = scenario.start();
        let history = stays(career.iter().filter(|(month, _)| **month < start));
        let locks = locks(random, scenario, resident, &career);
        let one = &mut scenario.unchecked_mut().residents[resident.0];
        one.history = history;
        if !one.anonymous {
            one.locks = locks;
        }
        if let Some(base) = base.as_mut().filter(|_| random.random_bool(0.5)) {
            base.rows.retain(|row| row.resident != resident);
            let before = some_career(random, scenario, resident, course);
            let before = stays(before.iter().filter(|(month, _)| **month >= start));
            let kept = before.into_iter().filter(|_| random.random_bool(0.9));
            base.rows.extend(kept.map(|Stay { facility, span, section }| Placement {
                resident,
                course: Some(course),
                facility,
                section,
                span,
                line: None,
            }));
        }
    }
}

fn choose<T: Copy>(random: &mut StdRng, list: &[T]) -> T {
    *list.choose(random).expect("a list with entries")
}

/// Allowances small enough that a tiny training can exceed them, and every reading.
fn rules(random: &mut StdRng) -> LeaveRules {
    LeaveRules {
        childbirth_months_max: choose(random, &[0, 1, 2, 2, 3, 6]),
        childbirth_leaves_max: choose(random, &[0, 1, 1, 1, 2]),
        childbirth_excess: choose(
            random,
            &[ChildbirthExcess::Beyond, ChildbirthExcess::Beyond, ChildbirthExcess::Whole],
        ),
        illness_months_max: choose(random, &[0, 1, 2, 3, 6]),
        part_time_months_max: choose(random, &[0, 1, 2, 3, 6]),
        part_time_hours: choose(random, &[800, 800, 100, 7]),
        part_time_hours_per_week_full: choose(random, &[30, 30, 20]),
        leave_months_max: random.random_bool(0.35).then(|| random.random_range(0..=5)),
        counted_leave_keeps_seat: random.random_bool(0.65),
        leave_counts_at_facility: random.random_bool(0.6),
        part_time_cases: random.random_bool(0.5),
        covered_by_leave: false,
    }
}

/// Leaves within the training that they themselves move, and the month of a resignation.
fn leaves(random: &mut StdRng, scenario: &Scenario, resident: &Resident) -> (Vec<Leave>, Option<Month>) {
    use LeaveKind::*;
    const KINDS: [LeaveKind; 10] = [
        Childbirth,
        Childbirth,
        Childbirth,
        Illness,
        Illness,
        PartTime,
        PartTime,
        Abroad,
        GraduateSchoolResearch,
        GraduateSchoolClinical,
    ];
    let rules = &scenario.rules.leave;
    let training = scenario.training_months;
    let most = if training <= TINY_MONTHS { 3 } else { 5 };
    let entry = scenario.calendar.start_of(resident.entry_year);
    let mut list: Vec<Leave> = Vec::new();
    let mut free = entry;
    for number in 0..choose(random, &[0, 1, 1, 1, 2, 2, 3]) {
        let far = if number == 0 { training } else { training / 3 };
        let gap = if number > 0 && random.random_bool(0.4) { 0 } else { random.random_range(0..=far) };
        let span = Span::new(free.plus(gap), random.random_range(1..=most));
        let kind = choose(random, &KINDS);
        list.push(leave(random, rules, kind, span));
        free = span.end();
    }
    // A leave is over by the end of training, which nobody knows before it is counted.
    let end = loop {
        let end = service(scenario, resident, &list).span().end();
        if !cut_last(random, rules, &mut list, end) {
            break end;
        }
    };
    let resigned = random.random_bool(0.12) && end > entry.plus(1);
    let resigned = resigned.then(|| entry.plus(random.random_range(1..end.since(entry).unsigned_abs())));
    while resigned.is_some_and(|from| cut_last(random, rules, &mut list, from)) {}
    (list, resigned)
}

fn service(scenario: &Scenario, resident: &Resident, leaves: &[Leave]) -> Service {
    let staying = Resident { leaves: leaves.to_vec(), resigned_from: None, ..resident.clone() };
    Service::new(scenario.training_months, &scenario.rules.leave, &staying)
}

/// Takes a month off the last leave if it goes on beyond `end`; `false` if none does.
fn cut_last(random: &mut StdRng, rules: &LeaveRules, list: &mut Vec<Leave>, end: Month) -> bool {
    let Some(last) = list.last_mut().filter(|last| last.span.end() > end) else { return false };
    if last.span.months == 1 {
        list.pop();
    } else {
        *last = leave(random, rules, last.kind, Span::new(last.span.start, last.span.months - 1));
    }
    true
}

/// A leave; part-time with hours a week, hours, or both, such that the reader believes them.
fn leave(random: &mut StdRng, rules: &LeaveRules, kind: LeaveKind, span: Span) -> Leave {
    let mut leave = Leave { kind, span, hours_per_week: None, hours: None };
    if kind != LeaveKind::PartTime {
        return leave;
    }
    let months = span.months;
    if random.random_bool(0.5) {
        // Around what makes every month a whole one.
        let whole = months * rules.part_time_hours / rules.part_time_months_max.max(1);
        leave.hours = Some(random.random_range(0..=(2 * whole).min(months * 31 * 8)));
        return leave;
    }
    let weekly =
        choose(random, &[Decimal::from(10), Decimal::new(195, 1), Decimal::from(30), Decimal::from(40)]);
    leave.hours_per_week = Some(weekly);
    if weekly < Decimal::from(rules.part_time_hours_per_week_full) || random.random_bool(0.3) {
        let hours = |weeks: u32| (weekly * Decimal::from(weeks * months)).ceil().to_u32().expect("few hours");
        leave.hours = Some(random.random_range(hours(3)..=hours(4)));
    }
    leave
}

/// The months with a seat along a pattern of the course, at facilities taken at random; now and then the
/// extension elsewhere.
fn some_career(
    random: &mut StdRng,
    scenario: &Scenario,
    resident: ResidentIx,
    course: CourseIx,
) -> BTreeMap<Month, FacilityIx> {
    let pattern = scenario.course(course).patterns.choose(random).expect("a pattern");
    let of_role = |role: Role| -> Vec<FacilityIx> {
        scenario.facility_ixs().filter(|f| scenario.facility(*f).role == role).collect()
    };
    let mut places: Vec<FacilityIx> = Vec::new();
    for parts in &pattern.entries {
        let mut parts = parts.clone();
        parts.shuffle(random);
        for part in parts {
            let facility = choose(random, &of_role(scenario.role_of(&part).expect("a role")));
            places.extend((0..part.months).map(|_| facility));
        }
    }
    let last = *places.last().expect("a pattern with months");
    let beyond = if random.random_bool(0.8) { last } else { choose(random, &placeable(scenario)) };
    let service = scenario.service(resident);
    let seats = service.iter().filter(|(_, this)| this.seat);
    let place = |position: u32| places.get(position as usize).copied().unwrap_or(beyond);
    seats.filter_map(|(month, this)| Some((month, place(this.position?)))).collect()
}

fn placeable(scenario: &Scenario) -> Vec<FacilityIx> {
    scenario.facility_ixs().filter(|f| scenario.facility(*f).role != Role::Associated).collect()
}

/// Months at facilities as stays without gaps.
fn stays<'a>(months: impl Iterator<Item = (&'a Month, &'a FacilityIx)>) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::new();
    for (&month, &facility) in months {
        match stays.last_mut() {
            Some(last) if last.facility == facility && last.span.end() == month => last.span.months += 1,
            _ => stays.push(Stay { facility, span: Span::new(month, 1), section: None }),
        }
    }
    stays
}

/// Up to two locks on different months, mostly such that the given career keeps them; in the extension
/// often at another facility, since a lock alone can move it.
fn locks(
    random: &mut StdRng,
    scenario: &Scenario,
    resident: ResidentIx,
    career: &BTreeMap<Month, FacilityIx>,
) -> Vec<Lock> {
    let decided = scenario.decided(resident);
    let service = scenario.service(resident);
    let is_extension =
        |month: &Month| service.at(*month).and_then(|this| this.position) >= Some(scenario.training_months);
    let mut locks: Vec<Lock> = Vec::new();
    let due: Vec<Month> = career.keys().copied().filter(|month| decided.contains(*month)).collect();
    let extension: Vec<Month> = due.iter().copied().filter(is_extension).collect();
    for number in 0..random.random_range(0..=2) {
        let at_the_end = number == 0 && !extension.is_empty() && random.random_bool(0.6);
        let Some(&start) = (if at_the_end { &extension } else { &due }).choose(random) else { continue };
        let months = random.random_range(1..=4);
        let elsewhere = choose(random, &placeable(scenario));
        let must = random.random_bool(0.6);
        let facility = match must {
            true if is_extension(&start) && random.random_bool(0.6) => elsewhere,
            true => career[&start],
            false => elsewhere,
        };
        let fits = |month: &Month| match must {
            true => career.get(month).is_some_and(|at| *at == career[&start]),
            false => decided.contains(*month),
        };
        let span = Span::new(start, Span::new(start, months).iter().take_while(fits).count() as u32);
        let kept = !must && span.iter().any(|month| career.get(&month) == Some(&facility));
        let overlaps = locks.iter().any(|other| !other.stay.span.intersection(span).is_empty());
        if overlaps || (kept && random.random_bool(0.7)) {
            continue;
        }
        let kind = if must { LockKind::Must } else { LockKind::MustNot };
        locks.push(Lock { stay: Stay { facility, span, section: None }, kind });
    }
    locks.sort_by_key(|lock| lock.stay.span);
    locks
}
