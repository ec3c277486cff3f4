//! A plan in a workbook: two sheets that say the same until somebody edits one of them.
//!
//! The *calendar* has a row a resident and a column a month, and its cells name hospitals; the sheet *placements* is
//! the table of that name. A hidden sheet remembers what was written ([`Written`]), so that a reader knows which of
//! the two was edited, and takes that one. Whoever edits both has to have said the same; whoever worked in another sheet is told that it
//! is not read (`aside`). The calendar is read as
//! the table it stands for, a row for each run of equal cells, and findings name its cells.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::aside::{digest, worked_in};
use super::cells::{Position, Sheet, Value, day, plain};
use super::csv::quoted;
use super::place::{Origin, TablePlaces, cell_name, shown};
use super::read::Book;
use super::sheet::{Located, locate};
use crate::calendar::Month;
use crate::diagnostic::{Findings, Place, Severity, code};
use crate::language::Message;
use crate::tables::catalogue::{Headings, PLACEMENTS};
use crate::tables::formula::harmless;
use crate::tables::value::{month, normal};

/// The sheet that remembers what was written.
const MEMORY: &str = "_kenshu";
/// Its first cell, and the words its rows begin with.
const KIND: &str = "plan";
const CALENDAR: &str = "calendar";
const TABLE: &str = "placements";
const ASIDE: &str = "sheet";
const SHORT: &str = "short";
const MARK: &str = "mark";

/// Columns of the table that carry the plan; edits of others are none.
const TELLING: [&str; 6] = ["resident", "course", "facility", "section", "start", "months"];

/// What was written of a plan, for whoever reads it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    calendar: (String, BTreeSet<String>),
    table: (String, BTreeSet<String>),
    /// Of all other sheets, what stood in them.
    aside: Vec<(String, String)>,
    shorts: Vec<(String, String)>,
    marks: Vec<String>,
}

impl Written {
    /// Names the sheet of the calendar.
    pub fn calendar(&mut self, sheet: &str) {
        self.calendar.0 = sheet.to_string();
    }

    /// A cell of the calendar.
    pub fn month(&mut self, resident: &str, course: &str, month: Month, short: &str) {
        self.calendar.1.insert(state_of_month(resident, course, month, short));
    }

    /// Names the sheet of the table.
    pub fn table(&mut self, sheet: &str) {
        self.table.0 = sheet.to_string();
    }

    /// A row of the table, by column and cell.
    pub fn row<'a>(&mut self, cells: impl Iterator<Item = (&'a str, &'a str)>) {
        let cells: BTreeMap<&str, &str> = cells.collect();
        self.table.1.insert(state_of_row(|column| cells.get(column).copied().unwrap_or_default()));
    }

    /// Takes what another one remembers of the table.
    pub fn with_table_of(&mut self, other: Self) {
        self.table = other.table;
    }

    /// A sheet that is not read again, and the digest of what stands in it.
    pub fn aside(&mut self, sheet: &str, digest: String) {
        self.aside.push((sheet.to_string(), digest));
    }

    /// What a short name in the calendar stands for.
    pub fn short(&mut self, short: &str, facility: &str) {
        self.shorts.push((short.to_string(), facility.to_string()));
    }

    /// A text in the calendar that is no hospital.
    pub fn mark(&mut self, text: &str) {
        self.marks.push(text.to_string());
    }

    /// Writes the hidden sheet.
    ///
    /// # Errors
    /// What the library says.
    pub fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(MEMORY)?;
        sheet.set_hidden(true);
        let mut rows = vec![
            [KIND.to_string(), "1".to_string(), String::new()],
            [CALENDAR.to_string(), self.calendar.0.clone(), digest(&self.calendar.1)],
            [TABLE.to_string(), self.table.0.clone(), digest(&self.table.1)],
        ];
        let aside = self.aside.iter();
        rows.extend(aside.map(|(sheet, digest)| [ASIDE.to_string(), sheet.clone(), digest.clone()]));
        let shorts = self.shorts.iter();
        rows.extend(shorts.map(|(short, facility)| [SHORT.to_string(), short.clone(), facility.clone()]));
        rows.extend(self.marks.iter().map(|mark| [MARK.to_string(), mark.clone(), String::new()]));
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell)?;
            }
        }
        Ok(())
    }
}

