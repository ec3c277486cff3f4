//! Re-checking a proof: the judge verifies a certificate with the tables and whole numbers alone.
//!
//! `careers` lists every resident's legal careers afresh, `problem` says what they are worth,
//! `priced` turns prices into bounds, and this file decides what has been proved.
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
//! not exist. Quantities not settled, prices of the wrong sign, rows a career is in only partly, or
//! decisions that leave something out are refused; a refused step proves nothing.

mod careers;
mod cases;
pub mod claim;
#[cfg(test)]
mod listed;
mod priced;
mod problem;

use crate::calendar::Month;
use crate::language::Message;
use crate::plan::certificate::{
    Cases, Certificate, DEPTH_MAX, Decision, Prices, Quantity, ResidentGoal, Step,
};
use crate::plan::{GoalValue, Plan};
use crate::scenario::{Goal, Measure, Scenario};
use priced::{Left, Priced, Refusal};
use problem::Problem;

/// What became of a goal's claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Re-checked: no legal plan as good in the goals before is better in this one.
    Proved,
    /// The certificate does not prove it; the reasons of the steps that were refused.
    NotProved(Vec<Message>),
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
/// `None`: there are more careers than are listed again.
pub fn verify(
    scenario: &Scenario,
    plan: Option<&Plan>,
    base: Option<&Plan>,
    certificate: &Certificate,
) -> Option<Verification> {
    let problem = Problem::new(scenario, plan, base, &certificate.cuts)?;
    let mut checker = Checker { problem: &problem, unit: certificate.unit, accepted: Vec::new() };
    let mut refusals: Vec<(Option<usize>, Message)> = Vec::new();
    let mut no_plan = checker.left(None, None).iter().any(|careers| !careers.contains(&true));
    for (number, step) in certificate.steps.iter().enumerate() {
        match checker.check(step) {
            Ok(()) => no_plan |= step.quantity.is_none(),
            Err(reason) => {
                let reason = Message::new(reason);
                let message = Message::new("certificate-step-refused").number("step", number as i64 + 1);
                refusals.push((step.goal, message.message("reason", reason)));
            }
        }
    }
    let goals = problem.goals.iter().enumerate().map(|(position, (goal, value))| {
        let of_goal = refusals.iter().filter(|(of, _)| *of == Some(position));
        let verdict = match checker.proves(position) {
            true => Verdict::Proved,
            false => Verdict::NotProved(of_goal.map(|(_, message)| message.clone()).collect()),
        };
        (*goal, value.clone(), verdict)
    });
    Some(Verification { goals: goals.collect(), no_plan })
}

/// A step that holds, and the careers it excludes from plans that keep its value.
struct Accepted {
    goal: Option<usize>,
    quantity: Quantity,
    bound: i64,
    excluded: Left,
}

struct Checker<'c> {
    problem: &'c Problem<'c>,
    unit: i64,
    accepted: Vec<Accepted>,
}

