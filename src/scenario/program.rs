//! `program.toml` as a whole, before the tables are known.
//!
//! A value that cannot be read is replaced by a harmless one after it has been reported, so that
//! the rest of the folder can be read and reported too; no scenario comes out of such a reading.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::calendar::AcademicCalendar;
use crate::diagnostic::{Findings, Place};
use crate::language::Message;
use crate::regulation::{Completion, Rules, TotalsSource};

use super::cases::Cases;
use super::model::{Course, CourseIx, Goal, Resident};
use super::rules::NamedVolume;
use super::selectors::Selectors;
use super::{bounds, cases, code, completion, courses, goals, rules};
use crate::tables::document::{self, Section};
use crate::tables::text::Text;
use crate::tables::value::{self, Names};

/// What `program.toml` says.
pub(crate) struct Program {
    pub id: String,
    pub name: String,
    /// `None`: not readable, and nothing may be concluded from it.
    pub training_months: Option<u32>,
    pub first_year: Option<i32>,
    pub calendar: AcademicCalendar,
    pub intake: Vec<Intake>,
    /// Every line of `[intake]` is in `intake`.
    pub intake_complete: bool,
    /// Weights of the courses of anonymous residents, by the courses' positions.
    pub course_mix: Vec<(CourseIx, u32)>,
    /// Without the cap's volumes, which are in `cap_volumes`.
    pub rules: Rules,
    pub cap_volumes: Vec<NamedVolume>,
    pub printed_totals: BTreeMap<String, Decimal>,
    /// Volumes that must be columns of `facilities.csv`: name and where it is named.
    pub volumes: Vec<(String, Place)>,
    pub courses: Vec<Course>,
    /// The names of every `who`.
    pub kept: Vec<courses::Kept>,
    pub course_names: Names,
    pub cases: Cases,
    /// `None`: the usual order.
    pub goals: Option<Vec<Goal>>,
    pub completion: Completion,
    /// Rules that no table can say.
    pub not_stated: Vec<String>,
    /// The places that patterns ask for.
    pub selectors: Selectors,
}

impl Program {
    /// Counted months of a resident's complete training; `None` where the program's are not readable.
    pub fn training_months_of(&self, resident: &Resident) -> Option<u32> {
        Some(courses::training_months_of(&self.courses, self.training_months?, resident))
    }
}

/// One line of `[intake]`.
pub(crate) struct Intake {
    pub year: i32,
    pub residents: u32,
    pub place: Place,
}

/// The name of printed totals that is no volume.
const SUPERVISORS: &str = "supervisors";

/// Reads the file. With broken TOML only that is reported, and what could be saved is returned.
pub(crate) fn read(text: &Text, findings: &mut Findings) -> Program {
    let errors_before = findings.errors();
    let document = document::parse(text, findings);
    let root = Section::root(text, &document);
    if findings.errors() > errors_before {
        // Keys that the parser lost would be reported as missing.
        return walk(&root, &mut Findings::default());
    }
    walk(&root, findings)
}

fn walk(root: &Section<'_>, findings: &mut Findings) -> Program {
    root.only(
        &[
            "program",
            "horizon",
            "intake",
            "course_mix",
            "course_intake",
            "rules",
            "printed_totals",
            "courses",
            "cases",
            "goals",
            "completion",
            "draws",
        ],
        findings,
    );
    let program = root.need("program", findings).and_then(|entry| entry.section(findings));
    let program = program.as_ref();
    if let Some(section) = program {
        let known = ["id", "name", "training_months", "year_starts_in_month", "not_stated"];
        section.only(&known, findings);
    }
    let id = program
        .and_then(|section| section.need("id", findings))
        .and_then(|entry| entry.id(findings))
        .unwrap_or_default();
    let name = program
        .and_then(|section| section.need("name", findings))
        .and_then(|entry| entry.string(findings))
        .unwrap_or_default();
    let training_months = program
        .and_then(|section| section.need("training_months", findings))
        .and_then(|entry| entry.whole(bounds::TRAINING_MONTHS, findings));
    let starts_in_month = program
        .and_then(|section| section.get("year_starts_in_month"))
        .and_then(|entry| entry.whole(bounds::MONTH_OF_YEAR, findings));
    let horizon = root.need("horizon", findings).and_then(|entry| entry.section(findings));
    let first_year = horizon.and_then(|section| {
        section.only(&["first_year"], findings);
        section.need("first_year", findings)?.year(findings)
    });
    let (rules, cap_volumes) = rules::read(root, findings);
    let not_stated = program.and_then(|section| section.get("not_stated"));
    let not_stated = not_stated.map(|entry| entry.strings(findings)).unwrap_or_default();
    let mut selectors = Selectors::default();
    let (mut courses, course_names, kept) =
        courses::read(root, training_months, &rules, &mut selectors, findings);
    courses::read_intake(root, &mut courses, &course_names, findings);
    let course_mix = course_mix(root, &course_names, findings);
    let (printed_totals, printed_volumes) = printed_totals(root, findings);
    if rules.intake_cap.as_ref().is_some_and(|cap| cap.totals == TotalsSource::Printed) {
        need_printed_totals(root, &printed_totals, &cap_volumes, findings);
    }
    let (intake, intake_complete) = intake(root, findings);
    let cases = cases::read(root, findings);
    let mut volumes = cases.columns.clone();
    volumes.extend(printed_volumes);
    volumes.extend(cap_volumes.iter().map(|volume| (volume.name.clone(), volume.place.clone())));
    Program {
        id,
        name,
        training_months,
        first_year,
        // Academic years start in April in Japan.
        calendar: AcademicCalendar { starts_in_month: starts_in_month.unwrap_or(4) },
        intake,
        intake_complete,
        course_mix,
        rules,
        cap_volumes,
        printed_totals,
        volumes,
        courses,
        kept,
        course_names,
        cases,
        goals: goals::read(root, findings),
        completion: completion::read(root, findings),
        not_stated,
        selectors,
    }
}

