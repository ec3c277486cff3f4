//! Help and refusals of wrong arguments, in the reader's language.
//!
//! clap parses; its texts are replaced by those of the message catalogues. The language has to be
//! known before the arguments are parsed, so `--lang` is looked for once beforehand.

use std::ffi::OsString;
use std::time::Duration;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, CommandFactory, ValueEnum};

use super::console::Console;
use super::{Exit, Options, exit};
use crate::language::{Catalogue, Language, Message};

/// Help per command and argument; every command and argument has an entry, a test sees to it.
const COMMAND_HELP: &[(&str, &str)] = &[
    ("check", "help-check"),
    ("plan", "help-plan"),
    ("audit", "help-audit"),
    ("whatif", "help-whatif"),
    ("sweep-programs", "help-sweep-programs"),
    ("explain", "help-explain"),
    ("diff", "help-diff"),
    ("new", "help-new-program"),
    ("convert", "help-convert"),
    ("next", "help-next-year"),
    ("progress", "help-progress"),
    ("due", "help-due"),
    ("pseudonymise", "help-pseudonymise"),
    ("forms", "help-forms"),
    ("collect", "help-collect"),
    ("open", "help-open"),
    ("schema", "help-schema"),
    ("completions", "help-completions"),
    ("man", "help-man"),
    ("licences", "help-licences"),
    ("help", "help-help-command"),
];
/// Questions of `explain`.
const EXPLAIN_HELP: [(&str, &str); 5] = [
    ("resident", "help-explain-resident"),
    ("facility", "help-explain-facility"),
    ("infeasible", "help-explain-infeasible"),
    ("why-not", "help-explain-why-not"),
    ("why", "help-explain-why"),
];
const ARGUMENT_HELP: &[(&str, &str)] = &[
    ("topic", "help-topic"),
    ("schema", "help-schema-name"),
    ("shell", "help-shell"),
    ("pages", "help-pages"),
    ("target", "help-target"),
    ("passed_plan", "help-passed-plan"),
    ("cases_as_planned", "help-cases-as-planned"),
    ("as_of", "help-as-of"),
    ("due_from", "help-due-from"),
    ("due_until", "help-due-until"),
    ("ways_out", "help-ways-out"),
    ("ways_limit", "help-time-limit"),
    ("tables", "help-tables-out"),
    ("key", "help-key"),
    ("unlink", "help-unlink"),
    ("forms", "help-forms-folder"),
    ("new_folder", "help-new-folder"),
    ("from", "help-from"),
    ("old", "help-old"),
    ("new", "help-new"),
    ("id", "help-id"),
    ("plan_dir", "help-plan-dir"),
    ("resident", "help-resident"),
    ("facility", "help-facility"),
    ("year", "help-year"),
    ("start", "help-start"),
    ("months", "help-months"),
    ("course", "help-course"),
    ("scenario", "help-scenario"),
    ("out", "help-out"),
    ("base", "help-base"),
    ("time_limit", "help-time-limit"),
    ("recheck_limit", "help-recheck-limit"),
    ("placements", "help-placements"),
    ("certificate", "help-certificate"),
    ("folders", "help-folders"),
    ("vary", "help-vary"),
    ("set", "help-set"),
    ("variants", "help-variants"),
    ("largest", "help-largest"),
    ("smallest", "help-smallest"),
    ("value", "help-value"),
    ("draws", "help-draws"),
    ("seed", "help-seed"),
    ("results", "help-results"),
    ("threads", "help-threads"),
    ("shard", "help-shard"),
    ("variant_limit", "help-variant-limit"),
    ("programs", "help-programs"),
    ("program_results", "help-program-results"),
    ("program_limit", "help-program-limit"),
    ("yes", "help-yes"),
    ("port", "help-port"),
    ("no_browser", "help-no-browser"),
    ("idle_limit", "help-idle-limit"),
    ("lang", "help-lang"),
    ("json", "help-json"),
    ("help", "help-help"),
    ("version", "help-version"),
];

/// The language asked for by `--lang`, else that of the locale.
pub fn language(arguments: &[OsString], locale: Option<&str>) -> Language {
    let texts: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .take_while(|argument| *argument != "--")
        .collect();
    let asked = texts.iter().enumerate().find_map(|(index, text)| match text.strip_prefix("--lang") {
        Some("") => texts.get(index + 1).copied(),
        Some(value) => value.strip_prefix('='),
        None => None,
    });
    asked
        .and_then(|value| Language::from_str(value, false).ok())
        .unwrap_or_else(|| Language::of_locale(locale))
}

/// The locale for messages: POSIX variables first, then what the system says.
pub fn locale() -> Option<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .or_else(sys_locale::get_locale)
}

/// Longer than any run: what is more is as good as no limit, and no sum of times overflows by it.
const TIME_LIMIT_MAX: Duration = Duration::from_secs(1_000_000_000);

/// A time limit: a positive, finite number of seconds.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.trim().parse().map_err(|_| String::new())?;
    let duration = Duration::try_from_secs_f64(number).map_err(|_| String::new())?;
    if duration.is_zero() { Err(String::new()) } else { Ok(duration.min(TIME_LIMIT_MAX)) }
}

