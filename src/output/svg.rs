//! A small writer of SVG: lines, rectangles, texts and marks that differ in shape, not in colour alone.

use std::fmt::Write;

/// A drawing.
pub struct Svg {
    body: String,
    width: i64,
    height: i64,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Axis,
    Grid,
    /// One of several dash patterns, by number.
    Series(usize),
}

/// A mark at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Disc,
    Ring,
    Square,
    Diamond,
    Triangle,
    Cross,
    Question,
}

/// Where a text stands about its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// Colours that the colour-blind tell apart (Okabe and Ito), of different lightness in grey.
const COLOURS: [&str; 4] = ["#000000", "#0072b2", "#d55e00", "#009e73"];
const DASHES: [&str; 4] = ["", "7 3", "2 3", "9 3 2 3"];

impl Svg {
    pub fn new(width: i64, height: i64) -> Self {
        Self { body: String::new(), width, height }
    }

    pub fn colour(series: usize) -> &'static str {
        COLOURS[series % COLOURS.len()]
    }

    pub fn line(&mut self, from: (i64, i64), to: (i64, i64), line: Line) {
        let style = match line {
            Line::Axis => "stroke=\"#000000\" stroke-width=\"1\"".to_string(),
            Line::Grid => "stroke=\"#cccccc\" stroke-width=\"1\"".to_string(),
            Line::Series(series) => {
                let dash = DASHES[series % DASHES.len()];
                let dash =
                    if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
                format!("stroke=\"{}\" stroke-width=\"2\"{dash}", Self::colour(series))
            }
        };
        let ((x1, y1), (x2, y2)) = (from, to);
        let _ = writeln!(self.body, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" {style}/>");
    }

    /// A rectangle filled with a grey from 0 (white) to 10 (dark).
    pub fn cell(&mut self, (x, y): (i64, i64), (width, height): (i64, i64), grey: i64) {
        let level = 255 - grey.clamp(0, 10) * 14;
        let _ = writeln!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#{level:02x}{level:02x}{level:02x}\" stroke=\"#888888\"/>"
        );
    }

    pub fn mark(&mut self, (x, y): (i64, i64), mark: Mark, series: usize) {
        let colour = Self::colour(series);
        let path = |points: [(i64, i64); 4]| {
            let [a, b, c, d] = points.map(|(dx, dy)| format!("{},{}", x + dx, y + dy));
            format!("<polygon points=\"{a} {b} {c} {d}\" fill=\"{colour}\"/>")
        };
        let element = match mark {
            Mark::Disc => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"{colour}\"/>"),
            Mark::Ring => format!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"#ffffff\" stroke=\"{colour}\" stroke-width=\"2\"/>"
            ),
            Mark::Square => path([(-4, -4), (4, -4), (4, 4), (-4, 4)]),
            Mark::Diamond => path([(0, -6), (6, 0), (0, 6), (-6, 0)]),
            Mark::Triangle => path([(0, -6), (0, -6), (6, 5), (-6, 5)]),
            Mark::Cross => format!(
                "<path d=\"M{} {} l10 10 m0 -10 l-10 10\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                x - 5,
                y - 5
            ),
            Mark::Question => {
                self.text((x, y + 5), "?", Anchor::Middle, 14);
                return;
            }
        };
        let _ = writeln!(self.body, "{element}");
    }

    pub fn text(&mut self, (x, y): (i64, i64), text: &str, anchor: Anchor, size: i64) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escaped(text);
        let _ = writeln!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\">{text}</text>"
        );
    }

    pub fn into_bytes(self) -> Vec<u8> {
        let Self { body, width, height } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\">\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{body}</svg>\n"
        )
        .into_bytes()
    }
}

/// A text that stays text inside XML; characters XML has no place for are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_texts() {
        assert_eq!(escaped("<a & \"b\">\u{0}\n"), "&lt;a &amp; &quot;b&quot;&gt;");
    }

    #[test]
    fn colours_differ_in_grey_too() {
        let grey = |colour: &str| {
            let part = |at: usize| i64::from_str_radix(&colour[at..at + 2], 16).unwrap();
            (299 * part(1) + 587 * part(3) + 114 * part(5)) / 1000
        };
        let mut greys: Vec<i64> = COLOURS.iter().map(|colour| grey(colour)).collect();
        greys.dedup();
        assert_eq!(greys.len(), COLOURS.len());
    }
}
