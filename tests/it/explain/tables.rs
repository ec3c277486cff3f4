//! Ways out hold in the tables: made in the user's own files, read, solved from nothing and judged.

use std::collections::BTreeMap;

use kenshu::internal::audit::audit;
use kenshu::internal::explain::Repair;
use kenshu::internal::explain::edits::in_tables;
use kenshu::internal::explain::{Change, Statement};
use kenshu::internal::language::{Catalogue, Language};
use kenshu::internal::output::changes::changes;
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::edit::{Edit, apply};
use kenshu::internal::scenario::{Role, Scenario, Sources, read};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::{answer, explained, few_pooled_supervisors};
use crate::common::folder::sources;
use crate::common::generate::generate;
use crate::common::seeds::count;

pub(super) fn tables(files: &[(&str, &str)]) -> Sources {
    let files = files.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect();
    Sources { files, ..Sources::default() }
}

pub(super) fn scenario(tables: &Sources) -> Scenario {
    let (scenario, findings) = read(tables);
    scenario.unwrap_or_else(|| panic!("{:?}", findings.list))
}

/// The ways out of a scenario in words, each made in its tables by then.
pub(super) fn ways_out(tables: &Sources) -> Vec<(String, Repair)> {
    let scenario = scenario(tables);
    let repairs = explained(&scenario).unwrap().repairs.list;
    let told = |repair: &Repair| holds(tables, &scenario, repair).unwrap_or_else(|failed| panic!("{failed}"));
    repairs.into_iter().map(|repair| (told(&repair), repair)).collect()
}

/// Makes the changes in the tables; what is printed about them, or what does not hold.
pub(super) fn holds(tables: &Sources, scenario: &Scenario, repair: &Repair) -> Result<String, String> {
    let told = changes(scenario, &repair.changes);
    let [en, ja] = [Language::En, Language::Ja].map(|language| Catalogue::new(language).say(&told));
    assert!(!ja.contains("explain-") && !en.contains("explain-"), "{en} {ja}");
    let failed = |why: String| format!("{}: {en}: {why}", scenario.id);
    let written =
        in_tables(tables, scenario, &repair.changes).map_err(|found| failed(format!("{:?}", found.list)))?;
    let (after, findings) = read(&written);
    let after = after.ok_or_else(|| failed(format!("{:?}", findings.list)))?;
    let plan = answer(&after, None).plan.ok_or_else(|| failed("no plan".into()))?;
    for plan in [&plan, &repair.plan] {
        if audit(&after, plan, None).has_violations(Subject::Placement) {
            return Err(failed("the judge finds violations".into()));
        }
    }
    Ok(en)
}

/// Ways out that are asked for in all; more with `KENSHU_SCENARIOS`.
const WAYS_OUT: usize = 120;

/// A program with a mix and residents without a name, or with rows only; now and then a lock on one
/// without a name. Dated changes, parts of case items and leaves at any time are the generator's.
fn program(seed: u64) -> Option<Sources> {
    let random = &mut StdRng::seed_from_u64(seed ^ 0x007A_B1E5);
    let mut generated = generate(seed).scenario;
    if seed.is_multiple_of(8) {
        few_pooled_supervisors(&mut generated);
    }
    let plain = sources(&generated);
    let scenario = read(&plain).0?;
    if random.random_bool(0.3) {
        return Some(plain);
    }
    let program = |table: &str, key: &str, value: u32| Edit {
        key: kenshu::internal::scenario::edit::Key::Program(vec![table.to_string(), key.to_string()]),
        value: kenshu::internal::scenario::edit::Value::Text(value.to_string()),
    };
    let mut edits = Vec::new();
    if random.random_bool(0.8) {
        for course in &scenario.courses {
            edits.push(program("course_mix", &course.id, random.random_range(1..=6)));
        }
    }
    for (year, intake) in &scenario.intake {
        edits.push(program("intake", &year.to_string(), intake + random.random_range(0..=3)));
    }
    let mut tables = apply(&plain, &edits).ok()?;
    let made = read(&tables).0?;
    let last = made.residents.iter().rfind(|resident| resident.anonymous)?;
    let facility = scenario.facilities.iter().find(|facility| facility.role != Role::Associated)?;
    if random.random_bool(0.3) {
        let start = scenario.calendar.start_of(last.entry_year);
        let locks = tables
            .files
            .entry("locks.csv".into())
            .or_insert_with(|| b"resident,facility,start,months,kind\n".to_vec());
        locks.extend(format!("{},{},{start},1,must\n", last.id, facility.id).bytes());
    }
    Some(tables)
}

