//! Arguments to variants: every KEY, RANGE and file is looked at before anything runs, and all that is
//! wrong with them is told at once.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use super::super::console::Console;
use super::super::{Failure, input};
use super::WhatifOptions;
use super::shard::Shard;
use crate::diagnostic::Findings;
use crate::engine::largest::End;
use crate::files::folder;
use crate::files::load::{Read, table};
use crate::language::Message;
use crate::scenario::edit::{Edit, Known, Value};
use crate::scenario::{Scenario, draws};
use crate::tables::catalogue::LOCKS;
use crate::whatif::largest::Sought;
use crate::whatif::sweep::{Axis, Point, Sweep};
use crate::whatif::{domain, draws as futures, evaluate::Bench, range, seats, variants};

const SWEEP: &str = "sweep";
pub const DRAWS: &str = "draws";
pub const SEATS: &str = "seats";
const LARGEST: &str = "largest";

/// More threads than any machine has use for.
pub const THREADS_MAX: usize = 1024;
/// More draws than this tell nothing more.
const DRAWS_MAX: usize = 1_000_000;

/// What the arguments ask for.
pub struct Asked {
    pub question: &'static str,
    pub sweep: Sweep,
    /// Columns of the sweep that get a chart.
    pub axes: Vec<usize>,
    /// What the values of all keys change, if the variants are their combinations.
    pub grid: Option<Vec<Edit>>,
    pub largest: Option<Largest>,
    pub threads: Option<usize>,
    pub shard: Shard,
    /// For each variant.
    pub limit: Option<Duration>,
}

/// The key whose largest or smallest value is looked for.
pub struct Largest {
    pub name: String,
    pub sought: Sought,
}

/// Collects faults so that all are told.
struct Reader<'a> {
    known: Known,
    faults: Vec<Message>,
    console: &'a Console,
}

pub fn asked(options: &WhatifOptions, read: &Read, console: &Console) -> Result<Asked, Failure> {
    let scenario = &read.scenario;
    let mut reader = Reader { known: Known::of(scenario), faults: Vec::new(), console };
    let mut used = BTreeSet::new();
    let sets: Vec<Edit> =
        options.set.iter().filter_map(|text| reader.set(text, &mut used)).flatten().collect();
    let mut axes: Vec<Axis> = options.vary.iter().filter_map(|text| reader.axis(text, &mut used)).collect();
    let charted =
        usize::from(options.variants.is_some())..usize::from(options.variants.is_some()) + axes.len();
    if let Some(path) = &options.variants {
        let points = reader.variants(path)?;
        axes.insert(0, Axis { name: "variant".to_string(), points });
    }
    let threads = reader.number("--threads", options.threads.as_deref(), 1, THREADS_MAX);
    let draws = reader.number("--draws", options.draws.as_deref(), 1, DRAWS_MAX);
    let seed = reader.number("--seed", options.seed.as_deref(), 0, usize::MAX);
    let shard = reader.shard(options.shard.as_deref());
    let grid = !options.vary.is_empty() || options.variants.is_some();
    if let Some(value) = options.value.as_deref().filter(|value| *value != "seats") {
        reader.faults.push(Message::new("whatif-value-unknown").text("value", value));
    }
    let ends = [(End::Largest, &options.largest), (End::Smallest, &options.smallest)];
    let questions = [options.value.is_some(), options.draws.is_some()].into_iter();
    let questions: Vec<bool> = questions.chain(ends.iter().map(|(_, key)| key.is_some())).collect();
    let questions = questions.iter().filter(|asked| **asked).count();
    if questions > 1 || (grid && (options.value.is_some() || options.draws.is_some())) {
        reader.faults.push(Message::new("whatif-one-question"));
    }
    if questions == 0 && !grid && options.set.is_empty() {
        reader.faults.push(Message::new("whatif-nothing-asked"));
    }
    let asked = ends.into_iter().find_map(|(end, key)| Some((end, key.as_deref()?)));
    let largest = asked.and_then(|(end, key)| reader.largest(end, key, scenario, &sets, &axes));
    reader.finish()?;
    let values = axes.iter().flat_map(|axis| &axis.points).flat_map(|point| &point.changes);
    let grid: Vec<Edit> = values.cloned().collect();
    let (question, sweep, axes) = if largest.is_some() {
        (LARGEST, Sweep::product(sets, Vec::new()), Vec::new())
    } else if options.value.is_some() {
        let changed = with(&sets, read, console)?;
        let list = seats::variants(&changed, &sets);
        let columns = seats::COLUMNS.map(str::to_string).to_vec();
        (SEATS, Ok(Sweep::of(columns, list.len(), move |at| list[at].clone())), Vec::new())
    } else if let Some(count) = draws {
        let changed = with(&sets, read, console)?;
        let table = draws::read(&read.sources, &changed)
            .map_err(|findings| input::stop(&moved(findings, read), Path::new(&options.scenario), console))?;
        let seed = seed.unwrap_or(0) as u64;
        let make = move |at| futures::variant(&changed, &table, &sets, seed, at);
        (DRAWS, Ok(Sweep::of(vec!["draw".to_string()], count, make)), Vec::new())
    } else {
        (SWEEP, Sweep::product(sets, axes), charted.collect())
    };
    let sweep = sweep.map_err(Failure::usage)?;
    let limit = options.variant_limit;
    let grid = (question == SWEEP && options.variants.is_none()).then_some(grid);
    Ok(Asked { question, sweep, axes, grid, largest, threads, shard: shard.unwrap_or(Shard::ALL), limit })
}

