//! The largest (or smallest) value of a number that holds, whatever holds in between.
//!
//! Nothing is assumed of the values between two others. What is claimed of a value was asked, or follows
//! from a value that was: `implies(a, b)` says that it is *proved* that `b` holds if `a` does ([`order`]
//! proves it from the two scenarios). Where nothing follows from anything, every value is asked. What
//! comes out is the whole picture: the value looked for, and every value on its way to the other end that
//! does not hold. It does not depend on where the search began, and so not on the present value.
//!
//! Values are positions, ascending. [`search`] goes up in growing steps and halves what lies between, so
//! where every value implies all easier ones it asks as few questions as bisection.
//!
//! [`order`]: super::order

/// Which end of what holds is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Largest,
    Smallest,
}

impl End {
    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Largest => "largest",
            Self::Smallest => "smallest",
        }
    }
}

/// What is known of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Holds,
    Fails,
    /// With this value there is nothing to ask: it is no scenario.
    NoScenario,
    /// Not known in the time given.
    Open,
}

/// What is known of every value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    end: End,
    /// By position.
    pub verdicts: Vec<Verdict>,
}

impl Found {
    /// The value looked for, as far as is known; `None`: none is known to hold.
    pub fn best(&self) -> Option<usize> {
        self.outwards().find(|&at| self.verdicts[at] == Verdict::Holds)
    }

    /// Whether no value beyond [`Found::best`] is open.
    pub fn is_settled(&self) -> bool {
        self.beyond().all(|at| self.verdicts[at] != Verdict::Open)
    }

    /// The nearest value beyond the best that was found not to hold; from all values, without a best.
    pub fn next(&self) -> Option<usize> {
        let mut beyond: Vec<usize> = self.beyond().collect();
        beyond.reverse();
        beyond.into_iter().find(|&at| self.verdicts[at] == Verdict::Fails)
    }

    /// Values on the other side of the best with a verdict; none without a best.
    pub fn behind(&self, verdict: Verdict) -> Vec<usize> {
        let Some(best) = self.best() else { return Vec::new() };
        let is_behind = |at: &usize| match self.end {
            End::Largest => *at < best,
            End::Smallest => *at > best,
        };
        self.all(verdict).into_iter().filter(is_behind).collect()
    }

    /// All values with a verdict, ascending.
    pub fn all(&self, verdict: Verdict) -> Vec<usize> {
        (0..self.verdicts.len()).filter(|&at| self.verdicts[at] == verdict).collect()
    }

    /// From the end that is looked for to the other.
    fn outwards(&self) -> Box<dyn Iterator<Item = usize>> {
        let all = 0..self.verdicts.len();
        match self.end {
            End::Largest => Box::new(all.rev()),
            End::Smallest => Box::new(all),
        }
    }

    /// The values beyond the best, from the end inwards.
    fn beyond(&self) -> impl Iterator<Item = usize> {
        let best = self.best();
        self.outwards().take_while(move |at| Some(*at) != best)
    }
}

/// What stops a search: nothing is known of what has not been asked by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// Finds out about `count` values.
///
/// `ask` tells of one position; it is asked at most once of each. Whatever it answers counts, also that
/// time is up. `implies(a, b)`: it is proved that `b` holds if `a` does.
pub fn search(
    count: usize,
    end: End,
    implies: &dyn Fn(usize, usize) -> bool,
    ask: &mut dyn FnMut(usize) -> Result<Verdict, Stopped>,
) -> Found {
    // Within the search the end looked for is always the last position.
    let at = |position: usize| match end {
        End::Largest => position,
        End::Smallest => count - 1 - position,
    };
    let mut known = Known { verdicts: vec![None; count], at: &at, implies, ask };
    // Stopped or not, what is known by then is what there is.
    _ = known.upwards().and_then(|()| known.downwards());
    let mut verdicts = vec![Verdict::Open; count];
    for (position, verdict) in known.verdicts.iter().enumerate() {
        verdicts[at(position)] = verdict.unwrap_or(Verdict::Open);
    }
    Found { end, verdicts }
}

struct Known<'a> {
    verdicts: Vec<Option<Verdict>>,
    at: &'a dyn Fn(usize) -> usize,
    implies: &'a dyn Fn(usize, usize) -> bool,
    ask: &'a mut dyn FnMut(usize) -> Result<Verdict, Stopped>,
}

