//! Every legal career of every resident: what the solver chooses from.
//!
//! A career depends on the resident's entry, courses, history, locks and leaves only, not on wishes;
//! residents alike in these share one [`CareerSet`]. `course_time` says which months there are, `states` draws
//! the diagram of a set (`diagram`) by the per-resident rules, and `oracle` answers what is asked of it: the
//! cheapest career under given `costs` (`search`), all within a spare, what is left once something is
//! settled. Rules of the group (seats) are the business of `solve`.

mod career_set;
mod costs;
mod course_time;
mod diagram;
mod joined;
mod multipliers;
mod once;
mod oracle;
mod past;
mod remainder;
mod search;
mod states;
mod sufficient;
mod trackers;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::calendar::Month;
use crate::cases::{Item, Supplies};
use crate::scenario::{CourseIx, Leave, Lock, Meanings, Resident, ResidentIx, Scenario, Stay, Who, WhoName};

pub use career_set::{About, Career, CareerSet, Step};
pub use costs::{Amount, Charge, Costs, FORBIDDEN, Reach, Term};
pub use once::REMEMBERED_MAX;
pub use oracle::{Careers, Cheapest, Costed, Effort, LIST_MAX, Pick, Within};
pub use states::{LABELS_MAX, Refused};

/// A resident's careers depend on more than can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// The first of those alike.
    pub resident: ResidentIx,
}

/// Why there are no careers to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlisted {
    TooMany(TooMany),
    /// The caller's time was up.
    Stopped,
}

/// The careers of all residents of a scenario.
#[derive(Debug, Clone)]
pub struct Itineraries {
    pub sets: Vec<Arc<CareerSet>>,
    /// The set of each resident.
    pub set_of: Vec<usize>,
    /// Per resident the careers that are theirs: those on which they can reach their case targets (source
    /// §6.2 \[8,9,10,15\]) if nobody else takes a case. Residents alike share them.
    pub careers_of: Vec<Arc<Careers>>,
    /// Per set all its careers.
    of_sets: Vec<Arc<Careers>>,
}

/// What a resident's careers depend on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    entry: Month,
    course: Option<CourseIx>,
    history: Vec<Stay>,
    locks: Vec<Lock>,
    leaves: Vec<Leave>,
    ends_early: Option<Month>,
    closed: Vec<CourseIx>,
    /// Whom the tables' rules mean, rule by rule.
    meant: Vec<bool>,
}

impl Itineraries {
    /// The careers of all residents; `stopped` is asked on the way whether to give up.
    ///
    /// # Errors
    /// [`Unlisted::TooMany`] if somebody's depend on more than [`LABELS_MAX`] combinations of month, place
    /// and what the rules count. [`Unlisted::Stopped`] if `stopped` said so.
    pub fn of(scenario: &Scenario, stopped: &(dyn Fn() -> bool + Sync)) -> Result<Self, Unlisted> {
        let Groups { first_of_set, set_of } = Groups::of(scenario);
        let meanings = Meanings::of(scenario);
        let most = (LIST_MAX, REMEMBERED_MAX);
        let of_sets: Vec<Result<Careers, Unlisted>> = first_of_set
            .par_iter()
            .map(|&resident| {
                drawn(&meanings, resident, most, stopped).map_err(|refused| match refused {
                    Refused::TooManyLabels => Unlisted::TooMany(TooMany { resident }),
                    Refused::Stopped => Unlisted::Stopped,
                })
            })
            .collect();
        // The first that is refused is the same in every run.
        let of_sets: Vec<Arc<Careers>> =
            of_sets.into_iter().map(|of| of.map(Arc::new)).collect::<Result<_, _>>()?;
        let sets = of_sets.iter().map(|careers| Arc::clone(careers.set())).collect();
        let careers_of =
            sufficient::careers_of(scenario, &of_sets, &set_of, stopped).ok_or(Unlisted::Stopped)?;
        Ok(Self { sets, set_of, careers_of, of_sets })
    }

    /// The least of an amount on any career of a set, targets of cases aside.
    pub fn least(&self, set: usize, amount: &Amount) -> Option<i64> {
        self.of_sets[set].least(amount, &|| false)
    }

