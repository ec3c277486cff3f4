//! Which values of `facility-wishes` a resident's careers have that cost little enough.
//!
//! Where such careers are few, each is looked at. Where they are many, what is looked at is what paths bring to each state:
//! for each value the least that any of them has of the cost, and of every resource by itself. So values may be among
//! them that no career has; none is missing that one has.

use std::collections::BTreeMap;

use super::classes::Class;
use super::limits::{Limit, Meter};
use super::problem::Problem;
use super::search::{Head, Question, Search, costs};
use super::tracks::{Gain, Memory};
use super::unfolded;
use super::ways::{is_far, sum};
use crate::plan::certificate::ResidentGoal;
use crate::scenario::CourseIx;

/// No more ways on are looked at for the careers of a class, one by one or value by value.
const WAYS_ON_MAX: u64 = 1 << 20;

/// The values of `facility-wishes` that the class's careers have which cost at most so much; `None` if that is not known.
pub fn values_within(
    problem: &Problem<'_>,
    class: &Class<'_>,
    question: &Question<'_>,
    at_most: i64,
    meter: &Meter<'_>,
) -> Result<Option<Vec<i64>>, Limit> {
    let (costs, to_go) = costs(problem, class, question, meter)?;
    let mut search = Search::new(problem, class, question, meter, &costs, &to_go)?;
    let values = search.values_one_by_one(at_most)?;
    #[cfg(test)]
    super::listed::compare_values(problem, class, (question, at_most), values.as_deref());
    #[cfg(test)]
    hold_against(values.as_deref(), search.values_along(at_most)?);
    match values {
        None => search.values_along(at_most),
        known => Ok(known),
    }
}

/// Programs of tests have few careers; that none of their values is left out where they are many is seen at every question.
#[cfg(test)]
fn hold_against(values: Option<&[i64]>, along: Option<Vec<i64>>) {
    let (Some(values), Some(along)) = (values, along) else { return };
    assert!(values.iter().all(|value| along.contains(value)), "{values:?} {along:?}");
}

/// Values of the careers found so far, each once, and how many more ways on may be looked at.
struct Values {
    found: Vec<i64>,
    left: Option<u64>,
}

