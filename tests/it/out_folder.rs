//! What becomes of an out folder when a run is killed, when two run at once, when the disk is full: nothing
//! lost, nothing half, and the next run works.
//!
//! `KENSHU_SCENARIOS=100 cargo test --test it out_folder::` kills each command that often; every step at which a
//! switch can be cut off is tried in `src/cli/switch.rs`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::cli::FILES;
use crate::common::seeds::count;
use crate::desk::Desk;

fn kills() -> u32 {
    count(8) as u32
}

/// The files of a folder, whole; `plan.json` without the seconds that it took.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file()).map(|entry| {
        let bytes = fs::read(entry.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().filter(|line| !line.contains("\"seconds\"")).collect();
        (entry.file_name().into_string().unwrap(), lines.join("\n"))
    });
    files.collect()
}

/// A command in a desk's folder, started and not waited for.
fn start(desk: &Desk, arguments: &[&str]) -> std::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kenshu"));
    command.current_dir(desk.path(".")).env("LC_ALL", "C").args(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills the two commands in turn, at moments spread over the time they take; each is then run to its end
/// over what the kill left, and `whole` says what the folder has to hold.
fn killed(desk: &Desk, folder: &str, commands: [&[&str]; 2]) {
    let mut took = Duration::ZERO;
    let whole = commands.map(|arguments| {
        let started = Instant::now();
        let ended = desk.run(arguments);
        took = started.elapsed();
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        (desk.names(folder), contents(&desk.path(folder)))
    });
    let kills = kills();
    for kill in 0..kills {
        let (old, new) = (&whole[(kill % 2 == 0) as usize], &whole[(kill % 2 == 1) as usize]);
        let arguments = commands[(kill % 2 == 1) as usize];
        let mut child = start(desk, arguments);
        std::thread::sleep(took * kill / kills);
        child.kill().unwrap();
        child.wait().unwrap();
        let left = contents(&desk.path(folder));
        let is_amidst = desk.path(folder).join(".kenshu/journal.json").exists();
        assert!(is_amidst || left == old.1 || left == new.1 || folder == "sweep", "kill {kill}: {left:?}");
        let ended = desk.run(arguments);
        assert_eq!(ended.code, 0, "after kill {kill}: {}", ended.stderr);
        assert_eq!((desk.names(folder), contents(&desk.path(folder))), *new, "after kill {kill}");
    }
}

/// Another scenario beside the first, with another best plan.
fn desk() -> Desk {
    let desk = Desk::new();
    fs::create_dir(desk.path("other")).unwrap();
    for name in ["program.toml", "facilities.csv", "residents.csv"] {
        fs::copy(desk.path("small").join(name), desk.path("other").join(name)).unwrap();
    }
    desk.replace("other/residents.csv", "R1,2019,A,ashikaga;keiyu", "R1,2019,A,keiyu");
    desk.replace("other/residents.csv", "R2,2019,A,keiyu;ashikaga", "R2,2019,A,ashikaga");
    desk
}

#[test]
fn a_plan_that_is_killed_leaves_the_old_one_or_the_new_one() {
    let desk = desk();
    killed(&desk, "out", [&["plan", "small", "--out", "out"], &["plan", "other", "--out", "out"]]);
    assert_eq!(desk.names("out"), FILES);
}

#[test]
fn a_what_if_that_is_killed_is_taken_up_by_the_next_run() {
    let desk = desk();
    let ask = |vary| ["whatif", "small", "--vary", vary, "--out", "sweep"];
    let (one, two) = (ask("facilities.keiyu.supervisors=1,2"), ask("facilities.ashikaga.supervisors=1,2,3"));
    // What one question leaves in `results` is there for the other.
    for arguments in [&one, &two] {
        desk.run(arguments);
    }
    killed(&desk, "sweep", [&one, &two]);
}

#[test]
fn two_runs_at_once_leave_the_files_of_one() {
    let desk = desk();
    let whole = ["small", "other"].map(|name| {
        assert_eq!(desk.run(&["plan", name, "--out", name.to_uppercase().as_str()]).code, 0);
        contents(&desk.path(&name.to_uppercase()))
    });
    for _ in 0..3 {
        let runs = ["small", "other"].map(|name| start(&desk, &["plan", name, "--out", "out"]));
        for mut run in runs {
            assert_eq!(run.wait().unwrap().code(), Some(0));
        }
        assert_eq!(desk.names("out"), FILES);
        assert!(whole.contains(&contents(&desk.path("out"))));
    }
}

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_leaves_the_earlier_plan() {
    let desk = desk();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    let before = contents(&desk.path("out"));
    for blocks in [0, 1, 4] {
        let limited = format!("ulimit -f {blocks}; exec \"$0\" plan other --out out");
        let mut command = Command::new("sh");
        command.current_dir(desk.path(".")).args(["-c", &limited, env!("CARGO_BIN_EXE_kenshu")]);
        let output = command.output().unwrap();
        assert!(!output.status.success());
        assert_eq!(contents(&desk.path("out")), before, "with {blocks} blocks");
    }
    assert_eq!(desk.run(&["plan", "other", "--out", "out"]).code, 0);
    assert_eq!(desk.names("out"), FILES);
    assert_ne!(contents(&desk.path("out")), before);
}

#[test]
fn the_plan_given_as_base_is_not_replaced() {
    let desk = desk();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    let before = contents(&desk.path("out"));
    for (lang, said) in [("en", "would be replaced"), ("ja", "上書き")] {
        let ended =
            desk.run(&["plan", "other", "--out", "out", "--base", "out/placements.csv", "--lang", lang]);
        assert_eq!(ended.code, 2, "{}", ended.stderr);
        assert!(ended.stderr.contains(said), "{}", ended.stderr);
        assert_eq!(contents(&desk.path("out")), before);
    }
    assert_eq!(desk.run(&["plan", "other", "--out", "new", "--base", "out/placements.csv"]).code, 0);
}

#[test]
fn an_out_that_is_no_folder_is_a_usage_error() {
    let desk = Desk::new();
    desk.write("file", "");
    fs::create_dir_all(desk.path("taken/placements.csv")).unwrap();
    fs::create_dir_all(desk.path("placements.csv")).unwrap();
    let mut outs = vec!["small", "small/out", "file", "file/below", "taken", "placements.csv"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("missing", desk.path("dangling")).unwrap();
        outs.extend(["dangling", "dangling/below", "/dev/null"]);
    }
    for out in outs {
        let ended = desk.run(&["plan", "small", "--out", out]);
        assert_eq!(ended.code, 2, "{out}: {}", ended.stderr);
    }
}

#[test]
fn a_part_of_a_what_if_is_told_to_programs() {
    let desk = Desk::new();
    let ended = desk.run(&[
        "whatif",
        "small",
        "--vary",
        "facilities.keiyu.supervisors=1,2",
        "--shard",
        "1/2",
        "--json",
        "--out",
        "w",
    ]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let json: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!((json["shard"].as_str(), json["variants"].as_array().unwrap().len()), (Some("1/2"), 1));
}

#[test]
fn a_time_limit_beyond_all_time_is_none() {
    let desk = Desk::new();
    for limit in ["1e10", "9.3e18", "18e18"] {
        let ended = desk.run(&["plan", "small", "--out", "out", "--time-limit", limit]);
        assert_eq!(ended.code, 0, "{limit}: {}", ended.stderr);
    }
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_cannot_steer_the_terminal() {
    let desk = Desk::new();
    let name = "\u{1b}[2Jx\u{9b}31m";
    fs::create_dir(desk.path(name)).unwrap();
    desk.write(&format!("{name}/program.toml"), "[program");
    let file = format!("{name}/program.toml");
    for arguments in [
        vec!["check", name],
        vec!["check", &file],
        vec!["plan", "small", "--out", &file],
        vec!["audit", "small", &file],
        vec!["diff", "small", &file, &file],
        vec!["whatif", "small", "--variants", &file, "--out", "w"],
        vec![name],
    ] {
        let ended = desk.run(&arguments);
        assert_eq!(ended.code, 2, "{arguments:?}");
        let all = ended.stdout + &ended.stderr;
        assert!(!all.contains(['\u{1b}', '\u{9b}']), "{arguments:?}: {all:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_is_asked_to_end_gives_what_it_has() {
    let desk = Desk::new();
    let scenario = std::env::current_dir().unwrap().join("scenarios/keio-2019-scarce");
    let mut child = start(&desk, &["plan", scenario.to_str().unwrap(), "--out", "out"]);
    std::thread::sleep(Duration::from_millis(500));
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let code = child.wait().unwrap().code();
    assert!(matches!(code, Some(0 | 1 | 3)), "an answer, not an end by the signal: {code:?}");
}
