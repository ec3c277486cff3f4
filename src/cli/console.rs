//! stdout and stderr: what goes where, and what a closed pipe means.

use std::io::{ErrorKind, IsTerminal, Write};

use super::Failure;
use crate::language::{Catalogue, Language, Message};
use crate::output::grid::printable;

/// Where a command speaks.
pub struct Console {
    pub catalogue: Catalogue,
    /// JSON on stdout in place of tables.
    pub json: bool,
}

impl Console {
    pub fn new(catalogue: Catalogue, json: bool) -> Self {
        Self { catalogue, json }
    }

    /// The words that do not depend on whoever reads.
    pub fn in_english(&self) -> Catalogue {
        Catalogue::new(Language::En)
    }

    /// Tables and JSON. A reader who has seen enough and closed the pipe is no failure.
    pub fn out(&self, text: &str) -> Result<(), Failure> {
        // In JSON what steers a terminal is escaped.
        let text = if self.json { text.to_string() } else { printable(text) };
        self.out_as_it_is(text.as_bytes())
    }

    /// What is nobody's words but a program's text, such as a script.
    pub fn out_as_it_is(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut stdout = std::io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::inside(Message::new("stdout-failed").text("reason", error)))
            }
            _ => Ok(()),
        }
    }

    /// Text for people; names of files and of people in it cannot steer the terminal.
    pub fn err(&self, text: &str) {
        self.styled(&printable(text));
    }

    /// Text for people that may have colours of ours. If stderr is gone, there is nobody to tell.
    pub fn styled(&self, text: &str) {
        let mut stderr = std::io::stderr().lock();
        let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
    }

    /// A message for people, on lines of its own.
    pub fn tell(&self, message: &Message) {
        self.err(&format!("{}\n", self.catalogue.say(message)));
    }

    /// Whether text for people may be coloured.
    pub fn colour(&self) -> bool {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        std::io::stderr().is_terminal() && !unwanted
    }

    /// Columns of the terminal that shows the tables; `None` where they go to a file or a pipe.
    pub fn width(&self) -> Option<usize> {
        terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0))
    }

    /// Columns of the terminal that shows the text for people.
    pub fn width_for_people(&self) -> Option<usize> {
        terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0))
    }
}
