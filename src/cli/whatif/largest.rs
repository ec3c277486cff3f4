//! `--largest KEY`, `--smallest KEY`: how far a value can go, what stops it there, and which single change
//! would help. What is asked of which value `engine::largest` says; here every value becomes a scenario,
//! and every answer is kept, so that a run cut short is gone on with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::super::results::{Found as Kept, Manifest, Results, Rows};
use super::super::{Exit, Failure};
use super::asked::Largest;
use super::{Table, domain, run};
use crate::audit;
use crate::diagnostic::Severity;
use crate::engine::largest::{Found, Stopped, Verdict, search};
use crate::engine::order::Demand;
use crate::explain::apply::changed;
use crate::explain::asker::{Asker, Existence, is_legal};
use crate::language::Message;
use crate::output::whatif_largest::{self, Line, Question};
use crate::scenario::Scenario;
use crate::scenario::edit::Edit;
use crate::whatif::lift;
use crate::whatif::result::VariantResult;
use crate::whatif::sweep::{self, Variant};

/// What a value is, before anything is solved.
enum Looked {
    Scenario {
        demand: Demand,
        /// `None`: not checked.
        within_caps: Option<bool>,
    },
    /// Why it is none.
    NoScenario(Option<Message>),
}

/// A value and what it is.
type Value = (String, Looked);

pub fn find(table: &Table<'_>, largest: &Largest, out: &Path) -> Result<Exit, Failure> {
    let manifest = super::manifest(&table.read.scenario, &table.asked, &table.asked.sweep);
    let manifest = Manifest {
        columns: vec![largest.name.clone()],
        variants: Vec::new(),
        labels: Vec::new(),
        ..manifest
    };
    let results = Results::open(out, Rows::Variants, &manifest)?;
    results.begin(&manifest)?;
    let (elapsed, time_left) = (|| table.session.elapsed(), || table.session.time_left());
    let mut seeker = Seeker {
        table,
        largest,
        results: &results,
        asker: Asker::new(&time_left).with_clock(&elapsed),
        known: BTreeMap::new(),
    };
    let mut values: Vec<Value> = looked(table, largest, largest.domain.values.clone())?;
    let found = loop {
        let found = seeker.found(&values)?;
        let missing: BTreeSet<String> = match largest.domain.has_gaps {
            true => found.iter().flat_map(|found| edge(&values, found)).collect(),
            false => BTreeSet::new(),
        };
        if missing.is_empty() {
            break found;
        }
        values.extend(looked(table, largest, missing.into_iter().collect())?);
        values.sort_by_cached_key(|(value, _)| value.parse::<Decimal>().unwrap_or_default());
    };
    let [placeable, within_caps] = found;
    let is_checked = |(_, looked): &Value| {
        matches!(looked, Looked::Scenario { within_caps: Some(_), .. } | Looked::NoScenario(_))
    };
    let caps = Some((Question::WithinCaps, within_caps)).filter(|_| values.iter().any(is_checked));
    let lines = std::iter::once((Question::Placeable, placeable))
        .chain(caps)
        .map(|(question, found)| seeker.line(question, found, &values))
        .collect::<Result<Vec<_>, Failure>>()?;
    let file = format!("{}.csv", largest.end.id());
    let csv = whatif_largest::csv(largest.end, &largest.name, &lines, &table.console.catalogue);
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
    fn changes(&self, value: &str) -> Result<Vec<Edit>, Failure> {
        let change = Edit::of(self.key.clone(), value).map_err(Failure::usage)?;
        Ok(self.sets.iter().cloned().chain([change]).collect())
    }
}

/// The values with what they are.
fn looked(table: &Table<'_>, largest: &Largest, values: Vec<String>) -> Result<Vec<Value>, Failure> {
    run::pool(table.asked.threads)?.install(|| {
        let values = values.into_par_iter();
        values.map(|value| Ok((value.clone(), look(table, &largest.changes(&value)?)?))).collect()
    })
}

