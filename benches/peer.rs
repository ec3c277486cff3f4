//! The usual model beside kenshu: residents × facilities × parts of the training year as one integer program,
//! solved by HiGHS goal after goal, on the same generated programs, in the same run. Where both finish, every
//! goal must have the same optimum.
//!
//! ```text
//! cargo bench --features highs --bench peer                        36 × 18 and 120 × 36, seats at 40 %, seed 0
//! cargo bench --features highs --bench peer -- 240x72 --limit 800  one size; the usual model gets 800 s
//! cargo bench --features highs --bench peer -- 36x18 --seeds 3 --seats 100
//! ```
//!
//! kenshu is measured as a whole process (reading, proving, judging, all its output), the usual model from
//! the program in memory to the last goal, each goal starting from the plan of the goal before.

#[path = "../tests/it/common/folder.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod folder;
#[path = "../tests/it/common/programs.rs"]
mod programs;
#[path = "peer/usual.rs"]
mod usual;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use programs::{Shape, program};
use usual::Usual;

/// Years of intake.
const YEARS: u32 = 3;

/// What to measure.
struct Asked {
    sizes: Vec<(u32, usize)>,
    seeds: u64,
    seats_percent: u32,
    /// Seconds that the usual model gets for all goals of a program.
    limit: u64,
}

fn asked(arguments: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked { sizes: Vec::new(), seeds: 1, seats_percent: 40, limit: 200 };
    let mut arguments = arguments.filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let text = arguments.next().ok_or(format!("{argument} needs a value"))?;
            text.parse::<u64>().map_err(|_| format!("{text} is no number"))
        };
        match argument.as_str() {
            "--seeds" => asked.seeds = number()?,
            "--seats" => asked.seats_percent = number()? as u32,
            "--limit" => asked.limit = number()?,
            size => {
                let parts = size.split_once('x').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
                asked.sizes.push(parts.ok_or(format!("{size} is neither an option nor a size like 240x72"))?);
            }
        }
    }
    if asked.sizes.is_empty() {
        asked.sizes = vec![(36, 18), (120, 36)];
    }
    Ok(asked)
}

/// The optima that `kenshu plan` certifies, as they stand in plan.json, and how long the process took.
fn kenshu(folder: &Path, out: &Path) -> Result<(Vec<serde_json::Value>, Duration), String> {
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .arg("plan")
        .arg(folder)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| error.to_string())?;
    let took = start.elapsed();
    if !status.success() {
        return Err(format!("kenshu ended with {status}"));
    }
    let text = std::fs::read_to_string(out.join("plan.json")).map_err(|error| error.to_string())?;
    let plan: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let goals = plan["goals"].as_array().ok_or("plan.json has no goals")?;
    if let Some(open) = goals.iter().find(|goal| goal["proof"] != "certified") {
        return Err(format!("kenshu left a goal open: {open}"));
    }
    Ok((goals.iter().map(|goal| goal["value"].clone()).collect(), took))
}

fn run(asked: &Asked) -> Result<(), String> {
    let desk = tempfile::tempdir().map_err(|error| error.to_string())?;
    println!("residents × sites, seats, seed: kenshu s, usual model s, ratio, goals alike");
    for &(residents, sites) in &asked.sizes {
        for seed in 0..asked.seeds {
            let seats_percent = asked.seats_percent;
            let shape = Shape { seed, intake: residents / YEARS, years: YEARS as i32, sites, seats_percent };
            let scenario = program(shape);
            let name = format!("{residents}x{sites}-{seats_percent}-{seed}");
            let folder = desk.path().join(&name);
            folder::write(&folder, &scenario, None).map_err(|error| error.to_string())?;
            let (values, ours) = kenshu(&folder, &desk.path().join(format!("{name}-out")))?;
            let start = Instant::now();
            let peer = Usual::of(&scenario).solve(Duration::from_secs(asked.limit));
            let theirs = start.elapsed();
            let alike = values.iter().zip(&peer).take_while(|(ours, theirs)| ours == theirs).count();
            if alike < peer.len() {
                return Err(format!("{name}: the optima differ: {values:?} and {peer:?}"));
            }
            let (ours, theirs) = (ours.as_secs_f64(), theirs.as_secs_f64());
            let open = if peer.len() < values.len() { " and more" } else { "" };
            println!(
                "{name}: {ours:.2}, {theirs:.1}{open}, {:.0}{open}, {alike} of {}",
                theirs / ours,
                values.len()
            );
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    match asked(std::env::args().skip(1)).and_then(|asked| run(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
