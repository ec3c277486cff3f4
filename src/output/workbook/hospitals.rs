//! Hospitals × months with the names of those who are there: all hospitals on one sheet, and a sheet to send to each.
//!
//! A hospital has as many lines as it ever holds residents at once; whoever comes takes the first line that is
//! free. On the sheet of all hospitals each section has lines of its own; on a hospital's own sheet a resident has one
//! line a year, with a bar for every section.

use rust_xlsxwriter::{Format, FormatAlign, XlsxError};

use super::look::{self, Look};
use super::page::Page;
use super::sheet::{A3, A4, across, print, text};
use super::{Content, places, stays};
use crate::audit;
use crate::calendar::{Month, Span};
use crate::language::{Catalogue, Message};
use crate::output::occupancy::Occupancy;
use crate::output::{away_in_words, facility_name, headings, section_name};
use crate::plan::careers::Career;
use crate::scenario::{FacilityIx, Place, Scenario};

/// Somebody at a place.
#[derive(Clone, Copy)]
struct Stay<'a> {
    career: &'a Career,
    place: Place,
    span: Span,
}

impl Stay<'_> {
    fn with_leave(&self) -> bool {
        self.career.leave_in(self.span).next().is_some()
    }
}

/// The planned stays at a hospital, by time and resident.
fn stays_at<'a>(content: &Content<'a>, facility: FacilityIx) -> Vec<Stay<'a>> {
    let of = |career: &'a Career| {
        let there = stays(career).into_iter().filter(move |stay| stay.decided && stay.facility == facility);
        there.map(move |stay| Stay { career, place: stay.place(), span: stay.span })
    };
    let mut all: Vec<Stay<'a>> = content.careers.iter().flat_map(of).collect();
    all.sort_by_key(|stay| (stay.span.start, stay.career.resident));
    all
}

/// Whether anybody is planned to be there.
pub(super) fn has_residents(content: &Content<'_>, facility: FacilityIx) -> bool {
    let mut pieces = content.careers.iter().flat_map(|career| career.years.values().flatten());
    pieces.any(|piece| piece.decided && piece.facility == facility)
}

/// The stays in lines without overlap.
fn lines<'a>(stays: Vec<Stay<'a>>) -> Vec<Vec<Stay<'a>>> {
    let mut lines: Vec<Vec<Stay<'a>>> = Vec::new();
    for stay in stays {
        let is_free =
            |line: &&mut Vec<Stay<'a>>| line.last().is_none_or(|last| last.span.end() <= stay.span.start);
        match lines.iter_mut().find(is_free) {
            Some(line) => line.push(stay),
            None => lines.push(vec![stay]),
        }
    }
    lines
}

const NAME: u16 = 0;
const LINE: u16 = 1;
const FIRST: u16 = 2;
const MONTH_WIDTH: f64 = 2.8;
/// Where sections make stays of a month usual, so that names in them are read.
const SECTION_MONTH_WIDTH: f64 = 5.0;

/// All hospitals.
pub(super) fn all(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    catalogue: &Catalogue,
    title: &str,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    let span = scenario.horizon();
    sheet.set_name(title)?;
    sheet.write_string_with_format(0, NAME, text(&scenario.name), &look::title())?;
    months(sheet, scenario, span, (1, FIRST), catalogue)?;
    let heading = look::heading();
    sheet.write_string_with_format(2, NAME, headings::spoken("facility_name", catalogue), &heading)?;
    sheet.write_blank(2, LINE, &heading)?;
    let mut row = 3;
    for place in places(scenario) {
        let facility = place.facility;
        let mut here = stays_at(content, facility);
        here.retain(|stay| stay.place == place);
        // Where there are sections, nobody should be in none of them.
        if here.is_empty() && place.section.is_none() && scenario.has_sections(facility) {
            continue;
        }
        let lines = lines(here);
        let name = look.named(scenario, place, catalogue);
        let label = look::boxed(Look::fill(facility)).set_text_wrap().set_align(FormatAlign::Top);
        let rows = lines.len().max(1) as u32;
        match rows {
            1 => _ = sheet.write_string_with_format(row, NAME, text(&name), &label)?,
            rows => _ = sheet.merge_range(row, NAME, row + rows - 1, NAME, &text(&name), &label)?,
        }
        for number in 0..rows {
            sheet.write_number_with_format(row + number, LINE, number + 1, &look::plain())?;
        }
        for (row, line) in (row..).zip(&lines) {
            for stay in line {
                let resident = scenario.resident(stay.career.resident);
                let format = look.stay(facility, true, stay.with_leave());
                let first = FIRST + stay.span.start.since(span.start).unsigned_abs() as u16;
                let last = first + stay.span.months as u16 - 1;
                across(sheet, row, (first, last), &resident.name, &format)?;
            }
        }
        row += rows;
    }
    sheet.set_column_width(NAME, 26)?;
    sheet.set_column_width(LINE, 4)?;
    if !span.is_empty() {
        let width = if scenario.sections.is_empty() { MONTH_WIDTH } else { SECTION_MONTH_WIDTH };
        sheet.set_column_range_width(FIRST, FIRST + span.months as u16 - 1, width)?;
    }
    sheet.set_freeze_panes(3, FIRST)?;
    sheet.set_repeat_rows(1, 2)?;
    print(sheet, A3, true);
    Ok(())
}

