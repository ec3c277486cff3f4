//! A judgement on the terminal: every rule with its verdict, then the findings.
//!
//! Rules that hold are listed too: a reader must see what was looked at, not only what was wrong.

use super::grid::{Align, Grid};
use crate::audit::{Finding, case_is_assessed, rule_of};
use crate::diagnostic::Severity;
use crate::language::{Catalogue, Message};
use crate::regulation::Rule;
use crate::scenario::Scenario;

/// Every given rule with its clause, verdict and requirement.
pub fn rules<'a>(
    scenario: &Scenario,
    rules: impl IntoIterator<Item = &'a Rule>,
    findings: &[Finding],
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let mut grid = Grid::new(vec![
        (catalogue.word("column-rule"), Align::Left),
        (catalogue.word("column-clause"), Align::Left),
        (catalogue.word("column-verdict"), Align::Left),
        (catalogue.word("column-requirement"), Align::Left),
    ]);
    for rule in rules {
        let entry = rule_of(scenario, *rule);
        grid.push(vec![
            rule.id().to_string(),
            rule.clause(),
            catalogue.say(&verdict(scenario, *rule, findings)),
            catalogue.say_attribute(&entry, "requirement").unwrap_or_default(),
        ]);
    }
    grid.render_within(width)
}

fn verdict(scenario: &Scenario, rule: Rule, findings: &[Finding]) -> Message {
    let count = |severity| {
        findings.iter().filter(|finding| finding.rule == rule && finding.severity == severity).count() as i64
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors > 0 {
        Message::new("verdict-broken").number("count", errors)
    } else if warnings > 0 {
        Message::new("verdict-warnings").number("count", warnings)
    } else {
        unbroken(scenario, rule)
    }
}

/// The verdict on a rule nobody found broken: it holds only if there was something to judge it by.
fn unbroken(scenario: &Scenario, rule: Rule) -> Message {
    let cap = scenario.rules.intake_cap.as_ref();
    let unassessed = || scenario.case_ixs().filter(|case| !case_is_assessed(scenario, *case)).count();
    let key = match rule {
        Rule::IntakeCap if cap.is_none() => "verdict-not-checked",
        Rule::UrbanCap if cap.is_none_or(|cap| cap.past_hires.is_none()) => "verdict-not-checked",
        Rule::PrintedTotals if scenario.printed_totals.is_empty() => "verdict-nothing-to-check",
        Rule::CaseVolume => match unassessed() {
            all if all == scenario.cases.len() => "verdict-not-checked",
            0 => "verdict-holds",
            some => return Message::new("verdict-holds-partly").number("count", some as i64),
        },
        _ => "verdict-holds",
    };
    Message::new(key)
}

/// The findings, worst first and within that by rule. The messages say who, where and when.
pub fn findings<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let mut grid = Grid::new(vec![
        (catalogue.word("column-severity"), Align::Left),
        (catalogue.word("column-rule"), Align::Left),
        (catalogue.word("column-measured"), Align::Right),
        (catalogue.word("column-required"), Align::Right),
        (catalogue.word("column-finding"), Align::Left),
    ]);
    let mut sorted: Vec<&Finding> = findings.into_iter().collect();
    sorted.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.rule));
    for finding in sorted {
        grid.push(vec![
            catalogue.word(severity_key(finding.severity)),
            finding.rule.id().to_string(),
            finding.measured.to_string(),
            finding.required.to_string(),
            catalogue.say(&finding.message),
        ]);
    }
    grid.render_within(width)
}

pub fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "severity-note",
        Severity::Warning => "severity-warning",
        Severity::Error => "severity-error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;
    use crate::scenario::ResidentIx;

    fn finding(rule: Rule, severity: Severity) -> Finding {
        Finding {
            rule,
            severity,
            resident: Some(ResidentIx(1)),
            facility: None,
            academic_year: Some(2019),
            month: None,
            measured: 4.into(),
            required: 6.into(),
            message: Message::new("no-such-entry"),
        }
    }

    #[test]
    fn a_verdict_per_rule() {
        let scenario = sample::scenario();
        let findings = [
            finding(Rule::CoreMonths, Severity::Error),
            finding(Rule::CoreMonths, Severity::Warning),
            finding(Rule::Seats, Severity::Warning),
            finding(Rule::Lock, Severity::Note),
        ];
        let keys: Vec<&str> =
            [Rule::CoreMonths, Rule::Seats, Rule::Lock, Rule::OnePlace, Rule::IntakeCap, Rule::PrintedTotals]
                .map(|rule| verdict(&scenario, rule, &findings).key)
                .to_vec();
        assert_eq!(
            keys,
            [
                "verdict-broken",
                "verdict-warnings",
                "verdict-holds",
                "verdict-holds",
                "verdict-not-checked",
                "verdict-nothing-to-check"
            ]
        );
    }

    #[test]
    fn case_numbers_hold_as_far_as_they_were_assessed() {
        let mut scenario = sample::with_cases();
        let key = |scenario: &Scenario| verdict(scenario, Rule::CaseVolume, &[]);
        assert_eq!(key(&scenario), Message::new("verdict-holds-partly").number("count", 1));
        scenario.unchecked_mut().cases.pop();
        assert_eq!(key(&scenario).key, "verdict-holds");
        scenario.unchecked_mut().facilities[2].volumes[0] = crate::scenario::Dated::constant(None);
        assert_eq!(key(&scenario).key, "verdict-not-checked");
        assert_eq!(key(&sample::scenario()).key, "verdict-not-checked", "there are no items");
        let broken = [finding(Rule::CaseVolume, Severity::Error)];
        assert_eq!(verdict(&scenario, Rule::CaseVolume, &broken).key, "verdict-broken");
    }

    #[test]
    fn findings_come_worst_first() {
        let list = [finding(Rule::Seats, Severity::Warning), finding(Rule::CoreMonths, Severity::Error)];
        insta::assert_snapshot!(findings(&list, &Catalogue::new(Language::Ja), None), @"
        判定  規則         実際  基準  内容
        ----  -----------  ----  ----  -------------
        違反  core-months     4     6  no-such-entry
        注意  seats           4     6  no-such-entry
        ");
    }
}
