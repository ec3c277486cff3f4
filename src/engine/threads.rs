//! How many threads the program works on: its own pool, of a size that no environment can make silly.

use std::num::NonZero;
use std::thread::available_parallelism;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// Threads per core, at most: more only wait for each other.
const PER_CORE_MAX: usize = 4;

/// Sets up the pool that everything works on; `wanted` is what the environment asks for. Later calls
/// change nothing.
pub fn prepare(wanted: Option<&str>) {
    let cores = available_parallelism().map_or(1, NonZero::get);
    // The pool is there already where somebody else set one up, as tests do.
    let _ = ThreadPoolBuilder::new().num_threads(count(wanted, cores)).build_global();
}

/// A pool of so many threads, else of as many as everything works on.
///
/// # Errors
/// The system has no more threads to give.
pub fn pool(threads: Option<usize>) -> Result<ThreadPool, ThreadPoolBuildError> {
    let threads = threads.unwrap_or_else(rayon::current_num_threads);
    ThreadPoolBuilder::new().num_threads(threads).build()
}

/// A thread for each core, unless fewer or somewhat more are asked for in a whole number.
fn count(wanted: Option<&str>, cores: usize) -> usize {
    let most = cores.saturating_mul(PER_CORE_MAX);
    let wanted = wanted.map(str::trim).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    match wanted.map(str::parse::<u128>) {
        Some(Ok(threads)) if threads > 0 => usize::try_from(threads).unwrap_or(most).min(most),
        _ => cores,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wish_makes_more_threads_than_are_of_use() {
        assert_eq!(count(None, 2), 2);
        for silly in ["0", "-1", "", "many", "1.5"] {
            assert_eq!(count(Some(silly), 2), 2, "{silly}");
        }
        assert_eq!(count(Some("1"), 2), 1);
        assert_eq!(count(Some(" 3 "), 2), 3);
        for large in ["99999999999", "340282366920938463463374607431768211455"] {
            assert_eq!(count(Some(large), 2), 8, "{large}");
        }
    }
}
