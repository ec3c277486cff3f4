//! A scenario's files as tables of cells: what a workbook is written from.
//!
//! Nothing of the files is lost on the way: columns of the user's own, sources and notes stay columns, comments of
//! `program.toml` become notes, and what has no sheet of its own stands in one for other settings. Words and months
//! are written as files have them, whatever way they were typed.

use std::collections::BTreeMap;

use toml_edit::{Array, DocumentMut, Item, Key, Table, TableLike, Value};

use super::comments::{after_last, all, beside, head_comments, inside, join, missing, note, note_outside};
use super::model::Scenario;
use super::{PROGRAM, Sources};
use crate::diagnostic::Findings;
use crate::language::Catalogue;
use crate::regulation::{self, Kind as Of, Parameter};
use crate::tables::catalogue::{self, Headings, Kind, TABLES, TableSpec, word_of};
use crate::tables::formula::harmless;
use crate::tables::records::records;
use crate::tables::text::Text;
use crate::tables::value::{month, normal};
use crate::tables::workbook::{Grid, Heading, as_setting, quoted};

/// All tables, those without rows too, in the order in which people fill them in.
pub fn grids(sources: &Sources, scenario: &Scenario, catalogue: &Catalogue) -> Vec<Grid> {
    let empty = Vec::new();
    let bytes = |name: &str| sources.files.get(name).unwrap_or(&empty);
    let text = Text::decode(PROGRAM, bytes(PROGRAM), &mut Findings::default());
    let content = text.map(|text| text.content).unwrap_or_default();
    let document = content.parse::<DocumentMut>().unwrap_or_default();
    let mut grids = program(&document, catalogue);
    unplaced(&content, &mut grids);
    for spec in TABLES {
        grids.push(csv(spec, bytes(spec.file), &scenario.volumes));
    }
    let order = [
        &catalogue::PROGRAM,
        &catalogue::INTAKE,
        &catalogue::FACILITIES,
        &catalogue::COURSES,
        &catalogue::COURSE_MIX,
        &catalogue::RESIDENTS,
        &catalogue::HISTORY,
        &catalogue::LEAVES,
        &catalogue::LOCKS,
    ];
    let rank =
        |grid: &Grid| order.iter().position(|spec| std::ptr::eq(*spec, grid.spec)).unwrap_or(order.len());
    grids.sort_by_key(rank);
    grids
}

/// The files of a folder that says the same: `program.toml` as it is, and a CSV file for each table with rows,
/// under the columns' ids.
pub fn folder_files(sources: &Sources, scenario: &Scenario) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    if let Some(program) = sources.files.get(PROGRAM) {
        files.insert(PROGRAM.to_string(), program.trim_ascii_start().to_vec());
    }
    for spec in TABLES {
        let Some(bytes) = sources.files.get(spec.file) else { continue };
        let grid = csv(spec, bytes, &scenario.volumes);
        if !grid.rows.is_empty() || spec.required {
            files.insert(spec.file.to_string(), csv_file(&grid).into_bytes());
        }
    }
    files
}

/// A table as CSV; columns that may be absent and hold nothing are left out.
fn csv_file(grid: &Grid) -> String {
    let used = |(position, heading): &(usize, &Heading)| match heading {
        Heading::Known(column) => {
            column.required
                || grid.rows.iter().any(|row| row.get(*position).is_some_and(|cell| !cell.is_empty()))
        }
        Heading::Own(_) => true,
    };
    let columns: Vec<(usize, &Heading)> = grid.columns.iter().enumerate().filter(used).collect();
    let names = columns.iter().map(|(_, heading)| match heading {
        Heading::Known(column) => column.id,
        Heading::Own(name) => name,
    });
    let mut text = record(names);
    for row in &grid.rows {
        text.push_str(&record(columns.iter().map(|(at, _)| row.get(*at).map_or("", String::as_str))));
    }
    text
}

fn record<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.map(|cell| quoted(&harmless(cell))).collect();
    cells.join(",") + "\n"
}

