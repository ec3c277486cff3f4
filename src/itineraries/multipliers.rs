//! Prices for going to a place that may be visited once: they make what a diagram forgets dear.
//!
//! With a price λ ≥ 0 for each visit of a class, less λ for the one that is allowed, no career costs more than it
//! does (*Lagrangean relaxation*); so the least over all paths of a diagram stays a bound for its careers, and it is
//! best where the cheapest path goes nowhere twice. The prices are moved along what the cheapest path visits too often or not at
//! all (*subgradient*), so far as the distance between the bound and a career that is known says (Polyak). The next search
//! starts from those of the one before: costs change little in between.

use super::career_set::CareerSet;
use super::diagram::{Diagram, END};
use super::once::Marks;

/// A price per class of places that may be visited once.
pub type Multipliers = Vec<i64>;

/// Per stay the cost and the prices of its marks.
pub fn priced(set: &CareerSet, per_stay: &[i64], multipliers: &[i64]) -> Vec<i64> {
    if set.marks.is_empty() {
        return per_stay.to_vec();
    }
    let with = |(cost, marks): (&i64, &Marks)| cost + sum(multipliers, marks.once);
    per_stay.iter().zip(&set.marks).map(with).collect()
}

/// The prices of some classes.
pub fn sum(multipliers: &[i64], classes: u64) -> i64 {
    let (mut left, mut sum) = (classes, 0);
    while left != 0 {
        sum += multipliers.get(left.trailing_zeros() as usize).copied().unwrap_or(0);
        left &= left - 1;
    }
    sum
}

/// Per node the classes that can still be visited, and those that can still be visited or asked for.
pub fn reach(set: &CareerSet, diagram: &Diagram) -> (Vec<u64>, Vec<u64>) {
    let mut reach: Vec<u64> = Vec::with_capacity(diagram.nodes());
    let mut matters: Vec<u64> = Vec::with_capacity(diagram.nodes());
    for node in 0..diagram.nodes() as u32 {
        let (mut visited, mut asked) = (0, 0);
        for leg in diagram.legs(node) {
            let Marks { once, needs } = set.marks[leg.stay as usize];
            visited |= once | reach[leg.to as usize];
            asked |= needs | matters[leg.to as usize];
        }
        reach.push(visited);
        matters.push(visited | asked);
    }
    (reach, matters)
}

/// How often the cheapest path from a node visits each class.
pub fn visits(set: &CareerSet, diagram: &Diagram, per_stay: &[i64], least: &[i64], from: u32) -> Vec<i64> {
    let mut visits = vec![0; u64::BITS as usize];
    let mut node = from;
    while node != END {
        let legs = diagram.legs(node).iter();
        let cheapest = legs.min_by_key(|leg| per_stay[leg.stay as usize] + least[leg.to as usize]);
        let Some(leg) = cheapest else { break };
        let mut left = set.marks[leg.stay as usize].once;
        while left != 0 {
            visits[left.trailing_zeros() as usize] += 1;
            left &= left - 1;
        }
        node = leg.to;
    }
    visits
}

/// Moves prices along `visits`, so far that the bound could close the distance; `false` if there is nowhere to move.
pub fn moved(multipliers: &mut Multipliers, visits: &[i64], reach: u64, distance: i64) -> bool {
    let direction = |(class, &visits): (usize, &i64)| {
        let is_priced = multipliers[class] > 0;
        if reach >> class & 1 == 1 && (visits > 1 || is_priced) { visits - 1 } else { 0 }
    };
    let directions: Vec<i64> = visits.iter().enumerate().map(direction).collect();
    let norm: i64 = directions.iter().map(|of| of * of).sum();
    if norm == 0 {
        return false;
    }
    for (price, direction) in multipliers.iter_mut().zip(&directions) {
        let step = i128::from(distance) * i128::from(*direction) / i128::from(norm);
        *price = price.saturating_add(i64::try_from(step).unwrap_or(0)).max(0);
    }
    true
}
