//! Starting from the answer to another scenario that is nearly the same.
//!
//! Three things of an answer are worth carrying over. Its plan, as far as everybody's career is still
//! legal and all have a seat, is a first plan as good as the old one. Its prices prove some bound here
//! too, since any prices do: where the new optimum is the old one they often prove it at once, without
//! any library. And the sites that plans were short of cases at are most often short here as well; to hold
//! them removes no plan (`cuts`). None of it is believed: the plan is counted, the bound computed and the
//! cases that sites offer are counted afresh. So what comes out is as true and as proved as without; only
//! which of several equally good plans is found may differ.

use std::collections::BTreeMap;

use super::bound::{Prices, Quantity, UNIT};
use super::formulation::Formulation;
use super::integral::{Chosen, is_plan};
use super::polish;
use super::rows::{Of, Row};
use crate::calendar::{Month, Span};
use crate::itineraries::{self, Shelf};
use crate::plan::certificate::{Cut, Hold, RowPrice, Step};
use crate::plan::{Answer, Placement};
use crate::scenario::{Goal, ResidentIx, Scenario};

/// An answer and the scenario it is of.
#[derive(Debug, Clone, Copy)]
pub struct Warm<'a> {
    pub scenario: &'a Scenario,
    pub answer: &'a Answer,
    /// Cuts that are likely to bind.
    pub cuts: &'a [Cut],
    /// Careers that may be known already.
    pub careers: Option<&'a Shelf>,
}

/// Prices that proved a step elsewhere, in the rows of this formulation.
#[derive(Debug, Clone)]
pub struct Hint {
    objective: Option<Quantity>,
    /// What was proved there.
    bound: i64,
    prices: Prices,
    holds: Vec<(Quantity, i64)>,
}

impl Hint {
    /// Whether more than nothing was proved about the quantity.
    pub fn bounds(&self, quantity: Quantity) -> bool {
        self.objective == Some(quantity) && self.bound > 0
    }

    /// The prices for a question with these holds, if the hint is about its objective.
    pub fn for_question(&self, objective: Option<Quantity>, holds: &[Hold]) -> Option<Prices> {
        if self.objective != objective {
            return None;
        }
        let price = |hold: &Hold| {
            self.holds.iter().find(|(quantity, _)| *quantity == hold.quantity).map_or(0, |(_, price)| *price)
        };
        Some(Prices { holds: holds.iter().map(price).collect(), ..self.prices.clone() })
    }
}

/// What a career costs at most in a quantity, roughly: prices grow with it.
fn scale(quantity: Option<Quantity>) -> i64 {
    match quantity {
        Some(Quantity::AtLeast(..)) | None => 1,
        Some(_) => 12,
    }
}

/// The prices of the last question of a search.
#[derive(Debug, Clone)]
pub struct Last {
    pub objective: Option<Quantity>,
    pub holds: Vec<Hold>,
    pub prices: Prices,
}

impl Last {
    /// What they are for the next question: larger or smaller as its costs are, and what was the objective
    /// has the price of a hold.
    pub fn for_question(&self, objective: Option<Quantity>, holds: &[Hold]) -> Prices {
        let (to, from) = (scale(objective), scale(self.objective));
        let scaled = |price: i64| i64::try_from(i128::from(price) * i128::from(to) / i128::from(from));
        let scaled = |price: i64| scaled(price).unwrap_or(0);
        let of_hold = |hold: &Hold| {
            if self.objective == Some(hold.quantity) && objective != self.objective {
                return scaled(UNIT);
            }
            let known = self.holds.iter().position(|known| known.quantity == hold.quantity);
            known.and_then(|known| self.prices.holds.get(known)).map_or(0, |price| scaled(*price))
        };
        Prices {
            seats: self.prices.seats.iter().map(|price| scaled(*price)).collect(),
            coverage: self.prices.coverage.iter().map(|price| scaled(*price)).collect(),
            holds: holds.iter().map(of_hold).collect(),
            worst: self.prices.worst.iter().map(|(key, price)| (*key, scaled(*price))).collect(),
        }
    }
}

/// The steps of the old certificate as hints, in its order.
pub fn hints(formulation: &Formulation<'_>, warm: Warm<'_>) -> Vec<Hint> {
    let certificate = &warm.answer.certificate;
    if certificate.unit != UNIT {
        return Vec::new();
    }
    let position = |cut: &Cut| formulation.cuts.position(formulation.scenario, cut);
    let cuts: Vec<Option<usize>> = certificate.cuts.iter().map(position).collect();
    certificate.steps.iter().map(|step| hint(formulation, step, &cuts)).collect()
}

/// `cuts`: where the cuts of the certificate are here.
fn hint(formulation: &Formulation<'_>, step: &Step, cuts: &[Option<usize>]) -> Hint {
    let (seats, coverage) = (by_facility(&step.prices.seats), by_facility(&step.prices.coverage));
    let of_rows = |known: &BTreeMap<Option<&str>, Vec<(Span, i64)>>| {
        let price = |row: &Row| {
            let id = match row.of {
                Of::Program => None,
                Of::Facility(facility) => Some(formulation.scenario.facility(facility).id.as_str()),
                // Prices of these are seldom where they were.
                Of::Section(_) | Of::Staffing(_) | Of::Intake(..) => return 0,
            };
            known.get(&id).map_or(0, |prices| spread_over(prices, row.span))
        };
        formulation.rows.iter().map(price).collect()
    };
    let here = |quantity: Quantity| match quantity {
        Quantity::Cases(cut) => cuts.get(cut).copied().flatten().map(Quantity::Cases),
        other => Some(other),
    };
    let holds = step.holds.iter().zip(&step.prices.holds);
    let holds = holds.filter_map(|(hold, &price)| Some((here(hold.quantity)?, price)));
    Hint {
        objective: step.quantity,
        bound: step.bound,
        prices: Prices {
            seats: of_rows(&seats),
            coverage: of_rows(&coverage),
            holds: Vec::new(),
            worst: BTreeMap::new(),
        },
        holds: holds.collect(),
    }
}

