//! Planning again: what must stay stays, what cannot is told and lifted, and no more than has to be.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;

use crate::common::brute;
use crate::common::folder;
use crate::common::generate::generate;
use crate::common::program::{decimal, good_plan, month, program, span};
use crate::common::seeds::seeds;
use crate::desk::run;
use kenshu::internal::audit::audit;
use kenshu::internal::diff::whereabouts;
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::itineraries::Itineraries;
use kenshu::internal::plan::{Answer, GoalValue, Obstacle, Placement, Plan, Status};
use kenshu::internal::regulation::Subject;
use kenshu::internal::replan::freeze::{locked, unfounded};
use kenshu::internal::replan::{Cannot, freeze, impossible};
use kenshu::internal::scenario::{Goal, GoalKind, Lock, LockKind, Measure, Scenario, default_goals};

fn answer(scenario: &Scenario, base: &Plan) -> Answer {
    let base = Some(base);
    solve(scenario, base, &Session::default())
}

/// Frozen months are those of the base plan, given up only where no plan keeps them: as many as brute
/// force over all plans has to give up.
#[test]
fn what_is_frozen_stays_and_the_fewest_months_are_lifted() {
    let (mut frozen_months, mut lifted_months, mut infeasible) = (0, 0, 0);
    for seed in seeds(250) {
        let generated = generate(seed);
        let (mut scenario, Some(base)) = (generated.scenario, generated.base) else { continue };
        scenario.unchecked_mut().rules.freeze_months = Some(seed as u32 % 7);
        scenario.unchecked_mut().rules.changed_from = (seed % 3 == 0).then(|| scenario.start().plus(2));
        if brute::combinations(&scenario) > 3_000 {
            continue;
        }
        let window = scenario.frozen().unwrap();
        let near = |row: &Placement| {
            let span = row.span.intersection(window).intersection(scenario.decided(row.resident));
            (!span.is_empty()).then(|| Placement { span, course: None, ..row.clone() })
        };
        let near = Plan::from(base.rows.iter().filter_map(near).collect::<Vec<_>>());
        let itineraries = Itineraries::of(&scenario, &|| false).unwrap();
        let frozen = match freeze(&scenario, &base, Some(&itineraries), &|| None) {
            Ok(frozen) => frozen,
            Err(answer) => {
                assert_eq!(answer.status, Status::Infeasible, "seed {seed}");
                assert!(brute::best(&scenario, None).is_none(), "seed {seed}");
                infeasible += 1;
                continue;
            }
        };
        assert!(frozen.is_least && unfounded(&scenario, &base, &frozen.stays).is_none(), "seed {seed}");
        let kept: u32 = frozen.stays.iter().map(|(_, stay)| stay.span.months).sum();
        // In months of leave without a seat there is nothing to keep.
        let is_due = |resident, month| scenario.due(resident).any(|due| due == month);
        let all = whereabouts(&near).into_keys().filter(|(r, month)| is_due(*r, *month)).count() as u32;
        let goals = vec![Goal { kind: GoalKind::Stability, measure: Measure::Sum }];
        let fewest = brute::best(&scenario.with_goals(goals), Some(&near));
        if all == 0 {
            assert_eq!(kept, 0, "seed {seed}");
        } else {
            assert_eq!(fewest.unwrap().0, [GoalValue::Number((all - kept).into())], "seed {seed}");
        }
        let locked = locked(&scenario, &frozen.stays);
        let again = answer(&locked, &base);
        if again.plan.is_none() {
            // Nothing was frozen, and there is no plan anyway.
            assert!(frozen.stays.is_empty() && brute::best(&scenario, None).is_none(), "seed {seed}");
            continue;
        }
        let plan = again.plan.unwrap();
        assert!(!audit(&locked, &plan, Some(&base)).has_violations(Subject::Placement), "seed {seed}");
        let at = whereabouts(&plan);
        for (resident, stay) in &frozen.stays {
            assert!(stay.span.iter().all(|month| at[&(*resident, month)] == stay.facility), "seed {seed}");
        }
        frozen_months += kept;
        lifted_months += all - kept;
        assert_eq!(frozen.lifted.is_empty(), kept == all, "seed {seed}");
    }
    println!("{frozen_months} months frozen, {lifted_months} lifted, {infeasible} without a plan");
    assert!(frozen_months > 75 && lifted_months > 7);
}

