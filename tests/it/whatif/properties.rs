//! What must hold for any program: more seats are never worse, fewer never better.

use kenshu::internal::engine::Session;
use kenshu::internal::plan::GoalValue;
use kenshu::internal::scenario::edit::{Edit, Known};
use kenshu::internal::whatif::evaluate::Bench;
use kenshu::internal::whatif::result::VariantResult;
use kenshu::internal::whatif::seats;
use kenshu::internal::whatif::sweep::Variant;

use crate::common::folder::sources;
use crate::common::generate::generate;

fn answer(bench: &Bench, changes: Vec<Edit>) -> VariantResult {
    bench.answer(&Variant { labels: Vec::new(), changes }, &Session::default()).unwrap().result
}

/// The values of all goals, the most important first; no plan is worse than any.
fn worth(result: &VariantResult) -> (bool, Vec<Vec<i64>>) {
    let value = |value: &GoalValue| match value {
        GoalValue::Number(number) => vec![*number],
        GoalValue::Vector(pairs) => {
            pairs.iter().flat_map(|(value, count)| std::iter::repeat_n(*value, *count as usize)).collect()
        }
    };
    assert!(result.status == "optimal" || result.status == "infeasible", "{result:?}");
    (result.placeable == Some(false), result.goals.iter().map(|goal| value(&goal.value)).collect())
}

#[test]
fn more_supervisors_are_never_worse() {
    let mut better = 0;
    for seed in 0..30 {
        let scenario = generate(seed).scenario;
        let bench = Bench::new(sources(&scenario));
        let Ok(read) = bench.scenario(&[]) else { continue };
        let known = Known::of(&read);
        for facility in &read.facilities {
            let key = known.key(&format!("facilities.{}.supervisors", facility.id)).unwrap();
            let mut before: Option<(bool, Vec<Vec<i64>>)> = None;
            for supervisors in ["0.4", "1", "1.5", "3"] {
                let change = Edit::of(key.clone(), supervisors).unwrap();
                let now = worth(&answer(&bench, vec![change]));
                if let Some(before) = before {
                    assert!(now <= before, "seed {seed}, {} {supervisors}: {now:?} {before:?}", facility.id);
                    better += usize::from(now < before);
                }
                before = Some(now);
            }
        }
    }
    assert!(better > 10, "supervisors matter in {better} cases");
}

#[test]
fn a_seat_more_is_never_worse_and_one_fewer_never_better() {
    let mut differing = 0;
    for seed in 100..140 {
        let scenario = generate(seed).scenario;
        let bench = Bench::new(sources(&scenario));
        let Ok(read) = bench.scenario(&[]) else { continue };
        let variants = seats::variants(&read, &[]);
        let present = worth(&answer(&bench, Vec::new()));
        for variant in variants.iter().skip(1) {
            let changed = worth(&answer(&bench, variant.changes.clone()));
            match variant.labels[2].as_str() {
                seats::MORE => assert!(changed <= present, "seed {seed} {:?}", variant.labels),
                _ => assert!(changed >= present, "seed {seed} {:?}", variant.labels),
            }
            differing += usize::from(changed != present);
        }
    }
    assert!(differing > 10, "seats matter in {differing} cases");
}

/// Starting from the answer to the scenario as it is changes no status, value, bound or proof.
#[test]
fn a_start_from_the_base_answers_the_same() {
    let mut compared = 0;
    for seed in 200..230 {
        let scenario = generate(seed).scenario;
        let cold = Bench::new(sources(&scenario));
        let Ok(read) = cold.scenario(&[]) else { continue };
        let warm = Bench::new(sources(&scenario)).with_base(&Session::default());
        for variant in seats::variants(&read, &[]) {
            let (from_nothing, from_base) =
                (answer(&cold, variant.changes.clone()), answer(&warm, variant.changes.clone()));
            let kept = |result: &VariantResult| {
                (result.status.clone(), result.placeable, result.binding.clone(), result.goals.clone())
            };
            assert_eq!(kept(&from_base), kept(&from_nothing), "seed {seed} {:?}", variant.labels);
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared} compared");
}

/// So it is with one more resident, with other seats at the same time, and whatever was answered before.
#[test]
fn a_start_from_a_neighbour_answers_the_same() {
    let (mut compared, mut infeasible) = (0, 0);
    for seed in 300..312 {
        let scenario = generate(seed).scenario;
        let cold = Bench::new(sources(&scenario));
        let Ok(read) = cold.scenario(&[]) else { continue };
        let known = Known::of(&read);
        let mut variants: Vec<Vec<Edit>> = Vec::new();
        for (year, intake) in &read.intake {
            for more in [1, 2] {
                let key = known.key(&format!("intake.{year}")).unwrap();
                let people = Edit::of(key, &(intake + more).to_string()).unwrap();
                variants.push(vec![people.clone()]);
                let last = known.key(&format!("intake.{}", read.last_intake_year())).unwrap();
                if last != people.key {
                    let still_more = (read.intake[&read.last_intake_year()] + 1).to_string();
                    variants.push(vec![people.clone(), Edit::of(last, &still_more).unwrap()]);
                }
                for facility in &read.facilities {
                    for supervisors in ["0.4", "2"] {
                        let key = known.key(&format!("facilities.{}.supervisors", facility.id)).unwrap();
                        variants.push(vec![people.clone(), Edit::of(key, supervisors).unwrap()]);
                    }
                }
            }
        }
        let grid: Vec<Edit> = variants.iter().flatten().cloned().collect();
        let forwards = Bench::new(sources(&scenario)).with_base(&Session::default()).for_grid(grid.clone());
        let backwards = Bench::new(sources(&scenario)).with_base(&Session::default()).for_grid(grid);
        let first: Vec<VariantResult> = variants.iter().map(|v| answer(&forwards, v.clone())).collect();
        let mut last: Vec<VariantResult> =
            variants.iter().rev().map(|v| answer(&backwards, v.clone())).collect();
        last.reverse();
        assert_eq!(first, last, "seed {seed}: the order of work shows");
        for (changes, from_near) in variants.iter().zip(&first) {
            let from_nothing = answer(&cold, changes.clone());
            let kept = |result: &VariantResult| {
                (result.status.clone(), result.placeable, result.goals.clone(), result.unplaced)
            };
            assert_eq!(kept(from_near), kept(&from_nothing), "seed {seed} {changes:?}");
            compared += 1;
            infeasible += usize::from(from_nothing.placeable == Some(false));
        }
    }
    assert!(compared > 130 && infeasible > 8, "{compared} compared, {infeasible} without a plan");
}
