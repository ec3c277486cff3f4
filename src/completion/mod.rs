//! Who will complete the training, and what is due when (§8 \[41,44,46\], §9 \[17,19–22,49,50,53\]).
//!
//! Everything is counted from the tables and, where there is one, from a plan that is taken as carried out up to the
//! month in question. What nobody wrote down is *not known*, never met. No words and no clock: facts alone.
//!
//! *Impossible* is only what no placement of the months left could mend: cases and months that nobody can catch up on
//! before the training ends. What merely fails under the plan is *at risk*, since a plan can be changed.

mod cases;
mod due;
mod minima;
mod records;
mod whereabouts;

use rust_decimal::Decimal;

pub use due::{DueDate, DueKind, DueState, due};

use crate::calendar::Month;
use crate::cases::{Supplies, presence_of_all, quotas};
use crate::plan::Plan;
use crate::regulation::Minimum;
use crate::scenario::{CaseIx, FacilityIx, RecordKindIx, ResidentIx, Scenario};
use whereabouts::Whereabouts;

/// How things stand, from the best to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Met,
    OnCourse,
    NotKnown,
    AtRisk,
    Impossible,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Met, Self::OnCourse, Self::NotKnown, Self::AtRisk, Self::Impossible];

    /// The word used in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::OnCourse => "on-course",
            Self::NotKnown => "not-known",
            Self::AtRisk => "at-risk",
            Self::Impossible => "impossible",
        }
    }
}

/// Something that completion needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The counted months of a complete training.
    Time,
    /// A minimum of the standard over the whole training.
    Minimum(Minimum),
    Case(CaseIx),
    Record(RecordKindIx),
}

/// Why something is not simply met or on course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Without a plan nobody knows where the months left are spent.
    NoPlan,
    /// The plan has the resident nowhere, or at two places, in so many months.
    Unplaced(u32),
    /// Nothing is planned: the past begins no course.
    SetAside,
    /// So many are lacking even if every month left were spent where it helps most.
    Lacking(Decimal),
    /// The places of the plan leave so many lacking; from this month on the plan can still be changed. The
    /// facilities are those that offer most of it.
    Unreached { lacking: Decimal, from: Month, helped_by: Vec<FacilityIx> },
    /// The places of the plan would do, were nobody else there.
    Shared(u32),
    /// The volume is not known at every facility.
    NotAssessed,
    /// Nothing was logged of the time that has passed.
    NotLogged,
    /// Nobody has a record of this kind.
    NotKept,
    /// The months in which something was due that is not there.
    Overdue(Vec<Month>),
    /// Fewer than the years that have passed ask for.
    Behind(u32),
}

/// How one of the things stands for a resident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub about: About,
    pub state: State,
    /// Months, facilities, cases or records until [`Progress::as_of`].
    pub so_far: Decimal,
    /// At the end of the training under the plan; `None`: not known.
    pub expected: Option<Decimal>,
    pub asked: Decimal,
    /// The month in which it is met under the plan, or by which it is due.
    pub when: Option<Month>,
    pub why: Option<Why>,
    /// A goal, on which the verdict does not depend.
    pub is_goal: bool,
}

/// How a resident stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub resident: ResidentIx,
    /// Months until [`Progress::as_of`]: what they count, how many were worked, and what leave did not count.
    pub counted: Decimal,
    pub worked: u32,
    pub missing: Decimal,
    /// The last month of the training.
    pub end: Option<Month>,
    pub items: Vec<Item>,
    /// The worst of the items that are no goals; `None`: the resident leaves the program.
    pub verdict: Option<State>,
}

impl Standing {
    /// The items that give the verdict.
    pub fn decisive(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| !item.is_goal && Some(item.state) == self.verdict)
    }
}

/// Everybody's standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The months before it have passed.
    pub as_of: Month,
    pub has_plan: bool,
    pub residents: Vec<Standing>,
}

impl Progress {
    pub fn is_impossible_for_somebody(&self) -> bool {
        self.residents.iter().any(|standing| standing.verdict == Some(State::Impossible))
    }
}

/// The month up to which the tables tell: the first decided one, or that of the latest record.
pub fn known_until(scenario: &Scenario) -> Month {
    let records = scenario.residents.iter().flat_map(|resident| &resident.records);
    records.map(|record| record.month).fold(scenario.start(), Month::max)
}

/// How everybody stands at the beginning of `as_of`.
pub fn progress(scenario: &Scenario, plan: Option<&Plan>, as_of: Month) -> Progress {
    let supplies = Supplies::of(scenario);
    let none = Plan::default();
    let rows = plan.unwrap_or(&none);
    let shares = cases::Shares {
        presence: presence_of_all(scenario, &supplies, rows),
        quotas: if plan.is_some() { quotas(scenario, &supplies, rows) } else { Vec::new() },
        has_plan: plan.is_some(),
        supplies: &supplies,
    };
    let kept = records::kept(scenario);
    let standing = |at: Whereabouts<'_>| {
        let person = at.person();
        let mut items = Vec::new();
        if person.resigned_from.is_none() {
            items.push(time(&at));
        }
        if person.ends_early().is_none() {
            items.extend(minima::items(&at));
            items.extend(cases::items(&at, &shares));
            items.extend(records::items(&at, &kept));
        }
        let (counted, worked, missing) = at.months_so_far();
        let needed = items.iter().filter(|item| !item.is_goal);
        let verdict = needed.map(|item| item.state).max();
        let end = at.ledger.end;
        Standing { resident: at.resident, counted, worked, missing, end, items, verdict }
    };
    let residents = Whereabouts::of_all(scenario, plan, as_of).into_iter().map(standing).collect();
    Progress { as_of, has_plan: plan.is_some(), residents }
}

/// The training time: it passes by itself unless the plan has no place for it.
fn time(at: &Whereabouts<'_>) -> Item {
    let set_aside = at.person().set_aside_from.is_some();
    let unplaced = if at.has_plan { at.unplaced() } else { 0 };
    let is_over = at.ledger.end.is_some_and(|end| end < at.as_of);
    let (state, why) = match (is_over, unplaced) {
        _ if set_aside => (State::NotKnown, Some(Why::SetAside)),
        (_, 1..) => (State::AtRisk, Some(Why::Unplaced(unplaced))),
        (true, 0) => (State::Met, None),
        (false, 0) => (State::OnCourse, None),
    };
    Item {
        about: About::Time,
        state,
        so_far: at.months_so_far().0,
        expected: Some(at.ledger.counted),
        asked: at.ledger.planned.into(),
        when: at.ledger.end,
        why,
        is_goal: false,
    }
}
