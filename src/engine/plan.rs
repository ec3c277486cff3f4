//! The best plan, near an earlier one if there is one, judged before it is handed out.

use super::gather;
use super::judge::{Fault, fault, fault_of_quotas, judge};
use super::replan::Near;
use super::session::Session;
use crate::audit::Audit;
use crate::diff::course_changes;
use crate::explain::asker::Asker;
use crate::explain::infeasible::{self, Explanation};
use crate::plan::{Answer, Plan, Status};
use crate::replan::freeze::locked;
use crate::scenario::{CourseIx, ResidentIx, Scenario, Stay};
use crate::solve::{self, Backend, Control};

/// The answer to a scenario with all that is said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What was solved and judged: the scenario with the frozen months as locks.
    pub scenario: Scenario,
    /// Months of the base plan that had to stay.
    pub frozen: Vec<(ResidentIx, Stay)>,
    pub answer: Answer,
    pub audit: Audit,
    /// Why there is no plan, where that is proved.
    pub explanation: Option<Explanation>,
    /// Whether there was a base plan.
    pub has_base: bool,
    /// Residents who are on another course than in the base plan: (resident, before, after).
    pub courses: Vec<(ResidentIx, Option<CourseIx>, Option<CourseIx>)>,
}

impl Planned {
    /// An answer near no other plan, and its judgement.
    pub fn new(scenario: Scenario, answer: Answer, audit: Audit) -> Self {
        let (frozen, courses) = (Vec::new(), Vec::new());
        Self { scenario, frozen, answer, audit, explanation: None, has_base: false, courses }
    }
}

/// An answer that solver and judge do not agree about; kept whole, since it is needed to see why.
#[derive(Debug)]
pub struct Faulty {
    pub fault: Fault,
    pub planned: Planned,
}

/// Solves a scenario, all its goals in order, without judging the answer.
pub fn solve(scenario: &Scenario, base: Option<&Plan>, session: &Session<'_>) -> Answer {
    solve_with(Backend::default(), scenario, base, session)
}

/// The same by a library of the caller's choice.
pub fn solve_with(
    backend: Backend,
    scenario: &Scenario,
    base: Option<&Plan>,
    session: &Session<'_>,
) -> Answer {
    let time_left = || session.time_left();
    let progress = &mut |progress: &solve::Progress| session.show(progress);
    solve::solve(scenario, Control { backend, base, time_left: &time_left, progress })
}

/// Plans a scenario, near an earlier plan where there is one.
///
/// # Errors
/// The judge does not agree with the answer.
pub fn plan(
    scenario: &Scenario,
    near: Option<Near<'_>>,
    session: &Session<'_>,
) -> Result<Planned, Box<Faulty>> {
    let base = near.as_ref().map(|near| near.base);
    let (frozen, ended) = near.map(|near| (near.frozen.stays, near.ended)).unwrap_or_default();
    // What had to stay binds the solver and is judged like any lock.
    let scenario = locked(scenario, &frozen);
    let answer = ended.unwrap_or_else(|| solve(&scenario, base, session));
    let explanation = (answer.status == Status::Infeasible).then(|| {
        let time_left = || session.time_left();
        infeasible::reason(&scenario, answer.clone(), &mut Asker::new(&time_left))
    });
    let audit = judge(&scenario, &answer, base);
    let fault = fault(&answer, &audit).or_else(|| fault_of_quotas(&scenario, &answer));
    // Near an earlier plan everybody stays where they were.
    let may_gather = fault.is_none() && base.is_none();
    let gathered = may_gather.then(|| gathered(&scenario, &answer, session)).flatten();
    let (answer, audit) = gathered.unwrap_or((answer, audit));
    let courses = match (base, &answer.plan) {
        (Some(base), Some(plan)) => course_changes(&scenario, base, plan),
        _ => Vec::new(),
    };
    let has_base = base.is_some();
    let planned = Planned { frozen, explanation, has_base, courses, ..Planned::new(scenario, answer, audit) };
    match fault {
        Some(fault) => Err(Box::new(Faulty { fault, planned })),
        None => Ok(planned),
    }
}

/// The answer with the months at each hospital gathered by section, where the judge finds it as good.
fn gathered(scenario: &Scenario, answer: &Answer, session: &Session<'_>) -> Option<(Answer, Audit)> {
    let stopped = || session.time_left().is_some_and(|left| left.is_zero());
    let plan = gather::gathered(scenario, answer.plan.as_ref()?, &stopped)?;
    let answer = Answer { plan: Some(plan), ..answer.clone() };
    let audit = judge(scenario, &answer, None);
    let fault = fault(&answer, &audit).or_else(|| fault_of_quotas(scenario, &answer));
    fault.is_none().then_some((answer, audit))
}
