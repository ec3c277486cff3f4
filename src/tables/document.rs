//! `program.toml` walked by hand, with the place of every key and value.
//!
//! A derived deserializer stops at the first mistake and knows little of places. Walking the parsed
//! tree reports every unknown key, wrong type and wild number at once, each with its line. A
//! [`Section`] is a table of the file, an [`Entry`] a value under its dotted key.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::calendar::Month;
use crate::diagnostic::{Findings, Place};
use crate::language::Message;

use super::limits;
use super::text::Text;
use super::value::{self, hint, normal};
use crate::diagnostic::code;

/// Parses the file as far as possible. Whether all of it was TOML is in `findings`.
pub(crate) fn parse<'a>(text: &'a Text, findings: &mut Findings) -> Spanned<DeTable<'a>> {
    let (document, errors) = DeTable::parse_recoverable(&text.content);
    for error in errors {
        let range = error.span().unwrap_or_default();
        let duplicate = error.message().contains("duplicate key");
        let code = if duplicate { code::DUPLICATE_KEY } else { code::TOML_SYNTAX };
        findings.error(text.place(range), Message::new(code));
    }
    refuse_equal_keys(text, document.get_ref(), "", findings);
    document
}

/// Keys that differ only in what is compared alike (`2025`, `２０２５`) are one key given twice.
fn refuse_equal_keys(text: &Text, table: &DeTable<'_>, path: &str, findings: &mut Findings) {
    let mut keys: Vec<_> = table.iter().collect();
    keys.sort_by_key(|(key, _)| key.span().start);
    let mut seen = BTreeSet::new();
    for (key, value) in keys {
        let path = joined(path, key.get_ref());
        if !seen.insert(normal(key.get_ref())) {
            let place = Place { column: Some(path.clone()), ..text.place(key.span()) };
            findings.error(place, Message::new(code::DUPLICATE_KEY));
        }
        match value.get_ref() {
            DeValue::Table(table) => refuse_equal_keys(text, table, &path, findings),
            DeValue::Array(items) => {
                let tables =
                    items.iter().enumerate().filter_map(|(at, item)| Some((at, item.get_ref().as_table()?)));
                for (at, table) in tables {
                    refuse_equal_keys(text, table, &format!("{path}[{}]", at + 1), findings);
                }
            }
            _ => {}
        }
    }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}

/// A table of the file under its dotted path (empty for the file itself).
#[derive(Clone)]
pub(crate) struct Section<'a> {
    text: &'a Text,
    table: &'a DeTable<'a>,
    path: String,
    span: Range<usize>,
}

/// A value and its dotted key.
#[derive(Clone)]
pub(crate) struct Entry<'a> {
    text: &'a Text,
    value: &'a DeValue<'a>,
    span: Range<usize>,
    pub path: String,
}

impl<'a> Section<'a> {
    pub fn root(text: &'a Text, document: &'a Spanned<DeTable<'a>>) -> Self {
        Self { text, table: document.get_ref(), path: String::new(), span: 0..0 }
    }

    pub fn place(&self) -> Place {
        let column = (!self.path.is_empty()).then(|| self.path.clone());
        Place { column, ..self.text.place(self.span.clone()) }
    }

    fn path_of(&self, key: &str) -> String {
        joined(&self.path, key)
    }

