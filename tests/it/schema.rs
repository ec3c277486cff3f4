//! What `kenshu schema` prints holds of what kenshu prints and reads, and of nothing else.
//!
//! For the comparison every object is closed: a field that no schema describes is found as well as one that
//! is missing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::common::seeds;
use crate::common::{folder, generate, ruled};
use crate::desk::Desk;

/// The schema of a name, as it is printed.
fn printed(desk: &Desk, name: &str) -> Value {
    let ended = desk.run(&["schema", name]);
    assert_eq!(ended.code, 0, "{name}: {}", ended.stderr);
    serde_json::from_str(&ended.stdout).unwrap()
}

/// Lets no object have more than it is described to have.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(parts) => {
            parts.values_mut().for_each(close);
            if parts.contains_key("properties") && !parts.contains_key("additionalProperties") {
                parts.insert("additionalProperties".into(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn closed(desk: &Desk, name: &str) -> Validator {
    let mut schema = printed(desk, name);
    close(&mut schema);
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn hold(validator: &Validator, name: &str, text: &str) {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error} in {text}"));
    let faults: Vec<String> =
        validator.iter_errors(&value).map(|fault| format!("{} {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

fn toml(text: &str) -> Value {
    let text = text.trim_start_matches('\u{feff}');
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

#[test]
fn every_json_output_is_as_its_schema_says() {
    let desk = Desk::new();
    let plan = fs::canonicalize("scenarios/keio-2019-scarce").unwrap();
    let scarce = plan.to_str().unwrap();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    assert_eq!(desk.run(&["plan", scarce, "--out", "scarce"]).code, 0);
    assert!(desk.run(&["forms", "small", "--out", "forms"]).code == 0);
    desk.write("full/program.toml", &desk.read("small/program.toml").replace("2019 = 2", "2019 = 9"));
    desk.write("full/facilities.csv", &desk.read("small/facilities.csv"));
    let placements = desk.read("out/placements.csv");
    desk.write("lacking.csv", &placements[..=placements.trim_end().rfind('\n').unwrap()]);
    for name in desk.names("small") {
        let text = desk.read(&format!("small/{name}"));
        desk.write(&format!("crowded/{name}"), &text.replace("2019 = 2", "2019 = 9"));
    }
    desk.write("broken/program.toml", "[program]\nid = 3\n");

    let mut seen = BTreeSet::new();
    let mut held = |name: &str, arguments: &[&str]| {
        let ended = desk.run(&[arguments, &["--json"]].concat());
        assert!(!ended.stdout.is_empty(), "{arguments:?}: {}", ended.stderr);
        hold(&closed(&desk, name), &format!("{name} {arguments:?}"), &ended.stdout);
        seen.insert(name.to_string());
    };
    held("check", &["check", "small"]);
    held("check", &["check", "broken"]);
    held("check", &["check", scarce]);
    held("plan", &["plan", "small", "--out", "again"]);
    held("plan", &["plan", "small", "--out", "kept", "--base", "out/placements.csv"]);
    held("plan", &["plan", "full", "--out", "none"]);
    held("audit", &["audit", "small", "out/placements.csv", "--certificate", "out/plan.json"]);
    held("audit", &["audit", scarce, "scarce/placements.csv", "--certificate", "scarce/plan.json"]);
    held("diff", &["diff", "small", "out/placements.csv", "again/placements.csv"]);
    held("progress", &["progress", "small", "out", "--as-of", "2020-10"]);
    held("progress", &["progress", scarce]);
    held("progress", &["progress", "small", "out", "--ways-out"]);
    held("progress", &["progress", "small", "lacking.csv", "--ways-out"]);
    held("progress", &["progress", "crowded", "lacking.csv", "--ways-out"]);
    held("due", &["due", "small", "out"]);
    held("explain-infeasible", &["explain", "infeasible", "small"]);
    held("explain-infeasible", &["explain", "infeasible", "full"]);
    let why_not = ["explain", "why-not", "small", "out", "--resident", "R1", "--facility", "keiyu"];
    held("explain-why-not", &[&why_not[..], &["--year", "2021"]].concat());
    held("explain-why", &["explain", "why", "small", "out", "--resident", "R1"]);
    held("explain-resident", &["explain", "resident", "small", "out", "R1"]);
    held("explain-resident", &["explain", "resident", scarce, "scarce", "Y2017-01"]);
    held("explain-facility", &["explain", "facility", "small", "out", "keiyu"]);
    held("explain-facility", &["explain", "facility", scarce, "scarce", "keio"]);
    let vary = ["--vary", "intake.2019=2..=4"];
    held("whatif", &[&["whatif", "small", "--out", "sweep"], &vary[..]].concat());
    held("whatif", &[&["whatif", "small", "--out", "part", "--shard", "1/2"], &vary[..]].concat());
    held("sweep-programs", &["sweep-programs", "small", "broken", "full", "--out", "programs"]);
    held("sweep-programs", &["sweep-programs", "small", "broken", "--shard", "2/2", "--out", "programs-2"]);
    held("whatif-list", &[&["whatif", "list", "small"], &vary[..]].concat());
    held("whatif-largest", &["whatif", "small", "--out", "largest", "--largest", "intake.2019"]);
    held("collect", &["collect", "small", "forms"]);

    let file = |name: &str, path: &Path| {
        hold(&closed(&desk, name), &format!("{name} {}", path.display()), &fs::read_to_string(path).unwrap());
    };
    for (name, path) in [("plan", "scarce/plan.json"), ("plan", "kept/plan.json")] {
        file(name, &desk.path(path));
    }
    file("whatif-run", &desk.path("sweep/whatif.json"));
    file("whatif-run", &desk.path("programs/programs.json"));
    for answer in desk.names("sweep/results").iter().filter(|name| name.ends_with(".json")) {
        file("whatif-answer", &desk.path("sweep/results").join(answer));
    }
    seen.extend(["whatif-run", "whatif-answer", "program.toml", "plan-progress"].map(String::from));
    let listed: BTreeSet<String> = desk.run(&["schema"]).stdout.lines().map(String::from).collect();
    assert_eq!(seen, listed, "every schema is held against what is printed");
}

/// The lines that tell programs how far a plan is.
#[test]
fn the_lines_of_progress_are_as_their_schema_says() {
    let desk = Desk::new();
    let steady = fs::canonicalize("scenarios/keio-2019-steady").unwrap();
    let ended = desk.run(&["plan", steady.to_str().unwrap(), "--out", "out", "--json"]);
    let lines: Vec<&str> = ended.stderr.lines().filter(|line| line.starts_with('{')).collect();
    let validator = closed(&desk, "plan-progress");
    lines.iter().for_each(|line| hold(&validator, "plan-progress", line));
}

#[test]
fn programs_that_are_read_are_what_the_schema_of_program_toml_allows() {
    let desk = Desk::empty();
    let validator = closed(&desk, "program.toml");
    let hold = |name: &str, text: &str| {
        let value = toml(text);
        let faults: Vec<String> =
            validator.iter_errors(&value).map(|f| format!("{} {f}", f.instance_path())).collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    };
    for shipped in fs::read_dir("scenarios").unwrap() {
        let path = shipped.unwrap().path().join("program.toml");
        hold(&path.display().to_string(), &fs::read_to_string(&path).unwrap());
    }
    for seed in seeds::seeds(30) {
        for scenario in [generate::generate(seed).scenario, ruled::with_rules(seed).scenario] {
            let sources = folder::sources(&scenario);
            hold(&seed.to_string(), std::str::from_utf8(&sources.files["program.toml"]).unwrap());
        }
    }
}

/// What stands in a program that can be read, changed so that the reader refuses it.
#[test]
fn what_the_reader_refuses_of_a_single_value_the_schema_refuses_too() {
    let desk = Desk::new();
    let validator = closed(&desk, "program.toml");
    let program = desk.read("small/program.toml");
    for (old, new) in [
        ("training_months = 36", "training_months = 0"),
        ("training_months = 36", "training_month = 36"),
        ("year_starts_in_month = 4", "year_starts_in_month = 13"),
        ("first_year = 2019", "first_year = 219"),
        ("2019 = 2", "2019 = 501"),
        ("2019 = 2", "next = 2"),
        ("id = \"A\"", "tag = \"A\""),
        ("years = [[\"core:12\"]", "years = [\"core:12\""),
        ("[[courses]]", "[rules]\ncore_months_min = 121\n[[courses]]"),
        ("[[courses]]", "[rules]\nsupervisor_rounding = \"up\"\n[[courses]]"),
        ("[[courses]]", "[rules]\nwishes_count_history = 1\n[[courses]]"),
        ("[[courses]]", "[rules.intake_cap]\nct = 0\n[[courses]]"),
        ("[[courses]]", "[[goals]]\ngoal = \"luck\"\nmeasure = \"sum\"\n[[courses]]"),
        ("[[courses]]", "[completion]\ntalks = 2\n[[courses]]"),
        ("[[courses]]", "[[cases]]\nid = \"ct\"\n[[courses]]"),
        ("[[courses]]", "[course_mix]\nA = -1\n[[courses]]"),
    ] {
        assert!(program.contains(old), "{old}");
        let changed = program.replace(old, new);
        desk.write("small/program.toml", &changed);
        assert_eq!(desk.run(&["check", "small"]).code, 2, "the reader takes {new}");
        assert!(!validator.is_valid(&toml(&changed)), "the schema takes {new}");
    }
    assert!(validator.is_valid(&toml(&program)));
}

#[test]
fn a_schema_that_does_not_exist_is_refused_with_what_was_meant() {
    let ended = Desk::empty().run(&["schema", "plans"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
    assert!(ended.stderr.contains("plan"), "{}", ended.stderr);
}