fn state_of_month(resident: &str, course: &str, month: Month, short: &str) -> String {
    format!("{}\t{}\t{month}\t{}", normal(resident), normal(course), normal(short))
}

fn state_of_row<'a>(cell: impl Fn(&str) -> &'a str) -> String {
    TELLING.map(|column| normal(cell(column))).join("\t")
}

/// The hidden sheet as it is read.
#[derive(Default)]
struct Memory {
    calendar: (String, String),
    table: (String, String),
    /// Digests of the other sheets; nothing in a workbook of a version that did not remember them.
    aside: BTreeMap<String, String>,
    shorts: BTreeMap<String, String>,
    marks: BTreeSet<String>,
}

impl Memory {
    fn read(sheets: &[Sheet]) -> Option<Self> {
        let sheet = sheets.iter().find(|sheet| sheet.name == MEMORY)?;
        let cell = |row: u32, column: u32| sheet.cells.get(&(row, column)).map(said).unwrap_or_default();
        if cell(0, 0) != KIND {
            return None;
        }
        let mut memory = Self::default();
        let rows: BTreeSet<u32> = sheet.cells.keys().map(|(row, _)| *row).collect();
        for row in rows {
            let (first, second) = (cell(row, 1), cell(row, 2));
            match cell(row, 0).as_str() {
                CALENDAR => memory.calendar = (first, second),
                TABLE => memory.table = (first, second),
                ASIDE => _ = memory.aside.insert(first, second),
                SHORT => _ = memory.shorts.insert(folded(&first), second),
                MARK => _ = memory.marks.insert(folded(&first)),
                _ => {}
            }
        }
        Some(memory)
    }
}

/// Short names are found however they are typed.
fn folded(text: &str) -> String {
    normal(text).to_lowercase()
}

pub(super) fn said(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => plain(*number),
        Value::Date(date) => day(date),
        Value::Error(error) => error.clone(),
        Value::NotCalculated => String::new(),
    }
}

/// The plan of a workbook that remembers one; all its other sheets are for people.
pub(super) fn book(file: &str, sheets: &[Sheet], findings: &mut Findings) -> Option<Book> {
    let memory = Memory::read(sheets)?;
    let called = |name: &str| sheets.iter().find(|sheet| sheet.name == name);
    let table =
        called(&memory.table.0).or_else(|| sheets.iter().find(|sheet| PLACEMENTS.is_called(&sheet.name)));
    let table = table.and_then(|sheet| locate(sheet, &PLACEMENTS, file, findings));
    let calendar =
        called(&memory.calendar.0).and_then(|sheet| Calendar::read(sheet, &memory, file, findings));
    let read = table.iter().map(|table| table.sheet.as_str());
    let read = read.chain(calendar.iter().map(|calendar| calendar.sheet.as_str())).collect();
    tell_worked_in(&worked_in(sheets, &memory.aside, &read), &memory, file, findings);
    let mut book = Book::default();
    book.places.file = file.to_string();
    let is_edited = |lines: &BTreeSet<String>, remembered: &str| digest(lines) != remembered;
    let calendar_edited = calendar.as_ref().is_some_and(|one| is_edited(&one.state, &memory.calendar.1));
    let table_edited = table.as_ref().is_some_and(|one| is_edited(&rows_of(one), &memory.table.1));
    let remark = |key, sheet: &str| Message::new(key).text("sheet", sheet);
    let whole = || Place { file: file.to_string(), ..Place::default() };
    match (calendar, table) {
        (Some(calendar), Some(table)) if calendar_edited && table_edited => {
            if calendar.whereabouts() == whereabouts(&table) {
                put_table(&mut book, &table);
            } else {
                let message = remark("plan-edited-twice", &calendar.sheet).text("other", &table.sheet);
                findings.error(whole(), message);
            }
        }
        (Some(calendar), table) if calendar_edited || table.is_none() => {
            findings.push(Severity::Note, whole(), remark("plan-read-calendar", &calendar.sheet));
            calendar.put(&mut book);
        }
        (_, Some(table)) => {
            if table_edited {
                findings.push(Severity::Note, whole(), remark("plan-read-placements", &table.sheet));
            }
            put_table(&mut book, &table);
        }
        (_, None) => {
            let sheet = Message::new(PLACEMENTS.key);
            findings.error(whole(), Message::new(code::SHEET_MISSING).message("sheet", sheet));
        }
    }
    Some(book)
}

