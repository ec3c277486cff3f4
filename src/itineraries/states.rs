//! From a resident's course time to the diagram of all their careers.
//!
//! The diagram is built forwards, month after month, over *states*: the position in course time, all ways
//! the course's patterns can have come so far (a part in any order looks the same as another until it ends),
//! and what the per-resident rules count of the past, each count capped at its minimum: units at
//! comprehensive institutions and at the core, months of the present stay, facilities seen. A state from
//! which no legal end can be reached is left out, and states from which the same can follow become one. Months
//! before the decided ones are in no career: where history leaves them open, what can follow on any way through
//! them is taken together. So every path of the diagram is one legal career, and no career has two.
//!
//! A step goes from one *cut* of course time to the next; cuts lie where a part of the facility's role can
//! begin or end and where the kind of month changes (seat, decided, a gap in the calendar), so what a step is
//! about is the same in all its months.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::career_set::{CareerSet, Repeatable};
use super::course_time::{CourseMonth, CourseTime};
use super::diagram::{Diagram, END, Leg};
use super::remainder::{Remainders, Rest};
use crate::calendar::Span;
use crate::scenario::{Accreditation, CourseIx, FacilityIx, ResidentIx, Role, Scenario, Stay};

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

/// A part under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Current {
    role: Role,
    until: u32,
    /// `None` as long as nobody has been anywhere in it.
    facility: Option<FacilityIx>,
}

/// One way the patterns can have come so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Way {
    rest: Rest,
    current: Option<Current>,
}

/// What the rules count of the past.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Past {
    /// Where the resident was last, as far as anything still depends on it.
    last: Option<FacilityIx>,
    /// Months of the stay there, at most the minimum.
    run: u32,
    comprehensive: u32,
    core: u32,
    /// The facilities seen, ascending, as long as they are too few.
    seen: Vec<FacilityIx>,
    seen_enough: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct State {
    ways: Vec<Way>,
    past: Past,
}

/// What a month or a step adds to what the rules count.
#[derive(Clone, Copy, Default)]
struct Counts {
    /// Units of months: a part-time month counts as much as its hours do.
    comprehensive: u32,
    core: u32,
    /// Months that count as a stay at the facility.
    stay_months: u32,
}

/// All careers of a resident.
///
/// # Errors
/// [`Refused`] if there are too many states or if `stopped` said so.
pub fn careers(
    scenario: &Scenario,
    resident: ResidentIx,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<(CareerSet, Diagram), Refused> {
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
    let mut builder = Builder::new(scenario, &time, remainders, &firsts);
    builder.walk(&firsts, stopped)?;
    Ok(builder.finish(&firsts))
}

struct Builder<'a> {
    scenario: &'a Scenario,
    time: &'a CourseTime,
    remainders: Remainders,
    /// Per role the positions at which a step ends.
    cuts: BTreeMap<Role, BTreeSet<u32>>,
    /// The same where nobody is anywhere.
    cuts_of_all: BTreeSet<u32>,
    /// Facilities of each role that may be placed.
    facilities: BTreeMap<Role, Vec<FacilityIx>>,
    /// Whether any stay can come out too short, so that its length has to be known.
    counts_runs: bool,
    /// Whether a facility may be taken from one position to another.
    allowed: HashMap<(FacilityIx, u32, u32), bool>,
    counted: HashMap<(FacilityIx, u32, u32), Counts>,
    stays: Vec<Stay>,
    repeatable: Vec<Repeatable>,
    stay_at: HashMap<(FacilityIx, u32), u32>,
    /// Affiliates known from history, with the training year.
    past: BTreeMap<FacilityIx, u32>,
    /// Per position the states there, and each state's number.
    open: BTreeMap<u32, Vec<(State, u32)>>,
    numbers: HashMap<(u32, State), u32>,
    /// Per state the steps from it; `None` as a stay: none that is decided.
    steps: Vec<Vec<(Option<u32>, u32)>>,
    /// Whether a career may end in the state.
    ends: Vec<bool>,
    labels: usize,
}

