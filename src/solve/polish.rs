//! A better plan to start from: residents moved one at a time to what the goals prefer.
//!
//! The first plan a library returns is some corner of all plans. If the time runs out early it is also
//! the last, and a director would see at a glance what is wrong with it. So before any goal is settled,
//! every resident in turn takes the free seats that are best by the goals in their order, until nobody
//! gains. What this finds is an ordinary plan at hand: nothing rests on it, and every goal is still
//! settled by proof.

use std::borrow::Cow;

use super::bound::{CAREERS_UNTIMED, Quantity};
use super::formulation::Formulation;
use super::goals::{quantity_of_places, resident_goal};
use super::integral::{Chosen, present};
use super::rows::Row;
use crate::itineraries::{Amount, Career, CareerSet, Effort};
use crate::plan::certificate::ResidentGoal;
use crate::scenario::Goal;

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
    // Residents in a row who had nothing to gain: once it is everybody, nobody has.
    let mut content = 0;
    let residents = chosen.len();
    for resident in (0..ROUNDS_MAX).flat_map(|_| 0..residents) {
        if content == residents || stopped() {
            return;
        }
        let rows = |career: u32| formulation.rows_of_career(resident, career as usize);
        let old = chosen[resident];
        rows(old).for_each(|row| present[row] -= 1);
        let better = best(formulation, goals, resident, Some(old), &present, stopped).unwrap_or(old);
        let moved = formulation.cuts.allow(formulation, chosen, resident, better);
        content = if moved { 0 } else { content + 1 };
        rows(chosen[resident]).for_each(|row| present[row] += 1);
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
    let needed = needed(formulation, now.is_some(), present);
    let helps = |career: u32| needed.iter().all(|row| rows(career).any(|met| met == *row));
    let worths = Worths::of(formulation, goals, resident, present);
    let mut best = now.map(|career| (worths.all(career), career));
    let careers = &formulation.careers_of[resident];
    let Some(list) = careers.list() else {
        let found = best_drawn(formulation, goals, resident, present, stopped).filter(|&found| helps(found));
        let found =
            found.filter(|&career| best.as_ref().is_none_or(|(known, _)| worths.all(career) < *known));
        return found.or(now);
    };
    let free = Free::of(formulation, resident, present);
    for (number, &career) in list.iter().enumerate() {
        if number.is_multiple_of(CAREERS_UNTIMED) && stopped() {
            break;
        }
        // Most careers fall behind in the first goals, so the others are not even counted.
        let better = best.as_ref().is_none_or(|(known, _)| worths.each(career).lt(known.iter().copied()));
        if better && free.has_seats(career) && helps(career) {
            best = Some((worths.all(career), career));
        }
    }
    best.map(|(_, career)| career)
}

/// What careers are worth to a resident, goal by goal, with everyone else left in place. Less of the resident's own
/// value is never worse, whichever measure a goal has.
struct Worths<'a> {
    set: &'a CareerSet,
    of_goals: Vec<Worth<'a>>,
}

enum Worth<'a> {
    /// Per stay and per course of the scenario, nothing to most of them.
    Sum(Cow<'a, [i64]>, &'a [i64]),
    Repeats,
}

impl<'a> Worths<'a> {
    fn of(formulation: &'a Formulation, goals: &[Goal], resident: usize, present: &[i64]) -> Self {
        let of = &formulation.values[resident];
        let worth = |goal: &Goal| match resident_goal(goal.kind) {
            Some(ResidentGoal::Repeats) => Worth::Repeats,
            Some(kind) => Worth::Sum(Cow::Borrowed(of.values_of_stays(kind)), of.values_of_courses(kind)),
            None => {
                let quantity = quantity_of_places(goal.kind);
                let rows = (0..present.len()).map(|row| added(formulation, row, quantity, present));
                let of_rows: Vec<i64> = rows.collect();
                let is_nothing = of_rows.iter().all(|added| *added == 0);
                let of_stay = |rows: &Vec<u32>| rows.iter().map(|&row| of_rows[row as usize]).sum();
                let stays = formulation.rows_of[of.set].iter().filter(|_| !is_nothing);
                Worth::Sum(stays.map(of_stay).collect(), &[])
            }
        };
        Self { set: formulation.set(resident), of_goals: goals.iter().map(worth).collect() }
    }

    fn each(&self, career: u32) -> impl Iterator<Item = i64> + '_ {
        let Career { course, stays } = self.set.career(career as usize);
        self.of_goals.iter().map(move |worth| match worth {
            Worth::Sum(per_stay, per_course) => {
                let over_stays = match per_stay.is_empty() {
                    true => 0,
                    false => stays.iter().map(|&stay| per_stay[stay as usize]).sum(),
                };
                over_stays + per_course.get(course.0).copied().unwrap_or(0)
            }
            Worth::Repeats => self.set.repeats(career as usize),
        })
    }

    fn all(&self, career: u32) -> Vec<i64> {
        self.each(career).collect()
    }
}

/// Where a resident finds seats, with everyone else left in place.
struct Free<'a> {
    set: &'a CareerSet,
    /// Per stay, and per course of the scenario.
    stays: Vec<bool>,
    courses: Vec<bool>,
}

impl<'a> Free<'a> {
    fn of(formulation: &'a Formulation, resident: usize, present: &[i64]) -> Self {
        let set = formulation.values[resident].set;
        let has_room = |(row, now): (&Row, &i64)| row.seats().is_none_or(|seats| *now < seats);
        let rows: Vec<bool> = formulation.rows.iter().zip(present).map(has_room).collect();
        let have_room = |of: &Vec<u32>| of.iter().all(|&row| rows[row as usize]);
        Self {
            set: &formulation.sets[set],
            stays: formulation.rows_of[set].iter().map(have_room).collect(),
            courses: formulation.rows_of_course[set].iter().map(have_room).collect(),
        }
    }

    fn has_seats(&self, career: u32) -> bool {
        let Career { course, stays } = self.set.career(career as usize);
        self.courses[course.0] && stays.iter().all(|&stay| self.stays[stay as usize])
    }
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
    let free = Free::of(formulation, resident, present);
    let careers =
        formulation.careers_of[resident].keeping_stays(|course| free.courses[course.0], &free.stays);
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
    if of.min == 0 && of.excess.is_none() {
        return 0;
    }
    of.missed(quantity, present + 1) - of.missed(quantity, present)
}

/// The rows that have to have one more than `present`; of somebody who has no career yet nothing is known.
fn needed(formulation: &Formulation, has_career: bool, present: &[i64]) -> Vec<usize> {
    let lacks = |row: &usize| has_career && present[*row] < formulation.rows[*row].floor();
    (0..present.len()).filter(lacks).collect()
}
