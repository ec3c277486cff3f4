//! How hospitals look: a colour, a pattern and a short name each, the same in every sheet. The sections of a hospital
//! look as it does and have short names of their own.
//!
//! The colours are light, so that text is read on them, and differ in lightness, so that neighbours in the table
//! of hospitals differ on a printer without colours; beyond twelve hospitals a pattern is laid over them.

use std::borrow::Cow;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern, FormatUnderline};
use unicode_width::UnicodeWidthStr;

use crate::language::{Catalogue, Message};
use crate::output::place_name;
use crate::output::short_names::{Names, short_names};
use crate::scenario::{FacilityIx, Place, Scenario};

const COLOURS: [u32; 12] = [
    0x00DD_E8F3,
    0x00C3_E2B2,
    0x00A9_C4E8,
    0x00E6_D3B3,
    0x00E5_9FB0,
    0x00F6_C49C,
    0x00FA_D5DC,
    0x00D4_BFE6,
    0x00FF_E08A,
    0x00BF_C7CF,
    0x00DD_EE9F,
    0x009F_D6CF,
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

/// The looks of a scenario. Formats are made once: every cell that is written looks its own up.
pub(super) struct Look {
    names: Names,
    stays: Vec<[Format; 2]>,
}

impl Look {
    pub fn of(scenario: &Scenario, catalogue: &Catalogue) -> Self {
        let stays = |facility| [true, false].map(|decided| Self::as_one_cell(facility, decided));
        let stays = scenario.facility_ixs().map(stays).collect();
        Self { names: short_names(scenario, catalogue), stays }
    }

    /// The name that fits into the cell of a month; no two places have the same.
    pub fn short(&self, place: Place) -> &str {
        self.names.of(place).map_or("", |name| &name.short)
    }

    /// As much of a place's name as fits into so many characters.
    pub fn fitting(&self, scenario: &Scenario, place: Place, room: f64, catalogue: &Catalogue) -> String {
        let name = place_name(scenario, place, catalogue);
        let telling = self.names.of(place).map_or("", |name| &name.telling);
        let fits = |name: &&str| name.width() as f64 <= room;
        [&name, telling].into_iter().find(fits).unwrap_or(self.short(place)).to_string()
    }

    /// The name and the short one.
    pub fn named(&self, scenario: &Scenario, place: Place, catalogue: &Catalogue) -> String {
        let name = place_name(scenario, place, catalogue);
        catalogue
            .say(&Message::new("facility-with-short").text("name", name).text("short", self.short(place)))
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

    /// A stay as one cell; one with leave in it is underlined.
    pub fn stay(&self, facility: FacilityIx, decided: bool, with_leave: bool) -> Cow<'_, Format> {
        let known = self.stays.get(facility.0).map(|[planned, past]| if decided { planned } else { past });
        let format = known.map_or_else(|| Cow::Owned(Self::as_one_cell(facility, decided)), Cow::Borrowed);
        match with_leave {
            true => Cow::Owned(format.into_owned().set_underline(FormatUnderline::Double)),
            false => format,
        }
    }

    /// What is history is written in italics.
    fn as_one_cell(facility: FacilityIx, decided: bool) -> Format {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What a printer without colours makes of one, from 0 (black) to 255.
    fn grey(colour: u32) -> u32 {
        let [_, red, green, blue] = colour.to_be_bytes().map(u32::from);
        (299 * red + 587 * green + 114 * blue) / 1000
    }

    #[test]
    fn neighbours_differ_in_grey_and_text_is_read_on_all() {
        for (colour, next) in COLOURS.iter().zip(COLOURS.iter().cycle().skip(1)) {
            assert!(grey(*colour).abs_diff(grey(*next)) >= 16, "{colour:06X} beside {next:06X}");
            assert!(grey(*colour) > 175, "black is read on {colour:06X}");
        }
    }
}
