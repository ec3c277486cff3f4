//! `kenshu plan SCENARIO --out DIR`: the best plan, judged before it is handed out.
//!
//! The judge shares nothing with the solver. If it finds a placement rule broken in a plan of ours, or
//! counts a goal differently, one of the two is wrong: then no plan is written, what is needed to look
//! into it is kept in a folder of its own, and the exit code says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::console::Console;
use super::input::{Read, ReadEarlier};
use super::out_folder::{OutFolder, PLAN_JSON, sha256};
use super::progress::{Clock, ProgressLine};
use super::{Exit, Failure, PlanOptions, input, replan};
use crate::audit::{self, Audit};
use crate::explain::asker::Asker;
use crate::explain::infeasible::{self, Reason};
use crate::language::Message;
use crate::output::careers::{Career, careers};
use crate::output::occupancy::Occupancy;
use crate::output::{
    audit_csv, by_facility, by_resident, case_totals, cases, explanation, ledger, margins, placements,
    plan_json, plan_tables, summary,
};
use crate::plan::{Answer, Plan, Status};
use crate::regulation::Subject;
use crate::replan::freeze::locked;
use crate::scenario::Scenario;
use crate::solve::{self, Backend, Control};

pub fn run(options: &PlanOptions, console: &Console) -> Result<Exit, Failure> {
    let clock = Clock::start(options.time_limit);
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let base = match &options.base {
        Some(path) => Some(input::earlier_or_stop(path, &read.scenario, console)?),
        None => None,
    };
    let base_plan = base.as_ref().map(|base| &base.plan.plan);
    let folder = OutFolder::examine(&options.out, &options.scenario)?;

    let near = base.as_ref().map(|base| replan::near(&read.scenario, &base.plan, &clock, console));
    let (frozen, ended) = near.unwrap_or_default();
    // What had to stay binds the solver and is judged like any lock.
    let scenario = &locked(&read.scenario, &frozen);
    let mut answer = ended.unwrap_or_else(|| solve(scenario, base_plan, &clock, console));
    if answer.status == Status::Infeasible {
        answer.remarks = why_nothing(&options.scenario, scenario, &answer, &clock);
    }
    answer.remarks.extend(replan::remarks(scenario, base.is_some()));
    answer.remarks.extend(replan::changes_of_course(scenario, base_plan, answer.plan.as_ref()));
    let audit = judge(scenario, &answer, base_plan);
    if let Some(reason) = fault(scenario, &answer, &audit) {
        return Err(keep_fault(&reason, &read, base.as_ref(), &answer, &audit, &folder, console));
    }

    let careers = answer.plan.as_ref().map(|plan| careers(scenario, plan));
    let mut files = tables(scenario, &answer, &audit, careers.as_deref(), console);
    let hashes = files.iter().map(|(name, bytes)| (name.to_string(), sha256(bytes))).collect();
    let seconds = clock.elapsed().as_secs_f64();
    let json = plan_json::json_with_frozen(
        scenario,
        &answer,
        &audit.findings,
        &hashes,
        seconds,
        &frozen,
        &console.catalogue,
    );
    files.insert(PLAN_JSON, json.clone().into_bytes());

    // Running out of time says nothing about the plan that an earlier run left here.
    let kept = answer.status == Status::Unknown && folder.has_plan();
    let removed = if kept { Vec::new() } else { folder.replace(&files)? };

    if console.json {
        console.out(&json)?;
    } else if let (Some(plan), Some(careers)) = (&answer.plan, &careers) {
        console.out(&plan_on_terminal(scenario, plan, careers, console))?;
        console.out(&ledger::table(scenario, &console.catalogue))?;
        console.out(&margins::table(scenario, &answer.margins, &console.catalogue, console.width()))?;
    }
    console.err(&summary::summary(
        scenario,
        &answer,
        careers.as_deref(),
        &audit.findings,
        &console.catalogue,
        console.width_for_people(),
    ));
    for message in written(&folder, &files, kept, &removed) {
        console.tell(&message);
    }
    Ok(exit(answer.status, &audit))
}

fn solve(scenario: &Scenario, base: Option<&Plan>, clock: &Clock, console: &Console) -> Answer {
    let line = ProgressLine::new(console);
    let control = Control {
        backend: Backend::default(),
        base,
        time_left: &|| clock.time_left(),
        progress: &mut |progress| line.show(progress),
    };
    let answer = solve::solve(scenario, control);
    line.finish();
    answer
}

fn judge(scenario: &Scenario, answer: &Answer, base: Option<&Plan>) -> Audit {
    match &answer.plan {
        Some(plan) => audit::audit(scenario, plan, base),
        None => Audit { findings: audit::audit_program(scenario), goals: Vec::new() },
    }
}

