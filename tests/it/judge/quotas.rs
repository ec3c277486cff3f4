//! Planned cases: accepted if and only if they are an allocation, each corruption by its name, and as a
//! claim of `plan.json`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use kenshu::internal::audit::Audit;
use kenshu::internal::audit::certificate::Limits;
use kenshu::internal::audit::certificate::claim::{self, About, Outcome};
use kenshu::internal::audit::certificate::ground::Ground;
use kenshu::internal::audit::{case_need, check_quotas};
use kenshu::internal::engine::Planned;
use kenshu::internal::language::{Catalogue, Language, Message};
use kenshu::internal::output::{plan_json, verification};
use kenshu::internal::plan::{Answer, Plan, Quota, Status, claims};
use kenshu::internal::scenario::{CaseIx, Dated, FacilityIx, ResidentIx, Scenario};
use rand::prelude::*;
use rust_decimal::Decimal;

use crate::common::program::{good_plan, program};
use crate::common::seeds::seeds;
use crate::judge::case_oracle::{is_assessed, months_there, need, offer, puzzle, tiny};
use crate::judge::cases::{item, with_ivr};

/// An allocation for every assessed item, if there is one for all of them.
fn allocation(scenario: &Scenario, plan: &Plan) -> Option<Vec<Quota>> {
    let mut quotas = Vec::new();
    for case in (0..scenario.cases.len()).filter(|case| is_assessed(scenario, *case)) {
        let puzzle = puzzle(scenario, plan, case);
        if puzzle.best() < puzzle.needs.iter().sum() {
            return None;
        }
        for (&(resident, site, _), taken) in puzzle.links.iter().zip(puzzle.allocation()) {
            let (academic_year, facility) = puzzle.sites[site];
            quotas.push(Quota {
                resident: ResidentIx(resident),
                case: CaseIx(case),
                academic_year,
                facility: FacilityIx(facility),
                planned: taken.try_into().unwrap(),
            });
        }
    }
    quotas.retain(|quota| quota.planned > 0);
    quotas.sort();
    Some(quotas)
}

/// The definition, read plainly.
fn is_right(scenario: &Scenario, plan: &Plan, quotas: &[Quota]) -> bool {
    let fits = |(position, quota): (usize, &Quota)| {
        let known = quota.resident.0 < scenario.residents.len()
            && quota.facility.0 < scenario.facilities.len()
            && quota.case.0 < scenario.cases.len();
        let key = |quota: &Quota| (quota.resident, quota.case, quota.academic_year, quota.facility);
        let twice = quotas[..position].iter().any(|earlier| key(earlier) == key(quota));
        if !known || twice || quota.planned == 0 || !is_assessed(scenario, quota.case.0) {
            return false;
        }
        let site = (quota.academic_year, quota.facility.0);
        let Some(&months) = months_there(scenario, plan, quota.resident.0).get(&site) else { return false };
        let offer = offer(scenario, quota.case.0, site);
        let same = quotas.iter().filter(|other| {
            (other.case, other.academic_year, other.facility)
                == (quota.case, quota.academic_year, quota.facility)
        });
        let all: i128 = same.map(|other| i128::from(other.planned)).sum();
        i128::from(quota.planned) <= offer * months / 12 && all <= offer
    };
    let served = |case: usize, resident: usize| {
        let own = quotas.iter().filter(|quota| (quota.resident.0, quota.case.0) == (resident, case));
        let got: i128 = own.map(|quota| i128::from(quota.planned)).sum();
        scenario.decided(ResidentIx(resident)).is_empty() || got >= need(scenario, case, resident)
    };
    quotas.iter().enumerate().all(fits)
        && (0..scenario.cases.len())
            .filter(|case| is_assessed(scenario, *case))
            .all(|case| (0..scenario.residents.len()).all(|resident| served(case, resident)))
}

/// Both languages have words for it.
fn words(messages: &[Message]) -> Vec<String> {
    let catalogues = [Language::Ja, Language::En].map(Catalogue::new);
    let said = messages.iter().map(|message| {
        let [japanese, english] = catalogues.each_ref().map(|catalogue| catalogue.say(message));
        assert!(japanese != message.key && english != message.key, "{}", message.key);
        assert!(!japanese.contains("{$") && !english.contains("{$"), "{japanese} {english}");
        english
    });
    said.collect()
}

