//! Tables as a workbook to work in.
//!
//! A sheet a table, its headings frozen and explained in notes, drop-downs for everything that is a choice.
//! Months and ids are text cells, so that no spreadsheet makes dates of them; numbers are numbers. The first
//! sheet says how it is used. Equal tables give equal bytes: the date of creation is a fixed one.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::cells::plain;
use crate::language::{Catalogue, Language, Message, spelling};
use crate::tables::catalogue::{self, Column, FLAGS, Kind, ROLES, Subject, TableSpec, Word};
use crate::tables::prefectures;

/// The key of the first sheet's title.
pub(super) const GUIDE: &str = "sheet-guide";

/// A table to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    pub spec: &'static TableSpec,
    pub columns: Vec<Heading>,
    /// As files have them: ids of words, months as `YYYY-MM`.
    pub rows: Vec<Vec<String>>,
    /// What single cells may hold, by row and column.
    pub choices: BTreeMap<(usize, usize), Vec<String>>,
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heading {
    Known(&'static Column),
    /// A volume of cases, or a column of the user's own.
    Own(String),
}

impl Grid {
    pub fn new(spec: &'static TableSpec, columns: Vec<Heading>) -> Self {
        Self { spec, columns, rows: Vec::new(), choices: BTreeMap::new() }
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|heading| matches!(heading, Heading::Known(column) if column.id == id))
    }
}

impl Heading {
    /// The column's id, or the heading as it stands.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Known(column) => column.id,
            Self::Own(name) => name,
        }
    }

    pub(super) fn written(&self, language: Language) -> String {
        match self {
            Self::Known(column) => spelling::written(language, column.key),
            Self::Own(name) => name.clone(),
        }
    }
}

/// Rows below the last one that have drop-downs too.
const ROWS_BELOW: usize = 200;
/// Widths of columns in characters, and of the first sheet.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=48;
const GUIDE_WIDTH: f64 = 100.0;
/// Characters that Excel takes in the text beside a cell, and in a list of choices.
const MESSAGE_MAX: usize = 250;

/// Writes the tables in their order.
///
/// # Errors
/// What the library says; tables that were read have none.
pub fn write(grids: &[Grid], catalogue: &Catalogue) -> Result<Vec<u8>, XlsxError> {
    let language = catalogue.language();
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    guide(book.add_worksheet(), grids, catalogue)?;
    for grid in grids {
        let sheet = book.add_worksheet();
        sheet.set_name(spelling::written(language, grid.spec.key))?;
        fill(sheet, grid, grids, catalogue)?;
    }
    book.save_to_buffer()
}

/// How the workbook is used, and what its sheets are for.
fn guide(sheet: &mut Worksheet, grids: &[Grid], catalogue: &Catalogue) -> Result<(), XlsxError> {
    sheet.set_name(spelling::written(catalogue.language(), GUIDE))?;
    sheet.set_column_width(0, GUIDE_WIDTH)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let title = Format::new().set_bold().set_font_size(14.0);
    let text = catalogue.word("workbook-guide");
    let sheets = grids.iter().map(|grid| {
        let about = catalogue.say_attribute(&Message::new(grid.spec.key), "about").unwrap_or_default();
        format!("{}: {about}", spelling::written(catalogue.language(), grid.spec.key))
    });
    let lines = text.lines().map(str::to_string).chain([String::new()]).chain(sheets);
    for (row, line) in (0..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, if row == 0 { &title } else { &wrapped })?;
    }
    print_setup(sheet);
    Ok(())
}

fn print_setup(sheet: &mut Worksheet) {
    const A4: u8 = 9;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
}

