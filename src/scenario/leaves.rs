//! `leaves.csv`: who is away, or works less, or has left the program, and when.
//!
//! Rows of the kind `resigned` name the month from which on a resident is gone; all others are leaves.
//! Leaves of a resident lie between entry and the end of training, which they themselves move, and do not
//! overlap. Part-time is counted by hours, so a row of it says how many, unless it is near full time.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::calendar::{Month, Span};
use crate::diagnostic::{Findings, Place};
use crate::language::Message;

use super::leave::{Leave, LeaveKind};
use super::model::Resident;
use super::program::Program;
use super::residents::Entrant;
use super::service::Service;
use super::{Tables, bounds, code};
use crate::tables::catalogue;
use crate::tables::table::{Columns, Row, Table};
use crate::tables::text::Text;
use crate::tables::value;

/// The word for residents who have left.
const RESIGNED: &str = "resigned";

/// Most days of a month: what nobody can have worked beyond in hours or weeks.
const DAYS_OF_MONTH_MAX: u32 = 31;
/// Weeks of a month in which somebody works at least, holidays and illness taken off.
const WEEKS_OF_MONTH_MIN: u32 = 3;
/// A working day, as §10 \[33\] (3) reckons (8 hours × 100 days).
const HOURS_OF_DAY: u32 = 8;

/// What a row's kind is.
#[derive(Clone, Copy)]
enum Kind {
    Leave(LeaveKind),
    Resigned,
}

impl Kind {
    fn id(self) -> &'static str {
        match self {
            Self::Leave(kind) => kind.id(),
            Self::Resigned => RESIGNED,
        }
    }
}

/// A row with where it stands.
struct Told<T> {
    what: T,
    line: usize,
    place: Place,
}

/// The rows of one resident.
#[derive(Default)]
struct Rows {
    leaves: Vec<Told<Leave>>,
    resigned: Vec<Told<Month>>,
}

/// Reads the table into the residents.
pub(crate) fn read(text: Text, tables: Tables<'_>, residents: &mut [Entrant], findings: &mut Findings) {
    // A file without any text, not even a header, holds no leave.
    if text.content.trim().is_empty() {
        return;
    }
    let columns = Columns::of(&catalogue::LEAVES);
    let Some(table) = Table::read(text, &columns, findings) else { return };
    let mut rows: Vec<Rows> = residents.iter().map(|_| Rows::default()).collect();
    table.each_row(findings, |row, findings| {
        let resident = row.cell("resident").find(findings, tables.residents, code::UNKNOWN_RESIDENT);
        let kinds: Vec<Kind> = LeaveKind::ALL.into_iter().map(Kind::Leave).chain([Kind::Resigned]).collect();
        let kind = row.cell("kind").read(findings, |text| value::word(text, &kinds, Kind::id));
        let start = row.cell("start").read(findings, value::month);
        let (line, place) = (row.line(), row.cell("start").place());
        match kind {
            Some(Kind::Resigned) => {
                refuse_unread(row, &["months", "hours_per_week", "hours"], RESIGNED, findings);
                let (Some(rows), Some(what)) = (resident.and_then(|r| rows.get_mut(r)), start) else {
                    return;
                };
                rows.resigned.push(Told { what, line, place });
            }
            Some(Kind::Leave(kind)) => {
                let what = leave(row, kind, start, tables.program, findings);
                let (Some(rows), Some(what)) = (resident.and_then(|r| rows.get_mut(r)), what) else { return };
                rows.leaves.push(Told { what, line, place });
            }
            None => {}
        }
    });
    for (entrant, rows) in residents.iter_mut().zip(rows) {
        settle(&mut entrant.resident, rows, tables.program, findings);
    }
}

/// A row that is a leave.
fn leave(
    row: Row<'_>,
    kind: LeaveKind,
    start: Option<Month>,
    program: &Program,
    findings: &mut Findings,
) -> Option<Leave> {
    let months = row.cell("months").read(findings, |text| value::whole(text, bounds::STAY_MONTHS));
    if kind != LeaveKind::PartTime {
        refuse_unread(row, &["hours_per_week", "hours"], kind.id(), findings);
        let span = Span::new(start?, months?);
        return Some(Leave { kind, span, hours_per_week: None, hours: None });
    }
    let hours_per_week = row
        .cell("hours_per_week")
        .read_if_any(findings, |text| value::decimal(text, bounds::HOURS_PER_WEEK_MAX));
    let hours = row.cell("hours").read_if_any(findings, |text| value::whole(text, bounds::HOURS));
    let unread = |column| !row.cell(column).is_empty();
    if (hours_per_week.is_none() && unread("hours_per_week")) || (hours.is_none() && unread("hours")) {
        return None; // what is wrong with them has been said
    }
    let full = Decimal::from(program.rules.leave.part_time_hours_per_week_full);
    let near_full = hours_per_week.is_some_and(|hours| hours >= full);
    if hours.is_none() && !near_full {
        let message = Message::new(code::LEAVE_HOURS_MISSING).text("full", full);
        findings.error(row.cell("hours").place(), message);
        return None;
    }
    let span = Span::new(start?, months?);
    if let Some(hours) = hours {
        refuse_contradiction(row, span.months, hours_per_week, hours, findings)?;
    }
    Some(Leave { kind, span, hours_per_week, hours })
}

