//! What a page can begin with: a template inside the binary, or files that were dropped on it.
//!
//! Files are read here, in memory, by the readers of every other command; they get to the disk when somebody saves.

use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::{Value, json};

use super::desk::Refusal;
use crate::language::{Catalogue, Message};
use crate::scenario::{self, PROGRAM, Sources, is_table, shipped, shipped_names, template};
use crate::tables::workbook;

/// A file as the browser hands it over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dropped {
    name: String,
    /// In base 64.
    content: String,
}

/// All templates by name; the first, whose name is empty, is the one to fill in.
pub fn templates(catalogue: &Catalogue) -> Value {
    let one = |name: &str, sources: &Sources| {
        let (scenario, _) = scenario::read(sources);
        scenario.map(|scenario| {
            let residents = scenario.residents.len();
            json!({ "id": name, "name": scenario.name, "residents": residents, "facilities": scenario.facilities.len() })
        })
    };
    let own = one("", &template()).map(|mut own| {
        own["name"] = catalogue.word("page-begin-template").into();
        own
    });
    // Some have two names.
    let mut seen = Vec::new();
    let others = shipped_names().filter_map(|name| {
        let sources = shipped(name).filter(|sources| !seen.contains(&sources.files))?;
        let one = one(name, &sources);
        seen.push(sources.files);
        one
    });
    Value::from(own.into_iter().chain(others).collect::<Vec<_>>())
}

/// The tables of a template.
pub fn named(name: &str) -> Option<Sources> {
    if name.is_empty() { Some(template()) } else { shipped(name) }
}

/// The tables that were dropped: of a workbook all, of single files those on top of what there is.
///
/// # Errors
/// What is wrong with a workbook, or that none of the files is a table.
pub fn dropped(files: &[Dropped], now: &Sources) -> Result<Sources, Refusal> {
    let mut tables = Vec::new();
    for file in files {
        let bytes = BASE64.decode(file.content.as_bytes()).map_err(|_| unreadable(&file.name))?;
        if workbook::is_workbook(&bytes) {
            return book(&file.name, &bytes);
        }
        // A folder's tables keep their names; what else lay beside them is left alone.
        if is_table(&file.name) {
            tables.push((file.name.clone(), bytes));
        }
    }
    let Some(first) = files.first() else { return Err(unreadable("").into()) };
    if tables.is_empty() {
        return Err(unreadable(&first.name).into());
    }
    // Another program comes whole; without one the files are further tables of this.
    let is_other = tables.iter().any(|(name, _)| name == PROGRAM);
    let mut sources = if is_other { Sources::default() } else { now.clone() };
    sources.files.extend(tables);
    Ok(sources)
}

fn book(name: &str, bytes: &[u8]) -> Result<Sources, Refusal> {
    match workbook::read(name, bytes) {
        (Some(book), findings) if !findings.has_errors() => {
            let files = book.files.into_iter().filter(|(name, _)| is_table(name)).collect();
            Ok(Sources { files, ..Sources::default() })
        }
        (_, findings) => Err(Refusal::Found(findings)),
    }
}

fn unreadable(name: &str) -> Message {
    Message::new("page-begin-unreadable").text("name", name)
}
