//! Good input in every form offices write it, and what the reader makes of it.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::path::Path;

use crate::scenario::Edit::{Append, Remove, Replace};
use crate::scenario::{Edit, edited, short, valid};
use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::files::folder;
use kenshu::internal::plan;
use kenshu::internal::scenario::{
    Accreditation, FacilityIx, GoalKind, Measure, Model, ResidentIx, Role, Scenario, Sources, read,
};
use rust_decimal::Decimal;

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn good(sources: &Sources) -> Scenario {
    let (scenario, findings) = read(sources);
    assert_eq!(short(&findings), []);
    scenario.unwrap()
}

fn good_edited(edits: &[Edit]) -> Scenario {
    good(&edited(edits))
}

/// All files in another form; the scenario must not notice, but for its hash.
fn rewritten(form: impl Fn(&str) -> Vec<u8>) -> Scenario {
    let mut sources = valid();
    for content in sources.files.values_mut() {
        *content = form(std::str::from_utf8(content).unwrap());
    }
    Scenario::unchecked(Model { hash: good(&valid()).hash.clone(), ..Model::clone(&good(&sources)) })
}

#[test]
fn encodings_and_line_ends_do_not_matter() {
    let plain = good(&valid());
    assert_eq!(rewritten(|text| format!("\u{FEFF}{text}").into_bytes()), plain);
    let cp932 = |text: &str| {
        let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(text);
        assert!(!lossy);
        bytes.into_owned()
    };
    assert_eq!(rewritten(cp932), plain);
    assert_eq!(rewritten(|text| text.replace('\n', "\r\n").into_bytes()), plain);
    assert_eq!(rewritten(|text| text.replace('\n', "\r").into_bytes()), plain);
}

#[test]
fn excels_leavings_do_not_matter() {
    let plain = good(&valid());
    let padded = |text: &str| {
        if text.starts_with('[') {
            return text.as_bytes().to_vec();
        }
        let rows: String = text.lines().map(|line| format!("{line},,\r\n")).collect();
        format!("{rows},,,,,,,,\r\n\r\n,,\r\n").into_bytes()
    };
    assert_eq!(rewritten(padded), plain);
    let quoted = |text: &str| {
        if text.starts_with('[') {
            return text.as_bytes().to_vec();
        }
        let cell = |cell: &str| format!("\" {cell}\n\"");
        let row = |line: &str| line.split(',').map(cell).collect::<Vec<_>>().join(",") + "\n";
        text.lines().map(row).collect::<String>().into_bytes()
    };
    assert_eq!(rewritten(quoted), plain);
}

#[test]
fn character_widths_do_not_matter() {
    let plain = good(&valid());
    let wide = |text: &str| {
        let wide = |c: char| match c {
            '0'..='9' | 'a'..='z' | 'A'..='Z' | '-' | '.' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
            c => c,
        };
        if text.starts_with('[') {
            return text.as_bytes().to_vec();
        }
        text.chars().map(wide).collect::<String>().into_bytes()
    };
    let mut scenario = rewritten(wide);
    // Names and sources are shown as typed.
    for (facility, other) in scenario.unchecked_mut().facilities.iter_mut().zip(&plain.facilities) {
        facility.source.clone_from(&other.source);
    }
    assert_eq!(scenario, plain);
}

