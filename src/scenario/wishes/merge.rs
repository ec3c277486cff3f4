//! An answer against what the form started from and what the tables say now.

use super::answer::Answer;
use super::asks_for_leave;
use super::forms::{course_choice, facility_choice};
use crate::diagnostic::{Findings, Place, code};
use crate::language::{Language, Message};
use crate::scenario::edit::{Edit, Key, Value};
use crate::scenario::{Leave, LeaveKind, Resident, ResidentIx, Scenario};
use crate::tables::value;
use crate::tables::workbook::form::{Asked, Filled};

/// What an answer changes in the tables.
#[derive(Debug, Default)]
pub(super) struct Merged {
    edits: Vec<(Asked, Edit)>,
    /// The cell that a refusal of all of it is best told of.
    pub place: Option<Place>,
    /// Whether the form says anything else than when it was handed out.
    pub is_answer: bool,
}

impl Merged {
    pub fn edits(&self) -> impl Iterator<Item = Edit> + '_ {
        self.edits.iter().map(|(_, edit)| edit.clone())
    }

    /// The parts that change something.
    pub fn parts(&self) -> Vec<Asked> {
        let mut parts: Vec<Asked> = self.edits.iter().map(|(part, _)| *part).collect();
        parts.dedup();
        parts
    }
}

/// Weighs an answer; what stands in its way is told, and the tables stay as they are.
pub(super) fn merge(
    scenario: &Scenario,
    resident: ResidentIx,
    form: &Filled,
    answer: &Answer,
    findings: &mut Findings,
) -> Merged {
    let person = scenario.resident(resident);
    let parts = [Asked::Course, Asked::Facility, Asked::Leave];
    let mut merged =
        Merged { is_answer: parts.into_iter().any(|part| form.differs(part)), ..Merged::default() };
    if let Some(wishes) = &answer.courses {
        let ids = |wishes: &[_]| ids(wishes.iter().map(|wish| scenario.course(*wish).id.as_str()));
        let choices = person.course_wishes.iter().map(|wish| course_choice(scenario.course(*wish)));
        let now = vec![choices.collect::<Vec<_>>()];
        let (column, heading) = ("course_wishes", "heading-course-wishes");
        let wish = Wish { asked: Asked::Course, column, heading, now };
        let (wanted, there) = (ids(wishes), ids(&person.course_wishes));
        merged.wish(person, form, wish, (wanted, there), findings);
    }
    if let Some(wishes) = &answer.facilities {
        let ids = |wishes: &[_]| ids(wishes.iter().map(|wish| scenario.facility(*wish).id.as_str()));
        // The form may have been handed out in the other language.
        let choices = |language| {
            let wishes = person.facility_wishes.iter();
            wishes.map(|wish| facility_choice(scenario, scenario.facility(*wish), language)).collect()
        };
        let (column, heading) = ("facility_wishes", "heading-facility-wishes");
        let now = Language::ALL.map(choices).to_vec();
        let wish = Wish { asked: Asked::Facility, column, heading, now };
        let (wanted, there) = (ids(wishes), ids(&person.facility_wishes));
        merged.wish(person, form, wish, (wanted, there), findings);
    }
    if let Some(leaves) = &answer.leaves {
        merged.leaves(scenario, person, form, leaves, findings);
    }
    merged
}

fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(";")
}

/// A list of wishes.
struct Wish {
    asked: Asked,
    column: &'static str,
    heading: &'static str,
    /// What a form would be handed out with now, as each language writes it.
    now: Vec<Vec<String>>,
}

impl Merged {
    fn wish(
        &mut self,
        person: &Resident,
        form: &Filled,
        wish: Wish,
        (wanted, there): (String, String),
        findings: &mut Findings,
    ) {
        if wanted == there {
            return;
        }
        let place = place(form, wish.asked);
        let before = form.before.get(&wish.asked).map(String::as_str).unwrap_or_default();
        if wish.now.iter().all(|now| now.join("\n") != before) {
            let message = Message::new(code::FORM_KEPT).text("resident", &person.id);
            let message = message.message("column", Message::new(wish.heading));
            let list = |message: Message, name, ids: &str| match ids {
                "" => message.message(name, Message::new("list-empty")),
                ids => message.text(name, ids),
            };
            let message = list(list(message, "there", &there), "wanted", &wanted);
            findings.error(place, message);
            return;
        }
        let key = Key::Resident { id: person.id.clone(), column: wish.column.to_string() };
        self.edits.push((wish.asked, Edit { key, value: Value::Text(wanted) }));
        self.place.get_or_insert(place);
    }