#[test]
fn every_way_out_holds_in_the_tables() {
    let wanted = count(WAYS_OUT);
    let (mut printed, mut programs, mut dealt, mut parts, mut dated, mut begun) = (0, 0, 0, 0, 0, 0);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for seed in 0u64.. {
        if printed >= wanted {
            break;
        }
        let Some(tables) = program(seed) else { continue };
        let (Some(scenario), _) = read(&tables) else { continue };
        let Some(explanation) = explained(&scenario) else { continue };
        let repairs = &explanation.repairs.list;
        for repair in repairs {
            failures.extend(
                holds(&tables, &scenario, repair).err().map(|failed| format!("seed {seed}, {failed}")),
            );
            repair.changes.iter().for_each(|change| *kinds.entry(change.of.kind()).or_default() += 1);
        }
        printed += repairs.len();
        programs += usize::from(!repairs.is_empty());
        let mix =
            |change: &Change| change.without().iter().any(|&resident| scenario.resident(resident).anonymous);
        let changes = || repairs.iter().flat_map(|repair| &repair.changes);
        dealt += changes().filter(|change| !scenario.course_mix.is_empty() && mix(change)).count();
        parts += usize::from(scenario.cases.iter().any(|case| case.part_of.is_some()));
        dated +=
            usize::from(scenario.facilities.iter().any(|facility| !facility.supervisors.changes.is_empty()));
        let began = |resident: &kenshu::internal::scenario::Resident| {
            resident
                .leaves
                .iter()
                .any(|leave| leave.span.start < scenario.start() && leave.span.end() > scenario.start())
        };
        begun += usize::from(scenario.residents.iter().any(began));
    }
    assert!(failures.is_empty(), "{} of {printed} do not hold: {failures:#?}", failures.len());
    println!(
        "{printed} ways out of {programs} programs hold: {kinds:?}; {dealt} with courses dealt anew; programs \
         with parts {parts}, supervisors that change {dated}, leaves that had begun {begun}"
    );
    for kind in ["seats", "lock", "course", "intake"] {
        assert!(wanted < WAYS_OUT || kinds.contains_key(kind), "{kind}: {kinds:?}");
    }
    assert!(
        wanted < WAYS_OUT || dealt.min(parts).min(dated).min(begun) > 0,
        "{dealt} {parts} {dated} {begun}"
    );
}

const FACILITIES: &str = "id,role,accreditation,supervisors,seats
a,core,comprehensive,10,
b,affiliate,training,1,1
";

/// A year of training from 2020 on: course A at the core, B at the core too, C at the affiliate.
fn year(rest: &str) -> String {
    format!(
        "[program]\nid = \"year\"\nname = \"year\"\ntraining_months = 12\n[horizon]\nfirst_year = 2020\n\
         [rules]\ncomprehensive_months_min = 0\ncore_months_min = 0\nfacilities_min = 1\n{rest}\n\
         [[courses]]\nid = \"A\"\nname = \"A\"\nyears = [[\"core:12\"]]\n\
         [[courses]]\nid = \"B\"\nname = \"B\"\nyears = [[\"core:12\"]]\n\
         [[courses]]\nid = \"C\"\nname = \"C\"\nyears = [[\"affiliate:12\"]]\n"
    )
}

#[test]
fn a_leave_that_has_begun_ends_before_the_first_decided_month() {
    let program = year("");
    let tables = tables(&[
        ("program.toml", &program),
        ("facilities.csv", FACILITIES),
        ("facility_changes.csv", "facility,from,column,value\na,2020-10,seats,0\nb,2020-10,seats,0\n"),
        ("residents.csv", "id,entry_year,course\nR1,2019,A\n"),
        ("history.csv", "resident,facility,start,months\nR1,a,2019-04,6\n"),
        ("leaves.csv", "resident,kind,start,months\nR1,abroad,2019-10,12\n"),
    ]);
    let ways = ways_out(&tables);
    assert!(ways.iter().any(|(told, _)| told.contains("end this leave before 2020-04")), "{ways:?}");
}

/// Thirteen at 6 : 6 : 2 are 6, 5 and 2; twelve are still 5, 5 and 2, eleven 5, 5 and 1.
#[test]
fn fewer_residents_under_a_mix_are_dealt_anew() {
    let program = year("[intake]\n2020 = 13\n[course_mix]\nA = 6\nB = 6\nC = 2");
    let tables = tables(&[("program.toml", &program), ("facilities.csv", FACILITIES)]);
    let ways = ways_out(&tables);
    let fewer: Vec<&String> = ways.iter().map(|(told, _)| told).filter(|told| told.contains("13")).collect();
    assert_eq!(fewer, ["take 11 instead of 13 in 2020"], "{ways:?}");
}

