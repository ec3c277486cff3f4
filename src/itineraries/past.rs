//! What the rules about one resident know of the past, and what a step makes of it.
//!
//! Numbers are capped where more makes no difference, and forgotten once their tracker is closed: what is left is
//! all that the future can depend on.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::course_time::CourseTime;
use super::once::Once;
use super::trackers::{Bounds, Kind, Profile, Tells, Tracker, Trackers, is_context};
use crate::calendar::Month;
use crate::scenario::{FacilityIx, Meanings, Place, Scenario};

/// What is known of the past.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Past {
    /// Where the resident was last, as far as anything still depends on it.
    pub last: Option<FacilityIx>,
    place: Option<Place>,
    /// Free months came after it.
    nowhere: bool,
    /// Free months with a stay still to come, or after which none comes.
    pub idle: bool,
    pub ended: bool,
    /// Units short of wishes that the past was already, until they stand in a decided month.
    owed: u32,
    /// Two per tracker.
    numbers: Vec<u32>,
    /// Facilities or places seen, ascending, as long as it matters which.
    seen: Vec<Vec<u32>>,
}

impl Past {
    /// Whether no stay can go on.
    pub fn is_nowhere(&self) -> bool {
        self.place.is_none()
    }
}

/// What a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spent {
    At(Place),
    /// Free months.
    Free {
        idle: bool,
        ended: bool,
    },
    /// Nobody takes a seat.
    Away,
}

/// What a step brings besides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Events {
    pub begins: bool,
    pub begins_at_facility: bool,
    pub changes: bool,
    pub short: u32,
}

/// What a step at a place adds to a tracker.
#[derive(Debug, PartialEq, Eq)]
struct Effect {
    tracker: usize,
    value: u32,
    context: u32,
    /// Of an order, month by month: whether it is at what comes first, and too early if that was not enough.
    months: Vec<(bool, bool)>,
}

/// How steps change what is known.
pub(super) struct Ledger<'a> {
    scenario: &'a Scenario,
    meanings: &'a Meanings<'a>,
    time: &'a CourseTime,
    pub trackers: Trackers,
    tells: Tells,
    keeps_last: bool,
    lengths: Vec<usize>,
    /// The places of trackers of gaps among the numbers: when the gap is over, and whether the present stay is theirs.
    gaps: Vec<usize>,
    /// What is left to the search.
    pub once: Once,
    /// Trackers by their end, ascending.
    by_end: Vec<(u32, usize)>,
    effects: FxHashMap<(Place, u32, u32), Rc<Vec<Effect>>>,
    /// Until when it matters that a stay goes on: at the facility, in the section.
    cared_for: FxHashMap<Place, (u32, u32)>,
    /// Trackers of visits by section that mean the place in every month.
    visits: FxHashMap<Place, Rc<Vec<usize>>>,
    /// From this position on all months with a seat are decided.
    decided_from: u32,
}

impl<'a> Ledger<'a> {
    pub fn new(
        meanings: &'a Meanings<'a>,
        time: &'a CourseTime,
        trackers: Trackers,
        once: Once,
        tells: Tells,
    ) -> Self {
        let scenario = meanings.scenario();
        let numbered = || trackers.list.iter().enumerate();
        let is_length = |(_, of): &(usize, &Tracker)| matches!(of.kind, Kind::Length { .. });
        let lengths = numbered().filter(is_length).map(|(at, _)| at).collect();
        let mut by_end: Vec<(u32, usize)> = numbered().map(|(at, of)| (of.end, at)).collect();
        by_end.sort_unstable();
        let is_gap = |(_, of): &(usize, &Tracker)| matches!(of.kind, Kind::Gap { .. });
        let gaps = numbered().filter(is_gap).map(|(_, of)| of.slot).collect();
        let decided_from = time.months.iter().rposition(|month| month.seat && !month.decided);
        Self {
            scenario,
            meanings,
            time,
            tells,
            gaps,
            once,
            // In an extension the last facility goes on.
            keeps_last: !time.extension().is_empty() || tells.begins || tells.changes,
            lengths,
            by_end,
            effects: FxHashMap::default(),
            cared_for: FxHashMap::default(),
            visits: FxHashMap::default(),
            decided_from: decided_from.map_or(0, |last| last as u32 + 1),
            trackers,
        }
    }

