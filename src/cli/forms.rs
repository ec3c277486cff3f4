//! `kenshu forms SCENARIO --out DIR`: a workbook for each resident that asks for wishes and leave.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::console::Console;
use super::{Exit, Failure, input};
use crate::files::target::{Content, Target};
use crate::language::Message;
use crate::output::file_names::file_names;
use crate::scenario::wishes;
use crate::tables::workbook::form::{self, Form};

#[derive(Debug, clap::Args)]
pub struct FormsOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(id = "new_folder", long = "out", value_name = "DIR")]
    out: PathBuf,
}

pub fn run(options: &FormsOptions, console: &Console) -> Result<Exit, Failure> {
    let target = Target::free(&options.out)?;
    let Target::Folder(path) = &target else {
        return Err(Failure::usage(Message::new("target-ending").text("path", options.out.display())));
    };
    let read = input::scenario_or_stop(&options.scenario, console)?;
    let forms = wishes::forms(&read.scenario, &console.catalogue);
    if forms.is_empty() {
        return Err(Failure::usage(Message::new("forms-none")));
    }
    target.write(&Content::Folder(files(&forms, path, console)?))?;
    let written = Message::new("forms-written").number("count", forms.len() as i64);
    console.tell(&written.text("path", path.display()));
    let anonymous = read.scenario.residents.iter().filter(|resident| resident.anonymous).count();
    if anonymous > 0 {
        console.tell(&Message::new("forms-anonymous").number("count", anonymous as i64));
    }
    Ok(Exit::Good)
}

fn files(
    forms: &[Form],
    path: &std::path::Path,
    console: &Console,
) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let called = |form: &Form| match form.name == form.resident {
        true => form.resident.clone(),
        false => format!("{} {}", form.resident, form.name),
    };
    let called: Vec<String> = forms.iter().map(called).collect();
    let names = file_names(called.iter().map(String::as_str));
    let file = |(form, name): (&Form, String)| {
        let bytes = form::write(form, &console.catalogue).map_err(|error| {
            let message = Message::new("target-unwritable").text("path", path.display());
            Failure::inside(message.text("reason", error))
        })?;
        Ok((format!("{name}.xlsx"), bytes))
    };
    forms.iter().zip(names).map(file).collect()
}
