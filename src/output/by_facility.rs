//! `by_facility.csv`: a row per facility, and per academic year how many residents it has. The sections of a
//! facility follow it, called `facility/section`, with limits of their own.
//!
//! Four columns a year: `residents_Y` in full-year equivalents (resident-months / 12, two decimals),
//! `residents_max_Y` in the fullest month, `seats_Y` (where the figure changes within the year, the
//! figures in order, as 9→6), and `shortfall_months_Y`, the resident-months missing to
//! `min_residents`. Empty: no limit for the single facility, or nothing counted on. Where a plan has leave at a
//! facility there are also `leave_months_Y` and `part_time_months_Y`: of the resident-months there, those of
//! childbirth or illness (nobody is at work) and those of part-time work.

use rust_decimal::{Decimal, RoundingStrategy};

use super::csv_cells::{Cell, Sheet};
use super::occupancy::{FacilityYear, Occupancy};
use super::{facility_name, headings, place_name};
use crate::language::Catalogue;
use crate::scenario::{Place, Scenario};

const MONTHS_PER_YEAR: u32 = 12;

pub fn csv(scenario: &Scenario, occupancy: &Occupancy<'_>, catalogue: &Catalogue) -> Vec<u8> {
    let years = Occupancy::years(scenario);
    let mut header = vec![
        headings::heading("facility", catalogue),
        headings::heading_as("name", "facility_name", catalogue),
        headings::heading("role", catalogue),
    ];
    for year in &years {
        let columns = ["residents", "residents_max", "seats", "shortfall_months"].iter();
        let leave = ["leave_months", "part_time_months"].iter().filter(|_| occupancy.has_leave());
        header.extend(columns.chain(leave).map(|id| headings::heading_of_year(id, *year, catalogue)));
    }
    let mut sheet = Sheet::new(&header);
    for ix in scenario.facility_ixs() {
        let facility = scenario.facility(ix);
        let role = headings::word(facility.role.id(), catalogue);
        let figures = years.iter().map(|year| occupancy.facility_year(ix, *year));
        let name = facility_name(facility, catalogue);
        sheet.row(&row([&facility.id, name, &role], figures, occupancy.has_leave()));
        for section in scenario.sections_of(ix) {
            let place = Place { facility: ix, section: Some(section) };
            let (id, name) = (scenario.place_id(place), place_name(scenario, place, catalogue));
            let figures = years.iter().map(|year| occupancy.section_year(section, *year));
            sheet.row(&row([&id, &name, &role], figures, occupancy.has_leave()));
        }
    }
    sheet.into_bytes()
}

fn row(of: [&str; 3], years: impl Iterator<Item = FacilityYear>, has_leave: bool) -> Vec<Cell> {
    let mut cells = of.map(Cell::text).to_vec();
    for figures in years {
        cells.push(Cell::number(full_years(figures.resident_months)));
        cells.push(Cell::number(figures.residents_max));
        cells.push(seats(&figures));
        cells.push(figures.shortfall_months.map_or(Cell::empty(), Cell::number));
        if has_leave {
            cells.push(Cell::number(figures.leave_months));
            cells.push(Cell::number(figures.part_time_months));
        }
    }
    cells
}

/// Resident-months as full years, rounded half up to two decimals.
fn full_years(resident_months: u32) -> Decimal {
    let exact = Decimal::from(resident_months) / Decimal::from(MONTHS_PER_YEAR);
    exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize()
}

fn seats(figures: &FacilityYear) -> Cell {
    match figures.seats.as_slice() {
        [Some(seats)] => Cell::number(seats),
        [None] | [] => Cell::empty(),
        changing => {
            let figure =
                |seats: &Option<u32>| seats.map_or_else(|| "-".to_string(), |seats| seats.to_string());
            Cell::text(changing.iter().map(figure).collect::<Vec<_>>().join("→"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::language::Language;
    use crate::output::sample;

    #[test]
    fn full_years_have_at_most_two_decimals() {
        let of = |months| full_years(months).to_string();
        assert_eq!(
            (of(0), of(12), of(8), of(4), of(30)),
            ("0".into(), "1".into(), "0.67".into(), "0.33".into(), "2.5".into())
        );
    }

    #[test]
    fn leave_at_a_facility_has_columns_of_its_own() {
        let scenario = sample::with_leave();
        let plan = sample::plan();
        let bytes = csv(&scenario, &Occupancy::new(&scenario, &plan), &Catalogue::new(Language::Ja));
        let text = String::from_utf8(bytes).unwrap();
        let cells = |line: &str| line.split(',').skip(3).take(6).map(String::from).collect::<Vec<_>>();
        let lines: Vec<Vec<String>> = text.lines().take(3).map(cells).collect();
        assert_eq!(lines[0][4..], ["2019年度 休止人月", "2019年度 短時間人月"]);
        assert_eq!(lines[1], ["2.67", "3", "33", "", "0", "2"], "2019-02 works part-time for two months");
        assert_eq!(lines[2], ["0.33", "1", "9", "11", "3", "0"], "2018-01 is ill for three of four months");
    }

    #[test]
    fn a_row_per_facility_and_four_columns_a_year() {
        let mut scenario = sample::scenario();
        scenario.unchecked_mut().facilities[1].seats.changes = vec![(Month::new(2019, 10).unwrap(), Some(6))];
        let plan = sample::plan();
        let bytes = csv(&scenario, &Occupancy::new(&scenario, &plan), &Catalogue::new(Language::Ja));
        insta::assert_snapshot!(String::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}'), @"
        施設,施設名,区分,2019年度 専攻医数,2019年度 最大人数,2019年度 定員,2019年度 不足人月,2020年度 専攻医数,2020年度 最大人数,2020年度 定員,2020年度 不足人月,2021年度 専攻医数,2021年度 最大人数,2021年度 定員,2021年度 不足人月
        keio,慶應義塾大学病院,基幹施設,2.67,3,33,,1,1,33,,0,0,33,
        ashikaga,足利赤十字病院,連携施設,0.33,1,9→6,8,1,1,6,,1,1,6,
        keiyu,けいゆう病院,連携施設,0,0,3,,1,1,3,,1,1,3,
        ");
    }

    #[test]
    fn sections_follow_their_facility_with_limits_of_their_own() {
        let (scenario, plan) = sample::with_sections();
        let bytes = csv(&scenario, &Occupancy::new(&scenario, &plan), &Catalogue::new(Language::En));
        let text = String::from_utf8(bytes).unwrap();
        let cells = |line: &str| line.split(',').take(7).map(String::from).collect::<Vec<_>>();
        let lines: Vec<Vec<String>> = text.lines().skip(1).take(3).map(cells).collect();
        assert_eq!(lines[0][..6], ["keio", "Keio University Hospital", "core", "2.67", "3", "33"]);
        assert_eq!(lines[1][..6], ["keio/ct", "Keio University Hospital – CT", "core", "1.67", "3", ""]);
        // Nobody is there in the last eight months of the year, and somebody has to be.
        assert_eq!(lines[2], ["keio/ivr", "Keio University Hospital – IVR", "core", "1", "3", "3", "8"]);
    }
}
