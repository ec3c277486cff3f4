//! `[[courses]]`: patterns of training years (source §7.2 \[30\]).
//!
//! A pattern lists per training year its parts as `role:months`. The parts of a year may come in
//! any order, so two patterns that differ in that order only are one.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Findings, Place, Severity};
use crate::language::Message;
use crate::regulation::{Rule, Rules};

use super::model::{Course, CourseIx, Part, Pattern, Role, SelectorIx};
use super::program::Program;
use super::residents::Entrant;
use super::{bounds, code};
use crate::tables::document::{Entry, Section};
use crate::tables::value::{self, Names};

/// A name in `who` of a course, and where it stands.
pub(crate) struct Kept {
    /// Position of the course.
    course: usize,
    name: String,
    place: Place,
}

/// The courses, their ids by position, and the names that some are kept for.
pub(crate) fn read(
    root: &Section<'_>,
    training_months: Option<u32>,
    rules: &Rules,
    findings: &mut Findings,
) -> (Vec<Course>, Names, Vec<Kept>) {
    let (mut courses, mut names, mut kept) = (Vec::new(), Names::default(), Vec::new());
    let sections = root.get("courses").map(|entry| entry.sections(findings));
    if sections.as_ref().is_none_or(Vec::is_empty) {
        let place = root
            .get("courses")
            .map_or(Place { line: None, excerpt: None, ..root.place() }, |entry| entry.place());
        findings.error(place, Message::new(code::NO_COURSES));
    }
    for section in sections.unwrap_or_default() {
        section.only(&["id", "name", "years", "alternatives", "tags", "who"], findings);
        let id_entry = section.need("id", findings);
        let id = id_entry.as_ref().and_then(|entry| entry.id(findings));
        let name = section.get("name").and_then(|entry| entry.string(findings));
        let tags = section.get("tags").map(|entry| entry.strings(findings)).unwrap_or_default();
        let who = section.get("who").map(|entry| who(&entry, findings)).unwrap_or_default();
        let mut ways: Vec<Entry<'_>> = section.need("years", findings).into_iter().collect();
        let alternatives = section.get("alternatives").and_then(|entry| entry.items(findings));
        ways.extend(alternatives.unwrap_or_default());
        let patterns = patterns(&ways, training_months, rules, findings);
        let (Some(id), Some(entry)) = (id, id_entry) else { continue };
        if names.get(&id).is_some() {
            findings.error(entry.place(), Message::new(code::DUPLICATE_ID).text("text", &id));
            continue;
        }
        names.insert(&id, courses.len());
        names.call(&id, name.as_deref().unwrap_or(&id));
        kept.extend(who.into_iter().map(|(name, place)| Kept { course: courses.len(), name, place }));
        courses.push(Course {
            name: name.unwrap_or(id.clone()),
            id,
            patterns,
            tags,
            who: Vec::new(),
            training_months: None,
            intake_max: BTreeMap::new(),
        });
    }
    (courses, names, kept)
}

/// The residents a course is kept for. A list of nobody would keep it from everybody, which leaving the course
/// out says better.
fn who(entry: &Entry<'_>, findings: &mut Findings) -> Vec<(String, Place)> {
    let items = entry.items(findings).unwrap_or_default();
    if items.is_empty() {
        findings.error(entry.place(), Message::new(code::COURSE_WHO_EMPTY));
    }
    items.iter().filter_map(|item| Some((item.string(findings)?, item.place()))).collect()
}

/// Finds out whom courses are kept for; then whether everybody may take the course that is fixed for them, and
/// wishes for courses they may take.
pub(super) fn keep(program: &mut Program, residents: &[Entrant], names: &Names, findings: &mut Findings) {
    let tags: BTreeSet<&str> =
        residents.iter().flat_map(|entrant| &entrant.resident.tags).map(String::as_str).collect();
    for Kept { course, name, place } in std::mem::take(&mut program.kept) {
        let tag = value::normal(&name);
        let named = match names.find(&name, code::COURSE_WHO_UNKNOWN) {
            _ if tags.contains(tag.as_str()) => Some(tag),
            Ok(position) => residents.get(position).map(|entrant| entrant.resident.id.clone()),
            Err(message) => {
                message.into_iter().for_each(|message| findings.error(place.clone(), message));
                // Somebody is meant, so the course is not everybody's.
                Some(tag)
            }
        };
        program.courses[course].who.extend(named);
    }
    for Entrant { resident, place, .. } in residents {
        let closed = |course: &&CourseIx| {
            program.courses.get(course.0).is_some_and(|course| !course.is_open_to(resident))
        };
        let say = |code, course: &CourseIx| {
            let id = program.courses.get(course.0).map_or("", |course| course.id.as_str());
            Message::new(code).text("resident", &resident.id).text("course", id)
        };
        for course in resident.course.iter().filter(closed) {
            findings.error(place.clone(), say(code::COURSE_CLOSED, course));
        }
        for course in resident.course_wishes.iter().filter(closed) {
            findings.push(Severity::Warning, place.clone(), say(code::COURSE_WISH_CLOSED, course));
        }
    }
}

fn patterns(
    ways: &[Entry<'_>],
    training_months: Option<u32>,
    rules: &Rules,
    findings: &mut Findings,
) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = Vec::new();
    for entry in ways {
        let Some(pattern) = pattern(entry, training_months, findings) else { continue };
        if patterns.iter().any(|earlier| same_pattern(earlier, &pattern)) {
            findings.push(Severity::Warning, entry.place(), Message::new(code::PATTERN_DUPLICATE));
            continue;
        }
        warn_of_broken_rules(&pattern, entry, rules, findings);
        patterns.push(pattern);
    }
    patterns
}