fn by_facility(prices: &[RowPrice]) -> BTreeMap<Option<&str>, Vec<(Span, i64)>> {
    let mut by_facility: BTreeMap<Option<&str>, Vec<(Span, i64)>> = BTreeMap::new();
    for RowPrice(facility, start, months, price) in prices {
        let Some(start) = Month::parse(start) else { continue };
        by_facility.entry(facility.as_deref()).or_default().push((Span::new(start, *months), *price));
    }
    by_facility
}

/// What known prices make of a row: each by the share of its months that the row has.
fn spread_over(prices: &[(Span, i64)], row: Span) -> i64 {
    let share = |&(span, price): &(Span, i64)| {
        let common = span.intersection(row).months;
        i128::from(price) * i128::from(common) / i128::from(span.months.max(1))
    };
    i64::try_from(prices.iter().map(share).sum::<i128>()).unwrap_or(0)
}

/// The old plan as careers of this formulation. Who has no career like the old one, and whoever is one
/// too many for the seats there are now, takes the free seats that the goals like best. `None` if
/// somebody finds none, or if together they have too few cases.
pub fn plan(
    formulation: &Formulation<'_>,
    warm: Warm<'_>,
    goals: &[Goal],
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Chosen> {
    let plan = warm.answer.plan.as_ref()?;
    let scenario = formulation.scenario;
    let old: BTreeMap<&str, ResidentIx> =
        warm.scenario.resident_ixs().map(|ix| (warm.scenario.resident(ix).id.as_str(), ix)).collect();
    let mut rows_of: Vec<Vec<&Placement>> = vec![Vec::new(); warm.scenario.residents.len()];
    plan.rows.iter().for_each(|row| rows_of[row.resident.0].push(row));
    let mut present = vec![0; formulation.rows.len()];
    let mut chosen: Vec<Option<u32>> = Vec::with_capacity(scenario.residents.len());
    for ix in scenario.resident_ixs() {
        let known = old.get(scenario.resident(ix).id.as_str());
        let career = known.and_then(|old| same_career(formulation, ix, warm.scenario, &mut rows_of[old.0]));
        let career = career.filter(|&career| has_seats(formulation, ix, career, &present));
        career.iter().for_each(|&career| take(formulation, ix, career, &mut present));
        chosen.push(career);
    }
    for (ix, career) in scenario.resident_ixs().zip(&mut chosen) {
        if career.is_none() {
            let best = polish::best(formulation, goals, ix.0, None, &present, stopped)?;
            take(formulation, ix, best, &mut present);
            *career = Some(best);
        }
    }
    let chosen: Option<Chosen> = chosen.into_iter().collect();
    chosen.filter(|chosen| {
        // Only looked at: a cut that were found here would not be held, and not be found again.
        is_plan(formulation, &[], chosen) && formulation.cuts.is_sufficient(formulation, chosen)
    })
}

fn has_seats(formulation: &Formulation<'_>, resident: ResidentIx, career: u32, present: &[i64]) -> bool {
    let free = |row: usize| formulation.rows[row].seats().is_none_or(|seats| present[row] < seats);
    formulation.rows_of_career(resident.0, career as usize).all(free)
}

fn take(formulation: &Formulation<'_>, resident: ResidentIx, career: u32, present: &mut [i64]) {
    formulation.rows_of_career(resident.0, career as usize).for_each(|row| present[row] += 1);
}

/// The career with the course and the stays that the old plan has.
fn same_career(
    formulation: &Formulation<'_>,
    resident: ResidentIx,
    before: &Scenario,
    rows: &mut [&Placement],
) -> Option<u32> {
    let scenario = formulation.scenario;
    rows.sort_by_key(|row| row.span);
    let id = |row: &Placement| before.facility(row.facility).id.as_str();
    let part = |row: &Placement| row.section.map(|section| before.section(section).id.as_str());
    let mut stays: Vec<(&str, Option<&str>, Span)> = Vec::new();
    for row in rows.iter() {
        match stays.last_mut() {
            Some((facility, section, span))
                if (*facility, *section) == (id(row), part(row)) && span.end() == row.span.start =>
            {
                span.months += row.span.months;
            }
            _ => stays.push((id(row), part(row), row.span)),
        }
    }
    let course = rows.iter().find_map(|row| row.course).map(|course| before.course(course).id.as_str());
    let same = |step: &itineraries::Step| {
        let here = step.facility().map(|facility| scenario.facility(facility).id.as_str());
        let section = step.place.and_then(|place| place.section).map(|at| scenario.section(at).id.as_str());
        stays.iter().any(|&(facility, part, span)| {
            here == Some(facility) && section == part && span.intersection(step.span) == step.span
        }) || (here.is_none() && stays.iter().all(|(_, _, span)| span.intersection(step.span).is_empty()))
    };
    // Where such a stay can be one of several, whichever fits to what was before.
    let careers = formulation.careers_of[resident.0]
        .keeping(|of| course.is_none_or(|course| scenario.course(of).id == course), |step| same(&step));
    let found = careers.nearest(&careers.no_costs(), 0, 1, &|| false);
    found.picks.first().map(|(_, pick)| careers.number(pick))
}
