//! Why a resident is not elsewhere, or not in another course: what forbids it, or what it would cost.
//!
//! What is asked for is forced, and everything else is planned again. Forced to be at a facility means: there in
//! these months, as a lock has it, and in none of them at any other, whatever other locks say. The answer is either statements that forbid it, or the best plan
//! that grants it, compared goal by goal and month by month with the plan at hand. Unless the caller has
//! a base plan of their own, staying close to the plan at hand is the last goal, so that nobody moves
//! without need.

use std::collections::BTreeSet;

use super::alone::Whereabouts;
use super::asker::{Asker, is_legal};
use super::conflict::{Question, conflict, is_irreducible, with_leaves};
use super::statement::{Statement, statements};
use crate::audit;
use crate::calendar::{Month, Span};
use crate::diff::{Move, Shift, course_changes, moves_of_plans, places, shifts};
use crate::plan::certificate::Certificate;
use crate::plan::{Answer, GoalResult, GoalValue, Placement, Plan, Reason, Status};
use crate::scenario::{
    CourseIx, Goal, GoalKind, Lock, LockKind, Measure, Place, ResidentIx, Role, Scenario, Stay,
};
use crate::solve::Warm;

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// At the place in all of these decided months in which the resident has a seat; of a facility without a
    /// section in any of its sections.
    At {
        place: Place,
        span: Span,
    },
    Course(CourseIx),
}

/// The plan that is asked about.
#[derive(Debug, Clone, Copy)]
pub struct AtHand<'a> {
    pub plan: &'a Plan,
    /// What the goal `stability` of the scenario compares with, if there is such a plan.
    pub base: Option<&'a Plan>,
    /// The proof that came with the plan: a place to start from, never believed.
    pub certificate: Option<&'a Certificate>,
}

/// Prices above this are no place to start from; those the solver writes are far below.
const PRICE_MOST: u64 = 1 << 40;

/// The answer to why not.
#[derive(Debug, Clone, PartialEq)]
pub enum WhyNot {
    /// The plan grants it.
    Granted,
    /// These statements forbid it, none of them without the others. Empty: what the courses are does.
    Forbidden(Vec<Statement>),
    /// Proved to be impossible; no set of statements was found within the time.
    Impossible,
    Price(Box<Price>),
    Unknown(Option<Reason>),
}

/// What granting a wish costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// Each goal in its order: in the plan at hand, and in the best plan that grants the wish.
    pub goals: Vec<(Goal, GoalValue, GoalValue)>,
    /// Whether every goal of the new plan is proved to be the best.
    pub is_best: bool,
    pub plan: Plan,
    pub moves: Vec<Move>,
    /// Residents in another section of the same facility.
    pub shifts: Vec<Shift>,
    pub course_changes: Vec<(ResidentIx, Option<CourseIx>, Option<CourseIx>)>,
}

impl Price {
    /// The first goal in which the two plans differ, and whether the new one is worse in it.
    pub fn first_difference(&self) -> Option<(usize, bool)> {
        let differs = |(_, before, after): &&(Goal, GoalValue, GoalValue)| before != after;
        let at = self.goals.iter().position(|goal| differs(&goal))?;
        self.goals.get(at).map(|(_, before, after)| (at, is_worse(before, after)))
    }

    /// Residents other than the one asked about who are elsewhere in some month, be it in another section.
    pub fn others(&self, resident: ResidentIx) -> BTreeSet<ResidentIx> {
        let moving = self.moves.iter().map(|m| m.resident);
        let shifted = self.shifts.iter().map(|shift| shift.resident);
        moving.chain(shifted).filter(|other| *other != resident).collect()
    }
}

/// Whether `after` is worse than `before`. Of two worst-first vectors the one is worse that is greater
/// where they first differ, counted from the worst-off resident.
pub fn is_worse(before: &GoalValue, after: &GoalValue) -> bool {
    match (before, after) {
        (GoalValue::Number(before), GoalValue::Number(after)) => after > before,
        (GoalValue::Vector(before), GoalValue::Vector(after)) => after > before,
        _ => false,
    }
}

