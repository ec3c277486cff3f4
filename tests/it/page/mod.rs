//! The page without a browser: who may speak to it, what its edits do, and that none of them is lost.

mod asked;
pub mod begin;
mod breaks;
pub mod browser;
pub mod client;
mod kept;
mod opened;
pub mod sections;

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::common::folder;
use crate::common::program::program;
use client::Page;

/// The small program in a folder of its own.
pub fn desk() -> (tempfile::TempDir, PathBuf) {
    let desk = tempfile::tempdir().unwrap();
    let path = desk.path().join("program");
    folder::write(&path, &program(), None).unwrap();
    (desk, path)
}

fn everything_in(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(everything_in(&path)),
            false => files.push((path.clone(), fs::read(&path).unwrap())),
        }
    }
    files.sort();
    files
}

#[test]
fn nobody_elsewhere_reaches_it() {
    let (_desk, path) = desk();
    let page = Page::start(&path, &[]);
    // The port is taken on 127.0.0.1 and free on every other address of the machine.
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, page.port)).is_ok());
    let elsewhere = (Ipv4Addr::new(127, 0, 0, 2), page.port);
    assert!(TcpListener::bind(elsewhere).is_ok(), "it listens on more than 127.0.0.1");
}

#[test]
fn a_name_that_points_here_is_refused_before_anything_else() {
    let (_desk, path) = desk();
    let page = Page::open(&path, &[]);
    let token = page.address.split_once("/?").unwrap().1;
    for path in [format!("/?{token}"), "/".to_string(), "/main.js".to_string(), "/nowhere".to_string()] {
        let headers = [("host", "rebound.example"), ("cookie", page.cookie.as_str())];
        let reply = page.send("GET", &path, &headers, "");
        assert_eq!(reply.status, 421, "{path}");
        assert_eq!(reply.header("set-cookie"), None);
    }
    assert_eq!(page.get("/", &[]).status, 200);
}

#[test]
fn nothing_is_served_without_the_secret() {
    let (_desk, path) = desk();
    let page = Page::open(&path, &[]);
    let host = page.host();
    for path in ["/", "/main.js", "/out/placements.csv", "/?token=", "/?token=00"] {
        assert_eq!(page.send("GET", path, &[("host", &host)], "").status, 401, "{path}");
    }
    let token = Page::start(&path, &[]);
    let reply = token.get(&format!("/?{}", token.address.split_once("/?").unwrap().1), &[]);
    let cookie = reply.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert!(
        reply.body.contains("http-equiv=\"refresh\" content=\"0;url=/\""),
        "the secret does not stay in the address"
    );
}

#[test]
fn other_sites_change_nothing() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let (host, origin) = (page.host(), page.origin());
    let body = json!({ "lang": "en", "tab": "one", "revision": page.revision }).to_string();
    let base = [("host", host.as_str()), ("cookie", page.cookie.as_str())];
    let with = |more: &[(&str, &str)]| {
        let headers: Vec<(&str, &str)> = base.iter().chain(more).copied().collect();
        page.send("POST", "/api/take-over", &headers, &body).status
    };
    let json = ("content-type", "application/json");
    assert_eq!(with(&[json, ("origin", &origin)]), 200);
    assert_eq!(with(&[json]), 403, "without an origin");
    assert_eq!(with(&[json, ("origin", "http://elsewhere.example")]), 403);
    assert_eq!(with(&[json, ("origin", &origin), ("sec-fetch-site", "cross-site")]), 403);
    assert_eq!(with(&[("content-type", "text/plain"), ("origin", &origin)]), 415, "as a form sends it");
}

#[test]
fn every_answer_has_the_headers_that_protect_it() {
    let (_desk, path) = desk();
    let page = Page::open(&path, &[]);
    let host = page.host();
    let refused = page.send("GET", "/", &[("host", &host)], "");
    for reply in [page.get("/", &[]), page.get("/main.js", &[]), page.call("board", json!({})), refused] {
        let policy = reply.header("content-security-policy").unwrap();
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.header("access-control-allow-origin"), None);
    }
    let document = page.get("/", &[]).body;
    assert!(
        !document.contains("<script>") && !document.contains("style=\"") && !document.contains("onclick")
    );
}

