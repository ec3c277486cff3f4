//! A judgement on the terminal: every rule with its verdict, then the findings.
//!
//! Rules that hold are listed too: a reader must see what was looked at, not only what was wrong.

use super::grid::{Align, Grid};
use crate::audit::{self, Finding, Verdict, rule_of};
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
    for rule in rules.into_iter().filter(|rule| audit::concerns(scenario, **rule)) {
        grid.push(self::rule(scenario, *rule, findings, catalogue).to_vec());
    }
    grid.render_within(width)
}

/// A rule with its clause, verdict and requirement.
pub fn rule(scenario: &Scenario, rule: Rule, findings: &[Finding], catalogue: &Catalogue) -> [String; 4] {
    let entry = rule_of(scenario, rule);
    let verdict = audit::verdict(scenario, rule, findings);
    let requirement = catalogue.say_attribute(&entry, "requirement").unwrap_or_default();
    let requirement = match &verdict {
        Verdict::NotChecked { because } => catalogue.say(
            &Message::new("verdict-because")
                .text("requirement", requirement)
                .message("because", because.clone()),
        ),
        Verdict::Kept { .. } | Verdict::Broken { .. } => requirement,
    };
    [rule.id().to_string(), rule.clause(), catalogue.say(&in_short(&verdict)), requirement]
}

/// A verdict in a word or two.
pub fn in_short(verdict: &Verdict) -> Message {
    match verdict {
        Verdict::Broken { errors } => Message::new("verdict-broken").number("count", *errors as i64),
        Verdict::NotChecked { .. } => Message::new("verdict-not-checked"),
        Verdict::Kept { open, .. } if *open > 0 => {
            Message::new("verdict-holds-partly").number("count", *open as i64)
        }
        Verdict::Kept { warnings: 0, .. } => Message::new("verdict-holds"),
        Verdict::Kept { warnings, .. } => Message::new("verdict-warnings").number("count", *warnings as i64),
    }
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
            clause: rule.clause(),
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
                .map(|rule| in_short(&audit::verdict(&scenario, rule, &findings)).key)
                .to_vec();
        assert_eq!(
            keys,
            [
                "verdict-broken",
                "verdict-warnings",
                "verdict-holds",
                "verdict-holds",
                "verdict-not-checked",
                "verdict-not-checked"
            ]
        );
    }

    #[test]
    fn case_numbers_hold_as_far_as_they_were_assessed() {
        let mut scenario = sample::with_cases();
        let key = |scenario: &Scenario| in_short(&audit::verdict(scenario, Rule::CaseVolume, &[]));
        assert_eq!(key(&scenario), Message::new("verdict-holds-partly").number("count", 1));
        scenario.unchecked_mut().cases.pop();
        assert_eq!(key(&scenario).key, "verdict-holds");
        scenario.unchecked_mut().facilities[2].volumes[0] = crate::scenario::Dated::constant(None);
        assert_eq!(key(&scenario).key, "verdict-not-checked");
        assert_eq!(key(&sample::scenario()).key, "verdict-not-checked", "there are no items");
        let broken = [finding(Rule::CaseVolume, Severity::Error)];
        assert_eq!(audit::verdict(&scenario, Rule::CaseVolume, &broken).id(), "broken");
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
