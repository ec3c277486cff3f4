//! What is asked of the page, held against the commands that are asked the same; and long questions, which keep nobody
//! waiting.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::Page;
use super::desk;
use crate::common::folder;
use crate::common::programs::{Shape, program};

/// The small program in which r4 wishes for a hospital that is held by somebody else.
fn wishing() -> (tempfile::TempDir, PathBuf) {
    let (desk, path) = desk();
    let residents = fs::read_to_string(path.join("residents.csv")).unwrap();
    let heading: Vec<&str> = residents.lines().next().unwrap().split(',').collect();
    let at = |name: &str| heading.iter().position(|heading| *heading == name).unwrap();
    let line = |line: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        match cells[0] {
            "r4" => {
                cells[at("course")] = "A";
                cells[at("facility_wishes")] = "south;north;west;east";
            }
            "r6" => cells[at("course")] = "B",
            _ => {}
        }
        cells.join(",")
    };
    let lines: Vec<String> = residents.lines().map(line).collect();
    fs::write(path.join("residents.csv"), lines.join("\n") + "\n").unwrap();
    let locks = fs::read_to_string(path.join("locks.csv")).unwrap();
    let heading = locks.lines().next().unwrap();
    assert!(heading.starts_with("resident,facility,start,months,kind"), "{heading}");
    fs::write(path.join("locks.csv"), locks + "r6,south,2022-04,12,must\n").unwrap();
    (desk, path)
}

/// Runs a command on the program and the plan that `kenshu plan` makes of it, which is the page's.
struct Commands {
    desk: tempfile::TempDir,
    path: PathBuf,
}

