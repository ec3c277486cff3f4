//! `kenshu completions SHELL` and `kenshu man FOLDER`: what a shell completes, and pages for `man`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap_complete::Shell;

use super::console::Console;
use super::{Exit, Failure, usage};
use crate::files::target::{Content, Target};
use crate::language::Message;

#[derive(Debug, clap::Args)]
pub struct CompletionsOptions {
    #[arg(value_enum, value_name = "bash|zsh|fish|powershell|elvish", hide_possible_values = true)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
pub struct ManOptions {
    #[arg(value_name = "FOLDER")]
    pages: PathBuf,
}

/// Prints the script that teaches a shell kenshu's commands.
pub fn completions(options: &CompletionsOptions, console: &Console) -> Result<Exit, Failure> {
    let mut command = usage::command(&console.catalogue);
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command, "kenshu", &mut script);
    console.out_as_it_is(&script)?;
    Ok(Exit::Good)
}

/// Writes a page for `man` for kenshu and every command of it.
pub fn man(options: &ManOptions, console: &Console) -> Result<Exit, Failure> {
    let target = Target::free(&options.pages)?;
    if matches!(target, Target::Workbook(_)) {
        return Err(Failure::usage(Message::new("target-ending").text("path", options.pages.display())));
    }
    let mut root = usage::command(&console.catalogue);
    root.build();
    let mut files = BTreeMap::new();
    pages(&root, &mut files).map_err(|error| failed(&options.pages, &error))?;
    target.write(&Content::Folder(files))?;
    console.tell(&Message::new("target-written").text("path", options.pages.display()));
    Ok(Exit::Good)
}

/// Adds the pages of a command and of those under it.
fn pages(command: &clap::Command, files: &mut BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    let man = clap_mangen::Man::new(command.clone());
    let mut page = Vec::new();
    man.render(&mut page)?;
    files.insert(man.get_filename(), page);
    command.get_subcommands().try_for_each(|part| pages(part, files))
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::inside(Message::new("target-unwritable").text("path", path.display()).text("reason", error))
}
