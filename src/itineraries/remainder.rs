//! What is left of a course pattern at some point of course time.
//!
//! The parts of an entry may come in any order, so what is left of it is a multiset of parts; after it
//! come whole entries. A part with a step comes in pieces of so many months: one of them is next, and the part is
//! left with fewer months. Remainders are known by number, and two patterns that have the same things left have
//! the same number: everything after is then drawn once.

use std::collections::{BTreeSet, HashMap};

use crate::scenario::{Part, Pattern};

/// A remainder's number.
pub type Rest = u32;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Parts {
    /// Of the year under way, ascending.
    own: Vec<Part>,
    /// Years after it.
    years: Vec<Vec<Part>>,
}

/// The remainders met so far.
#[derive(Debug, Default)]
pub struct Remainders {
    list: Vec<Parts>,
    numbers: HashMap<Parts, Rest>,
    /// Per remainder, once asked for: the parts that may come next and what is left after each.
    next: Vec<Option<Vec<(Part, Rest)>>>,
}

impl Remainders {
    pub fn of_pattern(&mut self, pattern: &Pattern) -> Rest {
        self.number(Vec::new(), &pattern.entries)
    }

    /// The parts and pieces of parts that may come next, each once, with what is left after it; none at the pattern's end.
    pub fn next(&mut self, rest: Rest) -> Vec<(Part, Rest)> {
        if let Some(known) = &self.next[rest as usize] {
            return known.clone();
        }
        let Parts { own, years } = self.list[rest as usize].clone();
        let mut next = Vec::new();
        for (at, &part) in own.iter().enumerate() {
            if at > 0 && own[at - 1] == part {
                continue; // the same part first: the same careers
            }
            let mut after = own.clone();
            let left = part.months.saturating_sub(part.step.unwrap_or(part.months));
            match left {
                0 => _ = after.remove(at),
                months => after[at].months = months,
            }
            next.push((Part { months: part.months - left, ..part }, self.number(after, &years)));
        }
        self.next[rest as usize] = Some(next.clone());
        next
    }

    fn number(&mut self, mut own: Vec<Part>, mut years: &[Vec<Part>]) -> Rest {
        while own.is_empty()
            && let Some((first, later)) = years.split_first()
        {
            own.clone_from(first);
            years = later;
        }
        own.sort_unstable();
        let parts = Parts { own, years: years.to_vec() };
        let number = self.list.len() as Rest;
        if let Some(&known) = self.numbers.get(&parts) {
            return known;
        }
        self.numbers.insert(parts.clone(), number);
        self.list.push(parts);
        self.next.push(None);
        number
    }

    /// Every part or piece that can come anywhere from these remainders on, with its first position and the one after the
    /// last, as far as `end`.
    pub fn parts(&mut self, firsts: &[Rest], end: u32) -> Vec<(Part, u32, u32)> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<(Rest, u32)> = firsts.iter().map(|&rest| (rest, 0)).collect();
        while let Some((rest, from)) = waiting.pop() {
            if from >= end || !seen.insert((rest, from)) {
                continue;
            }
            for (part, after) in self.next(rest) {
                let until = from.saturating_add(part.months).min(end);
                found.insert((part, from, until));
                waiting.push((after, from.saturating_add(part.months)));
            }
        }
        found.into_iter().collect()
    }
}
