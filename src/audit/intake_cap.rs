//! `intake-cap`: new residents of a year against the supervisors and case volumes of the whole group
//! (§4 \[27,28\]): the cap is the whole part of min(supervisors / n, volume / n, …).
//!
//! Read as a flow: the residents who enter in one year, not all who are in training. Every figure is
//! said, not only a violation, since a cap rests on totals that documents print wrongly.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::carry_over::{Account, accounts};
use super::presence::facility_names;
use super::totals::{SUPERVISORS, Total, two_decimals};
use super::{CapRoom, Finding, Rule};
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::scenario::{FacilityIx, IntakeCap, Scenario, TotalsSource};

/// One part of the cap: how many new residents a year a total allows.
#[derive(PartialEq)]
struct Part<'a> {
    name: &'a str,
    exact: Decimal,
    whole: i64,
}

/// The cap of one year on one kind of totals.
#[derive(PartialEq)]
struct Cap<'a> {
    /// In the scenario's order, supervisors first; never empty.
    parts: Vec<Part<'a>>,
}

impl<'a> Cap<'a> {
    /// The part that binds, the first of equals.
    fn binding(&self) -> Option<&Part<'a>> {
        self.parts.iter().min_by_key(|part| part.exact)
    }

    fn describe(&self) -> String {
        let parts = self.parts.iter().map(|part| format!("{} {}", part.name, two_decimals(part.exact)));
        parts.collect::<Vec<_>>().join(", ")
    }
}

pub(super) fn check(scenario: &Scenario) -> Vec<Finding> {
    let Some(rule) = &scenario.rules.intake_cap else {
        let message = Message::new("audit-intake-cap-absent");
        return vec![Finding::new(Rule::IntakeCap, Severity::Note, message)];
    };
    let mut findings = Vec::new();
    let mut years = Vec::new();
    let mut reported = Vec::new();
    for year in scenario.first_year..=scenario.last_intake_year() {
        let hired = hired_in(scenario, year);
        let (cap, lacking) = cap_of(scenario, rule, year, rule.totals);
        for (name, facilities) in lacking {
            // A volume that stays unknown is said once, not every year.
            let gap = (name, facilities.clone());
            if !reported.contains(&gap) {
                findings.push(not_assessed(scenario, year, name, &facilities));
                reported.push(gap);
            }
        }
        let Some(binding) = cap.binding() else { continue };
        years.push((year, hired, binding.whole));
        findings.push(numbers(year, hired, &cap, binding, rule.totals));
        let other = match rule.totals {
            TotalsSource::Rows => TotalsSource::Printed,
            TotalsSource::Printed => TotalsSource::Rows,
        };
        let (other_cap, _) = cap_of(scenario, rule, year, other);
        if let Some(other_binding) = other_cap.binding().filter(|_| other_cap != cap) {
            findings.push(other_numbers(year, hired, &other_cap, other_binding, other));
        }
    }
    findings.extend(over_cap(Rule::IntakeCap, &accounts(years), Decimal::from));
    findings
}

/// The room each year leaves under the cap that binds.
pub(super) fn rooms(scenario: &Scenario) -> Vec<CapRoom> {
    let Some(rule) = &scenario.rules.intake_cap else { return Vec::new() };
    let years = scenario.first_year..=scenario.last_intake_year();
    let room = |year| {
        let (cap, _) = cap_of(scenario, rule, year, rule.totals);
        let binding = cap.binding()?;
        let (residents, part) = (binding.whole - hired_in(scenario, year), Some(binding.name.to_string()));
        Some(CapRoom { residents, rule: Rule::IntakeCap, part })
    };
    years.filter_map(room).collect()
}

/// How many residents enter in the year.
pub(super) fn hired_in(scenario: &Scenario, year: i32) -> i64 {
    scenario.residents.iter().filter(|resident| resident.entry_year == year).count() as i64
}

/// The findings about years with more new residents than the cap leaves: a warning where the excess
/// goes on to the next year, an error for what is left after the last one.
///
/// Both caps share it; `say` puts a count of account units into figures.
pub(super) fn over_cap(rule: Rule, accounts: &[Account], say: impl Fn(i64) -> Decimal) -> Vec<Finding> {
    let last = accounts.last().map(|account| account.academic_year);
    let over = accounts.iter().filter(|account| account.excess > 0);
    over.map(|account| {
        let is_last = Some(account.academic_year) == last;
        let key = if is_last { "audit-cap-excess-left" } else { "audit-cap-excess-carried" };
        let message = Message::new(key)
            .number("year", i64::from(account.academic_year))
            .text("hired", say(account.hired))
            .text("cap", say(account.cap))
            .text("left", say(account.left))
            .text("excess", say(account.excess));
        Finding::new(rule, if is_last { Severity::Error } else { Severity::Warning }, message)
            .year(account.academic_year)
            .figures(say(account.hired), say(account.left))
    })
    .collect()
}

