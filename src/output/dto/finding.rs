//! A finding of the judge.

use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::Serializer;

use crate::audit::{self, Figure};
use crate::language::Catalogue;
use crate::scenario::Scenario;

/// As `audit.csv` has it in columns.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Finding<'a> {
    pub rule: &'static str,
    pub clause: String,
    pub severity: &'static str,
    pub resident: Option<&'a str>,
    pub facility: Option<&'a str>,
    pub academic_year: Option<i32>,
    pub month: Option<String>,
    #[serde(serialize_with = "shown")]
    #[schemars(with = "String")]
    pub measured: &'a Figure,
    #[serde(serialize_with = "shown")]
    #[schemars(with = "String")]
    pub required: &'a Figure,
    pub message: String,
}

/// A figure as it is read in a table: some are no numbers.
fn shown<S: Serializer>(figure: &&Figure, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(figure)
}

impl<'a> Finding<'a> {
    pub fn of(scenario: &'a Scenario, finding: &'a audit::Finding, catalogue: &Catalogue) -> Self {
        Self {
            rule: finding.rule.id(),
            clause: finding.clause.clone(),
            severity: finding.severity.id(),
            resident: finding.resident.map(|ix| scenario.resident(ix).id.as_str()),
            facility: finding.facility.map(|ix| scenario.facility(ix).id.as_str()),
            academic_year: finding.academic_year,
            month: finding.month.map(|month| month.to_string()),
            measured: &finding.measured,
            required: &finding.required,
            message: catalogue.say(&finding.message),
        }
    }
}
