//! The cheapest career of a resident under prices, among those that earlier steps have left: a depth-first
//! search along the [`Ways`], in which whatever is counted along a path is held, at every step, against
//! the least that is still to come of it (a shortest path with resources; Lozano and Medaglia call the
//! method a pulse).
//!
//! A *resource* is anything that adds up over arcs and may not exceed a limit at the end: the priced cost
//! of an earlier step (beyond its spare the step excludes the career), the value of a goal, and, negated,
//! the minima and the cases a career allows. What depends on the path as a whole is counted where it is
//! known: months at an affiliate of an earlier year, residents' values at or above a level, cases of a
//! year at a site rounded down. Bounds of it never promise too much, and a whole career is counted exactly.
//!
//! Where rows of tables concern the resident, what they count is carried along too (`tracks`), and the search goes
//! best first, from memory to memory or along the unfolded graph (`labels`).
//!
//! The best way on is tried first, so the first career found is most often the cheapest, and the rest is
//! left unseen. Nothing is kept but the path.

use std::borrow::Cow;

use super::classes::Class;
use super::limits::{Limit, Meter};
use super::priced::Priced;
use super::problem::Problem;
use super::tracks::Gain;
use super::ways::{FAR, Stretch, Ways, is_far, is_somewhere, sum};
use crate::plan::certificate::ResidentGoal;
use crate::scenario::CourseIx;

/// An earlier step that excludes careers of the class: those that cost more than `most`.
#[derive(Clone, Copy)]
pub struct Cap<'q> {
    pub priced: &'q Priced,
    pub most: i64,
    /// As [`Ways::to_go`] under the step's prices.
    pub to_go: &'q [i64],
}

/// A decision about a resident, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    Course(CourseIx),
    /// At the facility, or in its section, in the month with this place in the training; `None`: in no month of
    /// it.
    At {
        facility: u32,
        section: Option<u32>,
        place: Option<usize>,
    },
}

/// Which careers are asked for.
#[derive(Clone, Copy)]
pub struct Question<'q> {
    pub priced: &'q Priced,
    pub caps: &'q [Cap<'q>],
    /// The most of each goal, by [`ResidentGoal`].
    pub ceilings: [i64; ResidentGoal::ALL.len()],
    /// The least of a goal.
    pub floor: Option<(ResidentGoal, i64)>,
    /// Decisions that are to be true or false of the career.
    pub decisions: &'q [(Decided, bool)],
}

impl<'q> Question<'q> {
    /// What any career costs at least.
    pub fn free(priced: &'q Priced) -> Self {
        let ceilings = [i64::MAX; ResidentGoal::ALL.len()];
        Self { priced, caps: &[], ceilings, floor: None, decisions: &[] }
    }
}

/// The least cost of a career, and the least to go from every state whatever careers are left.
pub struct Least {
    pub cost: Option<i64>,
    pub to_go: Vec<i64>,
}

pub fn least(
    problem: &Problem<'_>,
    class: &Class<'_>,
    question: &Question<'_>,
    meter: &Meter<'_>,
) -> Result<Least, Limit> {
    let (costs, to_go) = costs(problem, class, question, meter)?;
    let mut search = Search::new(problem, class, question, meter, &costs, &to_go)?;
    search.run()?;
    let cost = (!is_far(search.best)).then_some(search.best);
    #[cfg(test)]
    super::listed::compare(problem, class, question, cost);
    Ok(Least { cost, to_go })
}

/// What arcs cost, [`FAR`] where a decision leaves them out, and the least to go from every state.
pub(super) fn costs(
    problem: &Problem<'_>,
    class: &Class<'_>,
    question: &Question<'_>,
    meter: &Meter<'_>,
) -> Result<(Vec<i64>, Vec<i64>), Limit> {
    let ways = &problem.ways[class.ways];
    let of_arc = |arc: usize| match question.decisions.iter().all(|decision| fits(ways, arc, decision)) {
        true => question.priced.cost(class, ways, arc, None),
        false => FAR,
    };
    let costs: Vec<i64> = (0..ways.arcs.len()).map(of_arc).collect();
    let to_go = ways.to_go(&costs, meter)?;
    Ok((costs, to_go))
}

