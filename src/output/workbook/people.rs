//! A page a resident: where they are from entry to the end, leave, and cases.

use rust_xlsxwriter::{FormatAlign, XlsxError};

use super::look::{self, Look};
use super::page::Page;
use super::sheet::{A4, print, text};
use super::{Content, overview};
use crate::audit::{case_is_assessed, case_logged, case_supplement};
use crate::calendar::Span;
use crate::language::{Catalogue, Message};
use crate::output::{away_in_words, headings, ledger};
use crate::plan::careers::{Career, Entry};
use crate::plan::leave_cell;
use crate::scenario::{CaseIx, Resident, Scenario};

const COLUMNS: [(&str, f64); 8] = [
    ("academic_year", 12.0),
    ("training_year", 8.0),
    ("start", 11.0),
    ("end", 11.0),
    ("months", 7.0),
    ("facility_name", 34.0),
    ("role", 12.0),
    ("leave", 30.0),
];

pub(super) fn write(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    catalogue: &Catalogue,
    title: &str,
) -> Result<(), XlsxError> {
    sheet.set_name(title)?;
    for (column, (_, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
    }
    let scenario = content.scenario();
    let assessed: Vec<CaseIx> =
        scenario.case_ixs().filter(|case| case_is_assessed(scenario, *case)).collect();
    let mut row = 0;
    let mut breaks = Vec::new();
    for career in content.careers {
        if row > 0 {
            breaks.push(row);
        }
        row = page(sheet, content, look, career, row, catalogue)?;
        row = cases(sheet, content, &assessed, career, row + 1, catalogue)? + 2;
    }
    print(sheet, A4, true);
    // Excel takes 1,023 breaks.
    breaks.truncate(1000);
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// One resident; the row below their years.
fn page(
    sheet: &mut Page,
    content: &Content<'_>,
    look: &Look,
    career: &Career,
    top: u32,
    catalogue: &Catalogue,
) -> Result<u32, XlsxError> {
    let scenario = content.scenario();
    let resident = scenario.resident(career.resident);
    sheet.write_string_with_format(top, 0, text(&called(resident)), &look::title())?;
    for (row, line) in (top + 1..).zip(about(scenario, career, catalogue)) {
        sheet.write_string(row, 0, text(&line))?;
    }
    let mut row = top + 5;
    let heading = look::heading();
    for (column, (id, _)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(row, column, headings::spoken(id, catalogue), &heading)?;
    }
    row += 1;
    let service = scenario.service(career.resident);
    let years: std::collections::BTreeSet<i32> = career.all_years(scenario).collect();
    let plain = look::plain();
    let centred = look::plain().set_align(FormatAlign::Center);
    let wrapped = look::plain().set_text_wrap();
    for year in years {
        for entry in career.year(scenario, year) {
            let (span, format, facility, role, leave) = match entry {
                Entry::At(piece) => {
                    let facility = scenario.facility(piece.facility);
                    let name = look.named(scenario, piece.place(), catalogue);
                    let leave = headings::leaves(&leave_cell(&service, piece.span), catalogue);
                    let role = headings::word(facility.role.id(), catalogue);
                    let format = look
                        .stay(piece.facility, piece.decided, false)
                        .into_owned()
                        .set_align(FormatAlign::Left);
                    (piece.span, format, name, role, leave)
                }
                Entry::Away(away) => {
                    let words = away_in_words(&away, catalogue);
                    (away.span, look::away(), words, String::new(), String::new())
                }
            };
            let Span { start, months } = span;
            sheet.write_string_with_format(row, 0, headings::heading_of_year("", year, catalogue), &plain)?;
            sheet.write_number_with_format(row, 1, service.training_year(start), &centred)?;
            sheet.write_string_with_format(row, 2, start.to_string(), &plain)?;
            sheet.write_string_with_format(row, 3, span.end().minus(1).to_string(), &plain)?;
            sheet.write_number_with_format(row, 4, months, &centred)?;
            sheet.write_string_with_format(row, 5, text(&facility), &format)?;
            sheet.write_string_with_format(row, 6, role, &plain)?;
            sheet.write_string_with_format(row, 7, text(&leave), &wrapped)?;
            row += 1;
        }
    }
    Ok(row)
}

fn called(resident: &Resident) -> String {
    if resident.name == resident.id {
        resident.id.clone()
    } else {
        format!("{} {}", resident.id, resident.name)
    }
}

/// Entry, course and months of the training.
fn about(scenario: &Scenario, career: &Career, catalogue: &Catalogue) -> Vec<String> {
    let resident = scenario.resident(career.resident);
    let ledger = scenario.service(career.resident).ledger();
    let course = career.course.map(|course| scenario.course(course));
    let course = course.map_or("–".to_string(), |course| match course.name == course.id {
        true => course.id.clone(),
        false => format!("{} {}", course.id, course.name),
    });
    let end = ledger.end.map_or("–".to_string(), |end| end.to_string());
    let entry = Message::new("people-entry")
        .text("program", &scenario.name)
        .text("year", headings::heading_of_year("", resident.entry_year, catalogue))
        .text("end", end);
    let course = Message::new("people-course")
        .text("course", course)
        .text("wish", overview::granted(scenario, career, catalogue));
    let months = Message::new("people-months")
        .text("counted", ledger::months(ledger.counted))
        .number("planned", ledger.planned.into())
        .number("leave", ledger.leave.into());
    [entry, course, months].map(|message| catalogue.say(&message)).to_vec()
}

/// What of every item is done, planned and asked for; the row below.
fn cases(
    sheet: &mut Page,
    content: &Content<'_>,
    assessed: &[CaseIx],
    career: &Career,
    top: u32,
    catalogue: &Catalogue,
) -> Result<u32, XlsxError> {
    let scenario = content.scenario();
    if assessed.is_empty() || !scenario.completes(career.resident) {
        return Ok(top);
    }
    let heading = look::heading();
    let columns = ["case", "target", "logged", "supplement", "planned"];
    for (column, id) in (0..).zip(columns) {
        sheet.write_string_with_format(top, column, headings::spoken(id, catalogue), &heading)?;
    }
    let quotas = content.planned.answer.quotas.iter().filter(|quota| quota.resident == career.resident);
    let mut row = top + 1;
    let (plain, shrunk) = (look::plain(), look::plain().set_shrink());
    for &case in assessed {
        let planned: u32 = quotas.clone().filter(|quota| quota.case == case).map(|quota| quota.planned).sum();
        let item = scenario.case(case);
        sheet.write_string_with_format(row, 0, text(&item.name), &shrunk)?;
        let figures = [
            item.target,
            case_logged(scenario, case, career.resident),
            case_supplement(scenario, case, career.resident),
            planned,
        ];
        for (column, figure) in (1..).zip(figures) {
            sheet.write_number_with_format(row, column, figure, &plain)?;
        }
        row += 1;
    }
    Ok(row)
}
