//! Wishes and leaves by workbook: what residents are asked, and what of their answers enters the tables.
//!
//! Every part of a form (courses, facilities, each leave) is weighed against two others: what stood in the form
//! when it was handed out, and what the tables say now. What the resident left as it was changes nothing. What
//! the resident changed enters where the tables still say what the form started from; where somebody has
//! entered something else meanwhile, that stays and the answer is told. So answers may come in any order and be
//! collected any number of times.

mod answer;
mod forms;
mod merge;

use super::Sources;
use super::edit::{self, Edit};
use super::model::{ResidentIx, Scenario};
use super::read;
use crate::calendar::Month;
use crate::diagnostic::{Findings, Severity, code};
use crate::language::Message;
use crate::tables::workbook::form::{Asked, Filled};

pub use forms::{asked, forms};

use answer::Answer;
use merge::Merged;

/// What became of everybody who was asked.
#[derive(Debug)]
pub struct Collected {
    /// The tables with what was taken; the same as before where nothing was.
    pub sources: Sources,
    pub people: Vec<Person>,
    /// What could not be read or taken.
    pub findings: Findings,
}

/// Somebody who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub resident: ResidentIx,
    pub state: State,
    /// The form, where there is one.
    pub file: Option<String>,
    /// Parts that entered the tables.
    pub taken: Vec<Asked>,
    /// What the resident wrote to whoever collects.
    pub remark: String,
}

/// How far an answer got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// No form came back, or one in which nothing was filled in.
    Missing,
    /// Everything the form says is in the tables.
    Answered,
    /// Something in it could not be read or taken.
    Refused,
}

/// Enters the answers of forms into the tables.
pub fn collect(sources: &Sources, scenario: &Scenario, forms: &[Filled]) -> Collected {
    let mut findings = Findings::default();
    let mut people: Vec<Person> = asked(scenario)
        .map(|resident| Person {
            resident,
            state: State::Missing,
            file: None,
            taken: Vec::new(),
            remark: String::new(),
        })
        .collect();
    let mut all: Vec<(usize, &Filled, Merged)> = Vec::new();
    for form in forms {
        let Some(resident) = owner(scenario, form, &mut findings) else { continue };
        let Some(at) = people.iter().position(|person| person.resident == resident) else { continue };
        if let Some((_, other, _)) = all.iter().find(|(other, ..)| *other == at) {
            if !says_the_same(form, other) {
                let message = Message::new(code::FORM_TWICE).text("resident", &form.resident);
                findings.error(whole(form), message.text("other", &other.file));
                people[at].state = State::Refused;
            }
            continue;
        }
        let errors = findings.errors();
        let answer = Answer::read(scenario, form, &mut findings);
        let merged = merge::merge(scenario, resident, form, &answer, &mut findings);
        let person = &mut people[at];
        person.file = Some(form.file.clone());
        person.remark = answer.remark;
        person.state = match findings.errors() > errors {
            true => State::Refused,
            false if answer.is_done || merged.is_answer => State::Answered,
            false => State::Missing,
        };
        all.push((at, form, merged));
    }
    // Two that contradict each other are both left alone.
    all.retain(|(at, form, _)| !twice(forms, form) || people[*at].state != State::Refused);
    let sources = enter(sources, &all, &mut people, &mut findings);
    Collected { sources, people, findings }
}

fn whole(form: &Filled) -> crate::diagnostic::Place {
    crate::diagnostic::Place { file: form.file.clone(), ..Default::default() }
}

fn says_the_same(one: &Filled, other: &Filled) -> bool {
    let parts = [Asked::Course, Asked::Facility, Asked::Leave, Asked::Remark, Asked::Done];
    parts.into_iter().all(|part| one.now(part) == other.now(part))
}

fn twice(forms: &[Filled], form: &Filled) -> bool {
    forms.iter().any(|other| {
        other.file != form.file && other.resident == form.resident && !says_the_same(form, other)
    })
}

/// Whose form it is; why it is nobody's is told.
fn owner(scenario: &Scenario, form: &Filled, findings: &mut Findings) -> Option<ResidentIx> {
    if form.program != scenario.id {
        let message = Message::new(code::FORM_OF_ANOTHER_PROGRAM).text("program", &form.program);
        findings.push(Severity::Warning, whole(form), message.text("own", &scenario.id));
        return None;
    }
    if let Some(shown) = form.shown.as_ref().filter(|shown| shown.text != form.resident) {
        let message = Message::new(code::FORM_ID_CHANGED).text("resident", &form.resident);
        findings.error(shown.place.clone(), message.text("text", &shown.text));
        return None;
    }
    let resident = asked(scenario).find(|resident| scenario.resident(*resident).id == form.resident);
    if resident.is_none() {
        let message = Message::new(code::FORM_OF_NOBODY).text("resident", &form.resident);
        findings.push(Severity::Warning, whole(form), message);
    }
    resident
}

/// The tables with all answers; where these leave no program, each is tried alone and those that do are told.
fn enter(
    sources: &Sources,
    all: &[(usize, &Filled, Merged)],
    people: &mut [Person],
    findings: &mut Findings,
) -> Sources {
    let edits: Vec<Edit> = all.iter().flat_map(|(.., merged)| merged.edits()).collect();
    if edits.is_empty() {
        return sources.clone();
    }
    if let Ok(entered) = entered(sources, &edits) {
        for (at, _, merged) in all {
            people[*at].taken = merged.parts();
        }
        return entered;
    }
    let mut now = sources.clone();
    for (at, form, merged) in all {
        let edits: Vec<Edit> = merged.edits().collect();
        match entered(&now, &edits) {
            Ok(entered) => {
                people[*at].taken = merged.parts();
                now = entered;
            }
            Err(refused) => {
                let because = refused.list.into_iter().find(|finding| finding.severity == Severity::Error);
                let because = because.map(|finding| finding.message);
                let message = Message::new(code::FORM_REFUSED);
                let message = message.message("because", because.unwrap_or(Message::new("list-empty")));
                findings.error(merged.place.clone().unwrap_or_else(|| whole(form)), message);
                people[*at].state = State::Refused;
            }
        }
    }
    now
}

fn entered(sources: &Sources, edits: &[Edit]) -> Result<Sources, Findings> {
    let entered = edit::apply(sources, edits)?;
    match read(&entered) {
        (Some(_), _) => Ok(entered),
        (None, findings) => Err(findings),
    }
}

/// Leaves are asked for from the first decided month on; what was before is the director's to say.
fn asks_for_leave(scenario: &Scenario, start: Month) -> bool {
    start >= scenario.start()
}
