//! Every legal career of residents alike, as a layered graph: no career is ever listed.
//!
//! A *point* lies between two parts of a pattern: what is left of the year, and the years after; points
//! with the same future are one, whatever course or order led there. An *arc* is a part at a facility of
//! its selector, a piece of one at a place, or a month of one in a section of a divided facility, from one point to
//! the next; after the pattern the months of an extension follow, an arc each. Free months are arcs, too.
//! A career is a path. What the next months are is a matter of the point alone, but for one rule: a stay
//! at an affiliate that is still too short has to go on. So a *state* is a point, and, where that matters,
//! the facility of the present stay with its months so far, counted up to the minimum.
//!
//! Minima over a whole career (months at comprehensive institutions and at the core, facilities) are
//! no part of a state: what an arc adds to them is noted, and `search` counts along the path. Nor are the rows of
//! tables about careers, which `tracks` follows.
//!
//! Invariant: arcs and states lead to points of lower numbers, so one pass in ascending order finds the
//! least cost to go from every state.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc as Shared;

use super::limits::{Limit, Meter};
use crate::audit::training_months::{Standing, Training, TrainingMonth};
use crate::calendar::Month;
use crate::scenario::{
    Accreditation, CourseIx, FacilityIx, LockKind, Part, Pattern, Place, Resident, ResidentIx, Role,
    Scenario, SectionIx, SelectorIx,
};

/// Stands for no facility: a part without a month with a seat, or a stay that no longer matters.
pub const NOWHERE: u32 = u32::MAX;

/// Stands for a free month: training time at no place, which ends a stay.
pub const FREE: u32 = u32::MAX - 1;

/// Whether a number stands for a facility.
pub fn is_somewhere(facility: u32) -> bool {
    facility < FREE
}

/// A cost that no career has: nothing leads to an end.
pub const FAR: i64 = 1 << 61;

/// Whether a least cost is that of nothing at all. Costs themselves stay far below (see `priced`).
pub fn is_far(cost: i64) -> bool {
    cost > FAR / 2
}

/// The months of a part, or one of an extension.
#[derive(Debug, Default)]
pub struct Leg {
    /// Places among the months of the training, from the first to before the last.
    pub places: Range<usize>,
    /// Decided months with a seat, as months since the first decided one.
    pub decided: Vec<Range<u32>>,
    /// Those of them in which the resident is at work.
    pub at_work: Vec<Range<u32>>,
    /// Per training year with a seat the decided months with a seat.
    pub years: Vec<(u32, u32)>,
    /// Per academic year the decided months in which cases are experienced.
    pub cases: Vec<(i32, u32)>,
    /// Months that count as a stay.
    counts: u32,
    is_somewhere: bool,
}

impl Leg {
    /// Decided months with a seat.
    pub fn months(&self) -> u32 {
        self.years.iter().map(|(_, months)| months).sum()
    }
}

/// Facility and section of a leg, as numbers.
pub type Stretch = (u32, u32);

/// A leg at a facility.
#[derive(Debug, Clone, Copy)]
pub struct Arc {
    pub facility: u32,
    /// The section, where the facility is divided; else [`NOWHERE`].
    pub section: u32,
    pub leg: u32,
    /// A month of the extension that goes on where the resident was last.
    pub keeps: bool,
    to: u32,
    /// The state in which a new stay there leaves the resident.
    enter: u32,
    /// Units of months that count towards the minima.
    pub comprehensive: u32,
    pub core: u32,
}

#[derive(Debug, Default)]
struct Point {
    /// Ascending by facility, nowhere last.
    arcs: Range<u32>,
    states: Range<u32>,
    /// Nothing moves anybody here: whoever is somewhere stays there.
    keeps: bool,
    /// Whether the facility of the present stay matters even when the stay is long enough.
    remembers: bool,
    is_end: bool,
}

/// The facility of the present stay (or none) and its months, up to the minimum.
type Stay = (u32, u32);

