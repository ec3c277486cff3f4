//! Every kind of KEY against the files edited by hand: the same scenario, and the same answer of `plan`.

use std::collections::BTreeMap;

use kenshu::internal::scenario::edit::{self, Edit, Known, Value};
use kenshu::internal::scenario::{self, Model, Scenario, Sources};

use super::{FACILITIES, PROGRAM, RESIDENTS, cell};
use crate::desk::Desk;

fn sources(program: &str, facilities: &str, residents: &str) -> Sources {
    let files = [("program.toml", program), ("facilities.csv", facilities), ("residents.csv", residents)];
    let files = files.map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).into();
    Sources { files, ..Sources::default() }
}

fn base() -> Sources {
    sources(PROGRAM, FACILITIES, RESIDENTS)
}

fn scenario_of(sources: &Sources) -> Scenario {
    let (scenario, findings) = scenario::read(sources);
    scenario.unwrap_or_else(|| panic!("{findings:?}"))
}

fn changed(sets: &[(&str, &str)]) -> Sources {
    let known = Known::of(&scenario_of(&base()));
    let change = |(key, value): &(&str, &str)| Edit::of(known.key(key).unwrap(), value).unwrap();
    edit::apply(&base(), &sets.iter().map(change).collect::<Vec<_>>()).unwrap()
}

/// The scenarios are equal but for the hash of their files.
fn assert_same(sets: &[(&str, &str)], edited: &Sources) {
    let without_hash =
        |sources: &Sources| Model { hash: String::new(), ..Model::clone(&scenario_of(sources)) };
    let overlaid = without_hash(&changed(sets));
    assert_eq!(overlaid, without_hash(edited), "{sets:?}");
    assert_ne!(overlaid, without_hash(&base()), "{sets:?} changes nothing");
}

#[test]
fn values_of_program_toml() {
    for (key, value, old, new) in [
        ("intake.2020", "4", "2020 = 2", "2020 = 4"),
        ("intake.2021", "4", "2020 = 2", "2020 = 2\n2021 = 4"),
        ("rules.core_months_min", "9", "core_months_min = 6", "core_months_min = 9"),
        ("rules.facilities_min", "1", "core_months_min = 6", "core_months_min = 6\nfacilities_min = 1"),
        (
            "rules.residents_per_supervisor",
            "2",
            "core_months_min = 6",
            "residents_per_supervisor = 2\ncore_months_min = 6",
        ),
        (
            "rules.comprehensive_months_min",
            "6",
            "core_months_min = 6",
            "comprehensive_months_min = 6\ncore_months_min = 6",
        ),
        (
            "rules.affiliate_stay_months_min",
            "6",
            "core_months_min = 6",
            "affiliate_stay_months_min = 6\ncore_months_min = 6",
        ),
        (
            "rules.supervisor_rounding",
            "pooled",
            "core_months_min = 6",
            "supervisor_rounding = \"pooled\"\ncore_months_min = 6",
        ),
        ("rules.intake_cap.ct", "120.5", "ct = 100", "ct = 120.5"),
        (
            "rules.intake_cap.supervisors_per_resident",
            "2",
            "supervisors_per_resident = 1",
            "supervisors_per_resident = 2",
        ),
        ("rules.intake_cap.past_hires", "20", "past_hires = 15", "past_hires = 20"),
        ("rules.intake_cap.past_years", "4", "past_hires = 15", "past_hires = 15\npast_years = 4"),
        (
            "rules.intake_cap.mean_rounding",
            "floor",
            "past_hires = 15",
            "past_hires = 15\nmean_rounding = \"floor\"",
        ),
        ("course_mix.B", "5", "B = 1", "B = 5"),
        (
            "printed_totals.ct",
            "2000",
            "[[courses]]\nid = \"A\"",
            "[printed_totals]\nct = 2000\n[[courses]]\nid = \"A\"",
        ),
        (
            "goals",
            "repeats.sum;coverage.sum",
            "[[courses]]\nid = \"A\"",
            "[[goals]]\ngoal = \"repeats\"\nmeasure = \"sum\"\n[[goals]]\ngoal = \"coverage\"\nmeasure = \"sum\"\n[[courses]]\nid = \"A\"",
        ),
    ] {
        assert!(PROGRAM.contains(old));
        assert_same(&[(key, value)], &sources(&PROGRAM.replacen(old, new, 1), FACILITIES, RESIDENTS));
    }
}

