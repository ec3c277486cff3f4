//! Edits as a director would write them, made from the scenario they change.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Edit, Key, RuleRow, Value};
use crate::calendar::Month;
use crate::scenario::{Bound, CaseIx, Dated, FacilityIx, Leave, Lock, ResidentIx, RuleIx, Scenario};
use crate::tables::catalogue::PART_MIN;

impl Edit {
    fn set(key: Key, text: impl ToString) -> Self {
        Self { key, value: Value::Text(text.to_string()) }
    }

    /// A parameter of `[rules]`.
    pub fn rule(key: &str, value: impl ToString) -> Self {
        Self::set(Key::Program(vec!["rules".to_string(), key.to_string()]), value)
    }

    /// The residents who enter in a year.
    pub fn intake(year: i32, residents: u32) -> Self {
        Self::set(Key::Program(vec!["intake".to_string(), year.to_string()]), residents)
    }

    /// The weight of a course in `[course_mix]`.
    pub fn mix(course: &str, weight: u32) -> Self {
        Self::set(Key::Program(vec!["course_mix".to_string(), course.to_string()]), weight)
    }

    /// A column of a facility, be it from a month on.
    pub fn facility(id: &str, column: &str, from: Option<Month>, text: impl ToString) -> Self {
        let from = from.map(|month| month.to_string());
        Self::set(Key::Facility { id: id.to_string(), column: column.to_string(), from }, text)
    }

    /// The target of a case item, or the least of a part.
    pub fn target(scenario: &Scenario, case: CaseIx, to: u32) -> Self {
        let item = scenario.case(case);
        let field = if item.part_of.is_some() { PART_MIN } else { "target" };
        Self::set(Key::Case { id: item.id.clone(), field: field.to_string() }, to)
    }

    /// A bound that a row of a table of rules sets, or the seats of a section.
    pub fn bound(scenario: &Scenario, bound: Bound, to: u32) -> Self {
        let id = bound.id(scenario).to_string();
        let key = match bound.row {
            RuleIx::Section(at) => {
                let facility = scenario.facility(scenario.sections[at].facility).id.clone();
                Key::Section { facility, id, column: "seats".to_string(), from: None }
            }
            RuleIx::CourseIntake(_, year) => {
                Key::Program(vec!["course_intake".to_string(), id, year.to_string()])
            }
            row => Key::Rule { file: row.file(), row: RuleRow::Id(id), column: bound.end.id().to_string() },
        };
        Self::set(key, to)
    }

    /// The part of an item's volumes that trainees may take; its parts have the same.
    pub fn trainee_share(scenario: &Scenario, case: CaseIx, to: Decimal) -> Self {
        let item = scenario.case(case);
        let item = item.part_of.map_or(item, |parent| scenario.case(parent));
        Self::set(Key::Case { id: item.id.clone(), field: "trainee_share".to_string() }, to.normalize())
    }

    /// A lock more.
    pub fn lock(scenario: &Scenario, resident: ResidentIx, lock: Lock) -> Self {
        let cells = [
            ("resident", scenario.resident(resident).id.clone()),
            ("facility", scenario.facility(lock.stay.facility).id.clone()),
            ("start", lock.stay.span.start.to_string()),
            ("months", lock.stay.span.months.to_string()),
            ("kind", lock.kind.id().to_string()),
        ];
        let section = lock.stay.section.map(|section| ("section", scenario.section(section).id.clone()));
        let cells = cells.into_iter().chain(section).map(|(column, cell)| (column.to_string(), cell));
        Self { key: Key::AddLock, value: Value::Row(cells.collect()) }
    }

    /// A lock is taken back.
    pub fn release(scenario: &Scenario, resident: ResidentIx, lock: Lock) -> Self {
        let key = Key::Lock {
            resident: scenario.resident(resident).id.clone(),
            facility: scenario.facility(lock.stay.facility).id.clone(),
            section: lock
                .stay
                .section
                .map_or_else(String::new, |section| scenario.section(section).id.clone()),
            start: lock.stay.span.start.to_string(),
            months: lock.stay.span.months.to_string(),
            kind: lock.kind.id(),
        };
        Self { key, value: Value::Gone }
    }

    /// A leave is not taken, as far as it lies ahead.
    /// `None` where nothing of it lies ahead. Hours of part-time work belong to the whole leave, so such a
    /// row is the reader's to judge.
    pub fn no_leave(scenario: &Scenario, resident: ResidentIx, leave: Leave) -> Option<Self> {
        let before = scenario.now().since(leave.span.start).max(0).unsigned_abs();
        let key = Key::Leave {
            resident: scenario.resident(resident).id.clone(),
            start: leave.span.start.to_string(),
        };
        match before {
            0 => Some(Self { key, value: Value::Gone }),
            _ if before >= leave.span.months => None,
            _ => Some(Self::set(key, before)),
        }
    }
}

