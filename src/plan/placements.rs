//! `placements.csv` as a plan, also one typed by hand in a spreadsheet.
//!
//! Only `resident`, `facility`, `start` and `months` carry the plan; `course` is a statement of the
//! table that the judge examines; all other columns of the contract repeat what the scenario says
//! (`repeated` remarks where they contradict it). Overlaps, holes and broken rules are not findings here: judging is the
//! business of `audit`. Only what cannot be understood is refused.

use crate::diagnostic::Findings;
use crate::language::Message;
use crate::scenario::table::{Columns, Table};
use crate::scenario::text::Text;
use crate::scenario::value::Names;
use crate::scenario::{CourseIx, ResidentIx, Scenario, code, stay_among};

use super::{Placement, Plan, repeated};

const REQUIRED: [&str; 4] = ["resident", "facility", "start", "months"];
const OPTIONAL: [&str; 2] = ["course", "leave"];

/// Reads a plan for a scenario. There is one exactly if no finding is an error.
pub fn read(file_name: &str, bytes: &[u8], scenario: &Scenario) -> (Option<Plan>, Findings) {
    let mut findings = Findings::default();
    let plan = Text::decode(file_name, bytes, &mut findings)
        .and_then(|text| rows(text, scenario, &mut findings))
        .filter(|_| !findings.has_errors());
    (plan, findings)
}

fn rows(text: Text, scenario: &Scenario, findings: &mut Findings) -> Option<Plan> {
    let optional: Vec<&str> = OPTIONAL.into_iter().chain(repeated::COLUMNS).collect();
    let columns = Columns { required: &REQUIRED, optional: &optional, declared: &[] };
    let table = Table::read(text, &columns, findings)?;
    let residents = names(scenario.residents.iter().map(|resident| (&resident.id, &resident.name)));
    let facilities = names(scenario.facilities.iter().map(|facility| (&facility.id, &facility.name)));
    let courses = names(scenario.courses.iter().map(|course| (&course.id, &course.name)));
    let mut plan = Plan::default();
    table.each_row(findings, |row, findings| {
        let resident = row.cell("resident").find(findings, &residents, code::UNKNOWN_RESIDENT);
        let stay = stay_among(row, &facilities, findings);
        let course = row.cell("course");
        let course =
            (!course.is_empty()).then(|| course.find(findings, &courses, code::UNKNOWN_COURSE)).flatten();
        let leave = row.cell("leave");
        if !leave.is_empty() {
            let message = Message::new(code::NOT_SUPPORTED_YET).text("what", "leave");
            findings.error(leave.place(), message);
        }
        let (Some(resident), Some(stay)) = (resident, stay) else { return };
        let placement = Placement {
            resident: ResidentIx(resident),
            course: course.map(CourseIx),
            facility: stay.facility,
            span: stay.span,
            line: Some(row.line()),
        };
        repeated::remark(row, &placement, scenario, findings);
        plan.rows.push(placement);
    });
    Some(plan)
}

fn names<'a>(ids: impl Iterator<Item = (&'a String, &'a String)>) -> Names {
    let mut names = Names::default();
    for (position, (id, name)) in ids.enumerate() {
        names.insert(id, position);
        names.call(id, name);
    }
    names
}
