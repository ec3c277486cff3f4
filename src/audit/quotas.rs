//! Planned cases against tables and plan, by arithmetic alone: whether they are an allocation that
//! gives every resident what they need of every item that is assessed.
//!
//! Nothing is searched for here. Who is where, what a facility offers and what a resident needs are
//! counted, the quotas are added up, and every one of them has to fit.

use std::collections::{BTreeMap, BTreeSet};

use super::case_figures::{Site, case_is_assessed, case_need, months_at, most, offer};
use super::presence::{Presence, about, facility_names};
use crate::language::Message;
use crate::plan::{Plan, Quota};
use crate::scenario::{CaseIx, ResidentIx, Scenario};

/// What is wrong with the quotas of a plan; empty if nothing is.
pub fn check_quotas(scenario: &Scenario, plan: &Plan, quotas: &[Quota]) -> Vec<Message> {
    let presence = Presence::new(scenario, plan);
    let assessed: Vec<bool> = scenario.case_ixs().map(|case| case_is_assessed(scenario, case)).collect();
    let months: Vec<Vec<BTreeMap<Site, u32>>> = presence
        .careers
        .iter()
        .map(|career| scenario.case_ixs().map(|case| months_at(scenario, career, case)).collect())
        .collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let mut of_sites: BTreeMap<(CaseIx, Site), u64> = BTreeMap::new();
    let mut of_residents: BTreeMap<(ResidentIx, CaseIx), u64> = BTreeMap::new();
    for quota in quotas {
        let site = (quota.academic_year, quota.facility);
        let (Some(months), Some(assessed), true) = (
            months.get(quota.resident.0).and_then(|months| months.get(quota.case.0)),
            assessed.get(quota.case.0),
            quota.facility.0 < scenario.facilities.len(),
        ) else {
            wrong.push(foreign_quota());
            continue;
        };
        if !seen.insert((quota.resident, quota.case, site)) {
            wrong.push(said(scenario, "quota-twice", quota));
        }
        if quota.planned == 0 {
            wrong.push(said(scenario, "quota-none", quota));
        }
        let offer = offer(scenario, quota.case, site).filter(|_| *assessed);
        match (offer, months.get(&site)) {
            (None, _) => wrong.push(said(scenario, "quota-not-assessed", quota)),
            (_, None) => wrong.push(said(scenario, "quota-not-there", quota)),
            (Some(offer), Some(&months)) if u64::from(quota.planned) > most(offer, months) => wrong.push(
                said(scenario, "quota-too-many", quota)
                    .number("months", i64::from(months))
                    .text("most", most(offer, months)),
            ),
            (Some(_), Some(_)) => {}
        }
        *of_sites.entry((quota.case, site)).or_default() += u64::from(quota.planned);
        *of_residents.entry((quota.resident, quota.case)).or_default() += u64::from(quota.planned);
    }
    for ((case, site), planned) in of_sites {
        // What is offered nowhere has been refused above, quota by quota.
        let Some(offer) = offer(scenario, case, site).filter(|offer| planned > *offer) else { continue };
        let message = Message::new("quota-overdrawn")
            .text("case", &scenario.case(case).name)
            .text("year", site.0)
            .text("planned", planned)
            .text("offer", offer);
        wrong.push(facility_names(scenario, message, "facility", [site.1]));
    }
    for career in presence.undecided() {
        for case in scenario.case_ixs().filter(|case| assessed.get(case.0) == Some(&true)) {
            let need = u64::from(case_need(scenario, case, career.resident));
            let planned = of_residents.get(&(career.resident, case)).copied().unwrap_or(0);
            if planned < need {
                wrong.push(
                    about(scenario, "quota-short", career.resident)
                        .text("case", &scenario.case(case).name)
                        .text("planned", planned)
                        .text("need", need),
                );
            }
        }
    }
    wrong
}

/// Planned cases of somebody, of something or somewhere that the scenario does not have.
pub(super) fn foreign_quota() -> Message {
    Message::new("quota-foreign")
}

fn said(scenario: &Scenario, key: &'static str, quota: &Quota) -> Message {
    let message = about(scenario, key, quota.resident)
        .text("case", &scenario.case(quota.case).name)
        .text("year", quota.academic_year)
        .text("planned", quota.planned);
    facility_names(scenario, message, "facility", [quota.facility])
}
