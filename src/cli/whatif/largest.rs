//! `--largest KEY`, `--smallest KEY`: how far a value can go, what stops it there, and which single change
//! would help. `whatif::largest` looks for it; here every answer is kept, so that a run cut short is gone on with.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use super::super::results::{Found as Kept, Manifest, Results, Rows};
use super::super::{Exit, Failure};
use super::asked::Largest;
use super::{Table, run};
use crate::engine::largest::{Stopped, Verdict};
use crate::explain::asker::Asker;
use crate::language::Message;
use crate::output::whatif_largest;
use crate::scenario::Scenario;
use crate::scenario::edit::Edit;
use crate::whatif::largest::{self, Answers, placeable};
use crate::whatif::result::VariantResult;
use crate::whatif::sweep::{self, Variant};

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
    let asker = Asker::new(&time_left).with_clock(&elapsed);
    let mut answers = FromRun { table, name: &largest.name, results: &results, asker };
    let pool = run::pool(table.asked.threads)?;
    let lines = largest::find(&largest.sought, &table.bench, &pool, &mut answers)?;
    let end = largest.sought.end;
    let file = format!("{}.csv", end.id());
    let csv = whatif_largest::csv(end, &largest.name, &lines, &table.console.catalogue);
    results.finish(&manifest, &BTreeMap::from([(file, csv)]))?;
    if table.console.json {
        table.console.out(&whatif_largest::json(end, &largest.name, &lines))?;
    }
    for line in &lines {
        for message in whatif_largest::words(end, &largest.name, line, &table.console.catalogue) {
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

/// Answers that an earlier run found are not asked for again.
struct FromRun<'a> {
    table: &'a Table<'a>,
    name: &'a str,
    results: &'a Results,
    asker: Asker<'a>,
}

impl Answers for FromRun<'_> {
    type Failure = Failure;

    fn exists(&mut self, scenario: &Scenario, changes: &[Edit]) -> Result<Result<Verdict, Stopped>, Failure> {
        // Whether there is a plan does not depend on the time it may take to find one.
        let key = sweep::hash(&format!("existence {}", scenario.hash), changes, None);
        if let Kept::Whole(result) = self.results.find(&key)?
            && let Some(placeable) = result.placeable
        {
            return Ok(Ok(if placeable { Verdict::Holds } else { Verdict::Fails }));
        }
        let started = Instant::now();
        let verdict = placeable(scenario, &mut self.asker, self.table.asked.limit)
            .ok_or_else(|| Failure::inside(Message::new("whatif-fault").text("variant", self.name)))?;
        if verdict == Verdict::Open && self.asker.stopped() {
            return Ok(Err(Stopped));
        }
        if verdict != Verdict::Open {
            let result = VariantResult::existence(verdict == Verdict::Holds);
            self.results.keep(&key, &result, started.elapsed().as_millis() as u64)?;
        }
        Ok(Ok(verdict))
    }

    fn whole(&mut self, variant: Variant) -> Result<Option<VariantResult>, Failure> {
        let key = sweep::hash(&self.table.read.scenario.hash, &variant.changes, self.table.asked.limit);
        if let Kept::Whole(result) = self.results.find(&key)? {
            return Ok(Some(*result));
        }
        let started = Instant::now();
        let result = run::solved(self.table, &variant)?;
        if self.table.session.is_cancelled() {
            return Ok(None);
        }
        self.results.keep(&key, &result, started.elapsed().as_millis() as u64)?;
        Ok(Some(result))
    }
}
