//! Asking a library that cannot be interrupted.
//!
//! It runs on a thread of its own, which is left behind once no time is left. Threads left behind are
//! counted; where there are many, nothing new is asked before one of them has ended.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::backend::{self, Outcome, Program};
use super::pool::Context;

/// Programs with fewer constraints and no whole variables are solved on the spot.
const QUICK_CONSTRAINTS: usize = 5_000;
/// Threads left behind, at most, before another question is put off.
const LEFT_MAX: usize = 8;
/// How often the time is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(10);

/// Threads that nobody waits for any more and that have not ended.
static LEFT: AtomicUsize = AtomicUsize::new(0);

/// Where a thread is; both sides look at it under its lock, so that it is counted once and released once.
#[derive(PartialEq, Eq)]
enum State {
    Awaited,
    Left,
    Ended,
}

/// Marks the end of a thread, however it ends.
struct End(Arc<Mutex<State>>);

impl Drop for End {
    fn drop(&mut self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if *state == State::Left {
            LEFT.fetch_sub(1, Ordering::SeqCst);
        }
        *state = State::Ended;
    }
}

/// The library panicked, which is its business and no reason to lose what was found so far.
fn gave_up() -> Outcome {
    Outcome::Failed("the library stopped without an answer".into())
}

/// Solves a program, but returns `None` as soon as no time is left.
pub fn patiently(context: Context<'_>, program: &Program) -> Option<Outcome> {
    let Context { backend, time_left, .. } = context;
    let left = time_left();
    if context.stopped() {
        return None;
    }
    let whole = program.columns.iter().any(|column| column.whole);
    if !whole && program.constraints.len() < QUICK_CONSTRAINTS {
        let solve = AssertUnwindSafe(|| backend::solve(backend, program, left));
        return Some(catch_unwind(solve).unwrap_or_else(|_| gave_up()));
    }
    while LEFT.load(Ordering::SeqCst) >= LEFT_MAX {
        std::thread::sleep(GLANCE);
        if context.stopped() {
            return None;
        }
    }
    let left = time_left();
    let (sender, receiver) = mpsc::channel();
    let state = Arc::new(Mutex::new(State::Awaited));
    let (copy, end) = (program.clone(), End(Arc::clone(&state)));
    std::thread::spawn(move || {
        let _end = end;
        let _ = sender.send(backend::solve(backend, &copy, left));
    });
    loop {
        match receiver.recv_timeout(GLANCE) {
            Ok(outcome) => return Some(outcome),
            Err(mpsc::RecvTimeoutError::Disconnected) => return Some(gave_up()),
            Err(mpsc::RecvTimeoutError::Timeout) if context.stopped() => {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                if *state == State::Awaited {
                    *state = State::Left;
                    LEFT.fetch_add(1, Ordering::SeqCst);
                }
                return None;
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
    }
}