impl Checker<'_> {
    fn check(&mut self, step: &Step) -> Result<(), Refusal> {
        if step.goal.is_some_and(|goal| goal >= self.problem.goals.len()) {
            return Err("certificate-goal");
        }
        for hold in &step.holds {
            if let Quantity::Cases(cut) = hold.quantity {
                // No sufficient plan demands more of the sites than they offer.
                if self.problem.offer(cut).is_none_or(|offer| hold.at_most < offer) {
                    return Err("certificate-cut");
                }
                continue;
            }
            if !self.problem.is_settled(hold.quantity, step.goal, step.quantity)
                || hold.at_most < self.problem.of_plan(hold.quantity)
            {
                return Err("certificate-hold");
            }
        }
        let mut left = self.left(step.goal, step.quantity);
        let priced = self.priced(step, &step.prices)?;
        let least = priced.least(&left);
        let bound = priced.bound(&least);
        match &step.cases {
            Some(cases) => self.cases(step, cases, &mut left, 0)?,
            None if self.reaches(step, bound) => {}
            None => return Err("certificate-bound"),
        }
        let Some(quantity) = step.quantity else { return Ok(()) };
        if matches!(quantity, Quantity::Cases(_)) {
            return Ok(()); // No goal is about cases.
        }
        let mut excluded: Left = left.iter().map(|careers| vec![false; careers.len()]).collect();
        if let Some(bound) = bound.filter(|_| step.value == self.problem.of_plan(quantity)) {
            let spare = i128::from(step.value) * i128::from(self.unit) - bound;
            for (resident, careers) in left.iter().enumerate() {
                let Some(least) = least[resident] else { continue };
                for career in (0..careers.len()).filter(|&career| careers[career]) {
                    excluded[resident][career] = priced.cost(resident, career) - least > spare;
                }
            }
        }
        self.accepted.push(Accepted { goal: step.goal, quantity, bound: step.bound, excluded });
        Ok(())
    }

    fn priced<'p>(&'p self, step: &'p Step, prices: &'p Prices) -> Result<Priced<'p>, Refusal> {
        Priced::new(self.problem, self.unit, step.quantity, &step.holds, prices)
    }

    /// Whether a bound in units proves what the step claims.
    fn reaches(&self, step: &Step, bound: Option<i128>) -> bool {
        // Somebody without a career: no plan is left to be considered.
        let Some(bound) = bound else { return true };
        match step.quantity {
            // Rounded up, since quantities are whole: more than the whole number before is enough.
            Some(_) => bound > (i128::from(step.bound) - 1) * i128::from(self.unit),
            None => bound > 0,
        }
    }

    fn cases(&self, step: &Step, cases: &Cases, left: &mut Left, depth: usize) -> Result<(), Refusal> {
        if depth > DEPTH_MAX {
            return Err("certificate-depth");
        }
        match cases {
            Cases::Prices(prices) => {
                let priced = self.priced(step, prices)?;
                let bound = priced.bound(&priced.least(left));
                if self.reaches(step, bound) { Ok(()) } else { Err("certificate-bound") }
            }
            Cases::NoCareer(id) => {
                let resident = self.resident(id)?;
                if left[resident].contains(&true) { Err("certificate-no-career") } else { Ok(()) }
            }
            Cases::Split { decision, yes, no } => {
                let (resident, true_of) = self.decide(decision)?;
                let whole = left[resident].clone();
                for (cases, wanted) in [(yes, true), (no, false)] {
                    let kept = whole.iter().zip(&true_of).map(|(&left, &is)| left && is == wanted).collect();
                    left[resident] = kept;
                    self.cases(step, cases, left, depth + 1)?;
                }
                left[resident] = whole;
                Ok(())
            }
        }
    }

    fn resident(&self, id: &str) -> Result<usize, Refusal> {
        let known = self.problem.scenario.residents.iter().position(|resident| resident.id == id);
        known.ok_or("certificate-name")
    }

    /// Whom a decision is about, and of which careers it is true.
    fn decide(&self, decision: &Decision) -> Result<(usize, Vec<bool>), Refusal> {
        let scenario = self.problem.scenario;
        match decision {
            Decision::Course { resident, course } => {
                let resident = self.resident(resident)?;
                let course =
                    scenario.courses.iter().position(|c| c.id == *course).ok_or("certificate-name")?;
                let list = &self.problem.careers(resident).list;
                Ok((resident, list.iter().map(|career| career.course.0 == course).collect()))
            }
            Decision::Facility { resident, facility, month } => {
                let resident = self.resident(resident)?;
                let facility = scenario
                    .facility_ixs()
                    .find(|&f| scenario.facility(f).id == *facility)
                    .ok_or("certificate-name")?;
                let month = Month::parse(month).ok_or("certificate-name")?;
                let careers = self.problem.careers(resident);
                let there = |career| careers.at(career, month) == Some(facility);
                Ok((resident, (0..careers.list.len()).map(there).collect()))
            }
        }
    }

    /// The careers that a plan as good so far can use.
    fn left(&self, goal: Option<usize>, asked: Option<Quantity>) -> Left {
        let problem = self.problem;
        // Nobody may have more than this in a goal.
        let ceilings: Vec<(ResidentGoal, i64)> = [
            ResidentGoal::CourseWishes,
            ResidentGoal::FacilityWishes,
            ResidentGoal::Repeats,
            ResidentGoal::Stability,
        ]
        .into_iter()
        .filter_map(|of| {
            let own = match asked {
                Some(Quantity::AtLeast(asked, level)) if asked == of => level,
                _ => i64::MIN,
            };
            let above = problem.worst_of_plan(of).max(own).checked_add(1)?;
            problem.is_settled(Quantity::AtLeast(of, above), goal, asked).then_some((of, above))
        })
        .collect();
        let excluding: Vec<&Accepted> = self
            .accepted
            .iter()
            .filter(|step| step.goal <= goal && problem.is_settled(step.quantity, goal, asked))
            .collect();
        let is_left = |resident: usize, career: usize| {
            problem.is_sufficient(resident, career)
                && ceilings.iter().all(|&(of, above)| problem.value(of, resident, career) < above)
                && !excluding.iter().any(|step| step.excluded[resident][career])
        };
        (0..problem.list_of.len())
            .map(|resident| {
                let careers = problem.careers(resident).list.len();
                (0..careers).map(|career| is_left(resident, career)).collect()
            })
            .collect()
    }

    /// Whether the accepted steps prove the goal at this position.
    fn proves(&self, position: usize) -> bool {
        let (goal, value) = &self.problem.goals[position];
        let shown = |quantity: Quantity, least: i64| {
            let by_step = self
                .accepted
                .iter()
                .any(|step| step.goal == Some(position) && step.quantity == quantity && step.bound >= least);
            by_step || self.obvious(position, quantity) >= least
        };
        match (value, goal.measure, resident_goal(*goal)) {
            (GoalValue::Number(value), Measure::Worst, Some(of)) => {
                *value <= 0
                    || shown(Quantity::AtLeast(of, *value), 1)
                    || self.accepted.iter().any(|step| match step.quantity {
                        Quantity::AtLeast(by, level) => {
                            step.goal == Some(position)
                                && by == of
                                && step.bound >= 1
                                && self.nothing_between(position, of, level, *value)
                        }
                        _ => false,
                    })
            }
            (GoalValue::Number(value), _, of) => {
                *value <= 0 || shown(of.map_or(Quantity::Coverage, Quantity::Total), *value)
            }
            (GoalValue::Vector(pairs), _, Some(of)) => {
                let mut residents = 0;
                pairs.iter().filter(|(value, _)| *value > 0).all(|&(value, count)| {
                    residents += i64::from(count);
                    shown(Quantity::AtLeast(of, value), residents)
                })
            }
            (GoalValue::Vector(_), _, None) => false,
        }
    }

    /// What a quantity is at least, each resident on their own: the bound of zero prices.
    fn obvious(&self, position: usize, quantity: Quantity) -> i64 {
        let left = self.left(Some(position), Some(quantity));
        let least = |(resident, careers): (usize, &Vec<bool>)| {
            let left = careers.iter().enumerate().filter(|(_, left)| **left);
            left.map(|(career, _)| self.problem.share(quantity, resident, career)).min().unwrap_or(0)
        };
        left.iter().enumerate().map(least).sum()
    }

    /// Whether no career left has a value from `level` up to, not including, `value`.
    fn nothing_between(&self, position: usize, of: ResidentGoal, level: i64, value: i64) -> bool {
        let left = self.left(Some(position), Some(Quantity::AtLeast(of, level)));
        left.iter().enumerate().all(|(resident, careers)| {
            let left = careers.iter().enumerate().filter(|(_, left)| **left);
            left.map(|(career, _)| self.problem.value(of, resident, career)).all(|v| v < level || v >= value)
        })
    }
}

fn resident_goal(goal: Goal) -> Option<ResidentGoal> {
    [ResidentGoal::CourseWishes, ResidentGoal::FacilityWishes, ResidentGoal::Repeats, ResidentGoal::Stability]
        .into_iter()
        .find(|&of| problem::kind(of) == goal.kind)
}
