//! Who is in another section of the same facility.

use std::collections::BTreeMap;

use crate::calendar::{Month, Span};
use crate::plan::Plan;
use crate::scenario::{Place, ResidentIx};

/// Somebody in another section of their facility, for months that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shift {
    pub span: Span,
    pub resident: ResidentIx,
    pub from: Place,
    pub to: Place,
}

/// Where each resident is in each month; of rows that overlap the first counts.
pub fn places(plan: &Plan) -> BTreeMap<(ResidentIx, Month), Place> {
    let mut at = BTreeMap::new();
    for row in &plan.rows {
        let place = Place { facility: row.facility, section: row.section };
        row.span.iter().for_each(|month| {
            at.entry((row.resident, month)).or_insert(place);
        });
    }
    at
}

/// All changes of section within a facility, by time and person.
pub fn shifts(before: &Plan, after: &Plan) -> Vec<Shift> {
    let (before, after) = (places(before), places(after));
    let mut shifts: Vec<Shift> = Vec::new();
    for ((resident, month), from) in before {
        let to = after.get(&(resident, month)).copied();
        let Some(to) = to.filter(|to| to.facility == from.facility && to.section != from.section) else {
            continue;
        };
        match shifts.last_mut() {
            Some(last)
                if last.resident == resident
                    && last.span.end() == month
                    && (last.from, last.to) == (from, to) =>
            {
                last.span.months += 1;
            }
            _ => shifts.push(Shift { span: Span::new(month, 1), resident, from, to }),
        }
    }
    shifts.sort();
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Placement;
    use crate::scenario::{FacilityIx, SectionIx};

    #[test]
    fn months_in_another_section_are_told_once() {
        let row = |start: &str, months, facility, section: Option<usize>| Placement {
            resident: ResidentIx(0),
            course: None,
            facility: FacilityIx(facility),
            section: section.map(SectionIx),
            span: Span::new(Month::parse(start).unwrap(), months),
            line: None,
        };
        let plan = |rows: &[Placement]| Plan::from(rows.to_vec());
        let old =
            plan(&[row("2020-04", 6, 0, Some(0)), row("2020-10", 6, 0, Some(1)), row("2021-04", 3, 1, None)]);
        let new = plan(&[
            row("2020-04", 4, 0, Some(0)),
            row("2020-08", 8, 0, Some(1)),
            row("2021-04", 3, 0, Some(0)),
        ]);
        let found = shifts(&old, &new);
        let told: Vec<_> = found.iter().map(|s| (s.span.start.to_string(), s.span.months)).collect();
        assert_eq!(told, [("2020-08".to_string(), 2)]);
        assert_eq!((found[0].from.section, found[0].to.section), (Some(SectionIx(0)), Some(SectionIx(1))));
        assert_eq!(shifts(&old, &old), []);
    }
}