/// Whoever worked in a sheet that is not read has to know.
fn tell_worked_in(worked_in: &[&str], memory: &Memory, file: &str, findings: &mut Findings) {
    if worked_in.is_empty() {
        return;
    }
    let place = Place { file: file.to_string(), ..Place::default() };
    let message = Message::new("plan-sheets-unread").text("sheets", worked_in.join(", "));
    let message = message.text("calendar", &memory.calendar.0).text("placements", &memory.table.0);
    findings.push(Severity::Warning, place, message);
}

fn put_table(book: &mut Book, table: &Located) {
    let (text, rows) = super::csv::file(table);
    book.files.insert(PLACEMENTS.file.to_string(), text.into_bytes());
    let places = TablePlaces { sheet: table.sheet.clone(), rows, origins: Vec::new() };
    book.places.tables.insert(PLACEMENTS.file, places);
}

fn rows_of(table: &Located) -> BTreeSet<String> {
    table.rows.iter().map(|row| state_of_row(|column| table.cell(row, column))).collect()
}

/// Who is where in which month, as far as it can be read.
type Whereabouts = BTreeSet<(String, Month, String)>;

fn whereabouts(table: &Located) -> Whereabouts {
    let mut all = Whereabouts::new();
    for row in &table.rows {
        let cell = |column| table.cell(row, column);
        let (Ok(start), Ok(months)) = (month(cell("start")), cell("months").parse::<u32>()) else { continue };
        for at in (0..months.min(1200)).map(|number| start.plus(number)) {
            all.insert((normal(cell("resident")), at, place(cell("facility"), cell("section"))));
        }
    }
    all
}

/// A hospital with its section, as one name.
fn place(facility: &str, section: &str) -> String {
    let (facility, section) = (normal(facility), normal(section));
    if section.is_empty() { facility } else { format!("{facility}/{section}") }
}

/// A run of equal cells.
struct Run {
    resident: String,
    course: String,
    /// What the cells stand for: a facility, or a section of one.
    place: String,
    start: Month,
    months: u32,
    row: u32,
    /// Column and text of the first cell, and of the resident.
    first: (u32, String),
    id: (u32, String),
}

/// The calendar as it is read.
struct Calendar {
    sheet: String,
    runs: Vec<Run>,
    state: BTreeSet<String>,
}

impl Calendar {
    /// The row with the most months has the headings. `None` where there is no such row.
    fn read(sheet: &Sheet, memory: &Memory, file: &str, findings: &mut Findings) -> Option<Self> {
        let mut rows: BTreeMap<u32, BTreeMap<u32, &Value>> = BTreeMap::new();
        for ((row, column), value) in &sheet.cells {
            rows.entry(*row).or_default().insert(*column, value);
        }
        let months_of = |row: &BTreeMap<u32, &Value>| {
            let months = row.iter().filter_map(|(column, value)| Some((*column, heading_month(value)?)));
            months.collect::<BTreeMap<u32, Month>>()
        };
        let most = rows.values().map(|row| months_of(row).len()).max().filter(|most| *most > 0)?;
        let (header, headings) = rows.iter().find(|(_, row)| months_of(row).len() == most)?;
        let months = months_of(headings);
        let known = Headings::of(&PLACEMENTS);
        let column = |id: &str| {
            headings.iter().find(|(_, value)| known.find(&said(value)).is_some_and(|known| known.id == id))
        };
        let id = *column("resident")?.0;
        let course = column("course").map(|(column, _)| *column);
        let mut calendar = Self { sheet: sheet.name.clone(), runs: Vec::new(), state: BTreeSet::new() };
        let spread = spread(sheet, *header);
        for (row, cells) in rows.range(header + 1..) {
            let resident = cells.get(&id).map(|value| said(value)).unwrap_or_default();
            if normal(&resident).is_empty() {
                continue;
            }
            let course =
                course.and_then(|course| cells.get(&course)).map(|value| said(value)).unwrap_or_default();
            for (column, month) in &months {
                let value =
                    cells.get(column).copied().or_else(|| sheet.cells.get(spread.get(&(*row, *column))?));
                let Some(value) = value else { continue };
                if let Some(message) = unreadable(value) {
                    let cell = cell_name(*column, *row as usize + 1);
                    let line = Some(*row as usize + 1);
                    let file = shown(file, &sheet.name);
                    findings.error(Place { file, line, cell: Some(cell), ..Place::default() }, message);
                    continue;
                }
                let text = said(value);
                let short = folded(&text);
                if short.is_empty() || memory.marks.contains(&short) {
                    continue;
                }
                calendar.state.insert(state_of_month(&resident, &course, *month, &text));
                let place = memory.shorts.get(&short).cloned().unwrap_or_else(|| text.clone());
                calendar.push(Run {
                    resident: resident.clone(),
                    course: course.clone(),
                    place,
                    start: *month,
                    months: 1,
                    row: *row,
                    first: (*column, text),
                    id: (id, resident.clone()),
                });
            }
        }
        Some(calendar)
    }

