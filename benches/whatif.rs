//! What asking two hundred questions at once saves: sweeps in one process on two threads, against a
//! `plan` process for every variant, in the same run.
//!
//! `cargo bench --bench whatif` prints criterion's estimates and, of the medians, how many times as fast a
//! sweep is. Of a sweep's variants every tenth is written to a folder and planned by a process of its own,
//! one after another; the time for all is ten times that.

use std::cell::RefCell;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use kenshu::internal::scenario::edit::{self, Edit, Known};
use kenshu::internal::scenario::{self, Sources};
use tempfile::TempDir;

const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/keio-2019-steady");

/// Of so many variants one is planned by a process of its own.
const EVERY: usize = 10;

/// The keys of a sweep and their values. Each sweep has 200 variants.
type Axes<'a> = &'a [(&'a str, &'a [&'a str])];

/// How many more next year, while two hospitals gain or lose supervisors.
const INTAKE_AND_SUPERVISORS: Axes = &[
    ("intake.2021", &["12", "13", "14", "15", "16"]),
    ("facilities.ashikaga.supervisors", &["0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4"]),
    ("facilities.keiyu.supervisors", &["0.5", "1", "1.5", "2", "2.5"]),
];

/// Every variant has other residents, which leaves least in common.
const INTAKE_ALONE: Axes = &[
    ("intake.2019", &["12", "13", "14", "15", "16"]),
    ("intake.2020", &["12", "13", "14", "15", "16"]),
    ("intake.2021", &["12", "13", "14", "15", "16", "17", "18", "19"]),
];

/// Nobody comes or goes; hospitals gain or lose supervisors, one of them from a later month on.
const SUPERVISORS_ALONE: Axes = &[
    ("facilities.ashikaga.supervisors", &["0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4"]),
    ("facilities.keiyu.supervisors", &["0.5", "1", "1.5", "2", "2.5"]),
    ("facilities.tokyo-mc.supervisors@2020-10", &["1", "1.5", "2", "2.5", "3"]),
];

fn kenshu(arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(arguments)
        .args(["--lang", "en"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the command starts");
    // 1 is an answer too: not every variant keeps the caps.
    assert!(matches!(status.code(), Some(0 | 1)), "kenshu {arguments:?} ended with {status}");
}

/// All combinations, the first axis slowest, as the command has them.
fn product(axes: Axes<'_>) -> Vec<Vec<(&str, &str)>> {
    axes.iter().fold(vec![Vec::new()], |variants, (key, values)| {
        let with = |variant: &Vec<_>| {
            let variant = variant.clone();
            values.iter().map(move |value| [variant.clone(), vec![(*key, *value)]].concat())
        };
        variants.iter().flat_map(with).collect()
    })
}

/// The folder of the scenario edited as the variant says.
fn written(sources: &Sources, known: &Known, variant: &[(&str, &str)]) -> TempDir {
    let change = |(key, value): &(&str, &str)| {
        Edit::of(known.key(key).expect("a key"), value).expect("a value of the key")
    };
    let changes: Vec<Edit> = variant.iter().map(change).collect();
    let edited = edit::apply(sources, &changes).expect("a scenario");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in &edited.files {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Runs a sweep whose results nobody has yet.
fn sweep(axes: Axes<'_>) -> Duration {
    let out = tempfile::tempdir().expect("a temporary folder");
    let mut arguments = vec!["whatif", SCENARIO, "--threads", "2", "--out", text(out.path())];
    let varied: Vec<String> =
        axes.iter().map(|(key, values)| format!("{key}={}", values.join(","))).collect();
    arguments.extend(varied.iter().flat_map(|axis| ["--vary", axis.as_str()]));
    let started = Instant::now();
    kenshu(&arguments);
    started.elapsed()
}

fn plans(folders: &[TempDir]) -> Duration {
    let out = tempfile::tempdir().expect("a temporary folder");
    let started = Instant::now();
    for folder in folders {
        kenshu(&["plan", text(folder.path()), "--out", text(&out.path().join("plan"))]);
    }
    started.elapsed()
}

/// Times something `iterations` times and notes each time.
fn noted(times: &RefCell<Vec<Duration>>, iterations: u64, mut run: impl FnMut() -> Duration) -> Duration {
    let each: Vec<Duration> = (0..iterations).map(|_| run()).collect();
    times.borrow_mut().extend(&each);
    each.iter().sum()
}

fn median(times: RefCell<Vec<Duration>>) -> f64 {
    let mut times = times.into_inner();
    times.sort_unstable();
    times.get(times.len() / 2).map_or(f64::NAN, Duration::as_secs_f64)
}

fn sweeps(criterion: &mut Criterion) {
    let sources = kenshu::internal::files::folder::load(Path::new(SCENARIO)).expect("a folder");
    let known = Known::of(&scenario::read(&sources).0.expect("a scenario"));
    let mut group = criterion.benchmark_group("what if");
    group.sample_size(10).sampling_mode(SamplingMode::Flat).warm_up_time(Duration::from_secs(1));
    for (name, axes) in [
        ("intake and supervisors", INTAKE_AND_SUPERVISORS),
        ("intake alone", INTAKE_ALONE),
        ("supervisors alone", SUPERVISORS_ALONE),
    ] {
        let variants = product(axes);
        assert_eq!(variants.len(), 200, "{name}");
        // From the middle of each ten, so that every value of the slowest axis is met.
        let folders: Vec<TempDir> =
            variants.iter().skip(EVERY / 2).step_by(EVERY).map(|v| written(&sources, &known, v)).collect();
        let (swept, planned) = (RefCell::default(), RefCell::default());
        group.bench_function(format!("{name}: 200 variants"), |b| {
            b.iter_custom(|iterations| noted(&swept, iterations, || sweep(axes)));
        });
        group.bench_function(format!("{name}: 20 plan processes"), |b| {
            b.iter_custom(|iterations| noted(&planned, iterations, || plans(&folders)));
        });
        let (swept, planned) = (median(swept), median(planned) * EVERY as f64);
        println!(
            "{name}: 200 variants in {swept:.2} s, 200 plan processes in {planned:.1} s, {:.1} times",
            planned / swept
        );
    }
    group.finish();
}

criterion_group!(benches, sweeps);
criterion_main!(benches);
