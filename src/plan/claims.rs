//! What a `plan.json` claims, read back for re-checking.
//!
//! Only what can be checked is read; the rest of the file (words, seconds, counts) is ignored.

use serde::Deserialize;

use super::GoalValue;
use super::certificate::Certificate;

/// The claims of a `plan.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Claims {
    pub scenario_hash: String,
    pub status: String,
    pub goals: Vec<GoalClaim>,
    pub certificate: Certificate,
}

/// What is claimed of one goal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoalClaim {
    pub goal: String,
    pub measure: String,
    pub value: ValueClaim,
    pub bound: ValueClaim,
    pub proof: String,
}

/// A value as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ValueClaim {
    Number(i64),
    Vector(Vec<(i64, u32)>),
}

impl ValueClaim {
    pub fn is(&self, value: &GoalValue) -> bool {
        match (self, value) {
            (Self::Number(claimed), GoalValue::Number(counted)) => claimed == counted,
            (Self::Vector(claimed), GoalValue::Vector(counted)) => claimed == counted,
            _ => false,
        }
    }
}

/// Reads a `plan.json`.
///
/// # Errors
/// The JSON reader's reason with line and column.
pub fn read(bytes: &[u8]) -> Result<Claims, serde_json::Error> {
    // Some editors put a mark in front of UTF-8.
    serde_json::from_slice(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes))
}
