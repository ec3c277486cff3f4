//! Scenarios in which some statements are left out.
//!
//! Relaxing allows more and forbids nothing: every plan of a scenario, without the residents who then
//! no longer enter, is a plan of each of its relaxations.

use std::collections::BTreeSet;

use super::statement::Statement;
use crate::audit;
use crate::scenario::edit::Loosening;
use crate::scenario::{Resident, ResidentIx, RuleIx, Scenario, SupervisorRounding};

/// The scenario without some statements, and without goals: existence is all that is asked of it. Of an
/// intake that is left out only the residents in `kept` still enter.
pub fn relaxed<'s>(
    scenario: &Scenario,
    without: impl IntoIterator<Item = &'s Statement>,
    kept: &BTreeSet<ResidentIx>,
) -> Scenario {
    let pooled = scenario.rules.supervisor_rounding == SupervisorRounding::Pooled;
    let span_of = |year: Option<i32>| year.map_or(scenario.horizon(), |year| scenario.calendar.span_of(year));
    let loosening = |statement: &Statement| match *statement {
        Statement::Lock { resident, lock } => Loosening::Lock(resident, lock),
        Statement::Course { resident, .. } => Loosening::Course(resident),
        Statement::History { resident } => Loosening::History(resident),
        Statement::Leave { resident, leave } => Loosening::Leave(resident, leave),
        // Pooled supervisors are not the facility's own limit.
        Statement::Seats { facility, year } => {
            Loosening::Seats { facility, span: span_of(year), supervisors: !pooled }
        }
        Statement::Pool { year } => Loosening::Pool(span_of(year)),
        Statement::Intake { year } => Loosening::Without(
            scenario
                .resident_ixs()
                .filter(|resident| {
                    scenario.resident(*resident).entry_year == year && !kept.contains(resident)
                })
                .collect(),
        ),
        Statement::Minimum(minimum) => Loosening::Minimum(minimum, minimum.least()),
        Statement::Rule(rule) => Loosening::Rule(rule),
        Statement::Bound(bound) => Loosening::Rule(bound.row),
        // Any volume and any share are enough where nobody needs a case.
        Statement::Target(case) | Statement::Volume { case, .. } | Statement::Share(case) => {
            Loosening::Target(case, 0)
        }
        Statement::Ratio => Loosening::Ratio,
    };
    let plain = scenario.with_goals(Vec::new());
    plain.loosened(unassessed(scenario).chain(without.into_iter().map(loosening)))
}

/// The scenario with this person alone, who is asked for the cases that they are asked for among all.
pub fn alone(scenario: &Scenario, person: Resident) -> Scenario {
    Apart::of(scenario).with(person)
}

/// A scenario to put single persons into, one after another.
pub struct Apart(Scenario);

impl Apart {
    pub fn of(scenario: &Scenario) -> Self {
        let nobody = Loosening::Without(scenario.resident_ixs().collect());
        // How many are somewhere is no question about one.
        let of_all = RuleIx::all(scenario).into_iter().filter(|rule| rule.is_of_all()).map(Loosening::Rule);
        Self(scenario.loosened(unassessed(scenario).chain(of_all).chain([nobody])))
    }

    /// As [`alone`].
    pub fn with(&self, person: Resident) -> Scenario {
        self.0.alone(person)
    }
}

/// Asks for nothing of an item that is not assessed. Fewer residents have fewer years of training, in
/// which a volume may be known that is not known in all; leaving something out must not ask for more.
fn unassessed(scenario: &Scenario) -> impl Iterator<Item = Loosening> {
    let unassessed = scenario.case_ixs().filter(|&case| !audit::case_is_assessed(scenario, case));
    unassessed.map(|case| Loosening::Target(case, 0))
}
