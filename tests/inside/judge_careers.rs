//! Tests of the judge's own careers. Listed, with leave, resignations, history and locks of all kinds, they
//! are those its rules accept, found by trying every facility in every month; and whatever is asked of the
//! search in a test of this crate is asked of the list too, every career of it counted month by month.

#[allow(clippy::duplicate_mod, reason = "the tests of `solve` share it in the same way")]
#[path = "../it/common/mod.rs"]
mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::forger;
use common::generate::generate as generated;
use common::program::{course, empty, facility, resident};
use rand::prelude::*;

use super::careers::{self, Careers};
use super::classes::Class;
use super::limits::{Limits, Meter};
use super::priced::Priced;
use super::problem::{GOALS, Problem, kind};
use super::search::{self, Decided, Question};
use super::values::values_within;
use super::verify;
use crate::audit::case_figures::{most, offer};
use crate::audit::goals::resident_values;
use crate::audit::training_months::Training;
use crate::audit::{audit, case_is_assessed, goal_values};
use crate::calendar::{Month, Span};
use crate::plan::certificate::{Quantity, ResidentGoal};
use crate::plan::{Placement, Plan};
use crate::regulation::Subject;
use crate::scenario::{
    Accreditation, CaseIx, ChildbirthExcess, CourseIx, FacilityIx, Leave, LeaveKind, LeaveRules, Lock,
    LockKind, ResidentIx, Role, Scenario, Stay,
};
use crate::solve::{Backend, Control, solve};

/// Longer lists are not made.
const LISTED_MAX: usize = 20_000;

/// Questions answered both ways so far.
static COMPARED: AtomicUsize = AtomicUsize::new(0);

/// Careers whose values were held against those the search gathered.
static OF_VALUES: AtomicUsize = AtomicUsize::new(0);

/// The list of residents alike, made when it is first asked.
pub struct Listed {
    resident: ResidentIx,
    list: OnceLock<Option<Careers>>,
}

impl Listed {
    pub fn new(resident: ResidentIx) -> Self {
        Self { resident, list: OnceLock::new() }
    }
}

/// Holds the answer to a question against the list.
pub fn compare(problem: &Problem<'_>, class: &Class<'_>, question: &Question<'_>, found: Option<i64>) {
    let Some(counted) = counted(problem, class) else { return };
    let left = counted.iter().filter(|career| career.is_left(question));
    assert_eq!(found, left.map(|career| career.cost(question.priced)).min(), "{}", problem.scenario.id);
    COMPARED.fetch_add(1, Ordering::Relaxed);
}

/// Holds the values of the careers within a cost against those of the list.
pub fn compare_values(
    problem: &Problem<'_>,
    class: &Class<'_>,
    (question, at_most): (&Question<'_>, i64),
    found: Option<&[i64]>,
) {
    let (Some(counted), Some(found)) = (counted(problem, class), found) else { return };
    let left = counted.iter().filter(|career| career.is_left(question));
    let within = left.filter(|career| career.cost(question.priced) <= at_most);
    let values: Vec<i64> =
        within.map(|career| career.values[ResidentGoal::FacilityWishes as usize]).collect();
    OF_VALUES.fetch_add(values.len(), Ordering::Relaxed);
    let [found, values] = [found, &values].map(|values| BTreeSet::from_iter(values.iter().copied()));
    assert_eq!(found, values, "{}", problem.scenario.id);
}

/// Every career of the list; `None` where there is none.
fn counted<'c>(problem: &'c Problem<'c>, class: &'c Class<'c>) -> Option<Vec<Counted<'c>>> {
    let scenario = problem.scenario;
    let listed = &problem.ways[class.ways].listed;
    let list = listed.list.get_or_init(|| careers::of(scenario, listed.resident, LISTED_MAX));
    let list = list.as_ref().filter(|_| is_plain(scenario))?;
    Some((0..list.list.len()).map(|career| Counted::new(problem, class, list, career)).collect())
}

/// Whether careers are what they are without rows of tables about them, which the list does not know.
fn is_plain(scenario: &Scenario) -> bool {
    let parts = scenario.courses.iter().flat_map(|course| &course.patterns);
    let mut parts = parts.flat_map(|pattern| pattern.entries.iter().flatten());
    scenario.sections.is_empty()
        && scenario.requirements.is_empty()
        && scenario.stay_rules.is_empty()
        && scenario.order_rules.is_empty()
        && scenario.points.is_empty()
        && scenario.staffing.is_empty()
        && parts.all(|part| part.step.is_none() && scenario.role_of(part).is_some())
}

/// A career of the list, counted month by month.
struct Counted<'c> {
    problem: &'c Problem<'c>,
    class: &'c Class<'c>,
    list: &'c Careers,
    career: usize,
    values: [i64; ResidentGoal::ALL.len()],
    /// Months with cases per academic year and facility.
    months: BTreeMap<(i32, FacilityIx), u32>,
}

