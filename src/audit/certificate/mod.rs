//! Re-checking a proof: the judge verifies a certificate with the tables and whole numbers alone.
//!
//! `ways` is every resident's legal careers afresh, as a graph, `problem` says what they are worth,
//! `priced` turns prices into costs, `search` finds the cheapest career that earlier steps have left, and
//! this file decides what has been proved. No career is listed, so what a re-check keeps grows with the
//! steps of the certificate and not with what residents could do.
//!
//! The argument. Let P be any legal plan that beats the given one: equal in the goals before the k-th
//! and better in the k-th. Then P has no more than the given plan of every quantity that is *settled*
//! before a step of goal k ([`Problem::is_settled`]): totals and counts of earlier goals are equal,
//! and within a worst-first goal the counts above the first level where the two differ are too. So
//! P keeps every hold of the step, provided the hold allows what the given plan has. P uses no career
//! that on its own breaks a settled count of nobody, none on which its resident cannot reach a case
//! target, and none that an earlier accepted step excludes:
//! that step bounds P too, and a career whose priced cost exceeds its resident's least by more than
//! the step's value leaves above its bound would push P above the value. Over the careers left, weak
//! duality bounds what P has of the step's quantity. A case cut needs no goal to settle it: its demands
//! exceed what its sites offer in no plan that gives everybody their cases, since each resident's
//! demand is taken there and nowhere else. If the bound is the given plan's number, P does
//! not exist. Quantities not settled, prices of the wrong sign, rows where they do not bind, or decisions
//! that leave something out are refused; a refused step proves nothing. What exceeds the limits of time and
//! memory is said to be not checked.

#[cfg(test)]
mod careers;
mod cases;
pub mod claim;
mod classes;
pub mod frozen;
pub mod ground;
mod labels;
mod limits;
// Tests of what is private here; they need a solver, which the judge must not.
#[cfg(test)]
#[path = "../../../tests/inside/judge_careers.rs"]
mod listed;
mod priced;
mod problem;
mod relaxed;
mod residues;
mod search;
mod tracks;
mod unfolded;
mod values;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::calendar::Month;
use crate::plan::certificate::{
    Cases, Certificate, DEPTH_MAX, Decision, Prices, Quantity, ResidentGoal, Step,
};
use crate::plan::{GoalValue, Plan};
use crate::scenario::{CourseIx, Goal, GoalKind, Measure, Place, Scenario};
use classes::Class;
use ground::{Refusal, RefusedStep};
use limits::Meter;
pub use limits::{Limit, Limits};
use priced::Priced;
use problem::{GOALS, Problem};
use search::{Cap, Decided, Least, Question};

/// Spares from here on exclude no career: none costs so much.
const SPARE_MAX: i64 = 1 << 60;

/// What became of a goal's claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Re-checked: no legal plan as good in the goals before is better in this one.
    Proved,
    /// The certificate does not prove it; the steps that were refused.
    NotProved(Vec<RefusedStep>),
}

/// What a certificate proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// One per goal of the given plan, in order; empty without a plan.
    pub goals: Vec<(Goal, GoalValue, Verdict)>,
    /// Whether it proves that no plan exists.
    pub no_plan: bool,
}