impl Known<'_> {
    /// Until nothing beyond the last that holds is unasked.
    fn upwards(&mut self) -> Result<(), Stopped> {
        let mut step = 1;
        loop {
            let last = self.verdicts.iter().rposition(|verdict| *verdict == Some(Verdict::Holds));
            let first = last.map_or(0, |last| last + 1);
            // What lies below the first that does not hold is halved, what lies above is gone through in
            // growing steps.
            let edge = (first..self.verdicts.len())
                .find(|&at| matches!(self.verdicts[at], Some(Verdict::Fails | Verdict::Open)));
            let within = self.unasked(first, edge.unwrap_or(self.verdicts.len()));
            let next = match edge {
                Some(_) if !within.is_empty() => within[within.len() / 2],
                _ => {
                    let beyond = self.unasked(first, self.verdicts.len());
                    let Some(most) = beyond.len().checked_sub(1) else { return Ok(()) };
                    let next = beyond[(step - 1).min(most)];
                    step = step.saturating_mul(2);
                    next
                }
            };
            self.settle(next)?;
        }
    }

    /// Until nothing below it is unasked.
    fn downwards(&mut self) -> Result<(), Stopped> {
        loop {
            let unasked = self.unasked(0, self.verdicts.len());
            let Some(&next) = unasked.get(unasked.len() / 2) else { return Ok(()) };
            self.settle(next)?;
        }
    }

    fn unasked(&self, from: usize, to: usize) -> Vec<usize> {
        (from..to).filter(|&at| self.verdicts[at].is_none()).collect()
    }

    /// Asks about a position and draws every conclusion.
    fn settle(&mut self, position: usize) -> Result<(), Stopped> {
        let verdict = (self.ask)((self.at)(position))?;
        self.verdicts[position] = Some(verdict);
        for other in self.unasked(0, self.verdicts.len()) {
            let implied = match verdict {
                Verdict::Holds => (self.implies)((self.at)(position), (self.at)(other)),
                // What is at least as hard fails as well; after an open one it would only cost as much
                // time again.
                Verdict::Fails | Verdict::Open => (self.implies)((self.at)(other), (self.at)(position)),
                Verdict::NoScenario => false,
            };
            if implied {
                self.verdicts[other] = Some(verdict);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Searches among values of which each holds or not, with an order among them; how many were asked.
    fn searched(holds: &[bool], end: End, implies: &dyn Fn(usize, usize) -> bool) -> (Found, usize) {
        let mut asked = vec![false; holds.len()];
        let found = search(holds.len(), end, implies, &mut |at| {
            assert!(!std::mem::replace(&mut asked[at], true), "{at} was asked twice");
            Ok(if holds[at] { Verdict::Holds } else { Verdict::Fails })
        });
        (found, asked.iter().filter(|asked| **asked).count())
    }

    fn verdicts(holds: &[bool]) -> Vec<Verdict> {
        holds.iter().map(|holds| if *holds { Verdict::Holds } else { Verdict::Fails }).collect()
    }

    proptest! {
        #[test]
        fn without_an_order_every_value_is_asked(holds in proptest::collection::vec(any::<bool>(), 0..40)) {
            for end in [End::Largest, End::Smallest] {
                let (found, asked) = searched(&holds, end, &|_, _| false);
                prop_assert_eq!(&found.verdicts, &verdicts(&holds));
                prop_assert_eq!(asked, holds.len());
                let best = match end {
                    End::Largest => holds.iter().rposition(|holds| *holds),
                    End::Smallest => holds.iter().position(|holds| *holds),
                };
                prop_assert_eq!(found.best(), best);
                prop_assert!(found.is_settled());
            }
        }

        /// Where more is only ever harder, or only ever easier, a few questions are enough.
        #[test]
        fn with_an_order_few_are_asked(count in 1usize..500, passing in 0usize..500, rising: bool) {
            let passing = passing.min(count);
            let holds: Vec<bool> = (0..count).map(|at| (at < passing) != rising).collect();
            let easier = |a: usize, b: usize| if rising { a <= b } else { b <= a };
            for end in [End::Largest, End::Smallest] {
                let (found, asked) = searched(&holds, end, &easier);
                prop_assert_eq!(&found.verdicts, &verdicts(&holds));
                prop_assert!(asked <= 20, "{} asked", asked);
            }
        }

        /// A partial order: what it proves is never asked, and what it does not prove always is.
        #[test]
        fn a_partial_order_proves_what_it_can(
            demands in proptest::collection::vec((0u8..6, 0u8..6), 0..30),
            limits in (0u8..6, 0u8..6),
        ) {
            let holds: Vec<bool> =
                demands.iter().map(|demand| demand.0 <= limits.0 && demand.1 <= limits.1).collect();
            let implies = |a: usize, b: usize| demands[b].0 <= demands[a].0 && demands[b].1 <= demands[a].1;
            for end in [End::Largest, End::Smallest] {
                let (found, _) = searched(&holds, end, &implies);
                prop_assert_eq!(&found.verdicts, &verdicts(&holds));
            }
        }

        /// Cut short anywhere, nothing is said that was not found.
        #[test]
        fn a_search_cut_short_says_what_is_known(
            holds in proptest::collection::vec(any::<bool>(), 1..30),
            questions in 0usize..30,
        ) {
            let mut asked = Vec::new();
            let found = search(holds.len(), End::Largest, &|_, _| false, &mut |at| {
                if asked.len() == questions {
                    return Err(Stopped);
                }
                asked.push(at);
                Ok(if holds[at] { Verdict::Holds } else { Verdict::Fails })
            });
            for (at, verdict) in found.verdicts.iter().enumerate() {
                let expected = match (asked.contains(&at), holds[at]) {
                    (false, _) => Verdict::Open,
                    (true, true) => Verdict::Holds,
                    (true, false) => Verdict::Fails,
                };
                prop_assert_eq!(*verdict, expected);
            }
            if found.is_settled() {
                prop_assert_eq!(found.best(), holds.iter().rposition(|holds| *holds));
            }
        }
    }

    #[test]
    fn holes_and_what_is_no_scenario_are_told() {
        // 0 is no scenario, 1–9 and 11 hold, 10 does not.
        let found = search(20, End::Largest, &|a, b| b <= a && b != 10, &mut |at| {
            Ok(match at {
                0 => Verdict::NoScenario,
                1..=9 | 11 => Verdict::Holds,
                _ => Verdict::Fails,
            })
        });
        assert_eq!((found.best(), found.next()), (Some(11), Some(12)));
        assert_eq!(found.behind(Verdict::Fails), [10]);
        assert!(found.is_settled());
    }

    #[test]
    fn one_open_value_does_not_cost_the_time_of_all_beyond_it() {
        let mut asked = 0;
        let found = search(500, End::Largest, &|a, b| b <= a, &mut |at| {
            asked += 1;
            Ok(if at <= 93 { Verdict::Holds } else { Verdict::Open })
        });
        assert_eq!(found.best(), Some(93));
        assert!(!found.is_settled() && asked < 20, "{asked} asked");
        assert_eq!(found.all(Verdict::Open).len(), 406);
    }
}
