//! What is handed out: files for spreadsheets, JSON for programs, tables for the terminal.
//!
//! Everything here is pure: a scenario, a plan and a judgement go in, text or bytes come out. The
//! same input gives the same bytes; files, clocks and the terminal belong to `cli`. Each output has
//! its own file; what several of them need, how full everything is in which year, is in
//! [`occupancy`].

pub(crate) mod answers;
pub(crate) mod audit_csv;
pub(crate) mod audit_tables;
pub(crate) mod base;
pub mod board;
pub(crate) mod by_facility;
pub(crate) mod by_resident;
pub(crate) mod calendars;
pub(crate) mod case_totals;
pub(crate) mod cases;
pub mod changes;
pub(crate) mod completion;
pub(crate) mod completion_json;
pub(crate) mod csv_cells;
pub mod diagnostics;
pub(crate) mod diff;
pub(crate) mod diff_csv;
pub(crate) mod diff_json;
pub(crate) mod dto;
pub(crate) mod due;
pub(crate) mod due_calendars;
pub(crate) mod explanation;
pub(crate) mod explanation_json;
pub(crate) mod file_names;
pub(crate) mod findings_json;
pub(crate) mod goals;
pub(crate) mod grid;
pub(crate) mod headings;
pub(crate) mod ledger;
pub(crate) mod margins;
pub(crate) mod moves;
pub(crate) mod next;
pub(crate) mod occupancy;
pub(crate) mod one;
mod one_cases;
pub(crate) mod one_json;
mod place_words;
pub mod placements;
pub mod plan_json;
pub(crate) mod plan_tables;
pub(crate) mod program_tables;
pub(crate) mod progress;
pub(crate) mod readings;
pub(crate) mod reasons;
pub(crate) mod remarks;
pub(crate) mod report;
mod short_names;
pub(crate) mod statements;
pub(crate) mod summary;
pub(crate) mod svg;
pub mod verdict;
pub mod verification;
pub(crate) mod ways_out;
pub(crate) mod whatif_binding;
pub(crate) mod whatif_chart;
pub(crate) mod whatif_csv;
pub mod whatif_file;
pub(crate) mod whatif_largest;
pub(crate) mod whatif_summary;
pub(crate) mod whatif_told;
pub mod workbook;

#[cfg(test)]
pub(crate) mod sample;

use crate::language::{Catalogue, Language, Message};
use crate::regulation::RecordKind;
use crate::scenario::{Facility, Place, Scenario, Section};
use crate::tables::catalogue::RECORD_KINDS;

/// A facility's name in the reader's language.
pub fn facility_name<'a>(facility: &'a Facility, catalogue: &Catalogue) -> &'a str {
    match catalogue.language() {
        Language::Ja => &facility.name,
        Language::En => &facility.name_en,
    }
}

/// A place's name in the reader's language: the facility's, or the facility's and the section's.
pub(crate) fn place_name(scenario: &Scenario, place: Place, catalogue: &Catalogue) -> String {
    let facility = facility_name(scenario.facility(place.facility), catalogue);
    let Some(section) = place.section.map(|ix| scenario.section(ix)) else { return facility.to_string() };
    let section = section_name(section, catalogue);
    catalogue.say(&Message::new("place-name").text("facility", facility).text("section", section))
}

/// A section's name in the reader's language, without its facility's.
fn section_name<'a>(section: &'a Section, catalogue: &Catalogue) -> &'a str {
    match catalogue.language() {
        Language::Ja => &section.name,
        Language::En => &section.name_en,
    }
}

/// What people call a kind of record.
pub(crate) fn record_name(kind: &RecordKind) -> Message {
    let standard = RECORD_KINDS.iter().find(|word| word.id == kind.id && kind.name.is_none());
    match standard {
        Some(word) => Message::new(word.key),
        None => Message::new("completion-kind").text("name", kind.name.as_ref().unwrap_or(&kind.id)),
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
