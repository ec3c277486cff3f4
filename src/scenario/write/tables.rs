//! The tables beside `program.toml`.

use rust_decimal::Decimal;

use super::super::files::{
    FACILITIES, FACILITY_CHANGES, HISTORY, LEAVES, LOCKS, LOGGED_CASES, ORDER, POINTS, RECORDS, REQUIREMENTS,
    RESIDENTS, SECTIONS, STAFFING, STAYS,
};
use super::super::model::{Dated, Resident, Scenario, Stay};
use super::super::place::Place;
use super::csv::{Csv, any};
use super::rules;

/// `facilities.csv`, and every other table that has rows.
pub(super) fn all(scenario: &Scenario) -> Vec<(&'static str, Csv)> {
    let others = [
        (SECTIONS, sections(scenario)),
        (FACILITY_CHANGES, changes(scenario)),
        (RESIDENTS, residents(scenario)),
        (HISTORY, history(scenario)),
        (LOCKS, locks(scenario)),
        (LEAVES, leaves(scenario)),
        (LOGGED_CASES, logged(scenario)),
        (RECORDS, records(scenario)),
        (REQUIREMENTS, rules::requirements(scenario)),
        (STAYS, rules::stays(scenario)),
        (ORDER, rules::order(scenario)),
        (STAFFING, rules::staffing(scenario)),
        (POINTS, rules::points(scenario)),
    ];
    let others = others.into_iter().filter(|(_, table)| !table.is_empty());
    std::iter::once((FACILITIES, facilities(scenario))).chain(others).collect()
}

fn facilities(scenario: &Scenario) -> Csv {
    let fixed = [
        "id",
        "name",
        "name_en",
        "prefecture",
        "role",
        "accreditation",
        "supervisors",
        "seats",
        "min_residents",
        "source",
    ];
    let with_tags = scenario.facilities.iter().any(|facility| !facility.tags.is_empty());
    let volumes = scenario.volumes.iter().map(String::as_str);
    let mut table = Csv::new(fixed.into_iter().chain(with_tags.then_some("tags")).chain(volumes));
    for facility in &scenario.facilities {
        let supervisors = decimal(&facility.supervisors.initial);
        let seats = any(facility.seats.initial);
        let min_residents = facility.min_residents.initial.to_string();
        let volumes: Vec<String> =
            facility.volumes.iter().map(|volume| any(volume.initial.as_ref().map(decimal))).collect();
        let cells = [
            facility.id.as_str(),
            &facility.name,
            &facility.name_en,
            &facility.prefecture,
            facility.role.id(),
            facility.accreditation.initial.id(),
            &supervisors,
            &seats,
            &min_residents,
            &facility.source,
        ];
        let tags = with_tags.then(|| facility.tags.join(";"));
        table.row(cells.into_iter().chain(tags.as_deref()).chain(volumes.iter().map(String::as_str)));
    }
    table
}

fn sections(scenario: &Scenario) -> Csv {
    let mut table = Csv::new([
        "facility",
        "id",
        "name",
        "name_en",
        "seats",
        "min_residents",
        "step_months",
        "cases",
        "source",
    ]);
    for section in &scenario.sections {
        let cases: Vec<&str> = section.cases.iter().map(|&case| scenario.case(case).id.as_str()).collect();
        table.row([
            scenario.facility(section.facility).id.as_str(),
            &section.id,
            &section.name,
            &section.name_en,
            &any(section.seats.initial),
            &section.min_residents.initial.to_string(),
            &section.step_months.to_string(),
            &cases.join(";"),
            &section.source,
        ]);
    }
    table
}

fn changes(scenario: &Scenario) -> Csv {
    let mut table = Csv::new(["facility", "from", "column", "value"]);
    for facility in &scenario.facilities {
        let id = &facility.id;
        change(&mut table, id, "accreditation", &facility.accreditation, |value| value.id().to_string());
        change(&mut table, id, "supervisors", &facility.supervisors, decimal);
        change(&mut table, id, "seats", &facility.seats, |value| any(*value));
        change(&mut table, id, "min_residents", &facility.min_residents, ToString::to_string);
        for (name, volume) in scenario.volumes.iter().zip(&facility.volumes) {
            change(&mut table, id, name, volume, |value| any(value.as_ref().map(decimal)));
        }
    }
    for ix in scenario.section_ixs() {
        let section = scenario.section(ix);
        let id = scenario.place_id(Place { facility: section.facility, section: Some(ix) });
        change(&mut table, &id, "seats", &section.seats, |value| any(*value));
        change(&mut table, &id, "min_residents", &section.min_residents, ToString::to_string);
    }
    table
}

