//! `case-volume`: the facilities' case volumes let every resident reach the targets (§6.2
//! \[8,9,10,15\]), all of them at once, since the residents present share a facility's volume.
//!
//! An item is judged by itself, a part like any other item. Residents with an open month are left out:
//! what they will take nobody knows, and without them the rest has no less to share, so whoever is
//! short now stays short however the open months are filled.
//!
//! What is known about the items as such, or is not, is said as notes, with a plan or without.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::allocation::{Allocation, Shortage};
use super::case_figures::{
    Site, case_is_assessed, case_lacking, case_lacks_everywhere, case_need, months_at, most, offer,
    placeable, volume_months,
};
use super::intake_cap::hired_in;
use super::presence::{Career, Presence, about, facility_names};
use super::totals::{plain, two_decimals};
use super::{Finding, Rule, case_milestones};
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::scenario::{CaseIx, ResidentIx, Scenario};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let careers: Vec<&Career> = presence.undecided().filter(|career| is_settled(career)).collect();
    let assessed: Vec<CaseIx> =
        scenario.case_ixs().filter(|case| case_is_assessed(scenario, *case)).collect();
    let mut short: Vec<(ResidentIx, Finding)> =
        assessed.iter().flat_map(|case| too_few(scenario, *case, &careers)).collect();
    short.extend(assessed.into_iter().flat_map(|case| {
        careers.iter().filter_map(move |career| case_milestones::missed(scenario, case, career))
    }));
    // By resident, then in the order of the items.
    short.sort_by_key(|(resident, _)| *resident);
    let mut findings = notes(scenario);
    findings.extend(short.into_iter().map(|(_, finding)| finding));
    findings
}

/// Which items are not assessed and why, and what the group as a whole has of the others.
pub(super) fn notes(scenario: &Scenario) -> Vec<Finding> {
    if scenario.cases.is_empty() {
        let message = Message::new("audit-case-volume-absent");
        return vec![Finding::new(Rule::CaseVolume, Severity::Note, message)];
    }
    scenario
        .case_ixs()
        .map(|case| not_assessed(scenario, case).unwrap_or_else(|| group(scenario, case)))
        .collect()
}

fn is_settled(career: &Career) -> bool {
    career.due().all(|(_, facility)| facility.is_some())
}

/// The residents whom the volumes of an item do not suffice for.
fn too_few(scenario: &Scenario, case: CaseIx, careers: &[&Career]) -> Vec<(ResidentIx, Finding)> {
    let careers: Vec<(&Career, BTreeMap<Site, u32>)> =
        careers.iter().map(|career| (*career, months_at(scenario, career, case))).collect();
    let mut offers: BTreeMap<Site, u64> = BTreeMap::new();
    for site in careers.iter().flat_map(|(_, sites)| sites.keys()) {
        offers.entry(*site).or_insert_with(|| offer(scenario, case, *site).unwrap_or(0));
    }
    let positions: BTreeMap<Site, usize> = offers.keys().copied().zip(0..).collect();
    let mut allocation = Allocation::new(offers.values().copied());
    let mut claims = Vec::new();
    for (career, places) in &careers {
        let can = places.iter().filter_map(|(site, months)| Some((*site, most(*offers.get(site)?, *months))));
        let can: Vec<(Site, u64)> = can.collect();
        let need = u64::from(case_need(scenario, case, career.resident));
        let alone = can.iter().fold(0, |sum: u64, (_, most)| sum.saturating_add(*most));
        // What nobody can have in any case, however little the others take, is not claimed.
        let links = can.iter().filter_map(|(site, most)| Some((*positions.get(site)?, *most)));
        allocation.claim(need.min(alone), links);
        claims.push(Claim { resident: career.resident, need, alone, can });
    }
    let sites: Vec<(Site, u64)> = offers.into_iter().collect();
    let shortages = allocation.shortages();
    let of = |number: usize| shortages.iter().find(|shortage| shortage.claimants.contains(&number));
    let said = claims.iter().enumerate().filter_map(|(number, claim)| {
        let finding = if claim.alone < claim.need {
            cannot(scenario, case, claim)
        } else if allocation.got(number) < claim.need {
            shared(scenario, case, claim, allocation.got(number), of(number)?, &sites)
        } else {
            return None;
        };
        Some((claim.resident, finding))
    });
    said.collect()
}

/// What a resident needs of an item, and can take.
struct Claim {
    resident: ResidentIx,
    need: u64,
    /// What the resident could take if nobody else were there.
    alone: u64,
    /// The same by site.
    can: Vec<(Site, u64)>,
}

fn short(scenario: &Scenario, key: &'static str, case: CaseIx, claim: &Claim, got: u64) -> Message {
    about(scenario, key, claim.resident)
        .text("case", &scenario.case(case).name)
        .number("need", signed(claim.need))
        .number("got", signed(got))
        .number("short", signed(claim.need.saturating_sub(got)))
}

/// The finding about a resident for whom the facilities visited are not enough.
fn cannot(scenario: &Scenario, case: CaseIx, claim: &Claim) -> Finding {
    let message = short(scenario, "audit-case-volume-alone", case, claim, claim.alone);
    Finding::error(Rule::CaseVolume, sites_text(scenario, message, &claim.can))
        .resident(claim.resident)
        .figures(claim.alone, claim.need)
}

