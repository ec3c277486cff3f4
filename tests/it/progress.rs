//! Records are read and written, and what they, the tables and a plan say about completion is never better than what
//! is known: held against dates worked out by hand, and against the judge.

use std::collections::BTreeSet;

use kenshu::internal::audit::audit;
use kenshu::internal::completion::{About, Item, Progress, Standing, State, Why, known_until, progress};
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::regulation::{Minimum, Rule};
use kenshu::internal::scenario::{
    CaseItem, Dated, Leave, LeaveKind, Record, RecordKindIx, Role, Scenario, Sources, read,
};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use crate::common::folder;
use crate::common::generate::generate;
use crate::common::program::{decimal, good_plan, month, program, resident_ix, row, span};
use crate::desk::Desk;

fn kind(scenario: &Scenario, id: &str) -> RecordKindIx {
    RecordKindIx(scenario.completion.kinds.iter().position(|kind| kind.id == id).unwrap())
}

fn standing<'a>(progress: &'a Progress, scenario: &Scenario, id: &str) -> &'a Standing {
    &progress.residents[resident_ix(scenario, id).0]
}

fn minimum(standing: &Standing, rule: Rule) -> &Item {
    let about = About::Minimum(Minimum::of_rule(rule).unwrap());
    standing.items.iter().find(|item| item.about == about).unwrap()
}

fn record<'a>(standing: &'a Standing, scenario: &Scenario, id: &str) -> &'a Item {
    let about = About::Record(kind(scenario, id));
    standing.items.iter().find(|item| item.about == about).unwrap()
}

fn with_records(table: &str, completion: &str) -> Sources {
    let mut sources = folder::sources(&program());
    sources.files.insert("records.csv".into(), table.as_bytes().to_vec());
    sources.files.get_mut("program.toml").unwrap().extend(completion.bytes());
    sources
}

fn codes(sources: &Sources) -> Vec<(String, &'static str, Option<usize>)> {
    let (_, findings) = read(sources);
    // The program breaks rules of its own on purpose, which is a warning.
    let told = findings.list.iter().filter(|one| one.severity == Severity::Error);
    told.map(|one| (one.place.file.clone(), one.code(), one.place.line)).collect()
}

// ---------------------------------------------------------------------------------------- the table

#[test]
fn records_are_read_in_either_language_and_written_again() {
    let table = "専攻医,種類,日付,件数,備考\n\
                 r1,署名,2018/4/17,,面談\n\
                 r1,supervisor's signature,Apr-2018,2,\n\
                 r2,学会発表,令和元年10月5日,1,\n\
                 r2,Safety lecture,2020-01-31,1,\n\
                 r4,registration,2020-03,1,\n\
                 r4,lecture,2020-05,0,\n";
    let completion = "\n[completion]\ntalk = 3\nkeep_years = 7\n\
                      safety = { per = \"year\", count = 2, name = \"Safety lecture\", goal = true }\n";
    let sources = with_records(table, completion);
    let (scenario, findings) = read(&sources);
    let scenario = scenario.unwrap_or_else(|| panic!("{:?}", findings.list));
    let of = |who: &str| {
        let records = &scenario.residents[resident_ix(&scenario, who).0].records;
        let named = |record: &Record| {
            (record.month.to_string(), scenario.record_kind(record.kind).id.clone(), record.count)
        };
        records.iter().map(named).collect::<Vec<_>>()
    };
    let expected = |month: &str, id: &str, count| (month.to_string(), id.to_string(), count);
    assert_eq!(of("r1"), [expected("2018-04", "signature", 1), expected("2018-04", "signature", 2)]);
    assert_eq!(of("r2"), [expected("2019-10", "talk", 1), expected("2020-01", "safety", 1)]);
    assert_eq!(of("r4"), [expected("2020-03", "registration", 1), expected("2020-05", "lecture", 0)]);
    let own = scenario.completion.kinds.last().unwrap();
    assert_eq!((own.count, own.is_goal, scenario.completion.keep_years), (2, true, 7));
    let written = kenshu::internal::scenario::write(&scenario);
    let (again, _) = read(&written);
    let again = again.unwrap();
    assert_eq!(again.residents, scenario.residents);
    assert_eq!(again.completion, scenario.completion);
    assert_eq!(kenshu::internal::scenario::write(&again), written);
    assert_eq!(known_until(&scenario), month("2020-05"));
}

