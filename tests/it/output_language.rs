//! What a plan is written in follows `--lang`; whatever language it was written in, it is read back.

use std::path::Path;

use crate::desk::{Desk, Ended, run};

fn kenshu(folder: &Path, arguments: &[&str]) -> Ended {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/keio-2019");
    let scenario = scenario.to_str().unwrap();
    let arguments =
        arguments.iter().map(|argument| if *argument == "SCENARIO" { scenario } else { argument });
    run(folder, &arguments.collect::<Vec<_>>())
}

fn header(folder: &Path, file: &str) -> String {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    text.trim_start_matches('\u{feff}').lines().next().unwrap().to_string()
}

#[test]
fn tables_are_headed_in_either_language_and_read_back_in_either() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (language, out) in [("ja", "ja"), ("en", "en")] {
        let planned = kenshu(folder, &["plan", "SCENARIO", "--out", out, "--lang", language]);
        assert_eq!(planned.code, 0);
    }
    assert_eq!(
        header(folder, "en/placements.csv"),
        "resident,name,entry_year,course,training_year,academic_year,facility,facility_name,role,start,months,leave"
    );
    assert_eq!(
        header(folder, "ja/placements.csv"),
        "専攻医,氏名,採用年度,研修コース,年次,年度,施設,施設名,区分,開始月,月数,休止"
    );
    assert!(header(folder, "ja/by_facility.csv").starts_with("施設,施設名,区分,2019年度 専攻医数,"));
    assert!(header(folder, "ja/audit.csv").starts_with("規則,根拠,判定,"));
    let table = std::fs::read_to_string(folder.join("ja/placements.csv")).unwrap();
    assert!(table.contains(",連携施設,") && !table.contains(",affiliate,"));
    for language in ["ja", "en"] {
        let audit = kenshu(folder, &["audit", "SCENARIO", "ja/placements.csv", "--lang", language]);
        assert_eq!(audit.code, 0, "{}", audit.stderr);
        assert!(!audit.stderr.contains("placements.csv:"), "nothing to remark on");
    }
    let diff =
        kenshu(folder, &["diff", "SCENARIO", "ja/placements.csv", "en/placements.csv", "--lang", "en"]);
    let said = diff.stdout + &diff.stderr;
    assert!(said.contains("The two plans place everybody alike."), "{said}");
}

#[test]
fn what_changes_and_what_would_is_headed_in_the_readers_language() {
    let desk = Desk::new();
    let plan = |out: &str| assert_eq!(desk.run(&["plan", "small", "--out", out]).code, 0);
    plan("one");
    desk.replace("small/residents.csv", "R1,2019,A,ashikaga;keiyu", "R1,2019,A,keiyu");
    desk.replace("small/residents.csv", "R2,2019,A,keiyu;ashikaga", "R2,2019,A,ashikaga");
    plan("two");
    for (language, moves, goals, sweep) in [
        (
            "en",
            "resident,name,start,months,from,from_name,to,to_name",
            "coverage,sum,",
            ",true,not-checked,,optimal,",
        ),
        (
            "ja",
            "専攻医,氏名,開始月,月数,前の施設,前の施設名,後の施設,後の施設名",
            "必要人数,合計,",
            ",はい,判定していない,,最適,",
        ),
    ] {
        let diff = ["diff", "small", "one/placements.csv", "two/placements.csv", "--out", language];
        assert_eq!(desk.run(&[&diff[..], &["--lang", language]].concat()).code, 0);
        let path = desk.path(language);
        assert_eq!(header(&path, "diff_moves.csv"), moves);
        assert!(desk.read(&format!("{language}/diff_goals.csv")).contains(goals));
        let out = format!("w-{language}");
        let whatif = ["whatif", "small", "--vary", "facilities.keiyu.supervisors=1,2", "--out", &out];
        assert_eq!(desk.run(&[&whatif[..], &["--lang", language]].concat()).code, 0);
        let table = desk.read(&format!("{out}/whatif.csv"));
        assert!(table.contains(sweep), "{table}");
        let heads = header(&desk.path(&out), "whatif.csv");
        let is_japanese = heads.contains("配置できる,上限内,") && heads.contains("必要人数（合計） 下限");
        assert!(
            heads.starts_with("facilities.keiyu.supervisors,") && is_japanese == (language == "ja"),
            "{heads}"
        );
    }
}
