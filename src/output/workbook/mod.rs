//! `plan.xlsx`: the whole answer as a workbook to print, to send, and to work in.
//!
//! The plan stands in it in two forms, because one cannot be both. In the *overview*, and in all sheets for
//! hospitals and residents, a stay is one merged cell: that is how people read it, on paper too. In the *calendar*
//! every month is a cell of its own that holds the short name of a hospital: only so can a formula count who is
//! where, and whoever drags a block has moved a stay. A format hides the names that repeat, so that a stay looks
//! like one there as well.
//!
//! A hospital has the same colour, pattern and short name in every sheet; patterns and names tell hospitals apart
//! where colours do not print. The sheet `placements` holds what `placements.csv` does. What was written is
//! remembered in a hidden sheet, so that whoever reads the workbook knows what was edited
//! (`tables::workbook::plan`). Equal answers give equal bytes.

mod calendar;
mod hospitals;
mod look;
mod overview;
mod people;
mod sheet;
mod short;
mod tables;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::diff::Diff;
use crate::engine::Planned;
use crate::language::{Catalogue, Message};
use crate::plan::careers::{Career, Piece};
use crate::scenario::{FacilityIx, Scenario};
use crate::tables::workbook::plan::Written;
use look::Look;
use sheet::Names;

/// What the workbook is made of: an answer with a plan, and what other outputs made of it already.
#[derive(Clone, Copy)]
pub struct Content<'a> {
    pub planned: &'a Planned,
    pub careers: &'a [Career],
    pub remarks: &'a [Message],
    /// Against the base plan, where there is one.
    pub diff: Option<&'a Diff>,
}

impl Content<'_> {
    fn scenario(&self) -> &Scenario {
        &self.planned.scenario
    }
}

/// Hospitals with a sheet of their own at most: beyond that nobody finds one, and the file grows.
const HOSPITAL_SHEETS_MAX: usize = 100;

/// The workbook as bytes.
///
/// # Errors
/// What the library says. Of a plan that the judge agrees with there is nothing.
pub fn workbook(content: &Content<'_>, catalogue: &Catalogue) -> Result<Vec<u8>, XlsxError> {
    let scenario = content.scenario();
    let look = Look::of(scenario, catalogue);
    let mut book = Workbook::new();
    // Some kilobytes more than the usual level, at half of its time.
    book.set_zip_compression_level(2);
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&scenario.name).set_creation_datetime(&created));
    let mut names = Names::default();
    let mut name = |title: &str| names.free(title);
    let mut written = Written::default();

    let hospitals: Vec<FacilityIx> =
        scenario.facility_ixs().filter(|ix| hospitals::has_residents(content, *ix)).collect();
    let with_sheets = hospitals.len() <= HOSPITAL_SHEETS_MAX;

    tables::summary(book.add_worksheet(), content, catalogue, &name(&catalogue.word("sheet-summary")))?;
    overview::write(
        book.add_worksheet(),
        content,
        &look,
        catalogue,
        &name(&catalogue.word("sheet-overview")),
    )?;
    let title = name(&catalogue.word("sheet-calendar"));
    let mask = name("_leave");
    let leave =
        calendar::write(book.add_worksheet(), content, &look, catalogue, &title, &mask, &mut written)?;
    hospitals::all(
        book.add_worksheet(),
        content,
        &look,
        catalogue,
        &name(&catalogue.word("sheet-hospitals")),
    )?;
    people::write(book.add_worksheet(), content, &look, catalogue, &name(&catalogue.word("sheet-people")))?;
    tables::judgement(book.add_worksheet(), content, catalogue, &name(&catalogue.word("sheet-judgement")))?;
    if !scenario.cases.is_empty() {
        tables::cases(book.add_worksheet(), content, catalogue, &name(&catalogue.word("sheet-cases")))?;
    }
    if let Some(diff) = content.diff {
        tables::changes(
            book.add_worksheet(),
            content,
            diff,
            catalogue,
            &name(&catalogue.word("sheet-changes")),
        )?;
    }
    tables::placements(book.add_worksheet(), content, catalogue, &mut names, &mut written)?;
    if with_sheets {
        for facility in hospitals {
            let title = names.free(super::facility_name(scenario.facility(facility), catalogue));
            hospitals::one(book.add_worksheet(), content, &look, catalogue, facility, &title)?;
        }
    }
    if let Some(leave) = leave {
        calendar::mask(book.add_worksheet(), &leave, &mask)?;
    }
    written.write(book.add_worksheet())?;
    book.save_to_buffer()
}

/// All stays of a career in order of time, also those that go on from one year to the next; history and plan apart.
fn stays(career: &Career) -> Vec<Piece> {
    let mut stays: Vec<Piece> = Vec::new();
    for piece in career.years.values().flatten() {
        match stays.last_mut() {
            Some(last)
                if (last.facility, last.decided) == (piece.facility, piece.decided)
                    && last.span.end() == piece.span.start =>
            {
                last.span.months += piece.span.months;
            }
            _ => stays.push(*piece),
        }
    }
    stays
}
