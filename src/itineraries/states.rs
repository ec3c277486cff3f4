//! From a resident's course time to all their careers as states and steps between them.
//!
//! Built forwards, month after month, over *states*: the position in course time, all ways
//! the course's patterns can have come so far (a part in any order looks the same as another until it ends),
//! and what the per-resident rules know of the past (`past`, `trackers`). A state from
//! which no legal end can be reached is left out, and states from which the same can follow become one
//! (`joined`). Months before the decided ones are in no career: where history leaves them open, what can follow on any
//! way through them is taken together. So every path of the diagram is one legal career, and no career has two.
//!
//! A step goes from one *cut* of course time to the next; cuts lie where a part that can be at the place can
//! begin or end, where a section of the facility can be changed, and where the kind of month changes (seat,
//! decided, a gap in the calendar), so what a step is about is the same in all its months.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::career_set::{About, CareerSet, Repeatable, Step};
use super::course_time::{CourseMonth, CourseTime};
use super::diagram::Diagram;
use super::once::{Marks, Once};
use super::past::{Events, Ledger, Past, Spent};
use super::remainder::{Remainders, Rest};
use super::trackers::{Kind, Possible, Tells, Tracker, Trackers};
use crate::calendar::Span;
use crate::scenario::{CourseIx, FacilityIx, Meanings, Part, Place, ResidentIx, Role, Scenario, SelectorIx};

/// The careers of a resident have more states than are looked at, or the time was up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    TooManyLabels,
    Stopped,
}

/// Labels (steps between states) that are looked at for one resident; some 100 bytes each, and a
/// microsecond.
pub const LABELS_MAX: usize = 2_000_000;

/// Steps between two looks at the time.
const STEPS_UNTIMED: usize = 1 << 12;

/// A part, or a piece of one, under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Current {
    /// `None`: free months.
    selector: Option<SelectorIx>,
    /// All at one place, whatever sections there are.
    one_place: bool,
    until: u32,
    /// `None` as long as nobody has been anywhere in it.
    facility: Option<FacilityIx>,
    /// Where all has to be at one place.
    place: Option<Place>,
}

/// One way the patterns can have come so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Way {
    rest: Rest,
    current: Option<Current>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct State {
    profile: usize,
    ways: Vec<Way>,
    past: Past,
}

/// Where steps from a position can lead, whatever is remembered of the past: places that are alike, or none.
#[derive(Debug)]
struct Offer {
    number: u32,
    /// Nothing: free months.
    places: Vec<Place>,
    until: u32,
    /// The ways after the step.
    ways: Vec<Way>,
    /// Whether all that was under way ends with it.
    over: bool,
}

