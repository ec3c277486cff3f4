//! `urban-cap`: where the core is in an urban prefecture, new residents of a year against the mean of
//! past hires (§4 \[27,28\]).
//!
//! The mean is a fraction, kept as one: hires and caps are compared in units of 1 / `past_years`
//! resident. It is the same for every year of the scenario, since no per-year split of the past
//! hires is known that would let it move.

use rust_decimal::Decimal;

use super::carry_over::accounts;
use super::intake_cap::{hired_in, over_cap};
use super::totals::plain;
use super::{CapRoom, Finding, Rule};
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::regulation::URBAN_PREFECTURES;
use crate::scenario::{IntakeCap, MeanRounding, Role, Scenario};

fn core_prefectures(scenario: &Scenario) -> impl Iterator<Item = &str> {
    scenario.facilities.iter().filter(|f| f.role == Role::Core).map(|f| f.prefecture.as_str())
}

/// The urban prefecture the core is in, if it is.
fn urban(scenario: &Scenario) -> Option<&str> {
    core_prefectures(scenario).find(|prefecture| URBAN_PREFECTURES.contains(prefecture))
}

pub(super) fn check(scenario: &Scenario) -> Vec<Finding> {
    let Some(rule) = &scenario.rules.intake_cap else { return Vec::new() };
    let urban = urban(scenario);
    let note = |message| Finding::new(Rule::UrbanCap, Severity::Note, message);
    let (Some(past_hires), Some(prefecture)) = (rule.past_hires, urban) else {
        let here = core_prefectures(scenario).collect::<Vec<_>>().join(", ");
        let message = match (urban, rule.past_hires) {
            (Some(prefecture), _) => Message::new("audit-urban-cap-no-past").text("prefecture", prefecture),
            (None, _) if core_prefectures(scenario).any(str::is_empty) => {
                Message::new("audit-urban-cap-no-prefecture")
            }
            (None, Some(_)) => Message::new("audit-urban-cap-not-urban").text("prefecture", here),
            (None, None) => return Vec::new(),
        };
        return vec![note(message)];
    };
    let hires = i64::from(past_hires);
    let (cap, unit) = cap_of(rule, hires);
    let figure = |units: i64| {
        let value = Decimal::from(units).checked_div(Decimal::from(unit)).unwrap_or_default();
        plain(value.round_dp(2))
    };
    let mean = figure(hires);
    let mut findings = vec![
        note(
            Message::new("audit-urban-cap-mean")
                .text("prefecture", prefecture)
                .number("hires", hires)
                .number("years", unit)
                .text("mean", mean)
                .message("rounding", rounding_name(rule.mean_rounding))
                .text("cap", figure(cap)),
        )
        .figures(mean, figure(cap)),
    ];
    let years = scenario.first_year..=scenario.last_intake_year();
    let accounts = accounts(years.map(|year| (year, hired_in(scenario, year) * unit, cap)));
    for account in accounts.iter().filter(|account| account.hired > hires && account.excess == 0) {
        let message = Message::new("audit-urban-cap-rounding")
            .number("year", i64::from(account.academic_year))
            .text("hired", figure(account.hired))
            .text("mean", mean)
            .text("cap", figure(cap));
        findings.push(note(message).year(account.academic_year).figures(figure(account.hired), mean));
    }
    findings.extend(over_cap(Rule::UrbanCap, &accounts, figure));
    findings
}

/// The cap and how many of its units are one resident.
fn cap_of(rule: &IntakeCap, hires: i64) -> (i64, i64) {
    // The reader refuses zero years; one is the only other reading that divides.
    let unit = i64::from(rule.past_years.max(1));
    let cap = match rule.mean_rounding {
        MeanRounding::Exact => hires,
        MeanRounding::Floor => hires / unit * unit,
        MeanRounding::Ceil => (hires + unit - 1) / unit * unit,
        MeanRounding::HalfUp => (2 * hires + unit) / (2 * unit) * unit,
    };
    (cap, unit)
}

/// The room that the year with the most new residents leaves; only whole residents fit.
pub(super) fn room(scenario: &Scenario) -> Option<CapRoom> {
    let rule = scenario.rules.intake_cap.as_ref()?;
    urban(scenario)?;
    let (cap, unit) = cap_of(rule, i64::from(rule.past_hires?));
    let years = scenario.first_year..=scenario.last_intake_year();
    let most = years.map(|year| hired_in(scenario, year)).max().unwrap_or(0);
    Some(CapRoom { residents: cap / unit - most, rule: Rule::UrbanCap, part: None })
}

fn rounding_name(rounding: MeanRounding) -> Message {
    Message::new(match rounding {
        MeanRounding::HalfUp => "audit-rounding-half-up",
        MeanRounding::Exact => "audit-rounding-exact",
        MeanRounding::Floor => "audit-rounding-floor",
        MeanRounding::Ceil => "audit-rounding-ceil",
    })
}