#[test]
fn a_body_without_end_is_refused() {
    let (_desk, path) = desk();
    let page = Page::open(&path, &[]);
    let reply = page.call("board", json!({ "name": "x".repeat(17 << 20) }));
    assert!([413, 0].contains(&reply.status), "{}", reply.status);
    assert_eq!(page.call("board", json!({ "unknown": 1 })).status, 400);
    assert_eq!(page.call("nowhere", json!({})).status, 404);
    assert_eq!(page.call("board", json!({})).status, 200, "it is still there");
}

#[test]
fn nothing_leads_out_of_the_scenario() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    for path in [
        "/out/../program.toml",
        "/../program.toml",
        "/%2e%2e/program.toml",
        "/program.toml",
        "/out/plan.json",
    ] {
        assert_eq!(page.get(path, &[]).status, 404, "{path}");
    }
    for name in ["../outside", "a/b", "..", "", ".hidden", "x\u{0}"] {
        assert_eq!(page.call("version/keep", json!({ "name": name })).status, 422, "{name}");
        assert_eq!(page.call("version/open", json!({ "name": name })).status, 422, "{name}");
    }
    let parent = path.parent().unwrap();
    assert_eq!(fs::read_dir(parent).unwrap().count(), 1, "something was written beside the scenario");
}

#[test]
fn one_tab_writes_and_another_may_take_over() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let state = |reply: Value| reply["state"]["writes"].clone();
    assert_eq!(state(page.ask("pulse", json!({}))), json!(true));
    assert_eq!(state(page.ask("pulse", json!({ "tab": "two" }))), json!(false));
    let lock = json!({ "op": "lock", "resident": "r6", "start": "2021-04", "months": 12 });
    assert_eq!(page.call("edit", json!({ "tab": "two", "op": lock })).status, 423);
    page.ask("take-over", json!({ "tab": "two" }));
    assert_eq!(page.call("edit", json!({ "op": lock })).status, 423, "the first one reads now");
    assert_eq!(page.call("edit", json!({ "tab": "two", "op": lock })).status, 200);
    assert_eq!(
        page.call("edit", json!({ "tab": "two", "op": lock })).status,
        409,
        "it has not seen its own edit"
    );
}

#[test]
fn opening_and_looking_writes_nothing() {
    let (_desk, path) = desk();
    let before = everything_in(&path);
    let mut page = Page::open(&path, &[]);
    page.planned();
    page.ask("resident", json!({ "resident": "r4" }));
    page.ask("facility", json!({ "place": "east" }));
    page.ask("alone", json!({ "resident": "r4", "start": "2022-04", "months": 12 }));
    page.ask("prices", json!({ "resident": "r4", "start": "2022-04", "months": 12 }));
    page.answered();
    page.get("/out/placements.csv?lang=ja", &[]);
    assert_eq!(everything_in(&path), before);
    drop(page);
    assert_eq!(everything_in(&path), before);
}

/// The places of a resident month by month, from a row of the board.
fn months(row: &Value) -> Vec<(u64, u64)> {
    let mut months = Vec::new();
    for block in row["blocks"].as_array().unwrap() {
        let number = |name: &str| block[name].as_u64().unwrap();
        months.extend((0..number("months")).map(|month| (number("start") + month, number("facility"))));
    }
    months.sort_unstable();
    months
}

#[test]
fn a_move_is_locked_judged_and_undone() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    let first = page.planned();
    assert_eq!(first["verdict"]["broken"], 0);
    assert_eq!(first["state"]["proof"]["status"], "optimal");
    let place =
        json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "south" });
    let moved = page.ask("edit", json!({ "op": place }));
    let row = Page::row(&moved, "r4");
    let block = row["blocks"].as_array().unwrap().iter().find(|block| block["facility"] == 4).unwrap();
    assert_eq!((&block["months"], &block["locked"]), (&json!(12), &json!(12)));
    assert!(moved["state"]["proof"].is_null(), "nothing is known of the changed plan");
    // The judge's own words on the changed plan: the same that `audit` gives.
    let findings = moved["verdict"]["findings"].as_array().unwrap();
    assert!(findings.iter().all(|finding| finding["clause"].is_string() && finding["message"].is_string()));
    let undone = page.ask("undo", json!({}));
    assert_eq!(Page::row(&undone, "r4"), Page::row(&first, "r4"));
    assert_eq!(undone["verdict"], first["verdict"]);
    let again = page.ask("redo", json!({}));
    assert_eq!(Page::row(&again, "r4"), Page::row(&moved, "r4"));
}

