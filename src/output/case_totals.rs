//! `case_totals.csv`: per resident with something to decide and per case item, what the target is made
//! up of: cases logged before, what courses or e-learning are counted on to replace, what is planned.
//!
//! For an item that is not assessed nothing is planned, and the cell stays empty: 0 would be a figure.

use std::collections::BTreeMap;

use super::csv_cells::{Cell, Sheet};
use super::headings;
use crate::audit::{case_is_assessed, case_logged, case_supplement};
use crate::language::Catalogue;
use crate::plan::Quota;
use crate::scenario::{CaseIx, ResidentIx, Scenario};

const HEADER: [&str; 7] = ["resident", "case", "target", "logged", "supplement", "planned", "assessed"];

pub fn csv(scenario: &Scenario, quotas: &[Quota], catalogue: &Catalogue) -> Vec<u8> {
    let mut planned: BTreeMap<(ResidentIx, CaseIx), u64> = BTreeMap::new();
    for quota in quotas {
        *planned.entry((quota.resident, quota.case)).or_default() += u64::from(quota.planned);
    }
    let items: Vec<(CaseIx, bool)> =
        scenario.case_ixs().map(|case| (case, case_is_assessed(scenario, case))).collect();
    let mut sheet = Sheet::headed(&HEADER, catalogue);
    for resident in scenario.resident_ixs().filter(|resident| scenario.completes(*resident)) {
        for &(case, assessed) in &items {
            let planned = planned.get(&(resident, case)).copied().unwrap_or(0);
            sheet.row(&[
                Cell::text(&scenario.resident(resident).id),
                Cell::text(&scenario.case(case).id),
                Cell::number(scenario.case(case).target),
                Cell::number(case_logged(scenario, case, resident)),
                Cell::number(case_supplement(scenario, case, resident)),
                if assessed { Cell::number(planned) } else { Cell::empty() },
                Cell::text(headings::word(if assessed { "true" } else { "false" }, catalogue)),
            ]);
        }
    }
    sheet.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;

    fn text(scenario: &Scenario, quotas: &[Quota]) -> String {
        String::from_utf8(csv(scenario, quotas, &Catalogue::new(Language::En)))
            .unwrap()
            .trim_start_matches('\u{feff}')
            .to_string()
    }

    #[test]
    fn every_resident_and_item_with_what_is_planned() {
        insta::assert_snapshot!(text(&sample::with_cases(), &sample::quotas()), @"
        resident,case,target,logged,supplement,planned,assessed
        2018-01,ivr,20,6,2,12,true
        2018-01,us,120,0,0,,false
        2019-01,ivr,20,0,2,18,true
        2019-01,us,120,0,0,,false
        2019-02,ivr,20,19,1,0,true
        2019-02,us,120,0,0,,false
        ");
    }

    #[test]
    fn who_has_finished_and_what_does_not_exist_has_no_rows() {
        let mut scenario = sample::with_cases();
        let resident = &mut scenario.unchecked_mut().residents[0];
        (resident.entry_year, resident.entry) = (2016, resident.entry.minus(24));
        let text = text(&scenario, &[]);
        assert!(!text.contains("2018-01") && text.contains("2019-01,ivr,20,0,2,0,true"), "{text}");
        assert_eq!(
            csv(&sample::scenario(), &[], &Catalogue::new(Language::En)),
            "\u{feff}resident,case,target,logged,supplement,planned,assessed\r\n".as_bytes()
        );
    }
}
