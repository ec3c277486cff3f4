//! The tables as they are typed, with what the reader says of their cells; and the numbers a what-if can turn.

use serde_json::{Value, json};

use crate::diagnostic::Findings;
use crate::language::Catalogue;
use crate::output::{facility_name, findings_json};
use crate::scenario::edit::rows;
use crate::scenario::{PROGRAM, Role, Scenario, Sources};
use crate::tables::catalogue::{Headings, TABLES};
use crate::tables::text::Text;

/// A file that a program may have, by name.
pub fn file(name: &str) -> Option<&'static str> {
    std::iter::once(PROGRAM).chain(TABLES.iter().map(|table| table.file)).find(|known| *known == name)
}

/// All tables: headings, rows with their lines, and the findings of the reader, which name file, line and column.
pub fn tables(sources: &Sources, findings: &Findings, catalogue: &Catalogue) -> Value {
    let text =
        sources.files.get(PROGRAM).and_then(|bytes| Text::decode(PROGRAM, bytes, &mut Findings::default()));
    let table = |spec: &&'static crate::tables::catalogue::TableSpec| {
        let mut rows = rows(sources, spec.file).into_iter();
        let headings = Headings::of(spec);
        let header = rows.next().map(|(_, cells)| cells).unwrap_or_default();
        let heading = |cell: &String| match headings.find(cell) {
            Some(column) => json!({ "id": column.id, "name": catalogue.word(column.key) }),
            None => json!({ "id": cell, "name": cell }),
        };
        json!({
            "file": spec.file,
            "title": catalogue.word(spec.key),
            "columns": header.iter().map(heading).collect::<Vec<_>>(),
            "rows": rows.map(|(line, cells)| json!({ "line": line, "cells": cells })).collect::<Vec<_>>(),
        })
    };
    let told: Value =
        serde_json::from_str(&findings_json::check(findings, None, catalogue)).unwrap_or_default();
    json!({
        "program": text.map(|text| text.content),
        "tables": TABLES.iter().map(table).collect::<Vec<_>>(),
        "findings": told["diagnostics"],
    })
}

/// The numbers directors turn most: how many enter in a year, and the supervisors of each facility.
pub fn numbers(scenario: &Scenario, catalogue: &Catalogue) -> Value {
    let intakes = scenario.intake.iter().map(|(year, count)| {
        json!({
            "key": format!("intake.{year}"), "year": year, "now": count.to_string(), "step": 1,
        })
    });
    let placed = scenario.facilities.iter().filter(|facility| facility.role != Role::Associated);
    let supervisors = placed.map(|facility| {
        json!({
            "key": format!("facilities.{}.supervisors", facility.id),
            "facility": facility_name(facility, catalogue),
            "now": facility.supervisors.initial.normalize().to_string(),
            "step": 1,
        })
    });
    json!({ "numbers": intakes.chain(supervisors).collect::<Vec<_>>() })
}