/// All careers of a resident. Where more than `remembered_max` classes of places may be visited once, it is left to the
/// search that nobody comes twice ([`Once`]).
///
/// # Errors
/// [`Refused`] if there are too many states or if `stopped` said so.
pub fn careers(
    meanings: &Meanings<'_>,
    resident: ResidentIx,
    remembered_max: usize,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<(CareerSet, Diagram), Refused> {
    let scenario = meanings.scenario();
    let time = CourseTime::of(scenario, resident);
    let courses: Vec<CourseIx> = match scenario.resident(resident).course {
        Some(course) => vec![course],
        None => scenario.course_ixs().collect(),
    };
    let is_open = |course: &CourseIx| scenario.course(*course).is_open_to(scenario.resident(resident));
    let courses: Vec<CourseIx> = courses.into_iter().filter(is_open).collect();
    if time.is_over {
        // Whatever the past was like, there is one way to go on.
        return Ok((CareerSet::default(), Diagram::ended([CourseIx(0)])));
    }
    if time.months.is_empty() {
        // Away from entry until they leave: the pattern of no course ever begins.
        return Ok((CareerSet::default(), Diagram::ended(courses)));
    }
    let mut remainders = Remainders::default();
    let firsts: Vec<(CourseIx, Vec<Rest>)> = courses
        .iter()
        .map(|&course| {
            let patterns = scenario.course(course).patterns.iter();
            (course, patterns.map(|pattern| remainders.of_pattern(pattern)).collect())
        })
        .collect();
    let mut builder = Builder::new(meanings, &time, resident, remainders, (&firsts, remembered_max));
    builder.walk(&firsts, stopped)?;
    Ok(builder.finish(&firsts))
}

pub(super) struct Builder<'a> {
    scenario: &'a Scenario,
    meanings: &'a Meanings<'a>,
    pub(super) time: &'a CourseTime,
    remainders: Remainders,
    ledger: Ledger<'a>,
    /// Per course of the patterns its profile.
    profile_of: Vec<usize>,
    tells: Tells,
    /// Per place (`None`: nowhere) the positions at which a step ends.
    cuts: BTreeMap<Option<Place>, BTreeSet<u32>>,
    /// The same where nobody takes a seat.
    cuts_of_all: BTreeSet<u32>,
    /// Those of every place, whatever the parts.
    common_cuts: BTreeSet<u32>,
    /// Per position where the resident may be by history and locks.
    places: Vec<Vec<Place>>,
    fits: Fits,
    /// Whether a part may be at a facility from one position to another.
    allowed: FxHashMap<(SelectorIx, FacilityIx, u32, u32), bool>,
    /// Whether a part may be at a place from one position to another.
    allowed_places: FxHashMap<(SelectorIx, Place, u32, u32), bool>,
    pub(super) stays: Vec<Step>,
    pub(super) about: Vec<About>,
    pub(super) repeatable: Vec<Repeatable>,
    stay_at: FxHashMap<(Option<Place>, u32, u32, About), u32>,
    /// Of the present position.
    offers: FxHashMap<Vec<Way>, Rc<Vec<Offer>>>,
    offered: u32,
    /// Per offer and what tells its stays apart their numbers.
    bundles: FxHashMap<(u32, About), Rc<Vec<u32>>>,
    /// Affiliates known from history, with the training year.
    pub(super) past: BTreeMap<FacilityIx, u32>,
    /// Per position the states there, and each state's number.
    open: BTreeMap<u32, Vec<(State, u32)>>,
    numbers: FxHashMap<(u32, State), u32>,
    /// Per state the steps from it; `None` as a stay: none that is decided.
    pub(super) steps: Vec<Vec<(Option<u32>, u32)>>,
    /// Whether a career may end in the state.
    pub(super) ends: Vec<bool>,
    labels: usize,
}

/// A step from a state: its stay, if it is decided, and the state it leads to.
type Next = (Option<u32>, u32);

impl<'a> Builder<'a> {
    fn new(
        meanings: &'a Meanings<'a>,
        time: &'a CourseTime,
        resident: ResidentIx,
        mut remainders: Remainders,
        (firsts, remembered_max): (&[(CourseIx, Vec<Rest>)], usize),
    ) -> Self {
        let scenario = meanings.scenario();
        let end = time.pattern_end();
        let rests: Vec<Rest> = firsts.iter().flat_map(|(_, rests)| rests).copied().collect();
        let parts = remainders.parts(&rests, end);
        let mut tells = Tells::of(scenario);
        let places: Vec<Vec<Place>> = places(scenario, time);
        let fits = Fits::of(meanings, time, &places, &parts);
        let courses: Vec<CourseIx> = firsts.iter().map(|(course, _)| *course).collect();
        let possible = possible(time, &fits, &places, &parts);
        let short =
            |tracker: &Tracker, least: u32| can_be_short(meanings, time, &fits, &parts, tracker, least);
        let (mut trackers, profile_of) = Trackers::of(meanings, time, resident, &courses, &possible, &short);
        let pieces = |place: Place| {
            let here = parts.iter().filter(|(part, from, until)| {
                part.place.is_some_and(|selector| fits.anywhere(selector, place, *from, *until))
            });
            here.map(|(part, from, until)| part.step.map(|_| until - from)).collect()
        };
        let once = Once::forget(meanings, time, &mut trackers, &possible, &pieces, remembered_max);
        // Only where a stay begins it has a mark.
        tells.begins |= once.is_some();
        let common_cuts = common_cuts(time, tells);
        let mut cuts_of_all = common_cuts.clone();
        let mut cuts: BTreeMap<Option<Place>, BTreeSet<u32>> = BTreeMap::new();
        let everywhere: BTreeSet<Place> = places.iter().flatten().copied().collect();
        let nowhere = std::iter::once(None);
        for place in everywhere.iter().copied().map(Some).chain(nowhere) {
            cuts.insert(place, cuts_of_all.clone());
        }
        for &(part, from, until) in &parts {
            for (place, cuts) in &mut cuts {
                let is_there = match (*place, part.place) {
                    (None, None) => true,
                    (Some(place), Some(selector)) => fits.anywhere(selector, place, from, until),
                    _ => false,
                };
                if is_there {
                    cuts.extend([from, until]);
                }
            }
            cuts_of_all.extend([from, until]);
        }
        let mut builder = Self {
            scenario,
            meanings,
            time,
            remainders,
            ledger: Ledger::new(meanings, time, trackers, once.unwrap_or_default(), tells),
            profile_of,
            tells,
            cuts,
            cuts_of_all,
            common_cuts,
            places,
            fits,
            allowed: FxHashMap::default(),
            allowed_places: FxHashMap::default(),
            stays: Vec::new(),
            about: Vec::new(),
            repeatable: Vec::new(),
            stay_at: FxHashMap::default(),
            offers: FxHashMap::default(),
            offered: 0,
            bundles: FxHashMap::default(),
            past: BTreeMap::new(),
            open: BTreeMap::new(),
            numbers: FxHashMap::default(),
            steps: Vec::new(),
            ends: Vec::new(),
            labels: 0,
        };
        builder.cut_sections(&parts, resident);
        builder
    }