/// The careers of residents alike in entry, fixed course, history, locks, leaves and resignation.
pub struct Ways {
    pub calendar: Shared<Training>,
    /// Per month of the training whether history has the resident at a divided facility and does not say where.
    untold: Vec<bool>,
    pub legs: Vec<Leg>,
    pub arcs: Vec<Arc>,
    points: Vec<Point>,
    /// Point and stay of each state, ascending.
    states: Vec<(u32, Stay)>,
    /// Per state the most stays that can still begin.
    stays: Vec<u32>,
    /// Courses with the states they begin in.
    pub roots: Vec<(CourseIx, u32)>,
    is_affiliate: Vec<bool>,
    /// Months that a stay at an affiliate needs.
    stay_min: u32,
    /// Gone before anything is decided: there is one way to go on, and it is nowhere.
    pub is_gone: bool,
    /// Whoever leaves before the end owes no minimum, and may cut the last stay short.
    pub is_exempt: bool,
    #[cfg(test)]
    pub listed: super::listed::Listed,
}

/// The courses that are not kept for others.
pub fn open_courses(scenario: &Scenario, resident: ResidentIx) -> Vec<CourseIx> {
    let is_open = |course: &CourseIx| scenario.course(*course).is_open_to(scenario.resident(resident));
    scenario.course_ixs().filter(is_open).collect()
}

impl Ways {
    pub fn new(scenario: &Scenario, resident: ResidentIx, meter: &Meter<'_>) -> Result<Self, Limit> {
        let person = scenario.resident(resident);
        let calendar = Shared::new(Training::of(scenario, person));
        let is_gone = calendar.span().end() <= scenario.start();
        let mut pattern_months = vec![None; calendar.length as usize];
        for (place, month) in calendar.months.iter().enumerate() {
            if let Standing::Pattern(position) = month.standing {
                pattern_months[position as usize] = Some(place);
            }
        }
        let fixed = person.course;
        let open = open_courses(scenario, resident).into_iter();
        let courses: Vec<CourseIx> =
            open.filter(|course| fixed.is_none_or(|fixed| fixed == *course)).collect();
        let has_free = courses.iter().any(|course| scenario.course(*course).has_free_months());
        let past = |month: Month| person.history.iter().find(|stay| stay.span.contains(month));
        let is_untold = |month: &TrainingMonth| {
            past(month.month)
                .is_some_and(|stay| stay.section.is_none() && scenario.has_sections(stay.facility))
        };
        let mut draft = Draft {
            scenario,
            person,
            has_free,
            untold: calendar.months.iter().map(is_untold).collect(),
            calendar: &calendar,
            pattern_months,
            meter,
            points: Vec::new(),
            arcs: Vec::new(),
            legs: Vec::new(),
            leg_of: BTreeMap::new(),
            point_of: BTreeMap::new(),
        };
        draft.extension(is_gone)?;
        let mut roots = BTreeSet::new();
        if is_gone {
            roots.insert((CourseIx(0), draft.last()));
        } else {
            for course in courses {
                for Pattern { entries } in &scenario.course(course).patterns {
                    roots.insert((course, draft.point(0, Vec::new(), None, entries)?));
                }
            }
        }
        let Draft { points, arcs, legs, untold, .. } = draft;
        let is_affiliate = scenario.facilities.iter().map(|f| f.role == Role::Affiliate).collect();
        let stay_min = scenario.rules.affiliate_stay_months_min;
        let is_exempt = calendar.resigned || is_gone;
        let mut ways = Self {
            calendar,
            untold,
            legs,
            arcs,
            points,
            states: Vec::new(),
            stays: Vec::new(),
            roots: Vec::new(),
            is_affiliate,
            stay_min,
            is_gone,
            is_exempt,
            #[cfg(test)]
            listed: super::listed::Listed::new(resident),
        };
        ways.remember();
        ways.reach(&roots, meter)?;
        ways.roots =
            roots.iter().map(|&(course, point)| (course, ways.state(point, (NOWHERE, stay_min)))).collect();
        let fewest = ways.least_to_go(&vec![0; ways.arcs.len()], -1, meter)?;
        ways.stays = fewest.iter().map(|least| u32::try_from(-least).unwrap_or(0)).collect();
        Ok(ways)
    }

    /// Marks the points from which on the facility of a stay that is long enough still matters.
    fn remember(&mut self) {
        for at in 0..self.points.len() {
            let arcs = &self.arcs[self.range(at)];
            // Going on with the stay is then another thing than beginning one at the same facility.
            let is_short = |arc: &Arc| self.begun(arc.facility, self.counts(arc)) < self.stay_min;
            let later = |arc: &Arc| arc.facility == NOWHERE && self.points[arc.to as usize].remembers;
            let remembers = self.points[at].keeps || arcs.iter().any(|arc| is_short(arc) || later(arc));
            self.points[at].remembers = remembers;
        }
    }

