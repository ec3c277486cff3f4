//! Draws: futures in which the wishes of those who come are not known yet.
//!
//! Everything is drawn from a seed and the number of the draw alone, so the same seed gives the same
//! draws in whatever order and on however many threads they are answered.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::scenario::draws::{Draws, Who};
use crate::scenario::edit::{Edit, Key, Value};
use crate::scenario::{CourseIx, Resident, Role, Scenario};

use super::sweep::Variant;

/// SplitMix64: small, and the same on every machine and in every version.
struct Dice(u64);

impl Dice {
    fn new(seed: u64, draw: usize) -> Self {
        let mut dice = Self(seed);
        let first = dice.next();
        Self(first ^ (draw as u64).wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; the bias of the remainder is below 1/10^12 for bounds met here.
    fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.next() % bound }
    }

    /// Whether something of this probability happens, to the millionth.
    fn happens(&mut self, probability: Decimal) -> bool {
        const PARTS: u64 = 1_000_000;
        let parts = (probability * Decimal::from(PARTS)).floor().to_u64().unwrap_or(0);
        self.below(PARTS) < parts
    }

    /// A position drawn by weight; `None` if all weights are 0.
    fn weighted(&mut self, weights: &[u64]) -> Option<usize> {
        let total: u64 = weights.iter().sum();
        let mut at = self.below(total);
        weights
            .iter()
            .position(|&weight| {
                let here = at < weight;
                at = at.saturating_sub(weight);
                here
            })
            .filter(|_| total > 0)
    }
}

/// One future. `sets` hold in every one of them.
pub fn variant(scenario: &Scenario, draws: &Draws, sets: &[Edit], seed: u64, draw: usize) -> Variant {
    let mut dice = Dice::new(seed, draw);
    let mut changes = sets.to_vec();
    let mut gone: BTreeMap<i32, u32> = BTreeMap::new();
    for resident in &scenario.residents {
        let entering = resident.entry_year >= scenario.first_year;
        // Every resident throws the same dice whatever comes of it: one change in the tables does not
        // shift the fortune of all who follow.
        let leaves = dice.happens(draws.drop_out);
        let mut own = Dice(dice.next());
        if entering && leaves {
            *gone.entry(resident.entry_year).or_default() += 1;
            if !resident.anonymous {
                let key = Key::RemoveResident;
                changes.push(Edit { key, value: Value::Text(resident.id.clone()) });
            }
            continue;
        }
        let unknown = resident.course_wishes.is_empty() && resident.facility_wishes.is_empty();
        let drawn = match draws.who {
            Who::Entering => entering,
            Who::Later => resident.entry_year > scenario.first_year,
            Who::Unknown => entering && unknown,
        };
        if drawn {
            changes.extend(wishes(scenario, draws, resident, &mut own));
        }
    }
    for (year, gone) in gone {
        let left = scenario.intake.get(&year).copied().unwrap_or(0).saturating_sub(gone);
        let key = Key::Program(vec!["intake".to_string(), year.to_string()]);
        changes.push(Edit { key, value: Value::Text(left.to_string()) });
    }
    Variant { labels: vec![(draw + 1).to_string()], changes }
}

