//! `kenshu diff` and the plans it reads: what a scenario has outlived, the words, the files.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;

use crate::common::folder;
use crate::common::program::{good_plan, program};
use crate::desk::run;
use kenshu::internal::diff::{Who, diff};
use kenshu::internal::plan::earlier::{self, Earlier};
use kenshu::internal::scenario::{FacilityIx, Scenario};

// ------------------------------------------------------------------------------ plans from before

fn read(scenario: &Scenario, table: &str) -> (Option<Earlier>, Vec<(&'static str, Option<usize>)>) {
    let (earlier, findings) = earlier::read("base.csv", table.as_bytes(), scenario);
    (earlier, findings.list.iter().map(|finding| (finding.code(), finding.place.line)).collect())
}

#[test]
fn what_a_scenario_has_outlived_is_told_and_set_aside() {
    let scenario = program();
    let table = "resident,course,facility,start,months
r1,A,core,2018-04,12
r1,A,east,2019-04,12
r1,A,west,2020-04,18
r2,Z,west,2020-04,12
r2,B,east,2021-01,6
old,A,north,2019-04,12
left,A,core,2019-10,12
left,A,nowhere,2020-10,3
";
    let (earlier, findings) = read(&scenario, table);
    assert_eq!(
        findings,
        [
            ("unknown-course", Some(5)),
            ("earlier-past-differs", Some(3)),
            ("earlier-outside", Some(4)),
            ("earlier-twice", Some(6)),
            ("earlier-past", None),
            ("earlier-gone", Some(8)),
            ("earlier-finished", None),
        ]
    );
    let earlier = earlier.unwrap();
    let spans: Vec<_> =
        earlier.plan.rows.iter().map(|row| (row.span.start.to_string(), row.span.months)).collect();
    let expected = [("2020-04", 12), ("2020-04", 12), ("2021-04", 3)];
    assert_eq!(spans, expected.map(|(start, months)| (start.to_string(), months)));
    assert_eq!(earlier.gone.len(), 1);
    assert_eq!(earlier.gone[0].stays[0].span, crate::common::program::span("2020-04", 6));
}

#[test]
fn a_plan_of_another_program_is_refused() {
    let scenario = program();
    let table = "resident,facility,start,months\nx1,core,2020-04,12\nx2,east,2020-04,12\n";
    assert_eq!(read(&scenario, table), (None, vec![("earlier-other-scenario", None)]));
    let table = "resident,facility,start,months\nr1,cor,2020-04,12\n";
    assert_eq!(read(&scenario, table), (None, vec![("unknown-facility", Some(2))]));
}

#[test]
fn who_has_left_makes_room() {
    let scenario = program();
    let new: Earlier = good_plan(&scenario).into();
    let mut old = new.clone();
    old.plan.rows[4].facility = FacilityIx(0);
    let north = FacilityIx(3);
    old.gone = vec![earlier::Gone {
        id: "left".into(),
        name: "left".into(),
        stays: vec![kenshu::internal::scenario::Stay {
            facility: north,
            span: crate::common::program::span("2021-04", 12),
            section: None,
        }],
    }];
    let found = diff(&scenario, &old, &new);
    assert_eq!(found.moved_months(), 24);
    let [chain] = found.chains.as_slice() else { panic!("{:?}", found.chains) };
    assert_eq!(chain.moves[1].resident, Who::Gone(0), "the one who stays takes the seat of the one who left");
    assert_eq!(chain.moves[1].to, None);
}

// --------------------------------------------------------------------------------------- command

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = tempfile::tempdir().unwrap();
        let mut scenario = program();
        // Nobody could finish course G, and the reader says so.
        scenario.unchecked_mut().courses.retain(|course| course.id != "G" && course.id != "F");
        let mut after = good_plan(&scenario);
        let before = after.clone();
        // r2 and r6 exchange west and north for a part of the year; r3 goes to the core.
        after
            .rows
            .retain(|row| row.span.start != crate::common::program::month("2021-04") || row.resident.0 != 2);
        after.rows.push(crate::common::program::row(&scenario, "r3", "C", "west", "2021-04", 12));
        after.rows[2].facility = FacilityIx(3);
        after
            .rows
            .iter_mut()
            .filter(|row| row.resident.0 == 5)
            .take(1)
            .for_each(|row| row.facility = FacilityIx(1));
        folder::write(&desk.path().join("small"), &scenario, Some(&before)).unwrap();
        fs::rename(desk.path().join("small/placements.csv"), desk.path().join("old.csv")).unwrap();
        folder::write(&desk.path().join("again"), &scenario, Some(&after)).unwrap();
        fs::rename(desk.path().join("again/placements.csv"), desk.path().join("new.csv")).unwrap();
        Self(desk)
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let ended = run(self.0.path(), arguments);
        (ended.code, ended.stdout, ended.stderr)
    }
}