    pub fn nothing(&self) -> Past {
        Past {
            last: None,
            place: None,
            nowhere: false,
            idle: false,
            ended: false,
            owed: 0,
            numbers: vec![0; self.trackers.numbers],
            seen: vec![Vec::new(); self.trackers.sets],
        }
    }

    /// Whether a career may end so: the last stay is long enough, unless resignation cut it off.
    pub fn is_legal(&self, past: &Past, profile: usize) -> bool {
        let is_done = |&at: &usize| {
            let tracker = &self.trackers.list[at];
            !self.trackers.profiles[profile].has[at] || self.may_leave(tracker, past.numbers[tracker.slot])
        };
        !past.idle && (self.time.resigns || self.lengths.iter().all(is_done))
    }

    /// Whether a stay may be over that is so long, as its tracker knows it (0: there is none).
    fn may_leave(&self, tracker: &Tracker, known: u32) -> bool {
        let Kind::Length { min, step, .. } = tracker.kind else { return true };
        known.checked_sub(1).is_none_or(|length| length >= min && length.is_multiple_of(step))
    }

    /// The past after a step, and what it brings; `None` if a rule is broken. `over`: a part of the pattern, or a piece,
    /// ends with the step.
    pub fn after(
        &mut self,
        past: &Past,
        profile: usize,
        spent: Spent,
        (from, until): (u32, u32),
        over: bool,
    ) -> Option<(Past, Events)> {
        if let Spent::At(place) = spent
            && self.is_refused(past, profile, place, from)
        {
            return None;
        }
        let mut after = past.clone();
        let mut events = Events::default();
        let decided = self.time.months[from as usize].decided;
        match spent {
            Spent::At(place) => {
                self.stay(past, &mut after, &mut events, profile, place, (from, until))?;
            }
            Spent::Free { idle, ended } => {
                self.leave(past, &mut after, profile, decided, (true, true))?;
                self.gaps.iter().for_each(|slot| after.numbers[*slot + 1] = 0);
                after.nowhere = true;
                after.place = None;
                (after.idle, after.ended) = (idle, ended);
            }
            Spent::Away => {}
        }
        self.close(&mut after, &mut events, profile, from, until)?;
        events.short += past.owed;
        let is_told = decided && spent != Spent::Away;
        after.owed = if is_told { 0 } else { std::mem::take(&mut events.short) };
        if let Spent::At(place) = spent {
            let (facility_until, place_until) = self.cared_for(place);
            let is_long = |by_section: bool| {
                let of = |&at: &usize| {
                    let tracker = &self.trackers.list[at];
                    tracker.by_section == by_section && after.numbers[tracker.slot] > 0
                };
                self.lengths.iter().any(of)
            };
            let keeps_place = self.tells.begins || place_until > until || is_long(true);
            let keeps_last = self.keeps_last || facility_until > until || is_long(false);
            after.place = Some(place).filter(|_| keeps_place);
            if (over && self.once.holds(place)) || self.is_spent(&after, profile, place, until) {
                if !self.lengths.is_empty() {
                    self.leave(&after.clone(), &mut after, profile, true, (false, true))?;
                }
                after.place = None;
            }
            after.last = Some(place.facility).filter(|_| keeps_last);
        } else if !self.keeps_last && after.nowhere {
            after.last = None;
        }
        if after.last.is_none() && after.place.is_none() {
            after.nowhere = false;
        }
        Some((after, events))
    }

    /// Whether it is seen at once that nobody may come to the place: its visits are used up.
    fn is_refused(&mut self, past: &Past, profile: usize, place: Place, from: u32) -> bool {
        let is_new = past.nowhere || past.place != Some(place);
        if !is_new || !self.time.months[from as usize].decided || place.section.is_none() {
            return false;
        }
        let visits = self.visits(place);
        let has = &self.trackers.profiles[profile].has;
        visits.iter().any(|&at| {
            let tracker = &self.trackers.list[at];
            matches!(tracker.kind, Kind::Visits { max } if has[at] && past.numbers[tracker.slot] >= max)
        })
    }

