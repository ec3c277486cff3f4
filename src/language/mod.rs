//! The words people read: message catalogues in Japanese and English.
//!
//! Everything a person reads is a [`Message`]: a key and arguments, without a language. It is
//! turned into words at the very edge (`cli`, `output`), so that the same finding can be printed,
//! written as CSV and compared in tests in either language. The catalogues are Fluent files, one
//! folder per language and one file per part of the program; a test holds their keys and
//! arguments equal.

pub(crate) mod spelling;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// The languages with a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    Ja,
    En,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];
}

impl Language {
    /// Japanese for a Japanese locale such as `ja_JP.UTF-8`, English for every other.
    pub fn of_locale(locale: Option<&str>) -> Self {
        match locale {
            Some(name) if name.to_ascii_lowercase().starts_with("ja") => Self::Ja,
            _ => Self::En,
        }
    }

    pub fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The catalogue files of the language: (name, content).
    #[doc(hidden)]
    pub fn files(self) -> [(&'static str, &'static str); 15] {
        macro_rules! files {
            ($tag:literal) => {
                [
                    ("scenario", include_str!(concat!($tag, "/scenario.ftl"))),
                    ("solve", include_str!(concat!($tag, "/solve.ftl"))),
                    ("audit", include_str!(concat!($tag, "/audit.ftl"))),
                    ("output", include_str!(concat!($tag, "/output.ftl"))),
                    ("cli", include_str!(concat!($tag, "/cli.ftl"))),
                    ("whatif", include_str!(concat!($tag, "/whatif.ftl"))),
                    ("explain", include_str!(concat!($tag, "/explain.ftl"))),
                    ("diff", include_str!(concat!($tag, "/diff.ftl"))),
                    ("leave", include_str!(concat!($tag, "/leave.ftl"))),
                    ("tables", include_str!(concat!($tag, "/tables.ftl"))),
                    ("year", include_str!(concat!($tag, "/year.ftl"))),
                    ("forms", include_str!(concat!($tag, "/forms.ftl"))),
                    ("report", include_str!(concat!($tag, "/report.ftl"))),
                    ("page", include_str!(concat!($tag, "/page.ftl"))),
                    ("completion", include_str!(concat!($tag, "/completion.ftl"))),
                ]
            };
        }
        match self {
            Self::Ja => files!("ja"),
            Self::En => files!("en"),
        }
    }
}

/// One argument of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    Text(String),
    /// A whole number; the only kind a catalogue may choose a plural by.
    Number(i64),
    /// A message inside a message, put into words in the same language.
    Message(Message),
    /// A proper name, or a list of them, as each language writes it.
    Name {
        ja: String,
        en: String,
    },
}

/// What is to be said, without a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Adds a text argument (anything that displays itself).
    pub fn text(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, Arg::Text(value.to_string())));
        self
    }

    /// Adds a whole number.
    pub fn number(mut self, name: &'static str, value: i64) -> Self {
        self.args.push((name, Arg::Number(value)));
        self
    }

    /// Adds a proper name that each language writes in its own way.
    pub fn name(mut self, name: &'static str, ja: impl Into<String>, en: impl Into<String>) -> Self {
        self.args.push((name, Arg::Name { ja: ja.into(), en: en.into() }));
        self
    }

    /// Adds a message.
    pub fn message(mut self, name: &'static str, value: Message) -> Self {
        self.args.push((name, Arg::Message(value)));
        self
    }
}

/// The parts of a folder's tables that words speak of, and the titles that their sheets have in a workbook.
#[doc(hidden)]
pub const SHEETS: [(&str, &str); 24] = [
    ("facilities.csv", "table-facilities"),
    ("sections.csv", "table-sections"),
    ("facility_changes.csv", "table-facility-changes"),
    ("residents.csv", "table-residents"),
    ("history.csv", "table-history"),
    ("locks.csv", "table-locks"),
    ("leaves.csv", "table-leaves"),
    ("logged_cases.csv", "table-logged-cases"),
    ("records.csv", "table-records"),
    ("requirements.csv", "table-requirements"),
    ("stays.csv", "table-stays"),
    ("order.csv", "table-order"),
    ("staffing.csv", "table-staffing"),
    ("points.csv", "table-points"),
    ("[intake]", "table-intake"),
    ("[[courses]]", "table-courses"),
    ("[course_mix]", "table-course-mix"),
    ("[rules]", "table-rules"),
    ("[rules.intake_cap]", "table-intake-cap"),
    ("[[cases]]", "table-cases"),
    ("[printed_totals]", "table-printed-totals"),
    ("[[goals]]", "table-goals"),
    ("[course_intake]", "table-settings"),
    ("[completion]", "table-settings"),
];
/// The file that is the workbook itself.
const PROGRAM: &str = "program.toml";
/// Around a sheet's name until its sentence stands: characters that no text has.
const BEGIN: char = '\u{fdd0}';
const END: char = '\u{fdd1}';

