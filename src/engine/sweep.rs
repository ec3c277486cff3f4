//! Many questions of one run, answered side by side.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::session::Session;

/// Answers the questions at these positions on the threads of the pool it is called in, and gives the
/// answers in their order. Once the session is cancelled or an answer fails no more are begun; `one` says
/// `None` to a question that was broken off.
///
/// # Errors
/// The first failure, by position.
pub fn sweep<A: Send, E: Send>(
    positions: Vec<usize>,
    session: &Session<'_>,
    one: impl Fn(usize) -> Result<Option<A>, E> + Sync,
) -> Result<Vec<A>, E> {
    let failed = AtomicBool::new(false);
    let unless_over = |position| {
        if session.is_cancelled() || failed.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let answer = one(position);
        failed.fetch_or(answer.is_err(), Ordering::Relaxed);
        answer
    };
    let answers = positions.into_par_iter().with_max_len(1).map(unless_over);
    let answers: Vec<Option<A>> = answers.collect::<Result<_, E>>()?;
    Ok(answers.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_order_and_what_was_broken_off_is_missing() {
        let session = Session::default();
        let odd = |at: usize| Ok::<_, ()>((at % 2 == 1).then_some(at * 10));
        assert_eq!(sweep((0..7).collect(), &session, odd), Ok(vec![10, 30, 50]));
        let at_3 = |at: usize| if at == 3 { Err(at) } else { Ok(Some(at)) };
        assert_eq!(sweep((0..100).collect(), &session, at_3), Err(3));
        session.cancellation().store(true, Ordering::SeqCst);
        assert_eq!(sweep((0..100).collect(), &session, at_3), Ok(Vec::new()));
    }
}