    /// Adds a month, to the run before it where it continues that.
    fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last)
                if (last.row, &last.place) == (run.row, &run.place)
                    && last.start.plus(last.months) == run.start =>
            {
                last.months += 1;
            }
            _ => self.runs.push(run),
        }
    }

    fn whereabouts(&self) -> Whereabouts {
        let months = self.runs.iter().flat_map(|run| {
            let months = (0..run.months).map(|number| run.start.plus(number));
            months.map(|month| (normal(&run.resident), month, normal(&run.place)))
        });
        months.collect()
    }

    /// The table that the calendar stands for.
    fn put(&self, book: &mut Book) {
        let with_sections = self.runs.iter().any(|run| run.place.contains('/'));
        let mut text = String::from("resident,course,facility,start,months");
        text.push_str(if with_sections { ",section\n" } else { "\n" });
        let (mut rows, mut origins) = (vec![1], vec![None]);
        for run in &self.runs {
            let (facility, section) = run.place.split_once('/').unwrap_or((&run.place, ""));
            let mut cells = vec![
                run.resident.clone(),
                run.course.clone(),
                facility.to_string(),
                run.start.to_string(),
                run.months.to_string(),
            ];
            cells.extend(with_sections.then(|| section.to_string()));
            let cells: Vec<String> =
                cells.iter().map(|cell| quoted(&harmless(&cell.replace('\n', " ")))).collect();
            text.push_str(&(cells.join(",") + "\n"));
            let row = run.row as usize + 1;
            rows.push(row);
            let origin = Origin {
                sheet: self.sheet.clone(),
                row,
                cells: vec![
                    ("facility".to_string(), run.first.0, run.first.1.clone()),
                    ("resident".to_string(), run.id.0, run.id.1.clone()),
                ],
            };
            origins.push(Some(origin));
        }
        book.files.insert(PLACEMENTS.file.to_string(), text.into_bytes());
        book.places.tables.insert(PLACEMENTS.file, TablePlaces { sheet: self.sheet.clone(), rows, origins });
    }
}

/// A heading that is a month; a number alone is none, though a table would take one for a day.
fn heading_month(value: &Value) -> Option<Month> {
    match value {
        Value::Text(text) => month(text).ok(),
        Value::Date(date) => month(&day(date)).ok(),
        _ => None,
    }
}

fn unreadable(value: &Value) -> Option<Message> {
    match value {
        Value::Error(error) => Some(Message::new(code::CELL_ERROR).text("text", error)),
        Value::NotCalculated => Some(Message::new(code::CELL_NOT_CALCULATED)),
        _ => None,
    }
}

/// Merged cells of one row hold the value of the first of them: cell by cell, which that is.
fn spread(sheet: &Sheet, header: u32) -> BTreeMap<Position, Position> {
    let of_one_row = sheet.merged.iter().filter(|(first, last)| first.0 == last.0 && first.0 > header);
    /// Cells merged in a row that are looked at; a plan has fewer months.
    const COLUMNS_MAX: u32 = 1200;
    let cells = of_one_row.flat_map(|(first, last)| {
        let columns = first.1..=last.1.min(first.1 + COLUMNS_MAX);
        columns.map(|column| ((first.0, column), *first))
    });
    cells.collect()
}
