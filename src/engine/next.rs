//! The coming year: the tables after the first decided year went as a plan has it.

use std::collections::BTreeMap;

use crate::calendar::Span;
use crate::diagnostic::Findings;
use crate::plan::Plan;
use crate::scenario::edit::{self, Passed, Turn};
use crate::scenario::{self, FacilityIx, ResidentIx, Scenario, SectionIx, Sources, Stay};

/// The scenario of the coming year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub turn: Turn,
    pub scenario: Scenario,
    /// What the reader remarks about the tables.
    pub findings: Findings,
}

/// Turns the year. `ask` is the comment beside the intake that is to be filled in, `file` the plan's file as the
/// user knows it.
///
/// # Errors
/// What of the plan is no past that the coming year could begin with.
pub fn next(
    sources: &Sources,
    scenario: &Scenario,
    plan: &Plan,
    ask: &str,
    file: &str,
) -> Result<Next, Findings> {
    let turn = edit::next(sources, scenario, &passed(scenario, plan), ask, file)?;
    let (scenario, findings) = scenario::read(&turn.sources);
    match scenario {
        Some(scenario) => Ok(Next { turn, scenario, findings }),
        None => Err(findings),
    }
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
    Passed { stays, courses }
}
