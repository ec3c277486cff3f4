//! The values among which `--largest` and `--smallest` look: those of `--vary`, else all whole numbers
//! that mean anything. They do not depend on what a key is set to now.

use rust_decimal::Decimal;

use crate::language::Message;
use crate::regulation::{Kind, RULES};
use crate::scenario::edit::Key;
use crate::scenario::{Scenario, bounds};
use crate::whatif::sweep::Point;

/// Cases a resident needs at most where no range is given: more than any standard asks for.
const CASES: u32 = 2000;

/// Values between the bounds of a rule at most: of hours, the user says which.
const STEPS: u32 = 200;

/// All values a key can have that make a difference; `None` where that is for the user to say.
pub fn of(scenario: &Scenario, key: &Key) -> Option<Vec<String>> {
    let residents = u32::try_from(scenario.residents.len()).unwrap_or(u32::MAX);
    let values = match key {
        Key::Program(path) => match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["intake", _] => bounds::INTAKE,
            ["rules", key] => match &RULES.iter().find(|rule| rule.key == key)?.kind {
                Kind::Whole(bounds) if bounds.end() - bounds.start() <= STEPS => bounds.clone(),
                _ => return None,
            },
            _ => return None,
        },
        // Nobody is left for more.
        Key::Facility { column, .. } if column == "seats" || column == "min_residents" => 0..=residents,
        Key::Case { field, .. } if field == "target" || field == "min" => 0..=CASES,
        _ => return None,
    };
    Some(values.map(|value| value.to_string()).collect())
}

/// The values of an axis by their size.
///
/// # Errors
/// One is no number.
pub fn ascending(points: &[Point]) -> Result<Vec<String>, Message> {
    let number = |point: &Point| {
        let number = point.label.parse::<Decimal>();
        let text = &point.label;
        number
            .map(|number| (number, text.clone()))
            .map_err(|_| Message::new("whatif-largest-no-number").text("value", text))
    };
    let mut values = points.iter().map(number).collect::<Result<Vec<_>, _>>()?;
    values.sort();
    Ok(values.into_iter().map(|(_, text)| text).collect())
}
