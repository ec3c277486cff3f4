//! Residents × months: a table for each cohort, under the years of its own training.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Report, shades};
use crate::calendar::{Month, Span};
use crate::diff::Who;
use crate::language::Message;
use crate::output::short_names::{Names, short_names};
use crate::output::{away_in_words, place_name, section_name, with_leave};
use crate::plan::careers::{Career, Entry, Granted};

/// Stays so short are called by their short names alone.
const NARROW_MONTHS: u32 = 2;

pub fn section(report: &Report<'_>) -> Markup {
    let scenario = report.scenario();
    let names = short_names(scenario, report.catalogue);
    let mut cohorts: BTreeMap<i32, Vec<&Career>> = BTreeMap::new();
    for career in report.careers {
        cohorts.entry(scenario.resident(career.resident).entry_year).or_default().push(career);
    }
    html! {
        p.legend { (report.word("report-plan-legend")) }
        @if report.diff.is_some() { p.legend { (report.word("report-changed-legend")) } }
        @for (year, careers) in cohorts {
            @let title = Message::new("report-cohort").text("year", year).number("count", careers.len() as i64);
            div.cohort {
                h3 { (report.say(&title)) }
                div.wide { (table(report, &names, year, &careers)) }
            }
        }
    }
}

fn table(report: &Report<'_>, names: &Names, entry: i32, careers: &[&Career]) -> Markup {
    let scenario = report.scenario();
    let planned = scenario.training_months.div_ceil(12) as i32;
    let last = careers.iter().flat_map(|career| career.all_years(scenario)).max();
    let years: Vec<i32> = (entry..=last.unwrap_or(entry).max(entry + planned - 1)).collect();
    html! {
        table.grid {
            colgroup {
                col.who;
                col.course;
                @for _ in 0..years.len() * 12 { col; }
            }
            thead {
                tr {
                    th rowspan="2" { (report.word("column-resident")) }
                    th rowspan="2" { (report.word("column-course")) }
                    @for year in &years { th.first colspan="12" { (report.year(*year)) } }
                }
                tr {
                    @for year in &years {
                        @for month in scenario.calendar.span_of(*year).iter() {
                            th.month.first[month == scenario.calendar.start_of(*year)] { (month.month_of_year()) }
                        }
                    }
                }
            }
            tbody { @for career in careers { (row(report, names, career, &years)) } }
        }
    }
}

fn row(report: &Report<'_>, names: &Names, career: &Career, years: &[i32]) -> Markup {
    let scenario = report.scenario();
    let resident = scenario.resident(career.resident);
    let wish = match career.granted(scenario) {
        Some(Granted::Wish(place)) => format!(" ({place})"),
        Some(Granted::Unlisted) => " (–)".to_string(),
        Some(Granted::NoWish) | None => String::new(),
    };
    html! {
        tr {
            th scope="row" { (report.person(&resident.id, &resident.name)) }
            td { @if let Some(course) = career.course { (scenario.course(course).id) (wish) } }
            @for year in years { (cells(report, names, career, *year)) }
        }
    }
}

/// The cells of an academic year: what the resident does, and blanks between.
fn cells(report: &Report<'_>, names: &Names, career: &Career, year: i32) -> Markup {
    let scenario = report.scenario();
    let whole = scenario.calendar.span_of(year);
    let mut at = whole.start;
    let mut cells: Vec<(Span, Option<Entry>)> = Vec::new();
    for entry in career.year(scenario, year) {
        let span = match entry {
            Entry::At(piece) => piece.span,
            Entry::Away(away) => away.span,
        };
        // Two at once are a fault of a plan made by hand; the later one shows from where it can.
        let span = Span::between(span.start.max(at), span.end());
        if span.is_empty() {
            continue;
        }
        cells.push((Span::between(at, span.start), None));
        cells.push((span, Some(entry)));
        at = span.end();
    }
    cells.push((Span::between(at, whole.end()), None));
    cells.retain(|(span, _)| !span.is_empty());
    html! { @for (span, entry) in cells { (cell(report, names, career, whole.start, span, entry)) } }
}

fn cell(
    report: &Report<'_>,
    names: &Names,
    career: &Career,
    first: Month,
    span: Span,
    entry: Option<Entry>,
) -> Markup {
    let scenario = report.scenario();
    let is_first = span.start == first;
    match entry {
        None => html! { td.first[is_first] colspan=(span.months) {} },
        Some(Entry::Away(away)) => {
            let words = away_in_words(&away, report.catalogue);
            html! { td.away.first[is_first] colspan=(span.months) title=(words) { (words) } }
        }
        Some(Entry::At(piece)) => {
            let name = place_name(scenario, piece.place(), report.catalogue);
            let months = if span.months == 12 { String::new() } else { format!(" {}", span.months) };
            let short = names.of(piece.place()).filter(|_| span.months <= NARROW_MONTHS);
            let words = match (short, piece.section) {
                (Some(short), _) => short.short.clone(),
                // The colour says of which hospital.
                (None, Some(section)) => {
                    section_name(scenario.section(section), report.catalogue).to_string() + &months
                }
                (None, None) => format!("{name}{months}"),
            };
            let words = with_leave(words, career.leave_in(piece.span), report.catalogue);
            let class = format!(
                "stay {}{}{}{}",
                shades::class(piece.facility),
                if piece.decided { "" } else { " history" },
                if is_changed(report, career, span) { " changed" } else { "" },
                if is_first { " first" } else { "" },
            );
            let title = format!("{name} {}", report.span(span));
            html! { td class=(class) colspan=(span.months) title=(title) { (words) } }
        }
    }
}

/// Whether the base plan has the resident elsewhere in some of the months.
fn is_changed(report: &Report<'_>, career: &Career, span: Span) -> bool {
    let moves = report.diff.iter().flat_map(|diff| &diff.moves);
    moves
        .filter(|one| one.resident == Who::Resident(career.resident))
        .any(|one| !one.span.intersection(span).is_empty())
}