/// A row that is told to be impossible by itself is in no career of brute force, and the other way round.
#[test]
fn rows_are_impossible_exactly_if_no_career_has_them() {
    let (mut possible, mut refused) = (0, 0);
    for seed in seeds(150) {
        let generated = generate(seed);
        let (scenario, Some(base)) = (generated.scenario, generated.base) else { continue };
        if !scenario.cases.is_empty() {
            continue;
        }
        let itineraries = Itineraries::of(&scenario, &|| false).unwrap();
        let found = impossible(&scenario, &base, Some(&itineraries), &|| false);
        for (position, row) in base.rows.iter().enumerate() {
            let told = found.iter().find(|one| one.row == position).map(|one| one.why.clone());
            let careers = brute::careers(&scenario, row.resident);
            let due: Vec<_> = scenario.due(row.resident).collect();
            let has_it = |career: &brute::Career| {
                let months = due.iter().zip(&career.1);
                months.filter(|(month, _)| row.span.contains(**month)).all(|(_, f)| *f == row.facility)
            };
            let any = careers.iter().any(has_it);
            match told {
                Some(Cannot::Associated | Cannot::Lock(_) | Cannot::NoCareer(_)) => {
                    assert!(!any, "seed {seed}: {row:?}")
                }
                Some(_) => {}
                None => assert!(any || careers.is_empty(), "seed {seed}: {row:?}"),
            }
            *(if told.is_some() { &mut refused } else { &mut possible }) += 1;
        }
    }
    println!("{possible} rows may stay, {refused} may not");
    assert!(possible > 25 && refused > 25);
}

#[test]
fn every_impossible_row_has_its_own_reason() {
    let mut scenario = program();
    let plan = good_plan(&scenario);
    let told = |scenario: &Scenario| -> Vec<(usize, Cannot)> {
        let itineraries = Itineraries::of(scenario, &|| false).unwrap();
        let rows = impossible(scenario, &plan, Some(&itineraries), &|| false).into_iter();
        rows.map(|one| (one.row, one.why)).collect()
    };
    assert_eq!(told(&scenario), []);
    let (west, north) = (2, 3);
    scenario.unchecked_mut().facilities[north].seats.changes = vec![(month("2022-04"), Some(0))];
    let no_seats = (8, Cannot::NoSeats(month("2022-04")));
    assert_eq!(told(&scenario), std::slice::from_ref(&no_seats));
    scenario.unchecked_mut().facilities[west].supervisors.initial = decimal("0.4");
    let full = Cannot::Full { month: month("2020-04"), present: 2, seats: 1 };
    assert_eq!(told(&scenario), [(0, full.clone()), (1, full), no_seats]);
    let stay = kenshu::internal::scenario::Stay {
        facility: plan.rows[3].facility,
        span: span("2020-04", 12),
        section: None,
    };
    scenario.unchecked_mut().residents[2].locks = vec![Lock { stay, kind: LockKind::MustNot }];
    assert!(told(&scenario).contains(&(3, Cannot::Lock(month("2020-04")))));
    scenario.unchecked_mut().residents[3].course = Some(kenshu::internal::scenario::CourseIx(4));
    let says_why = |(row, why): &(usize, Cannot)| {
        *row == 6 && matches!(why, Cannot::NoCareer(either) if either.contains(&Obstacle::Course))
    };
    assert!(told(&scenario).iter().any(says_why), "{:?}", told(&scenario));
}

// --------------------------------------------------------------------------------------- command

struct Desk(tempfile::TempDir);

impl Desk {
    /// The program with its plan, after a supervisor of `west` has left, some months frozen.
    fn new(rules: &str) -> Self {
        let desk = tempfile::tempdir().unwrap();
        let mut scenario = program();
        let base = good_plan(&scenario);
        scenario.unchecked_mut().courses.retain(|course| course.id != "G" && course.id != "F");
        scenario.unchecked_mut().facilities[2].supervisors.changes = vec![(month("2020-10"), decimal("0.4"))];
        folder::write(&desk.path().join("small"), &scenario, Some(&base)).unwrap();
        fs::rename(desk.path().join("small/placements.csv"), desk.path().join("base.csv")).unwrap();
        let desk = Self(desk);
        desk.edit("small/program.toml", "[rules]\n", &format!("[rules]\n{rules}"));
        desk
    }

