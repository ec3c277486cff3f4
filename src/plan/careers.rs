//! Who is where, resident by resident and year by year: the form all tables of a plan start from.
//!
//! A plan is rows in any order, cut anywhere. Here rows of one resident that continue each other at
//! the same place are joined to stays, history is put in front, and stays are cut again where
//! academic years meet, so that every output shows the same pieces.

use std::collections::BTreeMap;

use crate::calendar::Span;
use crate::plan::{Placement, Plan};
use crate::scenario::{CourseIx, FacilityIx, LeaveKind, Place, ResidentIx, Scenario, SectionIx};

/// The part of a stay that lies in one academic year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub facility: FacilityIx,
    /// Where the facility has sections; none where the past does not say in which.
    pub section: Option<SectionIx>,
    /// The course the plan's row names; none in history.
    pub course: Option<CourseIx>,
    pub span: Span,
    /// Decided by the plan; else history.
    pub decided: bool,
}

impl Piece {
    pub fn place(&self) -> Place {
        Place { facility: self.facility, section: self.section }
    }
}

/// One resident's whole training, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Career {
    pub resident: ResidentIx,
    /// The course of the plan, else the one the scenario fixes.
    pub course: Option<CourseIx>,
    /// Per academic year the pieces in order of time; only years in which there are any.
    pub years: BTreeMap<i32, Vec<Piece>>,
    /// Leave without a seat, cut at academic years, in order of time.
    pub away: Vec<Away>,
    /// Leave at a facility (part-time, and what counts and keeps its seat), cut likewise.
    pub on_leave: Vec<Away>,
}

/// Months of leave, within one academic year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away {
    pub kind: LeaveKind,
    pub span: Span,
}

/// What a resident does in some months of one academic year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    At(Piece),
    Away(Away),
}

/// The careers of all residents, in the scenario's order.
pub fn careers(scenario: &Scenario, plan: &Plan) -> Vec<Career> {
    let mut rows: BTreeMap<ResidentIx, Vec<&Placement>> = BTreeMap::new();
    for row in &plan.rows {
        rows.entry(row.resident).or_default().push(row);
    }
    let none = Vec::new();
    scenario
        .resident_ixs()
        .map(|resident| {
            let career = career(scenario, resident, rows.get(&resident).unwrap_or(&none));
            Career { course: career.course.or_else(|| plan.course_of(resident)), ..career }
        })
        .collect()
}

fn career(scenario: &Scenario, resident: ResidentIx, rows: &[&Placement]) -> Career {
    let history = scenario.resident(resident).history.iter().map(|stay| Piece {
        facility: stay.facility,
        section: stay.section,
        course: None,
        span: stay.span,
        decided: false,
    });
    let decided = rows.iter().map(|row| Piece {
        facility: row.facility,
        section: row.section,
        course: row.course,
        span: row.span,
        decided: true,
    });
    let mut years: BTreeMap<i32, Vec<Piece>> = BTreeMap::new();
    for stay in joined(history.chain(decided).collect()) {
        for (year, span) in scenario.calendar.split(stay.span) {
            years.entry(year).or_default().push(Piece { span, ..stay });
        }
    }
    let course = rows.iter().find_map(|row| row.course).or(scenario.resident(resident).course);
    let (on_leave, away) = leaves(scenario, resident);
    Career { resident, course, years, away, on_leave }
}

/// Leave with a seat, and leave without one.
fn leaves(scenario: &Scenario, resident: ResidentIx) -> (Vec<Away>, Vec<Away>) {
    let (mut on_leave, mut away): (Vec<Away>, Vec<Away>) = (Vec::new(), Vec::new());
    for (month, this) in scenario.service(resident).iter() {
        let Some(kind) = this.leave else { continue };
        let year = |month| scenario.calendar.year_of(month);
        let list = if this.seat { &mut on_leave } else { &mut away };
        match list.last_mut() {
            Some(last)
                if last.kind == kind && last.span.end() == month && year(last.span.start) == year(month) =>
            {
                last.span.months += 1;
            }
            _ => list.push(Away { kind, span: Span::new(month, 1) }),
        }
    }
    (on_leave, away)
}

