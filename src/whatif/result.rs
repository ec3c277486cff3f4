//! What is kept of a variant's answer. It says nothing of when or by whom it was found, so the same variant gives
//! the same result everywhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::unplaced::Unplaced;
use crate::plan::{GoalValue, Status};

/// The answer to one variant.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
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
    /// Why it is not placeable, not known or invalid, in both languages; written once it is answered.
    pub told: Told,
}

/// A text for people.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Told {
    pub ja: String,
    pub en: String,
}

/// A goal as in `plan.json`.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct GoalEntry {
    /// `goal.measure`
    pub name: String,
    pub value: GoalValue,
    pub bound: GoalValue,
    pub proof: String,
}

/// A case item and its margin, an exact fraction (numerator, denominator).
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct MarginEntry {
    pub case: String,
    pub factor: (u128, u128),
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
