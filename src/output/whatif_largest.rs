//! How far a value can go, as a table, as JSON and in words.

use schemars::JsonSchema;
use serde::Serialize;

use super::csv_cells::{Cell, Sheet};
use super::dto::pretty;
use super::whatif_summary::told;
use crate::engine::largest::{End, Verdict};
use crate::language::{Catalogue, Message};
use crate::whatif::largest::{Line, Question};
use crate::whatif::lift::Lift;

impl Line {
    fn value(&self, at: Option<usize>) -> Option<&str> {
        Some(self.values.get(at?)?.as_str())
    }

    /// Positions as runs of values that lie side by side: (first, last).
    fn runs(&self, positions: &[usize]) -> Vec<(&str, &str)> {
        let runs = positions.chunk_by(|one, next| one + 1 == *next);
        runs.filter_map(|run| Some((self.value(run.first().copied())?, self.value(run.last().copied())?)))
            .collect()
    }

    /// `1–9, 11`
    fn listed(&self, positions: &[usize]) -> String {
        let run = |(first, last): (&str, &str)| match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        };
        self.runs(positions).into_iter().map(run).collect::<Vec<_>>().join(", ")
    }

    fn binding(&self) -> &[String] {
        self.beyond.as_ref().map_or(&[], |beyond| &beyond.binding)
    }
}

/// `largest.csv` or `smallest.csv`: a row for each question, and for each change that would help.
pub fn csv(end: End, key: &str, lines: &[Line], catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(
        &[
            "key",
            "question",
            end.id(),
            "next",
            "binding",
            "lift_facility",
            "lift_column",
            "holes",
            "no_scenario",
            "open",
        ],
        catalogue,
    );
    for line in lines {
        let value = |at: Option<usize>| line.value(at).map_or(Cell::empty(), Cell::figure);
        let head = [
            Cell::text(key),
            Cell::text(line.question.id()),
            value(line.found.best()),
            value(line.found.next()),
            Cell::text(line.binding().join("; ")),
        ];
        let found = &line.found;
        let tail = [found.behind(Verdict::Fails), found.all(Verdict::NoScenario), found.all(Verdict::Open)]
            .map(|positions| Cell::text(line.listed(&positions)));
        let mut row = |facility: &str, column: &str| {
            let lift = [Cell::text(facility), Cell::text(column)];
            sheet.row(&head.iter().cloned().chain(lift).chain(tail.iter().cloned()).collect::<Vec<_>>());
        };
        if line.lifts.is_empty() {
            row("", "");
        }
        line.lifts.iter().for_each(|lift| row(&lift.facility, lift.column));
    }
    sheet.into_bytes()
}

#[derive(JsonSchema, Serialize)]
pub struct Answer<'a> {
    question: &'static str,
    key: &'a str,
    answers: Vec<Of<'a>>,
}

/// Runs of values are (first, last).
#[derive(JsonSchema, Serialize)]
struct Of<'a> {
    question: &'static str,
    value: Option<&'a str>,
    /// Whether no value beyond is open.
    settled: bool,
    next: Option<&'a str>,
    holds: Vec<(&'a str, &'a str)>,
    fails: Vec<(&'a str, &'a str)>,
    no_scenario: Vec<(&'a str, &'a str)>,
    open: Vec<(&'a str, &'a str)>,
    binding: &'a [String],
    why: &'a str,
    lifts: Vec<Help<'a>>,
}

#[derive(JsonSchema, Serialize)]
struct Help<'a> {
    facility: &'a str,
    column: &'static str,
}

pub fn json(end: End, key: &str, lines: &[Line]) -> String {
    pretty(&Answer { question: end.id(), key, answers: lines.iter().map(Of::line).collect() })
}

impl<'a> Of<'a> {
    fn line(line: &'a Line) -> Self {
        let runs = |verdict| line.runs(&line.found.all(verdict));
        let lifts = line.lifts.iter().map(|lift| Help { facility: &lift.facility, column: lift.column });
        Self {
            question: line.question.id(),
            value: line.value(line.found.best()),
            settled: line.found.is_settled(),
            next: line.value(line.found.next()),
            holds: runs(Verdict::Holds),
            fails: runs(Verdict::Fails),
            no_scenario: runs(Verdict::NoScenario),
            open: runs(Verdict::Open),
            binding: line.binding(),
            why: line.beyond.as_ref().map_or("", |beyond| beyond.told.en.as_str()),
            lifts: lifts.collect(),
        }
    }
}

