//! Single values: text as a person typed it to ids, numbers, months and words.
//!
//! The same readers serve cells and `program.toml`. They return the message of what is wrong; the
//! caller knows the place. Numbers, months and ids are compared after NFKC normalisation, since
//! Japanese input methods produce full-width digits and letters without anybody meaning them.
//! Decimals are exact: no value passes through floating point.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use crate::calendar::{Month, YEARS};
use crate::diagnostic::nearest;
use crate::language::Message;

use super::{catalogue, limits};
use crate::diagnostic::code;

/// NFKC and trimmed: the form in which ids, column names and keys are compared.
pub(crate) fn normal(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_string()
}

/// An id: any text, but without what separates ids in a list.
pub(crate) fn id(text: &str) -> Result<String, Message> {
    let id = normal(text);
    if id.is_empty() {
        return Err(Message::new(code::VALUE_EMPTY));
    }
    if id.contains([';', '\n', '\t']) {
        return Err(Message::new(code::ID_MALFORMED).text("text", text));
    }
    Ok(id)
}

/// A decimal from 0 to `max` with at most [`limits::FRACTION_DIGITS_MAX`] digits after the point.
pub(crate) fn decimal(text: &str, max: u32) -> Result<Decimal, Message> {
    let number = number(text)?;
    if number > Decimal::from(max) {
        return Err(out_of_range(text, 0, max));
    }
    Ok(number)
}

/// A whole number within `range`.
pub(crate) fn whole(text: &str, range: RangeInclusive<u32>) -> Result<u32, Message> {
    let number = number(text)?;
    if !number.fract().is_zero() {
        return Err(Message::new(code::NUMBER_NOT_WHOLE).text("text", text));
    }
    match u32::try_from(number) {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => Err(out_of_range(text, *range.start(), *range.end())),
    }
}

/// An academic year of entry or of the horizon.
pub(crate) fn year(text: &str) -> Result<i32, Message> {
    let (first, last) = (*limits::ENTRY_YEARS.start() as u32, *limits::ENTRY_YEARS.end() as u32);
    whole(text, first..=last).map(|year| year as i32)
}

/// A month as `YYYY-MM`.
pub(crate) fn month(text: &str) -> Result<Month, Message> {
    Month::parse(&normal(text)).ok_or_else(|| {
        Message::new(code::MONTH_MALFORMED)
            .text("text", text)
            .text("first", YEARS.start())
            .text("last", YEARS.end())
    })
}

/// One of a fixed set of words.
pub(crate) fn word<T: Copy>(text: &str, all: &[T], id: fn(T) -> &'static str) -> Result<T, Message> {
    let wanted = normal(text).to_lowercase();
    let typed = all.iter().copied().find(|value| id(*value) == wanted);
    let meant =
        || catalogue::word_of(text).find_map(|word| all.iter().copied().find(|value| id(*value) == word));
    typed.or_else(meant).ok_or_else(|| {
        let known = all.iter().map(|value| id(*value));
        let spelt = known.clone().flat_map(catalogue::spellings_of);
        let hint = match nearest(&wanted, spelt) {
            Some(near) => Message::new("hint-nearest").text("name", near),
            None => hint(&wanted, known),
        };
        Message::new(code::UNKNOWN_WORD).text("text", text).message("hint", hint)
    })
}

/// What was likely meant: the nearest known name, else the list of them.
pub(crate) fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Message {
    /// Names listed when none is near.
    const LISTED: usize = 12;
    if let Some(near) = nearest(name, known.clone()) {
        return Message::new("hint-nearest").text("name", near);
    }
    let mut names = known.into_iter();
    let mut listed: Vec<&str> = names.by_ref().take(LISTED).collect();
    if names.next().is_some() {
        listed.push("…");
    }
    Message::new("hint-known").text("names", listed.join(", "))
}

/// Known ids of one kind and their positions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    positions: BTreeMap<String, usize>,
    /// Display names and the ids they belong to: people write the name where the id is asked for.
    ids_of_names: BTreeMap<String, String>,
    /// More ids exist than could be read, so one that is not here need not be wrong.
    partial: bool,
}

impl Names {
    pub fn insert(&mut self, id: &str, position: usize) {
        self.positions.insert(id.to_string(), position);
    }

    /// Remembers under which name people know an id.
    pub fn call(&mut self, id: &str, name: &str) {
        self.ids_of_names.insert(normal(name), id.to_string());
    }

    /// Some ids could not be read; from now on none is reported as unknown.
    pub fn mark_partial(&mut self) {
        self.partial = true;
    }

