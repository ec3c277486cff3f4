//! Copies of a scenario that must have the same status and goal values.

use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::plan::Plan;
use kenshu::internal::scenario::{
    CourseIx, Dated, FacilityIx, ResidentIx, Scenario, Stay, SupervisorRounding,
};
use rand::prelude::*;
use rust_decimal::Decimal;

/// A scenario and, for some, a base plan.
pub type Case = (Scenario, Option<Plan>);

/// Other ids and names for everything.
pub fn renamed((scenario, base): &Case) -> Case {
    let mut renamed = scenario.clone();
    for (number, facility) in renamed.unchecked_mut().facilities.iter_mut().enumerate() {
        facility.id = format!("施設{}", 900 - number);
        facility.name = format!("病院 {number}");
    }
    for (number, resident) in renamed.unchecked_mut().residents.iter_mut().enumerate() {
        resident.id = format!("z{}", 900 - number);
    }
    for (number, course) in renamed.unchecked_mut().courses.iter_mut().enumerate() {
        course.id = format!("K{}", 900 - number);
    }
    (renamed, base.clone())
}

/// Facilities, residents, courses and what each course allows in another order.
pub fn permuted((scenario, base): &Case, random: &mut StdRng) -> Case {
    let mut order = |count: usize| -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        order.shuffle(random);
        order
    };
    let facilities = order(scenario.facilities.len());
    let people = order(scenario.residents.len());
    let courses = order(scenario.courses.len());
    let new = |order: &[usize], old: usize| order.iter().position(|&o| o == old).expect("a permutation");
    let new_facility = |old: FacilityIx| FacilityIx(new(&facilities, old.0));
    let new_course = |old: CourseIx| CourseIx(new(&courses, old.0));
    let new_stay =
        |stay: Stay| Stay { facility: new_facility(stay.facility), span: stay.span, section: None };
    let mut permuted = scenario.clone();
    permuted.unchecked_mut().facilities =
        facilities.iter().map(|&f| scenario.facilities[f].clone()).collect();
    permuted.unchecked_mut().residents = people.iter().map(|&r| scenario.residents[r].clone()).collect();
    permuted.unchecked_mut().courses = courses.iter().map(|&c| scenario.courses[c].clone()).collect();
    permuted.unchecked_mut().courses.iter_mut().for_each(|course| course.patterns.reverse());
    for resident in &mut permuted.unchecked_mut().residents {
        resident.course = resident.course.map(new_course);
        resident.course_wishes.iter_mut().for_each(|wish| *wish = new_course(*wish));
        resident.facility_wishes.iter_mut().for_each(|wish| *wish = new_facility(*wish));
        resident.history.iter_mut().for_each(|stay| *stay = new_stay(*stay));
        resident.locks.iter_mut().for_each(|lock| lock.stay = new_stay(lock.stay));
    }
    let base = base.clone().map(|mut plan| {
        for row in &mut plan.rows {
            row.facility = new_facility(row.facility);
            row.resident = ResidentIx(new(&people, row.resident.0));
            row.course = row.course.map(new_course);
        }
        plan.rows.reverse();
        plan
    });
    (permuted, base)
}

/// Supervisors and the residents each may have in other units, so that every number of seats is
/// what it was: floor(ratio · s) = floor((ratio · k) · (s / k)), and for `SupervisorFloor`
/// ratio · floor(s) = 1 · floor(ratio · floor(s)).
pub fn scaled((scenario, base): &Case, random: &mut StdRng) -> Case {
    let mut scaled = scenario.clone();
    let ratio = scenario.rules.residents_per_supervisor;
    let times = *[2, 4, 5, 10].choose(random).expect("some factors");
    let floors = scenario.rules.supervisor_rounding == SupervisorRounding::SupervisorFloor;
    scaled.unchecked_mut().rules.residents_per_supervisor = if floors { 1 } else { ratio * times };
    let other = |supervisors: &mut Decimal| {
        *supervisors = if floors {
            supervisors.floor() * Decimal::from(ratio)
        } else {
            *supervisors / Decimal::from(times)
        };
    };
    for facility in &mut scaled.unchecked_mut().facilities {
        other(&mut facility.supervisors.initial);
        facility.supervisors.changes.iter_mut().for_each(|(_, supervisors)| other(supervisors));
    }
    (scaled, base.clone())
}

/// The same some years later.
pub fn later((scenario, base): &Case, random: &mut StdRng) -> Case {
    let years = random.random_range(1..40);
    let month = |month: Month| month.plus(12 * years as u32);
    let span = |span: Span| Span::new(month(span.start), span.months);
    fn dated<T>(values: &mut Dated<T>, month: impl Fn(Month) -> Month) {
        values.changes.iter_mut().for_each(|(from, _)| *from = month(*from));
    }
    let mut later = scenario.clone();
    later.unchecked_mut().first_year += years;
    later.unchecked_mut().intake =
        scenario.intake.iter().map(|(year, residents)| (year + years, *residents)).collect();
    for facility in &mut later.unchecked_mut().facilities {
        dated(&mut facility.accreditation, month);
        dated(&mut facility.supervisors, month);
        dated(&mut facility.seats, month);
        dated(&mut facility.min_residents, month);
        facility.volumes.iter_mut().for_each(|volume| dated(volume, month));
    }
    for resident in &mut later.unchecked_mut().residents {
        resident.entry_year += years;
        resident.entry = month(resident.entry);
        resident.history.iter_mut().for_each(|stay| stay.span = span(stay.span));
        resident.locks.iter_mut().for_each(|lock| lock.stay.span = span(lock.stay.span));
        resident.leaves.iter_mut().for_each(|leave| leave.span = span(leave.span));
        resident.resigned_from = resident.resigned_from.map(month);
    }
    later.unchecked_mut().rules.changed_from = scenario.rules.changed_from.map(month);
    let base = base.clone().map(|mut plan| {
        plan.rows.iter_mut().for_each(|row| row.span = span(row.span));
        plan
    });
    (later, base)
}