/// Pieces in order of time; one that continues another at the same place becomes one with it.
fn joined(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by_key(|piece| (piece.span, piece.place()));
    let mut stays: Vec<Piece> = Vec::new();
    for piece in pieces {
        match stays.last_mut() {
            Some(last)
                if last.span.end() == piece.span.start
                    && (last.place(), last.course, last.decided)
                        == (piece.place(), piece.course, piece.decided) =>
            {
                last.span.months += piece.span.months;
            }
            _ => stays.push(piece),
        }
    }
    stays
}

/// Where a resident's course stands among the wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Granted {
    /// The wish at this place, counted from 1.
    Wish(usize),
    /// None of the wishes.
    Unlisted,
    /// There was no wish.
    NoWish,
}

impl Career {
    /// The months of leave within a piece of a stay.
    pub fn leave_in(&self, span: Span) -> impl Iterator<Item = Away> {
        let within =
            self.on_leave.iter().map(move |leave| Away { span: leave.span.intersection(span), ..*leave });
        within.filter(|leave| !leave.span.is_empty())
    }

    /// Everything of an academic year in order of time.
    pub fn year(&self, scenario: &Scenario, year: i32) -> Vec<Entry> {
        let pieces = self.years.get(&year).into_iter().flatten().map(|piece| (piece.span, Entry::At(*piece)));
        let of_year = |away: &&Away| scenario.calendar.year_of(away.span.start) == year;
        let away = self.away.iter().filter(of_year).map(|away| (away.span, Entry::Away(*away)));
        let mut entries: Vec<(Span, Entry)> = pieces.chain(away).collect();
        entries.sort_by_key(|(span, _)| *span);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The academic years in which there is anything.
    pub fn all_years(&self, scenario: &Scenario) -> impl Iterator<Item = i32> {
        let away = self.away.iter().map(|away| scenario.calendar.year_of(away.span.start));
        self.years.keys().copied().chain(away.collect::<Vec<_>>())
    }

    /// Which course wish the career grants; `None` if it has no course, or nothing is planned for the resident.
    pub fn granted(&self, scenario: &Scenario) -> Option<Granted> {
        let person = scenario.resident(self.resident);
        let course = self.course.filter(|_| person.set_aside_from.is_none())?;
        let wishes = &person.course_wishes;
        Some(match wishes.iter().position(|wish| *wish == course) {
            Some(place) => Granted::Wish(place + 1),
            None if wishes.is_empty() => Granted::NoWish,
            None => Granted::Unlisted,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    #[test]
    fn rows_cut_anywhere_make_the_same_career() {
        let scenario = sample::scenario();
        let whole = sample::plan();
        let mut months = Plan::default();
        for row in whole.rows.iter().rev() {
            for month in row.span.iter() {
                months.rows.push(Placement { span: Span::new(month, 1), ..row.clone() });
            }
        }
        assert_eq!(careers(&scenario, &whole), careers(&scenario, &months));
    }

    #[test]
    fn history_comes_first_and_is_not_decided() {
        let scenario = sample::scenario();
        let first = &careers(&scenario, &sample::plan())[0];
        let decided: Vec<(i32, bool)> =
            first.years.iter().flat_map(|(year, pieces)| pieces.iter().map(|p| (*year, p.decided))).collect();
        assert_eq!(decided, [(2018, false), (2019, true), (2019, true), (2020, true)]);
    }

    #[test]
    fn a_course_is_found_among_the_wishes() {
        let scenario = sample::scenario();
        let granted: Vec<_> =
            careers(&scenario, &sample::plan()).iter().map(|career| career.granted(&scenario)).collect();
        assert_eq!(granted, [Some(Granted::Wish(1)), Some(Granted::Wish(2)), Some(Granted::NoWish)]);
    }
}
