//! What a hand does to a plan: place, exchange, push, resize, lock. Everything is possible that leaves each
//! month at one place; whether it is allowed is the judge's to say.
//!
//! Whatever was moved is locked where it now is, so that planning again keeps it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::career::{Career, Places, Row, Rows, resident, stays};
use crate::calendar::{Month, Span};
use crate::language::Message;
use crate::scenario::Place;
use crate::scenario::edit::Edit;
use crate::scenario::{Lock, LockKind, ResidentIx, Scenario, Stay};

/// One edit, as the page sends it. Months are YYYY-MM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Op {
    /// These months are spent at another place.
    Place {
        resident: String,
        start: String,
        months: u32,
        place: String,
    },
    /// Two spans change their contents, of one resident or of two.
    Exchange {
        resident: String,
        start: String,
        months: u32,
        with: String,
        at: String,
    },
    /// A block goes elsewhere in its own row, and what lies between moves up.
    Push {
        resident: String,
        start: String,
        months: u32,
        at: String,
    },
    /// A block gets other ends; its neighbours give or take the months.
    Resize {
        resident: String,
        start: String,
        months: u32,
        at: String,
        length: u32,
    },
    Lock {
        resident: String,
        start: String,
        months: u32,
    },
    /// These months are not to be spent at the place.
    Forbid {
        resident: String,
        start: String,
        months: u32,
        place: String,
    },
    Unlock {
        resident: String,
        start: String,
        months: u32,
    },
    Course {
        resident: String,
        course: String,
    },
}

/// What an edit comes to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The new rows of whoever is concerned.
    pub rows: Vec<(String, Vec<Row>)>,
    /// The edits of the table of locks.
    pub locks: Vec<Edit>,
}

/// Makes an edit.
///
/// # Errors
/// The months are not to be decided, or there is no such resident or place.
pub fn outcome(scenario: &Scenario, rows: &Rows, op: &Op) -> Result<Outcome, Message> {
    match op {
        Op::Place { resident, start, months, place } => {
            let mut one = Hand::of(scenario, rows, resident)?;
            let place = find_place(scenario, place)?;
            let span = one.due_within(start, *months)?;
            span.iter().for_each(|month| _ = one.career.at.insert(*month, place));
            Ok(one.done(&span))
        }
        Op::Exchange { resident, start, months, with, at } if resident == with => {
            let mut one = Hand::of(scenario, rows, resident)?;
            let (from, to) = (one.due_within(start, *months)?, month(at)?);
            if from.contains(&to) || Span::new(to, *months).contains(from[0]) {
                return Ok(one.pushed(&from, to));
            }
            let to = one.due_within(at, *months)?;
            let pairs: Vec<(Month, Month)> = from.iter().copied().zip(to).collect();
            for (a, b) in &pairs {
                let (at_a, at_b) = (one.career.at.get(a).copied(), one.career.at.get(b).copied());
                put(&mut one.career, *a, at_b);
                put(&mut one.career, *b, at_a);
            }
            let touched: Vec<Month> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
            Ok(one.done(&touched))
        }
        Op::Exchange { resident, start, months, with, at } => {
            let (mut one, mut other) = (Hand::of(scenario, rows, resident)?, Hand::of(scenario, rows, with)?);
            let (start, at) = (month(start)?, month(at)?);
            let pairs = (0..*months).map(|number| (start.plus(number), at.plus(number)));
            let is_due = |(a, b): &(Month, Month)| one.career.is_due(*a) && other.career.is_due(*b);
            let pairs: Vec<(Month, Month)> = pairs.filter(is_due).collect();
            if pairs.is_empty() {
                return Err(Message::new("page-outside").text("resident", with));
            }
            for (a, b) in &pairs {
                let (at_a, at_b) = (one.career.at.get(a).copied(), other.career.at.get(b).copied());
                put(&mut one.career, *a, at_b);
                put(&mut other.career, *b, at_a);
            }
            let (mine, theirs): (Vec<Month>, Vec<Month>) = pairs.into_iter().unzip();
            let (mut outcome, more) = (one.done(&mine), other.done(&theirs));
            outcome.rows.extend(more.rows);
            outcome.locks.extend(more.locks);
            Ok(outcome)
        }
        Op::Push { resident, start, months, at } => {
            let one = Hand::of(scenario, rows, resident)?;
            let from = one.due_within(start, *months)?;
            Ok(one.pushed(&from, month(at)?))
        }
        Op::Resize { resident, start, months, at, length } => {
            let one = Hand::of(scenario, rows, resident)?;
            let old = one.due_within(start, *months)?;
            let new = one.due_within(at, *length)?;
            one.resized(&old, &new)
        }
        Op::Lock { resident, start, months } => {
            let one = Hand::of(scenario, rows, resident)?;
            let span = one.due_within(start, *months)?;
            Ok(Outcome { rows: Vec::new(), locks: one.locks(&span, &one.at(&span)) })
        }
        Op::Unlock { resident, start, months } => {
            let one = Hand::of(scenario, rows, resident)?;
            let span = one.due_within(start, *months)?;
            Ok(Outcome { rows: Vec::new(), locks: one.locks(&span, &[]) })
        }
        Op::Forbid { resident, start, months, place } => {
            let one = Hand::of(scenario, rows, resident)?;
            let place = find_place(scenario, place)?;
            let span = one.due_within(start, *months)?;
            Ok(Outcome { rows: Vec::new(), locks: one.forbidden(&span, place) })
        }
        Op::Course { resident, course } => {
            let mut one = Hand::of(scenario, rows, resident)?;
            if !scenario.courses.iter().any(|known| known.id == *course) {
                return Err(Message::new("page-unknown").text("id", course));
            }
            one.career.course = Some(course.clone());
            Ok(Outcome { rows: vec![one.rows()], locks: Vec::new() })
        }
    }
}

