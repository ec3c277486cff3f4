//! A library that lies, for tests: an honest one whose answers are spoilt at chosen calls.
//!
//! It stands at the boundary of `backend`, where a real library would: whatever is wrong with its
//! answers passes the same checks as theirs, and nothing behind the boundary knows of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::backend::{self, Backend, Outcome, Program};

/// What is told instead of the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// No values at all, whatever there are. Also what good_lp makes of "unbounded or infeasible".
    Infeasible,
    /// Out of time without values.
    Stopped,
    /// Anything else that has no values, "unbounded" among it.
    Unbounded,
    /// The true values, said to be what there was when the time was up.
    CutShort,
    /// The worst values there are, said to be optimal.
    WorstAsBest,
    /// The worst values there are, said to be what there was when some limit was reached.
    WorstAtLimit,
    /// Halves of the true values.
    Fractional,
    NotANumber,
    Infinite,
    /// Values far outside the variables' bounds.
    OutOfRange,
    /// All variables at their upper bounds: within the bounds, against the constraints.
    AgainstConstraints,
    /// Fewer values than variables.
    Missing,
    /// The library gives up with a panic.
    Panic,
}

impl Lie {
    pub const ALL: [Self; 13] = [
        Self::Infeasible,
        Self::Stopped,
        Self::Unbounded,
        Self::CutShort,
        Self::WorstAsBest,
        Self::WorstAtLimit,
        Self::Fractional,
        Self::NotANumber,
        Self::Infinite,
        Self::OutOfRange,
        Self::AgainstConstraints,
        Self::Missing,
        Self::Panic,
    ];
}

/// Which calls are lied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Never,
    /// This call, from 0.
    Call(usize),
    /// This call and every one after it.
    From(usize),
    /// Every call with whole variables.
    Whole,
    Always,
}

#[derive(Debug)]
pub struct Liar {
    pub lie: Lie,
    pub when: When,
    /// The library that is asked for a second opinion.
    pub confirmed_by: Option<Backend>,
    calls: AtomicUsize,
}

/// One is another only if it is the same.
impl PartialEq for Liar {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Liar {}

impl Liar {
    /// It lives as long as the tests do, as the thread that a call may be left on demands.
    pub fn backend(lie: Lie, when: When, confirmed_by: Option<Backend>) -> (Backend, &'static Self) {
        let liar = Box::leak(Box::new(Self { lie, when, confirmed_by, calls: AtomicUsize::new(0) }));
        (Backend::Lying(liar), liar)
    }

    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    pub fn answer(&self, program: &Program, time: Option<Duration>) -> Outcome {
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        let lies = match self.when {
            When::Never => false,
            When::Call(number) => number == call,
            When::From(number) => number <= call,
            When::Whole => program.columns.iter().any(|column| column.whole),
            When::Always => true,
        };
        let honest = backend::solve(Backend::Microlp, program, time);
        if lies { self.spoil(program, honest) } else { honest }
    }

    fn spoil(&self, program: &Program, honest: Outcome) -> Outcome {
        match (self.lie, honest) {
            (Lie::Infeasible, _) => Outcome::Infeasible,
            (Lie::Stopped, _) => Outcome::Stopped,
            (Lie::Unbounded, _) => Outcome::Failed("unbounded".into()),
            (Lie::CutShort, Outcome::Optimal(values)) => Outcome::Feasible(values),
            (Lie::WorstAsBest, _) => worst(program),
            (Lie::WorstAtLimit, _) => match worst(program) {
                Outcome::Optimal(values) => Outcome::Feasible(values),
                other => other,
            },
            (Lie::Fractional, Outcome::Optimal(values)) => {
                Outcome::Optimal(values.iter().map(|value| value / 2.0).collect())
            }
            (Lie::NotANumber, _) => every(program, |_| f64::NAN),
            (Lie::Infinite, _) => every(program, |_| f64::INFINITY),
            (Lie::OutOfRange, _) => every(program, |at| if at % 2 == 0 { 1e300 } else { -1e300 }),
            (Lie::AgainstConstraints, _) => every(program, |at| program.columns[at].max),
            (Lie::Missing, _) => Outcome::Optimal(vec![0.0; program.columns.len() / 2]),
            // As a panic, but without words on the terminal.
            (Lie::Panic, _) => std::panic::resume_unwind(Box::new("the library gave up")),
            (Lie::CutShort | Lie::Fractional, honest) => honest,
        }
    }
}

fn every(program: &Program, value: impl Fn(usize) -> f64) -> Outcome {
    Outcome::Optimal((0..program.columns.len()).map(value).collect())
}

/// The best values for the opposite objective.
fn worst(program: &Program) -> Outcome {
    let mut opposite = program.clone();
    opposite.columns.iter_mut().for_each(|column| column.weight = -column.weight);
    backend::solve(Backend::Microlp, &opposite, None)
}
