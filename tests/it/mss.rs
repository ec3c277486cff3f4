//! Medical student scheduling, the public benchmark: small instances of our own (`tests/data/mss`) are planned through
//! tables, and the value has to be the best of all schedules tried one by one by the benchmark's definition.

use kenshu::internal::audit::certificate::{Limits, Verdict, verify};
use kenshu::internal::engine::{Session, plan};
use kenshu::internal::plan::{GoalValue, Proof, Status};
use kenshu::internal::scenario::read;

use crate::common::mss::instance::Instance;
use crate::common::mss::score::{Attendance, Schedule, broken, satisfaction, score};
use crate::common::mss::tables::{self, Tables};

const SMALL: &str = include_str!("../data/mss/small.dzn");
const LONG: &str = include_str!("../data/mss/long.dzn");

/// What planning an instance came to: its value in the benchmark's terms, and who is where; `None` if there is no plan.
pub fn planned(instance: &Instance) -> Option<(i64, Schedule)> {
    let tables = Tables::of(instance);
    let (scenario, findings) = read(&tables.sources);
    let scenario = scenario.unwrap_or_else(|| panic!("{findings:?}"));
    let planned = plan(&scenario, None, &Session::default()).expect("a judge that agrees");
    if planned.answer.status == Status::Infeasible {
        return None;
    }
    let goal = &planned.answer.goals[0];
    assert_eq!((goal.proof, &goal.value), (Proof::Certified, &goal.bound));
    let found = planned.answer.plan.as_ref().expect("a plan");
    let checked = verify(&scenario, Some(found), None, &planned.answer.certificate, &Limits::default());
    assert_eq!(checked.expect("a whole check").goals[0].2, Verdict::Proved);
    let GoalValue::Number(value) = goal.value else { panic!("a sum is a number") };
    Some((tables.worth(value), tables::schedule(instance, &scenario, found)))
}

/// Every schedule of a student that breaks nothing.
fn schedules(instance: &Instance, student: usize) -> Vec<Vec<Attendance>> {
    let mut all = Vec::new();
    extend(instance, student, 0, &mut Vec::new(), &mut all);
    all.retain(|attended| broken(instance, student, attended).is_empty());
    all
}

/// All sequences of disciplines that follow each other, each at most once where it is for the student, and no more than they
/// need.
fn extend(
    instance: &Instance,
    student: usize,
    from: usize,
    attended: &mut Vec<Attendance>,
    all: &mut Vec<Vec<Attendance>>,
) {
    all.push(attended.clone());
    if attended.len() == instance.attended[student].iter().sum::<usize>() {
        return;
    }
    for start in from..instance.periods {
        for discipline in (0..instance.disciplines).filter(|&of| instance.allowed[student][of]) {
            for hospital in (0..instance.hospitals).filter(|&of| instance.able[student][of][discipline]) {
                if attended.iter().all(|of| of.discipline != discipline) {
                    attended.push(Attendance { start, discipline, hospital });
                    extend(instance, student, start + instance.duration, attended, all);
                    attended.pop();
                }
            }
        }
    }
}

/// The best value of any schedule that breaks nothing; `None` if there is none.
fn best(instance: &Instance) -> Option<i64> {
    best_if_few(instance, usize::MAX).flatten()
}

/// The same unless there are more than so many combinations to try.
pub fn best_if_few(instance: &Instance, combinations: usize) -> Option<Option<i64>> {
    let of_students: Vec<Vec<Vec<Attendance>>> =
        (0..instance.students).map(|student| schedules(instance, student)).collect();
    let counted = of_students.iter().fold(1_usize, |all, own| all.saturating_mul(own.len()));
    if counted > combinations {
        return None;
    }
    let mut best = None;
    let mut schedule = Vec::new();
    combine(instance, &of_students, &mut schedule, &mut best);
    Some(best)
}

fn combine(
    instance: &Instance,
    left: &[Vec<Vec<Attendance>>],
    schedule: &mut Schedule,
    best: &mut Option<i64>,
) {
    let Some((next, left)) = left.split_first() else {
        let score = score(instance, schedule);
        if score.violations.is_empty() {
            *best = (*best).max(Some(score.value));
        }
        return;
    };
    for own in next {
        schedule.push(own.clone());
        combine(instance, left, schedule, best);
        schedule.pop();
    }
}

#[test]
fn plans_are_the_best_by_the_benchmarks_own_definition() {
    for text in [SMALL, LONG] {
        let instance = Instance::parse(text).unwrap();
        let (value, schedule) = planned(&instance).expect("a plan");
        let scored = score(&instance, &schedule);
        assert_eq!(scored.violations, [""; 0]);
        assert_eq!(scored.value, value, "the goal counts what the benchmark counts");
        assert_eq!(Some(value), best(&instance));
    }
}

#[test]
fn ward_minima_and_maxima_decide() {
    let instance = Instance::parse(SMALL).unwrap();
    let mut free = instance.clone();
    free.least.iter_mut().flatten().flatten().for_each(|least| *least = 0);
    free.most.iter_mut().flatten().flatten().for_each(|most| *most = 3);
    let value = planned(&free).map(|of| of.0);
    assert_eq!(value, best(&free));
    assert!(value > planned(&instance).map(|of| of.0));
}

#[test]
fn what_a_schedule_breaks_is_named() {
    let instance = Instance::parse(SMALL).unwrap();
    let at = |start, discipline, hospital| Attendance { start, discipline, hospital };
    // Student 2 is away in the second period, may not attend discipline 2, and needs one of group 2.
    let attended = [at(1, 0, 0), at(2, 1, 0)];
    let broken = broken(&instance, 1, &attended);
    for what in ["not available in period 2", "discipline 2 at hospital 1 is not", "0 of group 2, not 1"] {
        assert!(broken.iter().any(|of| of.starts_with(what)), "{what}: {broken:?}");
    }
    // Discipline 2 comes after discipline 1.
    assert_eq!(
        self::broken(&instance, 2, &[at(0, 1, 0), at(1, 0, 0)]),
        ["discipline 2 without discipline 1 before"]
    );
    // 1 (hospital 1, period 1), a free period, 1 (hospital 2, period 3): one change, one idle period.
    assert_eq!(satisfaction(&instance, 2, &[at(0, 0, 0), at(2, 1, 1)]), 2 + 2 + 1 + 2 + 5 - 3 - 2);
}
