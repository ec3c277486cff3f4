//! The cheapest career where rows of tables concern the resident: best first, from label to label.
//!
//! A *label* is a beginning of a career: where it has come to, what `tracks` remembers of it, and what is counted of
//! every resource. Labels at the same place with the same memory have the same future, so one that is no better than
//! another in anything is left. Those that promise the least cost are gone on with first, way by way, so that ways which promise
//! more are never gone; since no promise is more than
//! what comes of it, the first whole career than which nothing left promises less is the cheapest.
//!
//! Where something about the path as a whole matters besides (facilities visited, cases by site), it is part of what
//! tells labels apart.
//!
//! First the rows are left aside. What is cheapest then is no more than what is asked for, and a career that costs no
//! more ends the search for it; where nothing is left even so, there is no career. Then the ways are gone along with
//! the memory of each label. Where that makes many labels, what the rows ask of the months to come has to be known
//! before they have come, and the ways are gone along [`Unfolded`]. Where many rows ask who was where (`relaxed`), some of them are
//! carried along and the others left aside.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::atomic::Ordering;

use rustc_hash::FxHashMap;

use super::limits::Limit;
use super::relaxed::{Aside, EFFORT, EFFORT_NEEDED};
use super::search::{Head, Search};
use super::tracks::{Gain, Memory, Tracks};
use super::unfolded::{self, Unfolded};
use super::ways::{FAR, NOWHERE, Stretch, is_far, is_somewhere};
use crate::plan::certificate::ResidentGoal;
use crate::scenario::CourseIx;

/// More labels are not kept.
const LABELS_MAX: usize = 500_000;
/// Where the answer is needed, more is tried with rows left aside before more labels are kept than these.
const LABELS_SOME: usize = 50_000;
/// The most where a value of a goal rests on it, which no limit of a re-check may change; some gigabytes.
const LABELS_NEEDED: usize = 32_000_000;

/// No more labels are looked at with the rows left aside.
const LABELS_ASIDE: usize = 20_000;

/// With more labels the ways are unfolded.
const LABELS_FEW: usize = 2_000;

/// Stands for no label before.
const NONE: u32 = u32::MAX;

/// What is known of rows of tables along the ways.
#[derive(Clone, Copy)]
pub(super) enum Rows<'r> {
    /// Nothing: they are left aside, and all points are earned.
    Aside,
    /// What the memory of each label says.
    Carried,
    /// What the graph knows.
    Unfolded(&'r Unfolded),
    /// What the graph knows, and what the memory of each label says of some rows; those that neither knows are
    /// left aside.
    Relaxed(Aside<'r>),
}

/// A beginning of a career.
struct Label {
    head: Head,
    course: CourseIx,
    /// Empty where it is not carried.
    memory: Memory,
    counts: Vec<i64>,
    /// The label it goes on from, and the last arc.
    before: u32,
    arc: (Stretch, u32),
}

/// What labels with the same future have in common: their place in the graph, course, memory, and what of the path
/// matters.
type Key = (u32, usize, Memory, Vec<i64>);

/// A way on from a label: the arc, the place in the graph, its state, and what the arc adds.
type WayOn = (u32, (u32, u32), Gain);

/// What a search goes on with: a label, or a way on from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Open {
    Label(u32),
    Way(u32),
}

/// Whether the search came to its end, with no more labels than it was given.
pub(super) type IsDone = bool;

