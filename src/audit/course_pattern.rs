//! `course-pattern`: history and placements together follow one pattern of the resident's course.
//!
//! A pattern asks of each training year for its parts, in some order, each in one piece at one
//! facility of its role; neighbouring parts may be at the same facility. Training years do not
//! depend on each other once the pattern is chosen, so each is checked by itself, by trying the
//! orders of its parts: there are few, and a declarative check needs no cleverness.
//!
//! Judged against the fixed course; else against the courses that the rows name; else against any
//! course that is open to the resident. Open months fit everything, so holes alone never make a finding here.
//!
//! A pattern counts the months in which it runs, not those of the calendar: it stands still while a
//! leave counts nothing, and goes on where it stopped. Months of leave without a seat and whatever would
//! have come after a resignation are open; an extension belongs to no pattern.

use super::presence::{Career, Presence, about};
use super::training_months::Standing;
use super::{Finding, Rule};
use crate::scenario::{Course, CourseIx, FacilityIx, Part, Pattern, Role, Scenario};

/// Months of a training year.
const YEAR_MONTHS: usize = 12;

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    presence.undecided().filter_map(|career| deviation(presence.scenario, career)).collect()
}

/// Whether the career follows some pattern of the course, open months fitting everything.
pub(super) fn follows(scenario: &Scenario, career: &Career, course: CourseIx) -> bool {
    let patterns = &scenario.course(course).patterns;
    patterns.iter().any(|pattern| deviating_years(scenario, career, pattern).is_empty())
}

/// The finding about a career that follows none of the patterns it may follow.
fn deviation(scenario: &Scenario, career: &Career) -> Option<Finding> {
    let candidates = candidates(scenario, career);
    let run = positions(scenario, career);
    // The pattern with the fewest deviating years, and of these the one with the nearest mix of
    // roles, is what the planner most likely had in mind.
    let (years, course, pattern) = candidates
        .iter()
        .flat_map(|course| course.patterns.iter().map(move |pattern| (*course, pattern)))
        .map(|(course, pattern)| (deviating_years(scenario, career, pattern), course, pattern))
        .min_by_key(|(years, _, pattern)| {
            let mix: u32 = years
                .iter()
                .map(|year| mix_distance(scenario, months_of(&run, *year), parts_of(pattern, *year)))
                .sum();
            (years.len(), mix)
        })?;
    let year = *years.first()?;
    let first = Standing::Pattern((year * YEAR_MONTHS) as u32);
    let start = career.calendar.months.iter().find(|month| month.standing == first);
    let start = start.map_or(career.training.start, |month| month.month);
    let found = describe_months(scenario, months_of(&run, year));
    let wanted = parts_of(pattern, year);
    let message = about(scenario, "audit-course-pattern", career.resident)
        .text("course", &course.id)
        .number("training-year", year as i64 + 1)
        .text("from", start)
        .text("found", found)
        .text("wanted", describe_parts(scenario, wanted))
        .number("parts", wanted.len() as i64);
    let measured: Vec<String> =
        run.chunks(YEAR_MONTHS).map(|months| describe_months(scenario, months)).collect();
    Some(
        Finding::error(Rule::CoursePattern, message)
            .resident(career.resident)
            .month(scenario, start)
            .figures(measured.join(" / "), describe_candidates(scenario, &candidates)),
    )
}

/// The courses whose patterns the career may follow.
fn candidates<'a>(scenario: &'a Scenario, career: &Career) -> Vec<&'a Course> {
    match scenario.resident(career.resident).course {
        Some(fixed) => vec![scenario.course(fixed)],
        None if career.courses.is_empty() => {
            let resident = scenario.resident(career.resident);
            scenario.courses.iter().filter(|course| course.is_open_to(resident)).collect()
        }
        None => career.courses.iter().map(|ix| scenario.course(*ix)).collect(),
    }
}

/// The training years, from 0, in which the career does not do what the pattern asks.
fn deviating_years(scenario: &Scenario, career: &Career, pattern: &Pattern) -> Vec<usize> {
    let run = positions(scenario, career);
    let years = run.len().div_ceil(YEAR_MONTHS).max(pattern.entries.len());
    (0..years).filter(|year| !fits(scenario, months_of(&run, *year), parts_of(pattern, *year))).collect()
}