    /// Reports every key that is not among `known`.
    pub fn only(&self, known: &[&str], findings: &mut Findings) {
        for key in self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            if findings.is_full() {
                return;
            }
            let name = key.get_ref().as_ref();
            let place = Place { column: Some(self.path_of(name)), ..self.text.place(key.span()) };
            let message = Message::new(code::UNKNOWN_KEY).text("text", name);
            findings.error(place, message.message("hint", hint(name, known.iter().copied())));
        }
    }

    pub fn get(&self, key: &str) -> Option<Entry<'a>> {
        let value = self.table.get(key)?;
        let path = self.path_of(key);
        Some(Entry { text: self.text, value: value.get_ref(), span: value.span(), path })
    }

    /// A key that must be there.
    pub fn need(&self, key: &str, findings: &mut Findings) -> Option<Entry<'a>> {
        let entry = self.get(key);
        if entry.is_none() {
            let path = self.path_of(key);
            let place = Place { column: Some(path.clone()), ..self.place() };
            let place =
                if self.path.is_empty() { Place { line: None, excerpt: None, ..place } } else { place };
            let message = Message::new(code::MISSING_KEY).text("key", path).text("example", example(key));
            findings.error(place, message);
        }
        entry
    }

    /// All keys, normalised, in the order of the file, with the place of the key.
    pub fn entries(&self) -> Vec<(String, Place, Entry<'a>)> {
        let mut pairs: Vec<_> = self.table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        let entry = |(key, value): (&'a Spanned<_>, &'a Spanned<DeValue<'a>>)| {
            let name: &std::borrow::Cow<'a, str> = key.get_ref();
            let path = self.path_of(name);
            let place = Place { column: Some(path.clone()), ..self.text.place(key.span()) };
            let entry = Entry { text: self.text, value: value.get_ref(), span: value.span(), path };
            (normal(name), place, entry)
        };
        pairs.into_iter().map(entry).collect()
    }
}

/// A line, or the first lines, as somebody would write them for a key that has to be there.
fn example(key: &str) -> &'static str {
    match key {
        "program" => "[program]",
        "horizon" => "[horizon]",
        "id" => "id = \"keio\"",
        "name" => "name = \"慶應義塾大学病院放射線科専門研修プログラム\"",
        "training_months" => "training_months = 36",
        "first_year" => "first_year = 2025",
        "years" => "years = [[\"core:12\"], [\"core:12\"], [\"affiliate:12\"]]",
        "target" => "target = 30",
        "min" => "min = 10",
        "goal" => "goal = \"coverage\"",
        "measure" => "measure = \"sum\"",
        _ => "…",
    }
}

impl<'a> Entry<'a> {
    pub fn place(&self) -> Place {
        Place { column: Some(self.path.clone()), ..self.text.place(self.span.clone()) }
    }