/// The answer in sentences.
pub fn words(end: End, key: &str, line: &Line, catalogue: &Catalogue) -> Vec<Message> {
    let found = &line.found;
    let mut messages = vec![main_sentence(end, key, line)];
    let behind = found.behind(Verdict::Fails);
    if !behind.is_empty() {
        messages.push(Message::new("whatif-largest-holes").text("values", line.listed(&behind)));
    }
    if let Some(why) = &line.no_scenario {
        let values = line.listed(&found.all(Verdict::NoScenario));
        let message = Message::new("whatif-largest-no-scenario").text("values", values);
        messages.push(message.message("why", why.clone()));
    }
    let open = found.all(Verdict::Open);
    if !open.is_empty() {
        messages.push(Message::new("whatif-largest-open").text("values", line.listed(&open)));
    }
    let Some(beyond) = &line.beyond else { return messages };
    if !beyond.binding.is_empty() {
        let message = Message::new("whatif-largest-binding").text("next", beyond.labels.join(", "));
        messages.push(message.text("binding", beyond.binding.join("; ")));
    }
    let why = told(beyond, catalogue).trim_end();
    if line.question == Question::Placeable && !why.is_empty() {
        messages.push(Message::new("whatif-largest-why").text("why", why));
    }
    let lift = |lift: &Lift| {
        let key = if lift.column == "seats" { "whatif-lift-seat" } else { "whatif-lift-supervisor" };
        Message::new(key).text("facility", &lift.facility)
    };
    if line.lifts.is_empty() && open.is_empty() {
        messages.push(Message::new("whatif-no-lift"));
    }
    messages.extend(line.lifts.iter().map(lift));
    messages
}

/// How far it can go. Only where no value between fails or is open it is said of all of them.
fn main_sentence(end: End, key: &str, line: &Line) -> Message {
    let found = &line.found;
    let Some(best) = line.value(found.best()) else {
        let failing = found.all(Verdict::Fails);
        let message = match (line.question, failing.is_empty()) {
            (_, true) => Message::new("whatif-largest-unknown"),
            (Question::Placeable, false) => Message::new("whatif-largest-placeable-none"),
            (Question::WithinCaps, false) => Message::new("whatif-largest-caps-none"),
        };
        return message.text("key", key).text("values", line.listed(&failing));
    };
    if !found.is_settled() {
        let message = match line.question {
            Question::Placeable => Message::new("whatif-largest-placeable-known"),
            Question::WithinCaps => Message::new("whatif-largest-caps-known"),
        };
        return message.text("key", key).text("last", best);
    }
    // With a next value or none beyond it; for all values on the other side, or for this one.
    let [whole, whole_end, some, some_end] = match (line.question, end) {
        (Question::Placeable, End::Largest) => [
            "whatif-largest-placeable",
            "whatif-largest-placeable-all",
            "whatif-largest-placeable-some",
            "whatif-largest-placeable-last",
        ],
        (Question::Placeable, End::Smallest) => [
            "whatif-smallest-placeable",
            "whatif-smallest-placeable-all",
            "whatif-smallest-placeable-some",
            "whatif-smallest-placeable-last",
        ],
        (Question::WithinCaps, End::Largest) => [
            "whatif-largest-caps",
            "whatif-largest-caps-all",
            "whatif-largest-caps-some",
            "whatif-largest-caps-last",
        ],
        (Question::WithinCaps, End::Smallest) => [
            "whatif-smallest-caps",
            "whatif-smallest-caps-all",
            "whatif-smallest-caps-some",
            "whatif-smallest-caps-last",
        ],
    };
    let is_whole = found.behind(Verdict::Fails).is_empty() && found.behind(Verdict::Open).is_empty();
    let key_of = match (line.value(found.next()), is_whole) {
        (Some(_), true) => whole,
        (None, true) => whole_end,
        (Some(_), false) => some,
        (None, false) => some_end,
    };
    let next = line.value(found.next()).unwrap_or_default();
    Message::new(key_of).text("key", key).text("last", best).text("next", next)
}
