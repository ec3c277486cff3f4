//! `sections.csv`: the departments of facilities that residents are planned by.
//!
//! Where a facility has sections, everybody there is in one of them in every decided month. A section's limits
//! come beside its facility's.

use crate::diagnostic::{Findings, Severity};
use crate::language::Message;

use super::cases::Cases;
use super::facilities::{self, Facilities};
use super::model::{CaseIx, Dated, FacilityIx, Model, Role, SectionIx};
use super::place::Section;
use super::{bounds, code};
use crate::tables::catalogue;
use crate::tables::table::{Cell, Columns, Row, Table};
use crate::tables::text::Text;
use crate::tables::value::{self, Names};

/// The sections, by facility and id.
#[derive(Default)]
pub(crate) struct Sections {
    pub list: Vec<Section>,
    /// For each facility the names of its sections, with positions in `list`.
    names: Vec<Names>,
    /// A row could not be read: a section that is not here need not be wrong.
    pub incomplete: bool,
}

impl Sections {
    /// Those of a table that could not be opened.
    pub fn broken() -> Self {
        Self { incomplete: true, ..Self::default() }
    }

    /// Those of a scenario that was read.
    pub fn of_model(model: &Model) -> Self {
        let mut names = vec![Names::default(); model.facilities.len()];
        for (position, section) in model.sections.iter().enumerate() {
            if let Some(names) = names.get_mut(section.facility.0) {
                enter(names, section, position);
            }
        }
        Self { list: model.sections.clone(), names, incomplete: false }
    }

    /// The sections of a facility.
    pub fn of(&self, facility: FacilityIx) -> impl Iterator<Item = SectionIx> {
        let all = self.list.iter().enumerate();
        all.filter(move |(_, section)| section.facility == facility).map(|(at, _)| SectionIx(at))
    }

    /// The section of a facility that a text names: by id, by name, or as the place `facility/id`.
    ///
    /// # Errors
    /// That there is none such; no message where a section that is not known need not be wrong.
    pub fn find(&self, facility: FacilityIx, text: &str) -> Result<SectionIx, Option<Message>> {
        let Some(names) = self.names.get(facility.0).filter(|names| names.ids().next().is_some()) else {
            let none = Message::new(code::SECTION_NONE).text("text", text);
            return Err((!self.incomplete).then_some(none));
        };
        let found = names.find(text, code::UNKNOWN_SECTION);
        let within = || text.rsplit_once('/').and_then(|(_, id)| names.get(&value::normal(id)));
        found.or_else(|message| within().ok_or(message)).map(SectionIx)
    }

    /// The section in a cell; an empty one names none.
    pub fn cell(&self, facility: FacilityIx, cell: Cell<'_>, findings: &mut Findings) -> Option<SectionIx> {
        if cell.is_empty() {
            return None;
        }
        match self.find(facility, cell.text()) {
            Ok(section) => Some(section),
            Err(message) => {
                message.into_iter().for_each(|message| findings.error(cell.place(), message));
                None
            }
        }
    }
}

/// Reads the table.
pub(crate) fn read(text: Text, facilities: &Facilities, cases: &Cases, findings: &mut Findings) -> Sections {
    let columns = Columns::of(&catalogue::SECTIONS);
    let Some(table) = Table::read(text, &columns, findings) else { return Sections::broken() };
    let mut sections =
        Sections { names: vec![Names::default(); facilities.list.len()], ..Sections::default() };
    table.each_row(findings, |row, findings| {
        let errors = findings.errors();
        let facility = row.cell("facility").find(findings, &facilities.names, code::UNKNOWN_FACILITY);
        let id = row.cell("id").read(findings, id);
        let section = section(row, facility.unwrap_or_default(), cases, findings);
        sections.incomplete |= findings.errors() > errors;
        let (Some(facility), Some(id)) = (facility, id) else { return };
        let Some(names) = sections.names.get_mut(facility) else { return };
        if names.get(&id).is_some() {
            findings.error(row.cell("id").place(), Message::new(code::DUPLICATE_ID).text("text", &id));
            return;
        }
        if facilities.list.get(facility).is_some_and(|facility| facility.role == Role::Associated) {
            let message = Message::new(code::SECTION_ASSOCIATED).text("text", row.cell("facility").text());
            findings.push(Severity::Warning, row.cell("facility").place(), message);
        }
        let section = named(section, id);
        enter(names, &section, sections.list.len());
        sections.list.push(section);
    });
    if sections.list.len() > bounds::SECTIONS_MAX {
        let message = Message::new(code::TOO_MANY_SECTIONS)
            .number("sections", sections.list.len() as i64)
            .number("limit", bounds::SECTIONS_MAX as i64);
        findings.error(table.place(), message);
    }
    sections
}

/// An id that a selector can name.
fn id(text: &str) -> Result<String, Message> {
    let id = value::id(text)?;
    match id.contains(['/', '&', '!', '*']) {
        true => Err(Message::new(code::SECTION_ID).text("text", text)),
        false => Ok(id),
    }
}

/// Everything of the row but the id.
fn section(row: Row<'_>, facility: usize, cases: &Cases, findings: &mut Findings) -> Section {
    let seats = row.cell("seats").read_if_any(findings, facilities::seats);
    let min_residents = row.cell("min_residents").read_if_any(findings, facilities::seats_number);
    let step = row.cell("step_months").read_if_any(findings, |text| value::whole(text, bounds::STAY_MONTHS));
    let mut items = Vec::new();
    for (text, place) in row.cell("cases").list(|text| cases.names.knows(text)) {
        match cases.names.find(text, code::UNKNOWN_CASE) {
            Ok(item) if items.contains(&CaseIx(item)) => {}
            Ok(item) => items.push(CaseIx(item)),
            Err(None) if cases.complete => {
                let message = Message::new(code::UNKNOWN_CASE).text("text", text);
                findings.error(place, message.message("hint", value::hint(text, [])));
            }
            Err(message) => message.into_iter().for_each(|message| findings.error(place.clone(), message)),
        }
    }
    items.sort_unstable();
    Section {
        facility: FacilityIx(facility),
        id: String::new(),
        name: row.cell("name").text().to_string(),
        name_en: row.cell("name_en").text().to_string(),
        seats: Dated::constant(seats.flatten()),
        min_residents: Dated::constant(min_residents.unwrap_or(0)),
        step_months: step.unwrap_or(1),
        cases: items,
        source: row.cell("source").text().to_string(),
    }
}

/// Remembers under which names people know a section.
fn enter(names: &mut Names, section: &Section, position: usize) {
    names.insert(&section.id, position);
    names.call(&section.id, &section.name);
    names.call(&section.id, &section.name_en);
}

/// Gives the section its id, which stands for names the table leaves out.
fn named(section: Section, id: String) -> Section {
    let name = if section.name.is_empty() { id.clone() } else { section.name };
    let name_en = if section.name_en.is_empty() { name.clone() } else { section.name_en };
    Section { id, name, name_en, ..section }
}
