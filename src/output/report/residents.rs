//! A card for every resident: the course, and where they are from when until when.

use maud::{Markup, html};

use super::{Report, shades};
use crate::calendar::Span;
use crate::language::Message;
use crate::output::{away_in_words, place_name, with_leave};
use crate::plan::careers::{Away, Career, Granted, Piece};

pub fn section(report: &Report<'_>) -> Markup {
    html! { div.cards { @for career in report.careers { (card(report, career)) } } }
}

/// A stay from its first to its last month, whatever academic years it crosses, or leave without a seat.
enum Line {
    At(Piece),
    Away(Away),
}

impl Line {
    fn span(&self) -> Span {
        match self {
            Self::At(piece) => piece.span,
            Self::Away(away) => away.span,
        }
    }
}

fn lines(career: &Career) -> Vec<Line> {
    let mut stays: Vec<Piece> = Vec::new();
    for piece in career.years.values().flatten() {
        match stays.last_mut() {
            Some(last)
                if (last.place(), last.decided, last.span.end())
                    == (piece.place(), piece.decided, piece.span.start) =>
            {
                last.span.months += piece.span.months;
            }
            _ => stays.push(*piece),
        }
    }
    let away = career.away.iter().map(|away| Line::Away(*away));
    let mut lines: Vec<Line> = stays.into_iter().map(Line::At).chain(away).collect();
    lines.sort_by_key(Line::span);
    lines
}

fn card(report: &Report<'_>, career: &Career) -> Markup {
    let scenario = report.scenario();
    let resident = scenario.resident(career.resident);
    let wish = match career.granted(scenario) {
        Some(Granted::Wish(place)) => {
            Some(report.say(&Message::new("form-choice").number("place", place as i64)))
        }
        Some(Granted::Unlisted) => Some(report.word("report-unlisted")),
        Some(Granted::NoWish) | None => None,
    };
    let course = career.course.map(|course| scenario.course(course));
    html! {
        div.card {
            h3 { (report.person(&resident.id, &resident.name)) }
            @if let Some(course) = course {
                p {
                    (course.id) @if course.name != course.id { " " bdi { (course.name) } }
                    @if let Some(wish) = wish { " · " (wish) }
                }
            }
            table {
                tbody {
                    @for line in lines(career) {
                        @let span = line.span();
                        tr {
                            td.nowrap { (report.span(span)) }
                            td.number { (span.months) }
                            @match line {
                                Line::At(piece) => {
                                    td class=(if piece.decided { "" } else { "history" }) {
                                        (shades::key(piece.facility))
                                        @let name = place_name(scenario, piece.place(), report.catalogue);
                                        bdi { (with_leave(name, career.leave_in(span), report.catalogue)) }
                                        @if let Some(wish) = place(report, career, &piece) { " " small { (wish) } }
                                    }
                                }
                                Line::Away(away) => { td.away { (away_in_words(&away, report.catalogue)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Which of the resident's wishes a hospital is.
fn place(report: &Report<'_>, career: &Career, piece: &Piece) -> Option<String> {
    let wishes = &report.scenario().resident(career.resident).facility_wishes;
    let place = wishes.iter().position(|wish| *wish == piece.facility)? + 1;
    Some(report.say(&Message::new("form-choice").number("place", place as i64)))
}
