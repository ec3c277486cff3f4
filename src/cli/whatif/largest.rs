//! `--largest KEY`, `--smallest KEY`: how far a value can go, what stops it there, and which single change
//! would help. What is asked of which value `engine::largest` says; here every value becomes a scenario,
//! and every answer is kept, so that a run cut short is gone on with.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;

use super::super::results::{Found as Kept, Manifest, Results};
use super::super::{Exit, Failure};
use super::asked::Largest;
use super::{Table, run};
use crate::audit;
use crate::diagnostic::Severity;
use crate::engine::largest::{Stopped, Verdict, search};
use crate::engine::order::Demand;
use crate::explain::apply::changed;
use crate::explain::asker::{Asker, Existence, is_legal};
use crate::language::Message;
use crate::output::whatif_largest::{self, Line, Question};
use crate::scenario::Scenario;
use crate::scenario::edit::Change;
use crate::whatif::lift;
use crate::whatif::result::VariantResult;
use crate::whatif::sweep::{self, Variant};

/// What a value is, before anything is solved.
enum Looked {
    Scenario {
        demand: Demand,
        within_caps: bool,
    },
    /// Why it is none.
    NoScenario(Option<Message>),
}

pub fn find(table: &Table<'_>, largest: &Largest, out: &Path) -> Result<Exit, Failure> {
    let manifest = super::manifest(&table.read.scenario, &table.asked, &table.asked.sweep);
    let manifest = Manifest { columns: vec![largest.name.clone()], variants: Vec::new(), ..manifest };
    let results = Results::open(out, &manifest)?;
    results.begin(&manifest)?;
    let looked = run::pool(table)?.install(|| {
        let positions = (0..largest.values.len()).into_par_iter();
        positions.map(|at| look(table, &largest.changes(at)?)).collect::<Result<Vec<_>, Failure>>()
    })?;
    let (elapsed, time_left) = (|| table.session.elapsed(), || table.session.time_left());
    let mut seeker =
        Seeker { table, largest, results: &results, asker: Asker::new(&time_left).with_clock(&elapsed) };
    let lines = [Question::Placeable, Question::WithinCaps]
        .into_iter()
        .map(|question| seeker.line(question, &looked))
        .collect::<Result<Vec<_>, Failure>>()?;
    let file = format!("{}.csv", largest.end.id());
    let csv = whatif_largest::csv(largest.end, &largest.name, &lines);
    results.finish(&manifest, &BTreeMap::from([(file, csv)]))?;
    if table.console.json {
        table.console.out(&whatif_largest::json(largest.end, &largest.name, &lines))?;
    }
    for line in &lines {
        for message in whatif_largest::words(largest.end, &largest.name, line, &table.console.catalogue) {
            table.console.tell(&message);
        }
    }
    table.console.tell(&Message::new("whatif-written").text("path", out.display()));
    Ok(match &lines[..] {
        lines if lines.iter().any(|line| !line.found.is_settled()) => Exit::Failure,
        lines if lines.iter().any(|line| line.found.best().is_none()) => Exit::Negative,
        _ => Exit::Good,
    })
}

impl Largest {
    fn changes(&self, at: usize) -> Result<Vec<Change>, Failure> {
        let value = self.values.get(at).map(String::as_str).unwrap_or_default();
        let change = Change::of(self.key.clone(), value).map_err(Failure::usage)?;
        Ok(self.sets.iter().cloned().chain([change]).collect())
    }
}

fn look(table: &Table<'_>, changes: &[Change]) -> Result<Looked, Failure> {
    Ok(match table.bench.scenario(changes) {
        Ok(scenario) => Looked::Scenario {
            demand: Demand::of(&scenario),
            within_caps: audit::keeps_caps(&audit::audit_program(&scenario)),
        },
        Err(findings) => {
            let errors = findings.list.into_iter().filter(|finding| finding.severity == Severity::Error);
            Looked::NoScenario(errors.map(|finding| finding.message).next())
        }
    })
}

/// Asks about single values.
struct Seeker<'a> {
    table: &'a Table<'a>,
    largest: &'a Largest,
    results: &'a Results,
    asker: Asker<'a>,
}

