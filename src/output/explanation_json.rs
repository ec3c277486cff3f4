//! Why no plan exists and what would help, for programs.

use serde::Serialize;

use super::dto::pretty;
use super::explanation::{lines, said};
use super::{changes, reasons, statements};
use crate::cases::Site;
use crate::explain::change::Change;
use crate::explain::infeasible::Explained;
use crate::explain::{Count, Reason, Statement};
use crate::language::Catalogue;
use crate::scenario::{ResidentIx, Scenario};

/// A statement for programs.
#[derive(Serialize)]
pub struct StatementJson<'a> {
    kind: &'static str,
    resident: Option<&'a str>,
    facility: Option<&'a str>,
    case: Option<&'a str>,
    year: Option<i32>,
    words: String,
}

pub fn statement_json<'a>(
    scenario: &'a Scenario,
    statement: &Statement,
    catalogue: &Catalogue,
) -> StatementJson<'a> {
    StatementJson {
        kind: statement.kind(),
        resident: statement.resident().map(|resident| scenario.resident(resident).id.as_str()),
        facility: statement.facility().map(|facility| scenario.facility(facility).id.as_str()),
        case: statement.case().map(|case| scenario.case(case).id.as_str()),
        year: statement.year(),
        words: catalogue.say(&statements::statement(scenario, *statement)),
    }
}

#[derive(Serialize)]
struct GroupJson<'a> {
    residents: Vec<&'a str>,
    each: i64,
    because: Vec<StatementJson<'a>>,
}

#[derive(Serialize)]
struct CountJson<'a> {
    facilities: Vec<&'a str>,
    /// The case item counted; absent in a count of seats.
    case: Option<&'a str>,
    /// (facility, academic year) of the cases counted.
    sites: Vec<(&'a str, i32)>,
    needed: i64,
    offered: i64,
    groups: Vec<GroupJson<'a>>,
    words: String,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    kind: &'static str,
    resident: Option<&'a str>,
    facility: Option<&'a str>,
    /// `YYYY-MM`, the first month of a lock, or from which more seats or supervisors are needed.
    from: Option<String>,
    /// Academic year of an intake.
    year: Option<i32>,
    case: Option<&'a str>,
    /// How many more seats, supervisors or cases a year.
    more: Option<u32>,
    /// The new number of an intake, a rule, a target or a share.
    to: Option<serde_json::Number>,
    /// Who does not enter.
    without: Vec<&'a str>,
    words: String,
}

#[derive(Serialize)]
struct RepairJson<'a> {
    cost: i64,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct ExplainedJson<'a> {
    scenario: &'a str,
    scenario_hash: &'a str,
    /// `feasible`, `infeasible` or `unknown`.
    status: &'static str,
    /// `count`, `conflict` or `proved`.
    reason: Option<&'static str>,
    count: Option<CountJson<'a>>,
    conflict: Option<Vec<StatementJson<'a>>>,
    residents_without_career: Vec<&'a str>,
    repairs: Vec<RepairJson<'a>>,
    words: Vec<String>,
}

/// The explanation for programs.
pub fn json(scenario: &Scenario, explained: &Explained, catalogue: &Catalogue) -> String {
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
                json.count = Some(count_json(scenario, count, catalogue));
            }
            Reason::Conflict(conflict) => {
                json.reason = Some("conflict");
                let statements = conflict.statements.iter();
                json.conflict = Some(statements.map(|s| statement_json(scenario, s, catalogue)).collect());
            }
            Reason::Proved => json.reason = Some("proved"),
        }
        json.residents_without_career = ids(scenario, &explanation.without_career);
        json.repairs = explanation
            .repairs
            .list
            .iter()
            .map(|repair| RepairJson {
                cost: repair.cost,
                changes: repair.changes.iter().map(|c| change_json(scenario, c, catalogue)).collect(),
            })
            .collect();
    }
    pretty(&json)
}

fn ids<'a>(scenario: &'a Scenario, residents: &[ResidentIx]) -> Vec<&'a str> {
    residents.iter().map(|&resident| scenario.resident(resident).id.as_str()).collect()
}

fn count_json<'a>(scenario: &'a Scenario, count: &Count, catalogue: &Catalogue) -> CountJson<'a> {
    let groups = count.groups.iter().map(|group| GroupJson {
        residents: ids(scenario, &group.residents),
        each: group.each,
        because: group.because.iter().map(|s| statement_json(scenario, s, catalogue)).collect(),
    });
    let site = |(site, _): &(Site, u32)| (scenario.facility(site.facility).id.as_str(), site.academic_year);
    CountJson {
        facilities: count.facilities.iter().map(|&f| scenario.facility(f).id.as_str()).collect(),
        case: count.cases().map(|cases| scenario.case(cases.case).id.as_str()),
        sites: count.cases().into_iter().flat_map(|cases| &cases.sites).map(site).collect(),
        needed: count.needed,
        offered: count.offered,
        groups: groups.collect(),
        words: catalogue.say(&reasons::count(scenario, count)),
    }
}

fn change_json<'a>(scenario: &'a Scenario, change: &Change, catalogue: &Catalogue) -> ChangeJson<'a> {
    let mut json = ChangeJson {
        kind: change.kind(),
        resident: None,
        facility: None,
        from: None,
        year: None,
        case: None,
        more: None,
        to: None,
        without: Vec::new(),
        words: catalogue.say(&changes::change(scenario, change)),
    };
    match change {
        Change::ReleaseLock { resident, lock } => {
            json.resident = Some(&scenario.resident(*resident).id);
            json.facility = Some(&scenario.facility(lock.stay.facility).id);
            json.from = Some(lock.stay.span.start.to_string());
        }
        Change::OpenCourse { resident } => json.resident = Some(&scenario.resident(*resident).id),
        Change::NoLeave { resident, leave } => {
            json.resident = Some(&scenario.resident(*resident).id);
            json.from = Some(leave.span.start.to_string());
        }
        Change::Seats { facility, from, by } => {
            json.facility = Some(&scenario.facility(*facility).id);
            json.from = Some(scenario.calendar.start_of(*from).to_string());
            json.more = Some(*by);
        }
        Change::Supervisors { from, by } => {
            json.from = Some(scenario.calendar.start_of(*from).to_string());
            json.more = Some(*by);
        }
        Change::Intake { year, without } => {
            let before = scenario.residents.iter().filter(|r| r.entry_year == *year).count();
            json.year = Some(*year);
            json.to = Some((before - without.len().min(before)).into());
            json.without = ids(scenario, without);
        }
        Change::Minimum { to, .. } | Change::Ratio { to } => json.to = Some((*to).into()),
        Change::Target { case, to } => {
            json.case = Some(&scenario.case(*case).id);
            json.to = Some((*to).into());
        }
        Change::Volume { case, facility, from, by } => {
            json.case = Some(&scenario.case(*case).id);
            json.facility = Some(&scenario.facility(*facility).id);
            json.from = Some(scenario.calendar.start_of(*from).to_string());
            json.more = Some(*by);
        }
        Change::Share { case, to } => {
            json.case = Some(&scenario.case(*case).id);
            json.to = serde_json::Number::from_f64(f64::from(*to) / 100.0);
        }
    }
    json
}