#[test]
fn page_and_audit_agree() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let op = json!({ "op": "exchange", "resident": "r4", "start": "2020-04", "months": 12, "with": "r3", "at": "2021-04" });
    let answer = page.ask("edit", json!({ "op": op }));
    page.ask("save", json!({}));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(["audit", "--json", "--lang", "en"])
        .arg(&path)
        .arg(path.join("versions").join("current.csv"))
        .output()
        .unwrap();
    let audit: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(audit["findings"], answer["verdict"]["findings"]);
    assert!(answer["verdict"]["broken"].as_u64() > Some(0), "the exchange breaks something");
}

#[test]
fn edits_keep_every_month_and_go_back_without_end() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    let first = page.planned();
    let ops = [
        json!({ "op": "push", "resident": "r4", "start": "2020-04", "months": 12, "at": "2021-04" }),
        json!({ "op": "exchange", "resident": "r4", "start": "2020-04", "months": 6, "with": "r4", "at": "2022-04" }),
        json!({ "op": "exchange", "resident": "r4", "start": "2020-04", "months": 12, "with": "r6", "at": "2021-04" }),
        json!({ "op": "resize", "resident": "r4", "start": "2022-04", "months": 12, "at": "2022-01", "length": 10 }),
        json!({ "op": "lock", "resident": "r4", "start": "2020-04", "months": 12 }),
        json!({ "op": "unlock", "resident": "r4", "start": "2020-06", "months": 3 }),
        json!({ "op": "forbid", "resident": "r4", "start": "2020-06", "months": 3, "place": "west" }),
        json!({ "op": "course", "resident": "r4", "course": "B" }),
    ];
    let whole = |answer: &Value| {
        months(Page::row(answer, "r4")).into_iter().map(|(month, _)| month).collect::<Vec<_>>()
    };
    for op in &ops {
        page.ask("edit", json!({ "op": op }));
        let board = page.ask("board", json!({}));
        assert_eq!(whole(&board), whole(&first), "{op}: a month is gone or doubled");
        assert_eq!(board["state"]["broken_tables"], json!(false), "{op}");
    }
    for _ in &ops {
        page.ask("undo", json!({}));
    }
    let back = page.ask("board", json!({}));
    assert_eq!((&back["board"], &back["verdict"]), (&first["board"], &first["verdict"]));
    assert!(back["state"]["undo"].is_null());
}

/// Whoever moves a block that is locked moves the lock with it.
#[test]
fn a_block_takes_its_lock_along() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let locks = |answer: &Value| {
        let findings = answer["verdict"]["findings"].as_array().unwrap().clone();
        findings.iter().filter(|finding| finding["rule"] == "lock").count()
    };
    for op in [
        json!({ "op": "place", "resident": "r4", "start": "2021-04", "months": 6, "place": "east" }),
        json!({ "op": "resize", "resident": "r4", "start": "2021-04", "months": 6, "at": "2021-05", "length": 4 }),
        json!({ "op": "push", "resident": "r4", "start": "2021-05", "months": 4, "at": "2022-01" }),
        json!({ "op": "exchange", "resident": "r4", "start": "2022-01", "months": 4, "with": "r4", "at": "2020-06" }),
    ] {
        let answer = page.ask("edit", json!({ "op": op }));
        assert_eq!(locks(&answer), 0, "{op}: {}", answer["verdict"]["findings"]);
    }
    let board = page.ask("board", json!({}));
    let blocks = Page::row(&board, "r4")["blocks"].as_array().unwrap().clone();
    let locked: u64 = blocks
        .iter()
        .filter(|block| block["facility"] == 1)
        .filter_map(|block| block["locked"].as_u64())
        .sum();
    assert!(locked >= 4, "{blocks:?}");
}