/// The valid scenario in Japanese, as somebody fills it in who has never seen an id of this program.
#[test]
fn headings_and_words_may_be_japanese() {
    let plain = good(&valid());
    let mut sources = valid();
    for (file, pairs) in [
        (
            "facilities.csv",
            &[
                (
                    "id,name,role,accreditation,supervisors,seats,min_residents,ct,source",
                    "施設ID,施設名,区分,認定,指導医数,定員,必要人数,ct,出典",
                ),
                (",core,", ",基幹施設,"),
                (",affiliate,", ",連携,"),
                (",associated,", ",関連,"),
                ("comprehensive", "総合修練"),
                ("training", "修練機関"),
                (",none,", ",なし,"),
            ][..],
        ),
        (
            "facility_changes.csv",
            &[
                ("facility,from,column,value", "施設,変更月,項目,値"),
                ("supervisors", "指導医数"),
                ("2020-04", "R2.4.1"),
            ],
        ),
        (
            "residents.csv",
            &[
                (
                    "id,name,entry_year,course,course_wishes,facility_wishes,graduate_school_from",
                    "ID,氏名,採用年度,コース,希望コース,希望施設,大学院",
                ),
                ("minato;kawasaki", "港病院、川崎病院"),
                ("kawasaki;minato", "\"川崎病院,港病院\""),
                ("C;A", "連携先行；基本"),
            ],
        ),
        (
            "history.csv",
            &[
                ("resident,facility,start,months", "専攻医,施設,開始月,月数"),
                ("2017-04", "2017年4月"),
                (",minato,", ",港病院,"),
            ],
        ),
        (
            "locks.csv",
            &[
                ("resident,facility,start,months,kind", "専攻医,施設,開始月,月数,種類"),
                ("must-not", "配置しない"),
                ("must", "固定"),
                ("2021-04", "44287"),
            ],
        ),
    ] {
        let mut text = String::from_utf8(sources.files[file].clone()).unwrap();
        for (from, to) in pairs {
            assert!(text.contains(from), "{file}: {from}");
            text = text.replace(from, to);
        }
        sources.files.insert(file.to_string(), text.into_bytes());
    }
    let read = Model { hash: plain.hash.clone(), ..Model::clone(&good(&sources)) };
    assert_eq!(Scenario::unchecked(read), plain);
}

#[test]
fn an_anonymous_resident_may_be_called_without_the_letter() {
    let plain = good(&valid());
    let other = good_edited(&[Replace("locks.csv", "Y2019-01", "2019-01")]);
    assert_eq!(other.residents, plain.residents);
    let turned = read(&edited(&[Replace("locks.csv", "19-1,kawasaki", "Jan-19,kawasaki")]));
    assert_eq!(short(&turned.1), [("id-was-date".into(), "locks.csv".into(), 2, "A2".into())]);
    assert_eq!(turned.0.unwrap().residents, plain.residents);
}

#[test]
fn formulas_of_a_table_are_text() {
    let scenario = good_edited(&[
        Replace("facilities.csv", "港病院", "x;'=1+1"),
        Replace("facilities.csv", "大学病院", "'@SUM(A1)"),
    ]);
    assert_eq!(scenario.facility(FacilityIx(2)).name, "x;=1+1");
    assert_eq!(scenario.facility(FacilityIx(0)).name, "@SUM(A1)");
}

#[test]
fn a_plan_written_in_japanese_is_read() {
    let scenario = good(&valid());
    let english = "resident,name,entry_year,course,training_year,academic_year,facility,facility_name,role,start,months,leave\n\
        19-1,19-1,2019,A,1,2019,daigaku,大学病院,core,2019-04,12,\n";
    let japanese = "専攻医,氏名,採用年度,研修コース,年次,年度,施設,施設名,区分,開始月,月数,休止,備考\n\
        19-1,19-1,2019,基本,1,2019,大学病院,大学病院,基幹施設,2019年4月,12,,\n";
    let plan = |table: &str| {
        let (plan, findings) = plan::read("plan.csv", table.as_bytes(), &scenario);
        assert_eq!(short(&findings), []);
        plan.unwrap()
    };
    assert_eq!(plan(english), plan(japanese));
}

#[test]
fn columns_may_come_in_any_order() {
    let reversed = |text: &str| {
        if text.starts_with('[') {
            return text.as_bytes().to_vec();
        }
        let row = |line: &str| line.rsplit(',').collect::<Vec<_>>().join(",") + "\n";
        text.lines().map(row).collect::<String>().into_bytes()
    };
    assert_eq!(rewritten(reversed), good(&valid()));
}

#[test]
fn two_tables_make_a_scenario() {
    let scenario = good_edited(&[
        Remove("residents.csv"),
        Remove("history.csv"),
        Remove("locks.csv"),
        Remove("facility_changes.csv"),
    ]);
    let ids: Vec<&str> = scenario.residents.iter().map(|resident| resident.id.as_str()).collect();
    assert_eq!(ids, ["Y2019-01", "Y2019-02", "Y2019-03"]);
    assert!(scenario.residents.iter().all(|resident| resident.anonymous && resident.course.is_some()));
}

