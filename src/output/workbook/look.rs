//! How hospitals look: a colour, a pattern and a short name each, the same in every sheet.
//!
//! The colours are light, so that text is read on them, and differ in lightness, so that neighbours in the table
//! of hospitals differ on a printer without colours; beyond twelve hospitals a pattern is laid over them.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};
use unicode_width::UnicodeWidthStr;

use super::short::{ShortName, short_names};
use crate::language::{Catalogue, Message};
use crate::output::facility_name;
use crate::scenario::{FacilityIx, Scenario};

const COLOURS: [u32; 12] = [
    0x00DD_E8F3,
    0x00F6_C49C,
    0x00C3_E2B2,
    0x00FF_E08A,
    0x00D4_BFE6,
    0x009F_D6CF,
    0x00FA_D5DC,
    0x00BF_C7CF,
    0x00A9_C4E8,
    0x00E6_D3B3,
    0x00DD_EE9F,
    0x00E5_9FB0,
];
const PATTERNS: [FormatPattern; 5] = [
    FormatPattern::Solid,
    FormatPattern::LightUp,
    FormatPattern::LightHorizontal,
    FormatPattern::LightDown,
    FormatPattern::LightVertical,
];
/// Lines of a pattern: visible, and text over them is still read.
const LINES: u32 = 0x0080_8080;
const EDGE: u32 = 0x0080_8080;

/// The looks of a scenario.
pub(super) struct Look {
    names: Vec<ShortName>,
}

impl Look {
    pub fn of(scenario: &Scenario, catalogue: &Catalogue) -> Self {
        Self { names: short_names(scenario, catalogue) }
    }

    /// The name that fits into the cell of a month; no two hospitals have the same.
    pub fn short(&self, facility: FacilityIx) -> &str {
        self.names.get(facility.0).map_or("", |name| &name.short)
    }

    /// As much of a hospital's name as fits into so many characters.
    pub fn fitting(
        &self,
        scenario: &Scenario,
        facility: FacilityIx,
        room: f64,
        catalogue: &Catalogue,
    ) -> String {
        let name = facility_name(scenario.facility(facility), catalogue);
        let telling = self.names.get(facility.0).map_or("", |name| &name.telling);
        let fits = |name: &&str| name.width() as f64 <= room;
        [name, telling].into_iter().find(fits).unwrap_or(self.short(facility)).to_string()
    }

    /// The name and the short one.
    pub fn named(&self, scenario: &Scenario, facility: FacilityIx, catalogue: &Catalogue) -> String {
        let name = facility_name(scenario.facility(facility), catalogue);
        catalogue
            .say(&Message::new("facility-with-short").text("name", name).text("short", self.short(facility)))
    }

    pub fn colour(facility: FacilityIx) -> Color {
        Color::RGB(COLOURS[facility.0 % COLOURS.len()])
    }

    /// Colour and pattern.
    pub fn fill(facility: FacilityIx) -> Format {
        let colour = Self::colour(facility);
        let pattern = PATTERNS[facility.0 / COLOURS.len() % PATTERNS.len()];
        match pattern {
            FormatPattern::Solid => Format::new().set_background_color(colour),
            pattern => Format::new()
                .set_pattern(pattern)
                .set_background_color(colour)
                .set_foreground_color(Color::RGB(LINES)),
        }
    }

    /// A stay as one cell. What is history is written in italics.
    pub fn stay(facility: FacilityIx, decided: bool) -> Format {
        let format = boxed(Self::fill(facility)).set_align(FormatAlign::Center).set_shrink();
        if decided { format } else { format.set_italic().set_font_color(Color::RGB(0x0055_5555)) }
    }
}

pub(super) fn boxed(format: Format) -> Format {
    format
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(EDGE))
        .set_align(FormatAlign::VerticalCenter)
}

/// Headings of columns.
pub(super) fn heading() -> Format {
    boxed(Format::new().set_bold().set_background_color(Color::RGB(0x00E7_E6E6))).set_text_wrap()
}

/// The line above a group of rows.
pub(super) fn group() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00F2_F2F2))
        .set_align(FormatAlign::VerticalCenter)
}

pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(14.0)
}

pub(super) fn plain() -> Format {
    boxed(Format::new())
}

/// Months outside a training.
pub(super) fn outside() -> Format {
    Format::new().set_pattern(FormatPattern::LightUp).set_foreground_color(Color::RGB(0x00BF_BFBF))
}

/// Leave without a seat.
pub(super) fn away() -> Format {
    boxed(Format::new().set_pattern(FormatPattern::Gray125)).set_align(FormatAlign::Center).set_shrink()
}