    /// Finds the states that paths from the roots lead through.
    fn reach(&mut self, roots: &BTreeSet<(CourseIx, u32)>, meter: &Meter<'_>) -> Result<(), Limit> {
        let mut reached: Vec<BTreeSet<Stay>> = vec![BTreeSet::new(); self.points.len()];
        for &(_, point) in roots {
            reached[point as usize].insert((NOWHERE, self.stay_min));
        }
        for at in (0..self.points.len()).rev() {
            let stays = std::mem::take(&mut reached[at]);
            meter.look(self.range(at).len() as u64 + stays.len() as u64)?;
            let anew = stays.iter().any(|&stay| self.may_move(at, stay));
            for arc in self.range(at).map(|arc| self.arcs[arc]).filter(|arc| anew && arc.facility != NOWHERE)
            {
                let stay = (arc.facility, self.begun(arc.facility, self.counts(&arc)));
                reached[arc.to as usize].insert(self.kept(arc.to, stay));
            }
            for &stay in &stays {
                for arc in self.going_on(at, stay.0) {
                    let arc = self.arcs[arc];
                    reached[arc.to as usize].insert(self.kept(arc.to, self.gone_on(&arc, stay)));
                }
            }
            reached[at] = stays;
        }
        for (at, stays) in reached.into_iter().enumerate() {
            let first = self.states.len() as u32;
            self.states.extend(stays.into_iter().map(|stay| (at as u32, stay)));
            self.points[at].states = first..self.states.len() as u32;
        }
        meter.keep(self.states.len() * 2 + self.arcs.len() * 3)?;
        for at in 0..self.arcs.len() {
            let arc = self.arcs[at];
            if arc.facility != NOWHERE {
                let stay = (arc.facility, self.begun(arc.facility, self.counts(&arc)));
                // Where nobody begins a stay, nobody asks.
                self.arcs[at].enter = self.find(arc.to, stay).unwrap_or(NOWHERE);
            }
        }
        Ok(())
    }

    fn range(&self, point: usize) -> Range<usize> {
        let arcs = &self.points[point].arcs;
        arcs.start as usize..arcs.end as usize
    }

    fn counts(&self, arc: &Arc) -> u32 {
        self.legs[arc.leg as usize].counts
    }

    /// The months of a new stay, up to the minimum; stays elsewhere than at an affiliate have none.
    fn begun(&self, facility: u32, counts: u32) -> u32 {
        if self.is_affiliate(facility) { counts.min(self.stay_min) } else { self.stay_min }
    }

    fn gone_on(&self, arc: &Arc, (facility, run): Stay) -> Stay {
        match arc.facility {
            NOWHERE => (facility, run),
            _ => (facility, run.saturating_add(self.counts(arc)).min(self.stay_min)),
        }
    }

    /// What of a stay matters at a point.
    fn kept(&self, point: u32, stay: Stay) -> Stay {
        let matters = stay.1 < self.stay_min || self.points[point as usize].remembers;
        if matters { stay } else { (NOWHERE, self.stay_min) }
    }

    /// Whether somebody in the stay may begin another one at the point.
    fn may_move(&self, point: usize, (facility, run): Stay) -> bool {
        run >= self.stay_min && (!is_somewhere(facility) || !self.points[point].keeps)
    }

    /// The arcs that go on with a stay at the facility: those at it, and those nowhere.
    fn going_on(&self, point: usize, facility: u32) -> impl Iterator<Item = usize> + use<> {
        let range = self.range(point);
        let arcs = &self.arcs[range.clone()];
        let same = match facility {
            NOWHERE => 0..0,
            _ => {
                arcs.partition_point(|arc| arc.facility < facility)
                    ..arcs.partition_point(|arc| arc.facility <= facility)
            }
        };
        let nowhere = arcs.partition_point(|arc| arc.facility < NOWHERE)..arcs.len();
        same.chain(nowhere).map(move |at| range.start + at)
    }

    fn find(&self, point: u32, stay: Stay) -> Option<u32> {
        let states = self.points[point as usize].states.clone();
        let of_point = &self.states[states.start as usize..states.end as usize];
        let at = of_point.binary_search(&(point, self.kept(point, stay))).ok()?;
        Some(states.start + at as u32)
    }

    /// A state that is known to be reached.
    fn state(&self, point: u32, stay: Stay) -> u32 {
        self.find(point, stay).unwrap_or(0)
    }

