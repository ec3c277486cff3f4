//! The command line: a file per command, and the only place with files, clocks and a terminal.
//!
//! Arguments become typed options before anything runs. A command returns how it ended as an
//! [`Exit`]; what stopped it on the way is a [`Failure`], which carries its message and its exit
//! code. Tables and JSON go to stdout, everything said to people goes to stderr.

mod audit;
mod check;
mod collect;
mod completion;
mod completions;
mod console;
mod convert;
mod diff;
mod due;
mod explain;
mod forms;
mod help;
mod input;
mod key_file;
mod licences;
mod new;
mod next;
mod open;
mod out_folder;
mod plan;
mod progress;
mod pseudonymise;
mod replan;
mod results;
mod schema;
mod sweep_programs;
mod usage;
mod ways_out;
mod whatif;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{FromArgMatches, Parser, Subcommand};

use crate::engine;
use crate::files::{Blame, Failure};
use crate::language::{Catalogue, Language};
use console::Console;

/// The version, with the commit it was built from where that is known.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("KENSHU_COMMIT"));

// The help texts stand in the message catalogues (`usage`), not here: a doc comment on one of
// these fields would become one.
#[derive(Debug, Parser)]
#[command(name = "kenshu", version = VERSION)]
struct Options {
    #[arg(long, global = true, value_enum, value_name = "ja|en", hide_possible_values = true)]
    lang: Option<Language>,
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check {
        #[arg(value_name = "SCENARIO")]
        scenario: PathBuf,
    },
    Plan(PlanOptions),
    Audit(AuditOptions),
    Whatif(Box<whatif::WhatifOptions>),
    SweepPrograms(sweep_programs::SweepProgramsOptions),
    #[command(subcommand)]
    Explain(ExplainCommand),
    Diff(DiffOptions),
    New(new::NewOptions),
    Convert(convert::ConvertOptions),
    Next(next::NextOptions),
    Progress(completion::ProgressOptions),
    Due(due::DueOptions),
    Pseudonymise(pseudonymise::PseudonymiseOptions),
    Forms(forms::FormsOptions),
    Collect(collect::CollectOptions),
    Open(open::OpenOptions),
    Schema(schema::SchemaOptions),
    Completions(completions::CompletionsOptions),
    Man(completions::ManOptions),
    Licences,
    Help {
        #[arg(value_name = "TOPIC")]
        topic: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum ExplainCommand {
    WhyNot(WhyNotOptions),
    Why {
        #[command(flatten)]
        planned: Planned,
        #[arg(long, value_name = "R")]
        resident: String,
    },
    Resident(OneOptions),
    Facility(OneOptions),
    Infeasible {
        #[arg(value_name = "SCENARIO")]
        scenario: PathBuf,
        #[arg(long, value_name = "S", value_parser = usage::seconds, allow_hyphen_values = true)]
        time_limit: Option<Duration>,
    },
}

#[derive(Debug, clap::Args)]
struct PlanOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "placements.csv")]
    base: Option<PathBuf>,
    #[arg(long, value_name = "S", value_parser = usage::seconds, allow_hyphen_values = true)]
    time_limit: Option<Duration>,
}

#[derive(Debug, clap::Args)]
struct AuditOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Only the proof that there is no plan can do without.
    #[arg(value_name = "placements.csv", required_unless_present = "certificate")]
    placements: Option<PathBuf>,
    #[arg(long, value_name = "plan.json")]
    certificate: Option<PathBuf>,
    #[arg(long, value_name = "placements.csv")]
    base: Option<PathBuf>,
    #[arg(id = "recheck_limit", long = "time-limit", value_name = "S", value_parser = usage::seconds, allow_hyphen_values = true)]
    time_limit: Option<Duration>,
}

