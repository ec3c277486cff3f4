//! `requirement`: what one career holds of the rows of `requirements.csv`: months, stays, facilities or places
//! over a selection of places and a window of the training.
//!
//! Open months could be anywhere: a minimum is missed only if it is with all of them, a maximum exceeded only
//! without any. Whoever leaves the program owes no minimum. A maximum that the past exceeds by itself allows just
//! what the past has.
//!
//! Of a row of kind `wish` nothing is found: what is short of it is the goal `requirements`.

use std::collections::BTreeSet;

use super::comprehensive_months::with_months;
use super::course_pattern::possible_courses;
use super::presence::{Career, Presence, Spot, about};
use super::visits::visits;
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::language::Message;
use crate::scenario::{Count, CourseIx, FacilityIx, Force, Place, Requirement, Scenario, Who};

/// How much a career has of what a requirement counts, in its unit: parts of months, or a number.
#[derive(Debug, Clone, Copy)]
struct Tally {
    /// What is settled, and what there is at most.
    least: u64,
    most: u64,
    /// What of it lies before the first decided month.
    past: u64,
    /// How much of it makes one.
    unit: u64,
}

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let musts = || scenario.requirements.iter().filter(|row| row.force == Force::Must);
    let mut findings = Vec::new();
    if musts().next().is_none() {
        return findings;
    }
    for career in presence.undecided() {
        let courses = possible_courses(scenario, career);
        for row in musts().filter(|row| applies(scenario, career, &courses, &row.who)) {
            findings.extend(broken(scenario, career, row));
        }
    }
    findings
}

/// Whether residents like this one are meant, on whichever of the courses they may be.
pub(super) fn applies(scenario: &Scenario, career: &Career, courses: &[CourseIx], who: &Who) -> bool {
    let resident = scenario.resident(career.resident);
    // The training year stands in `staffing.csv` only.
    who.any.is_empty() || courses.iter().all(|course| who.means(resident, *course, 0))
}

fn broken(scenario: &Scenario, career: &Career, row: &Requirement) -> Option<Finding> {
    let tally = tally(scenario, career, row);
    let unit = tally.unit;
    let min = least_asked(scenario, career, row).filter(|min| tally.most < u64::from(*min) * unit);
    let max = row.max.filter(|max| tally.least > (u64::from(*max) * unit).max(tally.past));
    let (key, found, required) = match (min, max) {
        (Some(min), _) => ("audit-requirement-min", tally.least, min),
        (None, Some(max)) => ("audit-requirement-max", tally.least, max),
        (None, None) => return None,
    };
    let message = about(scenario, key, career.resident)
        .text("name", &row.name)
        .text("count", row.count.id())
        .message("clause", clause(&row.clause))
        .number("required", i64::from(required));
    let message = match row.count {
        Count::Months => with_months(message, "found", &career.calendar, found),
        Count::Stays | Count::Facilities | Count::Places => {
            message.number("found", i64::try_from(found).unwrap_or(i64::MAX))
        }
    };
    let measured = match row.count {
        Count::Months => career.calendar.in_months(found),
        Count::Stays | Count::Facilities | Count::Places => found.into(),
    };
    Some(
        Finding::error(Rule::Requirement, message)
            .resident(career.resident)
            .of_row(&row.clause)
            .figures(measured, required),
    )
}

/// The clause a row gives, as a part of a sentence.
pub(super) fn clause(clause: &str) -> Message {
    match clause.is_empty() {
        true => Message::new("audit-row-no-clause"),
        false => Message::new("audit-row-clause").text("clause", clause),
    }
}

/// The minimum that the resident owes.
fn least_asked(scenario: &Scenario, career: &Career, row: &Requirement) -> Option<u32> {
    let min = row.min.filter(|_| !career.calendar.resigned)?;
    let Some(of) = row.of_months.filter(|of| *of > 0) else { return Some(min) };
    let counted = career.spots().filter(|(month, spot)| {
        let is_told =
            career.decided.contains(month.month) || matches!(spot, Spot::At(Place { section: Some(_), .. }));
        let is_there = spot
            .facility()
            .is_some_and(|facility| scenario.selects_facility(row.place, facility, month.month));
        month.has_seat && is_told && is_there && in_window(career, row, month.month)
    });
    let months = u64::try_from(counted.count()).unwrap_or(u64::MAX).min(u64::from(of));
    u32::try_from(u64::from(min) * months / u64::from(of)).ok()
}

fn in_window(career: &Career, row: &Requirement, month: Month) -> bool {
    let calendar = &career.calendar;
    let position = calendar.at(month).and_then(|month| calendar.position(month));
    position.is_some_and(|position| row.when.contains(position, calendar.length))
}

