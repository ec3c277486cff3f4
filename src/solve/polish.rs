//! A better plan to start from: residents moved one at a time to what the goals prefer.
//!
//! The first plan a library returns is some corner of all plans. If the time runs out early it is also
//! the last, and a director would see at a glance what is wrong with it. So before any goal is settled,
//! every resident in turn takes the free seats that are best by the goals in their order, until nobody
//! gains. What this finds is an ordinary plan at hand: nothing rests on it, and every goal is still
//! settled by proof.

use super::bound::{CAREERS_UNTIMED, Quantity};
use super::formulation::Formulation;
use super::goals::{quantity_of_places, resident_goal};
use super::integral::{Chosen, present};
use crate::itineraries::{Amount, Effort};
use crate::plan::certificate::ResidentGoal;
use crate::scenario::{CourseIx, Goal};

/// What the first goal may weigh at most: sums over a career stay far within 64 bits.
const HEAVIEST: i64 = 1 << 40;

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
            let better = best(formulation, goals, resident, Some(old), &present, stopped).unwrap_or(old);
            moved |= formulation.cuts.allow(formulation, chosen, resident, better);
            rows(chosen[resident]).for_each(|row| present[row] += 1);
        }
        if !moved || stopped() {
            return;
        }
    }
}

/// The career of a resident that the goals like best, with everyone else (`present`) left in place; that
/// of `now` unless another one is better. `None` if they have none now and no career has seats for them.
pub fn best(
    formulation: &Formulation,
    goals: &[Goal],
    resident: usize,
    now: Option<u32>,
    present: &[i64],
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<u32> {
    let rows = |career: u32| formulation.rows_of_career(resident, career as usize);
    let free = |row: usize| formulation.rows[row].seats().is_none_or(|seats| present[row] < seats);
    let needed = needed(formulation, now.is_some(), present);
    let helps = |career: u32| needed.iter().all(|row| rows(career).any(|met| met == *row));
    // Less of the resident's own value is never worse, whichever measure a goal has.
    let worth = |career: u32, goal: &Goal| match resident_goal(goal.kind) {
        Some(kind) => formulation.value(kind, resident, career as usize),
        None => {
            let quantity = quantity_of_places(goal.kind);
            rows(career).map(|row| added(formulation, row, quantity, present)).sum::<i64>()
        }
    };
    let all = |career: u32| -> Vec<i64> { goals.iter().map(|goal| worth(career, goal)).collect() };
    let mut best = now.map(|career| (all(career), career));
    let careers = &formulation.careers_of[resident];
    let Some(list) = careers.list() else {
        let found = best_drawn(formulation, goals, resident, present, stopped).filter(|&found| helps(found));
        let found = found.filter(|&career| best.as_ref().is_none_or(|(known, _)| all(career) < *known));
        return found.or(now);
    };
    for (number, &career) in list.iter().enumerate() {
        if number.is_multiple_of(CAREERS_UNTIMED) && stopped() {
            break;
        }
        // Most careers fall behind in the first goals, so the others are not even counted.
        let better = best
            .as_ref()
            .is_none_or(|(known, _)| goals.iter().map(|goal| worth(career, goal)).lt(known.iter().copied()));
        if better && rows(career).all(free) && helps(career) {
            best = Some((all(career), career));
        }
    }
    best.map(|(_, career)| career)
}

/// The same among careers that are not listed: the cheapest where a goal weighs more than all that come after it.
fn best_drawn(
    formulation: &Formulation,
    goals: &[Goal],
    resident: usize,
    present: &[i64],
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<u32> {
    let of = &formulation.values[resident];
    let rows_of = &formulation.rows_of[of.set];
    let over_rows = |value: &dyn Fn(usize) -> i64| -> Vec<i64> {
        rows_of.iter().map(|rows| rows.iter().map(|&row| value(row as usize)).sum()).collect()
    };
    let full =
        |row: usize| i64::from(formulation.rows[row].seats().is_some_and(|seats| present[row] >= seats));
    let free: Vec<bool> = over_rows(&full).into_iter().map(|full| full == 0).collect();
    let is_full = |course: CourseIx| {
        formulation.rows_of_course[of.set][course.0].iter().any(|&row| full(row as usize) > 0)
    };
    let careers = formulation.careers_of[resident].keeping_stays(|course| !is_full(course), &free);
    let mut costs = careers.no_costs();
    let mut weight: i64 = 1;
    let mut weighed = Vec::new();
    for (at, goal) in goals.iter().enumerate().rev() {
        // To one resident all measures of a goal are one, and the first is the one that weighs.
        if goals[..at].iter().any(|earlier| earlier.kind == goal.kind) {
            continue;
        }
        let amount = match resident_goal(goal.kind) {
            Some(kind) => of.amount(kind),
            None => {
                let quantity = quantity_of_places(goal.kind);
                let gained = |row: usize| added(formulation, row, quantity, present);
                Some(Amount::of_stays(over_rows(&gained)))
            }
        };
        let places = of.values_of_courses(ResidentGoal::CourseWishes);
        let (least, most) = match &amount {
            Some(amount) => careers.range(amount),
            None => (0, places.iter().copied().max().unwrap_or(0)),
        };
        weighed.push((amount, weight));
        // Where all goals together would weigh too much, the last ones do not count.
        let next = weight.checked_mul(most - least + 1).filter(|weight| *weight <= HEAVIEST);
        weight = match next {
            Some(next) => next,
            None => {
                weighed = weighed.pop().map(|(amount, _)| (amount, 1)).into_iter().collect();
                most - least + 1
            }
        };
    }
    for (amount, weight) in weighed {
        let mut of_courses = |values: &[i64]| {
            costs.per_course.iter_mut().zip(values).for_each(|(cost, value)| *cost += weight * value);
        };
        match amount {
            Some(Amount::Stays(per_stay, per_course)) => {
                of_courses(&per_course);
                costs.per_stay.iter_mut().zip(&*per_stay).for_each(|(cost, value)| *cost += weight * value);
            }
            Some(Amount::Repeats) => costs.per_repeat += weight,
            Some(Amount::Cases(_)) => {}
            None => of_courses(of.values_of_courses(ResidentGoal::CourseWishes)),
        }
    }
    let cheapest = careers.cheapest_with(&costs, 0, &mut Effort::rough(), stopped)?;
    cheapest.first().map(|cheapest| careers.number(&cheapest.pick))
}

/// What one resident more in a row adds to a quantity, most often less than nothing.
fn added(formulation: &Formulation, row: usize, quantity: Quantity, present: &[i64]) -> i64 {
    let (of, present) = (&formulation.rows[row], present[row]);
    of.missed(quantity, present + 1) - of.missed(quantity, present)
}

/// The rows that have to have one more than `present`; of somebody who has no career yet nothing is known.
fn needed(formulation: &Formulation, has_career: bool, present: &[i64]) -> Vec<usize> {
    let lacks = |row: &usize| has_career && present[*row] < formulation.rows[*row].floor();
    (0..present.len()).filter(lacks).collect()
}
