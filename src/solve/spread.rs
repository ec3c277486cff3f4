//! The choice among equally good plans: spread residents over facilities.
//!
//! When no goal prefers one plan to another a library returns some corner of them, and twelve
//! residents without wishes end up at one hospital. No director means that. One resident at a time
//! is moved to a career that is worth exactly the same in every goal and lowers the sum of squared
//! residents present over all months, until nobody can be. No goal's value changes, so every proof
//! stays true, and what the proofs excluded need not be looked at again.

use std::borrow::Cow;

use super::bound::{Alive, Quantity, ResidentGoal};
use super::formulation::Formulation;
use super::integral::{Chosen, present};
use crate::itineraries::{Careers, Charge, Effort, FORBIDDEN, Term};

const GOALS: [ResidentGoal; ResidentGoal::ALL.len()] = ResidentGoal::ALL;

/// Rounds over all residents; each lowers the sum, a handful suffices.
const ROUNDS_MAX: usize = 10;

/// Spreads a plan in place; when time is up, as far as it came. `alive` are the careers of plans that are as good.
pub fn spread(
    formulation: &Formulation,
    alive: &Alive,
    chosen: &mut Chosen,
    stopped: &(dyn Fn() -> bool + Sync),
) {
    let mut present = present(formulation, chosen);
    for round in 0..ROUNDS_MAX {
        let mut moved = false;
        for (resident, careers) in alive.iter().enumerate() {
            if stopped() {
                return;
            }
            // Drawn careers are asked by price, which takes as long as all of a listed resident's rounds.
            if round > 0 && careers.list().is_none() {
                continue;
            }
            moved |= move_one(formulation, careers, chosen, resident, &mut present, stopped);
        }
        if !moved {
            return;
        }
    }
}

/// Moves a resident to the best of the equally good careers; whether that is another one.
fn move_one(
    formulation: &Formulation,
    careers: &Careers,
    chosen: &mut Chosen,
    resident: usize,
    present: &mut [i64],
    stopped: &(dyn Fn() -> bool + Sync),
) -> bool {
    let old = chosen[resident] as usize;
    let set = formulation.set(resident);
    let rows = |career: usize| formulation.rows_of_career(resident, career);
    let worth = |career: usize| GOALS.map(|goal| formulation.value(goal, resident, career));
    let (course, worth_now) = (set.course(old), worth(old));
    rows(old).for_each(|row| present[row] -= 1);
    let lacks = |row: &usize| present[*row] < formulation.rows[*row].floor();
    let needed: Vec<usize> = rows(old).filter(lacks).collect();
    let mut best = (cost(formulation, present, rows(old)), old);
    let now = best.0;
    let candidates = candidates(formulation, careers, resident, old, present, stopped);
    for career in candidates.iter().map(|&career| career as usize) {
        if set.course(career) != course || worth(career) != worth_now {
            continue;
        }
        let fits =
            rows(career).all(|row| formulation.rows[row].seats().is_none_or(|seats| present[row] < seats));
        let helps = needed.iter().all(|needed| rows(career).any(|row| row == *needed));
        if fits && helps {
            let offer = cost(formulation, present, rows(career));
            // Missing residents come first: they are a goal's value and may not grow.
            if (offer.coverage, offer.staffing) == (now.coverage, now.staffing)
                && offer.crowding < best.0.crowding
            {
                best = (offer, career);
            }
        }
    }
    let moved = formulation.cuts.allow(formulation, chosen, resident, best.1 as u32);
    rows(chosen[resident] as usize).for_each(|row| present[row] += 1);
    moved
}

/// Careers worth looking at: all that are listed, else the least crowded that is worth no more.
fn candidates<'c>(
    formulation: &Formulation,
    careers: &'c Careers,
    resident: usize,
    old: usize,
    present: &[i64],
    stopped: &(dyn Fn() -> bool + Sync),
) -> Cow<'c, [u32]> {
    if let Some(list) = careers.list() {
        return Cow::Borrowed(list);
    }
    let of = &formulation.values[resident];
    let (set, rows_of) = (formulation.set(resident), &formulation.rows_of[of.set]);
    let course = set.course(old);
    let mut costs = careers.no_costs();
    for (cost, rows) in costs.per_stay.iter_mut().zip(rows_of) {
        let own = cost_of(formulation, present, rows);
        let is_full = |&row: &u32| {
            formulation.rows[row as usize].seats().is_some_and(|seats| present[row as usize] >= seats)
        };
        // Missing residents count for more than any crowd.
        *cost = match rows.iter().any(is_full) {
            true => OUT,
            false => (own.coverage + own.staffing) * MISSING + own.crowding,
        };
    }
    for (of_course, cost) in costs.per_course.iter_mut().enumerate() {
        *cost = if of_course == course.0 { 0 } else { FORBIDDEN };
    }
    costs.terms.extend(GOALS.iter().filter_map(|&goal| {
        let level = formulation.value(goal, resident, old) + 1;
        Some(Term { amount: of.amount(goal)?, charge: Charge::AtLeast { level, price: None } })
    }));
    let cheapest = careers.cheapest_with(&costs, 0, &mut Effort::rough(), stopped).unwrap_or_default();
    let numbers = cheapest.iter().map(|of| careers.number(&of.pick));
    numbers.filter(|&number| costs.of_number(set, number) < OUT).collect()
}

/// A missing resident-month against resident-months of crowding.
const MISSING: i64 = 1 << 30;

/// What a stay costs that has no seat left.
const OUT: i64 = 1 << 50;

fn cost_of(formulation: &Formulation, present: &[i64], rows: &[u32]) -> Cost {
    cost(formulation, present, rows.iter().map(|&row| row as usize))
}

/// What joining some rows costs.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cost {
    /// Resident-months that these goals count more; less than nothing where some are avoided.
    coverage: i64,
    staffing: i64,
    /// Growth of the sum of squares, halved and less a constant.
    crowding: i64,
}

fn cost(formulation: &Formulation, present: &[i64], rows: impl Iterator<Item = usize>) -> Cost {
    let mut cost = Cost { coverage: 0, staffing: 0, crowding: 0 };
    for at in rows {
        let row = &formulation.rows[at];
        let months = i64::from(row.span.months);
        if row.of.is_place() {
            cost.crowding += if row.at_work { 0 } else { months * present[at] };
        }
        let added = |quantity| row.missed(quantity, present[at] + 1) - row.missed(quantity, present[at]);
        cost.coverage += added(Quantity::Coverage);
        cost.staffing += added(Quantity::Staffing);
    }
    cost
}
