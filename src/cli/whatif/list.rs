//! `kenshu whatif list SCENARIO --vary KEY=RANGE …`: which variants a run would answer, and answers none.
//!
//! For schedulers that take a list of tasks: with `--json` every variant has its values, the key its answer is kept
//! under, and the `--shard` that answers it alone.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::console::Console;
use super::super::input;
use super::super::{Exit, Failure};
use super::shard::Shard;
use super::{WhatifOptions, asked};
use crate::language::Message;
use crate::output::dto::pretty;
use crate::output::grid::{Align, Grid};

#[derive(JsonSchema, Serialize)]
pub struct Listed<'a> {
    columns: &'a [String],
    variants: Vec<Listing>,
}

#[derive(JsonSchema, Serialize)]
struct Listing {
    /// What its file under `results/` is called.
    key: String,
    /// A value per column.
    labels: Vec<String>,
    /// The part that answers this variant and no other.
    shard: String,
}

/// Tells the variants of the part asked for, all of them without `--shard`.
pub fn run(scenario: &Path, options: &WhatifOptions, console: &Console) -> Result<Exit, Failure> {
    let read = input::scenario_or_stop(scenario, console)?;
    let asked = asked::asked(options, &read, console)?;
    if asked.largest.is_some() {
        // Which values it asks about depends on the answers before.
        return Err(Failure::usage(Message::new("whatif-list-largest")));
    }
    let manifest = super::manifest(&read.scenario, &asked, &asked.sweep);
    let keys = manifest.variants.iter().enumerate();
    let variants = keys.filter(|(position, key)| asked.shard.holds(*position, key)).map(|(position, key)| {
        let shard = Shard { part: position + 1, parts: asked.sweep.count, by_key: false };
        Listing { key: key.clone(), labels: asked.sweep.variant(position).labels, shard: shard.to_string() }
    });
    let listed = Listed { columns: &manifest.columns, variants: variants.collect() };
    if console.json {
        console.out(&pretty(&serde_json::json!(listed)))?;
    } else {
        let mut grid = Grid::new(listed.columns.iter().map(|column| (column.clone(), Align::Left)).collect());
        listed.variants.into_iter().for_each(|variant| grid.push(variant.labels));
        console.out(&grid.render())?;
    }
    Ok(Exit::Good)
}