    /// Leaves one by one: those taken out of the form go, those that are new come.
    fn leaves(
        &mut self,
        scenario: &Scenario,
        person: &Resident,
        form: &Filled,
        leaves: &[(Leave, Place)],
        findings: &mut Findings,
    ) {
        let before = handed_out(form);
        let there: Vec<Leave> = person.leaves.clone();
        let gone: Vec<Leave> = before
            .iter()
            .filter(|leave| leaves.iter().all(|(now, _)| now != *leave) && there.contains(leave))
            .copied()
            .collect();
        let mut edits: Vec<Edit> = gone.iter().map(|leave| remove(person, leave)).collect();
        for (leave, place) in leaves.iter().filter(|(leave, _)| !before.contains(leave)) {
            if there.contains(leave) {
                continue;
            }
            if !asks_for_leave(scenario, leave.span.start) {
                let message = Message::new(code::FORM_LEAVE_PAST).text("month", leave.span.start);
                findings.error(place.clone(), message.text("first", scenario.start()));
                return;
            }
            let in_the_way = there
                .iter()
                .find(|other| !gone.contains(other) && !other.span.intersection(leave.span).is_empty());
            if let Some(other) = in_the_way {
                let message = Message::new(code::FORM_KEPT_LEAVE).text("resident", &person.id);
                findings.error(place.clone(), message.text("there", other.span.start));
                return;
            }
            self.place.get_or_insert(place.clone());
            edits.push(add(person, leave));
        }
        if !edits.is_empty() {
            self.place.get_or_insert_with(|| place(form, Asked::Leave));
        }
        self.edits.extend(edits.into_iter().map(|edit| (Asked::Leave, edit)));
    }
}

/// The first cell of a part.
fn place(form: &Filled, asked: Asked) -> Place {
    let first = form.rows.get(&asked).and_then(|rows| rows.first()?.first());
    first.map_or(Place { file: form.file.clone(), ..Place::default() }, |cell| cell.place.clone())
}

/// The leaves a form was handed out with.
fn handed_out(form: &Filled) -> Vec<Leave> {
    let rows = form.before.get(&Asked::Leave).map(String::as_str).unwrap_or_default().lines();
    let leave = |row: &str| {
        let cells: Vec<&str> = row.split('|').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        Some(Leave {
            kind: value::word(cell(0), &LeaveKind::ALL, LeaveKind::id).ok()?,
            span: crate::calendar::Span::new(value::month(cell(1)).ok()?, cell(2).parse().ok()?),
            hours_per_week: cell(3).parse().ok(),
            hours: cell(4).parse().ok(),
        })
    };
    rows.filter_map(leave).collect()
}

fn key(person: &Resident, leave: &Leave) -> Key {
    Key::Leave { resident: person.id.clone(), start: leave.span.start.to_string() }
}

fn remove(person: &Resident, leave: &Leave) -> Edit {
    Edit { key: key(person, leave), value: Value::Gone }
}

fn add(person: &Resident, leave: &Leave) -> Edit {
    let any = |value: Option<String>| value.unwrap_or_default();
    let cells = [
        ("resident", person.id.clone()),
        ("kind", leave.kind.id().to_string()),
        ("start", leave.span.start.to_string()),
        ("months", leave.span.months.to_string()),
        ("hours_per_week", any(leave.hours_per_week.map(|hours| hours.normalize().to_string()))),
        ("hours", any(leave.hours.map(|hours| hours.to_string()))),
    ];
    // Columns that the row leaves empty are not added to a table without them.
    let cells = cells.into_iter().filter(|(_, cell)| !cell.is_empty());
    let cells = cells.map(|(column, cell)| (column.to_string(), cell)).collect();
    Edit { key: key(person, leave), value: Value::Row(cells) }
}
