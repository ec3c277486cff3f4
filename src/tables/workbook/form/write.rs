//! A form as a workbook: one page, protected but for the cells to fill in.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::{Asked, Form, HIDDEN, LEAVE_CELLS, LeaveRow, MARK, VERSION, joined};
use crate::language::{Catalogue, Message, spelling};
use crate::tables::catalogue::LEAVE_KINDS;
use crate::tables::limits;

/// The column of the first cell to fill in; before it are the key, which is hidden, and the label.
pub(super) const FIRST: u32 = 2;
/// Wishes that are asked for where there is so much to choose from.
const WISHES: usize = 8;
/// Rows for leaves.
const LEAVES: usize = 4;
/// The sheet with what can be chosen; texts of a drop-down itself may not be longer than 255 characters.
const LISTS: &str = "_lists";

/// The workbook; equal forms give equal bytes.
///
/// # Errors
/// A text that no cell holds.
pub fn write(form: &Form, catalogue: &Catalogue) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    page(book.add_worksheet(), form, catalogue)?;
    hidden(book.add_worksheet(), form)?;
    lists(book.add_worksheet(), form, catalogue)?;
    book.save_to_buffer()
}

/// What a resident can choose as a kind of leave: to leave for good is not asked for.
fn kinds(catalogue: &Catalogue) -> Vec<String> {
    let kinds = LEAVE_KINDS.iter().filter(|kind| kind.id != "resigned");
    kinds.map(|kind| spelling::written(catalogue.language(), kind.key)).collect()
}

/// How many rows ask for wishes among so many, where so many are there already.
fn rows(choices: usize, there: usize) -> usize {
    choices.min(WISHES).max(there)
}

/// What the parts say when the form is handed out.
fn before(form: &Form) -> Vec<(Asked, String)> {
    let list = |texts: &[String]| joined(texts.iter().map(|text| std::iter::once(text.as_str())));
    let leaves = joined(form.leaves.iter().map(|row| row.iter().map(String::as_str)));
    let courses = form.course.is_none().then(|| (Asked::Course, list(&form.course_wishes)));
    let facilities = (Asked::Facility, list(&form.facility_wishes));
    courses.into_iter().chain([facilities, (Asked::Leave, leaves)]).collect()
}

fn hidden(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    sheet.set_name(HIDDEN)?;
    let text = Format::new().set_num_format("@");
    let said = [(MARK, VERSION), ("program", form.program.as_str()), ("resident", form.resident.as_str())];
    let before = before(form);
    let before = before.iter().map(|(asked, text)| (asked.key(), text.as_str()));
    for (row, (key, value)) in (0..).zip(said.into_iter().chain(before)) {
        sheet.write_string_with_format(row, 0, key, &text)?;
        sheet.write_string_with_format(row, 1, value, &text)?;
    }
    sheet.set_very_hidden(true);
    sheet.protect();
    Ok(())
}

fn lists(sheet: &mut Worksheet, form: &Form, catalogue: &Catalogue) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?;
    let text = Format::new().set_num_format("@");
    for (column, list) in (0..).zip([&form.courses, &form.facilities, &kinds(catalogue)]) {
        for (row, choice) in (0..).zip(list) {
            sheet.write_string_with_format(row, column, choice, &text)?;
        }
    }
    sheet.set_hidden(true);
    sheet.protect();
    Ok(())
}

/// A drop-down of a column of the sheet with the lists.
fn choice(column: char, count: usize) -> DataValidation {
    let list = Formula::new(format!("={LISTS}!${column}$1:${column}${}", count.max(1)));
    let rule = DataValidation::new().allow_list_formula(list);
    // What is typed in other words is read where it can be.
    rule.set_error_style(DataValidationErrorStyle::Warning)
}

struct Styles {
    key: Format,
    title: Format,
    heading: Format,
    label: Format,
    shown: Format,
    field: Format,
    explained: Format,
}

impl Styles {
    fn new() -> Self {
        let field = Format::new()
            .set_num_format("@")
            .set_unlocked()
            .set_border(FormatBorder::Thin)
            .set_background_color(Color::RGB(0x00FF_FBE6))
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        Self {
            key: Format::new().set_font_color(Color::RGB(0x0080_8080)),
            title: Format::new().set_bold().set_font_size(14.0),
            heading: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0x00DD_E6F0))
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap(),
            label: Format::new().set_align(FormatAlign::VerticalCenter),
            shown: Format::new().set_num_format("@").set_bold(),
            field,
            explained: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// The page while it grows downwards.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    styles: Styles,
    row: u32,
}

/// The column of the labels, and the last one of the page.
const LABEL: u16 = 1;
const LAST: u16 = FIRST as u16 + LEAVE_CELLS as u16 - 1;

