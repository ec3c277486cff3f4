//! Every legal career of every resident: what the solver chooses from.
//!
//! A career depends on the resident's entry, courses, history, locks and leaves only, not on wishes;
//! residents alike in these share one [`CareerSet`]. `course_time` says which months there are, `states` draws
//! the diagram of a set (`diagram`) by the per-resident rules, and `oracle` answers what is asked of it: the
//! cheapest career under given `costs` (`search`), all within a spare, what is left once something is
//! settled. Rules of the group (seats) are the business of `solve`.

mod alike;
mod career_set;
mod costs;
mod course_time;
mod diagram;
mod joined;
mod multipliers;
mod once;
mod oracle;
mod past;
mod refined;
mod remainder;
mod residue;
mod search;
mod shelf;
mod states;
mod sufficient;
mod trackers;

use std::sync::Arc;

use rayon::prelude::*;

use crate::cases::{Item, Supplies};
use crate::scenario::{Meanings, ResidentIx, Scenario};
use alike::{Groups, Signature};

pub use career_set::{About, Career, CareerSet, Step};
pub use costs::{Amount, Charge, Costs, FORBIDDEN, Reach, Term};
pub use once::REMEMBERED_MAX;
pub use oracle::{Careers, Cheapest, Costed, Effort, LIST_MAX, Pick, Within};
pub use residue::Residue;
pub use shelf::Shelf;
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

impl Itineraries {
    /// The careers of all residents; `stopped` is asked on the way whether to give up.
    ///
    /// # Errors
    /// [`Unlisted::TooMany`] if somebody's depend on more than [`LABELS_MAX`] combinations of month, place
    /// and what the rules count. [`Unlisted::Stopped`] if `stopped` said so.
    pub fn of(scenario: &Scenario, stopped: &(dyn Fn() -> bool + Sync)) -> Result<Self, Unlisted> {
        Self::with_shelf(scenario, None, stopped)
    }

    /// The same; what is on the shelf is not drawn again, and what is drawn is laid there.
    ///
    /// # Errors
    /// As those of [`Itineraries::of`].
    pub fn with_shelf(
        scenario: &Scenario,
        shelf: Option<&Shelf>,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Unlisted> {
        let Groups { sets: alike, set_of } = Groups::of(scenario);
        let shelf = shelf.filter(|shelf| shelf.serves(scenario));
        let meanings = Meanings::of(scenario);
        let most = (LIST_MAX, REMEMBERED_MAX);
        let of_set = |(signature, resident): &(Signature, ResidentIx)| -> Result<Arc<Careers>, Unlisted> {
            if let Some(known) = shelf.and_then(|shelf| shelf.drawn(signature)) {
                return Ok(known);
            }
            let drawn = drawn(&meanings, *resident, most, stopped).map_err(|refused| match refused {
                Refused::TooManyLabels => Unlisted::TooMany(TooMany { resident: *resident }),
                Refused::Stopped => Unlisted::Stopped,
            });
            let drawn = Arc::new(drawn?);
            shelf.iter().for_each(|shelf| shelf.keep_drawn(signature, &drawn));
            Ok(drawn)
        };
        let of_sets: Vec<Result<Arc<Careers>, Unlisted>> = alike.par_iter().map(of_set).collect();
        // The first that is refused is the same in every run.
        let of_sets: Vec<Arc<Careers>> = of_sets.into_iter().collect::<Result<_, _>>()?;
        let sets = of_sets.iter().map(|careers| Arc::clone(careers.set())).collect();
        let known = shelf.map(|shelf| (shelf, &*alike));
        let careers_of =
            sufficient::careers_of(scenario, &of_sets, &set_of, known, stopped).ok_or(Unlisted::Stopped)?;
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
        sufficient::careers_of(scenario, &self.of_sets, &self.set_of, None, stopped)
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
    Groups::of(scenario)
        .sets
        .into_iter()
        .map(|(_, first)| first)
        .find(refused)
        .map(|resident| TooMany { resident })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Sources, read};

    /// One resident, free to go to so many hospitals in parts of so many months.
    fn free(hospitals: usize, months: usize) -> Scenario {
        let year = vec![format!("\"affiliate:{months}\""); 12 / months].join(",");
        let program = format!(
            "[program]\nid = \"p\"\nname = \"P\"\ntraining_months = 36\nyear_starts_in_month = 4\n\
             [horizon]\nfirst_year = 2025\n[intake]\n2025 = 1\n\
             [rules]\ncomprehensive_months_min = 0\ncore_months_min = 0\nfacilities_min = 1\n\
             [[courses]]\nid = \"A\"\nyears = [[{year}],[{year}],[{year}]]\n"
        );
        let rows: String = (0..hospitals).map(|number| format!("h{number},affiliate,training,1\n")).collect();
        let facilities = format!("id,role,accreditation,supervisors\n{rows}");
        let files = [("program.toml", program), ("facilities.csv", facilities)];
        let files = files.map(|(name, text)| (name.to_string(), text.into_bytes()));
        let (scenario, findings) = read(&Sources { files: files.into(), ..Sources::default() });
        scenario.unwrap_or_else(|| panic!("{findings:?}"))
    }

    #[test]
    fn careers_beyond_listing_are_drawn_in_few_arcs() {
        for (hospitals, months, parts) in [(11, 6, 6), (8, 3, 12)] {
            let scenario = free(hospitals, months);
            let careers = careers_of(&scenario, ResidentIx(0), LIST_MAX, &|| false).unwrap();
            assert_eq!(careers.count(), (hospitals as u128).pow(parts));
            assert!(careers.size() <= 4 * hospitals * parts as usize, "{}", careers.size());
        }
    }
}