/// Whether a plan grants the wish.
pub fn is_granted(scenario: &Scenario, plan: &Plan, resident: ResidentIx, wish: Wish) -> bool {
    match wish {
        Wish::Course(course) => match plan.course_of(resident) {
            Some(planned) => planned == course,
            // Of whom nothing is left to decide, no plan names a course.
            None => {
                let fixed = scenario.resident(resident).course;
                scenario.decided(resident).is_empty() && fixed.is_none_or(|fixed| fixed == course)
            }
        },
        Wish::At { place, span } => {
            let at = places(plan);
            let service = scenario.service(resident);
            let is_there = |at: &Place| {
                at.facility == place.facility && (place.section.is_none() || at.section == place.section)
            };
            let mut months = span.iter().filter(|month| service.has_seat(*month));
            months.all(|month| at.get(&(resident, month)).is_some_and(is_there))
        }
    }
}

/// The scenario in which the wish has to be granted; `None` where another course is fixed.
pub fn forced(scenario: &Scenario, resident: ResidentIx, wish: Wish) -> Option<Scenario> {
    match wish {
        Wish::Course(course) => {
            let is_free = scenario.residents.get(resident.0)?.course.is_none_or(|fixed| fixed == course);
            is_free.then(|| scenario.with_course(resident, course))
        }
        Wish::At { place, span } => {
            let locks = elsewhere(scenario, place, span).chain(there(scenario, resident, place, span));
            Some(scenario.with_locks(locks.map(|lock| (resident, lock))))
        }
    }
}

/// Locks that leave no other place.
fn elsewhere(scenario: &Scenario, place: Place, span: Span) -> impl Iterator<Item = Lock> + '_ {
    let others = scenario
        .facility_ixs()
        .filter(move |&other| other != place.facility && scenario.facility(other).role != Role::Associated)
        .map(|facility| Place { facility, section: None });
    let sections = scenario
        .sections_of(place.facility)
        .filter(move |&other| place.section.is_some_and(|section| section != other))
        .map(move |section| Place { section: Some(section), ..place });
    others.chain(sections).map(move |Place { facility, section }| Lock {
        stay: Stay { facility, span, section },
        kind: LockKind::MustNot,
    })
}

/// In an extension the last facility goes on but where a lock says otherwise, and free months are spent nowhere
/// unless they are asked for. Months that a lock of the tables has somewhere are its own.
fn there(
    scenario: &Scenario,
    resident: ResidentIx,
    place: Place,
    span: Span,
) -> impl Iterator<Item = Lock> + '_ {
    let Place { facility, section } = place;
    let locks = scenario.resident(resident).locks.iter().filter(|lock| lock.kind == LockKind::Must);
    let is_free = move |month: &Month| locks.clone().all(|lock| !lock.stay.span.contains(*month));
    span.iter().filter(is_free).map(move |month| Lock {
        stay: Stay { facility, span: Span::new(month, 1), section },
        kind: LockKind::Must,
    })
}

/// Answers why a plan does not grant a wish.
pub fn why_not(
    scenario: &Scenario,
    at_hand: AtHand<'_>,
    resident: ResidentIx,
    wish: Wish,
    asker: &mut Asker<'_>,
) -> WhyNot {
    let AtHand { plan, base, .. } = at_hand;
    if is_granted(scenario, plan, resident, wish) {
        return WhyNot::Granted;
    }
    let Some(forced) = forced(scenario, resident, wish) else {
        let course = scenario.resident(resident).course;
        return match course {
            Some(course) => WhyNot::Forbidden(vec![Statement::Course { resident, course }]),
            None => WhyNot::Impossible,
        };
    };
    let mut goals = forced.goals.clone();
    if base.is_none() {
        goals.retain(|goal| goal.kind != GoalKind::Stability);
        goals.push(Goal { kind: GoalKind::Stability, measure: Measure::Sum });
    }
    let close = forced.with_goals(goals);
    let near = near(scenario, &forced, at_hand, resident);
    let warm = near.as_ref().map(|answer| Warm { scenario, answer, cuts: &[], careers: None });
    let answer = asker.solve_from(&close, base.or(Some(plan)), warm);
    match (answer.status, answer.plan) {
        (Status::Infeasible, _) => forbidden(scenario, &forced, resident, wish, asker),
        // What is told is what the judge sees in a plan that grants the wish.
        (_, Some(after)) if is_legal(&forced, &after) && is_granted(scenario, &after, resident, wish) => {
            let before = audit::goal_values(scenario, plan, base);
            let granted = audit::goal_values(scenario, &after, base);
            let goals: Vec<_> =
                before.into_iter().zip(granted).map(|((goal, b), (_, a))| (goal, b, a)).collect();
            WhyNot::Price(Box::new(Price {
                // Staying close comes after the scenario's own goals.
                is_best: answer.goals.iter().take(goals.len()).all(GoalResult::is_settled),
                goals,
                moves: moves_of_plans(scenario, plan, &after),
                shifts: shifts(plan, &after),
                course_changes: course_changes(scenario, plan, &after),
                plan: after,
            }))
        }
        _ => WhyNot::Unknown(answer.reason),
    }
}

