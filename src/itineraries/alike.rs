//! Residents who are alike: they may take the same careers.

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::scenario::{CourseIx, Leave, Lock, Resident, ResidentIx, Scenario, Stay, Who, WhoName};

/// What a resident's careers depend on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signature {
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
pub(super) struct Groups {
    /// Per set of careers what they depend on, and the first resident who has them.
    pub sets: Vec<(Signature, ResidentIx)>,
    /// Per resident.
    pub set_of: Vec<usize>,
}

impl Groups {
    pub fn of(scenario: &Scenario) -> Self {
        let mut residents_of: BTreeMap<Signature, usize> = BTreeMap::new();
        let mut firsts = Vec::new();
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
                firsts.push(ResidentIx(number));
            }
            set_of.push(set);
        }
        let mut sets: Vec<(Signature, usize)> = residents_of.into_iter().collect();
        sets.sort_unstable_by_key(|(_, set)| *set);
        let sets = sets.into_iter().map(|(signature, set)| (signature, firsts[set])).collect();
        Self { sets, set_of }
    }
}