#[test]
fn what_is_wrong_with_a_record_is_told_where_it_is() {
    let table = "resident,kind,date,count\n\
                 r1,signatur,2018-04,1\n\
                 r9,talk,2019-04,1\n\
                 r4,talk,2020-03,1\n\
                 r4,paper,2020-02-30,1\n\
                 r4,paper,2020-13,1\n\
                 r4,paper,2020-05,-1\n\
                 r4,paper,,1\n";
    let file = |code, line| ("records.csv".to_string(), code, Some(line));
    assert_eq!(
        codes(&with_records(table, "")),
        [
            file("unknown-record", 2),
            file("unknown-resident", 3),
            file("record-before-entry", 4),
            file("month-malformed", 5),
            file("month-malformed", 6),
            file("number-negative", 7),
            file("value-empty", 8),
        ]
    );
    let (_, findings) = read(&with_records("resident,kind,date\nr1,signatur,2018-04\n", ""));
    let hint = kenshu::internal::language::Catalogue::new(kenshu::internal::language::Language::En)
        .say(&findings.list.iter().find(|one| one.severity == Severity::Error).unwrap().message);
    assert!(hint.contains("signature"), "{hint}");
    for (completion, code) in [
        ("talks = 2", "unknown-key"),
        ("talk = -1", "number-negative"),
        ("safety = { per = \"week\", count = 1 }", "unknown-word"),
        ("safety = { count = 1 }", "missing-key"),
        ("experience_percent_min = 101", "number-out-of-range"),
        ("talk = { per = \"year\", count = 1 }", "wrong-type"),
    ] {
        let sources = with_records("resident,kind,date\n", &format!("\n[completion]\n{completion}\n"));
        let codes: Vec<_> = codes(&sources).into_iter().map(|(_, code, _)| code).collect();
        assert_eq!(codes, [code], "{completion}");
    }
}

// ----------------------------------------------------------------------------------- months and minima

#[test]
fn minima_are_reached_in_the_month_the_plan_says() {
    let scenario = program();
    let plan = good_plan(&scenario);
    let now = progress(&scenario, Some(&plan), month("2020-10"));
    let r4 = standing(&now, &scenario, "r4");
    assert_eq!((r4.counted, r4.worked, r4.missing), (decimal("6"), 6, decimal("0")));
    assert_eq!(r4.end, Some(month("2023-03")));
    let core = minimum(r4, Rule::CoreMonths);
    assert_eq!((core.state, core.so_far, core.when), (State::Met, decimal("6"), Some(month("2020-09"))));
    let comprehensive = minimum(r4, Rule::ComprehensiveMonths);
    assert_eq!((comprehensive.state, comprehensive.expected), (State::OnCourse, Some(decimal("20"))));
    assert_eq!(comprehensive.when, Some(month("2021-03")));
    assert_eq!(minimum(r4, Rule::SeveralFacilities).when, Some(month("2021-12")));
    // Nothing of the plan is known without it.
    let bare = progress(&scenario, None, month("2020-10"));
    let r4 = standing(&bare, &scenario, "r4");
    let comprehensive = minimum(r4, Rule::ComprehensiveMonths);
    assert_eq!((comprehensive.state, &comprehensive.why), (State::NotKnown, &Some(Why::NoPlan)));
    assert_eq!((comprehensive.expected, comprehensive.so_far), (None, decimal("0")));
}

#[test]
fn what_the_plan_fails_is_at_risk_until_no_month_could_mend_it() {
    let scenario = program();
    let mut plan = good_plan(&scenario);
    plan.rows.retain(|row| row.resident != resident_ix(&scenario, "r6"));
    plan.rows.push(row(&scenario, "r6", "F", "north", "2021-04", 36));
    let comprehensive = |as_of: &str| {
        let progress = progress(&scenario, Some(&plan), month(as_of));
        let item = minimum(standing(&progress, &scenario, "r6"), Rule::ComprehensiveMonths).clone();
        (item.state, item.why)
    };
    let unreached = |from: &str| {
        Some(Why::Unreached { lacking: decimal("12"), from: month(from), helped_by: Vec::new() })
    };
    assert_eq!(comprehensive("2020-04"), (State::AtRisk, unreached("2020-04")));
    // Exactly the last month in which twelve are left.
    assert_eq!(comprehensive("2023-04"), (State::AtRisk, unreached("2023-04")));
    assert_eq!(comprehensive("2023-05"), (State::Impossible, Some(Why::Lacking(decimal("1")))));
    assert!(progress(&scenario, Some(&plan), month("2023-05")).is_impossible_for_somebody());
}

