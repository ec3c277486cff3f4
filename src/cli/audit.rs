//! `kenshu audit SCENARIO placements.csv`: judge any plan, also one made by hand.

use std::path::Path;

use super::console::Console;
use super::{Exit, Failure, input};
use crate::audit::{self, Audit};
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::regulation::Rule;
use crate::report::{audit_tables, careers, findings_json, goals, summary};
use crate::scenario::Scenario;

pub fn run(scenario_path: &Path, placements: &Path, console: &Console) -> Result<Exit, Failure> {
    let read = input::scenario_or_stop(scenario_path, console)?;
    let judged_plan = input::plan_or_stop(placements, &read.scenario, console)?;
    let audit = audit::audit(&read.scenario, &judged_plan.plan, None);
    if console.json {
        let json = findings_json::audit(&read.scenario, &judged_plan.findings, &audit, &console.catalogue);
        console.out(&json)?;
    } else {
        let careers = careers::careers(&read.scenario, &judged_plan.plan);
        console.out(&tables(&read.scenario, &audit, &careers, console))?;
    }
    console.err(&summary::not_assessed_lines(&console.catalogue));
    let broken = audit.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if broken > 0 {
        console.tell(&Message::new("audit-broken").number("count", broken as i64));
        return Ok(Exit::Negative);
    }
    console.tell(&Message::new("audit-good"));
    Ok(Exit::Good)
}

fn tables(scenario: &Scenario, audit: &Audit, careers: &[careers::Career], console: &Console) -> String {
    let (catalogue, width) = (&console.catalogue, console.width());
    let mut parts = vec![
        summary::heading(scenario, catalogue),
        audit_tables::rules(scenario, Rule::ALL, &audit.findings, catalogue, width),
    ];
    if !audit.findings.is_empty() {
        parts.push(audit_tables::findings(&audit.findings, catalogue, width));
    }
    parts.push(goals::table(scenario, &audit.goals, careers, catalogue).render());
    parts.join("\n")
}
