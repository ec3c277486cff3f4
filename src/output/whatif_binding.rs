//! What binds a variant, in words: the rule, and the hospital or case item it binds at.

use super::statements::with_facility;
use crate::audit;
use crate::language::Message;
use crate::regulation::Rule;
use crate::scenario::Scenario;

/// An id of `whatif.csv`'s column `binding` in words, and whether it is known: what is no rule is told whole elsewhere.
pub fn words(scenario: &Scenario, id: &str) -> Option<Message> {
    if id == "career" {
        return Some(Message::new("whatif-binding-career"));
    }
    let (rule, part) = id.split_once('.').map_or((id, None), |(rule, part)| (rule, Some(part)));
    let rule = Rule::ALL.iter().copied().find(|known| known.id() == rule)?;
    let words = audit::rule_of(scenario, rule);
    let Some(part) = part else { return Some(words) };
    let message = Message::new("whatif-binding-part").message("rule", words);
    let facility = scenario.facility_ixs().find(|ix| scenario.facility(*ix).id == part);
    let case = scenario.cases.iter().find(|case| case.id == part);
    Some(match (facility, case) {
        (Some(facility), _) => {
            let place = with_facility(Message::new("explain-place"), scenario, facility);
            message.message("part", place)
        }
        (None, Some(case)) => message.text("part", &case.name),
        (None, None) => message.text("part", part),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Catalogue, Language};
    use crate::output::sample;

    #[test]
    fn a_rule_is_named_with_the_hospital_it_binds_at() {
        let scenario = sample::scenario();
        let facility = &scenario.facilities[1];
        let id = format!("{}.{}", Rule::SupervisorRatio.id(), facility.id);
        for (language, name) in [(Language::Ja, &facility.name), (Language::En, &facility.name_en)] {
            let said = Catalogue::new(language).say(&words(&scenario, &id).unwrap());
            assert!(said.contains(name.as_str()) && !said.contains(Rule::SupervisorRatio.id()), "{said}");
        }
        assert_eq!(words(&scenario, "unknown-facility"), None);
    }
}