fn wishes(scenario: &Scenario, draws: &Draws, resident: &Resident, dice: &mut Dice) -> Vec<Edit> {
    let course_ids = |list: &[usize]| joined(list.iter().map(|&at| scenario.courses[at].id.as_str()));
    let facility_ids = |list: &[usize]| joined(list.iter().map(|&at| scenario.facilities[at].id.as_str()));
    let own = |list: &dyn Fn(&Resident) -> Vec<usize>| -> Vec<Vec<usize>> {
        scenario.residents.iter().map(list).filter(|list| !list.is_empty()).collect()
    };
    let courses = own(&|r| r.course_wishes.iter().map(|wish| wish.0).collect());
    let facilities = own(&|r| r.facility_wishes.iter().map(|wish| wish.0).collect());
    let affiliate = |at: usize| scenario.facilities.get(at).is_some_and(|f| f.role == Role::Affiliate);
    let course_wishes = course_ids(&list(&draws.courses, &courses, dice));
    let facility_wishes: Vec<usize> = list(&draws.facilities, &facilities, dice);
    let facility_wishes: Vec<usize> = facility_wishes.into_iter().filter(|&at| affiliate(at)).collect();
    let facility_wishes = facility_ids(&facility_wishes);
    if resident.anonymous {
        let course = resident.course.map(|CourseIx(at)| course_ids(&[at])).unwrap_or_default();
        let cells = [
            ("id", resident.id.clone()),
            ("entry_year", resident.entry_year.to_string()),
            ("course", course),
            ("course_wishes", course_wishes),
            ("facility_wishes", facility_wishes),
        ];
        let row = cells.map(|(column, cell)| (column.to_string(), cell)).to_vec();
        return vec![Edit { key: Key::Anonymous, value: Value::Row(row) }];
    }
    [("course_wishes", course_wishes), ("facility_wishes", facility_wishes)]
        .into_iter()
        .map(|(column, text)| Edit {
            key: Key::Resident { id: resident.id.clone(), column: column.to_string() },
            value: Value::Text(text),
        })
        .collect()
}

/// A list of wishes: as long as one that a resident wrote, and that very list unless the scenario
/// gives weights, by which different things are then drawn one after another.
fn list(weights: &[(usize, u32)], own: &[Vec<usize>], dice: &mut Dice) -> Vec<usize> {
    let written = own.get(dice.below(own.len() as u64) as usize);
    if weights.is_empty() {
        return written.cloned().unwrap_or_default();
    }
    let mut left: Vec<(usize, u32)> = weights.to_vec();
    let mut drawn = Vec::new();
    for _ in 0..written.map_or(weights.len(), Vec::len) {
        let heights: Vec<u64> = left.iter().map(|(_, weight)| u64::from(*weight)).collect();
        let Some(at) = dice.weighted(&heights) else { break };
        drawn.push(left.remove(at).0);
    }
    drawn
}

fn joined<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    fn draws() -> Draws {
        Draws { who: Who::Entering, drop_out: Decimal::ZERO, courses: Vec::new(), facilities: Vec::new() }
    }

    #[test]
    fn a_draw_depends_on_seed_and_number_only() {
        let scenario = sample::scenario();
        let of = |seed, draw| variant(&scenario, &draws(), &[], seed, draw);
        assert_eq!(of(1, 5), of(1, 5));
        let different = (0..50).filter(|&draw| of(1, draw).changes != of(2, draw).changes).count();
        assert!(different > 10, "{different}");
    }

    #[test]
    fn dice_follow_their_weights() {
        let mut dice = Dice::new(7, 0);
        let mut counts = [0u32; 3];
        for _ in 0..10_000 {
            counts[dice.weighted(&[1, 0, 3]).unwrap()] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!((2300..2700).contains(&counts[0]), "{counts:?}");
        assert_eq!(dice.weighted(&[0, 0]), None);
        let happened = (0..10_000).filter(|_| dice.happens(Decimal::new(5, 2))).count();
        assert!((400..600).contains(&happened), "{happened}");
        assert!(!dice.happens(Decimal::ZERO) && dice.happens(Decimal::ONE));
    }

    #[test]
    fn weights_draw_different_things() {
        let mut dice = Dice::new(3, 1);
        for _ in 0..100 {
            let drawn = list(&[(4, 1), (5, 2), (6, 0)], &[vec![1, 2, 3]], &mut dice);
            let mut sorted = drawn.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [4, 5], "as long as a written list, as far as there are weights");
        }
    }

    #[test]
    fn who_leaves_is_missing_from_the_intake() {
        let scenario = sample::scenario();
        let all = Draws { drop_out: Decimal::ONE, ..draws() };
        let changes = variant(&scenario, &all, &[], 1, 0).changes;
        let intake = Key::Program(vec!["intake".into(), "2019".into()]);
        assert!(changes.contains(&Edit { key: intake, value: Value::Text("0".into()) }), "{changes:?}");
    }
}