impl<'c> Counted<'c> {
    fn new(problem: &'c Problem<'c>, class: &'c Class<'c>, list: &'c Careers, career: usize) -> Self {
        let scenario = problem.scenario;
        let mut months = BTreeMap::new();
        for (month, facility) in list.seats(career) {
            if month.month >= scenario.start() && month.has_cases(&scenario.rules.leave) {
                *months.entry((scenario.calendar.year_of(month.month), facility)).or_default() += 1;
            }
        }
        Self { problem, class, list, career, values: values(problem, class, list, career), months }
    }

    /// What is allowed of an assessed item at all sites but `without`.
    fn allowed(&self, item: usize, without: &[(String, i32)]) -> i64 {
        let scenario = self.problem.scenario;
        let assessed = |case: &CaseIx| case_is_assessed(scenario, *case);
        let case = scenario.case_ixs().filter(assessed).nth(item).unwrap();
        let is_cut = |(year, facility): &(i32, FacilityIx)| {
            without.iter().any(|(id, of)| of == year && scenario.facility(*facility).id == *id)
        };
        let counted = self.months.iter().filter(|(site, _)| !is_cut(site));
        counted.map(|(site, months)| most(offer(scenario, case, *site).unwrap(), *months) as i64).sum()
    }

    fn cost(&self, priced: &Priced) -> i64 {
        let scenario = self.problem.scenario;
        let goals = priced.of_goals().into_iter().zip(self.values).map(|(price, value)| price * value);
        let mut cost: i64 = goals.sum();
        for (month, facility) in self.list.seats(self.career) {
            if let Ok(since) = usize::try_from(month.month.since(scenario.start())) {
                let at_work = month.is_at_work(&scenario.rules.leave);
                cost += priced.of_month(facility.0 as u32, since, at_work);
            }
        }
        for &(goal, level, price) in &priced.levels {
            cost += if self.values[goal as usize] >= level { price } else { 0 };
        }
        for &(cut, price) in &priced.cuts {
            let item = self.problem.cases.item_of(cut).unwrap();
            let elsewhere = self.allowed(item, &self.problem.cases.sites(scenario, cut));
            cost += price * (self.class.needs[item] - elsewhere).max(0);
        }
        cost
    }

    fn is_left(&self, question: &Question<'_>) -> bool {
        let career = &self.list.list[self.career];
        let needs = self.class.needs.iter().enumerate();
        needs.into_iter().all(|(item, need)| self.allowed(item, &[]) >= *need)
            && self.values.iter().zip(question.ceilings).all(|(value, most)| *value <= most)
            && question.floor.is_none_or(|(goal, least)| self.values[goal as usize] >= least)
            && question.caps.iter().all(|cap| self.cost(cap.priced) <= cap.most)
            && question.decisions.iter().all(|(decided, wanted)| {
                *wanted
                    == match *decided {
                        Decided::Course(course) => career.course == course,
                        Decided::At { facility, place, .. } => {
                            let at = place.and_then(|place| career.months[place]);
                            at.is_some_and(|at| at.0 as u32 == facility)
                        }
                    }
            })
    }
}

