//! `report.html` of a plan with a base: every part is there, what it says is what the tables say, and a chart shows the
//! residents that are there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use kenshu::internal::calendar::Month;
use serde_json::Value;

use crate::desk::Desk;

/// What stands between a beginning and the next end.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    text.split(begin).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

fn section<'a>(page: &'a str, id: &str) -> &'a str {
    between(page, &format!("<section id=\"{id}\">"), "</section>")[0]
}

/// The points of a line, as (x, y).
fn points(path: &str) -> Vec<(i64, i64)> {
    let numbers = path.split(['M', 'L', 'Z', ' ']).filter(|part| !part.is_empty());
    let numbers: Vec<i64> = numbers.map(|number| number.parse().unwrap()).collect();
    numbers.chunks(2).map(|pair| (pair[0], pair[1])).collect()
}

#[test]
fn the_report_of_a_changed_plan_says_what_the_tables_say() {
    let desk = Desk::empty();
    let scenario = fs::canonicalize("scenarios/keio-2020-replan").unwrap();
    let base = scenario.join("published/placements.csv");
    let (scenario, base) = (scenario.to_str().unwrap(), base.to_str().unwrap());
    for language in ["en", "ja"] {
        let planned = ["plan", scenario, "--base", base, "--out", language, "--lang", language];
        assert_eq!(desk.run(&planned).code, 0);
        let page = desk.read(&format!("{language}/report.html"));
        let ids = between(&page, " id=\"", "\"");
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "an id stands twice");
        let links = between(&page, "href=\"#", "\"");
        assert_eq!(links, ["goals", "plan", "changes", "hospitals", "residents", "judge"]);
        assert!(links.iter().all(|link| ids.contains(link)));
        assert!(!page.contains("{ $"), "an argument is missing");

        let plan = format!("{language}/placements.csv");
        let compared = desk.run(&["diff", scenario, base, &plan, "--json", "--lang", language]);
        let compared: Value = serde_json::from_str(&compared.stdout).unwrap();
        let moves = compared["moves"].as_array().unwrap();
        let changes = section(&page, "changes");
        let rows = between(between(changes, "<tbody>", "</tbody>")[0], "<tr>", "</tr>");
        assert_eq!((rows.len(), moves.is_empty()), (moves.len(), false));
        for (row, one) in rows.iter().zip(moves) {
            assert!(row.contains(one["resident"].as_str().unwrap()), "{row} {one}");
        }
        assert!(changes.contains(&compared["words"].as_str().unwrap().replace('"', "&quot;")), "{changes}");

        let table = desk.rows(&plan);
        let column = |names: [&str; 2]| {
            table[0]
                .iter()
                .position(|heading| names.contains(&heading.as_str()))
                .unwrap_or_else(|| panic!("{names:?}"))
        };
        let (resident, facility) = (column(["resident", "専攻医"]), column(["facility", "施設"]));
        let (start, months) = (column(["start", "開始月"]), column(["months", "月数"]));
        let residents = section(&page, "residents");
        let mut present: BTreeMap<&str, BTreeMap<Month, u32>> = BTreeMap::new();
        for row in &table[1..] {
            assert!(residents.contains(&row[resident]), "{} has no page", row[resident]);
            let first = Month::parse(&row[start]).unwrap();
            for month in 0..row[months].parse().unwrap() {
                *present.entry(&row[facility]).or_default().entry(first.plus(month)).or_default() += 1;
            }
        }
        let begin = Month::parse("2020-04").unwrap();
        let mut shown = 0;
        for hospital in section(&page, "hospitals").split("<h3>").skip(1) {
            let id = between(hospital, "<small>", " ")[0];
            let line = points(between(hospital, "class=\"bars\" d=\"", "\"")[0]);
            let ground = line[0].1;
            // Each month is a step from its beginning to its end.
            let heights: Vec<i64> =
                line[1..line.len() - 1].chunks(2).map(|step| ground - step[0].1).collect();
            let none = BTreeMap::new();
            let there = present.get(id).unwrap_or(&none);
            let counts: Vec<i64> = (0..heights.len() as u32)
                .map(|month| there.get(&begin.plus(month)).copied().unwrap_or(0).into())
                .collect();
            let (highest, most) = (heights.iter().max().unwrap(), counts.iter().max().unwrap());
            for (height, count) in heights.iter().zip(&counts) {
                assert!((height * most - count * highest).abs() <= *most, "{id}: {heights:?} {counts:?}");
            }
            shown += usize::from(*most > 0);
        }
        let planned = present.values().filter(|months| months.keys().any(|month| *month >= begin)).count();
        assert!(shown == planned && shown > 10, "{shown} of {planned} hospitals");
    }
}