    /// Whether months follow the pattern that go on where somebody was last.
    pub fn has_extension(&self) -> bool {
        self.points.iter().any(|point| point.keeps)
    }

    /// Arcs from one point, point by point.
    pub fn arcs_by_point(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        (0..self.points.len()).map(|point| self.range(point))
    }

    /// Whether two arcs lead to the same point by the same months.
    pub fn are_parallel(one: &Arc, other: &Arc) -> bool {
        let of = |arc: &Arc| (arc.leg, arc.facility, arc.to, arc.keeps, arc.comprehensive, arc.core);
        of(one) == of(other)
    }

    /// How many states there are.
    pub fn states(&self) -> usize {
        self.states.len()
    }

    /// Whether the state is an end, and whether a career may end there.
    pub fn end(&self, state: u32) -> Option<bool> {
        let (point, (_, run)) = self.states[state as usize];
        self.points[point as usize].is_end.then_some(run >= self.stay_min || self.is_exempt)
    }

    /// The most stays that can still begin.
    pub fn stays_to_go(&self, state: u32) -> u32 {
        self.stays[state as usize]
    }

    /// The ways on from a state: arc and the state it leads to.
    pub fn on_from(&self, state: u32, mut each: impl FnMut(u32, u32)) {
        let (point, stay) = self.states[state as usize];
        for arc in self.going_on(point as usize, stay.0) {
            let to = self.arcs[arc].to;
            each(arc as u32, self.state(to, self.gone_on(&self.arcs[arc], stay)));
        }
        if self.may_move(point as usize, stay) {
            for arc in self.range(point as usize) {
                let Arc { facility, enter, .. } = self.arcs[arc];
                if facility != NOWHERE && facility != stay.0 {
                    each(arc as u32, enter);
                }
            }
        }
    }

    /// Per state the least cost to an end, each arc costing what is given; [`FAR`] where none is reached.
    ///
    /// Minima over whole careers are left aside, so this is a lower bound of what careers cost.
    pub fn to_go(&self, costs: &[i64], meter: &Meter<'_>) -> Result<Vec<i64>, Limit> {
        self.least_to_go(costs, 0, meter)
    }

    /// The same where to begin a stay costs something, too.
    fn least_to_go(&self, costs: &[i64], begin: i64, meter: &Meter<'_>) -> Result<Vec<i64>, Limit> {
        meter.look((self.states.len() + self.arcs.len()) as u64)?;
        let mut least = vec![FAR; self.states.len()];
        for (at, point) in self.points.iter().enumerate() {
            let states = point.states.start as usize..point.states.end as usize;
            if states.is_empty() {
                continue;
            }
            let mut anew = FAR;
            for arc in self.range(at) {
                let Arc { facility, enter, .. } = self.arcs[arc];
                if facility != NOWHERE && enter != NOWHERE {
                    anew = anew.min(sum(sum(costs[arc], begin), least[enter as usize]));
                }
            }
            for state in states {
                let (_, stay) = self.states[state];
                let mut best = if self.end(state as u32) == Some(true) { 0 } else { FAR };
                for arc in self.going_on(at, stay.0) {
                    let to = self.state(self.arcs[arc].to, self.gone_on(&self.arcs[arc], stay));
                    best = best.min(sum(costs[arc], least[to as usize]));
                }
                // A new stay at the same facility is never better than going on with this one.
                if self.may_move(at, stay) {
                    best = best.min(anew);
                }
                least[state] = best;
            }
        }
        Ok(least)
    }

    /// Where an arc has the resident in a month with a seat.
    pub fn here(&self, arc: &Arc, month: &TrainingMonth) -> Option<Place> {
        self.at_stretch((arc.facility, arc.section), month)
    }

    /// The same of facility and section as numbers.
    pub fn at_stretch(&self, (facility, section): Stretch, month: &TrainingMonth) -> Option<Place> {
        if !is_somewhere(facility) {
            return None;
        }
        let place = usize::try_from(month.month.since(self.calendar.start)).unwrap_or(0);
        let is_told = section != NOWHERE && !self.untold.get(place).copied().unwrap_or(false);
        let section = is_told.then_some(SectionIx(section as usize));
        Some(Place { facility: FacilityIx(facility as usize), section })
    }

    pub fn is_affiliate(&self, facility: u32) -> bool {
        self.is_affiliate.get(facility as usize).copied().unwrap_or(false)
    }
}

