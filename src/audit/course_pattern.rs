//! `course-pattern`: history and placements together follow one pattern of the resident's course.
//!
//! A pattern asks of each of its entries (a training year, or several) for its parts, in some order. A part without
//! a step is in one piece at one facility, a part with one falls into pieces of so many months, each at one place,
//! and all of them are at places of the part's selector; neighbouring pieces may be at the same place. Parts
//! without a place are free months. Entries do not depend on each other once the pattern is chosen, so each is
//! checked by itself, by trying the orders of its pieces: what is left to be tried depends on how many of each part
//! are done, so every such state is looked at once.
//!
//! Judged against the fixed course; else against the courses that the rows name; else against any
//! course that is open to the resident. Open months fit everything, so holes alone never make a finding here.
//!
//! A pattern counts the months in which it runs, not those of the calendar: it stands still while a
//! leave counts nothing, and goes on where it stopped. Months of leave without a seat and whatever would
//! have come after a resignation are open; an extension belongs to no pattern.

use std::collections::BTreeSet;

use super::presence::{Career, Presence, Spot, about};
use super::training_months::Standing;
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{Course, CourseIx, FacilityIx, Part, Pattern, Place, Scenario};

/// Months of a training year.
const YEAR_MONTHS: usize = 12;

/// The month at a position of the pattern and where the resident is in it.
type Slot = (Option<Month>, Spot);

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    presence.undecided().filter_map(|career| deviation(presence.scenario, career)).collect()
}

/// Whether the career follows some pattern of the course, open months fitting everything.
pub(super) fn follows(scenario: &Scenario, career: &Career, course: CourseIx) -> bool {
    let run = positions(career);
    let patterns = &scenario.course(course).patterns;
    patterns.iter().any(|pattern| deviating_entries(scenario, &run, pattern).is_empty())
}

/// The courses the resident may be on, by the table, the rows, or by what the placements follow; never none
/// where there are courses.
pub(super) fn possible_courses(scenario: &Scenario, career: &Career) -> Vec<CourseIx> {
    let resident = scenario.resident(career.resident);
    if let Some(fixed) = resident.course {
        return vec![fixed];
    }
    if !career.courses.is_empty() {
        return career.courses.iter().copied().collect();
    }
    let open = scenario.course_ixs().filter(|course| scenario.course(*course).is_open_to(resident));
    let open: Vec<CourseIx> = open.collect();
    if open.len() < 2 {
        return open;
    }
    let followed: Vec<CourseIx> =
        open.iter().copied().filter(|course| follows(scenario, career, *course)).collect();
    if followed.is_empty() { open } else { followed }
}

