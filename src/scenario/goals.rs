//! `[[goals]]`: what is made best, in which order (DESIGN 3).

use crate::diagnostic::Findings;
use crate::language::Message;

use super::code;
use super::model::{Goal, GoalKind, Measure};
use crate::tables::document::Section;

/// The order of a scenario that names no goals. `Stability` counts only beside a base plan.
pub fn default_goals() -> Vec<Goal> {
    [
        (GoalKind::Coverage, Measure::Sum),
        (GoalKind::Stability, Measure::Sum),
        (GoalKind::CourseWishes, Measure::WorstFirst),
        (GoalKind::FacilityWishes, Measure::Worst),
        (GoalKind::FacilityWishes, Measure::Sum),
        (GoalKind::Repeats, Measure::Sum),
    ]
    .map(|(kind, measure)| Goal { kind, measure })
    .to_vec()
}

pub(crate) fn read(root: &Section<'_>, findings: &mut Findings) -> Vec<Goal> {
    let Some(entry) = root.get("goals") else {
        return default_goals();
    };
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
        // Coverage is a sum over facilities; it has no resident values to take the worst of.
        if kind == GoalKind::Coverage && measure != Measure::Sum {
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
    goals
}
