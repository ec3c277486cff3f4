//! The values among which the largest or smallest is looked for: those of `--vary`, else those that the bounds of
//! the catalogues leave. They do not depend on what a key is set to now.
//!
//! Cases and caps have bounds too wide to look at every value. More of them is only ever easier, or only
//! ever harder, so of those round values are looked at first, and then, step by step, what lies between the
//! last that holds and the first that does not.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use crate::language::Message;
use crate::regulation::{self, INTAKE_CAP, RULES};
use crate::scenario::edit::Key;
use crate::scenario::{Scenario, bounds};
use crate::tables::catalogue::{CASES, Column, FACILITIES, Kind, SECTIONS, table_of_file};
use crate::whatif::sweep::Point;

/// Values that are looked at one by one; of more, round ones are.
const ALL_MAX: u32 = 10_000;

/// Values put between two others at once.
const BETWEEN_MAX: u32 = 20;

/// Values to look among, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    pub values: Vec<String>,
    /// Whether there are whole numbers between them that count as well.
    pub has_gaps: bool,
}

/// All values a key can have that make a difference; `None` where that is for the user to say.
pub fn of(scenario: &Scenario, key: &Key) -> Option<Domain> {
    let residents = u32::try_from(scenario.residents.len()).unwrap_or(u32::MAX);
    let volume = || whole(&(0..=bounds::VOLUME_MAX));
    match key {
        Key::Program(path) => match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["intake", _] => Some(whole(&bounds::INTAKE)),
            ["rules", key] => of_parameter(&RULES.iter().find(|rule| rule.key == key)?.kind),
            ["rules", _, key] => match INTAKE_CAP.iter().find(|rule| rule.key == key) {
                Some(rule) => of_parameter(&rule.kind),
                None => Some(volume()),
            },
            ["printed_totals", _] => Some(volume()),
            _ => None,
        },
        Key::Facility { column, .. } => match FACILITIES.column(column) {
            // Nobody is left for more.
            Some(column) => match up_to(column, residents) {
                Some(bounds) => Some(whole(&bounds)),
                None => of_column(column),
            },
            None => Some(volume()),
        },
        Key::Section { column, .. } => Some(whole(&up_to(SECTIONS.column(column)?, residents)?)),
        Key::Rule { file, column, .. } => {
            let column = table_of_file(file)?.column(column)?;
            up_to(column, residents.max(*bounds::TRAINING_MONTHS.end())).map(|bounds| whole(&bounds))
        }
        Key::Case { field, .. } => of_column(CASES.column(field)?),
        _ => None,
    }
}

fn of_parameter(kind: &regulation::Kind) -> Option<Domain> {
    match kind {
        regulation::Kind::Whole(bounds) => Some(whole(bounds)),
        regulation::Kind::Divisor(max) => Some(whole(&(1..=*max))),
        _ => None,
    }
}

/// The whole numbers a column may hold, up to one beyond which nothing changes.
fn up_to(column: &Column, most: u32) -> Option<RangeInclusive<u32>> {
    match &column.kind {
        Kind::Whole(bounds) => Some(*bounds.start()..=most.min(*bounds.end())),
        _ => None,
    }
}

fn of_column(column: &Column) -> Option<Domain> {
    match &column.kind {
        Kind::Whole(bounds) => Some(whole(bounds)),
        // A part of a whole: in hundredths.
        Kind::Decimal(1) => {
            let hundredths = (0..=100).map(|part| Decimal::new(part, 2).normalize().to_string());
            Some(Domain { values: hundredths.collect(), has_gaps: false })
        }
        Kind::Decimal(max) => Some(whole(&(0..=*max))),
        _ => None,
    }
}

/// All whole numbers of a range, or round ones and its ends.
fn whole(bounds: &RangeInclusive<u32>) -> Domain {
    let (first, last) = (*bounds.start(), *bounds.end());
    let has_gaps = last.saturating_sub(first) > ALL_MAX;
    let values: Vec<u32> = match has_gaps {
        false => bounds.clone().collect(),
        true => {
            let powers = std::iter::successors(Some(1u32), |power| power.checked_mul(10));
            let round = powers.flat_map(|power| (1..10).filter_map(move |digit| power.checked_mul(digit)));
            let within = round.filter(|number| (first + 1..last).contains(number));
            [first].into_iter().chain(within).chain([last]).collect()
        }
    };
    Domain { values: values.iter().map(u32::to_string).collect(), has_gaps }
}

/// Whole numbers between two others, evenly spread; none where there are none.
pub fn between(one: &str, other: &str) -> Vec<String> {
    let (Ok(one), Ok(other)) = (one.parse::<u32>(), other.parse::<u32>()) else { return Vec::new() };
    let (low, high) = (one.min(other), one.max(other));
    let step = ((high - low) / (BETWEEN_MAX + 1)).max(1);
    (low..high).step_by(step as usize).skip(1).map(|number| number.to_string()).collect()
}

/// The values of an axis by their size.
///
/// # Errors
/// One is no number.
pub fn ascending(points: &[Point]) -> Result<Domain, Message> {
    let number = |point: &Point| {
        let number = point.label.parse::<Decimal>();
        let text = &point.label;
        number
            .map(|number| (number, text.clone()))
            .map_err(|_| Message::new("whatif-largest-no-number").text("value", text))
    };
    let mut values = points.iter().map(number).collect::<Result<Vec<_>, _>>()?;
    values.sort();
    Ok(Domain { values: values.into_iter().map(|(_, text)| text).collect(), has_gaps: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_range_begins_with_round_values_and_is_halved_to_the_last_number() {
        assert_eq!(whole(&(1..=4)).values, ["1", "2", "3", "4"]);
        let wide = whole(&(0..=bounds::VOLUME_MAX));
        assert!(wide.has_gaps && wide.values.len() < 100, "{wide:?}");
        assert_eq!(wide.values[..3], ["0", "1", "2"]);
        assert_eq!(wide.values.last().map(String::as_str), Some("1000000000"));
        // Whatever is looked for is found in a few rounds.
        let (mut low, mut high, sought) = (600_000_000u32, 700_000_000u32, 612_345_678u32);
        let mut rounds = 0;
        while high - low > 1 {
            let between: Vec<u32> = between(&low.to_string(), &high.to_string())
                .iter()
                .map(|text| text.parse().unwrap())
                .collect();
            assert!(
                between.len() <= 2 * BETWEEN_MAX as usize
                    && between.iter().all(|n| (low + 1..high).contains(n))
            );
            low = between.iter().copied().filter(|n| *n <= sought).max().unwrap_or(low);
            high = between.iter().copied().filter(|n| *n > sought).min().unwrap_or(high);
            rounds += 1;
        }
        assert_eq!((low, rounds < 10), (sought, true));
        assert!(
            between("5", "6").is_empty() && between("6", "5").is_empty() && between("0.5", "2").is_empty()
        );
    }
}
