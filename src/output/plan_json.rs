//! `plan.json`: what was asked, what came out, how sure it is, and which files belong to it.
//!
//! `files` lists the other files of the run with their SHA-256. That is how a later run knows its own
//! files from somebody else's and from its own that were edited since.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::dto::{self, TOOL, pretty};
use super::{remarks as told, summary};
use crate::audit::Audit;
use crate::diagnostic::Severity;
use crate::engine::Planned;
use crate::language::{Catalogue, Message};
use crate::plan::certificate::{Certificate, Cut};
use crate::plan::{Answer, Margin, Quota};
use crate::scenario::{CourseIx, ResidentIx, Scenario, Stay};

#[derive(JsonSchema, Serialize)]
pub struct PlanJson<'a> {
    tool: &'static str,
    tool_version: &'static str,
    scenario: &'a str,
    scenario_hash: &'a str,
    status: &'static str,
    goals: Vec<dto::Goal<'a>>,
    seconds: f64,
    findings: Counts,
    remarks: Vec<String>,
    not_assessed: Vec<String>,
    /// Residents without placements, since their past fits no course they may take.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_planned: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    case_volumes: Option<CaseVolumes<'a>>,
    /// Absent where the scenario has no case items.
    #[serde(skip_serializing_if = "Option::is_none")]
    cases: Option<Vec<QuotaJson<'a>>>,
    files: &'a BTreeMap<String, String>,
    /// Months of the base plan that had to stay.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    frozen: Vec<FrozenJson<'a>>,
    /// The courses of those who have no placement: free months, or leave until they leave the program.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nowhere: Vec<NowhereJson<'a>>,
    certificate: &'a Certificate,
}

#[derive(JsonSchema, Serialize)]
struct FrozenJson<'a> {
    resident: &'a str,
    facility: &'a str,
    start: String,
    months: u32,
}

#[derive(JsonSchema, Serialize)]
struct NowhereJson<'a> {
    resident: &'a str,
    course: &'a str,
}

#[derive(JsonSchema, Serialize)]
struct QuotaJson<'a> {
    resident: &'a str,
    case: &'a str,
    academic_year: i32,
    facility: &'a str,
    planned: u32,
}

#[derive(JsonSchema, Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// The content of `plan.json`; `seconds` is the only part that differs from run to run.
pub fn json(
    planned: &Planned,
    remarks: &[Message],
    files: &BTreeMap<String, String>,
    seconds: f64,
    catalogue: &Catalogue,
) -> String {
    let Planned { scenario, answer, frozen, audit: Audit { findings, .. }, .. } = planned;
    let nowhere = |&(resident, course): &(ResidentIx, CourseIx)| NowhereJson {
        resident: &scenario.resident(resident).id,
        course: &scenario.course(course).id,
    };
    let say = |messages: &[Message]| messages.iter().map(|m| catalogue.say(m)).collect();
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    pretty(&PlanJson {
        tool: TOOL,
        tool_version: env!("CARGO_PKG_VERSION"),
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        status: answer.status.id(),
        goals: answer.goals.iter().map(dto::Goal::solved).collect(),
        seconds: (seconds * 1000.0).round() / 1000.0,
        findings: Counts {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        },
        remarks: say(remarks),
        not_planned: told::set_aside(scenario).map(|resident| resident.id.as_str()).collect(),
        not_assessed: say(&summary::not_assessed(scenario)),
        case_volumes: (!scenario.cases.is_empty()).then(|| case_volumes(scenario, answer, catalogue)),
        cases: (!scenario.cases.is_empty())
            .then(|| answer.quotas.iter().map(|quota| quota_json(scenario, quota)).collect()),
        files,
        frozen: frozen.iter().map(|(resident, stay)| frozen_json(scenario, *resident, *stay)).collect(),
        nowhere: answer.plan.iter().flat_map(|plan| &plan.nowhere).map(nowhere).collect(),
        certificate: &answer.certificate,
    })
}

/// What case volumes did to the search, and how far the plan is from a shortage.
#[derive(JsonSchema, Serialize)]
struct CaseVolumes<'a> {
    /// How often a plan was found on the way that left somebody short of cases.
    rounds: usize,
    /// The certificate's cuts in words.
    cuts: Vec<String>,
    margins: Vec<MarginJson<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct MarginJson<'a> {
    case: &'a str,
    /// [numerator, denominator].
    factor: (u128, u128),
    /// [facility, academic year] that bind.
    sites: Vec<(&'a str, i32)>,
    residents: Vec<&'a str>,
}