/// A CSV file as a table; headings without one of their own are kept.
fn csv(spec: &'static TableSpec, bytes: &[u8], volumes: &[String]) -> Grid {
    let all = || spec.columns.iter().map(Heading::Known).collect();
    let text = Text::decode(spec.file, bytes, &mut Findings::default());
    let records = text.and_then(|text| records(&text, &mut Findings::default())).unwrap_or_default();
    let mut records = records.into_iter();
    let Some(header) = records.next() else { return Grid::new(spec, all()) };
    let headings = Headings::of(spec);
    let heading = |text: &str| {
        let plain = normal(text).to_lowercase();
        let typed = spec.columns.iter().find(|column| column.id == plain);
        let is_volume = || spec.has_volumes && volumes.iter().any(|volume| volume.to_lowercase() == plain);
        match typed {
            Some(column) => Heading::Known(column),
            None if is_volume() => Heading::Own(text.to_string()),
            None => headings.find(text).map_or(Heading::Own(text.to_string()), Heading::Known),
        }
    };
    let columns: Vec<Heading> = header.cells.iter().map(|cell| heading(&cell.value)).collect();
    // Columns in the order of the catalogue, also those that the file lacks; then all others.
    let known = spec.columns.iter().map(|column| {
        let is_it = |heading: &Heading| matches!(heading, Heading::Known(own) if own.id == column.id);
        (Heading::Known(column), columns.iter().position(is_it))
    });
    let is_own = |(_, heading): &(usize, &Heading)| matches!(heading, Heading::Own(name) if !name.is_empty());
    let own = columns.iter().enumerate().filter(is_own);
    let own = own.map(|(position, heading)| (heading.clone(), Some(position)));
    let layout: Vec<(Heading, Option<usize>)> = known.chain(own).collect();
    let mut grid = Grid::new(spec, layout.iter().map(|(heading, _)| heading.clone()).collect());
    for record in records {
        let cell = |(heading, position): &(Heading, Option<usize>)| {
            let text =
                position.and_then(|position| record.cells.get(position)).map_or("", |cell| &cell.value);
            canonical(heading, text)
        };
        grid.rows.push(layout.iter().map(cell).collect());
    }
    grid
}

/// A cell as files have it: words by their ids, months as `YYYY-MM`.
fn canonical(heading: &Heading, text: &str) -> String {
    let Heading::Known(column) = heading else { return text.to_string() };
    match &column.kind {
        Kind::Word(words) => {
            let word = word_of(text).find(|id| words.iter().any(|word| word.id == *id));
            word.map_or(text.to_string(), str::to_string)
        }
        Kind::Month => month(text).map_or(text.to_string(), |month| month.to_string()),
        _ => text.to_string(),
    }
}

/// The sheets of `program.toml`.
fn program(document: &DocumentMut, catalogue: &Catalogue) -> Vec<Grid> {
    let root = document.as_table();
    let mut settings = Grid::new(&catalogue::SETTINGS, known(&catalogue::SETTINGS));
    let mut grids = vec![program_keys(root, catalogue)];
    for (key, spec) in [("intake", &catalogue::INTAKE), ("course_mix", &catalogue::COURSE_MIX)] {
        let mut grid = Grid::new(spec, known(spec));
        for entry in entries(root.get(key)) {
            grid.rows.push(vec![entry.key, entry.value, entry.note]);
        }
        grids.push(grid);
    }
    grids.push(parameters(
        root.get("rules"),
        &catalogue::RULES,
        &regulation::RULES,
        &["intake_cap"],
        catalogue,
    ));
    let cap = root.get("rules").and_then(|rules| rules.get("intake_cap"));
    let mut grid = parameters(cap, &catalogue::INTAKE_CAP, &regulation::INTAKE_CAP, &[], catalogue);
    if cap.is_none() {
        // A cap with nothing but standard numbers would be one.
        grid.rows.clear();
        grid.choices.clear();
    }
    grids.push(grid);
    let mut grid = Grid::new(&catalogue::PRINTED_TOTALS, known(&catalogue::PRINTED_TOTALS));
    for entry in entries(root.get("printed_totals")) {
        grid.rows.push(vec![String::new(), entry.key, entry.value, entry.note]);
    }
    grids.push(grid);
    grids.push(courses(root.get("courses")));
    grids.push(cases(root.get("cases")));
    grids.push(goals(root.get("goals")));
    let sections = [
        "program",
        "horizon",
        "intake",
        "course_mix",
        "rules",
        "printed_totals",
        "courses",
        "cases",
        "goals",
    ];
    for (key, item) in root.iter().filter(|(key, _)| !sections.contains(key)) {
        flatten(&Key::new(key).to_string(), item, &mut settings);
    }
    grids.push(settings);
    grids
}

