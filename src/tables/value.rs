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

use super::{catalogue, date, limits};
use crate::diagnostic::code;
use crate::language::spelling;

/// The form in which ids, names and keys are compared: NFKC, without what nobody sees, every dash the
/// same, blanks single and none at the ends. What looks alike is one id.
pub(crate) fn normal(text: &str) -> String {
    let visible: String = text.nfkc().filter(|c| !is_invisible(*c)).map(plain_dash).collect();
    let mut normal = String::with_capacity(visible.len());
    for word in visible.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(word);
    }
    normal
}

/// The text of a number or a month with half-width characters. Unlike NFKC this makes no digit of what is
/// none: `1²` is not 12, and `①` not 1.
pub(super) fn typed(text: &str) -> String {
    let mut narrow = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        narrow.push(match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            // A long vowel mark after a digit is a dash that an input method made.
            'ー' if narrow.ends_with(|before: char| before.is_ascii_digit()) => '-',
            c => plain_dash(c),
        });
    }
    narrow.trim().to_string()
}

fn plain_dash(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

/// Characters without a picture of their own (Unicode's *default ignorable*): zero-width blanks and
/// joiners, the soft hyphen, marks of direction, variation selectors, a byte order mark inside a text.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// What separates the items of a list besides a line break. A comma does too where the cell is quoted.
const SEPARATORS: [char; 4] = [';', '；', '、', '\n'];
const COMMAS: [char; 2] = [',', '，'];

/// The items of a list with where they start, not trimmed. An item that `known` knows as a whole is not cut
/// further: a name may hold a comma.
pub(crate) fn pieces(text: &str, known: impl Fn(&str) -> bool) -> Vec<(usize, &str)> {
    let whole = split(text, &[';', '；', '\n']);
    let finer = |(at, piece): (usize, &'_ str)| -> Vec<(usize, usize)> {
        let cuts =
            if known(piece) { Vec::new() } else { split(piece, &[&SEPARATORS[..], &COMMAS[..]].concat()) };
        if cuts.is_empty() {
            return vec![(at, at + piece.len())];
        }
        cuts.into_iter().map(|(inner, part)| (at + inner, at + inner + part.len())).collect()
    };
    let spans = whole.into_iter().flat_map(finer);
    spans.filter_map(|(start, end)| Some((start, text.get(start..end)?))).collect()
}

fn split<'a>(text: &'a str, separators: &[char]) -> Vec<(usize, &'a str)> {
    let mut at = 0;
    let pieces = text.split_inclusive(separators);
    pieces
        .map(|piece| {
            let start = at;
            at += piece.len();
            (start, piece.trim_end_matches(separators))
        })
        .collect()
}

