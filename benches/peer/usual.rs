//! The usual model: whether a resident spends a part of their training at a facility is a variable of an integer
//! program, seats and the standard's minima are rows, goals are minimised one after another by HiGHS.
//!
//! It says what the generated programs of `programs` say and no more: courses of parts at a role in one piece,
//! seats, staffing for coverage, the minima of the standard, wishes, repeats.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};

use good_lp::solvers::SolutionStatus;
use good_lp::{
    Constraint, Expression, ProblemVariables, Solution, SolverModel, Variable, WithInitialSolution,
    WithTimeLimit, constraint, variable,
};
use kenshu::internal::audit::seat_limit;
use kenshu::internal::calendar::Month;
use kenshu::internal::scenario::{
    Accreditation, CourseIx, FacilityIx, GoalKind, Measure, Part, Pattern, ResidentIx, Role, Scenario,
};
use serde_json::{Value, json};

/// A part of somebody's training: months from the entry on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    from: u32,
    months: u32,
    role: Role,
}

/// What one resident may do.
struct Resident {
    courses: Vec<(CourseIx, Expression)>,
    /// Whether they are at a facility in a part of their training.
    at: BTreeMap<(Slot, FacilityIx), Variable>,
    /// Months at a facility where they were in an earlier training year.
    repeated: Expression,
}

/// The model: its rows and what its goals are made of.
pub struct Usual<'s> {
    scenario: &'s Scenario,
    variables: ProblemVariables,
    rows: Vec<Constraint>,
    residents: Vec<Resident>,
    short: Expression,
    /// The largest sum of places in the lists of facilities.
    worst: Variable,
}

impl<'s> Usual<'s> {
    pub fn of(scenario: &'s Scenario) -> Self {
        let mut variables = ProblemVariables::new();
        let worst = variables.add(variable().min(0));
        let mut model = Self {
            scenario,
            variables,
            rows: Vec::new(),
            residents: Vec::new(),
            short: Expression::default(),
            worst,
        };
        scenario.resident_ixs().for_each(|resident| model.enter(resident));
        model.seats_and_coverage();
        for resident in scenario.resident_ixs() {
            let wishes = model.facility_wishes(resident);
            model.rows.push(constraint!(wishes <= model.worst));
        }
        model
    }

    fn binary(&mut self) -> Variable {
        self.variables.add(variable().binary())
    }

    /// One course, one of its patterns in one order, each part at one facility, and the standard's minima.
    fn enter(&mut self, resident: ResidentIx) {
        let scenario = self.scenario;
        let mut filled: BTreeMap<Slot, Expression> = BTreeMap::new();
        let mut courses = Vec::new();
        let mut one = Expression::default();
        for course in scenario.course_ixs() {
            let mut taken = Expression::default();
            for slots in scenario.course(course).patterns.iter().flat_map(orders).collect::<BTreeSet<_>>() {
                let way = self.binary();
                taken += way;
                one += way;
                slots.into_iter().for_each(|slot| *filled.entry(slot).or_default() += way);
            }
            courses.push((course, taken));
        }
        self.rows.push(constraint!(one == 1));
        let mut at = BTreeMap::new();
        for (slot, way) in filled {
            let of_role = |facility: &FacilityIx| scenario.facility(*facility).role == slot.role;
            let mut somewhere = Expression::default();
            for facility in scenario.facility_ixs().filter(of_role) {
                let here = self.binary();
                somewhere += here;
                at.insert((slot, facility), here);
            }
            self.rows.push(constraint!(somewhere == way));
        }
        let months = |counts: &dyn Fn(FacilityIx) -> bool| -> Expression {
            let counted = at.iter().filter(|((_, facility), _)| counts(*facility));
            counted.map(|((slot, _), &here)| f64::from(slot.months) * here).sum()
        };
        let entry = scenario.training(resident).start;
        let comprehensive = |facility: FacilityIx| {
            *scenario.facility(facility).accreditation.at(entry) == Accreditation::Comprehensive
        };
        let core = |facility: FacilityIx| scenario.facility(facility).role == Role::Core;
        let rules = &scenario.rules;
        self.rows.push(constraint!(months(&comprehensive) >= f64::from(rules.comprehensive_months_min)));
        self.rows.push(constraint!(months(&core) >= f64::from(rules.core_months_min)));
        let mut visited = Expression::default();
        for facility in scenario.facility_ixs() {
            let there = self.variables.add(variable().min(0).max(1));
            visited += there;
            let ever: Expression =
                at.iter().filter(|(key, _)| key.1 == facility).map(|(_, &here)| here).sum();
            self.rows.push(constraint!(there <= ever));
        }
        self.rows.push(constraint!(visited >= f64::from(rules.facilities_min)));
        let repeated = self.repeats(&at);
        self.residents.push(Resident { courses, at, repeated });
    }