    /// Whether nobody can go on in the section or come back: the stay is as long as it may be, and the visits are
    /// used up. Then it is over, and where it was makes no difference any more.
    fn is_spent(&mut self, after: &Past, profile: usize, place: Place, until: u32) -> bool {
        if self.time.resigns || until < self.decided_from {
            return false;
        }
        let has = &self.trackers.profiles[profile].has;
        let is_full = |&at: &usize| {
            let tracker = &self.trackers.list[at];
            let Kind::Length { max: Some(max), .. } = tracker.kind else { return false };
            tracker.by_section && has[at] && after.numbers[tracker.slot] == max + 1
        };
        if !self.lengths.iter().any(is_full) {
            return false;
        }
        let visits = self.visits(place);
        let has = &self.trackers.profiles[profile].has;
        let is_used_up = |&at: &usize| {
            let tracker = &self.trackers.list[at];
            let Kind::Visits { max } = tracker.kind else { return false };
            has[at] && after.numbers[tracker.slot] >= max
        };
        visits.iter().any(is_used_up)
    }

    fn visits(&mut self, place: Place) -> Rc<Vec<usize>> {
        if let Some(known) = self.visits.get(&place) {
            return Rc::clone(known);
        }
        let is_about = |tracker: &Tracker| {
            let means = |month: Month| tracker.meaning.means(self.meanings, place, month);
            tracker.by_section
                && matches!(tracker.kind, Kind::Visits { .. })
                && self.time.months.iter().all(|month| means(month.month))
        };
        let list = self.trackers.list.iter().enumerate();
        let known = Rc::new(list.filter(|(_, tracker)| is_about(tracker)).map(|(at, _)| at).collect());
        self.visits.insert(place, Rc::clone(&known));
        known
    }

    /// What ends with the stays at the facility and in the section, if they do.
    fn leave(
        &self,
        past: &Past,
        after: &mut Past,
        profile: usize,
        decided: bool,
        (leaves_facility, leaves_place): (bool, bool),
    ) -> Option<()> {
        for &at in &self.lengths {
            let tracker = &self.trackers.list[at];
            let ends = if tracker.by_section { leaves_place } else { leaves_facility };
            if ends && past.numbers[tracker.slot] > 0 {
                let has = self.trackers.profiles[profile].has[at];
                if has && (decided || tracker.strict) && !self.may_leave(tracker, past.numbers[tracker.slot])
                {
                    return None;
                }
                after.numbers[tracker.slot] = 0;
            }
        }
        Some(())
    }

