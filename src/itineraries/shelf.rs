//! Careers kept from one scenario for others in which residents may take the same.
//!
//! Who may take which careers depends on neither seats nor supervisors nor how many enter, so most variants of a
//! scenario ask for the careers that one before them asked for. What is kept is the same whoever asked first: a list has
//! all its numbers from the beginning, and of careers that are drawn each scenario gets a set without numbers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::alike::Signature;
use super::oracle::Careers;
use crate::scenario::{Course, Facility, GoalKind, Model, Scenario, Section};

/// Arcs of diagrams and careers of lists that are kept; some dozen bytes each.
const SIZE_MAX: usize = 1 << 21;

/// The careers of residents of scenarios that draw them alike.
#[derive(Debug)]
pub struct Shelf {
    scenario: Scenario,
    kept: Mutex<Kept>,
}

/// Cases needed of each item, and the careers that reach them.
type Sufficient = (Vec<u32>, Arc<Careers>);

#[derive(Debug, Default)]
struct Kept {
    drawn: BTreeMap<Signature, Arc<Careers>>,
    /// Lists only: what is left of them for residents with these needs of cases.
    sufficient: BTreeMap<Signature, Vec<Sufficient>>,
    size: usize,
}

impl Kept {
    /// Whether there is room for so many more.
    fn has_room(&mut self, careers: &Careers) -> bool {
        let size = self.size + careers.size();
        let has_room = size <= SIZE_MAX;
        self.size = if has_room { size } else { self.size };
        has_room
    }
}

impl Shelf {
    pub fn of(scenario: &Scenario) -> Self {
        Self { scenario: scenario.clone(), kept: Mutex::default() }
    }

    /// Whether the careers of a scenario are drawn like those that are kept.
    pub fn serves(&self, scenario: &Scenario) -> bool {
        are_drawn_alike(&self.scenario, scenario)
    }

    /// All careers of residents like these.
    pub(super) fn drawn(&self, signature: &Signature) -> Option<Arc<Careers>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = Arc::clone(kept.drawn.get(signature)?);
        drop(kept);
        Some(if known.list().is_some() { known } else { Arc::new(known.unnumbered()) })
    }

    pub(super) fn keep_drawn(&self, signature: &Signature, careers: &Arc<Careers>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.drawn.contains_key(signature) && kept.has_room(careers) {
            let careers = match careers.list() {
                Some(_) => Arc::clone(careers),
                None => Arc::new(careers.unnumbered()),
            };
            kept.drawn.insert(signature.clone(), careers);
        }
    }

    /// What is left for residents like these, who need so many cases of each item, of a list that is kept.
    pub(super) fn sufficient(
        &self,
        signature: &Signature,
        needs: &[u32],
        all: &Arc<Careers>,
    ) -> Option<Arc<Careers>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.drawn.get(signature).filter(|known| Arc::ptr_eq(known, all))?;
        let known = kept.sufficient.get(signature)?.iter().find(|(of, _)| of == needs);
        known.map(|(_, careers)| Arc::clone(careers))
    }

    pub(super) fn keep_sufficient(
        &self,
        signature: &Signature,
        needs: &[u32],
        all: &Arc<Careers>,
        careers: &Arc<Careers>,
    ) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of_list =
            all.list().is_some() && kept.drawn.get(signature).is_some_and(|known| Arc::ptr_eq(known, all));
        if is_of_list && kept.has_room(careers) {
            kept.sufficient.entry(signature.clone()).or_default().push((needs.to_vec(), Arc::clone(careers)));
        }
    }
}

