//! What is told of one resident or one facility.

use std::collections::BTreeSet;

use kenshu::internal::audit::audit;
use kenshu::internal::explain::alone::Whereabouts;
use kenshu::internal::explain::one::{could, resident_facts};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{FacilityIx, Stay};

use crate::common::brute;
use crate::common::generate::generate;
use crate::common::seeds::seeds;
use crate::explain::answer;

/// Who could be elsewhere alone: the careers that the judge accepts in the place of the present one.
#[test]
fn what_one_could_do_alone_is_what_the_judge_accepts() {
    let (mut careers, mut refused) = (0, 0);
    for seed in seeds(100) {
        let scenario = generate(seed).scenario;
        let Some(plan) = answer(&scenario, None).plan else { continue };
        let at = Whereabouts::of(&scenario, &plan);
        for resident in scenario.resident_ixs() {
            let mut accepted = BTreeSet::new();
            for career in brute::careers(&scenario, resident) {
                let mut other = plan.clone();
                other.rows.retain(|row| row.resident != resident);
                other.rows.extend(brute::rows(&scenario, resident, &career));
                match audit(&scenario, &other, None).has_violations(Subject::Placement) {
                    false => _ = accepted.insert(career.1),
                    true => refused += 1,
                }
            }
            let months = |stays: &Vec<Stay>| -> Vec<FacilityIx> {
                stays.iter().flat_map(|stay| stay.span.iter().map(|_| stay.facility)).collect()
            };
            let alone: BTreeSet<Vec<FacilityIx>> = at.alone(resident).unwrap().iter().map(months).collect();
            assert_eq!(alone, accepted, "seed {seed}: {resident:?}");
            careers += alone.len();
            for (year, facilities) in &resident_facts(&scenario, &plan, resident).could_be {
                for facility in scenario.facility_ixs() {
                    let could = could(&scenario, &plan, facility, &|| false).unwrap();
                    let comes = could.come.get(year).is_some_and(|who| who.contains(&resident));
                    assert_eq!(comes, facilities.contains(&facility), "seed {seed}: {facility:?} {year}");
                }
            }
        }
    }
    assert!(careers > 250 && refused > 50, "{careers}, {refused}");
}

/// Slack is never negative in a plan that breaks no rule, and one unit more than it breaks the rule.
#[test]
fn slack_is_what_a_rule_can_be_tightened_by() {
    let mut tightened = 0;
    for seed in seeds(100) {
        let scenario = generate(seed).scenario;
        let Some(plan) = answer(&scenario, None).plan else { continue };
        for resident in scenario.resident_ixs() {
            for slack in resident_facts(&scenario, &plan, resident).slack {
                let Some(measured) = slack.measured else { continue };
                assert!(measured >= slack.required, "seed {seed}: {slack:?}");
                let broken = |number: u32| {
                    let mut tighter = scenario.clone();
                    slack.minimum.set(&mut tighter.unchecked_mut().rules, number);
                    let audit = audit(&tighter, &plan, None);
                    audit.violations(Subject::Placement).any(|f| f.resident == Some(resident))
                };
                assert!(!broken(measured) && broken(measured + 1), "seed {seed}: {slack:?}");
                tightened += 1;
            }
        }
    }
    assert!(tightened > 250, "{tightened}");
}
