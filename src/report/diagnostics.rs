//! Temporary stub.
use crate::diagnostic::Findings;
use crate::language::Catalogue;

pub fn render(findings: &Findings, catalogue: &Catalogue, _colour: bool) -> String {
    findings.list.iter().map(|d| format!("{}: {}\n", d.place.file, catalogue.say(&d.message))).collect()
}