#[test]
fn leave_that_does_not_count_is_missing_and_moves_the_end() {
    let mut scenario = program();
    let r4 = resident_ix(&scenario, "r4").0;
    let leave =
        Leave { kind: LeaveKind::Illness, span: span("2020-06", 8), hours_per_week: None, hours: None };
    scenario.unchecked_mut().residents[r4].leaves = vec![leave];
    let now = progress(&scenario, None, month("2021-04"));
    let r4 = standing(&now, &scenario, "r4");
    assert_eq!((r4.counted, r4.worked, r4.missing), (decimal("10"), 4, decimal("2")));
    assert_eq!(r4.end, Some(month("2023-05")));
    // Whoever has left is not judged.
    let r5 = resident_ix(&scenario, "r5").0;
    scenario.unchecked_mut().residents[r5].resigned_from = Some(month("2021-04"));
    let now = progress(&scenario, None, month("2021-04"));
    assert_eq!(standing(&now, &scenario, "r5").verdict, None);
}

#[test]
fn months_without_a_place_are_a_risk() {
    let scenario = program();
    let mut plan = good_plan(&scenario);
    plan.rows.retain(|row| row.span != span("2022-04", 12) || row.resident != resident_ix(&scenario, "r4"));
    let now = progress(&scenario, Some(&plan), month("2020-04"));
    let time = &standing(&now, &scenario, "r4").items[0];
    assert_eq!((time.about, time.state, &time.why), (About::Time, State::AtRisk, &Some(Why::Unplaced(12))));
}

/// Everybody somewhere in every month, at random.
fn random_plan(scenario: &Scenario, random: &mut StdRng) -> Plan {
    let facilities: Vec<_> =
        scenario.facility_ixs().filter(|ix| scenario.facility(*ix).role != Role::Associated).collect();
    let mut rows = Vec::new();
    for resident in scenario.resident_ixs() {
        let service = scenario.service(resident);
        for (_, span) in scenario.calendar.split(scenario.decided(resident)) {
            let facility = facilities[random.random_range(0..facilities.len())];
            for month in span.iter().filter(|month| service.has_seat(*month)) {
                let span = kenshu::internal::calendar::Span::new(month, 1);
                rows.push(Placement { resident, course: None, facility, section: None, span, line: None });
            }
        }
    }
    Plan::from(rows)
}

#[test]
fn the_judge_and_progress_agree_on_minima() {
    let rules = [Rule::ComprehensiveMonths, Rule::CoreMonths, Rule::SeveralFacilities];
    let (mut short, mut enough) = (0, 0);
    for seed in 0..150 {
        let scenario = generate(seed).scenario;
        let plan = random_plan(&scenario, &mut StdRng::seed_from_u64(seed));
        let judged = audit(&scenario, &plan, None);
        let broken: BTreeSet<_> =
            judged.findings.iter().filter_map(|finding| Some((finding.rule, finding.resident?))).collect();
        let now = progress(&scenario, Some(&plan), scenario.start());
        for standing in now.residents.iter().filter(|standing| scenario.completes(standing.resident)) {
            for rule in rules {
                let about = Minimum::of_rule(rule).map(About::Minimum);
                let item = standing.items.iter().find(|item| Some(item.about) == about);
                let fails = item.is_some_and(|item| item.state >= State::AtRisk);
                let is_broken = broken.contains(&(rule, standing.resident));
                assert_eq!(fails, is_broken, "seed {seed}: {rule:?} {item:?}");
                *(if fails { &mut short } else { &mut enough }) += 1;
            }
        }
    }
    assert!(short > 100 && enough > 100, "{short} short, {enough} enough");
}

