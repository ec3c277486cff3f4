//! `scenarios/keio-2020-replan`: a year after the published plan of `-steady`, with what has changed since.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kenshu::internal::audit::certificate::claim::Outcome;
use kenshu::internal::audit::certificate::ground::Ground;
use kenshu::internal::audit::certificate::{Limits, Verdict, frozen, verify};
use kenshu::internal::audit::{audit, check_quotas, goal_values};
use kenshu::internal::calendar::Month;
use kenshu::internal::diff::whereabouts;
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::files::folder;
use kenshu::internal::plan::{self, Answer, GoalValue, Plan, Proof, Status, earlier};
use kenshu::internal::regulation::Subject;
use kenshu::internal::replan::freeze;
use kenshu::internal::replan::freeze::locked;
use kenshu::internal::scenario::{self, GoalKind, ResidentIx, Scenario};

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn shipped(name: &str) -> Scenario {
    let sources = folder::load(&scenarios().join(name)).unwrap();
    let (scenario, findings) = scenario::read(&sources);
    scenario.unwrap_or_else(|| panic!("{findings:?}"))
}

fn published() -> Vec<u8> {
    std::fs::read(scenarios().join("keio-2020-replan/published/placements.csv")).unwrap()
}

fn answer(scenario: &Scenario, base: Option<&Plan>) -> Answer {
    solve(scenario, base, &Session::default())
}

/// The scenario of the year after, the plan from before as far as it concerns it, and what must stay.
fn replan() -> (Scenario, Plan) {
    let scenario = shipped("keio-2020-replan");
    let (base, findings) = earlier::read("placements.csv", &published(), &scenario);
    let base = base.unwrap_or_else(|| panic!("{findings:?}"));
    let frozen = freeze(&scenario, &base.plan, None, &|| None).unwrap();
    assert!(frozen.is_least);
    (locked(&scenario, &frozen.stays), base.plan)
}

fn resident(scenario: &Scenario, id: &str) -> ResidentIx {
    scenario.resident_ixs().find(|ix| scenario.resident(*ix).id == id).unwrap()
}

/// A plan made without the base plan changes what the rules freeze, and is told so.
#[test]
fn frozen_months_are_held_against_the_base_plan() {
    let scenario = shipped("keio-2020-replan");
    let (locked, base) = replan();
    let kept = freeze(&scenario, &base, None, &|| None).unwrap().stays;
    let verdict = |plan: &Plan, base: Option<&Plan>, kept: &[(ResidentIx, scenario::Stay)]| {
        let verdict = frozen::check(&scenario, plan, base, kept, &Limits::default()).unwrap();
        (verdict.outcome(), verdict.ground)
    };
    let near = answer(&locked, Some(&base)).plan.unwrap();
    let holds = verdict(&near, Some(&base), &kept);
    assert!(matches!(holds, (Outcome::Holds, Ground::FrozenKept(_) | Ground::FrozenLeast(_))), "{holds:?}");
    assert_eq!(verdict(&near, None, &kept), (Outcome::Open, Ground::FrozenWithoutBase));
    let far = answer(&scenario, None).plan.unwrap();
    for kept in [&kept[..], &[]] {
        let changed = verdict(&far, Some(&base), kept);
        assert!(matches!(changed, (Outcome::Rejected, Ground::FrozenChanged(..))), "{changed:?}");
    }
}

#[test]
fn the_published_plan_is_a_best_plan_of_the_year_before() {
    let steady = shipped("keio-2019-steady");
    let (plan, _) = plan::read("placements.csv", &published(), &steady);
    let plan = plan.unwrap();
    assert!(!audit(&steady, &plan, None).has_violations(Subject::Placement));
    let best = answer(&steady, None);
    assert_eq!(best.status, Status::Optimal);
    let values: Vec<_> = best.goals.iter().map(|goal| (goal.goal, goal.value.clone())).collect();
    assert_eq!(goal_values(&steady, &plan, None), values);
    // What was planned for 2019 is history a year later.
    let later = shipped("keio-2020-replan");
    let at = whereabouts(&plan);
    for ix in later.resident_ixs().filter(|ix| later.resident(*ix).entry_year <= 2019) {
        let before = resident(&steady, &later.resident(ix).id);
        for stay in &later.resident(ix).history {
            for month in stay.span.iter().filter(|month| *month >= steady.start()) {
                assert_eq!(at[&(before, month)], stay.facility, "{}", later.resident(ix).id);
            }
        }
    }
}

