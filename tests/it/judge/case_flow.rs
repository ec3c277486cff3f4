//! The judge's flow against brute force.

use kenshu::internal::audit::Finding;
use kenshu::internal::language::Arg;
use kenshu::internal::plan::Plan;
use kenshu::internal::scenario::ResidentIx;
use rand::prelude::*;

use crate::common::seeds::seeds;
use crate::judge::case_oracle::{is_assessed, puzzle, tiny};
use crate::judge::cases::{errors, number};
use crate::judge::speak;

#[test]
fn the_flow_agrees_with_brute_force() {
    let (mut met, mut alone, mut shared, mut open) = (0, 0, 0, 0);
    for seed in seeds(800) {
        let (scenario, plan) = tiny(&mut StdRng::seed_from_u64(seed));
        let found = errors(&scenario, &plan);
        for case in 0..2 {
            let name = &scenario.cases[case].name;
            let is_about =
                |finding: &&Finding| finding.message.args.contains(&("case", Arg::Text(name.clone())));
            let of_case: Vec<&Finding> = found.iter().filter(is_about).collect();
            if !is_assessed(&scenario, case) {
                assert!(of_case.is_empty(), "seed {seed}: {of_case:?}");
                open += 1;
                continue;
            }
            let puzzle = puzzle(&scenario, &plan, case);
            let needs: i128 = puzzle.needs.iter().sum();
            let best = puzzle.best();
            assert_eq!(of_case.is_empty(), best == needs, "seed {seed}, {name}: {best} of {needs}");
            met += usize::from(best == needs);
            let mut missing = 0;
            for finding in &of_case {
                speak(finding);
                let resident = finding.resident.unwrap().0;
                let figure = |text: &str| text.parse::<i128>().unwrap();
                assert_eq!(figure(&finding.required.to_string()), puzzle.needs[resident], "seed {seed}");
                missing += figure(&finding.required.to_string()) - figure(&finding.measured.to_string());
                let own = puzzle.links.iter().filter(|(of, _, _)| *of == resident);
                let own: i128 = own.map(|(_, _, most)| most).sum();
                if finding.message.key == "audit-case-volume-alone" {
                    assert_eq!(figure(&finding.measured.to_string()), own, "seed {seed}");
                    assert!(own < puzzle.needs[resident], "seed {seed}");
                    alone += 1;
                } else {
                    assert!(own >= puzzle.needs[resident], "seed {seed}");
                    // The numbers said are a reason by themselves.
                    let of = |name| number(finding, name);
                    assert!(of("offer") + of("elsewhere") < of("wanted"), "seed {seed}: {finding:?}");
                    assert!(of("residents") >= 2, "seed {seed}");
                    shared += 1;
                }
            }
            if of_case.iter().all(|finding| finding.message.key == "audit-case-volume-shared") {
                assert_eq!(missing, needs - best, "seed {seed}, {name}: as little as possible is missing");
            }
        }
    }
    assert!(met > 500 && alone > 250 && shared > 75 && open > 100, "{met} {alone} {shared} {open}");
}

#[test]
fn who_is_left_out_makes_nobody_else_short() {
    let mut compared = 0;
    for seed in seeds(300) {
        let (scenario, plan) = tiny(&mut StdRng::seed_from_u64(seed));
        let who = |plan: &Plan| -> Vec<Option<ResidentIx>> {
            errors(&scenario, plan).iter().map(|finding| finding.resident).collect()
        };
        let whole = who(&plan);
        for gone in 0..plan.rows.len() {
            let mut holed = plan.clone();
            holed.rows.remove(gone);
            assert!(who(&holed).iter().all(|resident| whole.contains(resident)), "seed {seed}, row {gone}");
            compared += whole.len();
        }
    }
    assert!(compared > 500);
}
