//! Findings as JSON, for `check --json` and `audit --json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::diagnostics::{remedy, said};
use super::dto::{self, pretty};
use super::goals;
use super::summary;
use super::verification::{self, VerdictJson};
use crate::audit::certificate::claim::ClaimVerdict;
use crate::audit::{self, Audit, Finding, Verdict};
use crate::diagnostic::{Diagnostic, Findings};
use crate::language::{Catalogue, Message};
use crate::regulation::{Rule, Subject};
use crate::scenario::Scenario;

#[derive(JsonSchema, Serialize)]
pub(super) struct DiagnosticJson<'a> {
    code: &'static str,
    severity: &'static str,
    file: &'a str,
    line: Option<usize>,
    column: Option<&'a str>,
    cell: Option<&'a str>,
    /// How often it was found in the column; `further` are the next places.
    count: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    further: Vec<FurtherJson<'a>>,
    message: String,
    remedy: Option<String>,
}

#[derive(JsonSchema, Serialize)]
struct FurtherJson<'a> {
    line: Option<usize>,
    cell: Option<&'a str>,
}

#[derive(JsonSchema, Serialize)]
struct RuleJson {
    rule: &'static str,
    clause: String,
    /// `kept`, `broken` or `not-checked`.
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
}

#[derive(JsonSchema, Serialize, Default)]
pub struct Report<'a> {
    scenario: Option<&'a str>,
    scenario_hash: Option<&'a str>,
    /// What is wrong in the files.
    diagnostics: Vec<DiagnosticJson<'a>>,
    /// What the judge found.
    findings: Vec<dto::Finding<'a>>,
    /// What became of every rule that was to be judged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<RuleJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    goals: Vec<dto::Goal<'a>>,
    /// What became of the claims of a `plan.json`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claims: Vec<VerdictJson>,
    not_assessed: Vec<String>,
    /// Readings that decide something in this plan.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    readings: Vec<String>,
}

/// What `check` found: in the files, and in the program if the files could be read.
pub fn check(
    diagnostics: &Findings,
    program: Option<(&Scenario, &[Finding])>,
    catalogue: &Catalogue,
) -> String {
    let diagnostics = diagnostics.list.iter().map(|d| diagnostic(d, catalogue)).collect();
    pretty(&match program {
        Some((scenario, findings)) => {
            let subjects = [Subject::Program];
            Report { diagnostics, ..judged(scenario, findings, &subjects, catalogue) }
        }
        None => Report { diagnostics, ..Report::default() },
    })
}

/// A judgement, with what was remarked while the files were read.
pub fn audit(
    scenario: &Scenario,
    diagnostics: &Findings,
    audit: &Audit,
    verdicts: &[ClaimVerdict],
    readings: &[Message],
    catalogue: &Catalogue,
) -> String {
    let goals = audit.goals.iter().map(|(goal, value)| {
        dto::Goal::counted(*goal, value, catalogue.say(&goals::value(goal.kind, value)))
    });
    pretty(&Report {
        diagnostics: diagnostics.list.iter().map(|d| diagnostic(d, catalogue)).collect(),
        goals: goals.collect(),
        claims: verification::json(verdicts, catalogue),
        readings: readings.iter().map(|reading| catalogue.say(reading)).collect(),
        ..judged(scenario, &audit.findings, &[Subject::Placement, Subject::Program], catalogue)
    })
}

fn judged<'a>(
    scenario: &'a Scenario,
    findings: &'a [Finding],
    subjects: &[Subject],
    catalogue: &Catalogue,
) -> Report<'a> {
    let rule = |rule: &Rule| {
        let verdict = audit::verdict(scenario, *rule, findings);
        RuleJson {
            rule: rule.id(),
            clause: rule.clause(),
            verdict: verdict.id(),
            because: match &verdict {
                Verdict::NotChecked { because } => Some(catalogue.say(because)),
                Verdict::Kept { .. } | Verdict::Broken { .. } => None,
            },
        }
    };
    Report {
        scenario: Some(&scenario.id),
        scenario_hash: Some(&scenario.hash),
        findings: findings.iter().map(|f| dto::Finding::of(scenario, f, catalogue)).collect(),
        rules: Rule::ALL
            .iter()
            .filter(|rule| subjects.contains(&rule.subject()) && audit::concerns(scenario, **rule))
            .map(rule)
            .collect(),
        not_assessed: summary::not_assessed(scenario).iter().map(|m| catalogue.say(m)).collect(),
        ..Report::default()
    }
}

/// Findings in files.
pub(super) fn diagnostics<'a>(findings: &'a Findings, catalogue: &Catalogue) -> Vec<DiagnosticJson<'a>> {
    findings.list.iter().map(|finding| diagnostic(finding, catalogue)).collect()
}

fn diagnostic<'a>(diagnostic: &'a Diagnostic, catalogue: &Catalogue) -> DiagnosticJson<'a> {
    DiagnosticJson {
        code: diagnostic.code(),
        severity: diagnostic.severity.id(),
        file: &diagnostic.place.file,
        line: diagnostic.place.line,
        column: diagnostic.place.column.as_deref(),
        cell: diagnostic.place.cell.as_deref(),
        count: diagnostic.count,
        further: diagnostic
            .further
            .iter()
            .map(|place| FurtherJson { line: place.line, cell: place.cell.as_deref() })
            .collect(),
        message: said(diagnostic, catalogue),
        remedy: remedy(diagnostic, catalogue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::language::{Language, Message};
    use crate::output::sample;
    use crate::plan::GoalValue;

    #[test]
    fn files_that_cannot_be_read_are_reported_without_a_scenario() {
        let mut diagnostics = Findings::default();
        let place = Place { file: "facilities.csv".to_string(), line: Some(3), ..Place::default() };
        diagnostics.error(place, Message::new("no-such-entry"));
        let text = check(&diagnostics, None, &Catalogue::new(Language::En));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(read["scenario"].is_null());
        assert_eq!(read["diagnostics"][0]["code"], "no-such-entry");
        assert_eq!(read["diagnostics"][0]["line"], 3);
    }

    #[test]
    fn a_judgement_has_its_goals() {
        let scenario = sample::scenario();
        let judged = Audit { findings: Vec::new(), goals: vec![(scenario.goals[0], GoalValue::Number(8))] };
        let text = audit(&scenario, &Findings::default(), &judged, &[], &[], &Catalogue::new(Language::En));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["goals"][0]["value"], 8);
        assert_eq!(read["goals"][0]["words"], "8 resident-months missing");
    }
}