/// An id: any text, but without what separates ids in a list.
pub(crate) fn id(text: &str) -> Result<String, Message> {
    let id = normal(text);
    if id.is_empty() {
        return Err(Message::new(code::VALUE_EMPTY));
    }
    if id.contains(';') || text.trim().contains(['\n', '\t']) {
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

/// A whole number that may be negative, at most `max` away from 0.
pub(crate) fn integer(text: &str, max: u32) -> Result<i32, Message> {
    let plain = typed(text);
    let (sign, magnitude) = match plain.strip_prefix('-') {
        Some(rest) if !rest.starts_with(['-', '+']) => (-1, rest),
        _ => (1, plain.as_str()),
    };
    let most = i64::from(max);
    whole(magnitude, 0..=max).map(|number| sign * number as i32).map_err(|message| match message.key {
        code::NUMBER_OUT_OF_RANGE => {
            Message::new(code::NUMBER_OUT_OF_RANGE).text("text", text).text("min", -most).text("max", most)
        }
        key => Message::new(key).text("text", text),
    })
}

/// An academic year of entry or of the horizon.
pub(crate) fn year(text: &str) -> Result<i32, Message> {
    let (first, last) = (*limits::ENTRY_YEARS.start() as u32, *limits::ENTRY_YEARS.end() as u32);
    whole(text, first..=last).map(|year| year as i32)
}

/// The number of a calendar month by its English name.
pub(crate) fn named_month(name: &str) -> Option<u32> {
    date::named(&normal(name).to_lowercase())
}

/// A month in any form that `date` knows.
pub(crate) fn month(text: &str) -> Result<Month, Message> {
    date::month(text).map_err(|code| match code {
        code::MONTH_DAY => Message::new(code).text("text", text),
        _ => Message::new(code).text("text", text).text("first", YEARS.start()).text("last", YEARS.end()),
    })
}

/// The month of a date in any form that `date` knows, whatever the day.
pub(crate) fn month_of_day(text: &str) -> Result<Month, Message> {
    date::month_of_day(text).map_err(|code| {
        Message::new(code).text("text", text).text("first", YEARS.start()).text("last", YEARS.end())
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
            None => words(&known.collect::<Vec<_>>()),
        };
        Message::new(code::UNKNOWN_WORD).text("text", text).message("hint", hint)
    })
}

/// The words there are, as tables and workbooks write them.
fn words(ids: &[&'static str]) -> Message {
    let keys = catalogue::keys_of_words(ids);
    let word = |(at, id): (usize, &&'static str)| match keys.get(at) {
        Some(key) => Message::new(key),
        None => Message::new("word-as-is").text("id", id),
    };
    let join = |list, next| Message::new("list").message("first", list).message("rest", next);
    let listed = ids.iter().enumerate().map(word).reduce(join);
    Message::new("hint-words").message("words", listed.unwrap_or_else(|| Message::new("list-empty")))
}

/// What was likely meant: the nearest known name, else the list of them. A list of keys or words is told
/// whole; of people and facilities there can be too many.
pub(crate) fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Message {
    /// Names listed when none is near: more than there are keys in any section.
    const LISTED: usize = 60;
    if let Some(near) = nearest(name, known.clone()) {
        return Message::new("hint-nearest").text("name", near);
    }
    let mut names = known.into_iter();
    let listed: Vec<&str> = names.by_ref().take(LISTED).collect();
    let more = names.count();
    match more {
        0 => Message::new("hint-known").text("names", listed.join(", ")),
        more => Message::new("hint-known-more").text("names", listed.join(", ")).number("more", more as i64),
    }
}

/// The position of an id, and the id itself where a spreadsheet had turned it into a date.
pub(super) struct Found {
    pub position: usize,
    pub restored: Option<String>,
}

/// Known ids of one kind and their positions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    positions: BTreeMap<String, usize>,
    /// Display names and the ids they belong to: people write the name where the id is asked for.
    ids_of_names: BTreeMap<String, Vec<String>>,
    /// More ids exist than could be read, so one that is not here need not be wrong.
    partial: bool,
}

impl Names {
    pub fn insert(&mut self, id: &str, position: usize) {
        self.positions.insert(id.to_string(), position);
    }

    /// Remembers under which name people know an id.
    pub fn call(&mut self, id: &str, name: &str) {
        let ids = self.ids_of_names.entry(spelling::folded(name)).or_default();
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_string());
        }
    }

    /// Some ids could not be read; from now on none is reported as unknown.
    pub fn mark_partial(&mut self) {
        self.partial = true;
    }

    /// Whether more ids exist than could be read.
    pub fn is_partial(&self) -> bool {
        self.partial
    }

    pub fn get(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.positions.keys().map(String::as_str)
    }

    /// Whether a text names one of them, by id or by name.
    pub fn knows(&self, text: &str) -> bool {
        self.positions.contains_key(&normal(text)) || self.ids_of_names.contains_key(&spelling::folded(text))
    }

    /// The position of the id a text names: by the id itself, by the name where only one has it, or by what
    /// a spreadsheet made of the id where only one fits.
    ///
    /// # Errors
    /// A message under `unknown`, or that several have the name; no message while not all ids of this kind
    /// are known, or none at all: what they should have come from is missing or broken, which has been said.
    pub fn find(&self, text: &str, unknown: &'static str) -> Result<usize, Option<Message>> {
        self.find_or_restore(text, unknown).map(|found| found.position)
    }

    /// As [`Self::find`], telling an id that a spreadsheet turned into a date.
    pub(super) fn find_or_restore(
        &self,
        text: &str,
        unknown: &'static str,
    ) -> Result<Found, Option<Message>> {
        let wanted = normal(text);
        if wanted.is_empty() {
            return Err(Some(Message::new(code::VALUE_EMPTY)));
        }
        let at = |id: &str, restored| self.get(id).map(|position| Found { position, restored });
        if let Some(found) = at(&wanted, None) {
            return Ok(found);
        }
        let named = self.ids_of_names.get(&spelling::folded(text)).map(Vec::as_slice).unwrap_or_default();
        match named {
            [only] => return at(only, None).ok_or(None),
            [_, _, ..] => {
                let ids = named.join(", ");
                return Err(Some(Message::new(code::NAME_AMBIGUOUS).text("text", text).text("ids", ids)));
            }
            [] => {}
        }
        let mut turned = self.positions.keys().filter(|id| date::same_after_a_spreadsheet(id, text));
        if let (Some(only), None) = (turned.next(), turned.next())
            && let Some(found) = at(only, Some(only.clone()))
        {
            return Ok(found);
        }
        if self.partial || self.positions.is_empty() {
            return Err(None);
        }
        let known = || self.positions.keys().map(String::as_str);
        let hint = match nearest(&wanted, self.ids_of_names.keys().map(String::as_str)) {
            Some(near) if nearest(&wanted, known()).is_none() => {
                let ids = self.ids_of_names.get(near).map(|ids| ids.join(", ")).unwrap_or_default();
                Message::new("hint-nearest").text("name", ids)
            }
            _ => hint(&wanted, known()),
        };
        Err(Some(Message::new(unknown).text("text", text).message("hint", hint)))
    }
}

