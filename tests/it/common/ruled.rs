//! Random small scenarios in which tables say rules: sections, tags, selectors in patterns, steps, free months,
//! requirements, stays, order, staffing, points, entry in any month, courses with a length and an intake of their
//! own. Each from a seed, valid as the reader would accept them.

use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::plan::Plan;
use kenshu::internal::scenario::{
    Accreditation, CaseIx, Count, Course, CourseIx, Dated, Earns, Force, Goal, GoalKind, Leave, LeaveKind,
    Lock, LockKind, Measure, Model, Part, Pattern, Place, Points, ResidentIx, Role, Scenario, SelectorIx,
    Stay, Window,
};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};

use super::generate::{Generated, generate};
use super::program::{course, empty, facility, resident};
use super::rules::{order_rule, requirement, section, selector, staffing, stay_rule, who};
use super::{brute_places, case_items};

/// A plain scenario for every other seed, one with tables of rules and sections for the rest.
pub fn either(seed: u64) -> Generated {
    if seed.is_multiple_of(2) { generate(seed / 2) } else { with_rules(seed / 2) }
}

/// The scenario of a seed.
pub fn with_rules(seed: u64) -> Generated {
    let rng = &mut StdRng::seed_from_u64(seed ^ 0x5EC7_1045);
    let months = rng.random_range(4..=6);
    let mut scenario = empty(months);
    let model = scenario.unchecked_mut();
    model.id = format!("with-rules-{seed}");
    model.hash = model.id.clone();
    places(rng, model);
    model.rules.residents_per_supervisor = rng.random_range(1..=2);
    model.rules.comprehensive_months_min = rng.random_range(0..=1);
    model.rules.core_months_min = rng.random_range(0..=1);
    model.rules.affiliate_stay_months_min = *choose(rng, &[1, 1, 1, 2]);
    model.rules.facilities_min = *choose(rng, &[1, 1, 2]);
    courses(rng, model, months);
    residents(rng, model);
    rows(rng, model);
    model.goals = goals(rng);
    let base = rng.random_bool(0.3).then(|| base(rng, &scenario));
    Generated { scenario, base }
}

/// The same with case items, some of which are met in some sections only.
pub fn with_rules_and_cases(seed: u64) -> Generated {
    let mut generated = with_rules(seed);
    case_items::add(&mut generated.scenario, seed);
    let rng = &mut StdRng::seed_from_u64(seed ^ 0x5EC7_CA5E);
    let model = generated.scenario.unchecked_mut();
    let items = model.cases.len();
    for section in &mut model.sections {
        section.cases = (0..items).filter(|_| rng.random_bool(0.3)).map(CaseIx).collect();
    }
    generated
}

/// The same where history says nothing of those on whose courses months can be free; `None` if that is nobody.
pub fn with_a_silent_past(seed: u64) -> Option<Generated> {
    let mut generated = with_rules(seed);
    let model = generated.scenario.unchecked_mut();
    let start = model.start();
    let courses = model.courses.clone();
    let mut is_silent = false;
    for one in model.residents.iter_mut().filter(|one| one.entry < start) {
        let fixed = one.course;
        let mut open = courses
            .iter()
            .enumerate()
            .filter(|(at, course)| fixed.is_none_or(|fixed| fixed.0 == *at) && course.is_open_to(one));
        if open.any(|(_, course)| course.has_free_months()) {
            one.history.clear();
            is_silent = true;
        }
    }
    is_silent.then_some(generated)
}

fn choose<'a, T>(rng: &mut StdRng, list: &'a [T]) -> &'a T {
    list.choose(rng).expect("a list with entries")
}

