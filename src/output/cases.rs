//! `cases.csv`: how many cases of which item each resident is to experience where, a row per quota.
//!
//! The quotas are one way of sharing the volumes that gives everybody what they need; there are others.
//! Items that are not assessed have no rows.

use super::csv_cells::{Cell, Sheet};
use crate::language::Catalogue;
use crate::plan::Quota;
use crate::scenario::Scenario;

const HEADER: [&str; 5] = ["resident", "case", "academic_year", "facility", "planned"];

pub fn csv(scenario: &Scenario, quotas: &[Quota], catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(&HEADER, catalogue);
    for quota in quotas {
        sheet.row(&[
            Cell::text(&scenario.resident(quota.resident).id),
            Cell::text(&scenario.case(quota.case).id),
            Cell::number(quota.academic_year),
            Cell::text(&scenario.facility(quota.facility).id),
            Cell::number(quota.planned),
        ]);
    }
    sheet.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;

    #[test]
    fn one_row_per_quota() {
        let bytes = csv(&sample::with_cases(), &sample::quotas(), &Catalogue::new(Language::En));
        insta::assert_snapshot!(String::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}'), @"
        resident,case,academic_year,facility,planned
        2018-01,ivr,2019,keio,6
        2018-01,ivr,2019,ashikaga,2
        2018-01,ivr,2020,keiyu,4
        2019-01,ivr,2019,keio,10
        2019-01,ivr,2020,ashikaga,8
        ");
    }

    #[test]
    fn without_items_there_is_a_header_only() {
        let bytes = csv(&sample::scenario(), &[], &Catalogue::new(Language::En));
        assert_eq!(bytes, "\u{feff}resident,case,academic_year,facility,planned\r\n".as_bytes());
    }
}
