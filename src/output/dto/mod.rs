//! What programs are told: one serialised form per thing. Every JSON file is made of these, and tables
//! that say the same are made from them.

mod change;
mod finding;
mod goal;
mod moves;
mod seats;
mod statement;

pub use change::WayOut;
pub use finding::Finding;
pub use goal::{Goal, written};
pub use moves::{Chain, Course, Move, Shift};
pub use seats::SeatYear;
pub use statement::{Count, Statement};

use serde::Serialize;

use crate::scenario::{ResidentIx, Scenario};

/// The value of `tool` by which this program knows its own files.
pub const TOOL: &str = "kenshu";

/// JSON for people and programs alike: indented, ended by a line break.
pub fn pretty(value: &impl Serialize) -> String {
    // Plain data with text keys: serde_json has no way to fail on it.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// Residents by their ids.
pub fn residents<'a>(scenario: &'a Scenario, residents: &[ResidentIx]) -> Vec<&'a str> {
    residents.iter().map(|&resident| scenario.resident(resident).id.as_str()).collect()
}
