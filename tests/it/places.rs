//! Sections, pieces, free months and the rules of tables in careers and plans, against all sequences of places tried one
//! by one with the rule written out here.

use std::collections::BTreeSet;

use kenshu::internal::audit::audit;
use kenshu::internal::audit::certificate::{Limits, Verdict, verify};
use kenshu::internal::calendar::Span;
use kenshu::internal::itineraries::careers_of;
use kenshu::internal::plan::{Answer, GoalValue, Placement, Plan, Proof, Status};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{Accreditation, Role};
use kenshu::internal::scenario::{
    Count, CourseIx, Dated, Earns, FacilityIx, Force, Goal, GoalKind, Measure, Model, OrderRule, Part,
    Pattern, Place, PlaceName, Points, Requirement, ResidentIx, Scenario, Section, SectionIx, Selector,
    SelectorIx, Staffing, StayRule, Term, Who, Window,
};
use kenshu::internal::solve::{Backend, Control, solve};

use rayon::prelude::*;

use crate::common::brute_places::{self, Found};
use crate::common::generate::Generated;
use crate::common::program::{course, empty, facility, resident};
use crate::common::ruled::with_rules;
use crate::common::seeds::seeds;

const MONTHS: usize = 4;
const CT: usize = 0;
const IVR: usize = 1;
const AWAY: usize = 2;
const FREE: usize = 3;

/// Where somebody is month by month.
type Sequence = Vec<usize>;

/// A core hospital with two sections and an affiliate; a course of four single months, so many of them free.
fn program(free: u32, residents: usize, change: impl Fn(&mut Model)) -> Scenario {
    let mut scenario = empty(MONTHS as u32);
    let model = scenario.unchecked_mut();
    model.rules.comprehensive_months_min = 0;
    model.rules.core_months_min = 0;
    model.rules.affiliate_stay_months_min = 0;
    model.rules.facilities_min = 0;
    model.facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "9"),
        facility("away", Role::Affiliate, Accreditation::Training, "9"),
    ];
    let section = |id: &str| Section {
        facility: FacilityIx(0),
        id: id.into(),
        name: id.into(),
        name_en: id.into(),
        seats: Dated::constant(None),
        min_residents: Dated::constant(0),
        step_months: 1,
        cases: Vec::new(),
        source: String::new(),
    };
    model.sections = vec![section("ct"), section("ivr")];
    let any = selector(model, &[PlaceName::Any]);
    let part = |place, months| Part { place, months, step: Some(1) };
    let mut entry = vec![part(Some(any), MONTHS as u32 - free)];
    entry.extend((free > 0).then(|| part(None, free)));
    model.courses = vec![course("A", &["core:4"])];
    model.courses[0].patterns = vec![Pattern { entries: vec![entry] }];
    model.residents = (0..residents).map(|number| resident(&number.to_string(), 2020)).collect();
    model.goals = Vec::new();
    change(model);
    scenario
}

fn selector(model: &mut Model, names: &[PlaceName]) -> SelectorIx {
    let any = names.iter().map(|name| vec![Term { not: false, name: name.clone() }]).collect();
    model.selectors.push(Selector { text: format!("{names:?}"), any });
    SelectorIx(model.selectors.len() - 1)
}

fn at(model: &mut Model, place: usize) -> SelectorIx {
    selector(model, &[name(place)])
}

fn name(place: usize) -> PlaceName {
    match place {
        AWAY => PlaceName::Facility(FacilityIx(1)),
        section => PlaceName::Section(SectionIx(section)),
    }
}

/// All sequences with so many free months.
fn sequences(free: usize) -> Vec<Sequence> {
    let all = (0..4usize.pow(MONTHS as u32))
        .map(|number| (0..MONTHS as u32).map(|month| number / 4usize.pow(month) % 4).collect::<Sequence>());
    all.filter(|of| of.iter().filter(|place| **place == FREE).count() == free).collect()
}

fn facility_of(place: usize) -> Option<usize> {
    match place {
        FREE => None,
        AWAY => Some(1),
        _ => Some(0),
    }
}