/// No career of the class costs more, legal or not.
pub fn dearest(
    problem: &Problem<'_>,
    class: &Class<'_>,
    priced: &Priced,
    meter: &Meter<'_>,
) -> Result<i64, Limit> {
    let ways = &problem.ways[class.ways];
    let costs: Vec<i64> = (0..ways.arcs.len()).map(|arc| -priced.most(class, ways, arc)).collect();
    let to_go = ways.to_go(&costs, meter)?;
    let of_root =
        |&(course, state): &(CourseIx, u32)| priced.of_course(class, course) - to_go[state as usize];
    let most = ways.roots.iter().map(of_root).max().unwrap_or(0);
    Ok(most.saturating_add(priced.more_at_most(problem, class, ways.calendar.months.len())))
}

/// Whether an arc is one that the decision leaves.
fn fits(ways: &Ways, arc: usize, &(decided, wanted): &(Decided, bool)) -> bool {
    let Decided::At { facility, section, place: Some(place) } = decided else { return true };
    let arc = &ways.arcs[arc];
    let covers = ways.legs[arc.leg as usize].places.contains(&place) && ways.calendar.months[place].has_seat;
    let is_there = arc.facility == facility && section.is_none_or(|section| arc.section == section);
    !covers || is_there == wanted
}

/// What a resource counts.
#[derive(Clone, Copy)]
enum Counted<'q> {
    Cost(&'q Priced),
    FacilityWishes,
    Stability,
    /// Points as if all that months can earn were earned.
    Points,
    Comprehensive,
    Core,
    /// Twelfths of cases of an item, outside the sites of a cut if there is one.
    Cases {
        item: usize,
        cut: Option<usize>,
    },
}

pub(super) struct Resource<'q> {
    counted: Counted<'q>,
    /// −1 where more is better: then the least of the negated number is to go, and its limit a minimum.
    sign: i64,
    most: i64,
    to_go: Cow<'q, [i64]>,
}

/// Positions of resources that others rest on.
#[derive(Default)]
struct Places {
    facility_wishes: Option<usize>,
    stability: Option<usize>,
    points: Option<usize>,
    /// By cut, what careers allow elsewhere.
    cuts: Vec<(usize, usize)>,
}

pub(super) struct Search<'s> {
    pub(super) problem: &'s Problem<'s>,
    pub(super) class: &'s Class<'s>,
    pub(super) ways: &'s Ways,
    pub(super) question: &'s Question<'s>,
    pub(super) meter: &'s Meter<'s>,
    pub(super) costs: Cow<'s, [i64]>,
    /// By [`Head::at`].
    pub(super) to_go: Cow<'s, [i64]>,
    pub(super) resources: Vec<Resource<'s>>,
    places: Places,
    /// Facility and section, and leg of every arc of the path.
    pub(super) path: Vec<(Stretch, u32)>,
    /// Per arc of the path and before it, what has been counted of each resource.
    pub(super) counts: Vec<i64>,
    /// Ways on that are still to be tried, the frames of the path one after another.
    open: Vec<(i64, u32, u32)>,
    pub(super) course: CourseIx,
    course_place: i64,
    pub(super) best: i64,
    /// The path of the best, where it is asked for (`relaxed`).
    pub(super) best_path: Option<(CourseIx, Vec<(Stretch, u32)>)>,
}

/// Where a path has come to.
#[derive(Clone, Copy)]
pub(super) struct Head {
    /// Its place in the graph: the state, or the node of the unfolded graph.
    pub at: u32,
    pub state: u32,
    pub cost: i64,
    pub repeats: i64,
    /// Different facilities so far.
    pub facilities: u32,
    /// Units short of requirements that are wishes, so far.
    pub short: i64,
    /// Points earned so far, and points that months could have earned and have not.
    pub points: i64,
    pub unearned: i64,
}

impl Head {
    /// With what the end of a career adds.
    pub(super) fn with(self, gain: Gain) -> Self {
        Self {
            short: self.short + gain.short,
            points: self.points + gain.points,
            unearned: self.unearned - gain.points,
            ..self
        }
    }
}

