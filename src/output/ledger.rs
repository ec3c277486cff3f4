//! The ledger of training months: what leave does to each resident's end of training (§10 \[33\], §9.2).
//!
//! `ledger.csv` has a row per resident and adds up: `worked + leave` are the months from entry to `end`,
//! `worked + leave_counted = counted`, and what leave does not count is `missing` and, rounded up, the
//! `extension`. On the terminal only those with leave, or who leave, are shown.

use rust_decimal::Decimal;

use super::csv_cells::{Cell, Sheet};
use super::grid::{Align, Grid};
use super::headings;
use crate::language::{Catalogue, Message};
use crate::plan::leave_cell;
use crate::scenario::service::Ledger;
use crate::scenario::{LeaveKind, ResidentIx, Scenario};

const HEADER: [&str; 13] = [
    "resident",
    "name",
    "entry_year",
    "planned",
    "worked",
    "leave",
    "leave_counted",
    "counted",
    "missing",
    "extension",
    "end",
    "status",
    "leaves",
];

pub fn csv(scenario: &Scenario, catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(&HEADER, catalogue);
    for resident in scenario.resident_ixs() {
        let person = scenario.resident(resident);
        let service = scenario.service(resident);
        let ledger = service.ledger();
        sheet.row(&[
            Cell::text(&person.id),
            Cell::text(&person.name),
            Cell::number(person.entry_year),
            Cell::number(ledger.planned),
            Cell::number(ledger.worked),
            Cell::number(ledger.leave),
            Cell::number(months(ledger.leave_counted)),
            Cell::number(months(ledger.counted)),
            Cell::number(months(ledger.missing)),
            Cell::number(ledger.extension),
            ledger.end.map_or(Cell::empty(), Cell::text),
            Cell::text(headings::word(
                if person.resigned_from.is_some() { "resigned" } else { "training" },
                catalogue,
            )),
            Cell::text(headings::leaves(&leave_cell(&service, service.span()), catalogue)),
        ]);
    }
    sheet.into_bytes()
}

/// Months with what is behind the point, to a ten-thousandth.
pub fn months(months: Decimal) -> String {
    months.round_dp(4).normalize().to_string()
}

/// Those with leave and those who leave; empty if there is nobody.
pub fn table(scenario: &Scenario, catalogue: &Catalogue) -> String {
    let concerned: Vec<ResidentIx> = scenario.resident_ixs().filter(|r| is_concerned(scenario, *r)).collect();
    if concerned.is_empty() {
        return String::new();
    }
    let mut columns = vec![(catalogue.word("column-resident"), Align::Left)];
    for key in [
        "ledger-worked",
        "ledger-leave",
        "ledger-leave-counted",
        "ledger-counted",
        "ledger-missing",
        "ledger-extension",
        "ledger-end",
    ] {
        columns.push((catalogue.word(key), Align::Right));
    }
    columns.push((catalogue.word("ledger-kinds"), Align::Left));
    let mut grid = Grid::new(columns);
    for resident in concerned {
        let Ledger { worked, leave, leave_counted, counted, missing, extension, end, .. } =
            scenario.service(resident).ledger();
        grid.push(vec![
            scenario.resident(resident).id.clone(),
            worked.to_string(),
            leave.to_string(),
            months(leave_counted),
            months(counted),
            months(missing),
            extension.to_string(),
            end.map_or(String::new(), |end| end.to_string()),
            why(scenario, resident, catalogue),
        ]);
    }
    let (title, legend) = (catalogue.word("ledger-title"), catalogue.word("ledger-legend"));
    format!("{title}\n{legend}\n\n{}\n", grid.render())
}

fn is_concerned(scenario: &Scenario, resident: ResidentIx) -> bool {
    let person = scenario.resident(resident);
    !person.leaves.is_empty() || person.resigned_from.is_some()
}

/// The kinds of leave, a line each, and whether the resident leaves.
fn why(scenario: &Scenario, resident: ResidentIx, catalogue: &Catalogue) -> String {
    let person = scenario.resident(resident);
    let mut kinds: Vec<LeaveKind> = person.leaves.iter().map(|leave| leave.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut words: Vec<String> = kinds.into_iter().map(|kind| catalogue.word(kind.key())).collect();
    if let Some(from) = person.resigned_from {
        words.push(catalogue.say(&Message::new("ledger-resigned").text("from", from)));
    }
    words.join("\n")
}