/// The runs of months that are alike: (place, first month, months).
fn runs<T: PartialEq + Copy>(months: impl IntoIterator<Item = T>) -> Vec<(T, usize, usize)> {
    let mut runs: Vec<(T, usize, usize)> = Vec::new();
    for (month, place) in months.into_iter().enumerate() {
        match runs.last_mut() {
            Some((last, _, length)) if *last == place => *length += 1,
            _ => runs.push((place, month, 1)),
        }
    }
    runs
}

fn stays_at(sequence: &Sequence, place: usize) -> Vec<(usize, usize, usize)> {
    runs(sequence.iter().copied()).into_iter().filter(|run| run.0 == place).collect()
}

fn months_at(sequence: &Sequence, place: usize) -> usize {
    sequence.iter().filter(|here| **here == place).count()
}

/// The careers of the first resident, each once.
fn careers(scenario: &Scenario) -> BTreeSet<Sequence> {
    let careers = careers_of(scenario, ResidentIx(0), 100_000, &|| false).unwrap();
    let list = careers.list().unwrap();
    let set = careers.set();
    let sequence = |&number: &u32| -> Sequence {
        let steps = set.stays_of(number as usize).iter().map(|&stay| set.stays[stay as usize]);
        let place = |place: Option<Place>| match place {
            None => FREE,
            Some(Place { section: Some(section), .. }) => section.0,
            Some(_) => AWAY,
        };
        steps.flat_map(|step| step.span.iter().map(move |_| place(step.place))).collect()
    };
    let found: BTreeSet<Sequence> = list.iter().map(sequence).collect();
    assert_eq!(found.len(), list.len(), "a career twice");
    found
}

fn check(what: &str, free: usize, change: impl Fn(&mut Model), legal: impl Fn(&Sequence) -> bool) {
    let scenario = program(free as u32, 1, change);
    let expected: BTreeSet<Sequence> = sequences(free).into_iter().filter(|of| legal(of)).collect();
    assert!(!expected.is_empty(), "{what}: nothing to find");
    assert_eq!(careers(&scenario), expected, "{what}");
    for sequence in sequences(free) {
        let plan = plan(&scenario, &sequence);
        let findings = audit(&scenario, &plan, None);
        let refused: Vec<_> = findings.violations(Subject::Placement).map(|finding| finding.rule).collect();
        assert_eq!(refused.is_empty(), expected.contains(&sequence), "{what}, {sequence:?}: {refused:?}");
    }
}

/// A sequence as the plan of the first resident.
fn plan(scenario: &Scenario, sequence: &Sequence) -> Plan {
    let start = scenario.start();
    let row = |(place, first, months): (usize, usize, usize)| {
        let section = (place < AWAY).then_some(SectionIx(place));
        Some(Placement {
            resident: ResidentIx(0),
            course: Some(CourseIx(0)),
            facility: FacilityIx(facility_of(place)?),
            section,
            span: Span::new(start.plus(first as u32), months as u32),
            line: None,
        })
    };
    Plan::from(runs(sequence.iter().copied()).into_iter().filter_map(row).collect::<Vec<_>>())
}

fn stay_rule(place: SelectorIx) -> StayRule {
    StayRule {
        who: Who::default(),
        place,
        months_min: None,
        months_max: None,
        step_months: None,
        starts: Vec::new(),
        gap_months: None,
        visits_max: None,
        clause: String::new(),
    }
}

fn requirement(place: SelectorIx, count: Count, bounds: (Option<u32>, Option<u32>)) -> Requirement {
    Requirement {
        id: "r".into(),
        name: "r".into(),
        who: Who::default(),
        place,
        when: Window::Whole,
        count,
        min: bounds.0,
        max: bounds.1,
        of_months: None,
        force: Force::Must,
        clause: String::new(),
    }
}

#[test]
fn pieces_come_in_any_order_and_some_months_are_free() {
    for free in 0..3 {
        check("any", free, |_| (), |_| true);
    }
}

