//! The judge, rule by rule and as a whole; all it is told is data made by hand or at random.

mod case_flow;
mod case_oracle;
mod cases;
mod corruptions;
mod course_places;
mod goals;
mod intake;
mod leave;
mod leave_months;
mod limits;
mod oracle;
mod patterns;
mod properties;
mod quotas;
mod rows;
mod sections;

use kenshu::internal::audit::{Audit, Finding, audit};
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::language::{Catalogue, Language, Message};
use kenshu::internal::plan::Plan;
use kenshu::internal::regulation::Rule;
use kenshu::internal::scenario::Scenario;

/// Who, where and when of errors and warnings: `rule resident facility month`, sorted.
pub fn defects(scenario: &Scenario, audit: &Audit) -> Vec<String> {
    let mut list: Vec<String> = audit
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| {
            let who = finding.resident.map_or("-", |ix| &scenario.resident(ix).id);
            let place = finding.facility.map_or("-", |ix| &scenario.facility(ix).id);
            let when = finding.month.map_or("-".to_string(), |month| month.to_string());
            format!("{} {who} {place} {when}", finding.rule.id())
        })
        .collect();
    list.sort();
    list
}

pub fn judge(scenario: &Scenario, plan: &Plan) -> Vec<String> {
    let audit = audit(scenario, plan, None);
    for finding in &audit.findings {
        speak(finding);
    }
    defects(scenario, &audit)
}

/// Both languages have words for the finding, with every argument filled in.
pub fn speak(finding: &Finding) -> [String; 2] {
    [Language::Ja, Language::En].map(|language| {
        let catalogue = Catalogue::new(language);
        let text = catalogue.say(&finding.message);
        assert_ne!(text, finding.message.key, "no entry");
        assert!(!text.contains("{$") && !text.contains("audit-"), "{text}");
        text
    })
}

pub fn english(finding: &Finding) -> String {
    let [_, english] = speak(finding);
    english
}

pub fn no_defects() -> Vec<String> {
    Vec::new()
}

#[test]
fn every_rule_has_words_in_both_languages() {
    for language in [Language::Ja, Language::En] {
        let catalogue = Catalogue::new(language);
        for rule in Rule::ALL {
            let message = Message::new(rule.key());
            assert_ne!(catalogue.say(&message), rule.key());
            for attribute in ["requirement", "reading"] {
                assert!(catalogue.say_attribute(&message, attribute).is_some(), "{} {attribute}", rule.id());
            }
        }
    }
}