impl Page<'_> {
    fn key(&mut self, asked: Asked) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, asked.key(), &self.styles.key)?;
        Ok(())
    }

    fn label(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, LABEL, text, &self.styles.label)?;
        Ok(())
    }

    /// A heading across the page, with what it means beside it.
    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        self.sheet.merge_range(self.row, LABEL, self.row, LAST, text, &self.styles.heading)?;
        self.row += 1;
        Ok(())
    }

    /// A line that shows something.
    fn shown(&mut self, label: &str, text: &str) -> Result<(), XlsxError> {
        self.label(label)?;
        self.sheet.write_string_with_format(self.row, FIRST as u16, text, &self.styles.shown)?;
        self.row += 1;
        Ok(())
    }

    /// A cell to fill in over the whole width.
    fn wide(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.merge_range(self.row, FIRST as u16, self.row, LAST, text, &self.styles.field)?;
        Ok(())
    }

    /// Rows of wishes, best first.
    fn wishes(
        &mut self,
        asked: Asked,
        wishes: &[String],
        choices: (char, usize),
        catalogue: &Catalogue,
    ) -> Result<(), XlsxError> {
        for number in 0..rows(choices.1, wishes.len()) {
            self.key(asked)?;
            self.label(&catalogue.say(&Message::new("form-choice").number("place", number as i64 + 1)))?;
            self.wide(wishes.get(number).map_or("", String::as_str))?;
            let rule = choice(choices.0, choices.1);
            self.sheet.add_data_validation(self.row, FIRST as u16, self.row, FIRST as u16, &rule)?;
            self.row += 1;
        }
        Ok(())
    }

    /// Rows of leaves under their headings.
    fn leaves(&mut self, leaves: &[LeaveRow], catalogue: &Catalogue) -> Result<(), XlsxError> {
        let headings = [
            "heading-leave-kind",
            "heading-start",
            "heading-months",
            "heading-hours-per-week",
            "heading-hours",
        ];
        for (at, key) in headings.into_iter().enumerate() {
            let text = spelling::written(catalogue.language(), key);
            self.sheet.write_string_with_format(
                self.row,
                FIRST as u16 + at as u16,
                text,
                &self.styles.heading,
            )?;
        }
        self.sheet.set_row_height(self.row, 34)?;
        self.row += 1;
        for number in 0..LEAVES.max(leaves.len() + 1) {
            self.key(Asked::Leave)?;
            self.label(&catalogue.say(&Message::new("form-leave").number("number", number as i64 + 1)))?;
            for at in 0..LEAVE_CELLS {
                let text = leaves.get(number).and_then(|row| row.get(at)).map_or("", String::as_str);
                let column = FIRST as u16 + at as u16;
                self.sheet.write_string_with_format(self.row, column, text, &self.styles.field)?;
            }
            let kind = choice('C', kinds(catalogue).len());
            let column = FIRST as u16;
            self.sheet.add_data_validation(self.row, column, self.row, column, &kind)?;
            let most = *limits::STAY_MONTHS.end() as i32;
            let months = DataValidation::new()
                .allow_whole_number(DataValidationRule::Between(1, most))
                .set_error_style(DataValidationErrorStyle::Warning);
            self.sheet.add_data_validation(self.row, column + 2, self.row, column + 2, &months)?;
            self.row += 1;
        }
        Ok(())
    }
}

fn page(sheet: &mut Worksheet, form: &Form, catalogue: &Catalogue) -> Result<(), XlsxError> {
    sheet.set_name(catalogue.word("form-sheet"))?;
    for (column, width) in (1..).zip([21.0, 26.0, 12.0, 10.0, 13.0, 13.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_hidden(0)?;
    sheet.set_default_row_height(20);
    let mut page = Page { sheet, styles: Styles::new(), row: 0 };
    let title = Message::new("form-title").text("program", &form.program_name);
    page.sheet.write_string_with_format(0, LABEL, catalogue.say(&title), &page.styles.title)?;
    page.row = 1;
    let explained = catalogue.word("form-explained");
    let lines = explained.lines().count() as f64;
    page.sheet.merge_range(page.row, LABEL, page.row, LAST, &explained, &page.styles.explained)?;
    page.sheet.set_row_height(page.row, 16.5 * lines)?;
    page.row += 2;
    page.key(Asked::Resident)?;
    page.shown(&spelling::written(catalogue.language(), "heading-resident-id"), &form.resident)?;
    page.shown(&spelling::written(catalogue.language(), "heading-resident-name"), &form.name)?;
    match &form.course {
        Some(course) => page.shown(&catalogue.word("form-course"), course)?,
        None => {
            page.heading(&catalogue.word("form-courses"))?;
            page.wishes(Asked::Course, &form.course_wishes, ('A', form.courses.len()), catalogue)?;
        }
    }
    page.heading(&catalogue.word("form-facilities"))?;
    page.wishes(Asked::Facility, &form.facility_wishes, ('B', form.facilities.len()), catalogue)?;
    page.heading(&catalogue.say(&Message::new("form-leaves").text("month", &form.from)))?;
    page.leaves(&form.leaves, catalogue)?;
    page.heading(&catalogue.word("form-remark"))?;
    page.key(Asked::Remark)?;
    page.wide("")?;
    page.sheet.set_row_height(page.row, 48.0)?;
    page.row += 2;
    page.key(Asked::Done)?;
    page.label(&catalogue.word("form-done"))?;
    let yes = [spelling::written(catalogue.language(), "word-true")];
    page.sheet.write_string_with_format(page.row, FIRST as u16, "", &page.styles.field)?;
    let yes = DataValidation::new().allow_list_strings(&yes)?;
    page.sheet.add_data_validation(page.row, FIRST as u16, page.row, FIRST as u16, &yes)?;
    let sheet = page.sheet;
    // Without a password: whoever has to can take it off.
    sheet.protect_with_options(&ProtectionOptions { format_rows: true, ..ProtectionOptions::default() });
    sheet.set_paper_size(9);
    sheet.set_portrait();
    sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}
