//! Sheets that are tables: goals and proofs, the judgement, cases, what changes, the placements.

use rust_xlsxwriter::{FormatAlign, XlsxError};

use super::page::Page;
use super::sheet::{self, A4, LINE_HEIGHT, Table, print, set_widths, text};
use super::{Content, look};
use crate::audit::{self, Audit};
use crate::diff::Diff;
use crate::language::{Catalogue, Message};
use crate::output::csv_cells::Cell;
use crate::output::moves::{chain_words, place};
use crate::output::{audit_tables, diff, facility_name, goals, headings, placements, summary};
use crate::regulation::Rule;
use crate::tables::workbook::plan::Written;

/// What came out, what each goal is worth and how sure that is, what the sheets are, and which there are not.
pub(super) fn summary(
    sheet: &mut Page,
    content: &Content<'_>,
    without: Option<&Message>,
    catalogue: &Catalogue,
    title: &str,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    let answer = &content.planned.answer;
    sheet.set_name(title)?;
    sheet.write_string_with_format(0, 0, text(&scenario.name), &look::title())?;
    sheet.write_string(1, 0, text(&catalogue.word(summary::status_key(answer.status))))?;
    let rows = answer.goals.iter().zip(1..).map(|(result, number)| {
        vec![
            Cell::number(number),
            Cell::text(catalogue.say(&goals::name(result.goal))),
            Cell::text(catalogue.say(&goals::result(scenario, result.goal, &result.value, content.careers))),
            Cell::text(catalogue.say(&goals::proof(result))),
        ]
    });
    let keys = ["column-goal", "column-result", "column-proof"];
    let columns = std::iter::once(String::new()).chain(keys.map(|key| catalogue.word(key)));
    let table = Table { headings: columns.collect(), rows: rows.collect() };
    let mut widths = set_widths(sheet, &[&table])?;
    sheet.set_column_width(0, 4)?;
    let first = table.write(sheet, 3, &widths)? + 1;
    let mut lines: Vec<String> = content.remarks.iter().map(|remark| catalogue.say(remark)).collect();
    lines.push(catalogue.word("summary-sheets"));
    lines.extend(without.map(|message| catalogue.say(message)));
    let wrapped = rust_xlsxwriter::Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let room: f64 = widths.split_off(1).iter().sum();
    for (row, line) in (first..).zip(lines) {
        sheet.merge_range(row, 1, row, 3, &text(&line), &wrapped)?;
        // A merged cell does not grow with its text.
        sheet.set_row_height(row, LINE_HEIGHT * sheet::lines(&line, room) as f64)?;
    }
    print(sheet, A4, true);
    Ok(())
}

/// Every rule with its verdict, then the judge's findings.
pub(super) fn judgement(
    sheet: &mut Page,
    content: &Content<'_>,
    catalogue: &Catalogue,
    title: &str,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    let Audit { findings, .. } = &content.planned.audit;
    sheet.set_name(title)?;
    let keys = ["column-rule", "column-clause", "column-verdict", "column-requirement"];
    let concerned = Rule::ALL.iter().filter(|rule| audit::concerns(scenario, **rule));
    let rules = concerned
        .map(|rule| audit_tables::rule(scenario, *rule, findings, catalogue).map(Cell::text).to_vec());
    let rules = Table { headings: keys.map(|key| catalogue.word(key)).to_vec(), rows: rules.collect() };
    let keys = ["column-severity", "column-rule", "column-measured", "column-finding", "column-required"];
    let rows = findings.iter().map(|finding| {
        vec![
            Cell::text(catalogue.word(audit_tables::severity_key(finding.severity))),
            Cell::text(finding.rule.id()),
            Cell::from(&finding.measured),
            Cell::text(catalogue.say(&finding.message)),
            Cell::from(&finding.required),
        ]
    });
    let found = Table { headings: keys.map(|key| catalogue.word(key)).to_vec(), rows: rows.collect() };
    let widths = set_widths(sheet, &[&rules, &found])?;
    let row = rules.write(sheet, 0, &widths)? + 1;
    found.write(sheet, row, &widths)?;
    print(sheet, A4, true);
    Ok(())
}

