//! `not-stated`: rules of the program that no table can say. They are named wherever it is said what was checked,
//! so that nobody takes silence for a verdict.

use super::{Finding, Rule};
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::scenario::Scenario;

pub(super) fn check(scenario: &Scenario) -> Vec<Finding> {
    let note = |text: &String| {
        let message = Message::new("audit-not-stated").text("rule", text);
        Finding::new(Rule::NotStated, Severity::Note, message)
    };
    scenario.not_stated.iter().map(note).collect()
}