// ---------------------------------------------------------------------------------------------- cases

/// The program with an item that the core has much and `north` none of.
fn with_cases(target: u32) -> Scenario {
    let mut scenario = program();
    let model = scenario.unchecked_mut();
    model.volumes = vec!["ivr".into()];
    for (facility, volume) in model.facilities.iter_mut().zip(["120", "24", "12", "0", "12", "0"]) {
        facility.volumes = vec![Dated::constant(Some(decimal(volume)))];
    }
    model.cases = vec![CaseItem {
        id: "ivr".into(),
        name: "IVR".into(),
        volume: 0,
        target,
        supplement_max: 0,
        trainee_share: decimal("1"),
        part_of: None,
        by_year: Vec::new(),
    }];
    model.residents.iter_mut().for_each(|resident| resident.logged = vec![0]);
    scenario
}

fn case(progress: &Progress, scenario: &Scenario, who: &str) -> (State, Option<Why>) {
    let items = &standing(progress, scenario, who).items;
    let item = items.iter().find(|item| matches!(item.about, About::Case(_))).unwrap();
    (item.state, item.why.clone())
}

#[test]
fn cases_are_held_against_what_the_plan_still_gives() {
    let mut scenario = with_cases(30);
    let plan = good_plan(&scenario);
    let now = progress(&scenario, Some(&plan), month("2020-04"));
    // A year at the core gives more than enough; of the years before nobody logged anything.
    assert_eq!(case(&now, &scenario, "r4"), (State::OnCourse, None));
    assert_eq!(case(&now, &scenario, "r1"), (State::NotKnown, Some(Why::NotLogged)));
    assert_eq!(case(&progress(&scenario, None, month("2020-04")), &scenario, "r4").0, State::NotKnown);
    // r1 has the year at west left, which gives 6 when two share it, 12 alone; the core would give 120.
    scenario.unchecked_mut().residents[0].logged = vec![29];
    let now = progress(&scenario, Some(&plan), month("2020-04"));
    assert_eq!(case(&now, &scenario, "r1"), (State::OnCourse, None));
    scenario.unchecked_mut().residents[0].logged = vec![10];
    let now = progress(&scenario, Some(&plan), month("2020-04"));
    let core = kenshu::internal::scenario::FacilityIx(0);
    let (state, why) = case(&now, &scenario, "r1");
    assert_eq!(state, State::AtRisk);
    let Some(Why::Unreached { lacking, from, helped_by }) = why else { panic!("{why:?}") };
    assert_eq!((lacking, from, helped_by[0]), (decimal("8"), month("2020-04"), core));
    // Two months before the end not even the core has enough.
    let late = progress(&scenario, Some(&plan), month("2021-03"));
    assert_eq!(case(&late, &scenario, "r1").0, State::OnCourse.max(State::AtRisk));
    scenario.unchecked_mut().residents[0].logged = vec![1];
    let late = progress(&scenario, Some(&plan), month("2021-03"));
    // Eleven months at west and one at the core make 21 of the 29.
    assert_eq!(case(&late, &scenario, "r1"), (State::Impossible, Some(Why::Lacking(decimal("8")))));
    // An unknown volume is no promise.
    scenario.unchecked_mut().facilities[4].volumes = vec![Dated::constant(None)];
    let now = progress(&scenario, Some(&plan), month("2020-04"));
    assert_eq!(case(&now, &scenario, "r4"), (State::NotKnown, Some(Why::NotAssessed)));
}

// -------------------------------------------------------------------------------------------- records

fn put(scenario: &mut Scenario, who: &str, id: &str, months: &[&str]) {
    let (resident, kind) = (resident_ix(scenario, who).0, kind(scenario, id));
    let records = &mut scenario.unchecked_mut().residents[resident].records;
    records.extend(months.iter().map(|text| Record { month: month(text), kind, count: 1 }));
    records.sort();
}

