//! The cheapest career where rows of tables concern the resident: best first, from label to label.
//!
//! A *label* is a beginning of a career: its state, what `tracks` remembers of it, and what is counted of every
//! resource. Labels of the same state and memory have the same future, so one that is no better than another in
//! anything is left. Those that promise the least cost are gone on with first; since no promise is more than what
//! comes of it, the first whole career than which nothing left promises less is the cheapest.
//!
//! Where something about the path as a whole matters besides (facilities visited, cases by site), it is part of what
//! tells labels apart.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use super::limits::Limit;
use super::search::{Head, Search};
use super::tracks::{Gain, Memory};
use super::ways::{NOWHERE, Stretch, is_somewhere};
use crate::plan::certificate::ResidentGoal;
use crate::scenario::CourseIx;

/// More labels are not kept.
const LABELS_MAX: usize = 500_000;

/// Stands for no label before.
const NONE: u32 = u32::MAX;

/// A beginning of a career.
struct Label {
    head: Head,
    course: CourseIx,
    memory: Memory,
    counts: Vec<i64>,
    /// The label it goes on from, and the last arc.
    before: u32,
    arc: (Stretch, u32),
}

/// What labels with the same future have in common: state, course, memory, and what of the path matters.
type Key = (u32, usize, Memory, Vec<i64>);

impl Search<'_> {
    /// Finds the cheapest career from these roots.
    pub(super) fn run_labels(&mut self, roots: &[(i64, CourseIx, u32)]) -> Result<(), Limit> {
        let mut labels: Vec<Label> = Vec::new();
        let mut open: BinaryHeap<Reverse<(i64, Reverse<u32>, u32)>> = BinaryHeap::new();
        let mut seen: HashMap<Key, Vec<Vec<i64>>> = HashMap::new();
        for &(_, course, state) in roots {
            let head = self.start(course, state);
            if self.is_within(head) && self.bound(head) < self.best {
                let memory = self.class.tracks(course).map(|tracks| tracks.begin()).unwrap_or_default();
                open.push(Reverse((self.bound(head), Reverse(0), labels.len() as u32)));
                let (counts, arc) = (self.counts.clone(), ((NOWHERE, NOWHERE), 0));
                labels.push(Label { head, course, memory, counts, before: NONE, arc });
            }
        }
        while let Some(Reverse((bound, Reverse(depth), at))) = open.pop() {
            if bound >= self.best {
                break;
            }
            let label = &labels[at as usize];
            let (head, course) = (label.head, label.course);
            let path = path(&labels, at);
            self.resume(course, path, &label.counts);
            if let Some(may_end) = self.ways.end(head.state) {
                self.end(head, &labels[at as usize].memory, may_end);
                continue;
            }
            let mut ways_on = Vec::new();
            self.ways.on_from(head.state, |arc, to| ways_on.push((arc, to)));
            self.meter.look(ways_on.len() as u64 * (8 + self.resources.len() as u64) + 1)?;
            for (arc, to) in ways_on {
                let mut memory = labels[at as usize].memory.clone();
                let Some(gain) = self.follow(course, arc, &mut memory) else { continue };
                let (before, counted) = (self.path.len(), self.counts.len());
                if let Some(head) = self.enter(head, arc as usize, to, gain) {
                    let bound = self.bound(head);
                    let counts = self.counts[counted..].to_vec();
                    let key = (to, course.0, memory.clone(), self.of_path(head));
                    let measures = self.measures(head);
                    let known = seen.entry(key).or_default();
                    if !known.iter().any(|other| other.iter().zip(&measures).all(|(a, b)| a <= b)) {
                        known.retain(|other| !measures.iter().zip(other).all(|(a, b)| a <= b));
                        known.push(measures);
                        if labels.len() >= LABELS_MAX {
                            return Err(Limit::Memory);
                        }
                        let arc = self.path.last().copied().unwrap_or(((NOWHERE, NOWHERE), 0));
                        open.push(Reverse((bound, Reverse(depth + 1), labels.len() as u32)));
                        labels.push(Label { head, course, memory, counts, before: at, arc });
                    }
                }
                self.leave(before, counted);
            }
        }
        Ok(())
    }

    /// Takes the memory along an arc; `None` if a row forbids it.
    fn follow(&self, course: CourseIx, arc: u32, memory: &mut Memory) -> Option<Gain> {
        let Some(tracks) = self.class.tracks(course) else { return Some(Gain::default()) };
        let of = &self.ways.arcs[arc as usize];
        let months = self.ways.legs[of.leg as usize].places.clone();
        tracks.step(memory, months, |month| self.ways.here(of, month))
    }

    /// Counts a whole career.
    fn end(&mut self, head: Head, memory: &Memory, may_end: bool) {
        let gain = match self.class.tracks(self.course) {
            Some(tracks) => tracks.end(memory),
            None => Some(Gain::default()),
        };
        let Some(gain) = gain.filter(|_| may_end) else { return };
        let head = Head {
            short: head.short + gain.short,
            points: head.points + gain.points,
            unearned: head.unearned - gain.points,
            ..head
        };
        if self.is_within(head) && self.is_whole(head) {
            self.best = self.best.min(self.bound(head));
        }
    }

    /// What of the path as a whole tells futures apart.
    fn of_path(&self, head: Head) -> Vec<i64> {
        let mut list = Vec::new();
        // A value that may not be too small is no better for being less.
        match self.question.floor.map(|(goal, _)| goal) {
            Some(ResidentGoal::Repeats) => list.push(head.repeats),
            Some(ResidentGoal::Requirements) => list.push(head.short),
            Some(ResidentGoal::Points) => list.push(head.points),
            Some(ResidentGoal::CourseWishes | ResidentGoal::FacilityWishes | ResidentGoal::Stability)
            | None => {}
        }
        let rules = &self.problem.scenario.rules;
        let counts_facilities = !self.ways.is_exempt && head.facilities < rules.facilities_min;
        let counts_repeats = self.counts_repeats();
        if counts_facilities || counts_repeats {
            let mut first: BTreeMap<u32, Option<u32>> = BTreeMap::new();
            for &((facility, _), leg) in self.path.iter().filter(|((facility, _), _)| is_somewhere(*facility))
            {
                if counts_facilities || self.ways.is_affiliate(facility) {
                    let year = self.ways.legs[leg as usize].years.first().map(|(year, _)| *year);
                    first.entry(facility).or_insert(year);
                }
            }
            for (facility, year) in first {
                let year = year.filter(|_| counts_repeats).map_or(-1, i64::from);
                list.extend([i64::from(facility), year]);
            }
        }
        if self.class.needs.iter().any(|need| *need > 0) {
            // Cases of a year at a site are rounded down together.
            let mut months: BTreeMap<(i32, Stretch), u32> = BTreeMap::new();
            for &(stretch, leg) in &self.path {
                for &(year, cases) in &self.ways.legs[leg as usize].cases {
                    *months.entry((year, stretch)).or_default() += cases;
                }
            }
            for ((year, (facility, section)), months) in months {
                let numbers = [i64::from(year), i64::from(facility), i64::from(section), i64::from(months)];
                list.extend(numbers);
            }
        }
        list
    }
}

/// The arcs that lead to a label.
fn path(labels: &[Label], at: u32) -> Vec<(Stretch, u32)> {
    let mut path = Vec::new();
    let mut at = at;
    while labels[at as usize].before != NONE {
        path.push(labels[at as usize].arc);
        at = labels[at as usize].before;
    }
    path.reverse();
    path
}
