//! What every resident is asked, filled in with what the tables say.

use super::asks_for_leave;
use crate::language::{Catalogue, Language, spelling};
use crate::scenario::{Course, Facility, Leave, Resident, ResidentIx, Role, Scenario};
use crate::tables::catalogue::LEAVE_KINDS;
use crate::tables::workbook::form::{Form, LeaveRow};

/// Who is asked: those with a row in the table of residents who have something before them.
pub fn asked(scenario: &Scenario) -> impl Iterator<Item = ResidentIx> {
    scenario.resident_ixs().filter(|resident| {
        let person = scenario.resident(*resident);
        !person.anonymous && person.resigned_from.is_none() && !scenario.decided(*resident).is_empty()
    })
}

/// The forms of everybody who is asked, in the words of a language.
pub fn forms(scenario: &Scenario, catalogue: &Catalogue) -> Vec<Form> {
    asked(scenario).map(|resident| form(scenario, scenario.resident(resident), catalogue)).collect()
}

fn form(scenario: &Scenario, resident: &Resident, catalogue: &Catalogue) -> Form {
    let language = catalogue.language();
    let courses = scenario.courses.iter().filter(|course| course.is_open_to(resident));
    let affiliates = scenario.facilities.iter().filter(|facility| facility.role == Role::Affiliate);
    let given = resident.course.map(|course| course_choice(scenario.course(course)));
    let leaves = resident.leaves.iter().filter(|leave| asks_for_leave(scenario, leave.span.start));
    Form {
        program: scenario.id.clone(),
        program_name: scenario.name.clone(),
        resident: resident.id.clone(),
        name: resident.name.clone(),
        courses: if given.is_some() { Vec::new() } else { courses.map(course_choice).collect() },
        course: given,
        facilities: affiliates.map(|facility| facility_choice(scenario, facility, language)).collect(),
        from: scenario.start().to_string(),
        course_wishes: resident
            .course_wishes
            .iter()
            .map(|wish| course_choice(scenario.course(*wish)))
            .collect(),
        facility_wishes: resident
            .facility_wishes
            .iter()
            .map(|wish| facility_choice(scenario, scenario.facility(*wish), language))
            .collect(),
        leaves: leaves.map(|leave| leave_row(leave, language)).collect(),
    }
}

/// A course as a form offers it: the id, which directors speak of, and its name.
pub(super) fn course_choice(course: &Course) -> String {
    if course.name.is_empty() || course.name == course.id {
        return course.id.clone();
    }
    format!("{} {}", course.id, course.name)
}

/// A facility as a form offers it: its name, with the id where others have the same one.
pub(super) fn facility_choice(scenario: &Scenario, facility: &Facility, language: Language) -> String {
    let name = |facility: &Facility| match language {
        Language::Ja => facility.name.clone(),
        Language::En => facility.name_en.clone(),
    };
    let own = name(facility);
    let same =
        scenario.facilities.iter().filter(|other| spelling::folded(&name(other)) == spelling::folded(&own));
    if same.count() > 1 { format!("{own} ({})", facility.id) } else { own }
}

fn leave_row(leave: &Leave, language: Language) -> LeaveRow {
    let word = LEAVE_KINDS.iter().find(|word| word.id == leave.kind.id());
    let kind = word.map_or(leave.kind.id().to_string(), |word| spelling::written(language, word.key));
    [
        kind,
        leave.span.start.to_string(),
        leave.span.months.to_string(),
        leave.hours_per_week.map(|hours| hours.normalize().to_string()).unwrap_or_default(),
        leave.hours.map(|hours| hours.to_string()).unwrap_or_default(),
    ]
}
