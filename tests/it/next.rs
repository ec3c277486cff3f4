//! The coming year: a valid scenario whatever the plan, in which nobody moves without a reason, and nothing that the
//! user wrote is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use kenshu::internal::audit::{audit, case_is_assessed};
use kenshu::internal::engine::{self, Next, Session};
use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::output::placements;
use kenshu::internal::plan::careers::careers;
use kenshu::internal::plan::{self, GoalValue, Plan, Status, earlier};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{
    CourseIx, GoalKind, Place, Resident, Scenario, Sources, default_goals, read, shipped, template,
};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::common::folder::sources;
use crate::common::generate::generate;
use crate::common::ruled::with_rules;
use crate::common::seeds::seeds;

const FILE: &str = "placements.csv";

fn csv(scenario: &Scenario, plan: &Plan) -> Vec<u8> {
    placements::csv(scenario, &careers(scenario, plan), &Catalogue::new(Language::En))
}

fn next(sources: &Sources, scenario: &Scenario, plan: &Plan, which: &str) -> Next {
    let next = engine::next(sources, scenario, plan, true, ("fill in", FILE));
    next.unwrap_or_else(|findings| panic!("{which}: {:?}", findings.list))
}

/// Plans, turns the year and plans near the plan; whether that was to move nobody.
fn hold(sources: &Sources, which: &str) -> Option<bool> {
    let (scenario, _) = read(sources);
    let scenario = scenario?;
    let plan = engine::solve(&scenario, None, &Session::default()).plan?;
    let next = next(sources, &scenario, &plan, which);
    assert_eq!(next.scenario.first_year, scenario.first_year + 1, "{which}");
    assert_eq!(next.scenario.intake[&next.turn.intake_asked], 0, "{which}");
    for resident in next.scenario.residents.iter().filter(|one| one.entry_year <= scenario.first_year) {
        assert!(!resident.anonymous, "{which}: {} has no row", resident.id);
        assert!(resident.set_aside_from.is_none() || resident.course.is_some(), "{which}: {}", resident.id);
    }
    // Whoever is under way keeps the course that was given.
    for row in plan.rows.iter().filter(|row| row.course.is_some()) {
        let was = scenario.resident(row.resident);
        let now = next.scenario.residents.iter().find(|one| one.id == was.id);
        if let Some(now) = now.filter(|_| was.entry_year <= scenario.first_year) {
            assert_eq!(now.course, row.course, "{which}: {}", was.id);
        }
    }
    let (base, findings) = earlier::read(FILE, &csv(&scenario, &plan), &next.scenario);
    let Some(base) = base else {
        // Everybody has finished.
        assert!(next.scenario.residents.is_empty(), "{which}: {:?}", findings.list);
        return None;
    };
    let rest = audit(&next.scenario, &base.plan, Some(&base.plan));
    let broken: Vec<_> = rest.violations(Subject::Placement).collect();
    // The planned cases were done. Months that no goal looked at before are a reason, and so is an item that nobody
    // could assess while a volume of the year that has passed was unknown.
    let assessed = |scenario: &Scenario| -> Vec<bool> {
        scenario.case_ixs().map(|case| case_is_assessed(scenario, case)).collect()
    };
    let is_assessed_alike = assessed(&scenario) == assessed(&next.scenario);
    let is_same_question = is_assessed_alike && scenario.last_intake_year() > scenario.first_year;
    if is_assessed_alike {
        assert!(broken.is_empty(), "{which}: what was planned is no plan any more: {broken:?}");
    }
    let answer = engine::solve(&next.scenario, Some(&base.plan), &Session::default());
    if is_same_question {
        assert_eq!(answer.status, Status::Optimal, "{which}");
        let moved = answer.goals.iter().find(|result| result.goal.kind == GoalKind::Stability).unwrap();
        assert_eq!(moved.value, GoalValue::Number(0), "{which}");
    }
    Some(is_same_question)
}

