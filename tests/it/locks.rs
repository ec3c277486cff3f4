//! `locks.csv` under edits: the rows of a lock are found whatever they are written like.

use kenshu::internal::scenario::edit::{Edit, apply};
use kenshu::internal::scenario::{read, shipped};

/// A lock is taken back whatever its row calls the people and places, and no other with it.
#[test]
fn a_lock_goes_by_its_section_and_by_any_name() {
    let mut sources = shipped("keio-2019-sections").unwrap();
    let rows = "resident,facility,section,start,months,kind\n\
                Y2019-01,keio,ivr,2019-04,3,must-not\n\
                Y2019-01,慶應義塾大学病院,放射線治療,2019/4,3,must-not\n\
                Y2019-01,keio,,2019-04,3,must-not\n\
                Y2019-02,慶應義塾大学病院,IVR,2019年4月,3,must-not\n";
    sources.files.insert("locks.csv".into(), rows.as_bytes().to_vec());
    let (scenario, findings) = read(&sources);
    let scenario = scenario.unwrap_or_else(|| panic!("{findings:?}"));
    let all: Vec<_> = scenario
        .resident_ixs()
        .flat_map(|who| scenario.resident(who).locks.iter().map(move |lock| (who, *lock)))
        .collect();
    assert_eq!(all.len(), 4);
    for gone in &all {
        let edited = apply(&sources, &[Edit::release(&scenario, gone.0, gone.1)]).unwrap();
        let (after, _) = read(&edited);
        let after = after.unwrap();
        let left = after
            .resident_ixs()
            .flat_map(|who| after.resident(who).locks.iter().map(move |lock| (who, *lock)));
        let expected = all.iter().filter(|one| *one != gone).copied();
        assert_eq!(left.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}
