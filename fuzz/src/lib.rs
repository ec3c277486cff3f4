//! What every fuzz target asserts: a reader never panics, and what it accepts is written and read back as the same.
//!
//! An input of tables is one or more files that stand in for those of a small program: a line with the name of a file,
//! then its bytes; `\x1e` between two files. What an input leaves out stays as it is in `program/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kenshu::internal::calendar::Month;
use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::plan::Plan;
use kenshu::internal::plan::careers::careers;
use kenshu::internal::plan::claims::{self, Claims};
use kenshu::internal::scenario::edit::{Edit, Known, apply};
use kenshu::internal::scenario::{
    CourseIx, Model, Place, ResidentIx, Scenario, Sources, grids, is_table, read, write,
};
use kenshu::internal::tables::workbook;
use serde_json::json;

/// Between two files of an input.
pub const SEPARATOR: u8 = 0x1e;

/// The files of the small program, by name.
pub const FILES: [(&str, &[u8]); 15] = [
    ("program.toml", include_bytes!("../program/program.toml")),
    ("facilities.csv", include_bytes!("../program/facilities.csv")),
    ("sections.csv", include_bytes!("../program/sections.csv")),
    ("facility_changes.csv", include_bytes!("../program/facility_changes.csv")),
    ("residents.csv", include_bytes!("../program/residents.csv")),
    ("history.csv", include_bytes!("../program/history.csv")),
    ("locks.csv", include_bytes!("../program/locks.csv")),
    ("leaves.csv", include_bytes!("../program/leaves.csv")),
    ("logged_cases.csv", include_bytes!("../program/logged_cases.csv")),
    ("requirements.csv", include_bytes!("../program/requirements.csv")),
    ("stays.csv", include_bytes!("../program/stays.csv")),
    ("order.csv", include_bytes!("../program/order.csv")),
    ("staffing.csv", include_bytes!("../program/staffing.csv")),
    ("points.csv", include_bytes!("../program/points.csv")),
    ("placements.csv", include_bytes!("../program/placements.csv")),
];

static SMALL: LazyLock<Scenario> = LazyLock::new(|| {
    let (scenario, findings) = read(&small());
    scenario.unwrap_or_else(|| panic!("the small program: {:?}", findings.list))
});
static CATALOGUES: LazyLock<[Catalogue; 2]> =
    LazyLock::new(|| [Language::Ja, Language::En].map(Catalogue::new));

/// The small program itself.
pub fn small() -> Sources {
    let files = FILES.iter().filter(|(name, _)| is_table(name));
    let files = files.map(|(name, bytes)| (name.to_string(), bytes.to_vec())).collect();
    Sources { files, ..Sources::default() }
}

fn sources(input: &[u8]) -> Sources {
    let mut sources = small();
    for part in input.split(|byte| *byte == SEPARATOR) {
        let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let Ok(name) = std::str::from_utf8(&part[..end]) else { continue };
        if is_table(name) {
            sources.files.insert(name.to_string(), part.get(end + 1..).unwrap_or_default().to_vec());
        }
    }
    sources
}

/// The model alone: the hash is that of the files.
fn model(scenario: &Scenario) -> Model {
    Model { hash: String::new(), ..Model::clone(scenario) }
}

/// A scenario written as tables is the same scenario, and written again the same bytes.
fn hold(scenario: &Scenario) {
    let written = write(scenario);
    let (again, findings) = read(&written);
    let again = again.unwrap_or_else(|| panic!("written, and not read: {:?}", findings.list));
    assert_eq!(model(&again), model(scenario));
    assert_eq!(write(&again), written, "not the same bytes");
}

/// Tables of CSV.
pub fn tables(input: &[u8]) {
    if let (Some(scenario), _) = read(&sources(input)) {
        hold(&scenario);
    }
}

/// `program.toml` alone.
pub fn program(input: &[u8]) {
    let mut sources = small();
    sources.files.insert("program.toml".into(), input.to_vec());
    if let (Some(scenario), _) = read(&sources) {
        hold(&scenario);
    }
}

/// The small program as a workbook.
pub fn book() -> Vec<u8> {
    let catalogue = &CATALOGUES[0];
    workbook::write(&grids(&small(), &SMALL, catalogue), catalogue).expect("a workbook")
}

/// The bytes of a workbook.
pub fn workbook(input: &[u8]) {
    let (Some(book), findings) = workbook::read("book.xlsx", input) else { return };
    if findings.has_errors() {
        return;
    }
    let sources = Sources { files: book.files, ..Sources::default() };
    if let (Some(scenario), mut findings) = read(&sources) {
        book.places.relocate(&mut findings);
        hold(&scenario);
        as_workbook(&sources, &scenario);
    }
}

