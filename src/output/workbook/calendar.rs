//! The calendar: residents × months with a value in every cell, to work in.
//!
//! Below it every hospital has a row that counts, by formula, who is there in each month, and turns red where that
//! is more than the seats or fewer than the hospital counts on; below a hospital stand its sections, which are places
//! of their own, and the hospital's row counts what is in any of them. Seats, minima and who is on leave stand in rows and
//! a sheet that are folded away. Ranges of formulas begin in the headings and end in an empty row: cells that
//! are dragged are never the end of one, which a spreadsheet would drag along.

use std::collections::BTreeMap;

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation,
    DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::look::{self, Look};
use super::page::Page;
use super::sheet::{A3, across, print, text};
use super::{Content, places, stays};
use crate::audit;
use crate::calendar::{Month, Span};
use crate::language::{Catalogue, Message};
use crate::output::{facility_name, headings, section_name};
use crate::scenario::{Place, Scenario};
use crate::tables::workbook::plan::Written;

const LABEL: u16 = 0;
const ID: u16 = 1;
const NAME: u16 = 2;
const COURSE: u16 = 3;
/// The first month.
const FIRST: u16 = 4;

const YEARS: u32 = 2;
const HEADINGS: u32 = 3;
const MONTH_WIDTH: f64 = 4.2;
/// Seats and what a hospital counts on stand in the column of the names.
const LIMITS_WIDTH: f64 = 10.0;

/// Months at work nowhere: cells of the calendar, by row and column.
pub(super) type Leave = Vec<(u32, u16)>;

/// The months that the calendar has.
fn months(scenario: &Scenario) -> Span {
    scenario.horizon()
}

fn column(span: Span, month: Month) -> u16 {
    FIRST + u16::try_from(month.since(span.start)).unwrap_or(0)
}

/// Writes the sheet; where anybody is on leave at a hospital, the cells for [`mask`].
pub(super) fn write(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    catalogue: &Catalogue,
    title: &str,
    mask: &str,
    written: &mut Written,
) -> Result<Option<Leave>, XlsxError> {
    let scenario = content.scenario();
    let span = months(scenario);
    sheet.set_name(title)?;
    written.calendar(title);
    head(sheet, scenario, span, catalogue)?;
    let mut leave = Leave::new();
    let spacer = residents(sheet, content, look, catalogue, written, &mut leave)?;
    let body = Body { span, spacer, mask: (!leave.is_empty()).then_some(mask) };
    if !span.is_empty() && spacer > HEADINGS + 1 {
        colours(sheet, scenario, look, &body)?;
        margins(sheet, content, look, catalogue, &body)?;
    }
    let hospitals = scenario.facility_ixs().map(|facility| Place { facility, section: None });
    for place in hospitals.chain(places(scenario).filter(|place| place.section.is_some())) {
        written.short(look.short(place), &scenario.place_id(place));
    }
    written.mark(&catalogue.word("calendar-away"));
    sheet.set_freeze_panes(HEADINGS + 1, FIRST)?;
    sheet.set_repeat_rows(YEARS, HEADINGS)?;
    sheet.set_repeat_columns(LABEL, COURSE)?;
    sheet.set_zoom(85);
    print(sheet, A3, true);
    Ok((!leave.is_empty()).then_some(leave))
}

/// Who is on leave where, for the formulas: 1 in the place of the cell.
pub(super) fn mask(sheet: &mut Worksheet, leave: &Leave, title: &str) -> Result<(), XlsxError> {
    sheet.set_name(title)?;
    sheet.set_hidden(true);
    for (row, column) in leave {
        sheet.write_number(*row, *column, 1)?;
    }
    Ok(())
}

