//! `program.toml` from the sheets of a workbook, each line with the row it came from.
//!
//! A value is written as what it looks like (number, yes or no, text), unless its key is one of texts; what
//! then is no number where one is due, the reader of the file says. Remarks in the column for notes become
//! comments, so that they come back when the file becomes a workbook again.

use toml_edit::{Key, Value};

use super::place::{Origin, cell_name, excerpt, shown};
use super::sheet::{Located, Row};
use crate::diagnostic::{Findings, Place, Severity, code};
use crate::language::Message;
use crate::tables::catalogue::{self, ROLES, TableSpec, word_of};
use crate::tables::value::{hint, normal};

/// The file and where its lines came from.
#[derive(Default)]
pub(super) struct Written {
    pub text: String,
    pub lines: Vec<Option<Origin>>,
}

/// Keys whose values are texts whatever they look like.
const TEXTS: [&str; 5] = ["id", "name", "goal", "measure", "part_of"];
/// The key of the sheet `program` that stands in `[horizon]`.
const FIRST_YEAR: &str = "first_year";

/// Writes the file from all sheets that belong to it.
pub(super) fn write(tables: &[Located], file: &str, findings: &mut Findings) -> Written {
    let find = |spec: &'static TableSpec| tables.iter().find(|table| std::ptr::eq(table.spec, spec));
    let mut out = Written::default();
    if let Some(settings) = find(&catalogue::SETTINGS) {
        out.entries(settings, "key", "value", |_| true);
    }
    if let Some(program) = find(&catalogue::PROGRAM) {
        out.section("[program]", program, "key", "value", |key| key != FIRST_YEAR);
        out.section("[horizon]", program, "key", "value", |key| key == FIRST_YEAR);
    }
    let sections = [
        ("[intake]", &catalogue::INTAKE, "year", "residents"),
        ("[course_mix]", &catalogue::COURSE_MIX, "course", "weight"),
        ("[rules]", &catalogue::RULES, "key", "value"),
        ("[rules.intake_cap]", &catalogue::INTAKE_CAP, "key", "value"),
        ("[printed_totals]", &catalogue::PRINTED_TOTALS, "key", "value"),
    ];
    for (head, spec, key, value) in sections {
        // A section without entries can mean something: a cap that is asked for, a mix of nothing.
        if let Some(table) = find(spec).filter(|table| !table.rows.is_empty()) {
            out.section(head, table, key, value, |_| true);
        }
    }
    if let Some(courses) = find(&catalogue::COURSES) {
        out.courses(courses, file, findings);
    }
    if let Some(cases) = find(&catalogue::CASES) {
        out.cases(cases, file, findings);
    }
    if let Some(goals) = find(&catalogue::GOALS) {
        for row in &goals.rows {
            out.item("[[goals]]", goals, row, &["goal", "measure"], file, findings);
        }
    }
    if let Some(settings) = find(&catalogue::SETTINGS) {
        out.closing(settings);
    }
    out
}

impl Written {
    fn line(&mut self, line: &str, origin: Option<Origin>) {
        self.text.push_str(line);
        self.text.push('\n');
        self.lines.push(origin);
    }

    fn comments(&mut self, note: &str) {
        for line in note.lines().filter(|line| !line.trim().is_empty()) {
            let plain: String = line.chars().filter(|c| !c.is_control()).collect();
            self.line(&format!("# {}", plain.trim()), None);
        }
    }

    /// A section of keys and values; remarks without a key stand above it.
    fn section(
        &mut self,
        head: &str,
        table: &Located,
        key: &str,
        value: &str,
        belongs: impl Fn(&str) -> bool,
    ) {
        self.line("", None);
        if belongs("") {
            let free = table.rows.iter().filter(|row| table.cell(row, key).is_empty());
            free.for_each(|row| self.comments(table.cell(row, "note")));
        }
        let row = Row { at: table.header, cells: table.columns.iter().map(|h| h.name.clone()).collect() };
        self.line(head, Some(origin(table, &row, &[])));
        self.entries(table, key, value, belongs);
    }

