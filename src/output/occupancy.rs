//! How full each facility is, month by month, against its seats and the residents it counts on.

use std::collections::BTreeMap;

use crate::audit;
use crate::calendar::{Month, Span};
use crate::plan::Plan;
use crate::scenario::{FacilityIx, LeaveKind, Place, Scenario, SectionIx};

/// One facility in one academic year, as a plan fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacilityYear {
    pub resident_months: u32,
    /// Residents in the fullest month.
    pub residents_max: u32,
    /// Residents and limit of the month with the fewest seats left; the limit is none where the
    /// scenario sets none for a single facility.
    pub tightest: (u32, Option<u32>),
    /// The seats in the order they hold through the year, without repeating an unchanged figure.
    pub seats: Vec<Option<u32>>,
    /// Of `resident_months`, those of residents on leave in their seat: nobody is at work in them.
    pub leave_months: u32,
    /// Of `resident_months`, those of part-time work.
    pub part_time_months: u32,
    /// Resident-months missing to `min_residents`, for years the goal `coverage` counts and
    /// facilities that count on residents.
    pub shortfall_months: Option<i64>,
}

/// The residents of a section month by month.
#[derive(Clone, Default)]
struct InSection {
    residents: BTreeMap<Month, u32>,
    on_leave: BTreeMap<Month, u32>,
    part_time: BTreeMap<Month, u32>,
}

/// How full the facilities are over the horizon of a scenario.
pub struct Occupancy<'a> {
    scenario: &'a Scenario,
    /// Per facility the residents present; months nobody is there are left out.
    residents: Vec<BTreeMap<Month, u32>>,
    /// Likewise those on childbirth or illness leave, and those working part-time.
    on_leave: Vec<BTreeMap<Month, u32>>,
    part_time: Vec<BTreeMap<Month, u32>>,
    /// The same per section.
    sections: Vec<InSection>,
    /// As the judge counts it.
    shortfall: BTreeMap<(Place, i32), i64>,
}

impl<'a> Occupancy<'a> {
    pub fn new(scenario: &'a Scenario, plan: &Plan) -> Self {
        let mut residents = vec![BTreeMap::new(); scenario.facilities.len()];
        let (mut on_leave, mut part_time) = (residents.clone(), residents.clone());
        let mut sections = vec![InSection::default(); scenario.sections.len()];
        let add = |months: &mut BTreeMap<Month, u32>, month| *months.entry(month).or_insert(0) += 1;
        for row in &plan.rows {
            let service = scenario.service(row.resident);
            let mut section = row.section.and_then(|section| sections.get_mut(section.0));
            for month in row.span.iter() {
                let this = service.at(month);
                add(&mut residents[row.facility.0], month);
                if let Some(section) = &mut section {
                    add(&mut section.residents, month);
                }
                match this.and_then(|this| this.leave) {
                    Some(LeaveKind::Childbirth | LeaveKind::Illness) => {
                        add(&mut on_leave[row.facility.0], month);
                        section.iter_mut().for_each(|section| add(&mut section.on_leave, month));
                    }
                    Some(LeaveKind::PartTime) => {
                        add(&mut part_time[row.facility.0], month);
                        section.iter_mut().for_each(|section| add(&mut section.part_time, month));
                    }
                    _ => {}
                }
            }
        }
        let shortfall = audit::coverage_shortfall(scenario, plan);
        Self { scenario, residents, on_leave, part_time, sections, shortfall }
    }

    /// The academic years in which something is decided.
    pub fn years(scenario: &Scenario) -> Vec<i32> {
        scenario.calendar.split(scenario.horizon()).into_iter().map(|(year, _)| year).collect()
    }

    /// Whether anybody is on leave, or works part-time, at a facility.
    pub fn has_leave(&self) -> bool {
        self.on_leave.iter().chain(&self.part_time).any(|months| !months.is_empty())
    }

    fn present(&self, facility: FacilityIx, month: Month) -> u32 {
        self.residents[facility.0].get(&month).copied().unwrap_or(0)
    }

    pub fn facility_year(&self, facility: FacilityIx, year: i32) -> FacilityYear {
        let months = self.scenario.calendar.span_of(year);
        let limit = |month| audit::seat_limit(self.scenario, facility, month);
        FacilityYear {
            leave_months: within(&self.on_leave[facility.0], months),
            part_time_months: within(&self.part_time[facility.0], months),
            shortfall_months: self.shortfall.get(&(Place { facility, section: None }, year)).copied(),
            ..FacilityYear::of(months, |month| self.present(facility, month), limit)
        }
    }