/// Why there is no plan, as `explain infeasible` says it, and where the ways out are to be had.
fn why_nothing(path: &Path, scenario: &Scenario, answer: &Answer, clock: &Clock) -> Vec<Message> {
    let time_left = || clock.time_left();
    let explanation = infeasible::reason(scenario, answer.clone(), &mut Asker::new(&time_left));
    let lines = explanation::reason(scenario, &explanation).into_iter().flatten();
    let told = match explanation.reason {
        // What the solver itself says is more.
        Reason::Proved => None,
        Reason::Count(_) | Reason::Conflict(_) => lines.reduce(|first, rest| {
            Message::new("explain-lines").message("first", first).message("rest", rest)
        }),
    };
    let mut remarks = told.map_or_else(|| answer.remarks.clone(), |told| vec![told]);
    remarks.push(Message::new("explain-see").text("path", path.display()));
    remarks
}

/// What the judge holds against the solver, if anything.
fn fault(scenario: &Scenario, answer: &Answer, audit: &Audit) -> Option<Message> {
    let promised = matches!(answer.status, Status::Optimal | Status::Feasible);
    if promised != answer.plan.is_some() {
        return Some(Message::new("fault-status").text("status", answer.status.id()));
    }
    if let Some(finding) = audit.violations(Subject::Placement).next() {
        let message = Message::new("fault-rule").text("rule", finding.rule.id());
        return Some(message.message("finding", finding.message.clone()));
    }
    let quotas = answer.plan.iter().flat_map(|plan| audit::check_quotas(scenario, plan, &answer.quotas));
    if let Some(reason) = quotas.into_iter().next() {
        return Some(Message::new("fault-cases").message("reason", reason));
    }
    let claimed = answer.goals.iter().map(|result| (result.goal, &result.value));
    let counted = audit.goals.iter().map(|(goal, value)| (*goal, value));
    (promised && !claimed.eq(counted)).then(|| Message::new("fault-goals"))
}

/// Keeps all that is needed to see the fault again: the scenario's files, the plan, the judgement.
fn keep_fault(
    reason: &Message,
    read: &Read,
    base: Option<&ReadEarlier>,
    answer: &Answer,
    audit: &Audit,
    folder: &OutFolder,
    console: &Console,
) -> Failure {
    let scenario = &read.scenario;
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for (name, bytes) in &read.sources.files {
        files.insert(PathBuf::from("scenario").join(name), bytes.clone());
    }
    if let Some(base) = base {
        files.insert(PathBuf::from("base.csv"), base.bytes.clone());
    }
    let careers = answer.plan.as_ref().map(|plan| careers(scenario, plan));
    for (name, bytes) in tables(scenario, answer, audit, careers.as_deref(), console) {
        files.insert(PathBuf::from(name), bytes);
    }
    let hashes = BTreeMap::new();
    let json = plan_json::json(scenario, answer, &audit.findings, &hashes, 0.0, &console.catalogue);
    files.insert(PathBuf::from(PLAN_JSON), json.into_bytes());
    let message = match write_fault(folder, &files) {
        Ok(path) => Message::new("fault").text("path", path.display()),
        Err(error) => Message::new("fault-not-kept").text("reason", error),
    };
    Failure::inside(message.message("fault", reason.clone()))
}

/// Writes into a new folder inside the out folder; what an earlier run left there stays.
fn write_fault(folder: &OutFolder, files: &BTreeMap<PathBuf, Vec<u8>>) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder.path())?;
    let kept = tempfile::Builder::new().prefix("fault-").tempdir_in(folder.path())?.keep();
    std::fs::create_dir(kept.join("scenario"))?;
    for (name, bytes) in files {
        std::fs::write(kept.join(name), bytes)?;
    }
    Ok(kept)
}

/// All tables of a run, complete before the first one is written.
fn tables(
    scenario: &Scenario,
    answer: &Answer,
    audit: &Audit,
    careers: Option<&[Career]>,
    console: &Console,
) -> BTreeMap<&'static str, Vec<u8>> {
    let catalogue = &console.catalogue;
    let mut files = BTreeMap::from([("audit.csv", audit_csv::csv(scenario, &audit.findings, catalogue))]);
    if let (Some(plan), Some(careers)) = (&answer.plan, careers) {
        let occupancy = Occupancy::new(scenario, plan);
        files.insert("placements.csv", placements::csv(scenario, careers));
        files.insert("by_resident.csv", by_resident::csv(scenario, careers, catalogue));
        files.insert("by_facility.csv", by_facility::csv(scenario, &occupancy, catalogue));
        files.insert("ledger.csv", ledger::csv(scenario));
        files.insert("cases.csv", cases::csv(scenario, &answer.quotas));
        files.insert("case_totals.csv", case_totals::csv(scenario, &answer.quotas));
    }
    files
}

fn plan_on_terminal(scenario: &Scenario, plan: &Plan, careers: &[Career], console: &Console) -> String {
    let width = console.width();
    let occupancy = Occupancy::new(scenario, plan);
    [
        plan_tables::residents(scenario, careers, &console.catalogue, width),
        plan_tables::facilities(scenario, &occupancy, &console.catalogue, width),
        String::new(),
    ]
    .join("\n")
}

