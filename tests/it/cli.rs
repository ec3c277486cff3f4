//! The commands as a user meets them: what goes to stdout, what to stderr, and the exit code.
//!
//! Each test writes a small program of two affiliates and two residents, in which wishes leave exactly
//! one best plan, and changes in it what the test is about. The shipped scenarios run once, whole.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::desk::Desk;

const PROGRAM: &str = r#"
[program]
id = "small"
name = "小さな研修プログラム"
training_months = 36
year_starts_in_month = 4

[horizon]
first_year = 2019

[intake]
2019 = 2

[[courses]]
id = "A"
name = "基本コース"
years = [["core:12"], ["core:12"], ["affiliate:12"]]
"#;
const FACILITIES: &str =
    "id,name,name_en,prefecture,role,accreditation,supervisors,seats,min_residents,source
keio,慶應義塾大学病院,Keio University Hospital,東京都,core,comprehensive,2,,0,test
ashikaga,足利赤十字病院,Ashikaga Red Cross Hospital,栃木県,affiliate,training,1,,0,test
keiyu,けいゆう病院,Keiyu Hospital,神奈川県,affiliate,training,1,,0,test
";
const RESIDENTS: &str = "id,entry_year,course_wishes,facility_wishes
R1,2019,A,ashikaga;keiyu
R2,2019,A,keiyu;ashikaga
";

impl Desk {
    /// A folder with the small program and room for results.
    pub fn new() -> Self {
        let desk = Self::empty();
        desk.write("small/program.toml", PROGRAM);
        desk.write("small/facilities.csv", FACILITIES);
        desk.write("small/residents.csv", RESIDENTS);
        desk
    }
}

pub const FILES: [&str; 11] = [
    "audit.csv",
    "by_facility.csv",
    "by_resident.csv",
    "calendar",
    "case_totals.csv",
    "cases.csv",
    "ledger.csv",
    "placements.csv",
    "plan.json",
    "plan.xlsx",
    "report.html",
];

// ---------------------------------------------------------------------------------------- usage

#[test]
fn wrong_arguments_are_refused_in_words() {
    let desk = Desk::new();
    for (arguments, said) in [
        (
            &["--json"][..],
            "Give a command: check, plan, audit or explain. `kenshu --help` shows the usage.\n",
        ),
        (&["plon"], "There is no command plon. `kenshu --help` lists them.\n"),
        (&["plan", "small"], "Missing: --out <DIR>\n"),
        (&["plan", "small", "--out"], "--out <DIR> needs a value.\n"),
        (&["plan", "small", "--out", "a", "--out", "b"], "--out <DIR> is given twice. Give it once.\n"),
        (&["plan", "small", "--ouy", "x"], "The argument --ouy is not known here. Did you mean --out?\n"),
        (&["check", "small", "x"], "The argument x is not known here. `kenshu --help` shows the usage.\n"),
        (&["--lang", "fr", "check", "small"], "--lang <ja|en> cannot be fr. Possible: ja, en\n"),
        (&["audit", "small"], "Missing: <placements.csv>\n"),
    ] {
        let ended = desk.run(arguments);
        assert_eq!(
            (ended.code, ended.stdout.as_str(), ended.stderr.as_str()),
            (2, "", said),
            "{arguments:?}"
        );
    }
}

