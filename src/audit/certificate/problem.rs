//! The problem a certificate speaks of, as the judge sees it: who can do what, and what it is worth.

use std::collections::BTreeMap;

use super::cases::Cases;
use super::classes::{self, Class};
use super::limits::{Limit, Meter};
use super::ways::Ways;
use crate::audit::goal_values;
use crate::audit::goals::resident_values;
use crate::plan::certificate::{Cut, Quantity, ResidentGoal};
use crate::plan::{GoalValue, Plan};
use crate::scenario::{FacilityIx, Goal, GoalKind, Measure, Scenario};

/// Everybody's ways, and what the given plan has.
pub struct Problem<'a> {
    pub scenario: &'a Scenario,
    pub ways: Vec<Ways>,
    pub classes: Vec<Class>,
    /// The class of each resident.
    pub class_of: Vec<usize>,
    /// The goals in their order with the values the given plan has; empty without a plan.
    pub goals: Vec<(Goal, GoalValue)>,
    /// Per resident goal, the residents' values in the given plan.
    of_plan: [Vec<i64>; ResidentGoal::ALL.len()],
    coverage: i64,
    pub cases: Cases,
    facilities: BTreeMap<&'a str, usize>,
    residents: BTreeMap<&'a str, usize>,
}

/// The kind of goal a certificate's word means.
pub fn kind(goal: ResidentGoal) -> GoalKind {
    match goal {
        ResidentGoal::CourseWishes => GoalKind::CourseWishes,
        ResidentGoal::FacilityWishes => GoalKind::FacilityWishes,
        ResidentGoal::Repeats => GoalKind::Repeats,
        ResidentGoal::Stability => GoalKind::Stability,
        ResidentGoal::Requirements => GoalKind::Requirements,
        ResidentGoal::Points => GoalKind::Points,
    }
}

pub const GOALS: [ResidentGoal; ResidentGoal::ALL.len()] = ResidentGoal::ALL;

impl<'a> Problem<'a> {
    /// # Errors
    /// The limit that ended the making of it.
    pub fn new(
        scenario: &'a Scenario,
        plan: Option<&Plan>,
        base: Option<&Plan>,
        cuts: &[Cut],
        meter: &Meter<'_>,
    ) -> Result<Self, Limit> {
        let cases = Cases::new(scenario, cuts);
        let (ways, classes, class_of) = classes::of_all(scenario, base, &cases, meter)?;
        let (goals, of_plan, coverage) = match plan {
            Some(plan) => {
                let of = |goal| resident_values(scenario, plan, base, kind(goal));
                let coverage = crate::audit::coverage_shortfall(scenario, plan).values().sum();
                (goal_values(scenario, plan, base), GOALS.map(of), coverage)
            }
            None => Default::default(),
        };
        let facilities = scenario.facilities.iter().map(|facility| facility.id.as_str()).zip(0..).collect();
        let residents = scenario.residents.iter().map(|resident| resident.id.as_str()).zip(0..).collect();
        Ok(Self { scenario, ways, classes, class_of, goals, of_plan, coverage, cases, facilities, residents })
    }

    pub fn facility(&self, id: &str) -> Option<FacilityIx> {
        Some(FacilityIx(*self.facilities.get(id)?))
    }

    pub fn resident(&self, id: &str) -> Option<usize> {
        self.residents.get(id).copied()
    }

    /// No resident adds more than this to a quantity.
    pub fn share_max(&self, quantity: Quantity) -> i64 {
        let months = self.ways.iter().map(|ways| ways.calendar.months.len()).max().unwrap_or(0) as i64;
        let most =
            |numbers: fn(&Class) -> &[i64]| self.classes.iter().flat_map(numbers).copied().max().unwrap_or(0);
        match quantity {
            Quantity::Coverage | Quantity::Staffing => 0,
            Quantity::Total(ResidentGoal::Requirements | ResidentGoal::Points)
            | Quantity::TotalAndWorst(_) => i64::MAX,
            Quantity::AtLeast(..) => 1,
            Quantity::Cases(_) => most(|class| &class.needs),
            Quantity::Total(ResidentGoal::CourseWishes) => most(|class| &class.course_places),
            Quantity::Total(ResidentGoal::FacilityWishes) => months * most(|class| &class.facility_places),
            Quantity::Total(ResidentGoal::Repeats | ResidentGoal::Stability) => months,
        }
    }

    /// How much of a quantity the given plan has, or may have.
    pub fn of_plan(&self, quantity: Quantity) -> i64 {
        let values = |goal| &self.of_plan[goal as usize];
        match quantity {
            Quantity::Coverage => self.coverage,
            // What no sufficient plan exceeds; whether the given one is sufficient, its rule says.
            Quantity::Cases(cut) => self.cases.offer(cut).unwrap_or(i64::MAX),
            Quantity::Staffing => i64::MAX,
            Quantity::Total(goal) => values(goal).iter().sum(),
            Quantity::TotalAndWorst(goal) => values(goal).iter().sum::<i64>() + self.worst_of_plan(goal),
            Quantity::AtLeast(goal, level) => values(goal).iter().filter(|&&v| v >= level).count() as i64,
        }
    }

    /// The largest value a resident has in a goal in the given plan.
    pub fn worst_of_plan(&self, goal: ResidentGoal) -> i64 {
        self.of_plan[goal as usize].iter().copied().max().unwrap_or(0)
    }

    /// Whether every plan that is as good as the given one so far has no more of `quantity` than it.
    ///
    /// "So far" means: in the goals before position `goal`, and, within that goal, at levels above
    /// the one `asked` about. A total is only settled by a goal of measure sum; by `worst` only that
    /// nobody exceeds the worst value; by worst-first every level.
    pub fn is_settled(&self, quantity: Quantity, goal: Option<usize>, asked: Option<Quantity>) -> bool {
        let Some(position) = goal else { return false };
        let settles = |(goal, _): &(Goal, GoalValue)| match quantity {
            Quantity::Coverage => goal.kind == GoalKind::Coverage,
            Quantity::Cases(_) => false, // settled by the tables, not by a goal
            Quantity::Staffing => goal.kind == GoalKind::Staffing,
            Quantity::Total(of) => goal.kind == kind(of) && goal.measure == Measure::Sum,
            Quantity::TotalAndWorst(of) => goal.kind == kind(of) && goal.measure == Measure::SumPlusWorst,
            Quantity::AtLeast(of, level) => {
                goal.kind == kind(of)
                    && match goal.measure {
                        Measure::Sum | Measure::SumPlusWorst => false,
                        Measure::Worst => level > self.worst_of_plan(of),
                        Measure::WorstFirst => true,
                    }
            }
        };
        if self.goals[..position.min(self.goals.len())].iter().any(settles) {
            return true;
        }
        match (quantity, asked, self.goals.get(position)) {
            (Quantity::AtLeast(held, above), Some(Quantity::AtLeast(of, level)), Some(own)) => {
                held == of && above > level && settles(own)
            }
            _ => false,
        }
    }
}
