//! Temporary stub.
use super::Plan;
use crate::diagnostic::Findings;
use crate::scenario::Scenario;

pub fn read(_file: &str, _bytes: &[u8], _scenario: &Scenario) -> (Option<Plan>, Findings) {
    (None, Findings::default())
}