/// Tables of CSV, sent through a workbook.
pub fn converted(input: &[u8]) {
    let sources = sources(input);
    if let (Some(scenario), _) = read(&sources) {
        as_workbook(&sources, &scenario);
    }
}

fn as_workbook(sources: &Sources, scenario: &Scenario) {
    for catalogue in &*CATALOGUES {
        let bytes = workbook::write(&grids(sources, scenario, catalogue), catalogue).expect("a workbook");
        let (book, findings) = workbook::read("book.xlsx", &bytes);
        let book = book.filter(|_| !findings.has_errors());
        let files = book.unwrap_or_else(|| panic!("written, and not read: {:?}", findings.list)).files;
        let (again, findings) = read(&Sources { files, ..Sources::default() });
        let again = again.unwrap_or_else(|| panic!("read, and no scenario: {:?}", findings.list));
        assert_eq!(model(&again), model(scenario));
    }
}

/// Who is where, month by month, as far as a plan decides it.
type Whereabouts = BTreeMap<(ResidentIx, Month), (Place, Option<CourseIx>)>;

fn whereabouts(scenario: &Scenario, plan: &Plan) -> Option<Whereabouts> {
    let mut known = Whereabouts::new();
    for row in &plan.rows {
        let service = scenario.service(row.resident);
        let span = row.span.intersection(scenario.decided(row.resident));
        for month in span.iter().filter(|month| service.has_seat(*month)) {
            let place = Place { facility: row.facility, section: row.section };
            // Nobody is at two places: such a plan is for the judge, not for a table of careers.
            if known.insert((row.resident, month), (place, row.course)).is_some() {
                return None;
            }
        }
    }
    Some(known)
}

/// `placements.csv` of the small program.
pub fn placements(input: &[u8]) {
    let scenario = &*SMALL;
    let Some(plan) = kenshu::internal::plan::read("placements.csv", input, scenario).0 else { return };
    let Some(known) = whereabouts(scenario, &plan) else { return };
    for catalogue in &*CATALOGUES {
        let written =
            kenshu::internal::output::placements::csv(scenario, &careers(scenario, &plan), catalogue);
        let (again, findings) = kenshu::internal::plan::read("placements.csv", &written, scenario);
        let again = again.unwrap_or_else(|| panic!("written, and not read: {:?}", findings.list));
        assert_eq!(whereabouts(scenario, &again), Some(known.clone()));
    }
}

/// `plan.json`.
pub fn claims(input: &[u8]) {
    let Ok(claims) = claims::read(input) else { return };
    let again = claims::read(wire(&claims).to_string().as_bytes()).expect("what was read is written");
    assert_eq!(again, claims);
}

fn wire(claims: &Claims) -> serde_json::Value {
    let goals = claims.goals.iter().map(|goal| {
        json!({
            "goal": goal.goal, "measure": goal.measure, "value": goal.value, "bound": goal.bound,
            "proof": goal.proof,
        })
    });
    let quotas = claims.quotas.iter().map(|quota| {
        json!({
            "resident": quota.resident, "case": quota.case, "academic_year": quota.academic_year,
            "facility": quota.facility, "planned": quota.planned,
        })
    });
    let frozen = claims.frozen.iter().map(|of| {
        json!({
            "resident": of.resident, "facility": of.facility, "start": of.start, "months": of.months,
        })
    });
    json!({
        "scenario_hash": claims.scenario_hash, "status": claims.status, "goals": goals.collect::<Vec<_>>(),
        "cases": quotas.collect::<Vec<_>>(), "certificate": claims.certificate,
        "frozen": frozen.collect::<Vec<_>>(),
    })
}

/// `KEY=VALUE` and `KEY=RANGE` as they are typed.
pub fn keys(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (key, values) = text.split_once('=').unwrap_or((text, ""));
    if let Ok(listed) = kenshu::internal::whatif::range::values(values) {
        // A list of what a range holds is the same range, as long as anybody would write it out.
        if listed.len() < 1_000 {
            assert_eq!(kenshu::internal::whatif::range::values(&listed.join(",")).ok(), Some(listed));
        }
    }
    let Ok(key) = Known::of(&SMALL).key(key) else { return };
    let Ok(edit) = Edit::of(key, values) else { return };
    let Ok(edited) = apply(&small(), std::slice::from_ref(&edit)) else { return };
    assert_eq!(apply(&small(), &[edit]).ok(), Some(edited.clone()), "not the same twice");
    if let (Some(scenario), _) = read(&edited) {
        hold(&scenario);
    }
}