fn case_volumes<'a>(scenario: &'a Scenario, answer: &Answer, catalogue: &Catalogue) -> CaseVolumes<'a> {
    let margin = |margin: &Margin| MarginJson {
        case: &scenario.case(margin.case).id,
        factor: margin.factor,
        sites: margin.sites.iter().map(|&(year, f)| (scenario.facility(f).id.as_str(), year)).collect(),
        residents: margin.residents.iter().map(|&r| scenario.resident(r).id.as_str()).collect(),
    };
    CaseVolumes {
        rounds: answer.case_rounds,
        cuts: answer.certificate.cuts.iter().map(|cut| catalogue.say(&meaning(cut))).collect(),
        margins: answer.margins.iter().map(margin).collect(),
    }
}

/// What a cut demands of every plan.
pub fn meaning(cut: &Cut) -> Message {
    let sites: Vec<String> = cut.sites.iter().map(|(facility, year)| format!("{facility} {year}")).collect();
    Message::new("case-cut")
        .text("case", &cut.case)
        .text("sites", sites.join(", "))
        .number("offer", cut.offer)
}

fn frozen_json(scenario: &Scenario, resident: ResidentIx, stay: Stay) -> FrozenJson<'_> {
    FrozenJson {
        resident: &scenario.resident(resident).id,
        facility: &scenario.facility(stay.facility).id,
        start: stay.span.start.to_string(),
        months: stay.span.months,
    }
}

fn quota_json<'a>(scenario: &'a Scenario, quota: &Quota) -> QuotaJson<'a> {
    QuotaJson {
        resident: &scenario.resident(quota.resident).id,
        case: &scenario.case(quota.case).id,
        academic_year: quota.academic_year,
        facility: &scenario.facility(quota.facility).id,
        planned: quota.planned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;
    use crate::plan::{GoalResult, GoalValue, Proof, claims};

    #[test]
    fn holds_what_the_contract_promises() {
        let scenario = sample::scenario();
        let mut planned = sample::planned();
        planned.answer.goals = vec![
            GoalResult {
                goal: scenario.goals[0],
                value: GoalValue::Number(8),
                bound: GoalValue::Number(8),
                proof: Proof::Certified,
            },
            GoalResult {
                goal: scenario.goals[1],
                value: GoalValue::Vector(vec![(1, 1), (0, 2)]),
                bound: GoalValue::Vector(vec![(0, 3)]),
                proof: Proof::Solver,
            },
        ];
        let files = BTreeMap::from([("placements.csv".to_string(), "00".to_string())]);
        let text = json(&planned, &[], &files, 0.123_456, &Catalogue::new(Language::En));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["tool"], "kenshu");
        assert_eq!(read["scenario_hash"], scenario.hash);
        assert_eq!(read["status"], "optimal");
        assert_eq!(read["seconds"], 0.123);
        assert_eq!(
            read["goals"],
            serde_json::json!([
                {"goal": "coverage", "measure": "sum", "value": 8, "bound": 8, "proof": "certified"},
                {"goal": "course-wishes", "measure": "worst-first", "value": [[1, 1], [0, 2]],
                 "bound": [[0, 3]], "proof": "solver"},
            ])
        );
        assert_eq!(read["files"]["placements.csv"], "00");
        assert_eq!(read["not_assessed"].as_array().unwrap().len(), 2, "no cap is checked, and it says so");
        assert!(read.get("cases").is_none(), "there are no items");
    }

    #[test]
    fn planned_cases_are_read_back_as_they_were() {
        let scenario = sample::with_cases();
        let quotas = sample::quotas();
        let mut planned = Planned { scenario: scenario.clone(), ..sample::planned() };
        planned.answer.quotas = quotas.clone();
        let write =
            |planned: &Planned| json(planned, &[], &BTreeMap::new(), 0.0, &Catalogue::new(Language::En));
        let text = write(&planned);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            read["cases"][0],
            serde_json::json!({
                "resident": "2018-01", "case": "ivr", "academic_year": 2019, "facility": "keio", "planned": 6
            })
        );
        let claims = claims::read(text.as_bytes()).unwrap();
        assert_eq!(claims::quotas(&scenario, &claims.quotas).unwrap(), quotas);
        planned.answer.quotas.clear();
        let none: serde_json::Value = serde_json::from_str(&write(&planned)).unwrap();
        assert_eq!(none["cases"], serde_json::json!([]), "items, but no rows");
    }
}
