//! `--largest` and `--smallest`: what asking about every value says, whatever holds in between.

use kenshu::internal::engine::largest::{End, Verdict, search};
use kenshu::internal::engine::order::Demand;
use kenshu::internal::explain::apply::changed;
use kenshu::internal::explain::asker::{Asker, Existence};
use kenshu::internal::scenario::edit::{Edit, Known};
use kenshu::internal::scenario::{Role, Scenario};
use kenshu::internal::whatif::evaluate::Bench;

use crate::common::folder::sources;
use crate::common::generate::generate;
use crate::desk::{Desk, Ended};

/// A year of training: courses A and B at the core, course C at the affiliate, where there is one seat.
/// Nobody has a row.
fn year(mix: &str, intake: u32) -> Desk {
    let desk = Desk::small();
    desk.write(
        "small/program.toml",
        &format!(
            "[program]\nid = \"year\"\nname = \"year\"\ntraining_months = 12\n[horizon]\nfirst_year = 2020\n\
             [intake]\n2020 = {intake}\n[course_mix]\n{mix}\n[rules]\ncomprehensive_months_min = 0\n\
             core_months_min = 0\nfacilities_min = 1\n\
             [[courses]]\nid = \"A\"\nname = \"A\"\nyears = [[\"core:12\"]]\n\
             [[courses]]\nid = \"B\"\nname = \"B\"\nyears = [[\"core:12\"]]\n\
             [[courses]]\nid = \"C\"\nname = \"C\"\nyears = [[\"affiliate:12\"]]\n"
        ),
    );
    desk.write(
        "small/facilities.csv",
        "id,role,accreditation,supervisors,seats\na,core,comprehensive,10,\nb,affiliate,training,1,1\n",
    );
    std::fs::remove_file(desk.path("small/residents.csv")).unwrap();
    desk
}

/// The row of a question: (value, next, holes, no scenario, open).
fn row(desk: &Desk, file: &str, question: &str) -> [String; 5] {
    let rows = desk.rows(file);
    let row = rows.iter().find(|row| row[1] == question).unwrap();
    [2, 3, 7, 8, 9].map(|column| row[column].clone())
}

fn asked(desk: &Desk, end: &str, arguments: &[&str]) -> (Ended, [String; 5]) {
    let ended = desk.run(&[&["whatif", "small", "--out", "found", &format!("--{end}")], arguments].concat());
    assert!(ended.code <= 1 || ended.code == 3, "{}", ended.stderr);
    let row = row(desk, &format!("found/{end}.csv"), "placeable");
    (ended, row)
}

#[test]
fn where_more_is_needed_the_largest_is_not_sought_downwards() {
    let desk = year("A = 1", 4);
    let range = ["facilities.a.seats", "--vary", "facilities.a.seats=0..=5"];
    let (ended, row) = asked(&desk, "largest", &range);
    assert_eq!(row, ["5", "", "0–3", "", ""], "{}", ended.stderr);
    assert_eq!(ended.code, 0);
    assert!(
        ended.stderr.contains("everyone can be placed at 5, the largest value looked at"),
        "{}",
        ended.stderr
    );
    let (ended, row) = asked(&desk, "smallest", &range);
    assert_eq!(row, ["4", "3", "", "", ""]);
    assert!(ended.stderr.contains("everyone can be placed from 4 on, not at 3"), "{}", ended.stderr);
    // Without a range: as many as there are residents.
    assert_eq!(asked(&desk, "smallest", &["facilities.a.seats"]).1, ["4", "3", "", "", ""]);
    let (_, none) = asked(&desk, "largest", &["facilities.a.seats", "--vary", "facilities.a.seats=0..=3"]);
    assert_eq!(none, ["", "0", "", "", ""]);
}

/// Six to six to two: ten are 4, 4 and 2, eleven 5, 5 and 1.
#[test]
fn a_course_mix_makes_holes_and_they_are_told() {
    for present in [10, 30] {
        let desk = year("A = 6\nB = 6\nC = 2", present);
        let (ended, row) = asked(&desk, "largest", &["intake.2020"]);
        assert_eq!(row, ["11", "12", "10", "", ""], "from {present}: {}", ended.stderr);
        assert!(ended.stderr.contains("11 is the largest value"), "{}", ended.stderr);
        assert!(ended.stderr.contains("does not hold: 10"), "{}", ended.stderr);
        let ended = desk.run(&["whatif", "small", "--out", "ja", "--lang", "ja", "--largest", "intake.2020"]);
        assert!(ended.stderr.contains("全員を配置できる最大の値は 11 です"), "{}", ended.stderr);
        let ended = desk.run(&["whatif", "small", "--out", "json", "--json", "--largest", "intake.2020"]);
        let json: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
        let placeable = &json["answers"][0];
        assert_eq!(placeable["value"], "11");
        assert_eq!(placeable["holds"], serde_json::json!([["0", "9"], ["11", "11"]]));
        assert_eq!(placeable["fails"], serde_json::json!([["10", "10"], ["12", "500"]]));
    }
}

