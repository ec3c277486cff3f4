//! A change written as tables is the change that the search tried in memory, or is refused by the reader.

use std::collections::{BTreeMap, BTreeSet};

use kenshu::internal::audit::{program_limit, seat_limit};
use kenshu::internal::diagnostic::{Findings, Severity};
use kenshu::internal::explain::apply::changed;
use kenshu::internal::explain::edits::written;
use kenshu::internal::explain::{Change, Statement};
use kenshu::internal::scenario::edit::Edit;
use kenshu::internal::scenario::{LockKind, Model, ResidentIx, Scenario, code, read, write};

use super::infeasible::single_changes;
use crate::common::folder::sources;
use crate::common::generate::generate;
use crate::common::seeds::seeds;

/// Generated scenarios that the reader accepts, with named residents only.
fn known(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Scenario)> {
    seeds.filter_map(|seed| Some((seed, read(&sources(&generate(seed).scenario)).0?)))
}

/// Everything that decides which plans there are; dated values by what holds in each month.
fn same(seed: u64, change: &Change, memory: &Scenario, tables: &Scenario) {
    let bare = |scenario: &Scenario| Model {
        facilities: Vec::new(),
        goals: Vec::new(),
        hash: String::new(),
        ..Model::clone(scenario)
    };
    assert_eq!(bare(memory), bare(tables), "seed {seed}: {change:?}");
    for month in memory.horizon().iter() {
        assert_eq!(program_limit(memory, month), program_limit(tables, month), "seed {seed}: {change:?}");
        for facility in memory.facility_ixs() {
            let limit = |scenario| seat_limit(scenario, facility, month);
            assert_eq!(limit(memory), limit(tables), "seed {seed}: {change:?} in {month}");
            let volumes = |scenario: &Scenario| -> Vec<_> {
                scenario.facility(facility).volumes.iter().map(|volume| *volume.at(month)).collect()
            };
            assert_eq!(volumes(memory), volumes(tables), "seed {seed}: {change:?} in {month}");
        }
    }
}

fn only_says(findings: &Findings, code: &str) -> bool {
    let mut errors = findings.list.iter().filter(|finding| finding.severity == Severity::Error);
    errors.all(|error| error.code() == code)
}

#[test]
fn a_change_is_the_same_in_the_tables() {
    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    let mut refused: BTreeSet<&str> = BTreeSet::new();
    for (seed, scenario) in known(seeds(80)) {
        let leaves = scenario.resident_ixs().flat_map(|resident| {
            let leaves = scenario.resident(resident).leaves.iter();
            leaves.map(move |&leave| Change::leave_not_taken(resident, leave)).collect::<Vec<_>>()
        });
        for change in single_changes(&scenario).into_iter().chain(leaves) {
            let changes = std::slice::from_ref(&change);
            let begins_before = matches!(change.of, Statement::Leave { leave, .. }
                if leave.span.start < scenario.start());
            match written(&scenario, changes) {
                // What has happened of it stays in the tables: `changed` does not know that.
                Ok(_) if begins_before => {}
                Ok(tables) => {
                    same(seed, &change, &changed(&scenario, changes), &tables);
                    *compared.entry(change.of.kind()).or_default() += 1;
                }
                // Nobody is left whom a course is kept for.
                Err(findings) if only_says(&findings, code::COURSE_WHO_UNKNOWN) => {
                    assert!(
                        matches!(change.of, Statement::Intake { .. }),
                        "seed {seed}: {change:?} {findings:?}"
                    );
                }
                Err(_) => _ = refused.insert(change.of.kind()),
            }
        }
    }
    println!("{compared:?}, refused {refused:?}");
    for kind in ["lock", "course", "leave", "seats", "intake", "core_months_min", "target", "volume"] {
        assert!(compared.get(kind).is_some_and(|count| *count > 10), "{kind}: {compared:?}");
    }
    // A leave less moves the end of training, and a lock may then lie behind it.
    assert!(refused.iter().all(|kind| *kind == "leave"), "{refused:?}");
}

/// One resident fewer: the last of the year is no more, with what is said of them, and the mix deals the rest.
#[test]
fn an_anonymous_resident_less_is_what_the_tables_make_of_it() {
    let mut tried = 0;
    for (seed, scenario) in known(seeds(40)) {
        let year = scenario.first_year;
        let now = scenario.intake.get(&year).copied().unwrap_or(0);
        let mut edits = vec![Edit::intake(year, now + 3)];
        edits.extend(scenario.courses.iter().map(|course| Edit::mix(&course.id, 1)));
        let Ok(grown) = scenario.edited(&edits) else { continue };
        let anonymous: Vec<ResidentIx> =
            grown.resident_ixs().filter(|ix| grown.resident(*ix).anonymous).collect();
        let last = anonymous[2];
        // A lock on the one who goes goes with them.
        let lock = |facility| {
            let span = kenshu::internal::calendar::Span::new(grown.start(), 1);
            let stay = kenshu::internal::scenario::Stay { facility, span, section: None };
            kenshu::internal::scenario::Lock { stay, kind: LockKind::MustNot }
        };
        let locked = grown.with_locks([(last, lock(kenshu::internal::scenario::FacilityIx(0)))]);
        let (locked, _) = read(&write(&locked));
        let locked = locked.unwrap();
        let without = Change::fewer_residents(year, vec![last]);
        let fewer = written(&locked, &[without]).unwrap_or_else(|f| panic!("seed {seed}: {:?}", f.list));
        let by_hand = [Edit::intake(year, now + 2)];
        let by_hand = grown.edited(&by_hand).unwrap();
        assert_eq!(fewer.residents, by_hand.residents, "seed {seed}");
        // Left open, an anonymous resident's course is nobody else's matter.
        let open = written(&grown, &[Change::course_opened(&grown, anonymous[0]).unwrap()]).unwrap();
        for (before, after) in grown.residents.iter().zip(&open.residents) {
            let course = before.course.filter(|_| before.id != grown.resident(anonymous[0]).id);
            assert_eq!((&before.id, course), (&after.id, after.course), "seed {seed}");
        }
        tried += 1;
    }
    assert!(tried > 15, "{tried}");
}
