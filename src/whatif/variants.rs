//! The file of named variants, for what a grid cannot say.
//!
//! ```toml
//! [[variants]]
//! name = "new site"
//! [variants.set]
//! "intake.2020" = 14
//! "facilities.add" = { id = "kita", role = "affiliate", accreditation = "training", supervisors = 2 }
//! ```

use toml_edit::{DocumentMut, Item, Value as Toml};

use crate::language::Message;
use crate::scenario::edit::{Edit, Known, Value};

use super::sweep::Point;

/// Reads the file; `load` reads the files that values name.
///
/// # Errors
/// Everything that is wrong in it.
pub fn read(
    text: &str,
    known: &Known,
    load: &dyn Fn(&str) -> Result<Vec<u8>, Message>,
) -> Result<Vec<Point>, Vec<Message>> {
    let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        vec![Message::new("whatif-variants-toml").text("reason", error.to_string().trim())]
    })?;
    let mut faults = Vec::new();
    for (key, _) in document.iter().filter(|(key, _)| *key != "variants") {
        faults.push(Message::new("whatif-variants-key").text("key", key).text("known", "variants"));
    }
    let mut points: Vec<Point> = Vec::new();
    let tables = document.get("variants").and_then(Item::as_array_of_tables);
    for (number, table) in tables.into_iter().flatten().enumerate() {
        for (key, _) in table.iter().filter(|(key, _)| !["name", "set"].contains(key)) {
            faults.push(Message::new("whatif-variants-key").text("key", key).text("known", "name, set"));
        }
        let name = table.get("name").and_then(Item::as_str).map(str::trim).unwrap_or_default();
        if name.is_empty() || points.iter().any(|point| point.label == name) {
            faults.push(Message::new("whatif-variants-name").number("number", number as i64 + 1));
        }
        let mut point = Point { label: name.to_string(), changes: Vec::new() };
        let set = table.get("set").and_then(Item::as_table_like);
        for (key, item) in set.into_iter().flat_map(|set| set.iter()) {
            match change(key, item, known, load) {
                Ok(change) => point.changes.push(change),
                Err(message) => faults
                    .push(Message::new("whatif-in-variant").text("name", name).message("fault", message)),
            }
        }
        points.push(point);
    }
    if points.is_empty() && faults.is_empty() {
        faults.push(Message::new("whatif-variants-none"));
    }
    if faults.is_empty() { Ok(points) } else { Err(faults) }
}

fn change(
    key: &str,
    item: &Item,
    known: &Known,
    load: &dyn Fn(&str) -> Result<Vec<u8>, Message>,
) -> Result<Edit, Message> {
    let parsed = known.key(key)?;
    if let Some(row) = item.as_table_like() {
        let cells = row.iter().map(|(column, cell)| (column.to_string(), plain(cell))).collect();
        return match parsed.adds_row() {
            true => Ok(Edit { key: parsed, value: Value::Row(cells) }),
            false => Err(Message::new("whatif-not-a-row").text("key", key)),
        };
    }
    let text = plain(item);
    if parsed.is_file() && !text.is_empty() {
        return Ok(Edit { key: parsed, value: Value::File(load(&text)?) });
    }
    Edit::of(parsed, &text)
}

/// A value as it would be typed: texts without quotes, lists separated by `;`.
fn plain(item: &Item) -> String {
    let of = |value: &Toml| match value {
        Toml::String(text) => text.value().clone(),
        other => other.to_string().trim().to_string(),
    };
    match item.as_value() {
        Some(Toml::Array(list)) => list.iter().map(of).collect::<Vec<_>>().join(";"),
        Some(value) => of(value),
        None => String::new(),
    }
}
