//! `kenshu open [SCENARIO]`: the program as a page in the browser, served to this machine only.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::console::Console;
use super::{Exit, Failure, input, usage};
use crate::language::Message;
use crate::page::{Desk, Settings, Store, serve};

/// A page that nobody has open ends after this.
const IDLE_LIMIT: Duration = Duration::from_secs(30 * 60);

#[derive(Debug, clap::Args)]
pub struct OpenOptions {
    /// The folder one is in, if none is named.
    #[arg(value_name = "SCENARIO", default_value = ".", hide_default_value = true)]
    scenario: PathBuf,
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    #[arg(long)]
    no_browser: bool,
    #[arg(long, value_name = "S", value_parser = usage::seconds, allow_hyphen_values = true)]
    idle_limit: Option<Duration>,
}

pub fn run(options: &OpenOptions, console: &Console) -> Result<Exit, Failure> {
    let path: &Path = &options.scenario;
    let (store, read) = Store::open(path).map_err(|findings| input::stop(&findings, path, console))?;
    input::tell(&read.findings, console);
    let desk = Desk::new(store, read.sources, read.places).map_err(Failure::usage)?;
    let settings = Settings {
        port: options.port,
        language: console.catalogue.language(),
        idle_limit: options.idle_limit.unwrap_or(IDLE_LIMIT),
    };
    let opened = |address: &str| {
        // Whoever closed the pipe does not need the address.
        let _ = console.out(&format!("{address}\n"));
        console.tell(&Message::new("page-served").text("path", path.display()));
        if !options.no_browser {
            browse(address);
        }
    };
    let end = |end: Box<dyn Fn() + Send>| {
        // Where no handler can be set, a signal ends the program at once, and the journal has every edit.
        let _ = ctrlc::set_handler(end);
    };
    serve(desk, &settings, opened, end)
        .map_err(|error| Failure::inside(Message::new("page-not-served").text("reason", error)))?;
    Ok(Exit::Good)
}

/// Opens the system's browser; where there is none, the address stands on the terminal.
fn browse(address: &str) {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    let quiet = || Stdio::null();
    let _ = Command::new(program)
        .args(before)
        .arg(address)
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
}
