//! What differs between two plans, as tables for spreadsheets.
//!
//! `diff_moves.csv` has a row per move, `diff_chains.csv` the same months by whose seat is taken: the
//! sums of `months` agree. In `diff_seats.csv` each row adds up: before − departures + arrivals = after.

use std::collections::BTreeMap;

use super::csv_cells::{Cell, Sheet};
use super::headings::{self, heading};
use super::{dto, facility_name, goals, place_name};
use crate::diff::{Diff, Move, Who};
use crate::language::Catalogue;
use crate::scenario::{FacilityIx, Scenario};

/// All tables by their file names.
pub fn tables(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> BTreeMap<&'static str, Vec<u8>> {
    let mut tables = BTreeMap::from([
        ("diff_moves.csv", moves(scenario, diff, catalogue)),
        ("diff_chains.csv", chains(scenario, diff, catalogue)),
        ("diff_goals.csv", goals_csv(diff, catalogue)),
        ("diff_seats.csv", seats(scenario, diff, catalogue)),
    ]);
    if !scenario.sections.is_empty() {
        tables.insert("diff_sections.csv", shifts(scenario, diff, catalogue));
    }
    tables
}

/// Who is in another section of the same facility: no move, since the seat at the facility stays theirs.
fn shifts(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(
        &["resident", "name", "start", "months", "from", "from_name", "to", "to_name"],
        catalogue,
    );
    for shift in &diff.shifts {
        let mut cells = person(scenario, diff, Who::Resident(shift.resident));
        cells.extend([Cell::text(shift.span.start), Cell::number(shift.span.months)]);
        for place in [shift.from, shift.to] {
            cells.push(Cell::text(scenario.place_id(place)));
            cells.push(Cell::text(place_name(scenario, place, catalogue)));
        }
        sheet.row(&cells);
    }
    sheet.into_bytes()
}

fn moves(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(
        &["resident", "name", "start", "months", "from", "from_name", "to", "to_name"],
        catalogue,
    );
    for one in &diff.moves {
        let mut cells = person(scenario, diff, one.resident);
        cells.extend([Cell::text(one.span.start), Cell::number(one.span.months)]);
        cells.extend(way(scenario, one, catalogue));
        sheet.row(&cells);
    }
    sheet.into_bytes()
}

fn chains(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(
        &[
            "chain",
            "kind",
            "start",
            "months",
            "position",
            "resident",
            "name",
            "from",
            "from_name",
            "to",
            "to_name",
        ],
        catalogue,
    );
    for (number, chain) in diff.chains.iter().enumerate() {
        for (position, one) in chain.moves.iter().enumerate() {
            let mut cells = vec![
                Cell::number(number + 1),
                Cell::text(headings::word(if chain.is_ring { "ring" } else { "chain" }, catalogue)),
                Cell::text(chain.span.start),
                Cell::number(chain.span.months),
                Cell::number(position + 1),
            ];
            cells.extend(person(scenario, diff, one.resident));
            cells.extend(way(scenario, one, catalogue));
            sheet.row(&cells);
        }
    }
    sheet.into_bytes()
}

fn goals_csv(diff: &Diff, catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(&["goal", "measure", "before", "after"], catalogue);
    for (goal, before, after) in &diff.goals {
        let value = |value| Cell::text(catalogue.say(&goals::value(goal.kind, value)));
        let word = |id| Cell::text(headings::word(id, catalogue));
        sheet.row(&[word(goal.kind.id()), word(goal.measure.id()), value(before), value(after)]);
    }
    sheet.into_bytes()
}

fn seats(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> Vec<u8> {
    let columns = [
        "academic_year",
        "before",
        "departures",
        "arrivals",
        "after",
        "residents_max_before",
        "residents_max_after",
        "seats",
    ];
    let mut header =
        vec![heading("facility", catalogue), headings::heading_as("name", "facility_name", catalogue)];
    header.extend(columns.map(|id| heading(id, catalogue)));
    let mut sheet = Sheet::new(&header);
    for (year, row) in diff.seats.iter().map(|year| (year, dto::SeatYear::of(scenario, year))) {
        sheet.row(&[
            Cell::text(row.facility),
            Cell::text(facility_name(scenario.facility(year.facility), catalogue)),
            Cell::number(row.academic_year),
            Cell::number(row.before),
            Cell::number(row.departures),
            Cell::number(row.arrivals),
            Cell::number(row.after),
            Cell::number(row.residents_max_before),
            Cell::number(row.residents_max_after),
            Cell::figure(&row.seats),
        ]);
    }
    sheet.into_bytes()
}

fn person(scenario: &Scenario, diff: &Diff, who: Who) -> Vec<Cell> {
    let (id, name) = diff.person(scenario, who);
    vec![Cell::text(id), Cell::text(name)]
}

/// Where from and where to, each as id and name; empty where somebody is nowhere.
fn way(scenario: &Scenario, one: &Move<Who>, catalogue: &Catalogue) -> Vec<Cell> {
    let facility = |facility: Option<FacilityIx>| match facility {
        Some(facility) => {
            let facility = scenario.facility(facility);
            [Cell::text(&facility.id), Cell::text(facility_name(facility, catalogue))]
        }
        None => [Cell::empty(), Cell::empty()],
    };
    facility(one.from).into_iter().chain(facility(one.to)).collect()
}
