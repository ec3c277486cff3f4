//! `kenshu whatif SCENARIO --vary KEY=RANGE … --out DIR`: many variants of one scenario.
//!
//! `asked` turns arguments into variants, `run` answers them on several threads and keeps every answer
//! as it comes, `largest` looks how far a value can go, `merge` unites the parts of a run. A run writes the same tables
//! whatever the number of threads or parts.

pub mod asked;
mod largest;
mod list;
pub mod merge;
pub mod run;
pub mod shard;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::console::Console;
use super::input;
use super::out_folder::OutFolder;
use super::progress::interruptible;
use super::results::{Manifest, Results, Rows};
use super::{Exit, Failure, usage};
use crate::engine::Session;
use crate::files::load::Read;
use crate::files::switch::sha256;
use crate::language::{Catalogue, Message};
use crate::output::dto::TOOL;
use crate::output::{whatif_chart, whatif_csv, whatif_summary, whatif_told};
use crate::scenario::Scenario;
use crate::tables::workbook::Places;
use crate::whatif::evaluate::Bench;
use crate::whatif::result::VariantResult;
use crate::whatif::sweep::{self, Sweep};
use asked::Asked;
pub use list::Listed;
use run::Run;
use shard::Shard;

/// Variants from which on `--yes` is asked for.
const MANY: usize = 2_000;
/// Rows from which on the terminal shows no table.
pub const SHOWN: usize = 60;

#[derive(Debug, clap::Args)]
pub struct WhatifOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Behind `merge` in place of a scenario; behind `list` the scenario.
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    #[arg(long, value_name = "KEY=RANGE")]
    vary: Vec<String>,
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    #[arg(long, value_name = "FILE.toml")]
    variants: Option<PathBuf>,
    #[arg(long, value_name = "KEY")]
    largest: Option<String>,
    #[arg(long, value_name = "KEY")]
    smallest: Option<String>,
    #[arg(long, value_name = "seats")]
    value: Option<String>,
    #[arg(long, value_name = "N")]
    draws: Option<String>,
    #[arg(long, value_name = "S")]
    seed: Option<String>,
    #[arg(long = "out", value_name = "DIR")]
    results: Option<PathBuf>,
    #[arg(long, value_name = "N")]
    threads: Option<String>,
    #[arg(long, value_name = "auto|auto/N|i/N|hash:i/N")]
    shard: Option<String>,
    #[arg(long = "time-limit", value_name = "S", value_parser = usage::seconds, allow_hyphen_values = true)]
    variant_limit: Option<Duration>,
    #[arg(long)]
    yes: bool,
}

/// The scenario with what all variants of a run share.
struct Table<'a> {
    read: &'a Read,
    bench: Bench,
    words: whatif_told::Words,
    asked: Asked,
    session: Session<'static>,
    console: &'a Console,
}

pub fn run(options: &WhatifOptions, console: &Console) -> Result<Exit, Failure> {
    if options.scenario.as_os_str() == "merge" && !options.folders.is_empty() {
        return merge::run(Rows::Variants, &options.folders, options.results.as_deref(), console);
    }
    if options.scenario.as_os_str() == "list"
        && let [scenario] = options.folders.as_slice()
    {
        return list::run(scenario, options, console);
    }
    if let Some(stray) = options.folders.first() {
        let message = Message::new("usage-unknown-argument").text("argument", stray.display());
        return Err(Failure::usage(message));
    }
    let Some(out) = &options.results else {
        return Err(Failure::usage(Message::new("usage-missing").text("argument", "--out <DIR>")));
    };
    let session = interruptible(None);
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let asked = asked::asked(options, &read, console)?;
    OutFolder::examine(out, &options.scenario)?;
    let mut bench = Bench::new(read.sources.clone()).with_base(&session.part(asked.limit));
    if let Some(changes) = &asked.grid {
        bench = bench.for_grid(changes.clone());
    }
    let words = whatif_told::Words::of(read.places.as_ref().map(Places::language));
    let table = Table { read: &read, bench, words, asked, session, console };
    match &table.asked.largest {
        Some(largest) => largest::find(&table, largest, out),
        None => sweep(&table, out, options.yes),
    }
}

/// Answers all variants, or the part asked for, and writes the tables once all are answered.
fn sweep(table: &Table<'_>, out: &std::path::Path, yes: bool) -> Result<Exit, Failure> {
    let (asked, console) = (&table.asked, table.console);
    let sweep = &asked.sweep;
    if sweep.count > MANY && !yes {
        return Err(run::too_many(table));
    }
    let manifest = manifest(&table.read.scenario, asked, sweep);
    let results = Results::open(out, Rows::Variants, &manifest)?;
    results.begin(&manifest)?;
    let (shard, threads) = (asked.shard, asked.threads);
    let run =
        Run { manifest: &manifest, results: &results, shard, threads, session: &table.session, console };
    let answered = run.answers(|position| run::solved(table, &sweep.variant(position)))?;
    if asked.shard.is_a_part() {
        if console.json {
            console.out(&json(&manifest.columns, &answered, asked.shard))?;
        }
        let message = Message::new("whatif-shard-done").number("part", asked.shard.part as i64);
        console.tell(&message.number("parts", asked.shard.parts as i64).text("path", out.display()));
        return Ok(exit(&answered));
    }
    conclude(&manifest, &results, &answered, console)?;
    console.tell(&Message::new("whatif-written").text("path", out.display()));
    Ok(exit(&answered))
}

