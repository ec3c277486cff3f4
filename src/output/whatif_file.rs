//! The file a variant's answer is kept in. The time it took stands beside the answer, and the hash of the answer
//! too: a file cut short or edited is noticed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::dto::{TOOL, pretty};
use crate::whatif::result::VariantResult;

#[derive(JsonSchema, Serialize, Deserialize)]
pub struct File {
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
    pretty(&file).into_bytes()
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
    use crate::output::dto::written;
    use crate::plan::GoalValue;
    use crate::whatif::result::{GoalEntry, MarginEntry, Told};
    use crate::whatif::unplaced::Unplaced;

    fn result() -> VariantResult {
        VariantResult {
            labels: vec!["8".into()],
            status: "optimal".into(),
            placeable: Some(true),
            within_caps: Some(false),
            binding: vec!["urban-cap".into()],
            goals: vec![GoalEntry {
                name: "course-wishes.worst-first".into(),
                value: GoalValue::Vector(vec![(1, 2), (0, 34)]),
                bound: GoalValue::Number(3),
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
        assert_eq!((written(&goal.value), written(&goal.bound)), ("[[1,2],[0,34]]".into(), "3".into()));
    }
}
