//! Rows of the tables that say rules, short enough to be written in a test.

use kenshu::internal::calendar::Month;
use kenshu::internal::scenario::{
    Accreditation, Count, CourseIx, Dated, Force, Model, OrderRule, PlaceName, Requirement, Role, Section,
    SectionIx, Selector, SelectorIx, Staffing, StayRule, Term, Who, WhoName, Window,
};

/// A section of the facility, without seats of its own.
pub fn section(model: &mut Model, facility: &str, id: &str) -> SectionIx {
    let ix = model.facilities.iter().position(|one| one.id == facility).expect("a facility");
    model.sections.push(Section {
        facility: kenshu::internal::scenario::FacilityIx(ix),
        id: id.into(),
        name: format!("{id}部門"),
        name_en: format!("{id} section"),
        seats: Dated::constant(None),
        min_residents: Dated::constant(0),
        step_months: 1,
        cases: Vec::new(),
        source: String::new(),
    });
    SectionIx(model.sections.len() - 1)
}

/// The selector written so (`;`, `&`, `!`), made if it is new.
pub fn selector(model: &mut Model, text: &str) -> SelectorIx {
    if let Some(known) = model.selectors.iter().position(|selector| selector.text == text) {
        return SelectorIx(known);
    }
    let term = |text: &str| {
        let name = text.trim().trim_start_matches('!');
        Term { not: text.trim().starts_with('!'), name: place_name(model, name) }
    };
    let any = text.split(';').map(|all| all.split('&').map(term).collect()).collect();
    model.selectors.push(Selector { text: text.into(), any });
    SelectorIx(model.selectors.len() - 1)
}

fn place_name(model: &Model, name: &str) -> PlaceName {
    if name == "any" {
        return PlaceName::Any;
    }
    if let Some((facility, id)) = name.split_once('/') {
        let is_it = |section: &Section| model.facility(section.facility).id == facility && section.id == id;
        return match facility {
            "*" => PlaceName::EverySection(id.into()),
            _ => PlaceName::Section(SectionIx(model.sections.iter().position(is_it).expect("a section"))),
        };
    }
    if let Some(role) = Role::ALL.into_iter().find(|role| role.id() == name) {
        return PlaceName::Role(role);
    }
    if let Some(accreditation) = Accreditation::ALL.into_iter().find(|one| one.id() == name) {
        return PlaceName::Accreditation(accreditation);
    }
    match model.facilities.iter().position(|facility| facility.id == name) {
        Some(ix) => PlaceName::Facility(kenshu::internal::scenario::FacilityIx(ix)),
        None => PlaceName::Tag(name.into()),
    }
}

/// The residents written so: a course, `year1`, or else a tag; empty for everybody.
pub fn who(model: &Model, text: &str) -> Who {
    let term = |text: &str| {
        let name = text.trim().trim_start_matches('!');
        let course = model.courses.iter().position(|course| course.id == name);
        let year = name.strip_prefix("year").and_then(|year| year.parse().ok());
        let name = match (course, year) {
            (Some(course), _) => WhoName::Course(CourseIx(course)),
            (None, Some(year)) => WhoName::Year(year),
            (None, None) => WhoName::Tag(name.into()),
        };
        Term { not: text.trim().starts_with('!'), name }
    };
    if text.is_empty() {
        return Who::default();
    }
    let any = text.split(';').map(|all| all.split('&').map(term).collect()).collect();
    Who { text: text.into(), any }
}

/// A requirement of kind `must` of everybody over the whole training.
pub fn requirement(
    model: &mut Model,
    place: &str,
    count: Count,
    min: Option<u32>,
    max: Option<u32>,
) -> Requirement {
    let id = format!("q{}", model.requirements.len() + 1);
    Requirement {
        name: id.clone(),
        id,
        who: Who::default(),
        place: selector(model, place),
        when: Window::Whole,
        count,
        min,
        max,
        of_months: None,
        force: Force::Must,
        clause: String::new(),
    }
}

/// A rule about stays of everybody that asks for nothing yet.
pub fn stay_rule(model: &mut Model, place: &str) -> StayRule {
    StayRule {
        who: Who::default(),
        place: selector(model, place),
        months_min: None,
        months_max: None,
        step_months: None,
        starts: Vec::new(),
        gap_months: None,
        visits_max: None,
        clause: String::new(),
    }
}

pub fn order_rule(model: &mut Model, first: &str, months: u32, then: &str) -> OrderRule {
    OrderRule {
        who: Who::default(),
        first: selector(model, first),
        months,
        then: selector(model, then),
        force: Force::Must,
        clause: String::new(),
    }
}

pub fn staffing(model: &mut Model, place: &str, min: Option<u32>, max: Option<u32>) -> Staffing {
    let id = format!("s{}", model.staffing.len() + 1);
    Staffing {
        name: id.clone(),
        id,
        place: selector(model, place),
        who: Who::default(),
        from: None::<Month>,
        until: None,
        min,
        max,
        force: Force::Must,
        clause: String::new(),
    }
}
