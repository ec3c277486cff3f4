//! `[[goals]]`: what is made best, in which order (DESIGN 3).

use crate::diagnostic::Findings;
use crate::language::Message;

use super::code;
use super::model::{Goal, GoalKind, Measure};
use crate::tables::document::Section;

/// The order of a scenario that names no goals and has no rule of kind `wish`. `Stability` counts only beside a
/// base plan.
pub fn default_goals() -> Vec<Goal> {
    default_order(&[])
}

/// The order of a scenario that names no goals: those of `wished` kinds, for which it has rows, at their place.
pub(super) fn default_order(wished: &[GoalKind]) -> Vec<Goal> {
    let is_due = |kind: GoalKind| match kind {
        GoalKind::Staffing | GoalKind::Requirements => wished.contains(&kind),
        _ => true,
    };
    [
        (GoalKind::Coverage, Measure::Sum),
        (GoalKind::Staffing, Measure::Sum),
        (GoalKind::Stability, Measure::Sum),
        (GoalKind::Requirements, Measure::WorstFirst),
        (GoalKind::CourseWishes, Measure::WorstFirst),
        (GoalKind::FacilityWishes, Measure::Worst),
        (GoalKind::FacilityWishes, Measure::Sum),
        (GoalKind::Repeats, Measure::Sum),
    ]
    .map(|(kind, measure)| Goal { kind, measure })
    .into_iter()
    .filter(|goal| is_due(goal.kind))
    .collect()
}

/// The goals that are named; `None` if the usual order holds.
pub(crate) fn read(root: &Section<'_>, findings: &mut Findings) -> Option<Vec<Goal>> {
    let entry = root.get("goals")?;
    let sections = entry.sections(findings);
    if sections.is_empty() {
        findings.error(entry.place(), Message::new(code::GOALS_EMPTY));
    }
    let mut goals = Vec::new();
    for section in sections {
        section.only(&["goal", "measure"], findings);
        let goal_entry = section.need("goal", findings);
        let kind = goal_entry.as_ref().and_then(|entry| entry.word(&GoalKind::ALL, GoalKind::id, findings));
        let measure_entry = section.need("measure", findings);
        let measure =
            measure_entry.as_ref().and_then(|entry| entry.word(&Measure::ALL, Measure::id, findings));
        let (Some(kind), Some(measure), Some(goal_entry), Some(measure_entry)) =
            (kind, measure, goal_entry, measure_entry)
        else {
            continue;
        };
        // A sum over places has no resident values to take the worst of.
        if kind.is_of_places() && measure != Measure::Sum {
            let message = Message::new(code::GOAL_MEASURE).text("goal", kind.id()).text("text", measure.id());
            findings.error(measure_entry.place(), message);
            continue;
        }
        let goal = Goal { kind, measure };
        if goals.contains(&goal) {
            let message = Message::new(code::GOAL_DUPLICATE).text("goal", kind.id());
            findings.error(goal_entry.place(), message.text("measure", measure.id()));
            continue;
        }
        goals.push(goal);
    }
    Some(goals)
}
