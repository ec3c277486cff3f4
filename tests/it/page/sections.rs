//! Sections of a hospital in the page: seen, moved to, judged, priced, planned again, locked, saved.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::client::Page;
use super::desk;

/// The small program with two sections at the core, one of them for a single resident, and somebody wished there.
pub fn divided() -> (tempfile::TempDir, PathBuf) {
    let (desk, path) = desk();
    let sections = "facility,id,name,name_en,seats\ncore,ct,CT,CT,\ncore,ivr,IVR,IVR,1\n";
    fs::write(path.join("sections.csv"), sections).unwrap();
    let staffing = "id,name,where,min,kind\nivr-one,One at IVR,core/ivr,1,wish\n";
    fs::write(path.join("staffing.csv"), staffing).unwrap();
    (desk, path)
}

/// Planned stays of anybody at the core: (resident, first month, months, section).
fn at_core(board: &Value) -> Vec<(String, String, u64, u64)> {
    let first = board["board"]["first"].as_str().unwrap();
    let (year, month) = first.split_once('-').unwrap();
    let zero = year.parse::<u64>().unwrap() * 12 + month.parse::<u64>().unwrap() - 1;
    let mut stays = Vec::new();
    for row in board["board"]["residents"].as_array().unwrap() {
        for block in row["blocks"].as_array().unwrap() {
            if block["facility"] == 0 && block["history"].is_null() {
                let at = zero + block["start"].as_u64().unwrap();
                let start = format!("{:04}-{:02}", at / 12, at % 12 + 1);
                let section = block["section"].as_u64().expect("who is planned at the core is in a section");
                stays.push((
                    row["id"].as_str().unwrap().to_string(),
                    start,
                    block["months"].as_u64().unwrap(),
                    section,
                ));
            }
        }
    }
    stays
}

#[test]
fn sections_are_places_with_margins_of_their_own() {
    let (_desk, path) = divided();
    let mut page = Page::open(&path, &[]);
    let board = page.planned();
    let sections = board["board"]["sections"].as_array().unwrap();
    let ids: Vec<&str> = sections.iter().filter_map(|section| section["id"].as_str()).collect();
    assert_eq!(ids, ["core/ct", "core/ivr"]);
    assert!(!at_core(&board).is_empty());
    let occupancy = &board["board"]["occupancy"];
    let months = |of: &Value, what: &str| -> Vec<u64> {
        of[what].as_array().unwrap().iter().map(|count| count.as_u64().unwrap_or(0)).collect()
    };
    let whole = months(&occupancy["facilities"][0], "present");
    let parts = [0, 1].map(|at| months(&occupancy["sections"][at], "present"));
    let sums: Vec<u64> = parts[0].iter().zip(&parts[1]).map(|(one, other)| one + other).collect();
    assert_eq!(sums, whole, "everybody at the core is in one of its sections");
    assert!(months(&occupancy["sections"][1], "seats").iter().all(|seats| *seats == 1));
    assert_eq!(board["board"]["staffing"][0]["kind"], "wish");
    assert_eq!(months(&occupancy["staffing"][0], "present"), parts[1], "the row counts who is at IVR");
}

#[test]
fn a_section_is_moved_to_judged_locked_and_kept() {
    let (_desk, path) = divided();
    let mut page = Page::open(&path, &[]);
    let board = page.planned();
    assert_eq!(board["verdict"]["broken"], 0);
    let (resident, start, months, section) = at_core(&board)[0].clone();
    let (other, name) = if section == 0 { (1, "core/ivr") } else { (0, "core/ct") };
    let place =
        json!({ "op": "place", "resident": resident, "start": start, "months": months, "place": name });
    let moved = page.ask("edit", json!({ "op": place }));
    let is_moved = |answer: &Value| {
        let blocks = Page::row(answer, &resident)["blocks"].as_array().unwrap().clone();
        // Beside a stay in the same section both are one block.
        blocks.iter().any(|block| block["section"] == other && block["locked"] == months)
    };
    assert!(is_moved(&moved), "{}", Page::row(&moved, &resident));
    // Nobody changes hospitals, so the plan that is nearest only changes sections, and says who.
    page.ask("plan", json!({ "near": true }));
    page.answered();
    let proposal = page.ask("proposal", json!({}));
    assert_eq!(proposal["verdict"]["broken"], 0);
    assert!(is_moved(&proposal), "the lock on a section is kept");
    page.ask("accept", json!({}));
    page.ask("save", json!({}));
    let locks = fs::read_to_string(path.join("locks.csv")).unwrap();
    let id = name.strip_prefix("core/").unwrap();
    assert!(
        locks.lines().any(|line| line.starts_with(&format!("{resident},core,{start}")) && line.contains(id)),
        "{locks}"
    );
}

