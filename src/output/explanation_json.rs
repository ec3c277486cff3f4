//! Why no plan exists and what would help, for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::dto::{self, pretty};
use super::explanation::{lines, said};
use crate::explain::Reason;
use crate::explain::infeasible::Explained;
use crate::language::Catalogue;
use crate::scenario::Scenario;

#[derive(JsonSchema, Serialize)]
pub struct ExplainedJson<'a> {
    scenario: &'a str,
    scenario_hash: &'a str,
    /// `feasible`, `infeasible` or `unknown`.
    status: &'static str,
    /// `count`, `conflict` or `proved`.
    reason: Option<&'static str>,
    count: Option<dto::Count<'a>>,
    conflict: Option<Vec<dto::Statement<'a>>>,
    residents_without_career: Vec<&'a str>,
    repairs: Vec<dto::WayOut<'a>>,
    words: Vec<String>,
}

/// The explanation for programs.
pub fn json(scenario: &Scenario, explained: &Explained, catalogue: &Catalogue) -> String {
    pretty(&form(scenario, explained, catalogue))
}

/// The explanation as a part of another answer.
pub fn form<'a>(
    scenario: &'a Scenario,
    explained: &'a Explained,
    catalogue: &Catalogue,
) -> ExplainedJson<'a> {
    let mut json = ExplainedJson {
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        status: match explained {
            Explained::Feasible => "feasible",
            Explained::Infeasible(_) => "infeasible",
            Explained::Unknown(_) => "unknown",
        },
        reason: None,
        count: None,
        conflict: None,
        residents_without_career: Vec::new(),
        repairs: Vec::new(),
        words: said(&lines(scenario, explained), catalogue),
    };
    if let Explained::Infeasible(explanation) = explained {
        match &explanation.reason {
            Reason::Count(count) => {
                json.reason = Some("count");
                json.count = Some(dto::Count::of(scenario, count, catalogue));
            }
            Reason::Conflict(conflict) => {
                json.reason = Some("conflict");
                let statements = conflict.statements.iter();
                json.conflict =
                    Some(statements.map(|s| dto::Statement::of(scenario, s, catalogue)).collect());
            }
            Reason::Proved => json.reason = Some("proved"),
        }
        json.residents_without_career = dto::residents(scenario, &explanation.without_career);
        let repairs = explanation.repairs.list.iter();
        json.repairs = repairs.map(|repair| dto::WayOut::of(scenario, repair, catalogue)).collect();
    }
    json
}