/// What somebody may give each table: the reader's findings come back with file and line, and nothing is lost.
#[test]
fn tables_are_edited_where_they_stand() {
    let (_desk, path) = desk();
    let facilities = fs::read_to_string(path.join("facilities.csv")).unwrap();
    let mut lines: Vec<String> = facilities.lines().map(str::to_string).collect();
    lines[0].push_str(",note");
    for line in &mut lines[1..] {
        line.push_str(",\"kept, as it is\"");
    }
    fs::write(path.join("facilities.csv"), lines.join("\n")).unwrap();
    let mut page = Page::open(&path, &[]);
    let first = page.planned();
    let tables = page.ask("tables", json!({}));
    let table =
        tables["tables"].as_array().unwrap().iter().find(|table| table["file"] == "facilities.csv").unwrap();
    let columns = table["columns"].as_array().unwrap();
    let column = columns.iter().position(|column| column["id"] == "seats").unwrap();
    let row =
        table["rows"].as_array().unwrap().iter().position(|row| row["cells"][0] == "north").unwrap() + 1;
    let cell = |text: &str| json!({ "file": "facilities.csv", "row": row, "column": column, "text": text });
    // A maximum of 0 is a maximum: nobody may be there.
    let none = page.ask("table/cell", cell("0"));
    let over = none["verdict"]["findings"].as_array().unwrap().clone();
    assert!(over.iter().any(|finding| finding["facility"] == "north" && finding["severity"] == "error"));
    let wrong = page.ask("table/cell", cell("many"));
    assert_eq!(wrong["state"]["broken_tables"], json!(true));
    let findings = wrong["tables"]["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["severity"] == "error").unwrap();
    assert_eq!(
        (&finding["file"], &finding["line"], &finding["column"]),
        (&json!("facilities.csv"), &json!(row + 1), &json!("seats"))
    );
    assert_eq!(
        wrong["board"]["facilities"], none["board"]["facilities"],
        "the last readable tables are shown"
    );
    page.ask("undo", json!({}));
    page.ask("undo", json!({}));
    let back = page.ask("board", json!({}));
    assert_eq!((&back["board"], &back["state"]["broken_tables"]), (&first["board"], &json!(false)));
    page.ask("table/cell", cell("1"));
    page.ask("save", json!({}));
    let saved = fs::read_to_string(path.join("facilities.csv")).unwrap();
    assert_eq!(
        saved.matches("\"kept, as it is\"").count(),
        lines.len() - 1,
        "a column of one's own stays: {saved}"
    );
    assert_eq!(
        page.call("table/cell", json!({ "file": "../x.csv", "row": 1, "column": 0, "text": "" })).status,
        422
    );
}

#[test]
fn a_number_is_turned_and_one_answer_applied() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let numbers = page.ask("numbers", json!({}));
    let key = "facilities.west.supervisors";
    assert!(
        numbers["numbers"]
            .as_array()
            .unwrap()
            .iter()
            .any(|number| number["key"] == key && number["now"] == "1")
    );
    page.ask("whatif", json!({ "name": key, "values": ["0", "1", "2", "many"] }));
    let job = page.answered();
    let variants = job["variants"].as_array().unwrap();
    assert_eq!(variants.len(), 4);
    assert_eq!((&variants[1]["placeable"], &variants[3]["placeable"]), (&json!(true), &Value::Null));
    assert!(!variants[1]["goals"].as_array().unwrap().is_empty());
    page.ask("apply", json!({ "sets": [{ "name": key, "text": "2" }] }));
    let numbers = page.ask("numbers", json!({}));
    assert!(
        numbers["numbers"]
            .as_array()
            .unwrap()
            .iter()
            .any(|number| number["key"] == key && number["now"] == "2")
    );
    assert_eq!(
        page.call("whatif", json!({ "name": "facilities.nowhere.supervisors", "values": ["1"] })).status,
        422
    );
}