/// Whether residents of equal signatures and equal needs of cases have the same careers in both. Every part of a
/// scenario is named here, so that a new one is put where it belongs.
fn are_drawn_alike(one: &Model, other: &Model) -> bool {
    let Model {
        id: _,
        name: _,
        training_months,
        calendar,
        first_year,
        intake: _,
        course_mix: _,
        rules,
        lifted: _,
        printed_totals: _,
        courses,
        goals,
        cases,
        volumes,
        facilities,
        sections,
        selectors,
        requirements,
        stay_rules,
        order_rules,
        staffing,
        points,
        not_stated: _,
        completion: _,
        residents: _,
        hash: _,
    } = one;
    let mut rules = rules.clone();
    // Seats, not careers.
    rules.residents_per_supervisor = other.rules.residents_per_supervisor;
    rules.supervisor_rounding = other.rules.supervisor_rounding;
    rules.intake_cap.clone_from(&other.rules.intake_cap);
    let counts = |goals: &[crate::scenario::Goal]| {
        [GoalKind::Points, GoalKind::Requirements].map(|kind| goals.iter().any(|goal| goal.kind == kind))
    };
    *training_months == other.training_months
        && *calendar == other.calendar
        && *first_year == other.first_year
        && rules == other.rules
        && counts(goals) == counts(&other.goals)
        && *cases == other.cases
        && *volumes == other.volumes
        && *selectors == other.selectors
        && *requirements == other.requirements
        && *stay_rules == other.stay_rules
        && *order_rules == other.order_rules
        && *staffing == other.staffing
        && *points == other.points
        && all_alike(courses, &other.courses, courses_are_alike)
        && all_alike(facilities, &other.facilities, facilities_are_alike)
        && all_alike(sections, &other.sections, sections_are_alike)
}

fn all_alike<T>(one: &[T], other: &[T], are_alike: fn(&T, &T) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| are_alike(one, other))
}

fn courses_are_alike(one: &Course, other: &Course) -> bool {
    let Course { id, name: _, patterns, tags, who, training_months, intake_max: _ } = one;
    *id == other.id
        && *patterns == other.patterns
        && *tags == other.tags
        && *who == other.who
        && *training_months == other.training_months
}

fn facilities_are_alike(one: &Facility, other: &Facility) -> bool {
    let Facility {
        id,
        name: _,
        name_en: _,
        prefecture,
        role,
        accreditation,
        supervisors: _,
        seats: _,
        min_residents: _,
        volumes,
        tags,
        source: _,
    } = one;
    *id == other.id
        && *prefecture == other.prefecture
        && *role == other.role
        && *accreditation == other.accreditation
        && *volumes == other.volumes
        && *tags == other.tags
}

fn sections_are_alike(one: &Section, other: &Section) -> bool {
    let Section {
        facility,
        id,
        name: _,
        name_en: _,
        seats: _,
        min_residents: _,
        step_months,
        cases,
        source: _,
    } = one;
    *facility == other.facility
        && *id == other.id
        && *step_months == other.step_months
        && *cases == other.cases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::itineraries::{Career, Itineraries};
    use crate::scenario::edit::{Edit, apply};
    use crate::scenario::{read, shipped};

    /// Per resident their careers, in the order of their numbers.
    fn careers(itineraries: &Itineraries) -> Vec<Vec<Career>> {
        let of = |careers: &Arc<Careers>| {
            let numbers = careers.list().unwrap_or_default().iter();
            numbers.map(|&number| careers.set().career(number as usize).clone()).collect()
        };
        itineraries.careers_of.iter().map(of).collect()
    }

    #[test]
    fn what_is_on_the_shelf_is_what_is_drawn() {
        let sources = shipped("keio").unwrap();
        let edited = |edits: &[Edit]| read(&apply(&sources, edits).unwrap()).0.unwrap();
        let base = edited(&[]);
        let facility = base.facilities[0].id.clone();
        let shelf = Shelf::of(&base);
        let year = base.first_year;
        let rules = &base.rules;
        for (edit, is_served) in [
            (Edit::facility(&facility, "supervisors", None, 2), true),
            (Edit::intake(year, base.intake[&year] + 2), true),
            (Edit::rule("residents_per_supervisor", rules.residents_per_supervisor + 1), true),
            (Edit::rule("core_months_min", rules.core_months_min + 1), false),
            (Edit::facility(&facility, "accreditation", None, "special"), false),
            (Edit::facility(&facility, &base.volumes[0], None, 9_999), false),
        ] {
            let scenario = edited(std::slice::from_ref(&edit));
            assert_eq!(shelf.serves(&scenario), is_served, "{edit:?}");
            let drawn = Itineraries::of(&scenario, &|| false).unwrap();
            assert!(careers(&drawn).iter().any(|of| !of.is_empty()), "{edit:?}");
            // At first it is drawn and laid there.
            for _ in 0..2 {
                let known = Itineraries::with_shelf(&scenario, Some(&shelf), &|| false).unwrap();
                assert_eq!(careers(&known), careers(&drawn), "{edit:?}");
            }
        }
        let kept = shelf.kept.lock().unwrap();
        assert!(!kept.drawn.is_empty() && !kept.sufficient.is_empty());
    }
}
