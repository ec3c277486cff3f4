//! `kenshu schema [NAME]`: JSON schemas of `program.toml` and of everything `--json` prints.
//!
//! Those of what is printed come from the forms themselves, so they cannot say anything else.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::console::Console;
use super::results::Manifest;
use super::whatif::{AnsweredJson, Listed};
use super::{Exit, Failure};
use crate::language::{Catalogue, Message};
use crate::output::dto::pretty;
use crate::output::{
    answers, completion_json, diff_json, due, explanation_json, findings_json, moves, one_json, plan_json,
    progress, whatif_file, whatif_largest,
};
use crate::scenario::program_schema;
use crate::tables::value::hint;

#[derive(Debug, clap::Args)]
pub struct SchemaOptions {
    #[arg(value_name = "NAME")]
    schema: Option<String>,
}

/// What makes a schema; descriptions of parameters are in the reader's language.
type Made = fn(&Catalogue) -> Schema;

/// Names, each a command or a file, and what they stand for.
const SCHEMAS: &[(&str, Made)] = &[
    ("program.toml", |catalogue| program_schema(|key| catalogue.word(key))),
    ("check", |_| of::<findings_json::Report<'_>>()),
    ("audit", |_| of::<findings_json::Report<'_>>()),
    ("plan", |_| of::<plan_json::PlanJson<'_>>()),
    ("plan-progress", |_| of::<progress::Line<'_>>()),
    ("diff", |_| of::<diff_json::DiffJson<'_>>()),
    ("progress", |_| of::<completion_json::ProgressJson<'_>>()),
    ("due", |_| of::<due::DueJson<'_>>()),
    ("explain-infeasible", |_| of::<explanation_json::ExplainedJson<'_>>()),
    ("explain-why-not", |_| of::<moves::AnswerJson<'_>>()),
    ("explain-why", |_| of::<moves::WhyJson<'_>>()),
    ("explain-resident", |_| of::<one_json::ResidentJson<'_>>()),
    ("explain-facility", |_| of::<one_json::FacilityJson<'_>>()),
    ("whatif", |_| of::<AnsweredJson<'_>>()),
    ("sweep-programs", |_| of::<AnsweredJson<'_>>()),
    ("whatif-largest", |_| of::<whatif_largest::Answer<'_>>()),
    ("whatif-list", |_| of::<Listed<'_>>()),
    ("whatif-answer", |_| of::<whatif_file::File>()),
    ("whatif-run", |_| of::<Manifest>()),
    ("collect", |_| of::<answers::Answers<'_>>()),
];

pub fn run(options: &SchemaOptions, console: &Console) -> Result<Exit, Failure> {
    let names = || SCHEMAS.iter().map(|(name, _)| *name);
    let Some(asked) = &options.schema else {
        console.out(&names().map(|name| format!("{name}\n")).collect::<String>())?;
        return Ok(Exit::Good);
    };
    let Some((_, schema)) = SCHEMAS.iter().find(|(name, _)| name == asked) else {
        let message = Message::new("schema-unknown").text("name", asked);
        return Err(Failure::usage(message.message("hint", hint(asked, names()))));
    };
    console.out_as_it_is(pretty(&schema(&console.catalogue)).as_bytes())?;
    Ok(Exit::Good)
}

/// What is written of a form: what is always there is required.
fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}