impl<'a> Builder<'a> {
    fn new(
        scenario: &'a Scenario,
        time: &'a CourseTime,
        mut remainders: Remainders,
        firsts: &[(CourseIx, Vec<Rest>)],
    ) -> Self {
        let end = time.pattern_end();
        let firsts: Vec<Rest> = firsts.iter().flat_map(|(_, rests)| rests).copied().collect();
        let parts = remainders.parts(&firsts, end).into_iter();
        let parts: Vec<(Role, u32, u32)> =
            parts.filter_map(|(part, from, until)| Some((scenario.role_of(&part)?, from, until))).collect();
        let same_kind = |a: &CourseMonth, b: &CourseMonth| {
            a.seat == b.seat && a.decided == b.decided && a.month.plus(1) == b.month
        };
        let changes = time.months.windows(2).zip(1..).filter(|(pair, _)| !same_kind(&pair[0], &pair[1]));
        let mut common: BTreeSet<u32> = changes.map(|(_, position)| position).collect();
        common.extend([end, time.months.len() as u32]);
        let mut cuts: BTreeMap<Role, BTreeSet<u32>> = Role::ALL.map(|role| (role, common.clone())).into();
        let mut cuts_of_all = common;
        for &(role, from, until) in &parts {
            cuts.entry(role).or_default().extend([from, until]);
            cuts_of_all.extend([from, until]);
        }
        let of_role = |role: Role| {
            let of_role = scenario.facility_ixs().filter(|&f| scenario.facility(f).role == role);
            (role, if role == Role::Associated { Vec::new() } else { of_role.collect() })
        };
        let least = scenario.rules.affiliate_stay_months_min;
        let is_short = |&(role, from, until): &(Role, u32, u32)| {
            let months = time.between(from, until).iter().filter(|month| month.seat && month.at_facility);
            role == Role::Affiliate && (months.count() as u32) < least
        };
        // In an extension a lock may cut a stay short, and the last facility goes on.
        let counts_runs = !time.extension().is_empty() || parts.iter().any(is_short);
        Self {
            scenario,
            time,
            remainders,
            cuts,
            cuts_of_all,
            facilities: Role::ALL.map(of_role).into(),
            counts_runs,
            allowed: HashMap::new(),
            counted: HashMap::new(),
            stays: Vec::new(),
            repeatable: Vec::new(),
            stay_at: HashMap::new(),
            past: BTreeMap::new(),
            open: BTreeMap::new(),
            numbers: HashMap::new(),
            steps: Vec::new(),
            ends: Vec::new(),
            labels: 0,
        }
    }