#[test]
fn what_tables_say_of_an_anonymous_resident_goes_with_them() {
    let program = year("[intake]\n2020 = 2\n[course_mix]\nA = 1");
    let (program, _) = program.split_once("[[courses]]\nid = \"B\"").unwrap();
    let mut tables =
        tables(&[("program.toml", program), ("facilities.csv", &FACILITIES.replace("10,", "10,1"))]);
    let last = scenario(&tables).residents.last().unwrap().id.clone();
    let locks = format!("resident,facility,start,months,kind\n{last},a,2020-04,12,must\n");
    tables.files.insert("locks.csv".into(), locks.into_bytes());
    let ways = ways_out(&tables);
    let told = format!("take 1 instead of 2 in 2020; what locks and leaves say of {last} goes, too");
    assert!(ways.iter().any(|(way, _)| *way == told), "{ways:?}");
}

/// Without the leave the training would be over before the lock begins.
#[test]
fn a_lock_outside_the_training_is_no_way_out() {
    let program = year("");
    let tables = tables(&[
        ("program.toml", &program),
        ("facilities.csv", FACILITIES),
        ("facility_changes.csv", "facility,from,column,value\na,2021-04,seats,0\n"),
        ("residents.csv", "id,entry_year,course\nR1,2020,A\n"),
        ("leaves.csv", "resident,kind,start,months\nR1,abroad,2020-10,6\n"),
        ("locks.csv", "resident,facility,start,months,kind\nR1,a,2021-05,2,must\n"),
    ]);
    let ways = ways_out(&tables);
    let alone = |repair: &Repair| matches!(repair.changes[..], [Change { of: Statement::Leave { .. }, .. }]);
    assert!(!ways.is_empty() && !ways.iter().any(|(_, repair)| alone(repair)), "{ways:?}");
}

#[test]
fn a_seat_more_is_told_from_the_change_that_takes_it() {
    let program = year("");
    let tables = tables(&[
        ("program.toml", &program),
        ("facilities.csv", &FACILITIES.replace("10,", "10,6")),
        ("facility_changes.csv", "facility,from,column,value\na,2020-10,seats,0\n"),
        ("residents.csv", "id,entry_year,course\nR1,2020,A\n"),
    ]);
    let ways = ways_out(&tables);
    // Until then there are seats enough.
    let more = ways.iter().map(|(told, _)| told).find(|told| told.contains("seat")).unwrap();
    assert!(more.contains("2020-10") && !more.contains("2020-04") && !more.contains('7'), "{ways:?}");
}

/// Four thirds, in the digits of the tables.
#[test]
fn a_seat_more_says_how_many_supervisors_it_takes() {
    let program = year("");
    let tables = tables(&[
        ("program.toml", &program),
        ("facilities.csv", &FACILITIES.replace("training,1,1", "training,1,")),
        ("residents.csv", "id,entry_year,course\nR1,2020,C\nR2,2020,C\nR3,2020,C\nR4,2020,C\n"),
    ]);
    let ways = ways_out(&tables);
    let told = "(4 instead of 3; supervisors needed: 1.333334)";
    assert!(ways.iter().any(|(way, _)| way.contains(told)), "{ways:?}");
}

#[test]
fn a_target_does_not_fall_below_its_parts() {
    let program = year(
        "[intake]\n2020 = 1\n[[cases]]\nid = \"ivr\"\nname = \"IVR\"\ntarget = 30\nparts = [\
         { id = \"v\", min = 10 }, { id = \"w\", min = 15 }]",
    );
    let tables = tables(&[
        ("program.toml", &program),
        (
            "facilities.csv",
            "id,role,accreditation,supervisors,seats,ivr,v,w\na,core,comprehensive,10,,27,27,27\n\
             b,affiliate,training,1,1,0,0,0\n",
        ),
    ]);
    let ways = ways_out(&tables);
    let targets = ways.iter().flat_map(|(_, repair)| &repair.changes);
    let targets = targets.filter(|change| matches!(change.of, Statement::Target(_)));
    let scenario = scenario(&tables);
    let lowered: Vec<u32> = targets.filter_map(|change| change.to(&scenario)).collect();
    assert!(!lowered.is_empty() && lowered.iter().all(|to| *to >= 25), "{ways:?}");
}