    fn entries(&mut self, table: &Located, key: &str, value: &str, belongs: impl Fn(&str) -> bool) {
        for row in &table.rows {
            let name = normal(table.cell(row, key));
            let text = table.cell(row, value);
            if name.is_empty() || !belongs(&name) {
                continue;
            }
            self.comments(table.cell(row, "note"));
            // A value that is not given is the standard's.
            if !text.is_empty() {
                let written = if TEXTS.contains(&name.as_str()) { basic(text) } else { setting(text) };
                let origin = origin(table, row, &[value, key]);
                self.line(&format!("{} = {written}", dotted(table, &name)), Some(origin));
            }
        }
    }

    /// Remarks that speak of no entry stand at the end.
    fn closing(&mut self, settings: &Located) {
        let free = settings.rows.iter().filter(|row| settings.cell(row, "key").is_empty());
        let notes: Vec<&str> = free.map(|row| settings.cell(row, "note")).collect();
        if notes.iter().any(|note| !note.is_empty()) {
            self.line("", None);
            notes.into_iter().for_each(|note| self.comments(note));
        }
    }

    /// `[[head]]` with the cells of a row.
    fn item(
        &mut self,
        head: &str,
        table: &Located,
        row: &Row,
        known: &[&str],
        file: &str,
        findings: &mut Findings,
    ) {
        self.line("", None);
        self.comments(table.cell(row, "note"));
        self.line(head, Some(origin(table, row, known)));
        for key in known {
            let text = table.cell(row, key);
            if !text.is_empty() {
                let written = if TEXTS.contains(key) { basic(text) } else { setting(text) };
                self.line(&format!("{key} = {written}"), Some(origin(table, row, &[key])));
            }
        }
        self.own_columns(table, row, file, findings);
    }

    /// Columns that the catalogue does not have: a key where the heading looks like one.
    fn own_columns(&mut self, table: &Located, row: &Row, file: &str, findings: &mut Findings) {
        for (heading, text) in table.columns.iter().zip(&row.cells) {
            if heading.column.is_some() || text.trim().is_empty() {
                continue;
            }
            let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if !heading.name.is_empty() && heading.name.chars().all(is_key) {
                let cells = vec![(heading.name.clone(), heading.at, text.clone())];
                let origin = Origin { sheet: table.sheet.clone(), row: row.at as usize + 1, cells };
                self.line(&format!("{} = {}", heading.name, setting(text)), Some(origin));
            } else {
                let line = table.header as usize + 1;
                let place = Place {
                    is_sheet: true,
                    file: shown(file, &table.sheet),
                    line: Some(line),
                    cell: Some(cell_name(heading.at, line)),
                    column: Some(heading.name.clone()),
                    excerpt: Some(excerpt(&heading.name)),
                };
                let message = Message::new(code::COLUMN_UNREAD).text("columns", &heading.name);
                findings.once_per_file(Severity::Note, place, message.text("volumes", "no"));
            }
        }
    }

    /// The rows of a course follow each other; those after the first are alternatives.
    fn courses(&mut self, table: &Located, file: &str, findings: &mut Findings) {
        let mut courses: Vec<(String, Vec<&Row>)> = Vec::new();
        for row in &table.rows {
            let id = normal(table.cell(row, "id"));
            // Merged cells: the id stands in the first row only.
            let same = match id.is_empty() {
                true => courses.len().checked_sub(1),
                false => courses.iter().position(|(known, _)| *known == id),
            };
            match same.and_then(|position| courses.get_mut(position)) {
                Some((_, rows)) => rows.push(row),
                None => courses.push((id, vec![row])),
            }
        }
        for (_, rows) in courses {
            let Some((first, others)) = rows.split_first() else { continue };
            self.item("[[courses]]", table, first, &["id", "name"], file, findings);
            for key in ["tags", "who"] {
                let cell = table.cell(first, key);
                let words = list(cell);
                if !words.is_empty() {
                    // A list as the file has it is meant as one.
                    let is_written = cell.starts_with('[') && cell.ends_with(']');
                    let written =
                        if is_written { cell.to_string() } else { format!("[{}]", words.join(", ")) };
                    let line = format!("{key} = {written}");
                    self.line(&line, Some(origin(table, first, &[key])));
                }
            }
            self.pattern("years = [", table, first, "]");
            if !others.is_empty() {
                self.comments(table.cell(others[0], "note"));
                self.line("alternatives = [", Some(origin(table, others[0], &["year1"])));
                for (number, row) in others.iter().enumerate() {
                    if number > 0 {
                        self.comments(table.cell(row, "note"));
                    }
                    self.pattern("[", table, row, "],");
                }
                self.line("]", None);
            }
        }
    }