/// A line of academic years and one of months.
fn months(
    sheet: &mut Page,
    scenario: &Scenario,
    span: Span,
    (row, first): (u32, u16),
    catalogue: &Catalogue,
) -> Result<(), XlsxError> {
    let heading = look::heading().set_align(FormatAlign::Center);
    let small = heading.clone().set_font_size(8.0);
    let column = |month: Month| first + month.since(span.start).unsigned_abs() as u16;
    for (year, part) in scenario.calendar.split(span) {
        let columns = (column(part.start), column(part.end().minus(1)));
        across(sheet, row, columns, &headings::heading_of_year("", year, catalogue), &heading)?;
    }
    for month in span.iter() {
        sheet.write_number_with_format(row + 1, column(month), month.month_of_year(), &small)?;
    }
    Ok(())
}

const ID: u16 = 0;
const WHO: u16 = 1;
const YEAR: u16 = 2;
const COURSE: u16 = 3;
const BARS: u16 = 4;
const REMARK: u16 = BARS + 12;
/// The width of a month, and what of a bar its number of months takes.
const BAR_WIDTH: f64 = 4.0;
const MONTHS_WIDTH: f64 = 5.0;

/// One hospital: who comes and goes, year by year.
pub(super) fn one(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    catalogue: &Catalogue,
    facility: FacilityIx,
    title: &str,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    let of = scenario.facility(facility);
    sheet.set_name(title)?;
    sheet.write_string_with_format(0, ID, text(facility_name(of, catalogue)), &look::title())?;
    let message = Message::new("hospital-guide").text("program", &scenario.name);
    sheet.write_string(
        1,
        ID,
        text(&catalogue.say(&message.text("short", look.short(Place { facility, section: None })))),
    )?;
    let mut row = 3;
    let all = stays_at(content, facility);
    for year in Occupancy::years(scenario) {
        let span = scenario.calendar.span_of(year);
        let here: Vec<Stay<'_>> = all
            .iter()
            .map(|stay| Stay { span: stay.span.intersection(span), ..*stay })
            .filter(|stay| !stay.span.is_empty())
            .collect();
        if !here.is_empty() {
            row = year_of(sheet, content, look, (facility, year), here, row, catalogue)? + 1;
        }
    }
    for (column, width) in [(ID, 14.0), (WHO, 18.0), (YEAR, 6.0), (COURSE, 10.0), (REMARK, 24.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_range_width(BARS, REMARK - 1, BAR_WIDTH)?;
    print(sheet, A4, true);
    Ok(())
}

/// One academic year of a hospital; the row below it.
fn year_of(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    (facility, year): (FacilityIx, i32),
    here: Vec<Stay<'_>>,
    top: u32,
    catalogue: &Catalogue,
) -> Result<u32, XlsxError> {
    let scenario = content.scenario();
    let span = scenario.calendar.span_of(year);
    let (heading, plain) = (look::heading(), look::plain());
    let group = look::group().set_font_size(12.0);
    sheet.write_string_with_format(top, ID, headings::heading_of_year("", year, catalogue), &group)?;
    for column in WHO..=REMARK {
        sheet.write_blank(top, column, &group)?;
    }
    let columns =
        [(ID, "resident"), (WHO, "name"), (YEAR, "training_year"), (COURSE, "course"), (REMARK, "leave")];
    for (column, id) in columns {
        sheet.write_string_with_format(top + 1, column, headings::spoken(id, catalogue), &heading)?;
    }
    let centred = heading.clone().set_align(FormatAlign::Center);
    for (column, month) in (BARS..).zip(span.iter()) {
        let words =
            catalogue.say(&Message::new("month-of-year").number("month", month.month_of_year().into()));
        sheet.write_string_with_format(top + 1, column, words, &centred)?;
    }
    let mut row = top + 2;
    let bar = |month: Month| BARS + month.since(span.start).unsigned_abs() as u16;
    let centred = plain.clone().set_align(FormatAlign::Center);
    let (wrapped, shrunk) = (plain.clone().set_text_wrap(), plain.clone().set_shrink());
    for own in of_one(&here) {
        let Some(first) = own.first() else { continue };
        let career = first.career;
        let resident = scenario.resident(career.resident);
        let name = if resident.name == resident.id { "" } else { &resident.name };
        let course = career.course.map_or("", |course| scenario.course(course).id.as_str());
        for (column, words) in [(ID, resident.id.as_str()), (WHO, name), (COURSE, course)] {
            sheet.write_string_with_format(row, column, text(words), &plain)?;
        }
        let training_year = scenario.service(career.resident).training_year(first.span.start);
        sheet.write_number_with_format(row, YEAR, training_year, &centred)?;
        for column in BARS..REMARK {
            sheet.write_blank(row, column, &plain)?;
        }
        for stay in &own {
            let months = stay.span.months;
            let first = bar(stay.span.start);
            let message = match stay.place.section {
                None => Message::new("hospital-months"),
                Some(_) => {
                    let room = f64::from(months) * BAR_WIDTH - MONTHS_WIDTH;
                    Message::new("hospital-section-months")
                        .text("section", look.fitting(scenario, stay.place, room, catalogue))
                }
            };
            let words = catalogue.say(&message.number("months", months.into()));
            let format = look.stay(facility, true, stay.with_leave());
            across(sheet, row, (first, first + months as u16 - 1), &words, &format)?;
        }
        let leave = own.iter().flat_map(|stay| career.leave_in(stay.span)).map(|away| {
            let message = Message::new("hospital-leave").text("from", away.span.start);
            catalogue.say(&message.text("leave", away_in_words(&away, catalogue)))
        });
        let leave = leave.collect::<Vec<_>>().join("\n");
        sheet.write_string_with_format(row, REMARK, text(&leave), &wrapped)?;
        row += 1;
    }
    let bold: Format = plain.clone().set_bold().set_align(FormatAlign::Center);
    let counted = scenario.coverage_months();
    for place in places(scenario).filter(|place| place.facility == facility) {
        let section = place.section.map(|section| scenario.section(section));
        let is_here = |stay: &&Stay<'_>| section.is_none() || stay.place == place;
        let residents = |month: Month| {
            Some(here.iter().filter(is_here).filter(|stay| stay.span.contains(month)).count() as u32)
        };
        let seats = |month: Month| match section {
            Some(own) => *own.seats.at(month),
            None => audit::seat_limit(scenario, facility, month),
        };
        let least = |month: Month| {
            let own = section.map_or(&scenario.facility(facility).min_residents, |own| &own.min_residents);
            Some(*own.at(month)).filter(|least| *least > 0 && counted.contains(month))
        };
        let figures: [&dyn Fn(Month) -> Option<u32>; 3] = [&residents, &seats, &least];
        for (key, figure) in
            ["hospital-residents", "calendar-seats", "calendar-least"].into_iter().zip(figures)
        {
            if span.iter().all(|month| figure(month).is_none()) {
                continue;
            }
            let words = match section {
                None => catalogue.word(key),
                Some(own) => {
                    let message =
                        Message::new("hospital-of-section").text("section", section_name(own, catalogue));
                    catalogue.say(&message.message("figure", Message::new(key)))
                }
            };
            across(sheet, row, (ID, COURSE), &words, &shrunk)?;
            for (column, month) in (BARS..).zip(span.iter()) {
                match figure(month) {
                    Some(figure) => _ = sheet.write_number_with_format(row, column, figure, &bold)?,
                    None => _ = sheet.write_blank(row, column, &bold)?,
                }
            }
            row += 1;
        }
    }
    Ok(row)
}

/// Stays of one resident each: those that the same line has room for.
fn of_one<'a>(here: &[Stay<'a>]) -> Vec<Vec<Stay<'a>>> {
    let mut all: Vec<Vec<Stay<'a>>> = Vec::new();
    for stay in here {
        match all.iter_mut().find(|own| own.iter().all(|other| other.career.resident == stay.career.resident))
        {
            Some(own) => own.push(*stay),
            None => all.push(vec![*stay]),
        }
    }
    all
}