/// The cost of an arc and what follows.
pub fn sum(cost: i64, to_go: i64) -> i64 {
    if is_far(cost) || is_far(to_go) { FAR } else { cost + to_go }
}

/// What is left of a part without a step at a divided facility: the months may change sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Inside {
    facility: FacilityIx,
    selector: SelectorIx,
    months: u32,
}

/// What is left of a pattern: its position, the pieces of the entry in order, the part begun, the entries after.
type Future = (usize, Vec<Part>, Option<Inside>, Vec<Vec<Part>>);

/// The pieces of an entry, in order: parts with a step fall into several, each as long as the step.
fn pieces(entry: &[Part]) -> Vec<Part> {
    let of_part = |part: &Part| {
        let months = part.step.unwrap_or(part.months).max(1);
        std::iter::repeat_n(Part { months, ..*part }, (part.months / months) as usize)
    };
    let mut pieces: Vec<Part> = entry.iter().flat_map(of_part).collect();
    pieces.sort_unstable();
    pieces
}

/// A graph in the making.
struct Draft<'a> {
    scenario: &'a Scenario,
    person: &'a Resident,
    calendar: &'a Training,
    /// Whether some pattern has free months: months that history says nothing about are such.
    has_free: bool,
    untold: Vec<bool>,
    /// Per position of the pattern its place among the months of the training, if it is reached.
    pattern_months: Vec<Option<usize>>,
    meter: &'a Meter<'a>,
    points: Vec<Point>,
    arcs: Vec<Arc>,
    legs: Vec<Leg>,
    /// By position and months.
    leg_of: BTreeMap<(usize, usize), u32>,
    point_of: BTreeMap<Future, u32>,
}

