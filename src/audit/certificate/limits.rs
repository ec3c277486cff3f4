//! How much a re-check may take before it says that it was not finished.

use std::sync::atomic::{AtomicU64, Ordering};

/// Steps of a search between two looks at the clock; well under a millisecond.
const STEPS_UNTIMED: u64 = 1 << 12;

/// What a re-check may take.
pub struct Limits<'l> {
    /// Bytes of what is kept between the steps of a certificate.
    pub bytes: u64,
    /// Steps of all searches together: a bound that does not depend on the machine.
    pub steps: u64,
    /// Whether time is up.
    pub stopped: &'l (dyn Fn() -> bool + Sync),
}

impl Default for Limits<'_> {
    fn default() -> Self {
        Self { bytes: Self::BYTES, steps: Self::STEPS, stopped: &|| false }
    }
}

impl Limits<'_> {
    /// Half a gigabyte.
    pub const BYTES: u64 = 1 << 29;
    /// Some minutes of one processor.
    pub const STEPS: u64 = 20_000_000_000;
}

/// Which limit ended a re-check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Time,
    Steps,
    Memory,
}

/// What has been taken so far.
pub struct Meter<'l> {
    limits: &'l Limits<'l>,
    bytes: AtomicU64,
    steps: AtomicU64,
}

impl<'l> Meter<'l> {
    pub fn new(limits: &'l Limits<'l>) -> Self {
        Self { limits, bytes: AtomicU64::new(0), steps: AtomicU64::new(0) }
    }

    /// Whether everything may be kept, since the answer is needed.
    pub fn is_unlimited(&self) -> bool {
        self.limits.bytes == u64::MAX
    }

    /// Notes that so many numbers are kept.
    pub fn keep(&self, numbers: usize) -> Result<(), Limit> {
        let more = (numbers * size_of::<i64>()) as u64;
        let before = self.bytes.fetch_add(more, Ordering::Relaxed);
        if before.saturating_add(more) > self.limits.bytes { Err(Limit::Memory) } else { Ok(()) }
    }

    /// Notes that so much has been looked at.
    pub fn look(&self, steps: u64) -> Result<(), Limit> {
        let before = self.steps.fetch_add(steps, Ordering::Relaxed);
        let after = before.saturating_add(steps);
        if after > self.limits.steps {
            return Err(Limit::Steps);
        }
        let is_due = before / STEPS_UNTIMED != after / STEPS_UNTIMED;
        if is_due && (self.limits.stopped)() { Err(Limit::Time) } else { Ok(()) }
    }
}
