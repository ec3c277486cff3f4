//! `kenshu collect SCENARIO DIR`: the residents' workbooks back into the tables.
//!
//! A folder's tables change together or not at all. In a workbook only the cells of what changed are written, and
//! the one there was is kept beside it.

use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::XlsxError;

use super::console::Console;
use super::{Exit, Failure, input};
use crate::diagnostic::{Findings, Place, Severity, code};
use crate::files::folder;
use crate::files::load::{self, Read};
use crate::files::switch::Switch;
use crate::files::target::{Content, Target, free_beside};
use crate::language::{Catalogue, Message};
use crate::output::answers;
use crate::scenario::wishes::{self, Collected, State};
use crate::scenario::{self, Sources};
use crate::tables::workbook::form::{self, Filled, NoForm};

#[derive(Debug, clap::Args)]
pub struct CollectOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(value_name = "DIR")]
    forms: PathBuf,
}

pub fn run(options: &CollectOptions, console: &Console) -> Result<Exit, Failure> {
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let (forms, mut findings) = forms(&options.forms, console)?;
    let mut collected = wishes::collect(&read.sources, &read.scenario, &forms);
    findings.list.append(&mut collected.findings.list);
    collected.findings = findings;
    let changed: Vec<String> = collected
        .sources
        .files
        .iter()
        .filter(|(name, bytes)| read.sources.files.get(*name) != Some(*bytes))
        .map(|(name, _)| name.clone())
        .collect();
    let told = if changed.is_empty() {
        vec![Message::new("collect-nothing").text("path", options.scenario.display())]
    } else if read.places.is_some() {
        write_workbook(&options.scenario, &read, &collected, console)?
    } else {
        write_folder(&options.scenario, &read, &collected.sources, &changed)?;
        let message = Message::new("collect-written").text("path", options.scenario.display());
        vec![message.text("files", changed.join(", "))]
    };
    if console.json {
        console.out(&answers::json(&read.scenario, &collected, &changed, &console.catalogue))?;
    } else {
        console.out(&answers::table(
            &read.scenario,
            &collected.people,
            &console.catalogue,
            console.width(),
        ))?;
    }
    input::tell(&collected.findings, console);
    console.tell(&answers::summary(&read.scenario, &collected.people));
    told.iter().for_each(|message| console.tell(message));
    let is_open = collected.findings.has_errors()
        || collected.people.iter().any(|person| person.state == State::Refused);
    Ok(if is_open { Exit::Negative } else { Exit::Good })
}

/// The forms of a folder in the order of their names, and what is to be told of files that are none.
fn forms(path: &Path, console: &Console) -> Result<(Vec<Filled>, Findings), Failure> {
    let files = folder::others(path).map_err(|findings| input::stop(&findings, path, console))?;
    let (mut forms, mut findings) = (Vec::new(), Findings::default());
    for (name, path) in files {
        let place = Place { file: name.clone(), ..Place::default() };
        let bytes = match folder::load_file(&path) {
            Ok(bytes) => bytes,
            Err(mut unreadable) => {
                findings.list.append(&mut unreadable.list);
                continue;
            }
        };
        match form::read(&name, &bytes) {
            Ok(form) => forms.push(form),
            Err(NoForm::Other) => {
                findings.push(Severity::Note, place, Message::new(code::FORM_NOT_ONE));
            }
            Err(NoForm::Version(version)) => {
                findings.error(place, Message::new(code::FORM_VERSION).text("version", version));
            }
            // A form that was damaged on its way is worth asking for again; a text file is not.
            Err(NoForm::Unreadable(message)) if name.to_lowercase().ends_with(".xlsx") => {
                findings.error(place, message);
            }
            Err(NoForm::Unreadable(_)) => {
                findings.push(Severity::Note, place, Message::new(code::FORM_NOT_ONE));
            }
        }
    }
    Ok((forms, findings))
}

fn write_folder(path: &Path, read: &Read, sources: &Sources, changed: &[String]) -> Result<(), Failure> {
    let switch = Switch::open(path)?;
    // Once more: somebody may have saved a table since it was read.
    let now = folder::load(path).ok();
    if now.is_none_or(|now| now.files != read.sources.files) {
        return Err(Failure::usage(Message::new("collect-changed").text("path", path.display())));
    }
    let coming: Vec<(&str, &[u8])> = changed
        .iter()
        .filter_map(|name| Some((name.as_str(), sources.files.get(name)?.as_slice())))
        .collect();
    switch.put(&coming, &[])
}

/// Writes what changed into the workbook, in the language of its sheets, and keeps the one there was.
fn write_workbook(
    path: &Path,
    read: &Read,
    collected: &Collected,
    console: &Console,
) -> Result<Vec<Message>, Failure> {
    let language = read.places.as_ref().map_or(console.catalogue.language(), |places| places.language());
    let console = Console::new(Catalogue::new(language), console.json);
    let (after, findings) = scenario::read(&collected.sources);
    let Some(after) = after else { return Err(input::stop(&findings, path, &console)) };
    let kept = free_beside(path);
    let failed = |error: std::io::Error| {
        let message = Message::new("target-unwritable").text("path", path.display());
        Failure::usage(message.text("reason", error))
    };
    let unwritten = |error: XlsxError| {
        let message = Message::new("target-unwritable").text("path", path.display());
        Failure::inside(message.text("reason", error))
    };
    let before = fs::read(path).map_err(failed)?;
    // The coming one stands beside, whole, before anything is moved.
    let coming = Target::Workbook(free_beside(&kept));
    let (was, is) = ((&read.sources, &read.scenario), (&collected.sources, &after));
    let again = scenario::workbook_again(&before, was, is, &console.catalogue).map_err(unwritten)?;
    if !scenario::says(&again.bytes, &after) {
        return Err(Failure::inside(Message::new("target-lossy")));
    }
    coming.write(&Content::Workbook(again.bytes))?;
    let put = || {
        fs::hard_link(path, &kept).or_else(|_| fs::copy(path, &kept).map(drop))?;
        match fs::read(&kept)? == before && load::scenario(path).is_ok_and(|now| now.sources == read.sources)
        {
            true => fs::rename(coming.path(), path).map(|()| true),
            false => Ok(false),
        }
    };
    let done = put();
    if !matches!(done, Ok(true)) {
        let _ = fs::remove_file(coming.path());
        let _ = fs::remove_file(&kept);
    }
    match done {
        Err(error) => Err(failed(error)),
        Ok(false) => Err(Failure::usage(Message::new("collect-changed").text("path", path.display()))),
        Ok(true) => {
            let written = Message::new("target-written").text("path", path.display());
            let anew = (!again.is_kept).then(|| Message::new("collect-anew").text("path", kept.display()));
            let kept = Message::new("collect-kept").text("path", kept.display());
            Ok([written, kept].into_iter().chain(anew).collect())
        }
    }
}