fn tally(scenario: &Scenario, career: &Career, row: &Requirement) -> Tally {
    match row.count {
        Count::Months => months(scenario, career, row),
        Count::Stays => stays(scenario, career, row),
        Count::Facilities | Count::Places => different(scenario, career, row),
    }
}

fn months(scenario: &Scenario, career: &Career, row: &Requirement) -> Tally {
    let mut tally = Tally { least: 0, most: 0, past: 0, unit: career.calendar.unit };
    for (month, spot) in career.spots() {
        let credit = month.credit_at_facility(&scenario.rules.leave);
        if credit == 0 || !in_window(career, row, month.month) {
            continue;
        }
        if spot.is_at(scenario, row.place, month.month) {
            tally.least += credit;
            tally.past += if career.decided.contains(month.month) { 0 } else { credit };
        }
        if spot.may_be_at(scenario, row.place, month.month) {
            tally.most += credit;
        }
    }
    tally
}

fn stays(scenario: &Scenario, career: &Career, row: &Requirement) -> Tally {
    let mut tally = Tally { least: 0, most: 0, past: 0, unit: 1 };
    for visit in visits(scenario, career, row.place) {
        // A stay that may have begun earlier may have begun outside the window.
        if in_window(career, row, visit.first) && visit.is_begun && !visit.may_go_on {
            tally.least += 1;
            tally.past += u64::from(!visit.begins_decided);
        }
        tally.most += u64::from(in_window(career, row, visit.first) || !visit.is_begun);
    }
    let open = career.spots().filter(|(month, spot)| {
        let is_open = match spot {
            Spot::Open => month.has_seat,
            Spot::Within(_) => spot.may_be_at(scenario, row.place, month.month),
            Spot::At(_) | Spot::Free => false,
        };
        is_open && in_window(career, row, month.month)
    });
    tally.most += open.count() as u64;
    tally
}

fn different(scenario: &Scenario, career: &Career, row: &Requirement) -> Tally {
    let mut seen: BTreeSet<(FacilityIx, Option<Place>)> = BTreeSet::new();
    let mut past = BTreeSet::new();
    let mut open = 0;
    for (month, spot) in career.spots().filter(|(month, _)| month.has_seat) {
        if !in_window(career, row, month.month) {
            continue;
        }
        let counted = match (row.count, spot) {
            (Count::Places, Spot::At(place)) => {
                let is_told = place.section.is_some() || !scenario.has_sections(place.facility);
                is_told.then_some((place.facility, Some(place)))
            }
            (_, Spot::At(place)) => Some((place.facility, None)),
            (Count::Facilities, Spot::Within(facility)) => Some((facility, None)),
            _ => None,
        };
        match counted {
            Some(counted) if spot.is_at(scenario, row.place, month.month) => {
                seen.insert(counted);
                if !career.decided.contains(month.month) {
                    past.insert(counted);
                }
            }
            _ => {
                let is_open = matches!(spot, Spot::Open | Spot::Within(_));
                open += u64::from(is_open && spot.may_be_at(scenario, row.place, month.month));
            }
        }
    }
    let least = seen.len() as u64;
    Tally { least, most: least + open, past: past.len() as u64, unit: 1 }
}

/// The goal `requirements`: units short of the minimum or above the maximum of every wish, counted as the plan
/// stands; of the courses the resident may be on the one with the least.
pub(super) fn short_of_wishes(scenario: &Scenario, career: &Career) -> i64 {
    let wishes = || scenario.requirements.iter().filter(|row| row.force == Force::Wish);
    let orders = || scenario.order_rules.iter().filter(|row| row.force == Force::Wish);
    if wishes().next().is_none() && orders().next().is_none() {
        return 0;
    }
    let resident = scenario.resident(career.resident);
    let of_course = |course: CourseIx| {
        let rows = wishes().filter(|row| row.who.means(resident, course, 0));
        let orders = orders().filter(|row| row.who.means(resident, course, 0));
        let early = orders.map(|row| super::order::early(scenario, career, row).len() as u64);
        rows.map(|row| short_of(scenario, career, row)).chain(early).fold(0, u64::saturating_add)
    };
    let short = possible_courses(scenario, career).into_iter().map(of_course).min().unwrap_or(0);
    i64::try_from(short).unwrap_or(i64::MAX)
}

fn short_of(scenario: &Scenario, career: &Career, row: &Requirement) -> u64 {
    let Tally { least, unit, .. } = tally(scenario, career, row);
    let in_units = |bound: Option<u32>| bound.map(|bound| u64::from(bound) * unit);
    let below = in_units(least_asked(scenario, career, row)).map_or(0, |min| min.saturating_sub(least));
    let above = in_units(row.max).map_or(0, |max| least.saturating_sub(max));
    below.div_ceil(unit) + above.div_ceil(unit)
}
