//! The problem a certificate speaks of, as the judge sees it: who can do what, and what it is worth.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::cases::Cases;
use super::classes::{self, Class};
use super::limits::{Limit, Meter};
use super::priced::Priced;
use super::search::{Question, least};
use super::ways::Ways;
use crate::audit::goals::goals_given;
use crate::audit::training_months::common_divisor;
use crate::plan::certificate::{Cut, Quantity, ResidentGoal};
use crate::plan::{GoalValue, Plan};
use crate::scenario::{Goal, GoalKind, Measure, Place, Requirement, Scenario};

/// Everybody's ways, and what the given plan has.
pub struct Problem<'a> {
    pub scenario: &'a Scenario,
    pub ways: Vec<Ways>,
    pub classes: Vec<Class<'a>>,
    /// The class of each resident.
    pub class_of: Vec<usize>,
    /// The goals in their order with the values the given plan has; empty without a plan.
    pub goals: Vec<(Goal, GoalValue)>,
    /// Per resident goal, the residents' values in the given plan.
    of_plan: [Vec<i64>; ResidentGoal::ALL.len()],
    coverage: i64,
    staffing: i64,
    pub cases: Cases,
    /// Facilities and sections by the names tables give them.
    places: BTreeMap<String, Place>,
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
        let places = scenario.facility_ixs().map(|facility| Place { facility, section: None });
        let sections = scenario.section_ixs().map(|ix| (scenario.section(ix).facility, ix));
        let sections = sections.map(|(facility, ix)| Place { facility, section: Some(ix) });
        let mut problem = Self {
            scenario,
            ways,
            classes,
            class_of,
            goals: Vec::new(),
            of_plan: GOALS.map(|_| Vec::new()),
            coverage: 0,
            staffing: 0,
            cases,
            places: places.chain(sections).map(|place| (scenario.place_id(place), place)).collect(),
            residents: scenario.residents.iter().map(|resident| resident.id.as_str()).zip(0..).collect(),
        };
        problem.find_best_points(meter)?;
        if let Some(plan) = plan {
            let best = problem.best_points();
            let counted = goals_given(scenario, plan, base, &best);
            problem.of_plan = GOALS.map(|goal| counted.of(kind(goal)));
            (problem.coverage, problem.staffing) = (counted.coverage, counted.staffing);
            problem.goals = counted.goals;
        }
        Ok(problem)
    }

    /// Finds what each class can attain in points at best, targets of cases aside.
    fn find_best_points(&mut self, meter: &Meter<'_>) -> Result<(), Limit> {
        let is_asked = self.scenario.goals.iter().any(|goal| goal.kind == GoalKind::Points);
        if !is_asked || self.scenario.points.is_empty() {
            return Ok(());
        }
        let needs: Vec<Vec<i64>> =
            self.classes.iter_mut().map(|class| std::mem::take(&mut class.needs)).collect();
        let points = Priced::of(self, Quantity::Total(ResidentGoal::Points));
        let question = Question::free(&points);
        let best = |class: &Class<'_>| -> Result<i64, Limit> {
            Ok(least(self, class, &question, meter)?.cost.map_or(0, |cost| -cost))
        };
        let best = self.classes.par_iter().map(best).collect::<Result<Vec<i64>, Limit>>()?;
        for ((class, needs), best) in self.classes.iter_mut().zip(needs).zip(best) {
            (class.needs, class.points_best) = (needs, best);
        }
        Ok(())
    }

    /// Per resident the best attainable points.
    pub fn best_points(&self) -> Vec<i64> {
        self.class_of.iter().map(|&class| self.classes[class].points_best).collect()
    }

    /// A facility, or a section as `facility/section`.
    pub fn place(&self, id: &str) -> Option<Place> {
        self.places.get(id).copied()
    }

    pub fn resident(&self, id: &str) -> Option<usize> {
        self.residents.get(id).copied()
    }

    /// No resident adds more than this to a quantity.
    pub fn share_max(&self, quantity: Quantity) -> i64 {
        let months = self.ways.iter().map(|ways| ways.calendar.months.len()).max().unwrap_or(0) as i64;
        let most =
            |numbers: fn(&Class<'_>) -> Vec<i64>| self.classes.iter().flat_map(numbers).max().unwrap_or(0);
        match quantity {
            Quantity::Coverage | Quantity::Staffing => 0,
            // Once in the sum, and once more as the largest.
            Quantity::TotalAndWorst(goal) => self.share_max(Quantity::Total(goal)).saturating_mul(2),
            Quantity::Total(ResidentGoal::Requirements) => {
                let rows = self.scenario.requirements.iter();
                let short = |row: &Requirement| i64::from(row.min.unwrap_or(0)) + months;
                rows.map(short).sum::<i64>() + months * self.scenario.order_rules.len() as i64
            }
            Quantity::Total(ResidentGoal::Points) => {
                let rows = self.scenario.points.iter().map(|row| i64::from(row.points).abs());
                // Months without end of the last stay count once, whatever happens.
                2 * (months + 1) * rows.sum::<i64>()
            }
            Quantity::AtLeast(..) => 1,
            Quantity::Cases(_) => most(|class| class.needs.clone()),
            Quantity::Total(ResidentGoal::CourseWishes) => most(|class| class.course_places.clone()),
            Quantity::Total(ResidentGoal::FacilityWishes) => {
                months * most(|class| class.facility_places.clone())
            }
            Quantity::Total(ResidentGoal::Repeats) => months,
            // Every month, and the course.
            Quantity::Total(ResidentGoal::Stability) => months + 1,
        }
    }

    /// What every plan's value of a quantity is a multiple of, where it adds up over arcs; at least 1.
    pub fn multiples(&self, quantity: Quantity) -> i64 {
        // An extension goes on by single months, wherever somebody was last.
        let is_extended = self.ways.iter().any(Ways::has_extension);
        if quantity != Quantity::Total(ResidentGoal::FacilityWishes) || is_extended {
            return 1;
        }
        let of_class = |class: &Class<'_>| {
            let ways = &self.ways[class.ways];
            let values = ways.arcs.iter().map(|arc| class.wishes(&ways.legs[arc.leg as usize], arc.facility));
            values.filter(|value| *value != 0).map(i64::unsigned_abs).fold(0, common_divisor)
        };
        let of_classes = self.classes.iter().map(of_class).filter(|of_class| *of_class != 0);
        i64::try_from(of_classes.fold(0, common_divisor).max(1)).unwrap_or(1)
    }

    /// How much of a quantity the given plan has, or may have.
    pub fn of_plan(&self, quantity: Quantity) -> i64 {
        let values = |goal| &self.of_plan[goal as usize];
        match quantity {
            Quantity::Coverage => self.coverage,
            // What no sufficient plan exceeds; whether the given one is sufficient, its rule says.
            Quantity::Cases(cut) => self.cases.offer(cut).unwrap_or(i64::MAX),
            Quantity::Staffing => self.staffing,
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
