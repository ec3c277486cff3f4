//! `program.toml`.

use std::fmt::Write;

use toml_edit::{InlineTable, Key, Value};

use super::super::model::{CaseItem, Part, Pattern, Scenario};
use crate::regulation::{Completion, INTAKE_CAP, IntakeCap, Parameter, RULES, Rules, Value as Parameters};

/// The file as text.
pub(super) fn text(scenario: &Scenario) -> String {
    let mut text = Toml::default();
    text.table("program");
    text.entry("id", Value::from(&scenario.id));
    text.entry("name", Value::from(&scenario.name));
    text.entry("training_months", scenario.training_months);
    text.entry("year_starts_in_month", scenario.calendar.starts_in_month);
    if !scenario.not_stated.is_empty() {
        text.entry("not_stated", list(&scenario.not_stated));
    }
    text.table("horizon");
    text.entry("first_year", scenario.first_year);
    text.table("intake");
    scenario.intake.iter().for_each(|(year, residents)| text.entry(&year.to_string(), *residents));
    if !scenario.course_mix.is_empty() {
        text.table("course_mix");
        for (course, weight) in &scenario.course_mix {
            text.entry(&scenario.course(*course).id, *weight);
        }
    }
    for course in scenario.courses.iter().filter(|course| !course.intake_max.is_empty()) {
        text.table(&format!("course_intake.{}", Key::new(&course.id)));
        course.intake_max.iter().for_each(|(year, most)| text.entry(&year.to_string(), *most));
    }
    rules(&mut text, &scenario.rules);
    if let Some(cap) = &scenario.rules.intake_cap {
        intake_cap(&mut text, scenario, cap);
    }
    if !scenario.printed_totals.is_empty() {
        text.table("printed_totals");
        scenario.printed_totals.iter().for_each(|(name, total)| text.entry(name, total.normalize()));
    }
    completion(&mut text, scenario);
    courses(&mut text, scenario);
    cases(&mut text, scenario);
    for goal in &scenario.goals {
        text.item("goals");
        text.entry("goal", Value::from(goal.kind.id()));
        text.entry("measure", Value::from(goal.measure.id()));
    }
    text.0
}

/// TOML as it grows.
#[derive(Default)]
struct Toml(String);

impl Toml {
    fn table(&mut self, name: &str) {
        self.head("[", name, "]");
    }

    /// An item of a list of tables.
    fn item(&mut self, name: &str) {
        self.head("[[", name, "]]");
    }

    fn head(&mut self, open: &str, name: &str, close: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        let _ = writeln!(self.0, "{open}{name}{close}");
    }

    /// A value by what it prints as: decimals must not pass through floating point.
    fn entry(&mut self, key: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "{} = {value}", Key::new(key));
    }
}

fn list<T: Into<Value>>(values: impl IntoIterator<Item = T>) -> Value {
    Value::Array(values.into_iter().map(Into::into).collect())
}

/// All parameters, so that whoever opens the file sees what can be changed.
fn rules(text: &mut Toml, rules: &Rules) {
    text.table("rules");
    parameters(text, &RULES, rules);
}

fn intake_cap(text: &mut Toml, scenario: &Scenario, cap: &IntakeCap) {
    text.table("rules.intake_cap");
    parameters(text, &INTAKE_CAP, cap);
    for (volume, per_resident) in &cap.volume_per_resident {
        text.entry(&scenario.volumes[*volume], per_resident.normalize());
    }
}

fn parameters<T>(text: &mut Toml, rows: &[Parameter<T>], of: &T) {
    for row in rows {
        match (row.get)(of) {
            Some(Parameters::Whole(number)) => text.entry(row.key, number),
            Some(Parameters::Decimal(number)) => text.entry(row.key, number.normalize()),
            Some(Parameters::Flag(flag)) => text.entry(row.key, flag),
            Some(Parameters::Word(word)) => text.entry(row.key, Value::from(word)),
            Some(Parameters::Month(month)) => text.entry(row.key, Value::from(month.to_string())),
            None => {}
        }
    }
}

/// What differs from the standard, or all numbers where records are kept.
fn completion(text: &mut Toml, scenario: &Scenario) {
    let (own, standard) = (&scenario.completion, Completion::default());
    if *own == standard && scenario.residents.iter().all(|resident| resident.records.is_empty()) {
        return;
    }
    text.table("completion");
    text.entry("experience_percent_min", own.experience_percent_min);
    text.entry("keep_years", own.keep_years);
    for kind in &own.kinds {
        let Some(name) = &kind.name else {
            text.entry(&kind.id, kind.count);
            continue;
        };
        let mut table = InlineTable::new();
        table.insert("per", Value::from(kind.due.id()));
        table.insert("count", Value::from(i64::from(kind.count)));
        table.insert("name", Value::from(name));
        if kind.is_goal {
            table.insert("goal", Value::from(true));
        }
        text.entry(&kind.id, Value::from(table));
    }
}

fn courses(text: &mut Toml, scenario: &Scenario) {
    for course in &scenario.courses {
        text.item("courses");
        text.entry("id", Value::from(&course.id));
        text.entry("name", Value::from(&course.name));
        let mut ways = course.patterns.iter().map(|way| pattern(scenario, way));
        text.entry("years", ways.next().unwrap_or_else(|| list::<Value>([])));
        let others: Vec<Value> = ways.collect();
        if !others.is_empty() {
            text.entry("alternatives", list(others));
        }
        if !course.tags.is_empty() {
            text.entry("tags", list(&course.tags));
        }
        if !course.who.is_empty() {
            text.entry("who", list(&course.who));
        }
        if let Some(months) = course.training_months {
            text.entry("training_months", months);
        }
    }
}

fn pattern(scenario: &Scenario, pattern: &Pattern) -> Value {
    let part = |part: &Part| {
        let place = part.place.map_or("free", |place| scenario.selector(place).text.as_str());
        let step = part.step.map(|step| format!("/{step}")).unwrap_or_default();
        format!("{place}:{}{step}", part.months)
    };
    list(pattern.entries.iter().map(|parts| list(parts.iter().map(part))))
}

fn cases(text: &mut Toml, scenario: &Scenario) {
    for ix in scenario.case_ixs().filter(|&ix| scenario.case(ix).part_of.is_none()) {
        let item = scenario.case(ix);
        text.item("cases");
        text.entry("id", Value::from(&item.id));
        text.entry("name", Value::from(&item.name));
        text.entry("target", item.target);
        text.entry("supplement_max", item.supplement_max);
        text.entry("trainee_share", item.trainee_share.normalize());
        if !item.by_year.is_empty() {
            text.entry("by_year", list(item.by_year.iter().map(|due| i64::from(*due))));
        }
        let parts = scenario.cases.iter().filter(|part| part.part_of == Some(ix));
        let parts: Vec<InlineTable> = parts.map(part_of_case).collect();
        if !parts.is_empty() {
            text.entry("parts", list(parts));
        }
    }
}

fn part_of_case(part: &CaseItem) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("id", Value::from(&part.id));
    table.insert("name", Value::from(&part.name));
    table.insert("min", Value::from(i64::from(part.target)));
    table
}