/// The command line with its help in the catalogue's language.
pub fn command(catalogue: &Catalogue) -> clap::Command {
    let version = clap::Arg::new("version").long("version").short('V').action(ArgAction::Version);
    let root = Options::command()
        .about(catalogue.word("help-kenshu"))
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(version);
    let root = localised(root, &[("help-heading-commands", "{subcommands}")], catalogue);
    let root = with_help(root, COMMAND_HELP, catalogue);
    root.mut_subcommand("explain", |explain| {
        let explain = explain.disable_help_subcommand(true);
        let explain =
            explain.help_template(template(&[("help-heading-commands", "{subcommands}")], catalogue));
        with_help(explain, &EXPLAIN_HELP, catalogue)
    })
}

/// Gives subcommands their help.
fn with_help(
    root: clap::Command,
    help: &[(&'static str, &'static str)],
    catalogue: &Catalogue,
) -> clap::Command {
    help.iter().fold(root, |root, (name, key)| {
        root.mut_subcommand(name, |command| {
            let command = command.about(catalogue.word(key));
            localised(command, &[("help-heading-arguments", "{positionals}")], catalogue)
        })
    })
}

/// Puts a command's help into words: `sections` are (heading, clap's name of what stands under it).
fn localised(
    command: clap::Command,
    sections: &[(&'static str, &str)],
    catalogue: &Catalogue,
) -> clap::Command {
    command
        .help_template(template(sections, catalogue))
        .disable_help_flag(true)
        .arg(clap::Arg::new("help").long("help").short('h').action(ArgAction::Help))
        .mut_args(|arg| match ARGUMENT_HELP.iter().find(|(name, _)| arg.get_id() == name) {
            Some((_, key)) => arg.help(catalogue.word(key)),
            None => arg,
        })
}

/// The layout of a help: `sections` as in [`localised`].
fn template(sections: &[(&'static str, &str)], catalogue: &Catalogue) -> String {
    let mut template = format!("{{about}}\n\n{}: {{usage}}\n", catalogue.word("help-heading-usage"));
    for (heading, content) in sections.iter().chain(&[("help-heading-options", "{options}")]) {
        template.push_str(&format!("\n{}:\n{content}\n", catalogue.word(heading)));
    }
    template
}

/// Answers what was not a command to run: help and version on stdout, everything else as a refusal.
pub fn answer(error: &clap::Error, console: &Console) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            match console.out(&error.render().to_string()) {
                Ok(()) => Exit::Good,
                Err(failure) => {
                    console.tell(&failure.message);
                    exit(&failure)
                }
            }
        }
        // Nothing at all was asked for: the help says what can be.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            console.err(&error.render().to_string());
            Exit::Usage
        }
        _ => {
            console.tell(&refusal(error));
            Exit::Usage
        }
    }
}

fn refusal(error: &clap::Error) -> Message {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => match context(error, ContextKind::SuggestedArg) {
            suggested if suggested.is_empty() => {
                Message::new("usage-unknown-argument").text("argument", argument)
            }
            suggested => Message::new("usage-unknown-argument-near")
                .text("argument", argument)
                .text("suggested", suggested),
        },
        ErrorKind::InvalidSubcommand => Message::new("usage-unknown-command")
            .text("command", context(error, ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => Message::new("usage-no-command"),
        ErrorKind::MissingRequiredArgument => Message::new("usage-missing").text("argument", argument),
        ErrorKind::ValueValidation if argument.starts_with("--port") => {
            Message::new("usage-port").text("value", value)
        }
        // The only other values with a validation of their own are limits of time.
        ErrorKind::ValueValidation => Message::new("usage-time-limit").text("value", value),
        ErrorKind::InvalidValue if value.is_empty() => {
            Message::new("usage-missing-value").text("argument", argument)
        }
        ErrorKind::InvalidValue => Message::new("usage-value")
            .text("argument", argument)
            .text("value", value)
            .text("valid", context(error, ContextKind::ValidValue)),
        ErrorKind::ArgumentConflict => Message::new("usage-twice").text("argument", argument),
        _ => Message::new("usage-other").text("reason", error.render().to_string().trim()),
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(texts: &[&str]) -> Vec<OsString> {
        texts.iter().map(OsString::from).collect()
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        for texts in [&["kenshu", "--lang", "ja", "check"][..], &["kenshu", "check", "x", "--lang=ja"]] {
            assert_eq!(language(&arguments(texts), Some("en_US.UTF-8")), Language::Ja, "{texts:?}");
        }
        assert_eq!(language(&arguments(&["kenshu", "--lang"]), Some("ja_JP.UTF-8")), Language::Ja);
        assert_eq!(language(&arguments(&["kenshu", "--lang", "fr"]), Some("C")), Language::En);
        assert_eq!(language(&arguments(&["kenshu", "--", "--lang=ja"]), None), Language::En);
        assert_eq!(language(&arguments(&["kenshu", "--language=ja"]), None), Language::En);
    }

    #[test]
    fn a_time_limit_is_positive_and_finite() {
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
        assert_eq!(seconds("9.3e18"), Ok(TIME_LIMIT_MAX));
        for text in ["0", "-1", "NaN", "inf", "1e300", "", "ten", "1e-30"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_command_and_argument_has_help() {
        for tag in [Language::Ja, Language::En] {
            let mut root = command(&Catalogue::new(tag));
            root.build();
            let mut all = vec![&root];
            all.extend(root.get_subcommands());
            all.extend(root.get_subcommands().flat_map(|command| command.get_subcommands()));
            for command in all {
                assert!(command.get_about().is_some(), "{}", command.get_name());
                for arg in command.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    assert!(!help.is_empty() && !help.starts_with("help-"), "{} {help}", arg.get_id());
                }
            }
        }
    }
}