fn head(sheet: &mut Page, scenario: &Scenario, span: Span, catalogue: &Catalogue) -> Result<(), XlsxError> {
    let heading = look::heading();
    sheet.write_string_with_format(0, LABEL, text(&scenario.name), &look::title())?;
    sheet.write_string(1, LABEL, text(&catalogue.word("calendar-guide")))?;
    for (column, key) in [(ID, "resident"), (NAME, "name"), (COURSE, "course")] {
        sheet.write_string_with_format(HEADINGS, column, headings::spoken(key, catalogue), &heading)?;
    }
    sheet.write_string_with_format(HEADINGS, LABEL, headings::spoken("entry_year", catalogue), &heading)?;
    let band = heading.clone().set_align(FormatAlign::Center);
    for (year, part) in scenario.calendar.split(span) {
        let (first, last) = (column(span, part.start), column(span, part.end().minus(1)));
        across(sheet, YEARS, (first, last), &headings::heading_of_year("", year, catalogue), &band)?;
    }
    let upright = look::boxed(Format::new().set_bold().set_font_size(9.0))
        .set_rotation(90)
        .set_align(FormatAlign::Center);
    for month in span.iter() {
        sheet.write_string_with_format(HEADINGS, column(span, month), month.to_string(), &upright)?;
    }
    sheet.set_row_height(HEADINGS, 48)?;
    let named = scenario.residents.iter().filter(|resident| resident.name != resident.id);
    let longest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0).clamp(8, 26) as f64 + 2.0;
    let facilities = scenario.facilities.iter().map(|facility| facility_name(facility, catalogue).width());
    let sections = scenario.sections.iter().map(|section| section_name(section, catalogue).width() + 2);
    sheet.set_column_width(LABEL, longest(&mut facilities.chain(sections)))?;
    sheet.set_column_width(ID, longest(&mut scenario.residents.iter().map(|one| one.id.width())))?;
    sheet.set_column_width(NAME, longest(&mut named.map(|one| one.name.width())).max(LIMITS_WIDTH))?;
    sheet.set_column_width(COURSE, 10)?;
    if !span.is_empty() {
        sheet.set_column_range_width(FIRST, column(span, span.end().minus(1)), MONTH_WIDTH)?;
    }
    Ok(())
}

/// Writes the rows of the residents; the empty row below them.
fn residents(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    catalogue: &Catalogue,
    written: &mut Written,
    leave: &mut Leave,
) -> Result<u32, XlsxError> {
    let scenario = content.scenario();
    let span = months(scenario);
    let formats = Formats::new();
    let mut row = HEADINGS + 1;
    let mut cohort = None;
    for career in content.careers {
        let resident = scenario.resident(career.resident);
        let decided = scenario.decided(career.resident);
        if decided.is_empty() {
            continue;
        }
        if cohort != Some(resident.entry_year) {
            cohort = Some(resident.entry_year);
            cohort_row(sheet, content, resident.entry_year, row, catalogue)?;
            row += 1;
        }
        let course = career.course.map_or("", |course| scenario.course(course).id.as_str());
        let name = if resident.name == resident.id { "" } else { &resident.name };
        sheet.write_number_with_format(row, LABEL, resident.entry_year, &formats.year)?;
        for (column, words) in [(ID, resident.id.as_str()), (NAME, name), (COURSE, course)] {
            sheet.write_string_with_format(row, column, text(words), &formats.label)?;
        }
        let service = scenario.service(career.resident);
        let stays = stays(career);
        for month in span.iter() {
            let at = column(span, month);
            let stay = stays.iter().find(|stay| stay.decided && stay.span.contains(month));
            let this = service.at(month).filter(|_| decided.contains(month));
            match (stay, this) {
                (Some(stay), this) => {
                    let is_on_leave = this.is_some_and(|this| this.leave.is_some());
                    let format = if is_on_leave { &formats.on_leave } else { &formats.month };
                    let short = look.short(stay.place());
                    sheet.write_string_with_format(row, at, short, format)?;
                    written.month(&resident.id, course, month, short);
                    if this.is_some_and(|this| !this.staffs) {
                        leave.push((row, at));
                    }
                }
                (None, Some(this)) if this.leave.is_some() => {
                    sheet.write_string_with_format(
                        row,
                        at,
                        catalogue.word("calendar-away"),
                        &formats.away,
                    )?;
                }
                (None, Some(_)) => _ = sheet.write_blank(row, at, &formats.month)?,
                (None, None) => _ = sheet.write_blank(row, at, &formats.outside)?,
            }
        }
        row += 1;
    }
    Ok(row)
}

