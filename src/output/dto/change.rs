//! Ways out, as explanations name them.

use schemars::JsonSchema;
use serde::Serialize;

use super::residents;
use crate::explain::{self, Repair, Statement};
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
        let of = change.of;
        let entering = |year| scenario.residents.iter().filter(|r| r.entry_year == year).count();
        let from = match of {
            Statement::Lock { lock, .. } => Some(lock.stay.span.start),
            Statement::Leave { leave, .. } => Some(leave.span.start),
            _ => change.since(),
        };
        let to = change.to(scenario);
        Self {
            kind: of.kind(),
            resident: of.resident().map(|resident| scenario.resident(resident).id.as_str()),
            facility: of.facility().map(|facility| scenario.facility(facility).id.as_str()),
            from: from.map(|month| month.to_string()),
            year: of.year(),
            case: of.case().map(|case| scenario.case(case).id.as_str()),
            row: match of {
                Statement::Bound(bound) => Some(bound.id(scenario)),
                _ => None,
            },
            more: change.since().and(change.by()),
            to: match of {
                Statement::Intake { year } => {
                    Some(entering(year).saturating_sub(change.without().len()).into())
                }
                Statement::Share(_) => to.and_then(|to| serde_json::Number::from_f64(f64::from(to) / 100.0)),
                _ => to.map(Into::into),
            },
            without: residents(scenario, change.without()),
            words: catalogue.say(&changes::change(scenario, change)),
        }
    }
}