    /// One section in one academic year; the limit is its own.
    pub fn section_year(&self, section: SectionIx, year: i32) -> FacilityYear {
        let months = self.scenario.calendar.span_of(year);
        let (of, here) = (self.scenario.section(section), &self.sections[section.0]);
        let place = Place { facility: of.facility, section: Some(section) };
        let present = |month| here.residents.get(&month).copied().unwrap_or(0);
        FacilityYear {
            leave_months: within(&here.on_leave, months),
            part_time_months: within(&here.part_time, months),
            shortfall_months: self.shortfall.get(&(place, year)).copied(),
            ..FacilityYear::of(months, present, |month| *of.seats.at(month))
        }
    }

    /// Residents placed in the fullest month of a year, over all facilities.
    pub fn residents_max(&self, year: i32) -> u32 {
        let months = self.scenario.calendar.span_of(year);
        let all = |month| self.scenario.facility_ixs().map(|facility| self.present(facility, month)).sum();
        months.iter().map(all).max().unwrap_or(0)
    }
}

impl FacilityYear {
    /// The figures of who is present against a limit; nothing of leave or of what is missing.
    fn of(months: Span, present: impl Fn(Month) -> u32, limit: impl Fn(Month) -> Option<u32>) -> Self {
        // Seats left, fewest first; among equals the fuller month, so that 0 of 0 does not hide 3 of 3.
        let tightest = months
            .iter()
            .map(|month| (present(month), limit(month)))
            .min_by_key(|(used, limit)| {
                (
                    limit.map_or(i64::MAX, |limit| i64::from(limit) - i64::from(*used)),
                    std::cmp::Reverse(*used),
                )
            })
            .unwrap_or((0, None));
        let mut seats: Vec<Option<u32>> = months.iter().map(&limit).collect();
        seats.dedup();
        Self {
            resident_months: months.iter().map(&present).sum(),
            residents_max: months.iter().map(&present).max().unwrap_or(0),
            tightest,
            seats,
            leave_months: 0,
            part_time_months: 0,
            shortfall_months: None,
        }
    }
}

fn within(months: &BTreeMap<Month, u32>, span: Span) -> u32 {
    months.range(span.start..span.end()).map(|(_, count)| count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::output::sample::{self, AFFILIATE_X, AFFILIATE_Y, CORE};

    #[test]
    fn counts_what_the_plan_places() {
        let scenario = sample::scenario();
        let plan = sample::plan();
        let occupancy = Occupancy::new(&scenario, &plan);
        assert_eq!(Occupancy::years(&scenario), [2019, 2020, 2021]);
        let core = occupancy.facility_year(CORE, 2019);
        assert_eq!((core.resident_months, core.residents_max), (32, 3));
        assert_eq!(core.shortfall_months, None, "it counts on nobody");
        let x = occupancy.facility_year(AFFILIATE_X, 2019);
        assert_eq!((x.resident_months, x.residents_max, x.shortfall_months), (4, 1, Some(8)));
        let y = occupancy.facility_year(AFFILIATE_Y, 2021);
        assert_eq!((y.resident_months, y.shortfall_months), (12, None), "after the last intake");
    }

    #[test]
    fn a_change_of_seats_shows_in_its_year() {
        let mut scenario = sample::scenario();
        scenario.unchecked_mut().facilities[CORE.0].seats.changes =
            vec![(Month::new(2019, 10).unwrap(), Some(3))];
        let plan = sample::plan();
        let core = Occupancy::new(&scenario, &plan).facility_year(CORE, 2019);
        assert_eq!(core.seats, [Some(33), Some(3)]);
        assert_eq!(core.tightest, (3, Some(3)));
    }

    #[test]
    fn everyone_is_counted_once_a_month() {
        let scenario = sample::scenario();
        let plan = sample::plan();
        let occupancy = Occupancy::new(&scenario, &plan);
        let years: Vec<u32> =
            Occupancy::years(&scenario).iter().map(|y| occupancy.residents_max(*y)).collect();
        assert_eq!(years, [3, 3, 2]);
    }
}