impl<'s> Search<'s> {
    pub(super) fn new(
        problem: &'s Problem<'s>,
        class: &'s Class<'s>,
        question: &'s Question<'s>,
        meter: &'s Meter<'s>,
        costs: &'s [i64],
        to_go: &'s [i64],
    ) -> Result<Self, Limit> {
        let mut search = Self {
            problem,
            class,
            ways: &problem.ways[class.ways],
            question,
            meter,
            costs: costs.into(),
            to_go: to_go.into(),
            resources: Vec::new(),
            places: Places::default(),
            path: Vec::new(),
            counts: Vec::new(),
            open: Vec::new(),
            course: CourseIx(0),
            course_place: 0,
            best: FAR,
            best_path: None,
        };
        search.resources()?;
        Ok(search)
    }

    fn resources(&mut self) -> Result<(), Limit> {
        let (question, class, ways) = (self.question, self.class, self.ways);
        let best_points = class.points_best;
        if !ways.is_exempt {
            let rules = &self.problem.scenario.rules;
            let unit = i64::try_from(ways.calendar.unit).unwrap_or(i64::MAX);
            for (counted, months) in [
                (Counted::Comprehensive, rules.comprehensive_months_min),
                (Counted::Core, rules.core_months_min),
            ] {
                if months > 0 {
                    self.resource(counted, -1, -unit.saturating_mul(i64::from(months)))?;
                }
            }
        }
        for (item, &need) in class.needs.iter().enumerate().filter(|(_, need)| **need > 0) {
            self.resource(Counted::Cases { item, cut: None }, -1, -12 * need)?;
        }
        let asked = || std::iter::once(question.priced).chain(question.caps.iter().map(|cap| cap.priced));
        for (goal, counted) in [
            (ResidentGoal::FacilityWishes, Counted::FacilityWishes),
            (ResidentGoal::Stability, Counted::Stability),
            (ResidentGoal::Points, Counted::Points),
        ] {
            let has_level = asked().any(|priced| priced.levels.iter().any(|(of, ..)| *of == goal));
            let ceiling = question.ceilings[goal as usize];
            if has_level || ceiling < i64::MAX {
                // Points are worth what is short of the best.
                let (sign, most) = match goal {
                    ResidentGoal::Points => (-1, ceiling.saturating_sub(best_points)),
                    _ => (1, ceiling),
                };
                let at = self.resource(counted, sign, most)?;
                match goal {
                    ResidentGoal::FacilityWishes => self.places.facility_wishes = Some(at),
                    ResidentGoal::Points => self.places.points = Some(at),
                    _ => self.places.stability = Some(at),
                }
            }
            let floor = question.floor.filter(|(of, _)| *of == goal && goal != ResidentGoal::Points);
            if let Some((_, least)) = floor {
                self.resource(counted, -1, -least)?;
            }
        }
        let mut cuts: Vec<usize> =
            asked().flat_map(|priced| priced.cuts.iter().map(|(cut, _)| *cut)).collect();
        cuts.sort_unstable();
        cuts.dedup();
        for cut in cuts {
            let Some(item) = self.problem.cases.item_of(cut).filter(|&item| class.needs[item] > 0) else {
                continue;
            };
            let at = self.resource(Counted::Cases { item, cut: Some(cut) }, -1, i64::MAX)?;
            self.places.cuts.push((cut, at));
        }
        // Last, since they take the most counting; the latest, which exclude the most, first.
        for cap in question.caps.iter().rev() {
            let (counted, to_go) = (Counted::Cost(cap.priced), cap.to_go.into());
            self.resources.push(Resource { counted, sign: 1, most: cap.most, to_go });
        }
        Ok(())
    }

    /// Adds a resource; its position.
    fn resource(&mut self, counted: Counted<'s>, sign: i64, most: i64) -> Result<usize, Limit> {
        let of_arc = |arc| {
            // What no career is left to take counts nothing.
            if is_far(self.costs[arc]) { FAR } else { sign * self.amount(counted, arc, None) }
        };
        let amounts: Vec<i64> = (0..self.ways.arcs.len()).map(of_arc).collect();
        let to_go = self.ways.to_go(&amounts, self.meter)?.into();
        self.resources.push(Resource { counted, sign, most, to_go });
        Ok(self.resources.len() - 1)
    }

