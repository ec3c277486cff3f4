//! Places that may be visited once: what a diagram can leave to the search.
//!
//! A resident who is to be once in each of n sections has up to 2^n pasts that differ in nothing but where they were.
//! A diagram that forgets them has a path for every career, and paths that go somewhere twice besides
//! (*state-space relaxation*). What it forgets stands at its stays as *marks*: a path is a career if no two of its
//! stays have a mark in common, and what a stay needs was marked before. `search` sees to that.
//!
//! Forgotten are the rules of visits that allow one, the rules of length that pieces of a pattern keep by
//! themselves, and the orders that ask for a visit. It is done where nothing else can come in between: all months
//! are decided, have a seat and belong to the pattern, and all pieces at the places are of one length, of which two do not
//! make a stay.

use std::collections::{BTreeMap, BTreeSet};

use super::course_time::CourseTime;
use super::trackers::{Kind, Meaning, Possible, Trackers};
use crate::scenario::{Meanings, Place, SelectorIx};

/// Classes of places beyond which visits are forgotten: with fewer there are few pasts to tell apart.
pub const REMEMBERED_MAX: usize = 6;

/// Classes there is a mark for.
const MARKS: usize = u64::BITS as usize;

/// What a path has to look at in a stay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// No stay before has any of these, and from here on they are there.
    pub once: u64,
    /// Some stay before has each of these.
    pub needs: u64,
}

/// What a diagram leaves to the search.
#[derive(Debug, Clone, Default)]
pub(super) struct Once {
    /// Per place that may be visited once its class.
    classes: BTreeMap<Place, u32>,
    /// Places, and the class that has to be visited before anybody is there.
    orders: Vec<(SelectorIx, u32)>,
}

impl Once {
    /// Whether a stay at the place is over with its piece of the pattern.
    pub fn holds(&self, place: Place) -> bool {
        self.classes.contains_key(&place)
    }

    /// The marks of a stay at a place; `begins`: nobody was there just before.
    pub fn marks(&self, meanings: &Meanings<'_>, place: Place, begins: bool, time: &CourseTime) -> Marks {
        let once = self.classes.get(&place).filter(|_| begins).map_or(0, |class| 1 << class);
        let Some(month) = time.months.first() else { return Marks::default() };
        let is_then = |of: &&(SelectorIx, u32)| meanings.selects(of.0, place, month.month);
        let needs = self.orders.iter().filter(is_then).fold(0, |needs, (_, class)| needs | 1 << class);
        Marks { once, needs }
    }

    /// Takes what can be left to the search out of the trackers; `None` if that is little or nothing. `pieces`: the lengths
    /// of parts that can be at a place, nothing for one that need not be in one piece.
    pub fn forget(
        meanings: &Meanings<'_>,
        time: &CourseTime,
        trackers: &mut Trackers,
        possible: &Possible,
        pieces: &dyn Fn(Place) -> BTreeSet<Option<u32>>,
        remembered_max: usize,
    ) -> Option<Self> {
        let is_plain = time.months.iter().all(|month| month.decided && month.seat);
        if time.resigns || !is_plain || !time.extension().is_empty() {
            return None;
        }
        let month = time.months.first()?.month;
        let everywhere: BTreeSet<Place> = possible.places.iter().flatten().copied().collect();
        let places_of = |meaning: Meaning| -> Option<BTreeSet<Place>> {
            let Meaning::Selector(selector) = meaning else { return None };
            let selects = |place: &&Place| meanings.selects(selector, **place, month);
            meanings.is_constant(selector).then(|| everywhere.iter().filter(selects).copied().collect())
        };
        // Lengths that a piece keeps and two do not.
        let length_of: BTreeMap<Place, u32> = everywhere
            .iter()
            .filter_map(|&place| {
                let lengths: Vec<Option<u32>> = pieces(place).into_iter().collect();
                let [Some(length)] = lengths[..] else { return None };
                place.section.map(|_| (place, length))
            })
            .collect();
        let mut is_kept_by_pieces = vec![false; trackers.list.len()];
        let mut cannot_go_on: BTreeSet<Place> = BTreeSet::new();
        for (at, tracker) in trackers.list.iter().enumerate() {
            let Kind::Length { min, max: Some(max), step, .. } = tracker.kind else { continue };
            let Some(places) = places_of(tracker.meaning).filter(|_| tracker.by_section) else { continue };
            let length = |place: &Place| length_of.get(place).copied();
            is_kept_by_pieces[at] = trackers.is_common(at)
                && places.iter().all(|place| {
                    length(place).is_some_and(|of| of >= min && of <= max && of.is_multiple_of(step))
                });
            if is_kept_by_pieces[at] {
                cannot_go_on.extend(places.iter().filter(|p| length(p).is_some_and(|of| 2 * of > max)));
            }
        }
        let mut once = Self::default();
        let mut kept = vec![true; trackers.list.len()];
        let mut visited: Vec<BTreeSet<Place>> = Vec::new();
        for (at, tracker) in trackers.list.iter().enumerate() {
            let is_once = tracker.kind == Kind::Visits { max: 1 } && tracker.by_section && !tracker.wish;
            let Some(places) = places_of(tracker.meaning).filter(|_| is_once && trackers.is_common(at))
            else {
                continue;
            };
            let is_apart = places.iter().all(|place| !once.classes.contains_key(place));
            if !places.is_empty() && is_apart && places.is_subset(&cannot_go_on) && visited.len() < MARKS {
                once.classes.extend(places.iter().map(|&place| (place, visited.len() as u32)));
                visited.push(places);
                kept[at] = false;
            }
        }
        if visited.len() <= remembered_max {
            return None;
        }
        for (at, tracker) in trackers.list.iter().enumerate() {
            match tracker.kind {
                Kind::Length { .. } if is_kept_by_pieces[at] => {
                    let places = places_of(tracker.meaning);
                    kept[at] = !places.is_some_and(|places| places.iter().all(|place| once.holds(*place)));
                }
                Kind::Order { first, months } if !tracker.wish && trackers.is_common(at) => {
                    let firsts = places_of(Meaning::Selector(first));
                    let class = visited.iter().position(|places| firsts.as_ref() == Some(places));
                    let Some((class, Meaning::Selector(then))) = class.zip(Some(tracker.meaning)) else {
                        continue;
                    };
                    let is_enough = |place: &Place| length_of.get(place).is_some_and(|&of| of >= months);
                    if meanings.is_constant(then) && visited[class].iter().all(is_enough) && months > 0 {
                        once.orders.push((then, class as u32));
                        kept[at] = false;
                    }
                }
                _ => {}
            }
        }
        trackers.retain(&kept);
        Some(once)
    }
}