#[test]
fn what_nobody_records_is_not_known_and_what_somebody_does_is_overdue() {
    let mut scenario = program();
    let now = progress(&scenario, None, month("2020-04"));
    for standing in &now.residents {
        let records = standing.items.iter().filter(|item| matches!(item.about, About::Record(_)));
        assert!(records.clone().all(|item| item.state != State::Met), "{standing:?}");
        let under_way = scenario.resident(standing.resident).entry < now.as_of;
        let signature = record(standing, &scenario, "signature");
        assert_eq!(signature.state, if under_way { State::NotKnown } else { State::OnCourse });
    }
    put(&mut scenario, "r2", "signature", &["2019-04", "2019-05", "2019-07"]);
    let now = progress(&scenario, None, month("2019-09"));
    let signature = record(standing(&now, &scenario, "r2"), &scenario, "signature");
    let overdue = Why::Overdue(vec![month("2019-06"), month("2019-08")]);
    assert_eq!((signature.state, &signature.why), (State::AtRisk, &Some(overdue)));
    assert_eq!((signature.so_far, signature.asked), (decimal("3"), decimal("36")));
    assert_eq!(signature.when, Some(month("2019-09")));
    // Who has none where others do is as late.
    let r3 = record(standing(&now, &scenario, "r3"), &scenario, "signature");
    assert_eq!(r3.state, State::AtRisk);
    // The report of the middle of the year is due in its sixth month, and overdue after it.
    put(&mut scenario, "r1", "mid-year-report", &["2018-10"]);
    let report = |scenario: &Scenario, as_of: &str, who: &str| {
        record(standing(&progress(scenario, None, month(as_of)), scenario, who), scenario, "mid-year-report")
            .state
    };
    assert_eq!(report(&scenario, "2019-09", "r2"), State::OnCourse);
    assert_eq!(report(&scenario, "2019-10", "r2"), State::AtRisk);
    assert_eq!(report(&scenario, "2019-09", "r1"), State::OnCourse);
    assert_eq!(report(&scenario, "2019-10", "r1"), State::AtRisk);
}

#[test]
fn talks_and_papers_fall_behind_and_change_no_verdict() {
    let mut scenario = program();
    let talk = scenario.completion.asked(scenario.record_kind(kind(&scenario, "talk")));
    let paper = scenario.completion.asked(scenario.record_kind(kind(&scenario, "paper")));
    put(&mut scenario, "r1", "talk", &["2018-10"]);
    put(&mut scenario, "r2", "paper", &["2019-10"]);
    let plan = good_plan(&scenario);
    let before = progress(&scenario, None, month("2018-04"));
    let now = progress(&scenario, Some(&plan), month("2021-04"));
    let (r1, r2) = (standing(&now, &scenario, "r1"), standing(&now, &scenario, "r2"));
    let of = |standing: &Standing, id: &str| {
        let item = record(standing, &scenario, id);
        (item.so_far, item.state, item.why.clone(), item.is_goal)
    };
    let state = |done: u32, asked: u32| match asked.saturating_sub(done) {
        0 => (decimal(&done.to_string()), State::Met, None, true),
        short => (decimal(&done.to_string()), State::AtRisk, Some(Why::Behind(short)), true),
    };
    // r1's training is over, so all of it is due.
    let whole = |id: &str| record(r1, &scenario, id).asked.to_string().parse::<u32>().unwrap();
    assert!(whole("talk") >= talk && talk > 0 && paper > 0);
    assert_eq!(of(r1, "talk"), state(1, whole("talk")));
    assert_eq!(of(r1, "paper"), state(0, whole("paper")));
    assert!(of(r1, "paper").2.is_some(), "nobody is behind: {:?}", r1.items);
    assert_eq!(record(r2, &scenario, "paper").so_far, decimal("1"));
    // In the first month nobody can be behind.
    let first = record(standing(&before, &scenario, "r1"), &scenario, "paper").clone();
    assert_eq!((first.state, first.why), (State::OnCourse, None));
    // Without records of theirs the verdict is the same.
    let mut without = scenario.clone();
    without.unchecked_mut().residents.iter_mut().for_each(|resident| resident.records.clear());
    let then = progress(&without, Some(&plan), month("2021-04"));
    assert_eq!(standing(&then, &without, "r1").verdict, r1.verdict);
}

