//! The solver's careers against the oracle's, on generated small scenarios.
//!
//! The oracle tries everything on the judge and knows no solver; the solver knows no judge. Where
//! they meet, both are right or both misread the rule in the same way, which the judge's own tests
//! of each rule guard against. Optima and proofs are compared in `differential.rs`.

mod common;

use std::collections::BTreeSet;

use common::brute;
use common::generate::generate;
use kenshu::itineraries::Itineraries;
use kenshu::scenario::FacilityIx;

/// The first seeds, or those `KENSHU_SCENARIOS` names: `20000`, or `20000..40000`.
fn seeds(usual: u64) -> std::ops::Range<u64> {
    let asked = std::env::var("KENSHU_SCENARIOS").unwrap_or_default();
    let number = |text: &str| text.parse::<u64>().ok();
    match asked.split_once("..") {
        Some((from, to)) => number(from).zip(number(to)).map_or(0..usual, |(from, to)| from..to),
        None => 0..number(&asked).unwrap_or(usual),
    }
}

#[test]
fn careers_are_those_the_judge_accepts() {
    let mut careers = 0;
    for seed in seeds(600) {
        let scenario = generate(seed).scenario;
        let itineraries = Itineraries::of(&scenario, &|| false).expect("few careers");
        for resident in scenario.resident_ixs() {
            let set = &itineraries.sets[itineraries.set_of[resident.0]];
            let of = |career: usize| -> brute::Career {
                let stays = set.stays_of(career).iter().map(|&stay| set.stays[stay as usize]);
                let months = stays.flat_map(|stay| stay.span.iter().map(move |_| stay.facility));
                (set.course(career), months.collect::<Vec<FacilityIx>>())
            };
            let own = &itineraries.careers_of[resident.0];
            let listed: BTreeSet<brute::Career> = own.iter().map(|&career| of(career as usize)).collect();
            assert_eq!(listed.len(), own.len(), "seed {seed}: a career is listed twice");
            assert_eq!(listed, brute::careers(&scenario, resident), "seed {seed}, resident {resident:?}");
            careers += listed.len();
        }
    }
    println!("{careers} careers, all as the oracle says");
    assert!(careers > 0, "the generator gave no careers");
}
