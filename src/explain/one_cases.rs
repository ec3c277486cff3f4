//! The cases of one resident or one facility in a plan: what is asked, what is planned where.
//!
//! The quotas are those of `cases.csv`, shared out again from the placements and checked by the judge's
//! arithmetic; where no sharing gives everybody what they need, none are told.

use crate::audit;
use crate::cases::{Supplies, presence_of_all, quotas};
use crate::plan::{Plan, Quota};
use crate::scenario::{CaseIx, FacilityIx, ResidentIx, Scenario};

/// What a resident has of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentCase {
    pub case: CaseIx,
    pub target: u32,
    pub logged: u32,
    pub supplement: u32,
    /// Still to be experienced.
    pub need: u32,
    /// The most at the places of the plan if nobody else took any; `None`: the item is not assessed.
    pub reach: Option<u32>,
    /// Per academic year and facility; `None` where no quotas give everybody what they need.
    pub planned: Option<Vec<(i32, FacilityIx, u32)>>,
}

/// What a facility offers of an item in an academic year, and who is to have how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacilityCase {
    pub case: CaseIx,
    pub year: i32,
    pub offer: u32,
    pub planned: Option<Vec<(ResidentIx, u32)>>,
}

/// The quotas of a plan, if the judge finds nothing wrong with them.
fn checked(scenario: &Scenario, supplies: &Supplies, plan: &Plan) -> Option<Vec<Quota>> {
    let quotas = quotas(scenario, supplies, plan);
    audit::check_quotas(scenario, plan, &quotas).is_empty().then_some(quotas)
}

/// Every item of a resident with something to decide.
pub fn of_resident(scenario: &Scenario, plan: &Plan, resident: ResidentIx) -> Vec<ResidentCase> {
    if !scenario.completes(resident) {
        return Vec::new();
    }
    let supplies = Supplies::of(scenario);
    let presence = presence_of_all(scenario, &supplies, plan);
    let quotas = checked(scenario, &supplies, plan);
    let item = |case: CaseIx| {
        let of_item = |quota: &&Quota| quota.case == case && quota.resident == resident;
        let planned = |quotas: &Vec<Quota>| {
            let own = quotas.iter().filter(of_item);
            own.map(|quota| (quota.academic_year, quota.facility, quota.planned)).collect()
        };
        let assessed = supplies.items.iter().find(|item| item.case == case);
        ResidentCase {
            case,
            target: scenario.case(case).target,
            logged: audit::case_logged(scenario, case, resident),
            supplement: audit::case_supplement(scenario, case, resident),
            need: audit::case_need(scenario, case, resident),
            reach: assessed.map(|item| item.reach(&presence[resident.0], |_| true)),
            planned: quotas.as_ref().map(planned),
        }
    };
    scenario.case_ixs().map(item).collect()
}

/// Every assessed item that a facility offers, year by year.
pub fn of_facility(scenario: &Scenario, plan: &Plan, facility: FacilityIx) -> Vec<FacilityCase> {
    let supplies = Supplies::of(scenario);
    let quotas = checked(scenario, &supplies, plan);
    let mut list = Vec::new();
    for item in &supplies.items {
        for (year, _) in scenario.calendar.split(scenario.horizon()) {
            let offer = item.offer(crate::cases::Site::of(year, facility));
            let here = |quota: &&Quota| {
                (quota.case, quota.academic_year, quota.facility) == (item.case, year, facility)
            };
            let planned = |quotas: &Vec<Quota>| {
                quotas.iter().filter(here).map(|quota| (quota.resident, quota.planned)).collect()
            };
            if offer > 0 {
                list.push(FacilityCase {
                    case: item.case,
                    year,
                    offer,
                    planned: quotas.as_ref().map(planned),
                });
            }
        }
    }
    list
}