#[test]
fn rules_about_stays_make_the_careers() {
    for free in [0, 1] {
        let rule = |change: fn(&mut StayRule)| {
            move |model: &mut Model| {
                let place = at(model, IVR);
                let mut rule = stay_rule(place);
                change(&mut rule);
                model.stay_rules.push(rule);
            }
        };
        let stays = |of: &Sequence| stays_at(of, IVR);
        check("min", free, rule(|of| of.months_min = Some(2)), |of| stays(of).iter().all(|run| run.2 >= 2));
        check("max", free, rule(|of| of.months_max = Some(1)), |of| stays(of).iter().all(|run| run.2 <= 1));
        check("step", free, rule(|of| of.step_months = Some(2)), |of| {
            stays(of).iter().all(|run| run.2.is_multiple_of(2))
        });
        check("starts", free, rule(|of| of.starts = vec![1, 3]), |of| {
            stays(of).iter().all(|run| [0, 2].contains(&run.1))
        });
        check("gap", free, rule(|of| of.gap_months = Some(2)), |of| {
            stays(of).windows(2).all(|two| two[1].1 - (two[0].1 + two[0].2) >= 2)
        });
        check("visits", free, rule(|of| of.visits_max = Some(1)), |of| stays(of).len() <= 1);
        // By facility, whatever the section.
        let by_facility = |model: &mut Model| {
            let place = selector(model, &[PlaceName::Facility(FacilityIx(0))]);
            model.stay_rules.push(StayRule { visits_max: Some(1), months_min: Some(2), ..stay_rule(place) });
        };
        check("facility", free, by_facility, |of| {
            let runs = runs(of.iter().map(|&place| facility_of(place)));
            let core: Vec<_> = runs.into_iter().filter(|run| run.0 == Some(0)).collect();
            core.len() <= 1 && core.iter().all(|run| run.2 >= 2)
        });
        // Two sections together: from one to the other there is no gap.
        let both = |model: &mut Model| {
            let place = selector(model, &[name(CT), name(IVR)]);
            model.stay_rules.push(StayRule { gap_months: Some(1), ..stay_rule(place) });
        };
        check("both", free, both, |of| {
            let runs = runs(of.iter().copied()).into_iter().filter(|run| run.0 < AWAY);
            let runs: Vec<_> = runs.collect();
            runs.windows(2).all(|two| two[1].1 > two[0].1 + two[0].2)
        });
        check(
            "section step",
            free,
            |model| model.sections[IVR].step_months = 2,
            |of| stays(of).iter().all(|run| run.2.is_multiple_of(2)),
        );
    }
}

#[test]
fn requirements_and_orders_make_the_careers() {
    for free in [0, 1] {
        let require = |count: Count, bounds, when| {
            move |model: &mut Model| {
                let place = at(model, IVR);
                model.requirements.push(Requirement { when, ..requirement(place, count, bounds) });
            }
        };
        let whole = Window::Whole;
        check("min", free, require(Count::Months, (Some(2), None), whole), |of| months_at(of, IVR) >= 2);
        check("max", free, require(Count::Months, (None, Some(1)), whole), |of| months_at(of, IVR) <= 1);
        check("both", free, require(Count::Months, (Some(1), Some(2)), whole), |of| {
            (1..=2).contains(&months_at(of, IVR))
        });
        check("first", free, require(Count::Months, (Some(1), None), Window::First(2)), |of| {
            of[..2].contains(&IVR)
        });
        check("last", free, require(Count::Months, (None, Some(0)), Window::Last(2)), |of| {
            !of[2..].contains(&IVR)
        });
        check("stays", free, require(Count::Stays, (Some(2), None), whole), |of| {
            stays_at(of, IVR).len() >= 2
        });
        let places = |model: &mut Model| {
            let place = selector(model, &[PlaceName::Any]);
            model.requirements.push(requirement(place, Count::Places, (Some(2), Some(2))));
        };
        check("places", free, places, |of| {
            of.iter().filter(|place| **place != FREE).collect::<BTreeSet<_>>().len() == 2
        });
        let facilities = |model: &mut Model| {
            let place = selector(model, &[PlaceName::Any]);
            model.requirements.push(requirement(place, Count::Facilities, (None, Some(1))));
        };
        check("facilities", free, facilities, |of| {
            of.iter().filter_map(|&place| facility_of(place)).collect::<BTreeSet<_>>().len() <= 1
        });
        let share = |model: &mut Model| {
            let place = at(model, IVR);
            let row = requirement(place, Count::Months, (Some(2), None));
            model.requirements.push(Requirement { of_months: Some(4), ..row });
        };
        check("of months", free, share, |of| {
            let core = of.iter().filter(|&&place| facility_of(place) == Some(0)).count();
            months_at(of, IVR) >= 2 * core / 4
        });
        let order = |model: &mut Model| {
            let (first, then) = (at(model, CT), at(model, IVR));
            let (who, clause) = (Who::default(), String::new());
            model.order_rules.push(OrderRule { who, first, months: 2, then, force: Force::Must, clause });
        };
        check("order", free, order, |of| too_early(of) == 0);
    }
}

