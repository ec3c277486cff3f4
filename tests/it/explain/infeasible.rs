//! Reasons and ways out of generated scenarios without a plan.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use kenshu::internal::audit::audit;
use kenshu::internal::explain::Repair;
use kenshu::internal::explain::asker::Asker;
use kenshu::internal::explain::change::{Change, Extent};
use kenshu::internal::explain::conflict::{Question, conflict};
use kenshu::internal::explain::edits::tried;
use kenshu::internal::explain::infeasible::{Explanation, Reason, stuck};
use kenshu::internal::explain::relax::{self, relaxed};
use kenshu::internal::explain::statement::{Statement, statements, targets};
use kenshu::internal::regulation::{Minimum, Subject};
use kenshu::internal::scenario::{FacilityIx, ResidentIx, Role, Scenario, SupervisorRounding};

use crate::common::seeds::count;
use crate::explain::counts::counted_by_hand;
use crate::explain::{exists, explained, infeasible, leaves_if_named};

/// Scenarios without a plan that are explained; all of them once, for both tests that ask.
const SCENARIOS: usize = 30;

fn each_explained() -> &'static [(u64, Scenario, Explanation)] {
    static ALL: OnceLock<Vec<(u64, Scenario, Explanation)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let of = |(seed, scenario): (u64, Scenario)| {
            let explanation = explained(&scenario).unwrap_or_else(|| panic!("seed {seed} has a plan"));
            (seed, scenario, explanation)
        };
        infeasible(count(SCENARIOS)).map(of).collect()
    })
}

#[test]
fn every_reason_and_way_out_of_generated_scenarios_is_true() {
    let (mut counts, mut conflicts, mut with_three, mut together) = (0, 0, 0, 0);
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    for (seed, scenario, explanation) in each_explained() {
        let seed = *seed;
        for cause in named_causes(&explanation.reason) {
            *causes.entry(cause).or_default() += 1;
        }
        match &explanation.reason {
            Reason::Count(count) => {
                counted_by_hand(seed, scenario, count);
                counts += 1;
            }
            Reason::Conflict(conflict) => {
                if let Some(resident) = conflict.resident {
                    let theirs = |s: &Statement| s.resident().is_none_or(|of| of == resident);
                    assert!(conflict.statements.iter().all(theirs), "seed {seed}: {:?}", conflict.statements);
                }
                irreducible(seed, scenario, &conflict.statements, conflict.resident);
                kinds.extend(conflict.statements.iter().map(|statement| statement.kind()));
                conflicts += 1;
            }
            Reason::Proved => panic!("seed {seed}: not explained"),
        }
        let repairs = &explanation.repairs.list;
        with_three += usize::from(repairs.len() == 3);
        together += usize::from(repairs.iter().any(|repair| repair.changes.len() > 1));
        kinds.extend(repairs.iter().flat_map(|repair| &repair.changes).map(|change| change.of.kind()));
        assert!(repairs.is_sorted_by_key(|repair| repair.cost), "seed {seed}");
        for repair in repairs {
            let after = tried(scenario, &repair.changes).unwrap();
            assert!(exists(&after), "seed {seed}: {:?}", repair.changes);
            let audit = audit(&after, &repair.plan, None);
            assert!(!audit.has_violations(Subject::Placement), "seed {seed}: the plan handed out");
            for left_out in 0..repair.changes.len() {
                let mut fewer = repair.changes.clone();
                fewer.remove(left_out);
                assert!(!suffices(scenario, &fewer), "seed {seed}: {:?} suffice", fewer);
            }
        }
        let cheapest = repairs.first().map_or(i64::MAX, |repair| repair.cost);
        for change in single_changes(scenario) {
            let cheaper = change.cost(scenario) < cheapest;
            assert!(
                !cheaper || !suffices(scenario, std::slice::from_ref(&change)),
                "seed {seed}: {change:?}"
            );
        }
    }
    println!(
        "{counts} counts, {conflicts} conflicts, {with_three} with three ways out, \
         {together} with changes together, kinds {kinds:?}"
    );
    println!("scenarios by what the reason names: {causes:?}");
    let asked = each_explained().len();
    assert!(counts > asked / 5 && conflicts > asked / 5, "{counts}, {conflicts}");
    assert!(with_three > asked / 2 && together > asked / 60, "{with_three}, {together}");
    // Every kind of cause is among them, supervisors in one pool too; fewer scenarios may leave some out.
    if asked < 300 {
        return;
    }
    for kind in ["seats", "supervisors", "lock", "leave", "course", "intake", "target", "core_months_min"] {
        assert!(causes.get(kind).is_some_and(|&count| count >= 4), "{kind}: {causes:?}");
    }
}

