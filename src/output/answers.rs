//! What became of the forms: who answered, what entered the tables, and what residents wrote.

use schemars::JsonSchema;
use serde::Serialize;

use super::dto::pretty;
use super::findings_json::{DiagnosticJson, diagnostics};
use super::grid::{Align, Grid};
use crate::language::{Catalogue, Message};
use crate::scenario::Scenario;
use crate::scenario::wishes::{Collected, Person, State};
use crate::tables::workbook::form::Asked;

/// Everybody who was asked, as a table.
pub fn table(scenario: &Scenario, people: &[Person], catalogue: &Catalogue, width: Option<usize>) -> String {
    let columns =
        ["column-resident", "column-resident-name", "column-answer", "column-taken", "column-remark"];
    let mut grid = Grid::new(columns.map(|key| (catalogue.word(key), Align::Left)).to_vec());
    for person in people {
        let resident = scenario.resident(person.resident);
        let taken: Vec<String> = person.taken.iter().map(|part| catalogue.word(part_key(*part))).collect();
        grid.push(vec![
            resident.id.clone(),
            if resident.name == resident.id { String::new() } else { resident.name.clone() },
            catalogue.word(state_key(person.state)),
            taken.join(", "),
            person.remark.clone(),
        ]);
    }
    grid.render_within(width)
}

/// How many have answered, and who has not.
pub fn summary(scenario: &Scenario, people: &[Person]) -> Message {
    let missing = people.iter().filter(|person| person.state == State::Missing);
    let missing: Vec<&str> = missing.map(|person| scenario.resident(person.resident).id.as_str()).collect();
    let count = people.len() as i64;
    match missing.len() {
        0 => Message::new("collect-all").number("people", count),
        some => Message::new("collect-summary")
            .number("people", count)
            .number("answered", count - some as i64)
            .text("missing", missing.join(", ")),
    }
}

fn state_key(state: State) -> &'static str {
    match state {
        State::Missing => "form-state-missing",
        State::Answered => "form-state-answered",
        State::Refused => "form-state-refused",
    }
}

fn part_key(part: Asked) -> &'static str {
    match part {
        Asked::Course => "form-part-courses",
        Asked::Facility => "form-part-facilities",
        _ => "form-part-leaves",
    }
}

#[derive(JsonSchema, Serialize)]
pub struct Answers<'a> {
    residents: Vec<AnswerJson<'a>>,
    /// Tables that changed.
    files: &'a [String],
    diagnostics: Vec<DiagnosticJson<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct AnswerJson<'a> {
    resident: &'a str,
    /// `missing`, `answered` or `refused`.
    answer: &'static str,
    file: Option<&'a str>,
    /// `course_wishes`, `facility_wishes`, `leaves`.
    taken: Vec<&'static str>,
    remark: &'a str,
}

/// The same for programs.
pub fn json(scenario: &Scenario, collected: &Collected, files: &[String], catalogue: &Catalogue) -> String {
    let answer = |person: &Person| match person.state {
        State::Missing => "missing",
        State::Answered => "answered",
        State::Refused => "refused",
    };
    let taken = |part: &Asked| match part {
        Asked::Course => "course_wishes",
        Asked::Facility => "facility_wishes",
        _ => "leaves",
    };
    let residents = collected.people.iter().map(|person| AnswerJson {
        resident: &scenario.resident(person.resident).id,
        answer: answer(person),
        file: person.file.as_deref(),
        taken: person.taken.iter().map(taken).collect(),
        remark: &person.remark,
    });
    pretty(&Answers {
        residents: residents.collect(),
        files,
        diagnostics: diagnostics(&collected.findings, catalogue),
    })
}