/// Several numbers at once: the others are set while one goes through its values, and they are applied together.
#[test]
fn several_numbers_are_turned_together() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let none = json!([{ "name": "facilities.core.supervisors", "text": "0" }]);
    let north = "facilities.north.supervisors";
    let asked = |sets: &Value| json!({ "name": north, "values": ["1", "2"], "sets": sets });
    let mut placeable = |sets: Value| {
        page.ask("whatif", asked(&sets));
        let job = page.answered();
        job["variants"].as_array().unwrap().iter().map(|one| one["placeable"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(placeable(json!([])), [true, true]);
    assert_eq!(placeable(none), [false, false], "without supervisors at the core there is no plan");
    let both = json!([
        { "name": "facilities.west.supervisors", "text": "3" },
        { "name": north, "text": "4" },
    ]);
    page.ask("apply", json!({ "sets": both }));
    let numbers = page.ask("numbers", json!({}))["numbers"].clone();
    let now = |key: &str| {
        let mut numbers = numbers.as_array().unwrap().iter();
        numbers.find(|number| number["key"] == key).unwrap()["now"].clone()
    };
    assert_eq!((now("facilities.west.supervisors"), now(north)), (json!("3"), json!("4")));
    // Taken back as one.
    page.ask("undo", json!({}));
    let numbers = page.ask("numbers", json!({}))["numbers"].to_string();
    assert!(numbers.contains(r#""now":"1""#), "{numbers}");
}

/// The same value and the same sentences as `kenshu whatif --smallest`, which proves it.
#[test]
fn how_far_a_number_goes_is_what_the_command_says() {
    let (desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let key = "facilities.core.supervisors";
    page.ask("whatif/limit", json!({ "name": key }));
    let job = page.answered();
    let lines = job["limits"].as_array().unwrap();
    assert!(lines.iter().all(|line| line["settled"] == json!(true)), "{job}");
    let out = desk.path().join("out");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(["whatif", "--lang", "en", "--json", "--smallest", key, "--out"])
        .args([&out, &path])
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&run.stdout).unwrap();
    let answers = told["answers"].as_array().unwrap();
    let values = |list: &[Value]| list.iter().map(|one| one["value"].clone()).collect::<Vec<_>>();
    assert_eq!(values(lines), values(answers), "{told}");
    let said = String::from_utf8(run.stderr).unwrap();
    let first = lines[0]["words"][0].as_str().unwrap().split_once(':').unwrap().1.trim().to_string();
    assert!(said.contains(&first), "{first}: {said}");
    assert_eq!(page.call("whatif/limit", json!({ "name": "program.name" })).status, 422);
}

/// A seat is worth what the plan with it is worth, and that one is applied.
#[test]
fn the_value_of_a_seat_is_told_and_the_seat_applied() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    page.ask("whatif/seats", json!({}));
    let job = page.answered();
    assert_eq!(job["known"], job["asked"]);
    let seats = job["seats"].as_array().unwrap();
    let more = seats.iter().find(|seat| seat["more"] == json!(true));
    let fewer = seats.iter().filter(|seat| seat["more"] == json!(false));
    assert!(fewer.clone().all(|seat| seat["worse"] == json!(true)), "{job}");
    assert!(seats.iter().all(|seat| !seat["words"].as_str().unwrap().is_empty()));
    let Some(more) = more.or_else(|| fewer.clone().next()) else { panic!("no seat matters: {job}") };
    page.ask("apply", json!({ "number": more["number"] }));
    assert!(page.ask("board", json!({}))["state"]["unsaved"] == json!(true));
}

/// Where there is no plan the page says why, and each way out changes the tables.
#[test]
fn without_a_plan_there_are_reasons_and_ways_out() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    // West holds nobody, and somebody is locked to be there.
    let lock = json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "west" });
    page.ask("edit", json!({ "op": lock }));
    page.ask("apply", json!({ "sets": [{ "name": "facilities.west.supervisors", "text": "0" }] }));
    page.ask("plan", json!({ "near": false }));
    page.answered();
    let proposal = page.ask("proposal", json!({}));
    assert_eq!(proposal["proof"]["status"], "infeasible");
    assert!(!proposal["remarks"].as_array().unwrap().is_empty());
    page.ask("ways-out", json!({}));
    let job = page.answered();
    assert!(!job["explained"]["words"].as_array().unwrap().is_empty());
    assert!(!job["explained"]["ways"].as_array().unwrap().is_empty(), "{job}");
    // What it would change is told before it is made, and then it is what changes.
    let tables = |page: &mut Page| page.ask("tables", json!({}))["tables"].clone();
    let before = tables(&mut page);
    let preview = page.ask("way/preview", json!({ "number": 0 }));
    let cells = preview["cells"].as_array().unwrap().clone();
    assert!(!cells.is_empty() && cells.iter().all(|cell| cell["before"] != cell["after"]), "{preview}");
    assert!(preview["diff"]["headline"].is_string());
    assert_eq!(tables(&mut page), before, "looking changes nothing");
    assert_eq!(page.call("way/preview", json!({ "number": 99 })).status, 422);
    page.ask("way", json!({ "number": 0 }));
    let after = tables(&mut page).to_string();
    for cell in cells.iter().filter(|cell| cell["file"] != "program.toml") {
        assert!(after.contains(cell["after"].as_str().unwrap()), "{cell}");
    }
    page.ask("plan", json!({ "near": false }));
    page.answered();
    assert_eq!(page.ask("proposal", json!({}))["proof"]["status"], "optimal");
}