fn places(rng: &mut StdRng, model: &mut Model) {
    let accreditation =
        |rng: &mut StdRng| *choose(rng, &[Accreditation::Comprehensive, Accreditation::Training]);
    model.facilities = vec![facility("core", Role::Core, Accreditation::Comprehensive, "2")];
    for id in ["east", "west"].into_iter().take(rng.random_range(1..=2)) {
        let own = accreditation(rng);
        model.facilities.push(facility(id, Role::Affiliate, own, choose::<&str>(rng, &["0.5", "1", "2"])));
    }
    for one in &mut model.facilities {
        if rng.random_bool(0.5) {
            one.tags = vec!["rural".into()];
        }
        if rng.random_bool(0.3) {
            one.min_residents = Dated::constant(1);
        }
    }
    let divided = *choose(rng, &["core", "core", "east", ""]);
    for id in ["ct", "ivr"] {
        if divided.is_empty() {
            break;
        }
        let ix = section(model, divided, id);
        let section = &mut model.sections[ix.0];
        section.step_months = *choose(rng, &[1, 1, 2]);
        section.seats = Dated::constant(rng.random_bool(0.3).then_some(1));
        section.min_residents = Dated::constant(u32::from(rng.random_bool(0.3)));
    }
}

/// A selector of places, with sections where there are some.
fn place(rng: &mut StdRng, model: &Model) -> String {
    let mut all = vec!["any", "core", "east", "rural", "!rural", "affiliate", "comprehensive", "any&!east"];
    let divided = model.sections.first().map(|section| model.facility(section.facility).id.clone());
    if let Some(divided) = &divided {
        all.extend(["*/ct", "*/ivr", "!*/ct", "*/ct;affiliate"]);
        if divided == "core" {
            all.extend(["core/ct", "core/ivr", "core/ct;core/ivr"]);
        }
    }
    (*choose(rng, &all)).to_owned()
}

fn courses(rng: &mut StdRng, model: &mut Model, months: u32) {
    for id in ["A", "B"].into_iter().take(rng.random_range(1..=2)) {
        let own = (id == "B" && rng.random_bool(0.3)).then_some(months - 1);
        let mut one: Course = course(id, &[]);
        one.training_months = own;
        for _ in 0..rng.random_range(1..=2) {
            let pattern = pattern(rng, model, own.unwrap_or(months));
            if !one.patterns.contains(&pattern) {
                one.patterns.push(pattern);
            }
        }
        if rng.random_bool(0.2) {
            one.intake_max.insert(2020, rng.random_range(0..=1));
        }
        if id == "B" && rng.random_bool(0.2) {
            one.who = vec!["kept".into()];
        }
        model.courses.push(one);
    }
}

/// One entry of parts that add up to the months.
fn pattern(rng: &mut StdRng, model: &mut Model, months: u32) -> Pattern {
    let mut left = months;
    let mut parts = Vec::new();
    while left > 0 {
        let length = if parts.len() == 2 { left } else { rng.random_range(1..=left) };
        let steps: Vec<u32> = (1..=length).filter(|step| length % step == 0).collect();
        let step = rng.random_bool(0.5).then(|| *choose(rng, &steps));
        let is_free = length <= 2 && rng.random_bool(0.3);
        let place = (!is_free).then(|| match rng.random_bool(0.5) {
            true => selector(model, "any"),
            false => {
                let text = place(rng, model);
                selector(model, &text)
            }
        });
        parts.push(Part { place, months: length, step });
        left -= length;
    }
    Pattern { entries: vec![parts] }
}

