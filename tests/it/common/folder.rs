//! A scenario as the files it could have been read from.

use std::fmt::Write;
use std::path::Path;

use kenshu::internal::plan::Plan;
use kenshu::internal::scenario::{Scenario, Sources};

/// The tables. Anonymous residents get rows like the others: only their ids told them apart.
pub fn sources(scenario: &Scenario) -> Sources {
    let mut named = scenario.clone();
    named.unchecked_mut().residents.iter_mut().for_each(|resident| resident.anonymous = false);
    kenshu::internal::scenario::write(&named)
}

/// Writes the tables, and a base plan beside them as `placements.csv`.
pub fn write(folder: &Path, scenario: &Scenario, base: Option<&Plan>) -> std::io::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    for (name, bytes) in sources(scenario).files {
        std::fs::write(folder.join(name), bytes)?;
    }
    let Some(base) = base else { return Ok(()) };
    let mut rows = String::from("resident,course,facility,start,months\n");
    for row in &base.rows {
        let course = row.course.map_or("", |course| &scenario.course(course).id);
        let (resident, facility) = (scenario.resident(row.resident), scenario.facility(row.facility));
        let (start, months) = (row.span.start, row.span.months);
        let _ = writeln!(rows, "{},{course},{},{start},{months}", resident.id, facility.id);
    }
    std::fs::write(folder.join("placements.csv"), rows)
}