fn fill(sheet: &mut Worksheet, grid: &Grid, grids: &[Grid], catalogue: &Catalogue) -> Result<(), XlsxError> {
    let language = catalogue.language();
    let head = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00DD_E6F0))
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    let as_text = Format::new().set_num_format("@").set_align(FormatAlign::Top).set_text_wrap();
    let general = Format::new().set_align(FormatAlign::Top);
    let last_row = (grid.rows.len() + ROWS_BELOW) as u32;
    for (column, heading) in grid.columns.iter().enumerate() {
        let at = column as u16;
        let format = if may_be_number(heading) { &general } else { &as_text };
        let written = heading.written(language);
        let texts = grid.rows.iter().map(|row| cell(grid, heading, row.get(column), language));
        let texts: Vec<String> = texts.collect();
        let widths =
            texts.iter().flat_map(|text| text.lines()).chain([written.as_str()]).map(UnicodeWidthStr::width);
        let width = widths.max().unwrap_or(0).max(room(heading)) + 2;
        sheet.set_column_width(at, width.clamp(*WIDTHS.start(), *WIDTHS.end()) as f64)?;
        sheet.set_column_format(at, format)?;
        sheet.write_string_with_format(0, at, &written, &head)?;
        if let Some(about) = about(heading, grid, catalogue) {
            let note = Note::new(about).add_author_prefix(false).set_width(260).set_height(110);
            sheet.insert_note(0, at, &note)?;
        }
        if let Some(validation) = validation(heading, grids, catalogue) {
            sheet.add_data_validation(1, at, last_row, at, &validation)?;
        }
        for (row, text) in (1..).zip(texts.iter()).filter(|(_, text)| !text.is_empty()) {
            match number(text).filter(|_| may_be_number(heading)) {
                Some(number) => sheet.write_number_with_format(row, at, number, format)?,
                None => sheet.write_string_with_format(row, at, text, &as_text)?,
            };
        }
    }
    for ((row, column), words) in &grid.choices {
        if let Ok(validation) = DataValidation::new().allow_list_strings(words) {
            let (row, column) = (*row as u32 + 1, *column as u16);
            sheet.add_data_validation(row, column, row, column, &lenient(validation))?;
        }
    }
    sheet.set_freeze_panes(1, frozen(grid))?;
    sheet.set_repeat_rows(0, 0)?;
    print_setup(sheet);
    Ok(())
}

/// Columns that stay in sight: those up to the id of a row.
fn frozen(grid: &Grid) -> u16 {
    let key = ["id", "key", "resident"].iter().find_map(|id| grid.position(id));
    key.map_or(1, |position| position as u16 + 1)
}

/// Columns that what people will write there takes, however little stands there yet.
fn room(heading: &Heading) -> usize {
    /// A hospital's name in kanji.
    const NAME: usize = 20;
    match heading {
        Heading::Known(Column {
            id: "name" | "name_en" | "facility" | "facility_wishes" | "note", ..
        }) => NAME,
        Heading::Known(_) | Heading::Own(_) => 0,
    }
}

pub(super) fn may_be_number(heading: &Heading) -> bool {
    match heading {
        Heading::Known(column) => {
            matches!(
                column.kind,
                Kind::Year | Kind::Whole(_) | Kind::Integer(_) | Kind::Decimal(_) | Kind::Other
            )
        }
        Heading::Own(_) => true,
    }
}

/// The number of a cell, if the cell reads back as the same text.
pub(super) fn number(text: &str) -> Option<f64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    (digits <= 15 && plain(number) == text).then_some(number)
}

/// A cell in the words of a language.
pub(super) fn cell(grid: &Grid, heading: &Heading, text: Option<&String>, language: Language) -> String {
    let text = text.map(String::as_str).unwrap_or_default();
    let Heading::Known(column) = heading else { return text.to_string() };
    match &column.kind {
        Kind::Word(words) => in_words(words, text, language),
        Kind::Other if std::ptr::eq(grid.spec.columns, catalogue::RULES.columns) => {
            in_words(FLAGS, text, language)
        }
        _ if column.id.starts_with("year") && std::ptr::eq(grid.spec, &catalogue::COURSES) => {
            let part = |part: &str| match part.split_once(':') {
                Some((role, months)) => format!("{}:{months}", in_words(ROLES, role, language)),
                None => part.to_string(),
            };
            text.split(';').map(part).collect::<Vec<_>>().join(";")
        }
        _ => text.to_string(),
    }
}

fn in_words(words: &[Word], text: &str, language: Language) -> String {
    let word = words.iter().find(|word| word.id == text);
    word.map_or(text.to_string(), |word| spelling::written(language, word.key))
}

/// What a column is for, with an example.
fn about(heading: &Heading, grid: &Grid, catalogue: &Catalogue) -> Option<String> {
    let Heading::Known(column) = heading else {
        return grid.spec.has_volumes.then(|| catalogue.word("workbook-volume"));
    };
    let mut text = catalogue.say_attribute(&Message::new(column.key), "about")?;
    if column.required {
        text.push_str(&format!("\n{}", catalogue.word("workbook-required")));
    }
    if !column.example.is_empty() {
        let example = cell(grid, heading, Some(&column.example.to_string()), catalogue.language());
        text.push_str(&format!(
            "\n{}",
            catalogue.say(&Message::new("workbook-example").text("example", example))
        ));
    }
    Some(text)
}