fn cohort_row(
    sheet: &mut Page,
    content: &Content<'_>,
    year: i32,
    row: u32,
    catalogue: &Catalogue,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    let group = look::group();
    let of_year = scenario.residents.iter().filter(|one| one.entry_year == year).count() as i64;
    let message = Message::new("calendar-cohort").number("residents", of_year);
    let words = catalogue.say(&message.text("year", headings::heading_of_year("", year, catalogue)));
    sheet.write_string_with_format(row, LABEL, words, &group)?;
    for column in ID..FIRST + months(scenario).months as u16 {
        sheet.write_blank(row, column, &group)?;
    }
    Ok(())
}

struct Formats {
    label: Format,
    year: Format,
    month: Format,
    on_leave: Format,
    away: Format,
    outside: Format,
}

impl Formats {
    fn new() -> Self {
        // Between the months of a stay there is no line.
        let month = Format::new()
            .set_align(FormatAlign::Center)
            .set_shrink()
            .set_border_top(FormatBorder::Hair)
            .set_border_bottom(FormatBorder::Hair);
        Self {
            label: look::plain(),
            year: look::plain().set_align(FormatAlign::Left),
            on_leave: month.clone().set_italic().set_border_bottom(FormatBorder::MediumDashed),
            month,
            away: look::away(),
            outside: look::outside(),
        }
    }
}

/// Where the calendar stands in its sheet.
struct Body<'a> {
    span: Span,
    /// The empty row below.
    spacer: u32,
    /// The sheet with the cells on leave.
    mask: Option<&'a str>,
}

impl Body<'_> {
    fn last(&self) -> u16 {
        column(self.span, self.span.end().minus(1))
    }

    /// A column from the headings down to the empty row.
    fn range(&self, letter: &str) -> String {
        format!("{letter}${}:{letter}${}", HEADINGS + 1, self.spacer + 1)
    }
}

/// Colours by what stands in a cell, so that they follow whatever is moved or typed. A stay begins with a line and its
/// name; where the cell before says the same, the name has the colour of the cell. The first rule that holds is
/// the only one: spreadsheets do not agree on what several would make together.
fn colours(sheet: &mut Page, scenario: &Scenario, look: &Look, body: &Body<'_>) -> Result<(), XlsxError> {
    let (top, bottom) = (HEADINGS + 1, body.spacer - 1);
    let row = top + 1;
    let [first, second] = [FIRST, FIRST + 1].map(column_number_to_name);
    for place in places(scenario) {
        let short = look.short(place);
        let fill = Look::fill(place.facility);
        let begins = fill.clone().set_border_left(FormatBorder::Thin);
        let is_there = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(short.to_string()))
            .set_format(begins);
        sheet.add_conditional_format(top, FIRST, bottom, FIRST, &is_there)?;
        if body.last() > FIRST {
            let goes_on = ConditionalFormatFormula::new()
                .set_rule(format!("=AND({second}{row}=\"{short}\",{first}{row}={second}{row})").as_str())
                .set_stop_if_true(true)
                .set_format(fill.set_font_color(Look::colour(place.facility)));
            sheet.add_conditional_format(top, FIRST + 1, bottom, body.last(), &goes_on)?;
            sheet.add_conditional_format(top, FIRST + 1, bottom, body.last(), &is_there)?;
        }
    }
    Ok(())
}

/// The figures of one place by month.
struct Figures {
    place: Place,
    /// How many of the rows below it are sections of it.
    sections: u32,
    present: Vec<u32>,
    on_leave: Vec<u32>,
    seats: Vec<Option<u32>>,
    /// What it counts on, in the months that count.
    least: Vec<Option<u32>>,
}

