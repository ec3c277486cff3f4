//! How hospitals are told apart: a colour each, in three shades and three patterns, so that those beside each
//! other in the list differ in grey too. The same hospital looks the same everywhere.

use maud::{Markup, html};

use crate::scenario::{FacilityIx, Scenario};

/// Steps around the circle of colours that keep neighbours far apart.
const HUE_STEP: usize = 137;
/// Per cent of white: dark text is read on each.
const SHADES: [u32; 3] = [92, 80, 68];
const PATTERNS: [&str; 3] = [
    "",
    "background-image:repeating-linear-gradient(135deg,#0002 0 1px,transparent 1px 7px);",
    "background-image:repeating-linear-gradient(0deg,#0002 0 1px,transparent 1px 5px);",
];

/// The class of a hospital's cells.
pub fn class(facility: FacilityIx) -> String {
    format!("f{}", facility.0)
}

/// The classes of all hospitals.
pub fn style(scenario: &Scenario) -> String {
    let rule = |facility: FacilityIx| {
        let at = facility.0;
        let hue = (210 + at * HUE_STEP) % 360;
        let shade = SHADES[at % SHADES.len()];
        let pattern = PATTERNS[at / SHADES.len() % PATTERNS.len()];
        format!(".{}{{--hue:{hue};--shade:{shade}%;{pattern}}}\n", class(facility))
    };
    scenario.facility_ixs().map(rule).collect()
}

/// A sample of a hospital's cells, beside its name.
pub fn key(facility: FacilityIx) -> Markup {
    html! { span class={ "key stay " (class(facility)) } {} }
}
