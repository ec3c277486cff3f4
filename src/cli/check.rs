//! `kenshu check SCENARIO`: what is wrong in the files, and what the program itself brings.

use std::path::Path;

use super::console::Console;
use super::{Exit, Failure, input};
use crate::audit::{self, Finding};
use crate::diagnostic::{Findings, Severity};
use crate::itineraries;
use crate::language::Message;
use crate::output::{audit_tables, findings_json, ledger, program_tables, reasons, summary};
use crate::regulation::{Rule, Subject};
use crate::scenario::Scenario;
use crate::solve;

pub fn run(path: &Path, console: &Console) -> Result<Exit, Failure> {
    let read = input::scenario(path, console)?;
    let judged = audit::audit_program(&read.scenario);
    input::tell(&read.findings, console);
    if console.json {
        let program = Some((&read.scenario, judged.as_slice()));
        console.out(&findings_json::check(&read.findings, program, &console.catalogue))?;
    } else {
        console.out(&facts(&read.scenario, &judged, console))?;
    }
    if let Some(too_many) = itineraries::too_many(&read.scenario) {
        console.tell(
            &Message::new("check-too-many-careers").message(
                "why",
                reasons::too_many_careers(&read.scenario, &solve::too_many_careers(&too_many)),
            ),
        );
    }
    console.err(&summary::cases_text(&read.scenario, &console.catalogue));
    console.tell(&verdict(&read.findings, &judged));
    Ok(if broken(&judged) > 0 { Exit::Negative } else { Exit::Good })
}

fn facts(scenario: &Scenario, judged: &[Finding], console: &Console) -> String {
    let (catalogue, width) = (&console.catalogue, console.width());
    let program_rules = Rule::ALL.iter().filter(|rule| rule.subject() == Subject::Program);
    let mut parts = vec![
        format!(
            "{}{}\n",
            summary::heading(scenario, catalogue),
            catalogue.say(&program_tables::size(scenario))
        ),
        program_tables::facilities(scenario, catalogue),
        program_tables::courses(scenario, catalogue),
        program_tables::years(scenario, catalogue),
        ledger::table(scenario, catalogue),
        audit_tables::rules(scenario, program_rules, judged, catalogue, width),
    ];
    if !judged.is_empty() {
        parts.push(audit_tables::findings(judged, catalogue, width));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn broken(judged: &[Finding]) -> usize {
    judged.iter().filter(|finding| finding.severity == Severity::Error).count()
}

fn verdict(findings: &Findings, judged: &[Finding]) -> Message {
    match broken(judged) {
        0 => Message::new("check-good").number("remarks", findings.list.len() as i64),
        count => Message::new("check-broken").number("count", count as i64),
    }
}