fn residents(rng: &mut StdRng, model: &mut Model) {
    let one_length = model.courses.iter().all(|course| course.training_months.is_none());
    let start = model.start();
    for number in 0..rng.random_range(1..=3) {
        let before = if rng.random_bool(0.25) { rng.random_range(1..=3) } else { 0 };
        let entry = match before {
            0 => start.plus(rng.random_range(0..3)),
            before => start.minus(before),
        };
        let mut one = resident(&format!("r{}", number + 1), model.calendar.year_of(entry));
        one.entry = entry;
        if rng.random_bool(0.4) {
            one.tags.push("kept".into());
        }
        let open: Vec<CourseIx> =
            model.course_ixs().filter(|ix| model.course(*ix).is_open_to(&one)).collect();
        if let Some(course) = open.choose(rng).filter(|_| !one_length || rng.random_bool(0.4)) {
            one.course = Some(*course);
            // Who is done before the first decided month is no resident.
            if let Some(own) = model.course(*course).training_months.filter(|&own| own <= before) {
                one.entry = start.minus(own - 1);
                one.entry_year = model.calendar.year_of(one.entry);
            }
        }
        one.course_wishes = open;
        one.course_wishes.shuffle(rng);
        one.facility_wishes =
            model.facility_ixs().filter(|ix| model.facility(*ix).role == Role::Affiliate).collect();
        one.facility_wishes.shuffle(rng);
        if before == 0 && rng.random_bool(0.2) {
            let kind = *choose(rng, &[LeaveKind::Abroad, LeaveKind::Childbirth, LeaveKind::PartTime]);
            let span = Span::new(entry.plus(rng.random_range(0..3)), rng.random_range(1..=2));
            let hours = (kind == LeaveKind::PartTime).then_some(200);
            one.leaves.push(Leave { kind, span, hours_per_week: None, hours });
        }
        if before == 0 && rng.random_bool(0.1) {
            let from = entry.plus(rng.random_range(1..=3));
            // Nobody is on leave from a program that they have left.
            let is_over = |leave: &Leave| leave.span.end() <= from;
            one.resigned_from = Some(from).filter(|_| one.leaves.iter().all(is_over));
        }
        model.residents.push(one);
    }
    model.residents.sort_by_key(|one| (one.entry_year, one.id.clone()));
    for position in 0..model.residents.len() {
        // What comes after the end of training concerns nothing, and is no row of a table.
        let resigned = model.residents[position].resigned_from.take();
        let end = model.training(ResidentIx(position)).end();
        model.residents[position].leaves.retain(|leave| leave.span.end() <= end);
        model.residents[position].resigned_from = resigned.filter(|from| *from < end);
        past_and_locks(rng, model, ResidentIx(position));
    }
    let years: Vec<i32> = model.residents.iter().map(|one| one.entry_year).collect();
    for year in years.into_iter().filter(|year| *year >= model.first_year) {
        *model.intake.entry(year).or_default() += 1;
    }
}

/// A past at places of the pattern at random, sometimes without its section, and a lock.
fn past_and_locks(rng: &mut StdRng, model: &mut Model, ix: ResidentIx) {
    let training = model.training(ix);
    let past = Span::between(training.start, model.start().max(training.start)).intersection(training);
    let places = model.places();
    let mut stay: Option<Stay> = None;
    for month in past.iter() {
        let place: Place = *choose(rng, &places);
        let section = place.section.filter(|_| rng.random_bool(0.6));
        let here = Stay { facility: place.facility, section, span: Span::new(month, 1) };
        stay = match stay {
            Some(mut stay) if rng.random_bool(0.6) => {
                stay.span.months += 1;
                Some(stay)
            }
            before => {
                model.residents[ix.0].history.extend(before);
                Some(here)
            }
        };
    }
    model.residents[ix.0].history.extend(stay);
    let decided = model.decided(ix);
    if decided.months > 0 && rng.random_bool(0.25) {
        let start = decided.start.plus(rng.random_range(0..decided.months));
        let span = Span::new(start, rng.random_range(1..=2)).intersection(decided);
        let place: Place = *choose(rng, &places);
        let section = place.section.filter(|_| rng.random_bool(0.5));
        let kind = *choose(rng, &[LockKind::Must, LockKind::MustNot, LockKind::MustNot]);
        let stay = Stay { facility: place.facility, section, span };
        model.residents[ix.0].locks.push(Lock { stay, kind });
    }
}

fn force(rng: &mut StdRng) -> Force {
    *choose(rng, &[Force::Must, Force::Wish, Force::Wish])
}

fn some_who(rng: &mut StdRng, model: &Model) -> kenshu::internal::scenario::Who {
    who(model, choose::<&str>(rng, &["", "", "", "kept", "!kept", "A"]))
}

