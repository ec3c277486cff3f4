//! How the time grows with the program: residents × sites from one program's size to a nation's, whole
//! processes, all default goals, every one of them certified.
//!
//! ```text
//! cargo bench --bench scale                          all sizes up to 480 × 144, seats at 40 %, seed 0
//! cargo bench --bench scale -- 240x72 --seeds 4      one size, several seeds
//! cargo bench --bench scale -- 36x18 --seats 100     ample seats
//! cargo bench --bench scale -- 240x72 --write DIR    writes the scenario folders and plans nothing
//! ```
//!
//! Times are user CPU seconds of the process over all its threads, so that other work on the machine
//! matters less, and wall-clock seconds beside them; memory is the most that was resident.

#[path = "../tests/it/common/folder.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod folder;
#[path = "../tests/it/common/programs.rs"]
mod programs;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use programs::{Shape, program};

/// Residents and sites; three years of intake each.
const SIZES: [(u32, usize); 4] = [(36, 18), (120, 36), (240, 72), (480, 144)];

const YEARS: u32 = 3;

/// What to measure.
struct Asked {
    sizes: Vec<(u32, usize)>,
    seeds: u64,
    seats_percent: Vec<u32>,
    write: Option<PathBuf>,
}

fn asked(arguments: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked { sizes: Vec::new(), seeds: 1, seats_percent: Vec::new(), write: None };
    let mut arguments = arguments.filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text} is no number"));
        match argument.as_str() {
            "--seeds" => asked.seeds = number(value()?)?,
            "--seats" => asked.seats_percent.push(number(value()?)? as u32),
            "--write" => asked.write = Some(value()?.into()),
            size => {
                let parts = size.split_once('x').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
                asked.sizes.push(parts.ok_or(format!("{size} is neither an option nor a size like 240x72"))?);
            }
        }
    }
    if asked.sizes.is_empty() {
        asked.sizes = SIZES.to_vec();
    }
    if asked.seats_percent.is_empty() {
        asked.seats_percent = vec![40];
    }
    Ok(asked)
}

/// What a process took.
struct Cost {
    wall: Duration,
    user: Duration,
    memory_mb: u64,
    exit: Option<i32>,
}

/// User CPU time of all children that were waited for; the kernel counts hundredths of a second.
fn children() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let ticks: u64 = after_name.split_whitespace().nth(13)?.parse().ok()?;
    Some(Duration::from_millis(10 * ticks))
}

fn memory_mb(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(peak.trim().strip_suffix(" kB")?.parse::<u64>().ok()? / 1024)
}

fn measure(folder: &Path, out: &Path) -> std::io::Result<Cost> {
    let (before, start) = (children().unwrap_or_default(), Instant::now());
    let mut child = Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .arg("plan")
        .arg(folder)
        .arg("--out")
        .arg(out)
        .args(["--lang", "en"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(memory_mb(child.id()).unwrap_or(0));
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let user = children().unwrap_or_default().saturating_sub(before);
    Ok(Cost { wall: start.elapsed(), user, memory_mb: peak, exit: status.code() })
}

/// The goals' values, and how many of them are certified.
fn goals(out: &Path) -> Option<(String, usize, usize)> {
    let text = std::fs::read_to_string(out.join("plan.json")).ok()?;
    let plan: serde_json::Value = serde_json::from_str(&text).ok()?;
    let goals = plan["goals"].as_array()?;
    let certified = goals.iter().filter(|goal| goal["proof"] == "certified").count();
    let values: Vec<String> = goals.iter().map(|goal| goal["value"].to_string()).collect();
    Some((values.join(" · "), certified, goals.len()))
}

fn run(asked: &Asked) -> std::io::Result<()> {
    let desk = tempfile::tempdir()?;
    println!("residents × sites, seats, seed: user s, wall s, MB, certified, values of the goals");
    for &(residents, sites) in &asked.sizes {
        for &seats_percent in &asked.seats_percent {
            for seed in 0..asked.seeds {
                let shape =
                    Shape { seed, intake: residents / YEARS, years: YEARS as i32, sites, seats_percent };
                let name = format!("{residents}x{sites}-{seats_percent}-{seed}");
                let folder = asked.write.as_deref().unwrap_or(desk.path()).join(&name);
                folder::write(&folder, &program(shape), None)?;
                if asked.write.is_some() {
                    println!("{}", folder.display());
                    continue;
                }
                let out = desk.path().join(format!("{name}-out"));
                let cost = measure(&folder, &out)?;
                let (values, certified, all) = goals(&out).unwrap_or_default();
                println!(
                    "{name}: {:.2}, {:.2}, {}, {certified}/{all} (exit {}), {values}",
                    cost.user.as_secs_f64(),
                    cost.wall.as_secs_f64(),
                    cost.memory_mb,
                    cost.exit.map_or("none".into(), |code| code.to_string()),
                );
            }
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let outcome =
        asked(std::env::args().skip(1)).and_then(|asked| run(&asked).map_err(|error| error.to_string()));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
