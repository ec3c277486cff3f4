//! Short names of hospitals, for cells as narrow as a month.
//!
//! Of a name the words that many hospitals have (hospital, medical centre, university, …, as the catalogue lists
//! them) are left out, and of the rest as much is kept as tells it from all others. Where nothing is left, or two
//! are left the same, the id stands in its place: people of the program know it.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::{Catalogue, Language};
use crate::output::facility_name;
use crate::scenario::{Facility, Scenario};
use crate::tables::value::normal;

/// Characters of a short name at least, where the name has as many.
fn characters_min(language: Language) -> usize {
    match language {
        Language::Ja => 2,
        Language::En => 5,
    }
}

/// The names of a hospital.
pub(super) struct ShortName {
    /// For the cell of a month; no two hospitals have the same, be it in capitals.
    pub short: String,
    /// All that tells it from others.
    pub telling: String,
}

/// A short name for each facility, no two the same, be it in capitals.
pub(super) fn short_names(scenario: &Scenario, catalogue: &Catalogue) -> Vec<ShortName> {
    let common = catalogue.word("short-names-without");
    let common: Vec<&str> = common.split('|').map(str::trim).collect();
    let rest: Vec<String> =
        scenario.facilities.iter().map(|facility| telling(facility, &common, catalogue)).collect();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    rest.iter().for_each(|rest| *times.entry(rest.to_lowercase()).or_default() += 1);
    let least = characters_min(catalogue.language());
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut names = Vec::new();
    for (position, facility) in scenario.facilities.iter().enumerate() {
        let own = &rest[position];
        let is_telling = !own.is_empty() && times.get(&own.to_lowercase()) == Some(&1);
        let wanted = if is_telling { cut(own, &rest, position, least) } else { plain(&facility.id) };
        let free = |name: &String| !taken.contains(&name.to_lowercase());
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let name = std::iter::once(wanted.clone()).chain(numbered).find(free).unwrap_or_default();
        taken.insert(name.to_lowercase());
        let telling = if is_telling { own.clone() } else { name.clone() };
        names.push(ShortName { short: name, telling });
    }
    names
}

/// What of a name tells it from others.
fn telling(facility: &Facility, common: &[&str], catalogue: &Catalogue) -> String {
    let mut name = plain(facility_name(facility, catalogue));
    for word in common {
        name = name.replace(word, "");
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As many characters of a name as no other begins with.
fn cut(own: &str, all: &[String], position: usize, least: usize) -> String {
    let characters: Vec<char> = own.chars().collect();
    let is_own = |length: usize| {
        let start: String = characters.iter().take(length).collect::<String>().to_lowercase();
        let others = all.iter().enumerate().filter(|(other, _)| *other != position);
        others.into_iter().all(|(_, other)| !other.to_lowercase().starts_with(&start))
    };
    let length = (least..characters.len()).find(|length| is_own(*length)).unwrap_or(characters.len());
    characters.into_iter().take(length).collect::<String>().trim().to_string()
}

/// A text that no formula, list or spreadsheet takes for anything else: signs go, and digits alone are no name.
fn plain(text: &str) -> String {
    let text: String =
        normal(text).chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '・')).collect();
    let text = text.trim_start_matches('-').trim().to_string();
    match text.chars().any(char::is_alphabetic) {
        true => text,
        false => format!("F{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    fn names(named: &[(&str, &str, &str)], language: Language) -> Vec<String> {
        let mut scenario = sample::scenario();
        let first = scenario.facilities[0].clone();
        scenario.unchecked_mut().facilities = named
            .iter()
            .map(|(id, name, name_en)| Facility {
                id: id.to_string(),
                name: name.to_string(),
                name_en: name_en.to_string(),
                ..first.clone()
            })
            .collect();
        let names = short_names(&scenario, &Catalogue::new(language));
        names.into_iter().map(|name| name.short).collect()
    }

    #[test]
    fn what_many_have_is_left_out_and_what_tells_is_kept() {
        let named = [
            ("keio", "慶應義塾大学病院", "Keio University Hospital"),
            ("saitama-nho", "国立病院機構埼玉病院", "NHO Saitama Hospital"),
            ("saitama-city", "さいたま市立病院", "Saitama City Hospital"),
            ("saitama-mc", "埼玉医療センター", "Saitama Medical Center"),
            ("f1", "済生会中央病院", "Saiseikai Central Hospital"),
            ("f2", "済生会横浜市東部病院", "Saiseikai Yokohama Tobu Hospital"),
            ("1-2", "病院", "Hospital"),
        ];
        let japanese = names(&named, Language::Ja);
        assert_eq!(japanese, ["慶應", "saitama-nho", "さい", "saitama-mc", "中央", "横浜", "F1-2"]);
        let english = names(&named, Language::En);
        assert_eq!(english[0], "Keio");
        assert_eq!(english[1..4], ["saitama-nho", "saitama-city", "saitama-mc"]);
    }

    #[test]
    fn names_differ_whatever_they_are() {
        let odd = [("=1", "=1+1", "="), ("1", "1", "1"), ("a", "A", "a"), ("b", "Ａ", "A"), ("*", "*?", "~")];
        for language in Language::ALL {
            let names = names(&odd, language);
            let different: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            assert_eq!(different.len(), names.len(), "{names:?}");
            assert!(names.iter().all(|name| name.chars().any(char::is_alphabetic)), "{names:?}");
        }
    }
}