/// Checks what a certificate proves about a plan, or without one whether it proves that none exists.
///
/// # Errors
/// The limit that was reached before all was checked; nothing is known then.
pub fn verify(
    scenario: &Scenario,
    plan: Option<&Plan>,
    base: Option<&Plan>,
    certificate: &Certificate,
    limits: &Limits<'_>,
) -> Result<Verification, Limit> {
    let meter = Meter::new(limits);
    let problem = Problem::new(scenario, plan, base, &certificate.cuts, &meter)?;
    let mut checker =
        Checker { problem: &problem, meter: &meter, unit: certificate.unit, accepted: Vec::new() };
    let mut refusals: Vec<(Option<usize>, RefusedStep)> = Vec::new();
    // With a plan nobody asks.
    let mut no_plan = plan.is_none() && checker.somebody_has_no_career()?;
    let is_bounded = certificate.is_bounded();
    for (number, step) in certificate.steps.iter().enumerate() {
        match if is_bounded { checker.check(step)? } else { Err(Refusal::Number) } {
            Ok(()) => no_plan |= step.quantity.is_none(),
            Err(refusal) => refusals.push((step.goal, RefusedStep { step: number + 1, refusal })),
        }
    }
    let mut goals = Vec::new();
    for (position, (goal, value)) in problem.goals.iter().enumerate() {
        let of_goal = refusals.iter().filter(|(of, _)| *of == Some(position));
        let verdict = match checker.proves(position)? {
            true => Verdict::Proved,
            false => Verdict::NotProved(of_goal.map(|(_, refused)| *refused).collect()),
        };
        goals.push((*goal, value.clone(), verdict));
    }
    Ok(Verification { goals, no_plan })
}

/// A step that holds, and what it excludes from plans that keep its value.
struct Accepted {
    goal: Option<usize>,
    quantity: Quantity,
    bound: i64,
    excludes: Option<Exclusion>,
}

/// Careers that cost more than this are left out.
struct Exclusion {
    priced: Priced,
    /// Per class what it excludes; `None` where no career costs more.
    of_class: Vec<Option<Excluded>>,
}

/// What a step excludes of a class.
struct Excluded {
    /// The prices, where the only member pays others.
    own: Option<Priced>,
    /// The most a career may cost.
    most: i64,
    /// The least to go from every state.
    to_go: Vec<i64>,
}

/// Decisions on the way to a leaf of a proof by cases: about residents, and about the largest value of a goal.
#[derive(Default)]
struct Branch {
    residents: Vec<(usize, Decided, bool)>,
    /// (goal, level, whether somebody reaches it).
    worst: Vec<(ResidentGoal, i64, bool)>,
}

impl Branch {
    /// What nobody exceeds in each goal.
    fn ceilings(&self, mut ceilings: [i64; ResidentGoal::ALL.len()]) -> [i64; ResidentGoal::ALL.len()] {
        for &(goal, level, _) in self.worst.iter().filter(|(.., reached)| !reached) {
            let most = &mut ceilings[goal as usize];
            *most = (*most).min(level.saturating_sub(1));
        }
        ceilings
    }

    /// What somebody reaches in the goal.
    fn reached(&self, goal: ResidentGoal) -> i64 {
        let reached = self.worst.iter().filter(|(of, _, reached)| *of == goal && *reached);
        reached.map(|(_, level, _)| *level).max().unwrap_or(0)
    }
}

/// What a decision is about.
#[derive(Clone, Copy)]
enum About {
    Resident(usize, Decided),
    Worst(ResidentGoal, i64),
}

/// Whether something holds or why not; or the limit that ended the checking.
type Checked<T = ()> = Result<Result<T, Refusal>, Limit>;

struct Checker<'c> {
    problem: &'c Problem<'c>,
    meter: &'c Meter<'c>,
    unit: i64,
    accepted: Vec<Accepted>,
}

