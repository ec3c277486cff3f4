//! Findings as text with source excerpts, for the terminal.
//!
//! Each finding shows its code, what is wrong, the line with the offending text underlined, the
//! cell as a spreadsheet names it, and what to write instead. Underlines follow the width of
//! characters on a terminal, where kanji take two columns.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::grid::printable;
use super::headings;
use crate::diagnostic::{Diagnostic, Findings, Place, Severity};
use crate::language::{Catalogue, Message};

/// All findings in words, in their order, an empty line between two.
pub fn render(findings: &Findings, catalogue: &Catalogue, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for finding in &findings.list {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&one(finding, catalogue, &renderer));
        text.push('\n');
    }
    text
}

/// The errors in few words: a line each, with the place.
pub fn brief(findings: &Findings, catalogue: &Catalogue) -> String {
    let errors = findings.list.iter().filter(|finding| finding.severity == Severity::Error);
    let one = |finding: &Diagnostic| {
        let place = &finding.place;
        let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}: {}", place.file, said(finding, catalogue))
    };
    errors.map(one).collect::<Vec<_>>().join("\n")
}

fn one(finding: &Diagnostic, catalogue: &Catalogue, renderer: &Renderer) -> String {
    let (level, name) = match finding.severity {
        Severity::Error => (Level::ERROR, "diagnostic-error"),
        Severity::Warning => (Level::WARNING, "diagnostic-warning"),
        Severity::Note => (Level::NOTE, "diagnostic-note"),
    };
    let title =
        level.with_name(catalogue.word(name)).primary_title(said(finding, catalogue)).id(finding.code());
    let place = &finding.place;
    // The library makes texts harmless, but not the path.
    let file = printable(&place.file).replace('\n', "\u{fffd}");
    let mut group = Group::with_title(title);
    group = match (&place.excerpt, place.line) {
        (Some((line, range)), Some(number)) => {
            // Nothing is underlined where something is missing; a caret needs one character.
            let range = range.start.min(line.len())..range.end.min(line.len());
            let annotation = AnnotationKind::Primary.span(range).label(label(finding, catalogue));
            let snippet = Snippet::source(line.as_str()).line_start(number).path(file.as_str());
            group.element(snippet.annotation(annotation))
        }
        _ => group.element(Origin::path(file.as_str())),
    };
    if finding.count > 1 {
        let message = Message::new("diagnostic-more")
            .number("count", finding.count as i64)
            .text("places", further(finding).join(", "))
            .number("untold", (finding.count - 1 - finding.further.len()) as i64);
        group = group.element(
            Level::NOTE.with_name(catalogue.word("diagnostic-also")).message(catalogue.say(&message)),
        );
    }
    if let Some(remedy) = remedy(finding, catalogue) {
        group = group.element(Level::HELP.with_name(catalogue.word("diagnostic-help")).message(remedy));
    }
    // What the library leaves of what steers a terminal; the colours are its own.
    let text = renderer.render(&[group]);
    text.chars().map(|c| if matches!(c, '\u{7f}'..='\u{9f}') { '\u{fffd}' } else { c }).collect()
}

/// What is wrong, in words that whoever filled in these tables knows.
pub fn said(finding: &Diagnostic, catalogue: &Catalogue) -> String {
    catalogue.say(&finding.message)
}

/// What to do about it.
pub fn remedy(finding: &Diagnostic, catalogue: &Catalogue) -> Option<String> {
    catalogue.say_attribute(&finding.message, "remedy")
}

/// The further places of a finding: cells, or lines where there are none.
fn further(finding: &Diagnostic) -> Vec<String> {
    let place = |place: &Place| match (&place.cell, place.line) {
        (Some(cell), _) => cell.clone(),
        (None, Some(line)) => line.to_string(),
        (None, None) => place.file.clone(),
    };
    finding.further.iter().map(place).collect()
}

/// The cell and column of the offending text, as far as they are known.
fn label(finding: &Diagnostic, catalogue: &Catalogue) -> Option<String> {
    let place = &finding.place;
    match (&place.cell, &place.column) {
        (Some(cell), Some(column)) => {
            let heading = place.is_sheet.then(|| headings::spoken(column, catalogue));
            let column = heading.as_ref().unwrap_or(column);
            let message = Message::new("diagnostic-cell").text("cell", cell).text("column", column);
            Some(catalogue.say(&message))
        }
        (Some(cell), None) => Some(cell.clone()),
        (None, Some(column)) => Some(column.clone()),
        (None, None) => None,
    }
}