#[test]
fn cells_of_tables() {
    let of = |old: &str, new: &str| {
        assert!(FACILITIES.contains(old));
        sources(PROGRAM, &FACILITIES.replace(old, new), RESIDENTS)
    };
    let ashikaga = "栃木県,affiliate,training,1,1,400";
    for (key, value, new) in [
        ("facilities.ashikaga.supervisors", "2.5", "栃木県,affiliate,training,2.5,1,400"),
        ("facilities.ashikaga.min_residents", "", "栃木県,affiliate,training,1,,400"),
        ("facilities.ashikaga.accreditation", "comprehensive", "栃木県,affiliate,comprehensive,1,1,400"),
        ("facilities.ashikaga.ct", "7.25", "栃木県,affiliate,training,1,1,7.25"),
        ("facilities.ashikaga.prefecture", "東京都", "東京都,affiliate,training,1,1,400"),
    ] {
        assert_same(&[(key, value)], &of(ashikaga, new));
    }
    assert_same(&[("facilities.st.luke.supervisors", "1")], &of("comprehensive,0.4", "comprehensive,1"));
    let seats = FACILITIES.replace("ct\n", "ct,seats\n").replace(",300\n", ",300,2\n");
    assert_same(&[("facilities.keiyu.seats", "2")], &sources(PROGRAM, &seats, RESIDENTS));
    let wishes = RESIDENTS.replace("keiyu;ashikaga;st.luke", "ashikaga");
    assert_same(&[("residents.R2.facility_wishes", "ashikaga")], &sources(PROGRAM, FACILITIES, &wishes));
}

#[test]
fn values_from_a_month_on() {
    let mut edited = base();
    let rows = "facility,from,column,value\nashikaga,2020-04,supervisors,0\nkeiyu,2021-04,ct,\n";
    edited.files.insert("facility_changes.csv".into(), rows.as_bytes().to_vec());
    let sets = [("facilities.ashikaga.supervisors@2020-04", "0"), ("facilities.keiyu.ct@2021-04", "")];
    assert_same(&sets, &edited);
    // A change that is there already is put in its place.
    let known = Known::of(&scenario_of(&base()));
    let key = known.key("facilities.ashikaga.supervisors@2020-04").unwrap();
    let again = edit::apply(&edited, &[Edit { key, value: Value::Text("3".into()) }]).unwrap();
    let expected = rows.replace("supervisors,0", "supervisors,3");
    assert_eq!(String::from_utf8(again.files["facility_changes.csv"].clone()).unwrap(), expected);
}

#[test]
fn rows_come_and_go() {
    let more = format!("{FACILITIES}kita,,,affiliate,training,2,,\n");
    let row = "id=kita,role=affiliate,accreditation=training,supervisors=2";
    assert_same(&[("facilities.add", row)], &sources(PROGRAM, &more, RESIDENTS));

    let fewer = FACILITIES.replace("keiyu,けいゆう病院,神奈川県,affiliate,training,1,,300\n", "");
    let wishes = RESIDENTS.replace(";keiyu", "").replace("keiyu;", "");
    assert_same(&[("facilities.remove", "keiyu")], &sources(PROGRAM, &fewer, &wishes));

    // Whoever comes is one more, whoever goes one less.
    let more = format!("{RESIDENTS}R9,2020,B,,\n");
    let program = PROGRAM.replace("2020 = 2", "2020 = 3");
    let sets = [("residents.add", "id=R9,entry_year=2020,course=B")];
    assert_same(&sets, &sources(&program, FACILITIES, &more));
    let fewer = RESIDENTS.replace("R2,2019,A,A,keiyu;ashikaga;st.luke\n", "");
    let program = PROGRAM.replace("2019 = 3", "2019 = 2");
    assert_same(&[("residents.remove", "R2")], &sources(&program, FACILITIES, &fewer));
}

#[test]
fn case_items_are_reached_by_their_ids() {
    // The items themselves are read elsewhere; here it is only where a value goes.
    let program = format!("{PROGRAM}\n[[cases]]\nid = \"ct\"\ntarget = 30\n");
    let known = BTreeMap::from([("cases.ct.target", "40")]);
    for (key, value) in known {
        let parts: Vec<&str> = key.split('.').collect();
        let key = edit::Key::Case { id: parts[1].into(), field: parts[2].into() };
        let change = Edit { key, value: Value::Text(value.into()) };
        let applied = edit::apply(&sources(&program, FACILITIES, RESIDENTS), &[change]).unwrap();
        let text = String::from_utf8(applied.files["program.toml"].clone()).unwrap();
        assert_eq!(text, program.replace("target = 30", "target = 40"));
    }
}

#[test]
fn unknown_keys_name_the_nearest() {
    let known = Known::of(&scenario_of(&base()));
    for (key, near) in [
        ("intake.20200", "intake.2020"),
        ("facilities.ashikaga.supervisers", "facilities.ashikaga.supervisors"),
        ("facilities.asikaga.seats", "facilities.ashikaga.seats"),
        ("rules.core_month_min", "rules.core_months_min"),
        ("rules.intake_cap.ctt", "rules.intake_cap.ct"),
        ("residents.R1.cours", "residents.R1.course"),
        ("goal", "goals"),
    ] {
        let message = known.key(key).unwrap_err();
        assert_eq!(message.key, "whatif-unknown-key");
        assert!(format!("{message:?}").contains(&format!("\"{near}\"")), "{key}: {message:?}");
    }
    assert_eq!(known.key("facilities.keiyu.seats@2020-13").unwrap_err().key, "month-malformed");
    assert_eq!(known.key("rules.core_months_min@2020-04").unwrap_err().key, "whatif-key-not-dated");
    assert_eq!(known.key("facilities.keiyu.role@2020-04").unwrap_err().key, "whatif-key-not-dated");
}

