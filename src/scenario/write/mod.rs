//! A scenario as tables: what [`super::read`] reads back as the same scenario, byte for byte the same
//! whenever it is written.
//!
//! Everything is said, defaults too, so that the tables tell all there is to change. What a scenario
//! does not hold cannot be written: remarks, sources of single rows, `[draws]`, and who was an anonymous
//! resident's name. Anonymous residents are no rows: the year's intake and `[course_mix]` make them.

mod csv;
mod program;
mod rules;
mod tables;

use std::collections::BTreeMap;

use super::Sources;
use super::files::PROGRAM;
use super::model::Scenario;

/// The tables of a scenario; those without a row are left out.
pub fn write(scenario: &Scenario) -> Sources {
    let mut files = BTreeMap::from([(PROGRAM.to_string(), program::text(scenario).into_bytes())]);
    let tables = tables::all(scenario).into_iter();
    files.extend(tables.map(|(name, table)| (name.to_string(), table.into_bytes())));
    Sources { files, ..Sources::default() }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::output::sample;

    #[test]
    fn a_text_stays_what_it_is_whatever_is_in_it() {
        let mut scenario = sample::scenario();
        scenario.unchecked_mut().residents[0].name = "=1+1, \"二\"\n三".into();
        scenario.unchecked_mut().name = "\"x\" \\ # y".into();
        scenario.unchecked_mut().facilities[0].source = "§2.1 [23,24]".into();
        let (read, findings) = read(&write(&scenario));
        let read = read.unwrap_or_else(|| panic!("{:?}", findings.list));
        assert_eq!(read.residents[0], scenario.residents[0]);
        assert_eq!((&read.name, &read.facilities), (&scenario.name, &scenario.facilities));
        assert_eq!(write(&read), write(&scenario));
    }
}