#[test]
fn who_is_new_does_not_move() {
    let scenario = program();
    let new: Earlier = good_plan(&scenario).into();
    let mut old = new.clone();
    let comes = old.plan.rows[0].resident;
    old.plan.rows.retain(|row| row.resident != comes);
    let found = diff(&scenario, &old, &new);
    assert_eq!((found.people(), found.moved_months(), found.new.as_slice()), (0, 0, &[comes][..]));
    assert!(found.months() > 0, "the months are there, and have chains");
}

#[test]
fn the_command_shows_the_difference_in_both_languages() {
    let desk = Desk::new();
    for lang in ["ja", "en"] {
        let (code, stdout, stderr) = desk.run(&["diff", "small", "old.csv", "new.csv", "--lang", lang]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        insta::assert_snapshot!(format!("diff_{lang}"), stdout);
    }
    let (code, stdout, _) = desk.run(&["diff", "small", "old.csv", "old.csv"]);
    assert_eq!((code, stdout.as_str()), (0, "The two plans place everybody alike.\n"));
}

#[test]
fn tables_and_json_add_up() {
    let desk = Desk::new();
    let (code, stdout, _) = desk.run(&["diff", "small", "old.csv", "new.csv", "--out", "out", "--json"]);
    assert_eq!(code, 0);
    let json: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let total = json["resident_months"].as_u64().unwrap();
    let sum = |name: &str, weight: &dyn Fn(&csv::StringRecord, &csv::StringRecord) -> u64| -> u64 {
        let text = fs::read_to_string(desk.0.path().join("out").join(name)).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().unwrap().clone();
        reader.records().map(|row| weight(&header, &row.unwrap())).sum()
    };
    let cell = |name: &'static str| {
        move |header: &csv::StringRecord, row: &csv::StringRecord| -> u64 {
            row[header.iter().position(|column| column == name).unwrap()].parse().unwrap()
        }
    };
    assert_eq!(sum("diff_moves.csv", &cell("months")), total);
    assert_eq!(sum("diff_chains.csv", &cell("months")), total);
    assert_eq!(sum("diff_seats.csv", &cell("departures")), total);
    assert_eq!(sum("diff_seats.csv", &cell("arrivals")), total);
    let again = desk.run(&["diff", "small", "old.csv", "new.csv", "--out", "out"]);
    assert_eq!(again.0, 0, "its own files may be replaced");
    fs::write(desk.0.path().join("out/diff_moves.csv"), "mine").unwrap();
    let refused = desk.run(&["diff", "small", "old.csv", "new.csv", "--out", "out"]);
    assert_eq!(refused.0, 2, "{}", refused.2);
    assert_eq!(fs::read_to_string(desk.0.path().join("out/diff_moves.csv")).unwrap(), "mine");
}

#[test]
fn plans_that_cannot_be_compared_are_refused() {
    let desk = Desk::new();
    fs::write(desk.0.path().join("other.csv"), "resident,facility,start,months\nx1,core,2020-04,12\n")
        .unwrap();
    let (code, stdout, stderr) = desk.run(&["diff", "small", "other.csv", "new.csv"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("earlier-other-scenario"), "{stderr}");
    let (code, _, stderr) = desk.run(&["plan", "small", "--out", "plan", "--base", "other.csv"]);
    assert_eq!(code, 2, "{stderr}");
    assert!(!desk.0.path().join("plan").exists());
}