    fn stay(
        &mut self,
        past: &Past,
        after: &mut Past,
        events: &mut Events,
        profile: usize,
        place: Place,
        (from, until): (u32, u32),
    ) -> Option<()> {
        let month = &self.time.months[from as usize];
        let (decided, is_known) = (month.decided, month.decided || month.is_fixed());
        let new_facility = past.nowhere || past.last != Some(place.facility);
        let new_place = past.nowhere || past.place != Some(place);
        self.leave(past, after, profile, decided, (new_facility, new_place))?;
        (after.nowhere, after.idle) = (false, false);
        if decided {
            events.begins = self.tells.begins && new_place;
            events.begins_at_facility = self.tells.begins && new_facility;
            events.changes = self.tells.changes && past.last.is_some_and(|last| last != place.facility);
        }
        // Nobody knows in which section: no stay by section.
        let unsaid = place.section.is_none() && self.scenario.has_sections(place.facility);
        let Profile { has, .. } = &self.trackers.profiles[profile];
        let begins = |tracker: &Tracker| {
            let is_new = if tracker.by_section { new_place && !unsaid } else { new_facility };
            is_new && tracker.meaning.means(self.meanings, place, month.month)
        };
        for &at in self.lengths.iter().filter(|&&at| has[at]) {
            let tracker = &self.trackers.list[at];
            let Kind::Length { min, max, step, standard } = tracker.kind else { continue };
            let known = &mut after.numbers[tracker.slot];
            let goes_on = *known > 0;
            if !goes_on && !begins(tracker) {
                continue;
            }
            let counts = |this: &&super::course_time::CourseMonth| !standard || this.at_facility;
            let added = self.time.between(from, until).iter().filter(counts).count() as u32;
            let length = known.saturating_sub(1) + added;
            if decided && max.is_some_and(|max| length > max) {
                return None;
            }
            let length = match max {
                None if length > min => min + (length - min) % step,
                _ => length,
            };
            *known = length + 1;
        }
        let effects = self.effects(place, from, until);
        let Profile { has, .. } = &self.trackers.profiles[profile];
        for effect in effects.iter().filter(|effect| has[effect.tracker]) {
            let tracker = &self.trackers.list[effect.tracker];
            if tracker.wish && !is_known {
                continue;
            }
            let begins = || if tracker.by_section { new_place && !unsaid } else { new_facility };
            let [value, context] = [after.numbers[tracker.slot], after.numbers[tracker.slot + 1]];
            match &tracker.kind {
                Kind::Months(bounds) => {
                    let unit = self.time.unit;
                    let (value, short) = counted(*bounds, unit, value, effect.value, decided, tracker.wish)?;
                    events.short += short;
                    let context = bounds.of_months.map_or(0, |of| (context + effect.context).min(of));
                    self.set(after, tracker, value, context, unit);
                }
                Kind::Begun(bounds) => {
                    let added = if begins() { effect.value } else { 0 };
                    let (value, short) = counted(*bounds, 1, value, added, decided, tracker.wish)?;
                    events.short += short;
                    let context = bounds.of_months.map_or(0, |of| (context + effect.context).min(of));
                    self.set(after, tracker, value, context, 1);
                }
                Kind::Seen { bounds, places } => {
                    let context = bounds.of_months.map_or(0, |of| (context + effect.context).min(of));
                    let key = match (places, place.section) {
                        (true, Some(section)) => (self.scenario.facilities.len() + section.0) as u32,
                        _ => place.facility.0 as u32,
                    };
                    let seen = &mut after.seen[tracker.set];
                    let is_enough = bounds.max.is_none() && bounds.min.is_none_or(|min| value >= min);
                    if effect.value == 0 || is_enough {
                        after.numbers[tracker.slot + 1] = if is_enough { 0 } else { context };
                        continue;
                    }
                    if let Err(at) = seen.binary_search(&key) {
                        if bounds.max.is_some_and(|max| value >= max) {
                            if decided && !tracker.wish {
                                return None;
                            }
                            events.short += u32::from(tracker.wish);
                        }
                        seen.insert(at, key);
                        let is_enough = bounds.max.is_none() && bounds.min.is_none_or(|min| value + 1 >= min);
                        if is_enough {
                            seen.clear();
                        }
                        after.numbers[tracker.slot] = value + 1;
                        after.numbers[tracker.slot + 1] = if is_enough { 0 } else { context };
                    } else {
                        after.numbers[tracker.slot + 1] = context;
                    }
                }
                Kind::Visits { max } if begins() && effect.value > 0 => {
                    if decided && value >= *max {
                        return None;
                    }
                    after.numbers[tracker.slot] = (value + 1).min(*max);
                }
                Kind::Gap { months } => {
                    let is_new = begins();
                    if is_new && effect.value > 0 && decided && from < value {
                        return None;
                    }
                    // A stay that goes on stays one of the tracker's if it was one when it began.
                    let is_one = if is_new || unsaid { effect.value } else { context };
                    let is_one = is_one > 0 && !(tracker.by_section && unsaid);
                    after.numbers[tracker.slot + 1] = u32::from(is_one);
                    if is_one {
                        after.numbers[tracker.slot] = until + months;
                    }
                }
                Kind::Starts(starts) if begins() && effect.value > 0 && decided => {
                    let since = month
                        .month
                        .since(self.scenario.calendar.start_of(self.scenario.calendar.year_of(month.month)));
                    if !starts.contains(&(since.rem_euclid(12) as u32 + 1)) {
                        return None;
                    }
                }
                Kind::Order { months, .. } => {
                    let mut done = value;
                    for &(is_first, is_then) in &effect.months {
                        if is_then && done < *months {
                            if !tracker.wish {
                                return None;
                            }
                            events.short += 1;
                        }
                        done = (done + u32::from(is_first)).min(*months);
                    }
                    after.numbers[tracker.slot] = done;
                }
                Kind::Visits { .. } | Kind::Starts(_) | Kind::Length { .. } => {}
            }
        }
        Some(())
    }

