//! What must hold for any program: more seats are never worse, fewer never better.

use kenshu::scenario::overlay::{Change, Known};
use kenshu::whatif::evaluate::Bench;
use kenshu::whatif::result::{GoalNumber, VariantResult};
use kenshu::whatif::seats;
use kenshu::whatif::sweep::Variant;

use super::common::folder::sources;
use super::common::generate::generate;

fn answer(bench: &Bench, changes: Vec<Change>) -> VariantResult {
    bench.answer(&Variant { labels: Vec::new(), changes }, &|| None).unwrap()
}

/// The values of all goals, the most important first; no plan is worse than any.
fn worth(result: &VariantResult) -> (bool, Vec<Vec<i64>>) {
    let value = |value: &GoalNumber| match value {
        GoalNumber::Number(number) => vec![*number],
        GoalNumber::Vector(pairs) => {
            pairs.iter().flat_map(|(value, count)| std::iter::repeat_n(*value, *count as usize)).collect()
        }
    };
    assert!(result.status == "optimal" || result.status == "infeasible", "{result:?}");
    (result.placeable == Some(false), result.goals.iter().map(|goal| value(&goal.value)).collect())
}

#[test]
fn more_supervisors_are_never_worse() {
    let mut better = 0;
    for seed in 0..60 {
        let scenario = generate(seed).scenario;
        let bench = Bench::new(sources(&scenario));
        let Ok(read) = bench.scenario(&[]) else { continue };
        let known = Known::of(&read);
        for facility in &read.facilities {
            let key = known.key(&format!("facilities.{}.supervisors", facility.id)).unwrap();
            let mut before: Option<(bool, Vec<Vec<i64>>)> = None;
            for supervisors in ["0.4", "1", "1.5", "3"] {
                let change = Change::of(key.clone(), supervisors).unwrap();
                let now = worth(&answer(&bench, vec![change]));
                if let Some(before) = before {
                    assert!(now <= before, "seed {seed}, {} {supervisors}: {now:?} {before:?}", facility.id);
                    better += usize::from(now < before);
                }
                before = Some(now);
            }
        }
    }
    assert!(better > 20, "supervisors matter in {better} cases");
}

#[test]
fn a_seat_more_is_never_worse_and_one_fewer_never_better() {
    let mut differing = 0;
    for seed in 100..180 {
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