fn month(text: &str) -> Result<Month, Message> {
    Month::parse(text).ok_or_else(|| Message::new("page-unknown").text("id", text))
}

fn find_place(scenario: &Scenario, id: &str) -> Result<Place, Message> {
    Places::of(scenario).place(id).ok_or_else(|| Message::new("page-unknown").text("id", id))
}

fn put(career: &mut Career, month: Month, place: Option<Place>) {
    match place {
        Some(place) => _ = career.at.insert(month, place),
        None => _ = career.at.remove(&month),
    }
}

/// A resident's career under somebody's hands.
struct Hand<'a> {
    scenario: &'a Scenario,
    resident: ResidentIx,
    career: Career,
}

impl<'a> Hand<'a> {
    fn of(scenario: &'a Scenario, rows: &Rows, id: &str) -> Result<Self, Message> {
        let resident = resident(scenario, id).ok_or_else(|| Message::new("page-unknown").text("id", id))?;
        Ok(Self { scenario, resident, career: Career::of(scenario, resident, rows) })
    }

    fn id(&self) -> &str {
        &self.scenario.resident(self.resident).id
    }

    /// The months of a span in which the resident has a seat to take; never none.
    fn due_within(&self, start: &str, months: u32) -> Result<Vec<Month>, Message> {
        let span = Span::new(month(start)?, months.min(self.career.due.len() as u32));
        let due: Vec<Month> = span.iter().filter(|month| self.career.is_due(*month)).collect();
        match due.is_empty() {
            true => Err(Message::new("page-outside").text("resident", self.id())),
            false => Ok(due),
        }
    }

    fn at(&self, months: &[Month]) -> Vec<(Month, Place)> {
        months.iter().filter_map(|month| Some((*month, *self.career.at.get(month)?))).collect()
    }

    fn rows(&self) -> (String, Vec<Row>) {
        (self.id().to_string(), self.career.rows(self.scenario))
    }

    /// The outcome with what was touched locked where it is.
    fn done(&self, touched: &[Month]) -> Outcome {
        Outcome { rows: vec![self.rows()], locks: self.locks(touched, &self.at(touched)) }
    }

    /// The outcome with what was moved locked where it now is, and no longer where it was.
    fn moved(&self, from: &[Month], to: &[Month]) -> Outcome {
        let both: Vec<Month> = from.iter().chain(to).copied().collect();
        Outcome { rows: vec![self.rows()], locks: self.locks(&both, &self.at(to)) }
    }

    /// The block at `from` begins at `to`; what lies between moves into its place.
    fn pushed(mut self, from: &[Month], to: Month) -> Outcome {
        let due = self.career.due.clone();
        let position = |month: Month| due.partition_point(|other| *other < month);
        let mut contents: Vec<Option<Place>> =
            due.iter().map(|month| self.career.at.get(month).copied()).collect();
        let first = from.first().map_or(0, |month| position(*month));
        let block: Vec<Option<Place>> = contents.drain(first..first + from.len()).collect();
        let target = position(to).min(contents.len());
        contents.splice(target..target, block);
        for (month, place) in due.iter().zip(contents) {
            put(&mut self.career, *month, place);
        }
        self.moved(from, &due[target..target + from.len()])
    }