    /// The states of every course and all steps between them, in order of time.
    fn walk(
        &mut self,
        firsts: &[(CourseIx, Vec<Rest>)],
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Refused> {
        for (_, rests) in firsts {
            let first = self.first(rests);
            self.number(0, first);
        }
        let mut untimed = 0;
        while let Some((position, states)) = self.open.pop_first() {
            for (state, number) in states {
                if untimed >= STEPS_UNTIMED {
                    untimed = 0;
                    if stopped() {
                        return Err(Refused::Stopped);
                    }
                }
                self.ends[number as usize] =
                    position as usize >= self.time.months.len() && self.is_legal(&state.past);
                let steps = self.steps_from(position, &state);
                untimed += steps.len() + 1;
                self.labels += steps.len();
                if self.labels > LABELS_MAX {
                    return Err(Refused::TooManyLabels);
                }
                self.steps[number as usize] =
                    steps.into_iter().map(|(stay, at, state)| (stay, self.number(at, state))).collect();
            }
        }
        Ok(())
    }

    fn first(&self, rests: &[Rest]) -> State {
        let mut ways: Vec<Way> = rests.iter().map(|&rest| Way { rest, current: None }).collect();
        ways.sort_unstable();
        ways.dedup();
        let enough = self.time.resigns || self.scenario.rules.facilities_min == 0;
        let past =
            Past { last: None, run: 0, comprehensive: 0, core: 0, seen: Vec::new(), seen_enough: enough };
        State { ways, past }
    }

    fn number(&mut self, position: u32, state: State) -> u32 {
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

    /// The rules that only a complete career can be held against. Whoever leaves the program has none to
    /// fulfil, and may cut the last stay short.
    fn is_legal(&self, past: &Past) -> bool {
        let rules = &self.scenario.rules;
        self.time.resigns
            || (past.seen_enough
                && past.comprehensive >= rules.comprehensive_months_min * self.time.unit
                && past.core >= rules.core_months_min * self.time.unit
                && !self.is_too_short(past))
    }

    /// §7.1 \[16,25,30\]: no stay at an affiliate shorter than the minimum.
    fn is_too_short(&self, past: &Past) -> bool {
        let is_affiliate = |facility| self.scenario.facility(facility).role == Role::Affiliate;
        self.counts_runs
            && past.last.is_some_and(is_affiliate)
            && past.run < self.scenario.rules.affiliate_stay_months_min
    }

    fn steps_from(&mut self, position: u32, state: &State) -> Vec<(Option<u32>, u32, State)> {
        if position as usize >= self.time.months.len() {
            Vec::new()
        } else if position >= self.time.pattern_end() {
            self.extend(position, state).into_iter().collect()
        } else if !self.time.months[position as usize].seat {
            self.wait(position, state).into_iter().collect()
        } else {
            self.go_on(position, state)
        }
    }

    /// A step of the extension: where it is spent follows.
    fn extend(&mut self, position: u32, state: &State) -> Option<(Option<u32>, u32, State)> {
        let month = &self.time.months[position as usize];
        let common = self.cuts_of_all.range(position + 1..).next().copied()?;
        if !month.seat {
            return Some((None, common, state.clone()));
        }
        // Whoever was nowhere all the time has no last facility.
        let facility = month.extends(state.past.last?);
        let months = self.time.between(position, common).iter();
        let until = position + months.take_while(|this| this.extends(facility) == facility).count() as u32;
        let past = self.past_after(&state.past, facility, position, until)?;
        let allows = self.allows(facility, position, until);
        allows.then(|| (self.stay(facility, position, until), until, State { ways: Vec::new(), past }))
    }

    /// A step in which nobody is anywhere.
    fn wait(&mut self, position: u32, state: &State) -> Option<(Option<u32>, u32, State)> {
        let until = self.cuts_of_all.range(position + 1..).next().copied()?;
        let mut ways = Vec::new();
        for &way in &state.ways {
            for way in self.begun(way, position) {
                let is_any = |current: Current| {
                    current.facility.is_some()
                        || self.facilities.get(&current.role).is_some_and(|of| !of.is_empty())
                };
                if way.current.is_some_and(is_any) {
                    ways.push(self.ended(way, until));
                }
            }
        }
        self.state(until, ways, state.past.clone()).map(|state| (None, until, state))
    }

    /// The steps in which the resident is somewhere.
    fn go_on(&mut self, position: u32, state: &State) -> Vec<(Option<u32>, u32, State)> {
        let mut begun = Vec::new();
        for &way in &state.ways {
            begun.extend(self.begun(way, position));
        }
        let mut ways_of: BTreeMap<FacilityIx, Vec<Way>> = BTreeMap::new();
        for way in begun {
            let Some(current) = way.current else { continue };
            let facilities = match current.facility {
                Some(facility) => vec![facility],
                None => self.facilities.get(&current.role).cloned().unwrap_or_default(),
            };
            for facility in facilities {
                // All the part is at one facility, so all its months have to allow it.
                if self.allows(facility, position, current.until) {
                    let current = Current { facility: Some(facility), ..current };
                    ways_of.entry(facility).or_default().push(Way { current: Some(current), ..way });
                }
            }
        }
        let mut steps = Vec::new();
        for (facility, ways) in ways_of {
            let role = self.scenario.facility(facility).role;
            let Some(until) =
                self.cuts.get(&role).and_then(|cuts| cuts.range(position + 1..).next().copied())
            else {
                continue;
            };
            let Some(past) = self.past_after(&state.past, facility, position, until) else { continue };
            let ways = ways.into_iter().map(|way| self.ended(way, until)).collect();
            if let Some(state) = self.state(until, ways, past) {
                steps.push((self.stay(facility, position, until), until, state));
            }
        }
        steps
    }

    /// A way with a part under way: the one it is in, or each that may begin.
    fn begun(&mut self, way: Way, position: u32) -> Vec<Way> {
        if way.current.is_some() {
            return vec![way];
        }
        let end = self.time.pattern_end();
        let next = self.remainders.next(way.rest).into_iter();
        next.filter_map(|(part, rest)| {
            let until = position.saturating_add(part.months).min(end);
            let role = self.scenario.role_of(&part)?;
            Some(Way { rest, current: Some(Current { role, until, facility: None }) })
        })
        .collect()
    }

    /// A way at a position: its part may be over.
    fn ended(&self, way: Way, position: u32) -> Way {
        Way { current: way.current.filter(|current| current.until > position), ..way }
    }

    /// A state, brought into the form that all states have in which the same can follow.
    fn state(&self, position: u32, mut ways: Vec<Way>, mut past: Past) -> Option<State> {
        if ways.is_empty() {
            return None;
        }
        ways.sort_unstable();
        ways.dedup();
        if position >= self.time.pattern_end() {
            ways.clear();
        }
        if !self.counts_runs {
            past.last = None;
        }
        Some(State { ways, past })
    }

    /// What the rules count after a step at a facility; `None` if it leaves a stay too short.
    fn past_after(&mut self, past: &Past, facility: FacilityIx, from: u32, until: u32) -> Option<Past> {
        if past.last.is_some_and(|last| last != facility) && self.is_too_short(past) {
            return None;
        }
        let counts = self.counts(facility, from, until);
        let (rules, unit) = (&self.scenario.rules, self.time.unit);
        let is_affiliate = self.scenario.facility(facility).role == Role::Affiliate;
        let run = if past.last == Some(facility) { past.run } else { 0 } + counts.stay_months;
        let capped = |value: u32, min: u32| if self.time.resigns { 0 } else { value.min(min * unit) };
        let mut after = Past {
            last: Some(facility),
            run: if self.counts_runs && is_affiliate { run.min(rules.affiliate_stay_months_min) } else { 0 },
            comprehensive: capped(past.comprehensive + counts.comprehensive, rules.comprehensive_months_min),
            core: capped(past.core + counts.core, rules.core_months_min),
            seen: past.seen.clone(),
            seen_enough: past.seen_enough,
        };
        if let (false, Err(place)) = (after.seen_enough, after.seen.binary_search(&facility)) {
            after.seen.insert(place, facility);
            if after.seen.len() >= rules.facilities_min as usize {
                (after.seen, after.seen_enough) = (Vec::new(), true);
            }
        }
        Some(after)
    }

    fn counts(&mut self, facility: FacilityIx, from: u32, until: u32) -> Counts {
        let (scenario, time) = (self.scenario, self.time);
        *self.counted.entry((facility, from, until)).or_insert_with(|| {
            let mut counts = Counts::default();
            let of = scenario.facility(facility);
            for month in time.between(from, until) {
                let is_comprehensive = *of.accreditation.at(month.month) == Accreditation::Comprehensive;
                counts.comprehensive += if is_comprehensive { month.counted } else { 0 };
                counts.core += if of.role == Role::Core { month.counted } else { 0 };
                counts.stay_months += u32::from(month.seat && month.at_facility);
            }
            counts
        })
    }

    fn allows(&mut self, facility: FacilityIx, from: u32, until: u32) -> bool {
        let time = self.time;
        let all = || time.between(from, until).iter().all(|month| month.allows(facility));
        *self.allowed.entry((facility, from, until)).or_insert_with(all)
    }

    /// The stay of a step; `None` if it is not to be decided.
    fn stay(&mut self, facility: FacilityIx, from: u32, until: u32) -> Option<u32> {
        let months = self.time.between(from, until);
        let first = months.first()?;
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
        // A step's end follows from where it begins; only in the extension does it depend on locks as well,
        // which are the same for all careers.
        let (stays, repeatable) = (&mut self.stays, &mut self.repeatable);
        let number = *self.stay_at.entry((facility, from)).or_insert_with(|| {
            stays.push(Stay { facility, span: Span::new(first.month, until - from), section: None });
            repeatable.push(Repeatable { years });
            stays.len() as u32 - 1
        });
        Some(number)
    }

    /// The diagram of the states that lead to an end, with states of which the same can follow taken together.
    fn finish(mut self, firsts: &[(CourseIx, Vec<Rest>)]) -> (CareerSet, Diagram) {
        // Stays are numbered as they were met, which is in order of time within a course only.
        let mut order: Vec<usize> = (0..self.stays.len()).collect();
        order.sort_by_key(|&at| (self.stays[at].span.start, self.stays[at].facility));
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(to, &from)| place[from] = to as u32);

        // Later positions come later in `open`, but states are numbered when they are first met, so a
        // state's successors need not have greater numbers: by depth first then.
        let mut diagram = Diagram::ended([]);
        let mut joined = Joined::default();
        let mut node_of: Vec<Option<Option<u32>>> = vec![None; self.steps.len()];
        let roots: Vec<u32> = firsts
            .iter()
            .map(|(_, rests)| {
                let first = self.first(rests);
                self.number(0, first)
            })
            .collect();
        for &root in &roots {
            let mut waiting = vec![root];
            while let Some(&state) = waiting.last() {
                let steps = &self.steps[state as usize];
                let before = waiting.len();
                if node_of[state as usize].is_none() {
                    waiting
                        .extend(steps.iter().map(|&(_, to)| to).filter(|&to| node_of[to as usize].is_none()));
                }
                if waiting.len() > before {
                    continue;
                }
                waiting.pop();
                if node_of[state as usize].is_some() {
                    continue;
                }
                let mut legs: Vec<Leg> = Vec::with_capacity(steps.len());
                // What follows where nothing is decided, on any way there is through these months.
                let mut same = if self.ends[state as usize] { Some(END) } else { None };
                for &(stay, to) in steps {
                    let Some(to) = node_of[to as usize].flatten() else { continue };
                    match stay {
                        Some(stay) => legs.push(Leg { stay: place[stay as usize], to }),
                        None => same = Some(same.map_or(to, |other| joined.join(&mut diagram, other, to))),
                    }
                }
                legs.sort_unstable();
                node_of[state as usize] = Some(match same {
                    Some(node) => Some(node),
                    None if legs.is_empty() => None,
                    None => Some(joined.node(&mut diagram, legs)),
                });
            }
        }
        for ((course, _), &root) in firsts.iter().zip(&roots) {
            if let Some(node) = node_of[root as usize].flatten() {
                diagram.root(*course, node);
            }
        }
        // What only states had that lead nowhere is no stay of anybody.
        let renamed = diagram.rename_stays(order.len());
        let used = order.iter().zip(&renamed).filter(|(_, renamed)| renamed.is_some());
        let (mut stays, mut repeatable) = (Vec::new(), Vec::new());
        for (&at, _) in used {
            stays.push(self.stays[at]);
            repeatable.push(std::mem::take(&mut self.repeatable[at]));
        }
        let past = self.past.into_iter().collect();
        let (without_cases, not_at_work) = (self.time.without_cases.clone(), self.time.not_at_work.clone());
        let set = CareerSet::of_stays(stays, repeatable, past, without_cases, not_at_work);
        (set, diagram)
    }
}

/// Nodes by what follows, so that the same follows from one node only.
#[derive(Default)]
struct Joined {
    nodes: HashMap<Vec<Leg>, u32>,
    /// Nodes taken together.
    pairs: HashMap<(u32, u32), u32>,
}

impl Joined {
    fn node(&mut self, diagram: &mut Diagram, legs: Vec<Leg>) -> u32 {
        if let Some(&known) = self.nodes.get(&legs) {
            return known;
        }
        let node = diagram.push(&legs);
        self.nodes.insert(legs, node);
        node
    }

    /// The node from which whatever follows from either can follow, each career once.
    fn join(&mut self, diagram: &mut Diagram, one: u32, other: u32) -> u32 {
        let pair = (one.min(other), one.max(other));
        // Careers end together, so whoever is at the end is there with both.
        if pair.0 == pair.1 || pair.0 == END {
            return pair.1;
        }
        if let Some(&known) = self.pairs.get(&pair) {
            return known;
        }
        let mut to_of: BTreeMap<u32, u32> = BTreeMap::new();
        let legs: Vec<Leg> = [pair.0, pair.1].iter().flat_map(|&node| diagram.legs(node)).copied().collect();
        for Leg { stay, to } in legs {
            let joined = match to_of.get(&stay) {
                Some(&known) => self.join(diagram, known, to),
                None => to,
            };
            to_of.insert(stay, joined);
        }
        let node = self.node(diagram, to_of.into_iter().map(|(stay, to)| Leg { stay, to }).collect());
        self.pairs.insert(pair, node);
        node
    }
}