fn rows(rng: &mut StdRng, model: &mut Model) {
    for _ in 0..rng.random_range(0..=2) {
        let text = place(rng, model);
        let count = *choose(rng, &Count::ALL);
        let min = rng.random_bool(0.7).then(|| rng.random_range(1..=3));
        let max = (min.is_none() || rng.random_bool(0.2)).then(|| min.unwrap_or(0) + rng.random_range(0..=2));
        let mut row = requirement(model, &text, count, min, max);
        row.who = some_who(rng, model);
        row.force = force(rng);
        let windows = [
            Window::Whole,
            Window::Whole,
            Window::First(2),
            Window::Last(3),
            Window::Years { first: 1, last: 1 },
        ];
        row.when = *choose(rng, &windows);
        if count == Count::Months && min.is_some() && rng.random_bool(0.3) {
            row.of_months = Some(rng.random_range(3..=6));
        }
        model.requirements.push(row);
    }
    if rng.random_bool(0.4) {
        let text = place(rng, model);
        let mut row = stay_rule(model, &text);
        row.who = some_who(rng, model);
        match rng.random_range(0..6) {
            0 => row.months_min = Some(2),
            1 => row.months_max = Some(rng.random_range(1..=3)),
            2 => row.step_months = Some(2),
            3 => row.starts = vec![1, 3, 5, 7, 9, 11],
            4 => row.gap_months = Some(rng.random_range(1..=2)),
            _ => row.visits_max = Some(1),
        }
        model.stay_rules.push(row);
    }
    if rng.random_bool(0.3) {
        let (first, then) = (place(rng, model), place(rng, model));
        let mut row = order_rule(model, &first, rng.random_range(1..=2), &then);
        row.who = some_who(rng, model);
        row.force = force(rng);
        model.order_rules.push(row);
    }
    for _ in 0..rng.random_range(0..=1) {
        let text = place(rng, model);
        let min = rng.random_bool(0.6).then_some(1);
        let max = (min.is_none() || rng.random_bool(0.2)).then(|| rng.random_range(1..=2));
        let mut row = staffing(model, &text, min, max);
        row.who = who(model, choose::<&str>(rng, &["", "", "year1", "kept", "A"]));
        row.force = force(rng);
        let month = |rng: &mut StdRng, start: Month| start.plus(rng.random_range(0..4));
        let start = model.start();
        row.from = rng.random_bool(0.4).then(|| month(rng, start));
        // Nobody is there all year round.
        row.until = Some(month(rng, row.from.unwrap_or(start)));
        model.staffing.push(row);
    }
    for _ in 0..rng.random_range(0..=3) {
        let text = place(rng, model);
        let at: SelectorIx = selector(model, &text);
        let earns =
            *choose(rng, &[Earns::Month(at), Earns::Month(at), Earns::Stay(at), Earns::Change, Earns::Idle]);
        let whose = ResidentIx(rng.random_range(0..model.residents.len()));
        let resident = rng.random_bool(0.4).then_some(whose);
        model.points.push(Points { resident, earns, points: *choose(rng, &[-3, -1, 1, 2, 5]) });
    }
}

fn goals(rng: &mut StdRng) -> Vec<Goal> {
    let mut all: Vec<Goal> = Vec::new();
    for kind in GoalKind::ALL {
        let measures = if kind.is_of_places() { &Measure::ALL[..1] } else { &Measure::ALL[..] };
        all.push(Goal { kind, measure: *choose(rng, measures) });
    }
    all.shuffle(rng);
    all.truncate(rng.random_range(2..=5));
    all
}

/// Rows at random for the goal `stability`; they need break no rule less than they do.
fn base(rng: &mut StdRng, scenario: &Scenario) -> Plan {
    let places = scenario.places();
    let mut plan = Plan::default();
    for resident in scenario.resident_ixs() {
        let course = CourseIx(rng.random_range(0..scenario.courses.len()));
        let spots: Vec<Option<Place>> = scenario.due(resident).map(|_| Some(*choose(rng, &places))).collect();
        plan.rows.extend(brute_places::rows(scenario, resident, &(course, spots)));
    }
    plan
}
