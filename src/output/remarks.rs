//! What is remarked about a run: why there is no plan or what was left open, and what a base plan did.

use std::path::Path;

use super::{base, explanation, readings, reasons};
use crate::engine::{Fault, Planned};
use crate::explain::Reason;
use crate::language::Message;
use crate::scenario::{Resident, Scenario};

/// All remarks; `path` is where the scenario lies, for the command that knows the ways out.
pub fn remarks(planned: &Planned, path: &Path) -> Vec<Message> {
    let Planned { scenario, answer, explanation, .. } = planned;
    let told = explanation.as_ref().and_then(|explanation| match explanation.reason {
        // What the solver itself says is more.
        Reason::Proved => None,
        Reason::Count(_) | Reason::Conflict(_) => {
            let lines = explanation::reason(scenario, explanation).into_iter().flatten();
            lines.reduce(|first, rest| {
                Message::new("explain-lines").message("first", first).message("rest", rest)
            })
        }
    });
    let solved = answer.reason.as_ref().map(|why| reasons::reason(scenario, why));
    let mut remarks: Vec<Message> = told.or(solved).into_iter().collect();
    if explanation.is_some() {
        remarks.push(Message::new("explain-see").text("path", path.display()));
    }
    remarks.extend(not_planned(scenario));
    remarks.extend(base::without_effect(scenario, planned.has_base));
    remarks.extend(base::changes_of_course(planned));
    remarks.extend(answer.plan.iter().flat_map(|plan| readings::readings(scenario, plan)));
    remarks
}

/// Who has no placements because their past fits no course.
fn not_planned(scenario: &Scenario) -> Option<Message> {
    let ids: Vec<&str> = set_aside(scenario).map(|resident| resident.id.as_str()).collect();
    (!ids.is_empty()).then(|| not_planned_of(&ids))
}

/// That nothing is planned for these residents.
pub fn not_planned_of(ids: &[&str]) -> Message {
    Message::new("not-planned").number("count", ids.len() as i64).text("residents", ids.join(", "))
}

/// The residents for whom nothing is planned.
pub fn set_aside(scenario: &Scenario) -> impl Iterator<Item = &Resident> {
    scenario.set_aside()
}

/// What solver and judge do not agree about.
pub fn fault(fault: &Fault) -> Message {
    match fault {
        Fault::Status(status) => Message::new("fault-status").text("status", status.id()),
        Fault::Rule(finding) => Message::new("fault-rule")
            .text("rule", finding.rule.id())
            .message("finding", finding.message.clone()),
        Fault::Cases(reason) => Message::new("fault-cases").message("reason", reason.clone()),
        Fault::Goals => Message::new("fault-goals"),
    }
}
