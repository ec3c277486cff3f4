//! `staffing`: how many residents of a kind are at certain places in each month (`staffing.csv`).
//!
//! A minimum counts who is at work there, until the last intake year where the row names no other end; a maximum
//! counts who holds a seat there. Whoever may be there counts towards a minimum, whoever is there for sure towards a maximum. Of
//! a row of kind `wish` nothing is found: the residents missing or beyond are the goal `staffing`.

use super::course_pattern::possible_courses;
use super::presence::{Career, Presence, last_month, runs};
use super::requirements::clause;
use super::training_months::horizon;
use super::{Finding, Rule};
use crate::calendar::{Month, Span};
use crate::language::Message;
use crate::plan::Plan;
use crate::scenario::{CourseIx, Force, Scenario, Staffing};

/// The residents of a row's kind at its places in a month.
#[derive(Default, Clone, Copy)]
struct Staff {
    /// At work there, as far as it is open.
    at_work_most: u32,
    /// At work there and in a seat there, as the plan stands.
    at_work: u32,
    seated: u32,
}

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let musts = || scenario.staffing.iter().filter(|row| row.force == Force::Must);
    if musts().next().is_none() {
        return Vec::new();
    }
    let courses = courses(presence);
    let mut findings = Vec::new();
    for row in musts() {
        let staff = |month| staff(presence, &courses, row, month);
        let few = min_months(scenario, row)
            .iter()
            .filter_map(|month| Some((month, row.min?.checked_sub(staff(month).at_work_most)?)))
            .filter(|(_, missing)| *missing > 0)
            .map(|(month, missing)| (month, ("audit-staffing-few", missing)));
        let many = max_months(scenario, row)
            .iter()
            .filter_map(|month| Some((month, staff(month).seated.checked_sub(row.max?)?)))
            .filter(|(_, beyond)| *beyond > 0)
            .map(|(month, beyond)| (month, ("audit-staffing-many", beyond)));
        for (span, (key, by)) in runs(few).into_iter().chain(runs(many)) {
            let required = if key == "audit-staffing-few" { row.min } else { row.max }.unwrap_or(0);
            let found = if key == "audit-staffing-few" { required - by } else { required + by };
            let message = Message::new(key)
                .text("name", &row.name)
                .text("from", span.start)
                .text("to", last_month(span))
                .number("found", i64::from(found))
                .number("required", i64::from(required))
                .message("clause", clause(&row.clause));
            findings.push(
                Finding::error(Rule::Staffing, message)
                    .month(scenario, span.start)
                    .of_row(&row.clause)
                    .figures(found, required),
            );
        }
    }
    findings
}

/// A row of staffing in a month, as a plan stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Staffed {
    pub at_work: u32,
    pub seated: u32,
    /// What the row asks for in this month.
    pub min: Option<u32>,
    pub max: Option<u32>,
}

/// Every row of `staffing.csv`, month by month of a span.
pub fn staffed(scenario: &Scenario, plan: &Plan, span: Span) -> Vec<Vec<Staffed>> {
    if scenario.staffing.is_empty() {
        return Vec::new();
    }
    let presence = Presence::new(scenario, plan);
    let courses = courses(&presence);
    let in_month = |row: &Staffing, month| {
        let staff = staff(&presence, &courses, row, month);
        Staffed {
            at_work: staff.at_work,
            seated: staff.seated,
            min: row.min.filter(|_| min_months(scenario, row).contains(month)),
            max: row.max.filter(|_| max_months(scenario, row).contains(month)),
        }
    };
    let of_row = |row| span.iter().map(|month| in_month(row, month)).collect();
    scenario.staffing.iter().map(of_row).collect()
}

/// The goal `staffing`: resident-months below the minimum or above the maximum of every wish.
pub(super) fn short_of_wishes(presence: &Presence<'_>) -> i64 {
    let wishes = || presence.scenario.staffing.iter().filter(|row| row.force == Force::Wish);
    if wishes().next().is_none() {
        return 0;
    }
    let courses = courses(presence);
    let short = |row: &Staffing| {
        let staff = |month| staff(presence, &courses, row, month);
        let few = min_months(presence.scenario, row)
            .iter()
            .map(|month| i64::from(row.min.map_or(0, |min| min.saturating_sub(staff(month).at_work))));
        let many = max_months(presence.scenario, row)
            .iter()
            .map(|month| i64::from(row.max.map_or(0, |max| staff(month).seated.saturating_sub(max))));
        few.chain(many).sum::<i64>()
    };
    wishes().map(short).sum()
}

/// The months in which a row asks for residents.
pub(super) fn min_months(scenario: &Scenario, row: &Staffing) -> Span {
    let until = row.until.map_or(scenario.coverage_months().end(), |until| until.plus(1));
    months(scenario, row, until)
}

/// The months in which a row limits residents.
pub(super) fn max_months(scenario: &Scenario, row: &Staffing) -> Span {
    months(scenario, row, row.until.map_or(horizon(scenario).end(), |until| until.plus(1)))
}

fn months(scenario: &Scenario, row: &Staffing, until: Month) -> Span {
    let from = row.from.unwrap_or(scenario.start()).max(scenario.start());
    Span::between(from, until.max(from))
}

/// Per resident the courses they may be on.
fn courses(presence: &Presence<'_>) -> Vec<Vec<CourseIx>> {
    let of = |career: &Career| match career.decided.is_empty() {
        true => Vec::new(),
        false => possible_courses(presence.scenario, career),
    };
    presence.careers.iter().map(of).collect()
}

fn staff(presence: &Presence<'_>, courses: &[Vec<CourseIx>], row: &Staffing, month: Month) -> Staff {
    let scenario = presence.scenario;
    let rules = &scenario.rules.leave;
    let mut staff = Staff::default();
    for (career, courses) in presence.careers.iter().zip(courses) {
        if !career.decided.contains(month) {
            continue;
        }
        let Some(this) = career.calendar.at(month).filter(|this| this.has_seat) else { continue };
        let resident = scenario.resident(career.resident);
        let year = career.calendar.year(this).unwrap_or(0);
        let is_meant = |course: &CourseIx| row.who.means(resident, *course, year);
        let spot = career.spot(month);
        let works = this.is_at_work(rules);
        if courses.iter().all(is_meant) && spot.is_at(scenario, row.place, month) {
            staff.seated += 1;
            staff.at_work += u32::from(works);
        }
        if courses.iter().any(is_meant) && spot.may_be_at(scenario, row.place, month) {
            staff.at_work_most += u32::from(works);
        }
    }
    staff
}
