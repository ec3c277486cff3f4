//! The manual: what a director can look up, in Japanese and English, inside the binary.
//!
//! Each topic is a Markdown file per language. What the catalogues know (rules, their numbers, tables
//! and columns) is not written twice: a line `{{name}}` in a topic is replaced by it ([`catalogues`]).
//! Examples in a fence marked `console` are run by a test and held to what they print.

mod catalogues;
mod terminal;

use crate::language::{Catalogue, Language};

pub use terminal::on_terminal;

/// A page of the manual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// What `kenshu help` takes.
    pub id: &'static str,
    ja: &'static str,
    en: &'static str,
}

macro_rules! topics {
    ($($id:literal),* $(,)?) => {
        /// All topics, in the order in which a new reader needs them.
        pub const TOPICS: &[Topic] = &[$(Topic {
            id: $id,
            ja: include_str!(concat!("ja/", $id, ".md")),
            en: include_str!(concat!("en/", $id, ".md")),
        }),*];
    };
}

topics!(
    "start",
    "tables",
    "workbook",
    "rules",
    "goals",
    "cases",
    "leave",
    "audit",
    "proof",
    "explain",
    "whatif",
    "replan",
    "page",
    "output",
    "forms",
    "completion",
    "pseudonyms",
    "machines",
    "figures",
);

impl Topic {
    pub fn find(id: &str) -> Option<&'static Self> {
        TOPICS.iter().find(|topic| topic.id == id)
    }

    /// The page as it is written, with places for what the catalogues know.
    pub fn source(&self, language: Language) -> &'static str {
        match language {
            Language::Ja => self.ja,
            Language::En => self.en,
        }
    }

    /// The heading.
    pub fn title(&self, language: Language) -> &'static str {
        let first = self.source(language).lines().next().unwrap_or_default();
        first.trim_start_matches('#').trim()
    }

    /// The page as Markdown, complete.
    pub fn markdown(&self, catalogue: &Catalogue) -> String {
        let mut text = String::new();
        for line in self.source(catalogue.language()).lines() {
            match line.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) {
                Some(name) => {
                    text.push_str(catalogues::insert(name, catalogue).unwrap_or_default().trim_end())
                }
                None => text.push_str(line),
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_a_heading_and_nothing_is_left_to_fill_in() {
        for language in [Language::Ja, Language::En] {
            let catalogue = Catalogue::new(language);
            for topic in TOPICS {
                assert!(topic.source(language).starts_with("# "), "{}", topic.id);
                let text = topic.markdown(&catalogue);
                assert!(!text.contains("{{"), "{}: {text}", topic.id);
            }
        }
    }

    #[test]
    fn both_languages_name_the_same_things() {
        // What stands between back quotes is a name of the program: a key, a file, a command.
        let names = |text: &str| {
            let mut names: Vec<String> = text.split('`').skip(1).step_by(2).map(str::to_string).collect();
            names.sort();
            names.dedup();
            names
        };
        let prose = |text: &str| text.split("```").step_by(2).collect::<String>();
        for topic in TOPICS {
            assert_eq!(names(&prose(topic.ja)), names(&prose(topic.en)), "{}", topic.id);
        }
    }
}
