//! What is asked about a plan, from what a call says: prices of places, a re-check of proofs.

use std::sync::Arc;

use super::career::{Places, Rows, resident};
use super::desk::{Refusal, Snapshot};
use super::edits::{Op, outcome};
use super::job::{self, Question};
use super::routes::{Call, unknown};
use crate::calendar::{Month, Span};
use crate::language::Message;
use crate::scenario::{Place, ResidentIx};

/// The resident a call names.
pub fn who(call: &Call, about: &Snapshot) -> Result<ResidentIx, Refusal> {
    let id = call.resident.as_deref().unwrap_or_default();
    resident(&about.scenario, id).ok_or_else(|| unknown(id))
}

/// The facility, or the section of one, that a call names.
pub fn place(call: &Call, about: &Snapshot) -> Result<Place, Refusal> {
    let id = call.place.as_deref().unwrap_or_default();
    Places::of(&about.scenario).place(id).ok_or_else(|| unknown(id))
}

/// What each place would cost; the locks that hold the resident in these months are what the question puts
/// aside.
pub fn prices(call: &Call, about: &mut Snapshot) -> Result<Question, Refusal> {
    let resident = who(call, about)?;
    let start = call.start.as_deref().unwrap_or_default();
    let start = Month::parse(start).ok_or_else(|| unknown(start))?;
    let span = Span::new(start, call.months).intersection(about.scenario.decided(resident));
    let service = about.scenario.service(resident);
    if !span.iter().any(|month| service.has_seat(month)) {
        let id = &about.scenario.resident(resident).id;
        return Err(Message::new("page-outside").text("resident", id).into());
    }
    let id = about.scenario.resident(resident).id.clone();
    let unlock = Op::Unlock { resident: id, start: span.start.to_string(), months: span.months };
    let edits = outcome(&about.scenario, &Rows::new(), &unlock)?.locks;
    if !edits.is_empty()
        && let Ok(unlocked) = about.scenario.edited(&edits)
    {
        about.scenario = Arc::new(unlocked);
    }
    Ok(Question::Prices { resident, span, places: job::places(about, resident) })
}

/// Whether what was claimed of the plan on the desk holds.
pub fn proofs(about: &Snapshot) -> Result<Question, Refusal> {
    match about.answer {
        Some(_) => Ok(Question::Proofs),
        None => Err(Message::new("page-proof-none").into()),
    }
}
