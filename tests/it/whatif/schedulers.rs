//! The job files of the manual, as they stand there: what a scheduler would start is started with the variables it
//! sets, and the parts united are the bytes of one machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use yaml_rust2::YamlLoader;

use crate::desk::Desk;

const PAGES: [&str; 2] =
    [include_str!("../../../src/manual/en/machines.md"), include_str!("../../../src/manual/ja/machines.md")];
const QUESTION: [&str; 4] =
    ["--vary", "intake.2020=2,3", "--vary", "facilities.ashikaga.supervisors=0.4,1,1.5"];

/// The first block of code on the page that has the word.
fn block(page: &str, word: &str) -> String {
    let mut blocks = page.split("\n```").skip(1).step_by(2);
    let found = blocks.find(|block| block.contains(word));
    found
        .and_then(|block| block.split_once('\n'))
        .unwrap_or_else(|| panic!("no block with {word}"))
        .1
        .to_string()
}

/// The same in both languages.
fn job(word: &str) -> String {
    let [english, japanese] = PAGES.map(|page| block(page, word));
    assert_eq!(english, japanese);
    english
}

/// With a program and a question in place of the manual's.
fn asked(job: &str) -> String {
    let words: Vec<String> =
        job.split_whitespace().filter(|word| *word != "\\").map(str::to_string).collect();
    let first = words.iter().position(|word| word == "--vary").unwrap();
    assert_eq!(words.iter().filter(|word| *word == "--vary").count(), 2, "{job}");
    assert_eq!(words[first + 2], "--vary");
    let question = QUESTION.map(str::to_string);
    [&words[..first], &question, &words[first + 4..]].concat().join(" ").replace("PROGRAM", "small")
}

/// Runs a script as a part of a job: with the scheduler's variables and nothing of another's.
fn start(desk: &Desk, script: &str, variables: &[(&str, String)]) {
    let kenshu = desk.command(&[]);
    let tool = Path::new(kenshu.get_program()).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", tool.display());
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).env_clear().env("PATH", path).current_dir(desk.path("."));
    let output = command.envs(variables.iter().map(|(name, value)| (*name, value))).output().unwrap();
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What one machine writes is what the parts are united to.
fn united(desk: &Desk, merge: &str) {
    start(desk, merge, &[]);
    let files = |folder: &str| -> BTreeMap<String, Vec<u8>> {
        let names = desk.names(folder).into_iter().filter(|name| desk.path(folder).join(name).is_file());
        names.map(|name| (name.clone(), fs::read(desk.path(folder).join(name)).unwrap())).collect()
    };
    start(desk, &format!("kenshu whatif small {} --out whole", QUESTION.join(" ")), &[]);
    let whole = files("whole");
    assert!(whole.contains_key("whatif.csv"));
    assert_eq!(whole, files("sweep"));
}

fn merge() -> String {
    let job = job("hq submit");
    job.lines().find(|line| line.starts_with("kenshu whatif merge")).unwrap().to_string()
}

#[test]
fn what_the_manual_gives_hyperqueue() {
    let desk = Desk::small();
    let job = job("hq submit");
    let (submit, script) = job.split_once("-- sh -c '").unwrap();
    let script = asked(script.split_once('\'').unwrap().0);
    assert!(submit.contains("--array 0-7 "), "{submit}");
    for task in 0..=7 {
        start(&desk, &script, &[("HQ_TASK_ID", task.to_string())]);
    }
    assert_eq!(desk.names("parts").len(), 8);
    united(&desk, &merge());
}

#[test]
fn what_the_manual_gives_slurm() {
    let desk = Desk::small();
    let job = job("#SBATCH");
    assert!(job.starts_with("#!/bin/sh\n"), "{job}");
    let range = job.lines().find_map(|line| line.strip_prefix("#SBATCH --array=")).unwrap();
    let (first, last) = range.split_once('-').unwrap();
    let (first, last): (u32, u32) = (first.parse().unwrap(), last.parse().unwrap());
    let script: Vec<&str> = job.lines().filter(|line| !line.starts_with('#')).collect();
    let script = asked(&script.join("\n"));
    for task in first..=last {
        let variables = [
            ("SLURM_ARRAY_TASK_ID", task.to_string()),
            ("SLURM_ARRAY_TASK_COUNT", (last - first + 1).to_string()),
            ("SLURM_ARRAY_TASK_MIN", first.to_string()),
        ];
        start(&desk, &script, &variables);
    }
    united(&desk, &merge());
}

#[test]
fn what_the_manual_gives_kubernetes() {
    let desk = Desk::small();
    let files = YamlLoader::load_from_str(&job("apiVersion")).unwrap();
    let [file] = &files[..] else { panic!("one file: {files:?}") };
    assert_eq!((file["apiVersion"].as_str(), file["kind"].as_str()), (Some("batch/v1"), Some("Job")));
    let spec = &file["spec"];
    assert_eq!(spec["completionMode"].as_str(), Some("Indexed"));
    let parts = spec["completions"].as_i64().unwrap();
    let pod = &spec["template"]["spec"];
    // A job takes no other, and a part may be started again.
    assert_eq!(pod["restartPolicy"].as_str(), Some("OnFailure"));
    let containers = pod["containers"].as_vec().unwrap();
    let [container] = &containers[..] else { panic!("one container: {containers:?}") };
    let command: Vec<&str> =
        container["command"].as_vec().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert_eq!(command, ["sh", "-c"]);
    let [script] = &container["args"].as_vec().unwrap()[..] else { panic!("one script") };
    // What is mounted is what the pod has, and where the work is done.
    let mounts = container["volumeMounts"].as_vec().unwrap();
    let volumes = pod["volumes"].as_vec().unwrap();
    assert_eq!(mounts[0]["name"], volumes[0]["name"]);
    assert_eq!(mounts[0]["mountPath"], container["workingDir"]);
    let script = asked(script.as_str().unwrap());
    for index in 0..parts {
        start(&desk, &script, &[("JOB_COMPLETION_INDEX", index.to_string())]);
    }
    united(&desk, &merge());
}
