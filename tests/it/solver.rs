//! The solver's careers and months against the judge's, on generated small scenarios.
//!
//! The oracle tries everything on the judge and knows no solver; the solver knows no judge. Where
//! they meet, both are right or both misread the rule in the same way, which the judge's own tests
//! of each rule guard against. Optima and proofs are compared in `differential.rs`.

use std::collections::BTreeSet;

use crate::common::brute;
use crate::common::generate::generate;
use crate::common::seeds::seeds;
use kenshu::internal::audit::audit;
use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::itineraries::{Careers, Itineraries, LIST_MAX, careers_of};
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::regulation::Rule;
use kenshu::internal::scenario::{FacilityIx, ResidentIx, Scenario};

/// All careers by number, listed or not.
fn numbers(careers: &Careers) -> Vec<u32> {
    let all = careers.within(&careers.no_costs(), 0, usize::MAX, &|| false);
    assert!(all.is_complete);
    all.picks.iter().map(|(_, pick)| careers.number(pick)).collect()
}

#[test]
fn careers_are_those_the_judge_accepts() {
    let (mut careers, mut away, mut careers_with_leave, mut nothing_due) = (0, 0, 0, 0);
    for seed in seeds(300) {
        let scenario = generate(seed).scenario;
        let itineraries = Itineraries::of(&scenario, &|| false).expect("few careers");
        for resident in scenario.resident_ixs() {
            let set = &itineraries.sets[itineraries.set_of[resident.0]];
            let of = |career: usize| -> brute::Career {
                let stays = set.stays_of(career).iter().map(|&stay| set.stays[stay as usize]);
                let months = stays.flat_map(|stay| stay.span.iter().filter_map(move |_| stay.facility()));
                (set.course(career), months.collect::<Vec<FacilityIx>>())
            };
            let own = numbers(&itineraries.careers_of[resident.0]);
            let mut listed: BTreeSet<brute::Career> = own.iter().map(|&career| of(career as usize)).collect();
            assert_eq!(listed.len(), own.len(), "seed {seed}: a career is listed twice");
            let person = scenario.resident(resident);
            if listed.iter().any(|(_, places)| places.is_empty()) {
                // No row tells the course of whoever has no month that is to be filled.
                assert!(scenario.due(resident).next().is_none(), "seed {seed}, resident {resident:?}");
                listed = listed.into_iter().map(|(_, places)| (brute::UNSEEN, places)).collect();
                nothing_due += 1;
            }
            let accepted = brute::careers(&scenario, resident);
            assert_eq!(listed, accepted, "seed {seed}, resident {resident:?}: {person:?}");
            careers += listed.len();
            if !person.leaves.is_empty() || person.resigned_from.is_some() {
                away += 1;
                careers_with_leave += listed.len();
            }
        }
    }
    println!(
        "{careers} careers, all as the oracle says; {careers_with_leave} of {away} residents with leave, \
         {nothing_due} with nothing to decide"
    );
    assert!(careers > 0, "the generator gave no careers");
    assert!(away > 0 && careers_with_leave > away, "{careers_with_leave} careers of {away} with leave");
}

/// Where the past is not told, careers are those that some past would allow, each once.
#[test]
fn an_untold_past_is_any_past() {
    let (mut untold, mut more) = (0, 0);
    for seed in seeds(150) {
        let mut scenario = generate(seed).scenario;
        for resident in scenario.resident_ixs() {
            let told = scenario.resident(resident).history.len();
            if told == 0 {
                continue;
            }
            let before = brute::careers(&scenario, resident).len();
            scenario.unchecked_mut().residents[resident.0].history.clear();
            let careers = careers_of(&scenario, resident, LIST_MAX, &|| false).expect("few careers");
            let list = numbers(&careers);
            // Case targets are not looked at here, and no row tells the course of whoever has no month to fill.
            scenario.unchecked_mut().cases.clear();
            if scenario.due(resident).next().is_none() {
                continue;
            }
            let of = |&career: &u32| -> brute::Career {
                let (set, career) = (careers.set(), career as usize);
                let stays = set.stays_of(career).iter().map(|&stay| set.stays[stay as usize]);
                let months = stays.flat_map(|stay| stay.span.iter().filter_map(move |_| stay.facility()));
                (set.course(career), months.collect())
            };
            let listed: BTreeSet<brute::Career> = list.iter().map(of).collect();
            assert_eq!(listed.len(), list.len(), "seed {seed}: a career is listed twice");
            assert!(listed.len() >= before, "seed {seed}, {resident:?}");
            untold += 1;
            more += usize::from(listed.len() > before);
        }
    }
    assert!(untold > 20 && more > 5, "{untold} residents, {more} with more careers");
}

