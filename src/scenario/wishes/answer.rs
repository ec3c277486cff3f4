//! A form's cells as wishes and leaves; whatever cannot be read is told with its cell.

use super::forms::{course_choice, facility_choice};
use crate::calendar::Span;
use crate::diagnostic::{Findings, Place, code};
use crate::language::{Language, Message};
use crate::scenario::{CourseIx, FacilityIx, Leave, LeaveKind, Role, Scenario, bounds};
use crate::tables::catalogue::word_of;
use crate::tables::value::{self, Names};
use crate::tables::workbook::form::{Asked, Cell, Filled};

/// What a resident answered; a part is `None` where something of it cannot be read, or was not asked.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub courses: Option<Vec<CourseIx>>,
    pub facilities: Option<Vec<FacilityIx>>,
    pub leaves: Option<Vec<(Leave, Place)>>,
    pub remark: String,
    /// Whether the resident says that the form is filled in.
    pub is_done: bool,
}

impl Answer {
    /// Reads the parts that differ from what was handed out: the others say nothing.
    pub fn read(scenario: &Scenario, form: &Filled, findings: &mut Findings) -> Self {
        let first = |asked| form.rows.get(&asked).and_then(|rows| rows.first()?.first());
        let mut answer = Self {
            remark: first(Asked::Remark).map(|cell| cell.text.clone()).unwrap_or_default(),
            is_done: first(Asked::Done).is_some_and(|cell| word_of(&cell.text).any(|word| word == "true")),
            ..Self::default()
        };
        if form.differs(Asked::Course) {
            let (names, unknown) = (course_names(scenario), code::UNKNOWN_COURSE);
            let errors = findings.errors();
            let wishes = wishes(form, Asked::Course, &names, unknown, findings);
            let wishes = wishes.into_iter().map(|(at, _)| CourseIx(at)).collect();
            answer.courses = (findings.errors() == errors).then_some(wishes);
        }
        if form.differs(Asked::Facility) {
            let (names, unknown) = (facility_names(scenario), code::UNKNOWN_FACILITY);
            let errors = findings.errors();
            let wishes = wishes(form, Asked::Facility, &names, unknown, findings);
            let wishes = affiliates(scenario, wishes, findings);
            answer.facilities = (findings.errors() == errors).then_some(wishes);
        }
        if form.differs(Asked::Leave) {
            answer.leaves = leaves(form, findings);
        }
        answer
    }
}

fn course_names(scenario: &Scenario) -> Names {
    let mut names = Names::default();
    for (at, course) in scenario.courses.iter().enumerate() {
        names.insert(&course.id, at);
        names.call(&course.id, &course.name);
        names.call(&course.id, &course_choice(course));
    }
    names
}

fn facility_names(scenario: &Scenario) -> Names {
    let mut names = Names::default();
    for (at, facility) in scenario.facilities.iter().enumerate() {
        names.insert(&facility.id, at);
        names.call(&facility.id, &facility.name);
        names.call(&facility.id, &facility.name_en);
        for language in Language::ALL {
            names.call(&facility.id, &facility_choice(scenario, facility, language));
        }
    }
    names
}

/// Known names, best first, each once; blank rows between are passed over.
fn wishes<'f>(
    form: &'f Filled,
    asked: Asked,
    names: &Names,
    unknown: &'static str,
    findings: &mut Findings,
) -> Vec<(usize, &'f Cell)> {
    let mut wishes: Vec<(usize, &Cell)> = Vec::new();
    let cells = form.rows.get(&asked).into_iter().flatten().flatten().filter(|cell| !cell.text.is_empty());
    for cell in cells {
        match names.find(&cell.text, unknown) {
            Ok(wish) if wishes.iter().any(|(earlier, _)| *earlier == wish) => {
                let message = Message::new(code::WISH_DUPLICATE).text("text", &cell.text);
                findings.error(cell.place.clone(), message);
            }
            Ok(wish) => wishes.push((wish, cell)),
            Err(message) => {
                let message = message.unwrap_or_else(|| Message::new(code::VALUE_EMPTY));
                findings.error(cell.place.clone(), message);
            }
        }
    }
    wishes
}

/// The months at the core come with the course: only affiliates can be wished for.
fn affiliates(scenario: &Scenario, wishes: Vec<(usize, &Cell)>, findings: &mut Findings) -> Vec<FacilityIx> {
    for (wish, cell) in &wishes {
        let role = match scenario.facility(FacilityIx(*wish)).role {
            Role::Affiliate => continue,
            Role::Core => Message::new("role-core"),
            Role::Associated => Message::new("role-associated"),
        };
        let message = Message::new(code::WISH_NOT_AFFILIATE).text("text", &cell.text).message("role", role);
        findings.error(cell.place.clone(), message);
    }
    wishes.into_iter().map(|(wish, _)| FacilityIx(wish)).collect()
}

/// Leaves with the cell of the first month; whether they can be taken at all, the reader of the tables says.
fn leaves(form: &Filled, findings: &mut Findings) -> Option<Vec<(Leave, Place)>> {
    let errors = findings.errors();
    let mut leaves = Vec::new();
    for row in form.rows.get(&Asked::Leave).into_iter().flatten() {
        if row.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        let [kind, start, months, hours_per_week, hours] = &row[..] else { continue };
        let kind = told(kind, findings, |text| value::word(text, &LeaveKind::ALL, LeaveKind::id));
        let first = told(start, findings, value::month);
        let months = told(months, findings, |text| value::whole(text, bounds::STAY_MONTHS));
        let hours_per_week =
            if_any(hours_per_week, findings, |text| value::decimal(text, bounds::HOURS_PER_WEEK_MAX));
        let hours = if_any(hours, findings, |text| value::whole(text, bounds::HOURS));
        if let (Some(kind), Some(first), Some(months)) = (kind, first, months) {
            let leave = Leave { kind, span: Span::new(first, months), hours_per_week, hours };
            leaves.push((leave, start.place.clone()));
        }
    }
    (findings.errors() == errors).then_some(leaves)
}

fn told<T>(cell: &Cell, findings: &mut Findings, read: impl FnOnce(&str) -> Result<T, Message>) -> Option<T> {
    let read = match cell.text.is_empty() {
        true => Err(Message::new(code::VALUE_EMPTY)),
        false => read(&cell.text),
    };
    read.map_err(|message| findings.error(cell.place.clone(), message)).ok()
}

fn if_any<T>(
    cell: &Cell,
    findings: &mut Findings,
    read: impl FnOnce(&str) -> Result<T, Message>,
) -> Option<T> {
    if cell.text.is_empty() { None } else { told(cell, findings, read) }
}
