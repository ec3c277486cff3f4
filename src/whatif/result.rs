//! What is kept of a variant's answer, and the file it is kept in.
//!
//! A result says nothing of when or by whom it was found, so the same variant gives the same result
//! everywhere; the time it took stands beside it in the file. The file carries the hash of the result:
//! a file cut short or edited is noticed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::unplaced::Unplaced;
use crate::output::plan_json::TOOL;
use crate::plan::Status;

/// The answer to one variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantResult {
    pub labels: Vec<String>,
    /// A word of `plan.json`'s status, or `invalid`.
    pub status: String,
    /// `None`: not known.
    pub placeable: Option<bool>,
    /// `None`: the variant is no scenario.
    pub within_caps: Option<bool>,
    /// Ids of what binds, most telling first (see `whatif.csv`).
    pub binding: Vec<String>,
    pub goals: Vec<GoalEntry>,
    /// (residents with the first course wish, residents with course wishes); absent without a plan.
    pub first_course: Option<(u32, u32)>,
    /// (residents at one of the first three facility wishes, residents with wishes at an affiliate).
    pub first_three: Option<(u32, u32)>,
    /// The place of the course wish of whoever fares worst, from 1; `None`: a course nobody wished for,
    /// or no plan.
    pub worst_choice: Option<u32>,
    /// Of the plan that was found: by what factor the targets of each case item could be raised.
    pub margins: Vec<MarginEntry>,
    /// Without a plan: who would have to stay out, if one entry year can make the difference.
    pub unplaced: Option<Unplaced>,
    /// Why it is not placeable, not known or invalid, in both languages.
    pub told: Told,
}

/// A text for people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub ja: String,
    pub en: String,
}

/// A goal as in `plan.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalEntry {
    /// `goal.measure`
    pub name: String,
    pub value: GoalNumber,
    pub bound: GoalNumber,
    pub proof: String,
}

/// A case item and its margin, an exact fraction (numerator, denominator).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarginEntry {
    pub case: String,
    pub factor: (u128, u128),
}

/// A goal's value: a number, or (value, residents) from the worst down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum GoalNumber {
    Number(i64),
    Vector(Vec<(i64, u32)>),
}

impl GoalNumber {
    /// As JSON has it: `12`, `[[1,2],[0,34]]`.
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// One number for a chart: a vector counts the residents whose value is not 0.
    pub fn height(&self) -> i64 {
        match self {
            Self::Number(number) => *number,
            Self::Vector(pairs) => {
                pairs.iter().filter(|(value, _)| *value > 0).map(|(_, residents)| i64::from(*residents)).sum()
            }
        }
    }
}

impl VariantResult {
    /// That a variant has a plan, or has none: all that was asked of it.
    pub fn existence(placeable: bool) -> Self {
        let status = if placeable { Status::Feasible } else { Status::Infeasible };
        Self {
            labels: Vec::new(),
            status: status.id().to_string(),
            placeable: Some(placeable),
            within_caps: None,
            binding: Vec::new(),
            goals: Vec::new(),
            first_course: None,
            first_three: None,
            worst_choice: None,
            margins: Vec::new(),
            unplaced: None,
            told: Told::default(),
        }
    }

    /// Whether nothing is left open about the variant.
    pub fn is_answered(&self) -> bool {
        self.status != "unknown"
    }

    pub fn is_invalid(&self) -> bool {
        self.status == "invalid"
    }

    pub fn margin(&self, case: &str) -> Option<(u128, u128)> {
        self.margins.iter().find(|margin| margin.case == case).map(|margin| margin.factor)
    }

    pub fn goal(&self, name: &str) -> Option<&GoalEntry> {
        self.goals.iter().find(|goal| goal.name == name)
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    tool: String,
    tool_version: String,
    key: String,
    milliseconds: u64,
    /// SHA-256 of `result` as compact JSON.
    sha256: String,
    result: VariantResult,
}

/// The bytes of the file of a result.
pub fn file(key: &str, result: &VariantResult, milliseconds: u64) -> Vec<u8> {
    let file = File {
        tool: TOOL.to_string(),
        tool_version: env!("CARGO_PKG_VERSION").to_string(),
        key: key.to_string(),
        milliseconds,
        sha256: checksum(result),
        result: result.clone(),
    };
    crate::output::dto::pretty(&file).into_bytes()
}

/// The result in a file; `None` if it is not whole, was edited or belongs to another variant.
pub fn read(key: &str, bytes: &[u8]) -> Option<VariantResult> {
    let file: File = serde_json::from_slice(bytes).ok()?;
    (file.tool == TOOL && file.key == key && file.sha256 == checksum(&file.result)).then_some(file.result)
}

fn checksum(result: &VariantResult) -> String {
    let text = serde_json::to_string(result).unwrap_or_default();
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result() -> VariantResult {
        VariantResult {
            labels: vec!["8".into()],
            status: "optimal".into(),
            placeable: Some(true),
            within_caps: Some(false),
            binding: vec!["urban-cap".into()],
            goals: vec![GoalEntry {
                name: "course-wishes.worst-first".into(),
                value: GoalNumber::Vector(vec![(1, 2), (0, 34)]),
                bound: GoalNumber::Number(3),
                proof: "certified".into(),
            }],
            first_course: Some((34, 36)),
            first_three: None,
            worst_choice: Some(2),
            margins: vec![MarginEntry { case: "ivr".into(), factor: (7, 4) }],
            unplaced: Some(Unplaced { entry_year: 2020, residents: 2 }),
            told: Told::default(),
        }
    }

    #[test]
    fn a_file_cut_short_or_edited_anywhere_is_noticed() {
        let bytes = file("k", &result(), 5);
        assert_eq!(read("k", &bytes), Some(result()));
        assert_eq!(read("other", &bytes), None);
        for length in 0..bytes.len() - 1 {
            assert_eq!(read("k", &bytes[..length]), None, "{length}");
        }
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(read("k", text.replace("34", "35").as_bytes()), None);
        assert_eq!(read("k", text.replace("true", "false").as_bytes()), None);
        let slower = text.replace("\"milliseconds\": 5", "\"milliseconds\": 6");
        assert_eq!(read("k", slower.as_bytes()), Some(result()));
    }

    #[test]
    fn values_are_written_as_in_plan_json() {
        let goal = &result().goals[0];
        assert_eq!((goal.value.written(), goal.bound.written()), ("[[1,2],[0,34]]".into(), "3".into()));
        assert_eq!((goal.value.height(), goal.bound.height()), (2, 3));
    }
}
