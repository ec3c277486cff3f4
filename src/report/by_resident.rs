//! `by_resident.csv`: a row per resident, a column per academic year, for reading whole careers.
//!
//! A cell says "慶應義塾大学病院 8 / 足利赤十字病院 4": facilities in order of time, each with its
//! months. What lies before the first decided year stands in parentheses: it is history, not plan.

use super::careers::{Career, Piece};
use super::csv_cells::{Cell, Sheet};
use super::facility_name;
use crate::language::{Catalogue, Message};
use crate::scenario::Scenario;

pub fn csv(scenario: &Scenario, careers: &[Career], catalogue: &Catalogue) -> Vec<u8> {
    let years = years(careers);
    let mut header: Vec<String> = ["resident", "name", "entry_year", "course"].map(String::from).to_vec();
    header.extend(years.iter().map(i32::to_string));
    let mut sheet = Sheet::new(&header);
    for career in careers {
        let resident = scenario.resident(career.resident);
        let mut cells = vec![
            Cell::text(&resident.id),
            Cell::text(&resident.name),
            Cell::number(resident.entry_year),
            career.course.map_or(Cell::empty(), |course| Cell::text(&scenario.course(course).id)),
        ];
        cells.extend(years.iter().map(|year| match career.years.get(year) {
            Some(pieces) => Cell::text(year_in_words(scenario, pieces, catalogue)),
            None => Cell::empty(),
        }));
        sheet.row(&cells);
    }
    sheet.into_bytes()
}

/// All academic years from the first to the last in which anybody is anywhere.
fn years(careers: &[Career]) -> Vec<i32> {
    let years = || careers.iter().flat_map(|career| career.years.keys().copied());
    match (years().min(), years().max()) {
        (Some(first), Some(last)) => (first..=last).collect(),
        _ => Vec::new(),
    }
}

fn year_in_words(scenario: &Scenario, pieces: &[Piece], catalogue: &Catalogue) -> String {
    let stays = |decided: bool| {
        let of_kind = pieces.iter().filter(|piece| piece.decided == decided);
        let words: Vec<String> = of_kind
            .map(|piece| {
                let name = facility_name(scenario.facility(piece.facility), catalogue);
                format!("{name} {}", piece.span.months)
            })
            .collect();
        (!words.is_empty()).then(|| words.join(" / "))
    };
    let history =
        stays(false).map(|stays| catalogue.say(&Message::new("report-history").text("stays", stays)));
    history.into_iter().chain(stays(true)).collect::<Vec<_>>().join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::report::{careers, sample};

    fn table(language: Language) -> String {
        let scenario = sample::scenario();
        let careers = careers::careers(&scenario, &sample::plan());
        String::from_utf8(csv(&scenario, &careers, &Catalogue::new(language))).unwrap()
    }

    #[test]
    fn a_row_per_resident_and_a_column_per_year() {
        insta::assert_snapshot!(table(Language::Ja).trim_start_matches('\u{feff}'), @"
        resident,name,entry_year,course,2018,2019,2020,2021
        2018-01,2018-01,2018,A,(慶應義塾大学病院 12),慶應義塾大学病院 8 / 足利赤十字病院 4,けいゆう病院 12,
        2019-01,2019-01,2019,B,,慶應義塾大学病院 12,足利赤十字病院 12,けいゆう病院 12
        2019-02,2019-02,2019,A,,慶應義塾大学病院 12,慶應義塾大学病院 12,足利赤十字病院 12
        ");
    }

    #[test]
    fn names_follow_the_language() {
        assert!(table(Language::En).contains("Keio University Hospital 8 / Ashikaga Red Cross Hospital 4"));
    }
}
