//! Medical student scheduling: the field's public benchmark, planned, scored by its own definition and re-checked.
//!
//! ```text
//! cargo bench --bench mss -- FILE.dzn … [--time-limit SECONDS] [--known known.csv] [--write DIR] [--without-re-check]
//! ```
//!
//! A line for each instance: value (to be as large as can be; 0 without a plan), the proved bound of it, the proof, what
//! the judge says of the proof, seconds from the tables to the answer, seconds of the re-check, user seconds
//! of both. The tables are written and read again as a user's are. `--known` holds a table `instance,published_value,
//! published_bound,proved_optimum` to compare with; `--write` keeps the tables.
//!
//! Exit code 1: a plan breaks a rule of the benchmark, a value and the product's own do not agree, a proved bound is
//! below a value known, or the judge refuses a proof.

#[path = "../tests/it/common/mss/mod.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod mss;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use kenshu::internal::audit::certificate::{Limits, Verdict, verify};
use kenshu::internal::engine::{Session, plan};
use kenshu::internal::plan::{GoalResult, GoalValue, Proof};
use kenshu::internal::scenario::{Scenario, read};
use mss::instance::Instance;
use mss::tables::Tables;

#[derive(Default)]
struct Asked {
    files: Vec<PathBuf>,
    time_limit: Option<Duration>,
    known: BTreeMap<String, [Option<i64>; 3]>,
    write: Option<PathBuf>,
    without_re_check: bool,
}

fn asked(arguments: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked::default();
    let mut arguments = arguments.filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--time-limit" => {
                let text = value()?;
                let seconds = text.parse().map_err(|_| format!("{text} is no number of seconds"))?;
                asked.time_limit = Some(Duration::from_secs_f64(seconds));
            }
            "--known" => asked.known = known(Path::new(&value()?))?,
            "--without-re-check" => asked.without_re_check = true,
            "--write" => asked.write = Some(value()?.into()),
            file => asked.files.push(file.into()),
        }
    }
    Ok(asked)
}

fn known(file: &Path) -> Result<BTreeMap<String, [Option<i64>; 3]>, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let row = |line: &str| {
        let mut cells = line.split(',');
        let name = cells.next().unwrap_or("").to_owned();
        (name, [0; 3].map(|_| cells.next().and_then(|cell| cell.parse().ok())))
    };
    Ok(text.lines().skip(1).map(row).collect())
}

/// User CPU time of this process; the kernel counts hundredths of a second.
fn user_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let ticks: u64 = after_name.split_whitespace().nth(11)?.parse().ok()?;
    Some(Duration::from_millis(10 * ticks))
}

fn scenario(tables: &Tables) -> Result<Scenario, String> {
    let (scenario, findings) = read(&tables.sources);
    scenario.ok_or(format!("the tables are refused: {findings:?}"))
}

/// What the goal's value and bound are in the benchmark's terms.
fn in_benchmark(tables: &Tables, goal: &GoalResult) -> (i64, i64) {
    let number = |value: &GoalValue| match value {
        GoalValue::Number(number) => tables.worth(*number),
        GoalValue::Vector(_) => 0,
    };
    (number(&goal.value), number(&goal.bound))
}

/// Plans an instance and prints its line; what is wrong about the answer.
fn run(file: &Path, asked: &Asked) -> Result<Vec<String>, String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let instance = Instance::parse(&text)?;
    let tables = Tables::of(&instance);
    let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if let Some(folder) = &asked.write {
        let folder = folder.join(&name);
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        for (name, bytes) in &tables.sources.files {
            std::fs::write(folder.join(name), bytes).map_err(|error| error.to_string())?;
        }
    }
    let (started, user) = (Instant::now(), user_time());
    let scenario = scenario(&tables)?;
    let planned = plan(&scenario, None, &Session::new(asked.time_limit));
    let seconds = started.elapsed().as_secs_f64();
    let user_between = user_time();
    let planned = planned.map_err(|faulty| format!("the judge does not agree: {:?}", faulty.fault))?;
    let answer = &planned.answer;
    let Some((plan, goal)) = answer.plan.as_ref().zip(answer.goals.first()) else {
        println!("{name}: no plan ({}), {seconds:.2} s", answer.status.id());
        return Ok(Vec::new());
    };
    let score = mss::score::score(&instance, &mss::tables::schedule(&instance, &scenario, plan));
    let (value, bound) = in_benchmark(&tables, goal);
    let mut wrong = score.violations;
    if score.value != value {
        wrong.push(format!("the benchmark says {} and the goal {value}", score.value));
    }
    let checking = Instant::now();
    let checked = match goal.proof {
        Proof::Certified if asked.without_re_check => "not re-checked".to_owned(),
        Proof::Certified if goal.is_settled() => {
            match verify(&scenario, Some(plan), None, &answer.certificate, &Limits::default()) {
                Ok(checked) if checked.goals[0].2 == Verdict::Proved => "re-checked".to_owned(),
                Ok(checked) => {
                    wrong.push(format!("the judge refuses the proof: {:?}", checked.goals[0].2));
                    "refused".to_owned()
                }
                Err(limit) => format!("not re-checked ({limit:?})"),
            }
        }
        _ => "open".to_owned(),
    };
    let check_seconds = checking.elapsed().as_secs_f64();
    let of = |from: Option<Duration>, to: Option<Duration>| {
        from.zip(to).map_or(0.0, |(from, to)| to.saturating_sub(from).as_secs_f64())
    };
    let (user, user_check) = (of(user, user_between), of(user_between, user_time()));
    let known = asked.known.get(&name).copied().unwrap_or_default();
    let best = known[0].max(known[2]);
    let compared = match best {
        None => String::new(),
        Some(best) => format!(", known {best} ({:+})", value - best),
    };
    if best.is_some_and(|best| bound < best) {
        wrong.push(format!("the bound {bound} is below a value that is known"));
    }
    let proof = goal.proof.id();
    println!(
        "{name}: {value}, {bound}, {proof}, {checked}, {seconds:.2} s, {check_seconds:.2} s, \
         {user:.2} + {user_check:.2} user s{compared}"
    );
    Ok(wrong)
}

fn main() -> ExitCode {
    let asked = match asked(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    println!("instance: value, bound, proof, re-check, seconds, seconds of the re-check, user seconds");
    let mut right = true;
    for file in &asked.files {
        let wrong = run(file, &asked).unwrap_or_else(|message| vec![message]);
        wrong.iter().for_each(|what| println!("  {}: {what}", file.display()));
        right &= wrong.is_empty();
    }
    if right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
