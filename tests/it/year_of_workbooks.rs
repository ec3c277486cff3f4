//! A whole year without a folder of tables: begun, asked for, planned, edited and turned in workbooks alone; and every
//! command answers of a workbook what it answers of the folder that says the same.

use std::collections::BTreeMap;
use std::fs;

use kenshu::internal::language::{Catalogue, Language, Message, SHEETS};
use kenshu::internal::tables::workbook::form::{self, Asked};

use crate::desk::{Desk, Ended};
use crate::forms::with_cells;
use crate::plan_workbook::{cells, title, typed};

fn run(desk: &Desk, arguments: &[&str]) -> Ended {
    let ended = desk.run(arguments);
    assert_eq!(ended.code, 0, "{arguments:?}: {}{}", ended.stdout, ended.stderr);
    ended
}

#[test]
fn a_year_passes_in_workbooks_alone() {
    for (language, lang) in [(Language::Ja, "ja"), (Language::En, "en")] {
        let desk = Desk::empty();
        let run = |arguments: &[&str]| run(&desk, &[arguments, &["--lang", lang]].concat());
        run(&["new", "p.xlsx"]);
        run(&["check", "p.xlsx"]);
        // One resident answers by form.
        run(&["forms", "p.xlsx", "--out", "forms"]);
        let form_of = desk.names("forms").into_iter().find(|name| name.starts_with("Y2027-03")).unwrap();
        let path = desk.path("forms").join(&form_of);
        let bytes = fs::read(&path).unwrap();
        let filled = form::read("f", &bytes).unwrap();
        let cell = filled.rows[&Asked::Facility][1][0].place.cell.clone().unwrap();
        fs::write(&path, with_cells(&bytes, 1, &BTreeMap::from([(cell, "south")]))).unwrap();
        run(&["collect", "p.xlsx", "forms"]);
        let plan = run(&["plan", "p.xlsx", "--out", "year"]);
        assert!(plan.stderr.contains("plan.xlsx") || plan.stdout.contains("plan.xlsx"));
        // In the last month that is planned somebody is put elsewhere.
        let bytes = fs::read(desk.path("year").join("plan.xlsx")).unwrap();
        let calendar = title("sheet-calendar", language);
        let all = cells(&bytes, &calendar);
        let counted =
            all.keys().filter(|(row, column)| *row > 4 && *column == 1).map(|(row, _)| *row).max().unwrap();
        let shorts: Vec<String> = crate::plan_workbook::shorts(&bytes).into_values().collect();
        let ((row, column), before) = all
            .iter()
            .filter(|((row, column), data)| {
                (5..=counted).contains(row) && *column > 3 && shorts.contains(&data.to_string())
            })
            .max_by_key(|((row, column), _)| (*column, *row))
            .unwrap();
        let other = shorts.iter().find(|short| **short != before.to_string()).unwrap();
        let name = format!("{}{}", letters(*column), row + 1);
        fs::write(desk.path("edited.xlsx"), typed(&bytes, &calendar, &name, other)).unwrap();
        let diff = desk.run(&["diff", "p.xlsx", "year/plan.xlsx", "edited.xlsx", "--lang", lang]);
        assert!(diff.stdout.contains("Y20"), "somebody moves: {}{}", diff.stdout, diff.stderr);
        // The year turns on workbooks, and what is asked for is told by sheet.
        let next = run(&["next", "p.xlsx", "edited.xlsx", "--out", "q.xlsx"]);
        assert!(next.stderr.contains("q.xlsx") && next.stderr.contains("edited.xlsx"), "{}", next.stderr);
        let intake = title("table-intake", language);
        let rows = cells(&fs::read(desk.path("q.xlsx")).unwrap(), &intake);
        let years: Vec<String> =
            rows.iter().filter(|((_, column), _)| *column == 0).map(|(_, data)| data.to_string()).collect();
        assert!(years.contains(&"2029".to_string()), "the new year is asked for: {years:?}");
        run(&["check", "q.xlsx"]);
        run(&["plan", "q.xlsx", "--base", "edited.xlsx", "--out", "year2"]);
        run(&["audit", "q.xlsx", "year2/plan.xlsx"]);
        let moved = desk.run(&["diff", "q.xlsx", "edited.xlsx", "year2/plan.xlsx", "--lang", lang]);
        assert!(moved.code == 0, "{}", moved.stderr);
    }
}