    pub fn get(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The position of the id a text names.
    ///
    /// # Errors
    /// A message under `unknown`; no message while not all ids of this kind are known, or none at
    /// all: what they should have come from is missing or broken, which has been said.
    pub fn find(&self, text: &str, unknown: &'static str) -> Result<usize, Option<Message>> {
        let wanted = normal(text);
        if wanted.is_empty() {
            return Err(Some(Message::new(code::VALUE_EMPTY)));
        }
        if let Some(position) = self.get(&wanted) {
            return Ok(position);
        }
        if self.partial || self.positions.is_empty() {
            return Err(None);
        }
        let hint = match self.ids_of_names.get(&wanted) {
            Some(id) => Message::new("hint-nearest").text("name", id),
            None => hint(&wanted, self.positions.keys().map(String::as_str)),
        };
        Err(Some(Message::new(unknown).text("text", text).message("hint", hint)))
    }
}

fn out_of_range(text: &str, min: u32, max: u32) -> Message {
    Message::new(code::NUMBER_OUT_OF_RANGE).text("text", text).text("min", min).text("max", max)
}

/// A number that is not negative, exactly as written.
fn number(text: &str) -> Result<Decimal, Message> {
    /// Digits before the point: more than any bound, less than a `Decimal` overflows at.
    const WHOLE_DIGITS_MAX: usize = 15;
    let found = |code| Message::new(code).text("text", text);
    let plain = normal(text);
    // U+2212 is the minus sign a typesetter uses; NFKC leaves it as it is.
    let (negative, magnitude) = match plain.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    if ["nan", "inf", "infinity", "∞"].contains(&magnitude.to_lowercase().as_str()) {
        return Err(found(code::NUMBER_NOT_FINITE));
    }
    let without_separators = magnitude.replace(',', "");
    let separated = without_separators.len() < magnitude.len();
    let (integer, fraction) = match without_separators.split_once('.') {
        Some((integer, fraction)) if !fraction.is_empty() => (integer, fraction),
        Some(_) => return Err(found(code::NUMBER_MALFORMED)),
        None => (without_separators.as_str(), ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if integer.is_empty() || !digits(integer) || !digits(fraction) {
        return Err(found(code::NUMBER_MALFORMED));
    }
    if separated {
        return Err(found(code::NUMBER_SEPARATOR).text("plain", without_separators));
    }
    let integer = integer.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if negative && !(integer.is_empty() && fraction.is_empty()) {
        return Err(found(code::NUMBER_NEGATIVE));
    }
    if fraction.len() > limits::FRACTION_DIGITS_MAX {
        let digits = limits::FRACTION_DIGITS_MAX as i64;
        return Err(found(code::NUMBER_TOO_FINE).number("digits", digits));
    }
    if integer.len() > WHOLE_DIGITS_MAX {
        return Err(out_of_range(text, 0, limits::VOLUME_MAX));
    }
    Decimal::from_str_exact(&format!("0{integer}.{fraction}0"))
        .map(|number| number.normalize())
        .map_err(|_| found(code::NUMBER_MALFORMED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fault(text: &str) -> &'static str {
        number(text).unwrap_err().key
    }

    #[test]
    fn numbers_are_read_exactly() {
        for (text, value) in [
            ("45477", "45477"),
            ("13921.5", "13921.5"),
            ("１２．５", "12.5"),
            ("+3", "3"),
            ("-0.0", "0"),
            ("007", "7"),
            ("12.0", "12"),
        ] {
            assert_eq!(number(text).unwrap().to_string(), value, "{text}");
        }
        assert_eq!(whole("12.0", 0..=12).unwrap(), 12);
    }

    #[test]
    fn each_wrong_number_has_its_own_code() {
        for (text, code) in [
            ("-1", code::NUMBER_NEGATIVE),
            ("−1", code::NUMBER_NEGATIVE),
            ("－１", code::NUMBER_NEGATIVE),
            ("NaN", code::NUMBER_NOT_FINITE),
            ("-inf", code::NUMBER_NOT_FINITE),
            ("∞", code::NUMBER_NOT_FINITE),
            ("45,477", code::NUMBER_SEPARATOR),
            ("４５，４７７", code::NUMBER_SEPARATOR),
            ("3名", code::NUMBER_MALFORMED),
            ("1e5", code::NUMBER_MALFORMED),
            ("1.2.3", code::NUMBER_MALFORMED),
            (".5", code::NUMBER_MALFORMED),
            ("5.", code::NUMBER_MALFORMED),
            ("--5", code::NUMBER_MALFORMED),
            ("", code::NUMBER_MALFORMED),
            ("0.1234567", code::NUMBER_TOO_FINE),
            ("99999999999999999999999999999999999999", code::NUMBER_OUT_OF_RANGE),
        ] {
            assert_eq!(fault(text), code, "{text}");
        }
        assert_eq!(whole("1.5", 0..=9).unwrap_err().key, code::NUMBER_NOT_WHOLE);
        assert_eq!(whole("10", 0..=9).unwrap_err().key, code::NUMBER_OUT_OF_RANGE);
        assert_eq!(decimal("1000.1", 1000).unwrap_err().key, code::NUMBER_OUT_OF_RANGE);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = (number(&text), whole(&text, 0..=9), month(&text), id(&text), year(&text));
        }

        #[test]
        fn what_is_printed_is_read_back(units in 0u64..1_000_000_000, scale in 0u32..=6) {
            let value = Decimal::new(units as i64, scale);
            prop_assert_eq!(number(&value.to_string()).unwrap(), value.normalize());
        }
    }
}
