//! A better plan to start from: residents moved one at a time to what the goals prefer.
//!
//! The first plan a library returns is some corner of all plans. If the time runs out early it is also
//! the last, and a director would see at a glance what is wrong with it. So before any goal is settled,
//! every resident in turn takes the free seats that are best by the goals in their order, until nobody
//! gains. What this finds is an ordinary plan at hand: nothing rests on it, and every goal is still
//! settled by proof.

use super::bound::CAREERS_UNTIMED;
use super::formulation::Formulation;
use super::goals::resident_goal;
use super::integral::{Chosen, present};
use crate::scenario::Goal;

/// Rounds over all residents; most gain in the first.
const ROUNDS_MAX: usize = 5;

/// Improves a plan in place; when time is up, as far as it came.
pub fn polish(
    formulation: &Formulation,
    goals: &[Goal],
    chosen: &mut Chosen,
    stopped: &(dyn Fn() -> bool + Sync),
) {
    let mut present = present(formulation, chosen);
    for _ in 0..ROUNDS_MAX {
        let mut moved = false;
        for resident in 0..chosen.len() {
            let rows = |career: u32| formulation.rows_of_career(resident, career as usize);
            let old = chosen[resident];
            rows(old).for_each(|row| present[row] -= 1);
            let better = best(formulation, goals, resident, old, &present, stopped);
            moved |= formulation.cuts.allow(formulation, chosen, resident, better);
            rows(chosen[resident]).for_each(|row| present[row] += 1);
        }
        if !moved || stopped() {
            return;
        }
    }
}

/// The career of a resident that the goals like best, with everyone else (`present`) left in place.
fn best(
    formulation: &Formulation,
    goals: &[Goal],
    resident: usize,
    now: u32,
    present: &[i64],
    stopped: &(dyn Fn() -> bool + Sync),
) -> u32 {
    let rows = |career: u32| formulation.rows_of_career(resident, career as usize);
    let free = |row: usize| formulation.rows[row].capacity.is_none_or(|capacity| present[row] < capacity);
    // Less of the resident's own value is never worse, whichever measure a goal has.
    let worth = |career: u32| -> Vec<i64> {
        let of = |goal: &Goal| match resident_goal(goal.kind) {
            Some(kind) => formulation.value(kind, resident, career as usize),
            None => -rows(career).map(|row| missing(formulation, row, present)).sum::<i64>(),
        };
        goals.iter().map(of).collect()
    };
    let mut best = (worth(now), now);
    for (number, &career) in formulation.careers_of[resident].iter().enumerate() {
        if number.is_multiple_of(CAREERS_UNTIMED) && stopped() {
            break;
        }
        if rows(career).all(free) {
            let worth = worth(career);
            if worth < best.0 {
                best = (worth, career);
            }
        }
    }
    best.1
}

/// Resident-months that `coverage` misses less when one more resident is in the row.
fn missing(formulation: &Formulation, row: usize, present: &[i64]) -> i64 {
    let months = i64::from(formulation.rows[row].span.months);
    if present[row] < formulation.rows[row].min { months } else { 0 }
}
