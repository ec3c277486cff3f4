//! Why a variant has no plan, or none for everybody, in both languages: a run is gone on with, and its tables are read, in either.

use super::remarks::not_planned_of;
use super::{diagnostics, reasons};
use crate::language::{Catalogue, Language};
use crate::whatif::evaluate::{Answered, Why};
use crate::whatif::result::{Told, VariantResult};

/// The catalogues of both languages.
pub struct Words {
    ja: Catalogue,
    en: Catalogue,
}

impl Words {
    /// The catalogues of who has a workbook with titles in a language, or a folder.
    pub fn of(titles: Option<Language>) -> Self {
        let words = Self { ja: Catalogue::new(Language::Ja), en: Catalogue::new(Language::En) };
        words.ja.speak_of_sheets(titles);
        words.en.speak_of_sheets(titles);
        words
    }

    /// The result of an answer with its words.
    pub fn told(&self, answered: Answered) -> VariantResult {
        let told = match &answered.why {
            None => Told::default(),
            Some(Why::NoScenario(findings)) => {
                self.both(|catalogue| diagnostics::render(findings, catalogue, false))
            }
            Some(Why::NoPlan { scenario, reason }) => {
                let message = reasons::reason(scenario, reason);
                self.both(|catalogue| catalogue.say(&message))
            }
            Some(Why::NotPlanned(residents)) => {
                let residents: Vec<&str> = residents.iter().map(String::as_str).collect();
                let message = not_planned_of(&residents);
                self.both(|catalogue| catalogue.say(&message))
            }
        };
        VariantResult { told, ..answered.result }
    }

    /// The same where each row is a program of its own: what is wrong with its tables is told in few words, since
    /// `kenshu check` tells it whole.
    pub fn in_brief(&self, answered: Answered) -> VariantResult {
        match &answered.why {
            Some(Why::NoScenario(findings)) => {
                let told = self.both(|catalogue| diagnostics::brief(findings, catalogue));
                VariantResult { told, ..answered.result }
            }
            _ => self.told(answered),
        }
    }

    fn both(&self, say: impl Fn(&Catalogue) -> String) -> Told {
        Told { ja: say(&self.ja), en: say(&self.en) }
    }
}