/// Comments that stand beside nothing of a sheet, those at the end of the file say, go to the sheet for other settings.
fn unplaced(content: &str, grids: &mut [Grid]) {
    let at = |grid: &Grid| grid.columns.iter().position(|heading| heading.name() == "note");
    let notes = grids.iter().filter_map(|grid| Some((grid, at(grid)?)));
    let notes = notes.flat_map(|(grid, at)| grid.rows.iter().filter_map(move |row| row.get(at)));
    let rest = missing(all(content), notes);
    if let Some(settings) = grids.iter_mut().find(|grid| std::ptr::eq(grid.spec, &catalogue::SETTINGS))
        && !rest.is_empty()
    {
        settings.rows.push(vec![String::new(), String::new(), String::new(), rest]);
    }
}

fn known(spec: &'static TableSpec) -> Vec<Heading> {
    spec.columns.iter().map(Heading::Known).collect()
}

/// A key with its value as a cell, and the comments beside them.
struct Entry {
    key: String,
    value: String,
    note: String,
}

/// The entries of a section; comments above its head come first, without a key.
fn entries(section: Option<&Item>) -> Vec<Entry> {
    let Some(table) = section.and_then(Item::as_table_like) else { return Vec::new() };
    let head = section.and_then(Item::as_table).map(head_comments).unwrap_or_default();
    let head = Entry { key: String::new(), value: String::new(), note: head };
    let entry = |(key, item): (&str, &Item)| Entry {
        key: key.to_string(),
        value: value_cell(key, item),
        note: note(table, key, item),
    };
    Some(head).into_iter().filter(|head| !head.note.is_empty()).chain(table.iter().map(entry)).collect()
}

/// A value as a cell; texts that are texts whatever they look like need no quotation marks.
fn value_cell(key: &str, item: &Item) -> String {
    match item.as_value() {
        Some(Value::String(text)) if ["id", "name"].contains(&key) => text.value().clone(),
        Some(value) => as_setting(value),
        None => item.clone().into_value().map(|value| as_setting(&value)).unwrap_or_default(),
    }
}

/// `[program]` and `[horizon]`, what may be given and is not included.
fn program_keys(root: &Table, catalogue: &Catalogue) -> Grid {
    let mut grid = Grid::new(&catalogue::PROGRAM, known(&catalogue::PROGRAM));
    let mut given: Vec<Entry> = entries(root.get("program"));
    given.extend(entries(root.get("horizon")));
    let standard = [
        ("id", "setting-id"),
        ("name", "setting-name"),
        ("training_months", "setting-training-months"),
        ("year_starts_in_month", "setting-year-starts-in-month"),
        ("first_year", "setting-first-year"),
    ];
    for (key, words) in standard {
        let meaning = catalogue.word(words);
        let entry = given.iter().position(|entry| entry.key == key).map(|position| given.remove(position));
        let (value, note) = entry.map(|entry| (entry.value, entry.note)).unwrap_or_default();
        grid.rows.push(vec![meaning, key.to_string(), value, note]);
    }
    grid.rows.extend(given.into_iter().map(|entry| vec![String::new(), entry.key, entry.value, entry.note]));
    grid
}