/// Months at IVR with fewer than two at CT before.
fn too_early(of: &Sequence) -> i64 {
    let early = |month: usize| of[month] == IVR && months_at(&of[..month].to_vec(), CT) < 2;
    (0..of.len()).filter(|&month| early(month)).count() as i64
}

fn answer(scenario: &Scenario) -> Answer {
    let control =
        Control { backend: Backend::Microlp, base: None, time_left: &|| None, progress: &mut |_| () };
    solve(scenario, control)
}

/// The solver's values of some goals against the best of all pairs of careers.
fn compare(
    what: &str,
    scenario: &Scenario,
    free: usize,
    fits: impl Fn(&[&Sequence]) -> bool,
    values: impl Fn(&[&Sequence]) -> Vec<i64>,
) {
    let all: Vec<Sequence> = careers(scenario).into_iter().collect();
    assert!(all.iter().all(|of| months_at(of, FREE) == free));
    let pairs = all.iter().flat_map(|a| all.iter().map(move |b| [a, b]));
    let best = pairs.filter(|pair| fits(pair)).map(|pair| values(&pair)).min();
    let answer = answer(scenario);
    match best {
        None => assert_eq!(answer.status, Status::Infeasible, "{what}"),
        Some(best) => {
            assert_eq!(answer.status, Status::Optimal, "{what}");
            let found: Vec<GoalValue> = answer.goals.iter().map(|goal| goal.value.clone()).collect();
            let best: Vec<GoalValue> = best.into_iter().map(GoalValue::Number).collect();
            assert_eq!(found, best, "{what}");
            assert!(answer.goals.iter().all(|goal| goal.proof == Proof::Certified), "{what}");
            let judged = audit(scenario, answer.plan.as_ref().unwrap(), None);
            let refused: Vec<_> = judged.violations(Subject::Placement).map(|finding| finding.rule).collect();
            assert!(refused.is_empty(), "{what}: {refused:?}");
        }
    }
}

fn goal(kind: GoalKind, measure: Measure) -> Goal {
    Goal { kind, measure }
}

/// Residents at a place in the month in which there are most.
fn most_at(pair: &[&Sequence], place: usize) -> usize {
    let present = |month: usize| pair.iter().filter(|of| of[month] == place).count();
    (0..MONTHS).map(present).max().unwrap()
}

#[test]
fn wishes_are_short_by_as_little_as_can_be() {
    let scenario = program(0, 2, |model| {
        let (first, then) = (at(model, CT), at(model, IVR));
        let row = requirement(then, Count::Months, (Some(3), None));
        model.requirements.push(Requirement { force: Force::Wish, ..row });
        let row = requirement(first, Count::Months, (None, Some(1)));
        model.requirements.push(Requirement { force: Force::Wish, ..row });
        let (who, clause) = (Who::default(), String::new());
        model.order_rules.push(OrderRule { who, first, months: 2, then, force: Force::Wish, clause });
        model.sections[IVR].seats = Dated::constant(Some(1));
        model.goals =
            vec![goal(GoalKind::Requirements, Measure::Worst), goal(GoalKind::Requirements, Measure::Sum)];
    });
    let short = |of: &Sequence| {
        let below = 3 - (months_at(of, IVR) as i64).min(3);
        below + (months_at(of, CT) as i64 - 1).max(0) + too_early(of)
    };
    compare(
        "wishes",
        &scenario,
        0,
        |pair| most_at(pair, IVR) <= 1,
        |pair| {
            let values = pair.iter().map(|of| short(of));
            vec![values.clone().max().unwrap(), values.sum()]
        },
    );
}

