//! `--largest KEY`: how far a value can go, what stops it there, and which single change would help.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use super::super::results::{Found, Manifest, Results};
use super::super::{Exit, Failure};
use super::asked::Largest;
use super::{Table, run};
use crate::language::Message;
use crate::output::csv_cells::{Cell, Sheet};
use crate::output::whatif_summary;
use crate::regulation::{Kind, RULES, Value};
use crate::scenario::Scenario;
use crate::scenario::bounds;
use crate::scenario::overlay::{Change, Key};
use crate::whatif::boundary::{self, Boundary};
use crate::whatif::lift::{self, Lift};
use crate::whatif::result::VariantResult;
use crate::whatif::sweep::{self, Variant};

/// What has to hold up to the boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Placeable,
    WithinCaps,
}

impl Question {
    fn id(self) -> &'static str {
        match self {
            Self::Placeable => "placeable",
            Self::WithinCaps => "within_caps",
        }
    }
}

/// One question's answer.
struct Line {
    question: Question,
    boundary: Boundary,
    /// The variant one step beyond.
    beyond: Option<VariantResult>,
    lifts: Vec<Lift>,
}

/// The values that are looked among.
struct Domain<'a> {
    largest: &'a Largest,
    count: usize,
    start: usize,
}

impl Domain<'_> {
    fn value(&self, at: usize) -> String {
        match &self.largest.values {
            Some(values) => values.get(at).cloned().unwrap_or_default(),
            None => at.to_string(),
        }
    }

    fn changes(&self, at: usize) -> Result<Vec<Change>, Failure> {
        let change = Change::of(self.largest.key.clone(), &self.value(at)).map_err(Failure::usage)?;
        Ok(self.largest.sets.iter().cloned().chain([change]).collect())
    }
}

pub fn find(table: &Table<'_>, largest: &Largest, out: &Path) -> Result<Exit, Failure> {
    let scenario = &table.read.scenario;
    let domain = domain(scenario, largest)?;
    let manifest = super::manifest(scenario, &table.asked, &table.asked.sweep);
    let manifest = Manifest { columns: vec![largest.name.clone()], variants: Vec::new(), ..manifest };
    let results = Results::open(out, &manifest)?;
    results.begin(&manifest)?;
    let lines = run::pool(table)?.install(|| -> Result<Vec<Line>, Failure> {
        [Question::Placeable, Question::WithinCaps]
            .into_iter()
            .map(|question| line(table, &domain, question, &results))
            .collect()
    })?;
    let files = BTreeMap::from([("largest.csv".to_string(), csv(&domain, &lines))]);
    results.finish(&manifest, &files)?;
    for line in &lines {
        for message in words(&domain, line, table) {
            table.console.tell(&message);
        }
    }
    table.console.tell(&Message::new("whatif-written").text("path", out.display()));
    let nothing = lines.iter().any(|line| line.boundary.last.is_none());
    Ok(if nothing { Exit::Negative } else { Exit::Good })
}

/// Where to look: among the values given, else among whole numbers, starting from the present one.
fn domain<'a>(scenario: &Scenario, largest: &'a Largest) -> Result<Domain<'a>, Failure> {
    if let Some(values) = &largest.values {
        return Ok(Domain { largest, count: values.len(), start: values.len() / 2 });
    }
    let (present, most) = present(scenario, &largest.key)
        .ok_or_else(|| Failure::usage(Message::new("whatif-largest-range").text("key", &largest.name)))?;
    Ok(Domain { largest, count: most as usize + 1, start: present as usize })
}

/// The whole number a key has now, and the most it can have.
fn present(scenario: &Scenario, key: &Key) -> Option<(u32, u32)> {
    match key {
        Key::Program(path) => {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            Some(match path[..] {
                ["intake", year] => {
                    let year: i32 = year.parse().ok()?;
                    (scenario.intake.get(&year).copied().unwrap_or(0), *bounds::INTAKE.end())
                }
                ["rules", key] => {
                    let row = RULES.iter().find(|row| row.key == key && row.reached.is_some())?;
                    let (Kind::Whole(range), Some(Value::Whole(now))) =
                        (&row.kind, (row.get)(&scenario.rules))
                    else {
                        return None;
                    };
                    (now, *range.end())
                }
                _ => return None,
            })
        }
        Key::Facility { id, column, from: None } if column == "min_residents" => {
            let facility = scenario.facilities.iter().find(|facility| facility.id == *id)?;
            Some((facility.min_residents.initial, *bounds::SEATS.end()))
        }
        Key::Case { id, field } if field == "target" => {
            let case = scenario.cases.iter().find(|case| case.id == *id)?;
            Some((case.target, case.target.saturating_mul(100).max(1000)))
        }
        _ => None,
    }
}