#[derive(Debug, clap::Args)]
struct DiffOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(value_name = "old.csv")]
    old: PathBuf,
    #[arg(value_name = "new.csv")]
    new: PathBuf,
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// One resident or facility of a plan.
#[derive(Debug, clap::Args)]
struct OneOptions {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(value_name = "plan-dir")]
    plan_dir: PathBuf,
    #[arg(value_name = "ID")]
    id: String,
}

/// A scenario with its plan.
#[derive(Debug, clap::Args)]
struct Planned {
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[arg(value_name = "plan-dir")]
    plan_dir: PathBuf,
    #[arg(long, value_name = "placements.csv")]
    base: Option<PathBuf>,
    #[arg(long, value_name = "S", value_parser = usage::seconds, allow_hyphen_values = true)]
    time_limit: Option<Duration>,
}

#[derive(Debug, clap::Args)]
struct WhyNotOptions {
    #[command(flatten)]
    planned: Planned,
    #[arg(long, value_name = "R")]
    resident: String,
    #[arg(long, value_name = "F", requires = "when", required_unless_present = "course")]
    facility: Option<String>,
    #[arg(long, value_name = "Y", requires = "facility", allow_hyphen_values = true, group = "when")]
    year: Option<String>,
    #[arg(long, value_name = "M", requires = "facility", requires = "months", group = "when")]
    start: Option<String>,
    #[arg(long, value_name = "N", requires = "start")]
    months: Option<u32>,
    #[arg(long, value_name = "C", conflicts_with_all = ["facility", "year", "start"])]
    course: Option<String>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// A good answer.
    Good = 0,
    /// A negative one: no plan exists, or a plan or an intake breaks a rule.
    Negative = 1,
    /// Arguments or files that cannot be used.
    Usage = 2,
    /// No answer within the limits, or a failure inside.
    Failure = 3,
}

/// How a command ended that was stopped.
fn exit(failure: &Failure) -> Exit {
    match failure.blame {
        Blame::User => Exit::Usage,
        Blame::Inside => Exit::Failure,
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the command that the arguments name; the first argument is the program's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    engine::threads::prepare(std::env::var("RAYON_NUM_THREADS").ok().as_deref());
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = usage::language(&arguments, usage::locale().as_deref());
    let catalogue = Catalogue::new(language);
    let parsed = usage::command(&catalogue)
        .try_get_matches_from(&arguments)
        .and_then(|matches| Options::from_arg_matches(&matches));
    match parsed {
        Ok(options) => {
            let console = Console::new(catalogue, options.json);
            run_command(options.command, &console).unwrap_or_else(|failure| {
                console.tell(&failure.message);
                exit(&failure)
            })
        }
        Err(error) => usage::answer(&error, &Console::new(catalogue, false)),
    }
}

fn run_command(command: Command, console: &Console) -> Result<Exit, Failure> {
    match command {
        Command::Check { scenario } => check::run(&scenario, console),
        Command::Plan(options) => plan::run(&options, console),
        Command::Audit(options) => audit::run(&options, console),
        Command::Whatif(options) => whatif::run(&options, console),
        Command::SweepPrograms(options) => sweep_programs::run(&options, console),
        Command::Explain(command) => explain::run(&command, console),
        Command::Diff(options) => diff::run(&options, console),
        Command::New(options) => new::run(&options, console),
        Command::Convert(options) => convert::run(&options, console),
        Command::Next(options) => next::run(&options, console),
        Command::Progress(options) => completion::run(&options, console),
        Command::Due(options) => due::run(&options, console),
        Command::Pseudonymise(options) => pseudonymise::run(&options, console),
        Command::Forms(options) => forms::run(&options, console),
        Command::Collect(options) => collect::run(&options, console),
        Command::Open(options) => open::run(&options, console),
        Command::Schema(options) => schema::run(&options, console),
        Command::Completions(options) => completions::completions(&options, console),
        Command::Man(options) => completions::man(&options, console),
        Command::Licences => licences::run(console),
        Command::Help { topic } => help::run(topic.as_deref(), console),
    }
}