#[test]
fn staffing_is_kept_or_missed_by_as_little_as_can_be() {
    for (min, max, force) in [
        (Some(1), None, Force::Must),
        (None, Some(1), Force::Must),
        (Some(2), Some(1), Force::Wish),
        (Some(3), None, Force::Must),
    ] {
        let scenario = program(1, 2, |model| {
            let place = selector(model, &[name(CT), name(IVR)]);
            model.staffing.push(Staffing {
                id: "s".into(),
                name: "s".into(),
                place,
                who: Who::default(),
                from: None,
                // Until the last month of the training.
                until: Some(model.calendar.start_of(2020).plus(MONTHS as u32 - 1)),
                min,
                max,
                force,
                clause: String::new(),
            });
            let row = requirement(at(model, AWAY), Count::Months, (Some(2), None));
            model.requirements.push(Requirement { force: Force::Wish, ..row });
            model.goals =
                vec![goal(GoalKind::Staffing, Measure::Sum), goal(GoalKind::Requirements, Measure::Sum)];
        });
        let present = |pair: &[&Sequence]| -> Vec<u32> {
            let at = |month: usize| pair.iter().filter(|of| of[month] < AWAY).count() as u32;
            (0..MONTHS).map(at).collect()
        };
        let missed = |pair: &[&Sequence]| -> i64 {
            let of = |n: u32| {
                let (below, above) = (min.unwrap_or(0).saturating_sub(n), n.saturating_sub(max.unwrap_or(n)));
                i64::from(below + above)
            };
            present(pair).into_iter().map(of).sum()
        };
        let what = format!("{min:?} {max:?} {force:?}");
        compare(
            &what,
            &scenario,
            1,
            |pair| force == Force::Wish || missed(pair) == 0,
            |pair| {
                let staffing = if force == Force::Wish { missed(pair) } else { 0 };
                let away = pair.iter().map(|of| 2 - (months_at(of, AWAY) as i64).min(2));
                vec![staffing, away.sum()]
            },
        );
    }
}

#[test]
fn points_are_as_near_to_the_best_as_can_be() {
    for measure in [Measure::Sum, Measure::SumPlusWorst] {
        // Of two free months the second may be the one after the last stay.
        for (free, idle) in [(1_u32, -1_i32), (1, 2), (2, -1), (2, 2)] {
            let scenario = program(free, 2, |model| {
                let places = [at(model, IVR), at(model, AWAY)];
                let everywhere = selector(model, &[PlaceName::Any]);
                let points = |resident, earns, points| Points { resident, earns, points };
                model.points = vec![
                    points(None, Earns::Month(places[0]), 3),
                    points(Some(ResidentIx(1)), Earns::Month(places[1]), 4),
                    points(None, Earns::Stay(everywhere), -1),
                    points(None, Earns::Change, -2),
                    points(None, Earns::Idle, idle),
                ];
                model.sections[IVR].seats = Dated::constant(Some(1));
                model.facilities[1].seats = Dated::constant(Some(1));
                model.goals = vec![goal(GoalKind::Points, measure)];
            });
            let got = |resident: usize, of: &Sequence| -> i64 {
                let by_facility = runs(of.iter().map(|&place| facility_of(place)));
                let stays: Vec<_> = by_facility.into_iter().filter(|run| run.0.is_some()).collect();
                let changes = stays.windows(2).filter(|two| two[0].0 != two[1].0).count() as i64;
                let last = of.iter().rposition(|place| *place != FREE).unwrap_or(0);
                let before = months_at(&of[..last].to_vec(), FREE) as i64;
                let away = if resident == 1 { 4 * months_at(of, AWAY) as i64 } else { 0 };
                3 * months_at(of, IVR) as i64 + away - stays.len() as i64 - 2 * changes
                    + i64::from(idle) * before
            };
            let all = sequences(free as usize);
            let best: Vec<i64> =
                (0..2).map(|resident| all.iter().map(|of| got(resident, of)).max().unwrap()).collect();
            let fits = |pair: &[&Sequence]| most_at(pair, IVR) <= 1 && most_at(pair, AWAY) <= 1;
            compare(&format!("{measure:?} {free} {idle}"), &scenario, free as usize, fits, |pair| {
                let lost: Vec<i64> = (0..2).map(|who| best[who] - got(who, pair[who])).collect();
                let worst = lost.iter().max().unwrap();
                vec![lost.iter().sum::<i64>() + if measure == Measure::Sum { 0 } else { *worst }]
            });
        }
    }
}