    /// The training years of a row, a line each.
    fn pattern(&mut self, open: &str, table: &Located, row: &Row, close: &str) {
        let is_year = |id: &str| id.strip_prefix("year").is_some_and(|n| n.parse::<u32>().is_ok());
        let years = table.spec.columns.iter().map(|column| column.id).filter(|id| is_year(id));
        let mut years: Vec<&str> = years.collect();
        while years.last().is_some_and(|year| table.cell(row, year).is_empty()) {
            years.pop();
        }
        if years.is_empty() && open.starts_with("years") {
            return;
        }
        self.line(open, Some(origin(table, row, &["year1"])));
        for year in years {
            let parts = parts(table.cell(row, year)).iter().map(|part| basic(part)).collect::<Vec<_>>();
            self.line(&format!("[{}],", parts.join(", ")), Some(origin(table, row, &[year])));
        }
        self.line(close, None);
    }

    fn cases(&mut self, table: &Located, file: &str, findings: &mut Findings) {
        let id = |row: &Row| normal(table.cell(row, "id"));
        let parent = |row: &Row| normal(table.cell(row, "part_of"));
        let (parts, items): (Vec<&Row>, Vec<&Row>) =
            table.rows.iter().partition(|row| !parent(row).is_empty());
        for item in &items {
            let known = ["id", "name", "target", "supplement_max", "trainee_share"];
            self.item("[[cases]]", table, item, &known, file, findings);
            let of_item = parts.iter().filter(|part| parent(part) == id(item));
            let of_item: Vec<_> = of_item.collect();
            if of_item.is_empty() {
                continue;
            }
            self.line("parts = [", Some(origin(table, of_item[0], &["id"])));
            for part in of_item {
                self.comments(table.cell(part, "note"));
                let entries = [("id", "id"), ("name", "name"), ("min", "min")].map(|(key, column)| {
                    let text = table.cell(part, column);
                    let written = if TEXTS.contains(&key) { basic(text) } else { setting(text) };
                    (!text.is_empty()).then(|| format!("{key} = {written}"))
                });
                let entries: Vec<String> = entries.into_iter().flatten().collect();
                let origin = origin(table, part, &["id", "name", "min"]);
                self.line(&format!("{{ {} }},", entries.join(", ")), Some(origin));
            }
            self.line("]", None);
        }
        let ids: Vec<String> = items.iter().map(|item| id(item)).collect();
        for part in parts.iter().filter(|part| !ids.contains(&parent(part))) {
            let text = table.cell(part, "part_of");
            let place = place(table, part, "part_of", file);
            let message = Message::new(code::UNKNOWN_CASE).text("text", text);
            findings.error(place, message.message("hint", hint(text, ids.iter().map(String::as_str))));
        }
    }
}

fn place(table: &Located, row: &Row, column: &str, file: &str) -> Place {
    let line = row.at as usize + 1;
    let at =
        table.position(column).and_then(|position| table.columns.get(position)).map(|heading| heading.at);
    Place {
        is_sheet: true,
        file: shown(file, &table.sheet),
        line: Some(line),
        cell: at.map(|at| cell_name(at, line)),
        column: Some(column.to_string()),
        excerpt: Some(excerpt(table.cell(row, column))),
    }
}

