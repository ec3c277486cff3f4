//! The smallest scenario that still shows a fault: things are taken out one at a time, as long as
//! the fault stays and the reader accepts what is left.

use kenshu::internal::plan::Plan;
use kenshu::internal::regulation::default_rules;
use kenshu::internal::scenario::{CaseIx, CourseIx, FacilityIx, Model, ResidentIx, read};

use super::copies::Case;
use super::folder::sources;

/// Whether the reader accepts the case's tables.
pub fn is_readable(case: &Case) -> bool {
    read(&sources(&case.0)).0.is_some()
}

/// Shrinks a case for which `fault` is true until nothing more can be taken out.
pub fn shrink(case: &Case, fault: &dyn Fn(&Case) -> bool) -> Case {
    let mut smallest = case.clone();
    // The reader may refuse the original for reasons of its own; then nothing is asked of the copies.
    let readable = is_readable(case);
    'again: loop {
        for candidate in candidates(&smallest) {
            if candidate != smallest && (!readable || is_readable(&candidate)) && fault(&candidate) {
                smallest = candidate;
                continue 'again;
            }
        }
        return smallest;
    }
}

/// Everything a little smaller, what takes most out first.
fn candidates(case: &Case) -> Vec<Case> {
    let (scenario, base) = case;
    let mut list: Vec<Case> = Vec::new();
    list.extend(base.as_ref().map(|_| (scenario.clone(), None)));
    list.extend(scenario.resident_ixs().map(|resident| without_resident(case, resident)));
    list.extend(scenario.facility_ixs().filter_map(|facility| without_facility(case, facility)));
    if scenario.courses.len() > 1 {
        list.extend(scenario.course_ixs().map(|course| without_course(case, course)));
    }
    let mut change = |edit: &dyn Fn(&mut Model)| {
        let mut smaller = scenario.clone();
        edit(smaller.unchecked_mut());
        list.push((smaller, base.clone()));
    };
    if scenario.goals.len() > 1 {
        (0..scenario.goals.len()).for_each(|n| change(&|s| _ = s.goals.remove(n)));
    }
    for (n, course) in scenario.courses.iter().enumerate().filter(|(_, c)| c.patterns.len() > 1) {
        (0..course.patterns.len()).for_each(|p| change(&|s| _ = s.courses[n].patterns.remove(p)));
    }
    for n in 0..scenario.facilities.len() {
        change(&|s| s.facilities[n].accreditation.changes.clear());
        change(&|s| s.facilities[n].supervisors.changes.clear());
        change(&|s| s.facilities[n].seats.changes.clear());
        change(&|s| s.facilities[n].min_residents.changes.clear());
        change(&|s| s.facilities[n].seats.initial = None);
        change(&|s| s.facilities[n].min_residents.initial = 0);
    }
    for (n, resident) in scenario.residents.iter().enumerate() {
        (0..resident.locks.len()).for_each(|l| change(&|s| _ = s.residents[n].locks.remove(l)));
        change(&|s| s.residents[n].resigned_from = None);
        for l in 0..resident.leaves.len() {
            change(&|s| _ = s.residents[n].leaves.remove(l));
            // History, locks and what follows fit the shorter leave only now and then: the reader tells.
            if resident.leaves[l].span.months > 1 {
                change(&|s| s.residents[n].leaves[l].span.months -= 1);
            }
        }
        (0..resident.course_wishes.len())
            .for_each(|w| change(&|s| _ = s.residents[n].course_wishes.remove(w)));
        (0..resident.facility_wishes.len())
            .for_each(|w| change(&|s| _ = s.residents[n].facility_wishes.remove(w)));
        change(&|s| s.residents[n].logged.iter_mut().for_each(|count| *count = 0));
        change(&|s| s.residents[n].course = None);
        change(&|s| s.residents[n].anonymous = false);
        // Whoever brings a history enters in the first decided year instead and brings none.
        if !resident.history.is_empty() {
            change(&|s| {
                let resident = &mut s.residents[n];
                let later = 12 * (s.first_year - resident.entry_year).unsigned_abs();
                resident.history.clear();
                resident.entry_year = s.first_year;
                resident.entry = resident.entry.plus(later);
                // What they are away for goes with them, at the same time of their training.
                resident.leaves.iter_mut().for_each(|leave| leave.span.start = leave.span.start.plus(later));
                resident.resigned_from = resident.resigned_from.map(|from| from.plus(later));
                recount(s);
            });
        }
    }
    for n in (0..scenario.cases.len()).rev() {
        change(&|s| without_case(s, n));
        change(&|s| s.cases[n].target /= 2);
        change(&|s| s.cases[n].supplement_max = 0);
        change(&|s| s.facilities.iter_mut().for_each(|facility| facility.volumes[n].changes.clear()));
    }
    change(&|s| s.rules.comprehensive_months_min = 0);
    change(&|s| s.rules.core_months_min = 0);
    change(&|s| s.rules.affiliate_stay_months_min = 1);
    change(&|s| s.rules.facilities_min = 1);
    let usual = default_rules().leave;
    change(&|s| s.rules.leave = usual.clone());
    change(&|s| s.rules.leave.leave_months_max = None);
    change(&|s| s.rules.leave.childbirth_excess = usual.childbirth_excess);
    change(&|s| s.rules.leave.counted_leave_keeps_seat = usual.counted_leave_keeps_seat);
    change(&|s| s.rules.leave.leave_counts_at_facility = usual.leave_counts_at_facility);
    change(&|s| s.rules.leave.part_time_cases = usual.part_time_cases);
    change(&|s| s.rules.leave.covered_by_leave = usual.covered_by_leave);
    change(&|s| s.rules.unlisted = Default::default());
    change(&|s| s.rules.wishes_count_history = false);
    list
}

