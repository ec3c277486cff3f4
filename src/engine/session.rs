//! The time a question may take, whether somebody still wants the answer, and who is told how far it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::solve::Progress;

/// One question under way. The only clock of the program: everything below asks for the time left.
///
/// ```
/// use std::sync::atomic::Ordering;
/// use std::time::Duration;
///
/// let session = kenshu::Session::new(Some(Duration::from_secs(10)));
/// session.cancellation().store(true, Ordering::SeqCst);
/// assert!(session.is_over());
/// ```
#[derive(Clone)]
pub struct Session<'a> {
    started: Instant,
    /// `None`: as long as it takes.
    deadline: Option<Instant>,
    cancelled: Arc<AtomicBool>,
    progress: Option<&'a (dyn Fn(&Progress) + Sync)>,
}

impl Default for Session<'_> {
    fn default() -> Self {
        Self::new(None)
    }
}

impl<'a> Session<'a> {
    /// Starts the clock; `None` is no limit, and so is one that no clock can reach.
    pub fn new(limit: Option<Duration>) -> Self {
        let started = Instant::now();
        let deadline = limit.and_then(|limit| started.checked_add(limit));
        Self { started, deadline, cancelled: Arc::default(), progress: None }
    }

    /// The same question with somebody who is told how far it is.
    #[doc(hidden)]
    pub fn with_progress<'b>(&self, progress: &'b (dyn Fn(&Progress) + Sync)) -> Session<'b> {
        Session {
            started: self.started,
            deadline: self.deadline,
            cancelled: Arc::clone(&self.cancelled),
            progress: Some(progress),
        }
    }

    /// A part of the question with a clock and a limit of its own, within the whole's.
    pub fn part(&self, limit: Option<Duration>) -> Session<'a> {
        let own = Self::new(limit);
        let deadline = self.deadline.into_iter().chain(own.deadline).min();
        Self { deadline, started: own.started, ..self.clone() }
    }

    /// Set to true, it ends the question and its parts with what there is.
    pub fn cancellation(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// What is left: `None` is no limit; nothing once it was cancelled.
    pub fn time_left(&self) -> Option<Duration> {
        if self.is_cancelled() {
            return Some(Duration::ZERO);
        }
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    pub fn is_over(&self) -> bool {
        self.time_left().is_some_and(|left| left.is_zero())
    }

    pub(crate) fn show(&self, progress: &Progress) {
        if let Some(show) = self.progress {
            show(progress);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_out_and_cancelling_takes_all_of_it() {
        assert_eq!(Session::default().time_left(), None);
        assert_eq!(Session::new(Some(Duration::MAX)).time_left(), None, "no clock gets there");
        assert!(Session::new(Some(Duration::ZERO)).is_over());
        let long = Session::new(Some(Duration::from_secs(1000)));
        assert!(long.time_left() > Some(Duration::from_secs(900)));
        let part = long.part(Some(Duration::from_secs(10)));
        assert!(part.time_left() <= Some(Duration::from_secs(10)));
        assert!(part.part(Some(Duration::from_secs(5000))).time_left() <= Some(Duration::from_secs(10)));
        long.cancellation().store(true, Ordering::SeqCst);
        assert!(long.is_over() && part.is_over());
    }
}