    fn resized(mut self, old: &[Month], new: &[Month]) -> Result<Outcome, Message> {
        let outside = || Message::new("page-outside").text("resident", self.id());
        let place = old.first().and_then(|month| self.career.at.get(month).copied()).ok_or_else(outside)?;
        let neighbour = |month: Month, later: bool| {
            let at = self.career.due.binary_search(&month).ok()?;
            let next = if later { at.checked_add(1)? } else { at.checked_sub(1)? };
            self.career.at.get(self.career.due.get(next)?).copied()
        };
        let (before, after) =
            (old.first().and_then(|m| neighbour(*m, false)), old.last().and_then(|m| neighbour(*m, true)));
        let (first, last) = (new.first().copied(), new.last().copied());
        let freed: Vec<Month> = old.iter().copied().filter(|month| !new.contains(month)).collect();
        for month in freed {
            // What a block gives up goes to the neighbour on that side, else to the other.
            let neighbour = if Some(month) < first { before.or(after) } else { after.or(before) };
            put(&mut self.career, month, neighbour.filter(|_| last.is_some()));
        }
        new.iter().for_each(|month| put(&mut self.career, *month, Some(place)));
        Ok(self.moved(old, new))
    }

    /// The edits after which the resident's locks are what they were outside the months, and within them ask
    /// for `places` and nothing else.
    fn locks(&self, months: &[Month], places: &[(Month, Place)]) -> Vec<Edit> {
        let mut musts: BTreeMap<Month, Place> = BTreeMap::new();
        let mut wanted: Vec<Lock> = Vec::new();
        let asked: BTreeMap<Month, Place> = places.iter().copied().collect();
        for lock in &self.scenario.resident(self.resident).locks {
            match lock.kind {
                LockKind::Must => {
                    let kept = lock.stay.span.iter().filter(|month| !months.contains(month));
                    musts.extend(kept.map(|month| (month, lock.stay.place())));
                }
                LockKind::MustNot => {
                    let is_kept = |month: &Month| {
                        // Unlocking opens these months; a lock takes away what contradicts it.
                        !months.contains(month)
                            || (!asked.is_empty() && asked.get(month) != Some(&lock.stay.place()))
                    };
                    let kept = lock.stay.span.iter().filter(is_kept);
                    let kept = stays(kept.map(|month| (month, lock.stay.place())));
                    wanted.extend(
                        kept.into_iter().map(|(place, span)| lock_at(place, span, LockKind::MustNot)),
                    );
                }
            }
        }
        musts.extend(asked);
        let musts = stays(musts.into_iter()).into_iter();
        wanted.extend(musts.map(|(place, span)| lock_at(place, span, LockKind::Must)));
        self.edits(&wanted)
    }

    fn forbidden(&self, months: &[Month], place: Place) -> Vec<Edit> {
        let mut wanted: Vec<Lock> = Vec::new();
        for lock in &self.scenario.resident(self.resident).locks {
            let against = lock.kind == LockKind::Must && lock.stay.place() == place;
            let kept = lock.stay.span.iter().filter(|month| !(against && months.contains(month)));
            let kept = stays(kept.map(|month| (month, lock.stay.place())));
            wanted.extend(kept.into_iter().map(|(place, span)| lock_at(place, span, lock.kind)));
        }
        wanted.extend(
            stays(months.iter().map(|month| (*month, place)))
                .into_iter()
                .map(|(at, span)| lock_at(at, span, LockKind::MustNot)),
        );
        self.edits(&wanted)
    }

    fn edits(&self, wanted: &[Lock]) -> Vec<Edit> {
        let now = &self.scenario.resident(self.resident).locks;
        let gone = now.iter().filter(|lock| !wanted.contains(lock));
        let gone = gone.map(|lock| Edit::release(self.scenario, self.resident, *lock));
        let new = wanted.iter().filter(|lock| !now.contains(lock));
        gone.chain(new.map(|lock| Edit::lock(self.scenario, self.resident, *lock))).collect()
    }
}

fn lock_at(place: Place, span: Span, kind: LockKind) -> Lock {
    Lock { stay: Stay { facility: place.facility, section: place.section, span }, kind }
}