/// A career's value in every resident goal (DESIGN 3).
fn values(
    problem: &Problem<'_>,
    class: &Class<'_>,
    list: &Careers,
    career: usize,
) -> [i64; ResidentGoal::ALL.len()] {
    let scenario = problem.scenario;
    // The first training year at each facility.
    let mut first: BTreeMap<FacilityIx, Option<u32>> = BTreeMap::new();
    let (mut wishes, mut repeats, mut moved) = (0, 0, 0);
    let is_decided = |month: Month| month >= scenario.start();
    let counts_past =
        scenario.rules.wishes_count_history && list.seats(career).any(|(month, _)| is_decided(month.month));
    for (month, here) in list.seats(career) {
        let year = list.calendar.year(month);
        let since = *first.entry(here).or_insert(year);
        let is_affiliate = scenario.facility(here).role == Role::Affiliate;
        if is_affiliate && (is_decided(month.month) || counts_past) {
            wishes += class.facility_places[here.0];
        }
        if !is_decided(month.month) {
            continue;
        }
        repeats += i64::from(is_affiliate && since < year);
        let place = month.month.since(list.calendar.start) as usize;
        moved += i64::from(class.base_at(place).is_some_and(|base| base != here.0 as u32));
    }
    let course = list.list[career].course;
    moved += class.changes_course(course);
    [class.course_places[course.0], wishes, repeats, moved, 0, 0]
}

/// More ways to be placed than this are not tried.
const WAYS_MAX: usize = 3_000;

/// One resident in a program of six months, with whatever can happen to them.
fn generate(seed: u64) -> Scenario {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut scenario = empty(6);
    scenario.unchecked_mut().facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "9"),
        facility("east", Role::Affiliate, Accreditation::Comprehensive, "9"),
        facility("west", Role::Affiliate, Accreditation::Training, "9"),
    ];
    let all = [
        course("A", &["core:3 affiliate:3"]),
        course("B", &["core:6", "core:4 affiliate:2"]),
        course("C", &["core:2 affiliate:2 affiliate:2", "affiliate:6"]),
        course("D", &["core:1 affiliate:5"]),
    ];
    scenario.unchecked_mut().courses = all.sample(&mut rng, 2).cloned().collect();
    let rules = &mut scenario.unchecked_mut().rules;
    rules.comprehensive_months_min = rng.random_range(0..5);
    rules.core_months_min = rng.random_range(0..3);
    rules.affiliate_stay_months_min = rng.random_range(1..4);
    rules.facilities_min = rng.random_range(1..3);
    rules.leave = LeaveRules {
        childbirth_months_max: rng.random_range(0..3),
        childbirth_excess: *ChildbirthExcess::ALL.choose(&mut rng).unwrap(),
        illness_months_max: rng.random_range(0..3),
        part_time_months_max: rng.random_range(0..3),
        part_time_hours: rng.random_range(1..30),
        leave_months_max: rng.random_bool(0.3).then(|| rng.random_range(0..4)),
        counted_leave_keeps_seat: rng.random_bool(0.6),
        covered_by_leave: rng.random_bool(0.3),
        leave_counts_at_facility: rng.random_bool(0.6),
        ..rules.leave.clone()
    };
    let before = rng.random_bool(0.3);
    let mut person = resident("r", if before { 2019 } else { 2020 });
    person.course_wishes = vec![CourseIx(rng.random_range(0..2))];
    person.facility_wishes = vec![FacilityIx(rng.random_range(1..3))];
    let mut next = scenario.calendar.start_of(person.entry_year);
    if before {
        // Abroad until the first decided year or beyond, so that something is left to decide.
        let start = next.plus(rng.random_range(0..4));
        let until = scenario.start().plus(rng.random_range(0..2));
        let span = Span::between(start, until);
        person.leaves.push(Leave { kind: LeaveKind::Abroad, span, hours_per_week: None, hours: None });
        next = span.end();
    }
    for _ in 0..rng.random_range(0..3) {
        // Part-time is what extends a training, so it comes up often.
        let any = *LeaveKind::ALL.choose(&mut rng).unwrap();
        let kind = if rng.random_bool(0.4) { LeaveKind::PartTime } else { any };
        let span = Span::new(next.plus(rng.random_range(0..3)), rng.random_range(1..4));
        next = span.end();
        let hours = (kind == LeaveKind::PartTime).then(|| rng.random_range(0..40));
        person.leaves.push(Leave { kind, span, hours_per_week: None, hours });
    }
    if rng.random_bool(0.25) {
        person.resigned_from = Some(scenario.start().plus(rng.random_range(1..8)));
    }
    let training = Training::of(&scenario, &person);
    let first = FacilityIx(rng.random_range(0..3));
    let past = training.months.iter().filter(|month| month.has_seat && month.month < scenario.start());
    person.history =
        past.map(|m| Stay { facility: first, span: Span::new(m.month, 1), section: None }).collect();
    let due = due(&scenario, &training);
    if let Some(&start) = due.choose(&mut rng).filter(|_| rng.random_bool(0.5)) {
        let stay = Stay {
            facility: FacilityIx(rng.random_range(0..3)),
            span: Span::new(start, rng.random_range(1..4)),
            section: None,
        };
        let kind = if rng.random_bool(0.5) { LockKind::Must } else { LockKind::MustNot };
        person.locks.push(Lock { stay, kind });
    }
    scenario.unchecked_mut().residents = vec![person];
    scenario
}

