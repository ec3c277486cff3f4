//! What a variant starts from: the answer to a scenario that differs from it in few things.
//!
//! Every variant could start from the scenario as it is. But one more resident changes what can be proved
//! about everybody, while a seat more or fewer mostly changes nothing: the prices of the same scenario
//! without the seats' change prove the new optimum at once. So a variant that changes seats beside other
//! things starts from the answer to those other things alone, which in a grid many variants share; and that
//! one, in a grid, from the answer to all but the last of them.
//!
//! Where the last of them is how many residents enter, every resident more takes its share from what the
//! old prices prove. So such a variant starts from the grid's next number of residents towards the
//! scenario's own, which is mostly a variant itself.
//!
//! What a variant starts from depends on its own changes and never on what was answered before it, so a
//! run is the same on any number of threads and in any parts. What is kept here only saves the same work
//! twice: no thread waits for another's, and whatever fell out is found again.

use std::sync::{Arc, Mutex, PoisonError};

use crate::itineraries::Shelf;
use crate::plan::Answer;
use crate::plan::certificate::Cut;
use crate::scenario::Scenario;
use crate::scenario::edit::{Edit, Key, Value};
use crate::solve::Warm;

/// Answers kept beside the base; each is some hundred kilobytes. A grid whose seats vary slowest comes
/// back to each of the others in turn, so this many of them are there at once.
const KEPT: usize = 64;

/// Columns of `facilities.csv` that say how many residents a facility holds or counts on.
const SEATS: [&str; 3] = ["supervisors", "seats", "min_residents"];

/// A scenario and its answer.
#[derive(Debug)]
pub struct Neighbour {
    pub scenario: Scenario,
    answer: Answer,
    cuts: Vec<Cut>,
    careers: Arc<Shelf>,
}

impl Neighbour {
    /// An answer that was found from another one, if there was one.
    pub fn new(scenario: Scenario, answer: Answer, near: Option<&Self>) -> Self {
        let cuts = answer.certificate.priced_cuts();
        let careers = near.map(|near| &near.careers).filter(|careers| careers.serves(&scenario));
        let careers = careers.map_or_else(|| Arc::new(Shelf::of(&scenario)), Arc::clone);
        Self { scenario, answer, cuts, careers }
    }

    pub fn warm(&self) -> Warm<'_> {
        Warm {
            scenario: &self.scenario,
            answer: &self.answer,
            cuts: &self.cuts,
            careers: Some(&self.careers),
        }
    }
}

/// The answers variants start from.
#[derive(Debug, Default)]
pub struct Neighbours {
    base: Option<Arc<Neighbour>>,
    /// All changes there are, if the variants are their combinations.
    pub grid: Option<Vec<Edit>>,
    /// By their changes, the one used last at the end.
    others: Mutex<Vec<(Vec<Edit>, Arc<Neighbour>)>>,
}

impl Neighbours {
    pub fn with_base(base: Neighbour) -> Self {
        Self { base: Some(Arc::new(base)), ..Self::default() }
    }

    pub fn base(&self) -> Option<Arc<Neighbour>> {
        self.base.clone()
    }

    pub fn find(&self, changes: &[Edit]) -> Option<Arc<Neighbour>> {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let place = others.iter().position(|(known, _)| known == changes)?;
        let found = others.remove(place);
        let neighbour = Arc::clone(&found.1);
        others.push(found);
        Some(neighbour)
    }

    pub fn keep(&self, changes: Vec<Edit>, neighbour: &Arc<Neighbour>) {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.retain(|(known, _)| *known != changes);
        if others.len() >= KEPT {
            others.remove(0);
        }
        others.push((changes, Arc::clone(neighbour)));
    }
}

/// The changes whose answer a variant starts from: those that are not about seats. In a grid whose variants
/// differ in nothing else, the last that makes a difference, which varies fastest, is left out, or made
/// smaller if it is a number of residents. `None`: the base.
pub fn start(changes: &[Edit], grid: Option<&[Edit]>, base: &Scenario) -> Option<Vec<Edit>> {
    let mut start: Vec<Edit> =
        changes.iter().filter(|change| !is_about_seats(&change.key)).cloned().collect();
    if start.len() < changes.len() {
        return (!start.is_empty()).then_some(start);
    }
    let grid = grid?;
    let differs = |change: &Edit| intake(change, base).is_none_or(|(new, old)| new != old);
    let last = start.iter().rposition(differs)?;
    match intake(&start[last], base) {
        Some(intake) => {
            let nearer = nearer(&start[last].key, intake, grid, base);
            start[last].value = Value::Text(nearer.to_string());
        }
        None => {
            start.remove(last);
        }
    }
    start.iter().any(differs).then_some(start)
}

