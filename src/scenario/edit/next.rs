//! The coming year as an edit of the tables: what was planned for the first decided year has happened.
//!
//! Placements of that year become rows of `history.csv`, whoever entered in it gets a row, whoever has finished or
//! left leaves all tables, courses that were given are fixed, locks of the past go, and `first_year` is one more.
//! Everything else stays as the user wrote it: comments, notes, columns of one's own, leaves, dated changes, and
//! what was logged, since only the director knows which of the planned cases were done.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::sheet::Sheet;
use super::{Desk, HISTORY, LEAVES, LOCKS, LOGGED_CASES, POINTS, RECORDS, RESIDENTS};
use crate::calendar::{Month, Span};
use crate::diagnostic::{Findings, Place};
use crate::language::Message;
use crate::scenario::{
    CaseIx, CourseIx, Resident, ResidentIx, Scenario, Service, Sources, Stay, bounds, call, code,
};
use crate::tables::value::{Names, month, normal, whole};

/// The first decided year as it was planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passed {
    /// Where everybody was, month for month, in order of time.
    pub stays: Vec<(ResidentIx, Stay)>,
    pub courses: BTreeMap<ResidentIx, CourseIx>,
    /// Cases of the year that are taken for done; `None`: only what is logged is.
    pub cases: Option<BTreeMap<(ResidentIx, CaseIx), u32>>,
}

/// What became of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub sources: Sources,
    /// The new first year.
    pub year: i32,
    /// Ids of those who finished, and of those who had left the program.
    pub finished: Vec<String>,
    pub left: Vec<String>,
    /// Ids of those who entered in the year that has passed.
    pub entered: Vec<String>,
    /// Whether planned cases were taken for done.
    pub cases_planned: bool,
    /// Rows added to the history.
    pub history_rows: usize,
    /// Ids of those whose course is fixed now.
    pub courses_fixed: Vec<String>,
    /// Locks that lay in the past, wholly or in part.
    pub locks_gone: usize,
    pub locks_cut: usize,
    /// Courses that were kept for people who are gone.
    pub courses_gone: Vec<String>,
    /// The year whose intake is to be filled in: 0 stands there.
    pub intake_asked: i32,
    /// The month that `changed_from` had, which lies in the past.
    pub changed_from: Option<Month>,
}

/// The tables of the coming year. `ask` is the comment beside the intake that is to be filled in, `plan` the file
/// of the plan as the user knows it.
///
/// # Errors
/// Months of the year in which the plan has somebody nowhere, or at two places.
pub fn next(
    sources: &Sources,
    scenario: &Scenario,
    passed: &Passed,
    ask: &str,
    plan: &str,
) -> Result<Turn, Findings> {
    let year = scenario.first_year.saturating_add(1);
    let mut desk = Desk { sources: sources.clone(), program: None, findings: Findings::default() };
    refuse_holes(scenario, passed, plan, &mut desk.findings);
    if desk.findings.has_errors() {
        return Err(desk.findings);
    }
    let people = People::of(scenario, scenario.calendar.start_of(year));
    let ids = |wanted: Fate| {
        let of = scenario.resident_ixs().filter(|resident| people.fate(*resident) == wanted);
        of.map(|resident| scenario.resident(resident).id.clone()).collect::<Vec<String>>()
    };
    let mut turn = Turn {
        sources: Sources::default(),
        year,
        finished: ids(Fate::Finished),
        left: ids(Fate::Left),
        entered: people.entered().map(|resident| scenario.resident(resident).id.clone()).collect(),
        cases_planned: passed.cases.is_some(),
        history_rows: 0,
        courses_fixed: Vec::new(),
        locks_gone: 0,
        locks_cut: 0,
        courses_gone: Vec::new(),
        intake_asked: last_intake(scenario).saturating_add(1),
        changed_from: scenario.rules.changed_from.filter(|from| *from < people.start),
    };
    for name in [HISTORY, LOCKS, LEAVES, LOGGED_CASES, POINTS, RECORDS] {
        desk.in_table(name, |sheet| people.keep_rows(sheet, "resident"));
    }
    turn.history_rows = desk
        .in_table_or(HISTORY, "resident,facility,start,months\n", |sheet| history(sheet, &people, passed));
    if let Some(cases) = &passed.cases {
        desk.in_table_or(LOGGED_CASES, "resident,case,count\n", |sheet| log(sheet, &people, cases));
    }
    (turn.locks_gone, turn.locks_cut) = desk.in_table(LOCKS, |sheet| locks(sheet, people.start));
    turn.courses_fixed = desk.in_table_or(RESIDENTS, "id,entry_year\n", |sheet| {
        people.keep_rows(sheet, "id");
        residents(sheet, &people, passed)
    });
    desk.in_program(|program| turn.courses_gone = program_of(program, &people, &turn, ask));
    for course in turn.courses_gone.clone() {
        desk.in_table(RESIDENTS, |sheet| {
            super::tables::remove_wish(sheet, "course_wishes", &normal(&course))
        });
    }
    // Headings alone are no table.
    for name in [HISTORY, RESIDENTS, LOGGED_CASES] {
        let is_bare = |desk: &mut Desk| desk.in_table(name, |sheet| sheet.rows().is_empty());
        if !sources.files.contains_key(name) && is_bare(&mut desk) {
            desk.sources.files.remove(name);
        }
    }
    turn.sources = desk.close()?;
    Ok(turn)
}

