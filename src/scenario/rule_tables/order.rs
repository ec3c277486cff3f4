//! `order.csv`: where somebody has to have been before they go elsewhere.

use super::super::conditions::OrderRule;
use super::super::selectors::Selectors;
use super::super::{bounds, code};
use super::{Context, Told, force, rows};
use crate::diagnostic::Findings;
use crate::language::Message;
use crate::tables::catalogue;
use crate::tables::table::Row;
use crate::tables::text::Text;
use crate::tables::value;

/// Reads the table.
pub(super) fn read(
    text: Text,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Vec<Told<OrderRule>> {
    rows(text, &catalogue::ORDER, findings, |row, findings| {
        let rule = rule(row, context, selectors, findings)?;
        Some(Told { row: rule, line: row.line(), place: row.cell("then").place() })
    })
}

fn rule(
    row: Row<'_>,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Option<OrderRule> {
    let who = context.who(row, findings);
    let first = context.place(row, "first", selectors, findings);
    let months = row.cell("months").read(findings, |text| value::whole(text, bounds::STAY_MONTHS));
    let then = context.place(row, "then", selectors, findings);
    let force = force(row, findings);
    let (first, then) = (first?, then?);
    if first == then {
        // Nobody could ever begin.
        let text = row.cell("then").text();
        findings.error(row.cell("then").place(), Message::new(code::ORDER_SAME).text("text", text));
    }
    Some(OrderRule {
        who: who?,
        first,
        months: months?,
        then,
        force: force?,
        clause: row.cell("clause").text().to_string(),
    })
}