impl Search<'_> {
    /// The values of careers that cost at most so much; `None` if the careers are too many.
    fn values_one_by_one(&mut self, at_most: i64) -> Result<Option<Vec<i64>>, Limit> {
        // Nothing is better than this, and whatever costs less is gone along.
        self.best = at_most.saturating_add(1);
        let mut values = Values { found: Vec::new(), left: Some(WAYS_ON_MAX) };
        let ways = self.ways;
        for &(course, root) in &ways.roots {
            if let Some(head) = self.beginning(course, root) {
                let memory = self.class.tracks(course).map(|tracks| tracks.begin()).unwrap_or_default();
                self.gather(head, 0, &memory, &mut values)?;
            }
        }
        Ok(values.left.map(|_| values.found))
    }

    /// The beginning of a career on a course; `None` if none that costs little enough begins there.
    fn beginning(&mut self, course: CourseIx, root: u32) -> Option<Head> {
        if !self.course_is_left(course) {
            return None;
        }
        let head = self.start(course, root);
        (self.is_within(head) && self.bound(head) < self.best).then_some(head)
    }

    /// Values that careers may have which cost at most so much, none of theirs missing; `None` if they are too many.
    fn values_along(&mut self, at_most: i64) -> Result<Option<Vec<i64>>, Limit> {
        self.best = at_most.saturating_add(1);
        let (ways, class) = (self.ways, self.class);
        let mut found = Vec::new();
        let mut left = WAYS_ON_MAX;
        // Each course by itself, since what a course costs is known from its beginning on.
        for &(course, root) in &ways.roots {
            let Some(head) = self.beginning(course, root) else { continue };
            let ceiling = self.question.ceilings[ResidentGoal::FacilityWishes as usize];
            let of_cost = |arc: usize| self.costs[arc];
            let of_resources: Vec<_> = (0..self.resources.len()).map(|at| self.adding(at)).collect();
            // Of the cost and each resource: what an arc adds, the least to go, and the most.
            let step = |from: &[i64], arc: usize, to: usize| -> Option<Vec<i64>> {
                let cost = sum(from[0], of_cost(arc));
                let mut counts = vec![(!is_far(cost)).then_some(cost)?];
                let least = sum(cost, self.to_go[to]);
                if is_far(least) || least > at_most {
                    return None;
                }
                for ((of_arc, most, to_go), from) in of_resources.iter().zip(&from[1..]) {
                    let count = from + of_arc(arc);
                    if sum(count, to_go[to]) > *most {
                        return None;
                    }
                    counts.push(count);
                }
                Some(counts)
            };
            let mut brought: BTreeMap<u32, BTreeMap<i64, Vec<i64>>> = BTreeMap::new();
            brought.entry(root).or_default().insert(0, self.begun(head));
            // Arcs lead to lower states.
            while let Some((state, values)) = brought.pop_last() {
                if let Some(may_end) = ways.end(state) {
                    let is_within = |(wishes, counts): &(&i64, &Vec<i64>)| {
                        let most = std::iter::once(at_most).chain(of_resources.iter().map(|of| of.1));
                        let paid = self.paid_by_wishes(**wishes);
                        let mut all = counts.iter().zip(paid).zip(most);
                        **wishes <= ceiling && all.all(|((count, paid), most)| sum(*count, paid) <= most)
                    };
                    found.extend(
                        values.iter().filter(|of| may_end && is_within(of)).map(|(wishes, _)| *wishes),
                    );
                    continue;
                }
                let mut on: Vec<(usize, u32)> = Vec::new();
                ways.on_from(state, |arc, to| on.push((arc as usize, to)));
                let looked_at = (on.len() * values.len() + 1) as u64;
                self.meter.look(looked_at * (1 + self.resources.len() as u64))?;
                let Some(rest) = left.checked_sub(looked_at) else { return Ok(None) };
                left = rest;
                for (arc, to) in on {
                    let of = &ways.arcs[arc];
                    let more = class.wishes(&ways.legs[of.leg as usize], of.facility);
                    for (wishes, counts) in &values {
                        let Some(counts) = step(counts, arc, to as usize) else { continue };
                        let known = brought.entry(to).or_default().entry(wishes + more);
                        let known = known.or_insert_with(|| counts.clone());
                        known
                            .iter_mut()
                            .zip(&counts)
                            .for_each(|(known, count)| *known = (*known).min(*count));
                    }
                }
            }
        }
        Ok(Some(found))
    }

    /// Gathers the values of all careers of a beginning that has so much of `facility-wishes`.
    fn gather(&mut self, head: Head, wishes: i64, memory: &Memory, values: &mut Values) -> Result<(), Limit> {
        let tracks = self.class.tracks(self.course);
        if let Some(may_end) = self.ways.end(head.state) {
            let gain = tracks.map_or(Some(Gain::default()), |tracks| tracks.end(memory));
            let Some(gain) = gain.filter(|_| may_end) else { return Ok(()) };
            let head = head.with(gain);
            let is_asked_for = self.is_within(head) && self.is_whole(head) && self.bound(head) < self.best;
            if is_asked_for && !values.found.contains(&wishes) {
                values.found.push(wishes);
            }
            return Ok(());
        }
        let mut on: Vec<(u32, u32)> = Vec::new();
        self.ways.on_from(head.state, |arc, to| on.push((arc, to)));
        let looked_at = on.len() as u64 + 1;
        self.meter.look(looked_at * (1 + self.resources.len() as u64))?;
        values.left = values.left.and_then(|left| left.checked_sub(looked_at));
        for (arc, to) in on {
            if values.left.is_none() {
                break;
            }
            if is_far(self.costs[arc as usize]) {
                continue;
            }
            let mut memory = memory.clone();
            let Some(gain) = unfolded::follow(self.ways, tracks, arc, &mut memory) else { continue };
            let of = &self.ways.arcs[arc as usize];
            let more = self.class.wishes(&self.ways.legs[of.leg as usize], of.facility);
            let (path, counts) = (self.path.len(), self.counts.len());
            if let Some(head) = self.enter(head, arc as usize, (to, to), gain) {
                self.gather(head, wishes + more, &memory, values)?;
            }
            self.leave(path, counts);
        }
        Ok(())
    }
}
