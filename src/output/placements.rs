//! `placements.csv`: the plan itself, one row per stay and academic year, decided months only.
//!
//! This is the file that other programs and `kenshu audit` read: in whichever language it was written,
//! reading it back gives the same plan. Where the scenario has sections, the last column says in which a stay is.

use super::csv_cells::{Cell, Sheet};
use super::headings;
use crate::language::Catalogue;
use crate::plan::careers::{Career, Piece};
use crate::plan::leave_cell;
use crate::scenario::{Scenario, Service};

const HEADER: [&str; 12] = [
    "resident",
    "name",
    "entry_year",
    "course",
    "training_year",
    "academic_year",
    "facility",
    "facility_name",
    "role",
    "start",
    "months",
    "leave",
];

pub fn csv(scenario: &Scenario, careers: &[Career], catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(&columns(scenario), catalogue);
    rows(scenario, careers, catalogue).iter().for_each(|row| sheet.row(row));
    sheet.into_bytes()
}

/// The ids of the columns; the section comes last, where the scenario has any.
pub fn columns(scenario: &Scenario) -> Vec<&'static str> {
    HEADER.into_iter().chain((!scenario.sections.is_empty()).then_some("section")).collect()
}

/// The rows, by the columns of [`columns`].
pub fn rows(scenario: &Scenario, careers: &[Career], catalogue: &Catalogue) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for career in careers {
        let service = scenario.service(career.resident);
        for (year, pieces) in &career.years {
            for piece in pieces.iter().filter(|piece| piece.decided) {
                let mut cells = row(scenario, career, &service, *year, piece, catalogue).to_vec();
                if !scenario.sections.is_empty() {
                    let id = piece.section.map(|section| &scenario.section(section).id);
                    cells.push(id.map_or(Cell::empty(), Cell::text));
                }
                rows.push(cells);
            }
        }
    }
    rows
}

fn row(
    scenario: &Scenario,
    career: &Career,
    service: &Service,
    year: i32,
    piece: &Piece,
    catalogue: &Catalogue,
) -> [Cell; 12] {
    let resident = scenario.resident(career.resident);
    let facility = scenario.facility(piece.facility);
    [
        Cell::text(&resident.id),
        Cell::text(&resident.name),
        Cell::number(resident.entry_year),
        piece.course.map_or(Cell::empty(), |course| Cell::text(&scenario.course(course).id)),
        Cell::number(service.training_year(piece.span.start)),
        Cell::number(year),
        Cell::text(&facility.id),
        Cell::text(&facility.name),
        Cell::text(headings::word(facility.role.id(), catalogue)),
        Cell::text(piece.span.start),
        Cell::number(piece.span.months),
        Cell::text(headings::leaves(&leave_cell(service, piece.span), catalogue)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;
    use crate::plan;
    use crate::plan::careers;

    #[test]
    fn one_row_per_stay_and_academic_year_without_history() {
        let scenario = sample::scenario();
        let bytes =
            csv(&scenario, &careers::careers(&scenario, &sample::plan()), &Catalogue::new(Language::En));
        insta::assert_snapshot!(String::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}'), @"
        resident,name,entry_year,course,training_year,academic_year,facility,facility_name,role,start,months,leave
        2018-01,2018-01,2018,A,2,2019,keio,慶應義塾大学病院,core,2019-04,8,
        2018-01,2018-01,2018,A,2,2019,ashikaga,足利赤十字病院,affiliate,2019-12,4,
        2018-01,2018-01,2018,A,3,2020,keiyu,けいゆう病院,affiliate,2020-04,12,
        2019-01,2019-01,2019,B,1,2019,keio,慶應義塾大学病院,core,2019-04,12,
        2019-01,2019-01,2019,B,2,2020,ashikaga,足利赤十字病院,affiliate,2020-04,12,
        2019-01,2019-01,2019,B,3,2021,keiyu,けいゆう病院,affiliate,2021-04,12,
        2019-02,2019-02,2019,A,1,2019,keio,慶應義塾大学病院,core,2019-04,12,
        2019-02,2019-02,2019,A,2,2020,keio,慶應義塾大学病院,core,2020-04,12,
        2019-02,2019-02,2019,A,3,2021,ashikaga,足利赤十字病院,affiliate,2021-04,12,
        ");
    }

    #[test]
    fn sections_are_the_last_column_and_are_read_back() {
        let (scenario, planned) = sample::with_sections();
        for language in Language::ALL {
            let bytes = csv(&scenario, &careers::careers(&scenario, &planned), &Catalogue::new(language));
            let text = String::from_utf8(bytes.clone()).unwrap();
            let last = |line: &str| line.rsplit(',').next().unwrap().to_string();
            let sections: Vec<String> = text.lines().skip(1).take(3).map(last).collect();
            assert_eq!(sections, ["ivr", "ct", ""]);
            let (read, findings) = plan::read("placements.csv", &bytes, &scenario);
            assert_eq!(findings.list, []);
            assert_eq!(
                careers::careers(&scenario, &read.unwrap()),
                careers::careers(&scenario, &planned),
                "{text}"
            );
        }
    }
}
