//! What the commands have to say of a base plan, and what of it must stay.

use super::Failure;
use super::console::Console;
use super::input;
use crate::diagnostic::{Findings, Severity};
use crate::engine::replan::Near;
use crate::language::Message;
use crate::output::base;
use crate::plan::Plan;
use crate::plan::claims::{self, Claims};
use crate::plan::earlier::Earlier;
use crate::replan::Impossible;
use crate::replan::freeze::unfounded;
use crate::scenario::{ResidentIx, Scenario, Stay};

/// Tells which rows of the base plan cannot stay, and how many months must.
pub fn tell(scenario: &Scenario, near: &Near<'_>, base: &Earlier, console: &Console) {
    tell_rows(scenario, &near.impossible, base, console);
    if near.ended.is_some() {
        return;
    }
    tell_rows(scenario, &near.frozen.lifted, base, console);
    if let Some(window) = scenario.frozen() {
        let months: u32 = near.frozen.stays.iter().map(|(_, stay)| stay.span.months).sum();
        let message = Message::new("base-frozen").number("months", months.into());
        console.tell(&message.text("end", window.end()));
    }
    if !near.frozen.is_least {
        console.tell(&Message::new("base-lifted-not-least"));
    }
}

fn tell_rows(scenario: &Scenario, rows: &[Impossible], base: &Earlier, console: &Console) {
    let mut findings = Findings::default();
    for one in rows {
        let place = base.places.get(one.row).cloned().unwrap_or_default();
        findings.push(Severity::Warning, place, base::impossible(scenario, one));
    }
    input::tell(&findings, console);
}

/// The months that a `plan.json` says had to stay; they have to be those of the base plan.
pub fn claimed(
    scenario: &Scenario,
    base: Option<&Plan>,
    claims: &Claims,
) -> Result<Vec<(ResidentIx, Stay)>, Failure> {
    if claims.frozen.is_empty() {
        return Ok(Vec::new());
    }
    let Some(base) = base else { return Err(Failure::usage(Message::new("claims-frozen-no-base"))) };
    let refused = |resident: &str, start: String| {
        let message = Message::new("claims-frozen-unfounded").text("resident", resident);
        Err(Failure::usage(message.text("start", start)))
    };
    let frozen = match claims::frozen(scenario, &claims.frozen) {
        Ok(frozen) => frozen,
        Err(claim) => return refused(&claim.resident, claim.start.clone()),
    };
    match unfounded(scenario, base, &frozen) {
        Some((resident, stay)) => refused(&scenario.resident(resident).id, stay.span.start.to_string()),
        None => Ok(frozen),
    }
}
