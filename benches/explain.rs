//! How long a director waits for an explanation: programs of 60 residents at 18 facilities.
//!
//! Criterion measures one thing many times; here many programs are asked once each, since it is the
//! slow ones among them that matter. `cargo bench --bench explain` prints every program and then the
//! median, the 95th percentile and the most; KENSHU_PROGRAMS says how many programs (default 80 without
//! a plan, and a quarter as many with one). `-- explanations` or `-- wishes` asks for a half of it.
//! With KENSHU_CPU_TIME the clock is the processor time of the process, all threads together (Linux, in
//! hundredths of a second): for a machine that others use at the same time.

#![allow(clippy::panic, reason = "a measurement that cannot go on has failed")]

#[path = "../tests/it/common/programs.rs"]
mod programs;

use std::time::{Duration, Instant};

use kenshu::internal::calendar::Span;
use kenshu::internal::engine::{Session, solve};
use kenshu::internal::explain::Reason;
use kenshu::internal::explain::asker::Asker;
use kenshu::internal::explain::infeasible::{Explained, explain};
use kenshu::internal::explain::why_not::{AtHand, WhyNot, Wish, why_not};
use kenshu::internal::plan::Answer;
use kenshu::internal::scenario::{
    CaseItem, CourseIx, Dated, FacilityIx, Lock, LockKind, Place, ResidentIx, Scenario, Stay,
};
use programs::Shape;
use rand::prelude::*;
use rust_decimal::Decimal;

/// A moment on the clock that was asked for.
struct Started {
    wall: Instant,
    processor: Option<Duration>,
}

impl Started {
    fn now() -> Self {
        let asked = std::env::var_os("KENSHU_CPU_TIME").is_some();
        Self { wall: Instant::now(), processor: asked.then(processor_time) }
    }

    fn elapsed(&self) -> Duration {
        match self.processor {
            Some(before) => processor_time().saturating_sub(before),
            None => self.wall.elapsed(),
        }
    }
}

/// The processor time of this process: the 14th and 15th field of its stat, in hundredths of a second.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("KENSHU_CPU_TIME needs /proc");
    // The name in parentheses may hold spaces.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

const WAYS_OUT: usize = 3;
const WISHES_EACH: usize = 6;

fn main() {
    let count = std::env::var("KENSHU_PROGRAMS").ok().and_then(|number| number.parse().ok()).unwrap_or(80);
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    if only.as_deref() != Some("wishes") {
        explanations(count);
    }
    if only.as_deref() != Some("explanations") {
        wishes(count / 4);
    }
}

fn explanations(count: u64) {
    let (mut first, mut all, mut with_three, mut with_plan) = (Vec::new(), Vec::new(), 0, 0);
    for seed in 0..count {
        let (cause, scenario) = without_plan(seed);
        let started = Started::now();
        let explained = explain(&scenario, 0, &mut Asker::new(&|| None));
        let seconds = started.elapsed().as_secs_f64();
        let Explained::Infeasible(reason) = explained else {
            assert_eq!(explained, Explained::Feasible, "program {seed}");
            with_plan += 1;
            continue;
        };
        let started = Started::now();
        let elapsed = || started.elapsed();
        let explained = explain(&scenario, WAYS_OUT, &mut Asker::new(&|| None).with_clock(&elapsed));
        let in_all = started.elapsed().as_secs_f64();
        let Explained::Infeasible(explanation) = explained else { panic!("program {seed} has a plan now") };
        let kind = match &reason.reason {
            Reason::Count(_) => "count",
            Reason::Conflict(_) => "conflict",
            Reason::Proved => "proved only",
        };
        let costs: Vec<i64> = explanation.repairs.list.iter().map(|repair| repair.cost).collect();
        println!("{seed:3} {cause:16} {kind:12} {seconds:7.3} s, ways out {costs:?} {in_all:7.3} s");
        with_three += usize::from(costs.len() == WAYS_OUT);
        first.push(seconds);
        all.push(in_all);
    }
    println!("{} programs without a plan ({with_plan} left out, as they have one)", first.len());
    println!("first explanation: {}", spread(first));
    println!("with {WAYS_OUT} ways out (found for {with_three}): {}", spread(all));
}

fn wishes(count: u64) {
    let mut times = Vec::new();
    for seed in 0..count {
        let scenario = programs::program(Shape { seed, intake: 12, years: 5, sites: 18, seats_percent: 40 });
        let planned = planned(&scenario);
        let Some(plan) = &planned.plan else { continue };
        let at_hand = AtHand { plan, base: None, certificate: Some(&planned.certificate) };
        let mut random = StdRng::seed_from_u64(seed);
        for _ in 0..WISHES_EACH {
            let resident = ResidentIx(random.random_range(0..scenario.residents.len()));
            let wish = wish(&scenario, resident, &mut random);
            let started = Started::now();
            let answer = why_not(&scenario, at_hand, resident, wish, &mut Asker::new(&|| None));
            let seconds = started.elapsed().as_secs_f64();
            let what = match &answer {
                WhyNot::Granted => continue,
                WhyNot::Price(price) => {
                    let proved = if price.is_best { "proved best" } else { "not proved best" };
                    format!("possible, {} others move, {proved}", price.others(resident).len())
                }
                WhyNot::Forbidden(set) => format!("forbidden by {} statements", set.len()),
                other => format!("{other:?}"),
            };
            println!("{seed:3} {seconds:7.3} s {what}");
            times.push(seconds);
        }
    }
    println!("{} wishes", times.len());
    println!("why-not: {}", spread(times));
}