/// How many residents enter per year.
fn recount(scenario: &mut Model) {
    scenario.intake.values_mut().for_each(|count| *count = 0);
    for resident in &scenario.residents {
        if let Some(count) = scenario.intake.get_mut(&resident.entry_year) {
            *count += 1;
        }
    }
}

fn without_resident((scenario, base): &Case, gone: ResidentIx) -> Case {
    let mut smaller = scenario.clone();
    smaller.unchecked_mut().residents.remove(gone.0);
    recount(smaller.unchecked_mut());
    let base = base.clone().map(|plan| {
        let rows = plan.rows.into_iter().filter(|row| row.resident != gone).map(|mut row| {
            row.resident.0 -= usize::from(row.resident > gone);
            row
        });
        Plan::from(rows.collect::<Vec<_>>())
    });
    (smaller, base)
}

/// `None` if somebody was there: the past cannot be taken out.
fn without_facility((scenario, base): &Case, gone: FacilityIx) -> Option<Case> {
    let mut smaller = scenario.clone();
    smaller.unchecked_mut().facilities.remove(gone.0);
    let new = |old: FacilityIx| FacilityIx(old.0 - usize::from(old > gone));
    for resident in &mut smaller.unchecked_mut().residents {
        if resident.history.iter().any(|stay| stay.facility == gone) {
            return None;
        }
        resident.facility_wishes.retain(|wish| *wish != gone);
        resident.locks.retain(|lock| lock.stay.facility != gone);
        resident.facility_wishes.iter_mut().for_each(|wish| *wish = new(*wish));
        resident.history.iter_mut().for_each(|stay| stay.facility = new(stay.facility));
        resident.locks.iter_mut().for_each(|lock| lock.stay.facility = new(lock.stay.facility));
    }
    let base = base.clone().map(|mut plan| {
        plan.rows.retain(|row| row.facility != gone);
        plan.rows.iter_mut().for_each(|row| row.facility = new(row.facility));
        plan
    });
    Some((smaller, base))
}

fn without_course((scenario, base): &Case, gone: CourseIx) -> Case {
    let mut smaller = scenario.clone();
    smaller.unchecked_mut().courses.remove(gone.0);
    let new = |old: CourseIx| (old != gone).then_some(CourseIx(old.0 - usize::from(old > gone)));
    for resident in &mut smaller.unchecked_mut().residents {
        resident.course = resident.course.and_then(new);
        resident.course_wishes = resident.course_wishes.iter().filter_map(|wish| new(*wish)).collect();
    }
    let base = base.clone().map(|mut plan| {
        plan.rows.iter_mut().for_each(|row| row.course = row.course.and_then(new));
        plan
    });
    (smaller, base)
}

/// Takes an item out with its column; the parts of an item stay as items.
fn without_case(scenario: &mut Model, gone: usize) {
    let volume = scenario.cases.remove(gone).volume;
    scenario.volumes.remove(volume);
    for item in &mut scenario.cases {
        item.volume -= usize::from(item.volume > volume);
        item.part_of = item
            .part_of
            .filter(|parent| parent.0 != gone)
            .map(|CaseIx(parent)| CaseIx(parent - usize::from(parent > gone)));
    }
    scenario.facilities.iter_mut().for_each(|facility| _ = facility.volumes.remove(volume));
    scenario.residents.iter_mut().filter(|r| r.logged.len() > gone).for_each(|r| _ = r.logged.remove(gone));
}
