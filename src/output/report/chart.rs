//! Charts in SVG: how full a hospital is, and what became of the wishes for courses.

use std::fmt::Write;

use maud::{Markup, html};

use super::Report;
use crate::calendar::{Month, Span};

const WIDTH: i64 = 720;
const HEIGHT: i64 = 120;
const LEFT: i64 = 34;
const RIGHT: i64 = 8;
const TOP: i64 = 8;
const BOTTOM: i64 = 18;

/// Steps over months: residents as filled bars, seats as a dashed line, those counted on as a dotted one.
pub struct Months {
    span: Span,
    residents: Vec<u32>,
    seats: Vec<Option<u32>>,
    least: Vec<u32>,
    /// The highest figure shown.
    most: i64,
}

impl Months {
    /// Figures by month of a span.
    pub fn new(span: Span, residents: Vec<u32>, mut seats: Vec<Option<u32>>, least: Vec<u32>) -> Self {
        let people = residents.iter().chain(&least).copied().max().unwrap_or(0);
        let most_seats = seats.iter().flatten().copied().max().unwrap_or(0);
        // Seats far above everybody there would flatten what is of interest; they stand in the table.
        if most_seats > people.saturating_mul(6).saturating_add(6) {
            seats.clear();
        }
        let most = seats.iter().flatten().copied().max().unwrap_or(0).max(people).max(1).into();
        Self { span, residents, seats, least, most }
    }

    fn x(&self, at: i64) -> i64 {
        LEFT + (WIDTH - LEFT - RIGHT) * at / i64::from(self.span.months.max(1))
    }

    fn y(&self, value: i64) -> i64 {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value.clamp(0, self.most) / self.most
    }

    /// Steps through the values of the months; nothing where there is none.
    fn steps(&self, values: impl Iterator<Item = Option<u32>>) -> String {
        let mut path = String::new();
        let mut before: Option<u32> = None;
        for (at, value) in (0..).zip(values) {
            if let Some(value) = value {
                let y = self.y(value.into());
                let from = if before.is_some() { 'L' } else { 'M' };
                let _ = write!(path, "{from}{} {y}L{} {y}", self.x(at), self.x(at + 1));
            }
            before = value;
        }
        path
    }

    pub fn svg(&self, report: &Report<'_>, title: &str) -> Markup {
        let calendar = report.scenario().calendar;
        let bars = format!(
            "M{} {}{}L{} {}Z",
            self.x(0),
            self.y(0),
            self.steps(self.residents.iter().map(|count| Some(*count))).replacen('M', "L", 1),
            self.x(self.span.months.into()),
            self.y(0)
        );
        let starts: Vec<(i64, Month)> = (0..)
            .zip(self.span.iter())
            .filter(|(_, month)| *month == calendar.start_of(calendar.year_of(*month)))
            .collect();
        html! {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(title) {
                title { (title) }
                @for (at, month) in &starts {
                    line.rule x1=(self.x(*at)) x2=(self.x(*at)) y1=(TOP) y2=(HEIGHT - BOTTOM) {}
                    text x=(self.x(*at) + 2) y=(HEIGHT - 5) { (report.year(calendar.year_of(*month))) }
                }
                path.bars d=(bars) {}
                path.least d=(self.steps(self.least.iter().map(|count| Some(*count).filter(|count| *count > 0)))) {}
                path.limit d=(self.steps(self.seats.iter().copied())) {}
                line.rule x1=(LEFT) x2=(WIDTH - RIGHT) y1=(self.y(0)) y2=(self.y(0)) {}
                text x=(LEFT - 4) y=(self.y(0) + 3) text-anchor="end" { "0" }
                text x=(LEFT - 4) y=(self.y(self.most) + 8) text-anchor="end" { (self.most) }
            }
        }
    }
}

/// Bars from left to right, each with its words and its number.
pub fn bars(title: &str, rows: &[(String, i64)]) -> Markup {
    const ROW: i64 = 18;
    const WORDS: i64 = 150;
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let height = ROW * rows.len() as i64 + 4;
    let length = |count: i64| (WIDTH - WORDS - 60) * count / most;
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label=(title) {
            title { (title) }
            @for (at, (words, count)) in (0i64..).zip(rows) {
                text x=(WORDS - 6) y=(ROW * at + 14) text-anchor="end" { (words) }
                rect.bars x=(WORDS) y=(ROW * at + 3) width=(length(*count)) height=(ROW - 5) {}
                text x=(WORDS + length(*count) + 5) y=(ROW * at + 14) { (count) }
            }
        }
    }
}