#[test]
fn without_arguments_the_help_is_shown() {
    let desk = Desk::new();
    let ended = desk.run(&[]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
    assert_eq!(ended.stderr, desk.run(&["--help"]).stdout);
}

#[test]
fn a_time_limit_that_is_none_is_refused() {
    let desk = Desk::new();
    for wrong in ["0", "-1", "NaN", "inf", "1e400", "soon", ""] {
        let ended = desk.run(&["plan", "small", "--out", "out", "--time-limit", wrong]);
        assert_eq!(ended.code, 2, "{wrong}");
        assert!(ended.stderr.starts_with("The time limit cannot be"), "{}", ended.stderr);
    }
    assert!(!desk.path("out").exists());
}

#[test]
fn help_and_version_go_to_stdout() {
    let desk = Desk::new();
    for arguments in [&["--help"][..], &["plan", "--help"], &["audit", "-h"], &["--version"]] {
        let ended = desk.run(arguments);
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!ended.stdout.is_empty());
    }
    let ja = desk.run(&["plan", "--help", "--lang", "ja"]);
    insta::assert_snapshot!(ja.stdout, @"
    最も良い配置を求め、表にして書き出します

    使い方: kenshu plan [OPTIONS] --out <DIR> <SCENARIO>

    引数:
      <SCENARIO>  プログラムの表が入ったフォルダーまたはワークブック（.xlsx）

    オプション:
          --lang <ja|en>           表示の言語: ja または en（省略時は環境の言語）
          --out <DIR>              結果を書き出すフォルダー
          --base <placements.csv>  元の計画（placements.csv）。変更をなるべく少なくします
          --json                   表の代わりに JSON を標準出力に書きます
          --time-limit <S>         計算時間の上限（秒）。超えたら、そこまでで最も良い配置を出します
      -h, --help                   この説明を表示します
    ");
}

#[test]
fn the_language_is_that_of_the_locale_unless_asked_for() {
    let desk = Desk::new();
    let command = ["check", "missing"];
    let ja = desk.run_in(&command, "ja_JP.UTF-8").stderr;
    let japanese = |text: &str| text.contains(|c| ('\u{3040}'..='\u{9fff}').contains(&c));
    assert!(japanese(&ja), "{ja}");
    assert_eq!(desk.run_in(&["check", "missing", "--lang", "ja"], "C").stderr, ja);
    let en = desk.run_in(&command, "en_US.UTF-8").stderr;
    assert!(!japanese(&en), "{en}");
    assert_eq!(desk.run_in(&["--lang=en", "check", "missing"], "ja_JP.UTF-8").stderr, en);
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let desk = Desk::new();
    for arguments in [&["--help"][..], &["check", "small"], &["plan", "small", "--out", "out"]] {
        let mut child =
            desk.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
    }
}

// ---------------------------------------------------------------------------------------- check

#[test]
fn check_shows_what_was_read() {
    let desk = Desk::new();
    let ended = desk.run(&["check", "small", "--lang", "ja"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    insta::assert_snapshot!(ended.stdout, @"
    小さな研修プログラム（small）
    施設 3、研修コース 1、専攻医 2 名（うち名簿にない採用予定 0 名）

    施設      名称              区分  認定          指導医  定員  必要人数
    --------  ----------------  ----  ------------  ------  ----  --------
    keio      慶應義塾大学病院  基幹  総合修練機関       2     6         0
    ashikaga  足利赤十字病院    連携  修練機関           1     3         0
    keiyu     けいゆう病院      連携  修練機関           1     3         0

    コース  名称        進み方（月数）
    ------  ----------  ---------------------------
    A       基本コース  基幹 12 / 基幹 12 / 連携 12

    年度      採用数  在籍  定員
    --------  ------  ----  ----
    2019年度       2     2    12
    2020年度       0     2    12
    2021年度       0     2    12

    規則            根拠        判定              規則の内容
    --------------  ----------  ----------------  --------------------------------------------------------------------------------------------------------------------------------------------------------
    history-course  §7.2 [30]   適合              計画開始前の研修歴は、その専攻医が選べるコースのいずれかの始まりに当たります。
    intake-cap      §4 [27,28]  確認していません  1 年度の採用数は、指導医数と症例数から定まる上限を超えません。（program.toml の [rules.intake_cap] に何も書かれていないため）
    urban-cap       §4 [27,28]  確認していません  基幹施設が東京・神奈川・愛知・大阪・福岡にある場合、採用数は過去 5 年の平均を超えません。（program.toml の [rules.intake_cap] に何も書かれていないため）
    printed-totals  §2.3 [31]   確認していません  文書に記載された合計は、各行の合計と一致します。（program.toml の [printed_totals] に何も書かれていないため）

    判定  規則         実際  基準  内容
    ----  -----------  ----  ----  ----------------------------------------------------------------------------
    参考  case-volume              経験症例の項目（[[cases]]）がないため、経験症例数は判定していません。
    参考  intake-cap               受入数上限の設定（[rules.intake_cap]）がないため、採用数は判定していません。
    ");
    insta::assert_snapshot!(ended.stderr.trim(), @"
    経験症例数は評価していません（program.toml の [[cases]] に何も書かれていません）。
    表に誤りはありません（指摘 0 件）。確認した規則に違反はありません。
    ");
}

#[test]
fn check_tells_all_errors_at_once() {
    let desk = Desk::new();
    desk.replace(
        "small/facilities.csv",
        "affiliate,training,1,,0,test\nkeiyu",
        "afiliate,training,-1,,0,test\nkeiyu",
    );
    desk.replace("small/residents.csv", "keiyu;ashikaga", "keiyu;nowhere");
    let ended = desk.run(&["check", "small"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
    for word in ["afiliate", "-1", "nowhere", "facilities.csv", "residents.csv"] {
        assert!(ended.stderr.contains(word), "no {word} in {}", ended.stderr);
    }
    let json = desk.run(&["check", "small", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json.code, 2);
    assert!(read["diagnostics"].as_array().unwrap().len() >= 3, "{read}");
}

#[test]
fn programs_are_told_what_is_wrong_with_the_input_by_every_command() {
    let desk = Desk::new();
    desk.write("plan.csv", "resident,facility,start,months\nR9,keio,2019-04,12\n");
    for (arguments, code) in [
        (&["audit", "small", "plan.csv", "--json"][..], "unknown-resident"),
        (&["plan", "missing", "--out", "out", "--json"], "folder-missing"),
        (&["check", "missing", "--json"], "folder-missing"),
    ] {
        let ended = desk.run(arguments);
        assert_eq!(ended.code, 2, "{}", ended.stderr);
        let json: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(json["diagnostics"][0]["code"], code);
    }
}

#[test]
fn an_intake_above_its_cap_is_a_negative_answer_and_the_plan_is_written() {
    let desk = Desk::new();
    desk.replace(
        "small/program.toml",
        "[[courses]]",
        "[rules.intake_cap]\nsupervisors_per_resident = 3\n\n[[courses]]",
    );
    let ended = desk.run(&["check", "small"]);
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    assert!(ended.stdout.contains("intake-cap"), "{}", ended.stdout);
    let planned = desk.run(&["plan", "small", "--out", "out"]);
    assert_eq!(planned.code, 1, "{}", planned.stderr);
    assert_eq!(desk.names("out"), FILES);
    assert!(
        desk.read("out/audit.csv").contains("intake-cap,\"§4 [27,28]\",error"),
        "{}",
        desk.read("out/audit.csv")
    );
}

#[test]
fn a_missing_folder_is_a_usage_error() {
    let desk = Desk::new();
    for arguments in
        [&["check", "missing"][..], &["plan", "missing", "--out", "out"], &["audit", "missing", "x"]]
    {
        let ended = desk.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ended.stderr.contains("missing"), "{}", ended.stderr);
    }
    assert!(!desk.path("out").exists());
}

// ----------------------------------------------------------------------------------------- plan

#[test]
fn plan_writes_and_shows_the_only_best_plan() {
    let desk = Desk::new();
    let ended = desk.run(&["plan", "small", "--out", "out", "--lang", "ja"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    insta::assert_snapshot!(ended.stdout, @"
    専攻医ごとの配置
    ( ) は計画前の実績、数字は月数です。数字のない施設は1年間です。

    専攻医  コース  希望順  1年次             2年次             3年次
    ------  ------  ------  ----------------  ----------------  --------------
    2 名                    2019年度          2020年度          2021年度
    R1      A            1  慶應義塾大学病院  慶應義塾大学病院  足利赤十字病院
    R2      A            1  慶應義塾大学病院  慶應義塾大学病院  けいゆう病院

    施設ごとの在籍数/定員
    年度のうち最も余裕のない月の人数です。(-n) は必要人数に足りない延べ月数です。

    施設      名称              区分  2019年度  2020年度  2021年度
    --------  ----------------  ----  --------  --------  --------
    keio      慶應義塾大学病院  基幹       2/6       2/6       0/6
    ashikaga  足利赤十字病院    連携       0/3       0/3       1/3
    keiyu     けいゆう病院      連携       0/3       0/3       1/3
              全施設の在籍数                 2         2         2
    ");
    insta::assert_snapshot!(ended.stderr.trim(), @"
    小さな研修プログラム（small）
    最適な配置です。目標の優先順で、これより良い配置はありません。

       目標                              結果                                  証明
    -  --------------------------------  ------------------------------------  ----------------------------
    1  施設の必要人数（合計）            不足なし                              最良（厳密な計算で証明済み）
    2  コースの希望（不利な人から順に）  第1希望 2 名                          最良（厳密な計算で証明済み）
    3  施設の希望（最も不利な人）        希望とのずれ 0（月数と順位の差の積）  最良（厳密な計算で証明済み）
    4  施設の希望（合計）                希望とのずれ 0（月数と順位の差の積）  最良（厳密な計算で証明済み）
    5  同じ連携施設での繰り返し（合計）  0 か月                                最良（厳密な計算で証明済み）

    参考となる指摘が 2 件あります。内容は audit.csv にあります。

    採用数の上限は確認していません（program.toml の [rules.intake_cap] に何も書かれていません）。

    経験症例数は評価していません（program.toml の [[cases]] に何も書かれていません）。
    out に書き出しました: audit.csv, by_facility.csv, by_resident.csv, calendar/, case_totals.csv, cases.csv, ledger.csv, placements.csv, plan.json, plan.xlsx, report.html
    ");
    assert_eq!(desk.names("out"), FILES);
    insta::assert_snapshot!(desk.read("out/placements.csv").trim_start_matches('\u{feff}'), @"
    専攻医,氏名,採用年度,研修コース,年次,年度,施設,施設名,区分,開始月,月数,休止
    R1,R1,2019,A,1,2019,keio,慶應義塾大学病院,基幹施設,2019-04,12,
    R1,R1,2019,A,2,2020,keio,慶應義塾大学病院,基幹施設,2020-04,12,
    R1,R1,2019,A,3,2021,ashikaga,足利赤十字病院,連携施設,2021-04,12,
    R2,R2,2019,A,1,2019,keio,慶應義塾大学病院,基幹施設,2019-04,12,
    R2,R2,2019,A,2,2020,keio,慶應義塾大学病院,基幹施設,2020-04,12,
    R2,R2,2019,A,3,2021,keiyu,けいゆう病院,連携施設,2021-04,12,
    ");
}

#[test]
fn plan_json_keeps_the_contract() {
    let desk = Desk::new();
    let ended = desk.run(&["plan", "small", "--out", "out", "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(ended.stdout, desk.read("out/plan.json"));
    let read: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(read["status"], "optimal");
    assert_eq!(read["scenario_hash"].as_str().unwrap().len(), 64);
    assert_eq!(read["tool_version"], env!("CARGO_PKG_VERSION"));
    assert!(read["seconds"].is_number());
    let goals: Vec<_> = read["goals"].as_array().unwrap().iter().map(|goal| goal["goal"].clone()).collect();
    assert_eq!(goals, ["coverage", "course-wishes", "facility-wishes", "facility-wishes", "repeats"]);
    assert_eq!(read["goals"][1]["value"], serde_json::json!([[0, 2]]));
    assert_eq!(read["goals"][3]["value"], 0);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let desk = Desk::new();
    for out in ["one", "two"] {
        assert_eq!(desk.run(&["plan", "small", "--out", out]).code, 0);
    }
    let calendars = desk.names("one/calendar").into_iter().map(|name| format!("calendar/{name}"));
    let files = FILES.into_iter().map(str::to_string).filter(|name| name != "calendar");
    for name in files.chain(calendars) {
        let bytes = |out| fs::read(desk.path(&format!("{out}/{name}"))).unwrap();
        let [one, two] = ["one", "two"].map(|out| String::from_utf8_lossy(&bytes(out)).to_string());
        let timeless = |text: String| -> Vec<String> {
            text.lines().filter(|line| !line.contains("\"seconds\"")).map(String::from).collect()
        };
        assert_eq!(timeless(one), timeless(two), "{name}");
    }
}

#[test]
fn no_plan_is_an_answer() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    desk.write("small/facilities.csv", &FACILITIES.replace("training,1,,", "training,1,0,"));
    let ended = desk.run(&["plan", "small", "--out", "out"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (1, ""), "{}", ended.stderr);
    assert_eq!(desk.names("out"), ["audit.csv", "plan.json"], "the earlier plan is gone");
    assert!(ended.stderr.contains("placements.csv"), "and that is said: {}", ended.stderr);
    let read: serde_json::Value = serde_json::from_str(&desk.read("out/plan.json")).unwrap();
    assert_eq!(read["status"], "infeasible");
}

#[test]
fn a_time_limit_leaves_a_plan_or_says_that_there_is_none() {
    let desk = Desk::new();
    let ended = desk.run(&["plan", "small", "--out", "out", "--time-limit", "0.000001"]);
    let read: serde_json::Value = serde_json::from_str(&desk.read("out/plan.json")).unwrap();
    let status = read["status"].as_str().unwrap();
    match ended.code {
        0 => assert!(["optimal", "feasible"].contains(&status) && desk.names("out") == FILES),
        3 => assert!(status == "unknown" && desk.names("out") == ["audit.csv", "plan.json"]),
        code => panic!("{code}: {}", ended.stderr),
    }
}

#[test]
fn too_many_careers_say_what_to_narrow() {
    let desk = Desk::new();
    let months = r#""affiliate:1", "#.repeat(12);
    desk.replace("small/program.toml", r#"["core:12"], ["core:12"], "#, r#"["core:12"], "#);
    desk.replace("small/program.toml", r#"["affiliate:12"]"#, &format!("[{months}], [{months}]"));
    desk.replace("small/program.toml", "[[courses]]", "[rules]\nfacilities_min = 9\n[[courses]]");
    // Which of the hospitals were seen matters until there are nine of them.
    let row = |number: u32| format!("h{number},h{number},h{number},東京都,affiliate,training,1,,0,test\n");
    desk.write("small/facilities.csv", &(FACILITIES.to_string() + &(1..=16).map(row).collect::<String>()));
    let checked = desk.run(&["check", "small"]);
    assert!(checked.stderr.contains("`plan` will not be able to answer."), "{}", checked.stderr);
    assert_eq!(checked.code, 0, "the tables are sound");
    let planned = desk.run(&["plan", "small", "--out", "out", "--json"]);
    assert_eq!(planned.code, 3);
    let said = planned.stderr.replace('\n', " ");
    assert!(said.contains("What resident R1 may still do depends on more than"), "{said}");
    assert!(said.contains("Narrow the choice: fix the course in residents.csv"), "{said}");
    let json: serde_json::Value = serde_json::from_str(&planned.stdout).unwrap();
    assert_eq!(json["status"], "unknown");
    assert_eq!(desk.names("out"), ["audit.csv", "plan.json"]);
}

#[test]
fn running_out_of_time_leaves_the_earlier_plan_alone() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    let placements = desk.read("out/placements.csv");
    desk.run(&["plan", "small", "--out", "out", "--time-limit", "0.000001"]);
    assert_eq!(desk.read("out/placements.csv"), placements);
}

#[test]
fn a_base_plan_is_kept_close_to() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    // The other way round than wished: staying there comes before the wishes.
    let swapped = desk.read("out/placements.csv");
    let swapped: Vec<String> = swapped
        .lines()
        .map(|line| match line {
            line if line.contains(",ashikaga,") => line.replace(",ashikaga,足利赤十字病院", ",keiyu,"),
            line => line.replace(",keiyu,けいゆう病院", ",ashikaga,"),
        })
        .collect();
    desk.write("base.csv", &swapped.join("\r\n"));
    let ended = desk.run(&["plan", "small", "--out", "near", "--base", "base.csv", "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let read: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(read["goals"][1]["goal"], "stability");
    assert_eq!(read["goals"][1]["value"], 0);
    let where_to = |name: &str| -> Vec<String> {
        let text = desk.read(name);
        text.lines().skip(1).map(|line| line.split(',').nth(6).unwrap().to_string()).collect()
    };
    assert_eq!(where_to("near/placements.csv"), where_to("base.csv"));
}

// --------------------------------------------------------------------------------------- --out

#[test]
fn a_rerun_replaces_its_own_files() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    desk.replace("small/facilities.csv", "けいゆう病院", "けいゆう総合病院");
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    assert!(desk.read("out/placements.csv").contains("けいゆう総合病院"));
    assert_eq!(desk.names("out"), FILES, "nothing is left lying about");
}

#[test]
fn work_of_others_is_not_overwritten() {
    let desk = Desk::new();
    fs::create_dir(desk.path("out")).unwrap();
    desk.write("out/placements.csv", "typed by hand");
    let ended = desk.run(&["plan", "small", "--out", "out"]);
    assert_eq!(ended.code, 2, "{}", ended.stderr);
    assert!(ended.stderr.contains("placements.csv was not written by kenshu"), "{}", ended.stderr);
    assert_eq!(desk.names("out"), ["placements.csv"]);
    assert_eq!(desk.read("out/placements.csv"), "typed by hand");
}

#[test]
fn tables_of_another_program_are_no_place_for_a_plan() {
    let desk = Desk::new();
    fs::create_dir(desk.path("other")).unwrap();
    desk.write("other/program.toml", PROGRAM);
    let ended = desk.run(&["plan", "small", "--out", "other"]);
    assert_eq!(ended.code, 2, "{}", ended.stderr);
    assert!(ended.stderr.contains("other holds the tables of another program"), "{}", ended.stderr);
    assert_eq!(desk.names("other"), ["program.toml"]);
}

#[test]
fn own_files_edited_since_are_not_overwritten() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    desk.replace("out/by_resident.csv", "R1", "R1 (spoken to)");
    let ended = desk.run(&["plan", "small", "--out", "out"]);
    assert_eq!(ended.code, 2, "{}", ended.stderr);
    assert!(ended.stderr.contains("by_resident.csv was changed since kenshu wrote it"), "{}", ended.stderr);
    assert!(desk.read("out/by_resident.csv").contains("spoken to"));
}

#[test]
fn an_out_that_cannot_be_is_refused_before_anything_is_computed() {
    let desk = Desk::new();
    desk.write("file", "");
    for (out, said) in [
        ("file", "is a file"),
        ("file/out", "is a file"),
        ("small", "inside the folder of the program's tables"),
        ("small/out", "inside the folder of the program's tables"),
        ("", "--out <DIR> needs a value"),
    ] {
        let ended = desk.run(&["plan", "small", "--out", out]);
        assert_eq!(ended.code, 2, "{out}: {}", ended.stderr);
        assert!(ended.stderr.contains(said), "{out}: {}", ended.stderr);
    }
    assert_eq!(desk.names("small"), ["facilities.csv", "program.toml", "residents.csv"]);
}

// ---------------------------------------------------------------------------------------- audit

#[test]
fn audit_agrees_with_the_plan() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    let ended = desk.run(&["audit", "small", "out/placements.csv", "--lang", "ja"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    insta::assert_snapshot!(ended.stdout, @"
    小さな研修プログラム（small）

    規則                     根拠              判定              規則の内容
    -----------------------  ----------------  ----------------  --------------------------------------------------------------------------------------------------------------------------------------------------------
    one-place                §7.1 [16,25,30]   適合              専攻医は、同じ月に 2 か所へ配置されません。
    whole-career             §7.1 [16,25,30]   適合              計画対象の研修月は、すべて配置されていなければなりません。
    history-kept             §7.1 [16,25,30]   適合              計画開始年度より前の配置は、実績のとおりでなければなりません。
    lock                                       適合              統括責任者が固定した配置と、禁止した配置を守ります。
    course-fixed             §7.2 [30]         適合              専攻医の研修コースは 1 つで、指定がある場合はそのコースです。
    leave-seat               §10 [33]          適合              在籍しない休止の月には、どの施設にも配置されません。
    leave-credit             §10 [33]          適合              出産や疾病での休暇と短時間雇用形態での研修は、上限まで研修期間にカウントします。
    leave-once               §10 [33]          適合              出産に伴う休暇を研修期間にカウントするのは 1 回です（childbirth_leaves_max）。
    leave-proof              §10 [33]          適合              カウントする出産に伴う休暇には出産を証明するもの、疾病での休暇には診断書が必要です。
    leave-minima             §10 [33]          適合              各施設での最低期間は、休止期間がなくても満たすことが望まれます。
    training-complete        §9.2 [21,53]      適合              研修期間にカウントする月が合計 36 か月に達するまで研修します（training_months）。
    extension                §9.2 [21,53]      適合              延長した月は、直前の施設で研修します。
    course-pattern           §7.2 [30]         適合              各年次の配置は、研修コースの型のいずれか 1 つに従います。
    comprehensive-months     §7.1 [16,25,30]   適合              総合修練機関で 12 か月以上研修します（comprehensive_months_min）。
    core-months              §7.1 [16,25,30]   適合              基幹施設で 6 か月以上研修します（core_months_min）。
    affiliate-stay           §7.1 [16,25,30]   適合              連携施設での研修は、1 回につき 3 か月以上とします（affiliate_stay_months_min）。
    several-facilities       §7.1 [16,25,30]   適合              2 施設以上で研修します（facilities_min）。
    associated-never-placed  §7.1 [16,25,30]   適合              関連施設は非常勤での研修に限り、配置先にはなりません。
    supervisor-ratio         §2 [26,27,36]     適合              指導医 1 名につき、専攻医は 3 名までです（residents_per_supervisor）。
    seats                                      適合              施設が定めた定員を超えません。
    case-volume              §6.2 [8,9,10,15]  確認していません  各項目の目標症例数に、全員が同時に到達できるだけの症例が、配置先の施設にあります。（program.toml の [[cases]] に何も書かれていないため）
    history-course           §7.2 [30]         適合              計画開始前の研修歴は、その専攻医が選べるコースのいずれかの始まりに当たります。
    intake-cap               §4 [27,28]        確認していません  1 年度の採用数は、指導医数と症例数から定まる上限を超えません。（program.toml の [rules.intake_cap] に何も書かれていないため）
    urban-cap                §4 [27,28]        確認していません  基幹施設が東京・神奈川・愛知・大阪・福岡にある場合、採用数は過去 5 年の平均を超えません。（program.toml の [rules.intake_cap] に何も書かれていないため）
    printed-totals           §2.3 [31]         確認していません  文書に記載された合計は、各行の合計と一致します。（program.toml の [printed_totals] に何も書かれていないため）

    判定  規則         実際  基準  内容
    ----  -----------  ----  ----  ----------------------------------------------------------------------------
    参考  case-volume              経験症例の項目（[[cases]]）がないため、経験症例数は判定していません。
    参考  intake-cap               受入数上限の設定（[rules.intake_cap]）がないため、採用数は判定していません。

    目標                              結果
    --------------------------------  ------------------------------------
    施設の必要人数（合計）            不足なし
    コースの希望（不利な人から順に）  第1希望 2 名
    施設の希望（最も不利な人）        希望とのずれ 0（月数と順位の差の積）
    施設の希望（合計）                希望とのずれ 0（月数と順位の差の積）
    同じ連携施設での繰り返し（合計）  0 か月
    ");
    insta::assert_snapshot!(ended.stderr.trim(), @"
    経験症例数は評価していません（program.toml の [[cases]] に何も書かれていません）。
    違反はありません。
    ");
}

#[test]
fn audit_names_what_is_broken() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    let kept: Vec<String> = desk
        .read("out/placements.csv")
        .lines()
        .filter(|line| !(line.contains("R1") && line.contains("ashikaga")))
        .map(String::from)
        .collect();
    desk.write("mine.csv", &kept.join("\n"));
    let ended = desk.run(&["audit", "small", "mine.csv"]);
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    let verdict = |rule: &str| ended.stdout.lines().find(|line| line.starts_with(rule)).unwrap();
    assert!(verdict("whole-career").contains("broken once"), "{}", ended.stdout);
    assert!(verdict("one-place").contains("holds"), "{}", ended.stdout);
    let json = desk.run(&["audit", "small", "mine.csv", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json.code, 1);
    let broken = read["findings"].as_array().unwrap().iter().any(|finding| {
        finding["rule"] == "whole-career" && finding["resident"] == "R1" && finding["severity"] == "error"
    });
    assert!(broken, "{read}");
}

#[test]
fn a_name_changed_without_its_id_is_remarked_on() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    let table = desk.read("out/placements.csv");
    desk.write("same.csv", &table.replace("慶應義塾大学病院", "Keio University Hospital"));
    assert_eq!(desk.run(&["audit", "small", "same.csv"]).code, 0);
    let silent = desk.run(&["audit", "small", "same.csv"]);
    assert!(!silent.stderr.contains("warning"), "a name in either language is right: {}", silent.stderr);
    desk.write("moved.csv", &table.replace("けいゆう病院", "足利赤十字病院").replacen(",2020,", ",2021,", 1));
    let ended = desk.run(&["audit", "small", "moved.csv"]);
    assert_eq!(ended.code, 0, "the plan is the same: {}", ended.stderr);
    let said = ended.stderr.replace('\n', " ");
    assert!(said.contains("facility_name says “足利赤十字病院”"), "{said}");
    assert!(said.contains("academic_year says “2021”"), "{said}");
    assert_eq!(said.matches("placement-contradicts").count(), 2, "{said}");
}

#[test]
fn audit_refuses_what_is_no_table_of_placements() {
    let desk = Desk::new();
    desk.write("empty.csv", "");
    desk.write("other.csv", "a,b\n1,2\n");
    desk.write("unknown.csv", "resident,facility,start,months\nR9,keio,2019-04,12\n");
    for name in ["empty.csv", "other.csv", "unknown.csv", "missing.csv", "small"] {
        let ended = desk.run(&["audit", "small", name]);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{name}: {}", ended.stderr);
        assert!(ended.stderr.contains(name), "{}", ended.stderr);
    }
}

#[test]
fn names_a_spreadsheet_would_run_are_harmless_and_read_back() {
    let desk = Desk::new();
    desk.write("small/residents.csv", &RESIDENTS.replace("R1", "=R1").replace("R2", "@R2"));
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    assert!(desk.read("out/placements.csv").contains("\n'=R1,'=R1,"), "{}", desk.read("out/placements.csv"));
    let ended = desk.run(&["audit", "small", "out/placements.csv"]);
    assert_eq!(ended.code, 0, "{}{}", ended.stdout, ended.stderr);
}

// -------------------------------------------------------------------------- the shipped scenarios

#[test]
fn the_shipped_scenarios_are_planned_without_a_violation() {
    let desk = Desk::new();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for name in ["keio-2019", "keio-2019-steady"] {
        let scenario = scenarios.join(name);
        let scenario = scenario.to_str().unwrap();
        assert_eq!(desk.run(&["check", scenario]).code, 0, "{name}");
        let planned = desk.run(&["plan", scenario, "--out", name]);
        assert_eq!(planned.code, 0, "{name}: {}", planned.stderr);
        let placements = format!("{name}/placements.csv");
        let judged = desk.run(&["audit", scenario, &placements, "--json"]);
        assert_eq!(judged.code, 0, "{name}: {}{}", judged.stdout, judged.stderr);
        assert_eq!(goals(&judged.stdout), goals(&desk.read(&format!("{name}/plan.json"))), "{name}");
    }
}

#[test]
fn scarce_cases_are_told_from_the_first_round_to_the_certificate() {
    let desk = Desk::new();
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/keio-2019-scarce");
    let scenario = scenario.to_str().unwrap();
    let planned = desk.run(&["plan", scenario, "--out", "out", "--lang", "en", "--json"]);
    assert_eq!(planned.code, 0, "{}", planned.stderr);

    // A program that follows standard error sees every step on a line of its own.
    let step = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["progress"].clone();
    let is_step = |line: &&str| line.starts_with("{\"progress\":");
    let steps: Vec<serde_json::Value> = planned.stderr.lines().filter(is_step).map(step).collect();
    assert!(steps.len() > 5, "{}", planned.stderr);
    assert_eq!((&steps[0]["goal"], &steps[0]["case_rounds"]), (&serde_json::Value::Null, &0.into()));
    let last = steps.last().unwrap();
    assert_eq!((&last["position"], &last["goal"]), (&5.into(), &"repeats".into()));
    assert_eq!(last["value"], last["bound"]);

    let plan: serde_json::Value = serde_json::from_str(&planned.stdout).unwrap();
    let told = &plan["case_volumes"];
    assert_eq!((&told["rounds"], &told["cuts"]), (&last["case_rounds"], &last["case_cuts"]));
    assert!(told["rounds"].as_u64() > Some(0) && told["cuts"][0].as_str().unwrap().contains("radiotherapy"));

    // The judge proves everything again, and sums the planned cases by itself.
    let check = ["audit", scenario, "out/placements.csv", "--certificate", "out/plan.json", "--lang", "en"];
    let judged = desk.run(&check);
    assert_eq!(judged.code, 0, "{}{}", judged.stdout, judged.stderr);
    assert!(judged.stderr.contains("Every claim of the certificate holds"), "{}", judged.stderr);
    let mut changed = plan.clone();
    let planned = changed["cases"][0]["planned"].as_u64().unwrap();
    changed["cases"][0]["planned"] = (planned + 1_000_000).into();
    desk.write("out/plan.json", &changed.to_string());
    assert_eq!(desk.run(&check).code, 1);
}

/// The values of the goals in `plan.json` or in a judgement.
fn goals(json: &str) -> BTreeMap<String, serde_json::Value> {
    let read: serde_json::Value = serde_json::from_str(json).unwrap();
    let goals = read["goals"].as_array().unwrap();
    goals
        .iter()
        .map(|goal| (format!("{}.{}", goal["goal"], goal["measure"]), goal["value"].clone()))
        .collect()
}

#[test]
fn a_certificate_is_checked_against_the_tables() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    let check = |name: &str| {
        desk.run(&["audit", "small", "out/placements.csv", "--certificate", name, "--lang", "en", "--json"])
    };
    let genuine = check("out/plan.json");
    assert_eq!(genuine.code, 0, "{}", genuine.stderr);
    assert!(genuine.stderr.contains("Every claim of the certificate holds"), "{}", genuine.stderr);
    let read: serde_json::Value = serde_json::from_str(&genuine.stdout).unwrap();
    let outcomes: Vec<&str> =
        read["claims"].as_array().unwrap().iter().map(|c| c["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["holds"; 5]);

    // Another value, another scenario, no JSON: never believed.
    let json = desk.read("out/plan.json");
    let first = json.find("\"value\": ").unwrap();
    desk.write("changed.json", &format!("{}\"value\": 7, \"was\": {}", &json[..first], &json[first + 9..]));
    assert_eq!(check("changed.json").code, 1);
    desk.write("half.json", &json[..json.len() / 2]);
    let half = check("half.json");
    assert_eq!(half.code, 2);
    assert!(half.stderr.contains("half.json is not a plan.json of kenshu"), "{}", half.stderr);
    desk.replace("small/residents.csv", "ashikaga;keiyu", "keiyu");
    let other = check("out/plan.json");
    assert_eq!(other.code, 1);
    assert!(other.stdout.contains("belongs to other tables"), "{}", other.stdout);
}

#[test]
fn that_no_plan_exists_is_checked_without_placements() {
    let desk = Desk::new();
    desk.write("small/facilities.csv", &FACILITIES.replace("training,1,,", "training,1,0,"));
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 1);
    let ended = desk.run(&["audit", "small", "--certificate", "out/plan.json", "--lang", "en"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stdout.contains("proved again from the tables: no plan exists"), "{}", ended.stdout);
    // A plan's own claims need its placements.
    desk.write("small/facilities.csv", FACILITIES);
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    assert_eq!(desk.run(&["audit", "small", "--certificate", "out/plan.json"]).code, 1);
}

// -------------------------------------------------------------------------------------- explaining

#[test]
fn a_program_with_a_plan_has_nothing_to_explain() {
    let desk = Desk::new();
    let ended = desk.run(&["explain", "infeasible", "small"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stdout.contains("nothing to explain"), "{}", ended.stdout);
    let json = desk.run(&["explain", "infeasible", "small", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((json.code, read["status"].as_str()), (0, Some("feasible")));
}

/// The steady program with a change of one of its files.
fn steady(desk: &Desk, name: &str, changed: impl Fn(&str) -> String) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/keio-2019-steady");
    fs::create_dir(desk.path("steady")).unwrap();
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), desk.path("steady").join(file.file_name())).unwrap();
    }
    let before = fs::read_to_string(desk.path("steady").join(name)).unwrap_or_default();
    desk.write(&format!("steady/{name}"), &changed(&before));
}

/// Hino has one supervisor (source §2.1), so three seats; others change places within the year.
#[test]
fn a_count_is_of_the_first_month_where_others_come_and_go_later() {
    let desk = Desk::new();
    let locks =
        ["Y2019-03", "Y2019-04", "Y2019-05", "Y2019-07"].map(|id| format!("{id},hino,2021-04,12,must\n"));
    steady(&desk, "locks.csv", |_| format!("resident,facility,start,months,kind\n{}", locks.concat()));
    let ended = desk.run(&["explain", "infeasible", "steady", "--lang", "en"]);
    assert_eq!(ended.code, 1, "{}", ended.stderr);
    let count = "No plan exists. In 2021-04, 4 residents (Y2019-03, Y2019-04, Y2019-05, Y2019-07) can only be at \
                 Hino Municipal Hospital, which holds 3.\n";
    assert!(ended.stdout.starts_with(count), "{}", ended.stdout);
}

/// Twenty exceed the cap of twelve (source §4), which no placement mends.
#[test]
fn a_cap_that_is_exceeded_is_mentioned() {
    let desk = Desk::new();
    steady(&desk, "program.toml", |text| text.replace("2021 = 12", "2021 = 20"));
    for (language, caps) in
        [("en", "more residents than its caps allow"), ("ja", "採用数は上限を超えています")]
    {
        let ended = desk.run(&["explain", "infeasible", "steady", "--lang", language]);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert!(ended.stdout.contains(caps), "{}", ended.stdout);
    }
}

/// One seat for two residents who have to spend their third year at an affiliate.
fn crowded() -> Desk {
    let desk = Desk::new();
    desk.write(
        "small/facilities.csv",
        &FACILITIES
            .replace("affiliate,training,1,,0,test\nkeiyu", "affiliate,training,1,1,0,test\nkeiyu")
            .replace("神奈川県,affiliate,training,1,,", "神奈川県,affiliate,training,1,0,"),
    );
    desk
}

#[test]
fn why_there_is_no_plan_is_counted_and_ways_out_are_named() {
    let desk = crowded();
    for (language, name) in [("en", "explain_count_en"), ("ja", "explain_count_ja")] {
        let ended = desk.run(&["explain", "infeasible", "small", "--lang", language]);
        assert_eq!(ended.code, 1, "{}", ended.stderr);
        insta::assert_snapshot!(name, ended.stdout);
    }
    let json = desk.run(&["explain", "infeasible", "small", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(read["reason"], "count");
    assert_eq!((read["count"]["needed"].as_i64(), read["count"]["offered"].as_i64()), (Some(2), Some(1)));
    assert_eq!(read["repairs"].as_array().unwrap().len(), 3, "{read}");
}

#[test]
fn statements_in_conflict_are_named() {
    let desk = Desk::new();
    desk.write("small/locks.csv", "resident,facility,start,months,kind\nR1,ashikaga,2019-04,12,must\n");
    desk.write("small/residents.csv", "id,entry_year,course\nR1,2019,A\nR2,2019,\n");
    desk.replace("small/program.toml", "name = \"基本コース\"", "name = \"基本コース\"");
    let other = "\n[[courses]]\nid = \"C\"\nname = \"C\"\nyears = [[\"affiliate:12\"], [\"core:12\"], [\"affiliate:12\"]]\n";
    desk.write("small/program.toml", &format!("{PROGRAM}{other}"));
    for (language, name) in [("en", "explain_conflict_en"), ("ja", "explain_conflict_ja")] {
        let ended = desk.run(&["explain", "infeasible", "small", "--lang", language]);
        assert_eq!(ended.code, 1, "{}", ended.stderr);
        insta::assert_snapshot!(name, ended.stdout);
    }
    let json = desk.run(&["explain", "infeasible", "small", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let kinds: Vec<&str> =
        read["conflict"].as_array().unwrap().iter().map(|s| s["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["course", "lock"], "{read}");
}

#[test]
fn what_a_wish_costs_and_who_moves_is_said() {
    let desk = Desk::new();
    desk.write("small/facilities.csv", &FACILITIES.replace("training,1,,", "training,1,1,"));
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    let ask = |language: &str, more: &[&str]| {
        let mut arguments = vec!["explain", "why-not", "small", "out", "--resident", "R1"];
        arguments.extend(more);
        arguments.extend(["--lang", language]);
        desk.run(&arguments)
    };
    let at = ["--facility", "keiyu", "--year", "2021"];
    for (language, name) in [("en", "explain_why_not_en"), ("ja", "explain_why_not_ja")] {
        let ended = ask(language, &at);
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        insta::assert_snapshot!(name, ended.stdout);
    }
    let json = ask("en", &["--facility", "keiyu", "--year", "2021", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((read["answer"].as_str(), read["loses"].as_str()), (Some("price"), Some("facility-wishes")));
    assert_eq!(read["others"], serde_json::json!(["R2"]));
    assert_eq!(read["chains"][0]["ring"], true);

    let same = ask("en", &["--facility", "ashikaga", "--year", "2021"]);
    assert_eq!(same.code, 0);
    assert!(same.stdout.contains("so already"), "{}", same.stdout);
    let never = ask("en", &["--facility", "keiyu", "--year", "2019"]);
    assert_eq!(never.code, 1, "{}", never.stdout);
    assert!(never.stdout.contains("No course allows it"), "{}", never.stdout);
    assert!(never.stdout.contains("--start 2020-10 --months 6"), "{}", never.stdout);
    // The whole year, said by its months.
    let months = ask("en", &["--facility", "keiyu", "--start", "2021-04", "--months", "12"]);
    assert_eq!(months.stdout, ask("en", &at).stdout);
    for wrong in [&["--start", "2021-04", "--months", "13"], &["--start", "2018-04", "--months", "1"]] {
        let mut arguments = vec!["--facility", "keiyu"];
        arguments.extend(wrong);
        let ended = ask("en", &arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{}", ended.stderr);
        assert!(ended.stderr.contains("from 2019-04 to 2022-03"), "{}", ended.stderr);
    }
    let why = desk.run(&["explain", "why", "small", "out", "--resident", "R1", "--lang", "en"]);
    assert_eq!(why.code, 0, "{}", why.stderr);
    assert!(why.stdout.contains("no better wish"), "{}", why.stdout);
}

/// Two residents want one seat for a whole year that is made of two halves: each has it for one of them.
#[test]
fn a_better_wish_is_asked_about_stay_by_stay() {
    let desk = Desk::new();
    desk.write(
        "small/program.toml",
        &PROGRAM.replace("[\"affiliate:12\"]", "[\"affiliate:6\", \"affiliate:6\"]"),
    );
    desk.write("small/facilities.csv", &FACILITIES.replace("training,1,,", "training,1,1,"));
    desk.replace("small/residents.csv", "keiyu;ashikaga", "ashikaga;keiyu");
    let planned = desk.run(&["plan", "small", "--out", "out"]);
    assert_eq!(planned.code, 0, "{}", planned.stderr);
    let mut asked = 0;
    for resident in ["R1", "R2"] {
        let why = desk.run(&["explain", "why", "small", "out", "--resident", resident, "--lang", "en"]);
        let halves = ["from 2021-04 to 2021-09:", "from 2021-10 to 2022-03:"];
        let of_halves =
            halves.iter().filter(|half| why.stdout.contains(&format!("Ashikaga Red Cross Hospital {half}")));
        asked += of_halves.count();
    }
    assert_eq!(asked, 2, "every half at keiyu is asked about once");
}

#[test]
fn what_does_not_exist_is_refused_with_what_was_meant() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    let ask = |more: &[&str]| {
        let mut arguments = vec!["explain", "why-not", "small", "out"];
        arguments.extend(more);
        let ended = desk.run(&arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{more:?}: {}", ended.stderr);
        ended.stderr
    };
    let said = ask(&["--resident", "R11", "--facility", "keiyu", "--year", "2021"]);
    assert!(said.contains("R11") && said.contains("Did you mean “R1”"), "{said}");
    let said = ask(&["--resident", "R1", "--facility", "keyu", "--year", "2021"]);
    assert!(said.contains("Did you mean “keiyu”"), "{said}");
    let said = ask(&["--resident", "R1", "--facility", "けいゆ病院", "--year", "2021"]);
    assert!(said.contains("Did you mean “keiyu”"), "a name in the place of an id: {said}");
    let said = ask(&["--resident", "R1", "--course", "B"]);
    assert!(said.contains("no course “B”"), "{said}");
    for year in ["2018", "2022", "next", "-1"] {
        let said = ask(&["--resident", "R1", "--facility", "keiyu", "--year", year]);
        assert!(said.contains(year) && said.contains("2019, 2020, 2021"), "{said}");
    }
    for missing in [&["--resident", "R1"][..], &["--resident", "R1", "--facility", "keiyu"], &[]] {
        ask(missing);
    }
    ask(&["--resident", "R1", "--course", "A", "--facility", "keiyu", "--year", "2021"]);
    desk.replace("small/residents.csv", "ashikaga;keiyu", "keiyu");
    let said = ask(&["--resident", "R1", "--course", "A"]);
    assert!(said.contains("belongs to other tables"), "{said}");
}

#[test]
fn words_are_listed_as_the_tables_write_them() {
    let desk = Desk::new();
    let kind = |kind: &str| format!("resident,kind,start,months\nR1,{kind},2020-04,6\n");
    desk.write("small/leaves.csv", &kind("休み"));
    let ja = desk.run(&["check", "small", "--lang", "ja"]);
    assert!(ja.code == 2 && ja.stderr.contains("使えるもの: 出産、疾病、短時間、"), "{}", ja.stderr);
    let en = desk.run(&["check", "small", "--lang", "en"]);
    assert!(en.code == 2 && en.stderr.contains("Known: childbirth, illness, part-time, "), "{}", en.stderr);
    desk.write("small/leaves.csv", &kind("育児休業"));
    let read = desk.run(&["check", "small", "--lang", "ja"]);
    assert_eq!(read.code, 0, "{}", read.stderr);
}

/// Somebody who left before the first decided month is in no plan; neither a year nor a course is asked of them.
#[test]
fn of_whom_nothing_is_planned_nothing_is_asked() {
    let desk = Desk::new();
    let gone = "R0,2018,A,\n";
    let table = desk.read("small/residents.csv");
    desk.write("small/residents.csv", &format!("{table}{gone}"));
    desk.write("small/history.csv", "resident,facility,start,months\nR0,keio,2018-04,10\n");
    desk.write("small/leaves.csv", "resident,kind,start,months\nR0,resigned,2019-02,\n");
    let planned = desk.run(&["plan", "small", "--out", "out"]);
    assert_eq!(planned.code, 0, "{}", planned.stderr);
    for asked in [&["--facility", "keiyu", "--year", "2019"][..], &["--course", "A"]] {
        let mut arguments = vec!["explain", "why-not", "small", "out", "--resident", "R0"];
        arguments.extend(asked);
        let ended = desk.run(&arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{asked:?}: {}", ended.stderr);
        assert!(ended.stderr.contains("before 2019-04"), "{}", ended.stderr);
    }
}

#[test]
fn one_resident_and_one_facility_are_told_whole() {
    let desk = Desk::new();
    desk.write("small/locks.csv", "resident,facility,start,months,kind\nR2,keiyu,2021-04,12,must\n");
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    for (what, id) in [("resident", "R2"), ("facility", "keiyu")] {
        for language in ["en", "ja"] {
            let ended = desk.run(&["explain", what, "small", "out", id, "--lang", language]);
            assert_eq!(ended.code, 0, "{}", ended.stderr);
            insta::assert_snapshot!(format!("explain_{what}_{language}"), ended.stdout);
        }
    }
    let json = desk.run(&["explain", "facility", "small", "out", "keiyu", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(read["could_come_alone"]["2021"], serde_json::json!(["R1"]));
    assert_eq!(read["presence"][1]["residents"], serde_json::json!(["R2"]));
    let json = desk.run(&["explain", "resident", "small", "out", "R1", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(read["could_be_alone"]["2021"], serde_json::json!(["keiyu"]));
    assert_eq!(read["rules"][1]["slack"], 18, "24 months at the core, 6 asked for");
    for (what, id) in [("resident", "R3"), ("facility", "kei")] {
        let ended = desk.run(&["explain", what, "small", "out", id]);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
        assert!(ended.stderr.contains("Did you mean"), "{}", ended.stderr);
    }
}

/// Two residents who need twelve cases each, most of which only the core has.
fn with_cases(desk: &Desk, of_core: u32) {
    let cases = "\n[[cases]]\nid = \"ivr\"\nname = \"IVR\"\ntarget = 12\nsupplement_max = 2\n";
    desk.write("small/program.toml", &format!("{PROGRAM}{cases}"));
    let mut lines = FACILITIES.lines();
    let mut table = format!("{},ivr\n", lines.next().unwrap());
    for (line, volume) in lines.zip([of_core, 3, 2]) {
        table += &format!("{line},{volume}\n");
    }
    desk.write("small/facilities.csv", &table);
}

#[test]
fn missing_cases_are_counted_and_ways_out_are_named() {
    let desk = Desk::new();
    with_cases(&desk, 7);
    for (language, name) in [("en", "explain_cases_en"), ("ja", "explain_cases_ja")] {
        let ended = desk.run(&["explain", "infeasible", "small", "--lang", language]);
        assert_eq!(ended.code, 1, "{}", ended.stderr);
        insta::assert_snapshot!(name, ended.stdout);
    }
    let json = desk.run(&["explain", "infeasible", "small", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((read["reason"].as_str(), read["count"]["case"].as_str()), (Some("count"), Some("ivr")));
    // Each needs 12 − 2; the core offers 7 in each of the first two years, the affiliates 3 and 2.
    assert_eq!((read["count"]["needed"].as_i64(), read["count"]["offered"].as_i64()), (Some(20), Some(19)));
    assert_eq!(read["repairs"].as_array().unwrap().len(), 3, "{read}");
    with_cases(&desk, 3);
    let alone = desk.run(&["explain", "infeasible", "small", "--lang", "en"]);
    assert!(alone.stdout.contains("no career gives more than 9"), "{}", alone.stdout);
}

#[test]
fn cases_of_one_resident_and_one_facility() {
    let desk = Desk::new();
    with_cases(&desk, 9);
    assert_eq!(desk.run(&["plan", "small", "--out", "out"]).code, 0);
    for (what, id) in [("resident", "R2"), ("facility", "keio")] {
        for language in ["en", "ja"] {
            let ended = desk.run(&["explain", what, "small", "out", id, "--lang", language]);
            assert_eq!(ended.code, 0, "{}", ended.stderr);
            insta::assert_snapshot!(format!("explain_cases_{what}_{language}"), ended.stdout);
        }
    }
    let json = desk.run(&["explain", "resident", "small", "out", "R2", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let planned = read["cases"][0]["planned"].as_array().unwrap().iter();
    assert_eq!(planned.map(|quota| quota["planned"].as_i64().unwrap()).sum::<i64>(), 10, "{read}");
}