#[test]
fn wrong_values_are_found_in_the_line_they_would_stand_in() {
    for (key, value, file, line, code) in [
        ("intake.2020", "-1", "program.toml", 12, "number-negative"),
        ("intake.2019", "many", "program.toml", 11, "wrong-type"),
        ("facilities.keiyu.supervisors", "x", "facilities.csv", 4, "number-malformed"),
        ("facilities.st.luke.role", "corre", "facilities.csv", 6, "unknown-word"),
        ("residents.R3.course", "Z", "residents.csv", 4, "unknown-course"),
    ] {
        let (scenario, findings) = scenario::read(&changed(&[(key, value)]));
        assert!(scenario.is_none());
        let first = &findings.list[0];
        assert_eq!((first.place.file.as_str(), first.place.line, first.code()), (file, Some(line), code));
    }
    let known = Known::of(&scenario_of(&base()));
    let change = Edit::of(known.key("facilities.remove").unwrap(), "keiju").unwrap();
    let findings = edit::apply(&base(), &[change]).unwrap_err();
    assert_eq!(findings.list[0].code(), "unknown-facility");
}

/// The goals of a `plan` of the files, as `whatif.csv` writes them.
fn plan_of(desk: &Desk, folder: &str) -> (String, Vec<(String, String)>) {
    let out = format!("{folder}-plan");
    let ended = desk.run(&["plan", folder, "--out", &out]);
    assert!(ended.code <= 1, "{}", ended.stderr);
    let json: serde_json::Value = serde_json::from_str(&desk.read(&format!("{out}/plan.json"))).unwrap();
    let goal = |goal: &serde_json::Value| {
        let name = format!("{}.{}", goal["goal"].as_str().unwrap(), goal["measure"].as_str().unwrap());
        (name, goal["value"].to_string())
    };
    let goals = json["goals"].as_array().unwrap().iter().map(goal).collect();
    (json["status"].as_str().unwrap().to_string(), goals)
}

#[test]
fn each_variant_is_answered_as_plan_answers_the_edited_files() {
    let desk = Desk::small();
    type Replaced = &'static [(&'static str, &'static str, &'static str)];
    let cases: [(&str, &str, Replaced); 6] = [
        ("intake.2020", "3", &[("program.toml", "2020 = 2", "2020 = 3")]),
        (
            "facilities.ashikaga.supervisors",
            "0.4",
            &[("facilities.csv", "training,1,1,400", "training,0.4,1,400")],
        ),
        ("rules.core_months_min", "24", &[("program.toml", "months_min = 6", "months_min = 24")]),
        ("rules.core_months_min", "30", &[("program.toml", "months_min = 6", "months_min = 30")]),
        (
            "facilities.remove",
            "keiyu",
            &[
                ("facilities.csv", "keiyu,けいゆう病院,神奈川県,affiliate,training,1,,300", ""),
                ("residents.csv", "ashikaga;keiyu", "ashikaga"),
                ("residents.csv", "keiyu;ashikaga", "ashikaga"),
                ("residents.csv", "st.luke;keiyu", "st.luke"),
            ],
        ),
        ("residents.R1.course", "A", &[("residents.csv", "R1,2019,,", "R1,2019,A,")]),
    ];
    let mut seen = Vec::new();
    for (number, (key, value, edits)) in cases.into_iter().enumerate() {
        let folder = format!("edited-{number}");
        for name in ["program.toml", "facilities.csv", "residents.csv"] {
            desk.write(&format!("{folder}/{name}"), &desk.read(&format!("small/{name}")));
        }
        for (file, old, new) in edits {
            desk.replace(&format!("{folder}/{file}"), old, new);
        }
        let rows = desk.whatif(&format!("out-{number}"), &["--vary", &format!("{key}={value}")]);
        assert_eq!(cell(&rows, 1, key), value);
        let (status, goals) = plan_of(&desk, &folder);
        assert_eq!(cell(&rows, 1, "status"), status, "{key}={value}");
        for (name, value) in &goals {
            assert_eq!(cell(&rows, 1, name), value, "{key}: {name}");
        }
        seen.push((status, goals));
    }
    assert!(seen.iter().any(|(status, _)| status == "infeasible"));
    seen.dedup();
    assert!(seen.len() > 3, "the variants differ: {seen:?}");
}
