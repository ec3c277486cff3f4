//! Places in words: a facility, or a section of one with its facility.

use super::statements::with_facility;
use crate::language::Message;
use crate::scenario::{Place, Scenario};

/// A facility, or a section of one with its facility.
pub fn place_words(scenario: &Scenario, place: Place) -> Message {
    match place.section.map(|section| scenario.section(section)) {
        None => with_facility(Message::new("explain-place"), scenario, place.facility),
        Some(section) => with_facility(Message::new("place-name"), scenario, place.facility).name(
            "section",
            &section.name,
            &section.name_en,
        ),
    }
}

/// Adds a place, as [`with_facility`] does.
pub fn with_place(message: Message, scenario: &Scenario, place: Place) -> Message {
    message.message("facility", place_words(scenario, place))
}