impl Draft<'_> {
    fn last(&self) -> u32 {
        self.points.len() as u32 - 1
    }

    /// Ends the career, and lays the months of an extension before the end.
    fn extension(&mut self, is_gone: bool) -> Result<(), Limit> {
        self.points.push(Point { is_end: true, ..Point::default() });
        if is_gone {
            return Ok(());
        }
        let months = self.calendar.months.iter().enumerate();
        let extension: Vec<usize> =
            months.filter(|(_, month)| month.is_extension()).map(|(place, _)| place).collect();
        for &place in extension.iter().rev() {
            let month = self.calendar.months[place].month;
            // Where history has the resident or a lock demands them; else where they were last.
            let past = self.person.history.iter().filter(|stay| stay.span.contains(month));
            let musts = self.person.locks.iter().filter(|lock| lock.kind == LockKind::Must);
            let demanded = musts.map(|lock| &lock.stay).filter(|stay| stay.span.contains(month));
            let settled = past.chain(demanded).map(|stay| stay.facility).next();
            let leg = self.leg(&[place]);
            let mut arcs = Vec::new();
            let is_it = |facility| settled.is_none_or(|settled| settled == facility);
            self.at(leg, None, is_it, self.last(), &mut arcs);
            self.add(arcs, settled.is_none())?;
        }
        Ok(())
    }

    /// The point with this future, made if it is new.
    fn point(
        &mut self,
        position: usize,
        left: Vec<Part>,
        inside: Option<Inside>,
        entries: &[Vec<Part>],
    ) -> Result<u32, Limit> {
        let inside = inside.filter(|inside| inside.months > 0);
        if left.is_empty() && inside.is_none() {
            return match entries {
                [] => Ok(self.extended()),
                // An entry without parts would be the same point again.
                [entry, rest @ ..] => self.point(position, pieces(entry), None, rest),
            };
        }
        let future = (position, left, inside, entries.to_vec());
        if let Some(&known) = self.point_of.get(&future) {
            return Ok(known);
        }
        let mut arcs = Vec::new();
        match inside {
            Some(inside) => self.month_inside(position, &future.1, inside, entries, &mut arcs)?,
            None => {
                let left = &future.1;
                for (at, part) in left.iter().enumerate().filter(|&(at, part)| !left[..at].contains(part)) {
                    let mut rest = left.clone();
                    rest.remove(at);
                    self.piece(position, *part, rest, entries, &mut arcs)?;
                }
            }
        }
        let point = self.add(arcs, false)?;
        self.point_of.insert(future, point);
        Ok(point)
    }

    /// The arcs of a piece that begins here.
    fn piece(
        &mut self,
        position: usize,
        part: Part,
        rest: Vec<Part>,
        entries: &[Vec<Part>],
        arcs: &mut Vec<Arc>,
    ) -> Result<(), Limit> {
        let until = position + part.months as usize;
        let leg = self.leg_at(position, until);
        if !self.legs[leg as usize].is_somewhere {
            let to = self.point(until, rest, None, entries)?;
            arcs.push(nowhere(NOWHERE, leg, to));
            return Ok(());
        }
        let Some(selector) = part.place else {
            let places = self.legs[leg as usize].places.clone();
            let months = &self.calendar.months[places];
            if months.iter().filter(|month| month.has_seat).all(|month| self.may_be_free(month.month)) {
                let to = self.point(until, rest, None, entries)?;
                arcs.push(nowhere(FREE, leg, to));
            }
            return Ok(());
        };
        // Within a piece without a step sections may change, month by month.
        if part.step.is_none() {
            let divided: Vec<FacilityIx> = self
                .scenario
                .facility_ixs()
                .filter(|facility| self.scenario.has_sections(*facility))
                .collect();
            for facility in divided {
                let inside = Inside { facility, selector, months: part.months };
                self.month_inside(position, &rest, inside, entries, arcs)?;
            }
        }
        let to = self.point(until, rest, None, entries)?;
        let scenario = self.scenario;
        let is_whole = |facility| part.step.is_some() || !scenario.has_sections(facility);
        self.at(leg, Some(selector), is_whole, to, arcs);
        Ok(())
    }

    /// The arcs of one month of a part at a divided facility.
    fn month_inside(
        &mut self,
        position: usize,
        rest: &[Part],
        inside: Inside,
        entries: &[Vec<Part>],
        arcs: &mut Vec<Arc>,
    ) -> Result<(), Limit> {
        let leg = self.leg_at(position, position + 1);
        let Inside { facility, selector, months } = inside;
        let mut own = Vec::new();
        match self.legs[leg as usize].is_somewhere {
            true => self.at(leg, Some(selector), |here| here == facility, 0, &mut own),
            false => own.push(nowhere(NOWHERE, leg, 0)),
        }
        // Where nobody can be, nothing follows.
        if own.is_empty() {
            return Ok(());
        }
        let next = Inside { months: months - 1, ..inside };
        let to = self.point(position + 1, rest.to_vec(), Some(next), entries)?;
        arcs.extend(own.into_iter().map(|arc| Arc { to, ..arc }));
        Ok(())
    }

    /// The point behind every pattern: the first month of the extension, or the end.
    fn extended(&self) -> u32 {
        self.calendar.months.iter().filter(|month| month.is_extension()).count() as u32
    }

    fn add(&mut self, mut arcs: Vec<Arc>, keeps: bool) -> Result<u32, Limit> {
        self.meter.look(arcs.len() as u64 + 1)?;
        self.meter.keep(3 * arcs.len() + 8)?;
        arcs.iter_mut().for_each(|arc| arc.keeps = keeps);
        arcs.sort_by_key(|arc| arc.facility);
        let first = self.arcs.len() as u32;
        self.arcs.extend(arcs);
        let arcs = first..self.arcs.len() as u32;
        self.points.push(Point { arcs, keeps, ..Point::default() });
        Ok(self.last())
    }

    fn leg_at(&mut self, position: usize, until: usize) -> u32 {
        if let Some(&known) = self.leg_of.get(&(position, until)) {
            return known;
        }
        let reached = self.pattern_months.get(position..until).unwrap_or_default();
        let places: Vec<usize> = reached.iter().copied().flatten().collect();
        let leg = self.leg(&places);
        self.leg_of.insert((position, until), leg);
        leg
    }

    /// What these places among the months of the training are.
    fn leg(&mut self, places: &[usize]) -> u32 {
        let rules = &self.scenario.rules.leave;
        let mut leg = Leg {
            places: places.first().map_or(0..0, |&first| first..places[places.len() - 1] + 1),
            ..Leg::default()
        };
        for month in places.iter().map(|&place| &self.calendar.months[place]).filter(|month| month.has_seat) {
            leg.is_somewhere = true;
            leg.counts += u32::from(month.counts_at_facility(rules));
            let year = self.calendar.year(month).unwrap_or(0);
            let since = month.month.since(self.scenario.start());
            let decided = u32::try_from(since).ok();
            match leg.years.last_mut().filter(|(last, _)| *last == year) {
                Some((_, months)) => *months += u32::from(decided.is_some()),
                None => leg.years.push((year, u32::from(decided.is_some()))),
            }
            let Some(decided) = decided else { continue };
            let enter = |list: &mut Vec<Range<u32>>| match list.last_mut().filter(|last| last.end == decided)
            {
                Some(last) => last.end += 1,
                None => list.push(decided..decided + 1),
            };
            enter(&mut leg.decided);
            if month.is_at_work(rules) {
                enter(&mut leg.at_work);
            }
            if month.has_cases(rules) {
                let year = self.scenario.calendar.year_of(month.month);
                match leg.cases.last_mut().filter(|(last, _)| *last == year) {
                    Some((_, months)) => *months += 1,
                    None => leg.cases.push((year, 1)),
                }
            }
        }
        self.legs.push(leg);
        self.legs.len() as u32 - 1
    }

    /// The leg at every place of some facilities where the selector, history and locks allow it.
    fn at(
        &self,
        leg: u32,
        selector: Option<SelectorIx>,
        facilities: impl Fn(FacilityIx) -> bool,
        to: u32,
        arcs: &mut Vec<Arc>,
    ) {
        let rules = &self.scenario.rules.leave;
        let places = self.legs[leg as usize].places.clone();
        let months = || places.clone().map(|place| (place, &self.calendar.months[place]));
        let seats = || months().filter(|(_, month)| month.has_seat);
        let all = self.scenario.facility_ixs().filter(|facility| facilities(*facility));
        for facility in all.filter(|facility| self.scenario.facility(*facility).role != Role::Associated) {
            let of = self.scenario.facility(facility);
            let credit = |there: &dyn Fn(&TrainingMonth) -> bool| -> u32 {
                let credits = seats().filter(|(_, month)| there(month));
                let credits = credits.map(|(_, month)| month.credit_at_facility(rules));
                u32::try_from(credits.sum::<u64>()).unwrap_or(u32::MAX)
            };
            let is_comprehensive =
                |month: &TrainingMonth| *of.accreditation.at(month.month) == Accreditation::Comprehensive;
            // Where history says no section in any month, there is nothing to choose.
            let is_untold = seats().all(|(place, _)| self.untold[place]);
            let here = match is_untold {
                true => vec![Place { facility, section: None }],
                false => self.scenario.places_of(facility),
            };
            for place in here {
                if !seats().all(|(at, month)| self.allows(place, at, month.month, selector)) {
                    continue;
                }
                arcs.push(Arc {
                    facility: facility.0 as u32,
                    section: place.section.map_or(NOWHERE, |section| section.0 as u32),
                    leg,
                    keeps: false,
                    to,
                    enter: NOWHERE,
                    comprehensive: credit(&is_comprehensive),
                    core: if of.role == Role::Core { credit(&|_| true) } else { 0 },
                });
            }
        }
    }

    /// Whether the selector, history and locks allow the place in the month, `at` its place in the training.
    fn allows(&self, here: Place, at: usize, month: Month, selector: Option<SelectorIx>) -> bool {
        let is_untold = self.untold[at];
        let selects = |selector| match is_untold {
            true => self.scenario.may_select(selector, Place { section: None, ..here }, month),
            false => self.scenario.selects(selector, here, month),
        };
        let is_told_so =
            |place: Place| place.facility == here.facility && (is_untold || place.section == here.section);
        let mut past = self.person.history.iter().filter(|stay| stay.span.contains(month)).peekable();
        if self.has_free && month < self.scenario.start() && past.peek().is_none() {
            return false;
        }
        selector.is_none_or(selects)
            && past.all(|stay| is_told_so(stay.place()))
            && self.person.locks.iter().all(|lock| {
                let stay = &lock.stay;
                let same = stay.facility == here.facility
                    && stay.section.is_none_or(|section| here.section == Some(section));
                !stay.span.contains(month) || same == (lock.kind == LockKind::Must)
            })
    }

    /// Whether history and locks leave the month free.
    fn may_be_free(&self, month: Month) -> bool {
        self.person.history.iter().all(|stay| !stay.span.contains(month))
            && self
                .person
                .locks
                .iter()
                .all(|lock| lock.kind == LockKind::MustNot || !lock.stay.span.contains(month))
    }
}

/// A leg at no facility.
fn nowhere(facility: u32, leg: u32, to: u32) -> Arc {
    Arc { facility, section: NOWHERE, leg, keeps: false, to, enter: NOWHERE, comprehensive: 0, core: 0 }
}