/// What became of the files.
fn written(
    folder: &OutFolder,
    files: &BTreeMap<&str, Vec<u8>>,
    kept: bool,
    removed: &[&str],
) -> Vec<Message> {
    let path = folder.path().display();
    if kept {
        return vec![Message::new("out-kept").text("path", path)];
    }
    let names: Vec<&str> = files.keys().copied().collect();
    let mut messages = vec![Message::new("out-written").text("path", path).text("files", names.join(", "))];
    if !removed.is_empty() {
        messages.push(Message::new("out-removed").text("files", removed.join(", ")));
    }
    messages
}

fn exit(status: Status, audit: &Audit) -> Exit {
    let broken = audit.has_violations(Subject::Placement) || audit.has_violations(Subject::Program);
    match status {
        Status::Unknown => Exit::Failure,
        Status::Infeasible => Exit::Negative,
        Status::Optimal | Status::Feasible if broken => Exit::Negative,
        Status::Optimal | Status::Feasible => Exit::Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Finding;
    use crate::diagnostic::Severity;
    use crate::output::sample;
    use crate::plan::{GoalResult, GoalValue, Proof};
    use crate::regulation::Rule;

    fn answer(value: i64) -> Answer {
        let goal = sample::scenario().goals[0];
        let value = GoalValue::Number(value);
        Answer {
            status: Status::Optimal,
            plan: Some(sample::plan()),
            goals: vec![GoalResult { goal, value: value.clone(), bound: value, proof: Proof::Certified }],
            quotas: Vec::new(),
            margins: Vec::new(),
            case_rounds: 0,
            certificate: Default::default(),
            remarks: Vec::new(),
        }
    }

    fn audit(broken: &[Rule]) -> Audit {
        let finding = |rule: &Rule| Finding {
            rule: *rule,
            severity: Severity::Error,
            resident: None,
            facility: None,
            academic_year: None,
            month: None,
            measured: String::new(),
            required: String::new(),
            message: Message::new("none"),
        };
        let goal = sample::scenario().goals[0];
        Audit { findings: broken.iter().map(finding).collect(), goals: vec![(goal, GoalValue::Number(8))] }
    }

    fn fault_key(answer: &Answer, audit: &Audit) -> Option<&'static str> {
        fault(&sample::scenario(), answer, audit).map(|message| message.key)
    }

    #[test]
    fn a_plan_the_judge_agrees_with_is_no_fault() {
        assert_eq!(fault_key(&answer(8), &audit(&[])), None);
        assert_eq!(fault_key(&answer(8), &audit(&[Rule::IntakeCap])), None, "the scenario's own doing");
        assert_eq!(exit(Status::Optimal, &audit(&[Rule::IntakeCap])), Exit::Negative);
    }

    #[test]
    fn a_broken_rule_or_another_count_is_a_fault() {
        assert_eq!(fault_key(&answer(8), &audit(&[Rule::CoreMonths])), Some("fault-rule"));
        assert_eq!(fault_key(&answer(7), &audit(&[])), Some("fault-goals"));
        let nothing = Answer { plan: None, ..answer(8) };
        assert_eq!(fault_key(&nothing, &audit(&[])), Some("fault-status"));
    }

    #[test]
    fn planned_cases_that_are_not_enough_are_a_fault() {
        let scenario = sample::with_cases();
        let key = |quotas| {
            fault(&scenario, &Answer { quotas, ..answer(8) }, &audit(&[])).map(|message| message.key)
        };
        assert_eq!(key(sample::quotas()), None);
        assert_eq!(key(sample::quotas()[1..].to_vec()), Some("fault-cases"));
        assert_eq!(key(Vec::new()), Some("fault-cases"));
    }

    #[test]
    fn a_fault_is_kept_with_all_that_shows_it_again() {
        let desk = tempfile::tempdir().unwrap();
        let out = desk.path().join("out");
        let folder = OutFolder::examine(&out, &desk.path().join("scenario")).unwrap();
        let sources = crate::scenario::Sources {
            files: BTreeMap::from([("program.toml".to_string(), b"[program]".to_vec())]),
        };
        let read = Read { scenario: sample::scenario(), sources, findings: Default::default() };
        let console = Console::new(crate::language::Catalogue::new(crate::language::Language::En), false);
        let failure =
            keep_fault(&Message::new("fault-goals"), &read, None, &answer(7), &audit(&[]), &folder, &console);
        assert_eq!((failure.exit, failure.message.key), (Exit::Failure, "fault"));
        let kept: Vec<PathBuf> =
            std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(kept.len(), 1, "no plan beside it");
        for name in ["scenario/program.toml", "placements.csv", "audit.csv", "plan.json"] {
            assert!(kept[0].join(name).is_file(), "{name}");
        }
    }
}