/// Whether changes make a scenario with a plan.
fn suffices(scenario: &Scenario, changes: &[Change]) -> bool {
    tried(scenario, changes).is_some_and(|after| exists(&after))
}

/// What a reason names as standing in the way.
fn named_causes(reason: &Reason) -> BTreeSet<&'static str> {
    match reason {
        Reason::Count(count) => {
            let room = match (count.cases(), count.facilities.is_empty()) {
                (Some(_), _) => "target",
                (None, true) => "supervisors",
                (None, false) => "seats",
            };
            let because = count.groups.iter().flat_map(|group| &group.because);
            because.map(|statement| statement.kind()).chain([room]).collect()
        }
        Reason::Conflict(conflict) => conflict.statements.iter().map(|s| s.kind()).collect(),
        Reason::Proved => BTreeSet::new(),
    }
}

/// Where fewer than three ways out are found, trying all changes alone and in pairs finds no other.
#[test]
fn no_way_out_is_missed() {
    let (mut few, mut tried) = (0, 0);
    for (seed, scenario, explanation) in each_explained() {
        let found = &explanation.repairs.list;
        if found.len() >= 3 || !explanation.repairs.complete {
            continue;
        }
        few += 1;
        let says_new = |changes: &[Change]| {
            let covered =
                |repair: &Repair| repair.changes.iter().all(|c| changes.iter().any(|other| other.of == c.of));
            !found.iter().any(covered)
        };
        let single = single_changes(scenario);
        let mut sets: Vec<Vec<Change>> = single.iter().map(|change| vec![change.clone()]).collect();
        for (number, one) in single.iter().enumerate() {
            let others = single[number + 1..].iter().filter(|other| other.of != one.of);
            sets.extend(others.map(|other| vec![one.clone(), other.clone()]));
        }
        for set in sets.iter().filter(|set| says_new(set)) {
            assert!(!suffices(scenario, set), "seed {seed}: {set:?} was missed");
            tried += 1;
        }
    }
    println!("{few} with fewer than three ways out, {tried} other changes tried");
    let asked = each_explained().len();
    assert!(few > asked / 18 && tried > 3 * asked, "{few}, {tried}");
}

/// The irreducible sets where counting would have been enough, too.
#[test]
fn sets_of_statements_are_irreducible() {
    let mut sizes = Vec::new();
    for (seed, scenario) in infeasible(30) {
        let mut plain = scenario.clone();
        plain.unchecked_mut().goals.clear();
        let (never, statements) = (|| None, statements(&plain));
        let mut asker = Asker::new(&never);
        let alone = stuck(&plain, &asker).first().copied();
        let kept = alone.into_iter().collect();
        let question = Question { scenario: &plain, statements: &statements, kept, alone };
        let set = conflict(&question, &mut asker).unwrap_or_else(|| panic!("seed {seed}: none found"));
        irreducible(seed, &plain, &set, alone);
        sizes.push(set.len());
    }
    assert!(sizes.iter().any(|&size| size > 3) && sizes.contains(&1), "{sizes:?}");
}

