//! Short names of hospitals, for cells as narrow as a month.
//!
//! Of a name the words that many hospitals have (hospital, medical centre, university, …, as the catalogue lists
//! them) are left out, and of the rest as much is kept as tells it from all others. Where nothing is left, or two
//! are left the same, the id stands in its place: people of the program know it. A section is called by its own
//! name alone, in the colour of its hospital; where several hospitals have one of that name, behind the hospital's.

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthStr;

use super::{facility_name, section_name};
use crate::language::{Catalogue, Language};
use crate::scenario::{Facility, Place, Scenario};
use crate::tables::value::normal;

/// Columns that a short name takes at least, where the name takes as many; a kanji takes two.
fn width_min(language: Language) -> usize {
    match language {
        Language::Ja => 4,
        Language::En => 5,
    }
}

/// Letters that are not worth cutting off a word.
const REST_MIN: usize = 3;

/// The names of a hospital, or of a section of one.
pub struct ShortName {
    /// For the cell of a month; no two places have the same, be it in capitals.
    pub short: String,
    /// All that tells it from others.
    pub telling: String,
}

/// The names of all places, by their positions in the scenario.
pub struct Names {
    hospitals: Vec<ShortName>,
    sections: Vec<ShortName>,
}

impl Names {
    pub fn of(&self, place: Place) -> Option<&ShortName> {
        match place.section {
            Some(section) => self.sections.get(section.0),
            None => self.hospitals.get(place.facility.0),
        }
    }
}

/// A short name for each hospital and each section, no two the same, be it in capitals.
pub fn short_names(scenario: &Scenario, catalogue: &Catalogue) -> Names {
    let common = catalogue.word("short-names-without");
    let common: Vec<&str> = common.split('|').map(str::trim).collect();
    let facilities = scenario.facilities.iter();
    let names: Vec<(String, String)> =
        facilities.map(|facility| (telling(facility, &common, catalogue), plain(&facility.id))).collect();
    let mut taken = BTreeSet::new();
    let hospitals = distinct(&names, &mut taken, width_min(catalogue.language()));
    let sections = scenario.sections.iter();
    let names: Vec<(String, String)> = sections
        .map(|section| {
            let own = plain(section_name(section, catalogue));
            let hospital = hospitals.get(section.facility.0).map_or("", |name| name.short.as_str());
            (own, format!("{hospital}/{}", plain(&section.id)))
        })
        .collect();
    let sections = distinct(&names, &mut taken, width_min(catalogue.language()));
    Names { hospitals, sections }
}

/// A short name for every name, and what to call it where the name does not tell it from the others.
fn distinct(names: &[(String, String)], taken: &mut BTreeSet<String>, width_min: usize) -> Vec<ShortName> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    names.iter().for_each(|(own, _)| *times.entry(own.to_lowercase()).or_default() += 1);
    let all: Vec<String> = names.iter().map(|(own, _)| own.to_lowercase()).collect();
    let mut short_names = Vec::new();
    for (position, (own, otherwise)) in names.iter().enumerate() {
        let is_telling = !own.is_empty() && times.get(&own.to_lowercase()) == Some(&1);
        let wanted = if is_telling { cut(own, &all, position, width_min) } else { otherwise.clone() };
        let free = |name: &String| !taken.contains(&name.to_lowercase());
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let name = std::iter::once(wanted.clone()).chain(numbered).find(free).unwrap_or_default();
        taken.insert(name.to_lowercase());
        let telling = if is_telling { own.clone() } else { name.clone() };
        short_names.push(ShortName { short: name, telling });
    }
    short_names
}

/// What of a name tells it from others.
fn telling(facility: &Facility, common: &[&str], catalogue: &Catalogue) -> String {
    let mut name = plain(facility_name(facility, catalogue));
    for word in common {
        name = name.replace(word, "");
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As many characters of a name as no other begins with, and no word cut just before its end.
fn cut(own: &str, all: &[String], position: usize, width_min: usize) -> String {
    let characters: Vec<char> = own.chars().collect();
    let start = |length: usize| characters.iter().take(length).collect::<String>();
    let is_own = |length: usize| {
        let start = start(length).to_lowercase();
        let mut others = all.iter().enumerate().filter(|(other, _)| *other != position);
        start.width() >= width_min && others.all(|(_, other)| !other.starts_with(&start))
    };
    let length = (1..characters.len()).find(|length| is_own(*length)).unwrap_or(characters.len());
    let rest = characters.iter().skip(length).take_while(|c| c.is_ascii_alphanumeric()).count();
    let length = if rest < REST_MIN { length + rest } else { length };
    start(length).trim_end_matches(|c: char| !c.is_alphanumeric()).to_string()
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
        names.hospitals.into_iter().map(|name| name.short).collect()
    }

    #[test]
    fn a_section_is_called_by_its_own_name_where_no_other_has_it() {
        let (mut scenario, _) = sample::with_sections();
        let names = |scenario: &Scenario, language| {
            let names = short_names(scenario, &Catalogue::new(language));
            names.sections.into_iter().map(|name| name.short).collect::<Vec<_>>()
        };
        let mut rename = |number: usize, name: &str| {
            scenario.unchecked_mut().sections[number].name = name.to_string();
            scenario.unchecked_mut().sections[number].name_en = name.to_string();
            [Language::Ja, Language::En].map(|language| names(&scenario, language))
        };
        rename(0, "CT・MRI・核医学");
        assert_eq!(rename(1, "IVR")[0], ["CT", "IVR"]);
        rename(0, "CT, MRI and nuclear medicine");
        assert_eq!(rename(1, "Radiotherapy")[1], ["CT MRI", "Radio"]);
        // A section of the same name elsewhere, or called like a hospital.
        rename(0, "IVR");
        assert_eq!(rename(1, "IVR")[0], ["慶應/ct", "慶應/ivr"]);
        assert_eq!(rename(1, "慶應")[0], ["IVR", "慶應2"]);
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