/// The last year of whose intake the tables speak.
fn last_intake(scenario: &Scenario) -> i32 {
    scenario.intake.keys().copied().fold(scenario.last_intake_year(), i32::max)
}

/// Somebody who is nowhere in a month has no past that a year could begin with.
fn refuse_holes(scenario: &Scenario, passed: &Passed, plan: &str, findings: &mut Findings) {
    let year = scenario.calendar.span_of(scenario.first_year);
    let mut there: BTreeMap<(ResidentIx, Month), usize> = BTreeMap::new();
    for (resident, stay) in &passed.stays {
        stay.span.iter().for_each(|month| *there.entry((*resident, month)).or_default() += 1);
    }
    for resident in scenario.resident_ixs() {
        let service = whole_service(scenario, scenario.resident(resident));
        let due = year.intersection(service.span());
        let wrong = |is_wrong: &dyn Fn(usize, bool) -> bool| {
            let count = |month| there.get(&(resident, month)).copied().unwrap_or(0);
            year.iter()
                .find(|month| is_wrong(count(*month), due.contains(*month) && service.has_seat(*month)))
        };
        // A course may have months at no place.
        let given = passed.courses.get(&resident).copied().or(scenario.resident(resident).course);
        let may_be_free = match given {
            Some(course) => scenario.course(course).has_free_months(),
            None => scenario.courses.iter().any(|course| course.has_free_months()),
        };
        let found = [
            ("next-hole", wrong(&|count, has_seat| has_seat && count == 0 && !may_be_free)),
            ("next-twice", wrong(&|count, _| count > 1)),
            ("next-elsewhere", wrong(&|count, has_seat| !has_seat && count > 0)),
        ];
        for (key, month) in found {
            let Some(month) = month else { continue };
            let message = Message::new(key).text("resident", &scenario.resident(resident).id);
            let place = Place { file: plan.to_string(), ..Place::default() };
            findings.error(place, message.text("month", month));
        }
    }
}

/// The training of a resident, of one who is set aside too.
fn whole_service(scenario: &Scenario, resident: &Resident) -> Service {
    Service::of(scenario, &Resident { set_aside_from: None, ..resident.clone() })
}

/// What the coming year means for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    UnderWay,
    Entered,
    Finished,
    Left,
    ToCome,
}

/// The residents at the turn of the year, as tables call them.
struct People<'a> {
    scenario: &'a Scenario,
    start: Month,
    names: Names,
    fates: Vec<Fate>,
    /// Of those who are not gone.
    tags: BTreeSet<&'a str>,
}

impl<'a> People<'a> {
    fn of(scenario: &'a Scenario, start: Month) -> Self {
        let mut names = Names::default();
        for (position, resident) in scenario.residents.iter().enumerate() {
            names.insert(&resident.id, position);
            call(&mut names, resident);
        }
        let fate = |resident: &Resident| match () {
            () if resident.entry_year > scenario.first_year => Fate::ToCome,
            () if resident.resigned_from.is_some_and(|from| from <= start) => Fate::Left,
            () if whole_service(scenario, resident).span().end() <= start => Fate::Finished,
            () if resident.entry_year == scenario.first_year => Fate::Entered,
            () => Fate::UnderWay,
        };
        let fates: Vec<Fate> = scenario.residents.iter().map(fate).collect();
        let mut people = Self { scenario, start, names, fates, tags: BTreeSet::new() };
        let staying = scenario.resident_ixs().filter(|resident| !people.is_gone(*resident));
        people.tags =
            staying.flat_map(|resident| &scenario.resident(resident).tags).map(String::as_str).collect();
        people
    }

