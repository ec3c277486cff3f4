//! A solve under way: the time it has, Ctrl-C, and what a terminal shows meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use crate::output::progress::{json_line, words};
use crate::solve::Progress;

/// How often the terminal shows that the program is alive.
const TICK: Duration = Duration::from_millis(100);
/// The exit code shells give to a program ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

/// The time a solve may take.
pub struct Clock {
    started: Instant,
    limit: Option<Duration>,
    interrupted: Arc<AtomicBool>,
}

impl Clock {
    /// Starts the clock and listens for Ctrl-C: once stops the solve with what there is, twice ends
    /// the program.
    pub fn start(limit: Option<Duration>) -> Self {
        let interrupted = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&interrupted);
        // Where no handler can be set, Ctrl-C ends the program at once, as everywhere.
        let _ = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) {
                std::process::exit(INTERRUPTED);
            }
        });
        Self { started: Instant::now(), limit, interrupted }
    }

    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// What is left; nothing once Ctrl-C was pressed.
    pub fn time_left(&self) -> Option<Duration> {
        if self.interrupted.load(Ordering::SeqCst) {
            return Some(Duration::ZERO);
        }
        self.limit.map(|limit| limit.saturating_sub(self.elapsed()))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_out_and_ctrl_c_takes_all_of_it() {
        let clock = |limit| Clock { started: Instant::now(), limit, interrupted: Arc::default() };
        assert_eq!(clock(None).time_left(), None);
        assert_eq!(clock(Some(Duration::ZERO)).time_left(), Some(Duration::ZERO));
        let long = clock(Some(Duration::from_secs(1000)));
        assert!(long.time_left() > Some(Duration::from_secs(900)));
        long.interrupted.store(true, Ordering::SeqCst);
        assert_eq!(long.time_left(), Some(Duration::ZERO));
    }
}
