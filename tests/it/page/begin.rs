//! What a page begins with: nothing, a template, a workbook that was dropped, tables that have faults.

use std::fs;
use std::path::Path;
use std::process::Command;

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::client::Page;
use super::{desk, everything_in};

fn dropped(name: &str, bytes: &[u8]) -> Value {
    json!({ "files": [{ "name": name, "content": BASE64.encode(bytes) }] })
}

fn errors(tables: &Value) -> Vec<Value> {
    let findings = tables["findings"].as_array().unwrap().iter();
    findings.filter(|finding| finding["severity"] == "error").cloned().collect()
}

/// The position of a column and of the row whose first cell is this, as a call to change a cell counts them.
pub fn position(tables: &Value, file: &str, column: &str, first: &str) -> (usize, usize) {
    let table = tables["tables"].as_array().unwrap().iter().find(|table| table["file"] == file).unwrap();
    let columns = table["columns"].as_array().unwrap();
    let rows = table["rows"].as_array().unwrap();
    let row = rows.iter().position(|row| row["cells"][0] == first).unwrap();
    (row + 1, columns.iter().position(|known| known["id"] == column).unwrap())
}

pub fn workbook_of(folder: &Path, target: &Path) -> Vec<u8> {
    let status = Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(["convert", "--lang", "en"])
        .args([folder, target])
        .output()
        .unwrap()
        .status;
    assert!(status.success());
    fs::read(target).unwrap()
}

#[test]
fn tables_with_faults_open_with_each_at_its_cell_and_are_mended() {
    let (_desk, path) = desk();
    let facilities = fs::read_to_string(path.join("facilities.csv")).unwrap();
    let faulty = facilities.replacen("affiliate", "afiliate", 2);
    assert_ne!(faulty, facilities);
    fs::write(path.join("facilities.csv"), &faulty).unwrap();
    let mut page = Page::open(&path, &[]);
    let first = page.ask("board", json!({}));
    assert_eq!((&first["board"], &first["verdict"]), (&Value::Null, &Value::Null));
    assert_eq!(first["state"]["broken_tables"], json!(true));
    // What needs a program is refused with a reason, and nothing falls over.
    for call in ["numbers", "plan", "alone", "resident", "version/keep"] {
        let reply = page.call(call, json!({ "name": "x", "resident": "r1" }));
        assert_eq!(reply.status, 422, "{call}");
        assert!(reply.json()["error"].as_str().unwrap().contains("cannot be read"), "{call}: {}", reply.body);
    }
    assert_eq!(page.get("/out/placements.csv", &[]).status, 404);
    let mut tables = page.ask("tables", json!({}));
    while let Some(fault) = errors(&tables).into_iter().find(|fault| fault["column"] == "role") {
        assert_eq!(fault["file"], "facilities.csv");
        let table =
            tables["tables"].as_array().unwrap().iter().find(|table| table["file"] == "facilities.csv");
        let rows = table.unwrap()["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["line"] == fault["line"]).unwrap();
        let id = row["cells"][0].as_str().unwrap();
        let (row, column) = position(&tables, "facilities.csv", "role", id);
        let cell = json!({ "file": "facilities.csv", "row": row, "column": column, "text": "affiliate" });
        tables = page.ask("table/cell", cell)["tables"].clone();
    }
    assert_eq!(errors(&tables), Vec::<Value>::new());
    let board = page.ask("board", json!({}));
    assert_eq!(board["board"]["residents"].as_array().unwrap().len(), 6);
    // A kill while the tables were being mended loses nothing of it either.
    page.child.kill().unwrap();
    page.child.wait().unwrap();
    let mut page = Page::open(&path, &[]);
    assert_eq!(page.ask("board", json!({}))["board"], board["board"]);
    page.ask("save", json!({}));
    assert_eq!(fs::read_to_string(path.join("facilities.csv")).unwrap(), facilities);
}

#[test]
fn an_empty_folder_begins_with_a_template() {
    let desk = tempfile::tempdir().unwrap();
    let mut page = Page::open(desk.path(), &[]);
    assert_eq!(page.ask("board", json!({}))["board"], Value::Null);
    let templates = page.ask("templates", json!({}))["templates"].clone();
    let names: Vec<&str> =
        templates.as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect();
    assert!(names.first() == Some(&"") && names.contains(&"surgery"), "{names:?}");
    assert_eq!(page.call("begin", json!({ "name": "nowhere" })).status, 422);
    let begun = page.ask("begin", json!({ "name": "" }));
    assert!(!begun["board"]["residents"].as_array().unwrap().is_empty());
    let planned = page.planned();
    assert_eq!(planned["verdict"]["broken"], 0);
    let written = everything_in(desk.path());
    assert!(written.iter().all(|(path, _)| path.ends_with("page.journal")), "nothing but the journal");
    // The plan nobody asked for is in the journal like the tables it belongs to.
    page.child.kill().unwrap();
    page.child.wait().unwrap();
    let mut page = Page::open(desk.path(), &[]);
    let resumed = page.ask("board", json!({}));
    assert_eq!(resumed["board"], planned["board"]);
    page.ask("undo", json!({}));
    assert_eq!(page.ask("undo", json!({}))["board"], Value::Null);
    page.ask("redo", json!({}));
    page.ask("redo", json!({}));
    assert_eq!(page.ask("board", json!({}))["board"], planned["board"]);
    page.ask("save", json!({}));
    assert!(desk.path().join("program.toml").is_file());
    assert!(desk.path().join("versions").join("current.csv").is_file());
}

#[test]
fn a_workbook_that_is_dropped_takes_the_place_of_what_there_is() {
    let (other, path) = desk();
    let bytes = workbook_of(&path, &other.path().join("program.xlsx"));
    let from_folder = Page::open(&path, &[]).planned();
    let empty = tempfile::tempdir().unwrap();
    let mut page = Page::open(empty.path(), &[]);
    page.ask("board", json!({}));
    page.ask("begin", json!({ "name": "" }));
    let template = page.planned();
    for (name, bytes) in [("notes.txt", b"hello".as_slice()), ("program.xlsx", b"PK\x03\x04 is no workbook")]
    {
        let reply = page.call("begin", dropped(name, bytes));
        assert_eq!(reply.status, 422, "{name}: {}", reply.body);
    }
    assert_eq!(page.ask("board", json!({}))["board"], template["board"], "a refusal changes nothing");
    page.ask("begin", dropped("program.xlsx", &bytes));
    let planned = page.planned();
    let ids = |board: &Value| -> Vec<Value> {
        board["board"]["residents"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
    };
    assert_eq!(ids(&planned), ids(&from_folder));
    assert_eq!(planned["board"]["facilities"], from_folder["board"]["facilities"]);
}

#[test]
fn another_program_with_faults_is_not_judged_as_the_one_before() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let answer = page.ask("begin", dropped("program.toml", b"[program]\nid = \"x\"\n"));
    assert_eq!((&answer["board"], &answer["state"]["broken_tables"]), (&Value::Null, &json!(true)));
    let back = page.ask("undo", json!({}));
    assert_eq!(back["board"]["residents"].as_array().unwrap().len(), 6);
    assert_eq!(back["state"]["broken_tables"], json!(false));
}

#[test]
fn one_tab_begins_and_another_does_not() {
    let desk = tempfile::tempdir().unwrap();
    let mut page = Page::open(desk.path(), &[]);
    page.ask("board", json!({}));
    assert_eq!(page.call("begin", json!({ "name": "", "tab": "two" })).status, 423);
}