    fn fate(&self, resident: ResidentIx) -> Fate {
        self.fates.get(resident.0).copied().unwrap_or(Fate::ToCome)
    }

    fn is_gone(&self, resident: ResidentIx) -> bool {
        matches!(self.fate(resident), Fate::Finished | Fate::Left)
    }

    /// Those under way in the coming year.
    fn is_in_training(&self, resident: ResidentIx) -> bool {
        matches!(self.fate(resident), Fate::UnderWay | Fate::Entered)
    }

    fn entered(&self) -> impl Iterator<Item = ResidentIx> {
        self.scenario.resident_ixs().filter(|resident| self.fate(*resident) == Fate::Entered)
    }

    fn find(&self, text: &str) -> Option<ResidentIx> {
        self.names.find(text, code::UNKNOWN_RESIDENT).ok().map(ResidentIx)
    }

    /// Takes out the rows of those who are gone. Whoever had no row before and was called by a name that only
    /// the anonymous have is called by the id from now on.
    fn keep_rows(&self, sheet: &mut Sheet, column: &str) {
        let Some(column) = sheet.column(column) else { return };
        let named = |sheet: &Sheet, row: usize| self.find(sheet.cell(row, column));
        sheet.retain(|sheet, row| named(sheet, row).is_none_or(|resident| !self.is_gone(resident)));
        for row in sheet.rows() {
            let Some(resident) = named(sheet, row).map(|resident| self.scenario.resident(resident)) else {
                continue;
            };
            if resident.anonymous && resident.id != normal(sheet.cell(row, column)) {
                sheet.set(row, column, &resident.id);
            }
        }
    }
}

/// Adds where everybody who stays was in the year; how many rows that took.
fn history(sheet: &mut Sheet, people: &People<'_>, passed: &Passed) -> usize {
    let stays = passed.stays.iter().filter(|(resident, _)| people.is_in_training(*resident));
    let mut rows = 0;
    for (resident, Stay { facility, span, section }) in stays {
        let scenario = people.scenario;
        let mut cells = vec![
            ("resident", scenario.resident(*resident).id.clone()),
            ("facility", scenario.facility(*facility).id.clone()),
            ("start", span.start.to_string()),
            ("months", span.months.to_string()),
        ];
        cells.extend(section.map(|section| ("section", scenario.section(section).id.clone())));
        let cells: Vec<(String, String)> =
            cells.into_iter().map(|(column, cell)| (column.to_string(), cell)).collect();
        super::tables::add(sheet, &cells);
        rows += 1;
    }
    rows
}

/// Adds the cases of the year to what is logged of everybody who stays. An item has no fewer than its parts.
fn log(sheet: &mut Sheet, people: &People<'_>, cases: &BTreeMap<(ResidentIx, CaseIx), u32>) {
    let scenario = people.scenario;
    let [resident_column, case_column, count_column] =
        ["resident", "case", "count"].map(|column| sheet.column_or_new(column));
    for resident in scenario.resident_ixs().filter(|resident| people.is_in_training(*resident)) {
        let person = scenario.resident(resident);
        let now = |case: CaseIx| {
            let before = person.logged.get(case.0).copied().unwrap_or(0);
            before + cases.get(&(resident, case)).copied().unwrap_or(0)
        };
        for case in scenario.case_ixs() {
            let parts = scenario.case_ixs().filter(|part| scenario.case(*part).part_of == Some(case));
            let count = now(case).max(parts.map(now).sum());
            let item = scenario.case(case);
            let is_it = |sheet: &Sheet, row: usize| {
                let text = normal(sheet.cell(row, case_column));
                let is_case = text == item.id || text == normal(&item.name);
                is_case && people.find(sheet.cell(row, resident_column)) == Some(resident)
            };
            let row = sheet.rows().find(|row| is_it(sheet, *row));
            // Items of which nothing is planned stay as they are.
            if row.is_none() && count == 0 && !cases.keys().any(|(_, planned)| *planned == case) {
                continue;
            }
            let row = row.unwrap_or_else(|| sheet.push());
            if normal(sheet.cell(row, resident_column)).is_empty() {
                sheet.set(row, resident_column, &person.id);
                sheet.set(row, case_column, &item.id);
            }
            sheet.set(row, count_column, &count.to_string());
        }
    }
}

