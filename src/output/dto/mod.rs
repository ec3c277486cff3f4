//! What programs are told: one serialised form per thing. Every JSON file is made of these, and tables
//! that say the same are made from them.

mod finding;
mod goal;
mod moves;

pub use finding::Finding;
pub use goal::{Goal, Value};
pub use moves::{Chain, Course, Move};

use serde::Serialize;

/// JSON for people and programs alike: indented, ended by a line break.
pub fn pretty(value: &impl Serialize) -> String {
    // Plain data with text keys: serde_json has no way to fail on it.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
