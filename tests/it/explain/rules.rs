//! Rows of the tables of rules as reasons and as ways out: a requirement that a course cannot hold, staffing that
//! nobody is there for, and generated programs with all such tables.

use std::collections::BTreeSet;

use kenshu::internal::explain::infeasible::Reason;
use kenshu::internal::explain::statement::Statement;
use kenshu::internal::plan::Status;
use kenshu::internal::scenario::{CourseIx, RuleIx, Scenario, Sources, read};

use super::infeasible::irreducible;
use super::tables::{holds, scenario, tables, ways_out};
use super::{answer, explained};
use crate::common::folder::sources;
use crate::common::ruled::with_rules;
use crate::common::seeds::seeds;

/// Two years from 2025 on: one at the core, one at an affiliate in one piece.
fn program(more: &[(&str, &str)]) -> Sources {
    let program = "[program]\nid = \"r\"\nname = \"r\"\ntraining_months = 24\n[horizon]\nfirst_year = 2025\n\
        [intake]\n2025 = 2\n[rules]\ncomprehensive_months_min = 0\ncore_months_min = 0\nfacilities_min = 1\n\
        [[courses]]\nid = \"A\"\nname = \"A\"\nyears = [[\"core:12\"], [\"affiliate:12\"]]\n";
    let facilities = "id,name,role,accreditation,supervisors,seats,tags\nm,Main,core,training,2,,\n\
        n,North,affiliate,training,1,2,\no,South,affiliate,training,1,1,remote\n";
    let plain = [("program.toml", program), ("facilities.csv", facilities)];
    tables(&plain.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
}

fn named(scenario: &Scenario) -> Vec<Statement> {
    match explained(scenario).unwrap().reason {
        Reason::Conflict(conflict) => conflict.statements,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_requirement_that_not_everybody_can_meet_is_named_and_may_ask_for_less() {
    let rows = "id,name,where,when,count,min\nfar,Remote,remote,year2,months,6\n";
    let tables = program(&[("requirements.csv", rows)]);
    let scenario = scenario(&tables);
    let ways = ways_out(&tables);
    // One seat, two residents: 6 months each are 24 of 12, since a part is in one piece.
    assert!(
        ways.iter().any(|(told, _)| told.contains("at least 0 instead of 6 in the requirement “Remote”")),
        "{ways:?}"
    );
    let Reason::Count(count) = explained(&scenario).unwrap().reason else { panic!("two need the one seat") };
    assert_eq!((count.needed, count.offered), (2, 1));
    assert!(count.groups.iter().all(|group| group.because == [Statement::Rule(RuleIx::Requirement(0))]));
}

#[test]
fn requirements_that_contradict_each_other_are_both_named() {
    let rows = "id,name,where,when,count,min\nfar,Remote,remote,year2,months,3\nnear,Near,n,year2,months,3\n";
    let tables = program(&[("requirements.csv", rows)]);
    let scenario = scenario(&tables);
    let both = [0, 1].map(|at| Statement::Rule(RuleIx::Requirement(at)));
    assert_eq!(named(&scenario), both);
    let ways: Vec<String> = ways_out(&tables).into_iter().map(|(told, _)| told).collect();
    for name in ["Remote", "Near"] {
        let lowered = format!("at least 0 instead of 3 in the requirement “{name}”");
        assert!(ways.iter().any(|told| told.contains(&lowered)), "{ways:?}");
    }
}

#[test]
fn staffing_that_nobody_is_there_for_is_named_and_may_ask_for_less() {
    let rows = "id,name,where,from,until,min\nduty,Duty,n,2026-04,2027-03,3\n";
    let tables = program(&[("staffing.csv", rows)]);
    let scenario = scenario(&tables);
    assert_eq!(named(&scenario), [Statement::Rule(RuleIx::Staffing(0))]);
    let ways = ways_out(&tables);
    assert!(
        ways.iter().any(|(told, _)| told == "at least 2 instead of 3 in the staffing “Duty” (staffing.csv)"),
        "{ways:?}"
    );
}

#[test]
fn a_section_with_too_few_seats_is_named_and_may_have_more() {
    let program = "[program]\nid = \"s\"\nname = \"s\"\ntraining_months = 12\n[horizon]\nfirst_year = 2025\n\
        [intake]\n2025 = 3\n[rules]\ncomprehensive_months_min = 0\ncore_months_min = 0\nfacilities_min = 1\n\
        [[courses]]\nid = \"A\"\nname = \"A\"\nyears = [[\"core:12\"]]\n";
    let tables = tables(&[
        ("program.toml", program),
        ("facilities.csv", "id,name,role,accreditation,supervisors\nm,Main,core,training,3\n"),
        ("sections.csv", "facility,id,name,seats,step_months\nm,ct,CT,1,1\nm,ivr,IVR,3,1\n"),
        ("requirements.csv", "id,name,where,count,min\nct,CT,m/ct,months,6\n"),
    ]);
    let scenario = scenario(&tables);
    assert!(named(&scenario).contains(&Statement::Rule(RuleIx::Section(0))), "{:?}", named(&scenario));
    let ways = ways_out(&tables);
    let more = "set the seats of the section CT of Main (sections.csv) to 2 instead of 1";
    assert!(ways.iter().any(|(told, _)| told == more), "{ways:?}");
}

#[test]
fn a_course_with_too_few_places_is_named_and_may_have_more() {
    let mut tables = program(&[]);
    tables.files.get_mut("program.toml").unwrap().extend(b"[course_intake.A]\n2025 = 1\n");
    let scenario = scenario(&tables);
    let places = Statement::Rule(RuleIx::CourseIntake(CourseIx(0), 2025));
    assert!(named(&scenario).contains(&places), "{:?}", named(&scenario));
    let ways = ways_out(&tables);
    let more = "set the places on course A in 2025 ([course_intake]) to 2 instead of 1";
    assert!(ways.iter().any(|(told, _)| told == more), "{ways:?}");
}

/// Somebody who cannot meet a requirement is no question of staffing.
#[test]
fn one_resident_is_asked_about_alone() {
    let more = [
        ("requirements.csv", "id,name,who,where,when,count,min\nfar,Remote,rural,remote,year1,months,3\n"),
        ("staffing.csv", "id,where,until,min\nduty,m,2026-03,2\n"),
        ("residents.csv", "id,entry_year,tags\nR1,2025,rural\nR2,2025,\n"),
    ];
    let scenario = scenario(&program(&more));
    assert_eq!(named(&scenario), [Statement::Rule(RuleIx::Requirement(0))]);
}

#[test]
fn reasons_and_ways_out_of_generated_tables_of_rules_are_true() {
    let (mut conflicts, mut ways, mut kinds) = (0, 0, BTreeSet::new());
    for seed in seeds(60) {
        let tables = sources(&with_rules(seed).scenario);
        let (Some(scenario), _) = read(&tables) else { continue };
        let plain = scenario.with_goals(Vec::new());
        if answer(&plain, None).status != Status::Infeasible {
            continue;
        }
        let explanation = explained(&scenario).unwrap();
        if let Reason::Conflict(conflict) = &explanation.reason {
            irreducible(seed, &scenario, &conflict.statements, conflict.resident);
            kinds.extend(conflict.statements.iter().map(|statement| statement.kind()));
            conflicts += 1;
        }
        for repair in &explanation.repairs.list {
            holds(&tables, &scenario, repair).unwrap_or_else(|failed| panic!("seed {seed}: {failed}"));
            kinds.extend(repair.changes.iter().map(|change| change.of.kind()));
            ways += 1;
        }
    }
    println!("{conflicts} conflicts, {ways} ways out, {kinds:?}");
    assert!(conflicts > 3 && ways > 10, "{conflicts} {ways}");
    for kind in ["requirement", "staffing"] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
}