    /// Months at an affiliate where the resident already was in an earlier training year.
    fn repeats(&mut self, at: &BTreeMap<(Slot, FacilityIx), Variable>) -> Expression {
        let mut repeated = Expression::default();
        for (&(slot, facility), &here) in at.iter().filter(|(key, _)| key.0.role == Role::Affiliate) {
            let earlier = at
                .iter()
                .filter(|((other, there), _)| *there == facility && other.from / 12 < slot.from / 12);
            let earlier: Vec<Variable> = earlier.map(|(_, &before)| before).collect();
            if earlier.is_empty() {
                continue;
            }
            let again = self.variables.add(variable().min(0).max(1));
            repeated += f64::from(slot.months) * again;
            self.rows.extend(earlier.into_iter().map(|before| constraint!(again >= here + before - 1)));
        }
        repeated
    }

    /// Seats of every facility, and who is missing there while residents are still taken.
    fn seats_and_coverage(&mut self) {
        let scenario = self.scenario;
        let last = scenario.intake.keys().next_back().copied().unwrap_or(scenario.first_year);
        let covered = scenario.calendar.start_of(last + 1);
        let horizon = scenario.horizon();
        let mut borders = BTreeSet::from([horizon.start, horizon.end(), covered]);
        for (resident, of) in scenario.resident_ixs().zip(&self.residents) {
            let entry = scenario.training(resident).start;
            let ends = of.at.keys().flat_map(|(slot, _)| [slot.from, slot.from + slot.months]);
            borders.extend(ends.map(|month| entry.plus(month)));
        }
        let borders: Vec<Month> = borders.into_iter().collect();
        for (month, months) in borders.windows(2).map(|pair| (pair[0], pair[1].since(pair[0]))) {
            for facility in scenario.facility_ixs() {
                let mut present = Expression::default();
                for (resident, of) in scenario.resident_ixs().zip(&self.residents) {
                    let entry = scenario.training(resident).start;
                    for ((slot, there), &here) in &of.at {
                        let from = entry.plus(slot.from);
                        if *there == facility && from <= month && month < from.plus(slot.months) {
                            present += here;
                        }
                    }
                }
                if let Some(seats) = seat_limit(scenario, facility, month) {
                    self.rows.push(constraint!(present.clone() <= f64::from(seats)));
                }
                let needed = *scenario.facility(facility).min_residents.at(month);
                if needed > 0 && month < covered {
                    let missing = self.variables.add(variable().min(0));
                    self.rows.push(constraint!(missing >= f64::from(needed) - present));
                    self.short += f64::from(months) * missing;
                }
            }
        }
    }

    /// Per decided month at an affiliate the place of the facility in the resident's list.
    fn facility_wishes(&self, resident: ResidentIx) -> Expression {
        let wishes = &self.scenario.resident(resident).facility_wishes;
        let affiliates =
            self.residents[resident.0].at.iter().filter(|(key, _)| key.0.role == Role::Affiliate);
        let cost = |((slot, facility), &here): (&(Slot, FacilityIx), &Variable)| {
            f64::from(slot.months) * place(wishes, facility) as f64 * here
        };
        affiliates.map(cost).sum()
    }

    /// Those who get a course at this place of their list.
    fn at_course_wish(&self, rank: usize) -> Expression {
        let of = |(resident, model): (ResidentIx, &Resident)| -> Expression {
            let wishes = &self.scenario.resident(resident).course_wishes;
            let here = model.courses.iter().filter(|(course, _)| place(wishes, course) == rank);
            here.map(|(_, taken)| taken.clone()).sum()
        };
        self.scenario.resident_ixs().zip(&self.residents).map(of).sum()
    }

