//! `kenshu new FOLDER|FILE.xlsx [--from NAME]`: a program to fill in.
//!
//! The rows that are in it are an example that can be planned as it is, so that everything done to it can be
//! tried at once.

use std::path::PathBuf;

use super::console::Console;
use super::convert::make;
use super::{Exit, Failure, input};
use crate::files::target::Target;
use crate::language::Message;
use crate::scenario::{self, shipped, shipped_names, template};
use crate::tables::value::hint;

#[derive(Debug, clap::Args)]
pub struct NewOptions {
    #[arg(value_name = "FOLDER|FILE.xlsx")]
    target: PathBuf,
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
}

pub fn run(options: &NewOptions, console: &Console) -> Result<Exit, Failure> {
    let target = Target::free(&options.target)?;
    let sources = match &options.from {
        None => template(),
        Some(name) => shipped(name).ok_or_else(|| {
            let message = Message::new("new-unknown").text("text", name);
            Failure::usage(message.message("hint", hint(name, shipped_names())))
        })?,
    };
    let (scenario, findings) = scenario::read(&sources);
    let Some(scenario) = scenario else { return Err(input::stop(&findings, target.path(), console)) };
    make(&target, &sources, &scenario, console)?;
    let path = target.path().display();
    console.tell(&Message::new("target-written").text("path", &path));
    console.tell(&Message::new("new-next").text("path", &path));
    Ok(Exit::Good)
}