/// The finding about a resident who comes away short because others need the same cases.
fn shared(
    scenario: &Scenario,
    case: CaseIx,
    claim: &Claim,
    got: u64,
    shortage: &Shortage,
    sites: &[(Site, u64)],
) -> Finding {
    let list: Vec<(Site, u64)> = shortage.sites.iter().filter_map(|&site| sites.get(site).copied()).collect();
    let message = short(scenario, "audit-case-volume-shared", case, claim, got)
        .number("residents", shortage.claimants.len() as i64)
        .number("wanted", signed(shortage.need))
        .number("offer", signed(shortage.offer))
        .number("elsewhere", signed(shortage.elsewhere));
    let finding = Finding::error(Rule::CaseVolume, sites_text(scenario, message, &list))
        .resident(claim.resident)
        .figures(got, claim.need);
    match list.as_slice() {
        [((year, facility), _)] => finding.facility(Some(*facility)).year(*year),
        _ => finding,
    }
}

/// Sites with a figure each: `名称 2020: 12、…`.
fn sites_text(scenario: &Scenario, message: Message, list: &[(Site, u64)]) -> Message {
    let text = |english: bool| {
        let one = |((year, facility), figure): &(Site, u64)| {
            let facility = scenario.facility(*facility);
            let name = if english { &facility.name_en } else { &facility.name };
            format!("{name} {year}: {figure}")
        };
        list.iter().map(one).collect::<Vec<_>>().join(if english { ", " } else { "、" })
    };
    message.name("sites", text(false), text(true))
}

/// The note about an item whose volume somebody does not know; `None` if the item is assessed.
fn not_assessed(scenario: &Scenario, case: CaseIx) -> Option<Finding> {
    let lacking = case_lacking(scenario, case);
    if lacking.is_empty() {
        return None;
    }
    let name = &scenario.case(case).name;
    let message = if case_lacks_everywhere(scenario, &lacking) {
        Message::new("audit-case-volume-not-assessed-anywhere").text("case", name)
    } else {
        let message = Message::new("audit-case-volume-not-assessed").text("case", name);
        facility_names(scenario, message, "facilities", lacking.iter().copied())
    };
    let only = lacking.first().copied().filter(|_| lacking.len() == 1);
    Some(Finding::new(Rule::CaseVolume, Severity::Note, message).facility(only))
}

/// What the group has of an item in a year; equal years are said together.
#[derive(PartialEq)]
struct GroupYear {
    volume: Decimal,
    offer: u64,
    hired: i64,
}

/// The note about an item with the group's volume against new residents, as the intake cap counts.
fn group(scenario: &Scenario, case: CaseIx) -> Finding {
    let mut years: Vec<(i32, i32, GroupYear)> = Vec::new();
    for year in scenario.first_year..=scenario.last_intake_year() {
        let figures = group_year(scenario, case, year);
        match years.last_mut() {
            Some((_, last, same)) if *same == figures => *last = year,
            _ => years.push((year, year, figures)),
        }
    }
    let each = |figures: &GroupYear| {
        figures.volume.checked_div(Decimal::from(figures.hired)).filter(|_| figures.hired > 0)
    };
    let said = years.iter().rev().map(|(from, to, figures)| {
        Message::new(if from == to { "audit-case-volume-year" } else { "audit-case-volume-years" })
            .text("from", from)
            .text("to", to)
            .text("volume", short_decimal(figures.volume))
            .text("offer", figures.offer)
            .number("hired", figures.hired)
            .text("each", each(figures).map_or("–".to_string(), |each| short_decimal(each).to_string()))
    });
    let said = said.reduce(|rest, first| {
        Message::new("audit-case-volume-and-year").message("first", first).message("rest", rest)
    });
    let cap = scenario.rules.intake_cap.as_ref();
    let volumes = cap.into_iter().flat_map(|cap| &cap.volume_per_resident);
    let per = volumes.filter(|(volume, _)| *volume == scenario.case(case).volume).map(|(_, per)| *per).next();
    let key = if per.is_some() { "audit-case-volume-group-cap" } else { "audit-case-volume-group" };
    let mut message = Message::new(key).text("case", &scenario.case(case).name);
    if let Some(said) = said {
        message = message.message("years", said);
    }
    if let Some(per) = per {
        message = message.text("per", plain(per));
    }
    let least = years.iter().filter_map(|(_, _, figures)| each(figures)).min();
    Finding::new(Rule::CaseVolume, Severity::Note, message).figures(least.map(short_decimal), per.map(plain))
}

fn group_year(scenario: &Scenario, case: CaseIx, year: i32) -> GroupYear {
    let months = placeable(scenario).filter_map(|facility| volume_months(scenario, case, facility, year));
    let months = months.fold(Decimal::ZERO, |sum, months| sum.saturating_add(months));
    let offers = placeable(scenario).filter_map(|facility| offer(scenario, case, (year, facility)));
    GroupYear {
        volume: months.checked_div(Decimal::from(12)).unwrap_or_default(),
        offer: offers.fold(0, u64::saturating_add),
        hired: hired_in(scenario, year),
    }
}

/// A number as a table would print it, with two decimals where it has many.
fn short_decimal(value: Decimal) -> Decimal {
    if value == value.round_dp(2) { plain(value) } else { two_decimals(value) }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
