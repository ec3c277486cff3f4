//! What the tables say, and counts of it, as explanations name them.

use schemars::JsonSchema;
use serde::Serialize;

use super::residents;
use crate::cases::Site;
use crate::explain;
use crate::language::Catalogue;
use crate::output::{reasons, statements};
use crate::scenario::Scenario;

/// Something a user wrote and can change.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Statement<'a> {
    kind: &'static str,
    resident: Option<&'a str>,
    facility: Option<&'a str>,
    case: Option<&'a str>,
    year: Option<i32>,
    words: String,
}

impl<'a> Statement<'a> {
    pub fn of(scenario: &'a Scenario, statement: &explain::Statement, catalogue: &Catalogue) -> Self {
        Self {
            kind: statement.kind(),
            resident: statement.resident().map(|resident| scenario.resident(resident).id.as_str()),
            facility: statement.facility().map(|facility| scenario.facility(facility).id.as_str()),
            case: statement.case().map(|case| scenario.case(case).id.as_str()),
            year: statement.year(),
            words: catalogue.say(&statements::statement(scenario, *statement)),
        }
    }
}

/// Residents of whom the same is needed, and why.
#[derive(Debug, Clone, JsonSchema, Serialize)]
struct Group<'a> {
    residents: Vec<&'a str>,
    each: i64,
    because: Vec<Statement<'a>>,
}

/// More is needed than is offered.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Count<'a> {
    facilities: Vec<&'a str>,
    /// The case item counted; absent in a count of seats.
    case: Option<&'a str>,
    /// (facility, academic year) of the cases counted.
    sites: Vec<(&'a str, i32)>,
    needed: i64,
    offered: i64,
    groups: Vec<Group<'a>>,
    words: String,
}

impl<'a> Count<'a> {
    pub fn of(scenario: &'a Scenario, count: &explain::Count, catalogue: &Catalogue) -> Self {
        let groups = count.groups.iter().map(|group| Group {
            residents: residents(scenario, &group.residents),
            each: group.each,
            because: group.because.iter().map(|s| Statement::of(scenario, s, catalogue)).collect(),
        });
        let site =
            |(site, _): &(Site, u32)| (scenario.facility(site.facility).id.as_str(), site.academic_year);
        Self {
            facilities: count.facilities.iter().map(|&f| scenario.facility(f).id.as_str()).collect(),
            case: count.cases().map(|cases| scenario.case(cases.case).id.as_str()),
            sites: count.cases().into_iter().flat_map(|cases| &cases.sites).map(site).collect(),
            needed: count.needed,
            offered: count.offered,
            groups: groups.collect(),
            words: catalogue.say(&reasons::count(scenario, count)),
        }
    }
}