/// Where the search starts: the plan at hand, with the resident where the wish has them if there is room
/// for that, and the prices that proved it the best.
fn near(scenario: &Scenario, forced: &Scenario, at_hand: AtHand<'_>, resident: ResidentIx) -> Option<Answer> {
    let certificate = at_hand.certificate.filter(|certificate| is_small(certificate))?.clone();
    let at = Whereabouts::of(forced, at_hand.plan);
    let kept = |stays: &Vec<Stay>| -> u32 {
        let months = |stay: &Stay| {
            let there = |month: &Month| at.at.get(&(resident, *month)) == Some(&stay.facility);
            stay.span.iter().filter(there).count() as u32
        };
        stays.iter().map(months).sum()
    };
    let closest = at.alone(resident).unwrap_or_default().into_iter().max_by_key(kept);
    let plan = closest.map(|stays| {
        let others = at_hand.plan.rows.iter().filter(|row| row.resident != resident);
        let mut rows: Vec<Placement> = others.cloned().collect();
        for stay in stays {
            let years = scenario.calendar.split(stay.span).into_iter();
            rows.extend(years.map(|(_, span)| Placement {
                resident,
                course: None,
                facility: stay.facility,
                section: stay.section,
                span,
                line: None,
            }));
        }
        let others = at_hand.plan.nowhere.iter().filter(|(other, _)| *other != resident);
        Plan { rows, nowhere: others.copied().collect() }
    });
    Some(Answer { plan, certificate, ..Answer::without_plan(Status::Feasible, None) })
}

/// Whether the prices of a certificate, which may come from a file, are small enough to count with.
fn is_small(certificate: &Certificate) -> bool {
    let small = |price: &i64| price.unsigned_abs() <= PRICE_MOST;
    certificate.steps.iter().map(|step| &step.prices).all(|prices| {
        let mut rows = prices.seats.iter().chain(&prices.coverage);
        rows.all(|row| small(&row.3)) && prices.holds.iter().all(small)
    })
}

/// The statements that forbid the wish.
fn forbidden(
    scenario: &Scenario,
    forced: &Scenario,
    resident: ResidentIx,
    wish: Wish,
    asker: &mut Asker<'_>,
) -> WhyNot {
    let plain = forced.with_goals(Vec::new());
    let mut list = statements(scenario);
    // What the question itself says can neither forbid it nor be taken back.
    list.retain(|statement| match (*statement, wish) {
        (Statement::Course { resident: of, .. }, Wish::Course(_)) => of != resident,
        (Statement::Lock { resident: of, lock }, Wish::At { place, span }) => {
            of != resident || elsewhere(scenario, place, span).all(|asked| asked != lock)
        }
        _ => true,
    });
    // Of a past that nobody tells it is not always clear what can follow; then it stays what it was.
    let told: Vec<Statement> =
        list.iter().copied().filter(|of| !matches!(of, Statement::History { .. })).collect();
    for statements in [&list, &told] {
        let kept = BTreeSet::from([resident]);
        let question = Question { scenario: &plain, statements, kept, alone: None };
        if let Some(set) = conflict(&question, asker)
            && is_irreducible(&question, &set, asker)
        {
            return WhyNot::Forbidden(with_leaves(&question, &set, asker).unwrap_or(set));
        }
    }
    WhyNot::Impossible
}
