//! What the manual takes from the catalogues, so that it is never written twice.

use crate::audit;
use crate::language::{Catalogue, Message};
use crate::output::record_name;
use crate::regulation::{Completion, Due, INTAKE_CAP, Kind, Parameter, RULES, Rule, Value};
use crate::tables::catalogue::{self, Column, PROGRAM_SHEETS, TABLES, TableSpec};

/// The text for a place in a page; `None` if there is no such place.
pub fn insert(name: &str, catalogue: &Catalogue) -> Option<String> {
    match name {
        "rules" => Some(rules(catalogue)),
        "records" => Some(records(catalogue)),
        "tables" => Some(TABLES.iter().map(|table| self::table(table, catalogue)).collect()),
        "sheets" => Some(PROGRAM_SHEETS.iter().map(|table| sheet(table, catalogue)).collect()),
        "numbers" => Some(numbers(&RULES, "", catalogue) + &numbers(&INTAKE_CAP, "intake_cap.", catalogue)),
        _ => None,
    }
}

/// The standard's kinds of records: word, name, clause, how often, how many.
fn records(catalogue: &Catalogue) -> String {
    let standard = Completion::default();
    let mut text = String::new();
    for kind in &standard.kinds {
        let due = match kind.due {
            Due::Start => "manual-due-start",
            Due::Month => "manual-due-month",
            Due::MidYear => "manual-due-mid-year",
            Due::YearEnd => "manual-due-year-end",
            Due::HalfYear => "manual-due-half-year",
            Due::Year => "manual-due-year",
            Due::Training => "manual-due-training",
            Due::End => "manual-due-end",
        };
        let message = Message::new("manual-record")
            .text("id", &kind.id)
            .message("name", record_name(kind))
            .text("clause", &kind.clause)
            .message("due", Message::new(due))
            .number("count", i64::from(kind.count));
        text.push_str(&format!("- {}\n", catalogue.say(&message)));
    }
    text
}

/// Every rule of the judge: id, name, clause, what it asks for and how it is read.
fn rules(catalogue: &Catalogue) -> String {
    let mut text = String::new();
    for rule in Rule::ALL {
        let entry = audit::rule_by_default(*rule);
        let attribute = |name| catalogue.say_attribute(&entry, name).unwrap_or_default();
        let head = Message::new("manual-rule")
            .text("id", rule.id())
            .message("name", entry.clone())
            .text("clause", rule.clause());
        text.push_str(&format!(
            "- {} {} {}\n",
            catalogue.say(&head),
            attribute("requirement"),
            attribute("reading")
        ));
    }
    text
}

/// Every number and reading a director can change: key, clause, meaning, the standard's value, what it may be.
fn numbers<T>(rows: &[Parameter<T>], table: &str, catalogue: &Catalogue) -> String {
    let mut text = String::new();
    for row in rows {
        let message = Message::new("manual-number")
            .text("key", format!("{table}{}", row.key))
            .text("clause", row.rule.map(Rule::clause).unwrap_or_default())
            .message("meaning", Message::new(row.words))
            .message("standard", row.standard.map_or(Message::new("manual-none"), value))
            .message("range", range(&row.kind));
        text.push_str(&format!("- {}\n", catalogue.say(&message)));
    }
    text
}

/// A value as `program.toml` writes it.
fn value(value: Value) -> Message {
    Message::new("manual-value").text(
        "value",
        match value {
            Value::Whole(number) => number.to_string(),
            Value::Decimal(number) => number.normalize().to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Word(word) => format!("\"{word}\""),
            Value::Month(month) => format!("\"{month}\""),
        },
    )
}

fn range(kind: &Kind) -> Message {
    match kind {
        Kind::Whole(bounds) => {
            Message::new("manual-whole").text("from", bounds.start()).text("to", bounds.end())
        }
        Kind::Divisor(most) => Message::new("manual-divisor").text("to", most),
        Kind::Flag => Message::new("manual-flag"),
        Kind::Word(words) => Message::new("manual-words").text("words", words.join(", ")),
        Kind::Month => Message::new("manual-month"),
    }
}

/// A table with its columns: heading, meaning, what a cell may hold.
fn table(table: &TableSpec, catalogue: &Catalogue) -> String {
    let title = Message::new(table.key);
    let about = catalogue.say_attribute(&title, "about").unwrap_or_default();
    let columns: String = table.columns.iter().map(|column| self::column(column, catalogue)).collect();
    let mut text = format!("## {} ({})\n\n{about}\n\n{columns}", table.file, catalogue.say(&title));
    if table.has_volumes {
        text.push_str(&format!("- {}\n", catalogue.word("manual-volumes")));
    }
    text + "\n"
}

/// A sheet of `program.toml` in a line.
fn sheet(table: &TableSpec, catalogue: &Catalogue) -> String {
    let title = Message::new(table.key);
    let about = catalogue.say_attribute(&title, "about").unwrap_or_default();
    let message = Message::new("manual-sheet").text("id", table.id).message("title", title);
    format!("- {}\n", catalogue.say(&message.text("about", about)))
}

fn column(column: &Column, catalogue: &Catalogue) -> String {
    let heading = Message::new(column.key);
    let about = catalogue.say_attribute(&heading, "about").unwrap_or_default();
    let message = Message::new(if column.required { "manual-column-required" } else { "manual-column" })
        .text("id", column.id)
        .message("heading", heading)
        .text("about", about);
    let mut text = format!("- {}", catalogue.say(&message));
    if let catalogue::Kind::Word(words) = &column.kind {
        let words = words.iter().map(|word| format!("`{}` ({})", word.id, catalogue.word(word.key)));
        let words = Message::new("manual-column-words").text("words", words.collect::<Vec<_>>().join(", "));
        text.push_str(&format!(" {}", catalogue.say(&words)));
    }
    text + "\n"
}