fn change<T>(table: &mut Csv, id: &str, column: &str, values: &Dated<T>, cell: impl Fn(&T) -> String) {
    for (from, value) in &values.changes {
        table.row([id, &from.to_string(), column, &cell(value)]);
    }
}

fn residents(scenario: &Scenario) -> Csv {
    let columns =
        ["id", "name", "entry_year", "course", "course_wishes", "facility_wishes", "graduate_school_from"];
    let named = || scenario.residents.iter().filter(|resident| !resident.anonymous);
    let with_tags = named().any(|resident| !resident.tags.is_empty());
    let start = |resident: &Resident| scenario.calendar.start_of(resident.entry_year);
    let with_entry = named().any(|resident| resident.entry != start(resident));
    let more = with_tags.then_some("tags").into_iter().chain(with_entry.then_some("entry"));
    let mut table = Csv::new(columns.into_iter().chain(more));
    for resident in named() {
        let course = resident.course.map_or("", |course| &scenario.course(course).id);
        let courses = resident.course_wishes.iter().map(|&wish| scenario.course(wish).id.as_str());
        let facilities = resident.facility_wishes.iter().map(|&wish| scenario.facility(wish).id.as_str());
        let cells = [
            resident.id.as_str(),
            &resident.name,
            &resident.entry_year.to_string(),
            course,
            &courses.collect::<Vec<_>>().join(";"),
            &facilities.collect::<Vec<_>>().join(";"),
            &any(resident.graduate_school_from),
        ];
        let tags = resident.tags.join(";");
        let entry = with_entry.then(|| resident.entry.to_string());
        table.row(cells.into_iter().chain(with_tags.then_some(tags.as_str())).chain(entry.as_deref()));
    }
    table
}

fn stay_row(table: &mut Csv, scenario: &Scenario, resident: &Resident, stay: Stay, more: &[&str]) {
    let Stay { facility, span, section } = stay;
    let (start, months) = (span.start.to_string(), span.months.to_string());
    let cells = [&resident.id, &scenario.facility(facility).id, &start, &months].map(String::as_str);
    let section = section.map_or("", |section| scenario.section(section).id.as_str());
    let section = section_column(scenario).map(|_| section);
    table.row(cells.into_iter().chain(more.iter().copied()).chain(section));
}

/// The last column of tables that say where somebody is, in a scenario with sections.
fn section_column(scenario: &Scenario) -> Option<&'static str> {
    (!scenario.sections.is_empty()).then_some("section")
}

fn history(scenario: &Scenario) -> Csv {
    let columns = ["resident", "facility", "start", "months"];
    let mut table = Csv::new(columns.into_iter().chain(section_column(scenario)));
    for resident in &scenario.residents {
        resident.history.iter().for_each(|&stay| stay_row(&mut table, scenario, resident, stay, &[]));
    }
    table
}

fn locks(scenario: &Scenario) -> Csv {
    let columns = ["resident", "facility", "start", "months", "kind"];
    let mut table = Csv::new(columns.into_iter().chain(section_column(scenario)));
    for resident in &scenario.residents {
        for lock in &resident.locks {
            stay_row(&mut table, scenario, resident, lock.stay, &[lock.kind.id()]);
        }
    }
    table
}

fn leaves(scenario: &Scenario) -> Csv {
    let mut table = Csv::new(["resident", "kind", "start", "months", "hours_per_week", "hours"]);
    for resident in &scenario.residents {
        for leave in &resident.leaves {
            table.row([
                resident.id.as_str(),
                leave.kind.id(),
                &leave.span.start.to_string(),
                &leave.span.months.to_string(),
                &any(leave.hours_per_week.as_ref().map(decimal)),
                &any(leave.hours),
            ]);
        }
        if let Some(from) = resident.resigned_from {
            table.row([&resident.id, "resigned", &from.to_string(), "", "", ""]);
        }
    }
    table
}

/// A count of none says what no row says.
fn logged(scenario: &Scenario) -> Csv {
    let mut table = Csv::new(["resident", "case", "count"]);
    for resident in &scenario.residents {
        for (item, count) in scenario.cases.iter().zip(&resident.logged).filter(|(_, count)| **count > 0) {
            table.row([resident.id.as_str(), &item.id, &count.to_string()]);
        }
    }
    table
}

fn records(scenario: &Scenario) -> Csv {
    let mut table = Csv::new(["resident", "kind", "date", "count"]);
    for resident in &scenario.residents {
        for record in &resident.records {
            let kind = scenario.record_kind(record.kind).id.as_str();
            table.row([&resident.id, kind, &record.month.to_string(), &record.count.to_string()]);
        }
    }
    table
}

fn decimal(value: &Decimal) -> String {
    value.normalize().to_string()
}
