//! `program.toml` with single values changed, all other lines as they were.

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::tables::text::Text;
use crate::tables::value::normal;

/// The file while it is being changed.
pub(super) struct Document {
    root: DocumentMut,
}

impl Document {
    /// `None` if it is no TOML, which the reader has said.
    pub fn parse(text: &Text) -> Option<Self> {
        Some(Self { root: text.content.parse().ok()? })
    }

    pub fn written(&self) -> String {
        self.root.to_string()
    }

    /// Sets the value under a path; tables on the way are made where there are none.
    pub fn set(&mut self, path: &[String], text: &str) {
        let Some((last, tables)) = path.split_last() else { return };
        let mut table: &mut dyn TableLike = self.root.as_table_mut();
        for name in tables {
            let name = written_key(table, name);
            let item = table.entry(&name).or_insert_with(|| Item::Table(Table::new()));
            // A value where a table has to be is the reader's business: it names the line.
            let Some(next) = item.as_table_like_mut() else { return };
            table = next;
        }
        set_in(table, last, text);
    }

    /// Sets a field of a case item, or of a part of one.
    pub fn set_case(&mut self, id: &str, field: &str, text: &str) {
        let is_it = |table: &dyn TableLike| {
            let found = table.get("id").and_then(Item::as_str);
            found.is_some_and(|found| normal(found) == id)
        };
        let Some(cases) = self.root.get_mut("cases") else { return };
        for case in tables_of(cases) {
            if is_it(case) {
                set_in(case, field, text);
                return;
            }
            let parts = case.get_mut("parts").map(tables_of).unwrap_or_default();
            if let Some(part) = parts.into_iter().find(|part| is_it(*part)) {
                set_in(part, field, text);
                return;
            }
        }
    }

    /// Puts the goals in another order: `coverage.sum;course-wishes.worst-first`.
    pub fn set_goals(&mut self, text: &str) {
        let mut goals = ArrayOfTables::new();
        for goal in text.split(';').map(str::trim).filter(|goal| !goal.is_empty()) {
            let mut table = Table::new();
            let (kind, measure) = goal.split_once('.').unwrap_or((goal, ""));
            table.insert("goal", toml_edit::value(kind));
            table.insert("measure", toml_edit::value(measure));
            goals.push(table);
        }
        self.root.remove("goals");
        self.root.insert("goals", Item::ArrayOfTables(goals));
    }

    /// Adds to the intake of a year, where the file gives one.
    pub fn move_intake(&mut self, year: &str, by: i64) {
        let Some(intake) = self.root.get_mut("intake").and_then(Item::as_table_like_mut) else { return };
        let year = written_key(intake, year);
        if let Some(residents) = intake.get(&year).and_then(Item::as_integer) {
            set_in(intake, &year, &residents.saturating_add(by).max(0).to_string());
        }
    }
}

/// The key as the file writes it: years and ids are compared after normalisation.
fn written_key(table: &dyn TableLike, name: &str) -> String {
    let written = table.iter().map(|(key, _)| key).find(|key| normal(key) == name);
    written.unwrap_or(name).to_string()
}

fn set_in(table: &mut dyn TableLike, name: &str, text: &str) {
    let name = written_key(table, name);
    let mut value = value(text);
    if let Some(old) = table.get(&name).and_then(Item::as_value) {
        // The blanks before and the remark after it.
        *value.decor_mut() = old.decor().clone();
    }
    match table.get_mut(&name) {
        Some(item) => *item = Item::Value(value),
        None => {
            table.insert(&name, Item::Value(value));
        }
    }
}

/// What a text means in TOML: a number, a truth, a list, else itself.
fn value(text: &str) -> Value {
    let mut value: Value = text.parse().unwrap_or_else(|_| Value::from(text));
    value.decor_mut().clear();
    value
}

fn tables_of(item: &mut Item) -> Vec<&mut dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables.iter_mut().map(|table| table as &mut dyn TableLike).collect(),
        Item::Value(Value::Array(array)) => array
            .iter_mut()
            .filter_map(|value| value.as_inline_table_mut().map(|table: &mut InlineTable| table as _))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;

    const FILE: &str = "# remark\n[program]\nid = \"x\"\n\n[intake]\n\"２０１９\" = 12  # twelve\n\
                        [rules]\ncore_months_min = 6\n[[cases]]\nid = \"ivr\"\ntarget = 30\n\
                        parts = [{ id = \"vascular\", min = 10 }]\n";

    fn edited(edit: impl FnOnce(&mut Document)) -> String {
        let text = Text::decode("program.toml", FILE.as_bytes(), &mut Findings::default()).unwrap();
        let mut document = Document::parse(&text).unwrap();
        edit(&mut document);
        document.written()
    }

    fn path(text: &str) -> Vec<String> {
        text.split('.').map(str::to_string).collect()
    }

    #[test]
    fn a_value_is_changed_and_nothing_else() {
        let same = edited(|_| ());
        assert_eq!(same, FILE);
        let text = edited(|file| file.set(&path("intake.2019"), "14"));
        assert_eq!(text, FILE.replace("= 12", "= 14"));
        let text = edited(|file| file.set(&path("rules.core_months_min"), "1.50"));
        assert_eq!(text, FILE.replace("= 6", "= 1.50"), "digits stay as they are written");
    }

    #[test]
    fn what_is_not_there_is_added() {
        let text = edited(|file| file.set(&path("rules.supervisor_rounding"), "pooled"));
        assert!(text.contains("core_months_min = 6\nsupervisor_rounding = \"pooled\"\n"), "{text}");
        let text = edited(|file| file.set(&path("rules.intake_cap.ct"), "3000"));
        assert!(text.contains("[rules.intake_cap]\nct = 3000\n"), "{text}");
    }

    #[test]
    fn case_items_and_their_parts_are_found_by_id() {
        assert_eq!(
            edited(|file| file.set_case("ivr", "target", "40")),
            FILE.replace("target = 30", "target = 40")
        );
        assert_eq!(edited(|file| file.set_case("vascular", "min", "5")), FILE.replace("min = 10", "min = 5"));
    }

    #[test]
    fn goals_come_in_another_order() {
        let text = edited(|file| file.set_goals("repeats.sum; coverage.sum"));
        let at = |word: &str| text.find(word).unwrap();
        assert!(at("repeats") < at("coverage"), "{text}");
        assert_eq!(text.matches("[[goals]]").count(), 2);
    }

    #[test]
    fn an_intake_moves_only_where_the_file_has_one() {
        assert_eq!(edited(|file| file.move_intake("2019", -1)), FILE.replace("= 12", "= 11"));
        assert_eq!(edited(|file| file.move_intake("2020", 1)), FILE);
    }
}
