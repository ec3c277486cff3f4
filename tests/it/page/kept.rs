//! What an edit in the page leaves alone: the bytes of a CSV file around the cell, the parts of a workbook around the
//! sheet, and everything where nothing was asked for.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::begin::{position, workbook_of};
use super::client::Page;
use super::{desk, everything_in};
use crate::workbook::{package, parts};

/// A table as offices write it: CRLF, a column of their own in quotation marks, an empty row that a spreadsheet left.
fn office(path: &Path, is_cp932: bool) -> String {
    let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let mut lines: Vec<String> = text.trim_start_matches('\u{feff}').lines().map(str::to_string).collect();
    let commas = ",".repeat(lines[0].matches(',').count() + 1);
    lines[0].push_str(",\"note\"");
    for line in &mut lines[1..] {
        line.push_str(",\"そのまま、\"");
    }
    lines.insert(2, commas);
    let text = lines.join("\r\n") + "\r\n";
    fs::write(path, encoded(&text, is_cp932)).unwrap();
    text
}

fn encoded(text: &str, is_cp932: bool) -> Vec<u8> {
    match is_cp932 {
        true => encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
        false => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
    }
}

/// The text with one cell of the row that begins with an id changed.
fn with_cell(text: &str, id: &str, column: usize, value: &str) -> String {
    let changed = |line: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if cells[0] == id {
            cells[column] = value;
        }
        cells.join(",")
    };
    text.split("\r\n").map(changed).collect::<Vec<_>>().join("\r\n")
}

/// Sets the cell of a row and a column; where the column is.
fn set(page: &mut Page, file: &str, id: &str, column: &str, text: &str) -> usize {
    let tables = page.ask("tables", json!({}));
    let (row, at) = position(&tables, file, column, id);
    page.ask("table/cell", json!({ "file": file, "row": row, "column": at, "text": text }));
    at
}

#[test]
fn of_a_file_only_the_cell_that_was_edited_changes() {
    for is_cp932 in [false, true] {
        let (_desk, path) = desk();
        let facilities = office(&path.join("facilities.csv"), is_cp932);
        let residents = office(&path.join("residents.csv"), is_cp932);
        let program = fs::read_to_string(path.join("program.toml")).unwrap();
        let program = format!("# 注記\n{program}").replace('\n', "\r\n");
        fs::write(path.join("program.toml"), encoded(&program, is_cp932)).unwrap();
        let before = everything_in(&path);
        let mut page = Page::open(&path, &[]);
        page.planned();
        let at = set(&mut page, "facilities.csv", "west", "supervisors", "2");
        let facilities = encoded(&with_cell(&facilities, "west", at, "2"), is_cp932);
        let at = set(&mut page, "residents.csv", "r5", "name", "山田");
        let residents = encoded(&with_cell(&residents, "r5", at, "山田"), is_cp932);
        page.ask("apply", json!({ "sets": [{ "name": "intake.2021", "text": "2" }] }));
        assert!(program.contains("2021 = 1\r\n"), "{program}");
        let program = program.replace("2021 = 1\r\n", "2021 = 2\r\n");
        // A lock that comes and goes leaves nothing either.
        let lock =
            |op: &str| json!({ "op": { "op": op, "resident": "r6", "start": "2021-04", "months": 12 } });
        page.ask("edit", lock("lock"));
        page.ask("edit", lock("unlock"));
        page.ask("save", json!({}));
        let wanted = BTreeMap::from([
            ("facilities.csv", facilities),
            ("residents.csv", residents),
            ("program.toml", encoded(&program, is_cp932)),
        ]);
        for (file, bytes) in before {
            let name = file.file_name().unwrap().to_str().unwrap().to_string();
            let wanted = wanted.get(name.as_str()).unwrap_or(&bytes);
            let is = fs::read(&file).unwrap();
            assert!(is == *wanted, "{name}: {}", String::from_utf8_lossy(&is));
        }
        // The text of a whole file, as a text area hands it over, comes in the file's own way too.
        let text = page.ask("tables", json!({}))["program"].as_str().unwrap().replace("注記", "覚え書き");
        assert!(!text.contains('\r') && text.contains("覚え書き"));
        page.ask("table/text", json!({ "file": "program.toml", "text": text }));
        page.ask("save", json!({}));
        let program = encoded(&program.replace("注記", "覚え書き"), is_cp932);
        assert!(fs::read(path.join("program.toml")).unwrap() == program);
    }
}

/// What differs between two workbooks, by the name of the part.
fn differing(one: &[u8], other: &[u8]) -> Vec<String> {
    let [one, other] = [one, other].map(|bytes| parts(bytes).into_iter().collect::<BTreeMap<_, _>>());
    let names = one.keys().chain(other.keys().filter(|name| !one.contains_key(*name)));
    names.filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}