fn spoil(random: &mut StdRng, quotas: &mut Vec<Quota>) {
    if quotas.is_empty() || random.random_bool(0.1) {
        quotas.push(Quota {
            resident: ResidentIx(random.random_range(0..4)),
            case: CaseIx(random.random_range(0..3)),
            academic_year: random.random_range(2019..2023),
            facility: FacilityIx(random.random_range(0..5)),
            planned: random.random_range(0..3),
        });
        return;
    }
    let position = random.random_range(0..quotas.len());
    match random.random_range(0..9) {
        0 => {
            quotas.remove(position);
        }
        1 => quotas.push(quotas[position]),
        2 => quotas[position].planned += 1,
        3 => quotas[position].planned -= 1,
        4 => quotas[position].planned = u32::MAX,
        5 => quotas[position].facility = FacilityIx(random.random_range(0..5)),
        6 => quotas[position].resident = ResidentIx(random.random_range(0..4)),
        7 => quotas[position].academic_year += random.random_range(-1..=1),
        _ => quotas[position].case = CaseIx(random.random_range(0..3)),
    }
}

#[test]
fn quotas_are_accepted_if_and_only_if_they_are_an_allocation() {
    let (mut right, mut refused, mut harmless) = (0, 0, 0);
    for seed in seeds(200) {
        let random = &mut StdRng::seed_from_u64(seed);
        let (scenario, plan) = tiny(random);
        // A resident with an open month cannot be planned for; the career's own findings say why.
        let whole = (0..scenario.residents.len()).all(|r| {
            let there: i128 = months_there(&scenario, &plan, r).values().sum();
            there == i128::from(scenario.decided(ResidentIx(r)).months)
        });
        let Some(quotas) = allocation(&scenario, &plan).filter(|_| whole) else { continue };
        assert_eq!(check_quotas(&scenario, &plan, &quotas), [], "seed {seed}: {quotas:?}");
        assert!(is_right(&scenario, &plan, &quotas), "seed {seed}");
        right += 1;
        for _ in 0..12 {
            let mut spoilt = quotas.clone();
            spoil(random, &mut spoilt);
            let wrong = check_quotas(&scenario, &plan, &spoilt);
            words(&wrong);
            assert_eq!(
                wrong.is_empty(),
                is_right(&scenario, &plan, &spoilt),
                "seed {seed}: {spoilt:?} {wrong:?}"
            );
            if wrong.is_empty() { harmless += 1 } else { refused += 1 }
        }
    }
    assert!(right > 75 && refused > 500 && harmless > 10, "{right} {refused} {harmless}");
}

/// A right allocation for the hand-made program, all of it needed: west in 2020 is r1's.
fn quotas() -> Vec<Quota> {
    let quota = |resident, academic_year, facility, planned| Quota {
        resident: ResidentIx(resident),
        case: CaseIx(0),
        academic_year,
        facility: FacilityIx(facility),
        planned,
    };
    vec![
        quota(0, 2020, 2, 20),
        quota(1, 2021, 1, 20),
        quota(2, 2020, 0, 20),
        quota(3, 2020, 0, 10),
        quota(3, 2021, 2, 6),
        quota(3, 2022, 3, 4),
        quota(4, 2021, 4, 10),
        quota(4, 2022, 0, 10),
        quota(5, 2021, 3, 20),
    ]
}

type Spoil = fn(&mut Vec<Quota>);

const CORRUPTIONS: [(&str, Spoil, &[&str]); 12] = [
    ("none left", Vec::clear, &["quota-short"; 6]),
    (
        "a row is missing",
        |q| {
            q.remove(4);
        },
        &["quota-short"],
    ),
    ("one case too few", |q| q[8].planned -= 1, &["quota-short"]),
    ("a row twice", |q| q.push(q[1]), &["quota-twice", "quota-overdrawn"]),
    (
        "a row of none",
        |q| q.push(Quota { academic_year: 2021, planned: 0, ..q[2] }),
        &["quota-none", "quota-not-there"],
    ),
    ("at another facility", |q| q[1].facility = FacilityIx(0), &["quota-not-there"]),
    ("in another year", |q| q[7].academic_year = 2023, &["quota-not-there"]),
    (
        "before the first year",
        |q| q.push(Quota { academic_year: 2019, facility: FacilityIx(0), ..q[1] }),
        &["quota-not-there"],
    ),
    ("more than the months allow", |q| q[4].planned = 7, &["quota-too-many"]),
    ("more than the facility has", |q| q[7].planned = 61, &["quota-too-many", "quota-overdrawn"]),
    (
        "somebody else's",
        |q| q.push(Quota { resident: ResidentIx(1), planned: 1, ..q[0] }),
        &["quota-overdrawn"],
    ),
    ("nobody's", |q| q.push(Quota { resident: ResidentIx(9), ..q[0] }), &["quota-foreign"]),
];