/// The finding about a career that follows none of the patterns it may follow.
fn deviation(scenario: &Scenario, career: &Career) -> Option<Finding> {
    let candidates = candidates(scenario, career);
    let run = positions(career);
    // The pattern with the fewest deviating entries, and of these the one that asks for the nearest mix of
    // places, is what the planner most likely had in mind.
    let (entries, course, pattern) = candidates
        .iter()
        .flat_map(|course| course.patterns.iter().map(move |pattern| (*course, pattern)))
        .map(|(course, pattern)| (deviating_entries(scenario, &run, pattern), course, pattern))
        .min_by_key(|(entries, _, pattern)| {
            let mix = |entry: &usize| {
                mix_distance(scenario, slots_of(&run, pattern, *entry), parts_of(pattern, *entry))
            };
            (entries.len(), entries.iter().map(mix).sum::<u32>())
        })?;
    let entry = *entries.first()?;
    let slots = slots_of(&run, pattern, entry);
    let first = start_of(pattern, entry);
    let month = slots.iter().find_map(|(month, _)| *month).unwrap_or(career.training.start);
    let by_role = is_of_roles(scenario, &candidates);
    let wanted = parts_of(pattern, entry);
    let last = (first + slots.len()).saturating_sub(1).max(first);
    let years = [first, last].map(|position| (position / YEAR_MONTHS) as i64 + 1);
    let key = match years[0] == years[1] {
        true => "audit-course-pattern",
        false => "audit-course-pattern-years",
    };
    let mut message = about(scenario, key, career.resident).number("training-year", years[0]);
    if years[0] != years[1] {
        message = message.number("last-year", years[1]);
    }
    let message = message
        .text("course", &course.id)
        .text("from", month)
        .text("found", describe_slots(scenario, slots, by_role))
        .text("wanted", describe_parts(scenario, wanted))
        .number("parts", wanted.len() as i64);
    let entries = 0..pattern.entries.len();
    let measured: Vec<String> =
        entries.map(|entry| describe_slots(scenario, slots_of(&run, pattern, entry), by_role)).collect();
    Some(
        Finding::error(Rule::CoursePattern, message)
            .resident(career.resident)
            .month(scenario, month)
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

/// The entries, from 0, in which the career does not do what the pattern asks.
fn deviating_entries(scenario: &Scenario, run: &[Slot], pattern: &Pattern) -> Vec<usize> {
    // What lies behind the last entry is asked for by none.
    let beyond = usize::from(run.len() > start_of(pattern, pattern.entries.len()));
    (0..pattern.entries.len() + beyond)
        .filter(|&entry| !fits(scenario, slots_of(run, pattern, entry), parts_of(pattern, entry)))
        .collect()
}

/// What is known of every month in which the pattern runs, or would have run but for a resignation.
fn positions(career: &Career) -> Vec<Slot> {
    let runs = career.spots().filter(|(month, _)| matches!(month.standing, Standing::Pattern(_)));
    let mut run: Vec<Slot> = runs.map(|(month, spot)| (Some(month.month), spot)).collect();
    run.resize(career.calendar.length as usize, (None, Spot::Open));
    run
}

/// The position at which an entry begins; behind the last, the length of the pattern.
fn start_of(pattern: &Pattern, entry: usize) -> usize {
    pattern.entries.iter().take(entry).flatten().map(|part| part.months as usize).sum()
}

/// The months of an entry, from 0; what is left of the training behind the last.
fn slots_of<'r>(run: &'r [Slot], pattern: &Pattern, entry: usize) -> &'r [Slot] {
    let until = match entry < pattern.entries.len() {
        true => start_of(pattern, entry + 1).min(run.len()),
        false => run.len(),
    };
    run.get(start_of(pattern, entry)..until).unwrap_or_default()
}

/// What a pattern asks of an entry, from 0; nothing after its end.
fn parts_of(pattern: &Pattern, entry: usize) -> &[Part] {
    pattern.entries.get(entry).map_or(&[], Vec::as_slice)
}

/// By how many months the months spent at the places that parts ask for differ from what they ask for.
fn mix_distance(scenario: &Scenario, slots: &[Slot], parts: &[Part]) -> u32 {
    let mut seen = Vec::new();
    let mut distance = 0;
    for part in parts {
        if seen.contains(&part.place) {
            continue;
        }
        seen.push(part.place);
        let is_there = |(month, spot): &&Slot| match (part.place, month) {
            (Some(selector), Some(month)) => {
                *spot != Spot::Open && spot.may_be_at(scenario, selector, *month)
            }
            (None, _) => *spot == Spot::Free,
            (Some(_), None) => false,
        };
        let found = slots.iter().filter(is_there).count() as u32;
        let wanted: u32 =
            parts.iter().filter(|other| other.place == part.place).map(|part| part.months).sum();
        distance += found.abs_diff(wanted);
    }
    distance
}

