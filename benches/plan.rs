//! How long a director waits: whole processes on the Keio scenario, and solving tight programs.
//!
//! `cargo bench` prints criterion's estimates. Peak memory: `/usr/bin/time -v` on the same command.

#[path = "../tests/it/common/programs.rs"]
mod programs;

use std::path::Path;
use std::process::{Command, Stdio};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::plan::{Answer, Proof, Status};
use kenshu::internal::scenario::{Model, Scenario};

const REPLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/keio-2020-replan");
const PUBLISHED: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/keio-2020-replan/published/placements.csv");
const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/keio-2019-steady");

fn kenshu(arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(arguments)
        .args(["--lang", "en"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the command starts");
    // 1 is an answer too: the scenario's own intake may break a cap.
    assert!(matches!(status.code(), Some(0 | 1)), "kenshu {arguments:?} ended with {status}");
}

/// `plan`, `audit` and `check` as a user starts them.
fn processes(criterion: &mut Criterion) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let folder = out.path().join("plan");
    let folder = folder.to_str().expect("a path in UTF-8");
    let again = out.path().join("again");
    let again = again.to_str().expect("a path in UTF-8");
    let placements = Path::new(folder).join("placements.csv");
    let placements = placements.to_str().expect("a path in UTF-8");
    let mut group = criterion.benchmark_group("process");
    group.sample_size(20);
    group.bench_function("plan keio-2019-steady", |b| {
        b.iter(|| kenshu(&["plan", SCENARIO, "--out", folder]));
    });
    group.bench_function("audit keio-2019-steady", |b| b.iter(|| kenshu(&["audit", SCENARIO, placements])));
    group.bench_function("plan keio-2020-replan --base", |b| {
        b.iter(|| kenshu(&["plan", REPLAN, "--base", PUBLISHED, "--out", again]));
    });
    group.bench_function("check keio-2019-steady", |b| b.iter(|| kenshu(&["check", SCENARIO])));
    group.finish();
}

/// A fast answer that is not proved would be no answer.
fn assert_certified(scenario: &Scenario) {
    let answer = answer(scenario);
    assert_eq!(answer.status, Status::Optimal, "{}", scenario.id);
    assert!(answer.goals.iter().all(|goal| goal.proof == Proof::Certified), "{}", scenario.id);
}

fn answer(scenario: &Scenario) -> Answer {
    solve(scenario, None, &Session::default())
}

/// Generated programs, seats cut to 40 %, all residents with wishes, all default goals.
fn tight_programs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("solve, seats 40 %");
    group.sample_size(10);
    for years in [3, 4, 5] {
        for seed in 0..4 {
            let scenario =
                programs::program(programs::Shape { seed, intake: 12, years, sites: 18, seats_percent: 40 });
            assert_certified(&scenario);
            let name = BenchmarkId::new(format!("{} residents", scenario.residents.len()), seed);
            group.bench_with_input(name, &scenario, |b, scenario| {
                b.iter(|| answer(scenario));
            });
        }
    }
    group.finish();
}

/// What the rule about cases costs: each Keio program with its case items and without.
fn case_volumes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cases");
    group.sample_size(20);
    for name in ["keio-2019-steady", "keio-2019-scarce"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let sources = kenshu::internal::files::folder::load(&folder).expect("a folder");
        let scenario = kenshu::internal::scenario::read(&sources).0.expect("a scenario");
        let without = Scenario::unchecked(Model { cases: Vec::new(), ..Model::clone(&scenario) });
        assert_certified(&scenario);
        group.bench_function(format!("{name} with"), |b| b.iter(|| answer(&scenario)));
        group.bench_function(format!("{name} without"), |b| b.iter(|| answer(&without)));
    }
    group.finish();
}

criterion_group!(benches, processes, case_volumes, tight_programs);
criterion_main!(benches);