fn manifest(scenario: &Scenario, asked: &Asked, sweep: &Sweep) -> Manifest {
    let variants = (0..sweep.count).map(|position| sweep.variant(position));
    let (variants, labels) = variants
        .map(|variant| (sweep::hash(&scenario.hash, &variant.changes, asked.limit), variant.labels))
        .unzip();
    Manifest {
        tool: TOOL.to_string(),
        tool_version: env!("CARGO_PKG_VERSION").to_string(),
        scenario: scenario.id.clone(),
        scenario_hash: scenario.hash.clone(),
        question: asked.question.to_string(),
        columns: sweep.columns.clone(),
        axes: asked.axes.clone(),
        courses: scenario.courses.len(),
        variants,
        labels,
        files: BTreeMap::new(),
    }
}

/// Writes the tables and says what they say.
fn conclude(
    manifest: &Manifest,
    results: &Results,
    answered: &[VariantResult],
    console: &Console,
) -> Result<(), Failure> {
    results.finish(manifest, &tables(manifest, answered, &console.catalogue))?;
    if console.json {
        console.out(&json(&manifest.columns, answered, Shard::ALL))?;
    } else if answered.len() <= SHOWN {
        let catalogue = &console.catalogue;
        console.out(&whatif_summary::table(&manifest.columns, answered, catalogue, console.width()))?;
    }
    for (names, told) in whatif_summary::told_alike(&manifest.columns, answered, &console.catalogue) {
        console.err(&format!("\n{names}\n{told}"));
    }
    for message in whatif_summary::sweep(&manifest.columns, answered) {
        console.tell(&message);
    }
    if manifest.question == asked::SEATS {
        for message in whatif_summary::seat_values(answered, &console.catalogue) {
            console.tell(&message);
        }
    }
    if manifest.question == asked::DRAWS {
        for message in whatif_summary::draws(answered, manifest.courses) {
            console.tell(&message);
        }
    }
    Ok(())
}

/// The answers for programs, those of a part with which part of how many it is.
pub fn json(columns: &[String], answered: &[VariantResult], shard: Shard) -> String {
    let shard = shard.is_a_part().then(|| shard.to_string());
    let answered = AnsweredJson { columns, shard, variants: answered };
    crate::output::dto::pretty(&serde_json::json!(answered))
}

#[derive(JsonSchema, Serialize)]
pub struct AnsweredJson<'a> {
    columns: &'a [String],
    /// Which part of how many it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<String>,
    variants: &'a [VariantResult],
}

/// The tables of a run, the same whoever answered the variants.
fn tables(
    manifest: &Manifest,
    answered: &[VariantResult],
    catalogue: &Catalogue,
) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::from([(
        "whatif.csv".to_string(),
        whatif_csv::variants(&manifest.columns, answered, catalogue),
    )]);
    for &axis in &manifest.axes {
        let Some(column) = manifest.columns.get(axis) else { continue };
        let chart = whatif_chart::chart(column, axis, answered, catalogue);
        files.insert(format!("chart-{}.svg", file_name(column)), chart);
    }
    if manifest.question == asked::SEATS {
        files.insert("seat_values.csv".to_string(), whatif_csv::seat_values(answered, catalogue));
        files.insert("seat_values.svg".to_string(), whatif_chart::heat_map(answered, catalogue));
    }
    files
}

/// Bytes of a key in a file's name, at most; systems allow 255 for the whole.
const KEY_BYTES_MAX: usize = 100;
/// Digits of a key's hash where the key itself cannot be the name.
const HASH_DIGITS: usize = 16;

/// A key as a part of a file's name on every system, another one for every key: where the key is long, or
/// has what other systems forbid or do not tell apart, its hash follows a `~`, which no key keeps.
fn file_name(key: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let is_lower = key.chars().all(|c| c.to_lowercase().eq([c]));
    if key.len() <= KEY_BYTES_MAX && is_lower && key.chars().all(is_plain) {
        return key.to_string();
    }
    let mut name = String::new();
    for c in key.chars().map(|c| if is_plain(c) { c } else { '_' }) {
        if name.len() + c.len_utf8() > KEY_BYTES_MAX {
            break;
        }
        name.push(c);
    }
    format!("{name}~{}", &sha256(key.as_bytes())[..HASH_DIGITS])
}

pub fn exit(answered: &[VariantResult]) -> Exit {
    if answered.iter().any(|result| !result.is_answered()) {
        return Exit::Failure;
    }
    if answered.iter().any(VariantResult::is_invalid) { Exit::Negative } else { Exit::Good }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_has_a_file_name_of_its_own_that_every_system_takes() {
        assert_eq!(file_name("facilities.ashikaga.supervisors"), "facilities.ashikaga.supervisors");
        let long = "facilities.".to_string() + &"病".repeat(240);
        let keys = ["f.a/b.seats", "f.a b.seats", "f.a_b.seats", "f.A_B.seats", &long, &(long.clone() + "x")];
        let names: BTreeSet<String> = keys.iter().map(|key| file_name(key).to_lowercase()).collect();
        assert_eq!(names.len(), keys.len(), "{names:?}");
        assert!(names.iter().all(|name| name.len() <= 120 && !name.contains(['/', ' '])), "{names:?}");
    }
}