/// The cases planned for everybody, and where.
pub(super) fn cases(
    sheet: &mut Page,
    content: &Content<'_>,
    catalogue: &Catalogue,
    title: &str,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    sheet.set_name(title)?;
    let columns = ["resident", "name", "case", "academic_year", "facility_name", "planned"];
    let rows = content.planned.answer.quotas.iter().map(|quota| {
        let resident = scenario.resident(quota.resident);
        vec![
            Cell::text(&resident.id),
            Cell::text(if resident.name == resident.id { "" } else { &resident.name }),
            Cell::text(&scenario.case(quota.case).name),
            Cell::number(quota.academic_year),
            Cell::text(facility_name(scenario.facility(quota.facility), catalogue)),
            Cell::number(quota.planned),
        ]
    });
    let columns: Vec<String> = columns.iter().map(|id| headings::spoken(id, catalogue)).collect();
    let table = Table { headings: columns, rows: rows.collect() };
    let widths = set_widths(sheet, &[&table])?;
    let bottom = table.write(sheet, 0, &widths)?;
    // Whoever looks for somebody filters.
    sheet.autofilter(0, 0, bottom - 1, 5)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    print(sheet, A4, false);
    Ok(())
}

/// Who moves against the base plan, and whose seat each takes.
pub(super) fn changes(
    sheet: &mut Page,
    content: &Content<'_>,
    changes: &Diff,
    catalogue: &Catalogue,
    title: &str,
) -> Result<(), XlsxError> {
    let scenario = content.scenario();
    sheet.set_name(title)?;
    let headline = match changes.is_empty() {
        true => Message::new("diff-none"),
        false => diff::headline(changes),
    };
    sheet.write_string_with_format(
        0,
        0,
        text(&catalogue.say(&headline)),
        &look::title().set_font_size(11.0),
    )?;
    let keys = [
        "column-resident",
        "column-resident-name",
        "column-from-month",
        "column-until-month",
        "column-months",
        "column-before",
        "column-after",
    ];
    let rows = changes.moves.iter().map(|one| {
        let (id, name) = changes.person(scenario, one.resident);
        vec![
            Cell::text(id),
            Cell::text(if name == id { "" } else { name }),
            Cell::text(one.span.start),
            Cell::text(one.span.end().minus(1)),
            Cell::number(one.span.months),
            Cell::text(catalogue.say(&place(scenario, one.from))),
            Cell::text(catalogue.say(&place(scenario, one.to))),
        ]
    });
    let table = Table { headings: keys.map(|key| catalogue.word(key)).to_vec(), rows: rows.collect() };
    let widths = set_widths(sheet, &[&table])?;
    let mut row = table.write(sheet, 2, &widths)? + 1;
    if !changes.chains.is_empty() {
        let bold = rust_xlsxwriter::Format::new().set_bold();
        sheet.write_string_with_format(row, 0, text(&catalogue.word("diff-chains-title")), &bold)?;
        for chain in &changes.chains {
            row += 1;
            let words = chain_words(scenario, chain, &|who| changes.person(scenario, who).0);
            sheet.write_string(row, 0, text(&catalogue.say(&words)))?;
        }
    }
    print(sheet, A4, true);
    Ok(())
}

/// The table of placements, as its file has it.
pub(super) fn placements(
    sheet: &mut Page,
    content: &Content<'_>,
    catalogue: &Catalogue,
    title: &str,
    written: &mut Written,
) -> Result<(), XlsxError> {
    sheet.set_name(title)?;
    written.table(title);
    let columns = placements::columns(content.scenario());
    let rows: Vec<Vec<Cell>> = placements::rows(content.scenario(), content.careers, catalogue);
    for row in &rows {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) | Cell::Number(text) => text.as_str(),
        });
        written.row(columns.iter().copied().zip(cells));
    }
    let headings = columns.iter().map(|id| headings::spoken(id, catalogue)).collect();
    let table = Table { headings, rows };
    let widths = set_widths(sheet, &[&table])?;
    let bottom = table.write(sheet, 0, &widths)?;
    sheet.autofilter(0, 0, bottom.saturating_sub(1), columns.len() as u16 - 1)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    print(sheet, A4, true);
    Ok(())
}
