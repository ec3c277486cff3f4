//! A program and its plan without names, read back before they are handed out.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{Placement, Plan};
use crate::scenario::pseudonyms::{Collision, Key, Link, nameless};
use crate::scenario::{self, CourseIx, FacilityIx, ResidentIx, Scenario, Sources};

/// So many people of one intake on one course at one hospital hide each other.
const GROUP_MIN: usize = 3;

/// A group so small that whoever knows the program knows who is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SmallGroup {
    pub entry_year: i32,
    /// `None`: no course is settled.
    pub course: Option<CourseIx>,
    pub facility: FacilityIx,
    /// As they were called before.
    pub residents: Vec<ResidentIx>,
}

/// What may be handed out, and what may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pseudonymised {
    pub sources: Sources,
    pub scenario: Scenario,
    pub plan: Option<Plan>,
    /// What only the key's file may hold.
    pub links: Vec<Link>,
    pub small_groups: Vec<SmallGroup>,
}

/// Why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPseudonymised {
    Collision,
    /// What was written is read as another scenario.
    Lossy,
}

/// Takes the names out of a scenario and its plan.
///
/// # Errors
/// The key gives two ids one pseudonym, or the tables without names do not say the same.
pub fn pseudonymise(
    scenario: &Scenario,
    plan: Option<&Plan>,
    key: &Key,
) -> Result<Pseudonymised, NotPseudonymised> {
    let nameless = nameless(scenario, key).map_err(|Collision| NotPseudonymised::Collision)?;
    let sources = scenario::write(&nameless.scenario);
    let (read, _) = scenario::read(&sources);
    let read = read.filter(|read| scenario::write(read) == sources);
    let read = read.ok_or(NotPseudonymised::Lossy)?;
    let moved = |row: &Placement| Placement {
        resident: nameless.residents.get(row.resident.0).copied().unwrap_or(row.resident),
        line: None,
        ..row.clone()
    };
    let plan_then = plan.map(|plan| {
        let mut rows: Vec<Placement> = plan.rows.iter().map(moved).collect();
        rows.sort_by_key(|row| (row.resident, row.span, row.facility, row.section));
        let moved = |resident: ResidentIx| nameless.residents.get(resident.0).copied().unwrap_or(resident);
        let mut nowhere: Vec<_> = plan.nowhere.iter().map(|&(who, course)| (moved(who), course)).collect();
        nowhere.sort_unstable();
        Plan { rows, nowhere }
    });
    Ok(Pseudonymised {
        sources,
        scenario: read,
        plan: plan_then,
        links: nameless.links,
        small_groups: small_groups(scenario, plan),
    })
}

/// Groups of one intake year, course and hospital with few people; those without a row have no names to hide.
fn small_groups(scenario: &Scenario, plan: Option<&Plan>) -> Vec<SmallGroup> {
    let mut courses: BTreeMap<ResidentIx, CourseIx> = BTreeMap::new();
    let mut places: BTreeSet<(ResidentIx, FacilityIx)> = BTreeSet::new();
    for row in plan.iter().flat_map(|plan| &plan.rows) {
        if let Some(course) = row.course {
            courses.entry(row.resident).or_insert(course);
        }
        places.insert((row.resident, row.facility));
    }
    for resident in scenario.resident_ixs() {
        let history = scenario.resident(resident).history.iter();
        places.extend(history.map(|stay| (resident, stay.facility)));
    }
    let mut groups: BTreeMap<(i32, Option<CourseIx>, FacilityIx), Vec<ResidentIx>> = BTreeMap::new();
    for (resident, facility) in places {
        let person = scenario.resident(resident);
        if !person.anonymous {
            let course = courses.get(&resident).copied().or(person.course);
            groups.entry((person.entry_year, course, facility)).or_default().push(resident);
        }
    }
    let small = groups.into_iter().filter(|(_, residents)| residents.len() < GROUP_MIN);
    small
        .map(|((entry_year, course, facility), residents)| SmallGroup {
            entry_year,
            course,
            facility,
            residents,
        })
        .collect()
}
