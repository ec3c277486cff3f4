//! `course-intake`: no more residents of an intake year are on a course than `[course_intake.<id>]` allows.
//!
//! Counted is whoever has anything to decide and is on the course for sure: by the table, by the rows, or because
//! the placements follow no other.

use super::course_pattern::possible_courses;
use super::presence::{Career, Presence};
use super::{Finding, Rule};
use crate::language::Message;
use crate::scenario::{CourseIx, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    if !is_limited(scenario) {
        return findings;
    }
    let courses: Vec<(&Career, Vec<CourseIx>)> =
        presence.undecided().map(|career| (career, possible_courses(scenario, career))).collect();
    for course in scenario.course_ixs() {
        for (&year, &limit) in &scenario.course(course).intake_max {
            let is_on = |(career, courses): &&(&Career, Vec<CourseIx>)| {
                courses.as_slice() == [course] && scenario.resident(career.resident).entry_year == year
            };
            let on: Vec<&str> = courses
                .iter()
                .filter(is_on)
                .map(|(career, _)| scenario.resident(career.resident).id.as_str())
                .collect();
            if on.len() <= limit as usize {
                continue;
            }
            let message = Message::new("audit-course-intake")
                .text("course", &scenario.course(course).id)
                .text("year", year)
                .number("count", on.len() as i64)
                .number("limit", i64::from(limit))
                .name("residents", on.join("、"), on.join(", "));
            findings.push(Finding::error(Rule::CourseIntake, message).year(year).figures(on.len(), limit));
        }
    }
    findings
}

/// Whether any course is limited.
pub(super) fn is_limited(scenario: &Scenario) -> bool {
    scenario.courses.iter().any(|course| !course.intake_max.is_empty())
}