/// `[rules]` or `[rules.intake_cap]`: every parameter with its meaning, those not given without a value.
fn parameters<T>(
    section: Option<&Item>,
    spec: &'static TableSpec,
    rows: &[Parameter<T>],
    apart: &[&str],
    catalogue: &Catalogue,
) -> Grid {
    let mut grid = Grid::new(spec, known(spec));
    let mut given = entries(section);
    given.retain(|entry| !apart.contains(&entry.key.as_str()));
    let heads = given.extract_if(.., |entry| entry.key.is_empty());
    let heads: Vec<Vec<String>> =
        heads.map(|head| vec![String::new(), String::new(), String::new(), head.note]).collect();
    grid.rows.extend(heads);
    for row in rows {
        let entry =
            given.iter().position(|entry| entry.key == row.key).map(|position| given.remove(position));
        let (value, note) = entry.map(|entry| (entry.value, entry.note)).unwrap_or_default();
        let choices: Vec<String> = match &row.kind {
            Of::Word(words) => words.iter().map(|word| word.to_string()).collect(),
            Of::Flag => vec![catalogue.word("word-true"), catalogue.word("word-false")],
            _ => Vec::new(),
        };
        if !choices.is_empty() {
            grid.choices.insert((grid.rows.len(), 2), choices);
        }
        grid.rows.push(vec![catalogue.word(row.words), row.key.to_string(), value, note]);
    }
    let volume = catalogue.word("setting-volume");
    grid.rows.extend(given.into_iter().map(|entry| vec![volume.clone(), entry.key, entry.value, entry.note]));
    grid
}

/// The tables of a list, with the comments above each.
fn items(list: Option<&Item>) -> Vec<(&dyn TableLike, String)> {
    match list {
        Some(Item::ArrayOfTables(tables)) => {
            tables.iter().map(|table| (table as &dyn TableLike, head_comments(table))).collect()
        }
        Some(Item::Value(Value::Array(array))) => {
            let inline = array.iter().filter_map(Value::as_inline_table);
            inline.map(|table| (table as &dyn TableLike, beside(table.decor()))).collect()
        }
        _ => Vec::new(),
    }
}

fn text(table: &dyn TableLike, key: &str) -> String {
    table.get(key).map(|item| item.as_str().map_or(value_cell(key, item), str::to_string)).unwrap_or_default()
}

/// All comments of an item but those of one key.
fn notes(table: &dyn TableLike, head: String, apart: &str) -> String {
    let of_keys = table.iter().filter(|(key, _)| *key != apart).map(|(key, item)| note(table, key, item));
    join(std::iter::once(head).chain(of_keys))
}

/// Keys that have no column of their own get one.
fn own_keys(grid: &mut Grid, list: &[(&dyn TableLike, String)], apart: &[&str]) {
    for (table, _) in list {
        for (key, _) in table.iter().filter(|(key, _)| !apart.contains(key)) {
            let is_it = |heading: &Heading| match heading {
                Heading::Known(column) => column.id == key,
                Heading::Own(name) => name == key,
            };
            if !grid.columns.iter().any(is_it) {
                grid.columns.push(Heading::Own(key.to_string()));
            }
        }
    }
}

/// The row of a table by the grid's columns; `more` has what is not found under a key.
fn row(grid: &Grid, table: &dyn TableLike, more: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let cell = |heading: &Heading| match heading {
        Heading::Known(column) => more(column.id).unwrap_or_else(|| text(table, column.id)),
        Heading::Own(name) => table.get(name).map(|item| value_cell("", item)).unwrap_or_default(),
    };
    grid.columns.iter().map(cell).collect()
}

