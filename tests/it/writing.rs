//! A scenario written as tables is the same scenario, and written again the same bytes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use kenshu::internal::scenario::{CourseIx, Model, Resident, Scenario, read, shipped, shipped_names, write};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::common::folder::sources;
use crate::common::generate::generate;

/// Reads what is written; the hash, which is that of the files, aside.
pub fn hold(scenario: &Scenario, which: &str) {
    let written = write(scenario);
    let (again, findings) = read(&written);
    let again = again.unwrap_or_else(|| panic!("{which}: {:?}", findings.list));
    assert_eq!(Model { hash: scenario.hash.clone(), ..Model::clone(&again) }, **scenario, "{which}");
    assert_eq!(write(&again), written, "{which}: not the same bytes");
}

#[test]
fn the_shipped_scenarios_are_the_same_when_read() {
    for name in shipped_names() {
        hold(&read(&shipped(name).unwrap()).0.unwrap(), name);
    }
}

/// The seed's scenario with residents nobody knows yet, their courses by a mix, and a cap. What the tables
/// say of the new is what the reader makes of it.
fn with_anonymous(scenario: &Scenario, seed: u64) -> Option<Scenario> {
    let random = &mut StdRng::seed_from_u64(seed ^ 0xA0);
    let mut scenario = scenario.clone();
    scenario
        .unchecked_mut()
        .residents
        .iter_mut()
        .for_each(|resident: &mut Resident| resident.anonymous = false);
    for residents in scenario.unchecked_mut().intake.values_mut() {
        *residents += random.random_range(0..4);
    }
    if random.random_bool(0.6) {
        let courses = (0..scenario.courses.len()).map(CourseIx);
        scenario.unchecked_mut().course_mix =
            courses.map(|course| (course, random.random_range(1..5))).collect();
    }
    if random.random_bool(0.5) {
        let mut cap = kenshu::internal::regulation::default_cap();
        cap.past_hires = random.random_bool(0.5).then(|| random.random_range(0..9));
        cap.volume_per_resident = (0..scenario.volumes.len()).map(|volume| (volume, 3.into())).collect();
        scenario.unchecked_mut().rules.intake_cap = Some(cap);
    }
    read(&write(&scenario)).0
}

#[test]
fn a_generated_scenario_is_the_same_when_read() {
    let (mut anonymous, mut mixes, mut leaves, mut resigned, mut caps, mut dated) = (0, 0, 0, 0, 0, 0);
    for seed in 0..400 {
        let scenario = generate(seed).scenario;
        let Some(known) = read(&sources(&scenario)).0 else { continue };
        hold(&known, &format!("seed {seed}"));
        let Some(scenario) = with_anonymous(&scenario, seed) else { continue };
        hold(&scenario, &format!("seed {seed} with anonymous residents"));
        anonymous += scenario.residents.iter().filter(|resident| resident.anonymous).count();
        mixes += usize::from(!scenario.course_mix.is_empty());
        leaves += scenario.residents.iter().map(|resident| resident.leaves.len()).sum::<usize>();
        resigned += scenario.residents.iter().filter(|resident| resident.resigned_from.is_some()).count();
        caps += usize::from(scenario.rules.intake_cap.is_some());
        dated += scenario.facilities.iter().filter(|facility| !facility.seats.changes.is_empty()).count();
    }
    let seen = [anonymous, mixes, leaves, resigned, caps, dated];
    assert!(seen.iter().all(|count| *count > 20), "{seen:?}");
}

/// The sources of the crate without what only tests compile.
fn product(folder: &Path, found: &mut Vec<(String, String)>) {
    let text = |path: &Path| std::fs::read_to_string(path).unwrap();
    let root = text(&folder.join("mod.rs").canonicalize().unwrap_or_else(|_| folder.join("lib.rs")));
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_test = ["", "pub ", "pub(crate) "]
            .iter()
            .any(|vis| root.contains(&format!("#[cfg(test)]\n{vis}mod {name};")));
        if path.is_dir() && path.join("mod.rs").exists() {
            product(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test {
            let code = text(&path).split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_string();
            found.push((path.display().to_string(), code));
        }
    }
}

/// A scenario that exists was read, or made by `scenario::edit` from one that was.
#[test]
fn nothing_but_tests_makes_a_scenario_of_an_unchecked_model() {
    let mut found = Vec::new();
    product(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 150, "the sources were found");
    let opens = |code: &str| {
        ["Scenario::unchecked(", ".unchecked_mut()", "fn unchecked("].iter().any(|door| code.contains(door))
    };
    let doors: Vec<&String> = found.iter().filter(|(_, code)| opens(code)).map(|(path, _)| path).collect();
    assert!(doors.len() == 1 && doors[0].ends_with("scenario/model.rs"), "{doors:?}");
}
