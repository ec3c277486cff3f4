//! RANGE: the values a key takes, as they are typed: `8..=20`, `8..20`, `1..=3/0.5`, `8,10,12`.

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use crate::language::Message;

/// More values than anybody looks at; a slip of the pen.
const VALUES_MAX: usize = 1_000_000;

/// The values, in their order.
///
/// # Errors
/// A range that is empty, runs backwards, holds a value twice or is no range.
pub fn values(text: &str) -> Result<Vec<String>, Message> {
    let text: String = text.nfkc().collect::<String>().trim().to_string();
    let values = match text.split_once("..") {
        Some((first, rest)) => numbers(&text, first, rest)?,
        None => text.split(',').map(|value| value.trim().to_string()).collect(),
    };
    if values.is_empty() || values.iter().any(String::is_empty) {
        return Err(Message::new("whatif-range-empty").text("text", &text));
    }
    let mut seen = std::collections::BTreeSet::new();
    match values.iter().find(|value| !seen.insert(value.as_str())) {
        Some(twice) => Err(Message::new("whatif-range-twice").text("text", &text).text("value", twice)),
        None => Ok(values),
    }
}

fn numbers(text: &str, first: &str, rest: &str) -> Result<Vec<String>, Message> {
    let malformed = || Message::new("whatif-range-malformed").text("text", text);
    let (last, step) = rest.split_once('/').unwrap_or((rest, "1"));
    let (last, inclusive) = match last.strip_prefix('=') {
        Some(last) => (last, true),
        None => (last, false),
    };
    let number = |text: &str| text.trim().parse::<Decimal>().map_err(|_| malformed());
    let (first, last, step) = (number(first)?, number(last)?, number(step)?);
    if step <= Decimal::ZERO {
        return Err(malformed());
    }
    if first > last {
        return Err(Message::new("whatif-range-reversed").text("text", text));
    }
    let mut values = Vec::new();
    let mut value = first;
    while value < last || (inclusive && value == last) {
        if values.len() == VALUES_MAX {
            return Err(Message::new("whatif-range-long").text("text", text).text("limit", VALUES_MAX));
        }
        values.push(value.normalize().to_string());
        value = value.checked_add(step).ok_or_else(malformed)?;
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fault(text: &str) -> &'static str {
        values(text).unwrap_err().key
    }

    #[test]
    fn ranges_and_lists() {
        assert_eq!(values("8..=10").unwrap(), ["8", "9", "10"]);
        assert_eq!(values("８..１０").unwrap(), ["8", "9"]);
        assert_eq!(values(" 8, 10 ,12").unwrap(), ["8", "10", "12"]);
        assert_eq!(values("1..=2/0.5").unwrap(), ["1", "1.5", "2"]);
        assert_eq!(values("1.5..3").unwrap(), ["1.5", "2.5"]);
        assert_eq!(values("pooled,facility-floor").unwrap(), ["pooled", "facility-floor"]);
        assert_eq!(values("7..=7").unwrap(), ["7"]);
    }

    #[test]
    fn each_wrong_range_has_its_own_words() {
        assert_eq!(fault(""), "whatif-range-empty");
        assert_eq!(fault("8..8"), "whatif-range-empty");
        assert_eq!(fault("8,,9"), "whatif-range-empty");
        assert_eq!(fault("9..=8"), "whatif-range-reversed");
        assert_eq!(fault("8,9,8"), "whatif-range-twice");
        assert_eq!(fault("8..x"), "whatif-range-malformed");
        assert_eq!(fault("8..=9/0"), "whatif-range-malformed");
        assert_eq!(fault("0..=100000000"), "whatif-range-long");
    }

    proptest! {
        #[test]
        fn any_text_is_a_range_or_refused(text in "[0-9.,=/a-z -]{0,12}") {
            let _ = values(&text);
        }

        #[test]
        fn a_range_is_what_counting_says(first in 0u32..50, length in 1u32..50) {
            let counted: Vec<String> = (first..first + length).map(|n| n.to_string()).collect();
            prop_assert_eq!(values(&format!("{first}..{}", first + length)).unwrap(), counted.clone());
            prop_assert_eq!(values(&format!("{first}..={}", first + length - 1)).unwrap(), counted);
        }
    }
}
