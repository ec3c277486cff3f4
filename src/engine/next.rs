//! The coming year: the tables after the first decided year went as a plan has it.

use std::collections::BTreeMap;

use crate::calendar::Span;
use crate::cases::{self, Supplies};
use crate::diagnostic::{Findings, code};
use crate::plan::Plan;
use crate::scenario::edit::{self, Passed, Turn};
use crate::scenario::{self, CaseIx, FacilityIx, ResidentIx, Scenario, SectionIx, Sources, Stay};

/// The scenario of the coming year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub turn: Turn,
    pub scenario: Scenario,
    /// Rows of rules that spoke of nobody but people who are gone: they went too.
    pub rules_gone: usize,
    /// What the reader remarks about the tables.
    pub findings: Findings,
}

/// Turns the year. With `cases_as_planned` the cases that the plan has for the year are taken for done; `ask` is the comment beside the intake that is to be filled in, `file` the plan's file as the
/// user knows it.
///
/// # Errors
/// What of the plan is no past that the coming year could begin with.
pub fn next(
    sources: &Sources,
    scenario: &Scenario,
    plan: &Plan,
    cases_as_planned: bool,
    (ask, file): (&str, &str),
) -> Result<Next, Findings> {
    let mut passed = passed(scenario, plan);
    passed.cases = cases_as_planned.then(|| planned_cases(scenario, plan));
    let mut turn = edit::next(sources, scenario, &passed, ask, file)?;
    let (mut next, mut findings) = scenario::read(&turn.sources);
    let about_nobody = rows_about_nobody(&findings);
    if next.is_none() && !about_nobody.is_empty() {
        turn.sources = edit::without_rows(&turn.sources, &about_nobody)?;
        (next, findings) = scenario::read(&turn.sources);
    }
    match next {
        Some(scenario) => Ok(Next { turn, scenario, rules_gone: about_nobody.len(), findings }),
        None => Err(findings),
    }
}

/// Rows that name somebody whom nobody knows any more: the tags of people who are gone.
fn rows_about_nobody(findings: &Findings) -> Vec<(String, usize)> {
    let unknown = findings.list.iter().filter(|finding| finding.code() == code::UNKNOWN_WHO);
    let places = unknown.flat_map(|finding| std::iter::once(&finding.place).chain(&finding.further));
    places.filter_map(|place| Some((place.file.clone(), place.line?))).collect()
}

/// The cases of the first decided year, as they would be planned.
fn planned_cases(scenario: &Scenario, plan: &Plan) -> BTreeMap<(ResidentIx, CaseIx), u32> {
    let mut planned: BTreeMap<(ResidentIx, CaseIx), u32> = BTreeMap::new();
    for quota in cases::quotas(scenario, &Supplies::of(scenario), plan) {
        if quota.academic_year == scenario.first_year {
            *planned.entry((quota.resident, quota.case)).or_default() += quota.planned;
        }
    }
    planned
}

/// The first decided year of a plan. Rows that continue each other at one facility are one stay.
fn passed(scenario: &Scenario, plan: &Plan) -> Passed {
    let year = scenario.calendar.span_of(scenario.first_year);
    let mut rows: Vec<(ResidentIx, Span, FacilityIx, Option<SectionIx>)> = plan
        .rows
        .iter()
        .map(|row| (row.resident, row.span.intersection(year), row.facility, row.section))
        .filter(|(_, span, ..)| !span.is_empty())
        .collect();
    rows.sort_unstable();
    let mut stays: Vec<(ResidentIx, Stay)> = Vec::new();
    for (resident, span, facility, section) in rows {
        match stays.last_mut() {
            Some((same, last))
                if *same == resident
                    && (last.facility, last.section) == (facility, section)
                    && last.span.end() == span.start =>
            {
                last.span.months += span.months;
            }
            _ => stays.push((resident, Stay { facility, span, section })),
        }
    }
    let mut courses = BTreeMap::new();
    for row in &plan.rows {
        row.course.map(|course| courses.entry(row.resident).or_insert(course));
    }
    Passed { stays, courses, cases: None }
}
