//! Reading what the arguments name, and telling everything that is wrong with it at once.

use std::io::Read as _;
use std::path::Path;

use super::console::Console;
use super::{Failure, folder};
use crate::diagnostic::{Findings, Severity};
use crate::language::Message;
use crate::plan::{Plan, placements};
use crate::report::diagnostics;
use crate::scenario::{self, Scenario, Sources};

/// A table of placements has some hundred rows; anything this large is some other file.
const PLACEMENTS_BYTES_MAX: u64 = 20_000_000;

/// A scenario with the files it was read from.
pub struct Read {
    pub scenario: Scenario,
    pub sources: Sources,
    /// Remarks that did not stop the reading.
    pub findings: Findings,
}

/// Reads a scenario folder without telling anything; the findings say why there is none.
pub fn scenario(path: &Path) -> Result<Read, Findings> {
    let sources = folder::load(path)?;
    match scenario::read(&sources) {
        (Some(scenario), findings) if !findings.has_errors() => Ok(Read { scenario, sources, findings }),
        (_, findings) => Err(findings),
    }
}

/// Reads a scenario folder and tells all findings; an error in it stops the command.
pub fn scenario_or_stop(path: &Path, console: &Console) -> Result<Read, Failure> {
    match scenario(path) {
        Ok(read) => {
            tell(&read.findings, console);
            Ok(read)
        }
        Err(findings) => Err(stop(&findings, path, console)),
    }
}

/// A plan with the bytes it was read from and what was remarked on the way.
pub struct ReadPlan {
    pub plan: Plan,
    pub bytes: Vec<u8>,
    pub findings: Findings,
}

/// Reads a table of placements and tells all findings; an error in it stops the command.
pub fn plan_or_stop(path: &Path, scenario: &Scenario, console: &Console) -> Result<ReadPlan, Failure> {
    let bytes = bytes(path)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    match placements::read(&name, &bytes, scenario) {
        (Some(plan), findings) if !findings.has_errors() => {
            tell(&findings, console);
            Ok(ReadPlan { plan, bytes, findings })
        }
        (_, findings) => Err(stop(&findings, path, console)),
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::usage(Message::new("file-unreadable").text("path", path.display()).text("reason", error))
    };
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large without reading all of it; the size
    // a file system reports says nothing about pipes and devices.
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(PLACEMENTS_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > PLACEMENTS_BYTES_MAX {
        let limit_mb = (PLACEMENTS_BYTES_MAX / 1_000_000) as i64;
        let message =
            Message::new("file-too-large").text("path", path.display()).number("limit_mb", limit_mb);
        return Err(Failure::usage(message));
    }
    Ok(bytes)
}

pub fn tell(findings: &Findings, console: &Console) {
    if !findings.list.is_empty() {
        console.err(&diagnostics::render(findings, &console.catalogue, console.colour()));
    }
}

/// Tells the findings and makes them the reason to stop.
pub fn stop(findings: &Findings, path: &Path, console: &Console) -> Failure {
    tell(findings, console);
    let errors = findings.list.iter().filter(|finding| finding.severity == Severity::Error).count();
    Failure::usage(Message::new("input-errors").text("path", path.display()).number("count", errors as i64))
}