#[test]
fn a_course_takes_no_more_of_a_year_than_it_has_places() {
    for (most, expected) in [(2, 0), (1, 1), (0, 2)] {
        let scenario = program(0, 2, |model| {
            let second = course("B", &["affiliate:4"]);
            model.courses.push(second);
            model.courses[0].intake_max.insert(2020, most);
            for resident in &mut model.residents {
                resident.course_wishes = vec![CourseIx(0), CourseIx(1)];
            }
            model.goals = vec![goal(GoalKind::CourseWishes, Measure::Sum)];
        });
        let answer = answer(&scenario);
        assert_eq!(answer.status, Status::Optimal);
        assert_eq!(answer.goals[0].value, GoalValue::Number(expected));
    }
}

#[test]
fn careers_under_rules_of_tables_are_those_the_judge_accepts() {
    let differences: Vec<String> = seeds(40).into_par_iter().filter_map(differing_careers).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn differing_careers(seed: u64) -> Option<String> {
    let scenario = with_rules(seed).scenario;
    for resident in scenario.resident_ixs() {
        if scenario.due(resident).next().is_none() {
            continue;
        }
        let careers = careers_of(&scenario, resident, 100_000, &|| false).ok()?;
        let (set, list) = (careers.set(), careers.list()?);
        let career = |&number: &u32| -> brute_places::Career {
            let steps = set.stays_of(number as usize).iter().map(|&stay| set.stays[stay as usize]);
            let places = steps.flat_map(|step| step.span.iter().map(move |_| step.place));
            (set.course(number as usize), places.collect())
        };
        let found: BTreeSet<brute_places::Career> = list.iter().map(career).collect();
        if found.len() != list.len() {
            return Some(format!("seed {seed}, {resident:?}: a career is listed twice"));
        }
        // No row tells the course of whoever is nowhere all the time.
        let seen = |careers: BTreeSet<brute_places::Career>| -> BTreeSet<brute_places::Career> {
            let is_somewhere = |places: &[Option<Place>]| places.iter().any(Option::is_some);
            careers
                .into_iter()
                .map(|(course, of)| (if is_somewhere(&of) { course } else { CourseIx(0) }, of))
                .collect()
        };
        let (found, accepted) = (seen(found), seen(brute_places::careers(&scenario, resident)));
        let more = found.difference(&accepted).next();
        let fewer = accepted.difference(&found).next();
        if more.is_some() || fewer.is_some() {
            let counts = (found.len(), accepted.len());
            return Some(format!(
                "seed {seed}, {resident:?}, {counts:?}: only here {more:?}, only there {fewer:?}"
            ));
        }
    }
    None
}

#[test]
fn plans_under_rules_of_tables_are_the_best_and_proved() {
    let differences: Vec<String> = seeds(40).into_par_iter().filter_map(differing_plan).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn differing_plan(seed: u64) -> Option<String> {
    let Generated { scenario, base } = with_rules(seed);
    let base = base.as_ref();
    let control = Control { backend: Backend::Microlp, base, time_left: &|| None, progress: &mut |_| () };
    let answer = solve(&scenario, control);
    let values = answer.plan.as_ref().map(|_| answer.goals.iter().map(|goal| goal.value.clone()).collect());
    match brute_places::best(&scenario, base) {
        Found::Best(best) if best != values => {
            return Some(format!("seed {seed}: {:?} {values:?} is not {best:?}", answer.status));
        }
        Found::Best(_) | Found::TooMany => {}
    }
    let checked =
        verify(&scenario, answer.plan.as_ref(), base, &answer.certificate, &Limits::default()).ok()?;
    let Some(plan) = &answer.plan else {
        return (!checked.no_plan).then(|| format!("seed {seed}: no plan, not proved, {:?}", answer.reason));
    };
    let judged = audit(&scenario, plan, base);
    let refused: Vec<_> = judged.violations(Subject::Placement).map(|finding| finding.rule).collect();
    let claimed: Vec<_> = answer.goals.iter().map(|goal| (goal.goal, goal.value.clone())).collect();
    if !refused.is_empty() || judged.goals != claimed {
        return Some(format!("seed {seed}: {refused:?}, {:?} is not {claimed:?}", judged.goals));
    }
    let is_proved = checked.goals.iter().all(|goal| goal.2 == Verdict::Proved)
        && answer.goals.iter().all(|goal| goal.proof == Proof::Certified);
    (!is_proved).then(|| format!("seed {seed}: {:?}, {:?}", checked.goals, answer.goals))
}
