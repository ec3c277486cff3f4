//! How people write the names of tables and columns and the words of cells, in either language.
//!
//! A file may be written in one language and read by somebody who works in the other, so a reader knows
//! all spellings: what a key says in each language, and what its attribute `.also` lists. Two spellings
//! are the same if they differ only in width, letter case, blanks, `_` and `-`.

use std::sync::OnceLock;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use unicode_normalization::UnicodeNormalization;

use super::Language;

/// Every spelling of a key: first what each language writes, then what else is read.
pub fn all(key: &str) -> Vec<String> {
    let written = Language::ALL.map(|language| entry(language, key, None));
    let also = Language::ALL.map(|language| entry(language, key, Some("also")));
    let also = also.iter().flatten().flat_map(|list| list.split('|')).map(str::to_string).collect::<Vec<_>>();
    written.into_iter().flatten().chain(also).collect()
}

/// What a language writes for a key.
pub fn written(language: Language, key: &str) -> String {
    entry(language, key, None).unwrap_or_else(|| key.to_string())
}

/// The form in which spellings are compared.
pub fn folded(text: &str) -> String {
    let plain =
        text.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '\u{200B}'..='\u{200F}'));
    plain.flat_map(char::to_lowercase).collect()
}

/// The words of tables alone, loaded once: a reader needs nothing else of the catalogues.
fn entry(language: Language, key: &str, attribute: Option<&str>) -> Option<String> {
    static BUNDLES: OnceLock<[FluentBundle<FluentResource>; 2]> = OnceLock::new();
    let bundles = BUNDLES.get_or_init(|| Language::ALL.map(load));
    let position = Language::ALL.iter().position(|one| *one == language)?;
    let bundle = bundles.get(position)?;
    let message = bundle.get_message(key)?;
    let pattern = match attribute {
        Some(name) => message.get_attribute(name)?.value(),
        None => message.value()?,
    };
    Some(bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
}

fn load(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.tag().parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    for (name, content) in language.files() {
        if name == "tables" {
            let resource = match FluentResource::try_new(content.to_string()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
    }
    bundle
}