/// What the cells of a column may hold.
fn validation(heading: &Heading, grids: &[Grid], catalogue: &Catalogue) -> Option<DataValidation> {
    let Heading::Known(column) = heading else { return None };
    let language = catalogue.language();
    match &column.kind {
        Kind::Word(words) => {
            let words: Vec<String> = words.iter().map(|word| spelling::written(language, word.key)).collect();
            let validation = DataValidation::new().allow_list_strings(&words).ok()?;
            told(validation, catalogue.say(&Message::new("workbook-choose").text("words", words.join(", "))))
        }
        Kind::Whole(range) => {
            let (least, most) = (*range.start(), *range.end());
            let rule = DataValidationRule::Between(least as i32, most as i32);
            let message = Message::new("workbook-whole").text("from", least).text("to", most);
            told(DataValidation::new().allow_whole_number(rule), catalogue.say(&message))
        }
        Kind::Integer(most) => {
            let most = *most as i32;
            let message = Message::new("workbook-whole").text("from", -most).text("to", most);
            let rule = DataValidationRule::Between(-most, most);
            told(DataValidation::new().allow_whole_number(rule), catalogue.say(&message))
        }
        Kind::Decimal(most) => {
            let rule = DataValidationRule::Between(0.0, f64::from(*most));
            let message = Message::new("workbook-decimal").text("to", most);
            told(DataValidation::new().allow_decimal_number(rule), catalogue.say(&message))
        }
        Kind::One(Subject::ChangingColumn) => offered(&changing_columns(grids, language)),
        Kind::One(Subject::RecordKind) => {
            let words = catalogue::RECORD_KINDS.iter().map(|word| spelling::written(language, word.key));
            offered(&words.collect::<Vec<_>>())
        }
        Kind::One(Subject::Facility) => ids_of(&catalogue::FACILITIES, grids, language),
        Kind::One(Subject::Resident) => ids_of(&catalogue::RESIDENTS, grids, language),
        Kind::One(Subject::Course) => ids_of(&catalogue::COURSES, grids, language),
        Kind::One(Subject::Case) => ids_of(&catalogue::CASES, grids, language),
        Kind::Text if column.id == "part_of" => ids_of(&catalogue::CASES, grids, language),
        Kind::Text if column.id == "section" => ids_of(&catalogue::SECTIONS, grids, language),
        // The English names together are more than a list takes; any spelling can be typed.
        Kind::Text if column.id == "prefecture" && language == Language::Ja => {
            offered(&prefectures::in_full().collect::<Vec<_>>())
        }
        _ => None,
    }
}

/// The ids of another table, those that will stand below its last row too.
fn ids_of(spec: &TableSpec, grids: &[Grid], language: Language) -> Option<DataValidation> {
    let grid = grids.iter().find(|grid| std::ptr::eq(grid.spec, spec))?;
    let letter = char::from(b'A' + u8::try_from(grid.position("id")?).ok()?);
    let last = grid.rows.len() + ROWS_BELOW;
    let title = spelling::written(language, spec.key).replace('\'', "''");
    let list = Formula::new(format!("='{title}'!${letter}$2:${letter}${last}"));
    // A name may stand for an id, and a resident without a row has an id as well.
    Some(lenient(DataValidation::new().allow_list_formula(list)))
}

fn offered(words: &[String]) -> Option<DataValidation> {
    DataValidation::new().allow_list_strings(words).ok().map(lenient)
}

/// Columns of the facilities that may change from a month on: those of the catalogue, and the volumes, which are the
/// columns of the user's own with nothing but numbers.
fn changing_columns(grids: &[Grid], language: Language) -> Vec<String> {
    let known = catalogue::CHANGING_COLUMNS.iter().filter_map(|id| catalogue::FACILITIES.column(id));
    let mut words: Vec<String> = known.map(|column| spelling::written(language, column.key)).collect();
    let Some(grid) = grids.iter().find(|grid| std::ptr::eq(grid.spec, &catalogue::FACILITIES)) else {
        return words;
    };
    for (at, heading) in grid.columns.iter().enumerate() {
        let mut cells = grid.rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
        let is_volume = cells.next().is_some_and(|cell| number(cell).is_some());
        if let Heading::Own(name) = heading
            && is_volume
            && cells.all(|cell| cell.parse::<f64>().is_ok())
        {
            words.push(name.clone());
        }
    }
    words
}

/// A drop-down that only offers.
fn lenient(validation: DataValidation) -> DataValidation {
    validation.set_error_style(DataValidationErrorStyle::Information).show_error_message(false)
}

fn told(validation: DataValidation, message: String) -> Option<DataValidation> {
    let message: String = message.chars().take(MESSAGE_MAX).collect();
    validation.set_error_message(message).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_only_if_it_reads_back_the_same() {
        for (text, expected) in [
            ("36", Some(36.0)),
            ("54.3", Some(54.3)),
            ("007", None),
            ("3.0", None),
            ("1e5", None),
            ("12345678901234567", None),
            ("inf", None),
            ("2025-04", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