impl Checker<'_> {
    fn somebody_has_no_career(&self) -> Result<bool, Limit> {
        let free = Priced::default();
        let least = self.least(&self.left(None, None), &free)?;
        Ok(least.iter().any(|least| least.cost.is_none()))
    }

    fn check(&mut self, step: &Step) -> Checked {
        if let Err(refusal) = self.holds(step) {
            return Ok(Err(refusal));
        }
        self.look_at(&step.prices)?;
        let priced = match Priced::new(self.problem, self.unit, step.quantity, &step.holds, &step.prices) {
            Ok(priced) => priced,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let left = self.left(step.goal, step.quantity);
        let least = self.least(&left, &priced)?;
        let bound = self.bound(step, &left, &priced, &least, &Branch::default())?;
        match &step.cases {
            Some(cases) => {
                if let Err(refusal) = self.cases(step, cases, &left, &mut Branch::default(), 0)? {
                    return Ok(Err(refusal));
                }
            }
            None if self.reaches_by_residues(step, bound, &left, &priced, &Branch::default())? => {}
            None => return Ok(Err(Refusal::Bound)),
        }
        let Some(quantity) = step.quantity else { return Ok(Ok(())) };
        if matches!(quantity, Quantity::Cases(_)) {
            return Ok(Ok(())); // No goal is about cases.
        }
        let bound = bound.filter(|_| step.value == self.problem.of_plan(quantity));
        // Prices under which nothing costs anything exclude nothing.
        let bound = bound.filter(|_| !priced.is_free());
        let spare = bound.and_then(|bound| {
            let value = i128::from(step.value).checked_mul(i128::from(self.unit))?;
            // More than any career costs excludes none.
            i64::try_from(value.checked_sub(bound)?).ok().filter(|spare| *spare < SPARE_MAX)
        });
        let excludes = match spare {
            None => None,
            Some(spare) => {
                let mut payers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
                for resident in priced.payers() {
                    payers.entry(self.problem.class_of[resident]).or_default().push(resident);
                }
                let of_class = |(number, (least, class)): (usize, (Least, &Class<'_>))| {
                    // Who pays for a value being no more than the largest has prices of their own, by which the least is already
                    // where nobody is like them. Among those alike careers can be exchanged, so one that somebody has can be
                    // that of one who does not pay.
                    let paying = payers.get(&number).map_or(&[][..], Vec::as_slice);
                    let own = match paying {
                        _ if (paying.len() as u64) < u64::from(class.members) => None,
                        [] | [_, _, ..] => return Ok(None),
                        &[resident] => Some(priced.as_paid_by(resident)),
                    };
                    let most = least.cost.unwrap_or(0).saturating_add(spare);
                    let prices = own.as_ref().unwrap_or(&priced);
                    let dearest = search::dearest(self.problem, class, prices, self.meter)?;
                    Ok((dearest > most).then_some(Excluded { own, most, to_go: least.to_go }))
                };
                let classes = least.into_par_iter().zip(&self.problem.classes).enumerate();
                let of_class = classes.map(of_class).collect::<Result<Vec<_>, Limit>>()?;
                let size = |of: &Excluded| of.to_go.len() + 4 + of.own.as_ref().map_or(0, Priced::size);
                let kept = of_class.iter().flatten().map(size).sum::<usize>();
                self.meter.keep(priced.size() + kept)?;
                Some(Exclusion { priced, of_class })
            }
        };
        self.accepted.push(Accepted { goal: step.goal, quantity, bound: step.bound, excludes });
        Ok(Ok(()))
    }

    /// Notes the work that prices make before anything is searched.
    fn look_at(&self, prices: &Prices) -> Result<(), Limit> {
        let staffing = prices.staffing_max.len() + prices.staffing_min.len();
        let rows = prices.seats.len() + prices.coverage.len() + staffing + prices.intake.len();
        let rows = rows + prices.worst.len() + self.problem.scenario.facilities.len();
        self.meter.look(12 * rows as u64 + prices.holds.len() as u64)
    }

    /// Whether everything the step holds is settled, and held to no less than the plan has.
    fn holds(&self, step: &Step) -> Result<(), Refusal> {
        if step.goal.is_some_and(|goal| goal >= self.problem.goals.len()) {
            return Err(Refusal::Goal);
        }
        for hold in &step.holds {
            if let Quantity::Cases(cut) = hold.quantity {
                // No sufficient plan demands more of the sites than they offer.
                if self.problem.cases.offer(cut).is_none_or(|offer| hold.at_most < offer) {
                    return Err(Refusal::Cut);
                }
                continue;
            }
            if !self.problem.is_settled(hold.quantity, step.goal, step.quantity)
                || hold.at_most < self.problem.of_plan(hold.quantity)
            {
                return Err(Refusal::Hold);
            }
        }
        Ok(())
    }

    /// The cheapest career left to each class; where its only member pays prices of their own, by these.
    fn least(&self, left: &Left<'_>, priced: &Priced) -> Result<Vec<Least>, Limit> {
        let payers: BTreeMap<usize, usize> =
            priced.payers().map(|resident| (self.problem.class_of[resident], resident)).collect();
        let of_class = |class: usize| match payers.get(&class).filter(|_| self.is_single(class)) {
            Some(&resident) => self.least_of(left, &priced.as_paid_by(resident), class, &[]),
            None => self.least_of(left, priced, class, &[]),
        };
        (0..self.problem.classes.len()).into_par_iter().map(of_class).collect()
    }

    fn is_single(&self, class: usize) -> bool {
        self.problem.classes[class].members == 1
    }

    fn least_of(
        &self,
        left: &Left<'_>,
        priced: &Priced,
        class: usize,
        decisions: &[(Decided, bool)],
    ) -> Result<Least, Limit> {
        self.asked(left, priced, class, decisions, |question| {
            search::least(self.problem, &self.problem.classes[class], question, self.meter)
        })
    }

    /// Asks a question about the careers of a class that are left.
    fn asked<T>(
        &self,
        left: &Left<'_>,
        priced: &Priced,
        class: usize,
        decisions: &[(Decided, bool)],
        ask: impl FnOnce(&Question<'_>) -> T,
    ) -> T {
        let caps: Vec<Cap<'_>> = left
            .excluding
            .iter()
            .filter_map(|exclusion| {
                let of = exclusion.of_class[class].as_ref()?;
                let priced = of.own.as_ref().unwrap_or(&exclusion.priced);
                Some(Cap { priced, most: of.most, to_go: &of.to_go })
            })
            .collect();
        let Left { ceilings, floor, .. } = *left;
        ask(&Question { priced, caps: &caps, ceilings, floor, decisions })
    }

    /// The bound the prices prove, in units, from the least cost of each class; `None` if somebody has no
    /// career: then no plan is left to be considered, and any bound holds.
    fn bound(
        &self,
        step: &Step,
        left: &Left<'_>,
        priced: &Priced,
        least: &[Least],
        branch: &Branch,
    ) -> Result<Option<i128>, Limit> {
        let mut of_classes = least.iter().zip(&self.problem.classes);
        let whole = of_classes.try_fold(priced.constant, |sum, (least, class)| {
            Some(sum + i128::from(least.cost?) * i128::from(class.members))
        });
        let Some(mut bound) = whole else { return Ok(None) };
        // Those among several alike who pay for their value being no more than the largest, each on their own.
        let of_class = |resident: &usize| self.problem.class_of[*resident];
        for resident in priced.payers().filter(|resident| !self.is_single(of_class(resident))) {
            let class = self.problem.class_of[resident];
            let paid = self.least_of(left, &priced.as_paid_by(resident), class, &[])?.cost;
            let (Some(paid), Some(free)) = (paid, least[class].cost) else { return Ok(None) };
            bound += i128::from(paid) - i128::from(free);
        }
        for (goal, price) in GOALS.into_iter().zip(priced.of_largest()).filter(|(_, price)| *price > 0) {
            // The largest is no less than what somebody reaches by the decisions, or cannot do without; most often the first
            // says enough.
            let reached = i128::from(price) * i128::from(branch.reached(goal));
            if self.reaches(step, Some(bound + reached)) {
                bound += reached;
                continue;
            }
            let value = Priced::of(self.problem, Quantity::Total(goal));
            let needed = self.least(left, &value)?;
            let needed = needed.iter().filter_map(|least| least.cost).max().unwrap_or(0);
            bound += i128::from(price) * i128::from(needed.max(branch.reached(goal)));
        }
        Ok(Some(bound))
    }

    /// Whether a bound in units proves what the step claims.
    fn reaches(&self, step: &Step, bound: Option<i128>) -> bool {
        // Somebody without a career: no plan is left to be considered.
        let Some(bound) = bound else { return true };
        let Some(quantity) = step.quantity else { return bound > 0 };
        // More than the value before is enough: the whole number, or where all values are multiples of some
        // number, the multiple.
        let exceeds = |apart: i64| {
            let before = i128::from(step.bound) - i128::from(apart);
            bound > before * i128::from(self.unit)
        };
        let apart = self.problem.multiples(quantity);
        exceeds(1) || (step.bound % apart == 0 && exceeds(apart))
    }

    fn cases(
        &self,
        step: &Step,
        cases: &Cases,
        left: &Left<'_>,
        branch: &mut Branch,
        depth: usize,
    ) -> Checked {
        if depth > DEPTH_MAX {
            return Ok(Err(Refusal::Depth));
        }
        match cases {
            Cases::Prices(prices) => {
                self.look_at(prices)?;
                let priced = match Priced::new(self.problem, self.unit, step.quantity, &step.holds, prices) {
                    Ok(priced) => priced,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                let bound = self.bound_of_branch(step, left, &priced, branch)?;
                let reached = self.reaches_by_residues(step, bound, left, &priced, branch)?;
                Ok(if reached { Ok(()) } else { Err(Refusal::Bound) })
            }
            Cases::NoCareer(id) => {
                let Some(resident) = self.problem.resident(id) else { return Ok(Err(Refusal::Name)) };
                let least = self.least_in_branch(left, &Priced::default(), branch, resident)?;
                Ok(if least.is_some() { Err(Refusal::NoCareer) } else { Ok(()) })
            }
            Cases::Split { decision, yes, no } => {
                let about = match self.decide(decision) {
                    Ok(about) => about,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                for (cases, wanted) in [(yes, true), (no, false)] {
                    match about {
                        About::Resident(resident, decided) => {
                            branch.residents.push((resident, decided, wanted))
                        }
                        About::Worst(goal, level) => branch.worst.push((goal, level, wanted)),
                    }
                    let checked = self.cases(step, cases, left, branch, depth + 1)?;
                    match about {
                        About::Resident(..) => drop(branch.residents.pop()),
                        About::Worst(..) => drop(branch.worst.pop()),
                    }
                    if checked.is_err() {
                        return Ok(checked);
                    }
                }
                Ok(Ok(()))
            }
        }
    }

    /// The least cost of a resident's careers that the decisions leave.
    fn least_in_branch(
        &self,
        left: &Left<'_>,
        priced: &Priced,
        branch: &Branch,
        resident: usize,
    ) -> Result<Option<i64>, Limit> {
        let of_resident = branch.residents.iter().filter(|(of, ..)| *of == resident);
        let decisions: Vec<(Decided, bool)> =
            of_resident.map(|&(_, decided, wanted)| (decided, wanted)).collect();
        let left = left.under(branch);
        let class = self.problem.class_of[resident];
        Ok(self.least_of(&left, &priced.as_paid_by(resident), class, &decisions)?.cost)
    }

    /// As [`Checker::bound`], with the residents whom decisions are about each on their own.
    fn bound_of_branch(
        &self,
        step: &Step,
        left: &Left<'_>,
        priced: &Priced,
        branch: &Branch,
    ) -> Result<Option<i128>, Limit> {
        let under = left.under(branch);
        let least = self.least(&under, priced)?;
        let mut residents: Vec<usize> = branch.residents.iter().map(|(resident, ..)| *resident).collect();
        residents.sort_unstable();
        residents.dedup();
        let Some(mut bound) = self.bound(step, &under, priced, &least, branch)? else {
            return Ok(None);
        };
        let payers: BTreeSet<usize> = priced.payers().collect();
        for resident in residents {
            let class = self.problem.class_of[resident];
            let free = match payers.contains(&resident) && !self.is_single(class) {
                true => self.least_of(&under, &priced.as_paid_by(resident), class, &[])?.cost.unwrap_or(0),
                false => least[class].cost.unwrap_or(0),
            };
            match self.least_in_branch(left, priced, branch, resident)? {
                Some(decided) => bound += i128::from(decided) - i128::from(free),
                None => return Ok(None),
            }
        }
        Ok(Some(bound))
    }

    /// Whom a decision is about, and what it says.
    fn decide(&self, decision: &Decision) -> Result<About, Refusal> {
        let problem = self.problem;
        let resident = |id: &str| problem.resident(id).ok_or(Refusal::Name);
        match decision {
            Decision::Course { resident: id, course } => {
                let course = problem.scenario.courses.iter().position(|c| c.id == *course);
                Ok(About::Resident(resident(id)?, Decided::Course(CourseIx(course.ok_or(Refusal::Name)?))))
            }
            Decision::Worst { goal, level } => Ok(About::Worst(*goal, *level)),
            Decision::Facility { resident: id, facility, month } => {
                let place = problem.place(facility).filter(|place| place.section.is_none());
                self.at(resident(id)?, place.ok_or(Refusal::Name)?, month)
            }
            Decision::Section { resident: id, section, month } => {
                let place = problem.place(section).filter(|place| place.section.is_some());
                self.at(resident(id)?, place.ok_or(Refusal::Name)?, month)
            }
        }
    }

    fn at(&self, resident: usize, place: Place, month: &str) -> Result<About, Refusal> {
        let problem = self.problem;
        let month = Month::parse(month).ok_or(Refusal::Name)?;
        let training = &problem.ways[problem.classes[problem.class_of[resident]].ways].calendar;
        let at = usize::try_from(month.since(training.start)).ok();
        let at = at.filter(|at| *at < training.months.len());
        let section = place.section.map(|section| section.0 as u32);
        let decided = Decided::At { facility: place.facility.0 as u32, section, place: at };
        Ok(About::Resident(resident, decided))
    }

    /// Which careers a plan as good so far can use.
    fn left(&self, goal: Option<usize>, asked: Option<Quantity>) -> Left<'_> {
        let problem = self.problem;
        // Nobody may have more than this in a goal.
        let ceilings = GOALS.map(|of| {
            let own = match asked {
                Some(Quantity::AtLeast(asked, level)) if asked == of => level,
                _ => i64::MIN,
            };
            let most = problem.worst_of_plan(of).max(own);
            let above = Quantity::AtLeast(of, most.saturating_add(1));
            if problem.is_settled(above, goal, asked) { most } else { i64::MAX }
        });
        let is_active =
            |step: &&Accepted| step.goal <= goal && problem.is_settled(step.quantity, goal, asked);
        let excluding =
            self.accepted.iter().filter(is_active).filter_map(|step| step.excludes.as_ref()).collect();
        Left { excluding, ceilings, floor: None }
    }

    /// Whether the accepted steps prove the goal at this position.
    fn proves(&self, position: usize) -> Result<bool, Limit> {
        let (goal, value) = &self.problem.goals[position];
        let of_goal = || self.accepted.iter().filter(|step| step.goal == Some(position));
        let shown = |quantity: Quantity, least: i64| -> Result<bool, Limit> {
            let by_step = of_goal().any(|step| step.quantity == quantity && step.bound >= least);
            Ok(by_step || self.obvious(position, quantity)? >= i128::from(least))
        };
        match (value, goal.measure, resident_goal(*goal)) {
            (GoalValue::Number(value), ..) if *value <= 0 => Ok(true),
            (GoalValue::Number(value), Measure::Worst, Some(of)) => {
                if shown(Quantity::AtLeast(of, *value), 1)? {
                    return Ok(true);
                }
                for step in of_goal().filter(|step| step.bound >= 1) {
                    match step.quantity {
                        Quantity::AtLeast(by, level)
                            if by == of && self.nothing_between(position, of, level, *value)? =>
                        {
                            return Ok(true);
                        }
                        _ => {}
                    }
                }
                Ok(false)
            }
            (GoalValue::Number(value), measure, of) => {
                let quantity = match (measure, of, goal.kind) {
                    (Measure::SumPlusWorst, Some(of), _) => Quantity::TotalAndWorst(of),
                    (_, Some(of), _) => Quantity::Total(of),
                    (_, None, GoalKind::Staffing) => Quantity::Staffing,
                    (_, None, _) => Quantity::Coverage,
                };
                shown(quantity, *value)
            }
            (GoalValue::Vector(pairs), _, Some(of)) => {
                let mut residents = 0;
                for &(value, count) in pairs.iter().filter(|(value, _)| *value > 0) {
                    residents += i64::from(count);
                    if !shown(Quantity::AtLeast(of, value), residents)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (GoalValue::Vector(_), _, None) => Ok(false),
        }
    }

    /// What a quantity is at least, each resident on their own: the bound of zero prices.
    fn obvious(&self, position: usize, quantity: Quantity) -> Result<i128, Limit> {
        let left = self.left(Some(position), Some(quantity));
        let least = self.least(&left, &Priced::of(self.problem, quantity))?;
        let of_class = |(least, class): (&Least, &Class<'_>)| {
            i128::from(least.cost.unwrap_or(0)) * i128::from(class.members)
        };
        let sum: i128 = least.iter().zip(&self.problem.classes).map(of_class).sum();
        let largest = match quantity {
            Quantity::TotalAndWorst(_) => least.iter().filter_map(|least| least.cost).max().unwrap_or(0),
            _ => 0,
        };
        Ok(sum + i128::from(largest))
    }

    /// Whether no career left has a value from `level` up to, not including, `value`.
    fn nothing_between(
        &self,
        position: usize,
        of: ResidentGoal,
        level: i64,
        value: i64,
    ) -> Result<bool, Limit> {
        let mut left = self.left(Some(position), Some(Quantity::AtLeast(of, level)));
        let most = &mut left.ceilings[of as usize];
        *most = (*most).min(value.saturating_sub(1));
        left.floor = Some((of, level));
        let least = self.least(&left, &Priced::default())?;
        Ok(least.iter().all(|least| least.cost.is_none()))
    }
}

/// The careers that are left to be considered.
struct Left<'a> {
    excluding: Vec<&'a Exclusion>,
    /// The most of each goal, by [`ResidentGoal`].
    ceilings: [i64; ResidentGoal::ALL.len()],
    /// The least of a goal.
    floor: Option<(ResidentGoal, i64)>,
}

impl<'a> Left<'a> {
    /// What is left in a branch of a proof by cases.
    fn under(&self, branch: &Branch) -> Self {
        Self {
            excluding: self.excluding.clone(),
            ceilings: branch.ceilings(self.ceilings),
            floor: self.floor,
        }
    }
}

fn resident_goal(goal: Goal) -> Option<ResidentGoal> {
    GOALS.into_iter().find(|&of| problem::kind(of) == goal.kind)
}

/// Per resident the best attainable points: those of the best career that breaks no rule about a single resident.
pub fn attainable_points(scenario: &Scenario) -> Vec<i64> {
    // However long it takes: a goal's value is no matter of limits.
    let limits = Limits { bytes: u64::MAX, steps: u64::MAX, ..Limits::default() };
    let meter = Meter::new(&limits);
    match Problem::new(scenario, None, None, &[], &meter) {
        Ok(problem) => problem.best_points(),
        Err(_) => vec![0; scenario.residents.len()],
    }
}
