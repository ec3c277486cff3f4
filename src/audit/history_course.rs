//! `history-course`: everybody's past is the beginning of a course they may take, so that it can be planned.
//!
//! Whose is not is set aside when the tables are read, and nothing is planned for them: the others' plan is no
//! worse for it, but the program is not whole until the past, the courses or their `who` are put right.

use super::presence::about;
use super::{Finding, Rule};
use crate::scenario::Scenario;

pub(super) fn check(scenario: &Scenario) -> Vec<Finding> {
    let set_aside = scenario.resident_ixs().filter(|ix| scenario.resident(*ix).set_aside_from.is_some());
    let finding = |ix| {
        let resident = scenario.resident(ix);
        let open = scenario.courses.iter().filter(|course| course.is_open_to(resident));
        let may_take: Vec<&str> = match resident.course {
            Some(fixed) => vec![&scenario.course(fixed).id],
            None => open.map(|course| course.id.as_str()).collect(),
        };
        let message = about(scenario, "audit-history-course", ix).text("courses", may_take.join(", "));
        Finding::error(Rule::HistoryCourse, message).resident(ix).figures(0, 1)
    };
    set_aside.map(finding).collect()
}