/// The seed's scenario with goals in the default order, and with residents nobody knows yet.
fn generated(seed: u64) -> Sources {
    let mut scenario = generate(seed).scenario;
    let random = &mut StdRng::seed_from_u64(seed ^ 0x4E);
    let model = scenario.unchecked_mut();
    model.goals = default_goals();
    if random.random_bool(0.5) {
        let named = sources(&scenario);
        return named;
    }
    model.residents.iter_mut().for_each(|resident: &mut Resident| resident.anonymous = false);
    for residents in model.intake.values_mut() {
        *residents += random.random_range(0..3);
    }
    if random.random_bool(0.6) {
        model.course_mix =
            (0..model.courses.len()).map(|course| (CourseIx(course), 1 + course as u32)).collect();
    }
    kenshu::internal::scenario::write(&scenario)
}

#[test]
fn the_coming_year_of_a_generated_scenario_moves_nobody() {
    let (mut turned, mut same) = (0, 0);
    for seed in 0..300 {
        let held = hold(&generated(seed), &format!("seed {seed}"));
        turned += usize::from(held.is_some());
        same += usize::from(held == Some(true));
    }
    assert!(turned > 80 && same > 30, "{turned} turned, {same} asked the same");
}

/// Where everybody was becomes the past, of programs with tables of rules too.
#[test]
fn with_tables_of_rules_the_plan_becomes_the_past() {
    let mut turned = 0;
    for seed in seeds(80) {
        let sources = sources(&with_rules(seed).scenario);
        let Some(scenario) = read(&sources).0 else { continue };
        let Some(plan) = engine::solve(&scenario, None, &Session::default()).plan else { continue };
        let next = next(&sources, &scenario, &plan, &format!("seed {seed}"));
        let sections = |sources: &Sources| sources.files.get("sections.csv").cloned();
        assert_eq!(sections(&next.turn.sources), sections(&sources), "seed {seed}");
        let begins = next.scenario.start();
        for resident in &next.scenario.residents {
            let Some(before) = scenario.residents.iter().position(|one| one.id == resident.id) else {
                continue;
            };
            let was = scenario.residents[before].history.iter().map(|stay| (stay.span, stay.place()));
            let planned = plan.rows.iter().filter(|row| row.resident.0 == before);
            let planned =
                planned.map(|row| (row.span, Place { facility: row.facility, section: row.section }));
            let expected: BTreeMap<_, _> = was
                .chain(planned)
                .flat_map(|(span, place)| span.iter().map(move |month| (month, place)))
                .filter(|(month, _)| *month < begins)
                .collect();
            let past = resident.history.iter().map(|stay| (stay.span, stay.place()));
            let past: BTreeMap<_, _> =
                past.flat_map(|(span, place)| span.iter().map(move |month| (month, place))).collect();
            assert_eq!(past, expected, "seed {seed}: {}", resident.id);
        }
        turned += 1;
    }
    assert!(turned > 15, "{turned} turned");
}

fn rows(bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    text.trim_start_matches('\u{feff}').lines().filter(|line| !line.is_empty()).map(str::to_string).collect()
}

#[test]
fn the_year_after_the_published_plan_is_the_shipped_one() {
    let steady = shipped("keio-2019-steady").unwrap();
    let (scenario, _) = read(&steady);
    let scenario = scenario.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/keio-2020-replan");
    let published = fs::read(folder.join("published/placements.csv")).unwrap();
    let (plan, _) = plan::read(FILE, &published, &scenario);
    let plan = plan.unwrap();
    let next = next(&steady, &scenario, &plan, "steady");
    let history = |sources: &Sources| {
        let (scenario, findings) = read(sources);
        let scenario = scenario.unwrap_or_else(|| panic!("{:?}", findings.list));
        let of = |resident: &Resident| {
            let months = resident.history.iter().flat_map(|stay| {
                let id = scenario.facility(stay.facility).id.clone();
                stay.span.iter().map(move |month| (month, id.clone()))
            });
            (resident.id.clone(), months.collect::<BTreeMap<_, _>>())
        };
        scenario.residents.iter().map(of).filter(|(_, months)| !months.is_empty()).collect::<BTreeMap<_, _>>()
    };
    let expected = history(&shipped("keio-2020-replan").unwrap());
    assert_eq!(history(&next.turn.sources), expected);
    assert_eq!(next.turn.finished.len(), 12);
    assert_eq!(next.turn.entered.len(), 12);
    let program = String::from_utf8(next.turn.sources.files["program.toml"].clone()).unwrap();
    assert!(program.contains("first_year = 2020"), "{program}");
    assert!(!program.contains("2019 = 12"), "{program}");
    assert!(program.contains("2021 = 12                 # synthetic\n2022 = 0  # fill in\n"), "{program}");
    assert!(program.starts_with("# The radiology training program"), "comments stay");
}

