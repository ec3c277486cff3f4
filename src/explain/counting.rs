//! A count that shows that no plan exists, with the reason for each resident it counts.
//!
//! `solve::witness` finds the count and writes it down as prices; here the prices are counted again
//! over the residents' careers, with nothing but whole numbers, and for each resident an irreducible set
//! of what was written about them is found that keeps them there.

use std::collections::BTreeSet;

use super::proof::{Careers, Prices};
use super::relax::{alone, relaxed};
use super::statement::{Minimum, Statement, targets};
use crate::cases::Site;
use crate::language::Message;
use crate::plan::Answer;
use crate::scenario::{CaseIx, FacilityIx, Lock, ResidentIx, Scenario};

/// Residents counted for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub residents: Vec<ResidentIx>,
    /// Resident-months (in a count of one month: residents) each has to spend there, or cases each has
    /// to take there.
    pub each: i64,
    /// Why, in the words' own order: statements about the first of the residents, to the same effect for
    /// each of them. Empty: every career of every course does.
    pub because: Vec<Statement>,
}

/// Cases of an item at some sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasesAt {
    pub case: CaseIx,
    /// None: the count is of what one resident needs against the most that any career gives them.
    pub sites: Vec<Site>,
}

/// More than there is room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The sentence that says it.
    pub message: Message,
    /// Empty: all facilities together (pooled supervisors).
    pub facilities: Vec<FacilityIx>,
    /// The cases counted, if it is a count of cases.
    pub cases: Option<CasesAt>,
    pub groups: Vec<Group>,
    pub needed: i64,
    pub offered: i64,
}

/// The keys of remarks that are counts.
const COUNTS: [&str; 3] = ["solve-infeasible-seats", "solve-infeasible-pooled", "solve-infeasible-months"];

/// The count of seats in an answer that there is no plan, if counting seats shows it.
pub fn count(scenario: &Scenario, answer: &Answer) -> Option<Count> {
    let message = answer.remarks.iter().find(|remark| COUNTS.contains(&remark.key))?.clone();
    let mut prices = Prices::of(scenario, &answer.certificate)?;
    // The witness prices resident-months by the certificate's unit, and nothing else.
    let unit = answer.certificate.unit;
    if !prices.cuts.is_empty() {
        return None;
    }
    for price in prices.seats.values_mut() {
        if *price % unit != 0 {
            return None;
        }
        *price /= unit;
    }
    let careers = Careers::of(scenario, &|| false).ok()?;
    let groups = groups(scenario, &careers, &prices)?;
    let facilities: BTreeSet<FacilityIx> =
        prices.seats.keys().filter_map(|(facility, _)| *facility).collect();
    let needed = needed(&groups);
    let offered = i64::try_from(prices.offered(scenario, &careers.supplies)?).ok()?;
    let facilities = facilities.into_iter().collect();
    (needed > offered).then_some(Count { message, facilities, cases: None, groups, needed, offered })
}

/// What all of some groups need together.
pub fn needed(groups: &[Group]) -> i64 {
    groups.iter().map(|group| group.each * group.residents.len() as i64).sum()
}

/// The residents who cannot avoid what is priced, by what each has to pay and why.
pub fn groups(scenario: &Scenario, careers: &Careers, prices: &Prices) -> Option<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    for (resident, paid) in scenario.resident_ixs().zip(prices.paid(careers)?) {
        let each = i64::try_from(paid).ok()?;
        if each == 0 {
            continue;
        }
        let holds = |relaxed: &Scenario| least(relaxed, prices, resident) == Some(paid);
        let because = because(scenario, resident, &holds);
        match groups.iter_mut().find(|group| group.each == each && alike(&group.because, &because)) {
            Some(group) => group.residents.push(resident),
            None => groups.push(Group { residents: vec![resident], each, because }),
        }
    }
    Some(groups)
}

/// The least a resident has to pay under the scenario's statements about them.
fn least(scenario: &Scenario, prices: &Prices, resident: ResidentIx) -> Option<i128> {
    let alone = alone(scenario, scenario.resident(resident).clone());
    prices.least(&Careers::of(&alone, &|| false).ok()?, ResidentIx(0))
}

/// What of the statements about a resident suffices for something to hold; none can be spared.
pub fn because(
    scenario: &Scenario,
    resident: ResidentIx,
    holds: &dyn Fn(&Scenario) -> bool,
) -> Vec<Statement> {
    let person = scenario.resident(resident);
    // Tried in this order, so the particular stays and the general goes where either would do.
    let mut statements: Vec<Statement> = Minimum::ALL
        .into_iter()
        .filter(|minimum| minimum.of(&scenario.rules) > minimum.least())
        .map(Statement::Minimum)
        .collect();
    statements.extend(targets(scenario).into_iter().map(Statement::Target));
    statements.extend((!person.history.is_empty()).then_some(Statement::History { resident }));
    statements.extend(person.course.map(|course| Statement::Course { resident, course }));
    let locks: BTreeSet<Lock> = person.locks.iter().copied().collect();
    statements.extend(locks.into_iter().map(|lock| Statement::Lock { resident, lock }));
    let all = statements.clone();
    let nobody = BTreeSet::new();
    for statement in &all {
        let fewer: Vec<Statement> = statements.iter().copied().filter(|other| other != statement).collect();
        let without = all.iter().filter(|other| !fewer.contains(other));
        if holds(&relaxed(scenario, without, &nobody)) {
            statements = fewer;
        }
    }
    statements
}

/// Whether two lists say the same of two residents.
fn alike(one: &[Statement], other: &[Statement]) -> bool {
    let same = |(one, other): (&Statement, &Statement)| match (*one, *other) {
        (Statement::Lock { lock: a, .. }, Statement::Lock { lock: b, .. }) => a == b,
        (Statement::Course { course: a, .. }, Statement::Course { course: b, .. }) => a == b,
        // Each brings a past of their own.
        (Statement::History { .. }, Statement::History { .. }) => true,
        (one, other) => one == other,
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}