fn due(scenario: &Scenario, training: &Training) -> Vec<Month> {
    let months = training.months.iter().filter(|month| month.has_seat && month.month >= scenario.start());
    months.map(|month| month.month).collect()
}

fn placed(course: CourseIx, months: &[Month], at: impl Fn(usize) -> FacilityIx) -> Plan {
    let row = |(position, month): (usize, &Month)| Placement {
        resident: ResidentIx(0),
        course: Some(course),
        facility: at(position),
        section: None,
        span: Span::new(*month, 1),
        line: None,
    };
    Plan::from(months.iter().enumerate().map(row).collect::<Vec<_>>())
}

type Found = (CourseIx, Vec<FacilityIx>);

/// Every way of placing the resident that breaks no rule; `None` if there are too many to try.
fn accepted(scenario: &Scenario, months: &[Month]) -> Option<BTreeSet<Found>> {
    let facilities = scenario.facilities.len();
    let count = facilities.checked_pow(months.len() as u32).filter(|count| *count <= WAYS_MAX)?;
    let mut found = BTreeSet::new();
    for course in scenario.course_ixs() {
        for number in 0..count {
            let digit = |position: usize| number / facilities.pow(position as u32) % facilities;
            let plan = placed(course, months, |position| FacilityIx(digit(position)));
            if !audit(scenario, &plan, None).has_violations(Subject::Placement) {
                found.insert((course, plan.rows.iter().map(|row| row.facility).collect()));
            }
        }
    }
    Some(found)
}