fn figures(content: &Content<'_>, span: Span) -> Vec<Figures> {
    let scenario = content.scenario();
    let mut present: BTreeMap<(Place, Month), (u32, u32)> = BTreeMap::new();
    for career in content.careers {
        let service = scenario.service(career.resident);
        for stay in stays(career).into_iter().filter(|stay| stay.decided) {
            let hospital = Place { section: None, ..stay.place() };
            let section = stay.section.map(|_| stay.place());
            for (month, place) in
                stay.span.iter().flat_map(|month| [Some(hospital), section].map(|place| (month, place)))
            {
                let Some(place) = place else { continue };
                let counts = present.entry((place, month)).or_default();
                counts.0 += 1;
                counts.1 += u32::from(service.at(month).is_some_and(|this| !this.staffs));
            }
        }
    }
    let counted = scenario.coverage_months();
    let of = |place: Place| {
        let count = |month| present.get(&(place, month)).copied().unwrap_or_default();
        let section = place.section.map(|section| scenario.section(section));
        let least = |month| {
            let least =
                section.map_or(&scenario.facility(place.facility).min_residents, |own| &own.min_residents);
            Some(*least.at(month)).filter(|least| *least > 0 && counted.contains(month))
        };
        let seats = |month| match section {
            Some(own) => *own.seats.at(month),
            None => audit::seat_limit(scenario, place.facility, month),
        };
        Figures {
            place,
            sections: if section.is_none() { scenario.sections_of(place.facility).count() as u32 } else { 0 },
            present: span.iter().map(|month| count(month).0).collect(),
            on_leave: span.iter().map(|month| count(month).1).collect(),
            seats: span.iter().map(seats).collect(),
            least: span.iter().map(least).collect(),
        }
    };
    places(scenario).map(of).collect()
}

/// Counts, seats and minima of every place.
fn margins(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    catalogue: &Catalogue,
    body: &Body<'_>,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    let all = figures(content, body.span);
    let lines = all.len() as u32;
    let counts = body.spacer + 1;
    // A row of headings, the places, the sum; then the same for seats, minima and leave.
    let seats = counts + lines + 2;
    let least = seats + lines + 2;
    let on_leave = least + lines + 1;
    let columns: Vec<(u16, String)> =
        (FIRST..=body.last()).map(|column| (column, column_number_to_name(column))).collect();
    for (row, key) in [(counts, "calendar-counts"), (seats, "calendar-seats"), (least, "calendar-least")] {
        caption(sheet, row, &catalogue.word(key), body)?;
    }
    let cell = Format::new().set_align(FormatAlign::Center).set_border(FormatBorder::Hair);
    for (number, of) in (0..).zip(&all) {
        let row = counts + 1 + number;
        let (name, label) = match of.place.section {
            None => (facility_name(scenario.facility(of.place.facility), catalogue), look::plain()),
            Some(own) => (section_name(scenario.section(own), catalogue), look::plain().set_indent(1)),
        };
        for row in [row, seats + 1 + number, least + 1 + number] {
            sheet.write_string_with_format(row, LABEL, text(name), &label)?;
        }
        let counted: Vec<Option<u32>> = of.least.iter().copied().filter(Option::is_some).collect();
        let limits = format!("{} / {}", changing(&of.seats), changing(&counted));
        sheet.write_string_with_format(row, NAME, limits, &look::plain().set_shrink())?;
        let fill = look::boxed(Look::fill(of.place.facility)).set_align(FormatAlign::Center).set_shrink();
        sheet.write_string_with_format(row, COURSE, look.short(of.place), &fill)?;
        for ((column, letter), month) in columns.iter().zip(0..) {
            let is_here = format!("({}=$D{})", body.range(letter), row + 1);
            let sections = |first: u32| match of.sections {
                0 => String::new(),
                count => format!("+SUM({letter}{}:{letter}{})", first + 2, first + 1 + count),
            };
            let formula = format!("=SUMPRODUCT(--{is_here}){}", sections(row));
            let formula = Formula::new(formula).set_result(of.present[month].to_string());
            sheet.write_formula_with_format(row, *column, formula, &cell)?;
            if let Some(most) = of.seats[month] {
                sheet.write_number_with_format(seats + 1 + number, *column, most, &cell)?;
            }
            if let Some(fewest) = of.least[month] {
                sheet.write_number_with_format(least + 1 + number, *column, fewest, &cell)?;
            }
            if let Some(mask) = body.mask {
                let row = on_leave + 1 + number;
                let here = format!("{is_here}*'{mask}'!{}", body.range(letter));
                let formula = format!("=SUMPRODUCT({here}){}", sections(row));
                let formula = Formula::new(formula).set_result(of.on_leave[month].to_string());
                sheet.write_formula_with_format(row, *column, formula, &cell)?;
            }
        }
        if body.mask.is_some() {
            sheet.write_string_with_format(on_leave + 1 + number, LABEL, text(name), &label)?;
        }
    }
    if body.mask.is_some() {
        caption(sheet, on_leave, &catalogue.word("calendar-on-leave"), body)?;
    }
    totals(sheet, scenario, catalogue, body, (counts + lines + 1, &all))?;
    let letter = column_number_to_name(FIRST);
    let first = counts + 2;
    let leave = body.mask.map_or(String::new(), |_| format!("-{letter}{}", on_leave + 2));
    let above = format!("=AND(ISNUMBER({letter}{0}),{letter}{first}>{letter}{0})", seats + 2);
    let below = format!("=AND(ISNUMBER({letter}{0}),{letter}{first}{leave}<{letter}{0})", least + 2);
    // A sign beside the colour: it is seen in grey, too.
    for (rule, sign, colour) in [(above, "▲", 0x00C0_0000), (below, "▼", 0x00E0_4000)] {
        let format = Format::new()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(colour))
            .set_num_format(format!("0\"{sign}\""));
        let red = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(format);
        sheet.add_conditional_format(counts + 1, FIRST, counts + lines + 1, body.last(), &red)?;
    }
    let last = if body.mask.is_some() { on_leave + lines } else { least + lines };
    sheet.group_rows_collapsed(seats, last)?;
    sheet.set_print_area(0, 0, seats - 1, body.last())?;
    let list = format!("=$D${first}:$D${}", counts + lines + 1);
    let choice = DataValidation::new()
        .allow_list_formula(Formula::new(list))
        .set_error_style(DataValidationErrorStyle::Information)
        .show_error_message(false);
    sheet.add_data_validation(HEADINGS + 1, FIRST, body.spacer - 1, body.last(), &choice)?;
    Ok(())
}

