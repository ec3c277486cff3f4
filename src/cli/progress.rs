//! A solve under way: Ctrl-C, and what a terminal shows meanwhile.

use std::sync::atomic::Ordering;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use crate::engine::Session;
use crate::output::progress::{json_line, words};
use crate::solve::Progress;

/// How often the terminal shows that the program is alive.
const TICK: Duration = Duration::from_millis(100);
/// The exit code shells give to a program ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

/// Starts a session that Ctrl-C ends: once stops the solve with what there is, twice ends the program.
pub fn interruptible(limit: Option<Duration>) -> Session<'static> {
    let session = Session::new(limit);
    let cancelled = session.cancellation();
    // Where no handler can be set, Ctrl-C ends the program at once, as everywhere.
    let _ = ctrlc::set_handler(move || {
        if cancelled.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
    });
    session
}

/// One line on stderr while a solve runs; nothing where stderr is not a terminal. With `--json` a line
/// of JSON for every step instead, so that a program can follow.
pub struct ProgressLine<'a> {
    console: &'a Console,
    bar: ProgressBar,
}

impl<'a> ProgressLine<'a> {
    pub fn new(console: &'a Console) -> Self {
        let target = if console.json { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}") {
            bar.set_style(style.tick_chars("|/-\\ "));
        }
        bar.enable_steady_tick(TICK);
        Self { console, bar }
    }

    pub fn show(&self, progress: &Progress) {
        if self.console.json {
            self.console.err(&json_line(progress, &self.console.catalogue));
        } else if !self.bar.is_hidden() {
            self.bar.set_message(self.console.catalogue.say(&words(progress)));
        }
    }

    /// Clears the line.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}