    /// The optima of the scenario's goals in order, as plan.json has them, up to the one that the limit left
    /// open.
    pub fn solve(self, limit: Duration) -> Vec<Value> {
        let until = Instant::now() + limit;
        let goals = self.scenario.goals.clone();
        let ranks = self.scenario.residents.iter().map(|resident| resident.course_wishes.len()).max();
        let objectives: Vec<Vec<Expression>> = goals
            .iter()
            .map(|goal| match (goal.kind, goal.measure) {
                (GoalKind::Coverage, Measure::Sum) => vec![self.short.clone()],
                (GoalKind::CourseWishes, Measure::WorstFirst) => {
                    (1..=ranks.unwrap_or(0)).rev().map(|rank| self.at_course_wish(rank)).collect()
                }
                (GoalKind::FacilityWishes, Measure::Worst) => vec![self.worst.into()],
                (GoalKind::FacilityWishes, Measure::Sum) => {
                    vec![self.scenario.resident_ixs().map(|resident| self.facility_wishes(resident)).sum()]
                }
                (GoalKind::Repeats, Measure::Sum) => {
                    vec![self.residents.iter().map(|of| of.repeated.clone()).sum()]
                }
                other => unreachable!("the generated programs have no goal {other:?}"),
            })
            .collect();
        let residents = self.residents.len();
        let mut rows = self.rows;
        let mut plan: Vec<(Variable, f64)> = Vec::new();
        let mut optima = Vec::new();
        for steps in objectives {
            let mut values = Vec::new();
            for objective in steps {
                let left = until.saturating_duration_since(Instant::now());
                let Some(found) = best(&self.variables, &rows, &objective, &plan, left) else {
                    return optima;
                };
                let value = objective.eval_with(&found.iter().copied().collect::<HashMap<_, _>>()).round();
                rows.push(constraint!(objective <= value));
                plan = found;
                values.push(value as i64);
            }
            optima.push(match values[..] {
                [value] => json!(value),
                _ => worst_first(&values, residents),
            });
        }
        optima
    }
}

/// How many have each value, from the worst down, from the counts of all values but 0.
fn worst_first(counts: &[i64], residents: usize) -> Value {
    let values = (1..=counts.len()).rev().zip(counts.iter().copied());
    let best = residents as i64 - counts.iter().sum::<i64>();
    Value::from_iter(values.chain([(0, best)]).filter(|pair| pair.1 > 0).map(|pair| json!([pair.0, pair.1])))
}

/// A proved optimum, `None` if there was not time enough.
fn best(
    variables: &ProblemVariables,
    rows: &[Constraint],
    objective: &Expression,
    plan: &[(Variable, f64)],
    left: Duration,
) -> Option<Vec<(Variable, f64)>> {
    let problem = variables.clone().minimise(objective.clone());
    let mut model = good_lp::highs(problem).set_option("mip_rel_gap", 0.0).set_option("mip_abs_gap", 0.0);
    model = model.set_threads(2).with_time_limit(left.as_secs_f64());
    rows.iter().for_each(|row| {
        model.add_constraint(row.clone());
    });
    if !plan.is_empty() {
        model = model.with_initial_solution(plan.iter().copied());
    }
    let solution = model.solve().ok()?;
    let all = variables.iter_variables_with_def().map(|(variable, _)| (variable, solution.value(variable)));
    matches!(solution.status(), SolutionStatus::Optimal).then(|| all.collect())
}

/// The 0-based place in a list; its length for what is not in it, 0 if there is no list.
fn place<T: PartialEq>(list: &[T], item: &T) -> usize {
    list.iter().position(|other| other == item).unwrap_or(list.len())
}

/// All orders in which a pattern's parts can come: the parts of an entry in any order, the entries as they are.
fn orders(pattern: &Pattern) -> Vec<Vec<Slot>> {
    let mut ways: Vec<Vec<Slot>> = vec![Vec::new()];
    for entry in &pattern.entries {
        let longer = ways.iter().flat_map(|way| {
            let from = way.last().map_or(0, |slot| slot.from + slot.months);
            permutations(entry).into_iter().map(move |parts| {
                let mut way = way.clone();
                let mut from = from;
                for part in parts {
                    way.push(Slot { from, months: part.months, role: role(&part) });
                    from += part.months;
                }
                way
            })
        });
        ways = longer.collect();
    }
    ways
}

fn permutations(parts: &[Part]) -> Vec<Vec<Part>> {
    if parts.is_empty() {
        return vec![Vec::new()];
    }
    let firsts = (0..parts.len()).flat_map(|first| {
        let mut rest = parts.to_vec();
        let part = rest.remove(first);
        permutations(&rest).into_iter().map(move |rest| [vec![part.clone()], rest].concat())
    });
    firsts.collect()
}

/// The role that a part of the generated programs selects.
fn role(part: &Part) -> Role {
    Role::ALL[part.place.expect("no generated part is free").0]
}