impl Seeker<'_> {
    fn line(&mut self, question: Question, looked: &[Looked]) -> Result<Line, Failure> {
        let (largest, mut failed) = (self.largest, None);
        let mut ask = |at: usize| match &looked[at] {
            Looked::NoScenario(_) => Ok(Verdict::NoScenario),
            Looked::Scenario { within_caps, .. } if question == Question::WithinCaps => {
                Ok(if *within_caps { Verdict::Holds } else { Verdict::Fails })
            }
            Looked::Scenario { .. } => {
                let changes = largest.changes(at);
                changes.and_then(|changes| self.placeable(&changes)).unwrap_or_else(|failure| {
                    failed = Some(failure);
                    Err(Stopped)
                })
            }
        };
        let implies = |holding: usize, other: usize| match (&looked[holding], &looked[other]) {
            (Looked::Scenario { demand: harder, .. }, Looked::Scenario { demand, .. }) => {
                question == Question::Placeable && demand.asks_no_more_than(harder)
            }
            _ => false,
        };
        let found = search(looked.len(), largest.end, &implies, &mut ask);
        if let Some(failure) = failed {
            return Err(failure);
        }
        let no_scenario = looked.iter().find_map(|looked| match looked {
            Looked::NoScenario(why) => why.clone(),
            Looked::Scenario { .. } => None,
        });
        let values = self.largest.values.clone();
        let mut line = Line { question, values, found, no_scenario, beyond: None, lifts: Vec::new() };
        if let Some(next) = line.found.next() {
            let changes = self.largest.changes(next)?;
            line.beyond = self.answered(line.values[next].clone(), changes.clone())?;
            line.lifts = self.lifts(question, &changes)?;
        }
        Ok(line)
    }

    /// The single changes with which it holds where it does not.
    fn lifts(&mut self, question: Question, changes: &[Change]) -> Result<Vec<lift::Lift>, Failure> {
        let Ok(scenario) = self.table.bench.scenario(changes) else { return Ok(Vec::new()) };
        let mut lifts = Vec::new();
        for lift in lift::candidates(&scenario) {
            // The key itself is no other change.
            if lift.changes.iter().any(|change| change.key == self.largest.key) {
                continue;
            }
            let helped: Vec<Change> = changes.iter().chain(&lift.changes).cloned().collect();
            let holds = match question {
                Question::WithinCaps => self.table.bench.within_caps(&helped) == Some(true),
                Question::Placeable => self.placeable(&helped)? == Ok(Verdict::Holds),
            };
            if holds {
                lifts.push(lift);
            }
        }
        Ok(lifts)
    }

    /// Whether a plan exists; what an earlier run found is not asked again.
    fn placeable(&mut self, changes: &[Change]) -> Result<Result<Verdict, Stopped>, Failure> {
        let Ok(scenario) = self.table.bench.scenario(changes) else { return Ok(Ok(Verdict::NoScenario)) };
        // Whether there is a plan does not depend on the time it may take to find one.
        let key = sweep::hash(&format!("existence {}", scenario.hash), changes, None);
        if let Kept::Whole(result) = self.results.find(&key)?
            && let Some(placeable) = result.placeable
        {
            return Ok(Ok(if placeable { Verdict::Holds } else { Verdict::Fails }));
        }
        let started = Instant::now();
        let verdict = self.exists(&scenario)?;
        if verdict == Verdict::Open && self.asker.stopped() {
            return Ok(Err(Stopped));
        }
        if verdict != Verdict::Open {
            let result = VariantResult::existence(verdict == Verdict::Holds);
            self.results.keep(&key, &result, started.elapsed().as_millis() as u64)?;
        }
        Ok(Ok(verdict))
    }

    fn exists(&mut self, scenario: &Scenario) -> Result<Verdict, Failure> {
        // No goal is asked for.
        let bare = changed(scenario, &[]);
        let existence = match self.table.asked.limit {
            Some(limit) => self.asker.exists_soon(&bare, limit),
            None => self.asker.exists(&bare),
        };
        Ok(match existence {
            Existence::Plan(plan) if is_legal(&bare, &plan) => Verdict::Holds,
            Existence::Plan(_) => {
                let variant = self.largest.name.clone();
                return Err(Failure::inside(Message::new("whatif-fault").text("variant", variant)));
            }
            Existence::Nothing(_) => Verdict::Fails,
            Existence::Unknown(_) => Verdict::Open,
        })
    }

    /// The whole answer to a variant, unless an earlier run found it; `None` if time is up.
    fn answered(&self, label: String, changes: Vec<Change>) -> Result<Option<VariantResult>, Failure> {
        let key = sweep::hash(&self.table.read.scenario.hash, &changes, self.table.asked.limit);
        if let Kept::Whole(result) = self.results.find(&key)? {
            return Ok(Some(*result));
        }
        let started = Instant::now();
        let result = run::solved(self.table, &Variant { labels: vec![label], changes })?;
        if self.table.session.is_cancelled() {
            return Ok(None);
        }
        self.results.keep(&key, &result, started.elapsed().as_millis() as u64)?;
        Ok(Some(result))
    }
}