    fn amount(&self, counted: Counted<'_>, at: usize, course: Option<CourseIx>) -> i64 {
        let (class, ways) = (self.class, self.ways);
        let arc = &ways.arcs[at];
        let leg = &ways.legs[arc.leg as usize];
        match counted {
            Counted::Cost(priced) => priced.cost(class, ways, at, course),
            Counted::Points => class.points_most(at),
            Counted::Comprehensive => i64::from(arc.comprehensive),
            Counted::Core => i64::from(arc.core),
            Counted::FacilityWishes => class.wishes(leg, arc.facility),
            Counted::Stability if !is_somewhere(arc.facility) => 0,
            Counted::Stability => class.moved(ways, leg, arc.facility),
            Counted::Cases { item, cut } => self.problem.cases.twelfths(item, cut, arc, leg),
        }
    }

    fn run(&mut self) -> Result<(), Limit> {
        let ways = self.ways;
        let course_cost = |course| self.question.priced.of_course(self.class, course);
        let mut roots: Vec<(i64, CourseIx, u32)> = ways
            .roots
            .iter()
            .filter(|(course, _)| self.course_is_left(*course))
            .map(|&(course, state)| (sum(course_cost(course), self.to_go[state as usize]), course, state))
            .collect();
        roots.sort_unstable();
        // Beyond here every state leads to an end, so no number is far.
        roots.retain(|(least, ..)| !is_far(*least));
        if roots.iter().any(|(_, course, _)| self.class.tracks(*course).is_some()) {
            return self.run_labels(&roots);
        }
        for (_, course, state) in roots {
            let head = self.start(course, state);
            if self.is_within(head) && self.bound(head) < self.best {
                self.visit(head)?;
            }
        }
        Ok(())
    }

    /// The beginning of a career on a course.
    pub(super) fn start(&mut self, course: CourseIx, state: u32) -> Head {
        (self.course, self.course_place) =
            (course, self.class.course_places.get(course.0).copied().unwrap_or(0));
        self.path.clear();
        self.counts.clear();
        for at in 0..self.resources.len() {
            self.counts.push(match self.resources[at].counted {
                Counted::Cost(priced) => priced.of_course(self.class, course),
                Counted::Stability => self.resources[at].sign * self.class.changes_course(course),
                _ => 0,
            });
        }
        let cost = self.question.priced.of_course(self.class, course);
        Head { at: state, state, cost, repeats: 0, facilities: 0, short: 0, points: 0, unearned: 0 }
    }

    /// Puts a search where a path on the course has come to.
    pub(super) fn resume(&mut self, course: CourseIx, path: Vec<(Stretch, u32)>, counts: &[i64]) {
        (self.course, self.course_place) =
            (course, self.class.course_places.get(course.0).copied().unwrap_or(0));
        self.path = path;
        self.counts.clear();
        self.counts.extend_from_slice(counts);
    }

    /// What a resource adds over an arc, the most there may be of it, and from every state the least to go.
    pub(super) fn adding(&self, resource: usize) -> (impl Fn(usize) -> i64, i64, &[i64]) {
        let Resource { counted, sign, most, ref to_go } = self.resources[resource];
        (move |arc| sign * self.amount(counted, arc, None), most, to_go)
    }

    /// What every career of this beginning has at least of the cost, and of each resource, before it takes an arc; but for what
    /// is paid by levels of `facility-wishes` (see [`Search::paid_by_wishes`]).
    pub(super) fn begun(&self, head: Head) -> Vec<i64> {
        let wishes = self.values(head)[ResidentGoal::FacilityWishes as usize];
        let more = |priced: &Priced| self.more(priced, head) - Self::paid_by(priced, wishes);
        let of_resource = |(resource, count): (&Resource<'_>, &i64)| match resource.counted {
            Counted::Cost(priced) => count + more(priced),
            _ => *count,
        };
        let counts = &self.counts[self.counts.len() - self.resources.len()..];
        let cost = head.cost + more(self.question.priced);
        std::iter::once(cost).chain(self.resources.iter().zip(counts).map(of_resource)).collect()
    }

