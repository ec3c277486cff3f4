//! `plan.xlsx`: the whole answer as a workbook to print, to send, and to work in.
//!
//! The plan stands in it in two forms, because one cannot be both. In the *overview*, and in all sheets for
//! hospitals and residents, a stay is one merged cell: that is how people read it, on paper too. In the *calendar*
//! every month is a cell of its own that holds the short name of a hospital: only so can a formula count who is
//! where, and whoever drags a block has moved a stay. A format hides the names that repeat, so that a stay looks
//! like one there as well.
//!
//! A section of a hospital is a place like a hospital: it has stays, and lines in the margins, of its own.
//!
//! A hospital has the same colour, pattern and short name in every sheet; patterns and names tell hospitals apart
//! where colours do not print. The sheet `placements` holds what `placements.csv` does. What was written is
//! remembered in a hidden sheet, so that whoever reads the workbook knows what was edited
//! (`tables::workbook::plan`). Equal answers give equal bytes.

mod calendar;
mod completion;
mod hospitals;
mod look;
mod overview;
mod page;
mod people;
mod sheet;
mod tables;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::diff::Diff;
use crate::engine::Planned;
use crate::language::{Catalogue, Message, spelling};
use crate::plan::careers::{Career, Piece};
use crate::scenario::{FacilityIx, Place, Role, Scenario};
use crate::tables::catalogue::PLACEMENTS;
use crate::tables::workbook::plan::Written;
use look::Look;
use page::Page;
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

/// The hidden sheet that says who is on leave where.
const LEAVE: &str = "_leave";

/// Hospitals with a sheet of their own at most: beyond that nobody finds one, and the file grows.
const HOSPITAL_SHEETS_MAX: usize = 100;

/// Where somebody can be placed: every hospital, followed by its sections.
fn places(scenario: &Scenario) -> impl Iterator<Item = Place> {
    let placeable = scenario.facility_ixs().filter(|ix| scenario.facility(*ix).role != Role::Associated);
    placeable.flat_map(|facility| {
        let sections = scenario.sections_of(facility).map(Some);
        std::iter::once(None).chain(sections).map(move |section| Place { facility, section })
    })
}

/// Writes one sheet.
type Writer<'a> = Box<dyn FnOnce(&mut Page) -> Result<(), XlsxError> + Send + 'a>;

/// The workbook as bytes. Its sheets are written beside each other.
///
/// # Errors
/// What the library says. Of a plan that the judge agrees with there is nothing.
pub fn workbook(content: &Content<'_>, catalogue: &Catalogue) -> Result<Vec<u8>, XlsxError> {
    let scenario = content.scenario();
    let look = Look::of(scenario, catalogue);
    let mut names = Names::default();
    names.free(LEAVE);
    let mut titled = |key: &'static str| names.free(&catalogue.word(key));
    let [summary, overview, calendar] =
        ["sheet-summary", "sheet-overview", "sheet-calendar"].map(&mut titled);
    let [hospitals_title, people, judgement] =
        ["sheet-hospitals", "sheet-people", "sheet-judgement"].map(&mut titled);
    let progress = completion::standing(content);
    let (mut written, mut leave) = (Written::default(), None);
    let mut table = Written::default();

    let own: Vec<FacilityIx> =
        scenario.facility_ixs().filter(|ix| hospitals::has_residents(content, *ix)).collect();
    let left_out = Some(own.len()).filter(|hospitals| *hospitals > HOSPITAL_SHEETS_MAX);
    let own = if left_out.is_some() { Vec::new() } else { own };

    let mut sheets: Vec<Writer<'_>> = vec![
        Box::new(|sheet| {
            let without = left_out.map(|hospitals| {
                let message =
                    Message::new("summary-no-hospital-sheets").number("hospitals", hospitals as i64);
                message.number("most", HOSPITAL_SHEETS_MAX as i64).text("sheet", &hospitals_title)
            });
            tables::summary(sheet, content, without.as_ref(), catalogue, &summary)
        }),
        Box::new(|sheet| overview::write(sheet, content, &look, catalogue, &overview)),
        Box::new(|sheet| {
            leave = calendar::write(sheet, content, &look, catalogue, &calendar, LEAVE, &mut written)?;
            Ok(())
        }),
        Box::new(|sheet| hospitals::all(sheet, content, &look, catalogue, &hospitals_title)),
        Box::new(|sheet| people::write(sheet, content, &look, catalogue, &people)),
        Box::new(|sheet| tables::judgement(sheet, content, catalogue, &judgement)),
    ];
    if !scenario.cases.is_empty() {
        let title = titled("sheet-cases");
        sheets.push(Box::new(move |sheet| tables::cases(sheet, content, catalogue, &title)));
    }
    if let Some(progress) = &progress {
        let title = titled("sheet-completion");
        sheets.push(Box::new(move |sheet| completion::write(sheet, scenario, progress, catalogue, &title)));
    }
    if let Some(diff) = content.diff {
        let title = titled("sheet-changes");
        sheets.push(Box::new(move |sheet| tables::changes(sheet, content, diff, catalogue, &title)));
    }
    let title = names.free(&spelling::written(catalogue.language(), PLACEMENTS.key));
    let read = [calendar.clone(), title.clone()];
    let placements = &mut table;
    sheets.push(Box::new(move |sheet| tables::placements(sheet, content, catalogue, &title, placements)));
    for facility in own {
        let title = names.free(super::facility_name(scenario.facility(facility), catalogue));
        let look = &look;
        sheets.push(Box::new(move |sheet| hospitals::one(sheet, content, look, catalogue, facility, &title)));
    }
    let sheets = sheets.into_par_iter().map(|write| {
        let mut page = Page::new();
        write(&mut page)?;
        let (sheet, aside) = page.into_parts();
        let digest = (!read.contains(&sheet.name())).then(|| aside.digest());
        Ok((sheet, digest))
    });
    let sheets: Vec<(Worksheet, Option<String>)> = sheets.collect::<Result<_, XlsxError>>()?;

    let mut book = Workbook::new();
    // Some kilobytes more than the usual level, at half of its time.
    book.set_zip_compression_level(2);
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&scenario.name).set_creation_datetime(&created));
    for (sheet, digest) in sheets {
        if let Some(digest) = digest {
            written.aside(&sheet.name(), digest);
        }
        book.push_worksheet(sheet);
    }
    if let Some(leave) = leave {
        calendar::mask(book.add_worksheet(), &leave, LEAVE)?;
    }
    written.with_table_of(table);
    written.write(book.add_worksheet())?;
    book.save_to_buffer()
}

/// All stays of a career in order of time, also those that go on from one year to the next; history and plan apart.
fn stays(career: &Career) -> Vec<Piece> {
    let mut stays: Vec<Piece> = Vec::new();
    for piece in career.years.values().flatten() {
        match stays.last_mut() {
            Some(last)
                if (last.place(), last.decided) == (piece.place(), piece.decided)
                    && last.span.end() == piece.span.start =>
            {
                last.span.months += piece.span.months;
            }
            _ => stays.push(*piece),
        }
    }
    stays
}
