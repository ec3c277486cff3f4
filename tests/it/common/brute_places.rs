//! The oracle where tables say rules: every career and every plan month by month at places, by trying them all on
//! the judge.
//!
//! A beginning is not continued if the judge refuses it of somebody who resigns right after it: what resignation
//! excuses is just what is still open.

use std::collections::BTreeSet;

use kenshu::internal::audit::{audit, goal_values};
use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::plan::{GoalValue, Placement, Plan};
use kenshu::internal::regulation::{Rule, Subject};
use kenshu::internal::scenario::{CourseIx, Place, ResidentIx, Scenario};

use super::brute::{bare, compare};

/// A course and the place of each decided month with a seat; `None` in free months.
pub type Career = (CourseIx, Vec<Option<Place>>);

/// More plans than this are not tried one by one.
pub const PLANS_MAX: u128 = 3_000;

/// All careers of a resident that the judge accepts for that resident alone; limits that concern everybody
/// together are left out.
pub fn careers(scenario: &Scenario, resident: ResidentIx) -> BTreeSet<Career> {
    let alone = bare(scenario).alone(scenario.resident(resident).clone());
    let months: Vec<Month> = scenario.due(resident).collect();
    let mut found = BTreeSet::new();
    if months.is_empty() {
        return found;
    }
    let until = |month: &Month| {
        let mut cut = alone.clone();
        cut.unchecked_mut().residents[0].resigned_from = Some(*month);
        cut
    };
    // Per number of months placed: somebody who resigns then, or the whole training.
    let mut stages: Vec<Scenario> = months.iter().skip(1).map(until).collect();
    stages.push(alone.clone());
    let has_free = scenario.courses.iter().any(|course| course.has_free_months());
    let mut spots: Vec<Option<Place>> = scenario.places().into_iter().map(Some).collect();
    spots.extend(has_free.then_some(None));
    for course in scenario.course_ixs() {
        let mut career = Vec::new();
        extend(&stages, course, &months, &spots, &mut career, &mut found);
    }
    found
}

fn extend(
    stages: &[Scenario],
    course: CourseIx,
    months: &[Month],
    spots: &[Option<Place>],
    career: &mut Vec<Option<Place>>,
    found: &mut BTreeSet<Career>,
) {
    if career.len() == months.len() {
        found.insert((course, career.clone()));
        return;
    }
    for &spot in spots {
        career.push(spot);
        let rows = rows_in(ResidentIx(0), course, months, career);
        // No row says the course of whoever is nowhere.
        let nowhere = if rows.is_empty() { vec![(ResidentIx(0), course)] } else { Vec::new() };
        let plan = Plan { rows, nowhere };
        let is_judged = |rule: Rule| rule.subject() == Subject::Placement && !is_shared(rule);
        let findings = audit(&stages[career.len() - 1], &plan, None).findings;
        let breaks = findings.iter().any(|f| f.severity == Severity::Error && is_judged(f.rule));
        if !breaks {
            extend(stages, course, months, spots, career, found);
        }
        career.pop();
    }
}

/// Rules about everybody together.
fn is_shared(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::SupervisorRatio | Rule::Seats | Rule::SectionSeats | Rule::Staffing | Rule::CourseIntake
    )
}

/// The rows of a career.
pub fn rows(scenario: &Scenario, resident: ResidentIx, (course, career): &Career) -> Vec<Placement> {
    let months: Vec<Month> = scenario.due(resident).collect();
    rows_in(resident, *course, &months, career)
}

fn rows_in(
    resident: ResidentIx,
    course: CourseIx,
    months: &[Month],
    career: &[Option<Place>],
) -> Vec<Placement> {
    let mut rows: Vec<Placement> = Vec::new();
    for (&month, spot) in months.iter().zip(career) {
        let Some(Place { facility, section }) = *spot else { continue };
        match rows.last_mut() {
            Some(row) if (row.facility, row.section, row.span.end()) == (facility, section, month) => {
                row.span.months += 1;
            }
            _ => rows.push(Placement {
                resident,
                course: Some(course),
                facility,
                section,
                span: Span::new(month, 1),
                line: None,
            }),
        }
    }
    rows
}

/// What trying all plans finds.
pub enum Found {
    TooMany,
    /// The best values of the goals; `None` if there is no plan.
    Best(Option<Vec<GoalValue>>),
}

/// The best of all plans.
pub fn best(scenario: &Scenario, base: Option<&Plan>) -> Found {
    let Some(plans) = plans(scenario, base) else { return Found::TooMany };
    Found::Best(plans.into_iter().map(|(values, _)| values).min_by(|one, other| compare(one, other)))
}

/// All plans that break no rule, with the values of the goals; `None` if there are too many to try.
pub fn plans(scenario: &Scenario, base: Option<&Plan>) -> Option<Vec<(Vec<GoalValue>, Plan)>> {
    let away = |resident: ResidentIx| -> Vec<Option<Career>> {
        let one = scenario.resident(resident);
        let open = scenario.course_ixs().filter(|ix| scenario.course(*ix).is_open_to(one));
        let courses = open.filter(|ix| one.course.is_none_or(|fixed| fixed == *ix));
        courses.map(|course| Some((course, Vec::new()))).collect()
    };
    let all: Vec<Vec<Option<Career>>> = scenario
        .resident_ixs()
        .map(|resident| match scenario.due(resident).next() {
            // On leave until they leave the program, or gone before the first decided month.
            None if scenario.decided(resident).is_empty() => vec![None],
            None => away(resident),
            Some(_) => careers(scenario, resident).into_iter().map(Some).collect(),
        })
        .collect();
    let count = all.iter().fold(1_u128, |count, careers| count.saturating_mul(careers.len() as u128));
    if count > PLANS_MAX {
        return None;
    }
    let bare = bare(scenario);
    let mut plans = Vec::new();
    for number in 0..count {
        let mut rest = number;
        let mut plan = Plan::default();
        for (resident, careers) in scenario.resident_ixs().zip(&all) {
            let career = &careers[(rest % careers.len() as u128) as usize];
            rest /= careers.len() as u128;
            let Some(career) = career else { continue };
            let rows = rows(scenario, resident, career);
            if rows.is_empty() {
                plan.nowhere.push((resident, career.0));
            }
            plan.rows.extend(rows);
        }
        if !audit(&bare, &plan, None).has_violations(Subject::Placement) {
            let values = goal_values(scenario, &plan, base).into_iter().map(|(_, value)| value).collect();
            plans.push((values, plan));
        }
    }
    Some(plans)
}