fn spread(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)));
    let seconds = |percent| at(percent).map_or("–".to_string(), |seconds| format!("{seconds:.3} s"));
    format!("median {}, 95 % {}, most {}", seconds(50), seconds(95), seconds(100))
}

fn planned(scenario: &Scenario) -> Answer {
    solve(scenario, None, &Session::default())
}

/// Any course, or any facility in any year.
fn wish(scenario: &Scenario, resident: ResidentIx, random: &mut StdRng) -> Wish {
    let years = scenario.calendar.split(scenario.decided(resident));
    let choices = scenario.courses.len() + years.len() * scenario.facilities.len();
    let choice = random.random_range(0..choices);
    match choice.checked_sub(scenario.courses.len()) {
        None => Wish::Course(CourseIx(choice)),
        Some(at) => Wish::At {
            place: Place { facility: FacilityIx(at % scenario.facilities.len()), section: None },
            span: years[at / scenario.facilities.len()].1,
        },
    }
}

/// A program of 60 residents at 18 facilities that, for one cause, most likely has no plan.
fn without_plan(seed: u64) -> (&'static str, Scenario) {
    let mut random = StdRng::seed_from_u64(seed);
    let cause = ["seats", "locks", "lock and course", "supervisors", "courses", "rules", "cases", "intake"]
        [(seed % 8) as usize];
    let percent = if cause == "seats" { random.random_range(14..28) } else { 40 };
    let intake = if cause == "intake" { 20 } else { 12 };
    let years = if cause == "intake" { 3 } else { 5 };
    let mut scenario = programs::program(Shape { seed, intake, years, sites: 18, seats_percent: percent });
    let year: i32 = random.random_range(2019..=2021);
    let random = &mut random;
    match cause {
        "locks" => {
            // A favourite for whom more are locked than there is room.
            let facility = FacilityIx(random.random_range(1..18));
            let span = scenario.calendar.span_of(year + 2);
            let entering =
                scenario.unchecked_mut().residents.iter_mut().filter(|resident| resident.entry_year == year);
            for resident in entering.take(8) {
                resident.locks =
                    vec![Lock { stay: Stay { facility, span, section: None }, kind: LockKind::Must }];
            }
        }
        "lock and course" => {
            // A lock at an affiliate in a year in which the fixed course has none.
            let resident = ResidentIx(random.random_range(0..60));
            let span = Span::new(scenario.training(resident).start, 12);
            let person = &mut scenario.unchecked_mut().residents[resident.0];
            let stay = Stay { facility: FacilityIx(3), span, section: None };
            person.locks = vec![Lock { stay, kind: LockKind::Must }];
            person.course = Some(CourseIx(random.random_range(3..5)));
        }
        "supervisors" => {
            // The core loses most of them.
            let from = scenario.calendar.start_of(year);
            scenario.unchecked_mut().facilities[0].supervisors.changes = vec![(from, Decimal::new(15, 1))];
        }
        "courses" => {
            for resident in
                scenario.unchecked_mut().residents.iter_mut().filter(|resident| resident.entry_year == year)
            {
                resident.course = Some(CourseIx(0));
            }
            scenario.unchecked_mut().facilities[0].seats.initial = Some(random.random_range(8..11));
        }
        "rules" => scenario.unchecked_mut().rules.core_months_min = 36,
        "cases" => few_cases(&mut scenario, random),
        // More a year than the seats take.
        "intake" => scenario.unchecked_mut().facilities[0].seats.initial = Some(random.random_range(12..16)),
        _ => {}
    }
    (cause, scenario)
}

/// Radiotherapy at four sites only, of which trainees may take little.
fn few_cases(scenario: &mut Scenario, random: &mut StdRng) {
    scenario.unchecked_mut().volumes.push("radiotherapy".into());
    scenario.unchecked_mut().cases.push(CaseItem {
        id: "radiotherapy".into(),
        name: "radiotherapy".into(),
        volume: 0,
        target: 30,
        supplement_max: 0,
        trainee_share: Decimal::new(random.random_range(5..12), 2),
        part_of: None,
        by_year: Vec::new(),
    });
    for (number, facility) in scenario.unchecked_mut().facilities.iter_mut().enumerate() {
        let volume = match number {
            0 => 536,
            1 => 409,
            10 => 304,
            14 => 630,
            _ => 0,
        };
        facility.volumes.push(Dated::constant(Some(Decimal::from(volume))));
    }
    for resident in &mut scenario.unchecked_mut().residents {
        resident.logged = vec![0];
    }
}
