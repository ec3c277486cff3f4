//! A program without names plans and is judged like the one with them, and nothing of a name is left in any byte.

use std::collections::BTreeSet;

use kenshu::internal::audit::{Finding, audit};
use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::engine::{self, Session};
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::regulation::Rule;
use kenshu::internal::scenario::pseudonyms::{Key, Kind};
use kenshu::internal::scenario::{FacilityIx, Role, Scenario, read, shipped};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::common::folder::sources;
use crate::common::generate::generate;
use crate::desk::Desk;

// ------------------------------------------------------------------------------- the same in all but names

fn random_plan(scenario: &Scenario, random: &mut StdRng) -> Plan {
    let facilities: Vec<FacilityIx> =
        scenario.facility_ixs().filter(|ix| scenario.facility(*ix).role != Role::Associated).collect();
    let mut rows = Vec::new();
    for resident in scenario.resident_ixs() {
        for (_, span) in scenario.calendar.split(scenario.decided(resident)) {
            // Some months are left out, and some of leave are not.
            let months = random.random_range(1..=span.months);
            let facility = facilities[random.random_range(0..facilities.len())];
            let course = scenario.resident(resident).course;
            let span = Span::new(span.start, months);
            rows.push(Placement { resident, course, facility, section: None, span, line: None });
        }
    }
    Plan::from(rows)
}

type Judged = (Rule, Option<String>, Option<FacilityIx>, Option<i32>, Option<Month>, String, String);

fn judged(scenario: &Scenario, plan: &Plan, called: &dyn Fn(&str) -> String) -> BTreeSet<Judged> {
    let figures = |finding: Finding| {
        let resident = finding.resident.map(|resident| called(&scenario.resident(resident).id));
        let (measured, required) = (format!("{:?}", finding.measured), format!("{:?}", finding.required));
        let about = (finding.facility, finding.academic_year, finding.month);
        (finding.rule, resident, about.0, about.1, about.2, measured, required)
    };
    audit(scenario, plan, None).findings.into_iter().map(figures).collect()
}

#[test]
fn what_has_no_names_is_planned_and_judged_the_same() {
    let (mut planned, mut judged_something) = (0, 0);
    for seed in 0..40 {
        let tables = match seed % 2 {
            0 => sources(&generate(seed).scenario),
            // Anonymous residents beside rows are numbered anew.
            _ => {
                let mut scenario = generate(seed).scenario;
                let rows = scenario.residents.len();
                let model = scenario.unchecked_mut();
                model.residents.iter_mut().for_each(|resident| resident.anonymous = false);
                model.intake.values_mut().for_each(|residents| *residents += 1);
                assert!(rows > 0);
                kenshu::internal::scenario::write(&scenario)
            }
        };
        let (Some(scenario), _) = read(&tables) else { continue };
        let plan = random_plan(&scenario, &mut StdRng::seed_from_u64(seed));
        let key = Key::new([seed as u8; 32]);
        let done = engine::pseudonymise(&scenario, Some(&plan), &key);
        let done = done.unwrap_or_else(|reason| panic!("seed {seed}: {reason:?}"));
        let called = |id: &str| {
            let link = done.links.iter().find(|link| link.kind == Kind::Resident && link.id == id);
            link.map_or(id.to_string(), |link| link.pseudonym.clone())
        };
        let then = done.plan.unwrap();
        let before = judged(&scenario, &plan, &called);
        assert_eq!(before, judged(&done.scenario, &then, &|id| id.to_string()), "seed {seed}");
        judged_something += usize::from(!before.is_empty());
        let answers = [&scenario, &done.scenario].map(|one| engine::solve(one, None, &Session::default()));
        assert_eq!(answers[0].status, answers[1].status, "seed {seed}");
        let values = answers.map(|answer| {
            answer.goals.iter().map(|goal| (goal.goal, goal.value.clone())).collect::<Vec<_>>()
        });
        assert_eq!(values[0], values[1], "seed {seed}");
        planned += usize::from(!values[0].is_empty());
        // The same key gives the same tables, another one others.
        let again = engine::pseudonymise(&scenario, None, &key).unwrap();
        assert_eq!(again.sources, done.sources, "seed {seed}");
        let other = engine::pseudonymise(&scenario, None, &Key::new([99; 32])).unwrap();
        assert_ne!(other.sources, done.sources, "seed {seed}");
    }
    assert!(planned > 10 && judged_something > 20, "{planned} planned, {judged_something} judged");
}

// ------------------------------------------------------------------------------------------ not a byte left

