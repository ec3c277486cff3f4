//! `[[courses]]`: patterns of training years (source §7.2 \[30\]).
//!
//! A pattern lists its entries, most often training years, each with its parts as `where:months` or, cut into
//! pieces, `where:months/step`. The parts of an entry may come in any order, so two patterns that differ in that
//! order only are one. Places are looked up when facilities and sections are known (`selectors`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Findings, Place, Severity};
use crate::language::Message;
use crate::regulation::{Rule, Rules};

use super::model::{Course, CourseIx, Part, Pattern, Resident, Role, SelectorIx};
use super::program::Program;
use super::residents::Entrant;
use super::selectors::Selectors;
use super::{bounds, code};
use crate::tables::document::{Entry, Section};
use crate::tables::value::{self, Names};

/// Months of a training year.
const YEAR_MONTHS: u32 = 12;

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
    selectors: &mut Selectors,
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
        let known = ["id", "name", "years", "alternatives", "tags", "who", "training_months"];
        section.only(&known, findings);
        let id_entry = section.need("id", findings);
        let id = id_entry.as_ref().and_then(|entry| entry.id(findings));
        let name = section.get("name").and_then(|entry| entry.string(findings));
        let tags = section.get("tags").map(|entry| entry.strings(findings)).unwrap_or_default();
        let who = section.get("who").map(|entry| who(&entry, findings)).unwrap_or_default();
        let mut ways: Vec<Entry<'_>> = section.need("years", findings).into_iter().collect();
        let alternatives = section.get("alternatives").and_then(|entry| entry.items(findings));
        ways.extend(alternatives.unwrap_or_default());
        let own = section.get("training_months");
        let own = own.and_then(|entry| entry.whole(bounds::TRAINING_MONTHS, findings));
        let patterns = patterns(&ways, own.or(training_months), rules, selectors, findings);
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
            training_months: own,
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
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = Vec::new();
    for entry in ways {
        let Some(pattern) = pattern(entry, training_months, selectors, findings) else { continue };
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
fn pattern(
    entry: &Entry<'_>,
    training_months: Option<u32>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Option<Pattern> {
    let mut read = Vec::new();
    // Months of the entries before.
    let mut done = 0;
    for year in &entry.items(findings)? {
        let items = year.items(findings)?;
        let parts: Vec<_> = items.iter().filter_map(|item| part(item, selectors, findings)).collect();
        if parts.len() < items.len() {
            // What cannot be read cannot be summed: the part itself has been reported.
            return None;
        }
        let sum: u32 = parts.iter().map(|part| part.months).sum();
        let rest = training_months.map_or(u32::MAX, |months| months.saturating_sub(done));
        // Whole years, or what is left. Nothing is left where entries are too many, which is told of all of them.
        let due = (sum - sum % YEAR_MONTHS).max(YEAR_MONTHS).min(rest);
        if rest > 0 && sum != due {
            let message = Message::new(code::COURSE_YEAR_SUM)
                .number("year", i64::from(done / YEAR_MONTHS) + 1)
                .number("sum", sum.into())
                .number("due", due.into());
            findings.error(year.place(), message);
        }
        done += if rest > 0 { due } else { sum.max(YEAR_MONTHS) };
        read.push(parts);
    }
    let (years, due) =
        (done.div_ceil(YEAR_MONTHS), training_months.map(|months| months.div_ceil(YEAR_MONTHS)));
    if let Some(due) = due.filter(|due| *due != years) {
        let message = Message::new(code::COURSE_YEAR_COUNT)
            .number("years", years.into())
            .number("due", due.into())
            .number("months", training_months.unwrap_or_default().into());
        findings.error(entry.place(), message);
    }
    Some(Pattern { entries: read })
}

/// The name of months at no place.
const FREE: &str = "free";

/// A part as `where:months` or `where:months/step`.
fn part(item: &Entry<'_>, selectors: &mut Selectors, findings: &mut Findings) -> Option<Part> {
    let text = item.string(findings)?;
    read_part(&text, item, selectors).map_err(|message| findings.error(item.place(), message)).ok()
}

fn read_part(text: &str, item: &Entry<'_>, selectors: &mut Selectors) -> Result<Part, Message> {
    let malformed = || Message::new(code::PART_MALFORMED).text("text", text);
    let plain = value::normal(text);
    let (place, length) = plain.rsplit_once(':').ok_or_else(malformed)?;
    let (months, step) = length.split_once('/').map_or((length, None), |(months, step)| (months, Some(step)));
    let months = value::whole(months.trim(), bounds::PART_MONTHS)?;
    let step = step.map(|step| value::whole(step.trim(), bounds::PART_MONTHS)).transpose()?;
    if let Some(step) = step.filter(|step| !months.is_multiple_of(*step)) {
        let message = Message::new(code::PART_STEP).text("text", text).number("months", months.into());
        return Err(message.number("step", step.into()));
    }
    if place.trim() == FREE {
        return Ok(Part { place: None, months, step });
    }
    let place = selectors.note(place, item.place())?;
    if place == SelectorIx(Role::Associated as usize) {
        let clause = Rule::AssociatedNeverPlaced.clause();
        return Err(Message::new(code::ASSOCIATED_PLACED).text("text", text).text("clause", clause));
    }
    Ok(Part { place: Some(place), months, step })
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

/// What the pattern alone shows it can never fulfil, wherever the resident goes. A part that asks for more than
/// a role may be at the core.
fn warn_of_broken_rules(pattern: &Pattern, entry: &Entry<'_>, rules: &Rules, findings: &mut Findings) {
    let parts = || pattern.entries.iter().flatten().filter(|part| part.place.is_some());
    let elsewhere = Some(SelectorIx(Role::Affiliate as usize));
    let core: u32 = parts().filter(|part| part.place != elsewhere).map(|part| part.months).sum();
    let pieces: u32 = parts().map(Part::pieces).sum();
    let shortfalls = [
        (Rule::CoreMonths, core, rules.core_months_min),
        // Every piece is at one facility, so there are never more facilities than pieces.
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

/// `[course_intake.<id>]`: how many residents of an intake year may be on a course.
pub(super) fn read_intake(
    root: &Section<'_>,
    courses: &mut [Course],
    names: &Names,
    findings: &mut Findings,
) {
    let Some(section) = root.get("course_intake").and_then(|entry| entry.section(findings)) else { return };
    for (name, place, entry) in section.entries() {
        let course = match names.find(&name, code::UNKNOWN_COURSE) {
            Ok(course) => courses.get_mut(course),
            Err(message) => {
                message.into_iter().for_each(|message| findings.error(place.clone(), message));
                None
            }
        };
        let Some(years) = entry.section(findings) else { continue };
        let mut most = BTreeMap::new();
        for (year, place, entry) in years.entries() {
            let residents = entry.whole(bounds::INTAKE, findings);
            match value::year(&year) {
                Ok(year) => most.extend(residents.map(|residents| (year, residents))),
                Err(message) => findings.error(place, message),
            }
        }
        if let Some(course) = course {
            course.intake_max = most;
        }
    }
}

/// Courses fixed for more residents of a year than may be on them, and residents of whom nobody knows how long
/// they train.
pub(super) fn judge_fixed(program: &Program, residents: &[Entrant], findings: &mut Findings) {
    let mut fixed: BTreeMap<(usize, i32), Vec<&Entrant>> = BTreeMap::new();
    for entrant in residents {
        if let Some(course) = entrant.resident.course {
            fixed.entry((course.0, entrant.resident.entry_year)).or_default().push(entrant);
        }
    }
    for ((course, year), entrants) in fixed {
        let Some(course) = program.courses.get(course) else { continue };
        let most = course.intake_max.get(&year).copied();
        if let (Some(most), Some(last)) = (most, entrants.last())
            && entrants.len() > most as usize
        {
            let message = Message::new(code::COURSE_INTAKE)
                .text("course", &course.id)
                .text("year", year)
                .number("fixed", entrants.len() as i64)
                .number("most", most.into());
            findings.error(last.place.clone(), message);
        }
    }
    for Entrant { resident, place, .. } in residents {
        let open: Vec<&Course> =
            program.courses.iter().filter(|course| course.is_open_to(resident)).collect();
        let mut lengths = open.iter().map(|course| course.training_months.or(program.training_months));
        let first = lengths.next();
        if resident.course.is_none() && lengths.any(|length| Some(length) != first) {
            let ids: Vec<&str> = open.iter().map(|course| course.id.as_str()).collect();
            let message = Message::new(code::COURSE_LENGTHS).text("courses", ids.join(", "));
            findings.once_per_file(Severity::Error, place.clone(), message);
        }
    }
}

/// Counted months of a resident's complete training: those of their course, or of all courses open to them,
/// which are as long.
pub(super) fn training_months_of(courses: &[Course], program: u32, resident: &Resident) -> u32 {
    let of = |course: &Course| course.training_months.unwrap_or(program);
    let fixed = resident.course.and_then(|course| courses.get(course.0));
    let open = || courses.iter().find(|course| course.is_open_to(resident));
    fixed.or_else(open).map_or(program, of)
}