/// A loaded catalogue.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Where the reader's tables are sheets of a workbook: the language of their titles.
    titles: Arc<RwLock<Option<Language>>>,
}

impl Catalogue {
    /// Loads the catalogue of a language. The files are compiled in and tests parse them all.
    pub fn new(language: Language) -> Self {
        let id = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The isolation marks are for mixed text directions; on a terminal and in CSV they are noise.
        bundle.set_use_isolating(false);
        for (_, content) in language.files() {
            let resource = match FluentResource::try_new(content.to_string()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        let mut catalogue = Self { language, bundle, titles: Arc::default() };
        catalogue.add_tables();
        catalogue
    }

    /// Adds `TABLE("residents.csv")`: the file as it is called, or the sheet where the reader has a workbook.
    fn add_tables(&mut self) {
        let sheet = |key, titles| {
            let title = spelling::written(titles, key);
            self.say(&Message::new("sheet-of-workbook").text("title", title))
        };
        let of = |titles| {
            let mut sheets: BTreeMap<&str, String> =
                SHEETS.into_iter().map(|(table, key)| (table, sheet(key, titles))).collect();
            sheets.insert(PROGRAM, self.word("workbook-of-program"));
            sheets
        };
        let (ja, en) = (of(Language::Ja), of(Language::En));
        let titles = Arc::clone(&self.titles);
        // It fails only where a function of this name is there already.
        let _ = self.bundle.add_function("TABLE", move |given, _| {
            let Some(FluentValue::String(name)) = given.first() else { return FluentValue::Error };
            let sheets = match *titles.read().unwrap_or_else(PoisonError::into_inner) {
                None => None,
                Some(Language::Ja) => Some(&ja),
                Some(Language::En) => Some(&en),
            };
            let sheet = sheets.and_then(|sheets| sheets.get(name.as_ref()));
            FluentValue::from(sheet.map_or_else(|| name.to_string(), |sheet| format!("{BEGIN}{sheet}{END}")))
        });
    }

    /// From now on tables are called what they are called in a workbook with titles in this language, or in a folder.
    pub fn speak_of_sheets(&self, titles: Option<Language>) {
        *self.titles.write().unwrap_or_else(PoisonError::into_inner) = titles;
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// The message in words. A key without an entry shows itself rather than failing.
    pub fn say(&self, message: &Message) -> String {
        self.pattern(message, None).unwrap_or_else(|| message.key.to_string())
    }

    /// An attribute of the message's entry (such as `.remedy`) in words, if the entry has it.
    pub fn say_attribute(&self, message: &Message, attribute: &str) -> Option<String> {
        self.pattern(message, Some(attribute))
    }

    /// A message without arguments, in words.
    pub fn word(&self, key: &'static str) -> String {
        self.say(&Message::new(key))
    }

    fn pattern(&self, message: &Message, attribute: Option<&str>) -> Option<String> {
        let entry = self.bundle.get_message(message.key)?;
        let pattern = match attribute {
            Some(name) => entry.get_attribute(name)?.value(),
            None => entry.value()?,
        };
        let mut args = FluentArgs::new();
        for (name, value) in &message.args {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.as_str()),
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Message(inner) => FluentValue::from(self.say(inner)),
                Arg::Name { ja, en } => FluentValue::from(match self.language {
                    Language::Ja => ja.as_str(),
                    Language::En => en.as_str(),
                }),
            };
            args.set(*name, value);
        }
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !said.contains(BEGIN) {
            return Some(said);
        }
        // Japanese has spaces around the names of files, and none around words of its own.
        let near = if self.language == Language::Ja { " " } else { "" };
        let said = said.replace(&format!("{near}{BEGIN}"), "").replace(&format!("{END}{near}"), "");
        Some(said.replace([BEGIN, END], ""))
    }
}