    /// The value as written, shortened for a message.
    pub fn written(&self) -> &'a str {
        let line = self.text.content.get(self.span.clone()).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        line.char_indices().nth(60).map_or(line, |(end, _)| line.get(..end).unwrap_or(line))
    }

    fn wrong_type(&self, expected: &'static str, findings: &mut Findings) {
        let message = Message::new(code::WRONG_TYPE)
            .text("text", self.written())
            .text("key", &self.path)
            .message("expected", Message::new(expected));
        findings.error(self.place(), message);
    }

    fn report<T>(&self, value: Result<T, Message>, findings: &mut Findings) -> Option<T> {
        value.map_err(|message| findings.error(self.place(), message)).ok()
    }

    /// A non-empty text, trimmed.
    pub fn string(&self, findings: &mut Findings) -> Option<String> {
        let Some(text) = self.value.as_str() else {
            self.wrong_type("toml-text", findings);
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            findings.error(self.place(), Message::new(code::VALUE_EMPTY));
            return None;
        }
        if text.chars().count() > limits::TEXT_CHARS_MAX {
            let limit = limits::TEXT_CHARS_MAX as i64;
            findings.error(self.place(), Message::new(code::TEXT_TOO_LONG).number("limit", limit));
            return None;
        }
        if let Some(control) = text.chars().find(|c| c.is_control()) {
            let character = format!("U+{:04X}", u32::from(control));
            findings.error(self.place(), Message::new(code::TEXT_CONTROL).text("character", character));
            return None;
        }
        Some(text.to_string())
    }

    pub fn id(&self, findings: &mut Findings) -> Option<String> {
        let text = self.string(findings)?;
        self.report(value::id(&text), findings)
    }

    /// One of a fixed set of words.
    pub fn word<T: Copy>(&self, all: &[T], id: fn(T) -> &'static str, findings: &mut Findings) -> Option<T> {
        let text = self.string(findings)?;
        self.report(value::word(&text, all, id), findings)
    }

    /// Yes or no.
    pub fn flag(&self, findings: &mut Findings) -> Option<bool> {
        let flag = self.value.as_bool();
        if flag.is_none() {
            self.wrong_type("toml-flag", findings);
        }
        flag
    }

    /// The digits of a number, whatever base it is written in.
    fn digits(&self, findings: &mut Findings) -> Option<String> {
        match self.value {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_string()),
            DeValue::Integer(number) => {
                let value = u64::from_str_radix(number.as_str(), number.radix());
                Some(value.unwrap_or(u64::MAX).to_string())
            }
            DeValue::Float(number) => Some(number.as_str().to_string()),
            _ => {
                self.wrong_type("toml-number", findings);
                None
            }
        }
    }

    pub fn whole(&self, range: RangeInclusive<u32>, findings: &mut Findings) -> Option<u32> {
        let digits = self.digits(findings)?;
        self.report(value::whole(&digits, range), findings)
    }

    pub fn year(&self, findings: &mut Findings) -> Option<i32> {
        let digits = self.digits(findings)?;
        self.report(value::year(&digits), findings)
    }

    /// A month as text: TOML itself knows only whole dates.
    pub fn month(&self, findings: &mut Findings) -> Option<Month> {
        let text = self.string(findings)?;
        self.report(value::month(&text), findings)
    }

    pub fn decimal(&self, max: u32, findings: &mut Findings) -> Option<Decimal> {
        let digits = self.digits(findings)?;
        self.report(value::decimal(&digits, max), findings)
    }

    /// A decimal above 0: something is divided by it.
    pub fn divisor(&self, max: u32, findings: &mut Findings) -> Option<Decimal> {
        let number = self.decimal(max, findings)?;
        if number.is_zero() {
            let message = Message::new(code::NUMBER_OUT_OF_RANGE).text("text", self.written());
            findings.error(self.place(), message.text("min", "0.000001").text("max", max));
            return None;
        }
        Some(number)
    }

    pub fn is_table(&self) -> bool {
        self.value.as_table().is_some()
    }

    /// A table.
    pub fn section(&self, findings: &mut Findings) -> Option<Section<'a>> {
        let Some(table) = self.value.as_table() else {
            self.wrong_type("toml-table", findings);
            return None;
        };
        Some(Section { text: self.text, table, path: self.path.clone(), span: self.span.clone() })
    }

    /// The items of a list, under `path[1]`, `path[2]`, ….
    pub fn items(&self, findings: &mut Findings) -> Option<Vec<Entry<'a>>> {
        let Some(array) = self.value.as_array() else {
            self.wrong_type("toml-list", findings);
            return None;
        };
        if array.len() > limits::LIST_MAX {
            let message = Message::new(code::TOO_MANY_ENTRIES)
                .text("key", &self.path)
                .number("count", array.len() as i64)
                .number("limit", limits::LIST_MAX as i64);
            findings.error(self.place(), message);
            return None;
        }
        let item = |(position, value): (usize, &'a Spanned<DeValue<'a>>)| Entry {
            text: self.text,
            value: value.get_ref(),
            span: value.span(),
            path: format!("{}[{}]", self.path, position + 1),
        };
        Some(array.iter().enumerate().map(item).collect())
    }

    /// A list of tables (`[[path]]`).
    pub fn sections(&self, findings: &mut Findings) -> Vec<Section<'a>> {
        let items = self.items(findings).unwrap_or_default();
        items.iter().filter_map(|item| item.section(findings)).collect()
    }

    /// A list of texts.
    pub fn strings(&self, findings: &mut Findings) -> Vec<String> {
        let items = self.items(findings).unwrap_or_default();
        items.iter().filter_map(|item| item.string(findings)).collect()
    }
}