#[test]
fn each_corruption_of_quotas_is_named() {
    let scenario = with_ivr();
    let plan = good_plan(&scenario);
    assert_eq!(check_quotas(&scenario, &plan, &quotas()), []);
    assert!(scenario.resident_ixs().all(|resident| case_need(&scenario, CaseIx(0), resident) == 20));
    for (name, spoil, expected) in CORRUPTIONS {
        let mut spoilt = quotas();
        spoil(&mut spoilt);
        let wrong = check_quotas(&scenario, &plan, &spoilt);
        words(&wrong);
        let keys: Vec<&str> = wrong.iter().map(|message| message.key).collect();
        assert_eq!(keys, expected, "{name}");
    }
    let mut unknown = with_ivr();
    unknown.unchecked_mut().facilities[3].volumes = vec![Dated::constant(None)];
    let wrong = check_quotas(&unknown, &plan, &quotas());
    assert!(wrong.len() == 9 && wrong.iter().all(|message| message.key == "quota-not-assessed"), "{wrong:?}");
    assert_eq!(check_quotas(&unknown, &plan, &[]), [], "nothing is claimed of what nobody knows");
}

fn answer(plan: &Plan, quotas: Vec<Quota>) -> Answer {
    Answer { plan: Some(plan.clone()), quotas, ..Answer::without_plan(Status::Feasible, None) }
}

fn verdict(scenario: &Scenario, plan: &Plan, text: &str) -> Option<(Outcome, Ground)> {
    let claims = claims::read(text.as_bytes()).unwrap();
    let verdicts = claim::check(scenario, Some(plan), None, &claims, &Limits::default());
    let cases = verdicts.into_iter().find(|verdict| verdict.about == About::Cases)?;
    words(&[verification::words(&cases.ground)]);
    Some((cases.outcome(), cases.ground))
}

fn json(scenario: &Scenario, plan: &Plan, quotas: Vec<Quota>) -> String {
    let nothing = Audit { findings: Vec::new(), goals: Vec::new() };
    let planned = Planned::new(scenario.clone(), answer(plan, quotas), nothing);
    plan_json::json(&planned, &[], &BTreeMap::new(), 0.0, &Catalogue::new(Language::En))
}

#[test]
fn planned_cases_are_a_claim_of_plan_json() {
    let scenario = with_ivr();
    let plan = good_plan(&scenario);
    let text = json(&scenario, &plan, quotas());
    let holds = Ground::CasesHold { quotas: quotas().len(), open: 0 };
    assert_eq!(verdict(&scenario, &plan, &text), Some((Outcome::Holds, holds)));
    for (name, spoil, expected) in CORRUPTIONS.iter().filter(|(name, _, _)| *name != "nobody's") {
        let mut spoilt = quotas();
        spoil(&mut spoilt);
        let (outcome, ground) = verdict(&scenario, &plan, &json(&scenario, &plan, spoilt)).unwrap();
        assert_eq!(outcome, Outcome::Rejected, "{name}");
        assert!(
            matches!(ground, Ground::CasesRefused(count, _) if count == expected.len()),
            "{name}: {ground:?}"
        );
    }
    for (old, new) in [
        ("\"resident\": \"r1\"", "\"resident\": \"r9\""),
        ("\"case\": \"ivr\"", "\"case\": \"ct\""),
        ("\"facility\": \"west\"", "\"facility\": \"best\""),
        ("\"cases\":", "\"somewhere else\":"),
    ] {
        assert!(text.contains(old), "{text}");
        let spoilt = text.replacen(old, new, 1);
        assert_eq!(verdict(&scenario, &plan, &spoilt).unwrap().0, Outcome::Rejected, "{new}");
    }
}

#[test]
fn what_nobody_knows_is_no_claim_that_holds() {
    let mut scenario = with_ivr();
    scenario.unchecked_mut().facilities[3].volumes = vec![Dated::constant(None)];
    let plan = good_plan(&scenario);
    let open = (Outcome::Open, Ground::CasesNotAssessed);
    assert_eq!(verdict(&scenario, &plan, &json(&scenario, &plan, Vec::new())), Some(open));
    scenario.unchecked_mut().volumes.push("ct".into());
    scenario.unchecked_mut().cases.push(item("ct", 1, 0));
    for facility in &mut scenario.unchecked_mut().facilities {
        facility.volumes.push(Dated::constant(Some(Decimal::ONE)));
    }
    let (outcome, ground) = verdict(&scenario, &plan, &json(&scenario, &plan, Vec::new())).unwrap();
    assert_eq!(outcome, Outcome::Holds);
    assert!(
        words(&[verification::words(&ground)])[0].ends_with("(1 item is not assessed: a volume is unknown).")
    );
    let without = program();
    assert_eq!(verdict(&without, &plan, &json(&without, &plan, Vec::new())), None, "there are no items");
    let foreign = json(&with_ivr(), &plan, quotas());
    assert_eq!(verdict(&without, &plan, &foreign).unwrap().0, Outcome::Rejected, "nor may any be claimed");
}
