//! `course-intake`: no more residents of an intake year are on a course than `[course_intake.<id>]` allows.
//!
//! Counted is whoever has anything to decide, each on one of the courses that they may be on by the table, the rows or
//! what the placements follow. Where that leaves a choice, it must be possible to make it for all of them: if it is
//! not, there are courses with fewer places than residents who can be on no other (Hall's theorem), which are told.

use std::collections::{BTreeMap, BTreeSet};

use super::course_pattern::possible_courses;
use super::presence::Presence;
use super::{Finding, Rule};
use crate::language::Message;
use crate::scenario::{CourseIx, ResidentIx, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    if !is_limited(scenario) {
        return Vec::new();
    }
    let mut by_year: BTreeMap<i32, Vec<(ResidentIx, Vec<CourseIx>)>> = BTreeMap::new();
    for career in presence.undecided() {
        let year = scenario.resident(career.resident).entry_year;
        by_year.entry(year).or_default().push((career.resident, possible_courses(scenario, career)));
    }
    by_year.iter().flat_map(|(&year, residents)| of_year(scenario, year, residents)).collect()
}

fn of_year(scenario: &Scenario, year: i32, residents: &[(ResidentIx, Vec<CourseIx>)]) -> Vec<Finding> {
    let limit = |course: &CourseIx| scenario.course(*course).intake_max.get(&year).copied();
    // Who can be on a course without a limit is in nobody's way.
    let bound: Vec<&(ResidentIx, Vec<CourseIx>)> = residents
        .iter()
        .filter(|(_, courses)| courses.iter().all(|course| limit(course).is_some()))
        .collect();
    let mut findings = Vec::new();
    for crowded in crowded(&bound, &|course| limit(&course).unwrap_or(0) as usize) {
        let on = bound.iter().filter(|(_, courses)| courses.iter().all(|course| crowded.contains(course)));
        let on: Vec<&str> = on.map(|(resident, _)| scenario.resident(*resident).id.as_str()).collect();
        let places: u32 = crowded.iter().filter_map(limit).sum();
        let courses: Vec<&str> = crowded.iter().map(|course| scenario.course(*course).id.as_str()).collect();
        let message = Message::new("audit-course-intake")
            .name("course", courses.join("、"), courses.join(", "))
            .text("year", year)
            .number("count", on.len() as i64)
            .number("limit", i64::from(places))
            .name("residents", on.join("、"), on.join(", "));
        findings.push(Finding::error(Rule::CourseIntake, message).year(year).figures(on.len(), places));
    }
    findings
}

/// Sets of courses that more residents need than have a place there: those that whoever is left over in a largest
/// assignment could push others out of, in turn.
fn crowded(
    residents: &[&(ResidentIx, Vec<CourseIx>)],
    places: &dyn Fn(CourseIx) -> usize,
) -> BTreeSet<BTreeSet<CourseIx>> {
    let mut on: BTreeMap<CourseIx, Vec<usize>> = BTreeMap::new();
    let left: Vec<usize> = (0..residents.len())
        .filter(|&resident| !seated(resident, residents, places, &mut on, &mut BTreeSet::new()))
        .collect();
    let reached = |resident: usize| {
        let mut reached = BTreeSet::new();
        seated(resident, residents, places, &mut on.clone(), &mut reached);
        reached
    };
    left.into_iter().map(reached).collect()
}

/// Gives a resident a course, and whoever has to make way another; `tried` are the courses looked at.
fn seated(
    resident: usize,
    residents: &[&(ResidentIx, Vec<CourseIx>)],
    places: &dyn Fn(CourseIx) -> usize,
    on: &mut BTreeMap<CourseIx, Vec<usize>>,
    tried: &mut BTreeSet<CourseIx>,
) -> bool {
    for &course in &residents[resident].1 {
        if !tried.insert(course) {
            continue;
        }
        if on.entry(course).or_default().len() < places(course) {
            on.entry(course).or_default().push(resident);
            return true;
        }
        for at in 0..places(course) {
            let other = on[&course][at];
            if seated(other, residents, places, on, tried) {
                on.entry(course).and_modify(|list| list[at] = resident);
                return true;
            }
        }
    }
    false
}

/// Whether any course is limited.
pub(super) fn is_limited(scenario: &Scenario) -> bool {
    scenario.courses.iter().any(|course| !course.intake_max.is_empty())
}
