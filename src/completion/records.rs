//! Records against what is due (§8 \[41,44,46\], §9.1 \[17,49,50\], §9.2 \[19–22,53\]).
//!
//! What is due again and again belongs to a period each time, and a record to the period its month lies in; years and
//! the whole training are counted together. Records are never impossible: they can be handed in late.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::whereabouts::Whereabouts;
use super::{About, Item, State, Why};
use crate::calendar::{Month, Span};
use crate::regulation::Due;
use crate::scenario::{LeaveKind, RecordKindIx, Scenario};

/// Months before and after which a report belongs to another year, or half of one.
const HALF: u32 = 6;
const YEAR: u32 = 12;
/// From so many months before it is due a report can be handed in.
const AHEAD: u32 = 3;

/// A time at which something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Period {
    /// It is overdue once this month has passed.
    pub due: Month,
    /// The month whose facility sees to it.
    pub seen_to_in: Month,
    /// The months whose records belong to it.
    pub window: Span,
}

/// The kinds of which anybody has a record: of the others nothing is known.
pub(super) fn kept(scenario: &Scenario) -> BTreeSet<RecordKindIx> {
    scenario.residents.iter().flat_map(|resident| &resident.records).map(|record| record.kind).collect()
}

fn is_away(leave: LeaveKind) -> bool {
    match leave {
        LeaveKind::Childbirth | LeaveKind::Illness => true,
        LeaveKind::PartTime | LeaveKind::GraduateSchoolClinical => false,
        LeaveKind::Abroad | LeaveKind::GraduateSchoolResearch => true,
    }
}

/// When something is due in a training, in order of time.
pub(super) fn periods(due: Due, at: &Whereabouts<'_>) -> Vec<Period> {
    let seats: Vec<Month> = at.seats().map(|seat| seat.month).collect();
    let (Some(&first), Some(&last)) = (seats.first(), seats.last()) else { return Vec::new() };
    let calendar = at.scenario.calendar;
    let one = |month: Month| Period { due: month, seen_to_in: month, window: Span::new(month, 1) };
    let years = || calendar.split(at.service.span()).into_iter();
    let mid_year = |months: u32| {
        let middle = |(year, _)| {
            let start = calendar.start_of(year);
            let month = start.plus(HALF - 1);
            let window = Span::new(start.plus(AHEAD), months);
            at.service.has_seat(month).then_some(Period { due: month, seen_to_in: month, window })
        };
        years().filter_map(middle).collect::<Vec<_>>()
    };
    let year_end = |months: u32| {
        let end = |(_, span): (i32, Span)| {
            let seat = seats.iter().rev().find(|month| span.contains(**month))?;
            let due = span.end();
            Some(Period { due, seen_to_in: *seat, window: Span::new(due.minus(AHEAD), months) })
        };
        years().filter_map(end).collect::<Vec<_>>()
    };
    match due {
        // Registered may be before the first month, too.
        Due::Start => {
            let early = first.minus(YEAR);
            vec![Period { window: Span::between(early, first.plus(1)), ..one(first) }]
        }
        // Whoever is away is given no feedback, though the seat be kept.
        Due::Month => {
            let at_work = at.seats().filter(|seat| !seat.service.leave.is_some_and(is_away));
            at_work.map(|seat| one(seat.month)).collect()
        }
        Due::MidYear => mid_year(YEAR),
        Due::YearEnd => year_end(YEAR),
        Due::HalfYear => {
            let mut both = mid_year(HALF);
            both.extend(year_end(HALF));
            both.sort();
            both
        }
        Due::Year => {
            let end = |(_, span): (i32, Span)| {
                let seat = *seats.iter().rev().find(|month| span.contains(**month))?;
                Some(Period { window: span, due: span.end().minus(1), seen_to_in: seat })
            };
            years().filter_map(end).collect()
        }
        Due::Training | Due::End => vec![Period { window: at.service.span(), ..one(last) }],
    }
}

/// How many records of a kind lie in a span, up to the month in question.
pub(super) fn count_in(at: &Whereabouts<'_>, kind: RecordKindIx, within: impl Fn(Month) -> bool) -> u32 {
    let records = at.person().records.iter();
    let own =
        records.filter(|record| record.kind == kind && record.month <= at.as_of && within(record.month));
    own.fold(0, |sum, record| sum.saturating_add(record.count))
}

pub(super) fn items(at: &Whereabouts<'_>, kept: &BTreeSet<RecordKindIx>) -> Vec<Item> {
    let asked = |kind: &RecordKindIx| at.scenario.completion.asked(at.scenario.record_kind(*kind)) > 0;
    let kinds = at.scenario.record_kind_ixs().filter(asked);
    kinds.filter_map(|kind| item(at, kind, kept.contains(&kind))).collect()
}

fn item(at: &Whereabouts<'_>, ix: RecordKindIx, is_kept: bool) -> Option<Item> {
    let kind = at.scenario.record_kind(ix);
    let each = at.scenario.completion.asked(kind);
    let periods = periods(kind.due, at);
    let last = periods.last()?;
    let so_far = count_in(at, ix, |_| true);
    let asked = each.saturating_mul(periods.len() as u32);
    let is_together = matches!(kind.due, Due::Year | Due::Training);
    let passed = || periods.iter().filter(|period| period.due < at.as_of);
    let is_there = |period: &Period| count_in(at, ix, |month| period.window.contains(month)) >= each;
    let overdue: Vec<Month> = match is_together {
        true => Vec::new(),
        false => passed().filter(|period| !is_there(period)).map(|period| period.due).collect(),
    };
    let behind = each.saturating_mul(passed().count() as u32).saturating_sub(so_far);
    let is_met = match is_together {
        true => so_far >= asked,
        false => periods.iter().all(is_there),
    };
    let has_begun = at.person().entry < at.as_of;
    let (state, why) = if is_met {
        (State::Met, None)
    } else if !is_kept && has_begun && (is_together || !overdue.is_empty()) {
        (State::NotKnown, Some(Why::NotKept))
    } else if is_together && behind > 0 {
        (State::AtRisk, Some(Why::Behind(behind)))
    } else if !overdue.is_empty() {
        (State::AtRisk, Some(Why::Overdue(overdue)))
    } else {
        (State::OnCourse, None)
    };
    let next = periods.iter().find(|period| period.due >= at.as_of && !is_there(period)).unwrap_or(last);
    Some(Item {
        about: About::Record(ix),
        state,
        so_far: so_far.into(),
        expected: None,
        asked: Decimal::from(asked),
        when: Some(if is_together { last.due } else { next.due }),
        why,
        is_goal: kind.is_goal,
    })
}