/// The files of the page are those that `plan` writes, byte for byte where nothing of a run is in them.
#[test]
fn the_files_are_those_of_a_run() {
    let (desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let out = desk.path().join("out");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(["plan", "--lang", "en", "--out"])
        .args([&out, &path])
        .output()
        .unwrap();
    assert!(run.status.success());
    for name in
        ["placements.csv", "by_resident.csv", "by_facility.csv", "case_totals.csv", "ledger.csv", "audit.csv"]
    {
        let reply = page.get(&format!("/out/{name}?lang=en"), &[]);
        assert_eq!(reply.status, 200, "{name}");
        assert_eq!(reply.body, fs::read_to_string(out.join(name)).unwrap(), "{name}");
    }
    for name in ["plan.xlsx", "report.html", "calendars.zip"] {
        let reply = page.get(&format!("/out/{name}"), &[]);
        assert_eq!(reply.status, 200, "{name}");
        assert!(reply.header("content-disposition").unwrap().starts_with("attachment"), "{name}");
    }
    // A plan that breaks a rule is no answer, and a workbook that says so is not handed out.
    let op = json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "clinic" });
    page.ask("edit", json!({ "op": op }));
    assert_eq!(page.get("/out/plan.xlsx", &[]).status, 404);
    assert_eq!(page.get("/out/audit.csv", &[]).status, 200);
}

#[test]
fn months_that_are_not_planned_are_nobodys_to_move() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let past = json!({ "op": "place", "resident": "r1", "start": "2018-04", "months": 12, "place": "east" });
    let reply = page.call("edit", json!({ "op": past }));
    assert_eq!(reply.status, 422);
    assert!(reply.json()["error"].as_str().unwrap().contains("r1"));
    for op in [
        json!({ "op": "place", "resident": "nobody", "start": "2020-04", "months": 12, "place": "east" }),
        json!({ "op": "place", "resident": "r4", "start": "2020-04", "months": 12, "place": "nowhere" }),
        json!({ "op": "place", "resident": "r4", "start": "soon", "months": 12, "place": "east" }),
        json!({ "op": "push", "resident": "r4", "start": "2020-04", "months": 4000000000u32, "at": "9998-01" }),
    ] {
        assert!([200, 422].contains(&page.call("edit", json!({ "op": op })).status), "{op}");
    }
}

/// A stay at an associated facility is forbidden and possible: the page shows it, and the judge says so.
#[test]
fn nothing_is_forbidden_and_everything_is_told() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let op = json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "clinic" });
    let answer = page.ask("edit", json!({ "op": op }));
    assert!(answer["told"].is_string(), "the lock has no place in the table, which is told");
    let findings = answer["verdict"]["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["rule"] == "associated-never-placed"));
}

#[test]
fn a_kill_loses_no_edit() {
    let (_desk, path) = desk();
    let tables = everything_in(&path);
    let mut page = Page::open(&path, &[]);
    page.planned();
    for (start, place) in [("2020-04", "east"), ("2021-04", "west"), ("2022-04", "south")] {
        let op = json!({ "op": "place", "resident": "r4", "start": start, "months": 12, "place": place });
        page.ask("edit", json!({ "op": op }));
    }
    page.ask("undo", json!({}));
    let before = page.ask("board", json!({}));
    page.child.kill().unwrap();
    page.child.wait().unwrap();
    for (file, bytes) in &tables {
        assert_eq!(&fs::read(file).unwrap(), bytes, "the tables were not saved");
    }
    let mut page = Page::open(&path, &[]);
    let after = page.ask("board", json!({}));
    assert_eq!((&after["board"], &after["verdict"]), (&before["board"], &before["verdict"]));
    assert_eq!(after["state"]["resumed"], 4);
    // And it can still be taken back, to the plan the page began with.
    page.ask("redo", json!({}));
    for _ in 0..3 {
        page.ask("undo", json!({}));
    }
    let reply = page.ask("save", json!({}));
    assert_eq!(reply["state"]["unsaved"], json!(false));
    assert!(!path.join(".kenshu").exists(), "the journal goes once everything is saved");
}