/// Cells that mean nothing in a row of this kind: ignoring them would hide a slip.
fn refuse_unread(row: Row<'_>, columns: &[&'static str], kind: &str, findings: &mut Findings) {
    for &column in columns {
        let cell = row.cell(column);
        if !cell.is_empty() {
            let message = Message::new(code::LEAVE_CELL_UNUSED).text("column", column).text("kind", kind);
            findings.error(cell.place(), message);
        }
    }
}

/// Hours that nobody can have worked in so many months, or not in weeks like these. `None` if so.
fn refuse_contradiction(
    row: Row<'_>,
    months: u32,
    hours_per_week: Option<Decimal>,
    hours: u32,
    findings: &mut Findings,
) -> Option<()> {
    let days = Decimal::from(months * DAYS_OF_MONTH_MAX);
    let (least, most) = match hours_per_week {
        Some(weekly) => (
            weekly * Decimal::from(months * WEEKS_OF_MONTH_MIN),
            (weekly * days / Decimal::from(7)).min(days * Decimal::from(24)),
        ),
        None => (Decimal::ZERO, days * Decimal::from(HOURS_OF_DAY)),
    };
    let (least, most) = (least.ceil(), most.ceil());
    if Decimal::from(hours) >= least && Decimal::from(hours) <= most {
        return Some(());
    }
    let message = Message::new(code::LEAVE_HOURS_CONTRADICT)
        .number("hours", hours.into())
        .number("months", months.into())
        .number("least", least.to_i64().unwrap_or(0))
        .number("most", most.to_i64().unwrap_or(0))
        .number("stated", hours_per_week.is_some().into())
        .text("weekly", hours_per_week.unwrap_or_default().normalize());
    findings.error(row.cell("hours").place(), message);
    None
}

/// Enters the rows of one resident, as far as they make sense together.
fn settle(resident: &mut Resident, mut rows: Rows, program: &Program, findings: &mut Findings) {
    rows.leaves.sort_by_key(|row| (row.what.span, row.line));
    rows.resigned.sort_by_key(|row| row.line);
    let entry = resident.entry;
    let say = |code: &'static str, id: &str| Message::new(code).text("resident", id);
    if let [first, more @ ..] = &rows.resigned[..] {
        for row in more {
            let message = say(code::RESIGNED_TWICE, &resident.id).text("line", first.line);
            findings.error(row.place.clone(), message);
        }
        if first.what <= entry {
            let message = say(code::RESIGNED_BEFORE_ENTRY, &resident.id).text("entry", entry);
            findings.error(first.place.clone(), message);
            return;
        }
        resident.resigned_from = Some(first.what);
    }
    let latest = program.calendar.start_of(bounds::LEAVE_YEAR_MAX);
    let mut before: Option<&Told<Leave>> = None;
    for row in &rows.leaves {
        let span = row.what.span;
        let overlapped = before.filter(|before| span.start < before.what.span.end());
        let message = if let Some(before) = overlapped {
            say(code::LEAVE_OVERLAP, &resident.id).text("line", before.line).text("month", span.start)
        } else if span.start < entry {
            say(code::LEAVE_BEFORE_ENTRY, &resident.id).text("entry", entry)
        } else if span.end() > latest {
            say(code::LEAVE_TOO_LATE, &resident.id).text("latest", latest.minus(1))
        } else if let Some(from) = resident.resigned_from.filter(|from| span.end() > *from) {
            say(code::LEAVE_AFTER_RESIGNATION, &resident.id).text("from", from)
        } else {
            resident.leaves.push(row.what);
            before = Some(row);
            continue;
        };
        findings.error(row.place.clone(), message);
        if before.is_none_or(|before| before.what.span.end() < span.end()) {
            before = Some(row);
        }
    }
    refuse_after_end(resident, &rows, program, findings);
}

/// A leave or a resignation after the last month of training concerns nothing.
fn refuse_after_end(resident: &mut Resident, rows: &Rows, program: &Program, findings: &mut Findings) {
    let Some(months) = program.training_months_of(resident) else { return };
    let staying = Resident { resigned_from: None, ..resident.clone() };
    let end = Service::new(months, &program.rules.leave, &staying).span().end();
    let late = |resident: &str| {
        Message::new(code::LEAVE_AFTER_END).text("resident", resident).text("last", end.minus(1))
    };
    for row in rows.leaves.iter().filter(|row| row.what.span.end() > end) {
        // Others have been refused already, and count for nothing here.
        if resident.leaves.contains(&row.what) {
            findings.error(row.place.clone(), late(&resident.id));
        }
    }
    if let Some(row) = rows.resigned.first().filter(|row| row.what >= end) {
        findings.error(row.place.clone(), late(&resident.id));
    }
}
