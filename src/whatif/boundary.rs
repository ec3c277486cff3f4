//! The largest value that still passes, by bisection.
//!
//! For what is known to pass below whatever passes; `engine::largest` is for the rest. Both sides of the
//! boundary are tested, never inferred: the value passes, the next one does not.

/// Where passing ends, as positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Boundary {
    /// The last that passes; `None`: not even the first does.
    pub last: Option<usize>,
    /// The first that does not; `None`: all pass.
    pub next: Option<usize>,
}

/// Looks for the boundary among `count` positions, going out from `start` in growing steps. `None` as
/// soon as a test has no answer.
pub fn find(count: usize, start: usize, test: &mut dyn FnMut(usize) -> Option<bool>) -> Option<Boundary> {
    if count == 0 {
        return Some(Boundary { last: None, next: None });
    }
    let (mut last, mut next) = (None, None);
    let mut at = start.min(count - 1);
    let mut step = 1;
    loop {
        if test(at)? {
            last = Some(at);
            if next.is_some() || at == count - 1 {
                break;
            }
            at = (at + step).min(count - 1);
        } else {
            next = Some(at);
            if last.is_some() || at == 0 {
                break;
            }
            at = at.saturating_sub(step);
        }
        step *= 2;
    }
    if let (Some(mut low), Some(mut high)) = (last, next) {
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if test(middle)? { low = middle } else { high = middle }
        }
        (last, next) = (Some(low), Some(high));
    }
    Some(Boundary { last, next })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bisection_finds_what_looking_at_all_finds(count in 0usize..200, passing in 0usize..200, start in 0usize..300) {
            let passing = passing.min(count);
            let mut tested = Vec::new();
            let found = find(count, start, &mut |at| { tested.push(at); Some(at < passing) }).unwrap();
            let last = passing.checked_sub(1);
            let next = (passing < count).then_some(passing);
            prop_assert_eq!(found, Boundary { last, next });
            for side in last.into_iter().chain(next) {
                prop_assert!(tested.contains(&side), "{} was inferred", side);
            }
            prop_assert!(tested.len() <= 20);
        }
    }

    #[test]
    fn without_an_answer_there_is_no_boundary() {
        assert_eq!(find(10, 0, &mut |at| (at < 3).then_some(true)), None);
    }
}
