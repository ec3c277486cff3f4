//! Whether a past is the beginning of a course's pattern.
//!
//! An entry's pieces may come in any order, so the search goes over how many pieces of each kind are used: that
//! also says how many months are done, whatever the order.

use std::collections::BTreeSet;

use super::model::{Part, Pattern, SelectorIx};
use super::place::Place;
use crate::calendar::Month;

/// Where somebody was in a month of the pattern that is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Past {
    At(Place, Month),
    /// With a seat to take, and nowhere.
    Free,
    /// On leave without a seat: whatever the pattern asks for passes.
    Away,
}

/// Whether a selector means a place in a month.
pub(super) type Selects<'a> = &'a dyn Fn(SelectorIx, Place, Month) -> bool;

impl Part {
    /// Into how many pieces it is cut.
    pub(super) fn pieces(&self) -> u32 {
        self.step.map_or(1, |step| self.months / step.max(1))
    }

    /// Whether the months can be a piece of the part, or the beginning of one.
    fn fits(&self, months: &[Past], selects: Selects<'_>) -> bool {
        let mut known = months.iter().filter(|month| **month != Past::Away);
        let Some(selector) = self.place else { return known.all(|month| *month == Past::Free) };
        let mut first: Option<Place> = None;
        known.all(|month| {
            let Past::At(place, when) = *month else { return false };
            let before = *first.get_or_insert(place);
            // In one piece at a facility the section may change; a piece of a part that is cut is at one place.
            let stays = if self.step.is_some() { place == before } else { place.facility == before.facility };
            stays && selects(selector, place, when)
        })
    }
}

impl Pattern {
    /// Whether the months can be the beginning of the pattern.
    pub(super) fn begins_with(&self, past: &[Past], selects: Selects<'_>) -> bool {
        let mut rest = past;
        for parts in &self.entries {
            let months: u32 = parts.iter().map(|part| part.months).sum();
            let (now, later) = rest.split_at(rest.len().min(months as usize));
            if !begins(now, parts, selects) {
                return false;
            }
            rest = later;
        }
        rest.is_empty()
    }
}

/// Whether the months are the beginning of the parts' pieces in some order.
fn begins(months: &[Past], parts: &[Part], selects: Selects<'_>) -> bool {
    // Equal parts of one piece are so many pieces of one kind.
    let mut kinds: Vec<(Part, u32)> = Vec::new();
    for part in parts {
        match kinds.iter_mut().find(|(kind, _)| kind == part) {
            Some((_, pieces)) => *pieces += part.pieces(),
            None => kinds.push((*part, part.pieces())),
        }
    }
    let length = |part: &Part| part.step.unwrap_or(part.months) as usize;
    let mut open = BTreeSet::from([vec![0u32; kinds.len()]]);
    let mut seen = open.clone();
    while let Some(used) = open.pop_first() {
        let done: usize =
            kinds.iter().zip(&used).map(|((part, _), used)| length(part) * *used as usize).sum();
        let Some(rest) = months.get(done..).filter(|rest| !rest.is_empty()) else { return true };
        for (at, (part, pieces)) in kinds.iter().enumerate() {
            let piece = &rest[..rest.len().min(length(part))];
            if used[at] == *pieces || !part.fits(piece, selects) {
                continue;
            }
            let mut next = used.clone();
            next[at] += 1;
            if seen.insert(next.clone()) {
                open.insert(next);
            }
        }
    }
    false
}