impl Commands {
    fn run(&self, arguments: &[&str], paths: &[&Path], more: &[&str]) -> String {
        let out = Command::new(env!("CARGO_BIN_EXE_kenshu"))
            .args(arguments)
            .args(paths)
            .args(more)
            .args(["--lang", "en"])
            .output()
            .unwrap();
        assert!(out.status.code() < Some(2), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    fn explain(&self, what: &str, more: &[&str]) -> String {
        self.run(&["explain", what], &[&self.path, &self.desk.path().join("out")], more)
    }
}

#[test]
fn explanations_are_those_of_the_commands() {
    let (desk, path) = wishing();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let commands = Commands { desk, path };
    commands.run(
        &["plan"],
        &[&commands.path],
        &["--out", commands.desk.path().join("out").to_str().unwrap()],
    );
    let words = |text: &str| serde_json::from_str::<Value>(text).unwrap()["words"].clone();
    // One resident, one hospital.
    let told = page.ask("resident", json!({ "resident": "r4" }))["words"].clone();
    assert_eq!(told, words(&commands.explain("resident", &["r4", "--json"])));
    let told = page.ask("facility", json!({ "place": "east" }))["words"].clone();
    page.ask("facility/could", json!({ "place": "east" }));
    let could = page.answered()["lines"].clone();
    let all = words(&commands.explain("facility", &["east", "--json"]));
    let all = all.as_array().unwrap();
    for line in told.as_array().unwrap().iter().chain(could.as_array().unwrap()) {
        assert!(all.contains(line), "{line} in {all:?}");
    }
    assert!(!could.as_array().unwrap().is_empty());
    // Why here, and why not where they wished.
    page.ask("why", json!({ "resident": "r4" }));
    let lines = page.answered()["lines"].clone();
    let said = commands.explain("why", &["--resident", "r4"]);
    let lines: Vec<&str> = lines.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(lines.len() > 2, "r4 could be better off: {lines:?}");
    assert_eq!(lines.join("\n").trim(), said.trim());
    // And what every hospital would cost, in words and in order.
    page.ask("prices", json!({ "resident": "r4", "start": "2022-04", "months": 12 }));
    let job = page.answered();
    let prices = job["prices"].as_array().unwrap();
    let mut worst: Vec<String> = Vec::new();
    for price in prices {
        let place = price["place"].as_str().unwrap();
        let more = ["--resident", "r4", "--facility", place, "--year", "2022", "--json"];
        let why_not: Value = serde_json::from_str(&commands.explain("why-not", &more)).unwrap();
        for what in ["answer", "words", "goals", "loses", "others", "chains"] {
            assert_eq!(price[what], why_not[what], "{place}, {what}");
        }
        if price["answer"] == "price" {
            worst.push(goal(price, "facility-wishes", "worst"));
        }
    }
    // Between prices the better plan stands before the worse one.
    assert!(worst.len() > 1 && worst.is_sorted(), "{worst:?}");
    assert!(worst.first() < worst.last(), "no two prices differ: {worst:?}");
}

/// What becomes of a goal, as text of one width.
fn goal(price: &Value, name: &str, measure: &str) -> String {
    let goals = price["goals"].as_array().unwrap();
    let goal = goals.iter().find(|one| one["goal"] == name && one["measure"] == measure).unwrap();
    let after = goal.get("after").or_else(|| goal.get("value")).unwrap();
    format!("{:>8}", after.to_string())
}

/// Least change leaves a plan that breaks nothing as it is; from scratch it is made better.
#[test]
fn least_change_is_not_from_scratch() {
    let (_desk, path) = wishing();
    let mut page = Page::open(&path, &[]);
    let best = page.planned();
    // A plan that is worse and breaks no rule: r4 somewhere else, everybody else making room.
    let stay = json!({ "resident": "r4", "start": "2022-04", "months": 12 });
    page.ask("prices", stay);
    let job = page.answered();
    let prices = job["prices"].as_array().unwrap();
    let dear = prices.iter().rfind(|price| price["answer"] == "price" && price["loses"].is_string()).unwrap();
    page.ask("grant", json!({ "place": dear["place"] }));
    page.ask("edit", json!({ "op": { "op": "unlock", "resident": "r4", "start": "2022-04", "months": 12 } }));
    let worse = page.ask("board", json!({}));
    assert_eq!(worse["verdict"]["broken"], 0);
    assert_ne!(worse["verdict"]["goals"], best["verdict"]["goals"]);
    let mut again = |near: bool| {
        page.ask("plan", json!({ "near": near }));
        page.answered();
        page.ask("proposal", json!({}))
    };
    let near = again(true);
    assert_eq!(near["rows"], worse["board"]["residents"], "nothing has to change");
    assert_eq!(near["diff"]["chains"], json!([]));
    let scratch = again(false);
    assert_eq!(scratch["verdict"]["goals"], best["verdict"]["goals"], "the best there is");
    let chains = scratch["diff"]["chains"].as_array().unwrap();
    assert!(chains.iter().any(|chain| chain.as_str().unwrap().contains("r4")), "{chains:?}");
}

/// Any two versions, in either direction, as `kenshu diff` has them.
#[test]
fn versions_are_compared_in_pairs() {
    let (desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let place = |place: &str| json!({ "op": { "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": place } });
    for at in ["east", "south"] {
        page.ask("edit", place(at));
        page.ask("version/keep", json!({ "name": at }));
    }
    page.ask("edit", place("west"));
    let commands = Commands { desk, path };
    let (one, other) = (commands.path.join("versions/east.csv"), commands.path.join("versions/south.csv"));
    for (before, after, files) in [("east", "south", [&one, &other]), ("south", "east", [&other, &one])] {
        let told = page.ask("version/compare", json!({ "name": before, "other": after }));
        let chains = told["chains"].as_array().unwrap();
        assert_eq!(chains.len(), 1, "{told}");
        let said = chains[0].as_str().unwrap();
        let at =
            |name: &str| said.find(&format!("{name} hospital")).unwrap_or_else(|| panic!("{name}: {said}"));
        assert!(said.contains("r4") && at(before) < at(after), "{said}");
        let diff = commands.run(&["diff"], &[&commands.path, files[0], files[1]], &[]);
        assert!(diff.contains(said) && diff.contains(told["headline"].as_str().unwrap()), "{diff}");
    }
    let same = page.ask("version/compare", json!({ "name": "east", "other": "east" }));
    assert_eq!(same["chains"], json!([]));
}

/// A program large enough to be planned for a while tells how far it is; the judge answers meanwhile, and it stops when
/// it is told to.
#[test]
fn a_long_question_tells_how_far_it_is_blocks_nobody_and_stops() {
    let desk = tempfile::tempdir().unwrap();
    let path = desk.path().join("program");
    let shape = Shape { seed: 1, intake: 60, years: 5, sites: 60, seats_percent: 70 };
    folder::write(&path, &program(shape), None).unwrap();
    let mut page = Page::open(&path, &[]);
    let board = page.ask("board", json!({}));
    let row = &board["board"]["residents"].as_array().unwrap()[0];
    let (who, start) = (row["id"].clone(), format!("{}-04", row["entry_year"]));
    let core = board["board"]["facilities"][0]["id"].clone();
    let pulse = |page: &mut Page| page.ask("pulse", json!({}))["job"].clone();
    let mut said = String::new();
    page.until(|page| {
        let job = pulse(page);
        assert_eq!(job["over"], json!(false), "it has to be under way for this test: {job}");
        said = job["progress"].as_str().unwrap_or_default().to_string();
        said.contains("bound")
    });
    // What is known and what is proved of the goal it is at.
    assert!(said.chars().any(|letter| letter.is_ascii_digit()), "{said}");
    let asked = Instant::now();
    let op = json!({ "op": "place", "resident": who, "start": start, "months": 12, "place": core });
    let edited = page.ask("edit", json!({ "op": op }));
    let (waited, job) = (asked.elapsed(), pulse(&mut page));
    assert_eq!(job["over"], json!(false), "the question is still under way");
    assert!(edited["verdict"]["broken"].is_u64());
    assert!(waited < Duration::from_secs(10), "a verdict waited for the question: {waited:?}");
    page.ask("stop", json!({}));
    page.until(|page| pulse(page)["over"] == json!(true));
    let job = pulse(&mut page);
    assert_eq!(job["stopped"], json!(true));
    // A plan that nobody asked for, about what has changed since, is not taken.
    assert_eq!(page.ask("board", json!({}))["state"]["revision"], json!(page.revision));
}

/// The intake under a slider, and how far it can go.
#[test]
fn an_intake_is_turned_until_it_breaks() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let key = "intake.2021";
    let numbers = page.ask("numbers", json!({}))["numbers"].clone();
    let now = numbers.as_array().unwrap().iter().find(|one| one["key"] == key).unwrap();
    assert_eq!((&now["now"], &now["year"]), (&json!("1"), &json!(2021)));
    page.ask("whatif/limit", json!({ "name": key }));
    let job = page.answered();
    let line = &job["limits"][0];
    assert_eq!(line["settled"], json!(true), "{job}");
    let most: u64 = line["value"].as_str().unwrap().parse().unwrap();
    let values: Vec<String> = (1..=most + 1).map(|value| value.to_string()).collect();
    page.ask("whatif", json!({ "name": key, "values": values }));
    let job = page.answered();
    let variants = job["variants"].as_array().unwrap();
    let placeable: Vec<bool> = variants.iter().map(|one| one["placeable"].as_bool().unwrap()).collect();
    let is_first_to_break = placeable.iter().rposition(|can| *can) == Some(most as usize - 1);
    assert!(is_first_to_break && !placeable[most as usize], "{most}: {placeable:?}");
    assert!(!variants[most as usize]["told"].as_str().unwrap().is_empty());
}

/// Rows come and go in the page, and what the reader says is what `kenshu check` says of the files that are saved.
#[test]
fn rows_of_leave_locks_and_wishes_are_typed_and_checked() {
    let (desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let mut typed = |file: &str, cells: &[(&str, &str)]| {
        let mut answer = page.ask("tables", json!({}));
        for (number, (column, text)) in cells.iter().enumerate() {
            let tables = answer["tables"].as_array().unwrap();
            let table = tables.iter().find(|table| table["file"] == file).unwrap();
            let columns = table["columns"].as_array().unwrap();
            let at = columns.iter().position(|known| known["id"] == *column).unwrap();
            let row = table["rows"].as_array().unwrap().len();
            let call = if number == 0 { "table/add" } else { "table/cell" };
            let cell = json!({ "file": file, "row": row, "column": at, "text": text });
            answer = page.ask(call, cell)["tables"].clone();
        }
    };
    typed("leaves.csv", &[("resident", "r4"), ("kind", "childbirth"), ("start", "2021-06"), ("months", "3")]);
    typed(
        "locks.csv",
        &[
            ("resident", "r6"),
            ("facility", "north"),
            ("start", "2021-04"),
            ("months", "12"),
            ("kind", "must"),
        ],
    );
    let board = page.ask("board", json!({}));
    assert_eq!(
        board["state"]["broken_tables"],
        json!(false),
        "{}",
        page.ask("tables", json!({}))["findings"]
    );
    let leave = Page::row(&board, "r4").to_string();
    assert!(leave.contains("hildbirth"), "{leave}");
    // A fault, and a row that goes.
    let tables = page.ask("tables", json!({}));
    let (row, column) = super::begin::position(&tables, "residents.csv", "facility_wishes", "r5");
    let cell = json!({ "file": "residents.csv", "row": row, "column": column, "text": "nowhere" });
    let told = page.ask("table/cell", cell)["tables"]["findings"].clone();
    let (row, _) = super::begin::position(&tables, "locks.csv", "resident", "r6");
    page.ask("table/remove", json!({ "file": "locks.csv", "row": row }));
    page.ask("save", json!({}));
    assert!(!fs::read_to_string(path.join("locks.csv")).unwrap().contains("r6"));
    let out = Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(["check", "--json", "--lang", "en"])
        .arg(&path)
        .output()
        .unwrap();
    let check: Value = serde_json::from_slice(&out.stdout).unwrap();
    let plain = |findings: &Value| -> Vec<Value> {
        let keep = |one: &Value| {
            json!([
                one["code"],
                one["file"],
                one["line"],
                one["column"],
                one["cell"],
                one["message"],
                one["remedy"]
            ])
        };
        findings.as_array().unwrap().iter().map(keep).collect()
    };
    assert!(!plain(&told).is_empty());
    assert_eq!(plain(&told), plain(&check["diagnostics"]));
    drop(desk);
}