#[test]
fn a_second_server_cannot_edit_the_same_program() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let mut other = Page::open(&path, &[]);
    other.planned();
    let lock = json!({ "op": "lock", "resident": "r6", "start": "2021-04", "months": 12 });
    page.ask("edit", json!({ "op": lock }));
    assert_eq!(other.call("edit", json!({ "op": lock })).status, 422);
}

#[test]
fn a_save_writes_what_was_changed_and_asks_where_somebody_else_did() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let before = fs::read(path.join("facilities.csv")).unwrap();
    let lock = json!({ "op": "lock", "resident": "r6", "start": "2021-04", "months": 12 });
    page.ask("edit", json!({ "op": lock }));
    page.ask("save", json!({}));
    let locks = fs::read_to_string(path.join("locks.csv")).unwrap();
    assert!(
        locks.lines().any(|line| line.starts_with("r6,") && line.ends_with(",2021-04,12,must")),
        "{locks}"
    );
    assert_eq!(fs::read(path.join("facilities.csv")).unwrap(), before);
    page.ask(
        "edit",
        json!({ "op": json!({ "op": "unlock", "resident": "r6", "start": "2021-04", "months": 12 }) }),
    );
    fs::write(path.join("locks.csv"), locks.clone() + "\n").unwrap();
    assert_eq!(page.ask("save", json!({}))["changed_outside"], json!(true));
    assert_eq!(fs::read_to_string(path.join("locks.csv")).unwrap(), locks + "\n", "nothing was written");
    page.ask("save", json!({ "force": true }));
    let locks = fs::read_to_string(path.join("locks.csv")).unwrap();
    assert!(!locks.contains("r6,"), "{locks}");
    // What was saved is what is opened.
    let saved = page.ask("board", json!({}));
    drop(page);
    let mut page = Page::open(&path, &[]);
    assert_eq!(page.ask("board", json!({}))["board"], saved["board"]);
}

#[test]
fn planning_again_keeps_locks_and_is_accepted_or_discarded() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let place = json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "east" });
    let moved = page.ask("edit", json!({ "op": place }));
    for near in [true, false] {
        page.ask("plan", json!({ "near": near }));
        assert_eq!(page.answered()["proposal"], json!(true));
        let proposal = page.ask("proposal", json!({}));
        assert_eq!(proposal["verdict"]["broken"], 0);
        let row = Page::row(&proposal, "r4");
        assert!(months(row).iter().filter(|(_, facility)| *facility == 1).count() >= 12, "the lock is kept");
        assert!(proposal["diff"]["headline"].is_string());
        if near {
            page.ask("discard", json!({}));
            let board = page.ask("board", json!({}));
            assert_eq!(
                Page::row(&board, "r4"),
                Page::row(&moved, "r4"),
                "a plan that is discarded changes nothing"
            );
        }
    }
    page.ask("accept", json!({}));
    let board = page.ask("board", json!({}));
    assert_eq!(board["verdict"]["broken"], 0);
    assert_eq!(board["state"]["proof"]["status"], "optimal");
    page.ask("undo", json!({}));
    let board = page.ask("board", json!({}));
    assert_eq!(Page::row(&board, "r4"), Page::row(&moved, "r4"));
}

/// The judge reckons afresh what is claimed of a plan, also of one that stays near another; of a plan that was moved
/// by hand nothing is claimed.
#[test]
fn proofs_are_rechecked_on_request() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let recheck = |page: &mut Page| -> Vec<(String, String)> {
        page.ask("proofs", json!({}));
        let job = page.answered();
        let text = |value: &Value| value.as_str().unwrap().to_string();
        let verdicts = job["verdicts"].as_array().unwrap().iter();
        verdicts.map(|one| (text(&one["claim"]), text(&one["outcome"]))).collect()
    };
    let goals = page.ask("pulse", json!({}))["state"]["proof"]["goals"].as_array().unwrap().len();
    let verdicts = recheck(&mut page);
    assert!(verdicts.len() >= goals && goals > 0, "{verdicts:?}");
    let rest: Vec<_> = verdicts.iter().filter(|(_, outcome)| outcome != "holds").collect();
    assert!(rest.iter().all(|(claim, outcome)| claim.contains("cases") && outcome == "open"), "{rest:?}");
    let place = json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "east" });
    page.ask("edit", json!({ "op": place }));
    assert_eq!(page.call("proofs", json!({})).status, 422);
    page.ask("plan", json!({ "near": true }));
    page.answered();
    page.ask("accept", json!({}));
    let verdicts = recheck(&mut page);
    assert!(verdicts.iter().any(|(_, outcome)| outcome == "holds"), "{verdicts:?}");
    assert!(verdicts.iter().all(|(_, outcome)| outcome != "rejected"), "{verdicts:?}");
}

