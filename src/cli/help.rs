//! `kenshu help [TOPIC]`: a page of the manual, or what a command takes.

use super::console::Console;
use super::{Exit, Failure, usage};
use crate::language::Message;
use crate::manual::{self, TOPICS, Topic};
use crate::tables::value::hint;

/// Columns of a page that goes to a file or a pipe.
const WIDTH: usize = 80;

pub fn run(topic: Option<&str>, console: &Console) -> Result<Exit, Failure> {
    let width = console.width().unwrap_or(WIDTH);
    let Some(asked) = topic else {
        console.out(&contents(console))?;
        return Ok(Exit::Good);
    };
    if let Some(topic) = Topic::find(asked) {
        console.out(&manual::on_terminal(&topic.markdown(&console.catalogue), width))?;
        return Ok(Exit::Good);
    }
    let mut root = usage::command(&console.catalogue);
    root.build();
    if let Some(command) = root.find_subcommand_mut(asked) {
        console.out(&command.render_help().to_string())?;
        return Ok(Exit::Good);
    }
    let commands = root.get_subcommands().map(clap::Command::get_name);
    let known: Vec<&str> = TOPICS.iter().map(|topic| topic.id).chain(commands).collect();
    let hint = hint(asked, known.iter().copied());
    Err(Failure::usage(Message::new("help-unknown-topic").text("topic", asked).message("hint", hint)))
}

/// The topics with their headings.
fn contents(console: &Console) -> String {
    let mut text = format!("{}\n\n", console.catalogue.word("help-contents"));
    let longest = TOPICS.iter().map(|topic| topic.id.len()).max().unwrap_or(0);
    for topic in TOPICS {
        let title = topic.title(console.catalogue.language());
        text.push_str(&format!("  {:longest$}  {title}\n", topic.id));
    }
    text
}