/// What to write instead of a number with commas: they part thousands only where three digits follow each.
fn separator(magnitude: &str, without: &str, text: &str) -> Message {
    let (integer, _) = magnitude.split_once('.').unwrap_or((magnitude, ""));
    let thousands = integer.split_once(',').is_some_and(|(first, rest)| {
        (1..=3).contains(&first.len()) && rest.split(',').all(|group| group.len() == 3)
    });
    let found = |code| Message::new(code).text("text", text);
    match magnitude.split_once(',') {
        _ if thousands => found(code::NUMBER_SEPARATOR).text("plain", without),
        Some((integer, fraction))
            if !integer.is_empty()
                && !integer.contains('.')
                && !fraction.is_empty()
                && !fraction.contains([',', '.']) =>
        {
            found(code::NUMBER_DECIMAL_COMMA).text("plain", format!("{integer}.{fraction}"))
        }
        _ => found(code::NUMBER_MALFORMED),
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
    let plain = typed(text);
    let (negative, magnitude) = match plain.strip_prefix('-') {
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
        return Err(separator(magnitude, &without_separators, text));
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
            ("1,234.5", code::NUMBER_SEPARATOR),
            ("1,5", code::NUMBER_DECIMAL_COMMA),
            ("１，５", code::NUMBER_DECIMAL_COMMA),
            ("12,34,5", code::NUMBER_MALFORMED),
            ("1.234,5", code::NUMBER_MALFORMED),
            ("1²", code::NUMBER_MALFORMED),
            ("①", code::NUMBER_MALFORMED),
            ("½", code::NUMBER_MALFORMED),
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

    #[test]
    fn a_decimal_comma_is_no_thousands_separator() {
        let advised = |text: &str| number(text).unwrap_err().args.pop().unwrap().1;
        assert_eq!(advised("1,5"), crate::language::Arg::Text("1.5".to_string()));
        assert_eq!(advised("1,500"), crate::language::Arg::Text("1500".to_string()));
        assert_eq!(advised("1,234.5"), crate::language::Arg::Text("1234.5".to_string()));
    }

    #[test]
    fn what_looks_alike_is_one_id() {
        for text in [
            "keio",
            "ｋｅｉｏ",
            " keio　",
            "ke\u{200B}io",
            "keio\u{FE0F}",
            "ke\u{AD}io",
            "\u{FEFF}keio",
            "k\u{200D}eio",
            "keio\u{E0100}",
            "\u{202E}keio",
        ] {
            assert_eq!(id(text).unwrap(), "keio", "{text:?}");
        }
        for text in ["2019-01", "2019‐01", "2019−01", "２０１９－０１", "2019–01"] {
            assert_eq!(id(text).unwrap(), "2019-01", "{text}");
        }
        assert_eq!(id("山田　太郎").unwrap(), id("山田  太郎").unwrap());
        assert_eq!(id("\u{200B}").unwrap_err().key, code::VALUE_EMPTY);
        assert_eq!(id("a\nb").unwrap_err().key, code::ID_MALFORMED);
    }

    #[test]
    fn lists_are_separated_as_people_separate_them() {
        let known = |text: &str| text.trim() == "Hospital, the second";
        let items = |text: &'static str| {
            pieces(text, known)
                .into_iter()
                .map(|(_, item)| item.trim())
                .filter(|item| !item.is_empty())
                .collect::<Vec<_>>()
        };
        for text in ["a;b;c", "a；b； c", "a、b、c", "a\nb\nc", "a,b,c", "a， b; c", "a;;b;\nc;"] {
            assert_eq!(items(text), ["a", "b", "c"], "{text}");
        }
        assert_eq!(items("a;Hospital, the second;c"), ["a", "Hospital, the second", "c"]);
    }

    #[test]
    fn a_name_stands_for_the_id_where_only_one_has_it() {
        let mut names = Names::default();
        for (position, (id, name)) in
            [("kawasaki", "川崎病院"), ("minato", "港病院"), ("minato2", "港 病院"), ("2019-01", "山田")]
                .into_iter()
                .enumerate()
        {
            names.insert(id, position);
            names.call(id, name);
        }
        assert_eq!(names.find("川崎病院", code::UNKNOWN_FACILITY), Ok(0));
        assert_eq!(names.find("川崎 病院", code::UNKNOWN_FACILITY), Ok(0));
        let ambiguous = names.find("港病院", code::UNKNOWN_FACILITY).unwrap_err().unwrap();
        assert_eq!(
            ambiguous,
            Message::new(code::NAME_AMBIGUOUS).text("text", "港病院").text("ids", "minato, minato2")
        );
        let restored = names.find_or_restore("Jan-19", code::UNKNOWN_RESIDENT);
        assert_eq!(
            restored.ok().map(|found| (found.position, found.restored)),
            Some((3, Some("2019-01".to_string())))
        );
        names.insert("2019-1", 4);
        assert!(names.find("Jan-19", code::UNKNOWN_RESIDENT).is_err(), "two ids fit");
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
