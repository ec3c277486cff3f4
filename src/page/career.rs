//! A plan by the ids of its residents and places, and one resident's part of it month by month.
//!
//! Positions in a scenario change when its tables do; ids stay. So what is edited, undone and kept in the
//! journal is rows of ids. Rows of somebody whom the tables no longer have stay there and come back with them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{Month, Span};
use crate::plan::{Placement, Plan};
use crate::scenario::Place;
use crate::scenario::{CourseIx, ResidentIx, Scenario};

/// A row of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub course: Option<String>,
    /// A facility, or `facility/section`.
    pub place: String,
    /// YYYY-MM.
    pub start: String,
    pub months: u32,
}

/// A plan, by resident.
pub type Rows = BTreeMap<String, Vec<Row>>;

/// A plan as rows of ids.
pub fn rows_of(scenario: &Scenario, plan: &Plan) -> Rows {
    let mut rows = Rows::new();
    for one in &plan.rows {
        let row = Row {
            course: one.course.map(|course| scenario.course(course).id.clone()),
            place: scenario.place_id(Place { facility: one.facility, section: one.section }),
            start: one.span.start.to_string(),
            months: one.span.months,
        };
        rows.entry(scenario.resident(one.resident).id.clone()).or_default().push(row);
    }
    rows
}

/// The rows that the scenario has residents and places for, in its order, cut at academic years.
pub fn plan_of(scenario: &Scenario, rows: &Rows) -> Plan {
    let places = Places::of(scenario);
    let mut plan = Plan::default();
    for resident in scenario.resident_ixs() {
        let person = scenario.resident(resident);
        for row in rows.get(&person.id).into_iter().flatten() {
            let (Some(Place { facility, section }), Some(start)) =
                (places.place(&row.place), Month::parse(&row.start))
            else {
                continue;
            };
            let course = row.course.as_ref().and_then(|course| places.course(course));
            let whole = Span::new(start, row.months).intersection(scenario.decided(resident));
            for (_, span) in scenario.calendar.split(whole) {
                plan.rows.push(Placement { resident, course, facility, section, span, line: None });
            }
        }
    }
    plan
}

/// Positions by id.
pub struct Places<'a> {
    places: BTreeMap<String, Place>,
    courses: BTreeMap<&'a str, CourseIx>,
}

impl<'a> Places<'a> {
    pub fn of(scenario: &'a Scenario) -> Self {
        let facilities = scenario.facility_ixs().map(|facility| Place { facility, section: None });
        let places = facilities.chain(scenario.places());
        let course = |ix: CourseIx| (scenario.course(ix).id.as_str(), ix);
        Self {
            places: places.map(|place| (scenario.place_id(place), place)).collect(),
            courses: scenario.course_ixs().map(course).collect(),
        }
    }

    pub fn place(&self, id: &str) -> Option<Place> {
        self.places.get(id).copied()
    }

    fn course(&self, id: &str) -> Option<CourseIx> {
        self.courses.get(id).copied()
    }
}

/// The resident with an id.
pub fn resident(scenario: &Scenario, id: &str) -> Option<ResidentIx> {
    scenario.resident_ixs().find(|ix| scenario.resident(*ix).id == id)
}

/// One resident's decided months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Career {
    pub course: Option<String>,
    /// The months with a seat, in order.
    pub due: Vec<Month>,
    pub at: BTreeMap<Month, Place>,
}

impl Career {
    pub fn of(scenario: &Scenario, resident: ResidentIx, rows: &Rows) -> Self {
        let places = Places::of(scenario);
        let person = scenario.resident(resident);
        let due: Vec<Month> = scenario.due(resident).collect();
        let mut career = Self { course: None, due, at: BTreeMap::new() };
        for row in rows.get(&person.id).into_iter().flatten() {
            career.course = career.course.or_else(|| row.course.clone());
            let (Some(place), Some(start)) = (places.place(&row.place), Month::parse(&row.start)) else {
                continue;
            };
            let months =
                Span::new(start, row.months).iter().filter(|month| career.due.binary_search(month).is_ok());
            career.at.extend(months.map(|month| (month, place)).collect::<Vec<_>>());
        }
        career.course = career.course.or_else(|| Some(scenario.course(person.course?).id.clone()));
        career
    }

    pub fn is_due(&self, month: Month) -> bool {
        self.due.binary_search(&month).is_ok()
    }

    /// The months as rows, one for each stay.
    pub fn rows(&self, scenario: &Scenario) -> Vec<Row> {
        let row = |(place, span): (Place, Span)| Row {
            course: self.course.clone(),
            place: scenario.place_id(place),
            start: span.start.to_string(),
            months: span.months,
        };
        stays(self.at.iter().map(|(month, place)| (*month, *place))).into_iter().map(row).collect()
    }
}

/// Months in order of time as stays.
pub fn stays<P: Copy + PartialEq>(months: impl Iterator<Item = (Month, P)>) -> Vec<(P, Span)> {
    let mut stays: Vec<(P, Span)> = Vec::new();
    for (month, place) in months {
        match stays.last_mut() {
            Some((last, span)) if *last == place && span.end() == month => span.months += 1,
            _ => stays.push((place, Span::new(month, 1))),
        }
    }
    stays
}
