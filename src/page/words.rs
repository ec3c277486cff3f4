//! The words of the page, which has none of its own: one text for each key, in the reader's language.
//!
//! Where the page fills something in, the text has the argument's name in braces, `{count}`: so no plural is
//! chosen in the browser, and the catalogues avoid them.

use serde_json::{Map, Value};

use crate::language::{Catalogue, Message};

/// Every key the page's modules say, with its arguments; a test holds both together.
const WORDS: &[(&str, &[&str])] = &[
    ("page-academic-year", &["year"]),
    ("page-accept", &[]),
    ("page-alone-broken", &["count"]),
    ("page-alone-fine", &[]),
    ("page-alternatives", &[]),
    ("page-apply", &[]),
    ("page-asking", &[]),
    ("page-back", &[]),
    ("page-begin", &[]),
    ("page-begin-drop", &[]),
    ("page-begin-faults", &["count"]),
    ("page-begin-mend", &[]),
    ("page-begin-open", &[]),
    ("page-begin-replace", &["name"]),
    ("page-begin-replace-do", &[]),
    ("page-begin-replace-text", &[]),
    ("page-begin-size", &["facilities", "residents"]),
    ("page-begin-templates", &[]),
    ("page-begin-unsaved", &[]),
    ("page-beside-broken", &["count", "fresh"]),
    ("page-block-label", &["resident", "place", "start", "months"]),
    ("page-broken", &["count"]),
    ("page-broken-tables", &[]),
    ("page-cancel", &[]),
    ("page-changed-outside", &[]),
    ("page-changed-outside-text", &[]),
    ("page-close", &[]),
    ("page-cohort", &["year", "count"]),
    ("page-column-hospital", &[]),
    ("page-column-resident", &[]),
    ("page-compare", &[]),
    ("page-compare-after", &[]),
    ("page-compare-before", &[]),
    ("page-compare-title", &["before", "after"]),
    ("page-completion", &[]),
    ("page-completion-items", &[]),
    ("page-completion-month", &[]),
    ("page-could", &[]),
    ("page-course-wish", &["place"]),
    ("page-discard", &[]),
    ("page-extension", &[]),
    ("page-figures", &["measured", "required"]),
    ("page-forbid", &["place"]),
    ("page-gap", &[]),
    ("page-gap-label", &["resident", "start", "months"]),
    ("page-goals", &[]),
    ("page-grant", &[]),
    ("page-history", &[]),
    ("page-judge", &[]),
    ("page-kept", &[]),
    ("page-key-arrows", &[]),
    ("page-key-exchange", &[]),
    ("page-key-lock", &[]),
    ("page-key-menu", &[]),
    ("page-key-person", &[]),
    ("page-key-push", &[]),
    ("page-key-resize", &[]),
    ("page-key-resize-start", &[]),
    ("page-key-search", &[]),
    ("page-key-swap", &[]),
    ("page-key-undo", &[]),
    ("page-keys", &[]),
    ("page-language", &[]),
    ("page-lock", &[]),
    ("page-locked", &[]),
    ("page-manual", &[]),
    ("page-margin-label", &["place", "start", "months", "present", "seats", "needed"]),
    ("page-margins", &[]),
    ("page-margins-legend", &[]),
    ("page-menu", &[]),
    ("page-menu-title", &["resident", "place", "start", "months"]),
    ("page-month", &["month"]),
    ("page-move-only", &[]),
    ("page-moves", &[]),
    ("page-new", &[]),
    ("page-no-plan", &[]),
    ("page-offline", &[]),
    ("page-only-moved", &[]),
    ("page-others", &["count", "names"]),
    ("page-others-none", &[]),
    ("page-out", &[]),
    ("page-out-broken", &[]),
    ("page-overwrite", &[]),
    ("page-place", &["facility", "section"]),
    ("page-plan-near", &[]),
    ("page-plan-near-hint", &[]),
    ("page-plan-now", &[]),
    ("page-plan-scratch", &[]),
    ("page-plan-scratch-hint", &[]),
    ("page-prices-progress", &["known", "asked"]),
    ("page-print", &[]),
    ("page-proof-none", &[]),
    ("page-proofs", &[]),
    ("page-proposal", &[]),
    ("page-push-earlier", &[]),
    ("page-push-later", &[]),
    ("page-reading", &[]),
    ("page-redo", &["what"]),
    ("page-remarks", &["count"]),
    ("page-resumed", &["count"]),
    ("page-rules", &[]),
    ("page-save", &[]),
    ("page-save-unsaved", &[]),
    ("page-search", &[]),
    ("page-show-hospital", &["place"]),
    ("page-show-resident", &[]),
    ("page-side", &[]),
    ("page-side-by-side", &[]),
    ("page-split", &[]),
    ("page-staffing-must", &[]),
    ("page-staffing-wish", &[]),
    ("page-stop", &[]),
    ("page-swap-mark", &[]),
    ("page-swap-marked", &[]),
    ("page-swap-with", &[]),
    ("page-tables", &[]),
    ("page-tables-add", &[]),
    ("page-tables-remove", &[]),
    ("page-tables-take", &[]),
    ("page-take-over", &[]),
    ("page-theme", &[]),
    ("page-theme-auto", &[]),
    ("page-theme-dark", &[]),
    ("page-theme-light", &[]),
    ("page-undo", &["what"]),
    ("page-unlock", &[]),
    ("page-version-current", &[]),
    ("page-version-keep", &[]),
    ("page-version-name-label", &[]),
    ("page-version-none", &[]),
    ("page-version-open", &[]),
    ("page-versions", &[]),
    ("page-view", &[]),
    ("page-view-hospitals", &[]),
    ("page-view-residents", &[]),
    ("page-waiting", &[]),
    ("page-way-after", &[]),
    ("page-way-before", &[]),
    ("page-way-column", &[]),
    ("page-way-plan", &[]),
    ("page-way-preview", &[]),
    ("page-way-row", &[]),
    ("page-ways-out", &[]),
    ("page-ways-out-title", &[]),
    ("page-whatif", &[]),
    ("page-whatif-add", &[]),
    ("page-whatif-binding", &[]),
    ("page-whatif-breaks", &["value"]),
    ("page-whatif-caps", &[]),
    ("page-whatif-effect", &[]),
    ("page-whatif-flat", &[]),
    ("page-whatif-from", &[]),
    ("page-whatif-intake", &["year"]),
    ("page-whatif-largest", &[]),
    ("page-whatif-no", &[]),
    ("page-whatif-now", &["value"]),
    ("page-whatif-plan", &[]),
    ("page-whatif-remove", &[]),
    ("page-whatif-run", &[]),
    ("page-whatif-seats", &[]),
    ("page-whatif-seats-changed", &[]),
    ("page-whatif-seats-none", &[]),
    ("page-whatif-seats-title", &[]),
    ("page-whatif-smallest", &[]),
    ("page-whatif-supervisors", &["place"]),
    ("page-whatif-to", &[]),
    ("page-whatif-unknown", &[]),
    ("page-whatif-vary", &[]),
    ("page-whatif-vary-hint", &[]),
    ("page-whatif-year", &[]),
    ("page-whatif-yes", &[]),
    ("page-why", &[]),
    ("page-why-title", &[]),
    ("page-wish-label", &["place"]),
    ("page-wishes", &[]),
    ("page-zoom", &[]),
    ("page-zoom-month", &[]),
    ("page-zoom-quarter", &[]),
    ("page-zoom-year", &[]),
];