#[test]
fn residents_are_ordered_and_filled_up() {
    let scenario = good_edited(&[
        Replace("program.toml", "2019 = 3", "2019 = 6\n2020 = 1"),
        Replace("program.toml", "A = 1", "A = 2\nC = 1"),
        Replace("residents.csv", "19-1,", "Y2019-02,"),
        Replace("locks.csv", "19-1", "Y2019-02"),
        Append("residents.csv", "21-1,,2021,,,,\nY2019-04,匿名でない,2019,,,,"),
    ]);
    let seen: Vec<_> = scenario
        .residents
        .iter()
        .map(|resident| (resident.id.as_str(), resident.anonymous, resident.course.map(|course| course.0)))
        .collect();
    let expected = [
        ("17-1", false, None),
        ("18-1", false, Some(1)),
        ("Y2019-02", false, None),
        ("Y2019-04", false, None),
        ("Y2019-01", true, Some(0)),
        ("Y2019-03", true, Some(0)),
        ("Y2019-05", true, Some(0)),
        ("Y2019-06", true, Some(1)),
        ("Y2020-01", true, Some(0)),
        ("21-1", false, None),
    ];
    assert_eq!(seen, expected);
    assert_eq!(scenario.resident(ResidentIx(3)).name, "匿名でない");
    let intake: Vec<(i32, u32)> = scenario.intake.clone().into_iter().collect();
    assert_eq!(intake, [(2019, 6), (2020, 1), (2021, 1)], "years of rows alone are counted; the past is not");
}

#[test]
fn values_are_what_the_tables_say() {
    let scenario = good(&valid());
    assert_eq!(scenario.volumes, ["ct"]);
    let kawasaki = scenario.facility(FacilityIx(1));
    assert_eq!(kawasaki.supervisors.initial, Decimal::new(25, 1));
    assert_eq!((kawasaki.seats.initial, kawasaki.min_residents.initial), (Some(5), 1));
    assert_eq!(*kawasaki.accreditation.at(month("2019-04")), Accreditation::Comprehensive);
    let minato = scenario.facility(FacilityIx(2));
    assert_eq!(*minato.supervisors.at(month("2020-03")), Decimal::new(15, 1));
    assert_eq!(*minato.supervisors.at(month("2020-04")), Decimal::ONE);
    assert_eq!(*minato.volumes[0].at(month("2021-03")), Some(Decimal::from(5000)));
    assert_eq!(*minato.volumes[0].at(month("2021-04")), None, "an empty volume is unknown");
    assert_eq!(scenario.facility(FacilityIx(3)).role, Role::Associated);
    assert_eq!(scenario.facility(FacilityIx(1)).name_en, "川崎病院");
    let spans: Vec<Span> = scenario.resident(ResidentIx(0)).history.iter().map(|stay| stay.span).collect();
    let expected = [("2017-04", 12), ("2018-04", 8), ("2018-12", 4)];
    assert_eq!(spans, expected.map(|(start, months)| Span::new(month(start), months)));
    assert_eq!(scenario.resident(ResidentIx(1)).graduate_school_from, Some(3));
    assert_eq!(scenario.resident(ResidentIx(2)).locks.len(), 1);
    assert_eq!(scenario.course(kenshu::internal::scenario::CourseIx(0)).patterns.len(), 2);
    let cap = scenario.rules.intake_cap.as_ref().unwrap();
    assert_eq!(cap.volume_per_resident, [(0, Decimal::from(3000))]);
    assert_eq!((cap.supervisors_per_resident, cap.past_hires, cap.past_years), (Decimal::ONE, None, 5));
}

#[test]
fn goals_have_a_default_order() {
    let scenario = good_edited(&[Edit::Change(|sources| {
        let program = String::from_utf8(sources.files["program.toml"].clone()).unwrap();
        let kept = program.split("[[goals]]").next().unwrap().to_string();
        sources.files.insert("program.toml".to_string(), kept.into_bytes());
    })]);
    let goals: Vec<_> = scenario.goals.iter().map(|goal| (goal.kind, goal.measure)).collect();
    let expected = [
        (GoalKind::Coverage, Measure::Sum),
        (GoalKind::Stability, Measure::Sum),
        (GoalKind::CourseWishes, Measure::WorstFirst),
        (GoalKind::FacilityWishes, Measure::Worst),
        (GoalKind::FacilityWishes, Measure::Sum),
        (GoalKind::Repeats, Measure::Sum),
    ];
    assert_eq!(goals, expected);
    assert_eq!(good(&valid()).goals.len(), 2);
}

