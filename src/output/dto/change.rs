//! Ways out, as explanations name them.

use schemars::JsonSchema;
use serde::Serialize;

use super::residents;
use crate::explain::{self, Repair};
use crate::language::Catalogue;
use crate::output::changes;
use crate::scenario::Scenario;

/// A change of the tables.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Change<'a> {
    kind: &'static str,
    resident: Option<&'a str>,
    facility: Option<&'a str>,
    /// `YYYY-MM`, the first month of a lock, or from which more seats or supervisors are needed.
    from: Option<String>,
    /// Academic year of an intake.
    year: Option<i32>,
    case: Option<&'a str>,
    /// The id of a row of `requirements.csv` or `staffing.csv`.
    row: Option<&'a str>,
    /// How many more seats, supervisors or cases a year.
    more: Option<u32>,
    /// The new number of an intake, a rule, a bound, a target or a share.
    to: Option<serde_json::Number>,
    /// Who does not enter.
    without: Vec<&'a str>,
    words: String,
}

/// Changes after which a plan exists.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct WayOut<'a> {
    cost: i64,
    changes: Vec<Change<'a>>,
}

impl<'a> WayOut<'a> {
    pub fn of(scenario: &'a Scenario, repair: &Repair, catalogue: &Catalogue) -> Self {
        let changes = repair.changes.iter().map(|change| Change::of(scenario, change, catalogue));
        Self { cost: repair.cost, changes: changes.collect() }
    }
}

impl<'a> Change<'a> {
    fn of(scenario: &'a Scenario, change: &explain::Change, catalogue: &Catalogue) -> Self {
        let mut json = Self {
            kind: change.kind(),
            resident: None,
            facility: None,
            from: None,
            year: None,
            case: None,
            row: None,
            more: None,
            to: None,
            without: Vec::new(),
            words: catalogue.say(&changes::change(scenario, change)),
        };
        match change {
            explain::Change::ReleaseLock { resident, lock } => {
                json.resident = Some(&scenario.resident(*resident).id);
                json.facility = Some(&scenario.facility(lock.stay.facility).id);
                json.from = Some(lock.stay.span.start.to_string());
            }
            explain::Change::OpenCourse { resident } => {
                json.resident = Some(&scenario.resident(*resident).id)
            }
            explain::Change::NoLeave { resident, leave } => {
                json.resident = Some(&scenario.resident(*resident).id);
                json.from = Some(leave.span.start.to_string());
            }
            explain::Change::Seats { facility, from, by } => {
                json.facility = Some(&scenario.facility(*facility).id);
                json.from = Some(from.to_string());
                json.more = Some(*by);
            }
            explain::Change::Supervisors { from, by } => {
                json.from = Some(from.to_string());
                json.more = Some(*by);
            }
            explain::Change::Intake { year, without } => {
                let before = scenario.residents.iter().filter(|r| r.entry_year == *year).count();
                json.year = Some(*year);
                json.to = Some((before - without.len().min(before)).into());
                json.without = residents(scenario, without);
            }
            explain::Change::Minimum { to, .. } | explain::Change::Ratio { to } => {
                json.to = Some((*to).into())
            }
            explain::Change::Bound { bound, to } => {
                json.row = Some(bound.id(scenario));
                json.to = Some((*to).into());
            }
            explain::Change::Target { case, to } => {
                json.case = Some(&scenario.case(*case).id);
                json.to = Some((*to).into());
            }
            explain::Change::Volume { case, facility, from, by } => {
                json.case = Some(&scenario.case(*case).id);
                json.facility = Some(&scenario.facility(*facility).id);
                json.from = Some(from.to_string());
                json.more = Some(*by);
            }
            explain::Change::Share { case, to } => {
                json.case = Some(&scenario.case(*case).id);
                json.to = serde_json::Number::from_f64(f64::from(*to) / 100.0);
            }
        }
        json
    }
}