fn caption(sheet: &mut Page, row: u32, words: &str, body: &Body<'_>) -> Result<(), XlsxError> {
    let group = look::group();
    sheet.write_string_with_format(row, LABEL, text(words), &group)?;
    for column in ID..=body.last() {
        sheet.write_blank(row, column, &group)?;
    }
    Ok(())
}

/// All hospitals together, and what all supervisors together can guide where they are read as one pool.
fn totals(
    sheet: &mut Page,
    scenario: &Scenario,
    catalogue: &Catalogue,
    body: &Body<'_>,
    (row, all): (u32, &[Figures]),
) -> Result<(), XlsxError> {
    let lines = all.len() as u32;
    let cell = Format::new().set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    let words = catalogue.word("calendar-all");
    let limits = row + lines + 2;
    for row in [row, limits] {
        sheet.write_string_with_format(row, LABEL, &words, &look::plain().set_bold())?;
    }
    for (number, month) in body.span.iter().enumerate() {
        let column = FIRST + number as u16;
        let letter = column_number_to_name(column);
        let hospitals = || (0..).zip(all).filter(|(_, of)| of.place.section.is_none());
        let sum: u32 = hospitals().map(|(_, of)| of.present[number]).sum();
        // The rows of hospitals, without those of sections between them.
        let top = row + 1 - lines;
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for line in hospitals().map(|(line, _)| top + line) {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == line => *last = line,
                _ => ranges.push((line, line)),
            }
        }
        let sums = ranges.iter().map(|(first, last)| format!("SUM({letter}{first}:{letter}{last})"));
        let formula = format!("={}", sums.collect::<Vec<_>>().join("+"));
        sheet.write_formula_with_format(
            row,
            column,
            Formula::new(formula).set_result(sum.to_string()),
            &cell,
        )?;
        if let Some(limit) = audit::program_limit(scenario, month) {
            sheet.write_number_with_format(limits, column, limit, &cell)?;
        }
    }
    Ok(())
}

/// A figure that may change: those it has, one after another.
fn changing(figures: &[Option<u32>]) -> String {
    let mut figures: Vec<String> =
        figures.iter().map(|figure| figure.map_or("–".to_string(), |figure| figure.to_string())).collect();
    figures.dedup();
    if figures.is_empty() {
        return "–".to_string();
    }
    /// Figures shown at most.
    const SHOWN_MAX: usize = 4;
    if figures.len() > SHOWN_MAX {
        figures.truncate(SHOWN_MAX);
        figures.push("…".to_string());
    }
    figures.join("→")
}