/// What is known of every month in which the pattern runs, or would have run but for a resignation.
fn positions(scenario: &Scenario, career: &Career) -> Vec<Option<FacilityIx>> {
    let runs = career.months().filter(|(month, _)| matches!(month.standing, Standing::Pattern(_)));
    let mut run: Vec<_> = runs.map(|(_, known)| known).collect();
    run.resize(scenario.training_months as usize, None);
    run
}

/// The months of a training year, from 0; none after the end of the pattern.
fn months_of(run: &[Option<FacilityIx>], year: usize) -> &[Option<FacilityIx>] {
    run.chunks(YEAR_MONTHS).nth(year).unwrap_or_default()
}

/// What a pattern asks of a training year, from 0; nothing after its end.
fn parts_of(pattern: &Pattern, year: usize) -> &[Part] {
    pattern.entries.get(year).map_or(&[], Vec::as_slice)
}

/// By how many months the roles of a training year differ from those the pattern asks for.
fn mix_distance(scenario: &Scenario, months: &[Option<FacilityIx>], parts: &[Part]) -> u32 {
    let known = months.iter().flatten();
    let known: Vec<Role> = known.map(|facility| scenario.facility(*facility).role).collect();
    let difference = |role: Role| {
        let found = known.iter().filter(|other| **other == role).count() as u32;
        let wanted = parts.iter().filter(|part| scenario.role_of(part) == Some(role));
        found.abs_diff(wanted.map(|part| part.months).sum())
    };
    Role::ALL.into_iter().map(difference).sum()
}

/// Whether the months can be cut into the parts in some order.
fn fits(scenario: &Scenario, months: &[Option<FacilityIx>], parts: &[Part]) -> bool {
    if parts.is_empty() {
        return months.is_empty();
    }
    parts.iter().enumerate().any(|(position, part)| {
        // Equal parts are interchangeable: only the first of them need be tried.
        if parts.iter().take(position).any(|earlier| earlier == part) {
            return false;
        }
        let Some((piece, rest)) = months.split_at_checked(part.months as usize) else { return false };
        let rest_of_parts = || {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != position);
            others.map(|(_, part)| *part).collect::<Vec<_>>()
        };
        at_one_facility(scenario, piece, *part) && fits(scenario, rest, &rest_of_parts())
    })
}

/// Whether what is known of the months is one facility of the part's role.
fn at_one_facility(scenario: &Scenario, piece: &[Option<FacilityIx>], part: Part) -> bool {
    let mut known = piece.iter().flatten();
    match known.next() {
        None => true,
        Some(first) => {
            scenario.role_of(&part) == Some(scenario.facility(*first).role)
                && known.all(|facility| facility == first)
        }
    }
}

/// Such as `core 8 + affiliate 4`; `?` is for open months.
fn describe_months(scenario: &Scenario, months: &[Option<FacilityIx>]) -> String {
    let pieces = months.chunk_by(|a, b| a == b).map(|same| {
        let facility = same.first().copied().flatten();
        format!("{} {}", facility.map_or("?", |ix| scenario.facility(ix).role.id()), same.len())
    });
    pieces.collect::<Vec<_>>().join(" + ")
}

fn describe_parts(scenario: &Scenario, parts: &[Part]) -> String {
    let pieces =
        parts.iter().map(|part| format!("{} {}", scenario.role_of(part).map_or("?", Role::id), part.months));
    pieces.collect::<Vec<_>>().join(" + ")
}

/// Such as `A: core 12 / core 12 / affiliate 12 | A: core 12 / core 8 + affiliate 4 / affiliate 12`.
fn describe_candidates(scenario: &Scenario, candidates: &[&Course]) -> String {
    let patterns = candidates.iter().flat_map(|course| {
        course.patterns.iter().map(move |pattern| {
            let years: Vec<String> =
                pattern.entries.iter().map(|parts| describe_parts(scenario, parts)).collect();
            format!("{}: {}", course.id, years.join(" / "))
        })
    });
    patterns.collect::<Vec<_>>().join(" | ")
}