/// All words of a language.
pub fn words(catalogue: &Catalogue) -> Value {
    let text = |(key, arguments): &(&'static str, &[&'static str])| {
        let message = arguments
            .iter()
            .fold(Message::new(key), |message, argument| message.text(argument, format!("{{{argument}}}")));
        (key.to_string(), Value::from(catalogue.say(&message)))
    };
    Value::Object(WORDS.iter().map(text).collect::<Map<String, Value>>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::language::Language;
    use crate::page::assets::MODULES;

    #[test]
    fn the_page_says_these_words_and_no_others() {
        let said: BTreeSet<&str> = MODULES
            .iter()
            .flat_map(|(_, text)| text.split('"').skip(1).step_by(2))
            .filter(|literal| literal.starts_with("page-"))
            .collect();
        let known: BTreeSet<&str> = WORDS.iter().map(|(key, _)| *key).collect();
        assert_eq!(said, known);
    }

    #[test]
    fn every_word_is_there_in_both_languages() {
        for language in Language::ALL {
            let words = words(&Catalogue::new(language));
            for (key, arguments) in WORDS {
                let text = words[key].as_str().unwrap();
                assert!(text != *key, "{key}");
                let braces = text.matches('{').count();
                assert!(braces >= arguments.len(), "{key}: {text}");
            }
        }
    }

    #[test]
    fn no_module_makes_markup_of_text() {
        for (name, text) in MODULES {
            for way in
                ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"]
            {
                assert!(!text.contains(way), "{name}: {way}");
            }
            let has_words = text.chars().any(|letter| ('\u{3040}'..='\u{30ff}').contains(&letter));
            assert!(!has_words, "{name} has Japanese words of its own");
        }
    }
}