/// A program full of names, in a folder: of people, hospitals, in notes, comments and columns of its own.
fn named_program(desk: &Desk) -> BTreeSet<String> {
    let sources = shipped("keio-2020-replan").unwrap();
    let (scenario, _) = read(&sources);
    let scenario = scenario.unwrap();
    for (name, bytes) in &sources.files {
        desk.write(&format!("keio/{name}"), &String::from_utf8(bytes.clone()).unwrap());
    }
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut residents =
        String::from("id,name,entry_year,course,course_wishes,facility_wishes,tags,note,電話\n");
    for (number, resident) in scenario.residents.iter().filter(|one| !one.anonymous).enumerate() {
        let name = format!("専攻医名{number:03}号");
        let course = resident.course.map_or("", |course| &scenario.course(course).id);
        let courses = resident.course_wishes.iter().map(|wish| scenario.course(*wish).id.as_str());
        let courses = courses.collect::<Vec<_>>().join(";");
        let wishes = resident.facility_wishes.iter().map(|wish| scenario.facility(*wish).id.as_str());
        let wishes = wishes.collect::<Vec<_>>().join(";");
        let year = resident.entry_year;
        residents.push_str(&format!(
            "{},{name},{year},{course},{courses},{wishes},地元枠,ノート{number:03},090-{number:04}\n",
            resident.id
        ));
        names.extend([resident.id.clone(), name, format!("ノート{number:03}"), format!("090-{number:04}")]);
    }
    desk.write("keio/residents.csv", &residents);
    let first = &scenario.residents[0].id;
    let records = format!(
        "resident,kind,date,count,note\n{first},talk,2019-10-05,1,学会名\n{first},院内試験,2019-11,1,\n"
    );
    desk.write("keio/records.csv", &records);
    names.extend(["地元枠", "電話", "学会名", "synthetic", "published", "§2.1"].map(str::to_string));
    for facility in &scenario.facilities {
        names.extend([facility.id.clone(), facility.name.clone(), facility.name_en.clone()]);
    }
    names.extend([scenario.id.clone(), scenario.name.clone()]);
    // Courses, items and records that are nobody's but this program's.
    let program = desk.read("keio/program.toml");
    let own = "
[[courses]]
id = \"土曜コース\"
name = \"院長のコース\"
years = [[\"core:12\"], [\"core:12\"], [\"affiliate:12\"]]
[[cases]]
id = \"院内手技\"
name = \"院長の手技\"
target = 0
parts = [{ id = \"院内手技の一\", min = 0 }]
[completion.\"院内試験\"]
name = \"院長の試験\"
per = \"training\"
count = 1
";
    let totals = "[printed_totals]\n\"院内手技\" = 0\n";
    let program = program.replacen("[printed_totals]", totals, 1);
    desk.write("keio/program.toml", &format!("{program}{own}"));
    let facilities = desk.read("keio/facilities.csv");
    let with_volumes = facilities.lines().enumerate().map(|(row, line)| match row {
        0 => format!("{line},院内手技,院内手技の一"),
        _ => format!("{line},0,0"),
    });
    desk.write("keio/facilities.csv", &with_volumes.collect::<Vec<_>>().join("\n"));
    let own = ["土曜", "院長", "院内", "手技", "試験"];
    names.extend(own.map(str::to_string));
    let published = include_str!("../../scenarios/keio-2020-replan/published/placements.csv");
    // What is over is no part of the coming plan.
    let header = published.lines().next().unwrap();
    let rows = published.lines().skip(1).filter(|row| {
        let year = row.split(',').nth(5).unwrap_or_default();
        year.parse::<i32>().is_ok_and(|year| year >= 2020) && !row.starts_with("Y2021-12")
    });
    let rows: Vec<&str> = rows.collect();
    desk.write("plan/placements.csv", &format!("{header}\n{}\n", rows.join("\n")));
    names
}

fn hold(bytes: &[u8], names: &BTreeSet<String>, which: &str) {
    for name in names {
        let found = bytes.windows(name.len()).position(|window| window == name.as_bytes());
        assert!(found.is_none(), "{which} says {name}");
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!bytes.windows(utf16.len()).any(|window| window == utf16), "{which} says {name}");
    }
}

#[test]
fn no_byte_of_the_output_says_a_name() {
    let desk = Desk::empty();
    let names = named_program(&desk);
    let arguments = ["pseudonymise", "keio", "plan", "--out", "out", "--key", "secret.key"];
    let ended = desk.run(&arguments);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.stderr.contains("fewer than 3"), "{ended:?}");
    let mut files: Vec<String> = desk.names("out").into_iter().filter(|name| name != "plan").collect();
    files.extend(desk.names("out/plan").into_iter().map(|name| format!("plan/{name}")));
    for file in ["program.toml", "facilities.csv", "residents.csv", "records.csv", "plan/placements.csv"] {
        assert!(files.contains(&file.to_string()), "{files:?}");
    }
    for file in &files {
        hold(&std::fs::read(desk.path(&format!("out/{file}"))).unwrap(), &names, file);
        hold(file.as_bytes(), &names, "a file's name");
    }
    // It is a program like any other.
    let check = desk.run(&["check", "out"]);
    assert!(check.code <= 1 && !check.stderr.contains("error"), "{check:?}");
    let before = desk.run(&["audit", "keio", "plan/placements.csv", "--json"]);
    let after = desk.run(&["audit", "out", "out/plan/placements.csv", "--json"]);
    assert_eq!((before.code, before.code <= 1), (after.code, true), "{before:?} {after:?}");
    // A workbook explains its columns by examples, so there is none.
    let ended = desk.run(&["pseudonymise", "keio", "--out", "out.xlsx", "--key", "secret.key"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(!desk.path("out.xlsx").exists());
    // The key's file links all of it back, and is the only one that has the key.
    let key: serde_json::Value = serde_json::from_str(&desk.read("secret.key")).unwrap();
    let digits = key["key"].as_str().unwrap();
    let raw: Vec<u8> =
        (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect();
    assert_eq!(raw.len(), 32);
    for file in &files {
        let bytes = std::fs::read(desk.path(&format!("out/{file}"))).unwrap();
        hold(&bytes, &BTreeSet::from([digits.to_string(), digits.to_uppercase()]), file);
        assert!(!bytes.windows(raw.len()).any(|window| window == raw), "{file} has the key");
    }
    let links = key["links"].as_object().unwrap();
    let linked: BTreeSet<&str> = links.values().map(|link| link["id"].as_str().unwrap()).collect();
    for id in ["keio", "Y2018-01", "土曜コース", "院内手技", "院内手技の一", "院内試験"] {
        assert!(linked.contains(id), "{id}");
    }
    // Words of the trade say nothing of anybody.
    for (file, word) in [("facilities.csv", "ivr"), ("program.toml", "\"A\""), ("records.csv", "talk")] {
        assert!(desk.read(&format!("out/{file}")).contains(word), "{file}: {word}");
    }
    for row in desk.rows("out/residents.csv").iter().skip(1) {
        assert!(links.contains_key(&row[0]), "{row:?}");
    }
}

#[test]
fn no_text_of_a_table_of_rules_is_left() {
    let desk = Desk::empty();
    let sources = shipped("keio-2019-sections").unwrap();
    let mut names = BTreeSet::new();
    for (file, bytes) in &sources.files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let mut lines = text.lines();
        let Some(header) = lines.next().filter(|_| file.ends_with(".csv")) else {
            desk.write(&format!("program/{file}"), &text);
            continue;
        };
        let columns: Vec<&str> = header.trim_start_matches('\u{feff}').split(',').collect();
        let free = |name: &&str| ["note", "clause", "name", "name_en", "source"].contains(name);
        let quoted = text.contains('"');
        let marked = lines.enumerate().map(|(number, line)| {
            let mut cells: Vec<String> = line.split(',').map(str::to_string).collect();
            if !quoted && cells.len() == columns.len() {
                for (at, cell) in cells.iter_mut().enumerate().filter(|(at, _)| free(&columns[*at])) {
                    *cell = format!("印{}{number}{at}印", file.len());
                    names.insert(cell.clone());
                }
            }
            cells.join(",")
        });
        let marked: Vec<String> = marked.collect();
        desk.write(&format!("program/{file}"), &format!("{header}\n{}\n", marked.join("\n")));
    }
    let (scenario, _) = read(&sources);
    let scenario = scenario.unwrap();
    names.extend(scenario.facilities.iter().map(|facility| facility.id.clone()));
    names.extend(scenario.residents.iter().map(|resident| resident.id.clone()));
    assert!(names.iter().filter(|name| name.contains('印')).count() > 20, "{names:?}");
    let ended = desk.run(&["pseudonymise", "program", "--out", "out", "--key", "secret.key"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    for file in desk.names("out") {
        hold(&std::fs::read(desk.path(&format!("out/{file}"))).unwrap(), &names, &file);
    }
}

#[test]
fn groups_of_fewer_than_three_are_told_and_no_others() {
    let (mut small, mut large) = (0, 0);
    for (seed, name) in ["keio-2019-steady", "keio-2020-replan", "surgery"].into_iter().enumerate() {
        let scenario = read(&shipped(name).unwrap()).0.unwrap();
        let plan = random_plan(&scenario, &mut StdRng::seed_from_u64(seed as u64));
        let done = engine::pseudonymise(&scenario, Some(&plan), &Key::new([7; 32]));
        let done = done.unwrap_or_else(|reason| panic!("{name}: {reason:?}"));
        // Who began together, is on one course and comes to one hospital at any time.
        let mut groups = std::collections::BTreeMap::<_, BTreeSet<_>>::new();
        for resident in scenario.resident_ixs() {
            let person = scenario.resident(resident);
            if person.anonymous {
                continue;
            }
            let planned = plan.rows.iter().filter(|row| row.resident == resident).map(|row| row.facility);
            for facility in planned.chain(person.history.iter().map(|stay| stay.facility)) {
                let group = (person.entry_year, person.course, facility);
                groups.entry(group).or_default().insert(resident);
            }
        }
        for (group, residents) in groups {
            let told =
                done.small_groups.iter().find(|one| (one.entry_year, one.course, one.facility) == group);
            let told = told.map(|one| one.residents.iter().copied().collect::<BTreeSet<_>>());
            *(if told.is_some() { &mut small } else { &mut large }) += 1;
            assert_eq!(told, (residents.len() < 3).then_some(residents), "{name}: {group:?}");
        }
    }
    assert!(small > 10 && large > 10, "{small} small, {large} large");
}

// ------------------------------------------------------------------------------------------------ the key

#[test]
fn the_key_is_its_owners_alone_and_never_lost_or_handed_out() {
    let desk = Desk::empty();
    named_program(&desk);
    let run = |out: &str, key: &str| desk.run(&["pseudonymise", "keio", "--out", out, "--key", key]);
    assert_eq!(run("a", "secret.key").code, 0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(desk.path("secret.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // The same key again: the same pseudonyms, and the file still its owner's alone.
    assert_eq!(run("b", "secret.key").code, 0);
    assert_eq!(desk.read("a/residents.csv"), desk.read("b/residents.csv"));
    // Another key: none of them.
    assert_eq!(run("c", "other.key").code, 0);
    let ids = |folder: &str| {
        let rows = desk.rows(&format!("{folder}/residents.csv"));
        rows.into_iter().skip(1).map(|row| row[0].clone()).collect::<BTreeSet<_>>()
    };
    assert!(ids("a").is_disjoint(&ids("c")));
    for inside in ["d/secret.key", "d/deeper/secret.key", "./d/../d/secret.key"] {
        assert_eq!(run("d", inside).code, 2, "{inside}");
    }
    assert!(!desk.path("d").exists());
    // What exists is never touched: no output, no file of somebody else's.
    assert_eq!(run("a", "secret.key").code, 2);
    desk.write("mine.txt", "mine");
    desk.write("mine.json", "{\"tool\": \"kenshu\", \"kind\": \"other\", \"key\": \"00\", \"links\": {}}");
    for foreign in ["mine.txt", "mine.json", "keio"] {
        let refused = run("d", foreign);
        assert_eq!(refused.code, 2, "{foreign}: {refused:?}");
        assert!(!desk.path("d").exists());
    }
    assert_eq!(desk.read("mine.txt"), "mine");
    assert_eq!(run("d", "nowhere/secret.key").code, 2);
    assert!(!desk.path("d").exists());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(desk.path("secret.key"), desk.path("link.key")).unwrap();
        assert_eq!(run("d", "link.key").code, 2);
    }
}

#[test]
fn unlinking_destroys_the_way_back() {
    let desk = Desk::empty();
    named_program(&desk);
    let unlink = |key: &str| desk.run(&["pseudonymise", "--unlink", "--key", key]);
    assert_eq!(unlink("secret.key").code, 2);
    assert_eq!(desk.run(&["pseudonymise", "keio", "--out", "a", "--key", "secret.key"]).code, 0);
    assert_eq!(unlink("secret.key").code, 0);
    assert!(!desk.path("secret.key").exists());
    // In one go no key is ever kept.
    let once = desk.run(&["pseudonymise", "keio", "--out", "b", "--key", "secret.key", "--unlink"]);
    assert_eq!(once.code, 0, "{once:?}");
    assert!(desk.path("b/residents.csv").exists() && !desk.path("secret.key").exists());
    // Only a key of ours is destroyed.
    desk.write("mine.txt", "mine");
    assert_eq!(unlink("mine.txt").code, 2);
    assert_eq!(desk.read("mine.txt"), "mine");
    for incomplete in [&["pseudonymise", "--key", "k"][..], &["pseudonymise", "keio", "--key", "k"]] {
        assert_eq!(desk.run(incomplete).code, 2, "{incomplete:?}");
    }
}