/// The scenario with what holds in every variant; wrong values are told as those of a table.
fn with(sets: &[Edit], read: &Read, console: &Console) -> Result<Scenario, Failure> {
    let changed = Bench::new(read.sources.clone()).scenario(sets);
    changed.map_err(|findings| input::stop(&moved(findings, read), Path::new("--set"), console))
}

/// Findings where they are in a workbook, if the scenario is one.
fn moved(mut findings: Findings, read: &Read) -> Findings {
    read.places.iter().for_each(|places| places.relocate(&mut findings));
    findings
}

impl Reader<'_> {
    fn fault<T>(&mut self, result: Result<T, Message>) -> Option<T> {
        result.map_err(|message| self.faults.push(message)).ok()
    }

    /// KEY and what follows the first `=`; a key is given once.
    fn split<'t>(&mut self, text: &'t str, used: &mut BTreeSet<String>) -> Option<(&'t str, &'t str)> {
        let Some((key, value)) = text.split_once('=') else {
            self.faults.push(Message::new("whatif-no-value").text("text", text));
            return None;
        };
        if !used.insert(key.trim().to_string()) {
            self.faults.push(Message::new("whatif-key-twice").text("key", key));
            return None;
        }
        Some((key.trim(), value))
    }

    fn change(&mut self, key: &str, value: &str) -> Option<Edit> {
        let parsed = self.known.key(key);
        let key = self.fault(parsed)?;
        if key.is_file() && !value.trim().is_empty() {
            let bytes = load(Path::new(value.trim()));
            return Some(Edit { key, value: Value::File(self.fault(bytes)?) });
        }
        self.fault(Edit::of(key, value))
    }

    fn set(&mut self, text: &str, used: &mut BTreeSet<String>) -> Option<Vec<Edit>> {
        let (key, value) = self.split(text, used)?;
        Some(vec![self.change(key, value)?])
    }

    fn axis(&mut self, text: &str, used: &mut BTreeSet<String>) -> Option<Axis> {
        let (name, text) = self.split(text, used)?;
        let parsed = self.known.key(name);
        if self.fault(parsed)?.adds_row() {
            self.faults.push(Message::new("whatif-row-not-varied").text("key", name));
            return None;
        }
        let values = self.fault(range::values(text))?;
        let point = |label: String| {
            let change = self.change(name, &label)?;
            Some(Point { label, changes: vec![change] })
        };
        let points = values.into_iter().map(point).collect::<Option<Vec<_>>>()?;
        Some(Axis { name: name.to_string(), points })
    }

    fn variants(&mut self, path: &Path) -> Result<Vec<Point>, Failure> {
        let bytes = folder::load_file(path).map_err(|found| input::stop(&found, path, self.console))?;
        let text = String::from_utf8_lossy(&bytes);
        let beside = path.parent().unwrap_or(Path::new(""));
        let points = variants::read(text.trim_start_matches('\u{feff}'), &self.known, &|name| {
            load(&beside.join(name))
        });
        Ok(points.unwrap_or_else(|mut faults| {
            self.faults.append(&mut faults);
            Vec::new()
        }))
    }

    fn number(&mut self, name: &str, text: Option<&str>, min: usize, max: usize) -> Option<usize> {
        self.fault(number(name, text?, min, max))
    }

    fn shard(&mut self, text: Option<&str>) -> Option<Shard> {
        self.fault(Shard::read(text?, &|name| std::env::var(name).ok()))
    }

    fn largest(
        &mut self,
        end: End,
        name: &str,
        scenario: &Scenario,
        sets: &[Edit],
        axes: &[Axis],
    ) -> Option<Largest> {
        let name = name.trim();
        let parsed = self.known.key(name);
        let key = self.fault(parsed)?;
        if !key.is_amount() {
            self.faults.push(Message::new("whatif-largest-no-amount").text("key", name));
            return None;
        }
        let domain = match axes {
            [] => domain::of(scenario, &key)
                .ok_or_else(|| Message::new("whatif-largest-range").text("end", end.id()).text("key", name)),
            [axis] if axis.name == name => domain::ascending(&axis.points),
            _ => Err(Message::new("whatif-largest-alone").text("end", end.id()).text("key", name)),
        };
        let domain = self.fault(domain)?;
        let sought = Sought { end, key, sets: sets.to_vec(), domain };
        Some(Largest { name: name.to_string(), sought })
    }

    fn finish(self) -> Result<(), Failure> {
        let mut faults = self.faults;
        let Some(last) = faults.pop() else { return Ok(()) };
        faults.iter().for_each(|fault| self.console.tell(fault));
        Err(Failure::usage(last))
    }
}

/// A whole number from `min` to `max`, as an argument.
///
/// # Errors
/// It is none.
pub fn number(name: &str, text: &str, min: usize, max: usize) -> Result<usize, Message> {
    let number = text.trim().parse::<usize>().ok().filter(|number| (min..=max).contains(number));
    let malformed = || Message::new("whatif-number").text("argument", name).text("value", text);
    number.ok_or_else(|| malformed().text("min", min).text("max", max))
}

/// The locks that lie at a path.
fn load(path: &Path) -> Result<Vec<u8>, Message> {
    table(path, &LOCKS).map_err(|findings| {
        let first = findings.list.into_iter().next().map(|finding| finding.message);
        first.unwrap_or_else(|| Message::new("whatif-no-value").text("text", path.display()))
    })
}