/// A resident's course is left open. Of an anonymous one the mix decides: the year's anonymous residents
/// get rows, each with the course they have, so that nobody else's is dealt anew.
pub fn open_course(scenario: &Scenario, resident: ResidentIx) -> Vec<Edit> {
    let person = scenario.resident(resident);
    if !person.anonymous {
        let key = Key::Resident { id: person.id.clone(), column: "course".to_string() };
        return vec![Edit::set(key, "")];
    }
    let of_year = |ix: &ResidentIx| {
        let other = scenario.resident(*ix);
        other.anonymous && other.entry_year == person.entry_year
    };
    let row = |ix: ResidentIx| {
        let other = scenario.resident(ix);
        let course = other.course.filter(|_| ix != resident).map_or("", |course| &scenario.course(course).id);
        let cells = [
            ("id", other.id.clone()),
            ("entry_year", other.entry_year.to_string()),
            ("course", course.into()),
        ];
        let cells = cells.map(|(column, cell)| (column.to_string(), cell));
        Edit { key: Key::Anonymous, value: Value::Row(cells.to_vec()) }
    };
    scenario.resident_ixs().filter(of_year).map(row).collect()
}

/// Residents are not taken. Those with rows go with all that is said of them; of the anonymous the intake
/// is so many fewer, the last of the year are no more, and `[course_mix]` deals the courses of the rest.
pub fn not_taken(scenario: &Scenario, residents: &[ResidentIx]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut anonymous: BTreeMap<i32, usize> = BTreeMap::new();
    let mut fewer: BTreeMap<i32, u32> = BTreeMap::new();
    for person in residents.iter().map(|&resident| scenario.resident(resident)) {
        *fewer.entry(person.entry_year).or_default() += 1;
        if person.anonymous {
            *anonymous.entry(person.entry_year).or_default() += 1;
        } else {
            edits.push(Edit::set(Key::RemoveResident, &person.id));
        }
    }
    for (year, count) in anonymous {
        let of_year = scenario.residents.iter().filter(|other| other.anonymous && other.entry_year == year);
        let gone = of_year.rev().take(count);
        edits.extend(gone.map(|person| Edit { key: Key::About(person.id.clone()), value: Value::Gone }));
        let now = scenario.intake.get(&year).copied().unwrap_or(0);
        edits.push(Edit::intake(year, now.saturating_sub(fewer.get(&year).copied().unwrap_or(0))));
    }
    edits
}

/// A column of a facility in another way from a month on, later changes of it included. `None` as a value
/// leaves a stretch as it is.
pub fn from_month_on<T: PartialEq>(
    id: &str,
    column: &str,
    values: &Dated<T>,
    start: Month,
    value: impl Fn(Month, &T) -> Option<String>,
) -> Vec<Edit> {
    let later = values.changes.iter().map(|(month, _)| *month).filter(|month| *month > start);
    let months = std::iter::once(start).chain(later);
    let edit = |month| Some(Edit::facility(id, column, Some(month), value(month, values.at(month))?));
    months.filter_map(edit).collect()
}

/// `by` more seats at a facility from a month on, by whichever limit there is: its own seats and its
/// supervisors are raised as far as either stands in the way. `seats` says how many residents it may hold in
/// a month now and `supervisors` how many are needed for so many; `None`: there is no limit.
pub fn more_seats(
    scenario: &Scenario,
    facility: FacilityIx,
    start: Month,
    by: u32,
    seats: impl Fn(Month) -> Option<u32>,
    supervisors: impl Fn(u32) -> Decimal,
) -> Vec<Edit> {
    let of = scenario.facility(facility);
    let changes = of.seats.changes.iter().map(|(month, _)| *month);
    let changes = changes.chain(of.supervisors.changes.iter().map(|(month, _)| *month));
    let mut months: Vec<Month> = changes.filter(|month| *month > start).chain([start]).collect();
    months.sort_unstable();
    months.dedup();
    let mut edits = Vec::new();
    for month in months {
        let Some(seats) = seats(month).map(|seats| seats + by) else { continue };
        if let Some(own) = of.seats.at(month) {
            edits.push(Edit::facility(&of.id, "seats", Some(month), own.max(&seats)));
        }
        let now = *of.supervisors.at(month);
        edits.push(Edit::facility(
            &of.id,
            "supervisors",
            Some(month),
            now.max(supervisors(seats)).normalize(),
        ));
    }
    edits
}