/// The letters of a column, counted from 0.
pub fn letters(column: usize) -> String {
    let own = char::from(b'A' + (column % 26) as u8).to_string();
    if column < 26 { own } else { letters(column / 26 - 1) + &own }
}

/// What is told of a workbook, with its sheets called by their files; blanks and lines that only fill are left out.
pub fn of_files(mut text: String, language: Language) -> String {
    let catalogue = Catalogue::new(language);
    for (table, key) in SHEETS {
        let sheet = Message::new("sheet-of-workbook").text("title", catalogue.word(key));
        text = text.replace(&catalogue.say(&sheet), table);
    }
    text = text.replace(&catalogue.word("workbook-of-program"), "program.toml").replace(' ', "");
    while text.contains("--") {
        text = text.replace("--", "-");
    }
    text
}

#[test]
fn every_command_answers_of_a_workbook_as_of_a_folder() {
    let desk = Desk::empty();
    let bare = |arguments: &[&str]| {
        let ended = desk.run(&[arguments, &["--lang", "en"]].concat());
        (ended.code, ended.stdout, ended.stderr)
    };
    assert_eq!(bare(&["new", "p"]).0, 0);
    assert_eq!(bare(&["convert", "p", "p.xlsx"]).0, 0);
    for (scenario, out) in [("p", "of-folder"), ("p.xlsx", "of-book")] {
        let (code, _, said) = bare(&["plan", scenario, "--out", out]);
        assert_eq!(code, 0, "{said}");
    }
    let commands: [&[&str]; 14] = [
        &["check", "P"],
        &["audit", "P", "OUT/placements.csv", "--certificate", "OUT/plan.json"],
        &["audit", "P", "OUT/plan.xlsx"],
        &["diff", "P", "of-folder/placements.csv", "of-book/plan.xlsx"],
        &["explain", "infeasible", "P"],
        &[
            "explain",
            "why-not",
            "P",
            "OUT",
            "--resident",
            "Y2027-01",
            "--facility",
            "north",
            "--year",
            "2027",
        ],
        &["explain", "why", "P", "OUT", "--resident", "Y2027-01"],
        &["explain", "resident", "P", "OUT", "Y2027-01"],
        &["explain", "facility", "P", "OUT", "north"],
        &["progress", "P", "OUT"],
        &["due", "P", "OUT"],
        &["forms", "P", "--out", "forms-OUT"],
        &["next", "P", "OUT", "--out", "next-OUT.xlsx"],
        &["whatif", "P", "--vary", "intake.2027=3..=4", "--out", "whatif-OUT"],
    ];
    for command in commands {
        let of = |scenario: &str, out: &str| {
            let arguments: Vec<String> = command
                .iter()
                .map(|text| if *text == "P" { scenario.to_string() } else { text.replace("OUT", out) })
                .collect();
            let (code, stdout, stderr) = bare(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(code == 0 || code == 1, "{arguments:?}: {stderr}");
            // Tables are called what they are for whom it concerns, which moves the rules of tables on a terminal.
            let plain =
                |text: String| of_files(text, Language::En).replace(out, "OUT").replace("p.xlsx", "p");
            // How long it took is said to people only.
            let is_time = |three: &[u8]| three[0].is_ascii_digit() && &three[1..] == b" s";
            let lines = stderr.lines().filter(|line| !line.as_bytes().windows(3).any(is_time)).count();
            (code, plain(stdout), lines)
        };
        assert_eq!(of("p", "of-folder"), of("p.xlsx", "of-book"), "{command:?}");
    }
}
