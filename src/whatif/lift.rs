//! Single changes that might lift a limit: one seat, one supervisor more at a facility.
//!
//! They are only proposed here; whether one does lift the limit, a solve says.

use rust_decimal::Decimal;

use crate::calendar::Month;
use crate::scenario::edit::{Edit, Key, Value};
use crate::scenario::{Dated, Facility, Role, Scenario};

/// A change that may help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lift {
    pub facility: String,
    /// `seats` or `supervisors`
    pub column: &'static str,
    pub changes: Vec<Edit>,
}

/// All of them, seats before supervisors: a seat that the director holds back costs nobody.
pub fn candidates(scenario: &Scenario) -> Vec<Lift> {
    let placed = || scenario.facilities.iter().filter(|facility| facility.role != Role::Associated);
    let seats = placed().filter_map(|facility| {
        let more = |seats: &Option<u32>| seats.map(|seats| (seats + 1).to_string());
        lift(facility, "seats", &facility.seats, more)
    });
    let supervisors = placed().filter_map(|facility| {
        lift(facility, "supervisors", &facility.supervisors, |n| Some((n + Decimal::ONE).to_string()))
    });
    seats.chain(supervisors).collect()
}

/// One more in all months; `None` where there is nothing to add to.
fn lift<T>(
    facility: &Facility,
    column: &'static str,
    values: &Dated<T>,
    more: impl Fn(&T) -> Option<String>,
) -> Option<Lift> {
    let initial = more(&values.initial).map(|text| set(&facility.id, column, None, text));
    let later = values.changes.iter();
    let later = later.filter_map(|(from, value)| Some(set(&facility.id, column, Some(*from), more(value)?)));
    let changes: Vec<Edit> = initial.into_iter().chain(later).collect();
    (!changes.is_empty()).then(|| Lift { facility: facility.id.clone(), column, changes })
}

/// Sets a column of a facility, be it from a month on.
pub(super) fn set(id: &str, column: &str, from: Option<Month>, text: String) -> Edit {
    let from = from.map(|month| month.to_string());
    let key = Key::Facility { id: id.to_string(), column: column.to_string(), from };
    Edit { key, value: Value::Text(text) }
}