#[test]
fn a_value_that_is_no_scenario_exceeds_nothing() {
    let desk = Desk::small();
    let (ended, placeable) = asked(&desk, "smallest", &["intake.2020", "--vary", "intake.2020=0..=3"]);
    assert_eq!(placeable[..4], ["1", "", "", "0"], "{}", ended.stderr);
    assert_eq!(row(&desk, "found/smallest.csv", "within_caps")[..4], ["1", "", "", "0"]);
    assert_eq!(ended.code, 0);
    assert!(ended.stderr.contains("No scenario: 0. The intake of 2020"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("exceeded"), "{}", ended.stderr);
}

#[test]
fn what_is_no_amount_is_refused_with_what_is() {
    let desk = Desk::small();
    for key in [
        "facilities.keiyu.name",
        "facilities.keiyu.source",
        "facilities.keiyu.role",
        "residents.R1.course",
        "residents.R1.entry_year",
        "rules.supervisor_rounding",
        "rules.intake_cap.totals",
        "goals",
        "locks",
        "residents.remove",
    ] {
        for end in ["--largest", "--smallest"] {
            let ended = desk.run(&["whatif", "small", "--out", "out", end, key]);
            assert_eq!(ended.code, 2, "{key}");
            assert!(ended.stderr.contains("facilities.ID.seats"), "{key}: {}", ended.stderr);
        }
    }
    let words = ["--largest", "facilities.keiyu.seats", "--vary", "facilities.keiyu.seats=1,many"];
    let ended = desk.run(&[&["whatif", "small", "--out", "out"], &words[..]].concat());
    assert!(ended.code == 2 && ended.stderr.contains("many is no number"), "{}", ended.stderr);
    let ended = desk.run(&[
        "whatif",
        "small",
        "--out",
        "out",
        "--largest",
        "intake.2020",
        "--smallest",
        "intake.2020",
    ]);
    assert!(ended.code == 2 && ended.stderr.contains("one thing at a time"), "{}", ended.stderr);
}

#[test]
fn a_search_without_time_says_so_and_is_gone_on_with() {
    let desk = year("A = 6\nB = 6\nC = 2", 4);
    let cut = ["intake.2020", "--time-limit", "0.000001"];
    let (ended, row) = asked(&desk, "largest", &cut);
    assert_eq!(ended.code, 3, "{}", ended.stderr);
    assert_eq!(row, ["", "", "", "", "0–500"]);
    assert!(ended.stderr.contains("The same command goes on from here"), "{}", ended.stderr);
    let (ended, row) = asked(&desk, "largest", &["intake.2020"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(row, ["11", "12", "10", "", ""]);
    // What was found is not asked again, even without time.
    let (ended, row) = asked(&desk, "largest", &cut);
    assert_eq!(row, ["11", "12", "10", "", ""], "{}", ended.stderr);
}

/// Hundreds of residents a year are a scenario like any other: far beyond what holds no sum runs over.
#[test]
fn the_largest_intake_of_a_real_program_is_found_from_far_beyond_it() {
    let desk = Desk::small();
    let keio = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/keio-2019");
    let range = "intake.2021=12,13,66,67,500";
    let keio = keio.to_str().unwrap();
    let ended = desk.run(&["whatif", keio, "--out", "found", "--largest", "intake.2021", "--vary", range]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(row(&desk, "found/largest.csv", "placeable")[..2], ["66", "67"], "{}", ended.stderr);
    assert_eq!(row(&desk, "found/largest.csv", "within_caps")[..2], ["12", "13"]);
}

/// Where no range is given the bounds of the tables are one; between round values every whole number counts.
#[test]
fn supervisors_volumes_and_caps_need_no_range() {
    let desk = year("A = 1", 4);
    assert_eq!(asked(&desk, "smallest", &["facilities.a.supervisors"]).1[..2], ["2", "1"]);
    let another = || std::fs::remove_dir_all(desk.path("found")).unwrap();
    another();
    desk.write(
        "small/facilities.csv",
        "id,role,accreditation,supervisors,seats,ivr\na,core,comprehensive,10,,30\n\
         b,affiliate,training,1,1,0\n",
    );
    let program = desk.read("small/program.toml").replace(
        "[[courses]]\nid = \"A\"",
        "[rules.intake_cap]\nivr = 60\n[[cases]]\nid = \"ivr\"\nname = \"IVR\"\ntarget = 30\n\
         [[courses]]\nid = \"A\"",
    );
    desk.write("small/program.toml", &program);
    let (ended, placeable) = asked(&desk, "smallest", &["facilities.a.ivr"]);
    assert_eq!(placeable[..2], ["120", "119"], "{}", ended.stderr);
    // Four new residents a year at 60 cases each.
    assert_eq!(row(&desk, "found/smallest.csv", "within_caps")[..2], ["240", "239"]);
    desk.write("small/facilities.csv", &desk.read("small/facilities.csv").replace(",30\n", ",12345678\n"));
    another();
    asked(&desk, "largest", &["rules.intake_cap.ivr"]);
    assert_eq!(row(&desk, "found/largest.csv", "within_caps")[..2], ["3086419", "3086420"]);
    assert_eq!(asked(&desk, "largest", &["cases.ivr.target"]).1[..2], ["100000", ""]);
    assert_eq!(asked(&desk, "smallest", &["cases.ivr.trainee_share"]).1[..2], ["0.01", "0"]);
}

/// Values in any order are looked at by size.
#[test]
fn values_are_ordered_by_size() {
    let desk = year("A = 1", 4);
    let range = ["facilities.a.supervisors", "--vary", "facilities.a.supervisors=10,2,0.5,1.2"];
    assert_eq!(asked(&desk, "smallest", &range).1[..2], ["2", "1.2"]);
}

/// The values to try and the scenarios they make.
fn cases(scenario: &Scenario) -> Vec<(String, Vec<String>)> {
    let numbers = |from: u32, to: u32| (from..=to).map(|number| number.to_string()).collect::<Vec<_>>();
    let mut cases = vec![
        ("rules.core_months_min".to_string(), numbers(0, 9)),
        ("rules.affiliate_stay_months_min".to_string(), numbers(0, 6)),
        ("rules.facilities_min".to_string(), numbers(0, 4)),
        ("rules.residents_per_supervisor".to_string(), numbers(1, 5)),
    ];
    for year in scenario.intake.keys() {
        cases.push((format!("intake.{year}"), numbers(0, 9)));
    }
    for facility in scenario.facilities.iter().filter(|facility| facility.role != Role::Associated) {
        cases.push((format!("facilities.{}.seats", facility.id), numbers(0, 5)));
        cases.push((format!("facilities.{}.min_residents", facility.id), numbers(0, 3)));
        let supervisors = ["0", "0.4", "0.7", "1", "1.5", "3"].map(str::to_string).to_vec();
        cases.push((format!("facilities.{}.supervisors", facility.id), supervisors));
    }
    for case in scenario.cases.iter() {
        let field = if case.part_of.is_some() { "min" } else { "target" };
        cases.push((format!("cases.{}.{field}", case.id), numbers(0, 6)));
    }
    cases
}

fn exists(scenario: &Scenario) -> Verdict {
    match Asker::new(&|| None).exists(&changed(scenario, &[])) {
        Existence::Plan(_) => Verdict::Holds,
        Existence::Nothing(_) => Verdict::Fails,
        Existence::Unknown(_) => Verdict::Open,
    }
}

/// Against asking about every value, with and without a course mix; and what the order claims of two
/// scenarios is true of them.
#[test]
fn every_value_is_as_asking_it_says() {
    let (mut values, mut asked, mut implied, mut holes, mut none) = (0, 0, 0, 0, 0);
    for seed in 0..12 {
        let generated = generate(seed).scenario;
        let bench = Bench::new(sources(&generated));
        let Ok(scenario) = bench.scenario(&[]) else { continue };
        let known = Known::of(&scenario);
        let mix: Vec<Edit> = scenario
            .courses
            .iter()
            .zip([6, 6, 2])
            .filter(|_| seed % 2 == 0)
            .map(|(course, weight)| {
                let key = known.key(&format!("course_mix.{}", course.id)).unwrap();
                Edit::of(key, &weight.to_string()).unwrap()
            })
            .collect();
        for (key, range) in cases(&scenario) {
            let key = known.key(&key).unwrap();
            let variants: Vec<Option<Scenario>> = range
                .iter()
                .map(|value| {
                    let change = Edit::of(key.clone(), value).unwrap();
                    bench.scenario(&mix.iter().cloned().chain([change]).collect::<Vec<_>>()).ok()
                })
                .collect();
            let expected: Vec<Verdict> =
                variants.iter().map(|variant| variant.as_ref().map_or(Verdict::NoScenario, exists)).collect();
            let demands: Vec<Option<Demand>> =
                variants.iter().map(|variant| variant.as_ref().map(Demand::of)).collect();
            let implies = |holding: usize, other: usize| match (&demands[holding], &demands[other]) {
                (Some(harder), Some(demand)) => demand.asks_no_more_than(harder),
                _ => false,
            };
            for (one, other) in
                (0..range.len()).flat_map(|one| (0..range.len()).map(move |other| (one, other)))
            {
                if expected[one] == Verdict::Holds && implies(one, other) {
                    implied += 1;
                    assert_eq!(expected[other], Verdict::Holds, "seed {seed}, {key:?}: {one} {other}");
                }
            }
            for end in [End::Largest, End::Smallest] {
                let found = search(range.len(), end, &implies, &mut |at| {
                    asked += 1;
                    Ok(expected[at])
                });
                assert_eq!(found.verdicts, expected, "seed {seed}, {key:?}");
                holes += found.behind(Verdict::Fails).len();
                none += usize::from(found.best().is_none());
                values += range.len();
            }
        }
    }
    assert!(asked * 2 < values && implied > 100, "{asked} of {values} asked, {implied} implied");
    assert!(holes > 10 && none > 5, "{holes} holes, {none} with nothing that holds");
}
