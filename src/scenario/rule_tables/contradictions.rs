//! Rows that ask for what another row rules out.

use super::super::code;
use super::super::conditions::{Force, Requirement, Staffing, StayRule};
use super::{RuleTables, Told};
use crate::diagnostic::Findings;
use crate::language::Message;

/// Reports each row whose bound an earlier row about the same contradicts. Wishes contradict nothing.
pub(super) fn refuse(tables: &RuleTables, findings: &mut Findings) {
    each_pair(&tables.requirements, requirements_contradict, findings);
    each_pair(&tables.stays, stays_contradict, findings);
    each_pair(&tables.staffing, staffing_contradicts, findings);
}

fn each_pair<T>(rows: &[Told<T>], contradict: impl Fn(&T, &T) -> bool, findings: &mut Findings) {
    for (at, row) in rows.iter().enumerate() {
        if let Some(other) = rows[..at].iter().find(|other| contradict(&row.row, &other.row)) {
            let message = Message::new(code::RULES_CONTRADICT).text("line", other.line);
            findings.error(row.place.clone(), message);
        }
    }
}

/// Whether one asks for more than the other allows.
fn crossed(one: (Option<u32>, Option<u32>), other: (Option<u32>, Option<u32>)) -> bool {
    let above = |min: Option<u32>, max: Option<u32>| min.zip(max).is_some_and(|(min, max)| min > max);
    above(one.0, other.1) || above(other.0, one.1)
}

fn requirements_contradict(one: &Requirement, other: &Requirement) -> bool {
    let about = |row: &Requirement| (row.who.any.clone(), row.place, row.when, row.count);
    // A minimum that shrinks with the months need not be above anything.
    let bounds = |row: &Requirement| (row.min.filter(|_| row.of_months.is_none()), row.max);
    one.force == Force::Must
        && other.force == Force::Must
        && about(one) == about(other)
        && crossed(bounds(one), bounds(other))
}

fn stays_contradict(one: &StayRule, other: &StayRule) -> bool {
    let about = |row: &StayRule| (row.who.any.clone(), row.place);
    let bounds = |row: &StayRule| (row.months_min, row.months_max);
    about(one) == about(other) && crossed(bounds(one), bounds(other))
}

fn staffing_contradicts(one: &Staffing, other: &Staffing) -> bool {
    let about = |row: &Staffing| (row.place, row.who.any.clone());
    let apart = |one: &Staffing, other: &Staffing| one.until < other.from && one.until.is_some();
    one.force == Force::Must
        && other.force == Force::Must
        && about(one) == about(other)
        && !apart(one, other)
        && !apart(other, one)
        && crossed((one.min, one.max), (other.min, other.max))
}
