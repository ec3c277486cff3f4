//! `program.toml` as a JSON schema, for editors that complete and check TOML by one.
//!
//! Numbers of `[rules]` come from the catalogue of parameters, goals and columns from that of tables. A schema
//! judges each value alone; what they have to say about each other, only the reader does.

use std::ops::RangeInclusive;

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::bounds;
use crate::regulation::{self, Completion, Due, INTAKE_CAP, Kind, Parameter, RULES};
use crate::tables::catalogue::{GOAL_WORDS, MEASURES, Word};

/// The schema; `word` gives the words of a key of the message catalogues.
pub fn program_schema(word: impl Fn(&'static str) -> String) -> Schema {
    let text = || json!({"type": "string"});
    let texts = || json!({"type": "array", "items": {"type": "string"}});
    let pattern = || json!({"type": "array", "items": {"type": "array", "items": {"type": "string"}}});
    let years = |of: Value| table(vec![], vec![], json!({"^[0-9]{4}$": of}), json!(false));
    let numbered = |of: Value| table(vec![], vec![], json!({}), of);
    let months = || whole(bounds::TRAINING_MONTHS);

    let program = closed(
        vec![
            ("id", text()),
            ("name", text()),
            ("training_months", months()),
            ("year_starts_in_month", whole(bounds::MONTH_OF_YEAR)),
            ("not_stated", texts()),
        ],
        vec!["id", "name", "training_months"],
    );
    let first_year = json!({
        "type": "integer",
        "minimum": bounds::ENTRY_YEARS.start(),
        "maximum": bounds::ENTRY_YEARS.end(),
    });
    let cap = table(
        parameters(&INTAKE_CAP, &word),
        vec![],
        json!({}),
        json!({"type": "number", "exclusiveMinimum": 0, "maximum": bounds::VOLUME_MAX}),
    );
    let mut rules = parameters(&RULES, &word);
    rules.push(("intake_cap", cap));
    let course = closed(
        vec![
            ("id", text()),
            ("name", text()),
            ("years", pattern()),
            ("alternatives", json!({"type": "array", "items": pattern()})),
            ("tags", texts()),
            ("who", json!({"type": "array", "items": {"type": "string"}, "minItems": 1})),
            ("training_months", months()),
        ],
        vec!["id", "years"],
    );
    let cases = || whole(bounds::CASES);
    let part = closed(vec![("id", text()), ("name", text()), ("min", cases())], vec!["id", "min"]);
    let item = closed(
        vec![
            ("id", text()),
            ("name", text()),
            ("target", cases()),
            ("supplement_max", cases()),
            ("trainee_share", json!({"type": "number", "minimum": 0, "maximum": bounds::SHARE_MAX})),
            ("parts", json!({"type": "array", "items": part})),
            ("by_year", json!({"type": "array", "items": cases(), "maxItems": bounds::TRAINING_YEARS.end()})),
        ],
        vec!["id", "target"],
    );
    let goal =
        closed(vec![("goal", one_of(GOAL_WORDS)), ("measure", one_of(MEASURES))], vec!["goal", "measure"]);
    let weights = || numbered(whole(bounds::COURSE_WEIGHTS));
    let draws = closed(
        vec![
            ("who", json!({"enum": super::draws::Who::ALL.map(super::draws::Who::id)})),
            ("drop_out", json!({"type": "number", "minimum": 0, "maximum": 1})),
            ("courses", weights()),
            ("facilities", weights()),
        ],
        vec![],
    );
    let list = |of: Value| json!({"type": "array", "items": of, "minItems": 1});
    let root = closed(
        vec![
            ("program", program),
            ("horizon", closed(vec![("first_year", first_year)], vec!["first_year"])),
            ("intake", years(whole(bounds::INTAKE))),
            ("course_mix", weights()),
            ("course_intake", numbered(years(whole(bounds::INTAKE)))),
            ("rules", closed(rules, vec![])),
            (
                "printed_totals",
                numbered(json!({"type": "number", "minimum": 0, "maximum": bounds::VOLUME_MAX})),
            ),
            ("completion", completion()),
            ("courses", list(course)),
            ("cases", json!({"type": "array", "items": item})),
            ("goals", list(goal)),
            ("draws", draws),
        ],
        vec!["program", "horizon", "courses"],
    );
    let Value::Object(parts) = root else { return Schema::default() };
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".into(), json!(super::files::PROGRAM));
    schema.extend(parts);
    Schema::from(schema)
}

/// `[completion]`: numbers of the standard's kinds of records, and kinds of the program's own.
fn completion() -> Value {
    let count = || whole(regulation::RECORD_COUNTS);
    let own = closed(
        vec![
            ("per", json!({"enum": Due::ALL.map(Due::id)})),
            ("count", count()),
            ("name", json!({"type": "string"})),
            ("goal", json!({"type": "boolean"})),
        ],
        vec!["per", "count"],
    );
    let standard = Completion::default();
    let mut known: Vec<(&str, Value)> =
        standard.kinds.iter().map(|kind| (kind.id.as_str(), count())).collect();
    known.push(("experience_percent_min", whole(regulation::PERCENT)));
    known.push(("keep_years", whole(regulation::KEEP_YEARS)));
    table(known, vec![], json!({}), own)
}

/// Rows of a catalogue of parameters as properties.
fn parameters<T>(
    rows: &'static [Parameter<T>],
    word: &impl Fn(&'static str) -> String,
) -> Vec<(&'static str, Value)> {
    let one = |row: &'static Parameter<T>| {
        let mut schema = match &row.kind {
            Kind::Whole(range) => whole(range.clone()),
            Kind::Divisor(most) => json!({"type": "number", "exclusiveMinimum": 0, "maximum": most}),
            Kind::Flag => json!({"type": "boolean"}),
            Kind::Word(words) => json!({"enum": words}),
            Kind::Month => json!({"type": "string"}),
        };
        schema["description"] = Value::from(word(row.words));
        (row.key, schema)
    };
    rows.iter().map(one).collect()
}

fn whole(range: RangeInclusive<u32>) -> Value {
    json!({"type": "integer", "minimum": range.start(), "maximum": range.end()})
}

fn one_of(words: &[Word]) -> Value {
    json!({"enum": words.iter().map(|word| word.id).collect::<Vec<_>>()})
}

/// A table with these keys and no others.
fn closed(known: Vec<(&str, Value)>, required: Vec<&str>) -> Value {
    table(known, required, json!({}), json!(false))
}

/// A table: keys that are known, those that it cannot do without, keys of a form, and what any other key holds.
fn table(known: Vec<(&str, Value)>, required: Vec<&str>, formed: Value, other: Value) -> Value {
    let known: Map<String, Value> =
        known.into_iter().map(|(key, schema)| (key.to_string(), schema)).collect();
    json!({
        "type": "object",
        "properties": known,
        "required": required,
        "patternProperties": formed,
        "additionalProperties": other,
    })
}
