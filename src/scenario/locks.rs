//! `locks.csv`: where the director wants a resident to be, or not to be.
//!
//! A lock lies within the resident's decided months, and no two locks of a resident ask for what
//! cannot both be. Whether a plan can honour all locks is for the solver to find.

use std::collections::BTreeMap;

use crate::calendar::{Month, Span};
use crate::diagnostic::{Findings, Place};
use crate::language::Message;

use super::history::{refuse_associated, stay};
use super::model::{Lock, LockKind, Resident, Stay};
use super::program::Program;
use super::residents::Entrant;
use super::service::Service;
use super::{Tables, code};
use crate::tables::catalogue;
use crate::tables::table::{Columns, Table};
use crate::tables::text::Text;
use crate::tables::value;

/// A lock with the row it stands in.
struct Row {
    lock: Lock,
    line: usize,
    place: Place,
}

/// Reads the table into the residents.
pub(crate) fn read(text: Text, tables: Tables<'_>, residents: &mut [Entrant], findings: &mut Findings) {
    let Tables { program, facilities, residents: names, .. } = tables;
    let columns = Columns::of(&catalogue::LOCKS);
    let Some(table) = Table::read(text, &columns, findings) else { return };
    let mut rows: Vec<Vec<Row>> = residents.iter().map(|_| Vec::new()).collect();
    table.each_row(findings, |row, findings| {
        let resident = row.cell("resident").find(findings, names, code::UNKNOWN_RESIDENT);
        let stay = stay(row, tables, findings);
        let kind = row.cell("kind").read(findings, kind);
        let (Some(stay), Some(kind)) = (stay, kind) else { return };
        if kind == LockKind::Must {
            refuse_associated(row.cell("facility"), stay, facilities, findings);
        }
        let Some(resident) = resident else { return };
        let (Some(entrant), Some(rows)) = (residents.get(resident), rows.get_mut(resident)) else { return };
        let place = row.cell("start").place();
        // What is demanded of somebody who is not planned waits until they are.
        if entrant.resident.set_aside_from.is_some() {
            rows.push(Row { lock: Lock { stay, kind }, line: row.line(), place });
            return;
        }
        if let Some(message) = impossible(&entrant.resident, stay, kind, program) {
            findings.error(place, message);
            return;
        }
        rows.push(Row { lock: Lock { stay, kind }, line: row.line(), place });
    });
    for (entrant, rows) in residents.iter_mut().zip(rows) {
        refuse_contradictions(&entrant.resident, &rows, findings);
        entrant.resident.locks = rows.into_iter().map(|row| row.lock).collect();
    }
}

fn kind(text: &str) -> Result<LockKind, Message> {
    value::word(text, &LockKind::ALL, LockKind::id)
}

/// Why nobody can ask this of the months the row names: they are not decided, or are leave without a
/// seat. Nothing is said while `program.toml` does not tell which months are decided.
fn impossible(resident: &Resident, stay: Stay, kind: LockKind, program: &Program) -> Option<Message> {
    let start = program.calendar.start_of(program.first_year?);
    let service = Service::new(program.training_months_of(resident)?, &program.rules.leave, resident);
    let training = service.span();
    let decided = Span::between(training.start.max(start), training.end());
    let say = |code| Message::new(code).text("resident", &resident.id);
    if decided.is_empty() {
        return Some(say(code::LOCK_NOTHING_DECIDED));
    }
    if stay.span.intersection(decided) != stay.span {
        let message = say(code::LOCK_OUTSIDE).text("first", decided.start);
        return Some(message.text("last", decided.end().minus(1)));
    }
    let away = stay.span.iter().find(|month| !service.has_seat(*month))?;
    (kind == LockKind::Must).then(|| say(code::LOCK_IN_LEAVE).text("month", away))
}

/// Reports each row that asks for what an earlier one rules out.
///
/// One `must` per month is kept, so the work grows with rows × months, not with pairs of rows.
fn refuse_contradictions(resident: &Resident, rows: &[Row], findings: &mut Findings) {
    let mut musts: BTreeMap<Month, &Row> = BTreeMap::new();
    let mut report = |row: &Row, other: &Row| {
        let message =
            Message::new(code::LOCK_CONTRADICTION).text("resident", &resident.id).text("line", other.line);
        findings.error(row.place.clone(), message);
    };
    for row in rows.iter().filter(|row| row.lock.kind == LockKind::Must) {
        let earlier = row.lock.stay.span.iter().filter_map(|month| musts.get(&month));
        let elsewhere = earlier.copied().find(|other| {
            let (one, other) = (row.lock.stay, other.lock.stay);
            one.facility != other.facility
                || one.section.is_some() && other.section.is_some() && one.section != other.section
        });
        match elsewhere {
            Some(other) => report(row, other),
            // Of two demands that agree the one that says in which section is kept.
            None => {
                for month in row.lock.stay.span.iter() {
                    let kept = musts.entry(month).or_insert(row);
                    if kept.lock.stay.section.is_none() {
                        *kept = row;
                    }
                }
            }
        }
    }
    for row in rows.iter().filter(|row| row.lock.kind == LockKind::MustNot) {
        let demanded = row.lock.stay.span.iter().filter_map(|month| musts.get(&month));
        let same = demanded.copied().find(|other| {
            let (not, must) = (row.lock.stay, other.lock.stay);
            not.facility == must.facility && (not.section.is_none() || not.section == must.section)
        });
        if let Some(other) = same {
            let (later, earlier) = if other.line < row.line { (row, other) } else { (other, row) };
            report(later, earlier);
        }
    }
}