impl<'s> Search<'s> {
    /// Finds the cheapest career from these roots.
    pub(super) fn run_labels(&mut self, roots: &[(i64, CourseIx, u32)]) -> Result<(), Limit> {
        let class = self.class;
        let mut least = i64::MIN;
        if self.has_many_light_rows() && self.run_relaxed(roots, &EFFORT)? {
            return Ok(());
        }
        self.best = FAR;
        if self.may_set_rows_aside() {
            // Beyond so many labels nothing is known, which is no error.
            if self.go_along(Rows::Aside, roots, least, LABELS_ASIDE)? {
                if is_far(self.best) {
                    return Ok(());
                }
                least = self.best;
            }
            self.best = FAR;
        }
        if !class.is_unfolded.load(Ordering::Relaxed) {
            if self.go_along(Rows::Carried, roots, least, LABELS_FEW)? {
                #[cfg(test)]
                self.hold_against_the_unfolded(roots)?;
                #[cfg(test)]
                self.hold_against_the_relaxed(roots)?;
                return Ok(());
            }
            class.is_unfolded.store(true, Ordering::Relaxed);
        }
        let rows = self.unfold()?.map_or(Rows::Carried, Rows::Unfolded);
        let is_needed = self.meter.is_unlimited();
        let most = if is_needed { LABELS_SOME } else { LABELS_MAX };
        if self.go_along(rows, roots, least, most)? {
            return Ok(());
        }
        if !is_needed {
            return Err(Limit::Memory);
        }
        if self.has_many_light_rows() && self.run_relaxed(roots, &EFFORT_NEEDED)? {
            return Ok(());
        }
        self.best = FAR;
        if self.go_along(rows, roots, least, LABELS_NEEDED)? { Ok(()) } else { Err(Limit::Memory) }
    }

