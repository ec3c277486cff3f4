//! The problem a certificate speaks of, as the judge sees it: who can do what, and what it is worth.

use std::collections::BTreeMap;

use super::careers::{self, Careers};
use super::cases::Cases;
use crate::audit::goal_values;
use crate::audit::goals::resident_values;
use crate::calendar::{Month, Span};
use crate::plan::certificate::{Cut, Quantity, ResidentGoal};
use crate::plan::{GoalValue, Plan};
use crate::scenario::{FacilityIx, Goal, GoalKind, Measure, ResidentIx, Role, Scenario};

/// Careers, their values, and what the given plan has.
pub struct Problem<'a> {
    pub scenario: &'a Scenario,
    pub lists: Vec<Careers>,
    /// The list of each resident.
    pub list_of: Vec<usize>,
    /// Per resident and career the values in the order of [`ResidentGoal`].
    values: Vec<Vec<[i64; 4]>>,
    /// The goals in their order with the values the given plan has; empty without a plan.
    pub goals: Vec<(Goal, GoalValue)>,
    /// Per resident goal, the residents' values in the given plan.
    of_plan: [Vec<i64>; 4],
    coverage: i64,
    cases: Cases,
}

/// The kind of goal a certificate's word means.
pub fn kind(goal: ResidentGoal) -> GoalKind {
    match goal {
        ResidentGoal::CourseWishes => GoalKind::CourseWishes,
        ResidentGoal::FacilityWishes => GoalKind::FacilityWishes,
        ResidentGoal::Repeats => GoalKind::Repeats,
        ResidentGoal::Stability => GoalKind::Stability,
    }
}

const GOALS: [ResidentGoal; 4] = [
    ResidentGoal::CourseWishes,
    ResidentGoal::FacilityWishes,
    ResidentGoal::Repeats,
    ResidentGoal::Stability,
];

impl<'a> Problem<'a> {
    /// `None` if there are too many careers to list again.
    pub fn new(
        scenario: &'a Scenario,
        plan: Option<&Plan>,
        base: Option<&Plan>,
        cuts: &[Cut],
    ) -> Option<Self> {
        let (lists, list_of) = careers::of_all(scenario)?;
        let cases = Cases::new(scenario, &lists, cuts);
        let of_resident = |ix: ResidentIx| {
            let list = &lists[list_of[ix.0]];
            let base = base_months(scenario, ix, list, base);
            (0..list.list.len()).map(|career| worth(scenario, ix, list, career, &base)).collect()
        };
        let values = scenario.resident_ixs().map(of_resident).collect();
        let (goals, of_plan, coverage) = match plan {
            Some(plan) => {
                let of = |goal| resident_values(scenario, plan, base, kind(goal));
                let coverage = crate::audit::coverage_shortfall(scenario, plan).values().sum();
                (goal_values(scenario, plan, base), GOALS.map(of), coverage)
            }
            None => Default::default(),
        };
        Some(Self { scenario, lists, list_of, values, goals, of_plan, coverage, cases })
    }

    pub fn careers(&self, resident: usize) -> &Careers {
        &self.lists[self.list_of[resident]]
    }

    /// What a resident with this career adds to a quantity.
    pub fn share(&self, quantity: Quantity, resident: usize, career: usize) -> i64 {
        let value = |goal| self.values[resident][career][goal as usize];
        match quantity {
            Quantity::Coverage => 0,
            Quantity::Cases(cut) => self.cases.demand(cut, resident, self.list_of[resident], career),
            Quantity::Total(goal) => value(goal),
            Quantity::AtLeast(goal, level) => i64::from(value(goal) >= level),
        }
    }

    pub fn value(&self, goal: ResidentGoal, resident: usize, career: usize) -> i64 {
        self.values[resident][career][goal as usize]
    }

    /// What the sites of a cut offer, by the tables; `None` if the cut names what is not there.
    pub fn offer(&self, cut: usize) -> Option<i64> {
        self.cases.offer(cut)
    }

    /// Whether the resident can reach every case target on the career, if nobody else takes a case.
    pub fn is_sufficient(&self, resident: usize, career: usize) -> bool {
        self.cases.is_sufficient(resident, self.list_of[resident], career)
    }

    /// How much of a quantity the given plan has, or may have.
    pub fn of_plan(&self, quantity: Quantity) -> i64 {
        let values = |goal| &self.of_plan[goal as usize];
        match quantity {
            Quantity::Coverage => self.coverage,
            // What no sufficient plan exceeds; whether the given one is sufficient, its rule says.
            Quantity::Cases(cut) => self.cases.offer(cut).unwrap_or(i64::MAX),
            Quantity::Total(goal) => values(goal).iter().sum(),
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
            Quantity::Total(of) => goal.kind == kind(of) && goal.measure == Measure::Sum,
            Quantity::AtLeast(of, level) => {
                goal.kind == kind(of)
                    && match goal.measure {
                        Measure::Sum => false,
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

type BaseMonths = BTreeMap<Month, FacilityIx>;

/// Where the base plan places a resident.
fn base_months(scenario: &Scenario, ix: ResidentIx, list: &Careers, base: Option<&Plan>) -> BaseMonths {
    let training = list.calendar.span();
    let decided = Span::between(training.start.max(scenario.start()), training.end());
    let rows = base.into_iter().flat_map(|plan| &plan.rows).filter(|row| row.resident == ix);
    let mut months = BaseMonths::new();
    for row in rows {
        for month in row.span.intersection(decided).iter() {
            months.entry(month).or_insert(row.facility);
        }
    }
    months
}

/// A career's value in every resident goal (DESIGN 3), counted month by month over those with a seat.
fn worth(scenario: &Scenario, ix: ResidentIx, list: &Careers, career: usize, base: &BaseMonths) -> [i64; 4] {
    let resident = scenario.resident(ix);
    let place = |position: Option<usize>, length: usize| position.unwrap_or(length) as i64;
    let course = list.list[career].course;
    let wishes = &resident.course_wishes;
    // Whoever is gone before anything is decided has no part in a goal.
    let is_gone = list.calendar.span().end() <= scenario.start();
    let course_value = match is_gone {
        true => 0,
        false => place(wishes.iter().position(|&wish| wish == course), wishes.len()),
    };
    // The first training year at each facility.
    let mut first: Vec<(FacilityIx, Option<u32>)> = Vec::new();
    let (mut facility_value, mut repeats, mut moved) = (0, 0, 0);
    for (month, here) in list.seats(career) {
        let year = list.calendar.year(month);
        let since = match first.iter().find(|(facility, _)| *facility == here) {
            Some(&(_, since)) => since,
            None => {
                first.push((here, year));
                year
            }
        };
        if month.month < scenario.start() {
            continue;
        }
        if scenario.facility(here).role == Role::Affiliate {
            let wishes = &resident.facility_wishes;
            facility_value += place(wishes.iter().position(|&wish| wish == here), wishes.len());
            repeats += i64::from(since < year);
        }
        moved += i64::from(base.get(&month.month).is_some_and(|&facility| facility != here));
    }
    [course_value, facility_value, repeats, moved]
}