#[test]
fn the_hash_is_of_the_scenarios_files() {
    let hash = |edits: &[Edit]| read(&edited(edits)).0.unwrap().hash.clone();
    let plain = hash(&[]);
    assert_eq!(plain.len(), 64);
    assert_eq!(plain, hash(&[Edit::Write("placements.csv", b"anything")]));
    assert_ne!(plain, hash(&[Append("facilities.csv", "")]));
    assert_ne!(plain, hash(&[Remove("locks.csv")]));
}

#[test]
fn a_plan_typed_by_hand_is_read() {
    let scenario = good(&valid());
    let table = "resdent,months,Resident,start,facility,course\n";
    let (plan, findings) = plan::read("plan.csv", table.as_bytes(), &scenario);
    assert!(plan.is_none());
    assert_eq!(short(&findings), [("unknown-column".into(), "plan.csv".into(), 1, "A1".into())]);
    let table = "\u{FEFF}facility_name,months,Resident,start,facility,course,leave\r\n\
        港病院,１２,19-1,2019/4,MINATO,A,\r\n,3,19-1,2019-05,kawasaki,,\r\n,,,,,,\r\n";
    let (_, findings) = plan::read("plan.csv", table.as_bytes(), &scenario);
    assert_eq!(short(&findings), [("unknown-facility".into(), "plan.csv".into(), 2, "E2".into())]);
    let (plan, findings) = plan::read("plan.csv", table.replace("MINATO", "minato").as_bytes(), &scenario);
    assert_eq!(short(&findings), []);
    let rows = plan.unwrap().rows;
    assert_eq!(rows.len(), 2, "overlaps are the judge's business");
    assert_eq!((rows[0].resident, rows[0].facility, rows[0].line), (ResidentIx(2), FacilityIx(2), Some(2)));
    assert_eq!(rows[0].span, Span::new(month("2019-04"), 12));
    assert_eq!((rows[0].course.map(|course| course.0), rows[1].course), (Some(0), None));
}

#[test]
fn a_bad_plan_is_refused_with_all_its_faults() {
    let scenario = good(&valid());
    let table = "resident,facility,start,months,course,leave\n\
        19-2,minato,2019-04,12,,\n19-1,minat,2019-4x,0,B,\n19-1,minato,2019-04,12,A,illness\n";
    let (plan, findings) = plan::read("plan.csv", table.as_bytes(), &scenario);
    assert!(plan.is_none());
    let found: Vec<_> = short(&findings).into_iter().map(|(code, _, _, cell)| (code, cell)).collect();
    let expected = [
        ("unknown-resident", "A2"),
        ("unknown-facility", "B3"),
        ("month-malformed", "C3"),
        ("number-out-of-range", "D3"),
        ("unknown-course", "E3"),
        ("placement-contradicts", "F4"),
    ];
    assert_eq!(found, expected.map(|(code, cell)| (code.to_string(), cell.to_string())));
}

fn shipped(name: &str) -> Scenario {
    let sources = folder::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)).unwrap();
    good(&sources)
}