/// The cells of a row under some columns, as an origin.
fn origin(table: &Located, row: &Row, columns: &[&str]) -> Origin {
    let cell = |id: &&str| {
        let position = table.position(id)?;
        let heading = table.columns.get(position)?;
        Some((id.to_string(), heading.at, row.cells.get(position)?.clone()))
    };
    let cells = columns.iter().filter_map(cell).collect();
    Origin { sheet: table.sheet.clone(), row: row.at as usize + 1, cells }
}

/// A key as TOML writes it; one of the sheet for other settings may have dots.
fn dotted(table: &Located, name: &str) -> String {
    if std::ptr::eq(table.spec, &catalogue::SETTINGS)
        && let Ok(keys) = Key::parse(name)
    {
        return keys.iter().map(|key| Key::new(key.get()).to_string()).collect::<Vec<_>>().join(".");
    }
    Key::new(name).to_string()
}

/// The parts of a training year, with the words for roles as files have them. A part ends with its months, so what has
/// none begins the selector of the next: `east;west:6` is one part.
fn parts(cell: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut places: Vec<String> = Vec::new();
    for piece in cell.split([';', '；', '、', '\n']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let plain = normal(piece);
        let (place, months) = match plain.rsplit_once(':') {
            Some((place, months)) => (place.trim(), Some(months.trim())),
            None => (plain.as_str(), None),
        };
        let word = word_of(place).find(|word| ROLES.iter().any(|known| known.id == *word));
        places.push(word.unwrap_or(place).to_string());
        if let Some(months) = months {
            parts.push(format!("{}:{months}", places.join(";")));
            places.clear();
        }
    }
    // Without months there is no part; the reader of the file says so.
    parts.extend((!places.is_empty()).then(|| places.join(";")));
    parts
}

/// The entries of a list of texts.
fn list(cell: &str) -> Vec<String> {
    cell.split([';', '；', '、', '\n']).map(str::trim).filter(|item| !item.is_empty()).map(basic).collect()
}

/// A text in quotation marks, in one line.
fn basic(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value as TOML from what stands in a cell.
fn setting(text: &str) -> String {
    let text = text.trim();
    let plain = normal(text);
    if let Some(number) = number(&plain) {
        return number;
    }
    if let Some(flag) = word_of(text).find(|word| ["true", "false"].contains(word)) {
        return flag.to_string();
    }
    // Lists, tables, and texts in quotation marks, as the file itself would have them.
    let is_value = text.starts_with(['[', '{', '"']) && !text.contains('\n');
    match text.parse::<Value>() {
        Ok(value) if is_value => value.to_string().trim().to_string(),
        _ => basic(text),
    }
}

/// A decimal number as TOML writes it.
fn number(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", whole.strip_prefix('+').unwrap_or(whole)),
    };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(digits) || !fraction.is_none_or(all_digits) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    Some(fraction.map_or(format!("{sign}{digits}"), |fraction| format!("{sign}{digits}.{fraction}")))
}

/// What to write into a cell so that [`setting`] makes the value of it.
pub(crate) fn as_setting(value: &Value) -> String {
    if let Value::String(text) = value
        && setting(text.value()) == basic(text.value())
        && text.value().trim() == text.value()
    {
        return text.value().clone();
    }
    if let Value::String(text) = value {
        return basic(text.value());
    }
    let mut plain = value.clone();
    plain.decor_mut().clear();
    plain.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_with_its_months() {
        assert_eq!(parts("基幹施設:8；連携施設:4"), ["core:8", "affiliate:4"]);
        assert_eq!(parts("*/ct;連携施設:3/1; free:2"), ["*/ct;affiliate:3/1", "free:2"]);
        assert_eq!(parts("core:12\neast、west"), ["core:12", "east;west"]);
        assert!(parts(" ; ").is_empty());
    }
}