#[test]
fn the_careers_listed_are_those_the_rules_accept_and_worth_the_same() {
    let (mut compared, mut with, mut extended, mut resigned) = (0, 0, 0, 0);
    let limits = Limits::default();
    for seed in 0..600 {
        let scenario = generate(seed);
        let training = Training::of(&scenario, &scenario.residents[0]);
        let months = due(&scenario, &training);
        // Where nothing is decided the rules say nothing, and rows name no course.
        let Some(accepted) = accepted(&scenario, &months).filter(|_| !months.is_empty()) else { continue };
        let list = careers::of(&scenario, ResidentIx(0), LISTED_MAX).unwrap();
        let careers = || (0..list.list.len()).map(|career| (career, list.list[career].course));
        let facilities = |career| -> Vec<FacilityIx> {
            months.iter().map(|month| list.at(career, *month).unwrap()).collect()
        };
        let listed: Vec<Found> = careers().map(|(career, course)| (course, facilities(career))).collect();
        assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), accepted, "seed {seed}: {scenario:#?}");
        assert_eq!(listed.len(), accepted.len(), "seed {seed}: a career is listed twice");
        let base = placed(CourseIx(0), &months, |position| FacilityIx((position + seed as usize) % 3));
        for (career, course) in careers() {
            let plan = placed(course, &months, |position| facilities(career)[position]);
            let meter = Meter::new(&limits);
            let problem = Problem::new(&scenario, Some(&plan), Some(&base), &[], &meter).unwrap();
            let counted = GOALS.map(|goal| resident_values(&scenario, &plan, Some(&base), kind(goal))[0]);
            assert_eq!(values(&problem, &problem.classes[0], &list, career), counted, "seed {seed}");
            assert_eq!(problem.goals, goal_values(&scenario, &plan, Some(&base)));
        }
        compared += 1;
        with += usize::from(!accepted.is_empty());
        extended += usize::from(training.months.iter().any(|month| month.is_extension()));
        resigned += usize::from(training.resigned && !accepted.is_empty());
    }
    assert!(
        compared >= 300 && with >= 150 && extended >= 50 && resigned >= 30,
        "{compared} {with} {extended} {resigned}"
    );
}

/// Genuine certificates and forged ones ask the search all it can be asked.
#[test]
fn the_search_answers_as_the_list_does() {
    let before = COMPARED.load(Ordering::Relaxed);
    let mut random = StdRng::seed_from_u64(5);
    for seed in 0..400 {
        // Half with one resident to whom anything can happen, half programs.
        let (scenario, base) = match seed % 2 {
            0 => (generate(seed), None),
            _ => {
                let generated = generated(seed);
                (generated.scenario, generated.base)
            }
        };
        let control = Control {
            backend: Backend::default(),
            base: base.as_ref(),
            time_left: &|| None,
            progress: &mut |_| (),
        };
        let answer = solve(&scenario, control);
        let limits = Limits::default();
        let plan = answer.plan.as_ref();
        verify(&scenario, plan, base.as_ref(), &answer.certificate, &limits).unwrap();
        for _ in 0..4 {
            let forged =
                forger::certificate(&mut random, &scenario, plan, base.as_ref(), &answer.certificate);
            verify(&scenario, plan, base.as_ref(), &forged, &limits).unwrap();
        }
        let meter = Meter::new(&limits);
        let problem = Problem::new(&scenario, plan, base.as_ref(), &answer.certificate.cuts, &meter).unwrap();
        for goal in [ResidentGoal::FacilityWishes, ResidentGoal::Repeats] {
            let priced = Priced::of(&problem, Quantity::Total(goal));
            for class in &problem.classes {
                let mut question = Question::free(&priced);
                let least = search::least(&problem, class, &question, &meter).unwrap().cost;
                let Some(least) = least else { continue };
                let most = least + random.random_range(0..24);
                values_within(&problem, class, &question, most, &meter).unwrap();
                question.ceilings[goal as usize] = most - random.random_range(0..4);
                values_within(&problem, class, &question, most, &meter).unwrap();
            }
        }
    }
    let compared = COMPARED.load(Ordering::Relaxed) - before;
    let of_values = OF_VALUES.load(Ordering::Relaxed);
    assert!(compared > 5_000 && of_values > 1_000, "{compared} questions, {of_values} careers");
}