#[test]
fn prices_come_ranked_and_one_can_be_taken() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let asked = json!({ "resident": "r4", "start": "2022-04", "months": 12 });
    let alone = page.ask("alone", asked.clone());
    assert_eq!(alone["places"].as_array().unwrap().len(), 5, "all but the associated clinic");
    page.ask("prices", asked);
    let job = page.answered();
    let prices = job["prices"].as_array().unwrap();
    assert_eq!(prices.len(), 5);
    let answers: Vec<&str> = prices.iter().map(|price| price["answer"].as_str().unwrap()).collect();
    let rank =
        |answer: &&str| ["granted", "price", "unknown", "forbidden"].iter().position(|known| known == answer);
    assert!(answers.is_sorted_by_key(rank), "{answers:?}");
    let price = prices.iter().find(|price| price["answer"] == "price").expect("some place has a price");
    let facility = price["place"].clone();
    page.ask("grant", json!({ "place": facility }));
    let board = page.ask("board", json!({}));
    assert_eq!(board["verdict"]["broken"], 0, "the plan with the price breaks no rule");
    let at = board["board"]["facilities"]
        .as_array()
        .unwrap()
        .iter()
        .position(|place| place["id"] == facility)
        .unwrap();
    let row = Page::row(&board, "r4");
    let block = row["blocks"].as_array().unwrap().last().unwrap();
    assert_eq!((block["facility"].as_u64(), block["locked"].as_u64()), (Some(at as u64), Some(12)));
}

#[test]
fn versions_are_kept_opened_and_compared() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    let first = page.planned();
    page.ask("version/keep", json!({ "name": "案 1" }));
    let place =
        json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "south" });
    page.ask("edit", json!({ "op": place }));
    assert_eq!(page.ask("versions", json!({}))["names"], json!(["案 1"]));
    let diff = page.ask("version/compare", json!({ "name": "案 1" }));
    assert!(!diff["chains"].as_array().unwrap().is_empty());
    let opened = page.ask("version/open", json!({ "name": "案 1" }));
    assert_eq!(months(Page::row(&opened, "r4")), months(Page::row(&first, "r4")));
    let file = path.join("versions").join("案 1.csv");
    assert!(fs::read_to_string(file).unwrap().contains("r4"));
}

#[test]
fn it_ends_when_told_and_when_nobody_is_there() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &["--idle-limit", "1"]);
    let started = Instant::now();
    page.planned();
    let ended = |page: &mut Page| page.child.try_wait().unwrap();
    page.until(|page| ended(page).is_some());
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert!(page.child.wait().unwrap().success());
    #[cfg(unix)]
    {
        let mut page = Page::open(&path, &[]);
        page.planned();
        let pid = page.child.id().to_string();
        assert!(std::process::Command::new("kill").arg(&pid).status().unwrap().success());
        page.until(|page| ended(page).is_some());
        assert!(page.child.wait().unwrap().success());
    }
}

#[test]
fn a_name_of_markup_is_sent_as_text() {
    let (_desk, path) = desk();
    let name = "<img src=x onerror=alert(1)>";
    let residents = fs::read_to_string(path.join("residents.csv")).unwrap();
    let mut lines: Vec<String> = residents.lines().map(str::to_string).collect();
    let column = lines[0].split(',').position(|heading| heading == "name").unwrap();
    let mut cells: Vec<String> = lines[1].split(',').map(str::to_string).collect();
    cells[column] = name.to_string();
    lines[1] = cells.join(",");
    fs::write(path.join("residents.csv"), lines.join("\n")).unwrap();
    let mut page = Page::open(&path, &[]);
    let board = page.planned();
    assert!(board["board"]["residents"].as_array().unwrap().iter().any(|row| row["name"] == name));
    let reply = page.call("board", json!({}));
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
}
