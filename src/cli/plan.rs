//! `kenshu plan SCENARIO --out DIR`: the best plan, judged before it is handed out.
//!
//! Where solver and judge do not agree, no plan is written; what is needed to look into it is kept in a
//! folder of its own, and the exit code says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::console::Console;
use super::input::ReadEarlier;
use super::out_folder::{OutFolder, PLAN_JSON, WORKBOOK};
use super::progress::{ProgressLine, interruptible};
use super::{Exit, Failure, PlanOptions, input, replan};
use crate::audit::Audit;
use crate::diff::diff;
use crate::engine::{self, Faulty, Planned};
use crate::files::load::Read;
use crate::files::switch::sha256;
use crate::language::Message;
use crate::output::occupancy::Occupancy;
use crate::output::report::{self, Report};
use crate::output::workbook::{self, Content};
use crate::output::{
    audit_csv, by_facility, by_resident, calendars, case_totals, cases, ledger, margins, placements,
    plan_json, plan_tables, remarks, summary,
};
use crate::plan::careers::{Career, careers};
use crate::plan::earlier::Earlier;
use crate::plan::{Plan, Status};
use crate::regulation::Subject;
use crate::scenario::Scenario;

pub fn run(options: &PlanOptions, console: &Console) -> Result<Exit, Failure> {
    let session = interruptible(options.time_limit);
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let base = match &options.base {
        Some(path) => Some(input::earlier_or_stop(path, &read.scenario, console)?),
        None => None,
    };
    let folder = OutFolder::examine(&options.out, &options.scenario)?;
    options.base.as_deref().map_or(Ok(()), |base| folder.keep(base))?;

    let near = base.as_ref().map(|base| engine::replan::near(&read.scenario, &base.plan.plan, &session));
    if let (Some(near), Some(base)) = (&near, &base) {
        replan::tell(&read.scenario, near, &base.plan, console);
    }
    let line = ProgressLine::new(console);
    let planned = engine::plan(&read.scenario, near, &session.with_progress(&|progress| line.show(progress)));
    line.finish();
    let planned = planned
        .map_err(|faulty| keep_fault(&faulty, &read, base.as_ref(), &options.scenario, &folder, console))?;
    let Planned { scenario, answer, audit, .. } = &planned;

    let careers = answer.plan.as_ref().map(|plan| careers(scenario, plan));
    let remarks = remarks::remarks(&planned, &options.scenario);
    let base = base.as_ref().map(|base| &base.plan);
    let (mut files, book) = rayon::join(
        || tables(&planned, careers.as_deref(), &remarks, base, console),
        || workbook(&planned, careers.as_deref(), &remarks, base, console),
    );
    files.extend(book.map(|bytes| (WORKBOOK.to_string(), bytes)));
    let hashes = files.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect();
    let seconds = session.elapsed().as_secs_f64();
    let json = plan_json::json(&planned, &remarks, &hashes, seconds, &console.catalogue);
    files.insert(PLAN_JSON.to_string(), json.clone().into_bytes());

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
        &planned,
        careers.as_deref(),
        &remarks,
        &console.catalogue,
        console.width_for_people(),
    ));
    for message in written(&folder, &files, kept, &removed) {
        console.tell(&message);
    }
    Ok(exit(answer.status, audit))
}

/// Keeps all that is needed to see the fault again: the scenario's files, the plan, the judgement.
fn keep_fault(
    faulty: &Faulty,
    read: &Read,
    base: Option<&ReadEarlier>,
    path: &Path,
    folder: &OutFolder,
    console: &Console,
) -> Failure {
    let planned = &faulty.planned;
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for (name, bytes) in &read.sources.files {
        files.insert(PathBuf::from("scenario").join(name), bytes.clone());
    }
    if let Some(base) = base {
        files.insert(PathBuf::from("base.csv"), base.bytes.clone());
    }
    let careers = planned.answer.plan.as_ref().map(|plan| careers(&planned.scenario, plan));
    let remarks = remarks::remarks(planned, path);
    let earlier = base.map(|base| &base.plan);
    for (name, bytes) in tables(planned, careers.as_deref(), &remarks, earlier, console) {
        files.insert(PathBuf::from(name), bytes);
    }
    let json = plan_json::json(planned, &remarks, &BTreeMap::new(), 0.0, &console.catalogue);
    files.insert(PathBuf::from(PLAN_JSON), json.into_bytes());
    let message = match write_fault(folder, &files) {
        Ok(path) => Message::new("fault").text("path", path.display()),
        Err(error) => Message::new("fault-not-kept").text("reason", error),
    };
    Failure::inside(message.message("fault", remarks::fault(&faulty.fault)))
}

/// Writes into a new folder inside the out folder; what an earlier run left there stays.
fn write_fault(folder: &OutFolder, files: &BTreeMap<PathBuf, Vec<u8>>) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder.path())?;
    let kept = tempfile::Builder::new().prefix("fault-").tempdir_in(folder.path())?.keep();
    for (name, bytes) in files {
        let path = kept.join(name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, bytes)?;
    }
    Ok(kept)
}