#[test]
fn everything_recorded_and_reached_is_met() {
    let mut scenario = program();
    let r1 = resident_ix(&scenario, "r1");
    let all: Vec<String> = scenario.training(r1).iter().map(|month| month.to_string()).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    put(&mut scenario, "r1", "registration", &["2018-04"]);
    put(&mut scenario, "r1", "signature", &all);
    put(&mut scenario, "r1", "mid-year-report", &["2018-09", "2019-09", "2020-09"]);
    put(&mut scenario, "r1", "year-end-report", &["2019-04", "2020-04", "2021-04"]);
    let halves = ["2018-09", "2019-04", "2019-09", "2020-04", "2020-09", "2021-04"];
    put(&mut scenario, "r1", "multi-profession", &halves);
    put(&mut scenario, "r1", "lecture", &["2019-01"]);
    put(&mut scenario, "r1", "assessment", &["2021-03"]);
    for (id, count) in [("area", 10), ("disease-group", 72), ("disease-case", 89)] {
        let kind = kind(&scenario, id);
        let record = Record { month: month("2020-12"), kind, count };
        scenario.unchecked_mut().residents[r1.0].records.push(record);
    }
    let plan = good_plan(&scenario);
    let now = progress(&scenario, Some(&plan), month("2021-05"));
    let standing_of = |progress: &Progress| standing(progress, &scenario, "r1").clone();
    let before = standing_of(&now);
    assert_eq!(before.verdict, Some(State::AtRisk));
    let decisive: Vec<_> = before.decisive().map(|item| item.about).collect();
    assert_eq!(decisive, [About::Record(kind(&scenario, "disease-case"))]);
    // One case more makes nine tenths; talks and papers are goals and change nothing.
    let one = Record { month: month("2021-02"), kind: kind(&scenario, "disease-case"), count: 1 };
    let mut complete = scenario.clone();
    complete.unchecked_mut().residents[r1.0].records.push(one);
    let now = progress(&complete, Some(&plan), month("2021-05"));
    let after = standing_of(&now);
    assert_eq!(after.verdict, Some(State::Met), "{:?}", after.items);
    // Under way nothing is lacking, and nothing is complete.
    let under_way = standing_of(&progress(&complete, Some(&plan), month("2021-03")));
    assert_eq!(under_way.verdict, Some(State::OnCourse), "{:?}", under_way.items);
    // What is dated later has not happened.
    assert_ne!(standing_of(&progress(&complete, Some(&plan), month("2021-01"))).verdict, Some(State::Met));
}

// ----------------------------------------------------------------------------------------- the command

#[test]
fn the_command_prints_writes_and_says_what_cannot_be_completed() {
    let desk = Desk::empty();
    let scenario = program();
    folder::write(&desk.path("program"), &scenario, None).unwrap();
    folder::write(&desk.path("plan"), &scenario, Some(&good_plan(&scenario))).unwrap();
    let good = desk.run(&["progress", "program", "plan/placements.csv", "--as-of", "2021年10月"]);
    assert_eq!(good.code, 0, "{good:?}");
    assert!(good.stdout.contains("as of 2021-10") && good.stdout.contains("not known"), "{good:?}");
    let out = ["progress", "program", "plan", "--out", "standing", "--json", "--lang", "ja"];
    let written = desk.run(&out);
    assert_eq!(written.code, 0, "{written:?}");
    let json: Value = serde_json::from_str(&written.stdout).unwrap();
    assert_eq!((&json["as_of"], &json["with_plan"]), (&"2020-04".into(), &true.into()));
    assert_eq!(json["residents"][0]["verdict"], "not-known");
    let table = desk.read("standing/completion.csv");
    assert!(table.starts_with("\u{feff}専攻医,") && table.contains("指導医の署名"), "{table}");
    assert_eq!(desk.names("standing"), ["completion.csv", "completion.json"]);
    // The same again replaces it; the scenario's own folder takes nothing.
    assert_eq!(desk.run(&out).code, 0);
    assert_eq!(desk.run(&["progress", "program", "--out", "program/x"]).code, 2);
    // Two years and a half at a hospital that is no comprehensive institution, and half a year to go.
    desk.write("short.csv", "resident,facility,start,months\nr6,north,2021-04,36\n");
    let bad = desk.run(&["progress", "program", "short.csv", "--as-of", "2023-10"]);
    assert_eq!(bad.code, 1, "{bad:?}");
    for wrong in ["2023-13", "-1", "soon", ""] {
        let refused = desk.run(&["progress", "program", "--as-of", wrong]);
        assert_eq!(refused.code, 2, "{wrong}");
        assert!(!refused.stderr.is_empty());
    }
}