/// The cap of a year, and the parts that cannot be assessed with the facilities that lack them.
fn cap_of<'a>(
    scenario: &'a Scenario,
    rule: &IntakeCap,
    year: i32,
    source: TotalsSource,
) -> (Cap<'a>, Vec<(&'a str, Vec<FacilityIx>)>) {
    let month = scenario.calendar.start_of(year);
    let supervisors = (Some(Total::supervisors(scenario, month)), rule.supervisors_per_resident);
    let volumes = rule
        .volume_per_resident
        .iter()
        .map(|(volume, per_resident)| (Total::volume(scenario, *volume, month), *per_resident));
    let mut parts = Vec::new();
    let mut lacking = Vec::new();
    for (total, per_resident) in std::iter::once(supervisors).chain(volumes) {
        let Some(total) = total else { continue };
        let value = match source {
            TotalsSource::Rows => total.rows,
            // A total that the document does not print is the sum of the rows.
            TotalsSource::Printed => total.printed.or(total.rows),
        };
        match value.and_then(|value| quotient(value, per_resident)) {
            Some((exact, whole)) => parts.push(Part { name: total.name, exact, whole }),
            None => lacking.push((total.name, total.lacking)),
        }
    }
    (Cap { parts }, lacking)
}

/// The quotient as far as decimals go, and its whole part, which is exact.
fn quotient(total: Decimal, per_resident: Decimal) -> Option<(Decimal, i64)> {
    let exact = total.checked_div(per_resident)?;
    let floor = exact.floor();
    // A quotient just below a whole number may have been rounded up to it.
    let too_many = floor.checked_mul(per_resident).is_some_and(|needed| needed > total);
    let whole = if too_many { floor - Decimal::ONE } else { floor };
    Some((exact, whole.to_i64()?))
}

fn totals_name(source: TotalsSource) -> Message {
    Message::new(match source {
        TotalsSource::Rows => "audit-totals-rows",
        TotalsSource::Printed => "audit-totals-printed",
    })
}

fn numbers(year: i32, hired: i64, cap: &Cap<'_>, binding: &Part<'_>, source: TotalsSource) -> Finding {
    let message = Message::new("audit-intake-cap-numbers")
        .number("year", i64::from(year))
        .number("hired", hired)
        .number("cap", binding.whole)
        .text("binding", binding.name)
        .text("exact", two_decimals(binding.exact))
        .text("parts", cap.describe())
        .message("totals", totals_name(source));
    Finding::new(Rule::IntakeCap, Severity::Note, message).year(year).figures(hired, binding.whole)
}

fn other_numbers(year: i32, hired: i64, cap: &Cap<'_>, binding: &Part<'_>, source: TotalsSource) -> Finding {
    let message = Message::new("audit-intake-cap-other-totals")
        .number("year", i64::from(year))
        .number("cap", binding.whole)
        .text("binding", binding.name)
        .text("exact", two_decimals(binding.exact))
        .text("parts", cap.describe())
        .message("totals", totals_name(source));
    Finding::new(Rule::IntakeCap, Severity::Note, message).year(year).figures(hired, binding.whole)
}

fn not_assessed(scenario: &Scenario, year: i32, name: &str, lacking: &[FacilityIx]) -> Finding {
    debug_assert_ne!(name, SUPERVISORS, "every facility has supervisors, be it 0");
    let message =
        Message::new("audit-intake-cap-not-assessed").number("year", i64::from(year)).text("volume", name);
    let message = facility_names(scenario, message, "facilities", lacking.iter().copied());
    Finding::new(Rule::IntakeCap, Severity::Warning, message)
        .facility(lacking.first().copied().filter(|_| lacking.len() == 1))
        .year(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_part_of_a_quotient_is_exact() {
        let of = |total: &str, per: &str| quotient(total.parse().unwrap(), per.parse().unwrap());
        assert_eq!(of("2811", "60").unwrap(), ("46.85".parse().unwrap(), 46));
        assert_eq!(of("60", "60").unwrap().1, 1);
        // 28 digits are not enough for 2.99…95: the division says 3, the whole part is 2.
        let (exact, whole) = of("5.9999999999999999999999999999", "2").unwrap();
        assert_eq!(exact, Decimal::from(3));
        assert_eq!(whole, 2);
        assert_eq!(of("1", "0"), None);
    }
}
