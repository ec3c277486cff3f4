//! What a variant starts from: the answer to a scenario that differs from it in few things.
//!
//! Every variant could start from the scenario as it is. But one more resident changes what can be proved
//! about everybody, while a seat more or fewer mostly changes nothing: the prices of the same scenario
//! without the seats' change prove the new optimum at once. So a variant that changes seats beside other
//! things starts from the answer to those other things alone, which in a grid many variants share; and that
//! one, in a grid, from the answer to all but the last of them.
//!
//! What a variant starts from depends on its own changes and never on what was answered before it, so a
//! run is the same on any number of threads and in any parts. What is kept here only saves the same work
//! twice: no thread waits for another's, and whatever fell out is found again.

use std::sync::{Arc, Mutex, PoisonError};

use crate::plan::Answer;
use crate::plan::certificate::Cut;
use crate::scenario::Scenario;
use crate::scenario::overlay::{Change, Key};
use crate::solve::Warm;

/// Answers kept beside the base; each is some hundred kilobytes. A grid whose seats vary slowest comes
/// back to each of the others in turn, so this many of them are there at once.
const KEPT: usize = 64;

/// Columns of `facilities.csv` that say how many residents a facility holds or counts on.
const SEATS: [&str; 3] = ["supervisors", "seats", "min_residents"];

/// A scenario and its answer.
#[derive(Debug)]
pub struct Neighbour {
    scenario: Scenario,
    answer: Answer,
    cuts: Vec<Cut>,
}

impl Neighbour {
    pub fn new(scenario: Scenario, answer: Answer) -> Self {
        let cuts = answer.certificate.priced_cuts();
        Self { scenario, answer, cuts }
    }

    pub fn warm(&self) -> Warm<'_> {
        Warm { scenario: &self.scenario, answer: &self.answer, cuts: &self.cuts }
    }
}

/// The answers variants start from.
#[derive(Debug, Default)]
pub struct Neighbours {
    base: Option<Arc<Neighbour>>,
    /// Whether the variants are the combinations of some values.
    pub is_grid: bool,
    /// By their changes, the one used last at the end.
    others: Mutex<Vec<(Vec<Change>, Arc<Neighbour>)>>,
}

impl Neighbours {
    pub fn with_base(base: Neighbour) -> Self {
        Self { base: Some(Arc::new(base)), ..Self::default() }
    }

    pub fn base(&self) -> Option<Arc<Neighbour>> {
        self.base.clone()
    }

    pub fn find(&self, changes: &[Change]) -> Option<Arc<Neighbour>> {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let place = others.iter().position(|(known, _)| known == changes)?;
        let found = others.remove(place);
        let neighbour = Arc::clone(&found.1);
        others.push(found);
        Some(neighbour)
    }

    pub fn keep(&self, changes: Vec<Change>, neighbour: &Arc<Neighbour>) {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.retain(|(known, _)| *known != changes);
        if others.len() >= KEPT {
            others.remove(0);
        }
        others.push((changes, Arc::clone(neighbour)));
    }
}

/// The part of the changes whose answer a variant starts from: those that are not about seats. In a grid
/// whose variants differ in nothing else, all but the last, which varies fastest. `None`: the base.
pub fn shared(changes: &[Change], is_grid: bool) -> Option<Vec<Change>> {
    let mut shared: Vec<Change> =
        changes.iter().filter(|change| !is_about_seats(&change.key)).cloned().collect();
    if is_grid && shared.len() == changes.len() {
        shared.pop();
    }
    (!shared.is_empty() && shared.len() < changes.len()).then_some(shared)
}

fn is_about_seats(key: &Key) -> bool {
    matches!(key, Key::Facility { column, .. } if SEATS.contains(&column.as_str()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::report::sample;
    use crate::scenario::overlay::Known;
    use crate::solve::{Backend, Control, Progress, solve_for_others};

    fn change(text: &str, value: &str) -> Change {
        let scenario = sample::scenario();
        Change::of(Known::of(&scenario).key(text).unwrap(), value).unwrap()
    }

    #[test]
    fn seats_are_left_out_and_in_a_grid_what_varies_fastest() {
        let facility = sample::scenario().facilities[0].id.clone();
        let seats = change(&format!("facilities.{facility}.supervisors"), "2");
        let later = change(&format!("facilities.{facility}.seats@2020-04"), "2");
        let role = change(&format!("facilities.{facility}.accreditation"), "training");
        let intake = change("intake.2020", "14");
        let all = [seats.clone(), intake.clone(), later.clone(), role.clone()];
        for is_grid in [false, true] {
            assert_eq!(shared(&all, is_grid), Some(vec![intake.clone(), role.clone()]));
            assert_eq!(shared(&[seats.clone(), later.clone()], is_grid), None);
            assert_eq!(shared(std::slice::from_ref(&intake), is_grid), None);
        }
        assert_eq!(shared(&[intake.clone(), role.clone()], true), Some(vec![intake.clone()]));
        assert_eq!(shared(&[intake, role], false), None);
    }

    #[test]
    fn what_was_used_last_stays() {
        let scenario = sample::scenario();
        let answer = || {
            let (time_left, progress) = (&|| Some(Duration::ZERO), &mut |_: &Progress| ());
            let control = Control { backend: Backend::default(), base: None, time_left, progress };
            solve_for_others(&scenario, control)
        };
        let neighbour = Neighbour::new(scenario.clone(), answer());
        let neighbours = Neighbours::with_base(neighbour);
        let base = neighbours.base().unwrap();
        let of = |number: usize| vec![change("intake.2020", &number.to_string())];
        for number in 0..KEPT {
            neighbours.keep(of(number), &base);
        }
        assert!(neighbours.find(&of(0)).is_some());
        neighbours.keep(of(KEPT), &base);
        assert!(neighbours.find(&of(0)).is_some() && neighbours.find(&of(1)).is_none());
    }
}
