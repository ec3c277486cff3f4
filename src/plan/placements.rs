//! `placements.csv` as a plan, also one typed by hand in a spreadsheet.
//!
//! Only `resident`, `facility`, `start` and `months` carry the plan; `course` is a statement of the
//! table that the judge examines; all other columns of the contract repeat what the scenario says
//! (`repeated` remarks where they contradict it). Overlaps, holes and broken rules are not findings here: judging is the
//! business of `audit`. Only what cannot be understood is refused.

use crate::calendar::Span;
use crate::diagnostic::{Findings, Place, Severity};
use crate::scenario::{
    CourseIx, FacilityIx, ResidentIx, Scenario, Sections, Stay, bounds, call, code, stay_among,
};
use crate::tables::catalogue;
use crate::tables::table::{Cell, Columns, Row, Table};
use crate::tables::text::Text;
use crate::tables::value;
use crate::tables::value::{Names, normal};

use super::{Placement, Plan, repeated};

/// Reads a plan for a scenario. There is one exactly if no finding is an error.
pub fn read(file_name: &str, bytes: &[u8], scenario: &Scenario) -> (Option<Plan>, Findings) {
    let mut findings = Findings::default();
    let plan = Text::decode(file_name, bytes, &mut findings)
        .and_then(|text| rows(text, scenario, &mut Strictness::Strict, &mut findings))
        .filter(|_| !findings.has_errors());
    (plan, findings)
}

/// What becomes of rows that the scenario has outlived.
pub(super) enum Strictness<'a> {
    /// They are errors.
    Strict,
    /// Rows of people who are not residents are set aside, unknown courses are warned of, and each row's
    /// place is kept for later findings.
    Earlier { strangers: &'a mut Vec<Stranger>, places: &'a mut Vec<Place> },
}

/// A row of somebody who is not in the scenario.
pub(super) struct Stranger {
    pub id: String,
    pub name: String,
    pub place: Place,
    /// `None` where the row names no facility of the scenario, or no months.
    pub stay: Option<Stay>,
}

pub(super) fn rows(
    text: Text,
    scenario: &Scenario,
    strictness: &mut Strictness<'_>,
    findings: &mut Findings,
) -> Option<Plan> {
    let columns = Columns::of(&catalogue::PLACEMENTS);
    let table = Table::read(text, &columns, findings)?;
    let mut residents = names(scenario.residents.iter().map(|resident| (&resident.id, &resident.name)));
    scenario.residents.iter().for_each(|resident| call(&mut residents, resident));
    let mut facilities = names(scenario.facilities.iter().map(|facility| (&facility.id, &facility.name)));
    scenario.facilities.iter().for_each(|facility| facilities.call(&facility.id, &facility.name_en));
    let courses = names(scenario.courses.iter().map(|course| (&course.id, &course.name)));
    let sections = Sections::of_model(scenario);
    let section = |at, cell: Cell<'_>, findings: &mut Findings| sections.cell(at, cell, findings);
    let mut plan = Plan::default();
    table.each_row(findings, |row, findings| {
        if let Strictness::Earlier { strangers, .. } = strictness
            && let Some(stranger) = stranger(row, &residents, &facilities)
        {
            strangers.push(stranger);
            return;
        }
        let resident = row.cell("resident").find(findings, &residents, code::UNKNOWN_RESIDENT);
        let stay = stay_among(row, &facilities, section, findings);
        let course = row.cell("course");
        let course = match strictness {
            _ if course.is_empty() => None,
            Strictness::Strict => course.find(findings, &courses, code::UNKNOWN_COURSE),
            Strictness::Earlier { .. } => find_or_warn(course, &courses, findings),
        };
        let (Some(resident), Some(stay)) = (resident, stay) else { return };
        let placement = Placement {
            resident: ResidentIx(resident),
            course: course.map(CourseIx),
            facility: stay.facility,
            section: stay.section,
            span: stay.span,
            line: Some(row.line()),
        };
        let earlier = matches!(strictness, Strictness::Earlier { .. });
        repeated::remark(row, &placement, scenario, earlier, findings);
        plan.rows.push(placement);
        if let Strictness::Earlier { places, .. } = strictness {
            places.push(row.cell("start").place());
        }
    });
    Some(plan)
}

/// The row, if it is that of somebody who is not a resident of the scenario.
fn stranger(row: Row<'_>, residents: &Names, facilities: &Names) -> Option<Stranger> {
    let cell = row.cell("resident");
    let id = normal(cell.text());
    if id.is_empty()
        || residents.knows(cell.text())
        || residents.find(cell.text(), code::UNKNOWN_RESIDENT).is_ok()
    {
        return None;
    }
    let facility = facilities.find(row.cell("facility").text(), code::UNKNOWN_FACILITY).ok();
    let start = value::month(row.cell("start").text()).ok();
    let months = value::whole(row.cell("months").text(), bounds::STAY_MONTHS).ok();
    let stay =
        || Some(Stay { facility: FacilityIx(facility?), span: Span::new(start?, months?), section: None });
    Some(Stranger { id, name: row.cell("name").text().to_string(), place: cell.place(), stay: stay() })
}

/// The course a cell names; one that is none any more does not spoil the row.
fn find_or_warn(cell: Cell<'_>, courses: &Names, findings: &mut Findings) -> Option<usize> {
    let found = courses.find(cell.text(), code::UNKNOWN_COURSE);
    let warn = |message| findings.push(Severity::Warning, cell.place(), message);
    found.map_err(|message| message.map(warn)).ok()
}

fn names<'a>(ids: impl Iterator<Item = (&'a String, &'a String)>) -> Names {
    let mut names = Names::default();
    for (position, (id, name)) in ids.enumerate() {
        names.insert(id, position);
        names.call(id, name);
    }
    names
}