/// The lines of `[intake]`, and whether all of them could be read.
fn intake(root: &Section<'_>, findings: &mut Findings) -> (Vec<Intake>, bool) {
    let errors_before = findings.errors();
    let section = root.get("intake").and_then(|entry| entry.section(findings));
    let mut intake = Vec::new();
    for (key, place, entry) in section.iter().flat_map(Section::entries) {
        let residents = entry.whole(bounds::INTAKE, findings);
        match value::year(&key) {
            Ok(year) => intake.extend(residents.map(|residents| Intake { year, residents, place })),
            Err(message) => findings.error(place, message),
        }
    }
    (intake, findings.errors() == errors_before)
}

fn course_mix(root: &Section<'_>, courses: &Names, findings: &mut Findings) -> Vec<(CourseIx, u32)> {
    let Some(section) = root.get("course_mix").and_then(|entry| entry.section(findings)) else {
        return Vec::new();
    };
    let mut mix = Vec::new();
    let mut readable = true;
    for (name, place, entry) in section.entries() {
        let weight = entry.whole(bounds::COURSE_WEIGHTS, findings);
        readable &= weight.is_some();
        match courses.find(&name, code::UNKNOWN_COURSE) {
            Ok(course) => mix.extend(weight.map(|weight| (CourseIx(course), weight))),
            Err(Some(message)) => findings.error(place, message),
            Err(None) => {}
        }
    }
    if readable && mix.iter().all(|(_, weight)| *weight == 0) {
        findings.error(section.place(), Message::new(code::COURSE_MIX_EMPTY));
    }
    mix.sort();
    mix
}

/// The totals, and which of them are volumes.
fn printed_totals(
    root: &Section<'_>,
    findings: &mut Findings,
) -> (BTreeMap<String, Decimal>, Vec<(String, Place)>) {
    let section = root.get("printed_totals").and_then(|entry| entry.section(findings));
    let (mut totals, mut volumes) = (BTreeMap::new(), Vec::new());
    for (name, place, entry) in section.iter().flat_map(Section::entries) {
        let total = entry.decimal(bounds::VOLUME_MAX, findings);
        if name != SUPERVISORS {
            volumes.push((name.clone(), place));
        }
        totals.insert(name, total.unwrap_or_default());
    }
    (totals, volumes)
}

/// A cap that rests on printed totals needs one for everything it divides.
fn need_printed_totals(
    root: &Section<'_>,
    totals: &BTreeMap<String, Decimal>,
    cap_volumes: &[NamedVolume],
    findings: &mut Findings,
) {
    let cap = root.get("rules").and_then(|entry| entry.section(&mut Findings::default()));
    let cap_place = cap.and_then(|rules| rules.get("intake_cap")).map(|entry| entry.place());
    let supervisors = (SUPERVISORS, cap_place.unwrap_or_default());
    let volumes = cap_volumes.iter().map(|volume| (volume.name.as_str(), volume.place.clone()));
    for (name, place) in std::iter::once(supervisors).chain(volumes) {
        if !totals.contains_key(name) {
            findings.error(place, Message::new(code::PRINTED_TOTAL_MISSING).text("name", name));
        }
    }
}