/// All tables of a run, complete before the first one is written.
fn tables(
    planned: &Planned,
    careers: Option<&[Career]>,
    remarks: &[Message],
    base: Option<&Earlier>,
    console: &Console,
) -> BTreeMap<String, Vec<u8>> {
    let Planned { scenario, answer, audit, .. } = planned;
    let catalogue = &console.catalogue;
    let mut files = BTreeMap::from([("audit.csv", audit_csv::csv(scenario, &audit.findings, catalogue))]);
    let mut calendars = BTreeMap::new();
    if let (Some(plan), Some(careers)) = (&answer.plan, careers) {
        let occupancy = Occupancy::new(scenario, plan);
        files.insert("placements.csv", placements::csv(scenario, careers, catalogue));
        files.insert("by_resident.csv", by_resident::csv(scenario, careers, catalogue));
        files.insert("by_facility.csv", by_facility::csv(scenario, &occupancy, catalogue));
        files.insert("ledger.csv", ledger::csv(scenario, catalogue));
        files.insert("cases.csv", cases::csv(scenario, &answer.quotas, catalogue));
        files.insert("case_totals.csv", case_totals::csv(scenario, &answer.quotas, catalogue));
        let diff = base.map(|base| diff(scenario, base, &Earlier::from(plan.clone())));
        let report = Report { planned, plan, careers, remarks, diff: diff.as_ref(), catalogue };
        let (page, written) =
            rayon::join(|| report::html(&report), || calendars::files(scenario, careers, catalogue));
        files.insert("report.html", page);
        calendars = written;
    }
    let files = files.into_iter().map(|(name, bytes)| (name.to_string(), bytes));
    files.chain(calendars).collect()
}

/// The workbook of an answer with a plan. One that cannot be written is told, and nothing is lost by it: the tables say
/// the same.
fn workbook(
    planned: &Planned,
    careers: Option<&[Career]>,
    remarks: &[Message],
    base: Option<&Earlier>,
    console: &Console,
) -> Option<Vec<u8>> {
    let Planned { scenario, answer, .. } = planned;
    let (plan, careers) = (answer.plan.as_ref()?, careers?);
    let diff = base.map(|base| diff(scenario, base, &Earlier::from(plan.clone())));
    let content = Content { planned, careers, remarks, diff: diff.as_ref() };
    let written = workbook::workbook(&content, &console.catalogue);
    written.map_err(|error| console.tell(&Message::new("workbook-failed").text("reason", error))).ok()
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
    files: &BTreeMap<String, Vec<u8>>,
    kept: bool,
    removed: &[String],
) -> Vec<Message> {
    let path = folder.path().display();
    if kept {
        return vec![Message::new("out-kept").text("path", path)];
    }
    let written = Message::new("out-written").text("path", path);
    let mut messages = vec![written.text("files", in_short(files.keys()))];
    if !removed.is_empty() {
        messages.push(Message::new("out-removed").text("files", in_short(removed.iter())));
    }
    messages
}

/// Names of files; of those in a folder only the folder, once.
fn in_short<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let short = |name: &'a String| name.split_inclusive('/').next().unwrap_or(name);
    let mut names: Vec<&str> = names.map(short).collect();
    names.dedup();
    names.join(", ")
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
    use crate::engine::Fault;
    use crate::files::Blame;
    use crate::language::{Catalogue, Language};
    use crate::output::sample;

    #[test]
    fn a_fault_is_kept_with_all_that_shows_it_again() {
        let desk = tempfile::tempdir().unwrap();
        let out = desk.path().join("out");
        let path = desk.path().join("scenario");
        let folder = OutFolder::examine(&out, &path).unwrap();
        let sources = crate::scenario::Sources {
            files: BTreeMap::from([("program.toml".to_string(), b"[program]".to_vec())]),
            ..Default::default()
        };
        let read = Read { scenario: sample::scenario(), sources, places: None, findings: Default::default() };
        let console = Console::new(Catalogue::new(Language::En), false);
        let faulty = Faulty { fault: Fault::Goals, planned: sample::planned() };
        let failure = keep_fault(&faulty, &read, None, &path, &folder, &console);
        assert_eq!((failure.blame, failure.message.key), (Blame::Inside, "fault"));
        let kept: Vec<PathBuf> =
            std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(kept.len(), 1, "no plan beside it");
        for name in ["scenario/program.toml", "placements.csv", "audit.csv", "plan.json"] {
            assert!(kept[0].join(name).is_file(), "{name}");
        }
    }

    #[test]
    fn an_intake_above_its_cap_is_a_negative_answer() {
        let mut audit = sample::planned().audit;
        assert_eq!(exit(Status::Optimal, &audit), Exit::Good);
        audit.findings.push(sample::finding(crate::regulation::Rule::IntakeCap));
        assert_eq!(exit(Status::Optimal, &audit), Exit::Negative);
    }
}
