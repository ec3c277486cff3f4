//! The tables beside `program.toml`.

use rust_decimal::Decimal;

use super::super::files::{FACILITIES, FACILITY_CHANGES, HISTORY, LEAVES, LOCKS, LOGGED_CASES, RESIDENTS};
use super::super::model::{Dated, Resident, Scenario, Stay};
use super::csv::{Csv, any};

/// `facilities.csv`, and every other table that has rows.
pub(super) fn all(scenario: &Scenario) -> Vec<(&'static str, Csv)> {
    let others = [
        (FACILITY_CHANGES, changes(scenario)),
        (RESIDENTS, residents(scenario)),
        (HISTORY, history(scenario)),
        (LOCKS, locks(scenario)),
        (LEAVES, leaves(scenario)),
        (LOGGED_CASES, logged(scenario)),
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
    let mut table = Csv::new(fixed.into_iter().chain(scenario.volumes.iter().map(String::as_str)));
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
        table.row(cells.into_iter().chain(volumes.iter().map(String::as_str)));
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
    let mut table = Csv::new(columns.into_iter().chain(with_tags.then_some("tags")));
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
        table.row(cells.into_iter().chain(with_tags.then_some(tags.as_str())));
    }
    table
}

fn stay_row(table: &mut Csv, scenario: &Scenario, resident: &Resident, stay: Stay, more: &[&str]) {
    let Stay { facility, span, .. } = stay;
    let (start, months) = (span.start.to_string(), span.months.to_string());
    let cells = [&resident.id, &scenario.facility(facility).id, &start, &months].map(String::as_str);
    table.row(cells.into_iter().chain(more.iter().copied()));
}

fn history(scenario: &Scenario) -> Csv {
    let mut table = Csv::new(["resident", "facility", "start", "months"]);
    for resident in &scenario.residents {
        resident.history.iter().for_each(|&stay| stay_row(&mut table, scenario, resident, stay, &[]));
    }
    table
}

fn locks(scenario: &Scenario) -> Csv {
    let mut table = Csv::new(["resident", "facility", "start", "months", "kind"]);
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

fn decimal(value: &Decimal) -> String {
    value.normalize().to_string()
}