fn line(
    table: &Table<'_>,
    domain: &Domain<'_>,
    question: Question,
    results: &Results,
) -> Result<Line, Failure> {
    let mut failed = None;
    let boundary = boundary::find(domain.count, domain.start, &mut |at| {
        let changes = domain.changes(at);
        let passes = changes.and_then(|changes| passes(table, question, domain.value(at), changes, results));
        passes.map_err(|failure| failed = Some(failure)).ok().flatten()
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    let boundary = boundary.ok_or_else(|| Failure::inside(Message::new("whatif-largest-open")))?;
    let (mut beyond, mut lifts) = (None, Vec::new());
    if let Some(next) = boundary.next {
        let changes = domain.changes(next)?;
        beyond = Some(answered(table, domain.value(next), changes.clone(), results)?);
        if let Ok(scenario) = table.bench.scenario(&changes) {
            for lift in lift::candidates(&scenario) {
                let helped = changes.iter().chain(&lift.changes).cloned().collect();
                if passes(table, question, domain.value(next), helped, results)? == Some(true) {
                    lifts.push(lift);
                }
            }
        }
    }
    Ok(Line { question, boundary, beyond, lifts })
}

/// Whether a variant passes; one that is no scenario does not.
fn passes(
    table: &Table<'_>,
    question: Question,
    label: String,
    changes: Vec<Change>,
    results: &Results,
) -> Result<Option<bool>, Failure> {
    if question == Question::WithinCaps {
        return Ok(Some(table.bench.within_caps(&changes).unwrap_or(false)));
    }
    let result = answered(table, label, changes, results)?;
    Ok(if result.is_invalid() { Some(false) } else { result.placeable })
}

/// Answers a variant, unless an earlier run did.
fn answered(
    table: &Table<'_>,
    label: String,
    changes: Vec<Change>,
    results: &Results,
) -> Result<VariantResult, Failure> {
    let key = sweep::hash(&table.read.scenario.hash, &changes, table.asked.limit);
    if let Found::Whole(result) = results.find(&key)? {
        return Ok(*result);
    }
    let started = Instant::now();
    let result = run::solved(table, &Variant { labels: vec![label], changes })?;
    if table.session.is_cancelled() {
        return Err(Failure::inside(Message::new("whatif-largest-open")));
    }
    results.keep(&key, &result, started.elapsed().as_millis() as u64)?;
    Ok(result)
}

fn csv(domain: &Domain<'_>, lines: &[Line]) -> Vec<u8> {
    let mut sheet =
        Sheet::new(&["key", "question", "largest", "next", "binding", "lift_facility", "lift_column"]);
    for line in lines {
        let value = |at: Option<usize>| at.map_or(Cell::empty(), |at| Cell::figure(&domain.value(at)));
        let head = [
            Cell::text(&domain.largest.name),
            Cell::text(line.question.id()),
            value(line.boundary.last),
            value(line.boundary.next),
            Cell::text(line.beyond.as_ref().map_or(String::new(), |beyond| beyond.binding.join("; "))),
        ];
        let row = |tail: [Cell; 2]| head.iter().cloned().chain(tail).collect::<Vec<_>>();
        if line.lifts.is_empty() {
            sheet.row(&row([Cell::empty(), Cell::empty()]));
        }
        for lift in &line.lifts {
            sheet.row(&row([Cell::text(&lift.facility), Cell::text(lift.column)]));
        }
    }
    sheet.into_bytes()
}

fn words(domain: &Domain<'_>, line: &Line, table: &Table<'_>) -> Vec<Message> {
    let name = &domain.largest.name;
    let value = |at: usize| domain.value(at);
    let (none, all, found) = match line.question {
        Question::Placeable => {
            ("whatif-largest-placeable-none", "whatif-largest-placeable-all", "whatif-largest-placeable")
        }
        Question::WithinCaps => {
            ("whatif-largest-caps-none", "whatif-largest-caps-all", "whatif-largest-caps")
        }
    };
    let mut messages = Vec::new();
    match (line.boundary.last, line.boundary.next) {
        (None, Some(next)) => messages.push(Message::new(none).text("key", name).text("next", value(next))),
        (Some(last), None) => messages.push(Message::new(all).text("key", name).text("last", value(last))),
        (Some(last), Some(next)) => {
            messages.push(
                Message::new(found).text("key", name).text("last", value(last)).text("next", value(next)),
            );
        }
        (None, None) => {}
    }
    let Some(beyond) = &line.beyond else { return messages };
    messages.push(
        Message::new("whatif-largest-binding")
            .text("next", beyond.labels.join(", "))
            .text("binding", beyond.binding.join("; ")),
    );
    let told = whatif_summary::told(beyond, &table.console.catalogue);
    if line.question == Question::Placeable && !told.is_empty() {
        messages.push(Message::new("whatif-largest-why").text("why", told.trim_end()));
    }
    let lift = |lift: &Lift| {
        let key = if lift.column == "seats" { "whatif-lift-seat" } else { "whatif-lift-supervisor" };
        Message::new(key).text("facility", &lift.facility)
    };
    if line.lifts.is_empty() {
        messages.push(Message::new("whatif-no-lift"));
    }
    messages.extend(line.lifts.iter().map(lift));
    messages
}