/// `alone`: about the careers of this resident, whatever others do.
pub(super) fn irreducible(seed: u64, scenario: &Scenario, set: &[Statement], alone: Option<ResidentIx>) {
    // Leaves are statements or not for the whole of the set.
    let all: Vec<Statement> =
        statements(scenario).into_iter().chain(leaves_if_named(scenario, set)).collect();
    let kept: BTreeSet<ResidentIx> = alone.into_iter().collect();
    let with = |set: &[Statement]| {
        let without = all.iter().filter(|statement| !set.contains(statement));
        let relaxed = relaxed(scenario, without, &kept);
        let id = alone.map(|resident| &scenario.resident(resident).id);
        let person = relaxed.residents.iter().find(|person| Some(&person.id) == id).cloned();
        (person.map(|person| relax::alone(&relaxed, person)), relaxed)
    };
    let (of_one, of_all) = with(set);
    assert!(!exists(&of_all), "seed {seed}: {set:?} leave a plan");
    assert!(of_one.is_none_or(|of_one| !exists(&of_one)), "seed {seed}: {set:?} leave a career");
    for left_out in 0..set.len() {
        let mut fewer = set.to_vec();
        fewer.remove(left_out);
        let (of_one, of_all) = with(&fewer);
        assert!(exists(&of_one.unwrap_or(of_all)), "seed {seed}: {fewer:?} suffice");
    }
}

/// Every single change by up to two steps, listed without any proof to go by.
pub(super) fn single_changes(scenario: &Scenario) -> Vec<Change> {
    let mut list = Vec::new();
    let years: Vec<i32> =
        scenario.calendar.split(scenario.horizon()).into_iter().map(|(year, _)| year).collect();
    for resident in scenario.resident_ixs() {
        let person = scenario.resident(resident);
        list.extend(Change::course_opened(scenario, resident));
        list.extend(person.locks.iter().map(|&lock| Change::lock_released(resident, lock)));
        if person.entry_year >= scenario.first_year {
            list.push(Change::fewer_residents(person.entry_year, vec![resident]));
        }
    }
    for by in 1..=2 {
        for from in years.iter().map(|&year| scenario.calendar.start_of(year)) {
            let placeable =
                scenario.facility_ixs().filter(|f| scenario.facility(*f).role != Role::Associated);
            list.extend(placeable.map(|facility| Change::more_seats(facility, from, by)));
            if scenario.rules.supervisor_rounding == SupervisorRounding::Pooled {
                list.push(Change::more_supervisors(from, by));
            }
        }
        for minimum in Minimum::all() {
            let to = minimum.of(&scenario.rules).checked_sub(by).filter(|to| *to >= minimum.least());
            list.extend(to.map(|_| Change::of_number(Statement::Minimum(minimum), by)));
        }
        list.push(Change::of_number(Statement::Ratio, by));
        for case in targets(scenario) {
            let parts = scenario.cases.iter().filter(|part| part.part_of == Some(case));
            let item = scenario.case(case);
            let least = parts.map(|part| part.target).sum::<u32>().max(item.supplement_max);
            let to = item.target.checked_sub(by).filter(|&to| to >= least);
            list.extend(to.map(|_| Change::of_number(Statement::Target(case), by)));
            // More of an item only where it is done, if it is done anywhere.
            let does = |f: &FacilityIx| {
                let volumes = &scenario.facility(*f).volumes[item.volume];
                let values = volumes.changes.iter().map(|(_, value)| value).chain([&volumes.initial]);
                values.flatten().any(|volume| !volume.is_zero())
            };
            let anywhere = scenario.facility_ixs().any(|facility| does(&facility));
            let placeable =
                scenario.facility_ixs().filter(|f| scenario.facility(*f).role != Role::Associated);
            let placeable = placeable.filter(|facility| does(facility) || !anywhere);
            let from = scenario.start();
            list.extend(placeable.map(|facility| Change {
                of: Statement::Volume { case, facility },
                extent: Extent::Since(from, by * 10),
            }));
            let share = Change::of_number(Statement::Share(case), by * 25);
            let is_a_part = share.to(scenario).is_some_and(|to| to <= 100);
            list.extend((item.part_of.is_none() && is_a_part).then_some(share));
        }
    }
    list
}
