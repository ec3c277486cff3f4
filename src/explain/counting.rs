//! A count that shows that no plan exists, with the reason for each resident it counts.
//!
//! `solve::witness` finds the count and writes it down as prices; here the prices are counted again
//! over the residents' careers, with nothing but whole numbers, and for each resident an irreducible set of what was written about them is found that keeps them
//! there.

use std::collections::BTreeSet;

use super::proof::{Careers, CutPrice, Prices};
use super::relax::{Apart, relaxed};
use super::statement::{Statement, fixed_course, targets};
use crate::audit;
use crate::calendar::Span;
use crate::cases::Site;
use crate::itineraries::Step;
use crate::plan::{Answer, Reason, SeatCount, Window};
use crate::regulation::Minimum;
use crate::scenario::{CaseIx, FacilityIx, Lock, Resident, ResidentIx, RuleIx, Scenario};

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
    /// Each with the cases it offers. None: the count is of what one resident needs against the most that
    /// any career gives them.
    pub sites: Vec<(Site, u32)>,
}

impl CasesAt {
    /// The count as prices: one for each case at the sites.
    pub fn prices(&self) -> Prices {
        let cut =
            CutPrice { case: self.case, sites: self.sites.iter().map(|(site, _)| *site).collect(), price: 1 };
        Prices { cuts: vec![cut], ..Prices::default() }
    }
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    Seats(Window),
    Cases(CasesAt),
}

/// More than there is room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub of: Counted,
    /// Empty: all facilities together (pooled supervisors).
    pub facilities: Vec<FacilityIx>,
    pub groups: Vec<Group>,
    pub needed: i64,
    pub offered: i64,
}

impl Count {
    /// The cases counted, if it is a count of cases.
    pub fn cases(&self) -> Option<&CasesAt> {
        match &self.of {
            Counted::Cases(cases) => Some(cases),
            Counted::Seats(_) => None,
        }
    }

    /// Everybody who is counted, in ascending order.
    pub fn residents(&self) -> Vec<ResidentIx> {
        let mut residents: Vec<ResidentIx> =
            self.groups.iter().flat_map(|group| group.residents.iter().copied()).collect();
        residents.sort_unstable();
        residents
    }
}

/// The count of seats in an answer that there is no plan, if counting seats shows it and `stopped` did not
/// say to give up.
pub fn count(scenario: &Scenario, answer: &Answer, stopped: &(dyn Fn() -> bool + Sync)) -> Option<Count> {
    // What else the solver's count says is counted anew.
    let Some(Reason::Seats(SeatCount { mut window, .. })) = answer.reason else { return None };
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
    shift(window, &mut prices);
    let careers = Careers::of(scenario, stopped).ok()?;
    if !is_priced(window, scenario, &careers, &prices) {
        // Others may come or go within the months; in the first of them alone nobody does.
        let Window::Months(span) = window else { return None };
        window = Window::Months(Span::new(span.start, 1));
        if !is_priced(window, scenario, &careers, &prices) {
            return None;
        }
    }
    let groups = groups(scenario, &careers, &prices, stopped)?;
    let facilities: BTreeSet<FacilityIx> =
        prices.seats.keys().filter_map(|(facility, _)| *facility).collect();
    let facilities: Vec<FacilityIx> = facilities.into_iter().collect();
    let needed = needed(&groups);
    let offered = i64::try_from(prices.offered(scenario, &careers.supplies)?).ok()?;
    let of = Counted::Seats(window);
    (needed > offered).then_some(Count { of, facilities, groups, needed, offered })
}

/// A row's price stands at its first month, which may lie before the months told of.
fn shift(window: Window, prices: &mut Prices) {
    if let Window::Months(span) = window {
        let seats = std::mem::take(&mut prices.seats);
        for ((facility, _), price) in seats {
            *prices.seats.entry((facility, span.start)).or_insert(0) += price;
        }
    }
}

/// Whether the prices count what is said: the first month stands for all of them, or each month counts
/// for itself.
fn is_priced(window: Window, scenario: &Scenario, careers: &Careers, prices: &Prices) -> bool {
    let mut priced = prices.seats.iter().filter(|(_, price)| **price != 0);
    match window {
        Window::Years(span) => {
            priced.all(|((facility, month), _)| facility.is_some() && span.contains(*month))
        }
        Window::Months(span) => {
            let seats_alike = |facility: Option<FacilityIx>| {
                let seats = |month| match facility {
                    Some(facility) => audit::seat_limit(scenario, facility, month),
                    None => audit::program_limit(scenario, month),
                };
                span.iter().all(|month| seats(month) == seats(span.start))
            };
            // Whoever is somewhere in one of the months is there in all of them.
            let whole = |stay: &Step| {
                let shared = stay.span.intersection(span);
                shared.is_empty() || shared == span
            };
            priced.all(|((facility, _), price)| *price == 1 && seats_alike(*facility))
                && careers.sets().iter().all(|set| set.stays.iter().all(whole))
        }
    }
}

/// What all of some groups need together.
pub fn needed(groups: &[Group]) -> i64 {
    groups.iter().map(|group| group.each * group.residents.len() as i64).sum()
}

/// The residents who cannot avoid what is priced, by what each has to pay and why; `None` too if `stopped`.
pub fn groups(
    scenario: &Scenario,
    careers: &Careers,
    prices: &Prices,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Group>> {
    let apart = Apart::of(scenario);
    // Of residents alike one is asked.
    let mut known: Vec<(Resident, Vec<Statement>)> = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    for (resident, paid) in scenario.resident_ixs().zip(prices.paid(careers)?) {
        let each = i64::try_from(paid).ok()?;
        if each == 0 {
            continue;
        }
        if stopped() {
            return None;
        }
        let person = nameless(scenario.resident(resident));
        let at = match known.iter().position(|(other, _)| *other == person) {
            Some(at) => at,
            None => {
                let alone = apart.with(person.clone());
                let holds = |relaxed: &Scenario| least(relaxed, prices, stopped) == Some(paid);
                let because = because(&alone, ResidentIx(0), &holds);
                known.push((person, because));
                known.len() - 1
            }
        };
        let because: Vec<Statement> = known[at].1.iter().map(|statement| statement.about(resident)).collect();
        match groups.iter_mut().find(|group| group.each == each && alike(&group.because, &because)) {
            Some(group) => group.residents.push(resident),
            None => groups.push(Group { residents: vec![resident], each, because }),
        }
    }
    Some(groups)
}

/// What a resident's careers and needs depend on, and nothing else of them.
pub fn nameless(resident: &Resident) -> Resident {
    Resident {
        id: String::new(),
        name: String::new(),
        anonymous: false,
        course_wishes: Vec::new(),
        facility_wishes: Vec::new(),
        graduate_school_from: None,
        ..resident.clone()
    }
}

/// The least that the only resident of a scenario has to pay.
fn least(alone: &Scenario, prices: &Prices, stopped: &(dyn Fn() -> bool + Sync)) -> Option<i128> {
    prices.least(&Careers::of(alone, stopped).ok()?, ResidentIx(0))
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
    let mut statements: Vec<Statement> = Minimum::all()
        .filter(|minimum| minimum.of(&scenario.rules) > minimum.least())
        .map(Statement::Minimum)
        .collect();
    let of_careers = RuleIx::all(scenario).into_iter().filter(|rule| !rule.is_of_all());
    statements.extend(of_careers.map(Statement::Rule));
    statements.extend(targets(scenario).into_iter().map(Statement::Target));
    statements.extend((!person.history.is_empty()).then_some(Statement::History { resident }));
    statements.extend(fixed_course(scenario, resident));
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
