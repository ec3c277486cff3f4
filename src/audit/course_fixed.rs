//! `course-fixed`: the rows of a resident name one course, and the fixed one where one is fixed; and none that
//! is kept for others.
//!
//! Rows may leave the course empty. Whether the placements follow the course is the business of
//! `course-pattern`.

use super::presence::{Presence, about};
use super::{Finding, Rule};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in &presence.careers {
        let fixed = scenario.resident(career.resident).course;
        let named: Vec<&str> = career.courses.iter().map(|ix| scenario.course(*ix).id.as_str()).collect();
        let message = |key| about(scenario, key, career.resident).text("named", named.join(", "));
        let finding = match fixed {
            Some(course) if career.courses.iter().any(|other| *other != course) => {
                let required = &scenario.course(course).id;
                let message = message("audit-course-fixed").text("fixed", required);
                Finding::error(Rule::CourseFixed, message).figures(named.join(", "), required.clone())
            }
            None if named.len() > 1 => {
                Finding::error(Rule::CourseFixed, message("audit-course-fixed-several"))
                    .figures(named.len(), 1)
            }
            _ => continue,
        };
        findings.push(finding.resident(career.resident));
    }
    for career in &presence.careers {
        let resident = scenario.resident(career.resident);
        for course in career.courses.iter().map(|ix| scenario.course(*ix)) {
            if !course.is_open_to(resident) {
                let message = about(scenario, "audit-course-closed", career.resident);
                let finding = Finding::error(Rule::CourseFixed, message.text("course", &course.id));
                findings.push(
                    finding.resident(career.resident).figures(resident.id.clone(), course.who.join(", ")),
                );
            }
        }
    }
    findings
}
