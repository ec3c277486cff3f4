//! A count that shows that no plan exists, with the reason for each resident it counts.
//!
//! `solve::witness` finds the count and writes it down as prices; here the prices are counted again
//! over the residents' careers, with nothing but whole numbers, the sentence is made of what comes out,
//! and for each resident an irreducible set of what was written about them is found that keeps them
//! there.

use std::collections::BTreeSet;

use super::proof::{Careers, CutPrice, Prices};
use super::relax::{alone, relaxed};
use super::statement::{Minimum, Statement, targets};
use super::words::{with_facilities, with_span};
use crate::audit;
use crate::calendar::{Month, Span};
use crate::cases::Site;
use crate::language::{Arg, Message};
use crate::plan::Answer;
use crate::scenario::{CaseIx, FacilityIx, Lock, ResidentIx, Scenario, Stay};

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

impl CasesAt {
    /// The count as prices: one for each case at the sites.
    pub fn prices(&self) -> Prices {
        let cut = CutPrice { case: self.case, sites: self.sites.iter().copied().collect(), price: 1 };
        Prices { cuts: vec![cut], ..Prices::default() }
    }
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

/// Residents named in a sentence; the rest are counted.
pub const NAMED_MAX: usize = 12;

/// The count of seats in an answer that there is no plan, if counting seats shows it.
pub fn count(scenario: &Scenario, answer: &Answer) -> Option<Count> {
    let mut window = answer.remarks.iter().find_map(Window::of)?;
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
    window.shift(&mut prices);
    let careers = Careers::of(scenario, &|| false).ok()?;
    if !window.is_priced(scenario, &careers, &prices) {
        // Others may come or go within the months; in the first of them alone nobody does.
        window = window.first_month()?;
        if !window.is_priced(scenario, &careers, &prices) {
            return None;
        }
    }
    let groups = groups(scenario, &careers, &prices)?;
    let facilities: BTreeSet<FacilityIx> =
        prices.seats.keys().filter_map(|(facility, _)| *facility).collect();
    let facilities: Vec<FacilityIx> = facilities.into_iter().collect();
    let needed = needed(&groups);
    let offered = i64::try_from(prices.offered(scenario, &careers.supplies)?).ok()?;
    let message = window.words(scenario, &facilities, &groups, needed, offered);
    (needed > offered).then_some(Count { message, facilities, cases: None, groups, needed, offered })
}

/// The months that a count is about.
enum Window {
    /// Residents in each of these months.
    Months(Span),
    /// Resident-months in all of them together.
    Years(Span),
}

impl Window {
    /// That of the solver's remark; what else the remark says is counted anew.
    fn of(remark: &Message) -> Option<Self> {
        let text = |name: &str| {
            remark.args.iter().find_map(|(known, arg)| match arg {
                Arg::Text(text) if *known == name => Month::parse(text),
                _ => None,
            })
        };
        let months = remark.args.iter().find_map(|(known, arg)| match arg {
            Arg::Number(number) if *known == "months" => u32::try_from(*number).ok(),
            _ => None,
        });
        let from = text("from")?;
        match remark.key {
            "solve-infeasible-seats" | "solve-infeasible-pooled" => {
                Some(Self::Months(Span::new(from, months?)))
            }
            "solve-infeasible-months" => Some(Self::Years(Span::between(from, text("until")?.plus(1)))),
            _ => None,
        }
    }

    /// The count of the first month alone.
    fn first_month(&self) -> Option<Self> {
        match self {
            Self::Months(span) => Some(Self::Months(Span::new(span.start, 1))),
            Self::Years(_) => None,
        }
    }

    /// A row's price stands at its first month, which may lie before the months told of.
    fn shift(&self, prices: &mut Prices) {
        if let Self::Months(span) = self {
            let seats = std::mem::take(&mut prices.seats);
            for ((facility, _), price) in seats {
                *prices.seats.entry((facility, span.start)).or_insert(0) += price;
            }
        }
    }

    /// Whether the prices count what is said: the first month stands for all of them, or each month
    /// counts for itself.
    fn is_priced(&self, scenario: &Scenario, careers: &Careers, prices: &Prices) -> bool {
        let mut priced = prices.seats.iter().filter(|(_, price)| **price != 0);
        match self {
            Self::Years(span) => {
                priced.all(|((facility, month), _)| facility.is_some() && span.contains(*month))
            }
            Self::Months(span) => {
                let seats_alike = |facility: Option<FacilityIx>| {
                    let seats = |month| match facility {
                        Some(facility) => audit::seat_limit(scenario, facility, month),
                        None => audit::program_limit(scenario, month),
                    };
                    span.iter().all(|month| seats(month) == seats(span.start))
                };
                // Whoever is somewhere in one of the months is there in all of them.
                let whole = |stay: &Stay| {
                    let shared = stay.span.intersection(*span);
                    shared.is_empty() || shared == *span
                };
                priced.all(|((facility, _), price)| *price == 1 && seats_alike(*facility))
                    && careers.sets().iter().all(|set| set.stays.iter().all(whole))
            }
        }
    }

    /// The sentence, of what was counted.
    fn words(
        &self,
        scenario: &Scenario,
        facilities: &[FacilityIx],
        groups: &[Group],
        needed: i64,
        offered: i64,
    ) -> Message {
        let mut residents: Vec<ResidentIx> =
            groups.iter().flat_map(|group| group.residents.iter().copied()).collect();
        residents.sort();
        let message = match (self, facilities.is_empty()) {
            (Self::Years(span), _) => {
                let message = Message::new("solve-infeasible-months").number("needed", needed);
                with_facilities(with_span(message, *span), scenario, facilities)
            }
            (Self::Months(span), true) => {
                let message = Message::new("solve-infeasible-pooled").text("from", span.start);
                message.number("months", i64::from(span.months))
            }
            (Self::Months(span), false) => {
                let message = Message::new("solve-infeasible-seats")
                    .text("from", span.start)
                    .number("months", i64::from(span.months));
                with_facilities(with_residents(message, scenario, &residents), scenario, facilities)
            }
        };
        message.number("count", residents.len() as i64).number("seats", offered)
    }
}

/// Adds the ids of the first residents, and how many more there are.
pub fn with_residents(message: Message, scenario: &Scenario, residents: &[ResidentIx]) -> Message {
    let named = residents.iter().take(NAMED_MAX).map(|&r| scenario.resident(r).id.as_str());
    message
        .text("residents", named.collect::<Vec<_>>().join(", "))
        .number("others", residents.len().saturating_sub(NAMED_MAX) as i64)
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

/// What of the statements about a resident suffices for something to hold; none can be spared. Leave is no
/// reason here: without it a resident is needed elsewhere, not free, and what is spared would depend on the
/// order in which it is tried.
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