#[test]
fn the_workbook_of_a_plan_has_what_progress_says() {
    let desk = Desk::empty();
    folder::write(&desk.path("program"), &program(), None).unwrap();
    desk.write(
        "program/records.csv",
        "resident,kind,date,count\nr1,signature,2018-04,1\nr2,talk,2019-10,1\n",
    );
    for lang in ["ja", "en"] {
        let planned = desk.run(&["plan", "program", "--out", lang, "--lang", lang]);
        assert_eq!(planned.code, 0, "{planned:?}");
        let told = desk.run(&["progress", "program", lang, "--out", "told", "--lang", lang]);
        assert!(told.code <= 1, "{told:?}");
        let bytes = std::fs::read(desk.path(&format!("{lang}/plan.xlsx"))).unwrap();
        let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes)).unwrap();
        let name = if lang == "ja" { "修了要件" } else { "Completion" };
        let sheet = calamine::Reader::worksheet_range(&mut book, name).unwrap();
        let cells: BTreeSet<String> = sheet.rows().flatten().map(ToString::to_string).collect();
        for row in desk.rows("told/completion.csv").iter().skip(1) {
            assert!(cells.contains(&row[0]), "{lang}: {row:?} is not in {cells:?}");
        }
        let verdict = told.stdout.lines().find(|line| line.contains("r1")).unwrap();
        assert!(cells.iter().any(|cell| !cell.is_empty() && verdict.contains(cell.as_str()) && cell != "r1"));
    }
}