    fn edit(&self, name: &str, old: &str, new: &str) {
        let path = self.0.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{text}");
        fs::write(path, text.replacen(old, new, 1)).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let ended = run(self.0.path(), arguments);
        (ended.code, ended.stdout, ended.stderr)
    }
}

const FREEZE: &str = "freeze_months = 3\nchanged_from = \"2020-10\"\n";
const PLAN: [&str; 6] = ["plan", "small", "--out", "out", "--base", "base.csv"];

#[test]
fn a_frozen_plan_is_told_and_its_certificate_holds() {
    let desk = Desk::new(FREEZE);
    for lang in ["ja", "en"] {
        let (code, _, stderr) = desk.run(&[&PLAN[..], &["--lang", lang]].concat());
        assert_eq!(code, 0, "{stderr}");
        insta::assert_snapshot!(format!("replan_{lang}"), stderr);
    }
    let json = fs::read_to_string(desk.0.path().join("out/plan.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["frozen"].as_array().is_some_and(|frozen| !frozen.is_empty()));
    let audit = ["audit", "small", "out/placements.csv", "--certificate", "out/plan.json"];
    let (code, _, stderr) = desk.run(&[&audit[..], &["--base", "base.csv"]].concat());
    assert_eq!(code, 0, "{stderr}");
    let (code, _, stderr) = desk.run(&audit);
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("--base"), "{stderr}");
    // Whoever claims other months to be frozen is not believed.
    desk.edit("out/plan.json", "\"start\": \"2020-04\",", "\"start\": \"2021-04\",");
    let (code, _, stderr) = desk.run(&[&audit[..], &["--base", "base.csv"]].concat());
    assert_eq!(code, 2, "{stderr}");
}

#[test]
fn what_has_no_effect_is_said() {
    let desk = Desk::new(FREEZE);
    let (code, _, stderr) = desk.run(&PLAN[..4]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("freeze_months and changed_from have no effect"), "{stderr}");
    assert!(!stderr.contains("stability was left out"), "the default order has it always: {stderr}");
    let desk = Desk::new("");
    let goals = fs::read_to_string(desk.0.path().join("small/program.toml")).unwrap();
    let head = goals.split("[[goals]]").next().unwrap().to_string();
    let write = |goal: &str| {
        let text = format!("{head}[[goals]]\ngoal = \"{goal}\"\nmeasure = \"sum\"\n");
        fs::write(desk.0.path().join("small/program.toml"), text).unwrap();
    };
    write("stability");
    let (_, _, stderr) = desk.run(&PLAN[..4]);
    assert!(stderr.contains("The goal stability was left out: there is no base plan."), "{stderr}");
    write("repeats");
    let (_, _, stderr) = desk.run(&PLAN);
    assert!(stderr.contains("The goals do not name stability"), "{stderr}");
}

#[test]
fn people_who_left_are_warned_of_and_refuse_nothing() {
    let desk = Desk::new("");
    desk.edit("base.csv", "r1,", "left,A,core,2020-04,12\nr1,");
    let (code, _, stderr) = desk.run(&PLAN);
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.contains("warning[earlier-gone]: Resident left is not in the program any more."),
        "{stderr}"
    );
}

#[test]
fn a_wrong_month_is_refused() {
    let desk = Desk::new("changed_from = \"10/1/2020\"\n");
    let (code, _, stderr) = desk.run(&["check", "small"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("month-malformed") && stderr.contains("rules.changed_from"), "{stderr}");
}

/// Nothing changed: all of it stays, however much is frozen.
#[test]
fn an_unchanged_plan_can_be_frozen_whole() {
    for seed in seeds(80) {
        let mut scenario = generate(seed).scenario;
        scenario.unchecked_mut().goals = default_goals();
        let Some(plan) = solve(&scenario, None, &Session::default()).plan else { continue };
        scenario.unchecked_mut().rules.freeze_months = Some(60);
        let frozen = freeze(&scenario, &plan, None, &|| None).unwrap();
        assert!(frozen.lifted.is_empty(), "seed {seed}");
        let months: u32 = frozen.stays.iter().map(|(_, stay)| stay.span.months).sum();
        assert_eq!(months as usize, whereabouts(&plan).len(), "seed {seed}");
    }
}