fn courses(list: Option<&Item>) -> Grid {
    let list = items(list);
    let spec = &catalogue::COURSES;
    let ways = |table: &dyn TableLike| {
        let alternatives = table.get("alternatives").and_then(Item::as_array);
        let alternatives =
            alternatives.into_iter().flat_map(Array::iter).filter_map(Value::as_array).cloned();
        let years = table.get("years").and_then(Item::as_array).cloned();
        years.into_iter().chain(alternatives).collect::<Vec<Array>>()
    };
    /// Years that a program has at least; there is room for one more.
    const YEARS: usize = 4;
    let longest = list.iter().flat_map(|(table, _)| ways(*table)).map(|way| way.len()).max().unwrap_or(0);
    let year = |id: &str| id.strip_prefix("year").and_then(|number| number.parse::<usize>().ok());
    let columns =
        spec.columns.iter().filter(|column| year(column.id).is_none_or(|year| year <= longest.max(YEARS)));
    let mut grid = Grid::new(spec, columns.map(Heading::Known).collect());
    own_keys(&mut grid, &list, &["years", "alternatives"]);
    for (table, head) in &list {
        let ways = ways(*table);
        let count = ways.len();
        for (number, way) in ways.iter().enumerate() {
            let cell = |id: &str| match (id, year(id)) {
                (_, Some(year)) => Some(way.get(year - 1).map(parts).unwrap_or_default()),
                ("tags" | "who", _) if number == 0 => {
                    Some(table.get(id).and_then(Item::as_value).map(parts).unwrap_or_default())
                }
                ("note", _) if number == 0 => Some(notes(*table, head.clone(), "alternatives")),
                ("note", _) => {
                    let item = table.get("alternatives");
                    let above = item.filter(|_| number == 1);
                    let above = above.map(|item| note_outside(*table, "alternatives", item));
                    let after = item.and_then(Item::as_array).filter(|_| number + 1 == count);
                    let own = [beside(way.decor()), inside(way)];
                    Some(join(above.into_iter().chain(own).chain(after.map(after_last))))
                }
                ("id", _) => None,
                _ if number > 0 => Some(String::new()),
                _ => None,
            };
            let mut cells = row(&grid, *table, cell);
            if number > 0 {
                let own = grid.columns.iter().zip(&mut cells).filter(|(h, _)| matches!(h, Heading::Own(_)));
                own.for_each(|(_, cell)| cell.clear());
            }
            grid.rows.push(cells);
        }
    }
    grid
}

/// A list of texts in a cell.
fn parts(value: &Value) -> String {
    let texts = value.as_array().into_iter().flat_map(Array::iter).filter_map(Value::as_str);
    texts.collect::<Vec<_>>().join(";")
}

fn cases(list: Option<&Item>) -> Grid {
    let list = items(list);
    let mut grid = Grid::new(&catalogue::CASES, known(&catalogue::CASES));
    own_keys(&mut grid, &list, &["parts"]);
    for (table, head) in &list {
        let id = text(*table, "id");
        let note = |id: &str| (id == "note").then(|| notes(*table, head.clone(), "parts"));
        grid.rows.push(row(&grid, *table, note));
        let parts = items(table.get("parts"));
        let count = parts.len();
        for (number, (part, head)) in parts.into_iter().enumerate() {
            let list = table.get("parts");
            let above = list.filter(|_| number == 0).map(|item| note_outside(*table, "parts", item));
            let after = list.and_then(Item::as_array).filter(|_| number + 1 == count).map(after_last);
            let head = join(above.into_iter().chain([head]));
            let cell = |column: &str| match column {
                "part_of" => Some(id.clone()),
                "note" => Some(join([notes(part, head.clone(), "")].into_iter().chain(after.clone()))),
                _ => None,
            };
            grid.rows.push(row(&grid, part, cell));
        }
    }
    grid
}

fn goals(list: Option<&Item>) -> Grid {
    let list = items(list);
    let mut grid = Grid::new(&catalogue::GOALS, known(&catalogue::GOALS));
    own_keys(&mut grid, &list, &[]);
    for (table, head) in &list {
        let cell = |id: &str| (id == "note").then(|| notes(*table, head.clone(), ""));
        grid.rows.push(row(&grid, *table, cell));
    }
    grid
}

/// A section that has no sheet, a row for each value under its dotted key.
fn flatten(path: &str, item: &Item, grid: &mut Grid) {
    match item {
        Item::Table(table) => {
            let head = head_comments(table);
            for (number, (key, inner)) in table.iter().enumerate() {
                flatten(&format!("{path}.{}", Key::new(key)), inner, grid);
                let of_key = join(
                    [if number == 0 { head.clone() } else { String::new() }, note(table, key, inner)]
                        .into_iter(),
                );
                if let Some(cell) = grid.rows.last_mut().and_then(|row| row.last_mut())
                    && cell.is_empty()
                {
                    *cell = of_key;
                }
            }
        }
        _ => {
            let words = String::new();
            grid.rows.push(vec![words, path.to_string(), value_cell("", item), String::new()]);
        }
    }
}