    /// Keeps what is counted, the context only as long as it matters.
    fn set(&self, past: &mut Past, tracker: &Tracker, value: u32, context: u32, unit: u32) {
        let is_enough = tracker.bounds().and_then(|of| of.min).is_none_or(|min| value >= min * unit);
        past.numbers[tracker.slot] = value;
        past.numbers[tracker.slot + 1] = if is_enough { 0 } else { context };
    }

    /// Holds what trackers have counted that end within a step against their rules, and forgets it.
    fn close(
        &self,
        past: &mut Past,
        events: &mut Events,
        profile: usize,
        from: u32,
        until: u32,
    ) -> Option<()> {
        let first = self.by_end.partition_point(|&(end, _)| end <= from);
        let ending = self.by_end[first..].iter().take_while(|&&(end, _)| end <= until);
        for &(_, at) in ending.filter(|&&(_, at)| self.trackers.profiles[profile].has[at]) {
            let tracker = &self.trackers.list[at];
            if matches!(tracker.kind, Kind::Length { .. }) {
                continue; // It goes on as long as the stay does.
            }
            if let Some(Bounds { min: Some(min), of_months, .. }) = tracker.bounds() {
                let unit = if matches!(tracker.kind, Kind::Months(_)) { self.time.unit } else { 1 };
                let [value, context] = [past.numbers[tracker.slot], past.numbers[tracker.slot + 1]];
                let scaled = |of: u32| u64::from(min) * u64::from(context.min(of)) / u64::from(of.max(1));
                let asked = of_months.filter(|_| value < min * unit).map_or(min, |of| scaled(of) as u32);
                let missing = (asked * unit).saturating_sub(value).div_ceil(unit);
                if missing > 0 && !tracker.wish {
                    return None;
                }
                events.short += missing;
            }
            past.numbers[tracker.slot..tracker.slot + 2].fill(0);
            if let Kind::Seen { .. } = tracker.kind {
                past.seen[tracker.set].clear();
            }
        }
        // What has passed is no gap any more.
        for &slot in &self.gaps {
            let over = past.numbers[slot];
            past.numbers[slot] = if over <= until { 0 } else { over };
        }
        Some(())
    }