    /// Makes the search ready to go along the unfolded ways; `None` if they know too many memories.
    fn unfold(&mut self) -> Result<Option<&'s Unfolded>, Limit> {
        let class = self.class;
        let unfolded = class.unfolded.get_or_init(|| Unfolded::new(self.ways, &class.tracks, self.meter));
        let unfolded = unfolded.as_ref().map_err(|limit| *limit)?.as_ref();
        if let Some(unfolded) = unfolded {
            self.to_go = unfolded.to_go(&self.costs, self.meter)?.into();
        }
        Ok(unfolded)
    }

    /// Programs of tests have few labels; that the unfolded ways lead to the same is seen at every question.
    #[cfg(test)]
    fn hold_against_the_unfolded(&mut self, roots: &[(i64, CourseIx, u32)]) -> Result<(), Limit> {
        let Some(unfolded) = self.unfold()? else { return Ok(()) };
        let found = std::mem::replace(&mut self.best, FAR);
        let is_done = self.go_along(Rows::Unfolded(unfolded), roots, i64::MIN, LABELS_MAX)?;
        assert_eq!((self.best, is_done), (found, true), "{}", self.problem.scenario.id);
        Ok(())
    }

    /// Nor does it make a difference which rows are left aside at first.
    #[cfg(test)]
    fn hold_against_the_relaxed(&mut self, roots: &[(i64, CourseIx, u32)]) -> Result<(), Limit> {
        let found = std::mem::replace(&mut self.best, FAR);
        if self.run_relaxed(roots, &EFFORT)? {
            assert_eq!(self.best, found, "{}", self.problem.scenario.id);
        }
        self.best = found;
        Ok(())
    }

    /// Whether the question makes sense where nothing is short and all is earned.
    pub(super) fn may_set_rows_aside(&self) -> bool {
        !matches!(self.question.floor, Some((ResidentGoal::Requirements | ResidentGoal::Points, _)))
    }

    /// Searches best first, knowing that nothing costs less than `least`.
    pub(super) fn go_along(
        &mut self,
        rows: Rows<'_>,
        roots: &[(i64, CourseIx, u32)],
        least: i64,
        labels_max: usize,
    ) -> Result<IsDone, Limit> {
        let mut labels: Vec<Label> = Vec::new();
        // Ways on that were not gone yet, in the order of what they promise.
        let mut waiting: Vec<(u32, WayOn)> = Vec::new();
        let mut open: BinaryHeap<Reverse<(i64, Reverse<u32>, Open)>> = BinaryHeap::new();
        let mut seen: FxHashMap<Key, Vec<Vec<i64>>> = FxHashMap::default();
        for &(_, course, state) in roots {
            let Some((head, memory)) = self.root(rows, course, state) else { continue };
            let bound = self.bound(head).max(least);
            if self.is_within(head) && bound < self.best {
                open.push(Reverse((bound, Reverse(0), Open::Label(labels.len() as u32))));
                let (counts, arc) = (self.counts.clone(), ((NOWHERE, NOWHERE), 0));
                labels.push(Label { head, course, memory, counts, before: NONE, arc });
            }
        }
        let mut ways_on: Vec<WayOn> = Vec::new();
        while let Some(Reverse((bound, Reverse(depth), next))) = open.pop() {
            if bound >= self.best {
                break;
            }
            let (at, way) = match next {
                Open::Label(at) => (at, None),
                Open::Way(number) => {
                    let (at, way) = waiting[number as usize];
                    (at, Some(way))
                }
            };
            let label = &labels[at as usize];
            let (head, course) = (label.head, label.course);
            let Some((arc, to, mut gain)) = way else {
                if let Some(may_end) = self.ways.end(head.state) {
                    self.resume(course, path(&labels, at), &labels[at as usize].counts);
                    self.end(rows, head, &labels[at as usize].memory, may_end);
                    continue;
                }
                self.ways_on(rows, head, &mut ways_on);
                self.meter.look(ways_on.len() as u64 * 2 + 1)?;
                for &way in &ways_on {
                    let promised = self.promised(head, way).max(bound);
                    if promised < self.best {
                        open.push(Reverse((promised, Reverse(depth), Open::Way(waiting.len() as u32))));
                        waiting.push((at, way));
                    }
                }
                continue;
            };
            self.meter.look(8 + self.resources.len() as u64)?;
            let mut memory = labels[at as usize].memory.clone();
            let carried = match rows {
                Rows::Carried => self.class.tracks(course),
                Rows::Relaxed(aside) => aside.tracks(course),
                Rows::Aside | Rows::Unfolded(_) => None,
            };
            match (rows, unfolded::follow(self.ways, carried, arc, &mut memory)) {
                (_, None) => continue,
                (Rows::Carried, Some(of_months)) => gain = of_months,
                (Rows::Relaxed(_), Some(of_months)) => {
                    gain.short += of_months.short;
                    gain.points += of_months.points - self.most_of(carried, arc);
                }
                (Rows::Aside | Rows::Unfolded(_), Some(_)) => {}
            }
            self.resume(course, path(&labels, at), &labels[at as usize].counts);
            let counted = self.counts.len();
            if let Some(head) = self.enter(head, arc as usize, to, gain) {
                let bound = self.bound(head).max(least);
                let counts = self.counts[counted..].to_vec();
                let key = (head.at, course.0, memory.clone(), self.of_path(head));
                let measures = self.measures(head);
                let known = seen.entry(key).or_default();
                if !known.iter().any(|other| other.iter().zip(&measures).all(|(a, b)| a <= b)) {
                    known.retain(|other| !measures.iter().zip(other).all(|(a, b)| a <= b));
                    known.push(measures);
                    if labels.len() >= labels_max {
                        return Ok(false);
                    }
                    let arc = self.path.last().copied().unwrap_or(((NOWHERE, NOWHERE), 0));
                    open.push(Reverse((bound, Reverse(depth + 1), Open::Label(labels.len() as u32))));
                    labels.push(Label { head, course, memory, counts, before: at, arc });
                }
            }
        }
        Ok(true)
    }

    /// The least that a career can cost that goes on this way, before the way is gone; `FAR` if nobody may.
    fn promised(&self, head: Head, (arc, (at, state), gain): WayOn) -> i64 {
        let cost = self.costs[arc as usize];
        if is_far(cost) {
            return FAR;
        }
        let unearned = head.unearned + self.class.points_most(arc as usize) - gain.points;
        let short = head.short + gain.short;
        self.bound_at_least(Head { at, state, cost: head.cost + cost, short, unearned, ..head })
    }

    /// The beginning of a career on a course, and its memory; `None` if no career begins there.
    fn root(&mut self, rows: Rows<'_>, course: CourseIx, state: u32) -> Option<(Head, Memory)> {
        let head = self.start(course, state);
        match rows {
            Rows::Aside => Some((head, Memory::new())),
            Rows::Carried => {
                let tracks = self.class.tracks(course);
                Some((head, tracks.map(|tracks| tracks.begin()).unwrap_or_default()))
            }
            Rows::Unfolded(unfolded) => {
                let (at, lost) = unfolded.root(course, state)?;
                let (short, unearned) = (lost.short, lost.unearned);
                Some((Head { at, short, points: -unearned, unearned, ..head }, Memory::new()))
            }
            Rows::Relaxed(aside) => {
                let (at, lost) = aside.graph().root(course, state)?;
                let (short, unearned) = (lost.short, lost.unearned);
                let cost = head.cost - aside.given();
                let memory = aside.tracks(course).map(Tracks::begin).unwrap_or_default();
                Some((Head { at, cost, short, points: -unearned, unearned, ..head }, memory))
            }
        }
    }

    fn ways_on(&self, rows: Rows<'_>, head: Head, ways_on: &mut Vec<WayOn>) {
        ways_on.clear();
        match rows {
            Rows::Aside | Rows::Carried => self.ways.on_from(head.state, |arc, to| {
                // What is carried is known once it is followed.
                let gain = Gain { short: 0, points: self.class.points_most(arc as usize) };
                ways_on.push((arc, (to, to), gain));
            }),
            Rows::Unfolded(unfolded) => self.ways_unfolded(unfolded, head, ways_on),
            Rows::Relaxed(aside) => self.ways_unfolded(aside.graph(), head, ways_on),
        }
    }

    fn ways_unfolded(&self, unfolded: &Unfolded, head: Head, ways_on: &mut Vec<WayOn>) {
        for on in unfolded.on_from(head.at) {
            ways_on.extend(unfolded.arcs(on.alike).iter().map(|&arc| {
                let points = self.class.points_most(arc as usize) - on.loss.unearned;
                (arc, (on.to, unfolded.state(on.to)), Gain { short: on.loss.short, points })
            }));
        }
    }

    /// The most points that the months of an arc can earn by rows that are carried.
    fn most_of(&self, carried: Option<&Tracks<'_>>, arc: u32) -> i64 {
        let of = &self.ways.arcs[arc as usize];
        let Some(tracks) = carried.filter(|_| of.facility != NOWHERE) else { return 0 };
        let months = self.ways.legs[of.leg as usize].places.clone();
        tracks.points_most(months, |month| self.ways.here(of, month))
    }

    /// Counts a whole career.
    fn end(&mut self, rows: Rows<'_>, head: Head, memory: &Memory, may_end: bool) {
        let gain = match (rows, self.class.tracks(self.course)) {
            (Rows::Carried, Some(tracks)) => tracks.end(memory),
            (Rows::Relaxed(aside), _) => match aside.tracks(self.course) {
                Some(tracks) => tracks.end(memory),
                None => Some(Gain::default()),
            },
            _ => Some(Gain::default()),
        };
        let Some(gain) = gain.filter(|_| may_end) else { return };
        let head = head.with(gain);
        if self.is_within(head) && self.is_whole(head) {
            let in_vain = if let Rows::Relaxed(aside) = rows { aside.in_vain(&self.path) } else { 0 };
            let cost = self.bound(head) + in_vain;
            if cost < self.best {
                self.best = cost;
                self.best_path = matches!(rows, Rows::Relaxed(_)).then(|| (self.course, self.path.clone()));
            }
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
        // An extension goes on where somebody was last, free months aside.
        if self.ways.has_extension() {
            let mut facilities = self.path.iter().rev().map(|((facility, _), _)| *facility);
            list.extend(facilities.find(|at| is_somewhere(*at)).map(i64::from));
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
        // No facility and no item has this number.
        list.push(-1);
        self.pending_cases(|numbers| list.extend(numbers));
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
