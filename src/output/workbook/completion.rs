//! How everybody stands towards completion under the plan: what `kenshu progress` says, where the program keeps
//! records or sets numbers of its own.

use rust_xlsxwriter::{FormatAlign, XlsxError};

use super::page::Page;
use super::sheet::{A4, Table, print, set_widths, text};
use super::{Content, look};
use crate::completion::{self, Progress};
use crate::language::Catalogue;
use crate::output::completion::{Standings, figures, summary, title, verdicts};
use crate::output::csv_cells::Cell;
use crate::regulation::Completion;
use crate::scenario::Scenario;

/// Where the scenario says anything of completion but placements and cases, how everybody stands.
pub(super) fn standing(content: &Content<'_>) -> Option<Progress> {
    let scenario = content.scenario();
    let has_records = scenario.residents.iter().any(|resident| !resident.records.is_empty());
    let is_told = has_records || scenario.completion != Completion::default();
    let plan = content.planned.answer.plan.as_ref().filter(|_| is_told)?;
    Some(completion::progress(scenario, Some(plan), completion::known_until(scenario)))
}

pub(super) fn write(
    sheet: &mut Page,
    scenario: &Scenario,
    progress: &Progress,
    catalogue: &Catalogue,
    name: &str,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.write_string_with_format(0, 0, text(&catalogue.say(&title(progress))), &look::title())?;
    sheet.write_string(1, 0, text(&catalogue.say(&summary(progress))))?;
    let everybody = table(verdicts(scenario, progress, catalogue));
    let parts: Vec<(String, Table)> = figures(scenario, progress, catalogue)
        .into_iter()
        .map(|(title, part)| (catalogue.word(title), table(part)))
        .collect();
    // Of the figures the headings are long; they break, and the first table says how wide columns are.
    let widths = set_widths(sheet, &[&everybody])?;
    let mut row = everybody.write(sheet, 3, &widths)? + 1;
    if !parts.is_empty() {
        sheet.write_string(row, 0, text(&catalogue.word("completion-legend")))?;
        row += 1;
    }
    let of_part = look::title().set_font_size(11.0).set_align(FormatAlign::Bottom);
    for (title, table) in parts {
        sheet.write_string_with_format(row + 1, 0, text(&title), &of_part)?;
        row = table.write(sheet, row + 2, &widths)? + 1;
    }
    sheet.set_freeze_panes(4, 1)?;
    print(sheet, A4, true);
    Ok(())
}

fn table(standings: Standings) -> Table {
    let headings = standings.columns.into_iter().map(|(heading, _)| heading).collect();
    let rows = standings.rows.into_iter().map(|row| row.into_iter().map(Cell::text).collect()).collect();
    Table { headings, rows }
}
