//! Cases against their targets (§6.2 \[8,9,10,15\]): what is logged, what may be replaced, what the plan still gives,
//! and whether the rest can be reached at all.
//!
//! Nothing tells when a case was logged, so what is logged counts as of the first decided month, and the plan's
//! quotas from there on.

use super::whereabouts::Whereabouts;
use super::{About, Item, State, Why};
use crate::audit;
use crate::calendar::Month;
use crate::cases::{Presence, Site, Supplies};
use crate::plan::Quota;
use crate::scenario::{CaseIx, FacilityIx};

/// What everybody together has of the cases.
pub(super) struct Shares<'a> {
    pub supplies: &'a Supplies,
    /// Per resident.
    pub presence: Vec<Presence>,
    pub quotas: Vec<Quota>,
    pub has_plan: bool,
}

/// Facilities that are named as offering most of an item.
const HELPERS_MAX: usize = 3;
const YEAR_MONTHS: u128 = 12;

pub(super) fn items(at: &Whereabouts<'_>, shares: &Shares<'_>) -> Vec<Item> {
    at.scenario.case_ixs().map(|case| item(at, shares, case)).collect()
}

fn item(at: &Whereabouts<'_>, shares: &Shares<'_>, case: CaseIx) -> Item {
    let (scenario, resident) = (at.scenario, at.resident);
    let target = scenario.case(case).target;
    let logged = audit::case_logged(scenario, case, resident);
    let replaced = audit::case_supplement(scenario, case, resident);
    let need = audit::case_need(scenario, case, resident);
    let own = shares.quotas.iter().filter(|quota| (quota.case, quota.resident) == (case, resident));
    let planned: u32 = own.clone().map(|quota| quota.planned).sum();
    let supply = shares.supplies.items.iter().find(|item| item.case == case);
    let reach = supply.map(|supply| supply.reach(&shares.presence[resident.0], |_| true));
    let most = supply.map(|supply| most(at, supply));
    // Whoever is under way and has nothing logged has done something, and nobody knows what.
    let is_under_way = at.person().entry < scenario.start();
    let is_silent = is_under_way && at.person().logged.iter().all(|count| *count == 0);
    let (state, why) = match (reach, most) {
        _ if logged >= target => (State::Met, None),
        _ if need == 0 => (State::OnCourse, None),
        (None, _) | (_, None) if is_silent => (State::NotKnown, Some(Why::NotLogged)),
        (None, _) | (_, None) => (State::NotKnown, Some(Why::NotAssessed)),
        _ if shares.has_plan && planned >= need => (State::OnCourse, None),
        // What was done before could make up for it.
        _ if is_silent => (State::NotKnown, Some(Why::NotLogged)),
        (_, Some(most)) if most < need => (State::Impossible, Some(Why::Lacking((need - most).into()))),
        _ if !shares.has_plan => (State::NotKnown, Some(Why::NoPlan)),
        (Some(reach), _) if reach < need => {
            let lacking = (need - reach).into();
            let from = at.as_of.max(scenario.start());
            (
                State::AtRisk,
                Some(Why::Unreached { lacking, from, helped_by: helped_by(at, shares, case, from) }),
            )
        }
        _ => (State::AtRisk, Some(Why::Shared(need - planned))),
    };
    let last = own.clone().map(|quota| quota.academic_year).max();
    let when = last.filter(|_| state == State::OnCourse).and_then(|year| {
        let end = scenario.calendar.span_of(year).end().minus(1);
        at.ledger.end.map(|last| last.min(end))
    });
    Item {
        about: About::Case(case),
        state,
        so_far: logged.into(),
        expected: (shares.has_plan && supply.is_some()).then(|| (logged + replaced + planned).into()),
        asked: target.into(),
        when,
        why,
        is_goal: false,
    }
}

/// The most cases a resident could reach if every month to come were spent at the facility that offers most, and
/// nobody else took any. Whole parts are taken once a year at the end, which can only give more.
fn most(at: &Whereabouts<'_>, supply: &crate::cases::Item) -> u32 {
    let scenario = at.scenario;
    let start = scenario.start();
    let mut years: std::collections::BTreeMap<i32, u128> = std::collections::BTreeMap::new();
    for seat in at.seats().filter(|seat| seat.month >= start && seat.service.cases) {
        let academic_year = scenario.calendar.year_of(seat.month);
        let offer = |facility: FacilityIx| u128::from(supply.offer(Site::of(academic_year, facility)));
        let has_passed = seat.month < at.as_of;
        let months = years.entry(academic_year).or_default();
        *months += match seat.facility {
            Some(facility) if has_passed => offer(facility),
            _ => scenario.facility_ixs().map(offer).max().unwrap_or(0),
        };
    }
    let all: u128 = years.values().map(|offers| offers / YEAR_MONTHS).sum();
    u32::try_from(all).unwrap_or(u32::MAX)
}

/// The facilities that offer most of an item in the year of a month, where the resident is not all the time already.
fn helped_by(at: &Whereabouts<'_>, shares: &Shares<'_>, case: CaseIx, from: Month) -> Vec<FacilityIx> {
    let Some(supply) = shares.supplies.items.iter().find(|item| item.case == case) else { return Vec::new() };
    let academic_year = at.scenario.calendar.year_of(from);
    let offer = |facility: FacilityIx| supply.offer(Site::of(academic_year, facility));
    let elsewhere =
        |facility: &FacilityIx| at.seats().any(|seat| seat.month >= from && seat.facility != Some(*facility));
    let mut best: Vec<FacilityIx> =
        at.scenario.facility_ixs().filter(|facility| offer(*facility) > 0).filter(elsewhere).collect();
    best.sort_by_key(|facility| (std::cmp::Reverse(offer(*facility)), *facility));
    best.truncate(HELPERS_MAX);
    best
}
