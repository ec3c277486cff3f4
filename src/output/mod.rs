//! What is handed out: files for spreadsheets, JSON for programs, tables for the terminal.
//!
//! Everything here is pure: a scenario, a plan and a judgement go in, text or bytes come out. The
//! same input gives the same bytes; files, clocks and the terminal belong to `cli`. Each output has
//! its own file; what several of them need, how full everything is in which year, is in
//! [`occupancy`].

pub mod answers;
pub mod audit_csv;
pub mod audit_tables;
pub mod base;
pub mod board;
pub mod by_facility;
pub mod by_resident;
pub mod case_totals;
pub mod cases;
pub mod changes;
pub mod csv_cells;
pub mod diagnostics;
pub mod diff;
pub mod diff_csv;
pub mod diff_json;
pub mod dto;
pub mod explanation;
pub mod explanation_json;
pub mod file_names;
pub mod findings_json;
pub mod goals;
pub mod grid;
pub mod headings;
pub mod ledger;
pub mod margins;
pub mod moves;
pub mod next;
pub mod occupancy;
pub mod one;
mod one_cases;
pub mod one_json;
pub mod placements;
pub mod plan_json;
pub mod plan_tables;
pub mod program_tables;
pub mod progress;
pub mod readings;
pub mod reasons;
pub mod remarks;
pub mod report;
pub mod statements;
pub mod summary;
pub mod svg;
pub mod verdict;
pub mod verification;
pub mod whatif_chart;
pub mod whatif_csv;
pub mod whatif_file;
pub mod whatif_largest;
pub mod whatif_summary;
pub mod whatif_told;

#[cfg(test)]
pub(crate) mod sample;

use crate::language::{Catalogue, Language, Message};
use crate::scenario::Facility;

/// A facility's name in the reader's language.
pub fn facility_name<'a>(facility: &'a Facility, catalogue: &Catalogue) -> &'a str {
    match catalogue.language() {
        Language::Ja => &facility.name,
        Language::En => &facility.name_en,
    }
}

/// A stay's words and the leave taken in it.
fn with_leave(
    stay: String,
    leave: impl Iterator<Item = crate::plan::careers::Away>,
    catalogue: &Catalogue,
) -> String {
    leave.fold(stay, |stay, leave| {
        let message = Message::new("report-with-leave").text("stay", stay);
        catalogue.say(&message.text("leave", away_in_words(&leave, catalogue)))
    })
}

/// Leave without a seat, as it stands among the facilities of a year.
fn away_in_words(away: &crate::plan::careers::Away, catalogue: &Catalogue) -> String {
    let message = Message::new("report-away").message("kind", Message::new(away.kind.key()));
    catalogue.say(&message.number("months", i64::from(away.span.months)))
}
