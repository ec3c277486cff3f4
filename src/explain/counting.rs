//! A count that shows that no plan exists, with the reason for each resident it counts.
//!
//! `solve::witness` finds the count and writes it down as prices; here the prices are counted again
//! over the residents' careers, with nothing but whole numbers, and for each resident an irreducible set
//! of what was written about them is found that keeps them there.

use super::proof::MonthPrices;
use super::relax::relaxed;
use super::statement::{Minimum, Statement};
use crate::audit;
use crate::itineraries::Itineraries;
use crate::language::Message;
use crate::plan::Answer;
use crate::scenario::{FacilityIx, ResidentIx, Scenario};

/// Residents counted for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub residents: Vec<ResidentIx>,
    /// Resident-months (in a count of one month: residents) each has to spend there.
    pub each: i64,
    /// Why, in the words' own order: statements about the first of the residents, to the same effect for
    /// each of them. Empty: every career of every course does.
    pub because: Vec<Statement>,
}

/// More than there is room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The sentence that says it.
    pub message: Message,
    /// Empty: all facilities together (pooled supervisors).
    pub facilities: Vec<FacilityIx>,
    pub groups: Vec<Group>,
    pub needed: i64,
    pub offered: i64,
}

/// The keys of remarks that are counts.
const COUNTS: [&str; 3] = ["solve-infeasible-seats", "solve-infeasible-pooled", "solve-infeasible-months"];

/// The count in an answer that there is no plan, if counting shows it.
pub fn count(scenario: &Scenario, answer: &Answer) -> Option<Count> {
    let message = answer.remarks.iter().find(|remark| COUNTS.contains(&remark.key))?.clone();
    let mut prices = MonthPrices::of(scenario, &answer.certificate)?;
    // The witness prices resident-months by the certificate's unit.
    let unit = answer.certificate.unit;
    for price in prices.prices.values_mut() {
        if *price % unit != 0 {
            return None;
        }
        *price /= unit;
    }
    let itineraries = Itineraries::of(scenario, &|| false).ok()?;
    let mut groups: Vec<Group> = Vec::new();
    for (resident, &set) in scenario.resident_ixs().zip(&itineraries.set_of) {
        let each = i64::try_from(prices.least(itineraries.sets.get(set)?)).ok()?;
        if each == 0 {
            continue;
        }
        let because = because(scenario, &prices, resident, each);
        match groups.iter_mut().find(|group| group.each == each && alike(&group.because, &because)) {
            Some(group) => group.residents.push(resident),
            None => groups.push(Group { residents: vec![resident], each, because }),
        }
    }
    let needed = groups.iter().map(|group| group.each * group.residents.len() as i64).sum();
    let mut offered = 0;
    let mut facilities = Vec::new();
    for (&(facility, month), &price) in &prices.prices {
        let seats = match facility {
            Some(facility) => audit::seat_limit(scenario, facility, month)?,
            None => audit::program_limit(scenario, month)?,
        };
        offered += price * i64::from(seats);
        facilities.extend(facility.filter(|facility| !facilities.contains(facility)));
    }
    (needed > offered).then_some(Count { message, facilities, groups, needed, offered })
}

/// The least a resident has to pay under the scenario's statements about them.
fn least(scenario: &Scenario, prices: &MonthPrices, resident: ResidentIx) -> Option<i64> {
    let mut alone = scenario.clone();
    alone.residents = vec![scenario.resident(resident).clone()];
    let itineraries = Itineraries::of(&alone, &|| false).ok()?;
    i64::try_from(prices.least(itineraries.sets.first()?)).ok()
}

/// What of the statements about a resident suffices to keep the least at `each`; none can be spared.
fn because(scenario: &Scenario, prices: &MonthPrices, resident: ResidentIx, each: i64) -> Vec<Statement> {
    let person = scenario.resident(resident);
    // Tried in this order, so the particular stays and the general goes where either would do.
    let mut statements: Vec<Statement> = Minimum::ALL
        .into_iter()
        .filter(|minimum| minimum.of(&scenario.rules) > minimum.least())
        .map(Statement::Minimum)
        .collect();
    statements.extend((!person.history.is_empty()).then_some(Statement::History { resident }));
    statements.extend(person.course.map(|course| Statement::Course { resident, course }));
    statements.extend(person.locks.iter().map(|&lock| Statement::Lock { resident, lock }));
    let all = statements.clone();
    let nobody = std::collections::BTreeSet::new();
    for statement in &all {
        let fewer: Vec<Statement> = statements.iter().copied().filter(|other| other != statement).collect();
        let without = all.iter().filter(|other| !fewer.contains(other));
        let relaxed = relaxed(scenario, without, &nobody);
        if least(&relaxed, prices, resident) == Some(each) {
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