/// Takes rows out by file and line: those about whom nobody is left.
pub fn without_rows(sources: &Sources, rows: &[(String, usize)]) -> Result<Sources, Findings> {
    let mut desk = Desk { sources: sources.clone(), program: None, findings: Findings::default() };
    let files: BTreeSet<&String> = rows.iter().map(|(file, _)| file).collect();
    for file in files {
        let is_gone = |line: usize| rows.iter().any(|(of, gone)| of == file && *gone == line);
        desk.in_table(file, |sheet| sheet.retain(|sheet, row| !sheet.line(row).is_some_and(is_gone)));
    }
    desk.close()
}

/// Takes out the locks that have passed and cuts those that reach into the coming year: (gone, cut).
fn locks(sheet: &mut Sheet, start: Month) -> (usize, usize) {
    let columns = (sheet.column("start"), sheet.column("months"));
    let (Some(from), Some(months)) = columns else { return (0, 0) };
    let span = |sheet: &Sheet, row: usize| {
        let length = whole(sheet.cell(row, months), bounds::STAY_MONTHS).ok()?;
        Some(Span::new(month(sheet.cell(row, from)).ok()?, length))
    };
    let gone = sheet.retain(|sheet, row| span(sheet, row).is_none_or(|span| span.end() > start));
    let mut cut = 0;
    for row in sheet.rows() {
        let Some(span) = span(sheet, row).filter(|span| span.start < start) else { continue };
        sheet.set(row, from, &start.to_string());
        sheet.set(row, months, &Span::between(start, span.end()).months.to_string());
        cut += 1;
    }
    (gone, cut)
}

/// Fixes the courses of those under way, and gives whoever entered without a row one; whose course was open.
fn residents(sheet: &mut Sheet, people: &People<'_>, passed: &Passed) -> Vec<String> {
    let scenario = people.scenario;
    let mut fixed = Vec::new();
    let Some(id) = sheet.column("id") else { return fixed };
    for row in sheet.rows() {
        let Some(resident) = people.find(sheet.cell(row, id)) else { continue };
        let is_open = scenario.resident(resident).course.is_none() && people.is_in_training(resident);
        if let Some(course) = passed.courses.get(&resident).filter(|_| is_open) {
            let column = sheet.column_or_new("course");
            sheet.set(row, column, &scenario.course(*course).id);
            fixed.push(scenario.resident(resident).id.clone());
        }
    }
    for resident in people.entered().filter(|resident| scenario.resident(*resident).anonymous) {
        let person = scenario.resident(resident);
        let course = person.course.or(passed.courses.get(&resident).copied());
        let course = course.map_or("", |course| scenario.course(course).id.as_str());
        let cells =
            [("id", person.id.as_str()), ("entry_year", &person.entry_year.to_string()), ("course", course)];
        super::tables::add(sheet, &cells.map(|(column, cell)| (column.to_string(), cell.to_string())));
    }
    fixed
}

/// Changes `program.toml`; which courses are gone.
fn program_of(program: &mut Document, people: &People<'_>, turn: &Turn, ask: &str) -> Vec<String> {
    let path = |section: &str, key: &str| [section.to_string(), key.to_string()];
    program.set(&path("horizon", "first_year"), &turn.year.to_string());
    program.turn_intake(turn.year, turn.intake_asked, ask);
    if turn.changed_from.is_some() {
        program.remove("rules", "changed_from");
    }
    program.keep_courses_for(|name| match people.find(name) {
        _ if people.tags.contains(normal(name).as_str()) => Some(name.to_string()),
        Some(resident) if people.is_gone(resident) => None,
        Some(resident) => Some(match people.scenario.resident(resident) {
            person if person.anonymous => person.id.clone(),
            _ => name.to_string(),
        }),
        // A tag of nobody but those who are gone.
        None => None,
    })
}
