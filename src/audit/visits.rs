//! Stays at the places of a selector, as the rules that tables say count them.
//!
//! A stay is an unbroken time at one place, or at one facility where the selector names no section. It is as long as its months
//! with a seat; leave without a seat does not end it if it goes on at the same place afterwards, a free month and
//! time elsewhere do. What is open beside a stay may yet be part of it, so its first and last month are told together
//! with whether they are settled.

use super::presence::{Career, Spot};
use super::training_months::TrainingMonth;
use crate::calendar::Month;
use crate::scenario::{Place, Scenario, SelectorIx};

/// A stay, as far as it is known.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub place: Place,
    pub first: Month,
    pub months: u32,
    /// Place of the first month and of the one after the last in training time.
    pub from: u32,
    pub until: u32,
    /// Nothing open before or after it could be part of it.
    pub is_begun: bool,
    pub is_over: bool,
    /// It has decided months; it begins in one.
    pub is_decided: bool,
    pub begins_decided: bool,
    /// It lasts from history up to the first decided month with a seat, or further.
    pub lasts: bool,
    /// Resignation cuts it off.
    pub is_cut: bool,
    /// Between it and the one before all months are open, so that both may be one stay.
    pub may_go_on: bool,
}

/// What a month is to the stays at the selector's places.
#[derive(Clone, Copy, PartialEq)]
enum Token {
    There(Place),
    Elsewhere,
    Open,
}

/// The stays that the selector means, in order of time. Whether it means one is asked of its first month.
pub(super) fn visits(scenario: &Scenario, career: &Career, selector: SelectorIx) -> Vec<Visit> {
    let by_section = scenario.selector(selector).names_sections();
    let token = |spot: Spot| match spot {
        Spot::At(place) if by_section => {
            let is_told = place.section.is_some() || !scenario.has_sections(place.facility);
            if is_told { Token::There(place) } else { Token::Elsewhere }
        }
        Spot::Within(_) if by_section => Token::Open,
        Spot::At(Place { facility, .. }) | Spot::Within(facility) => {
            Token::There(Place { facility, section: None })
        }
        Spot::Free => Token::Elsewhere,
        Spot::Open => Token::Open,
    };
    visits_by(career, token, |place, month| scenario.selects(selector, place, month))
}

/// The stays in a section.
pub(super) fn visits_in(career: &Career, place: Place) -> Vec<Visit> {
    let token = |spot: Spot| match spot {
        Spot::At(here) if here == place => Token::There(place),
        Spot::At(_) | Spot::Free => Token::Elsewhere,
        Spot::Within(facility) if facility != place.facility => Token::Elsewhere,
        Spot::Within(_) | Spot::Open => Token::Open,
    };
    visits_by(career, token, |_, _| true)
}

fn visits_by(
    career: &Career,
    token: impl Fn(Spot) -> Token,
    is_meant: impl Fn(Place, Month) -> bool,
) -> Vec<Visit> {
    let seats: Vec<(&TrainingMonth, Token)> = career
        .spots()
        .filter(|(month, _)| month.has_seat)
        .map(|(month, spot)| (month, token(spot)))
        .collect();
    let position = |month: &TrainingMonth| career.calendar.position(month).unwrap_or(0);
    let is_decided = |month: &TrainingMonth| career.decided.contains(month.month);
    let boundary = seats.iter().position(|(month, _)| is_decided(month)).unwrap_or(seats.len());
    let mut list: Vec<Visit> = Vec::new();
    // Where the last of them ends among the months.
    let (mut at, mut last_end) = (0, 0);
    for run in seats.chunk_by(|(_, a), (_, b)| a == b) {
        let (start, end) = (at, at + run.len());
        at = end;
        let (Some((first, Token::There(place))), Some((last, _))) = (run.first(), run.last()) else {
            continue;
        };
        if !is_meant(*place, first.month) {
            continue;
        }
        let is_open =
            |at: Option<&(&TrainingMonth, Token)>| at.is_some_and(|(_, token)| *token == Token::Open);
        let before = start.checked_sub(1).and_then(|before| seats.get(before));
        let may_go_on = list.last().is_some_and(|visit: &Visit| visit.place == *place)
            && seats[last_end..start].iter().all(|(_, token)| *token == Token::Open);
        last_end = end;
        list.push(Visit {
            place: *place,
            first: first.month,
            months: run.len() as u32,
            from: position(first),
            until: position(last) + 1,
            is_begun: !is_open(before),
            is_over: !is_open(seats.get(end)),
            is_decided: run.iter().any(|(month, _)| is_decided(month)),
            begins_decided: is_decided(first),
            lasts: end >= boundary,
            is_cut: career.calendar.resigned && end == seats.len(),
            may_go_on,
        });
    }
    list
}