/// Whether variants may start from the answer to these changes.
pub fn is_start(changes: &[Edit], grid: Option<&[Edit]>) -> bool {
    grid.is_some() && !changes.iter().any(|change| is_about_seats(&change.key))
}

/// How many residents enter in a year: by the change, if that is what it is about, and by the base.
fn intake(change: &Edit, base: &Scenario) -> Option<(i64, i64)> {
    let (Key::Program(path), Value::Text(residents)) = (&change.key, &change.value) else { return None };
    let [table, year] = path.as_slice() else { return None };
    let old = base.intake.get(&year.parse().ok().filter(|_| table == "intake")?)?;
    Some((residents.parse::<u32>().ok()?.into(), i64::from(*old)))
}

/// The number of the grid that comes next from the new towards the old one, at last the old one itself.
fn nearer(key: &Key, (new, old): (i64, i64), grid: &[Edit], base: &Scenario) -> i64 {
    let of_key = grid.iter().filter(|change| change.key == *key);
    let numbers = of_key.filter_map(|change| Some(intake(change, base)?.0));
    let between = numbers.filter(|&number| (old.min(new)..=old.max(new)).contains(&number) && number != new);
    between.min_by_key(|number| (new - number).abs()).unwrap_or(old)
}

fn is_about_seats(key: &Key) -> bool {
    matches!(key, Key::Facility { column, .. } if SEATS.contains(&column.as_str()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::output::sample;
    use crate::scenario::edit::Known;
    use crate::solve::{Backend, Control, Progress, solve_for_others};

    fn change(text: &str, value: &str) -> Edit {
        let scenario = sample::scenario();
        Edit::of(Known::of(&scenario).key(text).unwrap(), value).unwrap()
    }

    #[test]
    fn seats_are_left_out_and_in_a_grid_what_varies_fastest() {
        let facility = sample::scenario().facilities[0].id.clone();
        let seats = change(&format!("facilities.{facility}.supervisors"), "2");
        let later = change(&format!("facilities.{facility}.seats@2020-04"), "2");
        let role = change(&format!("facilities.{facility}.accreditation"), "training");
        let intake = change("intake.2020", "14");
        let all = [seats.clone(), intake.clone(), later.clone(), role.clone()];
        let base = sample::scenario();
        for grid in [None, Some(&all[..])] {
            assert_eq!(start(&all, grid, &base), Some(vec![intake.clone(), role.clone()]));
            assert_eq!(start(&[seats.clone(), later.clone()], grid, &base), None);
            assert_eq!(start(std::slice::from_ref(&intake), grid, &base), None);
        }
        assert_eq!(start(&[intake.clone(), role.clone()], Some(&all), &base), Some(vec![intake.clone()]));
        assert_eq!(start(&[intake, role], None, &base), None);
    }

    #[test]
    fn residents_come_one_number_of_the_grid_at_a_time() {
        let base = sample::scenario();
        let old = base.intake[&2019];
        let people = |year: &str, number: u32| change(&format!("intake.{year}"), &number.to_string());
        let grid = [1, 2, 5, 9].map(|more| people("2019", old + more));
        let role = change(&format!("facilities.{}.accreditation", base.facilities[0].id), "training");
        let after = |more: u32| start(&[role.clone(), people("2019", old + more)], Some(&grid), &base);
        let with = |more: u32| Some(vec![role.clone(), people("2019", old + more)]);
        assert_eq!([9, 5, 2, 1].map(after), [5, 2, 1, 0].map(with));
        assert_eq!(after(0), None, "nothing but the role makes a difference");
        assert_eq!(start(&[people("2019", old - 1)], Some(&grid), &base), None);
    }

    #[test]
    fn what_was_used_last_stays() {
        let scenario = sample::scenario();
        let answer = || {
            let (time_left, progress) = (&|| Some(Duration::ZERO), &mut |_: &Progress| ());
            let control = Control { backend: Backend::default(), base: None, time_left, progress };
            solve_for_others(&scenario, control)
        };
        let neighbour = Neighbour::new(scenario.clone(), answer(), None);
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
