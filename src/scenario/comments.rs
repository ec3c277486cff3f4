//! Comments of `program.toml` as notes beside what they speak of.
//!
//! A comment belongs to the entry it stands above or behind, or in whose list it stands. What belongs to nothing is
//! found by a look at the text alone, so that no comment depends on the list of places where one can stand.

use std::collections::BTreeMap;

use toml_edit::{Array, Decor, Item, Table, TableLike, Value};

/// The comments above and behind an entry, and those in the lists of its value.
pub(super) fn note(table: &dyn TableLike, key: &str, item: &Item) -> String {
    let [above, behind] = around(table, key, item);
    let inside = item.as_value().map(of_value).unwrap_or_default();
    join([above, inside, behind].into_iter())
}

/// The comments above and behind an entry alone.
pub(super) fn note_outside(table: &dyn TableLike, key: &str, item: &Item) -> String {
    join(around(table, key, item).into_iter())
}

fn around(table: &dyn TableLike, key: &str, item: &Item) -> [String; 2] {
    let above = table.key(key).and_then(|key| key.leaf_decor().prefix()).and_then(|raw| raw.as_str());
    let behind = item.as_value().and_then(|value| value.decor().suffix()).and_then(|raw| raw.as_str());
    [above, behind].map(|text| text.map(comments).unwrap_or_default())
}

/// The comments above and behind the head of a section.
pub(super) fn head_comments(table: &Table) -> String {
    beside(table.decor())
}

/// The comments above and behind a value of a list, or the head of a section.
pub(super) fn beside(decor: &Decor) -> String {
    join([decor.prefix(), decor.suffix()].into_iter().filter_map(|raw| raw?.as_str()).map(comments))
}

/// The comments in a list, in the lists in it too.
pub(super) fn inside(array: &Array) -> String {
    let of_each = array.iter().map(|value| join([beside(value.decor()), of_value(value)].into_iter()));
    join(of_each.chain([after_last(array)]))
}

/// The comments behind the last value of a list.
pub(super) fn after_last(array: &Array) -> String {
    array.trailing().as_str().map(comments).unwrap_or_default()
}

fn of_value(value: &Value) -> String {
    value.as_array().map(inside).unwrap_or_default()
}

fn comments(text: &str) -> String {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix('#'));
    join(lines.map(|line| line.trim().to_string()))
}

pub(super) fn join(texts: impl Iterator<Item = String>) -> String {
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// All comments of a file in their order; a `#` in a text is none.
pub(super) fn all(content: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = content;
    while let Some(at) = rest.find(['#', '"', '\'']) {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix('#') {
            let line = comment.lines().next().unwrap_or_default();
            rest = &comment[line.len()..];
            found.push(line.trim().to_string());
            continue;
        }
        let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote));
        let Some(quote) = quote else { break };
        rest = behind_text(&rest[quote.len()..], quote);
    }
    found.retain(|comment| !comment.is_empty());
    found
}

/// What follows the end of a text that began with these quotation marks.
fn behind_text<'a>(text: &'a str, quote: &str) -> &'a str {
    let escapes = quote.starts_with('"');
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '"', '\'']) {
        rest = &rest[at..];
        if rest.starts_with('\\') && escapes {
            let mut after = rest.chars();
            after.by_ref().take(2).for_each(drop);
            rest = after.as_str();
        } else if let Some(after) = rest.strip_prefix(quote) {
            // A text over several lines may end in quotation marks of its own.
            return if quote.len() > 1 { after.trim_start_matches(&quote[..1]) } else { after };
        } else {
            rest = &rest[1..];
        }
    }
    ""
}

/// The comments that no note has, one a line.
pub(super) fn missing<'a>(all: Vec<String>, notes: impl Iterator<Item = &'a String>) -> String {
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    for line in notes.flat_map(|note| note.lines()) {
        *kept.entry(line.trim()).or_default() += 1;
    }
    let is_missing = |comment: &String| match kept.get_mut(comment.as_str()) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    join(all.into_iter().filter(is_missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_texts() {
        let text = "# one\na = \"# no\" # two\nb = 'c:\\' # three\nc = \"\\\"# no\"#four\n\
                    d = \"\"\"\n# no \\\"\"\" # no\n\"\"\"\"#five\ne = '''# no''' #\n# six";
        assert_eq!(all(text), ["one", "two", "three", "four", "five", "six"]);
        let notes = ["two\nfour".to_string(), "six".to_string()];
        assert_eq!(missing(all(text), notes.iter()), "one\nthree\nfive");
    }
}