/// What lies between the best value and the nearest beyond it that fails.
fn edge(values: &[Value], found: &Found) -> Vec<String> {
    match (found.best(), found.next()) {
        (Some(best), Some(next)) => domain::between(&values[best].0, &values[next].0),
        _ => Vec::new(),
    }
}

fn look(table: &Table<'_>, changes: &[Edit]) -> Result<Looked, Failure> {
    Ok(match table.bench.scenario(changes) {
        Ok(scenario) => Looked::Scenario {
            demand: Demand::of(&scenario),
            within_caps: audit::keeps_caps(&scenario, &audit::audit_program(&scenario)),
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
    /// Whether everybody can be placed at values asked about before.
    known: BTreeMap<String, Verdict>,
}

impl Seeker<'_> {
    /// Whether everybody can be placed, and whether the caps are kept.
    fn found(&mut self, values: &[Value]) -> Result<[Found; 2], Failure> {
        let (largest, mut failed) = (self.largest, None);
        let mut placeable = |at: usize| match &values[at] {
            (_, Looked::NoScenario(_)) => Ok(Verdict::NoScenario),
            (value, Looked::Scenario { .. }) => {
                if let Some(known) = self.known.get(value) {
                    return Ok(*known);
                }
                let changes = largest.changes(value);
                let verdict =
                    changes.and_then(|changes| self.placeable(&changes)).unwrap_or_else(|failure| {
                        failed = Some(failure);
                        Err(Stopped)
                    })?;
                self.known.insert(value.clone(), verdict);
                Ok(verdict)
            }
        };
        let implies = |holding: usize, other: usize| match (&values[holding].1, &values[other].1) {
            (Looked::Scenario { demand: harder, .. }, Looked::Scenario { demand, .. }) => {
                demand.asks_no_more_than(harder)
            }
            _ => false,
        };
        let placed = search(values.len(), largest.end, &implies, &mut placeable);
        if let Some(failure) = failed {
            return Err(failure);
        }
        let capped = search(values.len(), largest.end, &|_, _| false, &mut |at| {
            Ok(match &values[at].1 {
                Looked::NoScenario(_) => Verdict::NoScenario,
                Looked::Scenario { within_caps: Some(true), .. } => Verdict::Holds,
                Looked::Scenario { within_caps: Some(false), .. } => Verdict::Fails,
                // What is not checked is not said to be kept.
                Looked::Scenario { within_caps: None, .. } => Verdict::NoScenario,
            })
        });
        Ok([placed, capped])
    }

    fn line(&mut self, question: Question, found: Found, values: &[Value]) -> Result<Line, Failure> {
        let no_scenario = values.iter().find_map(|(_, looked)| match looked {
            Looked::NoScenario(why) => why.clone(),
            Looked::Scenario { .. } => None,
        });
        let values = values.iter().map(|(value, _)| value.clone()).collect();
        let mut line = Line { question, values, found, no_scenario, beyond: None, lifts: Vec::new() };
        if let Some(next) = line.found.next() {
            let changes = self.largest.changes(&line.values[next])?;
            line.beyond = self.answered(line.values[next].clone(), changes.clone())?;
            line.lifts = self.lifts(question, &changes)?;
        }
        Ok(line)
    }

    /// The single changes with which it holds where it does not.
    fn lifts(&mut self, question: Question, changes: &[Edit]) -> Result<Vec<lift::Lift>, Failure> {
        let Ok(scenario) = self.table.bench.scenario(changes) else { return Ok(Vec::new()) };
        let mut lifts = Vec::new();
        for lift in lift::candidates(&scenario) {
            // The key itself is no other change.
            if lift.changes.iter().any(|change| change.key == self.largest.key) {
                continue;
            }
            let helped: Vec<Edit> = changes.iter().chain(&lift.changes).cloned().collect();
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
    fn placeable(&mut self, changes: &[Edit]) -> Result<Result<Verdict, Stopped>, Failure> {
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
    fn answered(&self, label: String, changes: Vec<Edit>) -> Result<Option<VariantResult>, Failure> {
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
