//! What broke planners of others, tried on the page: text that says false taken for true, a maximum of none taken for no
//! maximum, leave that vanishes when something beside it is edited, and a view that counts for itself.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::client::Page;
use super::desk;

/// A word where a yes or no belongs is refused, whatever it says: `"false"` would overwrite somebody's files.
#[test]
fn false_as_text_is_never_true() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let lock = json!({ "op": "lock", "resident": "r6", "start": "2021-04", "months": 12 });
    page.ask("edit", json!({ "op": lock }));
    fs::write(path.join("notes.csv"), "untouched").unwrap();
    let facilities = fs::read_to_string(path.join("facilities.csv")).unwrap();
    fs::write(path.join("facilities.csv"), facilities.clone() + "\n").unwrap();
    for text in ["false", "true", "0", ""] {
        assert_eq!(page.call("save", json!({ "force": text })).status, 400, "{text:?}");
        assert_eq!(page.call("plan", json!({ "near": text })).status, 400, "{text:?}");
    }
    assert_eq!(fs::read_to_string(path.join("facilities.csv")).unwrap(), facilities + "\n");
    // And in the tables: a switch of the rules that is text is a fault at its line, not a switch that is on.
    let program = page.ask("tables", json!({}))["program"].as_str().unwrap().to_string();
    let switched = match program.contains("[rules]") {
        true => program.replacen("[rules]", "[rules]\ncovered_by_leave = \"false\"", 1),
        false => format!("{program}\n[rules]\ncovered_by_leave = \"false\"\n"),
    };
    let answer = page.ask("table/text", json!({ "file": "program.toml", "text": switched }));
    assert_eq!(answer["state"]["broken_tables"], json!(true));
    let findings = answer["tables"]["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["severity"] == "error" && finding["line"].is_u64()));
}

/// A hospital with 0 seats holds nobody: the board says 0, not nothing, and the judge objects.
#[test]
fn a_maximum_of_none_is_a_maximum() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    page.ask("apply", json!({ "sets": [{ "name": "facilities.west.seats", "text": "0" }] }));
    let place = json!({ "op": "place", "resident": "r4", "start": "2022-04", "months": 12, "place": "west" });
    let at_west = page.ask("edit", json!({ "op": place }));
    let board = page.ask("board", json!({}));
    let facilities = board["board"]["facilities"].as_array().unwrap();
    let west = facilities.iter().position(|facility| facility["id"] == "west").unwrap();
    let of_west = &board["board"]["occupancy"]["facilities"][west];
    let seats = of_west["seats"].as_array().unwrap();
    assert!(seats.iter().all(|seats| *seats == json!(0)), "0 seats are not no limit: {seats:?}");
    assert!(of_west["tight"].as_array().unwrap().contains(&json!("over")));
    assert!(at_west["verdict"]["broken"].as_u64() > Some(0));
}

/// Whatever is moved, resized, exchanged or typed beside it, leave stays as it was written.
#[test]
fn leave_stays_whatever_is_edited() {
    let (_desk, path) = desk();
    let leaves = "resident,kind,start,months,note\nr4,childbirth,2021-06,3,\"kept, as it is\"\n";
    fs::write(path.join("leaves.csv"), leaves).unwrap();
    let mut page = Page::open(&path, &[]);
    let first = page.planned();
    let leave = |board: &Value| {
        let row = Page::row(board, "r4");
        let blocks = row["blocks"].as_array().unwrap().iter();
        let within = blocks.flat_map(|block| block["leave"].as_array().cloned().unwrap_or_default());
        let away = row["away"].as_array().unwrap().iter().cloned();
        within.chain(away).map(|one| one["months"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!(leave(&first), 3);
    for op in [
        json!({ "op": "place", "resident": "r4", "start": "2021-04", "months": 12, "place": "east" }),
        json!({ "op": "exchange", "resident": "r4", "start": "2021-04", "months": 12, "with": "r5", "at": "2021-04" }),
        json!({ "op": "resize", "resident": "r4", "start": "2021-04", "months": 6, "at": "2021-05", "length": 3 }),
        json!({ "op": "push", "resident": "r4", "start": "2021-04", "months": 12, "at": "2022-04" }),
        json!({ "op": "unlock", "resident": "r4", "start": "2021-04", "months": 12 }),
    ] {
        page.ask("edit", json!({ "op": op }));
        let board = page.ask("board", json!({}));
        assert_eq!(leave(&board), 3, "{op}");
    }
    page.ask("apply", json!({ "sets": [{ "name": "facilities.west.supervisors", "text": "3" }] }));
    page.ask("save", json!({}));
    assert_eq!(fs::read_to_string(path.join("leaves.csv")).unwrap(), leaves);
}

/// The view of completion says of everybody what `kenshu progress` says, figure for figure and word for word.
#[test]
fn completion_is_what_progress_says() {
    let (desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    let out = desk.path().join("out");
    let run = |arguments: &[&str], more: &[&std::path::Path]| {
        Command::new(env!("CARGO_BIN_EXE_kenshu")).args(arguments).args(more).output().unwrap()
    };
    assert!(run(&["plan", "--lang", "en", "--out"], &[&out, &path]).status.success());
    for month in ["2020-04", "2021-10", "2030-04"] {
        let view = page.ask("completion", json!({ "start": month }));
        let told = run(&["progress", "--json", "--lang", "en", "--as-of", month], &[&path, &out]);
        let told: Value = serde_json::from_slice(&told.stdout).unwrap();
        assert_eq!((&view["as_of"], told["as_of"].as_str()), (&json!(month), Some(month)));
        let (shown, standings) =
            (view["residents"].as_array().unwrap(), told["residents"].as_array().unwrap());
        assert_eq!(shown.len(), standings.len());
        for (one, standing) in shown.iter().zip(standings) {
            assert_eq!(one["id"], standing["resident"]);
            assert_eq!(one["verdict"], standing["verdict"], "{}", one["id"]);
            let end = standing["end"].as_str().unwrap_or_default();
            assert_eq!(one["figures"], json!([standing["counted"], standing["missing"], end]));
            let (items, of) = (one["items"].as_array().unwrap(), standing["items"].as_array().unwrap());
            assert_eq!(items.len(), of.len());
            for (item, of) in items.iter().zip(of) {
                assert_eq!(item[2].as_str().unwrap(), of["why"].as_str().unwrap_or_default());
            }
        }
    }
}