/// What the judge says of one resident's months: whether any rule about which months have a row is broken.
fn refuses(scenario: &Scenario, months: &BTreeSet<Month>) -> bool {
    let row = |&month: &Month| Placement {
        resident: ResidentIx(0),
        course: None,
        facility: FacilityIx(0),
        section: None,
        span: Span::new(month, 1),
        line: None,
    };
    let findings = audit(scenario, &Plan::from(months.iter().map(row).collect::<Vec<_>>()), None).findings;
    let about_months = [Rule::WholeCareer, Rule::LeaveSeat, Rule::TrainingComplete];
    findings.iter().any(|f| f.severity == Severity::Error && about_months.contains(&f.rule))
}

/// Which months of a training have a seat is counted twice, by the judge and by `Scenario::due`: a row is
/// accepted exactly in the months that are due, and missed exactly there.
#[test]
fn the_judge_asks_for_rows_in_the_months_that_are_due() {
    let (mut due_months, mut other_months, mut extended, mut resigned) = (0, 0, 0, 0);
    for seed in seeds(300) {
        let scenario = generate(seed).scenario;
        for resident in scenario.resident_ixs() {
            let person = scenario.resident(resident);
            if person.leaves.is_empty() && person.resigned_from.is_none() {
                continue;
            }
            let mut alone = scenario.alone(person.clone()).with_goals(Vec::new());
            alone.unchecked_mut().cases.clear();
            let due: BTreeSet<Month> = scenario.due(resident).collect();
            let say = |month: Month| format!("seed {seed}, {resident:?}, {month}: {:?}", person.leaves);
            assert!(!refuses(&alone, &due), "{}", say(scenario.start()));
            // As long as the training could ever become, and a year more.
            let away: u32 = person.leaves.iter().map(|leave| leave.span.months).sum();
            let entry = scenario.calendar.start_of(person.entry_year);
            let end = entry.plus(scenario.training_months + away + 12);
            for month in Span::between(scenario.start(), end).iter() {
                let mut months = due.clone();
                let is_due = months.remove(&month);
                if is_due {
                    assert!(refuses(&alone, &months), "not missed: {}", say(month));
                    due_months += 1;
                } else {
                    months.insert(month);
                    assert!(refuses(&alone, &months), "not refused: {}", say(month));
                    other_months += 1;
                }
            }
            extended += usize::from(due.last() >= Some(&entry.plus(scenario.training_months)));
            resigned += usize::from(person.resigned_from.is_some());
        }
    }
    println!("{due_months} months due, {other_months} not; {extended} extended, {resigned} resigned");
    assert!(due_months > 0 && other_months > 0 && extended > 0 && resigned > 0);
}

/// Where judge and solver once disagreed: somebody resigns while the training is extended (1284), is abroad
/// from entry until they resign (1004), is gone before anything is decided (651).
#[test]
fn who_resigns_is_somewhere_until_then_and_nowhere_after() {
    let scenario = generate(1_284).scenario;
    let resident = ResidentIx(3);
    let alone = scenario.alone(scenario.resident(resident).clone());
    let mut due: BTreeSet<Month> = scenario.due(resident).collect();
    assert!(!refuses(&alone, &due));
    let last = due.pop_last().expect("a month that is due");
    assert!(alone.resident(ResidentIx(0)).resigned_from == Some(last.plus(1)) && refuses(&alone, &due));

    for (seed, is_over) in [(1_004, false), (651, true)] {
        let scenario = generate(seed).scenario;
        let nothing_due = |resident: &ResidentIx| scenario.due(*resident).next().is_none();
        let resident = scenario.resident_ixs().find(nothing_due).expect("somebody with nothing to fill");
        assert_eq!(scenario.decided(resident).is_empty(), is_over, "seed {seed}");
        let itineraries = Itineraries::of(&scenario, &|| false).expect("few careers");
        let set = &itineraries.sets[itineraries.set_of[resident.0]];
        let careers = numbers(&itineraries.careers_of[resident.0]);
        assert!(!careers.is_empty(), "seed {seed}");
        assert!(careers.iter().all(|&career| set.stays_of(career as usize).is_empty()), "seed {seed}");
    }
}