#[test]
fn two_in_a_section_for_one_are_told() {
    let (_desk, path) = divided();
    let mut page = Page::open(&path, &[]);
    let board = page.planned();
    let stays = at_core(&board);
    let pairs = stays.iter().flat_map(|one| stays.iter().map(move |other| (one, other)));
    let (one, other) =
        pairs.into_iter().find(|(a, b)| a.0 < b.0 && a.1 == b.1).expect("two at the core at the same time");
    let mut answer = Value::Null;
    for (resident, start, months, _) in [one, other] {
        let op = json!({ "op": "place", "resident": resident, "start": start, "months": months, "place": "core/ivr" });
        answer = page.ask("edit", json!({ "op": op }));
    }
    let tight = answer["occupancy"]["sections"][1]["tight"].as_array().unwrap().clone();
    assert!(tight.contains(&json!("over")));
    assert!(answer["verdict"]["broken"].as_u64() > Some(0));
    let findings = answer["verdict"]["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["message"].as_str().unwrap().contains("IVR")));
}

#[test]
fn every_section_has_a_price_and_one_is_taken() {
    let (_desk, path) = divided();
    let mut page = Page::open(&path, &[]);
    let board = page.planned();
    let (resident, start, months, section) = at_core(&board)[0].clone();
    let asked = json!({ "resident": resident, "start": start, "months": months });
    let alone = page.ask("alone", asked.clone())["places"].clone();
    let places: Vec<&str> =
        alone.as_array().unwrap().iter().filter_map(|place| place["place"].as_str()).collect();
    assert!(places.contains(&"core/ct") && places.contains(&"core/ivr") && !places.contains(&"core"));
    page.ask("prices", asked);
    let job = page.answered();
    let prices = job["prices"].as_array().unwrap();
    assert_eq!(prices.len(), places.len());
    let here = if section == 0 { "core/ct" } else { "core/ivr" };
    let price = |place: &str| prices.iter().find(|price| price["place"] == place).unwrap().clone();
    assert_eq!(price(here)["answer"], "granted");
    let there = if section == 0 { "core/ivr" } else { "core/ct" };
    let asked_about = price(there);
    assert_eq!((&asked_about["facility"], &asked_about["answer"]), (&json!("core"), &json!("price")));
    assert!(asked_about["words"][0].as_str().unwrap().contains(&there[5..].to_uppercase()));
    let granted = page.ask("grant", json!({ "place": there }));
    assert_eq!(granted["verdict"]["broken"], 0);
    let at = at_core(&page.ask("board", json!({}))).into_iter().find(|stay| stay.0 == resident);
    assert_eq!(at.map(|stay| stay.3), Some(1 - section));
}

#[test]
fn explanations_name_the_section() {
    let (_desk, path) = divided();
    let mut page = Page::open(&path, &[]);
    let board = page.planned();
    let (resident, _, _, section) = at_core(&board)[0].clone();
    let id = ["ct", "ivr"][section as usize];
    let facts = page.ask("resident", json!({ "resident": resident }));
    assert!(facts["stays"].as_array().unwrap().iter().any(|stay| stay["section"] == id), "{facts}");
    let facts = page.ask("facility", json!({ "place": "core" }));
    let sections = facts["sections"].as_array().unwrap();
    assert_eq!(sections.len(), 2);
    let words = facts["words"].to_string();
    assert!(words.contains("– CT") && words.contains("– IVR"), "{words}");
}