    /// `careers_of` in a scenario that differs from this one in nothing but cases; `None` if `stopped`.
    pub fn sufficient(
        &self,
        scenario: &Scenario,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Arc<Careers>>> {
        sufficient::careers_of(scenario, &self.of_sets, &self.set_of, stopped)
    }
}

/// The careers of one resident by every rule but case targets, listed if there are no more than `list_max`.
///
/// # Errors
/// [`Refused`] if there are more labels than are looked at, or if `stopped` said so.
pub fn careers_of(
    scenario: &Scenario,
    resident: ResidentIx,
    list_max: usize,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<Careers, Refused> {
    drawn(&Meanings::of(scenario), resident, (list_max, REMEMBERED_MAX), stopped)
}

/// The same where visits of more than `remembered_max` classes of places are left to the search.
///
/// # Errors
/// As those of [`careers_of`].
pub fn drawn(
    meanings: &Meanings<'_>,
    resident: ResidentIx,
    (list_max, remembered_max): (usize, usize),
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<Careers, Refused> {
    let (set, diagram) = states::careers(meanings, resident, remembered_max, stopped)?;
    Careers::of(Arc::new(set), diagram, list_max, stopped).ok_or(Refused::Stopped)
}

/// Whether a resident has any legal career; `false` too if there is too much to look at or if `stopped`
/// said to give up.
pub fn has_career(scenario: &Scenario, resident: ResidentIx, stopped: &(dyn Fn() -> bool + Sync)) -> bool {
    let Ok(careers) = careers_of(scenario, resident, 0, stopped) else { return false };
    let supplies = Supplies::of(scenario);
    let careers = sufficient::careers(&supplies, &careers, &sufficient::needs(&supplies, resident), stopped);
    careers.is_some_and(|careers| !careers.is_empty())
}

/// The most cases of an item that any of a resident's careers allows, whatever others need; `None`
/// if they have no career by the other rules, if there is too much to look at, or if `stopped` said to
/// give up.
pub fn most_cases(
    scenario: &Scenario,
    item: &Item,
    resident: ResidentIx,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<u32> {
    let careers = careers_of(scenario, resident, 0, stopped).ok()?;
    sufficient::most(&Supplies::of(scenario), item, &careers, stopped)
}

/// Whose careers, if anybody's, depend on more than can be looked at.
pub fn too_many(scenario: &Scenario) -> Option<TooMany> {
    let meanings = Meanings::of(scenario);
    let refused =
        |resident: &ResidentIx| states::careers(&meanings, *resident, REMEMBERED_MAX, &|| false).is_err();
    Groups::of(scenario).first_of_set.into_iter().find(refused).map(|resident| TooMany { resident })
}

/// Of each rule of the tables whether it means residents like this one, by course (and training year, which only staffing
/// asks for).
fn meant(scenario: &Scenario, resident: &Resident) -> Vec<bool> {
    let of_careers = scenario.requirements.iter().map(|row| &row.who);
    let of_careers = of_careers.chain(scenario.stay_rules.iter().map(|row| &row.who));
    let of_careers = of_careers.chain(scenario.order_rules.iter().map(|row| &row.who));
    let staffing = scenario.staffing.iter().map(|row| &row.who);
    let years = || scenario.staffing.iter().flat_map(|row| row.who.any.iter().flatten());
    let last = years().map(|term| if let WhoName::Year(year) = term.name { year } else { 0 }).max();
    let asked = of_careers.map(|who| (who, 0)).chain(
        // Beyond the last year that is named all are alike.
        staffing.flat_map(|who| (1..=last.unwrap_or(0) + 1).map(move |year| (who, year))),
    );
    let asked = asked.filter(|(who, _)| !who.any.is_empty());
    let of = |(who, year): (&Who, u32)| -> Vec<bool> {
        scenario.course_ixs().map(|course| who.means(resident, course, year)).collect()
    };
    asked.flat_map(of).collect()
}

/// Residents whose careers are the same.
struct Groups {
    first_of_set: Vec<ResidentIx>,
    set_of: Vec<usize>,
}

impl Groups {
    fn of(scenario: &Scenario) -> Self {
        let mut residents_of: BTreeMap<Signature, usize> = BTreeMap::new();
        let mut first_of_set = Vec::new();
        let mut set_of = Vec::with_capacity(scenario.residents.len());
        for (number, resident) in scenario.residents.iter().enumerate() {
            let mut locks = resident.locks.clone();
            locks.sort_unstable();
            let signature = Signature {
                entry: resident.entry,
                course: resident.course,
                history: resident.history.clone(),
                locks,
                leaves: resident.leaves.clone(),
                ends_early: resident.ends_early(),
                closed: scenario.course_ixs().filter(|c| !scenario.course(*c).is_open_to(resident)).collect(),
                meant: meant(scenario, resident),
            };
            let next = residents_of.len();
            let set = *residents_of.entry(signature).or_insert(next);
            if set == next {
                first_of_set.push(ResidentIx(number));
            }
            set_of.push(set);
        }
        Self { first_of_set, set_of }
    }
}
