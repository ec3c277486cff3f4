//! `program.toml` with single values changed, all other lines as they were.

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Key, Table, TableLike, Value};

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

    /// Takes years before the first out of the intake and enters one that is to be filled in: 0, with a comment
    /// beside it. Comments above lines that go move to the line that follows.
    pub fn turn_intake(&mut self, first_year: i32, asked: i32, comment: &str) {
        let item = self.root.entry("intake").or_insert_with(|| Item::Table(Table::new()));
        let takes_comments = item.is_table();
        let Some(intake) = item.as_table_like_mut() else { return };
        let has_passed = |key: &str| normal(key).parse().is_ok_and(|year: i32| year < first_year);
        let passed: Vec<String> =
            intake.iter().map(|(key, _)| key).filter(|key| has_passed(key)).map(str::to_string).collect();
        let mut above = String::new();
        for key in passed {
            above.push_str(&intake.key(&key).map(above_key).unwrap_or_default());
            intake.remove(&key);
        }
        let mut value = Value::from(0);
        if takes_comments {
            value.decor_mut().set_suffix(format!("  # {comment}"));
        }
        intake.insert(&asked.to_string(), Item::Value(value));
        let first = intake.iter().next().map(|(key, _)| key.to_string());
        if takes_comments
            && above.contains('#')
            && let Some(mut key) = first.and_then(|first| intake.key_mut(&first))
        {
            let own = key.leaf_decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default().to_string();
            key.leaf_decor_mut().set_prefix(above + &own);
        }
    }

    /// Takes an entry of a section out.
    pub fn remove(&mut self, section: &str, key: &str) {
        let Some(section) = self.root.get_mut(section).and_then(Item::as_table_like_mut) else { return };
        let key = written_key(section, key);
        section.remove(&key);
    }

    /// Names anew for whom courses are kept: `None` for a name that goes. A course that nobody is left for goes with
    /// its share of the course mix; which did.
    pub fn keep_courses_for(&mut self, named: impl Fn(&str) -> Option<String>) -> Vec<String> {
        let mut gone = Vec::new();
        let Some(courses) = self.root.get_mut("courses") else { return gone };
        for course in tables_of(courses) {
            let id = course.get("id").and_then(Item::as_str).unwrap_or_default().to_string();
            let Some(who) = course.get_mut("who").and_then(Item::as_array_mut) else { continue };
            let before = who.len();
            who.retain(|name| name.as_str().is_none_or(|name| named(name).is_some()));
            for name in who.iter_mut() {
                let new = name.as_str().and_then(&named).filter(|new| Some(new.as_str()) != name.as_str());
                if let Some(new) = new {
                    let decor = name.decor().clone();
                    *name = Value::from(new);
                    *name.decor_mut() = decor;
                }
            }
            if who.is_empty() && before > 0 {
                gone.push(id);
            }
        }
        let is_gone = |id: Option<&str>| id.is_some_and(|id| gone.iter().any(|gone| gone == id));
        match self.root.get_mut("courses") {
            Some(Item::ArrayOfTables(courses)) => {
                courses.retain(|course| !is_gone(course.get("id").and_then(Item::as_str)));
            }
            Some(Item::Value(Value::Array(courses))) => courses.retain(|course| {
                !is_gone(course.as_inline_table().and_then(|course| course.get("id")).and_then(Value::as_str))
            }),
            _ => {}
        }
        gone.iter().for_each(|id| self.remove("course_mix", &normal(id)));
        if self.root.get("course_mix").and_then(Item::as_table_like).is_some_and(TableLike::is_empty) {
            self.root.remove("course_mix");
        }
        gone
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

/// Comments and blank lines above a key.
fn above_key(key: &Key) -> String {
    key.leaf_decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default().to_string()
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

    #[test]
    fn an_intake_turns_and_comments_above_it_stay() {
        let file = FILE.replace("\"２０１９\"", "# how many\n\"２０１９\"") + "";
        let text = Text::decode("program.toml", file.as_bytes(), &mut Findings::default()).unwrap();
        let mut document = Document::parse(&text).unwrap();
        document.turn_intake(2020, 2020, "fill in");
        let written = document.written();
        assert!(written.contains("[intake]\n# how many\n2020 = 0  # fill in\n[rules]"), "{written}");
        let without = edited(|file| file.turn_intake(2019, 2021, "x"));
        assert!(without.contains("= 12  # twelve\n2021 = 0  # x\n"), "{without}");
    }

    #[test]
    fn a_course_kept_for_nobody_goes_with_its_share() {
        let file = "[course_mix]\nA = 1\nB = 2\n[[courses]]\nid = \"A\"\nwho = [\"x\", \"y\"]\n\
                    [[courses]]\nid = \"B\"\nwho = [\"x\"]\n[[courses]]\nid = \"C\"\nwho = []\n";
        let text = Text::decode("program.toml", file.as_bytes(), &mut Findings::default()).unwrap();
        let mut document = Document::parse(&text).unwrap();
        let gone = document.keep_courses_for(|name| (name != "x").then(|| name.to_uppercase()));
        assert_eq!(gone, ["B"]);
        let expected = "[course_mix]\nA = 1\n[[courses]]\nid = \"A\"\nwho = [ \"Y\"]\n\
                        [[courses]]\nid = \"C\"\nwho = []\n";
        assert_eq!(document.written(), expected);
    }
}
