//! `kenshu sweep-programs FOLDER… --out DIR`: many programs, each planned on its own, a row each.
//!
//! A run is shared out, kept and united like a what-if's (`whatif/run`, `results`). A program that cannot be read is a
//! row that says why. Rows are told apart by where the program lies, their answers by what its tables say, so the
//! same tables in two places are answered once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::prelude::*;

use super::console::Console;
use super::out_folder::OutFolder;
use super::progress::interruptible;
use super::results::{Manifest, Results, Rows};
use super::whatif::run::{self, Run};
use super::whatif::shard::Shard;
use super::whatif::{self, asked, merge};
use super::{Exit, Failure, usage};
use crate::diagnostic::Findings;
use crate::engine::Session;
use crate::files::load;
use crate::files::switch::sha256;
use crate::language::Message;
use crate::output::dto::TOOL;
use crate::output::{diagnostics, whatif_csv, whatif_summary, whatif_told};
use crate::scenario::Scenario;
use crate::whatif::evaluate::Answered;
use crate::whatif::result::VariantResult;
use crate::whatif::sweep;

/// What the manifest calls the question.
const PROGRAMS: &str = "programs";
/// What a row says of its program before it is planned; where it lies and its id are shown on the terminal too.
const COLUMNS: [&str; 5] = ["path", "program", "program_name", "residents", "facilities"];
const SHOWN_COLUMNS: usize = 2;
/// Where one of these lies, somebody keeps the tables of a program.
const TABLES: [&str; 2] = ["program.toml", "facilities.csv"];

#[derive(Debug, clap::Args)]
pub struct SweepProgramsOptions {
    /// Behind `merge` the folders of the parts.
    #[arg(value_name = "FOLDER", required = true)]
    programs: Vec<PathBuf>,
    #[arg(id = "program_results", long = "out", value_name = "DIR")]
    results: Option<PathBuf>,
    #[arg(long, value_name = "N")]
    threads: Option<String>,
    #[arg(long, value_name = "auto|auto/N|i/N|hash:i/N")]
    shard: Option<String>,
    #[arg(id = "program_limit", long = "time-limit", value_name = "S", value_parser = usage::seconds, allow_hyphen_values = true)]
    limit: Option<Duration>,
}

/// A program as it was found.
struct Program {
    labels: Vec<String>,
    scenario: Result<Scenario, Findings>,
    is_workbook: bool,
}

pub fn run(options: &SweepProgramsOptions, console: &Console) -> Result<Exit, Failure> {
    let out = options.results.as_deref();
    if let [first, parts @ ..] = options.programs.as_slice()
        && first.as_os_str() == "merge"
        && !parts.is_empty()
    {
        return merge::run(Rows::Programs, parts, out, console);
    }
    let Some(out) = out else {
        return Err(Failure::usage(Message::new("usage-missing").text("argument", "--out <DIR>")));
    };
    let threads = options.threads.as_deref();
    let threads = threads.map(|text| asked::number("--threads", text, 1, asked::THREADS_MAX)).transpose();
    let threads = threads.map_err(Failure::usage)?;
    let shard = options.shard.as_deref();
    let shard = shard.map(|text| Shard::read(text, &|name| std::env::var(name).ok())).transpose();
    let shard = shard.map_err(Failure::usage)?.unwrap_or(Shard::ALL);
    let session = interruptible(None);
    let paths = programs(&options.programs);
    for path in &paths {
        OutFolder::examine(out, path)?;
    }
    let programs: Vec<Program> =
        run::pool(threads)?.install(|| paths.into_par_iter().map(|path| Program::read(&path)).collect());
    let manifest = manifest(&programs, options.limit, console);
    let results = Results::open(out, Rows::Programs, &manifest)?;
    results.begin(&manifest)?;
    let run = Run { manifest: &manifest, results: &results, shard, threads, session: &session, console };
    let words = [None, Some(console.catalogue.language())].map(whatif_told::Words::of);
    let answered = run.answers(|position| {
        let program = &programs[position];
        program.answer(&session.part(options.limit), &words[usize::from(program.is_workbook)])
    })?;
    if shard.is_a_part() {
        if console.json {
            console.out(&whatif::json(&manifest.columns, &answered, shard))?;
        }
        let message = Message::new("programs-shard-done").number("part", shard.part as i64);
        console.tell(&message.number("parts", shard.parts as i64).text("path", out.display()));
        return Ok(whatif::exit(&answered));
    }
    conclude(&manifest, &results, &answered, console)?;
    console.tell(&Message::new("whatif-written").text("path", out.display()));
    Ok(whatif::exit(&answered))
}

