//! The overview: residents × months for paper, every stay one cell.
//!
//! Residents stand in groups by year of entry, under the academic years of their own training, so that a page has as
//! many columns as a training has months, however long the horizon is. What has happened is in italics.

use rust_xlsxwriter::{Format, FormatAlign, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::look::{self, Look};
use super::page::Page;
use super::sheet::{A4, across, print, text};
use super::{Content, stays};
use crate::calendar::{Month, Span};
use crate::language::{Catalogue, Message};
use crate::output::headings;
use crate::plan::careers::{Career, Granted};
use crate::scenario::Scenario;

const ID: u16 = 0;
const NAME: u16 = 1;
const COURSE: u16 = 2;
const WISH: u16 = 3;
const FIRST: u16 = 4;
const MONTH_WIDTH: f64 = 2.6;
const ROW_HEIGHT: f64 = 18.0;
const MONTHS_PER_YEAR: u32 = 12;

pub(super) fn write(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    catalogue: &Catalogue,
    title: &str,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    sheet.set_name(title)?;
    sheet.write_string_with_format(0, ID, text(&scenario.name), &look::title())?;
    sheet.write_string(1, ID, text(&catalogue.word("overview-guide")))?;
    let years = content.careers.iter().map(|career| years_of(scenario, career)).max().unwrap_or(1);
    let formats = Formats { plain: look::plain().set_shrink(), outside: look::outside(), away: look::away() };
    let mut row = 2;
    let (mut breaks, mut page) = (Vec::new(), 0);
    let mut cohort = None;
    for career in content.careers {
        let entry_year = scenario.resident(career.resident).entry_year;
        if cohort != Some(entry_year) {
            if cohort.is_some() {
                row += 1;
            }
            cohort = Some(entry_year);
            let of_year = scenario.residents.iter().filter(|one| one.entry_year == entry_year).count() as u32;
            if row + of_year + 2 > page + ROWS_A_PAGE && row > page + 2 {
                breaks.push(row);
                page = row;
            }
            headings_of(sheet, scenario, entry_year, years, row, catalogue)?;
            row += 2;
        }
        resident(sheet, content, look, &formats, career, (row, years), catalogue)?;
        sheet.set_row_height(row, ROW_HEIGHT)?;
        row += 1;
    }
    let residents = || scenario.residents.iter();
    let width = |longest: Option<usize>| longest.unwrap_or(0).clamp(6, 24) as f64 + 2.0;
    sheet.set_column_width(ID, width(residents().map(|one| one.id.width()).max()))?;
    let named = residents().filter(|one| one.name != one.id);
    match named.map(|one| one.name.width()).max() {
        None => _ = sheet.set_column_hidden(NAME)?,
        longest => _ = sheet.set_column_width(NAME, width(longest))?,
    }
    sheet.set_column_width(COURSE, 9)?;
    sheet.set_column_width(WISH, 7)?;
    let last = FIRST + (years * MONTHS_PER_YEAR) as u16 - 1;
    sheet.set_column_range_width(FIRST, last, MONTH_WIDTH)?;
    sheet.set_freeze_panes(2, FIRST)?;
    sheet.set_repeat_rows(0, 1)?;
    print(sheet, A4, true);
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// Rows that fit a page whose width is that of three years: a cohort that would be cut begins on the next page.
const ROWS_A_PAGE: u32 = 36;

/// Academic years from entry to the last month of which anything is known.
fn years_of(scenario: &Scenario, career: &Career) -> u32 {
    let entry_year = scenario.resident(career.resident).entry_year;
    let last = career.all_years(scenario).max().unwrap_or(entry_year);
    let planned = scenario.training_months.div_ceil(MONTHS_PER_YEAR);
    (last.saturating_sub(entry_year).saturating_add(1).unsigned_abs()).max(planned)
}

/// The line with the academic years of a cohort, and the one with the months.
fn headings_of(
    sheet: &mut Page,
    scenario: &Scenario,
    entry_year: i32,
    years: u32,
    row: u32,
    catalogue: &Catalogue,
) -> Result<(), XlsxError> {
    let heading = look::heading();
    let centred = heading.clone().set_align(FormatAlign::Center);
    let of_year = scenario.residents.iter().filter(|one| one.entry_year == entry_year).count() as i64;
    let message = Message::new("calendar-cohort").number("residents", of_year);
    let words = message.text("year", headings::heading_of_year("", entry_year, catalogue));
    across(sheet, row, (ID, WISH), &catalogue.say(&words), &heading)?;
    let columns = ["resident", "name", "course"].map(|id| headings::spoken(id, catalogue));
    for (column, words) in (ID..).zip(columns.into_iter().chain([catalogue.word("column-wish")])) {
        sheet.write_string_with_format(row + 1, column, words, &heading)?;
    }
    for number in 0..years {
        let first = FIRST + (number * MONTHS_PER_YEAR) as u16;
        let year = entry_year.saturating_add(number as i32);
        let message = Message::new("overview-year").number("number", i64::from(number) + 1);
        let words = message.text("year", headings::heading_of_year("", year, catalogue));
        across(sheet, row, (first, first + MONTHS_PER_YEAR as u16 - 1), &catalogue.say(&words), &centred)?;
        let small = centred.clone().set_font_size(8.0);
        for (column, month) in (first..).zip(scenario.calendar.span_of(year).iter()) {
            sheet.write_number_with_format(row + 1, column, month.month_of_year(), &small)?;
        }
    }
    Ok(())
}

/// The formats of residents' lines, but those of stays.
struct Formats {
    plain: Format,
    outside: Format,
    away: Format,
}

fn resident(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    formats: &Formats,
    career: &Career,
    (row, years): (u32, u32),
    catalogue: &Catalogue,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    let person = scenario.resident(career.resident);
    let name = if person.name == person.id { "" } else { &person.name };
    let course = career.course.map_or("", |course| scenario.course(course).id.as_str());
    let wish = granted(scenario, career, catalogue);
    for (column, words) in (ID..).zip([&person.id, name, course, &wish]) {
        sheet.write_string_with_format(row, column, text(words), &formats.plain)?;
    }
    let start = scenario.calendar.start_of(person.entry_year);
    let page = Span::new(start, years * MONTHS_PER_YEAR);
    let training = scenario.training(career.resident);
    for month in page.iter().filter(|month| !training.contains(*month)) {
        sheet.write_blank(row, column(start, month), &formats.outside)?;
    }
    for stay in stays(career) {
        let span = stay.span.intersection(page);
        if span.is_empty() {
            continue;
        }
        let room = f64::from(span.months) * MONTH_WIDTH;
        let words = look.fitting(scenario, stay.place(), room, catalogue);
        let format = look.stay(stay.facility, stay.decided, career.leave_in(span).next().is_some());
        across(sheet, row, columns(start, span), &words, &format)?;
    }
    for away in &career.away {
        let span = away.span.intersection(page);
        if !span.is_empty() {
            across(sheet, row, columns(start, span), &catalogue.word(away.kind.key()), &formats.away)?;
        }
    }
    Ok(())
}

/// Which wish the course is.
pub(super) fn granted(scenario: &Scenario, career: &Career, catalogue: &Catalogue) -> String {
    match career.granted(scenario) {
        Some(Granted::Wish(place)) => place.to_string(),
        Some(Granted::Unlisted) => catalogue.word("wish-unlisted"),
        Some(Granted::NoWish) | None => "–".to_string(),
    }
}

fn column(start: Month, month: Month) -> u16 {
    FIRST + u16::try_from(month.since(start)).unwrap_or(0)
}

fn columns(start: Month, span: Span) -> (u16, u16) {
    (column(start, span.start), column(start, span.end().minus(1)))
}