    /// Sections of a facility are changed within a part, as their steps allow.
    fn cut_sections(&mut self, parts: &[(Part, u32, u32)], resident: ResidentIx) {
        let (scenario, time) = (self.scenario, self.time);
        let person = scenario.resident(resident);
        let is_cut_anywhere = person.history.iter().any(|stay| stay.section.is_some())
            || person.locks.iter().any(|lock| lock.stay.section.is_some())
            || time.months.iter().any(|month| !month.seat);
        for facility in scenario.facility_ixs().filter(|&facility| scenario.has_sections(facility)) {
            let steps = scenario.sections_of(facility).map(|section| scenario.section(section).step_months);
            let step = if is_cut_anywhere { 1 } else { steps.fold(0, gcd).max(1) };
            let mut cuts: BTreeSet<u32> = BTreeSet::new();
            let here = |(part, from, until): &&(Part, u32, u32)| {
                let selector = part.place;
                let at = |selector| {
                    (*from..*until).any(|position| {
                        let month = time.months[position as usize].month;
                        scenario.selects_facility(selector, facility, month)
                    })
                };
                selector.is_some_and(at)
            };
            let here: Vec<&(Part, u32, u32)> = parts.iter().filter(here).collect();
            let begins: BTreeSet<u32> = here.iter().map(|(_, from, _)| from % step).collect();
            for (_, from, until) in &here {
                cuts.extend((*from..*until).filter(|position| begins.contains(&(position % step))));
            }
            cuts.extend(time.pattern_end()..time.months.len() as u32);
            for (place, known) in &mut self.cuts {
                if place.is_some_and(|place| place.facility == facility) {
                    known.extend(&cuts);
                }
            }
        }
    }