/// The template with somebody under way, notes, a column of the user's own and locks.
fn furnished() -> Sources {
    let mut sources = template();
    let scenario = read(&sources).0.unwrap();
    let year = scenario.first_year;
    let facility = |position: usize| scenario.facilities[position].id.clone();
    let id = scenario.residents[0].id.clone();
    assert_eq!(scenario.residents[0].entry_year, year);
    let (next, core, north, south) = (year + 1, facility(0), facility(1), facility(2));
    let locks = format!(
        "resident,facility,start,months,kind,備考,所有者\n{id},{core},{year}年4月,2,must,過去,a\n\
         {id},{north},{year}-12,6,must-not,またぐ,b\n{id},{south},{next}-06,1,must-not,これから,c\n"
    );
    sources.files.insert("locks.csv".into(), locks.into_bytes());
    sources
}

#[test]
fn locks_are_cut_and_what_the_user_wrote_stays() {
    let sources = furnished();
    let (scenario, findings) = read(&sources);
    let scenario = scenario.unwrap_or_else(|| panic!("{:?}", findings.list));
    let plan = engine::solve(&scenario, None, &Session::default()).plan;
    let Some(plan) = plan else { panic!("the furnished template has a plan") };
    let next = next(&sources, &scenario, &plan, "template");
    let year = scenario.first_year + 1;
    let id = &scenario.residents[0].id;
    let [north, south] = [1, 2].map(|position| &scenario.facilities[position].id);
    let locks = rows(&next.turn.sources.files["locks.csv"]);
    assert_eq!((next.turn.locks_gone, next.turn.locks_cut), (1, 1));
    assert!(locks.contains("resident,facility,start,months,kind,備考,所有者"), "{locks:?}");
    assert!(locks.contains(&format!("{id},{north},{year}-04,2,must-not,またぐ,b")), "{locks:?}");
    assert!(locks.contains(&format!("{id},{south},{year}-06,1,must-not,これから,c")), "{locks:?}");
    assert_eq!(locks.len(), 3);
}

#[test]
fn a_plan_with_a_hole_is_no_past() {
    let sources = shipped("keio-2019-steady").unwrap();
    let scenario = read(&sources).0.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/keio-2020-replan");
    let published = fs::read(folder.join("published/placements.csv")).unwrap();
    let plan = plan::read(FILE, &published, &scenario).0.unwrap();
    let keys = |plan: &Plan| {
        let findings = engine::next(&sources, &scenario, plan, false, ("", FILE)).unwrap_err();
        findings.list.iter().map(|finding| finding.code()).collect::<Vec<_>>()
    };
    let mut holed = plan.clone();
    holed.rows.remove(0);
    assert_eq!(keys(&holed), ["next-hole"]);
    let mut double = plan.clone();
    double.rows.push(plan.rows[0].clone());
    assert_eq!(keys(&double), ["next-twice"]);
}

#[test]
fn the_command_makes_a_folder_and_a_workbook_of_the_same() {
    let desk = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_kenshu"))
            .args(arguments)
            .current_dir(desk.path())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), said)
    };
    let steady = root.join("scenarios/keio-2019-steady").display().to_string();
    let published = root.join("scenarios/keio-2020-replan/published").display().to_string();
    let (code, said) = run(&["next", &steady, &published, "--out", "2020", "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    for part in ["12 have finished", "12 have entered", "intake of 2022", "cases of 2019 are not known"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let (code, said) = run(&["next", &steady, &published, "--out", "2020.xlsx", "--lang", "ja"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("2022年度の採用数を記入してください"), "{said}");
    let (code, said) = run(&["convert", "2020.xlsx", "again"]);
    assert_eq!(code, Some(0), "{said}");
    let history = |folder: &str| rows(&fs::read(desk.path().join(folder).join("history.csv")).unwrap());
    assert_eq!(history("2020"), history("again"));
    let (code, said) = run(&["next", &steady, &published, "--out", "2020"]);
    assert_eq!(code, Some(2), "what exists is not overwritten: {said}");
}