#[test]
fn ways_out_are_another_plan_or_what_has_to_give() {
    let desk = Desk::empty();
    let mut scenario = with_cases(30);
    scenario.unchecked_mut().residents[0].logged = vec![10];
    let plan = good_plan(&scenario);
    folder::write(&desk.path("program"), &scenario, None).unwrap();
    folder::write(&desk.path("plan"), &scenario, Some(&plan)).unwrap();
    let ways = |more: &[&str]| {
        let fixed = ["progress", "program", "plan", "--ways-out", "--lang", "en"];
        desk.run(&[&fixed[..], more].concat())
    };
    let told = ways(&[]);
    let again =
        desk.run(&["plan", "program", "--base", "plan/placements.csv", "--out", "again", "--lang", "en"]);
    assert_eq!((again.code, told.code), (0, 0), "{again:?} {told:?}");
    // The same moves as between the two plans.
    let diff = desk.run(&["diff", "program", "plan/placements.csv", "again/placements.csv", "--lang", "en"]);
    assert!(told.stdout.ends_with(&diff.stdout), "{}\n{}", told.stdout, diff.stdout);
    assert!(diff.stdout.contains("r1") && told.stdout.contains("it is the nearest to this one"));
    // For programs the same.
    let json: Value = serde_json::from_str(&ways(&["--json"]).stdout).unwrap();
    let json_of =
        ["diff", "program", "plan/placements.csv", "again/placements.csv", "--lang", "en", "--json"];
    let diff: Value = serde_json::from_str(&desk.run(&json_of).stdout).unwrap();
    assert_eq!(json["ways_out"]["status"], "plan");
    assert_eq!(json["ways_out"]["plan"]["moves"], diff["moves"]);
    assert!(diff["moves"].as_array().is_some_and(|moves| !moves.is_empty()));
    assert!(!told.stdout.contains("changed_from"), "{}", told.stdout);
    // What would have to change has happened by October, and nobody is told to change it.
    let late = ways(&["--as-of", "2020-10"]);
    assert!(late.stdout.contains("No plan mends"), "{}", late.stdout);
    // What has passed is one stay of six months, of the twelve that were planned.
    let held = "west hospital from 2020-04 to 2020-09";
    assert!(late.stdout.contains(held) && !late.stdout.contains("2020-09 to 2020-09"), "{}", late.stdout);
    assert!(late.stdout.contains("Ways out") && !late.stdout.contains("release the lock"), "{}", late.stdout);
    // Months that have passed stay: what is printed does it, and moves nobody in them.
    scenario.unchecked_mut().residents[0].logged = vec![30];
    folder::write(&desk.path("program"), &scenario, None).unwrap();
    let rows = desk.read("plan/placements.csv");
    desk.write("lacking.csv", &rows[..=rows.trim_end().rfind('\n').unwrap()]);
    let lacking = |more: &[&str]| {
        let fixed =
            ["progress", "program", "lacking.csv", "--ways-out", "--as-of", "2020-10", "--lang", "en"];
        desk.run(&[&fixed[..], more].concat())
    };
    let later = lacking(&[]);
    assert!(later.stdout.contains("set changed_from to \"2020-10\" in the rules"), "{}", later.stdout);
    let json: Value = serde_json::from_str(&lacking(&["--json"]).stdout).unwrap();
    let moves = json["ways_out"]["plan"]["moves"].as_array().unwrap().clone();
    let in_time = moves.iter().all(|one| one["start"].as_str().unwrap() >= "2020-10");
    assert!(!moves.is_empty() && in_time, "{moves:?}");
    scenario.unchecked_mut().rules.changed_from = Some(month("2020-10"));
    folder::write(&desk.path("program"), &scenario, None).unwrap();
    let planned = ["plan", "program", "--base", "lacking.csv", "--out", "later", "--lang", "en"];
    assert_eq!(desk.run(&planned).code, 0);
    let between = ["diff", "program", "lacking.csv", "later/placements.csv", "--lang", "en"];
    let diff = desk.run(&between).stdout;
    assert!(later.stdout.ends_with(&diff), "{}\n{diff}", later.stdout);
    assert!(!lacking(&[]).stdout.contains("set changed_from"));
    scenario.unchecked_mut().rules.changed_from = None;
    // Where the cases are nowhere to be had no plan does, and what would help is told.
    scenario.unchecked_mut().residents[0].logged = vec![0];
    scenario.unchecked_mut().cases[0].target = 5_000;
    folder::write(&desk.path("program"), &scenario, None).unwrap();
    let told = ways(&[]);
    assert!(told.stdout.contains("No plan mends"), "{told:?}");
    let explained = desk.run(&["explain", "infeasible", "program", "--lang", "en"]);
    let first = explained.stdout.lines().next().unwrap();
    assert!(told.stdout.contains(first), "{first}: {told:?}");
    let json: Value = serde_json::from_str(&ways(&["--json"]).stdout).unwrap();
    assert_eq!(json["ways_out"]["status"], "no-plan");
    assert_eq!(json["ways_out"]["no_plan"]["words"][0], first);
    // Nothing to mend; no plan to mend.
    let sound = program();
    folder::write(&desk.path("program"), &sound, None).unwrap();
    folder::write(&desk.path("plan"), &sound, Some(&good_plan(&sound))).unwrap();
    assert!(ways(&[]).stdout.contains("Nothing is lacking"));
    let json: Value = serde_json::from_str(&ways(&["--json"]).stdout).unwrap();
    assert_eq!(json["ways_out"], json!({ "status": "not-needed", "plan": null, "no_plan": null }));
    assert_eq!(desk.run(&["progress", "program", "--ways-out"]).code, 2);
}

/// Who has entered is not left out any more once changes begin later, whatever else would help.
#[test]
fn no_way_out_leaves_out_who_has_begun() {
    let desk = Desk::empty();
    assert_eq!(desk.run(&["new", "p", "--lang", "en"]).code, 0);
    desk.replace("p/program.toml", "2027 = 3", "2027 = 14");
    let told = || desk.run(&["explain", "infeasible", "p", "--lang", "en"]).stdout;
    let before = told();
    assert!(before.contains("instead of 14 in 2027"), "{before}");
    let text = desk.read("p/program.toml");
    desk.write("p/program.toml", &format!("{text}\n[rules]\nchanged_from = \"2027-10\"\n"));
    let after = told();
    assert!(after.contains("No plan exists") && !after.contains("of 14 in 2027"), "{after}");
}