#[test]
fn residents_share_ways_only_with_the_same_leaves_and_resignation() {
    let mut scenario = empty(6);
    scenario.unchecked_mut().facilities =
        vec![facility("core", Role::Core, Accreditation::Comprehensive, "9")];
    scenario.unchecked_mut().courses = vec![course("A", &["core:6"])];
    scenario.unchecked_mut().residents = ["a", "b", "c", "d"].map(|id| resident(id, 2020)).into();
    let span = Span::new(scenario.start().plus(1), 1);
    let abroad = Leave { kind: LeaveKind::Abroad, span, hours_per_week: None, hours: None };
    scenario.unchecked_mut().residents[1].leaves = vec![abroad];
    scenario.unchecked_mut().residents[2].resigned_from = Some(scenario.start().plus(2));
    let limits = Limits::default();
    let problem = Problem::new(&scenario, None, None, &[], &Meter::new(&limits)).unwrap();
    let ways_of: Vec<usize> = problem.class_of.iter().map(|&class| problem.classes[class].ways).collect();
    assert_eq!((problem.ways.len(), ways_of), (3, vec![0, 1, 2, 0]));
    assert_eq!(problem.ways[1].calendar.months.len(), 7);
    let careers = |resident| careers::of(&scenario, ResidentIx(resident), LISTED_MAX).unwrap().list.len();
    assert_eq!(careers(1), 0, "one facility alone: the rules about minima hold");
    assert_eq!(careers(2), 1, "and do not hold for whoever resigns");
}

/// What a search finds where tables say rules is the least over the careers that the judge accepts, tried one by
/// one and counted by it.
#[test]
fn the_search_finds_what_the_judge_accepts_where_tables_say_rules() {
    use crate::audit::resident_values;
    use crate::scenario::Model;
    let (mut compared, mut none, mut of_points, mut short) = (0, 0, 0, 0);
    let limits = Limits::default();
    for seed in 0..50 {
        let mut scenario = common::ruled::with_rules(seed).scenario;
        // Every goal is asked for, so that everything is counted.
        scenario.unchecked_mut().goals = GOALS
            .map(|goal| crate::scenario::Goal { kind: kind(goal), measure: crate::scenario::Measure::Sum })
            .into();
        for resident in scenario.resident_ixs().filter(|ix| scenario.due(*ix).next().is_some()) {
            let alone =
                Scenario::unchecked(Model::clone(&scenario)).alone(scenario.resident(resident).clone());
            let careers = common::brute_places::careers(&alone, ResidentIx(0));
            let plans: Vec<Plan> = careers
                .iter()
                .map(|career| Plan::from(common::brute_places::rows(&alone, ResidentIx(0), career)))
                .collect();
            let meter = Meter::new(&limits);
            let problem = Problem::new(&alone, None, None, &[], &meter).unwrap();
            let class = &problem.classes[0];
            for goal in GOALS.into_iter().filter(|goal| *goal != ResidentGoal::Stability) {
                let values = plans.iter().map(|plan| resident_values(&alone, plan, None, kind(goal))[0]);
                let (least, most) = (values.clone().min(), values.max());
                let priced = Priced::of(&problem, Quantity::Total(goal));
                let found = search::least(&problem, class, &Question::free(&priced), &meter).unwrap();
                assert_eq!(found.cost, least, "seed {seed}, {resident:?}, {goal:?}: {alone:#?}");
                compared += usize::from(least.is_some());
                none += usize::from(least.is_none());
                of_points += usize::from(goal == ResidentGoal::Points && most > Some(0));
                short += usize::from(goal == ResidentGoal::Requirements && most > Some(0));
                // Nobody exceeds the least, or reaches the most and one more.
                for (ceiling, floor) in [(least, None), (None, most), (None, most.map(|most| most + 1))] {
                    let mut question = Question::free(&priced);
                    question.ceilings[goal as usize] = ceiling.unwrap_or(i64::MAX);
                    question.floor = floor.map(|floor| (goal, floor));
                    let found = search::least(&problem, class, &question, &meter).unwrap().cost;
                    let expected = match floor {
                        Some(floor) => most.filter(|most| *most >= floor),
                        None => least,
                    };
                    assert_eq!(found, expected, "seed {seed}, {resident:?}, {goal:?}");
                }
            }
        }
    }
    assert!(
        compared > 100 && none > 10 && of_points > 5 && short > 5,
        "{compared} {none} {of_points} {short}"
    );
}