#[test]
fn what_has_changed_is_five_events() {
    let scenario = shipped("keio-2020-replan");
    let leaves: Vec<&str> =
        scenario.residents.iter().filter(|r| !r.leaves.is_empty()).map(|r| r.id.as_str()).collect();
    assert_eq!(leaves, ["Y2019-05", "Y2020-03"]);
    let gone: Vec<&str> =
        scenario.residents.iter().filter(|r| r.resigned_from.is_some()).map(|r| r.id.as_str()).collect();
    assert_eq!(gone, ["Y2018-07"]);
    let changed = scenario.facilities.iter().filter(|f| !f.supervisors.changes.is_empty());
    assert_eq!(changed.map(|f| f.id.as_str()).collect::<Vec<_>>(), ["saiseikai-chuo"]);
    assert_eq!(scenario.intake, [(2020, 12), (2021, 11)].into());
    // Eight months of childbirth leave, of which six count; a year abroad, of which nothing does.
    let ends = |id: &str| scenario.service(resident(&scenario, id)).ledger().end.unwrap().to_string();
    assert_eq!([ends("Y2019-05"), ends("Y2020-03"), ends("Y2018-07")], ["2022-05", "2024-03", "2020-09"]);
}

#[test]
fn the_mended_plan_is_proved_and_breaks_nothing() {
    let (scenario, base) = replan();
    let answer = answer(&scenario, Some(&base));
    assert_eq!(answer.status, Status::Optimal);
    assert!(answer.goals.iter().all(|goal| goal.proof == Proof::Certified));
    let plan = answer.plan.as_ref().unwrap();
    let judged = audit(&scenario, plan, Some(&base));
    assert!(!judged.has_violations(Subject::Placement), "{:?}", judged.findings);
    assert!(check_quotas(&scenario, plan, &answer.quotas).is_empty());
    let checked =
        verify(&scenario, Some(plan), Some(&base), &answer.certificate, &Limits::default()).unwrap();
    assert!(checked.goals.iter().all(|(_, _, verdict)| *verdict == Verdict::Proved));
    let at = whereabouts(plan);
    let there = |id: &str, month: &str| {
        let facility = at.get(&(resident(&scenario, id), Month::parse(month).unwrap()))?;
        Some(scenario.facility(*facility).id.as_str())
    };
    // Gone from October on, and present until then.
    assert_eq!((there("Y2018-07", "2020-09"), there("Y2018-07", "2020-10")), (Some("tachikawa"), None));
    // The months that count keep their seat, the two beyond do not, and two follow at the end.
    assert!(there("Y2019-05", "2021-01").is_some() && there("Y2019-05", "2021-02").is_none());
    assert!(there("Y2019-05", "2022-05").is_some() && there("Y2019-05", "2022-06").is_none());
    assert_eq!(there("Y2019-05", "2022-05"), there("Y2019-05", "2022-03"), "at the last facility");
    assert!(there("Y2020-03", "2021-04").is_none() && there("Y2020-03", "2022-04").is_some());
    // Three months are settled, but for whom the base plan has nowhere.
    let before = whereabouts(&base);
    let april = scenario.start();
    let moved: BTreeSet<_> = before
        .iter()
        .filter(|((_, month), _)| *month < april.plus(3))
        .filter(|(key, facility)| at.get(key) != Some(facility))
        .collect();
    assert!(moved.is_empty(), "{moved:?}");
    let stability = judged.goals.iter().find(|(goal, _)| goal.kind == GoalKind::Stability).unwrap();
    assert!(matches!(stability.1, GoalValue::Number(months) if months > 0), "something had to move");
}