#[test]
fn a_workbook_is_edited_killed_opened_again_and_saved() {
    let (desk, path) = desk();
    let book = desk.path().join("program.xlsx");
    let mut all = parts(&workbook_of(&path, &book));
    all.push(("customXml/own.txt".to_string(), b"somebody's own".to_vec()));
    let before = package(all);
    fs::write(&book, &before).unwrap();
    let mut page = Page::open(&book, &[]);
    let first = page.planned();
    assert_eq!(first["verdict"]["broken"], 0);
    assert!(fs::read(&book).unwrap() == before && fs::read_dir(desk.path()).unwrap().count() == 2);
    set(&mut page, "facilities.csv", "west", "supervisors", "3");
    let place =
        json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "south" });
    page.ask("edit", json!({ "op": place }));
    let edited = page.ask("board", json!({}));
    page.child.kill().unwrap();
    page.child.wait().unwrap();
    assert!(fs::read(&book).unwrap() == before, "nothing was saved");
    let mut page = Page::open(&book, &[]);
    let resumed = page.ask("board", json!({}));
    assert_eq!((&resumed["board"], &resumed["verdict"]), (&edited["board"], &edited["verdict"]));
    assert_eq!(resumed["state"]["resumed"], 2);
    page.ask("save", json!({}));
    let saved = fs::read(&book).unwrap();
    let changed = differing(&before, &saved);
    assert!(changed.iter().all(|name| name.starts_with("xl/worksheets/sheet")), "{changed:?}");
    assert_eq!(changed.len(), 2, "the sheets of hospitals and of locks: {changed:?}");
    drop(page);
    let mut page = Page::open(&book, &[]);
    let again = page.ask("board", json!({}));
    assert_eq!(again["board"]["residents"], edited["board"]["residents"]);
    assert_eq!(again["state"]["unsaved"], json!(false));
    // Somebody else writes the workbook meanwhile: it asks, and writes nothing before it may.
    set(&mut page, "facilities.csv", "west", "supervisors", "2");
    fs::write(&book, &before).unwrap();
    assert_eq!(page.ask("save", json!({}))["changed_outside"], json!(true));
    assert!(fs::read(&book).unwrap() == before);
    page.ask("save", json!({ "force": true }));
    assert!(fs::read(&book).unwrap() != before);
}

/// The page names sheet and cell as `kenshu check` does of the same workbook.
#[test]
fn a_fault_in_a_workbook_has_sheet_and_cell() {
    let (desk, path) = desk();
    let book = desk.path().join("program.xlsx");
    workbook_of(&path, &book);
    let mut page = Page::open(&book, &[]);
    page.planned();
    set(&mut page, "facilities.csv", "west", "supervisors", "many");
    let program = page.ask("tables", json!({}))["program"].as_str().unwrap().replace("2021 = 1", "2021 = -1");
    page.ask("table/text", json!({ "file": "program.toml", "text": program }));
    let told = page.ask("tables", json!({}))["findings"].clone();
    let errors: Vec<&Value> =
        told.as_array().unwrap().iter().filter(|finding| finding["severity"] == "error").collect();
    assert_eq!(errors.len(), 2, "{told}");
    // By these the page finds the cell in its own tables.
    assert!(errors.iter().any(|finding| finding["file"] == "facilities.csv" && finding["line"].is_u64()));
    page.ask("save", json!({ "force": true }));
    let check = Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(["check", "--json", "--lang", "en"])
        .arg(&book)
        .output()
        .unwrap();
    let check: Value = serde_json::from_slice(&check.stdout).unwrap();
    let said = |findings: Vec<&Value>, of: fn(&Value) -> &Value| -> Vec<[Value; 3]> {
        let mut said: Vec<[Value; 3]> = findings
            .into_iter()
            .map(|one| [of(one)["file"].clone(), of(one)["cell"].clone(), one["message"].clone()])
            .collect();
        said.sort_by_key(|one| one[1].to_string());
        said
    };
    let checked = check["diagnostics"].as_array().unwrap().iter().filter(|one| one["severity"] == "error");
    assert_eq!(said(errors, |one| &one["place"]), said(checked.collect(), |one| one));
    let cells: Vec<&str> =
        told.as_array().unwrap().iter().filter_map(|one| one["place"]["cell"].as_str()).collect();
    assert!(cells.len() >= 2 && cells.iter().all(|cell| cell.starts_with(|c: char| c.is_ascii_uppercase())));
}

/// Every call that only looks, while edits are not saved and before any.
#[test]
fn no_call_that_looks_writes_anything() {
    let (_desk, path) = desk();
    let before = everything_in(&path);
    let mut page = Page::open(&path, &[]);
    page.planned();
    let stay = json!({ "resident": "r4", "start": "2022-04", "months": 12 });
    let key = "facilities.core.supervisors";
    for (call, body) in [
        ("words", json!({})),
        ("board", json!({})),
        ("pulse", json!({})),
        ("alone", stay.clone()),
        ("resident", json!({ "resident": "r4" })),
        ("facility", json!({ "place": "east" })),
        ("completion", json!({})),
        ("versions", json!({})),
        ("version/compare", json!({})),
        ("manual", json!({})),
        ("manual", json!({ "name": "page" })),
        ("tables", json!({})),
        ("templates", json!({})),
        ("numbers", json!({})),
        ("take-over", json!({})),
        ("undo", json!({})),
        ("redo", json!({})),
    ] {
        page.ask(call, body);
    }
    for (question, body) in [
        ("prices", stay),
        ("why", json!({ "resident": "r4" })),
        ("proofs", json!({})),
        ("ways-out", json!({})),
        ("facility/could", json!({ "place": "east" })),
        ("whatif", json!({ "name": key, "values": ["3", "4"] })),
        ("whatif/seats", json!({})),
        ("whatif/limit", json!({ "name": key })),
        ("plan", json!({ "near": true })),
    ] {
        page.ask(question, body);
        page.answered();
        assert_eq!(everything_in(&path), before, "{question}");
    }
    page.ask("proposal", json!({}));
    page.ask("discard", json!({}));
    page.ask("stop", json!({}));
    for file in
        ["placements.csv", "by_resident.csv", "plan.xlsx", "report.html", "calendars.zip", "audit.csv"]
    {
        assert_eq!(page.get(&format!("/out/{file}?lang=ja"), &[]).status, 200, "{file}");
    }
    page.ask("release", json!({}));
    assert_eq!(everything_in(&path), before);
    drop(page);
    assert_eq!(everything_in(&path), before);
}