    /// The states of every course and all steps between them, in order of time.
    fn walk(
        &mut self,
        firsts: &[(CourseIx, Vec<Rest>)],
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Refused> {
        for (course, (_, rests)) in firsts.iter().enumerate() {
            let first = self.first(course, rests);
            self.number(0, first);
        }
        let mut untimed = 0;
        while let Some((position, states)) = self.open.pop_first() {
            self.offers.clear();
            self.bundles.clear();
            for (state, number) in states {
                if untimed >= STEPS_UNTIMED {
                    untimed = 0;
                    if stopped() {
                        return Err(Refused::Stopped);
                    }
                }
                self.ends[number as usize] = position as usize >= self.time.months.len()
                    && self.ledger.is_legal(&state.past, state.profile);
                let steps = self.steps_from(position, &state);
                untimed += steps.len() + 1;
                self.labels += steps.len();
                if self.labels > LABELS_MAX {
                    return Err(Refused::TooManyLabels);
                }
                self.steps[number as usize] = steps;
            }
        }
        Ok(())
    }

    /// The state that a course begins in; `course` is its position among those of the patterns.
    pub(super) fn first(&self, course: usize, rests: &[Rest]) -> State {
        let mut ways: Vec<Way> = rests.iter().map(|&rest| Way { rest, current: None }).collect();
        ways.sort_unstable();
        ways.dedup();
        State { profile: self.profile_of[course], ways, past: self.ledger.nothing() }
    }

    pub(super) fn number(&mut self, position: u32, state: State) -> u32 {
        let key = (position, state);
        if let Some(&known) = self.numbers.get(&key) {
            return known;
        }
        let number = self.steps.len() as u32;
        self.open.entry(position).or_default().push((key.1.clone(), number));
        self.numbers.insert(key, number);
        self.steps.push(Vec::new());
        self.ends.push(false);
        number
    }

    fn steps_from(&mut self, position: u32, state: &State) -> Vec<Next> {
        if position as usize >= self.time.months.len() {
            Vec::new()
        } else if position >= self.time.pattern_end() {
            self.extend(position, state)
        } else if !self.time.months[position as usize].seat {
            self.wait(position, state).into_iter().collect()
        } else {
            self.go_on(position, state)
        }
    }

    /// The steps of the extension: at which facility it is spent follows.
    fn extend(&mut self, position: u32, state: &State) -> Vec<Next> {
        let month = &self.time.months[position as usize];
        let Some(common) = self.cuts_of_all.range(position + 1..).next().copied() else { return Vec::new() };
        if !month.seat {
            let after = self.ledger.after(&state.past, state.profile, Spent::Away, (position, common), false);
            let after = after.map(|(past, _)| State { past, ..state.clone() });
            return after.into_iter().map(|after| (None, self.number(common, after))).collect();
        }
        // Free months before an extension had a stay to come.
        if state.past.ended {
            return Vec::new();
        }
        // Whoever was nowhere all the time has no last facility: any will do.
        let last = state.past.last;
        let is_it = |place: &Place| month.extends(last.unwrap_or(place.facility)) == place.facility;
        let places: Vec<Place> = self.places[position as usize].iter().copied().filter(is_it).collect();
        let mut steps = Vec::new();
        for place in places {
            let months = self.time.between(position, common).iter();
            let here = |this: &&CourseMonth| this.extends(place.facility) == place.facility;
            let same = position + months.take_while(here).count() as u32;
            let cut = self.cuts.get(&Some(place)).and_then(|cuts| cuts.range(position + 1..).next().copied());
            // A facility without sections may be no part of any pattern here, and has no cuts of its own.
            let until = if place.section.is_some() { cut.unwrap_or(same).min(same) } else { same };
            let may_be = self.time.between(position, until).iter().all(|month| month.allows(place));
            if may_be {
                steps.extend(self.step(state, (Vec::new(), false), Spent::At(place), position, until));
            }
        }
        steps
    }

    /// A step in which nobody takes a seat.
    fn wait(&mut self, position: u32, state: &State) -> Option<Next> {
        let until = self.cuts_of_all.range(position + 1..).next().copied()?;
        let month = self.time.months[position as usize].month;
        let mut ways = Vec::new();
        for &way in &state.ways {
            for way in self.begun(way, position) {
                let is_any = |current: Current| match current.selector {
                    None => true,
                    Some(_) if current.facility.is_some() => true,
                    Some(selector) => {
                        let mut places = self.scenario.places().into_iter();
                        places.any(|place| self.scenario.selects(selector, place, month))
                    }
                };
                if way.current.is_some_and(is_any) {
                    ways.push(way);
                }
            }
        }
        self.step(state, ways_after(ways, until, self.time.pattern_end())?, Spent::Away, position, until)
    }

    /// The steps in which the resident is somewhere, or has free months.
    fn go_on(&mut self, position: u32, state: &State) -> Vec<Next> {
        let offers = self.offers(position, &state.ways);
        let mut steps = Vec::new();
        for offer in offers.iter() {
            let after = || (offer.ways.clone(), offer.over);
            if offer.places.is_empty() {
                for spent in self.free(position, state) {
                    steps.extend(self.step(state, after(), spent, position, offer.until));
                }
            } else if state.past.ended {
                continue;
            } else if offer.places.len() > 1 && state.past.is_nowhere() {
                steps.extend(self.steps_alike(state, offer, position));
            } else {
                for &place in &offer.places {
                    steps.extend(self.step(state, after(), Spent::At(place), position, offer.until));
                }
            }
        }
        steps
    }

    /// Where steps from a position can lead.
    fn offers(&mut self, position: u32, ways: &[Way]) -> Rc<Vec<Offer>> {
        if let Some(known) = self.offers.get(ways) {
            return Rc::clone(known);
        }
        let mut ways_of: BTreeMap<Option<Place>, Vec<Way>> = BTreeMap::new();
        for way in ways.iter().flat_map(|&way| self.begun(way, position)).collect::<Vec<_>>() {
            let Some(current) = way.current else { continue };
            let Some(selector) = current.selector else {
                let months = self.time.between(position, current.until).iter();
                if months.filter(|month| month.seat).all(CourseMonth::allows_nowhere) {
                    ways_of.entry(None).or_default().push(way);
                }
                continue;
            };
            for at in 0..self.places[position as usize].len() {
                let place = self.places[position as usize][at];
                if self.continues(current, selector, place, position) {
                    let facility = Some(place.facility);
                    // A section once known is that of the whole piece.
                    let known = current.place.filter(|_| place.section.is_none());
                    let one = known.or(Some(place)).filter(|_| current.one_place);
                    let current = Current { facility, place: one, ..current };
                    ways_of.entry(Some(place)).or_default().push(Way { current: Some(current), ..way });
                }
            }
        }
        let mut offers: Vec<Offer> = Vec::new();
        for (place, mut ways) in ways_of {
            let Some(until) = self.until(position, place, &ways) else { continue };
            if let Some(place) = place {
                // The section has to be possible until it can be left.
                ways.retain(|way| {
                    let selector = way.current.and_then(|current| current.selector);
                    selector.is_some_and(|selector| self.allows_place(selector, place, position, until))
                });
            }
            let Some((ways, over)) = ways_after(ways, until, self.time.pattern_end()) else { continue };
            if let Some(place) = place.filter(|_| over) {
                let same = |of: &&mut Offer| of.over && of.until == until && of.ways == ways;
                let mut alike = offers.iter_mut().filter(same).filter(|of| {
                    let first = of.places.first();
                    first.is_some_and(|&first| self.ledger.are_alike(first, place, position, until))
                });
                if let Some(alike) = alike.next() {
                    alike.places.push(place);
                    continue;
                }
            }
            let places = place.into_iter().collect();
            offers.push(Offer { number: self.offered, places, until, ways, over });
            self.offered += 1;
        }
        let offers = Rc::new(offers);
        self.offers.insert(ways.to_vec(), Rc::clone(&offers));
        offers
    }

    /// Where a step ends that these ways can take at a place, or in free months.
    fn until(&self, position: u32, place: Option<Place>, ways: &[Way]) -> Option<u32> {
        let after = |cuts: &BTreeSet<u32>| cuts.range(position + 1..).next().copied();
        let currents = || ways.iter().filter_map(|way| way.current);
        let last = currents().map(|current| current.until).next()?;
        // A piece is at one place to its end.
        if currents().all(|current| current.one_place && current.until == last) {
            return Some(after(&self.common_cuts).map_or(last, |cut| cut.min(last)));
        }
        self.cuts.get(&place).and_then(after)
    }

    /// The steps to places that are alike: they lead to one state.
    fn steps_alike(&mut self, state: &State, offer: &Offer, position: u32) -> Vec<Next> {
        let Some(&first) = offer.places.first() else { return Vec::new() };
        let (profile, span) = (state.profile, (position, offer.until));
        let after = self.ledger.after(&state.past, profile, Spent::At(first), span, offer.over);
        let Some((past, events)) = after else { return Vec::new() };
        let about = self.about(profile, events, false, position);
        let to = self.number(offer.until, State { profile, ways: offer.ways.clone(), past });
        let bundle = match self.bundles.get(&(offer.number, about)) {
            Some(known) => Rc::clone(known),
            None => {
                let numbered = |&place| self.stay(Some(place), profile, events, position, offer.until);
                let bundle = Rc::new(offer.places.iter().filter_map(numbered).collect());
                self.bundles.insert((offer.number, about), Rc::clone(&bundle));
                bundle
            }
        };
        bundle.iter().map(|&stay| (Some(stay), to)).collect()
    }

    /// Whether a part under way, or about to begin, can go on at a place.
    fn continues(&mut self, current: Current, selector: SelectorIx, place: Place, position: u32) -> bool {
        let is_there = |known: Place| {
            let is_unsaid = known.section.is_none() || place.section.is_none();
            // Where nobody wrote down in which section it was, it may have been in any.
            known == place || (is_unsaid && known.facility == place.facility)
        };
        current.facility.is_none_or(|facility| facility == place.facility)
            && current.place.is_none_or(is_there)
            && self.fits.at(selector, place, position)
            // All the part is at one facility, so all its months have to allow it.
            && if current.one_place && place.section.is_some() {
                self.allows_place(selector, place, position, current.until)
            } else {
                self.allows_facility(selector, place.facility, position, current.until)
            }
    }

    /// What free months can be: if something asks for it, before or after the last stay.
    fn free(&self, position: u32, state: &State) -> Vec<Spent> {
        let decided = self.time.months[position as usize].decided;
        if !decided || !self.tells.idle {
            return vec![Spent::Free { idle: false, ended: false }];
        }
        let ended = Spent::Free { idle: false, ended: true };
        let idle = Spent::Free { idle: true, ended: false };
        match &state.past {
            past if past.ended => vec![ended],
            // A stay was promised, and none has come yet.
            past if past.idle => vec![idle],
            _ => vec![idle, ended],
        }
    }

    /// A way with a part under way: the one it is in, or each that may begin.
    fn begun(&mut self, way: Way, position: u32) -> Vec<Way> {
        if way.current.is_some() {
            return vec![way];
        }
        let end = self.time.pattern_end();
        let next = self.remainders.next(way.rest).into_iter();
        next.map(|(part, rest)| {
            let until = position.saturating_add(part.months).min(end);
            let (selector, one_place) = (part.place, part.step.is_some());
            Way { rest, current: Some(Current { selector, one_place, until, facility: None, place: None }) }
        })
        .collect()
    }

    /// A step to the state that follows, in the form that all states have in which the same can follow; `None` if a
    /// rule is broken. `over`: whether what was under way ends with it.
    fn step(
        &mut self,
        state: &State,
        (ways, over): (Vec<Way>, bool),
        spent: Spent,
        from: u32,
        until: u32,
    ) -> Option<Next> {
        let profile = state.profile;
        let (past, events) = self.ledger.after(&state.past, profile, spent, (from, until), over)?;
        let stay = match spent {
            Spent::At(place) => self.stay(Some(place), profile, events, from, until),
            Spent::Free { idle, .. } => self.nowhere(idle, profile, events, from, until),
            Spent::Away => None,
        };
        Some((stay, self.number(until, State { profile, ways, past })))
    }

    /// What the search has to look at in a stay; nothing where nothing is left to it.
    pub(super) fn marks(&self, stay: usize) -> Marks {
        let (Step { place, .. }, About { begins, .. }) = (self.stays[stay], self.about[stay]);
        let of = |place| self.ledger.once.marks(self.meanings, place, begins, self.time);
        place.map_or_else(Marks::default, of)
    }

    fn allows_facility(&mut self, selector: SelectorIx, facility: FacilityIx, from: u32, until: u32) -> bool {
        if let Some(&known) = self.allowed.get(&(selector, facility, from, until)) {
            return known;
        }
        let may_be = |position: u32| {
            let places = self.places.get(position as usize).into_iter().flatten();
            let mut places = places.filter(|place| place.facility == facility);
            !self.time.months[position as usize].seat
                || places.any(|&place| self.fits.at(selector, place, position))
        };
        let until_known = until.min(self.time.months.len() as u32);
        let known = (from..until_known).all(may_be);
        self.allowed.insert((selector, facility, from, until), known);
        known
    }

    fn allows_place(&mut self, selector: SelectorIx, place: Place, from: u32, until: u32) -> bool {
        if let Some(&known) = self.allowed_places.get(&(selector, place, from, until)) {
            return known;
        }
        let may_be = |position: u32| {
            let month = &self.time.months[position as usize];
            !month.seat || (month.allows(place) && self.fits.at(selector, place, position))
        };
        let until_known = until.min(self.time.months.len() as u32);
        let known = (from..until_known).all(may_be);
        self.allowed_places.insert((selector, place, from, until), known);
        known
    }

    /// The stay of a step at a place; `None` if it is not to be decided.
    fn stay(
        &mut self,
        place: Option<Place>,
        profile: usize,
        events: Events,
        from: u32,
        until: u32,
    ) -> Option<u32> {
        let first = self.time.between(from, until).first()?;
        let facility = place?.facility;
        let mut years: Vec<(u32, u32)> = Vec::new();
        if self.scenario.facility(facility).role == Role::Affiliate {
            for year in (from..until).map(|position| self.time.year_of(position)) {
                match years.last_mut() {
                    Some((last, months)) if *last == year => *months += 1,
                    _ => years.push((year, 1)),
                }
            }
        }
        if !first.decided {
            // Where history says nothing, nobody is known to have been anywhere.
            if let Some(&(year, _)) = years.first().filter(|_| first.is_fixed_at(facility)) {
                self.past.entry(facility).and_modify(|first| *first = year.min(*first)).or_insert(year);
            }
            return None;
        }
        let about = self.about(profile, events, false, from);
        Some(self.numbered(place, about, Repeatable { years }, from, until))
    }

    /// The same for free months.
    fn nowhere(&mut self, idle: bool, profile: usize, events: Events, from: u32, until: u32) -> Option<u32> {
        let is_decided = self.time.months[from as usize].decided;
        let about = self.about(profile, events, idle, from);
        is_decided.then(|| self.numbered(None, about, Repeatable::default(), from, until))
    }

    fn about(&self, profile: usize, events: Events, idle: bool, from: u32) -> About {
        About {
            course: self.ledger.trackers.profiles[profile].course,
            year: if self.tells.years { self.time.year_of(from) } else { 1 },
            begins: events.begins,
            begins_at_facility: events.begins_at_facility,
            changes: events.changes,
            idle,
            short: events.short,
        }
    }

    /// The number of a stay.
    fn numbered(
        &mut self,
        place: Option<Place>,
        about: About,
        repeatable: Repeatable,
        from: u32,
        until: u32,
    ) -> u32 {
        let start = self.time.months[from as usize].month;
        let next = self.stays.len() as u32;
        let number = *self.stay_at.entry((place, from, until, about)).or_insert(next);
        if number == next {
            self.stays.push(Step { place, span: Span::new(start, until - from) });
            self.about.push(about);
            self.repeatable.push(repeatable);
        }
        number
    }
}

/// The ways after a step, and whether all that was under way ends with it; `None` if none is left.
fn ways_after(mut ways: Vec<Way>, until: u32, pattern_end: u32) -> Option<(Vec<Way>, bool)> {
    if ways.is_empty() {
        return None;
    }
    for way in &mut ways {
        way.current = way.current.filter(|current| current.until > until);
    }
    ways.sort_unstable();
    ways.dedup();
    let over = ways.iter().all(|way| way.current.is_none());
    if until >= pattern_end {
        ways.clear();
    }
    Some((ways, over))
}

/// At which positions parts may be at places, locks aside.
struct Fits {
    /// Per selector of a part and place, by position.
    known: FxHashMap<(SelectorIx, Place), Vec<bool>>,
}

impl Fits {
    fn of(
        meanings: &Meanings<'_>,
        time: &CourseTime,
        places: &[Vec<Place>],
        parts: &[(Part, u32, u32)],
    ) -> Self {
        let scenario = meanings.scenario();
        let everywhere: BTreeSet<Place> = places.iter().flatten().copied().collect();
        let selectors: BTreeSet<SelectorIx> = parts.iter().filter_map(|(part, ..)| part.place).collect();
        let mut known = FxHashMap::default();
        for selector in selectors {
            for &place in &everywhere {
                let fits = |month: &CourseMonth| match month.decided {
                    true => meanings.selects(selector, place, month.month),
                    false => scenario.may_select(selector, place, month.month),
                };
                known.insert((selector, place), time.months.iter().map(fits).collect());
            }
        }
        Self { known }
    }