/// Facilities, seats and totals as the source prints them.
fn check_keio(scenario: &Scenario) {
    assert_eq!(scenario.facilities.len(), 18);
    let seats: Vec<Decimal> =
        scenario.facilities.iter().map(|f| (f.supervisors.initial * Decimal::from(3)).floor()).collect();
    let expected = [33, 9, 9, 12, 4, 6, 6, 12, 6, 3, 9, 6, 6, 10, 15, 3, 3, 9].map(Decimal::from);
    assert_eq!(seats, expected);
    assert_eq!(seats.iter().sum::<Decimal>(), Decimal::from(161));
    let supervisors: Decimal = scenario.facilities.iter().map(|f| f.supervisors.initial).sum();
    assert_eq!(supervisors, Decimal::new(543, 1));
    // The source prints the volumes of three; those of the other items are unknown.
    assert_eq!(scenario.volumes[..3], ["ct", "ivr", "radiotherapy"]);
    let unknown = |volume: usize| scenario.facilities.iter().all(|f| f.volumes[volume].initial.is_none());
    assert!((3..scenario.volumes.len()).all(unknown) && scenario.volumes.len() == 15);
    let sum = |volume: usize| -> Decimal {
        scenario.facilities.iter().map(|f| f.volumes[volume].initial.unwrap()).sum()
    };
    assert_eq!(
        [sum(0), sum(1), sum(2)],
        [Decimal::new(3119939, 1), Decimal::from(2824), Decimal::new(34256, 1)]
    );
    let printed = |name: &str| scenario.printed_totals[name];
    assert_eq!(printed("supervisors"), supervisors);
    assert_eq!(printed("ct") - sum(0), Decimal::new(16958, 1));
    assert_eq!(printed("ivr") - sum(1), Decimal::from(-13));
    assert_eq!(printed("radiotherapy"), sum(2));
    let comprehensive: Vec<&str> = scenario
        .facilities
        .iter()
        .filter(|f| f.accreditation.initial == Accreditation::Comprehensive)
        .map(|f| f.id.as_str())
        .collect();
    assert_eq!(comprehensive, ["keio", "tokyo-mc", "kawasaki", "luke"]);
    let without_radiotherapy: Vec<&str> = scenario
        .facilities
        .iter()
        .filter(|f| f.volumes[2].initial == Some(Decimal::ZERO))
        .map(|f| f.id.as_str())
        .collect();
    assert_eq!(without_radiotherapy, ["eiju", "hiroo", "hino", "nihon-kokan", "shinzen", "shizuoka"]);
    assert!(scenario.facilities.iter().all(|f| !f.source.is_empty() && !f.prefecture.is_empty()));
    let courses: Vec<(&str, usize)> =
        scenario.courses.iter().map(|course| (course.id.as_str(), course.patterns.len())).collect();
    assert_eq!(courses, [("A", 2), ("B", 1), ("C", 1), ("D", 1), ("E", 1)]);
    assert_eq!(
        kenshu::internal::scenario::Rules { intake_cap: None, ..scenario.rules.clone() },
        kenshu::internal::regulation::default_rules()
    );
    let cap = scenario.rules.intake_cap.as_ref().unwrap();
    assert_eq!(cap.volume_per_resident, [(0, 3000), (1, 60), (2, 60)].map(|(ix, n)| (ix, Decimal::from(n))));
    assert_eq!((cap.past_hires, cap.past_years), (Some(59), 5));
}

#[test]
fn keio_2019_is_as_printed() {
    let scenario = shipped("keio-2019");
    check_keio(&scenario);
    assert_eq!(scenario.residents.len(), 12);
    assert!(scenario.residents.iter().all(|resident| resident.anonymous && resident.course.is_none()));
    assert_eq!(scenario.horizon(), Span::new(month("2019-04"), 36));
}

#[test]
fn keio_2019_steady_is_the_same_program_in_running_order() {
    let scenario = shipped("keio-2019-steady");
    check_keio(&scenario);
    for year in 2017..=2021 {
        assert_eq!(scenario.residents.iter().filter(|resident| resident.entry_year == year).count(), 12);
    }
    for resident in &scenario.residents {
        assert!(!resident.anonymous && resident.name == resident.id, "residents are numbers");
        assert!((2..=5).contains(&resident.course_wishes.len()), "{}", resident.id);
        assert!((3..=6).contains(&resident.facility_wishes.len()), "{}", resident.id);
        let months: u32 = resident.history.iter().map(|stay| stay.span.months).sum();
        assert_eq!(months as i32, 12 * (2019 - resident.entry_year).max(0), "{}", resident.id);
    }
    assert!(scenario.residents.iter().any(|r| r.entry_year < 2019 && r.course.is_none()));
    let minima = scenario.facilities.iter().filter(|facility| facility.min_residents.initial > 0);
    assert_eq!(minima.count(), 14);
}