    /// What so much of `facility-wishes` adds to the cost, and to each resource.
    pub(super) fn paid_by_wishes(&self, wishes: i64) -> impl Iterator<Item = i64> {
        let of_resource = move |resource: &Resource<'_>| match resource.counted {
            Counted::Cost(priced) => Self::paid_by(priced, wishes),
            _ => 0,
        };
        std::iter::once(Self::paid_by(self.question.priced, wishes))
            .chain(self.resources.iter().map(of_resource))
    }

    fn paid_by(priced: &Priced, wishes: i64) -> i64 {
        let of_wishes = priced.levels.iter().filter(|(goal, ..)| *goal == ResidentGoal::FacilityWishes);
        of_wishes.filter(|(_, level, _)| wishes >= *level).map(|(.., price)| price).sum()
    }

    pub(super) fn course_is_left(&self, course: CourseIx) -> bool {
        let place = self.class.course_places.get(course.0).copied().unwrap_or(0);
        let floor = self.question.floor.filter(|(goal, _)| *goal == ResidentGoal::CourseWishes);
        place <= self.question.ceilings[ResidentGoal::CourseWishes as usize]
            && floor.is_none_or(|(_, least)| place >= least)
            && self.question.decisions.iter().all(|(decided, wanted)| match decided {
                Decided::Course(of) => (*of == course) == *wanted,
                // Whoever is in no month there is nowhere then.
                Decided::At { place, .. } => !wanted || self.place_is_seat(*place),
            })
    }

    fn place_is_seat(&self, place: Option<usize>) -> bool {
        !self.ways.is_gone && place.is_some_and(|place| self.ways.calendar.months[place].has_seat)
    }

    /// Tries every way on from the end of the path, the cheapest first.
    fn visit(&mut self, head: Head) -> Result<(), Limit> {
        if let Some(may_end) = self.ways.end(head.state) {
            if may_end && self.is_whole(head) {
                self.best = self.best.min(self.bound(head));
            }
            return Ok(());
        }
        let first = self.open.len();
        let (open, costs, to_go, best) = (&mut self.open, &self.costs, &self.to_go, self.best);
        self.ways.on_from(head.state, |arc, to| {
            let bound = sum(head.cost + costs[arc as usize].min(FAR), to_go[to as usize]);
            if !is_far(costs[arc as usize]) && bound < best {
                open.push((bound, arc, to));
            }
        });
        self.meter.look((self.open.len() - first) as u64 * (1 + self.resources.len() as u64) + 1)?;
        self.open[first..].sort_unstable();
        let last = self.open.len();
        for at in first..last {
            let (bound, arc, to) = self.open[at];
            if bound >= self.best {
                break;
            }
            self.step(head, arc as usize, to)?;
        }
        self.open.truncate(first);
        Ok(())
    }

    /// Goes one arc further, and back again.
    fn step(&mut self, head: Head, arc: usize, to: u32) -> Result<(), Limit> {
        let (path, counts) = (self.path.len(), self.counts.len());
        if let Some(head) = self.enter(head, arc, (to, to), Gain::default()) {
            self.visit(head)?;
        }
        self.leave(path, counts);
        Ok(())
    }

    /// Goes one arc further, to a place in the graph and its state; `None` if no career that is asked for goes there.
    /// Either way the path and the counts are to be put back.
    pub(super) fn enter(&mut self, head: Head, arc: usize, (at, to): (u32, u32), gain: Gain) -> Option<Head> {
        let of = self.ways.arcs[arc];
        let stretch = (of.facility, of.section);
        // Free months are forgotten by the graph, not by the extension.
        let last = self.path.iter().rev().map(|((facility, _), _)| *facility).find(|at| is_somewhere(*at));
        if of.keeps && is_somewhere(of.facility) && last.is_some_and(|last| last != of.facility) {
            return None;
        }
        let most = self.class.points_most(arc);
        let exact = self.question.priced.is_by_course();
        let course = Some(self.course);
        let cost = match exact {
            true => self.question.priced.cost(self.class, self.ways, arc, course),
            false => self.costs[arc],
        };
        let head = Head {
            at,
            state: to,
            cost: head.cost + cost,
            repeats: head.repeats + self.repeated(of.facility, of.leg),
            facilities: head.facilities + u32::from(self.is_new(of.facility)),
            short: head.short + gain.short,
            points: head.points + gain.points,
            unearned: head.unearned + most - gain.points,
        };
        let from = self.counts.len() - self.resources.len();
        for resource in 0..self.resources.len() {
            let Resource { counted, sign, most, ref to_go } = self.resources[resource];
            let count = self.counts[from + resource] + sign * self.amount(counted, arc, course);
            if sum(count, to_go[to as usize]) > most {
                return None;
            }
            self.counts.push(count);
        }
        self.path.push((stretch, of.leg));
        (self.is_within(head) && self.bound(head) < self.best).then_some(head)
    }

    /// Puts path and counts back to what they were.
    pub(super) fn leave(&mut self, path: usize, counts: usize) {
        self.path.truncate(path);
        self.counts.truncate(counts);
    }

    fn is_new(&self, facility: u32) -> bool {
        is_somewhere(facility) && self.path.iter().all(|((earlier, _), _)| *earlier != facility)
    }

    /// Decided months of a leg at an affiliate where the resident was in an earlier training year.
    fn repeated(&self, facility: u32, leg: u32) -> i64 {
        if !self.ways.is_affiliate(facility) {
            return 0;
        }
        let first_year = |leg: u32| self.ways.legs[leg as usize].years.first().map(|(year, _)| *year);
        let earlier = self.path.iter().find(|((earlier, _), _)| *earlier == facility);
        let since = first_year(earlier.map_or(leg, |(_, leg)| *leg));
        let years = &self.ways.legs[leg as usize].years;
        years.iter().filter(|(year, _)| since < Some(*year)).map(|(_, months)| i64::from(*months)).sum()
    }

    /// The least that a career of this beginning has of each goal.
    fn values(&self, head: Head) -> [i64; ResidentGoal::ALL.len()] {
        let count = |place: Option<usize>| place.map_or(0, |at| self.at_least(at, head));
        let points = match self.places.points {
            Some(at) => (self.class.points_best + self.at_least(at, head) + head.unearned).max(0),
            None => 0,
        };
        [
            self.course_place,
            count(self.places.facility_wishes),
            head.repeats,
            count(self.places.stability),
            head.short,
            points,
        ]
    }

    fn at_least(&self, resource: usize, head: Head) -> i64 {
        let counted = self.counts[self.counts.len() - self.resources.len() + resource];
        sum(counted, self.resources[resource].to_go[head.state as usize])
    }

    /// What of a priced cost depends on the path as a whole, at least.
    fn more(&self, priced: &Priced, head: Head) -> i64 {
        let mut cost =
            priced.repeats * head.repeats + priced.requirements * head.short + priced.points * head.unearned;
        if !priced.levels.is_empty() {
            let values = self.values(head);
            let paid = priced.levels.iter().filter(|(goal, level, _)| values[*goal as usize] >= *level);
            cost += paid.map(|(_, _, price)| price).sum::<i64>();
        }
        for &(cut, price) in &priced.cuts {
            let Some(&(_, resource)) = self.places.cuts.iter().find(|(of, _)| *of == cut) else { continue };
            let Counted::Cases { item, .. } = self.resources[resource].counted else { continue };
            let elsewhere = match self.ways.end(head.state) {
                Some(_) => self.problem.cases.allowed(item, Some(cut), self.legs()),
                None => -self.at_least(resource, head) / 12,
            };
            cost += price * (self.class.needs[item] - elsewhere).max(0);
        }
        cost
    }

    fn legs(&self) -> impl Iterator<Item = (Stretch, &super::ways::Leg)> {
        self.path.iter().map(|(stretch, leg)| (*stretch, &self.ways.legs[*leg as usize]))
    }

    /// The least cost of a career of this beginning; exact at an end.
    pub(super) fn bound(&self, head: Head) -> i64 {
        let cost = sum(head.cost, self.to_go[head.at as usize]);
        sum(cost, self.more(self.question.priced, head))
    }

    /// The same from what adds up alone: no more than [`Search::bound`] says.
    pub(super) fn bound_at_least(&self, head: Head) -> i64 {
        let cost = sum(head.cost, self.to_go[head.at as usize]);
        let Priced { requirements, points, .. } = *self.question.priced;
        sum(cost, requirements * head.short + points * head.unearned)
    }

    /// Whether a career of this beginning can keep every limit; exact at an end, but for cases.
    pub(super) fn is_within(&self, head: Head) -> bool {
        let rules = &self.problem.scenario.rules;
        let reached = head.facilities.saturating_add(self.ways.stays_to_go(head.state));
        let ceilings = &self.question.ceilings;
        (self.ways.is_exempt || reached >= rules.facilities_min)
            && head.repeats <= ceilings[ResidentGoal::Repeats as usize]
            && head.short <= ceilings[ResidentGoal::Requirements as usize]
            && self.resources.iter().enumerate().all(|(at, resource)| {
                let least = self.at_least(at, head);
                let more = match resource.counted {
                    Counted::Cost(priced) => self.more(priced, head),
                    Counted::Points => head.unearned,
                    _ => 0,
                };
                !is_far(least) && sum(least, more) <= resource.most
            })
    }

    /// What is the better the less it is: of two beginnings with the same future the one with no more of anything.
    pub(super) fn measures(&self, head: Head) -> Vec<i64> {
        // What adds up is taken together; what jumps at a level, or may not exceed a limit, stands for itself.
        let linear = |priced: &Priced| {
            priced.repeats * head.repeats + priced.requirements * head.short + priced.points * head.unearned
        };
        let own = |goal, value: i64| if self.limits_goal(goal) { value } else { 0 };
        let facilities = head.facilities.min(self.problem.scenario.rules.facilities_min);
        let mut measures = vec![
            head.cost + linear(self.question.priced),
            own(ResidentGoal::Repeats, head.repeats),
            own(ResidentGoal::Requirements, head.short),
            -i64::from(facilities),
        ];
        let counts = self.counts[self.counts.len() - self.resources.len()..].iter();
        measures.extend(counts.zip(&self.resources).filter_map(
            |(&count, resource)| match resource.counted {
                Counted::Cost(priced) => Some(count + linear(priced)),
                Counted::Points => Some(count + head.unearned),
                // Told apart by what they are of, as long as they matter.
                Counted::Cases { .. } => None,
                // More than a minimum is no better.
                _ if resource.sign < 0 => Some(count.max(resource.most)),
                _ => Some(count),
            },
        ));
        measures
    }

    /// Months with cases by item and site, of items of which the path does not allow enough yet: what is rounded
    /// down together matters until then.
    pub(super) fn pending_cases(&self, mut each: impl FnMut([i64; 4])) {
        let counts = &self.counts[self.counts.len() - self.resources.len()..];
        for (resource, count) in self.resources.iter().zip(counts) {
            let Counted::Cases { item, cut } = resource.counted else { continue };
            let need = self.class.needs[item];
            // Rounding down takes less than one of each site, so often there is enough whatever it takes.
            let sites: usize = self.legs().map(|(_, leg)| leg.cases.len()).sum();
            if -count >= 12 * (need + sites as i64) {
                continue;
            }
            let Some(months) = self.problem.cases.pending(item, cut, need, self.legs()) else { continue };
            // That it is pending matters, too, where there is nothing of it yet.
            each([item as i64, cut.map_or(-1, |cut| cut as i64), months.len() as i64, 0]);
            for ((year, facility), months) in months {
                each([item as i64, i64::from(year), facility.0 as i64, i64::from(months)]);
            }
        }
    }

    /// Whether something jumps at a level of the goal, or limits it.
    fn limits_goal(&self, goal: ResidentGoal) -> bool {
        let has_level = |priced: &Priced| priced.levels.iter().any(|(of, ..)| *of == goal);
        self.question.ceilings[goal as usize] < i64::MAX
            || has_level(self.question.priced)
            || self.question.caps.iter().any(|cap| has_level(cap.priced))
    }

    /// Whether anything that is asked depends on months at an affiliate of an earlier year (`repeats`).
    pub(super) fn counts_repeats(&self) -> bool {
        let goal = ResidentGoal::Repeats;
        let is_priced = |priced: &Priced| priced.repeats != 0;
        self.limits_goal(goal)
            || is_priced(self.question.priced)
            || self.question.caps.iter().any(|cap| is_priced(cap.priced))
            || self.question.floor.is_some_and(|(of, _)| of == goal)
    }

    /// What only a whole career can be held against: cases rounded down, and the least of `repeats`.
    pub(super) fn is_whole(&self, head: Head) -> bool {
        let exact = |goal| match goal {
            ResidentGoal::Repeats => head.repeats,
            ResidentGoal::Requirements => head.short,
            ResidentGoal::Points => (self.class.points_best - head.points).max(0),
            ResidentGoal::CourseWishes | ResidentGoal::FacilityWishes | ResidentGoal::Stability => i64::MAX,
        };
        let needs = self.class.needs.iter().enumerate().filter(|(_, need)| **need > 0);
        self.question.floor.is_none_or(|(goal, least)| exact(goal) >= least)
            && needs
                .into_iter()
                .all(|(item, need)| self.problem.cases.allowed(item, None, self.legs()) >= *need)
    }
}