/// One way through the course, if all of it can be read.
fn pattern(entry: &Entry<'_>, training_months: Option<u32>, findings: &mut Findings) -> Option<Pattern> {
    let years = entry.items(findings)?;
    let mut read = Vec::new();
    for (number, year) in years.iter().enumerate() {
        let items = year.items(findings)?;
        let parts: Vec<_> = items.iter().filter_map(|item| part(item, findings)).collect();
        if parts.len() < items.len() {
            // What cannot be read cannot be summed: the part itself has been reported.
            return None;
        }
        let sum: u32 = parts.iter().map(|part| part.months).sum();
        let due = training_months.map(|months| months.saturating_sub(12 * number as u32).min(12));
        if let Some(due) = due.filter(|due| *due > 0 && *due != sum) {
            let message = Message::new(code::COURSE_YEAR_SUM)
                .number("year", number as i64 + 1)
                .number("sum", sum.into())
                .number("due", due.into());
            findings.error(year.place(), message);
        }
        read.push(parts);
    }
    let due = training_months.map_or(read.len(), |months| months.div_ceil(12) as usize);
    if read.len() != due {
        let message = Message::new(code::COURSE_YEAR_COUNT)
            .number("years", read.len() as i64)
            .number("due", due as i64)
            .number("months", training_months.unwrap_or_default().into());
        findings.error(entry.place(), message);
    }
    Some(Pattern { entries: read })
}

/// A part as `role:months`.
fn part(item: &Entry<'_>, findings: &mut Findings) -> Option<Part> {
    let text = item.string(findings)?;
    let plain = value::normal(&text);
    let Some((role, months)) = plain.split_once(':') else {
        findings.error(item.place(), Message::new(code::PART_MALFORMED).text("text", &text));
        return None;
    };
    let part = value::word(role, &Role::ALL, Role::id)
        .and_then(|role| value::whole(months, bounds::PART_MONTHS).map(|months| (role, months)));
    match part {
        Ok((Role::Associated, _)) => {
            let clause = Rule::AssociatedNeverPlaced.clause();
            let message = Message::new(code::ASSOCIATED_PLACED).text("text", &text).text("clause", clause);
            findings.error(item.place(), message);
            None
        }
        Ok((role, months)) => Some(Part::of_role(role, months)),
        Err(message) => {
            findings.error(item.place(), message);
            None
        }
    }
}

fn same_pattern(one: &Pattern, other: &Pattern) -> bool {
    let sorted = |pattern: &Pattern| -> Vec<Vec<Part>> {
        let sort = |parts: &Vec<Part>| {
            let mut parts = parts.clone();
            parts.sort();
            parts
        };
        pattern.entries.iter().map(sort).collect()
    };
    sorted(one) == sorted(other)
}

/// What the pattern alone shows it can never fulfil, wherever the resident goes.
fn warn_of_broken_rules(pattern: &Pattern, entry: &Entry<'_>, rules: &Rules, findings: &mut Findings) {
    let parts = || pattern.entries.iter().flatten();
    let core: u32 = parts()
        .filter(|part| part.place == Some(SelectorIx(Role::Core as usize)))
        .map(|part| part.months)
        .sum();
    let pieces = parts().count() as u32;
    let shortfalls = [
        (Rule::CoreMonths, core, rules.core_months_min),
        // Every part is at one facility, so there are never more facilities than parts.
        (Rule::SeveralFacilities, pieces, rules.facilities_min),
    ];
    for (rule, measured, required) in shortfalls {
        if measured < required {
            let message = Message::new(code::PATTERN_BREAKS_RULE)
                .text("rule", rule.id())
                .text("clause", rule.clause())
                .number("measured", measured.into())
                .number("required", required.into());
            findings.push(Severity::Warning, entry.place(), message);
        }
    }
}

impl Pattern {
    /// Whether facilities of these roles, one per month of training that is done, can be the beginning of
    /// the pattern: in each training year the parts in some order, each at one facility.
    ///
    /// `past` holds a facility's position and role per month, `None` where nobody was anywhere.
    pub(super) fn begins_with(&self, past: &[Option<(usize, Role)>]) -> bool {
        past.len() <= 12 * self.entries.len()
            && past.chunks(12).zip(&self.entries).all(|(months, parts)| parts_begin(months, parts.clone()))
    }
}

/// Whether the months are the beginning of the parts in some order, each part at one facility of its role.
fn parts_begin(months: &[Option<(usize, Role)>], parts: Vec<Part>) -> bool {
    if months.is_empty() {
        return true;
    }
    (0..parts.len()).any(|next| {
        let part = parts[next];
        // Equal parts are interchangeable: only the first of them is tried.
        if parts[..next].contains(&part) {
            return false;
        }
        let (piece, later) = months.split_at(months.len().min(part.months as usize));
        let mut known = piece.iter().flatten();
        let at_one = known.next().is_none_or(|first| {
            part.place == Some(SelectorIx(first.1 as usize)) && known.all(|other| other == first)
        });
        let mut rest = parts.clone();
        rest.remove(next);
        at_one && parts_begin(later, rest)
    })
}