/// Whether the months can be cut into the pieces of the parts in some order.
fn fits(scenario: &Scenario, slots: &[Slot], parts: &[Part]) -> bool {
    let months: usize = parts.iter().map(|part| part.months as usize).sum();
    if months != slots.len() {
        return false;
    }
    // Pieces of one kind are interchangeable: length, part, how many.
    let mut kinds: Vec<(usize, Part, usize)> = Vec::new();
    for part in parts {
        let length = part.step.unwrap_or(part.months).max(1);
        let pieces = (part.months / length) as usize;
        let same = |kind: &&mut (usize, Part, usize)| {
            (kind.0, kind.1.place, kind.1.step.is_some())
                == (length as usize, part.place, part.step.is_some())
        };
        match kinds.iter_mut().find(same) {
            Some(kind) => kind.2 += pieces,
            None => kinds.push((length as usize, *part, pieces)),
        }
    }
    // How many of each kind are done says where the next begins.
    let mut open = vec![vec![0_usize; kinds.len()]];
    let mut seen: BTreeSet<Vec<usize>> = open.iter().cloned().collect();
    while let Some(done) = open.pop() {
        let position: usize = done.iter().zip(&kinds).map(|(done, kind)| done * kind.0).sum();
        if position == slots.len() {
            return true;
        }
        for (at, (length, part, pieces)) in kinds.iter().enumerate() {
            let Some(piece) = slots.get(position..position + length).filter(|_| done[at] < *pieces) else {
                continue;
            };
            if is_piece(scenario, piece, *part) {
                let mut next = done.clone();
                next[at] += 1;
                if seen.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
    }
    false
}

/// Whether what is known of the months is one piece of the part: free, or at one facility, or with a step at one
/// place, that it asks for.
fn is_piece(scenario: &Scenario, piece: &[Slot], part: Part) -> bool {
    let known = || piece.iter().filter(|(_, spot)| *spot != Spot::Open);
    let Some(selector) = part.place else {
        return known().all(|(_, spot)| *spot == Spot::Free);
    };
    let is_selected = |(month, spot): &Slot| {
        month.is_some_and(|month| match spot {
            // Nobody knows in which section the past was.
            Spot::At(place) => scenario.may_select(selector, *place, month),
            spot => spot.may_be_at(scenario, selector, month),
        })
    };
    let mut facilities = known().map(|(_, spot)| spot.facility());
    let first: Option<FacilityIx> = facilities.next().flatten();
    let is_told = |place: &Place| place.section.is_some() || !scenario.has_sections(place.facility);
    let mut places = known().filter_map(|(_, spot)| match spot {
        Spot::At(place) => Some(*place).filter(is_told),
        Spot::Within(_) | Spot::Free | Spot::Open => None,
    });
    let first_place: Option<Place> = places.next();
    known().all(is_selected)
        && facilities.all(|facility| facility == first)
        && (part.step.is_none() || places.all(|place| Some(place) == first_place))
}

/// Whether all patterns ask for roles and nothing else: then what is found is told by role.
fn is_of_roles(scenario: &Scenario, courses: &[&Course]) -> bool {
    let patterns = courses.iter().flat_map(|course| &course.patterns);
    let mut parts = patterns.flat_map(|pattern| pattern.entries.iter().flatten());
    parts.all(|part| part.step.is_none() && scenario.role_of(part).is_some())
}

/// Such as `core 8 + affiliate 4`, or `keio/ivr 4 + free 2`; `?` is for open months.
fn describe_slots(scenario: &Scenario, slots: &[Slot], by_role: bool) -> String {
    let name = |spot: Spot| match spot {
        Spot::Free => "free".to_owned(),
        Spot::Open => "?".to_owned(),
        Spot::At(place) if !by_role => scenario.place_id(place),
        Spot::Within(facility) if !by_role => format!("{}/?", scenario.facility(facility).id),
        Spot::At(Place { facility, .. }) | Spot::Within(facility) => {
            scenario.facility(facility).role.id().to_owned()
        }
    };
    // Told by role, a facility is one whatever the sections.
    let same =
        |a: Spot, b: Spot| if by_role { a.facility() == b.facility() && name(a) == name(b) } else { a == b };
    let pieces = slots.chunk_by(|(_, a), (_, b)| same(*a, *b)).map(|run| {
        let spot = run.first().map_or(Spot::Open, |(_, spot)| *spot);
        format!("{} {}", name(spot), run.len())
    });
    pieces.collect::<Vec<_>>().join(" + ")
}

fn describe_parts(scenario: &Scenario, parts: &[Part]) -> String {
    let piece = |part: &Part| {
        let place = part.place.map_or("free", |selector| &scenario.selector(selector).text);
        match part.step {
            None => format!("{place} {}", part.months),
            Some(step) => format!("{place} {}/{step}", part.months),
        }
    };
    parts.iter().map(piece).collect::<Vec<_>>().join(" + ")
}

/// Such as `A: core 12 / core 12 / affiliate 12 | A: core 12 / core 8 + affiliate 4 / affiliate 12`.
fn describe_candidates(scenario: &Scenario, candidates: &[&Course]) -> String {
    let patterns = candidates.iter().flat_map(|course| {
        course.patterns.iter().map(move |pattern| {
            let entries: Vec<String> =
                pattern.entries.iter().map(|parts| describe_parts(scenario, parts)).collect();
            format!("{}: {}", course.id, entries.join(" / "))
        })
    });
    patterns.collect::<Vec<_>>().join(" | ")
}