/// Writes the table and says what it says.
pub fn conclude(
    manifest: &Manifest,
    results: &Results,
    answered: &[VariantResult],
    console: &Console,
) -> Result<(), Failure> {
    let catalogue = &console.catalogue;
    let csv = whatif_csv::programs(&manifest.columns, answered, catalogue);
    results.finish(manifest, &BTreeMap::from([(Rows::Programs.table().to_string(), csv)]))?;
    if console.json {
        console.out(&whatif::json(&manifest.columns, answered, Shard::ALL))?;
    } else if answered.len() <= whatif::SHOWN {
        let shown = &COLUMNS[..SHOWN_COLUMNS];
        console.out(&whatif_summary::programs_table(shown, answered, catalogue, console.width()))?;
    }
    for result in answered.iter().filter(|result| result.is_invalid()).take(whatif::SHOWN) {
        let path = result.labels.first().map(String::as_str).unwrap_or_default();
        console.err(&format!("\n{path}\n{}\n", whatif_summary::told(result, catalogue)));
    }
    for message in whatif_summary::programs(answered) {
        console.tell(&message);
    }
    Ok(())
}

fn manifest(programs: &[Program], limit: Option<Duration>, console: &Console) -> Manifest {
    let key = |program: &Program| {
        let content = match &program.scenario {
            Ok(scenario) => scenario.hash.clone(),
            // What is answered is what is wrong.
            Err(findings) => sha256(diagnostics::brief(findings, &console.in_english()).as_bytes()),
        };
        sweep::hash(&content, &[], limit)
    };
    Manifest {
        tool: TOOL.to_string(),
        tool_version: env!("CARGO_PKG_VERSION").to_string(),
        scenario: String::new(),
        scenario_hash: String::new(),
        question: PROGRAMS.to_string(),
        columns: COLUMNS.map(str::to_string).to_vec(),
        axes: Vec::new(),
        courses: 0,
        variants: programs.iter().map(key).collect(),
        labels: programs.iter().map(|program| program.labels.clone()).collect(),
        files: BTreeMap::new(),
    }
}

impl Program {
    fn read(path: &Path) -> Self {
        let scenario = load::scenario(path).map(|read| read.scenario);
        let mut labels = vec![path.display().to_string()];
        labels.extend(match &scenario {
            Ok(scenario) => [
                scenario.id.clone(),
                scenario.name.clone(),
                scenario.residents.len().to_string(),
                scenario.facilities.len().to_string(),
            ],
            Err(_) => Default::default(),
        });
        Self { labels, is_workbook: path.is_file(), scenario }
    }

    fn answer(&self, session: &Session<'_>, words: &whatif_told::Words) -> Result<VariantResult, Failure> {
        let answered = Answered::program(self.labels.clone(), &self.scenario, session);
        let answered = answered.map_err(|_| {
            let path = self.labels.first().cloned().unwrap_or_default();
            Failure::inside(Message::new("programs-fault").text("path", path))
        })?;
        Ok(words.in_brief(answered))
    }
}

/// The programs that the arguments name, each once: a program, or a folder with programs in it.
fn programs(arguments: &[PathBuf]) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let all = arguments.iter().flat_map(|argument| match within(argument) {
        programs if programs.is_empty() => vec![argument.components().collect()],
        programs => programs,
    });
    // What cannot be resolved is told when it is read.
    all.filter(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()))).collect()
}

/// What lies in a folder that is no program itself: folders with tables, workbooks; by name.
fn within(folder: &Path) -> Vec<PathBuf> {
    let holds_tables = |path: &Path| TABLES.iter().any(|table| path.join(table).exists());
    if !folder.is_dir() || holds_tables(folder) {
        return Vec::new();
    }
    let is_workbook =
        |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let is_hidden = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Excel keeps `~$name` beside an open file.
        name.starts_with(['.', '~'])
    };
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let mut programs: Vec<PathBuf> = entries
        .filter(|path| !is_hidden(path))
        .filter(|path| if path.is_dir() { holds_tables(path) } else { is_workbook(path) })
        .map(|path| path.components().collect())
        .collect();
    programs.sort();
    programs
}