    /// What a step at a place adds to each tracker that it concerns.
    fn effects(&mut self, place: Place, from: u32, until: u32) -> Rc<Vec<Effect>> {
        if let Some(known) = self.effects.get(&(place, from, until)) {
            return Rc::clone(known);
        }
        let months = || (from..).zip(self.time.between(from, until));
        let effect = |(number, tracker): (usize, &Tracker)| {
            let mut effect = Effect { tracker: number, value: 0, context: 0, months: Vec::new() };
            let is_meant = |month| tracker.meaning.means(self.meanings, place, month);
            let first = months().next()?.1;
            let unsaid = place.section.is_none() && self.scenario.has_sections(place.facility);
            if let Some(bounds) = tracker.bounds() {
                for (position, this) in months() {
                    if !bounds.window.contains(position, self.time.pattern_months) {
                        continue;
                    }
                    let (here, month) = (is_meant(this.month), this.month);
                    match tracker.kind {
                        Kind::Months(_) if here => effect.value += this.counted,
                        Kind::Seen { places, .. } if here && !(places && unsaid) => effect.value = 1,
                        Kind::Begun(_) if here && position == from => effect.value = 1,
                        _ => {}
                    }
                    let is_context = bounds.of_months.is_some()
                        && is_context(self.meanings, tracker.meaning, place, month, this.decided);
                    effect.context += u32::from(is_context);
                }
                return (effect.value + effect.context > 0).then_some(effect);
            }
            match tracker.kind {
                Kind::Order { first, .. } => {
                    let is_first = |month| self.meanings.selects(first, place, month);
                    let of = months()
                        .map(|(_, this)| (is_first(this.month), this.decided && is_meant(this.month)));
                    effect.months = of.collect();
                    effect.months.iter().any(|&(first, then)| first || then).then_some(effect)
                }
                Kind::Visits { .. } | Kind::Starts(_) => {
                    effect.value = u32::from(is_meant(first.month));
                    (effect.value > 0).then_some(effect)
                }
                Kind::Gap { .. } => {
                    effect.value = u32::from(is_meant(first.month));
                    Some(effect)
                }
                _ => None,
            }
        };
        let effects: Vec<Effect> = self.trackers.list.iter().enumerate().filter_map(effect).collect();
        let effects = Rc::new(effects);
        self.effects.insert((place, from, until), Rc::clone(&effects));
        effects
    }

    /// Whether a step at the one place is, for everything that is remembered, one at the other; of places that are left with
    /// the step.
    pub fn are_alike(&mut self, one: Place, other: Place, from: u32, until: u32) -> bool {
        let has_length = |ledger: &Self, place: Place| {
            let mut months = ledger.time.between(from, until).iter();
            let of = |&at: &usize| &ledger.trackers.list[at];
            months.any(|month| {
                ledger.lengths.iter().map(of).any(|of| of.meaning.means(ledger.meanings, place, month.month))
            })
        };
        one.facility == other.facility
            && self.once.holds(one)
            && self.once.holds(other)
            && self.cared_for(one) == self.cared_for(other)
            && !has_length(self, one)
            && !has_length(self, other)
            && self.effects(one, from, until) == self.effects(other, from, until)
    }

    /// Until when somebody wants to know whether a stay at the place goes on: at the facility, in the section.
    fn cared_for(&mut self, place: Place) -> (u32, u32) {
        if let Some(&known) = self.cared_for.get(&place) {
            return known;
        }
        let until = |by_section: bool| {
            let cares = |tracker: &&Tracker| {
                let is_meant = |month: &super::course_time::CourseMonth| {
                    tracker.meaning.means(self.meanings, place, month.month)
                };
                tracker.is_about_stays()
                    && !matches!(tracker.kind, Kind::Length { .. })
                    && tracker.by_section == by_section
                    && self.time.months.iter().any(is_meant)
            };
            self.trackers.list.iter().filter(cares).map(|tracker| tracker.end).max().unwrap_or(0)
        };
        let known = (until(false), until(true));
        self.cared_for.insert(place, known);
        known
    }
}

/// What is counted after so much more of it, capped, and how far that is beyond the maximum of a wish; `None` if it
/// breaks a rule. A maximum that has to be kept and that the past exceeds allows just what the past has.
fn counted(
    bounds: Bounds,
    unit: u32,
    value: u32,
    added: u32,
    decided: bool,
    wish: bool,
) -> Option<(u32, u32)> {
    let sum = value.saturating_add(added);
    let Some(most) = bounds.max.map(|max| max.saturating_mul(unit)) else {
        return Some((sum.min(bounds.min.unwrap_or(0).saturating_mul(unit)), 0));
    };
    if sum <= most {
        return Some((sum, 0));
    }
    if !wish {
        return if added == 0 || !decided { Some((most, 0)) } else { None };
    }
    // Of what is too much only the last, begun unit is remembered: all others are counted already.
    let known = u32::from(value > most);
    let units = (sum - most).div_ceil(unit);
    Some((most + (sum - most) - unit * (units - 1), units - known))
}
