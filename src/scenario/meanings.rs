//! What every selector means, worked out once: the same questions are asked for each resident, stay and month.
//!
//! Most selectors mean the same places in all months; only those that name an accreditation, which can change by
//! date, are asked month by month.

use super::place::{Place, PlaceName};
use super::{Scenario, SelectorIx};
use crate::calendar::Month;

/// What the selectors of a scenario mean. It holds as long as the scenario is not changed.
#[derive(Debug)]
pub struct Meanings<'a> {
    scenario: &'a Scenario,
    /// Per selector, place by place: facilities, then sections; nothing where the month matters.
    known: Vec<Option<Vec<bool>>>,
}

impl<'a> Meanings<'a> {
    pub fn of(scenario: &'a Scenario) -> Self {
        let facilities = scenario.facility_ixs().map(|facility| Place { facility, section: None });
        let section = |ix| Place { facility: scenario.section(ix).facility, section: Some(ix) };
        let places: Vec<Place> = facilities.chain(scenario.section_ixs().map(section)).collect();
        let month = scenario.start();
        let of_selector = |number: usize| {
            let selector = SelectorIx(number);
            let mut terms = scenario.selector(selector).any.iter().flatten();
            let varies = terms.any(|term| matches!(term.name, PlaceName::Accreditation(_)));
            (!varies).then(|| places.iter().map(|&place| scenario.selects(selector, place, month)).collect())
        };
        Self { scenario, known: (0..scenario.selectors.len()).map(of_selector).collect() }
    }

    pub fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// As [`Scenario::selects`].
    pub fn selects(&self, selector: SelectorIx, place: Place, month: Month) -> bool {
        match &self.known[selector.0] {
            Some(known) => known[self.number(place)],
            None => self.scenario.selects(selector, place, month),
        }
    }

    /// Whether the selector means the same places in all months.
    pub fn is_constant(&self, selector: SelectorIx) -> bool {
        self.known[selector.0].is_some()
    }

    fn number(&self, place: Place) -> usize {
        place.section.map_or(place.facility.0, |section| self.scenario.facilities.len() + section.0)
    }
}
