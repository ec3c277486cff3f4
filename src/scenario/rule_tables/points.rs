//! `points.csv`: what a month, a stay, a change or a free month is worth to somebody.

use super::super::conditions::{Earns, Points};
use super::super::model::ResidentIx;
use super::super::selectors::Selectors;
use super::super::{bounds, code};
use super::{Context, rows};
use crate::diagnostic::Findings;
use crate::language::Message;
use crate::tables::catalogue;
use crate::tables::table::{Cell, Row};
use crate::tables::text::Text;
use crate::tables::value::{self, hint, normal};

/// Words behind `@`, in both languages.
const STAY: [&str; 2] = ["stay", "滞在"];
const CHANGE: [&str; 2] = ["change", "異動"];
const IDLE: [&str; 2] = ["idle", "空き"];

/// Reads the table.
pub(super) fn read(
    text: Text,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Vec<Points> {
    rows(text, &catalogue::POINTS, findings, |row, findings| points(row, context, selectors, findings))
}

fn points(
    row: Row<'_>,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Option<Points> {
    let errors = findings.errors();
    let resident = row.cell("resident");
    let resident = match resident.is_empty() {
        true => None,
        false => Some(resident.find(findings, context.residents, code::UNKNOWN_RESIDENT)),
    };
    let earns = earns(row.cell("where"), context, selectors, findings);
    let points = row.cell("points").read(findings, |text| value::integer(text, bounds::POINTS_MAX));
    if findings.errors() > errors {
        return None;
    }
    // A resident nobody can name yet is no reason to give the points to everybody.
    let resident = match resident {
        None => None,
        Some(position) => Some(ResidentIx(position?)),
    };
    Some(Points { resident, earns: earns?, points: points? })
}

fn earns(
    cell: Cell<'_>,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Option<Earns> {
    let text = normal(cell.text());
    let Some(special) = text.strip_prefix('@') else {
        return selectors.cell(cell, context.known, findings).map(Earns::Month);
    };
    let (word, selector) = special.split_once(':').map_or((special, None), |(word, at)| (word, Some(at)));
    let word = word.trim().to_lowercase();
    match selector {
        Some(selector) if STAY.contains(&word.as_str()) => {
            selectors.read(selector, cell.place(), context.known, findings).map(Earns::Stay)
        }
        None if CHANGE.contains(&word.as_str()) => Some(Earns::Change),
        None if IDLE.contains(&word.as_str()) => Some(Earns::Idle),
        _ => {
            let hint = hint(&text.to_lowercase(), ["@stay:", "@change", "@idle"]);
            let message = Message::new(code::POINTS_MALFORMED).text("text", cell.text());
            findings.error(cell.place(), message.message("hint", hint));
            None
        }
    }
}