    fn at(&self, selector: SelectorIx, place: Place, position: u32) -> bool {
        self.anywhere(selector, place, position, position + 1)
    }

    /// Whether a part may be at the place somewhere from one position to another.
    fn anywhere(&self, selector: SelectorIx, place: Place, from: u32, until: u32) -> bool {
        let Some(fits) = self.known.get(&(selector, place)) else { return false };
        let until = fits.len().min(until as usize);
        fits.get(from as usize..until).is_some_and(|fits| fits.contains(&true))
    }
}

/// Per position where the resident may be by history and locks; nowhere without a seat.
fn places(scenario: &Scenario, time: &CourseTime) -> Vec<Vec<Place>> {
    let all = scenario.places();
    let facilities: BTreeSet<FacilityIx> = all.iter().map(|place| place.facility).collect();
    let unsaid: Vec<Place> =
        facilities.into_iter().map(|facility| Place { facility, section: None }).collect();
    let of = |month: &CourseMonth| -> Vec<Place> {
        if !month.seat {
            return Vec::new();
        }
        let is_said = month.decided || month.known_section().is_some();
        let places = if is_said { &all } else { &unsaid };
        places.iter().copied().filter(|&place| month.allows(place)).collect()
    };
    time.months.iter().map(of).collect()
}

/// Where the patterns can lead: per position what some part there may be at.
fn possible(time: &CourseTime, fits: &Fits, places: &[Vec<Place>], parts: &[(Part, u32, u32)]) -> Possible {
    let mut selectors: Vec<BTreeSet<SelectorIx>> = vec![BTreeSet::new(); time.months.len()];
    for (part, from, until) in parts {
        for position in *from..(*until).min(time.pattern_end()) {
            selectors[position as usize].extend(part.place);
        }
    }
    let of = |(position, places): (usize, &Vec<Place>)| {
        let is_extension = position as u32 >= time.pattern_end();
        let is_possible = |place: &&Place| {
            let mut asking = selectors[position].iter();
            is_extension || asking.any(|&of| fits.at(of, **place, position as u32))
        };
        places.iter().filter(is_possible).copied().collect()
    };
    Possible { places: places.iter().enumerate().map(of).collect() }
}

/// Cuts that concern every place.
fn common_cuts(time: &CourseTime, tells: Tells) -> BTreeSet<u32> {
    let same_kind = |a: &CourseMonth, b: &CourseMonth| {
        // What history says of sections may begin or end within a piece.
        let same_section = a.decided || a.known_section() == b.known_section();
        a.seat == b.seat && a.decided == b.decided && a.month.plus(1) == b.month && same_section
    };
    let pairs = time.months.windows(2).zip(1..);
    let changes = pairs.filter(|&(pair, position)| {
        let is_new_year = tells.years && time.year_of(position) != time.year_of(position - 1);
        is_new_year || !same_kind(&pair[0], &pair[1])
    });
    let mut cuts: BTreeSet<u32> = changes.map(|(_, position)| position).collect();
    cuts.extend([time.pattern_end(), time.months.len() as u32]);
    cuts
}

/// Whether a stay that a tracker is about can come out shorter than `least`: a part of the pattern may be, or may be
/// cut into sections or begin where none is known, and in an extension a lock may cut a stay short, and the last facility goes on.
fn can_be_short(
    meanings: &Meanings<'_>,
    time: &CourseTime,
    fits: &Fits,
    parts: &[(Part, u32, u32)],
    tracker: &Tracker,
    least: u32,
) -> bool {
    let Kind::Length { standard, .. } = tracker.kind else { return true };
    let is_short = |&(part, from, until): &(Part, u32, u32)| {
        let Some(selector) = part.place else { return false };
        let is_there = |&(of, place): &(SelectorIx, Place)| {
            let is_meant = |month: &CourseMonth| tracker.meaning.means(meanings, place, month.month);
            of == selector
                && fits.anywhere(selector, place, from, until)
                && time.between(from, until).iter().any(is_meant)
        };
        let counts = |month: &&CourseMonth| month.seat && (!standard || month.at_facility);
        let months = time.between(from, until).iter().filter(counts).count() as u32;
        // Where the past names no section, a piece is longer than the stay in its section that is known.
        let is_unsaid = |month: &CourseMonth| !month.decided && month.known_section().is_none();
        let is_cut = part.step.is_none() || time.between(from, until).iter().any(is_unsaid);
        let is_divided = tracker.by_section && is_cut;
        (months < least || (is_divided && least > 1)) && fits.known.keys().any(is_there)
    };
    !time.extension().is_empty() || parts.iter().any(is_short)
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}
